-- owner: progress
-- Verified learning of a person by thing, day and hour: what learning_day adds up, in pieces. kind says what thing_id is: a resource of a course (course_id is
-- there), an event, a session of a batch, a charcha. day and hour (0 to 23) are those of the person's zone at the moment it was learnt. ms is verified time,
-- added up; a thing can be in several rows, so readers add up. changed_at: when the row last grew, by which followers find what is new; never of a later
-- moment than the transaction that wrote it. Begins with the version that brought it: earlier days are in learning_day alone.
CREATE TABLE learned (
	person_id ID NOT NULL REFERENCES person (id),
	day INT NOT NULL,
	hour INT NOT NULL CHECK (hour BETWEEN 0 AND 23),
	kind TEXT NOT NULL CHECK (kind IN ('resource', 'event', 'session', 'charcha')),
	thing_id ID NOT NULL,
	course_id ID REFERENCES course (id),
	ms INT NOT NULL CHECK (ms >= 0),
	changed_at TIME NOT NULL,
	PRIMARY KEY (person_id, day, hour, kind, thing_id)
) BY KEY;
CREATE INDEX learned_changed ON learned (changed_at, person_id);
