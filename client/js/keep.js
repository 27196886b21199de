// What must not be lost: a small store on this device, and the pause before a thing is sent again.

// localStorage may be full or forbidden; then the page's own memory has to do.
const memory = new Map();

export function put(key, value) {
  memory.set(key, value);
  try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* memory has it */ }
}

export function get(key) {
  try {
    const text = localStorage.getItem(key);
    if (text) return JSON.parse(text);
  } catch { /* unreadable: as if absent */ }
  return memory.get(key);
}

export function drop(key) {
  memory.delete(key);
  try { localStorage.removeItem(key); } catch { /* nothing to remove */ }
}

export function keys(prefix) {
  let stored = [];
  try { stored = Object.keys(localStorage); } catch { /* none */ }
  return [...new Set([...memory.keys(), ...stored])].filter((key) => key.startsWith(prefix));
}

export const tooOld = (at) => !(Date.now() - at < 14 * 864e5);

// What an answer's status means for the thing sent: "ok", "refused" (never again), "signin" (keep, say so), "later".
export function verdict(status) {
  if (status >= 200 && status < 300) return "ok";
  if (status === 401 || status === 403) return "signin";
  return status >= 400 && status < 500 && status !== 408 && status !== 429 ? "refused" : "later";
}

// Calls run() after 2, 4, 8 … `most` seconds, each time soon() is asked; at once when the network is back.
export function again(run, most = 60) {
  let times = 0, timer;
  addEventListener("online", () => { clearTimeout(timer); run(); });
  return {
    soon() {
      clearTimeout(timer);
      timer = setTimeout(run, Math.min(most, 2 ** ++times) * (900 + Math.random() * 200));
    },
    fine() {
      times = 0;
      clearTimeout(timer);
    },
  };
}
