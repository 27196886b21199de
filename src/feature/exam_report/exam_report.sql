-- owner: exam_report

-- ── the report to the person ──

-- name: paper :maybe
-- An own paper with what its report tells by.
-- col seated bool
SELECT a.id, a.exam_id, a.form_id, a.n, a.state, a.submitted_at, a.marks, a.max_marks, a.passed, e.title, e.kind, e.pass, e.feedback, e.course_id, e.org_id, p.name,
	c.title AS course, f.items, EXISTS (SELECT 1 FROM exam_seat s WHERE s.exam_id = a.exam_id AND s.person_id = a.taker_id AND s.checked_at IS NOT NULL) AS seated
FROM exam_attempt a JOIN exam e ON e.id = a.exam_id JOIN exam_form f ON f.id = a.form_id JOIN person p ON p.id = a.taker_id LEFT JOIN course c ON c.id = e.course_id
WHERE a.taker_id = :taker_id AND a.id = :id;

-- name: results :many
-- What a paper says by competency.
SELECT r.competency_id, r.items, r.marks, r.max_marks, r.value, c.framework_id, w.n_levels, x.name_en, x.name_hi
FROM exam_result r JOIN competency c ON c.id = r.competency_id JOIN framework w ON w.id = c.framework_id
	JOIN competency_text x ON x.competency_id = c.id AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = c.id)
WHERE r.taker_id = :taker_id AND r.attempt_id = :attempt_id ORDER BY x.name_en, r.competency_id LIMIT 100;

-- name: teaching :many
-- Live courses that teach a competency beyond a level and that somebody has not completed, the shortest first.
-- param above int
SELECT c.id, c.title, c.lang, k.level, c.ms FROM course_competency k JOIN course c ON c.id = k.course_id
WHERE k.competency_id = :competency_id AND k.level > :above AND c.state = 'live'
	AND NOT EXISTS (SELECT 1 FROM enrolment n WHERE n.person_id = :person_id AND n.course_id = c.id AND n.state = 'completed')
ORDER BY c.ms, c.id LIMIT 3;

-- name: partner :maybe
-- The newest marked paper of the same person at the other test of a pair.
-- param taker_id id
-- param kind text
-- param org_id id
SELECT a.id, a.submitted_at, a.marks, a.max_marks, f.items, e.title FROM exam e JOIN exam_attempt a ON a.exam_id = e.id AND a.taker_id = :taker_id JOIN exam_form f ON f.id = a.form_id
WHERE e.course_id = :course_id AND e.kind = :kind AND e.org_id = :org_id AND a.state = 'marked' ORDER BY a.submitted_at DESC, a.id DESC LIMIT 1;

-- ── the report to the office ──

-- name: marked :each
-- All marked papers of an examination with where their takers are posted today: the office right below, and whether it is the organisation itself.
-- param day int
-- param org_id id
-- col unit_id id
-- col distance int
SELECT a.taker_id, a.form_id, a.lang, a.marks, a.max_marks, a.passed, o.designation_id, o.service, t.distance, c.above_id AS unit_id
FROM exam_attempt a LEFT JOIN posting o ON o.person_id = a.taker_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
	LEFT JOIN org_above t ON t.org_id = o.org_id AND t.above_id = :org_id LEFT JOIN org_above c ON c.org_id = o.org_id AND c.distance = t.distance - 1
WHERE a.exam_id = :exam_id AND a.state = 'marked' ORDER BY a.taker_id, a.id;

-- name: counts :one
-- Papers by state, who sat, and how many people are posted in the organisation and below on a day.
-- param above_id id
-- param day int
-- param exam_id id
-- col n int
-- col n_open int
-- col n_waiting int
-- col n_people int
-- col n_posted int
SELECT (SELECT count(*) FROM org_above u JOIN posting o ON o.org_id = u.org_id JOIN person p ON p.id = o.person_id
	WHERE u.above_id = :above_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day) AND p.state = 'active') AS n_posted,
	count(*) AS n, COALESCE(sum(CASE WHEN state = 'open' THEN 1 ELSE 0 END), 0) AS n_open,
	COALESCE(sum(CASE WHEN state = 'submitted' THEN 1 ELSE 0 END), 0) AS n_waiting, count(DISTINCT taker_id) AS n_people FROM exam_attempt WHERE exam_id = :exam_id;

-- name: offices :many
-- An organisation and those right below it.
-- param org_id id
SELECT id, name_en, name_hi FROM org WHERE id = :org_id OR parent_id = :org_id ORDER BY id LIMIT 5000;

-- name: designations :many
-- All designations.
SELECT id, name_en, name_hi FROM designation ORDER BY id LIMIT 10000;

-- name: form_numbers :many
-- The forms of an examination.
SELECT id, n FROM exam_form WHERE exam_id = :exam_id ORDER BY id LIMIT 200;

-- name: people :many
-- The next people of an organisation and below: who has a seat, who has sat, who has passed; shown: all, done, open.
-- param above_id id
-- param day int
-- param exam_id id
-- param after_id id
-- param shown text
-- param most int
-- col registered bool
-- col sat_at time
-- col passed_at time
SELECT p.id, p.name, p.employee_no, g.name_en, g.name_hi,
	(EXISTS (SELECT 1 FROM exam_seat s WHERE s.exam_id = :exam_id AND s.person_id = p.id) OR EXISTS (SELECT 1 FROM exam_attempt r WHERE r.taker_id = p.id AND r.exam_id = :exam_id))
		AS registered,
	(SELECT max(q.submitted_at) FROM exam_attempt q WHERE q.taker_id = p.id AND q.exam_id = :exam_id AND q.state <> 'open') AS sat_at,
	(SELECT min(w.submitted_at) FROM exam_attempt w WHERE w.taker_id = p.id AND w.exam_id = :exam_id AND w.state = 'marked' AND w.passed) AS passed_at
FROM org_above u JOIN posting o ON o.org_id = u.org_id JOIN org g ON g.id = o.org_id JOIN person p ON p.id = o.person_id
WHERE u.above_id = :above_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day) AND p.state = 'active' AND p.id > :after_id
	AND (:shown = 'all' OR (:shown = 'done') = EXISTS (SELECT 1 FROM exam_attempt v WHERE v.taker_id = p.id AND v.exam_id = :exam_id AND v.state <> 'open'))
ORDER BY p.id LIMIT :most;
