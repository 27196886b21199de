/* Who sits with whom; see charcha_draw.h. */
#include "feature/charcha/charcha_draw.h"

#include <stdlib.h>
#include <string.h>

const int64_t draw_weights[DRAW_ATTRIBUTES] = { 3, 2, 1 };

enum { DEPARTMENT, PAIRS_WHOLE = 600 }; /* up to so many people every pair is tried */

/* A person among those who are drawn: values as numbers from 0 in the order of their size. */
struct seat {
	int64_t id;
	uint32_t of[DRAW_ATTRIBUTES];
	uint32_t at; /* as given */
	uint64_t lot;
};
struct room {
	struct arena *arena;
	struct seat *v;			  /* by id at first */
	uint32_t n, n_groups, most;	  /* most: people of the largest group */
	uint32_t *count[DRAW_ATTRIBUTES]; /* people of a value */
	uint32_t n_values[DRAW_ATTRIBUTES];
	uint32_t *group;   /* of each of v */
	uint32_t *members; /* most places a group */
	uint32_t *size;
	uint64_t state; /* of the lot */
};

static uint64_t mix(uint64_t z)
{
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static uint64_t next_lot(struct room *r)
{
	return mix(r->state += UINT64_C(0x9e3779b97f4a7c15));
}

uint32_t draw_groups(uint32_t n, uint32_t size)
{
	return (n + size - 1) / size;
}

int64_t draw_band(int64_t pay_level)
{
	return pay_level <= 5 ? 0 : pay_level <= 9 ? 1 : pay_level <= 12 ? 2 : 3;
}

/* ── values as numbers ── */

struct value {
	int64_t value;
	uint32_t n;
};

static int by_value(const void *a, const void *b)
{
	const struct value *x = a, *y = b;
	return (x->value > y->value) - (x->value < y->value);
}

static int most_first(const void *a, const void *b)
{
	const struct value *x = a, *y = b;
	return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : by_value(a, b);
}

/* The different values of an attribute, those of most people first; and the number of each person's. */
static void number_values(struct room *r, const struct draw_person *people, int k)
{
	struct value *all = ARENA_ARRAY(r->arena, struct value, r->n), *numbered;
	uint32_t n = 0;
	for (uint32_t i = 0; i < r->n; i++)
		all[i] = (struct value){ people[r->v[i].at].of[k], 1 };
	qsort(all, r->n, sizeof *all, by_value);
	for (uint32_t i = 0; i < r->n; i++)
		if (n && all[n - 1].value == all[i].value)
			all[n - 1].n++;
		else
			all[n++] = all[i];
	qsort(all, n, sizeof *all, most_first);
	r->count[k] = ARENA_ARRAY(r->arena, uint32_t, n);
	r->n_values[k] = n;
	numbered = ARENA_ARRAY(r->arena, struct value, n);
	for (uint32_t i = 0; i < n; i++) {
		r->count[k][i] = all[i].n;
		numbered[i] = (struct value){ all[i].value, i };
	}
	qsort(numbered, n, sizeof *numbered, by_value);
	for (uint32_t i = 0; i < r->n; i++) {
		const struct value key = { people[r->v[i].at].of[k], 0 };
		const struct value *found = bsearch(&key, numbered, n, sizeof *numbered, by_value);
		r->v[i].of[k] = found->n;
	}
}

static int by_id(const void *a, const void *b)
{
	const struct seat *x = a, *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

static struct room room_of(struct arena *a, uint64_t seed, const struct draw_person *people, uint32_t n, uint32_t n_groups, uint32_t most)
{
	struct room r = { .arena = a, .v = ARENA_ARRAY(a, struct seat, n), .n = n, .n_groups = n_groups, .most = most, .state = seed };
	for (uint32_t i = 0; i < n; i++)
		r.v[i] = (struct seat){ .id = people[i].id, .at = i, .lot = mix(seed + UINT64_C(0x9e3779b97f4a7c15) * (uint64_t)people[i].id) };
	qsort(r.v, n, sizeof *r.v, by_id);
	for (int k = 0; k < DRAW_ATTRIBUTES; k++)
		number_values(&r, people, k);
	r.group = ARENA_ARRAY(a, uint32_t, n);
	r.members = ARENA_ARRAY(a, uint32_t, (size_t)n_groups * most);
	r.size = ARENA_ARRAY(a, uint32_t, n_groups);
	return r;
}

/* ── the objective ── */

static uint32_t count_in(const struct room *r, uint32_t group, int k, uint32_t value)
{
	const uint32_t *m = &r->members[(size_t)group * r->most];
	uint32_t n = 0;
	for (uint32_t i = 0; i < r->size[group]; i++)
		n += r->v[m[i]].of[k] == value;
	return n;
}

static bool is_single(const struct room *r, uint32_t group)
{
	const uint32_t *m = &r->members[(size_t)group * r->most];
	return r->size[group] > 1 && count_in(r, group, DEPARTMENT, r->v[m[0]].of[DEPARTMENT]) == r->size[group];
}

/* (n c - s N)^2 over all values: those that nobody of the group has give (s N)^2 each. */
static int64_t objective_of_group(const struct room *r, uint32_t group, int k, int64_t squares)
{
	const uint32_t *m = &r->members[(size_t)group * r->most];
	int64_t n = r->n, s = r->size[group], same = 0, shares = 0;
	for (uint32_t i = 0; i < r->size[group]; i++) {
		uint32_t value = r->v[m[i]].of[k];
		same += count_in(r, group, k, value); /* summed over members: sum of c^2 */
		shares += r->count[k][value];	      /* sum of c N */
	}
	return n * n * same - 2 * n * s * shares + s * s * squares;
}

static int64_t objective(const struct room *r)
{
	int64_t sum = 0;
	for (int k = 0; k < DRAW_ATTRIBUTES; k++) {
		int64_t squares = 0;
		for (uint32_t v = 0; v < r->n_values[k]; v++)
			squares += (int64_t)r->count[k][v] * r->count[k][v];
		for (uint32_t g = 0; g < r->n_groups; g++)
			sum += draw_weights[k] * objective_of_group(r, g, k, squares);
	}
	return sum;
}

static uint32_t singles(const struct room *r)
{
	uint32_t n = 0;
	for (uint32_t g = 0; g < r->n_groups; g++)
		n += is_single(r, g);
	return n;
}

/* ── dealing ── */

static void seat_people(struct room *r)
{
	memset(r->size, 0, r->n_groups * sizeof *r->size);
	for (uint32_t i = 0; i < r->n; i++) {
		uint32_t g = r->group[i];
		r->members[(size_t)g * r->most + r->size[g]++] = i;
	}
}

struct turn {
	const struct seat *seat;
	uint32_t at;
};

static int by_lot(const void *a, const void *b)
{
	const struct seat *x = ((const struct turn *)a)->seat, *y = ((const struct turn *)b)->seat;
	return x->lot != y->lot ? (x->lot > y->lot) - (x->lot < y->lot) : by_id(x, y);
}

static int by_attributes(const void *a, const void *b)
{
	const struct seat *x = ((const struct turn *)a)->seat, *y = ((const struct turn *)b)->seat;
	for (int k = 0; k < DRAW_ATTRIBUTES; k++)
		if (x->of[k] != y->of[k])
			return (x->of[k] > y->of[k]) - (x->of[k] < y->of[k]);
	return by_lot(a, b);
}

static void deal(struct room *r, int (*order)(const void *, const void *))
{
	struct turn *t = ARENA_ARRAY(r->arena, struct turn, r->n);
	for (uint32_t i = 0; i < r->n; i++)
		t[i] = (struct turn){ &r->v[i], i };
	qsort(t, r->n, sizeof *t, order);
	for (uint32_t i = 0; i < r->n; i++)
		r->group[t[i].at] = i % r->n_groups;
	seat_people(r);
}

/* ── changing places ── */

/* What the objective gains when x (of group g) and y (of group h) change places, divided by n. */
static int64_t change(const struct room *r, uint32_t x, uint32_t y)
{
	uint32_t g = r->group[x], h = r->group[y];
	int64_t n = r->n, sum = 0, sizes = (int64_t)r->size[g] - (int64_t)r->size[h];
	for (int k = 0; k < DRAW_ATTRIBUTES; k++) {
		uint32_t a = r->v[x].of[k], b = r->v[y].of[k];
		if (a == b)
			continue;
		int64_t ga = count_in(r, g, k, a), gb = count_in(r, g, k, b), ha = count_in(r, h, k, a), hb = count_in(r, h, k, b);
		int64_t shares = (int64_t)r->count[k][b] - (int64_t)r->count[k][a];
		sum += draw_weights[k] * (2 * n * (gb - ga + ha - hb + 2) - 2 * sizes * shares);
	}
	return sum;
}

static void swap(struct room *r, uint32_t x, uint32_t y)
{
	uint32_t g = r->group[x], h = r->group[y], i = 0, j = 0;
	uint32_t *a = &r->members[(size_t)g * r->most], *b = &r->members[(size_t)h * r->most];
	while (a[i] != x)
		i++;
	while (b[j] != y)
		j++;
	a[i] = y;
	b[j] = x;
	r->group[x] = h;
	r->group[y] = g;
}

static bool try_pair(struct room *r, uint32_t x, uint32_t y)
{
	uint32_t g = r->group[x], h = r->group[y];
	if (g == h || change(r, x, y) >= 0)
		return false;
	int before = is_single(r, g) + is_single(r, h);
	swap(r, x, y);
	if (is_single(r, g) + is_single(r, h) <= before)
		return true;
	swap(r, x, y);
	return false;
}

static void improve_all(struct room *r)
{
	int64_t tries = 0;
	for (bool any = true; any && tries < DRAW_TRIES;) {
		any = false;
		for (uint32_t x = 0; x < r->n; x++)
			for (uint32_t y = x + 1; y < r->n; y++)
				any = try_pair(r, x, y) || any;
		tries += (int64_t)r->n * r->n / 2;
	}
}

static void improve_by_lot(struct room *r)
{
	for (int64_t i = 0; i < DRAW_TRIES; i++) {
		uint64_t lot = next_lot(r);
		try_pair(r, (uint32_t)((lot >> 32) % r->n), (uint32_t)((lot & UINT32_MAX) % r->n));
	}
}

static void improve(struct room *r)
{
	if (r->n <= PAIRS_WHOLE)
		improve_all(r);
	else
		improve_by_lot(r);
}

static void keep(const struct room *r, struct draw_result *ret)
{
	ret->reached = objective(r);
	ret->n_single = singles(r);
	for (uint32_t i = 0; i < r->n; i++)
		ret->group[r->v[i].at] = r->group[i];
}

struct draw_result draw_people(struct arena *a, uint64_t seed, const struct draw_person *people, uint32_t n, uint32_t size)
{
	struct draw_result ret = { .n_groups = draw_groups(n, size), .group = ARENA_ARRAY(a, uint32_t, n) };
	struct room r = room_of(a, seed, people, n, ret.n_groups, size);
	deal(&r, by_lot);
	uint32_t chance_single = singles(&r);
	ret.chance = objective(&r);
	deal(&r, by_attributes);
	improve(&r);
	keep(&r, &ret);
	if (ret.n_single > chance_single || (ret.n_single == chance_single && ret.reached > ret.chance)) {
		deal(&r, by_lot);
		improve(&r);
		keep(&r, &ret);
	}
	return ret;
}

int64_t draw_objective(struct arena *a, const struct draw_person *people, uint32_t n, const uint32_t *group, uint32_t n_groups, uint32_t *ret_single)
{
	uint32_t *size = ARENA_ARRAY(a, uint32_t, n_groups), most = 1;
	for (uint32_t i = 0; i < n; i++)
		most = ++size[group[i]] > most ? size[group[i]] : most;
	struct room r = room_of(a, 0, people, n, n_groups, most);
	for (uint32_t i = 0; i < n; i++)
		r.group[i] = group[r.v[i].at];
	seat_people(&r);
	if (ret_single)
		*ret_single = singles(&r);
	return objective(&r);
}

/* ── who comes late ── */

/* The number of a value among those who are there; n_values: nobody has it. */
static uint32_t number_of(const struct room *r, const struct draw_person *people, int k, int64_t value)
{
	for (uint32_t i = 0; i < r->n; i++)
		if (people[r->v[i].at].of[k] == value)
			return r->v[i].of[k];
	return r->n_values[k];
}

/* How much the objective of a group grows by one person more, with the shares N / n of those who are there, times n^2: the difference of
 * sum (c_u - s N_u / n)^2 before and sum (c_u + [u is the value] - (s + 1) N_u / n)^2 afterwards. */
static int64_t growth(const struct room *r, uint32_t group, const uint32_t value[DRAW_ATTRIBUTES])
{
	const uint32_t *m = &r->members[(size_t)group * r->most];
	int64_t n = r->n, s = r->size[group], sum = 0;
	for (int k = 0; k < DRAW_ATTRIBUTES; k++) {
		int64_t squares = 0, shares = 0, all = value[k] < r->n_values[k] ? (int64_t)r->count[k][value[k]] : 0;
		for (uint32_t v = 0; v < r->n_values[k]; v++)
			squares += (int64_t)r->count[k][v] * r->count[k][v];
		for (uint32_t i = 0; i < r->size[group]; i++)
			shares += r->count[k][r->v[m[i]].of[k]];
		int64_t same = count_in(r, group, k, value[k]);
		sum += draw_weights[k] * (squares * (1 + 2 * s) - 2 * n * shares + 2 * n * (n * same - (s + 1) * all) + n * n);
	}
	return sum;
}

uint32_t draw_late(struct arena *a, const struct draw_person *people, uint32_t n, const uint32_t *group, uint32_t n_groups, const bool *open, uint32_t most,
		   const struct draw_person *late)
{
	uint32_t *size = ARENA_ARRAY(a, uint32_t, n_groups), largest = 1, least = UINT32_MAX, best = n_groups, value[DRAW_ATTRIBUTES];
	int64_t best_growth = 0;
	for (uint32_t i = 0; i < n; i++)
		largest = ++size[group[i]] > largest ? size[group[i]] : largest;
	for (uint32_t g = 0; g < n_groups; g++)
		least = open[g] && size[g] < least ? size[g] : least;
	struct room r = room_of(a, 0, people, n, n_groups, largest);
	for (uint32_t i = 0; i < n; i++)
		r.group[i] = group[r.v[i].at];
	seat_people(&r);
	for (int k = 0; k < DRAW_ATTRIBUTES; k++)
		value[k] = number_of(&r, people, k, late->of[k]);
	for (uint32_t g = 0; g < n_groups; g++) {
		if (!open[g] || size[g] >= most || size[g] > least + 1)
			continue;
		int64_t more = growth(&r, g, value);
		if (best == n_groups || more < best_growth) {
			best = g;
			best_growth = more;
		}
	}
	return best;
}
