-- owner: org
-- Organisations in one tree: ministries, departments, offices, sections; states likewise.
CREATE TABLE org (
	id ID PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,
	parent_id ID REFERENCES org (id),
	kind TEXT NOT NULL CHECK (kind IN ('union', 'states', 'state', 'ministry', 'department', 'office', 'section')),
	name_en TEXT NOT NULL,
	name_hi TEXT NOT NULL,
	short_name TEXT NOT NULL,
	created_at TIME NOT NULL
);
CREATE INDEX org_parent ON org (parent_id, id);
-- Every organisation with itself and all above it, so that a subtree is one join.
CREATE TABLE org_above (
	org_id ID NOT NULL REFERENCES org (id),
	above_id ID NOT NULL REFERENCES org (id),
	distance INT NOT NULL CHECK (distance >= 0),
	PRIMARY KEY (org_id, above_id)
) BY KEY;
CREATE INDEX org_above_down ON org_above (above_id, org_id);
