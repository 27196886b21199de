/* Loads and fits; see load.h. */
#include "feature/allocation/load.h"
#include "base/err.h"
#include "base/field.h"
#include "feature/gap/gap.h"

int64_t load_percent(int64_t minutes)
{
	return (minutes * 100 + WEEK_MINUTES / 2) / WEEK_MINUTES;
}

struct str load_hours(struct arena *a, int64_t minutes)
{
	return str_fmt(a, "%g", (double)((minutes * 100 + 30) / 60) / 100);
}

enum load_state load_state_of(int64_t minutes)
{
	int64_t hundredths = minutes * 100;
	return hundredths > LOAD_OVER * (int64_t)WEEK_MINUTES ? LOAD_MORE : hundredths < LOAD_UNDER * (int64_t)WEEK_MINUTES ? LOAD_LESS : LOAD_RIGHT;
}

int64_t load_share(size_t n)
{
	int64_t share = n ? WEEK_MINUTES / (int64_t)n / 30 * 30 : WEEK_MINUTES;
	return share < ALLOT_LEAST ? ALLOT_LEAST : share > ALLOT_MOST ? ALLOT_MOST : share;
}

const struct fit_words fit_words[FITS] = {
	[FIT_FREE] = { "free", N_("nothing needed") },
	[FIT_MET] = { "met", N_("meets what is needed") },
	[FIT_UNKNOWN] = { "unknown", N_("not known") },
	[FIT_OPEN] = { "open", N_("to be learned") },
};

enum fit fit_of(int64_t level, int64_t n_levels, int64_t weight, int64_t weighted, int64_t n, int64_t n_self, int64_t day)
{
	enum gap_state state = n == NONE ? GAP_UNKNOWN : gap_state_of(level, n_levels, n, n_self, weight, weighted, day);
	return state == GAP_MET ? FIT_MET : state == GAP_OPEN ? FIT_OPEN : FIT_UNKNOWN;
}

size_t load_taker(const struct taker *v, size_t n, int64_t minutes)
{
	size_t best = n;
	for (size_t i = 0; i < n; i++)
		if (v[i].fit <= FIT_MET && load_state_of(v[i].minutes + minutes) != LOAD_MORE && (best == n || v[i].minutes < v[best].minutes))
			best = i;
	return best;
}
