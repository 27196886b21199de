// Text and PDF: the time someone really had it before them. A second counts for the first visible block that is not yet
// read through, while the tab is visible and the person was active within the last minute.

import { missing } from "./intervals.js";

const ACTIVE = 60e3, IN_FRAME = 120e3;

export function reading(root, { from, length, saw, seen }) {
  const frame = root.querySelector("iframe, object");
  const blocks = frame
    ? [{ el: frame, a: 0, b: length * 1000 }]
    : [...root.querySelectorAll("[data-at][data-len]")].map((el) => ({ el, a: +el.dataset.at, b: +el.dataset.at + +el.dataset.len }));
  let active = Date.now(), last = performance.now();

  const stir = () => { active = Math.max(active, Date.now()); };
  for (const kind of ["scroll", "keydown", "pointermove", "pointerdown", "touchmove", "wheel", "focus"]) addEventListener(kind, stir, { passive: true, capture: true });
  // Inside a frame nothing can be seen from here; going into it counts for a while longer.
  const enter = () => { active = Date.now() + IN_FRAME; };
  if (frame) {
    frame.addEventListener("pointerenter", enter);
    addEventListener("blur", () => { if (document.activeElement === frame) enter(); });
  }

  function visible({ el }) {
    const { top, bottom, height } = el.getBoundingClientRect();
    return Math.min(bottom, innerHeight) - Math.max(top, 0) >= Math.min(height, innerHeight) / 2;
  }
  const mark = ({ el, a, b }) => { if (!frame) el.classList.toggle("read", !missing(seen(), a, b).length); };

  function tick() {
    const now = performance.now();
    let left = Math.min(now - last, 1500);
    last = now;
    if (document.visibilityState !== "visible" || Date.now() - active > ACTIVE) return;
    for (const block of blocks) {
      if (left <= 0) break;
      if (!visible(block)) continue;
      for (const [a, b] of missing(seen(), block.a, block.b)) {
        const take = Math.min(left, b - a);
        if (take > 0) saw(a, a + take);
        left -= take;
      }
      mark(block);
    }
  }
  setInterval(tick, 1000);

  const at = (s) => blocks.filter((block) => block.a <= s * 1000).pop();
  const seek = (s) => at(s)?.el.scrollIntoView({ block: "start" });
  blocks.forEach(mark);
  if (!frame && from > 0 && !location.hash) seek(from);

  return {
    seek,
    step: tick,
    position: () => {
      const block = blocks.find(visible);
      return !block ? from : frame ? (missing(seen(), 0, block.b)[0]?.[0] ?? 0) / 1000 : block.a / 1000;
    },
    // The heading over a place in the text, to name what is still open.
    name: (ms) => {
      let el = !frame && at(ms / 1000)?.el;
      while (el && !/^H[1-6]$/.test(el.tagName)) el = el.previousElementSibling;
      return el ? el.textContent.trim() : "";
    },
  };
}
