-- owner: check

-- name: postings :each
-- Two postings of a person never overlap.
-- col a_id id
-- col b_id id
SELECT a.id AS a_id, b.id AS b_id, a.person_id FROM posting a JOIN posting b ON b.person_id = a.person_id AND b.id > a.id
WHERE a.from_day < COALESCE(b.until_day, 99999999) AND b.from_day < COALESCE(a.until_day, 99999999) ORDER BY a.id, b.id;

-- name: own_supervisor :each
-- Nobody supervises himself.
SELECT id, person_id FROM posting WHERE supervisor_id = person_id ORDER BY id;

-- name: tree :each
-- Every organisation is above itself, and what is above its parent is above it.
SELECT o.id FROM org o WHERE NOT EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = o.id AND u.above_id = o.id AND u.distance = 0)
	OR (o.parent_id IS NOT NULL AND EXISTS (SELECT 1 FROM org_above p WHERE p.org_id = o.parent_id
		AND NOT EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = o.id AND u.above_id = p.above_id AND u.distance = p.distance + 1)))
ORDER BY o.id;

-- name: completed_without_certificate :each
-- Who has completed a course holds exactly one certificate in force for it.
SELECT e.person_id, e.course_id FROM enrolment e WHERE e.state = 'completed' AND 1 <> (
	SELECT count(*) FROM credential c WHERE c.person_id = e.person_id AND c.course_id = e.course_id AND c.replaced_by_id IS NULL)
ORDER BY e.person_id, e.course_id;

-- name: certificate_without_completion :each
-- Every certificate rests on a completion.
SELECT c.id, c.person_id, c.course_id FROM credential c WHERE NOT EXISTS (
	SELECT 1 FROM enrolment e WHERE e.person_id = c.person_id AND e.course_id = c.course_id AND e.completed_at IS NOT NULL) ORDER BY c.id;

-- name: complete_but_open :each
-- Whoever has been credited every required resource has completed the course.
SELECT e.person_id, e.course_id FROM enrolment e JOIN course k ON k.id = e.course_id WHERE e.state = 'active' AND k.state = 'live'
	AND EXISTS (SELECT 1 FROM resource r JOIN credit c ON c.person_id = e.person_id AND c.resource_id = r.id WHERE r.course_id = e.course_id AND c.credited_at > k.updated_at)
	AND NOT EXISTS (SELECT 1 FROM resource r WHERE r.course_id = e.course_id AND r.ended_at IS NULL AND r.credits_id IS NULL
		AND NOT EXISTS (SELECT 1 FROM credit c WHERE c.person_id = e.person_id AND c.resource_id = r.id))
ORDER BY e.person_id, e.course_id;

-- name: credit_without_enrolment :each
-- A credit belongs to an enrolment.
SELECT c.person_id, c.resource_id FROM credit c WHERE NOT EXISTS (
	SELECT 1 FROM enrolment e WHERE e.person_id = c.person_id AND e.course_id = c.course_id) ORDER BY c.person_id, c.resource_id;

-- name: credit_too_early :each
-- A credit by progress has the covered time behind it.
SELECT c.person_id, c.resource_id FROM credit c JOIN resource r ON r.id = c.resource_id
LEFT JOIN progress g ON g.person_id = c.person_id AND g.resource_id = c.resource_id
LEFT JOIN together_progress t ON t.person_id = c.person_id AND t.resource_id = c.resource_id
WHERE c.way = 'progress' AND (g.covered_ms IS NULL OR g.covered_ms + COALESCE(t.covered_ms, 0) + 1500 * 400 < r.ms * 95 / 100) AND NOT EXISTS (
	SELECT 1 FROM course k WHERE k.id = c.course_id AND k.updated_at > c.credited_at) ORDER BY c.person_id, c.resource_id;

-- name: passed_without_credit :each
-- A passed attempt has its credit.
SELECT a.person_id, a.id, a.resource_id FROM attempt a WHERE a.passed AND NOT EXISTS (
	SELECT 1 FROM credit c WHERE c.person_id = a.person_id AND c.resource_id = a.resource_id) ORDER BY a.person_id, a.id;

-- name: checked_without_credit :each
-- A passed check after a group session has its credit.
SELECT k.person_id, k.id FROM together_check k WHERE k.passed AND NOT EXISTS (
	SELECT 1 FROM credit c WHERE c.person_id = k.person_id AND c.resource_id = k.resource_id) ORDER BY k.person_id, k.id;

-- name: teaches_nothing :each
-- What a course says it teaches is an entry of a framework here, in force and of its levels.
SELECT t.course_id, t.framework, t.code, t.level FROM course_competency t JOIN course k ON k.id = t.course_id AND k.state = 'live'
	LEFT JOIN competency c ON c.id = t.competency_id LEFT JOIN framework f ON f.id = c.framework_id
WHERE t.competency_id IS NULL OR c.until_day IS NOT NULL OR t.level > f.n_levels OR c.kind NOT IN ('theme', 'sub-theme')
ORDER BY t.course_id, t.framework, t.code;

-- name: tests_nothing :each
-- What a question says it tests is an entry of a framework here, in force and of its levels.
SELECT q.id, t.level FROM question_competency t JOIN question q ON q.id = t.question_id AND q.ended_at IS NULL JOIN resource r ON r.id = q.resource_id AND r.ended_at IS NULL
	JOIN course k ON k.id = r.course_id AND k.state = 'live'
	LEFT JOIN framework f ON f.code = t.framework LEFT JOIN competency c ON c.framework_id = f.id AND c.code = t.code
WHERE c.id IS NULL OR c.until_day IS NOT NULL OR t.level > f.n_levels OR c.kind NOT IN ('theme', 'sub-theme') ORDER BY q.id;

-- name: asks_nothing :each
-- What an activity that is done needs is in force.
SELECT a.id, w.competency_id FROM activity_competency w JOIN activity a ON a.id = w.activity_id AND a.until_day IS NULL JOIN work_role r ON r.id = a.role_id AND r.until_day IS NULL
	JOIN competency c ON c.id = w.competency_id
WHERE c.until_day IS NOT NULL ORDER BY a.id, w.competency_id;

-- name: done :each
-- resources_done is the number of credited required resources.
-- col facts int
SELECT e.person_id, e.course_id, e.resources_done, (SELECT count(*) FROM resource r JOIN credit c ON c.person_id = e.person_id AND c.resource_id = r.id
	WHERE r.course_id = e.course_id AND r.credits_id IS NULL) AS facts
FROM enrolment e WHERE e.resources_done <> (SELECT count(*) FROM resource r JOIN credit c ON c.person_id = e.person_id AND c.resource_id = r.id
	WHERE r.course_id = e.course_id AND r.credits_id IS NULL) ORDER BY e.person_id, e.course_id;

-- name: course_counts :each
-- The counters of a course say what the facts say.
-- col enrolled int
-- col completed int
-- col ratings int
-- col stars int
-- col said_enrolled int
-- col said_completed int
-- col said_ratings int
-- col said_stars int
SELECT k.id,
	(SELECT count(*) FROM enrolment e WHERE e.course_id = k.id) AS enrolled,
	(SELECT count(*) FROM enrolment e WHERE e.course_id = k.id AND e.completed_at IS NOT NULL) AS completed,
	(SELECT count(*) FROM rating r WHERE r.course_id = k.id) AS ratings,
	COALESCE((SELECT CAST(sum(r.stars) AS bigint) FROM rating r WHERE r.course_id = k.id), 0) AS stars,
	COALESCE((SELECT CAST(sum(t.n) AS bigint) FROM tally t WHERE t.subject_id = k.id AND t.period = 0 AND t.what = 'enrolled'), 0) AS said_enrolled,
	COALESCE((SELECT CAST(sum(t.n) AS bigint) FROM tally t WHERE t.subject_id = k.id AND t.period = 0 AND t.what = 'completed'), 0) AS said_completed,
	COALESCE((SELECT CAST(sum(t.n) AS bigint) FROM tally t WHERE t.subject_id = k.id AND t.period = 0 AND t.what = 'ratings'), 0) AS said_ratings,
	COALESCE((SELECT CAST(sum(t.n) AS bigint) FROM tally t WHERE t.subject_id = k.id AND t.period = 0 AND t.what = 'stars'), 0) AS said_stars
FROM course k ORDER BY k.id;

-- name: org_counts :each
-- The completions counted for an organisation are those of people posted in it or below on that day.
-- col completed int
-- col said_completed int
SELECT o.id,
	(SELECT count(*) FROM enrolment e JOIN org_above u ON u.org_id = e.completed_org_id WHERE u.above_id = o.id) AS completed,
	COALESCE((SELECT CAST(sum(t.n) AS bigint) FROM tally t WHERE t.subject_id = o.id AND t.period = 0 AND t.what = 'completed'), 0) AS said_completed
FROM org o ORDER BY o.id;

-- name: intervals :each
-- Every record of progress, to be read and measured.
SELECT g.person_id, g.resource_id, g.intervals, g.covered_ms, r.ms FROM progress g JOIN resource r ON r.id = g.resource_id ORDER BY g.person_id, g.resource_id;

-- name: certificates :each
-- Every certificate, for its signature.
SELECT id, serial, document, signature FROM credential ORDER BY id;

-- name: days :each
-- No day of a learner holds more than twenty-four hours at twice the speed.
SELECT person_id, day FROM learned GROUP BY person_id, day HAVING sum(ms) > 2 * 86400000 ORDER BY person_id, day;

-- name: exam_without_form :each
-- An open examination has a form to give out.
SELECT e.id, e.org_id FROM exam e WHERE e.state = 'open' AND NOT EXISTS (SELECT 1 FROM exam_form f WHERE f.exam_id = e.id AND f.ended_at IS NULL) ORDER BY e.id;

-- name: exam_retired_item :each
-- No form that is given out holds an item that has been retired.
SELECT f.id, i.item_id FROM exam e JOIN exam_form f ON f.exam_id = e.id AND f.ended_at IS NULL JOIN exam_form_item i ON i.form_id = f.id JOIN item x ON x.id = i.item_id
WHERE e.state = 'open' AND x.status = 'retired' ORDER BY f.id, i.item_id;

-- name: exam_asks_nothing :each
-- What the blueprint of an open examination asks is in force.
SELECT p.exam_id, p.competency_id FROM exam e JOIN exam_part p ON p.exam_id = e.id JOIN competency c ON c.id = p.competency_id
WHERE e.state = 'open' AND c.until_day IS NOT NULL ORDER BY p.exam_id, p.competency_id;

-- name: exam_form_wrong :each
-- What is said of a form is what it holds.
SELECT f.id, f.exam_id FROM exam_form f WHERE f.items <> (SELECT count(*) FROM exam_form_item i JOIN item x ON x.id = i.item_id WHERE i.form_id = f.id AND x.kind <> 'case')
ORDER BY f.id;
