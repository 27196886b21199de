-- owner: progress

-- name: resource :maybe
-- What a report is about.
SELECT course_id, kind, ms, ended_at FROM resource WHERE id = :id;

-- name: reported :maybe
-- The same with all that is known of it and its learner: what was seen alone and in groups (feature/together), the enrolment on its course, the credit. In one statement, since
-- most of what a server is asked are reports.
SELECT r.course_id, r.kind, r.ms, r.ended_at, p.intervals AS seen, t.intervals AS in_groups, e.state AS enrolment, e.last_resource_id, e.last_at, c.way AS credited
FROM resource r
LEFT JOIN progress p ON p.person_id = :person_id AND p.resource_id = r.id
LEFT JOIN together_progress t ON t.person_id = :person_id AND t.resource_id = r.id
LEFT JOIN enrolment e ON e.person_id = :person_id AND e.course_id = r.course_id
LEFT JOIN credit c ON c.person_id = :person_id AND c.resource_id = r.id
WHERE r.id = :id;

-- name: in_groups :maybe
-- What somebody has seen of a resource in groups.
SELECT intervals FROM together_progress WHERE person_id = :person_id AND resource_id = :resource_id;

-- name: group_of :maybe
-- In whose group somebody saw a resource, and how he passed the check.
-- col check_way text
-- col check_by text
SELECT h.name AS host, (SELECT max(k.way) FROM together_check k WHERE k.person_id = x.person_id AND k.resource_id = s.resource_id AND k.passed) AS check_way,
	(SELECT max(w.name) FROM together_check k JOIN person w ON w.id = k.by_id WHERE k.person_id = x.person_id AND k.resource_id = s.resource_id AND k.passed) AS check_by
FROM together_presence x JOIN together_session s ON s.id = x.together_id JOIN person h ON h.id = s.host_id
WHERE x.person_id = :person_id AND s.resource_id = :resource_id AND x.ms > 0 ORDER BY x.id DESC LIMIT 1;

-- name: one :maybe
-- What is recorded of a learner and resource.
SELECT intervals, covered_ms, position_ms, position_key, updated_at FROM progress WHERE person_id = :person_id AND resource_id = :resource_id;

-- name: put :exec
-- The new record; a late report does not move the place back.
INSERT INTO progress (person_id, resource_id, intervals, covered_ms, position_ms, position_key, updated_at)
VALUES (:person_id, :resource_id, :intervals, :covered_ms, :position_ms, :position_key, :updated_at)
ON CONFLICT (person_id, resource_id) DO UPDATE SET
	intervals = excluded.intervals,
	covered_ms = excluded.covered_ms,
	position_ms = CASE WHEN excluded.position_key >= progress.position_key THEN excluded.position_ms ELSE progress.position_ms END,
	position_key = CASE WHEN excluded.position_key >= progress.position_key THEN excluded.position_key ELSE progress.position_key END,
	updated_at = excluded.updated_at;

-- name: days :many
-- Verified learning by day, from a day on.
-- param from_day int
-- col ms int
SELECT day, CAST(sum(ms) AS bigint) AS ms FROM learned WHERE person_id = :person_id AND day >= :from_day AND ms > 0 GROUP BY day ORDER BY day LIMIT 400;

-- name: credited :maybe
-- Whether the resource is credited already.
SELECT way FROM credit WHERE person_id = :person_id AND resource_id = :resource_id;

-- name: course_state :maybe
-- Whether the course is complete for the learner.
SELECT state FROM enrolment WHERE person_id = :person_id AND course_id = :course_id;

-- name: ask :exec
-- A request to look at a count; a second open one is not made.
INSERT INTO review_request (id, person_id, resource_id, course_id, words, asked_at, state)
VALUES (:id, :person_id, :resource_id, :course_id, :words, :asked_at, 'open')
ON CONFLICT (person_id, resource_id) WHERE state = 'open' DO NOTHING;

-- name: request :maybe
-- A request.
SELECT id, person_id, resource_id, course_id, state FROM review_request WHERE id = :id;

-- name: open_request :maybe
-- The open request of a learner for a resource.
SELECT id, asked_at FROM review_request WHERE person_id = :person_id AND resource_id = :resource_id AND state = 'open';

-- name: answer :exec
-- The provider's answer.
UPDATE review_request SET state = :state, answer = :answer, answered_by = :answered_by, answered_at = :answered_at WHERE id = :id AND state = 'open';

-- name: requests_below :many
-- Open requests for courses provided below an organisation, oldest first.
-- param above_id id
SELECT q.id, q.asked_at, q.words, q.course_id, c.title AS course, r.title AS resource, p.name AS person, r.ms, g.covered_ms
FROM review_request q JOIN course c ON c.id = q.course_id JOIN org_above u ON u.org_id = c.provider_id
JOIN resource r ON r.id = q.resource_id JOIN person p ON p.id = q.person_id
LEFT JOIN progress g ON g.person_id = q.person_id AND g.resource_id = q.resource_id
WHERE u.above_id = :above_id AND q.state = 'open' ORDER BY q.id LIMIT 200;

-- name: of_person :many
-- All that is recorded of a learner.
SELECT resource_id, intervals, position_ms, position_key, updated_at FROM progress WHERE person_id = :person_id ORDER BY resource_id LIMIT 20000;

-- name: drop_progress :exec
-- What has become another's.
DELETE FROM progress WHERE person_id = :person_id;

-- name: join_requests :exec
-- Two open requests about one resource become one.
-- param kept_id id
-- param closed_id id
UPDATE review_request SET words = words || ' / ' || (
	SELECT b.words FROM review_request b WHERE b.person_id = :closed_id AND b.resource_id = review_request.resource_id AND b.state = 'open')
WHERE person_id = :kept_id AND state = 'open' AND EXISTS (
	SELECT 1 FROM review_request b WHERE b.person_id = :closed_id AND b.resource_id = review_request.resource_id AND b.state = 'open');

-- name: drop_joined :exec
-- The second one of them.
-- param kept_id id
-- param closed_id id
DELETE FROM review_request WHERE person_id = :closed_id AND state = 'open' AND EXISTS (
	SELECT 1 FROM review_request k WHERE k.person_id = :kept_id AND k.resource_id = review_request.resource_id AND k.state = 'open');

-- name: move_requests :exec
-- Requests of an account become another's.
-- param kept_id id
-- param closed_id id
UPDATE review_request SET person_id = :kept_id WHERE person_id = :closed_id;

-- rows: progress by person_id
-- rows: review_request by person_id
