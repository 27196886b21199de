/* Tests of failures, ids and chance. */
#include "base/ctx.h"
#include "base/base_check.h"
#include "base/clock.h"

#include <pthread.h>

static enum err sign_up(struct ctx *cx)
{
	TRY(OK);
	return fail(cx, ERR_CONFLICT, "email", N_("already known"));
}
static enum err sign_up_twice(struct ctx *cx)
{
	TRY(sign_up(cx));
	return OK;
}

static void failures(void **state)
{
	(void)state;
	static struct ctx cx;
	assert_int_equal(sign_up_twice(&cx), ERR_CONFLICT);
	assert_int_equal(cx.n_failures, 1);
	expect_str(cx.failures[0].field, "email");
	assert_string_equal(cx.failures[0].text, "already known");
	assert_int_equal(cx.failures[0].n_args, 0);

	const struct msg_arg args[] = {{"max", S("100")}, {"min", S("1")}, {"a", S("")}, {"b", S("")}, {"c", S("")}};
	assert_int_equal(fail_msg(&cx, ERR_INVALID, S("pass"), N_("from {min} to {max}"), 2, args), ERR_INVALID);
	assert_int_equal(cx.failures[1].n_args, 2);
	assert_string_equal(cx.failures[1].args[0].name, "max");
	expect_str(cx.failures[1].args[1].value, "1");
	fail_msg(&cx, ERR_INVALID, STR_NONE, "too many values", COUNT(args), args);
	assert_int_equal(cx.failures[2].n_args, MSG_ARGS_MAX);
	assert_int_equal(cx.failures[2].field.n, 0); /* the whole form */
	fail(&cx, ERR_INVALID, NULL, "no field");
	assert_int_equal(cx.failures[3].field.n, 0);

	for (int i = 0; i < 100; i++)
		assert_int_equal(fail(&cx, ERR_INVALID, "x", "more"), ERR_INVALID);
	assert_int_equal(cx.n_failures, FAILURES_MAX);
	expect_str(cx.failures[0].field, "email"); /* the first are kept */
}

static void errors(void **state)
{
	(void)state;
	assert_int_equal(err_status(OK), 200);
	assert_int_equal(err_status(ERR_INVALID), 422);
	assert_int_equal(err_status(ERR_NOT_FOUND), 404);
	assert_string_equal(err_slug(ERR_NOT_SIGNED_IN), "not-signed-in");
	for (int e = OK + 1; e < ERR_COUNT_; e++) {
		assert_in_range(err_status((enum err)e), 400, 599);
		assert_true(err_slug((enum err)e)[0] && err_title((enum err)e)[0]);
		for (int other = OK; other < e; other++)
			assert_string_not_equal(err_slug((enum err)e), err_slug((enum err)other));
	}
}

static void a_bug(void)
{
	BUG("for the test");
}
static void a_bug_if(void)
{
	BUG_IF(1 + 1 == 2);
}
static void node_too_big(void)
{
	id_source_free(id_source_new(256));
}
static void no_bug(void)
{
	BUG_IF(1 + 1 == 3);
}

static void bugs(void **state)
{
	(void)state;
	expect_abort(a_bug);
	expect_abort(a_bug_if);
	expect_abort(node_too_big);
	assert_int_equal(fate_of(no_bug), 0);
}

enum { THREADS = 4, IDS = 50000 };
struct taker {
	struct app *app;
	int64_t ids[IDS];
};

static void *take(void *p)
{
	struct taker *t = p;
	struct ctx *cx = calloc(1, sizeof *cx);
	if (!cx)
		abort();
	cx->app = t->app;
	for (int i = 0; i < IDS; i++)
		t->ids[i] = new_id(cx);
	free(cx);
	return NULL;
}

static int by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static void ids_from_threads(void **state)
{
	(void)state;
	static struct taker takers[THREADS];
	static int64_t all[THREADS * IDS];
	struct app app = {.ids = id_source_new(3)};
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++) {
		takers[i].app = &app;
		assert_int_equal(pthread_create(&threads[i], NULL, take, &takers[i]), 0);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	for (int i = 0; i < THREADS; i++)
		for (int k = 0; k < IDS; k++) {
			all[i * IDS + k] = takers[i].ids[k];
			assert_true(takers[i].ids[k] > 0 && (k == 0 || takers[i].ids[k] > takers[i].ids[k - 1])); /* each thread sees them grow */
			if ((takers[i].ids[k] >> 14 & 255) != 3)
				assert_true(false);
		}
	qsort(all, COUNT(all), sizeof *all, by_value);
	for (size_t i = 1; i < COUNT(all); i++)
		if (all[i] == all[i - 1])
			assert_true(false);
	id_source_free(app.ids);
}

static void ids_tell_the_time(void **state)
{
	(void)state;
	static struct ctx cx;
	struct app app = {.ids = id_source_new(255)};
	cx.app = &app;
	int64_t before = clock_now(), id = new_id(&cx), after = clock_now(), ms = (id >> 22) + INT64_C(1735689600000);
	assert_true(before <= ms && ms <= after);
	/* An id of another node made a few milliseconds later is greater, though the node is smaller. */
	struct app other = {.ids = id_source_new(0)};
	while (clock_now() <= after)
		;
	cx.app = &other;
	assert_true(new_id(&cx) > id);
	id_source_free(app.ids);
	id_source_free(other.ids);
	id_source_free(NULL);
}

static void chance(void **state)
{
	(void)state;
	static struct ctx cx;
	static unsigned char bytes[100002];
	bytes[0] = bytes[100001] = 0xaa;
	random_bytes(bytes + 1, 100000);
	assert_true(bytes[0] == 0xaa && bytes[100001] == 0xaa);
	size_t seen[256] = {0};
	for (size_t i = 1; i <= 100000; i++)
		seen[bytes[i]]++;
	for (size_t i = 0; i < 256; i++)
		assert_in_range(seen[i], 200, 600); /* 390 on average; 10 standard deviations */
	random_bytes(NULL, 0);

	cx.arena = arena_new();
	struct str a = random_hex(&cx, 16), b = random_hex(&cx, 16);
	assert_int_equal(a.n, 32);
	assert_int_equal(strspn(a.p, "0123456789abcdef"), 32);
	assert_int_equal(a.p[32], 0);
	assert_false(str_eq(a, b));
	assert_int_equal(random_hex(&cx, 0).n, 0);
	arena_free(cx.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(failures),		 cmocka_unit_test(errors), cmocka_unit_test(bugs), cmocka_unit_test(ids_from_threads),
	    cmocka_unit_test(ids_tell_the_time), cmocka_unit_test(chance),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
