-- owner: ruling

-- ── figures of a sitting ──

-- name: forms :many
-- The forms of an examination that were taken, with the papers that are marked.
-- col papers int
SELECT f.id, f.n, f.pool, f.points, (SELECT count(*) FROM exam_attempt a WHERE a.form_id = f.id AND a.state = 'marked') AS papers
FROM exam_form f WHERE f.exam_id = :exam_id ORDER BY f.n LIMIT 100;

-- name: sitting :each
-- The answers of papers of a form that are marked, paper after paper, the oldest first.
-- param most int
SELECT a.taker_id, a.id AS attempt_id, x.n, x.marks, x.given
FROM (SELECT taker_id, id FROM exam_attempt WHERE form_id = :form_id AND state = 'marked' ORDER BY id LIMIT :most) AS a
	LEFT JOIN exam_answer x ON x.taker_id = a.taker_id AND x.attempt_id = a.id
ORDER BY a.id, x.n;

-- name: in_force :many
-- Rulings of an examination that hold.
SELECT id, item_id, version, kind, state FROM exam_ruling WHERE exam_id = :exam_id AND state IN ('doing', 'done', 'undoing') ORDER BY id LIMIT 1000;

-- ── rulings ──

-- name: item :maybe
-- An item of a version that the forms of an examination hold.
SELECT i.id, i.code, i.kind, v.answer_key, v.points, v.steps
FROM item i JOIN item_version v ON v.item_id = i.id
WHERE i.id = :item_id AND v.version = :version AND EXISTS (
	SELECT 1 FROM exam_form_item f JOIN exam_form o ON o.id = f.form_id WHERE f.item_id = i.id AND f.version = v.version AND o.exam_id = :exam_id);

-- name: asked :maybe
-- What an item asks in a language, or in that it was written in.
-- param lang text
-- col asked json
-- col lang text
SELECT COALESCE(t.asked, b.asked) AS asked, COALESCE(t.lang, b.lang) AS lang FROM item_text b LEFT JOIN item_text t ON t.item_id = b.item_id AND t.version = b.version AND t.lang = :lang
WHERE b.item_id = :item_id AND b.version = :version AND b.base;

-- name: add :exec
-- A ruling that was looked at; nothing changes yet.
INSERT INTO exam_ruling (id, exam_id, item_id, version, kind, answer_key, why, state, n_attempts, n_changed, n_pass, n_fail, by_id, at)
VALUES (:id, :exam_id, :item_id, :version, :kind, :answer_key, :why, 'looked', :n_attempts, :n_changed, :n_pass, :n_fail, :by_id, :at);

-- name: one :maybe
-- A ruling.
SELECT r.id, r.exam_id, r.item_id, r.version, r.kind, r.answer_key, r.why, r.state, r.n_attempts, r.n_changed, r.n_pass, r.n_fail, r.at, r.done_at, r.undone_at,
	i.code, i.kind AS item_kind, p.name AS by_name, d.name AS done_name, u.name AS undone_name
FROM exam_ruling r JOIN item i ON i.id = r.item_id JOIN person p ON p.id = r.by_id LEFT JOIN person d ON d.id = r.done_by LEFT JOIN person u ON u.id = r.undone_by
WHERE r.id = :id AND r.exam_id = :exam_id;

-- name: exam_title :maybe
-- The examination of a ruling.
SELECT e.id, e.title FROM exam_ruling r JOIN exam e ON e.id = r.exam_id WHERE r.id = :id;

-- name: title :one
-- What an examination is called.
SELECT title FROM exam WHERE id = :id;

-- name: of_exam :many
-- The rulings of an examination, the newest first.
SELECT r.id, r.item_id, r.version, r.kind, r.why, r.state, r.n_changed, r.n_pass, r.n_fail, r.at, r.done_at, r.undone_at, i.code
FROM exam_ruling r JOIN item i ON i.id = r.item_id WHERE r.exam_id = :exam_id ORDER BY r.id DESC LIMIT 200;

-- name: begin :exec
-- It is being carried out.
UPDATE exam_ruling SET state = 'doing', done_by = :done_by, done_at = :done_at WHERE id = :id AND state = 'looked';

-- name: done :exec
-- It is carried out, with what it came to.
UPDATE exam_ruling SET state = 'done', n_attempts = :n_attempts, n_changed = :n_changed, n_pass = :n_pass, n_fail = :n_fail WHERE id = :id AND state = 'doing';

-- name: back :exec
-- It is being taken back.
UPDATE exam_ruling SET state = 'undoing', undone_by = :undone_by, undone_at = :undone_at WHERE id = :id AND state = 'done';

-- name: undone :exec
-- It holds no more.
UPDATE exam_ruling SET state = 'undone' WHERE id = :id AND state = 'undoing';

-- ── papers ──

-- name: papers :each
-- The papers that an item of a version was in, with what was answered, but for those that are open.
-- col name text
SELECT a.taker_id, a.id, a.state, a.marks, a.max_marks, a.passed, x.given, x.marks AS item_marks, COALESCE(p.name, g.name, '') AS name
FROM exam_form_item f JOIN exam_form o ON o.id = f.form_id AND o.exam_id = :exam_id JOIN exam_attempt a ON a.form_id = o.id
	LEFT JOIN exam_answer x ON x.taker_id = a.taker_id AND x.attempt_id = a.id AND x.n = f.n
	LEFT JOIN person p ON p.id = a.taker_id LEFT JOIN exam_guest g ON g.id = a.taker_id
WHERE f.item_id = :item_id AND f.version = :version AND a.state <> 'open' ORDER BY a.id;

-- name: next_papers :many
-- The next ones of them.
-- param after_id id
-- param most int
SELECT a.taker_id, a.id, a.state, a.marks, a.max_marks, a.passed
FROM exam_form_item f JOIN exam_form o ON o.id = f.form_id AND o.exam_id = :exam_id JOIN exam_attempt a ON a.form_id = o.id
WHERE f.item_id = :item_id AND f.version = :version AND a.state <> 'open' AND a.id > :after_id ORDER BY a.id LIMIT :most;

-- name: paper :one
-- How a paper stands.
SELECT state, marks, max_marks, passed FROM exam_attempt WHERE taker_id = :taker_id AND id = :id;

-- name: add_change :exec
-- What a ruling did to a paper.
INSERT INTO exam_ruling_change (ruling_id, taker_id, attempt_id, marks_before, max_before, passed_before, marks_after, max_after, passed_after)
VALUES (:ruling_id, :taker_id, :attempt_id, :marks_before, :max_before, :passed_before, :marks_after, :max_after, :passed_after)
ON CONFLICT (ruling_id, taker_id, attempt_id) DO NOTHING;

-- name: sums :one
-- What a ruling came to.
-- col n_changed int
-- col n_pass int
-- col n_fail int
SELECT count(*) AS n_changed, COALESCE(sum(CASE WHEN passed_after AND NOT passed_before THEN 1 ELSE 0 END), 0) AS n_pass,
	COALESCE(sum(CASE WHEN passed_before AND NOT passed_after THEN 1 ELSE 0 END), 0) AS n_fail
FROM exam_ruling_change WHERE ruling_id = :ruling_id;

-- name: changes :many
-- What a ruling did, paper by paper; which: all, pass, fail.
-- param which text
-- param after_id id
-- param most int
-- col name text
SELECT c.taker_id, c.attempt_id, c.marks_before, c.max_before, c.passed_before, c.marks_after, c.max_after, c.passed_after, COALESCE(p.name, g.name, '') AS name
FROM exam_ruling_change c LEFT JOIN person p ON p.id = c.taker_id LEFT JOIN exam_guest g ON g.id = c.taker_id
WHERE ruling_id = :ruling_id AND attempt_id > :after_id AND (:which = 'all' OR (:which = 'pass' AND passed_after AND NOT passed_before)
	OR (:which = 'fail' AND passed_before AND NOT passed_after)) ORDER BY attempt_id LIMIT :most;

-- ── one item, answer by answer ──

-- name: choices :each
-- What was answered to an item, with the marks of the paper.
-- param most int
SELECT a.id, x.given, x.marks AS item_marks, a.marks, a.max_marks
FROM exam_form_item f JOIN exam_form o ON o.id = f.form_id AND o.exam_id = :exam_id JOIN exam_attempt a ON a.form_id = o.id
	LEFT JOIN exam_answer x ON x.taker_id = a.taker_id AND x.attempt_id = a.id AND x.n = f.n
WHERE f.item_id = :item_id AND f.version = :version AND a.state = 'marked' ORDER BY a.id LIMIT :most;

-- ── appeals ──

-- name: sat :maybe
-- A paper of somebody with when its result was there.
-- col last_mark time
SELECT a.id, a.exam_id, a.form_id, a.seed, a.lang, a.state, a.submitted_at, e.title, e.org_id,
	(SELECT max(m.marked_at) FROM exam_mark m WHERE m.taker_id = a.taker_id AND m.attempt_id = a.id) AS last_mark
FROM exam_attempt a JOIN exam e ON e.id = a.exam_id WHERE a.taker_id = :taker_id AND a.id = :id;

-- name: add_appeal :exec
-- Somebody asks.
INSERT INTO exam_appeal (id, exam_id, taker_id, attempt_id, n, kind, words, state, at)
VALUES (:id, :exam_id, :taker_id, :attempt_id, :n, :kind, :words, 'open', :at);

-- name: appeals_of :many
-- What somebody has asked about a paper, the newest first.
SELECT id, n, kind, words, state, answer, ruling_id, at, answered_at FROM exam_appeal WHERE taker_id = :taker_id AND attempt_id = :attempt_id ORDER BY id DESC LIMIT 50;

-- name: appeals :many
-- Appeals about an examination, those that are open first, then the newest.
-- param before_id id
-- param most int
-- param shown text
SELECT q.id, q.taker_id, q.attempt_id, q.n, q.kind, q.state, q.at, q.answered_at, p.name FROM exam_appeal q JOIN person p ON p.id = q.taker_id
WHERE q.exam_id = :exam_id AND (:shown IS NULL OR q.state = :shown) AND (:before_id IS NULL OR q.id < :before_id) ORDER BY q.id DESC LIMIT :most;

-- name: appeal :maybe
-- One of them.
-- col code text
-- col item_id id
-- col version int
SELECT q.id, q.taker_id, q.attempt_id, q.n, q.kind, q.words, q.state, q.answer, q.ruling_id, q.at, q.answered_at, p.name, b.name AS by_name, i.code, f.item_id, f.version,
	a.marks, a.max_marks, a.passed
FROM exam_appeal q JOIN person p ON p.id = q.taker_id JOIN exam_attempt a ON a.taker_id = q.taker_id AND a.id = q.attempt_id LEFT JOIN person b ON b.id = q.answered_by
	LEFT JOIN exam_form_item f ON f.form_id = a.form_id AND f.n = q.n LEFT JOIN item i ON i.id = f.item_id
WHERE q.id = :id AND q.exam_id = :exam_id;

-- name: appeal_counts :one
-- How many appeals wait, and how many there are.
-- col n_open int
-- col n int
SELECT count(*) AS n, COALESCE(sum(CASE WHEN state = 'open' THEN 1 ELSE 0 END), 0) AS n_open FROM exam_appeal WHERE exam_id = :exam_id;

-- name: answer_appeal :exec
-- Somebody decides.
UPDATE exam_appeal SET state = :state, answer = :answer, ruling_id = :ruling_id, answered_by = :answered_by, answered_at = :answered_at
WHERE id = :id AND state = 'open';

-- name: merge_appeals :exec
-- Appeals of one account are another's.
-- param kept_id id
-- param closed_id id
UPDATE exam_appeal SET taker_id = :kept_id WHERE taker_id = :closed_id;

-- name: merge_changes :exec
-- With what rulings changed.
-- param kept_id id
-- param closed_id id
UPDATE exam_ruling_change SET taker_id = :kept_id WHERE taker_id = :closed_id;

-- rows: exam_appeal by taker_id
-- rows: exam_ruling_change by taker_id
