-- owner: post
-- Roles that work consists of, with their activities and the competencies that these need. A role is a template: any number of posts of its organisation and
-- below it have it. Days as in posting; until_day: not in use from that day on.
CREATE TABLE work_role (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	code TEXT NOT NULL,
	name_en TEXT NOT NULL,
	name_hi TEXT NOT NULL,
	until_day INT,
	created_at TIME NOT NULL,
	UNIQUE (org_id, code)
);
CREATE TABLE activity (
	id ID PRIMARY KEY,
	role_id ID NOT NULL REFERENCES work_role (id),
	code TEXT NOT NULL,
	n INT NOT NULL,
	name_en TEXT NOT NULL,
	name_hi TEXT NOT NULL,
	until_day INT,
	UNIQUE (role_id, code)
);
CREATE TABLE activity_competency (
	activity_id ID NOT NULL REFERENCES activity (id),
	competency_id ID NOT NULL REFERENCES competency (id),
	level INT NOT NULL CHECK (level BETWEEN 1 AND 10),
	PRIMARY KEY (activity_id, competency_id)
) BY KEY;
CREATE INDEX activity_competency_of ON activity_competency (competency_id, activity_id);
-- Posts of an office. sanctioned: how many may hold it substantively on a day. What somebody must bring besides competencies: service (empty: any), pay
-- level and years in service (0: none). tenure_months: how long a holder is left there at least.
CREATE TABLE post (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	code TEXT NOT NULL,
	title_en TEXT NOT NULL,
	title_hi TEXT NOT NULL,
	designation_id ID NOT NULL REFERENCES designation (id),
	place TEXT NOT NULL,
	sanctioned INT NOT NULL CHECK (sanctioned BETWEEN 1 AND 100000),
	service TEXT NOT NULL,
	least_pay_level INT NOT NULL CHECK (least_pay_level BETWEEN 0 AND 20),
	least_years INT NOT NULL CHECK (least_years BETWEEN 0 AND 60),
	tenure_months INT NOT NULL CHECK (tenure_months BETWEEN 0 AND 120),
	from_day INT NOT NULL,
	until_day INT,
	created_at TIME NOT NULL,
	UNIQUE (org_id, code),
	CHECK (until_day IS NULL OR until_day > from_day)
);
CREATE INDEX post_designation ON post (designation_id, org_id);
CREATE TABLE post_role (
	post_id ID NOT NULL REFERENCES post (id),
	role_id ID NOT NULL REFERENCES work_role (id),
	PRIMARY KEY (post_id, role_id)
) BY KEY;
CREATE INDEX post_role_of ON post_role (role_id, post_id);
-- Who holds a post, and how. The past is never changed: a holding ends, and another begins.
CREATE TABLE holding (
	id ID PRIMARY KEY,
	post_id ID NOT NULL REFERENCES post (id),
	person_id ID NOT NULL REFERENCES person (id),
	kind TEXT NOT NULL CHECK (kind IN ('substantive', 'additional', 'officiating')),
	from_day INT NOT NULL,
	until_day INT,
	order_no TEXT NOT NULL,
	created_at TIME NOT NULL,
	CHECK (until_day IS NULL OR until_day > from_day)
);
CREATE INDEX holding_post ON holding (post_id, from_day);
CREATE INDEX holding_person ON holding (person_id, from_day);
CREATE INDEX holding_begins ON holding (from_day);
CREATE INDEX holding_ends ON holding (until_day) WHERE until_day IS NOT NULL;
-- Activities that were allotted to somebody by an order, beside those of the posts held. source_id: the order.
CREATE TABLE duty (
	id ID PRIMARY KEY,
	person_id ID NOT NULL REFERENCES person (id),
	activity_id ID NOT NULL REFERENCES activity (id),
	source_id ID NOT NULL,
	from_day INT NOT NULL,
	until_day INT,
	CHECK (until_day IS NULL OR until_day > from_day)
);
CREATE INDEX duty_person ON duty (person_id, from_day);
CREATE INDEX duty_source ON duty (source_id, person_id);
CREATE INDEX duty_activity ON duty (activity_id, person_id);
CREATE INDEX duty_begins ON duty (from_day);
CREATE INDEX duty_ends ON duty (until_day) WHERE until_day IS NOT NULL;
