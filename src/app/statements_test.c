/* Every statement of the program is understood by the back end as sqlgen understood it; on PostgreSQL types are compared too. */
#include "app/features.h"
#include "base/clock.h"

#include <sodium.h>
#include <unistd.h>

static void every_statement_means_the_same(void **state)
{
	struct app app = { .ids = id_source_new(3) };
	struct ctx cx = { .arena = arena_new(), .app = &app, .now = clock_now() };
	char folder[] = "/tmp/karmayogi-statements-XXXXXX";
	const char *url = getenv("TEST_DATABASE");
	struct db_pool *pool = NULL;
	struct str message = STR_NONE;
	struct buf findings;
	unsigned applied;
	(void)state;
	assert_non_null(mkdtemp(folder));
	if (!url)
		url = str_fmt(cx.arena, "sqlite:%s/x.db", folder).p;
	assert_int_equal(db_pool_open(&cx, url, &pool, &message), OK);
	assert_int_equal(db_migrate(&cx, pool, migrations, &applied, &message), OK);
	assert_int_equal(db_connect(pool, &cx.db), OK);
	buf_init(&findings, cx.arena, 1 << 20);
	size_t n = 0;
	for (const struct db_stmt *const *const *f = feature_statements; *f; f++)
		for (const struct db_stmt *const *s = *f; *s; s++, n++)
			assert_int_equal(db_prove(&cx, *s, &findings), OK);
	print_message("%zu statements\n%s", n, buf_get(&findings).p);
	assert_string_equal(buf_get(&findings).p, "");
	db_close(cx.db);
	db_pool_close(pool);
	id_source_free(app.ids);
	arena_free(cx.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_statement_means_the_same) };
	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
