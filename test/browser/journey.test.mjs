// One learner's whole way by the keyboard alone: in, find a course by "/", enrol, read, quiz, completion, certificate, rating, out.
// The course is the test's own: two lessons of about forty words (six seconds each) and a quiz of two questions.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { PASSWORD, api, faults, start, until, wait } from "./support.mjs";

const TITLE = "Labels on file covers";
const words = "A label on the cover says what the file is about, so that it is found again. Write the subject in few words, the year beside it and the section above it. Nobody should have to open a cover to know it.";
const FILES = {
  "course.md": `---\ntitle: ${TITLE}\nlanguage: en\nprovider: Institute of Secretariat Training and Management\nsummary: How to write a label that helps the next person.\n---\n\nA very short course.\n`,
  "01-labels/module.md": "---\ntitle: Labels\n---\n",
  "01-labels/01-subject.md": `---\ntitle: The subject\n---\n\n${words}\n`,
  "01-labels/02-number.md": `---\ntitle: The number\n---\n\n${words}\n`,
  "01-labels/03-check.md": "---\ntitle: Two questions\ntype: quiz\nfile: 03-check.gift\npass: 100\n---\n",
  "01-labels/03-check.gift": "::subject:: How long is a good subject? { =A few words ~A page }\n\n::open:: Must one open a cover to know the file? { FALSE }\n",
};

let site, page, folder;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "course-"));
  for (const [name, text] of Object.entries(FILES)) {
    const path = join(folder, "file-labels", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  site = await start({ courses: [join(folder, "file-labels")] });
  page = await site.visit({ height: 800 });
});
after(async () => {
  await site.stop();
  rmSync(folder, { recursive: true, force: true });
});

const here = () => page.evaluate(() => {
  const e = document.activeElement;
  return { tag: e.tagName, name: e.name || "", value: e.value || "", text: (e.labels?.[0] || e).innerText?.trim() || e.getAttribute("aria-label") || "" };
});
// Goes on by Tab to the element that the test accepts; each on the way must be seen to have the focus.
async function tabTo(what, accepts, most = 60) {
  for (let n = 0; n < most; n++) {
    await page.keyboard.press("Tab");
    const at = await here();
    const seen = await page.evaluate(() => {
      const e = document.activeElement, s = getComputedStyle(e), card = e.closest(".course-card, .pick, .find");
      if (e === document.body) return true;
      const ring = (x) => x && (() => { const c = getComputedStyle(x); return (c.outlineStyle !== "none" && parseFloat(c.outlineWidth) > 0) || c.boxShadow !== "none"; })();
      return ring(e) || ring(card) || s.outlineStyle === "auto";
    });
    assert.ok(seen, `one sees the focus on ${JSON.stringify(at)}`);
    if (await accepts(at)) return at;
  }
  assert.fail(`no way by Tab to ${what} on ${page.url()}`);
}
const byText = (text) => (at) => text instanceof RegExp ? text.test(at.text) : at.text === text;
async function go(what, text, address) {
  await tabTo(what, byText(text));
  const before = page.url();
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => address ? address.test(url.pathname) : url.href !== before);
  await page.waitForLoadState();
}

test("signs in", async () => {
  await page.goto("/");
  assert.equal(new URL(page.url()).pathname, "/sign-in");
  await page.keyboard.press("Tab");
  assert.equal((await here()).text, "Skip to the main part");
  await page.keyboard.press("Enter");
  await tabTo("the e-mail address", (at) => at.name === "login");
  await page.keyboard.type("sunita@demo.example");
  await tabTo("the password", (at) => at.name === "password");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL("/");
});

test("changes the language to English", async () => {
  await page.waitForSelector("html[lang=hi]");
  await tabTo("English", byText("English"));
  await page.keyboard.press("Enter");
  await page.waitForSelector("html[lang=en]");
});

test("finds the course with /", async () => {
  await page.keyboard.press("/");
  assert.equal((await here()).name, "q");
  await page.keyboard.type("labels covers");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?q=labels/);
  await go("the course", TITLE, /^\/courses\/\d+$/);
});

test("enrols", async () => {
  await tabTo("the button", byText("Enrol"));
  await page.keyboard.press("Enter");
  await page.waitForSelector("[role=status]");
  assert.match(await page.textContent("h1"), new RegExp(TITLE));
  await go("the first lesson", /^Go on: The subject/, /^\/resources\/\d+$/);
});

for (const [n, next] of [[1, /^Next: The number/], [2, /^Next: Two questions/]])
  test(`reads lesson ${n} through`, async () => {
    assert.ok(await page.isHidden("[data-complete]"));
    await until("the lesson is complete", async () => {
      await page.keyboard.press(n % 2 ? "ArrowDown" : "PageDown");
      return page.isVisible("[data-complete]");
    }, 40000);
    assert.match(await page.textContent(".player-status"), /complete/i);
    assert.deepEqual(await faults(page), []);
    await go("on", next);
  });

test("takes the quiz", async () => {
  assert.equal(await page.textContent("h1"), "Two questions");
  await tabTo("the beginning", byText("Begin"));
  await page.keyboard.press("Enter");
  await page.waitForSelector("form.quiz");
  await tabTo("the first question", (at) => at.name.startsWith("answer."));
  // Both questions are of radio buttons: the arrows go from one to the next, in whatever order they were drawn.
  const choose = async (text) => {
    for (let i = 0; i < 4 && (await here()).text !== text; i++) await page.keyboard.press("ArrowDown");
    assert.equal((await here()).text, text);
    if (!await page.evaluate(() => document.activeElement.checked)) await page.keyboard.press("Space");
    await page.waitForFunction(() => document.activeElement.closest("fieldset").querySelector("[data-saved]").textContent === "Answer saved");
  };
  const answer = async () => choose(await page.evaluate(() => /How long/.test(document.activeElement.closest("fieldset").innerText)) ? "A few words" : "False");
  await answer();
  const first = (await here()).name;
  await tabTo("the second question", (at) => at.name.startsWith("answer.") && at.name !== first);
  await answer();
  assert.match(await page.textContent("[data-count]"), /2 of 2/);
  await tabTo("the end", byText("Hand in"));
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog[open]");
  assert.equal((await here()).text, "Not yet", "the careful answer has the focus");
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog", { state: "detached" });
  assert.equal((await here()).text, "Hand in", "the focus comes back");
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog[open]");
  await page.keyboard.press("Shift+Tab");
  if ((await here()).text !== "Hand in") await page.keyboard.press("Tab");
  assert.equal((await here()).text, "Hand in");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".score");
  assert.match(await page.textContent("main"), /2 of 2/);
  assert.match(await page.textContent(".note.good"), /The course is complete/);
});

test("has the certificate in the same second, and anybody can verify it", async () => {
  await go("the certificate", "To your certificate", /^\/me\/learning$/);
  await go("the course", TITLE, /^\/courses\/\d+$/);
  const file = await page.getAttribute("a[href^='/credentials/']", "href");
  const pdf = await page.request.get(file);
  assert.equal(pdf.headers()["content-type"], "application/pdf");
  assert.equal((await pdf.body()).subarray(0, 5).toString(), "%PDF-");
  await tabTo("the certificate", byText("Certificate (PDF)"));
  await go("its page", "Its public page", /^\/verify\//);
  assert.match(await page.textContent(".note.good"), /Genuine/);
  assert.match(await page.textContent("main"), new RegExp(TITLE));
  const serial = new URL(page.url()).pathname.split("/").pop();
  const stranger = await site.visit();
  await stranger.goto("/verify");
  await stranger.keyboard.press("Tab");
  await stranger.fill("#serial", serial.toLowerCase());
  await stranger.keyboard.press("Enter");
  await stranger.waitForSelector(".note.good");
  await stranger.context().close();
  await page.goBack();
});

test("rates the course", async () => {
  await tabTo("the stars", (at) => at.name === "stars");
  await page.keyboard.press("Space");
  for (let i = 0; i < 5 && !(await page.isChecked("[name=stars][value='4']")); i++) await page.keyboard.press("ArrowRight");
  await tabTo("the words", (at) => at.tag === "TEXTAREA");
  await page.keyboard.type("Short and to the point.");
  await tabTo("the button", byText("Rate"));
  await page.keyboard.press("Enter");
  await page.waitForSelector("[role=status] >> text=Thank you");
  assert.ok(await page.isChecked("[name=stars][value='4']"));
  const mine = (await api(page, "/me/enrolments")).items.find((e) => e.title === TITLE);
  assert.equal(mine.state, "completed");
  assert.equal(mine.stars, 4);
});

test("signs out", async () => {
  await tabTo("the menu", (at) => at.tag === "SUMMARY" && /, account/.test(at.text));
  await page.keyboard.press("Enter");
  assert.match(await page.evaluate(() => localStorage.getItem("searches")), /labels covers/);
  await go("the way out", "Sign out", /^\/sign-in$/);
  assert.equal(await page.evaluate(() => localStorage.getItem("searches")), null);
  await page.goto("/me");
  assert.equal(new URL(page.url()).pathname, "/sign-in");
  await wait(200);
  assert.deepEqual(site.trouble, []);
});
