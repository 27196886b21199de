-- owner: calendar

-- ── what a person has to be at ──

-- name: sessions :many
-- Sessions of the batches to which a person is admitted or in which he or she teaches, also those that were called off, that begin between two moments.
-- param from_at time
-- param until_at time
-- col teaches int
SELECT s.id, s.title, s.title_hi, s.starts_at, s.ends_at, s.cancelled_at, t.id AS batch_id, t.state, t.place, t.changed_at, b.changed_at AS booked_at, p.title AS programme,
	p.title_hi AS programme_hi, r.name AS room, i.place AS institute_place, o.name_en AS institute_en, o.name_hi AS institute_hi,
	CASE WHEN EXISTS (SELECT 1 FROM admission a WHERE a.batch_id = t.id AND a.person_id = :person_id AND a.state = 'admitted') THEN 0 ELSE 1 END AS teaches
FROM batch_session s JOIN batch t ON t.id = s.batch_id JOIN programme p ON p.id = t.programme_id
	LEFT JOIN institute_room r ON r.id = s.room_id LEFT JOIN institute i ON i.id = COALESCE(r.institute_id, t.institute_id) LEFT JOIN org o ON o.id = i.org_id
	LEFT JOIN institute_booking b ON b.kind = 'session' AND b.thing_id = s.id
WHERE t.state IN ('open', 'ended', 'cancelled') AND s.starts_at >= :from_at AND s.starts_at < :until_at AND s.batch_id IN (
	SELECT a.batch_id FROM admission a WHERE a.person_id = :person_id AND a.state = 'admitted'
	UNION SELECT m.batch_id FROM faculty f JOIN batch_faculty m ON m.faculty_id = f.id WHERE f.person_id = :person_id AND f.left_at IS NULL)
ORDER BY s.starts_at, s.id LIMIT :most;

-- name: events :many
-- Events for which a person is registered, also those that were called off.
-- param from_at time
-- param until_at time
SELECT e.id, e.title, e.title_hi, e.starts_at, e.ends_at, e.state, e.held, e.link, e.changed_at, r.at
FROM event_registration r JOIN event e ON e.id = r.event_id
WHERE r.person_id = :person_id AND r.withdrawn_at IS NULL AND e.state IN ('open', 'ended', 'cancelled') AND e.starts_at >= :from_at AND e.starts_at < :until_at
ORDER BY e.starts_at, e.id LIMIT :most;

-- name: charchas :many
-- Charchas for which a person is registered.
-- param from_at time
-- param until_at time
SELECT c.id, c.theme, c.theme_hi, c.held_at, c.minutes, c.place, c.link, c.changed_at FROM charcha_member m JOIN charcha c ON c.id = m.charcha_id
WHERE m.person_id = :person_id AND m.withdrawn_at IS NULL AND c.state <> 'draft' AND c.held_at >= :from_at AND c.held_at < :until_at ORDER BY c.held_at, c.id LIMIT :most;

-- name: seats :many
-- Examinations in a room in which a person has a seat.
-- param from_at time
-- param until_at time
SELECT e.id, e.title, e.minutes, e.made_at AS exam_made_at, e.opened_at AS exam_opened_at, s.extra_minutes, s.seat, r.name AS room, r.place, r.begins_at, r.made_at
FROM exam_seat s JOIN exam_room r ON r.id = s.room_id JOIN exam e ON e.id = s.exam_id
WHERE s.person_id = :person_id AND e.state <> 'draft' AND r.begins_at >= :from_at AND r.begins_at < :until_at ORDER BY r.begins_at, e.id LIMIT :most;

-- name: watches :many
-- Rooms of examinations over which a person watches.
-- param from_at time
-- param until_at time
SELECT r.id, e.title, e.minutes, r.name AS room, r.place, r.begins_at, r.made_at FROM exam_room r JOIN exam e ON e.id = r.exam_id
WHERE r.invigilator_id = :person_id AND r.begins_at >= :from_at AND r.begins_at < :until_at ORDER BY r.begins_at, r.id LIMIT :most;

-- name: dues :many
-- Courses that were assigned to a person and are not completed, by their day.
-- param from_day int
-- param until_day int
SELECT a.course_id, k.title, a.due_day, a.assigned_at FROM assignment a JOIN course k ON k.id = a.course_id
WHERE a.person_id = :person_id AND a.withdrawn_at IS NULL AND a.due_day >= :from_day AND a.due_day < :until_day
	AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.person_id = a.person_id AND e.course_id = a.course_id AND e.state = 'completed')
ORDER BY a.due_day, a.course_id LIMIT :most;

-- ── what happens at an institute ──

-- name: of_institute :many
-- Sessions at an institute, events of its organisation that are for all (both also when they were called off), and what is booked by hand.
-- param institute_id id
-- param org_id id
-- param from_at time
-- param until_at time
-- col kind text
-- col id id
-- col title text
-- col title_hi text
-- col starts_at time
-- col ends_at time
-- col state text
-- col cancelled_at time
-- col room text
-- col changed_at time
-- col booked_at time
SELECT 'session' AS kind, s.id AS id, s.title AS title, s.title_hi AS title_hi, s.starts_at AS starts_at, s.ends_at AS ends_at, t.state AS state, s.cancelled_at AS cancelled_at, COALESCE(r.name, '') AS room, t.changed_at, b.changed_at AS booked_at
FROM batch_session s JOIN batch t ON t.id = s.batch_id LEFT JOIN institute_room r ON r.id = s.room_id LEFT JOIN institute_booking b ON b.kind = 'session' AND b.thing_id = s.id
WHERE t.institute_id = :institute_id AND t.state IN ('open', 'ended', 'cancelled') AND s.starts_at >= :from_at AND s.starts_at < :until_at
UNION ALL
SELECT 'event' AS kind, e.id, e.title, e.title_hi, e.starts_at, e.ends_at, e.state, NULL AS cancelled_at, COALESCE(r.name, '') AS room, e.changed_at, b.changed_at AS booked_at
FROM event e LEFT JOIN institute_booking b ON b.kind = 'event' AND b.thing_id = e.id LEFT JOIN institute_room r ON r.id = b.room_id
WHERE e.org_id = :org_id AND e.for_all AND e.state IN ('open', 'ended', 'cancelled') AND e.starts_at >= :from_at AND e.starts_at < :until_at
UNION ALL
SELECT 'other' AS kind, b.id, b.words AS title, '' AS title_hi, b.from_at AS starts_at, b.until_at AS ends_at, 'open' AS state, NULL AS cancelled_at, r.name AS room, b.changed_at,
	b.changed_at AS booked_at
FROM institute_booking b JOIN institute_room r ON r.id = b.room_id
WHERE b.kind = 'other' AND r.institute_id = :institute_id AND b.from_at >= :from_at AND b.from_at < :until_at
ORDER BY starts_at, kind, id LIMIT :most;

-- ── addresses ──

-- name: of_code :maybe
-- Whose calendar an address is of; of a person only while the account is in use.
SELECT f.id, f.person_id, f.institute_id, p.lang, p.zone FROM calendar_feed f LEFT JOIN person p ON p.id = f.person_id
WHERE f.code_hash = :code_hash AND f.ended_at IS NULL AND (f.person_id IS NULL OR p.state = 'active');

-- name: of_person :maybe
-- The address of a person's calendar.
SELECT id, code_sealed, made_at FROM calendar_feed WHERE person_id = :person_id AND ended_at IS NULL;

-- name: of_place :maybe
-- The address of an institute's calendar.
SELECT id, code_sealed, made_at FROM calendar_feed WHERE institute_id = :institute_id AND ended_at IS NULL;

-- name: add :exec
-- A new address.
INSERT INTO calendar_feed (id, person_id, institute_id, code_hash, code_sealed, made_at) VALUES (:id, :person_id, :institute_id, :code_hash, :code_sealed, :made_at);

-- name: end :exec
-- An address is dead.
UPDATE calendar_feed SET ended_at = :ended_at WHERE id = :id AND ended_at IS NULL;

-- name: end_of_person :exec
-- All addresses of a person are dead.
UPDATE calendar_feed SET ended_at = :ended_at WHERE person_id = :person_id AND ended_at IS NULL;

-- rows: calendar_feed by person_id
