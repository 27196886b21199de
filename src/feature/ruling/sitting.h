/* How the items of a form did at the sitting: what classical test theory says of them and of the whole (psychometrics/classical.h).
 *
 * Of papers that are marked, at most SITTING_PAPERS_MAX, the oldest: more would make the figures hardly more exact (of so many, the standard error of a share
 * is at most 0.7 per cent). What was not answered earned nothing. An answer counts its category (item_category of feature/item). Items that a ruling drops or
 * gives to all are no part of the whole any more; what they did is told by the key that they had. */
#ifndef FEATURE_SITTING_H
#define FEATURE_SITTING_H
#include "feature/exam/form.h"
#include "psychometrics/classical.h"

enum {
	SITTING_PAPERS_MAX = 5000,
	SITTING_CELLS_MAX = 2000000, /* papers times items */
	SITTING_LEAST = 10,	     /* fewer papers say nothing of an item */
};

struct sitting_item {
	const struct form_item *item;
	double answered;   /* share of the papers */
	double difficulty; /* mean share of the marks */
	double item_rest;  /* correlation with the marks of all other items; NaN: all answered alike */
	bool ruled;	   /* a ruling drops it or gives it to all */
};
struct sitting {
	const struct exam_form *form;
	size_t papers;
	struct sitting_item *items; /* those with marks of their own: cases have none */
	size_t n_items;
	struct classical is; /* of the items that are not ruled */
	bool known;	     /* of `is`: there are at least SITTING_LEAST papers and two items, and scores differ */
};
/* lang: of the texts of the form. Reads. */
_must_check_ enum err sitting_load(struct ctx *cx, int64_t exam_id, int64_t form_id, struct str lang, struct sitting *ret);
/* Correlation (Pearson); NaN where one of both does not vary. */
double correlation(const double *x, const double *y, size_t n);
#endif
