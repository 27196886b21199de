/* Likeness of accounts: what is rare says more than what is common, and nobody is found by a place alone. */
#include "base/arena.h"
#include "feature/merge/likeness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { PEOPLE = 2000, OFFICES = 40, DESIGNATIONS = 12 };
static struct arena *a;
static struct likeness_one crowd[PEOPLE];

static int begin(void **state)
{
	(void)state;
	a = arena_new();
	for (int i = 0; i < PEOPLE; i++)
		crowd[i] = (struct likeness_one){ .id = i + 1, .name = 1000000U + (unsigned)i, .mail = 2000000U + (unsigned)i, .number = 3000000U + (unsigned)i,
						  .org_id = 1 + i % OFFICES, .designation_id = 1 + i % DESIGNATIONS };
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

static void a_crowd_of_different_people_has_no_pairs(void **state)
{
	struct likeness_pair *p;
	(void)state;
	assert_int_equal(likeness_pairs(a, crowd, PEOPLE, 100, &p), 0);
	assert_int_equal(likeness_pairs(a, crowd, 1, 100, &p), 0);
	assert_int_equal(likeness_pairs(a, crowd, 0, 100, &p), 0);
}

static void a_rare_name_twice_in_one_office_is_likely_one_person(void **state)
{
	struct likeness_pair *p;
	(void)state;
	crowd[40].name = crowd[0].name; /* 40 offices: the same one */
	assert_int_equal(crowd[40].org_id, crowd[0].org_id);
	assert_int_equal(likeness_pairs(a, crowd, PEOPLE, 100, &p), 1);
	assert_true(p->a_id == 1 && p->b_id == 41 && p->agrees == (LIKE_NAME | LIKE_OFFICE) && p->likeness >= LIKENESS_SHOWN && p->likeness <= 1000);
}

static void the_same_name_in_another_office_and_post_says_too_little(void **state)
{
	struct likeness_pair *p;
	(void)state;
	crowd[41].name = crowd[0].name;
	assert_int_equal(likeness_pairs(a, crowd, PEOPLE, 100, &p), 0);
}

static void a_name_of_many_says_less_than_a_name_of_two(void **state)
{
	struct likeness_pair *p;
	(void)state;
	for (int i = 0; i < PEOPLE; i += 7)
		crowd[i].name = 77;
	assert_int_equal(likeness_pairs(a, crowd, PEOPLE, 100000, &p), 0);
}

static void the_address_before_the_at_sign_or_the_number_finds_who_has_moved(void **state)
{
	struct likeness_pair *p;
	(void)state;
	crowd[41].name = crowd[0].name;
	crowd[41].mail = crowd[0].mail;
	assert_int_equal(likeness_pairs(a, crowd, PEOPLE, 100, &p), 1);
	assert_int_equal(p->agrees, LIKE_NAME | LIKE_MAIL);
	assert_int_equal(end(NULL) + begin(NULL), 0);
	crowd[41].name = crowd[0].name;
	crowd[41].number = crowd[0].number;
	assert_int_equal(likeness_pairs(a, crowd, PEOPLE, 100, &p), 1);
	assert_int_equal(p->agrees, LIKE_NAME | LIKE_NUMBER);
}

static void a_pair_that_agrees_in_several_ways_is_one_pair_and_the_likeliest_comes_first(void **state)
{
	struct likeness_pair *p;
	(void)state;
	crowd[40].name = crowd[0].name;
	crowd[120].name = crowd[0].name = crowd[40].name;
	crowd[121].name = crowd[1].name;
	crowd[121].mail = crowd[1].mail;
	crowd[121].number = crowd[1].number;
	crowd[121].org_id = crowd[1].org_id;
	size_t n = likeness_pairs(a, crowd, PEOPLE, 100, &p);
	assert_true(n >= 1 && p[0].a_id == 2 && p[0].b_id == 122);
	for (size_t i = 1; i < n; i++)
		assert_true(p[i].likeness <= p[i - 1].likeness && (p[i].a_id != p[0].a_id || p[i].b_id != p[0].b_id));
	assert_int_equal(likeness_pairs(a, crowd, PEOPLE, 1, &p), 1);
}

static void what_is_absent_is_nobodys_likeness(void **state)
{
	struct likeness_pair *p;
	(void)state;
	for (int i = 0; i < PEOPLE; i++)
		crowd[i].mail = crowd[i].number = 0;
	assert_int_equal(likeness_pairs(a, crowd, PEOPLE, 100, &p), 0);
	assert_int_equal(likeness_hash(S("")), 0);
	assert_false(likeness_mail(a, S("nobody")).n);
	assert_false(likeness_mail(a, STR_NONE).n);
}

static void numbers_are_compared_without_signs_zeros_and_capitals(void **state)
{
	(void)state;
	assert_true(str_is(likeness_number(a, S("EMP-00123")), "emp123"));
	assert_true(str_is(likeness_number(a, S("emp/123")), "emp123"));
	assert_true(str_is(likeness_number(a, S("0000123")), "123"));
	assert_true(str_is(likeness_number(a, S("1002 03")), "10023"));
	assert_true(str_is(likeness_number(a, STR_NONE), ""));
	assert_true(str_is(likeness_mail(a, S("Asha.Rao@nic.in")), "asha.rao"));
}

int main(void)
{
#define RULE(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		RULE(a_crowd_of_different_people_has_no_pairs), RULE(a_rare_name_twice_in_one_office_is_likely_one_person),
		RULE(the_same_name_in_another_office_and_post_says_too_little), RULE(a_name_of_many_says_less_than_a_name_of_two),
		RULE(the_address_before_the_at_sign_or_the_number_finds_who_has_moved), RULE(a_pair_that_agrees_in_several_ways_is_one_pair_and_the_likeliest_comes_first),
		RULE(what_is_absent_is_nobodys_likeness), RULE(numbers_are_compared_without_signs_zeros_and_capitals),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
