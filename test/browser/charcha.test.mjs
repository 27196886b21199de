// Two people of a group write on one pad at the same time: what one writes the other sees by itself, a point that both change shows both texts, what is typed is kept
// on the device until the server has it, and all of it goes without scripts, too.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { faults, signIn, start, until } from "./support.mjs";

let site, asha, sunita, page;
const noise = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|409|NetworkError|Failed to load resource/;
before(async () => { site = await start(); });
after(() => site.stop());

const tomorrow = () => new Date(Date.now() + 5.5 * 36e5 + 864e5).toISOString().slice(0, 10);

test("a charcha is laid down, announced, registered for, drawn and confirmed", async () => {
  const operator = await site.visit();
  await signIn(operator, "operator", "/orgs");
  const org = await operator.$eval("main a[href^='/orgs/']", (a) => a.getAttribute("href"));
  await operator.goto(`${org}/charchas/new`);
  await operator.fill("[name=theme]", "What fits on a page");
  await operator.fill("[name=prompts]", "What can be left out?");
  await operator.fill("[name=held_day]", tomorrow());
  await operator.fill("[name=until_day]", tomorrow());
  await operator.click("main form button");
  await operator.click("form[action$='/open'] button");
  const at = new URL(operator.url()).pathname, charcha = `/charchas/${at.split("/").pop()}`;
  for (const who of ["asha", "sunita", "supervisor", "author", "publisher"]) {
    const one = await site.visit({ expect: noise, width: who === "sunita" ? 360 : 1366 });
    await signIn(one, who, charcha);
    await one.click("form[action$='/register'] button");
    if (who === "asha") asha = one;
    else if (who === "sunita") sunita = one;
    else await one.context().close();
  }
  await operator.goto(at);
  await operator.click("form[action$='/draws'] button");
  await operator.click("form[action$='/confirm'] button");
  await operator.context().close();
  await asha.goto(charcha);
  page = await asha.$eval("main a[href*='/groups/']", (a) => a.getAttribute("href"));
});

test("what one writes the other sees by itself", async () => {
  await asha.goto(page);
  await sunita.goto(page);
  await asha.fill("form[data-keep] textarea", "One page is enough for most things");
  await asha.click("form[data-keep] button");
  await until("the point at the other's", () => sunita.locator("#points", { hasText: "One page is enough" }).count(), 60000);
  assert.deepEqual(await faults(asha), []);
  assert.deepEqual(await faults(sunita), []);
});

test("words under way are not touched by what comes in, and are there after the page was lost", async () => {
  await sunita.fill("form[data-keep] textarea", "I am still writing th");
  await asha.fill("form[data-keep] textarea", "A second point");
  await asha.click("form[data-keep] button");
  await until("the second point", () => sunita.locator("#points", { hasText: "A second point" }).count(), 60000);
  assert.equal(await sunita.inputValue("form[data-keep] textarea"), "I am still writing th");
  await sunita.reload();
  await until("the words again", async () => (await sunita.inputValue("form[data-keep] textarea")) === "I am still writing th");
});

test("a point that both change shows both texts, and neither is lost", async () => {
  await asha.goto(page);
  await asha.click("#points li:first-child a");
  await sunita.goto(asha.url());
  await asha.fill("form[data-keep] textarea", "One page is enough, with large letters");
  await asha.click("form[data-keep] button");
  await asha.waitForURL((url) => url.pathname === page);
  await sunita.fill("form[data-keep] textarea", "One page is enough, in Hindi");
  await sunita.click("form[data-keep] button");
  await sunita.waitForSelector(".errors");
  assert.match(await sunita.textContent("main"), /with large letters/);
  assert.equal(await sunita.inputValue("form[data-keep] textarea"), "One page is enough, in Hindi");
  assert.deepEqual(await faults(sunita), []);
  await sunita.fill("form[data-keep] textarea", "One page is enough, with large letters, in Hindi");
  await sunita.click("form[data-keep] button");
  await sunita.waitForURL((url) => url.pathname === page);
  await until("both", () => sunita.locator("#points", { hasText: "with large letters, in Hindi" }).count());
});

test("without a line what is typed waits and goes out when the line is back", async () => {
  await asha.goto(page);
  await asha.context().setOffline(true);
  await asha.fill("form[data-keep] textarea", "Written in a tunnel");
  await asha.click("form[data-keep] button");
  await until("that it waits", async () => /nothing is lost/.test(await asha.textContent("form[data-keep] [data-state]")));
  await asha.context().setOffline(false);
  await until("the point", () => asha.locator("#points", { hasText: "Written in a tunnel" }).count(), 60000);
});

test("it all goes without scripts", async () => {
  const plain = await site.visit({ javaScriptEnabled: false });
  await signIn(plain, "asha", page);
  await plain.fill("form[data-keep] textarea", "By hand");
  await plain.click("form[data-keep] button");
  assert.match(await plain.textContent("#points"), /By hand/);
  await plain.click("#points li:last-child a");
  await plain.fill("form[data-keep] textarea", "By hand, twice");
  await plain.click("form[data-keep] button");
  assert.match(await plain.textContent("#points"), /By hand, twice/);
  assert.deepEqual(site.trouble, []);
});
