-- owner: role
-- Roles that an organisation composes out of permissions, beside those that every installation has (role_grant). Like them they hold on the
-- organisation where they are given and below it. A role that is ended gives nothing any more; its rows stay.
CREATE TABLE custom_role (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	name TEXT NOT NULL,
	created_by ID REFERENCES person (id),
	created_at TIME NOT NULL,
	ended_at TIME
);
CREATE UNIQUE INDEX custom_role_name ON custom_role (org_id, name) WHERE ended_at IS NULL;
CREATE TABLE custom_role_permission (
	role_id ID NOT NULL REFERENCES custom_role (id),
	permission TEXT NOT NULL,
	PRIMARY KEY (role_id, permission)
) BY KEY;
CREATE TABLE custom_grant (
	id ID PRIMARY KEY,
	person_id ID NOT NULL REFERENCES person (id),
	role_id ID NOT NULL REFERENCES custom_role (id),
	org_id ID NOT NULL REFERENCES org (id),
	granted_by ID REFERENCES person (id),
	granted_at TIME NOT NULL,
	ended_at TIME
);
CREATE UNIQUE INDEX custom_grant_once ON custom_grant (person_id, role_id, org_id) WHERE ended_at IS NULL;
CREATE INDEX custom_grant_org ON custom_grant (org_id, id);
CREATE INDEX custom_grant_role ON custom_grant (role_id, id);
CREATE INDEX role_grant_org ON role_grant (org_id, id);
