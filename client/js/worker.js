// The service worker: shows what a push brings and opens what it is about, there known as read by its id (app.js). It keeps nothing and answers
// no requests.

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
