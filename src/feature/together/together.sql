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
-- col used int
-- col check_way text
-- col check_by text
SELECT p.id AS person_id, p.name, p.sort_key, p.employee_no, x.joined_at, x.left_at, x.way, x.enrolled, b.name AS by_name, e.state AS enrolment,
	(SELECT count(*) FROM together_check d WHERE d.person_id = p.id AND d.resource_id = s.resource_id AND d.done_at IS NOT NULL) AS used,
	(SELECT CAST(sum(y.ms) AS bigint) FROM together_presence y WHERE y.together_id = x.together_id AND y.person_id = x.person_id) AS ms,
	g.intervals AS own, t.intervals AS grouped, k.way AS credit_way,
	(SELECT max(c.way) FROM together_check c WHERE c.person_id = p.id AND c.resource_id = s.resource_id AND c.passed) AS check_way,
	(SELECT max(w.name) FROM together_check c JOIN person w ON w.id = c.by_id WHERE c.person_id = p.id AND c.resource_id = s.resource_id AND c.passed) AS check_by
FROM together_presence x JOIN together_session s ON s.id = x.together_id JOIN person p ON p.id = x.person_id LEFT JOIN person b ON b.id = x.by_id
	LEFT JOIN progress g ON g.person_id = p.id AND g.resource_id = s.resource_id LEFT JOIN together_progress t ON t.person_id = p.id AND t.resource_id = s.resource_id
	LEFT JOIN credit k ON k.person_id = p.id AND k.resource_id = s.resource_id LEFT JOIN enrolment e ON e.person_id = p.id AND e.course_id = s.course_id
WHERE x.together_id = :together_id AND x.id = (SELECT max(z.id) FROM together_presence z WHERE z.together_id = x.together_id AND z.person_id = x.person_id)
	AND (p.sort_key > :after_key OR (p.sort_key = :after_key AND p.id > :after_id))
ORDER BY p.sort_key, p.id LIMIT :most;

-- name: roster :many
-- Who could be ticked: posted in the host's office, or supervised by the host; all, or whose name begins so (start, and what is behind all that do).
-- param host_id id
-- param org_id id
-- param together_id id
-- param day int
-- param moment time
-- param all_of int
-- param start text
-- param beyond text
-- param after_key text
-- param after_id id
-- param most int
-- col there_id id
SELECT p.id, p.name, p.sort_key, p.employee_no, d.name_en AS designation_en, d.name_hi AS designation_hi,
	(SELECT max(x.id) FROM together_presence x WHERE x.together_id = :together_id AND x.person_id = p.id AND x.left_at > :moment) AS there_id
FROM posting o JOIN person p ON p.id = o.person_id AND p.state = 'active' JOIN designation d ON d.id = o.designation_id
WHERE (o.org_id = :org_id OR o.supervisor_id = :host_id) AND p.id <> :host_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
	AND (:all_of = 1 OR (p.sort_key >= :start AND p.sort_key < :beyond))
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

-- ── checks ──

-- name: check_state :maybe
-- How somebody stands with a resource: what of it he has seen, whether it is credited, what proves it, when he was last in a group for it.
-- param person_id id
-- param id id
-- col quiz_id id
-- col together_id id
-- col used int
SELECT r.id, r.title, r.ms, r.ended_at, r.course_id, c.title AS course, c.lang, e.state AS enrolment, g.intervals AS own, t.intervals AS grouped, k.way AS credit_way,
	(SELECT z.id FROM resource z WHERE z.credits_id = r.id AND z.ended_at IS NULL ORDER BY z.n LIMIT 1) AS quiz_id,
	(SELECT max(x.together_id) FROM together_presence x JOIN together_session s ON s.id = x.together_id WHERE x.person_id = :person_id AND s.resource_id = r.id) AS together_id,
	(SELECT count(*) FROM together_check d WHERE d.person_id = :person_id AND d.resource_id = r.id AND d.done_at IS NOT NULL) AS used
FROM resource r JOIN course c ON c.id = r.course_id LEFT JOIN enrolment e ON e.person_id = :person_id AND e.course_id = r.course_id
	LEFT JOIN progress g ON g.person_id = :person_id AND g.resource_id = r.id LEFT JOIN together_progress t ON t.person_id = :person_id AND t.resource_id = r.id
	LEFT JOIN credit k ON k.person_id = :person_id AND k.resource_id = r.id
WHERE r.id = :id;

-- name: quiz :maybe
-- The quiz that proves a resource.
SELECT q.resource_id, q.pass, r.title FROM quiz q JOIN resource r ON r.id = q.resource_id WHERE q.resource_id = :resource_id;

-- name: pool :many
-- What a check draws from.
SELECT id, kind FROM question WHERE resource_id = :resource_id AND ended_at IS NULL ORDER BY n, id LIMIT 5000;

-- name: add_check :exec
-- A check begins.
INSERT INTO together_check (id, together_id, resource_id, quiz_id, person_id, n, way, by_id, made_at, passed)
VALUES (:id, :together_id, :resource_id, :quiz_id, :person_id, :n, :way, :by_id, :made_at, FALSE);

-- name: add_answer :exec
-- A question that it drew.
INSERT INTO together_answer (check_id, n, question_id) VALUES (:check_id, :n, :question_id);

-- name: open_check :maybe
-- The check that somebody has begun and not handed in; of sheets none.
SELECT id, way FROM together_check WHERE person_id = :person_id AND resource_id = :resource_id AND done_at IS NULL AND n = 0 ORDER BY id DESC LIMIT 1;

-- name: check :maybe
-- A check with what its page says.
SELECT k.id, k.together_id, k.resource_id, k.quiz_id, k.person_id, k.n, k.way, k.made_at, k.done_at, k.percent, k.passed, q.pass, p.name
FROM together_check k JOIN quiz q ON q.resource_id = k.quiz_id JOIN person p ON p.id = k.person_id WHERE k.id = :id;

-- name: set_way :exec
-- It goes on in another way than it began.
UPDATE together_check SET way = :way, by_id = :by_id, together_id = :together_id WHERE id = :id;

-- name: answers :many
-- Its questions, without the keys.
SELECT a.n, a.question_id, q.kind, q.asked FROM together_answer a JOIN question q ON q.id = a.question_id WHERE a.check_id = :check_id ORDER BY a.n LIMIT 100;

-- name: keys :many
-- Its questions with the keys, to mark what is handed in.
SELECT a.n, a.question_id, q.kind, q.asked, q.answer_key FROM together_answer a JOIN question q ON q.id = a.question_id WHERE a.check_id = :check_id ORDER BY a.n LIMIT 100;

-- name: give :exec
-- What was given, and what it earned.
UPDATE together_answer SET given = :given, marks = :marks WHERE check_id = :check_id AND n = :n;

-- name: done :exec
-- A check is handed in.
UPDATE together_check SET done_at = :done_at, by_id = :by_id, percent = :percent, passed = :passed WHERE id = :id AND done_at IS NULL;

-- name: last_check :maybe
-- How the last check of somebody went.
SELECT id, way, percent, passed, done_at FROM together_check WHERE person_id = :person_id AND resource_id = :resource_id AND done_at IS NOT NULL ORDER BY done_at DESC, id DESC LIMIT 1;

-- ── sheets ──

-- name: sheetless :many
-- Who was in a session, has the resource not credited, and no sheet of it that is still to be keyed in.
-- param together_id id
SELECT DISTINCT p.id, p.sort_key FROM together_presence x JOIN together_session s ON s.id = x.together_id JOIN person p ON p.id = x.person_id
WHERE x.together_id = :together_id AND NOT EXISTS (SELECT 1 FROM credit c WHERE c.person_id = p.id AND c.resource_id = s.resource_id)
	AND NOT EXISTS (SELECT 1 FROM together_check k WHERE k.together_id = s.id AND k.person_id = p.id AND k.n > 0 AND k.done_at IS NULL)
ORDER BY p.sort_key, p.id LIMIT 100;

-- name: last_sheet :one
-- The greatest number of a sheet so far.
-- col n int
SELECT COALESCE(max(n), 0) AS n FROM together_check WHERE together_id = :together_id;

-- name: sheets :many
-- The sheets of a session by their numbers.
-- param after_n int
-- param most int
SELECT k.id, k.n, k.person_id, k.done_at, k.percent, k.passed, p.name, p.employee_no FROM together_check k JOIN person p ON p.id = k.person_id
WHERE k.together_id = :together_id AND k.n > :after_n ORDER BY k.n LIMIT :most;

-- ── the personal number ──

-- name: number :maybe
-- The hash of somebody's number.
SELECT hash, made_at FROM together_number WHERE person_id = :person_id;

-- name: set_number :exec
-- A new number.
INSERT INTO together_number (person_id, hash, made_at) VALUES (:person_id, :hash, :made_at)
ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, made_at = excluded.made_at;

-- name: forget_number :exec
-- None any more.
DELETE FROM together_number WHERE person_id = :person_id;

-- ── supervisors ──

-- name: hosts_of :many
-- Of the people of a supervisor those who hosted, with how the checks of their sessions were done.
-- param day int
-- param supervisor_id id
-- param after_key text
-- param after_id id
-- param most int
-- col n_sessions int
-- col n_people int
-- col n_phone int
-- col n_number int
-- col n_tick int
-- col n_sheet int
SELECT p.id, p.name, p.sort_key, count(DISTINCT s.id) AS n_sessions,
	(SELECT count(DISTINCT x.person_id) FROM together_presence x JOIN together_session y ON y.id = x.together_id WHERE y.host_id = p.id) AS n_people,
	(SELECT count(*) FROM together_check k JOIN together_session y ON y.id = k.together_id WHERE y.host_id = p.id AND k.passed AND k.way = 'phone') AS n_phone,
	(SELECT count(*) FROM together_check k JOIN together_session y ON y.id = k.together_id WHERE y.host_id = p.id AND k.passed AND k.way = 'number') AS n_number,
	(SELECT count(*) FROM together_check k JOIN together_session y ON y.id = k.together_id WHERE y.host_id = p.id AND k.passed AND k.way = 'tick') AS n_tick,
	(SELECT count(*) FROM together_check k JOIN together_session y ON y.id = k.together_id WHERE y.host_id = p.id AND k.passed AND k.way = 'sheet') AS n_sheet
FROM posting o JOIN person p ON p.id = o.person_id JOIN together_session s ON s.host_id = p.id
WHERE o.supervisor_id = :supervisor_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
	AND (p.sort_key > :after_key OR (p.sort_key = :after_key AND p.id > :after_id))
GROUP BY p.id, p.name, p.sort_key ORDER BY p.sort_key, p.id LIMIT :most;

-- ── two accounts of one person ──

-- name: host_moves :exec
-- Sessions that an account hosted are another's.
-- param kept_id id
-- param closed_id id
UPDATE together_session SET host_id = :kept_id WHERE host_id = :closed_id;

-- name: presence_moves :exec
-- So is its presence.
-- param kept_id id
-- param closed_id id
UPDATE together_presence SET person_id = :kept_id WHERE person_id = :closed_id;

-- name: checks_move :exec
-- So are its checks.
-- param kept_id id
-- param closed_id id
UPDATE together_check SET person_id = :kept_id WHERE person_id = :closed_id;

-- name: progress_of :many
-- What an account has seen in groups.
SELECT resource_id, intervals FROM together_progress WHERE person_id = :person_id ORDER BY resource_id LIMIT 20000;

-- name: progress_one :maybe
-- The same of one resource.
SELECT intervals FROM together_progress WHERE person_id = :person_id AND resource_id = :resource_id;

-- name: drop_progress :exec
-- What has become another's.
DELETE FROM together_progress WHERE person_id = :person_id;

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
	(SELECT CAST(sum(x.ms) AS bigint) FROM together_presence x WHERE x.together_id = s.id AND x.person_id = :person_id) AS ms,
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
