-- owner: record

-- name: sums :one
-- What a person has done so far, in figures.
-- param person_id id
-- col active int
-- col completed int
-- col ended int
-- col certificates int
-- col learned_ms int
-- col shown_minutes int
SELECT
	(SELECT count(*) FROM enrolment e WHERE e.person_id = p.id AND e.state = 'active') AS active,
	(SELECT count(*) FROM enrolment e WHERE e.person_id = p.id AND e.state = 'completed') AS completed,
	(SELECT count(*) FROM enrolment e WHERE e.person_id = p.id AND e.state = 'ended') AS ended,
	(SELECT count(*) FROM credential k WHERE k.person_id = p.id AND k.replaced_by_id IS NULL) + (SELECT count(*) FROM batch_completion b WHERE b.person_id = p.id) AS certificates,
	COALESCE((SELECT CAST(sum(l.ms) AS bigint) FROM learned l WHERE l.person_id = p.id), 0) AS learned_ms,
	COALESCE((SELECT CAST(sum(x.minutes) AS bigint) FROM exemption x WHERE x.person_id = p.id AND x.withdrawn_at IS NULL), 0) AS shown_minutes
FROM person p WHERE p.id = :person_id;

-- name: list :many
-- A person's courses of a state and kind (absent: any), what was touched last before the others; for the page.
-- param state text
-- param kind text
-- param skip int
-- param most int
-- col needed int
SELECT e.course_id, c.title, c.lang, c.provider, c.ms, c.bytes, e.kind, e.state, e.enrolled_at, e.ended_at, e.completed_at, e.last_at, e.resources_done,
	(SELECT count(*) FROM resource r WHERE r.course_id = e.course_id AND r.ended_at IS NULL AND r.credits_id IS NULL) AS needed,
	k.serial, t.stars, a.due_day
FROM enrolment e JOIN course c ON c.id = e.course_id
LEFT JOIN credential k ON k.person_id = e.person_id AND k.course_id = e.course_id AND k.replaced_by_id IS NULL
LEFT JOIN rating t ON t.person_id = e.person_id AND t.course_id = e.course_id
LEFT JOIN assignment a ON a.person_id = e.person_id AND a.course_id = e.course_id AND a.withdrawn_at IS NULL
WHERE e.person_id = :person_id AND (:state IS NULL OR e.state = :state) AND (:kind IS NULL OR e.kind = :kind)
ORDER BY COALESCE(e.last_at, e.enrolled_at) DESC, e.course_id DESC LIMIT :most OFFSET :skip;

-- name: since :many
-- The same in the order of the courses' ids, behind one of them: an order in which nothing moves between two pages. For the API and downloads.
-- param state text
-- param kind text
-- param after id
-- param most int
-- col needed int
-- col verified_ms int
-- col group_ms int
SELECT e.course_id, c.code, c.title, c.lang, c.provider, c.ms, e.kind, e.state, e.enrolled_at, e.ended_at, e.completed_at, e.last_at, e.resources_done,
	(SELECT count(*) FROM resource r WHERE r.course_id = e.course_id AND r.ended_at IS NULL AND r.credits_id IS NULL) AS needed,
	COALESCE((SELECT CAST(sum(g.covered_ms) AS bigint) FROM resource r JOIN progress g ON g.resource_id = r.id AND g.person_id = e.person_id
		WHERE r.course_id = e.course_id), 0) AS verified_ms,
	COALESCE((SELECT CAST(sum(g.covered_ms) AS bigint) FROM resource r JOIN together_progress g ON g.resource_id = r.id AND g.person_id = e.person_id
		WHERE r.course_id = e.course_id), 0) AS group_ms,
	k.serial, t.stars, a.due_day
FROM enrolment e JOIN course c ON c.id = e.course_id
LEFT JOIN credential k ON k.person_id = e.person_id AND k.course_id = e.course_id AND k.replaced_by_id IS NULL
LEFT JOIN rating t ON t.person_id = e.person_id AND t.course_id = e.course_id
LEFT JOIN assignment a ON a.person_id = e.person_id AND a.course_id = e.course_id AND a.withdrawn_at IS NULL
WHERE e.person_id = :person_id AND (:state IS NULL OR e.state = :state) AND (:kind IS NULL OR e.kind = :kind)
	AND (:after IS NULL OR e.course_id > :after)
ORDER BY e.course_id LIMIT :most;

-- name: programmes :many
-- The programmes that a person has completed with the certificates in force, the newest first.
-- param most int
SELECT b.programme_id, b.batch_id, b.at, b.serial, b.title, p.code, p.minutes, o.name_en AS provider FROM batch_completion b JOIN programme p ON p.id = b.programme_id
JOIN org o ON o.id = p.org_id WHERE b.person_id = :person_id ORDER BY b.at DESC, b.programme_id LIMIT :most;
