/* Tests of plans of learning: against trying every set of courses, and the rules one by one. */
#include "base/base_check.h"
#include "draw.h"
#include "solve/cover.h"

#include <math.h>

enum { COURSES = 9, COMPETENCIES = 4, LINKS = 3 };

struct made {
	struct cover_competency competencies[COMPETENCIES];
	struct cover_course courses[COURSES];
	struct cover_raise raises[COURSES][LINKS];
	struct cover_need needs[COURSES][2];
	struct cover_problem p;
};

static void draw_course(struct draw *d, struct made *m, uint32_t c)
{
	struct cover_course *k = &m->courses[c];
	*k = (struct cover_course){ .minutes = 10 * (1 + draw_below(d, 12)),
				    .penalty = draw_below(d, 4) ? 0 : draw_below(d, 30),
				    .raises = m->raises[c],
				    .needs = m->needs[c],
				    .n_raises = 1 + draw_below(d, LINKS),
				    .done = draw_below(d, 15) == 0 };
	for (uint32_t i = 0; i < k->n_raises; i++)
		m->raises[c][i] = (struct cover_raise){ draw_below(d, m->p.n_competencies), 1 + draw_below(d, 5) };
	k->n_needs = draw_below(d, 3) ? 0 : 1 + draw_below(d, 2);
	for (uint32_t i = 0; i < k->n_needs; i++) {
		if (draw_below(d, 2))
			m->needs[c][i] = (struct cover_need){ NEED_COURSE, draw_below(d, m->p.n_courses), 0 };
		else
			m->needs[c][i] = (struct cover_need){ NEED_LEVEL, draw_below(d, m->p.n_competencies), 1 + draw_below(d, 4) };
	}
}

static void draw_problem(struct draw *d, struct made *m)
{
	m->p = (struct cover_problem){ .competencies = m->competencies,
				       .courses = m->courses,
				       .n_competencies = 1 + draw_below(d, COMPETENCIES),
				       .n_courses = draw_below(d, COURSES + 1) };
	m->p.limit = draw_below(d, 2) ? -1 : (int64_t)draw_below(d, 40) * 10;
	for (uint32_t i = 0; i < m->p.n_competencies; i++)
		m->competencies[i] = (struct cover_competency){ draw_below(d, 3), draw_below(d, 6), (1 + draw_below(d, 20)) / 4.0 };
	for (uint32_t c = 0; c < m->p.n_courses; c++)
		draw_course(d, m, c);
}

/* Whether the course can be begun with these levels, after those that are taken. */
static bool can_begin(const struct cover_problem *p, uint32_t c, uint32_t taken, const double *level)
{
	for (uint32_t i = 0; i < p->courses[c].n_needs; i++) {
		const struct cover_need *n = &p->courses[c].needs[i];
		if (n->kind == NEED_COURSE ? !p->courses[n->which].done && !(taken >> n->which & 1) : level[n->which] < n->level)
			return false;
	}
	return true;
}

static void take(const struct cover_problem *p, uint32_t c, double *level)
{
	for (uint32_t i = 0; i < p->courses[c].n_raises; i++) {
		const struct cover_raise *r = &p->courses[c].raises[i];
		level[r->competency] = fmax(level[r->competency], r->level);
	}
}

/* Whether a set of courses has an order; levels afterwards. */
static bool try_set(const struct cover_problem *p, uint32_t set, double *level)
{
	uint32_t taken = 0;
	for (uint32_t i = 0; i < p->n_competencies; i++)
		level[i] = p->competencies[i].held;
	for (bool again = true; again;) {
		again = false;
		for (uint32_t c = 0; c < p->n_courses; c++) {
			if (!(set >> c & 1) || taken >> c & 1 || p->courses[c].done || !can_begin(p, c, taken, level))
				continue;
			take(p, c, level);
			taken |= 1u << c;
			again = true;
		}
	}
	return taken == set;
}

struct tried {
	int64_t cost, worth;
	double reachable[COMPETENCIES];
};

static int64_t worth_of(const struct cover_problem *p, const double *level)
{
	double worth = 0;
	for (uint32_t i = 0; i < p->n_competencies; i++) {
		const struct cover_competency *k = &p->competencies[i];
		worth += k->required > k->held ? k->priority * (fmin(level[i], k->required) - k->held) : 0;
	}
	return llround(worth * 4);
}

static bool closes_all(const struct cover_problem *p, const double *level, const double *reachable)
{
	for (uint32_t i = 0; i < p->n_competencies; i++)
		if (level[i] < fmin(p->competencies[i].required, reachable[i]))
			return false;
	return true;
}

static void try_all(const struct cover_problem *p, struct tried *best)
{
	double level[COMPETENCIES];
	*best = (struct tried){ .cost = INT64_MAX, .worth = -1 };
	for (uint32_t i = 0; i < p->n_competencies; i++)
		best->reachable[i] = p->competencies[i].held;
	for (int round = 0; round < 2; round++) {
		for (uint32_t set = 0; set < 1u << p->n_courses; set++) {
			int64_t minutes = 0, cost = 0;
			for (uint32_t c = 0; c < p->n_courses; c++) {
				minutes += set >> c & 1 ? p->courses[c].minutes : 0;
				cost += set >> c & 1 ? p->courses[c].minutes + p->courses[c].penalty : 0;
			}
			if (!try_set(p, set, level) || (p->limit >= 0 && minutes > p->limit))
				continue;
			for (uint32_t i = 0; i < p->n_competencies && round == 0; i++)
				best->reachable[i] = fmax(best->reachable[i], level[i]);
			int64_t worth = p->limit >= 0 ? worth_of(p, level) : 0;
			if (round == 0 || (p->limit < 0 && !closes_all(p, level, best->reachable)))
				continue;
			if (worth > best->worth || (worth == best->worth && cost < best->cost)) {
				best->worth = worth;
				best->cost = cost;
			}
		}
	}
}

/* What the plan says of itself is so: its order holds, its sums are those of its courses. */
static void plan_holds(const struct cover_problem *p, const struct cover_plan *r)
{
	double level[COMPETENCIES];
	int64_t minutes = 0, cost = 0;
	uint32_t taken = 0;
	for (uint32_t i = 0; i < p->n_competencies; i++)
		level[i] = p->competencies[i].held;
	for (size_t k = 0; k < r->n_courses; k++) {
		uint32_t c = r->courses[k];
		assert_false(p->courses[c].done || taken >> c & 1);
		assert_true(can_begin(p, c, taken, level));
		take(p, c, level);
		taken |= 1u << c;
		minutes += p->courses[c].minutes;
		cost += p->courses[c].minutes + p->courses[c].penalty;
	}
	assert_int_equal(minutes, r->minutes);
	assert_int_equal(cost, r->cost);
	assert_true(p->limit < 0 || minutes <= p->limit);
	for (uint32_t i = 0; i < p->n_competencies; i++)
		assert_true(level[i] == r->reached[i]);
}

static void nothing_is_cheaper_or_worth_more(void **state)
{
	(void)state;
	struct ctx cx = { .arena = arena_new() };
	struct draw d = { 31 };
	for (int round = 0; round < 3000; round++) {
		struct made m;
		struct tried best;
		struct cover_plan r;
		draw_problem(&d, &m);
		try_all(&m.p, &best);
		assert_int_equal(cover_solve(&cx, &m.p, &r), OK);
		plan_holds(&m.p, &r);
		assert_true(r.proved);
		assert_int_equal(r.cost, best.cost);
		assert_int_equal(r.cost_bound, best.cost);
		if (m.p.limit >= 0)
			assert_int_equal(llround(r.worth * 4), best.worth);
		for (uint32_t i = 0; i < m.p.n_competencies && m.p.limit < 0; i++)
			assert_true(r.reachable[i] == best.reachable[i]);
		arena_reset(cx.arena);
	}
	arena_free(cx.arena);
}

/* ── rules ── */

static void a_gap_that_no_course_closes_is_named(void **state)
{
	(void)state;
	struct ctx cx = { .arena = arena_new() };
	struct cover_competency k[] = { { 1, 4, 0 }, { 0, 2, 0 }, { 3, 3, 0 }, { 0, 1, 0 } };
	struct cover_raise half[] = { { 0, 3 } }, locked[] = { { 1, 2 } };
	struct cover_need impossible[] = { { NEED_LEVEL, 2, 4 } };
	struct cover_course c[] = { { 60, 0, half, NULL, 1, 0, false }, { 30, 0, locked, impossible, 1, 1, false } };
	struct cover_problem p = { k, c, COUNT(k), COUNT(c), -1, 0 };
	struct cover_plan r;
	assert_int_equal(cover_solve(&cx, &p, &r), OK);
	assert_int_equal(r.n_courses, 1); /* as far as courses go */
	assert_true(r.reached[0] == 3 && r.reachable[0] == 3);
	assert_true(r.reachable[1] == 0 && r.reachable[3] == 0);
	assert_true(r.proved);
	arena_free(cx.arena);
}

/* Two courses that each need what the other brings cannot be begun, though together they would look whole. */
static void courses_do_not_wait_for_each_other(void **state)
{
	(void)state;
	struct ctx cx = { .arena = arena_new() };
	struct cover_competency k[] = { { 0, 2, 0 }, { 0, 0, 0 }, { 0, 0, 0 } };
	struct cover_raise a[] = { { 0, 2 }, { 1, 1 } }, b[] = { { 2, 1 } }, way_in[] = { { 2, 1 } };
	struct cover_need needs_b[] = { { NEED_LEVEL, 2, 1 } }, needs_a[] = { { NEED_LEVEL, 1, 1 } };
	struct cover_course c[] = { { 10, 0, a, needs_b, 2, 1, false }, { 10, 0, b, needs_a, 1, 1, false }, { 500, 0, way_in, NULL, 1, 0, false } };
	struct cover_problem p = { k, c, COUNT(k), COUNT(c), -1, 0 };
	struct cover_plan r;
	assert_int_equal(cover_solve(&cx, &p, &r), OK);
	assert_int_equal(r.n_courses, 2);
	assert_int_equal(r.courses[0], 2);
	assert_int_equal(r.courses[1], 0);
	assert_int_equal(r.cost, 510);
	p.n_courses = 2;
	assert_int_equal(cover_solve(&cx, &p, &r), OK);
	assert_int_equal(r.n_courses, 0);
	assert_true(r.reachable[0] == 0);
	arena_free(cx.arena);
}

static void a_penalty_decides_between_equals_and_no_more_minutes(void **state)
{
	(void)state;
	struct ctx cx = { .arena = arena_new() };
	struct cover_competency k[] = { { 0, 2, 5 } };
	struct cover_raise up[] = { { 0, 2 } };
	struct cover_course c[] = { { 60, 5, up, NULL, 1, 0, false }, { 60, 4, up, NULL, 1, 0, false }, { 70, 0, up, NULL, 1, 0, false } };
	struct cover_problem p = { k, c, 1, 3, -1, 0 };
	struct cover_plan r;
	for (p.limit = -1; p.limit <= 60; p.limit += 61) {
		assert_int_equal(cover_solve(&cx, &p, &r), OK);
		assert_int_equal(r.n_courses, 1);
		assert_int_equal(r.courses[0], 1);
		assert_int_equal(r.minutes, 60);
		assert_int_equal(r.cost, 64);
	}
	p.limit = 59;
	assert_int_equal(cover_solve(&cx, &p, &r), OK);
	assert_int_equal(r.n_courses, 0);
	assert_true(r.worth == 0 && r.proved);
	arena_free(cx.arena);
}

static void bad_problems(void **state)
{
	(void)state;
	struct ctx cx = { .arena = arena_new() };
	struct cover_competency k[] = { { 0, 2, 1 }, { 0, 1, 1 } };
	struct cover_raise up[] = { { 0, 2 } };
	struct cover_need need[] = { { NEED_COURSE, 0, 0 } };
	struct cover_course c[] = { { 60, 0, up, need, 1, 1, false } };
	struct cover_problem p = { k, c, 2, 1, 100, 0 };
	struct cover_plan r;
	assert_int_equal(cover_solve(&cx, &p, &r), OK); /* needs itself: no plan */
	assert_int_equal(r.n_courses, 0);
	need[0].which = 1;
	assert_int_equal(cover_solve(&cx, &p, &r), ERR_INVALID);
	expect_str(cx.failures[0].field, "courses[0]");
	need[0] = (struct cover_need){ NEED_LEVEL, 1, NAN };
	assert_int_equal(cover_solve(&cx, &p, &r), ERR_INVALID);
	need[0].level = 0;
	c[0].minutes = -1;
	assert_int_equal(cover_solve(&cx, &p, &r), ERR_INVALID);
	c[0].minutes = COVER_MINUTES_MAX;
	k[1].priority = 0;
	cx.n_failures = 0;
	assert_int_equal(cover_solve(&cx, &p, &r), ERR_INVALID);
	expect_str(cx.failures[0].field, "competencies[1]");
	k[1] = (struct cover_competency){ 0, 1e7, 1 };
	assert_int_equal(cover_solve(&cx, &p, &r), ERR_INVALID);
	p.n_courses = COVER_COURSES_MAX + 1;
	assert_int_equal(cover_solve(&cx, &p, &r), ERR_TOO_LARGE);
	arena_free(cx.arena);
}

/* A search that is stopped says how far it can be from the best, and the same plan comes every time. */
static void stopped_early(void **state)
{
	(void)state;
	enum { N = 120, K = 25 };
	struct ctx cx = { .arena = arena_new() };
	struct draw d = { 8 };
	struct cover_competency k[K];
	struct cover_course c[N];
	struct cover_raise raises[N][4];
	struct cover_problem p = { k, c, K, N, -1, 1 };
	struct cover_plan r, again, best;
	for (uint32_t i = 0; i < K; i++)
		k[i] = (struct cover_competency){ 0, 3, 1 };
	for (uint32_t i = 0; i < N; i++) {
		c[i] = (struct cover_course){ .minutes = 30 + draw_below(&d, 90), .raises = raises[i], .n_raises = 4 };
		for (uint32_t e = 0; e < 4; e++)
			raises[i][e] = (struct cover_raise){ draw_below(&d, K), 1 + draw_below(&d, 4) };
	}
	for (p.limit = -1; p.limit < 500; p.limit += 401) {
		p.nodes_max = 1;
		assert_int_equal(cover_solve(&cx, &p, &r), OK);
		assert_int_equal(cover_solve(&cx, &p, &again), OK);
		assert_int_equal(r.n_courses, again.n_courses);
		assert_memory_equal(r.courses, again.courses, r.n_courses * sizeof *r.courses);
		p.nodes_max = 0;
		assert_int_equal(cover_solve(&cx, &p, &best), OK);
		assert_true(best.proved);
		if (p.limit < 0)
			assert_true(r.cost_bound <= best.cost && best.cost <= r.cost);
		else
			assert_true(r.worth <= best.worth && best.worth <= r.worth_bound);
	}
	arena_free(cx.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_cheaper_or_worth_more),
		cmocka_unit_test(a_gap_that_no_course_closes_is_named),
		cmocka_unit_test(courses_do_not_wait_for_each_other),
		cmocka_unit_test(a_penalty_decides_between_equals_and_no_more_minutes),
		cmocka_unit_test(bad_problems),
		cmocka_unit_test(stopped_early),
	};
	return cmocka_run_group_tests_name("solve/cover", tests, NULL, NULL);
}
