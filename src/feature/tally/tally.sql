-- owner: tally

-- name: add :exec
-- Adds to one shard of a counter, of all time (0) and of a month.
-- param subject_id id
-- param month int
INSERT INTO tally (subject_id, what, period, shard, n)
SELECT :subject_id, :what, p.period, :shard, :n FROM (SELECT 0 AS period UNION ALL SELECT :month) p WHERE TRUE
ON CONFLICT (subject_id, what, period, shard) DO UPDATE SET n = tally.n + excluded.n;

-- name: add_above :exec
-- The same for the organisation of a person's posting on a day and all above it.
-- param month int
-- param person_id id
-- param day int
INSERT INTO tally (subject_id, what, period, shard, n)
SELECT u.above_id, :what, p.period, :shard, :n FROM posting o JOIN org_above u ON u.org_id = o.org_id CROSS JOIN (SELECT 0 AS period UNION ALL SELECT :month) p
WHERE o.person_id = :person_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
ON CONFLICT (subject_id, what, period, shard) DO UPDATE SET n = tally.n + excluded.n;

-- name: move :exec
-- What is counted of an organisation is added to all above it, with a sign.
-- param sign int
-- param org_id id
INSERT INTO tally (subject_id, what, period, shard, n)
SELECT u.above_id, t.what, t.period, t.shard, t.n * :sign FROM org_above u JOIN tally t ON t.subject_id = u.org_id WHERE u.org_id = :org_id AND u.distance > 0
ON CONFLICT (subject_id, what, period, shard) DO UPDATE SET n = tally.n + excluded.n;

-- name: get :one
-- A counter.
-- col total int
SELECT CAST(COALESCE(sum(n), 0) AS bigint) AS total FROM tally WHERE subject_id = :subject_id AND what = :what AND period = :period;

-- name: clear :exec
-- Forgets all counters, before they are counted anew.
DELETE FROM tally;

-- name: all :each
-- Every counter, for the check.
-- col total int
SELECT subject_id, what, period, CAST(sum(n) AS bigint) AS total FROM tally GROUP BY subject_id, what, period ORDER BY subject_id, what, period;

-- name: facts :each
-- What the monthly counters and the learning hours are counted from: credits and completions, one by one.
-- col kind text
-- col at time
-- col ms int
-- col subject_id id
SELECT f.kind, f.person_id, f.subject_id, f.at, f.ms FROM (
	SELECT 'learning_ms' AS kind, c.person_id, c.course_id AS subject_id, c.credited_at AS at, r.ms FROM credit c JOIN resource r ON r.id = c.resource_id
	UNION ALL SELECT 'completed', e.person_id, e.course_id, e.completed_at, 1 FROM enrolment e WHERE e.completed_at IS NOT NULL
	UNION ALL SELECT 'enrolled', e.person_id, e.course_id, e.enrolled_at, 1 FROM enrolment e
	UNION ALL SELECT 'rating', r.person_id, r.course_id, r.rated_at, r.stars FROM rating r) f
ORDER BY f.person_id, f.at, f.kind, f.subject_id;

-- name: facts_of :each
-- The same of one person.
-- param person_id id
-- col kind text
-- col at time
-- col ms int
-- col subject_id id
SELECT f.kind, f.person_id, f.subject_id, f.at, f.ms FROM (
	SELECT 'learning_ms' AS kind, c.person_id, c.course_id AS subject_id, c.credited_at AS at, r.ms FROM credit c JOIN resource r ON r.id = c.resource_id WHERE c.person_id = :person_id
	UNION ALL SELECT 'completed', e.person_id, e.course_id, e.completed_at, 1 FROM enrolment e WHERE e.completed_at IS NOT NULL AND e.person_id = :person_id
	UNION ALL SELECT 'enrolled', e.person_id, e.course_id, e.enrolled_at, 1 FROM enrolment e WHERE e.person_id = :person_id
	UNION ALL SELECT 'rating', r.person_id, r.course_id, r.rated_at, r.stars FROM rating r WHERE r.person_id = :person_id) f
ORDER BY f.at, f.kind, f.subject_id;
