// Learning pages: records what was really played or read, reports it, and shows what is recorded and what is left.
// The rules and the shape of reports and answers are in README, section 8.

import { clock, fill, merge, missing, total } from "./intervals.js";
import { media } from "./media.js";
import { reading } from "./reading.js";
import { reports } from "./reports.js";

const EVERY = 10e3;

function start(root) {
  const d = root.dataset, length = +d.length || 0, from = +d.from || 0;
  const find = (selector) => document.querySelector(selector);
  let known = merge((d.seen || "").split(",").filter(Boolean).map((pair) => pair.split("-").map(Number)));
  let fresh = [], sentAt = 0, sentPosition = from, answer = {};

  const seen = () => merge([...known, ...fresh]);
  const saw = (a, b) => {
    a = Math.max(0, Math.floor(a));
    b = Math.min(Math.ceil(b), length * 1000 || Infinity);
    if (b <= a) return;
    fresh = merge([...fresh, [a, b]]);
    draw();
    if (Date.now() - sentAt >= EVERY) report();
  };

  const status = root.querySelector(".player-status");
  const say = (text, className) => {
    if (!status || status.textContent === text) return;
    status.textContent = text;
    status.classList.toggle("wait", className === "wait");
    status.classList.toggle("bad", className === "bad");
  };

  const queue = reports({
    session: d.session, url: d.report, csrf: d.csrf,
    onState: (state) => {
      if (state === "ok") say(answer.complete ? (answer.course_complete && d.tCourse) || d.tComplete : d.tSaved);
      else if (state === "later") say(d.tWaiting, "wait");
      else say(state === "signin" ? d.tSignin : d.tRefused, "bad");
    },
    onAnswer: (got) => {
      answer = { ...answer, ...got };
      if (got.intervals) known = merge([...known, ...got.intervals]);
      draw();
    },
  });

  function report() {
    const position = Math.floor(eye.position());
    if (!fresh.length && position === sentPosition) return;
    sentAt = Date.now();
    sentPosition = position;
    const going = fresh;
    known = seen();
    fresh = [];
    queue.add(position, going);
  }

  const strip = root.querySelector(".got"), needle = root.querySelector(".seen .at"), picture = strip?.closest("svg");
  const sum = root.querySelector("[data-sum]"), left = find("[data-left]"), bar = find("progress[data-covered]");
  let drawn = "";
  const range = ([a, b]) => fill(b >= length * 1000 ? d.tRest : d.tRange, { from: clock(a), to: clock(b) });
  const listed = (parts) => {
    const some = parts.slice(0, 4), end = parts.length > 4 ? "…" : some.length > 1 && some.pop();
    return some.join(", ") + (end === "…" ? ", …" : end ? d.tAnd + end : "");
  };
  const named = (ms) => eye.name(ms) || clock(ms);

  function draw() {
    const list = seen();
    if (needle && eye) needle.setAttribute("x", Math.min(eye.position(), length));
    const key = JSON.stringify([list.map(([a, b]) => [a >> 9, b >> 9]), answer]);
    if (key === drawn) return;
    drawn = key;
    if (strip) {
      strip.replaceChildren(...list.map(([a, b]) => {
        const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        for (const [name, value] of [["x", a / 1000], ["width", (b - a) / 1000], ["height", 12]]) rect.setAttribute(name, value);
        return rect;
      }));
      picture.setAttribute("aria-label", list.length ? fill(d.tSeen, { list: listed(list.map(range)) }) : d.tNone || "");
    }
    if (sum) sum.textContent = fill(d.tSum, { done: clock(total(list)), total: clock(length * 1000) });
    if (bar) bar.value = Math.min(100, Math.round((total(list) * 100) / (answer.needed_ms || length * 1000)));
    // What the server calls missing, less what was seen since.
    const open = answer.complete ? [] : (answer.missing || [[0, length * 1000]]).flatMap(([a, b]) => missing(list, a, b)).filter(([a, b]) => b - a >= 500);
    if (left && eye && (answer.missing || "seen" in d)) {
      left.hidden = !open.length;
      if (open.length) {
        const parts = eye.name ? [...new Set(open.map(([a]) => named(a)))] : open.map(range);
        left.firstElementChild.textContent = fill(d.tMissing, { list: listed(parts) });
        const go = left.querySelector("[data-seek]");
        if (go) {
          go.dataset.seek = Math.floor(open[0][0] / 1000);
          go.href = `?at=${go.dataset.seek}`;
          go.textContent = fill(d.tGo, { from: eye.name ? named(open[0][0]) : clock(open[0][0]) });
        }
      }
    }
    if (answer.complete) {
      const next = find("[data-next]"), done = find("[data-complete]");
      if (next && answer.next) next.href = answer.next;
      if (done) done.hidden = false;
      find(".outline .now")?.classList.add("done");
    }
  }

  let eye = null;
  const tools = { from, length, saw, seen, pause: () => report() };
  const el = root.querySelector("video, audio");
  eye = el ? media(root, el, tools) : reading(root, tools);
  if (el) for (const kind of ["timeupdate", "seeked"]) el.addEventListener(kind, draw);

  document.addEventListener("click", (e) => {
    const go = e.target.closest("[data-seek]");
    if (!go || e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    eye.seek(+go.dataset.seek);
  });

  sentAt = Date.now();
  setInterval(() => { if (Date.now() - sentAt >= EVERY && fresh.length) report(); }, 1000);
  const leave = () => {
    eye.step();
    report();
    queue.leave();
  };
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") leave(); });
  addEventListener("pagehide", leave);
  queue.send(); // what an earlier page could not send
}

document.querySelectorAll(".player[data-report]").forEach(start);
