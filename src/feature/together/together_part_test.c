/* Whose is what the shared device played: nobody gets more than the time that he was there, nobody what was played before he came. */
#include "feature/together/together_part.h"
#include "base/arena.h"

#include "check.h"

static struct arena *a;

static struct intervals set(const char *json)
{
	struct intervals raw;
	assert_true(intervals_parse(a, str_of(json), 100, &raw));
	return intervals_normal(a, &raw, INT64_MAX);
}

static void is(struct intervals s, const char *json)
{
	assert_string_equal(intervals_write(a, &s).p, json);
}

static void what_is_reported_as_it_is_played_lies_where_it_was_played(void **state)
{
	struct intervals used = set("[[0,20000]]"), said = set("[[50000,60000]]");
	struct laid l = together_lay(a, &said, &used, 0, 30000);
	(void)state;
	is(l.content, "[[50000,60000]]");
	is(l.wall, "[[20000,30000]]");
	is(together_part(a, &l, 0, 30000), "[[50000,60000]]");
	is(together_part(a, &l, 24000, 99000), "[[54000,60000]]"); /* came late */
	is(together_part(a, &l, 0, 24000), "[[50000,54000]]");	   /* left early */
	is(together_part(a, &l, 30000, 40000), "[]");
	is(together_part(a, &l, 0, 20000), "[]");
}

static void a_pause_stays_empty(void **state)
{
	struct intervals used = set("[[0,20000]]"), said = set("[[20000,30000]]");
	struct laid l = together_lay(a, &said, &used, 0, 630000);
	(void)state;
	is(l.wall, "[[620000,630000]]");
	is(together_part(a, &l, 600000, 999000), "[[20000,30000]]");
}

static void what_comes_when_the_network_is_back_fills_the_time_before_it_and_no_more(void **state)
{
	struct intervals none = { 0 }, used = none;
	int64_t sum = 0;
	(void)state;
	for (int i = 0; i < 12; i++) { /* six pieces of ten seconds were played in a minute, and each is sent twice */
		struct intervals said = set(str_fmt(a, "[[%d,%d]]", i % 6 * 10000, i % 6 * 10000 + 10000).p);
		struct laid l = together_lay(a, &said, &used, 0, 60000);
		sum += intervals_length(&l.wall);
		used = intervals_union(a, &used, &l.wall);
	}
	assert_int_equal(sum, 60000);
	is(used, "[[0,60000]]");
}

static void no_more_is_laid_than_wall_time_since_the_page_was_opened_holds(void **state)
{
	struct intervals none = { 0 }, said = set("[[0,1200000]]");
	struct laid l = together_lay(a, &said, &none, 50000, 60000);
	(void)state;
	is(l.content, "[[0,10000]]");
	is(l.wall, "[[50000,60000]]");
	l = together_lay(a, &said, &none, 60000, 60000);
	is(l.content, "[]");
	l = together_lay(a, &said, &none, -50000, 5000); /* a page from before the session */
	is(l.wall, "[[0,5000]]");
}

static void seeking_is_laid_in_the_order_of_the_time_line(void **state)
{
	struct intervals none = { 0 }, said = set("[[100000,103000],[0,2000]]");
	struct laid l = together_lay(a, &said, &none, 0, 5000);
	(void)state;
	is(together_part(a, &l, 1000, 4000), "[[1000,2000],[100000,102000]]");
}

static int begin(void **state)
{
	(void)state;
	a = arena_new();
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_reported_as_it_is_played_lies_where_it_was_played),
		cmocka_unit_test(a_pause_stays_empty),
		cmocka_unit_test(what_comes_when_the_network_is_back_fills_the_time_before_it_and_no_more),
		cmocka_unit_test(no_more_is_laid_than_wall_time_since_the_page_was_opened_holds),
		cmocka_unit_test(seeking_is_laid_in_the_order_of_the_time_line),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
