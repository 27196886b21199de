-- owner: post
-- What the pages of posts and of work show.

-- name: of_org :many
-- A page of the posts of an organisation and below it that are in force on a day, by office and title, with who holds them then. vacant 1: only those with a
-- vacancy.
-- param above_id id
-- param day int
-- param vacant int
-- param skip int
-- param most int
-- col held int
-- col others int
SELECT p.id, p.org_id, p.code, p.title_en, p.title_hi, p.place, p.sanctioned, o.name_en AS org_en, o.name_hi AS org_hi, d.name_en AS designation_en, d.name_hi AS designation_hi,
	(SELECT count(*) FROM holding h WHERE h.post_id = p.id AND h.kind = 'substantive' AND h.from_day <= :day AND (h.until_day IS NULL OR h.until_day > :day)) AS held,
	(SELECT count(*) FROM holding h WHERE h.post_id = p.id AND h.kind <> 'substantive' AND h.from_day <= :day AND (h.until_day IS NULL OR h.until_day > :day)) AS others
FROM org_above u JOIN post p ON p.org_id = u.org_id JOIN org o ON o.id = p.org_id JOIN designation d ON d.id = p.designation_id
WHERE u.above_id = :above_id AND p.from_day <= :day AND (p.until_day IS NULL OR p.until_day > :day)
	AND (:vacant = 0 OR p.sanctioned > (SELECT count(*) FROM holding h WHERE h.post_id = p.id AND h.kind = 'substantive' AND h.from_day <= :day AND (h.until_day IS NULL OR h.until_day > :day)))
ORDER BY u.distance, o.name_en, o.id, p.title_en, p.id LIMIT :most OFFSET :skip;

-- name: sums :one
-- Posts of an organisation and below it on a day, in figures.
-- param above_id id
-- param day int
-- col posts int
-- col sanctioned int
SELECT count(*) AS posts, CAST(COALESCE(sum(p.sanctioned), 0) AS bigint) AS sanctioned
FROM org_above u JOIN post p ON p.org_id = u.org_id
WHERE u.above_id = :above_id AND p.from_day <= :day AND (p.until_day IS NULL OR p.until_day > :day);

-- name: held_sums :one
-- And who holds them.
-- param above_id id
-- param day int
-- col held int
-- col additional int
-- col officiating int
SELECT count(*) FILTER (WHERE h.kind = 'substantive') AS held, count(*) FILTER (WHERE h.kind = 'additional') AS additional, count(*) FILTER (WHERE h.kind = 'officiating') AS officiating
FROM org_above u JOIN post p ON p.org_id = u.org_id JOIN holding h ON h.post_id = p.id
WHERE u.above_id = :above_id AND p.from_day <= :day AND (p.until_day IS NULL OR p.until_day > :day) AND h.from_day <= :day AND (h.until_day IS NULL OR h.until_day > :day);

-- name: post :maybe
-- A post with its office and designation.
SELECT p.id, p.org_id, p.code, p.title_en, p.title_hi, p.designation_id, p.place, p.sanctioned, p.service, p.least_pay_level, p.least_years, p.tenure_months, p.from_day, p.until_day,
	o.name_en AS org_en, o.name_hi AS org_hi, d.code AS designation, d.name_en AS designation_en, d.name_hi AS designation_hi
FROM post p JOIN org o ON o.id = p.org_id JOIN designation d ON d.id = p.designation_id WHERE p.id = :id;

-- name: roles_of_post :many
-- The roles of a post.
SELECT r.id, r.org_id, r.code, r.name_en, r.name_hi, r.until_day, o.name_en AS org_en, o.name_hi AS org_hi
FROM post_role x JOIN work_role r ON r.id = x.role_id JOIN org o ON o.id = r.org_id WHERE x.post_id = :post_id ORDER BY r.name_en, r.id LIMIT 50;

-- name: work_of_post :many
-- The activities of the roles of a post with what they need, in order.
-- param day int
SELECT a.role_id, a.id, a.code, a.name_en, a.name_hi, n.competency_id, n.level, t.name_en AS competency_en, t.name_hi AS competency_hi, l.name_en AS level_en, l.name_hi AS level_hi
FROM post_role x JOIN activity a ON a.role_id = x.role_id LEFT JOIN activity_competency n ON n.activity_id = a.id
LEFT JOIN competency c ON c.id = n.competency_id
LEFT JOIN competency_text t ON t.competency_id = c.id AND t.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = c.id AND y.from_day <= :day)
LEFT JOIN framework_level l ON l.framework_id = c.framework_id AND l.level = n.level
WHERE x.post_id = :post_id AND (a.until_day IS NULL OR a.until_day > :day) ORDER BY a.role_id, a.n, a.id, c.n, n.competency_id LIMIT 5000;

-- name: work_of_role :many
-- The same of a role.
-- param day int
SELECT a.role_id, a.id, a.code, a.name_en, a.name_hi, n.competency_id, n.level, t.name_en AS competency_en, t.name_hi AS competency_hi, l.name_en AS level_en, l.name_hi AS level_hi
FROM activity a LEFT JOIN activity_competency n ON n.activity_id = a.id
LEFT JOIN competency c ON c.id = n.competency_id
LEFT JOIN competency_text t ON t.competency_id = c.id AND t.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = c.id AND y.from_day <= :day)
LEFT JOIN framework_level l ON l.framework_id = c.framework_id AND l.level = n.level
WHERE a.role_id = :role_id AND (a.until_day IS NULL OR a.until_day > :day) ORDER BY a.role_id, a.n, a.id, c.n, n.competency_id LIMIT 5000;

-- name: work_of_person :many
-- The same of what somebody does on a day: by the posts held and by orders.
-- param person_id id
-- param day int
SELECT a.role_id, a.id, a.code, a.name_en, a.name_hi, n.competency_id, n.level, t.name_en AS competency_en, t.name_hi AS competency_hi, l.name_en AS level_en, l.name_hi AS level_hi
FROM activity a JOIN work_role r ON r.id = a.role_id LEFT JOIN activity_competency n ON n.activity_id = a.id
LEFT JOIN competency c ON c.id = n.competency_id
LEFT JOIN competency_text t ON t.competency_id = c.id AND t.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = c.id AND y.from_day <= :day)
LEFT JOIN framework_level l ON l.framework_id = c.framework_id AND l.level = n.level
WHERE (a.until_day IS NULL OR a.until_day > :day) AND (r.until_day IS NULL OR r.until_day > :day)
	AND (a.role_id IN (SELECT x.role_id FROM holding h JOIN post_role x ON x.post_id = h.post_id WHERE h.person_id = :person_id AND h.from_day <= :day AND (h.until_day IS NULL OR h.until_day > :day))
		OR a.id IN (SELECT d.activity_id FROM duty d WHERE d.person_id = :person_id AND d.from_day <= :day AND (d.until_day IS NULL OR d.until_day > :day)))
ORDER BY a.role_id, a.n, a.id, c.n, n.competency_id LIMIT 5000;

-- name: holders :many
-- Who holds, held or will hold a post; the latest first.
SELECT h.id, h.person_id, h.kind, h.from_day, h.until_day, h.order_no, p.name FROM holding h JOIN person p ON p.id = h.person_id
WHERE h.post_id = :post_id ORDER BY h.from_day DESC, h.id DESC LIMIT 500;

-- name: held_by :many
-- What somebody holds, held or will hold; the latest first.
SELECT h.id, h.post_id, h.kind, h.from_day, h.until_day, h.order_no, p.title_en, p.title_hi, p.place, o.name_en AS org_en, o.name_hi AS org_hi
FROM holding h JOIN post p ON p.id = h.post_id JOIN org o ON o.id = p.org_id WHERE h.person_id = :person_id ORDER BY h.from_day DESC, h.id DESC LIMIT 100;

-- name: duties_of :many
-- Activities that an order allotted to somebody, now or to come.
-- param day int
SELECT d.id, d.activity_id, d.from_day, d.until_day, a.name_en, a.name_hi FROM duty d JOIN activity a ON a.id = d.activity_id
WHERE d.person_id = :person_id AND (d.until_day IS NULL OR d.until_day > :day) ORDER BY d.from_day, d.id LIMIT 200;

-- name: roles_for :many
-- Roles in use of an organisation and of those above it, nearest first.
-- param org_id id
-- col n_posts int
SELECT r.id, r.org_id, r.code, r.name_en, r.name_hi, u.distance, o.name_en AS org_en, o.name_hi AS org_hi,
	(SELECT count(*) FROM post_role x JOIN post p ON p.id = x.post_id WHERE x.role_id = r.id AND p.until_day IS NULL) AS n_posts
FROM org_above u JOIN work_role r ON r.org_id = u.above_id JOIN org o ON o.id = r.org_id
WHERE u.org_id = :org_id AND r.until_day IS NULL ORDER BY u.distance, r.name_en, r.id LIMIT 1000;

-- name: role_of :maybe
-- A role of an organisation or of one above it.
-- param org_id id
SELECT r.id, r.org_id, r.code, r.name_en, r.name_hi, r.until_day, o.name_en AS org_en, o.name_hi AS org_hi
FROM org_above u JOIN work_role r ON r.org_id = u.above_id JOIN org o ON o.id = r.org_id WHERE u.org_id = :org_id AND r.id = :id;

-- name: activity_of :maybe
-- An activity of a role.
SELECT id, code, name_en, name_hi FROM activity WHERE id = :id AND role_id = :role_id;

-- name: competency_called :maybe
-- A competency by framework and code.
-- param framework text
SELECT c.id FROM competency c JOIN framework f ON f.id = c.framework_id WHERE f.code = :framework AND c.code = :code;

-- name: needs_of :many
-- What an activity needs, as courses write it.
SELECT f.code AS framework, c.code, n.level FROM activity_competency n JOIN competency c ON c.id = n.competency_id JOIN framework f ON f.id = c.framework_id
WHERE n.activity_id = :activity_id ORDER BY c.n, c.id LIMIT 50;
