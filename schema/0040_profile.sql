-- owner: profile
-- What an organisation wants to know of its people and of those below, beside what every installation knows. kind: text, number (whole), date
-- (2026-11-24), choice (one of the lines of `choices`). said_by: self, the person says it; office, only the office does.
CREATE TABLE profile_field (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	name_en TEXT NOT NULL,
	name_hi TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('text', 'number', 'date', 'choice')),
	choices TEXT NOT NULL,
	said_by TEXT NOT NULL CHECK (said_by IN ('self', 'office')),
	made_by ID REFERENCES person (id),
	made_at TIME NOT NULL,
	ended_at TIME
);
CREATE INDEX profile_field_org ON profile_field (org_id, id) WHERE ended_at IS NULL;
-- What is said of a person, and was: a new value ends the old row. verified: the office stands for it, since and by whom.
CREATE TABLE profile_value (
	id ID PRIMARY KEY,
	person_id ID NOT NULL REFERENCES person (id),
	field_id ID NOT NULL REFERENCES profile_field (id),
	value TEXT NOT NULL,
	said_by ID REFERENCES person (id),
	said_at TIME NOT NULL,
	verified_by ID REFERENCES person (id),
	verified_at TIME,
	ended_at TIME
);
CREATE UNIQUE INDEX profile_value_now ON profile_value (person_id, field_id) WHERE ended_at IS NULL;
CREATE INDEX profile_value_who ON profile_value (field_id, value, person_id) WHERE ended_at IS NULL;
