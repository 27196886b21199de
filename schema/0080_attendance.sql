-- owner: attendance
-- The door of a session of a batch: a key of which the code on the room's screen is made, which changes as the clock does (see attendance_code.h), and the number to
-- type. near_m: how near the place one must be (NULL: not asked). Opened again after it was closed it has another key.
CREATE TABLE attendance_door (
	session_id ID PRIMARY KEY REFERENCES batch_session (id),
	sealed_key TEXT NOT NULL,
	near_m INT,
	opened_by ID REFERENCES person (id),
	opened_at TIME NOT NULL,
	closed_at TIME
);
-- Somebody was at a session. minutes: of it. way: how that is known. at: when it was noted on the device or here; kept_at: when it came here. metres: how far from the place,
-- rounded up to hundreds, where it was asked for; where somebody was is not kept. False `there`: not there after all, or ticked off in the roster.
-- said_at: by the clock of the device, of the newest word about it; an older one that comes later changes nothing. device: by what it was scanned, as a hash that differs
-- from session to session ('' not by a scan or a number). credited: so many minutes are in `learned`; due_at: when that has to be looked at (NULL: it is as it should be).
CREATE TABLE attendance (
	session_id ID NOT NULL REFERENCES batch_session (id),
	person_id ID NOT NULL REFERENCES person (id),
	there BOOL NOT NULL,
	way TEXT NOT NULL CHECK (way IN ('qr', 'pin', 'roster', 'csv', 'corrected')),
	minutes INT NOT NULL CHECK (minutes >= 0),
	at TIME NOT NULL,
	kept_at TIME NOT NULL,
	by_id ID REFERENCES person (id),
	metres INT,
	said_at TIME NOT NULL,
	device TEXT NOT NULL,
	credited INT NOT NULL CHECK (credited >= 0),
	due_at TIME,
	PRIMARY KEY (session_id, person_id)
) BY KEY;
CREATE INDEX attendance_person ON attendance (person_id);
CREATE INDEX attendance_due ON attendance (due_at) WHERE due_at IS NOT NULL;
-- Every change of it, with who and (of a correction) why; never changed.
CREATE TABLE attendance_change (
	id ID PRIMARY KEY,
	session_id ID NOT NULL REFERENCES batch_session (id),
	person_id ID NOT NULL REFERENCES person (id),
	there BOOL NOT NULL,
	way TEXT NOT NULL,
	minutes INT NOT NULL,
	words TEXT NOT NULL,
	at TIME NOT NULL,
	kept_at TIME NOT NULL,
	by_id ID REFERENCES person (id)
);
CREATE INDEX attendance_change_of ON attendance_change (session_id, person_id, id);
CREATE INDEX attendance_change_person ON attendance_change (person_id);
-- What came from the roster of a device, by its number there: what comes twice is known. outcome: what became of it.
CREATE TABLE attendance_entry (
	device TEXT NOT NULL,
	seq INT NOT NULL,
	session_id ID NOT NULL REFERENCES batch_session (id),
	person_id ID NOT NULL REFERENCES person (id),
	there BOOL NOT NULL,
	at TIME NOT NULL,
	kept_at TIME NOT NULL,
	by_id ID REFERENCES person (id),
	outcome TEXT NOT NULL CHECK (outcome IN ('kept', 'same', 'older')),
	PRIMARY KEY (device, seq)
) BY KEY;
CREATE INDEX attendance_entry_person ON attendance_entry (person_id);
-- A list that was brought: looked at, carried out, perhaps taken back.
CREATE TABLE attendance_list (
	id ID PRIMARY KEY,
	session_id ID NOT NULL REFERENCES batch_session (id),
	name TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('looked', 'done', 'undone')),
	n_rows INT NOT NULL,
	n_new INT NOT NULL,
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
CREATE INDEX attendance_list_of ON attendance_list (session_id, id);
