-- owner: job
-- Background work. A job is done in steps; each step is one transaction that also keeps here where to go on (at), so that
-- a stop between two steps loses nothing and repeats nothing. claim names the worker that has it; another may take it
-- over once the lease has run out.
CREATE TABLE job (
	id ID PRIMARY KEY,
	kind TEXT NOT NULL,
	once TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
	asked_by ID REFERENCES person (id),
	input TEXT NOT NULL,
	at TEXT,
	done INT NOT NULL,
	total INT NOT NULL,
	result TEXT,
	cancel BOOL NOT NULL,
	tries INT NOT NULL,
	run_at TIME NOT NULL,
	claim TEXT,
	lease_until TIME,
	created_at TIME NOT NULL,
	started_at TIME,
	ended_at TIME
);
CREATE INDEX job_waiting ON job (run_at, id) WHERE state = 'queued';
CREATE INDEX job_running ON job (lease_until, id) WHERE state = 'running';
CREATE UNIQUE INDEX job_once ON job (kind, once) WHERE state IN ('queued', 'running');
CREATE INDEX job_asked ON job (asked_by, id);
