/* Reading the answers that a calibration counts; see gather.h. */
#include "feature/calibration/gather.h"
#include "feature/item/item.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

const char *const grouping_names[GROUPINGS] = { "lang", "gender", "service" };

struct gathering {
	struct ctx *cx;
	struct gathered *g;
	struct arena *keep; /* outlives the rows that are read one by one: the arena of cx before them */
	size_t form;
	bool *empty; /* papers × columns: on the paper, but nothing given */
};

/* ── columns ── */

/* Ids and the right one of a choice. A choice without exactly one right option is none. */
static void read_options(struct arena *a, struct str key, struct column *c)
{
	json_t *o = json_loadb(key.p, key.n, 0, NULL);
	const json_t *list = json_object_get(o, "options"), *one;
	size_t i, right = 0;
	c->choice = json_array_size(list) >= 2 && json_array_size(list) <= GATHER_OPTIONS;
	json_array_foreach(list, i, one)
	{
		if (!c->choice)
			break;
		c->option[c->n_options++] = str_dup(a, str_of(json_string_value(json_object_get(one, "id"))));
		if (json_number_value(json_object_get(one, "weight")) >= 100) {
			c->key = i;
			right++;
		}
	}
	c->choice = c->choice && right == 1;
	json_decref(o);
}

static size_t column_of(struct gathering *w, const struct calibration_form_items_row *r)
{
	struct gathered *g = w->g;
	for (size_t k = 0; k < g->n_columns; k++)
		if (g->columns[k].item_id == r->item_id && g->columns[k].version == r->version)
			return k;
	if (g->n_columns == COLUMNS_MAX)
		return COLUMNS_MAX;
	struct column *c = &g->columns[g->n_columns];
	*c = (struct column){ .item_id = r->item_id, .version = r->version, .steps = r->steps, .points = r->points };
	if (str_is(r->kind, "single") || str_is(r->kind, "truefalse"))
		read_options(w->cx->arena, r->answer_key, c);
	return g->n_columns++;
}

static enum err read_forms(struct gathering *w, const struct calibration_by_id_row *run)
{
	struct calibration_forms_row *f;
	struct calibration_form_items_row *r;
	size_t n, n_items;
	TRY(calibration_sql_forms(w->cx, run->until_id, run->org_id, &f, &n));
	w->g->forms = ARENA_ARRAY(w->cx->arena, struct form_of, n + 1);
	w->g->columns = ARENA_ARRAY(w->cx->arena, struct column, COLUMNS_MAX);
	for (size_t k = 0; k < n; k++) {
		struct form_of *of = &w->g->forms[w->g->n_forms];
		if (!f[k].papers)
			continue;
		*of = (struct form_of){ .id = f[k].id, .pool = f[k].pool };
		TRY(calibration_sql_form_items(w->cx, of->id, run->org_id, &r, &n_items));
		of->column = ARENA_ARRAY(w->cx->arena, size_t, n_items + 1);
		of->place = ARENA_ARRAY(w->cx->arena, int64_t, n_items + 1);
		for (size_t i = 0; i < n_items; i++) {
			of->column[of->n] = column_of(w, &r[i]);
			of->place[of->n] = r[i].n;
			of->n += of->column[of->n] < COLUMNS_MAX && r[i].points > 0;
		}
		w->g->n_forms++;
	}
	return OK;
}

/* ── papers ── */

static int by_taker(const void *a, const void *b)
{
	const struct paper *p = a, *q = b;
	if (p->taker_id != q->taker_id)
		return p->taker_id < q->taker_id ? -1 : 1;
	return p->id < q->id ? -1 : p->id > q->id;
}

static enum err read_papers(struct gathering *w, const struct calibration_by_id_row *run, int64_t day)
{
	struct gathered *g = w->g;
	struct calibration_papers_row *r;
	size_t n, share = CALIBRATION_PAPERS / (g->n_forms ? g->n_forms : 1);
	g->papers = ARENA_ARRAY(w->cx->arena, struct paper, CALIBRATION_PAPERS);
	for (size_t k = 0; k < g->n_forms && share; k++) {
		TRY(calibration_sql_papers(w->cx, day, g->forms[k].id, run->until_id, (int64_t)share, &r, &n));
		g->forms[k].papers = n;
		for (size_t i = 0; i < n; i++)
			g->papers[g->n_papers++] =
				(struct paper){ r[i].taker_id, r[i].id, k, { r[i].lang, STR_NONE, r[i].service.n ? r[i].service : STR_NONE } };
	}
	if (g->n_papers)
		qsort(g->papers, g->n_papers, sizeof *g->papers, by_taker);
	return OK;
}

static struct paper *paper_of(struct gathered *g, int64_t taker_id, int64_t id)
{
	struct paper key = { .taker_id = taker_id, .id = id };
	return g->n_papers ? bsearch(&key, g->papers, g->n_papers, sizeof *g->papers, by_taker) : NULL;
}

static enum err note_gender(struct ctx *cx, void *arg, const void *row)
{
	struct gathering *w = arg;
	const struct calibration_genders_row *r = row;
	size_t low = 0, high = w->g->n_papers;
	(void)cx;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (w->g->papers[mid].taker_id < r->person_id)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < w->g->n_papers && w->g->papers[low].taker_id == r->person_id; low++)
		w->g->papers[low].group[1] = str_dup(w->keep, r->value);
	return OK;
}

/* ── answers ── */

static size_t column_at(const struct form_of *f, int64_t place)
{
	size_t low = 0, high = f->n;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (f->place[mid] < place)
			low = mid + 1;
		else
			high = mid;
	}
	return low < f->n && f->place[low] == place ? f->column[low] : COLUMNS_MAX;
}

static int8_t option_of(const struct column *c, struct str given)
{
	for (size_t k = 0; k < c->n_options; k++)
		/* A choice is given as a list of one id. */
		if (given.n == c->option[k].n + 4 && memcmp(given.p + 2, c->option[k].p, c->option[k].n) == 0)
			return (int8_t)k;
	return NOT_ANSWERED;
}

static enum err note_answer(struct ctx *cx, void *arg, const void *row)
{
	struct gathering *w = arg;
	const struct calibration_answers_row *r = row;
	struct gathered *g = w->g;
	const struct paper *p = paper_of(g, r->taker_id, r->attempt_id);
	size_t c = column_at(&g->forms[w->form], r->n);
	(void)cx;
	if (!p || c == COLUMNS_MAX || p->form != w->form)
		return OK;
	size_t at = (size_t)(p - g->papers) * g->n_columns + c;
	if (!r->given.n && !g->forms[w->form].pool)
		return OK;
	if (isnan(r->marks)) {
		w->empty[at] = false; /* a long answer that nobody has marked */
		return OK;
	}
	g->x[at] = (int8_t)item_category(r->marks / g->columns[c].points, g->columns[c].steps);
	g->chosen[at] = g->columns[c].choice ? option_of(&g->columns[c], r->given) : NOT_ANSWERED;
	w->empty[at] = false;
	return OK;
}

/* What was left empty is wrong, if at least half of the paper was answered. */
static void fill_empty(struct gathering *w)
{
	struct gathered *g = w->g;
	for (size_t row = 0; row < g->n_papers; row++) {
		const struct form_of *f = &g->forms[g->papers[row].form];
		size_t empty = 0;
		for (size_t i = 0; i < f->n; i++)
			empty += w->empty[row * g->n_columns + f->column[i]];
		for (size_t i = 0; 2 * empty <= f->n && i < f->n; i++)
			if (w->empty[row * g->n_columns + f->column[i]])
				g->x[row * g->n_columns + f->column[i]] = 0;
	}
}

/* Of somebody's papers, in time: an item counts the first time. */
static void first_time_only(struct gathered *g)
{
	for (size_t row = 1; row < g->n_papers; row++)
		for (size_t before = row; before > 0 && g->papers[before - 1].taker_id == g->papers[row].taker_id; before--)
			for (size_t c = 0; c < g->n_columns; c++)
				if (g->x[(before - 1) * g->n_columns + c] != NOT_ANSWERED)
					g->x[row * g->n_columns + c] = g->chosen[row * g->n_columns + c] = NOT_ANSWERED;
}

static void count(struct gathered *g)
{
	for (size_t row = 0; row < g->n_papers; row++)
		for (size_t c = 0; c < g->n_columns; c++)
			g->columns[c].answered += g->x[row * g->n_columns + c] != NOT_ANSWERED;
	for (size_t c = 0; c < g->n_columns; c++)
		g->columns[c].form = g->n_forms;
	for (size_t f = 0; f < g->n_forms; f++)
		for (size_t i = 0; !g->forms[f].pool && i < g->forms[f].n; i++) {
			struct column *c = &g->columns[g->forms[f].column[i]];
			if (c->form == g->n_forms || g->forms[f].papers > g->forms[c->form].papers)
				c->form = f;
		}
}

enum err gather(struct ctx *cx, const struct calibration_by_id_row *run, int64_t day, struct gathered *ret)
{
	struct gathering w = { .cx = cx, .g = ret, .keep = arena_new() };
	*ret = (struct gathered){ 0 };
	enum err e = read_forms(&w, run);
	e = e == OK ? read_papers(&w, run, day) : e;
	size_t cells = ret->n_papers * ret->n_columns + 1;
	ret->x = ARENA_ARRAY(cx->arena, int8_t, cells);
	ret->chosen = ARENA_ARRAY(cx->arena, int8_t, cells);
	w.empty = ARENA_ARRAY(cx->arena, bool, cells);
	memset(ret->x, NOT_ANSWERED, cells);
	memset(ret->chosen, NOT_ANSWERED, cells);
	for (size_t row = 0; row < ret->n_papers; row++) {
		const struct form_of *f = &ret->forms[ret->papers[row].form];
		for (size_t i = 0; !f->pool && i < f->n; i++)
			w.empty[row * ret->n_columns + f->column[i]] = true;
	}
	for (w.form = 0; e == OK && w.form < ret->n_forms; w.form++)
		e = calibration_sql_answers(cx, ret->forms[w.form].id, run->until_id, note_answer, &w);
	e = e == OK ? calibration_sql_genders(cx, run->org_id, note_gender, &w) : e;
	/* What was kept of single rows moves to where everything else is. */
	for (size_t row = 0; row < ret->n_papers; row++)
		if (ret->papers[row].group[1].n)
			ret->papers[row].group[1] = str_dup(cx->arena, ret->papers[row].group[1]);
	arena_free(w.keep);
	TRY(e);
	fill_empty(&w);
	first_time_only(ret);
	count(ret);
	return OK;
}

struct responses gather_whole(struct arena *a, const struct gathered *g, size_t form, size_t **ret_papers)
{
	const struct form_of *f = &g->forms[form];
	struct responses r = { .items = f->n };
	int8_t *x = ARENA_ARRAY(a, int8_t, f->papers * f->n + 1);
	*ret_papers = ARENA_ARRAY(a, size_t, f->papers + 1);
	for (size_t row = 0; row < g->n_papers; row++) {
		bool whole = g->papers[row].form == form;
		for (size_t i = 0; whole && i < f->n; i++) {
			x[r.rows * f->n + i] = g->x[row * g->n_columns + f->column[i]];
			whole = x[r.rows * f->n + i] != NOT_ANSWERED;
		}
		if (whole)
			(*ret_papers)[r.rows++] = row;
	}
	r.x = x;
	return r;
}
