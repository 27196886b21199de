-- owner: placement
-- Posts that must not stand empty, for the list of successions.
CREATE TABLE critical_post (
	post_id ID PRIMARY KEY REFERENCES post (id),
	reason TEXT NOT NULL,
	marked_by ID REFERENCES person (id),
	marked_at TIME NOT NULL
);
-- Steps of careers, from one designation to another, as an organisation lays them down for itself and all below it. kind: ladder, upwards and never in a
-- circle; lattice, sideways. least_years: in service, before it can be taken.
CREATE TABLE career_step (
	org_id ID NOT NULL REFERENCES org (id),
	from_id ID NOT NULL REFERENCES designation (id),
	to_id ID NOT NULL REFERENCES designation (id),
	kind TEXT NOT NULL CHECK (kind IN ('ladder', 'lattice')),
	least_years INT NOT NULL CHECK (least_years BETWEEN 0 AND 40),
	made_at TIME NOT NULL,
	PRIMARY KEY (org_id, from_id, to_id),
	CHECK (from_id <> to_id)
) BY KEY;
CREATE INDEX career_step_from ON career_step (from_id, org_id);
-- Many officers on many posts at once. from_day: when orders begin. bonus: thousandths that the first preference adds, the fifth a fifth of it. fill: as many
-- posts as can be come before the sum. state: open (officers say what they prefer), scoring (by a job), scored, solved, proposed, ordered, withdrawn.
-- The figures are of the last answer, in thousandths: what it is worth, what no other can exceed, what is lost by rounding, and the same of the stable one.
CREATE TABLE placement_round (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	name TEXT NOT NULL,
	from_day INT NOT NULL,
	bonus INT NOT NULL CHECK (bonus BETWEEN 0 AND 1000),
	fill BOOL NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'scoring', 'scored', 'solved', 'proposed', 'ordered', 'withdrawn')),
	job_id ID,
	total INT,
	bound INT,
	premium INT,
	n_placed INT,
	stable_total INT,
	stable_placed INT,
	stable_blocking INT,
	blocking INT,
	first_choices INT,
	any_choices INT,
	stable_first_choices INT,
	stable_any_choices INT,
	made_by ID REFERENCES person (id),
	made_at TIME NOT NULL,
	solved_at TIME,
	proposed_by ID REFERENCES person (id),
	proposed_at TIME,
	decided_by ID REFERENCES person (id),
	decided_at TIME,
	words TEXT NOT NULL
);
CREATE INDEX placement_round_org ON placement_round (org_id, id);
-- The posts of a round and how many places of each; n: the number of its first place.
CREATE TABLE placement_post (
	round_id ID NOT NULL REFERENCES placement_round (id),
	post_id ID NOT NULL REFERENCES post (id),
	n INT NOT NULL,
	places INT NOT NULL CHECK (places > 0),
	PRIMARY KEY (round_id, post_id)
) BY KEY;
-- Its places, with their price in the proof.
CREATE TABLE placement_place (
	round_id ID NOT NULL REFERENCES placement_round (id),
	n INT NOT NULL,
	post_id ID NOT NULL REFERENCES post (id),
	price INT NOT NULL,
	PRIMARY KEY (round_id, n)
) BY KEY;
-- Its officers. place, pair, price: of the last answer; was_post_id: of the answer before; stable_post_id: of the stable one. order_state: of a proposal that was
-- approved: ordered, held (by words), failed (the facts do not allow it any more; words say why).
CREATE TABLE placement_officer (
	round_id ID NOT NULL REFERENCES placement_round (id),
	person_id ID NOT NULL REFERENCES person (id),
	place INT,
	post_id ID REFERENCES post (id),
	was_post_id ID REFERENCES post (id),
	stable_post_id ID REFERENCES post (id),
	price INT NOT NULL,
	order_state TEXT NOT NULL CHECK (order_state IN ('', 'held', 'ordered', 'failed')),
	holding_id ID,
	words TEXT NOT NULL,
	PRIMARY KEY (round_id, person_id)
) BY KEY;
CREATE INDEX placement_officer_person ON placement_officer (person_id, round_id);
-- Who comes into question where: at most fifty for a post, those who fit best. fit: thousandths. rule: what somebody laid down to see what would be if.
CREATE TABLE placement_pair (
	round_id ID NOT NULL REFERENCES placement_round (id),
	post_id ID NOT NULL REFERENCES post (id),
	person_id ID NOT NULL REFERENCES person (id),
	fit INT NOT NULL,
	rule TEXT NOT NULL CHECK (rule IN ('open', 'fixed', 'forbidden')),
	PRIMARY KEY (round_id, post_id, person_id)
) BY KEY;
-- What officers would like, most of all first.
CREATE TABLE placement_preference (
	round_id ID NOT NULL REFERENCES placement_round (id),
	person_id ID NOT NULL REFERENCES person (id),
	rank INT NOT NULL CHECK (rank BETWEEN 1 AND 5),
	post_id ID NOT NULL REFERENCES post (id),
	PRIMARY KEY (round_id, person_id, rank),
	UNIQUE (round_id, person_id, post_id)
) BY KEY;
-- What happened in a round: solved, tried, proposed, decided. total, moved: of the answer that came of it, and how many officers it moved.
CREATE TABLE placement_event (
	id ID PRIMARY KEY,
	round_id ID NOT NULL REFERENCES placement_round (id),
	kind TEXT NOT NULL CHECK (kind IN ('solved', 'fixed', 'forbidden', 'opened', 'weighed', 'proposed', 'returned', 'approved', 'withdrawn')),
	person_id ID REFERENCES person (id),
	post_id ID REFERENCES post (id),
	bonus INT,
	total_before INT,
	total INT,
	moved INT,
	by_id ID REFERENCES person (id),
	at TIME NOT NULL,
	words TEXT NOT NULL
);
CREATE INDEX placement_event_round ON placement_event (round_id, id);
