/* The language of rules: reading, refusing, writing, trying, saying. Without a database. */
#include "feature/group/rule.h"
#include "base/clock.h"
#include "feature/group/rule_words.h"

#include <stdlib.h>

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

static struct rule parsed(const char *json)
{
	struct rule r;
	cx.n_failures = 0;
	enum err e = rule_parse(&cx, str_of(json), &r);
	if (e != OK)
		print_error("%s: %s\n", json, cx.n_failures ? cx.failures[0].text : "?");
	assert_int_equal(e, OK);
	return r;
}

/* ── reading and writing ── */

#define ONE(condition) "{\"any\":[{\"all\":[" condition "]}]}"

static void every_kind_reads_back_as_it_was_written(void **state)
{
	static const char *const rules[] = {
		ONE("{\"is\":\"org\",\"ids\":[\"71\",\"72\"],\"below\":true}"),
		ONE("{\"is\":\"org\",\"ids\":[\"71\"],\"below\":false}"),
		ONE("{\"is\":\"designation\",\"ids\":[\"9\"]}"),
		ONE("{\"is\":\"group\",\"values\":[\"A\",\"C\"]}"),
		ONE("{\"is\":\"service\",\"values\":[\"CSS\",\"भारतीय सेवा\"]}"),
		ONE("{\"is\":\"level\",\"from\":6,\"to\":9}"),
		ONE("{\"is\":\"level\",\"to\":9}"),
		ONE("{\"is\":\"role\",\"values\":[\"mdo_admin\",\"operator\"]}"),
		ONE("{\"is\":\"people\",\"ids\":[\"4611686018427387904\"]}"),
		ONE("{\"is\":\"people\",\"ids\":[]}"),
		ONE("{\"is\":\"joined\",\"since\":\"2024-02-29\"}"),
		ONE("{\"is\":\"post\",\"months\":12}"),
		ONE("{\"is\":\"completed\",\"course\":\"5\"}"),
		ONE("{\"is\":\"not_completed\",\"course\":\"5\"}"),
		ONE("{\"is\":\"field\",\"field\":\"8\",\"values\":[\"Pune\"]}"),
		"{\"any\":[{\"all\":[{\"is\":\"group\",\"values\":[\"B\"]},{\"is\":\"post\",\"months\":1}]},{\"all\":[{\"is\":\"people\",\"ids\":[\"3\"]}]}]}",
	};
	(void)state;
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		struct rule r = parsed(rules[i]);
		assert_string_equal(rule_json(&cx, &r).p, rules[i]);
	}
	struct rule numbers = parsed(ONE("{\"is\":\"people\",\"ids\":[7]}"));
	assert_string_equal(rule_json(&cx, &numbers).p, ONE("{\"is\":\"people\",\"ids\":[\"7\"]}"));
}

static void what_is_no_rule_is_refused_with_its_place(void **state)
{
	static const struct {
		const char *json, *says;
	} bad[] = {
		{ "", "JSON" },
		{ "{", "JSON" },
		{ "[]", "“any”" },
		{ "{}", "“any”" },
		{ "{\"any\":1}", "“any”" },
		{ "{\"any\":[],\"x\":1}", "“any”" },
		{ "{\"any\":[]}", "at least one block" },
		{ "{\"any\":[{}]}", "“all”" },
		{ "{\"any\":[{\"all\":[]}]}", "no condition" },
		{ "{\"any\":[[]]}", "“all”" },
		{ "{\"any\":[{\"all\":[],\"none\":[]}]}", "“all”" },
		{ ONE("7"), "“is”" },
		{ ONE("{}"), "“is”" },
		{ ONE("{\"is\":\"height\"}"), "“is”" },
		{ ONE("{\"is\":7}"), "“is”" },
		{ ONE("{\"is\":\"org\"}"), "“ids”" },
		{ ONE("{\"is\":\"org\",\"ids\":[]}"), "nothing is chosen" },
		{ ONE("{\"is\":\"org\",\"ids\":[\"x\"]}"), "“ids”" },
		{ ONE("{\"is\":\"org\",\"ids\":[0]}"), "“ids”" },
		{ ONE("{\"is\":\"org\",\"ids\":[-1]}"), "“ids”" },
		{ ONE("{\"is\":\"org\",\"ids\":[1.5]}"), "“ids”" },
		{ ONE("{\"is\":\"org\",\"ids\":[\"1\"],\"below\":1}"), "“below”" },
		{ ONE("{\"is\":\"designation\",\"ids\":[\"1\"],\"below\":true}"), "does not have" },
		{ ONE("{\"is\":\"group\",\"values\":[\"D\"]}"), "A, B and C" },
		{ ONE("{\"is\":\"group\",\"values\":\"A\"}"), "“values”" },
		{ ONE("{\"is\":\"group\",\"values\":[]}"), "nothing is chosen" },
		{ ONE("{\"is\":\"group\",\"values\":[1]}"), "A, B and C" },
		{ ONE("{\"is\":\"service\",\"values\":[\" \"]}"), "service" },
		{ ONE("{\"is\":\"role\",\"values\":[\"king\"]}"), "role" },
		{ ONE("{\"is\":\"level\"}"), "pay level is needed" },
		{ ONE("{\"is\":\"level\",\"from\":0}"), "1 to 18" },
		{ ONE("{\"is\":\"level\",\"to\":19}"), "1 to 18" },
		{ ONE("{\"is\":\"level\",\"from\":-9223372036854775808}"), "1 to 18" },
		{ ONE("{\"is\":\"level\",\"from\":9,\"to\":6}"), "above the last" },
		{ ONE("{\"is\":\"level\",\"from\":\"6\"}"), "whole number" },
		{ ONE("{\"is\":\"people\",\"ids\":{}}"), "“ids”" },
		{ ONE("{\"is\":\"joined\"}"), "date is needed" },
		{ ONE("{\"is\":\"joined\",\"since\":\"2026-02-30\"}"), "2024-01-31" },
		{ ONE("{\"is\":\"joined\",\"since\":7}"), "date is needed" },
		{ ONE("{\"is\":\"post\"}"), "1 to 600" },
		{ ONE("{\"is\":\"post\",\"months\":601}"), "1 to 600" },
		{ ONE("{\"is\":\"completed\"}"), "“course”" },
		{ ONE("{\"is\":\"completed\",\"course\":[\"1\"]}"), "“course”" },
		{ "{\"any\":[{\"all\":[{\"is\":\"post\",\"months\":1}]}],\"any\":[]}", "JSON" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct rule r;
		cx.n_failures = 0;
		assert_int_equal(rule_parse(&cx, str_of(bad[i].json), &r), ERR_INVALID);
		assert_int_equal(cx.n_failures, 1);
		assert_true(str_is(cx.failures[0].field, "rule"));
		if (!strstr(cx.failures[0].text, bad[i].says))
			print_error("%s: %s\n", bad[i].json, cx.failures[0].text);
		assert_non_null(strstr(cx.failures[0].text, bad[i].says));
	}
	/* The place counts from one. */
	struct rule r;
	cx.n_failures = 0;
	assert_int_equal(
	    rule_parse(
		&cx, S("{\"any\":[{\"all\":[{\"is\":\"post\",\"months\":1}]},{\"all\":[{\"is\":\"post\",\"months\":1},{\"is\":\"post\",\"months\":0}]}]}"), &r),
	    ERR_INVALID);
	assert_true(str_is(cx.failures[0].args[0].value, "2") && str_is(cx.failures[0].args[1].value, "2"));
}

static void the_limits_hold(void **state)
{
	struct buf b;
	struct rule r;
	(void)state;
	for (int n = RULE_BLOCKS_MAX; n <= RULE_BLOCKS_MAX + 1; n++) {
		buf_init(&b, cx.arena, 1 << 20);
		buf_lit(&b, "{\"any\":[");
		for (int i = 0; i < n; i++)
			buf_fmt(&b, "%s{\"all\":[{\"is\":\"post\",\"months\":1}]}", i ? "," : "");
		buf_lit(&b, "]}");
		assert_int_equal(rule_parse(&cx, buf_get(&b), &r), n > RULE_BLOCKS_MAX ? ERR_INVALID : OK);
	}
	for (int n = RULE_CONDITIONS_MAX; n <= RULE_CONDITIONS_MAX + 1; n++) {
		buf_init(&b, cx.arena, 1 << 20);
		buf_lit(&b, "{\"any\":[{\"all\":[");
		for (int i = 0; i < n; i++)
			buf_fmt(&b, "%s{\"is\":\"post\",\"months\":1}", i ? "," : "");
		buf_lit(&b, "]}]}");
		assert_int_equal(rule_parse(&cx, buf_get(&b), &r), n > RULE_CONDITIONS_MAX ? ERR_INVALID : OK);
	}
	for (int n = RULE_VALUES_MAX; n <= RULE_VALUES_MAX + 1; n++) {
		buf_init(&b, cx.arena, 1 << 20);
		buf_lit(&b, "{\"any\":[{\"all\":[{\"is\":\"people\",\"ids\":[");
		for (int i = 0; i < n; i++)
			buf_fmt(&b, "%s%d", i ? "," : "", i + 1);
		buf_lit(&b, "]}]}]}");
		assert_int_equal(rule_parse(&cx, buf_get(&b), &r), n > RULE_VALUES_MAX ? ERR_INVALID : OK);
	}
	/* Of all that has ids only people may be more than so many. */
	for (int kind = 0; kind < 2; kind++) {
		buf_init(&b, cx.arena, 1 << 20);
		buf_lit(&b, "{\"any\":[");
		for (int i = 0; i <= RULE_IDS_MAX; i++) {
			if (i % RULE_VALUES_MAX == 0)
				buf_fmt(&b, "%s{\"all\":[{\"is\":\"%s\",\"ids\":[", i ? "]}]}," : "", kind ? "org" : "people");
			buf_fmt(&b, "%s%d", i % RULE_VALUES_MAX ? "," : "", i + 1);
		}
		buf_lit(&b, "]}]}]}");
		assert_int_equal(rule_parse(&cx, buf_get(&b), &r), kind ? ERR_INVALID : OK);
	}
	buf_init(&b, cx.arena, 1 << 20);
	for (int i = 0; i <= RULE_BYTES_MAX; i++)
		buf_char(&b, ' ');
	assert_int_equal(rule_parse(&cx, buf_get(&b), &r), ERR_INVALID);
}

/* Any bytes are refused or read; nothing else happens. */
static void any_bytes_are_refused_or_read(void **state)
{
	static const char seed[] = "{\"any\":[{\"all\":[{\"is\":\"org\",\"ids\":[\"71\"],\"below\":true},{\"is\":\"level\",\"from\":6,\"to\":9},{\"is\":"
				   "\"joined\",\"since\":\"2024-01-31\"}]}]}";
	static const char bits[] = "{}[]\",:0x-9 a\\";
	uint32_t chance = 7;
	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct arena_mark mark = arena_mark(cx.arena);
		char text[sizeof seed];
		struct rule r;
		memcpy(text, seed, sizeof seed);
		for (int k = 0; k < 1 + i % 4; k++) {
			chance = chance * 1664525u + 1013904223u;
			text[(chance >> 8) % (sizeof seed - 1)] = bits[(chance >> 4) % (sizeof bits - 1)];
		}
		cx.n_failures = 0;
		if (rule_parse(&cx, (struct str){ text, sizeof seed - 1 }, &r) == OK) {
			struct str again = rule_json(&cx, &r);
			struct rule s;
			assert_int_equal(rule_parse(&cx, again, &s), OK);
			assert_true(str_eq(rule_json(&cx, &s), again));
		}
		arena_back(cx.arena, mark);
	}
}

/* ── trying ── */

static const int64_t above[] = { 30, 20, 10 };

static struct subject asha(void)
{
	return (struct subject){ .person_id = 1,
				 .org_id = 30,
				 .designation_id = 9,
				 .level = 8,
				 .joined_day = clock_day_of(2024, 3, 1),
				 .post_day = clock_day_of(2026, 2, 28),
				 .above = above,
				 .n_above = 3,
				 .group = 2,
				 .roles = 1,
				 .service = 0 };
}

/* Has completed course 5, and said Pune in field 8. */
static bool known(const void *arg, enum rule_fact what, size_t n, int64_t person_id)
{
	const struct rule_set *s = arg;
	if (what == RULE_ANSWERED)
		return s->answers[n].field_id == 8 && str_is(s->answers[n].value, "Pune") && person_id == 1;
	return s->courses[n] == 5 && person_id == 1;
}

static bool fits(const char *json, struct subject who, const char *service)
{
	struct rule_set s = { .today = clock_day_of(2026, 5, 31) };
	struct rule r = parsed(json);
	rule_set_add(cx.arena, &s, 1, 20, false, &r);
	who.service = rule_set_service(&s, str_of(service));
	return rule_fits(&s, 0, &who, known, &s);
}

static void every_condition_takes_in_whom_it_says(void **state)
{
	static const struct {
		const char *json;
		bool fits;
	} cases[] = {
		{ ONE("{\"is\":\"org\",\"ids\":[\"30\"]}"), true },
		{ ONE("{\"is\":\"org\",\"ids\":[\"20\"]}"), false },
		{ ONE("{\"is\":\"org\",\"ids\":[\"20\"],\"below\":true}"), true },
		{ ONE("{\"is\":\"org\",\"ids\":[\"31\",\"10\"],\"below\":true}"), true },
		{ ONE("{\"is\":\"org\",\"ids\":[\"31\"],\"below\":true}"), false },
		{ ONE("{\"is\":\"designation\",\"ids\":[\"8\",\"9\"]}"), true },
		{ ONE("{\"is\":\"designation\",\"ids\":[\"8\"]}"), false },
		{ ONE("{\"is\":\"group\",\"values\":[\"B\"]}"), true },
		{ ONE("{\"is\":\"group\",\"values\":[\"A\",\"C\"]}"), false },
		{ ONE("{\"is\":\"service\",\"values\":[\"IAS\",\"CSS\"]}"), true },
		{ ONE("{\"is\":\"service\",\"values\":[\"css\"]}"), false },
		{ ONE("{\"is\":\"level\",\"from\":8,\"to\":8}"), true },
		{ ONE("{\"is\":\"level\",\"from\":9}"), false },
		{ ONE("{\"is\":\"level\",\"to\":7}"), false },
		{ ONE("{\"is\":\"level\",\"to\":8}"), true },
		{ ONE("{\"is\":\"role\",\"values\":[\"mdo_admin\"]}"), true },
		{ ONE("{\"is\":\"role\",\"values\":[\"author\",\"operator\"]}"), false },
		{ ONE("{\"is\":\"people\",\"ids\":[\"1\"]}"), true },
		{ ONE("{\"is\":\"people\",\"ids\":[\"2\"]}"), false },
		{ ONE("{\"is\":\"people\",\"ids\":[\"3\",\"1\",\"2\"]}"), true },
		{ ONE("{\"is\":\"people\",\"ids\":[]}"), false },
		{ ONE("{\"is\":\"joined\",\"since\":\"2024-03-01\"}"), true },
		{ ONE("{\"is\":\"joined\",\"since\":\"2024-03-02\"}"), false },
		/* 31 May less three months is the last of February. */
		{ ONE("{\"is\":\"post\",\"months\":3}"), true },
		{ ONE("{\"is\":\"post\",\"months\":4}"), false },
		{ ONE("{\"is\":\"completed\",\"course\":\"5\"}"), true },
		{ ONE("{\"is\":\"completed\",\"course\":\"6\"}"), false },
		{ ONE("{\"is\":\"field\",\"field\":\"8\",\"values\":[\"Nagpur\",\"Pune\"]}"), true },
		{ ONE("{\"is\":\"field\",\"field\":\"8\",\"values\":[\"Nagpur\"]}"), false },
		{ ONE("{\"is\":\"field\",\"field\":\"9\",\"values\":[\"Pune\"]}"), false },
		{ ONE("{\"is\":\"not_completed\",\"course\":\"6\"}"), true },
		{ ONE("{\"is\":\"not_completed\",\"course\":\"5\"}"), false },
		/* all of a block, any of the blocks */
		{ ONE("{\"is\":\"group\",\"values\":[\"B\"]},{\"is\":\"post\",\"months\":4}"), false },
		{ "{\"any\":[{\"all\":[{\"is\":\"post\",\"months\":4}]},{\"all\":[{\"is\":\"group\",\"values\":[\"B\"]},{\"is\":\"people\",\"ids\":[1]}]}]}",
		  true },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		bool have = fits(cases[i].json, asha(), "CSS");
		if (have != cases[i].fits)
			print_error("%s\n", cases[i].json);
		assert_true(have == cases[i].fits);
	}
}

static void nobody_outside_the_organisation_of_the_group_fits(void **state)
{
	static const int64_t elsewhere[] = { 41, 40, 10 };
	struct subject who = asha();
	(void)state;
	assert_true(fits(ONE("{\"is\":\"people\",\"ids\":[\"1\"]}"), who, "CSS"));
	who.above = elsewhere;
	who.org_id = 41;
	assert_false(fits(ONE("{\"is\":\"people\",\"ids\":[\"1\"]}"), who, "CSS"));
	assert_false(fits(ONE("{\"is\":\"org\",\"ids\":[\"10\"],\"below\":true}"), who, "CSS"));
}

/* A list of people as long as it may be: several blocks, one sentence, and everybody on it fits. */
static void a_long_list_of_people_is_one_list(void **state)
{
	enum { PEOPLE = 2 * RULE_VALUES_MAX + 1 };
	int64_t ids[PEOPLE], *named;
	struct rule_names nobody = { 0 };
	struct rule_set s = { .today = clock_day_of(2026, 5, 31) };
	struct subject who = asha();
	size_t n;
	(void)state;
	for (int i = 0; i < PEOPLE; i++)
		ids[i] = 2 * i + 2;
	struct rule made = rule_naming(cx.arena, ids, PEOPLE), r = parsed(rule_json(&cx, &made).p);
	assert_int_equal(r.n, 3);
	assert_true(rule_named(cx.arena, &r, &named, &n));
	assert_int_equal(n, PEOPLE);
	assert_memory_equal(named, ids, sizeof ids);
	assert_string_equal(rule_words(&cx, LANG_EN, &r, &nobody).p, "Named: ?, ?, ?, ?, ? or 996 more");
	rule_set_add(cx.arena, &s, 1, 20, false, &r);
	for (who.person_id = 1; who.person_id <= 2 * PEOPLE + 1; who.person_id++)
		assert_true(rule_fits(&s, 0, &who, known, &s) == (who.person_id % 2 == 0));
	struct rule empty = rule_naming(cx.arena, ids, 0);
	assert_string_equal(rule_json(&cx, &empty).p, ONE("{\"is\":\"people\",\"ids\":[]}"));
	assert_string_equal(rule_words(&cx, LANG_EN, &empty, &nobody).p, "Named: nobody yet");
	/* Twice the same and in any order; but not where more is asked. */
	struct rule twice = parsed("{\"any\":[{\"all\":[{\"is\":\"people\",\"ids\":[9,3]}]},{\"all\":[{\"is\":\"people\",\"ids\":[3,1]}]}]}"),
		    more = parsed(ONE("{\"is\":\"people\",\"ids\":[1]},{\"is\":\"people\",\"ids\":[1,2]}"));
	assert_true(rule_named(cx.arena, &twice, &named, &n));
	assert_true(n == 3 && named[0] == 1 && named[1] == 3 && named[2] == 9);
	assert_false(rule_named(cx.arena, &more, &named, &n));
}

static void months_end_where_the_calendar_does(void **state)
{
	(void)state;
	assert_int_equal(rule_months_before(clock_day_of(2024, 3, 31), 1), clock_day_of(2024, 2, 29));
	assert_int_equal(rule_months_before(clock_day_of(2026, 1, 15), 1), clock_day_of(2025, 12, 15));
	assert_int_equal(rule_months_before(clock_day_of(2026, 1, 31), 12), clock_day_of(2025, 1, 31));
	assert_int_equal(rule_months_before(clock_day_of(2026, 12, 31), 600), clock_day_of(1976, 12, 31));
}

/* ── saying ── */

static void a_rule_is_a_sentence_in_both_languages(void **state)
{
	struct rule_name v[] = { { 71, S("x"), S("Ministry of X"), S("एक्स मंत्रालय") },
				 { 9, S("so"), S("Section Officer"), S("अनुभाग अधिकारी") },
				 { 1, S("E1"), S("Asha Verma"), S("Asha Verma") },
				 { 5, S("rti"), S("Right to Information"), S("Right to Information") } };
	struct rule_names names = { v, 4 };
	struct rule r = parsed("{\"any\":[{\"all\":[{\"is\":\"group\",\"values\":[\"A\",\"B\"]},{\"is\":\"org\",\"ids\":[\"71\"],\"below\":true},{\"is\":"
			       "\"level\",\"from\":6,\"to\":9},"
			       "{\"is\":\"joined\",\"since\":\"2024-01-31\"},{\"is\":\"post\",\"months\":12},{\"is\":\"not_completed\",\"course\":\"5\"}]},"
			       "{\"all\":[{\"is\":\"people\",\"ids\":[\"1\"]}]},{\"all\":[{\"is\":\"designation\",\"ids\":[\"9\"]},{\"is\":\"service\","
			       "\"values\":[\"CSS\"]},{\"is\":\"role\",\"values\":[\"mdo_admin\"]}]}]}");
	(void)state;
	assert_string_equal(
	    rule_words(&cx, LANG_EN, &r, &names).p,
	    "Group A or B, in Ministry of X and everything below, pay level 6 to 9, joined on 31 Jan 2024 or later, in the present post for 12 months or "
	    "longer, "
	    "has not completed “Right to Information”; or named: Asha Verma; or designation Section Officer, service CSS, holding the role administrator");
	struct str hi = rule_words(&cx, LANG_HI, &r, &names);
	assert_true(str_find(hi, S("एक्स मंत्रालय")) >= 0);
	assert_true(str_find(hi, S("अनुभाग अधिकारी")) >= 0);
	struct rule many = parsed(ONE("{\"is\":\"people\",\"ids\":[1,2,3,4,15,6,7]}"));
	assert_string_equal(rule_words(&cx, LANG_EN, &many, &names).p, "Named: Asha Verma, ?, ?, ?, ? or 2 more");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_reads_back_as_it_was_written),
		cmocka_unit_test(what_is_no_rule_is_refused_with_its_place),
		cmocka_unit_test(the_limits_hold),
		cmocka_unit_test(any_bytes_are_refused_or_read),
		cmocka_unit_test(every_condition_takes_in_whom_it_says),
		cmocka_unit_test(nobody_outside_the_organisation_of_the_group_fits),
		cmocka_unit_test(a_long_list_of_people_is_one_list),
		cmocka_unit_test(months_end_where_the_calendar_does),
		cmocka_unit_test(a_rule_is_a_sentence_in_both_languages),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
