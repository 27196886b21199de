/* Verified progress; see progress.h. */
#include "feature/progress/progress.h"
#include "base/clock.h"
#include "feature/completion/completion.h"
#include "feature/enrolment/enrolment.h"
#include "feature/learned/learned.h"

#include <sodium.h>

int64_t progress_needed(int64_t length_ms)
{
	return length_ms * NEEDED_PERCENT / 100;
}

/* ── the token of a view ── */

static struct str token(struct ctx *cx, int64_t thing_id, int64_t opened)
{
	unsigned char h[16];
	struct str text = str_fmt(cx->arena, "view %lld %lld %lld", (long long)cx->actor.person_id, (long long)thing_id, (long long)opened);
	char hex[2 * sizeof h + 1];
	crypto_generichash(h, sizeof h, (const unsigned char *)text.p, text.n, cx->app->sign_sk, 32);
	return str_fmt(cx->arena, "%lld-%s", (long long)opened, sodium_bin2hex(hex, sizeof hex, h, sizeof h));
}

struct str progress_open(struct ctx *cx, int64_t thing_id)
{
	return token(cx, thing_id, cx->now);
}

enum err progress_opened(struct ctx *cx, int64_t thing_id, struct str session, int64_t *ret_opened)
{
	struct str rest = session, part = STR_NONE;
	int64_t opened;
	if (str_cut(&rest, '-', &part) && str_int(part, &opened) && opened > 0 && opened <= cx->now) {
		struct str want = token(cx, thing_id, opened);
		if (want.n == session.n && sodium_memcmp(want.p, session.p, want.n) == 0) {
			*ret_opened = opened;
			return OK;
		}
	}
	return fail(cx, ERR_INVALID, "session", N_("is not a view of this page; open the page again"));
}

/* ── a report ── */

struct record {
	struct intervals have;
	int64_t position;
};

static struct intervals read_intervals(struct ctx *cx, struct str json)
{
	struct intervals s = { 0 };
	BUG_IF(json.n && !intervals_parse(cx->arena, json, SIZE_MAX, &s));
	return s;
}

static enum err read_record(struct ctx *cx, int64_t person_id, int64_t resource_id, struct record *ret)
{
	struct progress_one_row row;
	bool found = false;
	*ret = (struct record){ 0 };
	TRY(progress_sql_one(cx, person_id, resource_id, &row, &found));
	if (!found)
		return OK;
	ret->have = read_intervals(cx, row.intervals);
	ret->position = row.position_ms;
	return OK;
}

enum err progress_pay(struct ctx *cx, int64_t person_id, int64_t opened, int64_t speed, const struct intervals *wanted, struct intervals *ret, int64_t *ret_spent_until)
{
	int64_t spent_until;
	TRY(learned_clock(cx, person_id, opened, &spent_until));
	int64_t from = spent_until != NONE ? spent_until : opened;
	int64_t most = from < cx->now ? speed * (cx->now - from) : 0;
	*ret = intervals_first(cx->arena, wanted, most);
	int64_t paid = intervals_length(ret);
	*ret_spent_until = paid ? from + (paid + speed - 1) / speed : NONE;
	return OK;
}

/* What was seen in a group before is paid with wall time again, so that it can count as one's own, but it is not learnt twice. */
static enum err pay(struct ctx *cx, int64_t opened, const struct progress_reported_row *r, int64_t resource_id, const struct intervals *wanted,
		    const struct intervals *grouped, struct intervals *ret)
{
	int64_t spent_until;
	TRY(progress_pay(cx, cx->actor.person_id, opened, SPEED_MOST, wanted, ret, &spent_until));
	struct intervals fresh = intervals_minus(cx->arena, ret, grouped);
	if (spent_until == NONE)
		return OK;
	return learned_add(cx, &(struct learnt){ .person_id = cx->actor.person_id,
						 .kind = "resource",
						 .thing_id = resource_id,
						 .course_id = r->course_id,
						 .ms = intervals_length(&fresh),
						 .at = cx->now,
						 .spent_until = spent_until });
}

struct coverage progress_coverage(struct arena *a, const struct intervals *own, const struct intervals *grouped, int64_t length)
{
	struct intervals both = intervals_union(a, own, grouped), all = intervals_close(a, &both, GRAIN_MS), alone = intervals_close(a, own, GRAIN_MS);
	int64_t covered = intervals_length(&all), grouped_only = covered - intervals_length(&alone);
	bool full = covered >= progress_needed(length);
	return (struct coverage){ .all = all,
				  .covered_ms = covered,
				  .grouped_ms = grouped_only,
				  .complete = full && grouped_only <= length - progress_needed(length),
				  .check = full && grouped_only > length - progress_needed(length) };
}

static void describe(struct ctx *cx, const struct coverage *c, int64_t length, bool credited, struct standing *s)
{
	struct intervals none = { 0 };
	struct intervals missing = credited ? none : intervals_missing(cx->arena, &c->all, length);
	s->covered_ms = c->covered_ms;
	s->grouped_ms = c->grouped_ms;
	s->length_ms = length;
	s->needed_ms = progress_needed(length);
	s->complete = credited;
	s->check = c->check && !credited;
	s->intervals = intervals_write(cx->arena, &c->all);
	s->missing = intervals_write(cx->arena, &missing);
}

static enum err credit_if_enough(struct ctx *cx, const struct report *in, bool credited, bool enough, struct standing *s)
{
	struct completion done = { 0 };
	if (!credited && enough) {
		TRY(completion_credit(cx, cx->actor.person_id, in->resource_id, "progress", &done));
		credited = true;
	}
	s->complete = credited;
	s->check = s->check && !credited;
	s->course_complete = done.course_complete;
	return OK;
}

/* "Go on where you stopped": noted when the learner comes to another part, and every few minutes; not with each report. */
static enum err note_place(struct ctx *cx, const struct report *in, const struct progress_reported_row *r)
{
	if (r->last_resource_id == in->resource_id && r->last_at != NONE && cx->now - r->last_at < 5 * MINUTE)
		return OK;
	return enrolment_touch(cx, cx->actor.person_id, r->course_id, in->resource_id);
}

static enum err check_report(struct ctx *cx, const struct report *in, struct progress_reported_row *ret, struct intervals *ret_said)
{
	struct progress_reported_row r;
	struct intervals raw;
	bool found = false;
	TRY(progress_sql_reported(cx, cx->actor.person_id, in->resource_id, &r, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "resource_id", N_("There is no such lesson."));
	if (r.ended_at != NONE)
		return fail(cx, ERR_GONE, "resource_id", N_("This lesson was taken out of the course. What you had done in it is kept."));
	if (str_is(r.kind, "quiz"))
		return fail(cx, ERR_INVALID, "resource_id", N_("is a quiz; it is credited by passing it"));
	if (!enrolment_holds(r.enrolment))
		return enrolment_refuse(cx);
	if (!intervals_parse(cx->arena, in->intervals, REPORT_INTERVALS_MAX, &raw))
		return fail(cx, ERR_INVALID, "intervals", N_("must be a list of [from, to] in whole milliseconds"));
	*ret_said = intervals_normal(cx->arena, &raw, r.ms);
	*ret = r;
	return note_place(cx, in, &r);
}

enum err progress_report(struct ctx *cx, const struct report *in, struct standing *ret)
{
	struct progress_reported_row r;
	struct intervals said, paid;
	int64_t opened;
	TRY(progress_opened(cx, in->resource_id, in->session, &opened));
	TRY(check_report(cx, in, &r, &said));
	struct intervals old = read_intervals(cx, r.seen), grouped = read_intervals(cx, r.in_groups), fresh = intervals_minus(cx->arena, &said, &old);
	TRY(pay(cx, opened, &r, in->resource_id, &fresh, &grouped, &paid));
	struct intervals have = intervals_union(cx->arena, &old, &paid);
	/* A player that stutters could make the set long; the grain joins what nobody would call a gap. */
	if (have.n > INTERVALS_MAX)
		have = intervals_close(cx->arena, &have, GRAIN_MS);
	if (have.n > INTERVALS_MAX)
		return fail(cx, ERR_INVALID, "intervals", N_("are too scattered"));
	int64_t position = in->position * SECOND;
	position = position < 0 ? 0 : position > r.ms ? r.ms : position;
	TRY(progress_sql_put(cx, cx->actor.person_id, in->resource_id, intervals_write(cx->arena, &have), intervals_length(&have), position,
			     opened << 20 | in->seq, cx->now, NULL));
	struct standing s = { .course_id = r.course_id };
	struct coverage c = progress_coverage(cx->arena, &have, &grouped, r.ms);
	describe(cx, &c, r.ms, false, &s);
	TRY(credit_if_enough(cx, in, r.credited.p, c.complete, &s));
	if (s.complete)
		s.missing = S("[]");
	*ret = s;
	return OK;
}

enum err progress_standing(struct ctx *cx, int64_t person_id, int64_t resource_id, int64_t length_ms, struct standing *ret, int64_t *ret_position)
{
	struct progress_credited_row credit;
	struct progress_in_groups_row groups;
	struct intervals grouped = { 0 };
	struct record old;
	bool credited = false, in_groups = false;
	TRY(read_record(cx, person_id, resource_id, &old));
	TRY(progress_sql_in_groups(cx, person_id, resource_id, &groups, &in_groups));
	if (in_groups)
		grouped = read_intervals(cx, groups.intervals);
	TRY(progress_sql_credited(cx, person_id, resource_id, &credit, &credited));
	struct coverage c = progress_coverage(cx->arena, &old.have, &grouped, length_ms);
	*ret = (struct standing){ 0 };
	describe(cx, &c, length_ms, credited, ret);
	*ret_position = old.position;
	return OK;
}

/* ── review ── */

enum err progress_ask_review(struct ctx *cx, int64_t resource_id, struct str words)
{
	struct progress_resource_row r;
	struct enrolment_one_row enrolment;
	bool found = false;
	int64_t changed = 0;
	TRY(progress_sql_resource(cx, resource_id, &r, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "resource_id", N_("There is no such lesson."));
	TRY(enrolment_need(cx, cx->actor.person_id, r.course_id, &enrolment));
	TRY(progress_sql_ask(cx, new_id(cx), cx->actor.person_id, resource_id, r.course_id, words, cx->now, &changed));
	if (!changed)
		return fail(cx, ERR_CONFLICT, "words", N_("Your request for this lesson is with the provider already; the answer comes to your home page."));
	return OK;
}

enum err progress_answer_review(struct ctx *cx, int64_t course_id, int64_t request_id, bool grant, struct str answer)
{
	struct progress_request_row q;
	struct completion done;
	bool found = false;
	TRY(progress_sql_request(cx, request_id, &q, &found));
	if (!found || q.course_id != course_id)
		return fail(cx, ERR_NOT_FOUND, "request_id", N_("There is no such request."));
	if (!str_is(q.state, "open"))
		return fail(cx, ERR_CONFLICT, "", N_("This request has been answered already."));
	TRY(progress_sql_answer(cx, grant ? S("credited") : S("declined"), answer, cx->actor.person_id, cx->now, request_id, NULL));
	return grant ? completion_credit(cx, q.person_id, q.resource_id, "review", &done) : OK;
}

/* Two sets of intervals become one; too scattered for one record even with the grain closed, the one that covers more counts. */
static struct intervals both(struct ctx *cx, const struct intervals *x, const struct intervals *y)
{
	struct intervals all = intervals_union(cx->arena, x, y);
	if (all.n > INTERVALS_MAX)
		all = intervals_close(cx->arena, &all, GRAIN_MS);
	return all.n <= INTERVALS_MAX ? all : intervals_length(x) > intervals_length(y) ? *x : *y;
}

static enum err merge_resource(struct ctx *cx, int64_t kept_id, const struct progress_of_person_row *r)
{
	struct progress_one_row own;
	struct intervals theirs, mine = { NULL, 0 };
	bool found = false;
	TRY(progress_sql_one(cx, kept_id, r->resource_id, &own, &found));
	if (!intervals_parse(cx->arena, r->intervals, INTERVALS_MAX, &theirs) || (found && !intervals_parse(cx->arena, own.intervals, INTERVALS_MAX, &mine)))
		return ERR_INTERNAL;
	struct intervals all = both(cx, &mine, &theirs);
	return progress_sql_put(cx, kept_id, r->resource_id, intervals_write(cx->arena, &all), intervals_length(&all), r->position_ms, r->position_key,
				found && own.updated_at > r->updated_at ? own.updated_at : r->updated_at, NULL);
}

enum err progress_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	struct progress_of_person_row *r;
	size_t n;
	TRY(progress_sql_of_person(cx, closed_id, &r, &n));
	for (size_t i = 0; i < n; i++)
		TRY(merge_resource(cx, kept_id, &r[i]));
	TRY(progress_sql_drop_progress(cx, closed_id, NULL));
	TRY(progress_sql_join_requests(cx, closed_id, kept_id, NULL));
	TRY(progress_sql_drop_joined(cx, closed_id, kept_id, NULL));
	return progress_sql_move_requests(cx, kept_id, closed_id, NULL);
}
