-- owner: mail

-- name: add :exec
-- A letter that waits to be sent; not a second one for the same fact.
INSERT INTO mail (id, fact, channel, person_id, recipient, recipient_name, lang, priority, subject, body, state, tries, next_at, expires_at, created_at)
VALUES (:id, :fact, :channel, :person_id, :recipient, :recipient_name, :lang, :priority, :subject, :body, 'waiting', 0, :next_at, :expires_at, :created_at)
ON CONFLICT (fact) DO NOTHING;

-- name: receiver :maybe
-- Where somebody can be written to.
SELECT name, email, mobile, lang FROM person WHERE id = :id;

-- name: due :maybe
-- The letter to be sent next.
-- param by time
SELECT id, channel, recipient, recipient_name, lang, subject, body, tries, expires_at, created_at FROM mail
WHERE state = 'waiting' AND channel = :channel AND next_at <= :by ORDER BY priority, next_at, id LIMIT 1;

-- name: end :exec
-- A letter has left, was refused for good, or came too late; its text goes, unless it may be tried again.
UPDATE mail SET state = :state, ended_at = :ended_at, words = :words, tries = tries + 1,
	body = CASE WHEN :state = 'refused' THEN body ELSE '' END WHERE id = :id AND state = 'waiting';

-- name: put_off :exec
-- A letter waits until later.
UPDATE mail SET next_at = :next_at, words = :words, tries = tries + 1 WHERE id = :id AND state = 'waiting';

-- name: again :exec
-- What was refused is tried again.
UPDATE mail SET state = 'waiting', next_at = :next_at, ended_at = NULL WHERE state = 'refused' AND body <> '';

-- name: sweep :exec
-- Forgets old letters; those that wait stay.
-- param before time
DELETE FROM mail WHERE created_at < :before AND state <> 'waiting';

-- name: standing :many
-- How many letters there are of each channel and state.
-- col n int
-- col newest time
SELECT channel, state, count(*) AS n, max(created_at) AS newest FROM mail GROUP BY channel, state ORDER BY channel, state;

-- name: troubled :many
-- The newest letters that were refused or that wait after a failure.
SELECT id, channel, recipient, subject, state, tries, created_at, next_at, words FROM mail WHERE state = 'refused' OR (state = 'waiting' AND tries > 0)
ORDER BY id DESC LIMIT 20;
