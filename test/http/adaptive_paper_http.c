/* Adaptive examinations over HTTP: one question at a time, each answer final; what a stop costs, what is shown and what is not, and what the result says. */
#include "bank.h"
#include "feature/adaptive/adaptive.h"
#include "feature/attempt/attempt.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ITEMS = 80 };
static struct fixture *f;
static struct world w;
static int64_t drafting;

/* Six of level 2 and four of level 3 in ten; seven to fifteen questions. */
static int64_t an_adaptive(const char *code, size_t plain)
{
	static int64_t items[ITEMS];
	char name[60];
	int64_t id = an_exam(f, w.ministry, code, "standalone");
	tamper(f, "UPDATE exam SET mode = 'adaptive', least = 7, most = 15, target_se = 0.2, decide = TRUE WHERE id = %lld", (long long)id);
	for (size_t i = 0; i < ITEMS; i++) {
		snprintf(name, sizeof name, "%s-item-%zu", code, i);
		items[i] = an_item(f, w.ministry, name, drafting, 2 + (int64_t)(i % 2));
	}
	a_part(f, w.ministry, id, drafting, 2, 6);
	a_part(f, w.ministry, id, drafting, 3, 4);
	a_pool(f, id, items, ITEMS, plain);
	if (plain)
		a_form(f, id, items, 10);
	open_exam(f, w.ministry, id);
	return id;
}

/* ── acting ── */

struct paper {
	struct client *c;
	int64_t id;
};

static long put_json(struct client *c, const char *path, const char *json)
{
	static char token[120];
	snprintf(token, sizeof token, "X-CSRF-Token: %s", c->csrf);
	c->header[0] = token;
	return send_raw(c, "PUT", path, "application/json", json, strlen(json));
}

static long open_paper(struct client *c, int64_t exam)
{
	return post_json(c, base_of("/api/v1/exams/%lld/attempts", (long long)exam), "{}");
}

static struct paper a_paper(int64_t person, int64_t exam)
{
	struct paper p = { .c = client_as(f, person) };
	NEED(open_paper(p.c, exam) == 200, "not opened: %ld %s", p.c->status, buf_get(&p.c->body).p);
	p.id = json_number(p.c, "attempt_id");
	return p;
}

/* The question that is open; 0: none. */
static int64_t waiting(const struct paper *p)
{
	return query_int(f, "SELECT n FROM exam_answer WHERE attempt_id = %lld AND seq = 0", (long long)p->id);
}

static int64_t asked(const struct paper *p)
{
	return query_int(f, "SELECT count(*) FROM exam_answer WHERE attempt_id = %lld", (long long)p->id);
}

static long give(struct paper *p, int64_t n, const char *given)
{
	return put_json(p->c, base_of("/api/v1/exam-attempts/%lld/answers", (long long)p->id),
			base_of("{\"answers\":[{\"n\":%lld,\"seq\":1001,\"given\":[%s]}]}", (long long)n, given));
}

static bool is_open(const struct paper *p)
{
	return query_int(f, "SELECT count(*) FROM exam_attempt WHERE id = %lld AND state = 'open'", (long long)p->id) == 1;
}

static void state_is(const struct paper *p, const char *state, const char *by)
{
	char text[60];
	query_text(f, text, sizeof text, "SELECT state || ' ' || COALESCE(closed_by, '') FROM exam_attempt WHERE id = %lld", (long long)p->id);
	assert_string_equal(text, base_of("%s %s", state, by));
}

static void answer_to_the_end(struct paper *p, const char *given)
{
	for (int i = 0; is_open(p) && i < 50; i++)
		assert_int_equal(give(p, waiting(p), given), 200);
}

/* ── the way of a test ── */

static void questions_come_one_by_one_until_enough_is_known(void **state)
{
	struct paper p = a_paper(w.learner, an_adaptive("good", 0));
	(void)state;
	for (int64_t done = 0; is_open(&p); done++) {
		assert_int_equal(asked(&p), done + 1);
		assert_int_equal(get(p.c, "/exam-attempts/%lld", (long long)p.id), 200);
		assert_true(body_has(p.c, base_of("Question %lld; at most 15", (long long)done + 1)));
		assert_int_equal(give(&p, waiting(&p), "\"a\""), 200);
	}
	state_is(&p, "marked", "rules");
	assert_true(asked(&p) >= 7 && asked(&p) < 15);
	assert_int_equal(get(p.c, "/api/v1/exam-attempts/%lld", (long long)p.id), 200);
	assert_true(answer_true(p.c, "adaptive") && answer_true(p.c, "passed"));
	assert_true(json_number(p.c, "percent") >= 60);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_attempt WHERE id = %lld AND theta > 0.5 AND se > 0.1 AND se < 0.8 AND max_marks = 100",
				   (long long)p.id),
			 1);
	assert_int_equal(query_int(f, "SELECT value FROM exam_result WHERE attempt_id = %lld", (long long)p.id), 3000);
	assert_int_equal(
		query_int(f, "SELECT value FROM evidence WHERE person_id = %lld AND kind = 'course-test' AND withdrawn_at IS NULL", (long long)w.learner),
		3000);
	client_free(p.c);
	p = a_paper(w.colleague, an_adaptive("bad", 0));
	answer_to_the_end(&p, "\"b\"");
	state_is(&p, "marked", "rules");
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_attempt WHERE id = %lld AND NOT passed AND theta < -0.5", (long long)p.id), 1);
	assert_int_equal(query_int(f, "SELECT value FROM exam_result WHERE attempt_id = %lld", (long long)p.id), 1000);
	client_free(p.c);
}

static void opening_again_shows_the_same_question(void **state)
{
	int64_t exam = an_adaptive("same", 0);
	struct paper p = a_paper(w.learner, exam), other = { .c = client_as(f, w.learner) };
	(void)state;
	assert_int_equal(give(&p, waiting(&p), "\"a\""), 200);
	int64_t n = waiting(&p);
	assert_int_equal(open_paper(p.c, exam), 200);
	assert_int_equal(waiting(&p), n);
	/* Another device, and a server that has just started. */
	pool_place_free(f->app.pools);
	f->app.pools = pool_place_new();
	assert_int_equal(open_paper(other.c, exam), 200);
	assert_int_equal(json_number(other.c, "attempt_id"), p.id);
	assert_int_equal(waiting(&p), n);
	assert_int_equal(asked(&p), 2);
	client_free(other.c);
	client_free(p.c);
}

static void an_answer_is_final_and_twice_the_same_is_once(void **state)
{
	struct paper p = a_paper(w.learner, an_adaptive("final", 0));
	int64_t first = waiting(&p);
	char text[40];
	(void)state;
	assert_int_equal(give(&p, first, "\"a\""), 200);
	int64_t second = waiting(&p);
	assert_int_not_equal(second, first);
	assert_int_equal(give(&p, first, "\"a\""), 200);
	assert_true(body_has(p.c, "kept"));
	assert_int_equal(put_json(p.c, base_of("/api/v1/exam-attempts/%lld/answers", (long long)p.id),
				  base_of("{\"answers\":[{\"n\":%lld,\"seq\":2001,\"given\":[\"b\"]}]}", (long long)first)),
			 200);
	assert_true(body_has(p.c, "older"));
	query_text(f, text, sizeof text, "SELECT given FROM exam_answer WHERE attempt_id = %lld AND n = %lld", (long long)p.id, (long long)first);
	assert_string_equal(text, "[\"a\"]");
	assert_int_equal(waiting(&p), second);
	assert_int_equal(asked(&p), 2);
	/* A question that was not asked takes no answer. */
	int64_t unasked = 1;
	while (unasked == first || unasked == second)
		unasked++;
	assert_int_equal(give(&p, unasked, "\"a\""), 200);
	assert_true(body_has(p.c, "misfit"));
	assert_int_equal(asked(&p), 2);
	client_free(p.c);
}

static void nobody_sees_the_pool(void **state)
{
	struct paper p = a_paper(w.learner, an_adaptive("hidden", 0));
	char code[60];
	(void)state;
	int64_t open = waiting(&p);
	for (int api = 0; api < 2; api++) {
		assert_int_equal(get(p.c, "%s/exam-attempts/%lld", api ? "/api/v1" : "", (long long)p.id), 200);
		assert_false(body_has(p.c, "KEY"));
		for (int64_t n = 1; n <= ITEMS; n++) {
			snprintf(code, sizeof code, "hidden-item-%lld right", (long long)n - 1);
			assert_true(body_has(p.c, code) == (n == open));
		}
	}
	for (int64_t n = 1; n <= ITEMS; n++)
		tamper(f,
		       "UPDATE item_version SET picture = %s, picture_type = 'image/png' WHERE item_id = (SELECT x.item_id FROM exam_form_item x JOIN "
		       "exam_attempt a "
		       "ON a.form_id = x.form_id WHERE a.id = %lld AND x.n = %lld)",
		       strncmp(f->url, "sqlite", 6) == 0 ? "x'00'" : "'\\x00'", (long long)p.id, (long long)n);
	for (int64_t n = 1; n <= ITEMS; n++)
		assert_int_equal(get(p.c, "/exam-attempts/%lld/pictures/%lld", (long long)p.id, (long long)n), n == open ? 200 : 404);
	client_free(p.c);
}

static void a_review_shows_what_was_asked_and_no_more(void **state)
{
	int64_t exam = an_adaptive("reviewed", 0);
	char code[60];
	(void)state;
	tamper(f, "UPDATE exam SET feedback = 'review' WHERE id = %lld", (long long)exam);
	struct paper p = a_paper(w.learner, exam);
	answer_to_the_end(&p, "\"a\"");
	tamper(f, "UPDATE exam SET state = 'closed', closes_at = 2, opens_at = 1 WHERE id = %lld", (long long)exam);
	tamper(f, "UPDATE exam_attempt SET ends_at = 2 WHERE id = %lld", (long long)p.id);
	assert_int_equal(get(p.c, "/exam-attempts/%lld", (long long)p.id), 200);
	for (int64_t n = 1; n <= ITEMS; n++) {
		snprintf(code, sizeof code, "reviewed-item-%lld right", (long long)n - 1);
		assert_true(body_has(p.c, code) ==
			    (query_int(f, "SELECT count(*) FROM exam_answer WHERE attempt_id = %lld AND n = %lld", (long long)p.id, (long long)n) == 1));
	}
	client_free(p.c);
}

static void without_scripts_the_form_goes_on_and_nothing_is_left_out_by_mistake(void **state)
{
	struct paper p = a_paper(w.learner, an_adaptive("form", 0));
	char path[60], form[60];
	(void)state;
	snprintf(path, sizeof path, "/exam-attempts/%lld/submit", (long long)p.id);
	int64_t first = waiting(&p);
	snprintf(form, sizeof form, "answer.%lld=&later=stay", (long long)first);
	assert_int_equal(post(p.c, path, form), 422);
	assert_true(body_has(p.c, "say that you do not know"));
	assert_int_equal(waiting(&p), first);
	snprintf(form, sizeof form, "answer.%lld=a&later=stay", (long long)first);
	assert_int_equal(post(p.c, path, form), 303);
	int64_t second = waiting(&p);
	assert_int_not_equal(second, first);
	/* Sent twice: the second is about a question that is answered. */
	assert_int_equal(post(p.c, path, form), 303);
	assert_int_equal(waiting(&p), second);
	snprintf(form, sizeof form, "answer.%lld=&later=skip", (long long)second);
	assert_int_equal(post(p.c, path, form), 303);
	assert_int_equal(asked(&p), 3);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_answer WHERE attempt_id = %lld AND n = %lld AND seq > 0 AND given IS NULL", (long long)p.id,
				   (long long)second),
			 1);
	client_free(p.c);
}

static void who_ends_it_early_has_shown_nothing(void **state)
{
	struct paper p = a_paper(w.learner, an_adaptive("early", 0)), none;
	(void)state;
	for (int i = 0; i < 3; i++)
		assert_int_equal(give(&p, waiting(&p), "\"a\""), 200);
	assert_int_equal(post_json(p.c, base_of("/api/v1/exam-attempts/%lld/submit", (long long)p.id), "{}"), 200);
	state_is(&p, "marked", "taker");
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_attempt WHERE id = %lld AND NOT passed AND marks < 60", (long long)p.id), 1);
	assert_int_equal(query_int(f, "SELECT value FROM exam_result WHERE attempt_id = %lld", (long long)p.id), SAYS_NOTHING);
	client_free(p.c);
	none = a_paper(w.learner, an_adaptive("nothing", 0));
	assert_int_equal(post_json(none.c, base_of("/api/v1/exam-attempts/%lld/submit", (long long)none.id), "{}"), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_attempt WHERE id = %lld AND NOT passed AND marks = 0", (long long)none.id), 1);
	client_free(none.c);
}

static void with_too_few_calibrated_questions_there_is_a_fixed_paper_and_it_is_said(void **state)
{
	struct paper p = a_paper(w.learner, an_adaptive("instead", ITEMS - 10));
	(void)state;
	assert_int_equal(get(p.c, "/exam-attempts/%lld", (long long)p.id), 200);
	assert_true(body_has(p.c, "so you have a fixed paper"));
	assert_true(body_has(p.c, "Question 10 of 10"));
	assert_int_equal(get(p.c, "/api/v1/exam-attempts/%lld", (long long)p.id), 200);
	assert_true(answer_true(p.c, "instead") && !answer_true(p.c, "adaptive"));
	client_free(p.c);
}

static enum err settle_fn(struct ctx *cx, void *arg)
{
	const struct paper *p = arg;
	return attempt_settle(cx, w.learner, p->id);
}

/* Marked again the result is the same to the bit; without a question it is that of the others. */
static void marked_anew_it_follows_the_rulings(void **state)
{
	int64_t exam = an_adaptive("ruled", 0);
	struct paper p = a_paper(w.learner, exam);
	char before[100], after[100];
	(void)state;
	answer_to_the_end(&p, "\"a\"");
	const char *what = "SELECT theta || ' ' || se || ' ' || marks FROM exam_attempt WHERE id = %lld";
	query_text(f, before, sizeof before, what, (long long)p.id);
	in_tx(f, settle_fn, &p);
	query_text(f, after, sizeof after, what, (long long)p.id);
	assert_string_equal(after, before);
	tamper(f,
	       "INSERT INTO exam_ruling (id, exam_id, item_id, version, kind, why, state, n_attempts, n_changed, n_pass, n_fail, by_id, at) "
	       "SELECT %lld, %lld, item_id, version, 'drop', 'ambiguous', 'done', 0, 0, 0, 0, %lld, 1 FROM exam_answer WHERE attempt_id = %lld ORDER BY n "
	       "LIMIT 1",
	       (long long)new_id(&f->cx), (long long)exam, (long long)w.boss, (long long)p.id);
	in_tx(f, settle_fn, &p);
	query_text(f, after, sizeof after, what, (long long)p.id);
	assert_string_not_equal(after, before);
	tamper(f, "UPDATE exam_ruling SET state = 'undone' WHERE exam_id = %lld", (long long)exam);
	in_tx(f, settle_fn, &p);
	query_text(f, after, sizeof after, what, (long long)p.id);
	assert_string_equal(after, before);
	client_free(p.c);
}

/* ── before anybody sits it ── */

static double figure(struct client *c, const char *key)
{
	const char *at = strstr(buf_get(&c->body).p, base_of("\"%s\":", key));
	NEED(at, "no %s in %s", key, buf_get(&c->body).p);
	return strtod(at + strlen(key) + 3, NULL);
}

static void a_plan_is_tried_on_made_up_people(void **state)
{
	int64_t exam = an_adaptive("tried", 0), plain = an_exam(f, w.ministry, "untried", "standalone");
	struct client *c = client_as(f, w.admin), *other = client_as(f, w.learner);
	(void)state;
	assert_int_equal(get(c, "/api/v1/orgs/%lld/exams/%lld/trial", (long long)w.ministry, (long long)exam), 200);
	double rmse = figure(c, "rmse"), length = figure(c, "length"), most = figure(c, "exposure_max");
	assert_int_equal((int64_t)figure(c, "items"), ITEMS);
	assert_true(fabs(figure(c, "bias")) < 0.1 && rmse > 0.1 && rmse < 0.7);
	assert_true(length >= 7 && length <= 15);
	assert_true(most > length / ITEMS && most <= 1);
	assert_true(figure(c, "false_pass") + figure(c, "false_fail") < 0.25);
	assert_int_equal(get(c, "/api/v1/orgs/%lld/exams/%lld/trial", (long long)w.ministry, (long long)exam), 200);
	assert_true(figure(c, "rmse") == rmse);
	assert_int_equal(get(c, "/orgs/%lld/exams/%lld/trial", (long long)w.ministry, (long long)exam), 200);
	assert_true(body_has(c, "id=\"error\"") && body_has(c, "id=\"length\"") && body_has(c, "id=\"exposure\"") && body_has(c, "id=\"passed\""));
	assert_int_equal(get(c, "/api/v1/orgs/%lld/exams/%lld/trial", (long long)w.ministry, (long long)plain), 200);
	assert_true(body_has(c, "\"pool\":false"));
	assert_int_equal(get(other, "/orgs/%lld/exams/%lld/trial", (long long)w.ministry, (long long)exam), 403);
	client_free(other);
	client_free(c);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	schedule_work(f);
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	drafting = competency_named(f, "functional.noting-and-drafting");
	return 0;
}

static int end(void **state)
{
	(void)state;
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(questions_come_one_by_one_until_enough_is_known),
		cmocka_unit_test(opening_again_shows_the_same_question),
		cmocka_unit_test(an_answer_is_final_and_twice_the_same_is_once),
		cmocka_unit_test(nobody_sees_the_pool),
		cmocka_unit_test(a_review_shows_what_was_asked_and_no_more),
		cmocka_unit_test(without_scripts_the_form_goes_on_and_nothing_is_left_out_by_mistake),
		cmocka_unit_test(who_ends_it_early_has_shown_nothing),
		cmocka_unit_test(with_too_few_calibrated_questions_there_is_a_fixed_paper_and_it_is_said),
		cmocka_unit_test(marked_anew_it_follows_the_rulings),
		cmocka_unit_test(a_plan_is_tried_on_made_up_people),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
