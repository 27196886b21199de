/* Estimates of theta; see ability.h. */
#include "psychometrics/ability.h"
#include "psychometrics/nodes.h"

#include <math.h>

enum { GRID = 160 }; /* steps from -ABILITY_MOST to ABILITY_MOST */

struct answers {
	const struct irt_item *items;
	size_t n;
	const int8_t *x;
	enum ability_method method;
};

static double log_likelihood(const struct answers *s, double theta)
{
	double log_p[CATEGORIES_MAX], par[PARS_MAX], sum = 0;
	for (size_t i = 0; i < s->n; i++) {
		struct item_form f = item_form_of(s->items[i].model, s->items[i].categories);
		if (s->x[i] == NOT_ANSWERED)
			continue;
		item_par_of(&s->items[i], par);
		item_log_p(&f, par, theta, log_p);
		sum += log_p[s->x[i]];
	}
	return sum;
}

/* Sums over the answered items. */
struct slope {
	double score, curvature;  /* first and negative second derivative of the log-likelihood */
	double information, warm; /* I and J */
};
static struct slope slope_at(const struct answers *s, double theta)
{
	struct slope r = { 0 };
	for (size_t i = 0; i < s->n; i++) {
		double p[CATEGORIES_MAX], first[CATEGORIES_MAX], second[CATEGORIES_MAX];
		int x = s->x[i];
		if (x == NOT_ANSWERED)
			continue;
		irt_probabilities(&s->items[i], theta, p, first, second);
		for (int k = 0; k < s->items[i].categories; k++) {
			double share = p[k] > 0 ? first[k] / p[k] : 0;
			r.information += share * first[k];
			r.warm += share * second[k];
			if (k == x && p[k] > 0) {
				r.score += share;
				r.curvature += share * share - second[k] / p[k];
			}
		}
	}
	return r;
}

/* Zero at the estimate, positive below it. */
static double estimating(const struct answers *s, double theta)
{
	struct slope r = slope_at(s, theta);
	if (s->method == ABILITY_MAP)
		return r.score - theta;
	return s->method == ABILITY_WLE && r.information > 0 ? r.score + r.warm / (2 * r.information) : r.score;
}

static double grid_at(int g)
{
	return ABILITY_MOST * (2.0 * g / GRID - 1);
}

/* The place of the highest value on the grid. What Warm's method maximises has no closed form for all models, so its part is summed up (Simpson). */
static int highest(const struct answers *s)
{
	double best = -INFINITY, extra = 0, last = 0;
	int at = 0;
	for (int g = 0; g <= GRID; g++) {
		double theta = grid_at(g), value = log_likelihood(s, theta);
		if (s->method == ABILITY_MAP)
			value -= theta * theta / 2;
		if (s->method == ABILITY_WLE) {
			struct slope here = slope_at(s, theta), middle = slope_at(s, theta - ABILITY_MOST / GRID);
			double now = here.information > 0 ? here.warm / (2 * here.information) : 0;
			double half = middle.information > 0 ? middle.warm / (2 * middle.information) : 0;
			extra += g ? (last + 4 * half + now) / 6 * (2 * ABILITY_MOST / GRID) : 0;
			last = now;
			value += extra;
		}
		if (value > best) {
			best = value;
			at = g;
		}
	}
	return at;
}

/* Between two places with different signs: halving, for the function may bend as it likes there. */
static double root(const struct answers *s, double low, double high)
{
	for (int n = 0; n < 60 && high - low > 1e-12; n++) {
		double mid = (low + high) / 2;
		if (estimating(s, mid) > 0)
			low = mid;
		else
			high = mid;
	}
	return (low + high) / 2;
}

static struct ability by_mode(const struct answers *s, size_t answered)
{
	struct ability r = { .answered = answered, .known = true };
	int at = answered ? highest(s) : GRID / 2;
	/* Where the likelihood is flat to the last digit, its derivative still tells which way is up. */
	while (answered && at < GRID && estimating(s, grid_at(at + 1)) > 0)
		at++;
	while (answered && at > 0 && estimating(s, grid_at(at - 1)) < 0)
		at--;
	if (!answered || (at == 0 && estimating(s, -ABILITY_MOST) <= 0) || (at == GRID && estimating(s, ABILITY_MOST) >= 0)) {
		r.toward = !answered ? 0 : at ? 1 : -1;
		r.theta = r.toward * ABILITY_MOST;
		r.known = s->method == ABILITY_MAP && !answered;
		r.se = r.known;
		return r;
	}
	r.theta = root(s, grid_at(at ? at - 1 : 0), grid_at(at < GRID ? at + 1 : GRID));
	struct slope there = slope_at(s, r.theta);
	double prior = s->method == ABILITY_MAP;
	double information = s->method == ABILITY_WLE || !(there.curvature + prior > 1e-6) ? there.information + prior : there.curvature + prior;
	r.se = information > 0 ? 1 / sqrt(information) : 0;
	return r;
}

static struct ability by_mean(const struct answers *s, size_t answered)
{
	struct nodes nodes;
	double w[NODES], mean = 0, square = 0, sum;
	nodes_make(&nodes);
	for (size_t q = 0; q < NODES; q++)
		w[q] = nodes.log_weight[q] + log_likelihood(s, nodes.theta[q]);
	nodes_exp(w, nodes_max(w));
	sum = nodes_sum(w);
	mean = nodes_dot(w, nodes.theta) / sum;
	for (size_t q = 0; q < NODES; q++)
		square += w[q] / sum * (nodes.theta[q] - mean) * (nodes.theta[q] - mean);
	return (struct ability){ .theta = mean, .se = sqrt(square), .known = true, .answered = answered };
}

struct ability ability_of(const struct irt_item *items, size_t n, const int8_t *x, enum ability_method method)
{
	struct answers s = { items, n, x, method };
	size_t answered = 0;
	for (size_t i = 0; i < n; i++)
		answered += x[i] != NOT_ANSWERED;
	return method == ABILITY_EAP ? by_mean(&s, answered) : by_mode(&s, answered);
}
