-- owner: job

-- name: add :exec
-- Queues a job, unless one of the same kind and `once` waits or runs.
INSERT INTO job (id, kind, once, state, asked_by, input, done, total, cancel, tries, run_at, created_at)
VALUES (:id, :kind, :once, 'queued', :asked_by, :input, 0, 0, FALSE, 0, :run_at, :created_at)
ON CONFLICT DO NOTHING;

-- name: open_of :maybe
-- The waiting or running job of a kind and `once`.
SELECT id FROM job WHERE kind = :kind AND once = :once AND state IN ('queued', 'running');

-- name: standing :maybe
-- How a job stands.
SELECT id, kind, state, asked_by, input, done, total, result, cancel, created_at, started_at, ended_at FROM job WHERE id = :id;

-- name: due :maybe
-- The job that waits longest, or one whose worker is gone.
-- param by time
SELECT id, kind FROM job
WHERE (state = 'queued' AND run_at <= :by) OR (state = 'running' AND lease_until <= :by)
ORDER BY run_at, id LIMIT 1;

-- name: claim :exec
-- Takes a job, if nobody else has in the meantime.
-- param by time
UPDATE job SET state = 'running', claim = :claim, lease_until = :lease_until, started_at = COALESCE(started_at, :by)
WHERE id = :id AND (state = 'queued' OR (state = 'running' AND lease_until <= :by));

-- name: mine :maybe
-- A job as its worker needs it; none when another worker has it.
SELECT id, kind, asked_by, input, at, done, total, cancel, tries FROM job WHERE id = :id AND claim = :claim AND state = 'running';

-- name: keep :exec
-- Where to go on, after a step.
UPDATE job SET at = :at, done = :done, total = :total, result = :result, lease_until = :lease_until, tries = 0 WHERE id = :id;

-- name: beat :exec
-- Keeps the lease of long work.
UPDATE job SET done = :done, total = :total, lease_until = :lease_until WHERE id = :id AND claim = :claim AND state = 'running';

-- name: end :exec
-- The end of a job.
UPDATE job SET state = :state, at = :at, done = :done, total = :total, result = :result, ended_at = :ended_at, claim = NULL, lease_until = NULL WHERE id = :id;

-- name: put_off :exec
-- Back into the queue until later.
UPDATE job SET state = 'queued', at = :at, done = :done, total = :total, result = :result, tries = :tries, run_at = :run_at, claim = NULL, lease_until = NULL
WHERE id = :id;

-- name: release :exec
-- Back into the queue as it is: the worker stops.
UPDATE job SET state = 'queued', claim = NULL, lease_until = NULL WHERE id = :id AND claim = :claim;

-- name: cancel :exec
-- Asks a job to stop; it is looked at at once.
UPDATE job SET cancel = TRUE, run_at = CASE WHEN state = 'queued' THEN :run_at ELSE run_at END WHERE id = :id AND state IN ('queued', 'running');

-- name: retry :exec
-- Failed work back into the queue, unless the same waits or runs.
UPDATE job SET state = 'queued', tries = 0, run_at = :run_at, ended_at = NULL, cancel = FALSE
WHERE id = :id AND state = 'failed'
	AND NOT EXISTS (SELECT 1 FROM job o WHERE o.kind = job.kind AND o.once = job.once AND o.state IN ('queued', 'running'));

-- name: sweep :exec
-- Forgets jobs that ended long ago.
-- param before time
DELETE FROM job WHERE state IN ('done', 'failed', 'cancelled') AND ended_at < :before;
