-- owner: establishment
-- Establishment files of an organisation: brought, looked at, carried out, taken back. n_…: rows and what they change; digest: of what was shown to change, so
-- that nothing else is carried out. lang: in which the person who brought it reads.
CREATE TABLE establishment (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	file_name TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('looking', 'looked', 'refused', 'applying', 'applied', 'undoing', 'undone')),
	n_rows INT NOT NULL,
	n_errors INT NOT NULL,
	n_new INT NOT NULL,
	n_changed INT NOT NULL,
	n_gone INT NOT NULL,
	n_same INT NOT NULL,
	digest TEXT NOT NULL,
	why TEXT NOT NULL,
	made_by ID REFERENCES person (id),
	made_at TIME NOT NULL,
	applied_at TIME,
	undone_at TIME
);
CREATE INDEX establishment_org ON establishment (org_id, id);
CREATE INDEX establishment_old ON establishment (made_at);
-- The same by kinds of rows.
CREATE TABLE establishment_figure (
	establishment_id ID NOT NULL REFERENCES establishment (id),
	kind INT NOT NULL,
	n_new INT NOT NULL,
	n_changed INT NOT NULL,
	n_gone INT NOT NULL,
	n_same INT NOT NULL,
	PRIMARY KEY (establishment_id, kind)
) BY KEY;
-- Texts that belong to a file, in pieces: the file itself; what is wrong and what changes, a page each (CSV); rows of tables as they were and became (a line
-- each). They go after 30 days.
CREATE TABLE establishment_piece (
	establishment_id ID NOT NULL REFERENCES establishment (id),
	what TEXT NOT NULL CHECK (what IN ('file', 'error', 'change', 'image')),
	n INT NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (establishment_id, what, n)
) BY KEY;
