-- owner: karma

-- ── rules ──

-- name: rules :many
-- What operators have set, newest last.
SELECT r.id, r.code, r.from_day, r.points, r.monthly_most, r.less_a_month, r.least_share, r.reason, r.set_at, p.name AS setter
FROM karma_rule r JOIN person p ON p.id = r.set_by ORDER BY r.from_day, r.id LIMIT 2000;

-- name: rule_add :exec
-- A rule from a day on.
INSERT INTO karma_rule (id, code, from_day, points, monthly_most, less_a_month, least_share, reason, set_by, set_at)
VALUES (:id, :code, :from_day, :points, :monthly_most, :less_a_month, :least_share, :reason, :set_by, :set_at);

-- ── giving ──

-- name: give :exec
-- Points for a fact, once.
INSERT INTO karma_entry (person_id, code, thing_id, points, why, months, at, noted_at)
VALUES (:person_id, :code, :thing_id, :points, :why, :months, :at, :noted_at) ON CONFLICT (person_id, code, thing_id) DO NOTHING;

-- name: completion :maybe
-- What a completed course is worth something for: when it was, when a test of it was passed, when it was due.
-- col tested_at time
-- col due_day int
SELECT e.completed_at, k.ms AS course_ms,
	(SELECT min(c.credited_at) FROM resource r JOIN credit c ON c.person_id = e.person_id AND c.resource_id = r.id
		WHERE r.course_id = e.course_id AND c.way IN ('quiz', 'check')) AS tested_at,
	(SELECT min(a.due_day) FROM assignment a WHERE a.person_id = e.person_id AND a.course_id = e.course_id
		AND (a.withdrawn_at IS NULL OR a.withdrawn_at > e.completed_at)) AS due_day
FROM enrolment e JOIN course k ON k.id = e.course_id WHERE e.person_id = :person_id AND e.course_id = :course_id AND e.completed_at IS NOT NULL;

-- name: covered :one
-- What of a course somebody has covered alone, of each resource no more than it is long: the next statement says never less.
-- param person_id id
-- param course_id id
-- col ms int
SELECT CAST(COALESCE(sum(CASE WHEN p.covered_ms > r.ms THEN r.ms ELSE p.covered_ms END), 0) AS bigint) AS ms
FROM resource r JOIN progress p ON p.person_id = :person_id AND p.resource_id = r.id WHERE r.course_id = :course_id;

-- name: learnt :one
-- Verified time of somebody in a course, alone and in groups, of each resource no more than it is long. What was learnt before there was `learned` stands in
-- progress alone.
-- param person_id id
-- param course_id id
-- col ms int
SELECT CAST(COALESCE(sum(CASE WHEN COALESCE(l.ms, 0) <= COALESCE(p.covered_ms, 0) THEN COALESCE(p.covered_ms, 0) WHEN l.ms > r.ms THEN r.ms ELSE l.ms END), 0) AS bigint) AS ms
FROM resource r LEFT JOIN progress p ON p.person_id = :person_id AND p.resource_id = r.id
LEFT JOIN (SELECT thing_id, sum(ms) AS ms FROM learned WHERE person_id = :person_id AND kind = 'resource' AND course_id = :course_id GROUP BY thing_id) l ON l.thing_id = r.id
WHERE r.course_id = :course_id;

-- name: paid_between :one
-- How many other courses that were not assigned have been paid for between two moments.
-- param person_id id
-- param course_id id
-- param from_at time
-- param until_at time
-- col n int
SELECT count(*) AS n FROM karma_entry e WHERE e.person_id = :person_id AND e.code = 'course' AND e.thing_id <> :course_id AND e.points > 0 AND e.at >= :from_at AND e.at < :until_at
	AND NOT EXISTS (SELECT 1 FROM karma_entry p WHERE p.person_id = e.person_id AND p.code = 'course_plan' AND p.thing_id = e.thing_id);

-- name: first_enrolment :maybe
-- When somebody first enrolled.
SELECT enrolled_at FROM enrolment WHERE person_id = :person_id ORDER BY enrolled_at, course_id LIMIT 1;

-- name: registered :maybe
-- When the account of somebody who made it himself came to be.
SELECT p.created_at FROM registration r JOIN person p ON p.id = r.person_id WHERE r.person_id = :person_id AND r.state = 'in' ORDER BY r.id LIMIT 1;

-- name: rating :maybe
-- A rating, with the length of the course.
SELECT g.rated_at, k.ms AS course_ms FROM rating g JOIN course k ON k.id = g.course_id WHERE g.person_id = :person_id AND g.course_id = :course_id;

-- name: event :maybe
-- When somebody had been at an event for long enough, while it was live.
SELECT done_at FROM event_presence WHERE event_id = :event_id AND person_id = :person_id AND way = 'live' AND done_at IS NOT NULL;

-- name: programme :maybe
-- When somebody completed a programme in a batch.
SELECT at FROM batch_completion WHERE batch_id = :batch_id AND person_id = :person_id;

-- name: courses_of :many
-- All courses somebody has completed, in that order.
SELECT course_id FROM enrolment WHERE person_id = :person_id AND completed_at IS NOT NULL ORDER BY completed_at, course_id LIMIT 10000;

-- name: ratings_of :many
-- All ratings of somebody.
SELECT course_id FROM rating WHERE person_id = :person_id ORDER BY rated_at, course_id LIMIT 10000;

-- name: events_of :many
-- All events somebody was at.
SELECT event_id FROM event_presence WHERE person_id = :person_id AND way = 'live' AND done_at IS NOT NULL ORDER BY event_id LIMIT 10000;

-- name: programmes_of :many
-- All batches in which somebody completed a programme.
SELECT batch_id FROM batch_completion WHERE person_id = :person_id ORDER BY batch_id LIMIT 10000;

-- ── reading ──

-- name: sums :one
-- Points of somebody: all, and since a moment.
-- param since time
-- param person_id id
-- col points int
-- col lately int
SELECT CAST(COALESCE(sum(points), 0) AS bigint) AS points, CAST(COALESCE(sum(CASE WHEN at >= :since THEN points ELSE 0 END), 0) AS bigint) AS lately FROM karma_entry WHERE person_id = :person_id;

-- name: ledger :many
-- Entries of somebody, the newest first, behind a moment and thing; with what the thing is called.
-- param person_id id
-- param at time
-- param thing_id id
-- param most int
-- col title text
-- col lang text
SELECT e.code, e.thing_id, e.points, e.why, e.months, e.at, COALESCE(k.title, v.title, g.title) AS title, COALESCE(k.lang, v.lang) AS lang
FROM (SELECT code, thing_id, points, why, months, at FROM karma_entry
		WHERE person_id = :person_id AND (at < :at OR (at = :at AND thing_id > :thing_id)) ORDER BY at DESC, thing_id, code LIMIT :most) e
	LEFT JOIN course k ON k.id = e.thing_id AND e.code IN ('course', 'course_test', 'course_plan', 'rating')
	LEFT JOIN event v ON v.id = e.thing_id AND e.code = 'event'
	LEFT JOIN batch b ON b.id = e.thing_id AND e.code = 'programme' LEFT JOIN programme g ON g.id = b.programme_id
ORDER BY e.at DESC, e.thing_id, e.code;

-- name: days :many
-- Days on which somebody learnt, from one on.
-- col ms int
SELECT day, CAST(sum(ms) AS bigint) AS ms FROM learned WHERE person_id = :person_id AND day >= :day AND ms > 0 GROUP BY day ORDER BY day LIMIT 1000;

-- ── boards ──

-- name: hidden :maybe
-- Whether somebody does not want to be seen.
SELECT at FROM karma_hidden WHERE person_id = :person_id;

-- name: hide :exec
-- Not seen from now on.
INSERT INTO karma_hidden (person_id, at) VALUES (:person_id, :at) ON CONFLICT (person_id) DO NOTHING;

-- name: show :exec
-- Seen again.
DELETE FROM karma_hidden WHERE person_id = :person_id;

-- name: my_league :maybe
-- The board of somebody in a week.
SELECT l.org_id, l.n, o.name_en AS org_en, o.name_hi AS org_hi FROM karma_league l JOIN org o ON o.id = l.org_id WHERE l.person_id = :person_id AND l.week = :week;

-- name: league :many
-- Who stands on a board, with what was learnt in its week, most first. Who has hidden himself since is not there.
-- param week int
-- param week_end int
-- param org_id id
-- param n int
-- col ms int
SELECT l.person_id, p.name, CAST(COALESCE((SELECT sum(d.ms) FROM learned d WHERE d.person_id = l.person_id AND d.day >= :week AND d.day < :week_end), 0) AS bigint) AS ms
FROM karma_league l JOIN person p ON p.id = l.person_id
WHERE l.week = :week AND l.org_id = :org_id AND l.n = :n AND NOT EXISTS (SELECT 1 FROM karma_hidden h WHERE h.person_id = l.person_id)
ORDER BY ms DESC, p.sort_key, l.person_id LIMIT 200;

-- name: any_league :maybe
-- Whether boards of a week have been begun.
SELECT person_id FROM karma_league WHERE week = :week ORDER BY org_id, n LIMIT 1;

-- name: next_department :maybe
-- The next organisation that has boards of its own: a ministry, department or state, or what has nothing above it.
SELECT id FROM org WHERE id > :id AND (kind IN ('ministry', 'department', 'state') OR parent_id IS NULL) ORDER BY id LIMIT 1;

-- name: active :one
-- How many people of a department (nearest above their posting) have learnt since a day and want to be seen.
-- param since int
-- param org_id id
-- col n int
SELECT count(*) AS n FROM org_above u JOIN posting s ON s.org_id = u.org_id AND s.until_day IS NULL
WHERE u.above_id = :org_id
	AND NOT EXISTS (SELECT 1 FROM org_above w JOIN org x ON x.id = w.above_id WHERE w.org_id = u.org_id AND w.distance < u.distance
		AND (x.kind IN ('ministry', 'department', 'state') OR x.parent_id IS NULL))
	AND EXISTS (SELECT 1 FROM learned d WHERE d.person_id = s.person_id AND d.day >= :since AND d.ms > 0)
	AND NOT EXISTS (SELECT 1 FROM karma_hidden h WHERE h.person_id = s.person_id);

-- name: league_fill :exec
-- Those, cut into so many boards, offices together.
-- param week int
-- param org_id id
-- param boards int
-- param people int
-- param since int
INSERT INTO karma_league (person_id, week, org_id, n)
SELECT q.person_id, :week, :org_id, (q.place - 1) * :boards / :people FROM (
	SELECT s.person_id, row_number() OVER (ORDER BY s.org_id, s.person_id) AS place
	FROM org_above u JOIN posting s ON s.org_id = u.org_id AND s.until_day IS NULL
	WHERE u.above_id = :org_id
		AND NOT EXISTS (SELECT 1 FROM org_above w JOIN org x ON x.id = w.above_id WHERE w.org_id = u.org_id AND w.distance < u.distance
		AND (x.kind IN ('ministry', 'department', 'state') OR x.parent_id IS NULL))
		AND EXISTS (SELECT 1 FROM learned d WHERE d.person_id = s.person_id AND d.day >= :since AND d.ms > 0)
		AND NOT EXISTS (SELECT 1 FROM karma_hidden h WHERE h.person_id = s.person_id)) q
WHERE 1 = 1 ON CONFLICT (person_id, week) DO NOTHING;

-- name: league_drop :exec
-- Boards that nobody looks at any more.
DELETE FROM karma_league WHERE week < :week;

-- ── joined accounts, checking ──

-- name: merge_entries :exec
-- Entries of an account become another's; of two for one thing the kept account's stays.
-- param kept_id id
-- param closed_id id
INSERT INTO karma_entry (person_id, code, thing_id, points, why, months, at, noted_at)
SELECT :kept_id, code, thing_id, points, why, months, at, noted_at FROM karma_entry WHERE person_id = :closed_id
ON CONFLICT (person_id, code, thing_id) DO NOTHING;

-- name: drop_entries :exec
-- Those that have become another's.
DELETE FROM karma_entry WHERE person_id = :person_id;

-- name: drop_leagues :exec
-- Places on boards of an account that is closed.
DELETE FROM karma_league WHERE person_id = :person_id;

-- name: wrong :each
-- Entries of which there is no fact.
SELECT e.person_id, e.thing_id FROM karma_entry e
WHERE (e.code IN ('course', 'course_test', 'course_plan') AND NOT EXISTS (SELECT 1 FROM enrolment n WHERE n.person_id = e.person_id AND n.course_id = e.thing_id AND n.completed_at IS NOT NULL))
	OR (e.code = 'rating' AND NOT EXISTS (SELECT 1 FROM rating r WHERE r.person_id = e.person_id AND r.course_id = e.thing_id))
	OR (e.code = 'event' AND NOT EXISTS (SELECT 1 FROM event_presence v WHERE v.person_id = e.person_id AND v.event_id = e.thing_id))
	OR (e.code = 'programme' AND NOT EXISTS (SELECT 1 FROM batch_completion b WHERE b.person_id = e.person_id AND b.batch_id = e.thing_id))
ORDER BY e.person_id, e.code, e.thing_id;

-- rows: karma_entry by person_id
-- rows: karma_hidden by person_id
-- rows: karma_league by person_id
