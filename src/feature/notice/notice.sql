-- owner: notice

-- name: add :exec
-- A notice; not a second one for the same fact.
INSERT INTO notice (id, person_id, kind, fact, text, args, path, thing_id, made_at, digest)
VALUES (:id, :person_id, :kind, :fact, :text, :args, :path, :thing_id, :made_at, :digest) ON CONFLICT (person_id, fact) DO NOTHING;

-- name: reader :maybe
-- How somebody wants to be told of a kind.
-- param person_id id
-- col devices bool
SELECT p.zone, p.lang, c.mail, d.push, r.quiet_from, r.quiet_until, EXISTS (SELECT 1 FROM push_device v WHERE v.person_id = p.id) AS devices
FROM person p LEFT JOIN notice_choice c ON c.person_id = p.id AND c.kind = :kind LEFT JOIN push_choice d ON d.person_id = p.id AND d.kind = :kind
LEFT JOIN notice_reader r ON r.person_id = p.id WHERE p.id = :person_id;

-- name: list :many
-- Somebody's notices before one, the newest first.
-- param before_id id
-- param most int
SELECT id, kind, text, args, path, made_at, read_at FROM notice WHERE id IN (
	SELECT n.id FROM notice n LEFT JOIN assignment a ON a.id = n.thing_id AND a.person_id = n.person_id
	WHERE n.person_id = :person_id AND n.id < :before_id AND a.withdrawn_at IS NULL ORDER BY n.id DESC LIMIT :most) ORDER BY id DESC;

-- name: one :maybe
-- Where a notice of somebody leads.
SELECT path FROM notice WHERE id = :id AND person_id = :person_id;

-- name: read_one :exec
-- It was read.
UPDATE notice SET read_at = :read_at WHERE id = :id AND person_id = :person_id AND read_at IS NULL;

-- name: read_all :exec
-- All up to one were read.
-- param upto_id id
UPDATE notice SET read_at = :read_at WHERE person_id = :person_id AND read_at IS NULL AND id <= :upto_id;

-- name: choices :many
-- What somebody chose.
SELECT kind, mail FROM notice_choice WHERE person_id = :person_id ORDER BY kind LIMIT 100;

-- name: hours :maybe
-- Somebody's quiet hours.
SELECT quiet_from, quiet_until FROM notice_reader WHERE person_id = :person_id;

-- name: choose :exec
-- Another choice for a kind.
INSERT INTO notice_choice (person_id, kind, mail) VALUES (:person_id, :kind, :mail) ON CONFLICT (person_id, kind) DO UPDATE SET mail = excluded.mail;

-- name: set_hours :exec
-- Other quiet hours.
INSERT INTO notice_reader (person_id, quiet_from, quiet_until) VALUES (:person_id, :quiet_from, :quiet_until)
ON CONFLICT (person_id) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until;

-- name: waiting :many
-- People behind one for whom something waits for the letter of the day.
-- param after_id id
SELECT DISTINCT p.id, p.zone, p.lang, r.quiet_from, r.quiet_until, r.digest_day FROM notice n JOIN person p ON p.id = n.person_id
LEFT JOIN notice_reader r ON r.person_id = p.id
WHERE n.digest = 'wait' AND n.read_at IS NULL AND n.person_id > :after_id ORDER BY p.id LIMIT 200;

-- name: lines :many
-- What waits for somebody, the oldest first, so much as a letter holds and one.
SELECT n.text, n.args FROM notice n LEFT JOIN assignment a ON a.id = n.thing_id AND a.person_id = n.person_id
WHERE n.person_id = :person_id AND n.digest = 'wait' AND n.read_at IS NULL AND a.withdrawn_at IS NULL ORDER BY n.id LIMIT 11;

-- name: told :exec
-- All that waited stands in the letter, or was more than it holds.
UPDATE notice SET digest = 'told' WHERE person_id = :person_id AND digest = 'wait';

-- name: set_digest_day :exec
-- Somebody has had the letter of a day.
INSERT INTO notice_reader (person_id, digest_day) VALUES (:person_id, :digest_day) ON CONFLICT (person_id) DO UPDATE SET digest_day = excluded.digest_day;

-- name: sweep :exec
-- Old notices go: those before the first that is not old.
-- param before_at time
DELETE FROM notice WHERE id < COALESCE((SELECT id FROM notice WHERE made_at >= :before_at ORDER BY id LIMIT 1), 9223372036854775807);

-- name: given :many
-- The next people to whom one act of assigning gave a course, while it stands.
-- param id id
-- param after_id id
SELECT a.person_id, a.course_id, a.due_day, c.title FROM assignment a JOIN course c ON c.id = a.course_id
WHERE a.id = :id AND a.person_id > :after_id AND a.withdrawn_at IS NULL ORDER BY a.person_id LIMIT 200;

-- name: move :exec
-- Notices of an account become another's; none twice for a fact.
-- param kept_id id
-- param closed_id id
UPDATE notice SET person_id = :kept_id WHERE person_id = :closed_id AND NOT EXISTS (
	SELECT 1 FROM notice k WHERE k.person_id = :kept_id AND k.fact = notice.fact);

-- rows: notice by person_id
