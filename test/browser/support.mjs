// For the browser tests: the real program with the demonstration data on a port of its own, Debian's Chromium, and what
// every page must keep to (axe, no sideways scroll, 44 px, no error on the console).
//   KARMAYOGI=PATH node --test --test-concurrency=2 test/browser/      (without it: build/karmayogi)

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const require = createRequire(join(root, "client/package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
export const program = process.env.KARMAYOGI || join(root, "build/karmayogi");
const run = promisify(execFile);

export const PASSWORD = "karmayogi-demo";
export const wait = (ms) => new Promise((done) => setTimeout(done, ms));
export async function until(what, test, ms = 40000) {
  for (const end = Date.now() + ms; Date.now() < end; await wait(100)) {
    const got = await test();
    if (got) return got;
  }
  assert.fail(`waited in vain: ${what}`);
}

export async function freePort() {
  const s = createServer();
  await new Promise((done) => s.listen(0, "127.0.0.1", done));
  const { port } = s.address();
  await new Promise((done) => s.close(done));
  return port;
}

// The program with fresh demonstration data (and further courses); stop() ends it and takes the data away.
export async function startServer(courses, settings) {
  assert.ok(existsSync(program), `${program} is not built; script/build, or KARMAYOGI=PATH`);
  const data = mkdtempSync(join(tmpdir(), "karmayogi-browser-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await run(program, ["migrate", "--data", data], { cwd: root });
  await run(program, ["demo", "demo", "--data", data], { cwd: root });
  for (const folder of courses) await run(program, ["import", "course", folder, "--data", data], { cwd: root });
  let said = "", over, child;
  async function serve() {
    over = null;
    child = spawn(program, ["serve", "--data", data, "--port", String(port), "--log", "false", ...settings.map((s) => s.replace("{port}", port))], { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
    child.stderr.on("data", (text) => { said += text; });
    child.on("exit", (code, signal) => { over = signal || code; });
    await until(`the server at ${url}: ${said}`, async () => {
      assert.equal(over, null, `the server ended: ${said}`);
      return fetch(`${url}/healthz`).then((r) => r.ok, () => false);
    });
  }
  await serve();
  return {
    url, data, serve,
    // As when the power goes; serve() begins again on what is there.
    async crash() {
      const ended = new Promise((done) => child.on("exit", done));
      child.kill("SIGKILL");
      await ended;
    },
    async stop() {
      assert.equal(over, null, `the server ended by itself (${over}): ${said}`);
      const ended = new Promise((done) => child.on("exit", done));
      child.kill("SIGTERM");
      await ended;
      rmSync(data, { recursive: true, force: true });
      assert.equal(over, 0, `the server ended with ${over}: ${said}`);
    },
  };
}

export async function start({ courses = [], settings = [] } = {}) {
  const server = await startServer(courses, settings);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required"],
  });
  const trouble = [];

  // A person's browser. Every error on the console, of the CSP too, is remembered; expected ones are taken out by a pattern.
  async function visit({ width = 1366, height = width < 600 ? 740 : 900, expect = null, ...more } = {}) {
    const context = await browser.newContext({ viewport: { width, height }, baseURL: server.url, locale: "en-IN", timezoneId: "Asia/Kolkata", ...more });
    const page = await context.newPage();
    page.setDefaultTimeout(40000);
    const note = (text) => { if (!expect?.test(text)) trouble.push(`${page.url().replace(server.url, "")}: ${text}`); };
    page.on("console", (m) => { if (["error", "warning"].includes(m.type())) note(m.text()); });
    page.on("pageerror", (e) => note(e.message));
    return page;
  }
  return {
    url: server.url, data: server.data, browser, trouble, visit, crash: server.crash, serve: server.serve,
    command: (...args) => run(program, [...args, "--data", server.data], { cwd: root }),
    async stop() {
      await browser.close();
      await server.stop();
    },
  };
}

export async function signIn(page, who, to = "/") {
  await page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
  await page.fill("[name=login]", `${who}@demo.example`);
  await page.fill("[name=password]", PASSWORD);
  await page.click("main button");
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

// What the API answers to the one signed in here.
export async function api(page, path) {
  const answer = await page.request.get(`/api/v1${path}`);
  assert.ok(answer.ok(), `${path}: ${answer.status()}`);
  return answer.json();
}

export async function courseId(page, title) {
  const all = await api(page, `/courses?q=${encodeURIComponent(title)}`);
  const one = (all.items || all.courses || []).find((c) => c.title === title);
  assert.ok(one, `no course “${title}” in ${JSON.stringify(all).slice(0, 300)}`);
  return one.id;
}

// What axe says; it is half a megabyte, and comes into a page once.
async function violations(page) {
  if (!await page.evaluate("Boolean(window.axe)")) await page.evaluate(`{ const module = undefined, exports = undefined, define = undefined; ${axe} }`);
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  return result.violations.map((v) => `axe ${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.html.slice(0, 130)} ${n.any[0]?.message?.slice(0, 160) || ""}`).join(" | ")}`);
}

// Words for what is wrong with the page as it stands; an empty list if nothing is.
export async function faults(page, { target = true } = {}) {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await Promise.allSettled(document.getAnimations().map((a) => a.finished));
  });
  const found = await page.evaluate((sizes) => {
    const out = [], tell = (e) => e.outerHTML.replace(/\s+/g, " ").slice(0, 110);
    const over = document.documentElement.scrollWidth - innerWidth;
    if (over > 0) {
      const who = [...document.querySelectorAll("body *")].filter((e) => { const r = e.getBoundingClientRect(); return r.right > innerWidth + 1 && !e.closest(".scroll, .nav, .tabs, .hide, .skip"); });
      out.push(`${over} px too wide: ${who.slice(0, 3).map(tell).join(" | ")}`);
    }
    if (sizes) {
      const small = [...document.querySelectorAll("main .btn:not(.link), main .pick, main select, main input:not([type=hidden], [type=radio], [type=checkbox]), main textarea, header a, header summary, header button, .nav a, .tabs a, .pages a")]
        .filter((e) => e.offsetParent && !e.matches(".hide") && !e.closest(".crumbs") && e.getBoundingClientRect().height < 43.5);
      for (const e of small.slice(0, 3)) out.push(`lower than 44 px: ${tell(e)} ${e.getBoundingClientRect().height}`);
    }
    if (document.querySelectorAll("h1").length !== 1) out.push(`${document.querySelectorAll("h1").length} h1`);
    const ids = [...document.querySelectorAll("[id]")].map((e) => e.id), twice = ids.filter((id, i) => ids.indexOf(id) !== i);
    if (twice.length) out.push(`the same id twice: ${twice}`);
    const left = document.body.innerText.match(/\{[a-z_]+\}|\(null\)|undefined|NaN/);
    if (left) out.push(`“${left[0]}” in the text`);
    return out;
  }, target);
  found.push(...await violations(page));
  return found;
}
