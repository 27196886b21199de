-- owner: calendar
-- Secret addresses under which a person's calendar, or that of an institute, is read by other programs; one at a time of each. The code is here as a keyed hash, by
-- which it is found, and sealed, so that it can be shown again (feature/secret); never itself. ended_at: the address is dead.
CREATE TABLE calendar_feed (
	id ID PRIMARY KEY,
	person_id ID REFERENCES person (id),
	institute_id ID REFERENCES institute (id),
	code_hash TEXT NOT NULL UNIQUE,
	code_sealed TEXT NOT NULL,
	made_at TIME NOT NULL,
	ended_at TIME,
	CHECK ((person_id IS NULL) <> (institute_id IS NULL))
);
CREATE UNIQUE INDEX calendar_feed_person ON calendar_feed (person_id) WHERE ended_at IS NULL AND person_id IS NOT NULL;
CREATE UNIQUE INDEX calendar_feed_institute ON calendar_feed (institute_id) WHERE ended_at IS NULL AND institute_id IS NOT NULL;
CREATE INDEX calendar_feed_of ON calendar_feed (person_id, id);
