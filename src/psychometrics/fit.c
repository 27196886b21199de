/* Fit of items and persons; see fit.h. */
#include "psychometrics/fit.h"
#include "psychometrics/distribution.h"
#include "psychometrics/nodes.h"

#include <math.h>

/* ── S-X² ── */

struct scores {
	const struct irt_item *items;
	size_t n, most; /* most: the highest total score */
	struct nodes nodes;
	double *p;	/* answer k to item i at node q: p[(i × CATEGORIES_MAX + k) × NODES + q] */
	double *whole;	/* (most + 1) × NODES: total scores of all items, times the weight of the node */
	double *others; /* the same without one item */
	double *room;
};

/* Adds an item to the distribution of total scores of those before it. */
static void add_item(const struct scores *s, size_t item, double *total, size_t *most)
{
	size_t up = (size_t)s->items[item].categories - 1;
	for (size_t score = *most + up + 1; score-- > 0;) {
		double *to = total + score * NODES;
		const double *p = s->p + item * CATEGORIES_MAX * NODES;
		for (size_t q = 0; q < NODES; q++)
			to[q] = score <= *most ? to[q] * p[q] : 0;
		for (size_t k = 1; k <= up && k <= score; k++)
			for (size_t q = 0; score - k <= *most && q < NODES; q++)
				to[q] += total[(score - k) * NODES + q] * p[k * NODES + q];
	}
	*most += up;
}

/* All items but one (without n: all). */
static void totals(const struct scores *s, size_t without, double *ret)
{
	size_t most = 0;
	for (size_t q = 0; q < NODES; q++)
		ret[q] = exp(s->nodes.log_weight[q]);
	for (size_t i = 0; i < s->n; i++)
		if (i != without)
			add_item(s, i, ret, &most);
}

static void scores_begin(struct scores *s, struct arena *a)
{
	double p[CATEGORIES_MAX];
	nodes_make(&s->nodes);
	s->p = ARENA_ARRAY(a, double, s->n *CATEGORIES_MAX *NODES);
	for (size_t i = 0; i < s->n; i++) {
		s->most += (size_t)s->items[i].categories - 1;
		for (size_t q = 0; q < NODES; q++) {
			irt_probabilities(&s->items[i], s->nodes.theta[q], p, NULL, NULL);
			for (size_t k = 0; k < (size_t)s->items[i].categories; k++)
				s->p[(i * CATEGORIES_MAX + k) * NODES + q] = p[k];
		}
	}
	s->whole = ARENA_ARRAY(a, double, (s->most + 1) * NODES);
	s->others = ARENA_ARRAY(a, double, (s->most + 1) * NODES);
	totals(s, s->n, s->whole);
}

/* One line for each total score: found and expected people with each answer. */
struct fit_table {
	double *found, *expected; /* (most + 1) × CATEGORIES_MAX */
};

static void count_found(const struct scores *s, const struct responses *r, size_t item, double *found, double *people)
{
	for (size_t row = 0; row < r->rows; row++) {
		size_t score = 0, i = 0;
		for (; i < s->n && response_at(r, row, i) != NOT_ANSWERED; i++)
			score += (size_t)response_at(r, row, i);
		if (i < s->n)
			continue;
		found[score * CATEGORIES_MAX + (size_t)response_at(r, row, item)] += response_weight(r, row);
		people[score] += response_weight(r, row);
	}
}

static void expect_answers(const struct scores *s, size_t item, const double *people, double *expected)
{
	for (size_t score = 0; score <= s->most; score++)
		for (size_t k = 0; k < (size_t)s->items[item].categories && k <= score; k++) {
			const double *p = s->p + (item * CATEGORIES_MAX + k) * NODES;
			bool possible = score - k + (size_t)s->items[item].categories - 1 <= s->most;
			double joint = possible ? nodes_dot(s->others + (score - k) * NODES, p) : 0, all = nodes_sum(s->whole + score * NODES);
			expected[score * CATEGORIES_MAX + k] = all > 0 ? people[score] * joint / all : 0;
		}
}

static bool line_is_thin(const double *expected, int categories)
{
	for (int k = 0; k < categories; k++)
		if (expected[k] < ITEM_FIT_LEAST)
			return true;
	return false;
}

static void line_move(const struct fit_table *t, size_t from, size_t to)
{
	for (size_t k = 0; k < CATEGORIES_MAX; k++) {
		t->found[to * CATEGORIES_MAX + k] += t->found[from * CATEGORIES_MAX + k];
		t->expected[to * CATEGORIES_MAX + k] += t->expected[from * CATEGORIES_MAX + k];
		t->found[from * CATEGORIES_MAX + k] = t->expected[from * CATEGORIES_MAX + k] = 0;
	}
}

/* Thin lines go to their neighbour towards the score where most people are; what is still thin there is settled by answer. */
static void thicken(const struct fit_table *t, int categories, size_t most, const double *people)
{
	size_t middle = 0;
	for (size_t score = 0; score <= most; score++)
		if (people[score] > people[middle])
			middle = score;
	for (size_t score = 0; score < middle; score++)
		if (line_is_thin(t->expected + score * CATEGORIES_MAX, categories))
			line_move(t, score, score + 1);
	for (size_t score = most; score > middle; score--)
		if (line_is_thin(t->expected + score * CATEGORIES_MAX, categories))
			line_move(t, score, score - 1);
}

/* Adds a line's share, neighbouring answers together until enough are expected; returns its free answers. */
static int line_add(const double *found, const double *expected, int categories, double *chi_square)
{
	double e = 0, o = 0, rest = 0;
	int cells = 0;
	for (int k = 0; k < categories; k++)
		rest += expected[k];
	if (!(rest > 0))
		return 0;
	for (int k = 0; k < categories; k++) {
		e += expected[k];
		o += found[k];
		rest -= expected[k];
		if (k + 1 < categories && (e < ITEM_FIT_LEAST || rest < ITEM_FIT_LEAST))
			continue;
		*chi_square += e > 0 ? (o - e) * (o - e) / e : 0;
		cells++;
		e = o = 0;
	}
	return cells - 1;
}

struct item_fit *item_fits(struct arena *a, const struct irt_item *items, size_t n, const struct responses *r)
{
	struct item_fit *ret = ARENA_ARRAY(a, struct item_fit, n);
	struct scores s = { .items = items, .n = n };
	scores_begin(&s, a);
	struct arena_mark mark = arena_mark(a);
	for (size_t i = 0; i < n; i++, arena_back(a, mark)) {
		struct fit_table t = { ARENA_ARRAY(a, double, (s.most + 1) * CATEGORIES_MAX), ARENA_ARRAY(a, double, (s.most + 1) * CATEGORIES_MAX) };
		double *people = ARENA_ARRAY(a, double, s.most + 1);
		int pars = items[i].model == IRT_RASCH ? 1 : item_form_of(items[i].model, items[i].categories).pars;
		totals(&s, i, s.others);
		count_found(&s, r, i, t.found, people);
		expect_answers(&s, i, people, t.expected);
		/* The lowest and the highest score leave no choice of answers. */
		people[0] = people[s.most] = 0;
		memset(t.found, 0, CATEGORIES_MAX * sizeof(double));
		memset(t.expected, 0, CATEGORIES_MAX * sizeof(double));
		memset(t.found + s.most * CATEGORIES_MAX, 0, CATEGORIES_MAX * sizeof(double));
		memset(t.expected + s.most * CATEGORIES_MAX, 0, CATEGORIES_MAX * sizeof(double));
		thicken(&t, items[i].categories, s.most, people);
		for (size_t score = 0; score <= s.most; score++)
			ret[i].df += line_add(t.found + score * CATEGORIES_MAX, t.expected + score * CATEGORIES_MAX, items[i].categories, &ret[i].chi_square);
		ret[i].df -= pars;
		ret[i].known = ret[i].df > 0;
		if (ret[i].known)
			ret[i].p = chi_square_above(ret[i].chi_square, ret[i].df);
		else
			ret[i] = (struct item_fit){ 0 };
	}
	return ret;
}

/* ── lz ── */

struct person_fit person_fit_of(const struct irt_item *items, size_t n, const int8_t *x, enum ability_method method)
{
	struct person_fit f = { .ability = ability_of(items, n, x, method == ABILITY_EAP ? ABILITY_MAP : method) };
	double theta = f.ability.theta, centred = 0, variance = 0, by_weight = 0, by_score = 0, information = 0, warm = 0, corrected = 0;
	double p[CATEGORIES_MAX], first[CATEGORIES_MAX], second[CATEGORIES_MAX];
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < n; i++) {
			double mean = 0, square = 0, mean_star = 0, square_star = 0, c = pass && by_score > 0 ? by_weight / by_score : 0;
			if (x[i] == NOT_ANSWERED)
				continue;
			irt_probabilities(&items[i], theta, p, first, second);
			for (int k = 0; k < items[i].categories; k++) {
				double w = log(fmax(p[k], 1e-300)), r = p[k] > 0 ? first[k] / p[k] : 0, star = w - c * r;
				mean += p[k] * w;
				square += p[k] * w * w;
				mean_star += p[k] * star;
				square_star += p[k] * star * star;
				by_weight += pass ? 0 : first[k] * w;
				by_score += pass ? 0 : first[k] * r;
				warm += pass ? 0 : r * second[k];
			}
			centred += pass ? 0 : log(fmax(p[x[i]], 1e-300)) - mean;
			variance += pass ? 0 : square - mean * mean;
			corrected += pass ? square_star - mean_star * mean_star : 0;
		}
	information = by_score;
	f.known = f.ability.known && f.ability.answered && variance > 1e-12 && corrected > 1e-12 && information > 0;
	if (!f.known)
		return f;
	/* The estimate solves score + r0 = 0. */
	double r0 = method == ABILITY_ML ? 0 : method == ABILITY_WLE ? warm / (2 * information) : -theta;
	f.lz = centred / sqrt(variance);
	f.lz_star = (centred + by_weight / by_score * r0) / sqrt(corrected);
	return f;
}

/* ── Q3 ── */

struct pair_sums {
	double n, x, y, xx, yy, xy;
};

double *item_q3(struct arena *a, const struct irt_item *items, size_t n, const struct responses *r)
{
	double *ret = ARENA_ARRAY(a, double, n *n);
	struct arena_mark mark = arena_mark(a);
	struct pair_sums *sums = ARENA_ARRAY(a, struct pair_sums, n * n);
	double *left = ARENA_ARRAY(a, double, n);
	for (size_t row = 0; row < r->rows; row++) {
		const int8_t *x = r->x + row * n;
		double w = response_weight(r, row), theta = ability_of(items, n, x, ABILITY_EAP).theta;
		for (size_t i = 0; i < n; i++)
			left[i] = x[i] == NOT_ANSWERED ? 0 : x[i] - irt_expected(&items[i], theta);
		for (size_t ij = 0; ij < n * n; ij++) {
			size_t i = ij / n, j = ij % n;
			if (j <= i || x[i] == NOT_ANSWERED || x[j] == NOT_ANSWERED)
				continue;
			struct pair_sums *s = &sums[ij];
			*s = (struct pair_sums){ s->n + w,
						 s->x + w * left[i],
						 s->y + w * left[j],
						 s->xx + w * left[i] * left[i],
						 s->yy + w * left[j] * left[j],
						 s->xy + w * left[i] * left[j] };
		}
	}
	for (size_t ij = 0; ij < n * n; ij++) {
		const struct pair_sums *s = &sums[ij];
		double xx = s->n * s->xx - s->x * s->x, yy = s->n * s->yy - s->y * s->y;
		if (s->n >= 3 && xx > 0 && yy > 0)
			ret[ij] = ret[ij % n * n + ij / n] = (s->n * s->xy - s->x * s->y) / sqrt(xx * yy);
		else if (ij / n == ij % n)
			ret[ij] = 1;
	}
	arena_back(a, mark);
	return ret;
}
