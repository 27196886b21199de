-- owner: competency

-- ── frameworks ──

-- name: framework_of_code :maybe
-- A framework by its code.
SELECT f.id, f.code, f.identifier, f.name_en, f.name_hi, f.about_en, f.about_hi, f.source, f.org_id, o.code AS org, f.n_levels, f.revision, f.changed_at
FROM framework f JOIN org o ON o.id = f.org_id WHERE f.code = :code;

-- name: framework_of_identifier :maybe
-- A framework by its identifier.
SELECT code, changed_at FROM framework WHERE identifier = :identifier;

-- name: frameworks :many
-- All frameworks, with how many entries are in force.
-- col n_entries int
-- param day int
SELECT f.id, f.code, f.identifier, f.name_en, f.name_hi, f.about_en, f.about_hi, f.source, f.org_id, o.name_en AS org_en, o.name_hi AS org_hi, f.n_levels, f.revision, f.changed_at,
	(SELECT count(*) FROM competency c WHERE c.framework_id = f.id AND c.from_day <= :day AND (c.until_day IS NULL OR c.until_day > :day)) AS n_entries
FROM framework f JOIN org o ON o.id = f.org_id ORDER BY f.code LIMIT 200;

-- name: levels :many
-- The levels of a framework.
SELECT level, name_en, name_hi, about_en, about_hi FROM framework_level WHERE framework_id = :framework_id ORDER BY level;

-- name: entries :many
-- The entries of a framework as they are worded on a day; those not in force have until_day.
-- param day int
SELECT c.id, c.code, c.identifier, p.code AS parent, c.kind, c.area, c.n, o.code AS owner, r.code AS replaced_by, c.until_day, t.name_en, t.name_hi, t.about_en, t.about_hi, t.indicators
FROM competency c JOIN competency_text t ON t.competency_id = c.id
	AND t.from_day = (SELECT max(x.from_day) FROM competency_text x WHERE x.competency_id = c.id AND x.from_day <= :day)
	LEFT JOIN competency p ON p.id = c.parent_id LEFT JOIN competency r ON r.id = c.replaced_by_id LEFT JOIN org o ON o.id = c.org_id
WHERE c.framework_id = :framework_id ORDER BY c.n, c.id LIMIT 5001;

-- name: relations :many
-- Which entries of a framework relate to which.
SELECT r.from_id, c.code FROM competency_relation r JOIN competency c ON c.id = r.to_id WHERE c.framework_id = :framework_id ORDER BY r.from_id, c.code LIMIT 5001;

-- name: add_framework :exec
-- A new framework.
INSERT INTO framework (id, code, identifier, name_en, name_hi, about_en, about_hi, source, org_id, n_levels, revision, created_at, changed_at)
VALUES (:id, :code, :identifier, :name_en, :name_hi, :about_en, :about_hi, :source, :org_id, :n_levels, 1, :changed_at, :changed_at);

-- name: change_framework :exec
-- Its words, and one more revision.
UPDATE framework SET name_en = :name_en, name_hi = :name_hi, about_en = :about_en, about_hi = :about_hi, source = :source, revision = revision + 1, changed_at = :changed_at
WHERE id = :id;

-- name: put_level :exec
-- What a level is called.
INSERT INTO framework_level (framework_id, level, name_en, name_hi, about_en, about_hi) VALUES (:framework_id, :level, :name_en, :name_hi, :about_en, :about_hi)
ON CONFLICT (framework_id, level) DO UPDATE SET name_en = excluded.name_en, name_hi = excluded.name_hi, about_en = excluded.about_en, about_hi = excluded.about_hi;

-- name: add :exec
-- A new entry.
INSERT INTO competency (id, framework_id, code, identifier, parent_id, kind, area, n, org_id, from_day)
VALUES (:id, :framework_id, :code, :identifier, :parent_id, :kind, :area, :n, :org_id, :from_day);

-- name: change :exec
-- Where an entry stands, and that it is in force.
UPDATE competency SET parent_id = :parent_id, kind = :kind, area = :area, n = :n, org_id = :org_id, until_day = NULL WHERE id = :id;

-- name: end :exec
-- An entry is not in force any more.
UPDATE competency SET until_day = :until_day WHERE id = :id AND until_day IS NULL;

-- name: set_replaced :exec
-- By which entry it is replaced.
UPDATE competency SET replaced_by_id = :replaced_by_id WHERE id = :id;

-- name: put_text :exec
-- A version of the wording, from a day on.
INSERT INTO competency_text (competency_id, from_day, name_en, name_hi, about_en, about_hi, indicators)
VALUES (:competency_id, :from_day, :name_en, :name_hi, :about_en, :about_hi, :indicators)
ON CONFLICT (competency_id, from_day) DO UPDATE SET name_en = excluded.name_en, name_hi = excluded.name_hi, about_en = excluded.about_en,
	about_hi = excluded.about_hi, indicators = excluded.indicators;

-- name: clear_relations :exec
-- Forgets what the entries of a framework relate to.
DELETE FROM competency_relation WHERE from_id IN (SELECT id FROM competency WHERE framework_id = :framework_id);

-- name: add_relation :exec
-- One entry relates to another.
INSERT INTO competency_relation (from_id, to_id) VALUES (:from_id, :to_id) ON CONFLICT (from_id, to_id) DO NOTHING;

-- name: org_of_code :maybe
-- An organisation by its code.
SELECT id FROM org WHERE code = :code;

-- ── files ──

-- name: add_import :exec
-- A file that was looked at.
INSERT INTO framework_import (id, org_id, framework_id, code, file_name, file, from_day, state, revision, made_by, made_at)
VALUES (:id, :org_id, :framework_id, :code, :file_name, :file, :from_day, 'checked', :revision, :made_by, :made_at);

-- name: import_of :maybe
-- A file of an organisation.
SELECT id, org_id, framework_id, code, file_name, file, was, from_day, state, revision, made_by, made_at, applied_at, undone_at
FROM framework_import WHERE id = :id AND org_id = :org_id;

-- name: imports :many
-- The files of an organisation, the newest first.
SELECT i.id, i.code, i.file_name, i.from_day, i.state, i.made_at, i.applied_at, i.undone_at, p.name AS by_name
FROM framework_import i LEFT JOIN person p ON p.id = i.made_by WHERE i.org_id = :org_id ORDER BY i.id DESC LIMIT 50;

-- name: set_applied :exec
-- A file is carried out.
UPDATE framework_import SET state = 'applied', framework_id = :framework_id, was = :was, revision = :revision, applied_at = :applied_at WHERE id = :id AND state = 'checked';

-- name: set_undone :exec
-- It is taken back.
UPDATE framework_import SET state = 'undone', undone_at = :undone_at WHERE id = :id AND state = 'applied';

-- ── what courses teach ──

-- name: clear_taught :exec
-- Forgets what a course teaches.
DELETE FROM course_competency WHERE course_id = :course_id;

-- name: add_taught :exec
-- A course teaches an entry up to a level; linked where it is known.
INSERT INTO course_competency (course_id, framework, code, level, competency_id)
VALUES (:course_id, :framework, :code, :level, (SELECT c.id FROM competency c JOIN framework f ON f.id = c.framework_id WHERE f.code = :framework AND c.code = :code))
ON CONFLICT (course_id, framework, code) DO UPDATE SET level = excluded.level;

-- name: link_taught :exec
-- Links what courses name of a framework that has come.
UPDATE course_competency SET competency_id = (SELECT c.id FROM competency c JOIN framework f ON f.id = c.framework_id WHERE f.code = course_competency.framework AND c.code = course_competency.code)
WHERE framework = :framework AND competency_id IS NULL;

-- name: taught_counts :many
-- How many live courses teach each entry of a framework.
-- col n int
SELECT t.competency_id, count(*) AS n FROM course_competency t JOIN competency c ON c.id = t.competency_id JOIN course k ON k.id = t.course_id AND k.state = 'live'
WHERE c.framework_id = :framework_id GROUP BY t.competency_id ORDER BY t.competency_id LIMIT 5001;

-- name: taught_by :many
-- The live courses that teach an entry.
SELECT k.id, k.title, k.lang, k.ms, t.level FROM course_competency t JOIN course k ON k.id = t.course_id AND k.state = 'live'
WHERE t.competency_id = :competency_id ORDER BY t.level, k.title, k.id LIMIT 200;

-- name: of_course :many
-- What a course teaches, of the entries that are known.
-- param day int
SELECT c.id, c.kind, t.level, x.name_en, x.name_hi, l.name_en AS level_en, l.name_hi AS level_hi
FROM course_competency t JOIN competency c ON c.id = t.competency_id
	JOIN competency_text x ON x.competency_id = c.id AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = c.id AND y.from_day <= :day)
	JOIN framework_level l ON l.framework_id = c.framework_id AND l.level = t.level
WHERE t.course_id = :course_id ORDER BY c.n, c.id LIMIT 50;

-- ── one entry ──

-- name: one :maybe
-- An entry, with its framework.
SELECT c.id, c.code, c.identifier, c.parent_id, c.kind, c.area, c.from_day, c.until_day, c.replaced_by_id, c.framework_id, f.code AS framework, f.name_en AS framework_en, f.name_hi AS framework_hi,
	f.n_levels
FROM competency c JOIN framework f ON f.id = c.framework_id WHERE c.id = :id;

-- name: texts :many
-- The versions of its wording, the newest first.
SELECT from_day, name_en, name_hi, about_en, about_hi, indicators FROM competency_text WHERE competency_id = :competency_id ORDER BY from_day DESC LIMIT 100;

-- name: called :maybe
-- What an entry is called on a day.
-- param day int
SELECT name_en, name_hi FROM competency_text WHERE competency_id = :competency_id AND from_day <= :day ORDER BY from_day DESC LIMIT 1;

-- name: below :many
-- What stands right below an entry and is in force.
-- param day int
SELECT c.id, c.kind, x.name_en, x.name_hi FROM competency c
	JOIN competency_text x ON x.competency_id = c.id AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = c.id AND y.from_day <= :day)
WHERE c.parent_id = :parent_id AND c.from_day <= :day AND (c.until_day IS NULL OR c.until_day > :day) ORDER BY c.n, c.id LIMIT 500;

-- name: related :many
-- What relates to an entry, whichever of the two says so.
-- param day int
SELECT c.id, x.name_en, x.name_hi FROM competency c
	JOIN competency_text x ON x.competency_id = c.id AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = c.id AND y.from_day <= :day)
WHERE c.id IN (SELECT to_id FROM competency_relation WHERE from_id = :competency_id UNION SELECT from_id FROM competency_relation WHERE to_id = :competency_id)
ORDER BY c.n, c.id LIMIT 100;

-- name: of_identifier :maybe
-- The framework of an entry by its identifier.
SELECT f.code FROM competency c JOIN framework f ON f.id = c.framework_id WHERE c.identifier = :identifier;
