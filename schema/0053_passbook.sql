-- owner: passbook
-- Links by which a person shows the competency passbook to somebody: for whom, until which day, with what it rests on or levels alone. The code of a link
-- is here as a keyed hash, by which it is found, and sealed, so that its person can be shown it again (feature/secret); never itself.
CREATE TABLE passbook_share (
	id ID PRIMARY KEY,
	person_id ID NOT NULL REFERENCES person (id),
	code_hash TEXT NOT NULL UNIQUE,
	code_sealed TEXT NOT NULL,
	for_whom TEXT NOT NULL,
	with_evidence BOOL NOT NULL,
	until_day INT NOT NULL,
	made_at TIME NOT NULL,
	ended_at TIME
);
CREATE INDEX passbook_share_person ON passbook_share (person_id, id);
-- Who opened it: viewer_id: who was signed in, if anybody; network: that of the address, never the address; browser: its name.
CREATE TABLE passbook_look (
	id ID PRIMARY KEY,
	share_id ID NOT NULL REFERENCES passbook_share (id),
	at TIME NOT NULL,
	viewer_id ID REFERENCES person (id),
	network TEXT NOT NULL,
	browser TEXT NOT NULL
);
CREATE INDEX passbook_look_share ON passbook_look (share_id, id);
