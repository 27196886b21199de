-- owner: gap
-- What somebody's work asks in a competency: the highest level of all that ask it, and how it stands, as it is counted. state: 0 not known, 1 not met, 2 met.
-- activity_id: the one that asks the most (it may be gone until this is settled again). org_id, designation_id: of the posting by which it counts. turns_day: when age alone makes it another state; absent: never.
CREATE TABLE requirement (
	person_id ID NOT NULL REFERENCES person (id),
	competency_id ID NOT NULL REFERENCES competency (id),
	level INT NOT NULL,
	activity_id ID NOT NULL,
	org_id ID NOT NULL REFERENCES org (id),
	designation_id ID NOT NULL REFERENCES designation (id),
	state INT NOT NULL CHECK (state BETWEEN 0 AND 2),
	turns_day INT,
	PRIMARY KEY (person_id, competency_id)
) BY KEY;
CREATE INDEX requirement_org ON requirement (org_id, competency_id, state, person_id);
CREATE INDEX requirement_turns ON requirement (turns_day, person_id) WHERE turns_day IS NOT NULL;
-- The same in figures, for an organisation with all below it. designation_id 0: of all designations. Spread over shards by person, as tally is.
CREATE TABLE gap_tally (
	org_id ID NOT NULL,
	designation_id ID NOT NULL,
	competency_id ID NOT NULL,
	shard INT NOT NULL,
	n INT NOT NULL,
	n_met INT NOT NULL,
	n_unknown INT NOT NULL,
	PRIMARY KEY (org_id, designation_id, competency_id, shard)
) BY KEY;
-- Changes of work that concern many: whoever does something of a role or holds a post is settled, or everybody (subject_id 0). after_id: how far; 0: not begun.
CREATE TABLE gap_change (
	id ID PRIMARY KEY,
	kind TEXT NOT NULL CHECK (kind IN ('role', 'post', 'all')),
	subject_id ID NOT NULL,
	after_id ID NOT NULL
);
CREATE UNIQUE INDEX gap_change_waits ON gap_change (kind, subject_id) WHERE after_id = 0;
-- The last day that was settled for what only time changes; one row, of id 1.
CREATE TABLE gap_day (
	id ID PRIMARY KEY,
	day INT NOT NULL
);
