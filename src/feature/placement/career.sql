-- owner: placement

-- name: steps :many
-- The steps that hold in an organisation: its own and those of all above it, the nearest first.
SELECT s.org_id, s.from_id, s.to_id, s.kind, s.least_years, a.name_en AS from_en, a.name_hi AS from_hi, b.name_en AS to_en, b.name_hi AS to_hi, o.name_en AS org_en, o.name_hi AS org_hi
FROM org_above u JOIN career_step s ON s.org_id = u.above_id JOIN designation a ON a.id = s.from_id JOIN designation b ON b.id = s.to_id JOIN org o ON o.id = s.org_id
WHERE u.org_id = :org_id ORDER BY u.distance, s.kind, a.seniority DESC, a.name_en, b.name_en, s.from_id, s.to_id LIMIT 2000;

-- name: ladders :many
-- The steps upwards of an organisation, of all above it and of all below it, without one of its own.
-- param org_id id
-- param from_id id
-- param to_id id
SELECT s.org_id, s.from_id, s.to_id FROM career_step s
WHERE s.kind = 'ladder' AND NOT (s.org_id = :org_id AND s.from_id = :from_id AND s.to_id = :to_id)
	AND (s.org_id IN (SELECT u.above_id FROM org_above u WHERE u.org_id = :org_id) OR s.org_id IN (SELECT d.org_id FROM org_above d WHERE d.above_id = :org_id))
ORDER BY s.org_id, s.from_id, s.to_id LIMIT 20000;

-- name: step_count :one
-- How many steps an organisation has laid down.
-- col n int
SELECT count(*) AS n FROM career_step WHERE org_id = :org_id;

-- name: step_put :exec
-- A step, in place of the one between the same designations.
INSERT INTO career_step (org_id, from_id, to_id, kind, least_years, made_at) VALUES (:org_id, :from_id, :to_id, :kind, :least_years, :made_at)
ON CONFLICT (org_id, from_id, to_id) DO UPDATE SET kind = excluded.kind, least_years = excluded.least_years, made_at = excluded.made_at;

-- name: step_end :exec
-- A step is none any more.
DELETE FROM career_step WHERE org_id = :org_id AND from_id = :from_id AND to_id = :to_id;

-- name: designation_name :maybe
-- What a designation is called.
SELECT name_en, name_hi FROM designation WHERE id = :id;

-- name: next_steps :many
-- Where careers lead from a designation, for somebody posted in an organisation; the nearest organisation that says so first.
-- param own_id id
SELECT s.to_id, s.kind, s.least_years, d.name_en, d.name_hi, o.name_en AS org_en, o.name_hi AS org_hi
FROM org_above u JOIN career_step s ON s.org_id = u.above_id JOIN designation d ON d.id = s.to_id JOIN org o ON o.id = s.org_id
WHERE u.org_id = :own_id AND s.from_id = :from_id ORDER BY s.kind, d.seniority DESC, d.name_en, s.to_id, u.distance LIMIT 200;

-- name: next_posts :many
-- Posts to which such steps lead, at most three of a designation: those of the own office, then vacant ones, then any within the organisation that laid the step down.
-- param own_id id
-- param day int
-- param from_id id
-- col vacant int
SELECT q.id, q.designation_id, q.title_en, q.title_hi, q.place, q.service, q.least_pay_level, q.least_years, q.sanctioned - q.held AS vacant, o.name_en AS org_en, o.name_hi AS org_hi
FROM (SELECT h.id, h.designation_id, h.org_id, h.title_en, h.title_hi, h.place, h.service, h.least_pay_level, h.least_years, h.sanctioned, h.held,
		row_number() OVER (PARTITION BY h.designation_id ORDER BY CASE WHEN h.org_id = :own_id THEN 0 ELSE 1 END, CASE WHEN h.held < h.sanctioned THEN 0 ELSE 1 END, h.id) AS n
	FROM (SELECT p.id, p.designation_id, p.org_id, p.title_en, p.title_hi, p.place, p.service, p.least_pay_level, p.least_years, p.sanctioned,
			(SELECT count(*) FROM holding x WHERE x.post_id = p.id AND x.kind = 'substantive' AND x.from_day <= :day AND (x.until_day IS NULL OR x.until_day > :day)) AS held
		FROM post p WHERE (p.until_day IS NULL OR p.until_day > :day) AND p.from_day <= :day
			AND EXISTS (SELECT 1 FROM career_step s JOIN org_above a ON a.above_id = s.org_id AND a.org_id = :own_id JOIN org_above b ON b.above_id = s.org_id AND b.org_id = p.org_id
				WHERE s.from_id = :from_id AND s.to_id = p.designation_id)
			AND p.designation_id IN (SELECT t.to_id FROM career_step t WHERE t.from_id = :from_id)) h) q
	JOIN org o ON o.id = q.org_id
WHERE q.n <= 3 ORDER BY q.designation_id, q.n LIMIT 20;
