-- owner: campaign
-- A time of learning together, as the National Learning Week: of an organisation and all below it (the nation's of the root). counts: 'competency', every course
-- that teaches a competency, or 'listed', those of campaign_course; with_… whether verified presence at events, sessions of batches and charchas counts as well.
-- Dates stand in campaign_window.
CREATE TABLE campaign (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	name_en TEXT NOT NULL,
	name_hi TEXT NOT NULL,
	target_minutes INT NOT NULL CHECK (target_minutes BETWEEN 1 AND 60000),
	counts TEXT NOT NULL CHECK (counts IN ('competency', 'listed')),
	with_events BOOL NOT NULL,
	with_sessions BOOL NOT NULL,
	with_charchas BOOL NOT NULL,
	made_by ID NOT NULL REFERENCES person (id),
	made_at TIME NOT NULL
);
CREATE INDEX campaign_org ON campaign (org_id, id);
CREATE TABLE campaign_course (
	campaign_id ID NOT NULL REFERENCES campaign (id),
	course_id ID NOT NULL REFERENCES course (id),
	PRIMARY KEY (campaign_id, course_id)
) BY KEY;
-- Themes of the days in turn: n counts from 0, day number d of the campaign has the theme d modulo their number.
CREATE TABLE campaign_theme (
	campaign_id ID NOT NULL REFERENCES campaign (id),
	n INT NOT NULL,
	name_en TEXT NOT NULL,
	name_hi TEXT NOT NULL,
	words_en TEXT NOT NULL,
	words_hi TEXT NOT NULL,
	PRIMARY KEY (campaign_id, n)
) BY KEY;
-- First and last day (both within) of an organisation, the campaign's own or one below, with the reason. Never changed: the newest row of an organisation is in
-- force, the others are its history. A person's window on a day is that of the nearest organisation above the posting of that day that has a row here.
CREATE TABLE campaign_window (
	id ID PRIMARY KEY,
	campaign_id ID NOT NULL REFERENCES campaign (id),
	org_id ID NOT NULL REFERENCES org (id),
	from_day INT NOT NULL,
	last_day INT NOT NULL,
	reason TEXT NOT NULL,
	set_by ID NOT NULL REFERENCES person (id),
	set_at TIME NOT NULL,
	newest BOOL NOT NULL,
	CHECK (last_day >= from_day)
);
CREATE UNIQUE INDEX campaign_window_newest ON campaign_window (campaign_id, org_id) WHERE newest;
CREATE INDEX campaign_window_history ON campaign_window (campaign_id, id);
-- A person in a campaign. parts: what the figures count of the person, "ORG DAY HOUR MS PUBLISHED_MS;…" as it was counted last; ms and published_ms: their
-- sums. reached_at: when the target was reached; a fact, which no later change of dates takes back, and counted for reached_org_id.
CREATE TABLE campaign_person (
	campaign_id ID NOT NULL REFERENCES campaign (id),
	person_id ID NOT NULL REFERENCES person (id),
	pledged_at TIME,
	pledged_org_id ID REFERENCES org (id),
	ms INT NOT NULL,
	published_ms INT NOT NULL,
	reached_at TIME,
	reached_org_id ID REFERENCES org (id),
	parts TEXT NOT NULL,
	PRIMARY KEY (campaign_id, person_id)
) BY KEY;
CREATE INDEX campaign_person_of ON campaign_person (person_id, campaign_id);
-- What somebody thinks of the theme of a day: the person's own, shown to nobody else.
CREATE TABLE campaign_reflection (
	campaign_id ID NOT NULL REFERENCES campaign (id),
	person_id ID NOT NULL REFERENCES person (id),
	day INT NOT NULL,
	words TEXT NOT NULL,
	at TIME NOT NULL,
	PRIMARY KEY (campaign_id, person_id, day)
) BY KEY;
-- People whose count may be another one for a reason other than learning: a pledge, a posting, a completed course.
CREATE TABLE campaign_touched (
	person_id ID NOT NULL REFERENCES person (id),
	PRIMARY KEY (person_id)
) BY KEY;
-- Campaigns whose people are all to be counted anew, since what counts has changed: after_id is the last person done.
CREATE TABLE campaign_recount (
	campaign_id ID NOT NULL REFERENCES campaign (id),
	after_id ID NOT NULL,
	PRIMARY KEY (campaign_id)
) BY KEY;
-- Figures of an organisation with all below it. day 0, hour 24: the whole campaign; hour 24: a whole day; else one hour of a day. n: people with learning
-- that counts then; n_reached and n_pledged only of the whole. published_ms: the lengths of courses completed then.
CREATE TABLE campaign_figure (
	campaign_id ID NOT NULL REFERENCES campaign (id),
	org_id ID NOT NULL REFERENCES org (id),
	day INT NOT NULL,
	hour INT NOT NULL,
	n INT NOT NULL,
	n_reached INT NOT NULL,
	n_pledged INT NOT NULL,
	ms INT NOT NULL,
	published_ms INT NOT NULL,
	PRIMARY KEY (campaign_id, org_id, day, hour)
) BY KEY;
-- How far the rows of `learned` are counted: in the order of changed_at and person. swept_at: up to when they have been walked over a second time, for those
-- whose transactions ended late. through_at: the figures hold everything up to this moment. One row.
CREATE TABLE campaign_mark (
	id ID PRIMARY KEY,
	changed_at TIME NOT NULL,
	person_id ID NOT NULL,
	swept_at TIME NOT NULL,
	through_at TIME NOT NULL
);
-- How many people are posted in an organisation and below, counted once an hour: the divisor of figures a head.
CREATE TABLE campaign_people (
	org_id ID NOT NULL REFERENCES org (id),
	n INT NOT NULL,
	PRIMARY KEY (org_id)
) BY KEY;
