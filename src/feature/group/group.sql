-- owner: group

-- name: add :exec
-- A new group.
INSERT INTO people_group (id, org_id, name, rule, words_en, words_hi, revision, settled, made_by, created_at, changed_at)
VALUES (:id, :org_id, :name, :rule, :words_en, :words_hi, 1, 0, :made_by, :created_at, :created_at);

-- name: change :exec
-- Another name and rule.
UPDATE people_group SET name = :name, rule = :rule, words_en = :words_en, words_hi = :words_hi, revision = revision + 1, changed_at = :changed_at
WHERE id = :id AND ended_at IS NULL;

-- name: end :exec
-- A group that is no longer kept; what it was stays on record.
UPDATE people_group SET ended_at = :ended_at, revision = revision + 1 WHERE id = :id AND ended_at IS NULL;

-- name: set_job :exec
-- The work that brings the members up to date.
UPDATE people_group SET job_id = :job_id WHERE id = :id;

-- name: settle :exec
-- The members are those of this revision of the rule.
UPDATE people_group SET settled = :settled, job_id = NULL WHERE id = :id;

-- name: one :maybe
-- A group with the number of its members.
-- col members int
SELECT g.id, g.org_id, g.name, g.rule, g.words_en, g.words_hi, g.revision, g.settled, g.job_id, g.made_by, g.created_at, g.changed_at, g.ended_at,
	COALESCE((SELECT CAST(sum(c.n) AS bigint) FROM group_count c WHERE c.group_id = g.id), 0) AS members, p.name AS maker
FROM people_group g LEFT JOIN person p ON p.id = g.made_by WHERE g.id = :id;

-- name: of_org :many
-- The groups of an organisation, newest first; before one of them (absent: from the newest on).
-- param before id
-- param most int
-- col members int
SELECT g.id, g.name, g.words_en, g.words_hi, g.revision, g.settled, g.created_at, g.changed_at,
	COALESCE((SELECT CAST(sum(c.n) AS bigint) FROM group_count c WHERE c.group_id = g.id), 0) AS members
FROM people_group g WHERE g.org_id = :org_id AND g.ended_at IS NULL AND (:before IS NULL OR g.id < :before) ORDER BY g.id DESC LIMIT :most;

-- name: live :many
-- Every group that is kept, with its rule.
SELECT id, org_id, rule, revision FROM people_group WHERE ended_at IS NULL ORDER BY id LIMIT 10000;

-- name: concerning :many
-- The groups that a change of a person can concern: those of the organisations above the posting of a day, and those the person is in.
-- param person_id id
-- param day int
-- param course_id id
SELECT g.id, g.org_id, g.rule FROM people_group g
WHERE g.ended_at IS NULL AND (:course_id IS NULL OR EXISTS (SELECT 1 FROM group_course c WHERE c.course_id = :course_id AND c.group_id = g.id))
	AND g.id IN (SELECT m.group_id FROM group_member m WHERE m.person_id = :person_id AND m.until_at IS NULL
		UNION SELECT h.id FROM posting o JOIN org_above u ON u.org_id = o.org_id JOIN people_group h ON h.org_id = u.above_id
			WHERE o.person_id = :person_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day))
ORDER BY g.id LIMIT 10000;

-- name: course_concerns :maybe
-- Whether a rule asks about a course.
SELECT group_id FROM group_course WHERE course_id = :course_id ORDER BY group_id LIMIT 1;

-- name: forget_courses :exec
-- The courses of a rule, before they are noted anew.
DELETE FROM group_course WHERE group_id = :group_id;

-- name: note_course :exec
-- A rule asks about a course.
INSERT INTO group_course (course_id, group_id) VALUES (:course_id, :group_id) ON CONFLICT (course_id, group_id) DO NOTHING;

-- name: people_upto :one
-- The last of the next so many people.
-- param after id
-- param most int
-- col upto id
-- col n int
SELECT max(id) AS upto, count(*) AS n FROM (SELECT id FROM person WHERE id > :after ORDER BY id LIMIT :most) AS part;

-- name: last_pass :one
-- When everybody was last gone through.
-- col ended_at time
SELECT max(ended_at) AS ended_at FROM job WHERE kind IN ('group.daily', 'group.sweep') AND state = 'done';

-- name: n_people :one
-- How many people there are at all.
-- col n int
SELECT count(*) AS n FROM person;

-- name: between :each
-- People of a range with their posting of a day. with_days: also their first day, and that in the present post: the last posting up to
-- now before which the person was not in the same one.
-- param day int
-- param with_days bool
-- param after id
-- param upto id
-- col joined_day int
-- col post_day int
SELECT o.person_id, o.org_id, o.designation_id, o.service, o.cadre_group, o.pay_level,
	CASE WHEN :with_days THEN (SELECT min(h.from_day) FROM posting h WHERE h.person_id = o.person_id) END AS joined_day,
	CASE WHEN :with_days THEN (SELECT max(h.from_day) FROM posting h WHERE h.person_id = o.person_id AND h.from_day <= o.from_day AND NOT EXISTS (
		SELECT 1 FROM posting b WHERE b.person_id = h.person_id AND b.until_day = h.from_day AND b.org_id = o.org_id AND b.designation_id = o.designation_id)) END AS post_day
FROM posting o CROSS JOIN person p
WHERE o.person_id > :after AND o.person_id <= :upto AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
	AND p.id = o.person_id AND p.state = 'active'
ORDER BY o.person_id;

-- name: below :each
-- The same for everybody posted in an organisation or below it.
-- param day int
-- param with_days bool
-- param above_id id
-- col joined_day int
-- col post_day int
SELECT o.person_id, o.org_id, o.designation_id, o.service, o.cadre_group, o.pay_level,
	CASE WHEN :with_days THEN (SELECT min(h.from_day) FROM posting h WHERE h.person_id = o.person_id) END AS joined_day,
	CASE WHEN :with_days THEN (SELECT max(h.from_day) FROM posting h WHERE h.person_id = o.person_id AND h.from_day <= o.from_day AND NOT EXISTS (
		SELECT 1 FROM posting b WHERE b.person_id = h.person_id AND b.until_day = h.from_day AND b.org_id = o.org_id AND b.designation_id = o.designation_id)) END AS post_day
FROM org_above u CROSS JOIN posting o CROSS JOIN person p
WHERE u.above_id = :above_id AND o.org_id = u.org_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
	AND p.id = o.person_id AND p.state = 'active'
ORDER BY u.org_id;

-- name: head_count :one
-- How many postings of a day or later there are below an organisation, counted no further than needed: from the index alone.
-- param above_id id
-- param day int
-- param most int
-- col n int
SELECT count(*) AS n FROM (SELECT o.org_id FROM org_above u CROSS JOIN posting o
	WHERE u.above_id = :above_id AND o.org_id = u.org_id AND (o.until_day IS NULL OR o.until_day > :day) LIMIT :most) AS part;

-- name: people_at_most :one
-- How many people there are, counted no further than needed.
-- param most int
-- col n int
SELECT count(*) AS n FROM (SELECT id FROM person LIMIT :most) AS part;

-- name: above :many
-- An organisation and all above it.
SELECT above_id FROM org_above WHERE org_id = :org_id ORDER BY distance;

-- name: tree :each
-- The same for everything below an organisation.
-- param top_id id
SELECT u.org_id, u.above_id FROM org_above d CROSS JOIN org_above u WHERE d.above_id = :top_id AND u.org_id = d.org_id ORDER BY u.org_id;

-- name: completed_between :each
-- Who of a range of people has completed a course.
-- param after id
-- param upto id
SELECT person_id FROM enrolment WHERE course_id = :course_id AND person_id > :after AND person_id <= :upto AND completed_at IS NOT NULL ORDER BY person_id;

-- name: answered_between :each
-- Of whom of a range of people the profile says this.
-- param after id
-- param upto id
SELECT person_id FROM profile_value WHERE field_id = :field_id AND value = :value AND person_id > :after AND person_id <= :upto AND ended_at IS NULL ORDER BY person_id;

-- name: field_called :maybe
-- A field of profiles by its name, that holds here: of an organisation above or below one.
-- param org_id id
-- param called text
SELECT f.id FROM profile_field f JOIN org_above u ON (u.above_id = f.org_id AND u.org_id = :org_id) OR (u.org_id = f.org_id AND u.above_id = :org_id)
WHERE (f.name_en = :called OR f.name_hi = :called) AND f.ended_at IS NULL ORDER BY f.id LIMIT 1;

-- name: field_one :maybe
-- One of them by its id.
-- param org_id id
SELECT f.id, f.name_en, f.name_hi FROM profile_field f JOIN org_above u ON (u.above_id = f.org_id AND u.org_id = :org_id) OR (u.org_id = f.org_id AND u.above_id = :org_id)
WHERE f.id = :id AND f.ended_at IS NULL LIMIT 1;

-- name: fields :many
-- All of them, for a choice.
-- param org_id id
SELECT DISTINCT f.id, f.name_en, f.name_hi FROM profile_field f JOIN org_above u ON (u.above_id = f.org_id AND u.org_id = :org_id) OR (u.org_id = f.org_id AND u.above_id = :org_id)
WHERE f.ended_at IS NULL ORDER BY f.name_en, f.id LIMIT 300;

-- name: roles_between :each
-- The roles that a range of people holds.
-- param after id
-- param upto id
SELECT person_id, role FROM role_grant WHERE person_id > :after AND person_id <= :upto AND ended_at IS NULL ORDER BY person_id, role;

-- name: members_between :each
-- Which groups a range of people is in; of one group, or of all.
-- param after id
-- param upto id
SELECT person_id, group_id FROM group_member WHERE person_id > :after AND person_id <= :upto AND until_at IS NULL
	AND (:group_id IS NULL OR group_id = :group_id) ORDER BY person_id, group_id;

-- name: members_now :each
-- Everybody in a group.
SELECT person_id FROM group_member WHERE group_id = :group_id AND until_at IS NULL ORDER BY person_id;

-- name: members_some :many
-- The next members of a group, for work in steps.
-- param after id
-- param most int
SELECT person_id FROM group_member WHERE group_id = :group_id AND person_id > :after AND until_at IS NULL ORDER BY person_id LIMIT :most;

-- name: back :exec
-- Who left in this very moment has never left.
UPDATE group_member SET until_at = NULL WHERE group_id = :group_id AND person_id = :person_id AND until_at = :until_at;

-- name: enter :exec
-- A person enters a group.
INSERT INTO group_member (group_id, person_id, since_at) VALUES (:group_id, :person_id, :since_at) ON CONFLICT (group_id, person_id, since_at) DO NOTHING;

-- name: forget :exec
-- Who entered in this very moment has never been in.
DELETE FROM group_member WHERE group_id = :group_id AND person_id = :person_id AND since_at = :since_at AND until_at IS NULL;

-- name: leave :exec
-- A person leaves a group; at the earliest after entering, should clocks of several machines differ.
UPDATE group_member SET until_at = CASE WHEN :until_at > since_at THEN :until_at ELSE since_at + 1 END WHERE group_id = :group_id AND person_id = :person_id AND until_at IS NULL;

-- name: count_add :exec
-- So many more, or fewer, in a group.
INSERT INTO group_count (group_id, shard, n) VALUES (:group_id, :shard, :n)
ON CONFLICT (group_id, shard) DO UPDATE SET n = group_count.n + excluded.n;

-- name: count_clear :exec
-- The counters, before they are counted anew.
DELETE FROM group_count;

-- name: count_all :exec
-- Counts everybody anew.
INSERT INTO group_count (group_id, shard, n) SELECT group_id, 0, count(*) FROM group_member WHERE until_at IS NULL GROUP BY group_id;

-- name: count_wrong :each
-- Groups whose counter is not the number of their members.
-- col members int
-- col said int
SELECT x.id, x.members, x.said FROM (SELECT g.id,
	(SELECT count(*) FROM group_member m WHERE m.group_id = g.id AND m.until_at IS NULL) AS members,
	COALESCE((SELECT CAST(sum(c.n) AS bigint) FROM group_count c WHERE c.group_id = g.id), 0) AS said FROM people_group g) AS x
WHERE x.members <> x.said ORDER BY x.id;

-- name: members_at :many
-- The members of a group at a moment, in the order of their ids, behind one of them.
-- param moment time
-- param after id
-- param most int
SELECT m.person_id, m.since_at, m.until_at, p.name, p.employee_no, d.name_en AS designation_en, d.name_hi AS designation_hi, g.name_en AS org_en, g.name_hi AS org_hi
FROM group_member m JOIN person p ON p.id = m.person_id
LEFT JOIN posting o ON o.person_id = p.id AND o.until_day IS NULL LEFT JOIN designation d ON d.id = o.designation_id LEFT JOIN org g ON g.id = o.org_id
WHERE m.group_id = :group_id AND m.person_id > :after AND m.since_at < :moment AND (m.until_at IS NULL OR m.until_at >= :moment)
ORDER BY m.person_id LIMIT :most;

-- name: of_person :many
-- The groups a person was in at a moment.
-- param moment time
SELECT g.id, g.org_id, g.name, g.words_en, g.words_hi, m.since_at, m.until_at FROM group_member m JOIN people_group g ON g.id = m.group_id
WHERE m.person_id = :person_id AND m.since_at < :moment AND (m.until_at IS NULL OR m.until_at >= :moment) ORDER BY m.since_at, g.id LIMIT 1000;

-- name: people_named :many
-- Some people by their ids, with their posting of a day.
-- param day int
-- param p0 id
-- param p1 id
-- param p2 id
-- param p3 id
-- param p4 id
-- param p5 id
-- param p6 id
-- param p7 id
SELECT p.id, p.name, d.name_en AS designation_en, d.name_hi AS designation_hi, g.name_en AS org_en, g.name_hi AS org_hi
FROM person p LEFT JOIN posting o ON o.person_id = p.id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
LEFT JOIN designation d ON d.id = o.designation_id LEFT JOIN org g ON g.id = o.org_id
WHERE p.id IN (:p0, :p1, :p2, :p3, :p4, :p5, :p6, :p7) ORDER BY p.sort_key, p.id;

-- name: org_below :maybe
-- An organisation, if it lies in another one or below it.
-- param top_id id
SELECT o.id, o.code, o.name_en, o.name_hi FROM org o JOIN org_above u ON u.org_id = o.id AND u.above_id = :top_id WHERE o.id = :id;

-- name: org_called :many
-- Organisations below one by their code or name.
-- param top_id id
-- param called text
SELECT o.id FROM org o JOIN org_above u ON u.org_id = o.id AND u.above_id = :top_id
WHERE o.code = :called OR o.name_en = :called OR o.name_hi = :called ORDER BY CASE WHEN o.code = :called THEN 0 ELSE 1 END, o.id LIMIT 2;

-- name: orgs_below :many
-- The organisations below one, nearest first, for a choice.
-- param top_id id
SELECT o.code, o.name_en, o.name_hi FROM org_above u JOIN org o ON o.id = u.org_id WHERE u.above_id = :top_id ORDER BY u.distance, o.name_en, o.id LIMIT 300;

-- name: designation_one :maybe
-- A designation.
SELECT id, code, name_en, name_hi FROM designation WHERE id = :id;

-- name: designations :many
-- The designations, for a choice.
SELECT code, name_en, name_hi, service FROM designation ORDER BY seniority, name_en, id LIMIT 1000;

-- name: course_called :many
-- Courses by their code or title.
-- param called text
SELECT id FROM course WHERE code = :called OR title = :called ORDER BY CASE WHEN code = :called THEN 0 ELSE 1 END, id LIMIT 2;

-- name: course_one :maybe
-- A course.
SELECT id, code, title FROM course WHERE id = :id;

-- name: courses :many
-- The live courses, for a choice.
SELECT id, code, title, lang FROM course WHERE state = 'live' ORDER BY title, id LIMIT 5000;

-- name: person_below :maybe
-- A person, if posted in an organisation or below it on a day, or by the last posting of all.
-- param top_id id
-- param day int
SELECT p.id, p.name, p.employee_no, p.email FROM person p JOIN posting o ON o.person_id = p.id AND ((o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day))
	OR NOT EXISTS (SELECT 1 FROM posting l WHERE l.person_id = o.person_id AND l.from_day > o.from_day))
JOIN org_above u ON u.org_id = o.org_id AND u.above_id = :top_id WHERE p.id = :id LIMIT 1;

-- name: person_name :maybe
-- A person, wherever he is.
SELECT name FROM person WHERE id = :id;

-- name: person_called :maybe
-- The person of an employee number or e-mail, if posted in an organisation or below it on a day.
-- param top_id id
-- param day int
-- param called text
-- param email text
SELECT p.id FROM person p JOIN posting o ON o.person_id = p.id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
JOIN org_above u ON u.org_id = o.org_id AND u.above_id = :top_id WHERE p.employee_no = :called OR p.email = :email ORDER BY p.id LIMIT 1;

-- name: draft_add :exec
-- A rule begins to be written.
INSERT INTO group_draft (id, org_id, group_id, made_by, name, parts, changed_at) VALUES (:id, :org_id, :group_id, :made_by, :name, :parts, :changed_at);

-- name: draft :maybe
-- A rule that is being written.
SELECT id, org_id, group_id, made_by, name, parts, changed_at FROM group_draft WHERE id = :id;

-- name: draft_keep :exec
-- What stands in the form now.
UPDATE group_draft SET name = :name, parts = :parts, changed_at = :changed_at WHERE id = :id;

-- name: draft_remove :exec
-- It has become a group, or nobody wants it.
DELETE FROM group_draft WHERE id = :id;

-- name: drafts_of :many
-- What a person has begun in an organisation and not finished.
SELECT id, group_id, name, changed_at FROM group_draft WHERE org_id = :org_id AND made_by = :made_by ORDER BY id DESC LIMIT 20;

-- name: drafts_old :exec
-- Nobody has touched these for long.
DELETE FROM group_draft WHERE changed_at < :changed_at;

-- name: assign_add :exec
-- A course is to be asked of a group; it is counted first.
INSERT INTO group_assign (id, group_id, course_id, due_day, reason, asked_by, state, n_people, n_completed, n_asked, n_assigned, n_withdrawn, created_at)
VALUES (:id, :group_id, :course_id, :due_day, :reason, :asked_by, 'counting', 0, 0, 0, 0, 0, :created_at);

-- name: assign_one :maybe
-- An assignment to a group.
SELECT a.id, a.group_id, a.course_id, a.due_day, a.reason, a.asked_by, a.state, a.job_id, a.n_people, a.n_completed, a.n_asked, a.n_assigned, a.n_withdrawn,
	a.created_at, a.counted_at, a.assigned_at, a.undone_at, c.title, c.lang, g.org_id, g.name, g.ended_at, p.name AS asker
FROM group_assign a JOIN course c ON c.id = a.course_id JOIN people_group g ON g.id = a.group_id JOIN person p ON p.id = a.asked_by WHERE a.id = :id;

-- name: assigns_of :many
-- What was asked of a group, newest first; before one of them (absent: from the newest on).
-- param before id
-- param most int
SELECT a.id, a.course_id, a.due_day, a.reason, a.state, a.n_people, a.n_completed, a.n_asked, a.n_assigned, a.n_withdrawn, a.created_at, c.title, c.lang
FROM group_assign a JOIN course c ON c.id = a.course_id WHERE a.group_id = :group_id AND (:before IS NULL OR a.id < :before) ORDER BY a.id DESC LIMIT :most;

-- name: course_live :maybe
-- Whether a course is offered.
SELECT id FROM course WHERE id = :id AND state = 'live';

-- name: assign_count :one
-- How many of a group there are, have completed a course, and are asked for it already.
-- param group_id id
-- param course_id id
-- col people int
-- col completed int
-- col asked int
SELECT count(*) AS people, count(CASE WHEN e.completed_at IS NOT NULL THEN 1 END) AS completed,
	count(CASE WHEN e.completed_at IS NULL AND a.id IS NOT NULL THEN 1 END) AS asked
FROM group_member m LEFT JOIN enrolment e ON e.person_id = m.person_id AND e.course_id = :course_id
LEFT JOIN assignment a ON a.person_id = m.person_id AND a.course_id = :course_id AND a.withdrawn_at IS NULL
WHERE m.group_id = :group_id AND m.until_at IS NULL;

-- name: assign_job :exec
-- The work on it.
UPDATE group_assign SET job_id = :job_id WHERE id = :id;

-- name: assign_counted :exec
-- What was counted.
UPDATE group_assign SET state = 'counted', n_people = :n_people, n_completed = :n_completed, n_asked = :n_asked, counted_at = :counted_at
WHERE id = :id AND state = 'counting';

-- name: assign_begin :exec
-- It is being given.
UPDATE group_assign SET state = 'assigning', job_id = :job_id WHERE id = :id AND state = 'counted';

-- name: assign_some :exec
-- Some more have been asked.
-- param more int
UPDATE group_assign SET n_assigned = n_assigned + :more WHERE id = :id;

-- name: assign_done :exec
-- Everybody has been asked.
UPDATE group_assign SET state = 'assigned', assigned_at = :assigned_at WHERE id = :id AND state = 'assigning';

-- name: assign_undo :exec
-- It is being taken back.
UPDATE group_assign SET state = 'undoing', job_id = :job_id WHERE id = :id AND state IN ('assigning', 'assigned');

-- name: assign_undo_some :exec
-- Some more are withdrawn.
-- param more int
UPDATE group_assign SET n_withdrawn = n_withdrawn + :more WHERE id = :id;

-- name: assign_undone :exec
-- It is taken back.
UPDATE group_assign SET state = 'undone', undone_at = :undone_at WHERE id = :id AND state = 'undoing';

-- name: assign_drop :exec
-- It was counted and is not wanted.
UPDATE group_assign SET state = 'stopped' WHERE id = :id AND state IN ('counting', 'counted');
