/* Branch and bound over rows; see cover_search.h. */
#include "solve/cover_search.h"

#include <math.h>

enum { ROOT_ROUNDS = 400, NODE_ROUNDS = 40, GREEDY_EVERY = 8, PATIENCE = 10 };
enum fixing { OPEN, OUT, IN };

struct search {
	const struct cover_rows *p;
	struct cover_found *found;
	struct arena *arena;
	/* the node */
	uint8_t *fix;
	uint32_t *covered, *open; /* by row: courses in the plan; courses not decided */
	int64_t minutes, cost;	  /* of what is in */
	uint32_t *trail, n_trail; /* decided courses in their order */
	/* the bound */
	double *lambda, *reduced; /* by row; by course */
	double theta, pi;	  /* of the limit; of the floor */
	double minutes_unit, worth_unit;
	double bound;
	uint32_t *live, n_live;
	int64_t worth_all; /* of all optional rows */
	int64_t grain;	   /* divides the value of every plan */
	/* scratch */
	uint8_t *set;
	uint32_t *order, *candidates, *hits, *by_cost;
};

static bool is_optional(const struct cover_row *r)
{
	return r->owner == NO_OWNER && r->worth != NEED_ALWAYS;
}

/* ── deciding and taking back ── */

static void decide(struct search *s, uint32_t c, enum fixing to)
{
	s->fix[c] = (uint8_t)to;
	s->trail[s->n_trail++] = c;
	for (uint32_t k = 0; k < s->p->n_rows_of[c]; k++) {
		uint32_t r = s->p->rows_of[c][k];
		s->open[r]--;
		s->covered[r] += to == IN;
	}
	s->minutes += to == IN ? s->p->minutes[c] : 0;
	s->cost += to == IN ? s->p->cost[c] : 0;
}

static void take_back(struct search *s, uint32_t n_trail)
{
	while (s->n_trail > n_trail) {
		uint32_t c = s->trail[--s->n_trail];
		bool in = s->fix[c] == IN;
		for (uint32_t k = 0; k < s->p->n_rows_of[c]; k++) {
			uint32_t r = s->p->rows_of[c][k];
			s->open[r]++;
			s->covered[r] -= in;
		}
		s->minutes -= in ? s->p->minutes[c] : 0;
		s->cost -= in ? s->p->cost[c] : 0;
		s->fix[c] = OPEN;
	}
}

static bool is_hard(const struct search *s, uint32_t r)
{
	const struct cover_row *row = &s->p->rows[r];
	return s->covered[r] == 0 && (row->owner == NO_OWNER ? row->worth == NEED_ALWAYS : s->fix[row->owner] == IN);
}

/* ── a plan ── */

bool cover_order(struct arena *a, const struct cover_rows *p, const uint8_t *taken, uint32_t *order, uint32_t *ret_n)
{
	struct arena_mark mark = arena_mark(a);
	uint8_t *met = ARENA_ARRAY(a, uint8_t, p->n_rows);
	uint32_t *lacks = ARENA_ARRAY(a, uint32_t, p->n_courses), n = 0, wanted = 0;
	for (uint32_t c = 0; c < p->n_courses; c++) {
		lacks[c] = p->n_own[c];
		wanted += taken[c];
		if (taken[c] && lacks[c] == 0)
			order[n++] = c;
	}
	for (uint32_t at = 0; at < n; at++) {
		for (uint32_t k = 0; k < p->n_rows_of[order[at]]; k++) {
			uint32_t r = p->rows_of[order[at]][k], owner = p->rows[r].owner;
			if (met[r]++ == 0 && owner != NO_OWNER && --lacks[owner] == 0 && taken[owner])
				order[n++] = owner;
			met[r] = 1;
		}
	}
	arena_back(a, mark);
	*ret_n = n;
	return n == wanted;
}

/* The sum of a plan; false: it does not hold. */
static bool value_of(struct search *s, const uint8_t *taken, int64_t *ret)
{
	const struct cover_rows *p = s->p;
	int64_t minutes = 0, value = 0, worth = 0;
	uint32_t n;
	memset(s->hits, 0, p->n_rows * sizeof *s->hits);
	for (uint32_t c = 0; c < p->n_courses; c++) {
		if (!taken[c])
			continue;
		minutes += p->minutes[c];
		value += p->cost[c];
		for (uint32_t k = 0; k < p->n_rows_of[c]; k++)
			s->hits[p->rows_of[c][k]]++;
	}
	for (uint32_t r = 0; r < p->n_rows; r++) {
		const struct cover_row *row = &p->rows[r];
		if (is_optional(row))
			worth += s->hits[r] ? row->worth : 0;
		else if (!s->hits[r] && (row->owner == NO_OWNER || taken[row->owner]))
			return false;
	}
	if (minutes > p->limit || worth < p->floor)
		return false;
	*ret = p->floor ? value : value + s->worth_all - worth;
	return cover_order(s->arena, p, taken, s->order, &n);
}

/* Takes out what the plan does not need, the dearest first, and keeps it when it is the best so far. */
static void offer(struct search *s, uint8_t *taken)
{
	int64_t value, without;
	if (!value_of(s, taken, &value))
		return;
	for (uint32_t k = 0; k < s->p->n_courses; k++) {
		uint32_t c = s->by_cost[k];
		if (!taken[c])
			continue;
		taken[c] = 0;
		if (value_of(s, taken, &without) && without <= value)
			value = without;
		else
			taken[c] = 1;
	}
	if (value >= s->found->value)
		return;
	s->found->value = value;
	memcpy(s->found->taken, taken, s->p->n_courses);
}

/* ── greedy, led by the reduced costs; on top of the node, which is taken back afterwards ── */

static double gain_of(const struct search *s, uint32_t c, bool *ret_optional)
{
	double gain = 0;
	*ret_optional = false;
	for (uint32_t k = 0; k < s->p->n_rows_of[c]; k++) {
		uint32_t r = s->p->rows_of[c][k];
		if (s->covered[r])
			continue;
		if (is_optional(&s->p->rows[r])) {
			gain += (double)s->p->rows[r].worth;
			*ret_optional = *ret_optional || s->p->rows[r].worth > 0;
		} else if (is_hard(s, r)) {
			gain += 1;
		}
	}
	return gain;
}

static bool fits(const struct search *s, uint32_t c)
{
	return s->fix[c] == OPEN && s->minutes <= s->p->limit && s->p->minutes[c] <= s->p->limit - s->minutes;
}

static uint32_t hard_row(const struct search *s)
{
	uint32_t best = UINT32_MAX;
	for (uint32_t r = 0; r < s->p->n_rows; r++)
		if (is_hard(s, r) && (best == UINT32_MAX || s->open[r] < s->open[best]))
			best = r;
	return best;
}

static uint32_t greedy_for_row(const struct search *s, uint32_t r)
{
	uint32_t best = UINT32_MAX;
	double best_score = INFINITY;
	for (uint32_t k = 0; k < s->p->rows[r].n; k++) {
		uint32_t c = s->p->rows[r].courses[k];
		bool optional;
		if (!fits(s, c))
			continue;
		double red = s->reduced[c], score = (red > 0 ? red : 0) / (1 + gain_of(s, c, &optional));
		score = red < 0 ? red : score;
		if (score < best_score) {
			best_score = score;
			best = c;
		}
	}
	return best;
}

static uint32_t greedy_for_worth(const struct search *s)
{
	uint32_t best = UINT32_MAX;
	double best_score = 0;
	for (uint32_t c = 0; c < s->p->n_courses; c++) {
		bool optional;
		if (!fits(s, c))
			continue;
		double gain = gain_of(s, c, &optional), score = gain / ((double)s->p->minutes[c] + 1);
		if (optional && (best == UINT32_MAX || score > best_score)) {
			best_score = score;
			best = c;
		}
	}
	return best;
}

static void offer_node(struct search *s)
{
	for (uint32_t c = 0; c < s->p->n_courses; c++)
		s->set[c] = s->fix[c] == IN;
	offer(s, s->set);
}

/* Adds courses until nothing hard is open and nothing more fits. A course whose needs cannot be met within the limit is taken back and left out. */
static void greedy(struct search *s)
{
	uint32_t begun = s->n_trail, whole = begun;
	for (;;) {
		uint32_t r = hard_row(s), c;
		if (r == UINT32_MAX)
			whole = s->n_trail;
		c = r != UINT32_MAX ? greedy_for_row(s, r) : greedy_for_worth(s);
		if (c != UINT32_MAX) {
			decide(s, c, IN);
			continue;
		}
		if (r == UINT32_MAX || whole == s->n_trail)
			break;
		uint32_t first = s->trail[whole];
		take_back(s, whole);
		decide(s, first, OUT);
		whole = s->n_trail;
		if (hard_row(s) != UINT32_MAX)
			break;
	}
	if (hard_row(s) == UINT32_MAX)
		offer_node(s);
	take_back(s, begun);
}

/* ── the bound ── */

/* Rows that are neither covered nor of a course that is out. */
static void list_live(struct search *s)
{
	s->n_live = 0;
	for (uint32_t r = 0; r < s->p->n_rows; r++) {
		uint32_t owner = s->p->rows[r].owner;
		if (s->covered[r] == 0 && (owner == NO_OWNER || s->fix[owner] != OUT))
			s->live[s->n_live++] = r;
	}
}

static double value_of_row(const struct search *s, uint32_t r)
{
	const struct cover_row *row = &s->p->rows[r];
	return !is_optional(row) ? INFINITY : s->p->floor ? s->pi * (double)row->worth / s->worth_unit : (double)row->worth;
}

/* The sum at the present multipliers, and the reduced cost of every course. */
static double relaxed(struct search *s)
{
	const struct cover_rows *p = s->p;
	double sum = 0;
	for (uint32_t c = 0; c < p->n_courses; c++)
		s->reduced[c] = (double)p->cost[c] + s->theta * (double)p->minutes[c] / s->minutes_unit;
	for (uint32_t k = 0; k < s->n_live; k++) {
		const struct cover_row *row = &p->rows[s->live[k]];
		double l = s->lambda[s->live[k]];
		for (uint32_t i = 0; i < row->n; i++)
			s->reduced[row->courses[i]] -= l;
		if (row->owner != NO_OWNER)
			s->reduced[row->owner] += l;
		else
			sum += fmin(l, value_of_row(s, s->live[k]));
	}
	for (uint32_t c = 0; c < p->n_courses; c++)
		if (s->fix[c] == IN || (s->fix[c] == OPEN && s->reduced[c] < 0))
			sum += s->reduced[c];
	if (p->limit != INT64_MAX)
		sum -= s->theta * (double)p->limit / s->minutes_unit;
	/* Covered rows count in full, live ones by what stands above. */
	if (p->floor)
		sum += s->pi * (double)(p->floor - s->worth_all) / s->worth_unit;
	return sum;
}

static bool taken_in_relaxed(const struct search *s, uint32_t c)
{
	return s->fix[c] == IN || (s->fix[c] == OPEN && s->reduced[c] < 0);
}

/* How much each live row, the limit and the floor are missed by; gives the square of their length. */
static double subgradient(struct search *s, double *g, double *ret_theta, double *ret_pi)
{
	const struct cover_rows *p = s->p;
	double square = 0, minutes = 0, open = 0; /* open: worth of rows that stay so */
	for (uint32_t k = 0; k < s->n_live; k++) {
		uint32_t r = s->live[k];
		const struct cover_row *row = &p->rows[r];
		uint32_t n = 0;
		for (uint32_t i = 0; i < row->n; i++)
			n += taken_in_relaxed(s, row->courses[i]);
		/* Where a row costs as much open as covered, it is what the courses make it. */
		bool wanted = row->owner != NO_OWNER ? taken_in_relaxed(s, row->owner) : s->lambda[r] < value_of_row(s, r) || n > 0;
		g[k] = (double)wanted - n;
		if (is_optional(row) && !wanted)
			open += (double)row->worth;
		if (g[k] < 0 && s->lambda[r] <= 0)
			g[k] = 0;
		square += g[k] * g[k];
	}
	for (uint32_t c = 0; c < p->n_courses; c++)
		minutes += taken_in_relaxed(s, c) ? (double)p->minutes[c] : 0;
	*ret_theta = p->limit == INT64_MAX ? 0 : (minutes - (double)p->limit) / s->minutes_unit;
	*ret_pi = p->floor ? ((double)(p->floor - s->worth_all) + open) / s->worth_unit : 0;
	if (*ret_theta < 0 && s->theta <= 0)
		*ret_theta = 0;
	if (*ret_pi < 0 && s->pi <= 0)
		*ret_pi = 0;
	return square + *ret_theta * *ret_theta + *ret_pi * *ret_pi;
}

static double upwards(double x, double by)
{
	return x + by > 0 ? x + by : 0;
}

/* A plan's value is a multiple of the grain, so a bound is one itself; a thousandth is more than the arithmetic loses. */
static int64_t whole_bound(const struct search *s, double bound)
{
	return bound > 0 ? (int64_t)ceil((bound - 1e-3) / (double)s->grain) * s->grain : 0;
}

static bool is_hopeless(const struct search *s, double bound)
{
	return whole_bound(s, bound) >= s->found->value;
}

/* Takes courses out that no better plan has, and in that every better plan has. */
static void fix_by_bound(struct search *s, double bound)
{
	for (uint32_t c = 0; c < s->p->n_courses; c++) {
		if (s->fix[c] != OPEN)
			continue;
		if (s->reduced[c] > 0 && is_hopeless(s, bound + s->reduced[c]))
			decide(s, c, OUT);
		else if (s->reduced[c] < 0 && is_hopeless(s, bound - s->reduced[c]))
			decide(s, c, IN);
	}
}

/* Follows the subgradient; the multipliers stay where the bound was best. True: no better plan lies below this node. */
static bool raise_bound(struct search *s, int rounds)
{
	struct arena_mark mark = arena_mark(s->arena);
	double *best = ARENA_ARRAY(s->arena, double, s->p->n_rows), *g = ARENA_ARRAY(s->arena, double, s->p->n_rows);
	double step = 1.2, best_theta = s->theta, best_pi = s->pi, top = -INFINITY, gt, gp;
	int stale = 0;
	list_live(s);
	for (int i = 0; i < rounds && step > 1e-3; i++) {
		double now = relaxed(s), square;
		if (now > top) {
			stale = now > top + 1e-4 * fabs(top) ? 0 : stale + 1;
			top = now;
			memcpy(best, s->lambda, s->p->n_rows * sizeof *best);
			best_theta = s->theta;
			best_pi = s->pi;
		} else {
			stale++;
		}
		if (is_hopeless(s, top) || (square = subgradient(s, g, &gt, &gp)) == 0)
			break;
		if (stale >= PATIENCE) {
			step /= 2;
			stale = 0;
		}
		double aim = s->found->value == INT64_MAX ? fabs(now) * 1.2 + 10 : (double)s->found->value;
		double t = step * fmax(aim - now, 0.5) / square;
		s->theta = upwards(s->theta, t * gt);
		s->pi = upwards(s->pi, t * gp);
		for (uint32_t k = 0; k < s->n_live; k++)
			s->lambda[s->live[k]] = fmin(upwards(s->lambda[s->live[k]], t * g[k]), value_of_row(s, s->live[k]));
		if (rounds == ROOT_ROUNDS && i % 20 == 19)
			greedy(s);
	}
	memcpy(s->lambda, best, s->p->n_rows * sizeof *best);
	s->theta = best_theta;
	s->pi = best_pi;
	arena_back(s->arena, mark);
	s->bound = relaxed(s);
	return is_hopeless(s, s->bound);
}

/* ── branching ── */

/* Courses of which one must come in: those of a row, or, when everything is covered but has no order, what could come before those that wait for each
 * other. 0 with *ret_whole: nothing is lacking. */
static uint32_t must_have_one(struct search *s, uint32_t *v, bool *ret_whole)
{
	uint32_t r = hard_row(s), n = 0, n_order;
	*ret_whole = false;
	if (r != UINT32_MAX) {
		for (uint32_t k = 0; k < s->p->rows[r].n; k++)
			if (s->fix[s->p->rows[r].courses[k]] == OPEN)
				v[n++] = s->p->rows[r].courses[k];
		return n;
	}
	for (uint32_t c = 0; c < s->p->n_courses; c++)
		s->set[c] = s->fix[c] == IN;
	*ret_whole = cover_order(s->arena, s->p, s->set, s->order, &n_order);
	for (uint32_t k = 0; k < n_order; k++)
		s->set[s->order[k]] = 0; /* what remains waits for each other */
	memset(s->hits, 0, s->p->n_rows * sizeof *s->hits);
	for (uint32_t k = 0; k < n_order; k++)
		for (uint32_t i = 0; i < s->p->n_rows_of[s->order[k]]; i++)
			s->hits[s->p->rows_of[s->order[k]][i]]++;
	for (uint32_t c = 0; c < s->p->n_courses && !*ret_whole; c++) {
		bool helps = false;
		for (uint32_t i = 0; i < s->p->n_rows_of[c] && s->fix[c] == OPEN; i++) {
			uint32_t row = s->p->rows_of[c][i], owner = s->p->rows[row].owner;
			helps = helps || (owner != NO_OWNER && s->set[owner] && !s->hits[row]);
		}
		if (helps)
			v[n++] = c;
	}
	return n;
}

static uint32_t least_reduced(const struct search *s, const uint32_t *v, uint32_t n)
{
	uint32_t best = v[0];
	for (uint32_t k = 1; k < n; k++)
		if (s->reduced[v[k]] < s->reduced[best])
			best = v[k];
	return best;
}

static int64_t worth_covered(const struct search *s)
{
	int64_t worth = 0;
	for (uint32_t r = 0; r < s->p->n_rows; r++)
		worth += is_optional(&s->p->rows[r]) && s->covered[r] ? s->p->rows[r].worth : 0;
	return worth;
}

/* The course to decide next; UINT32_MAX: nothing better lies below. */
static uint32_t branch_course(struct search *s)
{
	bool whole;
	uint32_t n = must_have_one(s, s->candidates, &whole);
	if (!whole)
		return n ? least_reduced(s, s->candidates, n) : UINT32_MAX;
	offer_node(s);
	if (worth_covered(s) >= (s->p->floor ? s->p->floor : s->worth_all))
		return UINT32_MAX;
	for (uint32_t c = 0; c < s->p->n_courses; c++) {
		bool optional;
		if (!fits(s, c))
			continue;
		(void)gain_of(s, c, &optional);
		bool helps = optional;
		for (uint32_t i = 0; i < s->p->n_rows_of[c] && !helps; i++)
			helps = s->p->rows[s->p->rows_of[c][i]].owner != NO_OWNER && s->covered[s->p->rows_of[c][i]] == 0;
		if (helps)
			s->candidates[n++] = c;
	}
	return n ? least_reduced(s, s->candidates, n) : UINT32_MAX;
}

static bool may_hold(const struct search *s)
{
	int64_t worth = 0;
	if (s->minutes > s->p->limit)
		return false;
	for (uint32_t r = 0; r < s->p->n_rows; r++) {
		if (is_hard(s, r) && s->open[r] == 0)
			return false;
		if (is_optional(&s->p->rows[r]) && (s->covered[r] || s->open[r]))
			worth += s->p->rows[r].worth;
	}
	return worth >= s->p->floor;
}

static void leave_out_what_does_not_fit(struct search *s)
{
	for (uint32_t c = 0; c < s->p->n_courses; c++)
		if (s->fix[c] == OPEN && !fits(s, c))
			decide(s, c, OUT);
}

/* Depth first, with the course in before it is out. Depth is at most the number of courses. */
static void branch(struct search *s, uint32_t depth)
{
	uint32_t begun = s->n_trail;
	if (s->found->nodes >= s->p->nodes_max) {
		s->found->proved = false;
		return;
	}
	s->found->nodes++;
	leave_out_what_does_not_fit(s);
	if (may_hold(s) && !raise_bound(s, depth == 0 ? ROOT_ROUNDS : NODE_ROUNDS)) {
		if (depth == 0)
			s->found->bound = whole_bound(s, s->bound);
		fix_by_bound(s, s->bound);
		if (s->found->nodes % GREEDY_EVERY == 1)
			greedy(s);
		uint32_t c = may_hold(s) ? branch_course(s) : UINT32_MAX;
		if (c != UINT32_MAX) {
			uint32_t before = s->n_trail;
			struct arena_mark mark = arena_mark(s->arena);
			double *lambda = ARENA_ARRAY(s->arena, double, s->p->n_rows), theta = s->theta, pi = s->pi;
			memcpy(lambda, s->lambda, s->p->n_rows * sizeof *lambda);
			decide(s, c, IN);
			branch(s, depth + 1);
			take_back(s, before);
			memcpy(s->lambda, lambda, s->p->n_rows * sizeof *lambda);
			s->theta = theta;
			s->pi = pi;
			arena_back(s->arena, mark);
			decide(s, c, OUT);
			branch(s, depth + 1);
		}
	}
	take_back(s, begun);
}

/* Each row pays by its cheapest course, as many rows as that has. */
static void first_multipliers(struct search *s)
{
	for (uint32_t r = 0; r < s->p->n_rows; r++) {
		double least = INFINITY;
		for (uint32_t k = 0; k < s->p->rows[r].n; k++) {
			uint32_t c = s->p->rows[r].courses[k];
			least = fmin(least, (double)s->p->cost[c] / (double)s->p->n_rows_of[c]);
		}
		s->lambda[r] = s->p->rows[r].owner == NO_OWNER && isfinite(least) ? fmin(least, value_of_row(s, r)) : 0;
	}
}

static int dearest_first(const void *x, const void *y, void *arg)
{
	const struct cover_rows *p = arg;
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
	int64_t cost_a = p->cost[a] + p->minutes[a], cost_b = p->cost[b] + p->minutes[b];
	return cost_a != cost_b ? (cost_a > cost_b ? -1 : 1) : a < b ? 1 : -1;
}

static int64_t divisor(int64_t a, int64_t b)
{
	while (b) {
		int64_t rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}

static void units(struct search *s)
{
	int64_t minutes = 0;
	uint32_t n = 0;
	for (uint32_t c = 0; c < s->p->n_courses; c++) {
		minutes += s->p->minutes[c];
		s->grain = divisor(s->p->cost[c], s->grain);
	}
	s->minutes_unit = s->p->n_courses && minutes ? (double)minutes / s->p->n_courses : 1;
	for (uint32_t r = 0; r < s->p->n_rows; r++) {
		if (!is_optional(&s->p->rows[r]))
			continue;
		s->worth_all += s->p->rows[r].worth;
		s->grain = s->p->floor ? s->grain : divisor(s->p->rows[r].worth, s->grain);
		n++;
	}
	s->grain = s->grain ? s->grain : 1;
	s->worth_unit = n && s->worth_all ? (double)s->worth_all / sqrt(n) : 1;
	/* What a unit of worth costs in the plan that is known. */
	if (s->p->floor && s->found->value != INT64_MAX)
		s->pi = (double)s->found->value * s->worth_unit / (double)s->p->floor;
}

void cover_search(struct arena *a, const struct cover_rows *p, struct cover_found *io)
{
	struct search s = { .p = p, .found = io, .arena = a };
	s.fix = ARENA_ARRAY(a, uint8_t, p->n_courses);
	s.set = ARENA_ARRAY(a, uint8_t, p->n_courses);
	s.covered = ARENA_ARRAY(a, uint32_t, p->n_rows);
	s.open = ARENA_ARRAY(a, uint32_t, p->n_rows);
	s.hits = ARENA_ARRAY(a, uint32_t, p->n_rows);
	s.live = ARENA_ARRAY(a, uint32_t, p->n_rows);
	s.trail = ARENA_ARRAY(a, uint32_t, p->n_courses);
	s.order = ARENA_ARRAY(a, uint32_t, p->n_courses);
	s.candidates = ARENA_ARRAY(a, uint32_t, p->n_courses);
	s.lambda = ARENA_ARRAY(a, double, p->n_rows);
	s.reduced = ARENA_ARRAY(a, double, p->n_courses);
	for (uint32_t r = 0; r < p->n_rows; r++)
		s.open[r] = p->rows[r].n;
	s.by_cost = ARENA_ARRAY(a, uint32_t, p->n_courses);
	for (uint32_t c = 0; c < p->n_courses; c++)
		s.by_cost[c] = c;
	qsort_r(s.by_cost, p->n_courses, sizeof *s.by_cost, dearest_first, (void *)(uintptr_t)p);
	units(&s);
	first_multipliers(&s);
	io->proved = true;
	io->bound = 0;
	io->nodes = 0;
	for (uint32_t c = 0; c < p->n_courses; c++)
		s.reduced[c] = (double)p->cost[c];
	memset(s.set, 1, p->n_courses); /* without a limit everything together is a plan, within one nothing is */
	offer(&s, s.set);
	memset(s.set, 0, p->n_courses);
	offer(&s, s.set);
	greedy(&s);
	branch(&s, 0);
	if (io->proved)
		io->bound = io->value;
}
