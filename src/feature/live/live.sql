-- owner: live

-- ── messages and who listens ──

-- name: tell :exec
-- What listeners hear.
INSERT INTO live_message (id, kind, thing_id, what, moderators, data) VALUES (:id, :kind, :thing_id, :what, :moderators, :data);

-- name: newest :maybe
-- The newest message of all places.
SELECT id FROM live_message ORDER BY id DESC LIMIT 1;

-- name: heard :each
-- Messages of all places from one on.
-- param after id
SELECT id, kind, thing_id, what, moderators, data FROM live_message WHERE id > :after ORDER BY id;

-- name: missed :many
-- Messages of a place from one on.
-- param after id
SELECT id, what, moderators, data FROM live_message WHERE kind = :kind AND thing_id = :thing_id AND id > :after ORDER BY id LIMIT 201;

-- name: oldest :maybe
-- The oldest message that is kept.
SELECT id FROM live_message ORDER BY id LIMIT 1;

-- name: forget_messages :exec
-- Messages before one.
-- param before id
DELETE FROM live_message WHERE id < :before;

-- name: count_here :exec
-- How many listen at a place in one process.
INSERT INTO live_listening (process_id, kind, thing_id, n, touched) VALUES (:process_id, :kind, :thing_id, :n, :touched)
ON CONFLICT (process_id, kind, thing_id) DO UPDATE SET n = excluded.n, touched = excluded.touched;

-- name: forget_counts :exec
-- Places where nobody listens in this process any more, and all that processes said that are gone.
-- param process_id id
-- param touched id
-- param gone id
DELETE FROM live_listening WHERE (process_id = :process_id AND touched < :touched) OR touched < :gone;

-- name: counts :each
-- How many listen, by place.
-- param after id
-- col n int
SELECT kind, thing_id, CAST(SUM(n) AS bigint) AS n FROM live_listening WHERE touched > :after GROUP BY kind, thing_id ORDER BY kind, thing_id;

-- name: count_of :one
-- How many listen at a place.
-- param after id
-- col n int
SELECT COALESCE(CAST(SUM(n) AS bigint), 0) AS n FROM live_listening WHERE kind = :kind AND thing_id = :thing_id AND touched > :after;

-- name: touched_polls :many
-- Open polls in which somebody voted of late.
-- param after id
SELECT DISTINCT p.id, p.kind, p.thing_id, p.shown FROM live_ballot b JOIN live_poll p ON p.id = b.poll_id
WHERE b.touched > :after AND p.state = 'open' ORDER BY p.id LIMIT 1000;

-- name: touched_questions :many
-- Questions for which somebody voted of late.
-- param after id
SELECT DISTINCT q.id, q.kind, q.thing_id FROM live_vote v JOIN live_question q ON q.id = v.question_id
WHERE v.touched > :after AND q.state IN ('open', 'answered') ORDER BY q.id LIMIT 1000;

-- name: question_votes :one
-- Votes for a question.
-- col votes int
SELECT COUNT(*) AS votes FROM live_vote WHERE question_id = :question_id AND cast_now;

-- name: ballots :many
-- How often each choice of options was made in a poll.
-- col n int
SELECT chosen, COUNT(*) AS n FROM live_ballot WHERE poll_id = :poll_id GROUP BY chosen ORDER BY chosen LIMIT 1023;

-- ── sessions of batches ──

-- name: session :maybe
-- A session with its programme, and whether somebody is admitted there or coordinates it.
-- param person_id id
-- param session_id id
-- col coordinates bool
-- col admitted bool
SELECT s.id, s.batch_id, s.title, s.title_hi, b.org_id, p.title AS programme,
	EXISTS (SELECT 1 FROM programme_coordinator c WHERE c.programme_id = b.programme_id AND c.person_id = :person_id) AS coordinates,
	EXISTS (SELECT 1 FROM admission a WHERE a.batch_id = b.id AND a.person_id = :person_id AND a.state = 'admitted') AS admitted
FROM batch_session s JOIN batch b ON b.id = s.batch_id JOIN programme p ON p.id = b.programme_id WHERE s.id = :session_id;
