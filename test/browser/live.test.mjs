// Two people at one place, in Chromium: what one asks, votes, opens or hides, the other sees without loading the page, and keeps what was half typed; without
// scripts the same is done by forms. The place is a session of a batch, put behind the program's back.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { faults, signIn, start, until } from "./support.mjs";

let site;
const place = "/live/session/4103";
function put(sql) { execFileSync("sqlite3", [join(site.data, "karmayogi.db"), `.timeout 10000`, sql]); }
before(async () => {
  site = await start({ settings: ["--second-factor", "offered"] });
  const who = (login) => `(SELECT id FROM person WHERE email = '${login}@demo.example')`, org = "(SELECT id FROM org ORDER BY id LIMIT 1)";
  put(`INSERT INTO programme (id, org_id, code, title, title_hi, about, audience, state, minutes, approval, may_ask, least_sessions, least_others, made_at, changed_at)
    VALUES (4101, ${org}, 'LIVE-TEST', 'Noting and drafting', '', '', '', 'live', 60, 'none', 0, 0, 0, 1, 1);
    INSERT INTO programme_coordinator (programme_id, person_id) VALUES (4101, ${who("supervisor")});
    INSERT INTO batch (id, programme_id, org_id, n, name, state, seats, waiting, invite_only, ask_until, from_day, last_day, starts_at, ends_at, place, fee_paise, made_at, changed_at, cancelled_why)
    VALUES (4102, 4101, ${org}, 1, 'A', 'open', 50, 0, 0, 1, 0, 0, 2, 3, '', 0, 1, 1, '');
    INSERT INTO batch_session (id, batch_id, n, title, title_hi, starts_at, ends_at, place) VALUES (4103, 4102, 1, 'Drafting a note', 'टिप्पणी लिखना', 2, 3, '');
    INSERT INTO admission (id, batch_id, person_id, state, how, step, org_id, bed, bed_given, asked_at, changed_at)
    SELECT 4104, 4102, ${who("asha")}, 'admitted', 'asked', 0, ${org}, 0, 0, 1, 1 UNION ALL SELECT 4105, 4102, ${who("sunita")}, 'admitted', 'asked', 0, ${org}, 0, 0, 1, 1;`);
});
after(async () => { await site.stop(); });

const listens = (page) => page.waitForSelector("[data-hear][data-listens]", { timeout: 60000 });
async function at(who, more = {}) {
  const page = await site.visit(more);
  await signIn(page, who, place);
  await page.goto(place);
  return page;
}
async function picture(page, name) {
  if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, `${name}.png`), fullPage: true });
}

test("what a moderator opens is seen at once by who types, and the votes by both", { timeout: 240000 }, async () => {
  const guest = await at("asha", { width: 360 }), lead = await at("supervisor");
  await listens(guest);
  await lead.fill("[name=asked]", "Which draft is clearer?");
  await lead.fill("[name=options]", "The first\nThe second");
  await lead.click(`form[action="${place}/polls"] button`);
  await listens(lead);
  await guest.fill("[name=words]", "Half a quest");
  await lead.click("[data-poll] button[value=open]");
  const choice = guest.locator("[data-poll] [data-option='1'] input");
  await choice.waitFor({ timeout: 60000 });
  assert.equal(await guest.inputValue("[name=words]"), "Half a quest");
  await choice.check();
  await guest.click("[data-poll] form[action$='/vote'] button");
  await until("the moderator sees the vote", async () => (await lead.textContent("[data-poll] [data-option='1'] [data-s=votes]")).startsWith("1"), 60000);
  assert.ok(await guest.locator("[data-poll] [data-s=bar]").first().isHidden(), "how it stands is shown before it is shown to all");
  await lead.click("[data-poll] button[value=show]");
  await guest.locator("[data-poll] [data-s=bar]").first().waitFor({ timeout: 60000 });
  await until("the guest sees the result", async () => (await guest.textContent("[data-poll] [data-option='1'] [data-s=votes]")).includes("100%"), 60000);
  for (const [page, name] of [[guest, "live-guest-360"], [lead, "live-lead-1366"]]) {
    assert.deepEqual(await faults(page), [], name);
    await picture(page, name);
  }
  await lead.goto(`${place}/screen`);
  assert.match(await lead.textContent("main"), /Which draft is clearer\?/);
  assert.deepEqual(await faults(lead), []);
  await picture(lead, "live-screen-1366");
  await guest.context().close();
  await lead.context().close();
});

test("a question, its votes and what a moderator does with it are seen by the other", { timeout: 240000 }, async () => {
  const guest = await at("asha", { width: 360 }), lead = await at("supervisor");
  await listens(guest);
  await listens(lead);
  await guest.fill("[name=words]", "How long may a note be?");
  await guest.click(`form[action="${place}/questions"] button`);
  const question = lead.locator("[data-question]", { hasText: "How long may a note be?" });
  await question.waitFor({ timeout: 60000 });
  await until("the field is empty again", async () => (await guest.inputValue("[name=words]")) === "", 60000);
  await question.locator("form[action$='/vote'] button").click();
  await until("the guest sees the vote", async () => (await guest.textContent("[data-question] [data-s=votes]")) === "1", 60000);
  await question.locator("button[value=hide]").click();
  await until("it has vanished", async () => (await guest.locator("[data-question]").count()) === 0, 60000);
  assert.deepEqual(await faults(guest), []);
  assert.deepEqual(await faults(lead), []);
  await guest.context().close();
  await lead.context().close();
});

test("without scripts questions are asked and polls answered by forms", { timeout: 240000 }, async () => {
  const page = await at("sunita", { width: 360, javaScriptEnabled: false });
  await page.fill("[name=words]", "बिना स्क्रिप्ट के");
  await page.click(`form[action="${place}/questions"] button`);
  assert.match(await page.textContent("[data-questions]"), /बिना स्क्रिप्ट के/);
  await page.check("[data-poll] [data-option='0'] input");
  await page.click("[data-poll] form[action$='/vote'] button");
  assert.ok(await page.isChecked("[data-poll] [data-option='0'] input"));
  await picture(page, "live-noscript-360");
  await page.context().close();
});

test("nothing went wrong on any of these pages", () => { assert.deepEqual(site.trouble, []); });
