// Every kind of page, at 360 and 1366 px, in English and Hindi, light and dark: axe finds nothing, nothing is too wide, nothing
// that is touched is too small, no error on the console; no English word of the interface is left on a Hindi page; and every
// link leads somewhere. PICTURES=FOLDER keeps a picture of each.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeSeats } from "./seats.mjs";
import { makeClass } from "./class.mjs";
import { makeEvents } from "./events.mjs";
import { makeSitting } from "./sitting.mjs";
import { makeTogether } from "./together.mjs";
import { PASSWORD, api, courseId, faults, root, signIn, start } from "./support.mjs";

const pictures = process.env.PICTURES;
const only = process.env.ONLY;
if (pictures) mkdirSync(pictures, { recursive: true });
const WIDTHS = [360, 1366], SCHEMES = ["light", "dark"], LANGUAGES = ["en", "hi"];

let site;
const at = {}; // addresses found on the way
const links = new Map();

// What a code generator shows now (RFC 6238).
function totp(secret) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", bits = [...secret].map((c) => letters.indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2))), counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
  const h = createHmac("sha1", key).update(counter).digest(), at = h[19] & 15;
  return String((h.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, "0");
}
// Sets up the second factor of the one signed in, up to the page with the recovery codes.
async function setUpFactor(page) {
  await page.goto("/me/second-factor");
  if (!await page.$(".secret")) await page.click("form[action$='/begin'] button");
  const secret = await page.textContent(".secret");
  await page.fill("[name=code]", totp(secret));
  await page.click("form[action='/me/second-factor'] .btn");
  await page.waitForSelector(".codes");
  return secret;
}

// A provider of sign-ins as far as pages need one: its documents.
async function nameProvider() {
  const provider = createServer((request, answer) => {
    const own = `http://127.0.0.1:${provider.address().port}`;
    answer.setHeader("Content-Type", "application/json");
    answer.end(JSON.stringify(request.url === "/keys" ? { keys: [{ kty: "OKP" }] } : { issuer: own, authorization_endpoint: `${own}/go`, token_endpoint: `${own}/token`, jwks_uri: `${own}/keys` }));
  });
  await new Promise((done) => provider.listen(0, "127.0.0.1", done));
  await site.command("sso", "add", "--org", "goi", "--code", "jan-parichay", "--name", "जन परिचय", "--issuer", `http://127.0.0.1:${provider.address().port}`, "--client-id", "karmayogi", "--domains", "gov.example,nic.example");
  provider.close();
}

before(async () => {
  site = await start();
  await nameProvider();
  at.sitting = makeSitting(site);
  at.seats = makeSeats(site);
  at.class = makeClass(site);
  at.together = await makeTogether(site);
  const page = await site.visit();
  await signIn(page, "asha");
  const mine = (await api(page, "/me/enrolments")).items;
  const done = mine.find((e) => e.state === "completed");
  at.done = `/courses/${done.course_id}`;
  at.serial = done.serial;
  at.active = `/courses/${mine.find((e) => e.code === "noting-and-drafting").course_id}`;
  at.open = `/courses/${await courseId(page, "Parliamentary Questions: replies that stand").catch(() => null) ?? (await api(page, "/courses?q=parliament")).items.find((c) => !c.state).id}`;
  at.openHindi = `/courses/${(await api(page, "/courses?lang=hi")).items.find((c) => !c.state).id}`;

  const film = await courseId(page, "Keeping files and systems secure");
  await page.goto(`/courses/${film}`);
  await page.click("text=Enrol");
  const parts = await page.$$eval(".outline a", (all) => all.map((a) => ({ href: a.getAttribute("href"), kind: a.parentElement.querySelector("use").getAttribute("href").split("#")[1] })));
  const part = (kind) => parts.find((p) => p.kind === kind).href;
  at.lesson = part("lesson");
  at.video = part("video");
  const quizzes = parts.filter((p) => p.kind === "quiz").map((p) => p.href);
  [at.quizOpen, at.quizDone] = quizzes;
  await page.goto(at.quizOpen);
  await page.click("main .btn");
  await page.goto(at.quizDone);
  await page.click("main .btn");
  await page.click("text=Hand in");
  await page.click("dialog .btn:not(.second)");
  await page.waitForSelector(".score");
  await page.goto(at.active);
  at.quizStart = await page.$eval(".outline a[href$='/quiz']", (a) => a.getAttribute("href"));

  const head = await site.visit();
  await signIn(head, "supervisor");
  await head.goto("/team");
  at.member = await head.$eval("main tbody a", (a) => a.getAttribute("href"));
  await head.context().close();

  const careful = await site.visit();
  await signIn(careful, "p30");
  await setUpFactor(careful);
  await careful.context().close();

  // A staff list, checked, with rows that are right and rows that are not.
  const admin = await site.visit();
  await signIn(admin, "admin");
  await admin.goto("/orgs");
  await admin.click("main .list a >> nth=0");
  const office = await admin.textContent("h1");
  await admin.click("text=Staff lists");
  at.lists = new URL(admin.url()).pathname;
  const rows = ["Employee Code,Full Name,Mail,Office,Post", `N1,मीना कुमारी,,${office},Assistant Section Officer`, "N2,Ramesh Babu,ramesh@example.gov.in,nowhere,Assistant Section Officer"];
  await admin.setInputFiles("[name=file]", { name: "staff.csv", mimeType: "text/csv", buffer: Buffer.from(rows.join("\n")) });
  await admin.click("main form .btn");
  at.list = new URL(admin.url()).pathname;
  await admin.click("text=Check the list");
  await admin.waitForSelector(".kpis");

  // A group with a course counted for it, and a rule that is being written, with a mistake.
  await admin.goto(at.lists.replace("/imports", "/groups"));
  at.groups = new URL(admin.url()).pathname;
  await admin.click("text=Write a rule");
  await admin.fill("[name=name]", "विभाग के समूह ख और ग");
  await admin.selectOption("[name='kind.0']", "group");
  await admin.click("button[value='add.0']");
  await admin.check("[name='part.0.0.pick1']");
  await admin.check("[name='part.0.0.pick2']");
  await admin.click("button[formaction$='/save']");
  at.group = new URL(admin.url()).pathname;
  await admin.selectOption("[name=course_id]", { index: 1 });
  await admin.fill("[name=due_day]", "2027-03-31");
  await admin.fill("[name=reason]", "Part of this year's plan");
  await admin.click("text=Count first");
  at.groupCourse = new URL(admin.url()).pathname;
  await admin.goto(at.group);
  await admin.click("text=Change name or rule");
  for (const [n, kind] of ["org", "level", "joined", "not_completed"].entries()) {
    await admin.selectOption("[name='kind.0']", kind);
    await admin.click("button[value='add.0']");
    await admin.waitForSelector(`[name^='part.0.${n + 1}.']`, { state: "attached" }); // what is filled in before the next page has come is lost with this one
  }
  await admin.fill("[name='part.0.1.value']", office);
  await admin.fill("[name='part.0.2.from']", "5");
  await admin.fill("[name='part.0.3.value']", "2001-01-31");
  await admin.fill("[name='part.0.4.value']", "right-to-information");
  await admin.click("button[value=block]");
  await admin.selectOption("[name='kind.1']", "people");
  await admin.click("button[value='add.1']");
  at.rule = new URL(admin.url()).pathname;

  // An additional charge that is asked for, and waits.
  await admin.goto(at.lists.replace("/imports", ""));
  at.moves = (await admin.$eval("main td a[href$='/account']", (a) => a.getAttribute("href"))).replace("/account", "/movements");
  await admin.goto(at.moves);
  await admin.selectOption("[name=kind]", "charge");
  await admin.fill("[name=office]", office);
  await admin.fill("[name=designation]", "Section Officer");
  await admin.fill("[name=from_day]", new Date(Date.now() + 10 * 86400e3).toISOString().slice(0, 10));
  await admin.fill("[name=order_no]", "A-12011/4/2026 of this week");
  await admin.fill("[name=reason]", "The section officer is on leave until the spring.");
  await admin.click("text=Ask for it");
  await admin.goto(at.lists.replace("imports", "movements"));
  at.decide = await admin.$eval("main .acts a", (a) => a.getAttribute("href"));
  at.events = await makeEvents(site, admin, page);
  await admin.context().close();
  await page.context().close();
});

after(async () => { await site.stop(); });

// A page of the administrator's organisation, and where the first link of a list there leads.
const pastTalk = async (page) => `/events/${(await api(page, "/events?when=past")).items.find((e) => e.done).id}`;
const aCampaign = async (page) => { await page.goto("/campaigns"); return page.$eval("main .list a[href^='/campaigns/']", (a) => a.getAttribute("href")); };
const anInstitute = async (page, what = "") => {
  await page.goto("/institutes?place=secretariat");
  const path = await page.$eval("main .list a[href^='/institutes/']", (a) => a.getAttribute("href"));
  if (!what) return path;
  await page.goto(path);
  return (await page.$eval("main .hello a[href$='/institute']", (a) => a.getAttribute("href"))) + (what === "/" ? "" : what);
};
const firstOfInstitute = async (page, what, link) => { await page.goto(await anInstitute(page, what)); return page.$eval(`main ${link}`, (a) => a.getAttribute("href")); };
// One's own calendar with an address that was made.
const anAddress = async (page, path) => {
  await page.goto(path);
  if (!await page.$("main a.long")) { await page.click("form[action$='/address'] button"); await page.waitForSelector("main a.long"); }
  return path;
};
// The programme that an institute holds, where it is laid down, for learners, and its batch next week.
const programmesOf = async (page) => (await anInstitute(page, "/")).replace(/institute$/, "programmes");
const aProgramme = async (page, what = "") => { await page.goto(await programmesOf(page)); return (await page.$eval("main .list a", (a) => a.getAttribute("href"))) + what; };
const ofProgramme = async (page, link) => { await page.goto(await aProgramme(page)); return page.$eval(`main ${link}`, (a) => a.getAttribute("href")); };
const firstAt = async (page, path, link) => { await page.goto(path); return page.$eval(`main ${link}`, (a) => a.getAttribute("href")); };
const myBatch = (page) => firstAt(page, "/me/programmes", ".list a[href^='/batches/']");
const runBatch = async (page, what = "/run") => {
  await page.goto("/me/batches");
  return (await page.$$eval("main .list a[href$='/run']", (all) => all.find((a) => /(for new assistants|नए सहायकों).*Batch 1$/.test(a.textContent.trim())).getAttribute("href"))).replace(/\/run$/, what);
};
const dayFromNow = (n) => new Date(Date.now() + n * 864e5).toISOString().slice(0, 10);
const aCharcha = async (page, state) => { const { items } = await api(page, "/charchas"); const c = items.find((one) => one.state === state && (one.group_id || state === "open")); return { path: `/charchas/${c.id}`, group: `/charchas/${c.id}/groups/${c.group_id}` }; };
const ofOrg = async (page, what) => { const org = await inside(page, "/orgs", "/orgs/"); return org && `${org}/${what}`; };
async function firstOf(page, what, link) {
  await page.goto(await ofOrg(page, what));
  return page.$eval(`main ${link}`, (a) => a.getAttribute("href"));
}
// A draft of a work allocation order out of the posts that are held.
async function anOrder(page) {
  await page.goto(await ofOrg(page, "allocations"));
  await page.fill("[name=number]", `A-1/${Date.now()}`);
  await page.fill("[name=subject]", "Work of the section");
  await page.fill("[name=from_day]", new Date(Date.now() + 20 * 864e5).toISOString().slice(0, 10));
  for (const [name, value] of [["begin", "posts"], ["officers", "everybody"]])
    if (await page.$(`select[name=${name}]`)) await page.selectOption(`[name=${name}]`, value);
    else await page.check(`[name=${name}][value=${value}]`);
  await page.click("form[action$='/allocations'] .btn");
  await page.waitForURL(/allocations\/\d+/);
  return new URL(page.url()).pathname;
}
// A round of placement of the vacant places.
async function aPlacement(page) {
  await page.goto(await ofOrg(page, "placements"));
  await page.fill("[name=name]", "A round");
  await page.fill("[name=from_day]", new Date(Date.now() + 20 * 864e5).toISOString().slice(0, 10));
  await page.click("form[action$='/placements'] .btn");
  await page.waitForURL(/placements\/\d+/);
  return new URL(page.url()).pathname;
}

// The item bank of the demonstration, and the first item there with these words.
async function bank(page) {
  await page.goto("/items");
  return page.$eval("main .list a", (a) => a.getAttribute("href"));
}
async function anItem(page, words) {
  await page.goto(`${await bank(page)}?words=${words}`);
  return page.$eval("#results .list a", (a) => a.getAttribute("href"));
}

// A round of workplace assessment, planned and looked at.
async function aRound(page) {
  const day = (n) => new Date(Date.now() + 5.5 * 3600e3 + n * 864e5).toISOString().slice(0, 10);
  await page.goto(`${await inside(page, "/orgs", "/orgs/")}/workplace-rounds`);
  await page.fill("[name=name]", "A round");
  await page.fill("[name=opens_day]", day(0));
  await page.fill("[name=closes_day]", day(9));
  await page.fill("[name=competencies]", "behavioural.communication");
  await page.click("aside .btn");
  await page.waitForSelector("form[action$='/begin']");
  return new URL(page.url()).pathname;
}

// Rooms of the first examination: one, in which everybody without a seat gets one. The list of seats, and the room.
async function theRooms(page) {
  if (at.room) return at;
  at.exam = await firstOf(page, "exams", ".list a");
  await page.goto(`${at.exam}/rooms`);
  await page.fill("[name=name]", "Hall 1");
  await page.fill("[name=place]", "Second floor, north");
  await page.fill("[name=day]", new Date(Date.now() + 5.5 * 3600e3 + 864e5).toISOString().slice(0, 10));
  await page.fill("[name=time]", "10:30");
  await page.fill("[name=invigilator]", "admin@demo.example");
  await page.click("form[action$='/rooms'] .btn");
  at.room = await page.$eval("main .list a[href*='/rooms/']", (a) => a.getAttribute("href"));
  at.hall = at.room.replace(/.*\/rooms/, "/rooms");
  await page.fill("[name=rows]", "20");
  await page.fill("[name=columns]", "25");
  await page.click("form[action$='/seat-everybody'] .btn");
  await page.waitForURL(/seating\/\d+/);
  at.seating = new URL(page.url()).pathname;
  await page.click("form[action$='/apply'] .btn");
  await page.waitForSelector("form[action$='/undo']");
  return at;
}

const PAGES = [
  ["asha", "home", () => "/"],
  ["asha", "courses", () => "/courses"],
  ["asha", "courses-page-2", () => "/courses?page=2"],
  ["asha", "courses-found", () => "/courses?q=note"],
  ["asha", "courses-filtered", () => "/courses?kind=common&lang=en"],
  ["asha", "notices", () => "/notices"],
  ["asha", "notices-choices", () => "/me/notices"],
  ["asha", "search", () => "/search"],
  ["asha", "search-found", () => "/search?q=note"],
  ["asha", "search-none", () => "/search?q=zzzxqv"],
  ["asha", "help", () => "/help"],
  ["asha", "courses-none", () => "/courses?q=zzzxqv"],
  ["asha", "course-open", () => at.open],
  ["asha", "course-open-hindi", () => at.openHindi],
  ["asha", "course-active", () => at.active],
  ["asha", "course-completed", () => at.done],
  ["asha", "lesson", () => at.lesson],
  ["asha", "video", () => at.video],
  ["asha", "quiz-start", () => at.quizStart],
  ["asha", "quiz-open", () => at.quizOpen],
  ["asha", "quiz-result", () => at.quizDone],
  ["asha", "learning", () => "/me/learning"],
  ["asha", "learning-none", () => "/me/learning?state=ended&kind=common"],
  ["asha", "account", () => "/me"],
  ["asha", "menu-open", () => "/me/learning", async (page) => { await page.click(".me summary"); }],
  ["asha", "wrong-password", () => "/me", async (page) => {
    await page.fill("[name=old_password]", "wrong");
    await page.fill("[name=new_password]", "short");
    await page.click("form[action='/me/password'] button");
    await page.waitForSelector(".errors");
  }],
  ["asha", "404", () => "/no/such/page"],
  ["asha", "403", () => "/provider"],
  ["supervisor", "team", () => "/team"],
  ["supervisor", "member", () => at.member],
  ["supervisor", "member-learning", () => `${at.member}/learning`],
  ["supervisor", "member-errors", () => at.member, async (page) => {
    await page.click("form[action$='/assignments'] .btn");
    await page.waitForSelector(".errors");
  }],
  ["admin", "home-admin", () => "/"],
  ["admin", "search-people", () => "/search?q=kumar"],
  ["admin", "orgs", (page) => ours(page, "/orgs")],
  ["admin", "org", (page) => inside(page, "/orgs", "/orgs/")],
  ["admin", "audit", () => at.lists.replace("imports", "audit")],
  ["admin", "audit-none", () => at.lists.replace("imports", "audit?action=no.such")],
  ["asha", "views", () => "/me/views"],
  ["asha", "tokens", () => "/me/tokens"],
  ["admin", "staff-lists", () => at.lists],
  ["admin", "staff-list", () => at.list],
  ["admin", "invitations", () => at.lists.replace("imports", "invitations")],
  ["admin", "person-account", async (page) => { await page.goto(at.lists.replace("/imports", "")); return page.$eval("main td a[href$='/account']", (a) => a.getAttribute("href")); }],
  ["admin", "roles", () => at.lists.replace("imports", "roles")],
  ["admin", "webhooks", () => at.lists.replace("imports", "webhooks")],
  ["admin", "webhook-secret", () => at.lists.replace("imports", "webhooks"), async (page) => {
    await page.fill("[name=address]", "https://hr.example.gov.in/hooks");
    await page.check("[name='kinds.enrolment.completed']");
    await page.click("form[action$='/webhooks'] .btn:not(.link)");
  }],
  ["admin", "webhook", () => at.lists.replace("imports", "webhooks"), async (page) => {
    await page.click(".list a[href*='/webhooks/']");
    await page.click("form[action$='/trial'] .btn");
    await page.fill("#f-since", "2026-01-01");
    await page.click("form[method=get] .btn.second:not(.icon)");
  }],
  ["admin", "registration", () => at.lists.replace("imports", "registration"), async (page) => {
    await page.fill("[name=until_day]", new Date(Date.now() + 86400000).toISOString().slice(0, 10));
    await page.click("form[action$='/registration/links'] .btn");
  }],
  ["admin", "duplicates", () => at.lists.replace("imports", "duplicates"), async (page) => {
    if (await page.$("form[action$='/look']")) await page.click("form[action$='/look'] .btn");
    await page.fill("[name=kept]", "nobody@example.org");
    await page.fill("[name=closed]", "9876500000");
    await page.click("form[action$='/find'] .btn");
    await page.waitForSelector(".errors");
  }],
  ["admin", "merge", async (page) => {
    await page.goto(at.lists.replace("/imports", ""));
    const people = await page.$$eval("main td a[href$='/account']", (all) => all.map((a) => a.getAttribute("href").split("/")[2]));
    return at.lists.replace("imports", `duplicates/${people[0]}/${people[1]}`);
  }],
  [null, "register", () => "/register"],
  [null, "register-errors", () => "/register", async (page) => {
    await page.fill("[name=name]", "Asha");
    await page.click("form[action='/register'] .btn");
    await page.waitForSelector(".errors");
  }],
  [null, "register-over", () => "/register/by/0123456789abcdef0123456789abcdef"],
  [null, "register-codes", () => "/register/codes"],
  [null, "register-waits", () => "/register/waits"],
  ["admin", "fields", () => at.lists.replace("imports", "fields"), async (page) => {
    await page.fill("[name=name_en]", `Place of posting ${Date.now()}`);
    await page.fill("[name=name_hi]", "पदस्थापन का स्थान");
    await page.click("form[action$='/fields'] .btn:not(.link)");
  }],
  ["asha", "profile", () => "/me/profile", async (page) => {
    const input = await page.$("form[action='/me/profile'] input[type=text]");
    if (!input) return;
    await input.fill("Pune");
    await page.click("form[action='/me/profile'] .btn");
  }],
  ["admin", "person-profile", async (page) => { const org = await inside(page, "/orgs", "/orgs/"); await page.goto(org); return (await page.$eval("main td a[href$='/account']", (a) => a.getAttribute("href"))).replace("/account", "/profile"); }],
  ["admin", "roles-errors", () => at.lists.replace("imports", "roles"), async (page) => {
    await page.fill("form[action$='/roles'] [name=person]", "nobody@example.org");
    await page.click("form[action$='/roles'] .btn:not(.link)");
    await page.waitForSelector(".errors");
  }],
  ["admin", "acting", () => "/me/acting"],
  ["operator", "support", async (page) => { const org = await inside(page, "/orgs", "/orgs/"); if (!org) return null; await page.goto(org); return (await page.$eval("main td a[href$='/account']", (a) => a.getAttribute("href"))).replace("/account", "/support"); }],
  ["operator", "providers", async (page) => { const org = await inside(page, "/orgs", "/orgs/"); return org && `${org}/providers`; }],
  ["operator", "providers-saml", async (page) => { const org = await inside(page, "/orgs", "/orgs/"); return org && `${org}/providers/saml`; }],
  ["publisher", "item-banks", () => "/items"],
  ["publisher", "item-bank", bank],
  ["publisher", "item-bank-none", async (page) => `${await bank(page)}?words=zzzxqv`],
  ["publisher", "item-single", (page) => anItem(page, "rti-01")],
  ["publisher", "item-in-review", (page) => anItem(page, "rti-15")],
  ["publisher", "item-hotspot", (page) => anItem(page, "note-03")],
  ["publisher", "item-ordering", (page) => anItem(page, "note-04")],
  ["publisher", "item-matching", (page) => anItem(page, "conduct-03")],
  ["publisher", "item-long", (page) => anItem(page, "rti-14")],
  ["publisher", "item-case", (page) => anItem(page, "applicant+officer+objects")],
  ["publisher", "item-versions", async (page) => `${await anItem(page, "rti-01")}/versions`],
  ["publisher", "item-change", async (page) => `${await anItem(page, "rti-06")}/change`],
  ["publisher", "item-translation", async (page) => `${await anItem(page, "rti-08")}/texts/ta`],
  ...["single", "truefalse", "numeric", "hotspot", "long", "case"].map((kind) => ["publisher", `item-new-${kind}`, async (page) => (await bank(page)).replace("/items", `/new-item?kind=${kind}`)]),
  ["publisher", "item-errors", async (page) => (await bank(page)).replace("/items", "/new-item?kind=multiple"), async (page) => {
    await page.fill("[name=text]", "Which of these?");
    await page.fill("[name='option.1']", "only one");
    await page.click(".item-form .btn");
    await page.waitForSelector(".errors");
  }],
  ["publisher", "item-files", async (page) => (await bank(page)).replace("/items", "/item-imports")],
  ["publisher", "item-file", async (page) => (await bank(page)).replace("/items", "/item-imports"), async (page) => {
    await page.setInputFiles("[name=file]", { name: "items.gift", mimeType: "text/plain", buffer: Buffer.from("::new-1::How many days? {=thirty ~sixty}\n\n::new-2::Which? {~a ~b\n") });
    await page.click("main form .btn");
    await page.waitForSelector(".kpis");
  }],
  ["asha", "competencies", () => "/competencies"],
  ["asha", "competency", async (page) => { await page.goto("/competencies"); return page.$$eval("main li a", (all) => all.find((a) => /Noting|टिप्पण/.test(a.textContent)).getAttribute("href")); }],
  ["asha", "gaps", () => "/me/gaps"],
  ["asha", "work", () => "/me/work"],
  ["asha", "plan", () => "/me/plan"],
  ["asha", "plan-individual", () => "/me/plan/individual"],
  ["asha", "career", () => "/me/career"],
  ["asha", "preferences", () => "/me/preferences"],
  ["supervisor", "member-gaps", () => `${at.member}/gaps`],
  ["asha", "my-requests", () => "/me/requests"],
  ["asha", "request-waiting", () => `${at.seats.full}/request`],
  ["asha", "request-ask", () => `${at.seats.open}/request`],
  ["admin", "requests-office", () => `${at.seats.org}/requests`],
  ["admin", "requests-office-errors", () => `${at.seats.org}/requests`, async (page) => { await page.click("form[action$='/decide'] .btn"); await page.waitForSelector(".errors"); }],
  ["admin", "batches-open", () => `${at.seats.org}/open-batches`],
  ["admin", "batch-nominate", () => `${at.seats.nominate}?q=a`],
  ["admin", "seat-offers", () => `${at.seats.org}/seat-offers`],
  ["admin", "batch-requests", () => `${at.seats.full}/requests`],
  ["admin", "batch-waiting", () => `${at.seats.full}/requests?state=waiting`],
  ["admin", "batch-request", () => at.seats.one],
  ["admin", "batch-seats", () => `${at.seats.full}/seats`],
  ["admin", "batch-seats-errors", () => `${at.seats.full}/seats`, async (page) => { await page.click("form[action$='/quotas'] .btn"); await page.waitForSelector(".errors"); }],
  ["admin", "batch-clashes", () => `${at.seats.full}/clashes`],
  ["admin", "batch-list", () => at.seats.list],
  ["asha", "campaigns", () => "/campaigns"],
  ["asha", "campaign", aCampaign],
  ["asha", "campaign-board", async (page) => `${await aCampaign(page)}/board`],
  ["asha", "campaign-screen", async (page) => `${await aCampaign(page)}/screen`],
  ["asha", "charchas", () => "/charchas"],
  ["asha", "charcha-open", async (page) => (await aCharcha(page, "open")).path],
  ["asha", "charcha-drawn", async (page) => (await aCharcha(page, "drawn")).path],
  ["asha", "charcha-closed", async (page) => (await aCharcha(page, "closed")).path],
  ["asha", "charcha-group", async (page) => (await aCharcha(page, "drawn")).group],
  ["asha", "charcha-minutes", async (page) => (await aCharcha(page, "closed")).group],
  ["asha", "charcha-conclusions", async (page) => `${(await aCharcha(page, "drawn")).group}/conclusions`],
  ["asha", "charcha-history", async (page) => `${(await aCharcha(page, "closed")).group}/history`],
  ["asha", "charcha-point", async (page) => { const { group } = await aCharcha(page, "closed"); const { items } = await api(page, `${group}/points`); return `${group}/points/${items[0].id}`; }],
  ["asha", "charcha-say", async (page) => { await page.goto("/charchas"); return page.$eval("main a[href^='/charcha-commitments/']", (a) => a.getAttribute("href")); }],
  ["operator", "org-charchas", (page) => ofOrg(page, "charchas")],
  ["operator", "org-charcha-new", (page) => ofOrg(page, "charchas/new")],
  ["operator", "org-charcha", (page) => firstOf(page, "charchas", ".list li:nth-child(2) a")],
  ["operator", "org-charcha-open", (page) => firstOf(page, "charchas", ".list li:first-child a")],
  ["operator", "org-charcha-edit", async (page) => `${await firstOf(page, "charchas", ".list li:first-child a")}/edit`],
  ["operator", "org-charcha-people", async (page) => `${await firstOf(page, "charchas", ".list li:nth-child(2) a")}/people`],
  ["operator", "org-charcha-draw", async (page) => { await page.goto(await firstOf(page, "charchas", ".list li:nth-child(2) a")); return page.$eval("main a[href*='/draws/']", (a) => a.getAttribute("href")); }],
  ["operator", "org-charcha-synthesis", async (page) => `${await firstOf(page, "charchas", ".list li:nth-child(3) a")}/synthesis`],
  ["asha", "events", () => "/events"],
  ["asha", "events-mine", () => "/events?when=mine"],
  ["asha", "events-past", () => "/events?when=past"],
  ["asha", "event", () => at.events.event],
  ["asha", "event-past", pastTalk],
  ["asha", "event-live", () => `${at.events.event}/live`],
  ["asha", "event-series", async (page) => { await page.goto(await pastTalk(page)); return page.$eval("main a[href^='/event-series/']", (a) => a.getAttribute("href")); }],
  ["admin", "org-events", (page) => ofOrg(page, "events")],
  ["admin", "org-event", () => at.events.on],
  ["admin", "org-event-ended", () => at.events.room],
  ["admin", "org-event-people", () => `${at.events.room}/people`],
  ["admin", "org-event-list", () => at.events.list],
  ["admin", "org-event-new", (page) => ofOrg(page, "events/new")],
  ["admin", "org-event-errors", (page) => ofOrg(page, "events/new"), async (page) => { await page.click("main form .btn"); await page.waitForSelector(".errors"); }],
  ["admin", "org-campaigns", (page) => ofOrg(page, "campaigns")],
  ["admin", "org-campaign-board", (page) => firstOf(page, "campaigns", ".list li > div:first-child a")],
  ["admin", "org-campaign-dates", (page) => firstOf(page, "campaigns", ".list .end a")],
  ["admin", "org-campaign-counts", (page) => firstOf(page, "campaigns", ".list .end a[href$='/counts']")],
  ["asha", "institutes", () => "/institutes"],
  ["asha", "institute", (page) => anInstitute(page)],
  ["asha", "institute-calendar", () => "/institutes/calendar"],
  ["asha", "institute-calendar-month", () => "/institutes/calendar?view=month"],
  ["asha", "institute-free", () => `/institutes/free?seats=30&from_day=${dayFromNow(2)}&until_day=${dayFromNow(4)}`],
  ["asha", "my-calendar", (page) => anAddress(page, "/me/calendar")],
  ["supervisor", "my-calendar-new", () => "/me/calendar"],
  ["admin", "institute-manage", (page) => anInstitute(page, "/")],
  ["admin", "institute-none", (page) => ofOrg(page, "institute")],
  ["admin", "institute-rooms", (page) => anInstitute(page, "/rooms")],
  ["admin", "institute-room", (page) => firstOfInstitute(page, "/rooms", ".list a")],
  ["admin", "institute-hostels", (page) => anInstitute(page, "/hostels")],
  ["admin", "institute-hostel", (page) => firstOfInstitute(page, "/hostels", ".list a")],
  ["admin", "institute-bookings", (page) => anInstitute(page, "/bookings")],
  ["admin", "institute-booking", (page) => firstOfInstitute(page, "/bookings", ".list a")],
  ["admin", "institute-booking-errors", (page) => anInstitute(page, "/bookings"), async (page) => { await page.click("form[action$='/bookings'] .btn"); await page.waitForSelector(".errors"); }],
  ["admin", "institute-faculty", (page) => anInstitute(page, "/faculty")],
  ["admin", "institute-faculty-one", (page) => firstOfInstitute(page, "/faculty", ".list a")],
  ["admin", "institute-evidence", (page) => anInstitute(page, "/evidence")],
  ["admin", "institute-feed", async (page) => anAddress(page, await anInstitute(page, "/calendar"))],
  ["admin", "gap-map", (page) => ofOrg(page, "gaps")],
  ["admin", "gap-map-designations", (page) => ofOrg(page, "gaps?by=designation")],
  ["admin", "gap-people", (page) => firstOf(page, "gaps", "tbody th a")],
  ["admin", "posts", (page) => ofOrg(page, "posts")],
  ["admin", "posts-vacant", (page) => ofOrg(page, "posts?show=vacant")],
  ["admin", "post", (page) => firstOf(page, "posts", "tbody th a")],
  ["admin", "post-errors", (page) => firstOf(page, "posts", "tbody th a"), async (page) => { await page.click("form[action$='/holdings'] .btn"); await page.waitForSelector(".errors"); }],
  ["admin", "post-new", (page) => ofOrg(page, "new-post")],
  ["admin", "candidates", async (page) => `${await firstOf(page, "posts", "tbody th a")}/candidates`],
  ["admin", "candidate", async (page) => { await page.goto(`${await firstOf(page, "posts", "tbody th a")}/candidates`); return page.$eval("main tbody th a", (a) => a.getAttribute("href")); }],
  ["admin", "candidates-fairness", async (page) => `${await firstOf(page, "posts", "tbody th a")}/fairness`],
  ["admin", "posts-without", (page) => ofOrg(page, "posts/without")],
  ["admin", "work-roles", (page) => ofOrg(page, "work-roles")],
  ["admin", "work-role", (page) => firstOf(page, "work-roles", "a[href*='/work-roles/']")],
  ["admin", "establishment", (page) => ofOrg(page, "establishment")],
  ["admin", "succession", (page) => ofOrg(page, "succession")],
  ["admin", "career-steps", (page) => ofOrg(page, "career")],
  ["admin", "allocations", (page) => ofOrg(page, "allocations")],
  ["admin", "allocation", anOrder],
  ["admin", "placements", (page) => ofOrg(page, "placements")],
  ["admin", "placement", aPlacement],
  ["asha", "passbook", () => "/me/competencies"],
  ["asha", "passbook-links", () => "/me/passbook", async (page) => {
    await page.click("aside form .btn");
    await page.waitForSelector(".errors");
  }],
  ["asha", "passbook-link", () => "/me/passbook", async (page) => {
    await page.fill("[name=for_whom]", "चयन समिति");
    await page.fill("[name=until_day]", new Date(Date.now() + 10 * 86400e3).toISOString().slice(0, 10));
    await page.check("[name=with_evidence]");
    await page.click("aside form .btn");
    at.shared = new URL(await page.getAttribute("a.long", "href")).pathname;
  }],
  [null, "passbook-door", () => at.shared],
  [null, "passbook-shared", () => at.shared, async (page) => { await page.click("main form .btn"); await page.waitForSelector("table"); }],
  ["asha", "level", async (page) => { await page.goto("/me/competencies"); return page.$eval("main tbody a", (a) => a.getAttribute("href")); }],
  ["supervisor", "member-level", async (page) => { await page.goto(`${at.member}/competencies`); return page.$eval("main tbody a", (a) => a.getAttribute("href")); }],
  ["supervisor", "member-level-errors", async (page) => { await page.goto(`${at.member}/competencies`); return page.$eval("main tbody a", (a) => a.getAttribute("href")); }, async (page) => {
    await page.fill("[name=level]", "7");
    await page.click("aside .btn");
    await page.waitForSelector(".errors");
  }],
  ["admin", "workplace-rounds", async (page) => { const org = await inside(page, "/orgs", "/orgs/"); return org && `${org}/workplace-rounds`; }],
  ["admin", "workplace-rounds-errors", async (page) => { const org = await inside(page, "/orgs", "/orgs/"); return org && `${org}/workplace-rounds`; }, async (page) => {
    await page.fill("[name=name]", "A round");
    await page.click("aside .btn");
    await page.waitForSelector(".errors");
  }],
  ["admin", "workplace-round", aRound],
  ["admin", "workplace-round-open", async (page) => {
    const round = await aRound(page);
    await page.click("form[action$='/begin'] button");
    await page.waitForSelector("form[action$='/undo']");
    return round;
  }],
  ["admin", "workplace-fairness", async (page) => `${await aRound(page)}/fairness`],
  ["admin", "exams", (page) => ofOrg(page, "exams")],
  ["admin", "exam-kinds", (page) => ofOrg(page, "exams/new")],
  ["admin", "exam-new", (page) => ofOrg(page, "exams/new?kind=comprehensive")],
  ["admin", "exam-new-errors", (page) => ofOrg(page, "exams/new?kind=course"), async (page) => { await page.click("form[action$='/exams'] .btn"); await page.waitForSelector(".errors"); }],
  ["admin", "exam", (page) => firstOf(page, "exams", ".list a")],
  ["admin", "exam-draft", (page) => firstOf(page, "exams", ".list a"), async (page) => { await page.click("form[action$='/copy'] .btn"); await page.waitForSelector("form[action$='/parts']"); }],
  ["admin", "exam-settings", async (page) => `${await firstOf(page, "exams", ".list a")}/change`],
  ["admin", "exam-forms", async (page) => `${await firstOf(page, "exams", ".list a")}/forms`],
  ["admin", "exam-trial-none", async (page) => `${await firstOf(page, "exams", ".list a")}/trial`],
  ["asha", "exemptions", () => "/me/exemptions"],
  ["operator", "campaign-counts", async (page) => { const campaign = await aCampaign(page), org = await inside(page, "/orgs", "/orgs/"); return org && `${org}${campaign}/counts?words=a`; }],
  ["operator", "campaign-themes", async (page) => { const campaign = await aCampaign(page), org = await inside(page, "/orgs", "/orgs/"); return org && `${org}${campaign}/themes`; }],
  ["asha", "karma", () => "/me/karma"],
  ["asha", "karma-board", () => "/me/karma/board"],
  ["operator", "karma-rules", () => "/karma/rules"],
  ["admin", "exam-forms-look", async (page) => `${await firstOf(page, "exams", ".list a")}/forms/look?forms=1`],
  ["admin", "exam-forms-short", async (page) => `${await firstOf(page, "exams", ".list a")}/forms/look?forms=20`],
  ["admin", "exam-rooms", async (page) => `${(await theRooms(page)).exam}/rooms`],
  ["admin", "exam-rooms-errors", async (page) => `${(await theRooms(page)).exam}/rooms`, async (page) => { await page.click("form[action$='/rooms'] .btn"); await page.waitForSelector(".errors"); }],
  ["admin", "exam-seating", async (page) => (await theRooms(page)).seating],
  ["admin", "exam-room", async (page) => (await theRooms(page)).room],
  ["admin", "hall", async (page) => (await theRooms(page)).hall],
  ["admin", "hall-seat", async (page) => { await page.goto((await theRooms(page)).hall); return page.$eval("main td a[href*='/seats/']", (a) => a.getAttribute("href")); }],
  ["admin", "hall-seat-errors", async (page) => { await page.goto((await theRooms(page)).hall); return page.$eval("main td a[href*='/seats/']", (a) => a.getAttribute("href")); }, async (page) => {
    await page.click("form[action$='/move'] .btn");
    await page.waitForSelector(".errors");
  }],
  ["admin", "rooms-own", () => "/rooms"],
  ["admin", "exam-signals", async (page) => `${(await theRooms(page)).exam}/signals`],
  ["asha", "signals-own", () => "/me/exam-signals"],
  ["asha", "exams-mine", () => "/exams"],
  ["asha", "exam-start", async (page) => { await page.goto("/exams"); return page.$eval("main .list a[href^='/exams/']", (a) => a.getAttribute("href")); }],
  ["asha", "workplace-assessments", () => "/me/workplace-assessments"],
  ["asha", "workplace-assessment", async (page) => { await page.goto("/me/workplace-assessments"); return page.$eval("main .list a", (a) => a.getAttribute("href")); }],
  ["asha", "workplace-results", () => "/me/workplace-results"],
  ["asha", "programmes", () => "/programmes"],
  ["asha", "programmes-none", () => "/programmes?place=nowhere"],
  ["asha", "programme", (page) => firstAt(page, "/programmes", ".list a[href^='/programmes/']")],
  ["asha", "my-programmes", () => "/me/programmes"],
  ["sunita", "my-programmes-none", () => "/me/programmes"],
  ["asha", "my-batch", myBatch],
  ["asha", "my-assignment", async (page) => firstAt(page, await myBatch(page), ".list a[href*='/parts/']"), async (page) => {
    await page.fill("[name=words]", "What is asked, what the rules say, what is proposed.\n\nDraft below.");
    await page.click("form[action$='/work'] .btn:not(.second)");
    await page.waitForSelector(".note.good");
  }],
  ["asha", "my-survey", async (page) => { await page.goto(await myBatch(page)); return page.$$eval("main .list a[href*='/parts/']", (all) => all.at(-1).getAttribute("href")); }],
  ["asha", "my-survey-errors", async (page) => { await page.goto(await myBatch(page)); return page.$$eval("main .list a[href*='/parts/']", (all) => all.at(-1).getAttribute("href")); }, async (page) => {
    await page.click("form[action$='/answers'] .btn");
    await page.waitForSelector(".errors");
  }],
  ["admin", "org-programmes", programmesOf],
  ["admin", "org-programme-new", async (page) => `${await programmesOf(page)}/new`],
  ["admin", "org-programme", (page) => aProgramme(page)],
  ["admin", "org-programme-change", (page) => aProgramme(page, "/change")],
  ["admin", "programme-part", (page) => ofProgramme(page, "td a[href*='/parts/']")],
  ["admin", "programme-part-session", (page) => aProgramme(page, "/parts/new?kind=session")],
  ["admin", "programme-part-survey", (page) => aProgramme(page, "/parts/new?kind=survey"), async (page) => { await page.click("form[action$='/parts'] .btn"); await page.waitForSelector(".errors"); }],
  ["admin", "batch-new", (page) => aProgramme(page, "/batches/new")],
  ["admin", "batch-run-manage", (page) => ofProgramme(page, ".list a[href$='/run']")],
  ["admin", "batch-change", async (page) => firstAt(page, await ofProgramme(page, ".list a[href$='/run']"), "aside a[href*='/batches/'][href^='/orgs/']")],
  ["supervisor", "batches", () => "/me/batches"],
  ["supervisor", "batch-run", (page) => runBatch(page)],
  ["supervisor", "batch-session-new", (page) => runBatch(page, "/sessions/new")],
  ["supervisor", "batch-session", async (page) => firstAt(page, await runBatch(page), ".list a[href*='/sessions/']")],
  ["supervisor", "batch-material", (page) => runBatch(page, "/materials/new"), async (page) => { await page.click("form[action$='/materials'] .btn"); await page.waitForSelector(".errors"); }],
  ["supervisor", "batch-people", (page) => runBatch(page, "/people")],
  ["supervisor", "batch-works", (page) => runBatch(page, "/work")],
  ["supervisor", "batch-work", async (page) => firstAt(page, await runBatch(page, "/work"), ".list a")],
  ["supervisor", "batch-survey", async (page) => firstAt(page, await runBatch(page), "a[href*='/surveys/']")],
  ["supervisor", "attendance-classes", () => "/attendance"],
  ["supervisor", "attendance", () => at.class.page("/attendance"), async (page) => {
    await page.goto(at.class.page("/attendance"));
    if (await page.$("form[action$='/door'] button")) await page.click("form[action$='/door'] button");
  }],
  ["supervisor", "attendance-screen", () => at.class.page("/screen")],
  ["supervisor", "attendance-one", () => at.class.page(`/attendance/${at.class.asha}`), async (page) => { await page.click("main form .btn"); await page.waitForSelector(".errors"); }],
  ["supervisor", "attendance-list", () => at.class.page("/attendance"), async (page) => {
    await page.setInputFiles("[name=file]", { name: "hall.csv", mimeType: "text/csv", buffer: Buffer.from("person,there\nasha@demo.example,yes\nnobody@demo.example,yes\n") });
    await page.click("form[action$='/attendance-lists'] .btn");
    await page.waitForSelector(".kpis");
  }],
  ["supervisor", "roster", () => at.class.page("/roster")],
  [null, "attend-signed-out", () => `/attend/${at.class.now}`],
  ["asha", "attend", () => `/attend/${at.class.now}`],
  ["asha", "attend-old", () => `/attend/${at.class.now}?token=1.00000000000000000000`],
  ["asha", "my-attendance", () => "/me/attendance"],
  ["asha", "my-attendance-one", () => `/me/attendance/${at.class.before}`],
  ["supervisor", "together", () => at.together.page()],
  ["supervisor", "together-screen", () => at.together.page("/screen")],
  ["supervisor", "together-roster", () => at.together.page("/roster")],
  ["supervisor", "together-look", () => at.together.page("/ticks?all=1")],
  ["supervisor", "together-turns", () => at.together.page("/turns"), async (page) => { await page.fill("main [type=password] >> nth=0", "111222"); await page.click("main .btn >> nth=0"); await page.waitForSelector(".errors"); }],
  ["supervisor", "together-sheets", () => at.together.page("/sheets")],
  ["supervisor", "together-key", () => at.together.sheet],
  ["supervisor", "together-key-looked", () => `${at.together.sheet}?answer.1=A&answer.2=A&answer.3=A`],
  ["supervisor", "together-hosts", () => "/team/together"],
  ["supervisor", "together-person", () => `/people/${at.together.asha}/together`],
  [null, "together-join-signed-out", () => at.together.page("/join")],
  ["asha", "together-join", () => at.together.page("/join")],
  ["sunita", "together-join-old", () => at.together.page("/join?token=1.00000000000000000000")],
  ["asha", "together-number", () => "/join", async (page) => { await page.fill("[name=number]", "000000"); await page.click("main form .btn"); await page.waitForSelector(".errors"); }],
  ["asha", "together-mine", () => "/together"],
  ["asha", "together-check", () => at.together.check, async (page) => {
    if (await page.$("form[action$='/check'] .btn")) await page.click("form[action$='/check'] .btn");
    await page.waitForSelector("fieldset.question");
  }],
  ["asha", "together-lesson", () => `/resources/${at.together.lesson}`],
  ["asha", "personal-number", () => "/me/personal-number", async (page) => { await page.fill("[name=number]", "123456"); await page.click("main form .btn"); await page.waitForSelector(".errors"); }],
  ["asha", "exam-report", () => `${at.sitting.paper}/report`],
  ["asha", "exam-appeals", () => `${at.sitting.paper}/appeals`],
  ["asha", "exam-appeals-errors", () => `${at.sitting.paper}/appeals`, async (page) => { await page.click("main form .btn"); await page.waitForSelector(".errors"); }],
  ["admin", "exam-office-report", () => `${at.sitting.exam}/report`],
  ["admin", "exam-people", () => `${at.sitting.exam}/people`],
  ["admin", "exam-review", () => `${at.sitting.exam}/review`],
  ["admin", "exam-review-item", () => `${at.sitting.exam}/review/${at.sitting.item}`],
  ["admin", "exam-ruling", () => at.sitting.ruling],
  ["admin", "exam-office-appeals", () => `${at.sitting.exam}/appeals`],
  ["admin", "exam-office-appeal", () => at.sitting.appeal],
  ["admin", "exam-marking-progress", () => `${at.sitting.exam}/marking/progress`],
  ["operator", "exams-marking", () => `${at.sitting.org}/marking`],
  ["operator", "exam-marking", () => `${at.sitting.exam}/marking`],
  ["operator", "exam-marking-answer", async (page) => {
    await page.goto(`${at.sitting.exam}/marking`);
    await page.click("main .acts .btn");
    await page.waitForSelector("[name='points.0']");
    return new URL(page.url()).pathname;
  }],
  ["operator", "exam-marking-answer-errors", async (page) => {
    await page.goto(`${at.sitting.exam}/marking`);
    await page.click("main .acts .btn");
    await page.waitForSelector("[name='points.0']");
    return new URL(page.url()).pathname;
  }, async (page) => { await page.fill("[name='points.0']", "7"); await page.click("main form .btn"); await page.waitForSelector(".errors"); }],
  ["operator", "exam-item-review", () => `${at.sitting.exam}/item-review/${at.sitting.item}`],
  ["supervisor", "member-workplace-results", () => `${at.member}/workplace-results`],
  ["operator", "frameworks", async (page) => { const org = await inside(page, "/orgs", "/orgs/"); return org && `${org}/frameworks`; }],
  ["operator", "framework-import", async (page) => {
    const org = await inside(page, "/orgs", "/orgs/");
    if (!org) return null;
    await page.goto(`${org}/frameworks`);
    const file = readFileSync(join(root, "framework/kcm.csv"), "utf8").replace("Self-Awareness,", "Self-awareness,").replace(/sub-theme,behavioural.resilience.*\r\n/, "");
    await page.setInputFiles("[name=file]", { name: "kcm.csv", mimeType: "text/csv", buffer: Buffer.from(file) });
    await page.click("aside .btn");
    await page.waitForSelector("table");
    return new URL(page.url()).pathname;
  }],
  ["operator", "frameworks-errors", async (page) => { const org = await inside(page, "/orgs", "/orgs/"); return org && `${org}/frameworks`; }, async (page) => {
    await page.setInputFiles("[name=file]", { name: "x.csv", mimeType: "text/csv", buffer: Buffer.from("kind,colour\n") });
    await page.click("aside .btn");
    await page.waitForSelector(".errors");
  }],
  ["operator", "providers-errors", async (page) => { const org = await inside(page, "/orgs", "/orgs/"); return org && `${org}/providers`; }, async (page) => {
    await page.fill("[name=code]", "Not so");
    await page.click("aside .btn");
    await page.waitForSelector(".errors");
  }],
  [null, "sso-find", () => "/sso/find"],
  [null, "sso-find-none", () => "/sso/find?email=asha@elsewhere.example"],
  [null, "sso-back-none", () => "/sso/back/jan-parichay"],
  [null, "sso-back", () => "/sso/back/jan-parichay?state=x&code=y", (page) => page.waitForSelector(".errors")], // goes on by itself, and is not ours
  [null, "sso-left", () => "/sso/left"],
  ["asha", "contact", () => "/me/contacts/email"],
  ["asha", "factor-none", () => "/me/second-factor"],
  ["p31", "factor-begun", () => "/me/second-factor", async (page) => {
    if (!await page.$(".secret")) await page.click("form[action$='/begin'] button");
    await page.waitForSelector(".qr");
  }],
  ["p32", "recovery", () => "/verify", async (page) => {
    await site.command("person", "second-factor", "--login", "p32@demo.example", "--off");
    await signIn(page, "p32");
    await setUpFactor(page);
  }],
  ["p32", "factor-on", () => "/me/second-factor"],
  ["admin", "groups", () => at.groups],
  ["admin", "group", () => at.group],
  ["admin", "group-course", () => at.groupCourse],
  ["admin", "group-rule", () => at.rule],
  ["admin", "group-rule-preview", () => at.rule, async (page) => {
    await page.fill("[name='part.1.0.value']", "asha@demo.example");
    await page.waitForSelector("#preview .num, #preview ul li");
  }],
  ["admin", "group-rule-errors", () => at.rule, async (page) => {
    await page.fill("[name='part.1.0.value']", "nobody@demo.example");
    await page.click("button[formaction$='/save']");
    await page.waitForSelector(".errors");
  }],
  ["admin", "movements", () => at.lists.replace("imports", "movements")],
  ["admin", "movement-decide", () => at.decide],
  ["admin", "movements-person", () => at.moves],
  ["admin", "movements-errors", () => at.moves, async (page) => {
    await page.fill("[name=office]", "nowhere");
    await page.click("form[action$='/movements'] .btn");
    await page.waitForSelector(".errors");
  }],
  ["author", "provider", () => "/provider"],
  ["operator", "home-operator", () => "/"],
  ["operator", "operation", () => "/operation"],
  ["sunita", "home-sunita", () => "/"],
  [null, "sign-in", () => "/sign-in"],
  [null, "sign-in-errors", () => "/sign-in", async (page) => {
    await page.fill("[name=login]", "nobody@demo.example");
    await page.fill("[name=password]", "not this one");
    await page.click("main button");
    await page.waitForSelector(".errors, .note");
  }],
  [null, "sign-in-empty", () => "/sign-in", async (page) => {
    await page.click("main button");
    await page.waitForSelector(".errors");
  }],
  [null, "sign-in-second", () => "/sign-in", async (page) => {
    await page.fill("[name=login]", "p30@demo.example");
    await page.fill("[name=password]", PASSWORD);
    await page.click("main button");
    await page.waitForURL((url) => url.pathname === "/sign-in/second");
  }],
  [null, "sign-in-code", () => "/sign-in/code"],
  [null, "sign-in-code-enter", () => "/sign-in/code", async (page) => {
    await page.fill("[name=login]", "asha@demo.example");
    await page.click("main button");
    await page.waitForSelector("[name=code]");
  }],
  [null, "reset", () => "/reset"],
  [null, "reset-sent", () => "/reset/sent"],
  [null, "set-password-none", () => "/set-password?token=0"],
  [null, "verify", () => "/verify"],
  [null, "verify-found", () => `/verify/${at.serial}`],
  [null, "verify-none", () => "/verify?serial=ABCD-EFGH-JKMN"],
];

// A place that only some builds have: its address if the navigation leads there, null if not.
const ours = async (page, address) => {
  await page.goto("/");
  return (await page.$(`.nav a[href="${address}"]`)) ? address : null;
};
const inside = async (page, list, start) => {
  if (!await ours(page, list)) return null;
  await page.goto(list);
  return page.$eval(`main a[href^="${start}"]`, (a) => a.getAttribute("href")).catch(() => null);
};

// ── English that is left on a Hindi page ──

function texts() {
  const out = [];
  const one = /((?:"(?:[^"\\]|\\.)*"\s*)+)/;
  for (const entry of readFileSync(join(root, "po/hi.po"), "utf8").split(/\n\s*\n/)) {
    const get = (key) => { const m = new RegExp(`^${key} ${one.source}`, "m").exec(entry); return m ? m[1].split("\n").filter(Boolean).map((l) => JSON.parse(l.trim())).join("") : null; };
    const id = get("msgid"), plural = get("msgid_plural"), hindi = get(plural ? "msgstr\\[0\\]" : "msgstr");
    if (id && !/^#~/m.test(entry)) out.push({ id, plural, hindi: /^#,.*fuzzy/m.test(entry) ? "" : hindi });
  }
  return out;
}
const NUMBERS = /^\{(n|total|all|left|done|max|marks|percent|covered|needed)\}$/;
const all = texts();
const open = all.filter((t) => !t.hindi).length;
const patterns = all.filter((t) => t.hindi !== t.id).flatMap((t) => [t.id, t.plural]).filter((id) => id && (id.replace(/\{[a-z_]+\}/g, "").match(/[A-Za-z]/g) || []).length >= 3)
  .map((id) => new RegExp(`^${id.split(/(\{[a-z_]+\})/).map((s, i) => i % 2 ? (NUMBERS.test(s) ? "[^A-Za-z]*" : ".*") : s.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+")).join("\\s*")}$`));

async function english(page) {
  const seen = await page.evaluate(() => {
    // (Titles of modules and parts are the course's own words: data.)
    const out = new Set(), own = (e) => e.closest("[lang]")?.lang === "hi" && !e.matches(".outline a, .module h3");
    const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const e = walk.currentNode.parentElement, text = walk.currentNode.data.trim().replace(/\s+/g, " ");
      if (text && own(e) && !e.closest("script, style")) out.add(text);
    }
    for (const e of document.querySelectorAll("*"))
      if (own(e)) for (const { name, value } of e.attributes) if (/^(aria-label|placeholder|title|alt|data-t-.*|data-confirm|data-yes|data-no)$/.test(name) && value.trim()) out.add(value.trim());
    return [...out];
  });
  return seen.filter((text) => /[A-Za-z]/.test(text) && patterns.some((p) => p.test(text)));
}

// ── the test ──

for (const lang of LANGUAGES) {
  const visitors = new Map();
  async function visitor(who) {
    if (!visitors.has(who)) {
      // (Chromium says on the console that a page answers 4xx; that is meant here.)
      const page = await site.visit({ expect: /the server responded with a status of 4(0[0134]|22)/ });
      if (who) await signIn(page, who);
      await page.goto(`/language/${lang}?to=/verify`);
      visitors.set(who, page);
    }
    return visitors.get(who);
  }
  for (const [who, name, address, act] of PAGES) {
    if (only && !only.split(",").includes(name)) continue;
    test(`${name}, ${lang}`, async (t) => {
      const page = await visitor(who);
      const to = await address(page);
      if (!to) return t.skip("this build has no such page");
      const wrong = [], left = new Set();
      site.trouble.length = 0;
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: width < 600 ? 740 : 900 });
        await page.emulateMedia({ colorScheme: SCHEMES[0] });
        const answer = await page.goto(to, { waitUntil: "load" });
        assert.equal(answer.status(), /^40[34]$/.test(name) ? +name : 200);
        if (act) await act(page);
        assert.equal(await page.getAttribute("html", "lang"), lang);
        for (const colorScheme of SCHEMES) {
          await page.emulateMedia({ colorScheme });
          for (const fault of await faults(page)) wrong.push(`${width} ${colorScheme}: ${fault}`);
          if (pictures) await page.screenshot({ path: join(pictures, `${name}-${lang}-${width}-${colorScheme}.png`), fullPage: true });
        }
        for (const href of await page.$$eval("a[href^='/'], link[href^='/'], script[src^='/']", (all) => all.map((a) => a.getAttribute("href") || a.getAttribute("src")))) if (!links.has(href)) links.set(href, { who, name });
        if (lang === "hi") for (const text of await english(page)) left.add(text);
      }
      assert.deepEqual([...wrong, ...site.trouble], []);
      if (lang === "hi") {
        if (open) t.diagnostic(`not looked for English: po/hi.po lacks ${open} texts`);
        else assert.deepEqual([...left], [], "English on a Hindi page");
      }
    });
  }
}

test("every link leads somewhere", async () => {
  const pages = new Map(), dead = [];
  for (const [href, { who, name }] of links) {
    if (/^\/(language|sign-out|sso\/go)/.test(href)) continue;
    if (!pages.has(who)) {
      pages.set(who, await site.visit());
      if (who) await signIn(pages.get(who), who);
    }
    const answer = await pages.get(who).request.get(href.split("#")[0], { maxRedirects: 2 });
    if (answer.status() >= 400) dead.push(`${href} on ${name}: ${answer.status()}`);
  }
  assert.deepEqual(dead, []);
});
