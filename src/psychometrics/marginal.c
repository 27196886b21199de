/* The E step and the gradient; see marginal.h. */
#include "psychometrics/marginal.h"
#include "psychometrics/parallel.h"

#include <math.h>

enum { WIDE_PATTERNS = 128, NARROW_PATTERNS = 27, SLICES = 8, SLICE_ROWS = 256 };

static void grouping_make(struct marginal *m, size_t most, struct grouping *ret)
{
	ret->v = ARENA_ARRAY(m->arena, struct group, m->r.items);
	for (size_t i = 0; i < m->r.items; i++) {
		struct group *g = ret->n ? &ret->v[ret->n - 1] : NULL;
		size_t radix = (size_t)m->radix[i];
		if (!g || g->size * radix > most) {
			g = &ret->v[ret->n++];
			*g = (struct group){ .first = i, .size = 1, .row = ret->rows };
		}
		g->n++;
		g->size *= radix;
		ret->rows = g->row + g->size;
	}
	ret->code = ARENA_ARRAY(m->arena, uint8_t, ret->n * m->r.rows);
	for (size_t g = 0; g < ret->n; g++)
		for (size_t row = 0; row < m->r.rows; row++) {
			size_t code = 0;
			for (size_t i = ret->v[g].first + ret->v[g].n; i-- > ret->v[g].first;) {
				int x = response_at(&m->r, row, i);
				code = code * (size_t)m->radix[i] + (size_t)(x == NOT_ANSWERED ? m->form[i].categories : x);
			}
			ret->code[g * m->r.rows + row] = (uint8_t)code;
		}
}

/* The places of a fixed item: slope, intercepts, and a c that depends on nothing. */
static void place_fixed(struct marginal *m, size_t item)
{
	for (int k = 0; k < m->form[item].pars; k++, m->unfolded++) {
		m->at[m->unfolded] = k ? m->mean : m->sd;
		m->rate[m->unfolded] = k < m->form[item].categories ? m->fixed[item]->a : 0;
	}
}

void marginal_begin(struct marginal *m)
{
	nodes_make(&m->nodes);
	m->at = ARENA_ARRAY(m->arena, size_t, m->r.items * PARS_MAX);
	m->rate = ARENA_ARRAY(m->arena, double, m->r.items *PARS_MAX);
	if (m->fixed) {
		m->mean = m->pars++;
		m->sd = m->pars++;
	}
	for (size_t i = 0; i < m->r.items; i++) {
		const struct item_form *f = &m->form[i];
		bool shared = f->model == IRT_RASCH && i > 0;
		m->radix[i] = f->categories;
		for (size_t row = 0; row < m->r.rows; row++)
			if (response_at(&m->r, row, i) == NOT_ANSWERED)
				m->radix[i] = f->categories + 1;
		m->first[i] = m->unfolded;
		m->cell[i] = m->cells;
		m->score[i] = m->score_rows;
		if (marginal_is_fixed(m, i))
			place_fixed(m, i);
		for (int k = 0; !marginal_is_fixed(m, i) && k < f->pars; k++) {
			m->rate[m->unfolded] = 1;
			m->at[m->unfolded++] = k == 0 && shared ? 0 : m->pars++;
		}
		m->cells += (size_t)f->categories;
		m->score_rows += (size_t)(f->categories * f->pars);
	}
	grouping_make(m, WIDE_PATTERNS, &m->wide);
	grouping_make(m, NARROW_PATTERNS, &m->narrow);
	m->slices = m->r.rows / SLICE_ROWS;
	m->slices = m->slices < 1 ? 1 : m->slices > SLICES ? SLICES : m->slices;
	m->counts = ARENA_ARRAY(m->arena, double, m->cells *NODES);
	m->group_table = ARENA_ARRAY(m->arena, double, m->wide.rows *NODES);
	m->group_counts = ARENA_ARRAY(m->arena, double, m->slices * m->wide.rows * NODES);
	m->slice_counts = ARENA_ARRAY(m->arena, double, m->slices * m->cells * NODES);
	m->slice_sums = ARENA_ARRAY(m->arena, double, m->slices * sizeof(struct marginal_sums) / sizeof(double));
}

static void start_item(const struct marginal *m, size_t item, double *ret)
{
	const struct item_form *f = &m->form[item];
	double n[CATEGORIES_MAX] = { 0 }, all = 0, above = 0, par[PARS_MAX] = { f->model == IRT_GPCM ? 0.7 : 1 };
	for (size_t row = 0; row < m->r.rows; row++) {
		int x = response_at(&m->r, row, item);
		if (x == NOT_ANSWERED)
			continue;
		n[x] += response_weight(&m->r, row);
		all += response_weight(&m->r, row);
	}
	for (int k = f->categories - 1; k > 0; k--) {
		above += n[k];
		double p = f->model == IRT_3PL ? fmax(above / all - 0.15, 0.03) / 0.85 : above / all;
		/* A logistic curve averaged over N(0, 1) is nearly one with a slope 1.2 times less. */
		par[k] = f->model == IRT_GPCM ? log(n[k] / n[k - 1]) : 1.2 * log(p / (1 - p));
	}
	if (f->model == IRT_3PL)
		par[2] = log(0.15 / 0.85);
	for (int k = 0; k < f->pars; k++)
		ret[m->at[m->first[item] + (size_t)k]] = par[k];
}

void marginal_start(const struct marginal *m, double *par)
{
	for (size_t i = 0; i < m->r.items; i++)
		if (!marginal_is_fixed(m, i))
			start_item(m, i, par);
}

void marginal_group_table(const struct marginal *m, const struct grouping *g, const double *par, double *ret)
{
	struct arena_mark mark = arena_mark(m->arena);
	double *cells = ARENA_ARRAY(m->arena, double, m->cells *NODES), own[PARS_MAX], log_p[CATEGORIES_MAX];
	for (size_t i = 0; i < m->r.items; i++) {
		marginal_own(m, i, par, own);
		for (size_t q = 0; q < NODES; q++) {
			item_log_p(&m->form[i], own, m->nodes.theta[q], log_p);
			for (int k = 0; k < m->form[i].categories; k++)
				cells[(m->cell[i] + (size_t)k) * NODES + q] = log_p[k];
		}
	}
	memset(ret, 0, g->rows * NODES * sizeof *ret);
	for (size_t j = 0; j < g->n; j++)
		for (size_t u = 0; u < g->v[j].size * g->v[j].n; u++) {
			size_t pattern = u / g->v[j].n, item = g->v[j].first + u % g->v[j].n;
			int k = group_digit(m, &g->v[j], item, pattern);
			if (k < m->form[item].categories)
				nodes_add(ret + (g->v[j].row + pattern) * NODES, cells + (m->cell[item] + (size_t)k) * NODES);
		}
	arena_back(m->arena, mark);
}

FOR_WIDE_VECTORS
double marginal_posterior(const struct marginal *m, size_t row, double *ret_w)
{
	memcpy(ret_w, m->second_weight && row >= m->second ? m->second_weight : m->nodes.log_weight, NODES * sizeof *ret_w);
	for (size_t g = 0; g < m->wide.n; g++)
		nodes_add(ret_w, m->group_table + (m->wide.v[g].row + m->wide.code[g * m->r.rows + row]) * NODES);
	double top = nodes_max(ret_w);
	nodes_exp(ret_w, top);
	double sum = nodes_sum(ret_w), scale = response_weight(&m->r, row) / sum;
	for (size_t q = 0; q < NODES; q++)
		ret_w[q] *= scale;
	return top + log(sum);
}

FOR_WIDE_VECTORS
static void expect_slice(void *at, size_t s, int thread)
{
	struct marginal *m = at;
	struct marginal_sums *sums = (struct marginal_sums *)(void *)m->slice_sums + s, sum = { 0 };
	double *groups = m->group_counts + s * m->wide.rows * NODES, *cells = m->slice_counts + s * m->cells * NODES, w[NODES], square[NODES];
	(void)thread;
	memset(groups, 0, m->wide.rows * NODES * sizeof *groups);
	memset(cells, 0, m->cells * NODES * sizeof *cells);
	for (size_t q = 0; q < NODES; q++)
		square[q] = m->nodes.theta[q] * m->nodes.theta[q];
	for (size_t row = m->r.rows * s / m->slices; row < m->r.rows * (s + 1) / m->slices; row++) {
		double weight = response_weight(&m->r, row);
		sum.loglik += weight * marginal_posterior(m, row, w);
		double mean = nodes_dot(w, m->nodes.theta) / weight;
		sum.mean += weight * mean;
		sum.square += weight * mean * mean;
		sum.variance += nodes_dot(w, square) - weight * mean * mean;
		if (m->second_weight && row >= m->second) {
			sum.second_people += weight;
			sum.second_mean += weight * mean;
			sum.second_square += nodes_dot(w, square);
		}
		for (size_t g = 0; g < m->wide.n; g++)
			nodes_add(groups + (m->wide.v[g].row + m->wide.code[g * m->r.rows + row]) * NODES, w);
	}
	for (size_t g = 0; g < m->wide.n; g++)
		for (size_t u = 0; u < m->wide.v[g].size * m->wide.v[g].n; u++) {
			size_t pattern = u / m->wide.v[g].n, item = m->wide.v[g].first + u % m->wide.v[g].n;
			int k = group_digit(m, &m->wide.v[g], item, pattern);
			if (k < m->form[item].categories)
				nodes_add(cells + (m->cell[item] + (size_t)k) * NODES, groups + (m->wide.v[g].row + pattern) * NODES);
		}
	*sums = sum;
}

struct marginal_sums marginal_expect(struct marginal *m, const double *par)
{
	struct marginal_sums sum = { 0 };
	marginal_group_table(m, &m->wide, par, m->group_table);
	parallel_run(m->threads, m->slices, expect_slice, m);
	memset(m->counts, 0, m->cells * NODES * sizeof *m->counts);
	for (size_t s = 0; s < m->slices; s++) {
		const struct marginal_sums *of = (const struct marginal_sums *)(const void *)m->slice_sums + s;
		for (size_t k = 0; k < m->cells; k++)
			nodes_add(m->counts + k * NODES, m->slice_counts + (s * m->cells + k) * NODES);
		sum.loglik += of->loglik;
		sum.mean += of->mean;
		sum.square += of->square;
		sum.variance += of->variance;
		sum.second_people += of->second_people;
		sum.second_mean += of->second_mean;
		sum.second_square += of->second_square;
	}
	return sum;
}

void marginal_gradient(const struct marginal *m, const double *par, double *ret)
{
	double own[PARS_MAX], score[CATEGORIES_MAX * PARS_MAX];
	memset(ret, 0, m->pars * sizeof *ret);
	for (size_t i = 0; i < m->r.items; i++) {
		const struct item_form *f = &m->form[i];
		double sum[PARS_MAX] = { 0 };
		marginal_own(m, i, par, own);
		for (size_t q = 0; q < NODES; q++) {
			item_scores(f, own, m->nodes.theta[q], score, NULL);
			for (int k = 0; k < f->categories; k++)
				for (int n = 0; n < f->pars; n++)
					sum[n] += m->counts[(m->cell[i] + (size_t)k) * NODES + q] * score[k * PARS_MAX + n];
		}
		for (int n = 0; n < f->pars; n++)
			ret[m->at[m->first[i] + (size_t)n]] += m->rate[m->first[i] + (size_t)n] * sum[n];
	}
}
