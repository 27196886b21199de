-- owner: progress
-- A day of a learner is the sum of what was learnt by thing and hour: the sum itself stood in learning_day, which was one page more to write with each report of
-- progress. The mark of used wall time (spent_until, the rule of time of feature/progress) stands with what was learnt when it was set; a person's latest is in force.
-- kind 'earlier': learning of days before things were told apart (thing_id is the person, hour 0), or a mark from before this table held it.
-- kind is compared, not looked up in a list: SQLite would make the list anew as a table with each row that is written.
CREATE TABLE learned_whole (
	person_id ID NOT NULL REFERENCES person (id),
	day INT NOT NULL,
	hour INT NOT NULL CHECK (hour BETWEEN 0 AND 23),
	kind TEXT NOT NULL CHECK (kind = 'resource' OR kind = 'event' OR kind = 'session' OR kind = 'charcha' OR kind = 'earlier'),
	thing_id ID NOT NULL,
	course_id ID REFERENCES course (id),
	ms INT NOT NULL CHECK (ms >= 0),
	changed_at TIME NOT NULL,
	spent_until TIME,
	PRIMARY KEY (person_id, day, hour, kind, thing_id)
) BY KEY;
INSERT INTO learned_whole (person_id, day, hour, kind, thing_id, course_id, ms, changed_at)
SELECT person_id, day, hour, kind, thing_id, course_id, ms, changed_at FROM learned ORDER BY person_id, day, hour, kind, thing_id;
INSERT INTO learned_whole (person_id, day, hour, kind, thing_id, ms, changed_at)
SELECT d.person_id, d.day, 0, 'earlier', d.person_id, d.ms - COALESCE(l.ms, 0), d.day * 86400000
FROM learning_day d LEFT JOIN (SELECT person_id, day, sum(ms) AS ms FROM learned GROUP BY person_id, day) l ON l.person_id = d.person_id AND l.day = d.day
WHERE d.ms > COALESCE(l.ms, 0);
INSERT INTO learned_whole (person_id, day, hour, kind, thing_id, ms, changed_at, spent_until)
SELECT person_id, max(spent_until) / 86400000, 0, 'earlier', person_id, 0, max(spent_until), max(spent_until) FROM learning_day WHERE spent_until IS NOT NULL GROUP BY person_id
ON CONFLICT (person_id, day, hour, kind, thing_id) DO UPDATE SET spent_until = excluded.spent_until;
DROP TABLE learning_day;
DROP TABLE learned;
ALTER TABLE learned_whole RENAME TO learned;
