/* Signals out of simulated halls: honest ones give as few as is said of them, planted copying and rushing are found, and too little to judge is not judged. */
#include "base/arena.h"
#include "draw.h"
#include "feature/integrity/signals.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

enum { PEOPLE = 40, ITEMS = 40, OPTIONS = 4 };

struct hall {
	struct arena *arena;
	int64_t room[PEOPLE];
	int8_t chosen[PEOPLE][ITEMS], key[ITEMS], scored[PEOPLE][ITEMS];
	double seconds[PEOPLE][ITEMS];
	struct noticed noticed[PEOPLE];
};

static double normal(struct draw *by)
{
	double u = draw_unit(by), v = draw_unit(by);
	return sqrt(-2 * log(u > 0 ? u : 1e-12)) * cos(2 * 3.14159265358979323846 * v);
}

/* Each answers by ability and difficulty; of the wrong options one draws most. Times are lognormal by item and person. */
static void an_honest_hall(struct hall *h, struct draw *by)
{
	double difficulty[ITEMS], long_for[ITEMS];
	memset(h->noticed, 0, sizeof h->noticed);
	for (int i = 0; i < ITEMS; i++) {
		difficulty[i] = normal(by);
		long_for[i] = 3.5 + 0.4 * normal(by);
		h->key[i] = (int8_t)draw_below(by, OPTIONS);
	}
	for (int p = 0; p < PEOPLE; p++) {
		double theta = normal(by), speed = 0.2 * normal(by);
		h->room[p] = 1 + p % 2;
		for (int i = 0; i < ITEMS; i++) {
			bool right = draw_unit(by) < 1 / (1 + exp(-1.2 * (theta - difficulty[i])));
			int wrong = (h->key[i] + (draw_unit(by) < 0.6 ? 1 : 2 + (int)draw_below(by, OPTIONS - 2))) % OPTIONS;
			h->chosen[p][i] = (int8_t)(right ? h->key[i] : wrong);
			h->scored[p][i] = right;
			h->seconds[p][i] = exp(long_for[i] - speed + 0.35 * normal(by));
		}
	}
}

static struct signals look(struct hall *h, size_t people)
{
	return signals_of(h->arena, &(struct sitting){ .people = people,
						       .items = ITEMS,
						       .room = h->room,
						       .chosen = &h->chosen[0][0],
						       .key = h->key,
						       .scored = &h->scored[0][0],
						       .seconds = &h->seconds[0][0],
						       .noticed = h->noticed });
}

static size_t of_kind(const struct signals *s, enum signal_kind kind)
{
	size_t n = 0;
	for (size_t i = 0; i < s->n; i++)
		n += s->v[i].kind == kind;
	return n;
}

/* So many or more of a Poisson variable are as unlikely as once in a thousand. */
static size_t once_in_a_thousand(double mean)
{
	double p = exp(-mean), sum = p;
	size_t k = 0;
	while (sum < 0.999) {
		p *= mean / (double)++k;
		sum += p;
	}
	return k + 1;
}

static void honest_halls_give_no_more_false_alarms_than_is_said(void **state)
{
	struct hall *h = *state;
	struct draw by = { 4711 };
	size_t found[SIGNAL_KINDS] = { 0 };
	double expected[SIGNAL_KINDS] = { 0 };
	for (int t = 0; t < 300; t++) {
		struct arena_mark mark = arena_mark(h->arena);
		an_honest_hall(h, &by);
		struct signals s = look(h, PEOPLE);
		for (enum signal_kind k = SIGNAL_ALIKE; k < SIGNAL_LEFT; k++) {
			found[k] += of_kind(&s, k);
			expected[k] += s.expected[k];
		}
		arena_back(h->arena, mark);
	}
	for (enum signal_kind k = SIGNAL_ALIKE; k < SIGNAL_FIT; k++) {
		print_message("300 honest halls of %d: %s %zu, expected %.1f\n", PEOPLE, signal_kinds[k], found[k], expected[k]);
		assert_true(expected[k] > 0);
		assert_true(found[k] < once_in_a_thousand(expected[k]));
	}
}

/* Person 2 copies this share from person 0 in the same room. */
static size_t found_of_copiers(struct hall *h, double share, size_t *ret_others)
{
	struct draw by = { 99 };
	size_t found = 0;
	*ret_others = 0;
	for (int t = 0; t < 100; t++) {
		struct arena_mark mark = arena_mark(h->arena);
		an_honest_hall(h, &by);
		for (int i = 0; i < ITEMS; i++)
			if (draw_unit(&by) < share)
				h->chosen[2][i] = h->chosen[0][i];
		struct signals s = look(h, PEOPLE);
		for (size_t i = 0; i < s.n; i++) {
			bool them = s.v[i].kind == SIGNAL_ALIKE && s.v[i].person + s.v[i].other == 2 && (s.v[i].person == 0 || s.v[i].other == 0);
			found += them;
			*ret_others += s.v[i].kind == SIGNAL_ALIKE && !them;
			if (them)
				assert_true(s.v[i].chance < s.v[i].threshold && s.v[i].value <= (double)s.v[i].of);
		}
		arena_back(h->arena, mark);
	}
	return found;
}

static void planted_copying_is_found(void **state)
{
	struct hall *h = *state;
	size_t others, all = found_of_copiers(h, 1, &others), most = found_of_copiers(h, 0.8, &others), none = found_of_copiers(h, 0, &others);
	print_message("of 100 who copied: all of it %zu found, four fifths %zu, nothing %zu; false alarms among the others %zu\n", all, most, none, others);
	assert_true(all >= 85 && most >= 50 && none <= 1 && others < once_in_a_thousand(5));
}

static void who_rushes_is_found(void **state)
{
	struct hall *h = *state;
	struct draw by = { 12 };
	size_t found = 0;
	for (int t = 0; t < 100; t++) {
		struct arena_mark mark = arena_mark(h->arena);
		an_honest_hall(h, &by);
		for (int i = 0; i < ITEMS / 2; i++)
			h->seconds[7][i] = 1 + draw_unit(&by);
		struct signals s = look(h, PEOPLE);
		for (size_t i = 0; i < s.n; i++)
			found += s.v[i].kind == SIGNAL_RAPID && s.v[i].person == 7;
		arena_back(h->arena, mark);
	}
	print_message("of 100 who rushed through half of the paper %zu found\n", found);
	assert_true(found >= 95);
}

static void people_of_different_rooms_are_not_compared(void **state)
{
	struct hall *h = *state;
	struct draw by = { 5 };
	an_honest_hall(h, &by);
	memcpy(h->chosen[1], h->chosen[0], ITEMS); /* alike, but in the other room */
	struct signals s = look(h, PEOPLE);
	for (size_t i = 0; i < s.n; i++)
		assert_false(s.v[i].kind == SIGNAL_ALIKE && s.v[i].person + s.v[i].other == 1);
	assert_true(s.tested[SIGNAL_ALIKE] <= 2 * (PEOPLE / 2) * (PEOPLE / 2 - 1) / 2);
}

static void with_too_few_people_nothing_is_said(void **state)
{
	struct hall *h = *state;
	struct draw by = { 6 };
	an_honest_hall(h, &by);
	for (int p = 1; p < ALIKE_LEAST; p++)
		memcpy(h->chosen[p], h->chosen[0], ITEMS);
	struct signals s = look(h, ALIKE_LEAST - 1);
	assert_int_equal(s.tested[SIGNAL_ALIKE], 0);
	assert_int_equal(s.n, 0);
	assert_int_equal(look(h, 0).n, 0);
}

/* Who all know everything have nothing in common that was not to be expected. */
static void a_hall_of_perfect_papers_is_no_conspiracy(void **state)
{
	struct hall *h = *state;
	struct draw by = { 7 };
	an_honest_hall(h, &by);
	for (int p = 0; p < PEOPLE; p++)
		memcpy(h->chosen[p], h->key, ITEMS);
	struct signals s = look(h, PEOPLE);
	assert_int_equal(of_kind(&s, SIGNAL_ALIKE), 0);
}

static void what_the_device_noticed_is_a_signal_from_its_threshold_on(void **state)
{
	struct hall *h = *state;
	struct draw by = { 8 };
	an_honest_hall(h, &by);
	h->noticed[3] = (struct noticed){ .left = LEFT_TIMES - 1, .left_seconds = 50 };
	h->noticed[4] = (struct noticed){ .left = LEFT_TIMES, .left_seconds = 70, .copied = 1, .devices = 2, .late = 3, .forged = 1 };
	struct signals s = look(h, PEOPLE);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.v[i].kind < SIGNAL_LEFT)
			continue;
		n++;
		assert_int_equal(s.v[i].person, 4);
		assert_true(isnan(s.v[i].chance) && isnan(s.v[i].expected));
	}
	assert_int_equal(n, 5);
}

static int begin(void **state)
{
	struct hall *h = calloc(1, sizeof *h);
	h->arena = arena_new();
	*state = h;
	return 0;
}

static int end(void **state)
{
	struct hall *h = *state;
	arena_free(h->arena);
	free(h);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(honest_halls_give_no_more_false_alarms_than_is_said),
		cmocka_unit_test(planted_copying_is_found),
		cmocka_unit_test(who_rushes_is_found),
		cmocka_unit_test(people_of_different_rooms_are_not_compared),
		cmocka_unit_test(with_too_few_people_nothing_is_said),
		cmocka_unit_test(a_hall_of_perfect_papers_is_no_conspiracy),
		cmocka_unit_test(what_the_device_noticed_is_a_signal_from_its_threshold_on),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
