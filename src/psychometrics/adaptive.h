/* Adaptive tests: which item comes next, when enough is known, and what the answers say.
 *
 * A bank is prepared once and then only read, by as many threads as like. A plan says how a test goes. A session is one person's test. Nothing here
 * draws from a running stream of chance: what is drawn depends on the session's seed and on the item or on how many answers there are. So the same seed
 * and answers always bring the same next item, and a session is rebuilt after any stop by handing in its answers again.
 *
 * Where somebody stands while the test runs: mean and standard deviation of the posterior, theta ~ N(0, 1) (EAP; Bock and Mislevy 1982, Applied
 * Psychological Measurement 6), on the quadrature of nodes.h.
 *
 * The most telling item at that estimate is taken among those that the rest of the plan leaves:
 *
 *   ADAPTIVE_FISHER  Fisher's information (Lord 1980, "Applications of item response theory", chapter 10)
 *   ADAPTIVE_KL      Chang and Ying 1996, Applied Psychological Measurement 20: the Kullback-Leibler information of the estimate t against every
 *                    theta of t ± kl_width / sqrt(n + 1), summed, after n answers. Early on, where t is hardly known, it prefers items that tell apart over
 *                    the whole interval
 *
 * Both are tabled at steps of ADAPTIVE_STEP of theta. Fisher's information is interpolated, with an error below 1 % of the greatest of an item with a = 3;
 * for ADAPTIVE_KL the estimate is rounded to a step, and at most KL_POINTS to each side are summed, wider apart where the interval asks for more.
 *
 * Content (Kingsbury and Zara 1989, Applied Measurement in Education 2): the next item comes from the part that is farthest below its share, i.e. whose
 * share × (n + 1) - given is the greatest; parts that are equally far compete. No part is ever given one more than its share, so when shares are made of
 * whole numbers for a test of a certain length, a test of that length meets them exactly. A part that has run out is passed over.
 *
 * Exposure, together or alone:
 *
 *   best_of  randomesque (Kingsbury and Zara 1989): one of the so many best is drawn
 *   k        Sympson and Hetter 1985 (27th conference of the Military Testing Association): an item that is selected is given with probability k[i] and
 *            else left out of the whole test. One draw an item and person says the same, whenever it is made. From adaptive_exposure()
 *            (adaptive_simulation.h). Where only left-out items could fill a part they are given: exposure yields to content and length.
 *
 * The test ends when (in this order)
 *
 *   - the level is decided by Wald's sequential test of ratios of likelihoods (1945, Annals of Mathematical Statistics 16; in tests: Reckase 1983; Eggen
 *     1999, Applied Psychological Measurement 23): theta = pass - delta against pass + delta. Passed at a ratio of (1 - beta) / alpha or more, failed at
 *     beta / (1 - alpha) or less. Of those at pass - delta at most alpha / (1 - beta) pass, of those at pass + delta at most beta / (1 - alpha) fail,
 *     as long as `longest` does not cut the test short
 *   - the standard error is at most `se`
 *   - `longest` items were answered, the time is over, or no item is left
 *
 * and, but for the last three, not before `shortest` items were answered. */
#ifndef PSYCHOMETRICS_ADAPTIVE_H
#define PSYCHOMETRICS_ADAPTIVE_H
#include "base/ctx.h"
#include "psychometrics/ability.h"
#include "psychometrics/nodes.h"

enum { ADAPTIVE_ITEMS_MAX = 5000, ADAPTIVE_PARTS_MAX = 64, ADAPTIVE_LENGTH_MAX = 200, ADAPTIVE_ENEMIES_MAX = 100000, ADAPTIVE_BEST_MAX = 50 };
enum { ADAPTIVE_POINTS = 121, KL_POINTS = 16 };
#define ADAPTIVE_STEP 0.1
#define ADAPTIVE_KL_WIDTH 3.0 /* as Chang and Ying have it */

/* ── the bank ── */

struct adaptive_item {
	struct irt_item irt; /* calibrated */
	int part;	     /* of the content, 0 … ADAPTIVE_PARTS_MAX - 1 */
};
/* Two items of which one gives the other away: never in one test. Numbers of items. */
struct adaptive_enemies {
	uint32_t a, b;
};
struct adaptive_bank {
	size_t n;
	struct irt_item *items;
	int *part;
	size_t of_part[ADAPTIVE_PARTS_MAX]; /* items */
	uint32_t *enemy_at, *enemy;	    /* those of item i: enemy[enemy_at[i]] … enemy[enemy_at[i + 1] - 1] */
	struct item_form *form;
	double (*par)[PARS_MAX];
	struct nodes nodes;
	size_t *cell, cells; /* cell[i] + x: answer x to item i */
	float *information;  /* ADAPTIVE_POINTS × n */
	float *log_p;	     /* ADAPTIVE_POINTS × cells; NULL: not made for ADAPTIVE_KL */
};
/* An empty bank is a bank. for_kl: ADAPTIVE_KL will be asked. In the arena; prepared in about 0.03 ms an item, 1 KB an item, and for_kl 1 KB more a pair
 * of categories. ERR_INVALID with a sentence whose field is the number of the item, counted from 1: parameters that are no item's (not finite, too few
 * or too many categories, thresholds out of order), a part or enemy that is none, more items or enemies than there may be. */
enum err adaptive_bank_make(struct ctx *cx, const struct adaptive_item *items, size_t n, const struct adaptive_enemies *enemies, size_t n_enemies, bool for_kl,
			    struct adaptive_bank *ret);

/* ── the plan ── */

enum adaptive_choice { ADAPTIVE_FISHER, ADAPTIVE_KL };
struct adaptive_plan {
	double start; /* where the first item is aimed at; 0: the mean of the population */
	enum adaptive_choice choice;
	double kl_width;		  /* 0: ADAPTIVE_KL_WIDTH */
	enum ability_method method;	  /* of the result: ABILITY_EAP, or ABILITY_WLE (where that knows nothing, the result is EAP's after all) */
	int parts;			  /* how many there are shares for; 0: content does not matter. Items of other parts are then never given */
	double share[ADAPTIVE_PARTS_MAX]; /* not negative, not all 0; whole numbers do as well, only their ratios count */
	size_t best_of;			  /* 0 or 1: the best; at most ADAPTIVE_BEST_MAX */
	const double *k;		  /* one for each item of the bank, 0 … 1; NULL: all 1 */
	size_t shortest, longest;	  /* items; longest 1 … ADAPTIVE_LENGTH_MAX, shortest <= longest */
	double se;			  /* 0: precision does not end it */
	bool classify;
	double pass, delta, alpha, beta; /* when classify: delta > 0; alpha and beta above 0 and below 0.5 */
};
/* ERR_INVALID, with what is wrong and the member's name as field. */
enum err adaptive_plan_check(struct ctx *cx, const struct adaptive_plan *p);
/* By how many items the bank falls short of a part's share of a test of the greatest length. 0: the blueprint can be met, enemies apart. */
size_t adaptive_lacking(const struct adaptive_bank *b, const struct adaptive_plan *p, int part);

/* ── one test ── */

enum adaptive_stop {
	ADAPTIVE_GOES_ON,
	ADAPTIVE_PASSED,  /* decided: at or above the pass level */
	ADAPTIVE_FAILED,  /* decided: below it */
	ADAPTIVE_PRECISE, /* the standard error is small enough */
	ADAPTIVE_LONGEST,
	ADAPTIVE_TIME,
	ADAPTIVE_EXHAUSTED, /* the bank has nothing more for this test */
};
enum { ADAPTIVE_STOPS = ADAPTIVE_EXHAUSTED + 1 };
struct adaptive_session {
	const struct adaptive_bank *bank;
	const struct adaptive_plan *plan;
	uint64_t seed;
	size_t n; /* answered */
	uint32_t item[ADAPTIVE_LENGTH_MAX];
	int8_t answer[ADAPTIVE_LENGTH_MAX];
	size_t of_part[ADAPTIVE_PARTS_MAX]; /* answered */
	double theta, se;		    /* EAP as it stands */
	double log_ratio;		    /* of the likelihoods at pass + delta and pass - delta, when the plan classifies */
	/* its own affairs */
	double log_posterior[NODES];
	uint8_t *state; /* of each item */
	size_t open[ADAPTIVE_PARTS_MAX], hidden[ADAPTIVE_PARTS_MAX];
	float *value, *difference; /* of each item, at the estimate; room for ADAPTIVE_KL */
	uint8_t *selected;	   /* NULL, or set to 1 for each item that was selected, given or not */
};
/* A session of nobody yet, with room in the arena; bank and plan (checked) must outlive it. adaptive_begin() then makes it a new test, as often as one likes.
 */
void adaptive_session_make(struct arena *a, const struct adaptive_bank *b, const struct adaptive_plan *p, struct adaptive_session *ret);
void adaptive_begin(struct adaptive_session *s, uint64_t seed);
/* False, and nothing is changed: no such item, an answer that it does not have, an item that was answered before, or ADAPTIVE_LENGTH_MAX answers are there.
 * The item need not be the one that adaptive_next() says. */
bool adaptive_answer(struct adaptive_session *s, size_t item, int answer);
/* Whether the test ends here, else the item to give. ms_left: of the time; INT64_MAX when there is no limit. Changes nothing: asked twice it says the same. */
enum adaptive_stop adaptive_next(struct adaptive_session *s, int64_t ms_left, size_t *ret_item);

struct adaptive_result {
	struct ability ability; /* always known and finite */
	bool passed;		/* when the plan classifies: decided, or where the test ended undecided, the likelier of the two levels */
};
struct adaptive_result adaptive_result(const struct adaptive_session *s);
#endif
