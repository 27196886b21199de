-- owner: programme

-- ── batches ──

-- name: add :exec
-- A draft.
INSERT INTO batch (id, programme_id, org_id, n, name, state, seats, waiting, invite_only, ask_until, from_day, last_day, starts_at, ends_at, institute_id, place, latitude,
	longitude, hostel_id, fee_paise, made_by, made_at, changed_at, cancelled_why)
VALUES (:id, :programme_id, :org_id, :n, :name, 'draft', :seats, :waiting, :invite_only, :ask_until, :from_day, :last_day, :starts_at, :ends_at, :institute_id, :place,
	:latitude, :longitude, :hostel_id, :fee_paise, :made_by, :made_at, :made_at, '');

-- name: next_number :one
-- The number of the next batch of a programme.
-- col n int
SELECT COALESCE(max(n), 0) + 1 AS n FROM batch WHERE programme_id = :programme_id;

-- name: change :exec
-- Other seats, days, place.
UPDATE batch SET name = :name, seats = :seats, waiting = :waiting, invite_only = :invite_only, ask_until = :ask_until, from_day = :from_day, last_day = :last_day,
	starts_at = :starts_at, ends_at = :ends_at, institute_id = :institute_id, place = :place, latitude = :latitude, longitude = :longitude, hostel_id = :hostel_id,
	fee_paise = :fee_paise, changed_at = :changed_at WHERE id = :id;

-- name: set_times :exec
-- When its first session begins and its last ends.
UPDATE batch SET starts_at = :starts_at, ends_at = :ends_at, ask_until = :ask_until, changed_at = :changed_at WHERE id = :id;

-- name: set_state :exec
-- Opened or ended.
UPDATE batch SET state = :state, changed_at = :changed_at WHERE id = :id;

-- name: cancel :exec
-- It is not held.
UPDATE batch SET state = 'cancelled', cancelled_why = :cancelled_why, changed_at = :changed_at WHERE id = :id;

-- name: one :maybe
-- A batch with its programme, its institute and how many seats are taken.
-- col admitted int
SELECT b.id, b.programme_id, b.org_id, b.n, b.name, b.state, b.seats, b.waiting, b.invite_only, b.ask_until, b.from_day, b.last_day, b.starts_at, b.ends_at, b.institute_id,
	b.place, b.latitude, b.longitude, b.hostel_id, b.fee_paise, b.cancelled_why, p.code, p.title, p.title_hi, p.state AS programme_state, p.approval, p.may_ask,
	o.name_en AS org_en, o.name_hi AS org_hi, i.place AS institute_place, i.latitude AS institute_latitude, i.longitude AS institute_longitude,
	io.name_en AS institute_en, io.name_hi AS institute_hi,
	(SELECT count(*) FROM admission m WHERE m.batch_id = b.id AND m.state = 'admitted') AS admitted
FROM batch b JOIN programme p ON p.id = b.programme_id JOIN org o ON o.id = b.org_id LEFT JOIN institute i ON i.id = b.institute_id LEFT JOIN org io ON io.id = i.org_id
WHERE b.id = :id;

-- name: of_programme :many
-- Batches of a programme, the newest first, with how many are admitted.
-- param programme_id id
-- param before_id id
-- param limit int
-- col admitted int
SELECT b.id, b.n, b.name, b.state, b.seats, b.ask_until, b.starts_at, b.ends_at, b.place, i.place AS institute_place,
	(SELECT count(*) FROM admission m WHERE m.batch_id = b.id AND m.state = 'admitted') AS admitted
FROM batch b LEFT JOIN institute i ON i.id = b.institute_id WHERE b.programme_id = :programme_id AND (:before_id IS NULL OR b.id < :before_id)
ORDER BY b.id DESC LIMIT :limit;

-- name: hostel_there :maybe
-- A hostel of an institute.
SELECT id FROM institute_hostel WHERE id = :id AND institute_id = :institute_id AND closed_at IS NULL;

-- name: beds_given :one
-- How many beds of its hostel people of a batch have.
-- col n int
SELECT count(*) AS n FROM admission WHERE batch_id = :batch_id AND state = 'admitted' AND bed_given;

-- ── sessions ──

-- name: add_session :exec
-- A session.
INSERT INTO batch_session (id, batch_id, n, part_id, title, title_hi, starts_at, ends_at, room_id, place)
VALUES (:id, :batch_id, :n, :part_id, :title, :title_hi, :starts_at, :ends_at, :room_id, :place);

-- name: change_session :exec
-- A session at another time or place.
UPDATE batch_session SET title = :title, title_hi = :title_hi, starts_at = :starts_at, ends_at = :ends_at, room_id = :room_id, place = :place WHERE id = :id;

-- name: shift_session :exec
-- A session by some days earlier or later; its room is free again.
-- param ms int
UPDATE batch_session SET starts_at = starts_at + :ms, ends_at = ends_at + :ms, room_id = NULL WHERE id = :id;

-- name: cancel_session :exec
-- A session is not held; its room is free again.
UPDATE batch_session SET cancelled_at = :cancelled_at, room_id = NULL WHERE id = :id AND cancelled_at IS NULL;

-- name: sessions :many
-- All sessions of a batch by time, cancelled ones too, with their rooms.
SELECT s.id, s.n, s.part_id, s.title, s.title_hi, s.starts_at, s.ends_at, s.room_id, s.place, s.cancelled_at, r.name AS room, r.access
FROM batch_session s LEFT JOIN institute_room r ON r.id = s.room_id WHERE s.batch_id = :batch_id ORDER BY s.starts_at, s.id LIMIT 400;

-- name: session :maybe
-- A session.
SELECT id, batch_id, n, part_id, title, title_hi, starts_at, ends_at, room_id, place, cancelled_at FROM batch_session WHERE id = :id AND batch_id = :batch_id;

-- name: noted :maybe
-- Whether somebody was noted as being at a session.
SELECT person_id FROM attendance WHERE session_id = :session_id AND there ORDER BY person_id LIMIT 1;

-- name: part :maybe
-- A session part of a programme that is not ended.
SELECT id, title, title_hi FROM programme_part WHERE id = :id AND programme_id = :programme_id AND kind = 'session' AND ended_at IS NULL;

-- name: rooms :many
-- Rooms of an institute in which sessions can be held.
SELECT id, name, seats, access FROM institute_room WHERE institute_id = :institute_id AND closed_at IS NULL ORDER BY name, id LIMIT 500;

-- ── who teaches, what is handed out ──

-- name: faculty :many
-- Who teaches a batch.
SELECT f.id, f.name, f.subjects, f.kind FROM batch_faculty b JOIN faculty f ON f.id = b.faculty_id WHERE b.batch_id = :batch_id ORDER BY f.sort_key, f.id LIMIT 100;

-- name: directory :many
-- Who teaches at an institute.
SELECT id, name, subjects FROM faculty WHERE institute_id = :institute_id AND left_at IS NULL ORDER BY sort_key, id LIMIT 500;

-- name: faculty_there :maybe
-- Somebody of the directories.
SELECT id FROM faculty WHERE id = :id AND left_at IS NULL;

-- name: add_faculty :exec
-- Somebody teaches a batch.
INSERT INTO batch_faculty (batch_id, faculty_id) VALUES (:batch_id, :faculty_id) ON CONFLICT (batch_id, faculty_id) DO NOTHING;

-- name: drop_faculty :exec
-- Somebody does not teach it.
DELETE FROM batch_faculty WHERE batch_id = :batch_id AND faculty_id = :faculty_id;

-- name: add_material :exec
-- Something is handed out.
INSERT INTO batch_material (id, batch_id, title, link, file_name, file, at) VALUES (:id, :batch_id, :title, :link, :file_name, :file, :at);

-- name: materials :many
-- What is handed out, without the files themselves.
SELECT id, title, link, file_name, at FROM batch_material WHERE batch_id = :batch_id ORDER BY id LIMIT 200;

-- name: material :maybe
-- One of them, whole.
SELECT id, title, link, file_name, file FROM batch_material WHERE id = :id AND batch_id = :batch_id;

-- name: drop_material :exec
-- It is handed out no more.
DELETE FROM batch_material WHERE id = :id AND batch_id = :batch_id;

-- ── for the pages ──

-- name: hostels :many
-- Hostels of an institute that are in use.
SELECT id, name, beds FROM institute_hostel WHERE institute_id = :institute_id AND closed_at IS NULL ORDER BY name, id LIMIT 200;

-- name: session_parts :many
-- Session parts of a programme that are not ended.
SELECT id, title, title_hi FROM programme_part WHERE programme_id = :programme_id AND kind = 'session' AND ended_at IS NULL ORDER BY n, id LIMIT 100;

-- name: run_by :many
-- Batches of programmes that somebody coordinates, those under way and to come first.
-- param person_id id
-- col admitted int
-- col past int
SELECT b.id, b.name, b.state, b.seats, b.starts_at, b.ends_at, p.title, p.title_hi,
	(SELECT count(*) FROM admission m WHERE m.batch_id = b.id AND m.state = 'admitted') AS admitted,
	CASE WHEN b.state IN ('draft', 'open') THEN 0 ELSE 1 END AS past
FROM programme_coordinator c JOIN batch b ON b.programme_id = c.programme_id JOIN programme p ON p.id = b.programme_id
WHERE c.person_id = :person_id ORDER BY past, b.starts_at, b.id LIMIT 100;

-- name: far_people :many
-- Who is admitted to a batch, by name, with the completion of the programme.
-- param batch_id id
-- param after_id id
-- param day int
-- param limit int
SELECT q.id, q.name, c.at AS completed_at, g.name_en AS org_en, g.name_hi AS org_hi
FROM admission m JOIN person q ON q.id = m.person_id JOIN batch b ON b.id = m.batch_id
LEFT JOIN batch_completion c ON c.programme_id = b.programme_id AND c.person_id = q.id
LEFT JOIN posting o ON o.person_id = q.id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day) LEFT JOIN org g ON g.id = o.org_id
WHERE m.batch_id = :batch_id AND m.state = 'admitted' AND (:after_id IS NULL OR q.sort_key > (SELECT x.sort_key FROM person x WHERE x.id = :after_id)
	OR (q.sort_key = (SELECT x.sort_key FROM person x WHERE x.id = :after_id) AND q.id > :after_id))
ORDER BY q.sort_key, q.id LIMIT :limit;

-- name: far_parts :many
-- What each of these people has done of each part that is no session.
-- param batch_id id
-- param after_id id
-- param limit int
-- col done int
-- col over int
SELECT m.person_id, t.must, CASE WHEN t.ended_at IS NULL THEN 0 ELSE 1 END AS over,
	CASE WHEN EXISTS (SELECT 1 FROM enrolment e WHERE e.person_id = m.person_id AND e.course_id = t.course_id AND e.state = 'completed')
		OR EXISTS (SELECT 1 FROM exam_attempt a WHERE a.taker_id = m.person_id AND a.exam_id = t.exam_id AND a.passed AND a.state = 'marked')
		OR EXISTS (SELECT 1 FROM batch_work w WHERE w.batch_id = :batch_id AND w.part_id = t.id AND w.person_id = m.person_id AND w.newest AND w.state = 'accepted')
	THEN 1 ELSE 0 END AS done
FROM (SELECT d.person_id FROM admission d JOIN person q ON q.id = d.person_id
	WHERE d.batch_id = :batch_id AND d.state = 'admitted' AND (:after_id IS NULL OR q.sort_key > (SELECT x.sort_key FROM person x WHERE x.id = :after_id)
		OR (q.sort_key = (SELECT x.sort_key FROM person x WHERE x.id = :after_id) AND q.id > :after_id))
	ORDER BY q.sort_key, q.id LIMIT :limit) m
JOIN batch b ON b.id = :batch_id JOIN programme_part t ON t.programme_id = b.programme_id AND t.kind <> 'session' ORDER BY m.person_id, t.n, t.id LIMIT 16000;

-- name: far_sessions :many
-- At which sessions each of these people was.
-- param batch_id id
-- param after_id id
-- param limit int
SELECT a.person_id, s.id, s.part_id FROM (SELECT d.person_id FROM admission d JOIN person q ON q.id = d.person_id
	WHERE d.batch_id = :batch_id AND d.state = 'admitted' AND (:after_id IS NULL OR q.sort_key > (SELECT x.sort_key FROM person x WHERE x.id = :after_id)
		OR (q.sort_key = (SELECT x.sort_key FROM person x WHERE x.id = :after_id) AND q.id > :after_id))
	ORDER BY q.sort_key, q.id LIMIT :limit) m
JOIN attendance a ON a.person_id = m.person_id AND a.there JOIN batch_session s ON s.id = a.session_id AND s.batch_id = :batch_id AND s.cancelled_at IS NULL
ORDER BY a.person_id, s.id LIMIT 16000;

-- name: far_session_parts :many
-- Session parts of a batch, with how many sessions of each are not cancelled.
-- param batch_id id
-- col n int
-- col over int
SELECT t.id, t.must, CASE WHEN t.ended_at IS NULL THEN 0 ELSE 1 END AS over,
	(SELECT count(*) FROM batch_session s WHERE s.batch_id = b.id AND s.part_id = t.id AND s.cancelled_at IS NULL) AS n
FROM batch b JOIN programme_part t ON t.programme_id = b.programme_id AND t.kind = 'session' WHERE b.id = :batch_id ORDER BY t.n, t.id LIMIT 200;

-- name: n_sessions :one
-- How many sessions of a batch are not cancelled.
-- col n int
SELECT count(*) AS n FROM batch_session WHERE batch_id = :batch_id AND cancelled_at IS NULL;

-- name: n_far_completed :one
-- How many of those who are admitted to a batch have completed the programme.
-- param batch_id id
-- col n int
SELECT count(*) AS n FROM admission m JOIN batch b ON b.id = m.batch_id JOIN batch_completion c ON c.programme_id = b.programme_id AND c.person_id = m.person_id
WHERE m.batch_id = :batch_id AND m.state = 'admitted';
