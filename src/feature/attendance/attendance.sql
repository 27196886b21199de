-- owner: attendance

-- ── the session ──

-- name: session :maybe
-- A session of a batch with all that attendance asks of it.
-- col place text
-- col latitude real
-- col longitude real
SELECT s.id, s.batch_id, s.n, s.title, s.title_hi, s.starts_at, s.ends_at, s.cancelled_at, b.org_id, b.n AS batch_n, b.name AS batch, b.state AS batch_state, b.ends_at AS batch_ends_at,
	CASE WHEN s.place <> '' THEN s.place ELSE b.place END AS place, g.id AS programme_id, g.title AS programme, g.title_hi AS programme_hi, r.name AS room,
	COALESCE(b.latitude, i.latitude) AS latitude, COALESCE(b.longitude, i.longitude) AS longitude
FROM batch_session s JOIN batch b ON b.id = s.batch_id JOIN programme g ON g.id = b.programme_id LEFT JOIN institute_room r ON r.id = s.room_id
	LEFT JOIN institute i ON i.id = b.institute_id
WHERE s.id = :id;

-- name: coordinates :maybe
-- Whether somebody coordinates a programme.
SELECT person_id FROM programme_coordinator WHERE programme_id = :programme_id AND person_id = :person_id;

-- name: admitted :maybe
-- Whether somebody is admitted to a batch.
SELECT id FROM admission WHERE batch_id = :batch_id AND person_id = :person_id AND state = 'admitted';

-- name: coordinated :many
-- Sessions of programmes that somebody coordinates, those to come first.
-- param from_at time
-- param until_at time
-- col n_there int
SELECT s.id, s.n, s.title, s.title_hi, s.starts_at, s.ends_at, b.name AS batch, g.title AS programme, g.title_hi AS programme_hi, r.name AS room, d.opened_at, d.closed_at,
	(SELECT count(*) FROM attendance a WHERE a.session_id = s.id AND a.there) AS n_there
FROM programme_coordinator c JOIN batch b ON b.programme_id = c.programme_id AND b.state IN ('open', 'ended') AND b.ends_at >= :from_at
	JOIN batch_session s ON s.batch_id = b.id AND s.cancelled_at IS NULL AND s.ends_at >= :from_at AND s.starts_at <= :until_at
	JOIN programme g ON g.id = b.programme_id LEFT JOIN institute_room r ON r.id = s.room_id LEFT JOIN attendance_door d ON d.session_id = s.id
WHERE c.person_id = :person_id ORDER BY s.starts_at, s.id LIMIT 100;

-- ── the door ──

-- name: door :maybe
-- The door of a session.
SELECT d.sealed_key, d.near_m, d.opened_at, d.closed_at, p.name AS opened_by FROM attendance_door d LEFT JOIN person p ON p.id = d.opened_by WHERE d.session_id = :session_id;

-- name: open_door :exec
-- A door is opened, or opened anew.
INSERT INTO attendance_door (session_id, sealed_key, near_m, opened_by, opened_at) VALUES (:session_id, :sealed_key, :near_m, :opened_by, :opened_at)
ON CONFLICT (session_id) DO UPDATE SET sealed_key = excluded.sealed_key, near_m = excluded.near_m, opened_by = excluded.opened_by, opened_at = excluded.opened_at, closed_at = NULL;

-- name: close_door :exec
-- A door is closed.
UPDATE attendance_door SET closed_at = :closed_at WHERE session_id = :session_id AND closed_at IS NULL;

-- ── who was there ──

-- name: one :maybe
-- What is known of somebody at a session.
SELECT a.there, a.way, a.minutes, a.at, a.kept_at, a.by_id, a.metres, a.said_at, a.device, a.credited, a.due_at, p.name AS by_name
FROM attendance a LEFT JOIN person p ON p.id = a.by_id WHERE a.session_id = :session_id AND a.person_id = :person_id;

-- name: put :exec
-- Keeps what is known of somebody at a session; what was credited stays.
INSERT INTO attendance (session_id, person_id, there, way, minutes, at, kept_at, by_id, metres, said_at, device, credited)
VALUES (:session_id, :person_id, :there, :way, :minutes, :at, :kept_at, :by_id, :metres, :said_at, :device, 0)
ON CONFLICT (session_id, person_id) DO UPDATE SET there = excluded.there, way = excluded.way, minutes = excluded.minutes, at = excluded.at, kept_at = excluded.kept_at,
	by_id = excluded.by_id, metres = excluded.metres, said_at = excluded.said_at, device = excluded.device;

-- name: set_said :exec
-- The same was said again, later.
UPDATE attendance SET said_at = :said_at WHERE session_id = :session_id AND person_id = :person_id AND said_at < :said_at;

-- name: set_credited :exec
-- So many minutes of it are in the record of learning, and when that has to be looked at again.
UPDATE attendance SET credited = :credited, due_at = :due_at WHERE session_id = :session_id AND person_id = :person_id;

-- name: remove :exec
-- As if nothing had been noted.
DELETE FROM attendance WHERE session_id = :session_id AND person_id = :person_id;

-- name: due :many
-- Attendances whose minutes have to be looked at by now.
-- param until_at time
SELECT session_id, person_id FROM attendance WHERE due_at IS NOT NULL AND due_at <= :until_at ORDER BY due_at, session_id, person_id LIMIT 100;

-- name: add_change :exec
-- A change of it.
INSERT INTO attendance_change (id, session_id, person_id, there, way, minutes, words, at, kept_at, by_id)
VALUES (:id, :session_id, :person_id, :there, :way, :minutes, :words, :at, :kept_at, :by_id);

-- name: changes :many
-- All changes of somebody at a session, the newest first.
SELECT c.id, c.there, c.way, c.minutes, c.words, c.at, c.kept_at, c.by_id, p.name AS by_name FROM attendance_change c LEFT JOIN person p ON p.id = c.by_id
WHERE c.session_id = :session_id AND c.person_id = :person_id ORDER BY c.id DESC LIMIT 100;

-- name: person :maybe
-- Somebody's name.
SELECT name FROM person WHERE id = :id;

-- name: counts :one
-- How many are admitted to the batch of a session, and how many of them were there.
-- col n_admitted int
-- col n_there int
SELECT count(*) AS n_admitted, COALESCE(sum(CASE WHEN a.there THEN 1 ELSE 0 END), 0) AS n_there
FROM admission m LEFT JOIN attendance a ON a.session_id = :session_id AND a.person_id = m.person_id WHERE m.batch_id = :batch_id AND m.state = 'admitted';

-- name: people :many
-- Who is admitted to the batch of a session, with what is known of each.
-- param session_id id
-- param batch_id id
-- param after_key text
-- param after_id id
-- param most int
-- col n_device int
SELECT p.id AS person_id, p.name, p.sort_key, p.employee_no, a.there, a.way, a.minutes, a.at, a.kept_at, a.metres, a.device, b.name AS by_name,
	CASE WHEN a.device <> '' AND a.there THEN (SELECT count(*) FROM attendance x WHERE x.session_id = :session_id AND x.device = a.device AND x.there) ELSE 0 END AS n_device
FROM admission m JOIN person p ON p.id = m.person_id LEFT JOIN attendance a ON a.session_id = :session_id AND a.person_id = p.id LEFT JOIN person b ON b.id = a.by_id
WHERE m.batch_id = :batch_id AND m.state = 'admitted' AND (p.sort_key > :after_key OR (p.sort_key = :after_key AND p.id > :after_id))
ORDER BY p.sort_key, p.id LIMIT :most;

-- name: shared :many
-- Devices by which more than one person was noted, with these people.
SELECT a.device, p.id AS person_id, p.name FROM attendance a JOIN person p ON p.id = a.person_id
WHERE a.session_id = :session_id AND a.there AND a.device IN (SELECT x.device FROM attendance x WHERE x.session_id = :session_id AND x.there AND x.device <> '' GROUP BY x.device HAVING count(*) > 1)
ORDER BY a.device, p.sort_key, p.id LIMIT 500;

-- name: called :many
-- Who is admitted to a batch, as a list names people; for lists.
-- param session_id id
-- col called text
SELECT p.id AS person_id, p.name, COALESCE(p.employee_no, p.email, p.mobile, '') AS called, a.there, a.way, a.minutes, a.at, a.said_at, a.credited
FROM admission m JOIN person p ON p.id = m.person_id LEFT JOIN attendance a ON a.session_id = :session_id AND a.person_id = p.id
WHERE m.batch_id = :batch_id AND m.state = 'admitted' ORDER BY p.sort_key, p.id LIMIT 5000;

-- ── of one person ──

-- name: mine :many
-- Sessions of batches to which somebody is admitted, the latest first, with what is known of that one.
-- param before_at time
-- param before_id id
-- param most int
SELECT s.id, s.n, s.title, s.title_hi, s.starts_at, s.ends_at, b.name AS batch, g.title AS programme, g.title_hi AS programme_hi, r.name AS room, a.there, a.way, a.minutes, a.at, a.metres,
	p.name AS by_name, d.opened_at, d.closed_at
FROM admission m JOIN batch b ON b.id = m.batch_id AND b.state IN ('open', 'ended') JOIN batch_session s ON s.batch_id = b.id AND s.cancelled_at IS NULL
	JOIN programme g ON g.id = b.programme_id LEFT JOIN institute_room r ON r.id = s.room_id LEFT JOIN attendance_door d ON d.session_id = s.id
	LEFT JOIN attendance a ON a.session_id = s.id AND a.person_id = m.person_id LEFT JOIN person p ON p.id = a.by_id
WHERE m.person_id = :person_id AND m.state = 'admitted' AND (s.starts_at < :before_at OR (s.starts_at = :before_at AND s.id < :before_id))
ORDER BY s.starts_at DESC, s.id DESC LIMIT :most;

-- name: of_person :many
-- All sessions at which something is known of somebody; for joining accounts.
SELECT session_id, there, credited FROM attendance WHERE person_id = :person_id ORDER BY session_id LIMIT 20000;

-- name: move :exec
-- Somebody's attendance of a session is another account's.
-- param kept_id id
-- param session_id id
-- param closed_id id
UPDATE attendance SET person_id = :kept_id WHERE session_id = :session_id AND person_id = :closed_id;

-- name: move_changes :exec
-- The changes, too.
-- param kept_id id
-- param closed_id id
UPDATE attendance_change SET person_id = :kept_id WHERE person_id = :closed_id;

-- name: move_entries :exec
-- And what came from rosters.
-- param kept_id id
-- param closed_id id
UPDATE attendance_entry SET person_id = :kept_id WHERE person_id = :closed_id;

-- ── rosters ──

-- name: entry :maybe
-- What came from a device under a number.
SELECT session_id, person_id, there, at, outcome FROM attendance_entry WHERE device = :device AND seq = :seq;

-- name: add_entry :exec
-- Keeps it.
INSERT INTO attendance_entry (device, seq, session_id, person_id, there, at, kept_at, by_id, outcome) VALUES (:device, :seq, :session_id, :person_id, :there, :at, :kept_at, :by_id, :outcome);

-- ── lists ──

-- name: add_list :exec
-- A list, looked at.
INSERT INTO attendance_list (id, session_id, name, state, n_rows, n_new, n_same, n_faults, plan, faults, by_id, at)
VALUES (:id, :session_id, :name, 'looked', :n_rows, :n_new, :n_same, :n_faults, :plan, :faults, :by_id, :at);

-- name: list :maybe
-- One list.
SELECT l.id, l.session_id, l.name, l.state, l.n_rows, l.n_new, l.n_same, l.n_faults, l.plan, l.faults, l.undo, l.at, l.done_at, p.name AS by_name
FROM attendance_list l LEFT JOIN person p ON p.id = l.by_id WHERE l.id = :id;

-- name: lists :many
-- The lists of a session, the newest first.
SELECT l.id, l.name, l.state, l.n_rows, l.n_new, l.n_faults, l.at FROM attendance_list l WHERE l.session_id = :session_id ORDER BY l.id DESC LIMIT 20;

-- name: list_done :exec
-- A list is carried out.
UPDATE attendance_list SET state = 'done', undo = :undo, done_at = :done_at WHERE id = :id;

-- name: list_undone :exec
-- A list is taken back.
UPDATE attendance_list SET state = 'undone', undone_at = :undone_at WHERE id = :id;

-- rows: attendance by person_id
-- rows: attendance_change by person_id
-- rows: attendance_entry by person_id
