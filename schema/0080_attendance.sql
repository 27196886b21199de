-- owner: attendance
-- The door of a session of a batch: a key of which the code on the room's screen is made, which changes as the clock does (see attendance.h), and the number to type.
-- near_m: how near the place one must be (NULL: not asked).
CREATE TABLE attendance_door (
	session_id ID PRIMARY KEY REFERENCES batch_session (id),
	sealed_key TEXT NOT NULL,
	near_m INT,
	opened_by ID REFERENCES person (id),
	opened_at TIME NOT NULL,
	closed_at TIME
);
-- Somebody was at a session. minutes: of it. way: how that is known. at: when it was noted on the device or here; kept_at: when it came here. metres: how far from the place,
-- rounded up to hundreds, where it was asked for; where somebody was is not kept. False `there` is a correction: not there after all.
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
	PRIMARY KEY (session_id, person_id)
) BY KEY;
CREATE INDEX attendance_person ON attendance (person_id);
