// Takes the pictures of README.md and doc/guide with the demonstration data: node test/browser/pictures.mjs (not a test).
// Writes doc/guide/pictures/*.png, in few colours; the certificate by pdftoppm (poppler-utils), all made smaller by convert
// (ImageMagick).

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { api, courseId, root, signIn, start, until } from "./support.mjs";

const MOST = 150 * 1024;
const out = join(root, "doc/guide/pictures"), raw = mkdtempSync(join(tmpdir(), "pictures-"));
mkdirSync(out, { recursive: true });
const site = await start({ settings: ["--base_url", "http://learn.example"] });

function keep(name, from, more = []) {
  const to = join(out, `${name}.png`);
  let size = 0;
  for (const colours of [256, 128, 64, 32]) {
    execFileSync("convert", [from, ...more, "-strip", "+dither", "-colors", String(colours), "-define", "png:compression-level=9", `png8:${to}`]);
    size = statSync(to).size;
    if (size <= MOST) break;
  }
  console.log(`${name}.png ${(size / 1024).toFixed(0)} KB`);
  if (size > MOST) process.exitCode = 1;
}
async function shoot(page, name) {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(400);
  const path = join(raw, `${name}.png`);
  await page.screenshot({ path });
  keep(name, path);
}

const desk = await site.visit({ width: 1200, height: 760 });
await signIn(desk, "asha");
const done = (await api(desk, "/me/enrolments")).items.find((e) => e.state === "completed" && e.lang === "en");

// Something under way: a lesson read for a while.
const course = await courseId(desk, "Noting and drafting: from receipt to issue");
await desk.goto(`/courses/${course}`);
await shoot(desk, "course-desk");
const lesson = await desk.getAttribute("main .btn.wide", "href");
const check = await desk.getAttribute(".outline a[href$='/quiz']", "href");
const phone = await site.visit({ width: 360, height: 720, storageState: await desk.context().storageState() });
await phone.goto(lesson);
for (let i = 0; i < 6; i++) {
  await phone.mouse.wheel(0, 40);
  await phone.waitForTimeout(2000);
}
await until("the reading is recorded", async () => await phone.textContent(".player-status") === "Saved");
await shoot(phone, "lesson-phone");

await phone.goto(check);
await phone.click("main .btn");
await phone.waitForSelector("form.quiz");
const first = phone.locator("fieldset.question:has(input[type=radio])").first();
await first.locator("label").nth(1).click();
await phone.waitForSelector("[data-saved]:text('Answer saved')");
await first.evaluate((e) => scrollTo(0, e.getBoundingClientRect().top + scrollY - 130));
await shoot(phone, "quiz-phone");

await desk.goto("/");
await shoot(desk, "home-desk");
await phone.goto("/");
await shoot(phone, "home-phone");

const pdf = join(raw, "certificate.pdf");
writeFileSync(pdf, await (await desk.request.get(`/credentials/${done.serial}.pdf`)).body());
execFileSync("pdftoppm", ["-png", "-r", "72", "-singlefile", pdf, join(raw, "certificate")]);
keep("certificate", join(raw, "certificate.png"));

await site.stop();
rmSync(raw, { recursive: true, force: true });
