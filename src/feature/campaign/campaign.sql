-- owner: campaign

-- ── campaigns ──

-- name: add :exec
-- A campaign.
INSERT INTO campaign (id, org_id, name_en, name_hi, target_minutes, counts, events, programmes, charchas, made_by, made_at)
VALUES (:id, :org_id, :name_en, :name_hi, :target_minutes, :counts, :events, :programmes, :charchas, :made_by, :made_at);

-- name: add_theme :exec
-- A theme in the turn of the days.
INSERT INTO campaign_theme (campaign_id, n, name_en, name_hi, words_en, words_hi) VALUES (:campaign_id, :n, :name_en, :name_hi, :words_en, :words_hi)
ON CONFLICT (campaign_id, n) DO UPDATE SET name_en = excluded.name_en, name_hi = excluded.name_hi, words_en = excluded.words_en, words_hi = excluded.words_hi;

-- name: drop_theme :exec
-- A theme that goes, or is written anew.
DELETE FROM campaign_theme WHERE campaign_id = :campaign_id AND n = :n;

-- name: themes :many
-- Themes in their turn.
SELECT n, name_en, name_hi, words_en, words_hi FROM campaign_theme WHERE campaign_id = :campaign_id ORDER BY n LIMIT 40;

-- name: one :maybe
-- A campaign with its own dates.
SELECT c.id, c.org_id, c.name_en, c.name_hi, c.target_minutes, c.counts, c.events, c.programmes, c.charchas, w.from_day, w.last_day,
	o.name_en AS org_en, o.name_hi AS org_hi
FROM campaign c JOIN campaign_window w ON w.campaign_id = c.id AND w.org_id = c.org_id AND w.newest JOIN org o ON o.id = c.org_id WHERE c.id = :id;

-- name: of_org :many
-- Campaigns of an organisation and of those above it, newest first, with the dates that hold in this one (as in for_org).
-- param org_id id
SELECT c.id, c.org_id, c.name_en, c.name_hi, c.target_minutes, w.from_day, w.last_day, o.name_en AS org_en, o.name_hi AS org_hi
FROM org_above u JOIN campaign c ON c.org_id = u.above_id JOIN campaign_window w ON w.id = (
	SELECT x.id FROM org_above n JOIN campaign_window x ON x.campaign_id = c.id AND x.org_id = n.above_id AND x.newest
	WHERE n.org_id = :org_id ORDER BY n.distance LIMIT 1)
JOIN org o ON o.id = c.org_id WHERE u.org_id = :org_id ORDER BY c.id DESC LIMIT 100;

-- name: live :many
-- Campaigns in which something may still change, by their widest dates.
-- param day int
-- col from_day int
-- col last_day int
SELECT c.id, c.org_id, c.target_minutes, c.counts, c.events, c.programmes, c.charchas, min(w.from_day) AS from_day, max(w.last_day) AS last_day
FROM campaign c JOIN campaign_window w ON w.campaign_id = c.id AND w.newest
GROUP BY c.id, c.org_id, c.target_minutes, c.counts, c.events, c.programmes, c.charchas
HAVING max(w.last_day) >= :day ORDER BY c.id LIMIT 2000;

-- name: any_live :maybe
-- Whether there is a campaign in which something may still change.
-- param day int
SELECT id FROM campaign_window WHERE newest AND last_day >= :day ORDER BY id LIMIT 1;

-- ── dates ──

-- name: windows :many
-- All dates in force of a campaign, by organisation.
SELECT org_id, from_day, last_day FROM campaign_window WHERE campaign_id = :campaign_id AND newest ORDER BY org_id LIMIT 20000;

-- name: history :many
-- All dates that a campaign was ever given, newest first.
SELECT w.id, w.org_id, w.from_day, w.last_day, w.reason, w.set_at, w.newest, p.name AS setter, o.name_en AS org_en, o.name_hi AS org_hi
FROM campaign_window w JOIN person p ON p.id = w.set_by JOIN org o ON o.id = w.org_id
WHERE w.campaign_id = :campaign_id ORDER BY w.id DESC LIMIT 200;

-- name: window_past :exec
-- Dates that are replaced become history.
UPDATE campaign_window SET newest = FALSE WHERE campaign_id = :campaign_id AND org_id = :org_id AND newest;

-- name: window_add :exec
-- New dates of an organisation.
INSERT INTO campaign_window (id, campaign_id, org_id, from_day, last_day, reason, set_by, set_at, newest)
VALUES (:id, :campaign_id, :org_id, :from_day, :last_day, :reason, :set_by, :set_at, TRUE);

-- name: overlapping :maybe
-- Another campaign of the same organisation with dates that meet these.
-- param own_id id
-- param org_id id
-- param from_day int
-- param last_day int
SELECT c.id, c.name_en, c.name_hi FROM campaign c JOIN campaign_window w ON w.campaign_id = c.id AND w.org_id = c.org_id AND w.newest
WHERE c.org_id = :org_id AND c.id <> :own_id AND w.from_day <= :last_day AND w.last_day >= :from_day ORDER BY c.id LIMIT 1;

-- name: for_org :maybe
-- A campaign with the dates of an organisation that it is for: those of the nearest one above that has its own.
-- param id id
-- param org_id id
SELECT c.id, c.org_id, c.name_en, c.name_hi, c.target_minutes, c.counts, c.events, c.programmes, c.charchas, w.from_day, w.last_day,
	o.name_en AS org_en, o.name_hi AS org_hi
FROM campaign c JOIN org_above b ON b.org_id = :org_id AND b.above_id = c.org_id JOIN org o ON o.id = :org_id
JOIN campaign_window w ON w.id = (
	SELECT x.id FROM org_above u JOIN campaign_window x ON x.campaign_id = c.id AND x.org_id = u.above_id AND x.newest
	WHERE u.org_id = :org_id ORDER BY u.distance LIMIT 1)
WHERE c.id = :id;

-- name: above :many
-- An organisation and all above it, nearest first: as it was before days on which it was moved, the earliest first, then (until_day NULL) as it is.
-- param org_id id
-- col above_id id
-- col until_day int
SELECT x.above_id, x.until_day FROM (
	SELECT above_id, distance, until_day FROM campaign_was_above WHERE org_id = :org_id
	UNION ALL SELECT above_id, distance, NULL FROM org_above WHERE org_id = :org_id) x
ORDER BY CASE WHEN x.until_day IS NULL THEN 1 ELSE 0 END, x.until_day, x.distance LIMIT 2000;

-- name: keep_above :exec
-- Before an organisation is moved: what stands above it and all below it on the days before one; nothing more where it was moved before on the same day.
-- param until_day int
-- param org_id id
INSERT INTO campaign_was_above (org_id, until_day, above_id, distance)
SELECT d.org_id, :until_day, u.above_id, u.distance FROM org_above d JOIN org_above u ON u.org_id = d.org_id
WHERE d.above_id = :org_id AND NOT EXISTS (SELECT 1 FROM campaign_was_above w WHERE w.org_id = d.org_id AND w.until_day = :until_day);

-- name: moved :many
-- Organisations that were moved away from right below one, or to there (here), with the day from which on they count elsewhere.
-- param org_id id
-- param from_day int
-- param last_day int
-- col name_en text
-- col name_hi text
-- col until_day int
-- col here int
SELECT o.name_en, o.name_hi, w.until_day, 0 AS here FROM campaign_was_above w JOIN org o ON o.id = w.org_id
WHERE w.above_id = :org_id AND w.distance = 1 AND w.until_day > :from_day AND w.until_day <= :last_day AND o.parent_id <> :org_id
UNION ALL SELECT o.name_en, o.name_hi, w.until_day, 1 FROM org o JOIN campaign_was_above w ON w.org_id = o.id AND w.distance = 1
WHERE o.parent_id = :org_id AND w.above_id <> :org_id AND w.until_day > :from_day AND w.until_day <= :last_day
ORDER BY 3, 1 LIMIT 50;

-- ── what counts ──

-- name: courses :many
-- The courses that are listed, by title.
SELECT k.id, k.title, k.lang, k.ms FROM campaign_course l JOIN course k ON k.id = l.course_id WHERE l.campaign_id = :campaign_id ORDER BY k.title, k.id LIMIT 1000;

-- name: course_add :exec
-- A course counts.
INSERT INTO campaign_course (campaign_id, course_id) VALUES (:campaign_id, :course_id) ON CONFLICT (campaign_id, course_id) DO NOTHING;

-- name: course_remove :exec
-- A course counts no more.
DELETE FROM campaign_course WHERE campaign_id = :campaign_id AND course_id = :course_id;

-- name: course_called :maybe
-- A live course by its code or id.
-- param called text
-- param called_id id
SELECT id FROM course WHERE state = 'live' AND (code = :called OR id = :called_id) ORDER BY id LIMIT 1;

-- name: set_kinds :exec
-- Which events, programmes and charchas count.
UPDATE campaign SET events = :events, programmes = :programmes, charchas = :charchas WHERE id = :id;

-- name: things :many
-- The list of a campaign, what was made last first; at: when an event or a charcha begins.
-- param before_id id
-- param n int
-- col title text
-- col title_hi text
-- col at time
-- col linked int
SELECT l.thing_id, l.kind, COALESCE(e.title, p.title, c.theme) AS title, COALESCE(e.title_hi, p.title_hi, c.theme_hi) AS title_hi,
	COALESCE(e.starts_at, c.held_at) AS at,
	CASE WHEN EXISTS (SELECT 1 FROM event_competency t WHERE t.event_id = e.id) OR EXISTS (SELECT 1 FROM programme_competency t WHERE t.programme_id = p.id)
		OR EXISTS (SELECT 1 FROM charcha_competency t WHERE t.charcha_id = c.id) THEN 1 ELSE 0 END AS linked
FROM campaign_thing l LEFT JOIN event e ON l.kind = 'event' AND e.id = l.thing_id LEFT JOIN programme p ON l.kind = 'programme' AND p.id = l.thing_id
LEFT JOIN charcha c ON l.kind = 'charcha' AND c.id = l.thing_id
WHERE l.campaign_id = :campaign_id AND (:before_id IS NULL OR l.thing_id < :before_id) ORDER BY l.thing_id DESC LIMIT :n;

-- name: n_things :one
-- How many things are listed.
-- col n int
SELECT count(*) AS n FROM campaign_thing WHERE campaign_id = :campaign_id;

-- name: things_called :many
-- Events, charchas and live programmes to which people of an organisation may come and that are found by id, by code, by title or (part) by a part of one, the latest
-- first. words: in small letters.
-- param org_id id
-- param called_id id
-- param words text
-- param part bool
-- param n int
-- col kind text
-- col id id
-- col code text
-- col title text
-- col title_hi text
-- col at time
-- col org_en text
-- col org_hi text
-- col linked int
-- col listed int
SELECT t.kind, t.id, t.code, t.title, t.title_hi, t.at, o.name_en AS org_en, o.name_hi AS org_hi, t.linked,
	CASE WHEN EXISTS (SELECT 1 FROM campaign_thing l WHERE l.campaign_id = :campaign_id AND l.thing_id = t.id) THEN 1 ELSE 0 END AS listed
FROM (
	SELECT 'event' AS kind, e.id, '' AS code, e.title, e.title_hi, e.starts_at AS at, e.org_id, e.for_all AS open,
		CASE WHEN EXISTS (SELECT 1 FROM event_competency x WHERE x.event_id = e.id) THEN 1 ELSE 0 END AS linked
	FROM event e WHERE e.state IN ('open', 'ended')
	UNION ALL SELECT 'programme', p.id, p.code, p.title, p.title_hi, NULL, p.org_id, TRUE,
		CASE WHEN EXISTS (SELECT 1 FROM programme_competency x WHERE x.programme_id = p.id) THEN 1 ELSE 0 END
	FROM programme p WHERE p.state = 'live'
	UNION ALL SELECT 'charcha', c.id, '', c.theme, c.theme_hi, c.held_at, c.org_id, FALSE,
		CASE WHEN EXISTS (SELECT 1 FROM charcha_competency x WHERE x.charcha_id = c.id) THEN 1 ELSE 0 END
	FROM charcha c WHERE c.state <> 'draft') t JOIN org o ON o.id = t.org_id
WHERE (t.open OR EXISTS (SELECT 1 FROM org_above u WHERE (u.org_id = t.org_id AND u.above_id = :org_id) OR (u.org_id = :org_id AND u.above_id = t.org_id)))
	AND (t.id = :called_id OR t.code = :words OR lower(t.title) = :words OR lower(t.title_hi) = :words
		OR (:part AND (replace(lower(t.title), :words, '') <> lower(t.title) OR replace(lower(t.title_hi), :words, '') <> lower(t.title_hi))))
ORDER BY t.id DESC LIMIT :n;

-- name: thing_add :exec
-- Something counts.
INSERT INTO campaign_thing (campaign_id, thing_id, kind) VALUES (:campaign_id, :thing_id, :kind) ON CONFLICT (campaign_id, thing_id) DO NOTHING;

-- name: thing_remove :exec
-- It counts no more.
DELETE FROM campaign_thing WHERE campaign_id = :campaign_id AND thing_id = :thing_id;

-- ── a person ──

-- name: learned :many
-- Verified learning of a person in days, by day and hour; of a resource with its published length. whole_id: what stands on lists, of a session its programme. linked: whether
-- the thing itself names a competency.
-- param from_day int
-- param last_day int
-- col length_ms int
-- col whole_id id
-- col linked int
SELECT l.day, l.hour, l.kind, l.thing_id, l.course_id, l.ms, l.changed_at, r.ms AS length_ms, COALESCE(b.programme_id, l.thing_id) AS whole_id,
	CASE WHEN (l.kind = 'resource' AND EXISTS (SELECT 1 FROM course_competency t WHERE t.course_id = l.course_id))
		OR (l.kind = 'event' AND EXISTS (SELECT 1 FROM event_competency t WHERE t.event_id = l.thing_id))
		OR (l.kind = 'session' AND EXISTS (SELECT 1 FROM programme_competency t WHERE t.programme_id = b.programme_id))
		OR (l.kind = 'charcha' AND EXISTS (SELECT 1 FROM charcha_competency t WHERE t.charcha_id = l.thing_id)) THEN 1 ELSE 0 END AS linked
FROM learned l LEFT JOIN resource r ON l.kind = 'resource' AND r.id = l.thing_id
LEFT JOIN batch_session s ON l.kind = 'session' AND s.id = l.thing_id LEFT JOIN batch b ON b.id = s.batch_id
WHERE l.person_id = :person_id AND l.day >= :from_day AND l.day <= :last_day AND l.kind <> 'earlier' ORDER BY l.day, l.hour, l.kind, l.thing_id LIMIT 5000;

-- name: completed :many
-- Courses that a person has completed since a moment.
-- param from_at time
-- col teaches int
SELECT e.course_id, e.completed_at, k.ms, CASE WHEN EXISTS (SELECT 1 FROM course_competency t WHERE t.course_id = k.id) THEN 1 ELSE 0 END AS teaches
FROM enrolment e JOIN course k ON k.id = e.course_id
WHERE e.person_id = :person_id AND e.state = 'completed' AND e.completed_at >= :from_at ORDER BY e.course_id LIMIT 1000;

-- name: listed :many
-- Ids of the courses, events, programmes and charchas that are listed.
-- col id id
SELECT x.id FROM (SELECT course_id AS id FROM campaign_course WHERE campaign_id = :campaign_id
	UNION ALL SELECT thing_id FROM campaign_thing WHERE campaign_id = :campaign_id) x ORDER BY x.id LIMIT 2000;

-- name: n_courses :one
-- How many courses are listed.
-- col n int
SELECT count(*) AS n FROM campaign_course WHERE campaign_id = :campaign_id;

-- name: postings :many
-- Where a person was posted in days.
-- param first_day int
-- param last_day int
SELECT org_id, from_day, until_day FROM posting WHERE person_id = :person_id AND from_day <= :last_day AND (until_day IS NULL OR until_day > :first_day)
ORDER BY from_day LIMIT 100;

-- name: person :maybe
-- What is kept of a person in a campaign.
SELECT pledged_at, pledged_org_id, ms, published_ms, reached_at, reached_org_id, parts FROM campaign_person
WHERE campaign_id = :campaign_id AND person_id = :person_id;

-- name: in_org :each
-- What is counted of people, and their names: of those who are or were posted in an organisation, or in one that stands or stood below it.
-- param campaign_id id
-- param org_id id
SELECT c.person_id, c.ms, c.reached_at, c.parts, p.name FROM campaign_person c JOIN person p ON p.id = c.person_id WHERE c.campaign_id = :campaign_id AND c.ms > 0
	AND c.person_id IN (SELECT g.person_id FROM posting g WHERE g.org_id IN (
		SELECT u.org_id FROM org_above u WHERE u.above_id = :org_id UNION SELECT w.org_id FROM campaign_was_above w WHERE w.above_id = :org_id))
ORDER BY c.person_id;

-- name: joined :maybe
-- Whether an account was joined into another one of the same person.
SELECT id FROM merge WHERE closed_id = :closed_id AND undone_at IS NULL ORDER BY id LIMIT 1;

-- name: put_person :exec
-- What is counted of a person.
INSERT INTO campaign_person (campaign_id, person_id, pledged_at, pledged_org_id, ms, published_ms, reached_at, reached_org_id, parts)
VALUES (:campaign_id, :person_id, :pledged_at, :pledged_org_id, :ms, :published_ms, :reached_at, :reached_org_id, :parts)
ON CONFLICT (campaign_id, person_id) DO UPDATE SET pledged_at = excluded.pledged_at, pledged_org_id = excluded.pledged_org_id, ms = excluded.ms,
	published_ms = excluded.published_ms, reached_at = excluded.reached_at, reached_org_id = excluded.reached_org_id, parts = excluded.parts;

-- name: facts_of :many
-- What somebody has pledged and reached, for another account of his to take over.
SELECT campaign_id, pledged_at, pledged_org_id, ms, published_ms, reached_at, reached_org_id, parts FROM campaign_person
WHERE person_id = :person_id AND (pledged_at IS NOT NULL OR reached_at IS NOT NULL) ORDER BY campaign_id LIMIT 2000;

-- name: person_add :exec
-- Somebody of whom nothing is counted yet, unless he is there.
INSERT INTO campaign_person (campaign_id, person_id, ms, published_ms, parts) VALUES (:campaign_id, :person_id, 0, 0, '')
ON CONFLICT (campaign_id, person_id) DO NOTHING;

-- name: competencies_learned :many
-- Competencies that the courses teach which a person has learnt in within days, by their names of a day.
-- param from_day int
-- param last_day int
-- param day int
SELECT t.course_id, t.code, x.name_en, x.name_hi FROM course_competency t
LEFT JOIN competency_text x ON x.competency_id = t.competency_id
	AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = t.competency_id AND y.from_day <= :day)
WHERE t.course_id IN (SELECT l.course_id FROM learned l WHERE l.person_id = :person_id AND l.day >= :from_day AND l.day <= :last_day)
ORDER BY t.course_id, t.framework, t.code LIMIT 2000;

-- name: next_things :many
-- Open parts of courses that a person is enrolled in and that count, those begun last first.
-- param listed bool
-- param n int
-- col covered_ms int
SELECT r.id, r.title, r.ms, k.id AS course_id, k.title AS course, k.lang, COALESCE(g.covered_ms, 0) AS covered_ms
FROM enrolment e JOIN course k ON k.id = e.course_id AND k.state = 'live' JOIN resource r ON r.course_id = k.id AND r.ended_at IS NULL AND r.kind <> 'quiz'
LEFT JOIN progress g ON g.person_id = e.person_id AND g.resource_id = r.id
WHERE e.person_id = :person_id AND e.state = 'active'
	AND NOT EXISTS (SELECT 1 FROM credit d WHERE d.person_id = e.person_id AND d.resource_id = r.id)
	AND CASE WHEN :listed THEN EXISTS (SELECT 1 FROM campaign_course l WHERE l.campaign_id = :campaign_id AND l.course_id = k.id)
		ELSE EXISTS (SELECT 1 FROM course_competency t WHERE t.course_id = k.id) END
ORDER BY COALESCE(e.last_at, 0) DESC, k.id, r.n LIMIT :n;

-- name: coming :many
-- Events, sessions, programmes to be asked for and charchas that count, are for somebody and are not over, the next first. events, programmes, charchas: of the campaign;
-- linked: it counts by competency. A session stands under its programme's id; came: registered, or admitted.
-- param campaign_id id
-- param person_id id
-- param my_org_id id
-- param at time
-- param until_at time
-- param asked_at time
-- param events text
-- param programmes text
-- param charchas text
-- param linked bool
-- param n int
-- col kind text
-- col id id
-- col title text
-- col title_hi text
-- col part text
-- col part_hi text
-- col starts_at time
-- col ends_at time
-- col came int
SELECT x.kind, x.id, x.title, x.title_hi, x.part, x.part_hi, x.starts_at, x.ends_at, x.came FROM (
	SELECT 'event' AS kind, e.id, e.title, e.title_hi, '' AS part, '' AS part_hi, e.starts_at, e.ends_at,
		CASE WHEN EXISTS (SELECT 1 FROM event_registration r WHERE r.event_id = e.id AND r.person_id = :person_id AND r.withdrawn_at IS NULL) THEN 1 ELSE 0 END AS came
	FROM event e WHERE e.state = 'open' AND e.ends_at >= :at AND e.starts_at < :until_at AND :events <> 'none'
		AND (e.for_all OR EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = :my_org_id AND u.above_id = e.org_id))
		AND (:events <> 'listed' OR EXISTS (SELECT 1 FROM campaign_thing l WHERE l.campaign_id = :campaign_id AND l.thing_id = e.id))
		AND (NOT (:events = 'linked' OR (:events = 'listed' AND :linked)) OR EXISTS (SELECT 1 FROM event_competency k WHERE k.event_id = e.id))
	UNION ALL SELECT 'session', p.id, p.title, p.title_hi, s.title, s.title_hi, s.starts_at, s.ends_at, 1
	FROM admission a JOIN batch b ON b.id = a.batch_id AND b.state = 'open' JOIN programme p ON p.id = b.programme_id
	JOIN batch_session s ON s.batch_id = b.id AND s.cancelled_at IS NULL
	WHERE a.person_id = :person_id AND a.state = 'admitted' AND s.ends_at >= :at AND s.starts_at < :until_at AND :programmes <> 'none'
		AND (:programmes <> 'listed' OR EXISTS (SELECT 1 FROM campaign_thing l WHERE l.campaign_id = :campaign_id AND l.thing_id = p.id))
		AND (NOT (:programmes = 'linked' OR (:programmes = 'listed' AND :linked)) OR EXISTS (SELECT 1 FROM programme_competency k WHERE k.programme_id = p.id))
	UNION ALL SELECT 'programme', p.id, p.title, p.title_hi, '', '', b.starts_at, b.ends_at, 0
	FROM batch b JOIN programme p ON p.id = b.programme_id AND p.state = 'live' AND p.may_ask
	WHERE b.state = 'open' AND NOT b.invite_only AND b.ask_until >= :asked_at AND b.starts_at >= :at AND b.starts_at < :until_at AND :programmes <> 'none'
		AND NOT EXISTS (SELECT 1 FROM admission a WHERE a.batch_id = b.id AND a.person_id = :person_id AND a.state = 'admitted')
		AND (:programmes <> 'listed' OR EXISTS (SELECT 1 FROM campaign_thing l WHERE l.campaign_id = :campaign_id AND l.thing_id = p.id))
		AND (NOT (:programmes = 'linked' OR (:programmes = 'listed' AND :linked)) OR EXISTS (SELECT 1 FROM programme_competency k WHERE k.programme_id = p.id))
	UNION ALL SELECT 'charcha', c.id, c.theme, c.theme_hi, '', '', c.held_at, c.held_at + c.minutes * 60000,
		CASE WHEN EXISTS (SELECT 1 FROM charcha_member m WHERE m.charcha_id = c.id AND m.person_id = :person_id AND m.withdrawn_at IS NULL) THEN 1 ELSE 0 END
	FROM charcha c WHERE c.state IN ('open', 'drawn', 'held') AND c.held_at + c.minutes * 60000 >= :at AND c.held_at < :until_at AND :charchas <> 'none'
		AND EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = :my_org_id AND u.above_id = c.org_id)
		AND (:charchas <> 'listed' OR EXISTS (SELECT 1 FROM campaign_thing l WHERE l.campaign_id = :campaign_id AND l.thing_id = c.id))
		AND (NOT (:charchas = 'linked' OR (:charchas = 'listed' AND :linked)) OR EXISTS (SELECT 1 FROM charcha_competency k WHERE k.charcha_id = c.id))) x
ORDER BY x.starts_at, x.id, x.ends_at LIMIT :n;

-- name: courses_left :many
-- Listed courses that somebody has not begun yet, by title.
-- param n int
SELECT k.id, k.title, k.lang, k.ms FROM campaign_course l JOIN course k ON k.id = l.course_id AND k.state = 'live'
WHERE l.campaign_id = :campaign_id AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.person_id = :person_id AND e.course_id = k.id AND e.state IN ('active', 'completed'))
ORDER BY k.title, k.id LIMIT :n;

-- name: reflections :many
-- What a person has noted, by day.
SELECT day, words, at FROM campaign_reflection WHERE campaign_id = :campaign_id AND person_id = :person_id ORDER BY day DESC LIMIT 400;

-- name: move_reflections :exec
-- Notes of an account become another's, but for days on which that one has its own.
-- param kept_id id
-- param closed_id id
INSERT INTO campaign_reflection (campaign_id, person_id, day, words, at)
SELECT campaign_id, :kept_id, day, words, at FROM campaign_reflection WHERE person_id = :closed_id ON CONFLICT (campaign_id, person_id, day) DO NOTHING;

-- name: drop_reflections :exec
-- What has become another's.
DELETE FROM campaign_reflection WHERE person_id = :person_id;

-- name: put_reflection :exec
-- A person's note on a day.
INSERT INTO campaign_reflection (campaign_id, person_id, day, words, at) VALUES (:campaign_id, :person_id, :day, :words, :at)
ON CONFLICT (campaign_id, person_id, day) DO UPDATE SET words = excluded.words, at = excluded.at;

-- name: drop_reflection :exec
-- A note that is taken away.
DELETE FROM campaign_reflection WHERE campaign_id = :campaign_id AND person_id = :person_id AND day = :day;

-- ── counting ──

-- name: mark :maybe
-- Up to when what was learnt is counted, and by which state of the rules.
SELECT through_at, revision FROM campaign_mark ORDER BY id LIMIT 1;

-- name: put_through :exec
-- Counted up to a moment.
INSERT INTO campaign_mark (id, through_at, revision) VALUES (1, :through_at, 0) ON CONFLICT (id) DO UPDATE SET through_at = excluded.through_at;

-- name: revise :exec
-- What was read of people so as to count them is to be read again.
INSERT INTO campaign_mark (id, through_at, revision) VALUES (1, :through_at, 1) ON CONFLICT (id) DO UPDATE SET revision = campaign_mark.revision + 1;

-- name: recount_soon :exec
-- All people of a campaign are to be counted anew, from the first.
INSERT INTO campaign_recount (campaign_id, after_id) VALUES (:campaign_id, 0) ON CONFLICT (campaign_id) DO UPDATE SET after_id = 0;

-- name: recount_next :maybe
-- A campaign to be counted anew.
SELECT campaign_id, after_id FROM campaign_recount ORDER BY campaign_id LIMIT 1;

-- name: recount_at :exec
-- So far.
UPDATE campaign_recount SET after_id = :after_id WHERE campaign_id = :campaign_id;

-- name: recount_done :exec
-- Wholly.
DELETE FROM campaign_recount WHERE campaign_id = :campaign_id;

-- name: people_after :many
-- People in the order of their ids.
-- param after_id id
-- param n int
SELECT id FROM person WHERE id > :after_id ORDER BY id LIMIT :n;

-- name: count_add :exec
-- Moves a figure.
INSERT INTO campaign_figure (campaign_id, org_id, day, hour, n, n_reached, n_pledged, ms, published_ms)
VALUES (:campaign_id, :org_id, :day, :hour, :n, :n_reached, :n_pledged, :ms, :published_ms)
ON CONFLICT (campaign_id, org_id, day, hour) DO UPDATE SET n = campaign_figure.n + excluded.n, n_reached = campaign_figure.n_reached + excluded.n_reached,
	n_pledged = campaign_figure.n_pledged + excluded.n_pledged, ms = campaign_figure.ms + excluded.ms,
	published_ms = campaign_figure.published_ms + excluded.published_ms;

-- name: people_changed :many
-- Organisations in which and below which there are other numbers of people on a day than were counted last.
-- param day int
-- param n int
-- col n int
SELECT u.above_id AS org_id, CAST(sum(COALESCE(x.n, 0)) AS bigint) AS n FROM org_above u
LEFT JOIN (SELECT p.org_id, count(*) AS n FROM posting p WHERE p.from_day <= :day AND (p.until_day IS NULL OR p.until_day > :day) GROUP BY p.org_id) x ON x.org_id = u.org_id
LEFT JOIN campaign_people c ON c.org_id = u.above_id
GROUP BY u.above_id, c.n HAVING c.n IS NULL OR c.n <> sum(COALESCE(x.n, 0)) ORDER BY u.above_id LIMIT :n;

-- name: put_people :exec
-- The people of an organisation and below.
INSERT INTO campaign_people (org_id, n) VALUES (:org_id, :n) ON CONFLICT (org_id) DO UPDATE SET n = excluded.n;

-- ── anew, and whether it is right ──

-- name: drop_figures :exec
-- Figures that are made anew.
DELETE FROM campaign_figure;

-- name: forget_parts :exec
-- What was counted of people is counted anew.
UPDATE campaign_person SET parts = '', ms = 0, published_ms = 0;

-- name: all_people :each
-- Everybody in any campaign.
SELECT campaign_id, person_id, pledged_at, pledged_org_id, ms, published_ms, reached_at, reached_org_id, parts FROM campaign_person
ORDER BY campaign_id, person_id;

-- name: all_figures :each
-- All figures.
SELECT campaign_id, org_id, day, hour, n, n_reached, n_pledged, ms, published_ms FROM campaign_figure ORDER BY campaign_id, org_id, day, hour;

-- ── boards ──

-- name: figure :maybe
-- The whole of an organisation, with the people posted there.
-- col n_people int
SELECT f.n, f.n_reached, f.n_pledged, f.ms, f.published_ms, COALESCE(p.n, 0) AS n_people FROM campaign_figure f LEFT JOIN campaign_people p ON p.org_id = f.org_id
WHERE f.campaign_id = :campaign_id AND f.org_id = :org_id AND f.day = 0 AND f.hour = 24;

-- name: children :many
-- The wholes of those right below an organisation.
-- param parent_id id
-- col n int
-- col n_reached int
-- col n_pledged int
-- col ms int
-- col published_ms int
-- col n_people int
SELECT o.id, o.name_en, o.name_hi, COALESCE(f.n, 0) AS n, COALESCE(f.n_reached, 0) AS n_reached, COALESCE(f.n_pledged, 0) AS n_pledged, COALESCE(f.ms, 0) AS ms,
	COALESCE(f.published_ms, 0) AS published_ms, COALESCE(p.n, 0) AS n_people
FROM org o LEFT JOIN campaign_figure f ON f.campaign_id = :campaign_id AND f.org_id = o.id AND f.day = 0 AND f.hour = 24
LEFT JOIN campaign_people p ON p.org_id = o.id WHERE o.parent_id = :parent_id ORDER BY o.id LIMIT 1000;

-- name: below :many
-- The same without names and people, for boards that are not shown: org is read from its index alone.
-- param parent_id id
-- col n int
-- col n_reached int
-- col n_pledged int
-- col ms int
-- col published_ms int
SELECT o.id, COALESCE(f.n, 0) AS n, COALESCE(f.n_reached, 0) AS n_reached, COALESCE(f.n_pledged, 0) AS n_pledged, COALESCE(f.ms, 0) AS ms,
	COALESCE(f.published_ms, 0) AS published_ms
FROM org o LEFT JOIN campaign_figure f ON f.campaign_id = :campaign_id AND f.org_id = o.id AND f.day = 0 AND f.hour = 24
WHERE o.parent_id = :parent_id ORDER BY o.id LIMIT 1000;

-- name: days :many
-- Whole days of an organisation.
SELECT day, n, ms FROM campaign_figure WHERE campaign_id = :campaign_id AND org_id = :org_id AND day > 0 AND hour = 24 ORDER BY day LIMIT 400;

-- name: hours :many
-- Hours of an organisation on one day.
SELECT hour, n, ms FROM campaign_figure WHERE campaign_id = :campaign_id AND org_id = :org_id AND day = :day AND hour < 24 ORDER BY hour LIMIT 24;

-- rows: campaign_person by person_id
-- rows: campaign_reflection by person_id

-- name: holder :maybe
-- Who holds a certificate of a campaign, since when, and where it was reached.
SELECT p.name, c.reached_at, c.reached_org_id FROM campaign_person c JOIN person p ON p.id = c.person_id WHERE c.campaign_id = :campaign_id AND c.person_id = :person_id;
