-- owner: group
-- Groups of people by rule, each of one organisation and never beyond what is below it. rule: JSON (feature/group/rule.h);
-- words: the same as a sentence. revision counts the changes of the rule; settled is the revision that the members have reached.
CREATE TABLE people_group (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	name TEXT NOT NULL,
	rule JSON NOT NULL,
	words_en TEXT NOT NULL,
	words_hi TEXT NOT NULL,
	revision INT NOT NULL,
	settled INT NOT NULL,
	job_id ID,
	made_by ID REFERENCES person (id),
	created_at TIME NOT NULL,
	changed_at TIME NOT NULL,
	ended_at TIME
);
CREATE INDEX people_group_org ON people_group (org_id, id);
-- The courses that a rule asks about, so that completing another course costs nothing.
CREATE TABLE group_course (
	course_id ID NOT NULL REFERENCES course (id),
	group_id ID NOT NULL REFERENCES people_group (id),
	PRIMARY KEY (course_id, group_id)
) BY KEY;
CREATE INDEX group_course_group ON group_course (group_id, course_id);
-- Who is in a group, and was: from since_at up to, not including, until_at (NULL: still). Rows of the past stay.
CREATE TABLE group_member (
	group_id ID NOT NULL REFERENCES people_group (id),
	person_id ID NOT NULL REFERENCES person (id),
	since_at TIME NOT NULL,
	until_at TIME,
	PRIMARY KEY (group_id, person_id, since_at),
	CHECK (until_at IS NULL OR until_at > since_at)
) BY KEY;
CREATE UNIQUE INDEX group_member_now ON group_member (person_id, group_id) WHERE until_at IS NULL;
CREATE INDEX group_member_past ON group_member (person_id, until_at) WHERE until_at IS NOT NULL;
-- How many are in a group, in several shards by person, so that people who change together do not wait for each other.
CREATE TABLE group_count (
	group_id ID NOT NULL REFERENCES people_group (id),
	shard INT NOT NULL,
	n INT NOT NULL,
	PRIMARY KEY (group_id, shard)
) BY KEY;
-- A rule being written: what stands in the form, as it was typed.
CREATE TABLE group_draft (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	group_id ID REFERENCES people_group (id),
	made_by ID NOT NULL REFERENCES person (id),
	name TEXT NOT NULL,
	parts TEXT NOT NULL,
	changed_at TIME NOT NULL
);
CREATE INDEX group_draft_org ON group_draft (org_id, made_by, id);
-- A course asked of everybody in a group: counted first, then given in steps, taken back if need be. The rows of the table assignment
-- that it made bear its id.
CREATE TABLE group_assign (
	id ID PRIMARY KEY,
	group_id ID NOT NULL REFERENCES people_group (id),
	course_id ID NOT NULL REFERENCES course (id),
	due_day INT NOT NULL,
	reason TEXT NOT NULL,
	asked_by ID NOT NULL REFERENCES person (id),
	state TEXT NOT NULL CHECK (state IN ('counting', 'counted', 'assigning', 'assigned', 'undoing', 'undone', 'stopped')),
	job_id ID,
	n_people INT NOT NULL,
	n_completed INT NOT NULL,
	n_asked INT NOT NULL,
	n_assigned INT NOT NULL,
	n_withdrawn INT NOT NULL,
	created_at TIME NOT NULL,
	counted_at TIME,
	assigned_at TIME,
	undone_at TIME
);
CREATE INDEX group_assign_group ON group_assign (group_id, id);
-- What one act of assigning gave, in the order of people: for taking it back.
CREATE INDEX assignment_given ON assignment (id, person_id);
