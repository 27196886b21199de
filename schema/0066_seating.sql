-- owner: room
-- A seat list of an examination that was brought or made: looked at, then carried out, then perhaps taken back. plan: of each row that can be carried out person, room,
-- seat, extra minutes and their order; faults: of each other row what is wrong; undo: the seats that it changed as they were, and as they became.
CREATE TABLE exam_seating (
	id ID PRIMARY KEY,
	exam_id ID NOT NULL REFERENCES exam (id),
	name TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('looked', 'done', 'undone')),
	n_rows INT NOT NULL,
	n_new INT NOT NULL,
	n_moved INT NOT NULL,
	n_same INT NOT NULL,
	n_faults INT NOT NULL,
	plan JSON NOT NULL,
	faults JSON NOT NULL,
	undo JSON,
	by_id ID REFERENCES person (id),
	at TIME NOT NULL,
	done_at TIME,
	undone_at TIME
);
CREATE INDEX exam_seating_exam ON exam_seating (exam_id, id);
