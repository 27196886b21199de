// Reports of what was seen: kept until the server has them, sent in order, sent again with the same number.

import { again, drop, get, keys, put, tooOld, verdict } from "./keep.js";

const KEY = "ky.r.";

export function reports({ session, url, csrf, onAnswer, onState }) {
  const mine = `${KEY}${session}.`;
  let seq = 0, sending = false, skip = new Set();
  try { seq = +sessionStorage.getItem(mine) || 0; } catch { /* begins at 1 */ }

  const waiting = () => keys(KEY)
    .filter((key) => !skip.has(key))
    .map((key) => ({ key, ...get(key) }))
    .filter((r) => !tooOld(r.at) || drop(r.key))
    .sort((a, b) => a.at - b.at);

  async function post(report) {
    let state = "later", answer;
    try {
      const got = await fetch(report.url, {
        method: "POST", keepalive: true, credentials: "same-origin", redirect: "error",
        headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf }, body: report.body,
      });
      state = verdict(got.status);
      if (state === "ok") answer = await got.json().catch(() => ({}));
    } catch { /* no network: later */ }
    if (state === "ok" || state === "refused") drop(report.key);
    if (state === "signin") skip.add(report.key); // this page cannot send it; the next one may
    if (report.key.startsWith(mine)) {
      if (answer) onAnswer(answer);
      onState(state);
    }
    return state;
  }

  const retry = again(send);
  async function send() {
    if (sending) return;
    sending = true;
    for (let next; (next = waiting()[0]); ) {
      if (await post(next) === "later") {
        onState("later");
        retry.soon();
        sending = false;
        return;
      }
    }
    retry.fine();
    sending = false;
  }

  return {
    send,
    add(position, intervals) {
      seq += 1;
      try { sessionStorage.setItem(mine, seq); } catch { /* memory counts on */ }
      put(`${mine}${seq}`, { url, at: Date.now(), body: JSON.stringify({ session, seq, position, intervals }) });
      send();
    },
    // The page goes: all that waits is sent at once, the server knows what it has already.
    leave() {
      waiting().slice(0, 8).forEach(post);
    },
  };
}
