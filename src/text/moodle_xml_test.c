/* Tests of Moodle's XML: each kind, pictures, tags, languages, and what is refused. */
#include "text/moodle_xml.h"
#include "text/text_check.h"

struct world {
	struct arena *arena;
	struct findings f;
	struct questions q;
};

static struct world read_text(const char *inside)
{
	struct world w = { .arena = arena_new() };
	w.f.arena = w.arena;
	struct str source = str_fmt(w.arena, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n<!-- question: 1 -->\n%s\n</quiz>", inside);
	bool good = moodle_xml_parse(&w.f, S("x.xml"), source, &w.q);
	assert_true(good == (w.f.n == 0));
	return w;
}

static struct world read_good(const char *inside, enum question_kind kind)
{
	struct world w = read_text(inside);
	expect_finding(&w.f, NULL);
	assert_int_equal(w.q.n, 1);
	assert_int_equal(w.q.v->kind, kind);
	return w;
}

#define QUESTION(type, text, rest)                                                                                                                             \
	"<question type='" type "'><name><text>q1</text></name><questiontext format='html'><text><![CDATA[" text "]]></text></questiontext>"                   \
	"<generalfeedback format='html'><text>&lt;p&gt;See "                                                                                                   \
	"it.&lt;/p&gt;</text></generalfeedback><defaultgrade>1.0000000</defaultgrade><hidden>0</hidden>" rest "</question>"
#define ANSWER(fraction, text, feedback)                                                                                                                       \
	"<answer fraction='" fraction "' format='html'><text>" text "</text><feedback format='html'><text>" feedback "</text></feedback></answer>"

static void choices(void **state)
{
	(void)state;
	struct world w = read_good(QUESTION("multichoice", "<p>What is H<sub>2</sub>O?</p>",
					    "<single>true</single>" ANSWER("100", "Water", "Yes") ANSWER("0", "&lt;b&gt;Air&lt;/b&gt;", "")
						    ANSWER("-33.33333", "Fire", "")),
				   Q_SINGLE);
	const struct question *q = w.q.v;
	expect_str(q->name, "q1");
	expect_str(q->text, "What is H₂O?");
	expect_str(q->general_feedback, "See it.");
	expect_str(q->options[0].feedback, "Yes");
	expect_str(q->options[1].text, "Air");
	assert_true(q->options[0].weight == 100 && q->options[2].weight == -33.33333 && q->marks == 0);
	arena_free(w.arena);
	w = read_good(QUESTION("multichoice", "Which?", "<single>false</single>" ANSWER("50", "a", "") ANSWER("50", "b", "") ANSWER("-100", "c", "")),
		      Q_MULTIPLE);
	assert_true(w.q.v->partial);
	arena_free(w.arena);
	w = read_good(QUESTION("multichoiceset", "Which?", ANSWER("100", "a", "") ANSWER("100", "b", "") ANSWER("0", "c", "")), Q_MULTIPLE);
	assert_true(!w.q.v->partial && w.q.v->options[0].weight == 50);
	arena_free(w.arena);
	w = read_good(QUESTION("truefalse", "So?", ANSWER("0", "false", "no") ANSWER("100", "true", "")), Q_TRUEFALSE);
	expect_str(w.q.v->options[1].feedback, "no"); /* true stands first, whatever the file's order */
	assert_true(w.q.v->options[0].weight == 100);
	arena_free(w.arena);
}

static void typed_answers(void **state)
{
	(void)state;
	struct world w =
		read_good(QUESTION("numerical", "Days?",
				   "<answer fraction='100'><text>30</text><tolerance>0.5</tolerance></answer><answer fraction='50'><text>45</text></answer>"),
			  Q_NUMERIC);
	assert_true(w.q.v->numbers[0].tolerance == 0.5 && w.q.v->numbers[1].weight == 50);
	arena_free(w.arena);
	w = read_good(QUESTION("shortanswer", "Who?", "<usecase>0</usecase>" ANSWER("100", "State *", "") ANSWER("20", "Union", "")), Q_SHORT);
	expect_str(w.q.v->options[0].text, "State *");
	arena_free(w.arena);
	w = read_good(QUESTION("essay", "Discuss.", "<maxwordlimit>250</maxwordlimit><graderinfo format='html'><text>Law and facts</text></graderinfo>"),
		      Q_LONG);
	assert_true(w.q.v->words == 250 && w.q.v->n_rubric == 1);
	expect_str(w.q.v->rubric[0].about, "Law and facts");
	arena_free(w.arena);
}

static void pairs_and_orders(void **state)
{
	(void)state;
	struct world w = read_good(QUESTION("matching", "Match.",
					    "<subquestion format='html'><text>Article 14</text><answer><text>equality</text></answer></subquestion>"
					    "<subquestion format='html'><text>Article 21</text><answer><text>life</text></answer></subquestion>"
					    "<subquestion format='html'><text></text><answer><text>property</text></answer></subquestion>"),
				   Q_MATCHING);
	assert_true(w.q.v->partial && w.q.v->n_options == 3);
	expect_str(w.q.v->options[1].match, "life");
	assert_false(w.q.v->options[2].text.n);
	arena_free(w.arena);
	w = read_good(QUESTION("ordering", "In order.",
			       "<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><gradingtype>ALL_OR_NOTHING</gradingtype>" ANSWER(
				       "1.0000000", "receive", "") ANSWER("2.0000000", "act", "")),
		      Q_ORDERING);
	assert_false(w.q.v->partial);
	expect_str(w.q.v->options[0].text, "receive");
	arena_free(w.arena);
}

static void pictures_and_tags(void **state)
{
	(void)state;
	struct world w = read_good(
		"<question type='category'><category><text>$course$/top/kcm:functional.rti@2</text></category></question>"
		"<question type='multichoice'><name><text>A long title</text></name><idnumber>RTI-7</idnumber><questiontext format='html'><text>"
		"&lt;p&gt;Where?&lt;/p&gt;&lt;img src=\"@@PLUGINFILE@@/plan.png\" alt=\"The plan\" /&gt;</text>"
		"<file name='plan.png' path='/' "
		"encoding='base64'>iVBORw0KGgoAAAANSUhEUgAA\nAoAAAAHgCAIAAAAAAAAA</file></questiontext><defaultgrade>2</defaultgrade>" ANSWER("100", "a", "")
			ANSWER("40", "b", "") "<tags><tag><text>bloom:apply</text></tag><tag><text>source:RTI Act, s. "
					      "7</text></tag><tag><text>judgement</text></tag><tag><text>2024</text></tag></tags></question>",
		Q_JUDGEMENT);
	const struct question *q = w.q.v;
	expect_str(q->name, "RTI-7");
	expect_str(q->category, "$course$/top/kcm:functional.rti@2");
	expect_str(q->text, "Where?");
	expect_str(q->picture.name, "plan.png");
	expect_str(q->picture.alt, "The plan");
	assert_true(q->picture.width == 640 && q->marks == 2);
	expect_str(q->bloom, "apply");
	expect_str(q->source, "RTI Act, s. 7");
	arena_free(w.arena);
}

#define IN(lang, a, b) QUESTION("multichoice", "?", ANSWER("100", a, "") ANSWER("0", b, "") "<tags><tag><text>lang:" lang "</text></tag></tags>")

static void languages_come_together(void **state)
{
	(void)state;
	struct world w = read_good(IN("en", "Yes", "No") IN("hi", "हाँ", "नहीं"), Q_SINGLE);
	assert_int_equal(w.q.v->n_translations, 1);
	expect_str(w.q.v->translations[0].options[1].text, "नहीं");
	arena_free(w.arena);
}

static void refuse(const char *inside, const char *wanted)
{
	struct world w = read_text(inside);
	expect_finding(&w.f, wanted);
	assert_int_equal(w.q.n, 0);
	arena_free(w.arena);
}

static void what_is_not_understood_is_left_out(void **state)
{
	(void)state;
	refuse(QUESTION("ddmarker", "Drag.", ""), "4: Questions of the kind “ddmarker” are not read");
	refuse(QUESTION("cloze", "{1:SA:=a}", ""), "4: Questions of the kind “cloze” are not read");
	refuse(QUESTION("numerical", "?", ANSWER("100", "3", "") "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit></units>"),
	       "4: Numbers with units are not read");
	refuse(QUESTION("multichoice", "<video src='x'></video>?", ANSWER("100", "a", "") ANSWER("0", "b", "")),
	       "4: The text holds a formula, sound, film or form, which is not read");
	refuse(QUESTION("multichoice", "<img src='@@PLUGINFILE@@/x.png' alt='x'>", ANSWER("100", "a", "") ANSWER("0", "b", "")),
	       "4: The picture “@@PLUGINFILE@@/x.png” is not in the file");
	refuse(QUESTION("multichoice", "?", ANSWER("100", "a", "") ANSWER("100", "b", "")), "4: A single choice has one right answer");
	refuse(QUESTION("multichoice", "?", ANSWER("x", "a", "")), "4: “x” is no number");
	struct world w = read_text("<question type='truefalse'><hidden>1</hidden></question>"); /* an old version */
	expect_finding(&w.f, NULL);
	assert_int_equal(w.q.n, 0);
	arena_free(w.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(choices),	     cmocka_unit_test(typed_answers),		cmocka_unit_test(pairs_and_orders),
		cmocka_unit_test(pictures_and_tags), cmocka_unit_test(languages_come_together), cmocka_unit_test(what_is_not_understood_is_left_out),
	};
	return cmocka_run_group_tests_name("text/moodle_xml", tests, NULL, NULL);
}
