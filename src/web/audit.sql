-- owner: audit

-- name: note :exec
-- One row of the trail.
INSERT INTO audit (id, at, person_id, for_id, token_id, subject, subject_id, org_id, action, input, before, path, address, request_id)
VALUES (:id, :at, :person_id, :for_id, :token_id, :subject, :subject_id, :org_id, :action, :input, :before, :path, :address, :request_id);

-- name: view :exec
-- Somebody looks at a record.
INSERT INTO record_view (person_id, day, viewer_id, action, n, last_at) VALUES (:person_id, :day, :viewer_id, :action, 1, :last_at)
ON CONFLICT (person_id, day, viewer_id, action) DO UPDATE SET n = record_view.n + 1, last_at = excluded.last_at;

-- name: last_seal :maybe
-- The newest seal.
SELECT n, hash FROM audit_seal ORDER BY n DESC LIMIT 1;

-- name: add_seal :exec
-- A new seal.
INSERT INTO audit_seal (n, at, n_rows, previous, hash, signature) VALUES (:n, :at, :n_rows, :previous, :hash, :signature);

-- name: seal_rows :exec
-- Rows without a seal, the oldest first, belong to it from now on.
-- param most int
UPDATE audit SET seal_n = :seal_n WHERE id IN (SELECT id FROM audit WHERE seal_n IS NULL ORDER BY id LIMIT :most);

-- name: seals :each
-- All seals in order.
SELECT n, at, n_rows, previous, hash, signature FROM audit_seal ORDER BY n;

-- name: sealed :many
-- The rows of a seal.
SELECT id, at, person_id, for_id, token_id, subject, subject_id, org_id, action, input, before, path, address, request_id FROM audit WHERE seal_n = :seal_n ORDER BY id LIMIT 3000;

-- name: lost :one
-- Rows that name a seal that is not there.
-- col n int
SELECT count(*) AS n FROM audit a WHERE a.seal_n IS NOT NULL AND NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.n = a.seal_n);
