/* Forms of workplace assessment, one person at a time, for who is asked. Nothing of what is said goes into the audit trail: it would tell who said what. */
#include "base/clock.h"
#include "feature/competency/competency.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "feature/workplace/workplace.h"
#include "feature/workplace/workplace_page.h"
#include "assessment_html.h"
#include "assessments_html.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

static struct str kind_name(struct ctx *cx, struct str kind)
{
	static const struct choice names[] = {
		{ "self", N_("you yourself") },
		{ "supervisor", N_("you are the supervisor") },
		{ "subordinate", N_("your supervisor") },
		{ "peer", N_("your colleague") },
		{ NULL, NULL },
	};
	const struct choice *c = names;
	while (c->value && !str_is(kind, c->value))
		c++;
	return c->value ? str_of(tr(cx->lang, c->label)) : kind;
}

/* ── all of one's forms ── */

static const struct field item_out[] = {
	FIELD(form_item, id, F_ID),	      FIELD(form_item, name, F_TEXT, .personal = true),
	FIELD(form_item, kind, F_TEXT),	      FIELD(form_item, round, F_TEXT),
	FIELD(form_item, closes_day, F_DATE), FIELD(form_item, begun, F_BOOL),
	FIELD(form_item, complete, F_BOOL),   FIELD_END,
};

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct assessments_page *v = ARENA_NEW(cx->arena, struct assessments_page);
	struct workplace_forms_of_row *r;
	(void)input;
	(void)state;
	TRY(workplace_sql_forms_of(cx, person_today(cx), cx->actor.person_id, &r, &v->n_forms));
	v->forms = ARENA_ARRAY(cx->arena, struct form_item, v->n_forms);
	for (size_t i = 0; i < v->n_forms; i++) {
		v->forms[i] = (struct form_item){ .id = r[i].id,
						  .closes_day = r[i].closes_day,
						  .name = r[i].name,
						  .kind = r[i].kind,
						  .kind_name = kind_name(cx, r[i].kind),
						  .designation = r[i].designation_en.p ? org_name(cx, r[i].designation_en, r[i].designation_hi) : STR_NONE,
						  .round = r[i].round_name,
						  .complete = r[i].complete,
						  .begun = r[i].said_at != NONE,
						  .own = str_is(r[i].kind, "self") };
		v->n_left += !r[i].complete;
	}
	ANSWER_ROWS(a, v->forms, v->n_forms);
	a->view = v;
	a->nav = NAV_HOME;
	ANSWER_TITLE(cx, a, N_("Workplace assessment"));
	return OK;
}

/* ── one form ── */

struct form_in {
	int64_t form_id;
	struct strs say;
};
static const struct field form_in[] = { FIELD(form_in, form_id, F_ID, .must = true), FIELD_END };
static const struct field question_out[] = {
	FIELD(question_view, id, F_ID),
	FIELD(question_view, name, F_TEXT),
	FIELD(question_view, n_levels, F_INT),
	FIELD(question_view, said, F_BOOL),
	FIELD(question_view, level, F_INT, .personal = true),
	FIELD_END,
};

static struct str indicator_of(const struct ctx *cx, const struct indicator *d, size_t n, const struct competency_levels_row *l)
{
	for (size_t i = 0; i < n; i++)
		if (d[i].level == l->level)
			return said_in(cx, d[i].text.en, d[i].text.hi);
	return said_in(cx, l->about_en, l->about_hi);
}

/* The levels of the framework that was asked for last: most forms know only one. */
struct scale {
	int64_t framework_id;
	struct competency_levels_row *v;
	size_t n;
};

static enum err find_scale(struct ctx *cx, int64_t framework_id, struct scale *s)
{
	if (s->framework_id == framework_id)
		return OK;
	s->framework_id = framework_id;
	return competency_sql_levels(cx, framework_id, &s->v, &s->n);
}

/* The levels with what they show by, below the first, and that one cannot say. */
static void put_choices(struct ctx *cx, const struct workplace_questions_row *r, const struct scale *s, struct question_view *q)
{
	const struct competency_levels_row *l = s->v;
	struct indicator *d;
	size_t n = s->n, n_indicators;
	indicators_read(cx, r->indicators, &d, &n_indicators);
	q->choices = ARENA_ARRAY(cx->arena, struct answer_choice, n + 2);
	for (size_t i = n; i-- > 0;)
		q->choices[q->n_choices++] =
			(struct answer_choice){ str_fmt(cx->arena, "%lld", (long long)l[i].level),
						str_fmt(cx->arena, "%lld · %.*s", (long long)l[i].level, STR_ARG(said_in(cx, l[i].name_en, l[i].name_hi))),
						indicator_of(cx, d, n_indicators, &l[i]), q->level == l[i].level };
	q->choices[q->n_choices++] = (struct answer_choice){ S("0"), str_of(tr(cx->lang, N_("Not yet at the first level"))), S(""), q->level == 0 };
	q->choices[q->n_choices++] = (struct answer_choice){ S("none"), str_of(tr(cx->lang, N_("I cannot say"))), S(""), q->said && q->level == NONE };
}

static enum err put_questions(struct ctx *cx, struct assessment_page *v)
{
	struct workplace_questions_row *r;
	struct scale s = { 0 };
	TRY(workplace_sql_questions(cx, person_today(cx), v->form.id, &r, &v->n_questions));
	v->questions = ARENA_ARRAY(cx->arena, struct question_view, v->n_questions);
	for (size_t i = 0; i < v->n_questions; i++) {
		v->questions[i] = (struct question_view){ .id = r[i].id,
							  .n_levels = r[i].n_levels,
							  .level = r[i].value == NONE ? NONE : r[i].value / 1000,
							  .said = r[i].at != NONE,
							  .name = said_in(cx, r[i].name_en, r[i].name_hi),
							  .about = said_in(cx, r[i].about_en, r[i].about_hi),
							  .field = str_fmt(cx->arena, "say.%lld", (long long)r[i].id) };
		TRY(find_scale(cx, r[i].framework_id, &s));
		put_choices(cx, &r[i], &s, &v->questions[i]);
	}
	return OK;
}

void html_answer_choices(struct html_out *o, const struct question_view *q)
{
	struct str chosen = STR_NONE;
	for (size_t i = 0; i < q->n_choices; i++)
		chosen = q->choices[i].chosen ? q->choices[i].value : chosen;
	chosen = form_old(o, str_c(o->cx->arena, q->field), chosen);
	for (size_t i = 0; i < q->n_choices; i++) {
		const struct answer_choice *c = &q->choices[i];
		buf_lit(&o->b, "<label class=\"pick\"><input type=\"radio\" name=\"");
		html_attr(o, q->field);
		buf_lit(&o->b, "\" value=\"");
		html_attr(o, c->value);
		buf_str(&o->b, chosen.p && str_eq(chosen, c->value) ? S("\" checked><span>") : S("\"><span>"));
		html_text(o, c->name);
		if (c->about.n) {
			buf_lit(&o->b, "<small class=\"hint\">");
			html_text(o, c->about);
			buf_lit(&o->b, "</small>");
		}
		buf_lit(&o->b, "</span></label>\n");
	}
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct form_in *in = input;
	struct assessment_page *v = ARENA_NEW(cx->arena, struct assessment_page);
	struct workplace_form_row r;
	bool found = false;
	(void)state;
	TRY(workplace_sql_form(cx, in->form_id, cx->actor.person_id, &r, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "form_id", N_("You have no such form."));
	v->form = (struct form_item){ .id = r.id,
				      .closes_day = r.closes_day,
				      .name = r.name,
				      .kind = r.kind,
				      .kind_name = kind_name(cx, r.kind),
				      .round = r.round_name,
				      .complete = r.complete,
				      .begun = r.said_at != NONE,
				      .own = str_is(r.kind, "self") };
	v->is_open = workplace_is_open(r.state, r.opens_day, r.closes_day, person_today(cx));
	if (v->is_open)
		TRY(put_questions(cx, v));
	ANSWER_ROWS(a, v->questions, v->n_questions);
	a->view = v;
	a->nav = NAV_HOME;
	a->title = r.name;
	return OK;
}

static const struct field say_in[] = {
	FIELD(form_in, form_id, F_ID, .must = true),
	FIELD(form_in, say, F_TEXTS, .label = N_("Answers"), .personal = true, .max = 60),
	FIELD_END,
};
struct said_form {
	bool complete;
};
static const struct field said_out[] = { FIELD(said_form, complete, F_BOOL), FIELD_END };

/* On to the next form that waits. */
static enum err next_form(struct ctx *cx, int64_t form_id, struct str *ret)
{
	struct workplace_forms_of_row *r;
	size_t n;
	TRY(workplace_sql_forms_of(cx, person_today(cx), cx->actor.person_id, &r, &n));
	*ret = S("/me/workplace-assessments");
	for (size_t i = n; i-- > 0;)
		if (!r[i].complete && r[i].id != form_id)
			*ret = str_fmt(cx->arena, "/me/workplace-assessments/%lld", (long long)r[i].id);
	return OK;
}

static enum err say_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct form_in *in = input;
	struct said_form *row = ARENA_NEW(cx->arena, struct said_form);
	(void)state;
	TRY(workplace_say(cx, in->form_id, &in->say, &row->complete));
	ANSWER_ROW(a, row);
	return next_form(cx, in->form_id, &a->then);
}

#define MINE "/me/workplace-assessments"
const struct action workplace_form_actions[] = {
	{ .name = "workplace_form.list",
	  .method = GET,
	  .page = MINE,
	  .api = "/api/v1" MINE,
	  .may = MAY_LEARN,
	  .own = true,
	  .out = item_out,
	  .out_list = true,
	  .run = list_run,
	  .html = assessments_view,
	  .summary = "One's forms of workplace assessment in rounds that are open." },
	{ .name = "workplace_form.show",
	  .method = GET,
	  .page = MINE "/{form_id}",
	  .api = "/api/v1" MINE "/{form_id}",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = form_in,
	  .in_size = sizeof(struct form_in),
	  .out = question_out,
	  .out_list = true,
	  .run = show_run,
	  .html = assessment_view,
	  .summary = "A form: what is asked about a person, with what one said so far." },
	{ .name = "workplace_form.say",
	  .method = POST,
	  .page = MINE "/{form_id}",
	  .api = "/api/v1" MINE "/{form_id}",
	  .may = MAY_LEARN,
	  .own = true,
	  .quiet = true,
	  .in = say_in,
	  .in_size = sizeof(struct form_in),
	  .out = said_out,
	  .run = say_run,
	  .form = "workplace_form.show",
	  .then = MINE,
	  .notice = N_("Saved."),
	  .summary = "Answers a form, whole or in part: each answer is COMPETENCY=LEVEL, or COMPETENCY=none when one cannot say." },
	ACTION_END,
};
