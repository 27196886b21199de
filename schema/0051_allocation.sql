-- owner: allocation
-- Work allocation orders of an office: which officer does which activity, and how many minutes a week it takes. A draft changes; what was published stays.
-- state: published until the first day, then in force until another order replaces it. code: of the public page. until_day: the first day of the order that
-- replaced it. reason: why somebody has more than a working week. document: the order as it was published (see allocation.h).
CREATE TABLE allocation (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	code TEXT NOT NULL UNIQUE,
	number TEXT NOT NULL,
	subject TEXT NOT NULL,
	from_day INT NOT NULL,
	until_day INT,
	state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'force', 'replaced', 'withdrawn')),
	reason TEXT NOT NULL,
	document TEXT,
	made_by ID REFERENCES person (id),
	made_at TIME NOT NULL,
	published_by ID REFERENCES person (id),
	published_at TIME,
	withdrawn_by ID REFERENCES person (id),
	withdrawn_at TIME,
	replaced_by_id ID REFERENCES allocation (id),
	CHECK (state = 'draft' OR document IS NOT NULL)
);
CREATE INDEX allocation_org ON allocation (org_id, id);
CREATE UNIQUE INDEX allocation_in_force ON allocation (org_id) WHERE state = 'force';
CREATE UNIQUE INDEX allocation_day ON allocation (org_id, from_day) WHERE state IN ('published', 'force', 'replaced');
CREATE UNIQUE INDEX allocation_number ON allocation (org_id, number) WHERE state IN ('published', 'force', 'replaced');
CREATE INDEX allocation_due ON allocation (from_day) WHERE state = 'published';
CREATE TABLE allocation_officer (
	allocation_id ID NOT NULL REFERENCES allocation (id),
	person_id ID NOT NULL REFERENCES person (id),
	PRIMARY KEY (allocation_id, person_id)
) BY KEY;
CREATE INDEX allocation_officer_person ON allocation_officer (person_id, allocation_id);
CREATE TABLE allotment (
	allocation_id ID NOT NULL REFERENCES allocation (id),
	person_id ID NOT NULL REFERENCES person (id),
	activity_id ID NOT NULL REFERENCES activity (id),
	minutes INT NOT NULL CHECK (minutes BETWEEN 30 AND 3600),
	PRIMARY KEY (allocation_id, person_id, activity_id)
) BY KEY;
CREATE INDEX allotment_person ON allotment (person_id, allocation_id);
CREATE INDEX allotment_activity ON allotment (activity_id, allocation_id);
-- Copies of an order with signature and stamp, scanned: each stays. file: its name in the folder of copies.
CREATE TABLE allocation_copy (
	id ID PRIMARY KEY,
	allocation_id ID NOT NULL REFERENCES allocation (id),
	file TEXT NOT NULL,
	bytes INT NOT NULL,
	kept_by ID REFERENCES person (id),
	kept_at TIME NOT NULL
);
CREATE INDEX allocation_copy_of ON allocation_copy (allocation_id, id);
