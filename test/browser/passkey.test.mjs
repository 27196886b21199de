// A passkey in Chromium's own authenticator: added under "My account", signed in with on the page to sign in, taken away.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PASSWORD, faults, start } from "./support.mjs";

let site, page, at;

before(async () => {
  // Browsers allow passkeys on "localhost", not under an address of figures.
  site = await start({ settings: ["--base-url", "http://localhost:{port}"] });
  at = site.url.replace("127.0.0.1", "localhost");
  // (Chromium advises RS256 too, and says on the console that the unknown passkey was answered with 422; both are meant.)
  page = await site.visit({ expect: /pubKeyCredParams|status of 422/ });
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
});
after(async () => { await site.stop(); });

test("a passkey is added, opens the door, and is taken away", async () => {
  await page.goto(`${at}/sign-in?to=/courses`);
  await page.fill("[name=login]", "asha@demo.example");
  await page.fill("[name=password]", PASSWORD);
  await page.click("main form .btn");
  await page.waitForURL(`${at}/courses`);

  await page.goto(`${at}/me`);
  await page.click("[data-passkey=add] button");
  await page.waitForSelector("form[action^='/me/passkeys/']");
  assert.deepEqual(await faults(page), []);

  await page.click("form[action='/me/sessions/end'] button");
  await page.waitForURL(`${at}/sign-in`);
  await page.goto(`${at}/sign-in?to=/me/learning`);
  assert.deepEqual(await faults(page), []);
  await page.click("[data-passkey=enter] button");
  await page.waitForURL(`${at}/me/learning`);

  await page.goto(`${at}/me`);
  await page.click("form[action^='/me/passkeys/'] button");
  await page.click("dialog .btn:not(.second)");
  await page.waitForSelector("form[action^='/me/passkeys/']", { state: "detached" });
  await page.click("form[action='/me/sessions/end'] button");
  await page.waitForURL(`${at}/sign-in`);
  assert.deepEqual(site.trouble, []);
});

test("a passkey that is unknown here says so in a sentence", async () => {
  await page.goto(`${at}/sign-in`);
  await page.click("[data-passkey=enter] button");
  await page.waitForSelector("[data-passkey=enter] .error:not([hidden])");
  assert.match(await page.textContent("[data-passkey=enter] .error"), /does not open anything here/);
});
