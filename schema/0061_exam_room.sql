-- owner: room
-- A room of a proctored examination with its invigilator, who opens and closes it.
CREATE TABLE exam_room (
	id ID PRIMARY KEY,
	exam_id ID NOT NULL REFERENCES exam (id),
	name TEXT NOT NULL,
	place TEXT NOT NULL,
	begins_at TIME NOT NULL,
	invigilator_id ID NOT NULL REFERENCES person (id),
	opened_at TIME,
	closed_at TIME,
	made_by ID REFERENCES person (id),
	made_at TIME NOT NULL
);
CREATE INDEX exam_room_exam ON exam_room (exam_id, id);
CREATE INDEX exam_room_invigilator ON exam_room (invigilator_id, begins_at);
-- A seat. extra_minutes: for a disability, laid down beforehand by who may, with the order it rests on (no diagnosis is kept). checked_at: the invigilator saw who it
-- is, by which document. refused_why: the identity was not shown.
CREATE TABLE exam_seat (
	exam_id ID NOT NULL REFERENCES exam (id),
	person_id ID NOT NULL REFERENCES person (id),
	room_id ID NOT NULL REFERENCES exam_room (id),
	seat TEXT NOT NULL,
	extra_minutes INT NOT NULL,
	extra_order TEXT NOT NULL,
	checked_at TIME,
	checked_by ID REFERENCES person (id),
	document TEXT NOT NULL,
	refused_why TEXT,
	PRIMARY KEY (exam_id, person_id)
) BY KEY;
CREATE INDEX exam_seat_room ON exam_seat (room_id, seat);
CREATE INDEX exam_seat_person ON exam_seat (person_id);
-- The log of a room. person_id: whom it concerns; none: the room. minutes: time that was given back.
CREATE TABLE exam_incident (
	id ID PRIMARY KEY,
	room_id ID NOT NULL REFERENCES exam_room (id),
	person_id ID REFERENCES person (id),
	kind TEXT NOT NULL,
	words TEXT NOT NULL,
	minutes INT NOT NULL,
	by_id ID NOT NULL REFERENCES person (id),
	at TIME NOT NULL
);
CREATE INDEX exam_incident_room ON exam_incident (room_id, id);
