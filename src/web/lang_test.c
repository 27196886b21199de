/* Tests of translations and of filling places. The Hindi texts are those of po/hi.po. */
#include "web/lang.h"

#include <setjmp.h>
/* Last: cmocka has macros named fail and fail_msg too. */
#include <cmocka.h>

static void translates(void **state)
{
	(void)state;
	const char *own = "a text that nobody translated";
	assert_string_equal(tr(LANG_HI, "Sign in"), "साइन इन करें");
	assert_string_equal(tr(LANG_EN, "Sign in"), "Sign in");
	assert_ptr_equal(tr(LANG_HI, own), own);
	assert_ptr_equal(tr(LANG_EN, own), own);
	assert_string_equal(tr(LANG_HI, ""), "");
	assert_string_equal(tr_in(LANG_HI, pgettext_("no such context", "Sign in")), "Sign in");
}

/* Every text of every table is found under its English. */
static void finds_all(void **state)
{
	(void)state;
	for (int l = 0; l < LANG_COUNT_; l++)
		for (size_t i = 0; i < lang_tables[l].n; i++)
			assert_ptr_equal(tr((enum lang)l, lang_tables[l].v[i].english), lang_tables[l].v[i].text[0]);
	assert_true(lang_tables[LANG_HI].n > 50);
}

static void plurals(void **state)
{
	(void)state;
	static const char one[] = "{n} chosen", many[] = "{n} chosen";
	assert_string_equal(trn(LANG_EN, "{n} thing", "{n} things", 0), "{n} things");
	assert_string_equal(trn(LANG_EN, "{n} thing", "{n} things", 1), "{n} thing");
	assert_string_equal(trn(LANG_EN, "{n} thing", "{n} things", 2), "{n} things");
	/* Untranslated texts are English and follow its rule. */
	assert_string_equal(trn(LANG_HI, "{n} thing", "{n} things", 0), "{n} things");
	assert_string_equal(trn(LANG_HI, one, many, 0), "{n} चुना गया");
	assert_string_equal(trn(LANG_HI, one, many, 1), "{n} चुना गया");
	assert_string_equal(trn(LANG_HI, one, many, 2), "{n} चुने गए");
	assert_string_equal(trn(LANG_HI, one, many, -1), "{n} चुना गया");
	assert_string_equal(trn(LANG_HI, one, many, INT64_MIN), "{n} चुना गया");
	/* A text that is plain in one place and counted in another still has all forms. */
	assert_string_equal(trn(LANG_HI, "Sign in", "Sign in", 5), "साइन इन करें");
}

static void fills(void **state)
{
	(void)state;
	struct ctx cx = { .arena = arena_new(), .lang = LANG_HI };
	const struct msg_arg args[] = { { "a", S("1") }, { "b_2", S("{a}") }, { "none", STR_NONE } };
	assert_string_equal(msg_fill(&cx, "{a}-{b_2}-{a}", 3, args).p, "1-{a}-1");
	assert_string_equal(msg_fill(&cx, "{other} {a", 3, args).p, "{other} {a");
	assert_string_equal(msg_fill(&cx, "{} {A} { {a}} }{", 3, args).p, "{} {A} { 1} }{");
	assert_string_equal(msg_fill(&cx, "[{none}]", 3, args).p, "[]");
	assert_string_equal(msg_fill(&cx, "{a}", 0, NULL).p, "{a}");
	const struct msg_arg when = { "when", S("5") };
	assert_string_equal(msg_text(&cx, "since {when}", 1, &when).p, "5 से");
	cx.lang = LANG_EN;
	assert_string_equal(msg_text(&cx, "since {when}", 1, &when).p, "since 5");
	arena_free(cx.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(translates), cmocka_unit_test(finds_all), cmocka_unit_test(plurals), cmocka_unit_test(fills) };
	return cmocka_run_group_tests_name("lang", tests, NULL, NULL);
}
