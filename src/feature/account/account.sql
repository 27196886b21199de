-- owner: account

-- ── links ──

-- name: add_link :exec
-- A one-time link.
INSERT INTO login_link (id, token_hash, person_id, login, kind, asked_by, created_at, expires_at)
VALUES (:id, :token_hash, :person_id, :login, :kind, :asked_by, :created_at, :expires_at);

-- name: link :maybe
-- The link of a token, if it is still good: not used, not run out, its address still the person's, the person still here.
-- param by time
SELECT l.id, l.person_id, l.login, l.kind, p.name FROM login_link l JOIN person p ON p.id = l.person_id
WHERE l.token_hash = :token_hash AND l.used_at IS NULL AND l.expires_at > :by AND p.state = 'active' AND (p.email = l.login OR p.mobile = l.login);

-- name: use_link :exec
-- A link is used; nothing changes when it was already.
UPDATE login_link SET used_at = :used_at WHERE id = :id AND used_at IS NULL;

-- name: use_links :exec
-- The other links of a person are of no use any more.
UPDATE login_link SET used_at = :used_at WHERE person_id = :person_id AND used_at IS NULL;

-- name: sweep_links :exec
-- Forgets links that ran out long ago.
-- param before time
DELETE FROM login_link WHERE expires_at < :before;

-- name: receiver :maybe
-- Who is written to, and when the last invitation went.
-- col has_password bool
-- col invited_at time
SELECT p.id, p.name, p.email, p.mobile, p.lang, p.state, p.password IS NOT NULL AS has_password,
	(SELECT max(l.created_at) FROM login_link l WHERE l.person_id = p.id AND l.kind = 'invite') AS invited_at
FROM person p WHERE p.id = :id;

-- name: receiver_of_login :maybe
-- The active person of an address or number, whether it is proved to be read, and whether codes were chosen.
-- param login text
-- col proved bool
-- col by_code bool
SELECT p.id, p.name, p.lang,
	EXISTS (SELECT 1 FROM contact_proof k WHERE k.person_id = p.id AND k.contact = :login) AS proved,
	EXISTS (SELECT 1 FROM code_choice c WHERE c.person_id = p.id) AS by_code
FROM person p WHERE (p.email = :login OR p.mobile = :login) AND p.state = 'active' ORDER BY p.id LIMIT 1;

-- name: uninvited :many
-- People posted in an organisation or below it on a day who cannot sign in yet and hold no invitation that is still good.
-- param above_id id
-- param day int
-- param after id
-- param most int
-- param by time
SELECT p.id FROM org_above u JOIN posting o ON o.org_id = u.org_id JOIN person p ON p.id = o.person_id
WHERE u.above_id = :above_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day) AND p.state = 'active' AND p.id > :after
	AND p.password IS NULL AND (p.email IS NOT NULL OR p.mobile IS NOT NULL)
	AND NOT EXISTS (SELECT 1 FROM login_link l WHERE l.person_id = p.id AND l.kind = 'invite' AND l.used_at IS NULL AND l.expires_at > :by)
ORDER BY p.id LIMIT :most;

-- name: uninvited_count :one
-- How many they are.
-- param above_id id
-- param day int
-- param by time
-- col n int
SELECT count(*) AS n FROM org_above u JOIN posting o ON o.org_id = u.org_id JOIN person p ON p.id = o.person_id
WHERE u.above_id = :above_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day) AND p.state = 'active'
	AND p.password IS NULL AND (p.email IS NOT NULL OR p.mobile IS NOT NULL)
	AND NOT EXISTS (SELECT 1 FROM login_link l WHERE l.person_id = p.id AND l.kind = 'invite' AND l.used_at IS NULL AND l.expires_at > :by);

-- ── codes and contacts ──

-- name: add_code :exec
-- A one-time code.
INSERT INTO login_code (id, person_id, purpose, contact, code_hash, tries, created_at, expires_at)
VALUES (:id, :person_id, :purpose, :contact, :code_hash, 0, :created_at, :expires_at);

-- name: code :maybe
-- The newest code of a purpose for an address, if it may still be tried.
-- param by time
-- param most int
SELECT id, code_hash, tries FROM login_code
WHERE person_id = :person_id AND purpose = :purpose AND contact = :contact AND used_at IS NULL AND expires_at > :by AND tries < :most
	AND id = (SELECT max(k.id) FROM login_code k WHERE k.person_id = :person_id AND k.purpose = :purpose AND k.contact = :contact)
LIMIT 1;

-- name: count_code :exec
-- A wrong try.
UPDATE login_code SET tries = tries + 1 WHERE id = :id;

-- name: use_code :exec
-- A code is used; nothing changes when it was already.
UPDATE login_code SET used_at = :used_at WHERE id = :id AND used_at IS NULL;

-- name: sweep_codes :exec
-- Forgets codes that ran out.
-- param before time
DELETE FROM login_code WHERE expires_at < :before;

-- name: prove :exec
-- An address is proved, now.
INSERT INTO contact_proof (person_id, contact, proved_at) VALUES (:person_id, :contact, :proved_at)
ON CONFLICT (person_id, contact) DO UPDATE SET proved_at = excluded.proved_at;

-- name: contacts :maybe
-- What a person can be reached at, since when it is proved, and whether codes were chosen.
-- col email_proved_at time
-- col mobile_proved_at time
-- col by_code bool
SELECT p.email, p.mobile, p.name, p.lang,
	(SELECT k.proved_at FROM contact_proof k WHERE k.person_id = p.id AND k.contact = p.email) AS email_proved_at,
	(SELECT k.proved_at FROM contact_proof k WHERE k.person_id = p.id AND k.contact = p.mobile) AS mobile_proved_at,
	EXISTS (SELECT 1 FROM code_choice c WHERE c.person_id = p.id) AS by_code
FROM person p WHERE p.id = :id;

-- name: choose_code :exec
-- A person signs in with codes from now on.
INSERT INTO code_choice (person_id, chosen_at) VALUES (:person_id, :chosen_at) ON CONFLICT (person_id) DO NOTHING;

-- name: leave_code :exec
-- Codes are no way to sign in any more.
DELETE FROM code_choice WHERE person_id = :person_id;

-- ── second factor ──

-- name: factor :maybe
-- A person's second factor, with the recovery codes that are left.
-- col left int
SELECT f.secret, f.last_step, f.begun_at, f.on_at,
	(SELECT count(*) FROM recovery_code r WHERE r.person_id = f.person_id AND r.used_at IS NULL) AS left
FROM second_factor f WHERE f.person_id = :person_id;

-- name: begin_factor :exec
-- A secret that does not count yet; one that counts is not touched.
INSERT INTO second_factor (person_id, secret, last_step, begun_at) VALUES (:person_id, :secret, 0, :begun_at)
ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret, begun_at = excluded.begun_at WHERE second_factor.on_at IS NULL;

-- name: factor_on :exec
-- The secret counts from now on.
UPDATE second_factor SET on_at = :on_at, last_step = :last_step WHERE person_id = :person_id AND on_at IS NULL;

-- name: use_step :exec
-- A time step is used; nothing changes when it or a later one was already.
UPDATE second_factor SET last_step = :last_step WHERE person_id = :person_id AND last_step < :last_step;

-- name: factor_off :exec
-- Takes the second factor away.
DELETE FROM second_factor WHERE person_id = :person_id;

-- name: add_recovery :exec
-- A recovery code.
INSERT INTO recovery_code (person_id, code_hash) VALUES (:person_id, :code_hash);

-- name: use_recovery :exec
-- A recovery code is used; nothing changes when it was already.
UPDATE recovery_code SET used_at = :used_at WHERE person_id = :person_id AND code_hash = :code_hash AND used_at IS NULL;

-- name: drop_recovery :exec
-- The old recovery codes are void.
DELETE FROM recovery_code WHERE person_id = :person_id;

-- name: inviting :maybe
-- The work of inviting an organisation, while it goes on.
SELECT id, done FROM job WHERE kind = 'account.invite' AND once = :once AND state IN ('queued', 'running');

-- ── passkeys ──

-- name: add_challenge :exec
-- What an authenticator is to sign; for adding a passkey, whose.
INSERT INTO passkey_challenge (challenge_hash, person_id, expires_at) VALUES (:challenge_hash, :person_id, :expires_at);

-- name: use_challenge :exec
-- A challenge is used up; nothing changes when there is none that is still good, or it is another person's.
-- param by time
DELETE FROM passkey_challenge WHERE challenge_hash = :challenge_hash AND expires_at > :by
	AND (person_id = :person_id OR (person_id IS NULL AND :person_id IS NULL));

-- name: sweep_challenges :exec
-- Forgets challenges that nobody answered.
-- param before time
DELETE FROM passkey_challenge WHERE expires_at < :before;

-- name: add_passkey :exec
-- A new passkey; one that is known stays as it is.
INSERT INTO passkey (id, person_id, credential_id, public_key, counter, device, created_at)
VALUES (:id, :person_id, :credential_id, :public_key, :counter, :device, :created_at) ON CONFLICT (credential_id) DO NOTHING;

-- name: passkeys :many
-- A person's passkeys.
SELECT id, credential_id, device, created_at, used_at FROM passkey WHERE person_id = :person_id ORDER BY id LIMIT 50;

-- name: passkey :maybe
-- The passkey of an id, of a person who is still here.
SELECT k.id, k.person_id, k.public_key, k.counter FROM passkey k JOIN person p ON p.id = k.person_id
WHERE k.credential_id = :credential_id AND p.state = 'active';

-- name: use_passkey :exec
-- A passkey was used.
UPDATE passkey SET counter = :counter, used_at = :used_at WHERE id = :id;

-- name: drop_passkey :exec
-- Takes a passkey away.
DELETE FROM passkey WHERE id = :id AND person_id = :person_id;

-- ── providers of organisations (feature/sso) ──

-- name: providers :many
-- The providers that the page of signing in offers.
SELECT code, name FROM sso_provider WHERE ended_at IS NULL ORDER BY name, id LIMIT 30;

-- name: identities :many
-- Who a person is at providers that are in force.
SELECT i.id, i.email, i.linked_at, i.used_at, p.name FROM sso_identity i JOIN sso_provider p ON p.id = i.provider_id
WHERE i.person_id = :person_id AND p.ended_at IS NULL ORDER BY i.id LIMIT 50;
