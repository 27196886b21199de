-- owner: attempt

-- ── opening ──

-- name: own :many
-- The attempts of a taker at an examination.
SELECT id, n, state, form_id, opened_at, ends_at, submitted_at, marks, max_marks, passed FROM exam_attempt
WHERE taker_id = :taker_id AND exam_id = :exam_id ORDER BY n LIMIT 40;

-- name: forms :many
-- What an attempt may get.
SELECT id, points FROM exam_form WHERE exam_id = :exam_id AND ended_at IS NULL AND NOT pool ORDER BY n LIMIT 40;

-- name: last_pool :maybe
-- What an adaptive attempt chooses from.
SELECT id FROM exam_form WHERE exam_id = :exam_id AND ended_at IS NULL AND pool ORDER BY n DESC LIMIT 1;

-- name: add :exec
-- A new attempt.
INSERT INTO exam_attempt (taker_id, id, exam_id, form_id, n, state, lang, seed, secret, device, device_at, opened_at, ends_at, extended_ms, max_marks, passed)
VALUES (:taker_id, :id, :exam_id, :form_id, :n, 'open', :lang, :seed, :secret, :device, :device_at, :opened_at, :ends_at, :extended_ms, :max_marks, FALSE);

-- name: take :exec
-- Another device has the attempt from now on.
UPDATE exam_attempt SET device = :device, device_at = :device_at WHERE taker_id = :taker_id AND id = :id AND state = 'open';

-- ── the paper ──

-- name: one :maybe
-- An attempt with the rules that it is under.
SELECT a.taker_id, a.id, a.exam_id, a.form_id, a.n, a.state, a.lang, a.seed, a.secret, a.device, a.device_at, a.opened_at, a.ends_at, a.extended_ms, a.submitted_at,
	a.closed_by, a.marks, a.max_marks, a.passed, a.theta, a.se, e.title, e.kind, e.grace_s, e.pass, e.feedback, e.minutes, e.attempts, e.closes_at, e.state AS exam_state,
	e.course_id, e.resource_id, e.mode, e.least, e.most, f.pool
FROM exam_attempt a JOIN exam e ON e.id = a.exam_id JOIN exam_form f ON f.id = a.form_id WHERE a.taker_id = :taker_id AND a.id = :id;

-- ── answers ──

-- name: answers :many
-- What was given so far.
SELECT n, given, seq, said_at, saved_at, late, marks FROM exam_answer WHERE taker_id = :taker_id AND attempt_id = :attempt_id ORDER BY n LIMIT 250;

-- name: answer :maybe
-- What is held of one question.
SELECT given, seq FROM exam_answer WHERE taker_id = :taker_id AND attempt_id = :attempt_id AND n = :n;

-- name: said_until :one
-- The latest time at which anything before a message is known to have been said.
-- param seq int
-- col at time
SELECT COALESCE(max(said_at), 0) AS at FROM exam_answer WHERE taker_id = :taker_id AND attempt_id = :attempt_id AND seq < :seq AND NOT late;

-- name: give :exec
-- The next question of an adaptive paper.
INSERT INTO exam_answer (taker_id, attempt_id, n, item_id, version, given_at, seq, late, spent_ms)
VALUES (:taker_id, :attempt_id, :n, :item_id, :version, :given_at, 0, FALSE, 0)
ON CONFLICT (taker_id, attempt_id, n) DO NOTHING;

-- name: save :exec
-- Holds an answer, unless one with a greater number is held.
INSERT INTO exam_answer (taker_id, attempt_id, n, item_id, version, given, said_at, saved_at, seq, late, spent_ms)
VALUES (:taker_id, :attempt_id, :n, :item_id, :version, :given, :said_at, :saved_at, :seq, :late, :spent_ms)
ON CONFLICT (taker_id, attempt_id, n) DO UPDATE SET given = excluded.given, said_at = excluded.said_at, saved_at = excluded.saved_at, seq = excluded.seq,
	late = excluded.late, spent_ms = excluded.spent_ms
WHERE excluded.seq > exam_answer.seq;

-- name: note :exec
-- What the device noticed; a number that is there already changes nothing.
INSERT INTO exam_event (taker_id, attempt_id, seq, kind, at, ms) VALUES (:taker_id, :attempt_id, :seq, :kind, :at, :ms)
ON CONFLICT (taker_id, attempt_id, seq) DO NOTHING;

-- name: sign :exec
-- The device was heard of; the last time holds.
INSERT INTO exam_event (taker_id, attempt_id, seq, kind, at, ms) VALUES (:taker_id, :attempt_id, 0, 'sign', :at, 0)
ON CONFLICT (taker_id, attempt_id, seq) DO UPDATE SET at = excluded.at;

-- name: noted :one
-- How many events the server itself has noted.
-- param from_seq int
-- col n int
SELECT count(*) AS n FROM exam_event WHERE taker_id = :taker_id AND attempt_id = :attempt_id AND seq >= :from_seq;

-- ── the end ──

-- name: close :exec
-- The paper is closed, once.
UPDATE exam_attempt SET state = 'submitted', submitted_at = :submitted_at, closed_by = :closed_by
WHERE taker_id = :taker_id AND id = :id AND state = 'open';

-- name: due :many
-- Open papers whose time and grace are over.
-- param until time
SELECT a.taker_id, a.id FROM exam_attempt a JOIN exam e ON e.id = a.exam_id
WHERE a.state = 'open' AND a.ends_at <= :until AND a.ends_at + 1000 * e.grace_s <= :until ORDER BY a.ends_at LIMIT 50;

-- name: extend :exec
-- More time, or less.
-- param ms int
UPDATE exam_attempt SET ends_at = ends_at + :ms, extended_ms = extended_ms + :ms WHERE taker_id = :taker_id AND id = :id;

-- name: reopen :exec
-- A paper that the clock or the room had closed goes on.
UPDATE exam_attempt SET state = 'open', submitted_at = NULL, closed_by = NULL, marks = NULL, passed = FALSE, theta = NULL, se = NULL
WHERE taker_id = :taker_id AND id = :id;

-- name: other_open :maybe
-- Another open attempt at the same examination.
SELECT id FROM exam_attempt WHERE taker_id = :taker_id AND exam_id = :exam_id AND state = 'open' AND id <> :id;

-- name: unfinished :maybe
-- Whether anybody may still change an answer of an examination: papers are open, or late answers may yet come.
-- param since time
SELECT id FROM exam_attempt WHERE exam_id = :exam_id AND (state = 'open' OR (closed_by <> 'taker' AND ends_at > :since)) LIMIT 1;

-- ── marks ──

-- name: final_marks :many
-- The marks that people gave to long answers.
SELECT n, marks FROM exam_mark WHERE taker_id = :taker_id AND attempt_id = :attempt_id AND final ORDER BY n, turn LIMIT 250;

-- name: rulings :many
-- Rulings in force, the last of an item last.
SELECT item_id, version, kind, answer_key FROM exam_ruling WHERE exam_id = :exam_id AND state IN ('doing', 'done') ORDER BY id LIMIT 1000;

-- name: mark :exec
-- The marks of an answer.
UPDATE exam_answer SET marks = :marks WHERE taker_id = :taker_id AND attempt_id = :attempt_id AND n = :n;

-- name: result :exec
-- What an attempt has earned.
UPDATE exam_attempt SET state = :state, marks = :marks, max_marks = :max_marks, passed = :passed, theta = :theta, se = :se
WHERE taker_id = :taker_id AND id = :id;

-- name: forget_results :exec
-- Before they are counted anew.
DELETE FROM exam_result WHERE taker_id = :taker_id AND attempt_id = :attempt_id;

-- name: add_result :exec
-- Marks in one competency.
INSERT INTO exam_result (taker_id, attempt_id, competency_id, items, marks, max_marks, value)
VALUES (:taker_id, :attempt_id, :competency_id, :items, :marks, :max_marks, :value);

-- name: results :many
-- Marks by competency, with their names of today.
SELECT r.competency_id, r.items, r.marks, r.max_marks, r.value, x.name_en, x.name_hi
FROM exam_result r JOIN competency_text x ON x.competency_id = r.competency_id
	AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = r.competency_id)
WHERE r.taker_id = :taker_id AND r.attempt_id = :attempt_id ORDER BY x.name_en, r.competency_id LIMIT 100;

-- name: best :one
-- The best that a taker has shown of a competency in an examination.
-- col value int
SELECT COALESCE(max(r.value), -1) AS value FROM exam_result r JOIN exam_attempt a ON a.taker_id = r.taker_id AND a.id = r.attempt_id
WHERE r.taker_id = :taker_id AND r.competency_id = :competency_id AND a.exam_id = :exam_id AND a.state = 'marked';

-- name: evidence :maybe
-- What an examination says of a person in a competency so far.
-- param kind text
-- param exam_id id
SELECT value FROM evidence
WHERE person_id = :person_id AND competency_id = :competency_id AND source_id = :exam_id AND kind = :kind AND withdrawn_at IS NULL ORDER BY id DESC LIMIT 1;

-- name: seated :maybe
-- Whether somebody sat in a room.
SELECT room_id FROM exam_seat WHERE exam_id = :exam_id AND person_id = :person_id AND checked_at IS NOT NULL;

-- ── guests of public assessments ──

-- name: public :maybe
-- A public assessment.
SELECT id, title, about, kind, mode, state, minutes, grace_s, attempts, pass, feedback, opens_at, closes_at, langs FROM exam WHERE id = :id AND kind = 'public';

-- name: add_guest :exec
-- Somebody without an account.
INSERT INTO exam_guest (id, exam_id, name, secret_hash, at) VALUES (:id, :exam_id, :name, :secret_hash, :at);

-- name: is_guest :maybe
-- Whether a taker is somebody without an account.
SELECT id FROM exam_guest WHERE id = :id;

-- name: guest :maybe
-- Whose an address is, with the last attempt.
-- col attempt_id id
SELECT g.id, g.exam_id, g.name, g.at, (SELECT max(a.id) FROM exam_attempt a WHERE a.taker_id = g.id) AS attempt_id
FROM exam_guest g WHERE g.secret_hash = :secret_hash;

-- ── joining accounts ──

-- name: merge_attempts :exec
-- Attempts of an account become another's, counted on behind the own ones; of two that are open the own one goes on.
-- param kept_id id
-- param closed_id id
INSERT INTO exam_attempt (taker_id, id, exam_id, form_id, n, state, lang, seed, secret, device, device_at, opened_at, ends_at, extended_ms, submitted_at, closed_by,
	marks, max_marks, passed, theta, se)
SELECT :kept_id, a.id, a.exam_id, a.form_id, a.n + COALESCE((SELECT max(k.n) FROM exam_attempt k WHERE k.taker_id = :kept_id AND k.exam_id = a.exam_id), 0), a.state,
	a.lang, a.seed, a.secret, a.device, a.device_at, a.opened_at, a.ends_at, a.extended_ms, a.submitted_at, a.closed_by, a.marks, a.max_marks, a.passed, a.theta, a.se
FROM exam_attempt a WHERE a.taker_id = :closed_id AND (a.state <> 'open' OR NOT EXISTS (
	SELECT 1 FROM exam_attempt k WHERE k.taker_id = :kept_id AND k.exam_id = a.exam_id AND k.state = 'open'));

-- name: merge_answers :exec
-- With their answers.
-- param kept_id id
-- param closed_id id
INSERT INTO exam_answer (taker_id, attempt_id, n, item_id, version, given, given_at, said_at, saved_at, seq, late, spent_ms, marks)
SELECT :kept_id, a.attempt_id, a.n, a.item_id, a.version, a.given, a.given_at, a.said_at, a.saved_at, a.seq, a.late, a.spent_ms, a.marks FROM exam_answer a
WHERE a.taker_id = :closed_id AND EXISTS (SELECT 1 FROM exam_attempt k WHERE k.taker_id = :kept_id AND k.id = a.attempt_id);

-- name: merge_events :exec
-- With what the device noticed.
-- param kept_id id
-- param closed_id id
INSERT INTO exam_event (taker_id, attempt_id, seq, kind, at, ms)
SELECT :kept_id, v.attempt_id, v.seq, v.kind, v.at, v.ms FROM exam_event v
WHERE v.taker_id = :closed_id AND EXISTS (SELECT 1 FROM exam_attempt k WHERE k.taker_id = :kept_id AND k.id = v.attempt_id);

-- name: merge_results :exec
-- With their results.
-- param kept_id id
-- param closed_id id
INSERT INTO exam_result (taker_id, attempt_id, competency_id, items, marks, max_marks, value)
SELECT :kept_id, r.attempt_id, r.competency_id, r.items, r.marks, r.max_marks, r.value FROM exam_result r
WHERE r.taker_id = :closed_id AND EXISTS (SELECT 1 FROM exam_attempt k WHERE k.taker_id = :kept_id AND k.id = r.attempt_id);

-- name: drop_results :exec
-- What has become another's.
DELETE FROM exam_result WHERE taker_id = :taker_id;

-- name: drop_events :exec
-- What has become another's.
DELETE FROM exam_event WHERE taker_id = :taker_id;

-- name: drop_answers :exec
-- What has become another's.
DELETE FROM exam_answer WHERE taker_id = :taker_id;

-- name: drop_attempts :exec
-- What has become another's.
DELETE FROM exam_attempt WHERE taker_id = :taker_id;

-- rows: exam_attempt by taker_id
-- rows: exam_answer by taker_id
-- rows: exam_event by taker_id
-- rows: exam_result by taker_id
