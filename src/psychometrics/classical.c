/* Classical test theory; see classical.h. */
#include "psychometrics/classical.h"
#include "psychometrics/distribution.h"

#include <math.h>
#include <stdlib.h>

/* Weighted sums of two variables, kept as means and central moments as they grow (West 1979, Communications of the ACM 22). */
struct moments {
	double n, mean_x, mean_y, xx, yy, xy;
};
static void moments_add(struct moments *m, double x, double y, double weight)
{
	m->n += weight;
	double dx = x - m->mean_x, dy = y - m->mean_y, share = weight / m->n;
	m->mean_x += dx * share;
	m->mean_y += dy * share;
	m->xx += weight * dx * (x - m->mean_x);
	m->yy += weight * dy * (y - m->mean_y);
	m->xy += weight * dx * (y - m->mean_y);
}

static double correlation(const struct moments *m)
{
	double root = sqrt(m->xx * m->yy);
	return root > 1e-12 ? fmax(-1, fmin(1, m->xy / root)) : 0;
}

/* The total score, or -1 without one. */
static int total_of(const struct responses *r, size_t row)
{
	int sum = 0;
	for (size_t i = 0; i < r->items; i++) {
		if (response_at(r, row, i) == NOT_ANSWERED)
			return -1;
		sum += response_at(r, row, i);
	}
	return sum;
}

static double alpha_of(double k, double items, double total)
{
	return k > 1 && total > 0 ? k / (k - 1) * (1 - items / total) : 0;
}

static void item_means(const struct responses *r, size_t item, struct classical_item *ret, int *ret_most)
{
	struct moments m = { 0 };
	*ret_most = 0;
	for (size_t row = 0; row < r->rows; row++) {
		int x = response_at(r, row, item);
		if (x == NOT_ANSWERED)
			continue;
		moments_add(&m, x, 0, response_weight(r, row));
		*ret_most = x > *ret_most ? x : *ret_most;
	}
	ret->answered = m.n;
	ret->mean = m.mean_x;
	ret->sd = m.n > 1 ? sqrt(m.xx / (m.n - 1)) : 0;
	ret->difficulty = *ret_most ? m.mean_x / *ret_most : 0;
}

/* Correlations of an item; returns its sum of squares, over those who answered everything. */
static double item_relations(const struct responses *r, const int *totals, size_t item, struct classical_item *ret, double *ret_rest)
{
	struct moments total = { 0 }, rest = { 0 };
	for (size_t row = 0; row < r->rows; row++) {
		int x = response_at(r, row, item);
		if (totals[row] < 0)
			continue;
		moments_add(&total, x, totals[row], response_weight(r, row));
		moments_add(&rest, x, totals[row] - x, response_weight(r, row));
	}
	ret->varies = total.xx > 0 && total.yy > 0 && rest.yy > 0;
	ret->item_total = correlation(&total);
	ret->item_rest = correlation(&rest);
	*ret_rest = rest.yy;
	return total.xx;
}

static void interval(struct classical *c, double confidence)
{
	double d1 = c->people - 1, d2 = d1 * ((double)c->n_items - 1), tail = (1 - confidence) / 2;
	c->alpha_low = 1 - (1 - c->alpha) * f_quantile(1 - tail, d1, d2);
	c->alpha_high = 1 - (1 - c->alpha) * f_quantile(tail, d1, d2);
}

enum err classical_analyse(struct ctx *cx, const struct responses *r, double confidence, struct classical *ret)
{
	struct classical c = { .n_items = r->items, .dichotomous = true };
	struct moments totals = { 0 };
	double *squares, *rests, sum = 0;
	int most;
	if (r->items < 2)
		return fail(cx, ERR_INVALID, "", N_("a test needs at least two items to say how well they go together"));
	c.items = ARENA_ARRAY(cx->arena, struct classical_item, r->items);
	squares = ARENA_ARRAY(cx->arena, double, 2 * r->items);
	rests = squares + r->items;
	int *total = ARENA_ARRAY(cx->arena, int, r->rows + 1);
	for (size_t row = 0; row < r->rows; row++) {
		total[row] = total_of(r, row);
		if (total[row] >= 0)
			moments_add(&totals, total[row], 0, response_weight(r, row));
	}
	if (totals.n < 2)
		return fail(cx, ERR_INVALID, "", N_("fewer than two people answered everything, so there are no scores to compare"));
	if (!(totals.xx > 0))
		return fail(cx, ERR_INVALID, "", N_("everybody has the same score, so nothing can be said about differences"));
	for (size_t i = 0; i < r->items; i++) {
		item_means(r, i, &c.items[i], &most);
		squares[i] = item_relations(r, total, i, &c.items[i], &rests[i]);
		sum += squares[i];
		c.dichotomous &= most <= 1;
	}
	c.people = totals.n;
	c.mean = totals.mean_x;
	c.sd = sqrt(totals.xx / (totals.n - 1));
	c.alpha = alpha_of((double)r->items, sum, totals.xx);
	c.sem = c.sd * sqrt(1 - c.alpha);
	for (size_t i = 0; i < r->items; i++)
		c.items[i].alpha_without = alpha_of((double)r->items - 1, sum - squares[i], rests[i]);
	interval(&c, confidence);
	*ret = c;
	return OK;
}

/* ── distractors ── */

struct place {
	double score;
	size_t row;
};
static int by_score(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	return x->score != y->score ? (x->score > y->score) - (x->score < y->score) : (x->row > y->row) - (x->row < y->row);
}

/* The group of each row: where the middle of those with its score stands among all. */
static size_t *groups_of(struct arena *a, const double *score, const double *weight, size_t rows, size_t groups)
{
	size_t *ret = ARENA_ARRAY(a, size_t, rows + 1);
	struct place *order = ARENA_ARRAY(a, struct place, rows + 1);
	double all = 0, before = 0;
	for (size_t row = 0; row < rows; row++) {
		order[row] = (struct place){ score[row], row };
		all += weight ? weight[row] : 1;
	}
	qsort(order, rows, sizeof *order, by_score);
	for (size_t from = 0, to; from < rows; from = to) {
		double same = 0;
		for (to = from; to < rows && order[to].score == order[from].score; to++)
			same += weight ? weight[order[to].row] : 1;
		size_t group = (size_t)((before + same / 2) / all * (double)groups);
		for (size_t k = from; k < to; k++)
			ret[order[k].row] = group < groups ? group : groups - 1;
		before += same;
	}
	return ret;
}

struct distractors distractor_curves(struct arena *a, const int8_t *choice, const double *score, const double *weight, size_t rows, size_t options,
				     size_t groups)
{
	struct distractors d = { options,
				 groups,
				 ARENA_ARRAY(a, double, options *groups),
				 ARENA_ARRAY(a, double, groups),
				 ARENA_ARRAY(a, double, options),
				 ARENA_ARRAY(a, double, options) };
	size_t *group = groups_of(a, score, weight, rows, groups);
	for (size_t row = 0; row < rows; row++) {
		double w = weight ? weight[row] : 1;
		d.people[group[row]] += w;
		if (choice[row] >= 0 && (size_t)choice[row] < options)
			d.share[(size_t)choice[row] * groups + group[row]] += w;
	}
	for (size_t k = 0; k < options * groups; k++)
		d.share[k] = d.people[k % groups] > 0 ? d.share[k] / d.people[k % groups] : 0;
	for (size_t option = 0; option < options; option++) {
		struct moments with = { 0 }, chosen = { 0 };
		for (size_t row = 0; row < rows; row++) {
			bool is = choice[row] >= 0 && (size_t)choice[row] == option;
			moments_add(&with, is, score[row], weight ? weight[row] : 1);
			if (is)
				moments_add(&chosen, 1, score[row], weight ? weight[row] : 1);
		}
		d.point_biserial[option] = correlation(&with);
		d.mean_score[option] = chosen.mean_y;
	}
	return d;
}
