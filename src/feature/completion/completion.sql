-- owner: completion

-- name: resource :one
-- What is needed to credit a resource.
SELECT course_id, ms, credits_id, ended_at FROM resource WHERE id = :id;

-- name: credit :exec
-- Credits a resource, once.
INSERT INTO credit (person_id, resource_id, course_id, way, credited_at) VALUES (:person_id, :resource_id, :course_id, :way, :credited_at)
ON CONFLICT (person_id, resource_id) DO NOTHING;

-- name: credited :maybe
-- Whether and how a resource is credited.
SELECT way, credited_at FROM credit WHERE person_id = :person_id AND resource_id = :resource_id;

-- name: open :one
-- How many required resources of a course a person has not been credited.
-- param person_id id
-- param course_id id
-- col n int
SELECT count(*) AS n FROM resource r
WHERE r.course_id = :course_id AND r.ended_at IS NULL AND r.credits_id IS NULL
	AND NOT EXISTS (SELECT 1 FROM credit c WHERE c.person_id = :person_id AND c.resource_id = r.id);

-- name: of_course :many
-- The credits of a person in a course.
SELECT c.resource_id, c.way, c.credited_at FROM resource r JOIN credit c ON c.person_id = :person_id AND c.resource_id = r.id WHERE r.course_id = :course_id
ORDER BY c.resource_id LIMIT 2000;

-- name: any :maybe
-- Whether a person has been credited anything in a course.
SELECT r.id FROM resource r JOIN credit c ON c.person_id = :person_id AND c.resource_id = r.id WHERE r.course_id = :course_id ORDER BY r.id LIMIT 1;

-- name: merge_credits :exec
-- Credits of an account become another's; of two the earlier one counts.
-- param kept_id id
-- param closed_id id
INSERT INTO credit (person_id, resource_id, course_id, way, credited_at)
SELECT :kept_id, resource_id, course_id, way, credited_at FROM credit WHERE person_id = :closed_id
ON CONFLICT (person_id, resource_id) DO UPDATE SET way = excluded.way, credited_at = excluded.credited_at WHERE excluded.credited_at < credit.credited_at;

-- name: drop_credits :exec
-- Those that have become another's.
DELETE FROM credit WHERE person_id = :person_id;

-- rows: credit by person_id
