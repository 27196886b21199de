-- owner: webhook

-- name: any :maybe
-- Whether anybody at all listens to a kind.
SELECT webhook_id FROM webhook_kind WHERE kind = :kind LIMIT 1;

-- name: person :maybe
-- The employee number of somebody, and where he is posted.
SELECT p.employee_no, o.org_id FROM person p LEFT JOIN posting o ON o.person_id = p.id AND o.until_day IS NULL WHERE p.id = :person_id;

-- name: hearers :many
-- Who listens to a kind at one of two organisations or above it.
-- param from_org_id id
SELECT DISTINCT w.id FROM webhook_kind k JOIN webhook w ON w.id = k.webhook_id JOIN org_above u ON u.above_id = w.org_id
WHERE k.kind = :kind AND w.ended_at IS NULL AND (u.org_id = :org_id OR u.org_id = :from_org_id) ORDER BY w.id LIMIT 1000;

-- name: add_event :exec
-- A fact to be told.
INSERT INTO webhook_event (id, kind, body, made_at) VALUES (:id, :kind, :body, :made_at);

-- name: add_delivery :exec
-- To one address.
INSERT INTO webhook_delivery (webhook_id, event_id, state, tries, due_at) VALUES (:webhook_id, :event_id, 'waiting', 0, :due_at);

-- name: of_org :many
-- The webhooks of an organisation.
SELECT id, address, made_at, paused_at, paused_why, failing_since FROM webhook WHERE org_id = :org_id AND ended_at IS NULL ORDER BY id LIMIT 100;

-- name: kinds_of_org :many
-- What they are told of.
SELECT k.webhook_id, k.kind FROM webhook w JOIN webhook_kind k ON k.webhook_id = w.id WHERE w.org_id = :org_id AND w.ended_at IS NULL
ORDER BY k.webhook_id, k.kind LIMIT 2000;

-- name: one :maybe
-- A webhook of an organisation.
SELECT id, address, secret, made_at, paused_at, paused_why, failing_since FROM webhook WHERE id = :id AND org_id = :org_id AND ended_at IS NULL;

-- name: kinds :many
-- What one is told of.
SELECT kind FROM webhook_kind WHERE webhook_id = :webhook_id ORDER BY kind LIMIT 100;

-- name: count :one
-- How many webhooks an organisation has.
-- col n int
SELECT count(*) AS n FROM webhook WHERE org_id = :org_id AND ended_at IS NULL;

-- name: add :exec
-- A new webhook.
INSERT INTO webhook (id, org_id, address, secret, made_by, made_at, fails, resume_at, turn_at) VALUES (:id, :org_id, :address, :secret, :made_by, :made_at, 0, 0, 0);

-- name: add_kind :exec
-- Something it is told of.
INSERT INTO webhook_kind (kind, webhook_id) VALUES (:kind, :webhook_id) ON CONFLICT (kind, webhook_id) DO NOTHING;

-- name: drop_kinds :exec
-- It is told of nothing any more.
DELETE FROM webhook_kind WHERE webhook_id = :webhook_id;

-- name: change :exec
-- Another address; what went wrong with the old one does not count.
UPDATE webhook SET address = :address, fails = 0, failing_since = NULL, resume_at = 0 WHERE id = :id;

-- name: pause :exec
-- It is told nothing for now.
UPDATE webhook SET paused_at = :paused_at, paused_why = :paused_why WHERE id = :id AND paused_at IS NULL;

-- name: resume :exec
-- It is told again, at once.
UPDATE webhook SET paused_at = NULL, paused_why = NULL, fails = 0, failing_since = NULL, resume_at = 0 WHERE id = :id AND paused_at IS NOT NULL;

-- name: hurry :exec
-- Somebody is waiting: the next round does not leave it alone.
UPDATE webhook SET resume_at = 0 WHERE id = :id;

-- name: turn :exec
-- A new secret; the old one holds for a while.
UPDATE webhook SET old_secret = secret, old_until = :old_until, secret = :secret WHERE id = :id;

-- name: end :exec
-- It is over.
UPDATE webhook SET ended_at = :ended_at WHERE id = :id;

-- name: deliveries :many
-- What one was told, the newest first; before one of them (absent: from the newest on).
-- param before id
-- param most int
SELECT d.event_id, e.kind, e.made_at, d.state, d.tries, d.due_at, d.tried_at, d.took, d.status, d.words FROM webhook_delivery d JOIN webhook_event e ON e.id = d.event_id
WHERE d.webhook_id = :webhook_id AND (:before IS NULL OR d.event_id < :before) ORDER BY d.event_id DESC LIMIT :most;

-- name: again :exec
-- One event is told again.
UPDATE webhook_delivery SET state = 'waiting', tries = 0, due_at = :due_at WHERE webhook_id = :webhook_id AND event_id = :event_id AND state <> 'waiting';

-- name: delivery :maybe
-- How a telling stands.
SELECT state FROM webhook_delivery WHERE webhook_id = :webhook_id AND event_id = :event_id;

-- name: count_since :one
-- How many events since a time have been told, or could not be.
-- param since time
-- col n int
SELECT count(*) AS n FROM webhook_event e JOIN webhook_delivery d ON d.event_id = e.id
WHERE e.made_at >= :since AND d.webhook_id = :webhook_id AND d.state <> 'waiting';

-- name: replay :exec
-- All of them are told again.
-- param since time
UPDATE webhook_delivery SET state = 'waiting', tries = 0, due_at = :due_at
WHERE webhook_id = :webhook_id AND state <> 'waiting' AND event_id IN (SELECT e.id FROM webhook_event e WHERE e.made_at >= :since);

-- name: ready :many
-- Addresses that may be told something now, the one whose turn is longest ago first.
-- param at time
SELECT w.id, w.address, w.secret, w.old_secret, w.old_until, w.fails FROM webhook w
WHERE w.ended_at IS NULL AND w.paused_at IS NULL AND w.resume_at <= :at
	AND EXISTS (SELECT d.event_id FROM webhook_delivery d WHERE d.webhook_id = w.id AND d.state = 'waiting' AND d.due_at <= :at)
ORDER BY w.turn_at, w.id LIMIT 32;

-- name: due :many
-- What one is to be told now, the oldest first.
-- param at time
-- param most int
SELECT d.event_id, d.tries, e.body FROM webhook_delivery d JOIN webhook_event e ON e.id = d.event_id
WHERE d.webhook_id = :webhook_id AND d.state = 'waiting' AND d.due_at <= :at ORDER BY d.due_at, d.event_id LIMIT :most;

-- name: told :exec
-- How a telling went.
UPDATE webhook_delivery SET state = :state, tries = :tries, due_at = :due_at, tried_at = :tried_at, took = :took, status = :status, words = :words
WHERE webhook_id = :webhook_id AND event_id = :event_id AND state = 'waiting';

-- name: good_round :exec
-- Something was taken in this round.
UPDATE webhook SET fails = 0, failing_since = NULL, resume_at = 0, turn_at = :turn_at WHERE id = :id;

-- name: bad_round :exec
-- Nothing was.
UPDATE webhook SET fails = fails + 1, failing_since = COALESCE(failing_since, :turn_at), resume_at = :resume_at, turn_at = :turn_at WHERE id = :id;

-- name: standing :maybe
-- How a webhook stands after a round.
SELECT org_id, address, made_by, failing_since, paused_at FROM webhook WHERE id = :id AND ended_at IS NULL;

-- name: keepers :many
-- Who is told that it does not work: who made it, and the administrators of its organisation.
SELECT p.id FROM person p WHERE p.id = :made_by AND p.state = 'active'
UNION SELECT g.person_id FROM role_grant g JOIN person q ON q.id = g.person_id
WHERE g.org_id = :org_id AND g.role = 'mdo_admin' AND g.ended_at IS NULL AND q.state = 'active' ORDER BY 1 LIMIT 20;

-- name: old_events :many
-- Events that are kept no longer.
-- param before_at time
SELECT id FROM webhook_event WHERE made_at < :before_at ORDER BY made_at, id LIMIT 500;

-- name: forget_deliveries :exec
-- With them goes what is known of their tellings.
DELETE FROM webhook_delivery WHERE event_id = :event_id;

-- name: forget_event :exec
-- And then they go.
DELETE FROM webhook_event WHERE id = :id;
