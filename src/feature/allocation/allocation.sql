-- owner: allocation

-- ── orders ──

-- name: add :exec
-- A draft.
INSERT INTO allocation (id, org_id, code, number, subject, from_day, state, reason, made_by, made_at)
VALUES (:id, :org_id, :code, :number, :subject, :from_day, 'draft', '', :made_by, :made_at);

-- name: one :maybe
-- An order of an office, with what the office is called and which order was or is in force before it.
-- col before_id id
SELECT a.id, a.org_id, a.code, a.number, a.subject, a.from_day, a.until_day, a.state, a.reason, a.document, a.made_at, a.published_at, a.withdrawn_at, o.name_en AS org_en,
	o.name_hi AS org_hi, p.name AS publisher,
	(SELECT b.id FROM allocation b WHERE b.org_id = a.org_id AND b.id <> a.id AND b.state IN ('force', 'replaced') AND b.from_day < a.from_day
		ORDER BY b.from_day DESC LIMIT 1) AS before_id
FROM allocation a JOIN org o ON o.id = a.org_id LEFT JOIN person p ON p.id = a.published_by WHERE a.id = :id AND a.org_id = :org_id;

-- name: of_org :many
-- The orders of an office, the newest first; before one of them (absent: from the newest on).
-- param before id
-- param most int
-- col officers int
-- col has_copy bool
SELECT a.id, a.number, a.subject, a.from_day, a.until_day, a.state, a.made_at, (SELECT count(*) FROM allocation_officer o WHERE o.allocation_id = a.id) AS officers,
	(SELECT count(*) FROM allocation_copy c WHERE c.allocation_id = a.id) > 0 AS has_copy
FROM allocation a WHERE a.org_id = :org_id AND (:before IS NULL OR a.id < :before) ORDER BY a.id DESC LIMIT :most;

-- name: in_force :maybe
-- The order of an office that is in force.
SELECT id, number, from_day FROM allocation WHERE org_id = :org_id AND state = 'force';

-- name: taken :many
-- Published orders of an office with a number or a first day.
SELECT id, number, from_day FROM allocation WHERE org_id = :org_id AND state IN ('published', 'force', 'replaced') AND (number = :number OR from_day = :from_day)
ORDER BY id LIMIT 3;

-- name: change :exec
-- Another number, subject, first day of a draft.
UPDATE allocation SET number = :number, subject = :subject, from_day = :from_day WHERE id = :id AND state = 'draft';

-- name: publish :exec
-- It stands as it is from now on.
UPDATE allocation SET state = 'published', reason = :reason, document = :document, published_by = :published_by, published_at = :published_at WHERE id = :id AND state = 'draft';

-- name: withdraw :exec
-- It will not come into force.
UPDATE allocation SET state = 'withdrawn', withdrawn_by = :withdrawn_by, withdrawn_at = :withdrawn_at WHERE id = :id AND state = 'published';

-- name: enforce :exec
-- It is in force.
UPDATE allocation SET state = 'force' WHERE id = :id AND state = 'published';

-- name: replace :exec
-- Another is in force in its place.
UPDATE allocation SET state = 'replaced', until_day = :until_day, replaced_by_id = :replaced_by_id WHERE id = :id AND state = 'force';

-- name: due :maybe
-- The first published order whose day has come.
-- param day int
SELECT id, org_id FROM allocation WHERE state = 'published' AND from_day <= :day ORDER BY from_day, id LIMIT 1;

-- name: discard_allotments :exec
-- A draft goes: what it allotted.
DELETE FROM allotment WHERE allocation_id = :allocation_id;

-- name: discard_officers :exec
-- A draft goes: whom it named.
DELETE FROM allocation_officer WHERE allocation_id = :allocation_id;

-- name: discard :exec
-- A draft goes.
DELETE FROM allocation WHERE id = :id AND state = 'draft';

-- name: of_code :maybe
-- What the public page says of an order.
SELECT a.number, a.from_day, a.until_day, a.state, a.document, a.published_at, a.withdrawn_at, o.name_en AS org_en, o.name_hi AS org_hi
FROM allocation a JOIN org o ON o.id = a.org_id WHERE a.code = :code AND a.state <> 'draft';

-- ── officers ──

-- name: belongs :maybe
-- Somebody who works in an office on a day: posted there, or holding a post of it. ret: the name.
-- param day int
SELECT p.id, p.name FROM person p WHERE p.id = :id AND p.state = 'active' AND (
	EXISTS (SELECT 1 FROM posting g WHERE g.person_id = p.id AND g.org_id = :org_id AND g.from_day <= :day AND (g.until_day IS NULL OR g.until_day > :day))
	OR EXISTS (SELECT 1 FROM holding h JOIN post q ON q.id = h.post_id WHERE h.person_id = p.id AND q.org_id = :org_id
		AND h.from_day <= :day AND (h.until_day IS NULL OR h.until_day > :day)));

-- name: add_officer :exec
-- Names an officer.
INSERT INTO allocation_officer (allocation_id, person_id) VALUES (:allocation_id, :person_id) ON CONFLICT (allocation_id, person_id) DO NOTHING;

-- name: everybody :many
-- Who works in an office on a day.
-- param day int
-- param most int
SELECT p.id FROM person p WHERE p.state = 'active' AND p.id IN (
	SELECT g.person_id FROM posting g WHERE g.org_id = :org_id AND g.from_day <= :day AND (g.until_day IS NULL OR g.until_day > :day)
	UNION SELECT h.person_id FROM post q JOIN holding h ON h.post_id = q.id WHERE q.org_id = :org_id AND h.from_day <= :day AND (h.until_day IS NULL OR h.until_day > :day))
ORDER BY p.sort_key, p.id LIMIT :most;

-- name: drop_officer :exec
-- Names an officer no more.
DELETE FROM allocation_officer WHERE allocation_id = :allocation_id AND person_id = :person_id;

-- name: drop_allotments :exec
-- With him goes what was allotted to him.
DELETE FROM allotment WHERE allocation_id = :allocation_id AND person_id = :person_id;

-- name: officer_count :one
-- How many officers an order names.
-- col n int
SELECT count(*) AS n FROM allocation_officer WHERE allocation_id = :allocation_id;

-- name: officers :many
-- The officers of an order with designation and posts of the office on a day; who holds several posts stands there several times.
-- param day int
-- col works_here bool
SELECT o.person_id, p.name, p.state, d.name_en AS designation_en, d.name_hi AS designation_hi, q.title_en, q.title_hi, h.kind,
	COALESCE(g.org_id = :org_id, FALSE) OR q.id IS NOT NULL AS works_here
FROM allocation_officer o JOIN person p ON p.id = o.person_id
	LEFT JOIN posting g ON g.person_id = p.id AND g.from_day <= :day AND (g.until_day IS NULL OR g.until_day > :day)
	LEFT JOIN designation d ON d.id = g.designation_id
	LEFT JOIN holding h ON h.person_id = p.id AND h.from_day <= :day AND (h.until_day IS NULL OR h.until_day > :day)
		AND EXISTS (SELECT 1 FROM post x WHERE x.id = h.post_id AND x.org_id = :org_id)
	LEFT JOIN post q ON q.id = h.post_id
WHERE o.allocation_id = :allocation_id ORDER BY p.sort_key, p.id, h.from_day, h.id LIMIT 5000;

-- ── allotments ──

-- name: allot :exec
-- Allots an activity, or changes its minutes.
INSERT INTO allotment (allocation_id, person_id, activity_id, minutes) VALUES (:allocation_id, :person_id, :activity_id, :minutes)
ON CONFLICT (allocation_id, person_id, activity_id) DO UPDATE SET minutes = excluded.minutes;

-- name: take_away :exec
-- Takes an activity away.
DELETE FROM allotment WHERE allocation_id = :allocation_id AND person_id = :person_id AND activity_id = :activity_id;

-- name: allotment_of :maybe
-- An officer of an order, and the minutes of an activity, if it is allotted to him.
SELECT o.person_id, p.name, t.minutes FROM allocation_officer o JOIN person p ON p.id = o.person_id
	LEFT JOIN allotment t ON t.allocation_id = o.allocation_id AND t.person_id = o.person_id AND t.activity_id = :activity_id
WHERE o.allocation_id = :allocation_id AND o.person_id = :person_id;

-- name: allotment_count :one
-- How much an order allots.
-- col n int
SELECT count(*) AS n FROM allotment WHERE allocation_id = :allocation_id;

-- name: allotments :many
-- What an order allots, officer by officer. ended: not done any more on a day.
-- param day int
-- col ended bool
SELECT t.person_id, t.activity_id, t.minutes, a.name_en, a.name_hi, r.name_en AS role_en, r.name_hi AS role_hi,
	(a.until_day IS NOT NULL AND a.until_day <= :day) OR (r.until_day IS NOT NULL AND r.until_day <= :day) AS ended
FROM allotment t JOIN activity a ON a.id = t.activity_id JOIN work_role r ON r.id = a.role_id
WHERE t.allocation_id = :allocation_id ORDER BY t.person_id, r.name_en, r.id, a.n, a.id LIMIT 2000;

-- name: copy_allotments :exec
-- What another order allots to officers of this one, as far as it is still done on a day.
-- param day int
-- param from_id id
INSERT INTO allotment (allocation_id, person_id, activity_id, minutes)
SELECT o.allocation_id, t.person_id, t.activity_id, t.minutes FROM allocation_officer o JOIN allotment t ON t.allocation_id = :from_id AND t.person_id = o.person_id
	JOIN activity a ON a.id = t.activity_id JOIN work_role r ON r.id = a.role_id
WHERE o.allocation_id = :allocation_id AND (a.until_day IS NULL OR a.until_day > :day) AND (r.until_day IS NULL OR r.until_day > :day);

-- name: officers_of :many
-- Whom an order names.
SELECT person_id FROM allocation_officer WHERE allocation_id = :allocation_id ORDER BY person_id LIMIT 1000;

-- name: by_posts :many
-- The activities of the posts that officers of an order hold in the office on a day.
-- param day int
SELECT DISTINCT o.person_id, a.id AS activity_id FROM allocation_officer o JOIN holding h ON h.person_id = o.person_id JOIN post q ON q.id = h.post_id
	JOIN post_role k ON k.post_id = q.id JOIN work_role r ON r.id = k.role_id JOIN activity a ON a.role_id = r.id
WHERE o.allocation_id = :allocation_id AND q.org_id = :org_id AND h.from_day <= :day AND (h.until_day IS NULL OR h.until_day > :day)
	AND (a.until_day IS NULL OR a.until_day > :day) AND (r.until_day IS NULL OR r.until_day > :day)
ORDER BY o.person_id, a.id LIMIT 2000;

-- name: activity :maybe
-- An activity of a role of an office or one above it that is done on a day.
-- param day int
SELECT a.id, a.name_en, a.name_hi, r.name_en AS role_en, r.name_hi AS role_hi FROM activity a JOIN work_role r ON r.id = a.role_id
	JOIN org_above u ON u.above_id = r.org_id AND u.org_id = :org_id
WHERE a.id = :id AND (a.until_day IS NULL OR a.until_day > :day) AND (r.until_day IS NULL OR r.until_day > :day);

-- name: activities :many
-- All that can be allotted in an office on a day, with how many officers of an order have it: first what its own posts consist of.
-- param day int
-- col of_posts bool
-- col had_by int
SELECT a.id, a.name_en, a.name_hi, r.name_en AS role_en, r.name_hi AS role_hi,
	EXISTS (SELECT 1 FROM post q JOIN post_role k ON k.post_id = q.id WHERE q.org_id = :org_id AND k.role_id = r.id
		AND q.from_day <= :day AND (q.until_day IS NULL OR q.until_day > :day)) AS of_posts,
	(SELECT count(*) FROM allotment t WHERE t.activity_id = a.id AND t.allocation_id = :allocation_id) AS had_by
FROM org_above u JOIN work_role r ON r.org_id = u.above_id JOIN activity a ON a.role_id = r.id
WHERE u.org_id = :org_id AND (a.until_day IS NULL OR a.until_day > :day) AND (r.until_day IS NULL OR r.until_day > :day)
ORDER BY of_posts DESC, r.name_en, r.id, a.n, a.id LIMIT 1000;

-- ── competence ──

-- name: fits :many
-- What the allotted activities need, against what their officers hold.
-- param day int
SELECT t.person_id, t.activity_id, n.level, f.n_levels, v.weight, v.weighted, v.n, v.n_self
FROM allotment t JOIN activity_competency n ON n.activity_id = t.activity_id JOIN competency c ON c.id = n.competency_id JOIN framework f ON f.id = c.framework_id
	LEFT JOIN proficiency v ON v.person_id = t.person_id AND v.competency_id = n.competency_id
WHERE t.allocation_id = :allocation_id AND c.from_day <= :day AND (c.until_day IS NULL OR c.until_day > :day)
ORDER BY t.person_id, t.activity_id, n.competency_id LIMIT 20000;

-- name: missing :many
-- The activities of the posts of an office that an order allots to nobody, each with its needs; without any it stands there once.
-- param day int
SELECT a.id, a.name_en, a.name_hi, r.name_en AS role_en, r.name_hi AS role_hi, c.id AS competency_id, n.level, f.n_levels
FROM activity a JOIN work_role r ON r.id = a.role_id LEFT JOIN activity_competency n ON n.activity_id = a.id
	LEFT JOIN competency c ON c.id = n.competency_id AND c.from_day <= :day AND (c.until_day IS NULL OR c.until_day > :day) LEFT JOIN framework f ON f.id = c.framework_id
WHERE a.role_id IN (SELECT k.role_id FROM post q JOIN post_role k ON k.post_id = q.id WHERE q.org_id = :org_id AND q.from_day <= :day AND (q.until_day IS NULL OR q.until_day > :day))
	AND (a.until_day IS NULL OR a.until_day > :day) AND (r.until_day IS NULL OR r.until_day > :day)
	AND NOT EXISTS (SELECT 1 FROM allotment t WHERE t.allocation_id = :allocation_id AND t.activity_id = a.id)
ORDER BY r.name_en, r.id, a.n, a.id, n.competency_id LIMIT 20000;

-- name: levels :each
-- What the officers of an order hold of the competencies that activities of the office's posts need.
-- param day int
SELECT v.person_id, v.competency_id, v.weight, v.weighted, v.n, v.n_self FROM allocation_officer o JOIN proficiency v ON v.person_id = o.person_id
WHERE o.allocation_id = :allocation_id AND v.competency_id IN (SELECT n.competency_id FROM post q JOIN post_role k ON k.post_id = q.id JOIN activity a ON a.role_id = k.role_id
	JOIN activity_competency n ON n.activity_id = a.id WHERE q.org_id = :org_id AND q.from_day <= :day AND (q.until_day IS NULL OR q.until_day > :day))
ORDER BY v.person_id, v.competency_id;

-- name: takers :many
-- Each officer of an order with his load, and what he holds of each need of an activity; without any need he stands there once.
-- param day int
-- col minutes int
-- col has_it bool
SELECT o.person_id, p.name, (SELECT CAST(COALESCE(sum(t.minutes), 0) AS bigint) FROM allotment t WHERE t.allocation_id = o.allocation_id AND t.person_id = o.person_id) AS minutes,
	EXISTS (SELECT 1 FROM allotment t WHERE t.allocation_id = o.allocation_id AND t.person_id = o.person_id AND t.activity_id = a.id) AS has_it,
	c.id AS competency_id, n.level, f.n_levels, v.weight, v.weighted, v.n, v.n_self
FROM allocation_officer o JOIN person p ON p.id = o.person_id JOIN activity a ON a.id = :activity_id
	LEFT JOIN activity_competency n ON n.activity_id = a.id
	LEFT JOIN competency c ON c.id = n.competency_id AND c.from_day <= :day AND (c.until_day IS NULL OR c.until_day > :day) LEFT JOIN framework f ON f.id = c.framework_id
	LEFT JOIN proficiency v ON v.person_id = o.person_id AND v.competency_id = c.id
WHERE o.allocation_id = :allocation_id ORDER BY p.sort_key, p.id, n.competency_id LIMIT 20000;

-- name: needs :many
-- What an activity needs, against what somebody holds.
-- param day int
SELECT n.competency_id, n.level, f.n_levels, x.name_en, x.name_hi, y.name_en AS level_en, y.name_hi AS level_hi, v.weight, v.weighted, v.n, v.n_self
FROM activity_competency n JOIN competency c ON c.id = n.competency_id JOIN framework f ON f.id = c.framework_id
	JOIN competency_text x ON x.competency_id = c.id AND x.from_day = (SELECT max(z.from_day) FROM competency_text z WHERE z.competency_id = c.id AND z.from_day <= :day)
	LEFT JOIN framework_level y ON y.framework_id = f.id AND y.level = n.level
	LEFT JOIN proficiency v ON v.competency_id = n.competency_id AND v.person_id = :person_id
WHERE n.activity_id = :activity_id AND c.from_day <= :day AND (c.until_day IS NULL OR c.until_day > :day) ORDER BY n.competency_id LIMIT 50;

-- ── in force ──

-- name: duties :many
-- Who has to do what by an order that comes into force: an account that was joined with another counts as that one; who has left and what is not done any more
-- on the day is left out.
-- param day int
-- col person_id id
SELECT DISTINCT k.id AS person_id, t.activity_id FROM allotment t JOIN person p ON p.id = t.person_id JOIN person k ON k.id = COALESCE(p.merged_into_id, p.id)
	JOIN activity a ON a.id = t.activity_id JOIN work_role r ON r.id = a.role_id
WHERE t.allocation_id = :allocation_id AND k.state = 'active' AND (a.until_day IS NULL OR a.until_day > :day) AND (r.until_day IS NULL OR r.until_day > :day)
ORDER BY k.id, t.activity_id LIMIT 2000;

-- name: holders :many
-- Who has duties by an order, on a day or later.
-- param day int
SELECT DISTINCT d.person_id FROM duty d WHERE d.source_id = :source_id AND (d.until_day IS NULL OR d.until_day >= :day) ORDER BY d.person_id LIMIT 2000;

-- name: strays :many
-- Orders by which somebody has duties in an office where he does not work on a day: neither posted there nor holding a post of it.
-- param day int
SELECT DISTINCT a.id FROM duty d JOIN allocation a ON a.id = d.source_id
WHERE d.person_id = :person_id AND (d.until_day IS NULL OR d.until_day > :day)
	AND NOT EXISTS (SELECT 1 FROM posting g WHERE g.person_id = :person_id AND g.org_id = a.org_id AND g.from_day <= :day AND (g.until_day IS NULL OR g.until_day > :day))
	AND NOT EXISTS (SELECT 1 FROM holding h JOIN post q ON q.id = h.post_id WHERE h.person_id = :person_id AND q.org_id = a.org_id
		AND h.from_day <= :day AND (h.until_day IS NULL OR h.until_day > :day))
ORDER BY a.id LIMIT 100;

-- ── two orders beside each other ──

-- name: of_both :many
-- What two orders of an office allot.
-- param with_id id
SELECT t.allocation_id, t.activity_id, t.person_id, t.minutes, p.name, a.name_en, a.name_hi, r.name_en AS role_en, r.name_hi AS role_hi
FROM allotment t JOIN person p ON p.id = t.person_id JOIN activity a ON a.id = t.activity_id JOIN work_role r ON r.id = a.role_id
WHERE t.allocation_id IN (:allocation_id, :with_id) ORDER BY t.allocation_id, t.activity_id, t.person_id LIMIT 4000;

-- name: published :many
-- Published orders of an office, the newest first, to lay one beside another.
SELECT id, number, from_day FROM allocation WHERE org_id = :org_id AND state IN ('published', 'force', 'replaced') ORDER BY from_day DESC, id LIMIT 50;

-- ── signed copies ──

-- name: add_copy :exec
-- A copy with signature.
INSERT INTO allocation_copy (id, allocation_id, file, bytes, kept_by, kept_at) VALUES (:id, :allocation_id, :file, :bytes, :kept_by, :kept_at);

-- name: copies :many
-- The copies of an order, the newest first: that one counts.
SELECT c.id, c.bytes, c.kept_at, p.name AS keeper FROM allocation_copy c LEFT JOIN person p ON p.id = c.kept_by
WHERE c.allocation_id = :allocation_id ORDER BY c.id DESC LIMIT 100;

-- name: copy_count :one
-- How many copies of an order there are.
-- col n int
SELECT count(*) AS n FROM allocation_copy WHERE allocation_id = :allocation_id;

-- name: copy :maybe
-- A copy of an order of an office.
SELECT c.file FROM allocation_copy c JOIN allocation a ON a.id = c.allocation_id WHERE c.id = :id AND c.allocation_id = :allocation_id AND a.org_id = :org_id;
