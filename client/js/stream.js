// A live stream: [data-stream] with a <video> in it. Browsers with media source get it through hls.js, a few seconds behind; others by themselves.
// The playlist is not there before somebody sends, so it is asked for again until it is.

const AGAIN = 5000;

function start(root) {
  const video = root.querySelector("video"), say = root.querySelector("[data-say]"), button = root.querySelector("[data-only-sound]");
  const words = root.dataset;
  const own = () => video.canPlayType("application/vnd.apple.mpegurl");
  const source = () => "ManagedMediaSource" in window || "MediaSource" in window;
  let hls = null, sound = false, timer = 0;

  const tell = (text) => { if (say.textContent !== text) say.textContent = text; };
  const address = () => sound ? words.sound : words.stream;
  const again = () => {
    tell(words.tWaiting);
    clearTimeout(timer);
    timer = setTimeout(play, AGAIN);
  };

  function byScript() {
    hls?.destroy();
    // Who chose the sound alone has a thin line: there a larger distance is worth more than a small delay.
    hls = new window.Hls({ lowLatencyMode: !sound, enableWorker: false, backBufferLength: 60, maxBufferLength: sound ? 40 : 20 });
    hls.on(window.Hls.Events.ERROR, (_, e) => {
      if (!e.fatal) return;
      if (e.type === "mediaError") hls.recoverMediaError();
      else again();
    });
    hls.on(window.Hls.Events.MANIFEST_PARSED, () => tell(""));
    hls.loadSource(address());
    hls.attachMedia(video);
  }
  function play() {
    if (window.Hls?.isSupported()) byScript();
    else video.src = address();
  }
  function begin() {
    if (source() && !window.Hls) {
      const script = document.createElement("script");
      script.src = words.hls;
      script.onload = play;
      script.onerror = () => own() ? play() : tell(words.tNone);
      document.head.append(script);
    } else if (source() || own()) play();
    else tell(words.tNone);
  }

  video.addEventListener("error", () => { if (!hls) again(); });
  video.addEventListener("playing", () => tell(""));
  button.hidden = !words.sound;
  button.addEventListener("click", () => {
    sound = !sound;
    button.setAttribute("aria-pressed", String(sound));
    play();
    video.play().catch(() => {});
  });
  begin();
}

// The page may get its player later: then this runs once more.
for (const root of document.querySelectorAll("[data-stream]:not([data-begun])")) {
  root.dataset.begun = "";
  start(root);
}
