// Presence at a live event: says every half minute from when to when it has been played without a break (README, section 8a). The server decides what counts.

const EVERY = 30000, REACH = 600000; // as event_presence.h has it

function watch(box) {
  const d = box.dataset, began = performance.now();
  let at0 = Number(d.at), t0 = began, since = null, over = false, sending = false;
  const now = () => Math.floor(at0 + performance.now() - t0);
  const media = () => document.querySelector("main video, main audio");
  // Whoever hears it is there, also behind another window; without a player that runs, whoever sees the page.
  const here = () => {
    const m = media();
    return m && m.readyState > 0 ? !m.paused : !document.hidden;
  };
  const minutes = (ms) => Math.floor(ms / 60000);
  const say = (text) => { box.querySelector("[data-said]").textContent = text; };

  function show(s) {
    box.querySelector("[data-noted]").textContent = d.tNoted.replace("{noted}", minutes(s.noted_ms)).replace("{length}", minutes(s.length_ms));
    box.querySelector("progress").value = s.needed_ms ? Math.min(100, Math.floor(s.noted_ms * 100 / s.needed_ms)) : 0;
    box.querySelector("[data-done]").hidden = !s.done;
    over = s.over;
    say(over ? d.tOver : d.tSaved);
  }

  async function report(leaving) {
    if (since === null || sending || over) return;
    const to = now(), from = Math.max(since, to - REACH, 0);
    if (to <= from) return;
    sending = !leaving;
    try {
      const answer = await fetch(d.presence, {
        method: "POST", keepalive: true, headers: { "Content-Type": "application/json", "X-CSRF-Token": d.csrf },
        body: JSON.stringify({ session: d.session, from_ms: from, to_ms: to }),
      });
      if (answer.status === 401 || answer.status === 403) say(d.tSignin);
      else if (answer.status === 409) over = true;
      else if (answer.ok) {
        const s = await answer.json();
        // The device's clock may drift: the server's is taken anew. It is older by the way back, so never ahead.
        if (s.at_ms !== null) [at0, t0] = [s.at_ms, performance.now()];
        show(s);
      } else say(d.tWaiting);
    } catch {
      say(d.tWaiting);
    }
    sending = false;
  }

  // A break ends the stretch: it is told, and the next one begins with the next sound. A device that slept was not there.
  let looked = Date.now();
  function look() {
    const slept = Date.now() - looked > 90000;
    looked = Date.now();
    if (slept) since = null;
    if (here()) since ??= now();
    else if (since !== null) {
      report(true);
      since = null;
    }
  }
  look();
  const clocks = [setInterval(look, 1000), setInterval(report, EVERY)], leave = () => report(true);
  addEventListener("pagehide", leave);
  box.querySelector("[data-without]").hidden = true;
  return () => {
    clocks.forEach(clearInterval);
    removeEventListener("pagehide", leave);
    leave();
  };
}

// The page may get or lose its part when the event begins or ends (live.js).
let box = null, stop = null;
function follow() {
  if (box?.isConnected) return;
  stop?.();
  box = document.querySelector("[data-presence]");
  stop = box && watch(box);
}
follow();
document.addEventListener("parts", follow);
