-- owner: completion
-- A resource credited to a learner, once, with the way it came: played or read, or shown by a quiz.
CREATE TABLE credit (
	person_id ID NOT NULL REFERENCES person (id),
	resource_id ID NOT NULL REFERENCES resource (id),
	course_id ID NOT NULL REFERENCES course (id),
	way TEXT NOT NULL CHECK (way IN ('progress', 'quiz', 'check', 'review')),
	credited_at TIME NOT NULL,
	PRIMARY KEY (person_id, resource_id)
) BY KEY;
CREATE INDEX credit_course ON credit (person_id, course_id);
