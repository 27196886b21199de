/* Never more than there are, in the order of asking, and what is kept stays kept: shown on random batches. */
#include "feature/admission/places.h"
#include "draw.h"

#include <string.h>

enum { PEOPLE = 60, QUOTAS = 5, ROUNDS = 20000 };

struct batch {
	int64_t seats;
	struct places_quota q[QUOTAS];
	struct places_person p[PEOPLE];
	size_t n_q, n;
};

static int64_t seated(const struct batch *b, int in)
{
	int64_t n = 0;
	for (size_t i = 0; i < b->n; i++)
		n += in == PLACES_NONE ? b->p[i].seat != PLACES_NONE : b->p[i].seat == in;
	return n;
}

static bool fits(const struct places_person *p, int k)
{
	for (size_t i = 0; i < p->n_fits; i++)
		if (p->fits[i] == k)
			return true;
	return false;
}

static void settle(struct batch *b)
{
	places_settle(b->seats, b->q, b->n_q, b->p, b->n);
}

static struct batch a_batch(struct draw *d)
{
	struct batch b = { .seats = 1 + draw_below(d, 30), .n_q = draw_below(d, QUOTAS + 1) };
	int64_t left = b.seats;
	for (size_t k = 0; k < b.n_q; k++) {
		b.q[k].seats = left > 0 ? draw_below(d, (uint32_t)left + 1) : 0;
		left -= b.q[k].seats;
	}
	return b;
}

static void ask(struct batch *b, struct draw *d)
{
	struct places_person *p = &b->p[b->n++];
	*p = (struct places_person){ .seat = PLACES_NONE };
	for (size_t k = 0; k < b->n_q; k++)
		if (draw_below(d, 3) == 0)
			p->fits[p->n_fits++] = (int)k;
}

static void give_back(struct batch *b, size_t at)
{
	memmove(&b->p[at], &b->p[at + 1], (b->n - at - 1) * sizeof *b->p);
	b->n--;
}

/* How many of the seats somebody could still take who fits nothing. */
static int64_t free_seats(const struct batch *b)
{
	int64_t v = b->seats - seated(b, PLACES_FREE);
	for (size_t k = 0; k < b->n_q; k++) {
		int64_t taken = seated(b, (int)k);
		v -= b->q[k].over || taken > b->q[k].seats ? taken : b->q[k].seats;
	}
	return v;
}

static void look(const struct batch *b, const struct batch *was)
{
	assert_true(seated(b, PLACES_NONE) <= b->seats);
	for (size_t k = 0; k < b->n_q; k++)
		assert_true(seated(b, (int)k) <= b->q[k].seats);
	assert_true(free_seats(b) >= 0);
	for (size_t i = 0; i < b->n; i++) {
		const struct places_person *p = &b->p[i];
		assert_true(was->p[i].seat == PLACES_NONE || p->seat != PLACES_NONE);
		assert_true(p->seat < 0 || fits(p, p->seat));
		if (p->seat != PLACES_NONE)
			continue;
		assert_true(free_seats(b) == 0);
		for (size_t f = 0; f < p->n_fits; f++)
			assert_true(b->q[p->fits[f]].over || seated(b, p->fits[f]) == b->q[p->fits[f]].seats);
		/* Who came later and got in now has a seat that this one may not have. */
		for (size_t j = i + 1; j < b->n; j++)
			if (was->p[j].seat == PLACES_NONE && b->p[j].seat != PLACES_NONE)
				assert_true(b->p[j].seat >= 0 && !fits(p, b->p[j].seat));
	}
}

static void whatever_happens_seats_are_never_more_and_order_and_quotas_are_kept(void **state)
{
	struct draw d = { 20261129 };
	size_t steps = 0;
	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct batch b = a_batch(&d);
		for (int step = 0; step < 40; step++, steps++) {
			uint32_t what = draw_below(&d, 10);
			if (what < 6 && b.n < PEOPLE)
				ask(&b, &d);
			else if (what < 9 && b.n)
				give_back(&b, draw_below(&d, (uint32_t)b.n));
			else if (what == 9 && b.n_q)
				b.q[draw_below(&d, (uint32_t)b.n_q)].over = true;
			struct batch was = b;
			settle(&b);
			look(&b, &was);
		}
	}
	print_message("%d batches, %zu changes: never a seat too many\n", ROUNDS, steps);
}

static void the_first_who_asked_sit_and_the_next_moves_up(void **state)
{
	struct batch b = { .seats = 2, .n = 4 };
	(void)state;
	for (size_t i = 0; i < b.n; i++)
		b.p[i].seat = PLACES_NONE;
	settle(&b);
	assert_true(b.p[0].seat == PLACES_FREE && b.p[1].seat == PLACES_FREE && b.p[2].seat == PLACES_NONE);
	give_back(&b, 0);
	settle(&b);
	assert_true(b.p[1].seat == PLACES_FREE && b.p[2].seat == PLACES_NONE);
}

static void a_kept_seat_waits_for_whom_it_is_kept_until_its_time_is_over(void **state)
{
	struct batch b = { .seats = 2, .n_q = 1, .q = { { .seats = 1 } }, .n = 2, .p = { { .seat = PLACES_NONE }, { .seat = PLACES_NONE } } };
	(void)state;
	settle(&b);
	assert_true(b.p[0].seat == PLACES_FREE && b.p[1].seat == PLACES_NONE);
	b.q[0].over = true;
	settle(&b);
	assert_int_equal(b.p[1].seat, PLACES_FREE);
}

static void the_most_specific_quota_with_room_comes_first(void **state)
{
	struct batch b = { .seats = 3, .n_q = 2, .q = { { .seats = 1 }, { .seats = 1 } }, .n = 3 };
	(void)state;
	for (size_t i = 0; i < b.n; i++)
		b.p[i] = (struct places_person){ .fits = { 1, 0 }, .n_fits = 2, .seat = PLACES_NONE };
	settle(&b);
	assert_true(b.p[0].seat == 1 && b.p[1].seat == 0 && b.p[2].seat == PLACES_FREE);
}

static void who_sits_free_moves_over_when_that_lets_the_first_in(void **state)
{
	struct batch b = {
		.seats = 2,
		.n_q = 1,
		.q = { { .seats = 1 } },
		.n = 3,
		.p = { { .fits = { 0 }, .n_fits = 1, .seat = PLACES_NONE }, { .fits = { 0 }, .n_fits = 1, .seat = PLACES_NONE }, { .seat = PLACES_NONE } }
	};
	(void)state;
	settle(&b);
	assert_true(b.p[0].seat == 0 && b.p[1].seat == PLACES_FREE && b.p[2].seat == PLACES_NONE);
	give_back(&b, 0);
	settle(&b);
	assert_true(b.p[0].seat == 0 && b.p[1].seat == PLACES_FREE);
}

static void seats_taken_away_from_a_batch_let_nobody_in_and_throw_nobody_out(void **state)
{
	struct batch b = { .seats = 3, .n_q = 1, .q = { { .seats = 1 } }, .n = 4, .p = { { .seat = PLACES_NONE }, { .seat = PLACES_NONE } } };
	(void)state;
	b.p[2] = (struct places_person){ .fits = { 0 }, .n_fits = 1, .seat = PLACES_NONE };
	b.p[3] = b.p[2];
	settle(&b);
	assert_int_equal(seated(&b, PLACES_NONE), 3);
	b.seats = 1;
	give_back(&b, 2);
	settle(&b);
	assert_int_equal(seated(&b, PLACES_NONE), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whatever_happens_seats_are_never_more_and_order_and_quotas_are_kept),
		cmocka_unit_test(the_first_who_asked_sit_and_the_next_moves_up),
		cmocka_unit_test(a_kept_seat_waits_for_whom_it_is_kept_until_its_time_is_over),
		cmocka_unit_test(the_most_specific_quota_with_room_comes_first),
		cmocka_unit_test(who_sits_free_moves_over_when_that_lets_the_first_in),
		cmocka_unit_test(seats_taken_away_from_a_batch_let_nobody_in_and_throw_nobody_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
