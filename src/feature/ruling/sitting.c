/* How items did at the sitting; see sitting.h. */
#include "feature/ruling/sitting.h"
#include "feature/item/item.h"
#include "ruling_sql.h"

#include <math.h>

/* Papers as they are read, row by row: parts of the marks, papers × items. */
struct reading {
	struct sitting *s;
	double *part;
	bool *answered;
	size_t cap;
	int64_t attempt_id; /* of the row before */
};

double correlation(const double *x, const double *y, size_t n)
{
	double mx = 0, my = 0, xx = 0, yy = 0, xy = 0;
	for (size_t i = 0; i < n; i++) {
		mx += x[i] / (double)n;
		my += y[i] / (double)n;
	}
	for (size_t i = 0; i < n; i++) {
		xx += (x[i] - mx) * (x[i] - mx);
		yy += (y[i] - my) * (y[i] - my);
		xy += (x[i] - mx) * (y[i] - my);
	}
	return xx > 1e-12 && yy > 1e-12 ? xy / sqrt(xx * yy) : (double)NAN;
}

static enum err mark_by_key(struct ctx *cx, const struct form_item *item, struct str given, double *ret)
{
	struct strs list;
	if (!quiz_read_given(cx->arena, given, &list))
		return ERR_INTERNAL;
	*ret = quiz_mark(cx->arena, &item->key, &list).part;
	return OK;
}

static enum err part_of(struct ctx *cx, const struct sitting_item *i, const struct ruling_sitting_row *r, double *ret)
{
	if (i->ruled && quiz_machine_marks(i->item->key.kind))
		return mark_by_key(cx, i->item, r->given, ret);
	*ret = i->item->points > 0 && r->marks > 0 ? r->marks / i->item->points : 0;
	return OK;
}

static enum err read_row(struct ctx *cx, void *arg, const void *row)
{
	struct reading *g = arg;
	const struct ruling_sitting_row *r = row;
	if (r->attempt_id != g->attempt_id) {
		if (g->s->papers == g->cap)
			return OK;
		g->s->papers++;
		g->attempt_id = r->attempt_id;
	}
	for (size_t i = 0; r->n != NONE && r->given.n && i < g->s->n_items; i++) {
		if (g->s->items[i].item->n != r->n)
			continue;
		size_t at = (g->s->papers - 1) * g->s->n_items + i;
		g->answered[at] = true;
		return part_of(cx, &g->s->items[i], r, &g->part[at]);
	}
	return OK;
}

/* Marks of all that counts on a paper, but for one item. */
static double rest(const struct reading *g, size_t paper, size_t but)
{
	const struct sitting *s = g->s;
	double sum = 0;
	for (size_t i = 0; i < s->n_items; i++)
		if (i != but && !s->items[i].ruled)
			sum += g->part[paper * s->n_items + i] * s->items[i].item->points;
	return sum;
}

static void measure_item(struct ctx *cx, const struct reading *g, size_t i)
{
	struct sitting *s = g->s;
	double *own = ARENA_ARRAY(cx->arena, double, s->papers), *others = ARENA_ARRAY(cx->arena, double, s->papers);
	for (size_t p = 0; p < s->papers; p++) {
		own[p] = g->part[p * s->n_items + i];
		others[p] = rest(g, p, i);
		s->items[i].answered += g->answered[p * s->n_items + i] / (double)s->papers;
		s->items[i].difficulty += own[p] / (double)s->papers;
	}
	s->items[i].item_rest = correlation(own, others, s->papers);
}

static enum err measure_whole(struct ctx *cx, const struct reading *g)
{
	struct sitting *s = g->s;
	size_t n = 0, failures = cx->n_failures;
	for (size_t i = 0; i < s->n_items; i++)
		n += !s->items[i].ruled;
	if (s->papers < SITTING_LEAST || n < 2 || n > ITEMS_MAX)
		return OK;
	int8_t *x = ARENA_ARRAY(cx->arena, int8_t, s->papers * n);
	for (size_t p = 0, at = 0; p < s->papers; p++)
		for (size_t i = 0; i < s->n_items; i++)
			if (!s->items[i].ruled)
				x[at++] = (int8_t)item_category(g->part[p * s->n_items + i], s->items[i].item->steps);
	s->known = classical_analyse(cx, &(struct responses){ s->papers, n, x, NULL }, 0.95, &s->is) == OK;
	/* That scores are all equal is nobody's mistake. */
	cx->n_failures = failures;
	return OK;
}

static bool is_ruled(const struct ruling_in_force_row *r, size_t n, const struct form_item *item)
{
	for (size_t i = 0; i < n; i++)
		if (r[i].item_id == item->item_id && r[i].version == item->version && !str_is(r[i].kind, "rekey") && !str_is(r[i].state, "undoing"))
			return true;
	return false;
}

enum err sitting_load(struct ctx *cx, int64_t exam_id, int64_t form_id, struct str lang, struct sitting *ret)
{
	struct reading g = { .s = ret, .cap = SITTING_PAPERS_MAX };
	struct ruling_in_force_row *ruled;
	size_t n;
	*ret = (struct sitting){ 0 };
	TRY(exam_form_load(cx, form_id, lang, &ret->form));
	TRY(ruling_sql_in_force(cx, exam_id, &ruled, &n));
	ret->items = ARENA_ARRAY(cx->arena, struct sitting_item, ret->form->n);
	for (size_t i = 0; i < ret->form->n; i++)
		if (ret->form->v[i].key.kind != Q_CASE)
			ret->items[ret->n_items++] = (struct sitting_item){ .item = &ret->form->v[i], .ruled = is_ruled(ruled, n, &ret->form->v[i]) };
	if (ret->n_items && g.cap > SITTING_CELLS_MAX / ret->n_items)
		g.cap = SITTING_CELLS_MAX / ret->n_items;
	g.part = ARENA_ARRAY(cx->arena, double, g.cap * ret->n_items);
	g.answered = ARENA_ARRAY(cx->arena, bool, g.cap * ret->n_items);
	TRY(ruling_sql_sitting(cx, form_id, (int64_t)g.cap, read_row, &g));
	for (size_t i = 0; i < ret->n_items; i++)
		measure_item(cx, &g, i);
	return measure_whole(cx, &g);
}
