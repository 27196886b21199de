-- owner: session
-- A session is known by the BLAKE2b hash of its cookie; the cookie itself is stored nowhere.
CREATE TABLE session (
	id ID PRIMARY KEY,
	token_hash TEXT NOT NULL UNIQUE,
	person_id ID NOT NULL REFERENCES person (id),
	created_at TIME NOT NULL,
	seen_at TIME NOT NULL,
	expires_at TIME NOT NULL,
	agent TEXT NOT NULL,
	address TEXT NOT NULL
);
CREATE INDEX session_person ON session (person_id, id);
CREATE INDEX session_expiry ON session (expires_at);
-- Tries within a window, by key: 'account:…' or 'address:…'.
CREATE TABLE throttle (
	what TEXT NOT NULL,
	window_start TIME NOT NULL,
	n INT NOT NULL,
	PRIMARY KEY (what)
) BY KEY;
