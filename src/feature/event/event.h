/* Events: webinars that are streamed here, and meetings in rooms of somebody else's; alone or in a series, as the daily ones of a learning week.
 *
 *   draft → open → ended        draft, open → cancelled
 *
 * Who manages events of an organisation (EVENT_MANAGE) lays them down, opens them, and for a streamed one begins and ends it. An event that nobody ends, ends
 * by itself: in a room at its planned end, a streamed one EVENT_OVER later. An event is for everybody, or for those posted in its organisation or below.
 *
 * Registration is open until the event ends, and can be withdrawn. Registered people are told once each: a day before, a quarter of an hour before, when the
 * event is moved and when it is cancelled (one walk of a job over them, however many they are). The link of a room is shown to them alone, from EVENT_LINK
 * before the beginning on.
 *
 * Who was there: event_presence.h (streamed), event_report.h (rooms). An event is done by who was there for EVENT_NEEDED_PERCENT of what was held, and no more
 * than of what was planned; it then gives evidence of its competencies, once. Its time counts as learnt (feature/learned, "event"). A recording is a resource
 * of a course like any other (event_recording.h): who watches it learns there, and who was there before and watches it again has both times, each in its place.
 *
 * In a writing transaction all that change. */
#ifndef FEATURE_EVENT_H
#define FEATURE_EVENT_H
#include "base/clock.h"
#include "event_sql.h"
#include "job/job.h"

#define EVENT_OVER (30 * MINUTE)
#define EVENT_LINK (15 * MINUTE)
#define EVENT_TALK DAY /* so long after the end guests still ask and write */
enum {
	EVENT_NEEDED_PERCENT = 80,
	EVENT_HOURS_MAX = 12, /* of one event */
	EVENT_TITLE_MAX = 160,
	EVENT_ABOUT_MAX = 4000,
	EVENT_SPEAKERS_MAX = 30,
	EVENT_AGENDA_MAX = 60,
	EVENT_COMPETENCIES_MAX = 10,
	EVENT_MODERATORS_MAX = 50,
};

/* ── series ── */

struct event_series_put {
	int64_t org_id, series_id;		     /* series_id NONE: a new one */
	struct str title, title_hi, about, about_hi; /* the Hindi ones absent: as the others */
};
/* ERR_NOT_FOUND: no such series of the organisation. */
_must_check_ enum err event_series_put(struct ctx *cx, const struct event_series_put *in, int64_t *ret_id);

/* ── events ── */

/* Speakers: a line each, "name; who that is" (the latter may be missing). Agenda: a line each, "minute words", minutes counted from the beginning.
 * Competencies: as courses write them ("functional.noting-and-drafting@2, …"). */
struct event_put {
	int64_t org_id, event_id; /* event_id NONE: a new draft */
	int64_t series_id;	  /* NONE: none */
	struct str title, title_hi, about, about_hi, lang;
	struct str held; /* "stream", "link" */
	struct str link; /* of a room: https */
	bool for_all;
	int64_t starts_at, ends_at;
	struct str speakers, speakers_hi, agenda, agenda_hi, competencies;
};
/* Makes a draft, or changes a draft or an open event that has not begun; who is registered is told when an open one is moved. ERR_INVALID with the field;
 * ERR_CONFLICT: it has begun, ended or is cancelled; ERR_NOT_FOUND: no such event of the organisation. */
_must_check_ enum err event_put(struct ctx *cx, const struct event_put *in, int64_t *ret_id);
/* Everybody whom it is for sees it and can register. ERR_CONFLICT: no draft, or its end is past. */
_must_check_ enum err event_open(struct ctx *cx, int64_t org_id, int64_t event_id);
/* Its stream ends with it. ERR_CONFLICT: ended already, or presence was noted. */
_must_check_ enum err event_cancel(struct ctx *cx, int64_t org_id, int64_t event_id, struct str why);
/* A streamed event really begins: from now on presence counts. Not earlier than an hour before what was planned. ERR_CONFLICT. */
_must_check_ enum err event_begin(struct ctx *cx, int64_t org_id, int64_t event_id);
/* It really ends; who was there long enough has done it. ERR_CONFLICT: not open, or not begun. */
_must_check_ enum err event_end(struct ctx *cx, int64_t org_id, int64_t event_id);
/* Pages on which it is shown live hear that something of it is different now, and refresh what shows it. state, for who listens: "on", "over", "changed",
 * "cancelled", "recorded". In a writing transaction. */
_must_check_ enum err event_live_tell(struct ctx *cx, int64_t event_id, const char *state);
/* ERR_NOT_FOUND: no such event of this organisation. */
_must_check_ enum err event_of(struct ctx *cx, int64_t org_id, int64_t event_id, struct event_one_row *ret);
/* The event for the actor: one that is open, ended or cancelled and is for him, or which he moderates; what the actor manages also as a draft. ERR_NOT_FOUND.
 */
_must_check_ enum err event_for(struct ctx *cx, int64_t event_id, struct event_one_row *ret, bool *ret_leads);
/* The same for the page on which it is shown, with what the actor is there. Who is registered stays it, also in another office. */
struct event_seat {
	bool registered, leads, done;
	int64_t noted_ms; /* that he was there */
};
_must_check_ enum err event_for_seat(struct ctx *cx, int64_t event_id, struct event_one_row *ret, struct event_seat *ret_seat);

/* What it is called, and what is said of it, in the language of cx. */
struct str event_title(const struct ctx *cx, const struct event_one_row *e);
/* When presence begins and (NONE: still on) ends to count, in UTC ms; and what was held, or is planned while it is on. */
int64_t event_from(const struct event_one_row *e);
int64_t event_length(const struct event_one_row *e);
/* How long somebody must be there, in ms. */
int64_t event_needed(const struct event_one_row *e);
/* Whether the actor may see the link now, being registered. */
bool event_link_shown(const struct ctx *cx, const struct event_one_row *e);

/* ── people ── */

/* The actor registers, or again after having withdrawn; registered already: OK. ERR_CONFLICT: not open, or its end is past; ERR_NOT_FOUND: not for the actor.
 */
_must_check_ enum err event_register(struct ctx *cx, int64_t event_id);
/* ERR_CONFLICT: not registered, or it has begun. */
_must_check_ enum err event_withdraw(struct ctx *cx, int64_t event_id);
/* called: employee number, e-mail or mobile number. ERR_NOT_FOUND "called". */
_must_check_ enum err event_moderator_add(struct ctx *cx, int64_t org_id, int64_t event_id, struct str called);
_must_check_ enum err event_moderator_remove(struct ctx *cx, int64_t org_id, int64_t event_id, int64_t person_id);
/* Whether a person leads the questions of an event: as its moderator, or (asked of the actor alone) by the permission. */
_must_check_ enum err event_leads(struct ctx *cx, const struct event_one_row *e, int64_t person_id, bool *ret);

/* What the account closed_id had is kept_id's: the longer presence counts where both were there. */
_must_check_ enum err event_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);
/* Counters of the events of a person anew, after a merge was taken back. */
_must_check_ enum err event_recount(struct ctx *cx, int64_t person_id);

extern const struct job_kind event_jobs[]; /* ended by name NULL */
#endif
