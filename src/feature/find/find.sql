-- owner: find

-- name: people_by_key :many
-- Active people whose names have all keys, posted today below one of some organisations or under somebody's supervision; from the first key on. For keys that
-- few have, or scopes that many are in.
-- param day int
-- param supervisor_id id
-- param most int
-- param skip int
-- param low1 text
-- param high1 text
-- param low2 text
-- param high2 text
-- param low3 text
-- param high3 text
-- param low4 text
-- param high4 text
-- param top1 id
-- param top2 id
-- param top3 id
-- param top4 id
-- param top5 id
-- param top6 id
-- param top7 id
-- param top8 id
-- param top9 id
-- param top10 id
-- param top11 id
-- param top12 id
-- param top13 id
-- param top14 id
-- param top15 id
-- param top16 id
SELECT p.id, p.name, p.sort_key, d.name_en AS designation_en, d.name_hi AS designation_hi, g.name_en AS org_en, g.name_hi AS org_hi
FROM name_key k JOIN person p ON p.id = k.thing_id AND p.state = 'active'
JOIN posting o ON o.person_id = p.id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
JOIN org g ON g.id = o.org_id JOIN designation d ON d.id = o.designation_id
WHERE k.kind = 'person' AND k.key >= :low1 AND k.key < :high1
	AND (:low2 IS NULL OR EXISTS (SELECT 1 FROM name_key m WHERE m.kind = 'person' AND m.thing_id = p.id AND m.key >= :low2 AND m.key < :high2))
	AND (:low3 IS NULL OR EXISTS (SELECT 1 FROM name_key m WHERE m.kind = 'person' AND m.thing_id = p.id AND m.key >= :low3 AND m.key < :high3))
	AND (:low4 IS NULL OR EXISTS (SELECT 1 FROM name_key m WHERE m.kind = 'person' AND m.thing_id = p.id AND m.key >= :low4 AND m.key < :high4))
	AND (o.supervisor_id = :supervisor_id OR EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = o.org_id
		AND u.above_id IN (:top1, :top2, :top3, :top4, :top5, :top6, :top7, :top8, :top9, :top10, :top11, :top12, :top13, :top14, :top15, :top16)))
ORDER BY k.key, k.thing_id LIMIT :most OFFSET :skip;

-- name: people_by_place :many
-- The same from the people of the organisations on: for keys that many have in scopes that few are in.
-- param day int
-- param supervisor_id id
-- param most int
-- param skip int
-- param low1 text
-- param high1 text
-- param low2 text
-- param high2 text
-- param low3 text
-- param high3 text
-- param low4 text
-- param high4 text
-- param top1 id
-- param top2 id
-- param top3 id
-- param top4 id
-- param top5 id
-- param top6 id
-- param top7 id
-- param top8 id
-- param top9 id
-- param top10 id
-- param top11 id
-- param top12 id
-- param top13 id
-- param top14 id
-- param top15 id
-- param top16 id
SELECT p.id, p.name, p.sort_key, d.name_en AS designation_en, d.name_hi AS designation_hi, g.name_en AS org_en, g.name_hi AS org_hi
FROM (SELECT o.id FROM org_above u JOIN posting o ON o.org_id = u.org_id WHERE u.above_id IN (:top1, :top2, :top3, :top4, :top5, :top6, :top7, :top8, :top9, :top10, :top11, :top12, :top13, :top14, :top15, :top16)
	UNION SELECT s.id FROM posting s WHERE s.supervisor_id = :supervisor_id) x
JOIN posting o ON o.id = x.id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
JOIN person p ON p.id = o.person_id AND p.state = 'active'
JOIN org g ON g.id = o.org_id JOIN designation d ON d.id = o.designation_id
WHERE EXISTS (SELECT 1 FROM name_key m WHERE m.kind = 'person' AND m.thing_id = p.id AND m.key >= :low1 AND m.key < :high1)
	AND (:low2 IS NULL OR EXISTS (SELECT 1 FROM name_key m WHERE m.kind = 'person' AND m.thing_id = p.id AND m.key >= :low2 AND m.key < :high2))
	AND (:low3 IS NULL OR EXISTS (SELECT 1 FROM name_key m WHERE m.kind = 'person' AND m.thing_id = p.id AND m.key >= :low3 AND m.key < :high3))
	AND (:low4 IS NULL OR EXISTS (SELECT 1 FROM name_key m WHERE m.kind = 'person' AND m.thing_id = p.id AND m.key >= :low4 AND m.key < :high4))
ORDER BY p.sort_key, p.id LIMIT :most OFFSET :skip;

-- name: people_of :one
-- How many postings there are below some organisations, as far as somebody wants to know.
-- param most int
-- param top1 id
-- param top2 id
-- param top3 id
-- param top4 id
-- param top5 id
-- param top6 id
-- param top7 id
-- param top8 id
-- param top9 id
-- param top10 id
-- param top11 id
-- param top12 id
-- param top13 id
-- param top14 id
-- param top15 id
-- param top16 id
-- col n int
SELECT count(*) AS n FROM (SELECT 1 FROM org_above u JOIN posting o ON o.org_id = u.org_id WHERE u.above_id IN (:top1, :top2, :top3, :top4, :top5, :top6, :top7, :top8, :top9, :top10, :top11, :top12, :top13, :top14, :top15, :top16) LIMIT :most) x;

-- name: person_called :maybe
-- The same for an employee number, e-mail address or mobile number as it stands.
-- param called text
-- param login text
-- param day int
-- param supervisor_id id
-- param top1 id
-- param top2 id
-- param top3 id
-- param top4 id
-- param top5 id
-- param top6 id
-- param top7 id
-- param top8 id
-- param top9 id
-- param top10 id
-- param top11 id
-- param top12 id
-- param top13 id
-- param top14 id
-- param top15 id
-- param top16 id
SELECT p.id, p.name, p.sort_key, d.name_en AS designation_en, d.name_hi AS designation_hi, g.name_en AS org_en, g.name_hi AS org_hi
FROM person p JOIN posting o ON o.person_id = p.id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
JOIN org g ON g.id = o.org_id JOIN designation d ON d.id = o.designation_id
WHERE p.state = 'active' AND (p.employee_no = :called OR p.email = :login OR p.mobile = :login)
	AND (o.supervisor_id = :supervisor_id OR EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = o.org_id
		AND u.above_id IN (:top1, :top2, :top3, :top4, :top5, :top6, :top7, :top8, :top9, :top10, :top11, :top12, :top13, :top14, :top15, :top16)))
ORDER BY p.id LIMIT 1;

-- name: orgs :many
-- Organisations whose names have all keys, at or below some.
-- param most int
-- param skip int
-- param low1 text
-- param high1 text
-- param low2 text
-- param high2 text
-- param low3 text
-- param high3 text
-- param low4 text
-- param high4 text
-- param top1 id
-- param top2 id
-- param top3 id
-- param top4 id
-- param top5 id
-- param top6 id
-- param top7 id
-- param top8 id
-- param top9 id
-- param top10 id
-- param top11 id
-- param top12 id
-- param top13 id
-- param top14 id
-- param top15 id
-- param top16 id
SELECT DISTINCT g.id, g.kind, g.name_en, g.name_hi, g.short_name, a.name_en AS above_en, a.name_hi AS above_hi
FROM name_key k JOIN org g ON g.id = k.thing_id LEFT JOIN org a ON a.id = g.parent_id
WHERE k.kind = 'org' AND k.key >= :low1 AND k.key < :high1
	AND (:low2 IS NULL OR EXISTS (SELECT 1 FROM name_key m WHERE m.kind = 'org' AND m.thing_id = g.id AND m.key >= :low2 AND m.key < :high2))
	AND (:low3 IS NULL OR EXISTS (SELECT 1 FROM name_key m WHERE m.kind = 'org' AND m.thing_id = g.id AND m.key >= :low3 AND m.key < :high3))
	AND (:low4 IS NULL OR EXISTS (SELECT 1 FROM name_key m WHERE m.kind = 'org' AND m.thing_id = g.id AND m.key >= :low4 AND m.key < :high4))
	AND EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = g.id AND u.above_id IN (:top1, :top2, :top3, :top4, :top5, :top6, :top7, :top8, :top9, :top10, :top11, :top12, :top13, :top14, :top15, :top16))
ORDER BY g.name_en, g.id LIMIT :most OFFSET :skip;

-- name: lessons :many
-- Where words stand in the lessons of some courses: those that begin as a range of :low and :high tells, and those given whole.
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
-- col range int
SELECT 1 AS range, w.course_id, w.resource_id, w.word, w.weight FROM search_word w
	WHERE w.course_id IN (:c1, :c2, :c3, :c4, :c5, :c6, :c7, :c8, :c9, :c10, :c11, :c12) AND w.word >= :low1 AND w.word < :high1 AND w.resource_id <> 0
UNION ALL
SELECT 2 AS range, w.course_id, w.resource_id, w.word, w.weight FROM search_word w
	WHERE w.course_id IN (:c1, :c2, :c3, :c4, :c5, :c6, :c7, :c8, :c9, :c10, :c11, :c12) AND w.word >= :low2 AND w.word < :high2 AND w.resource_id <> 0
UNION ALL
SELECT 3 AS range, w.course_id, w.resource_id, w.word, w.weight FROM search_word w
	WHERE w.course_id IN (:c1, :c2, :c3, :c4, :c5, :c6, :c7, :c8, :c9, :c10, :c11, :c12) AND w.word >= :low3 AND w.word < :high3 AND w.resource_id <> 0
UNION ALL
SELECT 4 AS range, w.course_id, w.resource_id, w.word, w.weight FROM search_word w
	WHERE w.course_id IN (:c1, :c2, :c3, :c4, :c5, :c6, :c7, :c8, :c9, :c10, :c11, :c12) AND w.word >= :low4 AND w.word < :high4 AND w.resource_id <> 0
UNION ALL
SELECT 5 AS range, w.course_id, w.resource_id, w.word, w.weight FROM search_word w
	WHERE w.course_id IN (:c1, :c2, :c3, :c4, :c5, :c6, :c7, :c8, :c9, :c10, :c11, :c12) AND w.word >= :low5 AND w.word < :high5 AND w.resource_id <> 0
UNION ALL
SELECT 6 AS range, w.course_id, w.resource_id, w.word, w.weight FROM search_word w
	WHERE w.course_id IN (:c1, :c2, :c3, :c4, :c5, :c6, :c7, :c8, :c9, :c10, :c11, :c12) AND w.word >= :low6 AND w.word < :high6 AND w.resource_id <> 0
UNION ALL
SELECT 7 AS range, w.course_id, w.resource_id, w.word, w.weight FROM search_word w
	WHERE w.course_id IN (:c1, :c2, :c3, :c4, :c5, :c6, :c7, :c8, :c9, :c10, :c11, :c12) AND w.word >= :low7 AND w.word < :high7 AND w.resource_id <> 0
UNION ALL
SELECT 8 AS range, w.course_id, w.resource_id, w.word, w.weight FROM search_word w
	WHERE w.course_id IN (:c1, :c2, :c3, :c4, :c5, :c6, :c7, :c8, :c9, :c10, :c11, :c12) AND w.word >= :low8 AND w.word < :high8 AND w.resource_id <> 0
UNION ALL
SELECT 0 AS range, w.course_id, w.resource_id, w.word, w.weight FROM search_word w
	WHERE w.course_id IN (:c1, :c2, :c3, :c4, :c5, :c6, :c7, :c8, :c9, :c10, :c11, :c12) AND w.word IN (:w1, :w2, :w3, :w4, :w5, :w6, :w7, :w8, :w9, :w10, :w11, :w12, :w13, :w14, :w15, :w16, :w17, :w18, :w19, :w20, :w21, :w22, :w23, :w24, :w25, :w26, :w27, :w28, :w29, :w30, :w31, :w32) AND w.resource_id <> 0
ORDER BY course_id, resource_id, range, word LIMIT 20000;

-- name: texts :many
-- The texts of some lessons.
-- param r1 id
-- param r2 id
-- param r3 id
-- param r4 id
-- param r5 id
-- param r6 id
-- param r7 id
-- param r8 id
-- param r9 id
-- param r10 id
-- param r11 id
-- param r12 id
SELECT r.id, r.kind, r.title, r.body, r.cues, c.title AS course, c.lang FROM resource r JOIN course c ON c.id = r.course_id
WHERE r.id IN (:r1, :r2, :r3, :r4, :r5, :r6, :r7, :r8, :r9, :r10, :r11, :r12) AND r.ended_at IS NULL AND r.kind <> 'quiz' ORDER BY r.id LIMIT 12;
