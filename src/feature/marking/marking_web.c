/* Marking in the browser and over the API: the queue of an examination, one answer at a time, and how far it is. Nothing here names who gave an answer. */
#include "feature/marking/marking.h"
#include "feature/marking/marking_page.h"
#include "feature/org/org.h"
#include "feature/quiz/quiz_store.h"
#include "marking_answer_html.h"
#include "marking_exams_html.h"
#include "marking_queue_html.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

#include <jansson.h>

struct exam_in {
	int64_t org_id, exam_id;
};
static const struct field exam_in[] = { FIELD(exam_in, org_id, F_ID, .must = true), FIELD(exam_in, exam_id, F_ID, .must = true), FIELD_END };

static enum err find(struct ctx *cx, int64_t org_id, int64_t exam_id, struct marking_exam_row *ret)
{
	bool found = false;
	TRY(marking_sql_exam(cx, exam_id, org_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "exam_id", N_("There is no such examination here."));
}

/* ── the examinations of an organisation ── */

struct org_in {
	int64_t org_id;
};
static const struct field org_in[] = { FIELD(org_in, org_id, F_ID, .must = true), FIELD_END };
static const struct field exams_out[] = { FIELD(marking_exam, id, F_ID), FIELD(marking_exam, title, F_TEXT),  FIELD(marking_exam, state, F_TEXT),
					  FIELD(marking_exam, n, F_INT), FIELD(marking_exam, n_final, F_INT), FIELD_END };

static enum err exams_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct marking_exams_page *v = ARENA_NEW(cx->arena, struct marking_exams_page);
	struct marking_exams_row *r;
	(void)state;
	v->org_id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(marking_sql_exams(cx, in->org_id, &r, &v->n_exams));
	v->exams = ARENA_ARRAY(cx->arena, struct marking_exam, v->n_exams);
	for (size_t i = 0; i < v->n_exams; i++)
		v->exams[i] = (struct marking_exam){ r[i].id, in->org_id, r[i].n, r[i].n_final, r[i].title, r[i].state };
	ANSWER_ROWS(a, v->exams, v->n_exams);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Marking"));
	return OK;
}

/* ── the queue ── */

static const struct field queue_out[] = {
	FIELD(marking_queue_page, exam_id, F_ID),   FIELD(marking_queue_page, n, F_INT),	   FIELD(marking_queue_page, n_first, F_INT),
	FIELD(marking_queue_page, n_second, F_INT), FIELD(marking_queue_page, n_thirds, F_INT),	   FIELD(marking_queue_page, n_third_marked, F_INT),
	FIELD(marking_queue_page, n_held, F_INT),   FIELD(marking_queue_page, n_final, F_INT),	   FIELD(marking_queue_page, n_papers, F_INT),
	FIELD(marking_queue_page, holds, F_BOOL),   FIELD(marking_queue_page, apart, F_INT),	   FIELD(marking_queue_page, n_pairs, F_INT),
	FIELD(marking_queue_page, known, F_BOOL),   FIELD(marking_queue_page, single, F_REAL),	   FIELD(marking_queue_page, low, F_REAL),
	FIELD(marking_queue_page, high, F_REAL),    FIELD(marking_queue_page, mean_apart, F_REAL), FIELD_END,
};

static struct str share(struct ctx *cx, double part)
{
	return fmt_percent(cx, (int64_t)(100 * part + 0.5));
}

static enum err put_agreement(struct ctx *cx, struct marking_queue_page *v)
{
	struct marking_agreement g;
	TRY(marking_agreement(cx, v->exam_id, &g));
	v->n_pairs = (int64_t)g.n;
	v->n_third = (int64_t)g.n_third;
	v->known = g.known;
	v->single = g.is.single;
	v->low = g.is.low;
	v->high = g.is.high;
	v->mean_apart = g.is.apart;
	v->single_said = str_fmt(cx->arena, "%.2f", g.is.single);
	v->low_said = str_fmt(cx->arena, "%.2f", g.is.low);
	v->high_said = str_fmt(cx->arena, "%.2f", g.is.high);
	v->both_said = str_fmt(cx->arena, "%.2f", g.is.mean);
	v->mean_apart_said = share(cx, g.is.apart);
	return OK;
}

static enum err put_markers(struct ctx *cx, struct marking_queue_page *v)
{
	struct marking_markers_row *r;
	TRY(marking_sql_markers(cx, v->exam_id, &r, &v->n_markers));
	v->markers = ARENA_ARRAY(cx->arena, struct marking_marker, v->n_markers);
	for (size_t i = 0; i < v->n_markers; i++)
		v->markers[i] = (struct marking_marker){ r[i].id, r[i].n, r[i].name, r[i].apart >= 0 ? share(cx, r[i].apart) : STR_NONE };
	return OK;
}

static enum err show_queue(struct ctx *cx, const struct exam_in *in, bool overview, struct answer *a)
{
	struct marking_queue_page *v = ARENA_NEW(cx->arena, struct marking_queue_page);
	struct marking_exam_row e;
	struct marking_progress_row p;
	struct marking_to_list_row t;
	struct marking_held_row h;
	TRY(find(cx, in->org_id, in->exam_id, &e));
	TRY(marking_sql_progress(cx, cx->now, e.id, &p));
	TRY(marking_sql_to_list(cx, e.id, &t));
	*v = (struct marking_queue_page){ .org_id = e.org_id,
					  .exam_id = e.id,
					  .n = p.n + t.n,
					  .n_first = p.n_first,
					  .n_second = p.n_second,
					  .n_thirds = p.n_thirds,
					  .n_third_marked = p.n_third_marked,
					  .n_held = p.n_held,
					  .n_final = p.n_final,
					  .n_papers = t.n_papers,
					  .apart = marking_apart(cx),
					  .title = e.title,
					  .overview = overview };
	v->percent = v->n ? v->n_final * 100 / v->n : 0;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_agreement(cx, v));
	if (overview)
		TRY(put_markers(cx, v));
	else
		TRY(marking_held(cx, e.id, &h, &v->holds));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = e.title;
	return OK;
}

static enum err queue_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	return show_queue(cx, input, false, a);
}

static enum err progress_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	return show_queue(cx, input, true, a);
}

/* ── one answer ── */

static struct str plain_number(struct ctx *cx, double v)
{
	struct str s = str_fmt(cx->arena, "%.2f", v);
	while (str_ends(s, S("0")))
		s.n--;
	return str_ends(s, S(".")) ? str_sub(s, 0, s.n - 1) : s;
}

static struct str first_text(struct ctx *cx, struct str given)
{
	struct strs list = { 0 };
	return quiz_read_given(cx->arena, given, &list) && list.n ? list.v[0] : S("");
}

/* In the language of the answer, else in that in which the item was written. ret_feedback: with the words of the rubric. */
static enum err put_asked(struct ctx *cx, const struct marking_held_row *h, struct marking_answer_page *v, struct str *ret_feedback)
{
	struct marking_asked_row *r;
	struct quiz_asked asked;
	size_t n;
	TRY(marking_sql_asked(cx, h->item_id, h->form_id, h->lang, &r, &n));
	for (size_t i = 0; i < n; i++) {
		struct str *to = r[i].is_case ? &v->case_text : &v->asked;
		if (to->n)
			continue;
		TRY(quiz_load_asked(cx, r[i].kind, r[i].asked, &asked));
		*to = asked.text;
		if (!r[i].is_case)
			*ret_feedback = r[i].feedback;
	}
	return OK;
}

static enum err put_criteria(struct ctx *cx, const struct marking_held_row *h, struct str feedback, struct marking_answer_page *v)
{
	struct criterion *c;
	TRY(marking_rubric(cx, h->answer_key, feedback, h->points, &c, &v->n_criteria));
	v->criteria = ARENA_ARRAY(cx->arena, struct marking_criterion, v->n_criteria);
	for (size_t i = 0; i < v->n_criteria; i++)
		v->criteria[i] = (struct marking_criterion){ c[i].name.n ? c[i].name : str_of(tr(cx->lang, N_("Points for the answer"))), c[i].about,
							     str_fmt(cx->arena, "points.%zu", i), plain_number(cx, c[i].points) };
	return OK;
}

/* "2 + 0.5 + 1" */
static struct str points_said(struct ctx *cx, struct str json)
{
	struct buf b;
	size_t i;
	json_t *list = json_loadb(json.p ? json.p : "", json.n, 0, NULL), *x;
	buf_init(&b, cx->arena, 400);
	json_array_foreach(list, i, x)
	{
		buf_str(&b, i ? S(" + ") : S(""));
		buf_str(&b, plain_number(cx, json_number_value(x)));
	}
	bool several = json_array_size(list) > 1;
	json_decref(list);
	return several ? buf_get(&b) : S("");
}

static enum err put_others(struct ctx *cx, const struct marking_held_row *h, struct marking_answer_page *v)
{
	struct marking_turns_row *t;
	size_t n;
	TRY(marking_sql_turns(cx, h->taker_id, h->attempt_id, h->n, &t, &n));
	v->others = ARENA_ARRAY(cx->arena, struct marking_other, n);
	for (size_t i = 0; i < n; i++)
		if (t[i].turn < 3)
			v->others[v->n_others++] = (struct marking_other){ t[i].turn, points_said(cx, t[i].points), plain_number(cx, t[i].marks), t[i].note };
	return OK;
}

void html_marking_points(struct html_out *o, const struct marking_criterion *c)
{
	buf_lit(&o->b, "<div class=\"field\"><label for=\"");
	html_attr(o, c->field);
	buf_lit(&o->b, "\">");
	html_text(o, c->name);
	buf_lit(&o->b, " <span class=\"muted\">(0 – ");
	html_text(o, c->most);
	buf_lit(&o->b, ")</span></label>");
	if (c->about.n) {
		buf_lit(&o->b, "<p class=\"hint\">");
		html_text(o, c->about);
		buf_lit(&o->b, "</p>");
	}
	buf_lit(&o->b, "<input class=\"w4\" inputmode=\"decimal\" autocomplete=\"off\" id=\"");
	html_attr(o, c->field);
	buf_lit(&o->b, "\" name=\"");
	html_attr(o, c->field);
	buf_lit(&o->b, "\" value=\"");
	html_attr(o, form_old(o, str_c(o->cx->arena, c->field), S("")));
	buf_lit(&o->b, "\"></div>\n");
}

static const struct field answer_out[] = {
	FIELD(marking_answer_page, holds, F_BOOL),     FIELD(marking_answer_page, answer, F_TEXT),
	FIELD(marking_answer_page, turn, F_INT),       FIELD(marking_answer_page, lang, F_TEXT),
	FIELD(marking_answer_page, case_text, F_LONG), FIELD(marking_answer_page, asked, F_LONG),
	FIELD(marking_answer_page, given, F_LONG),     FIELD(marking_answer_page, points, F_REAL),
	FIELD(marking_answer_page, until, F_TIME),     FIELD_END,
};

static enum err put_answer(struct ctx *cx, const struct marking_held_row *h, struct marking_answer_page *v)
{
	struct str feedback = STR_NONE;
	v->until = h->taken_until;
	v->turn = h->turn;
	v->third = h->turn == 3;
	v->answer = marking_answer_name(cx, h);
	v->lang = h->lang;
	v->given = first_text(cx, h->given);
	v->points = h->points;
	v->points_said = plain_number(cx, h->points);
	TRY(put_asked(cx, h, v, &feedback));
	TRY(put_criteria(cx, h, feedback, v));
	return v->third ? put_others(cx, h, v) : OK;
}

static enum err answer_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct exam_in *in = input;
	struct marking_answer_page *v = ARENA_NEW(cx->arena, struct marking_answer_page);
	struct marking_exam_row e;
	struct marking_held_row h;
	(void)state;
	TRY(find(cx, in->org_id, in->exam_id, &e));
	*v = (struct marking_answer_page){ .org_id = e.org_id, .exam_id = e.id, .until = NONE, .turn = NONE, .title = e.title };
	TRY(marking_held(cx, e.id, &h, &v->holds));
	if (v->holds)
		TRY(put_answer(cx, &h, v));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("An answer"));
	return OK;
}

/* ── taking, marking ── */

static enum err take_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct exam_in *in = input;
	struct marking_exam_row e;
	struct marking_held_row h;
	(void)state;
	(void)a;
	TRY(find(cx, in->org_id, in->exam_id, &e));
	return marking_take(cx, e.id, &h);
}

static enum err give_back_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct exam_in *in = input;
	struct marking_exam_row e;
	(void)state;
	(void)a;
	TRY(find(cx, in->org_id, in->exam_id, &e));
	return marking_give_back(cx, e.id);
}

struct say_in {
	int64_t org_id, exam_id;
	struct str answer, note;
	struct strs points;
};
static const struct field say_in[] = {
	FIELD(say_in, org_id, F_ID, .must = true),
	FIELD(say_in, exam_id, F_ID, .must = true),
	FIELD(say_in, answer, F_TEXT, .must = true, .max = 60),
	FIELD(say_in, points, F_TEXTS, .label = N_("Points"), .must = true, .max = 40),
	FIELD(say_in, note, F_LONG, .label = N_("Note"), .hint = N_("What earned the points and what did not. A third marker reads it."),
	      .max = MARKING_NOTE_MAX),
	FIELD_END,
};

static enum err say_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct say_in *in = input;
	struct marking_exam_row e;
	(void)state;
	(void)a;
	TRY(find(cx, in->org_id, in->exam_id, &e));
	return marking_say(cx, &(struct marking_say){ e.id, in->answer, in->points, in->note });
}

#define ALL "/orgs/{org_id}/exams/{exam_id}/marking"
const struct action marking_actions[] = {
	{ .name = "marking.exams",
	  .method = GET,
	  .page = "/orgs/{org_id}/marking",
	  .api = "/api/v1/orgs/{org_id}/marking",
	  .may = MAY_EXAM_MARK,
	  .scope = SCOPE_ORG,
	  .in = org_in,
	  .in_size = sizeof(struct org_in),
	  .out = exams_out,
	  .out_list = true,
	  .run = exams_run,
	  .html = marking_exams_view,
	  .summary = "Examinations of an organisation whose long answers people mark." },
	{ .name = "marking.queue",
	  .method = GET,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  .may = MAY_EXAM_MARK,
	  .scope = SCOPE_ORG,
	  .in = exam_in,
	  .in_size = sizeof(struct exam_in),
	  .out = queue_out,
	  .run = queue_run,
	  .html = marking_queue_view,
	  .summary = "How far the long answers of an examination are marked, and how far markers agree." },
	{ .name = "marking.progress",
	  .method = GET,
	  .page = ALL "/progress",
	  .api = "/api/v1" ALL "/progress",
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = exam_in,
	  .in_size = sizeof(struct exam_in),
	  .out = queue_out,
	  .run = progress_run,
	  .html = marking_queue_view,
	  .summary = "The same for who manages the examination; the page names the markers." },
	{ .name = "marking.take",
	  .method = POST,
	  .page = ALL "/take",
	  .api = "/api/v1" ALL "/take",
	  .may = MAY_EXAM_MARK,
	  .scope = SCOPE_ORG,
	  .own = true,
	  .in = exam_in,
	  .in_size = sizeof(struct exam_in),
	  .run = take_run,
	  .form = "marking.queue",
	  .then = ALL "/answer",
	  .summary = "Takes the next answer to mark; it is the marker's for half an hour." },
	{ .name = "marking.answer",
	  .method = GET,
	  .page = ALL "/answer",
	  .api = "/api/v1" ALL "/answer",
	  .may = MAY_EXAM_MARK,
	  .scope = SCOPE_ORG,
	  .own = true,
	  .in = exam_in,
	  .in_size = sizeof(struct exam_in),
	  .out = answer_out,
	  .run = answer_run,
	  .html = marking_answer_view,
	  .summary = "The answer that the marker has." },
	{ .name = "marking.say",
	  .method = POST,
	  .page = ALL "/answer",
	  .api = "/api/v1" ALL "/answer",
	  .may = MAY_EXAM_MARK,
	  .scope = SCOPE_ORG,
	  .own = true,
	  .in = say_in,
	  .in_size = sizeof(struct say_in),
	  .run = say_run,
	  .form = "marking.answer",
	  .then = ALL,
	  .notice = N_("The mark is kept."),
	  .summary = "Marks the answer that the marker has." },
	{ .name = "marking.give_back",
	  .method = POST,
	  .page = ALL "/give-back",
	  .api = "/api/v1" ALL "/give-back",
	  .may = MAY_EXAM_MARK,
	  .scope = SCOPE_ORG,
	  .own = true,
	  .in = exam_in,
	  .in_size = sizeof(struct exam_in),
	  .run = give_back_run,
	  .form = "marking.answer",
	  .then = ALL,
	  .notice = N_("The answer waits for another marker."),
	  .summary = "Gives back an answer unmarked." },
	ACTION_END,
};
