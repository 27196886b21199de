-- owner: quiz
-- draw 0: every attempt has all questions. feedback: with each answer, at the end, never.
CREATE TABLE quiz (
	resource_id ID PRIMARY KEY REFERENCES resource (id),
	pass INT NOT NULL CHECK (pass BETWEEN 1 AND 100),
	attempts INT NOT NULL CHECK (attempts BETWEEN 1 AND 20),
	draw INT NOT NULL,
	feedback TEXT NOT NULL CHECK (feedback IN ('each', 'end', 'never'))
);
-- asked: what the learner sees (JSON); answer_key: what stays here (JSON). A changed question is a new row.
CREATE TABLE question (
	id ID PRIMARY KEY,
	resource_id ID NOT NULL REFERENCES resource (id),
	code TEXT NOT NULL,
	n INT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('single', 'multiple', 'truefalse', 'numeric', 'short', 'matching')),
	asked JSON NOT NULL,
	answer_key JSON NOT NULL,
	ended_at TIME
);
CREATE INDEX question_resource ON question (resource_id, n);
CREATE TABLE attempt (
	person_id ID NOT NULL REFERENCES person (id),
	id ID NOT NULL,
	resource_id ID NOT NULL REFERENCES resource (id),
	n INT NOT NULL,
	started_at TIME NOT NULL,
	submitted_at TIME,
	marks REAL,
	max_marks REAL NOT NULL,
	passed BOOL NOT NULL,
	PRIMARY KEY (person_id, id)
) BY KEY;
CREATE UNIQUE INDEX attempt_number ON attempt (person_id, resource_id, n);
CREATE UNIQUE INDEX attempt_open ON attempt (person_id, resource_id) WHERE submitted_at IS NULL;
-- The drawn questions in their order, each with its answer once given.
CREATE TABLE answer (
	person_id ID NOT NULL REFERENCES person (id),
	attempt_id ID NOT NULL,
	n INT NOT NULL,
	question_id ID NOT NULL REFERENCES question (id),
	given JSON,
	saved_at TIME,
	marks REAL,
	PRIMARY KEY (person_id, attempt_id, n),
	UNIQUE (person_id, attempt_id, question_id)
) BY KEY;
