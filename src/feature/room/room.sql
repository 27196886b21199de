-- owner: room

-- ── the examination ──

-- name: exam :maybe
-- An examination, as rooms must know it.
SELECT id, org_id, title, kind, state, minutes, opens_at, closes_at FROM exam WHERE id = :id;

-- name: n_forms :one
-- How many forms an examination has that are not taken out.
-- col n int
SELECT count(*) AS n FROM exam_form WHERE exam_id = :exam_id AND ended_at IS NULL;

-- ── rooms ──

-- name: add :exec
-- A room.
INSERT INTO exam_room (id, exam_id, name, place, begins_at, invigilator_id, made_by, made_at)
VALUES (:id, :exam_id, :name, :place, :begins_at, :invigilator_id, :made_by, :made_at);

-- name: change :exec
-- A room that is not open yet is called otherwise, lies elsewhere, begins at another time or has another invigilator.
UPDATE exam_room SET name = :name, place = :place, begins_at = :begins_at, invigilator_id = :invigilator_id WHERE id = :id AND opened_at IS NULL;

-- name: set_invigilator :exec
-- Another invigilator, also of a room that is open.
UPDATE exam_room SET invigilator_id = :invigilator_id WHERE id = :id AND closed_at IS NULL;

-- name: remove :exec
-- A room that was never opened goes.
DELETE FROM exam_room WHERE id = :id AND opened_at IS NULL;

-- name: one :maybe
-- A room with its examination and its invigilator.
-- col called text
SELECT r.id, r.exam_id, r.name, r.place, r.begins_at, r.invigilator_id, r.opened_at, r.closed_at, e.org_id, e.title, e.kind, e.minutes, e.state AS exam_state,
	p.name AS invigilator, COALESCE(p.employee_no, p.email, p.mobile, '') AS called
FROM exam_room r JOIN exam e ON e.id = r.exam_id JOIN person p ON p.id = r.invigilator_id WHERE r.id = :id;

-- name: of_exam :many
-- The rooms of an examination, with how many sit there.
-- col n_seats int
SELECT r.id, r.name, r.place, r.begins_at, r.invigilator_id, r.opened_at, r.closed_at, p.name AS invigilator,
	(SELECT count(*) FROM exam_seat s WHERE s.room_id = r.id) AS n_seats
FROM exam_room r JOIN person p ON p.id = r.invigilator_id WHERE r.exam_id = :exam_id ORDER BY r.id LIMIT 100;

-- name: of_invigilator :many
-- The rooms that somebody watches over, those to come first.
-- param after int
-- col n_seats int
SELECT r.id, r.name, r.place, r.begins_at, r.opened_at, r.closed_at, e.title, (SELECT count(*) FROM exam_seat s WHERE s.room_id = r.id) AS n_seats
FROM exam_room r JOIN exam e ON e.id = r.exam_id WHERE r.invigilator_id = :invigilator_id AND r.begins_at >= :after ORDER BY r.begins_at, r.id LIMIT 100;

-- name: set_opened :exec
-- A room is opened.
UPDATE exam_room SET opened_at = :opened_at WHERE id = :id AND opened_at IS NULL AND closed_at IS NULL;

-- name: set_closed :exec
-- A room is closed.
UPDATE exam_room SET closed_at = :closed_at WHERE id = :id AND opened_at IS NOT NULL AND closed_at IS NULL;

-- ── seats ──

-- name: seats :many
-- All seats of an examination.
SELECT s.person_id, s.room_id, s.seat, s.extra_minutes, s.extra_order, s.checked_at, s.refused_why, r.name AS room, r.opened_at
FROM exam_seat s JOIN exam_room r ON r.id = s.room_id WHERE s.exam_id = :exam_id ORDER BY s.person_id LIMIT 20000;

-- name: all_seats :many
-- The same with names, for a list that can be brought in again.
-- col called text
SELECT COALESCE(p.employee_no, p.email, p.mobile, '') AS called, p.name, r.name AS room, s.seat, s.extra_minutes, s.extra_order
FROM exam_seat s JOIN exam_room r ON r.id = s.room_id JOIN person p ON p.id = s.person_id WHERE s.exam_id = :exam_id ORDER BY s.room_id, s.seat, s.person_id LIMIT 20000;

-- name: put_seat :exec
-- Somebody has a seat, in place of an earlier one.
INSERT INTO exam_seat (exam_id, person_id, room_id, seat, extra_minutes, extra_order, document) VALUES (:exam_id, :person_id, :room_id, :seat, :extra_minutes, :extra_order, '')
ON CONFLICT (exam_id, person_id) DO UPDATE SET room_id = excluded.room_id, seat = excluded.seat, extra_minutes = excluded.extra_minutes, extra_order = excluded.extra_order,
	checked_at = CASE WHEN exam_seat.room_id = excluded.room_id THEN exam_seat.checked_at END, refused_why = NULL;

-- name: remove_seat :exec
-- Somebody has no seat any more.
DELETE FROM exam_seat WHERE exam_id = :exam_id AND person_id = :person_id;

-- name: begun :maybe
-- Whether somebody has begun a paper.
SELECT id FROM exam_attempt WHERE taker_id = :taker_id AND exam_id = :exam_id ORDER BY n DESC LIMIT 1;

-- name: taken :maybe
-- Who sits on a seat of a room.
SELECT person_id FROM exam_seat WHERE room_id = :room_id AND seat = :seat ORDER BY person_id LIMIT 1;

-- name: seat :maybe
-- A seat of a room, with the newest attempt of who sits there.
SELECT s.exam_id, s.person_id, p.name, s.seat, s.checked_at, s.refused_why, s.document, a.id AS attempt_id, a.state AS attempt_state, a.closed_by
FROM exam_seat s JOIN person p ON p.id = s.person_id LEFT JOIN exam_attempt a ON a.taker_id = s.person_id AND a.exam_id = s.exam_id
	AND a.n = (SELECT max(b.n) FROM exam_attempt b WHERE b.taker_id = s.person_id AND b.exam_id = s.exam_id)
WHERE s.room_id = :room_id AND s.person_id = :person_id;

-- name: list :many
-- Who sits in a room, for lists.
-- param day int
SELECT s.person_id, p.name, p.employee_no, s.seat, s.extra_minutes, s.extra_order, d.name_en AS designation_en, d.name_hi AS designation_hi,
	o.org_id, g.name_en AS org_en, g.name_hi AS org_hi
FROM exam_seat s JOIN person p ON p.id = s.person_id LEFT JOIN posting o ON o.person_id = p.id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
	LEFT JOIN designation d ON d.id = o.designation_id LEFT JOIN org g ON g.id = o.org_id
WHERE s.room_id = :room_id ORDER BY s.seat, s.person_id LIMIT 500;

-- name: hall :many
-- Who sits in a room and how far each is.
-- col n_answered int
-- col saved_at time
-- col sign_at time
SELECT s.person_id, p.name, p.employee_no, s.seat, s.extra_minutes, s.checked_at, s.document, s.refused_why, a.id AS attempt_id, a.state AS attempt_state, a.opened_at,
	a.ends_at, a.submitted_at, a.closed_by, a.device_at, f.items,
	(SELECT count(*) FROM exam_answer w WHERE w.taker_id = a.taker_id AND w.attempt_id = a.id AND w.given IS NOT NULL) AS n_answered,
	(SELECT max(w.saved_at) FROM exam_answer w WHERE w.taker_id = a.taker_id AND w.attempt_id = a.id) AS saved_at,
	(SELECT v.at FROM exam_event v WHERE v.taker_id = a.taker_id AND v.attempt_id = a.id AND v.seq = 0) AS sign_at
FROM exam_seat s JOIN person p ON p.id = s.person_id LEFT JOIN exam_attempt a ON a.taker_id = s.person_id AND a.exam_id = s.exam_id
	AND a.n = (SELECT max(b.n) FROM exam_attempt b WHERE b.taker_id = s.person_id AND b.exam_id = s.exam_id)
	LEFT JOIN exam_form f ON f.id = a.form_id
WHERE s.room_id = :room_id ORDER BY s.seat, s.person_id LIMIT 500;

-- name: check :exec
-- The invigilator saw who it is.
UPDATE exam_seat SET checked_at = :checked_at, checked_by = :checked_by, document = :document, refused_why = NULL WHERE exam_id = :exam_id AND person_id = :person_id;

-- name: refuse :exec
-- It was not shown who it is.
UPDATE exam_seat SET checked_at = NULL, checked_by = :checked_by, document = '', refused_why = :refused_why WHERE exam_id = :exam_id AND person_id = :person_id;

-- name: move :exec
-- Somebody goes on at another seat of the same room.
UPDATE exam_seat SET seat = :seat WHERE exam_id = :exam_id AND person_id = :person_id;

-- name: papers :many
-- The papers of a room that are open, or that the clock has closed.
SELECT a.taker_id, a.id, a.state, a.closed_by FROM exam_seat s JOIN exam_attempt a ON a.taker_id = s.person_id AND a.exam_id = s.exam_id
WHERE s.room_id = :room_id AND (a.state = 'open' OR a.closed_by = 'clock')
	AND a.n = (SELECT max(b.n) FROM exam_attempt b WHERE b.taker_id = s.person_id AND b.exam_id = s.exam_id)
ORDER BY a.taker_id LIMIT 500;

-- name: next_open :maybe
-- The next paper of a room that is open.
SELECT a.taker_id, a.id FROM exam_seat s JOIN exam_attempt a ON a.taker_id = s.person_id AND a.exam_id = s.exam_id
WHERE s.room_id = :room_id AND a.state = 'open' ORDER BY a.taker_id LIMIT 1;

-- name: to_tell :many
-- The next who have a seat in an examination, in a room that is not closed.
-- param after_id id
SELECT s.person_id, s.seat, s.room_id, r.name, r.place, r.begins_at, e.title FROM exam_seat s JOIN exam_room r ON r.id = s.room_id JOIN exam e ON e.id = s.exam_id
WHERE s.exam_id = :exam_id AND s.person_id > :after_id AND r.closed_at IS NULL ORDER BY s.person_id LIMIT 50;

-- name: rooms_to_tell :many
-- The rooms of an examination whose invigilators are told.
SELECT r.id, r.name, r.place, r.begins_at, r.invigilator_id, e.title FROM exam_room r JOIN exam e ON e.id = r.exam_id
WHERE r.exam_id = :exam_id AND r.closed_at IS NULL ORDER BY r.id LIMIT 100;

-- name: move_person :exec
-- Seats of one account are another's, where that one has none.
-- param kept_id id
-- param closed_id id
UPDATE exam_seat SET person_id = :kept_id WHERE person_id = :closed_id AND NOT EXISTS (SELECT 1 FROM exam_seat k WHERE k.exam_id = exam_seat.exam_id AND k.person_id = :kept_id);

-- ── the log ──

-- name: add_incident :exec
-- Something happened in a room.
INSERT INTO exam_incident (id, room_id, person_id, kind, words, minutes, by_id, at) VALUES (:id, :room_id, :person_id, :kind, :words, :minutes, :by_id, :at);

-- name: incidents :many
-- The log of a room, the newest first.
SELECT i.id, i.person_id, i.kind, i.words, i.minutes, i.at, p.name AS about, b.name AS by_name
FROM exam_incident i LEFT JOIN person p ON p.id = i.person_id JOIN person b ON b.id = i.by_id WHERE i.room_id = :room_id ORDER BY i.id DESC LIMIT 500;

-- ── seat lists ──

-- name: sitter :maybe
-- Somebody by employee number or login: whether posted in an organisation or below it on a day, and whether the paper was begun.
-- param called text
-- param login text
-- param above_id id
-- param exam_id id
-- param day int
-- col posted bool
-- col begun bool
SELECT p.id, p.name,
	EXISTS (SELECT 1 FROM posting o JOIN org_above u ON u.org_id = o.org_id
		WHERE o.person_id = p.id AND u.above_id = :above_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)) AS posted,
	EXISTS (SELECT 1 FROM exam_attempt a WHERE a.taker_id = p.id AND a.exam_id = :exam_id) AS begun
FROM person p WHERE p.state = 'active' AND (p.employee_no = :called OR p.email = :login OR p.mobile = :login) ORDER BY p.id LIMIT 1;

-- name: unseated :many
-- Who is posted in an organisation or below it on a day and has no seat in an examination, by section.
-- param above_id id
-- param exam_id id
-- param day int
-- param most int
SELECT p.id, p.name, o.org_id
FROM org_above u JOIN posting o ON o.org_id = u.org_id JOIN person p ON p.id = o.person_id
WHERE u.above_id = :above_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day) AND p.state = 'active'
	AND NOT EXISTS (SELECT 1 FROM exam_seat s WHERE s.exam_id = :exam_id AND s.person_id = p.id)
ORDER BY o.org_id, p.sort_key, p.id LIMIT :most;

-- name: add_seating :exec
-- A seat list that was looked at.
INSERT INTO exam_seating (id, exam_id, name, state, n_rows, n_new, n_moved, n_same, n_faults, plan, faults, by_id, at)
VALUES (:id, :exam_id, :name, 'looked', :n_rows, :n_new, :n_moved, :n_same, :n_faults, :plan, :faults, :by_id, :at);

-- name: seating :maybe
-- A seat list.
SELECT id, exam_id, name, state, n_rows, n_new, n_moved, n_same, n_faults, plan, faults, undo, at, done_at, undone_at FROM exam_seating WHERE id = :id;

-- name: seatings :many
-- The seat lists of an examination, the newest first.
SELECT s.id, s.name, s.state, s.n_rows, s.n_new, s.n_moved, s.n_faults, s.at, p.name AS by_name
FROM exam_seating s LEFT JOIN person p ON p.id = s.by_id WHERE s.exam_id = :exam_id ORDER BY s.id DESC LIMIT 20;

-- name: seating_done :exec
-- A seat list is carried out.
UPDATE exam_seating SET state = 'done', undo = :undo, done_at = :done_at WHERE id = :id AND state = 'looked';

-- name: seating_undone :exec
-- A seat list is taken back.
UPDATE exam_seating SET state = 'undone', undone_at = :undone_at WHERE id = :id AND state = 'done';

-- rows: exam_seat by person_id
