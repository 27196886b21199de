-- owner: marking
-- A long answer to be marked by people: first and second marker without knowing of each other, a third (turn 3) where they differ too much. points: JSON list, of each
-- criterion. final: the mark that counts, set once both (or the third) have marked. taken_until: whose it is while it is being marked.
CREATE TABLE exam_mark (
	taker_id ID NOT NULL,
	attempt_id ID NOT NULL,
	n INT NOT NULL,
	turn INT NOT NULL CHECK (turn BETWEEN 1 AND 3),
	exam_id ID NOT NULL REFERENCES exam (id),
	item_id ID NOT NULL REFERENCES item (id),
	marker_id ID REFERENCES person (id),
	taken_until TIME,
	points JSON,
	marks REAL,
	note TEXT NOT NULL,
	marked_at TIME,
	final BOOL NOT NULL,
	PRIMARY KEY (taker_id, attempt_id, n, turn)
) BY KEY;
CREATE INDEX exam_mark_waiting ON exam_mark (exam_id, turn) WHERE marked_at IS NULL;
