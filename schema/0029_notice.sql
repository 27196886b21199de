-- owner: notice
-- What the house tells a person: one row for a fact, ever. text: English with {places}, translated when it is shown; args: what stands in the
-- places, as a JSON object. path: where it leads, one of our addresses. thing_id: the assignment of kind "assigned", so that one that was withdrawn is
-- not shown. digest: wait for the letter of the day, or told there.
CREATE TABLE notice (
	id ID PRIMARY KEY,
	person_id ID NOT NULL REFERENCES person (id),
	kind TEXT NOT NULL,
	fact TEXT NOT NULL,
	text TEXT NOT NULL,
	args JSON NOT NULL,
	path TEXT NOT NULL,
	thing_id ID,
	made_at TIME NOT NULL,
	read_at TIME,
	digest TEXT NOT NULL CHECK (digest IN ('no', 'wait', 'told')),
	UNIQUE (person_id, fact)
);
CREATE INDEX notice_list ON notice (person_id, id);
CREATE INDEX notice_unread ON notice (person_id, id) WHERE read_at IS NULL;
CREATE INDEX notice_digest ON notice (person_id, id) WHERE digest = 'wait' AND read_at IS NULL;
CREATE INDEX notice_age ON notice (made_at);
-- How somebody wants to be told of a kind by letter; absent: as notice.def says.
CREATE TABLE notice_choice (
	person_id ID NOT NULL REFERENCES person (id),
	kind TEXT NOT NULL,
	mail TEXT NOT NULL CHECK (mail IN ('now', 'digest', 'no')),
	PRIMARY KEY (person_id, kind)
) BY KEY;
-- Minutes of the day in the person's zone between which no letter goes out (the same twice: none such); the day of the last digest.
CREATE TABLE notice_reader (
	person_id ID PRIMARY KEY REFERENCES person (id),
	quiet_from INT,
	quiet_until INT,
	digest_day INT
);
