/* Pools prepared and asked; see adaptive.h. Keeping them stands in pool_place.c. */
#include "feature/adaptive/adaptive.h"
#include "feature/adaptive/pool_place.h"
#include "feature/exam/form.h"
#include "feature/item/item.h"
#include "feature/item/parameters.h"

#include <math.h>

/* ── preparing ── */

struct making {
	struct ctx *cx;
	const struct exam_one_row *e;
	const struct exam_form *form;
	struct adaptive_pool *p;
	size_t *from; /* of each item of the bank: its place in form->v */
};

static const struct form_item *item_of(const struct making *m, size_t i)
{
	return &m->form->v[m->from[i]];
}

/* The calibrated ones, each with its part as number. What has no part is not asked. */
static struct adaptive_item *take_items(struct making *m, size_t *ret_n)
{
	struct arena *a = m->cx->arena;
	struct adaptive_item *v = ARENA_ARRAY(a, struct adaptive_item, m->form->n + 1);
	int64_t *place = ARENA_ARRAY(a, int64_t, m->form->n + 1), *steps = ARENA_ARRAY(a, int64_t, m->form->n + 1);
	size_t n = 0;
	m->from = ARENA_ARRAY(a, size_t, m->form->n + 1);
	for (size_t i = 0; i < m->form->n; i++) {
		const struct form_item *item = &m->form->v[i];
		if (item->part < 1 || item->part >= ADAPTIVE_PARTS_MAX || n == ADAPTIVE_ITEMS_MAX || !item_parameters_read(item->parameters, &v[n].irt))
			continue;
		v[n].part = (int)item->part;
		place[n] = item->n;
		steps[n] = item->steps;
		m->from[n++] = i;
	}
	m->p->place = place;
	m->p->steps = steps;
	*ret_n = n;
	return v;
}

/* The place in the bank; n: none. */
static size_t bank_at(const struct adaptive_pool *p, int64_t place)
{
	size_t low = 0, high = p->bank.n;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (p->place[middle] < place)
			low = middle + 1;
		else
			high = middle;
	}
	return low < p->bank.n && p->place[low] == place ? low : p->bank.n;
}

static enum err take_enemies(struct making *m, size_t n, struct adaptive_enemies **ret, size_t *ret_n)
{
	struct adaptive_enemies_row *rows;
	size_t n_rows;
	TRY(adaptive_sql_enemies(m->cx, m->form->id, &rows, &n_rows));
	*ret = ARENA_ARRAY(m->cx->arena, struct adaptive_enemies, n_rows + 1);
	m->p->bank.n = n; /* places are looked up before the bank is made */
	for (size_t i = 0; i < n_rows; i++) {
		size_t a = bank_at(m->p, rows[i].a), b = bank_at(m->p, rows[i].b);
		if (a < n && b < n)
			(*ret)[(*ret_n)++] = (struct adaptive_enemies){ (uint32_t)a, (uint32_t)b };
	}
	return OK;
}

static enum err take_plan(struct making *m)
{
	const struct exam_one_row *e = m->e;
	struct exam_parts_row *parts;
	size_t n;
	struct adaptive_plan *p = &m->p->plan;
	TRY(exam_sql_parts(m->cx, e->id, &parts, &n));
	*p = (struct adaptive_plan){ .method = ABILITY_EAP, .best_of = ADAPTIVE_BEST, .parts = ADAPTIVE_PARTS_MAX, .se = e->target_se, .classify = e->decide };
	p->longest = e->most < 1 ? 1 : e->most > ADAPTIVE_LENGTH_MAX ? ADAPTIVE_LENGTH_MAX : (size_t)e->most;
	p->shortest = e->least < 0 ? 0 : (size_t)e->least > p->longest ? p->longest : (size_t)e->least;
	for (size_t i = 0; i < n; i++)
		if (parts[i].n > 0 && parts[i].n < ADAPTIVE_PARTS_MAX)
			p->share[parts[i].n] = (double)parts[i].items;
	p->delta = ADAPTIVE_DELTA;
	p->alpha = p->beta = ADAPTIVE_CHANCE;
	return OK;
}

static void weigh(struct making *m)
{
	struct adaptive_pool *p = m->p;
	double all[ADAPTIVE_PARTS_MAX] = { 0 };
	p->whole = ARENA_ARRAY(m->cx->arena, struct mapped_item, p->bank.n + 1);
	for (size_t i = 0; i < p->bank.n; i++)
		all[p->bank.part[i]] += item_of(m, i)->points;
	for (size_t i = 0; i < p->bank.n; i++) {
		int part = p->bank.part[i];
		p->whole[i] = (struct mapped_item){ p->bank.items[i], all[part] > 0 ? item_of(m, i)->points / all[part] * p->plan.share[part] : 0 };
	}
	p->pass = p->bank.n ? mapping_cut(p->whole, p->bank.n, (double)m->e->pass / 100) : 0;
	p->plan.pass = p->pass;
}

static bool known_cut(const struct adaptive_pool *p, int64_t competency_id, int64_t level)
{
	for (size_t k = 0; k < p->n_cuts; k++)
		if (p->cuts[k].competency_id == competency_id && p->cuts[k].level == level)
			return true;
	return false;
}

static void add_cut(struct making *m, int64_t competency_id, int64_t level)
{
	struct adaptive_pool *p = m->p;
	struct mapped_item *v = ARENA_ARRAY(m->cx->arena, struct mapped_item, p->bank.n);
	size_t n = 0, at;
	for (size_t i = 0; i < p->bank.n; i++)
		if (item_of(m, i)->competency_id == competency_id && item_of(m, i)->level == level)
			v[n++] = (struct mapped_item){ p->bank.items[i], item_of(m, i)->points };
	struct adaptive_cut cut = { competency_id, level, (int64_t)n, mapping_cut(v, n, (double)m->e->pass / 100) };
	(void)ARENA_PUSH(m->cx->arena, p->cuts, p->n_cuts);
	for (at = p->n_cuts - 1; at > 0; at--) {
		const struct adaptive_cut *before = &p->cuts[at - 1];
		if (before->competency_id < competency_id || (before->competency_id == competency_id && before->level < level))
			break;
		p->cuts[at] = *before;
	}
	p->cuts[at] = cut;
}

static void map_levels(struct making *m)
{
	for (size_t i = 0; i < m->p->bank.n; i++) {
		const struct form_item *item = item_of(m, i);
		if (item->competency_id != NONE && item->level > 0 && !known_cut(m->p, item->competency_id, item->level))
			add_cut(m, item->competency_id, item->level);
	}
}

enum err pool_make(struct ctx *cx, const struct exam_one_row *e, int64_t form_id, struct adaptive_pool *ret)
{
	struct making m = { .cx = cx, .e = e, .p = ret };
	struct adaptive_enemies *enemies;
	size_t n, n_enemies = 0;
	*ret = (struct adaptive_pool){ .form_id = form_id };
	TRY(exam_form_load(cx, form_id, S("en"), &m.form));
	struct adaptive_item *v = take_items(&m, &n);
	TRY(take_enemies(&m, n, &enemies, &n_enemies));
	TRY(adaptive_bank_make(cx, v, n, enemies, n_enemies, false, &ret->bank));
	TRY(take_plan(&m));
	weigh(&m);
	map_levels(&m);
	for (int k = 1; k < ADAPTIVE_PARTS_MAX; k++)
		ret->lacking += (int64_t)adaptive_lacking(&ret->bank, &ret->plan, k);
	ret->ready = n > 0 && ret->lacking == 0;
	return OK;
}

/* ── asking ── */

struct adaptive_stand adaptive_stand(struct arena *a, const struct adaptive_pool *p, int64_t seed, const struct adaptive_given *v, size_t n, int64_t ms_left)
{
	struct arena_mark mark = arena_mark(a);
	struct adaptive_session s;
	size_t item = 0;
	adaptive_session_make(a, &p->bank, &p->plan, &s);
	adaptive_begin(&s, (uint64_t)seed);
	for (size_t i = 0; i < n; i++) {
		size_t at = bank_at(p, v[i].n);
		if (at == p->bank.n)
			continue;
		int category = item_category(v[i].part, p->steps[at]), most = p->bank.items[at].categories - 1;
		(void)adaptive_answer(&s, at, category < most ? category : most);
	}
	struct adaptive_stand r = { .stop = adaptive_next(&s, ms_left, &item), .theta = s.theta, .se = s.se };
	r.next = r.stop == ADAPTIVE_GOES_ON ? p->place[item] : NONE;
	r.share = p->bank.n ? mapping_share(p->whole, p->bank.n, r.theta) : 0;
	r.passed = s.n > 0 && (r.stop == ADAPTIVE_PASSED || (r.stop != ADAPTIVE_FAILED && r.theta >= p->pass));
	arena_back(a, mark);
	return r;
}

int64_t adaptive_value(const struct adaptive_pool *p, int64_t competency_id, double theta)
{
	int64_t value = -1;
	for (size_t k = 0; k < p->n_cuts; k++) {
		if (p->cuts[k].competency_id != competency_id)
			continue;
		if (value < 0)
			value = 1000 * (p->cuts[k].level - 1);
		if (theta < p->cuts[k].theta)
			return value;
		value = 1000 * p->cuts[k].level;
	}
	return value;
}

double adaptive_sure(const struct adaptive_pool *p, int64_t competency_id, int64_t level, double theta, double se)
{
	double cut = -INFINITY;
	for (size_t k = 0; k < p->n_cuts; k++) {
		if (p->cuts[k].competency_id != competency_id)
			continue;
		cut = fmax(cut, p->cuts[k].theta);
		if (p->cuts[k].level >= level)
			return mapping_sure(theta, se, cut);
	}
	return 0;
}
