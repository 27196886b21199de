-- owner: programme

-- ── programmes ──

-- name: add :exec
-- A draft.
INSERT INTO programme (id, org_id, institute_id, code, title, title_hi, about, audience, state, minutes, approval, may_ask, least_sessions, least_others, made_by, made_at,
	changed_at)
VALUES (:id, :org_id, :institute_id, :code, :title, :title_hi, :about, :audience, 'draft', :minutes, :approval, :may_ask, :least_sessions, :least_others, :made_by, :made_at,
	:made_at);

-- name: change :exec
-- Other words and rules.
UPDATE programme SET institute_id = :institute_id, code = :code, title = :title, title_hi = :title_hi, about = :about, audience = :audience, minutes = :minutes,
	approval = :approval, may_ask = :may_ask, least_sessions = :least_sessions, least_others = :least_others, changed_at = :changed_at WHERE id = :id;

-- name: set_state :exec
-- A draft becomes live, or a live one is retired.
UPDATE programme SET state = :state, changed_at = :changed_at WHERE id = :id;

-- name: touch :exec
-- Something of a programme has changed.
UPDATE programme SET changed_at = :changed_at WHERE id = :id;

-- name: one :maybe
-- A programme, with its institute and its organisation.
SELECT p.id, p.org_id, p.institute_id, p.code, p.title, p.title_hi, p.about, p.audience, p.state, p.minutes, p.approval, p.may_ask, p.least_sessions, p.least_others,
	p.changed_at, o.name_en AS org_en, o.name_hi AS org_hi, i.place, i.latitude, i.longitude, io.name_en AS institute_en, io.name_hi AS institute_hi
FROM programme p JOIN org o ON o.id = p.org_id LEFT JOIN institute i ON i.id = p.institute_id LEFT JOIN org io ON io.id = i.org_id WHERE p.id = :id;

-- name: code_taken :maybe
-- Who has a code in an organisation.
SELECT id FROM programme WHERE org_id = :org_id AND code = :code;

-- name: institute_there :maybe
-- An institute that is in the register.
SELECT id, org_id FROM institute WHERE id = :id;

-- name: of_org :many
-- Programmes of an organisation, newest first, with their batches that are to come or under way.
-- param org_id id
-- param before_id id
-- param limit int
-- col n_batches int
SELECT p.id, p.code, p.title, p.title_hi, p.state, p.minutes,
	(SELECT count(*) FROM batch b WHERE b.programme_id = p.id AND b.state IN ('draft', 'open')) AS n_batches
FROM programme p WHERE p.org_id = :org_id AND (:before_id IS NULL OR p.id < :before_id) ORDER BY p.id DESC LIMIT :limit;

-- ── coordinators, competencies ──

-- name: coordinators :many
-- Who coordinates a programme.
SELECT c.person_id, q.name FROM programme_coordinator c JOIN person q ON q.id = c.person_id WHERE c.programme_id = :programme_id ORDER BY q.sort_key, c.person_id LIMIT 20;

-- name: coordinates :maybe
-- Whether somebody coordinates a programme.
SELECT person_id FROM programme_coordinator WHERE programme_id = :programme_id AND person_id = :person_id;

-- name: add_coordinator :exec
-- Somebody coordinates a programme.
INSERT INTO programme_coordinator (programme_id, person_id) VALUES (:programme_id, :person_id) ON CONFLICT (programme_id, person_id) DO NOTHING;

-- name: drop_coordinator :exec
-- Somebody coordinates it no more.
DELETE FROM programme_coordinator WHERE programme_id = :programme_id AND person_id = :person_id;

-- name: competencies :many
-- What a programme teaches, as it is called on a day.
-- param day int
SELECT t.competency_id, t.level, c.code, f.code AS framework, x.name_en, x.name_hi
FROM programme_competency t JOIN competency c ON c.id = t.competency_id JOIN framework f ON f.id = c.framework_id
JOIN competency_text x ON x.competency_id = c.id
	AND x.from_day = (SELECT max(v.from_day) FROM competency_text v WHERE v.competency_id = c.id AND v.from_day <= :day)
WHERE t.programme_id = :programme_id ORDER BY c.n, c.id LIMIT 40;

-- name: competency_called :maybe
-- A competency that can be taught, by framework and code.
-- param framework text
-- param day int
SELECT c.id, f.n_levels FROM competency c JOIN framework f ON f.id = c.framework_id
WHERE f.code = :framework AND c.code = :code AND c.kind IN ('theme', 'sub-theme') AND c.from_day <= :day AND (c.until_day IS NULL OR c.until_day > :day);

-- name: add_competency :exec
-- A programme teaches something up to a level.
INSERT INTO programme_competency (programme_id, competency_id, level) VALUES (:programme_id, :competency_id, :level)
ON CONFLICT (programme_id, competency_id) DO UPDATE SET level = excluded.level;

-- name: forget_competencies :exec
-- What it taught before.
DELETE FROM programme_competency WHERE programme_id = :programme_id;

-- ── parts ──

-- name: parts :many
-- All parts in their order, those that were ended too.
SELECT t.id, t.n, t.kind, t.phase, t.must, t.title, t.title_hi, t.words, t.course_id, t.exam_id, t.day, t.start_minute, t.minutes, t.ended_at,
	c.title AS course, c.lang AS course_lang, c.state AS course_state, e.title AS exam, e.state AS exam_state
FROM programme_part t LEFT JOIN course c ON c.id = t.course_id LEFT JOIN exam e ON e.id = t.exam_id WHERE t.programme_id = :programme_id ORDER BY t.n, t.id LIMIT 200;

-- name: add_part :exec
-- A part.
INSERT INTO programme_part (id, programme_id, n, kind, phase, must, title, title_hi, words, course_id, exam_id, day, start_minute, minutes)
VALUES (:id, :programme_id, :n, :kind, :phase, :must, :title, :title_hi, :words, :course_id, :exam_id, :day, :start_minute, :minutes);

-- name: change_part :exec
-- A part is asked otherwise.
UPDATE programme_part SET phase = :phase, must = :must, title = :title, title_hi = :title_hi, words = :words, course_id = :course_id, exam_id = :exam_id, day = :day,
	start_minute = :start_minute, minutes = :minutes WHERE id = :id;

-- name: number_part :exec
-- The place of a part.
UPDATE programme_part SET n = :n WHERE id = :id;

-- name: end_part :exec
-- A part is asked no more.
UPDATE programme_part SET ended_at = :ended_at WHERE id = :id AND ended_at IS NULL;

-- name: drop_part :exec
-- A part of a draft goes.
DELETE FROM programme_part WHERE id = :id;

-- name: course_called :maybe
-- A live course by its code or id.
-- param called text
-- param called_id id
SELECT id, title FROM course WHERE state = 'live' AND (code = :called OR id = :called_id) ORDER BY id LIMIT 1;

-- name: exam_called :maybe
-- An examination by its code or id that those of an organisation may know: its own, or of one above it.
-- param org_id id
-- param called text
-- param called_id id
SELECT e.id, e.title, e.kind, e.state FROM org_above u JOIN exam e ON e.org_id = u.above_id
WHERE u.org_id = :org_id AND (e.code = :called OR e.id = :called_id) ORDER BY u.distance, e.id LIMIT 1;

-- name: completed :maybe
-- Whether somebody has completed a programme, in which batch and by which certificate.
SELECT batch_id, at, serial, title FROM batch_completion WHERE programme_id = :programme_id AND person_id = :person_id;

-- name: n_completed :one
-- How many have completed a programme.
-- col n int
SELECT count(*) AS n FROM batch_completion WHERE programme_id = :programme_id;

-- ── how far somebody is ──

-- name: batch_rule :maybe
-- The batch and the rule that holds in it.
SELECT b.id, b.programme_id, b.state, b.org_id, p.least_sessions, p.least_others FROM batch b JOIN programme p ON p.id = b.programme_id WHERE b.id = :id;

-- name: part_stands :many
-- All parts of a programme in their order, with what somebody has done of each: when the course was completed, the examination passed, what was handed in last.
-- param programme_id id
-- param person_id id
-- param batch_id id
-- col passed_at time
SELECT t.id, t.kind, t.phase, t.must, t.title, t.title_hi, t.words, t.course_id, t.exam_id, t.ended_at, e.completed_at,
	(SELECT min(a.submitted_at) FROM exam_attempt a WHERE a.taker_id = :person_id AND a.exam_id = t.exam_id AND a.passed AND a.state = 'marked') AS passed_at,
	w.id AS work_id, w.state AS work_state, w.at AS work_at, w.said
FROM programme_part t LEFT JOIN enrolment e ON e.person_id = :person_id AND e.course_id = t.course_id AND e.state = 'completed'
LEFT JOIN batch_work w ON w.batch_id = :batch_id AND w.part_id = t.id AND w.person_id = :person_id AND w.newest
WHERE t.programme_id = :programme_id ORDER BY t.n, t.id LIMIT 200;

-- name: session_stands :many
-- The sessions of a batch that are not cancelled, and whether somebody was there.
-- param person_id id
-- col attended int
SELECT s.id, s.part_id, s.starts_at, s.ends_at,
	CASE WHEN EXISTS (SELECT 1 FROM attendance a WHERE a.session_id = s.id AND a.person_id = :person_id AND a.there) THEN 1 ELSE 0 END AS attended
FROM batch_session s WHERE s.batch_id = :batch_id AND s.cancelled_at IS NULL ORDER BY s.starts_at, s.id LIMIT 400;

-- name: to_consider :maybe
-- A batch to which somebody is admitted, where the programme was not completed before.
-- param batch_id id
-- param person_id id
SELECT b.id, b.programme_id FROM batch b JOIN admission m ON m.batch_id = b.id AND m.person_id = :person_id AND m.state = 'admitted'
WHERE b.id = :batch_id AND b.state IN ('open', 'ended')
	AND NOT EXISTS (SELECT 1 FROM batch_completion c WHERE c.programme_id = b.programme_id AND c.person_id = :person_id);

-- name: with_course :many
-- Batches to which somebody is admitted and whose programme has a course as a part.
-- param person_id id
SELECT b.id FROM admission m JOIN batch b ON b.id = m.batch_id JOIN programme_part t ON t.programme_id = b.programme_id AND t.course_id = :course_id
WHERE m.person_id = :person_id AND m.state = 'admitted' AND b.state IN ('open', 'ended') ORDER BY b.starts_at, b.id LIMIT 200;

-- name: with_exam :many
-- The same of an examination.
-- param person_id id
SELECT b.id FROM admission m JOIN batch b ON b.id = m.batch_id JOIN programme_part t ON t.programme_id = b.programme_id AND t.exam_id = :exam_id
WHERE m.person_id = :person_id AND m.state = 'admitted' AND b.state IN ('open', 'ended') ORDER BY b.starts_at, b.id LIMIT 200;

-- name: admitted_to :many
-- Batches to which somebody is admitted and whose programme was not completed.
-- param person_id id
SELECT b.id FROM admission m JOIN batch b ON b.id = m.batch_id WHERE m.person_id = :person_id AND m.state = 'admitted' AND b.state IN ('open', 'ended')
	AND NOT EXISTS (SELECT 1 FROM batch_completion c WHERE c.programme_id = b.programme_id AND c.person_id = :person_id) ORDER BY b.starts_at, b.id LIMIT 200;

-- name: asked :maybe
-- Somebody who has asked for an open batch of a programme and has not every yes.
SELECT a.id FROM batch b JOIN admission a ON a.batch_id = b.id WHERE b.programme_id = :programme_id AND b.state = 'open' AND a.state = 'asked' LIMIT 1;

-- name: answered :maybe
-- Something that was handed in for a part.
-- param part_id id
SELECT w.id FROM programme_part t JOIN batch b ON b.programme_id = t.programme_id JOIN batch_work w ON w.batch_id = b.id AND w.part_id = t.id AND w.newest
WHERE t.id = :part_id LIMIT 1;

-- name: next_in_hand :many
-- The next who are admitted to a batch; all_of 1: or ask, or wait.
-- param batch_id id
-- param all_of int
-- param after_id id
-- param limit int
SELECT m.person_id, m.state FROM admission m WHERE m.batch_id = :batch_id AND (m.state = 'admitted' OR (:all_of = 1 AND m.state IN ('asked', 'waiting')))
	AND m.person_id > :after_id ORDER BY m.person_id LIMIT :limit;

-- name: next_admitted :many
-- The next who are admitted to a batch.
-- param batch_id id
-- param after_id id
-- param limit int
SELECT m.person_id FROM admission m WHERE m.batch_id = :batch_id AND m.state = 'admitted' AND m.person_id > :after_id ORDER BY m.person_id LIMIT :limit;

-- name: last_touched :one
-- How many changes a staff list made.
-- col n int
SELECT COALESCE(max(n), 0) AS n FROM people_import_change WHERE import_id = :import_id;

-- name: touched :many
-- Of some of the people whom a staff list touched those who are admitted, with the batches whose programme they have not completed.
-- param import_id id
-- param after int
-- param upto int
SELECT DISTINCT b.id, m.person_id FROM people_import_change k JOIN admission m ON m.person_id = k.person_id AND m.state = 'admitted'
	JOIN batch b ON b.id = m.batch_id AND b.state IN ('open', 'ended')
WHERE k.import_id = :import_id AND k.n > :after AND k.n <= :upto
	AND NOT EXISTS (SELECT 1 FROM batch_completion c WHERE c.programme_id = b.programme_id AND c.person_id = m.person_id) ORDER BY m.person_id, b.id LIMIT 10000;

-- name: running :many
-- Batches of a programme that are open or ended, newest first.
SELECT id FROM batch WHERE programme_id = :programme_id AND state IN ('open', 'ended') ORDER BY starts_at DESC, id LIMIT 1000;

-- ── completion ──

-- name: certificate_facts :one
-- What is written on a certificate.
-- param person_id id
SELECT q.name, p.title, p.code, p.minutes, o.name_en AS provider FROM programme p JOIN org o ON o.id = p.org_id JOIN person q ON q.id = :person_id WHERE p.id = :programme_id;

-- name: complete :exec
-- Somebody has completed a programme.
INSERT INTO batch_completion (programme_id, person_id, batch_id, at, serial, name, title, document, signature)
VALUES (:programme_id, :person_id, :batch_id, :at, :serial, :name, :title, :document, :signature) ON CONFLICT (programme_id, person_id) DO NOTHING;

-- name: certificate :maybe
-- The certificate in force of somebody, and when it was issued.
-- param programme_id id
-- param person_id id
-- col issued_at time
SELECT c.serial, c.batch_id, c.name, c.title, c.at, c.document, c.signature,
	COALESCE((SELECT max(o.newer_issued_at) FROM programme_certificate_old o WHERE o.newer = c.serial), c.at) AS issued_at
FROM batch_completion c WHERE c.programme_id = :programme_id AND c.person_id = :person_id;

-- name: keep_old :exec
-- A certificate that is replaced.
INSERT INTO programme_certificate_old (serial, programme_id, person_id, name, title, completed_at, issued_at, document, signature, newer, newer_issued_at, reason)
VALUES (:serial, :programme_id, :person_id, :name, :title, :completed_at, :issued_at, :document, :signature, :newer, :newer_issued_at, :reason);

-- name: certify_again :exec
-- The certificate that is in force from now on; the completion stays what it was.
UPDATE batch_completion SET serial = :serial, name = :name, title = :title, document = :document, signature = :signature
WHERE programme_id = :programme_id AND person_id = :person_id;

-- ── two accounts are one ──

-- name: move_coordinator :exec
-- Programmes that one account coordinates.
-- param kept_id id
-- param closed_id id
INSERT INTO programme_coordinator (programme_id, person_id) SELECT c.programme_id, :kept_id FROM programme_coordinator c WHERE c.person_id = :closed_id
ON CONFLICT (programme_id, person_id) DO NOTHING;

-- name: forget_coordinator :exec
-- An account coordinates nothing any more.
DELETE FROM programme_coordinator WHERE person_id = :person_id;

-- name: move_completion :exec
-- Completions of one account are another's, where that one has none of the programme.
-- param kept_id id
-- param closed_id id
UPDATE batch_completion SET person_id = :kept_id WHERE person_id = :closed_id
	AND NOT EXISTS (SELECT 1 FROM batch_completion k WHERE k.programme_id = batch_completion.programme_id AND k.person_id = :kept_id);

-- name: both_completed :many
-- What both accounts have completed.
-- param closed_id id
-- param kept_id id
SELECT c.programme_id FROM batch_completion c JOIN batch_completion k ON k.programme_id = c.programme_id AND k.person_id = :kept_id
WHERE c.person_id = :closed_id ORDER BY c.programme_id LIMIT 1000;

-- name: move_old :exec
-- Certificates of an account that were replaced are another's.
-- param kept_id id
-- param closed_id id
UPDATE programme_certificate_old SET person_id = :kept_id WHERE person_id = :closed_id;

-- name: forget_completions :exec
-- What is left with an account: the other has completed the same.
DELETE FROM batch_completion WHERE person_id = :person_id;

-- name: older_work :exec
-- Of what both accounts have handed in for a part that of the kept one is in force.
-- param kept_id id
-- param closed_id id
UPDATE batch_work SET newest = FALSE WHERE person_id = :closed_id AND newest AND EXISTS (SELECT 1 FROM batch_work k
	WHERE k.batch_id = batch_work.batch_id AND k.part_id = batch_work.part_id AND k.person_id = :kept_id AND k.newest);

-- name: forget_drafts :exec
-- A draft of the closed account gives way to one of the other.
-- param kept_id id
-- param closed_id id
DELETE FROM batch_work WHERE person_id = :closed_id AND state = 'draft' AND EXISTS (SELECT 1 FROM batch_work k
	WHERE k.batch_id = batch_work.batch_id AND k.part_id = batch_work.part_id AND k.person_id = :kept_id AND k.state = 'draft');

-- name: move_work :exec
-- What one account has handed in is another's.
-- param kept_id id
-- param closed_id id
UPDATE batch_work SET person_id = :kept_id WHERE person_id = :closed_id;

-- rows: programme_coordinator by person_id
-- rows: batch_completion by person_id
-- rows: programme_certificate_old by person_id
-- rows: batch_work by person_id

-- ── for the pages ──

-- name: institutes :many
-- Institutes of the register, those of an organisation and of what is below or above it first.
-- param org_id id
-- col near int
SELECT i.id, o.name_en, o.name_hi,
	CASE WHEN EXISTS (SELECT 1 FROM org_above u WHERE (u.org_id = i.org_id AND u.above_id = :org_id) OR (u.org_id = :org_id AND u.above_id = i.org_id)) THEN 0 ELSE 1 END AS near
FROM institute i JOIN org o ON o.id = i.org_id ORDER BY near, o.name_en, i.id LIMIT 300;

-- name: codes :maybe
-- Code of the course or examination of a part.
-- col course_code text
-- col exam_code text
SELECT c.code AS course_code, e.code AS exam_code FROM programme_part t LEFT JOIN course c ON c.id = t.course_id LEFT JOIN exam e ON e.id = t.exam_id WHERE t.id = :id;
