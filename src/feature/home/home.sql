-- owner: home

-- name: facts :one
-- Who somebody is on a day, and the figures of the year so far.
-- param person_id id
-- param day int
-- param year_start time
-- param year_day int
-- col completed int
-- col learned_ms int
-- col certificates int
SELECT p.name, d.name_en AS designation_en, d.name_hi AS designation_hi, g.name_en AS org_en, g.name_hi AS org_hi,
	(SELECT count(*) FROM enrolment e WHERE e.person_id = p.id AND e.completed_at >= :year_start) AS completed,
	COALESCE((SELECT CAST(sum(l.ms) AS bigint) FROM learned l WHERE l.person_id = p.id AND l.day >= :year_day), 0) AS learned_ms,
	(SELECT count(*) FROM credential k WHERE k.person_id = p.id AND k.completed_at >= :year_start AND k.replaced_by_id IS NULL) AS certificates
FROM person p
LEFT JOIN posting o ON o.person_id = p.id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
LEFT JOIN designation d ON d.id = o.designation_id
LEFT JOIN org g ON g.id = o.org_id
WHERE p.id = :person_id;

-- name: must :many
-- Open assignments, by day.
-- col needed int
SELECT a.course_id, a.due_day, a.reason, b.name AS assigned_by, c.title, c.lang, c.ms, c.bytes, e.kind, e.resources_done, e.last_resource_id,
	(SELECT count(*) FROM resource r WHERE r.course_id = a.course_id AND r.ended_at IS NULL AND r.credits_id IS NULL) AS needed
FROM assignment a JOIN course c ON c.id = a.course_id JOIN person b ON b.id = a.assigned_by
LEFT JOIN enrolment e ON e.person_id = a.person_id AND e.course_id = a.course_id
WHERE a.person_id = :person_id AND a.withdrawn_at IS NULL AND (e.state IS NULL OR e.state <> 'completed')
ORDER BY a.due_day, a.id LIMIT 100;

-- name: resume :maybe
-- The course touched last that is not complete (one that was begun before one that was only taken up), with the resource to go on with: the last one if it is open, else the
-- next open one behind it, else the first open one.
-- param person_id id
-- col needed int
-- col number int
-- col left_ms int
SELECT e.course_id, e.resources_done, e.last_resource_id, c.title, c.lang, c.bytes, r.id AS resource_id, r.title AS resource, r.kind AS resource_kind, r.ms AS resource_ms, g.position_ms,
	(SELECT count(*) FROM resource q WHERE q.course_id = e.course_id AND q.ended_at IS NULL AND q.credits_id IS NULL) AS needed,
	(SELECT count(*) FROM resource q WHERE q.course_id = e.course_id AND q.ended_at IS NULL AND q.credits_id IS NULL AND q.n <= r.n) AS number,
	COALESCE((SELECT CAST(sum(CASE WHEN q.ms > COALESCE(h.covered_ms, 0) THEN q.ms - COALESCE(h.covered_ms, 0) ELSE 0 END) AS bigint)
		FROM resource q LEFT JOIN progress h ON h.resource_id = q.id AND h.person_id = :person_id
		WHERE q.course_id = e.course_id AND q.ended_at IS NULL AND q.credits_id IS NULL
			AND NOT EXISTS (SELECT 1 FROM credit k WHERE k.person_id = :person_id AND k.resource_id = q.id)), 0) AS left_ms
FROM enrolment e JOIN course c ON c.id = e.course_id
LEFT JOIN resource l ON l.id = e.last_resource_id
LEFT JOIN resource r ON r.course_id = e.course_id AND r.ended_at IS NULL AND r.credits_id IS NULL
	AND NOT EXISTS (SELECT 1 FROM credit k WHERE k.person_id = :person_id AND k.resource_id = r.id)
LEFT JOIN progress g ON g.resource_id = r.id AND g.person_id = :person_id
WHERE e.person_id = :person_id AND e.course_id = (SELECT f.course_id FROM enrolment f
	WHERE f.person_id = :person_id AND f.state = 'active'
	ORDER BY CASE WHEN f.last_resource_id IS NOT NULL OR f.resources_done > 0 THEN 0 ELSE 1 END, COALESCE(f.last_at, f.enrolled_at) DESC, f.course_id DESC LIMIT 1)
ORDER BY CASE WHEN r.id = l.id THEN 0 WHEN r.n > l.n THEN 1 ELSE 2 END, r.n, r.id LIMIT 1;

-- name: reminders :many
-- Reminders that were not put away, of courses still to be done.
SELECT n.id, n.course_id, n.sent_at, n.note, b.name AS sent_by, c.title, c.lang
FROM nudge n JOIN course c ON c.id = n.course_id JOIN person b ON b.id = n.sent_by
WHERE n.person_id = :person_id AND n.seen_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.person_id = n.person_id AND e.course_id = n.course_id AND e.state = 'completed')
ORDER BY n.id DESC LIMIT 20;

-- name: answers :many
-- What providers answered to requests to look at a count, since a moment.
-- param since time
SELECT q.id, q.resource_id, q.state, q.answer, q.answered_at, r.title, c.title AS course, c.lang
FROM review_request q JOIN resource r ON r.id = q.resource_id JOIN course c ON c.id = q.course_id
WHERE q.person_id = :person_id AND q.state <> 'open' AND q.answered_at >= :since
ORDER BY q.answered_at DESC, q.id DESC LIMIT 5;
