/* A first way to fill all forms, or that there is none: search in depth; see assembly.h. */
#include "solve/assembly_work.h"

#include <stdlib.h>

enum { TRIES = 3 };

/* A place to be filled: one more item of a cell for an owner. Of one cell and owner units come in the order of the cell's list, so that no choice is
 * looked at twice. */
struct place {
	uint32_t stop, next, chosen; /* number of the cell and owner; in its list: where to look on, the unit taken */
};
struct cell_list {
	uint32_t *units, n;
};
struct searching {
	struct assembly_work *w;
	struct cell_list *lists;		   /* by cell */
	uint32_t *cells;			   /* those that are needed, tightest first */
	uint32_t n_cells, n_stops, first_of_forms; /* stops: cells × owners; the first cell that forms need */
	struct place *places;
	uint32_t *first_pick; /* of each form, in that cell */
};

uint32_t assembly_draw(struct assembly_work *w, uint32_t n)
{
	uint64_t z = (w->chance += UINT64_C(0x9e3779b97f4a7c15));
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (uint32_t)((z ^ (z >> 31)) % n);
}

bool assembly_meets_enemy(const struct assembly_work *w, const struct unit *u, uint32_t owner, const struct unit *but)
{
	for (uint32_t k = 0; k < u->n_items; k++) {
		uint32_t item = u->items[k];
		for (uint32_t e = w->enemy_at[item]; e < w->enemy_at[item + 1]; e++) {
			const struct unit *other = &w->units[w->unit_of[w->enemy[e]]];
			if (other == but || other == u || other->owner == NO_OWNER)
				continue;
			if (other->owner == owner || is_common(w, owner) || is_common(w, other->owner))
				return true;
		}
	}
	return false;
}

static bool fits(const struct assembly_work *w, const struct unit *u, uint32_t owner)
{
	if (u->owner != NO_OWNER)
		return false;
	for (uint32_t k = 0; k < u->n_parts; k++)
		if (*assembly_left(w, owner, u->parts[k].cell) < u->parts[k].n)
			return false;
	return !assembly_meets_enemy(w, u, owner, NULL);
}

static void put(struct assembly_work *w, struct unit *u, uint32_t owner)
{
	for (uint32_t k = 0; k < u->n_parts; k++)
		*assembly_left(w, owner, u->parts[k].cell) -= u->parts[k].n;
	u->owner = owner;
}

static void take_back(struct assembly_work *w, struct unit *u)
{
	for (uint32_t k = 0; k < u->n_parts; k++)
		*assembly_left(w, u->owner, u->parts[k].cell) += u->parts[k].n;
	u->owner = NO_OWNER;
}

/* ── orders ── */

/* Common items come first in each cell: their enemies are everybody's. */
static uint32_t owner_at(const struct searching *s, uint32_t stop)
{
	uint32_t k = stop % s->w->owners;
	return s->w->owners == s->w->p->n_forms ? k : k ? k - 1 : s->w->p->n_forms;
}

static uint32_t cell_at(const struct searching *s, uint32_t stop)
{
	return s->cells[stop / s->w->owners];
}

static int by_wear(const void *a, const void *b, void *of)
{
	const struct assembly_work *w = of;
	const struct unit *u = &w->units[*(const uint32_t *)a], *v = &w->units[*(const uint32_t *)b];
	if ((u->used > 0) != (v->used > 0))
		return u->used ? 1 : -1;
	/* Units have come by lot; of equal ones that order stays, since the place in it is what exposure ends with. */
	return u->exposure < v->exposure ? -1 : u->exposure > v->exposure;
}

static int by_room(const void *a, const void *b, void *of)
{
	const struct assembly_work *w = of;
	uint32_t c = *(const uint32_t *)a, d = *(const uint32_t *)b;
	int64_t room = (int64_t)w->usable[c] - w->needed[c], other = (int64_t)w->usable[d] - w->needed[d];
	return room < other ? -1 : room > other ? 1 : c < d ? -1 : c > d;
}

/* Lists of the cells in an order by lot, then those used or seen least first (a merge that keeps the lot among equals). */
static void merge_sort(struct searching *s, uint32_t *v, uint32_t *room, uint32_t n)
{
	for (uint32_t width = 1; width < n; width *= 2) {
		for (uint32_t from = 0; from < n; from += 2 * width) {
			uint32_t i = from, mid = from + width < n ? from + width : n, j = mid, end = from + 2 * width < n ? from + 2 * width : n;
			for (uint32_t k = from; k < end; k++)
				room[k] = i < mid && (j >= end || by_wear(&v[i], &v[j], s->w) <= 0) ? v[i++] : v[j++];
		}
		memcpy(v, room, n * sizeof *v);
	}
}

static void order_lists(struct searching *s)
{
	struct arena_mark mark = arena_mark(s->w->cx->arena);
	uint32_t *room = ARENA_ARRAY(s->w->cx->arena, uint32_t, s->w->n_units);
	for (uint32_t c = 0; c < s->w->p->n_cells; c++) {
		struct cell_list *l = &s->lists[c];
		for (uint32_t k = l->n; k > 1; k--) {
			uint32_t other = assembly_draw(s->w, k), was = l->units[k - 1];
			l->units[k - 1] = l->units[other];
			l->units[other] = was;
		}
		merge_sort(s, l->units, room, l->n);
	}
	arena_back(s->w->cx->arena, mark);
}

static void searching_begin(struct searching *s)
{
	struct assembly_work *w = s->w;
	struct arena *a = w->cx->arena;
	uint32_t places = 1;
	s->lists = ARENA_ARRAY(a, struct cell_list, w->p->n_cells);
	s->cells = ARENA_ARRAY(a, uint32_t, w->p->n_cells);
	s->first_pick = ARENA_ARRAY(a, uint32_t, w->owners);
	for (int pass = 0; pass < 2; pass++) {
		for (uint32_t u = 0; u < w->n_units; u++)
			for (uint32_t k = 0; !w->units[u].barred && k < w->units[u].n_parts; k++) {
				struct cell_list *l = &s->lists[w->units[u].parts[k].cell];
				if (pass)
					l->units[l->n] = u;
				l->n++;
			}
		for (uint32_t c = 0; !pass && c < w->p->n_cells; c++)
			s->lists[c] = (struct cell_list){ ARENA_ARRAY(a, uint32_t, s->lists[c].n), 0 };
	}
	for (uint32_t c = 0; c < w->p->n_cells; c++) {
		places += w->needed[c];
		if (w->needed[c])
			s->cells[s->n_cells++] = c;
	}
	qsort_r(s->cells, s->n_cells, sizeof *s->cells, by_room, w);
	while (*assembly_left(w, 0, s->cells[s->first_of_forms]) == 0 && s->first_of_forms + 1 < s->n_cells)
		s->first_of_forms++;
	s->n_stops = s->n_cells * w->owners;
	s->places = ARENA_ARRAY(a, struct place, places);
}

/* ── the search ── */

/* Forms are alike until they have something: so their first picks in the first cell may ascend. */
static uint32_t begin_at(const struct searching *s, uint32_t stop)
{
	uint32_t owner = owner_at(s, stop);
	return stop / s->w->owners == s->first_of_forms && owner > 0 && !is_common(s->w, owner) ? s->first_pick[owner - 1] + 1 : 0;
}

static struct place place_after(const struct searching *s, const struct place *before)
{
	uint32_t stop = before ? before->stop : 0;
	while (stop < s->n_stops && *assembly_left(s->w, owner_at(s, stop), cell_at(s, stop)) == 0)
		stop++;
	if (stop == s->n_stops)
		return (struct place){ stop, 0, 0 };
	return (struct place){ stop, before && before->stop == stop ? before->chosen + 1 : begin_at(s, stop), 0 };
}

/* Fills a place with the next unit that fits; false: none does. */
static bool fill(struct searching *s, struct place *p, bool first_there)
{
	uint32_t owner = owner_at(s, p->stop);
	const struct cell_list *l = &s->lists[cell_at(s, p->stop)];
	while (p->next < l->n && !fits(s->w, &s->w->units[l->units[p->next]], owner))
		p->next++;
	if (p->next == l->n)
		return false;
	p->chosen = p->next;
	put(s->w, &s->w->units[l->units[p->chosen]], owner);
	if (first_there && p->stop / s->w->owners == s->first_of_forms)
		s->first_pick[owner] = p->chosen;
	return true;
}

static void empty(struct searching *s, struct place *p)
{
	take_back(s->w, &s->w->units[s->lists[cell_at(s, p->stop)].units[p->chosen]]);
	p->next = p->chosen + 1;
}

/* From no unit placed; when it is not found none is placed afterwards. */
static enum assembly_state try_order(struct searching *s)
{
	uint32_t depth = 0;
	s->places[0] = place_after(s, NULL);
	for (uint32_t nodes = 0; nodes < ASSEMBLY_NODES; nodes++) {
		struct place *p = &s->places[depth];
		if (p->stop == s->n_stops)
			return ASSEMBLY_FOUND;
		if (fill(s, p, depth == 0 || s->places[depth - 1].stop != p->stop)) {
			s->places[++depth] = place_after(s, p);
			continue;
		}
		if (depth == 0)
			return ASSEMBLY_IMPOSSIBLE;
		empty(s, &s->places[--depth]);
	}
	while (depth > 0)
		empty(s, &s->places[--depth]);
	return ASSEMBLY_NOT_FOUND;
}

enum assembly_state assembly_search(struct assembly_work *w)
{
	struct searching s = { .w = w };
	enum assembly_state state = ASSEMBLY_NOT_FOUND;
	searching_begin(&s);
	for (int n = 0; n < TRIES && state == ASSEMBLY_NOT_FOUND; n++) {
		order_lists(&s);
		state = try_order(&s);
	}
	return state;
}
