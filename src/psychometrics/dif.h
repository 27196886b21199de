/* Differential item functioning: do people of the same score, but of two groups, find an item equally hard? */
#ifndef PSYCHOMETRICS_DIF_H
#define PSYCHOMETRICS_DIF_H
#include "base/arena.h"
#include "psychometrics/responses.h"

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
	double chi_square, p;         /* one degree, with the correction for continuity */
	char ets;                     /* 'A', 'B', 'C' */
	bool known;                   /* false: no score at which both groups have people and answers differ, or the odds are 0 or endless */
};
/* focal: of each row, whether it belongs to the focal group. Answers above 0 are right. */
struct dif dif_mantel_haenszel(struct arena *a, const struct responses *r, const bool *focal, size_t item);
#endif
