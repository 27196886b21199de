// Attendance: the button of the page to which a code leads, and the roster, whose ticks are kept on this device until the line is back; README, section 9b.
// The forms work without this.

import { again, drop, get, keys, put, tooOld, verdict } from "./keep.js";
import { fill } from "./intervals.js";

const MOST = 200;

// A random name that this browser keeps: by it the coordinator sees when one phone notes several people, and the server knows what came before.
const hex = (bytes) => [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
function device() {
  const name = get("ky.device") || hex(crypto.getRandomValues(new Uint8Array(16)));
  put("ky.device", name);
  return name;
}

// ── the button ──

function here(form) {
  const says = (text) => { form.querySelector("[data-said]").textContent = text; };
  const set = (name, value) => { form.elements[name].value = value; };
  set("device", device());
  if (!("near" in form.dataset)) return;
  let known = false;
  form.addEventListener("submit", (e) => {
    if (known) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    if (!navigator.geolocation) return says(form.dataset.tNone);
    says(form.dataset.tLooking);
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      known = true;
      set("latitude", coords.latitude.toFixed(5));
      set("longitude", coords.longitude.toFixed(5));
      says("");
      form.requestSubmit();
    }, () => says(form.dataset.tNone), { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 });
  }, true);
}

// ── the roster ──

function roster(card) {
  const d = card.dataset, form = card.querySelector("form"), mine = `ky.tick.${d.roster}.`;
  const boxes = [...form.querySelectorAll("[data-person]")], boxOf = (id) => boxes.find((box) => box.dataset.person === id);
  const state = card.querySelector("[data-state]");
  let sending = false, why = "";

  const kept = () => keys(mine).map(get).filter((e) => e && !tooOld(Date.parse(e.at))).sort((a, b) => a.seq - b.seq);
  const says = (box, text) => {
    const line = box?.closest("li").querySelector("[data-saved]");
    if (line) line.textContent = text || "";
  };
  function tell() {
    const n = kept().length;
    card.querySelector("[data-count]").textContent = fill(d.tCount, { n: boxes.filter((box) => box.checked).length, of: boxes.length });
    state.textContent = why === "signin" ? d.tSignin : why === "refused" ? d.tRefused : n ? (why ? fill(d.tKept, { n }) : d.tSaving) : d.tSaved;
    state.classList.toggle("wait", !!why);
  }

  // Numbers and times of a device only grow, also over several tabs and sessions.
  function tick(box) {
    const last = get("ky.tick") || { seq: 0, at: 0 }, at = Math.max(Date.now(), last.at + 1), seq = last.seq + 1;
    put("ky.tick", { seq, at });
    for (const e of kept()) if (e.person_id === box.dataset.person) drop(mine + e.seq); // the later tick says it all
    put(mine + seq, { seq, person_id: box.dataset.person, there: box.checked, at: new Date(at).toISOString() });
    says(box, "");
    tell();
    send();
  }

  const retry = again(() => send(), 10);
  // Who has signed in again has another token; the page carries it.
  async function renew() {
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.pathname, { credentials: "same-origin" })).text(), "text/html");
      d.csrf = page.querySelector("[data-roster]")?.dataset.csrf || d.csrf;
    } catch { /* later */ }
  }
  async function ask(entries) {
    const got = await fetch(d.put, {
      method: "PUT", credentials: "same-origin", redirect: "error", headers: { "Content-Type": "application/json", "X-CSRF-Token": d.csrf, Accept: "application/json" },
      body: JSON.stringify({ device: device(), entries }),
    });
    return [verdict(got.status), got];
  }
  function take(answers) {
    let waits = false;
    for (const { seq, person_id, state: fate, why: text } of answers) {
      says(boxOf(person_id), text);
      if (fate === "future") waits = true;
      else drop(mine + seq);
      if (fate === "older" || fate === "outside") {
        const box = boxOf(person_id);
        if (box) box.checked = box.defaultChecked;
      }
    }
    return waits;
  }
  async function send() {
    if (sending) return;
    sending = true;
    let result = "ok", waits = false;
    for (let entries = kept(); result === "ok" && !waits && entries.length; entries = kept()) {
      const [is, got] = await ask(entries.slice(0, MOST)).catch(() => ["later"]);
      result = is;
      if (is === "ok") waits = take((await got.json()).entries);
      else if (is === "signin") await renew();
    }
    sending = false;
    why = result === "ok" ? (waits ? "later" : "") : result;
    if (why && why !== "refused") retry.soon();
    else retry.fine();
    tell();
  }

  // Without it the page needs the line to be loaded again; the ticks do not.
  const keepPage = () => navigator.serviceWorker?.register("/worker.js").then(() => navigator.serviceWorker.ready).then((worker) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { card.querySelector("[data-ready]").textContent = d.tReady; };
    worker.active.postMessage({
      keep: [location.pathname, ...[...document.querySelectorAll("script[src], link[rel=stylesheet], link[rel=preload]")].map((e) => e.src || e.href)],
    }, [channel.port2]);
  }).catch(() => { /* not in this browser */ });

  for (const box of boxes) box.addEventListener("change", () => tick(box));
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    send();
  });
  const filter = card.querySelector("[data-filter]"), field = filter.querySelector("input");
  filter.hidden = boxes.length < 10;
  field.addEventListener("input", () => {
    const what = field.value.trim().toLowerCase();
    for (const item of form.querySelectorAll("[data-name]")) item.hidden = !item.textContent.toLowerCase().includes(what);
  });

  for (const e of kept()) {
    const box = boxOf(e.person_id);
    if (box) box.checked = e.there;
  }
  tell();
  send();
  keepPage();
}

for (const form of document.querySelectorAll("form[data-here]")) here(form);
const card = document.querySelector("[data-roster]");
if (card?.querySelector("form")) roster(card);
