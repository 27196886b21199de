// A paper of an examination in the browser: the line goes, the page is loaded again, the server is killed, the browser is closed; nothing that was given is lost.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { faults, signIn, start, until, wait } from "./support.mjs";

const ITEMS = 6, EXAM = 7001;
let site;
const sql = (text) => execFileSync("sqlite3", ["-cmd", ".timeout 5000", join(site.data, "karmayogi.db"), text]).toString().trim();
const held = (n) => sql(`SELECT given FROM exam_answer a JOIN exam_attempt x ON x.id = a.attempt_id WHERE x.exam_id = ${EXAM} AND a.n = ${n}`);
const stands = (id = EXAM) => sql(`SELECT state || ' ' || COALESCE(closed_by, '') FROM exam_attempt WHERE exam_id = ${id} ORDER BY id DESC LIMIT 1`);

// An examination of everybody: choices, a number, steps to put in order, a long answer, and a case.
function makeExam(id, kind) {
  const now = Date.now(), org = sql("SELECT id FROM org WHERE code = 'goi'"), competency = sql("SELECT id FROM competency WHERE kind = 'theme' ORDER BY id LIMIT 1");
  const choice = (n) => [`{"text":"Question ${n}: within how many days?","options":[{"id":"a","text":"30 days"},{"id":"b","text":"45 days"},{"id":"c","text":"60 days"}]}`, '{"options":[{"id":"a","weight":100}]}', "single"];
  const items = [choice(1), choice(2), choice(3),
    ['{"text":"How many?"}', '{"numbers":[{"value":48,"tolerance":0,"weight":100}]}', "numeric"],
    ['{"text":"What comes first?","options":[{"id":"a","text":"Receipt"},{"id":"b","text":"Note"},{"id":"c","text":"Draft"}]}', '{"order":["a","b","c"]}', "ordering"],
    ['{"text":"Which are right?","options":[{"id":"a","text":"One"},{"id":"b","text":"Two"},{"id":"c","text":"Three"}]}', '{"options":[{"id":"a","weight":50},{"id":"b","weight":50},{"id":"c","weight":-100}]}', "multiple"]];
  sql([
    `INSERT INTO exam VALUES (${id}, ${org}, 'e${id}', 'Office procedure', '', '${kind}', 'forms', 'open', 'en', 30, 60, 3, 50, 'marks', ${now - 1000}, ${now + 86400000}, NULL, 0, NULL, NULL, 5, 30, 0.3, 0, NULL, ${now}, ${now}, NULL)`,
    `INSERT INTO exam_part VALUES (${id}, 1, ${competency}, 2, '', ${ITEMS})`,
    `INSERT INTO exam_form (id, exam_id, n, pool, items, points, made_at) VALUES (${id}, ${id}, 1, 0, ${ITEMS}, ${ITEMS}, ${now})`,
    ...items.flatMap(([asked, key, sort], i) => [
      `INSERT INTO item (id, org_id, code, kind, status, version, live_version, level, bloom, source, n, created_at, changed_at) VALUES (${id * 100 + i}, ${org}, 'i${id}-${i}', '${sort}', 'live', 1, 1, 2, '', '', 0, 1, 1)`,
      `INSERT INTO item_version (item_id, version, answer_key, points, steps, made_at, why) VALUES (${id * 100 + i}, 1, '${key}', 1, 1, 1, '')`,
      `INSERT INTO item_text VALUES (${id * 100 + i}, 1, 'en', 1, '${asked}', '{}')`,
      `INSERT INTO exam_form_item (form_id, n, item_id, version, part) VALUES (${id}, ${i + 1}, ${id * 100 + i}, 1, 1)`,
    ]),
  ].join(";\n"));
}

before(async () => {
  site = await start();
  makeExam(EXAM, "standalone");
  makeExam(7002, "public");
  makeExam(7003, "standalone");
  makeExam(7004, "standalone");
});
after(async () => { await site.stop(); });

const offline = /Failed to load resource|ERR_|net::/;
async function begin(page, exam = EXAM) {
  await page.goto(`/exams/${exam}`);
  await page.click("main form button");
  await page.waitForSelector(".paper-bar");
}
const choose = (page, n, value) => page.click(`#q${n} input[value="${value}"] >> xpath=..`);
const state = (page) => page.textContent("[data-state]");
const says = (page, text) => until(`the page says “${text}”`, async () => text.test(await state(page)));

test("what is given without a line survives reloading, and all of it is handed in when the line is back", async () => {
  const page = await site.visit({ expect: offline });
  await signIn(page, "asha");
  await begin(page);
  await choose(page, 1, "a");
  await says(page, /All answers are saved/);
  assert.equal(held(1), '["a"]');
  await until("the page is kept on the device", () => page.evaluate(async () => !!(await caches.match(location.pathname))), 40000);

  await page.context().setOffline(true);
  await choose(page, 2, "a");
  await page.fill("#q4-text", "48");
  await says(page, /kept on this device: 2/);
  await page.reload();
  await page.waitForSelector(".paper-bar");
  assert.ok(await page.isChecked('#q1 input[value="a"]'), "what was saved before is on the page that the device had kept");
  assert.ok(await page.isChecked('#q2 input[value="a"]'), "what was given without a line is there after reloading");
  assert.equal(await page.inputValue("#q4-text"), "48");
  await choose(page, 3, "b");
  await says(page, /kept on this device: 3/);
  assert.equal(held(2), "");

  await page.click("[data-hand-in]");
  await page.click("dialog .btn:not(.second)");
  await says(page, /Handing in waits for the line/);
  await page.reload(); // even now
  await says(page, /Handing in waits for the line/);
  await page.context().setOffline(false);
  await page.waitForSelector(".score", { timeout: 40000 });
  assert.equal(stands(), "marked taker");
  assert.deepEqual([1, 2, 3, 4].map(held), ['["a"]', '["a"]', '["b"]', '["48"]']);
  assert.equal(sql("SELECT count(*) FROM exam_answer WHERE late"), "0");
  const events = sql(`SELECT group_concat(DISTINCT kind) FROM exam_event`);
  assert.match(events, /line-down/);
  assert.deepEqual(await page.evaluate(() => new Promise((done) => {
    const open = indexedDB.open("papers", 1);
    open.onsuccess = () => { const all = open.result.transaction("kept").objectStore("kept").getAllKeys(); all.onsuccess = () => done(all.result); };
  })), [], "nothing of the paper is left on the device");
  await page.context().close();
});

test("what is given before the page's script has come is kept like all else", async () => {
  const page = await site.visit({ expect: offline });
  await signIn(page, "asha");
  let come;
  const held_back = new Promise((done) => { come = done; });
  await page.route(/\/exam\.[0-9a-f]+\.js/, async (route) => { await held_back; await route.continue(); });
  await page.goto(`/exams/7004`);
  await page.click("main form button");
  await page.waitForSelector(".paper-bar");
  await choose(page, 1, "b");
  await page.fill("#q4-text", "48");
  await page.selectOption("#q5-a", "2");
  assert.equal(await state(page), "", "nothing says that it is saved");
  come();
  await says(page, /All answers are saved/);
  assert.deepEqual([1, 2, 4].map((n) => sql(`SELECT given FROM exam_answer a JOIN exam_attempt x ON x.id = a.attempt_id WHERE x.exam_id = 7004 AND a.n = ${n}`)), ['["b"]', "", '["48"]']);
  await page.context().close();
});

test("a server that is killed has all that it acknowledged, and gets the rest when it is back", async () => {
  const page = await site.visit({ expect: offline });
  await signIn(page, "sunita");
  await page.goto("/language/en?to=/");
  await begin(page, 7003);
  await choose(page, 1, "a");
  await says(page, /All answers are saved/);
  await site.crash();
  await choose(page, 2, "b");
  await page.selectOption("#q5-a", "2");
  await page.selectOption("#q5-b", "1");
  await page.selectOption("#q5-c", "3");
  await says(page, /kept on this device/);
  await site.serve();
  await says(page, /All answers are saved/);
  const now = (n) => sql(`SELECT given FROM exam_answer a JOIN exam_attempt x ON x.id = a.attempt_id WHERE x.exam_id = 7003 AND a.n = ${n}`);
  assert.deepEqual([1, 2, 5].map(now), ['["a"]', '["b"]', '["b","a","c"]']);

  // A second tab of this browser shows what the first one gives, and neither undoes the other.
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  await choose(page, 3, "c");
  await until("the other tab shows it", () => tab.isChecked('#q3 input[value="c"]'));
  await choose(tab, 2, "c");
  await until("the answer of the other tab holds", () => now(2) === '["c"]');
  await tab.close();

  // Another device takes the paper; this one says so.
  const other = await site.visit();
  await signIn(other, "sunita");
  await other.goto("/language/en?to=/");
  await other.goto(new URL(page.url()).pathname);
  await other.waitForSelector("text=open on another device");
  await other.click("main form button");
  await other.waitForSelector(".paper-bar");
  assert.ok(await other.isChecked('#q3 input[value="c"]'));
  await choose(page, 1, "b");
  await says(page, /opened on another device/);
  assert.equal(now(1), '["a"]');
  await other.context().close();
  await page.context().close();
});

test("the clock of the page is the server's, and hands in when it is over", async () => {
  const page = await site.visit({ expect: offline });
  await signIn(page, "asha");
  await begin(page);
  assert.match(await page.textContent("[data-clock]"), /Time left: (30:00|29:\d\d)/);
  await choose(page, 1, "a");
  await says(page, /All answers are saved/);
  sql(`UPDATE exam_attempt SET ends_at = opened_at + 1000 * (strftime('%s','now') - opened_at / 1000 + 4) WHERE exam_id = ${EXAM} AND state = 'open'`);
  await page.reload();
  await page.waitForSelector(".score", { timeout: 30000 });
  assert.equal(stands(), "marked taker");
  await page.context().close();
});

test("a guest begins with a name and nothing else, at both widths, in the dark too", async () => {
  for (const [width, colorScheme] of [[360, "light"], [1366, "dark"]]) {
    const page = await site.visit({ width, colorScheme });
    await page.goto("/public/exams/7002");
    assert.deepEqual(await faults(page), []);
    await page.fill("[name=name]", "A guest");
    await page.click("main form button");
    await page.waitForSelector(".paper-bar");
    assert.deepEqual(await faults(page), []);
    if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, `paper-${width}-${colorScheme}.png`), fullPage: true });
    if (width === 360) await page.click(".paper-steps .btn:not(.second)");
    await page.click("[data-to='3']");
    await choose(page, 3, "a");
    await says(page, /All answers are saved/);
    assert.ok(await page.isVisible("#q3"));
    assert.equal(await page.isVisible("#q1"), width > 360, "one question at a time on a phone, all where there is room");
    await page.click("[data-hand-in]");
    await page.click("dialog .btn:not(.second)");
    await page.waitForSelector(".score");
    assert.deepEqual(await faults(page), []);
    if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, `result-${width}-${colorScheme}.png`), fullPage: true });
    await page.context().close();
  }
});

test("no error on any console", () => assert.deepEqual(site.trouble, []));
