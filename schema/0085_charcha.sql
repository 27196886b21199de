-- owner: charcha
-- A Samuhik Charcha: people of different departments think together on a theme that is taken from a webinar (event_id), a course (course_id), or neither. For people of the
-- organisation and below; only_there: only those who were at the webinar, have completed the course, or have done least_done per cent of its parts. held_at and minutes: the time
-- box. place: a room, in words; link: an address of a video room. size: people of a group at most, as drawn. synthesis: what the organiser writes of it all, read
-- by those who took part once synthesis_at is there. draw_id: the draw by which groups were made.
CREATE TABLE charcha (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	theme TEXT NOT NULL,
	theme_hi TEXT NOT NULL,
	about TEXT NOT NULL,
	event_id ID REFERENCES event (id),
	course_id ID REFERENCES course (id),
	only_there BOOL NOT NULL,
	least_done INT NOT NULL CHECK (least_done BETWEEN 1 AND 100),
	state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'drawn', 'held', 'closed')),
	register_until TIME NOT NULL,
	held_at TIME NOT NULL,
	minutes INT NOT NULL CHECK (minutes BETWEEN 15 AND 480),
	place TEXT NOT NULL,
	link TEXT NOT NULL,
	size INT NOT NULL CHECK (size BETWEEN 5 AND 12),
	draw_id ID,
	synthesis TEXT NOT NULL,
	synthesis_at TIME,
	closed_at TIME,
	made_by ID REFERENCES person (id),
	made_at TIME NOT NULL,
	changed_at TIME NOT NULL,
	CHECK (register_until <= held_at)
);
CREATE INDEX charcha_org ON charcha (org_id, held_at, id);
CREATE INDEX charcha_time ON charcha (state, held_at, id);
-- Questions to think about, in their order.
CREATE TABLE charcha_prompt (
	charcha_id ID NOT NULL REFERENCES charcha (id),
	n INT NOT NULL,
	words TEXT NOT NULL,
	words_hi TEXT NOT NULL,
	PRIMARY KEY (charcha_id, n)
) BY KEY;
CREATE TABLE charcha_competency (
	charcha_id ID NOT NULL REFERENCES charcha (id),
	competency_id ID NOT NULL REFERENCES competency (id),
	level INT NOT NULL CHECK (level BETWEEN 1 AND 10),
	PRIMARY KEY (charcha_id, competency_id)
) BY KEY;
-- Groups were drawn: by a seed, which with the people draws the same again. plan: the ids of each group's people, [[…],…]. chance, reached: the objective of
-- charcha_draw.h dealt at random and as drawn. All draws are kept; reason: why it was drawn once more.
CREATE TABLE charcha_draw (
	id ID PRIMARY KEY,
	charcha_id ID NOT NULL REFERENCES charcha (id),
	n INT NOT NULL,
	seed INT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('proposed', 'replaced', 'confirmed')),
	reason TEXT NOT NULL,
	n_people INT NOT NULL,
	n_groups INT NOT NULL,
	n_single INT NOT NULL,
	n_departments INT NOT NULL,
	chance INT NOT NULL,
	reached INT NOT NULL,
	plan JSON NOT NULL,
	by_id ID REFERENCES person (id),
	at TIME NOT NULL,
	UNIQUE (charcha_id, n)
);
-- A group. joined_into_id: its people are in that one now. conclusions have a version, as points of the pad have. The scribe leads the minutes, and closes them.
CREATE TABLE charcha_group (
	id ID PRIMARY KEY,
	charcha_id ID NOT NULL REFERENCES charcha (id),
	n INT NOT NULL,
	joined_into_id ID REFERENCES charcha_group (id),
	scribe_id ID REFERENCES person (id),
	conclusions TEXT NOT NULL,
	version INT NOT NULL,
	closed_at TIME,
	closed_by ID REFERENCES person (id),
	UNIQUE (charcha_id, n)
);
-- Somebody who is registered, with the posting of that day: organisation, department (or ministry) and place (state or union) above it, and pay level. way: how it came about.
-- late: came to the group after the draw. Presence: self_at, says so himself; ticked_at, the scribe says so; on_ms, verified on the page of the group within the time box, seen_at:
-- last there. credited_ms, credited_way: what was counted as learning when the minutes were closed.
CREATE TABLE charcha_member (
	charcha_id ID NOT NULL REFERENCES charcha (id),
	person_id ID NOT NULL REFERENCES person (id),
	group_id ID REFERENCES charcha_group (id),
	way TEXT NOT NULL CHECK (way IN ('own', 'named')),
	org_id ID NOT NULL REFERENCES org (id),
	department_id ID NOT NULL REFERENCES org (id),
	place_id ID NOT NULL REFERENCES org (id),
	pay_level INT NOT NULL,
	late BOOL NOT NULL,
	at TIME NOT NULL,
	by_id ID REFERENCES person (id),
	withdrawn_at TIME,
	self_at TIME,
	ticked_at TIME,
	ticked_by ID REFERENCES person (id),
	on_ms INT NOT NULL CHECK (on_ms >= 0),
	seen_at TIME,
	credited_ms INT NOT NULL,
	credited_way TEXT NOT NULL CHECK (credited_way IN ('', 'page', 'ticked')),
	PRIMARY KEY (charcha_id, person_id)
) BY KEY;
CREATE INDEX charcha_member_person ON charcha_member (person_id, charcha_id);
CREATE INDEX charcha_member_group ON charcha_member (group_id, person_id);
-- A point of the shared pad, in the order of n. Each has its version, which a change names; all versions are kept.
CREATE TABLE charcha_point (
	id ID PRIMARY KEY,
	group_id ID NOT NULL REFERENCES charcha_group (id),
	n INT NOT NULL,
	version INT NOT NULL,
	words TEXT NOT NULL,
	gone BOOL NOT NULL,
	by_id ID REFERENCES person (id),
	at TIME NOT NULL
);
CREATE INDEX charcha_point_group ON charcha_point (group_id, n, id);
-- Every version of points (point_id) and of conclusions (point_id is the group's).
CREATE TABLE charcha_version (
	point_id ID NOT NULL,
	version INT NOT NULL,
	group_id ID NOT NULL REFERENCES charcha_group (id),
	words TEXT NOT NULL,
	gone BOOL NOT NULL,
	by_id ID REFERENCES person (id),
	at TIME NOT NULL,
	PRIMARY KEY (point_id, version)
) BY KEY;
CREATE INDEX charcha_version_group ON charcha_version (group_id, at);
-- What somebody of a group takes upon himself. It counts from the closing of the minutes on; ask_at: when its owner is asked how it went. state 'open': has not said yet.
CREATE TABLE charcha_commitment (
	id ID PRIMARY KEY,
	charcha_id ID NOT NULL REFERENCES charcha (id),
	group_id ID NOT NULL REFERENCES charcha_group (id),
	owner_id ID NOT NULL REFERENCES person (id),
	competency_id ID REFERENCES competency (id),
	words TEXT NOT NULL,
	due_day INT NOT NULL,
	by_id ID REFERENCES person (id),
	at TIME NOT NULL,
	ask_at TIME,
	asked_at TIME,
	reminded_at TIME,
	state TEXT NOT NULL CHECK (state IN ('open', 'done', 'under_way', 'not')),
	said TEXT NOT NULL,
	said_at TIME
);
CREATE INDEX charcha_commitment_group ON charcha_commitment (group_id, id);
CREATE INDEX charcha_commitment_of ON charcha_commitment (charcha_id, state);
CREATE INDEX charcha_commitment_owner ON charcha_commitment (owner_id, id);
CREATE INDEX charcha_commitment_ask ON charcha_commitment (ask_at) WHERE asked_at IS NULL;
CREATE INDEX charcha_commitment_remind ON charcha_commitment (asked_at) WHERE reminded_at IS NULL;
-- What somebody takes along: his own, shown to his group and the organiser only if shared.
CREATE TABLE charcha_reflection (
	charcha_id ID NOT NULL REFERENCES charcha (id),
	person_id ID NOT NULL REFERENCES person (id),
	words TEXT NOT NULL,
	shared BOOL NOT NULL,
	at TIME NOT NULL,
	PRIMARY KEY (charcha_id, person_id)
) BY KEY;
-- A list of people to be registered that was brought: looked at, carried out, perhaps taken back. plan: ids of people; faults: [line, code]; undo: who was registered by it.
CREATE TABLE charcha_list (
	id ID PRIMARY KEY,
	charcha_id ID NOT NULL REFERENCES charcha (id),
	name TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('looked', 'done', 'undone')),
	n_rows INT NOT NULL,
	n_good INT NOT NULL,
	n_faults INT NOT NULL,
	plan JSON NOT NULL,
	faults JSON NOT NULL,
	undo JSON,
	by_id ID REFERENCES person (id),
	at TIME NOT NULL,
	done_at TIME,
	undone_at TIME
);
CREATE INDEX charcha_list_of ON charcha_list (charcha_id, id);
