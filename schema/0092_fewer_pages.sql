-- owner: tally
-- What is written with each completed course: every row and every entry of an index by person is a page of its own, which goes to the disk.
-- Counters: one row each where one writer writes for all (feature/tally/tally.h); more rows come again where many write at once.
INSERT INTO tally (subject_id, what, period, shard, n) SELECT subject_id, what, period, 0, sum(n) FROM tally WHERE shard <> 0 GROUP BY subject_id, what, period
ON CONFLICT (subject_id, what, period, shard) DO UPDATE SET n = tally.n + excluded.n;
DELETE FROM tally WHERE shard <> 0;
-- Credits in a course are found by its resources.
DROP INDEX credit_course;
-- The ledger of a person is read as a whole.
DROP INDEX karma_entry_time;
-- Unread notices and the list of all by one index, in which stands all that decides whether a notice is shown; the oldest have the lowest numbers.
DROP INDEX notice_age;
DROP INDEX notice_unread;
DROP INDEX notice_list;
CREATE INDEX notice_list ON notice (person_id, read_at, id, thing_id);
