// A group session with two devices: the host's plays and shows a code and a number; a phone joins by the number, is credited while the lesson is read on the other one, and answers its own check.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { api, faults, signIn, start, until } from "./support.mjs";
import { openSession, sawAll, sqlOf } from "./together.mjs";

let site, sql, host, phone, lesson, together, asha;
const picture = async (page, name) => { if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, `${name}.png`), fullPage: true }); };

before(async () => {
  site = await start();
  sql = sqlOf(site);
  asha = sql("SELECT id FROM person WHERE email = 'asha@demo.example'");
  host = await site.visit();
  phone = await site.visit({ width: 360, expect: /422/ });
  await signIn(host, "supervisor");
  await signIn(phone, "asha");
});
after(async () => { await site.stop(); });

test("a phone joins by the number on the screen, and the screen shows it by itself", async () => {
  ({ lesson, together } = await openSession(host, sql, "file-security"));
  await host.goto(`/together/${together}/screen`);
  assert.deepEqual(await faults(host), []);
  await picture(host, "journey-together-screen");
  const first = await host.getAttribute("svg.qr path", "d"), number = (await host.textContent(".door-number")).trim();
  await phone.goto("/");
  await phone.click("text=Join a group session");
  await phone.waitForSelector("[name=number]");
  await phone.fill("[name=number]", number === "000000" ? "000001" : "000000");
  await phone.click("main form .btn");
  await phone.waitForSelector(".errors");
  assert.deepEqual(await faults(phone), []);
  await phone.fill("[name=number]", number);
  await phone.click("main form .btn");
  await phone.waitForSelector("text=You are in since");
  assert.deepEqual(await faults(phone), []);
  await picture(phone, "journey-together-in-360");
  await host.waitForSelector("#door >> text=Asha Kumari");
  await until("the code changes by itself", async () => await host.getAttribute("svg.qr path", "d") !== first, 60000);
});

test("what is read on the shared device is credited to who is in", async () => {
  await until("Asha is credited some seconds", async () => {
    await host.mouse.move(300 + Math.random() * 100, 300);
    return Number(sql(`SELECT COALESCE(sum(covered_ms), 0) FROM together_progress WHERE person_id = ${asha} AND resource_id = ${lesson}`)) >= 5000;
  }, 120000);
  assert.equal(sql(`SELECT count(*) FROM progress WHERE person_id = ${asha} AND resource_id = ${lesson}`), "0");
  assert.equal(sql(`SELECT count(*) FROM credit WHERE person_id = ${asha} AND resource_id = ${lesson}`), "0");
});

test("a check on the own phone is handed in, and how it went is said", async () => {
  sawAll(sql, asha, lesson);
  await phone.goto(`/resources/${lesson}`);
  await phone.click("text=To my check");
  await phone.click("text=Begin");
  await phone.waitForSelector("fieldset.question");
  assert.deepEqual(await faults(phone), []);
  await picture(phone, "journey-together-check-360");
  for (const question of await phone.$$("fieldset.question")) {
    const pick = await question.$(".pick"), typed = await question.$("input[type=text], input:not([type])");
    if (pick) await pick.click();
    else if (typed) await typed.fill("4");
  }
  await phone.click("text=Hand in");
  await phone.click("dialog .btn:not(.second)");
  await phone.waitForSelector("text=of the marks");
  assert.deepEqual(await faults(phone), []);
  assert.equal(sql(`SELECT count(*) FROM together_check WHERE person_id = ${asha} AND way = 'phone' AND done_at IS NOT NULL`), "1");
});

test("the host notes that somebody has left, prints sheets and ends it; the phone says that it is over", async () => {
  await host.goto(`/together/${together}`);
  assert.deepEqual(await faults(host), []);
  await host.click("form[action$='/left'] button");
  await host.waitForSelector(".note.good");
  assert.deepEqual(await faults(host), []);
  await host.goto(`/together/${together}/sheets`);
  if (await host.$("form[action$='/sheets'] .btn")) await host.click("form[action$='/sheets'] .btn");
  const sheets = await host.request.get(`/together/${together}/sheets.pdf`);
  assert.equal((await sheets.body()).subarray(0, 4).toString(), "%PDF");
  if (process.env.PICTURES) writeFileSync(join(process.env.PICTURES, "together-sheets.pdf"), await sheets.body());
  await host.goto(`/together/${together}`);
  await host.click("text=End the group session");
  await host.click("dialog .btn:not(.second)");
  await host.waitForSelector("text=The group session is over.");
  await phone.goto(`/together/${together}/join`);
  await phone.waitForSelector("text=This group session is over.");
  assert.equal((await api(phone, "/me/together")).items[0].open, false);
  assert.deepEqual(site.trouble, []);
});
