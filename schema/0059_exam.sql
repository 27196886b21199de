-- owner: exam
-- An examination. pass: per cent of the marks. minutes: of an attempt; grace_s: how long after its end a paper is still taken. attempts: that a person has.
-- need_share: so many per cent of the courses in exam_need must be completed first. year: of a comprehensive assessment (that in which the reporting year begins).
-- course_id: of a course, pre-, post-test or one to skip it; resource_id: the quiz of the course that a pass credits. least, most, target_se, decide: of an adaptive
-- one (length, the standard error to stop at, whether it stops when above or below the pass level is clear). said_calibrated: what was found when it was opened.
CREATE TABLE exam (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	code TEXT NOT NULL,
	title TEXT NOT NULL,
	about TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('practice', 'course', 'pre', 'post', 'standalone', 'comprehensive', 'proctored', 'public', 'skip')),
	mode TEXT NOT NULL CHECK (mode IN ('forms', 'adaptive')),
	state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed')),
	langs TEXT NOT NULL,
	minutes INT NOT NULL CHECK (minutes BETWEEN 1 AND 480),
	grace_s INT NOT NULL CHECK (grace_s BETWEEN 0 AND 600),
	attempts INT NOT NULL CHECK (attempts BETWEEN 1 AND 20),
	pass INT NOT NULL CHECK (pass BETWEEN 1 AND 100),
	feedback TEXT NOT NULL CHECK (feedback IN ('none', 'marks', 'review')),
	opens_at TIME NOT NULL,
	closes_at TIME NOT NULL,
	year INT,
	need_share INT NOT NULL,
	course_id ID REFERENCES course (id),
	resource_id ID REFERENCES resource (id),
	least INT NOT NULL,
	most INT NOT NULL,
	target_se REAL NOT NULL,
	decide BOOL NOT NULL,
	made_by ID REFERENCES person (id),
	made_at TIME NOT NULL,
	opened_at TIME,
	closed_at TIME,
	CHECK (closes_at > opens_at)
);
CREATE UNIQUE INDEX exam_code ON exam (org_id, code);
CREATE INDEX exam_state ON exam (state, closes_at);
CREATE INDEX exam_course ON exam (course_id, kind);
-- The blueprint: so many items of a competency and a level (0: any). bloom empty: any.
CREATE TABLE exam_part (
	exam_id ID NOT NULL REFERENCES exam (id),
	n INT NOT NULL,
	competency_id ID NOT NULL REFERENCES competency (id),
	level INT NOT NULL,
	bloom TEXT NOT NULL,
	items INT NOT NULL,
	PRIMARY KEY (exam_id, n)
) BY KEY;
-- Courses that come first.
CREATE TABLE exam_need (
	exam_id ID NOT NULL REFERENCES exam (id),
	course_id ID NOT NULL REFERENCES course (id),
	PRIMARY KEY (exam_id, course_id)
) BY KEY;
-- A form: items of fixed versions in a fixed order. It is never changed; one that is taken out gets ended_at, and attempts that have it keep it.
-- pool: of an adaptive examination, all that it chooses from. expected: marks of somebody in the middle; curve: information at the points of exam.h.
CREATE TABLE exam_form (
	id ID PRIMARY KEY,
	exam_id ID NOT NULL REFERENCES exam (id),
	n INT NOT NULL,
	pool BOOL NOT NULL,
	items INT NOT NULL,
	points REAL NOT NULL,
	expected REAL,
	curve JSON,
	made_by ID REFERENCES person (id),
	made_at TIME NOT NULL,
	ended_at TIME
);
CREATE INDEX exam_form_exam ON exam_form (exam_id, n);
-- parameters: those of the item when the form was made, of an adaptive pool or a calibrated form: model, categories, a, b, c.
CREATE TABLE exam_form_item (
	form_id ID NOT NULL REFERENCES exam_form (id),
	n INT NOT NULL,
	item_id ID NOT NULL REFERENCES item (id),
	version INT NOT NULL,
	part INT NOT NULL,
	parameters JSON,
	PRIMARY KEY (form_id, n)
) BY KEY;
CREATE INDEX exam_form_item_item ON exam_form_item (item_id, form_id);
