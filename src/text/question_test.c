/* Tests of what a question must be: kinds, areas, pictures, languages brought together. */
#include "text/question.h"
#include "text/text_check.h"

/* The smallest pictures: a header of PNG (640 × 480), and JPEG (320 × 200) with a comment before its frame. */
#define PNG S("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0\0\0\0\0")
#define JPEG S("\xff\xd8\xff\xfe\0\x04hi\xff\xff\xc0\0\x0b\x08\0\xc8\x01\x40\x01\x01\x11\0\xff\xd9")

static struct question_option option(const char *text, double weight)
{
	return (struct question_option){ .text = str_of(text), .weight = weight, .line = 3 };
}

/* Expects this one finding, or none. */
static void expect(const struct question *q, const char *wanted)
{
	struct findings f = { .arena = arena_new() };
	assert_true(question_check(&f, S("x"), q) == !wanted);
	expect_finding(&f, wanted);
	arena_free(f.arena);
}

static void kinds_have_their_names(void **state)
{
	(void)state;
	for (int k = 0; k < QUESTION_KINDS_; k++) {
		enum question_kind again;
		assert_true(question_kind_of(str_of(question_kind_name((enum question_kind)k)), &again));
		assert_int_equal(again, k);
		assert_true(question_is_for_quiz(again) == (k < 6));
	}
	enum question_kind none;
	assert_false(question_kind_of(S("essay"), &none));
}

static void a_choice_has_one_right_answer(void **state)
{
	(void)state;
	struct question_option o[] = { option("thirty", 100), option("forty", 0), option("fifty", -50) };
	struct question q = { .name = S("q"), .text = S("Days?"), .options = o, .n_options = 3, .line = 1 };
	expect(&q, NULL);
	o[1].weight = 100;
	expect(&q, "1: A single choice has one right answer");
	o[0].weight = o[1].weight = 99;
	expect(&q, "1: The question has no right answer");
	o[0] = o[1];
	expect(&q, "3: The answer “forty” stands there twice");
	q.n_options = 1;
	expect(&q, "1: A choice needs at least two options");
}

static void several_right_ones_share_the_mark(void **state)
{
	(void)state;
	struct question_option o[] = { option("a", 33.33333), option("b", 33.33333), option("c", 33.33333), option("d", -100) };
	struct question q = { .kind = Q_MULTIPLE, .partial = true, .name = S("q"), .text = S("Which?"), .options = o, .n_options = 4, .line = 1 };
	expect(&q, NULL);
	q.partial = false;
	expect(&q, "1: Where only the whole answer counts, options have no weights of their own");
	for (int i = 0; i < 3; i++)
		o[i].weight = question_weight(100.0 / 3);
	o[3].weight = 0;
	expect(&q, NULL);
	o[0].weight = 0;
	q.partial = true;
	expect(&q, "1: The weights of the right options must add to 100");
}

static void a_judgement_earns_by_degrees(void **state)
{
	(void)state;
	struct question_option o[] = { option("Ask the superior", 60), option("Record it", 100), option("Do nothing", 0) };
	struct question q = { .kind = Q_JUDGEMENT, .name = S("q"), .text = S("A gift is offered."), .options = o, .n_options = 3, .line = 1 };
	expect(&q, NULL);
	o[0].weight = 100; /* two may be equally good */
	expect(&q, NULL);
	o[2].weight = -10;
	expect(&q, "3: In a situational judgement each option earns from 0 to 100");
	o[2].weight = 0;
	o[0].weight = o[1].weight = 90;
	expect(&q, "1: The question has no right answer");
}

static void a_hotspot_works_without_a_pointer(void **state)
{
	(void)state;
	struct question_option o[] = { option("North gate", 100), option("South gate", 0) };
	o[0].area = S("circle 500 100 60");
	o[1].area = S("rect 400 800 600 1000");
	struct question q = { .kind = Q_HOTSPOT, .name = S("q"), .text = S("Where?"), .options = o, .n_options = 2, .line = 1 };
	expect(&q, "1: Areas to choose from need a picture");
	q.picture = (struct question_picture){ .name = S("plan.png"), .alt = S("Plan of the camp") };
	assert_null(question_picture_read(PNG, &q.picture));
	assert_int_equal(q.picture.width, 640);
	expect(&q, NULL);
	o[1].text = S(" ");
	expect(&q, "3: An answer is empty");
	q.picture.alt = S("");
	o[1].text = S("South");
	expect(&q, "1: A picture needs an alternative text: one line of at most 1,000 characters for those who cannot see it");
}

static void areas_lie_on_the_picture(void **state)
{
	static const char *const bad[] = { "",
					   "circle 1 2",
					   "circle 1 2 0",
					   "circle 1 2 3 4",
					   "rect 5 5 5 9",
					   "rect 0 0 1001 9",
					   "poly 0 0 9 9",
					   "poly 0 0 9 9 5 5",
					   "poly 0 0 9 0 9",
					   "ellipse 1 2 3 4",
					   "circle  1 2 3",
					   "rect -1 0 5 5",
					   "circle x 2 3" };
	struct question_area area;
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(question_area_read(str_of(bad[i]), &area));
	assert_true(question_area_read(S("poly 0 0 500 0 0 1000"), &area));
	assert_int_equal(area.shape, AREA_POLY);
	assert_int_equal(area.n, 6);
	assert_int_equal(area.v[5], 1000);
}

static void pictures_are_png_or_jpeg(void **state)
{
	struct question_picture p = { 0 };
	(void)state;
	assert_null(question_picture_read(JPEG, &p));
	assert_string_equal(p.type, "image/jpeg");
	assert_true(p.width == 320 && p.height == 200);
	assert_string_equal(question_picture_read(S("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), &p), "A picture must be PNG or JPEG");
	assert_non_null(question_picture_read(S("\xff\xd8\xff\xe0\0\0"), &p));
	char *large = calloc(1, QUESTION_PICTURE_MAX + 1);
	memcpy(large, PNG.p, PNG.n);
	assert_null(question_picture_read((struct str){ large, QUESTION_PICTURE_MAX }, &p));
	assert_string_equal(question_picture_read((struct str){ large, QUESTION_PICTURE_MAX + 1 }, &p), "A picture may have at most 200 KiB");
	free(large);
}

static void a_case_has_questions_and_no_case(void **state)
{
	(void)state;
	struct question parts[] = { { .kind = Q_LONG, .text = S("What would you do?"), .line = 2 }, { .kind = Q_CASE, .text = S("Another case"), .line = 7 } };
	struct question q = { .kind = Q_CASE, .name = S("q"), .text = S("A file has been lost."), .parts = parts, .n_parts = 1, .line = 1 };
	expect(&q, NULL);
	q.n_parts = 2;
	expect(&q, "7: A case cannot stand within a case");
	q.n_parts = 0;
	expect(&q, "1: A case needs from 1 to 20 questions");
}

static void a_rubric_adds_to_the_marks(void **state)
{
	(void)state;
	struct question_criterion rows[] = { { S("Law"), 4, S("names the section") }, { S("Clarity"), 2.5, S("") } };
	struct question q = { .kind = Q_LONG, .name = S("q"), .text = S("Discuss."), .marks = 6.5, .rubric = rows, .n_rubric = 2, .words = 300, .line = 1 };
	expect(&q, NULL);
	q.marks = 10;
	expect(&q, "1: The points of the rubric must add to the marks of the question");
	q.n_rubric = 0;
	expect(&q, NULL);
	q.words = QUESTION_WORDS_MAX + 1;
	expect(&q, "1: A long answer may have at most 10,000 words");
}

static void fields_are_looked_at(void **state)
{
	(void)state;
	struct question_option o[] = { option("true", 100), option("false", 0) };
	struct question good = { .kind = Q_TRUEFALSE,
				 .name = S("q"),
				 .text = S("So?"),
				 .options = o,
				 .n_options = 2,
				 .lang = S("hi-Deva-IN"),
				 .bloom = S("apply"),
				 .line = 1 },
			q = good;
	expect(&q, NULL);
	q.lang = S("h");
	expect(&q, "1: “h” is no tag of a language, such as en or hi");
	q = good;
	q.bloom = S("guess");
	expect(&q, "1: bloom must be remember, understand, apply, analyse, evaluate or create, not “guess”");
	q = good;
	q.text = S("So\x01?");
	expect(&q, "1: There is a control character in the text");
	q = good;
	q.marks = -1;
	expect(&q, "1: The marks of a question are a number from 0 to 1,000");
	q = good;
	q.name = S("two\nlines");
	expect(&q, "1: The name of the question is one line of at most 160 characters");
}

static void languages_of_a_question_come_together(void **state)
{
	(void)state;
	struct findings f = { .arena = arena_new() };
	struct question_option en[] = { option("thirty", 100), option("forty", 0) }, hi[] = { option("तीस", 100), option("चालीस", 0) },
			       bad[] = { option("৩০", 0), option("৪০", 100) };
	struct question v[] = {
		{ .name = S("a"), .lang = S("en"), .text = S("Days?"), .options = en, .n_options = 2, .marks = 2, .bloom = S("apply"), .line = 1 },
		{ .name = S("b"), .lang = S("en"), .text = S("Days?"), .options = en, .n_options = 2, .line = 2 },
		{ .name = S("a"), .lang = S("hi"), .text = S("दिन?"), .options = hi, .n_options = 2, .line = 3 },
		{ .name = S("a"), .lang = S("bn"), .text = S("দিন?"), .options = bad, .n_options = 2, .line = 4 },
	};
	struct questions q = { v, 4 };
	questions_join(&f, S("x"), &q);
	expect_finding(&f, "4: A translation of “a” must be of the same kind, with the same marks and as many answers in the same order");
	assert_int_equal(q.n, 2);
	assert_int_equal(q.v[0].n_translations, 1);
	expect_str(q.v[0].translations[0].options[0].text, "तीस");
	assert_true(q.v[0].translations[0].marks == 2); /* what it did not say itself */
	f.n = 0;
	assert_true(question_check(&f, S("x"), &q.v[0]));
	q = (struct questions){ (struct question[]){ v[1], v[1] }, 2 };
	questions_join(&f, S("x"), &q);
	expect_finding(&f, "2: There are two questions with the name “b”");
	arena_free(f.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds_have_their_names),
		cmocka_unit_test(a_choice_has_one_right_answer),
		cmocka_unit_test(several_right_ones_share_the_mark),
		cmocka_unit_test(a_judgement_earns_by_degrees),
		cmocka_unit_test(a_hotspot_works_without_a_pointer),
		cmocka_unit_test(areas_lie_on_the_picture),
		cmocka_unit_test(pictures_are_png_or_jpeg),
		cmocka_unit_test(a_case_has_questions_and_no_case),
		cmocka_unit_test(a_rubric_adds_to_the_marks),
		cmocka_unit_test(fields_are_looked_at),
		cmocka_unit_test(languages_of_a_question_come_together),
	};
	return cmocka_run_group_tests_name("text/question", tests, NULL, NULL);
}
