-- owner: scim
-- A client's own id of a group, kept for each client apart.
CREATE TABLE scim_group (
	client_id ID NOT NULL REFERENCES person (id),
	group_id ID NOT NULL REFERENCES people_group (id),
	external_id TEXT NOT NULL,
	PRIMARY KEY (client_id, group_id)
) BY KEY;
CREATE UNIQUE INDEX scim_group_external ON scim_group (client_id, external_id);
CREATE INDEX scim_group_all ON scim_group (group_id);
