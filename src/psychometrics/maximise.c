/* Fisher's scoring for each item; see maximise.h. */
#include "psychometrics/maximise.h"
#include "psychometrics/matrix.h"
#include "psychometrics/parallel.h"

#include <math.h>

enum { STEPS = 5, HALVINGS = 12 };
#define STEP_MOST 1.0
#define STEP_LEAST 1e-6
#define SD_LEAST 0.02

/* Value, gradient and Fisher information of an item's part of the expected complete log-likelihood. */
struct view {
	double value, gradient[PARS_MAX], fisher[PARS_MAX * PARS_MAX];
};
struct step {
	struct marginal *m;
	const struct irt_prior *prior;
	const double *from;
	double *to;
	struct view *views;
};

double maximise_least(void)
{
	return log(C_LEAST / (1 - C_LEAST));
}

/* ── priors ── */

/* The slope of a Rasch model is one parameter: its prior counts once, with the first item. */
static bool has_slope(const struct item_form *f, size_t item)
{
	return f->model != IRT_RASCH || item == 0;
}

static double prior_value(const struct irt_prior *p, const struct item_form *f, const double *own, bool slope)
{
	double sum = 0;
	if (!(own[0] > 0))
		return -INFINITY;
	for (int k = 1; k < f->categories; k++) {
		double z = (-own[k] / own[0] - p->b_mean) / p->b_sd;
		sum -= 0.5 * z * z;
	}
	if (slope) {
		double z = (log(own[0]) - p->log_a_mean) / p->log_a_sd;
		sum -= log(own[0]) + 0.5 * z * z;
	}
	if (f->model == IRT_3PL)
		sum -= (p->c_alpha - 1) * log1p(exp(-own[2])) + (p->c_beta - 1) * log1p(exp(own[2]));
	return sum;
}

/* Gradient and Hessian by a, d and logit c. */
static void prior_bend(const struct irt_prior *p, const struct item_form *f, const double *own, bool slope, double *gradient, double *second)
{
	double a = own[0];
	for (int k = 1; k < f->categories; k++) {
		double b = -own[k] / a, weight = 1 / (p->b_sd * p->b_sd), off = (b - p->b_mean) * weight, by_a = -b / a, by_d = -1 / a;
		gradient[0] -= off * by_a;
		gradient[k] -= off * by_d;
		second[0] -= weight * by_a * by_a + off * 2 * b / (a * a);
		second[k] -= weight * by_a * by_d + off / (a * a);
		second[k * PARS_MAX] = second[k];
		second[k * PARS_MAX + k] -= weight * by_d * by_d;
	}
	if (slope) {
		double weight = 1 / (p->log_a_sd * p->log_a_sd), off = (log(a) - p->log_a_mean) * weight;
		gradient[0] -= (1 + off) / a;
		second[0] += (1 + off - weight) / (a * a);
	}
	if (f->model == IRT_3PL) {
		double c = 1 / (1 + exp(-own[2]));
		gradient[2] += (p->c_alpha - 1) * (1 - c) - (p->c_beta - 1) * c;
		second[2 * PARS_MAX + 2] -= (p->c_alpha + p->c_beta - 2) * c * (1 - c);
	}
}

double prior_log(const struct marginal *m, const struct irt_prior *prior, const double *par)
{
	double sum = 0, own[PARS_MAX];
	for (size_t i = 0; prior && i < m->r.items; i++) {
		marginal_own(m, i, par, own);
		sum += prior_value(prior, &m->form[i], own, has_slope(&m->form[i], i));
	}
	return sum;
}

void prior_add(const struct marginal *m, const struct irt_prior *prior, const double *par, double *gradient, double *information)
{
	double own[PARS_MAX];
	for (size_t i = 0; prior && i < m->r.items; i++) {
		double first[PARS_MAX] = { 0 }, second[PARS_MAX * PARS_MAX] = { 0 };
		const size_t *at = m->at + m->first[i];
		marginal_own(m, i, par, own);
		prior_bend(prior, &m->form[i], own, has_slope(&m->form[i], i), first, second);
		for (int k = 0; k < m->form[i].pars; k++) {
			gradient[at[k]] += first[k];
			for (int n = 0; information && n < m->form[i].pars; n++)
				information[at[k] * m->pars + at[n]] -= second[k * PARS_MAX + n];
		}
	}
}

/* ── one item ── */

static void look(const struct step *s, size_t i, const double *own, struct view *v)
{
	const struct marginal *m = s->m;
	const struct item_form *f = &m->form[i];
	double log_p[CATEGORIES_MAX], score[CATEGORIES_MAX * PARS_MAX], second[PARS_MAX * PARS_MAX] = { 0 };
	*v = (struct view){ 0 };
	for (size_t q = 0; q < NODES; q++) {
		double n = 0, weight;
		for (int k = 0; k < f->categories; k++)
			n += m->counts[(m->cell[i] + (size_t)k) * NODES + q];
		if (n < 1e-12)
			continue; /* nobody is there */
		item_log_p(f, own, m->nodes.theta[q], log_p);
		item_scores(f, own, m->nodes.theta[q], score, NULL);
		for (int ka = 0; ka < f->categories * f->pars; ka++) {
			int k = ka / f->pars, a = ka % f->pars;
			double count = m->counts[(m->cell[i] + (size_t)k) * NODES + q], sa = score[k * PARS_MAX + a];
			v->value += a ? 0 : count * log_p[k];
			v->gradient[a] += count * sa;
			weight = n * exp(log_p[k]) * sa;
			for (int b = 0; b <= a; b++)
				v->fisher[a * PARS_MAX + b] += weight * score[k * PARS_MAX + b];
		}
	}
	if (s->prior) {
		v->value += prior_value(s->prior, f, own, has_slope(f, i));
		prior_bend(s->prior, f, own, has_slope(f, i), v->gradient, second);
	}
	for (int a = 0; a < f->pars; a++) {
		double *diagonal = &v->fisher[a * PARS_MAX + a];
		*diagonal += fmax(0, -second[a * PARS_MAX + a]) + 1e-7 * (1 + *diagonal);
	}
}

static double step_scale(const double *step, int n)
{
	double most = 0;
	for (int k = 0; k < n; k++)
		most = fmax(most, fabs(step[k]));
	return most > STEP_MOST ? STEP_MOST / most : 1;
}

/* ret = from + scale × step, with c at or above its bound. */
static void go(const struct item_form *f, const double *from, const double *step, double scale, double *ret)
{
	for (int k = 0; k < f->pars; k++)
		ret[k] = from[k] + scale * step[k];
	if (f->model == IRT_3PL)
		ret[2] = fmax(ret[2], maximise_least());
}

/* Where the item's view says to go; a c at its bound that wants lower is let alone. */
static void direction(const struct item_form *f, const double *own, const struct view *v, double *ret)
{
	double matrix[PARS_MAX * PARS_MAX];
	int n = f->model == IRT_3PL && own[2] <= maximise_least() && v->gradient[2] < 0 ? 2 : f->pars;
	for (int k = 0; k < f->pars; k++)
		ret[k] = k < n ? v->gradient[k] : 0;
	for (int a = 0; a < n; a++)
		for (int b = 0; b <= a; b++)
			matrix[a * n + b] = v->fisher[a * PARS_MAX + b];
	if (matrix_factor(matrix, (size_t)n))
		matrix_solve(matrix, (size_t)n, ret);
}

static void maximise_item(void *at, size_t i, int thread)
{
	const struct step *s = at;
	const struct item_form *f = &s->m->form[i];
	double own[PARS_MAX], step[PARS_MAX], next[PARS_MAX];
	struct view now, then;
	(void)thread;
	if (marginal_is_fixed(s->m, i))
		return;
	marginal_own(s->m, i, s->from, own);
	look(s, i, own, &now);
	for (int n = 0, left = HALVINGS; n < STEPS; n++) {
		direction(f, own, &now, step);
		double scale = step_scale(step, f->pars);
		for (; left > 0; left--, scale /= 2) {
			go(f, own, step, scale, next);
			if (!item_form_good(f, next))
				continue;
			look(s, i, next, &then);
			if (then.value >= now.value)
				break;
		}
		if (left == 0)
			break;
		memcpy(own, next, sizeof own);
		now = then;
		if (step_scale(step, f->pars) == 1 && fabs(step[0]) + fabs(step[1]) + (f->pars > 2 ? fabs(step[2]) : 0) < STEP_LEAST)
			break;
	}
	for (int k = 0; k < f->pars; k++)
		s->to[s->m->at[s->m->first[i] + (size_t)k]] = own[k];
}

/* ── items with one slope ── */

static void look_item(void *at, size_t i, int thread)
{
	const struct step *s = at;
	double own[PARS_MAX];
	(void)thread;
	marginal_own(s->m, i, s->to, own);
	look(s, i, own, &s->views[i]);
}

static double look_all(struct step *s)
{
	double value = 0;
	parallel_run(s->m->threads, s->m->r.items, look_item, s);
	for (size_t i = 0; i < s->m->r.items; i++)
		value += s->views[i].value;
	return value;
}

/* The slope meets every difficulty, difficulties do not meet: the system is solved by taking them out one by one. */
static void direction_shared(const struct step *s, double *ret)
{
	double gradient = 0, fisher = 0;
	for (size_t i = 0; i < s->m->r.items; i++) {
		const struct view *v = &s->views[i];
		double ratio = v->fisher[PARS_MAX] / v->fisher[PARS_MAX + 1];
		gradient += v->gradient[0] - ratio * v->gradient[1];
		fisher += v->fisher[0] - ratio * v->fisher[PARS_MAX];
	}
	ret[0] = gradient / fisher;
	for (size_t i = 0; i < s->m->r.items; i++) {
		const struct view *v = &s->views[i];
		ret[i + 1] = (v->gradient[1] - v->fisher[PARS_MAX] * ret[0]) / v->fisher[PARS_MAX + 1];
	}
}

static void maximise_shared(struct step *s)
{
	size_t pars = s->m->pars;
	double *step = ARENA_ARRAY(s->m->arena, double, pars), *own = ARENA_ARRAY(s->m->arena, double, pars);
	memcpy(s->to, s->from, pars * sizeof *own);
	double value = look_all(s), most = 1;
	for (int n = 0, left = HALVINGS; n < STEPS && left > 0 && most > STEP_LEAST; n++) {
		memcpy(own, s->to, pars * sizeof *own);
		direction_shared(s, step);
		most = 0;
		for (size_t k = 0; k < pars; k++)
			most = fmax(most, fabs(step[k]));
		double scale = most > STEP_MOST ? STEP_MOST / most : 1, next = -INFINITY;
		for (; left > 0 && !(next >= value); left--, scale /= 2) {
			for (size_t k = 0; k < pars; k++)
				s->to[k] = own[k] + scale * step[k];
			next = look_all(s);
		}
		if (!(next >= value))
			memcpy(s->to, own, pars * sizeof *own);
		value = fmax(value, next);
	}
}

/* ── two items with one slope ── */

enum { PAIR_MAX = 2 * PARS_MAX - 1 };
/* Parameters of a pair: the slope, the intercepts of the first, those of the second. */
static size_t pair_place(size_t side, int k, int m)
{
	return k ? side * (size_t)m + (size_t)k : 0;
}

/* Value, gradient and Fisher information of both together. */
static double look_pair(const struct step *s, const size_t items[2], const double *own, double *gradient, double *fisher)
{
	const struct item_form *f = &s->m->form[items[0]];
	int m = f->pars - 1;
	size_t n = 2 * (size_t)m + 1;
	double value = 0;
	memset(gradient, 0, n * sizeof *gradient);
	memset(fisher, 0, n * n * sizeof *fisher);
	for (size_t side = 0; side < 2; side++) {
		double alone[PARS_MAX];
		struct view v;
		for (int k = 0; k <= m; k++)
			alone[k] = own[pair_place(side, k, m)];
		if (!item_form_good(f, alone))
			return -INFINITY;
		look(s, items[side], alone, &v);
		value += v.value;
		for (int k = 0; k <= m; k++) {
			gradient[pair_place(side, k, m)] += v.gradient[k];
			for (int j = 0; j <= k; j++)
				fisher[pair_place(side, k, m) * n + pair_place(side, j, m)] += v.fisher[k * PARS_MAX + j];
		}
	}
	return value;
}

void maximise_pair(struct marginal *marginal, size_t i, size_t j, const double *par, double *ret)
{
	struct step s = { .m = marginal };
	const size_t items[2] = { i, j };
	int m = marginal->form[i].pars - 1, left = HALVINGS;
	size_t n = 2 * (size_t)m + 1;
	double own[PAIR_MAX], next[PAIR_MAX], step[PAIR_MAX], unused[PAIR_MAX], fisher[PAIR_MAX * PAIR_MAX], spare[PAIR_MAX * PAIR_MAX];
	for (size_t side = 0; side < 2; side++)
		for (int k = 0; k <= m; k++)
			own[pair_place(side, k, m)] = par[marginal->at[marginal->first[items[side]] + (size_t)k]];
	for (int turn = 0; turn < STEPS && left > 0; turn++) {
		double value = look_pair(&s, items, own, step, fisher), then = -INFINITY;
		if (!matrix_factor(fisher, n))
			break;
		matrix_solve(fisher, n, step);
		double scale = step_scale(step, (int)n), most = 0;
		for (size_t k = 0; k < n; k++)
			most = fmax(most, fabs(step[k]));
		for (; left > 0 && !(then >= value); left--, scale /= 2) {
			for (size_t k = 0; k < n; k++)
				next[k] = own[k] + scale * step[k];
			then = look_pair(&s, items, next, unused, spare);
		}
		if (then >= value)
			memcpy(own, next, sizeof own);
		if (most < STEP_LEAST)
			break;
	}
	for (size_t side = 0; side < 2; side++)
		for (int k = 0; k <= m; k++)
			ret[marginal->at[marginal->first[items[side]] + (size_t)k]] = own[pair_place(side, k, m)];
}

/* ── mean and standard deviation of theta, when items are fixed ── */

/* The value of the fixed items' part; gradient and Fisher information by mean and sd. */
static double look_population(struct step *s, double gradient[2], double fisher[3])
{
	double value = 0;
	parallel_run(s->m->threads, s->m->r.items, look_item, s);
	memset(gradient, 0, 2 * sizeof *gradient);
	memset(fisher, 0, 3 * sizeof *fisher);
	for (size_t i = 0; i < s->m->r.items; i++) {
		const struct view *v = &s->views[i];
		int last = s->m->form[i].categories - 1;
		if (!marginal_is_fixed(s->m, i))
			continue;
		double a = s->m->fixed[i]->a;
		value += v->value;
		gradient[1] += a * v->gradient[0];
		fisher[2] += a * a * v->fisher[0];
		for (int k = 1; k <= last; k++) {
			gradient[0] += a * v->gradient[k];
			fisher[1] += a * a * v->fisher[k * PARS_MAX];
			for (int n = 1; n <= last; n++)
				fisher[0] += a * a * v->fisher[(k > n ? k : n) * PARS_MAX + (k > n ? n : k)];
		}
	}
	return value;
}

static void maximise_population(struct step *s)
{
	double *mean = &s->to[s->m->mean], *sd = &s->to[s->m->sd], gradient[2], fisher[3], unused[5];
	*mean = s->from[s->m->mean];
	*sd = s->from[s->m->sd];
	double value = look_population(s, gradient, fisher), was[2], next;
	for (int n = 0, left = HALVINGS; n < STEPS; n++) {
		double determinant = fisher[0] * fisher[2] - fisher[1] * fisher[1];
		if (!(determinant > 0))
			return;
		double step[2] = { (fisher[2] * gradient[0] - fisher[1] * gradient[1]) / determinant,
				   (fisher[0] * gradient[1] - fisher[1] * gradient[0]) / determinant };
		double scale = step_scale(step, 2);
		was[0] = *mean;
		was[1] = *sd;
		for (next = -INFINITY; left > 0 && !(next >= value); left--, scale /= 2) {
			*mean = was[0] + scale * step[0];
			*sd = was[1] + scale * step[1];
			next = *sd > SD_LEAST ? look_population(s, unused, unused + 2) : -INFINITY;
		}
		if (!(next >= value)) {
			*mean = was[0];
			*sd = was[1];
			return;
		}
		value = look_population(s, gradient, fisher);
		if (fabs(step[0]) + fabs(step[1]) < STEP_LEAST)
			return;
	}
}

void maximise(struct marginal *m, const struct irt_prior *prior, const double *par, double *ret)
{
	struct arena_mark mark = arena_mark(m->arena);
	struct step s = { .m = m, .prior = prior, .from = par, .to = ret };
	if (m->form[0].model == IRT_RASCH) {
		s.views = ARENA_ARRAY(m->arena, struct view, m->r.items);
		maximise_shared(&s);
	} else {
		parallel_run(m->threads, m->r.items, maximise_item, &s);
		s.views = m->fixed ? ARENA_ARRAY(m->arena, struct view, m->r.items) : NULL;
		if (m->fixed)
			maximise_population(&s);
	}
	arena_back(m->arena, mark);
}
