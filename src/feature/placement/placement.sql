-- owner: placement

-- ── posts and what they ask ──

-- name: post :maybe
-- A post of an organisation or below it, with how many hold it substantively on a day.
-- param day int
-- param above_id id
-- col held int
-- col critical bool
-- col reason text
SELECT p.id, p.org_id, p.title_en, p.title_hi, p.place, p.sanctioned, p.service, p.least_pay_level, p.least_years, p.tenure_months, p.from_day, p.until_day,
	d.name_en AS designation_en, d.name_hi AS designation_hi, o.name_en AS org_en, o.name_hi AS org_hi,
	(SELECT count(*) FROM holding h WHERE h.post_id = p.id AND h.kind = 'substantive' AND h.from_day <= :day AND (h.until_day IS NULL OR h.until_day > :day)) AS held,
	k.post_id IS NOT NULL AS critical, COALESCE(k.reason, '') AS reason
FROM post p JOIN org_above u ON u.org_id = p.org_id JOIN designation d ON d.id = p.designation_id JOIN org o ON o.id = p.org_id LEFT JOIN critical_post k ON k.post_id = p.id
WHERE p.id = :id AND u.above_id = :above_id;

-- name: needs :many
-- What posts ask today, at most twenty of them (absent: none): each competency at the highest level that one of their activities needs, with the shortest live
-- course that teaches up to there.
-- param day int
-- param p1 id
-- param p2 id
-- param p3 id
-- param p4 id
-- param p5 id
-- param p6 id
-- param p7 id
-- param p8 id
-- param p9 id
-- param p10 id
-- param p11 id
-- param p12 id
-- param p13 id
-- param p14 id
-- param p15 id
-- param p16 id
-- param p17 id
-- param p18 id
-- param p19 id
-- param p20 id
-- col level int
SELECT q.post_id, q.competency_id, q.level, q.n_levels, c.code, x.name_en, x.name_hi, k.id AS course_id, k.title AS course, k.ms
FROM (SELECT r.post_id, ac.competency_id, max(ac.level) AS level, f.n_levels FROM post_role r JOIN work_role w ON w.id = r.role_id AND (w.until_day IS NULL OR w.until_day > :day)
		JOIN activity a ON a.role_id = w.id AND (a.until_day IS NULL OR a.until_day > :day) JOIN activity_competency ac ON ac.activity_id = a.id
		JOIN competency b ON b.id = ac.competency_id AND b.from_day <= :day AND (b.until_day IS NULL OR b.until_day > :day) JOIN framework f ON f.id = b.framework_id
	WHERE r.post_id IN (:p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8, :p9, :p10, :p11, :p12, :p13, :p14, :p15, :p16, :p17, :p18, :p19, :p20) GROUP BY r.post_id, ac.competency_id, f.n_levels) q
	JOIN competency c ON c.id = q.competency_id
	JOIN competency_text x ON x.competency_id = c.id AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = c.id AND y.from_day <= :day)
	LEFT JOIN course k ON k.id = (SELECT s.id FROM course_competency t JOIN course s ON s.id = t.course_id AND s.state = 'live'
		WHERE t.competency_id = q.competency_id AND t.level >= q.level ORDER BY s.ms, s.id LIMIT 1)
ORDER BY q.post_id, c.area, c.n, c.id LIMIT 20000;

-- ── who comes into question ──

-- name: pool_size :one
-- How many people of a service (empty: any) and pay level are posted in an organisation or below it on a day.
-- param day int
-- param above_id id
-- param service text
-- param least_pay_level int
-- col n int
SELECT count(*) AS n FROM org_above u JOIN posting o ON o.org_id = u.org_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
	JOIN person p ON p.id = o.person_id AND p.state = 'active'
WHERE u.above_id = :above_id AND (:service = '' OR o.service = :service) AND o.pay_level >= :least_pay_level;

-- name: pool :each
-- Those people, with the facts that rules ask for: their posting, the first one, and the post that they hold substantively.
-- param day int
-- param above_id id
-- param service text
-- param least_pay_level int
-- col first_day int
SELECT p.id, p.name, o.service, o.pay_level, (SELECT min(z.from_day) FROM posting z WHERE z.person_id = p.id) AS first_day, h.post_id, h.from_day AS held_since, t.tenure_months,
	d.name_en AS designation_en, d.name_hi AS designation_hi, g.name_en AS org_en, g.name_hi AS org_hi
FROM org_above u JOIN posting o ON o.org_id = u.org_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
	JOIN person p ON p.id = o.person_id AND p.state = 'active' JOIN designation d ON d.id = o.designation_id JOIN org g ON g.id = o.org_id
	LEFT JOIN holding h ON h.person_id = p.id AND h.kind = 'substantive' AND h.from_day <= :day AND (h.until_day IS NULL OR h.until_day > :day) LEFT JOIN post t ON t.id = h.post_id
WHERE u.above_id = :above_id AND (:service = '' OR o.service = :service) AND o.pay_level >= :least_pay_level ORDER BY p.id;

-- name: pool_one :maybe
-- The same of one person, wherever posted.
-- param day int
-- param person_id id
-- col first_day int
SELECT p.id, p.name, o.service, o.pay_level, (SELECT min(z.from_day) FROM posting z WHERE z.person_id = p.id) AS first_day, h.post_id, h.from_day AS held_since, t.tenure_months,
	d.name_en AS designation_en, d.name_hi AS designation_hi, g.name_en AS org_en, g.name_hi AS org_hi, o.org_id, o.designation_id
FROM posting o JOIN person p ON p.id = o.person_id JOIN designation d ON d.id = o.designation_id JOIN org g ON g.id = o.org_id
	LEFT JOIN holding h ON h.person_id = p.id AND h.kind = 'substantive' AND h.from_day <= :day AND (h.until_day IS NULL OR h.until_day > :day) LEFT JOIN post t ON t.id = h.post_id
WHERE o.person_id = :person_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day);

-- name: pool_sums :each
-- The sums of evidence of all people posted in an organisation or below it on a day.
-- param day int
-- param above_id id
SELECT s.person_id, s.competency_id, s.weight, s.weighted FROM org_above u
	JOIN posting o ON o.org_id = u.org_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day) JOIN proficiency s ON s.person_id = o.person_id
WHERE u.above_id = :above_id AND s.n > s.n_self ORDER BY s.person_id, s.competency_id;

-- name: sums_of :each
-- All sums of a person.
-- param person_id id
SELECT person_id, competency_id, weight, weighted FROM proficiency WHERE person_id = :person_id AND n > n_self ORDER BY competency_id;

-- name: is_below :maybe
-- Whether one organisation is another, or below it.
-- param above_id id
SELECT org_id FROM org_above WHERE org_id = :org_id AND above_id = :above_id;

-- ── successions ──

-- name: succession :many
-- Posts of an organisation and below it that somebody leaves up to a day, or that are marked critical; those left first come first. A holder leaves by the end of the
-- holding, of the posting, or by a movement that is approved.
-- param day int
-- param limit_day int
-- param above_id id
-- param most int
-- param skip int
-- col leaves_day int
-- col n_leaving int
-- col critical bool
-- col reason text
-- col held int
SELECT p.id, p.title_en, p.title_hi, p.sanctioned, p.service, p.least_pay_level, p.least_years, o.name_en AS org_en, o.name_hi AS org_hi, e.leaves_day, COALESCE(e.n, 0) AS n_leaving,
	k.post_id IS NOT NULL AS critical, COALESCE(k.reason, '') AS reason,
	(SELECT count(*) FROM holding x WHERE x.post_id = p.id AND x.kind = 'substantive' AND x.from_day <= :day AND (x.until_day IS NULL OR x.until_day > :day)) AS held
FROM org_above u JOIN post p ON p.org_id = u.org_id JOIN org o ON o.id = p.org_id LEFT JOIN critical_post k ON k.post_id = p.id
	LEFT JOIN (SELECT q.post_id, min(q.leaves_day) AS leaves_day, count(DISTINCT q.person_id) AS n FROM
		(SELECT h.post_id, h.person_id, h.until_day AS leaves_day FROM org_above a JOIN post y ON y.org_id = a.org_id JOIN holding h ON h.post_id = y.id
			WHERE a.above_id = :above_id AND h.kind = 'substantive' AND h.from_day <= :day AND h.until_day > :day AND h.until_day <= :limit_day
		UNION ALL SELECT h.post_id, h.person_id, t.until_day FROM org_above a JOIN post y ON y.org_id = a.org_id JOIN holding h ON h.post_id = y.id JOIN posting t ON t.person_id = h.person_id
			WHERE a.above_id = :above_id AND h.kind = 'substantive' AND h.from_day <= :day AND (h.until_day IS NULL OR h.until_day > :day) AND t.from_day <= :day AND t.until_day > :day AND t.until_day <= :limit_day
		UNION ALL SELECT h.post_id, h.person_id, m.from_day FROM org_above a JOIN post y ON y.org_id = a.org_id JOIN holding h ON h.post_id = y.id JOIN movement m ON m.person_id = h.person_id
			WHERE a.above_id = :above_id AND h.kind = 'substantive' AND h.from_day <= :day AND (h.until_day IS NULL OR h.until_day > :day)
				AND m.state = 'approved' AND m.kind IN ('leave', 'transfer', 'deputation') AND m.from_day <= :limit_day) q GROUP BY q.post_id) e ON e.post_id = p.id
WHERE u.above_id = :above_id AND p.from_day <= :day AND (p.until_day IS NULL OR p.until_day > :day) AND (k.post_id IS NOT NULL OR e.post_id IS NOT NULL)
ORDER BY CASE WHEN e.leaves_day IS NULL THEN 1 ELSE 0 END, e.leaves_day, p.id LIMIT :most OFFSET :skip;

-- name: mark :exec
-- A post must not stand empty.
INSERT INTO critical_post (post_id, reason, marked_by, marked_at) VALUES (:post_id, :reason, :marked_by, :marked_at)
ON CONFLICT (post_id) DO UPDATE SET reason = excluded.reason, marked_by = excluded.marked_by, marked_at = excluded.marked_at;

-- name: unmark :exec
-- A post is as any other.
DELETE FROM critical_post WHERE post_id = :post_id;

-- ── fairness: afterwards, and apart ──

-- name: fairness_fields :many
-- The fields of the profile that say what must not count, as an organisation and those above it have them.
SELECT f.id, f.name_en, f.name_hi FROM org_above u JOIN profile_field f ON f.org_id = u.above_id
WHERE u.org_id = :org_id AND f.ended_at IS NULL AND lower(f.name_en) IN ('gender', 'category', 'region') ORDER BY u.distance, f.id LIMIT 3;

-- name: fairness_values :each
-- What is said in those fields of the people posted in an organisation or below it.
-- param day int
-- param above_id id
-- param f1 id
-- param f2 id
-- param f3 id
SELECT v.person_id, v.field_id, v.value FROM org_above u JOIN posting o ON o.org_id = u.org_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
	JOIN profile_value v ON v.person_id = o.person_id AND v.ended_at IS NULL
WHERE u.above_id = :above_id AND v.field_id IN (:f1, :f2, :f3) ORDER BY v.person_id, v.field_id;
