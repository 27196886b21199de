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

-- name: near :many
-- What sounds like the words of a query (by its sound), and what may have been meant by words with a slip in them (by a form); only what some
-- course holds.
-- param s1 text
-- param s2 text
-- param s3 text
-- param s4 text
-- param s5 text
-- param s6 text
-- param s7 text
-- param s8 text
-- param f1 text
-- param f2 text
-- param f3 text
-- param f4 text
-- param f5 text
-- param f6 text
-- param f7 text
-- param f8 text
-- param f9 text
-- param f10 text
-- param f11 text
-- param f12 text
-- param f13 text
-- param f14 text
-- param f15 text
-- param f16 text
-- param f17 text
-- param f18 text
-- param f19 text
-- param f20 text
-- param f21 text
-- param f22 text
-- param f23 text
-- param f24 text
-- param f25 text
-- param f26 text
-- param f27 text
-- param f28 text
-- param f29 text
-- param f30 text
-- param f31 text
-- param f32 text
-- col slip int
SELECT t.word, t.sound AS key, 0 AS slip FROM search_term t WHERE t.sound IN (:s1, :s2, :s3, :s4, :s5, :s6, :s7, :s8)
	AND EXISTS (SELECT 1 FROM search_word w WHERE w.word = t.word)
UNION ALL
SELECT y.word, y.form AS key, 1 AS slip FROM search_typo y WHERE y.form IN (:f1, :f2, :f3, :f4, :f5, :f6, :f7, :f8,
	:f9, :f10, :f11, :f12, :f13, :f14, :f15, :f16, :f17, :f18, :f19, :f20, :f21, :f22, :f23, :f24, :f25, :f26, :f27, :f28, :f29, :f30, :f31, :f32)
	AND EXISTS (SELECT 1 FROM search_word w WHERE w.word = y.word)
ORDER BY slip, word, key LIMIT 1000;

-- name: hits_of :each
-- Courses that hold each of some words.
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
-- param w17 text
-- param w18 text
-- param w19 text
-- param w20 text
-- param w21 text
-- param w22 text
-- param w23 text
-- param w24 text
-- param w25 text
-- param w26 text
-- param w27 text
-- param w28 text
-- param w29 text
-- param w30 text
-- param w31 text
-- param w32 text
-- col weight int
SELECT word, course_id, CAST(sum(weight) AS bigint) AS weight FROM search_word
WHERE word IN (:w1, :w2, :w3, :w4, :w5, :w6, :w7, :w8, :w9, :w10, :w11, :w12, :w13, :w14, :w15, :w16,
	:w17, :w18, :w19, :w20, :w21, :w22, :w23, :w24, :w25, :w26, :w27, :w28, :w29, :w30, :w31, :w32)
GROUP BY word, course_id ORDER BY word, course_id;

-- name: hits :each
-- Courses whose texts hold words from :low1 up to :high1, from :low2 up to :high2 and so on: the words of a query, or their beginnings.
-- param low1 text
-- param high1 text
-- param low2 text
-- param high2 text
-- param low3 text
-- param high3 text
-- param low4 text
-- param high4 text
-- param low5 text
-- param high5 text
-- param low6 text
-- param high6 text
-- param low7 text
-- param high7 text
-- param low8 text
-- param high8 text
-- col term int
-- col weight int
SELECT 0 AS term, course_id, CAST(sum(weight) AS bigint) AS weight FROM search_word WHERE word >= :low1 AND word < :high1 GROUP BY course_id
UNION ALL
SELECT 1 AS term, course_id, CAST(sum(weight) AS bigint) AS weight FROM search_word WHERE word >= :low2 AND word < :high2 GROUP BY course_id
UNION ALL
SELECT 2 AS term, course_id, CAST(sum(weight) AS bigint) AS weight FROM search_word WHERE word >= :low3 AND word < :high3 GROUP BY course_id
UNION ALL
SELECT 3 AS term, course_id, CAST(sum(weight) AS bigint) AS weight FROM search_word WHERE word >= :low4 AND word < :high4 GROUP BY course_id
UNION ALL
SELECT 4 AS term, course_id, CAST(sum(weight) AS bigint) AS weight FROM search_word WHERE word >= :low5 AND word < :high5 GROUP BY course_id
UNION ALL
SELECT 5 AS term, course_id, CAST(sum(weight) AS bigint) AS weight FROM search_word WHERE word >= :low6 AND word < :high6 GROUP BY course_id
UNION ALL
SELECT 6 AS term, course_id, CAST(sum(weight) AS bigint) AS weight FROM search_word WHERE word >= :low7 AND word < :high7 GROUP BY course_id
UNION ALL
SELECT 7 AS term, course_id, CAST(sum(weight) AS bigint) AS weight FROM search_word WHERE word >= :low8 AND word < :high8 GROUP BY course_id
ORDER BY term, course_id;

-- name: generation :maybe
-- How often what is found has changed.
SELECT generation FROM search_state WHERE id = 1;

-- name: touch :exec
-- It changed.
INSERT INTO search_state (id, generation) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET generation = search_state.generation + 1;

-- name: every_course :each
-- The live courses.
SELECT id, title, lang, provider, ms, bytes, n_resources FROM course WHERE state = 'live' ORDER BY id;

-- name: every_topic :each
-- Their topics.
SELECT t.course_id, t.topic FROM course_topic t JOIN course c ON c.id = t.course_id WHERE c.state = 'live' ORDER BY t.course_id, t.topic;

-- name: kinds :each
-- What is recommended to a person on a day, and as which kind. What is for an organisation is of the kind "ministry", for a designation "role"; that is not asked
-- again, so that the way leads from the person to the few that fit, not over all of a kind.
-- param person_id id
-- param day int
SELECT r.course_id, r.kind FROM posting o JOIN org_above u ON u.org_id = o.org_id JOIN recommendation r ON r.org_id = u.above_id
	WHERE o.person_id = :person_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
UNION
SELECT r.course_id, r.kind FROM posting o JOIN recommendation r ON r.designation_id = o.designation_id
	WHERE o.person_id = :person_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
UNION
SELECT r.course_id, r.kind FROM recommendation r WHERE r.kind = 'common'
ORDER BY course_id, kind;

-- name: cards :many
-- What the cards of a page show of courses and of what a person did there.
-- param person_id id
-- param c1 id
-- param c2 id
-- param c3 id
-- param c4 id
-- param c5 id
-- param c6 id
-- param c7 id
-- param c8 id
-- param c9 id
-- param c10 id
-- param c11 id
-- param c12 id
-- param c13 id
-- param c14 id
-- param c15 id
-- param c16 id
-- param c17 id
-- param c18 id
-- param c19 id
-- param c20 id
-- param c21 id
-- param c22 id
-- param c23 id
-- param c24 id
-- col stars int
-- col ratings int
SELECT c.id, c.summary, e.state AS enrolment, e.resources_done,
	COALESCE((SELECT CAST(sum(t.n) AS bigint) FROM tally t WHERE t.subject_id = c.id AND t.what = 'stars' AND t.period = 0), 0) AS stars,
	COALESCE((SELECT CAST(sum(t.n) AS bigint) FROM tally t WHERE t.subject_id = c.id AND t.what = 'ratings' AND t.period = 0), 0) AS ratings
FROM course c LEFT JOIN enrolment e ON e.course_id = c.id AND e.person_id = :person_id
WHERE c.id IN (:c1, :c2, :c3, :c4, :c5, :c6, :c7, :c8, :c9, :c10, :c11, :c12,
	:c13, :c14, :c15, :c16, :c17, :c18, :c19, :c20, :c21, :c22, :c23, :c24) ORDER BY c.id LIMIT 24;
