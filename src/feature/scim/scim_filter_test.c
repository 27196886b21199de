/* Filters and paths of SCIM: what reads, what fits, what is refused. Without a database. */
#include "feature/scim/filter.h"

static struct ctx cx;
static json_t *asha;

static int begin(void **state)
{
	static const char text[] = "{\"id\":\"7\",\"userName\":\"asha@example.gov.in\",\"name\":{\"formatted\":\"Asha Rao\"},\"displayName\":\"Asha "
				   "Rao\",\"title\":\"Section Officer\","
				   "\"active\":true,\"emails\":[{\"value\":\"asha@example.gov.in\",\"type\":\"work\",\"primary\":true},{\"value\":\"a@home."
				   "in\",\"type\":\"home\"}],"
				   "\"meta\":{\"resourceType\":\"User\",\"created\":\"2026-01-02T03:04:05Z\"},\"" SCIM_ENTERPRISE
				   "\":{\"employeeNumber\":\"E7\",\"department\":\"fin\"}}";
	(void)state;
	cx = (struct ctx){ .arena = arena_new() };
	asha = json_loads(text, 0, NULL);
	assert_non_null(asha);
	return 0;
}

static int end(void **state)
{
	(void)state;
	json_decref(asha);
	arena_free(cx.arena);
	return 0;
}

static const struct scim_filter *parsed(const char *text)
{
	const struct scim_filter *f = NULL;
	cx.n_failures = 0;
	enum err e = scim_filter_parse(&cx, &scim_user, str_of(text), &f);
	if (e != OK)
		print_error("%s: %s\n", text, cx.failures[0].text);
	assert_int_equal(e, OK);
	return f;
}

static void what_fits(void **state)
{
	static const struct {
		const char *filter;
		bool fits;
	} cases[] = {
		{ "userName eq \"asha@example.gov.in\"", true },
		{ "username EQ \"ASHA@example.gov.in\"", true },
		{ "urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"asha\"", true },
		{ "userName ne \"asha@example.gov.in\"", false },
		{ "id eq \"7\"", true },
		{ SCIM_ENTERPRISE ":employeeNumber eq \"E7\"", true },
		{ SCIM_ENTERPRISE ":employeeNumber eq \"e7\"", false },
		{ SCIM_ENTERPRISE ":department eq \"FIN\"", true },
		{ "externalId pr", false },
		{ "externalId eq null", true },
		{ "title pr", true },
		{ "title ne null", true },
		{ "not (title pr)", false },
		{ "title co \"officer\" and active eq true", true },
		{ "title ew \"OFFICER\" and active eq \"False\"", false },
		{ "active eq True", true },
		{ "name.formatted sw \"Ash\"", true },
		{ "name pr", true },
		{ "emails co \"home\"", true },
		{ "emails.value eq \"a@home.in\"", true },
		{ "emails.type eq \"other\"", false },
		{ "emails[type eq \"work\" and value co \"@home\"]", false },
		{ "emails[type eq \"home\" and value co \"@home\"]", true },
		{ "emails[primary eq true]", true },
		{ "phoneNumbers[value pr]", false },
		{ "meta.created gt \"2026-01-02T03:04:04Z\"", true },
		{ "meta.created lt \"2026-01-02T08:34:04+05:30\"", false },
		{ "meta.created ge \"2026-01-02T08:34:05+05:30\"", true },
		{ "displayName gt \"Asha\" and displayName lt \"Asia\"", true },
		/* and binds closer than or */
		{ "title eq \"x\" and title eq \"y\" or active eq true", true },
		{ "title eq \"x\" and (title eq \"y\" or active eq true)", false },
		{ "displayName eq \"\\u0041sha Rao\"", true },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		bool fits = scim_filter_fits(cx.arena, parsed(cases[i].filter), asha);
		if (fits != cases[i].fits)
			print_error("%s\n", cases[i].filter);
		assert_int_equal(fits, cases[i].fits);
	}
}

static void what_is_refused(void **state)
{
	static const char *const bad[] = {
		"",
		"userName",
		"userName eq",
		"userName eq asha",
		"userName eq 7",
		"nothing eq \"x\"",
		"userName is \"x\"",
		"active gt true",
		"userName gt null",
		"active eq \"perhaps\"",
		"name eq \"x\"",
		"name.nothing eq \"x\"",
		"(userName pr",
		"userName pr)",
		"userName pr and",
		"userName pr or or title pr",
		"emails[type eq \"work\"",
		"emails[type[value pr]]",
		"userName[value pr]",
		"emails.type[value pr]",
		"emails[userName pr]",
		"userName eq \"x",
		"meta.created gt \"yesterday\"",
		"userName eq [\"x\"]",
		"userName eq {}",
		"not userName pr",
		SCIM_ENTERPRISE " pr",
		"userName pr title pr",
		"userName eq \"\\ud800\"",
		"userName eq \"\\u0000\"",
	};
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const struct scim_filter *f;
		cx.n_failures = 0;
		enum err e = scim_filter_parse(&cx, &scim_user, str_of(bad[i]), &f);
		if (e != ERR_INVALID || cx.n_failures != 1 || !str_is(cx.failures[0].field, "invalidFilter"))
			print_error("%s\n", bad[i]);
		assert_int_equal(e, ERR_INVALID);
		assert_int_equal(cx.n_failures, 1);
		assert_true(str_is(cx.failures[0].field, "invalidFilter"));
	}
}

static void depth_and_length_have_a_ceiling(void **state)
{
	const struct scim_filter *f;
	struct buf b;
	(void)state;
	for (int depth = FILTER_DEPTH; depth <= FILTER_DEPTH + 1; depth++) {
		buf_init(&b, cx.arena, FILTER_BYTES);
		for (int i = 0; i < depth; i++)
			buf_char(&b, '(');
		buf_lit(&b, "title pr");
		for (int i = 0; i < depth; i++)
			buf_char(&b, ')');
		assert_int_equal(scim_filter_parse(&cx, &scim_user, buf_get(&b), &f), depth > FILTER_DEPTH ? ERR_INVALID : OK);
	}
	buf_init(&b, cx.arena, 2 * FILTER_BYTES);
	buf_lit(&b, "title pr");
	while (b.n + 12 <= FILTER_BYTES)
		buf_lit(&b, " or title pr");
	assert_int_equal(scim_filter_parse(&cx, &scim_user, buf_get(&b), &f), OK);
	assert_true(scim_filter_fits(cx.arena, f, asha));
	while (b.n <= FILTER_BYTES)
		buf_char(&b, ' ');
	assert_int_equal(scim_filter_parse(&cx, &scim_user, buf_get(&b), &f), ERR_INVALID);
}

static void targets(void **state)
{
	static const char *const bad[] = {
		"",	      "nothing",   "name.nothing", "emails[type eq \"work\"", "emails[type eq \"work\"].nothing", "emails[type eq \"work\"]value",
		"userName x", "urn:x:y:z", "name["
	};
	struct scim_target t;
	(void)state;
	assert_int_equal(scim_target_parse(&cx, &scim_user, S("emails[type eq \"work\"].value"), &t), OK);
	assert_true(t.where && strcmp(t.path.attribute->name, "emails") == 0 && strcmp(t.path.sub->name, "value") == 0);
	assert_int_equal(scim_target_parse(&cx, &scim_user, S("Name.FamilyName"), &t), OK);
	assert_true(!t.where && strcmp(t.path.sub->name, "familyName") == 0);
	assert_int_equal(scim_target_parse(&cx, &scim_user, S(SCIM_ENTERPRISE), &t), OK);
	assert_true(!t.path.attribute && t.path.schema == scim_user.extension);
	assert_int_equal(scim_target_parse(&cx, &scim_user, S(SCIM_ENTERPRISE ":manager.value"), &t), OK);
	assert_string_equal(t.path.sub->name, "value");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(scim_target_parse(&cx, &scim_user, str_of(bad[i]), &t), ERR_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_fits),
		cmocka_unit_test(what_is_refused),
		cmocka_unit_test(depth_and_length_have_a_ceiling),
		cmocka_unit_test(targets),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
