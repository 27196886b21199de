// What was looked for before is offered by the browser and forgotten on demand; and forms with fields of any name are left in peace by it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { faults, signIn, start } from "./support.mjs";

let site;
before(async () => { site = await start(); });
after(async () => { await site.stop(); });

test("searches are offered again, the latest first, and forgotten", async () => {
  const page = await site.visit({ width: 360 });
  await signIn(page, "asha");
  for (const words of ["leave rules", "note", "leave rules"]) {
    await page.fill("[data-search]", words);
    await page.press("[data-search]", "Enter");
    await page.waitForURL(/\/search\?q=/);
    await page.waitForSelector(".found-course");
  }
  await page.goto("/search");
  assert.deepEqual(await page.locator("[data-recent-list] li").allTextContents(), ["leave rules", "note"]);
  assert.deepEqual(await faults(page), []);
  await page.click("[data-recent-list] button");
  assert.ok(await page.isHidden("[data-recent-list]"));
  await page.goto("/search");
  assert.ok(await page.isHidden("[data-recent-list]"));
  await page.context().close();
});

test("a form with a field called action is sent without a fault", async () => {
  const page = await site.visit({ width: 1366 });
  await signIn(page, "admin");
  await page.goto("/orgs");
  await page.click("main a[href^='/orgs/']");
  await page.click("main a[href$='/audit']");
  await page.fill("[name=action]", "session");
  await page.press("[name=action]", "Enter");
  await page.waitForURL(/action=session/);
  await page.context().close();
});

test("nothing was wrong on the console", () => assert.deepEqual(site.trouble, []));
