/* Classical test theory: what can be said of items and scores without a model of ability (Lord and Novick 1968).
 *
 * An answer counts its category (0, 1, …) as points. Whoever left something unanswered has no total score, so means of items are over all who answered
 * them, everything that needs the total score over those who answered everything. */
#ifndef PSYCHOMETRICS_CLASSICAL_H
#define PSYCHOMETRICS_CLASSICAL_H
#include "base/ctx.h"
#include "psychometrics/responses.h"

struct classical_item {
	double answered;      /* people */
	double mean, sd;      /* of the points; sd with n - 1 */
	double difficulty;    /* mean points of the most that was given: the share of right answers for right-or-wrong items */
	double item_total;    /* correlation with the total score (point-biserial for right-or-wrong items); holds the item itself, so it flatters */
	double item_rest;     /* with the score of all other items (Henrysson 1963, Psychometrika 28) */
	double alpha_without; /* alpha of the others */
	bool varies;	      /* false: all gave one answer or the scores are all equal; the three above are then 0 */
};
struct classical {
	struct classical_item *items; /* in the arena */
	size_t n_items;
	double people;		      /* who answered everything */
	double mean, sd;	      /* of the total score */
	double alpha;		      /* Cronbach 1951, Psychometrika 16 */
	double alpha_low, alpha_high; /* two-sided interval by Feldt 1965, Psychometrika 30: 1 - (1 - alpha) F, with n - 1 and (n - 1)(k - 1) degrees */
	double sem;		      /* standard error of measurement: sd sqrt(1 - alpha) */
	bool dichotomous;	      /* all answers are 0 or 1: alpha is then KR-20 (Kuder and Richardson 1937, Psychometrika 2) */
};
/* confidence: 0.95 for an interval of 95 %. ERR_INVALID with a sentence: fewer than two items, fewer than two people who answered everything, or
 * scores that are all equal. */
enum err classical_analyse(struct ctx *cx, const struct responses *r, double confidence, struct classical *ret);

/* How often each option of a question was chosen by people of low to high scores: a good wrong answer attracts those who know little. */
struct distractors {
	size_t options, groups;
	double *share;		/* options × groups: of the group's people, who chose it (the rest chose nothing) */
	double *people;		/* groups */
	double *mean_score;	/* options: of those who chose it; 0 when nobody did */
	double *point_biserial; /* options: choosing it (1 or 0) with the score; 0 where undefined */
};
/* choice: number of the option, or NOT_ANSWERED; score: better of the other items alone. Groups are as equal in size as equal scores, which stay
 * together, allow. weight may be NULL. In the arena. */
struct distractors distractor_curves(struct arena *a, const int8_t *choice, const double *score, const double *weight, size_t rows, size_t options,
				     size_t groups);
#endif
