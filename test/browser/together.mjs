// A group session that is open, put together by pages and a little behind the program's back: the supervisor hosts a lesson that a quiz proves, Asha and some others of the office are in and have
// seen it, sheets are made.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { signIn } from "./support.mjs";

export const sqlOf = (site) => (text) => execFileSync("sqlite3", ["-cmd", ".timeout 5000", join(site.data, "karmayogi.db"), text]).toString().trim();

// The lesson of a course that a quiz proves; who is signed in on `page` is enrolled and opens a session of it.
export async function openSession(page, sql, course) {
  const [lesson, id] = sql(`SELECT z.credits_id || ' ' || c.id FROM resource z JOIN course c ON c.id = z.course_id WHERE c.code = '${course}' AND z.credits_id IS NOT NULL LIMIT 1`).split(" ");
  await page.goto(`/courses/${id}`);
  if (await page.$("form[action$='/enrolment'] .btn")) await page.click("form[action$='/enrolment'] .btn");
  await page.goto(`/resources/${lesson}`);
  await page.click("text=Watch together");
  await page.waitForSelector("#in");
  return { lesson, together: new URL(page.url()).pathname.split("/")[2] };
}

// As if the lesson had been played to the end for somebody who is in.
export const sawAll = (sql, person, lesson) => sql(`INSERT INTO together_progress (person_id, resource_id, intervals, covered_ms, updated_at) SELECT ${person}, id, '[[0,' || ms || ']]', ms, 1 FROM resource WHERE id = ${lesson}
  ON CONFLICT (person_id, resource_id) DO UPDATE SET intervals = excluded.intervals, covered_ms = excluded.covered_ms`);

export async function makeTogether(site) {
  const sql = sqlOf(site), page = await site.visit();
  await signIn(page, "supervisor");
  const { lesson, together } = await openSession(page, sql, "file-security");
  const asha = sql("SELECT id FROM person WHERE email = 'asha@demo.example'");
  const others = sql(`SELECT o.person_id FROM posting o JOIN person p ON p.id = o.person_id WHERE o.org_id = (SELECT org_id FROM posting WHERE person_id = ${asha} AND until_day IS NULL) AND o.until_day IS NULL AND p.email NOT IN ('asha@demo.example', 'supervisor@demo.example') ORDER BY o.person_id LIMIT 4`).split("\n");
  await page.goto(`/together/${together}/ticks?${[asha, ...others].map((id) => `person=${id}`).join("&")}`);
  await page.click("form[action$='/ticks'] .btn");
  await page.waitForSelector(".note.good");
  for (const id of [asha, others[0], others[1]]) sawAll(sql, id, lesson);
  await page.goto(`/together/${together}/sheets`);
  await page.click("form[action$='/sheets'] .btn");
  await page.waitForSelector(".list a");
  const sheet = await page.$eval(".list a", (a) => a.getAttribute("href"));
  await page.context().close();
  return { lesson, asha, others, sheet, page: (what = "") => `/together/${together}${what}`, check: `/resources/${lesson}/check` };
}
