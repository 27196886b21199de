-- owner: registration
-- Ways by which people without an account make one: an e-mail domain (below: and all below it), or a link. at_once: let in without a yes of an
-- administrator. most: so many people at most; until_day: the last day (both of links).
CREATE TABLE registration_way (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	kind TEXT NOT NULL CHECK (kind IN ('domain', 'link')),
	domain TEXT,
	below BOOL NOT NULL,
	code TEXT,
	at_once BOOL NOT NULL,
	most INT,
	until_day INT,
	used INT NOT NULL,
	made_by ID REFERENCES person (id),
	made_at TIME NOT NULL,
	ended_at TIME
);
CREATE INDEX registration_way_org ON registration_way (org_id, id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX registration_way_domain ON registration_way (domain) WHERE domain IS NOT NULL AND ended_at IS NULL;
CREATE UNIQUE INDEX registration_way_code ON registration_way (code) WHERE code IS NOT NULL;
-- A yes or a no to some people at once.
CREATE TABLE registration_batch (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	outcome TEXT NOT NULL CHECK (outcome IN ('yes', 'no')),
	words TEXT NOT NULL,
	n INT NOT NULL,
	decided_by ID NOT NULL REFERENCES person (id),
	decided_at TIME NOT NULL,
	undone_at TIME
);
CREATE INDEX registration_batch_org ON registration_batch (org_id, id);
-- Who wants an account. proving: codes are on their way, of which only keyed hashes are kept; waiting: for a yes; then in, refused, lapsed (nobody
-- decided in time) or taken_back. A mobile number is there only if it is proved, too.
CREATE TABLE registration (
	id ID PRIMARY KEY,
	way_id ID NOT NULL REFERENCES registration_way (id),
	org_id ID NOT NULL REFERENCES org (id),
	handle_hash TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	email TEXT NOT NULL,
	mobile TEXT,
	employee_no TEXT,
	designation_id ID NOT NULL REFERENCES designation (id),
	lang TEXT NOT NULL CHECK (lang IN ('en', 'hi')),
	email_code TEXT NOT NULL,
	mobile_code TEXT NOT NULL,
	tries INT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('proving', 'waiting', 'in', 'refused', 'lapsed', 'taken_back')),
	person_id ID REFERENCES person (id),
	batch_id ID REFERENCES registration_batch (id),
	made_at TIME NOT NULL,
	proved_at TIME,
	ended_at TIME
);
CREATE INDEX registration_waiting ON registration (org_id, id) WHERE state = 'waiting';
CREATE INDEX registration_age ON registration (state, made_at);
CREATE INDEX registration_of_batch ON registration (batch_id, id);
