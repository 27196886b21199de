-- owner: acting
-- Who acts for whom. delegation: person_id asked by_id to, and the roles of person_id are used; support: by_id looks at what person_id sees and
-- changes nothing. In force from from_at until until_at, unless ended before.
CREATE TABLE acting (
	id ID PRIMARY KEY,
	kind TEXT NOT NULL CHECK (kind IN ('delegation', 'support')),
	person_id ID NOT NULL REFERENCES person (id),
	by_id ID NOT NULL REFERENCES person (id),
	reason TEXT NOT NULL,
	from_at TIME NOT NULL,
	until_at TIME NOT NULL,
	created_at TIME NOT NULL,
	ended_at TIME,
	ended_by ID REFERENCES person (id)
);
CREATE INDEX acting_person ON acting (person_id, id);
CREATE INDEX acting_by ON acting (by_id, id);
-- The acting that a session is in; absent: its person is there as himself.
ALTER TABLE session ADD COLUMN acting_id ID;
-- For whom the actor of a row acted; absent: for himself.
ALTER TABLE audit ADD COLUMN for_id ID;
