-- owner: calibration
-- A calibration of an organisation's bank. until_id: attempts up to this one count. state: working (by a job), ready (what would change can be looked at), failed (why
-- says it), accepted, withdrawn, undone. theta of the run = scale × its own + shift: how it was brought to the scale of linked_id, by n_common items.
CREATE TABLE calibration_run (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	state TEXT NOT NULL CHECK (state IN ('working', 'ready', 'failed', 'accepted', 'withdrawn', 'undone')),
	job_id ID,
	until_id ID NOT NULL,
	why TEXT NOT NULL,
	people INT NOT NULL,
	reliability REAL,
	linked_id ID REFERENCES calibration_run (id),
	n_common INT NOT NULL,
	scale REAL NOT NULL,
	shift REAL NOT NULL,
	distance REAL,
	asked_by ID REFERENCES person (id),
	asked_at TIME NOT NULL,
	accepted_by ID REFERENCES person (id),
	accepted_at TIME,
	undone_by ID REFERENCES person (id),
	undone_at TIME
);
CREATE INDEX calibration_run_org ON calibration_run (org_id, id);
CREATE UNIQUE INDEX calibration_run_working ON calibration_run (org_id) WHERE state IN ('working', 'ready');
-- What a run found of a version of an item. model absent: not calibrated, why says it. b, b_se: JSON lists. answered: people; mean: share of the points; rest:
-- correlation with the score of the others of its form, fit_p, pair: those of the form most people had. options: shares by group (feature/calibration/calibration.h).
-- flags: words with spaces between. in_force: the parameters that forms are made with; of a version one row at most.
CREATE TABLE item_parameter (
	run_id ID NOT NULL REFERENCES calibration_run (id),
	item_id ID NOT NULL REFERENCES item (id),
	version INT NOT NULL,
	model TEXT CHECK (model IN ('grm')),
	categories INT NOT NULL,
	a REAL,
	b JSON,
	c REAL,
	a_se REAL,
	b_se JSON,
	answered INT NOT NULL,
	mean REAL,
	rest REAL,
	fit_p REAL,
	pair_id ID REFERENCES item (id),
	pair_q3 REAL,
	options JSON,
	flags TEXT NOT NULL,
	why TEXT NOT NULL,
	in_force BOOL NOT NULL,
	PRIMARY KEY (run_id, item_id, version)
) BY KEY;
CREATE UNIQUE INDEX item_parameter_force ON item_parameter (item_id, version) WHERE in_force;
CREATE INDEX item_parameter_item ON item_parameter (item_id, run_id);
-- Whether an item favours a group of people over another who know as much. grouped: lang, gender, service. delta, ets: Mantel and Haenszel; the rest by likelihood
-- ratio. why: a sentence where that could not be had.
CREATE TABLE item_dif (
	run_id ID NOT NULL REFERENCES calibration_run (id),
	item_id ID NOT NULL REFERENCES item (id),
	version INT NOT NULL,
	grouped TEXT NOT NULL CHECK (grouped IN ('lang', 'gender', 'service')),
	focal TEXT NOT NULL,
	reference TEXT NOT NULL,
	n_focal INT NOT NULL,
	n_reference INT NOT NULL,
	delta REAL,
	ets TEXT,
	p REAL,
	uniform_p REAL,
	other_p REAL,
	sids REAL,
	size TEXT NOT NULL CHECK (size IN ('', 'negligible', 'moderate', 'large')),
	why TEXT NOT NULL,
	PRIMARY KEY (run_id, item_id, version, grouped, focal)
) BY KEY;
-- The groups that were found in a run; compared: false, too few people of it.
CREATE TABLE calibration_group (
	run_id ID NOT NULL REFERENCES calibration_run (id),
	grouped TEXT NOT NULL CHECK (grouped IN ('lang', 'gender', 'service')),
	value TEXT NOT NULL,
	people INT NOT NULL,
	role TEXT NOT NULL CHECK (role IN ('reference', 'focal', 'few')),
	PRIMARY KEY (run_id, grouped, value)
) BY KEY;
