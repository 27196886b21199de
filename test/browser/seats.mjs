// Batches of programmes with people who ask, wait and are admitted, kept and offered seats and a list, put into the database of the demonstration.

import { execFileSync } from "node:child_process";
import { join } from "node:path";

const PROGRAMME = 7801, FULL = 7810, OPEN = 7811, LIST = 7820, QUOTA = 7830, OFFER = 7840, FIRST = 7900;

export function makeSeats(site) {
  const sql = (text) => execFileSync("sqlite3", ["-cmd", ".timeout 5000", join(site.data, "karmayogi.db"), text]).toString().trim();
  const person = (login) => sql(`SELECT id FROM person WHERE email = '${login}@demo.example'`);
  const now = Date.now(), day = 864e5, asha = person("asha"), admin = person("admin");
  const org = sql(`SELECT org_id FROM role_grant WHERE person_id = ${admin} AND role = 'mdo_admin' LIMIT 1`);
  const people = sql(`SELECT DISTINCT o.person_id, o.org_id FROM posting o JOIN org_above u ON u.org_id = o.org_id WHERE u.above_id = ${org} AND o.until_day IS NULL AND o.person_id <> ${asha} LIMIT 12`).split("\n").map((l) => l.split("|"));
  const ashas = sql(`SELECT org_id FROM posting WHERE person_id = ${asha} AND until_day IS NULL`);
  const lines = [
    `INSERT INTO programme (id, org_id, code, title, title_hi, about, audience, state, minutes, approval, may_ask, least_sessions, least_others, made_at, changed_at) VALUES (${PROGRAMME}, ${org}, 'noting-in-depth', 'Noting and drafting in depth', 'टिप्पण और प्रारूपण, गहराई से', '', '', 'live', 1200, 'mdo_coordinator', 1, 75, 0, 1, 1)`,
    `INSERT INTO programme_coordinator VALUES (${PROGRAMME}, ${admin})`,
  ];
  const batch = (id, n, from, seats) => lines.push(`INSERT INTO batch (id, programme_id, org_id, n, name, state, seats, waiting, invite_only, ask_until, from_day, last_day, starts_at, ends_at, place, fee_paise, made_at, changed_at, cancelled_why) VALUES (${id}, ${PROGRAMME}, ${org}, ${n}, '${n}', 'open', ${seats}, 20, 0, ${now + (from - 5) * day}, ${Math.floor(now / day) + from}, ${Math.floor(now / day) + from + 2}, ${now + from * day}, ${now + (from + 2) * day}, 'Block 3, Old JNU Campus', 0, 1, 1, '')`,
    `INSERT INTO batch_session (id, batch_id, n, title, title_hi, starts_at, ends_at, place) VALUES (${id + 5000}, ${id}, 1, 'Notes that decide', '', ${now + from * day}, ${now + from * day + 7200e3}, '')`);
  batch(FULL, 1, 20, 5);
  batch(OPEN, 2, 40, 30);
  const admission = (id, b, [who, where], state, step, how) => lines.push(`INSERT INTO admission (id, batch_id, person_id, state, how, step, org_id, service, bed, bed_given, asked_at, changed_at) VALUES (${id}, ${b}, ${who}, '${state}', '${how}', ${step}, ${where}, 'CSS', 0, 0, ${now - (8000 - id) * 1000}, ${now})`,
    `INSERT INTO admission_step (id, admission_id, was, became, words, by_id, at) VALUES (${id}, ${id}, '', '${state}', '', ${who}, ${now - 1000})`);
  people.forEach((p, i) => admission(FIRST + i, i < 10 ? FULL : OPEN, p, i < 4 ? "admitted" : i < 6 ? "waiting" : "asked", i < 6 ? 2 : i < 8 ? 1 : 0, i % 2 ? "asked" : "nominated"));
  admission(FIRST + 20, FULL, [asha, ashas], "waiting", 2, "asked");
  lines.push(
    `INSERT INTO admission_quota VALUES (${QUOTA}, ${FULL}, 'service', 'CSS', NULL, 1, ${now + 10 * day})`,
    `INSERT INTO admission_offer (id, batch_id, to_org_id, seats, words, answer_until, state, by_id, at) VALUES (${OFFER}, ${OPEN}, ${org}, 4, 'Please send section officers.', ${now + 5 * day}, 'offered', ${admin}, ${now})`,
    `INSERT INTO admission_list (id, batch_id, kind, name, state, n_rows, n_good, n_faults, plan, faults, digest, by_id, at) VALUES (${LIST}, ${FULL}, 'decide', 'decisions.csv', 'looked', 2, 1, 1, '[{"line":2,"p":1,"name":"Asha Kumari","what":"yes","words":""}]', '[[3,"decision: must be yes or no"]]', '', ${admin}, ${now})`);
  sql(`BEGIN;${lines.join(";\n")};COMMIT;`);
  return { org: `/orgs/${org}`, full: `/batches/${FULL}`, open: `/batches/${OPEN}`, list: `/batches/${FULL}/lists/${LIST}`, one: `/batches/${FULL}/requests/${FIRST + 4}`, nominate: `/orgs/${org}/batches/${OPEN}/nominate` };
}
