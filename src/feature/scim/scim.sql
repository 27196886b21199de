-- owner: scim

-- name: found :many
-- People by any of their keys, with their last posting and what the client keeps of them.
-- param client_id id
-- param email text
-- param employee_no text
-- param external_id text
SELECT p.id, p.employee_no, p.name, p.email, p.mobile, p.lang, p.state, p.created_at, o.org_id, g.code AS org_code, d.code AS designation_code,
	d.name_en AS designation, o.supervisor_id, m.name AS supervisor, s.external_id, s.deleted_at
FROM person p LEFT JOIN posting o ON o.person_id = p.id AND NOT EXISTS (SELECT 1 FROM posting l WHERE l.person_id = o.person_id AND l.from_day > o.from_day)
LEFT JOIN org g ON g.id = o.org_id LEFT JOIN designation d ON d.id = o.designation_id LEFT JOIN person m ON m.id = o.supervisor_id
LEFT JOIN scim_person s ON s.client_id = :client_id AND s.person_id = p.id
WHERE p.id IN (SELECT a.id FROM person a WHERE a.id = :id UNION SELECT b.id FROM person b WHERE b.email = :email
	UNION SELECT c.id FROM person c WHERE c.employee_no = :employee_no
	UNION SELECT e.person_id FROM scim_person e WHERE e.client_id = :client_id AND e.external_id = :external_id)
ORDER BY p.id LIMIT 10;

-- name: below :each
-- The same of people whose last posting lies in an organisation or below it and whom the client has not deleted, by their ids.
-- param client_id id
-- param top_id id
-- param most int
-- param skip int
SELECT p.id, p.employee_no, p.name, p.email, p.mobile, p.lang, p.state, p.created_at, o.org_id, g.code AS org_code, d.code AS designation_code,
	d.name_en AS designation, o.supervisor_id, m.name AS supervisor, s.external_id, s.deleted_at
FROM (SELECT h.id, h.person_id FROM org_above u CROSS JOIN posting h
	WHERE u.above_id = :top_id AND h.org_id = u.org_id
		AND (h.until_day IS NULL OR NOT EXISTS (SELECT 1 FROM posting l WHERE l.person_id = h.person_id AND l.from_day > h.from_day))
		AND h.person_id NOT IN (SELECT x.person_id FROM scim_person x WHERE x.client_id = :client_id AND x.deleted_at IS NOT NULL)
	ORDER BY h.person_id LIMIT :most OFFSET :skip) AS t
JOIN posting o ON o.id = t.id JOIN person p ON p.id = t.person_id JOIN org g ON g.id = o.org_id JOIN designation d ON d.id = o.designation_id
LEFT JOIN person m ON m.id = o.supervisor_id LEFT JOIN scim_person s ON s.client_id = :client_id AND s.person_id = p.id
ORDER BY p.id;

-- name: among :each
-- The same where most people are there: goes by the ids of all people, so that a page of 10 lakh need not be sorted. The + keeps SQLite from going
-- by organisation.
-- param client_id id
-- param top_id id
-- param most int
-- param skip int
SELECT p.id, p.employee_no, p.name, p.email, p.mobile, p.lang, p.state, p.created_at, o.org_id, g.code AS org_code, d.code AS designation_code,
	d.name_en AS designation, o.supervisor_id, m.name AS supervisor, s.external_id, s.deleted_at
FROM (SELECT h.id, h.person_id FROM posting h
	WHERE +h.org_id IN (SELECT u.org_id FROM org_above u WHERE u.above_id = :top_id)
		AND (h.until_day IS NULL OR NOT EXISTS (SELECT 1 FROM posting l WHERE l.person_id = h.person_id AND l.from_day > h.from_day))
		AND h.person_id NOT IN (SELECT x.person_id FROM scim_person x WHERE x.client_id = :client_id AND x.deleted_at IS NOT NULL)
	ORDER BY h.person_id LIMIT :most OFFSET :skip) AS t
JOIN posting o ON o.id = t.id JOIN person p ON p.id = t.person_id JOIN org g ON g.id = o.org_id JOIN designation d ON d.id = o.designation_id
LEFT JOIN person m ON m.id = o.supervisor_id LEFT JOIN scim_person s ON s.client_id = :client_id AND s.person_id = p.id
ORDER BY p.id;

-- name: count_below :one
-- How many these are: who is posted, from the index alone; who was posted last; without whom the client has deleted.
-- param top_id id
-- param client_id id
-- col n int
SELECT (SELECT count(*) FROM org_above u CROSS JOIN posting h WHERE u.above_id = :top_id AND h.org_id = u.org_id AND h.until_day IS NULL)
	+ (SELECT count(*) FROM org_above u CROSS JOIN posting h WHERE u.above_id = :top_id AND h.org_id = u.org_id AND h.until_day IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM posting l WHERE l.person_id = h.person_id AND l.from_day > h.from_day))
	- (SELECT count(*) FROM scim_person x JOIN posting h ON h.person_id = x.person_id JOIN org_above u ON u.org_id = h.org_id
		WHERE x.client_id = :client_id AND x.deleted_at IS NOT NULL AND u.above_id = :top_id
			AND NOT EXISTS (SELECT 1 FROM posting l WHERE l.person_id = h.person_id AND l.from_day > h.from_day)) AS n;

-- name: above :many
-- An organisation and all above it.
SELECT above_id FROM org_above WHERE org_id = :org_id ORDER BY distance;

-- name: keep :exec
-- What the client keeps of a person.
INSERT INTO scim_person (client_id, person_id, external_id, deleted_at) VALUES (:client_id, :person_id, :external_id, :deleted_at)
ON CONFLICT (client_id, person_id) DO UPDATE SET external_id = excluded.external_id, deleted_at = excluded.deleted_at;

-- name: groups_below :many
-- The groups that are kept of an organisation and all below it, by their ids, with the number of their members and what the client keeps of them.
-- param client_id id
-- param top_id id
-- col members int
SELECT g.id, g.org_id, g.name, g.revision, g.created_at, s.external_id,
	COALESCE((SELECT CAST(sum(c.n) AS bigint) FROM group_count c WHERE c.group_id = g.id), 0) AS members
FROM org_above u JOIN people_group g ON g.org_id = u.org_id LEFT JOIN scim_group s ON s.client_id = :client_id AND s.group_id = g.id
WHERE u.above_id = :top_id AND g.ended_at IS NULL ORDER BY g.id LIMIT 10000;

-- name: group :maybe
-- One of them by its id.
-- param client_id id
-- param id id
-- col members int
SELECT g.id, g.org_id, g.name, g.revision, g.created_at, s.external_id,
	COALESCE((SELECT CAST(sum(c.n) AS bigint) FROM group_count c WHERE c.group_id = g.id), 0) AS members
FROM people_group g LEFT JOIN scim_group s ON s.client_id = :client_id AND s.group_id = g.id WHERE g.id = :id AND g.ended_at IS NULL;

-- name: group_rule :one
-- Its rule.
SELECT rule FROM people_group WHERE id = :id;

-- name: group_called :maybe
-- The group that is kept for which a client has an id of its own.
SELECT s.group_id FROM scim_group s JOIN people_group g ON g.id = s.group_id
WHERE s.client_id = :client_id AND s.external_id = :external_id AND g.ended_at IS NULL;

-- name: members :each
-- Who is in a group of an organisation now, without whom the client does not see.
-- param client_id id
-- param group_id id
-- param org_id id
-- param most int
SELECT m.person_id, p.name FROM group_member m CROSS JOIN posting o CROSS JOIN org_above u CROSS JOIN person p
WHERE m.group_id = :group_id AND m.until_at IS NULL AND o.person_id = m.person_id
	AND NOT EXISTS (SELECT 1 FROM posting l WHERE l.person_id = o.person_id AND l.from_day > o.from_day)
	AND u.org_id = o.org_id AND u.above_id = :org_id AND p.id = m.person_id
	AND NOT EXISTS (SELECT 1 FROM scim_person x WHERE x.client_id = :client_id AND x.person_id = m.person_id AND x.deleted_at IS NOT NULL)
ORDER BY m.person_id LIMIT :most;

-- name: member_here :maybe
-- A person whose last posting lies in an organisation or below it, unless the client has deleted him.
-- param client_id id
-- param org_id id
-- param id id
SELECT p.id FROM person p JOIN posting o ON o.person_id = p.id AND NOT EXISTS (SELECT 1 FROM posting l WHERE l.person_id = o.person_id AND l.from_day > o.from_day)
JOIN org_above u ON u.org_id = o.org_id AND u.above_id = :org_id LEFT JOIN scim_person s ON s.client_id = :client_id AND s.person_id = p.id
WHERE p.id = :id AND s.deleted_at IS NULL;

-- name: groups_of :many
-- The groups a person is in now.
SELECT group_id FROM group_member WHERE person_id = :person_id AND until_at IS NULL ORDER BY group_id LIMIT 10000;

-- name: free_group :exec
-- No group bears this id of a client any more.
DELETE FROM scim_group WHERE client_id = :client_id AND external_id = :external_id;

-- name: keep_group :exec
-- A client's own id of a group.
INSERT INTO scim_group (client_id, group_id, external_id) VALUES (:client_id, :group_id, :external_id)
ON CONFLICT (client_id, group_id) DO UPDATE SET external_id = excluded.external_id;

-- name: forget_group :exec
-- A client (NULL: every one) has no id of its own for a group any more.
DELETE FROM scim_group WHERE group_id = :group_id AND (:client_id IS NULL OR client_id = :client_id);

-- name: move_person :exec
-- What clients keep of an account they keep of another, unless they know that one already.
-- param kept_id id
-- param closed_id id
UPDATE scim_person SET person_id = :kept_id WHERE person_id = :closed_id AND NOT EXISTS (
	SELECT 1 FROM scim_person k WHERE k.person_id = :kept_id AND k.client_id = scim_person.client_id);

-- name: forget_person :exec
-- For clients an account is not there any more.
UPDATE scim_person SET deleted_at = :deleted_at WHERE person_id = :person_id AND deleted_at IS NULL;

-- rows: scim_person by person_id
