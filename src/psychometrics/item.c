/* Response functions and their derivatives; see item.h. */
#include "psychometrics/item.h"

#include <math.h>
#include <string.h>

#define SCORE(k, m) ret_score[(k)*PARS_MAX + (m)]
#define SECOND(k, m, n) ret_second[((k)*PARS_MAX + (m)) * PARS_MAX + (n)]

static double logistic(double z)
{
	return 1 / (1 + exp(-z));
}

static double log_logistic(double z)
{
	return z > 0 ? -log1p(exp(-z)) : z - log1p(exp(z));
}

struct item_form item_form_of(enum irt_model model, int categories)
{
	return (struct item_form){ model, categories, model == IRT_3PL ? 3 : categories };
}

bool item_form_good(const struct item_form *f, const double *par)
{
	for (int m = 0; m < f->pars; m++)
		if (!isfinite(par[m]) || fabs(par[m]) > 200)
			return false;
	for (int m = 2; f->model == IRT_GRM && m < f->pars; m++)
		if (par[m - 1] - par[m] < 1e-6)
			return false;
	return true;
}

/* ── dichotomous ── */

static void binary_log_p(const struct item_form *f, const double *par, double theta, double *ret)
{
	double z = par[0] * theta + par[1];
	ret[0] = log_logistic(-z);
	ret[1] = log_logistic(z);
	if (f->model == IRT_3PL) {
		double c = logistic(par[2]);
		ret[0] += log1p(-c);
		ret[1] = log(c + (1 - c) * logistic(z));
	}
}

static void binary_scores(const double *par, double theta, double *ret_score, double *ret_second)
{
	double p = logistic(par[0] * theta + par[1]), v = p * (1 - p);
	for (int k = 0; k < 2; k++) {
		SCORE(k, 1) = k - p;
		SCORE(k, 0) = theta * (k - p);
	}
	for (int k = 0; ret_second && k < 2; k++) {
		SECOND(k, 0, 0) = -theta * theta * v;
		SECOND(k, 0, 1) = SECOND(k, 1, 0) = -theta * v;
		SECOND(k, 1, 1) = -v;
	}
}

/* By z = a theta + d first, then by the chain rule. */
static void guessing_scores(const double *par, double theta, double *ret_score, double *ret_second)
{
	double l = logistic(par[0] * theta + par[1]), c = logistic(par[2]), v = l * (1 - l), w = c * (1 - c), p = c + (1 - c) * l;
	double by_z[2] = { -l, (1 - c) * v / p }, by_g[2] = { -c, (1 - l) * w / p };
	double zz[2] = { -v, (1 - c) * v * (1 - 2 * l) / p - by_z[1] * by_z[1] };
	double zg[2] = { 0, -w * v / p - by_z[1] * by_g[1] };
	double gg[2] = { -w, (1 - l) * w * (1 - 2 * c) / p - by_g[1] * by_g[1] };
	for (int k = 0; k < 2; k++) {
		SCORE(k, 0) = theta * by_z[k];
		SCORE(k, 1) = by_z[k];
		SCORE(k, 2) = by_g[k];
	}
	for (int k = 0; ret_second && k < 2; k++) {
		SECOND(k, 0, 0) = theta * theta * zz[k];
		SECOND(k, 0, 1) = SECOND(k, 1, 0) = theta * zz[k];
		SECOND(k, 0, 2) = SECOND(k, 2, 0) = theta * zg[k];
		SECOND(k, 1, 1) = zz[k];
		SECOND(k, 1, 2) = SECOND(k, 2, 1) = zg[k];
		SECOND(k, 2, 2) = gg[k];
	}
}

/* ── graded response ── */

/* P(k) = s(z_k) - s(z_{k+1}) = s(z_k) s(-z_{k+1}) (1 - exp(z_{k+1} - z_k)): products, so that nothing is lost where both are near 0 or 1. */
static void graded_log_p(const struct item_form *f, const double *par, double theta, double *ret)
{
	for (int k = 0; k < f->categories; k++) {
		double lower = par[0] * theta + (k ? par[k] : 0), upper = par[0] * theta + (k + 1 < f->categories ? par[k + 1] : 0);
		ret[k] = k ? log_logistic(lower) : 0;
		if (k + 1 < f->categories)
			ret[k] += log_logistic(-upper);
		if (k && k + 1 < f->categories)
			ret[k] += log(-expm1(upper - lower));
	}
}

/* The two boundaries of category k: slope of s(z) over P(k), and 1 - 2 s(z). 0 where there is none. */
static void graded_bounds(const struct item_form *f, const double *par, double theta, int k, double rate[2], double bend[2])
{
	double z = par[0] * theta;
	bool has_lower = k > 0, has_upper = k + 1 < f->categories;
	double lower = has_lower ? logistic(z + par[k]) : 1, upper = has_upper ? logistic(z + par[k + 1]) : 0;
	double gap = has_lower && has_upper ? -expm1(par[k + 1] - par[k]) : 1;
	rate[0] = has_lower ? logistic(-z - par[k]) / ((has_upper ? logistic(-z - par[k + 1]) : 1) * gap) : 0;
	rate[1] = has_upper ? upper / (lower * gap) : 0;
	bend[0] = 1 - 2 * lower;
	bend[1] = 1 - 2 * upper;
}

static void graded_scores(const struct item_form *f, const double *par, double theta, double *ret_score, double *ret_second)
{
	for (int k = 0; k < f->categories; k++) {
		double rate[2], bend[2];
		graded_bounds(f, par, theta, k, rate, bend);
		for (int m = 0; m < f->pars; m++)
			SCORE(k, m) = 0;
		SCORE(k, 0) = theta * (rate[0] - rate[1]);
		if (k)
			SCORE(k, k) = rate[0];
		if (k + 1 < f->categories)
			SCORE(k, k + 1) = -rate[1];
		if (!ret_second)
			continue;
		double first = rate[0] * bend[0], next = rate[1] * bend[1];
		for (int m = 0; m < f->pars; m++)
			for (int n = 0; n < f->pars; n++)
				SECOND(k, m, n) = -SCORE(k, m) * SCORE(k, n);
		SECOND(k, 0, 0) += theta * theta * (first - next);
		for (int side = 0; side < 2; side++) {
			int m = k + side;
			if (m == 0 || m == f->categories)
				continue;
			double curve = side ? -next : first;
			SECOND(k, m, m) += curve;
			SECOND(k, 0, m) += theta * curve;
			SECOND(k, m, 0) += theta * curve;
		}
	}
}

/* ── generalised partial credit ── */

static void partial_log_p(const struct item_form *f, const double *par, double theta, double *ret)
{
	double most = 0, sum = 0;
	ret[0] = 0;
	for (int k = 1; k < f->categories; k++) {
		ret[k] = ret[k - 1] + par[0] * theta + par[k];
		most = fmax(most, ret[k]);
	}
	for (int k = 0; k < f->categories; k++)
		sum += exp(ret[k] - most);
	for (int k = 0; k < f->categories; k++)
		ret[k] -= most + log(sum);
}

static void partial_scores(const struct item_form *f, const double *par, double theta, double *ret_score, double *ret_second)
{
	double log_p[CATEGORIES_MAX], above[CATEGORIES_MAX + 1] = { 0 }, k_above[CATEGORIES_MAX + 1] = { 0 }, square = 0;
	partial_log_p(f, par, theta, log_p);
	for (int k = f->categories - 1; k >= 0; k--) {
		double p = exp(log_p[k]);
		above[k] = above[k + 1] + p; /* P(at least k) */
		k_above[k] = k_above[k + 1] + k * p;
		square += k * k * p;
	}
	double mean = k_above[0];
	for (int k = 0; k < f->categories; k++) {
		SCORE(k, 0) = theta * (k - mean);
		for (int m = 1; m < f->pars; m++)
			SCORE(k, m) = (k >= m) - above[m];
	}
	for (int k = 0; ret_second && k < f->categories; k++) {
		SECOND(k, 0, 0) = -theta * theta * (square - mean * mean);
		for (int m = 1; m < f->pars; m++) {
			SECOND(k, 0, m) = SECOND(k, m, 0) = -theta * (k_above[m] - mean * above[m]);
			for (int n = 1; n < f->pars; n++)
				SECOND(k, m, n) = above[m] * above[n] - above[m > n ? m : n];
		}
	}
}

void item_log_p(const struct item_form *f, const double *par, double theta, double *ret)
{
	if (f->model == IRT_GRM)
		graded_log_p(f, par, theta, ret);
	else if (f->model == IRT_GPCM)
		partial_log_p(f, par, theta, ret);
	else
		binary_log_p(f, par, theta, ret);
}

void item_scores(const struct item_form *f, const double *par, double theta, double *ret_score, double *ret_second)
{
	if (f->model == IRT_GRM)
		graded_scores(f, par, theta, ret_score, ret_second);
	else if (f->model == IRT_GPCM)
		partial_scores(f, par, theta, ret_score, ret_second);
	else if (f->model == IRT_3PL)
		guessing_scores(par, theta, ret_score, ret_second);
	else
		binary_scores(par, theta, ret_score, ret_second);
}

void item_par_of(const struct irt_item *i, double *ret_par)
{
	ret_par[0] = i->a;
	for (int k = 1; k < i->categories; k++)
		ret_par[k] = -i->a * i->b[k - 1];
	if (i->model == IRT_3PL)
		ret_par[2] = log(i->c / (1 - i->c));
}

struct irt_item item_of_par(const struct item_form *f, const double *par)
{
	struct irt_item i = { .model = f->model, .categories = f->categories, .a = par[0] };
	for (int k = 1; k < f->categories; k++)
		i.b[k - 1] = -par[k] / par[0];
	i.c = f->model == IRT_3PL ? logistic(par[2]) : 0;
	return i;
}

/* ── by theta ── */

/* s(z) and its two derivatives by theta, where z = a (theta - b). */
static void boundary(double a, double b, double theta, double ret[3])
{
	double p = logistic(a * (theta - b)), v = logistic(-a * (theta - b)) * p;
	ret[0] = p;
	ret[1] = a * v;
	ret[2] = a * a * v * (1 - 2 * p);
}

static void graded_by_theta(const struct irt_item *i, double theta, double (*ret)[CATEGORIES_MAX])
{
	struct item_form f = item_form_of(i->model, i->categories);
	double lower[3] = { 1, 0, 0 }, upper[3], par[PARS_MAX];
	for (int k = 0; k < i->categories; k++) {
		memset(upper, 0, sizeof upper);
		if (k + 1 < i->categories)
			boundary(i->a, i->b[k], theta, upper);
		for (int d = 1; d < 3; d++)
			ret[d][k] = lower[d] - upper[d];
		memcpy(lower, upper, sizeof lower);
	}
	item_par_of(i, par);
	graded_log_p(&f, par, theta, ret[0]);
	for (int k = 0; k < i->categories; k++)
		ret[0][k] = exp(ret[0][k]);
}

/* log P(k) has the derivative a (k - E), and E the derivative a Var. */
static void partial_by_theta(const struct irt_item *i, double theta, double (*ret)[CATEGORIES_MAX])
{
	struct item_form f = item_form_of(i->model, i->categories);
	double par[PARS_MAX], mean = 0, square = 0;
	item_par_of(i, par);
	partial_log_p(&f, par, theta, ret[0]);
	for (int k = 0; k < i->categories; k++) {
		ret[0][k] = exp(ret[0][k]);
		mean += k * ret[0][k];
		square += k * k * ret[0][k];
	}
	for (int k = 0; k < i->categories; k++) {
		double slope = i->a * (k - mean);
		ret[1][k] = ret[0][k] * slope;
		ret[2][k] = ret[0][k] * (slope * slope - i->a * i->a * (square - mean * mean));
	}
}

static void binary_by_theta(const struct irt_item *i, double theta, double (*ret)[CATEGORIES_MAX])
{
	double p[3];
	boundary(i->a, i->b[0], theta, p);
	for (int d = 0; d < 3; d++) {
		ret[d][1] = (d ? 0 : i->c) + (1 - i->c) * p[d];
		ret[d][0] = -ret[d][1];
	}
	ret[0][0] = (1 - i->c) * logistic(-i->a * (theta - i->b[0]));
}

void irt_probabilities(const struct irt_item *i, double theta, double *ret, double *ret_first, double *ret_second)
{
	double p[3][CATEGORIES_MAX], *out[3] = { ret, ret_first, ret_second };
	if (i->model == IRT_GRM)
		graded_by_theta(i, theta, p);
	else if (i->model == IRT_GPCM)
		partial_by_theta(i, theta, p);
	else
		binary_by_theta(i, theta, p);
	for (int d = 0; d < 3; d++)
		for (int k = 0; out[d] && k < i->categories; k++)
			out[d][k] = p[d][k];
}

double irt_expected(const struct irt_item *i, double theta)
{
	double p[CATEGORIES_MAX], sum = 0;
	irt_probabilities(i, theta, p, NULL, NULL);
	for (int k = 1; k < i->categories; k++)
		sum += k * p[k];
	return sum;
}

double irt_information(const struct irt_item *i, double theta)
{
	double p[CATEGORIES_MAX], first[CATEGORIES_MAX], sum = 0;
	irt_probabilities(i, theta, p, first, NULL);
	for (int k = 0; k < i->categories; k++)
		if (p[k] > 0)
			sum += first[k] * first[k] / p[k];
	return sum;
}
