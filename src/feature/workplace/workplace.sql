-- owner: workplace

-- ── rounds ──

-- name: add :exec
-- A round that is planned; its people are being listed.
INSERT INTO workplace_round (id, org_id, name, opens_day, closes_day, designation_id, most, seed, state, told, n_people, n_nothing, n_forms, n_alone, n_headless, n_raters,
	n_corrected, sd_rater, sd_cell, sd_error, made_by, made_at)
VALUES (:id, :org_id, :name, :opens_day, :closes_day, :designation_id, :most, :seed, 'looking', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, :made_by, :made_at);

-- name: choose :exec
-- A competency that everybody is asked about.
INSERT INTO workplace_chosen (round_id, competency_id) VALUES (:round_id, :competency_id) ON CONFLICT (round_id, competency_id) DO NOTHING;

-- name: one :maybe
-- A round.
SELECT r.id, r.org_id, r.name, r.opens_day, r.closes_day, r.designation_id, r.most, r.seed, r.state, r.job_id, r.told, r.n_people, r.n_nothing, r.n_forms, r.n_alone,
	r.n_headless, r.n_raters, r.n_corrected, r.sd_rater, r.sd_cell, r.sd_error, r.made_at, r.closed_at, d.name_en AS designation_en, d.name_hi AS designation_hi
FROM workplace_round r LEFT JOIN designation d ON d.id = r.designation_id WHERE r.id = :id;

-- name: of_org :many
-- The rounds of an organisation, the newest first.
SELECT id, name, opens_day, closes_day, state, n_people, n_forms FROM workplace_round WHERE org_id = :org_id ORDER BY id DESC LIMIT 100;

-- name: set_state :exec
-- A round goes on, and by which job.
-- param was text
UPDATE workplace_round SET state = :state, job_id = :job_id WHERE id = :id AND state = :was;

-- name: planned :exec
-- All of the people are listed and their raters drawn.
UPDATE workplace_round SET state = 'planned' WHERE id = :id AND state = 'looking';

-- name: opened :exec
-- All forms are made.
UPDATE workplace_round SET state = 'open' WHERE id = :id AND state = 'making';

-- name: undone :exec
-- The round is taken back.
UPDATE workplace_round SET state = 'undone', undone_at = :undone_at WHERE id = :id AND state = 'undoing';

-- name: closed :exec
-- All that was said counts.
UPDATE workplace_round SET state = 'closed', closed_at = :closed_at WHERE id = :id AND state = 'closing';

-- name: add_figures :exec
-- More people are listed or drawn for.
-- param people int
-- param nothing int
-- param forms int
-- param alone int
-- param headless int
UPDATE workplace_round SET n_people = n_people + :people, n_nothing = n_nothing + :nothing, n_forms = n_forms + :forms, n_alone = n_alone + :alone,
	n_headless = n_headless + :headless WHERE id = :id;

-- name: set_model :exec
-- What was found of the raters.
UPDATE workplace_round SET n_raters = :n_raters, n_corrected = :n_corrected, sd_rater = :sd_rater, sd_cell = :sd_cell, sd_error = :sd_error WHERE id = :id;

-- name: set_told :exec
-- Raters are told for another time.
UPDATE workplace_round SET told = :told WHERE id = :id AND told < :told;

-- name: running :many
-- The rounds that are open.
SELECT id, opens_day, closes_day, told FROM workplace_round WHERE state = 'open' ORDER BY id LIMIT 1000;

-- name: chosen :many
-- What everybody is asked about, as far as it is in force.
-- param day int
SELECT h.competency_id FROM workplace_chosen h JOIN competency c ON c.id = h.competency_id
WHERE h.round_id = :round_id AND c.from_day <= :day AND (c.until_day IS NULL OR c.until_day > :day) ORDER BY c.n, c.id LIMIT 10;

-- name: chosen_names :many
-- The same with what they are called.
-- param day int
SELECT c.id, x.name_en, x.name_hi FROM workplace_chosen h JOIN competency c ON c.id = h.competency_id
	JOIN competency_text x ON x.competency_id = c.id AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = c.id AND y.from_day <= :day)
WHERE h.round_id = :round_id ORDER BY c.n, c.id LIMIT 10;

-- name: competency_called :maybe
-- A competency in force that levels are measured in, by its code.
-- param day int
SELECT c.id FROM competency c JOIN framework f ON f.id = c.framework_id
WHERE f.code = :framework AND c.code = :code AND c.kind IN ('theme', 'sub-theme') AND c.from_day <= :day AND (c.until_day IS NULL OR c.until_day > :day);

-- ── the list and the draw ──

-- name: posted :many
-- The next people of an organisation and below on a day, with their supervisor if he is in service.
-- param above_id id
-- param day int
-- param after_id id
-- col supervisor_id id
SELECT p.id, o.org_id, o.designation_id, o.cadre_group, s.id AS supervisor_id
FROM org_above u JOIN posting o ON o.org_id = u.org_id JOIN person p ON p.id = o.person_id LEFT JOIN person s ON s.id = o.supervisor_id AND s.state = 'active'
WHERE u.above_id = :above_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day) AND p.state = 'active' AND p.id > :after_id
ORDER BY p.id LIMIT 400;

-- name: held :many
-- What a person has levels in, what was said longest ago first.
-- param day int
SELECT p.competency_id FROM proficiency p JOIN competency c ON c.id = p.competency_id
WHERE p.person_id = :person_id AND p.n > 0 AND c.from_day <= :day AND (c.until_day IS NULL OR c.until_day > :day) ORDER BY p.last_at, p.competency_id LIMIT 10;

-- name: add_person :exec
-- One of the list.
INSERT INTO workplace_person (round_id, person_id, org_id, supervisor_id, cadre_group, assessed, n_supervisors, n_peers, n_subordinates)
VALUES (:round_id, :person_id, :org_id, :supervisor_id, :cadre_group, :assessed, 0, 0, 0);

-- name: ask :exec
-- Something that is asked about a person.
INSERT INTO workplace_asked (round_id, person_id, competency_id) VALUES (:round_id, :person_id, :competency_id);

-- name: roll :each
-- The whole list.
SELECT person_id, org_id, supervisor_id, cadre_group, assessed FROM workplace_person WHERE round_id = :round_id ORDER BY person_id;

-- name: set_drawn :exec
-- How many were drawn for a person.
UPDATE workplace_person SET n_supervisors = :n_supervisors, n_peers = :n_peers, n_subordinates = :n_subordinates WHERE round_id = :round_id AND person_id = :person_id;

-- name: alone :many
-- Those for whom no group of colleagues can be large enough.
-- param least int
SELECT w.person_id, p.name, w.n_peers, w.n_subordinates FROM workplace_person w JOIN person p ON p.id = w.person_id
WHERE w.round_id = :round_id AND w.assessed AND w.n_peers + w.n_subordinates < :least ORDER BY p.sort_key, p.id LIMIT 50;

-- name: add_form :exec
-- A form.
INSERT INTO workplace_form (id, round_id, ratee_id, rater_id, kind, complete) VALUES (:id, :round_id, :ratee_id, :rater_id, :kind, FALSE);

-- name: upto :one
-- The last of the next people of the list.
-- param after_id id
-- param most int
-- col upto id
-- col n int
SELECT max(person_id) AS upto, count(*) AS n FROM (SELECT person_id FROM workplace_person WHERE round_id = :round_id AND person_id > :after_id ORDER BY person_id LIMIT :most) AS part;

-- name: drop_forms :exec
-- The forms about a range of people go.
-- param after_id id
-- param upto_id id
DELETE FROM workplace_form WHERE round_id = :round_id AND ratee_id > :after_id AND ratee_id <= :upto_id;

-- name: drop_asked :exec
-- What was asked about them goes.
-- param after_id id
-- param upto_id id
DELETE FROM workplace_asked WHERE round_id = :round_id AND person_id > :after_id AND person_id <= :upto_id;

-- name: drop_people :exec
-- They go from the list.
-- param after_id id
-- param upto_id id
DELETE FROM workplace_person WHERE round_id = :round_id AND person_id > :after_id AND person_id <= :upto_id;

-- name: answered :maybe
-- Whether anybody has answered.
SELECT id FROM workplace_form WHERE round_id = :round_id AND said_at IS NOT NULL LIMIT 1;

-- name: left :one
-- How many forms of a round are not complete.
-- col n int
SELECT count(*) AS n FROM workplace_form WHERE round_id = :round_id AND complete = FALSE;

-- ── answering ──

-- name: forms_of :many
-- The forms of a rater in rounds that are open on a day, what is missing first.
-- param day int
SELECT f.id, f.kind, f.said_at, f.complete, p.name, r.closes_day, r.name AS round_name, d.name_en AS designation_en, d.name_hi AS designation_hi
FROM workplace_form f JOIN workplace_round r ON r.id = f.round_id JOIN person p ON p.id = f.ratee_id
	LEFT JOIN posting o ON o.person_id = p.id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day) LEFT JOIN designation d ON d.id = o.designation_id
WHERE f.rater_id = :rater_id AND r.state = 'open' AND r.opens_day <= :day AND r.closes_day >= :day
ORDER BY CASE WHEN f.complete THEN 1 ELSE 0 END, r.closes_day, CASE f.kind WHEN 'self' THEN 1 ELSE 0 END, p.sort_key, f.id LIMIT 200;

-- name: form :maybe
-- A form of a rater.
SELECT f.id, f.round_id, f.ratee_id, f.kind, f.said_at, f.complete, p.name, r.state, r.opens_day, r.closes_day, r.name AS round_name
FROM workplace_form f JOIN workplace_round r ON r.id = f.round_id JOIN person p ON p.id = f.ratee_id WHERE f.id = :id AND f.rater_id = :rater_id;

-- name: questions :many
-- What a form asks, with what was said so far.
-- param form_id id
-- param day int
SELECT c.id, c.framework_id, w.n_levels, x.name_en, x.name_hi, x.about_en, x.about_hi, x.indicators, a.value, a.at
FROM workplace_form f JOIN workplace_asked q ON q.round_id = f.round_id AND q.person_id = f.ratee_id JOIN competency c ON c.id = q.competency_id
	JOIN framework w ON w.id = c.framework_id
	JOIN competency_text x ON x.competency_id = c.id AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = c.id AND y.from_day <= :day)
	LEFT JOIN workplace_answer a ON a.form_id = f.id AND a.competency_id = c.id
WHERE f.id = :form_id ORDER BY c.area, c.n, c.id LIMIT 10;

-- name: answer :exec
-- An answer, in place of an earlier one.
INSERT INTO workplace_answer (form_id, competency_id, value, at) VALUES (:form_id, :competency_id, :value, :at)
ON CONFLICT (form_id, competency_id) DO UPDATE SET value = excluded.value, at = excluded.at;

-- name: set_said :exec
-- Something was said on a form.
UPDATE workplace_form SET said_at = :said_at, complete = :complete WHERE id = :id;

-- name: waiting :many
-- The next raters for whom forms wait.
-- param after_id id
-- col n int
SELECT f.rater_id, count(*) AS n FROM workplace_form f WHERE f.round_id = :round_id AND f.complete = FALSE AND f.rater_id > :after_id
GROUP BY f.rater_id ORDER BY f.rater_id LIMIT 200;

-- ── closing ──

-- name: ratings :each
-- All that was said of others in a round.
SELECT f.ratee_id, f.rater_id, f.kind, a.competency_id, a.value, w.n_levels, p.cadre_group
FROM workplace_form f JOIN workplace_answer a ON a.form_id = f.id JOIN competency c ON c.id = a.competency_id JOIN framework w ON w.id = c.framework_id
	JOIN workplace_person p ON p.round_id = f.round_id AND p.person_id = f.ratee_id
WHERE f.round_id = :round_id AND a.value IS NOT NULL AND f.kind <> 'self' ORDER BY f.ratee_id, f.rater_id, a.competency_id;

-- name: asked_of :each
-- All forms of a round.
SELECT f.ratee_id, f.rater_id, f.kind, f.complete, p.cadre_group FROM workplace_form f JOIN workplace_person p ON p.round_id = f.round_id AND p.person_id = f.ratee_id
WHERE f.round_id = :round_id ORDER BY f.ratee_id, f.rater_id;

-- name: add_rater :exec
-- How strict a rater is.
INSERT INTO workplace_rater (round_id, rater_id, n, enough, strictness) VALUES (:round_id, :rater_id, :n, :enough, :strictness);

-- name: assessed :many
-- The next people who are assessed; whose evidence it is when the account was joined with another.
-- param after_id id
-- col evidence_of id
SELECT w.person_id, COALESCE(p.merged_into_id, p.id) AS evidence_of FROM workplace_person w JOIN person p ON p.id = w.person_id
WHERE w.round_id = :round_id AND w.person_id > :after_id AND w.assessed ORDER BY w.person_id LIMIT 10;

-- name: said_of :many
-- What was said of a person, with the strictness of who said it, in what is in force; in no order that tells of anybody.
-- param ratee_id id
-- param day int
-- col strictness int
SELECT a.competency_id, f.kind, f.rater_id, a.value, w.n_levels, COALESCE(s.strictness, 0) AS strictness
FROM workplace_form f JOIN workplace_answer a ON a.form_id = f.id JOIN competency c ON c.id = a.competency_id JOIN framework w ON w.id = c.framework_id
	LEFT JOIN workplace_rater s ON s.round_id = f.round_id AND s.rater_id = f.rater_id AND f.kind <> 'self'
WHERE f.round_id = :round_id AND f.ratee_id = :ratee_id AND a.value IS NOT NULL AND c.from_day <= :day AND (c.until_day IS NULL OR c.until_day > :day)
ORDER BY a.competency_id, f.kind, a.value, f.rater_id LIMIT 200;

-- name: add_result :exec
-- What a round says of a person by one kind of raters.
INSERT INTO workplace_result (person_id, round_id, competency_id, kind, n, said, counted) VALUES (:person_id, :round_id, :competency_id, :kind, :n, :said, :counted);

-- name: add_figure :exec
-- A line of the figures of fairness.
INSERT INTO workplace_figure (round_id, part, code, n_forms, n_complete, n_raters, n_corrected, n_people, n_ratings, said, counted, stricter_2, stricter_1, middle, milder_1, milder_2)
VALUES (:round_id, :part, :code, :n_forms, :n_complete, :n_raters, :n_corrected, :n_people, :n_ratings, :said, :counted, :stricter_2, :stricter_1, :middle, :milder_1, :milder_2);

-- ── results ──

-- name: results :many
-- What closed rounds say of a person, also under accounts that were joined with this one, the newest first; with the sums of the level of now.
-- param person_id id
-- param day int
-- col level_n int
SELECT s.round_id, r.name AS round_name, r.closed_at, s.competency_id, c.code, f.n_levels, x.name_en, x.name_hi, s.kind, s.n, s.said, s.counted,
	v.weight, v.weighted, v.n AS level_n, v.n_self, v.last_at
FROM workplace_result s JOIN workplace_round r ON r.id = s.round_id JOIN competency c ON c.id = s.competency_id JOIN framework f ON f.id = c.framework_id
	JOIN competency_text x ON x.competency_id = c.id AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = c.id AND y.from_day <= :day)
	LEFT JOIN proficiency v ON v.person_id = :person_id AND v.competency_id = c.id
WHERE (s.person_id = :person_id OR s.person_id IN (SELECT m.closed_id FROM merge m WHERE m.kept_id = :person_id AND m.undone_at IS NULL)) AND r.state = 'closed'
ORDER BY s.round_id DESC, c.area, c.n, c.id, s.kind LIMIT 400;

-- name: person_called :maybe
-- What a person is called.
SELECT name FROM person WHERE id = :id;

-- name: figures :many
-- The figures of fairness of a round.
SELECT part, code, n_forms, n_complete, n_raters, n_corrected, n_people, n_ratings, said, counted, stricter_2, stricter_1, middle, milder_1, milder_2
FROM workplace_figure WHERE round_id = :round_id ORDER BY part DESC, code LIMIT 20;
