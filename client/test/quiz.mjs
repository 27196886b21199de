// The quiz against a small false server: saved as given, kept without network, put back, sent again. And app.js' comforts.

import assert from "node:assert/strict";
import { browser, serve } from "./serve.mjs";

let mode = "up", got = [], submitted = 0;
const site = await serve({
  api: (req, url, body) => {
    if (url.pathname.endsWith("/submit") || url.pathname === "/withdraw") { submitted += 1; return { status: 200 }; }
    if (mode === "down") return null;
    got.push({ url: url.pathname, type: req.headers["content-type"], csrf: req.headers["x-csrf-token"], body });
    return { status: typeof mode === "number" ? mode : 200, json: { detail: "Question 4: answer with a number alone" } };
  },
});
const b = await browser();
const wait = (ms) => new Promise((r) => setTimeout(r, ms));
const until = async (what, test, ms = 8000) => {
  for (let t = 0; t < ms; t += 50) { if (await test()) return; await wait(50); }
  assert.fail(`waited in vain: ${what}`);
};
const say = (text) => console.log(`ok ${text}`);
const context = await b.newContext({ viewport: { width: 1366, height: 900 } });
const page = await context.newPage();
const trouble = [];
page.on("pageerror", (e) => trouble.push(e.message));

await page.goto(`${site.url}/quiz.html`, { waitUntil: "networkidle" });
const line = (n) => page.textContent(`#q${n} [data-saved]`);
await page.check("input[name='answer.4711'][value=c]");
await until("saved", async () => await line(1) === "Answer saved");
assert.deepEqual(got, [{ url: "/api/v1/attempts/77/answers", type: "application/json", csrf: "token", body: '{"question":"4711","answer":["c"]}' }]);
await page.check("input[name='answer.4712'][value=a]");
await page.check("input[name='answer.4712'][value=c]");
await until("both", () => got.at(-1).body === '{"question":"4712","answer":["a","c"]}');
await page.selectOption("#q4713-2", "b");
await until("match", () => got.at(-1).body === '{"question":"4713","answer":["2=b"]}');
assert.equal(await page.textContent("[data-count]"), "3 of 4 answered");
say("saved as given");

mode = "down";
await page.fill("#q4714", "48");
await until("kept", async () => (await line(4)).startsWith("Not saved yet"), 4000);
await page.uncheck("input[name='answer.4712'][value=c]");
await wait(200);
await page.reload({ waitUntil: "networkidle" });
assert.equal(await page.inputValue("#q4714"), "48");
assert.equal(await page.isChecked("input[name='answer.4712'][value=a]"), true);
assert.equal(await page.isChecked("input[name='answer.4712'][value=c]"), false);
got = [];
mode = "up";
await page.evaluate(() => dispatchEvent(new Event("online")));
await until("sent again", async () => await line(4) === "Answer saved");
await until("both out", () => got.length >= 2);
assert.deepEqual(got.map((g) => g.body).sort(), ['{"question":"4712","answer":["a"]}', '{"question":"4714","answer":["48"]}']);
assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith("ky.q.")).length), 0);
say("without network kept, put back, sent again");

mode = 422;
await page.fill("#q4714", "two days");
await page.press("#q4714", "Tab");
await until("does not fit", async () => /number alone/.test(await line(4)));
say("what does not fit is said in the server's words");
mode = 409;
await page.check("input[name='answer.4711'][value=a]");
await until("closed", async () => /closed/.test(await line(1)));
mode = "up";
await page.click("text=Hand in");
await until("handed in", () => submitted === 1);
say("closed attempt said; hand in sends the form");

// app.js
await page.goto(`${site.url}/course.html`, { waitUntil: "networkidle" });
await page.click("text=Withdraw");
assert.ok(await page.isVisible("dialog"));
assert.equal(await page.evaluate(() => document.activeElement.textContent), "Keep");
await page.keyboard.press("Escape");
await until("closed", async () => !(await page.$("dialog")));
assert.equal(submitted, 1);
await page.click("main >> text=Withdraw >> nth=-1");
await page.click("dialog >> text=Withdraw >> nth=-1");
await until("withdrawn", () => submitted === 2);
say("asks before");
await page.goto(`${site.url}/home.html`, { waitUntil: "networkidle" });
await page.click(".me summary");
assert.ok(await page.isVisible(".menu"));
await page.keyboard.press("Escape");
assert.ok(await page.isHidden(".menu"));
assert.equal(await page.evaluate(() => document.activeElement.matches(".me summary")), true);
await page.evaluate(() => document.activeElement.blur());
await page.keyboard.press("/");
assert.equal(await page.evaluate(() => document.activeElement.name), "q");
say("menu and search by key");
await page.goto(`${site.url}/catalogue.html`, { waitUntil: "networkidle" });
await page.focus("input[value=role]");
await page.keyboard.press("Space");
await until("address", () => page.url().includes("kind=role"));
await until("not busy", async () => !(await page.getAttribute("#results", "aria-busy")));
assert.equal(await page.evaluate(() => document.activeElement.value), "role");
assert.match(page.url(), /q=rti&kind=role&lang=hi$/);
say("filters send themselves, the focus stays");
const phone = await (await b.newContext({ viewport: { width: 360, height: 740 } })).newPage();
await phone.goto(`${site.url}/catalogue.html`, { waitUntil: "networkidle" });
assert.ok(await phone.isHidden(".facets fieldset"));
await phone.click(".facets summary");
assert.ok(await phone.isVisible(".facets fieldset"));
const plain = await (await b.newContext({ viewport: { width: 1366, height: 900 }, javaScriptEnabled: false })).newPage();
await plain.goto(`${site.url}/catalogue.html`);
assert.ok(await plain.isVisible(".facets fieldset"), "open on a wide screen without JavaScript");
say("facets on phone, wide and without JavaScript");
await page.goto(`${site.url}/sign-in.html`, { waitUntil: "networkidle" });
assert.equal(await page.evaluate(() => document.activeElement.className), "errors");
assert.equal(await page.evaluate(() => ["each", "make", "refine", "openWide", "closeMenus"].some((k) => k in window)), false);
say("errors take the focus; nothing global");

assert.deepEqual(trouble, []);
await b.close();
site.close();
console.log("quiz: all well");
