/* Item review and rulings in the browser and over the API. Texts of items only for who writes items. */
#include "feature/attempt/attempt.h"
#include "feature/org/org.h"
#include "feature/ruling/ruling.h"
#include "feature/ruling/ruling_names.h"
#include "feature/ruling/ruling_page.h"
#include "feature/ruling/sitting.h"
#include "item_review_html.h"
#include "item_review_one_html.h"
#include "ruling_html.h"
#include "web/action.h"

#include <math.h>

enum { ASKED_MAX = 90 }; /* bytes of a question in a list */
/* Below it an item is to be looked at: Ebel and Frisbie 1991 (Essentials of Educational Measurement, ch. 13) call items below 0.20 poor, 0.1 leaves room for
 * chance. */
#define DOUBTFUL 0.1

struct review_in {
	int64_t org_id, exam_id, form_id;
};
static const struct field review_in[] = { FIELD(review_in, org_id, F_ID, .must = true), FIELD(review_in, exam_id, F_ID, .must = true),
					  FIELD(review_in, form_id, F_ID), FIELD_END };
static const struct field review_out[] = {
	FIELD(review_item, item_id, F_ID),
	FIELD(review_item, version, F_INT),
	FIELD(review_item, code, F_TEXT),
	FIELD(review_item, kind, F_TEXT),
	FIELD(review_item, n, F_INT),
	FIELD(review_item, difficulty, F_REAL),
	FIELD(review_item, item_rest, F_REAL),
	FIELD(review_item, answered, F_REAL),
	FIELD(review_item, ruled, F_BOOL),
	FIELD(review_item, doubtful, F_BOOL),
	FIELD_END,
};

static struct str percent(struct ctx *cx, double share)
{
	return fmt_percent(cx, (int64_t)(100 * share + 0.5));
}

static struct str figure(struct ctx *cx, double v)
{
	return isnan(v) ? S("–") : str_fmt(cx->arena, "%.2f", v);
}

static struct str short_text(struct str s)
{
	size_t n = s.n > ASKED_MAX ? ASKED_MAX : s.n;
	/* Not in the middle of a letter of UTF-8. */
	while (n < s.n && n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
		n--;
	return str_sub(s, 0, n);
}

/* Where the pages of items are: for who writes items another address, since another permission opens them. */
static struct str base_of_items(struct ctx *cx, int64_t org_id, int64_t exam_id, bool texts)
{
	return str_fmt(cx->arena, "/orgs/%lld/exams/%lld/%s", (long long)org_id, (long long)exam_id, texts ? "item-review" : "review");
}

static struct review_ruling ruling_item(struct ctx *cx, int64_t org_id, int64_t exam_id, const struct ruling_of_exam_row *r)
{
	return (struct review_ruling){ .id = r->id,
				       .at = r->at,
				       .n_changed = r->n_changed,
				       .n_pass = r->n_pass,
				       .n_fail = r->n_fail,
				       .code = r->code,
				       .kind = r->kind,
				       .kind_name = name_of(cx, ruling_kind_names, r->kind),
				       .state = r->state,
				       .state_name = name_of(cx, ruling_state_names, r->state),
				       .why = r->why,
				       .href = str_fmt(cx->arena, "/orgs/%lld/exams/%lld/rulings/%lld", (long long)org_id, (long long)exam_id,
						       (long long)r->id) };
}

static enum err put_rulings(struct ctx *cx, struct review_page *v)
{
	struct ruling_of_exam_row *r;
	struct ruling_appeal_counts_row n;
	TRY(ruling_sql_appeal_counts(cx, v->exam_id, &n));
	v->n_appeals = n.n;
	v->n_open = n.n_open;
	TRY(ruling_sql_of_exam(cx, v->exam_id, &r, &v->n_rulings));
	v->rulings = ARENA_ARRAY(cx->arena, struct review_ruling, v->n_rulings);
	for (size_t i = 0; i < v->n_rulings; i++)
		v->rulings[i] = ruling_item(cx, v->org_id, v->exam_id, &r[i]);
	return OK;
}

static void put_items(struct ctx *cx, const struct sitting *s, struct review_page *v)
{
	struct str base = base_of_items(cx, v->org_id, v->exam_id, v->texts);
	bool few = s->papers < SITTING_LEAST;
	v->items = ARENA_ARRAY(cx->arena, struct review_item, s->n_items);
	for (size_t i = 0; s->papers && i < s->n_items; i++) {
		const struct sitting_item *x = &s->items[i];
		v->items[v->n_items++] = (struct review_item){
			.org_id = v->org_id,
			.exam_id = v->exam_id,
			.item_id = x->item->item_id,
			.version = x->item->version,
			.n = (int64_t)s->papers,
			.code = x->item->code,
			.kind = x->item->kind,
			.text = v->texts ? short_text(x->item->asked.text) : STR_NONE,
			.share = percent(cx, x->difficulty),
			.rest = figure(cx, x->item_rest),
			.href = str_fmt(cx->arena, "%.*s/%lld/%lld", STR_ARG(base), (long long)x->item->item_id, (long long)x->item->version),
			.difficulty = x->difficulty,
			.item_rest = x->item_rest,
			.answered = x->answered,
			.ruled = x->ruled,
			.doubtful = !few && !x->ruled && !isnan(x->item_rest) && x->item_rest < DOUBTFUL,
		};
	}
	v->form.looked = (int64_t)s->papers;
	v->form.known = s->known;
	v->form.alpha = figure(cx, s->is.alpha);
	v->form.interval = str_fmt(cx->arena, "%.2f – %.2f", s->is.alpha_low, s->is.alpha_high);
	v->form.sem = figure(cx, s->is.sem);
}

static enum err put_form(struct ctx *cx, int64_t wanted, struct review_page *v)
{
	struct ruling_forms_row *f;
	struct sitting s;
	size_t chosen = 0;
	TRY(ruling_sql_forms(cx, v->exam_id, &f, &v->n_forms));
	v->forms = ARENA_ARRAY(cx->arena, struct review_form, v->n_forms);
	/* The one asked for, else that with most papers. */
	for (size_t i = 0; i < v->n_forms; i++)
		if (f[i].id == wanted || (f[chosen].id != wanted && f[i].papers > f[chosen].papers))
			chosen = i;
	for (size_t i = 0; i < v->n_forms; i++)
		v->forms[i] = (struct review_form){
			.id = f[i].id,
			.n = f[i].n,
			.papers = f[i].papers,
			.chosen = i == chosen,
			.href = str_fmt(cx->arena, "%.*s?form_id=%lld", STR_ARG(base_of_items(cx, v->org_id, v->exam_id, v->texts)), (long long)f[i].id),
		};
	if (!v->n_forms)
		return OK;
	TRY(sitting_load(cx, v->exam_id, f[chosen].id, cx->lang == LANG_HI ? S("hi") : S("en"), &s));
	v->form = v->forms[chosen];
	put_items(cx, &s, v);
	return OK;
}

static enum err show_items(struct ctx *cx, const struct review_in *in, bool texts, struct answer *a)
{
	struct review_page *v = ARENA_NEW(cx->arena, struct review_page);
	struct exam_one_row e;
	TRY(exam_find(cx, in->org_id, in->exam_id, &e));
	*v = (struct review_page){ .org_id = in->org_id, .exam_id = in->exam_id, .title = e.title, .texts = texts, .manages = !texts };
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_form(cx, in->form_id, v));
	if (v->manages)
		TRY(put_rulings(cx, v));
	ANSWER_ROWS(a, v->items, v->n_items);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("How the items did"));
	return OK;
}

static enum err items_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	return show_items(cx, input, false, a);
}

static enum err texts_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	return show_items(cx, input, true, a);
}

/* ── one item ── */

struct item_in {
	int64_t org_id, exam_id, item_id, version;
};
static const struct field item_in[] = { FIELD(item_in, org_id, F_ID, .must = true), FIELD(item_in, exam_id, F_ID, .must = true),
					FIELD(item_in, item_id, F_ID, .must = true), FIELD(item_in, version, F_INT, .must = true, .min = 1, .max = 100000),
					FIELD_END };
static const struct field option_out[] = { FIELD(review_option, id, F_TEXT), FIELD(review_option, n, F_INT), FIELD(review_option, right, F_BOOL),
					   FIELD(review_option, doubtful, F_BOOL), FIELD_END };

/* Answers of papers to one item: what was given, its part, and the marks of the rest. */
struct answers {
	struct ctx *cx;
	const struct quiz_key *key;
	double *part, *rest, *chose; /* chose: papers × options */
	size_t n, cap, n_options;
};

static enum err read_answer(struct ctx *cx, void *arg, const void *row)
{
	struct answers *x = arg;
	const struct ruling_choices_row *r = row;
	struct strs given;
	if (x->n == x->cap)
		return OK;
	if (!quiz_read_given(cx->arena, r->given, &given))
		return ERR_INTERNAL;
	x->part[x->n] = r->item_marks > 0 ? r->item_marks : 0;
	x->rest[x->n] = r->marks - x->part[x->n];
	for (size_t o = 0; o < x->n_options; o++)
		for (size_t g = 0; g < given.n; g++)
			if (str_eq(given.v[g], x->key->options[o].id))
				x->chose[o * x->cap + x->n] = 1;
	x->n++;
	return OK;
}

static struct str option_text(const struct quiz_asked *q, struct str id)
{
	for (size_t i = 0; i < q->n_options; i++)
		if (str_eq(q->options[i].id, id))
			return q->options[i].text;
	return STR_NONE;
}

static bool has_options(enum question_kind kind)
{
	return kind == Q_SINGLE || kind == Q_MULTIPLE || kind == Q_TRUEFALSE || kind == Q_JUDGEMENT || kind == Q_HOTSPOT;
}

static void put_options(struct ctx *cx, const struct answers *x, const struct quiz_asked *asked, struct review_item_page *v)
{
	v->options = ARENA_ARRAY(cx->arena, struct review_option, x->n_options);
	for (size_t o = 0; o < x->n_options; o++) {
		const struct key_option *k = &x->key->options[o];
		const double *chose = x->chose + o * x->cap;
		double n = 0, r = correlation(chose, x->rest, x->n);
		for (size_t p = 0; p < x->n; p++)
			n += chose[p];
		v->options[v->n_options++] = (struct review_option){
			.id = k->id,
			.text = v->texts ? option_text(asked, k->id) : STR_NONE,
			.n = (int64_t)n,
			.share = x->n ? percent(cx, n / (double)x->n) : S("–"),
			.rest = figure(cx, r),
			.right = k->weight > 0,
			.doubtful = x->n >= SITTING_LEAST && !isnan(r) && ((k->weight <= 0 && r > DOUBTFUL) || (k->weight >= 100 && r < 0)),
		};
	}
}

static enum err put_answers(struct ctx *cx, const struct ruling_item_row *item, const struct quiz_asked *asked, struct review_item_page *v)
{
	struct quiz_key key;
	struct answers x = { .cx = cx, .key = &key, .cap = SITTING_PAPERS_MAX };
	double sum = 0;
	TRY(quiz_load_key(cx, item->kind, item->answer_key, &key));
	x.n_options = has_options(key.kind) ? key.n_options : 0;
	x.part = ARENA_ARRAY(cx->arena, double, x.cap);
	x.rest = ARENA_ARRAY(cx->arena, double, x.cap);
	x.chose = ARENA_ARRAY(cx->arena, double, x.cap *(x.n_options + 1));
	TRY(ruling_sql_choices(cx, v->exam_id, v->item_id, v->version, SITTING_PAPERS_MAX, read_answer, &x));
	for (size_t i = 0; i < x.n; i++)
		sum += x.part[i];
	v->n = (int64_t)x.n;
	v->few = x.n < SITTING_LEAST;
	v->share = x.n && item->points > 0 ? percent(cx, sum / (double)x.n / item->points) : S("–");
	v->rest = figure(cx, correlation(x.part, x.rest, x.n));
	v->takes_key = has_options(key.kind) || key.kind == Q_SHORT || key.kind == Q_NUMERIC;
	put_options(cx, &x, asked, v);
	return OK;
}

static const struct choice item_kind_names[] = {
	{ "single", N_("One right answer") },
	{ "multiple", N_("Several right answers") },
	{ "truefalse", N_("True or false") },
	{ "numeric", N_("A number") },
	{ "short", N_("A short answer") },
	{ "matching", N_("Matching") },
	{ "ordering", N_("Putting in order") },
	{ "hotspot", N_("A place on a picture") },
	{ "judgement", N_("Judgement of a situation") },
	{ "long", N_("A long answer") },
	{ "case", N_("A case") },
	{ NULL, NULL },
};

static enum err show_item(struct ctx *cx, const struct item_in *in, bool texts, struct answer *a)
{
	struct review_item_page *v = ARENA_NEW(cx->arena, struct review_item_page);
	struct ruling_item_row item;
	struct ruling_asked_row asked = { 0 };
	struct quiz_asked q = { 0 };
	struct exam_one_row e;
	bool found = false;
	TRY(exam_find(cx, in->org_id, in->exam_id, &e));
	TRY(ruling_sql_item(cx, in->item_id, in->version, e.id, &item, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "item_id", N_("No form of this examination holds this item."));
	TRY(ruling_sql_asked(cx, cx->lang == LANG_HI ? S("hi") : S("en"), in->item_id, in->version, &asked, &found));
	if (texts && found)
		TRY(quiz_load_asked(cx, item.kind, asked.asked, &q));
	*v = (struct review_item_page){ .org_id = in->org_id,
					.exam_id = e.id,
					.item_id = in->item_id,
					.version = in->version,
					.title = e.title,
					.code = item.code,
					.kind = item.kind,
					.kind_name = name_of(cx, item_kind_names, item.kind),
					.text = texts ? q.text : STR_NONE,
					.lang = asked.lang,
					.base = base_of_items(cx, in->org_id, e.id, texts),
					.texts = texts,
					.manages = !texts };
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_answers(cx, &item, &q, v));
	ANSWER_ROWS(a, v->options, v->n_options);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = item.code;
	return OK;
}

static enum err item_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	return show_item(cx, input, false, a);
}

static enum err item_text_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	return show_item(cx, input, true, a);
}

/* ── looking ── */

struct look_in {
	int64_t org_id, exam_id, item_id, version;
	struct str kind, right, why;
};
static const struct field look_in[] = {
	FIELD(look_in, org_id, F_ID, .must = true),
	FIELD(look_in, exam_id, F_ID, .must = true),
	FIELD(look_in, item_id, F_ID, .must = true),
	FIELD(look_in, version, F_INT, .must = true, .min = 1, .max = 100000),
	FIELD(look_in, kind, F_CHOICE, .label = N_("What is decided"), .must = true, .choices = ruling_kind_names),
	FIELD(look_in, right, F_LONG, .label = N_("What is right (for another key)"),
	      .hint = N_("One a line: letters of options, accepted texts, or numbers as 48 or 48:0.5."), .max = 4000),
	FIELD(look_in, why, F_LONG, .label = N_("Why"), .hint = N_("Kept with the ruling and in the audit trail."), .must = true, .max = 1000),
	FIELD_END,
};
struct made {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made, id, F_ID), FIELD_END };

struct measured {
	struct str key;
	struct ruling_effect effect;
};

static struct strs lines_of(struct ctx *cx, struct str text)
{
	struct strs list = { 0 };
	struct str line;
	while (str_cut(&text, '\n', &line))
		if (str_trim(line).n)
			*ARENA_PUSH(cx->arena, list.v, list.n) = str_trim(line);
	return list;
}

static enum err look_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct look_in *in = input;
	struct measured *m = ARENA_NEW(cx->arena, struct measured);
	struct ruling_item_row item;
	struct exam_one_row e;
	bool found = false;
	*ret_state = m;
	TRY(exam_find(cx, in->org_id, in->exam_id, &e));
	TRY(ruling_sql_item(cx, in->item_id, in->version, e.id, &item, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "item_id", N_("No form of this examination holds this item."));
	struct strs right = lines_of(cx, in->right);
	if (str_is(in->kind, "rekey"))
		TRY(ruling_key(cx, &item, &right, &m->key));
	return ruling_measure(
		cx, &(struct ruling_look){ .exam = &e, .item_id = in->item_id, .version = in->version, .kind = in->kind, .key = m->key, .which = S("all") },
		&m->effect, NULL, NULL);
}

static enum err look_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct look_in *in = input;
	const struct measured *m = state;
	struct made *row = ARENA_NEW(cx->arena, struct made);
	struct ruling_add add = {
		.org_id = in->org_id, .exam_id = in->exam_id, .item_id = in->item_id, .version = in->version, .kind = in->kind, .why = in->why
	};
	TRY(ruling_add(cx, &add, m->key, &m->effect, &row->id));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/orgs/%lld/exams/%lld/rulings/%lld", (long long)in->org_id, (long long)in->exam_id, (long long)row->id);
	return OK;
}

/* ── one ruling ── */

struct one_in {
	int64_t org_id, exam_id, ruling_id, after;
	struct str show;
};
static const struct choice shows[] = {
	{ "all", N_("All that change") }, { "pass", N_("Passed by it") }, { "fail", N_("Not passed any more") }, { NULL, NULL }
};
static const struct field one_in[] = {
	FIELD(one_in, org_id, F_ID, .must = true),
	FIELD(one_in, exam_id, F_ID, .must = true),
	FIELD(one_in, ruling_id, F_ID, .must = true),
	FIELD(one_in, show, F_CHOICE, .choices = shows),
	FIELD(one_in, after, F_ID),
	FIELD_END,
};
static const struct field one_out[] = {
	FIELD(ruling_view, id, F_ID),	       FIELD(ruling_view, item_id, F_ID),     FIELD(ruling_view, version, F_INT),
	FIELD(ruling_view, kind, F_TEXT),      FIELD(ruling_view, state, F_TEXT),     FIELD(ruling_view, why, F_TEXT),
	FIELD(ruling_view, n_attempts, F_INT), FIELD(ruling_view, n_changed, F_INT),  FIELD(ruling_view, n_pass, F_INT),
	FIELD(ruling_view, n_fail, F_INT),     FIELD(ruling_view, digest, F_TEXT),    FIELD(ruling_view, at, F_TIME),
	FIELD(ruling_view, done_at, F_TIME),   FIELD(ruling_view, undone_at, F_TIME), FIELD_END,
};

static struct str marks_said(struct ctx *cx, double marks, double max)
{
	return str_fmt(cx->arena, "%.2f / %.2f (%lld%%)", marks, max, (long long)attempt_percent(marks, max));
}

static struct ruling_line line_of(struct ctx *cx, const struct ruling_paper *p)
{
	return (struct ruling_line){
		p->attempt_id,	  str_of(p->name), marks_said(cx, p->marks_before, p->max_before), marks_said(cx, p->marks_after, p->max_after),
		p->passed_before, p->passed_after
	};
}

/* Of a ruling that was not carried out, as it would be now. */
static enum err put_looked(struct ctx *cx, const struct one_in *in, const struct exam_one_row *e, const struct ruling_one_row *r, struct ruling_view *v,
			   struct ruling_paper **ret, size_t *ret_n)
{
	struct ruling_effect effect;
	struct ruling_look look = { .exam = e,
				    .item_id = r->item_id,
				    .version = r->version,
				    .kind = r->kind,
				    .key = r->answer_key,
				    .which = in->show.n ? in->show : S("all"),
				    .after_id = in->after == NONE ? 0 : in->after };
	TRY(ruling_measure(cx, &look, &effect, ret, ret_n));
	v->n_attempts = effect.n_attempts;
	v->n_changed = effect.n_changed;
	v->n_pass = effect.n_pass;
	v->n_fail = effect.n_fail;
	v->digest = str_fmt(cx->arena, "%016llx", (unsigned long long)effect.digest);
	return OK;
}

static enum err put_done(struct ctx *cx, const struct one_in *in, const struct ruling_one_row *r, struct ruling_paper **ret, size_t *ret_n)
{
	struct ruling_changes_row *c;
	TRY(ruling_sql_changes(cx, r->id, in->after == NONE ? 0 : in->after, in->show.n ? in->show : S("all"), RULING_PAGE, &c, ret_n));
	*ret = ARENA_ARRAY(cx->arena, struct ruling_paper, *ret_n);
	for (size_t i = 0; i < *ret_n; i++) {
		(*ret)[i] = (struct ruling_paper){ c[i].taker_id,      c[i].attempt_id,	  c[i].marks_before,
						   c[i].max_before,    c[i].marks_after,  c[i].max_after,
						   c[i].passed_before, c[i].passed_after, "" };
		ruling_keep_name(&(*ret)[i], c[i].name);
	}
	return OK;
}

static void put_state(struct ctx *cx, const struct ruling_one_row *r, struct ruling_view *v)
{
	v->id = r->id;
	v->item_id = r->item_id;
	v->version = r->version;
	v->n_attempts = r->n_attempts;
	v->n_changed = r->n_changed;
	v->n_pass = r->n_pass;
	v->n_fail = r->n_fail;
	v->at = r->at;
	v->done_at = r->done_at;
	v->undone_at = r->undone_at;
	v->code = r->code;
	v->kind = r->kind;
	v->kind_name = name_of(cx, ruling_kind_names, r->kind);
	v->state = r->state;
	v->state_name = name_of(cx, ruling_state_names, r->state);
	v->why = r->why;
	v->by_name = r->by_name;
	v->done_name = r->done_name;
	v->undone_name = r->undone_name;
	v->right = r->answer_key;
	v->is_looked = str_is(r->state, "looked");
	v->is_done = str_is(r->state, "done");
	v->is_undone = str_is(r->state, "undone");
	v->works = str_is(r->state, "doing") || str_is(r->state, "undoing");
}

static void put_tabs(struct ctx *cx, const struct one_in *in, struct str base, struct ruling_view *v)
{
	struct str shown = in->show.n ? in->show : S("all");
	for (const struct choice *c = shows; c->value; c++)
		v->tabs[v->n_tabs++] = (struct ruling_tab){ str_of(tr(cx->lang, c->label)), str_fmt(cx->arena, "%.*s?show=%s", STR_ARG(base), c->value),
							    str_is(shown, c->value) };
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct ruling_view *v = ARENA_NEW(cx->arena, struct ruling_view);
	struct ruling_paper *p = NULL;
	struct exam_one_row e;
	struct ruling_one_row r;
	size_t n = 0;
	(void)state;
	TRY(exam_find(cx, in->org_id, in->exam_id, &e));
	TRY(ruling_find(cx, e.id, in->ruling_id, &r));
	v->org_id = in->org_id;
	v->exam_id = e.id;
	v->title = e.title;
	TRY(org_called(cx, in->org_id, &v->org));
	put_state(cx, &r, v);
	TRY(v->is_looked ? put_looked(cx, in, &e, &r, v, &p, &n) : put_done(cx, in, &r, &p, &n));
	v->lines = ARENA_ARRAY(cx->arena, struct ruling_line, n);
	for (size_t i = 0; i < n; i++)
		v->lines[v->n_lines++] = line_of(cx, &p[i]);
	struct str base = str_fmt(cx->arena, "/orgs/%lld/exams/%lld/rulings/%lld", (long long)in->org_id, (long long)e.id, (long long)r.id);
	put_tabs(cx, in, base, v);
	if (n == RULING_PAGE)
		v->next = str_fmt(cx->arena, "%.*s?show=%.*s&after=%lld", STR_ARG(base), STR_ARG(in->show.n ? in->show : S("all")),
				  (long long)p[n - 1].attempt_id);
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = r.code;
	return OK;
}

/* ── carrying out, taking back ── */

struct act_in {
	int64_t org_id, exam_id, ruling_id;
	struct str seen, why;
};
static const struct field do_in[] = { FIELD(act_in, org_id, F_ID, .must = true), FIELD(act_in, exam_id, F_ID, .must = true),
				      FIELD(act_in, ruling_id, F_ID, .must = true), FIELD(act_in, seen, F_TEXT, .must = true, .max = 16), FIELD_END };
static const struct field undo_in[] = { FIELD(act_in, org_id, F_ID, .must = true), FIELD(act_in, exam_id, F_ID, .must = true),
					FIELD(act_in, ruling_id, F_ID, .must = true),
					FIELD(act_in, why, F_LONG, .label = N_("Why"), .hint = N_("Kept in the audit trail."), .must = true, .max = 1000),
					FIELD_END };

static enum err do_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct act_in *in = input;
	struct ruling_effect *effect = ARENA_NEW(cx->arena, struct ruling_effect);
	struct exam_one_row e;
	struct ruling_one_row r;
	*ret_state = effect;
	TRY(exam_find(cx, in->org_id, in->exam_id, &e));
	TRY(ruling_find(cx, e.id, in->ruling_id, &r));
	return ruling_measure(
		cx, &(struct ruling_look){ .exam = &e, .item_id = r.item_id, .version = r.version, .kind = r.kind, .key = r.answer_key, .which = S("all") },
		effect, NULL, NULL);
}

static bool read_digest(struct str text, uint64_t *ret)
{
	*ret = 0;
	for (size_t i = 0; i < text.n; i++) {
		const char *digits = "0123456789abcdef", *d = text.p[i] ? strchr(digits, text.p[i]) : NULL;
		if (!d)
			return false;
		*ret = *ret << 4 | (uint64_t)(d - digits);
	}
	return text.n == 16;
}

static enum err do_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct act_in *in = input;
	const struct ruling_effect *effect = state;
	struct ruling_one_row r;
	uint64_t seen;
	(void)a;
	if (!read_digest(in->seen, &seen))
		return fail(cx, ERR_INVALID, "seen", N_("Look at the ruling first, then carry it out."));
	TRY(ruling_find(cx, in->exam_id, in->ruling_id, &r));
	return ruling_do(cx, &r, effect, seen);
}

static enum err undo_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct act_in *in = input;
	struct exam_one_row e;
	struct ruling_one_row r;
	(void)state;
	(void)a;
	TRY(exam_find(cx, in->org_id, in->exam_id, &e));
	TRY(ruling_find(cx, e.id, in->ruling_id, &r));
	return ruling_undo(cx, &r);
}

#define EXAM "/orgs/{org_id}/exams/{exam_id}"
#define ONE EXAM "/rulings/{ruling_id}"
const struct action ruling_actions[] = {
	{ .name = "ruling.items",
	  .method = GET,
	  .page = EXAM "/review",
	  .api = "/api/v1" EXAM "/review",
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = review_in,
	  .in_size = sizeof(struct review_in),
	  .out = review_out,
	  .out_list = true,
	  .run = items_run,
	  .html = item_review_view,
	  .summary = "How the items of a form did at the sitting: share of the marks, correlation with the rest; without their texts." },
	{ .name = "ruling.item",
	  .method = GET,
	  .page = EXAM "/review/{item_id}/{version}",
	  .api = "/api/v1" EXAM "/review/{item_id}/{version}",
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = item_in,
	  .in_size = sizeof(struct item_in),
	  .out = option_out,
	  .out_list = true,
	  .run = item_run,
	  .html = item_review_one_view,
	  .summary = "How often each option of an item was chosen, and by whom rather; from here one rules." },
	{ .name = "ruling.texts",
	  .method = GET,
	  .page = EXAM "/item-review",
	  .api = "/api/v1" EXAM "/item-review",
	  .may = MAY_ITEM_WRITE,
	  .scope = SCOPE_ORG,
	  .in = review_in,
	  .in_size = sizeof(struct review_in),
	  .out = review_out,
	  .out_list = true,
	  .run = texts_run,
	  .html = item_review_view,
	  .summary = "The same for who writes items; the page shows their texts." },
	{ .name = "ruling.item_text",
	  .method = GET,
	  .page = EXAM "/item-review/{item_id}/{version}",
	  .api = "/api/v1" EXAM "/item-review/{item_id}/{version}",
	  .may = MAY_ITEM_WRITE,
	  .scope = SCOPE_ORG,
	  .in = item_in,
	  .in_size = sizeof(struct item_in),
	  .out = option_out,
	  .out_list = true,
	  .run = item_text_run,
	  .html = item_review_one_view,
	  .summary = "One item for who writes items, with its text." },
	{ .name = "ruling.look",
	  .method = POST,
	  .page = EXAM "/rulings",
	  .api = "/api/v1" EXAM "/rulings",
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = look_in,
	  .in_size = sizeof(struct look_in),
	  .out = made_out,
	  .prepare = look_prepare,
	  .run = look_run,
	  .form = "ruling.items",
	  .then = EXAM "/review",
	  .summary = "A ruling to look at: an item is dropped, given to all, or marked by another key. Nothing changes yet." },
	{ .name = "ruling.show",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .out = one_out,
	  .run = show_run,
	  .html = ruling_view,
	  .summary = "A ruling: what it comes to, or came to, paper by paper." },
	{ .name = "ruling.do",
	  .method = POST,
	  .page = ONE "/do",
	  .api = "/api/v1" ONE "/do",
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = do_in,
	  .in_size = sizeof(struct act_in),
	  .prepare = do_prepare,
	  .run = do_run,
	  .form = "ruling.show",
	  .then = ONE,
	  .summary = "Carries out a ruling as it was seen (`seen`: its digest); all its papers are settled anew." },
	{ .name = "ruling.undo",
	  .method = POST,
	  .page = ONE "/undo",
	  .api = "/api/v1" ONE "/undo",
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = undo_in,
	  .in_size = sizeof(struct act_in),
	  .run = undo_run,
	  .form = "ruling.show",
	  .then = ONE,
	  .summary = "Takes back a ruling; all is as it was before." },
	ACTION_END,
};
