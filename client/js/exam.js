// A paper of an examination: answers are kept on this device the moment they are given, sealed, and sent as soon as the line allows; README, section 9a.
// The form works without this.

import { again, verdict } from "./keep.js";
import { fill } from "./intervals.js";

const FIELDS = "input[name], select[name], textarea[name]", MOST = 200, EVENTS = 300;

// ── what is kept: one store of this device, shared by the tabs of this browser ──

const memory = new Map(); // when the browser has no store for us
const asked = (request) => new Promise((done, broken) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => broken(request.error);
});
let opened;
async function store(mode, work) {
  try {
    opened ||= (() => {
      const request = indexedDB.open("papers", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("kept");
      return asked(request);
    })();
    const tx = (await opened).transaction("kept", mode), kept = tx.objectStore("kept");
    const got = await work({
      get: (key) => asked(kept.get(key)), put: (key, value) => asked(kept.put(value, key)), drop: (key) => asked(kept.delete(key)),
      all: async (from) => asked(kept.getAll(IDBKeyRange.bound(from, `${from}\uffff`))), keys: (from) => asked(kept.getAllKeys(IDBKeyRange.bound(from, `${from}\uffff`))),
    });
    if (mode === "readwrite") await new Promise((done, broken) => { tx.oncomplete = done; tx.onabort = tx.onerror = broken; });
    return got;
  } catch {
    return work({
      get: async (key) => memory.get(key), put: async (key, value) => memory.set(key, value), drop: async (key) => memory.delete(key),
      all: async (from) => [...memory].filter(([key]) => key.startsWith(from)).map(([, value]) => value), keys: async (from) => [...memory.keys()].filter((key) => key.startsWith(from)),
    });
  }
}

// ── the seal: src/feature/attempt/seal.h ──

const utf8 = new TextEncoder(), hex = (bytes) => [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, "0")).join("");
async function seal(secret, attempt, { n, seq, elapsed_ms, given }) {
  if (!crypto.subtle) return undefined; // a place without TLS: answers count as long as they come in time
  const key = await crypto.subtle.importKey("raw", utf8.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const text = `${attempt}|${n}|${seq}|${elapsed_ms}|${given.map((t) => `${utf8.encode(t).length}:${t}`).join("")}`;
  return hex(await crypto.subtle.sign("HMAC", key, utf8.encode(text)));
}

function start(bar, form) {
  const d = bar.dataset, mine = `${d.attempt}.`, note = `${d.attempt}:`;
  const boxes = [...form.querySelectorAll("[data-q]")], timers = new Map(), shown = new Map();
  const boxOf = (n) => boxes.find((box) => box.dataset.q === String(n));
  const others = window.BroadcastChannel ? new BroadcastChannel(`paper ${d.attempt}`) : null;
  let handing = false, sending = false, ended = false, why = "";

  // ── the clock: the server's, carried on by one of this device that only runs forward ──

  let base = Number(d.elapsed), from = performance.now(), whole = base + Number(d.left);
  const elapsed = () => Math.round(base + performance.now() - from);
  const sync = ({ elapsed_ms, left_ms }) => {
    if (!(elapsed_ms >= 0)) return;
    [base, from, whole] = [elapsed_ms, performance.now(), elapsed_ms + left_ms];
  };
  const left = () => Math.max(0, whole - elapsed());
  const said = new Set();
  const two = (x) => String(x).padStart(2, "0");
  function tick() {
    const s = Math.ceil(left() / 1000), time = s >= 3600 ? `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}` : `${Math.floor(s / 60)}:${two(s % 60)}`;
    bar.querySelector("[data-clock]").textContent = fill(d.tLeft, { time });
    bar.classList.toggle("soon", s <= 300);
    for (const m of [10, 5, 1])
      if (s <= 60 * m && s > 60 * m - 30 && !said.has(m)) {
        said.add(m);
        bar.querySelector("[data-say]").textContent = fill(d.tMinutes, { n: m });
      }
    if (!s && !handing) handIn(true);
  }

  // ── what stands in the form ──

  const one = (f) => /radio|checkbox/.test(f.type);
  const chosen = (f) => [...f.options].find((o) => o.defaultSelected) ?? f.options[0];
  const served = { ticked: (f) => f.defaultChecked, value: (f) => (f.options ? chosen(f)?.value ?? "" : f.defaultValue) }; // as the page came
  function given(box, { ticked, value } = { ticked: (f) => f.checked, value: (f) => f.value }) {
    const fields = [...box.querySelectorAll(FIELDS)].filter((f) => f.type !== "hidden" && (one(f) ? ticked(f) : value(f).trim()));
    const parts = fields.map((f) => [f.name.split(".").slice(2).join("."), (one(f) ? f.value : value(f)).trim().replace(/[^\S\n ]+/g, " ").replace(/[\0-\x09\x0b-\x1f\x7f]/g, "")]);
    if ("steps" in box.dataset) return parts.sort((a, b) => a[1] - b[1]).map(([step]) => step);
    return parts.map(([key, value]) => (key ? `${key}=${value}` : value));
  }
  function put(box, list) {
    for (const f of box.querySelectorAll(FIELDS)) {
      const key = f.name.split(".").slice(2).join(".");
      if (f.type === "hidden") continue;
      if (one(f)) f.checked = list.includes(f.value);
      else if ("steps" in box.dataset) f.value = list.indexOf(key) < 0 ? "" : String(list.indexOf(key) + 1);
      else if (key) f.value = list.find((t) => t.startsWith(`${key}=`))?.slice(key.length + 1) ?? "";
      else f.value = list[0] ?? "";
    }
  }
  const link = (box) => document.querySelector(`[data-to="${box.dataset.q}"]`);
  function mark() {
    let done = 0;
    for (const box of boxes) {
      const has = given(box).length > 0, flagged = box.dataset.flag === "1";
      done += has;
      link(box).classList.toggle("done", has);
      link(box).classList.toggle("flag", flagged);
      link(box).querySelector(".hide").textContent = ` ${has ? d.tAnswered : d.tOpen}${flagged ? `, ${d.tFlagged}` : ""}`;
    }
    form.querySelector("[data-count]").textContent = fill(d.tCount, { done, total: boxes.length });
  }

  // ── saying how it stands ──

  const state = (text, wait) => {
    const line = bar.querySelector("[data-state]");
    if (line.textContent !== text) line.textContent = text;
    line.classList.toggle("wait", !!wait);
  };
  async function tell() {
    const n = (await unsent()).length;
    if (handing && !ended) state(why === "signin" ? d.tSignin : d.tHanding, true);
    else if (why === "signin") state(d.tSignin, true);
    else if (why === "elsewhere") state(d.tElsewhere, true);
    else if (n) state(why ? fill(d.tWaits, { n }) : d.tSaving, !!why);
    else state(why === "refused" ? d.tRefused : d.tSaved, why === "refused");
  }
  // From the moment in which something is given until it is known where it is, nothing says that all is saved.
  const saving = () => { if (!why && !handing) state(d.tSaving); };
  const says = (box, text) => {
    const line = box?.querySelector("[data-saved]");
    if (line) line.textContent = text;
    line?.classList.toggle("wait", !!text);
  };

  // ── keeping and sending ──

  const unsent = async () => (await store("readonly", (s) => s.all(mine))).filter((a) => !a.sent).sort((a, b) => a.seq - b.seq);
  const meta = (change) => store("readwrite", async (s) => {
    const m = (await s.get(note)) || { seq: 0, event: 0, events: [], flags: [] };
    await change(m);
    await s.put(note, { ...m, elapsed: elapsed(), wall: Date.now() });
    return m;
  });

  async function save(box) {
    clearTimeout(timers.get(box));
    timers.delete(box);
    const list = given(box), text = JSON.stringify(list), n = Number(box.dataset.q);
    mark();
    if (handing) return;
    if (shown.get(box) === text) return tell();
    shown.set(box, text);
    says(box, "");
    saving();
    let seq;
    await meta((m) => { seq = m.seq = Math.max(m.seq, Number(d.seq)) + 1; });
    const answer = { n, seq, elapsed_ms: elapsed(), spent_ms: Math.round(spent.get(box) || 0), given: list };
    answer.seal = await seal(d.secret, d.attempt, answer);
    await store("readwrite", async (s) => {
      const before = await s.get(mine + n);
      if (!before || before.seq < seq) await s.put(mine + n, answer);
    });
    others?.postMessage({ n, given: list });
    await send();
  }

  async function ask(method, address, body) {
    const got = await fetch(address, {
      method, credentials: "same-origin", redirect: "error", keepalive: method === "PUT" && JSON.stringify(body).length < 60000,
      headers: { "Content-Type": "application/json", "X-CSRF-Token": d.csrf, Accept: "application/json" }, body: JSON.stringify(body),
    });
    return [verdict(got.status), got];
  }
  // Who has signed in again has another token; the page carries it.
  async function renew() {
    try {
      const page = new DOMParser().parseFromString(await (await fetch(d.page, { credentials: "same-origin" })).text(), "text/html");
      d.csrf = page.querySelector("[data-paper]")?.dataset.csrf || d.csrf;
    } catch { /* later */ }
  }

  async function take(answers, kept) {
    for (const { n, seq, state: fate, why: text } of kept) {
      const sent = answers.find((a) => a.n === n && a.seq === seq);
      if (!sent || fate === "elsewhere") {
        why = "elsewhere";
        continue;
      }
      if (fate === "misfit") says(boxOf(n), text);
      if (fate === "over" || fate === "forged" || fate === "closed") why = "refused";
      await store("readwrite", async (s) => {
        const now = await s.get(mine + n);
        if (now?.seq === seq) await s.put(mine + n, { ...now, sent: 1 });
      });
    }
  }

  const retry = again(() => (handing ? handIn() : send()), 10);
  async function send() {
    if (sending || ended) return false;
    sending = true;
    let good = true;
    for (let answers = (await unsent()).slice(0, MOST); good && answers.length; answers = good ? (await unsent()).slice(0, MOST) : answers) {
      const [result, got] = await ask("PUT", d.answers, { answers: answers.map(({ sent, ...a }) => a) }).catch(() => ["later"]);
      good = result === "ok";
      why = good || result === "refused" ? "" : result;
      if (good) {
        const told = await got.json();
        sync(told);
        await take(answers, told.answers);
        good = why !== "elsewhere";
      } else if (result === "refused") { // not even a message of ours: never again, but it stays in the form
        await take(answers, answers.map(({ n, seq }) => ({ n, seq, state: "over" })));
        good = true;
      } else if (result === "signin") await renew();
      if (!good) retry.soon();
    }
    sending = false;
    if (good && (await unsent()).length) return send(); // given while the last message was under way
    if (good) retry.fine();
    await tell();
    return good;
  }

  async function handIn(byClock) {
    if (!handing) {
      for (const box of [...timers.keys()]) await save(box);
      handing = true;
      form.inert = true;
      await meta((m) => { m.submit = 1; });
    }
    if (byClock) state(d.tOver, true);
    if (!await send()) return tell();
    await report();
    const [result] = await ask("POST", d.submit, {}).catch(() => ["later"]);
    if (result === "later" || result === "signin") {
      why = result;
      if (result === "signin") await renew();
      retry.soon();
      return tell();
    }
    ended = true;
    await store("readwrite", async (s) => { for (const key of [...await s.keys(mine), note]) await s.drop(key); });
    navigator.serviceWorker?.controller?.postMessage({ drop: d.page });
    return location.assign(d.page);
  }

  // Without it the page needs the line to be loaded again; the answers do not.
  const keepPage = () => navigator.serviceWorker?.register("/worker.js").then(() => navigator.serviceWorker.ready).then((worker) => worker.active.postMessage({
    keep: [d.page, ...[...document.querySelectorAll("script[src], link[rel=stylesheet], link[rel=preload]")].map((e) => e.src || e.href)],
  })).catch(() => { /* not in this browser */ });

  // ── what this device notices ──

  const event = (kind, ms) => meta((m) => {
    m.event = Math.max(m.event, Number(d.event) - 1) + 1;
    if (m.event <= EVENTS) m.events.push({ seq: m.event, kind, elapsed_ms: elapsed(), ms: ms ?? 0 });
  });
  async function report() {
    const { events } = (await store("readonly", (s) => s.get(note))) || { events: [] };
    const [result, got] = await ask("POST", d.events, { events }).catch(() => ["later"]);
    if (result !== "ok") return;
    sync(await got.json());
    const last = events.at(-1)?.seq ?? 0;
    if (last) await meta((m) => { m.events = m.events.filter((e) => e.seq > last); });
  }
  let hidden = 0;
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      hidden = performance.now();
      for (const box of [...timers.keys()]) save(box);
      event("left");
    } else if (hidden) event("back", Math.round(performance.now() - hidden));
  });
  form.addEventListener("copy", () => event("copied"));
  form.addEventListener("paste", () => event("pasted"));
  addEventListener("offline", () => event("line-down"));
  addEventListener("online", () => event("line-up"));
  setInterval(() => { if (!handing && navigator.onLine !== false) report(); }, 60000);

  // ── one question at a time, or all; what one wants to come back to ──

  const make = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text, type: "button" });
  const spent = new Map(), steps = make("p", "acts paper-steps", ""), mode = make("button", "btn second", d.tAll);
  const back = make("button", "btn second", d.tBefore), next = make("button", "btn", d.tNext);
  let single = false, at = boxes[0];
  function view(box, focus) {
    at = box;
    form.classList.toggle("one", single);
    for (const b of boxes) b.classList.toggle("at", b === box);
    for (const c of form.querySelectorAll("[data-case]")) c.classList.toggle("at", c.dataset.case === box.dataset.of);
    for (const a of document.querySelectorAll("[data-to]")) a.toggleAttribute("aria-current", a.dataset.to === box.dataset.q);
    mode.textContent = single ? d.tAll : d.tOne;
    back.hidden = next.hidden = !single;
    back.disabled = box === boxes[0];
    next.disabled = box === boxes.at(-1);
    if (focus) box.querySelector(FIELDS.replaceAll("[name]", "[name]:not([type=hidden])"))?.focus({ preventScroll: !single });
  }
  steps.append(back, next, mode);
  form.querySelector(".quiz-end").before(steps);
  mode.onclick = () => { single = !single; view(at); };
  back.onclick = () => view(boxes[boxes.indexOf(at) - 1], true);
  next.onclick = () => view(boxes[boxes.indexOf(at) + 1], true);
  document.querySelector(".paper-nav").addEventListener("click", (e) => {
    const a = e.target.closest("[data-to]");
    if (a && single) e.preventDefault();
    if (a) view(boxOf(a.dataset.to), true);
  });
  for (const box of boxes) {
    const flag = make("button", "btn link", d.tFlag);
    flag.setAttribute("aria-pressed", "false");
    flag.onclick = () => {
      const on = box.dataset.flag !== "1";
      box.dataset.flag = on ? "1" : "0";
      flag.setAttribute("aria-pressed", String(on));
      mark();
      meta((m) => { m.flags = boxes.filter((b) => b.dataset.flag === "1").map((b) => b.dataset.q); });
    };
    box.querySelector("[data-saved]").before(flag);
  }
  let since = performance.now();
  const look = () => { // the time goes to the question in which one is
    const now = performance.now(), box = document.activeElement?.closest?.("[data-q]") || (single ? at : null);
    if (box && !document.hidden) spent.set(box, (spent.get(box) || 0) + Math.min(now - since, 2000));
    since = now;
  };

  // ── beginning ──

  form.addEventListener("change", (e) => e.target.closest("[data-q]") && save(e.target.closest("[data-q]")));
  form.addEventListener("input", (e) => {
    const box = e.target.closest("[data-q]");
    if (!box || !e.target.matches("textarea, input:not([type=radio], [type=checkbox])")) return;
    saving();
    clearTimeout(timers.get(box));
    timers.set(box, setTimeout(save, 1000, box));
  });
  addEventListener("pagehide", () => { for (const box of [...timers.keys()]) save(box); });
  addEventListener("submit", (e) => { // on the window: after a question "really?" had its say
    if (e.target !== form || e.defaultPrevented) return;
    e.preventDefault();
    if (e.submitter && "handIn" in e.submitter.dataset) handIn();
    else Promise.all(boxes.map(save)).then(send);
  });
  others?.addEventListener("message", ({ data }) => {
    const box = boxOf(data.n);
    if (!box || timers.has(box)) return;
    put(box, data.given);
    shown.set(box, JSON.stringify(given(box)));
    mark();
  });

  (async () => {
    for (const box of boxes) shown.set(box, JSON.stringify(given(box, served)));
    // On a thin line somebody answers before this runs.
    const early = boxes.filter((box) => JSON.stringify(given(box)) !== shown.get(box));
    const m = await store("readonly", (s) => s.get(note));
    // A page out of this device's keeping is as old as it is: the clock went on meanwhile.
    if (m) base = Math.max(base, m.elapsed + Math.max(0, Date.now() - m.wall));
    for (const a of await store("readonly", (s) => s.all(mine))) {
      const box = boxOf(a.n);
      if (!box || a.seq <= Number(box.dataset.seq)) continue;
      if (!early.includes(box)) put(box, a.given);
      shown.set(box, JSON.stringify(a.given));
    }
    for (const n of m?.flags ?? []) boxOf(n)?.querySelector("[aria-pressed]").click();
    single = matchMedia("(max-width: 40rem)").matches;
    mark();
    view(at);
    tick();
    setInterval(() => { look(); tick(); }, 1000);
    setInterval(() => meta(() => {}), 5000);
    // Not at once: when ten thousand open their papers together, the second copy can wait.
    setTimeout(keepPage, 2000 + 20000 * Math.random());
    if (m?.submit) return handIn();
    for (const box of early) await save(box);
    await report();
    return send();
  })();
}

const bar = document.querySelector("[data-paper]"), over = document.querySelector("[data-exam-over]");
if (bar) start(bar, document.querySelector("form.paper"));
if (over) {
  fetch(over.dataset.submit, { method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json", "X-CSRF-Token": over.dataset.csrf }, body: "{}" })
    .then((got) => got.ok && location.reload(), () => { /* the link does the same */ });
}
