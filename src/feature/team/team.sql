-- owner: team

-- name: members :many
-- The people a supervisor has on a day, those with the most overdue first.
-- param supervisor_id id
-- param day int
-- param year_start time
-- param most int
-- param skip int
-- col due int
-- col overdue int
-- col next_day int
-- col active int
-- col completed int
-- col last_at time
SELECT p.id, p.name, d.name_en AS designation_en, d.name_hi AS designation_hi,
	(SELECT count(*) FROM assignment a LEFT JOIN enrolment e ON e.person_id = a.person_id AND e.course_id = a.course_id
		WHERE a.person_id = p.id AND a.withdrawn_at IS NULL AND (e.state IS NULL OR e.state <> 'completed')) AS due,
	(SELECT count(*) FROM assignment a LEFT JOIN enrolment e ON e.person_id = a.person_id AND e.course_id = a.course_id
		WHERE a.person_id = p.id AND a.withdrawn_at IS NULL AND a.due_day < :day AND (e.state IS NULL OR e.state <> 'completed')) AS overdue,
	(SELECT min(a.due_day) FROM assignment a LEFT JOIN enrolment e ON e.person_id = a.person_id AND e.course_id = a.course_id
		WHERE a.person_id = p.id AND a.withdrawn_at IS NULL AND (e.state IS NULL OR e.state <> 'completed')) AS next_day,
	(SELECT count(*) FROM enrolment e WHERE e.person_id = p.id AND e.state = 'active') AS active,
	(SELECT count(*) FROM enrolment e WHERE e.person_id = p.id AND e.completed_at >= :year_start) AS completed,
	(SELECT max(e.last_at) FROM enrolment e WHERE e.person_id = p.id AND (e.last_resource_id IS NOT NULL OR e.resources_done > 0)) AS last_at
FROM posting o JOIN person p ON p.id = o.person_id JOIN designation d ON d.id = o.designation_id
WHERE o.supervisor_id = :supervisor_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
ORDER BY overdue DESC, due DESC, p.sort_key, p.id LIMIT :most OFFSET :skip;

-- name: sums :one
-- The whole team of a day in figures.
-- param supervisor_id id
-- param day int
-- param year_start time
-- col people int
-- col late int
-- col overdue int
-- col due int
-- col completed int
SELECT
	(SELECT count(*) FROM posting o
		WHERE o.supervisor_id = :supervisor_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)) AS people,
	(SELECT count(DISTINCT a.person_id) FROM posting o JOIN assignment a ON a.person_id = o.person_id
		LEFT JOIN enrolment e ON e.person_id = a.person_id AND e.course_id = a.course_id
		WHERE o.supervisor_id = :supervisor_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
			AND a.withdrawn_at IS NULL AND a.due_day < :day AND (e.state IS NULL OR e.state <> 'completed')) AS late,
	(SELECT count(*) FROM posting o JOIN assignment a ON a.person_id = o.person_id
		LEFT JOIN enrolment e ON e.person_id = a.person_id AND e.course_id = a.course_id
		WHERE o.supervisor_id = :supervisor_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
			AND a.withdrawn_at IS NULL AND a.due_day < :day AND (e.state IS NULL OR e.state <> 'completed')) AS overdue,
	(SELECT count(*) FROM posting o JOIN assignment a ON a.person_id = o.person_id
		LEFT JOIN enrolment e ON e.person_id = a.person_id AND e.course_id = a.course_id
		WHERE o.supervisor_id = :supervisor_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
			AND a.withdrawn_at IS NULL AND (e.state IS NULL OR e.state <> 'completed')) AS due,
	(SELECT count(*) FROM posting o JOIN enrolment e ON e.person_id = o.person_id
		WHERE o.supervisor_id = :supervisor_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
			AND e.completed_at >= :year_start) AS completed;

-- name: courses :many
-- A person's courses that are under way or asked for, by day, then those completed, newest first.
-- param most int
-- col needed int
SELECT e.course_id, c.title, c.lang, c.ms, c.bytes, e.kind, e.state, e.completed_at, e.last_at, e.last_resource_id, e.resources_done,
	(SELECT count(*) FROM resource r WHERE r.course_id = e.course_id AND r.ended_at IS NULL AND r.credits_id IS NULL) AS needed,
	a.id AS assignment_id, a.due_day, a.reason, b.name AS assigned_by, k.serial
FROM enrolment e JOIN course c ON c.id = e.course_id
LEFT JOIN assignment a ON a.person_id = e.person_id AND a.course_id = e.course_id AND a.withdrawn_at IS NULL
LEFT JOIN person b ON b.id = a.assigned_by
LEFT JOIN credential k ON k.person_id = e.person_id AND k.course_id = e.course_id AND k.replaced_by_id IS NULL
WHERE e.person_id = :person_id AND (e.state <> 'ended' OR a.id IS NOT NULL)
ORDER BY CASE e.state WHEN 'completed' THEN 1 ELSE 0 END, CASE e.state WHEN 'completed' THEN -e.completed_at ELSE COALESCE(a.due_day, 1000000) END,
	COALESCE(e.last_at, e.enrolled_at) DESC, e.course_id LIMIT :most;

-- name: assignable :many
-- The live courses a person has not completed, by title.
-- param person_id id
SELECT c.id, c.title, c.lang FROM course c
WHERE c.state = 'live' AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.person_id = :person_id AND e.course_id = c.id AND e.state = 'completed')
ORDER BY c.title, c.id LIMIT 5000;
