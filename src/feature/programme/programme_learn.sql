-- owner: programme

-- name: coming :many
-- Open batches that have not begun, the next first, by what they teach, where and when; with how many seats are taken and how somebody stands.
-- param at time
-- param from_at time
-- param until_at time
-- param competency_id id
-- param place text
-- param person_id id
-- param after_at time
-- param after_id id
-- param limit int
-- col where_at text
-- col admitted int
SELECT b.id, b.programme_id, b.name, b.starts_at, b.ends_at, b.ask_until, b.seats, b.invite_only, p.title, p.title_hi, p.may_ask, o.name_en AS org_en, o.name_hi AS org_hi,
	CASE WHEN b.place <> '' THEN b.place ELSE COALESCE(i.place, '') END AS where_at,
	(SELECT count(*) FROM admission m WHERE m.batch_id = b.id AND m.state = 'admitted') AS admitted, y.state AS mine
FROM batch b JOIN programme p ON p.id = b.programme_id JOIN org o ON o.id = b.org_id LEFT JOIN institute i ON i.id = b.institute_id
LEFT JOIN admission y ON y.batch_id = b.id AND y.person_id = :person_id
WHERE b.state = 'open' AND b.starts_at > :at AND b.starts_at >= :from_at AND b.starts_at < :until_at
	AND (:competency_id IS NULL OR EXISTS (SELECT 1 FROM programme_competency c WHERE c.programme_id = p.id AND c.competency_id = :competency_id))
	AND (:place IS NULL OR b.place = :place OR (b.place = '' AND i.place = :place))
	AND (:after_at IS NULL OR b.starts_at > :after_at OR (b.starts_at = :after_at AND b.id > :after_id))
ORDER BY b.starts_at, b.id LIMIT :limit;

-- name: places :many
-- Where the batches to come are.
-- param at time
-- col place text
SELECT DISTINCT CASE WHEN b.place <> '' THEN b.place ELSE COALESCE(i.place, '') END AS place FROM batch b LEFT JOIN institute i ON i.id = b.institute_id
WHERE b.state = 'open' AND b.starts_at > :at ORDER BY 1 LIMIT 200;

-- name: taught :many
-- What the batches to come teach.
-- param at time
-- param day int
SELECT DISTINCT c.id, x.name_en, x.name_hi FROM batch b JOIN programme_competency t ON t.programme_id = b.programme_id JOIN competency c ON c.id = t.competency_id
JOIN competency_text x ON x.competency_id = c.id
	AND x.from_day = (SELECT max(v.from_day) FROM competency_text v WHERE v.competency_id = c.id AND v.from_day <= :day)
WHERE b.state = 'open' AND b.starts_at > :at ORDER BY x.name_en, c.id LIMIT 300;

-- name: batches :many
-- Batches of a programme that are open and not over, the next first; with how somebody stands.
-- param programme_id id
-- param at time
-- param person_id id
-- col where_at text
-- col admitted int
SELECT b.id, b.name, b.starts_at, b.ends_at, b.ask_until, b.seats, b.invite_only, b.fee_paise,
	CASE WHEN b.place <> '' THEN b.place ELSE COALESCE(i.place, '') END AS where_at,
	(SELECT count(*) FROM admission m WHERE m.batch_id = b.id AND m.state = 'admitted') AS admitted, y.state AS mine
FROM batch b LEFT JOIN institute i ON i.id = b.institute_id LEFT JOIN admission y ON y.batch_id = b.id AND y.person_id = :person_id
WHERE b.programme_id = :programme_id AND b.state = 'open' AND b.ends_at > :at ORDER BY b.starts_at, b.id LIMIT 50;

-- name: mine :many
-- Batches to which somebody is admitted, the newest first, and what became of the programme.
-- param person_id id
-- param before_at time
-- param before_id id
-- param limit int
-- col where_at text
SELECT b.id, b.name, b.state, b.starts_at, b.ends_at, p.title, p.title_hi, c.at AS completed_at, c.serial,
	CASE WHEN b.place <> '' THEN b.place ELSE COALESCE(i.place, '') END AS where_at
FROM admission m JOIN batch b ON b.id = m.batch_id JOIN programme p ON p.id = b.programme_id LEFT JOIN institute i ON i.id = b.institute_id
LEFT JOIN batch_completion c ON c.programme_id = p.id AND c.person_id = m.person_id AND c.batch_id = b.id
WHERE m.person_id = :person_id AND m.state = 'admitted' AND b.state <> 'draft'
	AND (:before_at IS NULL OR b.starts_at < :before_at OR (b.starts_at = :before_at AND b.id < :before_id))
ORDER BY b.starts_at DESC, b.id DESC LIMIT :limit;

-- name: admitted :maybe
-- Whether somebody is admitted to a batch that is no draft.
-- param batch_id id
SELECT m.person_id FROM admission m JOIN batch b ON b.id = m.batch_id
WHERE m.batch_id = :batch_id AND m.person_id = :person_id AND m.state = 'admitted' AND b.state <> 'draft';

-- name: course_langs :many
-- Languages of the courses of a programme.
SELECT t.id, c.lang FROM programme_part t JOIN course c ON c.id = t.course_id WHERE t.programme_id = :programme_id ORDER BY t.n, t.id LIMIT 200;
