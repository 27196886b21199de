/* Publishing an order, withdrawing it, and its coming into force; see allocation.h. */
#include "feature/allocation/allocation.h"
#include "feature/allocation/order.h"
#include "feature/gap/gap.h"
#include "feature/notice/notice.h"
#include "feature/person/person.h"
#include "feature/post/post.h"

#include <stdlib.h>

/* ── coming into force ── */

static int by_id(const void *pa, const void *pb)
{
	const int64_t *a = pa, *b = pb;
	return *a < *b ? -1 : *a > *b;
}

/* Everybody once; of more than GAP_AT_ONCE by a job. */
static enum err settle(struct ctx *cx, int64_t *who, size_t n)
{
	size_t people = 0;
	if (n)
		qsort(who, n, sizeof *who, by_id);
	for (size_t i = 0; i < n; i++)
		if (!people || who[people - 1] != who[i])
			who[people++] = who[i];
	if (people > GAP_AT_ONCE)
		return gap_sweep_soon(cx);
	for (size_t i = 0; i < people; i++)
		TRY(gap_settle(cx, who[i]));
	return OK;
}

/* In bulk, so that each change does not settle by itself what is settled at the end. */
static enum err change_duties(struct ctx *cx, int64_t id, int64_t before_id, int64_t from_day, const struct allocation_duties_row *r, size_t n)
{
	bool bulk = cx->bulk;
	enum err e = OK;
	cx->bulk = true;
	if (before_id != NONE)
		e = duty_end_all(cx, before_id, from_day);
	for (size_t i = 0; i < n && e == OK; i++)
		e = duty_begin(cx, id, r[i].person_id, r[i].activity_id, from_day);
	cx->bulk = bulk;
	return e;
}

static enum err tell(struct ctx *cx, const struct allocation_one_row *a, const struct allocation_duties_row *r, size_t n)
{
	const struct msg_arg arg = { "number", a->number };
	for (size_t i = 0; i < n; i++) {
		if (i && r[i].person_id == r[i - 1].person_id)
			continue;
		struct notice notice = { .kind = NOTICE_allocation,
					 .fact = str_fmt(cx->arena, "allocation:%lld", (long long)a->id),
					 .person_id = r[i].person_id,
					 .subject = N_("Your work by an order of your office"),
					 .text = N_("The work allocation order {number} is in force and says what your work is."),
					 .link_text = N_("My work"),
					 .path = S("/me/work"),
					 .args = &arg,
					 .n_args = 1 };
		TRY(notice_tell(cx, &notice));
	}
	return OK;
}

static enum err enforce(struct ctx *cx, const struct allocation_one_row *a)
{
	struct allocation_in_force_row force;
	struct allocation_duties_row *r;
	struct allocation_holders_row *were = NULL;
	bool found = false;
	size_t n, n_were = 0;
	TRY(allocation_sql_in_force(cx, a->org_id, &force, &found));
	TRY(allocation_sql_duties(cx, a->id, person_today(cx), &r, &n));
	if (found) {
		TRY(allocation_sql_holders(cx, force.id, a->from_day, &were, &n_were));
		TRY(allocation_sql_replace(cx, a->from_day, a->id, force.id, NULL));
	}
	TRY(allocation_sql_enforce(cx, a->id, NULL));
	TRY(change_duties(cx, a->id, found ? force.id : NONE, a->from_day, r, n));
	int64_t *who = ARENA_ARRAY(cx->arena, int64_t, n + n_were + 1);
	for (size_t i = 0; i < n; i++)
		who[i] = r[i].person_id;
	for (size_t i = 0; i < n_were; i++)
		who[n + i] = were[i].person_id;
	TRY(settle(cx, who, n + n_were));
	return tell(cx, a, r, n);
}

enum err allocation_person_changed(struct ctx *cx, int64_t person_id)
{
	struct allocation_strays_row *r;
	int64_t today = person_today(cx);
	size_t n;
	TRY(allocation_sql_strays(cx, person_id, today, &r, &n));
	for (size_t i = 0; i < n; i++)
		TRY(duty_end_of(cx, r[i].id, person_id, today));
	return OK;
}

static enum err due_step(struct ctx *cx, struct job *j)
{
	struct allocation_due_row due;
	struct allocation_one_row a;
	bool found = false;
	TRY(allocation_sql_due(cx, person_today(cx), &due, &found));
	j->ended = !found;
	if (!found)
		return OK;
	j->done++;
	TRY(order_head(cx, due.org_id, due.id, &a));
	return enforce(cx, &a);
}

const struct job_kind allocation_jobs[] = {
	{ .name = "allocation.due", .title = N_("Work allocation orders whose day has come"), .step = due_step, .every = HOUR },
	{ 0 },
};

/* ── publishing ── */

static enum err free_number_and_day(struct ctx *cx, const struct allocation_one_row *a)
{
	struct allocation_taken_row *r;
	size_t n;
	TRY(allocation_sql_taken(cx, a->org_id, a->number, a->from_day, &r, &n));
	for (size_t i = 0; i < n; i++) {
		const struct msg_arg arg = { "number", r[i].number };
		if (r[i].from_day == a->from_day)
			return fail_msg(cx, ERR_CONFLICT, S("from_day"),
					N_("Order {number} of this office begins on the same day. Choose another, or withdraw that one before its day."), 1,
					&arg);
		return fail_msg(cx, ERR_CONFLICT, S("number"), N_("There is an order of this office with the number {number} already."), 1, &arg);
	}
	return OK;
}

static enum err whole(struct ctx *cx, const struct order *o)
{
	if (o->head.from_day < person_today(cx))
		return fail(cx, ERR_CONFLICT, "from_day", N_("The first day has passed meanwhile. Choose today or a later one."));
	if (!o->n_allotted)
		return fail(cx, ERR_CONFLICT, "", N_("Nothing is allotted to anybody yet."));
	if (o->stranger) {
		const struct msg_arg arg = { "name", o->stranger->rows->name };
		return fail_msg(cx, ERR_CONFLICT, STR_NONE,
				N_("{name} does not work here on the first day of the order. Take the name out, or enter the posting first."), 1, &arg);
	}
	if (o->ended) {
		const struct msg_arg arg = { "activity", cx->lang == LANG_HI && o->ended->name_hi.n ? o->ended->name_hi : o->ended->name_en };
		return fail_msg(cx, ERR_CONFLICT, STR_NONE, N_("The activity “{activity}” is not done any more on the first day of the order. Take it away."),
				1, &arg);
	}
	return OK;
}

static enum err load_is_right(struct ctx *cx, const struct order *o, struct str reason)
{
	const struct order_officer *most = NULL;
	if (!o->n_more || str_trim(reason).n)
		return OK;
	for (size_t i = 0; i < o->n_officers; i++)
		if (!most || o->officers[i].minutes > most->minutes)
			most = &o->officers[i];
	const struct msg_arg args[] = { { "name", most->rows->name }, { "percent", str_fmt(cx->arena, "%lld", (long long)load_percent(most->minutes)) } };
	return fail_msg(cx, ERR_INVALID, S("reason"), N_("is needed, or another distribution: {name} has {percent}% of a working week"), 2, args);
}

enum err allocation_publish(struct ctx *cx, int64_t org_id, int64_t id, struct str reason)
{
	struct order o;
	TRY(order_read(cx, org_id, id, &o));
	if (!str_is(o.head.state, "draft"))
		return fail(cx, ERR_CONFLICT, "", N_("This order is published already."));
	TRY(whole(cx, &o));
	TRY(free_number_and_day(cx, &o.head));
	TRY(load_is_right(cx, &o, reason));
	struct str why = o.n_more ? str_trim(reason) : S(""), document = order_document(cx, &o, why);
	if (!document.p)
		return fail(cx, ERR_TOO_LARGE, "", N_("This order is too long. Make one for each section of the office."));
	TRY(allocation_sql_publish(cx, why, document, cx->actor.person_id ? cx->actor.person_id : NONE, cx->now, id, NULL));
	return o.head.from_day <= person_today(cx) ? enforce(cx, &o.head) : OK;
}

enum err allocation_withdraw(struct ctx *cx, int64_t org_id, int64_t id)
{
	struct allocation_one_row a;
	TRY(order_head(cx, org_id, id, &a));
	if (!str_is(a.state, "published") || a.from_day <= person_today(cx))
		return fail(cx, ERR_CONFLICT, "", N_("Only a published order whose first day is still to come can be withdrawn. Make a new order instead."));
	return allocation_sql_withdraw(cx, cx->actor.person_id ? cx->actor.person_id : NONE, cx->now, id, NULL);
}
