/* Tests of questions in CSV: each kind, languages, cases, the columns of iGOT Karmayogi, and what is refused. */
#include "text/question_csv.h"
#include "text/text_check.h"

struct world {
	struct arena *arena;
	struct findings f;
	struct questions q;
};

static struct world read_text(const char *source)
{
	struct world w = { .arena = arena_new() };
	w.f.arena = w.arena;
	bool good = question_csv_parse(&w.f, S("x.csv"), str_of(source), &w.q);
	assert_true(good == (w.f.n == 0));
	return w;
}

static struct world read_good(const char *source, size_t n)
{
	struct world w = read_text(source);
	expect_finding(&w.f, NULL);
	assert_int_equal(w.q.n, n);
	return w;
}

static void choices(void **state)
{
	(void)state;
	struct world w = read_good("Code,kind,text,option1,option2,option3,right,weight1,weight2,weight3,marks,bloom,feedback2\n"
				   "a,single,Days?,30,45,60,1,,,,2,Analyze,no\n"
				   "b,multiple,Which?,x,y,z,\"1,c\",,,,,,\n"
				   "c,single,Days?,30,45,60,,100,50,,,,\n"
				   "d,judgement,A gift?,Take,Record,Ask,,0,100,60,,apply,\n"
				   "e,truefalse,So?,,,,FALSE,,,,,,wrong\n",
				   5);
	const struct question *q = w.q.v;
	assert_true(q[0].options[0].weight == 100 && q[0].options[1].weight == 0 && q[0].marks == 2);
	expect_str(q[0].bloom, "analyse");
	expect_str(q[0].options[1].feedback, "no");
	assert_true(q[1].partial && q[1].options[0].weight == 50 && q[1].options[1].weight == 0 && q[1].options[2].weight == 50);
	assert_true(q[2].options[1].weight == 50 && q[2].options[2].weight == 0);
	assert_true(q[3].kind == Q_JUDGEMENT && q[3].options[2].weight == 60);
	assert_true(q[4].kind == Q_TRUEFALSE && q[4].options[1].weight == 100);
	expect_str(q[4].options[1].feedback, "wrong");
	arena_free(w.arena);
}

static void typed_paired_and_ordered(void **state)
{
	(void)state;
	struct world w = read_good("code;kind;text;option1;option2;match1;match2;match3;partial;words;sample;rubric1;rubric2\n"
				   "a;numeric;Days?;30:0.5;25..35;;;;;;;;\n"
				   "b;short;Who?;State *;Commission;;;;;;;;\n"
				   "c;matching;Match.;Article 14;Article 21;equality;life;property;no;;;;\n"
				   "d;ordering;In order.;receive;act;;;;;;;;\n"
				   "e;long;Discuss.;;;;;;;300;\"First.\nThen.\";Law | 4 | names the section;Clarity|2|\n",
				   5);
	const struct question *q = w.q.v;
	assert_true(q[0].numbers[0].tolerance == 0.5 && q[0].numbers[1].value == 30 && q[0].numbers[1].tolerance == 5);
	assert_true(q[1].n_options == 2 && q[1].options[1].weight == 100);
	assert_true(!q[2].partial && q[2].n_options == 3 && !q[2].options[2].text.n);
	assert_true(q[3].partial && q[3].n_options == 2);
	assert_true(q[4].words == 300 && q[4].n_rubric == 2 && q[4].marks == 6);
	expect_str(q[4].rubric[0].about, "names the section");
	arena_free(w.arena);
}

static void languages_repeat_only_their_words(void **state)
{
	(void)state;
	struct world w = read_good("code,lang,kind,text,option1,option2,right,marks,competency\n"
				   "a,en,single,Days?,30 days,45 days,1,2,kcm:functional.rti@2\n"
				   "n,en,numeric,Days?,30,,,,\n"
				   "a,hi,,कितने दिन?,30 दिन,45 दिन,,,\n"
				   "n,hi,,कितने दिन?,,,,,\n",
				   2);
	const struct question *t = w.q.v[0].translations;
	assert_int_equal(w.q.v[0].n_translations, 1);
	expect_str(t->options[1].text, "45 दिन");
	expect_str(t->category, "kcm:functional.rti@2");
	assert_true(t->options[0].weight == 100 && t->marks == 2);
	assert_true(w.q.v[1].translations[0].numbers[0].value == 30);
	arena_free(w.arena);
}

static void parts_find_their_case(void **state)
{
	(void)state;
	struct world w = read_good("code,lang,kind,text,option1,option2,right,marks,case\n"
				   "p1,en,single,Who decides?,She,He,1,1,file\n"
				   "file,en,case,A file is lost.,,,,,\n"
				   "file,hi,,एक फ़ाइल खो गई।,,,,,\n"
				   "p2,en,truefalse,Is it over?,,,true,3,file\n"
				   "p1,hi,,कौन तय करता है?,वह,यह,,,file\n"
				   "p2,hi,,क्या यह समाप्त है?,,,,,file\n",
				   1);
	const struct question *q = w.q.v;
	assert_int_equal(q->kind, Q_CASE);
	assert_true(q->n_parts == 2 && q->marks == 4);
	expect_str(q->parts[0].name, "p1");
	assert_int_equal(q->n_translations, 1);
	expect_str(q->translations[0].parts[0].options[0].text, "वह");
	arena_free(w.arena);
}

static void a_hotspot_with_its_picture(void **state)
{
	(void)state;
	struct world w = read_good("code,kind,text,option1,option2,area1,area2,right,picture,alt\n"
				   "a,hotspot,Where?,North,South,circle 500 100 50,rect 0 0 100 "
				   "100,1,\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAoAAAAHgCAIAAAAAAAAA\",The plan\n",
				   1);
	expect_str(w.q.v->options[1].area, "rect 0 0 100 100");
	expect_str(w.q.v->picture.alt, "The plan");
	arena_free(w.arena);
}

static void files_of_igot_karmayogi(void **state)
{
	(void)state;
	struct world w = read_good("QuestionNo,QuestionType,Question,QuestionTagging,Learning "
				   "Objective,Option1,isOption1Correct,Option2,isOption2Correct,Option3,isOption3Correct,Option7,isOption7Correct,"
				   "Explanation,Why Factor,Logic Justification,Bloom's Level,Relevance %,Competency,Rationale\n"
				   "1,MCQ-SCA,Days?,RTI,,30,Yes,45,No,60,No,,,,w,l,Remember,90,Functional - RTI,Section 7(1)\n"
				   "2,MCQ-MCA,Which?,RTI,,a,Yes,b,Yes,c,No,d,Yes,Because,,,Apply,,,\n"
				   "3,T/F,So?,RTI,,TRUE,No,FALSE,Yes,,,,,,,,,,,\n"
				   "4,MTF,Match.,RTI,,Article 14,equality,Article 21,life,,,,,,,,,,,\n"
				   "5,FTB,The _____ decides.,RTI,,Commission,Blank1,,,,,,,,,,,,,\n",
				   5);
	const struct question *q = w.q.v;
	expect_str(q[0].name, "1");
	expect_str(q[0].bloom, "remember");
	expect_str(q[0].general_feedback, "Section 7(1)");
	assert_true(q[0].options[0].weight == 100 && q[0].n_options == 3);
	assert_true(!q[1].partial && q[1].n_options == 4 && q[1].options[3].weight == question_weight(100.0 / 3));
	assert_true(q[2].kind == Q_TRUEFALSE && q[2].options[1].weight == 100);
	expect_str(q[3].options[1].match, "life");
	assert_true(q[4].kind == Q_SHORT);
	arena_free(w.arena);
	w = read_text("QuestionNo,QuestionType,Question,Option1,isOption1Correct,Option2,isOption2Correct\n1,FTB,_____ and _____,a,Blank1,b,Blank2\n");
	expect_finding(&w.f, "2: Several blanks in one question are not read");
	arena_free(w.arena);
}

static void refuse(const char *source, const char *wanted)
{
	struct world w = read_text(source);
	expect_finding(&w.f, wanted);
	assert_int_equal(w.q.n, 0);
	arena_free(w.arena);
}

static void what_is_wrong_is_said_with_its_line(void **state)
{
	(void)state;
	refuse("", "1: The first row must name the columns, among them code, kind and text");
	refuse("name,question\n", "1: The first row must name the columns, among them code, kind and text");
	refuse("code,kind,text\n\n,single,x\n", "3: The question has no code");
	refuse("code,kind,text\na,essay,x\n", "2: “essay” is no kind of question");
	refuse("code,kind,text,option1,option2,right\na,single,x,y,z,3\n",
	       "2: right names the right options by number, such as 1,3, where there are no weights; not “3”");
	refuse("code,kind,text,option1,option2,right\na,single,x,y,z,\n", "2: The question has no right answer");
	refuse("code,kind,text,rubric1\na,long,x,Law\n", "2: A row of a rubric is written “name | points | about”, not “Law”");
	refuse("code,kind,text,right,case\na,truefalse,x,true,none\n", "2: There is no case “none” in this language");
	refuse("code,kind,text\n\"a,single,x\n", "2: A quote is not closed, or the row has too many fields");
	refuse("code,kind,text,picture\na,long,x,http://a.example/x.png\n", "2: A picture in a CSV file is a data: address in base64");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(choices),
		cmocka_unit_test(typed_paired_and_ordered),
		cmocka_unit_test(languages_repeat_only_their_words),
		cmocka_unit_test(parts_find_their_case),
		cmocka_unit_test(a_hotspot_with_its_picture),
		cmocka_unit_test(files_of_igot_karmayogi),
		cmocka_unit_test(what_is_wrong_is_said_with_its_line),
	};
	return cmocka_run_group_tests_name("text/question_csv", tests, NULL, NULL);
}
