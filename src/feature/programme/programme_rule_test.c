/* When a programme is completed. */
#include "feature/programme/programme_rule.h"
#include "check.h"

enum { PARTS = 4, ALL = 1 << PARTS };

static struct rule_verdict of(const struct rule_part *parts, size_t n, int64_t sessions, int64_t attended, int64_t per_cent, int64_t others)
{
	return programme_rule(&(struct rule_in){ parts, n, sessions, attended, per_cent, others });
}

static void every_part_that_must_be_done_is_asked(void **state)
{
	struct rule_part parts[] = { { .must = true, .done = true }, { .must = true }, { .done = true } };
	(void)state;
	assert_false(of(parts, 3, 0, 0, 0, 0).met);
	parts[1].done = true;
	assert_true(of(parts, 3, 0, 0, 0, 0).met);
}

static void a_share_of_sessions_is_counted_up_to_whole_ones(void **state)
{
	static const struct {
		int64_t sessions, per_cent, asked;
	} v[] = { { 4, 75, 3 }, { 5, 75, 4 }, { 3, 50, 2 }, { 3, 0, 0 }, { 3, 100, 3 }, { 1, 1, 1 }, { 0, 100, 0 }, { 300, 33, 99 } };
	struct rule_part one = { .session = true };
	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
		assert_int_equal(of(&one, 1, v[i].sessions, 0, v[i].per_cent, 0).sessions_asked, v[i].asked);
		if (!v[i].asked)
			continue;
		assert_false(of(&one, 1, v[i].sessions, v[i].asked - 1, v[i].per_cent, 0).met);
		assert_true(of(&one, 1, v[i].sessions, v[i].asked, v[i].per_cent, 0).met);
	}
}

static void a_session_counts_by_its_share_and_not_among_the_others(void **state)
{
	const struct rule_part parts[] = { { .session = true, .done = true }, { .done = false } };
	(void)state;
	struct rule_verdict v = of(parts, 2, 1, 1, 100, 1);
	assert_int_equal(v.others, 1);
	assert_int_equal(v.others_done, 0);
	assert_false(v.met);
}

static void more_of_the_others_than_there_are_is_not_asked(void **state)
{
	const struct rule_part parts[] = { { .done = true }, { .left_out = true }, { .left_out = true } };
	(void)state;
	struct rule_verdict v = of(parts, 3, 0, 0, 0, 2);
	assert_int_equal(v.others_asked, 1);
	assert_true(v.met);
}

static void a_rule_that_asks_for_nothing_is_never_met(void **state)
{
	const struct rule_part parts[] = { { .must = true, .left_out = true }, { .session = true, .done = true } };
	(void)state;
	assert_false(of(NULL, 0, 0, 0, 100, 5).met);
	assert_false(of(parts, 2, 4, 4, 0, 0).met);
}

static struct rule_part part_of(unsigned bits, bool done)
{
	return (struct rule_part){ .must = bits & 1, .session = bits & 2, .done = done };
}

/* Of every combination of four parts, and every one of them ended: who had met the rule still does, as long as it asks for anything. */
static void ending_a_part_takes_nothing_away(void **state)
{
	unsigned met = 0;
	(void)state;
	for (unsigned kinds = 0; kinds < 1 << (2 * PARTS); kinds++)
		for (unsigned done = 0; done < ALL; done++)
			for (size_t ended = 0; ended < PARTS; ended++) {
				struct rule_part parts[PARTS];
				for (size_t i = 0; i < PARTS; i++)
					parts[i] = part_of(kinds >> (2 * i), done >> i & 1);
				bool before = of(parts, PARTS, 0, 0, 0, 2).met;
				parts[ended].left_out = true;
				struct rule_verdict v = of(parts, PARTS, 0, 0, 0, 2);
				met += before;
				if (before && (v.musts || v.others_asked))
					assert_true(v.met);
			}
	assert_true(met > 1000);
}

/* A session to which nobody came is cancelled. */
static void fewer_sessions_ask_for_no_more(void **state)
{
	const struct rule_part one = { .session = true };
	(void)state;
	for (int64_t n = 2; n < 60; n++)
		for (int64_t per_cent = 0; per_cent <= 100; per_cent++)
			assert_true(of(&one, 1, n - 1, 0, per_cent, 0).sessions_asked <= of(&one, 1, n, 0, per_cent, 0).sessions_asked);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_part_that_must_be_done_is_asked),
		cmocka_unit_test(a_share_of_sessions_is_counted_up_to_whole_ones),
		cmocka_unit_test(a_session_counts_by_its_share_and_not_among_the_others),
		cmocka_unit_test(more_of_the_others_than_there_are_is_not_asked),
		cmocka_unit_test(a_rule_that_asks_for_nothing_is_never_met),
		cmocka_unit_test(ending_a_part_takes_nothing_away),
		cmocka_unit_test(fewer_sessions_ask_for_no_more),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
