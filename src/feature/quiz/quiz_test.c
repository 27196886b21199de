/* Tests of marking (no database) and of the promises of quizzes, on the back end that TEST_DATABASE names (an own SQLite file
 * when it is absent; another database is only added to). */
#include "app/features.h"
#include "base/clock.h"
#include "feature/completion/completion.h"
#include "feature/course/course.h"
#include "feature/enrolment/enrolment.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "feature/quiz/quiz.h"
#include "text/gift.h"
#include "web/exchange.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#undef fail /* ours is in base/ctx.h */
#undef fail_msg

#include <math.h>
#include <sodium.h>
#include <unistd.h>

extern const struct action quiz_actions[];

/* ── marking ── */

static struct arena *mem;

static struct strs list(size_t n, const char *const *v)
{
	struct strs r = { 0 };
	for (size_t i = 0; i < n; i++)
		*ARENA_PUSH(mem, r.v, r.n) = str_of(v[i]);
	return r;
}
#define GIVEN(...) list(sizeof((const char *[]){ __VA_ARGS__ }) / sizeof(char *), (const char *[]){ __VA_ARGS__ })

/* The first question of a GIFT text, through the database's form and back, as in life. */
static void load(struct ctx *cx, const char *gift, struct quiz_asked *asked, struct quiz_key *key)
{
	struct findings f = { .arena = mem };
	struct questions q = { 0 };
	struct str a, k;
	assert_true(gift_parse(&f, S("test.gift"), str_of(gift), false, &q));
	assert_int_equal(q.n, 1);
	quiz_store(cx, &q.v[0], &a, &k);
	struct str kind = str_of(question_kind_name(q.v[0].kind));
	assert_int_equal(quiz_load_asked(cx, kind, a, asked), OK);
	assert_int_equal(quiz_load_key(cx, kind, k, key), OK);
}

/* Answers by the texts of options, since ids follow the order of texts. */
static double part(const char *gift, struct strs given)
{
	struct ctx cx = { .arena = mem };
	struct quiz_asked asked;
	struct quiz_key key;
	load(&cx, gift, &asked, &key);
	for (size_t i = 0; i < given.n; i++)
		for (size_t k = 0; k < asked.n_options; k++)
			if (asked.kind != Q_MATCHING && str_eq(asked.options[k].text, given.v[i]))
				given.v[i] = asked.options[k].id;
	return quiz_mark(mem, &key, &given).part;
}

#define assert_part(gift, expected, ...) assert_true(fabs(part(gift, GIVEN(__VA_ARGS__)) - (expected)) < 0.0001)

static void test_choices(void **state)
{
	(void)state;
	const char *single = "Days? {=30 ~%50%about 30 ~45 ~%-50%never}";
	assert_part(single, 1, "30");
	assert_part(single, 0.5, "about 30");
	assert_part(single, 0, "45");
	assert_part(single, 0, "never"); /* the floor */
	assert_part(single, 0, "30", "about 30"); /* two of a single choice are no answer */
	const char *multiple = "Which? {~%50%a ~%50%b ~%-50%c ~%-100%d}";
	assert_part(multiple, 1, "a", "b");
	assert_part(multiple, 0.5, "a");
	assert_part(multiple, 0.5, "a", "b", "c");
	assert_part(multiple, 0, "a", "b", "d");
	assert_part(multiple, 0, "c", "d");
	assert_part("Which? {~%33.333%a ~%33.333%b ~%33.333%c ~%-100%d}", 1, "a", "b", "c");
	assert_part("Water is wet {T}", 1, "true");
	assert_part("Water is wet {T}", 0, "false");
	assert_part("Water is dry {F}", 1, "false");
}

static void test_numbers(void **state)
{
	static const struct {
		const char *typed;
		double value; /* NaN: not a number */
	} rows[] = {
		{ "48", 48 }, { " 48 ", 48 }, { "-2.5", -2.5 }, { "+3", 3 }, { "1,00,000", 100000 }, { "100,000", 100000 }, { "1,00,00,000", 10000000 },
		{ "1,234.5", 1234.5 }, { "1 00 000", 100000 }, { "2,5", 2.5 }, { "0,500", 0.5 }, { ".5", 0.5 }, { "5.", 5 }, { "४८", 48 }, { "৪৮", 48 },
		{ "\xe2\x88\x92" "3", -3 }, { "1,00,00", NAN }, { "1,00,000,00", NAN }, { "1,2,3", NAN }, { "1.000.000", NAN }, { "48 hours", NAN }, { "1e3", NAN },
		{ "", NAN }, { "-", NAN }, { ",", NAN }, { ".", NAN }, { "--1", NAN }, { "1-2", NAN }, { "inf", NAN }, { "0x10", NAN },
		{ "1,00,000,000", NAN }, { "123456789012345678901234567890123456789012345", NAN },
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		double x = NAN;
		bool good = quiz_number(mem, str_of(rows[i].typed), &x);
		if (good != !isnan(rows[i].value) || (good && fabs(x - rows[i].value) > 1e-9))
			print_error("“%s” was read as %g, not as %g\n", rows[i].typed, x, rows[i].value);
		assert_int_equal(good, !isnan(rows[i].value));
		assert_true(!good || fabs(x - rows[i].value) < 1e-9);
	}
	assert_part("Pi? {#3.14:0.005}", 1, "3.141");
	assert_part("Pi? {#3.14:0.005}", 0, "3.2");
	assert_part("Cents? {#0.3:0.1}", 1, "0.4"); /* the edge belongs to it */
	assert_part("From? {#1..5}", 1, "5");
	const char *two = "How much? {#=100:0 =%50%100:10}";
	assert_part(two, 1, "100");
	assert_part(two, 0.5, "109");
	assert_part(two, 0, "111");
	assert_part(two, 0, "a lot");
}

static void test_short(void **state)
{
	(void)state;
	const char *one = "Who? {=Central Information Commission =%50%CIC}";
	assert_part(one, 1, "central  information\tcommission ");
	assert_part(one, 0.5, "cic");
	assert_part(one, 0, "Commission");
	assert_part("Wer? {=Straße}", 1, "STRASSE");
	assert_part("Café? {=caf\xc3\xa9}", 1, "CAFE\xcc\x81"); /* composed and decomposed */
	assert_part("कौन? {=सूचना आयोग}", 1, "सूचना  आयोग");
	assert_part("Any {=*inform*commission}", 1, "the Information Commission");
	assert_part("Any {=*inform*commission}", 0, "the Information Commissioner");
	assert_part("All {=%100%yes =%0%*}", 1, "Yes");
	assert_part("All {=%100%yes =%0%*}", 0, "whatever");
	assert_part("Star {=a\\*b}", 1, "A*B");
	assert_part("Star {=a\\*b}", 0, "axb");
	assert_true(quiz_pattern_fits(S("*a*a*a*b"), S("aaaaaaaaaaaab")));
	assert_false(quiz_pattern_fits(S("*a*a*a*b"), S("aaaaaaaaaaaac")));
	assert_true(quiz_pattern_fits(S("*"), S("")));
	assert_false(quiz_pattern_fits(S("a"), S("")));
}

static void test_matching(void **state)
{
	(void)state;
	/* Right sides by text: 1 = capital of India, … ; "Delhi" a, "Kolkata" b, "Patna" c. */
	const char *m = "Match {=India -> Delhi =Bihar -> Patna = -> Kolkata}";
	assert_part(m, 1, "1=a", "2=c");
	assert_part(m, 0.5, "1=a", "2=b");
	assert_part(m, 0.5, "2=c");
	assert_part(m, 0, "1=b", "2=a");
	assert_part(m, 0.5, "1=a", "1=a", "1=a");
}

static void test_right_answers(void **state)
{
	static const char *const gifts[] = {
		"a {=30 ~%50%31 ~32}", "b {~%50%a ~%50%b ~%-50%c}", "c {F}", "d {#1..4}", "e {#-0.125}", "f {=%50%x =Right *}", "g {=*}", "h {=a -> b =c -> b = -> d}",
	};
	struct ctx cx = { .arena = mem };
	(void)state;
	for (size_t i = 0; i < sizeof gifts / sizeof *gifts; i++) {
		struct quiz_asked asked;
		struct quiz_key key;
		struct strs fitted;
		load(&cx, gifts[i], &asked, &key);
		struct strs right = quiz_right(mem, &key);
		assert_null(quiz_fit(mem, &asked, &right, &fitted));
		assert_true(quiz_mark(mem, &key, &fitted).part == 1);
	}
}

static void test_ids_tell_nothing(void **state)
{
	struct ctx cx = { .arena = mem };
	struct quiz_asked one, two;
	struct quiz_key key;
	(void)state;
	load(&cx, "a {=zebra ~ant ~mouse}", &one, &key);
	load(&cx, "a {~mouse ~ant =zebra}", &two, &key);
	assert_int_equal(one.n_options, 3);
	for (size_t i = 0; i < 3; i++)
		assert_true(str_eq(one.options[i].text, two.options[i].text) && str_eq(one.options[i].id, two.options[i].id));
	assert_true(str_is(one.options[0].text, "ant"));
}

static void test_fit(void **state)
{
	struct ctx cx = { .arena = mem };
	struct quiz_asked q;
	struct quiz_key key;
	struct strs fitted, given;
	(void)state;
	load(&cx, "a {~%50%x ~%50%y ~%-50%z}", &q, &key);
	given = GIVEN("c", "a", "c");
	assert_null(quiz_fit(mem, &q, &given, &fitted));
	assert_true(str_is(quiz_write_given(mem, &fitted), "[\"a\",\"c\"]"));
	given = GIVEN("d");
	assert_non_null(quiz_fit(mem, &q, &given, &fitted));
	load(&cx, "a {=x ~y}", &q, &key);
	given = GIVEN("a", "b");
	assert_non_null(quiz_fit(mem, &q, &given, &fitted));
	load(&cx, "a {#4}", &q, &key);
	given = GIVEN("four");
	assert_non_null(quiz_fit(mem, &q, &given, &fitted));
	given = GIVEN("  ");
	assert_null(quiz_fit(mem, &q, &given, &fitted));
	assert_int_equal(fitted.n, 0);
	load(&cx, "a {=i -> x =j -> y}", &q, &key);
	given = GIVEN("2=a", "1=");
	assert_null(quiz_fit(mem, &q, &given, &fitted));
	assert_true(str_is(quiz_write_given(mem, &fitted), "[\"2=a\"]"));
	given = GIVEN("2=a", "2=b");
	assert_non_null(quiz_fit(mem, &q, &given, &fitted));
	given = GIVEN("3=a");
	assert_non_null(quiz_fit(mem, &q, &given, &fitted));
}

/* ── a world ── */

struct world {
	struct arena *arena;
	struct app app;
	struct db_pool *pool;
	struct ctx cx;
	char folder[64];
	int64_t asha, ravi, course, lesson, quiz;
	struct questions questions;
};
static struct world w;

/* Every kind; whatever is part of the key has KEY in it or is nowhere else: 7391.4628. */
static const char gift[] = "::one::Days? {=thirty#KEY thirty is right ~fifteen#KEY fifteen is wrong ~forty ####KEY general}\n\n"
			   "::two::Which? {~%50%trade ~%50%cabinet ~%-50%none#KEY none}\n\n"
			   "::three::Hours? {#7391.4628:1#KEY hours}\n\n"
			   "::four::Who? {=KEYCOMMISSION#KEY who}\n\n"
			   "::five::Match {=six -> request =ten -> part = -> other}\n\n"
			   "::six::Free of charge {T#KEY wrong#KEY right}\n";

typedef enum err quiz_fn(struct ctx *cx, void *arg);

static enum err writing(quiz_fn *fn, void *arg)
{
	w.cx.n_failures = 0;
	return db_write(&w.cx, w.pool, fn, arg);
}

static struct str unique(const char *what)
{
	return str_fmt(w.arena, "%s-%s", what, random_hex(&w.cx, 6).p);
}

static enum err add_people(struct ctx *cx, void *arg)
{
	int64_t org, designation = new_id(cx);
	(void)arg;
	struct org_add o = { .code = unique("dept"), .kind = S("department"), .name_en = S("Department"), .name_hi = S(""), .short_name = S("D"), .parent_id = NONE };
	TRY(org_add(cx, &o, &org));
	TRY(person_sql_add_designation(cx, designation, unique("so"), S("Section Officer"), S(""), S("CSS"), S("B"), 8, 1, NULL));
	int64_t *people[] = { &w.asha, &w.ravi };
	for (size_t i = 0; i < 2; i++) {
		struct person_add p = { .name = S("Asha Kumari"), .email = str_fmt(cx->arena, "%s@gov.in", unique("p").p), .lang = S("en") };
		TRY(person_add(cx, &p, people[i]));
		struct person_post post = { *people[i], org, designation, NONE, person_today(cx) - 10 };
		TRY(person_post(cx, &post));
	}
	return OK;
}

static enum err put_resource(struct ctx *cx, int64_t id, int64_t module, int64_t n, const char *code, const char *kind, int64_t credits)
{
	return course_sql_put_resource(cx, id, w.course, module, n, str_of(code), str_of(kind), str_of(code), 60000, 0, 1000, S(""), S(""), S("[]"), STR_NONE,
				       STR_NONE, S("[]"), credits, NULL);
}

static enum err add_course(struct ctx *cx, void *arg)
{
	const struct quiz_rules *rules = arg;
	int64_t module = new_id(cx);
	w.course = new_id(cx);
	w.lesson = new_id(cx);
	w.quiz = new_id(cx);
	TRY(course_sql_add(cx, w.course, unique("rti"), S("Right to Information"), S("…"), S(""), S("en"), S("ISTM"), NONE, NONE, S("CC0"), S(""), 60000, 1000, 2,
			   cx->now, NULL));
	TRY(course_sql_put_module(cx, module, w.course, 1, S("01"), S("The Act"), S(""), NULL));
	TRY(put_resource(cx, w.lesson, module, 1, "01/lesson", "lesson", NONE));
	TRY(put_resource(cx, w.quiz, module, 2, "01/quiz", "quiz", w.lesson));
	TRY(quiz_import(cx, w.quiz, rules, w.questions.v, w.questions.n));
	TRY(enrolment_add(cx, w.asha, w.course));
	return enrolment_add(cx, w.ravi, w.course);
}

/* A new course with a quiz of these rules (not said: 60 per cent, 3 attempts, feedback at the end), both people enrolled, Asha acting. */
static void begin_with(struct quiz_rules rules)
{
	rules.pass = rules.pass ? rules.pass : 60;
	rules.attempts = rules.attempts ? rules.attempts : 3;
	rules.feedback = rules.feedback.p ? rules.feedback : S("end");
	assert_int_equal(writing(add_people, NULL), OK);
	assert_int_equal(writing(add_course, &rules), OK);
	w.cx.actor = (struct actor){ .person_id = w.asha, .name = S("Asha"), .zone = S("Asia/Kolkata") };
}
#define BEGIN(...) begin_with((struct quiz_rules){ __VA_ARGS__ })

static enum err start_fn(struct ctx *cx, void *arg)
{
	return quiz_start(cx, w.quiz, arg);
}
static enum err save_fn(struct ctx *cx, void *arg)
{
	return quiz_save(cx, arg);
}
struct submitting {
	int64_t id;
	struct quiz_result result;
};
static enum err submit_fn(struct ctx *cx, void *arg)
{
	struct submitting *s = arg;
	return quiz_submit(cx, s->id, &s->result);
}

static int64_t started(void)
{
	int64_t id = 0;
	assert_int_equal(writing(start_fn, &id), OK);
	return id;
}

static struct quiz_attempt seen(int64_t id)
{
	struct quiz_attempt a;
	assert_int_equal(quiz_attempt(&w.cx, id, &a), OK);
	return a;
}

static struct quiz_state standing(void)
{
	struct quiz_state s;
	assert_int_equal(quiz_state(&w.cx, w.quiz, &s), OK);
	return s;
}

static const struct quiz_shown *of_kind(const struct quiz_attempt *a, enum question_kind kind)
{
	for (size_t i = 0; i < a->n_questions; i++)
		if (a->questions[i].kind == kind)
			return &a->questions[i];
	return NULL;
}

static enum err save(int64_t attempt, int64_t question, const char *given, bool check)
{
	struct quiz_give give = { attempt, question, str_of(given), check };
	return writing(save_fn, &give);
}

static void answer_all(int64_t id, size_t how_many)
{
	struct quiz_attempt a = seen(id);
	for (size_t i = 0; i < how_many; i++) {
		struct quiz_give give = { .attempt_id = id, .question_id = a.questions[i].question_id };
		assert_int_equal(quiz_right_answer(&w.cx, give.question_id, &give.given), OK);
		assert_int_equal(writing(save_fn, &give), OK);
	}
}

static struct quiz_result submitted(int64_t id)
{
	struct submitting s = { .id = id };
	assert_int_equal(writing(submit_fn, &s), OK);
	return s.result;
}

/* ── promises ── */

/* Page and API of an action as a browser gets them. */
static struct str sent(const char *name, const void *in, bool page)
{
	const struct action *act = quiz_actions;
	while (strcmp(act->name, name))
		act++;
	struct answer a = { 0 };
	assert_int_equal(act->run(&w.cx, in, NULL, &a), OK);
	if (!page) {
		for (const struct field *f = act->out; f->name; f++)
			if (f->kind == F_JSON)
				return *(const struct str *)((const char *)a.rows + f->offset);
		return STR_NONE;
	}
	static const struct action *const features[] = { quiz_actions, NULL };
	struct str fault;
	struct exchange x = { .actions = action_table_new(features, &fault) };
	struct html_out o;
	html_begin(&o, &w.cx, 1 << 20);
	o.exchange = &x;
	act->html(&o, a.view);
	action_table_free((struct action_table *)x.actions);
	return buf_get(&o.b);
}

/* The input of quiz.show begins with the resource. */
struct show {
	int64_t resource_id;
	struct strs answer;
};

static bool tells(struct str s)
{
	return str_find(s, S("KEY")) >= 0 || str_find(s, S("7391.4628")) >= 0 || str_find(s, S("weight")) >= 0;
}

static void test_keys_stay_here(void **state)
{
	(void)state;
	BEGIN(0);
	struct show in = { .resource_id = w.quiz };
	assert_false(tells(sent("quiz.show", &in, true)));
	int64_t id = started();
	struct str page = sent("quiz.show", &in, true), json = sent("quiz.show", &in, false);
	assert_true(str_find(page, S("Hand in")) >= 0 && str_find(page, S("forty")) >= 0 && str_find(json, S("forty")) >= 0);
	assert_false(tells(page));
	assert_false(tells(json));
	struct quiz_attempt a = seen(id);
	assert_int_equal(save(id, of_kind(&a, Q_SINGLE)->question_id, "[\"a\"]", true), OK); /* "end": a check shows nothing */
	assert_false(tells(sent("quiz.show", &in, true)));
	assert_false(tells(sent("quiz.show", &in, false)));
	submitted(id);
	page = sent("quiz.show", &in, true);
	assert_true(str_find(page, S("KEY general")) >= 0 && str_find(page, S("KEYCOMMISSION")) >= 0 && str_find(page, S("7391.4628")) >= 0);
	assert_true(tells(sent("quiz.show", &in, false)));
}

static void test_never_tells(void **state)
{
	(void)state;
	BEGIN(.feedback = S("never"));
	struct show in = { .resource_id = w.quiz };
	int64_t id = started();
	answer_all(id, 5);
	submitted(id);
	struct str page = sent("quiz.show", &in, true), json = sent("quiz.show", &in, false);
	assert_true(str_find(page, S("5 of 6")) >= 0);
	assert_true(str_find(page, S("KEY")) < 0 || str_find(page, S("KEYCOMMISSION")) >= 0);
	assert_true(str_find(page, S("KEY general")) < 0 && str_find(json, S("KEY general")) < 0 && str_find(json, S("\"right\"")) < 0);
}

static void test_each_tells_what_is_final(void **state)
{
	(void)state;
	BEGIN(.feedback = S("each"));
	int64_t id = started();
	struct quiz_attempt a = seen(id);
	int64_t one = of_kind(&a, Q_SINGLE)->question_id, number = of_kind(&a, Q_NUMERIC)->question_id;
	assert_int_equal(save(id, one, "[\"a\"]", false), OK);
	a = seen(id);
	assert_false(of_kind(&a, Q_SINGLE)->revealed); /* saved, not checked */
	assert_int_equal(save(id, one, "[\"b\"]", false), OK);
	assert_int_equal(save(id, one, "[\"b\"]", true), OK);
	a = seen(id);
	assert_true(of_kind(&a, Q_SINGLE)->revealed);
	assert_false(of_kind(&a, Q_NUMERIC)->revealed);
	assert_int_equal(save(id, one, "[\"a\"]", false), ERR_CONFLICT); /* final */
	assert_int_equal(save(id, one, "[\"b\"]", true), OK);		 /* and the same again is no mistake */
	assert_int_equal(save(id, number, NULL, true), OK);		 /* nothing to check */
	a = seen(id);
	assert_false(of_kind(&a, Q_NUMERIC)->revealed);
	submitted(id);
	a = seen(id);
	assert_true(of_kind(&a, Q_NUMERIC)->revealed);
}

static void test_saved_answer_survives(void **state)
{
	(void)state;
	BEGIN(0);
	int64_t id = started();
	struct quiz_attempt a = seen(id);
	int64_t typed = of_kind(&a, Q_SHORT)->question_id;
	assert_int_equal(save(id, typed, "[\"सूचना \\\"आयोग\\\"\"]", false), OK);
	assert_int_equal(save(id, typed, "[\"सूचना \\\"आयोग\\\"\"]", false), OK);
	assert_int_equal(started(), id); /* taken up again */
	a = seen(id);
	assert_true(str_is(of_kind(&a, Q_SHORT)->given.v[0], "सूचना \"आयोग\""));
	assert_int_equal(save(id, typed, "[]", false), OK);
	a = seen(id);
	assert_int_equal(of_kind(&a, Q_SHORT)->given.n, 0);
	assert_int_equal(save(id, typed, "{}", false), ERR_INVALID);
	assert_int_equal(save(id, typed, "[1]", false), ERR_INVALID);
	assert_int_equal(save(id, of_kind(&a, Q_SINGLE)->question_id, "[\"z\"]", false), ERR_INVALID);
	assert_int_equal(save(id, 1, "[]", false), ERR_NOT_FOUND);
	submitted(id);
	assert_int_equal(save(id, typed, "[\"x\"]", false), ERR_CONFLICT);
}

static void test_order_stays(void **state)
{
	(void)state;
	BEGIN(0);
	int64_t id = started();
	struct quiz_attempt a = seen(id), b = seen(id);
	for (size_t i = 0; i < a.n_questions; i++)
		for (size_t k = 0; k < a.questions[i].n_options; k++)
			assert_true(str_eq(a.questions[i].options[k].id, b.questions[i].options[k].id));
}

static void test_draw(void **state)
{
	bool differs = false;
	int64_t first = 0;
	(void)state;
	BEGIN(.draw = 4, .attempts = 20);
	for (int i = 0; i < 20; i++) {
		int64_t id = started();
		struct quiz_attempt a = seen(id);
		assert_int_equal(a.n_questions, 4);
		assert_true(a.row.max_marks == 4);
		for (size_t k = 1; k < 4; k++)
			for (size_t j = 0; j < k; j++)
				assert_int_not_equal(a.questions[k].question_id, a.questions[j].question_id);
		differs |= i > 0 && a.questions[0].question_id != first;
		first = a.questions[0].question_id;
		submitted(id);
	}
	assert_true(differs); /* wrong once in 6^19 runs */
	BEGIN(.draw = 40);
	assert_int_equal(seen(started()).n_questions, 6);
}

static void test_attempts_end(void **state)
{
	int64_t id;
	(void)state;
	BEGIN(.attempts = 2);
	submitted(started());
	assert_int_equal(standing().left, 1);
	answer_all(id = started(), 3);
	submitted(id);
	struct quiz_state s = standing();
	assert_int_equal(s.left, 0);
	assert_int_equal(s.best_percent, 50);
	assert_false(s.passed);
	assert_int_equal(writing(start_fn, &id), ERR_CONFLICT);
}

static enum err end_enrolment(struct ctx *cx, void *arg)
{
	(void)arg;
	return enrolment_end(cx, cx->actor.person_id, w.course);
}
static enum err end_resources(struct ctx *cx, void *arg)
{
	(void)arg;
	return course_sql_end_resources(cx, cx->now, w.course, NULL);
}

static void test_who_may_begin(void **state)
{
	int64_t id;
	(void)state;
	BEGIN(0);
	id = started();
	assert_int_equal(writing(end_enrolment, NULL), OK);
	assert_int_equal(writing(start_fn, &id), ERR_CONFLICT);
	struct submitting s = { .id = id };
	assert_int_equal(writing(submit_fn, &s), ERR_CONFLICT); /* no credit without an enrolment */
	BEGIN(0);
	assert_int_equal(writing(end_resources, NULL), OK);
	assert_int_equal(writing(start_fn, &id), ERR_GONE);
	w.quiz = 1;
	assert_int_equal(writing(start_fn, &id), ERR_NOT_FOUND);
}

static size_t credits(void)
{
	struct completion_of_course_row *rows;
	size_t n;
	assert_int_equal(completion_sql_of_course(&w.cx, w.asha, w.course, &rows, &n), OK);
	return n;
}

static void test_two_submits_count_once(void **state)
{
	struct enrolment_one_row e;
	bool found;
	(void)state;
	BEGIN(0);
	int64_t id = started();
	answer_all(id, 6);
	assert_int_equal(credits(), 0);
	struct quiz_result one = submitted(id), two = submitted(id);
	assert_true(one.passed && one.newly && one.course_complete && one.percent == 100);
	assert_true(two.passed && !two.newly && two.course_complete && two.marks == one.marks);
	assert_int_equal(credits(), 2); /* the quiz and the lesson that it proves */
	assert_int_equal(enrolment_sql_one(&w.cx, w.asha, w.course, &e, &found), OK);
	assert_int_equal(e.resources_done, 1);
	assert_true(str_is(e.state, "completed"));
	assert_int_equal(standing().used, 1);
}

static void test_pass_mark(void **state)
{
	(void)state;
	BEGIN(.pass = 66);
	int64_t id = started();
	answer_all(id, 4);
	assert_true(submitted(id).passed); /* 66.67 % */
	BEGIN(.pass = 67);
	answer_all(id = started(), 4);
	struct quiz_result r = submitted(id);
	assert_false(r.passed);
	assert_int_equal(r.percent, 66);
	assert_int_equal(credits(), 0);
}

static void test_anothers_attempt(void **state)
{
	struct quiz_attempt a;
	(void)state;
	BEGIN(0);
	int64_t id = started();
	a = seen(id);
	int64_t question = a.questions[0].question_id;
	w.cx.actor.person_id = w.ravi;
	assert_int_equal(quiz_attempt(&w.cx, id, &a), ERR_NOT_FOUND);
	assert_int_equal(save(id, question, "[\"a\"]", false), ERR_NOT_FOUND);
	struct submitting s = { .id = id };
	assert_int_equal(writing(submit_fn, &s), ERR_NOT_FOUND);
	assert_int_equal(standing().open_id, 0);
	assert_int_not_equal(started(), id);
}

static enum err import_fn(struct ctx *cx, void *arg)
{
	const struct questions *q = arg;
	const struct quiz_rules rules = { 60, 3, 0, S("end") };
	return quiz_import(cx, w.quiz, &rules, q->v, q->n);
}

static struct questions parsed(const char *text)
{
	struct findings f = { .arena = w.arena };
	struct questions q = { 0 };
	assert_true(gift_parse(&f, S("test.gift"), str_of(text), true, &q));
	return q;
}

static void test_import_again(void **state)
{
	struct quiz_live_row *before, *after;
	size_t n, m;
	(void)state;
	BEGIN(0);
	int64_t id = started();
	assert_int_equal(quiz_sql_live(&w.cx, w.quiz, &before, &n), OK);
	struct questions next = parsed("::two::Which? {~%-50%none#KEY none ~%50%cabinet ~%50%trade}\n\n::one::Days? {=thirty ~fifteen}\n\n::new::Yes? {T}\n");
	assert_int_equal(writing(import_fn, &next), OK);
	assert_int_equal(quiz_sql_live(&w.cx, w.quiz, &after, &m), OK);
	assert_int_equal(m, 3);
	assert_true(str_is(after[1].code, "one") && after[1].id != before[0].id); /* changed: a new row */
	assert_true(str_is(after[2].code, "new"));
	assert_int_equal(seen(id).n_questions, 6); /* an attempt keeps what it drew */
	answer_all(id, 6);
	assert_true(submitted(id).percent == 100);
	struct questions same = parsed(gift);
	struct questions twice = { (struct question[]){ same.v[0], same.v[0] }, 2 };
	assert_int_equal(writing(import_fn, &twice), ERR_INVALID);
	struct questions essay = { (struct question[]){ { .kind = Q_LONG, .name = S("essay"), .text = S("Discuss.") } }, 1 };
	assert_int_equal(writing(import_fn, &essay), ERR_INVALID); /* nobody would mark it */
}

static void test_question_names_what_it_tests(void **state)
{
	struct quiz_live_row *q;
	size_t n;
	(void)state;
	BEGIN(0);
	struct questions named = parsed("$CATEGORY: $course$/top/kcm:functional.rti-responsiveness@2\n\n::one::Days? {=thirty ~fifteen}\n\n$CATEGORY: plain\n\n::two::Yes? {T}\n");
	assert_int_equal(writing(import_fn, &named), OK);
	assert_int_equal(quiz_sql_live(&w.cx, w.quiz, &q, &n), OK);
	assert_true(str_is(q[0].tests_framework, "kcm") && str_is(q[0].tests_code, "functional.rti-responsiveness") && q[0].tests_level == 2);
	assert_int_equal(q[1].tests_level, NONE);
	/* Another category of the same question: the row stays, what it tests changes. */
	int64_t id = q[0].id;
	struct questions other = parsed("$CATEGORY: mine:a.b@1\n\n::one::Days? {=thirty ~fifteen}\n\n::two::Yes? {T}\n");
	assert_int_equal(writing(import_fn, &other), OK);
	assert_int_equal(quiz_sql_live(&w.cx, w.quiz, &q, &n), OK);
	assert_true(q[0].id == id && str_is(q[0].tests_framework, "mine") && str_is(q[0].tests_code, "a.b") && q[0].tests_level == 1);
}

static void test_import_unchanged(void **state)
{
	struct quiz_live_row *before, *after;
	size_t n, m;
	(void)state;
	BEGIN(0);
	struct questions same = parsed(gift);
	assert_int_equal(quiz_sql_live(&w.cx, w.quiz, &before, &n), OK);
	assert_int_equal(writing(import_fn, &same), OK);
	assert_int_equal(quiz_sql_live(&w.cx, w.quiz, &after, &m), OK);
	assert_int_equal(n, m);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(before[i].id, after[i].id);
}

/* ── the form without a script ── */

struct submit {
	int64_t attempt_id, check;
	struct strs answer;
	struct str later;
};
struct posting {
	struct submit in;
	struct answer answer;
};

static enum err post_fn(struct ctx *cx, void *arg)
{
	struct posting *p = arg;
	const struct action *act = quiz_actions;
	while (strcmp(act->name, "quiz.submit"))
		act++;
	assert_int_equal(act->in_size, sizeof(struct submit));
	p->answer = (struct answer){ 0 };
	return act->run(cx, &p->in, NULL, &p->answer);
}

static struct str keyed(int64_t question, const char *rest)
{
	return str_fmt(w.arena, "%lld%s", (long long)question, rest);
}

static void test_whole_form(void **state)
{
	(void)state;
	BEGIN(0);
	int64_t id = started();
	struct quiz_attempt a = seen(id);
	int64_t multiple = of_kind(&a, Q_MULTIPLE)->question_id, match = of_kind(&a, Q_MATCHING)->question_id;
	struct str answers[] = { keyed(multiple, "="), keyed(multiple, "=a"), keyed(multiple, "=c"), keyed(match, ".1=b"), keyed(match, ".2=") };
	struct posting p = { { id, NONE, { answers, 5 }, S("course") }, { 0 } };
	assert_int_equal(writing(post_fn, &p), OK);
	assert_true(str_starts(p.answer.then, S("/courses/")));
	a = seen(id);
	assert_true(a.row.submitted_at == NONE); /* later */
	assert_int_equal(of_kind(&a, Q_MULTIPLE)->given.n, 2);
	assert_true(str_is(of_kind(&a, Q_MATCHING)->given.v[0], "1=b"));
	p.in.answer.n = 1; /* only the hidden field: every box was cleared */
	p.in.later = S("stay");
	assert_int_equal(writing(post_fn, &p), OK);
	a = seen(id);
	assert_int_equal(of_kind(&a, Q_MULTIPLE)->given.n, 0);
	assert_int_equal(of_kind(&a, Q_MATCHING)->given.n, 1);
	p.in.later = STR_NONE;
	assert_int_equal(writing(post_fn, &p), OK);
	assert_true(seen(id).row.submitted_at != NONE);
	assert_int_equal(writing(post_fn, &p), OK); /* the other tab */
	p.in.answer.v[0] = S("nonsense");
	assert_int_equal(writing(post_fn, &p), ERR_INVALID);
}

static void test_refused_form_keeps_what_was_typed(void **state)
{
	(void)state;
	BEGIN(0);
	int64_t id = started();
	struct quiz_attempt a = seen(id);
	struct str typed = keyed(of_kind(&a, Q_NUMERIC)->question_id, "=two days");
	struct posting p = { { id, NONE, { &typed, 1 }, STR_NONE }, { 0 } };
	assert_int_equal(writing(post_fn, &p), ERR_INVALID);
	assert_int_equal(w.cx.n_failures, 1);
	assert_true(seen(id).row.submitted_at == NONE);
	struct show in = { w.quiz, { &typed, 1 } };
	assert_true(str_find(sent("quiz.show", &in, true), S("value=\"two days\"")) >= 0);
}

/* ── the run ── */

static int set_up(void **state)
{
	const char *url = getenv("TEST_DATABASE");
	struct str message = STR_NONE;
	unsigned applied;
	(void)state;
	w.arena = mem = arena_new();
	w.app.ids = id_source_new(7);
	w.app.base_url = S("http://localhost");
	crypto_sign_keypair(w.app.sign_pk, w.app.sign_sk);
	w.cx = (struct ctx){ .arena = w.arena, .app = &w.app, .now = clock_now() };
	(void)snprintf(w.folder, sizeof w.folder, "/tmp/quiz_test.XXXXXX");
	if (!mkdtemp(w.folder))
		return 1;
	if (!url || !*url)
		url = str_fmt(w.arena, "sqlite:%s/test.db", w.folder).p;
	if (db_pool_open(&w.cx, url, &w.pool, &message) || db_migrate(&w.cx, w.pool, migrations, &applied, &message) || db_connect(w.pool, &w.cx.db)) {
		print_error("%.*s\n", STR_ARG(message));
		return 1;
	}
	w.questions = parsed(gift);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	db_close(w.cx.db);
	db_pool_close(w.pool);
	static const char *const names[] = { "test.db", "test.db-wal", "test.db-shm" };
	for (size_t i = 0; i < 3; i++)
		unlink(str_fmt(w.arena, "%s/%s", w.folder, names[i]).p);
	rmdir(w.folder);
	id_source_free(w.app.ids);
	arena_free(w.arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_choices),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_short),
		cmocka_unit_test(test_matching),
		cmocka_unit_test(test_right_answers),
		cmocka_unit_test(test_ids_tell_nothing),
		cmocka_unit_test(test_fit),
		cmocka_unit_test(test_keys_stay_here),
		cmocka_unit_test(test_never_tells),
		cmocka_unit_test(test_each_tells_what_is_final),
		cmocka_unit_test(test_saved_answer_survives),
		cmocka_unit_test(test_order_stays),
		cmocka_unit_test(test_draw),
		cmocka_unit_test(test_attempts_end),
		cmocka_unit_test(test_who_may_begin),
		cmocka_unit_test(test_two_submits_count_once),
		cmocka_unit_test(test_pass_mark),
		cmocka_unit_test(test_anothers_attempt),
		cmocka_unit_test(test_import_again),
		cmocka_unit_test(test_question_names_what_it_tests),
		cmocka_unit_test(test_import_unchanged),
		cmocka_unit_test(test_whole_form),
		cmocka_unit_test(test_refused_form_keeps_what_was_typed),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
