// Notices on a device, in Chromium: asked for only after a click, what stands in the way is said in a sentence (no push service can be reached
// here), the worker shows what it is sent, and who comes from there has read the notice. Handing over and encryption: test/http/push_http.c.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api, faults, signIn, start, until } from "./support.mjs";

let site;
before(async () => { site = await start(); });
after(async () => { await site.stop(); });

for (const [lang, width] of [["en", 360], ["en", 1366], ["hi", 360], ["hi", 1366]])
  test(`the button says why it cannot be done, ${lang}, ${width} px`, async () => {
    const page = await site.visit({ width, expect: /Push API in incognito mode/ });
    await page.addInitScript(() => {
      window.asked = 0;
      const ask = Notification.requestPermission.bind(Notification);
      Notification.requestPermission = (...a) => { window.asked++; return ask(...a); };
    });
    await signIn(page, "asha");
    await page.goto(`/language/${lang}?to=/me/notices`);
    const box = page.locator("[data-push]"), wrong = box.locator(".error");
    await box.locator("button").waitFor();
    assert.equal(await page.evaluate(() => window.asked), 0);
    assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
    assert.ok(await wrong.isHidden());
    // Not allowed by the browser.
    await box.locator("button").click();
    await wrong.waitFor();
    assert.equal(await wrong.textContent(), await box.getAttribute("data-t-refused"));
    assert.deepEqual(await faults(page), []);
    // Allowed, but its push service is not there.
    await page.context().grantPermissions(["notifications"], { origin: site.url });
    await box.locator("button").click();
    await until("the other sentence", async () => (await wrong.textContent()) === (await box.getAttribute("data-t-failed")));
    assert.deepEqual(await faults(page), []);
    assert.ok(await box.locator("button").isEnabled());
    await page.context().close();
  });

// What a browser would send, with the point of the example of RFC 8291.
for (const [lang, width] of [["en", 360], ["hi", 1366]])
  test(`a device that is allowed is listed and taken away, ${lang}, ${width} px`, async () => {
    const page = await site.visit({ width });
    await signIn(page, "asha");
    await page.goto(`/language/${lang}?to=/me/notices`);
    const status = await page.evaluate(async () => {
      const body = JSON.stringify({ endpoint: "https://push.example/x", auth: "BTBZMqHH6r4Tts7J_aSIgg", p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4" });
      return (await fetch("/api/v1/me/push", { method: "POST", headers: { "Content-Type": "application/json", "X-CSRF-Token": document.querySelector("[data-push]").dataset.csrf }, body })).status;
    });
    assert.equal(status, 200);
    await page.goto("/me/notices");
    assert.equal(await page.locator("form[action^='/me/push/']").count(), 1);
    assert.equal(await page.locator("[data-push]").count(), 0);
    assert.deepEqual(await faults(page), []);
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/push-${lang}-${width}.png`, fullPage: true });
    await page.click("form[action^='/me/push/'] button");
    await page.locator("[data-push] button").waitFor();
    assert.equal(await page.locator("form[action^='/me/push/']").count(), 0);
    await page.context().close();
  });

test("the worker shows what it is sent", async () => {
  const page = await site.visit();
  await page.context().grantPermissions(["notifications"], { origin: site.url });
  await signIn(page, "asha", "/me/notices");
  const cdp = await page.context().newCDPSession(page);
  let id;
  cdp.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => { id = registrations.find((r) => r.scopeURL === `${site.url}/`)?.registrationId ?? id; });
  await cdp.send("ServiceWorker.enable");
  await page.evaluate(async () => {
    await navigator.serviceWorker.register("/worker.js");
    await navigator.serviceWorker.ready;
  });
  await until("the registration", () => id);
  const shown = () => page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body, tag, lang, data }) => ({ title, body, tag, lang, data })));
  const push = (text) => cdp.send("ServiceWorker.deliverPushMessage", {
    origin: site.url, registrationId: id, data: JSON.stringify({ id: "4711", title: "A reminder of a course", text, path: "/me/learning", lang: "en" }),
  });
  // A worker that is not quite there yet is told nothing; the same notice again takes the place of the first.
  await until("the notice", async () => {
    await push("Please go on.");
    return (await shown()).length === 1;
  });
  await push("Please go on!");
  await until("its newer text", async () => (await shown())[0]?.body === "Please go on!");
  assert.deepEqual(await shown(), [{ title: "A reminder of a course", body: "Please go on!", tag: "4711", lang: "en", data: "/me/learning" }]);
  await page.context().close();
});

// Chromium opens no window for a click that a test makes, so what would be opened is caught; all else is the worker's own.
test("a click on it leads to our own pages alone", async () => {
  const page = await site.visit();
  await page.context().grantPermissions(["notifications"], { origin: site.url });
  await signIn(page, "asha", "/me/notices");
  const worker = page.context().waitForEvent("serviceworker");
  await page.evaluate(() => navigator.serviceWorker.register("/worker.js"));
  const click = async (data) => (await worker).evaluate(async (path) => {
    const opened = [];
    clients.openWindow = async (to) => { opened.push(to); };
    await registration.showNotification("A reminder", { tag: "4711", data: path });
    const [notification] = await registration.getNotifications();
    dispatchEvent(new NotificationEvent("notificationclick", { notification }));
    return [...opened, (await registration.getNotifications()).length];
  }, data);
  assert.deepEqual(await click("/me/learning?a=1"), [`${site.url}/me/learning?a=1#notice=4711`, 0]);
  for (const foreign of ["https://other.example/", "//other.example/", "javascript:alert(1)", "/\\other.example"]) assert.deepEqual(await click(foreign), [0]);
  await page.context().close();
});

test("who comes from a notice on the device has read it", async () => {
  const page = await site.visit({ expect: /status of 404/ });
  await signIn(page, "asha");
  const unread = async () => (await api(page, "/notices")).items.filter((n) => !n.read_at);
  const [notice] = await unread(), n = (await unread()).length;
  assert.ok(notice, "the demonstration tells her something");
  await page.goto(`${notice.path}#notice=${notice.id}`);
  await until("it to be read", async () => (await unread()).length === n - 1);
  assert.equal(new URL(page.url()).hash, "");
  // Those of others and what is none change nothing.
  await page.goto("/me/learning#notice=1");
  await page.goto("/me/learning#notice=x");
  assert.equal((await unread()).length, n - 1);
  await page.context().close();
});

test("without scripts the page says that it needs them", async () => {
  const page = await site.visit({ javaScriptEnabled: false });
  await signIn(page, "asha", "/me/notices");
  assert.ok(await page.locator("text=your browser must run scripts").isVisible());
  assert.ok(await page.locator("[data-push] button").isHidden());
  await page.context().close();
});

test("nothing was wrong on the console", () => assert.deepEqual(site.trouble, []));
