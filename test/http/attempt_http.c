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

/* ── the clock ── */

static void work(void)
{
	pass_time(6 * SECOND);
	work_now(f);
}

static void the_clock_closes_what_is_forgotten_with_what_was_saved(void **state)
{
	struct paper p = a_paper(w.learner, exam_of_kind("forgotten", "standalone"));
	(void)state;
	for (int64_t n = 1; n <= 3; n++)
		assert_int_equal(give(&p, n, "a"), 200);
	pass_time(30 * MINUTE + 30 * SECOND);
	work();
	state_is(&p, "open", ""); /* the grace is not over */
	pass_time(30 * SECOND);
	work();
	state_is(&p, "marked", "clock");
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_attempt WHERE id = %lld AND passed AND submitted_at = ends_at", (long long)p.id), 1);
	assert_int_equal(get(p.c, "/exam-attempts/%lld", (long long)p.id), 200);
	assert_true(body_has(p.c, "closed by the clock"));
	client_free(p.c);
}

static void within_the_grace_a_paper_is_in_time_and_after_it_is_not(void **state)
{
	struct paper p = a_paper(w.learner, exam_of_kind("grace", "standalone"));
	(void)state;
	pass_time(30 * MINUTE + 59 * SECOND);
	assert_int_equal(give(&p, 1, "a"), 200);
	assert_true(fate_is(&p, "kept"));
	pass_time(2 * SECOND);
	assert_int_equal(give(&p, 2, "a"), 200);
	assert_true(fate_is(&p, "over"));
	state_is(&p, "marked", "clock"); /* at the first look */
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_answer WHERE attempt_id = %lld", (long long)p.id), 1);
	assert_int_equal(hand_in(&p), 200);
	state_is(&p, "marked", "clock");
	client_free(p.c);
}

static void an_open_paper_shows_nothing_when_its_time_is_over(void **state)
{
	struct paper p = a_paper(w.learner, exam_of_kind("unshown", "standalone"));
	(void)state;
	pass_time(31 * MINUTE);
	assert_int_equal(get(p.c, "/exam-attempts/%lld", (long long)p.id), 200);
	assert_true(body_has(p.c, "The time is over") && !body_has(p.c, "unshown-item"));
	assert_int_equal(get(p.c, "/api/v1/exam-attempts/%lld", (long long)p.id), 200);
	assert_true(!body_has(p.c, "unshown-item") && !body_has(p.c, p.secret));
	client_free(p.c);
}

static void a_closing_examination_cuts_nobody_short(void **state)
{
	int64_t exam = exam_of_kind("closing", "standalone");
	(void)state;
	pass_time(DAY - 10 * MINUTE);
	struct paper p = a_paper(w.learner, exam);
	pass_time(20 * MINUTE);
	assert_int_equal(give(&p, 1, "a"), 200);
	assert_true(fate_is(&p, "kept"));
	struct client *c = client_as(f, w.colleague);
	assert_int_equal(open_paper(c, exam), 409);
	assert_int_equal(hand_in(&p), 200);
	state_is(&p, "marked", "taker");
	client_free(c);
	client_free(p.c);
}

static void a_server_clock_that_goes_back_takes_nobody_time_and_gives_none(void **state)
{
	struct paper p = a_paper(w.learner, exam_of_kind("back", "standalone"));
	(void)state;
	pass_time(-90 * SECOND);
	assert_int_equal(save_all(&p, answer(&p, 1, 1, "a", 5000)), 200);
	assert_true(fate_is(&p, "kept"));
	assert_int_equal(json_number(p.c, "left_ms"), 30 * MINUTE);
	assert_int_equal(json_number(p.c, "elapsed_ms"), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_answer WHERE attempt_id = %lld AND said_at = %lld", (long long)p.id, (long long)p.opened_at),
			 1);
	assert_int_equal(get(p.c, "/exam-attempts/%lld", (long long)p.id), 200);
	pass_time(90 * SECOND);
	assert_int_equal(hand_in(&p), 200);
	client_free(p.c);
}

/* ── time given back ── */

struct extending {
	const struct paper *p;
	int64_t ms;
};

static enum err extend_in_tx(struct ctx *cx, void *arg)
{
	struct extending *x = arg;
	return attempt_extend(cx, x->p->taker, x->p->id, x->ms);
}

static enum err extend(const struct paper *p, int64_t ms)
{
	f->cx.n_failures = 0;
	return db_write(&f->cx, f->pool, extend_in_tx, &(struct extending){ p, ms });
}

static void time_given_back_counts_also_for_a_paper_that_the_clock_had_closed(void **state)
{
	struct paper p = a_paper(w.learner, exam_of_kind("given-back", "standalone")), q;
	(void)state;
	assert_int_equal(give(&p, 1, "a"), 200);
	pass_time(32 * MINUTE);
	work();
	state_is(&p, "marked", "clock");
	assert_int_equal(extend(&p, 10 * MINUTE), OK);
	state_is(&p, "open", "");
	assert_int_equal(get(p.c, "/exam-attempts/%lld", (long long)p.id), 200);
	assert_true(body_has(p.c, "given-back-item"));
	for (int64_t n = 2; n <= 5; n++)
		assert_int_equal(give(&p, n, "a"), 200);
	assert_int_equal(hand_in(&p), 200);
	assert_int_equal(json_number(p.c, "percent"), 100);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_attempt WHERE id = %lld AND extended_ms = %lld", (long long)p.id, (long long)(10 * MINUTE)),
			 1);
	assert_int_equal(extend(&p, 10 * MINUTE), ERR_CONFLICT);
	q = p;
	q.id = 4711;
	assert_int_equal(extend(&q, 10 * MINUTE), ERR_NOT_FOUND);
	client_free(p.c);
}

static void a_seat_has_its_time_beforehand(void **state)
{
	int64_t exam = exam_of_kind("seated", "proctored"), room = new_id(&f->cx);
	(void)state;
	tamper(f,
	       "INSERT INTO exam_room (id, exam_id, name, place, begins_at, invigilator_id, opened_at, made_at) VALUES (%lld, %lld, 'One', 'Here', 1, %lld, 1, "
	       "1)",
	       (long long)room, (long long)exam, (long long)w.boss);
	struct client *c = client_as(f, w.learner);
	assert_int_equal(open_paper(c, exam), 409);
	client_free(c);
	tamper(f,
	       "INSERT INTO exam_seat (exam_id, person_id, room_id, seat, extra_minutes, extra_order, checked_at, document) VALUES (%lld, %lld, %lld, '1', 20, "
	       "'O.M. 7', 1, 'ID')",
	       (long long)exam, (long long)w.learner, (long long)room);
	struct paper p = a_paper(w.learner, exam);
	assert_int_equal(query_int(f, "SELECT ends_at - opened_at FROM exam_attempt WHERE id = %lld", (long long)p.id), 50 * MINUTE);
	for (int64_t n = 1; n <= 5; n++)
		assert_int_equal(give(&p, n, "a"), 200);
	assert_int_equal(hand_in(&p), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM evidence WHERE person_id = %lld AND source_id = %lld AND kind = 'proctored-test' AND value = 2000",
				   (long long)w.learner, (long long)exam),
			 1);
	client_free(p.c);
}

/* ── late and sealed, forged ── */

static void a_sealed_answer_that_was_kept_on_the_device_counts_for_two_days(void **state)
{
	struct paper p = a_paper(w.learner, exam_of_kind("late", "standalone"));
	(void)state;
	for (int64_t n = 1; n <= 2; n++)
		assert_int_equal(give(&p, n, "a"), 200);
	pass_time(2 * HOUR);
	work();
	assert_int_equal(query_int(f, "SELECT passed FROM exam_attempt WHERE id = %lld", (long long)p.id), 0);
	assert_int_equal(save_all(&p, answer(&p, 3, 50, "a", 20 * MINUTE)), 200);
	assert_true(fate_is(&p, "late"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_answer WHERE attempt_id = %lld AND late AND said_at = %lld", (long long)p.id,
				   (long long)(p.opened_at + 20 * MINUTE)),
			 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_attempt WHERE id = %lld AND passed AND marks = 3", (long long)p.id), 1);
	assert_int_equal(save_all(&p, answer(&p, 3, 50, "a", 20 * MINUTE)), 200);
	assert_true(fate_is(&p, "kept"));
	/* Said to be after the end, or without a seal: the time was over. */
	assert_int_equal(save_all(&p, answer(&p, 4, 51, "a", 31 * MINUTE)), 200);
	assert_true(fate_is(&p, "over"));
	assert_int_equal(save_all(&p, answer(&p, 4, 51, "a", -1)), 200);
	assert_true(fate_is(&p, "over"));
	pass_time(LATE_HOURS * HOUR);
	assert_int_equal(save_all(&p, answer(&p, 4, 52, "a", 21 * MINUTE)), 200);
	assert_true(fate_is(&p, "over"));
	client_free(p.c);
}

static void what_is_said_to_be_earlier_than_what_came_before_is_cut(void **state)
{
	struct paper p = a_paper(w.learner, exam_of_kind("cut", "standalone"));
	(void)state;
	pass_time(25 * MINUTE);
	assert_int_equal(save_all(&p, answer(&p, 1, 10, "a", 25 * MINUTE)), 200);
	pass_time(HOUR);
	assert_int_equal(save_all(&p, answer(&p, 2, 11, "a", 1 * MINUTE)), 200);
	assert_true(fate_is(&p, "late"));
	assert_int_equal(query_int(f, "SELECT said_at FROM exam_answer WHERE attempt_id = %lld AND n = 2", (long long)p.id) - p.opened_at, 25 * MINUTE);
	client_free(p.c);
}

static void a_forged_seal_is_refused_and_noted_so_often_and_no_more(void **state)
{
	struct paper p = a_paper(w.learner, exam_of_kind("forged", "standalone")), q = a_paper(w.colleague, exam_of_kind("forged-too", "standalone"));
	(void)state;
	struct paper mixed = p;
	snprintf(mixed.secret, sizeof mixed.secret, "%s", q.secret);
	for (int i = 0; i < NOTED_MAX + 5; i++) {
		assert_int_equal(save_all(&p, answer(&mixed, 1, 10 + i, "a", 1000)), 200);
		assert_true(fate_is(&p, "forged"));
	}
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_answer WHERE attempt_id = %lld", (long long)p.id), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_event WHERE attempt_id = %lld AND kind = 'forged'", (long long)p.id), NOTED_MAX);
	client_free(q.c);
	client_free(p.c);
}

static void after_handing_in_nothing_is_taken(void **state)
{
	struct paper p = a_paper(w.learner, exam_of_kind("closed", "standalone"));
	(void)state;
	assert_int_equal(give(&p, 1, "a"), 200);
	assert_int_equal(hand_in(&p), 200);
	assert_int_equal(save_all(&p, answer(&p, 1, 1, "a", -1)), 200);
	assert_true(fate_is(&p, "kept")); /* its answer was lost on the way */
	assert_int_equal(save_all(&p, answer(&p, 2, 2, "a", 0)), 200);
	assert_true(fate_is(&p, "closed"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_answer WHERE attempt_id = %lld", (long long)p.id), 1);
	client_free(p.c);
}

/* ── two devices ── */

static void the_device_that_opened_last_has_the_paper(void **state)
{
	int64_t exam = exam_of_kind("devices", "standalone");
	struct paper first = a_paper(w.learner, exam);
	(void)state;
	pass_time(MINUTE);
	struct paper second = a_paper(w.learner, exam);
	assert_int_equal(second.id, first.id);
	pass_time(MINUTE);
	assert_int_equal(get(first.c, "/exam-attempts/%lld", (long long)first.id), 200);
	assert_true(body_has(first.c, "open on another device") && !body_has(first.c, "devices-item"));
	assert_int_equal(give(&first, 1, "a"), 200);
	assert_true(fate_is(&first, "elsewhere"));
	assert_int_equal(hand_in(&first), 409);
	/* What was sealed before it lost the paper counts; what was sealed afterwards does not. */
	assert_int_equal(save_all(&first, answer(&first, 2, 20, "a", 30 * SECOND)), 200);
	assert_true(fate_is(&first, "kept"));
	assert_int_equal(save_all(&first, answer(&first, 3, 21, "a", 90 * SECOND)), 200);
	assert_true(fate_is(&first, "elsewhere"));
	assert_int_equal(give(&second, 4, "a"), 200);
	assert_true(fate_is(&second, "kept"));
	assert_int_equal(open_paper(first.c, exam), 200);
	assert_int_equal(give(&first, 1, "a"), 200);
	assert_true(fate_is(&first, "kept"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_answer WHERE attempt_id = %lld", (long long)first.id), 3);
	client_free(second.c);
	client_free(first.c);
}

/* A page that is loaded counts on from where nobody has counted yet. */
static void a_later_page_counts_above_all_that_an_earlier_one_may_have_sealed(void **state)
{
	struct paper p = a_paper(w.learner, exam_of_kind("numbers", "standalone"));
	(void)state;
	assert_int_equal(get(p.c, "/api/v1/exam-attempts/%lld", (long long)p.id), 200);
	assert_int_equal(json_number(p.c, "first_seq"), 1000);
	assert_int_equal(save_all(&p, answer(&p, 1, 1004, "a", 0)), 200);
	assert_int_equal(get(p.c, "/api/v1/exam-attempts/%lld", (long long)p.id), 200);
	assert_int_equal(json_number(p.c, "first_seq"), 2000);
	client_free(p.c);
}

/* ── what the device noticed ── */

static void what_the_device_noticed_is_kept_once_and_capped(void **state)
{
	struct paper p = a_paper(w.learner, exam_of_kind("events", "standalone"));
	const char *path = str_fmt(f->cx.arena, "/api/v1/exam-attempts/%lld/events", (long long)p.id).p;
	static char body[40000];
	(void)state;
	pass_time(MINUTE);
	for (int i = 0; i < 2; i++)
		assert_int_equal(post_json(p.c, path,
					   "{\"events\":[{\"seq\":1,\"kind\":\"left\",\"elapsed_ms\":1000,\"ms\":500},{\"seq\":2,\"kind\":\"nonsense\"},{"
					   "\"seq\":3,\"kind\":\"pasted\",\"elapsed_ms\":99999999}]}"),
				 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_event WHERE attempt_id = %lld", (long long)p.id), 2);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_event WHERE attempt_id = %lld AND at > %lld", (long long)p.id, (long long)f->cx.now), 0);
	size_t at = (size_t)snprintf(body, sizeof body, "{\"events\":[");
	for (int i = 0; i < EVENTS_MAX; i++)
		at += (size_t)snprintf(body + at, sizeof body - at, "%s{\"seq\":%d,\"kind\":\"copied\"}", i ? "," : "", 100 + i);
	snprintf(body + at, sizeof body - at, "]}");
	assert_int_equal(post_json(p.c, path, body), 200);
	assert_int_equal(query_int(f, "SELECT max(seq) FROM exam_event WHERE attempt_id = %lld", (long long)p.id), EVENTS_MAX);
	client_free(p.c);
}

/* ── what follows from a result ── */

static int64_t shown(int64_t person, int64_t exam)
{
	return query_int(
		f,
		"SELECT COALESCE(max(value), -1) FROM evidence WHERE person_id = %lld AND source_id = %lld AND withdrawn_at IS NULL AND kind = 'course-test'",
		(long long)person, (long long)exam);
}

static void take(int64_t person, int64_t exam, int right)
{
	struct paper p = a_paper(person, exam);
	for (int64_t n = 1; n <= right; n++)
		assert_int_equal(give(&p, n, "a"), 200);
	assert_int_equal(hand_in(&p), 200);
	client_free(p.c);
}

static void the_best_attempt_is_the_evidence(void **state)
{
	int64_t better = exam_of_kind("better", "standalone"), worse = exam_of_kind("worse", "standalone"), only = exam_of_kind("only-practice", "practice");
	(void)state;
	take(w.colleague, better, 2);
	assert_int_equal(shown(w.colleague, better), 1000);
	take(w.colleague, better, 3);
	assert_int_equal(shown(w.colleague, better), 2000);
	take(w.boss, worse, 5);
	take(w.boss, worse, 0);
	assert_int_equal(shown(w.boss, worse), 2000);
	assert_int_equal(query_int(f, "SELECT count(*) FROM evidence WHERE person_id = %lld AND source_id = %lld AND withdrawn_at IS NULL", (long long)w.boss,
				   (long long)worse),
			 1);
	take(w.boss, only, 5);
	assert_int_equal(shown(w.boss, only), -1);
	assert_int_equal(check_findings(f), 0);
}

static enum err settle_in_tx(struct ctx *cx, void *arg)
{
	const struct paper *p = arg;
	return attempt_settle(cx, p->taker, p->id);
}

static void rule(int64_t exam, int n, const char *kind, const char *key)
{
	tamper(f,
	       "INSERT INTO exam_ruling (id, exam_id, item_id, version, kind, answer_key, why, state, n_attempts, n_changed, n_pass, n_fail, by_id, at) "
	       "SELECT %lld, %lld, i.item_id, 1, '%s', %s, 'x', 'done', 0, 0, 0, 0, %lld, 1 FROM exam_form_item i JOIN exam_form f ON f.id = i.form_id WHERE "
	       "f.exam_id = %lld AND i.n = %d",
	       (long long)new_id(&f->cx), (long long)exam, kind, key, (long long)w.admin, (long long)exam, n);
}

static void rulings_mark_anew_and_evidence_follows(void **state)
{
	int64_t exam = exam_of_kind("ruled", "standalone");
	struct paper p = a_paper(w.learner, exam);
	(void)state;
	for (int64_t n = 1; n <= 4; n++)
		assert_int_equal(give(&p, n, n < 3 ? "a" : "b"), 200);
	assert_int_equal(hand_in(&p), 200);
	assert_int_equal(shown(w.learner, exam), 1000);
	rule(exam, 3, "rekey", "'{\"options\":[{\"id\":\"b\",\"weight\":100}]}'");
	in_tx(f, settle_in_tx, &p);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_attempt WHERE id = %lld AND marks = 3 AND max_marks = 5 AND passed", (long long)p.id), 1);
	assert_int_equal(shown(w.learner, exam), 2000);
	rule(exam, 5, "full", "NULL"); /* given to those who left it out, too */
	rule(exam, 1, "drop", "NULL");
	in_tx(f, settle_in_tx, &p);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_attempt WHERE id = %lld AND marks = 3 AND max_marks = 4", (long long)p.id), 1);
	tamper(f, "UPDATE exam_ruling SET state = 'undone' WHERE exam_id = %lld AND kind = 'rekey'", (long long)exam);
	tamper(f, "UPDATE exam_ruling SET state = 'undone' WHERE exam_id = %lld AND kind = 'full'", (long long)exam);
	tamper(f, "UPDATE exam_ruling SET state = 'undoing' WHERE exam_id = %lld AND kind = 'drop'", (long long)exam);
	in_tx(f, settle_in_tx, &p);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_attempt WHERE id = %lld AND marks = 2 AND max_marks = 5 AND NOT passed", (long long)p.id), 1);
	assert_int_equal(shown(w.learner, exam), 1000);
	client_free(p.c);
}

static void a_competency_that_is_gone_keeps_nobody_from_handing_in(void **state)
{
	int64_t exam = exam_of_kind("gone", "standalone"),
		until = query_int(f, "SELECT COALESCE(until_day, -1) FROM competency WHERE id = %lld", (long long)drafting);
	(void)state;
	assert_int_equal(until, -1);
	tamper(f, "UPDATE competency SET until_day = 1 WHERE id = %lld", (long long)drafting);
	take(w.colleague, exam, 5);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_attempt WHERE exam_id = %lld AND passed", (long long)exam), 1);
	assert_int_equal(shown(w.colleague, exam), -1);
	tamper(f, "UPDATE competency SET until_day = NULL WHERE id = %lld", (long long)drafting);
}

static void a_pass_credits_the_quiz_of_the_course(void **state)
{
	int64_t exam = exam_of_kind("of-course", "standalone");
	(void)state;
	tamper(f, "UPDATE exam SET kind = 'course', course_id = %lld, resource_id = %lld WHERE id = %lld", (long long)w.course, (long long)w.quiz,
	       (long long)exam);
	struct client *c = client_as(f, w.learner);
	assert_int_equal(open_paper(c, exam), 404); /* not enrolled: it is not theirs */
	NEED(post_json(c, base_of("/api/v1/courses/%lld/enrolment", (long long)w.course), "{}") == 200, "not enrolled");
	client_free(c);
	take(w.learner, exam, 2);
	assert_int_equal(query_int(f, "SELECT count(*) FROM credit WHERE person_id = %lld AND resource_id = %lld", (long long)w.learner, (long long)w.quiz), 0);
	take(w.learner, exam, 3);
	assert_int_equal(query_int(f, "SELECT count(*) FROM credit WHERE person_id = %lld AND resource_id = %lld", (long long)w.learner, (long long)w.quiz), 1);
	assert_int_equal(check_findings(f), 0);
}

/* A form of which all items are calibrated gives an ability: for the Rasch model with all difficulties 0 and three of five right, the mean under N(0, 1) is
 * 0.236 and its deviation 0.688 (by the trapezium rule over -8 … 8). */
static void calibrated_forms_give_an_ability(void **state)
{
	int64_t exam = exam_of_kind("calibrated", "standalone");
	(void)state;
	for (int n = 1; n <= ITEMS; n++)
		tamper(f,
		       "UPDATE exam_form_item SET parameters = '{\"model\":\"rasch\",\"categories\":2,\"a\":1,\"b\":[0],\"c\":0}' WHERE n = %d AND form_id = "
		       "(SELECT id FROM exam_form WHERE exam_id = %lld)",
		       n, (long long)exam);
	struct paper p = a_paper(w.learner, exam);
	for (int64_t n = 1; n <= 3; n++)
		assert_int_equal(give(&p, n, "a"), 200);
	assert_int_equal(hand_in(&p), 200);
	int64_t theta = query_int(f, "SELECT CAST(1000 * theta AS BIGINT) FROM exam_attempt WHERE id = %lld", (long long)p.id);
	int64_t se = query_int(f, "SELECT CAST(1000 * se AS BIGINT) FROM exam_attempt WHERE id = %lld", (long long)p.id);
	print_message("theta %.3f, se %.3f\n", (double)theta / 1000, (double)se / 1000);
	assert_true(theta >= 232 && theta <= 238 && se >= 684 && se <= 690);
	client_free(p.c);
}

/* ── beginning and end ── */

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
		cmocka_unit_test(the_clock_closes_what_is_forgotten_with_what_was_saved),
		cmocka_unit_test(within_the_grace_a_paper_is_in_time_and_after_it_is_not),
		cmocka_unit_test(an_open_paper_shows_nothing_when_its_time_is_over),
		cmocka_unit_test(a_closing_examination_cuts_nobody_short),
		cmocka_unit_test(a_server_clock_that_goes_back_takes_nobody_time_and_gives_none),
		cmocka_unit_test(time_given_back_counts_also_for_a_paper_that_the_clock_had_closed),
		cmocka_unit_test(a_seat_has_its_time_beforehand),
		cmocka_unit_test(a_sealed_answer_that_was_kept_on_the_device_counts_for_two_days),
		cmocka_unit_test(what_is_said_to_be_earlier_than_what_came_before_is_cut),
		cmocka_unit_test(a_forged_seal_is_refused_and_noted_so_often_and_no_more),
		cmocka_unit_test(after_handing_in_nothing_is_taken),
		cmocka_unit_test(the_device_that_opened_last_has_the_paper),
		cmocka_unit_test(a_later_page_counts_above_all_that_an_earlier_one_may_have_sealed),
		cmocka_unit_test(what_the_device_noticed_is_kept_once_and_capped),
		cmocka_unit_test(the_best_attempt_is_the_evidence),
		cmocka_unit_test(rulings_mark_anew_and_evidence_follows),
		cmocka_unit_test(a_competency_that_is_gone_keeps_nobody_from_handing_in),
		cmocka_unit_test(a_pass_credits_the_quiz_of_the_course),
		cmocka_unit_test(calibrated_forms_give_an_ability),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
