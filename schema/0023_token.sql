-- owner: token
-- Tokens by which programs act for a person. Only the hash of the secret is kept; what has ended stays, for the audit trail names it.
-- scopes: words with one space between them, as src/web/token.h says.
CREATE TABLE token (
	id ID PRIMARY KEY,
	token_hash TEXT NOT NULL UNIQUE,
	person_id ID NOT NULL REFERENCES person (id),
	name TEXT NOT NULL,
	scopes TEXT NOT NULL,
	created_at TIME NOT NULL,
	expires_at TIME NOT NULL,
	seen_at TIME,
	ended_at TIME
);
CREATE INDEX token_person ON token (person_id, id);
