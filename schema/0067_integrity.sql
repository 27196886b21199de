-- owner: integrity
-- Signals of an examination were looked for. by_id: who asked; none: a room or the examination closed.
CREATE TABLE exam_look (
	id ID PRIMARY KEY,
	exam_id ID NOT NULL REFERENCES exam (id),
	by_id ID REFERENCES person (id),
	at TIME NOT NULL,
	done_at TIME,
	n_attempts INT NOT NULL
);
CREATE INDEX exam_look_exam ON exam_look (exam_id, id);
-- What a look tested. tested: people, or pairs. expected: false alarms among so many by chance; none: what is no matter of chance. found: people or pairs above the threshold.
CREATE TABLE exam_look_kind (
	look_id ID NOT NULL REFERENCES exam_look (id),
	kind TEXT NOT NULL,
	tested INT NOT NULL,
	expected REAL,
	found INT NOT NULL,
	PRIMARY KEY (look_id, kind)
) BY KEY;
-- A signal asks a human to look; it changes no mark and fails nobody. value: what was found, of_n: among so many (feature/integrity/signals.h); threshold: from which on it
-- is a signal; chance: that honest work gives as much or more; expected: false alarms among all that were tested with it. other_: of a pair, the other one; 0: none.
-- found: what somebody decided who looked.
CREATE TABLE exam_signal (
	id ID PRIMARY KEY,
	exam_id ID NOT NULL REFERENCES exam (id),
	look_id ID NOT NULL REFERENCES exam_look (id),
	taker_id ID NOT NULL,
	attempt_id ID NOT NULL,
	kind TEXT NOT NULL,
	other_taker_id ID NOT NULL,
	other_attempt_id ID NOT NULL,
	value REAL NOT NULL,
	of_n INT NOT NULL,
	threshold REAL NOT NULL,
	chance REAL,
	expected REAL,
	at TIME NOT NULL,
	found TEXT CHECK (found IN ('cleared', 'look', 'incident')),
	note TEXT NOT NULL,
	found_by ID REFERENCES person (id),
	found_at TIME
);
CREATE UNIQUE INDEX exam_signal_fact ON exam_signal (attempt_id, kind, other_attempt_id);
CREATE INDEX exam_signal_exam ON exam_signal (exam_id, kind, id);
CREATE INDEX exam_signal_taker ON exam_signal (taker_id, id);
