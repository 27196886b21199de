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

-- name: figures :one
-- What the counters say of an organisation and all below it: for ever and in a month.
-- param period int
-- col completed int
-- col completed_month int
-- col learned_ms int
-- col learned_ms_month int
SELECT
	CAST(COALESCE(sum(t.n) FILTER (WHERE t.what = 'completed' AND t.period = 0), 0) AS bigint) AS completed,
	CAST(COALESCE(sum(t.n) FILTER (WHERE t.what = 'completed' AND t.period <> 0), 0) AS bigint) AS completed_month,
	CAST(COALESCE(sum(t.n) FILTER (WHERE t.what = 'minutes' AND t.period = 0), 0) AS bigint) AS learned_ms,
	CAST(COALESCE(sum(t.n) FILTER (WHERE t.what = 'minutes' AND t.period <> 0), 0) AS bigint) AS learned_ms_month
FROM tally t WHERE t.subject_id = :subject_id AND t.what IN ('completed', 'minutes') AND t.period IN (0, :period);
