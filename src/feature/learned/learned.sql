-- owner: progress

-- name: add :exec
-- Adds verified learning to a thing, day and hour of a person, and moves the mark of used wall time.
INSERT INTO learned (person_id, day, hour, kind, thing_id, course_id, ms, changed_at, spent_until)
VALUES (:person_id, :day, :hour, :kind, :thing_id, :course_id, :ms, :changed_at, :spent_until)
ON CONFLICT (person_id, day, hour, kind, thing_id) DO UPDATE SET ms = learned.ms + excluded.ms, changed_at = excluded.changed_at,
	spent_until = COALESCE(excluded.spent_until, learned.spent_until);

-- name: clock :one
-- Up to when a person's wall time is used up, by the days from one on.
-- col spent_until time
SELECT max(spent_until) AS spent_until FROM learned WHERE person_id = :person_id AND day >= :day;

-- name: tell :exec
-- There is something new of somebody.
INSERT INTO learned_news (id, person_id, at) VALUES (:id, :person_id, :at);

-- name: news :many
-- The names that wait longest.
-- param n int
SELECT id, person_id, at FROM learned_news ORDER BY id LIMIT :n;

-- name: seen :exec
-- A name is not news any more.
DELETE FROM learned_news WHERE id = :id;

-- name: of_thing :many
-- What is credited to somebody for a thing, the latest first.
SELECT day, hour, ms FROM learned WHERE person_id = :person_id AND kind = :kind AND thing_id = :thing_id AND ms > 0 ORDER BY day DESC, hour DESC LIMIT 10000;

-- name: take :exec
-- Takes verified learning back from a thing, day and hour of a person.
-- param part int
UPDATE learned SET ms = ms - :part, changed_at = :changed_at
WHERE person_id = :person_id AND day = :day AND hour = :hour AND kind = :kind AND thing_id = :thing_id;

-- name: zone :one
-- The zone in which a person's days are counted.
SELECT zone FROM person WHERE id = :id;

-- name: merge :exec
-- What an account has learnt becomes another's; of a thing no hour holds more than an hour at twice the speed. Wall time that an account has used is used.
-- param kept_id id
-- param changed_at time
-- param closed_id id
INSERT INTO learned (person_id, day, hour, kind, thing_id, course_id, ms, changed_at, spent_until)
SELECT :kept_id, day, hour, kind, thing_id, course_id, ms, :changed_at, spent_until FROM learned WHERE person_id = :closed_id
ON CONFLICT (person_id, day, hour, kind, thing_id) DO UPDATE SET changed_at = excluded.changed_at,
	ms = CASE WHEN learned.kind <> 'earlier' AND learned.ms + excluded.ms > 7200000 THEN 7200000 ELSE learned.ms + excluded.ms END,
	spent_until = CASE WHEN learned.spent_until > excluded.spent_until THEN learned.spent_until ELSE COALESCE(excluded.spent_until, learned.spent_until) END;

-- name: drop :exec
-- What has become another's.
DELETE FROM learned WHERE person_id = :person_id;

-- name: long_days :many
-- Days of somebody of which more than so much is kept.
-- param most int
-- col ms int
SELECT day, CAST(sum(ms) AS bigint) AS ms FROM learned WHERE person_id = :person_id GROUP BY day HAVING sum(ms) > :most ORDER BY day LIMIT 1000;

-- name: of_day :many
-- What is credited to somebody on a day, the latest first.
SELECT hour, kind, thing_id, ms FROM learned WHERE person_id = :person_id AND day = :day AND ms > 0 ORDER BY hour DESC, kind, thing_id LIMIT 10000;

-- rows: learned by person_id
-- rows: learned_news by person_id
