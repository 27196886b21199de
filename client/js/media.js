// Film and sound: what was really played, keys, speed, captions, transcript.

const STORE = "ky.player";
const SPEEDS = [0.75, 1, 1.25, 1.5, 2];

export function media(root, el, { from, length, saw, pause }) {
  const inRoom = "room" in root.dataset, fastest = inRoom ? 1 : 2; // a shared device: nobody there chose a speed
  let last = null, lastWall = 0, likes = {};
  try { likes = JSON.parse(localStorage.getItem(STORE)) || {}; } catch { /* as the page is */ }
  const like = (more) => {
    Object.assign(likes, more);
    try { localStorage.setItem(STORE, JSON.stringify(likes)); } catch { /* forgotten */ }
  };

  // Counted is only what moved no faster than it can have been played; a seek begins anew.
  function step() {
    const now = el.currentTime * 1000, wall = performance.now();
    if (last !== null) {
      const moved = now - last;
      if (moved > 0 && moved <= (wall - lastWall) * Math.min(el.playbackRate, 2) * 1.25 + 400) saw(last, now);
    }
    last = el.paused || el.seeking || el.ended ? null : now;
    lastWall = wall;
  }
  el.addEventListener("playing", () => { last = null; step(); });
  el.addEventListener("timeupdate", () => { step(); follow(); });
  el.addEventListener("seeking", () => { last = null; follow(); });
  el.addEventListener("pause", () => { step(); last = null; pause(); });
  el.addEventListener("ended", () => {
    const end = el.currentTime * 1000;
    if (length * 1000 - end < 1500) saw(end - 1, length * 1000); // the length is in whole seconds
    last = null;
    pause();
  });
  el.addEventListener("ratechange", () => {
    if (el.playbackRate > fastest) el.playbackRate = fastest;
    const box = root.querySelector("[data-do=speed]");
    if (box) box.value = el.playbackRate;
    if (!inRoom) like({ speed: el.playbackRate });
  });

  const seek = (s) => {
    step();
    el.currentTime = Math.min(Math.max(0, s), el.duration || length);
  };
  const begin = () => { if (from > 0 && Math.abs(el.currentTime - from) > 0.5) el.currentTime = from; };
  if (el.readyState) begin();
  else el.addEventListener("loadedmetadata", begin, { once: true });

  const captions = (on) => {
    const tracks = [...el.textTracks].filter((t) => t.kind === "captions" || t.kind === "subtitles");
    const best = tracks.find((t) => t.mode === "showing") || tracks.find((t) => t.language === document.documentElement.lang) || tracks[0];
    if (best) best.mode = on ? "showing" : "hidden";
    root.querySelector("[data-do=captions]")?.setAttribute("aria-pressed", String(on));
    likes.captions = on;
  };
  const shown = () => [...el.textTracks].some((t) => t.mode === "showing");
  const speed = (by) => {
    const at = SPEEDS.findIndex((s) => s >= el.playbackRate);
    el.playbackRate = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at + by))];
  };
  const full = () => document.fullscreenElement ? document.exitFullscreen() : el.requestFullscreen?.();

  const acts = {
    play: () => el.paused ? el.play().catch(() => {}) : el.pause(),
    back: () => seek(el.currentTime - 10), on: () => seek(el.currentTime + 10),
    left: () => seek(el.currentTime - 5), right: () => seek(el.currentTime + 5),
    slower: () => speed(-1), faster: () => speed(1),
    captions: () => { captions(!shown()); like({}); }, full,
  };
  const byKey = { " ": "play", k: "play", j: "back", l: "on", ArrowLeft: "left", ArrowRight: "right", "<": "slower", ">": "faster", c: "captions", f: "full" };
  root.addEventListener("keydown", (e) => {
    const act = byKey[e.key.length > 1 ? e.key : e.key.toLowerCase()];
    if (!act || e.ctrlKey || e.metaKey || e.altKey || e.target.closest("select, input") || (e.key === " " && e.target.closest("button, a, summary"))) return;
    e.preventDefault();
    e.stopPropagation();
    acts[act]();
  }, true);
  root.addEventListener("click", (e) => acts[e.target.closest("button[data-do]")?.dataset.do]?.());
  root.querySelector("[data-do=speed]")?.addEventListener("change", (e) => { el.playbackRate = +e.target.value; });
  const tools = root.querySelector(".player-tools");
  if (tools) tools.hidden = false;
  if (likes.speed && !inRoom) el.playbackRate = el.defaultPlaybackRate = likes.speed;
  if (typeof likes.captions === "boolean") captions(likes.captions);
  else root.querySelector("[data-do=captions]")?.setAttribute("aria-pressed", String(!!el.querySelector("track[default]")));
  el.textTracks.addEventListener?.("change", () => {
    root.querySelector("[data-do=captions]")?.setAttribute("aria-pressed", String(shown()));
    like({ captions: shown() });
  });

  // The transcript follows inside its own box, unless someone is reading elsewhere in it.
  const box = document.querySelector("[data-cues]");
  const cues = box ? [...box.querySelectorAll("[data-start]")] : [];
  let current = null, hands = 0;
  for (const kind of ["wheel", "touchmove", "keydown"]) box?.addEventListener(kind, () => { hands = Date.now() + 6000; }, { passive: true });
  function follow() {
    const now = el.currentTime + 0.05;
    const cue = cues.filter((c) => +c.dataset.start <= now).pop() || null;
    if (cue === current) return;
    current?.removeAttribute("aria-current");
    cue?.setAttribute("aria-current", "true");
    current = cue;
    if (cue && Date.now() > hands) box.scrollTop = cue.offsetTop - box.clientHeight / 3;
  }
  follow();

  return { seek: (s) => { seek(s); el.play().catch(() => {}); }, position: () => el.currentTime, step, el };
}
