-- owner: event

-- ── series ──

-- name: series_add :exec
-- A series.
INSERT INTO event_series (id, org_id, title, title_hi, about, about_hi, made_at) VALUES (:id, :org_id, :title, :title_hi, :about, :about_hi, :made_at);

-- name: series_change :exec
-- Another name, other words.
UPDATE event_series SET title = :title, title_hi = :title_hi, about = :about, about_hi = :about_hi WHERE id = :id AND org_id = :org_id;

-- name: series_one :maybe
-- A series and whose it is.
SELECT s.id, s.org_id, s.title, s.title_hi, s.about, s.about_hi, o.name_en AS org_en, o.name_hi AS org_hi
FROM event_series s JOIN org o ON o.id = s.org_id WHERE s.id = :id;

-- name: series_of_org :many
-- Series of an organisation, newest first.
SELECT id, title, title_hi FROM event_series WHERE org_id = :org_id ORDER BY id DESC LIMIT 100;

-- name: series_events :many
-- What everybody may know of a series: the events that are for all and no drafts.
SELECT id, title, title_hi, lang, state, starts_at, ends_at FROM event
WHERE series_id = :series_id AND for_all AND state <> 'draft' ORDER BY starts_at, id LIMIT 200;

-- name: series_coming :many
-- Series with an event to come, for a list to choose from.
-- param at time
-- param my_org_id id
SELECT s.id, s.title, s.title_hi FROM event_series s WHERE EXISTS (
	SELECT 1 FROM event e WHERE e.series_id = s.id AND e.state IN ('open', 'ended') AND e.ends_at >= :at
		AND (e.for_all OR EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = :my_org_id AND u.above_id = e.org_id)))
ORDER BY s.id DESC LIMIT 50;

-- ── events ──

-- name: add :exec
-- A draft.
INSERT INTO event (id, org_id, series_id, title, title_hi, about, about_hi, lang, state, held, link, for_all, starts_at, ends_at, n_registered, made_by, made_at,
	changed_at, cancelled_why)
VALUES (:id, :org_id, :series_id, :title, :title_hi, :about, :about_hi, :lang, 'draft', :held, :link, :for_all, :starts_at, :ends_at, 0, :made_by, :made_at,
	:made_at, '');

-- name: change :exec
-- Other settings.
UPDATE event SET series_id = :series_id, title = :title, title_hi = :title_hi, about = :about, about_hi = :about_hi, lang = :lang, held = :held, link = :link,
	for_all = :for_all, starts_at = :starts_at, ends_at = :ends_at, changed_at = :changed_at WHERE id = :id;

-- name: one :maybe
-- An event and whose it is.
SELECT e.id, e.org_id, e.series_id, e.title, e.title_hi, e.about, e.about_hi, e.lang, e.state, e.held, e.link, e.for_all, e.starts_at, e.ends_at, e.began_at,
	e.closed_at, e.changed_at, e.course_id, e.recording_id, e.n_registered, e.cancelled_why, o.name_en AS org_en, o.name_hi AS org_hi
FROM event e JOIN org o ON o.id = e.org_id WHERE e.id = :id;

-- name: set_state :exec
-- Opened, cancelled.
UPDATE event SET state = :state, cancelled_why = :cancelled_why, changed_at = :changed_at WHERE id = :id;

-- name: set_began :exec
-- It really began.
UPDATE event SET began_at = :began_at, changed_at = :began_at WHERE id = :id AND began_at IS NULL;

-- name: set_ended :exec
-- It really ended.
UPDATE event SET state = 'ended', closed_at = :closed_at, changed_at = :changed_at WHERE id = :id AND state = 'open';

-- name: set_recording :exec
-- What was recorded is a resource of a course.
UPDATE event SET course_id = :course_id, recording_id = :recording_id, changed_at = :changed_at WHERE id = :id;

-- name: for_org :maybe
-- Whether an organisation is the event's or below it.
-- param org_id id
-- param above_id id
SELECT above_id FROM org_above WHERE org_id = :org_id AND above_id = :above_id;

-- name: coming :many
-- Open events that are for somebody and not over, the next first; from a place in that order on. Times bound a month.
-- param my_org_id id
-- param person_id id
-- param at time
-- param series_id id
-- param competency_id id
-- param from_at time
-- param until_at time
-- param after_at time
-- param after_id id
-- param most int
-- col registered int
SELECT e.id, e.series_id, e.title, e.title_hi, e.lang, e.state, e.held, e.starts_at, e.ends_at, e.began_at, e.recording_id, e.n_registered, o.name_en AS org_en,
	o.name_hi AS org_hi, CASE WHEN r.at IS NOT NULL AND r.withdrawn_at IS NULL THEN 1 ELSE 0 END AS registered, p.ms, p.done_at
FROM event e JOIN org o ON o.id = e.org_id LEFT JOIN event_registration r ON r.event_id = e.id AND r.person_id = :person_id
LEFT JOIN event_presence p ON p.event_id = e.id AND p.person_id = :person_id
WHERE e.state = 'open' AND e.ends_at >= :at AND e.starts_at >= :from_at AND e.starts_at < :until_at
	AND (e.for_all OR EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = :my_org_id AND u.above_id = e.org_id))
	AND (:series_id IS NULL OR e.series_id = :series_id)
	AND (:competency_id IS NULL OR EXISTS (SELECT 1 FROM event_competency k WHERE k.event_id = e.id AND k.competency_id = :competency_id))
	AND (e.starts_at > :after_at OR (e.starts_at = :after_at AND e.id > :after_id))
ORDER BY e.starts_at, e.id LIMIT :most;

-- name: past :many
-- Events that have ended or are over, the latest first.
-- param my_org_id id
-- param person_id id
-- param at time
-- param series_id id
-- param competency_id id
-- param from_at time
-- param until_at time
-- param before_at time
-- param before_id id
-- param most int
-- col registered int
SELECT e.id, e.series_id, e.title, e.title_hi, e.lang, e.state, e.held, e.starts_at, e.ends_at, e.began_at, e.recording_id, e.n_registered, o.name_en AS org_en,
	o.name_hi AS org_hi, CASE WHEN r.at IS NOT NULL AND r.withdrawn_at IS NULL THEN 1 ELSE 0 END AS registered, p.ms, p.done_at
FROM event e JOIN org o ON o.id = e.org_id LEFT JOIN event_registration r ON r.event_id = e.id AND r.person_id = :person_id
LEFT JOIN event_presence p ON p.event_id = e.id AND p.person_id = :person_id
WHERE (e.state = 'ended' OR (e.state = 'open' AND e.ends_at < :at)) AND e.starts_at >= :from_at AND e.starts_at < :until_at
	AND (e.for_all OR EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = :my_org_id AND u.above_id = e.org_id))
	AND (:series_id IS NULL OR e.series_id = :series_id)
	AND (:competency_id IS NULL OR EXISTS (SELECT 1 FROM event_competency k WHERE k.event_id = e.id AND k.competency_id = :competency_id))
	AND (e.starts_at < :before_at OR (e.starts_at = :before_at AND e.id < :before_id))
ORDER BY e.starts_at DESC, e.id DESC LIMIT :most;

-- name: mine :many
-- Events for which somebody is registered or at which he was, the latest first.
-- param person_id id
-- param series_id id
-- param competency_id id
-- param from_at time
-- param until_at time
-- param before_at time
-- param before_id id
-- param most int
-- col registered int
SELECT e.id, e.series_id, e.title, e.title_hi, e.lang, e.state, e.held, e.starts_at, e.ends_at, e.began_at, e.recording_id, e.n_registered, o.name_en AS org_en,
	o.name_hi AS org_hi, CASE WHEN r.at IS NOT NULL AND r.withdrawn_at IS NULL THEN 1 ELSE 0 END AS registered, p.ms, p.done_at
FROM (SELECT event_id FROM event_registration WHERE person_id = :person_id AND withdrawn_at IS NULL
	UNION SELECT event_id FROM event_presence WHERE person_id = :person_id) m
JOIN event e ON e.id = m.event_id JOIN org o ON o.id = e.org_id LEFT JOIN event_registration r ON r.event_id = e.id AND r.person_id = :person_id
LEFT JOIN event_presence p ON p.event_id = e.id AND p.person_id = :person_id
WHERE e.starts_at >= :from_at AND e.starts_at < :until_at AND (:series_id IS NULL OR e.series_id = :series_id)
	AND (:competency_id IS NULL OR EXISTS (SELECT 1 FROM event_competency k WHERE k.event_id = e.id AND k.competency_id = :competency_id))
	AND (e.starts_at < :before_at OR (e.starts_at = :before_at AND e.id < :before_id))
ORDER BY e.starts_at DESC, e.id DESC LIMIT :most;

-- name: of_org :many
-- All events of an organisation, the latest first.
-- param before_at time
-- param before_id id
-- param most int
SELECT id, title, title_hi, lang, state, held, starts_at, ends_at, began_at, n_registered FROM event
WHERE org_id = :org_id AND (starts_at < :before_at OR (starts_at = :before_at AND id < :before_id)) ORDER BY starts_at DESC, id DESC LIMIT :most;

-- ── what belongs to one ──

-- name: clear_speakers :exec
-- Before they are written anew.
DELETE FROM event_speaker WHERE event_id = :event_id;

-- name: add_speaker :exec
-- Who speaks.
INSERT INTO event_speaker (event_id, lang, n, name, about) VALUES (:event_id, :lang, :n, :name, :about);

-- name: speakers :many
-- Who speaks, in all languages.
SELECT lang, n, name, about FROM event_speaker WHERE event_id = :event_id ORDER BY lang, n LIMIT 200;

-- name: clear_agenda :exec
-- Before it is written anew.
DELETE FROM event_agenda WHERE event_id = :event_id;

-- name: add_agenda :exec
-- What comes at a minute.
INSERT INTO event_agenda (event_id, lang, minute, words) VALUES (:event_id, :lang, :minute, :words);

-- name: agenda :many
-- What comes when, in all languages.
SELECT lang, minute, words FROM event_agenda WHERE event_id = :event_id ORDER BY lang, minute LIMIT 200;

-- name: clear_competencies :exec
-- Before they are written anew.
DELETE FROM event_competency WHERE event_id = :event_id;

-- name: add_competency :exec
-- What it is about.
INSERT INTO event_competency (event_id, competency_id, level) VALUES (:event_id, :competency_id, :level) ON CONFLICT (event_id, competency_id) DO UPDATE SET level = excluded.level;

-- name: competency_named :maybe
-- What is in force under a code.
-- param framework text
-- param code text
-- param day int
SELECT c.id, f.n_levels FROM competency c JOIN framework f ON f.id = c.framework_id
WHERE f.code = :framework AND c.code = :code AND c.kind IN ('theme', 'sub-theme') AND c.from_day <= :day AND (c.until_day IS NULL OR c.until_day > :day) ORDER BY c.id LIMIT 1;

-- name: competencies :many
-- What an event is about, by name.
-- param day int
SELECT k.competency_id, k.level, c.code, f.code AS framework, x.name_en, x.name_hi
FROM event_competency k JOIN competency c ON c.id = k.competency_id JOIN framework f ON f.id = c.framework_id
JOIN competency_text x ON x.competency_id = c.id AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = c.id AND y.from_day <= :day)
WHERE k.event_id = :event_id ORDER BY x.name_en, k.competency_id LIMIT 50;

-- name: competencies_used :many
-- What events that are for somebody are about, for a list to choose from.
-- param my_org_id id
-- param day int
SELECT DISTINCT c.id, x.name_en, x.name_hi FROM event e JOIN event_competency k ON k.event_id = e.id JOIN competency c ON c.id = k.competency_id
JOIN competency_text x ON x.competency_id = c.id AND x.from_day = (SELECT max(y.from_day) FROM competency_text y WHERE y.competency_id = c.id AND y.from_day <= :day)
WHERE e.state IN ('open', 'ended') AND (e.for_all OR EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = :my_org_id AND u.above_id = e.org_id))
ORDER BY x.name_en, c.id LIMIT 100;

-- name: recording :maybe
-- The resource that a recording became.
SELECT id, course_id, title, ms FROM resource WHERE id = :id AND ended_at IS NULL;

-- name: film :maybe
-- The film of a course that was made of a recording.
SELECT id FROM resource WHERE course_id = :course_id AND kind = 'video' AND ended_at IS NULL ORDER BY n LIMIT 1;

-- ── moderators ──

-- name: moderator_add :exec
-- Somebody leads.
INSERT INTO event_moderator (event_id, person_id) VALUES (:event_id, :person_id) ON CONFLICT (event_id, person_id) DO NOTHING;

-- name: moderator_remove :exec
-- Leads no more.
DELETE FROM event_moderator WHERE event_id = :event_id AND person_id = :person_id;

-- name: moderators :many
-- Who leads.
SELECT m.person_id, p.name FROM event_moderator m JOIN person p ON p.id = m.person_id WHERE m.event_id = :event_id ORDER BY p.sort_key, m.person_id LIMIT 50;

-- name: moderator :maybe
-- Whether somebody leads.
SELECT person_id FROM event_moderator WHERE event_id = :event_id AND person_id = :person_id;

-- ── registration ──

-- name: registration :maybe
-- Somebody's registration.
SELECT at, withdrawn_at FROM event_registration WHERE event_id = :event_id AND person_id = :person_id;

-- name: standing :one
-- What somebody has to do with an event: registration and presence, and whether he leads it.
-- col noted_ms int
-- col moderates bool
SELECT r.at AS registered_at, r.withdrawn_at, p.way, COALESCE(p.ms, 0) AS noted_ms, p.done_at,
	EXISTS (SELECT 1 FROM event_moderator m WHERE m.event_id = e.id AND m.person_id = :person_id) AS moderates
FROM event e LEFT JOIN event_registration r ON r.event_id = e.id AND r.person_id = :person_id LEFT JOIN event_presence p ON p.event_id = e.id AND p.person_id = :person_id
WHERE e.id = :event_id;

-- name: register :exec
-- Registered, or again.
INSERT INTO event_registration (event_id, person_id, at) VALUES (:event_id, :person_id, :at)
ON CONFLICT (event_id, person_id) DO UPDATE SET at = excluded.at, withdrawn_at = NULL WHERE event_registration.withdrawn_at IS NOT NULL;

-- name: withdraw :exec
-- Comes no more.
UPDATE event_registration SET withdrawn_at = :withdrawn_at WHERE event_id = :event_id AND person_id = :person_id AND withdrawn_at IS NULL;

-- name: count_more :exec
-- The counter of those registered.
-- param more int
UPDATE event SET n_registered = n_registered + :more WHERE id = :id;

-- name: recount :exec
-- The same counted anew, of the events of somebody.
-- param person_id id
UPDATE event SET n_registered = (SELECT count(*) FROM event_registration r WHERE r.event_id = event.id AND r.withdrawn_at IS NULL)
WHERE id IN (SELECT event_id FROM event_registration WHERE person_id = :person_id);

-- name: registered_after :many
-- The next people to be told.
-- param after_id id
-- param most int
SELECT person_id FROM event_registration WHERE event_id = :event_id AND person_id > :after_id AND withdrawn_at IS NULL ORDER BY person_id LIMIT :most;

-- name: people :many
-- Who is registered or was there; all, or whose name begins so (start, and what is behind all that do); from a place in the order of names on.
-- param event_id id
-- param start text
-- param beyond text
-- param after_key text
-- param after_id id
-- param most int
-- param all_of int
-- col registered_at time
-- col withdrawn_at time
-- col way text
-- col ms int
-- col done_at time
SELECT p.id, p.name, p.sort_key, p.email, p.employee_no, r.at AS registered_at, r.withdrawn_at, s.way, s.ms, s.done_at
FROM (SELECT person_id FROM event_registration WHERE event_id = :event_id UNION SELECT person_id FROM event_presence WHERE event_id = :event_id) m
JOIN person p ON p.id = m.person_id LEFT JOIN event_registration r ON r.event_id = :event_id AND r.person_id = p.id
LEFT JOIN event_presence s ON s.event_id = :event_id AND s.person_id = p.id
WHERE (:all_of = 1 OR (p.sort_key >= :start AND p.sort_key < :beyond))
	AND (p.sort_key > :after_key OR (p.sort_key = :after_key AND p.id > :after_id))
ORDER BY p.sort_key, p.id LIMIT :most;

-- name: counts :one
-- How many were there, and how many have done it.
-- col n_there int
-- col n_done int
SELECT count(*) AS n_there, count(done_at) AS n_done FROM event_presence WHERE event_id = :event_id AND ms > 0;

-- ── presence ──

-- name: here :maybe
-- All that a report of presence needs to know.
-- param person_id id
SELECT e.state, e.held, e.starts_at, e.ends_at, e.began_at, e.closed_at, e.course_id, e.org_id, r.at AS registered_at, r.withdrawn_at, p.ms, p.spans, p.first_at,
	p.done_at
FROM event e LEFT JOIN event_registration r ON r.event_id = e.id AND r.person_id = :person_id
LEFT JOIN event_presence p ON p.event_id = e.id AND p.person_id = :person_id WHERE e.id = :id;

-- name: presence :maybe
-- Somebody's presence.
SELECT way, ms, spans, first_at, last_at, done_at FROM event_presence WHERE event_id = :event_id AND person_id = :person_id;

-- name: put_presence :exec
-- Presence as it is now.
INSERT INTO event_presence (event_id, person_id, way, ms, spans, first_at, last_at, done_at)
VALUES (:event_id, :person_id, :way, :ms, :spans, :first_at, :last_at, :done_at)
ON CONFLICT (event_id, person_id) DO UPDATE SET way = excluded.way, ms = excluded.ms, spans = excluded.spans, first_at = excluded.first_at,
	last_at = excluded.last_at, done_at = excluded.done_at;

-- name: set_done :exec
-- Done, or (NULL) not done after all.
UPDATE event_presence SET done_at = :done_at WHERE event_id = :event_id AND person_id = :person_id;

-- name: drop_presence :exec
-- Was not there.
DELETE FROM event_presence WHERE event_id = :event_id AND person_id = :person_id;

-- name: present_after :many
-- The next people who were there for so long and have not done it.
-- param after_id id
-- param least int
-- param most int
SELECT person_id, ms FROM event_presence WHERE event_id = :event_id AND person_id > :after_id AND ms >= :least AND done_at IS NULL ORDER BY person_id LIMIT :most;

-- ── what organisers report ──

-- name: report_add :exec
-- A list that was looked at.
INSERT INTO event_report (id, event_id, name, state, n_faults, faults, made_by, made_at) VALUES (:id, :event_id, :name, 'looked', :n_faults, :faults, :made_by, :made_at);

-- name: report_row :exec
-- What it says of somebody.
INSERT INTO event_report_row (report_id, person_id, ms) VALUES (:report_id, :person_id, :ms);

-- name: report_was :exec
-- What was noted before.
UPDATE event_report_row SET was_ms = :was_ms, was_way = :was_way WHERE report_id = :report_id AND person_id = :person_id;

-- name: report_one :maybe
-- A list.
SELECT id, event_id, name, state, n_faults, faults, made_at, done_at FROM event_report WHERE id = :id;

-- name: reports :many
-- Lists of an event, newest first.
SELECT id, name, state, n_faults, made_at FROM event_report WHERE event_id = :event_id ORDER BY id DESC LIMIT 50;

-- name: report_state :exec
-- Carried out, taken back.
UPDATE event_report SET state = :state, done_at = :done_at WHERE id = :id;

-- name: report_rows :many
-- What a list says, beside what is noted now.
-- param event_id id
SELECT w.person_id, w.ms, w.was_ms, w.was_way, p.name, s.ms AS now_ms, s.way AS now_way
FROM event_report_row w JOIN person p ON p.id = w.person_id LEFT JOIN event_presence s ON s.event_id = :event_id AND s.person_id = w.person_id
WHERE w.report_id = :report_id ORDER BY p.sort_key, w.person_id LIMIT 10000;

-- name: concerned :maybe
-- Whether somebody has to do with an event: registered, or posted where it is for, on a day.
-- param person_id id
-- param event_id id
-- param org_id id
-- param day int
SELECT p.id FROM person p WHERE p.id = :person_id AND (
	EXISTS (SELECT 1 FROM event_registration r WHERE r.event_id = :event_id AND r.person_id = p.id)
	OR EXISTS (SELECT 1 FROM posting o JOIN org_above u ON u.org_id = o.org_id AND u.above_id = :org_id
		WHERE o.person_id = p.id AND o.from_day <= :day AND (o.until_day IS NULL OR o.until_day > :day)));

-- ── two accounts are one ──

-- name: move_registrations :exec
-- Registrations become another's; one that stands beats one that was withdrawn.
-- param kept_id id
-- param closed_id id
INSERT INTO event_registration (event_id, person_id, at, withdrawn_at)
SELECT event_id, :kept_id, at, withdrawn_at FROM event_registration WHERE person_id = :closed_id
ON CONFLICT (event_id, person_id) DO UPDATE SET at = excluded.at, withdrawn_at = excluded.withdrawn_at
	WHERE event_registration.withdrawn_at IS NOT NULL AND excluded.withdrawn_at IS NULL;

-- name: drop_registrations :exec
-- What has become another's.
DELETE FROM event_registration WHERE person_id = :person_id;

-- name: move_presence :exec
-- Presence becomes another's; the longer one counts.
-- param kept_id id
-- param closed_id id
INSERT INTO event_presence (event_id, person_id, way, ms, spans, first_at, last_at, done_at)
SELECT event_id, :kept_id, way, ms, spans, first_at, last_at, done_at FROM event_presence WHERE person_id = :closed_id
ON CONFLICT (event_id, person_id) DO UPDATE SET way = excluded.way, ms = excluded.ms, spans = excluded.spans, first_at = excluded.first_at,
	last_at = excluded.last_at, done_at = COALESCE(event_presence.done_at, excluded.done_at) WHERE excluded.ms > event_presence.ms;

-- name: drop_presences :exec
-- What has become another's.
DELETE FROM event_presence WHERE person_id = :person_id;

-- name: move_moderators :exec
-- Who led leads under the other name.
-- param kept_id id
-- param closed_id id
INSERT INTO event_moderator (event_id, person_id) SELECT event_id, :kept_id FROM event_moderator WHERE person_id = :closed_id ON CONFLICT (event_id, person_id) DO NOTHING;

-- name: drop_moderators :exec
-- What has become another's.
DELETE FROM event_moderator WHERE person_id = :person_id;

-- name: move_report_rows :exec
-- What lists say is said of the other account.
-- param kept_id id
-- param closed_id id
INSERT INTO event_report_row (report_id, person_id, ms, was_ms, was_way)
SELECT report_id, :kept_id, ms, was_ms, was_way FROM event_report_row WHERE person_id = :closed_id ON CONFLICT (report_id, person_id) DO NOTHING;

-- name: drop_report_rows :exec
-- What has become another's.
DELETE FROM event_report_row WHERE person_id = :person_id;

-- rows: event_registration by person_id
-- rows: event_presence by person_id
-- rows: event_moderator by person_id
-- rows: event_report_row by person_id
