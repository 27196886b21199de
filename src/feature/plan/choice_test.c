/* Tests of the choice of courses: the rules one by one, and the best of all sets. */
#include "base/base_check.h"
#include "base/clock.h"
#include "draw.h"
#include "feature/plan/plan.h"

#include <math.h>

enum { TODAY = 20789, MANY_GAPS = 20, MANY_COURSES = 2000 };

static struct ctx cx;

static struct choice_brings b(size_t gap, int64_t level)
{
	return (struct choice_brings){ gap, level };
}

static struct chosen choose(const struct choice_gap *gaps, size_t n_gaps, const struct choice_course *courses, size_t n_courses, int64_t limit)
{
	struct chosen r;
	assert_int_equal(choice_make(&cx, gaps, n_gaps, courses, n_courses, limit, TODAY, &r), OK);
	return r;
}

static bool picked(const struct chosen *r, size_t course)
{
	for (size_t i = 0; i < r->n_picks; i++)
		if (r->picks[i].course == course)
			return true;
	return false;
}

static const struct choice_gap two_gaps[] = { { .level = 2, .n_levels = 3, .held = 1.4, .known = true },
					      { .level = 3, .n_levels = 3, .held = 1, .known = true } };

static void one_course_for_two_gaps_beats_two_that_take_longer(void **state)
{
	struct choice_brings first = b(0, 2), second = b(1, 3), both[] = { b(0, 2), b(1, 3) };
	struct choice_course c[] = { { .minutes = 120, .brings = &first, .n_brings = 1 },
				     { .minutes = 100, .brings = &second, .n_brings = 1 },
				     { .minutes = 180, .brings = both, .n_brings = 2 } };
	struct chosen r = choose(two_gaps, 2, c, 3, 3000);
	(void)state;
	assert_true(r.proved && r.n_picks == 1 && picked(&r, 2) && r.minutes == 180 && r.cost_bound == 180);
	assert_int_equal(r.picks[0].n_raises, 2);
	assert_true(r.picks[0].raises[0].closes && r.picks[0].raises[0].to == 2 && fabs(r.picks[0].raises[0].from - 1.4) < 1e-9);
	c[2].minutes = 240;
	r = choose(two_gaps, 2, c, 3, 3000);
	assert_true(r.n_picks == 2 && r.minutes == 220 && r.ends[0].open == OPEN_NOT && r.ends[1].open == OPEN_NOT);
}

static void within_few_hours_the_most_is_closed(void **state)
{
	struct choice_brings first = b(0, 2), second = b(1, 3);
	struct choice_course c[] = { { .minutes = 60, .brings = &first, .n_brings = 1 }, { .minutes = 100, .brings = &second, .n_brings = 1 } };
	struct chosen r = choose(two_gaps, 2, c, 2, 110);
	(void)state;
	/* Two levels in 100 minutes rather than 0.6 in 60. */
	assert_true(r.n_picks == 1 && picked(&r, 1));
	assert_int_equal(r.ends[0].open, OPEN_NO_TIME);
	r = choose(two_gaps, 2, c, 2, 0);
	assert_int_equal(r.n_picks, 0);
}

static void what_is_asked_comes_first_and_counts_as_chosen(void **state)
{
	struct choice_brings first = b(0, 2), second = b(1, 3), both[] = { b(0, 2), b(1, 3) };
	struct choice_course c[] = { { .minutes = 180, .brings = both, .n_brings = 2 },
				     { .minutes = 100, .brings = &second, .n_brings = 1 },
				     { .minutes = 500, .brings = &first, .n_brings = 1, .asked = true } };
	struct chosen r = choose(two_gaps, 2, c, 3, 700);
	(void)state;
	assert_true(r.n_picks == 2 && r.n_asked == 1 && r.picks[0].course == 2 && picked(&r, 1) && r.minutes == 600 && r.asked_minutes == 500);
	/* Its minutes are taken from the limit, and it stays even beyond it. */
	r = choose(two_gaps, 2, c, 3, 520);
	assert_true(r.n_picks == 1 && r.ends[1].open == OPEN_NO_TIME);
	r = choose(two_gaps, 2, c, 3, 60);
	assert_true(r.n_picks == 1 && r.minutes == 500);
	/* Without any gap, too. */
	r = choose(NULL, 0, c + 2, 0, 60);
	assert_int_equal(r.n_picks, 0);
}

static void what_no_course_closes_is_told_apart(void **state)
{
	static const struct choice_gap gaps[] = { { .level = 3, .n_levels = 3, .held = 1, .known = true },
						  { .level = 2, .n_levels = 3, .held = 1.4, .known = true },
						  { .level = 2, .n_levels = 3, .held = 0.3 } };
	struct choice_brings low = b(0, 2), lower = b(1, 1);
	struct choice_course c[] = { { .minutes = 60, .brings = &low, .n_brings = 1 }, { .minutes = 60, .brings = &lower, .n_brings = 1 } };
	struct chosen r = choose(gaps, 3, c, 2, 3000);
	(void)state;
	assert_int_equal(r.ends[0].open, OPEN_TOO_LOW);
	assert_int_equal(r.ends[1].open, OPEN_UNTAUGHT);
	assert_int_equal(r.ends[2].open, OPEN_UNTAUGHT);
	/* As far as it goes is gone; what brings nothing is not chosen. */
	assert_true(r.n_picks == 1 && picked(&r, 0) && !r.picks[0].raises[0].closes && r.picks[0].raises[0].to == 2);
}

static void the_own_language_is_taken_unless_the_other_is_shorter_by_a_fifth(void **state)
{
	struct choice_brings first = b(0, 2);
	struct choice_course c[] = { { .minutes = 100, .brings = &first, .n_brings = 1 },
				     { .minutes = 90, .brings = &first, .n_brings = 1, .other_language = true } };
	struct chosen r = choose(two_gaps, 1, c, 2, 3000);
	(void)state;
	assert_true(r.n_picks == 1 && picked(&r, 0) && r.minutes == 100 && r.cost == 100);
	c[1].minutes = 80;
	r = choose(two_gaps, 1, c, 2, 3000);
	assert_true(picked(&r, 1) && r.minutes == 80 && r.cost == 96);
	/* Only minutes count against the limit. */
	r = choose(two_gaps, 1, c, 2, 80);
	assert_true(picked(&r, 1));
}

static void many_bad_words_weigh_and_one_hardly(void **state)
{
	struct choice_course c = { .minutes = 400 };
	(void)state;
	assert_int_equal(choice_penalty(&c), 0);
	c = (struct choice_course){ .minutes = 400, .stars = 1, .ratings = 1 };
	int64_t one = choice_penalty(&c);
	c = (struct choice_course){ .minutes = 400, .stars = 100, .ratings = 100 };
	int64_t many = choice_penalty(&c);
	c = (struct choice_course){ .minutes = 400, .stars = 500, .ratings = 100 };
	assert_int_equal(choice_penalty(&c), 0); /* praise makes no course shorter than it is */
	assert_true(one > 0 && one < 30);
	assert_true(many > 250 && many < 300); /* 3 stars less at most: three quarters */
	struct choice_brings first = b(0, 2);
	struct choice_course v[] = { { .minutes = 400, .stars = 100, .ratings = 100, .brings = &first, .n_brings = 1 },
				     { .minutes = 600, .brings = &first, .n_brings = 1 } };
	struct chosen r = choose(two_gaps, 1, v, 2, 3000);
	assert_true(r.n_picks == 1 && picked(&r, 1));
}

static void a_certificate_is_not_yet_the_level(void **state)
{
	struct choice_brings to_2 = b(0, 2), to_3 = b(0, 3);
	struct choice_gap gap = { .level = 2, .n_levels = 3, .held = 1 };
	struct choice_course c = { .minutes = 60, .brings = &to_2, .n_brings = 1 };
	struct chosen r = choose(&gap, 1, &c, 1, 3000);
	struct estimate e = estimate_with(0, 0, TODAY, 3, EVIDENCE_certificate, 2000);
	(void)state;
	assert_true(r.ends[0].open == OPEN_NOT && !r.ends[0].shown && fabs(r.ends[0].after.mean - e.mean) < 1e-12 && fabs(r.ends[0].after.sd - e.sd) < 1e-12);
	/* On top of what is known already it may be enough. */
	struct evidence_sums s = evidence_sums(EVIDENCE_proctored_test, TODAY, 2050, 3);
	gap = (struct choice_gap){
		.level = 2, .n_levels = 3, .held = estimate_of(s.weight, s.weighted, TODAY, 3).mean, .weight = s.weight, .weighted = s.weighted, .known = true
	};
	c.brings = &to_3;
	r = choose(&gap, 1, &c, 1, 3000);
	assert_true(r.ends[0].shown && r.ends[0].after.mean > 2);
	/* Nothing known and nothing learned shows nothing, though anybody is assumed to be there. */
	gap = (struct choice_gap){ .level = 1, .n_levels = 3, .held = 1 };
	r = choose(&gap, 1, NULL, 0, 3000);
	assert_true(r.ends[0].open == OPEN_NOT && !r.ends[0].shown);
}

static void what_a_course_has_taught_is_not_taught_again(void **state)
{
	struct choice_brings to_2 = b(0, 2), to_3 = b(0, 3);
	struct choice_gap gap = { .level = 2, .n_levels = 3, .held = 1.4, .learned = 2, .known = true };
	struct choice_course c[] = { { .minutes = 60, .brings = &to_2, .n_brings = 1 }, { .minutes = 200, .brings = &to_3, .n_brings = 1 } };
	struct chosen r = choose(&gap, 1, c, 2, 3000);
	(void)state;
	assert_true(r.n_picks == 0 && r.ends[0].open == OPEN_UNSHOWN && !r.ends[0].taught);
	/* More than that is, from what is held. */
	gap.level = 3;
	r = choose(&gap, 1, c, 2, 3000);
	assert_true(r.n_picks == 1 && picked(&r, 1) && r.ends[0].taught && fabs(r.picks[0].raises[0].from - 1.4) < 1e-9 && r.picks[0].raises[0].closes);
	r = choose(&gap, 1, c, 1, 3000);
	assert_true(r.n_picks == 0 && r.ends[0].open == OPEN_UNTAUGHT);
}

static void a_search_that_was_stopped_tells_its_bound(void **state)
{
	struct plan_proposal p = { .n_gaps = 1, .choice = { .worth = 3.2, .worth_bound = 3.51, .cost = 300, .cost_bound = 280 } };
	(void)state;
	assert_string_equal(plan_proof(&cx, &p).p, "The search was stopped early: this choice closes 3.2 levels, and none closes more than 3.6.");
	p.choice.worth_bound = 3.2;
	assert_string_equal(
		plan_proof(&cx, &p).p,
		"The search was stopped early: this choice costs 300 minutes, language and quality counted, and none that closes as much costs less than 280.");
	p.choice.proved = true;
	assert_string_equal(plan_proof(&cx, &p).p, "No other choice closes more within these hours, or as much at less cost.");
}

static void each_course_goes_on_where_those_before_it_end(void **state)
{
	static const struct choice_gap gaps[] = { { .level = 3, .n_levels = 3, .held = 0.4, .known = true },
						  { .level = 2, .n_levels = 3, .held = 1, .known = true } };
	struct choice_brings first[] = { b(0, 1), b(1, 2) }, second = b(0, 3);
	struct choice_course c[] = { { .minutes = 100, .brings = &second, .n_brings = 1 }, { .minutes = 60, .brings = first, .n_brings = 2 } };
	struct chosen r = choose(gaps, 2, c, 2, 3000);
	(void)state;
	assert_true(r.n_picks == 2 && r.picks[0].course == 1 && r.picks[1].course == 0);
	assert_true(r.picks[0].n_raises == 2 && !r.picks[0].raises[0].closes && r.picks[0].raises[1].closes);
	assert_true(r.picks[1].n_raises == 1 && r.picks[1].raises[0].from == 1 && r.picks[1].raises[0].to == 3 && r.picks[1].raises[0].closes);
}

/* Against every set of courses. */
static void no_set_within_the_limit_is_better(void **state)
{
	struct draw d = { 7 };
	(void)state;
	for (int round = 0; round < 300; round++) {
		struct choice_gap gaps[3];
		struct choice_brings brings[9][2];
		struct choice_course c[9];
		int64_t limit = 50 + draw_below(&d, 400);
		for (size_t g = 0; g < 3; g++)
			gaps[g] = (struct choice_gap){ .level = 2 + draw_below(&d, 2), .n_levels = 3, .held = draw_below(&d, 16) / 8.0, .known = true };
		for (size_t i = 0; i < 9; i++) {
			uint32_t n = 1 + draw_below(&d, 2), g = draw_below(&d, 3);
			for (uint32_t k = 0; k < n; k++)
				brings[i][k] = b((g + k) % 3, 1 + draw_below(&d, 3));
			c[i] = (struct choice_course){ .minutes = 10 * (1 + draw_below(&d, 15)),
						       .brings = brings[i],
						       .n_brings = n,
						       .other_language = draw_below(&d, 3) == 0,
						       .asked = draw_below(&d, 9) == 0 };
		}
		struct chosen r = choose(gaps, 3, c, 9, limit);
		double best_worth = -1;
		int64_t best_cost = 0;
		for (uint32_t set = 0; set < 512; set++) {
			double level[3], worth = 0;
			int64_t minutes = 0, cost = 0, asked = 0;
			bool all = true;
			for (size_t g = 0; g < 3; g++)
				level[g] = gaps[g].held;
			for (size_t i = 0; i < 9; i++) {
				all = all && (!c[i].asked || (set >> i & 1));
				asked += c[i].asked ? c[i].minutes : 0;
				if (!(set >> i & 1))
					continue;
				minutes += c[i].minutes;
				cost += c[i].minutes + choice_penalty(&c[i]);
				for (size_t k = 0; k < c[i].n_brings; k++)
					level[brings[i][k].gap] = fmax(level[brings[i][k].gap], (double)brings[i][k].level);
			}
			if (!all || (minutes > limit && minutes > asked))
				continue;
			for (size_t g = 0; g < 3; g++)
				worth += fmax(fmin(level[g], (double)gaps[g].level) - gaps[g].held, 0);
			if (worth > best_worth + 1e-9 || (worth > best_worth - 1e-9 && cost < best_cost)) {
				best_worth = worth;
				best_cost = cost;
			}
		}
		double worth = 0;
		for (size_t g = 0; g < 3; g++)
			worth += fmax(fmin(r.ends[g].reached, (double)gaps[g].level) - gaps[g].held, 0);
		assert_true(r.proved);
		assert_true(fabs(worth - best_worth) < 1e-6);
		assert_int_equal(r.cost, best_cost);
	}
}

/* Twenty gaps of one person in a catalogue of ten thousand courses: two thousand teach something of them. */
static void a_large_catalogue_takes_milliseconds_and_the_bound_holds(void **state)
{
	struct draw d = { 11 };
	struct choice_gap gaps[MANY_GAPS];
	struct choice_course *c = ARENA_ARRAY(cx.arena, struct choice_course, MANY_COURSES);
	(void)state;
	for (size_t g = 0; g < MANY_GAPS; g++)
		gaps[g] = (struct choice_gap){ .level = 1 + draw_below(&d, 3), .n_levels = 3, .held = draw_below(&d, 10) / 10.0, .known = true };
	for (size_t i = 0; i < MANY_COURSES; i++) {
		c[i] = (struct choice_course){ .minutes = 20 + draw_below(&d, 300),
					       .ratings = draw_below(&d, 50),
					       .other_language = draw_below(&d, 4) == 0,
					       .n_brings = 1 + draw_below(&d, 3) };
		c[i].stars = c[i].ratings * (2 + draw_below(&d, 4));
		c[i].brings = ARENA_ARRAY(cx.arena, struct choice_brings, c[i].n_brings);
		for (size_t k = 0; k < c[i].n_brings; k++)
			c[i].brings[k] = b((i * 7 + k * 3) % MANY_GAPS, 1 + draw_below(&d, 3));
	}
	int64_t limits[] = { 60, 120, 200, 3000 };
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		int64_t begun = clock_monotonic();
		struct chosen r = choose(gaps, MANY_GAPS, c, MANY_COURSES, limits[i]);
		print_message("%lld minutes: %zu courses, worth %.1f of at most %.1f, cost %lld of at least %lld, %s, in %.1f ms\n", (long long)limits[i],
			      r.n_picks, r.worth, r.worth_bound, (long long)r.cost, (long long)r.cost_bound, r.proved ? "proved" : "not proved",
			      (double)(clock_monotonic() - begun) / 1e6);
		assert_true(r.minutes <= limits[i] && r.worth <= r.worth_bound + 1e-6 && (r.worth + 1e-6 < r.worth_bound || r.cost >= r.cost_bound));
	}
}

static int begin(void **state)
{
	(void)state;
	cx.arena = arena_new();
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(cx.arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_course_for_two_gaps_beats_two_that_take_longer),
		cmocka_unit_test(within_few_hours_the_most_is_closed),
		cmocka_unit_test(what_is_asked_comes_first_and_counts_as_chosen),
		cmocka_unit_test(what_no_course_closes_is_told_apart),
		cmocka_unit_test(the_own_language_is_taken_unless_the_other_is_shorter_by_a_fifth),
		cmocka_unit_test(many_bad_words_weigh_and_one_hardly),
		cmocka_unit_test(a_certificate_is_not_yet_the_level),
		cmocka_unit_test(what_a_course_has_taught_is_not_taught_again),
		cmocka_unit_test(a_search_that_was_stopped_tells_its_bound),
		cmocka_unit_test(each_course_goes_on_where_those_before_it_end),
		cmocka_unit_test(no_set_within_the_limit_is_better),
		cmocka_unit_test(a_large_catalogue_takes_milliseconds_and_the_bound_holds),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
