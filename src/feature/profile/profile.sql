-- owner: profile

-- name: fields_of_org :many
-- The fields of an organisation.
SELECT id, name_en, name_hi, kind, choices, said_by, made_at FROM profile_field WHERE org_id = :org_id AND ended_at IS NULL ORDER BY id LIMIT 100;

-- name: count :one
-- How many there are.
-- col n int
SELECT count(*) AS n FROM profile_field WHERE org_id = :org_id AND ended_at IS NULL;

-- name: named :maybe
-- One of this name.
SELECT id FROM profile_field WHERE org_id = :org_id AND name_en = :name_en AND ended_at IS NULL LIMIT 1;

-- name: add_field :exec
-- A new field.
INSERT INTO profile_field (id, org_id, name_en, name_hi, kind, choices, said_by, made_by, made_at)
VALUES (:id, :org_id, :name_en, :name_hi, :kind, :choices, :said_by, :made_by, :made_at);

-- name: end_field :exec
-- It is asked for no more.
UPDATE profile_field SET ended_at = :ended_at WHERE id = :id AND org_id = :org_id AND ended_at IS NULL;

-- name: of_person :many
-- The fields that hold for a person posted somewhere on a day, with what is said now.
-- param person_id id
-- param day int
SELECT f.id, f.name_en, f.name_hi, f.kind, f.choices, f.said_by, o.name_en AS org_en, o.name_hi AS org_hi, v.value, v.said_at, v.verified_at, b.name AS verifier
FROM posting p JOIN org_above u ON u.org_id = p.org_id JOIN profile_field f ON f.org_id = u.above_id JOIN org o ON o.id = f.org_id
LEFT JOIN profile_value v ON v.person_id = p.person_id AND v.field_id = f.id AND v.ended_at IS NULL
LEFT JOIN person b ON b.id = v.verified_by
WHERE p.person_id = :person_id AND p.from_day <= :day AND (p.until_day IS NULL OR p.until_day > :day) AND f.ended_at IS NULL
ORDER BY u.distance DESC, f.id LIMIT 1000;

-- name: end_value :exec
-- What was said holds no more.
UPDATE profile_value SET ended_at = :ended_at WHERE person_id = :person_id AND field_id = :field_id AND ended_at IS NULL;

-- name: add_value :exec
-- What is said now.
INSERT INTO profile_value (id, person_id, field_id, value, said_by, said_at, verified_by, verified_at)
VALUES (:id, :person_id, :field_id, :value, :said_by, :said_at, :verified_by, :verified_at);

-- name: verify :exec
-- The office stands for it.
UPDATE profile_value SET verified_by = :verified_by, verified_at = :verified_at
WHERE person_id = :person_id AND field_id = :field_id AND ended_at IS NULL AND verified_at IS NULL;

-- name: value :maybe
-- What is said of a person in one field.
SELECT verified_at FROM profile_value WHERE person_id = :person_id AND field_id = :field_id AND ended_at IS NULL;

-- name: who :maybe
-- The head of a person's profile.
-- param person_id id
-- param day int
SELECT p.name, p.employee_no, o.org_id, g.name_en AS org_en, g.name_hi AS org_hi, d.name_en AS designation_en, d.name_hi AS designation_hi, o.service, o.cadre_group,
	o.pay_level, o.from_day
FROM person p LEFT JOIN posting o ON o.person_id = p.id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
LEFT JOIN org g ON g.id = o.org_id LEFT JOIN designation d ON d.id = o.designation_id WHERE p.id = :person_id;

-- name: end_weaker :exec
-- What is only self-declared gives way to what the office of the other account verified.
-- param kept_id id
-- param closed_id id
UPDATE profile_value SET ended_at = :ended_at WHERE person_id = :kept_id AND ended_at IS NULL AND verified_at IS NULL AND EXISTS (
	SELECT 1 FROM profile_value b WHERE b.person_id = :closed_id AND b.field_id = profile_value.field_id AND b.ended_at IS NULL AND b.verified_at IS NOT NULL);

-- name: end_double :exec
-- What is said of both accounts is said once.
-- param kept_id id
-- param closed_id id
UPDATE profile_value SET ended_at = :ended_at WHERE person_id = :closed_id AND ended_at IS NULL AND EXISTS (
	SELECT 1 FROM profile_value k WHERE k.person_id = :kept_id AND k.field_id = profile_value.field_id AND k.ended_at IS NULL);

-- name: move_values :exec
-- What is said of an account is said of another.
-- param kept_id id
-- param closed_id id
UPDATE profile_value SET person_id = :kept_id WHERE person_id = :closed_id;

-- rows: profile_value by person_id
