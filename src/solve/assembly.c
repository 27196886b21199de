/* Parallel forms: the problem as units, what cannot be, and the answer; see assembly.h. */
#include "solve/assembly_work.h"

#include <math.h>
#include <stdlib.h>

/* ── input ── */

static enum err fault(struct ctx *cx, const char *what, uint32_t i, const char *text)
{
	return fail_msg(cx, ERR_INVALID, str_fmt(cx->arena, "%s[%u]", what, i), text, 0, NULL);
}

static enum err check_item(struct ctx *cx, const struct assembly_problem *p, uint32_t i)
{
	const struct assembly_item *item = &p->items[i];
	if (item->cell >= p->n_cells)
		return fault(cx, "items", i, N_("belongs to a cell that is not there"));
	if (item->has_score && !(item->score >= 0 && isfinite(item->score)))
		return fault(cx, "items", i, N_("must have an expected score that is a number of at least 0"));
	for (uint32_t t = 0; item->information && t < p->n_thetas; t++)
		if (!(item->information[t] >= 0 && isfinite(item->information[t])))
			return fault(cx, "items", i, N_("must have information that is a number of at least 0"));
	return OK;
}

static enum err check_input(struct ctx *cx, const struct assembly_problem *p)
{
	uint32_t total = 0;
	if (p->n_items > ASSEMBLY_ITEMS_MAX || p->n_cells > ASSEMBLY_CELLS_MAX || p->n_enemies > ASSEMBLY_ENEMIES_MAX || p->n_forms > ASSEMBLY_FORMS_MAX ||
	    p->n_thetas > ASSEMBLY_THETAS_MAX)
		return fail(cx, ERR_TOO_LARGE, "", N_("There are more items, cells, enemies or forms than can be worked on at once."));
	if (p->n_forms == 0)
		return fail(cx, ERR_INVALID, "forms", N_("at least one form must be made"));
	for (uint32_t c = 0; c < p->n_cells; c++) {
		if (p->need[c] > ASSEMBLY_FORM_MAX || (total += p->need[c]) > ASSEMBLY_FORM_MAX)
			return fail(cx, ERR_TOO_LARGE, "", N_("A form can have at most 200 items."));
	}
	if (total == 0)
		return fail(cx, ERR_INVALID, "need", N_("a form must have at least one item"));
	if (p->common > total)
		return fail(cx, ERR_INVALID, "common", N_("there cannot be more common items than a form has"));
	for (uint32_t t = 0; p->target && t < p->n_thetas; t++)
		if (!(p->target[t] >= 0 && isfinite(p->target[t])))
			return fault(cx, "target", t, N_("must be a number of at least 0"));
	if (p->target_score && !(*p->target_score >= 0 && isfinite(*p->target_score)))
		return fail(cx, ERR_INVALID, "target_score", N_("must be a number of at least 0"));
	for (uint32_t i = 0; i < p->n_items; i++)
		TRY(check_item(cx, p, i));
	for (uint32_t k = 0; k < p->n_enemies; k++)
		if (p->enemies[k].a >= p->n_items || p->enemies[k].b >= p->n_items || p->enemies[k].a == p->enemies[k].b)
			return fault(cx, "enemies", k, N_("must be two different items that are there"));
	return OK;
}

/* ── units ── */

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return x < y ? -1 : x > y;
}

/* Each pair once, whoever is named first and however often. */
static void note_enemies(struct assembly_work *w)
{
	const struct assembly_problem *p = w->p;
	struct arena *a = w->cx->arena;
	uint32_t *end = ARENA_ARRAY(a, uint32_t, p->n_items + 2), n = 0;
	w->enemy_at = ARENA_ARRAY(a, uint32_t, p->n_items + 1);
	w->enemy = ARENA_ARRAY(a, uint32_t, 2 * (size_t)p->n_enemies);
	for (uint32_t k = 0; k < p->n_enemies; k++) {
		end[p->enemies[k].a + 2]++;
		end[p->enemies[k].b + 2]++;
	}
	for (uint32_t i = 2; i < p->n_items + 2; i++)
		end[i] += end[i - 1];
	for (uint32_t k = 0; k < p->n_enemies; k++) {
		w->enemy[end[p->enemies[k].a + 1]++] = p->enemies[k].b;
		w->enemy[end[p->enemies[k].b + 1]++] = p->enemies[k].a;
	}
	for (uint32_t i = 0; i < p->n_items; i++) {
		uint32_t *from = w->enemy + end[i], many = end[i + 1] - end[i];
		if (many)
			qsort(from, many, sizeof *from, by_number);
		w->enemy_at[i] = n;
		for (uint32_t k = 0; k < many; k++)
			if (k == 0 || from[k] != from[k - 1])
				w->enemy[n++] = from[k];
	}
	w->enemy_at[p->n_items] = n;
}

static int by_set(const void *a, const void *b, void *of)
{
	const struct assembly_item *items = ((const struct assembly_work *)of)->p->items;
	uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
	if (items[i].set != items[j].set)
		return items[i].set < items[j].set ? -1 : 1;
	return i < j ? -1 : i > j;
}

static void add_item(struct assembly_work *w, struct unit *u, uint32_t item)
{
	const struct assembly_item *of = &w->p->items[item];
	uint32_t k = 0;
	u->items[u->n_items++] = item;
	while (k < u->n_parts && u->parts[k].cell != of->cell)
		k++;
	u->parts[k].cell = of->cell;
	u->parts[k].n++;
	u->n_parts += k == u->n_parts;
	u->used += of->used;
	u->exposure += of->exposure;
	w->unit_of[item] = (uint32_t)(u - w->units);
}

static uint32_t part_of(const struct unit *u, uint32_t cell)
{
	for (uint32_t k = 0; k < u->n_parts; k++)
		if (u->parts[k].cell == cell)
			return u->parts[k].n;
	return 0;
}

static bool same_shape(const struct unit *u, const struct unit *v)
{
	if (u->n_items != v->n_items || u->n_parts != v->n_parts)
		return false;
	for (uint32_t k = 0; k < u->n_parts; k++)
		if (part_of(v, u->parts[k].cell) != u->parts[k].n)
			return false;
	return true;
}

/* Single items have the number of their cell; sets come after. */
static void find_shapes(struct assembly_work *w)
{
	uint32_t *first = ARENA_ARRAY(w->cx->arena, uint32_t, w->n_units);
	w->n_shapes = w->p->n_cells;
	for (uint32_t k = 0; k < w->n_units; k++) {
		struct unit *u = &w->units[k];
		uint32_t known = w->p->n_cells;
		if (u->n_items == 1) {
			u->shape = u->parts[0].cell;
			continue;
		}
		while (known < w->n_shapes && !same_shape(u, &w->units[first[known - w->p->n_cells]]))
			known++;
		if (known == w->n_shapes)
			first[w->n_shapes++ - w->p->n_cells] = k;
		u->shape = known;
	}
}

static bool is_barred(const struct assembly_work *w, const struct unit *u)
{
	for (uint32_t k = 0; k < u->n_parts; k++)
		if (u->parts[k].n > w->p->need[u->parts[k].cell])
			return true;
	for (uint32_t k = 0; k < u->n_items; k++)
		for (uint32_t e = w->enemy_at[u->items[k]]; e < w->enemy_at[u->items[k] + 1]; e++)
			if (&w->units[w->unit_of[w->enemy[e]]] == u)
				return true;
	return false;
}

static void make_units(struct assembly_work *w)
{
	struct arena *a = w->cx->arena;
	uint32_t n = w->p->n_items, *order = ARENA_ARRAY(a, uint32_t, n);
	struct unit_part *parts = ARENA_ARRAY(a, struct unit_part, n);
	uint32_t *items = ARENA_ARRAY(a, uint32_t, n);
	w->units = ARENA_ARRAY(a, struct unit, n);
	w->unit_of = ARENA_ARRAY(a, uint32_t, n);
	for (uint32_t i = 0; i < n; i++)
		order[i] = i;
	if (n)
		qsort_r(order, n, sizeof *order, by_set, w);
	for (uint32_t k = 0; k < n; k++) {
		uint32_t set = w->p->items[order[k]].set;
		if (k == 0 || set == ASSEMBLY_ALONE || set != w->p->items[order[k - 1]].set)
			w->units[w->n_units++] = (struct unit){ .items = items + k, .parts = parts + k, .owner = NO_OWNER };
		add_item(w, &w->units[w->n_units - 1], order[k]);
	}
	find_shapes(w);
	for (uint32_t u = 0; u < w->n_units; u++)
		w->units[u].barred = is_barred(w, &w->units[u]);
}

/* ── needs, and what can never meet them ── */

/* Common items by cell, in proportion to what forms need: largest remainders. */
static uint32_t *share_common(const struct assembly_work *w)
{
	const struct assembly_problem *p = w->p;
	uint32_t *share = ARENA_ARRAY(w->cx->arena, uint32_t, p->n_cells), *rest = ARENA_ARRAY(w->cx->arena, uint32_t, p->n_cells), total = 0, given = 0;
	for (uint32_t c = 0; c < p->n_cells; c++)
		total += p->need[c];
	for (uint32_t c = 0; c < p->n_cells; c++) {
		share[c] = p->common * p->need[c] / total;
		rest[c] = p->common * p->need[c] % total;
		given += share[c];
	}
	for (; given < p->common; given++) {
		uint32_t best = 0;
		for (uint32_t c = 1; c < p->n_cells; c++)
			best = rest[c] > rest[best] ? c : best;
		share[best]++;
		rest[best] = 0;
	}
	return share;
}

/* How many of the cell's items could be in forms if nothing else stood against it: of items that are all enemies of each other, one in each form. Such
 * groups are made one by one, each item joining the first that takes it. */
static uint32_t count_usable(struct assembly_work *w, uint32_t cell)
{
	struct arena *a = w->cx->arena;
	struct arena_mark mark = arena_mark(a);
	uint32_t *group = ARENA_ARRAY(a, uint32_t, w->p->n_items), *size = ARENA_ARRAY(a, uint32_t, w->p->n_items + 1);
	uint32_t *hits = ARENA_ARRAY(a, uint32_t, w->p->n_items + 1), n = 0, sum = 0; /* groups from 1 */
	for (uint32_t i = 0; i < w->p->n_items; i++) {
		if (w->p->items[i].cell != cell || w->units[w->unit_of[i]].barred)
			continue;
		for (uint32_t e = w->enemy_at[i]; e < w->enemy_at[i + 1]; e++)
			if (group[w->enemy[e]] && ++hits[group[w->enemy[e]]] == size[group[w->enemy[e]]] && !group[i])
				group[i] = group[w->enemy[e]];
		for (uint32_t e = w->enemy_at[i]; e < w->enemy_at[i + 1]; e++)
			hits[group[w->enemy[e]]] = 0;
		group[i] = group[i] ? group[i] : ++n;
		size[group[i]]++;
	}
	for (uint32_t g = 1; g <= n; g++)
		sum += size[g] < w->p->n_forms ? size[g] : w->p->n_forms;
	arena_back(a, mark);
	return sum;
}

static void find_needs(struct assembly_work *w)
{
	const struct assembly_problem *p = w->p;
	const uint32_t *share = share_common(w);
	w->owners = p->n_forms + (p->common > 0);
	w->left = ARENA_ARRAY(w->cx->arena, uint32_t, (size_t)w->owners * p->n_cells);
	w->needed = ARENA_ARRAY(w->cx->arena, uint32_t, p->n_cells);
	w->usable = ARENA_ARRAY(w->cx->arena, uint32_t, p->n_cells);
	for (uint32_t c = 0; c < p->n_cells; c++) {
		for (uint32_t o = 0; o < w->owners; o++)
			*assembly_left(w, o, c) = is_common(w, o) ? share[c] : p->need[c] - share[c];
		w->needed[c] = p->n_forms * (p->need[c] - share[c]) + share[c];
		w->usable[c] = w->needed[c] ? count_usable(w, c) : 0;
	}
}

static void find_shortages(const struct assembly_work *w, struct assembly *ret)
{
	ret->shortages = ARENA_ARRAY(w->cx->arena, struct assembly_shortage, w->p->n_cells);
	for (uint32_t c = 0; c < w->p->n_cells; c++) {
		uint32_t items = 0;
		if (w->usable[c] >= w->needed[c])
			continue;
		for (uint32_t i = 0; i < w->p->n_items; i++)
			items += w->p->items[i].cell == c;
		ret->shortages[ret->n_shortages++] = (struct assembly_shortage){ c, items, w->usable[c], w->needed[c] };
	}
}

/* ── values and the target ── */

/* Whether the item says something of a dimension, and what: information at a theta, or (the last) the score. */
static bool says(const struct assembly_work *w, uint32_t item, uint32_t d, double *ret)
{
	const struct assembly_item *i = &w->p->items[item];
	bool score = d == w->p->n_thetas;
	if (score ? !i->has_score : !i->information)
		return false;
	*ret = score ? i->score : i->information[d];
	return true;
}

/* Averages of the cells into ret; of a cell of which nothing is known, that of the bank. False: nothing at all is known. */
static bool averages(const struct assembly_work *w, uint32_t d, double *ret)
{
	struct arena_mark mark = arena_mark(w->cx->arena);
	uint32_t *n = ARENA_ARRAY(w->cx->arena, uint32_t, w->p->n_cells), all = 0;
	double sum = 0, value;
	memset(ret, 0, w->p->n_cells * sizeof *ret);
	for (uint32_t i = 0; i < w->p->n_items; i++) {
		if (!says(w, i, d, &value))
			continue;
		ret[w->p->items[i].cell] += value;
		n[w->p->items[i].cell]++;
		sum += value;
		all++;
	}
	for (uint32_t c = 0; c < w->p->n_cells; c++)
		ret[c] = n[c] ? ret[c] / n[c] : all ? sum / all : 0;
	arena_back(w->cx->arena, mark);
	return all > 0;
}

static void find_values(struct assembly_work *w)
{
	const struct assembly_problem *p = w->p;
	double *average = ARENA_ARRAY(w->cx->arena, double, p->n_cells);
	for (uint32_t d = 0; d <= p->n_thetas; d++) {
		bool known = averages(w, d, average);
		for (uint32_t i = 0; i < p->n_items; i++) {
			double value = average[p->items[i].cell];
			says(w, i, d, &value);
			w->units[w->unit_of[i]].value[d] += value;
		}
		for (uint32_t c = 0; c < p->n_cells; c++)
			w->target[d] += p->need[c] * average[c];
		if (d < p->n_thetas && p->target)
			w->target[d] = p->target[d];
		if (d == p->n_thetas && p->target_score)
			w->target[d] = *p->target_score;
		w->scale[d] = known && w->target[d] > 0 ? 100 / w->target[d] : 0;
	}
}

/* ── the answer ── */

static int descending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x > y ? -1 : x < y;
}

/* The most, and the least, that the mean of all forms can be: best or worst items of each cell, the common ones counting in full. */
static void extremes(const struct assembly_work *w, uint32_t d, double *most, double *least)
{
	struct arena_mark mark = arena_mark(w->cx->arena);
	double *average = ARENA_ARRAY(w->cx->arena, double, w->p->n_cells), *v = ARENA_ARRAY(w->cx->arena, double, w->p->n_items);
	const uint32_t *share = share_common(w);
	averages(w, d, average);
	*most = *least = 0;
	for (uint32_t c = 0; c < w->p->n_cells; c++) {
		uint32_t n = 0;
		for (uint32_t i = 0; i < w->p->n_items; i++) {
			if (w->p->items[i].cell != c || w->units[w->unit_of[i]].barred)
				continue;
			v[n] = average[c];
			says(w, i, d, &v[n++]);
		}
		if (n)
			qsort(v, n, sizeof *v, descending);
		for (uint32_t k = 0; k < w->needed[c]; k++) {
			double weight = k < share[c] ? 1 : 1.0 / w->p->n_forms;
			*most += weight * v[k];
			*least += weight * v[n - 1 - k];
		}
	}
	arena_back(w->cx->arena, mark);
}

static void measure(const struct assembly_work *w, struct assembly *ret)
{
	uint32_t thetas = w->p->n_thetas;
	struct arena *a = w->cx->arena;
	ret->information = ARENA_ARRAY(a, double, (size_t)w->p->n_forms *thetas);
	ret->score = ARENA_ARRAY(a, double, w->p->n_forms);
	ret->target = ARENA_ARRAY(a, double, thetas);
	memcpy(ret->target, w->target, thetas * sizeof *ret->target);
	ret->target_score = w->target[thetas];
	for (uint32_t f = 0; f < w->p->n_forms; f++) {
		double sums[DIMENSIONS_MAX];
		assembly_sums(w, f, sums);
		memcpy(ret->information + (size_t)f * thetas, sums, thetas * sizeof *sums);
		ret->score[f] = sums[thetas];
		for (uint32_t d = 0; d <= thetas; d++)
			ret->deviation = fmax(ret->deviation, fabs(sums[d] - w->target[d]) * w->scale[d] / 100);
	}
	for (uint32_t d = 0; d <= thetas; d++) {
		double most, least;
		extremes(w, d, &most, &least);
		ret->bound = fmax(ret->bound, fmax(w->target[d] - most, least - w->target[d]) * w->scale[d] / 100);
	}
	ret->bound = fmin(ret->bound, ret->deviation); /* equal but for rounding */
}

static void list_items(const struct assembly_work *w, struct assembly *ret)
{
	const struct assembly_problem *p = w->p;
	for (uint32_t c = 0; c < p->n_cells; c++)
		ret->per_form += p->need[c];
	ret->items = ARENA_ARRAY(w->cx->arena, uint32_t, p->n_forms * ret->per_form);
	for (uint32_t f = 0; f < p->n_forms; f++) {
		uint32_t *to = ret->items + f * ret->per_form;
		for (int own = 0; own < 2; own++)
			for (uint32_t i = 0; i < p->n_items; i++) {
				uint32_t owner = w->units[w->unit_of[i]].owner;
				if (own ? owner == f : is_common(w, owner))
					*to++ = i;
			}
	}
	for (uint32_t i = 0; i < p->n_items; i++) {
		if (w->units[w->unit_of[i]].owner == NO_OWNER)
			continue;
		bool calibrated = p->items[i].information && p->n_thetas;
		ret->calibrated += calibrated;
		ret->by_score += !calibrated && p->items[i].has_score;
		ret->by_chance += !calibrated && !p->items[i].has_score;
		ret->n_used += p->items[i].used;
	}
}

enum err assembly_solve(struct ctx *cx, const struct assembly_problem *p, struct assembly *ret)
{
	struct assembly_work w = { .cx = cx, .p = p, .chance = p->seed };
	*ret = (struct assembly){ 0 };
	TRY(check_input(cx, p));
	note_enemies(&w);
	make_units(&w);
	find_needs(&w);
	find_shortages(&w, ret);
	ret->state = ret->n_shortages ? ASSEMBLY_SHORT : assembly_search(&w);
	if (ret->state != ASSEMBLY_FOUND)
		return OK;
	find_values(&w);
	assembly_balance(&w);
	list_items(&w, ret);
	measure(&w, ret);
	return OK;
}
