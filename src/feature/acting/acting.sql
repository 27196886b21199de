-- owner: acting

-- name: add :exec
-- Somebody may act for somebody.
INSERT INTO acting (id, kind, person_id, by_id, reason, from_at, until_at, created_at)
VALUES (:id, :kind, :person_id, :by_id, :reason, :from_at, :until_at, :created_at);

-- name: end :exec
-- Over before its time, by one of the two.
-- param me id
UPDATE acting SET ended_at = :ended_at, ended_by = :me
WHERE id = :id AND ended_at IS NULL AND until_at > :ended_at AND (person_id = :me OR by_id = :me);

-- name: one :maybe
-- An acting.
SELECT id, kind, person_id, by_id, from_at, until_at, ended_at FROM acting WHERE id = :id;

-- name: open :one
-- How many delegations of a person are in force or to come, and how many of them to one colleague.
-- param at time
-- col n int
-- col n_same int
SELECT count(*) AS n, count(*) FILTER (WHERE by_id = :by_id) AS n_same FROM acting
WHERE person_id = :person_id AND kind = 'delegation' AND ended_at IS NULL AND until_at > :at;

-- name: of_person :many
-- Who acts for a person and for whom this one acts, the newest first.
-- param before id
-- param most int
SELECT a.id, a.kind, a.person_id, a.by_id, a.reason, a.from_at, a.until_at, a.ended_at, p.name AS whom, b.name AS who
FROM acting a JOIN person p ON p.id = a.person_id JOIN person b ON b.id = a.by_id
WHERE (a.person_id = :person_id OR a.by_id = :person_id) AND (:before IS NULL OR a.id < :before) ORDER BY a.id DESC LIMIT :most;

-- name: person :maybe
-- Somebody's name, and whether there is somebody.
SELECT id, name, state FROM person WHERE id = :id;
