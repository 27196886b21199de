-- owner: course

-- name: of_code :maybe
-- The course of a code.
SELECT id, revision, state FROM course WHERE code = :code;

-- name: add :exec
-- A new course.
INSERT INTO course (id, code, title, summary, body, lang, provider, provider_id, translation_of_id, licence, sources, ms, bytes, n_resources, revision, state,
	published_at, updated_at)
VALUES (:id, :code, :title, :summary, :body, :lang, :provider, :provider_id, :translation_of_id, :licence, :sources, :ms, :bytes, :n_resources, 1, 'live',
	:updated_at, :updated_at);

-- name: change :exec
-- A later revision of a course.
UPDATE course SET title = :title, summary = :summary, body = :body, lang = :lang, provider = :provider, provider_id = :provider_id,
	translation_of_id = :translation_of_id, licence = :licence, sources = :sources, ms = :ms, bytes = :bytes, n_resources = :n_resources,
	revision = revision + 1, state = 'live', updated_at = :updated_at
WHERE id = :id;

-- name: set_state :exec
-- Retires a course or offers it again.
UPDATE course SET state = :state, updated_at = :updated_at WHERE id = :id;

-- name: clear_topics :exec
-- Before the topics of a revision are written.
DELETE FROM course_topic WHERE course_id = :course_id;

-- name: add_topic :exec
-- A topic of a course.
INSERT INTO course_topic (course_id, topic) VALUES (:course_id, :topic) ON CONFLICT (course_id, topic) DO NOTHING;

-- name: provider_named :maybe
-- The organisation of a provider's name.
-- param name text
SELECT id FROM org WHERE name_en = :name OR name_hi = :name ORDER BY id LIMIT 1;

-- name: module_of_code :maybe
-- The module of a code.
SELECT id FROM module WHERE course_id = :course_id AND code = :code;

-- name: put_module :exec
-- A module, new or changed.
INSERT INTO module (id, course_id, n, code, title, summary) VALUES (:id, :course_id, :n, :code, :title, :summary)
ON CONFLICT (course_id, code) DO UPDATE SET n = excluded.n, title = excluded.title, summary = excluded.summary, ended_at = NULL;

-- name: resource_of_code :maybe
-- The resource of a code.
SELECT id FROM resource WHERE course_id = :course_id AND code = :code;

-- name: put_resource :exec
-- A resource, new or changed; what learners did in it stays.
INSERT INTO resource (id, course_id, module_id, n, code, kind, title, ms, pages, bytes, body, plain, toc, media, captions, cues, credits_id)
VALUES (:id, :course_id, :module_id, :n, :code, :kind, :title, :ms, :pages, :bytes, :body, :plain, :toc, :media, :captions, :cues, :credits_id)
ON CONFLICT (course_id, code) DO UPDATE SET module_id = excluded.module_id, n = excluded.n, kind = excluded.kind, title = excluded.title, ms = excluded.ms,
	pages = excluded.pages, bytes = excluded.bytes, body = excluded.body, plain = excluded.plain, toc = excluded.toc, media = excluded.media,
	captions = excluded.captions, cues = excluded.cues, credits_id = excluded.credits_id, ended_at = NULL;

-- name: end_resources :exec
-- Before a revision is written, all parts are ended; those that are still there are taken up again.
UPDATE resource SET ended_at = :ended_at WHERE course_id = :course_id AND ended_at IS NULL;

-- name: end_modules :exec
-- The same for modules.
UPDATE module SET ended_at = :ended_at WHERE course_id = :course_id AND ended_at IS NULL;

-- name: add_media :exec
-- A stored file; the same content is stored once.
INSERT INTO media (name, type, bytes, created_at) VALUES (:name, :type, :bytes, :created_at) ON CONFLICT (name) DO NOTHING;

-- name: media :maybe
-- A stored file.
SELECT name, type, bytes FROM media WHERE name = :name;

-- name: one :maybe
-- A course for its page.
SELECT c.id, c.code, c.title, c.summary, c.body, c.lang, c.provider, c.provider_id, c.licence, c.sources, c.ms, c.bytes, c.n_resources, c.state, c.updated_at,
	c.translation_of_id FROM course c WHERE c.id = :id;

-- name: versions :many
-- The language versions of a course, itself among them.
-- param root_id id
SELECT id, title, lang FROM course WHERE id = :root_id AND state = 'live'
UNION SELECT id, title, lang FROM course WHERE translation_of_id = :root_id AND state = 'live' ORDER BY lang, id LIMIT 30;

-- name: topics :many
-- The topics of a course.
SELECT topic FROM course_topic WHERE course_id = :course_id ORDER BY topic LIMIT 20;

-- name: outline :many
-- Modules and resources in order, with what a person has done of each.
-- param person_id id
SELECT m.id AS module_id, m.title AS module, r.id, r.course_id, r.n, r.kind, r.title, r.ms, r.pages, r.bytes, r.credits_id, c.way, g.covered_ms
FROM resource r JOIN module m ON m.id = r.module_id
LEFT JOIN credit c ON c.person_id = :person_id AND c.resource_id = r.id
LEFT JOIN progress g ON g.person_id = :person_id AND g.resource_id = r.id
WHERE r.course_id = :course_id AND r.ended_at IS NULL ORDER BY r.n LIMIT 500;

-- name: resource :maybe
-- A resource for its page.
SELECT r.id, r.course_id, r.n, r.kind, r.title, r.ms, r.pages, r.bytes, r.body, r.toc, r.media, r.captions, r.cues, r.credits_id, r.ended_at,
	c.title AS course, c.lang, c.state FROM resource r JOIN course c ON c.id = r.course_id WHERE r.id = :id;

-- name: check_of :maybe
-- The quiz that proves a resource.
SELECT id, title FROM resource WHERE credits_id = :credits_id AND ended_at IS NULL ORDER BY n LIMIT 1;

-- name: counts :many
-- The counters of a course for its page.
-- col total int
SELECT what, CAST(sum(n) AS bigint) AS total FROM tally WHERE subject_id = :subject_id AND period = 0 GROUP BY what ORDER BY what;

-- name: ratings :many
-- The newest ratings with words.
SELECT r.stars, r.words, r.rated_at FROM rating r WHERE r.course_id = :course_id AND r.words <> '' ORDER BY r.rated_at DESC, r.person_id LIMIT 5;

-- name: mine :one
-- What a course is to a person: enrolment, assignment, rating, certificate, which of the four kinds it is, since when a test shows it to be needless, and a
-- test that could.
-- param person_id id
-- param day int
-- param course_id id
-- col kind text
-- col state text
-- col completed_at time
-- col serial text
-- col stars int
-- col due_day int
-- col reason text
-- col ministry int
-- col role int
-- col common int
-- param moment time
-- col n_tests int
-- col skipped_at time
-- col skip_exam_id id
SELECT e.kind, e.state, e.completed_at, a.due_day, a.reason, r.stars, c.serial,
	(SELECT count(*) FROM recommendation q JOIN org_above u ON u.above_id = q.org_id JOIN posting o ON o.org_id = u.org_id
		WHERE q.course_id = k.id AND q.kind = 'ministry' AND o.person_id = :person_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)) AS ministry,
	(SELECT count(*) FROM recommendation q JOIN posting o ON o.designation_id = q.designation_id
		WHERE q.course_id = k.id AND q.kind = 'role' AND o.person_id = :person_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)) AS role,
	(SELECT count(*) FROM recommendation q WHERE q.course_id = k.id AND q.kind = 'common') AS common,
	(SELECT count(*) FROM exam x WHERE x.course_id = k.id AND x.kind IN ('pre', 'course', 'post') AND x.state = 'open') AS n_tests,
	(SELECT max(x.at) FROM exemption x WHERE x.person_id = :person_id AND x.course_id = k.id AND x.withdrawn_at IS NULL) AS skipped_at,
	(SELECT max(x.id) FROM exam x WHERE x.course_id = k.id AND x.kind = 'skip' AND x.state = 'open' AND x.opens_at <= :moment AND x.closes_at > :moment
		AND EXISTS (SELECT 1 FROM posting o JOIN org_above u ON u.org_id = o.org_id AND u.above_id = x.org_id
			WHERE o.person_id = :person_id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day))) AS skip_exam_id
FROM course k
LEFT JOIN enrolment e ON e.course_id = k.id AND e.person_id = :person_id
LEFT JOIN assignment a ON a.course_id = k.id AND a.person_id = :person_id AND a.withdrawn_at IS NULL
LEFT JOIN rating r ON r.course_id = k.id AND r.person_id = :person_id
LEFT JOIN credential c ON c.course_id = k.id AND c.person_id = :person_id AND c.replaced_by_id IS NULL
WHERE k.id = :course_id;

-- name: tests :many
-- The tests of a course that are open: before it, in it, after it.
-- param course_id id
-- param at time
SELECT id, kind, title, minutes FROM exam WHERE course_id = :course_id AND kind IN ('pre', 'course', 'post') AND state = 'open' AND opens_at <= :at AND closes_at > :at
ORDER BY kind DESC, id LIMIT 10;
