-- owner: sso
-- A provider speaks OpenID Connect or SAML 2.0. With SAML: issuer is its entity ID, metadata its XML, read again at read_from (absent: it was entered
-- by hand); client_id, scopes and keys are empty.
ALTER TABLE sso_provider ADD COLUMN protocol TEXT NOT NULL DEFAULT 'oidc' CHECK (protocol IN ('oidc', 'saml'));
ALTER TABLE sso_provider ADD COLUMN read_from TEXT;
