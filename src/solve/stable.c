/* Deferred acceptance; see stable.h. */
#include "solve/graph.h"
#include "solve/stable.h"

#include <math.h>

/* For each proposer its pairs, the one it likes most first. */
struct lists {
	uint32_t *start, *pair;
};
struct order {
	const struct stable_pair *pairs;
	bool posts; /* whose lists */
};

static double rank_for(const struct stable_pair *pair, bool post)
{
	return post ? pair->post_rank : pair->officer_rank;
}

/* Negative: x comes before y in the list of their post, or of their officer. */
static int by_liking(const struct stable_pair *x, const struct stable_pair *y, bool post)
{
	double a = rank_for(x, post), b = rank_for(y, post);
	uint32_t i = post ? x->officer : x->post, j = post ? y->officer : y->post;
	return a != b ? (a < b ? -1 : 1) : i != j ? (i < j ? -1 : 1) : 0;
}

static int order_pairs(const void *x, const void *y, void *arg)
{
	const struct order *o = arg;
	return by_liking(&o->pairs[*(const uint32_t *)x], &o->pairs[*(const uint32_t *)y], o->posts);
}

static void make_lists(struct arena *a, const struct stable_problem *p, bool posts, struct lists *l)
{
	size_t n = posts ? p->n_posts : p->n_officers;
	struct order o = { p->pairs, posts };
	l->start = ARENA_ARRAY(a, uint32_t, n + 2);
	l->pair = ARENA_ARRAY(a, uint32_t, p->n_pairs);
	for (size_t k = 0; k < p->n_pairs; k++)
		l->start[(posts ? p->pairs[k].post : p->pairs[k].officer) + 2]++;
	for (size_t i = 2; i <= n; i++)
		l->start[i] += l->start[i - 1];
	for (uint32_t k = 0; k < p->n_pairs; k++)
		l->pair[l->start[(posts ? p->pairs[k].post : p->pairs[k].officer) + 1]++] = k;
	for (size_t i = 0; i < n; i++)
		qsort_r(l->pair + l->start[i], l->start[i + 1] - l->start[i], sizeof *l->pair, order_pairs, &o);
}

void stable_solve(struct arena *a, const struct stable_problem *p, enum stable_proposer by, struct stable *ret)
{
	bool posts = by == POSTS_PROPOSE;
	size_t n = posts ? p->n_posts : p->n_officers;
	uint32_t *held = nobodies(a, posts ? p->n_officers : p->n_posts); /* by who is asked: the pair it holds */
	struct lists l;
	make_lists(a, p, posts, &l);
	uint32_t *next = ARENA_ARRAY(a, uint32_t, n);
	for (size_t first = 0; first < n; first++) {
		/* Who is sent away goes on down the own list, before the next begins. */
		for (uint32_t i = (uint32_t)first; i != NOBODY;) {
			if (l.start[i] + next[i] == l.start[i + 1])
				break;
			uint32_t k = l.pair[l.start[i] + next[i]++];
			uint32_t *holds = &held[posts ? p->pairs[k].officer : p->pairs[k].post], before = *holds;
			if (before != NOBODY && by_liking(&p->pairs[before], &p->pairs[k], !posts) <= 0)
				continue;
			*holds = k;
			i = before == NOBODY ? NOBODY : posts ? p->pairs[before].post : p->pairs[before].officer;
		}
	}
	*ret = (struct stable){ .post_of = nobodies(a, p->n_officers), .officer_of = nobodies(a, p->n_posts) };
	for (size_t i = 0; i < (posts ? p->n_officers : p->n_posts); i++) {
		if (held[i] == NOBODY)
			continue;
		ret->post_of[p->pairs[held[i]].officer] = p->pairs[held[i]].post;
		ret->officer_of[p->pairs[held[i]].post] = p->pairs[held[i]].officer;
		ret->n_placed++;
	}
}

size_t stable_blocking(struct arena *a, const struct stable_problem *p, const uint32_t *post_of, size_t *ret_first)
{
	uint32_t *officer_has = nobodies(a, p->n_officers), *post_has = nobodies(a, p->n_posts);
	size_t n = 0;
	for (uint32_t k = 0; k < p->n_pairs; k++)
		if (post_of[p->pairs[k].officer] == p->pairs[k].post)
			officer_has[p->pairs[k].officer] = post_has[p->pairs[k].post] = k;
	for (size_t k = 0; k < p->n_pairs; k++) {
		uint32_t x = officer_has[p->pairs[k].officer], y = post_has[p->pairs[k].post];
		bool blocks =
			(x == NOBODY || p->pairs[k].officer_rank < p->pairs[x].officer_rank) && (y == NOBODY || p->pairs[k].post_rank < p->pairs[y].post_rank);
		if (blocks && n++ == 0 && ret_first)
			*ret_first = k;
	}
	return n;
}

void stable_of_scores(struct arena *a, const struct assignment_problem *p, struct stable_problem *ret)
{
	struct stable_pair *pairs = ARENA_ARRAY(a, struct stable_pair, p->n_pairs);
	uint32_t *officer_fixed = nobodies(a, p->n_officers), *post_fixed = nobodies(a, p->n_posts);
	*ret = (struct stable_problem){ .n_officers = p->n_officers, .n_posts = p->n_posts, .pairs = pairs };
	for (uint32_t k = 0; k < p->n_pairs; k++)
		if (p->pairs[k].rule == PAIR_FIXED)
			officer_fixed[p->pairs[k].officer] = post_fixed[p->pairs[k].post] = k;
	for (uint32_t k = 0; k < p->n_pairs; k++) {
		const struct assignment_pair *pair = &p->pairs[k];
		bool loose = officer_fixed[pair->officer] == NOBODY && post_fixed[pair->post] == NOBODY;
		if (pair->rule == PAIR_FIXED || (pair->rule == PAIR_OPEN && loose && (p->fill || pair->score > 0)))
			pairs[ret->n_pairs++] = (struct stable_pair){ pair->officer, pair->post, -pair->score, -pair->score };
	}
}

void stable_compare(struct arena *a, const struct assignment_problem *p, const struct assignment *optimum, const struct stable *s, struct stable_figures *ret)
{
	struct stable_problem sp;
	stable_of_scores(a, p, &sp);
	*ret = (struct stable_figures){ .total = optimum->total, .placed = optimum->n_placed, .stable_placed = s->n_placed };
	__int128 units = 0;
	for (size_t k = 0; k < sp.n_pairs; k++)
		if (s->post_of[sp.pairs[k].officer] == sp.pairs[k].post)
			units += llrint(-sp.pairs[k].officer_rank * optimum->per_unit);
	ret->stable_total = (double)units / optimum->per_unit;
	ret->stable_blocking = stable_blocking(a, &sp, s->post_of, NULL);
	ret->blocking = stable_blocking(a, &sp, optimum->post_of, NULL);
}
