/* Long answers marked by people: nobody learns whose an answer is or what the other marker gave; two who agree are enough, a third decides where they do not;
 * nobody marks the own answer or one twice; and when all is marked the result follows. */
#include "feature/marking/marking.h"
#include "psychometrics/agreement.h"
#include "sitting.h"

#include <string.h>

static struct fixture *f;
static struct world w;
static int64_t drafting, third;

static const char *marking_of(int64_t exam, const char *what)
{
	return base_of("/orgs/%lld/exams/%lld/marking%s", (long long)w.ministry, (long long)exam, what);
}

/* One choice of one mark and one long answer of ten; 60 per cent to pass. */
static int64_t exam_with_words(const char *code)
{
	int64_t v[2], id = an_exam(f, w.ministry, code, "standalone");
	v[0] = an_item(f, w.ministry, base_of("%s-choice", code), drafting, 2);
	v[1] = a_long_item(f, w.ministry, base_of("%s-words", code), drafting, 2);
	a_part(f, w.ministry, id, drafting, 2, 2);
	a_form(f, id, v, 2);
	open_exam(f, w.ministry, id);
	return id;
}

static long take(struct client *c, int64_t exam)
{
	get(c, "%s", marking_of(exam, ""));
	return post(c, marking_of(exam, "/take"), "");
}

/* The name by which the answer that somebody has is marked. */
static const char *answer_of(struct client *c, int64_t exam)
{
	static char name[80];
	assert_int_equal(get(c, "%s", marking_of(exam, "/answer")), 200);
	const char *at = strstr(buf_get(&c->body).p, "name=\"answer\" value=\"");
	NEED(at, "no answer is shown");
	snprintf(name, sizeof name, "%.*s", (int)strcspn(at + 21, "\""), at + 21);
	return name;
}

static long say(struct client *c, int64_t exam, const char *answer, const char *content, const char *style, const char *note)
{
	char form[300];
	snprintf(form, sizeof form, "answer=%s&points.0=%s&points.1=%s&note=%s", answer, content, style, note);
	return post(c, marking_of(exam, "/answer"), form);
}

static void mark_next(int64_t marker, int64_t exam, const char *content, const char *style, const char *note)
{
	struct client *c = client_as(f, marker);
	char answer[80];
	assert_int_equal(take(c, exam), 303);
	snprintf(answer, sizeof answer, "%s", answer_of(c, exam));
	assert_int_equal(say(c, exam, answer, content, style, note), 303);
	client_free(c);
}

static int64_t hundredths(int64_t paper)
{
	return query_int(f, "SELECT CAST(round(100 * COALESCE(marks, -1)) AS bigint) FROM exam_attempt WHERE id = %lld", (long long)paper);
}

static bool is_marked(int64_t paper)
{
	return query_int(f, "SELECT count(*) FROM exam_attempt WHERE id = %lld AND state = 'marked'", (long long)paper);
}

/* ── who sees what ── */

static void nobody_learns_whose_an_answer_is(void **state)
{
	int64_t exam = exam_with_words("unknown");
	a_paper_of(f, w.learner, exam, "aT");
	struct client *c = client_as(f, w.reviewer);
	(void)state;
	assert_int_equal(take(c, exam), 303);
	const char *pages[] = { marking_of(exam, "/answer"), base_of("/api/v1%s", marking_of(exam, "/answer")), marking_of(exam, "") };
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(get(c, "%s", pages[i]), 200);
		assert_false(body_has(c, "Asha") || body_has(c, "learner@") || body_has(c, base_of("%lld", (long long)w.learner)) ||
			     body_has(c, base_of("%lld", (long long)w.office)));
	}
	assert_int_equal(get(c, "%s", marking_of(exam, "/answer")), 200);
	assert_true(body_has(c, SITTING_WORDS) && body_has(c, "Draft a reply") && body_has(c, "All that was asked"));
	client_free(c);
}

static void a_marker_does_not_see_what_the_other_gave(void **state)
{
	int64_t exam = exam_with_words("apart");
	a_paper_of(f, w.learner, exam, "aT");
	mark_next(w.reviewer, exam, "5.25", "3", "SECRETNOTE");
	struct client *c = client_as(f, w.publisher);
	(void)state;
	assert_int_equal(take(c, exam), 303);
	assert_int_equal(get(c, "%s", marking_of(exam, "/answer")), 200);
	assert_false(body_has(c, "SECRETNOTE") || body_has(c, "5.25") || body_has(c, "8.25"));
	client_free(c);
}

/* ── what counts ── */

static void two_who_agree_are_enough_and_their_mean_counts(void **state)
{
	int64_t exam = exam_with_words("agree"), paper = a_paper_of(f, w.learner, exam, "aT");
	(void)state;
	assert_false(is_marked(paper));
	mark_next(w.reviewer, exam, "5", "3", "good");
	assert_false(is_marked(paper));
	mark_next(w.publisher, exam, "4", "2.5", "fair");
	assert_true(is_marked(paper));
	assert_int_equal(hundredths(paper), 825); /* 1 + (8 + 6.5) / 2 */
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_attempt WHERE id = %lld AND passed", (long long)paper), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_result WHERE attempt_id = %lld", (long long)paper), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM evidence WHERE person_id = %lld AND source_id = %lld AND withdrawn_at IS NULL",
				   (long long)w.learner, (long long)exam),
			 1);
	assert_int_equal(check_findings(f), 0);
}

static void where_two_differ_a_third_sees_both_and_decides(void **state)
{
	int64_t exam = exam_with_words("differ"), paper = a_paper_of(f, w.learner, exam, "aT");
	(void)state;
	mark_next(w.reviewer, exam, "6", "4", "all+there");
	mark_next(w.publisher, exam, "3", "1", "half+missing");
	assert_false(is_marked(paper));
	struct client *c = client_as(f, w.reviewer);
	assert_int_equal(take(c, exam), 404); /* neither of the two */
	client_free(c);
	c = client_as(f, third);
	assert_int_equal(take(c, exam), 303);
	assert_int_equal(get(c, "%s", marking_of(exam, "/answer")), 200);
	assert_true(body_has(c, "all there") && body_has(c, "half missing") && body_has(c, "6 + 4") && body_has(c, "3 + 1"));
	assert_false(body_has(c, "reviewer@") || body_has(c, base_of("%lld", (long long)w.reviewer)));
	client_free(c);
	mark_next(third, exam, "4", "2", "in+between");
	assert_true(is_marked(paper));
	assert_int_equal(hundredths(paper), 700);
}

/* Of ten points 2 are 20 per cent: not more. */
static void just_as_far_as_allowed_is_not_too_far(void **state)
{
	(void)state;
	assert_false(marking_is_apart(6, 4, 10, 20));
	assert_true(marking_is_apart(6.01, 4, 10, 20));
	assert_false(marking_is_apart(0.1 + 0.2, 0.1, 1, 20));
	f->app.marking_apart = 50;
	int64_t exam = exam_with_words("setting"), paper = a_paper_of(f, w.learner, exam, "aT");
	mark_next(w.reviewer, exam, "6", "3", "");
	mark_next(w.publisher, exam, "3", "1", "");
	f->app.marking_apart = 0;
	assert_true(is_marked(paper));
	assert_int_equal(hundredths(paper), 750);
}

static void an_answer_that_was_never_given_needs_nobody(void **state)
{
	int64_t exam = exam_with_words("nothing"), paper = a_paper_of(f, w.learner, exam, "a-");
	struct client *c = client_as(f, w.reviewer);
	(void)state;
	assert_true(is_marked(paper));
	assert_int_equal(hundredths(paper), 100);
	assert_int_equal(take(c, exam), 404);
	client_free(c);
}

/* ── who may ── */

static void nobody_marks_the_own_answer_or_one_twice(void **state)
{
	int64_t exam = exam_with_words("own");
	a_paper_of(f, third, exam, "aT");
	struct client *c = client_as(f, third);
	(void)state;
	assert_int_equal(take(c, exam), 404);
	client_free(c);
	mark_next(w.reviewer, exam, "5", "3", "");
	c = client_as(f, w.reviewer);
	assert_int_equal(take(c, exam), 404);
	client_free(c);
}

static void only_who_marks_here_gets_answers(void **state)
{
	int64_t exam = exam_with_words("doors");
	a_paper_of(f, w.learner, exam, "aT");
	int64_t strangers[] = { w.learner, w.admin, w.other_reviewer };
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct client *c = client_as(f, strangers[i]);
		assert_int_equal(get(c, "%s", marking_of(exam, "/answer")), 403);
		assert_int_equal(post_json(c, base_of("/api/v1%s", marking_of(exam, "/take")), "{}"), 403);
		client_free(c);
	}
	struct client *c = client_as(f, w.other_operator);
	assert_int_equal(get(c, "/orgs/%lld/exams/%lld/marking", (long long)w.other_ministry, (long long)exam), 404);
	client_free(c);
	c = client_as(f, w.admin);
	assert_int_equal(get(c, "%s", marking_of(exam, "/progress")), 200);
	client_free(c);
}

/* ── time ── */

static void an_answer_that_is_held_too_long_is_free_again(void **state)
{
	int64_t exam = exam_with_words("held");
	char answer[80];
	a_paper_of(f, w.learner, exam, "aT");
	struct client *first = client_as(f, w.reviewer), *second = client_as(f, w.publisher), *last = client_as(f, third);
	(void)state;
	assert_int_equal(take(first, exam), 303);
	snprintf(answer, sizeof answer, "%s", answer_of(first, exam));
	assert_int_equal(take(second, exam), 303); /* the second turn */
	assert_int_equal(take(last, exam), 404);
	f->app.fixed_now += MARKING_HELD + 1;
	f->cx.now = f->app.fixed_now;
	assert_int_equal(take(last, exam), 303);
	assert_int_equal(say(first, exam, answer, "1", "1", ""), 409);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_mark WHERE exam_id = %lld AND marked_at IS NOT NULL", (long long)exam), 0);
	get(last, "%s", marking_of(exam, "/answer"));
	assert_int_equal(post(last, marking_of(exam, "/give-back"), ""), 303);
	assert_int_equal(take(first, exam), 303);
	client_free(first);
	client_free(second);
	client_free(last);
}

/* ── what is refused ── */

static void marks_outside_of_the_rubric_are_refused_and_nothing_is_kept(void **state)
{
	static const char *const wrong[][2] = { { "6.5", "1" }, { "-1", "1" }, { "x", "1" }, { "1", "4.01" }, { "1.234", "1" }, { "nan", "1" }, { "", "1" } };
	int64_t exam = exam_with_words("range");
	char answer[80];
	a_paper_of(f, w.learner, exam, "aT");
	struct client *c = client_as(f, w.reviewer);
	(void)state;
	assert_int_equal(take(c, exam), 303);
	snprintf(answer, sizeof answer, "%s", answer_of(c, exam));
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_int_equal(say(c, exam, answer, wrong[i][0], wrong[i][1], ""), 422);
		assert_true(body_has(c, "criteri"));
	}
	assert_int_equal(post(c, marking_of(exam, "/answer"), base_of("answer=%s&points.0=1&points.1=1&points.2=1", answer)), 422);
	assert_int_equal(say(c, exam, "1-2", "1", "1", ""), 409);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_mark WHERE exam_id = %lld AND marked_at IS NOT NULL", (long long)exam), 0);
	assert_int_equal(say(c, exam, answer, "6", "4", ""), 303);
	client_free(c);
}

/* ── how far they agree ── */

static void agreement_is_told_from_ten_answers_on(void **state)
{
	static const int marks[12][2] = {
		{ 1, 2 }, { 3, 3 }, { 5, 4 }, { 6, 6 }, { 2, 2 }, { 4, 5 }, { 6, 5 }, { 0, 1 }, { 3, 2 }, { 5, 5 }, { 1, 1 }, { 4, 4 }
	};
	int64_t exam = exam_with_words("many");
	struct agreement wanted;
	double x[24];
	char login[20];
	(void)state;
	struct client *c = client_as(f, w.admin);
	for (int i = 0; i < 12; i++) {
		snprintf(login, sizeof login, "taker-%d", i);
		a_paper_of(f, a_person(f, login, "A Taker", w.office, 0), exam, "aT");
		mark_next(w.reviewer, exam, base_of("%d", marks[i][0]), "0", "");
		mark_next(w.publisher, exam, base_of("%d", marks[i][1]), "0", "");
		x[2 * i] = marks[i][0] / 10.0;
		x[2 * i + 1] = marks[i][1] / 10.0;
		assert_int_equal(get(c, "/api/v1%s", marking_of(exam, "/progress")), 200);
		assert_true(answer_true(c, "known") == (i + 1 >= MARKING_LEAST));
	}
	assert_true(agreement_of(x, 12, 2, 0.95, &wanted));
	assert_int_equal(json_number(c, "n_pairs"), 12);
	assert_int_equal(json_number(c, "n_final"), 12);
	assert_int_equal(get(c, "%s", marking_of(exam, "/progress")), 200);
	assert_true(body_has(c, str_fmt(f->cx.arena, "%.2f", wanted.single).p) && body_has(c, "reviewer"));
	client_free(c);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	drafting = competency_named(f, "functional.noting-and-drafting");
	a_role(f, w.reviewer, "reviewer", w.ministry);
	a_role(f, w.publisher, "publisher", w.ministry);
	third = a_person(f, "third", "Third Marker", w.office, 0);
	a_role(f, third, "reviewer", w.ministry);
	return 0;
}

static int end(void **state)
{
	(void)state;
	query_end();
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_learns_whose_an_answer_is),
		cmocka_unit_test(a_marker_does_not_see_what_the_other_gave),
		cmocka_unit_test(two_who_agree_are_enough_and_their_mean_counts),
		cmocka_unit_test(where_two_differ_a_third_sees_both_and_decides),
		cmocka_unit_test(just_as_far_as_allowed_is_not_too_far),
		cmocka_unit_test(an_answer_that_was_never_given_needs_nobody),
		cmocka_unit_test(nobody_marks_the_own_answer_or_one_twice),
		cmocka_unit_test(only_who_marks_here_gets_answers),
		cmocka_unit_test(an_answer_that_is_held_too_long_is_free_again),
		cmocka_unit_test(marks_outside_of_the_rubric_are_refused_and_nothing_is_kept),
		cmocka_unit_test(agreement_is_told_from_ten_answers_on),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
