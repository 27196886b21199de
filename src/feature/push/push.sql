-- owner: push

-- name: of_endpoint :maybe
-- The device whose address has this hash.
SELECT id, person_id FROM push_device WHERE endpoint_hash = :endpoint_hash;

-- name: count :one
-- On how many devices somebody allows notices.
-- col n int
SELECT count(*) AS n FROM push_device WHERE person_id = :person_id;

-- name: allow :exec
-- A new device.
INSERT INTO push_device (id, person_id, endpoint_hash, sealed, session_id, agent, made_at, fails, resume_at)
VALUES (:id, :person_id, :endpoint_hash, :sealed, :session_id, :agent, :made_at, 0, 0);

-- name: renew :exec
-- The same device, perhaps with other keys, and in the session of now.
UPDATE push_device SET sealed = :sealed, session_id = :session_id, agent = :agent, fails = 0, failing_since = NULL, resume_at = 0 WHERE id = :id;

-- name: devices :many
-- Somebody's devices, the newest first.
SELECT id, session_id, agent, made_at FROM push_device WHERE person_id = :person_id ORDER BY id DESC LIMIT 100;

-- name: own :maybe
-- A device, if it is somebody's own.
SELECT id FROM push_device WHERE id = :id AND person_id = :person_id;

-- name: of_session :many
-- Devices that go with the end of a session; absent: with those that somebody has ended.
-- param session_id id
SELECT d.id FROM push_device d WHERE d.person_id = :person_id AND
	(d.session_id = :session_id OR (:session_id IS NULL AND NOT EXISTS (SELECT 1 FROM session s WHERE s.id = d.session_id)))
ORDER BY d.id LIMIT 100;

-- name: forget_pushes :exec
-- What waits for a device goes,
DELETE FROM push WHERE device_id = :device_id;

-- name: forget :exec
-- and then the device.
DELETE FROM push_device WHERE id = :id;

-- name: add :exec
-- A notice for all devices of somebody; not before what a push service has asked for.
INSERT INTO push (device_id, notice_id, payload, urgent, due_at, expires_at)
SELECT d.id, :notice_id, :payload, :urgent, CASE WHEN d.resume_at > :due_at THEN d.resume_at ELSE :due_at END, :expires_at
FROM push_device d WHERE d.person_id = :person_id;

-- name: due :many
-- What is to be told now, the longest due first, with what must be known of the device; wanted: not read meanwhile, nor what it is about withdrawn.
-- param at time
-- param most int
-- col wanted bool
SELECT p.device_id, p.notice_id, p.payload, p.urgent, p.expires_at, d.sealed, d.fails, EXISTS (
	SELECT 1 FROM notice n LEFT JOIN assignment a ON a.id = n.thing_id AND a.person_id = n.person_id
	WHERE n.id = p.notice_id AND n.read_at IS NULL AND a.withdrawn_at IS NULL) AS wanted
FROM push p JOIN push_device d ON d.id = p.device_id WHERE p.due_at <= :at ORDER BY p.due_at, p.device_id, p.notice_id LIMIT :most;

-- name: waits :maybe
-- Whether anything is to be told now.
-- param at time
SELECT device_id FROM push WHERE due_at <= :at LIMIT 1;

-- name: over :exec
-- Taken, or of no use any more.
DELETE FROM push WHERE device_id = :device_id AND notice_id = :notice_id;

-- name: good :exec
-- A device's push service answers again.
UPDATE push_device SET fails = 0, failing_since = NULL, resume_at = 0 WHERE id = :id;

-- name: bad :exec
-- It does not, or wants to be left alone for a while.
UPDATE push_device SET fails = :fails, failing_since = COALESCE(failing_since, :failing_since), resume_at = :resume_at WHERE id = :id;

-- name: put_off :exec
-- Meanwhile nothing is told.
UPDATE push SET due_at = :due_at WHERE device_id = :device_id AND due_at < :due_at;

-- name: standing :maybe
-- Since when a device does not answer.
SELECT failing_since FROM push_device WHERE id = :id;

-- name: choices :many
-- What somebody chose.
SELECT kind, push FROM push_choice WHERE person_id = :person_id ORDER BY kind LIMIT 100;

-- name: choose :exec
-- Another choice for a kind.
INSERT INTO push_choice (person_id, kind, push) VALUES (:person_id, :kind, :push) ON CONFLICT (person_id, kind) DO UPDATE SET push = excluded.push;
