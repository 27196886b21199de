-- owner: programme
-- A programme: parts that are done online, in a room or in writing, held again and again in batches. approval: who says yes to somebody who wants to come, in which
-- order ('none': seats are given at once). minutes: its published length. least_sessions: per cent of the sessions of a batch that must be attended; least_others: so
-- many of the parts that need not all be done. Retired: no new batches.
CREATE TABLE programme (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	institute_id ID REFERENCES institute (id),
	code TEXT NOT NULL,
	title TEXT NOT NULL,
	title_hi TEXT NOT NULL,
	about TEXT NOT NULL,
	audience TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('draft', 'live', 'retired')),
	minutes INT NOT NULL CHECK (minutes BETWEEN 1 AND 600000),
	approval TEXT NOT NULL CHECK (approval IN ('none', 'mdo', 'coordinator', 'mdo_coordinator', 'coordinator_mdo')),
	may_ask BOOL NOT NULL,
	least_sessions INT NOT NULL CHECK (least_sessions BETWEEN 0 AND 100),
	least_others INT NOT NULL CHECK (least_others >= 0),
	made_by ID REFERENCES person (id),
	made_at TIME NOT NULL,
	changed_at TIME NOT NULL
);
CREATE UNIQUE INDEX programme_code ON programme (org_id, code);
CREATE INDEX programme_state ON programme (state, title, id);
CREATE TABLE programme_coordinator (
	programme_id ID NOT NULL REFERENCES programme (id),
	person_id ID NOT NULL REFERENCES person (id),
	PRIMARY KEY (programme_id, person_id)
) BY KEY;
CREATE INDEX programme_coordinator_of ON programme_coordinator (person_id);
CREATE TABLE programme_competency (
	programme_id ID NOT NULL REFERENCES programme (id),
	competency_id ID NOT NULL REFERENCES competency (id),
	level INT NOT NULL CHECK (level BETWEEN 1 AND 5),
	PRIMARY KEY (programme_id, competency_id)
) BY KEY;
-- A part. phase: before the batch begins, while it lasts, or afterwards. must: has to be done; the others count towards least_others, and sessions towards
-- least_sessions. 'session': a pattern of which each batch gets a session (on its day number `day`, from 1, at start_minute of that day, for `minutes`);
-- 'assignment' and 'survey': words is what is asked (a survey: one question a line). Parts are ended, never deleted, once the programme is live.
CREATE TABLE programme_part (
	id ID PRIMARY KEY,
	programme_id ID NOT NULL REFERENCES programme (id),
	n INT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('course', 'exam', 'session', 'assignment', 'survey')),
	phase TEXT NOT NULL CHECK (phase IN ('before', 'during', 'after')),
	must BOOL NOT NULL,
	title TEXT NOT NULL,
	title_hi TEXT NOT NULL,
	words TEXT NOT NULL,
	course_id ID REFERENCES course (id),
	exam_id ID REFERENCES exam (id),
	day INT,
	start_minute INT,
	minutes INT,
	ended_at TIME
);
CREATE INDEX programme_part_order ON programme_part (programme_id, n);
-- One holding of a programme. seats: so many people at most; waiting: so many more may wait. invite_only: by nomination alone. ask_until: nobody asks or is nominated
-- later. from_day, last_day: all its sessions are on these days (in India). starts_at, ends_at: of the first session that is not cancelled and of the last; without
-- sessions the first and the last moment of its days. place, latitude, longitude: where it is (of the institute's, unless written here). fee_paise: 0: none.
CREATE TABLE batch (
	id ID PRIMARY KEY,
	programme_id ID NOT NULL REFERENCES programme (id),
	org_id ID NOT NULL REFERENCES org (id),
	n INT NOT NULL,
	name TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'ended', 'cancelled')),
	seats INT NOT NULL CHECK (seats BETWEEN 1 AND 5000),
	waiting INT NOT NULL CHECK (waiting BETWEEN 0 AND 5000),
	invite_only BOOL NOT NULL,
	ask_until TIME NOT NULL,
	from_day INT NOT NULL,
	last_day INT NOT NULL,
	starts_at TIME NOT NULL,
	ends_at TIME NOT NULL,
	institute_id ID REFERENCES institute (id),
	place TEXT NOT NULL,
	latitude REAL,
	longitude REAL,
	hostel_id ID REFERENCES institute_hostel (id),
	fee_paise INT NOT NULL CHECK (fee_paise >= 0),
	made_by ID REFERENCES person (id),
	made_at TIME NOT NULL,
	changed_at TIME NOT NULL,
	cancelled_why TEXT NOT NULL,
	CHECK (ends_at > starts_at AND ask_until <= starts_at)
);
CREATE INDEX batch_programme ON batch (programme_id, starts_at, id);
CREATE INDEX batch_org ON batch (org_id, starts_at, id);
CREATE INDEX batch_time ON batch (state, starts_at, id);
-- A session. place: where it is when that is no room of the register: words, or the address of a meeting.
CREATE TABLE batch_session (
	id ID PRIMARY KEY,
	batch_id ID NOT NULL REFERENCES batch (id),
	n INT NOT NULL,
	part_id ID REFERENCES programme_part (id),
	title TEXT NOT NULL,
	title_hi TEXT NOT NULL,
	starts_at TIME NOT NULL,
	ends_at TIME NOT NULL,
	room_id ID REFERENCES institute_room (id),
	place TEXT NOT NULL,
	cancelled_at TIME,
	CHECK (ends_at > starts_at)
);
CREATE INDEX batch_session_of ON batch_session (batch_id, starts_at, id);
CREATE INDEX batch_session_time ON batch_session (starts_at, id);
CREATE TABLE batch_faculty (
	batch_id ID NOT NULL REFERENCES batch (id),
	faculty_id ID NOT NULL REFERENCES faculty (id),
	PRIMARY KEY (batch_id, faculty_id)
) BY KEY;
CREATE INDEX batch_faculty_of ON batch_faculty (faculty_id);
-- What is handed out: a file or a link.
CREATE TABLE batch_material (
	id ID PRIMARY KEY,
	batch_id ID NOT NULL REFERENCES batch (id),
	title TEXT NOT NULL,
	link TEXT NOT NULL,
	file_name TEXT NOT NULL,
	file BLOB,
	at TIME NOT NULL
);
CREATE INDEX batch_material_of ON batch_material (batch_id, id);
-- What somebody handed in for an assignment, or answered in a survey (words: a JSON list, one answer a question). A later one replaces nothing: newest is in
-- force. Judged 'accepted' or 'returned' by a coordinator, with words; a survey is accepted at once. 'draft': kept for the person alone, one at most beside what was
-- handed in, never newest.
CREATE TABLE batch_work (
	id ID PRIMARY KEY,
	batch_id ID NOT NULL REFERENCES batch (id),
	part_id ID NOT NULL REFERENCES programme_part (id),
	person_id ID NOT NULL REFERENCES person (id),
	newest BOOL NOT NULL,
	words TEXT NOT NULL,
	file_name TEXT NOT NULL,
	file BLOB,
	at TIME NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('draft', 'given', 'accepted', 'returned')),
	said TEXT NOT NULL,
	judged_by ID REFERENCES person (id),
	judged_at TIME,
	CHECK (NOT (newest AND state = 'draft'))
);
CREATE UNIQUE INDEX batch_work_newest ON batch_work (batch_id, part_id, person_id) WHERE newest;
CREATE UNIQUE INDEX batch_work_draft ON batch_work (batch_id, part_id, person_id) WHERE state = 'draft';
CREATE INDEX batch_work_state ON batch_work (batch_id, state, id);
CREATE INDEX batch_work_person ON batch_work (person_id, batch_id);
-- Who has done all that the rule asks, and in which batch: once for a programme and person. It is a fact: later changes of the rule do not take it back. Certified
-- by document, JSON text kept byte for byte, and its signature (feature/credential/credential.h).
CREATE TABLE batch_completion (
	programme_id ID NOT NULL REFERENCES programme (id),
	person_id ID NOT NULL REFERENCES person (id),
	batch_id ID NOT NULL REFERENCES batch (id),
	at TIME NOT NULL,
	serial TEXT NOT NULL,
	name TEXT NOT NULL,
	title TEXT NOT NULL,
	document TEXT NOT NULL,
	signature TEXT NOT NULL,
	PRIMARY KEY (programme_id, person_id)
) BY KEY;
CREATE UNIQUE INDEX batch_completion_serial ON batch_completion (serial);
CREATE INDEX batch_completion_person ON batch_completion (person_id);
CREATE INDEX batch_completion_batch ON batch_completion (batch_id);
