/* Institutes: never two in one room, what a refusal names, who sees and changes what, and evidence that is handed out as it came. */
#include "http_test.h"
#include "feature/institute/institute.h"

#include <math.h>
#include <pthread.h>

static struct fixture *f;
static struct world w;
static int64_t institute, hall, lab;

/* ── builders ── */

static enum err register_fn(struct ctx *cx, void *arg)
{
	int64_t *id = arg;
	TRY(institute_add(cx, &(struct institute_put){ w.institute, S("central"), S("Teaches clerks."), S("New Delhi"), 28.6, 77.2 }, &id[0]));
	TRY(institute_room_add(cx, &(struct institute_room_put){ w.institute, NONE, 60, S("Hall A"), S("hall"), S("Ramp at the east door") }, &id[1]));
	return institute_room_add(cx, &(struct institute_room_put){ w.institute, NONE, 25, S("Lab 1"), S("computers"), S("") }, &id[2]);
}

struct wish {
	int64_t room, thing, from, until;
	const char *kind, *words;
	enum err e;
	struct str said; /* of the first failure, with its values */
};

static enum err book_fn(struct ctx *cx, void *arg)
{
	struct wish *b = arg;
	b->e = institute_book(cx, b->room, b->kind, b->thing, str_of(b->words), b->from, b->until);
	if (b->e && cx->n_failures)
		b->said = cx->failures[0].n_args == 4 ? cx->failures[0].args[1].value : str_of(cx->failures[0].text);
	cx->n_failures = 0;
	return OK;
}

static enum err book(int64_t room, int64_t thing, const char *words, int64_t from, int64_t until)
{
	struct wish b = { .room = room, .thing = thing, .from = from, .until = until, .kind = "session", .words = words };
	in_tx(f, book_fn, &b);
	return b.e;
}

static enum err unbook_fn(struct ctx *cx, void *arg)
{
	return institute_unbook(cx, "session", *(int64_t *)arg);
}

static void unbook(int64_t thing)
{
	in_tx(f, unbook_fn, &thing);
}

/* The hour so many days from now. */
static int64_t at(int64_t day, int64_t hour)
{
	return clock_day_start(S("Asia/Kolkata"), clock_day_in_india(f->app.fixed_now) + day) + hour * HOUR;
}

/* ── rules ── */

static void two_things_never_have_one_room_at_one_time(void **state)
{
	struct wish b = { .room = hall, .thing = 2, .kind = "session", .words = "Budget" };
	(void)state;
	assert_int_equal(book(hall, 1, "Noting and drafting", at(1, 10), at(1, 12)), OK);
	const int64_t times[][2] = {
		{ at(1, 9), at(1, 11) }, { at(1, 11), at(1, 13) }, { at(1, 10), at(1, 12) }, { at(1, 9), at(1, 13) }, { at(1, 11), at(1, 11) + 1 }
	};
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		b.from = times[i][0];
		b.until = times[i][1];
		in_tx(f, book_fn, &b);
		assert_int_equal(b.e, ERR_CONFLICT);
		assert_true(str_is(b.said, "Noting and drafting"));
	}
	assert_int_equal(query_int(f, "SELECT count(*) FROM institute_booking WHERE room_id = %lld", (long long)hall), 1);
	assert_int_equal(book(lab, 2, "Budget", at(1, 10), at(1, 12)), OK);
	unbook(1);
	unbook(2);
}

static void one_thing_may_begin_as_another_ends(void **state)
{
	(void)state;
	assert_int_equal(book(hall, 1, "First", at(2, 10), at(2, 12)), OK);
	assert_int_equal(book(hall, 2, "Second", at(2, 12), at(2, 14)), OK);
	assert_int_equal(book(hall, 3, "Before", at(2, 8), at(2, 10)), OK);
	for (int64_t i = 1; i <= 3; i++)
		unbook(i);
	unbook(3); /* has none: nothing happens */
}

static void a_session_that_is_moved_keeps_its_room_or_what_it_had(void **state)
{
	(void)state;
	assert_int_equal(book(hall, 1, "First", at(3, 10), at(3, 12)), OK);
	assert_int_equal(book(hall, 2, "Second", at(3, 14), at(3, 16)), OK);
	assert_int_equal(book(hall, 1, "First", at(3, 11), at(3, 13)), OK); /* its own old hours are not in its way */
	assert_int_equal(book(hall, 1, "First", at(3, 13), at(3, 15)), ERR_CONFLICT);
	query_end();
	assert_int_equal(query_int(f, "SELECT from_at FROM institute_booking WHERE thing_id = 1"), at(3, 11));
	query_end();
	assert_int_equal(book(lab, 1, "First", at(3, 13), at(3, 15)), OK);
	assert_int_equal(query_int(f, "SELECT count(*) FROM institute_booking WHERE thing_id = 1"), 1);
	query_end();
	unbook(1);
	unbook(2);
}

static void times_that_cannot_be_are_refused(void **state)
{
	(void)state;
	assert_int_equal(book(hall, 1, "x", at(4, 10), at(4, 10)), ERR_INVALID);
	assert_int_equal(book(hall, 1, "x", at(4, 10), at(4, 9)), ERR_INVALID);
	assert_int_equal(book(hall, 1, "x", at(4, 10), at(105, 10)), ERR_INVALID);
	assert_int_equal(book(hall, 1, "x", at(2000, 10), at(2000, 11)), ERR_INVALID);
	assert_int_equal(book(hall, 1, "x", INT64_MAX - 5, INT64_MAX), ERR_INVALID);
	assert_int_equal(book(hall, 1, "x", INT64_MIN, INT64_MAX), ERR_INVALID);
	assert_int_equal(book(hall, 1, "x", INT64_MIN + 1, INT64_MAX), ERR_INVALID);
	assert_int_equal(book(4711, 1, "x", at(4, 10), at(4, 12)), ERR_INVALID);
}

static void *book_at_once(void *arg)
{
	struct wish *b = arg;
	struct ctx cx = { .arena = arena_new(), .app = &f->app, .now = f->app.fixed_now };
	if (!db_connect(f->pool, &cx.db)) {
		if (db_write(&cx, f->pool, book_fn, b) && !b->e)
			b->e = ERR_BUSY;
		db_close(cx.db);
	}
	arena_free(cx.arena);
	return NULL;
}

static void of_many_who_want_a_room_at_once_one_gets_it(void **state)
{
	enum { MANY = 8 };
	pthread_t t[MANY];
	struct wish b[MANY];
	int got = 0;
	(void)state;
	query_end();
	for (int i = 0; i < MANY; i++) {
		b[i] = (struct wish){ .room = hall,
				      .thing = 100 + i,
				      .from = at(6, 9) + i * MINUTE,
				      .until = at(6, 17),
				      .kind = "event",
				      .words = "All at once",
				      .e = ERR_BUSY };
		assert_int_equal(pthread_create(&t[i], NULL, book_at_once, &b[i]), 0);
	}
	for (int i = 0; i < MANY; i++) {
		pthread_join(t[i], NULL);
		got += b[i].e == OK;
	}
	assert_int_equal(got, 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM institute_booking WHERE words = 'All at once'"), 1);
	query_end();
}

static int begin(void **state)
{
	int64_t ids[3];
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	in_tx(f, register_fn, ids);
	institute = ids[0];
	hall = ids[1];
	lab = ids[2];
	return 0;
}

static int end(void **state)
{
	(void)state;
	assert_int_equal(check_findings(f), 0);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_things_never_have_one_room_at_one_time),
		cmocka_unit_test(one_thing_may_begin_as_another_ends),
		cmocka_unit_test(a_session_that_is_moved_keeps_its_room_or_what_it_had),
		cmocka_unit_test(times_that_cannot_be_are_refused),
		cmocka_unit_test(of_many_who_want_a_room_at_once_one_gets_it),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
