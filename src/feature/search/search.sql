-- owner: search

-- name: clear :exec
-- Before the words of a course are written anew.
DELETE FROM search_word WHERE course_id = :course_id;

-- name: add :exec
-- How much a word says about a course or one of its resources.
INSERT INTO search_word (word, course_id, resource_id, weight) VALUES (:word, :course_id, :resource_id, :weight)
ON CONFLICT (word, course_id, resource_id) DO UPDATE SET weight = search_word.weight + excluded.weight;

-- name: hits :many
-- Live courses whose texts hold a word or, from :low up to :high, a beginning of one; with the best weight in the course.
-- param low text
-- param high text
-- col weight int
SELECT w.course_id, CAST(sum(w.weight) AS bigint) AS weight FROM search_word w JOIN course c ON c.id = w.course_id
WHERE w.word >= :low AND w.word < :high AND c.state = 'live' GROUP BY w.course_id ORDER BY w.course_id LIMIT 5000;

-- name: lessons :many
-- The resources of a course in which a word or a beginning stands, best first.
-- param low text
-- param high text
-- col weight int
SELECT w.resource_id, r.title, CAST(sum(w.weight) AS bigint) AS weight FROM search_word w JOIN resource r ON r.id = w.resource_id
WHERE w.course_id = :course_id AND w.resource_id <> 0 AND w.word >= :low AND w.word < :high AND r.ended_at IS NULL
GROUP BY w.resource_id, r.title ORDER BY weight DESC, w.resource_id LIMIT 3;

-- name: catalogue :many
-- Every live course with what its card shows and what the facets count, for one person.
-- param person_id id
-- param day int
-- col ministry int
-- col role int
-- col common int
-- col stars int
-- col ratings int
SELECT c.id, c.title, c.summary, c.lang, c.provider, c.ms, c.bytes, c.n_resources, c.updated_at, e.state AS enrolment, e.resources_done,
	(SELECT count(*) FROM recommendation r JOIN org_above u ON u.above_id = r.org_id JOIN posting o ON o.org_id = u.org_id
		WHERE r.course_id = c.id AND r.kind = 'ministry' AND o.person_id = :person_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)) AS ministry,
	(SELECT count(*) FROM recommendation r JOIN posting o ON o.designation_id = r.designation_id
		WHERE r.course_id = c.id AND r.kind = 'role' AND o.person_id = :person_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)) AS role,
	(SELECT count(*) FROM recommendation r WHERE r.course_id = c.id AND r.kind = 'common') AS common,
	COALESCE((SELECT CAST(sum(t.n) AS bigint) FROM tally t WHERE t.subject_id = c.id AND t.what = 'stars' AND t.period = 0), 0) AS stars,
	COALESCE((SELECT CAST(sum(t.n) AS bigint) FROM tally t WHERE t.subject_id = c.id AND t.what = 'ratings' AND t.period = 0), 0) AS ratings
FROM course c LEFT JOIN enrolment e ON e.course_id = c.id AND e.person_id = :person_id
WHERE c.state = 'live' ORDER BY c.title, c.id LIMIT 10000;

-- name: live :one
-- How many courses there are.
-- col n int
SELECT count(*) AS n FROM course WHERE state = 'live';
