/* How strict raters are; see strictness.h. */
#include "feature/workplace/strictness.h"

#include <math.h>
#include <stdlib.h>

/* One rating that counts, by places in the arrays of raters, cells and classes. */
struct mark {
	size_t rater, cell, class;
	double y;
};
struct model {
	struct mark *v;
	size_t n, n_raters, n_cells, n_classes;
	double *rater, *cell, *class;		     /* effects */
	double *n_of_rater, *n_of_cell, *n_of_class; /* ratings of each */
	double *sum;				     /* of the block that is being solved */
	double var_rater, var_cell, var_error;
};

/* ── order ── */

static int order(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int by_rater(const void *x, const void *y)
{
	const struct rating *a = x, *b = y;
	int o = order(a->rater_id, b->rater_id);
	o = o ? o : order(a->ratee_id, b->ratee_id);
	o = o ? o : order(a->competency_id, b->competency_id);
	o = o ? o : order(a->kind, b->kind);
	return o ? o : order(a->value, b->value);
}

static int by_cell(const void *x, const void *y)
{
	const struct rating *const *a = x, *const *b = y;
	int o = order((*a)->ratee_id, (*b)->ratee_id);
	o = o ? o : order((*a)->competency_id, (*b)->competency_id);
	return o ? o : order((*a)->rater_id, (*b)->rater_id);
}

/* The cell of each rating, numbered, and how many ratings each cell has. */
static size_t number_cells(struct arena *a, struct rating *v, size_t n, size_t *ret_cell, size_t *ret_size)
{
	struct rating **at = ARENA_ARRAY(a, struct rating *, n);
	size_t cells = 0;
	for (size_t i = 0; i < n; i++)
		at[i] = &v[i];
	qsort(at, n, sizeof *at, by_cell);
	for (size_t i = 0; i < n; i++) {
		bool same = i && at[i]->ratee_id == at[i - 1]->ratee_id && at[i]->competency_id == at[i - 1]->competency_id;
		cells += !same;
		ret_cell[at[i] - v] = cells - 1;
		ret_size[cells - 1]++;
	}
	return cells;
}

/* ── who is connected ── */

static size_t root(size_t *up, size_t i)
{
	while (up[i] != i)
		i = up[i] = up[up[i]];
	return i;
}

/* The set of each rater, named by its smallest one. cell: NONE_HERE where a rating does not count. */
#define NONE_HERE SIZE_MAX
static size_t *connected(struct arena *a, const size_t *rater, const size_t *cell, size_t n, size_t n_raters, size_t n_cells)
{
	size_t *up = ARENA_ARRAY(a, size_t, n_raters), *first = ARENA_ARRAY(a, size_t, n_cells);
	for (size_t i = 0; i < n_raters; i++)
		up[i] = i;
	for (size_t i = 0; i < n_cells; i++)
		first[i] = NONE_HERE;
	for (size_t i = 0; i < n; i++) {
		if (cell[i] == NONE_HERE)
			continue;
		size_t *f = &first[cell[i]];
		*f = *f == NONE_HERE ? rater[i] : *f;
		size_t x = root(up, *f), y = root(up, rater[i]);
		up[x > y ? x : y] = x > y ? y : x;
	}
	for (size_t i = 0; i < n_raters; i++)
		up[i] = root(up, i);
	return up;
}

/* ── variances ── */

/* Ratings less the mean of their class, put into the place of y for the time being. */
static void centre(struct model *m, double *ret)
{
	for (size_t i = 0; i < m->n_classes; i++)
		m->sum[i] = 0;
	for (size_t i = 0; i < m->n; i++)
		m->sum[m->v[i].class] += m->v[i].y;
	for (size_t i = 0; i < m->n; i++)
		ret[i] = m->v[i].y - m->sum[m->v[i].class] / m->n_of_class[m->v[i].class];
}

/* Sum of squares within groups; ret_used: how many groups there are. */
static double within(struct model *m, const double *y, bool raters, const double *n_of, size_t groups, double *ret_used, double *ret_squares)
{
	double total = 0;
	*ret_used = *ret_squares = 0;
	for (size_t i = 0; i < groups; i++) {
		m->sum[i] = 0;
		*ret_used += n_of[i] > 0;
		*ret_squares += n_of[i] * n_of[i];
	}
	for (size_t i = 0; i < m->n; i++)
		m->sum[raters ? m->v[i].rater : m->v[i].cell] += y[i];
	for (size_t i = 0; i < m->n; i++) {
		size_t g = raters ? m->v[i].rater : m->v[i].cell;
		double d = y[i] - m->sum[g] / n_of[g];
		total += d * d;
	}
	return total;
}

/* Three equations in three unknowns: the expectations of the sums of squares. */
static void variances(struct arena *a, struct model *m)
{
	double *y = ARENA_ARRAY(a, double, m->n), n = (double)m->n, all = 0, mean = 0, raters, cells, rater_squares, cell_squares;
	centre(m, y);
	for (size_t i = 0; i < m->n; i++)
		mean += y[i] / n;
	for (size_t i = 0; i < m->n; i++)
		all += (y[i] - mean) * (y[i] - mean);
	double in_raters = within(m, y, true, m->n_of_rater, m->n_raters, &raters, &rater_squares);
	double in_cells = within(m, y, false, m->n_of_cell, m->n_cells, &cells, &cell_squares);
	if (n <= raters || n <= cells)
		return;
	/* p = cell + error, q = rater + error, and n × all = rater (n² - Σn_r²) + cell (n² - Σn_c²) + error (n² - n). */
	double p = in_raters / (n - raters), q = in_cells / (n - cells), r = n * n - rater_squares, c = n * n - cell_squares, e = n * n - n;
	double of_error = r + c - e;
	if (of_error <= 0)
		return;
	double error = (q * r + p * c - n * all) / of_error, least = 0.01 * all / n;
	m->var_error = fmax(error, least);
	m->var_rater = fmax(q - m->var_error, 0);
	m->var_cell = fmax(p - m->var_error, 0);
}

/* ── the mixed model equations ── */

static void solve_block(struct model *m, double *effect, const double *n_of, size_t groups, size_t offset, double drawn, double *ret_moved)
{
	for (size_t i = 0; i < groups; i++)
		m->sum[i] = 0;
	for (size_t i = 0; i < m->n; i++) {
		const struct mark *k = &m->v[i];
		size_t g = *(const size_t *)((const char *)k + offset);
		m->sum[g] += k->y - m->rater[k->rater] - m->cell[k->cell] - m->class[k->class] + effect[g];
	}
	for (size_t i = 0; i < groups; i++) {
		double now = n_of[i] > 0 ? m->sum[i] / (n_of[i] + drawn) : 0;
		*ret_moved = fmax(*ret_moved, fabs(now - effect[i]));
		effect[i] = now;
	}
}

static void solve(struct model *m)
{
	double moved = 1, unwatched = 0;
	for (int turn = 0; turn < STRICTNESS_TURNS && moved > STRICTNESS_MOVES; turn++) {
		moved = 0;
		solve_block(m, m->class, m->n_of_class, m->n_classes, offsetof(struct mark, class), 0, &unwatched);
		if (m->var_cell > 0)
			solve_block(m, m->cell, m->n_of_cell, m->n_cells, offsetof(struct mark, cell), m->var_error / m->var_cell, &unwatched);
		solve_block(m, m->rater, m->n_of_rater, m->n_raters, offsetof(struct mark, rater), m->var_error / m->var_rater, &moved);
	}
}

/* ── all together ── */

static void count(struct arena *a, struct model *m)
{
	size_t most = m->n_raters > m->n_cells ? m->n_raters : m->n_cells;
	most = most > m->n_classes ? most : m->n_classes;
	m->sum = ARENA_ARRAY(a, double, most);
	m->rater = ARENA_ARRAY(a, double, m->n_raters);
	m->cell = ARENA_ARRAY(a, double, m->n_cells);
	m->class = ARENA_ARRAY(a, double, m->n_classes);
	m->n_of_rater = ARENA_ARRAY(a, double, m->n_raters);
	m->n_of_cell = ARENA_ARRAY(a, double, m->n_cells);
	m->n_of_class = ARENA_ARRAY(a, double, m->n_classes);
	for (size_t i = 0; i < m->n; i++) {
		m->n_of_rater[m->v[i].rater]++;
		m->n_of_cell[m->v[i].cell]++;
		m->n_of_class[m->v[i].class]++;
	}
}

/* People rated by each rater, among ratings that count; ratings of one rater about one person stand together. */
static void count_people(const struct rating *v, const size_t *rater, const size_t *cell, size_t n, size_t *ret)
{
	int64_t last = 0;
	size_t of = NONE_HERE;
	for (size_t i = 0; i < n; i++) {
		if (cell[i] == NONE_HERE)
			continue;
		ret[rater[i]] += of != rater[i] || v[i].ratee_id != last;
		of = rater[i];
		last = v[i].ratee_id;
	}
}

static void fit(struct arena *a, struct strictness *s, const struct rating *v, size_t n, const size_t *rater, size_t *cell, size_t n_cells)
{
	size_t *set = connected(a, rater, cell, n, s->n, n_cells), *in_set = ARENA_ARRAY(a, size_t, s->n), *people = ARENA_ARRAY(a, size_t, s->n);
	struct model m = { .v = ARENA_ARRAY(a, struct mark, n), .n_raters = s->n, .n_cells = n_cells, .n_classes = s->n * RATING_KINDS };
	for (size_t i = 0; i < s->n; i++)
		in_set[set[i]]++;
	for (size_t i = 0; i < n; i++)
		cell[i] = in_set[set[rater[i]]] < STRICTNESS_RATERS ? NONE_HERE : cell[i];
	count_people(v, rater, cell, n, people);
	for (size_t i = 0; i < n; i++)
		if (cell[i] != NONE_HERE)
			m.v[m.n++] = (struct mark){ rater[i], cell[i], set[rater[i]] * RATING_KINDS + (size_t)v[i].kind, (double)v[i].value };
	if (!m.n)
		return;
	count(a, &m);
	variances(a, &m);
	if (m.var_rater <= 0)
		return;
	solve(&m);
	s->sd_rater = sqrt(m.var_rater);
	s->sd_cell = sqrt(m.var_cell);
	s->sd_error = sqrt(m.var_error);
	for (size_t i = 0; i < s->n; i++) {
		s->v[i].enough = s->v[i].n >= STRICTNESS_RATINGS && people[i] >= STRICTNESS_PEOPLE && in_set[set[i]] >= STRICTNESS_RATERS;
		s->v[i].strictness = s->v[i].enough ? -llround(m.rater[i]) : 0;
		s->n_corrected += s->v[i].enough;
	}
}

struct strictness strictness_estimate(struct arena *a, struct rating *v, size_t n)
{
	struct strictness s = { 0 };
	if (!n)
		return s;
	size_t *rater = ARENA_ARRAY(a, size_t, n), *cell = ARENA_ARRAY(a, size_t, n), *size = ARENA_ARRAY(a, size_t, n);
	qsort(v, n, sizeof *v, by_rater);
	for (size_t i = 0; i < n; i++) {
		s.n += !i || v[i].rater_id != v[i - 1].rater_id;
		rater[i] = s.n - 1;
	}
	s.v = ARENA_ARRAY(a, struct strict_rater, s.n);
	size_t n_cells = number_cells(a, v, n, cell, size);
	for (size_t i = 0; i < n; i++) {
		s.v[rater[i]].rater_id = v[i].rater_id;
		cell[i] = size[cell[i]] < 2 ? NONE_HERE : cell[i];
		s.v[rater[i]].n += cell[i] != NONE_HERE;
	}
	fit(a, &s, v, n, rater, cell, n_cells);
	return s;
}

static int by_rater_id(const void *key, const void *element)
{
	const int64_t *id = key;
	const struct strict_rater *r = element;
	return order(*id, r->rater_id);
}

const struct strict_rater *strictness_find(const struct strictness *s, int64_t rater_id)
{
	return s->n ? bsearch(&rater_id, s->v, s->n, sizeof *s->v, by_rater_id) : NULL;
}

int64_t strictness_removed(int64_t value, int64_t strictness, int64_t n_levels)
{
	int64_t then = value + strictness * n_levels / 3;
	return then < 0 ? 0 : then > 1000 * n_levels ? 1000 * n_levels : then;
}

int64_t strictness_scaled(int64_t value, int64_t n_levels)
{
	return value * 3 / n_levels;
}
