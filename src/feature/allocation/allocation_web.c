/* Work allocation orders in the browser and over the API: the list, an order, and what is done with a draft. Published orders: allocation_order_web.c. */
#include "allocation_activity_html.h"
#include "allocation_html.h"
#include "allocation_officer_html.h"
#include "allocations_html.h"
#include "allotment_html.h"
#include "feature/allocation/allocation.h"
#include "feature/allocation/allocation_page.h"
#include "feature/allocation/order.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "web/action.h"
#include "web/lang.h"

#include <math.h>
#include <stdlib.h>

enum { ORDERS_PAGE = 30, MISSING_SHOWN = 100 };

struct made {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made, id, F_ID), FIELD_END };

static struct str fit_text(struct ctx *cx, enum fit fit)
{
	return str_of(tr(cx->lang, fit_words[fit].words));
}

/* ── the list ── */

struct list_in {
	int64_t org_id, before;
};
static const struct field list_in[] = { FIELD(list_in, org_id, F_ID, .must = true), FIELD(list_in, before, F_ID), FIELD_END };
static const struct field item_out[] = {
	FIELD(allocation_item, id, F_ID),	 FIELD(allocation_item, number, F_TEXT),      FIELD(allocation_item, subject, F_TEXT),
	FIELD(allocation_item, state, F_TEXT),	 FIELD(allocation_item, from_day, F_DATE),    FIELD(allocation_item, until_day, F_DATE),
	FIELD(allocation_item, officers, F_INT), FIELD(allocation_item, signed_copy, F_BOOL), FIELD_END,
};

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct allocations_page *v = ARENA_NEW(cx->arena, struct allocations_page);
	struct allocation_of_org_row *r;
	size_t n;
	(void)state;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(allocation_sql_of_org(cx, in->org_id, in->before, ORDERS_PAGE + 1, &r, &n));
	v->org_id = in->org_id;
	v->n_items = n > ORDERS_PAGE ? ORDERS_PAGE : n;
	v->items = ARENA_ARRAY(cx->arena, struct allocation_item, v->n_items);
	for (size_t i = 0; i < v->n_items; i++)
		v->items[i] = (struct allocation_item){ .id = r[i].id,
							.org_id = in->org_id,
							.from_day = r[i].from_day,
							.until_day = r[i].until_day,
							.last_day = r[i].until_day == NONE ? NONE : r[i].until_day - 1,
							.officers = r[i].officers,
							.number = r[i].number,
							.subject = r[i].subject,
							.state = r[i].state,
							.signed_copy = r[i].has_copy };
	if (n > ORDERS_PAGE) {
		a->next = str_fmt(cx->arena, "%lld", (long long)r[ORDERS_PAGE - 1].id);
		v->next = str_fmt(cx->arena, "/orgs/%lld/allocations?before=%s", (long long)in->org_id, a->next.p);
	}
	ANSWER_ROWS(a, v->items, v->n_items);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Work allocation orders"));
	return OK;
}

static const struct choice begins[] = {
	{ "posts", N_("With the activities of the posts that people hold") },
	{ "force", N_("As the order in force") },
	{ "empty", N_("With nothing") },
	{ NULL, NULL },
};
static const struct choice whom[] = { { "everybody", N_("Everybody who works here") }, { "chosen", N_("Nobody yet; I choose them") }, { NULL, NULL } };

struct head_in {
	int64_t org_id, allocation_id, from_day;
	struct str number, subject, begin, officers;
};
#define HEAD_FIELDS                                                                                                                                            \
	FIELD(head_in, number, F_TEXT, .label = N_("Number of the order"), .hint = N_("As the office numbers its papers."), .must = true,                      \
	      .max = ALLOCATION_NUMBER_MAX),                                                                                                                   \
		FIELD(head_in, subject, F_TEXT, .label = N_("Subject"), .must = true, .max = ALLOCATION_SUBJECT_MAX),                                          \
		FIELD(head_in, from_day, F_DATE, .label = N_("First day"), .must = true)
static const struct field add_in[] = {
	FIELD(head_in, org_id, F_ID, .must = true),
	HEAD_FIELDS,
	FIELD(head_in, begin, F_CHOICE, .label = N_("How it begins"), .must = true, .choices = begins),
	FIELD(head_in, officers, F_CHOICE, .label = N_("Officers"), .must = true, .choices = whom),
	FIELD_END,
};

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct head_in *in = input;
	const struct allocation_head head = { in->number, in->subject, in->from_day };
	enum allocation_begin begin = str_is(in->begin, "posts") ? BEGIN_POSTS : str_is(in->begin, "force") ? BEGIN_FORCE : BEGIN_EMPTY;
	struct made *row = ARENA_NEW(cx->arena, struct made);
	(void)state;
	TRY(allocation_add(cx, in->org_id, &head, begin, str_is(in->officers, "everybody"), &row->id));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/orgs/%lld/allocations/%lld", (long long)in->org_id, (long long)row->id);
	return OK;
}

/* ── one order ── */

struct one_in {
	int64_t org_id, allocation_id;
};
static const struct field one_in[] = { FIELD(one_in, org_id, F_ID, .must = true), FIELD(one_in, allocation_id, F_ID, .must = true), FIELD_END };
static const struct field one_out[] = {
	FIELD(allocation_page, id, F_ID),
	FIELD(allocation_page, number, F_TEXT),
	FIELD(allocation_page, subject, F_TEXT),
	FIELD(allocation_page, state, F_TEXT),
	FIELD(allocation_page, from_day, F_DATE),
	FIELD(allocation_page, until_day, F_DATE),
	FIELD(allocation_page, published_at, F_TIME),
	FIELD(allocation_page, withdrawn_at, F_TIME),
	FIELD(allocation_page, reason, F_TEXT),
	FIELD(allocation_page, before_id, F_ID),
	FIELD(allocation_page, n_allotted, F_INT),
	FIELD(allocation_page, n_more, F_INT),
	FIELD(allocation_page, n_less, F_INT),
	FIELD(allocation_page, n_missing_all, F_INT),
	FIELD(allocation_page, code, F_TEXT),
	FIELD(allocation_page, hash, F_TEXT),
	FIELD_END,
};

static struct str posts_of(struct ctx *cx, const struct order_officer *f)
{
	struct buf b;
	buf_init(&b, cx->arena, 4000);
	for (size_t i = 0; i < f->n_rows && f->rows[i].title_en.p; i++) {
		if (b.n)
			buf_lit(&b, ", ");
		buf_str(&b, org_name(cx, f->rows[i].title_en, f->rows[i].title_hi));
	}
	return buf_get(&b);
}

static struct allotment_item allotment_of(struct ctx *cx, const struct order *o, const struct order_officer *f, size_t k)
{
	const struct allocation_allotments_row *w = &f->work[k];
	enum fit fit = f->fits ? f->fits[k] : FIT_FREE;
	return (struct allotment_item){ .org_id = o->head.org_id,
					.order_id = o->head.id,
					.person_id = w->person_id,
					.activity_id = w->activity_id,
					.minutes = w->minutes,
					.person = f->rows->name,
					.activity = org_name(cx, w->name_en, w->name_hi),
					.role = org_name(cx, w->role_en, w->role_hi),
					.hours = load_hours(cx->arena, w->minutes),
					.fit = str_of(fit_words[fit].code),
					.fit_words = fit == FIT_FREE ? S("") : fit_text(cx, fit),
					.met = fit == FIT_MET,
					.unknown = fit == FIT_UNKNOWN,
					.open = fit == FIT_OPEN };
}

static struct officer_item officer_of(struct ctx *cx, const struct order *o, const struct order_officer *f)
{
	static const char *const loads[] = { [LOAD_LESS] = "less", [LOAD_RIGHT] = "right", [LOAD_MORE] = "more" };
	enum load_state load = load_state_of(f->minutes);
	struct officer_item v = { .id = f->rows->person_id,
				  .org_id = o->head.org_id,
				  .order_id = o->head.id,
				  .minutes = f->minutes,
				  .percent = load_percent(f->minutes),
				  .name = f->rows->name,
				  .designation = org_name(cx, f->rows->designation_en, f->rows->designation_hi),
				  .posts = posts_of(cx, f),
				  .hours = load_hours(cx->arena, f->minutes),
				  .load = str_of(loads[load]),
				  .more = load == LOAD_MORE,
				  .less = load == LOAD_LESS,
				  .stranger = !f->rows->works_here || !str_is(f->rows->state, "active"),
				  .draft = str_is(o->head.state, "draft"),
				  .n_work = f->n_work };
	v.work = ARENA_ARRAY(cx->arena, struct allotment_item, f->n_work + 1);
	for (size_t k = 0; k < f->n_work; k++)
		v.work[k] = allotment_of(cx, o, f, k);
	return v;
}

static void put_missing(struct ctx *cx, const struct order *o, struct allocation_page *v)
{
	v->n_missing_all = (int64_t)o->n_missing;
	v->n_missing = o->n_missing < MISSING_SHOWN ? o->n_missing : MISSING_SHOWN;
	v->missing = ARENA_ARRAY(cx->arena, struct missing_item, v->n_missing + 1);
	for (size_t i = 0; i < v->n_missing; i++) {
		const struct order_missing *m = &o->missing[i];
		v->missing[i] = (struct missing_item){ .org_id = o->head.org_id,
						       .order_id = o->head.id,
						       .activity_id = m->rows->id,
						       .taker_id = NONE,
						       .draft = v->is_draft,
						       .activity = org_name(cx, m->rows->name_en, m->rows->name_hi),
						       .role = org_name(cx, m->rows->role_en, m->rows->role_hi) };
		if (m->taker == o->n_officers)
			continue;
		const struct order_officer *f = &o->officers[m->taker];
		v->missing[i].taker_id = f->rows->person_id;
		v->missing[i].taker = f->rows->name;
		v->missing[i].taker_load = fmt_percent(cx, load_percent(f->minutes));
	}
}

static enum err put_copies(struct ctx *cx, struct allocation_page *v)
{
	struct allocation_copies_row *r;
	TRY(allocation_sql_copies(cx, v->id, &r, &v->n_copies));
	v->copies = ARENA_ARRAY(cx->arena, struct copy_item, v->n_copies + 1);
	for (size_t i = 0; i < v->n_copies; i++)
		v->copies[i] = (struct copy_item){ r[i].id, v->org_id, v->id, r[i].bytes, r[i].kept_at, r[i].keeper, i == 0 };
	return OK;
}

static void put_head(struct ctx *cx, const struct order *o, struct allocation_page *v)
{
	const struct allocation_one_row *h = &o->head;
	*v = (struct allocation_page){ .id = h->id,
				       .org_id = h->org_id,
				       .from_day = h->from_day,
				       .until_day = h->until_day,
				       .published_at = h->published_at,
				       .withdrawn_at = h->withdrawn_at,
				       .before_id = h->before_id,
				       .n_allotted = (int64_t)o->n_allotted,
				       .n_more = (int64_t)o->n_more,
				       .n_less = (int64_t)o->n_less,
				       .week_hours = WEEK_MINUTES / 60,
				       .over = LOAD_OVER,
				       .under = LOAD_UNDER,
				       .org = org_name(cx, h->org_en, h->org_hi),
				       .number = h->number,
				       .subject = h->subject,
				       .state = h->state,
				       .reason = h->reason,
				       .code = str_is(h->state, "draft") ? STR_NONE : h->code,
				       .publisher = h->publisher,
				       .from_text = fmt_isoday(cx, h->from_day) };
	v->is_draft = str_is(h->state, "draft");
	v->is_force = str_is(h->state, "force");
	v->is_replaced = str_is(h->state, "replaced");
	v->is_withdrawn = str_is(h->state, "withdrawn");
	v->waits = str_is(h->state, "published") && h->from_day > person_today(cx);
	v->printed = !v->is_draft && !v->is_withdrawn;
	if (h->document.p)
		v->hash = order_hash(cx, h->document);
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct allocation_page *v = ARENA_NEW(cx->arena, struct allocation_page);
	struct order o;
	(void)state;
	TRY(order_read(cx, in->org_id, in->allocation_id, &o));
	TRY(order_judge(cx, &o, str_is(o.head.state, "draft")));
	put_head(cx, &o, v);
	put_missing(cx, &o, v);
	v->n_officers = o.n_officers;
	v->officers = ARENA_ARRAY(cx->arena, struct officer_item, o.n_officers + 1);
	for (size_t i = 0; i < o.n_officers; i++)
		v->officers[i] = officer_of(cx, &o, &o.officers[i]);
	v->n_twice = o.n_twice;
	v->twice = ARENA_ARRAY(cx->arena, struct twice_item, o.n_twice + 1);
	for (size_t i = 0; i < o.n_twice; i++)
		v->twice[i] = (struct twice_item){ o.twice[i].n, org_name(cx, o.twice[i].work->name_en, o.twice[i].work->name_hi),
						   org_name(cx, o.twice[i].work->role_en, o.twice[i].work->role_hi) };
	if (v->printed)
		TRY(put_copies(cx, v));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->number;
	return OK;
}

static const struct field officer_out[] = {
	FIELD(officer_item, id, F_ID),
	FIELD(officer_item, name, F_TEXT, .personal = true),
	FIELD(officer_item, designation, F_TEXT),
	FIELD(officer_item, posts, F_TEXT),
	FIELD(officer_item, minutes, F_INT),
	FIELD(officer_item, percent, F_INT),
	FIELD(officer_item, load, F_TEXT),
	FIELD(officer_item, stranger, F_BOOL),
	FIELD_END,
};
static const struct field allotment_out[] = {
	FIELD(allotment_item, person_id, F_ID),	  FIELD(allotment_item, person, F_TEXT, .personal = true),
	FIELD(allotment_item, activity_id, F_ID), FIELD(allotment_item, activity, F_TEXT),
	FIELD(allotment_item, role, F_TEXT),	  FIELD(allotment_item, minutes, F_INT),
	FIELD(allotment_item, fit, F_TEXT),	  FIELD_END,
};

static enum err officers_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct order o;
	(void)state;
	TRY(order_read(cx, in->org_id, in->allocation_id, &o));
	struct officer_item *v = ARENA_ARRAY(cx->arena, struct officer_item, o.n_officers + 1);
	for (size_t i = 0; i < o.n_officers; i++)
		v[i] = officer_of(cx, &o, &o.officers[i]);
	ANSWER_ROWS(a, v, o.n_officers);
	return OK;
}

static enum err allotments_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct order o;
	size_t n = 0;
	(void)state;
	TRY(order_read(cx, in->org_id, in->allocation_id, &o));
	TRY(order_judge(cx, &o, false));
	struct allotment_item *v = ARENA_ARRAY(cx->arena, struct allotment_item, o.n_allotted + 1);
	for (size_t i = 0; i < o.n_officers; i++)
		for (size_t k = 0; k < o.officers[i].n_work; k++)
			v[n++] = allotment_of(cx, &o, &o.officers[i], k);
	ANSWER_ROWS(a, v, n);
	return OK;
}

/* ── the draft ── */

static const struct field change_in[] = { FIELD(head_in, org_id, F_ID, .must = true), FIELD(head_in, allocation_id, F_ID, .must = true), HEAD_FIELDS,
					  FIELD_END };

static enum err change_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct head_in *in = input;
	(void)state;
	(void)a;
	return allocation_change(cx, in->org_id, in->allocation_id, &(struct allocation_head){ in->number, in->subject, in->from_day });
}

static enum err discard_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return allocation_discard(cx, in->org_id, in->allocation_id);
}

struct officer_in {
	int64_t org_id, allocation_id, person_id;
	struct str person;
};
static const struct field name_in[] = {
	FIELD(officer_in, org_id, F_ID, .must = true),
	FIELD(officer_in, allocation_id, F_ID, .must = true),
	FIELD(officer_in, person, F_TEXT, .label = N_("Person"), .hint = N_("Employee number, e-mail or mobile number."), .must = true, .personal = true,
	      .max = 254),
	FIELD_END,
};
static const struct field officer_in[] = {
	FIELD(officer_in, org_id, F_ID, .must = true),
	FIELD(officer_in, allocation_id, F_ID, .must = true),
	FIELD(officer_in, person_id, F_ID, .must = true),
	FIELD_END,
};

static enum err name_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct officer_in *in = input;
	struct person_called_row who;
	struct made *row = ARENA_NEW(cx->arena, struct made);
	bool found = false;
	(void)state;
	TRY(person_called(cx, in->person, &who, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "person", N_("is nobody we know; give the employee number, e-mail or mobile number"));
	row->id = who.id;
	ANSWER_ROW(a, row);
	return allocation_name_officer(cx, in->org_id, in->allocation_id, who.id);
}

static enum err everybody_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return allocation_name_everybody(cx, in->org_id, in->allocation_id);
}

static enum err drop_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct officer_in *in = input;
	(void)state;
	(void)a;
	return allocation_drop_officer(cx, in->org_id, in->allocation_id, in->person_id);
}

/* What an officer has and what there is to allot. */
static enum err officer_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct officer_in *in = input;
	struct allocation_officer_page *v = ARENA_NEW(cx->arena, struct allocation_officer_page);
	const struct order_officer *f = NULL;
	struct allocation_activities_row *r;
	struct order o;
	(void)state;
	TRY(order_read(cx, in->org_id, in->allocation_id, &o));
	for (size_t i = 0; i < o.n_officers && !f; i++)
		f = o.officers[i].rows->person_id == in->person_id ? &o.officers[i] : NULL;
	if (!f)
		return fail(cx, ERR_NOT_FOUND, "person_id", N_("This order does not name this officer."));
	TRY(allocation_sql_activities(cx, in->org_id, o.head.from_day, o.head.id, &r, &v->n_choices));
	*v = (struct allocation_officer_page){ .org_id = in->org_id,
					       .order_id = o.head.id,
					       .number = o.head.number,
					       .name = f->rows->name,
					       .officer = officer_of(cx, &o, f),
					       .n_choices = v->n_choices };
	v->choices = ARENA_ARRAY(cx->arena, struct allotment_item, v->n_choices + 1);
	for (size_t i = 0; i < v->n_choices; i++) {
		v->choices[i] = (struct allotment_item){ .org_id = in->org_id,
							 .order_id = o.head.id,
							 .person_id = in->person_id,
							 .activity_id = r[i].id,
							 .had_by = r[i].had_by,
							 .activity = org_name(cx, r[i].name_en, r[i].name_hi),
							 .role = org_name(cx, r[i].role_en, r[i].role_hi),
							 .of_posts = r[i].of_posts };
		for (size_t k = 0; k < f->n_work; k++)
			if (f->work[k].activity_id == r[i].id)
				v->choices[i].minutes = f->work[k].minutes;
		v->choices[i].hours = load_hours(cx->arena, v->choices[i].minutes);
	}
	ANSWER_ROWS(a, v->choices, v->n_choices);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->name;
	return OK;
}
static const struct field choice_out[] = {
	FIELD(allotment_item, activity_id, F_ID),
	FIELD(allotment_item, activity, F_TEXT),
	FIELD(allotment_item, role, F_TEXT),
	FIELD(allotment_item, of_posts, F_BOOL),
	FIELD(allotment_item, had_by, F_INT),
	FIELD(allotment_item, minutes, F_INT),
	FIELD_END,
};

/* ── an activity ── */

struct allot_in {
	int64_t org_id, allocation_id, person_id, activity_id, to_id;
	double hours;
};
static const struct field activity_in[] = {
	FIELD(allot_in, org_id, F_ID, .must = true),
	FIELD(allot_in, allocation_id, F_ID, .must = true),
	FIELD(allot_in, activity_id, F_ID, .must = true),
	FIELD_END,
};
static const struct field taker_out[] = {
	FIELD(taker_item, person_id, F_ID),
	FIELD(taker_item, name, F_TEXT, .personal = true),
	FIELD(taker_item, fit, F_TEXT),
	FIELD(taker_item, minutes, F_INT),
	FIELD(taker_item, percent, F_INT),
	FIELD(taker_item, has_it, F_BOOL),
	FIELD_END,
};

static int by_fit(const void *pa, const void *pb)
{
	const struct taker_item *a = pa, *b = pb;
	int fa = a->met ? 0 : a->unknown ? 1 : 2, fb = b->met ? 0 : b->unknown ? 1 : 2;
	if (fa != fb)
		return fa - fb;
	if (a->minutes != b->minutes)
		return a->minutes < b->minutes ? -1 : 1;
	return a->person_id < b->person_id ? -1 : a->person_id > b->person_id;
}

/* All officers of an order, the fittest for an activity first, of those the least loaded. */
static enum err takers_of(struct ctx *cx, const struct allocation_one_row *h, int64_t activity_id, struct taker_item **ret, size_t *ret_n)
{
	struct allocation_takers_row *r;
	int64_t today = person_today(cx);
	size_t n, people = 0;
	TRY(allocation_sql_takers(cx, activity_id, today, h->id, &r, &n));
	struct taker_item *v = ARENA_ARRAY(cx->arena, struct taker_item, n + 1);
	for (size_t i = 0, k; i < n; i = k) {
		enum fit fit = FIT_FREE;
		for (k = i; k < n && r[k].person_id == r[i].person_id; k++)
			if (r[k].competency_id != NONE)
				fit = fit_both(fit, fit_of(r[k].level, r[k].n_levels, r[k].weight, r[k].weighted, r[k].n, r[k].n_self, today));
		v[people++] = (struct taker_item){
			.person_id = r[i].person_id,
			.org_id = h->org_id,
			.order_id = h->id,
			.activity_id = activity_id,
			.minutes = r[i].minutes,
			.percent = load_percent(r[i].minutes),
			.name = r[i].name,
			.hours = load_hours(cx->arena, r[i].minutes),
			.fit = str_of(fit_words[fit].code),
			.fit_words = fit_text(cx, fit),
			.met = fit <= FIT_MET,
			.unknown = fit == FIT_UNKNOWN,
			.open = fit == FIT_OPEN,
			.has_it = r[i].has_it,
		};
	}
	qsort(v, people, sizeof *v, by_fit);
	*ret = v;
	*ret_n = people;
	return OK;
}

static enum err activity_of(struct ctx *cx, const struct allocation_one_row *h, int64_t activity_id, struct allocation_activity_row *ret)
{
	bool found = false;
	TRY(allocation_sql_activity(cx, h->org_id, activity_id, h->from_day, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "activity_id", N_("There is no such activity in this office on the first day of the order."));
}

static enum err activity_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct allot_in *in = input;
	struct allocation_activity_page *v = ARENA_NEW(cx->arena, struct allocation_activity_page);
	struct allocation_one_row h;
	struct allocation_activity_row activity;
	(void)state;
	TRY(order_head(cx, in->org_id, in->allocation_id, &h));
	TRY(activity_of(cx, &h, in->activity_id, &activity));
	TRY(takers_of(cx, &h, in->activity_id, &v->takers, &v->n_takers));
	v->org_id = in->org_id;
	v->order_id = h.id;
	v->number = h.number;
	v->activity = org_name(cx, activity.name_en, activity.name_hi);
	v->role = org_name(cx, activity.role_en, activity.role_hi);
	ANSWER_ROWS(a, v->takers, v->n_takers);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->activity;
	return OK;
}

/* ── an activity with an officer ── */

#define ALLOTMENT_FIELDS                                                                                                                                       \
	FIELD(allot_in, org_id, F_ID, .must = true), FIELD(allot_in, allocation_id, F_ID, .must = true), FIELD(allot_in, person_id, F_ID, .must = true),       \
		FIELD(allot_in, activity_id, F_ID, .must = true)
static const struct field allotment_in[] = { ALLOTMENT_FIELDS, FIELD_END };
static const struct field allot_in[] = {
	ALLOTMENT_FIELDS,
	FIELD(allot_in, hours, F_REAL, .label = N_("Hours a week"), .hint = N_("An estimate, from 0.5 to 60."), .must = true, .max = ALLOT_MOST / 60),
	FIELD_END,
};
static const struct field move_in[] = { ALLOTMENT_FIELDS, FIELD(allot_in, to_id, F_ID, .label = N_("Officer"), .must = true), FIELD_END };
static const struct field need_out[] = {
	FIELD(need_item, competency_id, F_ID), FIELD(need_item, name, F_TEXT), FIELD(need_item, level, F_TEXT), FIELD(need_item, fit, F_TEXT), FIELD_END,
};

static enum err put_needs(struct ctx *cx, struct allotment_page *v)
{
	struct allocation_needs_row *r;
	int64_t today = person_today(cx);
	TRY(allocation_sql_needs(cx, today, v->person_id, v->activity_id, &r, &v->n_needs));
	v->needs = ARENA_ARRAY(cx->arena, struct need_item, v->n_needs + 1);
	for (size_t i = 0; i < v->n_needs; i++) {
		enum fit fit = fit_of(r[i].level, r[i].n_levels, r[i].weight, r[i].weighted, r[i].n, r[i].n_self, today);
		struct str level = r[i].level_en.p ? org_name(cx, r[i].level_en, r[i].level_hi) : S("");
		v->needs[i] = (struct need_item){ .competency_id = r[i].competency_id,
						  .name = org_name(cx, r[i].name_en, r[i].name_hi),
						  .level = str_fmt(cx->arena, "%lld %.*s", (long long)r[i].level, STR_ARG(level)),
						  .fit = str_of(fit_words[fit].code),
						  .fit_words = fit_text(cx, fit),
						  .met = fit == FIT_MET,
						  .unknown = fit == FIT_UNKNOWN,
						  .open = fit == FIT_OPEN };
	}
	return OK;
}

/* Those who do not have it. */
static enum err put_others(struct ctx *cx, const struct allocation_one_row *h, struct allotment_page *v)
{
	struct taker_item *t;
	size_t n;
	TRY(takers_of(cx, h, v->activity_id, &t, &n));
	v->others = t;
	for (size_t i = 0; i < n; i++)
		if (!t[i].has_it)
			v->others[v->n_others++] = t[i];
	return OK;
}

static enum err allotment_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct allot_in *in = input;
	struct allotment_page *v = ARENA_NEW(cx->arena, struct allotment_page);
	struct allocation_one_row h;
	struct allocation_activity_row activity;
	struct allocation_allotment_of_row has;
	bool found = false;
	(void)state;
	TRY(order_head(cx, in->org_id, in->allocation_id, &h));
	TRY(allocation_sql_allotment_of(cx, in->activity_id, h.id, in->person_id, &has, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "person_id", N_("This order does not name this officer."));
	TRY(activity_of(cx, &h, in->activity_id, &activity));
	*v = (struct allotment_page){ .org_id = in->org_id,
				      .order_id = h.id,
				      .person_id = in->person_id,
				      .activity_id = in->activity_id,
				      .number = h.number,
				      .person = has.name,
				      .activity = org_name(cx, activity.name_en, activity.name_hi),
				      .role = org_name(cx, activity.role_en, activity.role_hi),
				      .hours = load_hours(cx->arena, has.minutes == NONE ? ALLOT_USUAL : has.minutes),
				      .allotted = has.minutes != NONE,
				      .draft = str_is(h.state, "draft") };
	TRY(put_needs(cx, v));
	if (v->allotted && v->draft)
		TRY(put_others(cx, &h, v));
	ANSWER_ROWS(a, v->needs, v->n_needs);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->activity;
	return OK;
}

static enum err allot_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct allot_in *in = input;
	(void)state;
	(void)a;
	return allocation_allot(cx, in->org_id, in->allocation_id, in->person_id, in->activity_id, llround(in->hours * 60));
}

static enum err take_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct allot_in *in = input;
	(void)state;
	(void)a;
	return allocation_take_away(cx, in->org_id, in->allocation_id, in->person_id, in->activity_id);
}

static enum err move_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct allot_in *in = input;
	(void)state;
	(void)a;
	return allocation_move(cx, in->org_id, in->allocation_id, in->person_id, in->activity_id, in->to_id);
}

#define ALL "/orgs/{org_id}/allocations"
#define ONE ALL "/{allocation_id}"
#define OFFICER ONE "/officers/{person_id}"
#define ALLOTMENT ONE "/allotments/{person_id}/{activity_id}"
const struct action allocation_actions[] = {
	{ .name = "allocation.list", .method = GET, .page = ALL, .api = "/api/v1" ALL, .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG, .in = list_in,
	  .in_size = sizeof(struct list_in), .out = item_out, .out_list = true, .run = list_run, .html = allocations_view, .summary = "The work allocation orders of an office." },
	{ .name = "allocation.add", .method = POST, .page = ALL, .api = "/api/v1" ALL, .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG, .in = add_in,
	  .in_size = sizeof(struct head_in), .out = made_out, .run = add_run, .form = "allocation.list", .then = ALL, .summary = "Begins a draft of an order." },
	{ .name = "allocation.show", .method = GET, .page = ONE, .api = "/api/v1" ONE, .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG, .in = one_in,
	  .in_size = sizeof(struct one_in), .out = one_out, .run = show_run, .html = allocation_view,
	  .summary = "An order: who is over- and under-loaded, what nobody has, who meets what his work needs." },
	{ .name = "allocation.officers", .method = GET, .api = "/api/v1" ONE "/officers", .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG, .in = one_in,
	  .in_size = sizeof(struct one_in), .out = officer_out, .out_list = true, .run = officers_run, .summary = "The officers of an order with their loads." },
	{ .name = "allocation.allotments", .method = GET, .api = "/api/v1" ONE "/allotments", .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG, .in = one_in,
	  .in_size = sizeof(struct one_in), .out = allotment_out, .out_list = true, .run = allotments_run, .summary = "What an order allots." },
	{ .name = "allocation.change", .method = POST, .page = ONE, .api = "/api/v1" ONE, .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG, .in = change_in,
	  .in_size = sizeof(struct head_in), .run = change_run, .form = "allocation.show", .then = ONE, .notice = N_("It is saved."),
	  .summary = "Another number, subject or first day of a draft." },
	{ .name = "allocation.discard", .method = POST, .page = ONE "/discard", .api = "/api/v1" ONE "/discard", .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG, .in = one_in,
	  .in_size = sizeof(struct one_in), .run = discard_run, .form = "allocation.show", .then = ALL, .notice = N_("The draft is thrown away."),
	  .summary = "Throws a draft away." },
	{ .name = "allocation.officer", .method = POST, .page = ONE "/officers", .api = "/api/v1" ONE "/officers", .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG, .in = name_in,
	  .in_size = sizeof(struct officer_in), .out = made_out, .run = name_run, .form = "allocation.show", .then = ONE, .summary = "Names an officer in a draft." },
	{ .name = "allocation.everybody", .method = POST, .page = ONE "/everybody", .api = "/api/v1" ONE "/everybody", .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG, .in = one_in,
	  .in_size = sizeof(struct one_in), .run = everybody_run, .form = "allocation.show", .then = ONE, .summary = "Names everybody who works in the office." },
	{ .name = "allocation.officer_show", .method = GET, .page = OFFICER, .api = "/api/v1" OFFICER, .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG, .in = officer_in,
	  .in_size = sizeof(struct officer_in), .out = choice_out, .out_list = true, .run = officer_run, .html = allocation_officer_view,
	  .summary = "What can be allotted to an officer, and what he has." },
	{ .name = "allocation.officer_drop", .method = POST, .page = OFFICER "/drop", .api = "/api/v1" OFFICER "/drop", .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG,
	  .in = officer_in, .in_size = sizeof(struct officer_in), .run = drop_run, .form = "allocation.show", .then = ONE, .notice = N_("The officer is taken out."),
	  .summary = "Takes an officer out of a draft." },
	{ .name = "allocation.activity", .method = GET, .page = ONE "/activities/{activity_id}", .api = "/api/v1" ONE "/activities/{activity_id}", .may = MAY_WORK_MANAGE,
	  .scope = SCOPE_ORG, .in = activity_in, .in_size = sizeof(struct allot_in), .out = taker_out, .out_list = true, .run = activity_run, .html = allocation_activity_view,
	  .summary = "Who could take an activity: the fittest first, of those the least loaded." },
	{ .name = "allocation.allotment", .method = GET, .page = ALLOTMENT, .api = "/api/v1" ALLOTMENT, .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG, .in = allotment_in,
	  .in_size = sizeof(struct allot_in), .out = need_out, .out_list = true, .run = allotment_run, .html = allotment_view,
	  .summary = "An activity with an officer: what it needs and whether he meets it." },
	{ .name = "allocation.allot", .method = POST, .page = ALLOTMENT, .api = "/api/v1" ALLOTMENT, .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG, .in = allot_in,
	  .in_size = sizeof(struct allot_in), .run = allot_run, .form = "allocation.allotment", .then = ONE, .notice = N_("It is allotted."),
	  .summary = "Allots an activity to an officer, or says its hours anew." },
	{ .name = "allocation.take", .method = POST, .page = ALLOTMENT "/take", .api = "/api/v1" ALLOTMENT "/take", .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG,
	  .in = allotment_in, .in_size = sizeof(struct allot_in), .run = take_run, .form = "allocation.allotment", .then = ONE, .notice = N_("It is taken away."),
	  .summary = "Takes an activity away from an officer." },
	{ .name = "allocation.move", .method = POST, .page = ALLOTMENT "/move", .api = "/api/v1" ALLOTMENT "/move", .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG, .in = move_in,
	  .in_size = sizeof(struct allot_in), .run = move_run, .form = "allocation.allotment", .then = ONE, .notice = N_("It is moved."),
	  .summary = "Moves an activity from one officer to another, with its hours." },
	ACTION_END,
};
