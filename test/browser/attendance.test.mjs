// Attendance in the browser: a code is scanned by somebody who has yet to sign in, a phone says how near it is or cannot, and a roster is ticked without a line, loaded again, and sent when
// the line is back.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeClass } from "./class.mjs";
import { PASSWORD, api, faults, signIn, start, until } from "./support.mjs";

let site, room, keeper;
const offline = /Failed to load resource|ERR_|net::/;
const way = (id, session = room.now) => room.sql(`SELECT way || ' ' || there || ' ' || COALESCE(metres, '-') FROM attendance WHERE session_id = ${session} AND person_id = ${id}`);
const picture = async (page, name) => { if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, `${name}.png`), fullPage: true }); };
const door = () => api(keeper, `/batch-sessions/${room.now}/door`);

before(async () => {
  site = await start();
  room = makeClass(site);
  keeper = await site.visit();
  await signIn(keeper, "supervisor");
});
after(async () => { await site.stop(); });

async function openDoor(near) {
  await keeper.goto(room.page("/attendance"));
  if (await keeper.$("form[action$='/door/close']")) await keeper.click("form[action$='/door/close'] button");
  await keeper.fill("[name=near_m]", near);
  await keeper.click("form[action$='/door'] button");
  await keeper.waitForSelector("text=The number to type");
}

test("who scans and has yet to sign in comes back to one button", async () => {
  await openDoor("");
  await keeper.goto(room.page("/screen"));
  await keeper.waitForSelector("svg.qr path");
  const first = await keeper.getAttribute("svg.qr path", "d");
  await until("the code on the screen changes by itself", async () => await keeper.getAttribute("svg.qr path", "d") !== first, 60000);
  const { token } = await door();
  const phone = await site.visit({ width: 360 });
  await phone.goto(`/attend/${room.now}?token=${token}`);
  assert.deepEqual(await faults(phone), []);
  await picture(phone, "attend-sign-in-360");
  await phone.click("text=Sign in and go on");
  await phone.fill("[name=login]", "asha@demo.example");
  await phone.fill("[name=password]", PASSWORD);
  await phone.click("main button");
  await phone.waitForURL(/\/attend\//);
  assert.deepEqual(await faults(phone), []);
  await picture(phone, "attend-button-360");
  await phone.click("text=I am here >> nth=0");
  await phone.waitForSelector("text=You are noted as there");
  assert.match(way(room.asha), /^qr 1 -/);
  await phone.goto("/me/attendance");
  await phone.waitForSelector("text=code scanned");
  await phone.context().close();
});

test("a phone says once how near it is, and one that does not is told what else there is", async () => {
  await openDoor("300");
  const [near, silent] = room.others.map((id) => room.sql(`SELECT email FROM person WHERE id = ${id}`).split("@")[0]);
  const phone = await site.visit({ width: 360, geolocation: { latitude: 28.601, longitude: 77.2 }, permissions: ["geolocation"] });
  await signIn(phone, near);
  await phone.goto("/language/en?to=/");
  await phone.goto(`/attend/${room.now}?token=${(await door()).token}`);
  assert.deepEqual(await faults(phone), []);
  await picture(phone, "attend-near-360");
  await phone.click("text=I am here >> nth=0");
  await phone.waitForSelector("text=You are noted as there");
  assert.equal(way(room.others[0]), "qr 1 200");
  await phone.context().close();

  const other = await site.visit({ width: 360, permissions: [] });
  await signIn(other, silent);
  await other.goto("/language/en?to=/");
  const { token, number } = await door();
  await other.goto(`/attend/${room.now}?token=${token}`);
  await other.click("text=I am here >> nth=0");
  await other.waitForSelector("text=does not say where it is");
  assert.equal(way(room.others[1]), "");
  await other.fill("[name=number]", number);
  await other.click("text=I am here, by the number");
  await other.waitForSelector("text=You are noted as there");
  assert.equal(way(room.others[1]), "pin 1 -");
  await other.context().close();
});

test("a roster is ticked without a line, survives loading, and is sent when the line is back", async () => {
  const page = await site.visit({ width: 360, expect: offline });
  await signIn(page, "supervisor");
  await page.goto(room.page("/roster"));
  await page.waitForSelector("text=also opens without a line", { timeout: 40000 });
  const box = (id) => page.locator(`[data-person="${id}"]`);
  const tick = (id) => box(id).locator("xpath=..").click();
  const says = (text) => until(`the page says “${text}”`, async () => text.test(await page.textContent("[data-state]")), 40000);
  await tick(room.others[2]);
  await says(/All ticks are saved/);
  assert.equal(way(room.others[2]), "roster 1 -");

  await page.context().setOffline(true);
  await tick(room.others[3]);
  await tick(room.others[4]);
  await tick(room.others[2]); // was there after all not
  await says(/kept on this device: 3/);
  await picture(page, "roster-offline-360");
  await page.reload();
  await says(/kept on this device: 3/);
  assert.deepEqual(await Promise.all([2, 3, 4].map((i) => box(room.others[i]).isChecked())), [false, true, true]);
  await tick(room.others[4]);
  await tick(room.others[4]);
  await says(/kept on this device: 3/);
  assert.equal(way(room.others[3]), "");
  await page.waitForTimeout(1500); // so that ticking and arriving are told apart below

  await page.context().setOffline(false);
  await says(/All ticks are saved/);
  assert.deepEqual([2, 3, 4].map((i) => way(room.others[i])), ["roster 0 -", "roster 1 -", "roster 1 -"]);
  assert.equal(room.sql(`SELECT count(*) - count(DISTINCT seq) FROM attendance_entry WHERE session_id = ${room.now}`), "0");
  const noted = room.sql(`SELECT group_concat(at - kept_at < -500) FROM attendance_entry WHERE person_id = ${room.others[3]}`);
  assert.equal(noted, "1", "the time is that of the tick, not of its arrival");
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((key) => /^ky\.tick\.\d/.test(key))), []);
  assert.deepEqual(await faults(page), []);

  // Whoever sits here next does not read the names.
  await page.click("summary");
  await page.click("text=Sign out");
  await page.waitForURL(/sign-in/);
  assert.equal(await page.evaluate(async (path) => !!(await caches.match(path)), room.page("/roster")), false);
  await page.context().close();
});

test("the pages at both widths, in the dark too", async () => {
  for (const [width, colorScheme] of [[360, "light"], [1366, "dark"]]) {
    const page = await site.visit({ width, colorScheme });
    await signIn(page, "supervisor");
    for (const [name, path] of [["attendance", room.page("/attendance")], ["attendance-screen", room.page("/screen")], ["roster", room.page("/roster")], ["attendance-one", room.page(`/attendance/${room.others[3]}`)], ["attendance-classes", "/attendance"]]) {
      await page.goto(path);
      assert.deepEqual(await faults(page), [], name);
      await picture(page, `${name}-${width}-${colorScheme}`);
    }
    const sheet = await page.request.get(room.page("/attendance-sheet"));
    assert.equal(sheet.headers()["content-type"], "application/pdf");
    if (process.env.PICTURES) writeFileSync(join(process.env.PICTURES, "attendance-sheet.pdf"), await sheet.body());
    await page.context().close();
  }
});

test("no error on any console", () => assert.deepEqual(site.trouble, []));
