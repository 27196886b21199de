// A live stream: the organiser begins one, ffmpeg sends, and the page shows it a few seconds behind; the sound alone, too.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { faults, freePort, signIn, start, until, wait } from "./support.mjs";

let site, page, place, encoder, rtmp, viewer, over = false;
const sql = (text) => execFileSync("sqlite3", ["-cmd", ".timeout 10000", join(site.data, "karmayogi.db"), text]).toString().trim();
const el = (run) => page.$eval("video", run);

// As encoders do, it comes again when nobody listens yet or the line was cut.
function encode(address) {
  encoder = spawn("ffmpeg", ["-nostdin", "-loglevel", "error", "-re", "-f", "lavfi", "-i", "testsrc=size=320x180:rate=25", "-f", "lavfi", "-i", "sine=frequency=440", "-c:v", "libx264",
    "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p", "-g", "50", "-c:a", "aac", "-f", "flv", address], { stdio: "ignore" });
  encoder.on("exit", () => setTimeout(() => over || encode(address), 1000));
}

// As on a telephone and at a desk: nothing is wrong with the page. PICTURES=FOLDER keeps a picture of each.
async function looks(name) {
  for (const width of [360, 1366]) {
    await page.setViewportSize({ width, height: 900 });
    assert.deepEqual(await faults(page), [], `${name}, ${width} px`);
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name}-${width}.png`, fullPage: true });
  }
}

before(async () => {
  rtmp = await freePort();
  site = await start({ settings: ["--stream_listen", "127.0.0.1", "--rtmp_port", String(rtmp)] });
  page = await site.visit({ expect: /404/ });
  await signIn(page, "admin");
  const org = sql("SELECT min(g.org_id) FROM role_grant g JOIN person p ON p.id = g.person_id WHERE p.email = 'admin@demo.example'");
  const now = Date.now();
  sql(`INSERT INTO event (id, org_id, title, title_hi, about, about_hi, lang, state, held, link, for_all, starts_at, ends_at, n_registered, made_at, changed_at, cancelled_why)
       VALUES (4711, ${org}, 'Noting in an hour', '', '', '', 'en', 'open', 'stream', '', 1, ${now}, ${now + 3600000}, 0, ${now}, ${now}, '')`);
  sql(`INSERT INTO event_registration (event_id, person_id, at) SELECT 4711, id, ${now} FROM person WHERE email = 'asha@demo.example'`);
  place = `/orgs/${org}/events/4711/stream`;
  viewer = await site.visit({ width: 360, expect: /404/ });
  await signIn(viewer, "asha");
  await viewer.goto("/events/4711/live");
  await viewer.waitForSelector("[data-hear][data-listens]", { timeout: 60000 });
});
after(async () => {
  over = true;
  encoder?.kill("SIGKILL");
  await site.stop();
});

test("the organiser gets what the encoder must know", async () => {
  await page.goto(place);
  await looks("stream-none");
  await page.selectOption("[name=way]", "rtmp");
  await page.click("main button:text-is('Begin')");
  await page.waitForSelector("code");
  await looks("stream-waits");
});

test("what is sent is seen, and goes on", async () => {
  const [server, key] = await page.$$eval("code", (all) => all.map((e) => e.textContent));
  assert.match(server, /^rtmp:\/\/127\.0\.0\.1:\d+\/live$/);
  encode(`${server}/${key}`);
  await until("the page says that it is live", async () => { await page.goto(place); return page.$("video"); }, 90000);
  await el((v) => { v.muted = true; v.play().catch(() => {}); });
  await until("three seconds of it", async () => await el((v) => v.currentTime - (v.seekable.length ? v.seekable.start(0) : 0)) > 0 && await el((v) => v.videoWidth) === 320, 90000);
  const from = await el((v) => v.currentTime);
  await until("it goes on", async () => await el((v) => v.currentTime) > from + 3, 90000);
  const behind = await el((v) => v.seekable.end(v.seekable.length - 1) - v.currentTime);
  console.log(`# ${behind.toFixed(1)} s behind the end of what can be had`);
  assert.ok(behind < 20, `${behind} s behind`);
  await looks("stream-live");
});

test("who waited on the page of the event got the player without loading it", async () => {
  await viewer.waitForSelector("[data-stream][data-begun] video", { timeout: 60000 });
  await viewer.$eval("video", (v) => { v.muted = true; v.play().catch(() => {}); });
  await until("it plays there", async () => await viewer.$eval("video", (v) => v.currentTime > 0 && v.videoWidth > 0), 90000);
});

test("the sound alone goes on without the picture", async () => {
  await page.click("[data-only-sound]");
  await until("sound", async () => await el((v) => v.videoWidth === 0 && v.currentTime > 0 && v.readyState >= 2), 90000);
  const from = await el((v) => v.currentTime);
  await until("it goes on", async () => await el((v) => v.currentTime) > from + 1, 90000);
});

test("nothing on the console", async () => {
  await wait(100);
  assert.deepEqual(site.trouble, []);
});
