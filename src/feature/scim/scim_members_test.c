/* Members that a client names: every form in which providers write them, what is refused, and the ceiling. Without a database. */
#include "feature/scim/members.h"
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

static struct str listed(const struct scim_members *m)
{
	struct buf b;
	buf_init(&b, cx.arena, 1 << 20);
	for (size_t i = 0; i < m->n; i++)
		buf_fmt(&b, "%s%lld", i ? " " : "", (long long)m->v[i]);
	return buf_get(&b);
}

/* What becomes of 3, 5 and 7; rest: the number of operations left for others. The failure is in cx. */
static enum err patched(const char *operations, struct scim_members *ret, size_t *ret_rest)
{
	static const int64_t before[] = { 3, 5, 7 };
	json_t *request = json_loads(str_fmt(cx.arena, "{\"Operations\":[%s]}", operations).p, 0, NULL), *rest = NULL;
	assert_non_null(request);
	cx.n_failures = 0;
	*ret = scim_members_of(cx.arena, before, 3);
	enum err e = scim_members_patch(&cx, request, ret, &rest);
	*ret_rest = e == OK ? json_array_size(json_object_get(rest, "Operations")) : 0;
	json_decref(rest);
	json_decref(request);
	return e;
}

static void members_are_added_replaced_and_removed_in_every_form(void **state)
{
	static const struct {
		const char *operations, *members;
		size_t rest;
	} cases[] = {
		{ "{\"op\":\"Add\",\"path\":\"members\",\"value\":[{\"$ref\":null,\"value\":\"6\"},{\"value\":\"5\"},{\"value\":\"1\"}]}", "1 3 5 6 7", 0 },
		{ "{\"op\":\"add\",\"path\":\"members\",\"value\":{\"value\":\"9\",\"type\":\"User\"}}", "3 5 7 9", 0 },
		{ "{\"op\":\"add\",\"path\":\"members\",\"value\":\"9\"}", "3 5 7 9", 0 },
		{ "{\"op\":\"add\",\"path\":\"members\",\"value\":[]}", "3 5 7", 0 },
		{ "{\"op\":\"Remove\",\"path\":\"members\",\"value\":[{\"$ref\":null,\"value\":\"5\"},{\"value\":\"6\"}]}", "3 7", 0 },
		{ "{\"op\":\"remove\",\"path\":\"members\",\"value\":[]}", "3 5 7", 0 },
		{ "{\"op\":\"remove\",\"path\":\"members[value eq \\\"5\\\"]\"}", "3 7", 0 },
		{ "{\"op\":\"remove\",\"path\":\"Members[Value eq \\\"6\\\"]\"}", "3 5 7", 0 },
		{ "{\"op\":\"remove\",\"path\":\"members[value eq \\\"3\\\" or value eq \\\"7\\\"]\"}", "5", 0 },
		{ "{\"op\":\"remove\",\"path\":\"members[type eq \\\"User\\\" and not (value eq \\\"3\\\")]\"}", "3", 0 },
		{ "{\"op\":\"remove\",\"path\":\"members\"}", "", 0 },
		{ "{\"op\":\"replace\",\"path\":\"members\",\"value\":[{\"value\":\"8\"},{\"value\":\"2\"},{\"value\":\"8\"}]}", "2 8", 0 },
		{ "{\"op\":\"replace\",\"path\":\"members\",\"value\":[]}", "", 0 },
		{ "{\"op\":\"replace\",\"path\":\"members\",\"value\":null}", "", 0 },
		{ "{\"op\":\"replace\",\"value\":{\"displayName\":\"X\",\"members\":[{\"value\":\"4\"}]}}", "4", 1 },
		{ "{\"op\":\"add\",\"value\":{\"urn:ietf:params:scim:schemas:core:2.0:Group:members\":[{\"value\":\"4\"}]}}", "3 4 5 7", 1 },
		{ "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"X\"},{\"op\":\"add\",\"path\":\"members\",\"value\":\"4\"}", "3 4 5 7", 1 },
		{ "{\"op\":\"remove\",\"path\":\"members[value eq \\\"3\\\"]\"},{\"op\":\"add\",\"path\":\"members\",\"value\":\"3\"}", "3 5 7", 0 },
		{ "{\"op\":\"move\",\"path\":\"members\"}", "3 5 7", 1 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct scim_members m;
		size_t rest;
		enum err e = patched(cases[i].operations, &m, &rest);
		if (e != OK || !str_is(listed(&m), cases[i].members))
			print_error("%s\n", cases[i].operations);
		assert_int_equal(e, OK);
		assert_string_equal(listed(&m).p, cases[i].members);
		assert_int_equal(rest, cases[i].rest);
	}
}

static void what_is_no_member_is_refused(void **state)
{
	static const struct {
		const char *operations, *type;
	} cases[] = {
		{ "{\"op\":\"add\",\"path\":\"members\"}", "invalidValue" },
		{ "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"asha\"}]}", "invalidValue:members" },
		{ "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"0\"}]}", "invalidValue:members" },
		{ "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"display\":\"Asha\"}]}", "invalidValue:members" },
		{ "{\"op\":\"add\",\"path\":\"members\",\"value\":[[\"1\"]]}", "invalidValue:members" },
		{ "{\"op\":\"add\",\"path\":\"members\",\"value\":7}", "invalidValue:members" },
		{ "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"1\",\"type\":\"Group\"}]}", "invalidValue:members" },
		{ "{\"op\":\"add\",\"path\":\"members[value eq \\\"1\\\"]\",\"value\":\"1\"}", "invalidPath" },
		{ "{\"op\":\"replace\",\"path\":\"members[value eq \\\"3\\\"].value\",\"value\":\"1\"}", "invalidPath" },
		{ "{\"op\":\"remove\",\"path\":\"members.value\"}", "invalidPath" },
		{ "{\"op\":\"remove\",\"path\":\"members[display eq \\\"Asha\\\"]\"}", "invalidPath" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct scim_members m;
		size_t rest;
		enum err e = patched(cases[i].operations, &m, &rest);
		if (e != ERR_INVALID || !str_is(cx.failures[0].field, cases[i].type))
			print_error("%s\n", cases[i].operations);
		assert_int_equal(e, ERR_INVALID);
		assert_string_equal(cx.failures[0].field.p, cases[i].type);
	}
}

static void so_many_can_be_named_and_no_more(void **state)
{
	static int64_t even[SCIM_NAMED_MAX];
	json_auto_t *odd = json_array();
	json_t *rest;
	(void)state;
	for (int i = 0; i < SCIM_NAMED_MAX; i++)
		even[i] = 2 * i + 2;
	struct scim_members m = scim_members_of(cx.arena, even, SCIM_NAMED_MAX - 3);
	cx.n_failures = 0;
	for (int i = 0; i < 3; i++)
		json_array_append_new(odd, json_sprintf("%d", 6 * i + 1));
	json_auto_t *request = json_pack("{s:[{s:s,s:s,s:O}]}", "Operations", "op", "add", "path", "members", "value", odd);
	assert_int_equal(scim_members_patch(&cx, request, &m, &rest), OK);
	json_decref(rest);
	assert_int_equal(m.n, SCIM_NAMED_MAX);
	for (size_t i = 1; i < m.n; i++)
		assert_true(m.v[i - 1] < m.v[i]);
	assert_true(m.v[0] == 1 && m.v[1] == 2 && m.v[4] == 7);
	/* Who is in already takes no room. */
	assert_int_equal(scim_members_patch(&cx, request, &m, &rest), OK);
	json_decref(rest);
	json_array_append_new(odd, json_string("19"));
	assert_int_equal(scim_members_patch(&cx, request, &m, &rest), ERR_INVALID);
	assert_true(str_starts(cx.failures[0].field, S("tooMany")));
	assert_int_equal(m.n, SCIM_NAMED_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_are_added_replaced_and_removed_in_every_form),
		cmocka_unit_test(what_is_no_member_is_refused),
		cmocka_unit_test(so_many_can_be_named_and_no_more),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
