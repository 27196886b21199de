-- owner: workplace
-- A round of workplace assessment in an organisation and below. opens_day, closes_day: first and last day. designation_id: only people of this designation are
-- assessed. most: competencies of a person. seed: by which raters were drawn (feature/workplace/raters.h). told: how many of the times to tell raters have
-- been (1 it opens, 2 first reminder, 3 second). n_people: assessed; n_nothing: not assessed, since nothing is known to ask about; n_alone: no group of colleagues
-- of theirs can reach the size that keeps raters unknown; n_headless: no supervisor has a form about them. sd_…: of the strictness model, in thousandths.
CREATE TABLE workplace_round (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	name TEXT NOT NULL,
	opens_day INT NOT NULL,
	closes_day INT NOT NULL,
	designation_id ID REFERENCES designation (id),
	most INT NOT NULL,
	seed INT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('looking', 'planned', 'making', 'open', 'closing', 'closed', 'undoing', 'undone')),
	job_id ID,
	told INT NOT NULL,
	n_people INT NOT NULL,
	n_nothing INT NOT NULL,
	n_forms INT NOT NULL,
	n_alone INT NOT NULL,
	n_headless INT NOT NULL,
	n_raters INT NOT NULL,
	n_corrected INT NOT NULL,
	sd_rater INT NOT NULL,
	sd_cell INT NOT NULL,
	sd_error INT NOT NULL,
	made_by ID REFERENCES person (id),
	made_at TIME NOT NULL,
	closed_at TIME,
	undone_at TIME,
	CHECK (closes_day >= opens_day)
);
CREATE INDEX workplace_round_org ON workplace_round (org_id, id);
CREATE INDEX workplace_round_open ON workplace_round (closes_day) WHERE state = 'open';
-- What everybody is asked about in a round, chosen by who planned it.
CREATE TABLE workplace_chosen (
	round_id ID NOT NULL REFERENCES workplace_round (id),
	competency_id ID NOT NULL REFERENCES competency (id),
	PRIMARY KEY (round_id, competency_id)
) BY KEY;
-- The list out of which raters were drawn, as people were posted on the day of the plan; never changed but for the figures of the draw.
CREATE TABLE workplace_person (
	round_id ID NOT NULL REFERENCES workplace_round (id),
	person_id ID NOT NULL REFERENCES person (id),
	org_id ID NOT NULL REFERENCES org (id),
	supervisor_id ID REFERENCES person (id),
	cadre_group TEXT NOT NULL,
	assessed BOOL NOT NULL,
	n_supervisors INT NOT NULL,
	n_peers INT NOT NULL,
	n_subordinates INT NOT NULL,
	PRIMARY KEY (round_id, person_id)
) BY KEY;
-- What is asked about a person.
CREATE TABLE workplace_asked (
	round_id ID NOT NULL REFERENCES workplace_round (id),
	person_id ID NOT NULL REFERENCES person (id),
	competency_id ID NOT NULL REFERENCES competency (id),
	PRIMARY KEY (round_id, person_id, competency_id)
) BY KEY;
-- A rater's form about a person. said_at: the last answer; complete: none is missing.
CREATE TABLE workplace_form (
	id ID PRIMARY KEY,
	round_id ID NOT NULL REFERENCES workplace_round (id),
	ratee_id ID NOT NULL REFERENCES person (id),
	rater_id ID NOT NULL REFERENCES person (id),
	kind TEXT NOT NULL CHECK (kind IN ('self', 'supervisor', 'subordinate', 'peer')),
	said_at TIME,
	complete BOOL NOT NULL,
	UNIQUE (round_id, ratee_id, rater_id)
);
CREATE INDEX workplace_form_rater ON workplace_form (rater_id, round_id);
CREATE INDEX workplace_form_left ON workplace_form (round_id, rater_id) WHERE complete = FALSE;
CREATE INDEX workplace_form_said ON workplace_form (round_id) WHERE said_at IS NOT NULL;
-- value: thousandths of a level; absent: the rater cannot say.
CREATE TABLE workplace_answer (
	form_id ID NOT NULL REFERENCES workplace_form (id),
	competency_id ID NOT NULL REFERENCES competency (id),
	value INT,
	at TIME NOT NULL,
	PRIMARY KEY (form_id, competency_id)
) BY KEY;
-- How strict each rater of a closed round is (feature/workplace/strictness.h).
CREATE TABLE workplace_rater (
	round_id ID NOT NULL REFERENCES workplace_round (id),
	rater_id ID NOT NULL REFERENCES person (id),
	n INT NOT NULL,
	enough BOOL NOT NULL,
	strictness INT NOT NULL,
	PRIMARY KEY (round_id, rater_id)
) BY KEY;
-- What a closed round says of a person: by kind of raters, with peers and subordinates only as groups. said, counted: sums of values as they were said and as
-- they count; n 0 with kind 'dropped': colleagues answered, but too few to stay unknown.
CREATE TABLE workplace_result (
	person_id ID NOT NULL REFERENCES person (id),
	round_id ID NOT NULL REFERENCES workplace_round (id),
	competency_id ID NOT NULL REFERENCES competency (id),
	kind TEXT NOT NULL CHECK (kind IN ('self', 'supervisor', 'subordinate', 'peer', 'colleague', 'dropped')),
	n INT NOT NULL,
	said INT NOT NULL,
	counted INT NOT NULL,
	PRIMARY KEY (person_id, round_id, competency_id, kind)
) BY KEY;
-- Figures of fairness of a closed round: by kind of raters (part 'kind') and by group of those assessed (part 'group'). stricter_2 … milder_2: raters by bands.
CREATE TABLE workplace_figure (
	round_id ID NOT NULL REFERENCES workplace_round (id),
	part TEXT NOT NULL CHECK (part IN ('kind', 'group')),
	code TEXT NOT NULL,
	n_forms INT NOT NULL,
	n_complete INT NOT NULL,
	n_raters INT NOT NULL,
	n_corrected INT NOT NULL,
	n_people INT NOT NULL,
	n_ratings INT NOT NULL,
	said INT NOT NULL,
	counted INT NOT NULL,
	stricter_2 INT NOT NULL,
	stricter_1 INT NOT NULL,
	middle INT NOT NULL,
	milder_1 INT NOT NULL,
	milder_2 INT NOT NULL,
	PRIMARY KEY (round_id, part, code)
) BY KEY;
-- Evidence of a round: which, and what the rater said before his strictness was removed, in thousandths. Pieces of peers and subordinates have no rater.
ALTER TABLE evidence ADD COLUMN round_id ID;
ALTER TABLE evidence ADD COLUMN said INT;
