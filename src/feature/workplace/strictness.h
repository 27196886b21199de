/* How strict raters are, and what their words say without it. Pure.
 *
 * Model. A rating of a person in a competency (a cell) by somebody is
 *
 *	rating = mean of its class + cell + rater + error,    cell ~ N(0, var_cell), rater ~ N(0, var_rater), error ~ N(0, var_error)
 *
 * with random cells and raters: the two-way crossed model of Searle, Casella & McCulloch 1992 (Variance Components, ch. 4 and 5), as Longford 1994 (Journal of
 * Educational and Behavioral Statistics 19, "Reliability of essay rating and score adjustment") uses it to adjust scores for severity. A class is the kind of
 * rater (supervisor, peer, subordinate) within a set of raters who are connected through people they both rated: kinds differ as kinds, which is no strictness
 *of a rater, and raters who share nobody cannot be compared (Searle et al., ch. 5, on connectedness).
 *
 * Variances come from three sums of squares that are unbiased in unbalanced crossed data and need no iteration: within raters, within cells and over all
 * (Gao & Owen 2017, Electronic Journal of Statistics 11, "Efficient moment calculations for variance components in large unbalanced crossed random effects
 * models", section 4). A variance that comes out below nothing is nothing; with no variance of raters nobody is corrected.
 *
 * Raters are predicted by best linear unbiased prediction: Henderson's mixed model equations (Henderson 1975, Biometrics 31), solved by Gauss-Seidel, blocks of
 * classes, cells and raters by turns, from nothing until no rater moves by more than STRICTNESS_MOVES. Predictions are drawn towards nothing the more the less
 *is known of a rater, and those of one connected set add up to nothing: people on the whole are judged no milder for being corrected.
 *
 * Enough. A rater is corrected only with STRICTNESS_RATINGS ratings of cells that others rated too, of STRICTNESS_PEOPLE people, in a connected set of
 * STRICTNESS_RATERS raters. 8: with a rater's share of a third of the error's variance, which is common in ratings at work, the prediction then has the
 * reliability .70 that is the least for use (8 × 0.3 / (8 × 0.3 + 1)). 3 people: what somebody has for or against one person is not strictness, and two could
 *be one friend and one foe. 10 raters: a mean of fewer would be about them themselves.
 *
 * What a person says of himself is not among the ratings: nobody else is in his place.
 * The same bits in whatever order ratings come: they are sorted first. All figures are thousandths of a level on a scale of three levels. */
#ifndef FEATURE_STRICTNESS_H
#define FEATURE_STRICTNESS_H
#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum { STRICTNESS_RATINGS = 8, STRICTNESS_PEOPLE = 3, STRICTNESS_RATERS = 10, STRICTNESS_TURNS = 5000 };
#define STRICTNESS_MOVES 1e-6

enum rating_kind { RATING_supervisor, RATING_peer, RATING_subordinate, RATING_KINDS };
struct rating {
	int64_t rater_id, ratee_id, competency_id;
	enum rating_kind kind;
	int64_t value;
};
struct strict_rater {
	int64_t rater_id;
	int64_t n; /* ratings of cells that others rated too */
	bool enough;
	int64_t strictness; /* by how much this one rates lower than others rate the same people; below 0: milder. 0 unless enough */
};
struct strictness {
	struct strict_rater *v;		    /* by id: all who rated, whether enough or not */
	size_t n, n_corrected;		    /* n_corrected: with enough ratings */
	double sd_rater, sd_cell, sd_error; /* 0: could not be estimated */
};
/* One rating a rater and cell. Sorts v in place; the result is in the arena. */
struct strictness strictness_estimate(struct arena *a, struct rating *v, size_t n);
/* A rater; NULL: he has rated nobody. */
const struct strict_rater *strictness_find(const struct strictness *s, int64_t rater_id);
/* A value in thousandths of a level of a scale of n_levels without the rater's strictness, within the scale. */
int64_t strictness_removed(int64_t value, int64_t strictness, int64_t n_levels);
/* A value of a scale of n_levels on the scale of three. */
int64_t strictness_scaled(int64_t value, int64_t n_levels);
#endif
