/* Proposals of what to learn; see plan.h. */
#include "feature/plan/plan.h"
#include "base/clock.h"
#include "feature/competency/competency.h"
#include "feature/person/person.h"

#include <stdlib.h>

/* ── what is asked ── */

static enum err put_limit(struct ctx *cx, const struct plan_ask *ask, struct plan_proposal *p)
{
	if (ask->hours == NONE && ask->months == NONE) {
		p->limit = ask->minutes == NONE ? PLAN_HOURS * 60 : ask->minutes;
		p->months = PLAN_MONTHS;
		return p->limit > 0 && p->limit <= PLAN_HOURS_MAX * PLAN_MONTHS_MAX * 60 ? OK
											 : fail(cx, ERR_INVALID, "hours", N_("must be from 1 to 2,400 in all"));
	}
	if (ask->hours == NONE || ask->hours < 1 || ask->hours > PLAN_HOURS_MAX)
		return fail(cx, ERR_INVALID, "hours", N_("say how many hours a month, from 1 to 100"));
	if (ask->months == NONE || ask->months < 1 || ask->months > PLAN_MONTHS_MAX)
		return fail(cx, ERR_INVALID, "months", N_("say for how many months, from 1 to 24"));
	p->limit = ask->hours * ask->months * 60;
	p->months = ask->months;
	return OK;
}

static enum err put_post(struct ctx *cx, int64_t post_id, struct plan_proposal *p)
{
	struct plan_post_row r;
	bool found = false;
	p->post_id = post_id;
	if (post_id == NONE)
		return OK;
	TRY(plan_sql_post(cx, post_id, p->day, &r, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "post_id", N_("There is no such post."));
	p->post = said_in(cx, r.title_en, r.title_hi);
	p->office = said_in(cx, r.name_en, r.name_hi);
	return OK;
}

/* The first row of a competency names its highest level. */
static enum err gaps_of_post(struct ctx *cx, const struct plan_proposal *p, struct gap **ret, size_t *ret_n)
{
	struct plan_post_asks_row *r;
	size_t n;
	*ret = NULL;
	*ret_n = 0;
	TRY(plan_sql_post_asks(cx, p->day, p->person_id, p->post_id, &r, &n));
	for (size_t i = 0; i < n; i++)
		if (i == 0 || r[i].competency_id != r[i - 1].competency_id)
			*ARENA_PUSH(cx->arena, *ret, *ret_n) = (struct gap){ .competency_id = r[i].competency_id,
									     .level = r[i].level,
									     .n_levels = r[i].n_levels,
									     .n = r[i].n,
									     .n_self = r[i].n_self,
									     .weight = r[i].weight,
									     .weighted = r[i].weighted,
									     .code = r[i].code,
									     .area = r[i].area,
									     .name = said_in(cx, r[i].name_en, r[i].name_hi),
									     .activity = said_in(cx, r[i].activity_en, r[i].activity_hi) };
	gaps_measure(*ret, *ret_n, p->day);
	return OK;
}

static double learned_in(const struct plan_learned_row *r, size_t n, int64_t competency_id)
{
	for (size_t i = 0; i < n; i++)
		if (r[i].competency_id == competency_id)
			return (double)r[i].value / 1000;
	return 0;
}

static enum err put_gaps(struct ctx *cx, struct plan_proposal *p, struct choice_gap **ret)
{
	struct plan_learned_row *r;
	size_t n, n_learned;
	TRY(p->post_id == NONE ? gaps_of(cx, p->person_id, &p->gaps, &n) : gaps_of_post(cx, p, &p->gaps, &n));
	while (p->n_gaps < n && p->n_gaps < CHOICE_GAPS_MAX && p->gaps[p->n_gaps].state != GAP_MET)
		p->n_gaps++;
	p->n_met = n - p->n_gaps;
	*ret = ARENA_ARRAY(cx->arena, struct choice_gap, p->n_gaps);
	TRY(plan_sql_learned(cx, p->person_id, cx->now - HALF_LIFE_DAYS * DAY, &r, &n_learned));
	for (size_t i = 0; i < p->n_gaps; i++) {
		const struct gap *g = &p->gaps[i];
		(*ret)[i] = (struct choice_gap){ .level = g->level,
						 .n_levels = g->n_levels,
						 .held = g->held.mean,
						 .learned = learned_in(r, n_learned, g->competency_id),
						 .weight = g->weight,
						 .weighted = g->weighted,
						 .known = g->known };
	}
	return OK;
}

/* ── the courses ── */

struct reading {
	struct ctx *cx;
	struct plan_proposal *p;
	struct str lang;
	struct plan_mine_row *mine; /* by id */
	size_t n_mine;
	int64_t *done; /* what is completed, in whatever language, in order */
	size_t n_done;
	struct choice_course *v; /* parallel to the courses of the proposal */
	size_t n;
};

/* A course and its translations are one. */
static int64_t family(int64_t id, int64_t translation_of_id)
{
	return translation_of_id == NONE ? id : translation_of_id;
}

static int by_id(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

static int by_mine(const void *a, const void *b)
{
	const struct plan_mine_row *x = a, *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

static int by_due(const void *a, const void *b)
{
	const struct plan_mine_row *const *x = a, *const *y = b;
	return (*x)->due_day != (*y)->due_day ? ((*x)->due_day > (*y)->due_day) - ((*x)->due_day < (*y)->due_day) : by_mine(*x, *y);
}

static bool is_done(const struct reading *d, int64_t id, int64_t translation_of_id)
{
	int64_t wanted = family(id, translation_of_id);
	return d->n_done && bsearch(&wanted, d->done, d->n_done, sizeof *d->done, by_id);
}

static const struct plan_mine_row *mine_of(const struct reading *d, int64_t id)
{
	const struct plan_mine_row wanted = { .id = id };
	return d->n_mine ? bsearch(&wanted, d->mine, d->n_mine, sizeof *d->mine, by_mine) : NULL;
}

/* c: as far as it is known; m: NULL when the person never had to do with it. */
static void add_course(struct reading *d, struct plan_course c, int64_t ms, const struct plan_mine_row *m, int64_t stars, int64_t ratings)
{
	struct choice_course *k = ARENA_PUSH(d->cx->arena, d->v, d->n);
	c.minutes = choice_minutes(ms - (m ? m->done_ms : 0));
	c.due_day = m ? m->due_day : NONE;
	c.asked = c.due_day != NONE;
	c.other_language = !str_eq(c.lang, d->lang);
	c.ratings = ratings;
	c.stars_tenths = ratings ? (stars * 10 + ratings / 2) / ratings : NONE;
	if (m) {
		c.state = m->state;
		c.asker = m->asker;
		c.asked_reason = m->reason;
	}
	*k = (struct choice_course){ .minutes = c.minutes, .stars = stars, .ratings = ratings, .asked = c.asked, .other_language = c.other_language };
	c.penalty = choice_penalty(k);
	*ARENA_PUSH(d->cx->arena, d->p->courses, d->p->n_courses) = c;
}

static void add_brings(struct reading *d, size_t at, const struct plan_candidates_row *r)
{
	struct choice_course *c = &d->v[at];
	for (size_t i = 0; i < d->p->n_gaps; i++)
		if (d->p->gaps[i].competency_id == r->competency_id && r->level <= d->p->gaps[i].n_levels)
			*ARENA_PUSH(d->cx->arena, c->brings, c->n_brings) = (struct choice_brings){ i, r->level };
}

/* What the person has to do with, and of that what is asked with a day, by the day. */
static enum err read_mine(struct reading *d)
{
	const struct plan_mine_row **asked;
	size_t n_asked = 0;
	TRY(plan_sql_mine(d->cx, d->p->person_id, &d->mine, &d->n_mine));
	asked = ARENA_ARRAY(d->cx->arena, const struct plan_mine_row *, d->n_mine);
	d->done = ARENA_ARRAY(d->cx->arena, int64_t, d->n_mine);
	for (size_t i = 0; i < d->n_mine; i++)
		if (str_is(d->mine[i].state, "completed"))
			d->done[d->n_done++] = family(d->mine[i].id, d->mine[i].translation_of_id);
	if (d->n_done)
		qsort(d->done, d->n_done, sizeof *d->done, by_id);
	for (size_t i = 0; i < d->n_mine; i++)
		if (d->mine[i].due_day != NONE && !is_done(d, d->mine[i].id, d->mine[i].translation_of_id))
			asked[n_asked++] = &d->mine[i];
	if (n_asked)
		qsort(asked, n_asked, sizeof *asked, by_due);
	for (size_t i = 0; i < n_asked && i < CHOICE_COURSES_MAX; i++) {
		const struct plan_mine_row *m = asked[i];
		add_course(d, (struct plan_course){ .course_id = m->id, .title = m->title, .lang = m->lang }, m->ms, m, 0, 0);
	}
	return OK;
}

/* Where an asked course stands already, or a new place; SIZE_MAX: it does not count. */
static size_t place_of(struct reading *d, const struct plan_candidates_row *r)
{
	const struct plan_mine_row *m = mine_of(d, r->course_id);
	if (is_done(d, r->course_id, r->translation_of_id))
		return SIZE_MAX;
	for (size_t i = 0; m && m->due_day != NONE && i < d->n; i++)
		if (d->p->courses[i].course_id == r->course_id)
			return i;
	if (d->n == CHOICE_COURSES_MAX)
		return SIZE_MAX;
	add_course(d, (struct plan_course){ .course_id = r->course_id, .title = r->title, .lang = r->lang }, r->ms, m, r->stars, r->ratings);
	return d->n - 1;
}

static enum err read_courses(struct reading *d)
{
	struct plan_candidates_row *r;
	size_t n, at = SIZE_MAX;
	TRY(read_mine(d));
	TRY(plan_sql_candidates(d->cx, d->p->post_id, d->p->person_id, PLAN_LINKS_MAX, &r, &n));
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || r[i].course_id != r[i - 1].course_id)
			at = place_of(d, &r[i]);
		if (at != SIZE_MAX)
			add_brings(d, at, &r[i]);
	}
	return OK;
}

enum err plan_propose(struct ctx *cx, const struct plan_ask *ask, struct plan_proposal *ret)
{
	struct plan_person_row person;
	struct choice_gap *gaps;
	bool found = false;
	*ret = (struct plan_proposal){ .person_id = ask->person_id, .day = person_today(cx) };
	TRY(put_limit(cx, ask, ret));
	TRY(plan_sql_person(cx, ret->day, ask->person_id, &person, &found));
	if (!found)
		return ERR_NOT_FOUND;
	ret->designation_id = person.designation_id;
	TRY(put_post(cx, ask->post_id, ret));
	TRY(put_gaps(cx, ret, &gaps));
	struct reading d = { .cx = cx, .p = ret, .lang = person.lang };
	TRY(read_courses(&d));
	return choice_make(cx, gaps, ret->n_gaps, d.v, d.n, ret->limit, ret->day, &ret->choice);
}
