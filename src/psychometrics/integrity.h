/* What in the answers of people asks for a closer look: two who answer more alike than chance allows, who are faster than the questions can be read.
 *
 * None of this proves anything of anybody, and nothing here decides: every figure comes with the probability p that honest work gives as much or more,
 * and with how many such cases are expected by chance among as many people or pairs, so that whoever reads it knows how little a small one says. */
#ifndef PSYCHOMETRICS_INTEGRITY_H
#define PSYCHOMETRICS_INTEGRITY_H
#include "psychometrics/item.h"

/* How many cases like this chance alone gives among n people or pairs. */
static inline double expected_by_chance(double p, size_t n)
{
	return p * (double)n;
}
/* Holm 1979, Scandinavian Journal of Statistics 6: p of n ascending tests, corrected so that the chance of even one false alarm among all is below the level
 * at which one looks, however they hang together. ret may be p. */
void holm_correct(const double *p, size_t n, double *ret);
/* That of independent events with these probabilities at least k happen (generalised binomial distribution), by its recursion. */
double at_least(struct arena *a, const double *p, size_t n, size_t k);

/* ── answers of two people ── */

/* Questions with options: what each person chose, 0 … CATEGORIES_MAX - 1, or NOT_ANSWERED; and the right option of each. */
struct choices {
	size_t people, items;
	const int8_t *chosen; /* people × items, person after person */
	const int8_t *key;
};
/* How likely each person is to choose each option: p[(person × items + item) × CATEGORIES_MAX + option]. In the arena. */
struct chances {
	double *p;
};
/* Without calibrated items: the right option by the classical difficulty of the item and the own score, put together as by Rasch (each item's expected number
 * of right answers and each person's expected score are those that were found; Wright and Panchapakesan 1969, Educational and Psychological Measurement 29);
 * wrong ones by their shares among those who were wrong in the person's group. Groups are of neighbouring scores and of at least CHANCE_GROUP people, at most
 * five; equal scores stay together. To a group CHANCE_PRIOR people are added who choose as all do, so that nothing is impossible. */
enum { CHANCE_GROUP = 30, CHANCE_PRIOR = 5, CHANCE_PEOPLE_MAX = 5000 };
struct chances chances_by_shares(struct arena *a, const struct choices *c);
/* With calibrated items (two categories): the right option by the model at the person's ability (Warm's estimate of the answers given here), wrong ones as
 * above. Wollack has the nominal response model for this, which needs far more people. */
struct chances chances_by_model(struct arena *a, const struct choices *c, const struct irt_item *items);

/* Of two people, over the items that both answered: omega (Wollack 1997, Applied Psychological Measurement 21) with chances by the model, and without a model
 * the idea of the K-index (Holland 1996, ETS Research Report 96-7) with items told apart. The answers of b are given, a has the lower score (of equal
 * ones the earlier in the list); value is the number of answers of a that are those of b, less that expected, over their standard deviation.
 *
 * Expected, deviation and p are those for somebody with the score of a: an ability that is estimated from the same answers leaves less to chance than one
 * that is known, and without that the figures are too lenient by half. p is exact where value is above 2.5 (a recursion over the items, with how many are right
 * and how many are equal: of the kind of the generalised binomial test of van der Linden and Sotaridona 2006, J. of Educational and Behavioral Statistics
 * 31), since in far tails, to which the number of pairs leads, the normal approximation accuses too many. Who both know everything have nothing in common
 * that was not to be expected; and whoever copied right answers only from somebody who has all right cannot be told from one who knew them. */
enum { SIMILAR_PEOPLE_MAX = 1000 };
struct similarity {
	uint32_t a, b;			 /* people */
	uint32_t both, same, same_wrong; /* items that both answered; of them with the same answer; with the same wrong answer */
	double expected, value, p;
	double corrected; /* p by Holm, for the number of pairs */
	double by_chance; /* pairs as conspicuous as this one that chance gives among these people */
};
struct similarities {
	struct similarity *v; /* most conspicuous first */
	size_t n;	      /* all pairs that have at least one item in common */
};
/* All pairs among the people given (a room), at most SIMILAR_PEOPLE_MAX; more is a bug. In the arena. */
struct similarities similarities_of(struct arena *a, const struct choices *c, const struct chances *chances, const uint32_t *people, size_t n);

/* ── times ── */

/* The lognormal model (van der Linden 2006, J. of Educational and Behavioral Statistics 31): log t ~ N(beta - tau, sigma²), beta and sigma of the item, tau
 * the person's speed. beta, tau by medians in turn, sigma from the median absolute deviation, so that a few who rush do not bend what is usual. */
struct times {
	size_t people, items;
	const double *seconds; /* people × items; 0 or less, or not finite: none */
};
enum { SPEED_PEOPLE_LEAST = 20, SPEED_ITEMS_LEAST = 5 };
#define RAPID_SHARE 0.1
#define RAPID_SECONDS 10.0
struct item_pace {
	double median, spread; /* seconds for a person of usual speed; sigma */
	double rapid;	       /* seconds below which an answer is a rapid guess: RAPID_SHARE of the median, at most RAPID_SECONDS (Wise and Ma 2012) */
	bool known;	       /* false: fewer than SPEED_PEOPLE_LEAST people took it, or all equally long */
};
struct person_pace {
	bool known;		 /* false: fewer than SPEED_ITEMS_LEAST times of items whose pace is known; the others are then 0 and p 1 */
	size_t timed;		 /* answers with such a time */
	double speed;		 /* tau: how much faster than usual, in logarithms: 0.7 is twice as fast */
	double z, speed_p;	 /* against the speed of the others (median, median absolute deviation) */
	double uneven, uneven_p; /* sum of squares of what the own speed does not explain: chi-square of timed - 1 degrees (Marianti and others 2014, J. of
				  * Educational and Behavioral Statistics 39): some answers far too fast, others slow */
	size_t rapid;
	double effort;	 /* response time effort (Wise and Kong 2005, Applied Measurement in Education 18): the share of answers that are no rapid guesses. They
			  * look closer below 0.9 */
	double effort_p; /* that somebody of usual speed has as many */
};
struct paces {
	struct item_pace *items;
	struct person_pace *people;
	size_t known; /* people whose pace is known; for expected_by_chance */
};
/* In the arena. */
struct paces paces_of(struct arena *a, const struct times *t);
#endif
