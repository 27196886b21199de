/* A run at work: what its steps hand on; see calibration.h. */
#ifndef FEATURE_CALIBRATION_WORK_H
#define FEATURE_CALIBRATION_WORK_H
#include "feature/calibration/gather.h"

/* A version of an item as the run knows it so far, or as it was found now. */
struct found_item {
	size_t column;
	bool calibrated;
	struct irt_item item; /* on the scale of the run */
	double a_se, b_se[CATEGORIES_MAX - 1], mean, rest, fit_p, pair_q3;
	int64_t pair_id;
	struct str options, flags, why;
};
struct found_group {
	const char *grouped;
	struct str value;
	const char *role;
	int64_t people;
};
struct found_dif {
	size_t column;
	const char *grouped;
	struct str focal, reference, why;
	int64_t n_focal, n_reference;
	double delta, p, uniform_p, other_p, sids;
	struct str ets;
	const char *size;
	bool flagged;
};
struct run_work {
	struct ctx *cx;
	struct job *job;
	struct calibration_by_id_row run;
	struct gathered g;
	struct calibration_of_run_row *known; /* rows of this run so far */
	struct calibration_in_force_row *force;
	size_t n_known, n_force;
	struct found_item **of_column; /* what of this run is calibrated, by column; NULL: not */
	/* for the step */
	struct found_item *items;
	struct found_group *groups;
	struct found_dif *difs;
	size_t n_items, n_groups, n_difs;
	struct str next, why; /* next absent: the run is ready; why: it has failed */
	bool first;	      /* the figures of the run are set */
	int64_t people, linked_id, n_common;
	double reliability, scale, shift, distance;
};
/* Adds a word to a list with spaces between. */
void flag_add(struct arena *a, struct str *flags, const char *word);
/* x of a column, with the highest categories of the calibration put together. */
static inline int8_t category_in(const struct run_work *w, size_t row, size_t column, const struct irt_item *item)
{
	int8_t x = w->g.x[row * w->g.n_columns + column];
	return x < item->categories ? x : (int8_t)(item->categories - 1);
}
/* Calibrates the next block of items; outside any transaction. */
_must_check_ enum err calibrate_block(struct run_work *w);
/* What whole papers say of the items that were found now: figures, fit, options, flags. */
_must_check_ enum err judge_items(struct run_work *w);
/* Groups of people against each other, from the pair of form and grouping with this number on; sets next. */
_must_check_ enum err compare_groups(struct run_work *w, size_t from);
#endif
