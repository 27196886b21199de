-- owner: item

-- ── items ──

-- name: add :exec
-- An item with its first version.
INSERT INTO item (id, org_id, code, kind, status, version, live_version, competency_id, level, bloom, source, case_id, n, author_id, created_at, changed_at)
VALUES (:id, :org_id, :code, :kind, 'draft', 1, 0, :competency_id, :level, :bloom, :source, :case_id, :n, :author_id, :created_at, :created_at);

-- name: add_version :exec
-- What is right in a version.
INSERT INTO item_version (item_id, version, answer_key, points, steps, picture, picture_type, author_id, made_at, why)
VALUES (:item_id, :version, :answer_key, :points, :steps, :picture, :picture_type, :author_id, :made_at, :why);

-- name: add_text :exec
-- What is asked in a version, in a language.
INSERT INTO item_text (item_id, version, lang, base, asked, feedback) VALUES (:item_id, :version, :lang, :base, :asked, :feedback);

-- name: one :maybe
-- An item of an organisation.
-- col n_parts int
SELECT i.id, i.org_id, i.code, i.kind, i.status, i.version, i.live_version, i.competency_id, i.level, i.bloom, i.source, i.case_id, i.n, i.author_id, a.name AS author, i.created_at,
	i.changed_at, i.retired_at, i.retired_why, (SELECT count(*) FROM item p WHERE p.case_id = i.id) AS n_parts
FROM item i LEFT JOIN person a ON a.id = i.author_id WHERE i.id = :id AND i.org_id = :org_id;

-- name: of_code :maybe
-- An item by its code.
SELECT id, kind, status, version, live_version, competency_id, level, bloom, source, case_id, n, author_id FROM item WHERE org_id = :org_id AND code = :code;

-- name: parts :many
-- The questions of a case, in their order.
SELECT id, code, kind, status, version, live_version, n FROM item WHERE case_id = :case_id ORDER BY n, id LIMIT 100;

-- name: members :many
-- An item, and the questions of it if it is a case, with who wrote the newest version.
-- param id id
-- col writer_id id
SELECT i.id, i.code, i.kind, i.status, i.version, i.live_version, i.n, i.author_id, v.author_id AS writer_id
FROM item i JOIN item_version v ON v.item_id = i.id AND v.version = i.version WHERE i.id = :id OR i.case_id = :id ORDER BY i.n, i.id LIMIT 100;

-- name: version :maybe
-- A version: what is right, and who wrote it.
SELECT v.version, v.answer_key, v.points, v.steps, v.picture_type, v.author_id, a.name AS author, v.made_at, v.why
FROM item_version v LEFT JOIN person a ON a.id = v.author_id WHERE v.item_id = :item_id AND v.version = :version;

-- name: picture :maybe
-- The picture of a version.
SELECT picture, picture_type FROM item_version WHERE item_id = :item_id AND version = :version;

-- name: texts :many
-- A version in all its languages, the one it was written in first.
SELECT lang, base, asked, feedback FROM item_text WHERE item_id = :item_id AND version = :version ORDER BY base DESC, lang LIMIT 30;

-- name: history :many
-- All versions of an item in all their languages, the newest first.
-- col writer text
-- col picture_bytes int
SELECT v.version, v.answer_key, v.points, COALESCE(length(v.picture), 0) AS picture_bytes, a.name AS writer, v.made_at, v.why, t.lang, t.asked, t.feedback
FROM item_version v JOIN item_text t ON t.item_id = v.item_id AND t.version = v.version LEFT JOIN person a ON a.id = v.author_id
WHERE v.item_id = :item_id ORDER BY v.version DESC, t.base DESC, t.lang LIMIT 2000;

-- name: set_version :exec
-- There is a newer version.
UPDATE item SET version = :version, status = :status, changed_at = :changed_at WHERE id = :id;

-- name: set_status :exec
-- An item goes on.
UPDATE item SET status = :status, changed_at = :changed_at WHERE id = :id;

-- name: set_live :exec
-- A version is live.
UPDATE item SET status = 'live', live_version = :live_version, changed_at = :changed_at WHERE id = :id;

-- name: set_retired :exec
-- No new form holds it.
UPDATE item SET status = 'retired', retired_at = :retired_at, retired_why = :retired_why, changed_at = :retired_at WHERE id = :id;

-- name: set_back :exec
-- It is in use again.
UPDATE item SET status = :status, retired_at = NULL, retired_why = NULL, changed_at = :changed_at WHERE id = :id;

-- name: classify :exec
-- What it tests, and on what it rests.
UPDATE item SET competency_id = :competency_id, level = :level, bloom = :bloom, source = :source, changed_at = :changed_at WHERE id = :id;

-- ── reviews ──

-- name: add_review :exec
-- What a reviewer says of a version.
INSERT INTO item_review (id, item_id, version, reviewer_id, accepted, note, at) VALUES (:id, :item_id, :version, :reviewer_id, :accepted, :note, :at);

-- name: reviews :many
-- What was said of the newest versions of an item and of its questions, by whom; whose account was joined with another counts as that one.
-- param id id
-- col who id
SELECT r.item_id, r.reviewer_id, COALESCE(p.merged_into_id, p.id) AS who, p.name AS reviewer, r.accepted, r.note, r.at
FROM item i JOIN item_review r ON r.item_id = i.id AND r.version = i.version JOIN person p ON p.id = r.reviewer_id
WHERE i.id = :id OR i.case_id = :id ORDER BY r.id LIMIT 1000;

-- name: reviews_of :many
-- What was said of all versions of an item.
SELECT r.version, p.name AS reviewer, r.accepted, r.note, r.at FROM item_review r JOIN person p ON p.id = r.reviewer_id
WHERE r.item_id = :item_id ORDER BY r.id LIMIT 1000;

-- name: reviewers :many
-- Who reviews here, by a role on the organisation or above it.
-- param org_id id
SELECT DISTINCT r.person_id FROM org_above u JOIN role_grant r ON r.org_id = u.above_id WHERE u.org_id = :org_id AND r.role = 'reviewer' AND r.ended_at IS NULL
ORDER BY r.person_id LIMIT 50;

-- ── enemies ──

-- name: enemies :many
-- With which items it is never in one paper.
SELECT e.other_id, e.why, i.code, i.kind, i.status FROM item_enemy e JOIN item i ON i.id = e.other_id WHERE e.item_id = :item_id ORDER BY i.code, i.id LIMIT 200;

-- name: add_enemy :exec
-- One way; the other way is written with it.
INSERT INTO item_enemy (item_id, other_id, why) VALUES (:item_id, :other_id, :why) ON CONFLICT (item_id, other_id) DO UPDATE SET why = excluded.why;

-- name: drop_enemy :exec
-- One way.
DELETE FROM item_enemy WHERE item_id = :item_id AND other_id = :other_id;

-- ── pages ──

-- name: shown :maybe
-- What the page of an item says of it: in how many forms it is and how many attempts have had it (of pools only those that were given it).
-- param day int
-- col case_code text
-- col n_forms int
-- col n_papers int
-- col n_given int
SELECT o.name_en AS org_en, o.name_hi AS org_hi, x.name_en AS competency_en, x.name_hi AS competency_hi, h.code AS case_code,
	(SELECT count(*) FROM exam_form_item f WHERE f.item_id = i.id) AS n_forms,
	(SELECT count(*) FROM exam_form_item f JOIN exam_form g ON g.id = f.form_id JOIN exam_attempt a ON a.form_id = f.form_id WHERE f.item_id = i.id AND g.pool = FALSE) AS n_papers,
	(SELECT count(*) FROM exam_answer s WHERE s.item_id = i.id AND s.given_at IS NOT NULL) AS n_given
FROM item i JOIN org o ON o.id = i.org_id LEFT JOIN item h ON h.id = i.case_id
	LEFT JOIN competency_text x ON x.competency_id = i.competency_id
		AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = i.competency_id AND y.from_day <= :day)
WHERE i.id = :id;

-- name: part_texts :many
-- The newest versions of the questions of a case, as asked in each language, with their keys.
SELECT i.id, i.code, i.kind, i.status, i.n, i.version, t.lang, t.asked, v.points, v.picture_type
FROM item i JOIN item_version v ON v.item_id = i.id AND v.version = i.version JOIN item_text t ON t.item_id = i.id AND t.version = i.version
WHERE i.case_id = :case_id ORDER BY i.n, i.id, t.base DESC, t.lang LIMIT 1000;

-- name: list :each
-- Items of an organisation by what they are, the newest first, from one on backwards.
-- param before id
-- param day int
SELECT i.id, i.code, i.kind, i.status, i.version, i.live_version, i.level, i.case_id, i.changed_at, t.asked, t.lang, x.name_en AS competency_en, x.name_hi AS competency_hi
FROM item i JOIN item_text t ON t.item_id = i.id AND t.version = i.version AND t.base = TRUE
	LEFT JOIN competency_text x ON x.competency_id = i.competency_id
		AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = i.competency_id AND y.from_day <= :day)
WHERE i.org_id = :org_id AND (:before IS NULL OR i.id < :before) AND (:competency_id IS NULL OR i.competency_id = :competency_id)
	AND (:level IS NULL OR i.level = :level) AND (:status IS NULL OR i.status = :status) AND (:kind IS NULL OR i.kind = :kind)
ORDER BY i.id DESC;

-- name: exposure :many
-- How many attempts have had the items of a list, from one to another.
-- param org_id id
-- param first id
-- param last id
-- col n_papers int
-- col n_given int
SELECT i.id,
	(SELECT count(*) FROM exam_form_item f JOIN exam_form g ON g.id = f.form_id JOIN exam_attempt a ON a.form_id = f.form_id WHERE f.item_id = i.id AND g.pool = FALSE) AS n_papers,
	(SELECT count(*) FROM exam_answer s WHERE s.item_id = i.id AND s.given_at IS NOT NULL) AS n_given
FROM item i WHERE i.org_id = :org_id AND i.id BETWEEN :first AND :last ORDER BY i.id DESC LIMIT 2000;

-- name: competency :maybe
-- Of how many levels a competency is.
SELECT f.n_levels FROM competency c JOIN framework f ON f.id = c.framework_id WHERE c.id = :id;

-- name: competency_of_code :maybe
-- The competency of a framework and a code, and of how many levels it is.
-- param framework text
SELECT c.id, f.n_levels FROM competency c JOIN framework f ON f.id = c.framework_id WHERE f.code = :framework AND c.code = :code;

-- name: competencies :many
-- What an item can test: what is in force on a day.
-- param day int
SELECT c.id, f.code AS framework, c.code, x.name_en, x.name_hi FROM competency c JOIN framework f ON f.id = c.framework_id
	JOIN competency_text x ON x.competency_id = c.id AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = c.id AND y.from_day <= :day)
WHERE c.kind <> 'area' AND c.from_day <= :day AND (c.until_day IS NULL OR c.until_day > :day) ORDER BY f.code, c.n, c.id LIMIT 2000;

-- name: used_competencies :many
-- What the items of an organisation test, for the filter.
-- param day int
SELECT DISTINCT i.competency_id, x.name_en, x.name_hi FROM item i JOIN competency_text x ON x.competency_id = i.competency_id
	AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = i.competency_id AND y.from_day <= :day)
WHERE i.org_id = :org_id ORDER BY x.name_en, i.competency_id LIMIT 500;

-- name: standings :many
-- How many items stand how.
-- col n int
SELECT status, count(*) AS n FROM item WHERE org_id = :org_id GROUP BY status ORDER BY status;

-- ── files ──

-- name: add_import :exec
-- A file that was looked at.
INSERT INTO item_import (id, org_id, by_id, at, name, format, file, state, n_new, n_changed, n_same, n_faults, report)
VALUES (:id, :org_id, :by_id, :at, :name, :format, :file, 'looked', :n_new, :n_changed, :n_same, :n_faults, :report);

-- name: import_of :maybe
-- A file of an organisation, without its bytes.
SELECT id, at, name, format, state, n_new, n_changed, n_same, n_faults, report, undo FROM item_import WHERE id = :id AND org_id = :org_id;

-- name: import_file :maybe
-- Its bytes.
SELECT name, file FROM item_import WHERE id = :id AND org_id = :org_id;

-- name: imports :many
-- The files of an organisation, the newest first.
SELECT i.id, i.at, i.name, i.format, i.state, i.n_new, i.n_changed, i.n_same, i.n_faults, p.name AS by_name
FROM item_import i JOIN person p ON p.id = i.by_id WHERE i.org_id = :org_id ORDER BY i.id DESC LIMIT 50;

-- name: import_done :exec
-- It was carried out.
UPDATE item_import SET state = 'done', n_new = :n_new, n_changed = :n_changed, n_same = :n_same, n_faults = :n_faults, report = :report, undo = :undo
WHERE id = :id AND state = 'looked';

-- name: import_undone :exec
-- It was taken back, as far as it could be.
UPDATE item_import SET state = 'undone', report = :report, undo = NULL WHERE id = :id AND state = 'done';

-- name: in_forms :one
-- Whether a form holds an item, or a question of it.
-- param id id
-- col n int
SELECT count(*) AS n FROM exam_form_item f JOIN item i ON i.id = f.item_id WHERE i.id = :id OR i.case_id = :id;

-- name: drop_reviews_of :exec
-- What was said of an item that goes.
DELETE FROM item_review WHERE item_id = :item_id;

-- name: drop_enemies_of :exec
-- Whose enemy it was, both ways.
-- param id id
DELETE FROM item_enemy WHERE item_id = :id OR other_id = :id;

-- name: drop_texts :exec
-- What was asked in versions from one on.
-- param from int
DELETE FROM item_text WHERE item_id = :item_id AND version >= :from;

-- name: drop_versions :exec
-- Versions from one on.
-- param from int
DELETE FROM item_version WHERE item_id = :item_id AND version >= :from;

-- name: drop :exec
-- An item that nothing holds.
DELETE FROM item WHERE id = :id;

-- name: export :many
-- The items to be taken out, a case before its questions.
-- param most int
SELECT i.id, i.org_id, i.code, i.kind, i.version, i.level, i.bloom, i.source, i.case_id, f.code AS framework, c.code AS competency
FROM item i LEFT JOIN competency c ON c.id = i.competency_id LEFT JOIN framework f ON f.id = c.framework_id
WHERE i.org_id = :org_id AND (:competency_id IS NULL OR i.competency_id = :competency_id) AND (:level IS NULL OR i.level = :level)
	AND (:status IS NULL OR i.status = :status) AND (:kind IS NULL OR i.kind = :kind) ORDER BY i.id LIMIT :most;

-- name: banks :many
-- Organisations at or below one that have items, and itself.
-- param top id
-- col n_live int
-- col n_review int
SELECT o.id, o.name_en, o.name_hi, (SELECT count(*) FROM item i WHERE i.org_id = o.id AND i.status = 'live') AS n_live,
	(SELECT count(*) FROM item i WHERE i.org_id = o.id AND i.status = 'review') AS n_review
FROM org_above a JOIN org o ON o.id = a.org_id
WHERE a.above_id = :top AND (o.id = :top OR EXISTS (SELECT 1 FROM item i WHERE i.org_id = o.id)) ORDER BY a.distance, o.name_en, o.id LIMIT 100;
