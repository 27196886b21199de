-- owner: recommendation
-- Which course is recommended to whom. common: to all; role: to a designation; ministry: to an organisation and all below.
-- A course that none of these gives a person is self-selected for that person.
CREATE TABLE recommendation (
	id ID PRIMARY KEY,
	course_id ID NOT NULL REFERENCES course (id),
	kind TEXT NOT NULL CHECK (kind IN ('common', 'role', 'ministry')),
	org_id ID REFERENCES org (id),
	designation_id ID REFERENCES designation (id),
	reason_en TEXT NOT NULL,
	reason_hi TEXT NOT NULL,
	created_at TIME NOT NULL,
	CHECK ((kind = 'ministry') = (org_id IS NOT NULL)),
	CHECK ((kind = 'role') = (designation_id IS NOT NULL))
);
CREATE INDEX recommendation_course ON recommendation (course_id);
