-- owner: programme

-- name: part :maybe
-- A part of the programme of a batch, for somebody who is admitted to it.
-- param batch_id id
-- param part_id id
-- param person_id id
SELECT t.id, t.programme_id, t.kind, t.phase, t.must, t.title, t.title_hi, t.words, t.ended_at, b.state AS batch_state
FROM batch b JOIN programme_part t ON t.programme_id = b.programme_id AND t.id = :part_id
JOIN admission m ON m.batch_id = b.id AND m.person_id = :person_id AND m.state = 'admitted'
WHERE b.id = :batch_id AND b.state <> 'draft' AND t.kind IN ('assignment', 'survey');

-- name: any_part :maybe
-- The same for who runs the batch.
-- param batch_id id
-- param part_id id
SELECT t.id, t.programme_id, t.kind, t.phase, t.must, t.title, t.title_hi, t.words, t.ended_at, b.state AS batch_state
FROM batch b JOIN programme_part t ON t.programme_id = b.programme_id AND t.id = :part_id
WHERE b.id = :batch_id AND t.kind IN ('assignment', 'survey');

-- name: draft :maybe
-- A draft.
SELECT id, words, file_name, file, at FROM batch_work WHERE batch_id = :batch_id AND part_id = :part_id AND person_id = :person_id AND state = 'draft';

-- name: newest :maybe
-- What was handed in last, without its file.
SELECT id, words, file_name, at, state, said, judged_at FROM batch_work WHERE batch_id = :batch_id AND part_id = :part_id AND person_id = :person_id AND newest;

-- name: add :exec
-- A draft, or something that is handed in.
INSERT INTO batch_work (id, batch_id, part_id, person_id, newest, words, file_name, file, at, state, said)
VALUES (:id, :batch_id, :part_id, :person_id, :newest, :words, :file_name, :file, :at, :state, '');

-- name: forget_draft :exec
-- A draft goes.
DELETE FROM batch_work WHERE batch_id = :batch_id AND part_id = :part_id AND person_id = :person_id AND state = 'draft';

-- name: past :exec
-- What was in force is not any more.
UPDATE batch_work SET newest = FALSE WHERE batch_id = :batch_id AND part_id = :part_id AND person_id = :person_id AND newest;

-- name: judge :exec
-- It is accepted, or sent back.
UPDATE batch_work SET state = :state, said = :said, judged_by = :judged_by, judged_at = :judged_at WHERE id = :id AND newest AND state = 'given';

-- name: one :maybe
-- Something that was handed in, with who and for what.
SELECT w.id, w.batch_id, w.part_id, w.person_id, w.newest, w.words, w.file_name, w.at, w.state, w.said, w.judged_at, q.name, t.title, t.title_hi, t.kind, t.words AS asked,
	j.name AS judge
FROM batch_work w JOIN person q ON q.id = w.person_id JOIN programme_part t ON t.id = w.part_id LEFT JOIN person j ON j.id = w.judged_by
WHERE w.id = :id AND w.batch_id = :batch_id AND w.state <> 'draft' AND t.kind = 'assignment';

-- name: file :maybe
-- Its file.
SELECT person_id, file_name, file, state FROM batch_work WHERE id = :id AND batch_id = :batch_id;

-- name: to_judge :many
-- Assignments of a batch that are in force, those that wait first, the longest waiting first.
-- param after_judged int
-- param after_id id
-- param limit int
-- col judged int
SELECT w.id, w.part_id, w.person_id, q.name, t.title, t.title_hi, w.at, w.state, w.file_name, CASE WHEN w.state = 'given' THEN 0 ELSE 1 END AS judged
FROM batch_work w JOIN person q ON q.id = w.person_id JOIN programme_part t ON t.id = w.part_id
WHERE w.batch_id = :batch_id AND w.newest AND t.kind = 'assignment'
	AND (CASE WHEN w.state = 'given' THEN 0 ELSE 1 END > :after_judged OR (CASE WHEN w.state = 'given' THEN 0 ELSE 1 END = :after_judged AND w.id > :after_id))
ORDER BY judged, w.id LIMIT :limit;

-- name: numbers :one
-- How many wait to be judged in a batch.
-- col waiting int
SELECT count(*) AS waiting FROM batch_work w JOIN programme_part t ON t.id = w.part_id WHERE w.batch_id = :batch_id AND w.newest AND w.state = 'given' AND t.kind = 'assignment';

-- name: answers :many
-- The answers to a survey, as they came.
SELECT words FROM batch_work WHERE batch_id = :batch_id AND part_id = :part_id AND newest ORDER BY id LIMIT 5000;

-- name: surveys :many
-- The surveys of a batch, with how many have answered.
-- param batch_id id
-- col answered int
SELECT t.id, t.title, t.title_hi, (SELECT count(*) FROM batch_work w WHERE w.batch_id = b.id AND w.part_id = t.id AND w.newest) AS answered
FROM batch b JOIN programme_part t ON t.programme_id = b.programme_id AND t.kind = 'survey' WHERE b.id = :batch_id ORDER BY t.n, t.id LIMIT 200;
