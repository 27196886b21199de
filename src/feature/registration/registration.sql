-- owner: registration

-- name: ways :many
-- The ways into an organisation.
SELECT id, domain, below, code, at_once, most, until_day, used FROM registration_way WHERE org_id = :org_id AND ended_at IS NULL ORDER BY id LIMIT 100;

-- name: count_ways :one
-- How many there are.
-- col n int
SELECT count(*) AS n FROM registration_way WHERE org_id = :org_id AND ended_at IS NULL;

-- name: domain_taken :maybe
-- Whether a domain is named by an organisation.
SELECT id FROM registration_way WHERE domain = :domain AND ended_at IS NULL;

-- name: add_way :exec
-- A new way in.
INSERT INTO registration_way (id, org_id, kind, domain, below, code, at_once, most, until_day, used, made_by, made_at)
VALUES (:id, :org_id, :kind, :domain, :below, :code, :at_once, :most, :until_day, 0, :made_by, :made_at);

-- name: end_way :exec
-- Nobody comes in by it any more.
UPDATE registration_way SET ended_at = :ended_at WHERE id = :id AND org_id = :org_id AND ended_at IS NULL;

-- name: way_of_code :maybe
-- The way of a link that is open on a day and not full.
-- param day int
SELECT w.id, w.org_id, o.name_en, o.name_hi FROM registration_way w JOIN org o ON o.id = w.org_id
WHERE w.code = :code AND w.ended_at IS NULL AND w.until_day >= :day AND w.used < w.most;

-- name: way_of_domain :maybe
-- The way of a domain; below: as one of the domains above that of the address.
-- param with_below bool
SELECT id, org_id FROM registration_way WHERE domain = :domain AND ended_at IS NULL AND (below OR NOT :with_below);

-- name: use_way :exec
-- One more comes in by it; nothing changes when it is over or full.
-- param day int
UPDATE registration_way SET used = used + 1
WHERE id = :id AND ended_at IS NULL AND (until_day IS NULL OR until_day >= :day) AND (most IS NULL OR used < most);

-- name: designations :many
-- What one can be.
SELECT id, name_en, name_hi FROM designation ORDER BY seniority, name_en, id LIMIT 1000;

-- name: add :exec
-- Somebody wants an account.
INSERT INTO registration (id, way_id, org_id, handle_hash, name, email, mobile, employee_no, designation_id, lang, email_code, mobile_code, tries, state, made_at)
VALUES (:id, :way_id, :org_id, :handle_hash, :name, :email, :mobile, :employee_no, :designation_id, :lang, '', '', 0, 'proving', :made_at);

-- name: one :maybe
-- A registration.
SELECT id, org_id, name, email, mobile, employee_no, designation_id, lang, state FROM registration WHERE id = :id;

-- name: known :maybe
-- Whose e-mail address, mobile number or employee number this is.
-- param email text
-- param mobile text
-- param employee_no text
SELECT p.id FROM person p WHERE p.email = :email OR p.mobile = :mobile OR p.employee_no = :employee_no ORDER BY p.id LIMIT 1;

-- name: set_codes :exec
-- The codes that were sent.
UPDATE registration SET email_code = :email_code, mobile_code = :mobile_code WHERE id = :id;

-- name: proving :maybe
-- What is to be proved, and whether its way lets in at once.
-- param since time
-- param most int
SELECT r.id, r.way_id, r.mobile, r.email_code, r.mobile_code, w.at_once FROM registration r JOIN registration_way w ON w.id = r.way_id
WHERE r.handle_hash = :handle_hash AND r.state = 'proving' AND r.made_at > :since AND r.tries < :most;

-- name: count_try :exec
-- A wrong try.
UPDATE registration SET tries = tries + 1 WHERE id = :id;

-- name: wait :exec
-- It waits for a yes.
UPDATE registration SET state = 'waiting', proved_at = :proved_at, email_code = '', mobile_code = '' WHERE id = :id AND state = 'proving';

-- name: let_in :exec
-- The person is there.
UPDATE registration SET state = 'in', person_id = :person_id, batch_id = :batch_id, ended_at = :ended_at, proved_at = COALESCE(proved_at, :ended_at) WHERE id = :id;

-- name: refuse :exec
-- A no.
UPDATE registration SET state = 'refused', batch_id = :batch_id, ended_at = :ended_at WHERE id = :id AND state = 'waiting';

-- name: waiting :many
-- Who waits in an organisation or below it, behind one; the oldest first.
-- param above_id id
-- param after id
-- param most int
SELECT r.id, r.name, r.email, r.mobile, r.employee_no, r.proved_at, d.name_en AS designation_en, d.name_hi AS designation_hi, o.name_en AS org_en, o.name_hi AS org_hi, w.kind, w.domain
FROM org_above u JOIN registration r ON r.org_id = u.org_id JOIN designation d ON d.id = r.designation_id JOIN org o ON o.id = r.org_id JOIN registration_way w ON w.id = r.way_id
WHERE u.above_id = :above_id AND r.state = 'waiting' AND r.id > :after ORDER BY r.id LIMIT :most;

-- name: waiting_one :maybe
-- One of them.
-- param above_id id
SELECT r.id, r.name, r.email, r.mobile, r.employee_no, r.lang FROM registration r JOIN org_above u ON u.org_id = r.org_id
WHERE r.id = :id AND u.above_id = :above_id AND r.state = 'waiting';

-- name: add_batch :exec
-- A decision.
INSERT INTO registration_batch (id, org_id, outcome, words, n, decided_by, decided_at) VALUES (:id, :org_id, :outcome, :words, 0, :decided_by, :decided_at);

-- name: set_batch :exec
-- About so many.
UPDATE registration_batch SET n = :n WHERE id = :id;

-- name: batches :many
-- The decisions of an organisation since a time.
-- param since time
SELECT b.id, b.outcome, b.words, b.n, b.decided_at, b.undone_at, p.name AS decider FROM registration_batch b JOIN person p ON p.id = b.decided_by
WHERE b.org_id = :org_id AND b.decided_at > :since ORDER BY b.id DESC LIMIT 50;

-- name: undo_batch :exec
-- A decision is taken back; nothing changes when it was, or is too old.
-- param since time
UPDATE registration_batch SET undone_at = :undone_at WHERE id = :id AND org_id = :org_id AND undone_at IS NULL AND decided_at > :since;

-- name: of_batch :many
-- Whom a decision was about.
SELECT id, state, person_id FROM registration WHERE batch_id = :batch_id ORDER BY id LIMIT 200;

-- name: take_back :exec
-- What becomes of one.
UPDATE registration SET state = :state, batch_id = NULL WHERE id = :id;

-- name: unproved :exec
-- Codes that ran out: nothing is kept of who never proved anything.
-- param before time
DELETE FROM registration WHERE state = 'proving' AND made_at < :before;

-- name: overdue :many
-- Who has waited too long.
-- param before time
SELECT id, name, email, lang FROM registration WHERE state = 'waiting' AND proved_at < :before ORDER BY id LIMIT 200;

-- name: lapse :exec
-- Nobody decided.
UPDATE registration SET state = 'lapsed', ended_at = :ended_at WHERE id = :id AND state = 'waiting';

-- name: forget :exec
-- What has ended long ago.
-- param before time
DELETE FROM registration WHERE state IN ('in', 'refused', 'lapsed', 'taken_back') AND made_at < :before;

-- name: offices_waiting :many
-- Where people wait, and how many.
-- col n int
SELECT org_id, count(*) AS n FROM registration WHERE state = 'waiting' GROUP BY org_id ORDER BY org_id LIMIT 10000;

-- name: keepers :many
-- The administrators of the nearest organisation, at or above one, that has some.
SELECT g.person_id, u.distance FROM org_above u JOIN role_grant g ON g.org_id = u.above_id JOIN person p ON p.id = g.person_id
WHERE u.org_id = :org_id AND g.role = 'mdo_admin' AND g.ended_at IS NULL AND p.state = 'active' ORDER BY u.distance, g.person_id LIMIT 20;
