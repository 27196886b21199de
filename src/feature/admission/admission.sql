-- owner: admission

-- ── batches ──

-- name: batch :maybe
-- A batch with its programme.
SELECT b.id, b.programme_id, b.org_id, b.n, b.name, b.state, b.seats, b.waiting, b.invite_only, b.ask_until, b.starts_at, b.ends_at, b.institute_id, b.place, b.hostel_id, b.fee_paise, b.cancelled_why,
	p.org_id AS programme_org_id, p.title, p.title_hi, p.code, p.state AS programme_state, p.approval, p.may_ask, o.name_en AS org_en, o.name_hi AS org_hi
FROM batch b JOIN programme p ON p.id = b.programme_id JOIN org o ON o.id = b.org_id WHERE b.id = :id;

-- name: coordinator :maybe
-- Whether somebody coordinates a programme.
SELECT person_id FROM programme_coordinator WHERE programme_id = :programme_id AND person_id = :person_id;

-- name: open_batches :many
-- Batches that take nominations, behind one; those that begin first come first.
-- param present time
-- param after_at time
-- param after id
-- param most int
-- col n_active int
SELECT b.id, b.name, b.seats, b.waiting, b.invite_only, b.ask_until, b.starts_at, b.ends_at, b.place, p.title, p.title_hi, o.name_en AS org_en, o.name_hi AS org_hi,
	(SELECT count(*) FROM admission a WHERE a.batch_id = b.id AND a.state IN ('asked', 'waiting', 'admitted')) AS n_active
FROM batch b JOIN programme p ON p.id = b.programme_id JOIN org o ON o.id = b.org_id
WHERE b.state = 'open' AND b.ask_until > :present AND (b.starts_at > :after_at OR (b.starts_at = :after_at AND b.id > :after)) ORDER BY b.starts_at, b.id LIMIT :most;

-- ── one request ──

-- name: one :maybe
-- An admission with its person and batch.
-- col called text
SELECT a.id, a.batch_id, a.person_id, a.state, a.how, a.step, a.org_id, a.service, a.quota_id, a.bed, a.bed_given, a.asked_at, a.changed_at, p.name, p.state AS person_state,
	COALESCE(p.employee_no, p.email, p.mobile, '') AS called, o.name_en AS org_en, o.name_hi AS org_hi
FROM admission a JOIN person p ON p.id = a.person_id JOIN org o ON o.id = a.org_id WHERE a.id = :id;

-- name: mine :maybe
-- What somebody asked of a batch.
SELECT id, state, how, step, org_id, service, quota_id, bed, bed_given, asked_at FROM admission WHERE batch_id = :batch_id AND person_id = :person_id;

-- name: put :exec
-- A request; who asked before asks anew.
INSERT INTO admission (id, batch_id, person_id, state, how, step, org_id, service, bed, bed_given, asked_at, asked_by, changed_at)
VALUES (:id, :batch_id, :person_id, :state, :how, :step, :org_id, :service, :bed, FALSE, :asked_at, :asked_by, :asked_at)
ON CONFLICT (batch_id, person_id) DO UPDATE SET state = excluded.state, how = excluded.how, step = excluded.step, org_id = excluded.org_id, service = excluded.service,
	quota_id = NULL, bed = excluded.bed, bed_given = FALSE, asked_at = excluded.asked_at, asked_by = excluded.asked_by, changed_at = excluded.changed_at;

-- name: approve :exec
-- One more yes; state: asked, or waiting after the last.
UPDATE admission SET step = :step, state = :state, changed_at = :changed_at WHERE id = :id AND state = 'asked';

-- name: leave :exec
-- The seat and the bed go back.
UPDATE admission SET state = :state, quota_id = NULL, bed_given = FALSE, changed_at = :changed_at WHERE id = :id AND state IN ('asked', 'waiting', 'admitted');

-- name: ask_again :exec
-- Back to where it was before a decision.
UPDATE admission SET state = 'asked', step = :step, quota_id = NULL, bed_given = FALSE, changed_at = :changed_at WHERE id = :id;

-- name: touched :one
-- How often people changed it since a step.
-- param since id
-- col n int
SELECT count(*) AS n FROM admission_step WHERE admission_id = :admission_id AND id > :since AND by_id IS NOT NULL;

-- name: seat :exec
-- A seat.
UPDATE admission SET state = 'admitted', quota_id = :quota_id, changed_at = :changed_at WHERE id = :id AND state IN ('waiting', 'admitted');

-- name: put_first :exec
-- Another place in the order.
UPDATE admission SET asked_at = :asked_at, changed_at = :changed_at WHERE id = :id AND state = 'waiting';

-- name: give_bed :exec
-- A bed, or none any more; who is to have one and who wants one are two things.
UPDATE admission SET bed = :bed, bed_given = :bed_given, changed_at = :changed_at WHERE id = :id AND state = 'admitted';

-- name: add_step :exec
-- What happened to it.
INSERT INTO admission_step (id, admission_id, was, became, words, by_id, at) VALUES (:id, :admission_id, :was, :became, :words, :by_id, :at);

-- name: steps :many
-- All that happened to it.
SELECT s.id, s.was, s.became, s.words, s.at, p.name AS by_name FROM admission_step s LEFT JOIN person p ON p.id = s.by_id WHERE s.admission_id = :admission_id
ORDER BY s.id LIMIT 500;

-- name: last_step :maybe
-- The newest of them.
SELECT id, became FROM admission_step WHERE admission_id = :admission_id ORDER BY id DESC LIMIT 1;

-- name: posted :maybe
-- An active person, where posted on a day, and whether that is within an organisation.
-- param day int
-- param within id
-- col within bool
SELECT p.id, p.name, o.org_id, o.service, CASE WHEN :within IS NULL OR EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = o.org_id AND u.above_id = :within) THEN TRUE ELSE FALSE END AS within
FROM person p LEFT JOIN posting o ON o.person_id = p.id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
WHERE p.id = :id AND p.state = 'active';

-- name: clash :maybe
-- The first session of another batch, of somebody who asks, waits or is admitted there, that overlaps one of a batch.
-- param person_id id
-- param batch_id id
SELECT x.id, x.starts_at, b.name AS batch, p.title, p.title_hi
FROM admission a JOIN batch b ON b.id = a.batch_id AND b.state = 'open' JOIN programme p ON p.id = b.programme_id
	JOIN batch_session x ON x.batch_id = a.batch_id AND x.cancelled_at IS NULL
	JOIN batch_session s ON s.batch_id = :batch_id AND s.cancelled_at IS NULL AND s.starts_at < x.ends_at AND s.ends_at > x.starts_at
WHERE a.person_id = :person_id AND a.state IN ('asked', 'waiting', 'admitted') AND a.batch_id <> :batch_id ORDER BY x.starts_at, x.id LIMIT 1;

-- name: n_clashes :one
-- How often somebody of a batch has a session elsewhere that overlaps one of its own by now.
-- col n int
SELECT count(*) AS n FROM admission a JOIN admission e ON e.person_id = a.person_id AND e.batch_id <> a.batch_id AND e.state IN ('asked', 'waiting', 'admitted')
	JOIN batch b ON b.id = e.batch_id AND b.state = 'open' JOIN batch_session x ON x.batch_id = b.id AND x.cancelled_at IS NULL
	JOIN batch_session s ON s.batch_id = a.batch_id AND s.cancelled_at IS NULL AND s.starts_at < x.ends_at AND s.ends_at > x.starts_at
WHERE a.batch_id = :batch_id AND a.state IN ('asked', 'waiting', 'admitted');

-- name: clashes :many
-- The same one by one, by our sessions and names, behind one.
-- param batch_id id
-- param after_at time
-- param after_session id
-- param after_key text
-- param after id
-- param after_theirs id
-- param most int
SELECT a.id, s.id AS our_id, x.id AS their_id, n.sort_key, n.name, b.name AS batch, p.title, p.title_hi, s.title AS ours, s.starts_at AS our_start, x.title AS theirs, x.starts_at
FROM admission a JOIN person n ON n.id = a.person_id
	JOIN admission e ON e.person_id = a.person_id AND e.batch_id <> a.batch_id AND e.state IN ('asked', 'waiting', 'admitted')
	JOIN batch b ON b.id = e.batch_id AND b.state = 'open' JOIN programme p ON p.id = b.programme_id
	JOIN batch_session x ON x.batch_id = b.id AND x.cancelled_at IS NULL
	JOIN batch_session s ON s.batch_id = a.batch_id AND s.cancelled_at IS NULL AND s.starts_at < x.ends_at AND s.ends_at > x.starts_at
WHERE a.batch_id = :batch_id AND a.state IN ('asked', 'waiting', 'admitted')
	AND (s.starts_at, s.id, n.sort_key, a.id, x.id) > (:after_at, :after_session, :after_key, :after, :after_theirs)
ORDER BY s.starts_at, s.id, n.sort_key, a.id, x.id LIMIT :most;

-- ── the order ──

-- name: counts :one
-- How many there are of each.
-- col n_asked int
-- col n_waiting int
-- col n_admitted int
-- col n_beds int
SELECT COALESCE(sum(CASE WHEN state = 'asked' THEN 1 ELSE 0 END), 0) AS n_asked, COALESCE(sum(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END), 0) AS n_waiting,
	COALESCE(sum(CASE WHEN state = 'admitted' THEN 1 ELSE 0 END), 0) AS n_admitted, COALESCE(sum(CASE WHEN bed_given THEN 1 ELSE 0 END), 0) AS n_beds
FROM admission WHERE batch_id = :batch_id AND state IN ('asked', 'waiting', 'admitted');

-- name: line :many
-- Who has a seat or waits, in the order of asking.
SELECT id, person_id, state, quota_id, bed, bed_given FROM admission WHERE batch_id = :batch_id AND state IN ('waiting', 'admitted') ORDER BY asked_at, id LIMIT 10000;

-- name: fits :each
-- Which quotas that are not over fit whom, in the same order, the most specific first: the nearest organisation, of equally near ones what was offered, then the service.
-- param present time
SELECT a.id, q.id AS quota_id FROM admission a JOIN admission_quota q ON q.batch_id = a.batch_id LEFT JOIN org_above u ON u.org_id = a.org_id AND u.above_id = q.org_id
WHERE a.batch_id = :batch_id AND a.state IN ('waiting', 'admitted') AND q.until_at > :present AND (u.distance IS NOT NULL OR (q.kind = 'service' AND q.service = a.service))
ORDER BY a.asked_at, a.id, CASE WHEN u.distance IS NULL THEN 100000 ELSE 2 * u.distance + CASE WHEN q.kind = 'offer' THEN 0 ELSE 1 END END, q.id;

-- name: first_wait :maybe
-- When the first of those who wait asked.
SELECT id, asked_at FROM admission WHERE batch_id = :batch_id AND state = 'waiting' ORDER BY asked_at, id LIMIT 1;

-- name: place :one
-- Which place somebody has among those who wait.
-- col n int
SELECT count(*) AS n FROM admission WHERE batch_id = :batch_id AND state = 'waiting' AND (asked_at < :asked_at OR (asked_at = :asked_at AND id <= :id));

-- name: quotas :many
-- The quotas of a batch and how many of each are taken.
-- col n_taken int
SELECT q.id, q.kind, q.service, q.org_id, q.seats, q.until_at, o.name_en AS org_en, o.name_hi AS org_hi,
	(SELECT count(*) FROM admission a WHERE a.batch_id = q.batch_id AND a.state = 'admitted' AND a.quota_id = q.id) AS n_taken
FROM admission_quota q LEFT JOIN org o ON o.id = q.org_id WHERE q.batch_id = :batch_id ORDER BY q.id LIMIT 60;

-- name: quotas_that_fit :many
-- The quotas that fit somebody.
-- param admission_id id
-- param present time
-- col n_taken int
SELECT q.id, q.kind, q.service, q.seats, q.until_at, o.name_en AS org_en, o.name_hi AS org_hi,
	(SELECT count(*) FROM admission x WHERE x.batch_id = q.batch_id AND x.state = 'admitted' AND x.quota_id = q.id) AS n_taken
FROM admission a JOIN admission_quota q ON q.batch_id = a.batch_id LEFT JOIN org o ON o.id = q.org_id LEFT JOIN org_above u ON u.org_id = a.org_id AND u.above_id = q.org_id
WHERE a.id = :admission_id AND q.until_at > :present AND (u.distance IS NOT NULL OR (q.kind = 'service' AND q.service = a.service)) ORDER BY q.id LIMIT 60;

-- name: offered :one
-- How many seats are offered and not answered.
-- param present time
-- col n int
SELECT CAST(COALESCE(sum(seats), 0) AS bigint) AS n FROM admission_offer WHERE batch_id = :batch_id AND state = 'offered' AND answer_until > :present;

-- name: unsettled :many
-- Batches in which somebody waits though a seat is not taken, behind one.
-- param present time
-- param after id
SELECT b.id FROM batch b WHERE b.state = 'open' AND b.starts_at > :present AND b.id > :after
	AND EXISTS (SELECT 1 FROM admission a WHERE a.batch_id = b.id AND a.state = 'waiting')
	AND (SELECT count(*) FROM admission a WHERE a.batch_id = b.id AND a.state = 'admitted') < b.seats
ORDER BY b.id LIMIT 1;

-- ── beds ──

-- name: hostel :maybe
-- A hostel and how many of its beds are given on days that a batch needs.
-- param from_at time
-- param until_at time
-- col n_given int
SELECT h.id, h.name, h.for_whom, h.beds, (SELECT count(*) FROM batch b JOIN admission a ON a.batch_id = b.id WHERE b.hostel_id = h.id AND b.state <> 'cancelled'
	AND b.starts_at < :until_at AND b.ends_at > :from_at AND a.state = 'admitted' AND a.bed_given) AS n_given
FROM institute_hostel h WHERE h.id = :id AND h.closed_at IS NULL;

-- name: gender :maybe
-- What a field of the profile with this name says of a person.
-- param person_id id
SELECT v.id, v.value FROM profile_value v JOIN profile_field f ON f.id = v.field_id WHERE v.person_id = :person_id AND v.ended_at IS NULL AND f.ended_at IS NULL
	AND f.name_en IN ('Gender', 'gender', 'Sex', 'sex') ORDER BY v.verified_at DESC, v.id DESC LIMIT 1;

-- ── lists of people ──

-- name: of_person :many
-- What somebody has asked for, the newest first, before one.
-- param before id
-- param most int
SELECT a.id, a.batch_id, a.state, a.how, a.step, a.asked_at, a.bed_given, b.name AS batch, b.starts_at, b.ends_at, b.place, b.state AS batch_state, p.title, p.title_hi, p.approval
FROM admission a JOIN batch b ON b.id = a.batch_id JOIN programme p ON p.id = b.programme_id WHERE a.person_id = :person_id AND a.id < :before ORDER BY a.id DESC LIMIT :most;

-- name: of_batch :many
-- Who is in a state in a batch, in the order of asking, behind one.
-- param day int
-- param after_at time
-- param after id
-- param most int
-- col called text
SELECT a.id, a.person_id, a.state, a.how, a.step, a.bed, a.bed_given, a.asked_at, a.quota_id, p.name, COALESCE(p.employee_no, p.email, p.mobile, '') AS called,
	p.state AS person_state, o.name_en AS org_en, o.name_hi AS org_hi, d.name_en AS designation_en, d.name_hi AS designation_hi, a.service
FROM admission a JOIN person p ON p.id = a.person_id JOIN org o ON o.id = a.org_id
	LEFT JOIN posting t ON t.person_id = p.id AND t.from_day <= :day AND (t.until_day IS NULL OR t.until_day > :day) LEFT JOIN designation d ON d.id = t.designation_id
WHERE a.batch_id = :batch_id AND a.state = :state AND (a.asked_at > :after_at OR (a.asked_at = :after_at AND a.id > :after)) ORDER BY a.asked_at, a.id LIMIT :most;

-- name: for_office :many
-- Who waits for the yes of an office, behind one.
-- param above_id id
-- param after id
-- param most int
-- col called text
SELECT a.id, a.batch_id, a.person_id, a.how, a.step, a.asked_at, p.name, COALESCE(p.employee_no, p.email, p.mobile, '') AS called, o.name_en AS org_en, o.name_hi AS org_hi,
	b.name AS batch, b.starts_at, b.ends_at, b.seats, g.title, g.title_hi, g.approval
FROM org_above u JOIN admission a ON a.org_id = u.org_id JOIN person p ON p.id = a.person_id JOIN org o ON o.id = a.org_id JOIN batch b ON b.id = a.batch_id
	JOIN programme g ON g.id = b.programme_id
WHERE u.above_id = :above_id AND a.state = 'asked' AND b.state = 'open' AND a.id > :after
	AND (g.approval = 'mdo' OR (g.approval = 'mdo_coordinator' AND a.step = 0) OR (g.approval = 'coordinator_mdo' AND a.step = 1)) ORDER BY a.id LIMIT :most;

-- name: within :maybe
-- Whether an admission is an office's to decide.
-- param above_id id
SELECT a.id FROM admission a JOIN org_above u ON u.org_id = a.org_id AND u.above_id = :above_id WHERE a.id = :id;

-- name: report :many
-- A batch as a list, for the report, behind one.
-- param day int
-- param after_at time
-- param after id
-- param most int
-- col called text
-- col why text
SELECT a.id, p.id AS person_id, p.name, COALESCE(p.employee_no, '') AS called, p.email, p.mobile, a.org_id, o.name_en AS org_en, o.name_hi AS org_hi, h.name_en AS now_en,
	h.name_hi AS now_hi, d.name_en AS designation_en, d.name_hi AS designation_hi, a.service, t.cadre_group, t.pay_level, a.state, a.how, a.asked_at, i.name AS asked_by, a.changed_at,
	a.bed, a.bed_given, q.kind AS quota, q.service AS quota_service, k.name_en AS quota_en, k.name_hi AS quota_hi, c.at AS completed_at, c.batch_id AS completed_batch_id, c.serial,
	(SELECT s.words FROM admission_step s WHERE s.admission_id = a.id ORDER BY s.id DESC LIMIT 1) AS why
FROM admission a JOIN person p ON p.id = a.person_id JOIN org o ON o.id = a.org_id JOIN batch b ON b.id = a.batch_id LEFT JOIN admission_quota q ON q.id = a.quota_id
	LEFT JOIN org k ON k.id = q.org_id LEFT JOIN person i ON i.id = a.asked_by LEFT JOIN batch_completion c ON c.programme_id = b.programme_id AND c.person_id = a.person_id
	LEFT JOIN posting t ON t.person_id = p.id AND t.from_day <= :day AND (t.until_day IS NULL OR t.until_day > :day) LEFT JOIN designation d ON d.id = t.designation_id
	LEFT JOIN org h ON h.id = t.org_id
WHERE a.batch_id = :batch_id AND (a.asked_at, a.id) > (:after_at, :after) ORDER BY a.asked_at, a.id LIMIT :most;

-- name: report_paths :many
-- The organisations of a batch's requests with all above each, the topmost first.
SELECT a.org_id, u.above_id, o.name_en, o.name_hi FROM (SELECT DISTINCT org_id FROM admission WHERE batch_id = :batch_id) a JOIN org_above u ON u.org_id = a.org_id
	JOIN org o ON o.id = u.above_id ORDER BY a.org_id, u.distance DESC LIMIT 100000;

-- name: report_sessions :many
-- The sessions of a batch that are not cancelled.
SELECT id, part_id, title, title_hi, starts_at FROM batch_session WHERE batch_id = :batch_id AND cancelled_at IS NULL ORDER BY starts_at, id LIMIT 400;

-- name: report_parts :many
-- The parts of a programme that are not ended.
SELECT id, kind, must, title, title_hi FROM programme_part WHERE programme_id = :programme_id AND ended_at IS NULL ORDER BY n, id LIMIT 200;

-- name: report_steps :many
-- What happened to the requests between two places of the list, in its order.
-- param batch_id id
-- param after_at time
-- param after id
-- param last_at time
-- param last id
SELECT a.id, a.person_id, s.was, s.became, s.words, s.at, s.by_id, p.name AS by_name FROM admission a JOIN admission_step s ON s.admission_id = a.id
	LEFT JOIN person p ON p.id = s.by_id
WHERE a.batch_id = :batch_id AND (a.asked_at, a.id) > (:after_at, :after) AND (a.asked_at, a.id) <= (:last_at, :last) ORDER BY a.asked_at, a.id, s.id LIMIT 50000;

-- name: report_there :many
-- The attendance of the same people, in the same order.
-- param batch_id id
-- param after_at time
-- param after id
-- param last_at time
-- param last id
SELECT a.id, s.id AS session_id, t.there, t.minutes FROM admission a JOIN attendance t ON t.person_id = a.person_id
	JOIN batch_session s ON s.id = t.session_id AND s.batch_id = a.batch_id AND s.cancelled_at IS NULL
WHERE a.batch_id = :batch_id AND (a.asked_at, a.id) > (:after_at, :after) AND (a.asked_at, a.id) <= (:last_at, :last) ORDER BY a.asked_at, a.id, s.starts_at, s.id LIMIT 100000;

-- name: report_done :many
-- What those of them who have a seat have done of the parts that are no sessions; score: the best mark of an examination, in per cent.
-- param programme_id id
-- param batch_id id
-- param after_at time
-- param after id
-- param last_at time
-- param last id
-- col passed_at time
-- col score real
SELECT a.id, t.id AS part_id, e.completed_at,
	(SELECT min(x.submitted_at) FROM exam_attempt x WHERE x.taker_id = a.person_id AND x.exam_id = t.exam_id AND x.passed AND x.state = 'marked') AS passed_at,
	(SELECT max(100.0 * x.marks / x.max_marks) FROM exam_attempt x WHERE x.taker_id = a.person_id AND x.exam_id = t.exam_id AND x.state = 'marked' AND x.max_marks > 0) AS score,
	w.state AS work_state, w.at AS work_at
FROM admission a JOIN programme_part t ON t.programme_id = :programme_id AND t.kind <> 'session' AND t.ended_at IS NULL
	LEFT JOIN enrolment e ON e.person_id = a.person_id AND e.course_id = t.course_id AND e.state = 'completed'
	LEFT JOIN batch_work w ON w.batch_id = a.batch_id AND w.part_id = t.id AND w.person_id = a.person_id AND w.newest
WHERE a.batch_id = :batch_id AND a.state = 'admitted' AND (a.asked_at, a.id) > (:after_at, :after) AND (a.asked_at, a.id) <= (:last_at, :last) ORDER BY a.asked_at, a.id, t.n, t.id LIMIT 50000;

-- name: search :many
-- People of an organisation whose names have keys, with what they have asked of a batch; from the first key on.
-- param low1 text
-- param high1 text
-- param low2 text
-- param high2 text
-- param above_id id
-- param day int
-- col state text
SELECT p.id, p.name, p.employee_no, g.name_en AS org_en, g.name_hi AS org_hi, d.name_en AS designation_en, d.name_hi AS designation_hi,
	(SELECT a.state FROM admission a WHERE a.batch_id = :batch_id AND a.person_id = p.id) AS state
FROM name_key k JOIN person p ON p.id = k.thing_id AND p.state = 'active' JOIN posting t ON t.person_id = p.id AND t.from_day <= :day AND (t.until_day IS NULL OR t.until_day > :day)
	JOIN org_above u ON u.org_id = t.org_id AND u.above_id = :above_id JOIN org g ON g.id = t.org_id JOIN designation d ON d.id = t.designation_id
WHERE k.kind = 'person' AND k.key >= :low1 AND k.key < :high1
	AND (:low2 IS NULL OR EXISTS (SELECT 1 FROM name_key m WHERE m.kind = 'person' AND m.thing_id = p.id AND m.key >= :low2 AND m.key < :high2))
ORDER BY k.key, k.thing_id LIMIT 50;

-- ── lists that were brought ──

-- name: add_list :exec
-- A list, looked at.
INSERT INTO admission_list (id, batch_id, org_id, kind, name, state, n_rows, n_good, n_faults, plan, faults, digest, by_id, at)
VALUES (:id, :batch_id, :org_id, :kind, :name, 'looked', :n_rows, :n_good, :n_faults, :plan, :faults, :digest, :by_id, :at);

-- name: list :maybe
-- A list.
SELECT id, batch_id, org_id, kind, name, state, n_rows, n_good, n_faults, plan, faults, digest, undo, at, done_at, undone_at FROM admission_list WHERE id = :id;

-- name: lists :many
-- The lists of a batch that an office brought (NULL: its coordinators), the newest first.
-- param org_id id
SELECT l.id, l.kind, l.name, l.state, l.n_rows, l.n_good, l.n_faults, l.at, p.name AS by_name FROM admission_list l LEFT JOIN person p ON p.id = l.by_id
WHERE l.batch_id = :batch_id AND ((l.org_id IS NULL AND :org_id IS NULL) OR l.org_id = :org_id) ORDER BY l.id DESC LIMIT 20;

-- name: list_done :exec
-- Carried out; how to take it back.
UPDATE admission_list SET state = 'done', undo = :undo, done_at = :done_at WHERE id = :id AND state = 'looked';

-- name: list_undone :exec
-- Taken back.
UPDATE admission_list SET state = 'undone', undo = :undo, undone_at = :undone_at WHERE id = :id AND state = 'done';

-- ── kept and offered seats ──

-- name: add_quota :exec
-- Seats that are kept.
INSERT INTO admission_quota (id, batch_id, kind, service, org_id, seats, until_at) VALUES (:id, :batch_id, :kind, :service, :org_id, :seats, :until_at);

-- name: end_quota :exec
-- What is not taken of it goes to everybody.
UPDATE admission_quota SET until_at = :until_at WHERE id = :id AND batch_id = :batch_id AND kind <> 'offer' AND until_at > :until_at;

-- name: service :maybe
-- Whether there is a service of this name.
SELECT service FROM designation WHERE service = :service ORDER BY id LIMIT 1;

-- name: add_offer :exec
-- Seats are offered.
INSERT INTO admission_offer (id, batch_id, to_org_id, seats, words, answer_until, state, by_id, at) VALUES (:id, :batch_id, :to_org_id, :seats, :words, :answer_until, 'offered', :by_id, :at);

-- name: offer :maybe
-- An offer with its batch.
SELECT f.id, f.batch_id, f.to_org_id, f.seats, f.words, f.answer_until, f.state, f.quota_id, b.state AS batch_state, b.starts_at, b.ask_until
FROM admission_offer f JOIN batch b ON b.id = f.batch_id WHERE f.id = :id;

-- name: answer_offer :exec
-- Accepted, declined or taken back.
UPDATE admission_offer SET state = :state, quota_id = :quota_id, answered_by = :answered_by, answered_at = :answered_at WHERE id = :id AND state = 'offered';

-- name: offers :many
-- The offers of a batch, the newest first.
SELECT f.id, f.seats, f.words, f.answer_until, f.state, f.at, o.name_en AS org_en, o.name_hi AS org_hi FROM admission_offer f JOIN org o ON o.id = f.to_org_id
WHERE f.batch_id = :batch_id ORDER BY f.id DESC LIMIT 100;

-- name: offers_to :many
-- What is offered to an organisation, the newest first, before one.
-- param before id
-- param most int
SELECT f.id, f.batch_id, f.seats, f.words, f.answer_until, f.state, f.at, b.name AS batch, b.starts_at, b.ends_at, p.title, p.title_hi, o.name_en AS org_en, o.name_hi AS org_hi
FROM admission_offer f JOIN batch b ON b.id = f.batch_id JOIN programme p ON p.id = b.programme_id JOIN org o ON o.id = b.org_id
WHERE f.to_org_id = :to_org_id AND f.id < :before ORDER BY f.id DESC LIMIT :most;

-- name: nominators :many
-- Who administers an organisation, or the nearest above it that anybody does.
-- param org_id id
SELECT r.person_id, u.distance FROM org_above u JOIN role_grant r ON r.org_id = u.above_id JOIN person p ON p.id = r.person_id
WHERE u.org_id = :org_id AND r.role = 'mdo_admin' AND r.ended_at IS NULL AND p.state = 'active' ORDER BY u.distance, r.person_id LIMIT 20;

-- ── who is asked for a yes ──

-- name: due_batch :maybe
-- The next batch that has not begun and in which somebody waits for a yes, from one on.
-- param from_id id
-- param present time
SELECT b.id FROM batch b WHERE b.id >= :from_id AND b.state = 'open' AND b.starts_at > :present
	AND EXISTS (SELECT 1 FROM admission a WHERE a.batch_id = b.id AND a.state = 'asked') ORDER BY b.id LIMIT 1;

-- name: due :many
-- Who is asked for a yes in a batch, behind one: coordinators (office_id 0), and who may nominate in the nearest office at or above that of the request; of how many, and
-- since when of the newest. A side that is never asked: step -1.
-- param batch_id id
-- param office_step int
-- param programme_id id
-- param coordinator_step int
-- param after_person id
-- param after_office id
-- param most int
-- col office_id id
-- col n int
-- col newest time
WITH asked AS (SELECT org_id, count(*) AS n, max(changed_at) AS newest FROM admission WHERE batch_id = :batch_id AND state = 'asked' AND step = :office_step GROUP BY org_id),
held AS (SELECT k.org_id, k.n, k.newest, u.distance, u.above_id, g.person_id FROM asked k JOIN org_above u ON u.org_id = k.org_id
		JOIN role_grant g ON g.org_id = u.above_id AND g.role = 'mdo_admin' AND g.ended_at IS NULL JOIN person p ON p.id = g.person_id AND p.state = 'active'
	UNION SELECT k.org_id, k.n, k.newest, u.distance, u.above_id, g.person_id FROM asked k JOIN org_above u ON u.org_id = k.org_id
		JOIN custom_grant g ON g.org_id = u.above_id AND g.ended_at IS NULL JOIN custom_role_permission r ON r.role_id = g.role_id AND r.permission = 'NOMINATE'
		JOIN person p ON p.id = g.person_id AND p.state = 'active'),
nearest AS (SELECT org_id, min(distance) AS distance FROM held GROUP BY org_id),
due AS (SELECT h.person_id, h.above_id AS office_id, CAST(sum(h.n) AS bigint) AS n, max(h.newest) AS newest
		FROM held h JOIN nearest m ON m.org_id = h.org_id AND m.distance = h.distance GROUP BY h.person_id, h.above_id
	UNION ALL SELECT c.person_id, 0, count(*), max(a.changed_at) FROM programme_coordinator c JOIN person p ON p.id = c.person_id AND p.state = 'active'
		JOIN admission a ON a.batch_id = :batch_id AND a.state = 'asked' AND a.step = :coordinator_step WHERE c.programme_id = :programme_id GROUP BY c.person_id)
SELECT person_id, office_id, n, newest FROM due WHERE person_id > :after_person OR (person_id = :after_person AND office_id > :after_office)
ORDER BY person_id, office_id LIMIT :most;

-- name: told :one
-- When somebody was last told of facts with the same beginning, and whether of one of them.
-- param reminder text
-- param low text
-- param high text
-- col at time
-- col reminded bool
SELECT max(made_at) AS at, count(CASE WHEN fact = :reminder THEN 1 END) > 0 AS reminded FROM notice WHERE person_id = :person_id AND fact >= :low AND fact < :high;

-- ── letters ──

-- name: letter :many
-- What stands on the letters of a batch: of one (admission_id), or of everybody who has a seat.
-- param day int
-- param admission_id id
-- param most int
SELECT a.id, a.state, a.how, a.bed_given, a.asked_at, p.name, p.employee_no, o.name_en AS org_en, o.name_hi AS org_hi, d.name_en AS designation_en, d.name_hi AS designation_hi
FROM admission a JOIN person p ON p.id = a.person_id JOIN org o ON o.id = a.org_id
	LEFT JOIN posting t ON t.person_id = p.id AND t.from_day <= :day AND (t.until_day IS NULL OR t.until_day > :day) LEFT JOIN designation d ON d.id = t.designation_id
WHERE a.batch_id = :batch_id AND ((:admission_id IS NULL AND a.state = 'admitted') OR a.id = :admission_id)
ORDER BY a.asked_at, a.id LIMIT :most;

-- name: letter_batch :maybe
-- What stands on all of them.
SELECT b.id, b.org_id, b.name, b.state, b.starts_at, b.ends_at, b.place, b.fee_paise, p.code, p.title, p.title_hi, o.name_en AS org_en, o.name_hi AS org_hi, h.name AS hostel,
	g.name_en AS institute_en, g.name_hi AS institute_hi, i.place AS institute_place
FROM batch b JOIN programme p ON p.id = b.programme_id JOIN org o ON o.id = b.org_id LEFT JOIN institute_hostel h ON h.id = b.hostel_id
	LEFT JOIN institute i ON i.id = b.institute_id LEFT JOIN org g ON g.id = i.org_id
WHERE b.id = :id;

-- name: letter_sessions :many
-- The sessions of a batch with their rooms.
SELECT s.id, s.title, s.title_hi, s.starts_at, s.ends_at, r.name AS room FROM batch_session s LEFT JOIN institute_room r ON r.id = s.room_id
WHERE s.batch_id = :batch_id AND s.cancelled_at IS NULL ORDER BY s.starts_at, s.id LIMIT 100;

-- ── what follows from elsewhere ──

-- name: held :many
-- What somebody has in hand in batches that are not over.
-- param present time
SELECT a.id, a.batch_id, a.state FROM admission a JOIN batch b ON b.id = a.batch_id WHERE a.person_id = :person_id AND a.state IN ('asked', 'waiting', 'admitted') AND b.ends_at > :present
ORDER BY a.id LIMIT 100;

-- name: has_left :maybe
-- Whether somebody has left the service.
SELECT id FROM person WHERE id = :id AND state = 'left';

-- name: left_holding :many
-- Who has left the service and has something in hand in a batch that is not over, behind one.
-- param present time
-- param after id
SELECT DISTINCT a.person_id FROM admission a JOIN person p ON p.id = a.person_id AND p.state = 'left' JOIN batch b ON b.id = a.batch_id AND b.ends_at > :present
WHERE a.state IN ('asked', 'waiting', 'admitted') AND a.person_id > :after ORDER BY a.person_id LIMIT 20;

-- name: put_back :many
-- Seats that came back to somebody when two accounts were separated again, though they were given to others meanwhile.
SELECT a.id FROM admission a JOIN batch b ON b.id = a.batch_id WHERE a.person_id = :person_id AND a.state = 'admitted'
	AND (SELECT s.became FROM admission_step s WHERE s.admission_id = a.id ORDER BY s.id DESC LIMIT 1) <> 'admitted'
	AND (SELECT count(*) FROM admission o WHERE o.batch_id = a.batch_id AND o.state = 'admitted') > b.seats ORDER BY a.id LIMIT 100;

-- name: wait_again :exec
-- Without a seat, at the old place in the order.
UPDATE admission SET state = 'waiting', quota_id = NULL, bed_given = FALSE, changed_at = :changed_at WHERE id = :id AND state = 'admitted';

-- name: move_person :exec
-- What one account asked for, the other asked for, where it has not done so itself.
-- param kept_id id
-- param closed_id id
UPDATE admission SET person_id = :kept_id WHERE person_id = :closed_id AND NOT EXISTS (SELECT 1 FROM admission k WHERE k.batch_id = admission.batch_id AND k.person_id = :kept_id);

-- rows: admission by person_id

-- name: to_remind :many
-- Who has a seat in a batch that begins soon, behind one.
-- param from_at time
-- param until_at time
-- param after id
SELECT a.id, a.person_id, b.id AS batch_id, b.name AS batch, b.starts_at, b.place, p.title, p.title_hi
FROM admission a JOIN batch b ON b.id = a.batch_id JOIN programme p ON p.id = b.programme_id
WHERE a.state = 'admitted' AND b.state = 'open' AND b.starts_at > :from_at AND b.starts_at <= :until_at AND a.id > :after ORDER BY a.id LIMIT 100;
