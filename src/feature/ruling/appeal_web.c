/* Rechecks and appeals: the taker's page, and that of who answers them. */
#include "appeal_html.h"
#include "appeals_html.h"
#include "feature/attempt/attempt.h"
#include "feature/attempt/view.h"
#include "feature/exam/form.h"
#include "feature/org/org.h"
#include "feature/ruling/ruling.h"
#include "feature/ruling/ruling_names.h"
#include "feature/ruling/ruling_page.h"
#include "my_appeals_html.h"
#include "web/action.h"
#include "web/form.h"

enum { APPEALS_PAGE = 30 };

static const struct field appeal_out[] = {
	FIELD(appeal_item, id, F_ID),
	FIELD(appeal_item, question, F_INT),
	FIELD(appeal_item, kind, F_TEXT),
	FIELD(appeal_item, words, F_LONG, .personal = true),
	FIELD(appeal_item, state, F_TEXT),
	FIELD(appeal_item, answer, F_LONG, .personal = true),
	FIELD(appeal_item, ruling_id, F_ID),
	FIELD(appeal_item, at, F_TIME),
	FIELD(appeal_item, answered_at, F_TIME),
	FIELD_END,
};

/* Of a place in the form the number on the paper. */
static enum err number_of(struct ctx *cx, const struct ruling_sat_row *r, int64_t n, int64_t *ret)
{
	const struct exam_form *form;
	*ret = 0;
	if (!n)
		return OK;
	TRY(exam_form_load(cx, r->form_id, r->lang, &form));
	*ret = view_place(cx, form, r->seed, n);
	return OK;
}

static struct appeal_item named(struct ctx *cx, struct appeal_item q)
{
	q.kind_name = name_of(cx, appeal_kind_names, q.kind);
	q.state_name = name_of(cx, appeal_state_names, q.state);
	return q;
}

/* ── the taker ── */

struct mine_in {
	int64_t attempt_id;
};
static const struct field mine_in[] = { FIELD(mine_in, attempt_id, F_ID, .must = true), FIELD_END };

static enum err mine_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct mine_in *in = input;
	struct my_appeals_page *v = ARENA_NEW(cx->arena, struct my_appeals_page);
	struct ruling_appeals_of_row *q;
	struct ruling_sat_row r;
	bool found = false;
	(void)state;
	TRY(ruling_sql_sat(cx, cx->actor.person_id, in->attempt_id, &r, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "attempt_id", N_("You have no such paper."));
	v->attempt_id = r.id;
	v->title = r.title;
	v->waits = !str_is(r.state, "marked");
	v->until = v->waits ? NONE : appeal_until(cx, &r);
	v->may = !v->waits && cx->now <= v->until;
	TRY(ruling_sql_appeals_of(cx, cx->actor.person_id, r.id, &q, &v->n_appeals));
	v->appeals = ARENA_ARRAY(cx->arena, struct appeal_item, v->n_appeals);
	for (size_t i = 0; i < v->n_appeals; i++) {
		v->appeals[i] = named(cx, (struct appeal_item){ .id = q[i].id,
								.n = q[i].n,
								.at = q[i].at,
								.answered_at = q[i].answered_at,
								.ruling_id = q[i].ruling_id,
								.kind = q[i].kind,
								.words = q[i].words,
								.state = q[i].state,
								.answer = q[i].answer });
		TRY(number_of(cx, &r, q[i].n, &v->appeals[i].question));
	}
	ANSWER_ROWS(a, v->appeals, v->n_appeals);
	a->view = v;
	a->nav = NAV_RECORD;
	ANSWER_TITLE(cx, a, N_("Recheck and appeal"));
	return OK;
}

static const struct field add_in[] = {
	FIELD(appeal_add, attempt_id, F_ID, .must = true),
	FIELD(appeal_add, kind, F_CHOICE, .label = N_("What you ask for"), .must = true, .choices = appeal_kind_names),
	FIELD(appeal_add, question, F_INT, .label = N_("Question"), .hint = N_("Its number on your paper; empty: the whole paper."), .min = 1, .max = 1000),
	FIELD(appeal_add, words, F_LONG, .label = N_("What you think is wrong"), .must = true, .personal = true, .max = APPEAL_WORDS_MAX),
	FIELD_END,
};
struct added {
	int64_t id;
};
static const struct field added_out[] = { FIELD(added, id, F_ID), FIELD_END };

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct added *row = ARENA_NEW(cx->arena, struct added);
	(void)state;
	TRY(appeal_add(cx, input, &row->id));
	ANSWER_ROW(a, row);
	return OK;
}

/* ── who answers ── */

struct list_in {
	int64_t org_id, exam_id, before;
	struct str show;
};
static const struct choice shows[] = { { "open", N_("Waiting") }, { "all", N_("All") }, { NULL, NULL } };
static const struct field list_in[] = { FIELD(list_in, org_id, F_ID, .must = true), FIELD(list_in, exam_id, F_ID, .must = true),
					FIELD(list_in, show, F_CHOICE, .choices = shows), FIELD(list_in, before, F_ID), FIELD_END };
static const struct field item_out[] = {
	FIELD(appeal_item, id, F_ID),
	FIELD(appeal_item, name, F_TEXT, .personal = true),
	FIELD(appeal_item, n, F_INT),
	FIELD(appeal_item, kind, F_TEXT),
	FIELD(appeal_item, state, F_TEXT),
	FIELD(appeal_item, at, F_TIME),
	FIELD(appeal_item, answered_at, F_TIME),
	FIELD_END,
};

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct appeals_page *v = ARENA_NEW(cx->arena, struct appeals_page);
	struct str base = str_fmt(cx->arena, "/orgs/%lld/exams/%lld/appeals", (long long)in->org_id, (long long)in->exam_id);
	bool all = str_is(in->show, "all");
	struct ruling_appeals_row *q;
	struct exam_one_row e;
	size_t n;
	(void)state;
	TRY(exam_find(cx, in->org_id, in->exam_id, &e));
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(ruling_sql_appeals(cx, e.id, all ? STR_NONE : S("open"), in->before, APPEALS_PAGE + 1, &q, &n));
	v->org_id = in->org_id;
	v->exam_id = e.id;
	v->title = e.title;
	for (const struct choice *c = shows; c->value; c++)
		v->tabs[v->n_tabs++] = (struct ruling_tab){ str_of(tr(cx->lang, c->label)), str_fmt(cx->arena, "%.*s?show=%s", STR_ARG(base), c->value),
							    all == (strcmp(c->value, "all") == 0) };
	v->n_appeals = n > APPEALS_PAGE ? APPEALS_PAGE : n;
	v->appeals = ARENA_ARRAY(cx->arena, struct appeal_item, v->n_appeals);
	for (size_t i = 0; i < v->n_appeals; i++)
		v->appeals[i] = named(cx, (struct appeal_item){ .id = q[i].id,
								.n = q[i].n,
								.at = q[i].at,
								.answered_at = q[i].answered_at,
								.ruling_id = NONE,
								.kind = q[i].kind,
								.state = q[i].state,
								.name = q[i].name,
								.href = str_fmt(cx->arena, "%.*s/%lld", STR_ARG(base), (long long)q[i].id) });
	if (n > APPEALS_PAGE) {
		a->next = str_fmt(cx->arena, "%lld", (long long)q[APPEALS_PAGE - 1].id);
		v->next = str_fmt(cx->arena, "%.*s?show=%s&before=%.*s", STR_ARG(base), all ? "all" : "open", STR_ARG(a->next));
	}
	ANSWER_ROWS(a, v->appeals, v->n_appeals);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Appeals"));
	return OK;
}

struct one_in {
	int64_t org_id, exam_id, appeal_id;
};
static const struct field one_in[] = { FIELD(one_in, org_id, F_ID, .must = true), FIELD(one_in, exam_id, F_ID, .must = true),
				       FIELD(one_in, appeal_id, F_ID, .must = true), FIELD_END };

void html_ruling_choices(struct html_out *o, const struct appeal_page *v)
{
	struct str chosen = form_old(o, "ruling_id", S(""));
	html_option(o, S(""), chosen, S("–"));
	for (size_t i = 0; i < v->n_rulings; i++)
		html_option(o, str_fmt(o->cx->arena, "%lld", (long long)v->rulings[i].id), chosen,
			    str_fmt(o->cx->arena, "%.*s: %.*s", STR_ARG(v->rulings[i].code), STR_ARG(v->rulings[i].kind_name)));
}

static enum err put_rulings(struct ctx *cx, struct appeal_page *v)
{
	struct ruling_of_exam_row *r;
	size_t n;
	TRY(ruling_sql_of_exam(cx, v->exam_id, &r, &n));
	v->rulings = ARENA_ARRAY(cx->arena, struct review_ruling, n);
	for (size_t i = 0; i < n; i++)
		if (str_is(r[i].state, "done") || str_is(r[i].state, "doing"))
			v->rulings[v->n_rulings++] =
				(struct review_ruling){ .id = r[i].id, .code = r[i].code, .kind_name = name_of(cx, ruling_kind_names, r[i].kind) };
	return OK;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct appeal_page *v = ARENA_NEW(cx->arena, struct appeal_page);
	struct ruling_appeal_row q;
	struct ruling_sat_row r;
	struct exam_one_row e;
	bool found = false;
	(void)state;
	TRY(exam_find(cx, in->org_id, in->exam_id, &e));
	TRY(ruling_sql_appeal(cx, in->appeal_id, e.id, &q, &found));
	if (found)
		TRY(ruling_sql_sat(cx, q.taker_id, q.attempt_id, &r, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "appeal_id", N_("There is no such appeal here."));
	*v = (struct appeal_page){ .org_id = in->org_id,
				   .exam_id = e.id,
				   .title = e.title,
				   .is_open = str_is(q.state, "open"),
				   .own = actor_is(&cx->actor, q.taker_id),
				   .passed = q.passed,
				   .marks = str_fmt(cx->arena, "%.2f / %.2f", q.marks, q.max_marks) };
	v->appeal = named(cx, (struct appeal_item){ .id = q.id,
						    .n = q.n,
						    .at = q.at,
						    .answered_at = q.answered_at,
						    .ruling_id = q.ruling_id,
						    .kind = q.kind,
						    .words = q.words,
						    .state = q.state,
						    .answer = q.answer,
						    .name = q.name });
	TRY(number_of(cx, &r, q.n, &v->appeal.question));
	v->code = q.code;
	if (q.code.p)
		v->item_href = str_fmt(cx->arena, "/orgs/%lld/exams/%lld/review/%lld/%lld", (long long)in->org_id, (long long)e.id, (long long)q.item_id,
				       (long long)q.version);
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_rulings(cx, v));
	ANSWER_ROW(a, &v->appeal);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Appeals"));
	return OK;
}

struct answer_in {
	int64_t org_id, exam_id, appeal_id, ruling_id;
	struct str state, answer;
};
static const struct choice answers[] = { { "upheld", N_("Upheld") }, { "dismissed", N_("Not upheld") }, { NULL, NULL } };
static const struct field answer_in[] = {
	FIELD(answer_in, org_id, F_ID, .must = true),
	FIELD(answer_in, exam_id, F_ID, .must = true),
	FIELD(answer_in, appeal_id, F_ID, .must = true),
	FIELD(answer_in, state, F_CHOICE, .label = N_("Decision"), .must = true, .choices = answers),
	FIELD(answer_in, answer, F_LONG, .label = N_("Reason"), .hint = N_("The taker reads it."), .must = true, .personal = true, .max = APPEAL_WORDS_MAX),
	FIELD(answer_in, ruling_id, F_ID),
	FIELD_END,
};

static enum err answer_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct answer_in *in = input;
	struct exam_one_row e;
	(void)state;
	(void)a;
	TRY(exam_find(cx, in->org_id, in->exam_id, &e));
	return appeal_answer(cx, &(struct appeal_answer){ e.id, in->appeal_id, str_is(in->state, "upheld"), in->answer, in->ruling_id });
}

#define MINE "/exam-attempts/{attempt_id}/appeals"
#define ALL "/orgs/{org_id}/exams/{exam_id}/appeals"
const struct action appeal_actions[] = {
	{ .name = "appeal.mine",
	  .method = GET,
	  .page = MINE,
	  .api = "/api/v1" MINE,
	  .may = MAY_LEARN,
	  .own = true,
	  .in = mine_in,
	  .in_size = sizeof(struct mine_in),
	  .out = appeal_out,
	  .out_list = true,
	  .run = mine_run,
	  .html = my_appeals_view,
	  .summary = "What one has asked about an own paper, and what became of it." },
	{ .name = "appeal.add",
	  .method = POST,
	  .page = MINE,
	  .api = "/api/v1" MINE,
	  .may = MAY_LEARN,
	  .own = true,
	  .in = add_in,
	  .in_size = sizeof(struct appeal_add),
	  .out = added_out,
	  .run = add_run,
	  .form = "appeal.mine",
	  .then = MINE,
	  .notice = N_("It is sent. You are told when it is answered."),
	  .summary = "Asks for a recheck of a question or of the whole paper, or appeals." },
	{ .name = "appeal.list",
	  .method = GET,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = list_in,
	  .in_size = sizeof(struct list_in),
	  .out = item_out,
	  .out_list = true,
	  .run = list_run,
	  .html = appeals_view,
	  .summary = "Appeals about an examination." },
	{ .name = "appeal.show",
	  .method = GET,
	  .page = ALL "/{appeal_id}",
	  .api = "/api/v1" ALL "/{appeal_id}",
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .out = appeal_out,
	  .run = show_run,
	  .html = appeal_view,
	  .summary = "An appeal." },
	{ .name = "appeal.answer",
	  .method = POST,
	  .page = ALL "/{appeal_id}",
	  .api = "/api/v1" ALL "/{appeal_id}",
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = answer_in,
	  .in_size = sizeof(struct answer_in),
	  .run = answer_run,
	  .form = "appeal.show",
	  .then = ALL "/{appeal_id}",
	  .notice = N_("It is answered; the taker is told."),
	  .summary = "Answers an appeal: upheld, perhaps by a ruling, or not, with the reason." },
	ACTION_END,
};
