/* Answers alike; see integrity.h. */
#include "psychometrics/integrity.h"
#include "base/ctx.h"
#include "psychometrics/ability.h"
#include "psychometrics/distribution.h"

#include <math.h>
#include <stdlib.h>

enum { GROUPS_MAX = 5, TURNS = 12 };
#define NO_END 40.0	/* logits: as good as certain */
#define LOOK_CLOSER 2.5 /* values above: p is computed, not approximated */

void holm_correct(const double *p, size_t n, double *ret)
{
	double most = 0;
	for (size_t k = 0; k < n; k++)
		ret[k] = most = fmax(most, fmin(1, p[k] * (double)(n - k)));
}

double at_least(struct arena *a, const double *p, size_t n, size_t k)
{
	struct arena_mark mark = arena_mark(a);
	double *of = ARENA_ARRAY(a, double, n + 1), sum = 0; /* of[j]: that j have happened so far */
	of[0] = 1;
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 2; j-- > 0;)
			of[j] = of[j] * (1 - p[i]) + (j ? of[j - 1] * p[i] : 0);
	for (size_t j = n + 1; j-- > k;)
		sum += of[j];
	arena_back(a, mark);
	return fmin(1, fmax(0, sum));
}

/* ── chances ── */

static int chosen_at(const struct choices *c, size_t person, size_t item)
{
	int x = c->chosen[person * c->items + item];
	BUG_IF(x != NOT_ANSWERED && (x < 0 || x >= CATEGORIES_MAX));
	return x;
}

/* By score: groups of at least CHANCE_GROUP people, as even as equal scores allow. Returns how many. */
static size_t group_people(struct arena *a, const struct choices *c, uint8_t *ret)
{
	size_t *score = ARENA_ARRAY(a, size_t, c->people), *of_score = ARENA_ARRAY(a, size_t, c->items + 1), below = 0, group = 0, in_group = 0;
	size_t groups = c->people / CHANCE_GROUP;
	uint8_t *group_of = ARENA_ARRAY(a, uint8_t, c->items + 1);
	groups = groups < 1 ? 1 : groups > GROUPS_MAX ? GROUPS_MAX : groups;
	for (size_t j = 0; j < c->people; j++) {
		for (size_t i = 0; i < c->items; i++)
			score[j] += chosen_at(c, j, i) != NOT_ANSWERED && chosen_at(c, j, i) == c->key[i];
		of_score[score[j]]++;
	}
	for (size_t s = 0; s <= c->items; s++) {
		size_t left = c->people - below;
		if (in_group >= CHANCE_GROUP && left >= CHANCE_GROUP && below * groups >= (group + 1) * c->people) {
			group++;
			in_group = 0;
		}
		group_of[s] = (uint8_t)group;
		in_group += of_score[s];
		below += of_score[s];
	}
	for (size_t j = 0; j < c->people; j++)
		ret[j] = group_of[score[j]];
	return group + 1;
}

/* Counts of options, group after group; last of all people together. [(group × items + item) × CATEGORIES_MAX + option] */
static double *count_options(struct arena *a, const struct choices *c, const uint8_t *group, size_t groups)
{
	double *n = ARENA_ARRAY(a, double, (groups + 1) * c->items * CATEGORIES_MAX);
	for (size_t j = 0; j < c->people; j++)
		for (size_t i = 0; i < c->items; i++) {
			int x = chosen_at(c, j, i);
			if (x == NOT_ANSWERED)
				continue;
			n[(group[j] * c->items + i) * CATEGORIES_MAX + (size_t)x]++;
			n[(groups * c->items + i) * CATEGORIES_MAX + (size_t)x]++;
		}
	return n;
}

/* Shares of the wrong options among those of a group who were wrong, with CHANCE_PRIOR people who choose as all do. */
static void shares_of(const double *in_group, const double *in_all, int key, double *ret)
{
	double group = CHANCE_PRIOR, all = 0;
	for (int k = 0; k < CATEGORIES_MAX; k++) {
		group += k == key ? 0 : in_group[k];
		all += k == key ? 0 : in_all[k];
	}
	for (int k = 0; k < CATEGORIES_MAX; k++)
		ret[k] = k == key || !(all > 0) ? 0 : (in_group[k] + CHANCE_PRIOR * in_all[k] / all) / group;
}

/* Shares of right answers by items' easiness and people's readiness (a Rasch model by joint maximum likelihood, Wright and Panchapakesan 1969), so that
 * everybody's expected score is the own score. All right or all wrong: readiness without end. */
struct readiness {
	double *ready, *easy; /* in logits */
	const int8_t *right;  /* people × items: 1, 0 or NOT_ANSWERED */
};

static double right_chance(double logit)
{
	return 1 / (1 + exp(-logit));
}

/* The place at which as much is expected as was found, by Newton's steps. right: one answer every `step`, for as many others. */
static double balance_logit(const int8_t *right, size_t step, const double *others, size_t n, double prior)
{
	double at = 0;
	for (int turn = 0; turn < TURNS; turn++) {
		double off = prior * (0.5 - right_chance(at)), rate = prior * 0.25 + 1e-9;
		size_t ones = 0, answered = 0;
		for (size_t k = 0; k < n; k++) {
			if (right[k * step] == NOT_ANSWERED)
				continue;
			double p = right_chance(at + others[k]);
			off += right[k * step] - p;
			rate += p * (1 - p);
			ones += right[k * step] == 1;
			answered++;
		}
		if (!(prior > 0) && (ones == 0 || ones == answered))
			return answered == 0 ? 0 : ones ? NO_END : -NO_END;
		at += fmax(-1, fmin(1, off / rate));
		if (fabs(off / rate) < 1e-6)
			break;
	}
	return at;
}

static void find_readiness(const struct choices *c, struct readiness *r)
{
	for (int turn = 0; turn < TURNS; turn++) {
		for (size_t i = 0; i < c->items; i++)
			r->easy[i] = balance_logit(r->right + i, c->items, r->ready, c->people, 1);
		for (size_t j = 0; j < c->people; j++)
			r->ready[j] = balance_logit(r->right + j * c->items, 1, r->easy, c->items, 0);
	}
}

static double right_by(const struct irt_item *items, const struct readiness *r, double theta, size_t person, size_t item)
{
	double p[CATEGORIES_MAX];
	if (!items)
		return right_chance(r->ready[person] + r->easy[item]);
	BUG_IF(items[item].categories != 2);
	irt_probabilities(&items[item], theta, p, NULL, NULL);
	return p[1];
}

static struct chances chances_of(struct arena *a, const struct choices *c, const struct irt_item *items)
{
	struct chances ret = { ARENA_ARRAY(a, double, c->people * c->items * CATEGORIES_MAX) };
	struct arena_mark mark = arena_mark(a);
	uint8_t *group = ARENA_ARRAY(a, uint8_t, c->people);
	int8_t *right = ARENA_ARRAY(a, int8_t, c->people * c->items);
	struct readiness r = { ARENA_ARRAY(a, double, c->people), ARENA_ARRAY(a, double, c->items), right };
	BUG_IF(c->people > CHANCE_PEOPLE_MAX || c->items > ITEMS_MAX);
	size_t groups = group_people(a, c, group);
	const double *n = count_options(a, c, group, groups);
	for (size_t j = 0; j < c->people; j++)
		for (size_t i = 0; i < c->items; i++)
			right[j * c->items + i] = (int8_t)(chosen_at(c, j, i) == NOT_ANSWERED ? NOT_ANSWERED : chosen_at(c, j, i) == c->key[i]);
	if (!items)
		find_readiness(c, &r);
	for (size_t j = 0; j < c->people; j++) {
		double theta = items ? ability_of(items, c->items, right + j * c->items, ABILITY_WLE).theta : 0;
		for (size_t i = 0; i < c->items; i++) {
			double *p = ret.p + (j * c->items + i) * CATEGORIES_MAX, chance = right_by(items, &r, theta, j, i);
			shares_of(n + (group[j] * c->items + i) * CATEGORIES_MAX, n + (groups * c->items + i) * CATEGORIES_MAX, c->key[i], p);
			for (int k = 0; k < CATEGORIES_MAX; k++)
				p[k] = k == c->key[i] ? chance : (1 - chance) * p[k];
		}
	}
	arena_back(a, mark);
	return ret;
}

struct chances chances_by_shares(struct arena *a, const struct choices *c)
{
	return chances_of(a, c, NULL);
}

struct chances chances_by_model(struct arena *a, const struct choices *c, const struct irt_item *items)
{
	return chances_of(a, c, items);
}

/* ── pairs ── */

/* One of the items that both answered: the chances of a of being right, and of giving the answer of b. */
struct shared {
	double right, match;
	bool b_right;
};
struct pairing {
	struct arena *a;
	const struct choices *c;
	const struct chances *chances;
	struct shared shared[ITEMS_MAX];
};

/* That as many or more answers of a are those of b, when a has `score` of them right. By a recursion over the items, with how many are right and how many
 * are equal so far. */
static double at_least_same(const struct pairing *w, size_t n, size_t score, size_t same)
{
	struct arena_mark mark = arena_mark(w->a);
	size_t stride = n + 2;
	double *of = ARENA_ARRAY(w->a, double, (score + 1) * stride), all = 0, many = 0;
	of[0] = 1;
	for (size_t i = 0; i < n; i++) {
		const struct shared *s = &w->shared[i];
		double wrong_other = s->b_right ? 1 - s->right : 1 - s->right - s->match;
		for (size_t right = (i + 1 < score ? i + 1 : score) + 1; right-- > 0;)
			for (size_t m = i + 2; m-- > 0;) {
				double *to = &of[right * stride + m], sum = *to * fmax(0, wrong_other);
				if (s->b_right)
					sum += right && m ? to[-(ptrdiff_t)stride - 1] * s->right : 0;
				else
					sum += (right ? to[-(ptrdiff_t)stride] * s->right : 0) + (m ? to[-1] * s->match : 0);
				*to = sum;
			}
	}
	for (size_t m = 0; m <= n; m++) {
		all += of[score * stride + m];
		many += m >= same ? of[score * stride + m] : 0;
	}
	arena_back(w->a, mark);
	return all > 0 ? fmin(1, many / all) : 1;
}

/* b's answers are given. */
static struct similarity compare(struct pairing *w, uint32_t a, uint32_t b)
{
	struct similarity s = { .a = a, .b = b, .p = 1 };
	double variance = 0, of_score = 0, together = 0, off = 0;
	size_t score = 0;
	for (size_t i = 0; i < w->c->items; i++) {
		int x = chosen_at(w->c, a, i), y = chosen_at(w->c, b, i);
		if (x == NOT_ANSWERED || y == NOT_ANSWERED)
			continue;
		const double *p = w->chances->p + (a * w->c->items + i) * CATEGORIES_MAX;
		struct shared *of = &w->shared[s.both++];
		*of = (struct shared){ fmin(1, p[w->c->key[i]]), fmin(1, p[y]), y == w->c->key[i] };
		score += x == w->c->key[i];
		off += (x == w->c->key[i]) - of->right;
		s.same += x == y;
		s.same_wrong += x == y && x != w->c->key[i];
		s.expected += of->match;
		variance += of->match * (1 - of->match);
		of_score += of->right * (1 - of->right);
		together += of->b_right ? of->right * (1 - of->right) : -of->right * of->match;
	}
	/* What remains when the own score is given. */
	double rate = of_score > 1e-9 ? together / of_score : 0;
	s.expected += rate * off;
	variance -= rate * together;
	if (!(variance > 1e-6))
		return s;
	s.value = (s.same - s.expected) / sqrt(variance);
	/* With the correction for continuity, as the exact one counts whole answers. */
	s.p = s.value > LOOK_CLOSER ? at_least_same(w, s.both, score, s.same) : normal_above((s.same - 0.5 - s.expected) / sqrt(variance));
	return s;
}

static size_t score_of(const struct choices *c, size_t person)
{
	size_t n = 0;
	for (size_t i = 0; i < c->items; i++)
		n += chosen_at(c, person, i) != NOT_ANSWERED && chosen_at(c, person, i) == c->key[i];
	return n;
}

static int by_p(const void *x, const void *y)
{
	const struct similarity *s = x, *t = y;
	if (s->p != t->p)
		return s->p < t->p ? -1 : 1;
	if (s->value != t->value)
		return s->value > t->value ? -1 : 1;
	return s->a != t->a ? (s->a < t->a ? -1 : 1) : s->b < t->b ? -1 : s->b > t->b;
}

struct similarities similarities_of(struct arena *a, const struct choices *c, const struct chances *chances, const uint32_t *people, size_t n)
{
	struct similarities ret = { ARENA_ARRAY(a, struct similarity, n * (n - (n > 0)) / 2), 0 };
	struct pairing w = { .a = a, .c = c, .chances = chances };
	size_t *score = ARENA_ARRAY(a, size_t, n);
	BUG_IF(n > SIMILAR_PEOPLE_MAX);
	for (size_t j = 0; j < n; j++) {
		BUG_IF(people[j] >= c->people);
		score[j] = score_of(c, people[j]);
	}
	for (size_t j = 0; j < n; j++)
		for (size_t k = 0; k < j; k++) {
			bool other = score[j] < score[k];
			struct similarity s = compare(&w, people[other ? j : k], people[other ? k : j]);
			if (s.both)
				ret.v[ret.n++] = s;
		}
	if (ret.n)
		qsort(ret.v, ret.n, sizeof *ret.v, by_p);
	double *p = ARENA_ARRAY(a, double, ret.n);
	for (size_t k = 0; k < ret.n; k++)
		p[k] = ret.v[k].p;
	holm_correct(p, ret.n, p);
	for (size_t k = 0; k < ret.n; k++) {
		ret.v[k].corrected = p[k];
		ret.v[k].by_chance = expected_by_chance(ret.v[k].p, ret.n);
	}
	return ret;
}
