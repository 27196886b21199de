/* Figures of groups of people, and which of them may be shown. Pure.
 *
 * A group of fewer than GROUP_LEAST people is not shown, as in the figures of workplace assessment: with fewer, who has which result can be guessed by those
 * who know the people. And since the whole is shown, what is left of it when all that is shown is taken away must be such a group too, of at least two groups:
 * so the smallest that could be shown are left out until it is (complementary suppression; Willenborg and de Waal 2001, Elements of Statistical Disclosure
 * Control, ch. 6). Of a whole of fewer nothing is shown at all. */
#ifndef FEATURE_GROUPS_H
#define FEATURE_GROUPS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GROUP_LEAST = 10, GROUP_BANDS = 10 };

/* People with one result each: per cent of the marks, 0 to 100, and whether they passed. */
struct scores {
	int64_t n, passed;
	double sum, squares;	   /* of per cent */
	int64_t band[GROUP_BANDS]; /* 0 to 9 per cent … 90 to 100 */
};
void scores_add(struct scores *t, double percent, bool passed);
void scores_join(struct scores *t, const struct scores *other);

struct span {
	double low, high;
};
double scores_mean(const struct scores *t);
/* 95 of 100: the mean by Student's t, with n - 1 degrees; of one person the whole scale. Cut off at 0 and 100. */
struct span scores_mean_span(const struct scores *t);
/* Of those who passed, as a share: Wilson 1927 (Journal of the American Statistical Association 22), which also holds for few people and shares near 0 and 1.
 */
struct span scores_pass_span(const struct scores *t);
/* Whether groups differ in their means by more than chance explains: the probability of such a difference by chance alone, by the F of one-way analysis of
 * variance (Fisher 1925); 1: nothing to tell it by. */
double scores_chance(const struct scores *v, size_t n);

/* hidden: of each of the groups of a whole, whether it is left out; those without people are not. */
void groups_hide(const int64_t *people, size_t n, bool *hidden);
#endif
