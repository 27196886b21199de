/* SQUAREM; see squarem.h. */
#include "psychometrics/squarem.h"

#include <math.h>
#include <string.h>

#define LONGEST_AT_FIRST 4.0

double squarem_distance(const double *a, const double *b, size_t n)
{
	double most = 0;
	for (size_t k = 0; k < n; k++)
		most = fmax(most, fabs(a[k] - b[k]));
	return most;
}

struct squarem squarem_begin(struct arena *a, size_t n, void *of, double (*value)(void *of, const double *at),
			     void (*next)(void *of, const double *at, double *ret), bool (*correct)(void *of, double *at))
{
	return (struct squarem){ n, of, value, next, correct, ARENA_ARRAY(a, double, 3 * n), LONGEST_AT_FIRST };
}

double squarem_cycle(struct squarem *s, double *at, double *value)
{
	size_t n = s->n;
	double *one = s->room, *two = one + n, *far = two + n, r2 = 0, v2 = 0;
	s->next(s->of, at, one);
	double size = squarem_distance(one, at, n), value_one = s->value(s->of, one);
	s->next(s->of, one, two);
	for (size_t k = 0; k < n; k++) {
		double r = one[k] - at[k], v = two[k] - one[k] - r;
		r2 += r * r;
		v2 += v * v;
	}
	double length = v2 > 0 ? sqrt(r2 / v2) : 1;
	length = fmin(fmax(length, 1), s->longest);
	if (length == s->longest)
		s->longest *= 4;
	for (size_t k = 0; k < n; k++) {
		double r = one[k] - at[k], v = two[k] - one[k] - r;
		far[k] = at[k] + 2 * length * r + length * length * v;
	}
	if (length > 1 && s->correct(s->of, far)) {
		*value = s->value(s->of, far);
		if (*value >= value_one) {
			memcpy(at, far, n * sizeof *far);
			return size;
		}
		s->longest = fmax(1, s->longest / 4);
	}
	memcpy(at, two, n * sizeof *two);
	*value = s->value(s->of, two);
	return size;
}
