/* Mantel-Haenszel; see dif.h. */
#include "psychometrics/dif.h"
#include "psychometrics/distribution.h"

#include <math.h>

/* At one score: reference right and wrong, focal right and wrong. */
struct stratum {
	double a, b, c, d;
};

static struct stratum *strata_of(struct arena *arena, const struct responses *r, const bool *focal, size_t item)
{
	struct stratum *s = ARENA_ARRAY(arena, struct stratum, r->items * (CATEGORIES_MAX - 1) + 1);
	for (size_t row = 0; row < r->rows; row++) {
		size_t score = 0, i = 0;
		for (; i < r->items && response_at(r, row, i) != NOT_ANSWERED; i++)
			score += (size_t)response_at(r, row, i);
		if (i < r->items)
			continue;
		bool right = response_at(r, row, item) > 0;
		double *cell = focal[row] ? (right ? &s[score].c : &s[score].d) : right ? &s[score].a : &s[score].b;
		*cell += response_weight(r, row);
	}
	return s;
}

static char ets_class(double delta, double se, double p)
{
	if (fabs(delta) < 1 || !(p < 0.05))
		return 'A';
	return fabs(delta) >= 1.5 && fabs(delta) - 1.644854 * se > 1 ? 'C' : 'B';
}

struct dif dif_mantel_haenszel(struct arena *arena, const struct responses *r, const bool *focal, size_t item)
{
	struct arena_mark mark = arena_mark(arena);
	const struct stratum *s = strata_of(arena, r, focal, item);
	struct dif ret = { 0 };
	double above = 0, below = 0, found = 0, expected = 0, variance = 0, pr = 0, mixed = 0, qs = 0;
	for (size_t k = 0; k <= r->items * (CATEGORIES_MAX - 1); k++) {
		double n = s[k].a + s[k].b + s[k].c + s[k].d, reference = s[k].a + s[k].b, right = s[k].a + s[k].c;
		if (n < 2 || reference == 0 || reference == n || right == 0 || right == n)
			continue;
		double up = s[k].a * s[k].d / n, down = s[k].b * s[k].c / n, p = (s[k].a + s[k].d) / n;
		above += up;
		below += down;
		pr += p * up;
		mixed += p * down + (1 - p) * up;
		qs += (1 - p) * down;
		found += s[k].a;
		expected += reference * right / n;
		variance += reference * (n - reference) * right * (n - right) / (n * n * (n - 1));
	}
	arena_back(arena, mark);
	ret.known = above > 0 && below > 0 && variance > 0;
	if (!ret.known)
		return ret;
	double off = fmax(0, fabs(found - expected) - 0.5);
	ret.odds_ratio = above / below;
	ret.delta = -2.35 * log(ret.odds_ratio);
	ret.se = 2.35 * sqrt(pr / (2 * above * above) + mixed / (2 * above * below) + qs / (2 * below * below));
	ret.chi_square = off * off / variance;
	ret.p = chi_square_above(ret.chi_square, 1);
	ret.ets = ets_class(ret.delta, ret.se, ret.p);
	return ret;
}
