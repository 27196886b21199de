/* Evidence, and the sums that follow from it; see proficiency.h. */
#include "feature/proficiency/proficiency.h"
#include "base/clock.h"
#include "feature/person/person.h"

/* ── sums ── */

static enum err count(struct ctx *cx, int64_t person_id, int64_t competency_id, enum evidence_kind kind, int64_t value, int64_t at, int64_t n_levels, int sign)
{
	struct evidence_sums s = evidence_sums(kind, clock_day_in_india(at), value, n_levels);
	return proficiency_sql_count(cx, person_id, competency_id, sign * s.weight, sign * s.weighted, sign, kind == EVIDENCE_self ? sign : 0, at, NULL);
}

static enum err take_back(struct ctx *cx, int64_t person_id, int64_t evidence_id)
{
	struct proficiency_one_row e;
	TRY(proficiency_sql_one(cx, evidence_id, person_id, &e));
	TRY(proficiency_sql_withdraw(cx, cx->now, cx->actor.person_id ? actor_hand(&cx->actor) : NONE, evidence_id, NULL));
	return count(cx, person_id, e.competency_id, evidence_kind_of(e.kind), e.value, e.at, e.n_levels, -1);
}

static enum err check(struct ctx *cx, const struct evidence_add *in, int64_t *ret_n_levels)
{
	struct proficiency_measured_row c;
	bool found = false;
	TRY(proficiency_sql_measured(cx, in->competency_id, person_today(cx), &c, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "competency_id", N_("There is no such competency in force."));
	if (!str_is(c.kind, "theme") && !str_is(c.kind, "sub-theme"))
		return fail(cx, ERR_INVALID, "competency_id", N_("is nothing that levels are measured in"));
	if (in->value < 0 || in->value > 1000 * c.n_levels)
		return fail_msg(cx, ERR_INVALID, S("level"), N_("must lie between 0 and {max}"), 1,
				(struct msg_arg[]){ { "max", str_fmt(cx->arena, "%lld", (long long)c.n_levels) } });
	*ret_n_levels = c.n_levels;
	return OK;
}

enum err evidence_add(struct ctx *cx, const struct evidence_add *in, int64_t *ret_id)
{
	struct proficiency_earlier_row *old;
	struct str kind = str_of(evidence_kinds[in->kind].code);
	int64_t n_levels, round_id = in->round_id ? in->round_id : NONE, at = in->at ? in->at : cx->now;
	size_t n;
	TRY(check(cx, in, &n_levels));
	TRY(proficiency_sql_earlier(cx, in->person_id, in->competency_id, in->rater_id, kind, in->source_id, round_id, &old, &n));
	for (size_t i = 0; i < n; i++)
		TRY(take_back(cx, in->person_id, old[i].id));
	*ret_id = new_id(cx);
	TRY(proficiency_sql_add(cx, *ret_id, in->person_id, in->competency_id, kind, in->value, at, in->rater_id, in->source_id, in->note, round_id,
				in->round_id ? in->said : NONE, NULL));
	TRY(count(cx, in->person_id, in->competency_id, in->kind, in->value, at, n_levels, 1));
	return gap_settle_one(cx, in->person_id, in->competency_id);
}

enum err evidence_take_back(struct ctx *cx, int64_t person_id, int64_t source_id)
{
	struct proficiency_from_source_row *r;
	size_t n;
	TRY(proficiency_sql_from_source(cx, person_id, source_id, &r, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(take_back(cx, person_id, r[i].id));
		TRY(gap_settle_one(cx, person_id, r[i].competency_id));
	}
	return OK;
}

/* ── courses ── */

enum err proficiency_course_completed(struct ctx *cx, int64_t person_id, int64_t course_id)
{
	struct proficiency_taught_row *t;
	struct proficiency_passed_row passed;
	bool tested = false;
	size_t n;
	int64_t id;
	TRY(proficiency_sql_taught(cx, course_id, person_today(cx), &t, &n));
	if (n)
		TRY(proficiency_sql_passed(cx, person_id, course_id, &passed, &tested));
	for (size_t i = 0; i < n; i++) {
		struct evidence_add in = { .person_id = person_id,
					   .competency_id = t[i].competency_id,
					   .kind = tested ? EVIDENCE_course_test : EVIDENCE_certificate,
					   .value = 1000 * t[i].level,
					   .rater_id = NONE,
					   .source_id = course_id,
					   .note = S("") };
		TRY(evidence_add(cx, &in, &id));
	}
	return OK;
}

/* ── levels ── */

struct level level_of(struct ctx *cx, int64_t competency_id, int64_t n_levels, int64_t weight, int64_t weighted, int64_t n, int64_t n_self, int64_t last_at)
{
	bool known = n > n_self;
	return (struct level){ .competency_id = competency_id,
			       .n_levels = n_levels,
			       .n = n,
			       .n_self = n_self,
			       .last_at = last_at,
			       .known = known,
			       .weight = known ? weight : 0,
			       .weighted = known ? weighted : 0,
			       .now = estimate_of(known ? weight : 0, known ? weighted : 0, person_today(cx), n_levels) };
}

/* ── anew ── */

struct sums {
	int64_t person_id, competency_id, weight, weighted, n, n_self, last_at;
};

static void add_piece(struct sums *s, struct str kind, int64_t value, int64_t at, int64_t n_levels)
{
	enum evidence_kind k = evidence_kind_of(kind);
	struct evidence_sums more = evidence_sums(k, clock_day_in_india(at), value, n_levels);
	s->weight += more.weight;
	s->weighted += more.weighted;
	s->n++;
	s->n_self += k == EVIDENCE_self;
	s->last_at = at > s->last_at ? at : s->last_at;
}

static enum err put_sums(struct ctx *cx, const struct sums *s)
{
	return s->n ? proficiency_sql_count(cx, s->person_id, s->competency_id, s->weight, s->weighted, s->n, s->n_self, s->last_at, NULL) : OK;
}

/* Writes what is summed when the next person or competency begins. */
static enum err sum_up(struct ctx *cx, struct sums *s, int64_t person_id, int64_t competency_id)
{
	if (s->person_id == person_id && s->competency_id == competency_id)
		return OK;
	TRY(put_sums(cx, s));
	*s = (struct sums){ .person_id = person_id, .competency_id = competency_id };
	return OK;
}

static enum err each_piece(struct ctx *cx, void *arg, const void *row)
{
	const struct proficiency_all_row *r = row;
	struct sums *s = arg;
	TRY(sum_up(cx, s, r->person_id, r->competency_id));
	add_piece(s, r->kind, r->value, r->at, r->n_levels);
	return OK;
}

enum err proficiency_rebuild(struct ctx *cx)
{
	struct sums s = { 0 };
	TRY(proficiency_sql_forget(cx, NULL));
	TRY(proficiency_sql_all(cx, each_piece, &s));
	return put_sums(cx, &s);
}

static enum err each_own_piece(struct ctx *cx, void *arg, const void *row)
{
	const struct proficiency_all_of_row *r = row;
	struct sums *s = arg;
	TRY(sum_up(cx, s, r->person_id, r->competency_id));
	add_piece(s, r->kind, r->value, r->at, r->n_levels);
	return OK;
}

enum err proficiency_settle(struct ctx *cx, int64_t person_id)
{
	struct sums s = { 0 };
	TRY(proficiency_sql_forget_of(cx, person_id, NULL));
	TRY(proficiency_sql_all_of(cx, person_id, each_own_piece, &s));
	TRY(put_sums(cx, &s));
	return gap_settle(cx, person_id);
}

enum err proficiency_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	TRY(proficiency_sql_move(cx, kept_id, closed_id, NULL));
	TRY(proficiency_sql_forget_of(cx, closed_id, NULL));
	return proficiency_settle(cx, kept_id);
}

/* ── checking: both lists come in one order, so one walk beside the other is enough ── */

struct checking {
	struct arena *arena; /* that of cx goes back after each row */
	struct sums *v;
	size_t n, cap;
};

static struct sums *next_sums(struct checking *c)
{
	if (c->n == c->cap) {
		struct sums *old = c->v;
		c->cap = c->cap ? 2 * c->cap : 1024;
		c->v = ARENA_ARRAY(c->arena, struct sums, c->cap);
		if (c->n)
			memcpy(c->v, old, c->n * sizeof *old);
	}
	c->v[c->n] = (struct sums){ 0 };
	return &c->v[c->n++];
}

static enum err note_piece(struct ctx *cx, void *arg, const void *row)
{
	const struct proficiency_all_row *r = row;
	struct checking *c = arg;
	struct sums *s = c->n ? &c->v[c->n - 1] : NULL;
	(void)cx;
	if (!s || s->person_id != r->person_id || s->competency_id != r->competency_id) {
		s = next_sums(c);
		s->person_id = r->person_id;
		s->competency_id = r->competency_id;
	}
	add_piece(s, r->kind, r->value, r->at, r->n_levels);
	return OK;
}

static enum err note_kept(struct ctx *cx, void *arg, const void *row)
{
	const struct proficiency_kept_row *r = row;
	struct checking *c = arg;
	(void)cx;
	*next_sums(c) = (struct sums){ r->person_id, r->competency_id, r->weight, r->weighted, r->n, r->n_self, r->last_at };
	return OK;
}

static int by_place(const struct sums *a, const struct sums *b)
{
	if (a->person_id != b->person_id)
		return a->person_id < b->person_id ? -1 : 1;
	return (a->competency_id > b->competency_id) - (a->competency_id < b->competency_id);
}

static bool same(const struct sums *a, const struct sums *b)
{
	return a->weight == b->weight && a->weighted == b->weighted && a->n == b->n && a->n_self == b->n_self;
}

static void compare(const struct checking *facts, const struct checking *kept, proficiency_wrong_fn *wrong, void *arg)
{
	size_t i = 0, k = 0;
	while (i < facts->n || k < kept->n) {
		int order = i == facts->n ? 1 : k == kept->n ? -1 : by_place(&facts->v[i], &kept->v[k]);
		const struct sums *at = order <= 0 ? &facts->v[i] : &kept->v[k];
		if (order || !same(&facts->v[i], &kept->v[k]))
			wrong(arg, at->person_id, at->competency_id);
		i += order <= 0;
		k += order >= 0;
	}
}

enum err proficiency_check(struct ctx *cx, proficiency_wrong_fn *wrong, void *arg)
{
	struct checking facts = { .arena = arena_new() }, kept = { .arena = arena_new() };
	enum err e = proficiency_sql_all(cx, note_piece, &facts);
	if (e == OK)
		e = proficiency_sql_kept(cx, note_kept, &kept);
	if (e == OK)
		compare(&facts, &kept, wrong, arg);
	arena_free(facts.arena);
	arena_free(kept.arena);
	return e;
}
