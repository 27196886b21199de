/* Papers of examinations over HTTP: opened, taken on another device, saved answer by answer, handed in, closed by the clock; what is late, doubled, forged or
 * of somebody else; and that what is right never leaves before it may. */
#include "bank.h"
#include "feature/attempt/attempt.h"
#include "feature/attempt/seal.h"

#include <string.h>

enum { ITEMS = 5 };
static struct fixture *f;
static struct world w;
static int64_t drafting;

static void pass_time(int64_t ms)
{
	f->app.fixed_now += ms;
	f->cx.now = f->app.fixed_now;
}

/* An open examination of five items at level 2, 30 minutes, a minute of grace, two attempts, three marks of five to pass. */
static int64_t exam_of_kind(const char *code, const char *kind)
{
	int64_t v[ITEMS], id = an_exam(f, w.ministry, code, kind);
	char name[60];
	for (size_t i = 0; i < ITEMS; i++) {
		snprintf(name, sizeof name, "%s-item-%zu", code, i);
		v[i] = an_item(f, w.ministry, name, drafting, 2);
	}
	a_part(f, w.ministry, id, drafting, 2, ITEMS);
	a_form(f, id, v, ITEMS);
	open_exam(f, w.ministry, id);
	return id;
}

/* ── acting ── */

struct paper {
	struct client *c;
	int64_t id, taker, opened_at, seq;
	char secret[40];
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
	struct paper p = { .c = client_as(f, person), .taker = person };
	NEED(open_paper(p.c, exam) == 200, "not opened: %ld %s", p.c->status, buf_get(&p.c->body).p);
	p.id = json_number(p.c, "attempt_id");
	p.opened_at = f->cx.now;
	query_text(f, p.secret, sizeof p.secret, "SELECT secret FROM exam_attempt WHERE id = %lld", (long long)p.id);
	return p;
}

/* One answer as it is sent. option NULL: none any more. sealed_ms below 0: no seal. */
static const char *answer(const struct paper *p, int64_t n, int64_t seq, const char *option, int64_t sealed_ms)
{
	struct str text = str_of(option);
	struct strs given = { &text, option ? 1 : 0 };
	const char *list = option ? str_fmt(f->cx.arena, "[\"%s\"]", option).p : "[]";
	if (sealed_ms < 0)
		return str_fmt(f->cx.arena, "{\"n\":%lld,\"seq\":%lld,\"given\":%s}", (long long)n, (long long)seq, list).p;
	struct str seal = seal_of(f->cx.arena, str_of(p->secret), &(struct sealed){ p->id, n, seq, sealed_ms, &given });
	return str_fmt(f->cx.arena, "{\"n\":%lld,\"seq\":%lld,\"elapsed_ms\":%lld,\"given\":%s,\"seal\":\"%s\"}", (long long)n, (long long)seq,
		       (long long)sealed_ms, list, seal.p)
		.p;
}

static long save_all(struct paper *p, const char *answers)
{
	static char body[20000];
	snprintf(body, sizeof body, "{\"answers\":[%s]}", answers);
	return put_json(p->c, base_of("/api/v1/exam-attempts/%lld/answers", (long long)p->id), body);
}

static long give(struct paper *p, int64_t n, const char *option)
{
	return save_all(p, answer(p, n, ++p->seq, option, -1));
}

/* What became of the one answer that was sent. */
static bool fate_is(struct paper *p, const char *fate)
{
	bool is = body_has(p->c, base_of("\"state\\\":\\\"%s\\\"", fate)) || body_has(p->c, base_of("\"state\":\"%s\"}", fate));
	if (!is)
		print_error("%ld %s\n", p->c->status, buf_get(&p->c->body).p);
	return is;
}

static long hand_in(struct paper *p)
{
	return post_json(p->c, base_of("/api/v1/exam-attempts/%lld/submit", (long long)p->id), "{}");
}

static int64_t held_seq(const struct paper *p, int64_t n)
{
	return query_int(f, "SELECT seq FROM exam_answer WHERE attempt_id = %lld AND n = %lld", (long long)p->id, (long long)n);
}

static const char *held(const struct paper *p, int64_t n)
{
	static char text[100];
	query_text(f, text, sizeof text, "SELECT COALESCE(given, '') FROM exam_answer WHERE attempt_id = %lld AND n = %lld", (long long)p->id, (long long)n);
	return text;
}

static void state_is(const struct paper *p, const char *state, const char *by)
{
	char text[60];
	query_text(f, text, sizeof text, "SELECT state || ' ' || COALESCE(closed_by, '') FROM exam_attempt WHERE id = %lld", (long long)p->id);
	assert_string_equal(text, base_of("%s %s", state, by));
}

/* ── the way of a paper ── */

static void a_paper_is_opened_saved_handed_in_and_marked(void **state)
{
	struct paper p = a_paper(w.learner, exam_of_kind("whole", "standalone"));
	(void)state;
	assert_int_equal(get(p.c, "/exam-attempts/%lld", (long long)p.id), 200);
	for (int64_t n = 1; n <= 4; n++)
		assert_int_equal(give(&p, n, n < 4 ? "a" : "b"), 200);
	assert_true(fate_is(&p, "kept"));
	assert_int_equal(hand_in(&p), 200);
	assert_int_equal(json_number(p.c, "percent"), 60);
	assert_true(answer_true(p.c, "passed"));
	state_is(&p, "marked", "taker");
	assert_int_equal(
		query_int(f, "SELECT count(*) FROM exam_result WHERE attempt_id = %lld AND marks = 3 AND max_marks = 5 AND value = 2000", (long long)p.id), 1);
	assert_int_equal(get(p.c, "/exam-attempts/%lld", (long long)p.id), 200);
	assert_true(body_has(p.c, "Passed") && body_has(p.c, "3 of 5"));
	client_free(p.c);
}

static void opening_again_is_the_same_paper_with_what_was_saved(void **state)
{
	int64_t exam = exam_of_kind("again", "standalone");
	struct paper p = a_paper(w.learner, exam);
	(void)state;
	assert_int_equal(get(p.c, "/api/v1/exam-attempts/%lld", (long long)p.id), 200);
	char *first = strdup(strstr(buf_get(&p.c->body).p, "\"questions\""));
	assert_int_equal(give(&p, 2, "c"), 200);
	assert_int_equal(open_paper(p.c, exam), 200);
	assert_int_equal(json_number(p.c, "attempt_id"), p.id);
	assert_int_equal(get(p.c, "/api/v1/exam-attempts/%lld", (long long)p.id), 200);
	assert_string_equal(strstr(buf_get(&p.c->body).p, "\"questions\""), first);
	free(first);
	assert_int_equal(get(p.c, "/exam-attempts/%lld", (long long)p.id), 200);
	assert_true(body_has(p.c, "name=\"answer.2\" value=\"c\" checked"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_attempt WHERE exam_id = %lld", (long long)exam), 1);
	client_free(p.c);
}

static void so_many_attempts_and_no_more(void **state)
{
	int64_t exam = exam_of_kind("counted", "standalone");
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct paper p = a_paper(w.learner, exam);
		assert_int_equal(hand_in(&p), 200);
		client_free(p.c);
	}
	struct client *c = client_as(f, w.learner);
	assert_int_equal(open_paper(c, exam), 409);
	assert_true(body_has(c, "used all attempts"));
	client_free(c);
}

static void a_second_attempt_gets_a_form_that_one_has_not_had(void **state)
{
	int64_t v[ITEMS], exam = exam_of_kind("forms", "standalone");
	char name[60];
	(void)state;
	for (size_t i = 0; i < ITEMS; i++) {
		snprintf(name, sizeof name, "second-%zu", i);
		v[i] = an_item(f, w.ministry, name, drafting, 2);
	}
	a_form(f, exam, v, ITEMS);
	const int64_t people[] = { w.learner, w.colleague, w.boss };
	for (size_t i = 0; i < 3; i++) {
		for (int k = 0; k < 2; k++) {
			struct paper p = a_paper(people[i], exam);
			assert_int_equal(hand_in(&p), 200);
			client_free(p.c);
		}
		assert_int_equal(query_int(f, "SELECT count(DISTINCT form_id) FROM exam_attempt WHERE exam_id = %lld AND taker_id = %lld", (long long)exam,
					   (long long)people[i]),
				 2);
	}
}

static void handing_in_twice_shows_the_same_and_counts_once(void **state)
{
	struct paper p = a_paper(w.learner, exam_of_kind("twice", "standalone"));
	(void)state;
	for (int64_t n = 1; n <= 5; n++)
		assert_int_equal(give(&p, n, "a"), 200);
	assert_int_equal(hand_in(&p), 200);
	uint64_t before = database_hash(f, false);
	assert_int_equal(hand_in(&p), 200);
	assert_int_equal(json_number(p.c, "percent"), 100);
	assert_true(database_hash(f, false) == before);
	client_free(p.c);
}

static void without_scripts_the_form_saves_and_hands_in(void **state)
{
	struct paper p = a_paper(w.learner, exam_of_kind("form", "standalone"));
	const char *path = base_of("/exam-attempts/%lld/submit", (long long)p.id);
	char form[200];
	(void)state;
	snprintf(form, sizeof form, "answer.1=a&answer.2=b&later=stay");
	assert_int_equal(post(p.c, path, form), 303);
	state_is(&p, "open", "");
	assert_string_equal(held(&p, 2), "[\"b\"]");
	int64_t seq = held_seq(&p, 1);
	snprintf(form, sizeof form, "answer.1=a&answer.2=a&answer.3=a");
	assert_int_equal(post(p.c, path, form), 303);
	state_is(&p, "marked", "taker");
	assert_int_equal(held_seq(&p, 1), seq); /* the same again changes nothing */
	assert_string_equal(held(&p, 2), "[\"a\"]");
	client_free(p.c);
}

static void an_answer_that_does_not_fit_is_said_and_the_others_are_saved(void **state)
{
	struct paper p = a_paper(w.learner, exam_of_kind("misfit", "standalone"));
	(void)state;
	assert_int_equal(post(p.c, base_of("/exam-attempts/%lld/submit", (long long)p.id), "answer.1=a&answer.2=z"), 422);
	assert_true(body_has(p.c, "names an option that is not there"));
	state_is(&p, "open", "");
	assert_string_equal(held(&p, 1), "[\"a\"]");
	assert_int_equal(save_all(&p, base_of("%s,%s", answer(&p, 3, 7, "z", -1), answer(&p, 99, 8, "a", -1))), 200);
	assert_true(body_has(p.c, "misfit") && !body_has(p.c, "kept"));
	client_free(p.c);
}

/* ── doubled, reordered, foreign, oversized ── */

static void the_greatest_number_holds_in_whatever_order_they_come(void **state)
{
	struct paper p = a_paper(w.learner, exam_of_kind("orders", "standalone"));
	const char *early = answer(&p, 1, 10, "b", 1000), *late = answer(&p, 1, 12, "a", 2000);
	(void)state;
	pass_time(5000);
	assert_int_equal(save_all(&p, late), 200);
	assert_true(fate_is(&p, "kept"));
	assert_int_equal(save_all(&p, early), 200);
	assert_true(fate_is(&p, "older"));
	uint64_t before = database_hash(f, false);
	for (int i = 0; i < 3; i++) {
		pass_time(1000);
		assert_int_equal(save_all(&p, late), 200);
		assert_true(fate_is(&p, "kept"));
	}
	assert_true(database_hash(f, false) == before);
	assert_string_equal(held(&p, 1), "[\"a\"]");
	client_free(p.c);
}

static void nobody_touches_the_paper_of_another(void **state)
{
	struct paper p = a_paper(w.learner, exam_of_kind("foreign", "standalone")), q = p;
	(void)state;
	q.c = client_as(f, w.colleague);
	uint64_t before = database_hash(f, false);
	assert_int_equal(get(q.c, "/exam-attempts/%lld", (long long)p.id), 404);
	assert_int_equal(get(q.c, "/api/v1/exam-attempts/%lld", (long long)p.id), 404);
	assert_int_equal(save_all(&q, answer(&p, 1, 1, "a", 0)), 404);
	assert_int_equal(hand_in(&q), 404);
	assert_int_equal(post_json(q.c, base_of("/api/v1/exam-attempts/%lld/events", (long long)p.id), "{\"events\":[]}"), 404);
	assert_true(database_hash(f, false) == before);
	client_free(q.c);
	client_free(p.c);
}

static void what_is_too_large_or_no_message_is_refused(void **state)
{
	struct paper p = a_paper(w.learner, exam_of_kind("large", "standalone"));
	static char body[600 * 1024];
	const char *path = base_of("/api/v1/exam-attempts/%lld/answers", (long long)p.id);
	(void)state;
	memset(body, ' ', sizeof body - 1);
	memcpy(body, "{\"answers\":[", 12);
	assert_int_equal(put_json(p.c, path, body), 413);
	static const char *const wrong[] = { "{\"answers\":[]}",
					     "{\"answers\":7}",
					     "{\"answers\":[7]}",
					     "{\"answers\":[{\"n\":1,\"seq\":1}]}",
					     "{\"answers\":[{\"n\":1,\"seq\":0,\"given\":[]}]}",
					     "{\"answers\":[{\"n\":1,\"seq\":1,\"given\":[1]}]}",
					     "{\"answers\":[{\"n\":1,\"seq\":99999999999,\"given\":[]}]}",
					     "{}" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_int_equal(put_json(p.c, path, wrong[i]), 422);
	size_t at = (size_t)snprintf(body, sizeof body, "{\"answers\":[");
	for (int i = 0; i <= ANSWERS_MAX; i++)
		at += (size_t)snprintf(body + at, sizeof body - at, "%s{\"n\":1,\"seq\":%d,\"given\":[\"a\"]}", i ? "," : "", i + 1);
	snprintf(body + at, sizeof body - at, "]}");
	assert_int_equal(put_json(p.c, path, body), 422);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_answer WHERE attempt_id = %lld", (long long)p.id), 0);
	client_free(p.c);
}

/* ── beginning and end ── */

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
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
		cmocka_unit_test(a_paper_is_opened_saved_handed_in_and_marked),
		cmocka_unit_test(opening_again_is_the_same_paper_with_what_was_saved),
		cmocka_unit_test(so_many_attempts_and_no_more),
		cmocka_unit_test(a_second_attempt_gets_a_form_that_one_has_not_had),
		cmocka_unit_test(handing_in_twice_shows_the_same_and_counts_once),
		cmocka_unit_test(without_scripts_the_form_saves_and_hands_in),
		cmocka_unit_test(an_answer_that_does_not_fit_is_said_and_the_others_are_saved),
		cmocka_unit_test(the_greatest_number_holds_in_whatever_order_they_come),
		cmocka_unit_test(nobody_touches_the_paper_of_another),
		cmocka_unit_test(what_is_too_large_or_no_message_is_refused),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
