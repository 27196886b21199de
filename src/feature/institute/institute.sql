-- owner: institute

-- ── the register ──

-- name: add :exec
-- An organisation becomes an institute.
INSERT INTO institute (id, org_id, kind, about, place, latitude, longitude, made_by, made_at, changed_at)
VALUES (:id, :org_id, :kind, :about, :place, :latitude, :longitude, :made_by, :made_at, :made_at);

-- name: change :exec
-- What is said of an institute.
UPDATE institute SET kind = :kind, about = :about, place = :place, latitude = :latitude, longitude = :longitude, changed_at = :changed_at WHERE id = :id;

-- name: one :maybe
-- An institute with its name.
SELECT i.id, i.org_id, i.kind, i.about, i.place, i.latitude, i.longitude, i.changed_at, o.name_en, o.name_hi FROM institute i JOIN org o ON o.id = i.org_id WHERE i.id = :id;

-- name: of_org :maybe
-- The institute that an organisation is.
SELECT i.id, i.org_id, i.kind, i.about, i.place, i.latitude, i.longitude, i.changed_at, o.name_en, o.name_hi FROM institute i JOIN org o ON o.id = i.org_id
WHERE i.org_id = :org_id;

-- name: all :many
-- Institutes of a kind (none: of all) with somebody who teaches a competency (none: any), by name; what they have.
-- param kind text
-- param competency_id id
-- col n_rooms int
-- col seats int
-- col beds int
-- col n_faculty int
SELECT i.id, i.org_id, i.kind, i.place, o.name_en, o.name_hi,
	(SELECT count(*) FROM institute_room r WHERE r.institute_id = i.id AND r.closed_at IS NULL) AS n_rooms,
	(SELECT COALESCE(max(r.seats), 0) FROM institute_room r WHERE r.institute_id = i.id AND r.closed_at IS NULL) AS seats,
	(SELECT COALESCE(sum(h.beds), 0) FROM institute_hostel h WHERE h.institute_id = i.id AND h.closed_at IS NULL) AS beds,
	(SELECT count(*) FROM faculty f WHERE f.institute_id = i.id AND f.left_at IS NULL) AS n_faculty
FROM institute i JOIN org o ON o.id = i.org_id
WHERE (:kind IS NULL OR i.kind = :kind) AND (:competency_id IS NULL OR EXISTS (
	SELECT 1 FROM faculty f JOIN faculty_competency c ON c.faculty_id = f.id WHERE f.institute_id = i.id AND f.left_at IS NULL AND c.competency_id = :competency_id))
ORDER BY o.name_en, i.id LIMIT 5000;

-- ── rooms and hostels ──

-- name: rooms :many
-- Rooms of an institute, those in use first.
-- col closed int
SELECT id, name, kind, seats, access, closed_at, CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END AS closed FROM institute_room WHERE institute_id = :institute_id
ORDER BY closed, name, id LIMIT 500;

-- name: room :maybe
-- A room and whose it is.
SELECT r.id, r.institute_id, i.org_id, r.name, r.kind, r.seats, r.access, r.closed_at FROM institute_room r JOIN institute i ON i.id = r.institute_id WHERE r.id = :id;

-- name: room_named :maybe
-- The room in use of a name.
SELECT id FROM institute_room WHERE institute_id = :institute_id AND name = :name AND closed_at IS NULL ORDER BY id LIMIT 1;

-- name: room_add :exec
-- A room.
INSERT INTO institute_room (id, institute_id, name, kind, seats, access) VALUES (:id, :institute_id, :name, :kind, :seats, :access);

-- name: room_change :exec
-- What a room is.
UPDATE institute_room SET name = :name, kind = :kind, seats = :seats, access = :access WHERE id = :id;

-- name: room_close :exec
-- A room is not given out any more, or (none) again.
UPDATE institute_room SET closed_at = :closed_at WHERE id = :id;

-- name: hostels :many
-- Hostels of an institute, those in use first.
-- col closed int
SELECT id, name, for_whom, beds, closed_at, CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END AS closed FROM institute_hostel WHERE institute_id = :institute_id
ORDER BY closed, name, id LIMIT 200;

-- name: hostel :maybe
-- A hostel and whose it is.
SELECT h.id, h.institute_id, i.org_id, h.name, h.for_whom, h.beds, h.closed_at FROM institute_hostel h JOIN institute i ON i.id = h.institute_id WHERE h.id = :id;

-- name: hostel_named :maybe
-- The hostel in use of a name.
SELECT id FROM institute_hostel WHERE institute_id = :institute_id AND name = :name AND closed_at IS NULL ORDER BY id LIMIT 1;

-- name: hostel_add :exec
-- A hostel.
INSERT INTO institute_hostel (id, institute_id, name, for_whom, beds) VALUES (:id, :institute_id, :name, :for_whom, :beds);

-- name: hostel_change :exec
-- What a hostel is.
UPDATE institute_hostel SET name = :name, for_whom = :for_whom, beds = :beds WHERE id = :id;

-- name: hostel_close :exec
-- A hostel is not given out any more, or (none) again.
UPDATE institute_hostel SET closed_at = :closed_at WHERE id = :id;

-- ── bookings ──

-- name: clash :maybe
-- What is in a room at a time, but for one booking.
-- param but_id id
SELECT b.id, b.kind, b.words, b.from_at, b.until_at FROM institute_booking b
WHERE b.room_id = :room_id AND b.until_at > :from_at AND b.from_at < :until_at AND (:but_id IS NULL OR b.id <> :but_id) ORDER BY b.from_at, b.id LIMIT 1;

-- name: of_thing :maybe
-- The booking of a session or an event.
SELECT id, room_id FROM institute_booking WHERE kind = :kind AND thing_id = :thing_id ORDER BY id LIMIT 1;

-- name: book :exec
-- A room is taken.
INSERT INTO institute_booking (id, room_id, kind, thing_id, words, from_at, until_at, by_id)
VALUES (:id, :room_id, :kind, :thing_id, :words, :from_at, :until_at, :by_id);

-- name: rebook :exec
-- Another room, another time, other words.
UPDATE institute_booking SET room_id = :room_id, words = :words, from_at = :from_at, until_at = :until_at, by_id = :by_id WHERE id = :id;

-- name: unbook :exec
-- A booking goes.
DELETE FROM institute_booking WHERE id = :id;

-- name: unbook_thing :exec
-- The booking of a session or an event goes.
DELETE FROM institute_booking WHERE kind = :kind AND thing_id = :thing_id;

-- name: booking :maybe
-- A booking and whose room it is.
SELECT b.id, b.room_id, b.kind, b.thing_id, b.words, b.from_at, b.until_at, r.institute_id, i.org_id, r.name AS room
FROM institute_booking b JOIN institute_room r ON r.id = b.room_id JOIN institute i ON i.id = r.institute_id WHERE b.id = :id;

-- name: next_in_room :maybe
-- What is in a room now or next.
-- param at time
SELECT id, words, from_at, until_at, kind FROM institute_booking WHERE room_id = :room_id AND until_at > :at ORDER BY until_at, id LIMIT 1;

-- name: free_rooms :many
-- Rooms with so many seats in which nothing is between two moments, the smallest that does first.
-- param after_seats int
-- param after_id id
SELECT r.id, r.name, r.kind, r.seats, r.access, r.institute_id, i.place, o.name_en, o.name_hi
FROM institute_room r JOIN institute i ON i.id = r.institute_id JOIN org o ON o.id = i.org_id
WHERE r.closed_at IS NULL AND r.seats >= :seats AND (:after_seats IS NULL OR r.seats > :after_seats OR (r.seats = :after_seats AND r.id > :after_id))
	AND NOT EXISTS (SELECT 1 FROM institute_booking b WHERE b.room_id = r.id AND b.until_at > :from_at AND b.from_at < :until_at)
ORDER BY r.seats, r.id LIMIT :most;
