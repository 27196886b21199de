-- owner: attempt
-- An attempt at an examination. taker_id: a person, or somebody without an account (exam_guest). seed: of the order of items and options. secret: with which the
-- device seals when answers were given. ends_at: with all extended_ms that were given. closed_by: the taker, the clock, the room, or the rules of an adaptive one.
-- state: submitted: long answers are still to be marked. theta, se: of calibrated forms.
CREATE TABLE exam_attempt (
	taker_id ID NOT NULL,
	id ID NOT NULL,
	exam_id ID NOT NULL REFERENCES exam (id),
	form_id ID NOT NULL REFERENCES exam_form (id),
	n INT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'submitted', 'marked')),
	lang TEXT NOT NULL,
	seed INT NOT NULL,
	secret TEXT NOT NULL,
	device TEXT NOT NULL,
	device_at TIME NOT NULL,
	opened_at TIME NOT NULL,
	ends_at TIME NOT NULL,
	extended_ms INT NOT NULL,
	submitted_at TIME,
	closed_by TEXT CHECK (closed_by IN ('taker', 'clock', 'room', 'rules')),
	marks REAL,
	max_marks REAL NOT NULL,
	passed BOOL NOT NULL,
	theta REAL,
	se REAL,
	PRIMARY KEY (taker_id, id)
) BY KEY;
CREATE UNIQUE INDEX exam_attempt_number ON exam_attempt (taker_id, exam_id, n);
CREATE UNIQUE INDEX exam_attempt_open ON exam_attempt (taker_id, exam_id) WHERE state = 'open';
CREATE INDEX exam_attempt_exam ON exam_attempt (exam_id, id);
CREATE INDEX exam_attempt_form ON exam_attempt (form_id, id);
CREATE INDEX exam_attempt_due ON exam_attempt (ends_at) WHERE state = 'open';
-- What was answered; n: place in the form. A row is there once something was given, or once an adaptive test gave the item (given_at). said_at: by the sealed clock
-- of the device; saved_at: when it was here; seq: the device's count, the greatest holds. late: it came after the end, sealed before it.
CREATE TABLE exam_answer (
	taker_id ID NOT NULL,
	attempt_id ID NOT NULL,
	n INT NOT NULL,
	item_id ID NOT NULL REFERENCES item (id),
	version INT NOT NULL,
	given JSON,
	given_at TIME,
	said_at TIME,
	saved_at TIME,
	seq INT NOT NULL,
	late BOOL NOT NULL,
	spent_ms INT NOT NULL,
	marks REAL,
	PRIMARY KEY (taker_id, attempt_id, n)
) BY KEY;
CREATE INDEX exam_answer_given ON exam_answer (item_id, given_at) WHERE given_at IS NOT NULL;
-- What the device noticed: the page was left, something was copied, the line was down.
CREATE TABLE exam_event (
	taker_id ID NOT NULL,
	attempt_id ID NOT NULL,
	seq INT NOT NULL,
	kind TEXT NOT NULL,
	at TIME NOT NULL,
	ms INT NOT NULL,
	PRIMARY KEY (taker_id, attempt_id, seq)
) BY KEY;
-- Marks by competency, once all is marked. value: thousandths of a level (feature/attempt/attempt.h).
CREATE TABLE exam_result (
	taker_id ID NOT NULL,
	attempt_id ID NOT NULL,
	competency_id ID NOT NULL REFERENCES competency (id),
	items INT NOT NULL,
	marks REAL NOT NULL,
	max_marks REAL NOT NULL,
	value INT NOT NULL,
	PRIMARY KEY (taker_id, attempt_id, competency_id)
) BY KEY;
-- Who takes a public assessment without an account. secret_hash: of the address that is theirs alone.
CREATE TABLE exam_guest (
	id ID PRIMARY KEY,
	exam_id ID NOT NULL REFERENCES exam (id),
	name TEXT NOT NULL,
	secret_hash TEXT NOT NULL,
	at TIME NOT NULL
);
CREATE UNIQUE INDEX exam_guest_secret ON exam_guest (secret_hash);
CREATE INDEX exam_guest_exam ON exam_guest (exam_id, id);
