// A webinar from registering to having attended: the page says how much is noted, the server decides what counts; and all of it without scripts, by a button.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { asTwo, makeEvent } from "./events.mjs";
import { join } from "node:path";
import { api, faults, signIn, start, until, wait } from "./support.mjs";

let site, admin, learner, desk, event;
before(async () => {
  site = await start();
  ({ admin, learner } = await asTwo(site));
});
after(async () => { await site.stop(); });
// As on a telephone and at a desk: nothing is wrong with the page. PICTURES=FOLDER keeps a picture of each.
async function looks(page, name) {
  for (const width of [360, 1366]) {
    await page.setViewportSize({ width, height: 900 });
    assert.deepEqual(await faults(page), [], `${name}, ${width} px`);
    if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, `${name}-${width}.png`), fullPage: true });
  }
}

test("one registers, and the page where it is shown says that it has not begun", async () => {
  desk = await makeEvent(admin, { title: "Thirty days are enough" });
  event = `/events/${desk.split("/").pop()}`;
  await learner.goto("/events");
  await learner.click("text=Thirty days are enough");
  await learner.click("main button:has-text('Register')");
  await learner.waitForSelector("main :text('You are registered.')");
  await learner.goto(`${event}/live`);
  assert.match(await learner.textContent("main"), /It has not begun yet/);
});

test("while it is on, what is noted grows as time does and no faster", async () => {
  await admin.click(`form[action='${desk}/begin'] .btn`);
  await admin.waitForSelector(`form[action='${desk}/end']`);
  await learner.goto(`${event}/live`);
  const began = Date.now();
  assert.equal(await learner.isVisible("[data-without]"), false, "who has scripts needs no button");
  const mine = () => api(learner, event);
  await until("the first half minute", async () => (await mine()).noted_ms >= 20000, 90000);
  const noted = (await mine()).noted_ms, passed = Date.now() - began;
  assert.ok(noted <= passed + 2000, `${noted} ms noted in ${passed}`);
  await until("the page says so", async () => await learner.textContent("[data-presence] [data-said]") === "Saved", 30000);
  await until("a minute", async () => /^1 of 60 minutes noted/.test((await learner.textContent("[data-noted]")).trim()), 120000);
});

test("without scripts there is a button, and what it says counts", async () => {
  const plain = await site.visit({ width: 360, javaScriptEnabled: false });
  await signIn(plain, "supervisor");
  await plain.goto(event);
  await plain.click("main button:has-text('Register')");
  await plain.goto(`${event}/live`);
  assert.equal(await plain.isVisible("main button:has-text('I am here')"), true);
  await wait(22000);
  await plain.click("main button:has-text('I am here')");
  const mine = await api(plain, event);
  assert.ok(mine.noted_ms >= 20000 && mine.noted_ms < 120000, JSON.stringify(mine));
  await plain.context().close();
});

test("who was there for four fifths of what was held has attended", async () => {
  await learner.goto(`${event}/live`);
  const share = async () => {
    const mine = await api(learner, event), held = Date.now() - Date.parse((await api(admin, desk)).began_at);
    return mine.noted_ms / held;
  };
  await until("more than four fifths", async () => await share() > 0.84, 420000);
  await admin.click(`form[action='${desk}/end'] .btn`);
  await admin.click("dialog .btn.danger");
  await until("attended", async () => (await api(learner, event)).done === true, 60000);
  await learner.goto("/events?when=mine");
  const line = await learner.$eval(`li:has(a[href='${event}'])`, (e) => e.textContent);
  assert.match(line, /Attended/);
  await learner.goto(event);
  assert.match(await learner.textContent("main"), /Attended/);
});

test("who leaves the page is not there", async () => {
  const other = await makeEvent(admin, { title: "A second talk" }), second = `/events/${other.split("/").pop()}`;
  await admin.click(`form[action='${other}/begin'] .btn`);
  await admin.waitForSelector(`form[action='${other}/end']`);
  await learner.goto(second);
  await learner.click("main button:has-text('Register')");
  await learner.goto(`${second}/live`);
  const noted = async () => (await api(learner, second)).noted_ms;
  await until("the first half minute", async () => await noted() >= 20000, 90000);
  await learner.goto("/events");
  await wait(1000);
  const before = await noted();
  await wait(12000);
  assert.equal(await noted(), before);
});

// Who waits there types a question meanwhile, and hears politely what happened.
test("the page follows the event by itself, and nobody loses what is half typed", { timeout: 240000 }, async () => {
  const third = await makeEvent(admin, { title: "A third talk" }), page = `/events/${third.split("/").pop()}`;
  await learner.goto(page);
  await learner.click("main button:has-text('Register')");
  await learner.goto(`${page}/live`);
  await learner.waitForSelector("[data-hear][data-listens]", { timeout: 60000 });
  assert.match(await learner.textContent("[data-part=show]"), /It has not begun yet/);
  await learner.fill("[name=words]", "Half a quest");
  const loads = await learner.evaluate(() => performance.timeOrigin);
  const said = (words) => until(`it is said: ${words}`, async () => (await learner.textContent("[data-hear] [data-said]")).includes(words), 60000);

  await admin.goto(third);
  await admin.click(`form[action='${third}/begin'] .btn`);
  await said("The event is on");
  assert.match(await learner.textContent("[data-part=show]"), /Nothing is sent just now/);
  await learner.waitForSelector("[data-presence] [data-without]", { state: "hidden", timeout: 60000 });
  assert.equal(await learner.inputValue("[name=words]"), "Half a quest");
  await until("the first half minute counts", async () => (await api(learner, page)).noted_ms >= 20000, 90000);
  await looks(learner, "event-live-began");

  await admin.goto(third);
  await admin.click(`form[action='${third}/end'] .btn`);
  await admin.click("dialog .btn.danger");
  await said("The event is over");
  assert.match(await learner.textContent("[data-part=show]"), /It is over/);
  assert.equal(await learner.inputValue("[name=words]"), "Half a quest");
  assert.equal(await learner.evaluate(() => performance.timeOrigin), loads, "the page was loaded anew");
  assert.equal(await learner.getAttribute("[data-hear] [data-said]", "aria-live"), "polite");
  await looks(learner, "event-live-over");
});

test("who waits for an event that is cancelled reads why", { timeout: 240000 }, async () => {
  const fourth = await makeEvent(admin, { title: "A fourth talk" }), page = `/events/${fourth.split("/").pop()}`;
  await learner.goto(page);
  await learner.click("main button:has-text('Register')");
  await learner.goto(`${page}/live`);
  await learner.waitForSelector("[data-hear][data-listens]", { timeout: 60000 });
  await admin.goto(fourth);
  const token = await admin.$eval("[name=csrf]", (e) => e.value);
  const answer = await admin.evaluate(async ([path, csrf]) => (await fetch(`/api/v1${path}/cancel`, {
    method: "POST", headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf }, body: JSON.stringify({ why: "The speaker is ill." }),
  })).status, [fourth, token]);
  assert.equal(answer, 200);
  await until("it says so", async () => /It is cancelled.*The speaker is ill\./s.test(await learner.textContent("[data-part=show]")), 60000);
  await looks(learner, "event-live-cancelled");
});

test("no page complained", () => assert.deepEqual(site.trouble, []));
