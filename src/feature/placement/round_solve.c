/* Solving a round: officers and places out of its rows, the optimum with its proof, the stable placement beside it; see round.h. */
#include "feature/placement/round.h"
#include "solve/shortage.h"
#include "solve/stable.h"

/* ── the round as a problem ── */

struct officer_at {
	int64_t id, post_id, price; /* of the last answer */
};
struct post_at {
	int64_t id, places, price;
	uint32_t first; /* its first place */
	uint32_t fixed; /* so many of its places are fixed: the first ones */
};
/* Somebody comes into question for a post: as many pairs of the problem as it has places. */
struct link {
	uint32_t officer, post;
	int64_t fit, rank; /* rank NONE: not preferred */
	enum pair_rule rule;
	uint32_t pair;
};
struct loading {
	struct round_one_row round;
	struct officer_at *officers;
	struct post_at *posts;
	struct link *links;
	size_t n_officers, n_posts, n_links, n_places, n_pairs;
	size_t cap_officers, cap_posts, cap_links;
	const struct round_what *what;
	bool found; /* the pair that is asked about */
};

/* What is kept of an answer. */
struct placed {
	int64_t person_id, post_id, stable_post_id, score, price;
};
struct priced {
	int64_t post_id, price, shortage, shortage_officers;
};
struct figures {
	int64_t total, placed, firsts, choices;
};
struct round_answer {
	int64_t round_id, revision, bound, premium, blocking, moved;
	const struct round_what *what;
	struct figures best, stable;
	struct placed *officers;
	struct priced *posts;
	size_t n_officers, n_posts;
};

static enum err each_officer(struct ctx *cx, void *arg, const void *row)
{
	const struct round_officers_row *r = row;
	struct loading *l = arg;
	(void)cx;
	if (l->n_officers < l->cap_officers)
		l->officers[l->n_officers++] = (struct officer_at){ r->person_id, r->post_id, r->price == NONE ? 0 : r->price };
	return OK;
}

static enum err each_post(struct ctx *cx, void *arg, const void *row)
{
	const struct round_posts_row *r = row;
	struct loading *l = arg;
	(void)cx;
	if (l->n_posts == l->cap_posts)
		return OK;
	l->posts[l->n_posts++] = (struct post_at){ r->post_id, r->places, r->price == NONE ? 0 : r->price, (uint32_t)l->n_places, 0 };
	l->n_places += (size_t)r->places;
	return OK;
}

/* Place of an id in an ascending list of structs that begin with it; n: not there. */
static size_t place_of(const void *list, size_t n, size_t size, int64_t id)
{
	size_t from = 0, to = n;
	while (from < to) {
		size_t mid = (from + to) / 2;
		int64_t at = *(const int64_t *)((const char *)list + mid * size);
		if (at == id)
			return mid;
		if (at < id)
			from = mid + 1;
		else
			to = mid;
	}
	return n;
}

static enum pair_rule rule_of(struct loading *l, const struct round_pairs_row *r)
{
	const struct round_what *w = l->what;
	bool asked = (w->kind == TRY_FIX || w->kind == TRY_FORBID || w->kind == TRY_OPEN) && w->person_id == r->person_id && w->post_id == r->post_id;
	if (asked) {
		l->found = true;
		return w->kind == TRY_FIX ? PAIR_FIXED : w->kind == TRY_FORBID ? PAIR_FORBIDDEN : PAIR_OPEN;
	}
	return str_is(r->rule, "fixed") ? PAIR_FIXED : str_is(r->rule, "forbidden") ? PAIR_FORBIDDEN : PAIR_OPEN;
}

static enum err each_pair(struct ctx *cx, void *arg, const void *row)
{
	const struct round_pairs_row *r = row;
	struct loading *l = arg;
	size_t officer = place_of(l->officers, l->n_officers, sizeof *l->officers, r->person_id),
	       post = place_of(l->posts, l->n_posts, sizeof *l->posts, r->post_id);
	(void)cx;
	if (officer == l->n_officers || post == l->n_posts || l->n_links == l->cap_links)
		return OK;
	l->links[l->n_links++] = (struct link){ (uint32_t)officer, (uint32_t)post, r->fit, r->rank, rule_of(l, r), 0 };
	l->n_pairs += (size_t)l->posts[post].places;
	return OK;
}

static enum err load(struct ctx *cx, struct loading *l)
{
	struct round_sizes_row size;
	TRY(round_sql_sizes(cx, l->round.id, &size));
	l->cap_officers = (size_t)size.officers;
	l->cap_posts = (size_t)size.posts;
	l->cap_links = (size_t)size.pairs;
	l->officers = ARENA_ARRAY(cx->arena, struct officer_at, l->cap_officers + 1);
	l->posts = ARENA_ARRAY(cx->arena, struct post_at, l->cap_posts + 1);
	l->links = ARENA_ARRAY(cx->arena, struct link, l->cap_links + 1);
	TRY(round_sql_officers(cx, l->round.id, each_officer, l));
	TRY(round_sql_posts(cx, l->round.id, each_post, l));
	TRY(round_sql_pairs(cx, l->round.id, each_pair, l));
	if (l->n_pairs > ROUND_PAIRS_MAX)
		return fail(cx, ERR_TOO_LARGE, "", N_("There are more officers, posts or pairs than can be worked on at once."));
	return OK;
}

static int64_t score_of(const struct loading *l, const struct link *k)
{
	return k->fit + (k->rank == NONE ? 0 : l->round.bonus * (ROUND_PREFERENCES + 1 - k->rank) / ROUND_PREFERENCES);
}

/* A fixed officer has a place of his own: the first of the post that is still free. */
static enum err pairs_of(struct ctx *cx, struct loading *l, struct assignment_problem *p)
{
	struct assignment_pair *pairs = ARENA_ARRAY(cx->arena, struct assignment_pair, l->n_pairs + 1);
	size_t n = 0;
	for (size_t i = 0; i < l->n_links; i++) {
		struct link *k = &l->links[i];
		struct post_at *post = &l->posts[k->post];
		uint32_t own = k->rule == PAIR_FIXED ? post->fixed++ : NOBODY;
		if (own != NOBODY && own >= (uint32_t)post->places)
			return fail(cx, ERR_CONFLICT, "post_id", N_("More officers are fixed for this post than it has vacant places."));
		k->pair = (uint32_t)n;
		for (uint32_t s = 0; s < (uint32_t)post->places; s++)
			pairs[n++] = (struct assignment_pair){ k->officer, post->first + s, (double)score_of(l, k),
							       own == NOBODY ? k->rule
							       : s == own    ? PAIR_FIXED
									     : PAIR_FORBIDDEN };
	}
	*p = (struct assignment_problem){ l->n_officers, l->n_places, n, pairs, l->round.fill };
	return OK;
}

/* ── the last answer, to begin from ── */

static bool last_answer(struct ctx *cx, const struct loading *l, struct assignment *ret)
{
	uint32_t *used = ARENA_ARRAY(cx->arena, uint32_t, l->n_posts + 1);
	if (l->round.total == NONE)
		return false;
	*ret = (struct assignment){ .n_officers = l->n_officers,
				    .n_posts = l->n_places,
				    .post_of = ARENA_ARRAY(cx->arena, uint32_t, l->n_officers + 1),
				    .officer_of = ARENA_ARRAY(cx->arena, uint32_t, l->n_places + 1),
				    .pair_of = ARENA_ARRAY(cx->arena, uint32_t, l->n_officers + 1),
				    .per_unit = 1,
				    .premium = l->round.premium,
				    .officer_price = ARENA_ARRAY(cx->arena, int64_t, l->n_officers + 1),
				    .post_price = ARENA_ARRAY(cx->arena, int64_t, l->n_places + 1) };
	memset(ret->officer_of, 0xff, l->n_places * sizeof *ret->officer_of);
	for (size_t k = 0; k < l->n_posts; k++)
		for (int64_t s = 0; s < l->posts[k].places; s++)
			ret->post_price[l->posts[k].first + s] = l->posts[k].price;
	for (size_t i = 0; i < l->n_officers; i++) {
		size_t k = place_of(l->posts, l->n_posts, sizeof *l->posts, l->officers[i].post_id);
		ret->post_of[i] = ret->pair_of[i] = NOBODY;
		ret->officer_price[i] = l->officers[i].price;
		if (k == l->n_posts || used[k] >= (uint32_t)l->posts[k].places)
			continue;
		ret->post_of[i] = l->posts[k].first + used[k]++;
		ret->officer_of[ret->post_of[i]] = (uint32_t)i;
		ret->n_placed++;
	}
	return true;
}

/* ── the stable placement ── */

/* What officers prefer comes first, in their order; then what they fit. */
static double rank_of(const struct link *k)
{
	return k->rank == NONE ? ROUND_PREFERENCES + 1 + (double)(1000 - k->fit) / 1000 : (double)k->rank;
}

static void stable_problem_of(struct ctx *cx, const struct loading *l, const struct assignment_problem *p, struct stable_problem *ret)
{
	bool *officer_fixed = ARENA_ARRAY(cx->arena, bool, p->n_officers + 1), *place_fixed = ARENA_ARRAY(cx->arena, bool, p->n_posts + 1);
	struct stable_pair *v = ARENA_ARRAY(cx->arena, struct stable_pair, p->n_pairs + 1);
	size_t n = 0;
	for (size_t i = 0; i < p->n_pairs; i++)
		if (p->pairs[i].rule == PAIR_FIXED)
			officer_fixed[p->pairs[i].officer] = place_fixed[p->pairs[i].post] = true;
	for (size_t i = 0; i < l->n_links; i++) {
		for (size_t s = 0; s < (size_t)l->posts[l->links[i].post].places; s++) {
			const struct assignment_pair *pair = &p->pairs[l->links[i].pair + s];
			bool beside = pair->rule != PAIR_FIXED && (officer_fixed[pair->officer] || place_fixed[pair->post]);
			if (pair->rule != PAIR_FORBIDDEN && !beside)
				v[n++] = (struct stable_pair){ pair->officer, pair->post, rank_of(&l->links[i]), -(double)l->links[i].fit };
		}
	}
	*ret = (struct stable_problem){ p->n_officers, p->n_posts, n, v };
}

/* ── what is kept of it ── */

static size_t post_at_place(const struct loading *l, uint32_t place)
{
	size_t from = 0, to = l->n_posts;
	while (to - from > 1) {
		size_t mid = (from + to) / 2;
		if (l->posts[mid].first <= place)
			from = mid;
		else
			to = mid;
	}
	return from;
}

/* Fills the figures of a placement, and tells for each officer the post and score. */
static struct figures figures_of(const struct loading *l, const uint32_t *post_of, int64_t *post, int64_t *score)
{
	struct figures f = { 0 };
	for (size_t i = 0; i < l->n_officers; i++) {
		post[i] = post_of[i] == NOBODY ? NONE : l->posts[post_at_place(l, post_of[i])].id;
		score[i] = NONE;
		f.placed += post_of[i] != NOBODY;
	}
	for (size_t k = 0; k < l->n_links; k++) {
		const struct link *link = &l->links[k];
		if (post[link->officer] != l->posts[link->post].id)
			continue;
		score[link->officer] = score_of(l, link);
		f.total += score[link->officer];
		f.firsts += link->rank == 1;
		f.choices += link->rank != NONE;
	}
	return f;
}

static void put_officers(struct ctx *cx, const struct loading *l, const struct assignment *best, const struct stable *stable, struct round_answer *a)
{
	int64_t *post = ARENA_ARRAY(cx->arena, int64_t, l->n_officers + 1), *score = ARENA_ARRAY(cx->arena, int64_t, l->n_officers + 1);
	int64_t *stable_post = ARENA_ARRAY(cx->arena, int64_t, l->n_officers + 1), *stable_score = ARENA_ARRAY(cx->arena, int64_t, l->n_officers + 1);
	a->best = figures_of(l, best->post_of, post, score);
	a->stable = figures_of(l, stable->post_of, stable_post, stable_score);
	a->n_officers = l->n_officers;
	a->officers = ARENA_ARRAY(cx->arena, struct placed, l->n_officers + 1);
	for (size_t i = 0; i < l->n_officers; i++) {
		a->officers[i] = (struct placed){ l->officers[i].id, post[i], stable_post[i], score[i], best->officer_price[i] };
		a->moved += post[i] != l->officers[i].post_id;
	}
}

/* All places of a post that nobody is fixed on are alike: one price, and in one group of shortage or in none. */
static void put_posts(struct ctx *cx, const struct loading *l, const struct assignment_problem *p, const struct assignment *best, struct round_answer *a)
{
	struct shortage s;
	shortage_find(cx->arena, p, &s);
	a->n_posts = l->n_posts;
	a->posts = ARENA_ARRAY(cx->arena, struct priced, l->n_posts + 1);
	for (size_t k = 0; k < l->n_posts; k++) {
		const struct post_at *post = &l->posts[k];
		uint32_t open = post->first + post->fixed;
		bool any = post->fixed < (uint32_t)post->places;
		uint32_t group = any ? s.group_of[open] : NOBODY;
		a->posts[k] = (struct priced){ post->id, any ? best->post_price[open] : 0, group == NOBODY ? NONE : (int64_t)group,
					       group == NOBODY ? NONE : (int64_t)s.groups[group].n_officers };
	}
}

static enum err solve(struct ctx *cx, struct loading *l, struct round_answer *a)
{
	struct assignment_problem p;
	struct stable_problem sp;
	struct assignment last, best;
	struct stable stable;
	TRY(pairs_of(cx, l, &p));
	bool again = last_answer(cx, l, &last);
	enum err e = assignment_solve(cx, &p, again ? &last : NULL, &best);
	if (e == ERR_CONFLICT) {
		cx->n_failures = 0; /* it names a pair by its number */
		return fail(cx, ERR_CONFLICT, "person_id", N_("This officer is fixed on another post already. Open that first."));
	}
	TRY(e);
	if (!assignment_check(cx->arena, &p, &best, NULL))
		return ERR_INTERNAL; /* nothing that is not proved is shown */
	stable_problem_of(cx, l, &p, &sp);
	stable_solve(cx->arena, &sp, OFFICERS_PROPOSE, &stable);
	a->blocking = (int64_t)stable_blocking(cx->arena, &sp, best.post_of, NULL);
	a->bound = (int64_t)best.bound;
	a->premium = best.premium;
	put_officers(cx, l, &best, &stable, a);
	put_posts(cx, l, &p, &best, a);
	return OK;
}

enum err round_solve(struct ctx *cx, int64_t org_id, int64_t round_id, const struct round_what *what, struct round_answer **ret)
{
	struct loading l = { .what = what };
	struct round_answer *a = ARENA_NEW(cx->arena, struct round_answer);
	TRY(round_find(cx, org_id, round_id, &l.round));
	if (!str_is(l.round.state, "scored") && !str_is(l.round.state, "solved"))
		return fail(cx, ERR_CONFLICT, "", N_("The round is not where this can be done. Look at it again."));
	if (what->kind == TRY_WEIGH)
		l.round.bonus = what->bonus;
	TRY(load(cx, &l));
	if (!l.found && what->kind != TRY_AGAIN && what->kind != TRY_WEIGH)
		return fail(cx, ERR_NOT_FOUND, "person_id", N_("This officer does not come into question for this post."));
	a->round_id = round_id;
	a->revision = l.round.revision;
	a->what = what;
	TRY(solve(cx, &l, a));
	*ret = a;
	return OK;
}

/* ── keeping it ── */

static const char *const kind_of_try[] = { "solved", "fixed", "forbidden", "opened", "weighed" };

static enum err keep_change(struct ctx *cx, const struct round_answer *a)
{
	static const char *const rules[] = { NULL, "fixed", "forbidden", "open", NULL };
	const struct round_what *w = a->what;
	if (w->kind == TRY_WEIGH)
		return round_sql_set_bonus(cx, w->bonus, a->round_id, NULL);
	return rules[w->kind] ? round_sql_set_rule(cx, str_of(rules[w->kind]), a->round_id, w->post_id, w->person_id, NULL) : OK;
}

enum err round_keep(struct ctx *cx, const struct round_answer *a)
{
	const struct round_what *w = a->what;
	bool pair = w->kind != TRY_AGAIN && w->kind != TRY_WEIGH;
	int64_t changed = 0;
	TRY(round_sql_put_answer(cx, a->best.total, a->bound, a->premium, a->best.placed, a->blocking, a->best.firsts, a->best.choices, a->stable.total,
				 a->stable.placed, a->stable.firsts, a->stable.choices, a->round_id, a->revision, &changed));
	if (!changed)
		return fail(cx, ERR_CONFLICT, "", N_("The round was changed meanwhile. Look at it again."));
	TRY(keep_change(cx, a));
	TRY(round_sql_keep_last(cx, a->round_id, NULL));
	for (size_t i = 0; i < a->n_officers; i++) {
		const struct placed *o = &a->officers[i];
		TRY(round_sql_put_officer(cx, o->post_id, o->stable_post_id, o->score, o->price, a->round_id, o->person_id, NULL));
	}
	for (size_t i = 0; i < a->n_posts; i++)
		TRY(round_sql_put_post(cx, a->posts[i].price, a->posts[i].shortage, a->posts[i].shortage_officers, a->round_id, a->posts[i].post_id, NULL));
	return round_sql_event(cx, new_id(cx), a->round_id, str_of(kind_of_try[w->kind]), pair ? w->person_id : NONE, pair ? w->post_id : NONE, a->best.total,
			       a->moved, cx->actor.person_id ? actor_hand(&cx->actor) : NONE, cx->now,
			       w->kind == TRY_WEIGH ? str_fmt(cx->arena, "%lld", (long long)w->bonus) : S(""), NULL);
}
