/* Posts that cannot all be filled; see shortage.h. */
#include "solve/graph.h"
#include "solve/shortage.h"

struct matching {
	struct side posts;
	uint32_t n_officers, *officer_mate;
	uint32_t *level; /* of a post: steps from the empty ones; NOBODY: not reached */
	uint32_t *queue;
	uint32_t *edge; /* of a post: where the walk goes on */
	uint32_t *stack;
	size_t n_matched;
};

static void make_matching(struct arena *a, const struct assignment_problem *p, struct matching *m)
{
	uint32_t *officer_fixed = nobodies(a, p->n_officers), *post_fixed = nobodies(a, p->n_posts);
	for (uint32_t k = 0; k < p->n_pairs; k++)
		if (p->pairs[k].rule == PAIR_FIXED)
			officer_fixed[p->pairs[k].officer] = post_fixed[p->pairs[k].post] = k;
	side_begin(a, &m->posts, p->n_posts);
	for (int round = 0; round < 2; round++) {
		for (uint32_t k = 0; k < p->n_pairs; k++) {
			const struct assignment_pair *pair = &p->pairs[k];
			bool loose = officer_fixed[pair->officer] == NOBODY && post_fixed[pair->post] == NOBODY;
			if (pair->rule == PAIR_FORBIDDEN || (pair->rule == PAIR_OPEN && !loose))
				continue;
			if (round == 0)
				side_count(&m->posts, pair->post);
			else
				side_put(&m->posts, pair->post, pair->officer, 0);
		}
		if (round == 0)
			side_room(a, &m->posts, false);
	}
	side_end(&m->posts);
	m->n_officers = (uint32_t)p->n_officers;
	m->posts.mate = nobodies(a, p->n_posts);
	m->officer_mate = nobodies(a, p->n_officers);
	m->level = ARENA_ARRAY(a, uint32_t, p->n_posts);
	m->queue = ARENA_ARRAY(a, uint32_t, p->n_posts);
	m->edge = ARENA_ARRAY(a, uint32_t, p->n_posts);
	m->stack = ARENA_ARRAY(a, uint32_t, p->n_posts);
}

/* Levels of all posts that alternating paths reach from the empty ones. True: one of these paths ends at a free officer. */
static bool find_levels(struct matching *m)
{
	uint32_t n = 0;
	bool open = false;
	for (uint32_t j = 0; j < m->posts.n; j++) {
		m->level[j] = m->posts.mate[j] == NOBODY ? 0 : NOBODY;
		m->edge[j] = m->posts.start[j];
		if (m->level[j] == 0)
			m->queue[n++] = j;
	}
	for (uint32_t at = 0; at < n; at++) {
		uint32_t j = m->queue[at];
		for (uint32_t e = m->posts.start[j]; e < m->posts.start[j + 1]; e++) {
			uint32_t next = m->officer_mate[m->posts.to[e]];
			open = open || next == NOBODY;
			if (next == NOBODY || m->level[next] != NOBODY)
				continue;
			m->level[next] = m->level[j] + 1;
			m->queue[n++] = next;
		}
	}
	return open;
}

/* Where the walk goes from the post: its officer is free (NOBODY), or the next post on the way; false: nowhere. m->edge stands at it. */
static bool step_on(struct matching *m, uint32_t j, uint32_t *ret_next)
{
	for (; m->edge[j] < m->posts.start[j + 1]; m->edge[j]++) {
		*ret_next = m->officer_mate[m->posts.to[m->edge[j]]];
		if (*ret_next == NOBODY || m->level[*ret_next] == m->level[j] + 1)
			return true;
	}
	return false;
}

/* A path by rising levels from an empty post to a free officer; everybody on it moves one on. Each edge is walked once a round. */
static void walk(struct matching *m, uint32_t root)
{
	uint32_t n = 0, next = NOBODY;
	m->stack[n++] = root;
	while (n > 0) {
		uint32_t j = m->stack[n - 1];
		if (!step_on(m, j, &next)) {
			if (--n > 0)
				m->edge[m->stack[n - 1]]++;
			continue;
		}
		if (next == NOBODY)
			break;
		m->stack[n++] = next;
	}
	if (n > 0)
		m->n_matched++;
	while (n > 0) {
		uint32_t j = m->stack[--n], i = m->posts.to[m->edge[j]++];
		m->posts.mate[j] = i;
		m->officer_mate[i] = j;
	}
}

static uint32_t root_of(uint32_t *parent, uint32_t j)
{
	while (parent[j] != j) {
		parent[j] = parent[parent[j]];
		j = parent[j];
	}
	return j;
}

/* Posts reached from empty ones that share an officer stand together. Each officer of such a post has one of them as his mate. */
static void join(struct matching *m, uint32_t *parent)
{
	for (uint32_t j = 0; j < m->posts.n; j++)
		parent[j] = j;
	for (uint32_t j = 0; j < m->posts.n; j++) {
		for (uint32_t e = m->posts.start[j]; m->level[j] != NOBODY && e < m->posts.start[j + 1]; e++) {
			uint32_t x = root_of(parent, j), y = root_of(parent, m->officer_mate[m->posts.to[e]]);
			parent[x > y ? x : y] = x > y ? y : x;
		}
	}
}

static void list_groups(struct arena *a, struct matching *m, uint32_t *parent, struct shortage *r)
{
	r->group_of = nobodies(a, m->posts.n);
	for (uint32_t j = 0; j < m->posts.n; j++) {
		if (m->level[j] == NOBODY)
			continue;
		uint32_t root = root_of(parent, j); /* the first post of its group, so its number is known */
		if (root == j) {
			r->group_of[j] = (uint32_t)r->n_groups;
			*ARENA_PUSH(a, r->groups, r->n_groups) = (struct shortage_group){ 0 };
		}
		r->group_of[j] = r->group_of[root];
		r->groups[r->group_of[j]].n_posts++;
	}
	for (size_t g = 0; g < r->n_groups; g++) {
		r->groups[g].posts = ARENA_ARRAY(a, uint32_t, r->groups[g].n_posts);
		r->groups[g].officers = ARENA_ARRAY(a, uint32_t, r->groups[g].n_posts);
		r->groups[g].n_posts = 0;
	}
	for (uint32_t j = 0; j < m->posts.n; j++)
		if (r->group_of[j] != NOBODY)
			r->groups[r->group_of[j]].posts[r->groups[r->group_of[j]].n_posts++] = j;
	for (uint32_t i = 0; i < m->n_officers; i++) {
		uint32_t g = m->officer_mate[i] == NOBODY ? NOBODY : r->group_of[m->officer_mate[i]];
		if (g != NOBODY)
			r->groups[g].officers[r->groups[g].n_officers++] = i;
	}
}

void shortage_find(struct arena *a, const struct assignment_problem *p, struct shortage *ret)
{
	struct matching m = { 0 };
	*ret = (struct shortage){ 0 };
	make_matching(a, p, &m);
	while (find_levels(&m))
		for (uint32_t j = 0; j < m.posts.n; j++)
			if (m.level[j] == 0)
				walk(&m, j);
	join(&m, m.stack);
	ret->n_fillable = m.n_matched;
	list_groups(a, &m, m.stack, ret);
}
