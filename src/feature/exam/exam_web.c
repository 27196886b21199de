/* Examinations for those who lay them down: the list, one with its blueprint and the courses that come first, opening and closing. */
#include "exam_html.h"
#include "exams_html.h"
#include "feature/competency/competency.h"
#include "feature/exam/exam.h"
#include "feature/exam/exam_page.h"
#include "feature/exam/exam_words.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "web/action.h"
#include "web/lang.h"

#include <math.h>

enum { EXAMS_PAGE = 50 };

/* ── all ── */

struct list_in {
	int64_t org_id, before;
};
static const struct field list_in[] = { FIELD(list_in, org_id, F_ID, .must = true), FIELD(list_in, before, F_ID), FIELD_END };
static const struct field item_out[] = {
	FIELD(exam_item, id, F_ID),
	FIELD(exam_item, code, F_TEXT),
	FIELD(exam_item, title, F_TEXT),
	FIELD(exam_item, kind, F_TEXT),
	FIELD(exam_item, mode, F_TEXT),
	FIELD(exam_item, state, F_TEXT),
	FIELD(exam_item, opens_at, F_TIME),
	FIELD(exam_item, closes_at, F_TIME),
	FIELD(exam_item, n_forms, F_INT),
	FIELD(exam_item, n_attempts, F_INT),
	FIELD_END,
};

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct exams_page *v = ARENA_NEW(cx->arena, struct exams_page);
	struct exam_of_org_row *r;
	size_t n;
	(void)state;
	v->org_id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(exam_sql_of_org(cx, in->org_id, in->before, EXAMS_PAGE + 1, &r, &n));
	v->n_exams = n > EXAMS_PAGE ? EXAMS_PAGE : n;
	v->exams = ARENA_ARRAY(cx->arena, struct exam_item, v->n_exams);
	for (size_t i = 0; i < v->n_exams; i++)
		v->exams[i] = (struct exam_item){ .id = r[i].id,
						  .org_id = in->org_id,
						  .opens_at = r[i].opens_at,
						  .closes_at = r[i].closes_at,
						  .n_forms = r[i].n_forms,
						  .n_attempts = r[i].n_attempts,
						  .code = r[i].code,
						  .title = r[i].title,
						  .kind = r[i].kind,
						  .kind_name = exam_called(cx, exam_kinds, r[i].kind),
						  .mode = r[i].mode,
						  .state = r[i].state,
						  .state_name = exam_state_name(cx, r[i].state) };
	if (n > EXAMS_PAGE) {
		a->next = str_fmt(cx->arena, "%lld", (long long)r[EXAMS_PAGE - 1].id);
		v->next = str_fmt(cx->arena, "/orgs/%lld/exams?before=%s", (long long)in->org_id, a->next.p);
	}
	ANSWER_ROWS(a, v->exams, v->n_exams);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Examinations"));
	return OK;
}

/* ── one ── */

struct one_in {
	int64_t org_id, exam_id;
};
static const struct field one_in[] = { FIELD(one_in, org_id, F_ID, .must = true), FIELD(one_in, exam_id, F_ID, .must = true), FIELD_END };
static const struct field one_out[] = {
	FIELD(exam_page, id, F_ID),	    FIELD(exam_page, org_id, F_ID),	 FIELD(exam_page, code, F_TEXT),      FIELD(exam_page, title, F_TEXT),
	FIELD(exam_page, about, F_TEXT),    FIELD(exam_page, kind, F_TEXT),	 FIELD(exam_page, mode, F_TEXT),      FIELD(exam_page, state, F_TEXT),
	FIELD(exam_page, langs, F_TEXT),    FIELD(exam_page, minutes, F_INT),	 FIELD(exam_page, grace_s, F_INT),    FIELD(exam_page, attempts, F_INT),
	FIELD(exam_page, pass, F_INT),	    FIELD(exam_page, feedback, F_TEXT),	 FIELD(exam_page, opens_at, F_TIME),  FIELD(exam_page, closes_at, F_TIME),
	FIELD(exam_page, year, F_INT),	    FIELD(exam_page, need_share, F_INT), FIELD(exam_page, course_id, F_ID),   FIELD(exam_page, resource_id, F_ID),
	FIELD(exam_page, least, F_INT),	    FIELD(exam_page, most, F_INT),	 FIELD(exam_page, target_se, F_REAL), FIELD(exam_page, decide, F_BOOL),
	FIELD(exam_page, n_items, F_INT),   FIELD(exam_page, n_forms, F_INT),	 FIELD(exam_page, n_begun, F_INT),    FIELD(exam_page, n_open, F_INT),
	FIELD(exam_page, may_open, F_BOOL), FIELD(exam_page, opened_at, F_TIME), FIELD(exam_page, closed_at, F_TIME), FIELD_END,
};

static struct str lang_names(struct ctx *cx, struct str langs)
{
	struct str *v;
	struct buf b;
	size_t n = exam_langs(cx, langs, &v);
	buf_init(&b, cx->arena, 4096);
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_lit(&b, ", ");
		buf_str(&b, fmt_language(cx, v[i]));
	}
	return buf_get(&b);
}

static void put_facts(struct ctx *cx, struct exam_page *v, const struct exam_one_row *e)
{
	*v = (struct exam_page){ .id = e->id,
				 .org_id = e->org_id,
				 .minutes = e->minutes,
				 .grace_s = e->grace_s,
				 .attempts = e->attempts,
				 .pass = e->pass,
				 .opens_at = e->opens_at,
				 .closes_at = e->closes_at,
				 .year = e->year,
				 .need_share = e->need_share,
				 .course_id = e->course_id,
				 .resource_id = e->resource_id,
				 .least = e->least,
				 .most = e->most,
				 .target_se = e->target_se,
				 .decide = e->decide,
				 .opened_at = e->opened_at,
				 .closed_at = e->closed_at,
				 .code = e->code,
				 .title = e->title,
				 .about = e->about,
				 .kind = e->kind,
				 .kind_name = exam_called(cx, exam_kinds, e->kind),
				 .kind_about = exam_kind_about(cx, e->kind),
				 .mode = e->mode,
				 .state = e->state,
				 .state_name = exam_state_name(cx, e->state),
				 .feedback = e->feedback,
				 .feedback_name = exam_called(cx, exam_feedbacks, e->feedback),
				 .langs = e->langs,
				 .lang_names = lang_names(cx, e->langs),
				 .course = e->course,
				 .course_lang = e->course_lang,
				 .is_draft = str_is(e->state, "draft"),
				 .is_open = str_is(e->state, "open"),
				 .is_closed = str_is(e->state, "closed"),
				 .is_public = str_is(e->kind, "public"),
				 .adaptive = str_is(e->mode, "adaptive"),
				 .shares = e->need_share > 0 };
	if (v->is_public)
		v->address = str_fmt(cx->arena, "%.*s/public/exams/%lld", STR_ARG(cx->app->base_url), (long long)e->id);
}

static enum err put_parts(struct ctx *cx, struct exam_page *v)
{
	struct exam_cells_row *p;
	size_t n;
	int64_t today = person_today(cx);
	TRY(exam_sql_cells(cx, v->id, &p, &n));
	v->n_parts = n;
	v->parts = ARENA_ARRAY(cx->arena, struct exam_part_item, n);
	for (size_t i = 0; i < n; i++) {
		v->parts[i] = (struct exam_part_item){ .org_id = v->org_id,
						       .exam_id = v->id,
						       .n = p[i].n,
						       .competency_id = p[i].competency_id,
						       .level = p[i].level,
						       .items = p[i].items,
						       .has = p[i].has,
						       .name = said_in(cx, p[i].name_en, p[i].name_hi),
						       .code = p[i].code,
						       .bloom = p[i].bloom,
						       .bloom_name = exam_called(cx, exam_blooms, p[i].bloom),
						       .ended = p[i].until_day != NONE && p[i].until_day <= today,
						       .may_change = v->is_draft };
		v->parts[i].allows = v->parts[i].has / p[i].items;
		v->parts[i].is_short = !v->parts[i].allows;
		v->n_items += p[i].items;
	}
	return OK;
}

static enum err put_needs(struct ctx *cx, struct exam_page *v)
{
	struct exam_needs_row *r;
	TRY(exam_sql_needs(cx, v->id, &r, &v->n_needs));
	v->needs = ARENA_ARRAY(cx->arena, struct exam_need_item, v->n_needs);
	for (size_t i = 0; i < v->n_needs; i++)
		v->needs[i] = (struct exam_need_item){ .org_id = v->org_id,
						       .exam_id = v->id,
						       .course_id = r[i].course_id,
						       .code = r[i].code,
						       .title = r[i].title,
						       .lang = r[i].lang,
						       .may_change = v->is_draft };
	v->n_asked = exam_needs_asked((int64_t)v->n_needs, v->need_share);
	return OK;
}

static enum err put_checks(struct ctx *cx, struct exam_page *v, const struct exam_one_row *e)
{
	struct exam_check checks[EXAM_CHECKS_MAX];
	size_t n;
	TRY(exam_checks(cx, e, checks, &n));
	v->may_open = true;
	v->n_checks = n;
	v->checks = ARENA_ARRAY(cx->arena, struct exam_check_item, n);
	for (size_t i = 0; i < n; i++) {
		const struct exam_check *c = &checks[i];
		bool bad = c->state == CHECK_BAD, warns = c->state == CHECK_WARNS;
		const char *word = bad ? N_("missing") : warns ? N_("mind") : N_("good");
		v->checks[i] = (struct exam_check_item){ msg_text(cx, c->text, c->n_args, c->args), str_of(tr(cx->lang, word)), bad, warns };
		v->may_open = v->may_open && !bad;
	}
	return OK;
}

static enum err put_bank(struct ctx *cx, struct exam_page *v)
{
	struct exam_bank_row *r;
	TRY(exam_sql_bank(cx, v->org_id, person_today(cx), &r, &v->n_bank));
	v->bank = ARENA_ARRAY(cx->arena, struct exam_bank_item, v->n_bank);
	for (size_t i = 0; i < v->n_bank; i++) {
		bool usual = str_is(r[i].framework, "kcm");
		struct str code = usual ? r[i].code : str_fmt(cx->arena, "%.*s:%.*s", STR_ARG(r[i].framework), STR_ARG(r[i].code));
		v->bank[i] = (struct exam_bank_item){ said_in(cx, r[i].name_en, r[i].name_hi), code, r[i].level, r[i].n };
	}
	return OK;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct exam_page *v = ARENA_NEW(cx->arena, struct exam_page);
	struct exam_form_numbers_row forms;
	struct exam_sitting_row sitting;
	struct exam_one_row e;
	(void)state;
	TRY(exam_find(cx, in->org_id, in->exam_id, &e));
	put_facts(cx, v, &e);
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_parts(cx, v));
	TRY(put_needs(cx, v));
	if (v->is_draft) {
		TRY(put_checks(cx, v, &e));
		TRY(put_bank(cx, v));
	}
	TRY(exam_sql_form_numbers(cx, e.id, &forms));
	TRY(exam_sql_sitting(cx, e.id, &sitting));
	v->n_forms = forms.live;
	v->n_begun = sitting.begun;
	v->n_open = sitting.open_now;
	v->n_marked = sitting.done;
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = e.title;
	return OK;
}

/* ── the blueprint ── */

struct part_in {
	int64_t org_id, exam_id, level, items;
	struct str competency, bloom;
};
static const struct field part_in[] = {
	FIELD(part_in, org_id, F_ID, .must = true),
	FIELD(part_in, exam_id, F_ID, .must = true),
	FIELD(part_in, competency, F_TEXT, .label = N_("Competency"), .hint = N_("Its code, as functional.noting-and-drafting."), .must = true),
	FIELD(part_in, level, F_INT, .label = N_("Level"), .hint = N_("Empty: any."), .min = 0, .max = 10),
	FIELD(part_in, bloom, F_CHOICE, .label = N_("What it asks of the mind"), .choices = exam_blooms),
	FIELD(part_in, items, F_INT, .label = N_("Number of questions"), .must = true, .min = 1, .max = EXAM_ITEMS_MAX),
	FIELD_END,
};

static enum err part_put_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct part_in *in = input;
	struct exam_competency_called_row c;
	struct str rest = str_trim(in->competency), framework = S("kcm");
	bool found = false;
	(void)state;
	(void)a;
	if (str_index(rest, ':') >= 0)
		str_cut(&rest, ':', &framework);
	TRY(exam_sql_competency_called(cx, framework, rest, &c, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "competency", N_("is no competency in force that levels are measured in"));
	struct exam_part p = { in->org_id, in->exam_id, c.id, in->level, in->bloom, in->items };
	enum err e = exam_part_put(cx, &p);
	for (size_t i = 0; i < cx->n_failures; i++)
		if (str_is(cx->failures[i].field, "competency_id"))
			cx->failures[i].field = S("competency");
	return e;
}

struct part_drop_in {
	int64_t org_id, exam_id, n;
};
static const struct field part_drop_in[] = { FIELD(part_drop_in, org_id, F_ID, .must = true), FIELD(part_drop_in, exam_id, F_ID, .must = true),
					     FIELD(part_drop_in, n, F_INT, .must = true, .min = 1, .max = 1000000), FIELD_END };

static enum err part_drop_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct part_drop_in *in = input;
	(void)state;
	(void)a;
	return exam_part_drop(cx, in->org_id, in->exam_id, in->n);
}

/* ── courses that come first ── */

struct need_in {
	int64_t org_id, exam_id, course_id;
	struct str course;
};
static const struct field need_in[] = {
	FIELD(need_in, org_id, F_ID, .must = true),
	FIELD(need_in, exam_id, F_ID, .must = true),
	FIELD(need_in, course, F_TEXT, .label = N_("Course"), .hint = N_("Its code, as in the name of its folder."), .must = true),
	FIELD_END,
};
static const struct field need_drop_in[] = { FIELD(need_in, org_id, F_ID, .must = true), FIELD(need_in, exam_id, F_ID, .must = true),
					     FIELD(need_in, course_id, F_ID, .must = true), FIELD_END };

static enum err need_put_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct need_in *in = input;
	struct exam_course_called_row c;
	bool found = false;
	(void)state;
	(void)a;
	TRY(exam_sql_course_called(cx, in->course, &c, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "course", N_("is no course that is offered"));
	return exam_need_put(cx, in->org_id, in->exam_id, c.id);
}

static enum err need_drop_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct need_in *in = input;
	(void)state;
	(void)a;
	return exam_need_drop(cx, in->org_id, in->exam_id, in->course_id);
}

/* ── opening, closing, copying ── */

static enum err open_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return exam_open(cx, in->org_id, in->exam_id);
}

static enum err close_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return exam_close(cx, in->org_id, in->exam_id);
}

struct copied {
	int64_t id;
};
static const struct field copied_out[] = { FIELD(copied, id, F_ID), FIELD_END };

static enum err copy_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct copied *row = ARENA_NEW(cx->arena, struct copied);
	(void)state;
	TRY(exam_copy(cx, in->org_id, in->exam_id, &row->id));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/orgs/%lld/exams/%lld", (long long)in->org_id, (long long)row->id);
	return OK;
}

#define ALL "/orgs/{org_id}/exams"
#define ONE ALL "/{exam_id}"
#define CHANGES(called, path, fields, type, runs)                                                                                                              \
	.name = called, .method = POST, .page = ONE path, .api = "/api/v1" ONE path, .may = MAY_EXAM_MANAGE, .scope = SCOPE_ORG, .in = fields,                 \
	.in_size = sizeof(struct type), .run = runs, .form = "exam.one", .then = ONE
const struct action exam_actions[] = {
	{ .name = "exam.list",
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
	  .html = exams_view,
	  .summary = "The examinations of an organisation, the newest first." },
	{ .name = "exam.one",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .out = one_out,
	  .run = show_run,
	  .html = exam_view,
	  .summary = "An examination: its rules, blueprint, the courses that come first, and what is missing before it opens." },
	{ CHANGES("exam.part_put", "/parts", part_in, part_in, part_put_run),
	  .summary = "Sets how many items of a competency, level and kind of thinking a draft asks." },
	{ CHANGES("exam.part_drop", "/parts/{n}/drop", part_drop_in, part_drop_in, part_drop_run), .summary = "Takes a row out of the blueprint of a draft." },
	{ CHANGES("exam.need_put", "/courses", need_in, need_in, need_put_run), .summary = "Adds a course that comes before the examination, to a draft." },
	{ CHANGES("exam.need_drop", "/courses/{course_id}/drop", need_drop_in, need_in, need_drop_run), .summary = "Takes such a course out of a draft." },
	{ CHANGES("exam.open", "/open", one_in, one_in, open_run), .notice = N_("The examination is open."),
	  .summary = "Opens a draft, unless something is missing." },
	{ CHANGES("exam.close", "/close", one_in, one_in, close_run), .notice = N_("The examination is closed. Whoever has begun keeps the whole time."),
	  .summary = "Closes an examination: nobody begins any more." },
	{ CHANGES("exam.copy", "/copy", one_in, one_in, copy_run), .out = copied_out,
	  .notice = N_("This is a new draft of the same. Forms are put together anew."),
	  .summary = "Makes a new draft with the same rules, blueprint and courses." },
	ACTION_END,
};
