-- owner: session

-- name: find :maybe
-- The session of a cookie with its person and the roles for the menu, in one statement: it runs in every request. What only a page shows is looked for only for one;
-- who was granted nothing is found out with one look each.
-- param day int
-- param page bool
-- col is_supervisor bool
-- col roles text
-- col custom text
-- col unread int
SELECT s.id AS session_id, s.person_id, p.name, p.lang, p.zone, s.seen_at, s.stage, s.acting_id,
	CASE WHEN :page THEN EXISTS (SELECT 1 FROM posting o WHERE o.supervisor_id = p.id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day))
		ELSE FALSE END AS is_supervisor,
	CASE WHEN EXISTS (SELECT 1 FROM role_grant h WHERE h.person_id = p.id AND h.ended_at IS NULL) THEN
		(SELECT CASE WHEN count(*) FILTER (WHERE g.role = 'mdo_admin') > 0 THEN 'm' ELSE '' END
		|| CASE WHEN count(*) FILTER (WHERE g.role = 'author') > 0 THEN 'a' ELSE '' END
		|| CASE WHEN count(*) FILTER (WHERE g.role = 'reviewer') > 0 THEN 'r' ELSE '' END
		|| CASE WHEN count(*) FILTER (WHERE g.role = 'publisher') > 0 THEN 'p' ELSE '' END
		|| CASE WHEN count(*) FILTER (WHERE g.role = 'operator') > 0 THEN 'o' ELSE '' END
		FROM role_grant g WHERE g.person_id = p.id AND g.ended_at IS NULL) ELSE '' END AS roles,
	CASE WHEN EXISTS (SELECT 1 FROM custom_grant h WHERE h.person_id = p.id AND h.ended_at IS NULL) THEN
		(SELECT CASE WHEN count(*) > 0 THEN 'x' ELSE '' END
		|| CASE WHEN count(*) FILTER (WHERE r.permission = 'ORG_SEE') > 0 THEN 'o' ELSE '' END
		|| CASE WHEN count(*) FILTER (WHERE r.permission = 'COURSE_REVIEW') > 0 THEN 'c' ELSE '' END
		FROM custom_grant c JOIN custom_role_permission r ON r.role_id = c.role_id WHERE c.person_id = p.id AND c.ended_at IS NULL) ELSE '' END AS custom,
	CASE WHEN :page THEN (SELECT count(*) FROM (SELECT 1 FROM notice n LEFT JOIN assignment a ON a.person_id = n.person_id AND a.id = n.thing_id
		WHERE n.person_id = s.person_id AND n.read_at IS NULL AND a.withdrawn_at IS NULL LIMIT 100) x) ELSE 0 END AS unread
FROM session s JOIN person p ON p.id = s.person_id
WHERE s.token_hash = :token_hash AND s.expires_at > :expires_at AND p.state = 'active';

-- name: acting :maybe
-- What a session is acting for: in force, for somebody who is still there.
-- col custom text
SELECT a.kind, a.person_id, a.until_at, p.name,
	COALESCE((SELECT CASE WHEN count(*) > 0 THEN 'x' ELSE '' END
		|| CASE WHEN count(*) FILTER (WHERE r.permission = 'ORG_SEE') > 0 THEN 'o' ELSE '' END
		|| CASE WHEN count(*) FILTER (WHERE r.permission = 'COURSE_REVIEW') > 0 THEN 'c' ELSE '' END
		FROM custom_grant c JOIN custom_role_permission r ON r.role_id = c.role_id WHERE c.person_id = p.id AND c.ended_at IS NULL), '') AS custom
FROM acting a JOIN person p ON p.id = a.person_id
WHERE a.id = :id AND a.by_id = :by_id AND a.ended_at IS NULL AND a.from_at <= :from_at AND a.until_at > :from_at AND p.state = 'active';

-- name: set_acting :exec
-- A session begins to act for somebody, or (absent) is its own person again.
UPDATE session SET acting_id = :acting_id WHERE id = :id;

-- name: factor :maybe
-- Whether a person has a second factor that counts, or came into this session through a provider that asked for one.
SELECT p.id FROM person p WHERE p.id = :person_id AND (
	EXISTS (SELECT 1 FROM second_factor f WHERE f.person_id = p.id AND f.on_at IS NOT NULL)
	OR EXISTS (SELECT 1 FROM sso_session x WHERE x.session_id = :session_id AND x.strong = TRUE));

-- name: add :exec
-- A new session.
INSERT INTO session (id, token_hash, person_id, created_at, seen_at, expires_at, agent, address, stage)
VALUES (:id, :token_hash, :person_id, :created_at, :created_at, :expires_at, :agent, :address, :stage);

-- name: end :exec
-- Ends one session of a person.
DELETE FROM session WHERE id = :id AND person_id = :person_id;

-- name: end_all :exec
-- Signs a person out everywhere.
DELETE FROM session WHERE person_id = :person_id;

-- name: end_others :exec
-- Signs a person out everywhere but here.
-- param here id
DELETE FROM session WHERE person_id = :person_id AND id <> :here;

-- name: sweep :exec
-- Forgets sessions that have run out.
DELETE FROM session WHERE expires_at <= :expires_at;

-- name: touch :exec
-- Notes that a session is in use.
UPDATE session SET seen_at = :seen_at WHERE id = :id;

-- name: of_person :many
-- A person's open sessions, newest first.
SELECT id, created_at, seen_at, expires_at, agent, address FROM session
WHERE person_id = :person_id AND stage = 'open' AND expires_at > :expires_at ORDER BY seen_at DESC, id DESC LIMIT 50;

-- name: tries :maybe
-- How often something was tried in the window that began at window_start.
SELECT n, window_start FROM throttle WHERE what = :what;

-- name: count_try :exec
-- Counts a try; a window that began before :since begins anew.
-- param since time
INSERT INTO throttle (what, window_start, n) VALUES (:what, :window_start, 1)
ON CONFLICT (what) DO UPDATE SET
	n = CASE WHEN throttle.window_start < :since THEN 1 ELSE throttle.n + 1 END,
	window_start = CASE WHEN throttle.window_start < :since THEN excluded.window_start ELSE throttle.window_start END;

-- name: forget_tries :exec
-- After a success the account's own count starts again.
DELETE FROM throttle WHERE what = :what;

-- name: sweep_tries :exec
-- Forgets counts whose window is long over.
-- param before time
DELETE FROM throttle WHERE window_start < :before;
