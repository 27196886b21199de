-- owner: person

-- name: add_designation :exec
-- A new designation.
INSERT INTO designation (id, code, name_en, name_hi, service, cadre_group, pay_level, seniority)
VALUES (:id, :code, :name_en, :name_hi, :service, :cadre_group, :pay_level, :seniority);

-- name: designation_of_code :maybe
-- The designation of a code.
SELECT id FROM designation WHERE code = :code;

-- name: designation_called :many
-- Designations by their code or name: two are enough to know that a name says too little.
-- param called text
SELECT id FROM designation WHERE code = :called OR name_en = :called OR name_hi = :called ORDER BY CASE WHEN code = :called THEN 0 ELSE 1 END, id LIMIT 2;

-- name: designation :maybe
-- A designation.
SELECT id, code, name_en, name_hi, service, cadre_group, pay_level, seniority FROM designation WHERE id = :id;

-- name: add :exec
-- A new person.
INSERT INTO person (id, employee_no, name, sort_key, email, mobile, lang, zone, password, state, created_at)
VALUES (:id, :employee_no, :name, :sort_key, :email, :mobile, :lang, :zone, :password, 'active', :created_at);

-- name: of_login :maybe
-- Who signs in with this e-mail or mobile number.
-- param login text
SELECT id, name, password, lang, state FROM person WHERE email = :login OR mobile = :login ORDER BY id LIMIT 1;

-- name: password :one
-- The kept hash of a person's password.
SELECT password FROM person WHERE id = :id;

-- name: set_password :exec
-- A new password.
UPDATE person SET password = :password WHERE id = :id;

-- name: set_lang :exec
-- The language a person reads.
UPDATE person SET lang = :lang WHERE id = :id;

-- name: one :maybe
-- A person with the posting of a day.
-- param day int
SELECT p.id, p.name, p.email, p.mobile, p.employee_no, p.lang, p.zone, p.state, p.merged_into_id, o.org_id, o.designation_id, o.supervisor_id, o.from_day,
	o.cadre_group, o.pay_level, d.name_en AS designation_en, d.name_hi AS designation_hi, g.name_en AS org_en, g.name_hi AS org_hi, s.name AS supervisor
FROM person p
LEFT JOIN posting o ON o.person_id = p.id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
LEFT JOIN designation d ON d.id = o.designation_id
LEFT JOIN org g ON g.id = o.org_id
LEFT JOIN person s ON s.id = o.supervisor_id
WHERE p.id = :id;

-- name: posting_on :maybe
-- The posting of a person on a day.
-- param day int
SELECT id, org_id, designation_id, supervisor_id, from_day, until_day FROM posting
WHERE person_id = :person_id AND from_day <= :day AND (until_day IS NULL OR until_day > :day);

-- name: open_posting :maybe
-- The posting without an end.
SELECT id, from_day, org_id, designation_id, service, cadre_group, pay_level, supervisor_id FROM posting WHERE person_id = :person_id AND until_day IS NULL;

-- name: end_posting :exec
-- Ends a posting; its last day is the one before until_day.
UPDATE posting SET until_day = :until_day WHERE id = :id;

-- name: add_posting :exec
-- A new posting without an end.
INSERT INTO posting (id, person_id, org_id, designation_id, service, cadre_group, pay_level, supervisor_id, from_day, created_at)
VALUES (:id, :person_id, :org_id, :designation_id, :service, :cadre_group, :pay_level, :supervisor_id, :from_day, :created_at);

-- name: postings :many
-- All postings of a person, newest first.
SELECT o.id, o.from_day, o.until_day, d.name_en AS designation_en, d.name_hi AS designation_hi, g.name_en AS org_en, g.name_hi AS org_hi
FROM posting o JOIN designation d ON d.id = o.designation_id JOIN org g ON g.id = o.org_id
WHERE o.person_id = :person_id ORDER BY o.from_day DESC LIMIT 100;

-- name: change :exec
-- Another name, e-mail, mobile number or language; absent ones stay.
UPDATE person SET name = COALESCE(:name, name), sort_key = COALESCE(:sort_key, sort_key), email = COALESCE(:email, email),
	mobile = COALESCE(:mobile, mobile), lang = COALESCE(:lang, lang)
WHERE id = :id;

-- name: set_details :exec
-- Name, e-mail and mobile number as they were.
UPDATE person SET name = :name, sort_key = :sort_key, email = :email, mobile = :mobile WHERE id = :id;

-- name: set_state :exec
-- Leaves, or comes back.
-- param was text
UPDATE person SET state = :state WHERE id = :id AND state = :was AND merged_into_id IS NULL;

-- name: posting :maybe
-- A posting.
SELECT id, person_id, org_id, designation_id, supervisor_id, from_day, until_day FROM posting WHERE id = :id;

-- name: set_supervisor :exec
-- Corrects the supervisor of a posting.
UPDATE posting SET supervisor_id = :supervisor_id WHERE id = :id;

-- name: remove_posting :exec
-- Takes back a posting that should never have been.
DELETE FROM posting WHERE id = :id;

-- name: reopen_before :exec
-- The posting that ended on a day is open again.
UPDATE posting SET until_day = NULL WHERE person_id = :person_id AND until_day = :until_day;

-- name: reopen :exec
-- A posting that ended is open again.
UPDATE posting SET until_day = NULL WHERE id = :id;

-- name: called :maybe
-- An active person by employee number or login.
-- param called text
-- param login text
SELECT id, name FROM person WHERE state = 'active' AND (employee_no = :called OR email = :login OR mobile = :login) ORDER BY id LIMIT 1;

-- name: merged :maybe
-- What an account has that no other can have.
SELECT employee_no, email, mobile, state, merged_into_id FROM person WHERE id = :id;

-- name: set_merged :exec
-- Joined with another account, with what it keeps.
UPDATE person SET employee_no = :employee_no, email = :email, mobile = :mobile, merged_into_id = :merged_into_id WHERE id = :id;

-- name: span :one
-- The first day of a person's postings and, when none is open, the day behind the last one.
-- col first_day int
-- col end_day int
SELECT min(from_day) AS first_day, CASE WHEN count(*) FILTER (WHERE until_day IS NULL) > 0 THEN NULL ELSE max(until_day) END AS end_day
FROM posting WHERE person_id = :person_id;

-- name: move_later_postings :exec
-- Postings that last beyond a day are another's from that day on.
-- param kept_id id
-- param closed_id id
-- param day int
UPDATE posting SET person_id = :kept_id, supervisor_id = CASE WHEN supervisor_id = :kept_id THEN NULL ELSE supervisor_id END,
	from_day = CASE WHEN from_day < :day THEN :day ELSE from_day END
WHERE person_id = :closed_id AND (until_day IS NULL OR until_day > :day);

-- name: move_earlier_postings :exec
-- Postings that began before a day (absent: all) are another's, up to that day. Nobody supervises himself.
-- param kept_id id
-- param closed_id id
-- param day int
UPDATE posting SET person_id = :kept_id, supervisor_id = CASE WHEN supervisor_id = :kept_id THEN NULL ELSE supervisor_id END,
	until_day = CASE WHEN :day IS NOT NULL AND (until_day IS NULL OR until_day > :day) THEN :day ELSE until_day END
WHERE person_id = :closed_id AND (:day IS NULL OR from_day < :day);

-- name: supervised :many
-- Whose open posting names a supervisor.
SELECT person_id FROM posting WHERE supervisor_id = :supervisor_id AND until_day IS NULL ORDER BY person_id LIMIT 20000;

-- rows: person by id
-- rows: posting by person_id
