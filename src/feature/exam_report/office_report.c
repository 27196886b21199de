/* The report of an examination to the office; see exam_report.h. */
#include "feature/attempt/attempt.h"
#include "feature/exam_report/exam_report.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "web/lang.h"

/* The papers come taker by taker; the best of each waits here until the next begins. */
struct counting {
	struct office_report *r;
	bool begun, seen_posted;
	struct exam_report_marked_row best;
	char service[40], lang[40];
	double percent;
};

static void keep_text(char *to, size_t size, struct str s)
{
	size_t n = s.n < size - 1 ? s.n : size - 1;
	memcpy(to, s.p ? s.p : "", n);
	to[n] = 0;
}

static void count_in(struct office_report *r, enum report_by by, int64_t id, const char *code, double percent, bool passed)
{
	size_t i = 0;
	while (i < r->n_by[by] && (r->by[by][i].id != id || strcmp(r->by[by][i].code, code) != 0))
		i++;
	if (i == REPORT_UNITS_MAX)
		return;
	if (i == r->n_by[by]) {
		r->by[by][i].id = id;
		keep_text(r->by[by][i].code, sizeof r->by[by][i].code, str_of(code));
		r->n_by[by]++;
	}
	scores_add(&r->by[by][i].scores, percent, passed);
}

static void count_taker(struct counting *c)
{
	const struct exam_report_marked_row *b = &c->best;
	if (!c->begun)
		return;
	scores_add(&c->r->all, c->percent, b->passed);
	count_in(c->r, BY_LANGUAGE, 0, c->lang, c->percent, b->passed);
	count_in(c->r, BY_FORM, b->form_id, "", c->percent, b->passed);
	/* Who is posted elsewhere by now, and guests: a group that stands as such. */
	bool here = b->distance != NONE;
	count_in(c->r, BY_OFFICE, !here ? NONE : b->distance == 0 ? 0 : b->unit_id, "", c->percent, b->passed);
	count_in(c->r, BY_DESIGNATION, here ? b->designation_id : NONE, "", c->percent, b->passed);
	count_in(c->r, BY_SERVICE, here ? 0 : NONE, here ? c->service : "", c->percent, b->passed);
}

static enum err count_row(struct ctx *cx, void *arg, const void *row)
{
	struct counting *c = arg;
	const struct exam_report_marked_row *r = row;
	double percent = r->max_marks > 0 ? 100 * r->marks / r->max_marks : 0;
	(void)cx;
	bool same = c->begun && c->best.taker_id == r->taker_id;
	if (same && percent < c->percent)
		return OK;
	if (!same)
		count_taker(c);
	c->begun = true;
	c->best = *r;
	c->percent = percent;
	keep_text(c->service, sizeof c->service, r->service);
	keep_text(c->lang, sizeof c->lang, r->lang);
	return OK;
}

/* ── names ── */

static struct report_unit *unit_of(struct office_report *r, enum report_by by, int64_t id)
{
	for (size_t i = 0; i < r->n_by[by]; i++)
		if (r->by[by][i].id == id)
			return &r->by[by][i];
	return NULL;
}

static enum err name_units(struct ctx *cx, int64_t org_id, int64_t exam_id, struct office_report *r)
{
	struct exam_report_offices_row *o;
	struct exam_report_designations_row *d;
	struct exam_report_form_numbers_row *f;
	struct report_unit *u;
	size_t n;
	TRY(exam_report_sql_offices(cx, org_id, &o, &n));
	for (size_t i = 0; i < n; i++)
		if ((u = unit_of(r, BY_OFFICE, o[i].id == org_id ? 0 : o[i].id)))
			u->name = org_name(cx, o[i].name_en, o[i].name_hi);
	TRY(exam_report_sql_designations(cx, &d, &n));
	for (size_t i = 0; i < n; i++)
		if ((u = unit_of(r, BY_DESIGNATION, d[i].id)))
			u->name = org_name(cx, d[i].name_en, d[i].name_hi);
	TRY(exam_report_sql_form_numbers(cx, exam_id, &f, &n));
	for (size_t i = 0; i < n; i++)
		if ((u = unit_of(r, BY_FORM, f[i].id)))
			u->name = str_fmt(cx->arena, "%lld", (long long)f[i].n);
	return OK;
}

/* Leaves out the figures of those that are not shown. */
static void finish(struct ctx *cx, struct office_report *r, enum report_by by)
{
	int64_t people[REPORT_UNITS_MAX];
	bool hidden[REPORT_UNITS_MAX];
	for (size_t i = 0; i < r->n_by[by]; i++)
		people[i] = r->by[by][i].scores.n;
	groups_hide(people, r->n_by[by], hidden);
	for (size_t i = 0; i < r->n_by[by]; i++) {
		struct report_unit *u = &r->by[by][i];
		u->hidden = hidden[i];
		if (u->id == NONE)
			u->name = str_of(tr(cx->lang, N_("Others")));
		else if (by == BY_SERVICE || by == BY_LANGUAGE)
			u->name = str_dup(cx->arena, str_of(u->code));
		if (u->hidden)
			u->scores = (struct scores){ 0 };
	}
}

enum err report_of_exam(struct ctx *cx, int64_t org_id, int64_t exam_id, struct office_report *ret)
{
	struct counting c = { .r = ret };
	struct scores forms[REPORT_UNITS_MAX];
	*ret = (struct office_report){ 0 };
	for (int by = 0; by < REPORT_BYS; by++)
		ret->by[by] = ARENA_ARRAY(cx->arena, struct report_unit, REPORT_UNITS_MAX);
	TRY(exam_report_sql_marked(cx, person_today(cx), org_id, exam_id, count_row, &c));
	count_taker(&c);
	for (size_t i = 0; i < ret->n_by[BY_FORM]; i++)
		forms[i] = ret->by[BY_FORM][i].scores;
	ret->few = ret->all.n < GROUP_LEAST;
	ret->chance = ret->few ? 1 : scores_chance(forms, ret->n_by[BY_FORM]);
	/* Of a whole that is too small nothing is listed, not even which groups there are. */
	if (ret->few) {
		memset(ret->n_by, 0, sizeof ret->n_by);
		return OK;
	}
	TRY(name_units(cx, org_id, exam_id, ret));
	for (int by = 0; by < REPORT_BYS; by++)
		finish(cx, ret, (enum report_by)by);
	return OK;
}
