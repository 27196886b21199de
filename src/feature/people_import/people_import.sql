-- owner: people_import

-- name: add :exec
-- A list that was brought.
INSERT INTO people_import (id, org_id, asked_by, file_name, bytes, head, columns, complete, state, line, n_rows, n_new, n_changed, n_moved, n_left,
	n_unchanged, n_refused, n_late, n_applied, created_at)
VALUES (:id, :org_id, :asked_by, :file_name, :bytes, :head, :columns, FALSE, 'new', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, :created_at);

-- name: one :maybe
-- An import.
SELECT id, org_id, asked_by, file_name, bytes, head, columns, complete, state, sentence, line, job_id, n_rows, n_new, n_changed, n_moved, n_left, n_unchanged,
	n_refused, n_late, n_applied, created_at, checked_at, applied_at, undone_at,
	(SELECT p.lang FROM person p WHERE p.id = asked_by) AS lang
FROM people_import WHERE id = :id;

-- name: of_org :many
-- The imports of an organisation, newest first; before one of them (absent: from the newest on).
-- param before id
-- param most int
SELECT id, file_name, state, n_rows, n_new, n_changed, n_moved, n_left, n_refused, created_at FROM people_import
WHERE org_id = :org_id AND (:before IS NULL OR id < :before) ORDER BY id DESC LIMIT :most;

-- name: columns_of :maybe
-- The columns chosen the last time for a list with this first row.
SELECT columns FROM people_import_columns WHERE org_id = :org_id AND head = :head;

-- name: keep_columns :exec
-- Remembers the columns.
INSERT INTO people_import_columns (org_id, head, columns) VALUES (:org_id, :head, :columns)
ON CONFLICT (org_id, head) DO UPDATE SET columns = excluded.columns;

-- name: begin_check :exec
-- The list is being checked.
UPDATE people_import SET state = 'checking', columns = :columns, complete = :complete, job_id = :job_id, sentence = NULL, line = 0
WHERE id = :id AND state IN ('new', 'checked', 'stopped', 'unreadable');

-- name: checked :exec
-- What the check found.
UPDATE people_import SET state = 'checked', n_rows = :n_rows, n_new = :n_new, n_changed = :n_changed, n_moved = :n_moved, n_left = :n_left,
	n_unchanged = :n_unchanged, n_refused = :n_refused, checked_at = :checked_at
WHERE id = :id AND state = 'checking';

-- name: unreadable :exec
-- The list cannot be read beyond a line.
UPDATE people_import SET state = 'unreadable', sentence = :sentence, line = :line WHERE id = :id AND state = 'checking';

-- name: begin_apply :exec
-- The list is being carried out.
UPDATE people_import SET state = 'applying', job_id = :job_id, n_late = 0, n_applied = 0 WHERE id = :id AND state = 'checked';

-- name: applied_some :exec
-- Some more of it is carried out.
-- param more int
-- param late int
UPDATE people_import SET n_applied = n_applied + :more, n_late = n_late + :late WHERE id = :id;

-- name: applied :exec
-- It is carried out.
UPDATE people_import SET state = 'applied', applied_at = :applied_at WHERE id = :id AND state = 'applying';

-- name: begin_undo :exec
-- It is being taken back.
UPDATE people_import SET state = 'undoing', job_id = :job_id, n_late = 0 WHERE id = :id AND state IN ('applying', 'applied');

-- name: undone :exec
-- It is taken back.
UPDATE people_import SET state = 'undone', undone_at = :undone_at WHERE id = :id AND state = 'undoing';

-- name: stopped :exec
-- Somebody stopped the check.
UPDATE people_import SET state = 'stopped' WHERE id = :id AND state = 'checking';

-- name: lapse :exec
-- Lists that were not carried out in time.
-- param before_at time
UPDATE people_import SET state = 'stopped' WHERE state IN ('new', 'checked') AND created_at < :before_at;

-- name: add_change :exec
-- One change with what was there before.
INSERT INTO people_import_change (import_id, n, person_id, what, was_name, was_email, was_mobile, now_name, now_email, now_mobile, posting_id, ended_id,
	was_supervisor_id)
VALUES (:import_id, :n, :person_id, :what, :was_name, :was_email, :was_mobile, :now_name, :now_email, :now_mobile, :posting_id, :ended_id,
	:was_supervisor_id);

-- name: changes_before :many
-- The changes before one of them, the last first.
-- param before int
-- param most int
SELECT n, person_id, what, was_name, was_email, was_mobile, now_name, now_email, now_mobile, posting_id, ended_id, was_supervisor_id
FROM people_import_change WHERE import_id = :import_id AND n < :before ORDER BY n DESC LIMIT :most;

-- name: last_change :one
-- How many changes there are.
-- col n int
SELECT COALESCE(max(n), 0) AS n FROM people_import_change WHERE import_id = :import_id;

-- name: person :maybe
-- The person of an employee number, with the open posting and whether that lies in an organisation or below it.
-- param org_id id
-- col here bool
SELECT p.id, p.name, p.email, p.mobile, p.lang, p.state, p.merged_into_id, o.id AS posting_id, o.org_id AS at_org_id, o.designation_id, o.supervisor_id, o.from_day,
	s.employee_no AS supervisor,
	EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = o.org_id AND u.above_id = :org_id) AS here
FROM person p LEFT JOIN posting o ON o.person_id = p.id AND o.until_day IS NULL LEFT JOIN person s ON s.id = o.supervisor_id
WHERE p.employee_no = :employee_no;

-- name: last_place :maybe
-- Where somebody without an open posting was posted last, and whether that lies in an organisation or below it.
-- param above_id id
-- col here bool
SELECT o.until_day, EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = o.org_id AND u.above_id = :above_id) AS here
FROM posting o WHERE o.person_id = :person_id ORDER BY o.from_day DESC LIMIT 1;

-- name: email_of :maybe
-- Whose an e-mail address is.
SELECT id FROM person WHERE email = :email;

-- name: mobile_of :maybe
-- Whose a mobile number is.
SELECT id FROM person WHERE mobile = :mobile;

-- name: number_of :maybe
-- Whose an employee number is.
SELECT id, state FROM person WHERE employee_no = :employee_no;

-- name: orgs_called :many
-- The organisations of a code or name at or below one; two are enough to know that the name is not clear.
-- param called text
SELECT o.id FROM org o JOIN org_above u ON u.org_id = o.id AND u.above_id = :above_id
WHERE o.code = :called OR o.name_en = :called OR o.name_hi = :called ORDER BY o.code = :called DESC, o.id LIMIT 2;

-- name: org_coded :maybe
-- The organisation of a code at or below one.
SELECT o.id FROM org o JOIN org_above u ON u.org_id = o.id AND u.above_id = :above_id WHERE o.code = :code;

-- name: designations_called :many
-- The designations of a code or name.
-- param called text
SELECT id FROM designation WHERE code = :called OR name_en = :called OR name_hi = :called ORDER BY code = :called DESC, id LIMIT 2;

-- name: people_after :many
-- Active people with an employee number and an open posting in an organisation or below it, by id.
-- param after id
-- param most int
SELECT p.id, p.employee_no, p.name FROM person p JOIN posting o ON o.person_id = p.id AND o.until_day IS NULL
WHERE p.id > :after AND p.state = 'active' AND p.employee_no IS NOT NULL
	AND EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = o.org_id AND u.above_id = :above_id)
ORDER BY p.id LIMIT :most;
