-- owner: together

-- ── sessions ──

-- name: resource :maybe
-- What could be watched together.
SELECT r.id, r.kind, r.title, r.ms, r.ended_at, r.course_id, c.title AS course, c.lang, c.state AS course_state
FROM resource r JOIN course c ON c.id = r.course_id WHERE r.id = :id;

-- name: add :exec
-- A session is opened.
INSERT INTO together_session (id, resource_id, course_id, host_id, org_id, sealed_key, opened_at, ends_at, used)
VALUES (:id, :resource_id, :course_id, :host_id, :org_id, :sealed_key, :opened_at, :ends_at, '[]');

-- name: session :maybe
-- A session with what every page says of it.
SELECT s.id, s.resource_id, s.course_id, s.host_id, s.org_id, s.sealed_key, s.opened_at, s.ends_at, s.used, r.kind, r.title, r.ms, r.ended_at AS resource_ended_at, c.title AS course, c.lang,
	c.state AS course_state, p.name AS host
FROM together_session s JOIN resource r ON r.id = s.resource_id JOIN course c ON c.id = s.course_id JOIN person p ON p.id = s.host_id WHERE s.id = :id;

-- name: hosts :maybe
-- The session that somebody hosts now.
-- param moment time
SELECT id, resource_id FROM together_session WHERE host_id = :host_id AND ends_at > :moment ORDER BY id DESC LIMIT 1;

-- name: end :exec
-- A session ends.
-- param moment time
UPDATE together_session SET ends_at = :moment WHERE id = :id AND ends_at > :moment;

-- name: end_presences :exec
-- Who is there leaves with it.
-- param moment time
UPDATE together_presence SET left_at = :moment WHERE together_id = :together_id AND left_at > :moment;

-- name: use_time :exec
-- Wall time that reports have used up.
UPDATE together_session SET used = :used WHERE id = :id;

-- name: near :many
-- Sessions that are open to somebody: of his office, or of his supervisor.
-- param moment time
SELECT id, sealed_key FROM together_session WHERE ends_at > :moment AND host_id <> :person_id AND (org_id = :org_id OR host_id = :supervisor_id) ORDER BY id DESC LIMIT 200;

-- ── who is there ──

-- name: candidate :maybe
-- Somebody who would join: where he is posted, whether he is enrolled, what he hosts, where he is now.
-- param course_id id
-- param together_id id
-- param moment time
-- param day int
-- param person_id id
-- col hosts_id id
-- col there_id id
-- col was_here int
SELECT p.id, p.name, p.employee_no, p.state, o.org_id, o.supervisor_id, e.state AS enrolment,
	(SELECT max(h.id) FROM together_session h WHERE h.host_id = p.id AND h.ends_at > :moment) AS hosts_id,
	(SELECT max(x.together_id) FROM together_presence x WHERE x.person_id = p.id AND x.left_at > :moment) AS there_id,
	(SELECT count(*) FROM together_presence y WHERE y.together_id = :together_id AND y.person_id = p.id) AS was_here
FROM person p LEFT JOIN posting o ON o.person_id = p.id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
	LEFT JOIN enrolment e ON e.person_id = p.id AND e.course_id = :course_id
WHERE p.id = :person_id;

-- name: counts :one
-- How many people a session has had, how many rows they have, and how many are there.
-- param moment time
-- col n_people int
-- col n_rows int
-- col n_there int
SELECT count(DISTINCT person_id) AS n_people, count(*) AS n_rows, COALESCE(sum(CASE WHEN left_at > :moment THEN 1 ELSE 0 END), 0) AS n_there
FROM together_presence WHERE together_id = :together_id;

-- name: leave :exec
-- Somebody is no longer where he was.
-- param moment time
UPDATE together_presence SET left_at = :moment WHERE person_id = :person_id AND left_at > :moment;

-- name: come :exec
-- Somebody is there.
INSERT INTO together_presence (id, together_id, person_id, joined_at, left_at, way, by_id, act_id, enrolled, intervals, ms)
VALUES (:id, :together_id, :person_id, :joined_at, :left_at, :way, :by_id, :act_id, :enrolled, '[]', 0);

-- name: there :maybe
-- Whether somebody is in a session now.
-- param moment time
SELECT id, joined_at, way, enrolled FROM together_presence WHERE together_id = :together_id AND person_id = :person_id AND left_at > :moment ORDER BY id DESC LIMIT 1;

-- name: people :many
-- Everybody who was in a session, with the newest row of each, in the order of names.
-- param after_key text
-- param after_id id
-- param most int
-- col ms int
-- col check_way text
-- col check_by text
SELECT p.id AS person_id, p.name, p.sort_key, p.employee_no, x.joined_at, x.left_at, x.way, x.enrolled, b.name AS by_name,
	(SELECT sum(y.ms) FROM together_presence y WHERE y.together_id = x.together_id AND y.person_id = x.person_id) AS ms,
	g.intervals AS own, t.intervals AS grouped, k.way AS credit_way,
	(SELECT max(c.way) FROM together_check c WHERE c.person_id = p.id AND c.resource_id = s.resource_id AND c.passed) AS check_way,
	(SELECT max(w.name) FROM together_check c JOIN person w ON w.id = c.by_id WHERE c.person_id = p.id AND c.resource_id = s.resource_id AND c.passed) AS check_by
FROM together_presence x JOIN together_session s ON s.id = x.together_id JOIN person p ON p.id = x.person_id LEFT JOIN person b ON b.id = x.by_id
	LEFT JOIN progress g ON g.person_id = p.id AND g.resource_id = s.resource_id LEFT JOIN together_progress t ON t.person_id = p.id AND t.resource_id = s.resource_id
	LEFT JOIN credit k ON k.person_id = p.id AND k.resource_id = s.resource_id
WHERE x.together_id = :together_id AND x.id = (SELECT max(z.id) FROM together_presence z WHERE z.together_id = x.together_id AND z.person_id = x.person_id)
	AND (p.sort_key > :after_key OR (p.sort_key = :after_key AND p.id > :after_id))
ORDER BY p.sort_key, p.id LIMIT :most;

-- name: roster :many
-- Who could be ticked: posted in the host's office, or supervised by the host; all, or whose name begins so.
-- param host_id id
-- param org_id id
-- param together_id id
-- param day int
-- param moment time
-- param all_of int
-- param start text
-- param after_key text
-- param after_id id
-- param most int
-- col there_id id
SELECT p.id, p.name, p.sort_key, p.employee_no, d.name_en AS designation_en, d.name_hi AS designation_hi,
	(SELECT max(x.id) FROM together_presence x WHERE x.together_id = :together_id AND x.person_id = p.id AND x.left_at > :moment) AS there_id
FROM posting o JOIN person p ON p.id = o.person_id AND p.state = 'active' JOIN designation d ON d.id = o.designation_id
WHERE (o.org_id = :org_id OR o.supervisor_id = :host_id) AND p.id <> :host_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
	AND (:all_of = 1 OR (p.sort_key >= :start AND p.sort_key < :start || '{'))
	AND (p.sort_key > :after_key OR (p.sort_key = :after_key AND p.id > :after_id))
ORDER BY p.sort_key, p.id LIMIT :most;

-- ── acts of ticking ──

-- name: add_act :exec
-- Several were ticked.
INSERT INTO together_act (id, together_id, n, at) VALUES (:id, :together_id, :n, :at);

-- name: acts :many
-- The acts of a session, the newest first.
SELECT id, n, at, undone_at, stayed FROM together_act WHERE together_id = :together_id ORDER BY id DESC LIMIT 20;

-- name: act :maybe
-- One of them.
SELECT id, n, at, undone_at FROM together_act WHERE id = :id AND together_id = :together_id;

-- name: undo_act :exec
-- It is taken back.
UPDATE together_act SET undone_at = :undone_at, stayed = :stayed WHERE id = :id;

-- name: of_act :many
-- Whom an act let in, with what each was paid and whether anything more is known.
-- col checked id
SELECT x.id, x.person_id, x.joined_at, x.enrolled, x.intervals, x.ms, t.intervals AS grouped, k.way AS credit_way, e.state AS enrolment, e.last_at,
	(SELECT max(c.id) FROM together_check c WHERE c.together_id = x.together_id AND c.person_id = x.person_id) AS checked
FROM together_presence x JOIN together_session s ON s.id = x.together_id LEFT JOIN together_progress t ON t.person_id = x.person_id AND t.resource_id = s.resource_id
	LEFT JOIN credit k ON k.person_id = x.person_id AND k.resource_id = s.resource_id LEFT JOIN enrolment e ON e.person_id = x.person_id AND e.course_id = s.course_id
WHERE x.together_id = :together_id AND x.act_id = :act_id ORDER BY x.id LIMIT 1000;

-- name: drop_presence :exec
-- As if somebody had not come.
DELETE FROM together_presence WHERE id = :id;

-- ── what is paid ──

-- name: present :many
-- Who was there at some time since a moment, with what each has seen; of those who are enrolled.
-- param from_at time
SELECT x.id, x.person_id, x.joined_at, x.left_at FROM together_presence x JOIN together_session s ON s.id = x.together_id
	JOIN enrolment e ON e.person_id = x.person_id AND e.course_id = s.course_id AND e.state <> 'ended'
WHERE x.together_id = :together_id AND x.left_at > :from_at ORDER BY x.person_id, x.id LIMIT 1000;

-- name: seen :maybe
-- What somebody has seen of a resource, alone and in groups, and what he was paid for one presence.
SELECT g.intervals AS own, t.intervals AS grouped, k.way AS credit_way, x.intervals AS here, x.ms
FROM together_presence x JOIN together_session s ON s.id = x.together_id
	LEFT JOIN progress g ON g.person_id = x.person_id AND g.resource_id = s.resource_id
	LEFT JOIN together_progress t ON t.person_id = x.person_id AND t.resource_id = s.resource_id
	LEFT JOIN credit k ON k.person_id = x.person_id AND k.resource_id = s.resource_id
WHERE x.id = :id;

-- name: put_progress :exec
-- What somebody has seen in groups.
INSERT INTO together_progress (person_id, resource_id, intervals, covered_ms, updated_at) VALUES (:person_id, :resource_id, :intervals, :covered_ms, :updated_at)
ON CONFLICT (person_id, resource_id) DO UPDATE SET intervals = excluded.intervals, covered_ms = excluded.covered_ms, updated_at = excluded.updated_at;

-- name: pay :exec
-- And what of it for one presence.
UPDATE together_presence SET intervals = :intervals, ms = :ms WHERE id = :id;

-- ── of one person ──

-- name: mine :many
-- Sessions that somebody hosted or was in, the newest first.
-- param person_id id
-- param before_id id
-- param most int
-- col ms int
-- col check_way text
-- col check_by text
SELECT s.id, s.resource_id, s.course_id, s.host_id, s.opened_at, s.ends_at, r.title, c.title AS course, c.lang, p.name AS host,
	(SELECT sum(x.ms) FROM together_presence x WHERE x.together_id = s.id AND x.person_id = :person_id) AS ms,
	(SELECT max(k.way) FROM together_check k WHERE k.together_id = s.id AND k.person_id = :person_id AND k.passed) AS check_way,
	(SELECT max(w.name) FROM together_check k JOIN person w ON w.id = k.by_id WHERE k.together_id = s.id AND k.person_id = :person_id AND k.passed) AS check_by
FROM together_session s JOIN resource r ON r.id = s.resource_id JOIN course c ON c.id = s.course_id JOIN person p ON p.id = s.host_id
WHERE s.id < :before_id AND (s.host_id = :person_id OR s.id IN (SELECT x.together_id FROM together_presence x WHERE x.person_id = :person_id))
ORDER BY s.id DESC LIMIT :most;

-- rows: together_session by host_id
-- rows: together_presence by person_id
-- rows: together_progress by person_id
-- rows: together_check by person_id
-- rows: together_number by person_id
