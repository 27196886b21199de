-- owner: competency
-- Frameworks of competencies and what stands in them. n_levels is the scale of every level ever estimated by the framework, so it never changes.
-- revision counts the changes.
CREATE TABLE framework (
	id ID PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,
	identifier TEXT NOT NULL UNIQUE,
	name_en TEXT NOT NULL,
	name_hi TEXT NOT NULL,
	about_en TEXT NOT NULL,
	about_hi TEXT NOT NULL,
	source TEXT NOT NULL,
	org_id ID NOT NULL REFERENCES org (id),
	n_levels INT NOT NULL CHECK (n_levels BETWEEN 1 AND 10),
	revision INT NOT NULL,
	created_at TIME NOT NULL,
	changed_at TIME NOT NULL
);
CREATE TABLE framework_level (
	framework_id ID NOT NULL REFERENCES framework (id),
	level INT NOT NULL,
	name_en TEXT NOT NULL,
	name_hi TEXT NOT NULL,
	about_en TEXT NOT NULL,
	about_hi TEXT NOT NULL,
	PRIMARY KEY (framework_id, level)
) BY KEY;
-- An entry of a framework. What it is called stands in competency_text, which changes; the id and the code stay. until_day: not in force any more from
-- that day on; what was learned and required by it stays readable. org_id: who answers for it.
CREATE TABLE competency (
	id ID PRIMARY KEY,
	framework_id ID NOT NULL REFERENCES framework (id),
	code TEXT NOT NULL,
	identifier TEXT NOT NULL UNIQUE,
	parent_id ID REFERENCES competency (id),
	kind TEXT NOT NULL CHECK (kind IN ('area', 'theme', 'sub-theme', 'sankalp', 'guna')),
	area TEXT NOT NULL CHECK (area IN ('behavioural', 'functional', 'domain', '')),
	n INT NOT NULL,
	org_id ID REFERENCES org (id),
	replaced_by_id ID REFERENCES competency (id),
	from_day INT NOT NULL,
	until_day INT,
	UNIQUE (framework_id, code)
);
CREATE INDEX competency_parent ON competency (parent_id, n);
CREATE INDEX competency_order ON competency (framework_id, n);
-- Its wording, by versions: each holds from its day up to the next one's.
CREATE TABLE competency_text (
	competency_id ID NOT NULL REFERENCES competency (id),
	from_day INT NOT NULL,
	name_en TEXT NOT NULL,
	name_hi TEXT NOT NULL,
	about_en TEXT NOT NULL,
	about_hi TEXT NOT NULL,
	indicators JSON NOT NULL,
	PRIMARY KEY (competency_id, from_day)
) BY KEY;
CREATE TABLE competency_relation (
	from_id ID NOT NULL REFERENCES competency (id),
	to_id ID NOT NULL REFERENCES competency (id),
	PRIMARY KEY (from_id, to_id)
) BY KEY;
CREATE INDEX competency_relation_to ON competency_relation (to_id);
-- A file that was brought in: looked at first (what would change), then carried out, and taken back if need be. was: the framework as a file just before it was carried out.
CREATE TABLE framework_import (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	framework_id ID REFERENCES framework (id),
	code TEXT NOT NULL,
	file_name TEXT NOT NULL,
	file TEXT NOT NULL,
	was TEXT,
	from_day INT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('checked', 'applied', 'undone')),
	revision INT NOT NULL,
	made_by ID REFERENCES person (id),
	made_at TIME NOT NULL,
	applied_at TIME,
	undone_at TIME
);
CREATE INDEX framework_import_org ON framework_import (org_id, id);
-- What a course teaches, and up to which level, as its author writes it. competency_id: absent while no framework here has that entry.
CREATE TABLE course_competency (
	course_id ID NOT NULL REFERENCES course (id),
	framework TEXT NOT NULL,
	code TEXT NOT NULL,
	level INT NOT NULL,
	competency_id ID REFERENCES competency (id),
	PRIMARY KEY (course_id, framework, code)
) BY KEY;
CREATE INDEX course_competency_of ON course_competency (competency_id, level, course_id);
CREATE INDEX course_competency_named ON course_competency (framework, code) WHERE competency_id IS NULL;
