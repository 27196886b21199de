-- owner: progress
-- One merged set of intervals a learner and resource: JSON [[from,to],…] in ms of the resource's time line, in order, apart.
-- position_key orders reports of several devices: the newest wins, late ones do not move the place back.
CREATE TABLE progress (
	person_id ID NOT NULL REFERENCES person (id),
	resource_id ID NOT NULL REFERENCES resource (id),
	intervals JSON NOT NULL,
	covered_ms INT NOT NULL,
	position_ms INT NOT NULL,
	position_key INT NOT NULL,
	updated_at TIME NOT NULL,
	PRIMARY KEY (person_id, resource_id)
) BY KEY;
-- Wall time is credited at most twice: everything a learner was credited has used it up to spent_until.
CREATE TABLE learner_clock (
	person_id ID NOT NULL REFERENCES person (id),
	spent_until TIME NOT NULL,
	PRIMARY KEY (person_id)
) BY KEY;
-- Verified learning by learner and day (day number in the learner's zone).
CREATE TABLE learning_day (
	person_id ID NOT NULL REFERENCES person (id),
	day INT NOT NULL,
	ms INT NOT NULL,
	PRIMARY KEY (person_id, day)
) BY KEY;
-- "Something is wrong with the count": reaches the people of the provider.
CREATE TABLE review_request (
	id ID PRIMARY KEY,
	person_id ID NOT NULL REFERENCES person (id),
	resource_id ID NOT NULL REFERENCES resource (id),
	course_id ID NOT NULL REFERENCES course (id),
	words TEXT NOT NULL,
	asked_at TIME NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'credited', 'declined')),
	answer TEXT,
	answered_by ID REFERENCES person (id),
	answered_at TIME
);
CREATE INDEX review_request_course ON review_request (course_id, state, id);
CREATE UNIQUE INDEX review_request_open ON review_request (person_id, resource_id) WHERE state = 'open';
CREATE INDEX review_request_person ON review_request (person_id, answered_at);
