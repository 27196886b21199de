/* Groups of people against each other, item by item; see calibration.h. */
#include "feature/calibration/calibration_work.h"
#include "psychometrics/dif.h"

#include <math.h>
#include <stdlib.h>

enum { FOCAL_MOST = 3, VALUES_MOST = 60, BATCH = 10, LR_PEOPLE = 2000 };
#define LEVEL 0.01

struct value_count {
	struct str value;
	int64_t papers;
};
/* Whole papers of a form, of two groups. */
struct two_groups {
	struct run_work *w;
	const struct form_of *form;
	size_t grouping;
	size_t *column, n;	    /* calibrated items of the form */
	size_t *studied, n_studied; /* of these, those of which this is the form that most people had */
	int8_t *x;
	bool *focal;
	size_t rows, n_focal;
	struct str reference, value;
};

/* ── groups ── */

static int by_papers(const void *a, const void *b)
{
	const struct value_count *v = a, *u = b;
	if (v->papers != u->papers)
		return v->papers > u->papers ? -1 : 1;
	return str_cmp(v->value, u->value);
}

/* Values of a grouping among papers (all, or those named), the most frequent first. */
static size_t count_values(const struct run_work *w, size_t grouping, const size_t *papers, size_t n_papers, struct value_count ret[VALUES_MOST])
{
	size_t n = 0;
	for (size_t k = 0; k < n_papers; k++) {
		struct str value = w->g.papers[papers ? papers[k] : k].group[grouping];
		size_t at = 0;
		if (!value.n)
			continue;
		while (at < n && !str_eq(ret[at].value, value))
			at++;
		if (at == VALUES_MOST)
			continue;
		if (at == n)
			ret[n++] = (struct value_count){ value, 0 };
		ret[at].papers++;
	}
	if (n)
		qsort(ret, n, sizeof *ret, by_papers);
	return n;
}

static void note_groups(struct run_work *w)
{
	struct value_count v[VALUES_MOST];
	for (size_t g = 0; g < GROUPINGS; g++) {
		size_t n = count_values(w, g, NULL, w->g.n_papers, v);
		for (size_t k = 0; k < n; k++) {
			const char *role = v[k].papers < DIF_GROUP_LEAST ? "few" : k ? "focal" : "reference";
			*ARENA_PUSH(w->cx->arena, w->groups, w->n_groups) = (struct found_group){ grouping_names[g], v[k].value, role, v[k].papers };
		}
	}
}

/* ── items ── */

/* Many items are looked at: what chance alone gives among so many is none. */
static enum dif_size size_of(const struct dif_lr *d, size_t items)
{
	return d->p * (double)items < LEVEL ? d->size : DIF_NEGLIGIBLE;
}

static void keep(struct two_groups *t, size_t i, const struct dif *mh, const struct dif_lr *lr)
{
	static const char *const sizes[] = { "negligible", "moderate", "large" };
	struct run_work *w = t->w;
	struct found_dif *d = ARENA_PUSH(w->cx->arena, w->difs, w->n_difs);
	bool known = lr && !lr->why;
	*d = (struct found_dif){ .column = t->column[i],
				 .grouped = grouping_names[t->grouping],
				 .focal = t->value,
				 .reference = t->reference,
				 .why = known ? S("")
					: lr  ? str_of(lr->why)
					      : S("The groups cannot be compared by a model: an item of the form has one mark only among them."),
				 .n_focal = (int64_t)t->n_focal,
				 .n_reference = (int64_t)(t->rows - t->n_focal),
				 .delta = mh->known ? mh->delta : (double)NAN,
				 .ets = mh->known ? str_fmt(w->cx->arena, "%c", mh->ets) : STR_NONE,
				 .p = known ? lr->p : (double)NAN,
				 .uniform_p = known ? lr->uniform_p : (double)NAN,
				 .other_p = known ? lr->non_uniform_p : (double)NAN,
				 .sids = known ? lr->sids : (double)NAN,
				 .size = known ? sizes[size_of(lr, t->n_studied)] : "" };
	d->flagged = (mh->known && mh->ets == 'C' && mh->p * (double)t->n_studied < LEVEL) || (known && size_of(lr, t->n_studied) == DIF_LARGE);
}

/* Every so manieth row, so that the model takes seconds and not minutes. */
static struct responses thinned(const struct two_groups *t, bool *ret_focal)
{
	size_t every = t->rows / LR_PEOPLE + 1;
	struct responses r = { .items = t->n };
	int8_t *x = ARENA_ARRAY(t->w->cx->arena, int8_t, (t->rows / every + 1) * t->n + 1);
	for (size_t row = 0; row < t->rows; row += every) {
		memcpy(x + r.rows * t->n, t->x + row * t->n, t->n);
		ret_focal[r.rows++] = t->focal[row];
	}
	r.x = x;
	return r;
}

static enum err compare_two(struct two_groups *t)
{
	struct run_work *w = t->w;
	struct arena *a = w->cx->arena;
	struct responses all = { t->rows, t->n, t->x, NULL };
	bool *focal = ARENA_ARRAY(a, bool, t->rows + 1);
	struct responses some = thinned(t, focal);
	struct dif_options o = { .model = IRT_GRM, .threads = 2 };
	for (size_t from = 0; from < t->n_studied; from += BATCH) {
		const size_t *studied = t->studied + from, n = t->n_studied - from < BATCH ? t->n_studied - from : BATCH;
		struct dif_lr *lr = NULL;
		enum err e = dif_likelihood_ratio(w->cx, &some, focal, &o, studied, n, &lr);
		w->cx->n_failures = 0;
		if (e != OK && e != ERR_INVALID)
			return e;
		for (size_t i = 0; i < n; i++) {
			struct dif mh = dif_mantel_haenszel(a, &all, t->focal, studied[i]);
			keep(t, studied[i], &mh, e == OK ? &lr[i] : NULL);
		}
		TRY(job_beat(w->cx, w->job));
	}
	return OK;
}

static void fill(struct two_groups *t, const size_t *papers, size_t n_papers)
{
	struct run_work *w = t->w;
	t->x = ARENA_ARRAY(w->cx->arena, int8_t, n_papers * t->n + 1);
	t->focal = ARENA_ARRAY(w->cx->arena, bool, n_papers + 1);
	t->rows = t->n_focal = 0;
	for (size_t k = 0; k < n_papers; k++) {
		struct str value = w->g.papers[papers[k]].group[t->grouping];
		bool focal = str_eq(value, t->value);
		if (!focal && !str_eq(value, t->reference))
			continue;
		for (size_t i = 0; i < t->n; i++)
			t->x[t->rows * t->n + i] = category_in(w, papers[k], t->column[i], &w->of_column[t->column[i]]->item);
		t->focal[t->rows++] = focal;
		t->n_focal += focal;
	}
}

/* False: this form has nobody to be compared by this grouping. */
static enum err compare_in(struct run_work *w, size_t form, size_t grouping, bool *ret_any)
{
	struct two_groups t = { .w = w, .form = &w->g.forms[form], .grouping = grouping };
	struct value_count v[VALUES_MOST];
	size_t *papers;
	*ret_any = false;
	if (t.form->pool || t.form->papers < DIF_BOTH_LEAST)
		return OK;
	t.column = ARENA_ARRAY(w->cx->arena, size_t, t.form->n + 1);
	t.studied = ARENA_ARRAY(w->cx->arena, size_t, t.form->n + 1);
	for (size_t i = 0; i < t.form->n; i++) {
		size_t c = t.form->column[i];
		if (w->of_column[c] && w->g.columns[c].form == form)
			t.studied[t.n_studied++] = t.n;
		if (w->of_column[c])
			t.column[t.n++] = c;
	}
	struct responses r = gather_whole(w->cx->arena, &w->g, form, &papers);
	size_t n = count_values(w, grouping, papers, r.rows, v);
	for (size_t k = 1; t.n_studied && k < n && k <= FOCAL_MOST && v[k].papers >= DIF_GROUP_LEAST; k++) {
		t.reference = v[0].value;
		t.value = v[k].value;
		fill(&t, papers, r.rows);
		TRY(compare_two(&t));
		*ret_any = true;
	}
	return OK;
}

enum err compare_groups(struct run_work *w, size_t from)
{
	bool any = false;
	if (from == 0)
		note_groups(w);
	for (size_t k = from; !any && k < GROUPINGS * w->g.n_forms; k++) {
		TRY(compare_in(w, k / GROUPINGS, k % GROUPINGS, &any));
		w->next = any ? str_fmt(w->cx->arena, "d%zu", k + 1) : STR_NONE;
	}
	return OK;
}
