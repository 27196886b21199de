/* Looking for accounts that may be of one person; see merge.h. */
#include "feature/merge/likeness.h"
#include "feature/merge/merge.h"
#include "feature/names/names.h"

enum { PAIRS_KEPT = 2000, PEOPLE_MOST = 2000000 };

struct gathering {
	struct arena *arena; /* that of cx goes back after each row */
	struct likeness_one *v;
	size_t n, cap;
};

static enum err gather(struct ctx *cx, void *arg, const void *row)
{
	struct gathering *g = arg;
	const struct merge_people_row *p = row;
	if (g->n == PEOPLE_MOST)
		return fail(cx, ERR_TOO_LARGE, "", N_("These are too many people for one search. Look in the organisations below, one by one."));
	if (g->n == g->cap) {
		struct likeness_one *old = g->v;
		g->cap = g->cap ? g->cap * 2 : 1024;
		g->v = ARENA_ARRAY(g->arena, struct likeness_one, g->cap);
		if (g->n)
			memcpy(g->v, old, g->n * sizeof *old);
	}
	g->v[g->n++] = (struct likeness_one){
		.id = p->id,
		.name = likeness_hash(names_sound(cx->arena, p->name)),
		.mail = likeness_hash(likeness_mail(cx->arena, p->email)),
		.number = likeness_hash(likeness_number(cx->arena, p->employee_no)),
		.org_id = p->org_id,
		.designation_id = p->designation_id,
	};
	return OK;
}

struct found {
	struct likeness_pair *pairs;
	size_t n;
};

static enum err look(struct ctx *cx, struct arena *a, int64_t org_id, struct found *ret)
{
	struct gathering g = { .arena = a };
	struct likeness_pair *pairs;
	TRY(merge_sql_people(cx, org_id, gather, &g));
	ret->n = likeness_pairs(a, g.v, g.n, PAIRS_KEPT, &pairs);
	ret->pairs = ARENA_ARRAY(cx->arena, struct likeness_pair, ret->n);
	if (ret->n)
		memcpy(ret->pairs, pairs, ret->n * sizeof *pairs);
	return OK;
}

static enum err look_act(struct ctx *cx, struct job *j)
{
	struct found *f = ARENA_NEW(cx->arena, struct found);
	int64_t org_id;
	if (!str_int(j->input, &org_id))
		return ERR_INTERNAL;
	struct arena *a = arena_new();
	enum err e = look(cx, a, org_id, f);
	arena_free(a);
	j->state = f;
	return e;
}

static struct str words(struct ctx *cx, unsigned agrees)
{
	static const struct {
		unsigned bit;
		const char *word;
	} all[] = { { LIKE_NAME, "name" }, { LIKE_OFFICE, "office" }, { LIKE_DESIGNATION, "designation" }, { LIKE_MAIL, "e-mail" }, { LIKE_NUMBER, "number" } };
	struct buf b;
	buf_init(&b, cx->arena, 100);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (agrees & all[i].bit)
			buf_fmt(&b, "%s%s", buf_get(&b).n ? " " : "", all[i].word);
	return buf_get(&b);
}

static enum err look_step(struct ctx *cx, struct job *j)
{
	const struct found *f = j->state;
	int64_t org_id;
	if (!str_int(j->input, &org_id))
		return ERR_INTERNAL;
	for (size_t i = 0; i < f->n; i++)
		TRY(merge_sql_found(cx, f->pairs[i].a_id, f->pairs[i].b_id, f->pairs[i].likeness, words(cx, f->pairs[i].agrees), cx->now, NULL));
	TRY(merge_sql_forget_below(cx, cx->now, org_id, NULL));
	j->done = j->total = (int64_t)f->n;
	j->ended = true;
	return OK;
}

const struct job_kind merge_jobs[] = {
	{ .name = "merge.look", .title = N_("Looking for accounts of one person"), .act = look_act, .step = look_step, .tries = 3 },
	{ 0 },
};
