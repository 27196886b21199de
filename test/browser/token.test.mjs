// A person makes a token in the browser, sees it once, tries it as the page says, and withdraws it; on a phone and on a desk, in both languages.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { faults, signIn, start } from "./support.mjs";

let site;
before(async () => { site = await start(); });
after(async () => { await site.stop(); });

for (const [lang, width] of [["en", 360], ["en", 1366], ["hi", 360], ["hi", 1366]])
  test(`a token is made and withdrawn, ${lang}, ${width} px`, async () => {
    const page = await site.visit({ width });
    await signIn(page, "asha");
    await page.goto(`/language/${lang}?to=/me/tokens`);
    await page.fill("[name=name]", `Nightly export ${lang} ${width}`);
    await page.fill("[name=scopes]", "learn:read");
    await page.click("main form.form button");
    const secret = await page.textContent("code.long");
    assert.match(secret, /^kmy_[0-9a-f]{64}$/);
    assert.deepEqual(await faults(page), []);
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/token-made-${lang}-${width}.png`, fullPage: true });
    const ask = () => fetch(`${site.url}/api/v1/me`, { headers: { Authorization: `Bearer ${secret}` } });
    assert.equal((await ask()).status, 200);
    await page.goto("/me/tokens");
    assert.deepEqual(await faults(page), []);
    assert.ok(!(await page.content()).includes(secret));
    await page.click("main ul.list form button");
    assert.equal((await ask()).status, 401);
    await page.context().close();
  });

test("nothing was wrong on the console", () => assert.deepEqual(site.trouble, []));
