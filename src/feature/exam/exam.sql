-- owner: exam

-- ── examinations ──

-- name: add :exec
-- A draft.
INSERT INTO exam (id, org_id, code, title, about, kind, mode, state, langs, minutes, grace_s, attempts, pass, feedback, opens_at, closes_at, year, need_share, course_id,
	resource_id, least, most, target_se, decide, made_by, made_at)
VALUES (:id, :org_id, :code, :title, :about, :kind, :mode, 'draft', :langs, :minutes, :grace_s, :attempts, :pass, :feedback, :opens_at, :closes_at, :year, :need_share,
	:course_id, :resource_id, :least, :most, :target_se, :decide, :made_by, :made_at);

-- name: set :exec
-- Other rules.
UPDATE exam SET code = :code, title = :title, about = :about, kind = :kind, mode = :mode, langs = :langs, minutes = :minutes, grace_s = :grace_s, attempts = :attempts,
	pass = :pass, feedback = :feedback, opens_at = :opens_at, closes_at = :closes_at, year = :year, need_share = :need_share, course_id = :course_id,
	resource_id = :resource_id, least = :least, most = :most, target_se = :target_se, decide = :decide WHERE id = :id;

-- name: one :maybe
-- An examination.
SELECT e.id, e.org_id, e.code, e.title, e.about, e.kind, e.mode, e.state, e.langs, e.minutes, e.grace_s, e.attempts, e.pass, e.feedback, e.opens_at, e.closes_at, e.year,
	e.need_share, e.course_id, e.resource_id, e.least, e.most, e.target_se, e.decide, e.made_at, e.opened_at, e.closed_at, c.title AS course, c.lang AS course_lang
FROM exam e LEFT JOIN course c ON c.id = e.course_id WHERE e.id = :id;

-- name: code_taken :maybe
-- Who has a code in an organisation.
SELECT id FROM exam WHERE org_id = :org_id AND code = :code;

-- name: opened :exec
-- From now on it can be sat.
UPDATE exam SET state = 'open', opened_at = :opened_at WHERE id = :id AND state = 'draft';

-- name: closed :exec
-- Nobody begins any more.
UPDATE exam SET state = 'closed', closed_at = :closed_at WHERE id = :id AND state = 'open';

-- name: course_live :maybe
-- A course that is there.
SELECT id FROM course WHERE id = :id AND state = 'live';

-- name: quiz_of :maybe
-- A quiz of a course.
SELECT id FROM resource WHERE id = :id AND course_id = :course_id AND kind = 'quiz' AND ended_at IS NULL;

-- ── blueprint, courses that come first ──

-- name: parts :many
-- The blueprint by itself.
SELECT n, competency_id, level, bloom, items FROM exam_part WHERE exam_id = :exam_id ORDER BY n LIMIT 100;

-- name: put_part :exec
-- A cell of the blueprint.
INSERT INTO exam_part (exam_id, n, competency_id, level, bloom, items) VALUES (:exam_id, :n, :competency_id, :level, :bloom, :items)
ON CONFLICT (exam_id, n) DO UPDATE SET items = excluded.items;

-- name: drop_part :exec
-- A cell goes.
DELETE FROM exam_part WHERE exam_id = :exam_id AND n = :n;

-- name: competency :maybe
-- What a cell may ask, on a day.
-- param day int
SELECT c.id, f.n_levels FROM competency c JOIN framework f ON f.id = c.framework_id
WHERE c.id = :id AND c.kind IN ('theme', 'sub-theme') AND c.from_day <= :day AND (c.until_day IS NULL OR c.until_day > :day);

-- name: needs :many
-- The courses that come first.
SELECT n.course_id, c.code, c.title, c.lang, c.state FROM exam_need n JOIN course c ON c.id = n.course_id WHERE n.exam_id = :exam_id ORDER BY c.title, c.id LIMIT 200;

-- name: need :exec
-- A course comes first.
INSERT INTO exam_need (exam_id, course_id) VALUES (:exam_id, :course_id) ON CONFLICT (exam_id, course_id) DO NOTHING;

-- name: drop_need :exec
-- It does not any more.
DELETE FROM exam_need WHERE exam_id = :exam_id AND course_id = :course_id;

-- ── forms ──

-- name: forms :many
-- The forms of an examination with how often each was taken.
-- col taken int
SELECT f.id, f.n, f.pool, f.items, f.points, f.expected, f.curve, f.made_at, f.ended_at, (SELECT count(*) FROM exam_attempt a WHERE a.form_id = f.id) AS taken
FROM exam_form f WHERE f.exam_id = :exam_id ORDER BY f.n LIMIT 200;

-- name: form :maybe
-- A form.
SELECT f.id, f.exam_id, f.n, f.pool, f.items, f.points, f.ended_at, e.org_id, e.state FROM exam_form f JOIN exam e ON e.id = f.exam_id WHERE f.id = :id;

-- name: form_numbers :one
-- How many forms later attempts take, how many of them are pools, how many items a fixed one has, and the number of the last form.
-- col live int
-- col pools int
-- col items int
-- col last int
SELECT COALESCE(sum(CASE WHEN ended_at IS NULL THEN 1 ELSE 0 END), 0) AS live, COALESCE(sum(CASE WHEN ended_at IS NULL AND pool THEN 1 ELSE 0 END), 0) AS pools,
	COALESCE(max(CASE WHEN ended_at IS NULL AND NOT pool THEN items END), 0) AS items, COALESCE(max(n), 0) AS last FROM exam_form WHERE exam_id = :exam_id;

-- name: add_form :exec
-- A form.
INSERT INTO exam_form (id, exam_id, n, pool, items, points, expected, curve, made_by, made_at)
VALUES (:id, :exam_id, :n, :pool, :items, :points, :expected, :curve, :made_by, :made_at);

-- name: set_points :exec
-- What a form that is being made earns at most.
UPDATE exam_form SET points = :points WHERE id = :id;

-- name: add_form_item :exec
-- What it holds.
INSERT INTO exam_form_item (form_id, n, item_id, version, part, parameters) VALUES (:form_id, :n, :item_id, :version, :part, :parameters);

-- name: end_form :exec
-- No later attempt takes it.
UPDATE exam_form SET ended_at = :ended_at WHERE id = :id AND ended_at IS NULL;

-- name: end_forms :exec
-- The same for all that an examination has.
UPDATE exam_form SET ended_at = :ended_at WHERE exam_id = :exam_id AND ended_at IS NULL;

-- name: version :maybe
-- A version of an item that the organisation, or one above it, has.
-- param org_id id
SELECT i.kind, i.status, i.live_version, i.case_id, c.live_version AS case_version, v.points FROM item i JOIN item_version v ON v.item_id = i.id
	JOIN org_above u ON u.above_id = i.org_id LEFT JOIN item c ON c.id = i.case_id
WHERE i.id = :item_id AND v.version = :version AND u.org_id = :org_id;

-- name: enemies_in :maybe
-- Two of a form that are never in one paper.
SELECT a.item_id, b.item_id AS other_id, i.code, k.code AS other_code FROM exam_form_item a JOIN item_enemy m ON m.item_id = a.item_id
	JOIN exam_form_item b ON b.form_id = a.form_id AND b.item_id = m.other_id JOIN item i ON i.id = a.item_id JOIN item k ON k.id = b.item_id
WHERE a.form_id = :form_id LIMIT 1;

-- name: facts :one
-- What is looked at before an examination opens. items: different ones in the forms that attempts would take; retired, long_ones: of them.
-- param exam_id id
-- param day int
-- col rows int
-- col asked int
-- col ended int
-- col needs int
-- col rooms int
-- col live int
-- col pools int
-- col items int
-- col retired int
-- col long_ones int
SELECT (SELECT count(*) FROM exam_part p WHERE p.exam_id = :exam_id) AS rows, (SELECT CAST(COALESCE(sum(p.items), 0) AS bigint) FROM exam_part p WHERE p.exam_id = :exam_id) AS asked,
	(SELECT count(*) FROM exam_part p JOIN competency c ON c.id = p.competency_id WHERE p.exam_id = :exam_id AND c.until_day <= :day) AS ended,
	(SELECT count(*) FROM exam_need n WHERE n.exam_id = :exam_id) AS needs, (SELECT count(*) FROM exam_room r WHERE r.exam_id = :exam_id) AS rooms,
	count(DISTINCT CASE WHEN NOT x.pool THEN x.id END) AS live, count(DISTINCT CASE WHEN x.pool THEN x.id END) AS pools, count(DISTINCT i.id) AS items,
	count(DISTINCT CASE WHEN i.status = 'retired' THEN i.id END) AS retired, count(DISTINCT CASE WHEN i.kind = 'long' THEN i.id END) AS long_ones
FROM exam_form x JOIN exam_form_item f ON f.form_id = x.id JOIN item i ON i.id = f.item_id WHERE x.exam_id = :exam_id AND x.ended_at IS NULL;

-- name: told :many
-- How many of those items have a text in each language.
-- col n int
SELECT t.lang, count(DISTINCT f.item_id) AS n FROM exam_form x JOIN exam_form_item f ON f.form_id = x.id
	JOIN item_text t ON t.item_id = f.item_id AND t.version = f.version
WHERE x.exam_id = :exam_id AND x.ended_at IS NULL GROUP BY t.lang ORDER BY t.lang LIMIT 100;

-- name: content :many
-- All that a form holds, in a language or, where a text has not been put into it, in that it was written in.
-- param lang text
-- col asked json
-- col feedback json
-- col lang text
-- col pictured bool
SELECT f.n, f.item_id, f.version, f.part, f.parameters, i.kind, i.case_id, i.code, p.competency_id, p.level, v.answer_key, v.points, v.steps,
	CASE WHEN v.picture_type IS NULL THEN FALSE ELSE TRUE END AS pictured, COALESCE(t.asked, b.asked) AS asked, COALESCE(t.feedback, b.feedback) AS feedback,
	COALESCE(t.lang, b.lang) AS lang
FROM exam_form_item f JOIN exam_form x ON x.id = f.form_id JOIN item i ON i.id = f.item_id JOIN item_version v ON v.item_id = f.item_id AND v.version = f.version
	JOIN item_text b ON b.item_id = f.item_id AND b.version = f.version AND b.base
	LEFT JOIN item_text t ON t.item_id = f.item_id AND t.version = f.version AND t.lang = :lang
	LEFT JOIN exam_part p ON p.exam_id = x.exam_id AND p.n = f.part
WHERE f.form_id = :form_id ORDER BY f.n LIMIT 6000;

-- name: picture :maybe
-- The picture of an item in a form.
SELECT v.picture, v.picture_type FROM exam_form_item f JOIN item_version v ON v.item_id = f.item_id AND v.version = f.version
WHERE f.form_id = :form_id AND f.n = :n AND v.picture IS NOT NULL;

-- ── who may sit ──

-- name: posted :maybe
-- Whether somebody is posted in an organisation or below on a day.
-- param above_id id
-- param day int
SELECT o.id FROM posting o JOIN org_above u ON u.org_id = o.org_id AND u.above_id = :above_id
WHERE o.person_id = :person_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day) LIMIT 1;

-- name: enrolled :maybe
-- Whether somebody learns a course, or has.
SELECT state FROM enrolment WHERE person_id = :person_id AND course_id = :course_id AND state <> 'ended';

-- name: needs_done :one
-- How many of the courses that come first somebody has completed.
-- param exam_id id
-- param person_id id
-- col n int
-- col done int
SELECT count(*) AS n, COALESCE(sum(CASE WHEN EXISTS (SELECT 1 FROM enrolment e WHERE e.person_id = :person_id AND e.course_id = n.course_id AND e.completed_at IS NOT NULL)
	THEN 1 ELSE 0 END), 0) AS done FROM exam_need n WHERE n.exam_id = :exam_id;

-- name: taken :one
-- The attempts of somebody.
-- col n int
-- col open_id id
-- col last_id id
SELECT count(*) AS n, max(CASE WHEN state = 'open' THEN id END) AS open_id, max(CASE WHEN state <> 'open' THEN id END) AS last_id
FROM exam_attempt WHERE taker_id = :taker_id AND exam_id = :exam_id;

-- name: seat :maybe
-- The seat of somebody, with its room.
SELECT s.room_id, s.seat, s.extra_minutes, s.checked_at, s.refused_why, r.name, r.place, r.begins_at, r.opened_at, r.closed_at FROM exam_seat s
	JOIN exam_room r ON r.id = s.room_id WHERE s.exam_id = :exam_id AND s.person_id = :person_id;

-- ── putting forms together ──

-- name: cells :many
-- The blueprint with how many items the bank has for each row: live, of the organisation or above it, and of a case that is live.
-- col has int
SELECT p.n, p.competency_id, p.level, p.bloom, p.items, c.code, c.until_day, x.name_en, x.name_hi,
	(SELECT count(*) FROM exam e JOIN org_above u ON u.org_id = e.org_id JOIN item i ON i.org_id = u.above_id LEFT JOIN item k ON k.id = i.case_id
	WHERE e.id = p.exam_id AND i.competency_id = p.competency_id AND i.status <> 'retired' AND i.live_version > 0 AND (p.level = 0 OR i.level = p.level)
		AND (p.bloom = '' OR i.bloom = p.bloom) AND i.kind <> 'case' AND (i.case_id IS NULL OR (k.status <> 'retired' AND k.live_version > 0))) AS has
FROM exam_part p JOIN competency c ON c.id = p.competency_id
	JOIN competency_text x ON x.competency_id = c.id AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = c.id)
WHERE p.exam_id = :exam_id ORDER BY p.n LIMIT 100;

-- name: bank :many
-- What the bank of an organisation and those above it has most of.
-- param org_id id
-- param day int
-- col n int
SELECT i.competency_id, c.code, f.code AS framework, x.name_en, x.name_hi, i.level, count(*) AS n
FROM org_above u JOIN item i ON i.org_id = u.above_id JOIN competency c ON c.id = i.competency_id JOIN framework f ON f.id = c.framework_id
	JOIN competency_text x ON x.competency_id = c.id AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = c.id)
WHERE u.org_id = :org_id AND i.status <> 'retired' AND i.live_version > 0 AND i.kind <> 'case' AND (c.until_day IS NULL OR c.until_day > :day)
GROUP BY i.competency_id, c.code, f.code, x.name_en, x.name_hi, i.level ORDER BY n DESC, c.code, i.level LIMIT 30;

-- name: candidates :many
-- Those items, the least used first. exposure: forms of examinations that were opened; used: in a form of this one.
-- param org_id id
-- param exam_id id
-- param competency_id id
-- param level int
-- param bloom text
-- param most int
-- col exposure int
-- col used int
SELECT i.id, i.code, i.kind, i.level, i.bloom, i.live_version, i.case_id, i.n, v.points, v.steps,
	(SELECT count(*) FROM exam_form_item f JOIN exam_form x ON x.id = f.form_id JOIN exam e ON e.id = x.exam_id WHERE f.item_id = i.id AND e.state <> 'draft') AS exposure,
	(SELECT count(*) FROM exam_form_item f JOIN exam_form x ON x.id = f.form_id JOIN exam e ON e.id = x.exam_id WHERE f.item_id = i.id AND e.id = :exam_id
		AND (x.ended_at IS NULL OR e.state <> 'draft')) AS used
FROM org_above u JOIN item i ON i.org_id = u.above_id JOIN item_version v ON v.item_id = i.id AND v.version = i.live_version LEFT JOIN item c ON c.id = i.case_id
WHERE u.org_id = :org_id AND i.competency_id = :competency_id AND i.status <> 'retired' AND i.live_version > 0 AND (:level = 0 OR i.level = :level)
	AND (:bloom = '' OR i.bloom = :bloom) AND i.kind <> 'case' AND (i.case_id IS NULL OR (c.status <> 'retired' AND c.live_version > 0))
ORDER BY exposure, i.id LIMIT :most;

-- name: enemies :many
-- Pairs of items of an organisation and those above it that are never in one paper.
-- param org_id id
SELECT m.item_id, m.other_id FROM org_above u JOIN item i ON i.org_id = u.above_id JOIN item_enemy m ON m.item_id = i.id
WHERE u.org_id = :org_id AND m.item_id < m.other_id ORDER BY m.item_id, m.other_id LIMIT 20000;

-- ── pages ──

-- name: of_org :many
-- The examinations of an organisation, the newest first.
-- param before id
-- param most int
-- col n_forms int
-- col n_attempts int
SELECT e.id, e.code, e.title, e.kind, e.mode, e.state, e.opens_at, e.closes_at,
	(SELECT count(*) FROM exam_form f WHERE f.exam_id = e.id AND f.ended_at IS NULL) AS n_forms, (SELECT count(*) FROM exam_attempt a WHERE a.exam_id = e.id) AS n_attempts
FROM exam e WHERE e.org_id = :org_id AND (:before IS NULL OR e.id < :before) ORDER BY e.id DESC LIMIT :most;

-- name: course_called :maybe
-- A course by its code.
SELECT id FROM course WHERE code = :code;

-- name: quiz_called :maybe
-- A quiz of a course by its code.
SELECT id FROM resource WHERE course_id = :course_id AND code = :code AND kind = 'quiz' AND ended_at IS NULL;

-- name: course_codes :one
-- What a course and one of its resources are called in addresses of their folder.
-- param course_id id
-- param resource_id id
-- col course text
-- col resource text
SELECT (SELECT c.code FROM course c WHERE c.id = :course_id) AS course, (SELECT r.code FROM resource r WHERE r.id = :resource_id) AS resource;

-- name: competency_called :maybe
-- A competency by its code.
SELECT c.id FROM competency c JOIN framework f ON f.id = c.framework_id WHERE f.code = :framework AND c.code = :code;

-- name: form_cells :many
-- How many items of each cell the forms hold.
-- param exam_id id
-- col n int
SELECT f.form_id, f.part, count(*) AS n FROM exam_form x JOIN exam_form_item f ON f.form_id = x.id JOIN item i ON i.id = f.item_id
WHERE x.exam_id = :exam_id AND i.kind <> 'case' GROUP BY f.form_id, f.part ORDER BY f.form_id, f.part LIMIT 12000;

-- name: form_shared :many
-- How many items of each form stand in another one that later attempts take.
-- param exam_id id
-- col n int
SELECT x.id, count(*) AS n FROM exam_form x JOIN exam_form_item f ON f.form_id = x.id JOIN item i ON i.id = f.item_id
WHERE x.exam_id = :exam_id AND x.ended_at IS NULL AND i.kind <> 'case' AND EXISTS (
	SELECT 1 FROM exam_form_item g JOIN exam_form y ON y.id = g.form_id WHERE g.item_id = f.item_id AND g.form_id <> f.form_id AND y.exam_id = x.exam_id AND y.ended_at IS NULL)
GROUP BY x.id ORDER BY x.id LIMIT 200;

-- name: form_items :many
-- What stands in a form, without its text.
SELECT f.n, f.item_id, f.version, f.part, i.org_id, i.code, i.kind, i.status, i.case_id, v.points FROM exam_form_item f JOIN item i ON i.id = f.item_id
	JOIN item_version v ON v.item_id = f.item_id AND v.version = f.version WHERE f.form_id = :form_id ORDER BY f.n LIMIT 6000;

-- name: sitting :one
-- How many attempts were begun, and how many are open now.
-- col begun int
-- col open_now int
-- col done int
SELECT count(*) AS begun, COALESCE(sum(CASE WHEN state = 'open' THEN 1 ELSE 0 END), 0) AS open_now, COALESCE(sum(CASE WHEN state = 'marked' THEN 1 ELSE 0 END), 0) AS done
FROM exam_attempt WHERE exam_id = :exam_id;

-- name: mine :many
-- What somebody may sit, now or later: of the organisation and those above it, of courses that one learns, and where one has a seat.
-- param person_id id
-- param day int
-- param at time
-- col taken int
-- col open_now int
SELECT e.id, e.title, e.kind, e.minutes, e.attempts, e.opens_at, e.closes_at, e.year, c.title AS course, c.lang AS course_lang,
	(SELECT count(*) FROM exam_attempt a WHERE a.taker_id = :person_id AND a.exam_id = e.id) AS taken,
	(SELECT count(*) FROM exam_attempt a WHERE a.taker_id = :person_id AND a.exam_id = e.id AND a.state = 'open') AS open_now
FROM exam e LEFT JOIN course c ON c.id = e.course_id
WHERE e.state = 'open' AND e.closes_at > :at AND (
	(e.kind IN ('practice', 'standalone', 'comprehensive') AND EXISTS (SELECT 1 FROM posting o JOIN org_above u ON u.org_id = o.org_id
		WHERE o.person_id = :person_id AND u.above_id = e.org_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)))
	OR (e.kind IN ('course', 'pre', 'post') AND EXISTS (SELECT 1 FROM enrolment n WHERE n.person_id = :person_id AND n.course_id = e.course_id AND n.state <> 'ended'))
	OR (e.kind = 'proctored' AND EXISTS (SELECT 1 FROM exam_seat s WHERE s.exam_id = e.id AND s.person_id = :person_id)))
ORDER BY e.closes_at, e.id LIMIT 200;

-- name: done :many
-- The attempts of somebody that have ended, the newest first.
SELECT a.id, a.exam_id, a.n, a.state, a.submitted_at, a.marks, a.max_marks, a.passed, e.title, e.kind, e.feedback FROM exam_attempt a JOIN exam e ON e.id = a.exam_id
WHERE a.taker_id = :taker_id AND a.state <> 'open' ORDER BY a.id DESC LIMIT 100;

-- name: attempts :many
-- The attempts of somebody at an examination.
SELECT id, n, state, submitted_at, marks, max_marks, passed FROM exam_attempt WHERE taker_id = :taker_id AND exam_id = :exam_id ORDER BY n LIMIT 20;

-- name: needs_of :many
-- The courses that come first, and which of them somebody has completed.
-- param exam_id id
-- param person_id id
-- col completed_at time
SELECT n.course_id, c.title, c.lang, (SELECT e.completed_at FROM enrolment e WHERE e.person_id = :person_id AND e.course_id = n.course_id) AS completed_at
FROM exam_need n JOIN course c ON c.id = n.course_id WHERE n.exam_id = :exam_id ORDER BY c.title, c.id LIMIT 200;
