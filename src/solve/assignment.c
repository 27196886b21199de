/* The greatest assignment of officers to posts; see assignment.h. */
#include "solve/solving.h"

enum { DECIMALS_MAX = 9 };
#define SCORE_MAX 1e15
/* Up to here a decimal times a power of ten is rounded to the whole number that was meant. */
#define DECIMAL_MOST 0x1p50
#define BINARY_MOST 0x1p53
/* Prices, and sums of two, stay below this. */
#define PRICE_MOST 0x1p61

static enum err pair_fault(struct ctx *cx, enum err e, size_t pair, const char *text)
{
	return fail_msg(cx, e, str_fmt(cx->arena, "%zu", pair), text, 0, NULL);
}

enum err solving_note_fixed(struct solving *s, uint32_t k)
{
	const struct assignment_pair *pair = &s->p->pairs[k];
	if (s->fixed_of[0][pair->officer] != NOBODY || s->fixed_of[1][pair->post] != NOBODY)
		return pair_fault(s->cx, ERR_CONFLICT, k, N_("is fixed, but its officer or its post is fixed in another pair already"));
	s->fixed_of[0][pair->officer] = s->fixed_of[1][pair->post] = k;
	return OK;
}

enum err solving_check_score(struct ctx *cx, size_t pair, double score)
{
	return fabs(score) <= SCORE_MAX ? OK : pair_fault(cx, ERR_INVALID, pair, N_("has a score that is no number, or beyond a thousand million million"));
}

/* How many decimals all scores looked at have, if they are whole numbers up to `most` when multiplied by `ten`. */
struct decimals {
	double most, ten; /* ten: 10 to the power of n */
	int n;
};

static inline bool is_decimal(const struct decimals *d, double x)
{
	double units = x * d->ten;
	return fabs(units) <= d->most && (double)(int64_t)(units < 0 ? units - 0.5 : units + 0.5) / d->ten == x;
}

/* Looks at every pair once: whether it is good, what is fixed, how great and how fine the scores are. */
static enum err look_at_pairs(struct solving *s, struct decimals *d, double *ret_greatest)
{
	const struct assignment_problem *p = s->p;
	double greatest = 0;
	for (uint32_t k = 0; k < p->n_pairs; k++) {
		const struct assignment_pair *pair = &p->pairs[k];
		double size = fabs(pair->score);
		if (pair->officer >= p->n_officers || pair->post >= p->n_posts)
			return pair_fault(s->cx, ERR_INVALID, k, N_("names an officer or a post that is not there"));
		TRY(solving_check_score(s->cx, k, pair->score));
		if (pair->rule == PAIR_FIXED)
			TRY(solving_note_fixed(s, k));
		greatest = size > greatest ? size : greatest;
		for (; d->n <= DECIMALS_MAX && !is_decimal(d, pair->score); d->n++)
			d->ten *= 10;
	}
	*ret_greatest = greatest;
	return OK;
}

static void scale_by_two(struct solving *s, double most, double greatest)
{
	int most_exponent, exponent;
	(void)frexp(most, &most_exponent);
	(void)frexp(greatest, &exponent);
	exponent = most_exponent - exponent - 1;
	s->per_unit = ldexp(1, exponent < 1000 ? exponent : 1000); /* scores below 2^-1000 count as 0 */
	s->exact = true;
	for (size_t k = 0; s->exact && k < s->p->n_pairs; k++)
		s->exact = s->p->pairs[k].score * s->per_unit == rint(s->p->pairs[k].score * s->per_unit);
}

/* Chooses per_unit: the greatest scaled score must leave room for the premium and twice a price. */
static enum err prepare(struct solving *s)
{
	const struct assignment_problem *p = s->p;
	double most = p->fill ? fmin(BINARY_MOST, PRICE_MOST / (2 * (double)s->places + 2)) : BINARY_MOST, greatest;
	struct decimals d = { .most = fmin(most, DECIMAL_MOST), .ten = 1 };
	if (p->n_officers > ASSIGNMENT_NODES_MAX || p->n_posts > ASSIGNMENT_NODES_MAX || p->n_pairs > ASSIGNMENT_PAIRS_MAX)
		return fail(s->cx, ERR_TOO_LARGE, "", N_("There are more officers, posts or pairs than can be worked on at once."));
	s->fixed_of[0] = nobodies(s->cx->arena, p->n_officers);
	s->fixed_of[1] = nobodies(s->cx->arena, p->n_posts);
	TRY(look_at_pairs(s, &d, &greatest));
	s->exact = d.n <= DECIMALS_MAX && greatest * d.ten <= d.most;
	s->per_unit = d.ten;
	if (!s->exact)
		scale_by_two(s, most, greatest);
	s->greatest = scaled(greatest, s->per_unit);
	s->premium = p->fill ? 2 * (int64_t)s->places * s->greatest + 1 : 0;
	return OK;
}

bool solving_fits(const struct solving *s, double score)
{
	double units = score * s->per_unit;
	return fabs(units) <= (double)s->greatest && (!s->exact || rint(units) / s->per_unit == score);
}

int64_t solving_worth(const struct solving *s, const struct assignment_pair *pair)
{
	if (pair->rule != PAIR_OPEN || s->fixed_of[0][pair->officer] != NOBODY || s->fixed_of[1][pair->post] != NOBODY)
		return 0;
	return scaled(pair->score, s->per_unit) + s->premium;
}

/* The edges of near; those of far are made when somebody asks for them. */
static void make_graph(struct solving *s)
{
	const struct assignment_problem *p = s->p;
	struct arena *a = s->cx->arena;
	struct side *near = s->near;
	bool officers = near == &s->side[0];
	side_begin(a, near, near->n);
	for (size_t k = 0; k < p->n_pairs; k++)
		if (s->whole || solving_worth(s, &p->pairs[k]) > 0)
			side_count(near, officers ? p->pairs[k].officer : p->pairs[k].post);
	side_room(a, near, true);
	for (size_t k = 0; k < p->n_pairs; k++) {
		const struct assignment_pair *pair = &p->pairs[k];
		int64_t w = solving_worth(s, pair);
		if (s->whole || w > 0)
			side_put(near, officers ? pair->officer : pair->post, officers ? pair->post : pair->officer, w > 0 ? w : -1);
	}
	side_end(near);
	for (int i = 0; i < 2; i++) {
		s->side[i].mate = nobodies(a, s->side[i].n);
		s->side[i].price = ARENA_ARRAY(a, int64_t, s->side[i].n);
	}
}

/* Prices and mates from before, as far as they still mean something; the search mends the rest. */
static void begin_from(struct solving *s, const struct assignment *before)
{
	bool officers_far = s->far == &s->side[0];
	const int64_t *price = officers_far ? before->officer_price : before->post_price;
	size_t n = officers_far ? before->n_officers : before->n_posts;
	double ratio = s->per_unit / before->per_unit, most = (double)(s->premium + s->greatest);
	for (uint32_t j = 0; j < s->far->n && j < n; j++) {
		bool outside = s->fixed_of[!officers_far][j] != NOBODY;
		double v = fmin(rint((double)price[j] * ratio), most);
		s->far->price[j] = outside || price[j] <= 0 ? 0 : ratio == 1 && v < most ? price[j] : (int64_t)v;
	}
	for (uint32_t i = 0; i < s->side[0].n && i < before->n_officers; i++) {
		uint32_t j = before->post_of[i];
		if (j < s->side[1].n && s->fixed_of[0][i] == NOBODY && s->fixed_of[1][j] == NOBODY) {
			s->side[0].mate[i] = j;
			s->side[1].mate[j] = i;
		}
	}
}

bool solving_may_be_by(const struct solving *s, uint32_t pair, uint32_t post)
{
	const struct assignment_pair *k = &s->p->pairs[pair];
	uint32_t fixed = s->fixed_of[0][k->officer];
	return k->post == post && k->rule != PAIR_FORBIDDEN && (fixed == NOBODY || fixed == pair);
}

/* Of each officer the pair that was taken; of doubled ones the best. */
static void find_pairs(const struct solving *s, struct assignment *r)
{
	const struct assignment_pair *pairs = s->p->pairs;
	for (uint32_t k = 0; k < s->p->n_pairs; k++) {
		uint32_t i = pairs[k].officer, *best = &r->pair_of[i];
		if (solving_may_be_by(s, k, r->post_of[i]) && (*best == NOBODY || pairs[k].score > pairs[*best].score))
			*best = k;
	}
}

static void make_answer(struct solving *s, struct assignment *r)
{
	struct arena *a = s->cx->arena;
	r->n_officers = s->p->n_officers;
	r->n_posts = s->p->n_posts;
	r->post_of = ARENA_ARRAY(a, uint32_t, r->n_officers);
	r->officer_of = ARENA_ARRAY(a, uint32_t, r->n_posts);
	r->pair_of = nobodies(a, r->n_officers);
	r->officer_price = ARENA_ARRAY(a, int64_t, r->n_officers);
	r->post_price = ARENA_ARRAY(a, int64_t, r->n_posts);
}

void solving_answer(struct solving *s, struct assignment *r)
{
	const struct side *officers = &s->side[0], *posts = &s->side[1];
	if (!r->post_of)
		make_answer(s, r);
	memcpy(r->post_of, officers->mate, r->n_officers * sizeof *r->post_of);
	memcpy(r->officer_of, posts->mate, r->n_posts * sizeof *r->officer_of);
	memcpy(r->officer_price, officers->price, r->n_officers * sizeof *r->officer_price);
	memcpy(r->post_price, posts->price, r->n_posts * sizeof *r->post_price);
	for (uint32_t i = 0; i < r->n_officers; i++) {
		uint32_t k = s->fixed_of[0][i];
		if (k == NOBODY)
			continue;
		r->post_of[i] = s->p->pairs[k].post;
		r->officer_of[r->post_of[i]] = i;
		r->officer_price[i] = scaled(s->p->pairs[k].score, s->per_unit);
	}
}

void solving_sum(const struct solving *s, struct assignment *r)
{
	__int128 units = 0;
	r->n_placed = 0;
	for (size_t i = 0; i < r->n_officers; i++) {
		if (r->pair_of[i] == NOBODY)
			continue;
		r->n_placed++;
		units += scaled(s->p->pairs[r->pair_of[i]].score, s->per_unit);
	}
	r->per_unit = s->per_unit;
	r->premium = s->premium;
	r->slack = s->exact ? 0 : (double)s->places / s->per_unit;
	r->total = (double)units / s->per_unit;
	r->bound = r->total + r->slack;
}

enum err solving_begin(struct solving *s, const struct assignment *before)
{
	const struct assignment_problem *p = s->p;
	s->places = p->n_officers < p->n_posts ? p->n_officers : p->n_posts;
	TRY(prepare(s));
	/* The fewer bid and are searched from. */
	s->near = &s->side[p->n_officers > p->n_posts];
	s->far = &s->side[p->n_officers <= p->n_posts];
	s->side[0].n = (uint32_t)p->n_officers;
	s->side[1].n = (uint32_t)p->n_posts;
	make_graph(s);
	s->search = search_new(s->cx->arena, s->near, s->far);
	if (before)
		begin_from(s, before);
	else
		auction(s->cx->arena, s->near, s->far);
	return OK;
}

enum err assignment_solve(struct ctx *cx, const struct assignment_problem *p, const struct assignment *before, struct assignment *ret)
{
	struct solving s = { .cx = cx, .p = p };
	struct assignment r = { 0 };
	TRY(solving_begin(&s, before));
	shortest_paths(s.search, NULL, 0);
	solving_answer(&s, &r);
	find_pairs(&s, &r);
	solving_sum(&s, &r);
	*ret = r;
	return OK;
}
