-- owner: org

-- name: add :exec
-- A new organisation.
INSERT INTO org (id, code, parent_id, kind, name_en, name_hi, short_name, created_at)
VALUES (:id, :code, :parent_id, :kind, :name_en, :name_hi, :short_name, :created_at);

-- name: add_self_above :exec
-- Every organisation is above itself, at distance 0.
INSERT INTO org_above (org_id, above_id, distance) VALUES (:org_id, :org_id, 0);

-- name: add_above :exec
-- What is above the parent is above the child, one further away.
-- param parent_id id
INSERT INTO org_above (org_id, above_id, distance)
SELECT :org_id, a.above_id, a.distance + 1 FROM org_above a WHERE a.org_id = :parent_id;

-- name: leave :exec
-- An organisation and all below it have nothing above the former any more.
-- param org_id id
DELETE FROM org_above WHERE org_id IN (SELECT d.org_id FROM org_above d WHERE d.above_id = :org_id)
	AND above_id IN (SELECT u.above_id FROM org_above u WHERE u.org_id = :org_id AND u.distance > 0);

-- name: join_below :exec
-- An organisation and all below it have another one, and all above that, above them.
-- param parent_id id
-- param org_id id
INSERT INTO org_above (org_id, above_id, distance)
SELECT d.org_id, u.above_id, d.distance + u.distance + 1 FROM org_above d JOIN org_above u ON u.org_id = :parent_id WHERE d.above_id = :org_id;

-- name: set_parent :exec
-- What stands right above an organisation.
UPDATE org SET parent_id = :parent_id WHERE id = :id;

-- name: called :maybe
-- An organisation by its code or id.
-- param called text
-- param called_id id
SELECT id FROM org WHERE code = :called OR id = :called_id ORDER BY id LIMIT 1;

-- name: of_code :maybe
-- The organisation of a code.
SELECT id FROM org WHERE code = :code;

-- name: one :maybe
-- An organisation.
SELECT id, code, parent_id, kind, name_en, name_hi, short_name FROM org WHERE id = :id;

-- name: above :many
-- An organisation and all above it, nearest first.
SELECT o.id, o.code, o.kind, o.name_en, o.name_hi, o.short_name, u.distance
FROM org_above u JOIN org o ON o.id = u.above_id WHERE u.org_id = :org_id ORDER BY u.distance;

-- name: children :many
-- The organisations right below one, with how many people are posted in the subtree of each on a day.
-- param day int
-- param skip int
-- param most int
-- col people int
SELECT o.id, o.code, o.kind, o.name_en, o.name_hi, o.short_name,
	(SELECT count(*) FROM org_above u JOIN posting g ON g.org_id = u.org_id
		WHERE u.above_id = o.id AND g.from_day <= :day AND (g.until_day IS NULL OR g.until_day > :day)) AS people
FROM org o WHERE o.parent_id = :parent_id ORDER BY o.name_en, o.id LIMIT :most OFFSET :skip;

-- name: people :many
-- The people posted in an organisation or below it on a day, by name; with what they have completed.
-- param above_id id
-- param day int
-- param skip int
-- param most int
-- col completed int
-- col active int
-- col has_password bool
SELECT p.id, p.name, p.sort_key, p.password IS NOT NULL AS has_password, d.name_en AS designation_en, d.name_hi AS designation_hi, g.name_en AS org_en, g.name_hi AS org_hi,
	(SELECT count(*) FROM enrolment e WHERE e.person_id = p.id AND e.state = 'completed') AS completed,
	(SELECT count(*) FROM enrolment e WHERE e.person_id = p.id AND e.state = 'active') AS active
FROM org_above u JOIN posting o ON o.org_id = u.org_id JOIN person p ON p.id = o.person_id
JOIN designation d ON d.id = o.designation_id JOIN org g ON g.id = o.org_id
WHERE u.above_id = :above_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day) AND p.state = 'active'
ORDER BY p.sort_key, p.id LIMIT :most OFFSET :skip;

-- name: head_count :one
-- How many people are posted in an organisation or below it on a day.
-- param above_id id
-- param day int
-- col n int
SELECT count(*) AS n FROM org_above u JOIN posting o ON o.org_id = u.org_id JOIN person p ON p.id = o.person_id
WHERE u.above_id = :above_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day) AND p.state = 'active';

-- name: figures :one
-- The counters of an organisation: all time and one month.
-- param org_id id
-- param month int
-- col completed int
-- col completed_month int
-- col learning_ms int
-- col learning_ms_month int
SELECT CAST(COALESCE(sum(CASE WHEN what = 'completed' AND period = 0 THEN n END), 0) AS bigint) AS completed,
	CAST(COALESCE(sum(CASE WHEN what = 'completed' AND period = :month THEN n END), 0) AS bigint) AS completed_month,
	CAST(COALESCE(sum(CASE WHEN what = 'learning_ms' AND period = 0 THEN n END), 0) AS bigint) AS learning_ms,
	CAST(COALESCE(sum(CASE WHEN what = 'learning_ms' AND period = :month THEN n END), 0) AS bigint) AS learning_ms_month
FROM tally WHERE subject_id = :org_id;
