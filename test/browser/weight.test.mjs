// What the home page costs over the wire: at most 150 KB on the first visit (fonts, style and scripts with it), 20 KB on the
// second, in English and in Hindi.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { signIn, start } from "./support.mjs";

let site;
before(async () => { site = await start(); });
after(async () => { await site.stop(); });

// Bytes as they travel, headers included, by the browser's own count.
async function weigh(context, address) {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  const sizes = new Map(), names = new Map();
  cdp.on("Network.requestWillBeSent", ({ requestId, request }) => names.set(requestId, request.url.replace(site.url, "")));
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => sizes.set(requestId, encodedDataLength));
  await cdp.send("Network.enable");
  await page.goto(address, { waitUntil: "networkidle" });
  await page.evaluate(() => document.fonts.ready);
  const list = [...sizes].map(([id, n]) => `${names.get(id)} ${n}`);
  const title = await page.title();
  await page.close();
  return { sum: [...sizes.values()].reduce((a, b) => a + b, 0), list, title };
}

for (const [lang, who] of [["en", "asha"], ["hi", "sunita"]])
  test(`home in ${lang}: 150 KB at first, 20 KB then`, async (t) => {
    // The cookies of one who is signed in, in a browser that has nothing else of this place.
    const page = await site.visit();
    await signIn(page, who);
    await page.goto(`/language/${lang}?to=/`);
    const state = await page.context().storageState();
    await page.context().close();
    const context = await site.browser.newContext({ viewport: { width: 1366, height: 900 }, baseURL: site.url, storageState: { cookies: state.cookies, origins: [] } });
    const first = await weigh(context, "/");
    t.diagnostic(`first ${(first.sum / 1024).toFixed(1)} KB: ${first.list.join(", ")}`);
    const second = await weigh(context, "/");
    t.diagnostic(`second ${(second.sum / 1024).toFixed(1)} KB: ${second.list.join(", ")}`);
    await context.close();
    assert.ok(first.list.some((l) => /\.css /.test(l)) && first.list.some((l) => /woff2 /.test(l)), "all of it was weighed");
    assert.ok(first.sum <= 150 * 1024, `${first.sum} bytes on the first visit`);
    assert.ok(second.sum <= 20 * 1024, `${second.sum} bytes on the second`);
  });
