-- owner: recommendation

-- name: add :exec
-- Recommends a course to all, to a designation, or to an organisation and all below.
INSERT INTO recommendation (id, course_id, kind, org_id, designation_id, reason_en, reason_hi, created_at)
VALUES (:id, :course_id, :kind, :org_id, :designation_id, :reason_en, :reason_hi, :created_at);

-- name: for_person :many
-- What is recommended to a person on a day, with the reason; a ministry's plan first.
-- param person_id id
-- param day int
SELECT r.kind, r.reason_en, r.reason_hi, c.id AS course_id, c.title, c.ms, c.bytes, c.lang, c.provider, e.state
FROM recommendation r JOIN course c ON c.id = r.course_id
LEFT JOIN enrolment e ON e.course_id = c.id AND e.person_id = :person_id
WHERE c.state = 'live' AND (r.kind = 'common'
	OR (r.kind = 'role' AND EXISTS (SELECT 1 FROM posting o WHERE o.person_id = :person_id AND o.designation_id = r.designation_id
		AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)))
	OR (r.kind = 'ministry' AND EXISTS (SELECT 1 FROM posting o JOIN org_above u ON u.org_id = o.org_id WHERE o.person_id = :person_id
		AND u.above_id = r.org_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day))))
ORDER BY CASE r.kind WHEN 'ministry' THEN 1 WHEN 'role' THEN 2 ELSE 3 END, c.title, c.id LIMIT 200;

-- name: of_course :many
-- To whom a course is recommended.
SELECT kind, org_id, designation_id, reason_en, reason_hi FROM recommendation WHERE course_id = :course_id ORDER BY kind, id LIMIT 100;
