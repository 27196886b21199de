-- owner: names

-- name: add :exec
-- A key that leads to a thing.
INSERT INTO name_key (kind, key, thing_id) VALUES (:kind, :key, :thing_id) ON CONFLICT (kind, key, thing_id) DO NOTHING;

-- name: clear :exec
-- Before the keys of a thing are made anew.
DELETE FROM name_key WHERE kind = :kind AND thing_id = :thing_id;

-- name: count :one
-- How many keys lie in a range, as far as somebody wants to know.
-- param low text
-- param high text
-- param most int
-- col n int
SELECT count(*) AS n FROM (SELECT 1 FROM name_key WHERE kind = :kind AND key >= :low AND key < :high LIMIT :most) x;

-- name: people_without :many
-- People that no key leads to.
-- param after_id id
SELECT p.id, p.name FROM person p WHERE p.id > :after_id AND NOT EXISTS (SELECT 1 FROM name_key k WHERE k.kind = 'person' AND k.thing_id = p.id)
ORDER BY p.id LIMIT 2000;

-- name: orgs_without :many
-- The same for organisations.
-- param after_id id
SELECT o.id, o.code, o.name_en, o.name_hi, o.short_name FROM org o
WHERE o.id > :after_id AND NOT EXISTS (SELECT 1 FROM name_key k WHERE k.kind = 'org' AND k.thing_id = o.id) ORDER BY o.id LIMIT 2000;
