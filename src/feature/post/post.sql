-- owner: post

-- ── roles and activities ──

-- name: role_of_code :maybe
-- The role of a code.
SELECT id FROM work_role WHERE org_id = :org_id AND code = :code;

-- name: role :maybe
-- A role.
SELECT id, org_id, code, name_en, name_hi, until_day FROM work_role WHERE id = :id;

-- name: role_add :exec
-- A new role.
INSERT INTO work_role (id, org_id, code, name_en, name_hi, created_at) VALUES (:id, :org_id, :code, :name_en, :name_hi, :created_at);

-- name: role_change :exec
-- A role is called otherwise, and in use.
UPDATE work_role SET name_en = :name_en, name_hi = :name_hi, until_day = NULL WHERE id = :id;

-- name: role_end :exec
-- A role is not in use any more.
UPDATE work_role SET until_day = :until_day WHERE id = :id AND org_id = :org_id AND until_day IS NULL;

-- name: role_may :maybe
-- Whether a role in use is of an organisation or of one above it.
-- param org_id id
SELECT r.id FROM org_above u JOIN work_role r ON r.org_id = u.above_id WHERE u.org_id = :org_id AND r.id = :id AND r.until_day IS NULL;

-- name: activity_of_code :maybe
-- The activity of a code.
SELECT id, until_day FROM activity WHERE role_id = :role_id AND code = :code;

-- name: activity :maybe
-- An activity that is done today.
-- param day int
SELECT a.id, a.role_id, a.name_en, a.name_hi FROM activity a JOIN work_role r ON r.id = a.role_id
WHERE a.id = :id AND (a.until_day IS NULL OR a.until_day > :day) AND (r.until_day IS NULL OR r.until_day > :day);

-- name: activity_add :exec
-- A new activity, the last of its role.
INSERT INTO activity (id, role_id, code, n, name_en, name_hi)
VALUES (:id, :role_id, :code, (SELECT COALESCE(max(o.n), 0) + 1 FROM activity o WHERE o.role_id = :role_id), :name_en, :name_hi);

-- name: activity_change :exec
-- An activity is called otherwise, and done.
UPDATE activity SET name_en = :name_en, name_hi = :name_hi, until_day = NULL WHERE id = :id;

-- name: activity_end :exec
-- An activity is not done any more.
UPDATE activity SET until_day = :until_day WHERE id = :id AND role_id = :role_id AND until_day IS NULL;

-- name: activity_count :one
-- How many activities a role has.
-- col n int
SELECT count(*) AS n FROM activity WHERE role_id = :role_id AND until_day IS NULL;

-- name: need_clear :exec
-- An activity needs nothing.
DELETE FROM activity_competency WHERE activity_id = :activity_id;

-- name: need_add :exec
-- An activity needs a competency.
INSERT INTO activity_competency (activity_id, competency_id, level) VALUES (:activity_id, :competency_id, :level);

-- name: measured :maybe
-- A competency that is in force, with its scale.
-- param day int
SELECT c.id, c.kind, f.n_levels FROM competency c JOIN framework f ON f.id = c.framework_id
WHERE c.id = :id AND c.from_day <= :day AND (c.until_day IS NULL OR c.until_day > :day);

-- ── posts ──

-- name: of_code :maybe
-- The post of a code.
SELECT id FROM post WHERE org_id = :org_id AND code = :code;

-- name: one :maybe
-- A post.
SELECT p.id, p.org_id, p.code, p.title_en, p.title_hi, p.designation_id, p.place, p.sanctioned, p.service, p.least_pay_level, p.least_years, p.tenure_months, p.from_day,
	p.until_day FROM post p WHERE p.id = :id;

-- name: add :exec
-- A new post.
INSERT INTO post (id, org_id, code, title_en, title_hi, designation_id, place, sanctioned, service, least_pay_level, least_years, tenure_months, from_day, created_at)
VALUES (:id, :org_id, :code, :title_en, :title_hi, :designation_id, :place, :sanctioned, :service, :least_pay_level, :least_years, :tenure_months, :from_day, :created_at);

-- name: change :exec
-- A post is otherwise, and in force.
UPDATE post SET title_en = :title_en, title_hi = :title_hi, designation_id = :designation_id, place = :place, sanctioned = :sanctioned, service = :service,
	least_pay_level = :least_pay_level, least_years = :least_years, tenure_months = :tenure_months, until_day = NULL WHERE id = :id;

-- name: end :exec
-- A post is abolished.
UPDATE post SET until_day = :until_day WHERE id = :id AND org_id = :org_id;

-- name: held_from :maybe
-- Somebody who holds a post on a day or later.
-- param day int
SELECT h.id FROM holding h WHERE h.post_id = :post_id AND (h.until_day IS NULL OR h.until_day > :day) ORDER BY h.id LIMIT 1;

-- name: role_clear :exec
-- A post has no roles.
DELETE FROM post_role WHERE post_id = :post_id;

-- name: role_put :exec
-- A post has a role.
INSERT INTO post_role (post_id, role_id) VALUES (:post_id, :role_id);

-- name: designation_there :maybe
-- A designation.
SELECT id, service FROM designation WHERE id = :id;

-- ── holdings ──

-- name: substantive :many
-- The substantive holdings of a post that a time from one day up to another touches.
-- param from_day int
-- param until_day int
SELECT h.id, h.person_id, h.from_day, h.until_day, p.name FROM holding h JOIN person p ON p.id = h.person_id
WHERE h.post_id = :post_id AND h.kind = 'substantive' AND h.from_day < :until_day AND (h.until_day IS NULL OR h.until_day > :from_day) ORDER BY h.from_day, h.id LIMIT 20000;

-- name: of_person :many
-- What somebody holds in that time.
-- param from_day int
-- param until_day int
SELECT h.id, h.post_id, h.kind, h.from_day, h.until_day, t.title_en, t.title_hi, t.org_id FROM holding h JOIN post t ON t.id = h.post_id
WHERE h.person_id = :person_id AND h.from_day < :until_day AND (h.until_day IS NULL OR h.until_day > :from_day) ORDER BY h.from_day, h.id LIMIT 200;

-- name: posted_in :maybe
-- Whether somebody is posted in an office on a day.
-- param day int
SELECT o.id FROM posting o WHERE o.person_id = :person_id AND o.org_id = :org_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day);

-- name: person :maybe
-- Somebody.
SELECT id, name, state FROM person WHERE id = :id;

-- name: hold :exec
-- Somebody holds a post.
INSERT INTO holding (id, post_id, person_id, kind, from_day, until_day, order_no, created_at)
VALUES (:id, :post_id, :person_id, :kind, :from_day, :until_day, :order_no, :created_at);

-- name: holding :maybe
-- A holding of a post.
SELECT id, person_id, kind, from_day, until_day FROM holding WHERE id = :id AND post_id = :post_id;

-- name: leave :exec
-- A holding ends.
UPDATE holding SET until_day = :until_day WHERE id = :id;

-- name: take_away :exec
-- A holding has never been.
DELETE FROM holding WHERE id = :id;

-- name: outside :many
-- Substantive holdings of somebody in an office in which he is not posted, on a day or later, with the day from which he is not.
-- col left_day int
-- param day int
SELECT h.id, h.from_day, (SELECT max(o.until_day) FROM posting o WHERE o.person_id = h.person_id AND o.org_id = t.org_id AND o.from_day <= h.from_day AND o.until_day IS NOT NULL) AS left_day
FROM holding h JOIN post t ON t.id = h.post_id
WHERE h.person_id = :person_id AND h.kind = 'substantive' AND h.from_day <= :day AND (h.until_day IS NULL OR h.until_day > :day)
	AND NOT EXISTS (SELECT 1 FROM posting o WHERE o.person_id = h.person_id AND o.org_id = t.org_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day))
ORDER BY h.id LIMIT 20;

-- name: upto :one
-- The last of the next people who hold anything or have duties.
-- param after id
-- param most int
-- col person_id id
SELECT max(x.person_id) AS person_id FROM (SELECT h.person_id FROM (SELECT person_id FROM holding WHERE person_id > :after ORDER BY person_id LIMIT :most) h
	UNION ALL SELECT d.person_id FROM (SELECT person_id FROM duty WHERE person_id > :after ORDER BY person_id LIMIT :most) d ORDER BY 1 LIMIT :most) x;

-- name: outside_among :many
-- Who of a range of people holds a post substantively in an office in which he is not posted, or has duties by an order of such a one.
-- param after id
-- param upto id
-- param day int
SELECT x.person_id FROM (
SELECT h.person_id FROM holding h JOIN post t ON t.id = h.post_id
WHERE h.person_id > :after AND h.person_id <= :upto AND h.kind = 'substantive' AND h.from_day <= :day AND (h.until_day IS NULL OR h.until_day > :day)
	AND NOT EXISTS (SELECT 1 FROM posting o WHERE o.person_id = h.person_id AND o.org_id = t.org_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day))
UNION SELECT d.person_id FROM duty d JOIN allocation a ON a.id = d.source_id
WHERE d.person_id > :after AND d.person_id <= :upto AND (d.until_day IS NULL OR d.until_day > :day)
	AND NOT EXISTS (SELECT 1 FROM posting o WHERE o.person_id = d.person_id AND o.org_id = a.org_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day))) x
ORDER BY x.person_id LIMIT 5000;

-- name: open_of :many
-- All that somebody holds on a day or later.
-- param day int
SELECT id, post_id, kind, from_day FROM holding WHERE person_id = :person_id AND (until_day IS NULL OR until_day > :day) ORDER BY from_day, id LIMIT 200;

-- name: move :exec
-- Holdings of one account are another's.
-- param kept_id id
-- param closed_id id
UPDATE holding SET person_id = :kept_id WHERE person_id = :closed_id;

-- ── duties ──

-- name: duty_add :exec
-- An order allots an activity.
INSERT INTO duty (id, person_id, activity_id, source_id, from_day) VALUES (:id, :person_id, :activity_id, :source_id, :from_day);

-- name: duty_never :exec
-- Duties of an order that had not begun.
DELETE FROM duty WHERE source_id = :source_id AND from_day >= :until_day;

-- name: duty_end :exec
-- Duties of an order end.
UPDATE duty SET until_day = :until_day WHERE source_id = :source_id AND from_day < :until_day AND (until_day IS NULL OR until_day > :until_day);

-- name: duty_never_of :exec
-- Duties of a person by an order that had not begun.
DELETE FROM duty WHERE source_id = :source_id AND person_id = :person_id AND from_day >= :until_day;

-- name: duty_end_of :exec
-- Duties of a person by an order end.
UPDATE duty SET until_day = :until_day WHERE source_id = :source_id AND person_id = :person_id AND from_day < :until_day AND (until_day IS NULL OR until_day > :until_day);

-- name: duty_people :many
-- Who has duties by an order.
SELECT DISTINCT person_id FROM duty WHERE source_id = :source_id ORDER BY person_id LIMIT 20000;

-- name: duty_move :exec
-- Duties of one account are another's.
-- param kept_id id
-- param closed_id id
UPDATE duty SET person_id = :kept_id WHERE person_id = :closed_id;

-- rows: holding by person_id
-- rows: duty by person_id
