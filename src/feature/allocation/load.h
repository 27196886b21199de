/* How much work somebody has, and whether he is fit for it. Pure.
 *
 * A load is the minutes a week of all that is allotted to an officer, as a share of a working week. The week is taken as WEEK_MINUTES, 40 hours, which is what
 * the five-day week of central offices comes to (eight and a half hours a day with half an hour for lunch; DoPT O.M. of 21 May 1985). Above LOAD_OVER percent
 * somebody is over-, below LOAD_UNDER percent under-loaded. Both marks are a choice: estimates of hours are rough, so a tenth more is no finding, and who has
 * two days of five free can take on more. */
#ifndef FEATURE_LOAD_H
#define FEATURE_LOAD_H
#include "base/str.h"

enum { WEEK_MINUTES = 40 * 60, LOAD_OVER = 110, LOAD_UNDER = 60 };
enum { ALLOT_LEAST = 30, ALLOT_MOST = 60 * 60, ALLOT_USUAL = 4 * 60 }; /* minutes a week of one activity; ALLOT_USUAL: proposed when nobody has said any */

enum load_state { LOAD_LESS, LOAD_RIGHT, LOAD_MORE };
/* Percent of a working week, rounded to the nearest. */
int64_t load_percent(int64_t minutes);
/* "7.5" hours, to two places. */
struct str load_hours(struct arena *a, int64_t minutes);
/* By the minutes themselves, not by the rounded share. */
enum load_state load_state_of(int64_t minutes);
/* A week shared out evenly over n activities, in whole half hours, within ALLOT_LEAST and ALLOT_MOST. */
int64_t load_share(size_t n);

/* Whether somebody meets what an activity needs; the later in this list the worse. */
enum fit { FIT_FREE, FIT_MET, FIT_UNKNOWN, FIT_OPEN, FITS }; /* nothing is needed; every need is met; some is not known; some is known not to be met */
struct fit_words {
	const char *code, *words; /* for programs; N_() */
};
extern const struct fit_words fit_words[FITS];
/* One need: a level of a scale of n_levels against the sums of a person (psychometrics/estimate.h) on a day, by the rule by which gaps are counted
 * (feature/gap): met from a probability of MET on, not known without evidence beside own judgement. n, n_self: NONE without any evidence. */
enum fit fit_of(int64_t level, int64_t n_levels, int64_t weight, int64_t weighted, int64_t n, int64_t n_self, int64_t day);
/* Of several needs, begun with FIT_FREE. */
static inline enum fit fit_both(enum fit a, enum fit b)
{
	return a > b ? a : b;
}

/* Who could take an activity: of those who meet what it needs and would not be over-loaded by so many minutes more, the one with the least load; of equal
 * loads the first. n: nobody. */
struct taker {
	enum fit fit;
	int64_t minutes; /* that he has already */
};
size_t load_taker(const struct taker *v, size_t n, int64_t minutes);
#endif
