/* Trying rules on people; see group_pass.h. */
#include "feature/group/group_pass.h"

#include <stdlib.h>

enum { SHARDS = 16, SCATTERED_MOST = 2000 };

/* An organisation with all above it. */
struct place {
	int64_t org_id;
	int64_t *above;
	size_t n;
};
struct holder {
	int64_t person_id;
	unsigned roles;
};
struct pass {
	struct arena *own;   /* as long as the pass: rules, organisations */
	struct arena *range; /* as long as a range */
	struct rule_set set;
	struct place *slot; /* open hash by org_id, at most half full; org_id 0: empty */
	size_t n_slots, n_places;
	/* of the present range */
	struct subject *subject; /* by person */
	size_t n_subjects;
	struct people *completed; /* by course of the set */
	struct people *answered;  /* by answer of the set */
	struct holder *holder;	  /* by person */
	size_t n_holders;
	uint64_t *fits; /* a row of bits a subject: the groups it fits and is not seen in yet */
	size_t words;
	size_t at; /* of the walk along the members */
	struct changes changes;
};

struct pass *pass_new(int64_t day)
{
	struct arena *own = arena_new();
	struct pass *p = ARENA_NEW(own, struct pass);
	*p = (struct pass){ .own = own, .range = arena_new(), .set = { .today = day }, .n_slots = 64 };
	p->slot = ARENA_ARRAY(own, struct place, p->n_slots);
	return p;
}

void pass_free(struct pass *p)
{
	if (!p)
		return;
	arena_free(p->range);
	arena_free(p->own);
}

void pass_add_rule(struct pass *p, int64_t group_id, int64_t org_id, const struct rule *r)
{
	rule_set_add(p->own, &p->set, group_id, org_id, false, r);
}

enum err pass_add(struct ctx *cx, struct pass *p, int64_t group_id, int64_t org_id, struct str rule, bool nobody)
{
	struct rule r = { 0 };
	struct arena *work = cx->arena;
	/* What the rule is made of lives with the pass. */
	cx->arena = p->own;
	enum err e = nobody ? OK : rule_parse(cx, rule, &r);
	cx->arena = work;
	TRY(e);
	rule_set_add(p->own, &p->set, group_id, org_id, nobody, &r);
	return OK;
}

size_t pass_groups(const struct pass *p)
{
	return p->set.n;
}

/* ── organisations ── */

static struct place *slot_of(struct place *slot, size_t n_slots, int64_t org_id)
{
	size_t at = (size_t)(((uint64_t)org_id * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & (n_slots - 1);
	while (slot[at].org_id && slot[at].org_id != org_id)
		at = (at + 1) & (n_slots - 1);
	return &slot[at];
}

static struct place *place_of(struct pass *p, int64_t org_id)
{
	if (p->n_places * 2 >= p->n_slots) {
		struct place *more = ARENA_ARRAY(p->own, struct place, p->n_slots * 2);
		for (size_t i = 0; i < p->n_slots; i++)
			if (p->slot[i].org_id)
				*slot_of(more, p->n_slots * 2, p->slot[i].org_id) = p->slot[i];
		p->slot = more;
		p->n_slots *= 2;
	}
	struct place *found = slot_of(p->slot, p->n_slots, org_id);
	if (!found->org_id) {
		found->org_id = org_id;
		p->n_places++;
	}
	return found;
}

static enum err tree_row(struct ctx *cx, void *arg, const void *row)
{
	const struct group_tree_row *r = row;
	struct pass *p = arg;
	struct place *o = place_of(p, r->org_id);
	(void)cx;
	/* Known from an organisation above it. */
	for (size_t i = 0; i < o->n; i++)
		if (o->above[i] == r->above_id)
			return OK;
	*ARENA_PUSH(p->own, o->above, o->n) = r->above_id;
	return OK;
}

/* What is above each subject; organisations that are not known yet are looked up. */
static enum err put_above(struct ctx *cx, struct pass *p)
{
	struct group_above_row *rows;
	size_t n;
	for (size_t i = 0; i < p->n_subjects; i++) {
		struct place *o = place_of(p, p->subject[i].org_id);
		if (!o->n) {
			struct arena_mark mark = arena_mark(cx->arena);
			TRY(group_sql_above(cx, o->org_id, &rows, &n));
			for (size_t k = 0; k < n; k++)
				*ARENA_PUSH(p->own, o->above, o->n) = rows[k].above_id;
			arena_back(cx->arena, mark);
		}
		p->subject[i].above = o->above;
		p->subject[i].n_above = o->n;
	}
	return OK;
}

/* ── facts of a range ── */

static enum err completed_row(struct ctx *cx, void *arg, const void *row)
{
	const struct group_completed_between_row *r = row;
	struct pass *p = arg;
	struct people *course = &p->completed[p->at];
	(void)cx;
	*ARENA_PUSH(p->range, course->v, course->n) = r->person_id;
	return OK;
}

static enum err answered_row(struct ctx *cx, void *arg, const void *row)
{
	const struct group_answered_between_row *r = row;
	struct pass *p = arg;
	struct people *answer = &p->answered[p->at];
	(void)cx;
	*ARENA_PUSH(p->range, answer->v, answer->n) = r->person_id;
	return OK;
}

static unsigned role_bit(struct str role)
{
	for (unsigned i = 0; rule_roles[i].value; i++)
		if (str_is(role, rule_roles[i].value))
			return 1u << i;
	return 0;
}

static enum err role_row(struct ctx *cx, void *arg, const void *row)
{
	const struct group_roles_between_row *r = row;
	struct pass *p = arg;
	(void)cx;
	if (!p->n_holders || p->holder[p->n_holders - 1].person_id != r->person_id)
		*ARENA_PUSH(p->range, p->holder, p->n_holders) = (struct holder){ .person_id = r->person_id };
	p->holder[p->n_holders - 1].roles |= role_bit(r->role);
	return OK;
}

static enum err read_facts(struct ctx *cx, struct pass *p, int64_t after, int64_t upto)
{
	arena_reset(p->range);
	p->subject = NULL;
	p->holder = NULL;
	p->n_subjects = p->n_holders = 0;
	p->changes = (struct changes){ 0 };
	p->completed = ARENA_ARRAY(p->range, struct people, p->set.n_courses);
	for (p->at = 0; p->at < p->set.n_courses; p->at++)
		TRY(group_sql_completed_between(cx, p->set.courses[p->at], after, upto, completed_row, p));
	p->answered = ARENA_ARRAY(p->range, struct people, p->set.n_answers);
	for (p->at = 0; p->at < p->set.n_answers; p->at++)
		TRY(group_sql_answered_between(cx, p->set.answers[p->at].field_id, p->set.answers[p->at].value, after, upto, answered_row, p));
	return p->set.needs_roles ? group_sql_roles_between(cx, after, upto, role_row, p) : OK;
}

static int by_id(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? -1 : x > y;
}

static bool is_known(const void *arg, enum rule_fact what, size_t n, int64_t person_id)
{
	const struct pass *p = arg;
	const struct people *c = what == RULE_COMPLETED ? &p->completed[n] : &p->answered[n];
	return c->n && bsearch(&person_id, c->v, c->n, sizeof *c->v, by_id);
}

static unsigned roles_of(const struct pass *p, int64_t person_id)
{
	/* The id is the first member of a holder. */
	const struct holder *h = p->n_holders ? bsearch(&person_id, p->holder, p->n_holders, sizeof *p->holder, by_id) : NULL;
	return h ? h->roles : 0;
}

static struct subject subject_of(const struct pass *p, const struct group_between_row *r)
{
	return (struct subject){
		.person_id = r->person_id,
		.org_id = r->org_id,
		.designation_id = r->designation_id,
		.level = r->pay_level,
		.joined_day = r->joined_day,
		.post_day = r->post_day,
		.group = r->cadre_group.n == 1 ? 1u << (r->cadre_group.p[0] - 'A') : 0,
		.roles = roles_of(p, r->person_id),
		.service = p->set.n_services ? rule_set_service(&p->set, r->service) : SIZE_MAX,
	};
}

/* ── a range ── */

static enum err between_row(struct ctx *cx, void *arg, const void *row)
{
	struct pass *p = arg;
	(void)cx;
	*ARENA_PUSH(p->range, p->subject, p->n_subjects) = subject_of(p, row);
	return OK;
}

static void note(struct pass *p, int64_t group_id, int64_t person_id, bool enters)
{
	*ARENA_PUSH(p->range, p->changes.v, p->changes.n) = (struct change){ group_id, person_id, enters };
}

static size_t group_at(const struct pass *p, int64_t group_id)
{
	size_t from = 0, to = p->set.n;
	while (from < to) {
		size_t mid = from + (to - from) / 2;
		if (p->set.v[mid].id < group_id)
			from = mid + 1;
		else
			to = mid;
	}
	return from < p->set.n && p->set.v[from].id == group_id ? from : SIZE_MAX;
}

/* Members come in the order of people, as the subjects do. */
static enum err member_row(struct ctx *cx, void *arg, const void *row)
{
	const struct group_members_between_row *r = row;
	struct pass *p = arg;
	size_t g = group_at(p, r->group_id);
	(void)cx;
	if (g == SIZE_MAX)
		return OK;
	while (p->at < p->n_subjects && p->subject[p->at].person_id < r->person_id)
		p->at++;
	bool here = p->at < p->n_subjects && p->subject[p->at].person_id == r->person_id;
	uint64_t *word = here ? &p->fits[p->at * p->words + g / 64] : NULL, bit = UINT64_C(1) << g % 64;
	if (here && *word & bit)
		*word &= ~bit;
	else
		note(p, r->group_id, r->person_id, false);
	return OK;
}

enum err pass_range(struct ctx *cx, struct pass *p, int64_t after, int64_t upto, int64_t only, struct changes *ret)
{
	TRY(read_facts(cx, p, after, upto));
	TRY(group_sql_between(cx, p->set.needs_days, after, upto, p->set.today, between_row, p));
	TRY(put_above(cx, p));
	p->words = (p->set.n + 63) / 64;
	p->fits = ARENA_ARRAY(p->range, uint64_t, p->n_subjects * p->words);
	for (size_t i = 0; i < p->n_subjects; i++)
		for (size_t g = 0; g < p->set.n; g++)
			if (rule_fits(&p->set, g, &p->subject[i], is_known, p))
				p->fits[i * p->words + g / 64] |= UINT64_C(1) << g % 64;
	p->at = 0;
	TRY(group_sql_members_between(cx, after, upto, only, member_row, p));
	for (size_t i = 0; i < p->n_subjects; i++)
		for (size_t g = 0; g < p->set.n; g++)
			if (p->fits[i * p->words + g / 64] & UINT64_C(1) << g % 64)
				note(p, p->set.v[g].id, p->subject[i].person_id, true);
	*ret = p->changes;
	return OK;
}

/* ── everybody below an organisation ── */

struct looking {
	struct pass *p;
	struct people *fit, *enter, *leave;
	size_t at;
};

static void consider(struct looking *k, const struct group_between_row *r)
{
	struct pass *p = k->p;
	struct subject who = subject_of(p, r);
	const struct place *o = place_of(p, r->org_id);
	who.above = o->above;
	who.n_above = o->n;
	if (rule_fits(&p->set, 0, &who, is_known, p))
		*ARENA_PUSH(p->range, k->fit->v, k->fit->n) = who.person_id;
}

static enum err below_row(struct ctx *cx, void *arg, const void *row)
{
	const struct group_below_row *b = row;
	(void)cx;
	consider(arg, &(struct group_between_row){ .person_id = b->person_id,
						   .org_id = b->org_id,
						   .designation_id = b->designation_id,
						   .service = b->service,
						   .cadre_group = b->cadre_group,
						   .pay_level = b->pay_level,
						   .joined_day = b->joined_day,
						   .post_day = b->post_day });
	return OK;
}

static enum err everybody_row(struct ctx *cx, void *arg, const void *row)
{
	(void)cx;
	consider(arg, row);
	return OK;
}

/* People of an organisation lie scattered over the table; where they are more than a quarter of all it is quicker to read all in order. */
static enum err most_of_all(struct ctx *cx, const struct pass *p, const int64_t *roots, size_t n_roots, bool *ret)
{
	struct group_head_count_row head;
	struct group_people_at_most_row all;
	int64_t n = 0;
	for (size_t i = 0; i < n_roots; i++) {
		TRY(group_sql_head_count(cx, roots[i], p->set.today, INT32_MAX, &head));
		n += head.n;
	}
	*ret = false;
	if (n < SCATTERED_MOST)
		return OK;
	TRY(group_sql_people_at_most(cx, 4 * n, &all));
	*ret = all.n < 4 * n;
	return OK;
}

static enum err look_below(struct ctx *cx, struct looking *k, const int64_t *roots, size_t n_roots)
{
	struct pass *p = k->p;
	bool all = false;
	TRY(most_of_all(cx, p, roots, n_roots, &all));
	for (size_t i = 0; i < n_roots; i++) {
		TRY(group_sql_tree(cx, roots[i], tree_row, p));
		if (!all)
			TRY(group_sql_below(cx, p->set.needs_days, roots[i], p->set.today, below_row, k));
	}
	return all ? group_sql_between(cx, p->set.needs_days, 0, INT64_MAX, p->set.today, everybody_row, k) : OK;
}

static enum err present_row(struct ctx *cx, void *arg, const void *row)
{
	const struct group_members_now_row *r = row;
	struct looking *k = arg;
	(void)cx;
	for (; k->at < k->fit->n && k->fit->v[k->at] < r->person_id; k->at++)
		*ARENA_PUSH(k->p->range, k->enter->v, k->enter->n) = k->fit->v[k->at];
	if (k->at < k->fit->n && k->fit->v[k->at] == r->person_id)
		k->at++;
	else
		*ARENA_PUSH(k->p->range, k->leave->v, k->leave->n) = r->person_id;
	return OK;
}

/* One of two organisations may lie below the other. */
static void put_in_order(struct people *p)
{
	size_t n = 0;
	if (p->n)
		qsort(p->v, p->n, sizeof *p->v, by_id);
	for (size_t i = 0; i < p->n; i++)
		if (!n || p->v[n - 1] != p->v[i])
			p->v[n++] = p->v[i];
	p->n = n;
}

enum err pass_below(struct ctx *cx, struct pass *p, int64_t group_id, struct people *ret_fit, struct people *ret_enter, struct people *ret_leave)
{
	struct looking k = { .p = p, .fit = ret_fit, .enter = ret_enter, .leave = ret_leave };
	int64_t *roots;
	size_t n_roots;
	BUG_IF(p->set.n != 1);
	rule_roots(p->own, &p->set.v[0].rule, p->set.v[0].org_id, &roots, &n_roots);
	*ret_fit = *ret_enter = *ret_leave = (struct people){ 0 };
	TRY(read_facts(cx, p, 0, INT64_MAX));
	TRY(look_below(cx, &k, roots, n_roots));
	put_in_order(ret_fit);
	if (group_id != NONE)
		TRY(group_sql_members_now(cx, group_id, present_row, &k));
	for (; k.at < ret_fit->n; k.at++)
		*ARENA_PUSH(p->range, ret_enter->v, ret_enter->n) = ret_fit->v[k.at];
	return OK;
}

/* ── writing ── */

static int64_t shard(int64_t person_id)
{
	return (int64_t)(((uint64_t)person_id * UINT64_C(0x9e3779b97f4a7c15)) >> 60) % SHARDS;
}

static enum err write_one(struct ctx *cx, const struct change *c, int64_t *n)
{
	int64_t changed = 0;
	if (c->enters) {
		TRY(group_sql_back(cx, c->group_id, c->person_id, cx->now, &changed));
		if (!changed)
			TRY(group_sql_enter(cx, c->group_id, c->person_id, cx->now, &changed));
		*n += changed;
		return OK;
	}
	TRY(group_sql_forget(cx, c->group_id, c->person_id, cx->now, &changed));
	if (!changed)
		TRY(group_sql_leave(cx, cx->now, c->group_id, c->person_id, &changed));
	*n -= changed;
	return OK;
}

static int by_group(const void *a, const void *b)
{
	const struct change *x = a, *y = b;
	return x->group_id != y->group_id ? (x->group_id < y->group_id ? -1 : 1) : x->person_id < y->person_id ? -1 : x->person_id > y->person_id;
}

enum err pass_write(struct ctx *cx, const struct changes *c)
{
	int64_t n = 0;
	if (c->n)
		qsort(c->v, c->n, sizeof *c->v, by_group);
	for (size_t i = 0; i < c->n; i++) {
		TRY(write_one(cx, &c->v[i], &n));
		bool last = i + 1 == c->n || c->v[i + 1].group_id != c->v[i].group_id;
		if (last && n)
			TRY(group_sql_count_add(cx, c->v[i].group_id, shard(c->v[i].person_id), n, NULL));
		if (last)
			n = 0;
	}
	return OK;
}
