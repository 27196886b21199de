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
