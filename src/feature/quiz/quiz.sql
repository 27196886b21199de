-- owner: quiz

-- name: one :maybe
-- A quiz with what its page says of it.
SELECT q.resource_id, q.pass, q.attempts, q.draw, q.feedback, r.course_id, r.n, r.title, r.ended_at, r.credits_id, p.title AS credits,
	c.title AS course, c.lang, c.n_resources
FROM quiz q JOIN resource r ON r.id = q.resource_id JOIN course c ON c.id = r.course_id LEFT JOIN resource p ON p.id = r.credits_id
WHERE q.resource_id = :resource_id;

-- name: put :exec
-- A quiz, new or with changed rules.
INSERT INTO quiz (resource_id, pass, attempts, draw, feedback) VALUES (:resource_id, :pass, :attempts, :draw, :feedback)
ON CONFLICT (resource_id) DO UPDATE SET pass = excluded.pass, attempts = excluded.attempts, draw = excluded.draw, feedback = excluded.feedback;

-- name: live :many
-- The questions of a quiz as they are now, for an import.
SELECT q.id, q.code, q.n, q.kind, q.asked, q.answer_key, t.framework AS tests_framework, t.code AS tests_code, t.level AS tests_level
FROM question q LEFT JOIN question_competency t ON t.question_id = q.id WHERE q.resource_id = :resource_id AND q.ended_at IS NULL ORDER BY q.n, q.id LIMIT 5000;

-- name: pool :many
-- What an attempt draws from.
SELECT id FROM question WHERE resource_id = :resource_id AND ended_at IS NULL ORDER BY n, id LIMIT 5000;

-- name: pool_size :one
-- How many questions an attempt draws from.
-- col n int
SELECT count(*) AS n FROM question WHERE resource_id = :resource_id AND ended_at IS NULL;

-- name: add_question :exec
-- A question.
INSERT INTO question (id, resource_id, code, n, kind, asked, answer_key) VALUES (:id, :resource_id, :code, :n, :kind, :asked, :answer_key);

-- name: forget_test :exec
-- A question tests nothing that is named.
DELETE FROM question_competency WHERE question_id = :question_id;

-- name: tests :exec
-- What a question tests.
INSERT INTO question_competency (question_id, framework, code, level) VALUES (:question_id, :framework, :code, :level);

-- name: move_question :exec
-- The place of a question that is otherwise unchanged.
UPDATE question SET n = :n WHERE id = :id;

-- name: end_question :exec
-- A question that was changed or taken out; attempts that have it keep it.
UPDATE question SET ended_at = :ended_at WHERE id = :id;

-- name: question :maybe
-- A question with its key, for authors.
SELECT kind, asked, answer_key FROM question WHERE id = :id;

-- name: attempts :many
-- The attempts of a person at a quiz.
SELECT id, n, started_at, submitted_at, marks, max_marks, passed FROM attempt
WHERE person_id = :person_id AND resource_id = :resource_id ORDER BY n LIMIT 100;

-- name: attempt :maybe
-- An attempt of a person.
SELECT id, resource_id, n, started_at, submitted_at, marks, max_marks, passed FROM attempt WHERE person_id = :person_id AND id = :id;

-- name: add_attempt :exec
-- A new attempt.
INSERT INTO attempt (person_id, id, resource_id, n, started_at, max_marks, passed)
VALUES (:person_id, :id, :resource_id, :n, :started_at, :max_marks, FALSE);

-- name: add_answer :exec
-- A drawn question.
INSERT INTO answer (person_id, attempt_id, n, question_id) VALUES (:person_id, :attempt_id, :n, :question_id);

-- name: answers :many
-- The questions of an attempt and what was given so far; without the keys.
SELECT a.n, a.question_id, a.given, a.marks, q.kind, q.asked FROM answer a JOIN question q ON q.id = a.question_id
WHERE a.person_id = :person_id AND a.attempt_id = :attempt_id ORDER BY a.n LIMIT 5000;

-- name: keys :many
-- The keys of those questions of an attempt that are marked, so whose answers cannot change any more.
SELECT a.n, q.kind, q.answer_key FROM answer a JOIN question q ON q.id = a.question_id
WHERE a.person_id = :person_id AND a.attempt_id = :attempt_id AND a.marks IS NOT NULL ORDER BY a.n LIMIT 5000;

-- name: to_mark :many
-- What marking needs of an attempt.
SELECT a.n, a.given, q.kind, q.answer_key FROM answer a JOIN question q ON q.id = a.question_id
WHERE a.person_id = :person_id AND a.attempt_id = :attempt_id ORDER BY a.n LIMIT 5000;

-- name: answer :maybe
-- One question of an attempt.
SELECT a.n, a.given, a.marks, q.kind, q.asked, q.answer_key FROM answer a JOIN question q ON q.id = a.question_id
WHERE a.person_id = :person_id AND a.attempt_id = :attempt_id AND a.question_id = :question_id;

-- name: give :exec
-- An answer; one that is marked stays as it is.
UPDATE answer SET given = :given, saved_at = :saved_at, marks = :marks
WHERE person_id = :person_id AND attempt_id = :attempt_id AND n = :n AND marks IS NULL;

-- name: mark :exec
-- The marks of an answer.
UPDATE answer SET marks = :marks WHERE person_id = :person_id AND attempt_id = :attempt_id AND n = :n;

-- name: submit :exec
-- Ends an attempt, once.
UPDATE attempt SET submitted_at = :submitted_at, marks = :marks, passed = :passed
WHERE person_id = :person_id AND id = :id AND submitted_at IS NULL;

-- name: merge_attempts :exec
-- Attempts of an account become another's, counted on behind the own ones; of two that are open the own one goes on.
-- param kept_id id
-- param closed_id id
INSERT INTO attempt (person_id, id, resource_id, n, started_at, submitted_at, marks, max_marks, passed)
SELECT :kept_id, a.id, a.resource_id, a.n + COALESCE((SELECT max(k.n) FROM attempt k WHERE k.person_id = :kept_id AND k.resource_id = a.resource_id), 0),
	a.started_at, a.submitted_at, a.marks, a.max_marks, a.passed
FROM attempt a WHERE a.person_id = :closed_id AND (a.submitted_at IS NOT NULL OR NOT EXISTS (
	SELECT 1 FROM attempt k WHERE k.person_id = :kept_id AND k.resource_id = a.resource_id AND k.submitted_at IS NULL));

-- name: merge_answers :exec
-- With their answers.
-- param kept_id id
-- param closed_id id
INSERT INTO answer (person_id, attempt_id, n, question_id, given, saved_at, marks)
SELECT :kept_id, a.attempt_id, a.n, a.question_id, a.given, a.saved_at, a.marks FROM answer a
WHERE a.person_id = :closed_id AND EXISTS (SELECT 1 FROM attempt k WHERE k.person_id = :kept_id AND k.id = a.attempt_id);

-- name: drop_answers :exec
-- What has become another's.
DELETE FROM answer WHERE person_id = :person_id;

-- name: drop_attempts :exec
-- What has become another's.
DELETE FROM attempt WHERE person_id = :person_id;

-- rows: attempt by person_id
-- rows: answer by person_id
