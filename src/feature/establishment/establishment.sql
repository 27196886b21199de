-- owner: establishment

-- name: add :exec
-- A file is brought.
INSERT INTO establishment (id, org_id, file_name, state, n_rows, n_errors, n_new, n_changed, n_gone, n_same, digest, why, made_by, made_at)
VALUES (:id, :org_id, :file_name, 'looking', 0, 0, 0, 0, 0, 0, '', '', :made_by, :made_at);

-- name: one :maybe
-- A file of an organisation.
SELECT id, org_id, file_name, state, n_rows, n_errors, n_new, n_changed, n_gone, n_same, digest, why, made_by, made_at, applied_at, undone_at
FROM establishment WHERE id = :id AND org_id = :org_id;

-- name: by_id :maybe
-- A file, for its jobs.
SELECT id, org_id, state, made_by FROM establishment WHERE id = :id;

-- name: of_org :many
-- The files of an organisation, the newest first, behind one of them.
-- param before id
-- param most int
SELECT e.id, e.file_name, e.state, e.n_rows, e.n_errors, e.n_new, e.n_changed, e.n_gone, e.made_at, e.applied_at, p.name AS by_name
FROM establishment e LEFT JOIN person p ON p.id = e.made_by WHERE e.org_id = :org_id AND (:before IS NULL OR e.id < :before) ORDER BY e.id DESC LIMIT :most;

-- name: set_state :exec
-- Where it stands, from where it stood.
-- param was text
UPDATE establishment SET state = :state, why = :why WHERE id = :id AND state = :was;

-- name: set_looked :exec
-- What was found.
UPDATE establishment SET state = :state, n_rows = :n_rows, n_errors = :n_errors, n_new = :n_new, n_changed = :n_changed, n_gone = :n_gone, n_same = :n_same, digest = :digest, why = :why
WHERE id = :id AND state IN ('looking', 'applying');

-- name: set_applied :exec
-- Carried out.
UPDATE establishment SET state = 'applied', why = '', applied_at = :applied_at WHERE id = :id AND state = 'applying';

-- name: set_undone :exec
-- Taken back.
UPDATE establishment SET state = 'undone', why = '', undone_at = :undone_at WHERE id = :id AND state = 'undoing';

-- name: put_figure :exec
-- What changes of a kind of rows.
INSERT INTO establishment_figure (establishment_id, kind, n_new, n_changed, n_gone, n_same) VALUES (:establishment_id, :kind, :n_new, :n_changed, :n_gone, :n_same)
ON CONFLICT (establishment_id, kind) DO UPDATE SET n_new = excluded.n_new, n_changed = excluded.n_changed, n_gone = excluded.n_gone, n_same = excluded.n_same;

-- name: figures :many
-- What changes, by kinds of rows.
SELECT kind, n_new, n_changed, n_gone, n_same FROM establishment_figure WHERE establishment_id = :establishment_id ORDER BY kind;

-- name: put_piece :exec
-- A piece of a text.
INSERT INTO establishment_piece (establishment_id, what, n, text) VALUES (:establishment_id, :what, :n, :text);

-- name: piece :maybe
-- A piece of a text.
SELECT text FROM establishment_piece WHERE establishment_id = :establishment_id AND what = :what AND n = :n;

-- name: drop_pieces :exec
-- A text goes.
DELETE FROM establishment_piece WHERE establishment_id = :establishment_id AND what = :what;

-- name: drop_found :exec
-- What was found goes, before it is found again.
DELETE FROM establishment_piece WHERE establishment_id = :establishment_id AND what IN ('error', 'change');

-- name: drop_old :exec
-- Texts of old files go.
-- param before time
DELETE FROM establishment_piece WHERE establishment_id IN (SELECT e.id FROM establishment e WHERE e.made_at < :before AND COALESCE(e.applied_at, e.made_at) < :before);

-- ── what is there ──

-- name: offices :each
-- An organisation with all below it.
-- param above_id id
SELECT o.id, o.code, o.parent_id FROM org_above u JOIN org o ON o.id = u.org_id WHERE u.above_id = :above_id ORDER BY o.id;

-- name: offices_above :many
-- All above an organisation.
-- param org_id id
SELECT o.id, o.code, o.parent_id FROM org_above u JOIN org o ON o.id = u.above_id WHERE u.org_id = :org_id AND u.distance > 0 ORDER BY u.distance;

-- name: competencies :each
-- All entries of all frameworks.
SELECT c.id, f.code AS framework, c.code, c.kind, c.from_day, c.until_day, f.n_levels, r.code AS replaced_by
FROM competency c JOIN framework f ON f.id = c.framework_id LEFT JOIN competency r ON r.id = c.replaced_by_id ORDER BY c.id;

-- name: designations :each
-- All designations.
SELECT id, code, name_en, name_hi FROM designation ORDER BY id;

-- name: roles :each
-- Roles of an organisation, of all below it and of all above it.
-- param top_id id
SELECT r.id, r.org_id, r.code, r.name_en, r.name_hi, r.until_day FROM work_role r
WHERE r.org_id IN (SELECT u.org_id FROM org_above u WHERE u.above_id = :top_id UNION SELECT v.above_id FROM org_above v WHERE v.org_id = :top_id) ORDER BY r.id;

-- name: activities :each
-- Activities of the roles of an organisation and of all below it.
-- param above_id id
SELECT a.id, a.role_id, a.code, a.n, a.name_en, a.name_hi, a.until_day
FROM org_above u JOIN work_role r ON r.org_id = u.org_id JOIN activity a ON a.role_id = r.id WHERE u.above_id = :above_id ORDER BY a.role_id, a.n, a.id;

-- name: needs :each
-- What these need.
-- param above_id id
SELECT n.activity_id, n.competency_id, n.level
FROM org_above u JOIN work_role r ON r.org_id = u.org_id JOIN activity a ON a.role_id = r.id JOIN activity_competency n ON n.activity_id = a.id
WHERE u.above_id = :above_id ORDER BY n.activity_id, n.competency_id;

-- name: posts :each
-- Posts of an organisation and of all below it.
-- param above_id id
SELECT p.id, p.org_id, p.code, p.title_en, p.title_hi, p.designation_id, p.place, p.sanctioned, p.service, p.least_pay_level, p.least_years, p.tenure_months, p.from_day, p.until_day
FROM org_above u JOIN post p ON p.org_id = u.org_id WHERE u.above_id = :above_id ORDER BY p.org_id, p.id;

-- name: post_roles :each
-- What roles these have.
-- param above_id id
SELECT x.post_id, x.role_id FROM org_above u JOIN post p ON p.org_id = u.org_id JOIN post_role x ON x.post_id = p.id
WHERE u.above_id = :above_id ORDER BY x.post_id, x.role_id;

-- name: people :each
-- Who is or was posted in an organisation or below it, each posting there.
-- param above_id id
SELECT p.id, p.name, p.employee_no, p.email, p.mobile, o.org_id, o.from_day, o.until_day
FROM org_above u JOIN posting o ON o.org_id = u.org_id JOIN person p ON p.id = o.person_id
WHERE u.above_id = :above_id AND p.state = 'active' ORDER BY p.id, o.from_day;

-- name: holdings :each
-- Holdings of the posts of an organisation and of all below it.
-- param above_id id
SELECT h.id, h.post_id, h.person_id, h.kind, h.from_day, h.until_day, h.order_no
FROM org_above u JOIN post p ON p.org_id = u.org_id JOIN holding h ON h.post_id = p.id WHERE u.above_id = :above_id ORDER BY h.id;

-- name: holdings_elsewhere :each
-- What people who are or were posted there hold of other posts.
-- param above_id id
SELECT DISTINCT h.id, h.post_id, h.person_id, h.kind, h.from_day, h.until_day, h.order_no
FROM org_above u JOIN posting o ON o.org_id = u.org_id JOIN holding h ON h.person_id = o.person_id JOIN post p ON p.id = h.post_id
WHERE u.above_id = :above_id AND NOT EXISTS (SELECT 1 FROM org_above v WHERE v.above_id = :above_id AND v.org_id = p.org_id) ORDER BY h.id;

-- name: called :maybe
-- By what an active person is known.
SELECT employee_no, email, mobile FROM person WHERE id = :id AND state = 'active';

-- name: posted :many
-- The postings of a person.
SELECT org_id, from_day, until_day FROM posting WHERE person_id = :person_id ORDER BY from_day LIMIT 1000;

-- ── people and posts of today ──

-- name: strength :each
-- Who is posted in an organisation or below it on a day, and holds no post substantively then: by office and designation.
-- param above_id id
-- param day int
-- col held_until int
SELECT p.id, p.employee_no, p.email, p.mobile, o.org_id, o.designation_id, o.from_day, g.code AS office, d.code AS designation, d.name_en, d.name_hi,
	(SELECT max(h.until_day) FROM holding h WHERE h.person_id = p.id AND h.kind = 'substantive') AS held_until
FROM org_above u JOIN posting o ON o.org_id = u.org_id JOIN person p ON p.id = o.person_id JOIN org g ON g.id = o.org_id JOIN designation d ON d.id = o.designation_id
WHERE u.above_id = :above_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day) AND p.state = 'active'
	AND NOT EXISTS (SELECT 1 FROM holding h WHERE h.person_id = p.id AND h.kind = 'substantive' AND (h.until_day IS NULL OR h.until_day > :day))
ORDER BY o.org_id, o.designation_id, p.id;

-- name: vacancies :each
-- Posts of an organisation and below it that are vacant from a day on, with how many places.
-- param above_id id
-- param day int
-- col free int
SELECT p.org_id, p.designation_id, p.code,
	p.sanctioned - (SELECT count(*) FROM holding h WHERE h.post_id = p.id AND h.kind = 'substantive' AND (h.until_day IS NULL OR h.until_day > :day)) AS free
FROM org_above u JOIN post p ON p.org_id = u.org_id
WHERE u.above_id = :above_id AND p.from_day <= :day AND p.until_day IS NULL
	AND p.sanctioned > (SELECT count(*) FROM holding h WHERE h.post_id = p.id AND h.kind = 'substantive' AND (h.until_day IS NULL OR h.until_day > :day))
ORDER BY p.org_id, p.designation_id, p.id;

-- name: without :many
-- A page of those who are posted in an organisation or below it on a day and hold no post substantively, by name.
-- param above_id id
-- param day int
-- param skip int
-- param most int
SELECT p.id, p.name, p.sort_key, o.org_id, o.designation_id, o.from_day, g.name_en AS org_en, g.name_hi AS org_hi, d.name_en AS designation_en, d.name_hi AS designation_hi
FROM org_above u JOIN posting o ON o.org_id = u.org_id JOIN person p ON p.id = o.person_id JOIN org g ON g.id = o.org_id JOIN designation d ON d.id = o.designation_id
WHERE u.above_id = :above_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day) AND p.state = 'active'
	AND NOT EXISTS (SELECT 1 FROM holding h WHERE h.person_id = p.id AND h.kind = 'substantive' AND (h.until_day IS NULL OR h.until_day > :day))
ORDER BY p.sort_key, p.id LIMIT :most OFFSET :skip;

-- name: vacant_posts :many
-- The same posts with a vacancy, for a page.
-- param above_id id
-- param day int
-- col free int
SELECT p.id, p.org_id, p.designation_id, p.code, p.title_en, p.title_hi,
	p.sanctioned - (SELECT count(*) FROM holding h WHERE h.post_id = p.id AND h.kind = 'substantive' AND (h.until_day IS NULL OR h.until_day > :day)) AS free
FROM org_above u JOIN post p ON p.org_id = u.org_id
WHERE u.above_id = :above_id AND p.from_day <= :day AND p.until_day IS NULL
	AND p.sanctioned > (SELECT count(*) FROM holding h WHERE h.post_id = p.id AND h.kind = 'substantive' AND (h.until_day IS NULL OR h.until_day > :day))
ORDER BY p.org_id, p.designation_id, p.id LIMIT 2000;
