/* Levels out of evidence; see estimate.h. */
#include "psychometrics/estimate.h"

#include <math.h>

#define N_(text) text

enum { UNIT = 1000000 }; /* weights are in millionths */

const struct evidence_words evidence_kinds[EVIDENCE_KINDS] = {
#define EVIDENCE(code, name, words, reliability) [EVIDENCE_##code] = { name, words, reliability },
#include "psychometrics/evidence.def"
#undef EVIDENCE
};

enum evidence_kind evidence_kind_of(struct str code)
{
	int k = 0;
	while (k < EVIDENCE_KINDS && !str_is(code, evidence_kinds[k].code))
		k++;
	return (enum evidence_kind)k;
}

/* 1 / error² on a scale of three levels, in millionths; a constant expression, so that no library of another machine has a say in it. */
static const int64_t precision[EVIDENCE_KINDS] = {
#define EVIDENCE(code, name, words, reliability) [EVIDENCE_##code] = (int64_t)((double)UNIT * (reliability) / (SPREAD * SPREAD * (1 - (reliability))) + 0.5),
#include "psychometrics/evidence.def"
#undef EVIDENCE
};
static const int64_t prior_precision = (int64_t)((double)UNIT / (SPREAD * SPREAD) + 0.5);

/* 2^(2^j / 1024) as a fraction of 2^40, j = 0 … 9. */
static const int64_t root[] = { INT64_C(1100256140846), INT64_C(1101001158049), INT64_C(1102492706219), INT64_C(1105481867187), INT64_C(1111484524408),
				INT64_C(1123587797336), INT64_C(1148191166360), INT64_C(1199025932245), INT64_C(1307547050779), INT64_C(1554944255987) };

/* 2^(days / HALF_LIFE_DAYS) × value, rounded down; days may be negative. */
static int64_t grown(int64_t value, int64_t days)
{
	int64_t whole = days >> 10, part = days & 1023;
	__int128 factor = (__int128)1 << 40;
	for (int j = 0; j < 10; j++)
		if (part >> j & 1)
			factor = factor * root[j] >> 40;
	return (int64_t)(whole >= 0 ? value * factor << whole >> 40 : value * factor >> (40 - whole));
}

static int64_t clamped(int64_t days)
{
	return days < -ESTIMATE_DAYS_MAX ? -ESTIMATE_DAYS_MAX : days > ESTIMATE_DAYS_MAX ? ESTIMATE_DAYS_MAX : days;
}

struct evidence_sums evidence_sums(enum evidence_kind kind, int64_t day, int64_t value, int64_t n_levels)
{
	int64_t weight = grown(precision[kind], clamped(day - ESTIMATE_EPOCH));
	return (struct evidence_sums){ weight, weight * (value * 3 / n_levels) / 1000 };
}

/* On the scale of three levels. */
static struct estimate in_threes(double weight, double weighted)
{
	double total = (double)prior_precision + weight;
	return (struct estimate){ ((double)prior_precision + weighted) / total, sqrt((double)UNIT / total) };
}

static struct estimate stretched(struct estimate e, int64_t n_levels)
{
	double by = (double)n_levels / 3;
	return (struct estimate){ fmin(fmax(e.mean * by, 0), (double)n_levels), e.sd * by };
}

struct estimate estimate_of(int64_t weight, int64_t weighted, int64_t day, int64_t n_levels)
{
	double age = exp2(-(double)clamped(day - ESTIMATE_EPOCH) / HALF_LIFE_DAYS);
	return stretched(in_threes((double)weight * age, (double)weighted * age), n_levels);
}

struct estimate_band estimate_band(struct estimate e, int64_t n_levels)
{
	return (struct estimate_band){ fmax(0, e.mean - FOUR_IN_FIVE * e.sd), fmin((double)n_levels, e.mean + FOUR_IN_FIVE * e.sd) };
}

double estimate_reaches(struct estimate e, double level)
{
	return 0.5 * erfc((level - e.mean) / (e.sd * sqrt(2)));
}

static bool met_on(int64_t weight, int64_t weighted, int64_t day, int64_t n_levels, int64_t level)
{
	return estimate_reaches(estimate_of(weight, weighted, day, n_levels), (double)level) >= MET;
}

int64_t estimate_turns(int64_t weight, int64_t weighted, int64_t day, int64_t n_levels, int64_t level)
{
	int64_t last = ESTIMATE_EPOCH + ESTIMATE_DAYS_MAX, before = day, turned = last;
	bool now = met_on(weight, weighted, day, n_levels, level);
	if (day >= last || met_on(weight, weighted, last, n_levels, level) == now)
		return INT64_MIN;
	while (turned - before > 1) {
		int64_t middle = before + (turned - before) / 2;
		if (met_on(weight, weighted, middle, n_levels, level) == now)
			before = middle;
		else
			turned = middle;
	}
	return turned;
}

struct estimate estimate_with(int64_t weight, int64_t weighted, int64_t day, int64_t n_levels, enum evidence_kind kind, int64_t value)
{
	struct evidence_sums more = evidence_sums(kind, day, value, n_levels);
	return estimate_of(weight + more.weight, weighted + more.weighted, day, n_levels);
}
