-- owner: admission
-- Seats of a batch that are kept for a service, a state (or any organisation with all below it), or an institute that was offered them: of all seats so many. Seats that
-- no quota keeps are for everybody. until_at: unused, they go to everybody then.
CREATE TABLE admission_quota (
	id ID PRIMARY KEY,
	batch_id ID NOT NULL REFERENCES batch (id),
	kind TEXT NOT NULL CHECK (kind IN ('service', 'org', 'offer')),
	service TEXT NOT NULL,
	org_id ID REFERENCES org (id),
	seats INT NOT NULL CHECK (seats >= 1),
	until_at TIME NOT NULL
);
CREATE INDEX admission_quota_of ON admission_quota (batch_id, id);
-- Somebody and a batch. asked_at, then id, is the order of waiting. quota_id: the quota whose seat it is (NULL: a free one). org_id: where the person was posted when it
-- was asked, and service in which. step: how many of the approvals are given. A seat is taken in the states 'admitted' alone; 'waiting' has all approvals and no seat yet.
-- bed: wants one of the hostel. One row a person and batch; who asks again goes to the end of the order.
CREATE TABLE admission (
	id ID PRIMARY KEY,
	batch_id ID NOT NULL REFERENCES batch (id),
	person_id ID NOT NULL REFERENCES person (id),
	state TEXT NOT NULL CHECK (state IN ('asked', 'waiting', 'admitted', 'refused', 'withdrawn', 'removed')),
	how TEXT NOT NULL CHECK (how IN ('asked', 'nominated')),
	step INT NOT NULL,
	org_id ID NOT NULL REFERENCES org (id),
	service TEXT NOT NULL DEFAULT '',
	quota_id ID REFERENCES admission_quota (id),
	bed BOOL NOT NULL,
	bed_given BOOL NOT NULL,
	asked_at TIME NOT NULL,
	asked_by ID REFERENCES person (id),
	changed_at TIME NOT NULL,
	UNIQUE (batch_id, person_id)
);
CREATE INDEX admission_order ON admission (batch_id, state, asked_at, id);
CREATE INDEX admission_person ON admission (person_id, state);
CREATE INDEX admission_org ON admission (org_id, state, id);
-- Every change of an admission, with who and why; never changed.
CREATE TABLE admission_step (
	id ID PRIMARY KEY,
	admission_id ID NOT NULL REFERENCES admission (id),
	was TEXT NOT NULL,
	became TEXT NOT NULL,
	words TEXT NOT NULL,
	by_id ID REFERENCES person (id),
	at TIME NOT NULL
);
CREATE INDEX admission_step_of ON admission_step (admission_id, id);
-- A list of decisions or nominations that was brought: looked at, carried out, perhaps taken back. org_id: the office that brought it (NULL: a coordinator).
-- digest: of what each row meant when it was looked at; carried out only while each still means the same.
CREATE TABLE admission_list (
	id ID PRIMARY KEY,
	batch_id ID NOT NULL REFERENCES batch (id),
	org_id ID REFERENCES org (id),
	kind TEXT NOT NULL CHECK (kind IN ('nominate', 'decide')),
	name TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('looked', 'done', 'undone')),
	n_rows INT NOT NULL,
	n_good INT NOT NULL,
	n_faults INT NOT NULL,
	plan JSON NOT NULL,
	faults JSON NOT NULL,
	digest TEXT NOT NULL,
	undo JSON,
	by_id ID REFERENCES person (id),
	at TIME NOT NULL,
	done_at TIME,
	undone_at TIME
);
CREATE INDEX admission_list_of ON admission_list (batch_id, id);
-- Seats of a batch that one organisation offers to another; accepted, they are a quota of it.
CREATE TABLE admission_offer (
	id ID PRIMARY KEY,
	batch_id ID NOT NULL REFERENCES batch (id),
	to_org_id ID NOT NULL REFERENCES org (id),
	seats INT NOT NULL CHECK (seats >= 1),
	words TEXT NOT NULL,
	answer_until TIME NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('offered', 'accepted', 'declined', 'taken_back')),
	quota_id ID REFERENCES admission_quota (id),
	by_id ID REFERENCES person (id),
	at TIME NOT NULL,
	answered_by ID REFERENCES person (id),
	answered_at TIME
);
CREATE INDEX admission_offer_of ON admission_offer (batch_id, id);
CREATE INDEX admission_offer_to ON admission_offer (to_org_id, state, id);
