-- owner: sso
-- An organisation's own provider of sign-ins (OpenID Connect). `code` stands in the addresses; client_secret is sealed with the key of the
-- installation (absent: a public client). mfa_acr: values of `acr` that stand for two factors, with spaces between. metadata and keys are
-- the provider's own documents as last read, at read_at; keys_tried_at: when the keys were last asked for, with or without success.
CREATE TABLE sso_provider (
	id ID PRIMARY KEY,
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	org_id ID NOT NULL REFERENCES org (id),
	issuer TEXT NOT NULL,
	client_id TEXT NOT NULL,
	client_secret TEXT,
	scopes TEXT NOT NULL,
	mfa_acr TEXT NOT NULL,
	metadata TEXT NOT NULL,
	keys TEXT NOT NULL,
	read_at TIME NOT NULL,
	keys_tried_at TIME NOT NULL,
	trouble TEXT,
	created_by ID REFERENCES person (id),
	created_at TIME NOT NULL,
	ended_at TIME
);
CREATE UNIQUE INDEX sso_provider_code ON sso_provider (code) WHERE ended_at IS NULL;
CREATE INDEX sso_provider_org ON sso_provider (org_id, id);
-- Which provider speaks for the e-mail addresses of a domain: one at most.
CREATE TABLE sso_domain (
	domain TEXT PRIMARY KEY,
	provider_id ID NOT NULL REFERENCES sso_provider (id)
) BY KEY;
CREATE INDEX sso_domain_provider ON sso_domain (provider_id, domain);
-- Who somebody is at a provider: its `sub`, never the address, which may go to another person one day.
CREATE TABLE sso_identity (
	id ID PRIMARY KEY,
	provider_id ID NOT NULL REFERENCES sso_provider (id),
	subject TEXT NOT NULL,
	person_id ID NOT NULL REFERENCES person (id),
	email TEXT NOT NULL,
	linked_at TIME NOT NULL,
	used_at TIME NOT NULL,
	UNIQUE (provider_id, subject),
	UNIQUE (provider_id, person_id)
);
CREATE INDEX sso_identity_person ON sso_identity (person_id, id);
-- Sessions that a provider opened. strong: it vouched for two factors. id_token is sealed; it is shown to the provider at the sign-out.
CREATE TABLE sso_session (
	session_id ID PRIMARY KEY,
	provider_id ID NOT NULL REFERENCES sso_provider (id),
	id_token TEXT NOT NULL,
	strong BOOL NOT NULL,
	expires_at TIME NOT NULL
);
CREATE INDEX sso_session_expiry ON sso_session (expires_at);
-- Sign-ins that were answered, by the keyed hash of their state: none is good twice.
CREATE TABLE sso_used (
	state_hash TEXT PRIMARY KEY,
	expires_at TIME NOT NULL
) BY KEY;
CREATE INDEX sso_used_expiry ON sso_used (expires_at);
