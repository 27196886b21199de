-- owner: event
-- Events that belong together, as the daily webinars of a learning week.
CREATE TABLE event_series (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	title TEXT NOT NULL,
	title_hi TEXT NOT NULL,
	about TEXT NOT NULL,
	about_hi TEXT NOT NULL,
	made_at TIME NOT NULL
);
CREATE INDEX event_series_org ON event_series (org_id, id);
-- A webinar or another meeting at a time. held: 'stream', shown here, or 'link', in a room of somebody else's at that address. for_all: everybody may come; else those
-- of the organisation and below. starts_at and ends_at are what was planned, began_at and closed_at what really was (NULL: not yet). recording_id: the resource of a
-- course that its recording became. External attendance (held = 'link') comes by CSV or API.
CREATE TABLE event (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	series_id ID REFERENCES event_series (id),
	title TEXT NOT NULL,
	title_hi TEXT NOT NULL,
	about TEXT NOT NULL,
	about_hi TEXT NOT NULL,
	lang TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'ended', 'cancelled')),
	held TEXT NOT NULL CHECK (held IN ('stream', 'link')),
	link TEXT NOT NULL,
	for_all BOOL NOT NULL,
	starts_at TIME NOT NULL,
	ends_at TIME NOT NULL,
	began_at TIME,
	closed_at TIME,
	course_id ID REFERENCES course (id),
	recording_id ID REFERENCES resource (id),
	n_registered INT NOT NULL,
	made_by ID REFERENCES person (id),
	made_at TIME NOT NULL,
	changed_at TIME NOT NULL,
	cancelled_why TEXT NOT NULL,
	CHECK (ends_at > starts_at)
);
CREATE INDEX event_org ON event (org_id, starts_at, id);
CREATE INDEX event_time ON event (state, starts_at, id);
CREATE INDEX event_series_of ON event (series_id, starts_at);
CREATE TABLE event_competency (
	event_id ID NOT NULL REFERENCES event (id),
	competency_id ID NOT NULL REFERENCES competency (id),
	level INT NOT NULL CHECK (level BETWEEN 1 AND 5),
	PRIMARY KEY (event_id, competency_id)
) BY KEY;
CREATE INDEX event_competency_of ON event_competency (competency_id);
-- Who speaks, in one of the languages of the house or in both.
CREATE TABLE event_speaker (
	event_id ID NOT NULL REFERENCES event (id),
	lang TEXT NOT NULL,
	n INT NOT NULL,
	name TEXT NOT NULL,
	about TEXT NOT NULL,
	PRIMARY KEY (event_id, lang, n)
) BY KEY;
-- The agenda, likewise: minute counts from the beginning.
CREATE TABLE event_agenda (
	event_id ID NOT NULL REFERENCES event (id),
	lang TEXT NOT NULL,
	minute INT NOT NULL,
	words TEXT NOT NULL,
	PRIMARY KEY (event_id, lang, minute)
) BY KEY;
-- Who leads questions, polls and the chat, beside those who manage events of the organisation.
CREATE TABLE event_moderator (
	event_id ID NOT NULL REFERENCES event (id),
	person_id ID NOT NULL REFERENCES person (id),
	PRIMARY KEY (event_id, person_id)
) BY KEY;
CREATE INDEX event_moderator_of ON event_moderator (person_id);
CREATE TABLE event_registration (
	event_id ID NOT NULL REFERENCES event (id),
	person_id ID NOT NULL REFERENCES person (id),
	at TIME NOT NULL,
	withdrawn_at TIME,
	PRIMARY KEY (event_id, person_id)
) BY KEY;
CREATE INDEX event_registration_of ON event_registration (person_id, event_id);
-- How long somebody was there, in verified milliseconds. way: 'live', by the intervals that the page reported and wall time paid for (spans: which parts of the event, as a
-- set of intervals, see event.h); 'csv' or 'api', as the organiser reported it. done_at: when it came to what the event asks.
CREATE TABLE event_presence (
	event_id ID NOT NULL REFERENCES event (id),
	person_id ID NOT NULL REFERENCES person (id),
	way TEXT NOT NULL CHECK (way IN ('live', 'csv', 'api')),
	ms INT NOT NULL CHECK (ms >= 0),
	spans TEXT NOT NULL,
	first_at TIME NOT NULL,
	last_at TIME NOT NULL,
	done_at TIME,
	PRIMARY KEY (event_id, person_id)
) BY KEY;
CREATE INDEX event_presence_of ON event_presence (person_id, event_id);
-- A list of who was in a room of somebody else's: looked at, carried out, taken back. faults: JSON [[line, which],…], see event_report.h.
CREATE TABLE event_report (
	id ID PRIMARY KEY,
	event_id ID NOT NULL REFERENCES event (id),
	name TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('looked', 'done', 'undone')),
	n_faults INT NOT NULL,
	faults TEXT NOT NULL,
	made_by ID REFERENCES person (id),
	made_at TIME NOT NULL,
	done_at TIME
);
CREATE INDEX event_report_of ON event_report (event_id, id);
-- What a list says of somebody, and what was noted before it was carried out (NULL: nothing).
CREATE TABLE event_report_row (
	report_id ID NOT NULL REFERENCES event_report (id),
	person_id ID NOT NULL REFERENCES person (id),
	ms INT NOT NULL CHECK (ms >= 0),
	was_ms INT,
	was_way TEXT,
	PRIMARY KEY (report_id, person_id)
) BY KEY;
CREATE INDEX event_report_row_of ON event_report_row (person_id);
