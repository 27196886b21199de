-- owner: institute
-- A training institution: an organisation that trains. latitude and longitude in degrees (WGS 84), both or neither. about: plain text.
CREATE TABLE institute (
	id ID PRIMARY KEY,
	org_id ID NOT NULL UNIQUE REFERENCES org (id),
	kind TEXT NOT NULL CHECK (kind IN ('central', 'state', 'zonal', 'regional', 'other')),
	about TEXT NOT NULL,
	place TEXT NOT NULL,
	latitude REAL,
	longitude REAL,
	made_by ID REFERENCES person (id),
	made_at TIME NOT NULL,
	changed_at TIME NOT NULL,
	CHECK ((latitude IS NULL) = (longitude IS NULL))
);
-- A room in which people are taught. access: how one gets in with a wheelchair, what helps those who hear or see less; for people to read.
CREATE TABLE institute_room (
	id ID PRIMARY KEY,
	institute_id ID NOT NULL REFERENCES institute (id),
	name TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('class', 'hall', 'computers', 'outdoors')),
	seats INT NOT NULL CHECK (seats BETWEEN 1 AND 100000),
	access TEXT NOT NULL,
	closed_at TIME
);
CREATE INDEX institute_room_of ON institute_room (institute_id, name);
-- Beds of a hostel that are given out alike.
CREATE TABLE institute_hostel (
	id ID PRIMARY KEY,
	institute_id ID NOT NULL REFERENCES institute (id),
	name TEXT NOT NULL,
	for_whom TEXT NOT NULL CHECK (for_whom IN ('anybody', 'women', 'men')),
	beds INT NOT NULL CHECK (beds BETWEEN 1 AND 100000),
	closed_at TIME
);
CREATE INDEX institute_hostel_of ON institute_hostel (institute_id, name);
-- A room is taken from from_at up to until_at, by a session of a batch or an event (kind, thing_id) or by hand ('other', with words). Two rows of a room never
-- overlap; the checking is institute_book's, in the transaction.
CREATE TABLE institute_booking (
	id ID PRIMARY KEY,
	room_id ID NOT NULL REFERENCES institute_room (id),
	kind TEXT NOT NULL CHECK (kind IN ('session', 'event', 'other')),
	thing_id ID,
	words TEXT NOT NULL,
	from_at TIME NOT NULL,
	until_at TIME NOT NULL,
	by_id ID REFERENCES person (id),
	CHECK (until_at > from_at)
);
CREATE INDEX institute_booking_time ON institute_booking (room_id, until_at);
CREATE INDEX institute_booking_from ON institute_booking (from_at, id);
CREATE INDEX institute_booking_thing ON institute_booking (kind, thing_id);
-- Who teaches: one of our people (person_id) or somebody from outside. name and sort_key as of a person. langs: tags with blanks between.
CREATE TABLE faculty (
	id ID PRIMARY KEY,
	institute_id ID NOT NULL REFERENCES institute (id),
	person_id ID REFERENCES person (id),
	name TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('own', 'guest')),
	subjects TEXT NOT NULL,
	langs TEXT NOT NULL,
	about TEXT NOT NULL,
	left_at TIME
);
CREATE INDEX faculty_sort ON faculty (institute_id, sort_key, id);
CREATE INDEX faculty_person ON faculty (person_id);
CREATE TABLE faculty_competency (
	faculty_id ID NOT NULL REFERENCES faculty (id),
	competency_id ID NOT NULL REFERENCES competency (id),
	PRIMARY KEY (faculty_id, competency_id)
) BY KEY;
-- Evidence for one of the pillars of the national standards of training institutions (NSCSTI): words, a link, a document, or several of them. Never changed;
-- what is out of date gets ended_at.
CREATE TABLE institute_evidence (
	id ID PRIMARY KEY,
	institute_id ID NOT NULL REFERENCES institute (id),
	pillar INT NOT NULL CHECK (pillar BETWEEN 1 AND 8),
	words TEXT NOT NULL,
	link TEXT NOT NULL,
	file_name TEXT NOT NULL,
	file BLOB,
	by_id ID REFERENCES person (id),
	at TIME NOT NULL,
	ended_at TIME
);
CREATE INDEX institute_evidence_of ON institute_evidence (institute_id, pillar, id);
