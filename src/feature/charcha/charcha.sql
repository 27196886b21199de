-- owner: charcha

-- ── charchas ──

-- name: add :exec
-- A charcha, as a draft.
INSERT INTO charcha (id, org_id, theme, theme_hi, about, event_id, course_id, only_there, least_done, state, register_until, held_at, minutes, place, link, size,
	draw_id, synthesis, synthesis_at, closed_at, made_by, made_at, changed_at)
VALUES (:id, :org_id, :theme, :theme_hi, :about, :event_id, :course_id, :only_there, :least_done, 'draft', :register_until, :held_at, :minutes, :place, :link, :size,
	NULL, '', NULL, NULL, :made_by, :made_at, :changed_at);

-- name: change :exec
-- Says anew what a charcha is, as long as no groups are drawn.
UPDATE charcha SET theme = :theme, theme_hi = :theme_hi, about = :about, event_id = :event_id, course_id = :course_id, only_there = :only_there,
	least_done = :least_done, register_until = :register_until, held_at = :held_at, minutes = :minutes, place = :place, link = :link, size = :size,
	changed_at = :changed_at
WHERE id = :id AND state IN ('draft', 'open');

-- name: set_state :exec
-- From one state to the next.
-- param was text
UPDATE charcha SET state = :state, changed_at = :changed_at, closed_at = :closed_at WHERE id = :id AND state = :was;

-- name: confirm :exec
-- Groups are those of a draw.
UPDATE charcha SET state = 'drawn', draw_id = :draw_id, changed_at = :changed_at WHERE id = :id AND state = 'open';

-- name: set_synthesis :exec
-- What the organiser writes of it all.
UPDATE charcha SET synthesis = :synthesis, synthesis_at = :synthesis_at, changed_at = :changed_at WHERE id = :id;

-- name: one :maybe
-- A charcha.
SELECT c.id, c.org_id, c.theme, c.theme_hi, c.about, c.event_id, c.course_id, c.only_there, c.least_done, c.state, c.register_until, c.held_at, c.minutes, c.place,
	c.link, c.size, c.draw_id, c.synthesis, c.synthesis_at, c.closed_at, o.name_en AS org_en, o.name_hi AS org_hi, e.title AS event,
	e.title_hi AS event_hi, k.title AS course, k.lang AS course_lang, k.code AS course_code
FROM charcha c JOIN org o ON o.id = c.org_id LEFT JOIN event e ON e.id = c.event_id LEFT JOIN course k ON k.id = c.course_id WHERE c.id = :id;

-- name: of_org :many
-- Charchas of an organisation, newest first.
-- param before_id id
-- param n int
-- col n_members int
SELECT c.id, c.theme, c.theme_hi, c.state, c.held_at, c.minutes,
	(SELECT count(*) FROM charcha_member m WHERE m.charcha_id = c.id AND m.withdrawn_at IS NULL) AS n_members
FROM charcha c WHERE c.org_id = :org_id AND (:before_id IS NULL OR c.id < :before_id) ORDER BY c.id DESC LIMIT :n;

-- name: for_org :many
-- Charchas to which people of an organisation can come, the next first.
SELECT c.id, c.theme, c.theme_hi, c.state, c.held_at, c.minutes, c.register_until, o.name_en AS org_en, o.name_hi AS org_hi
FROM org_above u JOIN charcha c ON c.org_id = u.above_id JOIN org o ON o.id = c.org_id
WHERE u.org_id = :org_id AND c.state IN ('open', 'drawn') AND c.held_at > :held_at ORDER BY c.held_at, c.id LIMIT 100;

-- name: of_person :many
-- Charchas in which somebody takes or took part, newest first.
-- param before_id id
-- param n int
SELECT c.id, c.theme, c.theme_hi, c.state, c.held_at, c.minutes, c.synthesis_at, o.name_en AS org_en, o.name_hi AS org_hi, m.group_id, g.n AS group_n
FROM charcha_member m JOIN charcha c ON c.id = m.charcha_id JOIN org o ON o.id = c.org_id LEFT JOIN charcha_group g ON g.id = m.group_id
WHERE m.person_id = :person_id AND m.withdrawn_at IS NULL AND (:before_id IS NULL OR c.id < :before_id) ORDER BY c.id DESC LIMIT :n;

-- name: prompts :many
-- Questions to think about.
SELECT n, words, words_hi FROM charcha_prompt WHERE charcha_id = :charcha_id ORDER BY n LIMIT 20;

-- name: prompt_add :exec
-- One of them.
INSERT INTO charcha_prompt (charcha_id, n, words, words_hi) VALUES (:charcha_id, :n, :words, :words_hi);

-- name: prompts_drop :exec
-- Before they are set anew.
DELETE FROM charcha_prompt WHERE charcha_id = :charcha_id;

-- name: competencies :many
-- Competencies of which a charcha speaks, by their names of a day.
-- param day int
SELECT k.competency_id, k.level, c.code, f.code AS framework, x.name_en, x.name_hi
FROM charcha_competency k JOIN competency c ON c.id = k.competency_id JOIN framework f ON f.id = c.framework_id
LEFT JOIN competency_text x ON x.competency_id = k.competency_id
	AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = k.competency_id AND y.from_day <= :day)
WHERE k.charcha_id = :charcha_id ORDER BY f.code, c.code LIMIT 20;

-- name: competency_add :exec
-- One of them.
INSERT INTO charcha_competency (charcha_id, competency_id, level) VALUES (:charcha_id, :competency_id, :level)
ON CONFLICT (charcha_id, competency_id) DO UPDATE SET level = excluded.level;

-- name: competencies_drop :exec
-- Before they are set anew.
DELETE FROM charcha_competency WHERE charcha_id = :charcha_id;

-- name: competency_called :maybe
-- A measured competency in force by its code.
-- param code text
-- param framework text
-- param day int
SELECT c.id, f.n_levels FROM competency c JOIN framework f ON f.id = c.framework_id
WHERE f.code = :framework AND c.code = :code AND c.kind IN ('theme', 'sub-theme') AND (c.until_day IS NULL OR c.until_day > :day);

-- name: event_one :maybe
-- A webinar.
SELECT id, state FROM event WHERE id = :id;

-- name: events :many
-- Webinars from which a theme can be taken: those of an organisation and of those above it, newest first.
SELECT e.id, e.title, e.title_hi, e.starts_at FROM org_above u JOIN event e ON e.org_id = u.above_id
WHERE u.org_id = :org_id AND e.state IN ('open', 'ended') ORDER BY e.starts_at DESC, e.id DESC LIMIT 50;

-- name: course_called :maybe
-- A live course by its code or number.
-- param called text
-- param called_id id
SELECT id FROM course WHERE state = 'live' AND (code = :called OR id = :called_id) ORDER BY id LIMIT 1;

-- ── who may come, who comes ──

-- name: standing :maybe
-- The posting of a person on a day, with the department (or ministry, or state) and the place (state, or union) above it, and whether it is below an organisation.
-- param day int
-- param below_id id
-- col department_id id
-- col place_id id
-- col below int
SELECT o.org_id, o.pay_level,
	COALESCE((SELECT a.above_id FROM org_above a JOIN org g ON g.id = a.above_id WHERE a.org_id = o.org_id AND g.kind = 'department' ORDER BY a.distance LIMIT 1),
		(SELECT a.above_id FROM org_above a JOIN org g ON g.id = a.above_id WHERE a.org_id = o.org_id AND g.kind IN ('ministry', 'state') ORDER BY a.distance LIMIT 1),
		o.org_id) AS department_id,
	COALESCE((SELECT a.above_id FROM org_above a JOIN org g ON g.id = a.above_id WHERE a.org_id = o.org_id AND g.kind = 'state' ORDER BY a.distance LIMIT 1),
		(SELECT a.above_id FROM org_above a WHERE a.org_id = o.org_id ORDER BY a.distance DESC LIMIT 1), o.org_id) AS place_id,
	CASE WHEN EXISTS (SELECT 1 FROM org_above b WHERE b.org_id = o.org_id AND b.above_id = :below_id) THEN 1 ELSE 0 END AS below
FROM posting o WHERE o.person_id = :person_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day);

-- name: was_there :maybe
-- Somebody was at a webinar.
SELECT person_id FROM event_presence WHERE event_id = :event_id AND person_id = :person_id AND done_at IS NOT NULL;

-- name: done_of_course :maybe
-- How far somebody is in a course.
-- col parts int
SELECT e.state, e.resources_done, (SELECT count(*) FROM resource r WHERE r.course_id = e.course_id AND r.ended_at IS NULL) AS parts
FROM enrolment e WHERE e.person_id = :person_id AND e.course_id = :course_id;

-- name: member :maybe
-- Somebody in a charcha.
SELECT m.group_id, m.way, m.late, m.at, m.withdrawn_at, m.self_at, m.ticked_at, m.ticked_by, m.on_ms, m.seen_at, m.credited_ms, m.credited_way, m.org_id,
	m.department_id, m.place_id, m.pay_level
FROM charcha_member m WHERE m.charcha_id = :charcha_id AND m.person_id = :person_id;

-- name: put_member :exec
-- Somebody is registered, for the first time or again.
INSERT INTO charcha_member (charcha_id, person_id, group_id, way, org_id, department_id, place_id, pay_level, late, at, by_id, withdrawn_at, self_at, ticked_at,
	ticked_by, on_ms, seen_at, credited_ms, credited_way)
VALUES (:charcha_id, :person_id, :group_id, :way, :org_id, :department_id, :place_id, :pay_level, :late, :at, :by_id, NULL, NULL, NULL, NULL, 0, NULL, 0, '')
ON CONFLICT (charcha_id, person_id) DO UPDATE SET group_id = excluded.group_id, way = excluded.way, org_id = excluded.org_id,
	department_id = excluded.department_id, place_id = excluded.place_id, pay_level = excluded.pay_level, late = excluded.late, at = excluded.at,
	by_id = excluded.by_id, withdrawn_at = NULL;

-- name: withdraw :exec
-- Somebody comes no more.
UPDATE charcha_member SET withdrawn_at = :withdrawn_at, group_id = NULL WHERE charcha_id = :charcha_id AND person_id = :person_id AND withdrawn_at IS NULL;

-- name: set_group :exec
-- The group of somebody who comes.
UPDATE charcha_member SET group_id = :group_id WHERE charcha_id = :charcha_id AND person_id = :person_id AND withdrawn_at IS NULL;

-- name: coming :many
-- All who come, with what a draw looks at.
SELECT m.person_id, m.department_id, m.place_id, m.pay_level, m.group_id, g.n AS group_n FROM charcha_member m LEFT JOIN charcha_group g ON g.id = m.group_id
WHERE m.charcha_id = :charcha_id AND m.withdrawn_at IS NULL ORDER BY m.person_id LIMIT 10001;

-- name: coming_behind :maybe
-- One who comes, behind so many others.
-- param others int
SELECT person_id FROM charcha_member WHERE charcha_id = :charcha_id AND withdrawn_at IS NULL ORDER BY person_id LIMIT 1 OFFSET :others;

-- name: people :many
-- Who comes, a page at a time.
-- param after_id id
-- param n int
SELECT m.person_id, p.name, m.way, m.late, m.pay_level, m.at, o.name_en AS org_en, o.name_hi AS org_hi, g.n AS group_n
FROM charcha_member m JOIN person p ON p.id = m.person_id JOIN org o ON o.id = m.org_id LEFT JOIN charcha_group g ON g.id = m.group_id
WHERE m.charcha_id = :charcha_id AND m.withdrawn_at IS NULL AND (:after_id IS NULL OR m.person_id > :after_id) ORDER BY m.person_id LIMIT :n;

-- name: names :many
-- Names and offices of all who are or were registered.
SELECT m.person_id, p.name, o.name_en AS org_en, o.name_hi AS org_hi FROM charcha_member m JOIN person p ON p.id = m.person_id JOIN org o ON o.id = m.org_id
WHERE m.charcha_id = :charcha_id ORDER BY m.person_id LIMIT 20000;

-- name: taking_part :many
-- Who comes, for telling them, a piece at a time.
-- param after_id id
-- param n int
SELECT m.person_id, m.group_id, g.n AS group_n FROM charcha_member m LEFT JOIN charcha_group g ON g.id = m.group_id
WHERE m.charcha_id = :charcha_id AND m.withdrawn_at IS NULL AND m.person_id > :after_id ORDER BY m.person_id LIMIT :n;

-- ── drawing ──

-- name: draw_add :exec
-- A draw.
INSERT INTO charcha_draw (id, charcha_id, n, seed, state, reason, n_people, n_groups, n_single, n_departments, chance, reached, plan, by_id, at)
VALUES (:id, :charcha_id, :n, :seed, 'proposed', :reason, :n_people, :n_groups, :n_single, :n_departments, :chance, :reached, :plan, :by_id, :at);

-- name: draws :many
-- All draws of a charcha, newest first.
SELECT d.id, d.n, d.seed, d.state, d.reason, d.n_people, d.n_groups, d.n_single, d.n_departments, d.chance, d.reached, d.at, p.name AS by_name
FROM charcha_draw d LEFT JOIN person p ON p.id = d.by_id WHERE d.charcha_id = :charcha_id ORDER BY d.n DESC LIMIT 50;

-- name: draw_one :maybe
-- A draw with its groups.
SELECT id, charcha_id, n, seed, state, n_people, n_groups, n_single, n_departments, chance, reached, plan FROM charcha_draw WHERE id = :id;

-- name: draws_replaced :exec
-- Draws give way to a newer one.
UPDATE charcha_draw SET state = 'replaced' WHERE charcha_id = :charcha_id AND state = 'proposed';

-- name: draw_confirmed :exec
-- A draw counts.
UPDATE charcha_draw SET state = 'confirmed' WHERE id = :id AND state = 'proposed';

-- name: group_add :exec
-- A group.
INSERT INTO charcha_group (id, charcha_id, n, joined_into_id, scribe_id, conclusions, version, closed_at, closed_by)
VALUES (:id, :charcha_id, :n, NULL, NULL, '', 1, NULL, NULL);

-- name: groups :many
-- Groups of a charcha with their people counted, in their order.
-- col people int
-- col departments int
-- col places int
-- col least_level int
-- col most_level int
SELECT g.id, g.n, g.joined_into_id, g.closed_at, count(m.person_id) AS people, count(DISTINCT m.department_id) AS departments, count(DISTINCT m.place_id) AS places,
	min(m.pay_level) AS least_level, max(m.pay_level) AS most_level
FROM charcha_group g LEFT JOIN charcha_member m ON m.group_id = g.id AND m.withdrawn_at IS NULL
WHERE g.charcha_id = :charcha_id GROUP BY g.id, g.n, g.joined_into_id, g.closed_at ORDER BY g.n LIMIT 4000;

-- name: to_close :many
-- Groups of a charcha whose minutes are open, in their order.
-- param most int
SELECT id FROM charcha_group WHERE charcha_id = :charcha_id AND closed_at IS NULL AND joined_into_id IS NULL ORDER BY n LIMIT :most;

-- name: group_figures :one
-- The people of a group, counted.
-- col people int
-- col departments int
-- col places int
-- col least_level int
-- col most_level int
SELECT count(m.person_id) AS people, count(DISTINCT m.department_id) AS departments, count(DISTINCT m.place_id) AS places, min(m.pay_level) AS least_level,
	max(m.pay_level) AS most_level
FROM charcha_member m WHERE m.group_id = :group_id AND m.withdrawn_at IS NULL;

-- name: group_drawn :maybe
-- The number of a group, and the seed by which it was drawn.
SELECT g.n, d.seed FROM charcha_group g JOIN charcha c ON c.id = g.charcha_id JOIN charcha_draw d ON d.id = c.draw_id WHERE g.id = :id;

-- name: whole_figures :one
-- All who come, counted.
-- col people int
-- col departments int
-- col places int
-- col least_level int
-- col most_level int
SELECT count(m.person_id) AS people, count(DISTINCT m.department_id) AS departments, count(DISTINCT m.place_id) AS places, min(m.pay_level) AS least_level,
	max(m.pay_level) AS most_level
FROM charcha_member m WHERE m.charcha_id = :charcha_id AND m.withdrawn_at IS NULL;

-- name: group_one :maybe
-- A group.
SELECT g.id, g.charcha_id, g.n, g.joined_into_id, g.scribe_id, g.conclusions, g.version, g.closed_at, g.closed_by, s.name AS scribe
FROM charcha_group g LEFT JOIN person s ON s.id = g.scribe_id WHERE g.id = :id;

-- name: group_joined :exec
-- A group has gone into another one.
UPDATE charcha_group SET joined_into_id = :joined_into_id WHERE id = :id AND joined_into_id IS NULL AND closed_at IS NULL;

-- name: move_group :exec
-- All of a group are in another one.
-- param from_id id
UPDATE charcha_member SET group_id = :group_id WHERE group_id = :from_id;

-- name: points_move :exec
-- Points of a group stand behind those of another one.
-- param from_id id
UPDATE charcha_point SET n = n + 1000, group_id = :group_id WHERE group_id = :from_id;

-- name: versions_move :exec
-- With what is kept of them.
-- param from_id id
UPDATE charcha_version SET group_id = :group_id WHERE group_id = :from_id;

-- name: group_people :many
-- The people of a group, by name.
-- col shared bool
SELECT m.person_id, p.name, m.late, m.pay_level, m.self_at, m.ticked_at, m.ticked_by, m.on_ms, m.seen_at, m.credited_ms, m.credited_way, o.name_en AS org_en,
	o.name_hi AS org_hi, t.name AS ticker, r.words AS reflection, COALESCE(r.shared, FALSE) AS shared
FROM charcha_member m JOIN person p ON p.id = m.person_id JOIN org o ON o.id = m.org_id LEFT JOIN person t ON t.id = m.ticked_by
LEFT JOIN charcha_reflection r ON r.charcha_id = m.charcha_id AND r.person_id = m.person_id
WHERE m.group_id = :group_id AND m.withdrawn_at IS NULL ORDER BY p.sort_key, p.id LIMIT 100;

-- ── minutes ──

-- name: points :many
-- The pad of a group.
SELECT t.id, t.n, t.version, t.words, t.at, t.by_id, p.name AS by_name FROM charcha_point t LEFT JOIN person p ON p.id = t.by_id
WHERE t.group_id = :group_id AND NOT t.gone ORDER BY t.n, t.id LIMIT 500;

-- name: point_one :maybe
-- A point.
SELECT t.id, t.group_id, t.n, t.version, t.words, t.gone, t.at, p.name AS by_name FROM charcha_point t LEFT JOIN person p ON p.id = t.by_id WHERE t.id = :id;

-- name: last_point :one
-- How many points a pad ever had, and the last place.
-- col n int
-- col last int
SELECT count(*) AS n, COALESCE(max(n), 0) AS last FROM charcha_point WHERE group_id = :group_id;

-- name: point_add :exec
-- A new point at the end.
INSERT INTO charcha_point (id, group_id, n, version, words, gone, by_id, at) VALUES (:id, :group_id, :n, 1, :words, FALSE, :by_id, :at);

-- name: point_set :exec
-- A point as it is now, if it still was of this version.
-- param was int
UPDATE charcha_point SET words = :words, gone = :gone, version = version + 1, by_id = :by_id, at = :at WHERE id = :id AND version = :was;

-- name: version_add :exec
-- What is kept of it.
INSERT INTO charcha_version (point_id, version, group_id, words, gone, by_id, at) VALUES (:point_id, :version, :group_id, :words, :gone, :by_id, :at);

-- name: versions :many
-- All that was ever written in a group, newest first.
-- param before_at time
-- param before_id id
-- param n int
SELECT v.point_id, v.version, v.words, v.gone, v.at, p.name AS by_name FROM charcha_version v LEFT JOIN person p ON p.id = v.by_id
WHERE v.group_id = :group_id AND (:before_at IS NULL OR v.at < :before_at OR (v.at = :before_at AND v.point_id < :before_id))
ORDER BY v.at DESC, v.point_id DESC, v.version DESC LIMIT :n;

-- name: newest :one
-- What tells the page of a group that it is old: how much was ever written and taken upon, and what people say of who is there.
-- col versions int
-- col commitments int
-- col people int
-- col said int
SELECT (SELECT count(*) FROM charcha_version v WHERE v.group_id = g.id) AS versions,
	(SELECT COALESCE(max(k.id), 0) + count(*) FROM charcha_commitment k WHERE k.group_id = g.id) AS commitments,
	(SELECT count(*) FROM charcha_member m WHERE m.group_id = g.id) AS people,
	(SELECT CAST(COALESCE(sum(COALESCE(m.self_at, 0) % 1000000 + COALESCE(m.ticked_at, 0) % 1000000), 0) AS bigint) FROM charcha_member m WHERE m.group_id = g.id) AS said
FROM charcha_group g WHERE g.id = :id;

-- name: set_scribe :exec
-- Who leads the minutes.
UPDATE charcha_group SET scribe_id = :scribe_id WHERE id = :id AND closed_at IS NULL;

-- name: set_conclusions :exec
-- What a group concludes, if it still was of this version.
-- param was int
UPDATE charcha_group SET conclusions = :conclusions, version = version + 1 WHERE id = :id AND version = :was AND closed_at IS NULL;

-- name: close_group :exec
-- The minutes are closed.
UPDATE charcha_group SET closed_at = :closed_at, closed_by = :closed_by WHERE id = :id AND closed_at IS NULL;

-- name: say_there :exec
-- Somebody says that he is there, or not.
UPDATE charcha_member SET self_at = :self_at WHERE charcha_id = :charcha_id AND person_id = :person_id;

-- name: tick :exec
-- The scribe says that somebody is there, or not.
UPDATE charcha_member SET ticked_at = :ticked_at, ticked_by = :ticked_by WHERE charcha_id = :charcha_id AND person_id = :person_id;

-- name: seen :exec
-- Somebody has the page of the group open.
UPDATE charcha_member SET on_ms = :on_ms, seen_at = :seen_at WHERE charcha_id = :charcha_id AND person_id = :person_id;

-- name: credit :exec
-- What was counted of somebody as learning.
UPDATE charcha_member SET credited_ms = :credited_ms, credited_way = :credited_way WHERE charcha_id = :charcha_id AND person_id = :person_id;

-- ── commitments ──

-- name: commitment_add :exec
-- What somebody takes upon himself.
INSERT INTO charcha_commitment (id, charcha_id, group_id, owner_id, competency_id, words, due_day, by_id, at, ask_at, asked_at, reminded_at, state, said, said_at)
VALUES (:id, :charcha_id, :group_id, :owner_id, :competency_id, :words, :due_day, :by_id, :at, NULL, NULL, NULL, 'open', '', NULL);

-- name: commitment_drop :exec
-- Not after all.
DELETE FROM charcha_commitment WHERE id = :id AND group_id = :group_id;

-- name: commitments_count :one
-- How many a group has.
-- col n int
SELECT count(*) AS n FROM charcha_commitment WHERE group_id = :group_id;

-- name: commitments :many
-- Those of a group.
SELECT k.id, k.owner_id, k.competency_id, k.words, k.due_day, k.ask_at, k.state, k.said, k.said_at, p.name AS owner FROM charcha_commitment k
JOIN person p ON p.id = k.owner_id WHERE k.group_id = :group_id ORDER BY k.id LIMIT 100;

-- name: commitment_one :maybe
-- One with its charcha.
SELECT k.id, k.charcha_id, k.group_id, k.owner_id, k.words, k.due_day, k.ask_at, k.state, k.said, k.said_at, c.theme, c.theme_hi
FROM charcha_commitment k JOIN charcha c ON c.id = k.charcha_id WHERE k.id = :id;

-- name: commitments_of :many
-- Those of a person that count, newest first.
SELECT k.id, k.words, k.due_day, k.state, k.said, k.said_at, k.asked_at, k.charcha_id, k.group_id, c.theme, c.theme_hi FROM charcha_commitment k
JOIN charcha c ON c.id = k.charcha_id WHERE k.owner_id = :owner_id AND k.ask_at IS NOT NULL ORDER BY k.id DESC LIMIT 100;

-- name: commitments_begin :exec
-- From now on they count.
UPDATE charcha_commitment SET ask_at = :ask_at WHERE group_id = :group_id AND ask_at IS NULL;

-- name: commitments_move :exec
-- Those of a group are another one's.
-- param from_id id
UPDATE charcha_commitment SET group_id = :group_id WHERE group_id = :from_id;

-- name: say :exec
-- How it went.
UPDATE charcha_commitment SET state = :state, said = :said, said_at = :said_at WHERE id = :id AND state IN ('open', 'under_way');

-- name: to_ask :many
-- Whose owners are to be asked.
-- param until_at time
-- param n int
SELECT k.id, k.owner_id, k.words, k.state, c.theme, c.theme_hi FROM charcha_commitment k JOIN charcha c ON c.id = k.charcha_id
WHERE k.asked_at IS NULL AND k.ask_at <= :until_at ORDER BY k.ask_at, k.id LIMIT :n;

-- name: asked :exec
-- Was asked; who has said how it went is not reminded.
UPDATE charcha_commitment SET asked_at = :asked_at, reminded_at = :reminded_at WHERE id = :id;

-- name: to_remind :many
-- Whose owners have been asked and have said nothing.
-- param until_at time
-- param n int
SELECT k.id, k.owner_id, k.words, k.state, k.asked_at, c.theme, c.theme_hi FROM charcha_commitment k JOIN charcha c ON c.id = k.charcha_id
WHERE k.reminded_at IS NULL AND k.asked_at <= :until_at ORDER BY k.asked_at, k.id LIMIT :n;

-- name: to_begin :many
-- Charchas whose time has come.
SELECT id FROM charcha WHERE state = 'drawn' AND held_at <= :held_at ORDER BY held_at, id LIMIT 100;

-- ── what somebody takes along ──

-- name: reflection :maybe
-- A person's own words.
SELECT words, shared, at FROM charcha_reflection WHERE charcha_id = :charcha_id AND person_id = :person_id;

-- name: put_reflection :exec
-- Written, or written anew.
INSERT INTO charcha_reflection (charcha_id, person_id, words, shared, at) VALUES (:charcha_id, :person_id, :words, :shared, :at)
ON CONFLICT (charcha_id, person_id) DO UPDATE SET words = excluded.words, shared = excluded.shared, at = excluded.at;

-- name: drop_reflection :exec
-- Taken away.
DELETE FROM charcha_reflection WHERE charcha_id = :charcha_id AND person_id = :person_id;

-- ── lists of people ──

-- name: list_add :exec
-- A list that was looked at.
INSERT INTO charcha_list (id, charcha_id, name, state, n_rows, n_good, n_faults, plan, faults, undo, by_id, at, done_at, undone_at)
VALUES (:id, :charcha_id, :name, 'looked', :n_rows, :n_good, :n_faults, :plan, :faults, NULL, :by_id, :at, NULL, NULL);

-- name: list_one :maybe
-- A list.
SELECT id, charcha_id, name, state, n_rows, n_good, n_faults, plan, faults, undo, at, done_at, undone_at FROM charcha_list WHERE id = :id;

-- name: lists :many
-- Lists of a charcha, newest first.
SELECT id, name, state, n_rows, n_good, n_faults, at FROM charcha_list WHERE charcha_id = :charcha_id ORDER BY id DESC LIMIT 50;

-- name: list_done :exec
-- Carried out.
UPDATE charcha_list SET state = 'done', undo = :undo, done_at = :done_at WHERE id = :id AND state = 'looked';

-- name: list_undone :exec
-- Taken back.
UPDATE charcha_list SET state = 'undone', undone_at = :undone_at WHERE id = :id AND state = 'done';

-- ── what came of it ──

-- name: result_groups :each
-- Groups with what they concluded, in their order, from one on; people counted, no names.
-- param after_n int
-- param department_id id
-- param competency_id id
-- col people int
-- col departments int
SELECT g.id, g.n, g.conclusions, g.closed_at, (SELECT count(*) FROM charcha_member m WHERE m.group_id = g.id AND m.withdrawn_at IS NULL) AS people,
	(SELECT count(DISTINCT m.department_id) FROM charcha_member m WHERE m.group_id = g.id AND m.withdrawn_at IS NULL) AS departments
FROM charcha_group g
WHERE g.charcha_id = :charcha_id AND g.joined_into_id IS NULL AND g.n > :after_n
	AND (:department_id IS NULL OR EXISTS (SELECT 1 FROM charcha_member m WHERE m.group_id = g.id AND m.withdrawn_at IS NULL AND m.department_id = :department_id))
	AND (:competency_id IS NULL OR EXISTS (SELECT 1 FROM charcha_commitment k WHERE k.group_id = g.id AND k.competency_id = :competency_id))
ORDER BY g.n;

-- name: result_commitments :each
-- All commitments of a charcha, by group.
SELECT k.id, k.group_id, g.n AS group_n, k.words, k.due_day, k.state, k.said, p.name AS owner, o.name_en AS org_en, o.name_hi AS org_hi
FROM charcha_commitment k JOIN charcha_group g ON g.id = k.group_id JOIN person p ON p.id = k.owner_id
LEFT JOIN charcha_member m ON m.charcha_id = k.charcha_id AND m.person_id = k.owner_id LEFT JOIN org o ON o.id = m.org_id
WHERE k.charcha_id = :charcha_id ORDER BY g.n, k.id;

-- name: result_figures :one
-- A charcha in figures.
-- param asked_until time
-- col people int
-- col there int
-- col departments int
-- col n_groups int
-- col n_closed int
-- col commitments int
-- col asked int
-- col answered int
-- col done int
SELECT (SELECT count(*) FROM charcha_member m WHERE m.charcha_id = c.id AND m.withdrawn_at IS NULL) AS people,
	(SELECT count(*) FROM charcha_member m WHERE m.charcha_id = c.id AND m.withdrawn_at IS NULL AND m.credited_ms > 0) AS there,
	(SELECT count(DISTINCT m.department_id) FROM charcha_member m WHERE m.charcha_id = c.id AND m.withdrawn_at IS NULL) AS departments,
	(SELECT count(*) FROM charcha_group g WHERE g.charcha_id = c.id AND g.joined_into_id IS NULL) AS n_groups,
	(SELECT count(*) FROM charcha_group g WHERE g.charcha_id = c.id AND g.joined_into_id IS NULL AND g.closed_at IS NOT NULL) AS n_closed,
	(SELECT count(*) FROM charcha_commitment k WHERE k.charcha_id = c.id) AS commitments,
	(SELECT count(*) FROM charcha_commitment k WHERE k.charcha_id = c.id AND k.ask_at <= :asked_until) AS asked,
	(SELECT count(*) FROM charcha_commitment k WHERE k.charcha_id = c.id AND k.ask_at <= :asked_until AND k.state <> 'open') AS answered,
	(SELECT count(*) FROM charcha_commitment k WHERE k.charcha_id = c.id AND k.state = 'done') AS done
FROM charcha c WHERE c.id = :id;

-- name: departments :many
-- Departments of those who come, by name.
-- col people int
SELECT m.department_id, o.name_en, o.name_hi, count(*) AS people FROM charcha_member m JOIN org o ON o.id = m.department_id
WHERE m.charcha_id = :charcha_id AND m.withdrawn_at IS NULL GROUP BY m.department_id, o.name_en, o.name_hi ORDER BY o.name_en, m.department_id LIMIT 300;

-- ── two accounts are one person ──

-- rows: charcha_member by person_id
-- rows: charcha_reflection by person_id
-- rows: charcha_commitment by owner_id

-- name: drop_withdrawn :exec
-- A row of somebody who came no more gives way to that of the other account, which comes.
-- param kept_id id
-- param closed_id id
DELETE FROM charcha_member WHERE person_id = :kept_id AND withdrawn_at IS NOT NULL
	AND charcha_id IN (SELECT x.charcha_id FROM charcha_member x WHERE x.person_id = :closed_id AND x.withdrawn_at IS NULL);

-- name: move_members :exec
-- What one account takes part in is the other's, unless that one is there itself.
-- param kept_id id
-- param closed_id id
UPDATE charcha_member SET person_id = :kept_id WHERE person_id = :closed_id
	AND charcha_id NOT IN (SELECT x.charcha_id FROM charcha_member x WHERE x.person_id = :kept_id);

-- name: drop_members :exec
-- What is left of the closed account.
DELETE FROM charcha_member WHERE person_id = :person_id;

-- name: move_reflections :exec
-- Reflections likewise.
-- param kept_id id
-- param closed_id id
UPDATE charcha_reflection SET person_id = :kept_id WHERE person_id = :closed_id
	AND charcha_id NOT IN (SELECT x.charcha_id FROM charcha_reflection x WHERE x.person_id = :kept_id);

-- name: drop_reflections :exec
-- What is left of the closed account.
DELETE FROM charcha_reflection WHERE person_id = :person_id;

-- name: move_commitments :exec
-- Commitments likewise.
-- param kept_id id
-- param closed_id id
UPDATE charcha_commitment SET owner_id = :kept_id WHERE owner_id = :closed_id;
