/* The observed information of the marginal likelihood; see marginal.h.
 *
 * Louis: I = sum over people of E[-h] - (E[s s'] - E[s] E[s]'), where s and h are score and Hessian of the logarithm of the probability of the answers
 * with theta known, and E is over the posterior of theta.
 *
 *   E[-h]        from the counts of the E step: items do not meet in h
 *   E[s s']      two items meet: how many people are expected at a node with answer k to one and l to the other. Counted for pairs of groups of items
 *                at once, in blocks of people whose posteriors fit into the cache
 *   E[s] E[s]'   the product of the matrix of all E[s] with itself */
#include "psychometrics/marginal.h"
#include "psychometrics/parallel.h"

#include <math.h>

enum { BLOCK = 8192, PIECE = 256, BAND = 8, TILE = 64, PATTERNS = 27, ANSWERS = 12 };

struct louis {
	struct marginal *m;
	size_t from, n; /* rows of this block */
	double *w;	/* BLOCK × NODES: posterior, times the weight of the row */
	double *mean;	/* BLOCK × unfolded: E[s], times the root of the weight */
	double *score;	/* score_rows × NODES */
	double *total;	/* unfolded × unfolded, upper half */
	double *room[THREADS_MAX];
};

FOR_WIDE_VECTORS
static void posterior_piece(void *at, size_t piece, int thread)
{
	struct louis *l = at;
	const struct marginal *m = l->m;
	size_t end = (piece + 1) * PIECE < l->n ? (piece + 1) * PIECE : l->n;
	(void)thread;
	for (size_t row = piece * PIECE; row < end; row++) {
		double *w = l->w + row * NODES, *mean = l->mean + row * m->unfolded, root = sqrt(response_weight(&m->r, l->from + row));
		marginal_posterior(m, l->from + row, w);
		memset(mean, 0, m->unfolded * sizeof *mean);
		for (size_t i = 0; i < m->r.items; i++) {
			int k = response_at(&m->r, l->from + row, i), pars = m->form[i].pars;
			for (int n = 0; k != NOT_ANSWERED && n < pars; n++)
				mean[m->first[i] + (size_t)n] = nodes_dot(w, l->score + (m->score[i] + (size_t)(k * pars + n)) * NODES) / root;
		}
	}
}

/* h[j] += x[0][j] v[0] + … + x[3][j] v[3] */
FOR_WIDE_VECTORS
static void add_four(double *restrict h, const double *restrict x, size_t stride, const double v[4], size_t n)
{
	const double *b = x + stride, *c = b + stride, *d = c + stride;
	for (size_t j = 0; j < n; j++)
		h[j] += (x[j] * v[0] + b[j] * v[1]) + (c[j] * v[2] + d[j] * v[3]);
}

/* A band of lines of the product of mean with itself. The last rows of a block are filled up with zeros to a multiple of four. */
FOR_WIDE_VECTORS
static void mean_band(void *at, size_t band, int thread)
{
	struct louis *l = at;
	size_t n = l->m->unfolded, end = (band + 1) * BAND < n ? (band + 1) * BAND : n, rows = (l->n + 3) / 4 * 4;
	(void)thread;
	for (size_t tile = 0; tile < rows; tile += TILE)
		for (size_t i = band * BAND; i < end; i++)
			for (size_t row = tile; row < tile + TILE && row < rows; row += 4) {
				const double *x = l->mean + row * n + i;
				add_four(l->total + i * n + i, x, n, (double[]){ x[0], x[n], x[2 * n], x[3 * n] }, n - i);
			}
}

/* Takes sum over nodes of count × s_i s_j' for answers k to item i and l to item j from the total. */
FOR_WIDE_VECTORS
static void take_pair(const struct louis *l, size_t i, int k, size_t j, int answer, const double *count)
{
	const struct marginal *m = l->m;
	int pars_i = m->form[i].pars, pars_j = m->form[j].pars;
	for (int a = 0; a < pars_i; a++) {
		const double *si = l->score + (m->score[i] + (size_t)(k * pars_i + a)) * NODES;
		double product[NODES];
		for (size_t q = 0; q < NODES; q++)
			product[q] = count[q] * si[q];
		for (int b = i == j ? a : 0; b < pars_j; b++)
			l->total[(m->first[i] + (size_t)a) * m->unfolded + m->first[j] + (size_t)b] -=
				nodes_dot(product, l->score + (m->score[j] + (size_t)(answer * pars_j + b)) * NODES);
	}
}

/* Items of one group among themselves. */
FOR_WIDE_VECTORS
static void pairs_within(struct louis *l, const struct group *g, const uint8_t *code, double *table)
{
	const struct marginal *m = l->m;
	memset(table, 0, g->size * NODES * sizeof *table);
	for (size_t row = 0; row < l->n; row++)
		nodes_add(table + code[l->from + row] * NODES, l->w + row * NODES);
	for (size_t pair = 0; pair < g->n * g->n; pair++) {
		size_t i = g->first + pair / g->n, j = g->first + pair % g->n;
		for (size_t u = 0; i <= j && u < g->size; u++) {
			int k = group_digit(m, g, i, u), answer = group_digit(m, g, j, u);
			if (k < m->form[i].categories && answer < m->form[j].categories)
				take_pair(l, i, k, j, answer, table + u * NODES);
		}
	}
}

/* From counts of pairs of patterns to counts of pairs of answers, first for the second group (narrow), then for the first (both). */
FOR_WIDE_VECTORS
static void take_between(const struct louis *l, const struct group *g, const struct group *h, const double *table, double *narrow, double *both)
{
	const struct marginal *m = l->m;
	size_t answers = m->cell[h->first + h->n - 1] + (size_t)m->form[h->first + h->n - 1].categories - m->cell[h->first];
	memset(narrow, 0, g->size * answers * NODES * sizeof *narrow);
	for (size_t uv = 0; uv < g->size * h->size; uv++)
		for (size_t j = h->first; j < h->first + h->n; j++) {
			int k = group_digit(m, h, j, uv % h->size);
			if (k < m->form[j].categories)
				nodes_add(narrow + (uv / h->size * answers + m->cell[j] - m->cell[h->first] + (size_t)k) * NODES, table + uv * NODES);
		}
	for (size_t i = g->first; i < g->first + g->n; i++) {
		memset(both, 0, (size_t)m->form[i].categories * answers * NODES * sizeof *both);
		for (size_t u = 0; u < g->size; u++) {
			int k = group_digit(m, g, i, u);
			for (size_t c = 0; k < m->form[i].categories && c < answers; c++)
				nodes_add(both + ((size_t)k * answers + c) * NODES, narrow + (u * answers + c) * NODES);
		}
		for (size_t j = h->first; j < h->first + h->n; j++)
			for (int kl = 0; kl < m->form[i].categories * m->form[j].categories; kl++) {
				int k = kl / m->form[j].categories, answer = kl % m->form[j].categories;
				take_pair(l, i, k, j, answer, both + ((size_t)k * answers + m->cell[j] - m->cell[h->first] + (size_t)answer) * NODES);
			}
	}
}

FOR_WIDE_VECTORS
static void group_pair(void *at, size_t piece, int thread)
{
	struct louis *l = at;
	const struct marginal *m = l->m;
	size_t a = piece / m->narrow.n, b = piece % m->narrow.n;
	const struct group *g = &m->narrow.v[a], *h = &m->narrow.v[b];
	const uint8_t *code_a = m->narrow.code + a * m->r.rows, *code_b = m->narrow.code + b * m->r.rows;
	double *table = l->room[thread], *narrow = table + PATTERNS * PATTERNS * NODES, *both = narrow + PATTERNS * ANSWERS * NODES;
	if (a > b)
		return;
	if (a == b) {
		pairs_within(l, g, code_a, table);
		return;
	}
	memset(table, 0, g->size * h->size * NODES * sizeof *table);
	for (size_t row = l->from; row < l->from + l->n; row++)
		nodes_add(table + (code_a[row] * h->size + code_b[row]) * NODES, l->w + (row - l->from) * NODES);
	take_between(l, g, h, table, narrow, both);
}

/* The scores at all nodes, and E[-h] into the total. */
static void complete(struct louis *l, const double *par)
{
	const struct marginal *m = l->m;
	double own[PARS_MAX], score[CATEGORIES_MAX * PARS_MAX], second[CATEGORIES_MAX * PARS_MAX * PARS_MAX];
	for (size_t iq = 0; iq < m->r.items * NODES; iq++) {
		size_t i = iq / NODES, q = iq % NODES, pars = (size_t)m->form[i].pars;
		marginal_own(m, i, par, own);
		item_scores(&m->form[i], own, m->nodes.theta[q], score, second);
		for (size_t kab = 0; kab < (size_t)m->form[i].categories * pars * pars; kab++) {
			size_t k = kab / (pars * pars), a = kab / pars % pars, b = kab % pars;
			if (b == 0)
				l->score[(m->score[i] + k * pars + a) * NODES + q] = score[k * PARS_MAX + a];
			if (a <= b)
				l->total[(m->first[i] + a) * m->unfolded + m->first[i] + b] -=
					m->counts[(m->cell[i] + k) * NODES + q] * second[(k * PARS_MAX + a) * PARS_MAX + b];
		}
	}
}

void marginal_information(struct marginal *m, const double *par, double *ret)
{
	struct arena_mark mark = arena_mark(m->arena);
	struct louis l = { .m = m };
	size_t most = m->r.rows < BLOCK ? m->r.rows + 4 : BLOCK, n = m->unfolded;
	l.w = ARENA_ARRAY(m->arena, double, most *NODES);
	l.mean = ARENA_ARRAY(m->arena, double, most *n);
	l.score = ARENA_ARRAY(m->arena, double, m->score_rows *NODES);
	l.total = ARENA_ARRAY(m->arena, double, n *n);
	for (int t = 0; t < m->threads; t++)
		l.room[t] = ARENA_ARRAY(m->arena, double, (PATTERNS * PATTERNS + PATTERNS * ANSWERS + CATEGORIES_MAX * ANSWERS) * NODES);
	complete(&l, par);
	for (l.from = 0; l.from < m->r.rows; l.from += l.n) {
		l.n = m->r.rows - l.from < BLOCK ? m->r.rows - l.from : BLOCK;
		for (size_t k = l.n * n; k < (l.n + 3) / 4 * 4 * n; k++)
			l.mean[k] = 0;
		parallel_run(m->threads, (l.n + PIECE - 1) / PIECE, posterior_piece, &l);
		parallel_run(m->threads, (n + BAND - 1) / BAND, mean_band, &l);
		parallel_run(m->threads, m->narrow.n * m->narrow.n, group_pair, &l);
	}
	memset(ret, 0, m->pars * m->pars * sizeof *ret);
	for (size_t ij = 0; ij < n * n; ij++) {
		size_t i = ij / n, j = ij % n;
		ret[m->at[i] * m->pars + m->at[j]] += m->rate[i] * m->rate[j] * (i <= j ? l.total[ij] : l.total[j * n + i]);
	}
	arena_back(m->arena, mark);
}
