/* The parameters of a block of items, on the scale of the bank; see calibration.h. */
#include "feature/calibration/calibration_work.h"
#include "psychometrics/calibration.h"
#include "psychometrics/fit.h"
#include "psychometrics/link.h"
#include "psychometrics/nodes.h"
#include "web/lang.h"

#include <math.h>
#include <stdlib.h>

enum { TRIES = 40, ANCHORS_LEAST = 3 };
#define DRIFTED 0.1
#define TOGETHER 0.2 /* Q3 above the mean: a pair that shares more than ability */

struct block {
	struct run_work *w;
	size_t *column;	 /* new ones first, then anchors */
	int *categories; /* of new ones */
	size_t n_new, n;
	size_t *row; /* papers with an answer to any new one */
	size_t n_rows;
	struct irt_item anchor[CALIBRATION_ANCHORS];
	struct calibration k;
};

void flag_add(struct arena *a, struct str *flags, const char *word)
{
	*flags = flags->n ? str_fmt(a, "%.*s %s", STR_ARG(*flags), word) : str_of(word);
}

static struct found_item *leave(struct run_work *w, size_t column, struct str why)
{
	struct found_item *f = ARENA_PUSH(w->cx->arena, w->items, w->n_items);
	*f = (struct found_item){
		.column = column, .pair_id = NONE, .mean = (double)NAN, .rest = (double)NAN, .fit_p = (double)NAN, .pair_q3 = (double)NAN, .why = why
	};
	return f;
}

/* ── which ── */

static bool is_known(const struct run_work *w, size_t column)
{
	const struct column *c = &w->g.columns[column];
	for (size_t k = 0; k < w->n_known; k++)
		if (w->known[k].item_id == c->item_id && w->known[k].version == c->version)
			return true;
	return false;
}

static int by_answers(const void *a, const void *b, void *of)
{
	const struct gathered *g = of;
	size_t i = *(const size_t *)a, j = *(const size_t *)b;
	if (g->columns[i].answered != g->columns[j].answered)
		return g->columns[i].answered > g->columns[j].answered ? -1 : 1;
	return i < j ? -1 : i > j;
}

/* How many categories a calibration can have; 0 and why: none. */
static int usable_categories(const struct run_work *w, size_t column, const char **why)
{
	size_t n[CATEGORIES_MAX] = { 0 }, used = 0;
	int most = (int)w->g.columns[column].steps;
	for (size_t row = 0; row < w->g.n_papers; row++)
		if (w->g.x[row * w->g.n_columns + column] != NOT_ANSWERED)
			n[w->g.x[row * w->g.n_columns + column]]++;
	for (int k = 0; k <= most; k++)
		used += n[k] > 0;
	for (; most > 1 && n[most] < CALIBRATION_RARE; most--)
		n[most - 1] += n[most];
	*why = NULL;
	if (used < 2)
		*why = N_("Everybody has the same mark, so there is nothing to be learnt of it. Make it harder or easier, or leave it out.");
	for (int k = 0; !*why && k <= most; k++)
		if (n[k] < CALIBRATION_RARE)
			*why = N_("Fewer than 10 people have one of its marks. Wait for more answers, or let marks come in fewer steps.");
	return *why ? 0 : most + 1;
}

static void choose(struct block *b)
{
	struct run_work *w = b->w;
	size_t *order = ARENA_ARRAY(w->cx->arena, size_t, w->g.n_columns + 1), n = 0;
	const char *why;
	b->column = ARENA_ARRAY(w->cx->arena, size_t, CALIBRATION_BLOCK + CALIBRATION_ANCHORS);
	b->categories = ARENA_ARRAY(w->cx->arena, int, CALIBRATION_BLOCK);
	for (size_t c = 0; c < w->g.n_columns; c++)
		if (!is_known(w, c))
			order[n++] = c;
	if (n)
		qsort_r(order, n, sizeof *order, by_answers, &w->g);
	for (size_t k = 0; k < n && b->n_new + w->n_items < CALIBRATION_BLOCK; k++) {
		if (w->g.columns[order[k]].answered < CALIBRATION_LEAST) {
			leave(w, order[k], S("Fewer than 100 people have answered this version for the first time in an examination. Wait for more answers."));
			continue;
		}
		int categories = usable_categories(w, order[k], &why);
		if (why) {
			leave(w, order[k], str_of(why));
			continue;
		}
		b->categories[b->n_new] = categories;
		b->column[b->n_new++] = order[k];
	}
	b->n = b->n_new;
	w->next = b->n_new + w->n_items < n ? S("b") : S("d0");
}

static void choose_rows(struct block *b)
{
	const struct gathered *g = &b->w->g;
	b->row = ARENA_ARRAY(b->w->cx->arena, size_t, g->n_papers + 1);
	for (size_t row = 0; row < g->n_papers; row++) {
		bool any = false;
		for (size_t i = 0; !any && i < b->n_new; i++)
			any = g->x[row * g->n_columns + b->column[i]] != NOT_ANSWERED;
		if (any)
			b->row[b->n_rows++] = row;
	}
}

struct meeting {
	size_t column, papers;
};

static int by_papers(const void *a, const void *b)
{
	const struct meeting *m = a, *k = b;
	if (m->papers != k->papers)
		return m->papers > k->papers ? -1 : 1;
	return m->column < k->column ? -1 : m->column > k->column;
}

/* Items of earlier blocks that most of these people answered. */
static void choose_anchors(struct block *b)
{
	struct run_work *w = b->w;
	struct meeting *v = ARENA_ARRAY(w->cx->arena, struct meeting, w->g.n_columns + 1);
	size_t n = 0;
	for (size_t c = 0; c < w->g.n_columns; c++) {
		if (!w->of_column[c])
			continue;
		v[n].column = c;
		for (size_t k = 0; k < b->n_rows; k++)
			v[n].papers += w->g.x[b->row[k] * w->g.n_columns + c] != NOT_ANSWERED;
		n += v[n].papers >= CALIBRATION_LEAST;
	}
	if (n)
		qsort(v, n, sizeof *v, by_papers);
	for (size_t k = 0; k < n && k < CALIBRATION_ANCHORS; k++) {
		b->anchor[k] = w->of_column[v[k].column]->item;
		b->column[b->n++] = v[k].column;
	}
}

/* ── parameters ── */

static struct responses table_of(const struct block *b)
{
	const struct gathered *g = &b->w->g;
	int8_t *x = ARENA_ARRAY(b->w->cx->arena, int8_t, b->n_rows * b->n + 1);
	for (size_t k = 0; k < b->n_rows; k++)
		for (size_t i = 0; i < b->n; i++) {
			int8_t v = g->x[b->row[k] * g->n_columns + b->column[i]];
			int most = i < b->n_new ? b->categories[i] - 1 : b->anchor[i - b->n_new].categories - 1;
			x[k * b->n + i] = v > most ? (int8_t)most : v;
		}
	return (struct responses){ b->n_rows, b->n, x, NULL };
}

static struct str sentence(struct ctx *cx)
{
	const struct failure *f = &cx->failures[0];
	struct str s = cx->n_failures ? msg_fill(cx, f->text, f->n_args, f->args) : S("The estimates do not settle.");
	cx->n_failures = 0;
	return s;
}

/* The new item that the failure is about, as calibrate names it by its number. */
static bool about_item(const struct block *b, size_t *ret)
{
	int64_t n;
	if (!b->w->cx->n_failures || !str_int(b->w->cx->failures[0].field, &n) || n < 1 || (size_t)n > b->n_new)
		return false;
	*ret = (size_t)n - 1;
	return true;
}

static void drop(struct block *b, size_t i)
{
	leave(b->w, b->column[i], sentence(b->w->cx));
	memmove(b->column + i, b->column + i + 1, (b->n - i - 1) * sizeof *b->column);
	memmove(b->categories + i, b->categories + i + 1, (b->n_new - i - 1) * sizeof *b->categories);
	b->n--;
	b->n_new--;
}

/* Leaves out what stands in the way, one by one. Absent: calibrated; else why not. */
static struct str try_block(struct block *b, enum err *ret)
{
	struct ctx *cx = b->w->cx;
	for (int left = TRIES; left > 0 && b->n_new; left--) {
		const struct irt_item **fixed = ARENA_ARRAY(cx->arena, const struct irt_item *, b->n);
		struct responses r = table_of(b);
		struct calibration_options o = { .model = IRT_GRM, .fixed = b->n > b->n_new ? fixed : NULL, .threads = 2 };
		size_t i;
		for (size_t k = b->n_new; k < b->n; k++)
			fixed[k] = &b->anchor[k - b->n_new];
		*ret = calibrate(cx, &r, &o, &b->k);
		if (*ret == OK)
			return STR_NONE;
		if (*ret != ERR_INVALID)
			return S("");
		*ret = OK;
		if (!about_item(b, &i))
			return sentence(cx);
		drop(b, i);
	}
	return S("There are no items left of which the answers say enough.");
}

static const struct calibration_in_force_row *force_of(const struct run_work *w, const struct column *c, struct irt_item *ret)
{
	for (size_t k = 0; k < w->n_force; k++)
		if (w->force[k].item_id == c->item_id && w->force[k].version == c->version &&
		    calibration_item(w->force[k].categories, w->force[k].a, w->force[k].b, ret))
			return &w->force[k];
	return NULL;
}

/* Root of the mean squared difference of the expected shares of the points. */
static double apart(const struct irt_item *i, const struct irt_item *k)
{
	struct nodes nodes;
	double sum = 0;
	nodes_make(&nodes);
	for (size_t q = 0; q < NODES; q++) {
		double off = irt_expected(i, nodes.theta[q]) / (i->categories - 1) - irt_expected(k, nodes.theta[q]) / (k->categories - 1);
		sum += exp(nodes.log_weight[q]) * off * off;
	}
	return sqrt(sum);
}

/* To the scale of what is in force, if enough of it is among these items. */
static void link_block(struct block *b)
{
	struct run_work *w = b->w;
	struct irt_item *now = ARENA_ARRAY(w->cx->arena, struct irt_item, b->n_new + 1), *was = ARENA_ARRAY(w->cx->arena, struct irt_item, b->n_new + 1);
	size_t n = 0;
	w->scale = 1;
	w->distance = (double)NAN;
	for (size_t i = 0; i < b->n_new; i++) {
		struct irt_item old;
		if (!force_of(w, &w->g.columns[b->column[i]], &old) || old.categories != b->k.items[i].categories)
			continue;
		now[n] = b->k.items[i];
		was[n++] = old;
	}
	if (n < LINK_LEAST)
		return;
	struct link l = link_stocking_lord(now, was, n, NULL, NULL);
	if (!l.known || l.scale < 0.1 || l.scale > 10)
		return;
	w->n_common = (int64_t)n;
	w->scale = l.scale;
	w->shift = l.shift;
	w->distance = l.distance;
}

static void keep_item(struct block *b, size_t i)
{
	struct run_work *w = b->w;
	struct found_item *f = leave(w, b->column[i], S(""));
	struct irt_item old;
	bool anchored = b->n > b->n_new;
	double scale = anchored ? 1 : w->scale, shift = anchored ? 0 : w->shift;
	f->calibrated = true;
	f->item = link_item(&b->k.items[i], scale, shift);
	f->a_se = b->k.se[i].a / scale;
	for (int k = 0; k < f->item.categories - 1; k++)
		f->b_se[k] = b->k.se[i].b[k] * scale;
	if (w->n_common && force_of(w, &w->g.columns[b->column[i]], &old) && apart(&f->item, &old) >= DRIFTED)
		flag_add(w->cx->arena, &f->flags, "drift");
}

/* What the people have beyond their ability in common between two items. */
static void find_pairs(struct block *b, size_t first)
{
	struct run_work *w = b->w;
	struct irt_item *own = ARENA_ARRAY(w->cx->arena, struct irt_item, b->n);
	struct responses r = table_of(b);
	double sum = 0;
	for (size_t i = 0; i < b->n; i++)
		own[i] = link_item(&b->k.items[i], 1 / b->k.sd, -b->k.mean / b->k.sd);
	const double *q3 = item_q3(w->cx->arena, own, b->n, &r);
	for (size_t ij = 0; ij < b->n * b->n; ij++)
		sum += ij / b->n != ij % b->n ? q3[ij] : 0;
	double mean = b->n > 1 ? sum / (double)(b->n * (b->n - 1)) : 0;
	for (size_t i = 0; i < b->n_new; i++) {
		struct found_item *f = &w->items[first + i];
		size_t best = b->n;
		for (size_t j = 0; j < b->n; j++)
			if (j != i && (best == b->n || q3[i * b->n + j] > q3[i * b->n + best]))
				best = j;
		if (best == b->n)
			continue;
		f->pair_q3 = q3[i * b->n + best];
		f->pair_id = w->g.columns[b->column[best]].item_id;
		if (f->pair_q3 > mean + TOGETHER)
			flag_add(w->cx->arena, &f->flags, "pair");
	}
}

enum err calibrate_block(struct run_work *w)
{
	struct block b = { .w = w };
	enum err e = OK;
	choose(&b);
	if (!b.n_new) {
		w->why = w->first ? S("No item has enough answers yet: it takes 100 people who answered it for the first time in an examination.") : STR_NONE;
		return OK;
	}
	choose_rows(&b);
	if (!w->first)
		choose_anchors(&b);
	if (!w->first && b.n - b.n_new < ANCHORS_LEAST) {
		for (size_t i = 0; i < b.n_new; i++)
			leave(w, b.column[i],
			      S("Too few people answered it together with other items of the bank. Put it into a form with items that are calibrated."));
		return OK;
	}
	struct str why = try_block(&b, &e);
	TRY(e);
	if (why.p) {
		w->why = w->first ? why : STR_NONE;
		for (size_t i = 0; !w->first && i < b.n_new; i++)
			leave(w, b.column[i], why);
		return OK;
	}
	TRY(job_beat(w->cx, w->job));
	if (w->first) {
		w->people = (int64_t)b.n_rows;
		w->reliability = b.k.reliability;
		link_block(&b);
	}
	size_t first = w->n_items;
	for (size_t i = 0; i < b.n_new; i++)
		keep_item(&b, i);
	find_pairs(&b, first);
	return job_beat(w->cx, w->job);
}
