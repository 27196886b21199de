-- owner: ruling
-- After a sitting: an item is dropped (nobody's marks count), given to all (full), or marked by another key. Looked at first, then carried out, then
-- perhaps undone. n_...: of the last look or of what was done.
CREATE TABLE exam_ruling (
	id ID PRIMARY KEY,
	exam_id ID NOT NULL REFERENCES exam (id),
	item_id ID NOT NULL REFERENCES item (id),
	version INT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('drop', 'full', 'rekey')),
	answer_key JSON,
	why TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('looked', 'doing', 'done', 'undoing', 'undone')),
	n_attempts INT NOT NULL,
	n_changed INT NOT NULL,
	n_pass INT NOT NULL,
	n_fail INT NOT NULL,
	by_id ID NOT NULL REFERENCES person (id),
	at TIME NOT NULL,
	done_by ID REFERENCES person (id),
	done_at TIME,
	undone_by ID REFERENCES person (id),
	undone_at TIME
);
CREATE INDEX exam_ruling_exam ON exam_ruling (exam_id, id);
-- What a ruling changed, for the diff and to be undone.
CREATE TABLE exam_ruling_change (
	ruling_id ID NOT NULL REFERENCES exam_ruling (id),
	taker_id ID NOT NULL,
	attempt_id ID NOT NULL,
	marks_before REAL NOT NULL,
	max_before REAL NOT NULL,
	passed_before BOOL NOT NULL,
	marks_after REAL NOT NULL,
	max_after REAL NOT NULL,
	passed_after BOOL NOT NULL,
	PRIMARY KEY (ruling_id, taker_id, attempt_id)
) BY KEY;
-- A taker asks that an item or the whole paper be looked at again. n 0: the whole.
CREATE TABLE exam_appeal (
	id ID PRIMARY KEY,
	exam_id ID NOT NULL REFERENCES exam (id),
	taker_id ID NOT NULL,
	attempt_id ID NOT NULL,
	n INT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('recheck', 'appeal')),
	words TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'upheld', 'dismissed')),
	answer TEXT,
	ruling_id ID REFERENCES exam_ruling (id),
	at TIME NOT NULL,
	answered_by ID REFERENCES person (id),
	answered_at TIME
);
CREATE INDEX exam_appeal_exam ON exam_appeal (exam_id, state, id);
CREATE INDEX exam_appeal_attempt ON exam_appeal (taker_id, attempt_id);
