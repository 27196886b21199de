-- owner: access
-- A role held on an organisation holds for everything below it. Learner and supervisor are not granted:
-- whoever is signed in learns, and whoever a posting names as supervisor supervises.
CREATE TABLE role_grant (
	id ID PRIMARY KEY,
	person_id ID NOT NULL REFERENCES person (id),
	role TEXT NOT NULL CHECK (role IN ('mdo_admin', 'author', 'reviewer', 'publisher', 'operator')),
	org_id ID NOT NULL REFERENCES org (id),
	granted_by ID REFERENCES person (id),
	granted_at TIME NOT NULL,
	ended_at TIME
);
CREATE INDEX role_grant_person ON role_grant (person_id, role, org_id);
CREATE UNIQUE INDEX role_grant_once ON role_grant (person_id, role, org_id) WHERE ended_at IS NULL;
-- Who did what: one row for each changing action, written with the change itself.
CREATE TABLE audit (
	id ID PRIMARY KEY,
	at TIME NOT NULL,
	person_id ID,
	action TEXT NOT NULL,
	path TEXT NOT NULL,
	address TEXT NOT NULL,
	request_id TEXT NOT NULL
);
CREATE INDEX audit_person ON audit (person_id, id);
