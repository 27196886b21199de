/* Tests of loads and fits: where the marks lie, and who is proposed. */
#include "base/arena.h"
#include "base/field.h"
#include "feature/allocation/load.h"
#include "psychometrics/estimate.h"

static void a_week_is_forty_hours_and_the_marks_lie_beside_it(void **state)
{
	(void)state;
	assert_int_equal(load_percent(40 * 60), 100);
	assert_int_equal(load_percent(0), 0);
	assert_int_equal(load_percent(7 * 60 + 30), 19);
	/* 110 and 60 percent themselves are right; a minute beyond is not. */
	assert_int_equal(load_state_of(44 * 60), LOAD_RIGHT);
	assert_int_equal(load_state_of(44 * 60 + 1), LOAD_MORE);
	assert_int_equal(load_state_of(24 * 60), LOAD_RIGHT);
	assert_int_equal(load_state_of(24 * 60 - 1), LOAD_LESS);
	assert_int_equal(load_state_of(0), LOAD_LESS);
}

static void hours_are_written_as_people_say_them(void **state)
{
	static const struct {
		int64_t minutes;
		const char *text;
	} v[] = { { 0, "0" }, { 30, "0.5" }, { 450, "7.5" }, { 50, "0.83" }, { 2400, "40" } };
	struct arena *a = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof *v; i++)
		assert_string_equal(load_hours(a, v[i].minutes).p, v[i].text);
	arena_free(a);
}

static void a_week_shared_out_is_never_more_than_a_week_and_never_nothing(void **state)
{
	(void)state;
	for (size_t n = 1; n <= 80; n++) {
		int64_t share = load_share(n);
		assert_int_equal(share % 30, 0);
		assert_in_range(share, ALLOT_LEAST, ALLOT_MOST);
		assert_true(share * (int64_t)n <= WEEK_MINUTES);
	}
	assert_int_equal(load_share(3), 13 * 60);
	assert_int_equal(load_share(500), ALLOT_LEAST);
}

static void a_need_is_met_by_evidence_and_own_judgement_is_none(void **state)
{
	const int64_t day = 20800;
	struct evidence_sums high = evidence_sums(EVIDENCE_supervisor, day, 3000, 3), low = evidence_sums(EVIDENCE_supervisor, day, 0, 3);
	(void)state;
	assert_int_equal(fit_of(2, 3, NONE, NONE, NONE, NONE, day), FIT_UNKNOWN);
	assert_int_equal(fit_of(2, 3, high.weight, high.weighted, 1, 1, day), FIT_UNKNOWN);
	assert_int_equal(fit_of(2, 3, high.weight, high.weighted, 2, 1, day),
			 estimate_reaches(estimate_of(high.weight, high.weighted, day, 3), 2) >= MET ? FIT_MET : FIT_OPEN);
	assert_int_equal(fit_of(1, 3, high.weight, high.weighted, 1, 0, day), FIT_MET);
	assert_int_equal(fit_of(2, 3, low.weight, low.weighted, 1, 0, day), FIT_OPEN);
	/* One open need outweighs all others, and what is not known outweighs what is met. */
	assert_int_equal(fit_both(FIT_MET, FIT_OPEN), FIT_OPEN);
	assert_int_equal(fit_both(FIT_OPEN, FIT_UNKNOWN), FIT_OPEN);
	assert_int_equal(fit_both(FIT_UNKNOWN, FIT_MET), FIT_UNKNOWN);
}

static void the_least_loaded_who_is_fit_takes_it(void **state)
{
	struct taker v[] = { { FIT_UNKNOWN, 0 }, { FIT_MET, 1200 }, { FIT_OPEN, 0 }, { FIT_MET, 900 }, { FIT_FREE, 900 } };
	(void)state;
	assert_int_equal(load_taker(v, 5, ALLOT_USUAL), 3);
	/* Nobody is proposed who would be over-loaded by it. */
	v[3].minutes = v[4].minutes = 44 * 60 - ALLOT_USUAL + 1;
	assert_int_equal(load_taker(v, 5, ALLOT_USUAL), 1);
	v[1].minutes = 44 * 60;
	assert_int_equal(load_taker(v, 5, ALLOT_USUAL), 5);
	assert_int_equal(load_taker(v, 0, ALLOT_USUAL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_week_is_forty_hours_and_the_marks_lie_beside_it),
		cmocka_unit_test(hours_are_written_as_people_say_them),
		cmocka_unit_test(a_week_shared_out_is_never_more_than_a_week_and_never_nothing),
		cmocka_unit_test(a_need_is_met_by_evidence_and_own_judgement_is_none),
		cmocka_unit_test(the_least_loaded_who_is_fit_takes_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
