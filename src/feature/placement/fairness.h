/* Who is on a shortlist and who is not, by groups that must not count: gender, category, region.
 *
 * Kept apart from fit: nothing here is called by post_fit.c, pool.c or shortlist.c, and nothing there reads a profile. It counts afterwards.
 *
 * Values are those of fields of the profile that the organisation, or one above it, has under the English names Gender, Category and Region
 * (feature/profile); without such a field nothing is known and nothing is shown. Who has not said a value is a group of its own.
 *
 * Groups of fewer than FAIRNESS_LEAST people are not shown; where only one is hidden, the next smallest is hidden with it, since it could be found by
 * subtraction.
 *
 * Four-fifths rule: a group's share of being listed, divided by that of the group with the greatest share; below 4/5 it is a sign to look closer, not a proof
 * (Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4 D, 1978). Compared in whole numbers. */
#ifndef FEATURE_PLACEMENT_FAIRNESS_H
#define FEATURE_PLACEMENT_FAIRNESS_H
#include "feature/placement/shortlist.h"

enum { FAIRNESS_LEAST = 10, FAIRNESS_FIELDS = 3 };

struct fairness_group {
	struct str value; /* empty: not said */
	int64_t n_pool, n_listed;
	bool hidden, below;  /* below: under four fifths */
	double share, ratio; /* 0 when hidden */
};
/* Fills hidden, share, ratio and below of groups that have their counts. Pure. */
void fairness_judge(struct fairness_group *v, size_t n);

struct fairness_table {
	struct str name_en, name_hi;   /* of the field */
	struct fairness_group *groups; /* by value, not said last */
	size_t n_groups;
};
/* The tables of a shortlist: everybody who is eligible against those listed. In the arena of cx. Reads. */
_must_check_ enum err fairness_of(struct ctx *cx, int64_t org_id, const struct shortlist *s, struct fairness_table **ret, size_t *ret_n);
#endif
