// An examination after its sitting, put into the database of the demonstration: thirty papers marked, one with a long answer that waits, a ruling looked at and an appeal.

import { execFileSync } from "node:child_process";
import { join } from "node:path";

const EXAM = 7101, FORM = 7102, RULING = 7103, APPEAL = 7104, MARKED = 7200, CHOICES = 5;

export function makeSitting(site) {
  const sql = (text) => execFileSync("sqlite3", ["-cmd", ".timeout 5000", join(site.data, "karmayogi.db"), text]).toString().trim();
  const person = (login) => sql(`SELECT id FROM person WHERE email = '${login}@demo.example'`);
  const now = Date.now(), asha = person("asha"), admin = person("admin");
  const org = sql(`SELECT org_id FROM role_grant WHERE person_id = ${admin} AND role = 'mdo_admin' LIMIT 1`);
  const competency = sql("SELECT id FROM competency WHERE code = 'functional.noting-and-drafting'");
  const people = sql(`SELECT DISTINCT o.person_id FROM posting o JOIN org_above u ON u.org_id = o.org_id WHERE u.above_id = ${org} AND o.until_day IS NULL AND o.person_id <> ${asha} LIMIT 29`).split("\n");
  const asked = (n) => `{"text":"Question ${n}: within how many days?","options":[{"id":"a","text":"30 days"},{"id":"b","text":"45 days"},{"id":"c","text":"60 days"}]}`;
  const lines = [
    `INSERT INTO exam VALUES (${EXAM}, ${org}, 'sat', 'Office procedure', '', 'standalone', 'forms', 'open', 'en', 30, 60, 3, 60, 'marks', ${now - 1000}, ${now + 86400000}, NULL, 0, NULL, NULL, 5, 30, 0.3, 0, NULL, ${now}, ${now}, NULL)`,
    `INSERT INTO exam_part VALUES (${EXAM}, 1, ${competency}, 2, '', ${CHOICES + 1})`,
    `INSERT INTO exam_form (id, exam_id, n, pool, items, points, made_at) VALUES (${FORM}, ${EXAM}, 1, 0, ${CHOICES + 1}, ${CHOICES + 10}, ${now})`,
  ];
  const item = (n, kind, key, points, text, feedback) => lines.push(
    `INSERT INTO item (id, org_id, code, kind, status, version, live_version, level, bloom, source, n, created_at, changed_at) VALUES (${EXAM * 100 + n}, ${org}, 'sat-${n}', '${kind}', 'live', 1, 1, 2, '', '', 0, 1, 1)`,
    `INSERT INTO item_version (item_id, version, answer_key, points, steps, made_at, why) VALUES (${EXAM * 100 + n}, 1, '${key}', ${points}, 1, 1, '')`,
    `INSERT INTO item_text VALUES (${EXAM * 100 + n}, 1, 'en', 1, '${text}', '${feedback}')`,
    `INSERT INTO exam_form_item (form_id, n, item_id, version, part) VALUES (${FORM}, ${n}, ${EXAM * 100 + n}, 1, 1)`);
  for (let n = 1; n <= CHOICES; n++) item(n, "single", '{"options":[{"id":"a","weight":100},{"id":"b","weight":0},{"id":"c","weight":0}]}', 1, asked(n), "{}");
  item(CHOICES + 1, "long", '{"rubric":[{"points":6},{"points":4}]}', 10, '{"text":"Draft a reply to the letter."}', '{"rubric":[{"name":"Content","about":"All that was asked is answered"},{"name":"Style","about":"Short and clear"}]}');
  const attempt = (taker, id, state, right) => {
    const marks = state === "marked" ? right + 2 * right : "NULL", passed = state === "marked" && (3 * right) / (CHOICES + 10) >= 0.6 ? 1 : 0;
    lines.push(`INSERT INTO exam_attempt VALUES (${taker}, ${id}, ${EXAM}, ${FORM}, 1, '${state}', 'en', ${id}, 'x', 'x', ${now}, ${now}, ${now}, 0, ${now}, 'taker', ${marks}, ${CHOICES + 10}, ${passed}, NULL, NULL)`);
    for (let n = 1; n <= CHOICES; n++)
      lines.push(`INSERT INTO exam_answer VALUES (${taker}, ${id}, ${n}, ${EXAM * 100 + n}, 1, '["${n <= right ? "a" : n % 2 ? "b" : "c"}"]', NULL, ${now}, ${now}, 1, 0, 1000, ${n <= right ? 1 : 0})`);
    lines.push(`INSERT INTO exam_answer VALUES (${taker}, ${id}, ${CHOICES + 1}, ${EXAM * 100 + CHOICES + 1}, 1, '["The letter of 12 May has been examined. The fee is refunded."]', NULL, ${now}, ${now}, 1, 0, 1000, ${state === "marked" ? 2 * right : "NULL"})`);
    if (state === "marked") lines.push(`INSERT INTO exam_result VALUES (${taker}, ${id}, ${competency}, ${CHOICES + 1}, ${marks}, ${CHOICES + 10}, ${passed ? 2000 : 1000})`);
  };
  attempt(asha, MARKED, "marked", 4);
  people.forEach((taker, i) => attempt(taker, MARKED + 1 + i, i < people.length - 2 ? "marked" : "submitted", (i * 7) % (CHOICES + 1)));
  lines.push(
    `INSERT INTO exam_ruling (id, exam_id, item_id, version, kind, why, state, n_attempts, n_changed, n_pass, n_fail, by_id, at) VALUES (${RULING}, ${EXAM}, ${EXAM * 100 + 3}, 1, 'drop', 'The rule was changed in March.', 'looked', 0, 0, 0, 0, ${admin}, ${now})`,
    `INSERT INTO exam_appeal (id, exam_id, taker_id, attempt_id, n, kind, words, state, at) VALUES (${APPEAL}, ${EXAM}, ${asha}, ${MARKED}, 3, 'appeal', 'The rule was changed in March.', 'open', ${now})`);
  sql(`BEGIN;${lines.join(";\n")};COMMIT;`);
  const exam = `/orgs/${org}/exams/${EXAM}`;
  return { org: `/orgs/${org}`, exam, paper: `/exam-attempts/${MARKED}`, item: `${EXAM * 100 + 3}/1`, ruling: `${exam}/rulings/${RULING}`, appeal: `${exam}/appeals/${APPEAL}` };
}
