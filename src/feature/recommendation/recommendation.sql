-- owner: recommendation

-- name: add :exec
-- Recommends a course to all, to a designation, or to an organisation and all below.
INSERT INTO recommendation (id, course_id, kind, org_id, designation_id, reason_en, reason_hi, created_at)
VALUES (:id, :course_id, :kind, :org_id, :designation_id, :reason_en, :reason_hi, :created_at);

-- name: for_person :many
-- What is recommended to a person on a day, with the reason; a ministry's plan first. What is for an organisation is of the kind "ministry", for a designation
-- "role"; that is not asked again, so that the way leads from the person to the few that fit, not over all courses.
-- param person_id id
-- param day int
SELECT x.kind, x.reason_en, x.reason_hi, c.id AS course_id, c.title, c.ms, c.bytes, c.lang, c.provider, e.state
FROM (SELECT r.kind, r.reason_en, r.reason_hi, r.course_id FROM posting o JOIN org_above u ON u.org_id = o.org_id JOIN recommendation r ON r.org_id = u.above_id
		WHERE o.person_id = :person_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
	UNION ALL SELECT r.kind, r.reason_en, r.reason_hi, r.course_id FROM posting o JOIN recommendation r ON r.designation_id = o.designation_id
		WHERE o.person_id = :person_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
	UNION ALL SELECT r.kind, r.reason_en, r.reason_hi, r.course_id FROM recommendation r WHERE r.kind = 'common') x
JOIN course c ON c.id = x.course_id LEFT JOIN enrolment e ON e.course_id = c.id AND e.person_id = :person_id
WHERE c.state = 'live'
ORDER BY CASE x.kind WHEN 'ministry' THEN 1 WHEN 'role' THEN 2 ELSE 3 END, c.title, c.id LIMIT 200;

-- name: of_course :many
-- To whom a course is recommended.
SELECT kind, org_id, designation_id, reason_en, reason_hi FROM recommendation WHERE course_id = :course_id ORDER BY kind, id LIMIT 100;
