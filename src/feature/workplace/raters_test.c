/* Drawing raters: by rule, the same for whoever has list and seed, no more forms than agreed, and enough to stay unknown. */
#include "feature/workplace/raters.h"

#include <stdlib.h>
#include <time.h>

#include "check.h"

enum { MANY = 30000 };

static struct roll someone(int64_t id, int64_t supervisor, int64_t org)
{
	return (struct roll){ id, org, supervisor, 'B', true };
}

/* A house of n people in teams of `team`, whose heads have the first as supervisor. */
static struct roll *house(struct arena *a, int n, int team)
{
	struct roll *v = ARENA_ARRAY(a, struct roll, (size_t)n);
	for (int i = 0; i < n; i++)
		v[i] = someone(i + 1, i == 0 ? NONE : i % team ? i - i % team + 1 : 1, 5);
	return v;
}

static int teammates(const struct roll *v, const struct roll *me, const struct draw_of *o)
{
	int n = 0;
	for (size_t k = 0; k < o->n; k++)
		n += o->v[k].kind == RATER_peer && v[o->v[k].rater_id - 1].supervisor_id == me->supervisor_id;
	return n;
}

static void everybody_is_asked_by_the_rule(void **state)
{
	struct arena *a = arena_new();
	struct roll *v = house(a, 200, 10);
	struct draw_of *o = raters_draw(a, 99, v, 200);
	(void)state;
	for (int i = 0; i < 200; i++)
		for (size_t k = 0; k < o[i].n; k++) {
			const struct roll *rater = &v[o[i].v[k].rater_id - 1];
			switch (o[i].v[k].kind) {
			case RATER_self: assert_int_equal(rater->person_id, v[i].person_id); break;
			case RATER_supervisor: assert_int_equal(rater->person_id, v[i].supervisor_id); break;
			case RATER_subordinate: assert_int_equal(rater->supervisor_id, v[i].person_id); break;
			case RATER_peer: assert_true(rater->supervisor_id == v[i].supervisor_id || teammates(v, &v[i], &o[i]) < WORKPLACE_GROUP); break;
			case RATER_KINDS: break;
			}
		}
	assert_int_equal(o[55].n_of[RATER_self], 1);
	assert_int_equal(o[55].n_of[RATER_supervisor], 1);
	assert_int_equal(o[55].n_of[RATER_peer], WORKPLACE_PEERS);
	assert_int_equal(o[50].n_of[RATER_subordinate], WORKPLACE_SUBORDINATES);
	arena_free(a);
}

static void nobody_gets_more_forms_than_ten_nor_two_about_one_person(void **state)
{
	struct arena *a = arena_new();
	(void)state;
	for (int team = 2; team < 60; team += 7) {
		struct roll *v = house(a, 500, team);
		struct draw_of *o = raters_draw(a, team, v, 500);
		int forms[501] = { 0 };
		for (int i = 0; i < 500; i++)
			for (size_t k = 0; k < o[i].n; k++) {
				forms[o[i].v[k].rater_id]++;
				for (size_t m = 0; m < k; m++)
					assert_true(o[i].v[m].rater_id != o[i].v[k].rater_id);
			}
		for (int i = 1; i <= 500; i++)
			assert_true(forms[i] >= 1 && forms[i] <= WORKPLACE_FORMS);
	}
	arena_free(a);
}

static bool same(const struct draw_of *x, const struct draw_of *y, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (x[i].n != y[i].n)
			return false;
		for (size_t k = 0; k < x[i].n; k++)
			if (x[i].v[k].rater_id != y[i].v[k].rater_id || x[i].v[k].kind != y[i].v[k].kind)
				return false;
	}
	return true;
}

static void who_has_list_and_seed_draws_the_same(void **state)
{
	struct arena *a = arena_new();
	struct roll *v = house(a, 300, 12);
	(void)state;
	assert_true(same(raters_draw(a, 1, v, 300), raters_draw(a, 1, v, 300), 300));
	assert_false(same(raters_draw(a, 1, v, 300), raters_draw(a, 2, v, 300), 300));
	arena_free(a);
}

/* Two of a team: colleagues of the same office and group make up for the missing ones, but neither those above nor those below. */
static void a_small_team_is_filled_up_from_the_office(void **state)
{
	struct arena *a = arena_new();
	struct roll v[20];
	(void)state;
	for (int i = 0; i < 20; i++)
		v[i] = someone(i + 1, NONE, 5);
	v[1].supervisor_id = v[2].supervisor_id = 1; /* 2 and 3 have 1 */
	v[3].supervisor_id = 2;			     /* 4 has 2 */
	v[4].group = 'A';
	v[5].org_id = 6;
	struct draw_of *o = raters_draw(a, 3, v, 20);
	assert_int_equal(o[1].n_of[RATER_peer], WORKPLACE_PEERS);
	for (size_t k = 0; k < o[1].n; k++)
		if (o[1].v[k].kind == RATER_peer)
			assert_true(o[1].v[k].rater_id == 3 || (o[1].v[k].rater_id > 6));
	arena_free(a);
}

static void who_is_only_a_rater_is_not_assessed(void **state)
{
	struct arena *a = arena_new();
	struct roll *v = house(a, 30, 10);
	(void)state;
	for (int i = 1; i < 30; i++)
		v[i].assessed = i % 3 == 0;
	struct draw_of *o = raters_draw(a, 3, v, 30);
	for (int i = 1; i < 30; i++)
		assert_true((o[i].n > 0) == v[i].assessed);
	assert_int_equal(o[3].n_of[RATER_peer], WORKPLACE_PEERS);
	/* A supervisor who is not on the list is asked all the same. */
	v[3].supervisor_id = 4711;
	o = raters_draw(a, 3, v, 30);
	assert_int_equal(o[3].n_of[RATER_supervisor], 1);
	assert_int_equal(raters_draw(a, 3, v, 0) != NULL, 1);
	arena_free(a);
}

static void thirty_thousand_are_drawn_at_once(void **state)
{
	struct arena *a = arena_new();
	struct roll *v = house(a, MANY, 12);
	size_t forms = 0, unknown = 0;
	clock_t begun = clock();
	(void)state;
	struct draw_of *o = raters_draw(a, 7, v, MANY);
	for (int i = 0; i < MANY; i++) {
		forms += o[i].n;
		unknown += o[i].n_of[RATER_peer] >= WORKPLACE_GROUP;
	}
	print_message("# %d people: %zu forms, %zu people with peers enough, %.0f ms\n", MANY, forms, unknown,
		      1000.0 * (double)(clock() - begun) / CLOCKS_PER_SEC);
	assert_true(unknown > MANY * 9 / 10 && forms > 7 * MANY);
	/* All in one office without supervisors: one ring. */
	for (int i = 0; i < MANY; i++)
		v[i].supervisor_id = NONE;
	o = raters_draw(a, 7, v, MANY);
	for (int i = 0; i < MANY; i++)
		assert_int_equal(o[i].n_of[RATER_peer], WORKPLACE_PEERS);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everybody_is_asked_by_the_rule),	cmocka_unit_test(nobody_gets_more_forms_than_ten_nor_two_about_one_person),
		cmocka_unit_test(who_has_list_and_seed_draws_the_same), cmocka_unit_test(a_small_team_is_filled_up_from_the_office),
		cmocka_unit_test(who_is_only_a_rater_is_not_assessed),	cmocka_unit_test(thirty_thousand_are_drawn_at_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
