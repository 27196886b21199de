/* Likelihood-ratio tests of differential item functioning; see dif.h.
 *
 * An item that is free in each group stands in the table twice: as the reference group's, unanswered by the focal group, and the other way round. So all
 * three models are calibrations of one table, in which only theta's distribution depends on the group. */
#include "psychometrics/dif.h"
#include "psychometrics/distribution.h"
#include "psychometrics/marginal.h"
#include "psychometrics/maximise.h"
#include "psychometrics/squarem.h"

#include <math.h>

enum { CYCLES = 300, AREA_STEPS = 4000, ANCHORS_LEAST = 2 };
#define NEAR 5e-5     /* an EM step this small: what is missing of the log-likelihood is of the order of 1e-4 */
#define RUN_AWAY 25.0 /* as in calibration.c */
#define FLAT 0.05     /* a slope below which areas are not given */
#define REACH 30.0    /* logits beyond the outermost threshold where curves have met */

enum split { EQUAL, ONE_SLOPE, FREE };
struct study {
	struct ctx *cx;
	const struct responses *r;
	const bool *focal;
	const struct dif_options *o;
	int categories[ITEMS_MAX];
};
/* One model on its way to its maximum. par: those of the items, then mean and sd of the focal group. */
struct fit {
	struct marginal m;
	enum split split;
	size_t item[ITEMS_MAX]; /* of each column; the studied is the last, or the last two */
	double weight[NODES], *par, loglik;
	struct marginal_sums sums;
};

/* ── what can be compared ── */

/* How often each answer was given, by group. */
static void count_answers(const struct study *s, size_t item, double ret[2][CATEGORIES_MAX])
{
	memset(ret, 0, 2 * sizeof *ret);
	for (size_t row = 0; row < s->r->rows; row++) {
		int x = response_at(s->r, row, item);
		if (x == NOT_ANSWERED)
			continue;
		BUG_IF(x < 0 || x >= CATEGORIES_MAX);
		ret[s->focal[row]][x] += response_weight(s->r, row);
	}
}

/* How many there are up to the highest that was given; and how many of these were given at all. */
static int categories_of(double n[2][CATEGORIES_MAX], int *given)
{
	int most = -1;
	*given = 0;
	for (int k = 0; k < CATEGORIES_MAX; k++) {
		most = n[0][k] + n[1][k] > 0 ? k : most;
		*given += n[0][k] + n[1][k] > 0;
	}
	return most + 1;
}

static const char *why_not(struct study *s, size_t item)
{
	double n[2][CATEGORIES_MAX], people[2] = { 0 };
	int given;
	bool gap = false;
	count_answers(s, item, n);
	s->categories[item] = categories_of(n, &given);
	for (int k = 0; k < s->categories[item]; k++) {
		people[0] += n[0][k];
		people[1] += n[1][k];
		gap |= !(n[0][k] > 0 && n[1][k] > 0);
	}
	if (fmin(people[0], people[1]) < DIF_GROUP_LEAST || people[0] + people[1] < DIF_BOTH_LEAST)
		return N_("fewer than 200 people of one of the groups, or than 500 of both, answered this item; wait for more answers");
	if (given < 2)
		return N_("everybody who answered this item gave the same answer, so there is nothing to compare");
	if (gap)
		return N_("in one of the groups nobody gave one of the answers, so the groups cannot be compared by this item");
	return NULL;
}

static enum err check_anchor(struct study *s, size_t item)
{
	double n[2][CATEGORIES_MAX];
	int given;
	count_answers(s, item, n);
	s->categories[item] = categories_of(n, &given);
	struct str number = str_fmt(s->cx->arena, "%zu", item + 1);
	if (given < 2)
		return fail_msg(s->cx, ERR_INVALID, number, N_("everybody who answered this item gave the same answer, so it measures nothing; leave it out"),
				0, NULL);
	if (given < s->categories[item])
		return fail_msg(s->cx, ERR_INVALID, number,
				N_("a category below the highest was given by nobody; number the categories from 0 without gaps, or put some together"), 0,
				NULL);
	return OK;
}

static bool is_anchor(const struct study *s, size_t item, size_t studied)
{
	return item != studied && (!s->o->anchors || s->o->anchors[item]);
}

/* ── a model ── */

/* The table of the columns: rows of the reference group, then those of the focal group, equal ones of a group put together. */
static void fill_table(const struct study *s, struct fit *f, size_t columns)
{
	struct arena *a = s->cx->arena;
	struct responses part[2];
	for (int group = 0; group < 2; group++) {
		int8_t *x = ARENA_ARRAY(a, int8_t, s->r->rows * columns);
		double *weight = ARENA_ARRAY(a, double, s->r->rows);
		size_t n = 0;
		for (size_t row = 0; row < s->r->rows; row++) {
			if (s->focal[row] != group)
				continue;
			for (size_t c = 0; c < columns; c++)
				x[n * columns + c] = (int8_t)response_at(s->r, row, f->item[c]);
			if (f->split != EQUAL)
				x[n * columns + columns - 1 - !group] = x[n * columns + columns - 1];
			if (f->split != EQUAL)
				x[n * columns + columns - 1 - (size_t)group] = NOT_ANSWERED;
			weight[n++] = response_weight(s->r, row);
		}
		part[group] = responses_collapse(a, &(struct responses){ n, columns, x, weight });
	}
	size_t rows = part[0].rows + part[1].rows;
	int8_t *x = ARENA_ARRAY(a, int8_t, rows * columns);
	double *weight = ARENA_ARRAY(a, double, rows);
	memcpy(x, part[0].x, part[0].rows * columns);
	memcpy(x + part[0].rows * columns, part[1].x, part[1].rows * columns);
	memcpy(weight, part[0].weight, part[0].rows * sizeof *weight);
	memcpy(weight + part[0].rows, part[1].weight, part[1].rows * sizeof *weight);
	f->m.r = (struct responses){ rows, columns, x, weight };
	f->m.second = part[0].rows;
}

static void fit_begin(const struct study *s, struct fit *f, enum split split, size_t studied)
{
	size_t n = 0;
	*f = (struct fit){ .split = split };
	for (size_t i = 0; i < s->r->items; i++)
		if (is_anchor(s, i, studied))
			f->item[n++] = i;
	f->item[n++] = studied;
	if (split != EQUAL)
		f->item[n++] = studied;
	f->m.arena = s->cx->arena;
	f->m.threads = s->o->threads < 1 ? 1 : s->o->threads > 16 ? 16 : s->o->threads;
	for (size_t c = 0; c < n; c++)
		f->m.form[c] = item_form_of(s->o->model, s->categories[f->item[c]]);
	fill_table(s, f, n);
	f->m.second_weight = f->weight;
	marginal_begin(&f->m);
	f->par = ARENA_ARRAY(s->cx->arena, double, f->m.pars + 2);
	marginal_start(&f->m, f->par);
	f->par[f->m.pars + 1] = 1;
}

static double expect(void *of, const double *par)
{
	struct fit *f = of;
	double mean = par[f->m.pars], sd = par[f->m.pars + 1], sum = 0;
	for (size_t q = 0; q < NODES; q++) {
		double z = (f->m.nodes.theta[q] - mean) / sd;
		f->weight[q] = -0.5 * z * z;
		sum += exp(f->weight[q]);
	}
	for (size_t q = 0; q < NODES; q++)
		f->weight[q] -= log(sum);
	f->sums = marginal_expect(&f->m, par);
	return f->sums.loglik;
}

static void next(void *of, const double *par, double *ret)
{
	struct fit *f = of;
	double mean = f->sums.second_mean / f->sums.second_people;
	maximise(&f->m, NULL, par, ret);
	if (f->split == ONE_SLOPE)
		maximise_pair(&f->m, f->m.r.items - 2, f->m.r.items - 1, par, ret);
	ret[f->m.pars] = mean;
	ret[f->m.pars + 1] = sqrt(f->sums.second_square / f->sums.second_people - mean * mean);
}

static bool correct(void *of, double *par)
{
	struct fit *f = of;
	double own[PARS_MAX];
	for (size_t c = 0; c < f->m.r.items; c++) {
		marginal_own(&f->m, c, par, own);
		if (!item_form_good(&f->m.form[c], own))
			return false;
	}
	return fabs(par[f->m.pars]) < THETA_MOST / 2 && par[f->m.pars + 1] > 0.1 && par[f->m.pars + 1] < THETA_MOST / 2;
}

/* False: it does not settle, or runs away. */
static bool fit_settle(struct fit *f)
{
	struct squarem s = squarem_begin(f->m.arena, f->m.pars + 2, f, expect, next, correct);
	double step = INFINITY;
	f->loglik = expect(f, f->par);
	for (int left = CYCLES; left > 0 && step >= NEAR; left--)
		step = squarem_cycle(&s, f->par, &f->loglik);
	for (size_t k = 0; k < f->m.pars; k++)
		if (!(fabs(f->par[k]) < RUN_AWAY))
			return false;
	return step < NEAR && isfinite(f->loglik) && correct(f, f->par);
}

static void column_par(const struct fit *f, size_t column, double *ret)
{
	marginal_own(&f->m, column, f->par, ret);
}

/* The column of an item; of two, the one at the same place. */
static size_t column_of(const struct fit *f, size_t item, size_t place)
{
	if (place < f->m.r.items && f->item[place] == item)
		return place;
	for (place = 0; f->item[place] != item;)
		place++;
	return place;
}

/* Begins where another model of these items ended. */
static void start_from(struct fit *f, const struct fit *before)
{
	for (size_t c = 0; c < f->m.r.items; c++)
		column_par(before, column_of(before, f->item[c], c), f->par + f->m.at[f->m.first[c]]);
	memcpy(f->par + f->m.pars, before->par + before->m.pars, 2 * sizeof *f->par);
}

/* ── what comes of it ── */

static struct irt_item column_item(const struct fit *f, size_t column)
{
	double own[PARS_MAX];
	column_par(f, column, own);
	return item_of_par(&f->m.form[column], own);
}

static void areas(struct dif_lr *r)
{
	const struct irt_item *i[2] = { &r->reference, &r->focal };
	double low = INFINITY, high = -INFINITY;
	if (!(r->reference.a * r->focal.a > 0) || fmin(fabs(r->reference.a), fabs(r->focal.a)) < FLAT)
		return;
	for (int side = 0; side < 2; side++)
		for (int k = 0; k < i[side]->categories - 1; k++) {
			low = fmin(low, i[side]->b[k] - REACH / fabs(i[side]->a));
			high = fmax(high, i[side]->b[k] + REACH / fabs(i[side]->a));
		}
	double width = (high - low) / AREA_STEPS;
	for (int n = 0; n <= AREA_STEPS; n++) {
		double off = irt_expected(i[1], low + n * width) - irt_expected(i[0], low + n * width);
		r->signed_area += width * off;
		r->unsigned_area += width * fabs(off);
	}
	r->areas_known = true;
}

static void effects(const struct fit *f, struct dif_lr *r)
{
	double sum[2] = { 0 }, square[2] = { 0 };
	for (size_t q = 0; q < NODES; q++) {
		double w = exp(f->weight[q]), e[2] = { irt_expected(&r->reference, f->m.nodes.theta[q]), irt_expected(&r->focal, f->m.nodes.theta[q]) };
		for (int side = 0; side < 2; side++) {
			sum[side] += w * e[side];
			square[side] += w * e[side] * e[side];
		}
		r->uids += w * fabs(e[1] - e[0]);
	}
	double variance = (square[0] - sum[0] * sum[0] + square[1] - sum[1] * sum[1]) / 2, share = r->uids / (r->focal.categories - 1);
	r->sids = sum[1] - sum[0];
	r->essd = variance > 1e-12 ? r->sids / sqrt(variance) : 0;
	r->size = !(r->p < 0.05) || share < 0.05 ? DIF_NEGLIGIBLE : share < 0.10 ? DIF_MODERATE : DIF_LARGE;
}

static void compare(const struct fit *equal, const struct fit *one_slope, const struct fit *free_, struct dif_lr *r)
{
	size_t last = free_->m.r.items - 1;
	r->uniform_df = free_->m.form[last].categories - 1;
	r->df = r->uniform_df + 1;
	r->uniform = fmax(0, 2 * (one_slope->loglik - equal->loglik));
	r->non_uniform = fmax(0, 2 * (free_->loglik - one_slope->loglik));
	r->g2 = r->uniform + r->non_uniform;
	r->p = chi_square_above(r->g2, r->df);
	r->uniform_p = chi_square_above(r->uniform, r->uniform_df);
	r->non_uniform_p = chi_square_above(r->non_uniform, 1);
	r->reference = column_item(free_, last - 1);
	r->focal = column_item(free_, last);
	r->mean = free_->par[free_->m.pars];
	r->sd = free_->par[free_->m.pars + 1];
	areas(r);
	effects(free_, r);
}

static void study_item(const struct study *s, size_t item, const struct fit *equal, struct dif_lr *r)
{
	struct fit *one_slope = ARENA_NEW(s->cx->arena, struct fit), *free_ = ARENA_NEW(s->cx->arena, struct fit);
	fit_begin(s, one_slope, ONE_SLOPE, item);
	start_from(one_slope, equal);
	bool settled = fit_settle(one_slope);
	fit_begin(s, free_, FREE, item);
	start_from(free_, one_slope);
	if (settled && fit_settle(free_) && fabs(column_item(free_, free_->m.r.items - 1).a) > 1e-3 && fabs(column_item(free_, free_->m.r.items - 2).a) > 1e-3)
		compare(equal, one_slope, free_, r);
	else
		r->why = N_("the estimates for the two groups do not settle: this item has too little to do with the others, or there are too few answers");
}

enum err dif_likelihood_ratio(struct ctx *cx, const struct responses *r, const bool *focal, const struct dif_options *o, const size_t *studied, size_t n,
			      struct dif_lr **ret)
{
	struct study s = { cx, r, focal, o, { 0 } };
	struct fit *equal = ARENA_NEW(cx->arena, struct fit);
	struct dif_lr *found = ARENA_ARRAY(cx->arena, struct dif_lr, n);
	size_t anchors = 0;
	bool fitted = false, settled = false;
	BUG_IF(o->model != IRT_2PL && o->model != IRT_GRM && o->model != IRT_GPCM);
	if (r->items >= ITEMS_MAX)
		return fail_msg(cx, ERR_INVALID, STR_NONE, N_("there are more than {max} items"), 1,
				(struct msg_arg[]){ { "max", str_fmt(cx->arena, "%d", ITEMS_MAX - 1) } });
	*ret = found;
	for (size_t i = 0; i < r->items; i++)
		anchors += is_anchor(&s, i, r->items);
	for (size_t k = 0; k < n; k++) {
		BUG_IF(studied[k] >= r->items);
		found[k].why = why_not(&s, studied[k]);
		if (!found[k].why && anchors - is_anchor(&s, studied[k], r->items) < ANCHORS_LEAST)
			found[k].why = N_("there are not two other items by which to tell who knows as much as whom");
		fitted |= !found[k].why;
	}
	for (size_t i = 0; fitted && i < r->items; i++)
		if (is_anchor(&s, i, r->items))
			TRY(check_anchor(&s, i));
	fitted = false;
	for (size_t k = 0; k < n; k++) {
		if (found[k].why)
			continue;
		struct arena_mark mark = arena_mark(cx->arena);
		if (!fitted) {
			fit_begin(&s, equal, EQUAL, studied[k]);
			settled = fit_settle(equal);
		}
		/* With all other items as anchors this model is the same for every item, and stays. */
		fitted = !o->anchors;
		mark = fitted ? arena_mark(cx->arena) : mark;
		if (settled)
			study_item(&s, studied[k], equal, &found[k]);
		else
			found[k].why =
				N_("the estimates for the two groups do not settle even with all items equal; leave out items that do not fit the others");
		arena_back(cx->arena, mark);
	}
	return OK;
}
