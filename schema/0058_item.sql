-- owner: item
-- An item of an organisation's bank. version: the newest; live_version: the one that forms are made of (0: none yet). level 0: not said. bloom, source: empty:
-- not said. case_id, n: the case that a question belongs to, and its place there. A version is never changed.
CREATE TABLE item (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	code TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('single', 'multiple', 'truefalse', 'numeric', 'short', 'matching', 'ordering', 'hotspot', 'judgement', 'case', 'long')),
	status TEXT NOT NULL CHECK (status IN ('draft', 'review', 'live', 'retired')),
	version INT NOT NULL,
	live_version INT NOT NULL,
	competency_id ID REFERENCES competency (id),
	level INT NOT NULL,
	bloom TEXT NOT NULL CHECK (bloom IN ('', 'remember', 'understand', 'apply', 'analyse', 'evaluate', 'create')),
	source TEXT NOT NULL,
	case_id ID REFERENCES item (id),
	n INT NOT NULL,
	author_id ID REFERENCES person (id),
	created_at TIME NOT NULL,
	changed_at TIME NOT NULL,
	retired_at TIME,
	retired_why TEXT
);
CREATE UNIQUE INDEX item_code ON item (org_id, code);
CREATE INDEX item_cell ON item (org_id, status, competency_id, level, id);
CREATE INDEX item_case ON item (case_id, n);
-- What is right, and what earns which marks. points: of the whole mark. steps: marks come in so many equal steps (1: right or wrong), which are the categories of
-- calibration. picture: of a hotspot and of any item that shows one.
CREATE TABLE item_version (
	item_id ID NOT NULL REFERENCES item (id),
	version INT NOT NULL,
	answer_key JSON NOT NULL,
	points REAL NOT NULL,
	steps INT NOT NULL,
	picture BLOB,
	picture_type TEXT,
	author_id ID REFERENCES person (id),
	made_at TIME NOT NULL,
	why TEXT NOT NULL,
	PRIMARY KEY (item_id, version)
) BY KEY;
-- What is asked, in one language; the ids of options are the same in all. base: the language it was written in.
CREATE TABLE item_text (
	item_id ID NOT NULL REFERENCES item (id),
	version INT NOT NULL,
	lang TEXT NOT NULL,
	base BOOL NOT NULL,
	asked JSON NOT NULL,
	feedback JSON NOT NULL,
	PRIMARY KEY (item_id, version, lang)
) BY KEY;
-- What reviewers said of a version: two of them other than its author must accept it before it is live.
CREATE TABLE item_review (
	id ID PRIMARY KEY,
	item_id ID NOT NULL REFERENCES item (id),
	version INT NOT NULL,
	reviewer_id ID NOT NULL REFERENCES person (id),
	accepted BOOL NOT NULL,
	note TEXT NOT NULL,
	at TIME NOT NULL
);
CREATE INDEX item_review_item ON item_review (item_id, version, id);
-- Items that are never in one paper (one gives the other away); both ways round.
CREATE TABLE item_enemy (
	item_id ID NOT NULL REFERENCES item (id),
	other_id ID NOT NULL REFERENCES item (id),
	why TEXT NOT NULL,
	PRIMARY KEY (item_id, other_id)
) BY KEY;
-- A file of items that was brought in: looked at, then carried out, then perhaps undone.
CREATE TABLE item_import (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	by_id ID NOT NULL REFERENCES person (id),
	at TIME NOT NULL,
	name TEXT NOT NULL,
	format TEXT NOT NULL,
	file BLOB,
	state TEXT NOT NULL CHECK (state IN ('looked', 'done', 'undone')),
	n_new INT NOT NULL,
	n_changed INT NOT NULL,
	n_same INT NOT NULL,
	n_faults INT NOT NULL,
	report JSON NOT NULL,
	undo JSON
);
CREATE INDEX item_import_org ON item_import (org_id, id);
