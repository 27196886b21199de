// Without JavaScript: one signs in, looks round, enrols, reads, takes the quizzes, has the certificate. Reading is not credited
// without the player (nothing vouches for it); passing the check quiz credits its lesson.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { api, signIn, start, wait } from "./support.mjs";

const TITLE = "Dak without a script";
const words = "Every letter that comes gets a number and a date. The number leads back to the letter, and the date says how long it has waited for an answer.";
const FILES = {
  "course.md": `---\ntitle: ${TITLE}\nlanguage: en\nprovider: Institute of Secretariat Training and Management\nsummary: How a letter is received and numbered.\n---\n\nA very short course.\n`,
  "01-dak/module.md": "---\ntitle: Dak\n---\n",
  "01-dak/01-number.md": `---\ntitle: A number for each letter\n---\n\n${words}\n`,
  "01-dak/02-check.md": "---\ntitle: Check\ntype: quiz\nfile: 02-check.gift\npass: 100\nattempts: 3\ncredits: 01-number.md\n---\n",
  "01-dak/02-check.gift": "::what:: What does each letter get? { =A number ~A ribbon }\n",
  "01-dak/03-final.md": "---\ntitle: Final quiz\ntype: quiz\nfile: 03-final.gift\npass: 100\n---\n",
  "01-dak/03-final.gift": "::days:: A letter came on the 3rd and was answered on the 10th. How many days did it wait? { #7 }\n\n::both:: What leads back to a letter? { ~%50%Its number ~%50%Its date ~%-100%Its colour }\n",
};
let site, page, folder, lesson, check, final;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "course-"));
  for (const [name, text] of Object.entries(FILES)) {
    const path = join(folder, "dak", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  site = await start({ courses: [join(folder, "dak")] });
  page = await site.visit({ javaScriptEnabled: false, expect: /the server responded with a status of 422/ });
});
after(async () => {
  await site.stop();
  rmSync(folder, { recursive: true, force: true });
});
const mine = async () => (await api(page, "/me/enrolments")).items.find((e) => e.title === TITLE);

test("signs in", async () => {
  await signIn(page, "asha");
  assert.match(await page.textContent("h1"), /Asha/);
});

test("searches, filters and opens", async () => {
  await page.fill("[name=q]", "letter");
  await page.press("[name=q]", "Enter");
  await page.waitForURL(/\/search\?q=letter/);
  await page.click("text=All courses found, with filters");
  await page.waitForURL(/\/courses\?q=letter/);
  assert.ok(await page.isVisible(".facets .btn"), "where there is room the filters stand open");
  await page.setViewportSize({ width: 360, height: 740 });
  assert.ok(await page.isHidden(".facets .btn"));
  await page.click(".facets summary");
  await page.check(".facets [name=lang][value=en]");
  await page.click(".facets .btn");
  await page.waitForURL(/lang=en/);
  assert.ok(await page.isChecked(".facets [name=lang][value=en]"));
  await page.click(`text=${TITLE}`);
  assert.equal(await page.textContent("h1"), TITLE);
  // Tall, so that nothing has to be scrolled to: in a page without scripts the driver may wait in vain for the frame after it.
  await page.setViewportSize({ width: 360, height: 2400 });
});

test("enrols", async () => {
  await page.click("text=Enrol");
  await page.waitForSelector("[role=status]");
  [lesson, check, final] = await page.$$eval(".outline a", (all) => all.map((a) => a.getAttribute("href")));
  assert.equal((await mine()).state, "active");
});

test("reads; without the player nothing is credited", async () => {
  await page.goto(lesson);
  assert.match(await page.textContent("article"), /gets a number/);
  await wait(8000);
  await page.reload();
  assert.equal((await mine()).resources_done, 0);
  assert.equal((await mine()).verified_ms, 0);
  assert.ok(await page.isHidden("[data-complete]"));
  assert.match(await page.textContent(".why"), /read in another way/);
});

test("a wrong answer to the check quiz does not credit the lesson, the right one does", async () => {
  await page.click("text=/Take the test/");
  await page.click("text=Begin");
  await page.check("text=A ribbon");
  await page.click("text=Hand in");
  assert.match(await page.textContent(".note.warn"), /Not passed/);
  assert.equal((await mine()).resources_done, 0);
  await page.click("button:has-text('Try again')");
  await page.check("text=A number");
  await page.click(".quiz-end >> text=Hand in");
  assert.match(await page.textContent(".note.good"), /Passed/);
  assert.equal((await mine()).resources_done, 1);
  await page.goto(lesson);
  assert.match(await page.textContent("[data-complete]"), /check quiz/);
  assert.ok(check);
});

test("keeps the answers of the final quiz, and hands in", async () => {
  await page.goto(final);
  await page.click("text=Begin");
  await page.fill("input[inputmode=decimal]", "7");
  await page.click("text=Save and go on later");
  await page.waitForURL(/\/courses\//);
  await page.goto(final);
  assert.equal(await page.inputValue("input[inputmode=decimal]"), "7");
  await page.fill("input[inputmode=decimal]", "seven");
  await page.click(".quiz-end >> text=Hand in");
  assert.equal(await page.$(".score"), null, "an answer that cannot be read is not handed in");
  assert.ok(await page.isVisible("form.quiz"));
  await page.fill("input[inputmode=decimal]", "7");
  await page.check("text=Its number");
  await page.check("text=Its date");
  await page.click(".quiz-end >> text=Hand in");
  assert.match(await page.textContent(".score"), /2 of 2/);
  assert.match(await page.textContent(".note.good"), /The course is complete/);
});

test("has the certificate", async () => {
  const { state, serial, course_id } = await mine();
  assert.equal(state, "completed");
  await page.goto(`/courses/${course_id}`);
  const pdf = await page.request.get(await page.getAttribute("text=Certificate (PDF)", "href"));
  assert.equal((await pdf.body()).subarray(0, 5).toString(), "%PDF-");
  await page.click("text=Its public page");
  assert.match(await page.textContent(".note.good"), /Genuine/);
  assert.match(page.url(), new RegExp(serial));
});

test("rates and signs out", async () => {
  await page.goto(`/courses/${(await mine()).course_id}`);
  await page.check("[name=stars][value='5']");
  await page.click("text='Rate'");
  await page.waitForSelector("[role=status]");
  await page.click(".me summary");
  await page.click("text=Sign out");
  assert.equal(new URL(page.url()).pathname, "/sign-in");
  assert.deepEqual(site.trouble, []);
});
