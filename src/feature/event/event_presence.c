/* Presence by what wall time pays for; see event_presence.h. */
#include "feature/event/event_presence.h"
#include "base/fact.h"
#include "feature/learned/learned.h"
#include "feature/proficiency/proficiency.h"
#include "feature/progress/progress.h"

/* ── what counts ── */

bool event_within(int64_t at, int64_t length, int64_t from, int64_t to, struct interval *ret)
{
	if (from < 0 || from >= to || to > at + GRAIN_MS)
		return false;
	int64_t first = at - EVENT_REACH, last = at < length ? at : length;
	*ret = (struct interval){ from < first ? first : from, to > last ? last : to };
	if (ret->from > ret->to)
		ret->from = ret->to;
	return true;
}

/* An event that goes on has no length yet: it ends when somebody or the clock ends it. */
static int64_t last_of(const struct event_here_row *h)
{
	return (h->closed_at != NONE ? h->closed_at : h->ends_at + EVENT_OVER) - h->began_at;
}

static struct event_one_row event_in(const struct event_here_row *h, int64_t event_id)
{
	return (struct event_one_row){ .id = event_id,
				       .org_id = h->org_id,
				       .state = h->state,
				       .held = h->held,
				       .starts_at = h->starts_at,
				       .ends_at = h->ends_at,
				       .began_at = h->began_at,
				       .closed_at = h->closed_at,
				       .course_id = h->course_id };
}

static enum err may_report(struct ctx *cx, const struct event_here_row *h)
{
	if (!str_is(h->held, "stream"))
		return fail(cx, ERR_CONFLICT, "", N_("Who is in this room is noted by the organiser."));
	if (h->registered_at == NONE || h->withdrawn_at != NONE)
		return fail(cx, ERR_CONFLICT, "", N_("You are not registered for this event. Register, then your time counts."));
	if (str_is(h->state, "cancelled") || h->began_at == NONE)
		return fail(cx, ERR_CONFLICT, "", N_("The event has not begun. Time counts from its beginning."));
	if (cx->now > h->began_at + last_of(h) + EVENT_GRACE)
		return fail(cx, ERR_CONFLICT, "", N_("The event is over. What was noted while it was on stays."));
	return OK;
}

void event_standing(const struct ctx *cx, const struct event_one_row *e, int64_t noted_ms, bool done, struct event_standing *ret)
{
	bool begun = e->began_at != NONE;
	*ret = (struct event_standing){ .noted_ms = noted_ms,
					.needed_ms = event_needed(e),
					.length_ms = event_length(e),
					.at_ms = begun && cx->now > e->began_at ? cx->now - e->began_at
						 : begun			? 0
										: NONE,
					.over = !str_is(e->state, "open"),
					.done = done };
}

/* What the report says, in the event's own time; the button says "since then". */
static bool said(const struct ctx *cx, const struct event_report_in *in, const struct event_here_row *h, int64_t opened, struct interval *ret)
{
	int64_t at = cx->now - h->began_at, from = in->from_ms, to = in->to_ms;
	if (from == NONE && to == NONE) {
		from = opened > h->began_at ? opened - h->began_at : 0;
		to = at > from ? at : from + 1;
	}
	return event_within(at, last_of(h), from, to, ret);
}

/* What was learnt at an event. */
static enum err learn(struct ctx *cx, const struct event_one_row *e, int64_t person_id, int64_t ms, int64_t at, int64_t spent_until)
{
	return learned_add(cx, &(struct learnt){ .person_id = person_id,
						 .kind = "event",
						 .thing_id = e->id,
						 .course_id = e->course_id,
						 .ms = ms,
						 .at = at,
						 .spent_until = spent_until });
}

static enum err note(struct ctx *cx, const struct event_one_row *e, const struct event_here_row *h, const struct intervals *have, const struct intervals *paid,
		     int64_t spent_until, int64_t *ret_ms, bool *ret_done)
{
	struct intervals all = intervals_union(cx->arena, have, paid);
	int64_t person = cx->actor.person_id;
	*ret_ms = intervals_length(&all);
	TRY(learn(cx, e, person, intervals_length(paid), cx->now, spent_until));
	TRY(event_sql_put_presence(cx, e->id, person, S("live"), *ret_ms, intervals_write(cx->arena, &all), h->first_at == NONE ? cx->now : h->first_at,
				   cx->now, h->done_at, NULL));
	*ret_done = h->done_at != NONE || *ret_ms >= event_needed(e);
	return event_consider(cx, e, person, *ret_ms, h->done_at);
}

enum err event_report(struct ctx *cx, const struct event_report_in *in, struct event_standing *ret)
{
	struct event_here_row h;
	struct interval one;
	struct intervals have = { 0 }, paid = { 0 }, whole = { &one, 1 };
	int64_t opened, ms, spent_until = NONE;
	bool found = false, done;
	TRY(progress_opened(cx, in->event_id, in->session, &opened));
	TRY(event_sql_here(cx, cx->actor.person_id, in->event_id, &h, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "event_id", N_("There is no such event."));
	TRY(may_report(cx, &h));
	if (!said(cx, in, &h, opened, &one))
		return fail(cx, ERR_INVALID, "to_ms", N_("must lie behind the beginning and not in the future"));
	BUG_IF(h.spans.n && !intervals_parse(cx->arena, h.spans, SIZE_MAX, &have));
	struct intervals claimed = intervals_normal(cx->arena, &whole, INT64_MAX), fresh = intervals_minus(cx->arena, &claimed, &have);
	const struct event_one_row e = event_in(&h, in->event_id);
	ms = intervals_length(&have);
	done = h.done_at != NONE;
	if (intervals_length(&fresh) >= EVENT_NOTED || (h.closed_at != NONE && fresh.n))
		TRY(progress_pay(cx, cx->actor.person_id, opened, 1, &fresh, &paid, &spent_until));
	if (paid.n && have.n < INTERVALS_MAX)
		TRY(note(cx, &e, &h, &have, &paid, spent_until, &ms, &done));
	event_standing(cx, &e, ms, done, ret);
	return OK;
}

/* ── done ── */

static enum err give_evidence(struct ctx *cx, const struct event_one_row *e, int64_t person_id)
{
	struct event_competencies_row *c;
	int64_t id, today = clock_day_in_india(cx->now);
	size_t n;
	TRY(event_sql_competencies(cx, today, e->id, &c, &n));
	for (size_t i = 0; i < n; i++) {
		struct evidence_add in = { .person_id = person_id,
					   .competency_id = c[i].competency_id,
					   .kind = EVIDENCE_certificate,
					   .value = 1000 * c[i].level,
					   .rater_id = NONE,
					   .source_id = e->id,
					   .note = e->title };
		struct event_competency_named_row in_force;
		bool found = false;
		TRY(event_sql_competency_named(cx, c[i].framework, c[i].code, today, &in_force, &found));
		if (found) /* else it has ended since */
			TRY(evidence_add(cx, &in, &id));
	}
	return OK;
}

enum err event_consider(struct ctx *cx, const struct event_one_row *e, int64_t person_id, int64_t ms, int64_t done_at)
{
	bool enough = ms > 0 && ms >= event_needed(e);
	struct event_one_row whole = *e;
	bool found = true;
	if (enough == (done_at != NONE))
		return OK;
	TRY(event_sql_set_done(cx, enough ? cx->now : NONE, e->id, person_id, NULL));
	if (!enough)
		return evidence_take_back(cx, person_id, e->id);
	if (!e->title.p)
		TRY(event_sql_one(cx, e->id, &whole, &found));
	TRY(give_evidence(cx, &whole, person_id));
	const struct msg_arg more = { "event_id", fact_id(cx, e->id) };
	return fact_tell(cx, &(struct fact){ FACT_event_attended, person_id, NONE, NONE, &more, 1 });
}

/* ── said by somebody else ── */

enum err event_presence_set(struct ctx *cx, const struct event_one_row *e, int64_t person_id, struct str way, int64_t ms)
{
	struct event_presence_row p = { .done_at = NONE };
	bool found = false;
	TRY(event_sql_presence(cx, e->id, person_id, &p, &found));
	int64_t is = ms == NONE ? 0 : ms < event_length(e) ? ms : event_length(e), was = found ? p.ms : 0;
	if (is > was)
		TRY(learn(cx, e, person_id, is - was, e->closed_at, NONE));
	else if (is < was)
		TRY(learned_take(cx, person_id, "event", e->id, was - is));
	if (ms != NONE)
		TRY(event_sql_put_presence(cx, e->id, person_id, way, is, S(""), e->starts_at, cx->now, p.done_at, NULL));
	TRY(event_consider(cx, e, person_id, is, p.done_at));
	return ms == NONE ? event_sql_drop_presence(cx, e->id, person_id, NULL) : OK;
}
