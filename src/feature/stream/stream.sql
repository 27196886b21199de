-- owner: stream

-- ── organisers ──

-- name: event :maybe
-- An event, as its stream must know it.
SELECT id, org_id, title, title_hi, held, state, starts_at, ends_at FROM event WHERE id = :id;

-- name: n_open :one
-- How many streams have not ended.
-- col n int
SELECT count(*) AS n FROM stream WHERE ended_at IS NULL;

-- name: ports :many
-- The ports on which encoders are waited for.
SELECT port FROM stream WHERE closed_at IS NULL AND port > 0 ORDER BY port LIMIT 1000;

-- name: add :exec
-- A stream that waits for its encoder.
INSERT INTO stream (id, event_id, way, port, key_hash, key_sealed, token, state, takes, bytes, bits, width, height, trouble, made_at, recording, recording_ms, recording_bytes)
VALUES (:id, :event_id, :way, :port, :key_hash, :key_sealed, :token, 'waiting', 0, 0, 0, 0, 0, '', :made_at, 'none', 0, 0)
ON CONFLICT (event_id) WHERE ended_at IS NULL DO NOTHING;

-- name: set_key :exec
-- Another key.
UPDATE stream SET key_hash = :key_hash, key_sealed = :key_sealed WHERE id = :id AND ended_at IS NULL;

-- name: end :exec
-- It was told to end.
UPDATE stream SET ended_at = :ended_at, state = 'ended' WHERE id = :id AND ended_at IS NULL;

-- name: one :maybe
-- A stream, or the newest of an event.
-- param id id
-- param event_id id
SELECT id, event_id, way, port, key_sealed, token, state, node, seen_at, takes, first_at, last_at, bytes, bits, width, height, trouble, ended_at, closed_at, recording,
	recording_ms, recording_bytes
FROM stream WHERE id = COALESCE(:id, (SELECT max(x.id) FROM stream x WHERE x.event_id = :event_id));

-- name: recorded :maybe
-- The newest stream of an event whose recording is ready.
SELECT id FROM stream WHERE event_id = :event_id AND recording = 'ready' ORDER BY id DESC LIMIT 1;

-- ── the process that has them in hand ──

-- name: open :many
-- Streams that are not closed yet.
SELECT id, way, port, key_hash, key_sealed, token, node, seen_at, takes, first_at, bytes, ended_at, recording_ms FROM stream WHERE closed_at IS NULL ORDER BY id LIMIT 200;

-- name: release :exec
-- What a process of this number had in hand, which is gone, waits for the next.
UPDATE stream SET node = NULL WHERE node = :node AND closed_at IS NULL;

-- name: hold :exec
-- A process has a stream in hand and says how it stands.
-- param before time
UPDATE stream SET node = :node, seen_at = :seen_at, state = CASE WHEN ended_at IS NULL THEN :state ELSE 'ended' END, takes = :takes, first_at = :first_at, last_at = :last_at,
	bytes = :bytes, bits = :bits, width = :width, height = :height, trouble = :trouble, recording_ms = :recording_ms
WHERE id = :id AND closed_at IS NULL AND (node IS NULL OR node = :node OR seen_at < :before);

-- name: close :exec
-- Its playlist is closed; the recording is to be made, or there is none.
UPDATE stream SET closed_at = :closed_at, ended_at = COALESCE(ended_at, :closed_at), state = 'ended', node = NULL, bits = 0, recording = :recording
WHERE id = :id AND closed_at IS NULL;

-- ── afterwards ──

-- name: set_recording :exec
-- The recording is there, or cannot be made, or was forgotten.
UPDATE stream SET recording = :recording, recording_bytes = :recording_bytes WHERE id = :id;

-- name: closed :many
-- Streams that were closed within a time, whose playlists go.
-- param from time
-- param to time
SELECT id, token FROM stream WHERE closed_at >= :from AND closed_at < :to ORDER BY closed_at, id LIMIT 1000;
