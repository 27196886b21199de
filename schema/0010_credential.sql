-- owner: credential
-- The signed text is kept byte for byte; the PDF is made from it when somebody asks. A correction is a new
-- row that says what it replaces; the old one stays readable and says by what it was replaced.
CREATE TABLE credential (
	id ID PRIMARY KEY,
	serial TEXT NOT NULL UNIQUE,
	person_id ID NOT NULL REFERENCES person (id),
	course_id ID NOT NULL REFERENCES course (id),
	name TEXT NOT NULL,
	title TEXT NOT NULL,
	issued_at TIME NOT NULL,
	completed_at TIME NOT NULL,
	document TEXT NOT NULL,
	signature TEXT NOT NULL,
	replaces_id ID REFERENCES credential (id),
	replaced_by_id ID REFERENCES credential (id),
	reason TEXT
);
CREATE INDEX credential_person ON credential (person_id, course_id);
