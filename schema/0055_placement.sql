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
-- places as can be come before the sum. state: open (officers say what they prefer), scoring (by a job), scored, solved, proposed, approved, ordered, withdrawn.
-- The figures are of the last answer, in thousandths: the sum, what no other can exceed, what each filled place adds in the proof; and the same of the stable one.
CREATE TABLE placement_round (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	name TEXT NOT NULL,
	from_day INT NOT NULL,
	bonus INT NOT NULL CHECK (bonus BETWEEN 0 AND 1000),
	fill BOOL NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'scoring', 'scored', 'solved', 'proposed', 'approved', 'ordered', 'withdrawn')),
	job_id ID,
	order_no TEXT NOT NULL,
	revision INT NOT NULL,
	total INT,
	bound INT,
	premium INT,
	placed INT,
	blocking INT,
	firsts INT,
	choices INT,
	stable_total INT,
	stable_placed INT,
	stable_firsts INT,
	stable_choices INT,
	made_by ID REFERENCES person (id),
	made_at TIME NOT NULL,
	proposed_by ID REFERENCES person (id)
);
CREATE INDEX placement_round_org ON placement_round (org_id, id);
-- The posts of a round and how many places of each are vacant. candidates: who comes into question; not_...: officers who do not meet a rule. price: of each place in
-- the proof. shortage: number of the group of posts that cannot all be filled, shortage_officers: how many come into question for any post of it.
CREATE TABLE placement_post (
	round_id ID NOT NULL REFERENCES placement_round (id),
	post_id ID NOT NULL REFERENCES post (id),
	places INT NOT NULL CHECK (places > 0),
	candidates INT,
	not_service INT,
	not_pay_level INT,
	not_years INT,
	not_tenure INT,
	price INT,
	shortage INT,
	shortage_officers INT,
	PRIMARY KEY (round_id, post_id)
) BY KEY;
-- Its officers. post_id, score, price: of the last answer; was_post_id: of the answer before; stable_post_id: of the stable one. order_state: held (back, by words),
-- ordered, failed (the facts did not allow it on the day; words say why).
CREATE TABLE placement_officer (
	round_id ID NOT NULL REFERENCES placement_round (id),
	person_id ID NOT NULL REFERENCES person (id),
	post_id ID REFERENCES post (id),
	was_post_id ID REFERENCES post (id),
	stable_post_id ID REFERENCES post (id),
	score INT,
	price INT,
	order_state TEXT NOT NULL CHECK (order_state IN ('', 'held', 'ordered', 'failed')),
	words TEXT NOT NULL,
	PRIMARY KEY (round_id, person_id)
) BY KEY;
CREATE INDEX placement_officer_person ON placement_officer (person_id, round_id);
-- Who comes into question where: those who fit best. fit: thousandths. rule: what somebody laid down to see what would be if.
CREATE TABLE placement_pair (
	round_id ID NOT NULL REFERENCES placement_round (id),
	post_id ID NOT NULL REFERENCES post (id),
	person_id ID NOT NULL REFERENCES person (id),
	fit INT NOT NULL,
	rule TEXT NOT NULL CHECK (rule IN ('open', 'fixed', 'forbidden')),
	PRIMARY KEY (round_id, post_id, person_id)
) BY KEY;
CREATE INDEX placement_pair_person ON placement_pair (round_id, person_id);
-- What officers would like, most of all first.
CREATE TABLE placement_preference (
	round_id ID NOT NULL REFERENCES placement_round (id),
	person_id ID NOT NULL REFERENCES person (id),
	post_id ID NOT NULL REFERENCES post (id),
	rank INT NOT NULL CHECK (rank BETWEEN 1 AND 5),
	PRIMARY KEY (round_id, person_id, post_id)
) BY KEY;
-- What happened in a round. total, moved: of the answer that came of it, and how many officers it moved.
CREATE TABLE placement_event (
	id ID PRIMARY KEY,
	round_id ID NOT NULL REFERENCES placement_round (id),
	kind TEXT NOT NULL CHECK (kind IN ('solved', 'fixed', 'forbidden', 'opened', 'weighed', 'proposed', 'returned', 'approved', 'withdrawn', 'held', 'released')),
	person_id ID REFERENCES person (id),
	post_id ID REFERENCES post (id),
	total INT,
	moved INT,
	by_id ID REFERENCES person (id),
	at TIME NOT NULL,
	words TEXT NOT NULL
);
CREATE INDEX placement_event_round ON placement_event (round_id, id);
