/* What came of a charcha, in the browser and over the API. */
#include "charcha_result_html.h"
#include "feature/charcha/charcha_result.h"
#include "feature/charcha/charcha_words.h"
#include "feature/org/org.h"
#include "text/csv.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

enum { FILE_MAX = 8 << 20, GROUPS_MOST = 4000 };

struct result_in {
	int64_t org_id, charcha_id, after, department_id, competency_id;
	struct str q, words;
	bool publish;
};
#define ONE_FIELDS FIELD(result_in, org_id, F_ID, .must = true), FIELD(result_in, charcha_id, F_ID, .must = true)
static const struct field one_in[] = { ONE_FIELDS, FIELD_END };
static const struct field show_in[] = {
	ONE_FIELDS,
	FIELD(result_in, q, F_TEXT, .max = 100),
	FIELD(result_in, after, F_INT, .min = 0, .max = GROUPS_MOST),
	FIELD(result_in, department_id, F_ID),
	FIELD(result_in, competency_id, F_ID),
	FIELD_END,
};
static const struct field show_out[] = {
	FIELD(charcha_result_page, id, F_ID),
	FIELD(charcha_result_page, people, F_INT),
	FIELD(charcha_result_page, there, F_INT),
	FIELD(charcha_result_page, departments, F_INT),
	FIELD(charcha_result_page, groups, F_INT),
	FIELD(charcha_result_page, closed, F_INT),
	FIELD(charcha_result_page, commitments, F_INT),
	FIELD(charcha_result_page, asked, F_INT),
	FIELD(charcha_result_page, answered, F_INT),
	FIELD(charcha_result_page, done, F_INT),
	FIELD(charcha_result_page, synthesis, F_TEXT),
	FIELD(charcha_result_page, synthesis_at, F_TIME),
	FIELD_END,
};
static const struct field group_out[] = {
	FIELD(charcha_result_group, id, F_ID),
	FIELD(charcha_result_group, n, F_INT),
	FIELD(charcha_result_group, people, F_INT),
	FIELD(charcha_result_group, departments, F_INT),
	FIELD(charcha_result_group, conclusions, F_TEXT),
	FIELD(charcha_result_group, closed, F_BOOL),
	FIELD_END,
};

static void put_groups(struct ctx *cx, const struct charcha_result *r, struct charcha_result_page *v)
{
	v->n_list = r->n_groups;
	v->list = ARENA_ARRAY(cx->arena, struct charcha_result_group, r->n_groups);
	for (size_t i = 0; i < r->n_groups; i++) {
		const struct charcha_result_groups_row *g = &r->groups[i];
		struct charcha_result_group *to = &v->list[i];
		*to = (struct charcha_result_group){ .id = g->id,
						     .n = g->n,
						     .people = g->people,
						     .departments = g->departments,
						     .conclusions = g->conclusions,
						     .closed = g->closed_at != NONE };
		for (size_t k = 0; k < r->n_commitments; k++) {
			const struct charcha_result_commitments_row *c = &r->commitments[k];
			if (c->group_id == g->id)
				*ARENA_PUSH(cx->arena, to->promises, to->n_promises) =
					(struct charcha_promise_line){ .id = c->id,
								       .due_day = c->due_day,
								       .words = c->words,
								       .owner = c->owner,
								       .state_name = charcha_promise_name(cx, c->state),
								       .said = c->said };
		}
	}
}

static enum err put_choices(struct ctx *cx, struct charcha_result_page *v)
{
	struct charcha_departments_row *d;
	struct charcha_skill *s;
	TRY(charcha_sql_departments(cx, v->id, &d, &v->n_offices));
	v->offices = ARENA_ARRAY(cx->arena, struct charcha_option, v->n_offices);
	for (size_t i = 0; i < v->n_offices; i++)
		v->offices[i] = (struct charcha_option){ d[i].department_id, org_name(cx, d[i].name_en, d[i].name_hi) };
	TRY(charcha_skills(cx, v->id, &s, &v->n_skills));
	v->skills = ARENA_ARRAY(cx->arena, struct charcha_option, v->n_skills);
	for (size_t i = 0; i < v->n_skills; i++)
		v->skills[i] = (struct charcha_option){ s[i].id, s[i].name };
	return OK;
}

static void put_choice(struct html_out *o, const struct charcha_option *v, size_t n, struct str chosen)
{
	html_option(o, S(""), chosen, str_of(tr(o->cx->lang, N_("All"))));
	for (size_t i = 0; i < n; i++)
		html_option(o, str_fmt(o->cx->arena, "%lld", (long long)v[i].id), chosen, v[i].name);
}

void html_charcha_offices(struct html_out *o, const struct charcha_result_page *v)
{
	put_choice(o, v->offices, v->n_offices, v->department);
}

void html_charcha_themes(struct html_out *o, const struct charcha_result_page *v)
{
	put_choice(o, v->skills, v->n_skills, v->competency);
}

static struct str number(struct ctx *cx, int64_t v)
{
	return v == NONE ? S("") : str_fmt(cx->arena, "%lld", (long long)v);
}

/* Words that are sought go into the address of the next page as they are in forms. */
static struct str next_page(struct ctx *cx, const struct result_in *in, int64_t next)
{
	struct buf b;
	buf_init(&b, cx->arena, 2000);
	buf_fmt(&b, "/orgs/%lld/charchas/%lld/synthesis?after=%lld", (long long)in->org_id, (long long)in->charcha_id, (long long)next);
	if (in->department_id != NONE)
		buf_fmt(&b, "&department_id=%lld", (long long)in->department_id);
	if (in->competency_id != NONE)
		buf_fmt(&b, "&competency_id=%lld", (long long)in->competency_id);
	buf_lit(&b, "&q=");
	for (size_t i = 0; i < in->q.n; i++)
		buf_fmt(&b, "%%%02X", (unsigned char)in->q.p[i]);
	return buf_get(&b);
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct result_in *in = input;
	struct charcha_result_page *v = ARENA_NEW(cx->arena, struct charcha_result_page);
	struct charcha_result r;
	(void)state;
	TRY(charcha_result(cx,
			   &(struct charcha_sought){ in->org_id, in->charcha_id, in->after, in->department_id, in->competency_id, in->q.p ? in->q : S(""),
						     CHARCHA_GROUPS_ON_PAGE },
			   &r));
	const struct charcha_result_figures_row *f = &r.figures;
	*v = (struct charcha_result_page){ .org_id = in->org_id,
					   .id = r.charcha.id,
					   .held_at = r.charcha.held_at,
					   .people = f->people,
					   .there = f->there,
					   .departments = f->departments,
					   .groups = f->n_groups,
					   .closed = f->n_closed,
					   .commitments = f->commitments,
					   .asked = f->asked,
					   .answered = f->answered,
					   .done = f->done,
					   .percent = f->asked ? f->answered * 100 / f->asked : 0,
					   .synthesis_at = r.charcha.synthesis_at,
					   .org = org_name(cx, r.charcha.org_en, r.charcha.org_hi),
					   .theme = charcha_theme(cx, r.charcha.theme, r.charcha.theme_hi),
					   .state_name = charcha_state_name(cx, r.charcha.state),
					   .q = in->q.p ? in->q : S(""),
					   .department = number(cx, in->department_id),
					   .competency = number(cx, in->competency_id),
					   .synthesis = r.charcha.synthesis,
					   .next = r.next == NONE ? S("") : next_page(cx, in, r.next) };
	put_groups(cx, &r, v);
	TRY(put_choices(cx, v));
	ANSWER_ROW(a, v);
	if (r.next != NONE)
		a->next = number(cx, r.next);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->theme;
	return OK;
}

static enum err groups_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	TRY(show_run(cx, input, state, a));
	const struct charcha_result_page *v = a->view;
	ANSWER_ROWS(a, v->list, v->n_list);
	return OK;
}

static const struct field save_in[] = {
	ONE_FIELDS,
	FIELD(result_in, words, F_LONG, .label = N_("What came of it"), .must = true, .max = 20000),
	FIELD(result_in, publish, F_BOOL, .label = N_("Publish it to all who took part")),
	FIELD_END,
};

static enum err save_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct result_in *in = input;
	(void)state;
	(void)a;
	return charcha_synthesis(cx, in->org_id, in->charcha_id, in->words, in->publish);
}

static enum err all_of(struct ctx *cx, const struct result_in *in, struct charcha_result *ret)
{
	return charcha_result(cx, &(struct charcha_sought){ in->org_id, in->charcha_id, NONE, NONE, NONE, S(""), GROUPS_MOST }, ret);
}

static void csv_group(struct ctx *cx, struct buf *b, const struct charcha_result_groups_row *g)
{
	csv_put(b, number(cx, g->n));
	csv_put(b, number(cx, g->people));
	csv_put(b, number(cx, g->departments));
	csv_put(b, g->conclusions);
}

static void csv_promise(struct ctx *cx, struct buf *b, const struct charcha_result_commitments_row *k)
{
	csv_put(b, k->words);
	csv_put(b, k->owner);
	csv_put(b, k->org_en.p ? org_name(cx, k->org_en, k->org_hi) : S(""));
	csv_put(b, fmt_isoday(cx, k->due_day));
	csv_put(b, charcha_promise_name(cx, k->state));
	csv_put(b, k->said);
	csv_end_row(b);
}

static enum err csv_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	static const char *const heads[] = { N_("Group"), N_("People"), N_("Departments"), N_("Conclusions"), N_("Commitment"),
					     N_("Who"),	  N_("Office"), N_("Until"),	   N_("How it went"), N_("In a few words") };
	const struct result_in *in = input;
	struct charcha_result r;
	struct buf b;
	(void)state;
	TRY(all_of(cx, in, &r));
	buf_init(&b, cx->arena, FILE_MAX);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		csv_put(&b, str_of(tr(cx->lang, heads[i])));
	csv_end_row(&b);
	for (size_t i = 0, k = 0; i < r.n_groups; i++) {
		bool any = false;
		for (; k < r.n_commitments && r.commitments[k].group_n <= r.groups[i].n; k++) {
			csv_group(cx, &b, &r.groups[i]);
			csv_promise(cx, &b, &r.commitments[k]);
			any = true;
		}
		if (!any) {
			csv_group(cx, &b, &r.groups[i]);
			for (int empty = 0; empty < 6; empty++)
				csv_put(&b, S(""));
			csv_end_row(&b);
		}
	}
	a->type = "text/csv; charset=utf-8";
	a->filename = str_fmt(cx->arena, "charcha-%lld.csv", (long long)in->charcha_id);
	a->bytes = buf_get(&b);
	return b.full ? fail(cx, ERR_TOO_LARGE, "", N_("This is more than a file may hold.")) : OK;
}

static enum err report_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct result_in *in = input;
	struct charcha_result r;
	(void)state;
	TRY(all_of(cx, in, &r));
	a->type = "application/pdf";
	a->filename = str_fmt(cx->arena, "charcha-%lld.pdf", (long long)in->charcha_id);
	return charcha_report(cx, &r, &a->bytes);
}

#define ONE "/orgs/{org_id}/charchas/{charcha_id}"
#define IN .in_size = sizeof(struct result_in)
#define MANAGES .may = MAY_CHARCHA_MANAGE, .scope = SCOPE_ORG
const struct action charcha_result_actions[] = {
	{ .name = "charcha_result.show",
	  .method = GET,
	  .page = ONE "/synthesis",
	  .api = "/api/v1" ONE "/synthesis",
	  MANAGES,
	  .in = show_in,
	  IN,
	  .out = show_out,
	  .run = show_run,
	  .html = charcha_result_view,
	  .summary = "What came of a charcha, in figures." },
	{ .name = "charcha_result.groups",
	  .method = GET,
	  .api = "/api/v1" ONE "/conclusions",
	  MANAGES,
	  .in = show_in,
	  IN,
	  .out = group_out,
	  .out_list = true,
	  .run = groups_run,
	  .summary = "What groups of a charcha concluded." },
	{ .name = "charcha_result.save",
	  .method = POST,
	  .page = ONE "/synthesis",
	  .api = "/api/v1" ONE "/synthesis",
	  MANAGES,
	  .in = save_in,
	  IN,
	  .run = save_run,
	  .form = "charcha_result.show",
	  .then = ONE "/synthesis",
	  .notice = N_("Kept."),
	  .max_body = 1 << 18,
	  .summary = "Writes the synthesis of a charcha, and publishes it." },
	{ .name = "charcha_result.csv",
	  .method = GET,
	  .page = ONE "/synthesis.csv",
	  .api = "/api/v1" ONE "/synthesis.csv",
	  MANAGES,
	  .in = one_in,
	  IN,
	  .run = csv_run,
	  .summary = "What groups concluded and took upon themselves, as CSV." },
	{ .name = "charcha_result.report",
	  .method = GET,
	  .page = ONE "/report",
	  .api = "/api/v1" ONE "/report",
	  MANAGES,
	  .in = one_in,
	  IN,
	  .run = report_run,
	  .summary = "The report of a charcha, as a PDF." },
	ACTION_END,
};
