/* The forms of an examination beside each other: those that are kept, those that could be put together, and what one holds. */
#include "exam_form_html.h"
#include "exam_forms_html.h"
#include "feature/competency/competency.h"
#include "feature/exam/exam.h"
#include "feature/exam/exam_build.h"
#include "feature/exam/exam_page.h"
#include "feature/exam/exam_words.h"
#include "feature/exam/form.h"
#include "feature/org/org.h"
#include "text/chart.h"
#include "web/action.h"
#include "web/lang.h"

#include <jansson.h>
#include <math.h>

enum { FORMS_USUAL = 2 };

/* ── figures ── */

/* A row to be filled before the next one is made, since rows move. */
static struct exam_figures *figures(struct ctx *cx, struct exam_forms_page *v, struct str name, size_t n)
{
	struct exam_figures *f = ARENA_PUSH(cx->arena, v->rows, v->n_rows);
	*f = (struct exam_figures){ .name = name, .v = ARENA_ARRAY(cx->arena, struct exam_figure, n), .n_v = n };
	for (size_t i = 0; i < n; i++)
		f->v[i].text = S("");
	return f;
}

/* Marks as they are said: without digits that tell nothing. */
static struct str marks_text(struct ctx *cx, double x)
{
	return isnan(x) ? S("–") : str_fmt(cx->arena, "%.4g", x);
}

static struct str word(struct ctx *cx, const char *english)
{
	return str_of(tr(cx->lang, english));
}

/* "Noting and drafting, level 2". */
static struct str cell_name(struct ctx *cx, const struct exam_cells_row *p)
{
	struct str name = said_in(cx, p->name_en, p->name_hi), bloom = exam_called(cx, exam_blooms, p->bloom);
	struct buf b;
	buf_init(&b, cx->arena, 4096);
	buf_str(&b, name);
	if (p->level) {
		const struct msg_arg level = { "level", fmt_number(cx, p->level) };
		buf_lit(&b, ", ");
		buf_str(&b, msg_text(cx, N_("level {level}"), 1, &level));
	}
	if (p->bloom.n) {
		buf_lit(&b, ", ");
		buf_str(&b, bloom);
	}
	return buf_get(&b);
}

static bool read_curve(struct str json, double *ret)
{
	json_t *list = json_loadb(json.p, json.n, 0, NULL), *x;
	size_t i;
	bool good = json_array_size(list) == EXAM_CURVE_POINTS;
	json_array_foreach(list, i, x) if (good) ret[i] = json_number_value(x);
	json_decref(list);
	return good;
}

/* At most as many lines as a chart has. */
static void put_chart(struct ctx *cx, struct exam_forms_page *v, const struct chart_series *series, size_t n)
{
	struct buf b;
	double *thetas = ARENA_ARRAY(cx->arena, double, EXAM_CURVE_POINTS);
	struct chart_series lines[CHART_SERIES_MAX];
	n = n < CHART_SERIES_MAX ? n : CHART_SERIES_MAX;
	for (size_t i = 0; i < EXAM_CURVE_POINTS; i++)
		thetas[i] = exam_curve_theta(i);
	for (size_t i = 0; i < n; i++) {
		lines[i] = series[i];
		lines[i].x = thetas;
		lines[i].n = EXAM_CURVE_POINTS;
	}
	buf_init(&b, cx->arena, 1 << 18);
	struct chart c = { .id = "curves",
			   .title = word(cx, N_("Information of the forms")),
			   .x_label = word(cx, N_("Ability")),
			   .y_label = word(cx, N_("Information")),
			   .description =
				   word(cx, N_("How exactly each form measures people of which ability. The nearer the lines, the more alike the forms.")),
			   .series = lines,
			   .n_series = n,
			   .from_zero = true };
	chart_svg(&b, &c);
	struct str svg = buf_get(&b);
	v->chart = (struct html){ svg.p, svg.n };
}

/* ── what is kept ── */

struct forms_in {
	int64_t org_id, exam_id;
};
static const struct field forms_in[] = { FIELD(forms_in, org_id, F_ID, .must = true), FIELD(forms_in, exam_id, F_ID, .must = true), FIELD_END };
static const struct field form_out[] = {
	FIELD(exam_form_item, id, F_ID),     FIELD(exam_form_item, n, F_INT),	      FIELD(exam_form_item, pool, F_BOOL),
	FIELD(exam_form_item, items, F_INT), FIELD(exam_form_item, points, F_REAL),   FIELD(exam_form_item, expected, F_REAL),
	FIELD(exam_form_item, taken, F_INT), FIELD(exam_form_item, ended_at, F_TIME), FIELD_END,
};

static enum err begin(struct ctx *cx, int64_t org_id, int64_t exam_id, struct exam_forms_page *v, struct exam_cells_row **ret_parts, size_t *ret_n)
{
	struct exam_one_row e;
	TRY(exam_find(cx, org_id, exam_id, &e));
	v->org_id = e.org_id;
	v->exam_id = e.id;
	v->exam = e.title;
	v->state = e.state;
	v->is_closed = str_is(e.state, "closed");
	v->is_open = str_is(e.state, "open");
	v->adaptive = str_is(e.mode, "adaptive");
	v->forms = FORMS_USUAL;
	v->seed = 1;
	TRY(org_called(cx, org_id, &v->org));
	TRY(exam_sql_cells(cx, exam_id, ret_parts, ret_n));
	v->has_parts = *ret_n > 0;
	for (size_t i = 0; i < *ret_n; i++)
		v->n_calibrated += (*ret_parts)[i].calibrated;
	return OK;
}

static void put_kept_rows(struct ctx *cx, struct exam_forms_page *v, const struct exam_form_shared_row *shared, size_t n_shared)
{
	struct exam_figures *items = figures(cx, v, word(cx, N_("Questions")), v->n_items);
	for (size_t i = 0; i < v->n_items; i++)
		items->v[i].text = fmt_number(cx, v->items[i].items);
	struct exam_figures *points = figures(cx, v, word(cx, N_("Points")), v->n_items);
	for (size_t i = 0; i < v->n_items; i++)
		points->v[i].text = marks_text(cx, v->items[i].points);
	struct exam_figures *expected = figures(cx, v, word(cx, N_("Points of somebody in the middle")), v->n_items);
	for (size_t i = 0; i < v->n_items; i++)
		expected->v[i].text = marks_text(cx, v->items[i].expected);
	struct exam_figures *taken = figures(cx, v, word(cx, N_("Times given out")), v->n_items);
	for (size_t i = 0; i < v->n_items; i++)
		taken->v[i].text = fmt_number(cx, v->items[i].taken);
	struct exam_figures *common = figures(cx, v, word(cx, N_("Questions also in another form")), v->n_items);
	for (size_t i = 0; i < v->n_items; i++) {
		common->v[i].text = S("0");
		for (size_t k = 0; k < n_shared; k++)
			if (shared[k].id == v->items[i].id)
				common->v[i].text = fmt_number(cx, shared[k].n);
	}
}

static enum err put_kept_cells(struct ctx *cx, struct exam_forms_page *v, const struct exam_cells_row *parts, size_t n_parts)
{
	struct exam_form_cells_row *c;
	size_t n;
	TRY(exam_sql_form_cells(cx, v->exam_id, &c, &n));
	for (size_t p = 0; p < n_parts; p++) {
		struct exam_figures *f = figures(cx, v, cell_name(cx, &parts[p]), v->n_items);
		for (size_t i = 0; i < v->n_items; i++) {
			f->v[i].text = S("0");
			for (size_t k = 0; k < n; k++)
				if (c[k].form_id == v->items[i].id && c[k].part == parts[p].n)
					f->v[i].text = fmt_number(cx, c[k].n);
		}
	}
	return OK;
}

static enum err put_forms(struct ctx *cx, struct exam_forms_page *v)
{
	struct chart_series series[CHART_SERIES_MAX];
	struct exam_forms_row *r;
	size_t n, n_series = 0;
	TRY(exam_sql_forms(cx, v->exam_id, &r, &n));
	v->items = ARENA_ARRAY(cx->arena, struct exam_form_item, n);
	for (size_t i = 0; i < n; i++) {
		double *curve = ARENA_ARRAY(cx->arena, double, EXAM_CURVE_POINTS);
		v->items[i] = (struct exam_form_item){ .id = r[i].id,
						       .org_id = v->org_id,
						       .exam_id = v->exam_id,
						       .n = r[i].n,
						       .items = r[i].items,
						       .taken = r[i].taken,
						       .ended_at = r[i].ended_at,
						       .points = r[i].points,
						       .expected = r[i].expected,
						       .pool = r[i].pool,
						       .live = r[i].ended_at == NONE };
		v->items[i].may_end = v->items[i].live && !v->is_closed;
		v->n_live += v->items[i].live;
		if (v->items[i].live && n_series < CHART_SERIES_MAX && r[i].curve.p && read_curve(r[i].curve, curve))
			series[n_series++] = (struct chart_series){ .name = fmt_number(cx, r[i].n), .y = curve };
	}
	v->n_items = n;
	for (size_t i = 0; i < n; i++)
		v->items[i].may_end = v->items[i].may_end && !(v->is_open && v->n_live < 2);
	if (n_series)
		put_chart(cx, v, series, n_series);
	return OK;
}

static enum err forms_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct forms_in *in = input;
	struct exam_forms_page *v = ARENA_NEW(cx->arena, struct exam_forms_page);
	struct exam_form_shared_row *shared;
	struct exam_cells_row *parts;
	size_t n_parts, n_shared;
	(void)state;
	TRY(begin(cx, in->org_id, in->exam_id, v, &parts, &n_parts));
	TRY(put_forms(cx, v));
	TRY(exam_sql_form_shared(cx, v->exam_id, &shared, &n_shared));
	if (v->n_items) {
		put_kept_rows(cx, v, shared, n_shared);
		TRY(put_kept_cells(cx, v, parts, n_parts));
	}
	ANSWER_ROWS(a, v->items, v->n_items);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Forms"));
	return OK;
}

/* ── what could be ── */

struct look_in {
	int64_t org_id, exam_id, forms, common, seed;
	struct str digest;
};
static const struct field look_in[] = {
	FIELD(look_in, org_id, F_ID, .must = true),
	FIELD(look_in, exam_id, F_ID, .must = true),
	FIELD(look_in, forms, F_INT, .label = N_("Number of forms"), .hint = N_("1 to 20. With many, everybody gets another one."), .min = 1,
	      .max = EXAM_FORMS_MAX),
	FIELD(look_in, common, F_INT, .label = N_("Questions that stand in all of them"),
	      .hint = N_("Anchors: by them results of different forms can be compared later. Empty: none."), .min = 0, .max = EXAM_ITEMS_MAX),
	FIELD(look_in, seed, F_INT, .label = N_("Number of the lot"), .hint = N_("Another number draws other forms."), .min = 0, .max = INT64_C(1) << 52),
	FIELD_END,
};
static const struct field keep_in[] = {
	FIELD(look_in, org_id, F_ID, .must = true),
	FIELD(look_in, exam_id, F_ID, .must = true),
	FIELD(look_in, forms, F_INT, .label = N_("Number of forms"), .must = true, .min = 1, .max = EXAM_FORMS_MAX),
	FIELD(look_in, common, F_INT, .label = N_("Questions that stand in all of them"), .min = 0, .max = EXAM_ITEMS_MAX),
	FIELD(look_in, seed, F_INT, .label = N_("Number of the lot"), .min = 0, .max = INT64_C(1) << 52),
	FIELD(look_in, digest, F_TEXT, .label = N_("Digest"), .must = true, .max = 64),
	FIELD_END,
};
static const struct field look_out[] = {
	FIELD(exam_forms_page, found, F_BOOL),	    FIELD(exam_forms_page, forms, F_INT),
	FIELD(exam_forms_page, per_form, F_INT),    FIELD(exam_forms_page, common, F_INT),
	FIELD(exam_forms_page, seed, F_INT),	    FIELD(exam_forms_page, digest, F_TEXT),
	FIELD(exam_forms_page, state_text, F_TEXT), FIELD(exam_forms_page, deviation, F_TEXT),
	FIELD(exam_forms_page, bound, F_TEXT),	    FIELD_END,
};

static struct exam_build build_of(const struct look_in *in)
{
	return (struct exam_build){ in->org_id, in->exam_id, in->forms == NONE ? FORMS_USUAL : in->forms, in->common, in->seed == NONE ? 1 : in->seed };
}

static const char *state_words(enum assembly_state s)
{
	switch (s) {
	case ASSEMBLY_FOUND: return N_("These forms can be put together. Nothing is kept yet.");
	case ASSEMBLY_SHORT: return N_("The bank has too few questions for this. Write more, ask for fewer, or make fewer forms.");
	case ASSEMBLY_IMPOSSIBLE:
		return N_("There are enough questions of each row, but cases and questions that give each other away leave no way to put them together.");
	default: return N_("No way was found to put these forms together, and none was shown to be impossible. Try fewer forms or another number of the lot.");
	}
}

static void put_built_rows(struct ctx *cx, struct exam_forms_page *v, const struct exam_built *b, const struct exam_cells_row *parts)
{
	struct exam_figures *items = figures(cx, v, word(cx, N_("Questions")), b->n_forms);
	for (size_t i = 0; i < b->n_forms; i++)
		items->v[i].text = fmt_number(cx, b->forms[i].n);
	struct exam_figures *points = figures(cx, v, word(cx, N_("Points")), b->n_forms);
	for (size_t i = 0; i < b->n_forms; i++)
		points->v[i].text = marks_text(cx, b->forms[i].points);
	struct exam_figures *score = figures(cx, v, word(cx, N_("Points of somebody in the middle")), b->n_forms);
	for (size_t i = 0; i < b->n_forms; i++)
		score->v[i].text = marks_text(cx, b->forms[i].score);
	struct exam_figures *used = figures(cx, v, word(cx, N_("Questions used here before")), b->n_forms);
	for (size_t i = 0; i < b->n_forms; i++)
		used->v[i].text = fmt_number(cx, b->forms[i].n_used);
	for (size_t p = 0; p < b->n_cells; p++) {
		struct exam_figures *f = figures(cx, v, cell_name(cx, &parts[p]), b->n_forms);
		for (size_t i = 0; i < b->n_forms; i++)
			f->v[i].text = fmt_number(cx, b->forms[i].cells[p]);
	}
}

static void put_shortages(struct ctx *cx, struct exam_forms_page *v, const struct exam_built *b, const struct exam_cells_row *parts)
{
	for (size_t i = 0; i < b->n_cells; i++)
		if (b->cells[i].is_short)
			*ARENA_PUSH(cx->arena, v->cells, v->n_cells) = (struct exam_part_item){ .n = b->cells[i].part,
												.items = b->cells[i].needed,
												.has = b->cells[i].has,
												.allows = b->cells[i].usable,
												.name = cell_name(cx, &parts[i]) };
}

/* What forms were made alike in. */
static const char *balanced(const struct exam_built *b)
{
	if (b->calibrated && !b->by_score)
		return N_("Forms were made alike in how exactly and how hard they measure.");
	if (b->calibrated)
		return N_("Part of the questions is not calibrated yet; of those only the points are known, and forms were made alike in points.");
	return N_("None of these questions is calibrated yet, so beyond the blueprint forms were made alike in points alone. Information curves come with "
		  "calibration.");
}

static void put_built_chart(struct ctx *cx, struct exam_forms_page *v, const struct exam_built *b)
{
	struct chart_series series[CHART_SERIES_MAX];
	size_t n = b->n_forms < CHART_SERIES_MAX ? b->n_forms : CHART_SERIES_MAX;
	for (size_t i = 0; i < n; i++)
		series[i] = (struct chart_series){ .name = fmt_number(cx, i + 1), .y = b->forms[i].curve };
	put_chart(cx, v, series, n);
}

static enum err look_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct look_in *in = input;
	struct exam_forms_page *v = ARENA_NEW(cx->arena, struct exam_forms_page);
	struct exam_build build = build_of(in);
	struct exam_cells_row *parts;
	struct exam_built b;
	size_t n_parts;
	(void)state;
	TRY(begin(cx, in->org_id, in->exam_id, v, &parts, &n_parts));
	TRY(exam_build(cx, &build, &b));
	v->looked = true;
	v->found = b.state == ASSEMBLY_FOUND;
	v->forms = build.forms;
	v->common = in->common == NONE ? 0 : in->common;
	v->seed = build.seed;
	v->per_form = v->found ? (int64_t)b.forms[0].n : 0;
	v->state_text = word(cx, state_words(b.state));
	v->digest = b.digest;
	if (v->found) {
		for (size_t i = 0; i < b.n_forms; i++)
			*ARENA_PUSH(cx->arena, v->items, v->n_items) = (struct exam_form_item){ .n = (int64_t)i + 1 };
		put_built_rows(cx, v, &b, parts);
		for (size_t i = 1; i < b.n_forms; i++)
			v->uneven = v->uneven || fabs(b.forms[i].points - b.forms[0].points) > 0.01;
		v->balanced = word(cx, balanced(&b));
		if (b.calibrated)
			put_built_chart(cx, v, &b);
		if (b.calibrated) {
			v->deviation = str_fmt(cx->arena, "%.2f %%", 100 * b.deviation);
			v->bound = str_fmt(cx->arena, "%.2f %%", 100 * b.bound);
		}
	}
	put_shortages(cx, v, &b, parts);
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Forms"));
	return OK;
}

/* On a reading connection: it takes up to a second. */
static enum err keep_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	struct exam_build build = build_of(input);
	struct exam_built *b = ARENA_NEW(cx->arena, struct exam_built);
	TRY(exam_build(cx, &build, b));
	*ret_state = b;
	return OK;
}

static enum err keep_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct look_in *in = input;
	const struct exam_built *b = state;
	struct exam_build build = build_of(in);
	struct exam_one_row e;
	(void)a;
	TRY(exam_find(cx, in->org_id, in->exam_id, &e));
	if (b->state == ASSEMBLY_FOUND && !str_eq(b->digest, in->digest))
		return fail(cx, ERR_CONFLICT, "",
			    N_("The bank has changed in the meantime, and other forms would come of it. Nothing was kept; please look at them again."));
	return exam_build_keep(cx, &build, b);
}

static enum err pool_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct forms_in *in = input;
	int64_t n;
	(void)state;
	(void)a;
	return exam_pool_keep(cx, in->org_id, in->exam_id, &n);
}

/* ── one form ── */

struct form_in {
	int64_t org_id, exam_id, form_id;
};
static const struct field form_in[] = { FIELD(form_in, org_id, F_ID, .must = true), FIELD(form_in, exam_id, F_ID, .must = true),
					FIELD(form_in, form_id, F_ID, .must = true), FIELD_END };
static const struct field line_out[] = {
	FIELD(exam_form_line, n, F_INT),       FIELD(exam_form_line, item_id, F_ID),  FIELD(exam_form_line, version, F_INT),
	FIELD(exam_form_line, part, F_INT),    FIELD(exam_form_line, code, F_TEXT),   FIELD(exam_form_line, kind, F_TEXT),
	FIELD(exam_form_line, status, F_TEXT), FIELD(exam_form_line, points, F_REAL), FIELD_END,
};

static enum err end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct form_in *in = input;
	(void)state;
	(void)a;
	return exam_form_end(cx, in->org_id, in->exam_id, in->form_id);
}

/* Whose items the actor may read: asked once of each organisation. */
struct reading {
	struct {
		int64_t org_id;
		bool may;
	} * v;
	size_t n;
};

static enum err may_read(struct ctx *cx, struct reading *r, int64_t org_id, bool *ret)
{
	bool may = false;
	for (size_t i = 0; i < r->n; i++)
		if (r->v[i].org_id == org_id) {
			*ret = r->v[i].may;
			return OK;
		}
	TRY(access_may(cx, MAY_ITEM_WRITE, SCOPE_ORG, org_id, &may));
	ARENA_PUSH(cx->arena, r->v, r->n);
	r->v[r->n - 1].org_id = org_id;
	r->v[r->n - 1].may = *ret = may;
	return OK;
}

static enum err form_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct form_in *in = input;
	struct exam_one_form_page *v = ARENA_NEW(cx->arena, struct exam_one_form_page);
	const struct exam_form *form;
	struct exam_form_items_row *r;
	struct exam_form_row f;
	struct exam_one_row e;
	struct reading reading = { 0 };
	bool found = false;
	(void)state;
	TRY(exam_find(cx, in->org_id, in->exam_id, &e));
	TRY(exam_sql_form(cx, in->form_id, &f, &found));
	if (!found || f.exam_id != e.id)
		return fail(cx, ERR_NOT_FOUND, "form_id", N_("There is no such form."));
	*v = (struct exam_one_form_page){
		.org_id = e.org_id, .exam_id = e.id, .id = f.id, .n = f.n, .items = f.items, .exam = e.title, .points = marks_text(cx, f.points)
	};
	TRY(org_called(cx, e.org_id, &v->org));
	TRY(exam_form_load(cx, f.id, cx->lang == LANG_HI ? S("hi") : S("en"), &form));
	TRY(exam_sql_form_items(cx, f.id, &r, &v->n_lines));
	v->lines = ARENA_ARRAY(cx->arena, struct exam_form_line, v->n_lines);
	for (size_t i = 0; i < v->n_lines; i++) {
		struct exam_form_line *l = &v->lines[i];
		*l = (struct exam_form_line){ .n = r[i].n,
					      .item_id = r[i].item_id,
					      .org_id = r[i].org_id,
					      .version = r[i].version,
					      .part = r[i].part,
					      .points = r[i].points,
					      .code = r[i].code,
					      .kind = r[i].kind,
					      .status = r[i].status,
					      .points_text = marks_text(cx, r[i].points),
					      .kind_name = exam_called(cx, exam_item_kinds, r[i].kind),
					      .retired = str_is(r[i].status, "retired") };
		const struct form_item *item = exam_form_item(form, l->n);
		TRY(may_read(cx, &reading, l->org_id, &l->may_see));
		if (l->may_see && item)
			l->text = item->asked.text;
		v->texts = v->texts || l->may_see;
	}
	ANSWER_ROWS(a, v->lines, v->n_lines);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("A form"));
	return OK;
}

#define FORMS "/orgs/{org_id}/exams/{exam_id}/forms"
const struct action exam_forms_actions[] = {
	{ .name = "exam.forms",
	  .method = GET,
	  .page = FORMS,
	  .api = "/api/v1" FORMS,
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = forms_in,
	  .in_size = sizeof(struct forms_in),
	  .out = form_out,
	  .out_list = true,
	  .run = forms_run,
	  .html = exam_forms_view,
	  .summary = "The forms of an examination beside each other." },
	{ .name = "exam.forms_look",
	  .method = GET,
	  .page = FORMS "/look",
	  .api = "/api/v1" FORMS "/look",
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = look_in,
	  .in_size = sizeof(struct look_in),
	  .out = look_out,
	  .run = look_run,
	  .html = exam_forms_view,
	  .summary = "Puts parallel forms together without keeping them, or says what the bank is short of." },
	{ .name = "exam.forms_keep",
	  .method = POST,
	  .page = FORMS,
	  .api = "/api/v1" FORMS,
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = keep_in,
	  .in_size = sizeof(struct look_in),
	  .prepare = keep_prepare,
	  .run = keep_run,
	  .form = "exam.forms_look",
	  .then = FORMS,
	  .notice = N_("The forms are kept."),
	  .summary = "Keeps the forms that were looked at, if the bank still gives the same ones." },
	{ .name = "exam.pool_keep",
	  .method = POST,
	  .page = "/orgs/{org_id}/exams/{exam_id}/pool",
	  .api = "/api/v1/orgs/{org_id}/exams/{exam_id}/pool",
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = forms_in,
	  .in_size = sizeof(struct forms_in),
	  .run = pool_run,
	  .form = "exam.forms",
	  .then = FORMS,
	  .notice = N_("The pool is kept."),
	  .summary = "Makes the pool of an adaptive examination out of all calibrated items that fit its blueprint." },
	{ .name = "exam.form",
	  .method = GET,
	  .page = FORMS "/{form_id}",
	  .api = "/api/v1" FORMS "/{form_id}",
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = form_in,
	  .in_size = sizeof(struct form_in),
	  .out = line_out,
	  .out_list = true,
	  .run = form_run,
	  .html = exam_form_view,
	  .summary = "What stands in a form: codes, kinds and points; texts only on the page, for those who write the bank." },
	{ .name = "exam.form_end",
	  .method = POST,
	  .page = FORMS "/{form_id}/end",
	  .api = "/api/v1" FORMS "/{form_id}/end",
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = form_in,
	  .in_size = sizeof(struct form_in),
	  .run = end_run,
	  .form = "exam.forms",
	  .then = FORMS,
	  .notice = N_("Later attempts do not get this form any more; those who have it keep it."),
	  .summary = "Takes a form out for later attempts." },
	ACTION_END,
};
