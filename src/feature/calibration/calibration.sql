-- owner: calibration

-- ── runs ──

-- name: add :exec
-- A run begins.
INSERT INTO calibration_run (id, org_id, state, job_id, until_id, why, people, n_common, scale, shift, asked_by, asked_at)
VALUES (:id, :org_id, 'working', :job_id, :until_id, '', 0, 0, 1, 0, :asked_by, :asked_at);

-- name: one :maybe
-- A run of an organisation.
SELECT r.id, r.org_id, r.state, r.job_id, r.until_id, r.why, r.people, r.reliability, r.linked_id, r.n_common, r.scale, r.shift, r.distance, r.asked_at, p.name AS asker,
	r.accepted_at, a.name AS accepter, r.undone_at, u.name AS undoer
FROM calibration_run r LEFT JOIN person p ON p.id = r.asked_by LEFT JOIN person a ON a.id = r.accepted_by LEFT JOIN person u ON u.id = r.undone_by
WHERE r.id = :id AND r.org_id = :org_id;

-- name: by_id :maybe
-- A run, for its work.
SELECT id, org_id, state, until_id, linked_id, people, scale, shift FROM calibration_run WHERE id = :id;

-- name: of_org :many
-- The runs of an organisation, the newest first.
-- param before id
-- param most int
SELECT id, state, people, asked_at, why FROM calibration_run WHERE org_id = :org_id AND (:before IS NULL OR id < :before) ORDER BY id DESC LIMIT :most;

-- name: pending :maybe
-- A run that works or waits to be decided about.
SELECT id, state FROM calibration_run WHERE org_id = :org_id AND state IN ('working', 'ready') LIMIT 1;

-- name: last_accepted :maybe
-- On whose scale the bank is.
SELECT id FROM calibration_run WHERE org_id = :org_id AND state = 'accepted' ORDER BY accepted_at DESC, id DESC LIMIT 1;

-- name: newest_paper :one
-- The newest attempt there is.
-- col id id
SELECT COALESCE(max(id), 0) AS id FROM exam_attempt;

-- name: set_state :exec
-- A run goes on, if it is where it was thought to be.
-- param state text
-- param why text
-- param was text
UPDATE calibration_run SET state = :state, why = :why WHERE id = :id AND state = :was;

-- name: set_found :exec
-- How many people a run counts, and how it was brought to the scale of an earlier one.
UPDATE calibration_run SET people = :people, reliability = :reliability, linked_id = :linked_id, n_common = :n_common, scale = :scale, shift = :shift, distance = :distance WHERE id = :id;

-- name: accept :exec
-- Its parameters are those of the bank from now on.
UPDATE calibration_run SET state = 'accepted', accepted_by = :accepted_by, accepted_at = :accepted_at WHERE id = :id AND state = 'ready';

-- name: undo :exec
-- Its parameters count no more.
UPDATE calibration_run SET state = 'undone', undone_by = :undone_by, undone_at = :undone_at WHERE id = :id AND state = 'accepted';

-- ── parameters ──

-- name: put :exec
-- What was found of a version of an item; found again, the same place.
INSERT INTO item_parameter (run_id, item_id, version, model, categories, a, b, a_se, b_se, answered, mean, rest, fit_p, pair_id, pair_q3, options, flags, why, in_force)
VALUES (:run_id, :item_id, :version, :model, :categories, :a, :b, :a_se, :b_se, :answered, :mean, :rest, :fit_p, :pair_id, :pair_q3, :options, :flags, :why, FALSE)
ON CONFLICT (run_id, item_id, version) DO NOTHING;

-- name: of_run :many
-- All that a run found, in the order of items.
-- param most int
SELECT p.item_id, p.version, p.model, p.categories, p.a, p.b FROM item_parameter p WHERE p.run_id = :run_id ORDER BY p.item_id, p.version LIMIT :most;

-- name: in_force :many
-- The parameters that an organisation's forms are made with.
-- param most int
SELECT p.item_id, p.version, p.model, p.categories, p.a, p.b FROM item i JOIN item_parameter p ON p.item_id = i.id AND p.in_force WHERE i.org_id = :org_id
ORDER BY p.item_id, p.version LIMIT :most;

-- name: leave_force :exec
-- Parameters that a run replaces count no more.
-- param run_id id
UPDATE item_parameter SET in_force = FALSE WHERE in_force AND run_id <> :run_id AND EXISTS (SELECT 1 FROM item_parameter n WHERE n.run_id = :run_id
	AND n.item_id = item_parameter.item_id AND n.version = item_parameter.version AND n.model IS NOT NULL);

-- name: enter_force :exec
-- Parameters of a run count.
UPDATE item_parameter SET in_force = TRUE WHERE run_id = :run_id AND model IS NOT NULL;

-- name: end_force :exec
-- Parameters of a run count no more.
UPDATE item_parameter SET in_force = FALSE WHERE run_id = :run_id AND in_force;

-- name: return_force :exec
-- Where nothing counts since a run was undone, that of the newest accepted run does again.
-- param run_id id
UPDATE item_parameter SET in_force = TRUE WHERE model IS NOT NULL
	AND EXISTS (SELECT 1 FROM item_parameter n WHERE n.run_id = :run_id AND n.item_id = item_parameter.item_id AND n.version = item_parameter.version)
	AND NOT EXISTS (SELECT 1 FROM item_parameter f WHERE f.item_id = item_parameter.item_id AND f.version = item_parameter.version AND f.in_force)
	AND run_id = (SELECT r.id FROM calibration_run r JOIN item_parameter o ON o.run_id = r.id AND o.item_id = item_parameter.item_id AND o.version = item_parameter.version
		AND o.model IS NOT NULL WHERE r.state = 'accepted' ORDER BY r.accepted_at DESC, r.id DESC LIMIT 1);

-- name: counts :one
-- What a run would change: new, known before, flagged, left out.
-- col n_new int
-- col n_known int
-- col n_flagged int
-- col n_left int
SELECT COALESCE(sum(CASE WHEN p.model IS NOT NULL AND f.run_id IS NULL THEN 1 ELSE 0 END), 0) AS n_new,
	COALESCE(sum(CASE WHEN p.model IS NOT NULL AND f.run_id IS NOT NULL THEN 1 ELSE 0 END), 0) AS n_known,
	COALESCE(sum(CASE WHEN p.flags <> '' THEN 1 ELSE 0 END), 0) AS n_flagged, COALESCE(sum(CASE WHEN p.model IS NULL THEN 1 ELSE 0 END), 0) AS n_left
FROM item_parameter p LEFT JOIN item_parameter f ON f.item_id = p.item_id AND f.version = p.version AND f.in_force AND f.run_id <> p.run_id WHERE p.run_id = :run_id;

-- name: rows :many
-- The items of a run with what was in force, in pages. shown: all, flagged, left.
-- param run_id id
-- param after_code text
-- param after_version int
-- param most int
-- param shown text
-- col was_a real
-- col was_b json
SELECT i.id AS item_id, i.code, p.version, p.model, p.categories, p.a, p.b, p.a_se, p.b_se, p.answered, p.mean, p.rest, p.flags, p.why, f.a AS was_a, f.b AS was_b
FROM item_parameter p JOIN item i ON i.id = p.item_id LEFT JOIN item_parameter f ON f.item_id = p.item_id AND f.version = p.version AND f.in_force AND f.run_id <> p.run_id
WHERE p.run_id = :run_id AND (:after_code IS NULL OR i.code > :after_code OR (i.code = :after_code AND p.version > :after_version))
	AND (:shown = 'all' OR (:shown = 'flagged' AND p.flags <> '') OR (:shown = 'left' AND p.model IS NULL))
ORDER BY i.code, p.version LIMIT :most;

-- ── groups ──

-- name: put_group :exec
-- A group of people that was found.
INSERT INTO calibration_group (run_id, grouped, value, people, role) VALUES (:run_id, :grouped, :value, :people, :role) ON CONFLICT (run_id, grouped, value) DO NOTHING;

-- name: groups :many
-- The groups of a run.
SELECT grouped, value, people, role FROM calibration_group WHERE run_id = :run_id ORDER BY grouped, people DESC, value LIMIT 100;

-- name: put_dif :exec
-- How an item stands with a group.
INSERT INTO item_dif (run_id, item_id, version, grouped, focal, reference, n_focal, n_reference, delta, ets, p, uniform_p, other_p, sids, size, why)
VALUES (:run_id, :item_id, :version, :grouped, :focal, :reference, :n_focal, :n_reference, :delta, :ets, :p, :uniform_p, :other_p, :sids, :size, :why)
ON CONFLICT (run_id, item_id, version, grouped, focal) DO NOTHING;

-- name: flag :exec
-- One more word about an item.
-- param word text
UPDATE item_parameter SET flags = CASE WHEN flags = '' THEN :word ELSE flags || ' ' || :word END
WHERE run_id = :run_id AND item_id = :item_id AND version = :version AND replace(flags, :word, '') = flags;

-- name: dif_of :many
-- How a version of an item stands with all groups.
SELECT grouped, focal, reference, n_focal, n_reference, delta, ets, p, uniform_p, other_p, sids, size, why FROM item_dif
WHERE run_id = :run_id AND item_id = :item_id AND version = :version ORDER BY grouped, focal LIMIT 50;

-- ── answers ──

-- name: forms :many
-- Forms with items of an organisation's bank, of examinations that have consequences, and how many first attempts there are of each.
-- param org_id id
-- param until_id id
-- col papers int
SELECT f.id, f.pool, (SELECT count(*) FROM exam_attempt a WHERE a.form_id = f.id AND a.n = 1 AND a.state = 'marked' AND a.id <= :until_id) AS papers
FROM exam_form f JOIN exam e ON e.id = f.exam_id WHERE e.kind <> 'practice'
	AND EXISTS (SELECT 1 FROM exam_form_item x JOIN item i ON i.id = x.item_id WHERE x.form_id = f.id AND i.org_id = :org_id) ORDER BY f.id LIMIT 2000;

-- name: form_items :many
-- The items of a form that are of an organisation's bank.
SELECT x.n, x.item_id, x.version, i.kind, i.code, v.steps, v.points, v.answer_key FROM exam_form_item x JOIN item i ON i.id = x.item_id
	JOIN item_version v ON v.item_id = x.item_id AND v.version = x.version WHERE x.form_id = :form_id AND i.org_id = :org_id AND i.kind <> 'case' ORDER BY x.n LIMIT 5000;

-- name: papers :many
-- The newest first attempts with a form.
-- param form_id id
-- param until_id id
-- param most int
-- param day int
-- col service text
SELECT a.taker_id, a.id, a.lang, (SELECT o.service FROM posting o WHERE o.person_id = a.taker_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
	ORDER BY o.from_day DESC LIMIT 1) AS service
FROM exam_attempt a WHERE a.form_id = :form_id AND a.n = 1 AND a.state = 'marked' AND a.id <= :until_id ORDER BY a.id DESC LIMIT :most;

-- name: answers :each
-- What was answered in the first attempts with a form.
-- param form_id id
-- param until_id id
SELECT w.taker_id, w.attempt_id, w.n, w.given, w.marks FROM exam_attempt a JOIN exam_answer w ON w.taker_id = a.taker_id AND w.attempt_id = a.id
WHERE a.form_id = :form_id AND a.n = 1 AND a.state = 'marked' AND a.id <= :until_id
ORDER BY w.taker_id, w.attempt_id, w.n;

-- name: genders :each
-- What the people of an organisation, and of those above it, are, where a field named Gender is kept.
SELECT v.person_id, v.value FROM org_above u JOIN profile_field f ON f.org_id = u.above_id AND f.name_en = 'Gender' AND f.kind = 'choice' AND f.ended_at IS NULL
	JOIN profile_value v ON v.field_id = f.id AND v.ended_at IS NULL WHERE u.org_id = :org_id
ORDER BY v.person_id, v.id;

-- ── the card of an item ──

-- name: of_item :many
-- What runs found of an item, the newest first.
SELECT p.run_id, p.version, p.model, p.categories, p.a, p.b, p.a_se, p.b_se, p.answered, p.mean, p.rest, p.fit_p, p.pair_id, k.code AS pair_code, p.pair_q3, p.options, p.flags,
	p.why, p.in_force, r.state, r.asked_at FROM item_parameter p JOIN calibration_run r ON r.id = p.run_id LEFT JOIN item k ON k.id = p.pair_id
WHERE p.item_id = :item_id AND r.state <> 'working' ORDER BY p.run_id DESC, p.version DESC LIMIT 20;

-- name: seen_days :many
-- On how many papers an item was, day by day (since 1970-01-01, UTC).
-- param item_id id
-- col day int
-- col papers int
SELECT q.day, count(*) AS papers FROM (SELECT a.opened_at / 86400000 AS day FROM exam_form_item x JOIN exam_form f ON f.id = x.form_id AND NOT f.pool
	JOIN exam_attempt a ON a.form_id = f.id WHERE x.item_id = :item_id
	UNION ALL SELECT w.given_at / 86400000 AS day FROM exam_answer w WHERE w.item_id = :item_id AND w.given_at IS NOT NULL) q GROUP BY q.day ORDER BY q.day LIMIT 5000;

-- name: seen_by :many
-- Who had an item on a paper, the newest first. name absent: without an account.
-- param item_id id
-- param before id
-- param most int
-- col name text
-- col guest bool
SELECT q.taker_id, q.attempt_id, q.at, q.version, e.id AS exam_id, e.title, e.code, COALESCE(p.name, g.name) AS name, CASE WHEN p.id IS NULL THEN TRUE ELSE FALSE END AS guest
FROM (SELECT a.taker_id, a.id AS attempt_id, a.exam_id, a.opened_at AS at, x.version FROM exam_form_item x JOIN exam_form f ON f.id = x.form_id AND NOT f.pool
		JOIN exam_attempt a ON a.form_id = f.id WHERE x.item_id = :item_id AND (:before IS NULL OR a.id < :before)
	UNION ALL SELECT w.taker_id, w.attempt_id, a.exam_id, w.given_at AS at, w.version FROM exam_answer w
		JOIN exam_attempt a ON a.taker_id = w.taker_id AND a.id = w.attempt_id WHERE w.item_id = :item_id AND w.given_at IS NOT NULL AND (:before IS NULL OR a.id < :before)) q
	JOIN exam e ON e.id = q.exam_id LEFT JOIN person p ON p.id = q.taker_id LEFT JOIN exam_guest g ON g.id = q.taker_id ORDER BY q.attempt_id DESC LIMIT :most;

