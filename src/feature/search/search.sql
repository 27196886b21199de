-- owner: search

-- name: clear :exec
-- Before the words of a course are written anew.
DELETE FROM search_word WHERE course_id = :course_id;

-- name: add :exec
-- How much a word says about a course or one of its resources.
INSERT INTO search_word (word, course_id, resource_id, weight) VALUES (:word, :course_id, :resource_id, :weight)
ON CONFLICT (word, course_id, resource_id) DO UPDATE SET weight = search_word.weight + excluded.weight;

-- name: add_term :exec
-- A word that may be new to the vocabulary.
INSERT INTO search_term (word, sound) VALUES (:word, :sound) ON CONFLICT (word) DO NOTHING;

-- name: add_typo :exec
-- A form that leads to a word.
INSERT INTO search_typo (form, word) VALUES (:form, :word) ON CONFLICT (form, word) DO NOTHING;

-- name: unknown :many
-- Words of the index that the vocabulary lacks.
SELECT DISTINCT w.word FROM search_word w WHERE NOT EXISTS (SELECT 1 FROM search_term t WHERE t.word = w.word) ORDER BY w.word LIMIT 2000;

-- name: sounds :many
-- What sounds like the words of a query.
-- param s1 text
-- param s2 text
-- param s3 text
-- param s4 text
-- param s5 text
-- param s6 text
-- param s7 text
-- param s8 text
SELECT word, sound FROM search_term WHERE sound IN (:s1, :s2, :s3, :s4, :s5, :s6, :s7, :s8) ORDER BY word LIMIT 100;

-- name: typos :many
-- What may have been meant by a word with a slip in it.
-- param f1 text
-- param f2 text
-- param f3 text
-- param f4 text
-- param f5 text
-- param f6 text
-- param f7 text
-- param f8 text
SELECT DISTINCT word FROM search_typo WHERE form IN (:f1, :f2, :f3, :f4, :f5, :f6, :f7, :f8) ORDER BY word LIMIT 200;

-- name: hits_of :many
-- Live courses that hold each of some words.
-- param w1 text
-- param w2 text
-- param w3 text
-- param w4 text
-- param w5 text
-- param w6 text
-- param w7 text
-- param w8 text
-- param w9 text
-- param w10 text
-- param w11 text
-- param w12 text
-- param w13 text
-- param w14 text
-- param w15 text
-- param w16 text
-- col weight int
SELECT w.word, w.course_id, CAST(sum(w.weight) AS bigint) AS weight FROM search_word w JOIN course c ON c.id = w.course_id
WHERE w.word IN (:w1, :w2, :w3, :w4, :w5, :w6, :w7, :w8, :w9, :w10, :w11, :w12, :w13, :w14, :w15, :w16) AND c.state = 'live'
GROUP BY w.word, w.course_id ORDER BY w.word, w.course_id LIMIT 50000;

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
