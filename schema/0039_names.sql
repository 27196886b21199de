-- owner: names
-- Under which keys the names of things are found (feature/names/names.h). kind: person or org.
CREATE TABLE name_key (
	kind TEXT NOT NULL CHECK (kind IN ('person', 'org')),
	key TEXT NOT NULL,
	thing_id ID NOT NULL,
	PRIMARY KEY (kind, key, thing_id)
) BY KEY;
CREATE INDEX name_key_thing ON name_key (kind, thing_id);
