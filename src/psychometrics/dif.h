/* Differential item functioning: do people of the same score, but of two groups, find an item equally hard? */
#ifndef PSYCHOMETRICS_DIF_H
#define PSYCHOMETRICS_DIF_H
#include "base/ctx.h"
#include "psychometrics/item.h"

/* By Mantel and Haenszel (1959, Journal of the National Cancer Institute 22), as Holland and Thayer (1988, in Wainer and Braun, "Test validity") apply
 * it: right-or-wrong items, people matched by the total score of those who answered everything, the item itself with it.
 *
 * delta = -2.35 log(odds ratio): negative where the item is harder for the focal group than for people of the reference group with the same score. The
 * standard error is that of Robins, Breslow and Greenland (1986, Biometrics 42). ETS's classes (Dorans and Holland 1993):
 *
 *   A  negligible: |delta| < 1, or not different from 0 (chi-square below its 5 % point)
 *   C  large: |delta| >= 1.5, and more than 1 beyond chance (|delta| - 1.645 se > 1)
 *   B  the rest */
struct dif {
	double odds_ratio, delta, se; /* se: of delta */
	double chi_square, p;	      /* one degree, with the correction for continuity */
	char ets;		      /* 'A', 'B', 'C' */
	bool known;		      /* false: no score at which both groups have people and answers differ, or the odds are 0 or endless */
};
/* focal: of each row, whether it belongs to the focal group. Answers above 0 are right. */
struct dif dif_mantel_haenszel(struct arena *a, const struct responses *r, const bool *focal, size_t item);

/* By likelihood ratio (Thissen, Steinberg and Wainer 1993, in Holland and Wainer, "Differential item functioning"), in both groups at once: theta ~ N(0, 1)
 * in the reference group, ~ N(mean, sd²) in the focal group with mean and sd free, other items (the anchors) the same in both. Three models of the item,
 * each by marginal maximum likelihood of all parameters (Bock and Zimowski 1997, in van der Linden and Hambleton), one within the next:
 *
 *   equal        the item is the same in both groups
 *   one slope    its thresholds are free in each                m more parameters, m being its categories less one
 *   free         its slope too                                  one more
 *
 * g2 is twice the difference of the log-likelihoods of free and equal (m + 1 degrees), and the sum of: uniform, of one slope and equal (m): harder or
 * easier at every theta; non_uniform, of free and one slope (1): harder for some, easier for others. Unlike the above it finds the second kind, allows
 * answers to be missing (at random), and takes items of more than two categories. p is for one item; of many items, correct for their number.
 *
 * How large it is, E_F and E_R being the expected scores by the parameters free in each group:
 *
 *   signed_area, unsigned_area   integrals of E_F - E_R and |E_F - E_R| over all theta (Raju 1988, Psychometrika 53; for a 2PL the first is b_R - b_F)
 *   sids, uids   means of E_F - E_R and of |E_F - E_R| over the focal group, in points, and
 *   essd         sids over the root of the mean variance of the two expected scores in the focal group (Meade 2010, J. of Applied Psychology 95)
 *
 * Negative: harder for the focal group than for people of the reference group who know as much. Class: negligible where p is not below 5 % or uids is below
 * 5 % of the most points, large where it is 10 % or more, else moderate; these are the bounds of Dorans and Kulick (1986, J. of Educational
 * Measurement 23) for the standardised difference of shares of right answers, which sids is by the model, here without letting differences cancel. */
enum { DIF_GROUP_LEAST = 200, DIF_BOTH_LEAST = 500 }; /* people who answered the item: Zwick 2012, ETS Research Report 12-08 */
enum dif_size { DIF_NEGLIGIBLE, DIF_MODERATE, DIF_LARGE };
struct dif_lr {
	const char *why; /* a sentence for people why nothing is known (all else is then 0); NULL: it is known */
	double g2, p;	 /* df degrees */
	int df, uniform_df;
	double uniform, uniform_p, non_uniform, non_uniform_p;
	struct irt_item reference, focal; /* of the free model, on the reference group's scale */
	double mean, sd;		  /* of theta in the focal group, free model */
	double signed_area, unsigned_area;
	bool areas_known; /* false: the slopes have different signs or are near 0, so the areas have no end, and are 0 here */
	double sids, uids, essd;
	enum dif_size size;
};
struct dif_options {
	enum irt_model model; /* of all items: IRT_2PL, IRT_GRM or IRT_GPCM; others are a bug */
	const bool *anchors;  /* of each item, whether it is taken to be the same in both groups; NULL: all but the one that is looked at. Items that are
			       * neither are left out */
	int threads;	      /* 0: 1 */
};
/* For each of the n items studied, in their order, in the arena. ERR_INVALID with a sentence, its field the item's number from 1: an anchor of which some
 * category below the highest was given by nobody, or only one; without a field: more than ITEMS_MAX - 1 items. */
enum err dif_likelihood_ratio(struct ctx *cx, const struct responses *r, const bool *focal, const struct dif_options *o, const size_t *studied, size_t n,
			      struct dif_lr **ret);
#endif
