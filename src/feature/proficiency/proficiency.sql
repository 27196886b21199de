-- owner: proficiency

-- name: measured :maybe
-- A competency that levels are measured in, if it is in force.
-- param day int
SELECT c.id, c.kind, f.n_levels FROM competency c JOIN framework f ON f.id = c.framework_id
WHERE c.id = :id AND c.from_day <= :day AND (c.until_day IS NULL OR c.until_day > :day);

-- name: add :exec
-- A piece of evidence.
INSERT INTO evidence (id, person_id, competency_id, kind, value, at, rater_id, source_id, note, round_id, said)
VALUES (:id, :person_id, :competency_id, :kind, :value, :at, :rater_id, :source_id, :note, :round_id, :said);

-- name: earlier :many
-- What a new piece takes the place of: of the same rater and kind, or from the same source; without a rater in a round, what has none in earlier rounds.
SELECT e.id FROM evidence e WHERE e.person_id = :person_id AND e.competency_id = :competency_id AND e.withdrawn_at IS NULL
	AND ((:rater_id IS NOT NULL AND e.rater_id = :rater_id AND e.kind = :kind) OR (:source_id IS NOT NULL AND e.source_id = :source_id)
		OR (:round_id IS NOT NULL AND :rater_id IS NULL AND e.rater_id IS NULL AND e.round_id <> :round_id))
ORDER BY e.id LIMIT 100;

-- name: from_source :many
-- What counts of a source about somebody.
SELECT id, competency_id FROM evidence WHERE person_id = :person_id AND source_id = :source_id AND withdrawn_at IS NULL ORDER BY id LIMIT 100;

-- name: one :one
-- A piece of a person that counts.
SELECT e.id, e.competency_id, e.kind, e.value, e.at, f.n_levels FROM evidence e JOIN competency c ON c.id = e.competency_id JOIN framework f ON f.id = c.framework_id
WHERE e.id = :id AND e.person_id = :person_id AND e.withdrawn_at IS NULL;

-- name: withdraw :exec
-- It counts no more.
UPDATE evidence SET withdrawn_at = :withdrawn_at, withdrawn_by = :withdrawn_by WHERE id = :id AND withdrawn_at IS NULL;

-- name: count :exec
-- Adds to the sums of a person.
INSERT INTO proficiency (person_id, competency_id, weight, weighted, n, n_self, last_at)
VALUES (:person_id, :competency_id, :weight, :weighted, :n, :n_self, :last_at)
ON CONFLICT (person_id, competency_id) DO UPDATE SET weight = proficiency.weight + excluded.weight, weighted = proficiency.weighted + excluded.weighted,
	n = proficiency.n + excluded.n, n_self = proficiency.n_self + excluded.n_self,
	last_at = CASE WHEN excluded.last_at > proficiency.last_at THEN excluded.last_at ELSE proficiency.last_at END;

-- name: of_person :many
-- The sums of a person, with what the competencies are called today.
-- param day int
SELECT p.competency_id, p.weight, p.weighted, p.n, p.n_self, p.last_at, f.n_levels, f.code AS framework, c.framework_id, c.code, c.identifier, c.area, c.until_day, x.name_en,
	x.name_hi
FROM proficiency p JOIN competency c ON c.id = p.competency_id JOIN framework f ON f.id = c.framework_id
	JOIN competency_text x ON x.competency_id = c.id AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = c.id AND y.from_day <= :day)
WHERE p.person_id = :person_id AND p.n > 0 ORDER BY c.area, c.n, c.id LIMIT 1000;

-- name: in_one :maybe
-- The sums of a person in one competency.
SELECT weight, weighted, n, n_self, last_at FROM proficiency WHERE person_id = :person_id AND competency_id = :competency_id;

-- name: pieces :many
-- The evidence of a person in a competency, the newest first, with what was withdrawn; of peers and subordinates see groups.
SELECT e.id, e.kind, e.value, e.at, e.rater_id, e.source_id, e.note, e.withdrawn_at, r.name AS rater, k.title AS course
FROM evidence e LEFT JOIN person r ON r.id = e.rater_id LEFT JOIN course k ON k.id = e.source_id
WHERE e.person_id = :person_id AND e.competency_id = :competency_id AND e.kind NOT IN ('peer', 'subordinate') ORDER BY e.id DESC LIMIT 200;

-- name: groups :many
-- What peers and subordinates said in rounds, as groups that are large enough to stay unknown; the newest first.
-- param least int
-- col at time
-- col withdrawn_at time
-- col n int
-- col sum int
SELECT e.round_id, e.kind, max(e.at) AS at, max(e.withdrawn_at) AS withdrawn_at, count(*) AS n, CAST(sum(e.value) AS bigint) AS sum FROM evidence e
WHERE e.person_id = :person_id AND e.competency_id = :competency_id AND e.kind IN ('peer', 'subordinate')
GROUP BY e.round_id, e.kind HAVING count(*) >= :least ORDER BY max(e.at) DESC, e.kind LIMIT 100;

-- name: called :maybe
-- What a person is called.
SELECT name FROM person WHERE id = :id;

-- name: taught :many
-- What a course teaches that is in force.
-- param day int
SELECT t.competency_id, t.level, f.n_levels FROM course_competency t JOIN competency c ON c.id = t.competency_id JOIN framework f ON f.id = c.framework_id
WHERE t.course_id = :course_id AND c.kind IN ('theme', 'sub-theme') AND c.from_day <= :day AND (c.until_day IS NULL OR c.until_day > :day) AND t.level <= f.n_levels
ORDER BY t.competency_id LIMIT 20;

-- name: passed :maybe
-- Whether somebody passed a quiz of a course.
SELECT a.id FROM attempt a JOIN resource r ON r.id = a.resource_id WHERE a.person_id = :person_id AND r.course_id = :course_id AND a.passed LIMIT 1;

-- ── anew ──

-- name: all :each
-- All evidence that counts, by person and competency.
SELECT e.person_id, e.competency_id, e.kind, e.value, e.at, f.n_levels FROM evidence e JOIN competency c ON c.id = e.competency_id JOIN framework f ON f.id = c.framework_id
WHERE e.withdrawn_at IS NULL ORDER BY e.person_id, e.competency_id, e.id;

-- name: all_of :each
-- The same of one person.
SELECT e.person_id, e.competency_id, e.kind, e.value, e.at, f.n_levels FROM evidence e JOIN competency c ON c.id = e.competency_id JOIN framework f ON f.id = c.framework_id
WHERE e.person_id = :person_id AND e.withdrawn_at IS NULL ORDER BY e.competency_id, e.id;

-- name: kept :each
-- All sums that are not nothing, by person and competency.
SELECT person_id, competency_id, weight, weighted, n, n_self, last_at FROM proficiency WHERE n <> 0 OR weight <> 0 OR weighted <> 0 ORDER BY person_id, competency_id;

-- name: forget :exec
-- Forgets all sums.
DELETE FROM proficiency;

-- name: forget_of :exec
-- Forgets the sums of a person.
DELETE FROM proficiency WHERE person_id = :person_id;

-- name: move :exec
-- Evidence of one account is of another.
-- param kept_id id
-- param closed_id id
UPDATE evidence SET person_id = :kept_id WHERE person_id = :closed_id;

-- rows: evidence by person_id
