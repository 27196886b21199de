/* The greatest assignment of officers to posts; see assignment.h. */
#include "solve/search.h"

#include <math.h>

enum { DECIMALS_MAX = 9 };
#define SCORE_MAX 1e15
/* Up to here a decimal times a power of ten is rounded to the whole number that was meant. */
#define DECIMAL_MOST 0x1p50
#define BINARY_MOST 0x1p53
/* Prices, and sums of two, stay below this. */
#define PRICE_MOST 0x1p61

struct solving {
	struct ctx *cx;
	const struct assignment_problem *p;
	size_t places; /* the fewer of officers and posts */
	double per_unit;
	bool exact;
	int64_t greatest; /* of the scaled scores, without sign */
	int64_t premium;
	uint32_t *fixed_of[2]; /* by officer, by post: the fixed pair, or NOBODY */
	struct side side[2];   /* officers, posts */
	struct side *near, *far;
};

static inline int64_t scaled(double score, double per_unit)
{
	return llrint(score * per_unit);
}

static enum err pair_fault(struct ctx *cx, enum err e, size_t pair, const char *text)
{
	return fail_msg(cx, e, str_fmt(cx->arena, "%zu", pair), text, 0, NULL);
}

static enum err note_fixed(struct solving *s, uint32_t k)
{
	const struct assignment_pair *pair = &s->p->pairs[k];
	if (s->fixed_of[0][pair->officer] != NOBODY || s->fixed_of[1][pair->post] != NOBODY)
		return pair_fault(s->cx, ERR_CONFLICT, k, N_("is fixed, but its officer or its post is fixed in another pair already"));
	s->fixed_of[0][pair->officer] = s->fixed_of[1][pair->post] = k;
	return OK;
}

/* Decimals of the scores, as far as they are decimals of whole numbers up to `most`. */
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
		if (!(size <= SCORE_MAX))
			return pair_fault(s->cx, ERR_INVALID, k, N_("has a score that is no number, or beyond a thousand million million"));
		if (pair->rule == PAIR_FIXED)
			TRY(note_fixed(s, k));
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

/* What a pair is worth in the search; not above 0: it is not taken. */
static int64_t worth(const struct solving *s, const struct assignment_pair *pair)
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
		if (worth(s, &p->pairs[k]) > 0)
			side_count(near, officers ? p->pairs[k].officer : p->pairs[k].post);
	side_room(a, near, true);
	for (size_t k = 0; k < p->n_pairs; k++) {
		const struct assignment_pair *pair = &p->pairs[k];
		int64_t w = worth(s, pair);
		if (w > 0)
			side_put(near, officers ? pair->officer : pair->post, officers ? pair->post : pair->officer, w);
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

/* Of each officer the pair that was taken; of doubled ones the best. */
static void find_pairs(const struct solving *s, struct assignment *r)
{
	const struct assignment_pair *pairs = s->p->pairs;
	r->pair_of = nobodies(s->cx->arena, r->n_officers);
	for (size_t k = 0; k < s->p->n_pairs; k++) {
		uint32_t i = pairs[k].officer, *best = &r->pair_of[i];
		if (r->post_of[i] != pairs[k].post || pairs[k].rule == PAIR_FORBIDDEN || (s->fixed_of[0][i] != NOBODY && s->fixed_of[0][i] != k))
			continue;
		if (*best == NOBODY || pairs[k].score > pairs[*best].score)
			*best = (uint32_t)k;
	}
}

static void answer(struct solving *s, struct assignment *r)
{
	const struct assignment_problem *p = s->p;
	struct side *officers = &s->side[0], *posts = &s->side[1];
	*r = (struct assignment){ .n_officers = p->n_officers,
				  .n_posts = p->n_posts,
				  .post_of = officers->mate,
				  .officer_of = posts->mate,
				  .per_unit = s->per_unit,
				  .premium = s->premium,
				  .officer_price = officers->price,
				  .post_price = posts->price };
	for (uint32_t i = 0; i < r->n_officers; i++) {
		uint32_t k = s->fixed_of[0][i];
		if (k == NOBODY)
			continue;
		r->post_of[i] = p->pairs[k].post;
		r->officer_of[p->pairs[k].post] = i;
		r->officer_price[i] = scaled(p->pairs[k].score, s->per_unit);
	}
	find_pairs(s, r);
	__int128 units = 0;
	for (size_t i = 0; i < r->n_officers; i++) {
		if (r->pair_of[i] == NOBODY)
			continue;
		r->n_placed++;
		units += scaled(p->pairs[r->pair_of[i]].score, s->per_unit);
	}
	r->slack = s->exact ? 0 : (double)s->places / s->per_unit;
	r->total = (double)units / s->per_unit;
	r->bound = r->total + r->slack;
}

enum err assignment_solve(struct ctx *cx, const struct assignment_problem *p, const struct assignment *before, struct assignment *ret)
{
	struct solving s = { .cx = cx, .p = p, .places = p->n_officers < p->n_posts ? p->n_officers : p->n_posts };
	TRY(prepare(&s));
	/* The fewer bid and are searched from. */
	s.near = &s.side[p->n_officers > p->n_posts];
	s.far = &s.side[p->n_officers <= p->n_posts];
	s.side[0].n = (uint32_t)p->n_officers;
	s.side[1].n = (uint32_t)p->n_posts;
	make_graph(&s);
	if (before)
		begin_from(&s, before);
	else
		auction(cx->arena, s.near, s.far);
	shortest_paths(cx->arena, s.near, s.far);
	answer(&s, ret);
	return OK;
}
