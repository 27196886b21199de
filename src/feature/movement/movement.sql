-- owner: movement

-- name: add :exec
-- A movement is asked for.
INSERT INTO movement (id, person_id, kind, org_id, designation_id, from_day, until_day, order_no, reason, state, asked_by, asked_at, judge_id, escalate_at, escalations, words)
VALUES (:id, :person_id, :kind, :org_id, :designation_id, :from_day, :until_day, :order_no, :reason, 'asked', :asked_by, :asked_at, :judge_id, :escalate_at, 0, '');

-- name: one :maybe
-- A movement.
SELECT m.id, m.person_id, m.kind, m.org_id, m.designation_id, m.supervisor_id, m.from_day, m.until_day, m.state, m.asked_by, m.judge_id, m.escalations,
	m.decided_at, m.posting_id, m.done_at, p.state AS person_state, p.name AS person
FROM movement m JOIN person p ON p.id = m.person_id WHERE m.id = :id;

-- name: open_of :maybe
-- A movement of the same kind that waits for its decision.
SELECT id FROM movement WHERE person_id = :person_id AND kind = :kind AND state = 'asked';

-- name: judge :maybe
-- The nearest organisation, at or above one and at least so far above it, that has an administrator who is there and is not the person.
-- param org_id id
-- param least int
-- param not_id id
SELECT u.above_id, u.distance FROM org_above u
WHERE u.org_id = :org_id AND u.distance >= :least AND EXISTS (SELECT 1 FROM role_grant g JOIN person p ON p.id = g.person_id
	WHERE g.org_id = u.above_id AND g.role = 'mdo_admin' AND g.ended_at IS NULL AND p.state = 'active' AND p.id <> :not_id)
ORDER BY u.distance LIMIT 1;

-- name: distance :maybe
-- How far one organisation is above another.
SELECT distance FROM org_above WHERE org_id = :org_id AND above_id = :above_id;

-- name: admins :many
-- The administrators of an organisation, to write to.
-- param not_id id
SELECT p.id FROM role_grant g JOIN person p ON p.id = g.person_id
WHERE g.org_id = :org_id AND g.role = 'mdo_admin' AND g.ended_at IS NULL AND p.state = 'active' AND p.id <> :not_id ORDER BY p.id LIMIT 20;

-- name: decide :exec
-- The decision.
UPDATE movement SET state = :state, decided_by = :decided_by, decided_at = :decided_at, words = :words, supervisor_id = :supervisor_id, escalate_at = NULL
WHERE id = :id AND state = 'asked';

-- name: withdraw :exec
-- It is not wanted any more.
UPDATE movement SET state = 'withdrawn', decided_by = :decided_by, decided_at = :decided_at, escalate_at = NULL WHERE id = :id AND state IN ('asked', 'approved');

-- name: done :exec
-- It has been carried out.
UPDATE movement SET state = 'done', posting_id = :posting_id, done_at = :done_at WHERE id = :id AND state = 'approved';

-- name: failed :exec
-- On the day it could not be carried out.
UPDATE movement SET state = 'failed', words = :words WHERE id = :id AND state = 'approved';

-- name: undone :exec
-- It has been taken back.
UPDATE movement SET state = 'undone' WHERE id = :id AND state = 'done';

-- name: escalate :exec
-- Others are asked now.
UPDATE movement SET judge_id = :judge_id, escalate_at = :escalate_at, escalations = escalations + 1 WHERE id = :id AND state = 'asked';

-- name: overdue :many
-- Movements that nobody has decided in time.
-- param by time
SELECT id, person_id, org_id, judge_id FROM movement WHERE state = 'asked' AND escalate_at <= :by ORDER BY escalate_at, id LIMIT 50;

-- name: due :many
-- Approved movements whose day has come: for leave, the day after.
-- param day int
SELECT id FROM movement WHERE state = 'approved' AND (from_day < :day OR (from_day = :day AND kind <> 'leave')) ORDER BY from_day, id LIMIT 50;

-- name: of_person :many
-- A person's movements, newest first; before one of them (absent: from the newest on).
-- param before id
-- param most int
SELECT m.id, m.kind, m.org_id, m.from_day, m.until_day, m.order_no, m.reason, m.state, m.asked_at, m.decided_at, m.words, a.name AS asker, b.name AS decider,
	d.name_en AS designation_en, d.name_hi AS designation_hi, o.name_en AS org_en, o.name_hi AS org_hi, j.name_en AS judge_en, j.name_hi AS judge_hi
FROM movement m JOIN person a ON a.id = m.asked_by JOIN org o ON o.id = m.org_id LEFT JOIN designation d ON d.id = m.designation_id
LEFT JOIN person b ON b.id = m.decided_by LEFT JOIN org j ON j.id = m.judge_id
WHERE m.person_id = :person_id AND (:before IS NULL OR m.id < :before) ORDER BY m.id DESC LIMIT :most;

-- name: of_org :many
-- Movements to an organisation or below it in some states, newest first; before one of them (absent: from the newest on).
-- param above_id id
-- param s1 text
-- param s2 text
-- param s3 text
-- param before id
-- param most int
-- param day int
SELECT m.id, m.person_id, m.kind, m.org_id, m.from_day, m.until_day, m.order_no, m.reason, m.state, m.asked_at, m.decided_at, m.done_at, m.words, m.judge_id, p.name AS person,
	a.name AS asker, b.name AS decider, d.name_en AS designation_en, d.name_hi AS designation_hi, o.name_en AS org_en, o.name_hi AS org_hi,
	j.name_en AS judge_en, j.name_hi AS judge_hi, w.name_en AS was_en, w.name_hi AS was_hi, wd.name_en AS was_designation_en, wd.name_hi AS was_designation_hi
FROM org_above u JOIN movement m ON m.org_id = u.org_id JOIN person p ON p.id = m.person_id JOIN person a ON a.id = m.asked_by JOIN org o ON o.id = m.org_id
LEFT JOIN designation d ON d.id = m.designation_id LEFT JOIN person b ON b.id = m.decided_by LEFT JOIN org j ON j.id = m.judge_id
LEFT JOIN posting t ON t.person_id = p.id AND t.from_day <= :day AND (t.until_day IS NULL OR t.until_day > :day)
LEFT JOIN org w ON w.id = t.org_id LEFT JOIN designation wd ON wd.id = t.designation_id
WHERE u.above_id = :above_id AND m.state IN (:s1, :s2, :s3) AND (:before IS NULL OR m.id < :before) ORDER BY m.id DESC LIMIT :most;

-- name: org_called :many
-- Organisations by their code or name.
-- param called text
SELECT id FROM org WHERE code = :called OR name_en = :called OR name_hi = :called ORDER BY CASE WHEN code = :called THEN 0 ELSE 1 END, id LIMIT 2;

-- name: unposted_called :maybe
-- Somebody by employee number or login who holds no posting.
-- param called text
-- param login text
SELECT p.id FROM person p WHERE (p.employee_no = :called OR p.email = :login OR p.mobile = :login)
	AND NOT EXISTS (SELECT 1 FROM posting o WHERE o.person_id = p.id AND o.until_day IS NULL) ORDER BY p.id LIMIT 1;

-- name: person_state :maybe
-- Whether somebody has left, and the first day of the posting without an end.
SELECT p.state, p.name, p.merged_into_id, t.from_day, t.org_id FROM person p LEFT JOIN posting t ON t.person_id = p.id AND t.until_day IS NULL WHERE p.id = :id;

-- name: charge_add :exec
-- An additional charge begins.
INSERT INTO additional_charge (id, movement_id, person_id, org_id, designation_id, from_day, until_day)
VALUES (:id, :movement_id, :person_id, :org_id, :designation_id, :from_day, :until_day);

-- name: charge_remove :exec
-- An additional charge that should never have been.
DELETE FROM additional_charge WHERE movement_id = :movement_id;

-- name: charges :many
-- The additional charges of a person on a day.
-- param day int
SELECT c.org_id, c.from_day, c.until_day, d.name_en AS designation_en, d.name_hi AS designation_hi, o.name_en AS org_en, o.name_hi AS org_hi
FROM additional_charge c JOIN designation d ON d.id = c.designation_id JOIN org o ON o.id = c.org_id
WHERE c.person_id = :person_id AND c.from_day <= :day AND (c.until_day IS NULL OR c.until_day > :day) ORDER BY c.from_day, c.id LIMIT 20;

-- name: stop_all :exec
-- What was asked for or decided about a person and has not happened does not happen.
UPDATE movement SET state = 'withdrawn', decided_by = :decided_by, decided_at = :decided_at WHERE person_id = :person_id AND state IN ('asked', 'approved');

-- name: end_charges :exec
-- Additional charges of a person end on a day; each lasts a day at least.
-- param day int
UPDATE additional_charge SET until_day = CASE WHEN from_day >= :day THEN from_day + 1 ELSE :day END WHERE person_id = :person_id AND (until_day IS NULL OR until_day > :day);

-- rows: movement by person_id
-- rows: additional_charge by person_id
