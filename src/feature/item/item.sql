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
SELECT id, code, kind, status, version, live_version, n, author_id FROM item WHERE case_id = :case_id ORDER BY n, id LIMIT 100;

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

-- name: versions :many
-- All versions of an item, the newest first.
SELECT v.version, v.points, v.author_id, a.name AS author, v.made_at, v.why FROM item_version v LEFT JOIN person a ON a.id = v.author_id
WHERE v.item_id = :item_id ORDER BY v.version DESC LIMIT 200;

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
-- What was said of a version, by whom; whose account was joined with another counts as that one.
-- col who id
SELECT r.id, r.reviewer_id, COALESCE(p.merged_into_id, p.id) AS who, p.name AS reviewer, r.accepted, r.note, r.at FROM item_review r JOIN person p ON p.id = r.reviewer_id
WHERE r.item_id = :item_id AND r.version = :version ORDER BY r.id LIMIT 100;
