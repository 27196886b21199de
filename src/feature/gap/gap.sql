-- owner: gap

-- ── settling one person ──

-- name: posted :maybe
-- The posting of a person on a day.
-- param day int
SELECT org_id, designation_id FROM posting WHERE person_id = :person_id AND from_day <= :day AND (until_day IS NULL OR until_day > :day);

-- name: asked :many
-- What the posts and duties of a person ask on a day, in each competency the highest first, with the sums of what is held.
-- param person_id id
-- param day int
-- col competency_id id
-- col level int
-- col activity_id id
-- col n_levels int
-- col weight int
-- col weighted int
-- col n int
-- col n_self int
SELECT w.competency_id, w.level, a.id AS activity_id, f.n_levels, COALESCE(p.weight, 0) AS weight, COALESCE(p.weighted, 0) AS weighted, COALESCE(p.n, 0) AS n,
	COALESCE(p.n_self, 0) AS n_self
FROM (SELECT v.id, v.role_id, v.until_day FROM holding h JOIN post_role q ON q.post_id = h.post_id JOIN activity v ON v.role_id = q.role_id
		WHERE h.person_id = :person_id AND h.from_day <= :day AND (h.until_day IS NULL OR h.until_day > :day)
		UNION SELECT v.id, v.role_id, v.until_day FROM duty u JOIN activity v ON v.id = u.activity_id
		WHERE u.person_id = :person_id AND u.from_day <= :day AND (u.until_day IS NULL OR u.until_day > :day)) a
	JOIN work_role r ON r.id = a.role_id JOIN activity_competency w ON w.activity_id = a.id
	JOIN competency c ON c.id = w.competency_id JOIN framework f ON f.id = c.framework_id
	LEFT JOIN proficiency p ON p.person_id = :person_id AND p.competency_id = w.competency_id
WHERE (a.until_day IS NULL OR a.until_day > :day) AND (r.until_day IS NULL OR r.until_day > :day) AND c.from_day <= :day AND (c.until_day IS NULL OR c.until_day > :day)
ORDER BY w.competency_id, w.level DESC, a.id LIMIT 10000;

-- name: kept :many
-- What is kept of a person.
SELECT competency_id, level, activity_id, org_id, designation_id, state, turns_day FROM requirement WHERE person_id = :person_id ORDER BY competency_id LIMIT 2000;

-- name: kept_one :maybe
-- The same in one competency, with the sums of what is held.
-- col weight int
-- col weighted int
-- col n int
-- col n_self int
SELECT q.level, q.activity_id, q.org_id, q.designation_id, q.state, q.turns_day, f.n_levels, COALESCE(p.weight, 0) AS weight, COALESCE(p.weighted, 0) AS weighted, COALESCE(p.n, 0) AS n,
	COALESCE(p.n_self, 0) AS n_self
FROM requirement q JOIN competency c ON c.id = q.competency_id JOIN framework f ON f.id = c.framework_id
	LEFT JOIN proficiency p ON p.person_id = q.person_id AND p.competency_id = q.competency_id
WHERE q.person_id = :person_id AND q.competency_id = :competency_id;

-- name: keep :exec
-- What is asked of a person in a competency, and how it stands.
INSERT INTO requirement (person_id, competency_id, level, activity_id, org_id, designation_id, state, turns_day)
VALUES (:person_id, :competency_id, :level, :activity_id, :org_id, :designation_id, :state, :turns_day)
ON CONFLICT (person_id, competency_id) DO UPDATE SET level = excluded.level, activity_id = excluded.activity_id, org_id = excluded.org_id, designation_id = excluded.designation_id, state = excluded.state,
	turns_day = excluded.turns_day;

-- name: drop :exec
-- It is not asked any more.
DELETE FROM requirement WHERE person_id = :person_id AND competency_id = :competency_id;

-- name: count :exec
-- Moves the figures of an organisation and all above it, of all designations and of one.
-- param d int
-- param org_id id
INSERT INTO gap_tally (org_id, designation_id, competency_id, shard, n, n_met, n_unknown)
SELECT u.above_id, d.id, :competency_id, :shard, :n, :n_met, :n_unknown FROM org_above u JOIN (SELECT 0 AS id UNION ALL SELECT :d AS id) d ON TRUE WHERE u.org_id = :org_id
ON CONFLICT (org_id, designation_id, competency_id, shard) DO UPDATE SET n = gap_tally.n + excluded.n, n_met = gap_tally.n_met + excluded.n_met,
	n_unknown = gap_tally.n_unknown + excluded.n_unknown;

-- name: move :exec
-- The figures of an organisation are added to those of all above it, with a sign.
-- param sign int
-- param org_id id
INSERT INTO gap_tally (org_id, designation_id, competency_id, shard, n, n_met, n_unknown)
SELECT u.above_id, t.designation_id, t.competency_id, t.shard, t.n * :sign, t.n_met * :sign, t.n_unknown * :sign
FROM org_above u JOIN gap_tally t ON t.org_id = u.org_id WHERE u.org_id = :org_id AND u.distance > 0
ON CONFLICT (org_id, designation_id, competency_id, shard) DO UPDATE SET n = gap_tally.n + excluded.n, n_met = gap_tally.n_met + excluded.n_met,
	n_unknown = gap_tally.n_unknown + excluded.n_unknown;

-- name: above :many
-- An organisation and all above it.
SELECT above_id FROM org_above WHERE org_id = :org_id ORDER BY distance LIMIT 100;

-- name: count_one :exec
-- Moves one figure. Which shard does not matter: readers add them up.
INSERT INTO gap_tally (org_id, designation_id, competency_id, shard, n, n_met, n_unknown) VALUES (:org_id, :designation_id, :competency_id, 0, :n, :n_met, :n_unknown)
ON CONFLICT (org_id, designation_id, competency_id, shard) DO UPDATE SET n = gap_tally.n + excluded.n, n_met = gap_tally.n_met + excluded.n_met,
	n_unknown = gap_tally.n_unknown + excluded.n_unknown;

-- ── whom a change concerns, in order of people ──

-- name: of_role :many
-- Who does something of a role, now or later.
-- param role_id id
-- param after id
-- param most int
SELECT p.person_id FROM (
	SELECT h.person_id FROM post_role q JOIN holding h ON h.post_id = q.post_id WHERE q.role_id = :role_id AND h.person_id > :after
	UNION SELECT u.person_id FROM activity v JOIN duty u ON u.activity_id = v.id WHERE v.role_id = :role_id AND u.person_id > :after) p
ORDER BY p.person_id LIMIT :most;

-- name: of_post :many
-- Who holds a post or held it.
-- param after id
-- param most int
SELECT DISTINCT person_id FROM holding WHERE post_id = :post_id AND person_id > :after ORDER BY person_id LIMIT :most;

-- name: of_all :many
-- Of whom anything is or was asked, or kept.
-- param after id
-- param most int
SELECT p.person_id FROM (
	SELECT a.person_id FROM (SELECT DISTINCT person_id FROM holding WHERE person_id > :after ORDER BY person_id LIMIT :most) a
	UNION SELECT b.person_id FROM (SELECT DISTINCT person_id FROM duty WHERE person_id > :after ORDER BY person_id LIMIT :most) b
	UNION SELECT c.person_id FROM (SELECT DISTINCT person_id FROM requirement WHERE person_id > :after ORDER BY person_id LIMIT :most) c) p
ORDER BY p.person_id LIMIT :most;

-- name: of_day :many
-- For whom the days since one have changed something of themselves: a holding or a duty begins or ends, or evidence has grown old.
-- param since int
-- param day int
-- param after id
-- param most int
SELECT p.person_id FROM (
	SELECT a.person_id FROM (SELECT person_id FROM requirement WHERE turns_day <= :day AND person_id > :after ORDER BY person_id LIMIT :most) a
	UNION SELECT h.person_id FROM holding h WHERE h.from_day > :since AND h.from_day <= :day AND h.person_id > :after
	UNION SELECT h.person_id FROM holding h WHERE h.until_day > :since AND h.until_day <= :day AND h.person_id > :after
	UNION SELECT u.person_id FROM duty u WHERE u.from_day > :since AND u.from_day <= :day AND u.person_id > :after
	UNION SELECT u.person_id FROM duty u WHERE u.until_day > :since AND u.until_day <= :day AND u.person_id > :after) p
ORDER BY p.person_id LIMIT :most;

-- name: competency_turns :maybe
-- A competency that began or ended in the days since one.
-- param since int
-- param day int
SELECT id FROM competency WHERE (from_day > :since AND from_day <= :day) OR (until_day > :since AND until_day <= :day) LIMIT 1;

-- name: anything :maybe
-- Whether work asks any competency at all.
SELECT activity_id FROM activity_competency LIMIT 1;

-- name: change_add :exec
-- Something that concerns many has changed.
INSERT INTO gap_change (id, kind, subject_id, after_id) VALUES (:id, :kind, :subject_id, 0) ON CONFLICT DO NOTHING;

-- name: change_next :maybe
-- The change that is gone through now.
SELECT id, kind, subject_id, after_id FROM gap_change ORDER BY id LIMIT 1;

-- name: change_at :exec
-- So far it has been gone through.
UPDATE gap_change SET after_id = :after_id WHERE id = :id;

-- name: change_done :exec
-- It has been gone through.
DELETE FROM gap_change WHERE id = :id;

-- name: day :maybe
-- The last day that was settled.
SELECT day FROM gap_day WHERE id = 1;

-- name: day_done :exec
-- Another day is settled.
INSERT INTO gap_day (id, day) VALUES (1, :day) ON CONFLICT (id) DO UPDATE SET day = excluded.day;

-- ── pages ──

-- name: of_person :many
-- All that is kept of what is asked of a person, with what is held and what the competencies are called.
-- param day int
-- col weight int
-- col weighted int
-- col n int
-- col n_self int
SELECT q.competency_id, q.level, q.state, f.n_levels, c.code, c.area, x.name_en, x.name_hi, v.name_en AS activity_en, v.name_hi AS activity_hi, COALESCE(p.weight, 0) AS weight, COALESCE(p.weighted, 0) AS weighted,
	COALESCE(p.n, 0) AS n, COALESCE(p.n_self, 0) AS n_self
FROM requirement q LEFT JOIN activity v ON v.id = q.activity_id JOIN competency c ON c.id = q.competency_id JOIN framework f ON f.id = c.framework_id
	JOIN competency_text x ON x.competency_id = c.id AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = c.id AND y.from_day <= :day)
	LEFT JOIN proficiency p ON p.person_id = q.person_id AND p.competency_id = q.competency_id
WHERE q.person_id = :person_id ORDER BY q.competency_id LIMIT 2000;

-- name: called :maybe
-- What a person is called.
SELECT name FROM person WHERE id = :id;

-- name: competencies :many
-- The competencies in which anything is asked in an organisation and below it, with the figures of all.
-- param day int
-- col n int
-- col n_met int
-- col n_unknown int
SELECT t.competency_id, c.code, c.area, c.framework_id, x.name_en, x.name_hi, t.n, t.n_met, t.n_unknown
FROM (SELECT g.competency_id, CAST(sum(g.n) AS bigint) AS n, CAST(sum(g.n_met) AS bigint) AS n_met, CAST(sum(g.n_unknown) AS bigint) AS n_unknown FROM gap_tally g
		WHERE g.org_id = :org_id AND g.designation_id = 0 GROUP BY g.competency_id) t
	JOIN competency c ON c.id = t.competency_id
	JOIN competency_text x ON x.competency_id = c.id AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = c.id AND y.from_day <= :day)
WHERE t.n > 0 ORDER BY CASE c.area WHEN 'behavioural' THEN 0 WHEN 'functional' THEN 1 ELSE 2 END, c.framework_id, c.n, c.id LIMIT 500;

-- name: by_org :many
-- The figures of each organisation right below one.
-- col n int
-- col n_met int
-- col n_unknown int
SELECT g.org_id AS row_id, g.competency_id, CAST(sum(g.n) AS bigint) AS n, CAST(sum(g.n_met) AS bigint) AS n_met, CAST(sum(g.n_unknown) AS bigint) AS n_unknown
FROM org o JOIN gap_tally g ON g.org_id = o.id AND g.designation_id = 0 WHERE o.parent_id = :parent_id
GROUP BY g.org_id, g.competency_id ORDER BY g.org_id, g.competency_id LIMIT 20000;

-- name: by_designation :many
-- The figures of each designation in an organisation and below it.
-- col n int
-- col n_met int
-- col n_unknown int
SELECT g.designation_id AS row_id, g.competency_id, CAST(sum(g.n) AS bigint) AS n, CAST(sum(g.n_met) AS bigint) AS n_met, CAST(sum(g.n_unknown) AS bigint) AS n_unknown
FROM gap_tally g WHERE g.org_id = :org_id AND g.designation_id <> 0
GROUP BY g.designation_id, g.competency_id ORDER BY g.designation_id, g.competency_id LIMIT 20000;

-- name: orgs_below :many
-- The organisations right below one, in order.
SELECT id, name_en, name_hi, short_name FROM org WHERE parent_id = :parent_id ORDER BY id LIMIT 1000;

-- name: designations_in :many
-- The designations that anything is asked of in an organisation and below it, the highest first.
SELECT d.id, d.name_en, d.name_hi, d.service FROM designation d
WHERE d.id IN (SELECT g.designation_id FROM gap_tally g WHERE g.org_id = :org_id AND g.designation_id <> 0) ORDER BY d.seniority, d.id LIMIT 1000;

-- name: people :many
-- Of whom in an organisation or below it a competency is asked, and how it stands in one of two ways; behind one of them (absent: from the first on).
-- param above_id id
-- param competency_id id
-- param state_1 int
-- param state_2 int
-- param after id
-- param most int
-- col weight int
-- col weighted int
-- col n int
-- col n_self int
SELECT q.person_id, q.level, q.state, p.name, o.name_en AS org_en, o.name_hi AS org_hi, d.name_en AS designation_en, d.name_hi AS designation_hi, f.n_levels,
	COALESCE(s.weight, 0) AS weight, COALESCE(s.weighted, 0) AS weighted, COALESCE(s.n, 0) AS n, COALESCE(s.n_self, 0) AS n_self
FROM (SELECT x.person_id FROM org_above u JOIN requirement x ON x.org_id = u.org_id
		WHERE u.above_id = :above_id AND x.competency_id = :competency_id AND x.state IN (:state_1, :state_2) AND (:after IS NULL OR x.person_id > :after)
		ORDER BY x.person_id LIMIT :most) z
	JOIN requirement q ON q.person_id = z.person_id AND q.competency_id = :competency_id
	JOIN person p ON p.id = q.person_id JOIN org o ON o.id = q.org_id JOIN designation d ON d.id = q.designation_id
	JOIN competency c ON c.id = q.competency_id JOIN framework f ON f.id = c.framework_id
	LEFT JOIN proficiency s ON s.person_id = q.person_id AND s.competency_id = q.competency_id
ORDER BY q.person_id;

-- ── anew ──

-- name: forget :exec
-- Forgets all requirements.
DELETE FROM requirement;

-- name: forget_counts :exec
-- Forgets all figures.
DELETE FROM gap_tally;

-- name: people_each :each
-- Everybody of whom anything may be asked.
SELECT DISTINCT person_id FROM (SELECT person_id FROM holding UNION ALL SELECT person_id FROM duty) p ORDER BY person_id;

-- name: counts :each
-- All figures that are not nothing.
-- col n int
-- col n_met int
-- col n_unknown int
SELECT org_id, designation_id, competency_id, CAST(sum(n) AS bigint) AS n, CAST(sum(n_met) AS bigint) AS n_met, CAST(sum(n_unknown) AS bigint) AS n_unknown FROM gap_tally
GROUP BY org_id, designation_id, competency_id HAVING sum(n) <> 0 OR sum(n_met) <> 0 OR sum(n_unknown) <> 0 ORDER BY org_id, designation_id, competency_id;

-- name: facts :each
-- The same from what is kept of people.
-- col org_id id
-- col designation_id id
-- col competency_id id
-- col n int
-- col n_met int
-- col n_unknown int
SELECT u.above_id AS org_id, d.designation_id, q.competency_id, count(*) AS n, count(*) FILTER (WHERE q.state = 2) AS n_met, count(*) FILTER (WHERE q.state = 0) AS n_unknown
FROM requirement q JOIN org_above u ON u.org_id = q.org_id
	JOIN (SELECT id, id AS designation_id FROM designation UNION ALL SELECT id, 0 AS designation_id FROM designation) d ON d.id = q.designation_id
GROUP BY u.above_id, d.designation_id, q.competency_id ORDER BY u.above_id, d.designation_id, q.competency_id;
