// Every sample at both widths, light and dark: a picture, axe-core, no sideways scroll, no CSP trouble; and 300 % zoom,
// right-to-left and weights over the wire. Pictures go to PICTURES or to a new folder in /tmp.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { browser, here, serve } from "./serve.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const to = process.env.PICTURES || mkdtempSync(join(tmpdir(), "pictures-"));
mkdirSync(to, { recursive: true });
const only = process.argv.slice(2);
const names = readdirSync(join(here, "sample")).filter((n) => n.endsWith(".html") && (!only.length || only.includes(n.replace(".html", ""))));
let bad = 0;
const fail = (text) => { bad += 1; console.log(`FAIL ${text}`); };

const site = await serve();
const b = await browser();

async function look(name, { width, scheme, zoom, rtl, forced, label }) {
  const context = await b.newContext({ viewport: { width, height: width < 500 ? 740 : 900 }, colorScheme: scheme, bypassCSP: false, ...(forced && { forcedColors: "active" }) });
  const page = await context.newPage();
  const at = `${name.replace(".html", "")}-${label}`;
  page.on("console", (m) => { if (m.type() === "error") fail(`${at}: ${m.text()}`); });
  page.on("pageerror", (e) => fail(`${at}: ${e.message}`));
  await page.goto(`${site.url}/${name}`, { waitUntil: "networkidle" });
  if (rtl) await page.evaluate(() => { document.documentElement.dir = "rtl"; });
  await page.evaluate(() => document.fonts.ready);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (over > 0) {
    const who = await page.evaluate(() => [...document.querySelectorAll("main *, header *, footer *")].filter((e) => { const r = e.getBoundingClientRect(); return (r.right > innerWidth + 1 || r.left < -1) && !e.closest(".scroll, .nav, .tabs, .hide, .skip"); }).slice(0, 3).map((e) => e.outerHTML.slice(0, 90)));
    fail(`${at}: ${over}px too wide: ${who.join(" | ")}`);
  }
  await page.screenshot({ path: join(to, `${at}.png`), fullPage: true });
  if (!zoom && !rtl && !forced) {
    const small = await page.evaluate(() => [...document.querySelectorAll("main .btn, main .pick, main select, main input:not([type=hidden], [type=radio], [type=checkbox]), header a, header summary, header button, nav a")].filter((e) => e.offsetParent && !e.closest(".crumbs, .foot") && e.getBoundingClientRect().height < 43.5).slice(0, 3).map((e) => `${e.outerHTML.slice(0, 70)} ${e.getBoundingClientRect().height}`));
    if (small.length) fail(`${at}: smaller than 44 px: ${small.join(" | ")}`);
    const result = await page.evaluate(`(() => { const module = undefined, exports = undefined, define = undefined; ${axe}; return window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }); })()`);
    for (const v of result.violations) fail(`${at}: ${v.id} (${v.impact}) ${v.nodes.slice(0, 4).map((n) => `${n.html.slice(0, 110)} ${n.any[0]?.message?.slice(0, 160) || ""}`).join("\n      ")}`);
  }
  await context.close();
}

for (const name of names) {
  for (const width of [360, 1366])
    for (const scheme of ["light", "dark"]) await look(name, { width, scheme, label: `${width}-${scheme}` });
  await look(name, { width: 455, scheme: "light", zoom: true, label: "300" });
  await look(name, { width: 360, scheme: "light", rtl: true, label: "rtl" });
}
for (const name of ["home.html", "course.html", "quiz.html"].filter((n) => names.includes(n))) await look(name, { width: 1366, scheme: "dark", forced: true, label: "forced" });

// Bytes of a first visit, as they travel (pages gzipped as the server will).
for (const name of ["home.html", "home-hi.html"].filter((n) => names.includes(n))) {
  const context = await b.newContext({ viewport: { width: 1366, height: 900 } });
  const page = await context.newPage();
  const seen = new Set([gzipSync(readFileSync(join(here, "sample", name))).length]);
  let sum = [...seen][0];
  page.on("response", (r) => {
    const file = r.url().split("/assets/")[1];
    if (!file || seen.has(file)) return;
    seen.add(file);
    const path = join(site.out, file);
    try { sum += readFileSync(`${path}.gz`).length; } catch { sum += readFileSync(path).length; }
  });
  await page.goto(`${site.url}/${name}`, { waitUntil: "networkidle" });
  console.log(`${name}: ${(sum / 1024).toFixed(1)} KB, ${[...seen].slice(1).join(" ")}`);
  if (sum > 150 * 1024) fail(`${name} weighs ${(sum / 1024).toFixed(1)} KB`);
  await context.close();
}
for (const [name, most] of [["app.js", 3], ["player.js", 6], ["quiz.js", 3]]) {
  const size = readFileSync(join(site.out, `${site.manifest[name]}.gz`)).length;
  console.log(`${name}: ${size} B gz`);
  if (size > most * 1024) fail(`${name} is over ${most} KB`);
}

await b.close();
site.close();
console.log(`pictures in ${to}`);
console.log(bad ? `${bad} failures` : "all well");
process.exitCode = bad ? 1 : 0;
