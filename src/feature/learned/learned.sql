-- owner: progress

-- name: add :exec
-- Adds verified learning to a thing, day and hour of a person.
INSERT INTO learned (person_id, day, hour, kind, thing_id, course_id, ms, changed_at)
VALUES (:person_id, :day, :hour, :kind, :thing_id, :course_id, :ms, :changed_at)
ON CONFLICT (person_id, day, hour, kind, thing_id) DO UPDATE SET ms = learned.ms + excluded.ms, changed_at = excluded.changed_at;

-- name: add_day :exec
-- Adds verified learning to a day of a person.
INSERT INTO learning_day (person_id, day, ms) VALUES (:person_id, :day, :ms)
ON CONFLICT (person_id, day) DO UPDATE SET ms = learning_day.ms + excluded.ms;

-- name: clock :maybe
-- Up to when a person's wall time is used up.
SELECT spent_until FROM learning_day WHERE person_id = :person_id AND spent_until IS NOT NULL ORDER BY day DESC LIMIT 1;

-- name: put_clock :exec
-- Moves the mark.
INSERT INTO learning_day (person_id, day, ms, spent_until) VALUES (:person_id, :day, 0, :spent_until)
ON CONFLICT (person_id, day) DO UPDATE SET spent_until = excluded.spent_until;

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

-- name: take_day :exec
-- Takes verified learning back from a day of a person (a joined account's may have been cut).
-- param part int
UPDATE learning_day SET ms = CASE WHEN ms > :part THEN ms - :part ELSE 0 END WHERE person_id = :person_id AND day = :day;

-- name: zone :one
-- The zone in which a person's days are counted.
SELECT zone FROM person WHERE id = :id;

-- name: merge_days :exec
-- Days of learning of an account become another's; no day holds more than twenty-four hours at twice the speed. Wall time that an account has used is used.
-- param kept_id id
-- param closed_id id
INSERT INTO learning_day (person_id, day, ms, spent_until) SELECT :kept_id, day, ms, spent_until FROM learning_day WHERE person_id = :closed_id
ON CONFLICT (person_id, day) DO UPDATE SET ms = CASE WHEN learning_day.ms + excluded.ms > 172800000 THEN 172800000 ELSE learning_day.ms + excluded.ms END,
	spent_until = CASE WHEN learning_day.spent_until > excluded.spent_until THEN learning_day.spent_until ELSE COALESCE(excluded.spent_until, learning_day.spent_until) END;

-- name: merge_things :exec
-- The same of things; no hour holds more than an hour at twice the speed.
-- param kept_id id
-- param changed_at time
-- param closed_id id
INSERT INTO learned (person_id, day, hour, kind, thing_id, course_id, ms, changed_at)
SELECT :kept_id, day, hour, kind, thing_id, course_id, ms, :changed_at FROM learned WHERE person_id = :closed_id
ON CONFLICT (person_id, day, hour, kind, thing_id) DO UPDATE SET changed_at = excluded.changed_at,
	ms = CASE WHEN learned.ms + excluded.ms > 7200000 THEN 7200000 ELSE learned.ms + excluded.ms END;

-- name: drop_days :exec
-- What has become another's.
DELETE FROM learning_day WHERE person_id = :person_id;

-- name: drop_things :exec
-- What has become another's.
DELETE FROM learned WHERE person_id = :person_id;

-- name: wrong_days :each
-- Days in whose pieces there is more than in the whole (a joined account's whole may have been cut).
-- col person_id id
-- col day int
-- param most int
SELECT l.person_id, l.day FROM learned l LEFT JOIN learning_day d ON d.person_id = l.person_id AND d.day = l.day
WHERE d.ms IS NULL OR d.ms < :most
GROUP BY l.person_id, l.day, d.ms HAVING sum(l.ms) > COALESCE(d.ms, 0) ORDER BY l.person_id, l.day;

-- rows: learning_day by person_id
-- rows: learned by person_id
-- rows: learned_news by person_id
