// The pad of a group that writes together (Samuhik Charcha): what others write comes in by itself, what one types stays on this device until the server has it, and
// the time on the page is reported once a minute. Without this script forms and links do the same by hand.
//
//   main[data-live=ADDRESS]    server-sent events: at "changed" the page looks at once, and while the line stands it looks seldom by itself
//   main[data-fresh=ADDRESS]   its answer has a mark; when it is another one, every [data-part] (with an id) of this page is put in anew, but not where somebody writes
//   form[data-keep=KEY]        its text is kept as ky.p.KEY until the server has taken it; data-t-waiting is said while there is no line
//   main[data-here=ADDRESS]    posted once a minute while the page is seen, with data-csrf

import { again, drop, get, put, tooOld, verdict } from "./keep.js";

const EVERY = 5000, MINUTE = 60000;
const page = document.querySelector("[data-fresh]");
const json = (address, more) => fetch(address, { headers: { Accept: "application/json" }, ...more });

// ── what others write ──
const parts = async () => {
  const now = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  for (const old of document.querySelectorAll("[data-part]")) {
    const part = now.getElementById(old.id), typing = old.contains(document.activeElement) && document.activeElement.matches("textarea, input, select");
    if (part && !typing && old.innerHTML !== part.innerHTML) old.replaceChildren(...part.childNodes);
  }
};
if (page) {
  let mark = page.dataset.mark, timer, line;
  const look = async () => {
    clearTimeout(timer);
    try {
      const answer = await json(page.dataset.fresh);
      if (answer.ok) {
        const said = await answer.json();
        if (said.mark !== mark) {
          await parts();
          mark = said.mark;
        }
      }
    } catch { /* no line; later */ }
    timer = setTimeout(look, document.hidden || line?.readyState === EventSource.OPEN ? 6 * EVERY : EVERY);
  };
  if (page.dataset.live) {
    line = new EventSource(page.dataset.live);
    for (const what of ["changed", "anew"]) line.addEventListener(what, look);
    addEventListener("pagehide", () => line.close());
  }
  timer = setTimeout(look, EVERY);
}

// ── who is here ──
if (page?.dataset.here) {
  const report = () => {
    if (document.hidden) return;
    json(page.dataset.here, { method: "POST", headers: { "Content-Type": "application/json", "X-CSRF-Token": page.dataset.csrf }, body: "{}" }).catch(() => { /* the next one counts */ });
  };
  report();
  setInterval(report, MINUTE);
}

// ── what one types ──
for (const form of document.querySelectorAll("form[data-keep]")) {
  const box = form.querySelector("textarea"), key = `ky.p.${form.dataset.keep}`, state = form.querySelector("[data-state]");
  const kept = get(key);
  const refused = !!document.querySelector(".errors");
  if (kept && tooOld(kept.at)) drop(key);
  else if (kept && !refused && kept.words !== box.value) box.value = kept.words;
  const say = (text) => { if (state) state.textContent = text || ""; };
  let sending = false;
  const line = again(() => send());
  async function send() {
    if (sending || !form.dataset.waiting) return;
    sending = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      const how = verdict(answer.status);
      if (how === "later") throw new Error("later");
      line.fine();
      delete form.dataset.waiting;
      if (how === "ok") drop(key);
      if (answer.redirected) location.assign(answer.url);
      else form.submit(); // what was refused is refused once more, on a page that says why
    } catch {
      say(form.dataset.tWaiting);
      line.soon();
    } finally {
      sending = false;
    }
  }
  box.addEventListener("input", () => put(key, { words: box.value, at: Date.now() }));
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    form.dataset.waiting = "1";
    say("");
    send();
  });
}
