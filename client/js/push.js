// Notices on this device (Web Push): on the page of choices about notices. Asked for only when the person presses the button; what stands in the
// way is said in a sentence.

const bytes = (t) => Uint8Array.from(atob(t.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const same = (a, b) => a && String(new Uint8Array(a)) === String(b);
const box = document.querySelector("[data-push]");

// What the browser gives for the key of this installation; an older permission for another key is given back first.
async function subscription() {
  const key = bytes(box.dataset.push);
  await navigator.serviceWorker.register("/worker.js");
  const { pushManager } = await navigator.serviceWorker.ready;
  const old = await pushManager.getSubscription();
  if (old && same(old.options.applicationServerKey, key)) return old;
  await old?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

async function allow() {
  if (await Notification.requestPermission() !== "granted") throw new Error(box.dataset.tRefused);
  const { endpoint, keys } = (await subscription()).toJSON();
  const answer = await fetch("/api/v1/me/push", {
    method: "POST", headers: { "Content-Type": "application/json", "X-CSRF-Token": box.dataset.csrf }, body: JSON.stringify({ endpoint, ...keys }),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.errors?.[0]?.message || said.detail);
  location.reload();
}

if (box) {
  const button = box.querySelector("button"), wrong = box.querySelector(".error");
  const say = (text) => {
    wrong.textContent = text;
    wrong.hidden = false;
  };
  box.querySelector("p").hidden = true;
  box.querySelector("div").hidden = false;
  button.disabled = !navigator.serviceWorker || !window.PushManager || !window.Notification;
  if (button.disabled) say(box.dataset.tNone);
  button.addEventListener("click", async () => {
    wrong.hidden = true;
    button.disabled = true;
    try {
      await allow();
    } catch (e) {
      say(e instanceof DOMException || e instanceof TypeError ? box.dataset.tFailed : e.message);
    }
    button.disabled = false;
  });
}
