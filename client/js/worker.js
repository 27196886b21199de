// The service worker: shows what a push brings and opens what it is about. It keeps nothing and answers no requests.

addEventListener("push", (e) => {
  const { id, title, text, path, lang } = e.data.json();
  e.waitUntil(registration.showNotification(title, { body: text, tag: id, lang, data: path }));
});

addEventListener("notificationclick", (e) => {
  const to = new URL(e.notification.data, origin);
  e.notification.close();
  if (to.origin !== origin) return;
  e.waitUntil(clients.matchAll({ type: "window" }).then((open) => {
    const there = open.find((c) => c.url === to.href);
    return there ? there.focus() : clients.openWindow(to.href);
  }));
});
