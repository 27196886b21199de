-- owner: exemption
-- A course that somebody need not take, because a test (an attempt at an examination of the kind skip) showed what it teaches. minutes: of the course then; sure: per cent,
-- the least over what it teaches. withdrawn_by: none: marked anew, the test shows it no more.
CREATE TABLE exemption (
	id ID PRIMARY KEY,
	person_id ID NOT NULL REFERENCES person (id),
	course_id ID NOT NULL REFERENCES course (id),
	attempt_id ID NOT NULL,
	minutes INT NOT NULL,
	sure INT NOT NULL,
	at TIME NOT NULL,
	withdrawn_at TIME,
	withdrawn_by ID REFERENCES person (id),
	why TEXT
);
CREATE UNIQUE INDEX exemption_held ON exemption (person_id, course_id) WHERE withdrawn_at IS NULL;
CREATE INDEX exemption_person ON exemption (person_id, id);
