-- owner: karma
-- A change of what is paid for something, from a day on (rules are named in feature/karma/karma_rule.def, which has the published amounts). Never changed: the row
-- with the newest from_day that is not later than the day of the fact counts, of two of one day the newer.
-- monthly_most: so many times a calendar month (0: no end); less_a_month: so much less for each month begun after the due day; least_share: so many per cent of a
-- course's length must have been learnt, verified.
CREATE TABLE karma_rule (
	id ID PRIMARY KEY,
	code TEXT NOT NULL,
	from_day INT NOT NULL,
	points INT NOT NULL CHECK (points BETWEEN 0 AND 1000),
	monthly_most INT NOT NULL CHECK (monthly_most BETWEEN 0 AND 1000),
	less_a_month INT NOT NULL CHECK (less_a_month BETWEEN 0 AND 1000),
	least_share INT NOT NULL CHECK (least_share BETWEEN 0 AND 100),
	reason TEXT NOT NULL,
	set_by ID NOT NULL REFERENCES person (id),
	set_at TIME NOT NULL
);
CREATE INDEX karma_rule_code ON karma_rule (code, from_day, id);
-- The ledger: what a person was given for what, once. thing_id: a course, event, batch (0: there is but one). at: when the fact was; points may be 0, and why says then
-- why: 'month' (as many as a month pays), 'late' (nothing is left so long after the due day). months: begun after the due day, for which something was taken off.
CREATE TABLE karma_entry (
	person_id ID NOT NULL REFERENCES person (id),
	code TEXT NOT NULL,
	thing_id ID NOT NULL,
	points INT NOT NULL CHECK (points >= 0),
	why TEXT NOT NULL CHECK (why IN ('', 'month', 'late')),
	months INT NOT NULL,
	at TIME NOT NULL,
	noted_at TIME NOT NULL,
	PRIMARY KEY (person_id, code, thing_id)
) BY KEY;
CREATE INDEX karma_entry_time ON karma_entry (person_id, at);
-- Who does not want to be seen on boards. No row: seen.
CREATE TABLE karma_hidden (
	person_id ID PRIMARY KEY REFERENCES person (id),
	at TIME NOT NULL
);
-- Boards of a week (week: the day number of its Monday): who learnt in the four weeks before, in groups of about the same size within one department, neighbours in an
-- office together. What somebody learnt in the week is in learning_day.
CREATE TABLE karma_league (
	person_id ID NOT NULL REFERENCES person (id),
	week INT NOT NULL,
	org_id ID NOT NULL REFERENCES org (id),
	n INT NOT NULL,
	PRIMARY KEY (person_id, week)
) BY KEY;
CREATE INDEX karma_league_of ON karma_league (week, org_id, n);
