-- owner: passbook

-- ── what stands in it ──

-- name: level_names :many
-- What the levels are called of all frameworks in which a person has a level.
SELECT l.framework_id, l.level, l.name_en, l.name_hi FROM framework_level l
WHERE l.framework_id IN (SELECT c.framework_id FROM proficiency p JOIN competency c ON c.id = p.competency_id WHERE p.person_id = :person_id AND p.n > 0)
ORDER BY l.framework_id, l.level LIMIT 2000;

-- name: evidence :many
-- What counts for a person's levels, by competency and kind: how many pieces, the first and the last. Neither notes nor raters.
-- col n int
-- col first_at time
-- col last_at time
SELECT e.competency_id, e.kind, count(*) AS n, min(e.at) AS first_at, max(e.at) AS last_at FROM evidence e
WHERE e.person_id = :person_id AND e.withdrawn_at IS NULL GROUP BY e.competency_id, e.kind ORDER BY e.competency_id, e.kind LIMIT 8000;

-- name: courses :many
-- The completed courses and programmes of a person with the certificates in force, the newest first.
-- col programme bool
SELECT k.serial, k.title, k.completed_at, c.provider, FALSE AS programme FROM credential k JOIN course c ON c.id = k.course_id
WHERE k.person_id = :person_id AND k.replaced_by_id IS NULL
UNION ALL SELECT b.serial, b.title, b.at, o.name_en, TRUE FROM batch_completion b JOIN programme p ON p.id = b.programme_id JOIN org o ON o.id = p.org_id
WHERE b.person_id = :person_id ORDER BY completed_at DESC, serial LIMIT 1000;

-- ── shares ──

-- name: add_share :exec
-- A new link.
INSERT INTO passbook_share (id, person_id, code_hash, code_sealed, for_whom, with_evidence, until_day, made_at)
VALUES (:id, :person_id, :code_hash, :code_sealed, :for_whom, :with_evidence, :until_day, :made_at);

-- name: count_open :one
-- How many links of a person are open on a day.
-- param day int
-- col n int
SELECT count(*) AS n FROM passbook_share WHERE person_id = :person_id AND ended_at IS NULL AND until_day >= :day;

-- name: shares :many
-- A person's links, those open on a day first (that none is out of sight), then the newest, with how often and when last each was opened.
-- param day int
-- col n_looks int
-- col last_at time
SELECT s.id, s.code_sealed, s.for_whom, s.with_evidence, s.until_day, s.made_at, s.ended_at,
	(SELECT count(*) FROM passbook_look l WHERE l.share_id = s.id) AS n_looks, (SELECT max(l.at) FROM passbook_look l WHERE l.share_id = s.id) AS last_at
FROM passbook_share s WHERE s.person_id = :person_id
ORDER BY CASE WHEN s.ended_at IS NULL AND s.until_day >= :day THEN 0 ELSE 1 END, s.id DESC LIMIT 200;

-- name: share :maybe
-- One of them.
-- col n_looks int
-- col last_at time
SELECT s.id, s.code_sealed, s.for_whom, s.with_evidence, s.until_day, s.made_at, s.ended_at,
	(SELECT count(*) FROM passbook_look l WHERE l.share_id = s.id) AS n_looks, (SELECT max(l.at) FROM passbook_look l WHERE l.share_id = s.id) AS last_at
FROM passbook_share s WHERE s.id = :id AND s.person_id = :person_id;

-- name: end_share :exec
-- It shows nothing any more.
UPDATE passbook_share SET ended_at = :ended_at WHERE id = :id AND person_id = :person_id AND ended_at IS NULL;

-- name: of_code :maybe
-- What a link shows that is open on a day, of somebody who is there, and was not opened too often.
-- param day int
-- param most int
SELECT s.id, s.person_id, s.for_whom, s.with_evidence, s.until_day, p.name FROM passbook_share s JOIN person p ON p.id = s.person_id
WHERE s.code_hash = :code_hash AND s.ended_at IS NULL AND s.until_day >= :day AND p.state = 'active'
	AND (SELECT count(*) FROM passbook_look l WHERE l.share_id = s.id) < :most;

-- name: add_look :exec
-- It was opened.
INSERT INTO passbook_look (id, share_id, at, viewer_id, network, browser) VALUES (:id, :share_id, :at, :viewer_id, :network, :browser);

-- name: looks :many
-- Who opened a link, the newest first.
SELECT l.id, l.at, l.viewer_id, p.name AS viewer, l.network, l.browser FROM passbook_look l LEFT JOIN person p ON p.id = l.viewer_id
WHERE l.share_id = :share_id ORDER BY l.id DESC LIMIT 1000;

-- name: move :exec
-- Links of one account are of another.
-- param kept_id id
-- param closed_id id
UPDATE passbook_share SET person_id = :kept_id WHERE person_id = :closed_id;

-- rows: passbook_share by person_id
