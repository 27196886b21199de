-- owner: trail

-- name: page :many
-- Rows of the audit trail of an organisation and all below it, the newest first; filters that are absent let everything through.
-- param above_id id
-- param before id
-- param action text
-- param who id
-- param subject_id id
-- param since time
-- param until time
-- param most int
SELECT a.id, a.at, a.person_id, f.name AS acted_for, a.subject, a.subject_id, a.action, a.input, a.before AS was, a.address, a.seal_n, w.name AS who, s.name AS whom, t.name AS token
FROM audit a LEFT JOIN person f ON f.id = a.for_id LEFT JOIN token t ON t.id = a.token_id LEFT JOIN person w ON w.id = a.person_id LEFT JOIN person s ON s.id = a.subject_id AND a.subject = 'person'
WHERE EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = a.org_id AND u.above_id = :above_id)
	AND (:before IS NULL OR a.id < :before) AND (:action IS NULL OR a.action = :action) AND (:who IS NULL OR a.person_id = :who)
	AND (:subject_id IS NULL OR a.subject_id = :subject_id) AND (:since IS NULL OR a.at >= :since) AND (:until IS NULL OR a.at < :until)
ORDER BY a.id DESC LIMIT :most;

-- name: views :many
-- Who looked at a record, the last look first; before a time (absent: from now on).
-- param before time
-- param most int
SELECT v.day, v.viewer_id, v.action, v.n, v.last_at, p.name AS viewer, d.name_en AS designation_en, d.name_hi AS designation_hi
FROM record_view v JOIN person p ON p.id = v.viewer_id
LEFT JOIN posting o ON o.person_id = p.id AND o.from_day <= v.day AND (o.until_day IS NULL OR o.until_day > v.day)
LEFT JOIN designation d ON d.id = o.designation_id
WHERE v.person_id = :person_id AND (:before IS NULL OR v.last_at < :before) ORDER BY v.last_at DESC LIMIT :most;

-- name: person_called :many
-- People of a name or e-mail at or below an organisation today, for the filter.
-- param above_id id
-- param day int
-- param called text
SELECT p.id FROM person p JOIN posting o ON o.person_id = p.id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
WHERE (p.name = :called OR p.email = :called) AND EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = o.org_id AND u.above_id = :above_id) ORDER BY p.id LIMIT 2;
