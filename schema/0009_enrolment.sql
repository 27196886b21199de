-- owner: enrolment
-- One row a learner and course for ever: ending and taking up again keep everything.
-- kind: how it came to the person, as it was on the day (common, role, ministry, self).
-- credited_ms / resources_done: kept with the credits, recomputed by `rebuild`.
CREATE TABLE enrolment (
	person_id ID NOT NULL REFERENCES person (id),
	course_id ID NOT NULL REFERENCES course (id),
	kind TEXT NOT NULL CHECK (kind IN ('common', 'role', 'ministry', 'self')),
	state TEXT NOT NULL CHECK (state IN ('active', 'ended', 'completed')),
	enrolled_at TIME NOT NULL,
	ended_at TIME,
	completed_at TIME,
	completed_org_id ID REFERENCES org (id),
	resources_done INT NOT NULL,
	last_resource_id ID REFERENCES resource (id),
	last_at TIME,
	PRIMARY KEY (person_id, course_id)
) BY KEY;
CREATE INDEX enrolment_course ON enrolment (course_id, person_id);
-- What a supervisor or an MDO admin asks of a person, with a day and a reason that the learner sees.
CREATE TABLE assignment (
	id ID NOT NULL,
	person_id ID NOT NULL REFERENCES person (id),
	course_id ID NOT NULL REFERENCES course (id),
	due_day INT NOT NULL,
	reason TEXT NOT NULL,
	assigned_by ID NOT NULL REFERENCES person (id),
	assigned_at TIME NOT NULL,
	withdrawn_at TIME,
	PRIMARY KEY (person_id, id)
) BY KEY;
CREATE UNIQUE INDEX assignment_one ON assignment (person_id, course_id) WHERE withdrawn_at IS NULL;
-- A reminder sent by a supervisor; the learner sees it at home until it is put away.
CREATE TABLE nudge (
	person_id ID NOT NULL REFERENCES person (id),
	id ID NOT NULL,
	course_id ID NOT NULL REFERENCES course (id),
	sent_by ID NOT NULL REFERENCES person (id),
	sent_at TIME NOT NULL,
	note TEXT NOT NULL,
	seen_at TIME,
	PRIMARY KEY (person_id, id)
) BY KEY;
CREATE TABLE rating (
	person_id ID NOT NULL REFERENCES person (id),
	course_id ID NOT NULL REFERENCES course (id),
	stars INT NOT NULL CHECK (stars BETWEEN 1 AND 5),
	words TEXT NOT NULL,
	rated_at TIME NOT NULL,
	PRIMARY KEY (person_id, course_id)
) BY KEY;
CREATE INDEX rating_course ON rating (course_id, rated_at);
