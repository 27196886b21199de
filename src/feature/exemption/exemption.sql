-- owner: exemption

-- ── what a test shows ──

-- name: attempt :maybe
-- A marked attempt at a test that can show a course needless.
SELECT a.id, a.exam_id FROM exam_attempt a JOIN exam e ON e.id = a.exam_id
WHERE a.taker_id = :taker_id AND a.id = :attempt_id AND a.state = 'marked' AND e.kind = 'skip';

-- name: shown :many
-- What such tests of a person say of a competency, the newest first.
SELECT a.exam_id, a.form_id, a.theta, a.se FROM exam_result r JOIN exam_attempt a ON a.taker_id = r.taker_id AND a.id = r.attempt_id JOIN exam e ON e.id = a.exam_id
WHERE r.taker_id = :taker_id AND r.competency_id = :competency_id AND r.value >= 0 AND a.state = 'marked' AND a.theta IS NOT NULL AND e.kind = 'skip'
ORDER BY a.id DESC LIMIT 20;

-- name: courses :many
-- Live courses that teach something of what an examination asks, which this person has not completed and need not skip any more; nor those whose exemption by this
-- attempt somebody withdrew.
-- param exam_id id
-- param person_id id
-- param attempt_id id
SELECT DISTINCT k.id, k.ms FROM exam_part p JOIN course_competency t ON t.competency_id = p.competency_id JOIN course k ON k.id = t.course_id
WHERE p.exam_id = :exam_id AND k.state = 'live'
	AND NOT EXISTS (SELECT 1 FROM enrolment n WHERE n.person_id = :person_id AND n.course_id = k.id AND n.completed_at IS NOT NULL)
	AND NOT EXISTS (SELECT 1 FROM exemption x WHERE x.person_id = :person_id AND x.course_id = k.id
		AND (x.withdrawn_at IS NULL OR (x.attempt_id = :attempt_id AND x.withdrawn_by IS NOT NULL)))
ORDER BY k.id LIMIT 200;

-- name: taught :many
-- What a course teaches, and up to which level.
SELECT competency_id, level FROM course_competency WHERE course_id = :course_id ORDER BY framework, code LIMIT 100;

-- name: of_attempt :many
-- What rests on an attempt.
SELECT id, course_id FROM exemption WHERE person_id = :person_id AND attempt_id = :attempt_id AND withdrawn_at IS NULL ORDER BY id LIMIT 200;

-- ── keeping ──

-- name: add :exec
-- A course is needless.
INSERT INTO exemption (id, person_id, course_id, attempt_id, minutes, sure, at) VALUES (:id, :person_id, :course_id, :attempt_id, :minutes, :sure, :at);

-- name: withdraw :exec
-- It is needed after all.
UPDATE exemption SET withdrawn_at = :withdrawn_at, withdrawn_by = :withdrawn_by, why = :why WHERE id = :id AND person_id = :person_id AND withdrawn_at IS NULL;

-- ── reading ──

-- name: list :many
-- Of a person, the newest first.
SELECT x.id, x.course_id, x.attempt_id, x.minutes, x.sure, x.at, x.withdrawn_at, x.withdrawn_by, x.why, k.title, k.lang, e.title AS exam, p.name AS withdrawn_name
FROM exemption x JOIN course k ON k.id = x.course_id LEFT JOIN exam_attempt a ON a.taker_id = x.person_id AND a.id = x.attempt_id LEFT JOIN exam e ON e.id = a.exam_id
	LEFT JOIN person p ON p.id = x.withdrawn_by
WHERE x.person_id = :person_id ORDER BY x.id DESC LIMIT 200;

-- name: person :maybe
-- Whose they are.
SELECT name FROM person WHERE id = :id;

-- name: tests :many
-- Tests that are open now to somebody posted where they are held, of competencies that the person's work asks for and that are not met.
-- param person_id id
-- param moment time
-- param day int
SELECT DISTINCT e.id, e.title, e.minutes, e.most, e.course_id, k.title AS course, k.lang, k.ms FROM exam e JOIN exam_part q ON q.exam_id = e.id
	JOIN requirement g ON g.competency_id = q.competency_id AND g.person_id = :person_id AND g.state <> 2
	JOIN course k ON k.id = e.course_id
WHERE e.kind = 'skip' AND e.state = 'open' AND e.opens_at <= :moment AND e.closes_at > :moment
	AND EXISTS (SELECT 1 FROM posting o JOIN org_above u ON u.org_id = o.org_id AND u.above_id = e.org_id
		WHERE o.person_id = :person_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day))
ORDER BY e.title, e.id LIMIT 30;

-- ── joining accounts ──

-- name: merge_doubles :exec
-- Where both accounts need not take a course, that of the closed one ends.
-- param closed_id id
-- param kept_id id
-- param moment time
UPDATE exemption SET withdrawn_at = :moment, why = 'merged' WHERE person_id = :closed_id AND withdrawn_at IS NULL
	AND course_id IN (SELECT x.course_id FROM exemption x WHERE x.person_id = :kept_id AND x.withdrawn_at IS NULL);

-- name: merge :exec
-- What one account need not take, the other need not.
-- param kept_id id
-- param closed_id id
UPDATE exemption SET person_id = :kept_id WHERE person_id = :closed_id;

-- rows: exemption by person_id
