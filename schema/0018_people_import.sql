-- owner: people_import
-- A staff list that somebody brought: what it is, how far it came, what it found. The file and what was found in it lie in
-- DATA/import. columns says which column of the file is which: "employee_no=0,name=3".
CREATE TABLE people_import (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	asked_by ID REFERENCES person (id),
	file_name TEXT NOT NULL,
	bytes INT NOT NULL,
	head TEXT NOT NULL,
	columns TEXT NOT NULL,
	complete BOOL NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('new', 'checking', 'checked', 'applying', 'applied', 'undoing', 'undone', 'stopped', 'unreadable')),
	sentence TEXT,
	line INT NOT NULL,
	job_id ID,
	n_rows INT NOT NULL,
	n_new INT NOT NULL,
	n_changed INT NOT NULL,
	n_moved INT NOT NULL,
	n_left INT NOT NULL,
	n_unchanged INT NOT NULL,
	n_refused INT NOT NULL,
	n_late INT NOT NULL,
	n_applied INT NOT NULL,
	created_at TIME NOT NULL,
	checked_at TIME,
	applied_at TIME,
	undone_at TIME
);
CREATE INDEX people_import_org ON people_import (org_id, id);
-- The columns chosen the last time for a file with this first row.
CREATE TABLE people_import_columns (
	org_id ID NOT NULL REFERENCES org (id),
	head TEXT NOT NULL,
	columns TEXT NOT NULL,
	PRIMARY KEY (org_id, head)
) BY KEY;
-- What an import changed, in order, with what was there before, so that it can be taken back. posting_id: the posting it began;
-- ended_id: the one it ended because the person left; was_supervisor_id: of a posting it changed in place.
CREATE TABLE people_import_change (
	import_id ID NOT NULL REFERENCES people_import (id),
	n INT NOT NULL,
	person_id ID NOT NULL REFERENCES person (id),
	what TEXT NOT NULL CHECK (what IN ('new', 'changed', 'moved', 'left', 'returned', 'supervisor')),
	was_name TEXT,
	was_email TEXT,
	was_mobile TEXT,
	now_name TEXT,
	now_email TEXT,
	now_mobile TEXT,
	posting_id ID,
	ended_id ID,
	was_supervisor_id ID,
	PRIMARY KEY (import_id, n)
) BY KEY;
