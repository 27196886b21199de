/* Tests of keeping, fitting, marking and showing the kinds of questions that examinations have beside those of GIFT; no database. */
#include "feature/quiz/quiz_page.h"

#include <math.h>
#include <stdlib.h>

static struct arena *mem;
static struct ctx cx;

static struct strs list(size_t n, const char *const *v)
{
	struct strs r = { 0 };
	for (size_t i = 0; i < n; i++)
		*ARENA_PUSH(mem, r.v, r.n) = str_of(v[i]);
	return r;
}
#define GIVEN(...) list(sizeof((const char *[]){ __VA_ARGS__ }) / sizeof(char *), (const char *[]){ __VA_ARGS__ })

/* A question of texts, the first worth most. */
static struct question question(enum question_kind kind, size_t n, const char *const *texts, const double *weights)
{
	struct question q = { .kind = kind, .name = S("q"), .lang = S("en"), .text = S("What?"), .partial = true };
	for (size_t i = 0; i < n; i++)
		*ARENA_PUSH(mem, q.options, q.n_options) = (struct question_option){ .text = str_of(texts[i]), .weight = weights ? weights[i] : 100 };
	return q;
}

static void load(const struct question *q, struct quiz_asked *asked, struct quiz_key *key)
{
	struct str a, k, kind = str_of(question_kind_name(q->kind));
	quiz_store(&cx, q, &a, &k);
	assert_int_equal(quiz_load_asked(&cx, kind, a, asked), OK);
	assert_int_equal(quiz_load_key(&cx, kind, k, key), OK);
}

/* The part that an answer earns that is given as a person gives it, by the texts of options. */
static double part(const struct question *q, struct strs given)
{
	struct quiz_asked asked;
	struct quiz_key key;
	struct strs fitted;
	load(q, &asked, &key);
	for (size_t i = 0; i < given.n; i++)
		for (size_t k = 0; k < asked.n_options; k++)
			if (str_eq(asked.options[k].text, given.v[i]))
				given.v[i] = asked.options[k].id;
	assert_null(quiz_fit(mem, &asked, &given, &fitted));
	return quiz_mark(mem, &key, &fitted).part;
}
#define assert_part(q, expected, ...) assert_true(fabs(part(q, GIVEN(__VA_ARGS__)) - (expected)) < 1e-9)

static const char *const steps[] = { "receive", "diarise", "examine", "put up" };

static void test_order_earns_kendalls_tau(void **state)
{
	struct question q = question(Q_ORDERING, 4, steps, NULL);
	(void)state;
	assert_part(&q, 1, "receive", "diarise", "examine", "put up");
	assert_part(&q, 4. / 6, "diarise", "receive", "examine", "put up"); /* five pairs right, one wrong */
	assert_part(&q, 2. / 6, "diarise", "receive", "put up", "examine");
	assert_part(&q, 0, "put up", "examine", "diarise", "receive"); /* the floor */
	assert_part(&q, 0, "put up", "receive", "diarise", "examine"); /* three and three */
	assert_part(&q, 3. / 6, "receive", "diarise", "examine"); /* what is not placed is in no pair */
	assert_part(&q, 0, "receive");
	q.partial = false;
	assert_part(&q, 1, "receive", "diarise", "examine", "put up");
	assert_part(&q, 0, "diarise", "receive", "examine", "put up");
}

static void test_places_of_a_form_become_an_order(void **state)
{
	struct question q = question(Q_ORDERING, 4, steps, NULL); /* ids by text: a diarise, b examine, c put up, d receive */
	struct quiz_asked asked;
	struct quiz_key key;
	struct strs fitted, given = GIVEN("a=2", "b=3", "c=4", "d=1");
	(void)state;
	load(&q, &asked, &key);
	assert_null(quiz_fit(mem, &asked, &given, &fitted));
	assert_true(str_is(quiz_write_given(mem, &fitted), "[\"d\",\"a\",\"b\",\"c\"]"));
	assert_true(quiz_mark(mem, &key, &fitted).part == 1);
	given = GIVEN("a=4", "b=", "c=", "d=2"); /* places not given yet are no mistake */
	assert_null(quiz_fit(mem, &asked, &given, &fitted));
	assert_true(str_is(quiz_write_given(mem, &fitted), "[\"d\",\"a\"]"));
	static const char *const wrong[] = { "[\"a=1\",\"b=1\"]", "[\"a=1\",\"a=2\"]", "[\"a=first\"]", "[\"z=1\"]", "[\"a\",\"a\"]", "[\"z\"]" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_true(quiz_read_given(mem, str_of(wrong[i]), &given));
		assert_non_null(quiz_fit(mem, &asked, &given, &fitted));
	}
}

static void test_all_or_nothing(void **state)
{
	static const char *const texts[] = { "a", "b", "c", "d" };
	struct question q = question(Q_MULTIPLE, 4, texts, (const double[]){ 50, 50, 0, 0 });
	(void)state;
	q.partial = false;
	assert_part(&q, 1, "b", "a");
	assert_part(&q, 0, "a");
	assert_part(&q, 0, "a", "b", "c"); /* ticking all is no way to a mark */
	assert_part(&q, 0, "c", "d");
	struct question m = question(Q_MATCHING, 2, (const char *const[]){ "India", "Bihar" }, NULL);
	m.options[0].match = S("Delhi");
	m.options[1].match = S("Patna");
	assert_part(&m, 0.5, "1=a");
	m.partial = false;
	assert_part(&m, 0, "1=a");
	assert_part(&m, 1, "1=a", "2=b");
}

static void test_judgement_earns_what_the_option_is_worth(void **state)
{
	static const char *const texts[] = { "Report it in writing", "Tell a colleague", "Do nothing" };
	struct question q = question(Q_JUDGEMENT, 3, texts, (const double[]){ 100, 40, 0 });
	(void)state;
	assert_part(&q, 1, "Report it in writing");
	assert_part(&q, 0.4, "Tell a colleague");
	assert_part(&q, 0, "Do nothing");
}

static void test_areas_travel_and_the_right_one_does_not(void **state)
{
	static const char *const texts[] = { "Signature", "Date", "Subject" };
	struct question q = question(Q_HOTSPOT, 3, texts, (const double[]){ 100, 0, 0 });
	struct str asked, key;
	struct quiz_asked a;
	struct quiz_shown s;
	struct strs none = { 0 };
	(void)state;
	q.options[0].area = S("circle 500 900 80");
	q.options[1].area = S("rect 700 0 900 100");
	q.options[2].area = S("poly 100 200 300 200 200 500");
	q.picture = (struct question_picture){ .name = S("letter.png"), .type = "image/png", .alt = S("A letter"), .width = 400, .height = 800 };
	assert_part(&q, 1, "Signature");
	assert_part(&q, 0, "Date");
	quiz_store(&cx, &q, &asked, &key);
	assert_true(str_find(asked, S("circle 500 900 80")) >= 0);
	assert_true(str_find(asked, S("weight")) < 0);
	assert_int_equal(quiz_load_asked(&cx, S("hotspot"), asked, &a), OK);
	quiz_show(mem, &a, &none, 7, &s);
	struct quiz_question_item x = quiz_question_item(&cx, &s, &none);
	assert_int_equal(x.drawing_height, 2000); /* twice as high as wide */
	for (size_t i = 0; i < x.n_options; i++) {
		const struct quiz_area_item *area = &x.options[i].area;
		if (str_is(x.options[i].text, "Signature"))
			assert_true(area->x == 500 && area->y == 1800 && area->r == 80);
		else if (str_is(x.options[i].text, "Date"))
			assert_true(area->x == 700 && area->y == 0 && area->width == 200 && area->height == 200);
		else
			assert_true(str_is(area->points, "100,400 300,400 200,1000"));
	}
}

static void test_people_mark_long_answers(void **state)
{
	struct question q = { .kind = Q_LONG, .lang = S("en"), .text = S("Write a note."), .marks = 10, .words = 150, .sample = S("SECRET"), .n_rubric = 1,
			      .rubric = (struct question_criterion[]){ { S("SECRET form"), 10, S("…") } } };
	struct quiz_asked asked;
	struct quiz_key key;
	struct strs fitted, given = GIVEN("Two\nlines");
	struct str a, k;
	(void)state;
	load(&q, &asked, &key);
	assert_false(quiz_machine_marks(Q_LONG));
	assert_null(quiz_fit(mem, &asked, &given, &fitted));
	assert_true(str_is(fitted.v[0], "Two\nlines")); /* as it was written */
	assert_true(quiz_mark(mem, &key, &fitted).part == 0);
	assert_int_equal(asked.words, 150);
	assert_true(key.n_rubric == 1 && key.rubric[0].points == 10);
	quiz_store(&cx, &q, &a, &k);
	assert_true(str_find(a, S("SECRET")) < 0);
	char *much = arena_alloc(mem, GIVEN_LONG_MAX + 2);
	memset(much, 'x', GIVEN_LONG_MAX + 1);
	given = GIVEN(much);
	assert_non_null(quiz_fit(mem, &asked, &given, &fitted));
	much[GIVEN_LONG_MAX] = '\0';
	given = GIVEN(much);
	assert_null(quiz_fit(mem, &asked, &given, &fitted));
}

static void test_a_case_takes_no_answer(void **state)
{
	struct question q = { .kind = Q_CASE, .lang = S("en"), .text = S("An officer …") };
	struct quiz_asked asked;
	struct quiz_key key;
	struct strs fitted, given = GIVEN("a");
	(void)state;
	load(&q, &asked, &key);
	assert_false(quiz_machine_marks(Q_CASE));
	assert_non_null(quiz_fit(mem, &asked, &given, &fitted));
}

/* ── languages ── */

static struct question translated(enum question_kind kind, size_t n, const char *const *texts, const char *const *hindi, const double *weights)
{
	struct question q = question(kind, n, texts, weights);
	q.n_translations = 1;
	q.translations = ARENA_NEW(mem, struct question);
	q.translations[0] = question(kind, n, hindi, weights);
	q.translations[0].lang = S("hi");
	q.translations[0].text = S("क्या?");
	return q;
}

static struct quiz_text *stored(const struct question *q, struct str *key, size_t *n)
{
	struct quiz_text *v;
	assert_null(quiz_store_fault(q));
	quiz_store_texts(&cx, q, key, &v, n);
	return v;
}

static void test_ids_are_the_same_in_all_languages(void **state)
{
	static const char *const en[] = { "zebra", "ant", "mouse" }, *const hi[] = { "क", "ख", "ग" };
	struct question q = translated(Q_SINGLE, 3, en, hi, (const double[]){ 100, 0, 0 });
	struct quiz_asked a;
	struct str key;
	size_t n;
	struct quiz_text *v = stored(&q, &key, &n);
	(void)state;
	assert_int_equal(n, 2);
	assert_true(v[0].base && !v[1].base);
	assert_int_equal(quiz_load_asked(&cx, S("single"), v[1].asked, &a), OK);
	assert_true(str_is(a.options[0].id, "a") && str_is(a.options[0].text, "ख")); /* ant */
	assert_true(str_is(a.options[2].id, "c") && str_is(a.options[2].text, "क")); /* zebra */
}

static void test_a_short_answer_is_accepted_in_each_language(void **state)
{
	static const char *const en[] = { "thirty" }, *const hi[] = { "तीस" };
	struct question q = translated(Q_SHORT, 1, en, hi, (const double[]){ 100 });
	struct quiz_key k;
	struct str key;
	size_t n;
	struct strs given;
	(void)state;
	stored(&q, &key, &n);
	assert_int_equal(quiz_load_key(&cx, S("short"), key, &k), OK);
	given = GIVEN("Thirty");
	assert_true(quiz_mark(mem, &k, &given).part == 1);
	given = GIVEN("तीस");
	assert_true(quiz_mark(mem, &k, &given).part == 1);
}

static void test_a_key_has_no_words(void **state)
{
	static const char *const en[] = { "yes", "no" }, *const hi[] = { "हाँ", "नहीं" };
	struct question q = translated(Q_SINGLE, 2, en, hi, (const double[]){ 100, 0 });
	struct quiz_key k;
	struct str key;
	size_t n;
	q.options[0].feedback = S("Section 7");
	q.translations[0].options[0].feedback = S("धारा 7");
	struct quiz_text *v = stored(&q, &key, &n);
	(void)state;
	assert_true(str_find(key, S("Section 7")) < 0);
	assert_int_equal(quiz_load_key(&cx, S("single"), key, &k), OK);
	assert_int_equal(quiz_load_feedback(&cx, v[1].feedback, &k), OK);
	assert_true(str_is(k.options[0].feedback, "धारा 7"));
}

static struct question again(const struct question *q)
{
	struct question r;
	struct str key;
	size_t n;
	struct quiz_text *v = stored(q, &key, &n);
	assert_int_equal(quiz_restore(&cx, str_of(question_kind_name(q->kind)), key, v, n, &r), OK);
	return r;
}

/* What is kept of a question and kept again is the same: so a file that is brought in twice changes nothing. */
static void test_a_question_comes_back(void **state)
{
	static const char *const en[] = { "one", "two", "three" }, *const hi[] = { "एक", "दो", "तीन" };
	static const enum question_kind kinds[] = { Q_SINGLE, Q_MULTIPLE, Q_SHORT, Q_MATCHING, Q_ORDERING, Q_HOTSPOT, Q_JUDGEMENT };
	(void)state;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const double *weights = kinds[i] == Q_MULTIPLE ? (const double[]){ 50, 50, -50 } : (const double[]){ 100, 0, 0 };
		struct question q = translated(kinds[i], 3, en, hi, kinds[i] == Q_MATCHING || kinds[i] == Q_ORDERING ? NULL : weights);
		for (size_t k = 0; kinds[i] == Q_MATCHING && k < 3; k++) {
			q.options[k].match = str_of(((const char *const[]){ "x", "y", "x" })[k]);
			q.translations[0].options[k].match = str_of(((const char *const[]){ "क", "ख", "क" })[k]);
		}
		for (size_t k = 0; kinds[i] == Q_HOTSPOT && k < 3; k++)
			q.options[k].area = q.translations[0].options[k].area = S("rect 0 0 10 10");
		struct question r = again(&q);
		struct str key, key_again;
		size_t n, n_again;
		struct quiz_text *v = stored(&q, &key, &n), *v_again = stored(&r, &key_again, &n_again);
		assert_int_equal(r.n_translations, 1);
		assert_int_equal(r.n_options, 3);
		/* Accepted texts and options may come in another order of the same weights. */
		assert_int_equal(n, n_again);
		for (size_t t = 0; t < n; t++)
			assert_true(str_eq(v[t].asked, v_again[t].asked));
		for (size_t k = 0; k < r.n_options; k++)
			for (size_t o = 0; o < q.n_options; o++)
				if (str_eq(r.options[k].text, q.options[o].text)) {
					assert_true(r.options[k].weight == q.options[o].weight);
					assert_true(str_eq(r.translations[0].options[k].text, q.translations[0].options[o].text));
				}
	}
}

static void test_an_order_is_shown_as_it_was_given(void **state)
{
	struct question q = question(Q_ORDERING, 4, steps, NULL);
	struct quiz_asked asked;
	struct quiz_key key;
	struct quiz_shown s;
	struct strs given = GIVEN("b", "a");
	(void)state;
	load(&q, &asked, &key);
	quiz_show(mem, &asked, &given, 99, &s);
	assert_true(str_is(s.options[0].id, "b") && str_is(s.options[1].id, "a") && s.options[2].place == 0);
	quiz_reveal(mem, &key, &s);
	for (size_t i = 0; i < 4; i++)
		assert_true(str_is(s.options[i].text, steps[i])); /* as is right */
	assert_int_equal(s.options[1].place, 2); /* diarise */
	assert_true(s.options[1].right);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order_earns_kendalls_tau),
		cmocka_unit_test(test_places_of_a_form_become_an_order),
		cmocka_unit_test(test_all_or_nothing),
		cmocka_unit_test(test_judgement_earns_what_the_option_is_worth),
		cmocka_unit_test(test_areas_travel_and_the_right_one_does_not),
		cmocka_unit_test(test_people_mark_long_answers),
		cmocka_unit_test(test_a_case_takes_no_answer),
		cmocka_unit_test(test_ids_are_the_same_in_all_languages),
		cmocka_unit_test(test_a_short_answer_is_accepted_in_each_language),
		cmocka_unit_test(test_a_key_has_no_words),
		cmocka_unit_test(test_a_question_comes_back),
		cmocka_unit_test(test_an_order_is_shown_as_it_was_given),
	};
	mem = arena_new();
	cx = (struct ctx){ .arena = mem };
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(mem);
	return failed;
}
