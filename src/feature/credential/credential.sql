-- owner: credential

-- name: of_course :maybe
-- The certificate in force of a person for a course.
SELECT id, serial FROM credential WHERE person_id = :person_id AND course_id = :course_id AND replaced_by_id IS NULL;

-- name: facts :one
-- What is written on a certificate.
SELECT p.name, c.title, c.code, c.provider, c.ms FROM person p JOIN course c ON c.id = :course_id WHERE p.id = :person_id;

-- name: add :exec
-- A certificate.
INSERT INTO credential (id, serial, person_id, course_id, name, title, issued_at, completed_at, document, signature, replaces_id, reason)
VALUES (:id, :serial, :person_id, :course_id, :name, :title, :issued_at, :completed_at, :document, :signature, :replaces_id, :reason);

-- name: replace :exec
-- Says by what a certificate was replaced.
UPDATE credential SET replaced_by_id = :replaced_by_id WHERE id = :id AND replaced_by_id IS NULL;

-- name: one :maybe
-- A certificate.
SELECT id, serial, person_id, course_id, name, title, issued_at, completed_at, document, signature, replaces_id, replaced_by_id, reason
FROM credential WHERE id = :id;

-- name: of_serial :maybe
-- A certificate by its public number, with the number of what replaced it.
-- col newer text
SELECT c.id, c.serial, c.person_id, c.course_id, c.name, c.title, c.issued_at, c.completed_at, c.document, c.signature,
	n.serial AS newer FROM credential c LEFT JOIN credential n ON n.id = c.replaced_by_id WHERE c.serial = :serial;

-- name: programme_of_serial :maybe
-- The certificate of a programme by its public number, in force or replaced, with the number of what replaced it.
-- col issued_at time
-- col newer text
SELECT c.serial, c.name, c.title, c.at, COALESCE((SELECT max(o.newer_issued_at) FROM programme_certificate_old o WHERE o.newer = c.serial), c.at) AS issued_at,
	c.document, c.signature, NULL AS newer FROM batch_completion c WHERE c.serial = :serial
UNION ALL SELECT serial, name, title, completed_at, issued_at, document, signature, newer FROM programme_certificate_old WHERE serial = :serial LIMIT 1;

-- name: of_person :many
-- A person's certificates, newest first, those that were replaced too.
SELECT c.id, c.serial, c.course_id, c.name, c.title, c.issued_at, c.completed_at, c.replaced_by_id FROM credential c
WHERE c.person_id = :person_id ORDER BY c.id DESC LIMIT 500;

-- name: all :each
-- Every certificate, for the check.
SELECT id, serial, person_id, course_id, document, signature FROM credential ORDER BY id;

-- name: move :exec
-- Certificates of an account become another's.
-- param kept_id id
-- param closed_id id
UPDATE credential SET person_id = :kept_id WHERE person_id = :closed_id;

-- name: one_in_force :exec
-- Of several certificates for a course that of the first completion stays in force; it is said to replace the others.
UPDATE credential SET replaced_by_id = (SELECT k.id FROM credential k WHERE k.person_id = credential.person_id AND k.course_id = credential.course_id
	AND k.replaced_by_id IS NULL ORDER BY k.completed_at, k.id LIMIT 1)
WHERE person_id = :person_id AND replaced_by_id IS NULL AND EXISTS (SELECT 1 FROM credential k WHERE k.person_id = credential.person_id
	AND k.course_id = credential.course_id AND k.replaced_by_id IS NULL
	AND (k.completed_at < credential.completed_at OR (k.completed_at = credential.completed_at AND k.id < credential.id)));

-- rows: credential by person_id
