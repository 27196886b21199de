-- owner: idempotency

-- name: find :maybe
-- What was answered under a key.
SELECT request_hash, body FROM idempotency WHERE person_id = :person_id AND key_hash = :key_hash AND created_at > :created_at;

-- name: keep :exec
-- Keeps an answer under its key; one that is older than a day gives way.
INSERT INTO idempotency (person_id, key_hash, request_hash, body, created_at) VALUES (:person_id, :key_hash, :request_hash, :body, :created_at)
ON CONFLICT (person_id, key_hash) DO UPDATE SET request_hash = excluded.request_hash, body = excluded.body, created_at = excluded.created_at;

-- name: sweep :exec
-- Forgets old ones, some at a time.
-- param before time
DELETE FROM idempotency WHERE created_at IN (SELECT created_at FROM idempotency WHERE created_at <= :before ORDER BY created_at LIMIT 500);
