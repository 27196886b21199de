/* How well calibrated items describe the answers: of an item, of a person, of a pair of items. */
#ifndef PSYCHOMETRICS_FIT_H
#define PSYCHOMETRICS_FIT_H
#include "psychometrics/ability.h"

/* S-X² (Orlando and Thissen 2000, Applied Psychological Measurement 24; polytomous: Kang and Chen 2008, Journal of Educational Measurement 45): answers
 * to the item among people of the same total score, found and expected; expectations by the recursion of Lord and Wingersky (1984) over theta ~ N(0, 1).
 * Of people who answered everything. Where fewer than ITEM_FIT_LEAST people are expected at an answer, a score is put together with its neighbour
 * towards the middle; in the middle (more than two categories) the answer with its neighbour. */
#define ITEM_FIT_LEAST 1.0
struct item_fit {
	double chi_square, p; /* p: of so much or more by chance */
	int df;               /* answers that are free in each score, less the item's own parameters (of a Rasch item b alone) */
	bool known;           /* false: too few people or scores; the others are then 0 */
};
/* In the order of the items, in the arena. */
struct item_fit *item_fits(struct arena *a, const struct irt_item *items, size_t n, const struct responses *r);

/* lz (Drasgow, Levine and Williams 1985, British Journal of Mathematical and Statistical Psychology 38): the log-likelihood of the answers at the
 * estimated ability, standardised. Far below 0: these answers do not fit this ability (guessing, copying, giving up). With an estimate in place of the
 * true ability lz varies less than N(0, 1); lz* corrects that (Snijders 2001, Psychometrika 66; polytomous: Sinharay 2016, Psychometrika 81). */
struct person_fit {
	struct ability ability;
	double lz, lz_star;
	bool known; /* false: the ability is not, or all answers are as good as certain */
};
/* method: MAP, ML or WLE (lz* has no form for EAP; MAP is taken). */
struct person_fit person_fit_of(const struct irt_item *items, size_t n, const int8_t *x, enum ability_method method);

/* Q3 (Yen 1984, Applied Psychological Measurement 8): the correlation of what is left of two items when the score that is expected at a person's EAP is
 * taken away; far from -1 / (n - 1), the items share more than ability (the same text, one gives the other away). n × n, in the arena; 0 where fewer than
 * three people answered both. */
double *item_q3(struct arena *a, const struct irt_item *items, size_t n, const struct responses *r);
#endif
