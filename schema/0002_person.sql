-- owner: person
CREATE TABLE designation (
	id ID PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,
	name_en TEXT NOT NULL,
	name_hi TEXT NOT NULL,
	service TEXT NOT NULL,
	cadre_group TEXT NOT NULL CHECK (cadre_group IN ('A', 'B', 'C')),
	pay_level INT NOT NULL,
	seniority INT NOT NULL
);
-- E-mail in small letters, mobile as +91… ; either may be absent. The password is an argon2id text, absent until set.
CREATE TABLE person (
	id ID PRIMARY KEY,
	employee_no TEXT UNIQUE,
	name TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	email TEXT UNIQUE,
	mobile TEXT UNIQUE,
	lang TEXT NOT NULL CHECK (lang IN ('en', 'hi')),
	zone TEXT NOT NULL,
	password TEXT,
	state TEXT NOT NULL CHECK (state IN ('active', 'left')),
	created_at TIME NOT NULL
);
CREATE INDEX person_sort ON person (sort_key, id);
-- A posting holds from its first day up to, not including, until_day (NULL: it still holds). Days are day numbers
-- since 1970-01-01. A transfer ends one row and begins another; rows are never changed otherwise.
CREATE TABLE posting (
	id ID PRIMARY KEY,
	person_id ID NOT NULL REFERENCES person (id),
	org_id ID NOT NULL REFERENCES org (id),
	designation_id ID NOT NULL REFERENCES designation (id),
	service TEXT NOT NULL,
	cadre_group TEXT NOT NULL CHECK (cadre_group IN ('A', 'B', 'C')),
	pay_level INT NOT NULL,
	supervisor_id ID REFERENCES person (id),
	from_day INT NOT NULL,
	until_day INT,
	created_at TIME NOT NULL,
	CHECK (until_day IS NULL OR until_day > from_day)
);
CREATE INDEX posting_person ON posting (person_id, from_day);
CREATE UNIQUE INDEX posting_one_open ON posting (person_id) WHERE until_day IS NULL;
CREATE INDEX posting_org ON posting (org_id, until_day);
CREATE INDEX posting_supervisor ON posting (supervisor_id, until_day);
