-- owner: merge

-- name: place :maybe
-- A person with the last posting, if that is or was at an organisation or below it.
-- param above_id id
SELECT p.id, p.name, p.state, p.merged_into_id, o.org_id, g.name_en AS org_en, g.name_hi AS org_hi, d.name_en AS designation_en, d.name_hi AS designation_hi,
	o.from_day, o.until_day, p.employee_no, p.email, p.mobile, p.created_at
FROM person p JOIN posting o ON o.person_id = p.id JOIN org_above u ON u.org_id = o.org_id JOIN org g ON g.id = o.org_id JOIN designation d ON d.id = o.designation_id
WHERE p.id = :id AND u.above_id = :above_id AND NOT EXISTS (SELECT 1 FROM posting l WHERE l.person_id = p.id AND l.from_day > o.from_day);

-- name: has_role :maybe
-- A role that somebody holds.
SELECT id FROM role_grant WHERE person_id = :person_id AND ended_at IS NULL
UNION ALL SELECT id FROM custom_grant WHERE person_id = :person_id AND ended_at IS NULL ORDER BY 1 LIMIT 1;

-- name: called :maybe
-- Somebody by employee number or login, active or not, who is not joined with another.
-- param called text
-- param login text
SELECT id FROM person WHERE merged_into_id IS NULL AND (employee_no = :called OR email = :login OR mobile = :login) ORDER BY id LIMIT 1;

-- name: sums :one
-- What an account has, in figures.
-- param person_id id
-- col courses int
-- col completed int
-- col certificates int
-- col attempts int
-- col learned_ms int
-- col seen_at time
SELECT
	(SELECT count(*) FROM enrolment e WHERE e.person_id = p.id) AS courses,
	(SELECT count(*) FROM enrolment e WHERE e.person_id = p.id AND e.state = 'completed') AS completed,
	(SELECT count(*) FROM credential k WHERE k.person_id = p.id AND k.replaced_by_id IS NULL) AS certificates,
	(SELECT count(*) FROM attempt a WHERE a.person_id = p.id) AS attempts,
	COALESCE((SELECT CAST(sum(l.ms) AS bigint) FROM learned l WHERE l.person_id = p.id), 0) AS learned_ms,
	(SELECT max(s.seen_at) FROM session s WHERE s.person_id = p.id) AS seen_at
FROM person p WHERE p.id = :person_id;

-- name: both :one
-- Courses that both accounts have, and those that both have completed.
-- param kept_id id
-- param closed_id id
-- col courses int
-- col completed int
SELECT count(*) AS courses, count(*) FILTER (WHERE a.state = 'completed' AND b.state = 'completed') AS completed
FROM enrolment a JOIN enrolment b ON b.course_id = a.course_id AND b.person_id = :closed_id WHERE a.person_id = :kept_id;

-- name: add :exec
-- Two accounts are joined.
INSERT INTO merge (id, org_id, kept_id, closed_id, merged_by, merged_at) VALUES (:id, :org_id, :kept_id, :closed_id, :merged_by, :merged_at);

-- name: add_row :exec
-- What was changed.
INSERT INTO merge_row (merge_id, n, name, was, became) VALUES (:merge_id, :n, :name, :was, :became);

-- name: rows :many
-- What a merge changed, in order.
-- param after int
SELECT n, name, was, became FROM merge_row WHERE merge_id = :merge_id AND n > :after ORDER BY n LIMIT 5000;

-- name: supervised :many
-- People whom a merge gave another supervisor.
SELECT n, was FROM merge_row WHERE merge_id = :merge_id AND name = 'supervised' ORDER BY n LIMIT 20000;

-- name: one :maybe
-- A merge of an organisation.
SELECT id, org_id, kept_id, closed_id, merged_at, undone_at FROM merge WHERE id = :id AND org_id = :org_id;

-- name: later :maybe
-- A later merge of one of two accounts that holds.
-- param id id
-- param kept_id id
-- param closed_id id
SELECT id FROM merge WHERE id > :id AND undone_at IS NULL AND (kept_id IN (:kept_id, :closed_id) OR closed_id IN (:kept_id, :closed_id)) ORDER BY id LIMIT 1;

-- name: set_undone :exec
-- A merge is taken back.
UPDATE merge SET undone_at = :undone_at, undone_by = :undone_by WHERE id = :id AND undone_at IS NULL;

-- name: done :many
-- The last merges of an organisation.
-- param since time
SELECT m.id, m.kept_id, m.closed_id, m.merged_at, m.undone_at, k.name AS kept, c.name AS closed, b.name AS merger
FROM merge m JOIN person k ON k.id = m.kept_id JOIN person c ON c.id = m.closed_id LEFT JOIN person b ON b.id = m.merged_by
WHERE m.org_id = :org_id AND m.merged_at > :since ORDER BY m.id DESC LIMIT 50;

-- name: pairs :many
-- Pairs that may be one person, both at an organisation or below it, the likeliest first, behind one of them.
-- param above_id id
-- param likeness int
-- param a_id id
-- param b_id id
-- param most int
SELECT d.a_id, d.b_id, d.likeness, d.agrees, d.found_at, a.name AS a_name, b.name AS b_name, a.state AS a_state, b.state AS b_state, a.employee_no AS a_number, b.employee_no AS b_number,
	g.name_en AS a_org_en, g.name_hi AS a_org_hi, h.name_en AS b_org_en, h.name_hi AS b_org_hi
FROM duplicate d JOIN person a ON a.id = d.a_id JOIN person b ON b.id = d.b_id
JOIN posting o ON o.person_id = a.id AND NOT EXISTS (SELECT 1 FROM posting l WHERE l.person_id = a.id AND l.from_day > o.from_day)
JOIN posting q ON q.person_id = b.id AND NOT EXISTS (SELECT 1 FROM posting l WHERE l.person_id = b.id AND l.from_day > q.from_day)
JOIN org_above u ON u.org_id = o.org_id AND u.above_id = :above_id JOIN org_above v ON v.org_id = q.org_id AND v.above_id = :above_id
JOIN org g ON g.id = o.org_id JOIN org h ON h.id = q.org_id
WHERE d.dismissed_at IS NULL AND a.merged_into_id IS NULL AND b.merged_into_id IS NULL
	AND (:likeness IS NULL OR d.likeness < :likeness OR (d.likeness = :likeness AND (d.a_id > :a_id OR (d.a_id = :a_id AND d.b_id > :b_id))))
ORDER BY d.likeness DESC, d.a_id, d.b_id LIMIT :most;

-- name: found :exec
-- A pair is found, or found again; one that was dismissed stays so.
INSERT INTO duplicate (a_id, b_id, likeness, agrees, found_at) VALUES (:a_id, :b_id, :likeness, :agrees, :found_at)
ON CONFLICT (a_id, b_id) DO UPDATE SET likeness = excluded.likeness, agrees = excluded.agrees, found_at = excluded.found_at;

-- name: forget_below :exec
-- Pairs of an organisation that an earlier search found and this one did not.
-- param above_id id
-- param before time
DELETE FROM duplicate WHERE dismissed_at IS NULL AND found_at < :before
	AND EXISTS (SELECT 1 FROM posting o JOIN org_above u ON u.org_id = o.org_id AND u.above_id = :above_id WHERE o.person_id = duplicate.a_id)
	AND EXISTS (SELECT 1 FROM posting o JOIN org_above u ON u.org_id = o.org_id AND u.above_id = :above_id WHERE o.person_id = duplicate.b_id);

-- name: dismiss :exec
-- A pair is two people.
UPDATE duplicate SET dismissed_at = :dismissed_at, dismissed_by = :dismissed_by WHERE a_id = :a_id AND b_id = :b_id AND dismissed_at IS NULL;

-- name: people :each
-- Everybody whose last posting is or was at an organisation or below it, to be compared.
-- param above_id id
SELECT p.id, p.name, p.email, p.employee_no, o.org_id, o.designation_id
FROM org_above u JOIN posting o ON o.org_id = u.org_id JOIN person p ON p.id = o.person_id
WHERE u.above_id = :above_id AND p.merged_into_id IS NULL AND NOT EXISTS (SELECT 1 FROM posting l WHERE l.person_id = p.id AND l.from_day > o.from_day)
ORDER BY p.id;

-- name: looking :maybe
-- Whether a search of an organisation is under way, and when the last one ended.
-- param once text
-- col working int
-- col ended_at time
SELECT count(*) FILTER (WHERE j.state IN ('queued', 'running')) AS working, max(j.ended_at) AS ended_at FROM job j WHERE j.kind = 'merge.look' AND j.once = :once;
