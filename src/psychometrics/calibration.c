/* From answers to items; see calibration.h. */
#include "psychometrics/calibration.h"
#include "psychometrics/marginal.h"
#include "psychometrics/matrix.h"
#include "psychometrics/maximise.h"
#include "psychometrics/parallel.h"
#include "psychometrics/squarem.h"

#include <math.h>

enum { EM_MOST = 500, NEWTON_MOST = 40, HALVINGS = 12 };
#define EM_NEAR 2e-3	 /* an EM step this small: Newton's method takes over */
#define NEWTON_NEAR 1e-7 /* a Newton step this small: there */
#define SAME_PLACE 1e-4	 /* the information need not be computed anew this near */
#define RUN_AWAY 25.0	 /* no slope, nor |a b|, of an item is meant to be larger */

const struct irt_prior irt_prior_usual = { 0, 0.5, 0, 2, 5, 17 };

struct work {
	struct ctx *cx;
	const struct calibration_options *o;
	struct marginal m;
	double people;
	double *par, *information, *gradient;
	bool *held; /* a c at its bound */
	struct marginal_sums sums;
	double value; /* log-likelihood and log prior at par */
	double change;
	int em_steps, newton_steps;
};

/* ── what cannot be calibrated ── */

static enum err about_item(struct work *w, size_t item, const char *text)
{
	struct str name = w->o->names ? w->o->names[item] : str_fmt(w->cx->arena, "%zu", item + 1);
	return fail_msg(w->cx, ERR_INVALID, name, text, 0, NULL);
}

static enum err check_fixed(struct work *w, size_t item, int most)
{
	const struct irt_item *i = w->m.fixed[item];
	if (i->model != w->o->model || most >= i->categories)
		return about_item(w, item, N_("the given parameters are of another model, or have fewer categories than there are answers"));
	w->m.form[item] = item_form_of(i->model, i->categories);
	return OK;
}

/* How often each category was given; checks that they are 0 … m, all used. */
static enum err check_item(struct work *w, size_t item)
{
	const struct responses *r = &w->m.r;
	bool used[CATEGORIES_MAX] = { false };
	int most = -1, n = 0;
	for (size_t row = 0; row < r->rows; row++) {
		int x = response_at(r, row, item);
		if (x == NOT_ANSWERED)
			continue;
		BUG_IF(x < 0 || x >= CATEGORIES_MAX);
		used[x] = true;
		most = x > most ? x : most;
	}
	for (int k = 0; k <= most; k++)
		n += used[k];
	if (marginal_is_fixed(&w->m, item))
		return check_fixed(w, item, most);
	if (n == 0)
		return about_item(w, item, N_("nobody answered this item; leave it out"));
	if (n == 1)
		return about_item(w, item, N_("everybody who answered this item gave the same answer, so it measures nothing; leave it out"));
	if (n <= most)
		return about_item(w, item,
				  N_("a category below the highest was given by nobody; number the categories from 0 without gaps, or put some together"));
	if (most > 1 && !irt_is_polytomous(w->o->model))
		return about_item(w, item, N_("this item has more than two categories; take the model grm or gpcm"));
	w->m.form[item] = item_form_of(w->o->model, most + 1);
	return OK;
}

static enum err check(struct work *w, const struct responses *r)
{
	size_t least = w->o->model == IRT_RASCH ? 2 : 3, parameters = w->o->fixed ? 2 : w->o->model == IRT_RASCH;
	struct arena *a = w->cx->arena;
	BUG_IF(w->o->fixed && (w->o->prior || w->o->model == IRT_RASCH));
	if (r->items > ITEMS_MAX)
		return fail_msg(w->cx, ERR_INVALID, STR_NONE, N_("there are more than {max} items"), 1,
				(struct msg_arg[]){ { "max", str_fmt(a, "%d", ITEMS_MAX) } });
	if (r->items < least)
		return fail_msg(w->cx, ERR_INVALID, STR_NONE, N_("this model needs at least {least} items"), 1,
				(struct msg_arg[]){ { "least", str_fmt(a, "%zu", least) } });
	w->m.r = responses_collapse(a, r);
	if (w->m.r.rows == 0)
		return fail(w->cx, ERR_INVALID, "", N_("nobody answered anything"));
	for (size_t i = 0; i < r->items; i++)
		TRY(check_item(w, i));
	for (size_t row = 0; row < w->m.r.rows; row++)
		w->people += response_weight(&w->m.r, row);
	for (size_t i = 0; i < r->items; i++)
		parameters += marginal_is_fixed(&w->m, i) ? 0 : (size_t)w->m.form[i].pars - (w->o->model == IRT_RASCH);
	struct msg_arg args[] = { { "people", str_fmt(a, "%.0f", w->people) }, { "parameters", str_fmt(a, "%zu", parameters) } };
	if (parameters > PARAMETERS_MAX)
		return fail_msg(w->cx, ERR_INVALID, STR_NONE, N_("{parameters} parameters are too many; calibrate fewer items at once"), 1, &args[1]);
	if (w->people < (double)parameters)
		return fail_msg(w->cx, ERR_INVALID, STR_NONE,
				N_("{people} people are too few for {parameters} parameters; take a simpler model, fewer items, or wait for more answers"), 2,
				args);
	return OK;
}

/* ── EM ── */

static bool good(const struct work *w, const double *par)
{
	double own[PARS_MAX];
	if (w->m.fixed && !(par[w->m.sd] > 0.01))
		return false;
	for (size_t i = 0; i < w->m.r.items; i++) {
		marginal_own(&w->m, i, par, own);
		if (!item_form_good(&w->m.form[i], own) || (w->o->prior && !(own[0] > 0)))
			return false;
	}
	return true;
}

static double expect(struct work *w, const double *par)
{
	w->sums = marginal_expect(&w->m, par);
	w->em_steps++;
	return w->sums.loglik + prior_log(&w->m, w->o->prior, par);
}

static void hold_c(const struct work *w, double *par)
{
	for (size_t i = 0; i < w->m.r.items; i++) {
		double *logit_c = par + w->m.at[w->m.first[i] + 2 % (size_t)w->m.form[i].pars];
		if (w->m.form[i].model == IRT_3PL && !marginal_is_fixed(&w->m, i))
			*logit_c = fmax(*logit_c, maximise_least());
	}
}

static double expect_at(void *of, const double *par)
{
	return expect(of, par);
}

static void maximise_at(void *of, const double *par, double *ret)
{
	struct work *w = of;
	maximise(&w->m, w->o->prior, par, ret);
}

static bool correct(void *of, double *par)
{
	hold_c(of, par);
	return good(of, par);
}

static void approach(struct work *w, double near, int most)
{
	struct arena_mark mark = arena_mark(w->cx->arena);
	struct squarem s = squarem_begin(w->cx->arena, w->m.pars, w, expect_at, maximise_at, correct);
	w->value = expect(w, w->par);
	for (int end = w->em_steps + most; w->em_steps < end;)
		if (squarem_cycle(&s, w->par, &w->value) < near)
			break;
	arena_back(w->cx->arena, mark);
}

/* ── Newton ── */

static void gradient(struct work *w)
{
	marginal_gradient(&w->m, w->par, w->gradient);
	prior_add(&w->m, w->o->prior, w->par, w->gradient, NULL);
	for (size_t i = 0; i < w->m.r.items; i++) {
		size_t c = w->m.at[w->m.first[i] + 2 % (size_t)w->m.form[i].pars];
		w->held[i] = w->m.form[i].model == IRT_3PL && !marginal_is_fixed(&w->m, i) && w->par[c] <= maximise_least() + 1e-9 && w->gradient[c] <= 0;
		if (w->held[i])
			w->gradient[c] = 0;
	}
}

/* The factor of the information into w->information. False: it is not positive definite. */
static bool inform(struct work *w)
{
	struct arena_mark mark = arena_mark(w->cx->arena);
	size_t n = w->m.pars;
	double *unused = ARENA_ARRAY(w->cx->arena, double, n);
	marginal_information(&w->m, w->par, w->information);
	prior_add(&w->m, w->o->prior, w->par, unused, w->information);
	for (size_t i = 0; i < w->m.r.items; i++) {
		size_t c = w->m.at[w->m.first[i] + 2 % (size_t)w->m.form[i].pars];
		for (size_t k = 0; w->held[i] && k < n; k++)
			w->information[c * n + k] = w->information[k * n + c] = k == c;
	}
	arena_back(w->cx->arena, mark);
	return matrix_factor(w->information, n);
}

/* Along the step as far as the value does not fall. False: nowhere. */
static bool walk(struct work *w, const double *step, double *room)
{
	double scale = 1, value;
	for (int left = HALVINGS; left > 0; left--, scale /= 2) {
		for (size_t k = 0; k < w->m.pars; k++)
			room[k] = w->par[k] + scale * step[k];
		hold_c(w, room);
		if (!good(w, room))
			continue;
		value = expect(w, room);
		if (value >= w->value - 1e-11 * fabs(w->value)) {
			w->change = squarem_distance(room, w->par, w->m.pars);
			memcpy(w->par, room, w->m.pars * sizeof *room);
			w->value = value;
			return true;
		}
	}
	w->value = expect(w, w->par);
	return false;
}

/* True: no parameter moves any more, and the information is that of this place. */
static bool newton(struct work *w)
{
	size_t n = w->m.pars;
	double *step = ARENA_ARRAY(w->cx->arena, double, n), *room = ARENA_ARRAY(w->cx->arena, double, n);
	double moved = INFINITY, last = INFINITY;
	while (w->newton_steps < NEWTON_MOST) {
		gradient(w);
		if (moved > SAME_PLACE || w->change > 0.1 * last) {
			if (!inform(w)) {
				approach(w, EM_NEAR / 100, 100);
				gradient(w);
				if (!inform(w))
					return false;
			}
			moved = 0;
		}
		last = w->change;
		memcpy(step, w->gradient, n * sizeof *step);
		matrix_solve(w->information, n, step);
		w->newton_steps++;
		if (!walk(w, step, room))
			return false;
		moved += w->change;
		if (w->change < NEWTON_NEAR && moved <= SAME_PLACE) {
			gradient(w);
			return true;
		}
	}
	return false;
}

/* ── results ── */

static enum err refuse_runaway(struct work *w, bool settled)
{
	double own[PARS_MAX];
	for (size_t i = 0; i < w->m.r.items; i++) {
		if (marginal_is_fixed(&w->m, i))
			continue;
		marginal_own(&w->m, i, w->par, own);
		for (int k = 0; k < w->m.form[i].categories; k++)
			if (!(fabs(own[k]) < RUN_AWAY))
				return about_item(w, i,
						  N_("the estimates run away: the answers fit a slope without end; take a simpler model or priors, or leave "
						     "the item out"));
		if (settled && fabs(own[0]) < 1e-3)
			return about_item(w, i, N_("this item has nothing to do with the others (its slope is 0), so it has no difficulty; leave it out"));
	}
	if (settled)
		return OK;
	return fail(w->cx, ERR_INVALID, "",
		    N_("the estimates do not settle: the answers do not determine them; take a simpler model or priors, or wait for more answers"));
}

/* What is estimated stands on the scale of t (theta = mean + sd t): there a and b are sd a and (b - mean) / sd. */
static struct irt_item item_on_theta(const struct work *w, size_t item)
{
	double own[PARS_MAX];
	marginal_own(&w->m, item, w->par, own);
	struct irt_item i = item_of_par(&w->m.form[item], own);
	if (!w->m.fixed)
		return i;
	if (w->m.fixed[item])
		return *w->m.fixed[item];
	i.a /= w->par[w->m.sd];
	for (int k = 0; k < i.categories - 1; k++)
		i.b[k] = w->par[w->m.mean] + w->par[w->m.sd] * i.b[k];
	return i;
}

/* Standard error of a figure with the derivative rate[k] by the parameter at[k]. */
static double error_of(const double *v, size_t stride, const size_t *at, const double *rate, size_t n)
{
	double sum = 0;
	for (size_t k = 0; k < n * n; k++)
		sum += rate[k / n] * rate[k % n] * v[at[k / n] * stride + at[k % n]];
	return sqrt(fmax(0, sum));
}

static void errors_of(const struct work *w, const double *v, size_t item, struct irt_errors *ret)
{
	const size_t *at = w->m.at + w->m.first[item];
	double own[PARS_MAX], sd = w->m.fixed ? w->par[w->m.sd] : 1;
	size_t n = w->m.fixed ? 4 : 2;
	if (marginal_is_fixed(&w->m, item))
		return;
	marginal_own(&w->m, item, w->par, own);
	ret->a = error_of(v, w->m.pars, (size_t[]){ at[0], w->m.sd }, (double[]){ 1 / sd, -own[0] / (sd * sd) }, n / 2);
	for (int k = 1; k < w->m.form[item].categories; k++) {
		double b = -own[k] / own[0];
		ret->b[k - 1] = error_of(v, w->m.pars, (size_t[]){ at[0], at[k], w->m.mean, w->m.sd }, (double[]){ -sd * b / own[0], -sd / own[0], 1, b }, n);
	}
	if (w->m.form[item].model == IRT_3PL && !w->held[item]) {
		double c = 1 / (1 + exp(-own[2]));
		ret->c = error_of(v, w->m.pars, &at[2], (double[]){ c * (1 - c) }, 1);
	}
}

static void result(struct work *w, struct calibration *ret)
{
	size_t items = w->m.r.items, n = w->m.pars;
	double *v = ARENA_ARRAY(w->cx->arena, double, n *n);
	*ret = (struct calibration){ .items = ARENA_ARRAY(w->cx->arena, struct irt_item, items),
				     .se = ARENA_ARRAY(w->cx->arena, struct irt_errors, items),
				     .c_at_bound = w->held,
				     .n_items = items,
				     .parameters = n,
				     .patterns = w->m.r.rows,
				     .people = w->people,
				     .loglik = w->sums.loglik,
				     .change = w->change,
				     .em_steps = w->em_steps,
				     .newton_steps = w->newton_steps };
	matrix_inverse(w->information, n, v);
	for (size_t i = 0; i < items; i++) {
		ret->items[i] = item_on_theta(w, i);
		errors_of(w, v, i, &ret->se[i]);
	}
	for (size_t k = 0; k < n; k++)
		ret->gradient = fmax(ret->gradient, fabs(w->gradient[k]));
	ret->sd = 1;
	if (w->m.fixed) {
		ret->mean = w->par[w->m.mean];
		ret->sd = w->par[w->m.sd];
		ret->mean_se = sqrt(v[w->m.mean * n + w->m.mean]);
		ret->sd_se = sqrt(v[w->m.sd * n + w->m.sd]);
	}
	ret->aic = -2 * ret->loglik + 2 * (double)n;
	ret->bic = -2 * ret->loglik + (double)n * log(w->people);
	double mean = w->sums.mean / w->people, spread = (w->sums.square - w->people * mean * mean) / (w->people - 1), error = w->sums.variance / w->people;
	ret->reliability = spread / (spread + error);
	ret->marginal_reliability = 1 - error;
}

enum err calibrate(struct ctx *cx, const struct responses *r, const struct calibration_options *o, struct calibration *ret)
{
	struct work w = { .cx = cx, .o = o };
	w.m.arena = cx->arena;
	w.m.fixed = o->fixed;
	w.m.threads = o->threads < 1 ? 1 : o->threads > THREADS_MAX ? THREADS_MAX : o->threads;
	TRY(check(&w, r));
	marginal_begin(&w.m);
	w.par = ARENA_ARRAY(cx->arena, double, w.m.pars);
	w.gradient = ARENA_ARRAY(cx->arena, double, w.m.pars);
	w.information = ARENA_ARRAY(cx->arena, double, w.m.pars *w.m.pars);
	w.held = ARENA_ARRAY(cx->arena, bool, w.m.r.items);
	marginal_start(&w.m, w.par);
	if (w.m.fixed)
		w.par[w.m.sd] = 1;
	approach(&w, EM_NEAR, EM_MOST);
	TRY(refuse_runaway(&w, newton(&w)));
	result(&w, ret);
	return OK;
}
