/* What whole papers say of items: classical figures, fit, options; and the flags. See calibration.h. */
#include "feature/calibration/calibration_work.h"
#include "psychometrics/classical.h"
#include "psychometrics/fit.h"
#include "psychometrics/link.h"

#include <jansson.h>
#include <math.h>

#define NEVER 0.01
#define DRAWS 0.05

static struct found_item *found_of(struct run_work *w, size_t column)
{
	for (size_t k = 0; k < w->n_items; k++)
		if (w->items[k].column == column)
			return &w->items[k];
	return NULL;
}

static double mean_of(const struct run_work *w, size_t column)
{
	const struct column *c = &w->g.columns[column];
	double sum = 0;
	for (size_t row = 0; row < w->g.n_papers; row++)
		if (w->g.x[row * w->g.n_columns + column] != NOT_ANSWERED)
			sum += w->g.x[row * w->g.n_columns + column];
	return c->answered && c->steps ? sum / ((double)c->answered * (double)c->steps) : (double)NAN;
}

/* ── options ── */

static void write_options(struct run_work *w, struct found_item *f, const struct distractors *d)
{
	const struct column *c = &w->g.columns[f->column];
	json_t *list = json_array();
	for (size_t o = 0; o < d->options; o++) {
		json_t *share = json_array();
		double all = 0, people = 0;
		for (size_t g = 0; g < d->groups; g++) {
			json_array_append_new(share, json_real(round(1000 * d->share[o * d->groups + g]) / 1000));
			all += d->share[o * d->groups + g] * d->people[g];
			people += d->people[g];
		}
		all = people > 0 ? all / people : 0;
		json_array_append_new(list, json_pack("{s:s%,s:b,s:o}", "id", c->option[o].p, c->option[o].n, "right", o == c->key, "share", share));
		if (o != c->key && (all < NEVER || (all >= DRAWS && d->point_biserial[o] > DRAWS)) && !strstr(str_c(w->cx->arena, f->flags), "option"))
			flag_add(w->cx->arena, &f->flags, "option");
	}
	char *text = json_dumps(list, JSON_COMPACT);
	f->options = str_dup(w->cx->arena, str_of(text));
	free(text);
	json_decref(list);
}

static void judge_options(struct run_work *w, struct found_item *f, const struct responses *r, const size_t *papers, size_t at)
{
	const struct column *c = &w->g.columns[f->column];
	int8_t *chosen = ARENA_ARRAY(w->cx->arena, int8_t, r->rows + 1);
	double *score = ARENA_ARRAY(w->cx->arena, double, r->rows + 1);
	if (!c->choice || r->rows < CALIBRATION_LEAST)
		return;
	for (size_t row = 0; row < r->rows; row++) {
		chosen[row] = w->g.chosen[papers[row] * w->g.n_columns + f->column];
		for (size_t i = 0; i < r->items; i++)
			score[row] += i == at ? 0 : response_at(r, row, i);
	}
	struct distractors d = distractor_curves(w->cx->arena, chosen, score, NULL, r->rows, c->n_options, OPTION_GROUPS);
	write_options(w, f, &d);
}

/* ── fit ── */

/* Of the calibrated items of a form, for people of N(0, 1). */
static void judge_fit(struct run_work *w, size_t form, const size_t *papers, size_t n_papers)
{
	const struct form_of *of = &w->g.forms[form];
	struct arena *a = w->cx->arena;
	struct irt_item *items = ARENA_ARRAY(a, struct irt_item, of->n + 1);
	size_t *column = ARENA_ARRAY(a, size_t, of->n + 1), n = 0;
	for (size_t i = 0; i < of->n; i++) {
		const struct found_item *f = w->of_column[of->column[i]];
		if (!f)
			continue;
		items[n] = link_item(&f->item, 1 / w->scale, -w->shift / w->scale);
		column[n++] = of->column[i];
	}
	if (n < 3)
		return;
	int8_t *x = ARENA_ARRAY(a, int8_t, n_papers * n + 1);
	for (size_t row = 0; row < n_papers; row++)
		for (size_t i = 0; i < n; i++)
			x[row * n + i] = category_in(w, papers[row], column[i], &items[i]);
	const struct item_fit *fit = item_fits(a, items, n, &(struct responses){ n_papers, n, x, NULL });
	for (size_t i = 0; i < n; i++) {
		struct found_item *f = found_of(w, column[i]);
		if (!f || w->g.columns[column[i]].form != form || !fit[i].known)
			continue;
		f->fit_p = fit[i].p;
		if (fit[i].p * (double)n < 0.05)
			flag_add(a, &f->flags, "misfit");
	}
}

static enum err judge_form(struct run_work *w, size_t form)
{
	const struct form_of *of = &w->g.forms[form];
	struct classical k;
	size_t *papers;
	bool any = false;
	for (size_t i = 0; i < of->n; i++)
		any |= w->g.columns[of->column[i]].form == form && found_of(w, of->column[i]);
	if (!any)
		return OK;
	struct responses r = gather_whole(w->cx->arena, &w->g, form, &papers);
	if (r.rows && classical_analyse(w->cx, &r, 0.95, &k) == OK)
		for (size_t i = 0; i < of->n; i++) {
			struct found_item *f = found_of(w, of->column[i]);
			if (f && w->g.columns[of->column[i]].form == form && k.items[i].varies)
				f->rest = k.items[i].item_rest;
		}
	w->cx->n_failures = 0;
	for (size_t i = 0; i < of->n; i++) {
		struct found_item *f = found_of(w, of->column[i]);
		if (f && w->g.columns[of->column[i]].form == form)
			judge_options(w, f, &r, papers, i);
	}
	judge_fit(w, form, papers, r.rows);
	return job_beat(w->cx, w->job);
}

/* ── flags ── */

static void judge_item(struct run_work *w, struct found_item *f)
{
	struct arena *a = w->cx->arena;
	double widest = 0;
	f->mean = mean_of(w, f->column);
	if (f->calibrated && f->item.a <= 0) {
		flag_add(a, &f->flags, "negative");
		f->calibrated = false;
		f->why = S("Who knows more answers it worse. Look at its key first: a wrong key does this.");
	}
	if ((f->calibrated && f->item.a < 0.4) || f->rest < 0.15)
		flag_add(a, &f->flags, "weak");
	if (w->g.columns[f->column].answered >= CALIBRATION_LEAST && f->mean > 0.95)
		flag_add(a, &f->flags, "easy");
	if (w->g.columns[f->column].answered >= CALIBRATION_LEAST && f->mean < 0.15)
		flag_add(a, &f->flags, "hard");
	for (int k = 0; f->calibrated && k < f->item.categories - 1; k++)
		widest = fmax(widest, f->b_se[k]);
	if (widest > 0.4)
		flag_add(a, &f->flags, "unsure");
}

enum err judge_items(struct run_work *w)
{
	for (size_t f = 0; f < w->g.n_forms; f++)
		if (!w->g.forms[f].pool)
			TRY(judge_form(w, f));
	for (size_t k = 0; k < w->n_items; k++)
		judge_item(w, &w->items[k]);
	return OK;
}
