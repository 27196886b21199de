-- owner: proficiency
-- What says how well somebody masters a competency. value: thousandths of a level. source_id: the course of a certificate or test. A row never changes; what was
-- wrong is withdrawn and counts no more.
CREATE TABLE evidence (
	id ID PRIMARY KEY,
	person_id ID NOT NULL REFERENCES person (id),
	competency_id ID NOT NULL REFERENCES competency (id),
	kind TEXT NOT NULL CHECK (kind IN ('proctored-test', 'course-test', 'assessor', 'supervisor', 'peer', 'subordinate', 'certificate', 'self')),
	value INT NOT NULL CHECK (value >= 0 AND value <= 10000),
	at TIME NOT NULL,
	rater_id ID REFERENCES person (id),
	source_id ID,
	note TEXT NOT NULL,
	withdrawn_at TIME,
	withdrawn_by ID REFERENCES person (id)
);
CREATE INDEX evidence_person ON evidence (person_id, competency_id, id);
-- The sums of the estimate, in whole numbers, so that their order does not matter (feature/proficiency/estimate.h): what `karmayogi rebuild` makes anew of
-- evidence alone. n: rows that count; n_self: of them the person's own.
CREATE TABLE proficiency (
	person_id ID NOT NULL REFERENCES person (id),
	competency_id ID NOT NULL REFERENCES competency (id),
	weight INT NOT NULL,
	weighted INT NOT NULL,
	n INT NOT NULL,
	n_self INT NOT NULL,
	last_at TIME NOT NULL,
	PRIMARY KEY (person_id, competency_id)
) BY KEY;
