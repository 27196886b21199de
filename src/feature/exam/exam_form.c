/* Forms, what is looked at before an examination opens, opening and closing; see exam.h. */
#include "feature/exam/exam.h"
#include "feature/person/person.h"

#include <math.h>
#include <stdlib.h>

/* ── making a form ── */

static enum err wrong(struct ctx *cx, const char *text, int64_t item_id)
{
	return fail_msg(cx, ERR_INVALID, S("items"), text, 1, (struct msg_arg[]){ { "item", str_fmt(cx->arena, "%lld", (long long)item_id) } });
}

static int by_id(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

static enum err check_once(struct ctx *cx, const struct exam_form_add *in)
{
	int64_t *ids = ARENA_ARRAY(cx->arena, int64_t, in->n);
	for (size_t i = 0; i < in->n; i++)
		ids[i] = in->v[i].item_id;
	qsort(ids, in->n, sizeof *ids, by_id);
	for (size_t i = 1; i < in->n; i++)
		if (ids[i] == ids[i - 1])
			return wrong(cx, N_("name the item {item} twice"), ids[i]);
	return OK;
}

static enum err check_size(struct ctx *cx, const struct exam_form_add *in)
{
	size_t most = in->pool ? EXAM_POOL_MAX : EXAM_ITEMS_MAX;
	if (in->n && in->n <= most)
		return check_once(cx, in);
	return fail_msg(cx, ERR_INVALID, S("items"), N_("must be from 1 to {most}"), 1, (struct msg_arg[]){ { "most", str_fmt(cx->arena, "%zu", most) } });
}

/* What is known of the form while its rows are written. */
struct writing {
	const struct exam_one_row *exam;
	int64_t form_id, n; /* n: of the last row */
	int64_t case_id;    /* that is open; NONE */
	int64_t *cases;	    /* that were */
	size_t n_cases;
	double points;
};

static enum err begin_case(struct ctx *cx, struct writing *w, const struct exam_version_row *r, int64_t item_id)
{
	for (size_t i = 0; i < w->n_cases; i++)
		if (w->cases[i] == r->case_id)
			return wrong(cx, N_("must have the questions of a case together: {item} stands apart"), item_id);
	*ARENA_PUSH(cx->arena, w->cases, w->n_cases) = r->case_id;
	if (r->case_version == NONE || r->case_version < 1)
		return wrong(cx, N_("name {item}, whose case is not live"), item_id);
	return exam_sql_add_form_item(cx, w->form_id, ++w->n, r->case_id, r->case_version, 0, STR_NONE, NULL);
}

static enum err write_item(struct ctx *cx, struct writing *w, const struct exam_pick *p)
{
	struct exam_version_row r;
	bool found = false;
	TRY(exam_sql_version(cx, p->item_id, p->version, w->exam->org_id, &r, &found));
	if (!found)
		return wrong(cx, N_("name {item}, which the bank of this organisation and those above it does not have in that version"), p->item_id);
	if (str_is(r.status, "retired") || r.live_version != p->version)
		return wrong(cx, N_("name {item}, which is not live in that version"), p->item_id);
	if (str_is(r.kind, "case"))
		return wrong(cx, N_("name the case {item}; name its questions, and it comes by itself"), p->item_id);
	if (r.case_id != NONE && r.case_id != w->case_id)
		TRY(begin_case(cx, w, &r, p->item_id));
	w->case_id = r.case_id;
	w->points += r.points;
	return exam_sql_add_form_item(cx, w->form_id, ++w->n, p->item_id, p->version, p->part, p->parameters, NULL);
}

static enum err check_enemies(struct ctx *cx, int64_t form_id)
{
	struct exam_enemies_in_row r;
	bool found = false;
	TRY(exam_sql_enemies_in(cx, form_id, &r, &found));
	return found ? fail_msg(cx, ERR_INVALID, S("items"), N_("hold {a} and {b}, which are never in one paper"), 2,
				(struct msg_arg[]){ { "a", r.code }, { "b", r.other_code } })
		     : OK;
}

enum err exam_form_add(struct ctx *cx, const struct exam_form_add *in, int64_t *ret_id)
{
	struct exam_one_row e;
	struct exam_form_numbers_row numbers;
	bool found = false;
	int64_t id = new_id(cx);
	TRY(exam_sql_one(cx, in->exam_id, &e, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "exam_id", N_("There is no such examination."));
	if (str_is(e.state, "closed"))
		return fail(cx, ERR_CONFLICT, "", N_("This examination is closed; nothing of it changes any more. Copy it to hold another."));
	TRY(check_size(cx, in));
	TRY(exam_sql_form_numbers(cx, e.id, &numbers));
	if (numbers.live >= EXAM_FORMS_MAX)
		return fail(cx, ERR_CONFLICT, "", N_("An examination has at most 20 forms at a time."));
	TRY(exam_sql_add_form(cx, id, e.id, numbers.last + 1, in->pool, (int64_t)in->n, 0, in->expected, in->curve,
			      cx->actor.person_id ? actor_hand(&cx->actor) : NONE, cx->now, NULL));
	struct writing w = { .exam = &e, .form_id = id, .case_id = NONE };
	for (size_t i = 0; i < in->n; i++)
		TRY(write_item(cx, &w, &in->v[i]));
	if (!in->pool)
		TRY(check_enemies(cx, id));
	TRY(exam_sql_set_points(cx, w.points, id, NULL));
	*ret_id = id;
	return OK;
}

enum err exam_form_end(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t form_id)
{
	struct exam_form_row f;
	struct exam_form_numbers_row numbers;
	bool found = false;
	TRY(exam_sql_form(cx, form_id, &f, &found));
	if (!found || f.exam_id != exam_id || f.org_id != org_id)
		return fail(cx, ERR_NOT_FOUND, "form_id", N_("There is no such form."));
	if (f.ended_at != NONE)
		return fail(cx, ERR_CONFLICT, "", N_("This form has been taken out already."));
	TRY(exam_sql_form_numbers(cx, exam_id, &numbers));
	if (str_is(f.state, "open") && numbers.live < 2)
		return fail(cx, ERR_CONFLICT, "", N_("This is the last form of an open examination. Add another before you take it out."));
	return exam_sql_end_form(cx, cx->now, form_id, NULL);
}

/* ── before it opens ── */

struct looking {
	struct ctx *cx;
	const struct exam_one_row *e;
	struct exam_check *v;
	size_t *n;
};

static void say(struct looking *l, int state, const char *text, size_t n, const struct msg_arg *args)
{
	struct exam_check c = { .text = text, .n_args = n };
	c.state = state;
	for (size_t i = 0; i < n; i++)
		c.args[i] = args[i];
	if (*l->n < EXAM_CHECKS_MAX)
		l->v[(*l->n)++] = c;
}

static struct str number(struct looking *l, int64_t n)
{
	return str_fmt(l->cx->arena, "%lld", (long long)n);
}
#define SAY(l, state, text, ...)                                                                                                                               \
	say((l), (state), (text), sizeof((struct msg_arg[]){ __VA_ARGS__ }) / sizeof(struct msg_arg), (struct msg_arg[]){ __VA_ARGS__ })

static void look_at_blueprint(struct looking *l, const struct exam_facts_row *f)
{
	if (!f->rows)
		say(l, CHECK_BAD, N_("The blueprint is empty: say first what is asked."), 0, NULL);
	else
		SAY(l, CHECK_GOOD, N_("The blueprint asks {n} items in {rows} rows."), { "n", number(l, f->asked) }, { "rows", number(l, f->rows) });
	if (f->ended)
		SAY(l, CHECK_WARNS, N_("{n} rows of the blueprint name a competency that is not in force any more."), { "n", number(l, f->ended) });
}

static void look_at_forms(struct looking *l, const struct exam_facts_row *f)
{
	bool adaptive = str_is(l->e->mode, "adaptive");
	if (!f->live && !(adaptive && f->pools)) {
		say(l, CHECK_BAD, N_("There is no form yet."), 0, NULL);
		return;
	}
	if (adaptive && f->pools)
		say(l, CHECK_GOOD, N_("There is a pool of calibrated items to choose from."), 0, NULL);
	else
		SAY(l, CHECK_GOOD, N_("Forms ready: {n}."), { "n", number(l, f->live) });
	if (adaptive && !f->pools)
		say(l, CHECK_WARNS, N_("There is no pool of calibrated items yet, so it is held with fixed forms."), 0, NULL);
	if (!f->pools && f->live < l->e->attempts)
		SAY(l, CHECK_WARNS, N_("There are fewer forms ({n}) than attempts ({most}): who comes again may meet a form a second time."),
		    { "n", number(l, f->live) }, { "most", number(l, l->e->attempts) });
	if (f->retired)
		SAY(l, CHECK_WARNS, N_("{n} items of the forms have been retired since."), { "n", number(l, f->retired) });
	if (f->long_ones)
		SAY(l, CHECK_WARNS, N_("{n} items are long answers: results wait until people have marked them."), { "n", number(l, f->long_ones) });
}

/* The first language in which not every item has a text. */
static enum err look_at_langs(struct looking *l, int64_t items)
{
	struct exam_told_row *r;
	struct str *langs;
	size_t n_told, n = exam_langs(l->cx, l->e->langs, &langs);
	TRY(exam_sql_told(l->cx, l->e->id, &r, &n_told));
	for (size_t i = 0; i < n; i++) {
		int64_t told = 0;
		for (size_t k = 0; k < n_told; k++)
			told = str_eq(r[k].lang, langs[i]) ? r[k].n : told;
		if (told == items)
			continue;
		SAY(l, CHECK_WARNS, N_("{n} items have no text in “{lang}” and are shown there in the language they were written in."),
		    { "n", number(l, items - told) }, { "lang", langs[i] });
		return OK;
	}
	return OK;
}

static void look_at_needs(struct looking *l, int64_t n)
{
	if (!n && l->e->need_share)
		say(l, str_is(l->e->kind, "comprehensive") ? CHECK_WARNS : CHECK_BAD, N_("A share of courses must come first, and no course is listed."), 0,
		    NULL);
	else if (n)
		SAY(l, CHECK_GOOD, N_("{asked} of {n} courses come first."), { "asked", number(l, exam_needs_asked(n, l->e->need_share)) },
		    { "n", number(l, n) });
}

enum err exam_checks(struct ctx *cx, const struct exam_one_row *e, struct exam_check *ret, size_t *ret_n)
{
	struct looking l = { cx, e, ret, ret_n };
	struct exam_facts_row f;
	*ret_n = 0;
	TRY(exam_sql_facts(cx, e->id, person_today(cx), &f));
	look_at_blueprint(&l, &f);
	look_at_forms(&l, &f);
	TRY(look_at_langs(&l, f.items));
	look_at_needs(&l, f.needs);
	if (e->closes_at <= cx->now)
		say(&l, CHECK_BAD, N_("Its end is in the past."), 0, NULL);
	if (str_is(e->kind, "proctored") && !f.rooms)
		say(&l, CHECK_WARNS, N_("There is no room yet; nobody can sit without a seat."), 0, NULL);
	return OK;
}

/* ── opening and closing ── */

enum err exam_open(struct ctx *cx, int64_t org_id, int64_t exam_id)
{
	struct exam_check v[EXAM_CHECKS_MAX];
	struct exam_one_row e;
	enum err refused = OK;
	size_t n;
	TRY(exam_find(cx, org_id, exam_id, &e));
	if (!str_is(e.state, "draft"))
		return fail(cx, ERR_CONFLICT, "", N_("Only a draft can be opened."));
	TRY(exam_checks(cx, &e, v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].state == CHECK_BAD)
			refused = fail_msg(cx, ERR_CONFLICT, S(""), v[i].text, v[i].n_args, v[i].args);
	TRY(refused);
	return exam_sql_opened(cx, cx->now, exam_id, NULL);
}

enum err exam_close(struct ctx *cx, int64_t org_id, int64_t exam_id)
{
	struct exam_one_row e;
	TRY(exam_find(cx, org_id, exam_id, &e));
	if (!str_is(e.state, "open"))
		return fail(cx, ERR_CONFLICT, "", N_("Only an open examination can be closed."));
	return exam_sql_closed(cx, cx->now, exam_id, NULL);
}
