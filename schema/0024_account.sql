-- owner: account
-- One-time links by which a password is set: sent to `login` and bound to it, so that a link dies with the address. Only the keyed hash of
-- the token is kept. An invitation is for who has no password yet.
CREATE TABLE login_link (
	id ID PRIMARY KEY,
	token_hash TEXT NOT NULL UNIQUE,
	person_id ID NOT NULL REFERENCES person (id),
	login TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('invite', 'reset')),
	asked_by ID REFERENCES person (id),
	created_at TIME NOT NULL,
	expires_at TIME NOT NULL,
	used_at TIME
);
CREATE INDEX login_link_person ON login_link (person_id, id);
CREATE INDEX login_link_expiry ON login_link (expires_at);
-- One-time codes of six digits: to sign in, or to prove that an address or number is one's own. The newest of a purpose counts.
CREATE TABLE login_code (
	id ID PRIMARY KEY,
	person_id ID NOT NULL REFERENCES person (id),
	purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'contact')),
	contact TEXT NOT NULL,
	code_hash TEXT NOT NULL,
	tries INT NOT NULL,
	created_at TIME NOT NULL,
	expires_at TIME NOT NULL,
	used_at TIME
);
CREATE INDEX login_code_person ON login_code (person_id, purpose, id);
CREATE INDEX login_code_expiry ON login_code (expires_at);
-- E-mail addresses and numbers that a person has proved to read, as of when.
CREATE TABLE contact_proof (
	person_id ID NOT NULL REFERENCES person (id),
	contact TEXT NOT NULL,
	proved_at TIME NOT NULL,
	PRIMARY KEY (person_id, contact)
) BY KEY;
-- Who has chosen to sign in with a code instead of a password.
CREATE TABLE code_choice (
	person_id ID PRIMARY KEY REFERENCES person (id),
	chosen_at TIME NOT NULL
);
-- Second factor (RFC 6238): the secret is sealed with the key of the installation. It counts from on_at; last_step is the newest time step
-- that was used, so that no code is good twice.
CREATE TABLE second_factor (
	person_id ID PRIMARY KEY REFERENCES person (id),
	secret TEXT NOT NULL,
	last_step INT NOT NULL,
	begun_at TIME NOT NULL,
	on_at TIME
);
CREATE TABLE recovery_code (
	person_id ID NOT NULL REFERENCES person (id),
	code_hash TEXT NOT NULL,
	used_at TIME,
	PRIMARY KEY (person_id, code_hash)
) BY KEY;
-- open: signed in. half: the password was right, the second factor is still to come.
ALTER TABLE session ADD COLUMN stage TEXT NOT NULL DEFAULT 'open' CHECK (stage IN ('open', 'half'));
-- Passkeys (WebAuthn, ES256). credential_id is base64url as browsers say it, public_key x and y in hexadecimal, counter the authenticator's
-- own; one that goes back belongs to a copy. Challenges are used up with the first answer.
CREATE TABLE passkey (
	id ID PRIMARY KEY,
	person_id ID NOT NULL REFERENCES person (id),
	credential_id TEXT NOT NULL UNIQUE,
	public_key TEXT NOT NULL,
	counter INT NOT NULL,
	device TEXT NOT NULL,
	created_at TIME NOT NULL,
	used_at TIME
);
CREATE INDEX passkey_person ON passkey (person_id, id);
CREATE TABLE passkey_challenge (
	challenge_hash TEXT PRIMARY KEY,
	person_id ID REFERENCES person (id),
	expires_at TIME NOT NULL
) BY KEY;
