/* The choice of courses; see choice.h. */
#include "feature/plan/choice.h"
#include "solve/cover.h"

#include <math.h>
#include <stdlib.h>

struct choosing {
	struct ctx *cx;
	const struct choice_gap *gaps;
	const struct choice_course *courses;
	size_t n_gaps, n_courses;
	int64_t limit, day;
	double *held;	 /* by gap, with what the courses asked bring */
	uint32_t *place; /* in the courses, of those in the problem */
	uint32_t n_place;
	struct chosen *ret;
};

int64_t choice_minutes(int64_t ms)
{
	return ms > 60000 ? (ms + 59999) / 60000 : 1;
}

/* Below which courses bring nothing. */
static double floor_of(const struct choice_gap *g)
{
	return fmax(g->held, g->learned);
}

static int64_t share(int64_t minutes, double percent)
{
	return (int64_t)ceil((double)minutes * percent / 100 - 1e-9);
}

int64_t choice_penalty(const struct choice_course *c)
{
	double mean = (double)(CHOICE_RATINGS * CHOICE_STARS + c->stars) / (double)(CHOICE_RATINGS + c->ratings), below = fmax(CHOICE_STARS - mean, 0);
	return share(c->minutes, c->other_language ? CHOICE_LANGUAGE_PERCENT : 0) + share(c->minutes, CHOICE_STAR_PERCENT * below);
}

/* ── the problem without what is asked anyway ── */

static void take_asked(struct choosing *h)
{
	for (size_t i = 0; i < h->n_gaps; i++)
		h->held[i] = floor_of(&h->gaps[i]);
	for (size_t c = 0; c < h->n_courses; c++) {
		const struct choice_course *k = &h->courses[c];
		if (!k->asked)
			continue;
		h->ret->asked_minutes += k->minutes;
		h->ret->cost += k->minutes + choice_penalty(k);
		ARENA_PUSH(h->cx->arena, h->ret->picks, h->ret->n_picks)->course = c;
		for (size_t i = 0; i < k->n_brings; i++)
			h->held[k->brings[i].gap] = fmax(h->held[k->brings[i].gap], (double)k->brings[i].level);
	}
	h->ret->n_asked = h->ret->n_picks;
}

static bool put_course(struct choosing *h, size_t c, struct cover_course *ret)
{
	const struct choice_course *k = &h->courses[c];
	struct cover_raise *raises = ARENA_ARRAY(h->cx->arena, struct cover_raise, k->n_brings);
	uint32_t n = 0;
	for (size_t i = 0; i < k->n_brings; i++)
		if ((double)k->brings[i].level > h->held[k->brings[i].gap])
			raises[n++] = (struct cover_raise){ (uint32_t)k->brings[i].gap, (double)k->brings[i].level };
	int64_t penalty = choice_penalty(k);
	*ret = (struct cover_course){ .minutes = k->minutes < COVER_MINUTES_MAX ? k->minutes : COVER_MINUTES_MAX,
				      .penalty = penalty < COVER_MINUTES_MAX ? penalty : COVER_MINUTES_MAX,
				      .raises = raises,
				      .n_raises = n };
	return n > 0;
}

static enum err solve(struct choosing *h, struct cover_plan *plan)
{
	struct cover_competency *k = ARENA_ARRAY(h->cx->arena, struct cover_competency, h->n_gaps);
	struct cover_course *c = ARENA_ARRAY(h->cx->arena, struct cover_course, h->n_courses);
	int64_t left = h->limit > h->ret->asked_minutes ? h->limit - h->ret->asked_minutes : 0;
	for (size_t i = 0; i < h->n_gaps; i++)
		k[i] = (struct cover_competency){ h->held[i], (double)h->gaps[i].level, 3.0 / (double)h->gaps[i].n_levels };
	for (size_t i = 0; i < h->n_courses; i++)
		if (!h->courses[i].asked && put_course(h, i, &c[h->n_place]))
			h->place[h->n_place++] = (uint32_t)i;
	struct cover_problem p = {
		.competencies = k, .courses = c, .n_competencies = (uint32_t)h->n_gaps, .n_courses = h->n_place, .limit = left, .nodes_max = CHOICE_NODES
	};
	return cover_solve(h->cx, &p, plan);
}

/* ── in order, with what each does ── */

struct placed {
	size_t gap, course; /* gap: the first it serves */
	int64_t level, minutes;
};

static int by_gap(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	if (x->gap != y->gap)
		return x->gap < y->gap ? -1 : 1;
	if (x->level != y->level)
		return x->level < y->level ? -1 : 1;
	if (x->minutes != y->minutes)
		return x->minutes < y->minutes ? -1 : 1;
	return x->course < y->course ? -1 : x->course > y->course;
}

static struct placed placed_of(const struct choosing *h, size_t course)
{
	const struct choice_course *k = &h->courses[course];
	struct placed p = { SIZE_MAX, course, 0, k->minutes };
	for (size_t i = 0; i < k->n_brings; i++)
		if ((double)k->brings[i].level > h->held[k->brings[i].gap] && k->brings[i].gap < p.gap)
			p = (struct placed){ k->brings[i].gap, course, k->brings[i].level, k->minutes };
	return p;
}

static void add_picks(struct choosing *h, const struct cover_plan *plan)
{
	struct placed *v = ARENA_ARRAY(h->cx->arena, struct placed, plan->n_courses + 1);
	for (size_t i = 0; i < plan->n_courses; i++)
		v[i] = placed_of(h, h->place[plan->courses[i]]);
	qsort(v, plan->n_courses, sizeof *v, by_gap);
	for (size_t i = 0; i < plan->n_courses; i++)
		ARENA_PUSH(h->cx->arena, h->ret->picks, h->ret->n_picks)->course = v[i].course;
}

/* Each course from where those before it have brought somebody. */
static void put_raises(struct choosing *h)
{
	struct chosen *r = h->ret;
	for (size_t i = 0; i < h->n_gaps; i++)
		r->ends[i].reached = floor_of(&h->gaps[i]);
	for (size_t i = 0; i < r->n_picks; i++) {
		struct choice_pick *p = &r->picks[i];
		const struct choice_course *k = &h->courses[p->course];
		for (size_t b = 0; b < k->n_brings; b++) {
			size_t g = k->brings[b].gap;
			int64_t asked = h->gaps[g].level, to = k->brings[b].level < asked ? k->brings[b].level : asked;
			double from = r->ends[g].reached;
			r->ends[g].reached = fmax(from, (double)k->brings[b].level);
			if ((double)to <= from)
				continue;
			r->ends[g].taught = true;
			*ARENA_PUSH(h->cx->arena, p->raises, p->n_raises) =
				(struct choice_raise){ g, from > floor_of(&h->gaps[g]) ? from : h->gaps[g].held, to, to == asked };
		}
	}
}

static enum choice_open open_of(const struct choice_end *e, const struct choice_gap *g)
{
	double asked = (double)g->level;
	if (g->held < asked && g->learned >= asked)
		return OPEN_UNSHOWN;
	if (e->reached >= asked)
		return OPEN_NOT;
	if (e->reachable <= floor_of(g))
		return OPEN_UNTAUGHT;
	return e->reached >= e->reachable ? OPEN_TOO_LOW : OPEN_NO_TIME;
}

static void put_ends(struct choosing *h)
{
	struct choice_end *ends = h->ret->ends;
	for (size_t i = 0; i < h->n_gaps; i++)
		ends[i].reachable = floor_of(&h->gaps[i]);
	for (size_t c = 0; c < h->n_courses; c++)
		for (size_t b = 0; b < h->courses[c].n_brings; b++) {
			const struct choice_brings *k = &h->courses[c].brings[b];
			ends[k->gap].reachable = fmax(ends[k->gap].reachable, (double)k->level);
		}
	for (size_t i = 0; i < h->n_gaps; i++)
		ends[i].open = open_of(&ends[i], &h->gaps[i]);
}

/* As if all chosen courses were completed today. */
static void put_after(struct choosing *h)
{
	struct evidence_sums *sums = ARENA_ARRAY(h->cx->arena, struct evidence_sums, h->n_gaps);
	for (size_t k = 0; k < h->ret->n_picks; k++) {
		const struct choice_course *c = &h->courses[h->ret->picks[k].course];
		for (size_t b = 0; b < c->n_brings; b++) {
			struct evidence_sums *s = &sums[c->brings[b].gap];
			struct evidence_sums more = evidence_sums(EVIDENCE_certificate, h->day, 1000 * c->brings[b].level, h->gaps[c->brings[b].gap].n_levels);
			s->weight += more.weight;
			s->weighted += more.weighted;
		}
	}
	for (size_t i = 0; i < h->n_gaps; i++) {
		const struct choice_gap *g = &h->gaps[i];
		struct choice_end *e = &h->ret->ends[i];
		bool known = g->known || sums[i].weight > 0;
		e->after = estimate_of(known ? g->weight + sums[i].weight : 0, known ? g->weighted + sums[i].weighted : 0, h->day, g->n_levels);
		e->shown = known && estimate_reaches(e->after, (double)g->level) >= MET;
	}
}

enum err choice_make(struct ctx *cx, const struct choice_gap *gaps, size_t n_gaps, const struct choice_course *courses, size_t n_courses, int64_t limit,
		     int64_t day, struct chosen *ret)
{
	struct choosing h = { .cx = cx, .gaps = gaps, .courses = courses, .n_gaps = n_gaps, .n_courses = n_courses, .limit = limit, .day = day, .ret = ret };
	struct cover_plan plan = { .proved = true };
	*ret = (struct chosen){ .ends = ARENA_ARRAY(cx->arena, struct choice_end, n_gaps) };
	if (n_gaps > CHOICE_GAPS_MAX || n_courses > CHOICE_COURSES_MAX)
		return ERR_TOO_LARGE;
	h.held = ARENA_ARRAY(cx->arena, double, n_gaps);
	h.place = ARENA_ARRAY(cx->arena, uint32_t, n_courses);
	take_asked(&h);
	if (n_gaps)
		TRY(solve(&h, &plan));
	add_picks(&h, &plan);
	ret->minutes = ret->asked_minutes + plan.minutes;
	ret->cost_bound = ret->cost + plan.cost_bound;
	ret->cost += plan.cost;
	ret->worth = plan.worth;
	ret->worth_bound = plan.worth_bound;
	ret->proved = plan.proved;
	put_raises(&h);
	put_ends(&h);
	put_after(&h);
	return OK;
}
