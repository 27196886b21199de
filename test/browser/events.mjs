// Events as the browser tests need them: one that is on now and somebody registered for it, one in another room that has ended, with a list of who was there.

import assert from "node:assert/strict";
import { signIn } from "./support.mjs";

// A form of the page, sent as its button does; what comes is the page behind it.
async function send(page, name, values, button) {
  for (const [field, value] of Object.entries(values)) {
    const box = await page.$(`main form [name=${field}]`), tag = await box.evaluate((e) => e.tagName);
    if (tag === "SELECT") await box.selectOption(value);
    else await box.fill(value);
  }
  await page.click(button);
  await page.waitForLoadState();
  assert.equal(await page.$(".errors"), null, `${name}: ${await page.$eval(".errors", (e) => e.textContent).catch(() => "")}`);
}

// The day and the time of day of a moment, in India.
const there = (at) => new Date(at + 5.5 * 3600e3).toISOString();

// Lays an event down and opens it; its page at the organisers' desk.
export async function makeEvent(admin, { title, held = "stream", link = "", inMinutes = 2, minutes = 60, choose = async () => {} }) {
  await admin.goto("/orgs");
  const org = await admin.$eval("main a[href^='/orgs/']", (a) => a.getAttribute("href"));
  await admin.goto(`${org}/events/new`);
  const at = there(Date.now() + inMinutes * 60e3);
  await choose();
  await admin.selectOption("main [name=lang]", "en");
  await admin.selectOption("main [name=held]", held);
  await send(admin, title, {
    title, day: at.slice(0, 10), time: at.slice(11, 16), minutes: String(minutes), link, agenda: "0 Welcome\n10 What you ask", speakers: "Kavita Menon; teaches office procedure",
  }, "main form .btn:not(.second)");
  const desk = new URL(admin.url()).pathname;
  await admin.click(`form[action='${desk}/open'] .btn`);
  await admin.waitForSelector(`form[action='${desk}/open']`, { state: "detached" });
  return desk;
}

export async function makeEvents(site, admin, learner) {
  const on = await makeEvent(admin, { title: "A talk that is on now" });
  const event = `/events/${on.split("/").pop()}`;
  await admin.click(`form[action='${on}/begin'] .btn`);
  await admin.waitForSelector(`form[action='${on}/end']`);
  await learner.goto(event);
  await learner.click(`form[action='${event}/registration'] .btn`);
  await learner.waitForSelector(`a[href='${event}/live']`);

  const room = await makeEvent(admin, { title: "A meeting in an online room", held: "link", link: "https://meet.demo.example/room", inMinutes: -3, minutes: 20 });
  await admin.click(`form[action='${room}/end'] .btn`);
  await admin.click("dialog .btn.danger");
  await admin.waitForSelector(`form[action='${room}/captions']`);
  await admin.goto(`${room}/people`);
  await admin.setInputFiles("[name=file]", { name: "room.csv", mimeType: "text/csv", buffer: Buffer.from("person,minutes\nasha@demo.example,2\nnobody@demo.example,3\n") });
  await admin.click(`form[action='${room}/attendance'] .btn`);
  await admin.waitForSelector(`form[action$='/apply']`);
  return { on, event, room, list: new URL(admin.url()).pathname };
}

export async function asTwo(site) {
  const admin = await site.visit(), learner = await site.visit();
  await signIn(admin, "admin");
  await signIn(learner, "asha");
  return { admin, learner };
}
