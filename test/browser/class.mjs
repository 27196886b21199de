// A batch with two sessions, put into the database of the demonstration: one that is going on and one of yesterday. The supervisor coordinates it; Asha and eleven others are admitted.

import { execFileSync } from "node:child_process";
import { join } from "node:path";

const PROGRAMME = 8101, BATCH = 8102, NOW = 8103, BEFORE = 8104, ADMISSION = 8200, MINUTE = 60000;

export function makeClass(site) {
  const sql = (text) => execFileSync("sqlite3", ["-cmd", ".timeout 5000", join(site.data, "karmayogi.db"), text]).toString().trim();
  const person = (login) => sql(`SELECT id FROM person WHERE email = '${login}@demo.example'`);
  const now = Date.now(), asha = person("asha"), keeper = person("supervisor"), day = Math.floor((now + 330 * MINUTE) / 86400000);
  const org = sql(`SELECT org_id FROM posting WHERE person_id = ${asha} AND until_day IS NULL`);
  const others = sql(`SELECT person_id FROM posting WHERE org_id = ${org} AND until_day IS NULL AND person_id NOT IN (${asha}, ${keeper}) ORDER BY person_id LIMIT 11`).split("\n");
  const begins = now - 20 * MINUTE, ends = now + 70 * MINUTE, yesterday = begins - 1440 * MINUTE;
  sql(["BEGIN",
    `INSERT INTO programme (id, org_id, code, title, title_hi, about, audience, state, minutes, approval, may_ask, least_sessions, least_others, made_at, changed_at) VALUES (${PROGRAMME}, ${org}, 'sat', 'Noting that is read', 'पढ़ी जाने वाली टिप्पणी', '', '', 'live', 180, 'none', 1, 80, 0, 1, 1)`,
    `INSERT INTO programme_coordinator VALUES (${PROGRAMME}, ${keeper})`,
    `INSERT INTO batch (id, programme_id, org_id, n, name, state, seats, waiting, invite_only, ask_until, from_day, last_day, starts_at, ends_at, place, latitude, longitude, fee_paise, made_at, changed_at, cancelled_why) VALUES (${BATCH}, ${PROGRAMME}, ${org}, 1, '2026-3', 'open', 30, 0, 0, ${yesterday - 1}, ${day - 1}, ${day}, ${yesterday}, ${ends}, 'Hall 2', 28.6, 77.2, 0, 1, 1, '')`,
    `INSERT INTO batch_session (id, batch_id, n, title, title_hi, starts_at, ends_at, place) VALUES (${BEFORE}, ${BATCH}, 1, 'What a note is for', 'टिप्पणी किस लिए', ${yesterday}, ${yesterday + 90 * MINUTE}, '')`,
    `INSERT INTO batch_session (id, batch_id, n, title, title_hi, starts_at, ends_at, place) VALUES (${NOW}, ${BATCH}, 2, 'The note itself', 'टिप्पणी', ${begins}, ${ends}, '')`,
    ...[asha, ...others].map((id, i) => `INSERT INTO admission (id, batch_id, person_id, state, how, step, org_id, bed, bed_given, asked_at, changed_at) VALUES (${ADMISSION + i}, ${BATCH}, ${id}, 'admitted', 'asked', 0, ${org}, 0, 0, 1, 1)`),
    "COMMIT"].join(";\n"));
  return { sql, asha, others, now: NOW, before: BEFORE, page: (what, id = NOW) => `/batch-sessions/${id}${what}` };
}
