/* Figures of groups; see groups.h. */
#include "feature/exam_report/groups.h"
#include "psychometrics/distribution.h"

#include <math.h>

void scores_add(struct scores *t, double percent, bool passed)
{
	int64_t band = (int64_t)(percent * GROUP_BANDS / 100);
	t->n++;
	t->passed += passed;
	t->sum += percent;
	t->squares += percent * percent;
	t->band[band < 0 ? 0 : band >= GROUP_BANDS ? GROUP_BANDS - 1 : band]++;
}

void scores_join(struct scores *t, const struct scores *other)
{
	t->n += other->n;
	t->passed += other->passed;
	t->sum += other->sum;
	t->squares += other->squares;
	for (int i = 0; i < GROUP_BANDS; i++)
		t->band[i] += other->band[i];
}

double scores_mean(const struct scores *t)
{
	return t->n ? t->sum / (double)t->n : 0;
}

/* Sum of squares about the mean. */
static double spread(const struct scores *t)
{
	double s = t->n ? t->squares - t->sum * t->sum / (double)t->n : 0;
	return s > 0 ? s : 0;
}

struct span scores_mean_span(const struct scores *t)
{
	if (t->n < 2)
		return (struct span){ 0, 100 };
	double n = (double)t->n, half = sqrt(f_quantile(0.95, 1, n - 1) * spread(t) / (n - 1) / n), mean = scores_mean(t);
	return (struct span){ fmax(0, mean - half), fmin(100, mean + half) };
}

struct span scores_pass_span(const struct scores *t)
{
	const double z = 1.959964;
	if (!t->n)
		return (struct span){ 0, 1 };
	double n = (double)t->n, p = (double)t->passed / n, middle = (p + z * z / (2 * n)) / (1 + z * z / n);
	double half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n));
	return (struct span){ fmax(0, middle - half), fmin(1, middle + half) };
}

double scores_chance(const struct scores *v, size_t n)
{
	struct scores all = { 0 };
	double within = 0, groups = 0;
	for (size_t i = 0; i < n; i++) {
		scores_join(&all, &v[i]);
		within += spread(&v[i]);
		groups += v[i].n > 0;
	}
	double d1 = groups - 1, d2 = (double)all.n - groups, between = spread(&all) - within;
	if (d1 < 1 || d2 < 1 || !(within > 1e-9))
		return 1;
	double f = fmax(0, between) / d1 / (within / d2);
	return beta_below(d2 / (d2 + d1 * f), d2 / 2, d1 / 2);
}

/* The smallest group that is still shown; n: none. */
static size_t smallest_shown(const int64_t *people, size_t n, const bool *hidden)
{
	size_t least = n;
	for (size_t i = 0; i < n; i++)
		if (people[i] > 0 && !hidden[i] && (least == n || people[i] < people[least]))
			least = i;
	return least;
}

void groups_hide(const int64_t *people, size_t n, bool *hidden)
{
	int64_t left_out = 0;
	size_t groups = 0;
	for (size_t i = 0; i < n; i++) {
		hidden[i] = people[i] > 0 && people[i] < GROUP_LEAST;
		left_out += hidden[i] ? people[i] : 0;
		groups += hidden[i];
	}
	while (groups && (groups == 1 || left_out < GROUP_LEAST)) {
		size_t next = smallest_shown(people, n, hidden);
		if (next == n)
			return;
		hidden[next] = true;
		left_out += people[next];
		groups++;
	}
}
