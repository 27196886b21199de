/* Listing the people of a round, drawing who is asked about whom, making the forms, taking them back; see workplace.h.
 *
 * Where to go on: "people PERSON" while the list is made, then "draw PLACE" through the list; of making and taking back the place or person alone. The draw is
 * made anew for each step out of the list and the seed, outside the step: it is the same each time. */
#include "feature/person/person.h"
#include "feature/workplace/workplace.h"

enum { DRAWN_A_STEP = 500, FORMS_A_STEP = 200, DROPPED_A_STEP = 200 };

/* ── the draw ── */

struct listing {
	struct arena *arena; /* that of cx goes back after each row */
	struct roll *v;
	size_t n, cap;
};

static enum err list_one(struct ctx *cx, void *arg, const void *row)
{
	const struct workplace_roll_row *r = row;
	struct listing *l = arg;
	(void)cx;
	if (l->n == l->cap) {
		struct roll *old = l->v;
		l->cap = l->cap ? 2 * l->cap : 1024;
		l->v = ARENA_ARRAY(l->arena, struct roll, l->cap);
		if (l->n)
			memcpy(l->v, old, l->n * sizeof *old);
	}
	l->v[l->n++] = (struct roll){ r->person_id, r->org_id, r->supervisor_id, r->cadre_group.n ? r->cadre_group.p[0] : 0, r->assessed };
	return OK;
}

static void take_some(struct ctx *cx, const struct listing *l, const struct draw_of *all, size_t from, size_t most, struct workplace_batch *ret)
{
	size_t n = from >= l->n ? 0 : l->n - from < most ? l->n - from : most;
	*ret = (struct workplace_batch){ .people = ARENA_ARRAY(cx->arena, int64_t, n),
					 .drawn = ARENA_ARRAY(cx->arena, struct draw_of, n),
					 .assessed = ARENA_ARRAY(cx->arena, bool, n),
					 .n = n,
					 .total = l->n };
	for (size_t i = 0; i < n; i++) {
		ret->people[i] = l->v[from + i].person_id;
		ret->drawn[i] = all[from + i];
		ret->assessed[i] = l->v[from + i].assessed;
	}
}

enum err workplace_draw(struct ctx *cx, int64_t round_id, size_t from, size_t most, struct workplace_batch *ret)
{
	struct workplace_one_row r;
	struct listing l = { 0 };
	bool found = false;
	TRY(workplace_sql_one(cx, round_id, &r, &found));
	if (!found)
		return ERR_NOT_FOUND;
	l.arena = arena_new();
	enum err e = workplace_sql_roll(cx, round_id, list_one, &l);
	if (e == OK)
		take_some(cx, &l, raters_draw(l.arena, r.seed, l.v, l.n), from, most, ret);
	arena_free(l.arena);
	return e;
}

/* ── where to go on ── */

struct drawing {
	int64_t round_id, at;
	bool people;			     /* the list is being made */
	struct workplace_posted_row *posted; /* of this step, while it is */
	size_t n_posted;
	size_t most;
	struct workplace_batch batch;
};

static bool read_at(const struct job *j, struct drawing *d)
{
	struct str at = j->at, word;
	d->people = !at.n;
	if (!str_int(j->input, &d->round_id))
		return false;
	if (!at.n)
		return true;
	d->people = str_cut(&at, ' ', &word) && str_is(word, "people");
	return str_int(at, &d->at);
}

static enum err draw_some(struct ctx *cx, void *arg)
{
	struct drawing *d = arg;
	return workplace_draw(cx, d->round_id, (size_t)d->at, d->most, &d->batch);
}

/* The next people, outside the step: in a large house it takes a while to find them. */
static enum err find_posted(struct ctx *cx, void *arg)
{
	struct drawing *d = arg;
	struct workplace_one_row r;
	bool found = false;
	TRY(workplace_sql_one(cx, d->round_id, &r, &found));
	return found ? workplace_sql_posted(cx, r.org_id, clock_day_in_india(r.made_at), d->at, &d->posted, &d->n_posted) : OK;
}

enum err workplace_look_act(struct ctx *cx, struct job *j)
{
	struct drawing *d = ARENA_NEW(cx->arena, struct drawing);
	d->most = DRAWN_A_STEP;
	j->state = d;
	if (!read_at(j, d))
		return ERR_INTERNAL;
	return db_read(cx, d->people ? find_posted : draw_some, d);
}

/* ── the list ── */

static enum err list_person(struct ctx *cx, const struct workplace_one_row *round, const struct workplace_posted_row *p, int64_t *people, int64_t *nothing)
{
	int64_t asked[WORKPLACE_ASKED];
	bool concerned = round->designation_id == NONE || round->designation_id == p->designation_id;
	size_t n = 0;
	if (concerned)
		TRY(competencies_of(cx, round, p->id, asked, &n));
	TRY(workplace_sql_add_person(cx, round->id, p->id, p->org_id, p->supervisor_id, p->cadre_group, n > 0, NULL));
	for (size_t i = 0; i < n; i++)
		TRY(workplace_sql_ask(cx, round->id, p->id, asked[i], NULL));
	*people += n > 0;
	*nothing += concerned && n == 0;
	return OK;
}

static enum err list_some(struct ctx *cx, struct job *j, const struct workplace_one_row *round, const struct drawing *d)
{
	int64_t people = 0, nothing = 0;
	size_t n = d->n_posted;
	for (size_t i = 0; i < n; i++)
		TRY(list_person(cx, round, &d->posted[i], &people, &nothing));
	j->done += (int64_t)n;
	j->at = n ? str_fmt(cx->arena, "people %lld", (long long)d->posted[n - 1].id) : S("draw 0");
	return n ? workplace_sql_add_figures(cx, people, nothing, 0, 0, 0, round->id, NULL) : OK;
}

/* What the draw gives is noted with each person, for the page. */
static enum err note_drawn(struct ctx *cx, struct job *j, const struct drawing *d)
{
	const struct workplace_batch *b = &d->batch;
	int64_t forms = 0, alone = 0, headless = 0;
	for (size_t i = 0; i < b->n; i++) {
		const size_t *n = b->drawn[i].n_of;
		if (!b->assessed[i])
			continue;
		TRY(workplace_sql_set_drawn(cx, (int64_t)n[RATER_supervisor], (int64_t)n[RATER_peer], (int64_t)n[RATER_subordinate], d->round_id, b->people[i],
					    NULL));
		forms += (int64_t)b->drawn[i].n;
		alone += n[RATER_peer] + n[RATER_subordinate] < WORKPLACE_GROUP;
		headless += n[RATER_supervisor] == 0;
	}
	TRY(workplace_sql_add_figures(cx, 0, 0, forms, alone, headless, d->round_id, NULL));
	j->total = (int64_t)b->total;
	j->done = d->at + (int64_t)b->n;
	j->at = str_fmt(cx->arena, "draw %lld", (long long)j->done);
	j->ended = j->done >= j->total;
	return j->ended ? workplace_sql_planned(cx, d->round_id, NULL) : OK;
}

enum err workplace_look_step(struct ctx *cx, struct job *j)
{
	const struct drawing *d = j->state;
	struct workplace_one_row round;
	bool found = false;
	TRY(workplace_sql_one(cx, d->round_id, &round, &found));
	j->ended = !found || !str_is(round.state, "looking");
	if (j->ended)
		return OK;
	return d->people ? list_some(cx, j, &round, d) : note_drawn(cx, j, d);
}

/* ── the forms ── */

enum err workplace_make_act(struct ctx *cx, struct job *j)
{
	struct drawing *d = ARENA_NEW(cx->arena, struct drawing);
	d->most = FORMS_A_STEP;
	j->state = d;
	if (!str_int(j->input, &d->round_id) || (j->at.n && !str_int(j->at, &d->at)))
		return ERR_INTERNAL;
	return db_read(cx, draw_some, d);
}

static enum err make_forms(struct ctx *cx, int64_t round_id, int64_t ratee_id, const struct draw_of *o)
{
	for (size_t i = 0; i < o->n; i++)
		TRY(workplace_sql_add_form(cx, new_id(cx), round_id, ratee_id, o->v[i].rater_id, str_of(rater_kinds[o->v[i].kind]), NULL));
	return OK;
}

enum err workplace_make_step(struct ctx *cx, struct job *j)
{
	const struct drawing *d = j->state;
	const struct workplace_batch *b = &d->batch;
	struct workplace_one_row round;
	bool found = false;
	TRY(workplace_sql_one(cx, d->round_id, &round, &found));
	j->ended = !found || !str_is(round.state, "making");
	if (j->ended)
		return OK;
	for (size_t i = 0; i < b->n; i++)
		TRY(make_forms(cx, d->round_id, b->people[i], &b->drawn[i]));
	j->total = (int64_t)b->total;
	j->done = d->at + (int64_t)b->n;
	j->at = str_fmt(cx->arena, "%lld", (long long)j->done);
	j->ended = j->done >= j->total;
	return j->ended ? workplace_sql_opened(cx, d->round_id, NULL) : OK;
}

/* ── taking back ── */

enum err workplace_undo_step(struct ctx *cx, struct job *j)
{
	struct workplace_upto_row next;
	int64_t round_id, after = 0;
	if (!str_int(j->input, &round_id) || (j->at.n && !str_int(j->at, &after)))
		return ERR_INTERNAL;
	TRY(workplace_sql_upto(cx, round_id, after, DROPPED_A_STEP, &next));
	j->ended = next.n == 0;
	if (j->ended)
		return workplace_sql_undone(cx, cx->now, round_id, NULL);
	TRY(workplace_sql_drop_forms(cx, round_id, after, next.upto, NULL));
	TRY(workplace_sql_drop_asked(cx, round_id, after, next.upto, NULL));
	TRY(workplace_sql_drop_people(cx, round_id, after, next.upto, NULL));
	j->done += next.n;
	j->at = str_fmt(cx->arena, "%lld", (long long)next.upto);
	return OK;
}
