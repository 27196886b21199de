-- owner: marking

-- ── examinations ──

-- name: exam :maybe
-- An examination of an organisation.
SELECT id, org_id, code, title, state FROM exam WHERE id = :exam_id AND org_id = :org_id;

-- name: exams :many
-- Examinations of an organisation that have long answers, the newest first, with how many answers were put into the queue and how many are final.
-- col n int
-- col n_final int
SELECT e.id, e.title, e.state, COALESCE(sum(CASE WHEN m.turn = 1 THEN 1 ELSE 0 END), 0) AS n, COALESCE(sum(CASE WHEN m.final THEN 1 ELSE 0 END), 0) AS n_final
FROM exam e LEFT JOIN exam_attempt a ON a.exam_id = e.id LEFT JOIN exam_mark m ON m.taker_id = a.taker_id AND m.attempt_id = a.id AND (m.turn = 1 OR m.final)
WHERE e.org_id = :org_id AND EXISTS (SELECT 1 FROM exam_form f JOIN exam_form_item x ON x.form_id = f.id JOIN item i ON i.id = x.item_id
	WHERE f.exam_id = e.id AND i.kind = 'long')
GROUP BY e.id, e.title, e.state ORDER BY e.id DESC LIMIT 100;

-- ── the queue ──

-- name: unlisted :many
-- Long answers of papers handed in that are not in the queue yet, the oldest papers first.
-- param most int
SELECT a.taker_id, a.id AS attempt_id, x.n, x.item_id
FROM exam_attempt a JOIN exam_answer x ON x.taker_id = a.taker_id AND x.attempt_id = a.id JOIN item i ON i.id = x.item_id
WHERE a.exam_id = :exam_id AND a.state = 'submitted' AND i.kind = 'long' AND x.given IS NOT NULL
	AND NOT EXISTS (SELECT 1 FROM exam_mark m WHERE m.taker_id = a.taker_id AND m.attempt_id = a.id AND m.n = x.n)
ORDER BY a.id, x.n LIMIT :most;

-- name: add :exec
-- An answer waits for a marker.
INSERT INTO exam_mark (taker_id, attempt_id, n, turn, exam_id, item_id, note, final)
VALUES (:taker_id, :attempt_id, :n, :turn, :exam_id, :item_id, '', FALSE) ON CONFLICT (taker_id, attempt_id, n, turn) DO NOTHING;

-- name: waiting :maybe
-- The next answer that somebody may mark: not the own one, not one that he has marked or begun, not one that another has; those for a third first.
-- param at time
SELECT m.taker_id, m.attempt_id, m.n, m.turn FROM exam_mark m
WHERE m.exam_id = :exam_id AND m.marked_at IS NULL AND (m.marker_id IS NULL OR m.taken_until <= :at OR m.marker_id = :marker_id) AND m.taker_id <> :marker_id
	AND NOT EXISTS (SELECT 1 FROM exam_mark o WHERE o.taker_id = m.taker_id AND o.attempt_id = m.attempt_id AND o.n = m.n AND o.turn <> m.turn
		AND o.marker_id = :marker_id)
	AND (m.turn < 3 OR NOT EXISTS (SELECT 1 FROM exam_mark o WHERE o.taker_id = m.taker_id AND o.attempt_id = m.attempt_id AND o.n = m.n AND o.turn < 3
		AND o.marked_at IS NULL))
ORDER BY m.turn DESC, m.attempt_id, m.n LIMIT 1;

-- name: take :exec
-- It is somebody's until then.
UPDATE exam_mark SET marker_id = :marker_id, taken_until = :taken_until
WHERE taker_id = :taker_id AND attempt_id = :attempt_id AND n = :n AND turn = :turn AND marked_at IS NULL;

-- name: free :exec
-- It is nobody's again.
UPDATE exam_mark SET marker_id = NULL, taken_until = NULL
WHERE exam_id = :exam_id AND marker_id = :marker_id AND marked_at IS NULL;

-- name: held :maybe
-- What somebody has to mark now, with its key.
-- param at time
SELECT m.taker_id, m.attempt_id, m.n, m.turn, m.item_id, m.taken_until, x.version, x.given, v.answer_key, v.points, a.lang, a.form_id
FROM exam_mark m JOIN exam_attempt a ON a.taker_id = m.taker_id AND a.id = m.attempt_id
	JOIN exam_answer x ON x.taker_id = m.taker_id AND x.attempt_id = m.attempt_id AND x.n = m.n
	JOIN item_version v ON v.item_id = x.item_id AND v.version = x.version
WHERE m.exam_id = :exam_id AND m.marker_id = :marker_id AND m.marked_at IS NULL AND m.taken_until > :at
ORDER BY m.attempt_id, m.n LIMIT 1;

-- name: mark :exec
-- What a marker gives.
UPDATE exam_mark SET points = :points, marks = :marks, note = :note, marked_at = :marked_at, taken_until = NULL
WHERE taker_id = :taker_id AND attempt_id = :attempt_id AND n = :n AND turn = :turn AND marker_id = :marker_id AND marked_at IS NULL;

-- name: turns :many
-- All marks of an answer.
SELECT turn, marks, points, note, marked_at, final FROM exam_mark WHERE taker_id = :taker_id AND attempt_id = :attempt_id AND n = :n ORDER BY turn;

-- name: set_final :exec
-- The third mark counts.
UPDATE exam_mark SET final = TRUE WHERE taker_id = :taker_id AND attempt_id = :attempt_id AND n = :n AND turn = 3;

-- name: add_mean :exec
-- The mean of both counts: a third row that is nobody's.
INSERT INTO exam_mark (taker_id, attempt_id, n, turn, exam_id, item_id, marks, note, marked_at, final)
VALUES (:taker_id, :attempt_id, :n, 3, :exam_id, :item_id, :marks, '', :marked_at, TRUE);

-- name: left :one
-- Long answers of a paper that have no mark that counts yet.
-- col n int
SELECT count(*) AS n FROM exam_answer x JOIN item i ON i.id = x.item_id
WHERE x.taker_id = :taker_id AND x.attempt_id = :attempt_id AND i.kind = 'long' AND x.given IS NOT NULL
	AND NOT EXISTS (SELECT 1 FROM exam_mark m WHERE m.taker_id = x.taker_id AND m.attempt_id = x.attempt_id AND m.n = x.n AND m.final);

-- ── what is shown ──

-- name: asked :many
-- What an item asks, in a language and in the one it was written in; of a question of a case, the case as well, which comes first.
-- col is_case bool
SELECT t.lang, t.base, t.asked, t.feedback, i.kind, (i.id <> :item_id) AS is_case
FROM exam_form_item x JOIN item i ON i.id = x.item_id JOIN item_text t ON t.item_id = x.item_id AND t.version = x.version
WHERE x.form_id = :form_id AND (x.item_id = :item_id OR x.item_id = (SELECT q.case_id FROM item q WHERE q.id = :item_id)) AND (t.lang = :lang OR t.base)
ORDER BY is_case DESC, t.base, t.lang LIMIT 8;

-- name: progress :one
-- How far an examination is marked: answers in the queue, first and second marks, those with a third, answers whose mark counts.
-- param at time
-- col n int
-- col n_first int
-- col n_second int
-- col n_thirds int
-- col n_third_marked int
-- col n_held int
-- col n_final int
SELECT COALESCE(sum(CASE WHEN m.turn = 1 THEN 1 ELSE 0 END), 0) AS n,
	COALESCE(sum(CASE WHEN m.turn = 1 AND m.marked_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS n_first,
	COALESCE(sum(CASE WHEN m.turn = 2 AND m.marked_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS n_second,
	COALESCE(sum(CASE WHEN m.turn = 3 AND (m.marker_id IS NOT NULL OR m.marked_at IS NULL) THEN 1 ELSE 0 END), 0) AS n_thirds,
	COALESCE(sum(CASE WHEN m.turn = 3 AND m.marker_id IS NOT NULL AND m.marked_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS n_third_marked,
	COALESCE(sum(CASE WHEN m.marked_at IS NULL AND m.taken_until > :at THEN 1 ELSE 0 END), 0) AS n_held,
	COALESCE(sum(CASE WHEN m.final THEN 1 ELSE 0 END), 0) AS n_final
FROM exam_attempt a JOIN exam_mark m ON m.taker_id = a.taker_id AND m.attempt_id = a.id WHERE a.exam_id = :exam_id;

-- name: to_list :one
-- Long answers of papers handed in that are not in the queue yet, and papers that wait.
-- col n int
-- col n_papers int
SELECT count(x.n) AS n, count(DISTINCT a.id) AS n_papers
FROM exam_attempt a LEFT JOIN (exam_answer x JOIN item i ON i.id = x.item_id AND i.kind = 'long') ON x.taker_id = a.taker_id AND x.attempt_id = a.id AND x.given IS NOT NULL
	AND NOT EXISTS (SELECT 1 FROM exam_mark m WHERE m.taker_id = a.taker_id AND m.attempt_id = a.id AND m.n = x.n)
WHERE a.exam_id = :exam_id AND a.state = 'submitted';

-- name: markers :many
-- Who has marked how much, and how far on the mean from the other marker.
-- col n int
-- col apart real
SELECT p.id, p.name, count(*) AS n, avg(abs(m.marks - o.marks) / NULLIF(v.points, 0)) AS apart
FROM exam_attempt a JOIN exam_mark m ON m.taker_id = a.taker_id AND m.attempt_id = a.id AND m.marked_at IS NOT NULL
	JOIN person p ON p.id = m.marker_id
	JOIN exam_answer x ON x.taker_id = m.taker_id AND x.attempt_id = m.attempt_id AND x.n = m.n
	JOIN item_version v ON v.item_id = x.item_id AND v.version = x.version
	LEFT JOIN exam_mark o ON o.taker_id = m.taker_id AND o.attempt_id = m.attempt_id AND o.n = m.n AND m.turn < 3 AND o.turn = 3 - m.turn AND o.marked_at IS NOT NULL
WHERE a.exam_id = :exam_id GROUP BY p.id, p.name ORDER BY n DESC, p.id LIMIT 100;

-- name: pairs :many
-- First and second marks of answers, as shares of their points, the newest papers first.
-- param most int
-- col first real
-- col second real
-- col third bool
SELECT f.marks / v.points AS first, s.marks / v.points AS second, (t.turn IS NOT NULL AND (t.marker_id IS NOT NULL OR t.marked_at IS NULL)) AS third
FROM exam_attempt a JOIN exam_mark f ON f.taker_id = a.taker_id AND f.attempt_id = a.id AND f.turn = 1 AND f.marked_at IS NOT NULL
	JOIN exam_mark s ON s.taker_id = f.taker_id AND s.attempt_id = f.attempt_id AND s.n = f.n AND s.turn = 2 AND s.marked_at IS NOT NULL
	LEFT JOIN exam_mark t ON t.taker_id = f.taker_id AND t.attempt_id = f.attempt_id AND t.n = f.n AND t.turn = 3
	JOIN exam_answer x ON x.taker_id = f.taker_id AND x.attempt_id = f.attempt_id AND x.n = f.n
	JOIN item_version v ON v.item_id = x.item_id AND v.version = x.version
WHERE a.exam_id = :exam_id AND v.points > 0 ORDER BY a.id DESC, f.n LIMIT :most;

-- name: merge :exec
-- Marks of the answers of one account are another's.
-- param kept_id id
-- param closed_id id
UPDATE exam_mark SET taker_id = :kept_id WHERE taker_id = :closed_id;

-- rows: exam_mark by taker_id
