-- owner: operation

-- name: jobs :many
-- How much background work is in which state; what is done is left out.
-- col n int
SELECT state, count(*) AS n FROM job WHERE state IN ('queued', 'running', 'failed') GROUP BY state ORDER BY state LIMIT 10;

-- name: late :one
-- Work whose time came before :before and that nobody has begun.
-- param before time
-- col n int
-- col since time
SELECT count(*) AS n, min(run_at) AS since FROM job WHERE state = 'queued' AND run_at < :before;

-- name: open_jobs :many
-- What runs, has failed, is to be tried again or waits although its time has come; the newest first. What is only kept for later is no work yet.
-- param by time
SELECT id, kind, state, done, total, tries, result, run_at, started_at, ended_at FROM job
WHERE state IN ('running', 'failed') OR (state = 'queued' AND (run_at <= :by OR tries > 0)) ORDER BY id DESC LIMIT 50;

-- name: letters :one
-- Letters and short messages that wait since before :before, or were refused after :since.
-- param before time
-- param since time
-- col waiting int
-- col refused int
SELECT (SELECT count(*) FROM mail WHERE state = 'waiting' AND created_at < :before) AS waiting,
	(SELECT count(*) FROM mail WHERE state = 'refused' AND created_at > :since) AS refused;

-- name: newest :maybe
-- When the last change was noted.
SELECT at FROM audit ORDER BY id DESC LIMIT 1;

-- name: imports :many
-- The last staff lists.
SELECT i.id, i.org_id, i.file_name, i.state, i.n_rows, i.n_refused, i.created_at, o.name_en, o.name_hi FROM people_import i JOIN org o ON o.id = i.org_id
ORDER BY i.id DESC LIMIT 5;
