-- owner: placement

-- ── a round ──

-- name: add :exec
-- A new round.
INSERT INTO placement_round (id, org_id, name, from_day, bonus, fill, state, order_no, revision, made_by, made_at)
VALUES (:id, :org_id, :name, :from_day, :bonus, :fill, 'open', '', 1, :made_by, :made_at);

-- name: one :maybe
-- A round of an organisation.
SELECT r.id, r.org_id, r.name, r.from_day, r.bonus, r.fill, r.state, r.job_id, r.order_no, r.revision, r.total, r.bound, r.premium, r.placed, r.blocking, r.firsts, r.choices,
	r.stable_total, r.stable_placed, r.stable_firsts, r.stable_choices, r.made_by, r.made_at, r.proposed_by, p.name AS proposer
FROM placement_round r LEFT JOIN person p ON p.id = r.proposed_by WHERE r.id = :id AND r.org_id = :org_id;

-- name: of_org :many
-- The rounds of an organisation, the newest first.
-- param before id
-- param most int
SELECT r.id, r.name, r.from_day, r.state, r.total, r.placed, r.made_at FROM placement_round r
WHERE r.org_id = :org_id AND (:before IS NULL OR r.id < :before) ORDER BY r.id DESC LIMIT :most;

-- name: add_posts :exec
-- The posts of an office and below it that have vacant places on the first day; a hundred places of a post at most.
-- param round_id id
-- param day int
-- param above_id id
INSERT INTO placement_post (round_id, post_id, places)
SELECT :round_id, q.id, CASE WHEN q.vacant > 100 THEN 100 ELSE q.vacant END
FROM (SELECT p.id, p.sanctioned - (SELECT count(*) FROM holding h WHERE h.post_id = p.id AND h.kind = 'substantive' AND h.from_day <= :day AND (h.until_day IS NULL OR h.until_day > :day)) AS vacant
	FROM org_above u JOIN post p ON p.org_id = u.org_id WHERE u.above_id = :above_id AND p.from_day <= :day AND (p.until_day IS NULL OR p.until_day > :day)) q
WHERE q.vacant > 0;

-- name: add_officers :exec
-- Everybody who is posted in an office or below it.
-- param round_id id
-- param day int
-- param above_id id
INSERT INTO placement_officer (round_id, person_id, order_state, words)
SELECT :round_id, o.person_id, '', '' FROM org_above u JOIN posting o ON o.org_id = u.org_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
	JOIN person p ON p.id = o.person_id AND p.state = 'active' WHERE u.above_id = :above_id;

-- name: add_members :exec
-- The members of a group who are posted in an organisation or below it.
-- param round_id id
-- param day int
-- param above_id id
-- param group_id id
INSERT INTO placement_officer (round_id, person_id, order_state, words)
SELECT :round_id, o.person_id, '', '' FROM people_group g JOIN group_member m ON m.group_id = g.id AND m.until_at IS NULL
	JOIN posting o ON o.person_id = m.person_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day) JOIN org_above u ON u.org_id = o.org_id AND u.above_id = :above_id
	JOIN person p ON p.id = o.person_id AND p.state = 'active' WHERE g.id = :group_id;

-- name: sizes :one
-- How many places, posts, officers and pairs a round has.
-- param round_id id
-- col places int
-- col posts int
-- col officers int
-- col pairs int
SELECT (SELECT CAST(COALESCE(sum(p.places), 0) AS bigint) FROM placement_post p WHERE p.round_id = :round_id) AS places,
	(SELECT count(*) FROM placement_post p WHERE p.round_id = :round_id) AS posts, (SELECT count(*) FROM placement_officer o WHERE o.round_id = :round_id) AS officers,
	(SELECT count(*) FROM placement_pair i WHERE i.round_id = :round_id) AS pairs;

-- name: posts_of :many
-- The posts of a round, by office; from one on.
-- param most int
-- param skip int
SELECT i.post_id, i.places, i.candidates, p.title_en, p.title_hi, o.name_en AS org_en, o.name_hi AS org_hi FROM placement_post i JOIN post p ON p.id = i.post_id JOIN org o ON o.id = p.org_id
WHERE i.round_id = :round_id ORDER BY o.name_en, p.title_en, i.post_id LIMIT :most OFFSET :skip;

-- name: leave_out_post :exec
-- A post is not of the round after all.
DELETE FROM placement_post WHERE round_id = :round_id AND post_id = :post_id;

-- name: leave_out_wishes :exec
-- Nobody prefers it any more.
DELETE FROM placement_preference WHERE round_id = :round_id AND (post_id = :post_id OR person_id = :person_id);

-- name: leave_out_officer :exec
-- An officer is not of the round after all.
DELETE FROM placement_officer WHERE round_id = :round_id AND person_id = :person_id;

-- name: next_officers :many
-- The officers of a round after one.
-- param after id
-- param most int
SELECT person_id FROM placement_officer WHERE round_id = :round_id AND person_id > :after ORDER BY person_id LIMIT :most;

-- name: groups :many
-- The groups of an organisation, to choose from.
SELECT id, name FROM people_group WHERE org_id = :org_id AND ended_at IS NULL ORDER BY name, id LIMIT 500;

-- name: org_called :maybe
-- An office by its code or name, within an organisation.
-- param above_id id
-- param called text
SELECT o.id FROM org_above u JOIN org o ON o.id = u.org_id WHERE u.above_id = :above_id AND (o.code = :called OR o.name_en = :called OR o.name_hi = :called)
ORDER BY CASE WHEN o.code = :called THEN 0 ELSE 1 END, o.id LIMIT 1;

-- name: set_state :exec
-- A round goes on, from a state it was in.
-- param was text
UPDATE placement_round SET state = :state, revision = revision + 1 WHERE id = :id AND state = :was;

-- name: set_job :exec
-- The work that goes on.
UPDATE placement_round SET job_id = :job_id WHERE id = :id;

-- name: set_proposed :exec
-- Who proposes.
UPDATE placement_round SET proposed_by = :proposed_by WHERE id = :id;

-- name: set_order_no :exec
-- By which order.
UPDATE placement_round SET order_no = :order_no WHERE id = :id;

-- name: event :exec
-- Something happened.
INSERT INTO placement_event (id, round_id, kind, person_id, post_id, total, moved, by_id, at, words)
VALUES (:id, :round_id, :kind, :person_id, :post_id, :total, :moved, :by_id, :at, :words);

-- name: events :many
-- What happened, the newest first.
SELECT e.kind, e.total, e.moved, e.at, e.words, p.name AS person, b.name AS by_name, t.title_en, t.title_hi
FROM placement_event e LEFT JOIN person p ON p.id = e.person_id LEFT JOIN person b ON b.id = e.by_id LEFT JOIN post t ON t.id = e.post_id
WHERE e.round_id = :round_id ORDER BY e.id DESC LIMIT 50;

-- ── scores ──

-- name: next_posts :many
-- The posts of a round after one.
-- param round_id id
-- param after id
-- param most int
SELECT i.post_id, i.places, p.service, p.least_pay_level, p.least_years FROM placement_post i JOIN post p ON p.id = i.post_id
WHERE i.round_id = :round_id AND i.post_id > :after ORDER BY i.post_id LIMIT :most;

-- name: pool :each
-- The officers of a round with the facts that rules ask for.
-- param day int
-- col first_day int
SELECT p.id, p.name, o.service, o.pay_level, (SELECT min(z.from_day) FROM posting z WHERE z.person_id = p.id) AS first_day, h.post_id, h.from_day AS held_since, t.tenure_months
FROM placement_officer i JOIN person p ON p.id = i.person_id AND p.state = 'active'
	JOIN posting o ON o.person_id = p.id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
	LEFT JOIN holding h ON h.person_id = p.id AND h.kind = 'substantive' AND h.from_day <= :day AND (h.until_day IS NULL OR h.until_day > :day) LEFT JOIN post t ON t.id = h.post_id
WHERE i.round_id = :round_id ORDER BY p.id;

-- name: pool_sums :each
-- Their sums of evidence.
SELECT s.person_id, s.competency_id, s.weight, s.weighted FROM placement_officer i JOIN proficiency s ON s.person_id = i.person_id
WHERE i.round_id = :round_id AND s.n > s.n_self ORDER BY s.person_id, s.competency_id;

-- name: put_pair :exec
-- Somebody comes into question for a post.
INSERT INTO placement_pair (round_id, post_id, person_id, fit, rule) VALUES (:round_id, :post_id, :person_id, :fit, 'open');

-- name: put_counts :exec
-- How many do, and why others do not.
UPDATE placement_post SET candidates = :candidates, not_service = :not_service, not_pay_level = :not_pay_level, not_years = :not_years, not_tenure = :not_tenure
WHERE round_id = :round_id AND post_id = :post_id;

-- name: clear_pairs :exec
-- Nobody comes into question yet.
DELETE FROM placement_pair WHERE round_id = :round_id;

-- name: clear_placed :exec
-- Nobody is placed yet.
UPDATE placement_officer SET post_id = NULL, was_post_id = NULL, stable_post_id = NULL, score = NULL, price = NULL WHERE round_id = :round_id;

-- name: clear_figures :exec
-- There is no answer yet.
UPDATE placement_round SET total = NULL, bound = NULL, premium = NULL, placed = NULL WHERE id = :id;

-- ── solving ──

-- name: officers :each
-- The officers of a round with the last answer.
SELECT person_id, post_id, price FROM placement_officer WHERE round_id = :round_id ORDER BY person_id;

-- name: posts :each
-- Its posts with the last answer.
SELECT post_id, places, price FROM placement_post WHERE round_id = :round_id ORDER BY post_id;

-- name: pairs :each
-- Who comes into question where, with what the officer prefers.
SELECT i.post_id, i.person_id, i.fit, i.rule, f.rank FROM placement_pair i
	LEFT JOIN placement_preference f ON f.round_id = i.round_id AND f.person_id = i.person_id AND f.post_id = i.post_id
WHERE i.round_id = :round_id ORDER BY i.post_id, i.person_id;

-- name: pair :maybe
-- Whether somebody comes into question for a post.
SELECT fit, rule FROM placement_pair WHERE round_id = :round_id AND post_id = :post_id AND person_id = :person_id;

-- name: set_rule :exec
-- What somebody laid down about a pair.
UPDATE placement_pair SET rule = :rule WHERE round_id = :round_id AND post_id = :post_id AND person_id = :person_id;

-- name: set_bonus :exec
-- What preferences add.
UPDATE placement_round SET bonus = :bonus WHERE id = :id;

-- name: keep_last :exec
-- The answer becomes the one before.
UPDATE placement_officer SET was_post_id = post_id WHERE round_id = :round_id AND (was_post_id <> post_id OR (was_post_id IS NULL) <> (post_id IS NULL));

-- name: put_officer :exec
-- Where an officer goes.
UPDATE placement_officer SET post_id = :post_id, stable_post_id = :stable_post_id, score = :score, price = :price WHERE round_id = :round_id AND person_id = :person_id;

-- name: put_post :exec
-- What the answer says of a post.
UPDATE placement_post SET price = :price, shortage = :shortage, shortage_officers = :shortage_officers WHERE round_id = :round_id AND post_id = :post_id;

-- name: put_answer :exec
-- The figures of an answer, unless the round has changed since it was read.
UPDATE placement_round SET state = 'solved', total = :total, bound = :bound, premium = :premium, placed = :placed, blocking = :blocking, firsts = :firsts, choices = :choices,
	stable_total = :stable_total, stable_placed = :stable_placed, stable_firsts = :stable_firsts, stable_choices = :stable_choices, revision = revision + 1
WHERE id = :id AND revision = :revision AND state IN ('scored', 'solved');

-- ── looking at it ──

-- name: placements :many
-- The officers of a round with where they go, those placed first, by name; from one on.
-- param round_id id
-- param day int
-- param most int
-- param skip int
-- col moved bool
SELECT i.person_id, p.name, p.employee_no, i.post_id, t.title_en, t.title_hi, o.name_en AS office_en, o.name_hi AS office_hi, i.score, i.price, x.price AS post_price, y.fit, y.rule, f.rank,
	i.order_state, i.words, s.title_en AS stable_en, s.title_hi AS stable_hi, w.title_en AS was_en, w.title_hi AS was_hi, g.name_en AS org_en, g.name_hi AS org_hi,
	COALESCE(i.was_post_id, 0) <> COALESCE(i.post_id, 0) AS moved
FROM placement_officer i JOIN person p ON p.id = i.person_id LEFT JOIN post t ON t.id = i.post_id LEFT JOIN org o ON o.id = t.org_id LEFT JOIN post s ON s.id = i.stable_post_id
	LEFT JOIN post w ON w.id = i.was_post_id LEFT JOIN placement_post x ON x.round_id = i.round_id AND x.post_id = i.post_id
	LEFT JOIN placement_pair y ON y.round_id = i.round_id AND y.post_id = i.post_id AND y.person_id = i.person_id
	LEFT JOIN placement_preference f ON f.round_id = i.round_id AND f.person_id = i.person_id AND f.post_id = i.post_id
	LEFT JOIN posting q ON q.person_id = i.person_id AND q.from_day <= :day AND (q.until_day IS NULL OR q.until_day > :day) LEFT JOIN org g ON g.id = q.org_id
WHERE i.round_id = :round_id ORDER BY CASE WHEN i.post_id IS NULL THEN 1 ELSE 0 END, p.sort_key, p.id LIMIT :most OFFSET :skip;

-- name: shortages :many
-- Posts that cannot all be filled, by groups.
SELECT i.post_id, i.places, i.shortage, i.shortage_officers, i.candidates, i.not_service, i.not_pay_level, i.not_years, i.not_tenure, p.title_en, p.title_hi, o.name_en AS org_en, o.name_hi AS org_hi
FROM placement_post i JOIN post p ON p.id = i.post_id JOIN org o ON o.id = p.org_id
WHERE i.round_id = :round_id AND i.shortage IS NOT NULL ORDER BY i.shortage, i.post_id LIMIT 500;

-- name: prices :one
-- The sums of the proof: prices of officers, and of places.
-- param round_id id
-- col officers int
-- col places int
SELECT (SELECT CAST(COALESCE(sum(o.price), 0) AS bigint) FROM placement_officer o WHERE o.round_id = :round_id) AS officers,
	(SELECT CAST(COALESCE(sum(p.price * (p.places - (SELECT count(*) FROM placement_pair i WHERE i.round_id = p.round_id AND i.post_id = p.post_id AND i.rule = 'fixed'))), 0) AS bigint)
		FROM placement_post p WHERE p.round_id = :round_id) AS places;

-- ── what officers prefer ──

-- name: open_for :many
-- The rounds in which an officer may say so.
SELECT r.id, r.name, r.from_day, r.bonus, o.name_en AS org_en, o.name_hi AS org_hi FROM placement_officer i JOIN placement_round r ON r.id = i.round_id AND r.state = 'open'
	JOIN org o ON o.id = r.org_id WHERE i.person_id = :person_id ORDER BY r.id DESC LIMIT 5;

-- name: is_open_for :maybe
-- Whether an officer may say so in one.
SELECT r.id FROM placement_officer i JOIN placement_round r ON r.id = i.round_id AND r.state = 'open' WHERE i.round_id = :round_id AND i.person_id = :person_id;

-- name: post_choices :many
-- The posts of the rounds in which an officer may say so.
SELECT i.round_id, i.post_id, p.title_en, p.title_hi, o.name_en AS org_en, o.name_hi AS org_hi
FROM placement_officer w JOIN placement_round r ON r.id = w.round_id AND r.state = 'open' JOIN placement_post i ON i.round_id = r.id JOIN post p ON p.id = i.post_id JOIN org o ON o.id = p.org_id
WHERE w.person_id = :person_id ORDER BY i.round_id DESC, o.name_en, p.title_en, i.post_id LIMIT 2000;

-- name: preferences :many
-- What somebody has said there.
SELECT f.round_id, f.rank, f.post_id FROM placement_preference f JOIN placement_round r ON r.id = f.round_id AND r.state = 'open'
WHERE f.person_id = :person_id ORDER BY f.round_id DESC, f.rank LIMIT 50;

-- name: has_post :maybe
-- Whether a post is of a round.
SELECT post_id FROM placement_post WHERE round_id = :round_id AND post_id = :post_id;

-- name: clear_preferences :exec
-- Nothing is said.
DELETE FROM placement_preference WHERE round_id = :round_id AND person_id = :person_id;

-- name: put_preference :exec
-- A post is preferred.
INSERT INTO placement_preference (round_id, person_id, post_id, rank) VALUES (:round_id, :person_id, :post_id, :rank);

-- ── orders ──

-- name: hold :exec
-- An order is held back, or not any more.
UPDATE placement_officer SET order_state = :order_state, words = :words WHERE round_id = :round_id AND person_id = :person_id AND post_id IS NOT NULL AND order_state IN ('', 'held');

-- name: placed_there :maybe
-- Whether somebody is to be placed by a round.
SELECT person_id FROM placement_officer WHERE round_id = :round_id AND person_id = :person_id AND post_id IS NOT NULL;

-- name: due :many
-- The next officers to be ordered.
-- param day int
-- param most int
SELECT i.person_id, i.post_id, t.org_id, t.designation_id, t.title_en, t.title_hi, o.id AS posting_id, o.from_day AS posted_since, p.state, o.org_id AS now_org_id, o.designation_id AS now_designation_id, o.supervisor_id
FROM placement_officer i JOIN person p ON p.id = i.person_id JOIN post t ON t.id = i.post_id LEFT JOIN posting o ON o.person_id = i.person_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)
WHERE i.round_id = :round_id AND i.order_state = '' ORDER BY i.person_id LIMIT :most;

-- name: vacancy :one
-- How many places of a post nobody holds on a day or later; none when it is abolished by then, or will be.
-- param day int
-- col vacant int
SELECT CASE WHEN p.from_day <= :day AND p.until_day IS NULL THEN p.sanctioned ELSE 0 END
	- (SELECT count(*) FROM holding h WHERE h.post_id = p.id AND h.kind = 'substantive' AND (h.until_day IS NULL OR h.until_day > :day)) AS vacant
FROM post p WHERE p.id = :id;

-- name: in_the_way :maybe
-- What somebody holds that leaves no room: another post substantively from a later day on, or this one in any way.
-- param person_id id
-- param day int
-- param post_id id
SELECT id FROM holding WHERE person_id = :person_id AND (until_day IS NULL OR until_day > :day) AND (post_id = :post_id OR (kind = 'substantive' AND from_day > :day))
ORDER BY id LIMIT 1;

-- name: held :maybe
-- What somebody holds substantively on a day.
-- param day int
SELECT id, post_id FROM holding WHERE person_id = :person_id AND kind = 'substantive' AND from_day <= :day AND (until_day IS NULL OR until_day > :day) ORDER BY id LIMIT 1;

-- name: set_order :exec
-- An order was carried out, or could not be.
UPDATE placement_officer SET order_state = :order_state, words = :words WHERE round_id = :round_id AND person_id = :person_id;

-- name: by_id :maybe
-- A round, for its work.
SELECT id, org_id, name, from_day, state, order_no FROM placement_round WHERE id = :id;

-- name: pairs_of :many
-- The posts for which an officer comes into question, the best fit first.
-- param round_id id
-- param person_id id
SELECT i.post_id, i.fit, i.rule, f.rank, t.title_en, t.title_hi, o.name_en AS org_en, o.name_hi AS org_hi, x.price, x.places
FROM placement_pair i JOIN post t ON t.id = i.post_id JOIN org o ON o.id = t.org_id JOIN placement_post x ON x.round_id = i.round_id AND x.post_id = i.post_id
	LEFT JOIN placement_preference f ON f.round_id = i.round_id AND f.person_id = i.person_id AND f.post_id = i.post_id
WHERE i.round_id = :round_id AND i.person_id = :person_id ORDER BY i.fit DESC, i.post_id LIMIT 500;

-- name: officer :maybe
-- An officer of a round, with the last answer.
SELECT i.person_id, i.post_id, i.score, i.price, i.order_state, i.words, p.name, t.title_en, t.title_hi FROM placement_officer i JOIN person p ON p.id = i.person_id LEFT JOIN post t ON t.id = i.post_id
WHERE i.round_id = :round_id AND i.person_id = :person_id;
