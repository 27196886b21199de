-- owner: scim
-- What a client of SCIM, known by the person whose token it brings, keeps of people: its own id of the person (absent: the employee number),
-- and since when it has deleted the person, who is then not there for this client any more.
CREATE TABLE scim_person (
	client_id ID NOT NULL REFERENCES person (id),
	person_id ID NOT NULL REFERENCES person (id),
	external_id TEXT,
	deleted_at TIME,
	PRIMARY KEY (client_id, person_id)
) BY KEY;
CREATE UNIQUE INDEX scim_person_external ON scim_person (client_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX scim_person_of ON scim_person (person_id);
