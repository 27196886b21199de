-- owner: progress
-- Names of people of whom there is something new for those who count what is learnt, in the order in which it came; a name may stand here several times, and goes when the
-- person has been counted (feature/learned). at: when it came. A list that is short and written at its end, instead of an index of all that was ever learnt by when it
-- changed, in which each report of progress took a place out and put another in. No reference to person: the name is known to be one, and is gone in seconds.
CREATE TABLE learned_news (
	id ID PRIMARY KEY,
	person_id ID NOT NULL,
	at TIME NOT NULL
);
INSERT INTO learned_news (id, person_id, at)
SELECT x.person_id, x.person_id, max(x.at) FROM (
	SELECT l.person_id, l.changed_at AS at FROM learned l LEFT JOIN campaign_mark m ON m.id = 1
	WHERE m.id IS NULL OR (l.changed_at, l.person_id) > (m.changed_at, m.person_id) OR (l.changed_at, l.person_id) > (m.swept_at, m.swept_person_id)
	UNION ALL SELECT t.person_id, 0 FROM campaign_touched t) x
GROUP BY x.person_id;
DROP INDEX learned_changed;
DROP TABLE campaign_touched;
-- What is left of the mark: up to when all is counted. revision: goes up when what is known of people may count otherwise (rules, two accounts becoming one), so that
-- nobody is counted by what was read before.
ALTER TABLE campaign_mark ADD COLUMN revision INT NOT NULL DEFAULT 0;
ALTER TABLE campaign_mark DROP COLUMN changed_at;
ALTER TABLE campaign_mark DROP COLUMN person_id;
ALTER TABLE campaign_mark DROP COLUMN swept_at;
ALTER TABLE campaign_mark DROP COLUMN swept_person_id;
ALTER TABLE campaign_person DROP COLUMN seen_ms;
-- Up to when a learner's wall time is used up (the rule of time of feature/progress) stands with the day (India's) on which it was used: the newest is in force.
ALTER TABLE learning_day ADD COLUMN spent_until TIME;
UPDATE learning_day SET spent_until = (SELECT c.spent_until FROM learner_clock c WHERE c.person_id = learning_day.person_id)
WHERE day = (SELECT max(d.day) FROM learning_day d WHERE d.person_id = learning_day.person_id);
INSERT INTO learning_day (person_id, day, ms, spent_until) SELECT c.person_id, c.spent_until / 86400000, 0, c.spent_until FROM learner_clock c
WHERE NOT EXISTS (SELECT 1 FROM learning_day d WHERE d.person_id = c.person_id);
DROP TABLE learner_clock;
