-- owner: plan
-- What somebody means to learn by when: plans by versions, of which at most one is being made or waits for the supervisor, and at most one is agreed. An agreed plan never
-- changes; a later one that is agreed makes it past. n: 1, 2, 3 ... of a person. minutes: what the person gives to learning from from_day up to, not including,
-- until_day. judge_id: whom it was sent to; n_sent: how often, so that nobody agrees to what he has not seen.
CREATE TABLE learning_plan (
	id ID PRIMARY KEY,
	person_id ID NOT NULL REFERENCES person (id),
	n INT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('draft', 'sent', 'returned', 'agreed', 'past', 'dropped')),
	minutes INT NOT NULL,
	from_day INT NOT NULL,
	until_day INT NOT NULL,
	made_at TIME NOT NULL,
	n_sent INT NOT NULL,
	sent_at TIME,
	judge_id ID REFERENCES person (id),
	decided_by ID REFERENCES person (id),
	decided_at TIME,
	words TEXT NOT NULL,
	ended_at TIME,
	CHECK (until_day > from_day)
);
CREATE INDEX learning_plan_person ON learning_plan (person_id, id);
CREATE UNIQUE INDEX learning_plan_open ON learning_plan (person_id) WHERE state IN ('draft', 'sent', 'returned');
CREATE UNIQUE INDEX learning_plan_agreed ON learning_plan (person_id) WHERE state = 'agreed';
-- Its courses. minutes: what was left to learn of it then. reason: why, in a sentence of that day; empty: chosen by the person. How far it is done stands in enrolment.
CREATE TABLE learning_plan_course (
	plan_id ID NOT NULL REFERENCES learning_plan (id),
	course_id ID NOT NULL REFERENCES course (id),
	person_id ID NOT NULL REFERENCES person (id),
	due_day INT NOT NULL,
	minutes INT NOT NULL,
	reason_en TEXT NOT NULL,
	reason_hi TEXT NOT NULL,
	PRIMARY KEY (plan_id, course_id)
) BY KEY;
CREATE INDEX learning_plan_course_person ON learning_plan_course (person_id, plan_id);
-- Who is in the same designation and asked for the same competency: "people like me learned".
CREATE INDEX requirement_designation ON requirement (designation_id, competency_id, person_id);
