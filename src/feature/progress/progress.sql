-- owner: progress

-- name: resource :maybe
-- What a report is about.
SELECT course_id, kind, ms, ended_at FROM resource WHERE id = :id;

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

-- name: clock :maybe
-- Up to when a learner's wall time is used up.
SELECT spent_until FROM learner_clock WHERE person_id = :person_id;

-- name: put_clock :exec
-- Moves the mark.
INSERT INTO learner_clock (person_id, spent_until) VALUES (:person_id, :spent_until)
ON CONFLICT (person_id) DO UPDATE SET spent_until = excluded.spent_until;

-- name: add_day :exec
-- Adds verified learning to a day of the learner.
INSERT INTO learning_day (person_id, day, ms) VALUES (:person_id, :day, :ms)
ON CONFLICT (person_id, day) DO UPDATE SET ms = learning_day.ms + excluded.ms;

-- name: days :many
-- Verified learning by day, from a day on.
-- param from_day int
SELECT day, ms FROM learning_day WHERE person_id = :person_id AND day >= :from_day ORDER BY day LIMIT 400;

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
