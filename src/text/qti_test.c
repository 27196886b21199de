/* Tests of QTI: what is written reads as the same, items of other systems, and what is refused. */
#include "text/qti.h"
#include "text/question_equal.h"
#include "text/question_samples.h"
#include "text/text_check.h"
#include "text/xml.h"
#include "text/zip.h"

struct world {
	struct arena *arena;
	struct findings f;
	struct questions q;
};

static struct world read_text(struct str source)
{
	struct world w = { .arena = arena_new() };
	w.f.arena = w.arena;
	bool good = qti_parse(&w.f, S("x.xml"), source, &w.q);
	assert_true(good == (w.f.n == 0));
	return w;
}

static void expect_again(struct arena *a, const struct question *q)
{
	struct findings f = { .arena = a };
	struct questions again = { 0 };
	struct str text = qti_write(a, q);
	assert_true(question_check(&f, S("sample"), q) || f.n == 0);
	expect_finding(&f, NULL);
	if (!qti_parse(&f, S("again"), text, &again) || again.n != 1 || !question_equal(q, &again.v[0]))
		print_error("%.*s\n", STR_ARG(text));
	expect_finding(&f, NULL);
	assert_int_equal(again.n, 1);
	assert_true(question_equal(q, &again.v[0]));
}

static void every_kind_reads_as_it_was_written(void **state)
{
	(void)state;
	for (int k = 0; k < QUESTION_KINDS_; k++)
		for (unsigned n = 0; n < 2; n++) {
			struct arena *a = arena_new();
			struct question q = sample_question(a, (enum question_kind)k, n);
			expect_again(a, &q);
			arena_free(a);
		}
}

static void all_or_nothing_stays_so(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct question several = sample_question(a, Q_MULTIPLE, 1), pairs = sample_question(a, Q_MATCHING, 1), order = sample_question(a, Q_ORDERING, 0);
	several.partial = pairs.partial = order.partial = false;
	for (size_t i = 0; i < several.n_options; i++)
		several.options[i].weight = i < 3 ? question_weight(100.0 / 3) : 0;
	expect_again(a, &several);
	expect_again(a, &pairs);
	expect_again(a, &order);
	arena_free(a);
}

/* ── packages ── */

static struct question translated(struct arena *a, const struct question *q, const char *lang)
{
	struct question t = *q;
	t.translations = NULL;
	t.n_translations = 0;
	t.lang = str_of(lang);
	t.text = S("कितने दिन?");
	t.options = ARENA_ARRAY(a, struct question_option, q->n_options);
	for (size_t i = 0; i < q->n_options; i++) {
		t.options[i] = q->options[i];
		t.options[i].text = q->options[i].text.n ? str_fmt(a, "%s %.*s", lang, STR_ARG(q->options[i].text)) : S("");
	}
	return t;
}

static void a_package_keeps_languages_and_pictures(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct findings f = { .arena = a };
	struct questions q = { 0 }, again = { 0 };
	for (int k = 0; k < QUESTION_KINDS_; k++) {
		struct question *x = ARENA_PUSH(a, q.v, q.n);
		*x = sample_question(a, (enum question_kind)k, 1);
		*ARENA_PUSH(a, x->translations, x->n_translations) = translated(a, x, "hi");
		if (k % 2)
			*ARENA_PUSH(a, x->translations, x->n_translations) = translated(a, x, "bn");
	}
	q.v[Q_TRUEFALSE].translations[0].options = q.v[Q_TRUEFALSE].options;
	q.v[Q_TRUEFALSE].n_translations = 1;
	struct str zip = qti_package_write(a, q.v, q.n);
	assert_true(qti_is_package(zip));
	qti_package_read(&f, S("x.zip"), zip, &again);
	expect_finding(&f, NULL);
	assert_int_equal(again.n, q.n);
	for (size_t i = 0; i < q.n; i++)
		if (!question_equal(&q.v[i], &again.v[i]))
			print_error("not the same: %.*s %zu %zu\n", STR_ARG(q.v[i].name), q.v[i].n_translations, again.v[i].n_translations);
	assert_true(questions_equal(&q, &again));
	struct str twice = qti_package_write(a, again.v, again.n);
	assert_true(str_eq(zip, twice));
	arena_free(a);
}

static void refuse_package(struct arena *a, const struct zip *z, const char *wanted)
{
	struct findings f = { .arena = a };
	struct questions q = { 0 };
	assert_false(qti_package_read(&f, S("x.zip"), zip_write(a, z), &q));
	expect_finding(&f, wanted);
}

#define MANIFEST_OF(href) "<manifest><resources><resource identifier='a' type='imsqti_item_xmlv2p1' href='" href "'/></resources></manifest>"

static void packages_hold_to_their_archive(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	char *large = calloc(1, ZIP_ENTRY_MAX + 1);
	refuse_package(a, &(struct zip){ (struct zip_entry[]){ { S("a.xml"), S("<a/>") } }, 1 }, "0: There is no imsmanifest.xml in the archive");
	refuse_package(a, &(struct zip){ (struct zip_entry[]){ { S("imsmanifest.xml"), S(MANIFEST_OF("../a.xml")) } }, 1 },
		       "1: The item “../a.xml” is not in the package");
	refuse_package(a, &(struct zip){ (struct zip_entry[]){ { S("../imsmanifest.xml"), S("<a/>") } }, 1 },
		       "0: “../imsmanifest.xml” may not be in the archive: only plain files within it");
	refuse_package(a, &(struct zip){ (struct zip_entry[]){ { S("a.xml"), { large, ZIP_ENTRY_MAX + 1 } } }, 1 },
		       "0: “a.xml” in the archive is larger than 4 MiB, or all of it larger than 64 MiB");
	refuse_package(a, &(struct zip){ (struct zip_entry[]){ { S("a.xml"), S("a") }, { S("a.xml"), S("b") } }, 2 }, "0: “a.xml” is twice in the archive");
	refuse_package(a, &(struct zip){ (struct zip_entry[]){ { S("imsmanifest.xml"), S("<manifest><resources/></manifest>") } }, 1 },
		       "1: The manifest names no items of QTI 2.1, 2.2 or 3.0");
	struct findings f = { .arena = a };
	struct questions q = { 0 };
	assert_false(qti_package_read(&f, S("x.zip"), S("PK\3\4 nothing"), &q));
	expect_finding(&f, "0: The archive is damaged or is not a ZIP file");
	free(large);
	arena_free(a);
}

/* ── items of other systems ── */

#define ITEM(inside)                                                                                                                                           \
	"<?xml version='1.0'?>\n<assessmentItem xmlns='http://www.imsglobal.org/xsd/imsqti_v2p1' identifier='q1' title='A title' adaptive='false' "            \
	"timeDependent='false' xml:lang='en-US'>\n" inside "</assessmentItem>"
#define SCORED "<outcomeDeclaration identifier='SCORE' cardinality='single' baseType='float'/>"
#define TEMPLATE(name) "<responseProcessing template='http://www.imsglobal.org/question/qti_v2p1/rptemplates/" name "'/>"
#define CHOICE_OF(most)                                                                                                                                        \
	"<itemBody><p>Look at the <em>text</em>:</p><p><img src='" PNG_DATA                                                                                    \
	"' alt='A sign'/></p><choiceInteraction responseIdentifier='RESPONSE' shuffle='false' maxChoices='" most "'>"                                          \
	"<prompt>What does it say?</prompt><simpleChoice identifier='A'>Stay</simpleChoice><simpleChoice identifier='B'>Go<feedbackInline identifier='B' "     \
	"outcomeIdentifier='FEEDBACK' showHide='show'>No.</feedbackInline>"                                                                                    \
	"</simpleChoice><simpleChoice identifier='C'>H<sub>2</sub>O</simpleChoice></choiceInteraction></itemBody>"
#define PNG_DATA "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAoAAAAHgCAIAAAAAAAAA"

static struct world read_good(const char *source, enum question_kind kind)
{
	struct world w = read_text(str_of(source));
	expect_finding(&w.f, NULL);
	assert_int_equal(w.q.n, 1);
	assert_int_equal(w.q.v->kind, kind);
	return w;
}

static void a_choice_by_template(void **state)
{
	(void)state;
	struct world w = read_good(
		ITEM("<responseDeclaration identifier='RESPONSE' cardinality='single' baseType='identifier'><correctResponse><value>A</value></correctResponse>"
		     "</responseDeclaration>" SCORED CHOICE_OF("1") TEMPLATE("match_correct")),
		Q_SINGLE);
	const struct question *q = w.q.v;
	expect_str(q->name, "q1");
	expect_str(q->lang, "en-US");
	expect_str(q->text, "Look at the text:\n\nWhat does it say?");
	expect_str(q->picture.alt, "A sign");
	expect_str(q->options[1].feedback, "No.");
	expect_str(q->options[2].text, "H₂O");
	assert_true(q->options[0].weight == 100 && q->options[1].weight == 0 && q->marks == 0);
	arena_free(w.arena);
}

static void several_by_mapping(void **state)
{
	(void)state;
	struct world w = read_good(ITEM("<responseDeclaration identifier='RESPONSE' cardinality='multiple' "
					"baseType='identifier'><correctResponse><value>A</value><value>C</value></correctResponse>"
					"<mapping lowerBound='0' upperBound='2' defaultValue='-2'><mapEntry mapKey='A' mappedValue='1'/><mapEntry mapKey='C' "
					"mappedValue='1'/></mapping>"
					"</responseDeclaration>" SCORED CHOICE_OF("0") TEMPLATE("map_response")),
				   Q_MULTIPLE);
	const struct question *q = w.q.v;
	assert_true(q->partial && q->marks == 2);
	assert_true(q->options[0].weight == 50 && q->options[1].weight == -100 && q->options[2].weight == 50);
	arena_free(w.arena);
	w = read_good(ITEM("<responseDeclaration identifier='RESPONSE' cardinality='multiple' "
			   "baseType='identifier'><correctResponse><value>A</value><value>C</value></correctResponse>"
			   "</responseDeclaration>" SCORED CHOICE_OF("0") TEMPLATE("match_correct")),
		      Q_MULTIPLE);
	assert_true(!w.q.v->partial && w.q.v->options[0].weight == 50 && w.q.v->options[1].weight == 0);
	arena_free(w.arena);
}

#define ENTRY                                                                                                                                                  \
	"<itemBody><blockquote><p>Now is the <textEntryInteraction responseIdentifier='RESPONSE' expectedLength='15'/> of our "                                \
	"discontent</p></blockquote></itemBody>"

static void a_word_in_a_sentence(void **state)
{
	(void)state;
	struct world w = read_good(ITEM("<responseDeclaration identifier='RESPONSE' cardinality='single' "
					"baseType='string'><correctResponse><value>winter</value></correctResponse>"
					"<mapping defaultValue='0'><mapEntry mapKey='winter' mappedValue='1'/><mapEntry mapKey='winter*' "
					"mappedValue='0.5'/></mapping></responseDeclaration>" SCORED ENTRY TEMPLATE("map_response.xml")),
				   Q_SHORT);
	expect_str(w.q.v->text, "Now is the _____ of our discontent");
	assert_true(w.q.v->options[0].weight == 100 && w.q.v->options[1].weight == 50);
	expect_str(w.q.v->options[1].text, "winter\\*"); /* an asterisk there is no pattern */
	arena_free(w.arena);
}

#define NUMBER(equal)                                                                                                                                          \
	ITEM("<responseDeclaration identifier='RESPONSE' cardinality='single' "                                                                                \
	     "baseType='float'><correctResponse><value>200</value></correctResponse></responseDeclaration>" SCORED ENTRY                                       \
	     "<responseProcessing><responseCondition><responseIf><equal " equal "><variable identifier='RESPONSE'/><correct identifier='RESPONSE'/></equal>"   \
	     "<setOutcomeValue identifier='SCORE'><baseValue "                                                                                                 \
	     "baseType='float'>2</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>")

static void a_number_with_its_tolerance(void **state)
{
	(void)state;
	struct world w = read_good(NUMBER("toleranceMode='absolute' tolerance='5 5'"), Q_NUMERIC);
	assert_true(w.q.v->numbers[0].value == 200 && w.q.v->numbers[0].tolerance == 5 && w.q.v->marks == 2);
	arena_free(w.arena);
	w = read_good(NUMBER("toleranceMode='relative' tolerance='1'"), Q_NUMERIC);
	assert_true(w.q.v->numbers[0].tolerance == 2);
	arena_free(w.arena);
	w = read_good(NUMBER("toleranceMode='absolute' tolerance='0 10'"), Q_NUMERIC);
	assert_true(w.q.v->numbers[0].value == 205 && w.q.v->numbers[0].tolerance == 5);
	arena_free(w.arena);
	w = read_good(NUMBER("toleranceMode='exact'"), Q_NUMERIC);
	assert_true(w.q.v->numbers[0].tolerance == 0);
	arena_free(w.arena);
}

#define SET(outcome, value) "<setOutcomeValue identifier='" outcome "'>" value "</setOutcomeValue>"
#define WORD(word) "<match><variable identifier='RESPONSE'/><baseValue baseType='string'>" word "</baseValue></match>"
#define NUMBER_OF(n) "<baseValue baseType='float'>" n "</baseValue>"

/* As in the examples of the standard: MAXSCORE is what the right answer earns, several words earn the same, and each has its feedback. */
static void a_condition_written_out(void **state)
{
	(void)state;
	struct world w = read_good(
		ITEM("<responseDeclaration identifier='RESPONSE' cardinality='single' baseType='string'><correctResponse><value>wicked "
		     "king</value></correctResponse></responseDeclaration>" SCORED
		     "<outcomeDeclaration identifier='MAXSCORE' cardinality='single' "
		     "baseType='float'><defaultValue><value>10.0</value></defaultValue></outcomeDeclaration>"
		     "<outcomeDeclaration identifier='FEEDBACK' cardinality='multiple' baseType='identifier'/>" ENTRY
		     "<responseProcessing><responseCondition><responseIf>" WORD("wicked king") SET("SCORE", "<variable identifier='MAXSCORE'/>")
			     SET("FEEDBACK", "<multiple><baseValue baseType='identifier'>yes</baseValue></multiple>") "</responseIf><responseElseIf><or>" WORD(
				     "bad king") WORD("evil king") "</or>" SET("SCORE", NUMBER_OF("5"))
				     SET("FEEDBACK", "<multiple><variable identifier='FEEDBACK'/><baseValue "
						     "baseType='identifier'>almost</baseValue></multiple>") "</responseElseIf></responseCondition></"
													    "responseProcessing>"
													    "<modalFeedback outcomeIdentifier='FEEDBACK' "
													    "identifier='yes' "
													    "showHide='show'>Right.</"
													    "modalFeedback><modalFeedback "
													    "outcomeIdentifier='FEEDBACK' identifier='almost' "
													    "showHide='show'>Not quite.</modalFeedback>"),
		Q_SHORT);
	const struct question *q = w.q.v;
	assert_true(q->marks == 10 && q->n_options == 3 && q->options[0].weight == 100 && q->options[2].weight == 50);
	expect_str(q->options[0].feedback, "Right.");
	expect_str(q->options[2].feedback, "Not quite.");
	arena_free(w.arena);
}

static void feedback_of_right_and_wrong(void **state)
{
	(void)state;
	struct world w = read_good(
		ITEM("<responseDeclaration identifier='RESPONSE' cardinality='single' "
		     "baseType='identifier'><correctResponse><value>C</value></correctResponse></responseDeclaration>" SCORED CHOICE_OF(
			     "1") "<responseProcessing><responseCondition><responseIf><match><variable identifier='RESPONSE'/><correct "
				  "identifier='RESPONSE'/></match>" SET("SCORE", NUMBER_OF("1"))
					  SET("FEEDBACK", "<baseValue baseType='identifier'>right</baseValue>") "</responseIf><responseElse>" SET(
						  "FEEDBACK",
						  "<baseValue baseType='identifier'>wrong</baseValue>") "</responseElse></responseCondition></"
													"responseProcessing><modalFeedback "
													"outcomeIdentifier='FEEDBACK' identifier='right' "
													"showHide='show'><p>Indeed.</p></modalFeedback>"
													"<modalFeedback outcomeIdentifier='FEEDBACK' "
													"identifier='wrong' "
													"showHide='show'>Alas.</modalFeedback>"),
		Q_SINGLE);
	expect_str(w.q.v->options[2].feedback, "Indeed.");
	expect_str(w.q.v->options[0].feedback, "Alas.");
	expect_str(w.q.v->options[1].feedback, "No."); /* its own */
	arena_free(w.arena);
}

static void an_order(void **state)
{
	(void)state;
	struct world w = read_good(
		ITEM("<responseDeclaration identifier='RESPONSE' cardinality='ordered' "
		     "baseType='identifier'><correctResponse><value>C</value><value>A</value><value>B</value></correctResponse>"
		     "</responseDeclaration>" SCORED "<itemBody><orderInteraction responseIdentifier='RESPONSE' shuffle='true'><prompt>In "
		     "order?</prompt><simpleChoice identifier='A'>Rubens</simpleChoice>"
		     "<simpleChoice identifier='B'>Jenson</simpleChoice><simpleChoice identifier='C' "
		     "fixed='true'>Michael</simpleChoice></orderInteraction></itemBody>"
		     "<responseProcessing><responseCondition><responseIf><match><variable identifier='RESPONSE'/><correct identifier='RESPONSE'/></match>"
		     "<setOutcomeValue identifier='SCORE'><baseValue "
		     "baseType='float'>1</baseValue></setOutcomeValue></responseIf><responseElse><setOutcomeValue identifier='SCORE'>"
		     "<baseValue baseType='float'>0</baseValue></setOutcomeValue></responseElse></responseCondition></responseProcessing>"),
		Q_ORDERING);
	expect_str(w.q.v->options[0].text, "Michael");
	expect_str(w.q.v->options[2].text, "Jenson");
	arena_free(w.arena);
}

#define PAIRS(list)                                                                                                                                            \
	"<responseDeclaration identifier='RESPONSE' cardinality='multiple' baseType='directedPair'><correctResponse>" list                                     \
	"</correctResponse></responseDeclaration>"
#define MATCH_BODY                                                                                                                                             \
	"<itemBody><matchInteraction responseIdentifier='RESPONSE' shuffle='true' maxAssociations='4'><prompt>Who is where?</prompt><simpleMatchSet>"          \
	"<simpleAssociableChoice identifier='C' matchMax='1'>Capulet</simpleAssociableChoice><simpleAssociableChoice identifier='D' "                          \
	"matchMax='1'>Demetrius</simpleAssociableChoice></simpleMatchSet><simpleMatchSet>"                                                                     \
	"<simpleAssociableChoice identifier='M' matchMax='4'>Dream</simpleAssociableChoice><simpleAssociableChoice identifier='R' "                            \
	"matchMax='4'>Romeo</simpleAssociableChoice>"                                                                                                          \
	"<simpleAssociableChoice identifier='T' matchMax='4'>Tempest</simpleAssociableChoice></simpleMatchSet></matchInteraction></itemBody>"

static void pairs(void **state)
{
	(void)state;
	struct world w = read_good(ITEM(PAIRS("<value>C R</value><value>D M</value>") SCORED MATCH_BODY TEMPLATE("match_correct")), Q_MATCHING);
	const struct question *q = w.q.v;
	assert_true(!q->partial && q->n_options == 3);
	expect_str(q->options[0].text, "Capulet");
	expect_str(q->options[0].match, "Romeo");
	expect_str(q->options[2].match, "Tempest");
	assert_false(q->options[2].text.n);
	arena_free(w.arena);
	w = read_good(ITEM("<responseDeclaration identifier='RESPONSE' cardinality='multiple' baseType='pair'><correctResponse><value>A P</value><value>C "
			   "M</value></correctResponse></responseDeclaration>" SCORED
			   "<itemBody><associateInteraction responseIdentifier='RESPONSE' shuffle='true' "
			   "maxAssociations='2'><prompt>Rivals?</prompt><simpleAssociableChoice identifier='A' matchMax='1'>Antonio"
			   "</simpleAssociableChoice><simpleAssociableChoice identifier='C' "
			   "matchMax='1'>Capulet</simpleAssociableChoice><simpleAssociableChoice identifier='M' matchMax='1'>Montague</simpleAssociableChoice>"
			   "<simpleAssociableChoice identifier='P' matchMax='1'>Prospero</simpleAssociableChoice></associateInteraction></itemBody>" TEMPLATE(
				   "match_correct")),
		      Q_MATCHING);
	expect_str(w.q.v->options[1].text, "Capulet");
	expect_str(w.q.v->options[1].match, "Montague");
	arena_free(w.arena);
}

static void areas_on_a_picture(void **state)
{
	(void)state;
	struct world w = read_good(ITEM("<responseDeclaration identifier='RESPONSE' cardinality='single' "
					"baseType='identifier'><correctResponse><value>B</value></correctResponse></responseDeclaration>" SCORED
					"<itemBody><hotspotInteraction responseIdentifier='RESPONSE' maxChoices='1'><prompt>Where is Glasgow?</prompt><object "
					"type='image/png' width='640' height='480' data='" PNG_DATA "'>"
					"UK Map</object><hotspotChoice identifier='A' shape='circle' coords='64,48,32' hotspotLabel='North'/><hotspotChoice "
					"identifier='B' shape='rect' coords='0,0,320,480'/></hotspotInteraction></itemBody>" TEMPLATE("match_correct")),
				   Q_HOTSPOT);
	expect_str(w.q.v->options[0].area, "circle 100 100 50");
	expect_str(w.q.v->options[0].text, "North");
	expect_str(w.q.v->options[1].area, "rect 0 0 500 1000");
	expect_str(w.q.v->options[1].text, "2"); /* without a label an area is called by its number */
	expect_str(w.q.v->picture.alt, "UK Map");
	arena_free(w.arena);
}

static void a_long_answer_with_its_rubric(void **state)
{
	(void)state;
	struct world w = read_good(
		ITEM("<responseDeclaration identifier='RESPONSE' cardinality='single' baseType='string'/><outcomeDeclaration identifier='SCORE' "
		     "cardinality='single' baseType='float' normalMaximum='5'/>"
		     "<itemBody><rubricBlock view='candidate'><p>Write in your own words.</p></rubricBlock><rubricBlock view='scorer'><p>One mark for each "
		     "reason.</p></rubricBlock>"
		     "<extendedTextInteraction responseIdentifier='RESPONSE' expectedLength='200'><prompt>Why?</prompt></extendedTextInteraction></itemBody>"),
		Q_LONG);
	expect_str(w.q.v->text, "Write in your own words.\n\nWhy?");
	assert_true(w.q.v->n_rubric == 1 && w.q.v->rubric[0].points == 5 && w.q.v->marks == 5);
	expect_str(w.q.v->rubric[0].about, "One mark for each reason.");
	arena_free(w.arena);
}

#define TWO(body)                                                                                                                                              \
	ITEM("<responseDeclaration identifier='R1' cardinality='single' "                                                                                      \
	     "baseType='identifier'><correctResponse><value>A</value></correctResponse></responseDeclaration>"                                                 \
	     "<responseDeclaration identifier='R2' cardinality='single' "                                                                                      \
	     "baseType='integer'><correctResponse><value>30</value></correctResponse></responseDeclaration>" SCORED "<itemBody>" body "</itemBody>"            \
	     "<responseProcessing><responseCondition><responseIf><match><variable identifier='R1'/><correct identifier='R1'/></match><setOutcomeValue "        \
	     "identifier='SCORE'><sum><variable identifier='SCORE'/>"                                                                                          \
	     "<baseValue "                                                                                                                                     \
	     "baseType='float'>1</baseValue></sum></setOutcomeValue></responseIf></responseCondition><responseCondition><responseIf><match><variable "         \
	     "identifier='R2'/><correct identifier='R2'/></match>"                                                                                             \
	     "<setOutcomeValue identifier='SCORE'><sum><variable identifier='SCORE'/><baseValue "                                                              \
	     "baseType='float'>2</baseValue></sum></setOutcomeValue></responseIf></responseCondition></responseProcessing>")
#define ONE_CHOICE                                                                                                                                             \
	"<choiceInteraction responseIdentifier='R1' maxChoices='1'><prompt>Who decides?</prompt><simpleChoice identifier='A'>She</simpleChoice><simpleChoice " \
	"identifier='B'>He</simpleChoice></choiceInteraction>"

static void several_questions_are_a_case(void **state)
{
	(void)state;
	struct world w = read_good(
		TWO("<div><p>A citizen asks.</p><p>Nobody answers.</p></div>" ONE_CHOICE "<p>Within <textEntryInteraction responseIdentifier='R2'/> days.</p>"),
		Q_CASE);
	const struct question *q = w.q.v;
	expect_str(q->text, "A citizen asks.\n\nNobody answers.");
	assert_int_equal(q->n_parts, 2);
	expect_str(q->parts[0].text, "Who decides?");
	expect_str(q->parts[0].name, "R1");
	assert_int_equal(q->parts[1].kind, Q_NUMERIC);
	expect_str(q->parts[1].text, "Within _____ days.");
	assert_true(q->parts[1].marks == 2);
	arena_free(w.arena);
}

static void refuse(const char *source, const char *wanted)
{
	struct world w = read_text(str_of(source));
	expect_finding(&w.f, wanted);
	assert_int_equal(w.q.n, 0);
	arena_free(w.arena);
}

#define ONE(body)                                                                                                                                              \
	ITEM("<responseDeclaration identifier='RESPONSE' cardinality='single' "                                                                                \
	     "baseType='identifier'><correctResponse><value>A</value></correctResponse></responseDeclaration>" SCORED "<itemBody>" body                        \
	     "</itemBody>" TEMPLATE("match_correct"))
#define AB                                                                                                                                                     \
	"<choiceInteraction responseIdentifier='RESPONSE' maxChoices='1'><simpleChoice identifier='A'>She</simpleChoice><simpleChoice "                        \
	"identifier='B'>He</simpleChoice></choiceInteraction>"

static void what_is_not_understood_is_left_out(void **state)
{
	(void)state;
	refuse("<!DOCTYPE a [<!ENTITY b 'c'>]><assessmentItem/>", "1: The file has a document type (DOCTYPE), which is not read");
	refuse("<questestinterop/>", "1: Expected an item of QTI 2.1, 2.2 or 3.0 and found <questestinterop>");
	refuse(ONE("<p>x <math><mi>y</mi></math></p>" AB), "3: The text holds a formula, sound, film or form, which is not read");
	refuse(ONE("<p>x<sup>k</sup></p>" AB), "3: The text has raised or lowered words, which plain text cannot show; write them out");
	refuse(ONE("<p><img src='http://a.example/x.png' alt='x'/></p>" AB), "3: The picture “http://a.example/x.png” is not in the package");
	refuse(ONE("<p><printedVariable identifier='X'/></p>" AB), "3: Items that use printedVariable are not read");
	refuse(ONE("<p>Move it.</p><sliderInteraction responseIdentifier='RESPONSE'/>"), "3: Items that use sliderInteraction are not read");
	refuse(ONE("<p>Nothing.</p>"), "3: The item asks nothing");
	refuse(ONE(AB), "2: The question has no text");
	refuse(ITEM("<itemBody><p>x</p>" AB "</itemBody>"), "3: The response “RESPONSE” is not declared");
	refuse(ITEM("<templateDeclaration identifier='T'/><itemBody/>"), "3: Items that use templateDeclaration are not read");
	refuse(ITEM("<responseDeclaration identifier='RESPONSE' cardinality='single' baseType='identifier'/><itemBody><p>x</p>" AB
		    "</itemBody><responseProcessing><lookupOutcomeValue identifier='SCORE'/></responseProcessing>"),
	       "3: The item is marked by a rule that is not understood: lookupOutcomeValue");
	refuse(ITEM("<responseDeclaration identifier='RESPONSE' cardinality='single' baseType='identifier'/><itemBody><p>x</p>" AB "</itemBody>"),
	       "3: The item does not say how “RESPONSE” is marked");
	refuse(ITEM(PAIRS("<value>C R</value><value>C M</value>") SCORED MATCH_BODY TEMPLATE("match_correct")),
	       "3: Only pairs are read in which each left side has one right side, not “C M”");
	refuse(TWO("<p>Case.</p>" ONE_CHOICE "<p><textEntryInteraction responseIdentifier='R2'/></p><p>And more.</p>"),
	       "3: It is not clear to which question the text behind the last one belongs");
}

static void nothing_grows_without_end(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct buf b;
	buf_init(&b, a, 64 << 20);
	buf_lit(&b, "<a>");
	for (int i = 0; i < XML_NODES_MAX; i++)
		buf_lit(&b, "<b/>");
	buf_lit(&b, "</a>");
	struct world w = read_text(buf_get(&b));
	expect_finding(&w.f, "0: The file has more than a million elements");
	arena_free(w.arena);
	b.n = 0;
	for (int i = 0; i < 5000; i++)
		buf_lit(&b, "<a>");
	w = read_text(buf_get(&b));
	expect_finding(&w.f, "1: The file is no well-formed XML");
	arena_free(w.arena);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_reads_as_it_was_written),
		cmocka_unit_test(all_or_nothing_stays_so),
		cmocka_unit_test(a_package_keeps_languages_and_pictures),
		cmocka_unit_test(packages_hold_to_their_archive),
		cmocka_unit_test(a_choice_by_template),
		cmocka_unit_test(several_by_mapping),
		cmocka_unit_test(a_word_in_a_sentence),
		cmocka_unit_test(a_number_with_its_tolerance),
		cmocka_unit_test(a_condition_written_out),
		cmocka_unit_test(feedback_of_right_and_wrong),
		cmocka_unit_test(an_order),
		cmocka_unit_test(pairs),
		cmocka_unit_test(areas_on_a_picture),
		cmocka_unit_test(a_long_answer_with_its_rubric),
		cmocka_unit_test(several_questions_are_a_case),
		cmocka_unit_test(what_is_not_understood_is_left_out),
		cmocka_unit_test(nothing_grows_without_end),
	};
	return cmocka_run_group_tests_name("text/qti", tests, NULL, NULL);
}
