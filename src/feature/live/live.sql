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

-- ── places ──

-- name: place :maybe
-- Settings of a place.
SELECT questions, named, chat, slow FROM live_place WHERE kind = :kind AND thing_id = :thing_id;

-- name: place_now :one
-- Settings of a place, or the usual ones, and how many listen there.
-- param kind text
-- param thing_id id
-- param after id
-- col questions bool
-- col named bool
-- col chat text
-- col slow int
-- col here int
SELECT COALESCE(p.questions, TRUE) AS questions, COALESCE(p.named, FALSE) AS named, COALESCE(p.chat, 'off') AS chat, COALESCE(p.slow, 0) AS slow, h.n AS here
FROM (SELECT COALESCE(CAST(SUM(n) AS bigint), 0) AS n FROM live_listening WHERE kind = :kind AND thing_id = :thing_id AND touched > :after) h
LEFT JOIN live_place p ON p.kind = :kind AND p.thing_id = :thing_id;

-- name: put_place :exec
-- Settings of a place.
INSERT INTO live_place (kind, thing_id, questions, named, chat, slow) VALUES (:kind, :thing_id, :questions, :named, :chat, :slow)
ON CONFLICT (kind, thing_id) DO UPDATE SET questions = excluded.questions, named = excluded.named, chat = excluded.chat, slow = excluded.slow;

-- name: put_mute :exec
-- Somebody says nothing until then.
INSERT INTO live_mute (kind, thing_id, person_id, until_at, by_id) VALUES (:kind, :thing_id, :person_id, :until_at, :by_id)
ON CONFLICT (kind, thing_id, person_id) DO UPDATE SET until_at = excluded.until_at, by_id = excluded.by_id;

-- name: mute :maybe
-- Until when somebody says nothing.
SELECT until_at FROM live_mute WHERE kind = :kind AND thing_id = :thing_id AND person_id = :person_id;

-- ── questions ──

-- name: add_question :exec
-- A question.
INSERT INTO live_question (id, kind, thing_id, person_id, words, state, pinned, at) VALUES (:id, :kind, :thing_id, :person_id, :words, 'open', FALSE, :at);

-- name: questions_of :one
-- How many questions a place has, and how many of somebody.
-- param kind text
-- param thing_id id
-- param person_id id
-- col n int
-- col mine int
SELECT COUNT(*) AS n, COUNT(CASE WHEN person_id = :person_id THEN 1 END) AS mine FROM live_question WHERE kind = :kind AND thing_id = :thing_id;

-- name: question :maybe
-- A question of a place with its votes.
-- col votes int
SELECT q.id, q.person_id, q.words, q.state, q.pinned, q.merged_id, q.at, p.name,
	(SELECT COUNT(*) FROM live_vote v WHERE v.question_id = q.id AND v.cast_now) AS votes
FROM live_question q JOIN person p ON p.id = q.person_id WHERE q.id = :id AND q.kind = :kind AND q.thing_id = :thing_id;

-- name: questions :many
-- Questions of a place, as they are read: pinned, then by votes, then the older first.
-- param person_id id
-- param hidden bool
-- param kind text
-- param thing_id id
-- col votes int
-- col mine bool
SELECT q.id, q.person_id, q.words, q.state, q.pinned, q.at, p.name,
	(SELECT COUNT(*) FROM live_vote v WHERE v.question_id = q.id AND v.cast_now) AS votes,
	EXISTS (SELECT 1 FROM live_vote m WHERE m.question_id = q.id AND m.person_id = :person_id AND m.cast_now) AS mine
FROM live_question q JOIN person p ON p.id = q.person_id
WHERE q.kind = :kind AND q.thing_id = :thing_id AND (q.state IN ('open', 'answered') OR (q.state = 'hidden' AND :hidden))
ORDER BY q.pinned DESC, votes DESC, q.id LIMIT 500;

-- name: set_question :exec
-- A question becomes something else.
UPDATE live_question SET state = :state, pinned = :pinned, merged_id = :merged_id WHERE id = :id;

-- name: put_vote :exec
-- A vote for a question, or taken back.
INSERT INTO live_vote (question_id, person_id, cast_now, touched) VALUES (:question_id, :person_id, :cast_now, :touched)
ON CONFLICT (question_id, person_id) DO UPDATE SET cast_now = excluded.cast_now, touched = excluded.touched;

-- name: merge_votes :exec
-- Who voted for a question votes for another, once.
-- param into_id id
-- param touched id
-- param from_id id
INSERT INTO live_vote (question_id, person_id, cast_now, touched)
SELECT :into_id, v.person_id, TRUE, :touched FROM live_vote v WHERE v.question_id = :from_id AND v.cast_now
ON CONFLICT (question_id, person_id) DO UPDATE SET cast_now = TRUE, touched = excluded.touched;

-- name: all_questions :each
-- All questions of a place for the organiser.
-- col votes int
SELECT q.id, q.words, q.state, q.pinned, q.merged_id, q.at, p.name, (SELECT COUNT(*) FROM live_vote v WHERE v.question_id = q.id AND v.cast_now) AS votes
FROM live_question q JOIN person p ON p.id = q.person_id WHERE q.kind = :kind AND q.thing_id = :thing_id ORDER BY q.id;

-- ── polls ──

-- name: add_poll :exec
-- A poll that is not open yet.
INSERT INTO live_poll (id, kind, thing_id, words, many, state, shown, voters, made_by, made_at)
VALUES (:id, :kind, :thing_id, :words, :many, 'draft', FALSE, 0, :made_by, :made_at);

-- name: add_option :exec
-- An option of a poll.
INSERT INTO live_option (poll_id, n, words, votes) VALUES (:poll_id, :n, :words, 0);

-- name: polls_of :one
-- How many polls a place has.
-- col n int
SELECT COUNT(*) AS n FROM live_poll WHERE kind = :kind AND thing_id = :thing_id;

-- name: poll :maybe
-- A poll of a place.
SELECT id, words, many, state, shown, voters FROM live_poll WHERE id = :id AND kind = :kind AND thing_id = :thing_id;

-- name: polls :many
-- Polls of a place, the newest first, with what somebody chose.
-- param person_id id
-- param kind text
-- param thing_id id
SELECT p.id, p.words, p.many, p.state, p.shown, p.voters, p.opened_at, p.closed_at, b.chosen FROM live_poll p
LEFT JOIN live_ballot b ON b.poll_id = p.id AND b.person_id = :person_id
WHERE p.kind = :kind AND p.thing_id = :thing_id ORDER BY p.id DESC LIMIT 50;

-- name: options_here :many
-- Options of all polls of a place (n: their number, votes: when the poll was closed), and behind them of the open ones each choice of options that was made
-- (n: what was chosen, votes: how often).
-- col poll_id id
-- col chosen int
-- col n int
-- col words text
-- col votes int
SELECT o.poll_id, 0 AS chosen, o.n, o.words, o.votes FROM live_poll p JOIN live_option o ON o.poll_id = p.id WHERE p.kind = :kind AND p.thing_id = :thing_id
UNION ALL SELECT b.poll_id, 1, b.chosen, '', COUNT(*) FROM live_poll p JOIN live_ballot b ON b.poll_id = p.id
	WHERE p.kind = :kind AND p.thing_id = :thing_id AND p.state = 'open' GROUP BY b.poll_id, b.chosen
ORDER BY 2, 1, 3 LIMIT 5500;

-- name: options :many
-- Options of a poll.
SELECT n, words, votes FROM live_option WHERE poll_id = :poll_id ORDER BY n LIMIT 10;

-- name: open_poll :exec
-- A poll is opened, also once more.
UPDATE live_poll SET state = 'open', opened_at = :opened_at, closed_at = NULL WHERE id = :id;

-- name: close_poll :exec
-- A poll is closed, with how many voted.
UPDATE live_poll SET state = 'closed', closed_at = :closed_at, voters = :voters WHERE id = :id;

-- name: keep_votes :exec
-- How an option stood when its poll was closed.
UPDATE live_option SET votes = :votes WHERE poll_id = :poll_id AND n = :n;

-- name: show_poll :exec
-- Whether all see how a poll stands.
UPDATE live_poll SET shown = :shown WHERE id = :id;

-- name: drop_options :exec
-- A draft goes.
DELETE FROM live_option WHERE poll_id = :poll_id;

-- name: drop_poll :exec
-- A draft goes.
DELETE FROM live_poll WHERE id = :id AND state = 'draft';

-- name: put_ballot :exec
-- What somebody chose, also instead of what was chosen before.
INSERT INTO live_ballot (poll_id, person_id, chosen, touched) VALUES (:poll_id, :person_id, :chosen, :touched)
ON CONFLICT (poll_id, person_id) DO UPDATE SET chosen = excluded.chosen, touched = excluded.touched;

-- ── chat ──

-- name: add_chat :exec
-- A chat message.
INSERT INTO live_chat (id, kind, thing_id, person_id, words, state, reports, at) VALUES (:id, :kind, :thing_id, :person_id, :words, :state, 0, :at);

-- name: last_chat :maybe
-- When somebody last said something at a place.
SELECT at FROM live_chat WHERE person_id = :person_id AND kind = :kind AND thing_id = :thing_id ORDER BY id DESC LIMIT 1;

-- name: chat_of_late :one
-- How much somebody said of late, anywhere.
-- param after time
-- col n int
SELECT COUNT(*) AS n FROM live_chat WHERE person_id = :person_id AND at > :after;

-- name: chat_full :maybe
-- One chat message of a place behind so many others.
-- param others int
SELECT id FROM live_chat WHERE kind = :kind AND thing_id = :thing_id ORDER BY id LIMIT 1 OFFSET :others;

-- name: chat :maybe
-- A chat message of a place.
SELECT c.id, c.person_id, c.words, c.state, c.reports, c.at, p.name FROM live_chat c JOIN person p ON p.id = c.person_id
WHERE c.id = :id AND c.kind = :kind AND c.thing_id = :thing_id;

-- name: chats :many
-- The newest chat messages at a place, newest first; for moderators also what waits or is hidden.
-- param kind text
-- param thing_id id
-- param all bool
SELECT c.id, c.person_id, c.words, c.state, c.reports, c.at, p.name FROM live_chat c JOIN person p ON p.id = c.person_id
WHERE c.kind = :kind AND c.thing_id = :thing_id AND (c.state = 'shown' OR :all) ORDER BY c.id DESC LIMIT 50;

-- name: set_chat :exec
-- A chat message is shown or hidden.
UPDATE live_chat SET state = :state WHERE id = :id;

-- name: add_report :exec
-- Somebody reports a chat message, once.
INSERT INTO live_report (chat_id, person_id, at) VALUES (:chat_id, :person_id, :at) ON CONFLICT (chat_id, person_id) DO NOTHING;

-- name: count_reports :exec
-- How often a chat message is reported.
UPDATE live_chat SET reports = (SELECT COUNT(*) FROM live_report r WHERE r.chat_id = live_chat.id) WHERE id = :id;

-- name: all_chat :each
-- All chat of a place for the organiser.
SELECT c.id, c.words, c.state, c.reports, c.at, p.name FROM live_chat c JOIN person p ON p.id = c.person_id
WHERE c.kind = :kind AND c.thing_id = :thing_id ORDER BY c.id;

-- name: forget_reports :exec
-- Reports of chat that is deleted.
-- param before time
DELETE FROM live_report WHERE chat_id IN (SELECT id FROM live_chat WHERE at < :before);

-- name: forget_chat :exec
-- Chat before a time.
-- param before time
DELETE FROM live_chat WHERE at < :before;

-- ── two accounts of one person ──

-- rows: live_question by person_id
-- rows: live_vote by person_id
-- rows: live_ballot by person_id
-- rows: live_chat by person_id
-- rows: live_report by person_id
-- rows: live_mute by person_id

-- name: move_questions :exec
-- Questions go over.
-- param kept_id id
-- param closed_id id
UPDATE live_question SET person_id = :kept_id WHERE person_id = :closed_id;

-- name: move_chat :exec
-- Chat goes over.
-- param kept_id id
-- param closed_id id
UPDATE live_chat SET person_id = :kept_id WHERE person_id = :closed_id;

-- name: move_votes :exec
-- Votes go over where there is none yet.
-- param kept_id id
-- param closed_id id
UPDATE live_vote SET person_id = :kept_id WHERE person_id = :closed_id
	AND NOT EXISTS (SELECT 1 FROM live_vote v WHERE v.question_id = live_vote.question_id AND v.person_id = :kept_id);

-- name: drop_votes :exec
-- The second vote of one person goes.
-- param closed_id id
DELETE FROM live_vote WHERE person_id = :closed_id;

-- name: move_ballots :exec
-- Ballots go over where there is none yet.
-- param kept_id id
-- param closed_id id
UPDATE live_ballot SET person_id = :kept_id WHERE person_id = :closed_id
	AND NOT EXISTS (SELECT 1 FROM live_ballot b WHERE b.poll_id = live_ballot.poll_id AND b.person_id = :kept_id);

-- name: drop_ballots :exec
-- The second ballot of one person goes.
-- param closed_id id
DELETE FROM live_ballot WHERE person_id = :closed_id;

-- name: move_reports :exec
-- Reports go over where there is none yet.
-- param kept_id id
-- param closed_id id
UPDATE live_report SET person_id = :kept_id WHERE person_id = :closed_id
	AND NOT EXISTS (SELECT 1 FROM live_report r WHERE r.chat_id = live_report.chat_id AND r.person_id = :kept_id);

-- name: move_mutes :exec
-- Who was told to say nothing still is.
-- param kept_id id
-- param closed_id id
UPDATE live_mute SET person_id = :kept_id WHERE person_id = :closed_id
	AND NOT EXISTS (SELECT 1 FROM live_mute m WHERE m.kind = live_mute.kind AND m.thing_id = live_mute.thing_id AND m.person_id = :kept_id);
