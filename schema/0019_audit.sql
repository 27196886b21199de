-- owner: audit
-- Who did what to whom: one row for each changing action, written with the change itself. input is what was sent (without secrets), before
-- what was there (where the action says so), both JSON. org_id is the organisation of the subject that day, else of the one who acts.
-- token_id: the token by which a program acted for the person; absent: the person himself.
-- seal_n: the seal that holds the row; absent for the few seconds until then.
CREATE TABLE audit (
	id ID PRIMARY KEY,
	at TIME NOT NULL,
	person_id ID,
	token_id ID,
	subject TEXT NOT NULL CHECK (subject IN ('', 'person', 'org', 'course')),
	subject_id ID,
	org_id ID,
	action TEXT NOT NULL,
	input TEXT NOT NULL,
	before TEXT,
	path TEXT NOT NULL,
	address TEXT NOT NULL,
	request_id TEXT NOT NULL,
	seal_n INT
);
CREATE INDEX audit_person ON audit (person_id, id);
CREATE INDEX audit_subject ON audit (subject_id, id);
CREATE INDEX audit_seal_rows ON audit (seal_n, id);
-- Seals, each over some rows and the seal before: a row that is altered, added or taken away later no longer fits. hash is BLAKE2b-256 over
-- the hash before and the rows in the order of their ids; signature is Ed25519 with the key of the installation.
CREATE TABLE audit_seal (
	n INT NOT NULL,
	at TIME NOT NULL,
	n_rows INT NOT NULL,
	previous TEXT NOT NULL,
	hash TEXT NOT NULL,
	signature TEXT NOT NULL,
	PRIMARY KEY (n)
) BY KEY;
-- Who looked at whose record, by day; the person may read it.
CREATE TABLE record_view (
	person_id ID NOT NULL REFERENCES person (id),
	day INT NOT NULL,
	viewer_id ID NOT NULL REFERENCES person (id),
	action TEXT NOT NULL,
	n INT NOT NULL,
	last_at TIME NOT NULL,
	PRIMARY KEY (person_id, day, viewer_id, action)
) BY KEY;
