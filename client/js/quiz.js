// Saves each answer as it is given; steps to put in order get buttons, areas of a picture can be pointed at, words are counted. Questions work without this; README, section 9.

import { again, drop, get, keys, put, tooOld, verdict } from "./keep.js";
import { fill } from "./intervals.js";

const KEY = "ky.q.", FIELDS = "input[name], select[name], textarea[name]";

// The answer as the server's API takes it: fields are named answer.QUESTION, or answer.QUESTION.LEFT to match (then "LEFT=value").
function answer(question, body) {
  const texts = [...new URLSearchParams(body)].filter(([name, value]) => name.startsWith("answer.") && value.trim())
    .map(([name, value]) => [...name.split(".").slice(2), value].join("="));
  return JSON.stringify({ question, answer: texts });
}

function start(form) {
  const d = form.dataset, mine = `${KEY}${d.attempt}.`;
  const questions = [...form.querySelectorAll("[data-question]")];
  const busy = new Set(), timers = new Map();
  let handedIn = false;

  const body = (box) => {
    const out = new URLSearchParams();
    for (const f of box.querySelectorAll(FIELDS))
      if (!/radio|checkbox/.test(f.type) || f.checked) out.append(f.name, f.value);
    return out.toString();
  };
  const say = (box, text, wait) => {
    const line = box.querySelector("[data-saved]");
    if (!line || line.textContent === text) return;
    line.textContent = text || "";
    line.classList.toggle("wait", !!wait);
  };
  const answered = (box) => "final" in box.dataset || [...box.querySelectorAll(FIELDS)].some((f) => /radio|checkbox/.test(f.type) ? f.checked : f.type !== "hidden" && f.value.trim());
  const count = () => {
    const line = form.querySelector("[data-count]");
    if (line) line.textContent = fill(d.tCount, { done: questions.filter(answered).length, total: questions.length });
  };

  const retry = again(sendAll);
  async function send(box) {
    const id = box.dataset.question, key = mine + id, kept = get(key);
    if (!kept || busy.has(id) || handedIn) return;
    busy.add(id);
    let state = "later", why = d.tRefused;
    try {
      const got = await fetch(d.save, {
        method: "POST", keepalive: true, credentials: "same-origin", redirect: "error",
        headers: { "Content-Type": "application/json", "X-CSRF-Token": d.csrf, Accept: "application/json" }, body: answer(id, kept.body),
      });
      state = verdict(got.status);
      if (got.status === 422) why = (await got.json()).detail; // what was typed does not fit; it stays in the form
    } catch { /* no network: later */ }
    busy.delete(id);
    const changed = get(key)?.body !== kept.body;
    if (state === "ok" && changed) return send(box);
    if (state === "ok") {
      drop(key);
      say(box, d.tSaved);
      if (!keys(mine).length) retry.fine();
    } else if (state === "refused") {
      drop(key);
      say(box, why, true);
    } else {
      say(box, state === "signin" ? d.tSignin : d.tKept, true);
      retry.soon();
    }
  }
  function sendAll() { questions.forEach(send); }

  const save = (box) => {
    clearTimeout(timers.get(box));
    timers.delete(box);
    put(mine + box.dataset.question, { body: body(box), at: Date.now() });
    send(box);
  };

  // What an earlier visit could not save goes back into the form and out again.
  for (const box of questions) {
    const key = mine + box.dataset.question, kept = get(key);
    if (!kept) continue;
    const values = new URLSearchParams(kept.body);
    for (const f of [...box.querySelectorAll(FIELDS)].filter((field) => field.type !== "hidden")) {
      if (/radio|checkbox/.test(f.type)) f.checked = values.getAll(f.name).includes(f.value);
      else f.value = values.get(f.name) ?? f.value;
    }
    say(box, d.tKept, true);
  }
  for (const key of keys(KEY)) if (tooOld(get(key)?.at)) drop(key);
  sendAll();
  count();

  const boxOf = (e) => e.target.closest("[data-question]");
  form.addEventListener("change", (e) => {
    if (boxOf(e)) save(boxOf(e));
    count();
  });
  form.addEventListener("input", (e) => {
    const box = boxOf(e);
    if (!box || !e.target.matches("textarea, input:not([type=radio], [type=checkbox])")) return;
    clearTimeout(timers.get(box));
    timers.set(box, setTimeout(save, 1500, box));
    count();
  });
  addEventListener("pagehide", () => { for (const box of [...timers.keys()]) save(box); });
  // The form itself carries every answer.
  addEventListener("submit", (e) => { // on the window: after a question "really?" had its say
    if (e.target !== form || e.defaultPrevented) return;
    timers.forEach(clearTimeout);
    timers.clear();
    handedIn = true;
    setTimeout(() => { handedIn = false; }, 8000);
  });
}

const changed = (field) => field.dispatchEvent(new Event("change", { bubbles: true }));

// Buttons beside the places: a press moves a step and numbers all of them.
function order(list) {
  const d = list.dataset, said = document.createElement("p");
  said.className = "hide";
  said.setAttribute("role", "status");
  list.after(said);
  const steps = () => [...list.children];
  const words = (li) => li.querySelector("span").textContent;
  const shut = () => steps().forEach((li, i, all) => {
    li.querySelector("[data-way=up]").setAttribute("aria-disabled", String(i === 0));
    li.querySelector("[data-way=down]").setAttribute("aria-disabled", String(i === all.length - 1));
  });
  const move = (li, way) => {
    const other = way === "up" ? li.previousElementSibling : li.nextElementSibling;
    if (!other) return;
    if (way === "up") other.before(li);
    else other.after(li);
    steps().forEach((step, i) => { step.querySelector("select").value = String(i + 1); });
    shut();
    li.querySelector(`[data-way=${way}]`).focus();
    said.textContent = fill(d.tMoved, { what: words(li), n: steps().indexOf(li) + 1 });
    changed(li.querySelector("select"));
  };
  for (const li of steps()) {
    const acts = document.createElement("span");
    acts.className = "order-acts";
    for (const [way, sign, text] of [["up", "↑", d.tUp], ["down", "↓", d.tDown]]) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "btn second", textContent: sign });
      button.dataset.way = way;
      button.setAttribute("aria-label", fill(text, { what: words(li) }));
      button.addEventListener("click", () => move(li, way));
      acts.append(button);
    }
    li.append(acts);
  }
  shut();
}

// An area is chosen with its radio button, which keyboards reach.
function areas(picture) {
  const box = picture.closest(".question"), radio = (id) => [...box.querySelectorAll("input[type=radio]")].find((r) => r.value === id);
  const mark = () => picture.querySelectorAll("[data-area]").forEach((g) => g.classList.toggle("mine", !!radio(g.dataset.area)?.checked));
  if (!box.querySelector("input[type=radio]")) return;
  picture.addEventListener("click", (e) => {
    const chosen = radio(e.target.closest("[data-area]")?.dataset.area);
    if (!chosen) return;
    chosen.checked = true;
    changed(chosen);
  });
  box.addEventListener("change", mark);
  mark();
}

function count(line) {
  const text = line.parentElement.querySelector("textarea");
  text.addEventListener("input", () => { line.textContent = fill(line.dataset.words, { n: text.value.split(/\s+/).filter(Boolean).length }); });
}

document.querySelectorAll("form.quiz[data-save]").forEach(start);
document.querySelectorAll("[data-order]").forEach(order);
document.querySelectorAll("svg.spot").forEach(areas);
document.querySelectorAll("[data-words]").forEach(count);
