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
	(SELECT CAST(COALESCE(sum(h.beds), 0) AS bigint) FROM institute_hostel h WHERE h.institute_id = i.id AND h.closed_at IS NULL) AS beds,
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

-- name: hostel_given :one
-- How many beds of a hostel are given at one time, at most, from now on.
-- param present time
-- param id id
-- col n int
SELECT COALESCE(max(g.n), 0) AS n FROM (SELECT (SELECT count(*) FROM batch x JOIN admission a ON a.batch_id = x.id AND a.state = 'admitted' AND a.bed_given
	WHERE x.hostel_id = b.hostel_id AND x.state <> 'cancelled' AND x.ends_at > :present AND x.starts_at <= b.starts_at AND x.ends_at > b.starts_at) AS n
	FROM batch b WHERE b.hostel_id = :id AND b.state <> 'cancelled' AND b.ends_at > :present) g;

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
INSERT INTO institute_booking (id, room_id, kind, thing_id, words, from_at, until_at, by_id, changed_at)
VALUES (:id, :room_id, :kind, :thing_id, :words, :from_at, :until_at, :by_id, :changed_at);

-- name: rebook :exec
-- Another room, another time, other words.
UPDATE institute_booking SET room_id = :room_id, words = :words, from_at = :from_at, until_at = :until_at, by_id = :by_id, changed_at = :changed_at WHERE id = :id;

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

-- ── faculty ──

-- name: faculty_add :exec
-- Somebody teaches at an institute.
INSERT INTO faculty (id, institute_id, person_id, name, sort_key, kind, subjects, langs, about)
VALUES (:id, :institute_id, :person_id, :name, :sort_key, :kind, :subjects, :langs, :about);

-- name: faculty_change :exec
-- What is said of somebody who teaches.
UPDATE faculty SET person_id = :person_id, name = :name, sort_key = :sort_key, kind = :kind, subjects = :subjects, langs = :langs, about = :about WHERE id = :id;

-- name: faculty_left :exec
-- Somebody teaches there no more, or (none) again.
UPDATE faculty SET left_at = :left_at WHERE id = :id;

-- name: faculty_one :maybe
-- Somebody who teaches, whose faculty it is, and by what one of our people is called in a form.
SELECT f.id, f.institute_id, i.org_id, f.person_id, f.name, f.sort_key, f.kind, f.subjects, f.langs, f.about, f.left_at, p.employee_no, p.email, p.mobile
FROM faculty f JOIN institute i ON i.id = f.institute_id LEFT JOIN person p ON p.id = f.person_id WHERE f.id = :id;

-- name: faculty_of_person :maybe
-- Whether somebody teaches at an institute already.
SELECT id FROM faculty WHERE institute_id = :institute_id AND person_id = :person_id AND left_at IS NULL ORDER BY id LIMIT 1;

-- name: faculty_count :one
-- How many were ever on the list of an institute.
-- col n int
SELECT count(*) AS n FROM faculty WHERE institute_id = :institute_id;

-- name: faculty_list :many
-- Who teaches at an institute, by name; who has left after a moment, too.
-- param left_after time
-- param competency_id id
-- param after_key text
-- param after_id id
SELECT f.id, f.person_id, f.name, f.sort_key, f.kind, f.subjects, f.langs, f.about, f.left_at FROM faculty f
WHERE f.institute_id = :institute_id AND (f.left_at IS NULL OR f.left_at > :left_after)
	AND (:competency_id IS NULL OR EXISTS (SELECT 1 FROM faculty_competency c WHERE c.faculty_id = f.id AND c.competency_id = :competency_id))
	AND (:after_key IS NULL OR f.sort_key > :after_key OR (f.sort_key = :after_key AND f.id > :after_id))
ORDER BY f.sort_key, f.id LIMIT :most;

-- name: faculty_teach :many
-- What those teach whose names stand between two, as it is called on a day.
-- param first_key text
-- param last_key text
-- param day int
SELECT f.id AS faculty_id, c.competency_id, x.name_en, x.name_hi FROM faculty f JOIN faculty_competency c ON c.faculty_id = f.id
	JOIN competency_text x ON x.competency_id = c.competency_id
		AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = c.competency_id AND y.from_day <= :day)
WHERE f.institute_id = :institute_id AND f.sort_key >= :first_key AND f.sort_key <= :last_key ORDER BY f.id, x.name_en, c.competency_id LIMIT 5000;

-- name: taught :many
-- What is taught by faculty of any institute, for the filter.
-- param day int
SELECT x.competency_id, x.name_en, x.name_hi FROM competency_text x
WHERE x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = x.competency_id AND y.from_day <= :day)
	AND EXISTS (SELECT 1 FROM faculty_competency c JOIN faculty f ON f.id = c.faculty_id WHERE c.competency_id = x.competency_id AND f.left_at IS NULL)
ORDER BY x.name_en, x.competency_id LIMIT 2000;

-- name: competencies :many
-- What somebody can be said to teach: what is in force on a day.
-- param day int
SELECT c.id, f.code AS framework, c.code, x.name_en, x.name_hi FROM competency c JOIN framework f ON f.id = c.framework_id
	JOIN competency_text x ON x.competency_id = c.id AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = c.id AND y.from_day <= :day)
WHERE c.kind <> 'area' AND c.from_day <= :day AND (c.until_day IS NULL OR c.until_day > :day) ORDER BY f.code, c.n, c.id LIMIT 2000;

-- name: competency :maybe
-- Whether there is a competency.
SELECT id FROM competency WHERE id = :id AND kind <> 'area';

-- name: taught_by :many
-- What somebody teaches.
SELECT competency_id FROM faculty_competency WHERE faculty_id = :faculty_id ORDER BY competency_id LIMIT 100;

-- name: teach_clear :exec
-- Before what somebody teaches is said anew.
DELETE FROM faculty_competency WHERE faculty_id = :faculty_id;

-- name: teach_add :exec
-- Somebody teaches a competency.
INSERT INTO faculty_competency (faculty_id, competency_id) VALUES (:faculty_id, :competency_id) ON CONFLICT (faculty_id, competency_id) DO NOTHING;

-- name: faculty_merge :exec
-- Two accounts are one.
-- param kept_id id
-- param closed_id id
UPDATE faculty SET person_id = :kept_id WHERE person_id = :closed_id;

-- rows: faculty by person_id

-- ── evidence ──

-- name: evidence_add :exec
-- Evidence for a pillar.
INSERT INTO institute_evidence (id, institute_id, pillar, words, link, file_name, file, by_id, at)
VALUES (:id, :institute_id, :pillar, :words, :link, :file_name, :file, :by_id, :at);

-- name: evidence_end :exec
-- Evidence is out of date.
UPDATE institute_evidence SET ended_at = :ended_at WHERE id = :id;

-- name: evidence_one :maybe
-- One piece and whose it is, without its document.
SELECT e.id, e.institute_id, i.org_id, e.pillar, e.words, e.link, e.file_name, e.ended_at FROM institute_evidence e JOIN institute i ON i.id = e.institute_id WHERE e.id = :id;

-- name: evidence_file :maybe
-- The document of one piece.
SELECT file_name, file FROM institute_evidence WHERE id = :id;

-- name: evidence_count :one
-- How many pieces an institute ever brought.
-- col n int
SELECT count(*) AS n FROM institute_evidence WHERE institute_id = :institute_id;

-- name: evidence :many
-- Evidence of an institute by pillar, what is in force first, the newest first.
-- col ended int
-- col bytes int
SELECT e.id, e.pillar, e.words, e.link, e.file_name, e.at, e.ended_at, p.name AS by_name, COALESCE(length(e.file), 0) AS bytes,
	CASE WHEN e.ended_at IS NULL THEN 0 ELSE 1 END AS ended
FROM institute_evidence e LEFT JOIN person p ON p.id = e.by_id WHERE e.institute_id = :institute_id ORDER BY e.pillar, ended, e.id DESC LIMIT 1000;

-- name: pillars :many
-- How many pieces are in force for each pillar that has any, and from when the newest is.
-- col n int
-- col newest_at time
SELECT pillar, count(*) AS n, max(at) AS newest_at FROM institute_evidence WHERE institute_id = :institute_id AND ended_at IS NULL GROUP BY pillar ORDER BY pillar LIMIT 8;

-- ── what happens where ──

-- name: calendar :many
-- What happens at one institute (none: at all), or in one room of it (none: in any), between two moments: what has a room, sessions of batches that have none, and events of its organisation that are for all.
-- param least_at time
-- param from_at time
-- param until_at time
-- param institute_id id
-- param room_id id
-- param after_at time
-- param after_id id
-- col kind text
-- col id id
-- col thing_id id
-- col programme_id id
-- col words text
-- col words_hi text
-- col from_at time
-- col until_at time
-- col room text
-- col room_id id
-- col institute_id id
-- col name_en text
-- col name_hi text
SELECT x.kind, x.id, x.thing_id, g.id AS programme_id, x.words, x.words_hi, x.from_at, x.until_at, x.room, x.room_id, x.institute_id, o.name_en, o.name_hi FROM (
	SELECT b.kind, b.id, b.thing_id, s.batch_id, b.words, COALESCE(s.title_hi, e.title_hi, '') AS words_hi, b.from_at, b.until_at, r.name AS room, r.id AS room_id, r.institute_id
	FROM institute_booking b JOIN institute_room r ON r.id = b.room_id
		LEFT JOIN batch_session s ON b.kind = 'session' AND s.id = b.thing_id LEFT JOIN event e ON b.kind = 'event' AND e.id = b.thing_id
	WHERE b.from_at >= :least_at AND b.from_at < :until_at AND b.until_at > :from_at
	UNION ALL
	SELECT 'session' AS kind, s.id, s.id AS thing_id, s.batch_id, s.title AS words, s.title_hi AS words_hi, s.starts_at AS from_at, s.ends_at AS until_at, '' AS room, NULL AS room_id, t.institute_id
	FROM batch_session s JOIN batch t ON t.id = s.batch_id
	WHERE s.starts_at >= :least_at AND s.starts_at < :until_at AND s.ends_at > :from_at AND s.cancelled_at IS NULL AND t.state IN ('open', 'ended') AND t.institute_id IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM institute_booking b WHERE b.kind = 'session' AND b.thing_id = s.id)
	UNION ALL
	SELECT 'event' AS kind, e.id, e.id AS thing_id, NULL AS batch_id, e.title AS words, e.title_hi AS words_hi, e.starts_at AS from_at, e.ends_at AS until_at, '' AS room, NULL AS room_id, i.id AS institute_id
	FROM event e JOIN institute i ON i.org_id = e.org_id
	WHERE e.starts_at >= :least_at AND e.starts_at < :until_at AND e.ends_at > :from_at AND e.state IN ('open', 'ended') AND e.for_all
		AND NOT EXISTS (SELECT 1 FROM institute_booking b WHERE b.kind = 'event' AND b.thing_id = e.id)
) x JOIN institute i ON i.id = x.institute_id JOIN org o ON o.id = i.org_id
	LEFT JOIN batch h ON h.id = x.batch_id LEFT JOIN programme g ON g.id = h.programme_id AND g.state = 'live'
WHERE (:institute_id IS NULL OR x.institute_id = :institute_id) AND (:room_id IS NULL OR x.room_id = :room_id)
	AND (:after_at IS NULL OR x.from_at > :after_at OR (x.from_at = :after_at AND x.id > :after_id))
ORDER BY x.from_at, x.id LIMIT :most;
