// The service worker: shows what a push brings and opens what it is about, there known as read by its id (app.js). And it keeps the page of an open paper of an
// examination (exam.js says which, and when it may go) or of a roster (attendance.js), so that it can be loaded again while the line is down. It answers for nothing else.

const PAPER = /^\/(exam-attempts\/\d+|public\/attempts\/[0-9a-f]+|batch-sessions\/\d+\/roster)$/, ASSET = /^\/assets\//;

addEventListener("push", (e) => {
  const { id, title, text, path, lang } = e.data.json();
  e.waitUntil(registration.showNotification(title, { body: text, tag: id, lang, data: path }));
});

addEventListener("notificationclick", (e) => {
  const { notification } = e;
  const to = new URL(notification.data, origin);
  to.hash = `notice=${notification.tag}`;
  notification.close();
  if (to.origin === origin) e.waitUntil(clients.openWindow(to.href));
});

addEventListener("activate", (e) => e.waitUntil(clients.claim()));

addEventListener("message", (e) => {
  const { data } = e;
  if (data?.keep) e.waitUntil(caches.open("paper").then((kept) => kept.addAll(data.keep)).then(() => e.ports[0]?.postMessage("kept")));
  if (data?.drop) e.waitUntil(caches.delete("paper"));
});

addEventListener("fetch", (e) => {
  const { method, mode, url } = e.request, { pathname } = new URL(url);
  if (method !== "GET") return;
  const paper = mode === "navigate" && PAPER.test(pathname);
  if (paper) e.respondWith(fetch(e.request).catch(async () => (await caches.match(pathname)) || Response.error()));
  else if (ASSET.test(pathname)) e.respondWith(caches.match(e.request, { cacheName: "paper" }).then((kept) => kept || fetch(e.request)));
});
