// A film: goes on at the second where one stopped, on another device too; speed and captions are remembered on the device; the
// transcript leads into the film; what was played is recorded by the server, what was leapt over is not.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api, courseId, signIn, start, until, wait } from "./support.mjs";

let site, page, film, course;
const el = (run, arg) => page.$eval("video", run, arg);
const at = () => el((v) => v.currentTime);
const reports = [];
const watch = (one) => one.on("response", async (r) => {
  if (r.request().method() !== "POST" || !r.url().endsWith("/progress")) return;
  const sent = r.request().postDataJSON();
  reports.push({ sent, status: r.status(), answer: await r.json().catch(() => null) });
});
const total = (list) => list.reduce((sum, [a, b]) => sum + b - a, 0);
const last = () => reports.at(-1)?.answer;
async function pauseAndReport() {
  const n = reports.length;
  await el((v) => v.pause());
  return until("the server's answer", () => reports.slice(n).find((r) => r.answer)?.answer);
}

before(async () => {
  site = await start();
  page = await site.visit();
  await signIn(page, "asha");
  course = await courseId(page, "Keeping files and systems secure");
  await page.goto(`/courses/${course}`);
  await page.click("text=Enrol");
  film = await page.$$eval(".outline li", (all) => all.find((li) => li.querySelector("use").getAttribute("href").endsWith("#video")).querySelector("a").getAttribute("href"));
  watch(page);
});
after(async () => { await site.stop(); });

const open = async () => {
  await page.goto(film);
  await page.waitForFunction(() => document.querySelector("video").readyState >= 1);
};

test("plays, with captions, and says what it is", async () => {
  await open();
  assert.equal(await at(), 0);
  assert.ok(await el((v) => v.videoWidth) > 0);
  assert.equal(await el((v) => v.textTracks[0].mode), "showing");
  await page.waitForFunction(() => document.querySelector("video").textTracks[0].cues?.length > 3);
  assert.equal(await page.$$eval("[data-cues] li", (l) => l.length), await el((v) => v.textTracks[0].cues.length), "the transcript has every cue");
});

test("what is played is recorded by the server", async () => {
  await page.focus("video");
  await page.keyboard.press("k");
  await until("five seconds", async () => await at() > 5);
  const answer = await pauseAndReport();
  assert.equal(reports.at(-1).status, 200);
  assert.ok(answer.intervals.length === 1 && answer.intervals[0][0] < 300 && total(answer.intervals) > 4000, JSON.stringify(answer));
  assert.ok(answer.covered_ms <= await at() * 1000 + 100, "no more than was played");
  assert.equal(answer.complete, false);
  await until("it says so", async () => await page.textContent(".player-status") === "Saved");
  assert.match(await page.textContent("[data-left]"), /0:0[4-7] to the end/);
});

test("seeking is not credited", async () => {
  const before = last().covered_ms;
  await el((v) => { v.currentTime = 40; });
  await until("there", async () => await at() >= 40);
  await el((v) => v.play());
  await wait(1500);
  await el((v) => { v.currentTime = 60; });
  await wait(1500);
  const answer = await pauseAndReport();
  const more = answer.covered_ms - before;
  assert.ok(more > 500 && more < 4500, `${more} ms more after leaps over 55 s: ${JSON.stringify(answer.intervals)}`);
  assert.ok(answer.intervals.every(([a, b]) => b <= 8000 || (a >= 39500 && b < 45000) || a >= 59500), JSON.stringify(answer.intervals));
});

test("the server itself does not believe more than the time that has passed", async () => {
  const token = await page.$eval(".player", (e) => ({ to: e.dataset.report, csrf: e.dataset.csrf }));
  const answer = await page.request.post(token.to, { headers: { "X-CSRF-Token": token.csrf, "Content-Type": "application/json" }, data: { session: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", seq: 1, position: 70, intervals: [[0, 76000]] } });
  const now = answer.ok() ? (await answer.json()).covered_ms : last().covered_ms;
  assert.ok(now - last().covered_ms < 30000, `${now - last().covered_ms} ms more by a forged report (${answer.status()})`);
});

test("goes on at the very second, on another device too", async () => {
  await el((v) => { v.currentTime = 23; });
  await until("there", async () => await at() >= 23);
  await el((v) => v.play());
  await until("a second more", async () => await at() >= 24.2);
  await pauseAndReport();
  const stopped = Math.floor(await at());
  await open();
  await until(`again at ${stopped}`, async () => Math.abs(await at() - stopped) < 0.6);
  const other = await site.visit({ width: 360 });
  await signIn(other, "asha");
  await other.goto(film);
  await other.waitForFunction((s) => Math.abs(document.querySelector("video").currentTime - s) < 0.6, stopped);
  assert.equal(await other.getAttribute(".player", "data-from"), String(stopped));
  await other.context().close();
});

test("home leads to the film that was stopped", async () => {
  await page.goto("/");
  assert.match(await page.textContent("main .go .btn"), /Resume at 0:2\d/);
});

test("speed and captions are remembered", async () => {
  await open();
  await page.selectOption("[data-do=speed]", "1.5");
  await page.click("[data-do=captions]");
  assert.equal(await page.getAttribute("[data-do=captions]", "aria-pressed"), "false");
  await until("kept", () => page.evaluate(() => JSON.parse(localStorage.getItem("ky.player"))?.speed === 1.5));
  await open();
  await until("faster", async () => await el((v) => v.playbackRate) === 1.5);
  assert.equal(await page.inputValue("[data-do=speed]"), "1.5");
  await wait(500);
  assert.notEqual(await el((v) => v.textTracks[0].mode), "showing");
  assert.equal(await page.getAttribute("[data-do=captions]", "aria-pressed"), "false");
  await page.focus("video");
  await page.keyboard.press("c");
  await page.keyboard.press("<");
  await until("as before", () => el((v) => v.textTracks[0].mode === "showing" && v.playbackRate === 1.25));
});

test("the transcript leads into the film and follows it", async () => {
  const cue = page.locator("[data-cues] li").nth(4);
  const start = +await cue.getAttribute("data-start");
  await cue.locator("a").click();
  await until("there", async () => Math.abs(await at() - start) < 1.5);
  assert.equal(await el((v) => v.paused), false);
  await until("the cue is marked", async () => await cue.getAttribute("aria-current") === "true");
  await el((v) => v.pause());
});

test("without a script the same address leads there", async () => {
  const plain = await site.visit({ javaScriptEnabled: false });
  await signIn(plain, "asha");
  await plain.goto(`${film}?at=30`);
  assert.match(await plain.getAttribute("video source", "src"), /#t=30$/);
  await plain.context().close();
});

test("nothing went wrong on the way", async () => {
  assert.deepEqual(site.trouble, []);
  assert.ok((await api(page, "/me/enrolments")).items.some((e) => e.course_id === String(course) && e.state === "active"));
});
