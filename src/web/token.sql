-- owner: token

-- name: find :maybe
-- The token of a secret with its person; it runs in every request of a program.
-- col custom bool
SELECT t.id, t.person_id, t.scopes, t.seen_at, p.name, p.lang, p.zone,
	EXISTS (SELECT 1 FROM custom_grant c WHERE c.person_id = p.id AND c.ended_at IS NULL) AS custom FROM token t JOIN person p ON p.id = t.person_id
WHERE t.token_hash = :token_hash AND t.ended_at IS NULL AND t.expires_at > :expires_at AND p.state = 'active';

-- name: add :exec
-- A new token.
INSERT INTO token (id, token_hash, person_id, name, scopes, created_at, expires_at)
VALUES (:id, :token_hash, :person_id, :name, :scopes, :created_at, :expires_at);

-- name: end :exec
-- Withdraws a token of a person.
UPDATE token SET ended_at = :ended_at WHERE id = :id AND person_id = :person_id AND ended_at IS NULL;

-- name: touch :exec
-- Notes that a token is in use.
UPDATE token SET seen_at = :seen_at WHERE id = :id;

-- name: of_person :many
-- The tokens of a person, the newest first; what ended or expired before a time is left out.
-- param since time
SELECT id, name, scopes, created_at, expires_at, seen_at, ended_at FROM token
WHERE person_id = :person_id AND (ended_at IS NULL OR ended_at > :since) AND expires_at > :since ORDER BY id DESC LIMIT 100;

-- name: open_of_person :one
-- How many tokens of a person are in force.
-- param by time
-- col n int
SELECT count(*) AS n FROM token WHERE person_id = :person_id AND ended_at IS NULL AND expires_at > :by;
