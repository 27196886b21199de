/* Made-up people and items; see simulate.h. */
#include "psychometrics/simulate.h"

#include <math.h>

double simulate_uniform(struct simulation *s)
{
	s->seed ^= s->seed >> 12;
	s->seed ^= s->seed << 25;
	s->seed ^= s->seed >> 27;
	return (double)(s->seed * UINT64_C(2685821657736338717) >> 11) * 0x1p-53;
}

uint64_t simulate_bits_of(uint64_t seed, uint64_t thing)
{
	uint64_t z = seed + (thing + 1) * UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

double simulate_uniform_of(uint64_t seed, uint64_t thing)
{
	return (double)(simulate_bits_of(seed, thing) >> 11) * 0x1p-53;
}

/* Box and Muller 1958. */
double simulate_normal(struct simulation *s)
{
	double u = 1 - simulate_uniform(s), v = simulate_uniform(s);
	return sqrt(-2 * log(u)) * cos(2 * M_PI * v);
}

struct irt_item simulate_item(struct simulation *s, enum irt_model model, int categories)
{
	struct irt_item i = { .model = model, .categories = categories, .a = exp(0.1 + 0.3 * simulate_normal(s)) };
	double middle = simulate_normal(s) * (categories > 2 ? 0.5 : 1);
	if (model == IRT_RASCH)
		i.a = 1.2;
	for (int k = 0; k < categories - 1; k++)
		i.b[k] = middle + 0.8 * (k - (categories - 2) / 2.0) + (categories > 2 ? 0.2 * (simulate_uniform(s) - 0.5) : 0);
	if (model == IRT_3PL)
		i.c = 0.1 + 0.15 * simulate_uniform(s);
	return i;
}

int simulate_answer(struct simulation *s, const struct irt_item *i, double theta)
{
	double p[CATEGORIES_MAX], u = simulate_uniform(s);
	int k = 0;
	irt_probabilities(i, theta, p, NULL, NULL);
	while (k + 1 < i->categories && u >= p[k])
		u -= p[k++];
	return k;
}

struct responses simulate_responses(struct arena *a, struct simulation *s, const struct irt_item *items, size_t n, size_t people)
{
	int8_t *x = ARENA_ARRAY(a, int8_t, people * n);
	for (size_t row = 0; row < people; row++) {
		double theta = simulate_normal(s);
		for (size_t i = 0; i < n; i++)
			x[row * n + i] = (int8_t)simulate_answer(s, &items[i], theta);
	}
	return (struct responses){ people, n, x, NULL };
}
