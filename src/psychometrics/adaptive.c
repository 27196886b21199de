/* The bank, and one adaptive test; see adaptive.h. */
#include "psychometrics/adaptive.h"
#include "psychometrics/simulate.h"

#include <math.h>

enum { OPEN, HIDDEN, BARRED }; /* HIDDEN: left out by its exposure; BARRED: answered, or an enemy of one that was */
#define EQUALLY_FAR 1e-9

/* ── the bank ── */

static enum err about_item(struct ctx *cx, size_t item, const char *text)
{
	return fail_msg(cx, ERR_INVALID, str_fmt(cx->arena, "%zu", item + 1), text, 0, NULL);
}

static enum err take_item(struct ctx *cx, struct adaptive_bank *b, size_t i, const struct adaptive_item *item)
{
	struct irt_item *irt = &b->items[i];
	*irt = item->irt;
	if (item->part < 0 || item->part >= ADAPTIVE_PARTS_MAX)
		return about_item(cx, i, N_("this part of the content does not exist"));
	if (irt->categories < 2 || irt->categories > (irt_is_polytomous(irt->model) ? CATEGORIES_MAX : 2))
		return about_item(cx, i, N_("the number of categories does not fit the model"));
	if (!(irt->c >= 0 && irt->c < 1))
		return about_item(cx, i, N_("the share of guessing must be 0 or more and below 1"));
	if (irt->model == IRT_3PL && irt->c == 0)
		irt->model = IRT_2PL; /* the same curve, and log c is not needed */
	b->form[i] = item_form_of(irt->model, irt->categories);
	item_par_of(irt, b->par[i]);
	if (!item_form_good(&b->form[i], b->par[i]))
		return about_item(cx, i, N_("these parameters are not those of an item: they must be finite, and thresholds in their order"));
	b->part[i] = item->part;
	b->of_part[item->part]++;
	b->cell[i] = b->cells;
	b->cells += (size_t)irt->categories;
	return OK;
}

static enum err take_enemies(struct ctx *cx, struct adaptive_bank *b, const struct adaptive_enemies *v, size_t n)
{
	uint32_t *fill = ARENA_ARRAY(cx->arena, uint32_t, b->n + 1);
	b->enemy_at = ARENA_ARRAY(cx->arena, uint32_t, b->n + 1);
	b->enemy = ARENA_ARRAY(cx->arena, uint32_t, 2 * n + 1);
	for (size_t e = 0; e < n; e++) {
		if (v[e].a >= b->n || v[e].b >= b->n || v[e].a == v[e].b)
			return about_item(cx, v[e].a, N_("its enemy is not another item of the bank"));
		b->enemy_at[v[e].a + 1]++;
		b->enemy_at[v[e].b + 1]++;
	}
	for (size_t i = 0; i < b->n; i++)
		fill[i + 1] = b->enemy_at[i + 1] += b->enemy_at[i];
	for (size_t e = 0; e < n; e++) {
		b->enemy[fill[v[e].a]++] = v[e].b;
		b->enemy[fill[v[e].b]++] = v[e].a;
	}
	return OK;
}

static double point_at(size_t g)
{
	return ((double)g - (ADAPTIVE_POINTS - 1) / 2) * ADAPTIVE_STEP;
}

/* Where theta stands among the points, which end it at both sides. */
static double place_of(double theta)
{
	return fmin(fmax(theta / ADAPTIVE_STEP + (ADAPTIVE_POINTS - 1) / 2, 0), ADAPTIVE_POINTS - 1);
}

static void make_tables(struct arena *a, struct adaptive_bank *b, bool for_kl)
{
	double log_p[CATEGORIES_MAX];
	b->information = ARENA_ARRAY(a, float, ADAPTIVE_POINTS * b->n + 1);
	b->log_p = for_kl ? ARENA_ARRAY(a, float, ADAPTIVE_POINTS * b->cells + 1) : NULL;
	for (size_t g = 0; g < ADAPTIVE_POINTS; g++)
		for (size_t i = 0; i < b->n; i++) {
			b->information[g * b->n + i] = (float)irt_information(&b->items[i], point_at(g));
			if (!for_kl)
				continue;
			item_log_p(&b->form[i], b->par[i], point_at(g), log_p);
			for (int k = 0; k < b->items[i].categories; k++)
				b->log_p[g * b->cells + b->cell[i] + (size_t)k] = (float)log_p[k];
		}
}

enum err adaptive_bank_make(struct ctx *cx, const struct adaptive_item *items, size_t n, const struct adaptive_enemies *enemies, size_t n_enemies, bool for_kl,
			    struct adaptive_bank *ret)
{
	struct arena *a = cx->arena;
	*ret = (struct adaptive_bank){ .n = n };
	if (n > ADAPTIVE_ITEMS_MAX)
		return fail_msg(cx, ERR_INVALID, STR_NONE, N_("there are more than {max} items"), 1,
				(struct msg_arg[]){ { "max", str_fmt(a, "%d", ADAPTIVE_ITEMS_MAX) } });
	if (n_enemies > ADAPTIVE_ENEMIES_MAX)
		return fail_msg(cx, ERR_INVALID, STR_NONE, N_("there are more than {max} pairs of enemies"), 1,
				(struct msg_arg[]){ { "max", str_fmt(a, "%d", ADAPTIVE_ENEMIES_MAX) } });
	ret->items = ARENA_ARRAY(a, struct irt_item, n + 1);
	ret->part = ARENA_ARRAY(a, int, n + 1);
	ret->form = ARENA_ARRAY(a, struct item_form, n + 1);
	ret->par = arena_array(a, n + 1, sizeof *ret->par);
	ret->cell = ARENA_ARRAY(a, size_t, n + 1);
	for (size_t i = 0; i < n; i++)
		TRY(take_item(cx, ret, i, &items[i]));
	TRY(take_enemies(cx, ret, enemies, n_enemies));
	nodes_make(&ret->nodes);
	make_tables(a, ret, for_kl);
	return OK;
}

/* ── the plan ── */

static double share_of(const struct adaptive_plan *p, int part)
{
	double all = 0;
	for (int k = 0; k < p->parts; k++)
		all += p->share[k];
	return part < p->parts && all > 0 ? p->share[part] / all : 0;
}

enum err adaptive_plan_check(struct ctx *cx, const struct adaptive_plan *p)
{
	double all = 0;
	if (!isfinite(p->start))
		return fail(cx, ERR_INVALID, "start", N_("must be a number"));
	if (!(p->kl_width >= 0 && p->kl_width <= 100))
		return fail(cx, ERR_INVALID, "kl_width", N_("must be from 0 to 100"));
	if (p->method != ABILITY_EAP && p->method != ABILITY_WLE)
		return fail(cx, ERR_INVALID, "method", N_("must be the mean of the posterior or Warm's estimate"));
	if (p->longest < 1 || p->longest > ADAPTIVE_LENGTH_MAX)
		return fail_msg(cx, ERR_INVALID, S("longest"), N_("must be from 1 to {max}"), 1,
				(struct msg_arg[]){ { "max", str_fmt(cx->arena, "%d", ADAPTIVE_LENGTH_MAX) } });
	if (p->shortest > p->longest)
		return fail(cx, ERR_INVALID, "shortest", N_("the shortest test cannot be longer than the longest"));
	if (!(p->se >= 0 && p->se <= 10))
		return fail(cx, ERR_INVALID, "se", N_("must be from 0 to 10"));
	if (p->best_of > ADAPTIVE_BEST_MAX)
		return fail_msg(cx, ERR_INVALID, S("best_of"), N_("must be at most {max}"), 1,
				(struct msg_arg[]){ { "max", str_fmt(cx->arena, "%d", ADAPTIVE_BEST_MAX) } });
	if (p->parts < 0 || p->parts > ADAPTIVE_PARTS_MAX)
		return fail(cx, ERR_INVALID, "share", N_("there are too many parts"));
	for (int k = 0; k < p->parts; k++) {
		if (!(p->share[k] >= 0 && p->share[k] <= 1e6))
			return fail(cx, ERR_INVALID, "share", N_("a share must not be negative"));
		all += p->share[k];
	}
	if (p->parts && !(all > 0))
		return fail(cx, ERR_INVALID, "share", N_("some part must have a share"));
	if (!p->classify)
		return OK;
	if (!(fabs(p->pass) <= ABILITY_MOST))
		return fail(cx, ERR_INVALID, "pass", N_("must be from -10 to 10"));
	if (!(p->delta > 0 && p->delta <= ABILITY_MOST))
		return fail(cx, ERR_INVALID, "delta", N_("must be above 0"));
	if (!(p->alpha > 0 && p->alpha < 0.5 && p->beta > 0 && p->beta < 0.5))
		return fail(cx, ERR_INVALID, "alpha", N_("the chances of an error must be above 0 and below one half"));
	return OK;
}

size_t adaptive_lacking(const struct adaptive_bank *b, const struct adaptive_plan *p, int part)
{
	size_t needed = (size_t)floor(share_of(p, part) * (double)p->longest + EQUALLY_FAR);
	return needed > b->of_part[part] ? needed - b->of_part[part] : 0;
}

/* ── one test ── */

void adaptive_session_make(struct arena *a, const struct adaptive_bank *b, const struct adaptive_plan *p, struct adaptive_session *ret)
{
	*ret = (struct adaptive_session){ .bank = b, .plan = p };
	ret->state = ARENA_ARRAY(a, uint8_t, b->n + 1);
	ret->value = ARENA_ARRAY(a, float, b->n + 1);
	BUG_IF(p->choice == ADAPTIVE_KL && !b->log_p);
	if (p->choice == ADAPTIVE_KL)
		ret->difference = ARENA_ARRAY(a, float, b->cells + 1);
}

static void settle_estimate(struct adaptive_session *s)
{
	const double *theta = s->bank->nodes.theta;
	double w[NODES], square = 0, sum;
	memcpy(w, s->log_posterior, sizeof w);
	nodes_exp(w, nodes_max(w));
	sum = nodes_sum(w);
	s->theta = nodes_dot(w, theta) / sum;
	for (size_t q = 0; q < NODES; q++)
		square += w[q] / sum * (theta[q] - s->theta) * (theta[q] - s->theta);
	s->se = sqrt(square);
}

void adaptive_begin(struct adaptive_session *s, uint64_t seed)
{
	const struct adaptive_bank *b = s->bank;
	s->seed = seed;
	s->n = 0;
	s->log_ratio = 0;
	memset(s->of_part, 0, sizeof s->of_part);
	memset(s->hidden, 0, sizeof s->hidden);
	memcpy(s->open, b->of_part, sizeof s->open);
	memset(s->state, OPEN, b->n);
	for (size_t i = 0; s->plan->k && i < b->n; i++)
		if (simulate_uniform_of(seed, i) >= s->plan->k[i]) {
			s->state[i] = HIDDEN;
			s->hidden[b->part[i]]++;
			s->open[b->part[i]]--;
		}
	memcpy(s->log_posterior, b->nodes.log_weight, sizeof s->log_posterior);
	settle_estimate(s);
}

static void bar(struct adaptive_session *s, size_t item)
{
	int part = s->bank->part[item];
	s->open[part] -= s->state[item] == OPEN;
	s->hidden[part] -= s->state[item] == HIDDEN;
	s->state[item] = BARRED;
}

bool adaptive_answer(struct adaptive_session *s, size_t item, int answer)
{
	const struct adaptive_bank *b = s->bank;
	const struct adaptive_plan *p = s->plan;
	double low[CATEGORIES_MAX], high[CATEGORIES_MAX];
	if (item >= b->n || answer < 0 || answer >= b->items[item].categories || s->n == ADAPTIVE_LENGTH_MAX)
		return false;
	for (size_t j = 0; j < s->n; j++)
		if (s->item[j] == item)
			return false;
	bar(s, item);
	for (uint32_t e = b->enemy_at[item]; e < b->enemy_at[item + 1]; e++)
		bar(s, b->enemy[e]);
	s->item[s->n] = (uint32_t)item;
	s->answer[s->n++] = (int8_t)answer;
	s->of_part[b->part[item]]++;
	for (size_t q = 0; q < NODES; q++) {
		item_log_p(&b->form[item], b->par[item], b->nodes.theta[q], low);
		s->log_posterior[q] += low[answer];
	}
	if (p->classify) {
		item_log_p(&b->form[item], b->par[item], p->pass - p->delta, low);
		item_log_p(&b->form[item], b->par[item], p->pass + p->delta, high);
		s->log_ratio += high[answer] - low[answer];
	}
	settle_estimate(s);
	return true;
}

/* ── the next item ── */

FOR_WIDE_VECTORS
static void fisher_values(const struct adaptive_bank *b, double place, float *restrict ret)
{
	size_t g = place < ADAPTIVE_POINTS - 2 ? (size_t)place : ADAPTIVE_POINTS - 2;
	float beyond = (float)(place - (double)g);
	const float *low = b->information + g * b->n, *high = low + b->n;
	for (size_t i = 0; i < b->n; i++)
		ret[i] = low[i] + beyond * (high[i] - low[i]);
}

FOR_WIDE_VECTORS
static void add_differences(float *restrict sum, const float *restrict here, const float *restrict there, size_t n)
{
	for (size_t c = 0; c < n; c++)
		sum[c] += here[c] - there[c];
}

/* Chang and Ying's index of all items, but for a factor that they have in common. */
static void kl_values(struct adaptive_session *s, size_t at)
{
	const struct adaptive_bank *b = s->bank;
	const float *here = b->log_p + at * b->cells;
	double width = (s->plan->kl_width > 0 ? s->plan->kl_width : ADAPTIVE_KL_WIDTH) / sqrt((double)s->n + 1) / ADAPTIVE_STEP;
	ptrdiff_t reach = width < 1 ? 1 : width > ADAPTIVE_POINTS ? ADAPTIVE_POINTS : (ptrdiff_t)width, step = (reach + KL_POINTS - 1) / KL_POINTS;
	memset(s->difference, 0, b->cells * sizeof *s->difference);
	for (ptrdiff_t d = -(reach / step) * step; d <= reach; d += step) {
		ptrdiff_t g = (ptrdiff_t)at + d;
		if (g >= 0 && g < ADAPTIVE_POINTS && d != 0)
			add_differences(s->difference, here, b->log_p + (size_t)g * b->cells, b->cells);
	}
	for (size_t i = 0; i < b->n; i++) {
		float sum = 0;
		for (size_t c = b->cell[i]; c < b->cell[i] + (size_t)b->items[i].categories; c++)
			sum += expf(here[c]) * s->difference[c];
		s->value[i] = sum;
	}
}

struct choice {
	bool part[ADAPTIVE_PARTS_MAX]; /* from which */
	uint8_t state;
};
/* False: nothing is left. */
static bool choose_parts(const struct adaptive_session *s, struct choice *ret)
{
	int parts = s->plan->parts ? s->plan->parts : ADAPTIVE_PARTS_MAX;
	double most = -INFINITY, below[ADAPTIVE_PARTS_MAX];
	size_t open = 0, hidden = 0;
	*ret = (struct choice){ .state = HIDDEN };
	for (int k = 0; k < parts; k++) {
		double share = s->plan->parts ? share_of(s->plan, k) : 1;
		bool any = share > 0 && s->open[k] + s->hidden[k] > 0;
		below[k] = !any ? -INFINITY : s->plan->parts ? share * (double)(s->n + 1) - (double)s->of_part[k] : 0;
		most = fmax(most, below[k]);
	}
	for (int k = 0; k < parts; k++)
		if (below[k] > -INFINITY && below[k] >= most - EQUALLY_FAR) {
			ret->part[k] = true;
			open += s->open[k];
			hidden += s->hidden[k];
		}
	if (open > 0)
		ret->state = OPEN;
	return open + hidden > 0;
}

/* The items of the greatest values, at most `most` of them, the best first. */
static size_t best_items(const struct adaptive_session *s, const struct choice *c, size_t most, size_t *ret)
{
	const struct adaptive_bank *b = s->bank;
	const float *value = s->value;
	size_t n = 0;
	for (size_t i = 0; i < b->n; i++) {
		if (s->state[i] != c->state || (n == most && value[i] <= value[ret[n - 1]]) || !c->part[b->part[i]])
			continue;
		size_t at = n < most ? n++ : n - 1;
		for (; at > 0 && value[i] > value[ret[at - 1]]; at--)
			ret[at] = ret[at - 1];
		ret[at] = i;
	}
	return n;
}

/* What would have been given before this one, had its exposure not left it out. */
static void note_selected(struct adaptive_session *s, const struct choice *c, size_t item)
{
	s->selected[item] = 1;
	for (size_t i = 0; i < s->bank->n; i++)
		if (s->state[i] == HIDDEN && c->part[s->bank->part[i]] && s->value[i] > s->value[item])
			s->selected[i] = 1;
}

static enum adaptive_stop decided(const struct adaptive_session *s)
{
	const struct adaptive_plan *p = s->plan;
	if (p->classify && s->log_ratio >= log((1 - p->beta) / p->alpha))
		return ADAPTIVE_PASSED;
	if (p->classify && s->log_ratio <= log(p->beta / (1 - p->alpha)))
		return ADAPTIVE_FAILED;
	return s->n > 0 && s->se <= p->se ? ADAPTIVE_PRECISE : ADAPTIVE_GOES_ON;
}

enum adaptive_stop adaptive_next(struct adaptive_session *s, int64_t ms_left, size_t *ret_item)
{
	const struct adaptive_plan *p = s->plan;
	size_t best[ADAPTIVE_BEST_MAX], n;
	double place = place_of(s->n ? s->theta : p->start);
	struct choice c;
	enum adaptive_stop stop = s->n >= p->shortest ? decided(s) : ADAPTIVE_GOES_ON;
	if (stop != ADAPTIVE_GOES_ON)
		return stop;
	if (s->n >= p->longest)
		return ADAPTIVE_LONGEST;
	if (ms_left <= 0)
		return ADAPTIVE_TIME;
	if (!choose_parts(s, &c))
		return ADAPTIVE_EXHAUSTED;
	if (p->choice == ADAPTIVE_KL)
		kl_values(s, (size_t)rint(place));
	else
		fisher_values(s->bank, place, s->value);
	n = best_items(s, &c, p->best_of > 1 ? p->best_of : 1, best);
	*ret_item = best[n > 1 ? (size_t)(simulate_uniform_of(s->seed, (UINT64_C(1) << 32) + s->n) * (double)n) : 0];
	if (s->selected)
		note_selected(s, &c, *ret_item);
	return ADAPTIVE_GOES_ON;
}

struct adaptive_result adaptive_result(const struct adaptive_session *s)
{
	struct adaptive_result r = { .passed = s->plan->classify && s->log_ratio > 0 };
	r.ability = (struct ability){ .theta = s->theta, .se = s->se, .known = true, .answered = s->n };
	if (s->plan->method == ABILITY_WLE && s->n > 0) {
		struct irt_item items[ADAPTIVE_LENGTH_MAX];
		for (size_t j = 0; j < s->n; j++)
			items[j] = s->bank->items[s->item[j]];
		struct ability warm = ability_of(items, s->n, s->answer, ABILITY_WLE);
		if (warm.known)
			r.ability = warm;
	}
	return r;
}
