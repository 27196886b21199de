-- owner: plan

-- ── the proposal ──

-- name: person :maybe
-- For whom a plan is made: language, and posting of a day.
-- param day int
SELECT p.name, p.lang, p.state, o.designation_id, o.supervisor_id, s.name AS supervisor
FROM person p LEFT JOIN posting o ON o.person_id = p.id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day) LEFT JOIN person s ON s.id = o.supervisor_id
WHERE p.id = :id;

-- name: post_asks :many
-- What a post asks, each with the activity that asks most of it first, and the sums of what a person holds.
-- param person_id id
-- param day int
-- col weight int
-- col weighted int
-- col n int
-- col n_self int
SELECT w.competency_id, w.level, f.n_levels, c.code, c.area, x.name_en, x.name_hi, v.name_en AS activity_en, v.name_hi AS activity_hi, COALESCE(p.weight, 0) AS weight,
	COALESCE(p.weighted, 0) AS weighted, COALESCE(p.n, 0) AS n, COALESCE(p.n_self, 0) AS n_self
FROM post_role q JOIN work_role r ON r.id = q.role_id JOIN activity v ON v.role_id = r.id JOIN activity_competency w ON w.activity_id = v.id
	JOIN competency c ON c.id = w.competency_id JOIN framework f ON f.id = c.framework_id
	JOIN competency_text x ON x.competency_id = c.id AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = c.id AND y.from_day <= :day)
	LEFT JOIN proficiency p ON p.person_id = :person_id AND p.competency_id = c.id
WHERE q.post_id = :post_id AND (r.until_day IS NULL OR r.until_day > :day) AND (v.until_day IS NULL OR v.until_day > :day)
	AND c.from_day <= :day AND (c.until_day IS NULL OR c.until_day > :day)
ORDER BY w.competency_id, w.level DESC, v.id LIMIT 20000;

-- name: post :maybe
-- A post that is not abolished.
-- param day int
SELECT p.title_en, p.title_hi, o.name_en, o.name_hi FROM post p JOIN org o ON o.id = p.org_id WHERE p.id = :id AND (p.until_day IS NULL OR p.until_day > :day);

-- name: learned :many
-- Up to which level completed courses have taught a person something since a time, unless somebody's word or a test came after them.
-- param since time
-- col value int
SELECT e.competency_id, max(e.value) AS value FROM evidence e
WHERE e.person_id = :person_id AND e.at >= :since AND e.withdrawn_at IS NULL AND e.kind IN ('certificate', 'course-test')
	AND NOT EXISTS (SELECT 1 FROM evidence x WHERE x.person_id = e.person_id AND x.competency_id = e.competency_id AND x.withdrawn_at IS NULL AND x.id > e.id
		AND x.kind NOT IN ('certificate', 'course-test', 'self'))
GROUP BY e.competency_id ORDER BY e.competency_id LIMIT 2000;

-- name: candidates :many
-- Courses that teach what is asked of a person and not met, or what a post asks, the shortest first: live ones, and those that were asked of the person. A row for each competency.
-- param person_id id
-- param post_id id
-- param most int
-- col competency_id id
-- col course_id id
-- col level int
-- col stars int
-- col ratings int
SELECT t.course_id, t.competency_id, t.level, c.title, c.lang, c.ms, c.translation_of_id,
	COALESCE((SELECT CAST(sum(y.n) AS bigint) FROM tally y WHERE y.subject_id = c.id AND y.what = 'stars' AND y.period = 0), 0) AS stars,
	COALESCE((SELECT CAST(sum(y.n) AS bigint) FROM tally y WHERE y.subject_id = c.id AND y.what = 'ratings' AND y.period = 0), 0) AS ratings
FROM (SELECT q.competency_id FROM requirement q WHERE :post_id IS NULL AND q.person_id = :person_id AND q.state <> 2
	UNION SELECT w.competency_id FROM post_role p JOIN activity v ON v.role_id = p.role_id JOIN activity_competency w ON w.activity_id = v.id WHERE p.post_id = :post_id) g
JOIN course_competency t ON t.competency_id = g.competency_id JOIN course c ON c.id = t.course_id
WHERE c.state = 'live' OR EXISTS (SELECT 1 FROM assignment a WHERE a.person_id = :person_id AND a.course_id = c.id AND a.withdrawn_at IS NULL)
ORDER BY c.ms, c.id, t.competency_id LIMIT :most;

-- name: mine :many
-- The courses that a person was ever enrolled on or is asked for; done_ms: what he has covered of one that he has not completed.
-- param person_id id
-- col id id
-- col done_ms int
SELECT c.id, c.translation_of_id, c.title, c.lang, c.ms, e.state, a.due_day, a.reason, b.name AS asker,
	CASE WHEN e.state IS NULL OR e.state = 'completed' THEN 0 ELSE COALESCE((SELECT CAST(sum(CASE WHEN k.way IS NOT NULL OR g.covered_ms >= r.ms THEN r.ms
			ELSE COALESCE(g.covered_ms, 0) END) AS bigint)
		FROM resource r LEFT JOIN credit k ON k.person_id = :person_id AND k.resource_id = r.id
		LEFT JOIN progress g ON g.person_id = :person_id AND g.resource_id = r.id
		WHERE r.course_id = c.id AND r.ended_at IS NULL AND r.credits_id IS NULL), 0) END AS done_ms
FROM (SELECT n.course_id FROM enrolment n WHERE n.person_id = :person_id
	UNION SELECT s.course_id FROM assignment s WHERE s.person_id = :person_id AND s.withdrawn_at IS NULL) m JOIN course c ON c.id = m.course_id
LEFT JOIN enrolment e ON e.person_id = :person_id AND e.course_id = c.id
LEFT JOIN assignment a ON a.person_id = :person_id AND a.course_id = c.id AND a.withdrawn_at IS NULL
LEFT JOIN person b ON b.id = a.assigned_by
ORDER BY c.id LIMIT 20000;

-- name: like_me :many
-- Courses that people in a designation who are asked for the same competency have completed and a person has not, the most frequent first. At most 200 people are looked at.
-- param person_id id
-- param designation_id id
-- param competency_id id
-- param least int
-- col people int
WITH others AS (
	SELECT q.person_id FROM requirement q WHERE q.designation_id = :designation_id AND q.competency_id = :competency_id AND q.person_id <> :person_id
		ORDER BY q.person_id LIMIT 200)
SELECT c.id AS course_id, c.title, c.lang, c.ms, count(*) AS people FROM others o JOIN enrolment e ON e.person_id = o.person_id AND e.state = 'completed'
JOIN course c ON c.id = e.course_id
WHERE c.state = 'live' AND COALESCE(c.translation_of_id, c.id) NOT IN (
	SELECT COALESCE(d.translation_of_id, d.id) FROM enrolment f JOIN course d ON d.id = f.course_id WHERE f.person_id = :person_id AND f.state = 'completed')
GROUP BY c.id, c.title, c.lang, c.ms HAVING count(*) >= :least ORDER BY people DESC, c.title, c.id LIMIT 5;

-- ── individual plans ──

-- name: add :exec
-- A plan begins.
INSERT INTO learning_plan (id, person_id, n, state, minutes, from_day, until_day, made_at, n_sent, words)
SELECT :id, :person_id, count(*) + 1, 'draft', :minutes, :from_day, :until_day, :made_at, 0, '' FROM learning_plan p WHERE p.person_id = :person_id;

-- name: add_course :exec
-- A course of a plan; one that is there stays as it is.
INSERT INTO learning_plan_course (plan_id, course_id, person_id, due_day, minutes, reason_en, reason_hi)
VALUES (:plan_id, :course_id, :person_id, :due_day, :minutes, '', '') ON CONFLICT (plan_id, course_id) DO NOTHING;

-- name: put :exec
-- A course of a plan, or another day for it.
INSERT INTO learning_plan_course (plan_id, course_id, person_id, due_day, minutes, reason_en, reason_hi)
VALUES (:plan_id, :course_id, :person_id, :due_day, :minutes, :reason_en, :reason_hi)
ON CONFLICT (plan_id, course_id) DO UPDATE SET due_day = excluded.due_day;

-- name: copy :exec
-- The courses of one plan as those of another, but what is completed by now.
-- param from_id id
-- param to_id id
INSERT INTO learning_plan_course (plan_id, course_id, person_id, due_day, minutes, reason_en, reason_hi)
SELECT :to_id, i.course_id, i.person_id, i.due_day, i.minutes, i.reason_en, i.reason_hi FROM learning_plan_course i
WHERE i.plan_id = :from_id AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.person_id = i.person_id AND e.course_id = i.course_id AND e.state = 'completed');

-- name: remove :exec
-- A course is none of a plan any more.
DELETE FROM learning_plan_course WHERE plan_id = :plan_id AND course_id = :course_id;

-- name: count :one
-- How many courses a plan has.
-- col n int
SELECT count(*) AS n FROM learning_plan_course WHERE plan_id = :plan_id;

-- name: open :maybe
-- The plan that is being made, or waits for the supervisor.
SELECT id, state, n, n_sent, minutes, from_day, until_day, judge_id FROM learning_plan WHERE person_id = :person_id AND state IN ('draft', 'sent', 'returned');

-- name: agreed :maybe
-- The plan that was agreed last and has no successor.
SELECT id, n, minutes, from_day, until_day FROM learning_plan WHERE person_id = :person_id AND state = 'agreed';

-- name: one :maybe
-- A plan of a person; absent: the one that is being made, else the one agreed. seen_by_all: only one that was sent at some time.
-- param plan_id id
-- param sent_only bool
SELECT p.id, p.n, p.state, p.minutes, p.from_day, p.until_day, p.made_at, p.n_sent, p.sent_at, p.judge_id, p.decided_at, p.words, p.ended_at, j.name AS judge, d.name AS decider
FROM learning_plan p LEFT JOIN person j ON j.id = p.judge_id LEFT JOIN person d ON d.id = p.decided_by
WHERE p.person_id = :person_id AND (p.id = :plan_id OR (:plan_id IS NULL AND p.state IN ('draft', 'sent', 'returned', 'agreed'))) AND (NOT :sent_only OR p.state NOT IN ('draft', 'dropped'))
ORDER BY CASE p.state WHEN 'agreed' THEN 1 ELSE 0 END LIMIT 1;

-- name: versions :many
-- The plans of a person, the newest first.
-- param sent_only bool
SELECT id, n, state, from_day, until_day, made_at, decided_at FROM learning_plan
WHERE person_id = :person_id AND (NOT :sent_only OR state NOT IN ('draft', 'dropped')) ORDER BY id DESC LIMIT 30;

-- name: courses :many
-- The courses of a plan by their day, and how far they are.
-- col needed int
SELECT i.course_id, i.due_day, i.minutes, i.reason_en, i.reason_hi, c.title, c.lang, c.state AS course_state, e.state, e.completed_at, e.resources_done, e.last_resource_id,
	(SELECT count(*) FROM resource r WHERE r.course_id = i.course_id AND r.ended_at IS NULL AND r.credits_id IS NULL) AS needed, a.due_day AS asked_day
FROM learning_plan_course i JOIN course c ON c.id = i.course_id
LEFT JOIN enrolment e ON e.person_id = i.person_id AND e.course_id = i.course_id
LEFT JOIN assignment a ON a.person_id = i.person_id AND a.course_id = i.course_id AND a.withdrawn_at IS NULL
WHERE i.plan_id = :plan_id ORDER BY i.due_day, i.course_id LIMIT 200;

-- name: course :maybe
-- A course for a plan, by its id, or by its code or the title of a live one as somebody types it. done: how often the person has completed it, in whatever language.
-- param called text
-- param course_id id
-- param person_id id
-- col done int
-- col done_ms int
SELECT c.id, c.ms, c.state, e.state AS enrolment, a.due_day AS asked_day,
	(SELECT count(*) FROM enrolment f JOIN course d ON d.id = f.course_id WHERE f.person_id = :person_id AND f.state = 'completed'
		AND COALESCE(d.translation_of_id, d.id) = COALESCE(c.translation_of_id, c.id)) AS done,
	COALESCE((SELECT CAST(sum(CASE WHEN k.way IS NOT NULL OR g.covered_ms >= r.ms THEN r.ms ELSE COALESCE(g.covered_ms, 0) END) AS bigint)
		FROM resource r LEFT JOIN credit k ON k.person_id = :person_id AND k.resource_id = r.id
		LEFT JOIN progress g ON g.person_id = :person_id AND g.resource_id = r.id
		WHERE r.course_id = c.id AND r.ended_at IS NULL AND r.credits_id IS NULL), 0) AS done_ms
FROM course c LEFT JOIN enrolment e ON e.person_id = :person_id AND e.course_id = c.id
LEFT JOIN assignment a ON a.person_id = :person_id AND a.course_id = c.id AND a.withdrawn_at IS NULL
WHERE c.id IN (SELECT x.id FROM course x WHERE x.id = :course_id UNION SELECT x.id FROM course x WHERE x.code = :called
	UNION SELECT x.id FROM course x WHERE x.state = 'live' AND x.title = :called)
ORDER BY CASE WHEN c.state = 'live' THEN 0 ELSE 1 END, CASE WHEN c.code = :called THEN 0 ELSE 1 END, c.id LIMIT 1;

-- name: send :exec
-- It goes to the supervisor.
UPDATE learning_plan SET state = 'sent', sent_at = :sent_at, judge_id = :judge_id, n_sent = n_sent + 1, words = '' WHERE id = :id AND state IN ('draft', 'returned');

-- name: take_back :exec
-- It is being made again.
UPDATE learning_plan SET state = 'draft' WHERE id = :id AND state = 'sent';

-- name: drop :exec
-- It is not wanted any more.
UPDATE learning_plan SET state = 'dropped', ended_at = :ended_at WHERE id = :id AND state IN ('draft', 'sent', 'returned');

-- name: decide :exec
-- The supervisor's word.
UPDATE learning_plan SET state = :state, decided_by = :decided_by, decided_at = :decided_at, words = :words WHERE id = :id AND state = 'sent';

-- name: put_past :exec
-- Another one takes the place of the plan that was agreed.
UPDATE learning_plan SET state = 'past', ended_at = :ended_at WHERE person_id = :person_id AND state = 'agreed';

-- name: to_take_up :many
-- The courses of a plan that can be taken up: live, neither under way nor completed.
SELECT i.course_id FROM learning_plan_course i JOIN course c ON c.id = i.course_id LEFT JOIN enrolment e ON e.person_id = i.person_id AND e.course_id = i.course_id
WHERE i.plan_id = :plan_id AND c.state = 'live' AND (e.state IS NULL OR e.state = 'ended') ORDER BY i.due_day, i.course_id LIMIT 200;

-- ── two accounts of one person ──

-- name: settle_open :exec
-- Of two plans that are being made, that of the account that stays is gone on with.
-- param kept_id id
-- param closed_id id
UPDATE learning_plan SET state = 'dropped', ended_at = :ended_at WHERE person_id = :closed_id AND state IN ('draft', 'sent', 'returned')
	AND EXISTS (SELECT 1 FROM learning_plan k WHERE k.person_id = :kept_id AND k.state IN ('draft', 'sent', 'returned'));

-- name: settle_agreed :exec
-- Of two plans that are agreed, that of the account that stays holds.
-- param kept_id id
-- param closed_id id
UPDATE learning_plan SET state = 'past', ended_at = :ended_at WHERE person_id = :closed_id AND state = 'agreed'
	AND EXISTS (SELECT 1 FROM learning_plan k WHERE k.person_id = :kept_id AND k.state = 'agreed');

-- name: move :exec
-- Plans of one account are of another.
-- param kept_id id
-- param closed_id id
UPDATE learning_plan SET person_id = :kept_id WHERE person_id = :closed_id;

-- name: move_courses :exec
-- Their courses, too.
-- param kept_id id
-- param closed_id id
UPDATE learning_plan_course SET person_id = :kept_id WHERE person_id = :closed_id;

-- rows: learning_plan by person_id
-- rows: learning_plan_course by person_id
