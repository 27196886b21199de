// The player against a small false server: what is counted, what is sent, lost networks, leaving, completing, keys, text.

import assert from "node:assert/strict";
import { merge, missing, clock } from "../js/intervals.js";
import { browser, serve } from "./serve.mjs";

assert.deepEqual(merge([[5, 9], [0, 3], [3, 4], [8, 12], [20, 20]]), [[0, 4], [5, 12]]);
assert.deepEqual(missing([[2, 4], [6, 8]], 0, 10), [[0, 2], [4, 6], [8, 10]]);
assert.deepEqual(missing([[0, 10]], 2, 8), []);
assert.equal(clock(3723000), "1:02:03");

let mode = "up", got = [], seen = [[0, 7000], [9000, 12000]], length = 30000;
const applied = new Set();
const site = await serve({
  api: (req, url, body) => {
    if (mode === "down") return null;
    const report = JSON.parse(body);
    got.push({ ...report, url: url.pathname, csrf: req.headers["x-csrf-token"] });
    if (typeof mode === "number") return { status: mode };
    const key = `${report.session}.${report.seq}`;
    if (!applied.has(key)) seen = merge([...seen, ...report.intervals]);
    applied.add(key);
    const covered = seen.reduce((s, [a, b]) => s + b - a, 0);
    return { status: 200, json: { covered_ms: covered, needed_ms: length * 0.9, complete: covered >= length * 0.9, intervals: seen, missing: missing(seen, 0, length), course_complete: false, next: covered >= length * 0.9 ? "/lesson.html?next" : null } };
  },
});
const b = await browser();
const wait = (ms) => new Promise((r) => setTimeout(r, ms));
const until = async (what, test, ms = 15000) => {
  for (let t = 0; t < ms; t += 100) { if (await test()) return; await wait(100); }
  assert.fail(`waited in vain: ${what}`);
};
const say = (text) => console.log(`ok ${text}`);
const sum = (list) => list.reduce((s, [a, c]) => s + c - a, 0);

const context = await b.newContext({ viewport: { width: 1366, height: 900 } });
const page = await context.newPage();
const trouble = [];
page.on("pageerror", (e) => trouble.push(e.message));
page.on("console", (m) => { if (m.type() === "error" && !/Failed to load resource|ERR_/.test(m.text())) trouble.push(m.text()); });
const at = () => page.evaluate(() => document.querySelector("video").currentTime);
const status = () => page.textContent(".player-status");
const kept = () => page.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith("ky.r.")));

await page.goto(`${site.url}/video.html`, { waitUntil: "networkidle" });
await until("resume at 12", async () => Math.abs(await at() - 12) < 0.3);
assert.match(await page.textContent(".cues [aria-current]"), /show the harm/);
say("goes on at data-from, the transcript with it");

await page.focus("video");
await page.keyboard.press("k");
await wait(3000);
await page.keyboard.press("k");
await until("first report", () => got.length > 0);
const first = got[0];
assert.equal(first.session, "sample-1");
assert.equal(first.seq, 1);
assert.equal(first.csrf, "token");
assert.ok(Number.isInteger(first.position) && first.intervals.flat().every(Number.isInteger));
assert.ok(first.intervals[0][0] >= 11900 && sum(first.intervals) > 2300 && sum(first.intervals) < 3600, JSON.stringify(first));
await until("saved", async () => await status() === "Saved");
assert.match(await page.textContent("[data-left]"), /Watch 0:07 to 0:09 and 0:1[4-6] to the end/);
say("plays by k, reports at pause, shows what is left");

got = [];
const before = sum(seen);
await page.keyboard.press("k");
await wait(800);
await page.evaluate(() => { document.querySelector("video").currentTime = 26; });
await wait(800);
await page.keyboard.press("k");
await until("report", () => got.length > 0 && got.flatMap((r) => r.intervals).length > 1);
const jump = merge(got.flatMap((r) => r.intervals));
assert.ok(jump.every(([a, c]) => c - a < 2000), JSON.stringify(jump));
assert.ok(sum(seen) - before < 2500, "a seek counts nothing");
say("a seek is not counted");

got = [];
mode = "down";
await page.keyboard.press("j");
await page.keyboard.press("j");
await until("back", async () => await at() < 10);
await page.keyboard.press("k");
await wait(1500);
await page.keyboard.press("k");
await until("waiting", async () => (await status()).startsWith("Waiting for the network"));
assert.equal((await kept()).length >= 1, true);
const lost = await page.evaluate(() => Object.entries(localStorage).filter(([k]) => k.startsWith("ky.r.")).map(([, v]) => JSON.parse(JSON.parse(v).body).seq).sort((x, y) => x - y));
mode = "up";
await page.evaluate(() => dispatchEvent(new Event("online")));
await until("sent after all", async () => !(await kept()).length);
assert.deepEqual(got.map((r) => r.seq).sort((x, y) => x - y).filter((s, i, l) => s !== l[i - 1]), lost);
assert.equal(await status(), "Saved");
say("without network kept, later sent with the same number");

mode = "down";
await page.keyboard.press("k");
await wait(1500);
got = [];
await page.goto(`${site.url}/home.html`);
assert.ok((await kept()).length >= 1);
mode = "up";
await page.goto(`${site.url}/video.html`, { waitUntil: "networkidle" });
await until("left-overs out", async () => !(await kept()).length);
assert.ok(got.length >= 1 && got[0].intervals.length >= 1, JSON.stringify(got));
say("left while the network was away: sent by the next page");

mode = 403;
await page.focus("video");
await page.keyboard.press("k");
await wait(600);
await page.keyboard.press("k");
await until("sign in", async () => /signed out/.test(await status()));
assert.ok((await kept()).length);
mode = 422;
await page.keyboard.press("k");
await wait(600);
await page.keyboard.press("k");
await until("refused", async () => /could not be recorded/.test(await status()));
mode = "up";
say("signed out: kept; refused: said");

await page.goto(`${site.url}/video.html`, { waitUntil: "networkidle" });
await page.selectOption("[data-do=speed]", "2");
await page.click("[data-seek='0']");
await until("complete", async () => page.isVisible("[data-complete]"), 25000);
assert.match(await status(), /lesson is complete/);
assert.equal(await page.getAttribute("[data-next]", "href"), "/lesson.html?next");
assert.ok(await page.isHidden("[data-left]"));
assert.ok((await page.$$(".got rect")).length >= 1);
assert.match(await page.getAttribute(".outline .now", "class"), /done/);
say("at double speed to the end: complete, next link, strip");

await page.focus("video");
await page.keyboard.press("<");
assert.equal(await page.evaluate(() => document.querySelector("video").playbackRate), 1.5);
await page.keyboard.press("c");
const captions = await page.evaluate(() => document.querySelector("video").textTracks[0].mode);
await page.reload({ waitUntil: "networkidle" });
assert.equal(await page.evaluate(() => document.querySelector("video").playbackRate), 1.5);
assert.equal(await page.evaluate(() => document.querySelector("video").textTracks[0].mode), captions);
await page.evaluate(() => document.activeElement.blur());
await page.keyboard.press("k");
assert.equal(await page.evaluate(() => document.querySelector("video").paused), true);
await page.keyboard.press("/");
assert.equal(await page.evaluate(() => document.activeElement.name), "q");
say("speed and captions remembered; keys only inside the player");
await context.close();

// Text: the clock is ours.
seen = [], got = [], length = 42000;
applied.clear();
const reader = await b.newContext({ viewport: { width: 1366, height: 500 } });
const text = await reader.newPage();
text.on("pageerror", (e) => trouble.push(e.message));
await text.clock.install();
await text.goto(`${site.url}/lesson.html`, { waitUntil: "networkidle" });
await text.clock.runFor(12000);
const visibleEnd = await text.evaluate(() => Math.max(...[...document.querySelectorAll("[data-at]")].filter((e) => { const r = e.getBoundingClientRect(); return Math.min(r.bottom, innerHeight) - r.top >= Math.min(r.height, innerHeight) / 2; }).map((e) => (+e.dataset.at + +e.dataset.len) * 1000)));
assert.ok(visibleEnd < 42000);
await until("reading reported", () => sum(seen) >= 8000);
await text.clock.runFor(30000);
await wait(300);
assert.ok(sum(seen) <= visibleEnd, `${sum(seen)} of ${visibleEnd}: only what is visible counts`);
assert.ok(await text.$(".read"));
const upto = sum(seen);
await text.clock.runFor(90000); // nobody stirs
await text.evaluate(() => { const h = document.documentElement; h.scrollTop = 0; });
await text.evaluate(() => document.querySelector("[data-at='36']").scrollIntoView());
await wait(100);
await text.clock.runFor(15000);
await wait(300);
assert.ok(sum(seen) > upto, "goes on after a stir");
assert.match(await text.textContent("[data-left]"), /Read /);
say("text: visible blocks only, goes on with a stir");
await text.reload({ waitUntil: "networkidle" });
seen = [];
await text.clock.runFor(2000);
await text.clock.runFor(70000);
await wait(200);
const still = sum(seen);
await text.clock.runFor(60000);
await wait(200);
assert.equal(sum(seen), still);
say("text: nobody active, nothing counts");
await reader.close();

assert.deepEqual(trouble, []);
await b.close();
site.close();
console.log("player: all well");
