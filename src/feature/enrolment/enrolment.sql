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
UPDATE enrolment SET resources_done = (SELECT count(*) FROM resource r JOIN credit c ON c.person_id = enrolment.person_id AND c.resource_id = r.id
	WHERE r.course_id = enrolment.course_id AND r.credits_id IS NULL);

-- name: assign_members :exec
-- Asks the members of a group within a range for a course, but those who have completed it or are asked for it already.
-- param group_id id
-- param course_id id
-- param after id
-- param upto id
INSERT INTO assignment (id, person_id, course_id, due_day, reason, assigned_by, assigned_at)
SELECT :id, m.person_id, :course_id, :due_day, :reason, :assigned_by, :assigned_at FROM group_member m
WHERE m.group_id = :group_id AND m.person_id > :after AND m.person_id <= :upto AND m.until_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.person_id = m.person_id AND e.course_id = :course_id AND e.completed_at IS NOT NULL)
ON CONFLICT (person_id, course_id) WHERE withdrawn_at IS NULL DO NOTHING;

-- name: enrol_given :exec
-- Enrols whom one act of assigning asked within a range of people: what the ministry's plan says is of the ministry, all else for the role. Enrolled
-- before: stays.
-- param id id
-- param course_id id
-- param after id
-- param upto id
-- param day int
INSERT INTO enrolment (person_id, course_id, kind, state, enrolled_at, resources_done, last_at)
SELECT a.person_id, :course_id, CASE WHEN EXISTS (SELECT 1 FROM recommendation r JOIN org_above u ON u.above_id = r.org_id JOIN posting o ON o.org_id = u.org_id
	WHERE r.course_id = :course_id AND r.kind = 'ministry' AND o.person_id = a.person_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day))
	THEN 'ministry' ELSE 'role' END, 'active', :enrolled_at, 0, :enrolled_at
FROM assignment a WHERE a.id = :id AND a.person_id > :after AND a.person_id <= :upto AND a.withdrawn_at IS NULL
ON CONFLICT (person_id, course_id) DO NOTHING;

-- name: take_up_given :exec
-- Ended enrolments of whom one act of assigning asked are taken up again.
-- param id id
-- param after id
-- param upto id
UPDATE enrolment SET state = 'active', ended_at = NULL WHERE course_id = :course_id AND person_id > :after AND person_id <= :upto AND state = 'ended'
	AND EXISTS (SELECT 1 FROM assignment a WHERE a.id = :id AND a.person_id = enrolment.person_id AND a.withdrawn_at IS NULL);

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

-- name: merge_enrolments :exec
-- Enrolments of an account become another's: completed by either, begun by the earlier, where the later one is.
-- param kept_id id
-- param closed_id id
INSERT INTO enrolment (person_id, course_id, kind, state, enrolled_at, ended_at, completed_at, completed_org_id, resources_done, last_resource_id, last_at)
SELECT :kept_id, course_id, kind, state, enrolled_at, ended_at, completed_at, completed_org_id, resources_done, last_resource_id, last_at
FROM enrolment WHERE person_id = :closed_id
ON CONFLICT (person_id, course_id) DO UPDATE SET
	kind = CASE WHEN enrolment.kind = 'self' THEN excluded.kind ELSE enrolment.kind END,
	state = CASE WHEN enrolment.state = 'completed' OR excluded.state = 'completed' THEN 'completed'
		WHEN enrolment.state = 'active' OR excluded.state = 'active' THEN 'active' ELSE 'ended' END,
	enrolled_at = CASE WHEN excluded.enrolled_at < enrolment.enrolled_at THEN excluded.enrolled_at ELSE enrolment.enrolled_at END,
	ended_at = CASE WHEN enrolment.state = 'ended' AND excluded.state = 'ended' THEN enrolment.ended_at ELSE NULL END,
	completed_at = CASE WHEN enrolment.completed_at IS NULL OR excluded.completed_at < enrolment.completed_at THEN excluded.completed_at ELSE enrolment.completed_at END,
	last_resource_id = CASE WHEN COALESCE(excluded.last_at, 0) > COALESCE(enrolment.last_at, 0) THEN excluded.last_resource_id ELSE enrolment.last_resource_id END,
	last_at = CASE WHEN COALESCE(excluded.last_at, 0) > COALESCE(enrolment.last_at, 0) THEN excluded.last_at ELSE enrolment.last_at END;

-- name: drop_enrolments :exec
-- Those that have become another's.
DELETE FROM enrolment WHERE person_id = :person_id;

-- name: place_completions :exec
-- Completions count where their person was posted on that day (in Indian time), and nowhere when nowhere.
UPDATE enrolment SET completed_org_id = (SELECT o.org_id FROM posting o WHERE o.person_id = enrolment.person_id
	AND o.from_day <= (enrolment.completed_at + 19800000) / 86400000 AND (o.until_day IS NULL OR o.until_day > (enrolment.completed_at + 19800000) / 86400000))
WHERE person_id = :person_id AND completed_at IS NOT NULL;

-- name: unprove :exec
-- A completion that no certificate stands for any more is none.
UPDATE enrolment SET state = 'active', completed_at = NULL, completed_org_id = NULL WHERE person_id = :person_id AND state = 'completed' AND NOT EXISTS (
	SELECT 1 FROM credential c WHERE c.person_id = enrolment.person_id AND c.course_id = enrolment.course_id AND c.replaced_by_id IS NULL);

-- name: recount_one :exec
-- resources_done of one person from the credits.
UPDATE enrolment SET resources_done = (SELECT count(*) FROM resource r JOIN credit c ON c.person_id = enrolment.person_id AND c.resource_id = r.id
	WHERE r.course_id = enrolment.course_id AND r.credits_id IS NULL) WHERE person_id = :person_id;

-- name: under_way :many
-- Courses that a person is working on.
SELECT course_id FROM enrolment WHERE person_id = :person_id AND state = 'active' ORDER BY course_id LIMIT 20000;

-- name: withdraw_double :exec
-- What is asked of both accounts is asked once.
-- param kept_id id
-- param closed_id id
UPDATE assignment SET withdrawn_at = :withdrawn_at WHERE person_id = :closed_id AND withdrawn_at IS NULL AND EXISTS (
	SELECT 1 FROM assignment k WHERE k.person_id = :kept_id AND k.course_id = assignment.course_id AND k.withdrawn_at IS NULL);

-- name: merge_assignments :exec
-- Assignments of an account become another's.
-- param kept_id id
-- param closed_id id
INSERT INTO assignment (person_id, id, course_id, due_day, reason, assigned_by, assigned_at, withdrawn_at)
SELECT :kept_id, id, course_id, due_day, reason, assigned_by, assigned_at, withdrawn_at FROM assignment WHERE person_id = :closed_id
ON CONFLICT (person_id, id) DO NOTHING;

-- name: drop_assignments :exec
-- Those that have become another's.
DELETE FROM assignment WHERE person_id = :person_id;

-- name: merge_nudges :exec
-- Reminders of an account become another's.
-- param kept_id id
-- param closed_id id
INSERT INTO nudge (person_id, id, course_id, sent_by, sent_at, note, seen_at)
SELECT :kept_id, id, course_id, sent_by, sent_at, note, seen_at FROM nudge WHERE person_id = :closed_id
ON CONFLICT (person_id, id) DO NOTHING;

-- name: drop_nudges :exec
-- Those that have become another's.
DELETE FROM nudge WHERE person_id = :person_id;

-- name: merge_ratings :exec
-- Ratings of an account become another's; of two the newer one counts.
-- param kept_id id
-- param closed_id id
INSERT INTO rating (person_id, course_id, stars, words, rated_at)
SELECT :kept_id, course_id, stars, words, rated_at FROM rating WHERE person_id = :closed_id
ON CONFLICT (person_id, course_id) DO UPDATE SET stars = excluded.stars, words = excluded.words, rated_at = excluded.rated_at
	WHERE excluded.rated_at > rating.rated_at;

-- name: drop_ratings :exec
-- Those that have become another's.
DELETE FROM rating WHERE person_id = :person_id;

-- rows: enrolment by person_id
-- rows: assignment by person_id
-- rows: nudge by person_id
-- rows: rating by person_id
