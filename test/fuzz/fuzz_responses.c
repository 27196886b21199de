/* A table of answers that anybody may hand to `karmayogi calibrate`: it is read whole or refused with a sentence; what comes out is answers that exist,
 * rows that stand for somebody, and names; and small tables are calibrated to finite numbers or refused with a sentence. */
#include "app/responses_csv.h"
#include "psychometrics/calibration.h"

#include <math.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { CELLS_MOST = 400 };

static void check_table(const struct responses_table *t)
{
	for (size_t k = 0; k < t->r.rows * t->r.items; k++)
		if (t->r.x[k] < NOT_ANSWERED || t->r.x[k] >= CATEGORIES_MAX)
			abort();
	for (size_t row = 0; row < t->r.rows; row++)
		if (!(t->r.weight[row] >= 1))
			abort();
	for (size_t i = 0; i < t->r.items; i++)
		if (!t->names[i].n)
			abort();
}

static void check_calibration(struct ctx *cx, const struct responses_table *t, enum irt_model model)
{
	struct calibration_options o = { .model = model, .names = t->names, .prior = &irt_prior_usual, .threads = 1 };
	struct calibration k;
	size_t before = cx->n_failures;
	if (calibrate(cx, &t->r, &o, &k) != OK) {
		if (cx->n_failures == before)
			abort();
		return;
	}
	if (!isfinite(k.loglik) || !isfinite(k.bic) || !isfinite(k.reliability))
		abort();
	for (size_t i = 0; i < k.n_items; i++)
		for (int m = 0; m < k.items[i].categories - 1; m++)
			if (!isfinite(k.items[i].a) || !isfinite(k.items[i].b[m]) || !isfinite(k.se[i].a) || !isfinite(k.se[i].b[m]) || !isfinite(k.se[i].c))
				abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct app app = { 0 };
	struct ctx cx = { .arena = arena_new(), .app = &app };
	struct responses_table t;
	if (responses_read(&cx, (struct str){ (const char *)data, n }, &t) == OK) {
		check_table(&t);
		for (enum irt_model model = IRT_RASCH; t.r.rows * t.r.items <= CELLS_MOST && model <= IRT_GPCM; model++)
			check_calibration(&cx, &t, model);
	} else if (!cx.n_failures) {
		abort();
	}
	arena_free(cx.arena);
	return 0;
}
