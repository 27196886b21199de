-- owner: movement
-- What changes a person's posting, asked for by the person or by those who manage people, decided where the person comes to (or leaves
-- from). org_id: that organisation. judge_id: the organisation whose administrators are asked, NULL: only an operator can decide.
-- from_day: the first day, of leave the last one. until_day: the expected end of a deputation or an additional charge.
-- posting_id: the posting that was made, or that ended. state 'failed': approved, but on the day it could not be carried out; words say why.
CREATE TABLE movement (
	id ID PRIMARY KEY,
	person_id ID NOT NULL REFERENCES person (id),
	kind TEXT NOT NULL CHECK (kind IN ('join', 'transfer', 'deputation', 'charge', 'leave', 'return')),
	org_id ID NOT NULL REFERENCES org (id),
	designation_id ID REFERENCES designation (id),
	supervisor_id ID REFERENCES person (id),
	from_day INT NOT NULL,
	until_day INT,
	order_no TEXT NOT NULL,
	reason TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'done', 'refused', 'withdrawn', 'failed', 'undone')),
	asked_by ID NOT NULL REFERENCES person (id),
	asked_at TIME NOT NULL,
	judge_id ID REFERENCES org (id),
	escalate_at TIME,
	escalations INT NOT NULL,
	decided_by ID REFERENCES person (id),
	decided_at TIME,
	words TEXT NOT NULL,
	posting_id ID,
	done_at TIME,
	CHECK (until_day IS NULL OR until_day > from_day)
);
CREATE INDEX movement_person ON movement (person_id, id);
CREATE UNIQUE INDEX movement_one_asked ON movement (person_id, kind) WHERE state = 'asked';
CREATE INDEX movement_org ON movement (org_id, state, id);
CREATE INDEX movement_escalate ON movement (escalate_at) WHERE state = 'asked' AND escalate_at IS NOT NULL;
CREATE INDEX movement_due ON movement (from_day) WHERE state = 'approved';
-- A second post that somebody looks after beside the own one. Days as in posting.
CREATE TABLE additional_charge (
	id ID PRIMARY KEY,
	movement_id ID NOT NULL UNIQUE REFERENCES movement (id),
	person_id ID NOT NULL REFERENCES person (id),
	org_id ID NOT NULL REFERENCES org (id),
	designation_id ID NOT NULL REFERENCES designation (id),
	from_day INT NOT NULL,
	until_day INT,
	CHECK (until_day IS NULL OR until_day > from_day)
);
CREATE INDEX additional_charge_person ON additional_charge (person_id, from_day);
