-- owner: merge
-- Two accounts that may be of one person: what a search found. likeness: how likely, in per mille (feature/merge/likeness.h); agrees: what they have in
-- common, words with spaces between. a_id is the smaller one. A pair that somebody has looked at and found to be two people stays so.
CREATE TABLE duplicate (
	a_id ID NOT NULL REFERENCES person (id),
	b_id ID NOT NULL REFERENCES person (id),
	likeness INT NOT NULL,
	agrees TEXT NOT NULL,
	found_at TIME NOT NULL,
	dismissed_at TIME,
	dismissed_by ID REFERENCES person (id),
	PRIMARY KEY (a_id, b_id),
	CHECK (a_id < b_id)
) BY KEY;
CREATE INDEX duplicate_other ON duplicate (b_id, a_id);
CREATE INDEX duplicate_list ON duplicate (likeness, a_id, b_id) WHERE dismissed_at IS NULL;
-- Two accounts of one person joined: what closed_id had is kept_id's. org_id: where it was done.
CREATE TABLE merge (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	kept_id ID NOT NULL REFERENCES person (id),
	closed_id ID NOT NULL REFERENCES person (id),
	merged_by ID REFERENCES person (id),
	merged_at TIME NOT NULL,
	undone_by ID REFERENCES person (id),
	undone_at TIME
);
CREATE INDEX merge_org ON merge (org_id, id);
CREATE INDEX merge_kept ON merge (kept_id, id);
CREATE INDEX merge_closed ON merge (closed_id, id);
-- What it changed, in order: rows of tables as they were and as they became (JSON; absent: there was none, there is none any more); in the table
-- "supervised", people whose supervisor was the closed account.
CREATE TABLE merge_row (
	merge_id ID NOT NULL REFERENCES merge (id),
	n INT NOT NULL,
	name TEXT NOT NULL,
	was JSON,
	became JSON,
	PRIMARY KEY (merge_id, n)
) BY KEY;
-- The account that this one was joined with; absent: it is one of its own.
ALTER TABLE person ADD COLUMN merged_into_id ID;
