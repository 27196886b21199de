-- owner: integrity

-- name: exam :maybe
-- An examination.
SELECT id, org_id, title, kind, closes_at FROM exam WHERE id = :id;

-- ── looking ──

-- name: add_look :exec
-- Signals are looked for.
INSERT INTO exam_look (id, exam_id, by_id, at, n_attempts) VALUES (:id, :exam_id, :by_id, :at, 0);

-- name: count_look :exec
-- More papers were looked at.
-- param more int
UPDATE exam_look SET n_attempts = n_attempts + :more WHERE id = :id;

-- name: look_done :exec
-- All papers were looked at.
UPDATE exam_look SET done_at = :done_at WHERE id = :id;

-- name: count_kind :exec
-- What was tested of a form.
INSERT INTO exam_look_kind (look_id, kind, tested, expected, found) VALUES (:look_id, :kind, :tested, :expected, :found)
ON CONFLICT (look_id, kind) DO UPDATE SET tested = exam_look_kind.tested + excluded.tested, expected = exam_look_kind.expected + excluded.expected,
	found = exam_look_kind.found + excluded.found;

-- name: last_look :maybe
-- The last time that signals were looked for.
SELECT id, at, done_at, n_attempts FROM exam_look WHERE exam_id = :exam_id ORDER BY id DESC LIMIT 1;

-- name: done_look :maybe
-- The last look that came to its end.
SELECT k.id, k.at, k.done_at, k.n_attempts, p.name AS by_name FROM exam_look k LEFT JOIN person p ON p.id = k.by_id
WHERE k.exam_id = :exam_id AND k.done_at IS NOT NULL ORDER BY k.id DESC LIMIT 1;

-- name: look_kinds :many
-- What a look tested.
SELECT kind, tested, expected, found FROM exam_look_kind WHERE look_id = :look_id ORDER BY kind LIMIT 20;

-- name: next_form :maybe
-- The next form of an examination.
-- param after_id id
SELECT id, pool FROM exam_form WHERE exam_id = :exam_id AND id > :after_id ORDER BY id LIMIT 1;

-- name: items :many
-- The questions of a form.
SELECT f.n, f.parameters, i.kind, v.points, v.steps FROM exam_form_item f JOIN item i ON i.id = f.item_id JOIN item_version v ON v.item_id = f.item_id AND v.version = f.version
WHERE f.form_id = :form_id ORDER BY f.n LIMIT 250;

-- name: papers :many
-- The papers of a form that are handed in, the oldest first, with their rooms.
SELECT a.taker_id, a.id, s.room_id FROM exam_attempt a LEFT JOIN exam_seat s ON s.exam_id = a.exam_id AND s.person_id = a.taker_id
WHERE a.form_id = :form_id AND a.state <> 'open' ORDER BY a.id LIMIT 5000;

-- name: answers :each
-- All answers of a form.
SELECT w.attempt_id, w.n, w.given, w.spent_ms, w.late, w.marks FROM exam_attempt a JOIN exam_answer w ON w.taker_id = a.taker_id AND w.attempt_id = a.id
WHERE a.form_id = :form_id AND a.state <> 'open' ORDER BY w.attempt_id, w.n;

-- name: events :each
-- What the devices noticed of a form.
-- col times int
-- col ms int
SELECT v.attempt_id, v.kind, count(*) AS times, CAST(sum(v.ms) AS bigint) AS ms FROM exam_attempt a JOIN exam_event v ON v.taker_id = a.taker_id AND v.attempt_id = a.id
WHERE a.form_id = :form_id AND a.state <> 'open' GROUP BY v.attempt_id, v.kind ORDER BY v.attempt_id, v.kind;

-- name: put :exec
-- A signal; what was decided about it stays.
INSERT INTO exam_signal (id, exam_id, look_id, taker_id, attempt_id, kind, other_taker_id, other_attempt_id, value, of_n, threshold, chance, expected, at, note)
VALUES (:id, :exam_id, :look_id, :taker_id, :attempt_id, :kind, :other_taker_id, :other_attempt_id, :value, :of_n, :threshold, :chance, :expected, :at, '')
ON CONFLICT (attempt_id, kind, other_attempt_id) DO UPDATE SET look_id = excluded.look_id, value = excluded.value, of_n = excluded.of_n, threshold = excluded.threshold,
	chance = excluded.chance, expected = excluded.expected;

-- name: drop_old :exec
-- Signals that a look did not find again go, unless somebody has decided about them.
DELETE FROM exam_signal WHERE exam_id = :exam_id AND look_id <> :look_id AND found IS NULL;

-- name: over :many
-- Examinations whose time, with that of late answers, is over since a while, and that were not looked at since.
-- param from int
-- param upto int
-- param late int
SELECT e.id FROM exam e WHERE e.state <> 'draft' AND e.kind <> 'practice' AND e.closes_at >= :from AND e.closes_at < :upto AND EXISTS (SELECT 1 FROM exam_attempt a WHERE a.exam_id = e.id)
	AND NOT EXISTS (SELECT 1 FROM exam_look k WHERE k.exam_id = e.id AND k.at >= e.closes_at + :late) ORDER BY e.id LIMIT 20;

-- ── showing and deciding ──

-- name: of_exam :many
-- The signals of an examination, undecided ones first, then by kind, the least likely by chance first.
-- param from int
-- param most int
SELECT s.id, s.taker_id, s.attempt_id, s.kind, s.value, s.of_n, s.threshold, s.chance, s.expected, s.found, s.note, s.found_at, p.name, q.name AS other_name, b.name AS found_by_name,
	r.name AS room, t.seat
FROM exam_signal s LEFT JOIN person p ON p.id = s.taker_id LEFT JOIN person q ON q.id = s.other_taker_id LEFT JOIN person b ON b.id = s.found_by
	LEFT JOIN exam_seat t ON t.exam_id = s.exam_id AND t.person_id = s.taker_id LEFT JOIN exam_room r ON r.id = t.room_id
WHERE s.exam_id = :exam_id
ORDER BY CASE WHEN s.found IS NULL THEN 0 WHEN s.found = 'look' THEN 1 ELSE 2 END, s.kind, s.chance, s.value DESC, s.id LIMIT :most OFFSET :from;

-- name: one :maybe
-- A signal.
SELECT s.id, s.exam_id, s.taker_id, s.attempt_id, s.kind, s.value, s.of_n, s.threshold, s.chance, s.expected, s.at, s.found, s.note, s.found_at, e.org_id, e.title,
	p.name, q.name AS other_name, b.name AS found_by_name, r.name AS room, t.seat, u.seat AS other_seat
FROM exam_signal s JOIN exam e ON e.id = s.exam_id LEFT JOIN person p ON p.id = s.taker_id LEFT JOIN person q ON q.id = s.other_taker_id
	LEFT JOIN person b ON b.id = s.found_by LEFT JOIN exam_seat t ON t.exam_id = s.exam_id AND t.person_id = s.taker_id LEFT JOIN exam_room r ON r.id = t.room_id
	LEFT JOIN exam_seat u ON u.exam_id = s.exam_id AND u.person_id = s.other_taker_id
WHERE s.id = :id;

-- name: of_taker :many
-- What was recorded of somebody, the newest first. Who the other one of a pair is, is not told.
SELECT s.id, s.exam_id, s.kind, s.value, s.of_n, s.threshold, s.chance, s.expected, s.at, s.found, s.note, s.found_at, e.title
FROM exam_signal s JOIN exam e ON e.id = s.exam_id WHERE s.taker_id = :taker_id ORDER BY s.id DESC LIMIT 200;

-- name: decide :exec
-- What somebody found.
UPDATE exam_signal SET found = :found, note = :note, found_by = :found_by, found_at = :found_at WHERE id = :id;

-- name: merge :exec
-- Signals of one account are another's.
-- param kept_id id
-- param closed_id id
UPDATE exam_signal SET taker_id = :kept_id WHERE taker_id = :closed_id;

-- name: merge_other :exec
-- Also where it is the other one of a pair.
-- param kept_id id
-- param closed_id id
UPDATE exam_signal SET other_taker_id = :kept_id WHERE other_taker_id = :closed_id;

-- rows: exam_signal by taker_id
