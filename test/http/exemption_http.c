/* Prove it and skip: a course is needless for whom a test has shown, surely enough, what all of it teaches; nothing is made up, and it can be taken back. */
#include "bank.h"
#include "feature/attempt/attempt.h"
#include "feature/exemption/exemption.h"

#include <string.h>

enum { ITEMS = 80 };
static struct fixture *f;
static struct world w;
static int64_t drafting, ethics, budget;

/* A test of one competency, at levels 2 and 3, by which a course may be skipped. */
static int64_t a_skip(const char *code, int64_t course, int64_t competency)
{
	static int64_t items[ITEMS];
	char name[60];
	int64_t id = an_exam(f, w.ministry, code, "standalone");
	tamper(f, "UPDATE exam SET kind = 'skip', course_id = %lld, mode = 'adaptive', least = 7, most = 30, target_se = 0.3 WHERE id = %lld",
	       (long long)course, (long long)id);
	for (size_t i = 0; i < ITEMS; i++) {
		snprintf(name, sizeof name, "%s-item-%zu", code, i);
		items[i] = an_item(f, w.ministry, name, competency, 2 + (int64_t)(i % 2));
	}
	a_part(f, w.ministry, id, competency, 2, 6);
	a_part(f, w.ministry, id, competency, 3, 4);
	a_pool(f, id, items, ITEMS, 0);
	open_exam(f, w.ministry, id);
	return id;
}

static void teaches(int64_t course, int64_t competency, int64_t level)
{
	tamper(f, "INSERT INTO course_competency (course_id, framework, code, level, competency_id) VALUES (%lld, 'kcm', 'c%lld', %lld, %lld)",
	       (long long)course, (long long)competency, (long long)level, (long long)competency);
}

static void forget_teaching(int64_t course)
{
	while (query_int(f, "SELECT count(*) FROM course_competency WHERE course_id = %lld", (long long)course))
		tamper(f, "DELETE FROM course_competency WHERE course_id = %lld AND code = (SELECT min(code) FROM course_competency WHERE course_id = %lld)",
		       (long long)course, (long long)course);
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

static struct paper sat(int64_t person, int64_t exam, const char *given)
{
	struct paper p = a_paper(person, exam);
	for (int i = 0; waiting(&p) && i < 50; i++)
		NEED(put_json(p.c, base_of("/api/v1/exam-attempts/%lld/answers", (long long)p.id),
			      base_of("{\"answers\":[{\"n\":%lld,\"seq\":1001,\"given\":[\"%s\"]}]}", (long long)waiting(&p), given)) == 200,
		     "not taken: %ld", p.c->status);
	return p;
}

static int64_t held(int64_t person, int64_t course)
{
	return query_int(f, "SELECT count(*) FROM exemption WHERE person_id = %lld AND course_id = %lld AND withdrawn_at IS NULL", (long long)person,
			 (long long)course);
}

static enum err settle_fn(struct ctx *cx, void *arg)
{
	const struct paper *p = arg;
	return attempt_settle(cx, query_int(f, "SELECT taker_id FROM exam_attempt WHERE id = %lld", (long long)p->id), p->id);
}

/* ── what makes a course needless ── */

static void who_shows_what_a_course_teaches_need_not_take_it(void **state)
{
	(void)state;
	teaches(w.course, drafting, 2);
	int64_t exam = a_skip("one", w.course, drafting);
	struct client *c = client_as(f, w.learner);
	assert_int_equal(get(c, "/courses/%lld", (long long)w.course), 200);
	assert_true(body_has(c, base_of("/exams/%lld/attempts", (long long)exam)) && body_has(c, "Prove it and skip"));
	client_free(c);
	struct paper p = sat(w.learner, exam, "a");
	assert_int_equal(held(w.learner, w.course), 1);
	assert_int_equal(query_int(f,
				   "SELECT count(*) FROM exemption x JOIN course k ON k.id = x.course_id WHERE x.person_id = %lld AND x.sure >= 90 AND "
				   "x.attempt_id = %lld "
				   "AND x.minutes * 60000 >= k.ms AND x.minutes * 60000 < k.ms + 60000",
				   (long long)w.learner, (long long)p.id),
			 1);
	assert_int_equal(get(p.c, "/courses/%lld", (long long)w.course), 200);
	assert_true(body_has(p.c, "Not needed: you have shown this by a test") && !body_has(p.c, "Prove it and skip"));
	/* The level is evidence; nothing is completed, learned or certified. */
	assert_int_equal(
		query_int(f, "SELECT value FROM evidence WHERE person_id = %lld AND competency_id = %lld AND kind = 'course-test' AND withdrawn_at IS NULL",
			  (long long)w.learner, (long long)drafting),
		3000);
	assert_int_equal(query_int(f, "SELECT count(*) FROM credential WHERE person_id = %lld", (long long)w.learner), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM enrolment WHERE person_id = %lld AND completed_at IS NOT NULL", (long long)w.learner), 0);
	assert_int_equal(query_int(f, "SELECT COALESCE(sum(ms), 0) FROM learned WHERE person_id = %lld", (long long)w.learner), 0);
	assert_int_equal(get(p.c, "/me/learning"), 200);
	assert_true(body_has(p.c, "shown by test, not watched"));
	assert_int_equal(get(p.c, "/me/exemptions"), 200);
	assert_true(body_has(p.c, "Not needed") && body_has(p.c, "shown with a probability of"));
	assert_int_equal(get(p.c, "/api/v1/me/exemptions"), 200);
	assert_int_equal(json_number(p.c, "attempt_id"), p.id);
	client_free(p.c);
	forget_teaching(w.course);
}

static void who_does_not_show_it_takes_the_course(void **state)
{
	(void)state;
	teaches(w.course, drafting, 2);
	struct paper p = sat(w.colleague, a_skip("wrong", w.course, drafting), "b");
	assert_int_equal(held(w.colleague, w.course), 0);
	client_free(p.c);
	/* Levels above what was asked are not shown by whatever answers. */
	forget_teaching(w.course);
	teaches(w.course, drafting, 4);
	p = sat(w.colleague, a_skip("above", w.course, drafting), "a");
	assert_int_equal(held(w.colleague, w.course), 0);
	client_free(p.c);
	/* Nor what nobody knows. */
	tamper(f, "UPDATE course_competency SET competency_id = NULL, level = 1 WHERE course_id = %lld", (long long)w.course);
	p = sat(w.colleague, a_skip("unknown", w.course, drafting), "a");
	assert_int_equal(held(w.colleague, w.course), 0);
	client_free(p.c);
	forget_teaching(w.course);
}

static void every_competency_of_it_must_be_shown(void **state)
{
	(void)state;
	teaches(w.course, drafting, 3);
	teaches(w.course, ethics, 2);
	struct paper p = sat(w.boss, a_skip("half", w.course, drafting), "a");
	assert_int_equal(held(w.boss, w.course), 0);
	client_free(p.c);
	p = sat(w.boss, a_skip("other-half", w.course, ethics), "a");
	assert_int_equal(held(w.boss, w.course), 1);
	client_free(p.c);
	forget_teaching(w.course);
}

/* ── taking it back ── */

static void who_may_assign_may_withdraw_it_with_a_reason(void **state)
{
	(void)state;
	int64_t id = query_int(f, "SELECT id FROM exemption WHERE person_id = %lld AND withdrawn_at IS NULL", (long long)w.learner);
	struct paper p = { .id = query_int(f, "SELECT attempt_id FROM exemption WHERE id = %lld", (long long)id) };
	struct client *boss = client_as(f, w.boss), *colleague = client_as(f, w.colleague), *learner = client_as(f, w.learner);
	char path[120];
	teaches(w.course, drafting, 2);
	snprintf(path, sizeof path, "/people/%lld/exemptions/%lld/withdraw", (long long)w.learner, (long long)id);
	assert_int_not_equal(post(colleague, path, "why=envy"), 303);
	assert_int_not_equal(post(learner, path, "why=mine"), 303);
	assert_int_equal(post(boss, path, "why="), 422);
	assert_int_equal(held(w.learner, w.course), 1);
	assert_int_equal(get(boss, "/people/%lld/exemptions", (long long)w.learner), 200);
	assert_true(body_has(boss, "Why is the course needed after all?"));
	assert_int_equal(post(boss, path, "why=The+course+has+changed"), 303);
	assert_int_equal(held(w.learner, w.course), 0);
	assert_int_equal(post(boss, path, "why=again"), 404);
	/* The same attempt does not bring it back; the person sees who took it back and why. */
	in_tx(f, settle_fn, &p);
	assert_int_equal(held(w.learner, w.course), 0);
	assert_int_equal(get(learner, "/me/exemptions"), 200);
	assert_true(body_has(learner, "The course has changed") && body_has(learner, "Withdrawn"));
	client_free(boss);
	client_free(colleague);
	client_free(learner);
	forget_teaching(w.course);
}

static void marked_anew_it_goes_and_comes_with_the_proof(void **state)
{
	(void)state;
	teaches(w.course, budget, 3);
	int64_t exam = a_skip("ruled", w.course, budget);
	struct paper p = sat(w.learner, exam, "a");
	assert_int_equal(held(w.learner, w.course), 1);
	for (int64_t n;
	     (n = query_int(f,
			    "SELECT min(n) FROM exam_answer x WHERE attempt_id = %lld AND NOT EXISTS (SELECT 1 FROM exam_ruling r WHERE r.item_id = x.item_id)",
			    (long long)p.id));)
		tamper(f,
		       "INSERT INTO exam_ruling (id, exam_id, item_id, version, kind, why, state, n_attempts, n_changed, n_pass, n_fail, by_id, at) "
		       "SELECT %lld, %lld, item_id, version, 'drop', 'leaked', 'done', 0, 0, 0, 0, %lld, 1 FROM exam_answer WHERE attempt_id = %lld AND n = "
		       "%lld",
		       (long long)new_id(&f->cx), (long long)exam, (long long)w.boss, (long long)p.id, (long long)n);
	in_tx(f, settle_fn, &p);
	assert_int_equal(held(w.learner, w.course), 0);
	for (int64_t id; (id = query_int(f, "SELECT min(id) FROM exam_ruling WHERE exam_id = %lld AND state = 'done'", (long long)exam));)
		tamper(f, "UPDATE exam_ruling SET state = 'undone' WHERE id = %lld", (long long)id);
	in_tx(f, settle_fn, &p);
	assert_int_equal(held(w.learner, w.course), 1);
	client_free(p.c);
	forget_teaching(w.course);
}

static void a_gap_leads_to_its_tests(void **state)
{
	struct client *c = client_as(f, w.colleague);
	(void)state;
	int64_t exam = a_skip("gap", w.course, ethics);
	assert_int_equal(get(c, "/me/exemptions"), 200);
	assert_false(body_has(c, base_of("/exams/%lld/attempts", (long long)exam)));
	tamper(f,
	       "INSERT INTO requirement (person_id, competency_id, level, activity_id, org_id, designation_id, state) SELECT %lld, %lld, 3, 1, org_id, "
	       "designation_id, 0 "
	       "FROM posting WHERE person_id = %lld",
	       (long long)w.colleague, (long long)ethics, (long long)w.colleague);
	assert_int_equal(get(c, "/me/exemptions"), 200);
	assert_true(body_has(c, base_of("/exams/%lld/attempts", (long long)exam)));
	assert_int_equal(get(c, "/me/gaps"), 200);
	assert_true(body_has(c, "/me/exemptions"));
	client_free(c);
}

static enum err merge_fn(struct ctx *cx, void *arg)
{
	(void)arg;
	return exemption_merge(cx, w.boss, w.learner);
}

static void of_two_accounts_that_are_one_each_course_is_held_once(void **state)
{
	(void)state;
	assert_int_equal(held(w.boss, w.course), 1);
	assert_int_equal(held(w.learner, w.course), 1);
	in_tx(f, merge_fn, NULL);
	assert_int_equal(held(w.boss, w.course), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exemption WHERE person_id = %lld", (long long)w.learner), 0);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	schedule_work(f);
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	drafting = competency_named(f, "functional.noting-and-drafting");
	budget = competency_named(f, "functional.budget-formulation-and-implementation");
	ethics = competency_named(f, "functional.administration-matters");
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
		cmocka_unit_test(who_shows_what_a_course_teaches_need_not_take_it),
		cmocka_unit_test(who_does_not_show_it_takes_the_course),
		cmocka_unit_test(every_competency_of_it_must_be_shown),
		cmocka_unit_test(who_may_assign_may_withdraw_it_with_a_reason),
		cmocka_unit_test(marked_anew_it_goes_and_comes_with_the_proof),
		cmocka_unit_test(a_gap_leads_to_its_tests),
		cmocka_unit_test(of_two_accounts_that_are_one_each_course_is_held_once),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
