-- owner: sso

-- ── providers ──

-- name: provider :maybe
-- The provider of a code that is in force.
SELECT p.id, p.code, p.name, p.org_id, p.issuer, p.client_id, p.client_secret, p.scopes, p.mfa_acr, p.metadata, p.keys, p.keys_tried_at, p.protocol
FROM sso_provider p WHERE p.code = :code AND p.ended_at IS NULL;

-- name: of_org :many
-- The providers in force of an organisation.
SELECT id, code, name, issuer, client_id, scopes, mfa_acr, read_at, trouble, created_at, protocol FROM sso_provider
WHERE org_id = :org_id AND ended_at IS NULL ORDER BY name, id LIMIT 100;

-- name: domains_of_org :many
-- Their domains.
SELECT d.provider_id, d.domain FROM sso_domain d JOIN sso_provider p ON p.id = d.provider_id
WHERE p.org_id = :org_id AND p.ended_at IS NULL ORDER BY d.provider_id, d.domain LIMIT 2000;

-- name: all :many
-- All providers in force, for the operator.
SELECT p.id, p.code, p.name, p.issuer, o.code AS org, p.read_at, p.trouble, p.protocol FROM sso_provider p JOIN org o ON o.id = p.org_id
WHERE p.ended_at IS NULL ORDER BY p.code LIMIT 1000;

-- name: org_name :maybe
-- An organisation as the crumbs show it.
SELECT name_en, name_hi FROM org WHERE id = :id;

-- name: of_domain :maybe
-- The provider that speaks for an e-mail domain.
SELECT p.code, p.name FROM sso_domain d JOIN sso_provider p ON p.id = d.provider_id WHERE d.domain = :domain AND p.ended_at IS NULL;

-- name: domain_of :maybe
-- Whether a provider speaks for a domain.
SELECT domain FROM sso_domain WHERE domain = :domain AND provider_id = :provider_id;

-- name: add_provider :exec
-- A new provider; a code that is taken changes nothing.
INSERT INTO sso_provider (id, code, name, org_id, issuer, client_id, client_secret, scopes, mfa_acr, metadata, keys, read_at, keys_tried_at,
	created_by, created_at, protocol, read_from)
VALUES (:id, :code, :name, :org_id, :issuer, :client_id, :client_secret, :scopes, :mfa_acr, :metadata, :keys, :created_at, :created_at,
	:created_by, :created_at, :protocol, :read_from)
ON CONFLICT (code) WHERE ended_at IS NULL DO NOTHING;

-- name: add_domain :exec
-- A domain of a provider; one that is taken changes nothing.
INSERT INTO sso_domain (domain, provider_id) VALUES (:domain, :provider_id) ON CONFLICT (domain) DO NOTHING;

-- name: end_provider :exec
-- A provider is in force no more.
UPDATE sso_provider SET ended_at = :ended_at, client_secret = NULL WHERE id = :id AND org_id = :org_id AND ended_at IS NULL;

-- name: drop_domains :exec
-- Its domains are free for another one.
DELETE FROM sso_domain WHERE provider_id = :provider_id;

-- name: set_documents :exec
-- Its documents as read just now.
UPDATE sso_provider SET metadata = :metadata, keys = :keys, read_at = :read_at, keys_tried_at = :read_at, trouble = NULL WHERE id = :id;

-- name: set_keys :exec
-- Its keys as read just now.
UPDATE sso_provider SET keys = :keys, keys_tried_at = :keys_tried_at WHERE id = :id;

-- name: tried_keys :exec
-- Its keys were asked for in vain.
UPDATE sso_provider SET keys_tried_at = :keys_tried_at WHERE id = :id;

-- name: set_trouble :exec
-- It could not be read; what was read last still counts.
UPDATE sso_provider SET trouble = :trouble WHERE id = :id;

-- name: after :maybe
-- The next provider to be read anew; one whose metadata was entered by hand has no place for that.
-- param after id
SELECT id, issuer, protocol, read_from FROM sso_provider WHERE id > :after AND (protocol = 'oidc' OR read_from IS NOT NULL) AND ended_at IS NULL ORDER BY id LIMIT 1;

-- ── who it is ──

-- name: identity :maybe
-- The person of a subject.
SELECT i.id, i.person_id, p.state FROM sso_identity i JOIN person p ON p.id = i.person_id WHERE i.provider_id = :provider_id AND i.subject = :subject;

-- name: identity_of :maybe
-- The subject of a person at a provider.
SELECT id FROM sso_identity WHERE provider_id = :provider_id AND person_id = :person_id;

-- name: person_of_email :maybe
-- The active person of an address.
SELECT id FROM person WHERE email = :email AND state = 'active';

-- name: posted_below :maybe
-- Whether a person is posted today in an organisation or below it.
-- param day int
SELECT o.org_id FROM posting o JOIN org_above u ON u.org_id = o.org_id
WHERE o.person_id = :person_id AND u.above_id = :above_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day) LIMIT 1;

-- name: wider :maybe
-- Whether a person holds a role over more than an organisation and what is below it.
SELECT g.id FROM role_grant g WHERE g.person_id = :person_id AND g.ended_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = g.org_id AND u.above_id = :above_id) LIMIT 1;

-- name: link :exec
-- A subject is a person from now on.
INSERT INTO sso_identity (id, provider_id, subject, person_id, email, linked_at, used_at)
VALUES (:id, :provider_id, :subject, :person_id, :email, :linked_at, :linked_at);

-- name: used :exec
-- A link was used.
UPDATE sso_identity SET used_at = :used_at WHERE id = :id;

-- name: unlink :exec
-- A link is taken away.
DELETE FROM sso_identity WHERE id = :id AND person_id = :person_id;

-- name: ways :one
-- How many ways in a person has besides one link: password, passkeys, codes, other links.
-- col n int
SELECT (SELECT count(*) FROM person p WHERE p.id = :person_id AND p.password IS NOT NULL)
	+ (SELECT count(*) FROM passkey k WHERE k.person_id = :person_id)
	+ (SELECT count(*) FROM code_choice c JOIN contact_proof r ON r.person_id = c.person_id JOIN person q ON q.id = c.person_id
		WHERE c.person_id = :person_id AND (r.contact = q.email OR r.contact = q.mobile))
	+ (SELECT count(*) FROM sso_identity i JOIN sso_provider v ON v.id = i.provider_id
		WHERE i.person_id = :person_id AND i.id <> :id AND v.ended_at IS NULL) AS n;

-- ── sign-ins and sessions ──

-- name: use_state :exec
-- A state is answered; nothing changes when it was before.
INSERT INTO sso_used (state_hash, expires_at) VALUES (:state_hash, :expires_at) ON CONFLICT (state_hash) DO NOTHING;

-- name: state :maybe
-- Whether a state is answered.
SELECT expires_at FROM sso_used WHERE state_hash = :state_hash;

-- name: session_of :one
-- The session of a cookie's hash.
SELECT id, expires_at FROM session WHERE token_hash = :token_hash;

-- name: keep_session :exec
-- What is kept with a session that a provider opened.
INSERT INTO sso_session (session_id, provider_id, id_token, strong, expires_at) VALUES (:session_id, :provider_id, :id_token, :strong, :expires_at);

-- name: follow :exec
-- It goes on with the whole session.
-- param to_id id
UPDATE sso_session SET session_id = :to_id, expires_at = :expires_at WHERE session_id = :session_id;

-- name: session :maybe
-- A session that a provider opened, with what its sign-out needs.
SELECT s.id_token, p.id AS provider_id, p.name, p.issuer, p.client_id, p.metadata, p.protocol FROM sso_session s JOIN sso_provider p ON p.id = s.provider_id
WHERE s.session_id = :session_id AND p.ended_at IS NULL;

-- name: sweep_sessions :exec
-- Forgets what was kept with sessions that have run out.
-- param before time
DELETE FROM sso_session WHERE expires_at < :before;

-- name: sweep_used :exec
-- Forgets states that nobody could answer any more.
-- param before time
DELETE FROM sso_used WHERE expires_at < :before;

-- name: move_identities :exec
-- Who an account is at providers another is, unless that one is somebody there already.
-- param kept_id id
-- param closed_id id
UPDATE sso_identity SET person_id = :kept_id WHERE person_id = :closed_id AND NOT EXISTS (
	SELECT 1 FROM sso_identity k WHERE k.person_id = :kept_id AND k.provider_id = sso_identity.provider_id);

-- rows: sso_identity by person_id
