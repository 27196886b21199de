-- owner: access

-- name: roles_on_org :one
-- The roles a person holds on an organisation, granted there or above it.
-- col roles text
SELECT CASE WHEN count(*) FILTER (WHERE g.role = 'mdo_admin') > 0 THEN 'm' ELSE '' END
	|| CASE WHEN count(*) FILTER (WHERE g.role = 'author') > 0 THEN 'a' ELSE '' END
	|| CASE WHEN count(*) FILTER (WHERE g.role = 'reviewer') > 0 THEN 'r' ELSE '' END
	|| CASE WHEN count(*) FILTER (WHERE g.role = 'publisher') > 0 THEN 'p' ELSE '' END
	|| CASE WHEN count(*) FILTER (WHERE g.role = 'operator') > 0 THEN 'o' ELSE '' END AS roles
FROM role_grant g JOIN org_above u ON u.above_id = g.org_id
WHERE g.person_id = :person_id AND g.ended_at IS NULL AND u.org_id = :org_id;

-- name: roles_anywhere :one
-- The roles a person holds on any organisation, and whether the person supervises anybody today.
-- param day int
-- col roles text
-- col is_supervisor bool
SELECT CASE WHEN count(*) FILTER (WHERE g.role = 'mdo_admin') > 0 THEN 'm' ELSE '' END
	|| CASE WHEN count(*) FILTER (WHERE g.role = 'author') > 0 THEN 'a' ELSE '' END
	|| CASE WHEN count(*) FILTER (WHERE g.role = 'reviewer') > 0 THEN 'r' ELSE '' END
	|| CASE WHEN count(*) FILTER (WHERE g.role = 'publisher') > 0 THEN 'p' ELSE '' END
	|| CASE WHEN count(*) FILTER (WHERE g.role = 'operator') > 0 THEN 'o' ELSE '' END AS roles,
	EXISTS (SELECT 1 FROM posting o WHERE o.supervisor_id = :person_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)) AS is_supervisor
FROM role_grant g WHERE g.person_id = :person_id AND g.ended_at IS NULL;

-- name: org_exists :maybe
-- Whether there is such an organisation.
SELECT id FROM org WHERE id = :id;

-- name: person_place :maybe
-- The organisation and the supervisor of a person's posting of a day; both absent between postings.
-- param day int
SELECT p.id, o.org_id, o.supervisor_id FROM person p
LEFT JOIN posting o ON o.person_id = p.id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
WHERE p.id = :id;

-- name: course_place :maybe
-- The organisation that provides a course.
SELECT id, provider_id FROM course WHERE id = :id;

-- name: tops :many
-- Where a person holds one of five roles, or a composed one with a permission, and not already above.
-- param r1 text
-- param r2 text
-- param r3 text
-- param r4 text
-- param r5 text
WITH held AS (
	SELECT g.org_id FROM role_grant g WHERE g.person_id = :person_id AND g.ended_at IS NULL AND g.role IN (:r1, :r2, :r3, :r4, :r5)
	UNION SELECT c.org_id FROM custom_grant c JOIN custom_role_permission r ON r.role_id = c.role_id
		WHERE c.person_id = :person_id AND c.ended_at IS NULL AND r.permission = :permission)
SELECT h.org_id FROM held h
WHERE NOT EXISTS (SELECT 1 FROM held k JOIN org_above u ON u.above_id = k.org_id WHERE u.org_id = h.org_id AND k.org_id <> h.org_id)
ORDER BY h.org_id;

-- name: custom_on_org :maybe
-- Whether a role composed by an organisation gives a person a permission on an organisation.
SELECT g.id FROM custom_grant g JOIN org_above u ON u.above_id = g.org_id JOIN custom_role_permission r ON r.role_id = g.role_id
WHERE g.person_id = :person_id AND g.ended_at IS NULL AND u.org_id = :org_id AND r.permission = :permission LIMIT 1;

-- name: custom_held :many
-- What composed roles give a person on an organisation.
SELECT DISTINCT r.permission FROM custom_grant g JOIN org_above u ON u.above_id = g.org_id JOIN custom_role_permission r ON r.role_id = g.role_id
WHERE g.person_id = :person_id AND g.ended_at IS NULL AND u.org_id = :org_id ORDER BY r.permission;

-- name: custom_anywhere :maybe
-- The same on any organisation.
SELECT g.id FROM custom_grant g JOIN custom_role_permission r ON r.role_id = g.role_id
WHERE g.person_id = :person_id AND g.ended_at IS NULL AND r.permission = :permission LIMIT 1;

-- name: grant :exec
-- Grants a role; held already: nothing changes.
INSERT INTO role_grant (id, person_id, role, org_id, granted_by, granted_at) VALUES (:id, :person_id, :role, :org_id, :granted_by, :granted_at)
ON CONFLICT (person_id, role, org_id) WHERE ended_at IS NULL DO NOTHING;

-- name: end :exec
-- Ends a role; the row stays.
UPDATE role_grant SET ended_at = :ended_at WHERE person_id = :person_id AND role = :role AND org_id = :org_id AND ended_at IS NULL;
