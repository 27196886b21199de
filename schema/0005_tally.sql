-- owner: tally
-- Counters kept with the fact they count. period is 0 for all time, else year * 100 + month.
-- Several shards a counter, by person, so that people who finish together do not wait for each other.
CREATE TABLE tally (
	subject_id ID NOT NULL,
	what TEXT NOT NULL,
	period INT NOT NULL,
	shard INT NOT NULL,
	n INT NOT NULL,
	PRIMARY KEY (subject_id, what, period, shard)
) BY KEY;
