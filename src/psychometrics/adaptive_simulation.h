/* What a planned adaptive test would do: made-up people take it, and what it says of them is held against what they are.
 *
 * People answer as the items' models say, so this shows the plan and the bank, not whether the models are true. Time is no matter here.
 *
 * Two sets of people: `people` of the population, theta ~ N(0, 1), from whom all figures are but those of struct adaptive_place; and as many at each of a
 * row of thetas. Results are the same bits for the same seed and any number of threads. */
#ifndef PSYCHOMETRICS_ADAPTIVE_SIMULATION_H
#define PSYCHOMETRICS_ADAPTIVE_SIMULATION_H
#include "psychometrics/adaptive.h"

enum { SIMULATED_PEOPLE_MAX = 100000, SIMULATED_PLACES_MAX = 121 };

struct adaptive_simulation_options {
	size_t people;	      /* 1 … SIMULATED_PEOPLE_MAX */
	const double *thetas; /* finite */
	size_t n_thetas;      /* at most SIMULATED_PLACES_MAX; 0: -3, -2.5 … 3 */
	uint64_t seed;
	int threads; /* 1 … 16 */
};
/* Everybody whose theta is the same. Error: the estimate less theta. */
struct adaptive_place {
	double theta, bias, rmse, length, se; /* means; se: as the test itself gives it */
	double passed;			      /* share; 0 when the plan does not classify */
};
struct adaptive_simulation {
	size_t people;
	double bias, rmse, se; /* se: root of the mean of squares, to be held against rmse */
	double length_mean, length_sd;
	size_t length_min, length_max;
	double stopped[ADAPTIVE_STOPS];		    /* shares by the reason */
	double *exposure;			    /* of each item: share of people who got it; in the arena */
	double exposure_max, exposure_mean, unused; /* unused: share of the items that nobody got */
	double overlap;	    /* of two people's tests: expected number of items in both, over the mean length (Chen, Ankenmann and Spray 2003, Journal of
			     * Educational Measurement 40) */
	double content_met; /* share of tests whose parts have all less than one item more or less than their share; 1 without a blueprint */
	struct adaptive_place *places;
	size_t n_places;
	double accuracy, false_pass, false_fail; /* shares of all people; 0 when the plan does not classify. Pass level counts as passed */
};
/* bank and plan as for a session, the plan checked. In the arena. */
struct adaptive_simulation adaptive_simulate(struct arena *a, const struct adaptive_bank *b, const struct adaptive_plan *p,
					     const struct adaptive_simulation_options *o);

/* The k of adaptive.h with which no item is given to more than `rate` (above 0, at most 1) of the people: Sympson and Hetter's rounds of simulation with
 * k = min(1, rate / share of people for whom the item was selected). After EXPOSURE_FIRST rounds that share is the mean of the rounds since (Robbins and
 * Monro 1951, Annals of Mathematical Statistics 22), so that the chance of one round does not stay in k.
 *
 * In a last round with other people the greatest exposure of all items is measured; held: it is within four standard deviations of a simulated share of
 * the rate (of hundreds of items some come to three by chance). No bank can do with less than mean length / number of items; k is then still what brings it
 * nearest. Of the options people, seed and threads count; the plan's own k does not. */
enum { EXPOSURE_ROUNDS = 20, EXPOSURE_FIRST = 6 };
struct adaptive_exposure {
	double *k; /* in the arena */
	double greatest;
	bool held;
};
struct adaptive_exposure adaptive_exposure(struct arena *a, const struct adaptive_bank *b, const struct adaptive_plan *p, double rate,
					   const struct adaptive_simulation_options *o);
#endif
