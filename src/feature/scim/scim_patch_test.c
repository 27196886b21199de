/* PATCH of SCIM: every form of path, what is refused, and that what is refused changes nothing. Without a database. */
#include "feature/scim/patch.h"

static struct ctx cx;

static int begin(void **state)
{
	(void)state;
	cx = (struct ctx){ .arena = arena_new() };
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(cx.arena);
	return 0;
}

#define E SCIM_ENTERPRISE
static const char before[] = "{\"userName\":\"a@x.in\",\"name\":{\"formatted\":\"A\"},\"active\":true,\"emails\":[{\"value\":\"a@x.in\",\"type\":\"work\"},"
			     "{\"value\":\"b@x.in\",\"type\":\"home\"}],\"" E "\":{\"department\":\"fin\",\"manager\":{\"value\":\"1\"}}}";

/* What becomes of `before`; NULL with the failure in cx. */
static json_t *patched(const char *operations)
{
	struct str body = str_fmt(cx.arena, "{\"Operations\":[%s]}", operations);
	json_t *resource = json_loads(before, 0, NULL), *request = json_loads(body.p, 0, NULL);
	assert_true(resource && request);
	cx.n_failures = 0;
	enum err e = scim_patch(&cx, &scim_user, &resource, request);
	json_decref(request);
	if (e == OK)
		return resource;
	assert_int_equal(e, ERR_INVALID);
	json_t *same = json_loads(before, 0, NULL);
	assert_true(json_equal(same, resource));
	json_decref(same);
	json_decref(resource);
	return NULL;
}

static void becomes(const char *operations, const char *changes)
{
	json_t *got = patched(operations), *want = json_loads(before, 0, NULL), *more = json_loads(changes, 0, NULL);
	const char *key;
	json_t *v;
	assert_true(got && more);
	json_object_foreach (more, key, v)
		if (json_is_null(v))
			json_object_del(want, key);
		else
			json_object_set(want, key, v);
	if (!json_equal(got, want))
		print_error("%s\n", operations);
	assert_true(json_equal(got, want));
	json_decref(got);
	json_decref(want);
	json_decref(more);
}

static void every_form_of_path(void **state)
{
	(void)state;
	becomes("{\"op\":\"replace\",\"path\":\"userName\",\"value\":\"c@x.in\"}", "{\"userName\":\"c@x.in\"}");
	becomes("{\"op\":\"Add\",\"path\":\"title\",\"value\":\"so\"}", "{\"title\":\"so\"}");
	becomes("{\"op\":\"remove\",\"path\":\"userName\"}", "{\"userName\":null}");
	becomes("{\"op\":\"replace\",\"path\":\"name.formatted\",\"value\":\"B\"}", "{\"name\":{\"formatted\":\"B\"}}");
	becomes("{\"op\":\"add\",\"path\":\"name\",\"value\":{\"familyName\":\"C\"}}", "{\"name\":{\"formatted\":\"A\",\"familyName\":\"C\"}}");
	becomes("{\"op\":\"remove\",\"path\":\"name.formatted\"}", "{\"name\":null}");
	becomes("{\"op\":\"add\",\"path\":\"emails\",\"value\":{\"value\":\"c@x.in\",\"type\":\"other\"}}",
		"{\"emails\":[{\"value\":\"a@x.in\",\"type\":\"work\"},{\"value\":\"b@x.in\",\"type\":\"home\"},{\"value\":\"c@x.in\",\"type\":\"other\"}]}");
	becomes("{\"op\":\"add\",\"path\":\"emails\",\"value\":[{\"type\":\"work\",\"value\":\"a@x.in\"}]}", "{}"); /* is there already */
	becomes("{\"op\":\"replace\",\"path\":\"emails\",\"value\":[{\"value\":\"c@x.in\"}]}", "{\"emails\":[{\"value\":\"c@x.in\"}]}");
	becomes("{\"op\":\"remove\",\"path\":\"emails\"}", "{\"emails\":null}");
	becomes("{\"op\":\"replace\",\"path\":\"emails[type eq \\\"work\\\"].value\",\"value\":\"c@x.in\"}",
		"{\"emails\":[{\"value\":\"c@x.in\",\"type\":\"work\"},{\"value\":\"b@x.in\",\"type\":\"home\"}]}");
	becomes("{\"op\":\"replace\",\"path\":\"emails[type eq \\\"work\\\"]\",\"value\":{\"value\":\"c@x.in\"}}",
		"{\"emails\":[{\"value\":\"c@x.in\"},{\"value\":\"b@x.in\",\"type\":\"home\"}]}");
	becomes("{\"op\":\"remove\",\"path\":\"emails[type eq \\\"work\\\"]\"}", "{\"emails\":[{\"value\":\"b@x.in\",\"type\":\"home\"}]}");
	becomes("{\"op\":\"remove\",\"path\":\"emails[type eq \\\"work\\\"].type\"}",
		"{\"emails\":[{\"value\":\"a@x.in\"},{\"value\":\"b@x.in\",\"type\":\"home\"}]}");
	becomes("{\"op\":\"replace\",\"path\":\"emails.type\",\"value\":\"work\"}",
		"{\"emails\":[{\"value\":\"a@x.in\",\"type\":\"work\"},{\"value\":\"b@x.in\",\"type\":\"work\"}]}");
	becomes("{\"op\":\"add\",\"path\":\"phoneNumbers[type eq \\\"mobile\\\"].value\",\"value\":\"9876543210\"}",
		"{\"phoneNumbers\":[{\"type\":\"mobile\",\"value\":\"9876543210\"}]}");
	becomes("{\"op\":\"replace\",\"path\":\"" E ":department\",\"value\":\"home\"}", "{\"" E "\":{\"department\":\"home\",\"manager\":{\"value\":\"1\"}}}");
	becomes("{\"op\":\"replace\",\"path\":\"" E "\",\"value\":{\"department\":\"home\"}}",
		"{\"" E "\":{\"department\":\"home\",\"manager\":{\"value\":\"1\"}}}");
	becomes("{\"op\":\"remove\",\"path\":\"" E ":manager\"}", "{\"" E "\":{\"department\":\"fin\"}}");
}

static void as_providers_write_it(void **state)
{
	(void)state;
	becomes("{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}", "{\"active\":false}");
	becomes("{\"op\":\"replace\",\"value\":{\"active\":false}}", "{\"active\":false}");
	becomes("{\"op\":\"Add\",\"value\":{\"name.formatted\":\"B\",\"" E ":department\":\"home\",\"nickName\":\"unknown\",\"id\":\"9\"}}",
		"{\"name\":{\"formatted\":\"B\"},\"" E "\":{\"department\":\"home\",\"manager\":{\"value\":\"1\"}}}");
	becomes("{\"op\":\"add\",\"value\":{\"" E "\":{\"department\":\"home\"}}}", "{\"" E "\":{\"department\":\"home\",\"manager\":{\"value\":\"1\"}}}");
	becomes("{\"op\":\"Replace\",\"path\":\"" E ":manager\",\"value\":\"2\"}", "{\"" E "\":{\"department\":\"fin\",\"manager\":{\"value\":\"2\"}}}");
	becomes("{\"op\":\"replace\",\"path\":\"EMAILS[Type Eq \\\"WORK\\\"].VALUE\",\"value\":\"c@x.in\"}",
		"{\"emails\":[{\"value\":\"c@x.in\",\"type\":\"work\"},{\"value\":\"b@x.in\",\"type\":\"home\"}]}");
	becomes("{\"op\":\"add\",\"path\":\"emails\",\"value\":{\"value\":\"c@x.in\",\"primary\":true}},{\"op\":\"add\",\"path\":\"emails\",\"value\":{"
		"\"value\":\"d@x.in\",\"primary\":\"True\"}}",
		"{\"emails\":[{\"value\":\"a@x.in\",\"type\":\"work\"},{\"value\":\"b@x.in\",\"type\":\"home\"},{\"value\":\"c@x.in\"},{\"value\":\"d@x.in\","
		"\"primary\":true}]}");
}

static void what_is_refused_changes_nothing(void **state)
{
	static const struct {
		const char *operations, *type;
	} cases[] = {
		{ "", "invalidSyntax" },
		{ "7", "invalidSyntax" },
		{ "{\"op\":\"move\",\"path\":\"title\",\"value\":\"x\"}", "invalidSyntax" },
		{ "{\"op\":\"replace\",\"path\":\"title\"}", "invalidValue" },
		{ "{\"op\":\"replace\",\"path\":\"title\",\"value\":7}", "invalidValue" },
		{ "{\"op\":\"replace\",\"path\":\"active\",\"value\":\"perhaps\"}", "invalidValue" },
		{ "{\"op\":\"replace\",\"path\":\"name\",\"value\":\"x\"}", "invalidValue" },
		{ "{\"op\":\"replace\",\"value\":\"x\"}", "invalidValue" },
		{ "{\"op\":\"remove\"}", "noTarget" },
		{ "{\"op\":\"replace\",\"path\":\"emails[type eq \\\"other\\\"].value\",\"value\":\"x\"}", "noTarget" },
		{ "{\"op\":\"remove\",\"path\":\"emails[type eq \\\"other\\\"]\"}", "noTarget" },
		{ "{\"op\":\"replace\",\"path\":\"addresses[type eq \\\"work\\\"].locality\",\"value\":\"x\"}", "invalidPath" },
		{ "{\"op\":\"replace\",\"path\":7,\"value\":\"x\"}", "invalidPath" },
		{ "{\"op\":\"replace\",\"path\":\"name[formatted pr].givenName\",\"value\":\"x\"}", "invalidPath" },
		{ "{\"op\":\"replace\",\"path\":\"emails[type is].value\",\"value\":\"x\"}", "invalidFilter" },
		{ "{\"op\":\"replace\",\"path\":\"id\",\"value\":\"x\"}", "mutability" },
		{ "{\"op\":\"replace\",\"path\":\"" E ":manager.displayName\",\"value\":\"x\"}", "mutability" },
		/* the first one is good */
		{ "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"x\"},{\"op\":\"replace\",\"path\":\"meta\",\"value\":{}}", "mutability" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (patched(cases[i].operations) || !str_is(cx.failures[0].field, cases[i].type))
			print_error("%s\n", cases[i].operations);
		assert_true(str_is(cx.failures[0].field, cases[i].type));
	}
}

static void values_have_a_ceiling(void **state)
{
	struct buf b;
	(void)state;
	buf_init(&b, cx.arena, 1 << 20);
	for (int i = 0; i < PATCH_VALUES; i++)
		buf_fmt(&b, "%s{\"op\":\"add\",\"path\":\"emails\",\"value\":{\"value\":\"%d@x.in\"}}", i ? "," : "", i);
	assert_null(patched(buf_get(&b).p));
	assert_true(str_is(cx.failures[0].field, "tooMany"));
	buf_init(&b, cx.arena, 1 << 20);
	for (int i = 0; i <= PATCH_OPERATIONS; i++)
		buf_fmt(&b, "%s{\"op\":\"replace\",\"path\":\"title\",\"value\":\"x\"}", i ? "," : "");
	assert_null(patched(buf_get(&b).p));
	assert_true(str_is(cx.failures[0].field, "tooMany"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_of_path),
		cmocka_unit_test(as_providers_write_it),
		cmocka_unit_test(what_is_refused_changes_nothing),
		cmocka_unit_test(values_have_a_ceiling),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
