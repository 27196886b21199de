-- owner: role

-- name: holders :many
-- Who holds roles on an organisation or below it, the last given first.
-- param above_id id
-- param before id
-- param most int
-- col custom bool
SELECT g.id, g.person_id, p.name AS person, g.role, FALSE AS custom, g.org_id, o.name_en AS org_en, o.name_hi AS org_hi, b.name AS giver, g.granted_at
FROM org_above u JOIN role_grant g ON g.org_id = u.org_id JOIN person p ON p.id = g.person_id JOIN org o ON o.id = g.org_id LEFT JOIN person b ON b.id = g.granted_by
WHERE u.above_id = :above_id AND g.ended_at IS NULL AND (:before IS NULL OR g.id < :before)
UNION ALL
SELECT c.id, c.person_id, q.name AS person, r.name AS role, TRUE AS custom, c.org_id, x.name_en AS org_en, x.name_hi AS org_hi, d.name AS giver, c.granted_at
FROM org_above w JOIN custom_grant c ON c.org_id = w.org_id JOIN person q ON q.id = c.person_id JOIN custom_role r ON r.id = c.role_id JOIN org x ON x.id = c.org_id
LEFT JOIN person d ON d.id = c.granted_by
WHERE w.above_id = :above_id AND c.ended_at IS NULL AND (:before IS NULL OR c.id < :before)
ORDER BY 1 DESC LIMIT :most;

-- name: grant_below :maybe
-- A role of the table that somebody holds on an organisation or below it.
SELECT g.id, g.person_id, g.role, g.org_id FROM role_grant g JOIN org_above u ON u.org_id = g.org_id
WHERE g.id = :id AND g.ended_at IS NULL AND u.above_id = :above_id;

-- name: custom_below :maybe
-- The same of a composed role.
SELECT c.id, c.person_id, c.role_id, c.org_id, r.name FROM custom_grant c JOIN org_above u ON u.org_id = c.org_id JOIN custom_role r ON r.id = c.role_id
WHERE c.id = :id AND c.ended_at IS NULL AND u.above_id = :above_id;

-- name: others :one
-- How many others hold a role of the table anywhere.
-- col n int
SELECT count(*) AS n FROM role_grant g JOIN person p ON p.id = g.person_id WHERE g.role = :role AND g.ended_at IS NULL AND p.state = 'active' AND g.id <> :id;

-- name: for_org :many
-- Composed roles that may be given on an organisation: its own and those of organisations above.
SELECT r.id, r.name, r.org_id, o.name_en AS org_en, o.name_hi AS org_hi FROM org_above u JOIN custom_role r ON r.org_id = u.above_id JOIN org o ON o.id = r.org_id
WHERE u.org_id = :org_id AND r.ended_at IS NULL ORDER BY r.name, r.id LIMIT 200;

-- name: permissions_for_org :many
-- What they are composed of.
SELECT m.role_id, m.permission FROM org_above u JOIN custom_role r ON r.org_id = u.above_id JOIN custom_role_permission m ON m.role_id = r.id
WHERE u.org_id = :org_id AND r.ended_at IS NULL ORDER BY m.role_id, m.permission LIMIT 6000;

-- name: one_for_org :maybe
-- One of them.
SELECT r.id, r.name FROM org_above u JOIN custom_role r ON r.org_id = u.above_id WHERE u.org_id = :org_id AND r.id = :id AND r.ended_at IS NULL;

-- name: permissions :many
-- What a role is composed of.
SELECT permission FROM custom_role_permission WHERE role_id = :role_id ORDER BY permission LIMIT 100;

-- name: count :one
-- How many composed roles an organisation has.
-- col n int
SELECT count(*) AS n FROM custom_role WHERE org_id = :org_id AND ended_at IS NULL;

-- name: add :exec
-- A new role; a name that is taken changes nothing.
INSERT INTO custom_role (id, org_id, name, created_by, created_at) VALUES (:id, :org_id, :name, :created_by, :created_at)
ON CONFLICT (org_id, name) WHERE ended_at IS NULL DO NOTHING;

-- name: add_permission :exec
-- A permission of a role.
INSERT INTO custom_role_permission (role_id, permission) VALUES (:role_id, :permission) ON CONFLICT (role_id, permission) DO NOTHING;

-- name: end_role :exec
-- A role is given no more.
UPDATE custom_role SET ended_at = :ended_at WHERE id = :id AND org_id = :org_id AND ended_at IS NULL;

-- name: end_grants :exec
-- Nobody holds it any more.
UPDATE custom_grant SET ended_at = :ended_at WHERE role_id = :role_id AND ended_at IS NULL;

-- name: give :exec
-- Gives a composed role; held already: nothing changes.
INSERT INTO custom_grant (id, person_id, role_id, org_id, granted_by, granted_at) VALUES (:id, :person_id, :role_id, :org_id, :granted_by, :granted_at)
ON CONFLICT (person_id, role_id, org_id) WHERE ended_at IS NULL DO NOTHING;

-- name: take :exec
-- Ends a composed role of somebody.
UPDATE custom_grant SET ended_at = :ended_at WHERE id = :id AND ended_at IS NULL;
