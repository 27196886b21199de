/* The marginal likelihood of item parameters, with theta integrated out (Bock and Aitkin 1981, Psychometrika 46): its value, the expected counts of
 * the E step, its gradient and its information. For calibration.c.
 *
 * Parameters stand in one vector; those of item i are found by at[first[i] + m], m counting as in item.h ("unfolded" places first[i] + m are one for
 * each item and parameter; several may share one parameter: the slope of a Rasch model).
 *
 * Fixed items: theta = mean + sd t with t ~ N(0, 1), and everything is computed on the scale of t, where a fixed item has the slope sd a and the
 * intercepts d + mean a. These are linear in mean and sd, so derivatives by them are sums over the places of fixed items.
 *
 * A second group: rows from `second` on may have a distribution of theta of their own (second_weight); everything else is shared.
 *
 * How it is fast: items are put into groups, and for each group the logarithms of the probabilities of all its answer patterns are kept for all nodes.
 * A row then costs one addition of NODES numbers for a group, not for an item, and so does counting. */
#ifndef PSYCHOMETRICS_MARGINAL_H
#define PSYCHOMETRICS_MARGINAL_H
#include "psychometrics/item.h"
#include "psychometrics/nodes.h"

/* Neighbouring items; a pattern of answers to them is a number below size: digits to the bases radix, the first item's the least. */
struct group {
	size_t first, n, size, row; /* row: of its first pattern in a table of all groups */
};
struct grouping {
	struct group *v;
	size_t n, rows;
	uint8_t *code; /* group after group, one for each row of the responses */
};

struct marginal {
	struct arena *arena;
	struct responses r; /* collapsed */
	struct nodes nodes;
	int threads;
	size_t slices; /* of the rows; fixed by their number */
	struct item_form form[ITEMS_MAX];
	const struct irt_item *const *fixed; /* NULL, or for each item NULL (it is estimated) or what it is */
	size_t mean, sd;    /* parameters of the population when something is fixed */
	const double *second_weight; /* NULL: one group; else NODES logarithms of weights that add up to 1, for rows from this one on: */
	size_t second;
	int radix[ITEMS_MAX]; /* categories, and one more when an answer is missing somewhere */
	size_t first[ITEMS_MAX], *at, unfolded, pars;
	double *rate;       /* of each unfolded place: its derivative by the parameter at[] */
	size_t cell[ITEMS_MAX], cells;					/* cell[i] + k: category k of item i in tables of all categories */
	size_t score[ITEMS_MAX], score_rows;				/* score[i] + k * pars + m */
	struct grouping wide, narrow;					/* for counting; for pairs of groups */
	double *counts;							/* cells × NODES: how many people are expected at the node with this answer */
	double *group_table, *group_counts, *slice_counts, *slice_sums; /* room */
};
/* What the E step sums up over people besides the counts. */
struct marginal_sums {
	double loglik;
	double mean, square, variance; /* of people's expected theta: sum, sum of squares; sum of their posterior variances */
	double second_people, second_mean, second_square; /* of the second group: people, sums of their expected theta and of its square */
};
/* form, fixed, r and arena are set. */
void marginal_begin(struct marginal *m);
/* Where an estimation may begin, from the shares of the answers; for items that are not fixed. Of a row's answers, all categories are used. */
void marginal_start(const struct marginal *m, double *par);
/* The E step: fills counts. */
struct marginal_sums marginal_expect(struct marginal *m, const double *par);
/* Of the log-likelihood at the parameters of the last marginal_expect (Fisher's identity); pars numbers. */
void marginal_gradient(const struct marginal *m, const double *par, double *ret);
/* Observed information: the negative Hessian of the marginal log-likelihood, exact for this quadrature, by Louis's identity (1982, JRSS B 44): complete
 * information less the conditional covariance of the complete score. At the parameters of the last marginal_expect; pars × pars. */
void marginal_information(struct marginal *m, const double *par, double *ret);

/* Between the files of it: the sums of log P for each pattern of each group; the posterior weights (times the weight of the row) and the log-likelihood of a
 * row. */
void marginal_group_table(const struct marginal *m, const struct grouping *g, const double *par, double *ret);
double marginal_posterior(const struct marginal *m, size_t row, double *ret_w);
/* The answer to an item of a group in a pattern; the item's number of categories: missing. */
static inline int group_digit(const struct marginal *m, const struct group *g, size_t item, size_t pattern)
{
	for (size_t i = g->first; i < item; i++)
		pattern /= (size_t)m->radix[i];
	return (int)(pattern % (size_t)m->radix[item]);
}
static inline bool marginal_is_fixed(const struct marginal *m, size_t item)
{
	return m->fixed && m->fixed[item];
}
static inline void marginal_own(const struct marginal *m, size_t item, const double *par, double ret[PARS_MAX])
{
	if (marginal_is_fixed(m, item)) {
		item_par_of(m->fixed[item], ret);
		for (int k = 1; k < m->form[item].categories; k++)
			ret[k] += ret[0] * par[m->mean];
		ret[0] *= par[m->sd];
		return;
	}
	for (int k = 0; k < m->form[item].pars; k++)
		ret[k] = par[m->at[m->first[item] + (size_t)k]];
}
#endif
