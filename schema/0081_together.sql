-- owner: together
-- A section watches one resource in one room, on the device of its host. org_id: the host's office on that day. It is open while now < ends_at, whoever ends it or nobody.
-- sealed_key: of its door, as that of attendance. used: JSON [[from,to],…], ms since opened_at: the wall time that reports of the device have used up.
CREATE TABLE together_session (
	id ID PRIMARY KEY,
	resource_id ID NOT NULL REFERENCES resource (id),
	course_id ID NOT NULL REFERENCES course (id),
	host_id ID NOT NULL REFERENCES person (id),
	org_id ID NOT NULL REFERENCES org (id),
	sealed_key TEXT NOT NULL,
	opened_at TIME NOT NULL,
	ends_at TIME NOT NULL,
	used JSON NOT NULL
);
CREATE INDEX together_session_host ON together_session (host_id, id);
CREATE INDEX together_session_org ON together_session (org_id, ends_at);
-- Somebody is there from joined_at up to left_at (the end of the session, unless he leaves before), once at a time. way: how that is known; act_id: the act of ticking
-- that let him in. enrolled: coming enrolled him. intervals, ms: what he was paid for it, to be taken back with the act.
CREATE TABLE together_presence (
	id ID PRIMARY KEY,
	together_id ID NOT NULL REFERENCES together_session (id),
	person_id ID NOT NULL REFERENCES person (id),
	joined_at TIME NOT NULL,
	left_at TIME NOT NULL,
	way TEXT NOT NULL CHECK (way IN ('roster', 'qr', 'pin')),
	by_id ID REFERENCES person (id),
	act_id ID,
	enrolled BOOL NOT NULL,
	intervals JSON NOT NULL,
	ms INT NOT NULL
);
CREATE INDEX together_presence_of ON together_presence (together_id, left_at);
CREATE INDEX together_presence_person ON together_presence (person_id, left_at);
-- A host ticked several people at once; perhaps it was taken back. stayed: how many were checked or credited before, and so stayed as they were.
CREATE TABLE together_act (
	id ID PRIMARY KEY,
	together_id ID NOT NULL REFERENCES together_session (id),
	n INT NOT NULL,
	at TIME NOT NULL,
	undone_at TIME,
	stayed INT
);
CREATE INDEX together_act_of ON together_act (together_id, id);
-- What somebody saw in groups, apart from what he played himself (progress).
CREATE TABLE together_progress (
	person_id ID NOT NULL REFERENCES person (id),
	resource_id ID NOT NULL REFERENCES resource (id),
	intervals JSON NOT NULL,
	covered_ms INT NOT NULL,
	updated_at TIME NOT NULL,
	PRIMARY KEY (person_id, resource_id)
) BY KEY;
-- An individual check after a group session: questions by lot out of the quiz that proves the resource. way: on the own phone; on the shared device after the personal
-- number, or after a tick of the host; on a printed sheet that the host keyed in. n: number of the sheet within the session, else 0. by_id: who ticked or keyed in.
CREATE TABLE together_check (
	id ID PRIMARY KEY,
	together_id ID NOT NULL REFERENCES together_session (id),
	resource_id ID NOT NULL REFERENCES resource (id),
	quiz_id ID NOT NULL REFERENCES resource (id),
	person_id ID NOT NULL REFERENCES person (id),
	n INT NOT NULL,
	way TEXT NOT NULL CHECK (way IN ('phone', 'number', 'tick', 'sheet')),
	by_id ID REFERENCES person (id),
	made_at TIME NOT NULL,
	done_at TIME,
	percent INT,
	passed BOOL NOT NULL
);
CREATE INDEX together_check_of ON together_check (together_id, person_id);
CREATE INDEX together_check_person ON together_check (person_id, resource_id);
CREATE UNIQUE INDEX together_check_sheet ON together_check (together_id, n) WHERE n > 0;
CREATE TABLE together_answer (
	check_id ID NOT NULL REFERENCES together_check (id),
	n INT NOT NULL,
	question_id ID NOT NULL REFERENCES question (id),
	given JSON,
	marks REAL,
	PRIMARY KEY (check_id, n)
) BY KEY;
-- The personal number by which somebody says on a shared device that it is him, as a keyed hash.
CREATE TABLE together_number (
	person_id ID PRIMARY KEY REFERENCES person (id),
	hash TEXT NOT NULL,
	made_at TIME NOT NULL
);
