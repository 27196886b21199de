-- owner: enrolment

-- name: course_live :maybe
-- Whether a course can be taken up.
SELECT id, n_resources FROM course WHERE id = :id AND state = 'live';

-- name: kind_for :one
-- Which of the four kinds a course is for a person on a day: the ministry's plan before the role before the common ones.
-- param person_id id
-- param course_id id
-- param day int
-- col ministry int
-- col role int
-- col common int
-- col assigned int
SELECT
	(SELECT count(*) FROM assignment a WHERE a.person_id = :person_id AND a.course_id = :course_id AND a.withdrawn_at IS NULL) AS assigned,
	count(*) FILTER (WHERE r.kind = 'ministry' AND EXISTS (SELECT 1 FROM posting o JOIN org_above u ON u.org_id = o.org_id
		WHERE o.person_id = :person_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day) AND u.above_id = r.org_id)) AS ministry,
	count(*) FILTER (WHERE r.kind = 'role' AND EXISTS (SELECT 1 FROM posting o
		WHERE o.person_id = :person_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day) AND o.designation_id = r.designation_id)) AS role,
	count(*) FILTER (WHERE r.kind = 'common') AS common
FROM recommendation r WHERE r.course_id = :course_id;

-- name: one :maybe
-- The enrolment of a person on a course.
SELECT kind, state, enrolled_at, ended_at, completed_at, resources_done, last_resource_id, last_at
FROM enrolment WHERE person_id = :person_id AND course_id = :course_id;

-- name: add :exec
-- Enrols, or takes an ended enrolment up again; an active or completed one stays as it is.
INSERT INTO enrolment (person_id, course_id, kind, state, enrolled_at, resources_done, last_at)
VALUES (:person_id, :course_id, :kind, 'active', :enrolled_at, 0, :enrolled_at)
ON CONFLICT (person_id, course_id) DO UPDATE SET state = 'active', ended_at = NULL WHERE enrolment.state = 'ended';

-- name: end :exec
-- Ends an active enrolment.
UPDATE enrolment SET state = 'ended', ended_at = :ended_at WHERE person_id = :person_id AND course_id = :course_id AND state = 'active';

-- name: touch :exec
-- Where the learner is now.
UPDATE enrolment SET last_resource_id = :last_resource_id, last_at = :last_at
WHERE person_id = :person_id AND course_id = :course_id AND state <> 'ended';

-- name: count_done :exec
-- One more required resource is credited.
UPDATE enrolment SET resources_done = resources_done + 1 WHERE person_id = :person_id AND course_id = :course_id;

-- name: complete :exec
-- The course is complete.
UPDATE enrolment SET state = 'completed', completed_at = :completed_at, completed_org_id = :completed_org_id, ended_at = NULL
WHERE person_id = :person_id AND course_id = :course_id AND state <> 'completed';

-- name: assign :exec
-- A new assignment, or a new day and reason for the open one.
INSERT INTO assignment (id, person_id, course_id, due_day, reason, assigned_by, assigned_at)
VALUES (:id, :person_id, :course_id, :due_day, :reason, :assigned_by, :assigned_at)
ON CONFLICT (person_id, course_id) WHERE withdrawn_at IS NULL
DO UPDATE SET due_day = excluded.due_day, reason = excluded.reason, assigned_by = excluded.assigned_by, assigned_at = excluded.assigned_at;

-- name: withdraw :exec
-- Withdraws the open assignment.
UPDATE assignment SET withdrawn_at = :withdrawn_at WHERE person_id = :person_id AND course_id = :course_id AND withdrawn_at IS NULL;

-- name: assigned_now :maybe
-- The open assignment of a course, with its title.
SELECT a.id, c.title FROM assignment a JOIN course c ON c.id = a.course_id
WHERE a.person_id = :person_id AND a.course_id = :course_id AND a.withdrawn_at IS NULL;

-- name: title :one
-- What a course is called.
SELECT title FROM course WHERE id = :id;

-- name: last_nudge :maybe
-- When a person was last reminded of a course.
-- col sent_at time
SELECT max(sent_at) AS sent_at FROM nudge WHERE person_id = :person_id AND course_id = :course_id;

-- name: nudge :exec
-- A reminder.
INSERT INTO nudge (person_id, id, course_id, sent_by, sent_at, note) VALUES (:person_id, :id, :course_id, :sent_by, :sent_at, :note);

-- name: put_away_nudge :exec
-- The learner has seen a reminder.
UPDATE nudge SET seen_at = :seen_at WHERE person_id = :person_id AND id = :id AND seen_at IS NULL;

-- name: rating :maybe
-- What a person said of a course.
SELECT stars, words, rated_at FROM rating WHERE person_id = :person_id AND course_id = :course_id;

-- name: rate :exec
-- What a person says of a course, instead of what was said before.
INSERT INTO rating (person_id, course_id, stars, words, rated_at) VALUES (:person_id, :course_id, :stars, :words, :rated_at)
ON CONFLICT (person_id, course_id) DO UPDATE SET stars = excluded.stars, words = excluded.words, rated_at = excluded.rated_at;

-- name: recount :exec
-- resources_done from the credits.
UPDATE enrolment SET resources_done = (SELECT count(*) FROM credit c JOIN resource r ON r.id = c.resource_id
	WHERE c.person_id = enrolment.person_id AND c.course_id = enrolment.course_id AND r.credits_id IS NULL);

-- name: assign_open :exec
-- Asks a person for a course, unless it is completed or asked for already.
-- param person_id id
-- param course_id id
INSERT INTO assignment (id, person_id, course_id, due_day, reason, assigned_by, assigned_at)
SELECT :id, :person_id, :course_id, :due_day, :reason, :assigned_by, :assigned_at
WHERE NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.person_id = :person_id AND e.course_id = :course_id AND e.completed_at IS NOT NULL)
ON CONFLICT (person_id, course_id) WHERE withdrawn_at IS NULL DO NOTHING;

-- name: enrol_asked :exec
-- Enrols a person who was asked: what the ministry's plan says is of the ministry, all else for the role. Enrolled before: stays.
-- param person_id id
-- param course_id id
-- param day int
INSERT INTO enrolment (person_id, course_id, kind, state, enrolled_at, resources_done, last_at)
SELECT :person_id, :course_id, CASE WHEN EXISTS (SELECT 1 FROM recommendation r JOIN org_above u ON u.above_id = r.org_id JOIN posting o ON o.org_id = u.org_id
	WHERE r.course_id = :course_id AND r.kind = 'ministry' AND o.person_id = :person_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day))
	THEN 'ministry' ELSE 'role' END, 'active', :enrolled_at, 0, :enrolled_at
WHERE TRUE
ON CONFLICT (person_id, course_id) DO NOTHING;

-- name: take_up :exec
-- An ended enrolment is taken up again.
UPDATE enrolment SET state = 'active', ended_at = NULL WHERE person_id = :person_id AND course_id = :course_id AND state = 'ended';

-- name: given :many
-- The next people whom one act of assigning gave a course.
-- param id id
-- param after id
-- param most int
SELECT person_id FROM assignment WHERE id = :id AND person_id > :after ORDER BY person_id LIMIT :most;

-- name: end_given :exec
-- Ends the enrolments that one act of assigning began, for a range of people, where nobody has begun to learn.
-- param id id
-- param after id
-- param upto id
UPDATE enrolment SET state = 'ended', ended_at = :ended_at WHERE course_id = :course_id AND person_id > :after AND person_id <= :upto AND state = 'active'
	AND resources_done = 0 AND last_resource_id IS NULL AND EXISTS (SELECT 1 FROM assignment a WHERE a.id = :id AND a.person_id = enrolment.person_id
		AND a.withdrawn_at IS NULL AND a.assigned_at = enrolment.enrolled_at);

-- name: withdraw_given :exec
-- Withdraws what one act of assigning gave a range of people, where nobody has set another day or reason since.
-- param after id
-- param upto id
UPDATE assignment SET withdrawn_at = :withdrawn_at WHERE id = :id AND person_id > :after AND person_id <= :upto AND withdrawn_at IS NULL
	AND due_day = :due_day AND reason = :reason AND assigned_by = :assigned_by;
