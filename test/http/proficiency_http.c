/* Levels by evidence: what a course, a supervisor and the person himself say of them, who may, who sees it, and that the sums are those of the evidence. */
#include "http_test.h"
#include "feature/competency/competency.h"
#include "feature/completion/completion.h"
#include "feature/enrolment/enrolment.h"
#include "feature/merge/merge.h"
#include "feature/proficiency/proficiency.h"

static struct fixture *f;
static struct world w;
static int64_t drafting, speaking, area;

static enum err teach_fn(struct ctx *cx, void *arg)
{
	const struct teaches t[] = { { S("kcm"), S("functional.noting-and-drafting"), 2 } };
	(void)arg;
	return teaches_set(cx, w.hindi, t, 1);
}

static enum err complete_fn(struct ctx *cx, void *arg)
{
	struct completion done;
	TRY(enrolment_add(cx, w.learner, w.hindi));
	return completion_credit(cx, w.learner, *(const int64_t *)arg, "review", &done);
}

static int64_t sums(int64_t person, int64_t competency, const char *column)
{
	return query_int(f, "SELECT %s FROM proficiency WHERE person_id = %lld AND competency_id = %lld", column, (long long)person, (long long)competency);
}

static const char *of(int64_t person, int64_t competency)
{
	return base_of("/people/%lld/competencies/%lld", (long long)person, (long long)competency);
}

/* ── courses ── */

static void completing_a_course_gives_a_level_in_the_same_transaction(void **state)
{
	struct client *c = client_as(f, w.learner);
	int64_t lesson = query_int(f, "SELECT id FROM resource WHERE course_id = %lld", (long long)w.hindi);
	(void)state;
	assert_int_equal(get(c, "/me/competencies"), 200);
	assert_true(body_has(c, "Nothing is known yet."));
	in_tx(f, complete_fn, &lesson);
	assert_int_equal(query_int(f, "SELECT count(*) FROM evidence WHERE person_id = %lld AND kind = 'certificate' AND value = 2000", (long long)w.learner),
			 1);
	assert_int_equal(get(c, "/me/competencies"), 200);
	assert_true(body_has(c, "Noting &amp; Drafting") && body_has(c, "1.4 ±"));
	assert_int_equal(get(c, "/me/competencies/%lld", (long long)drafting), 200);
	assert_true(body_has(c, "certificate of a course") && body_has(c, base_of("/courses/%lld", (long long)w.hindi)) && body_has(c, "would give"));
	assert_int_equal(check_findings(f), 0);
	client_free(c);
}

/* ── people ── */

static void own_judgement_alone_gives_no_level(void **state)
{
	struct client *c = client_as(f, w.colleague);
	(void)state;
	assert_int_equal(get(c, "/me/competencies/%lld", (long long)speaking), 200);
	assert_int_equal(post(c, base_of("/me/competencies/%lld", (long long)speaking), "level=3&note=I+teach+it"), 303);
	assert_int_equal(get(c, "/me/competencies/%lld", (long long)speaking), 200);
	assert_true(body_has(c, "Own judgement alone gives no level") && body_has(c, "I teach it") && body_has(c, "not known yet"));
	assert_int_equal(get(c, "/api/v1/me/competencies"), 200);
	assert_true(body_has(c, "\"known\":false"));
	client_free(c);
}

static void the_supervisor_assesses_and_the_person_reads_it(void **state)
{
	struct client *boss = client_as(f, w.boss), *c = client_as(f, w.colleague);
	(void)state;
	assert_int_equal(get(boss, "%s", of(w.colleague, speaking)), 200);
	assert_int_equal(post(boss, of(w.colleague, speaking), "level=2&note=Chairs+our+meetings"), 303);
	assert_int_equal(get(c, "/me/competencies/%lld", (long long)speaking), 200);
	assert_true(body_has(c, "Chairs our meetings") && body_has(c, "from 2 pieces of evidence"));
	/* A second word of the same person takes the place of the first. */
	int64_t weight = sums(w.colleague, speaking, "weight");
	assert_int_equal(post(boss, of(w.colleague, speaking), "level=1&note=Less+than+I+thought"), 303);
	assert_int_equal(sums(w.colleague, speaking, "n"), 2);
	assert_int_equal(sums(w.colleague, speaking, "weight"), weight);
	assert_int_equal(get(c, "/me/competencies/%lld", (long long)speaking), 200);
	assert_true(body_has(c, "counts no more"));
	client_free(boss);
	client_free(c);
}

static void only_who_supervises_assesses_and_nobody_himself(void **state)
{
	static const char form[] = "level=2&note=x";
	struct client *other = client_as(f, w.other_boss), *peer = client_as(f, w.learner), *boss = client_as(f, w.boss);
	(void)state;
	assert_int_equal(get(other, "%s", of(w.colleague, speaking)), 403);
	assert_int_equal(post(other, of(w.colleague, speaking), form), 403);
	assert_int_equal(get(peer, "%s", of(w.colleague, speaking)), 403);
	assert_int_equal(get(boss, "/me"), 200);
	assert_int_equal(post(boss, of(w.boss, speaking), form), 403);
	/* Nor in the name of an administrator, who sees it. */
	struct client *admin = client_as(f, w.admin);
	assert_int_equal(get(admin, "%s", of(w.colleague, speaking)), 200);
	assert_false(body_has(admin, "Your assessment"));
	assert_int_equal(post(admin, of(w.colleague, speaking), form), 403);
	client_free(admin);
	client_free(other);
	client_free(peer);
	client_free(boss);
}

static void what_assessors_and_proctored_tests_found_is_entered_by_who_may(void **state)
{
	struct client *admin = client_as(f, w.admin), *boss = client_as(f, w.boss), *c = client_as(f, w.other_learner), *other = client_as(f, w.other_admin);
	const char *path = base_of("/people/%lld/competencies/%lld/evidence", (long long)w.other_learner, (long long)drafting);
	(void)state;
	assert_int_equal(get(other, "/people/%lld/competencies/%lld", (long long)w.other_learner, (long long)drafting), 200);
	assert_true(body_has(other, "Enter what was found"));
	assert_int_equal(post(other, path, "kind=assessor&level=2&note=Board+of+3+May"), 303);
	assert_int_equal(post(other, path, "kind=assessor&level=3&note=Board+of+9+May"), 303);
	assert_int_equal(post(other, path, "kind=proctored-test&level=2&note=Hall+ticket+17"), 303);
	/* Each piece counts, and the person reads where it is from. */
	assert_int_equal(sums(w.other_learner, drafting, "n"), 3);
	assert_int_equal(get(c, "/me/competencies/%lld", (long long)drafting), 200);
	assert_true(body_has(c, "Board of 3 May") && body_has(c, "Hall ticket 17"));
	/* Not without saying where, of another kind, beyond one's subtree, or of oneself. */
	assert_int_equal(post(other, path, "kind=assessor&level=2"), 422);
	assert_int_equal(post(other, path, "kind=supervisor&level=2&note=x"), 422);
	assert_int_equal(get(admin, "/me"), 200);
	assert_int_equal(post(admin, path, "kind=assessor&level=2&note=x"), 403);
	assert_int_equal(get(boss, "/me"), 200);
	assert_int_equal(post(boss, base_of("/people/%lld/competencies/%lld/evidence", (long long)w.learner, (long long)drafting), "kind=assessor&level=2&note=x"), 403);
	assert_int_equal(post(other, base_of("/people/%lld/competencies/%lld/evidence", (long long)w.other_admin, (long long)drafting), "kind=assessor&level=2&note=x"), 403);
	client_free(admin);
	client_free(boss);
	client_free(c);
	client_free(other);
}

static void what_is_beyond_the_scale_is_refused(void **state)
{
	struct client *boss = client_as(f, w.boss);
	uint64_t before;
	(void)state;
	assert_int_equal(get(boss, "%s", of(w.colleague, speaking)), 200);
	before = database_hash(f, true);
	assert_int_equal(post(boss, of(w.colleague, speaking), "level=4"), 422);
	assert_true(body_has(boss, "must lie between 0 and 3"));
	assert_int_equal(post(boss, of(w.colleague, speaking), "level=-1"), 422);
	assert_int_equal(post(boss, of(w.colleague, speaking), "level=two"), 422);
	assert_int_equal(post(boss, of(w.colleague, area), "level=2"), 422);
	assert_int_equal(post(boss, of(w.colleague, 4711), "level=2"), 404);
	assert_true(database_hash(f, true) == before);
	client_free(boss);
}

/* ── the sums ── */

static enum err rebuild_fn(struct ctx *cx, void *arg)
{
	(void)arg;
	return proficiency_rebuild(cx);
}

static void rebuild_gives_the_same_figures_to_the_bit(void **state)
{
	(void)state;
	assert_int_equal(check_findings(f), 0);
	int64_t weight = sums(w.colleague, speaking, "weight"), weighted = sums(w.colleague, speaking, "weighted");
	tamper(f, "UPDATE proficiency SET weighted = weighted + 1 WHERE person_id = %lld AND competency_id = %lld", (long long)w.colleague,
	       (long long)speaking);
	assert_int_equal(check_findings(f), 1);
	in_tx(f, rebuild_fn, NULL);
	assert_int_equal(check_findings(f), 0);
	assert_true(sums(w.colleague, speaking, "weight") == weight && sums(w.colleague, speaking, "weighted") == weighted);
}

static void a_question_that_names_what_no_framework_has_is_told_of(void **state)
{
	int64_t question = query_int(f, "SELECT min(id) FROM question WHERE ended_at IS NULL");
	(void)state;
	assert_int_equal(check_findings(f), 0);
	tamper(f, "INSERT INTO question_competency (question_id, framework, code, level) VALUES (%lld, 'kcm', 'functional.noting-and-drafting', 4)", (long long)question);
	assert_int_equal(check_findings(f), 1);
	tamper(f, "UPDATE question_competency SET level = 3 WHERE question_id = %lld", (long long)question);
	assert_int_equal(check_findings(f), 0);
	tamper(f, "UPDATE question_competency SET code = 'functional.nothing' WHERE question_id = %lld", (long long)question);
	assert_int_equal(check_findings(f), 1);
	tamper(f, "DELETE FROM question_competency WHERE question_id = %lld", (long long)question);
}

static enum err join_fn(struct ctx *cx, void *arg)
{
	struct merge_join in = { w.ministry, w.learner, w.colleague };
	cx->actor.person_id = w.operator;
	return merge_join(cx, &in, arg);
}

static enum err undo_fn(struct ctx *cx, void *arg)
{
	cx->actor.person_id = w.operator;
	return merge_undo(cx, w.ministry, *(int64_t *)arg);
}

static void two_accounts_of_one_person_have_one_level(void **state)
{
	int64_t merge, before = sums(w.colleague, speaking, "weight");
	(void)state;
	in_tx(f, join_fn, &merge);
	assert_int_equal(sums(w.learner, speaking, "weight"), before);
	assert_int_equal(sums(w.colleague, speaking, "n"), 0);
	assert_int_equal(check_findings(f), 0);
	in_tx(f, undo_fn, &merge);
	assert_int_equal(sums(w.colleague, speaking, "weight"), before);
	assert_int_equal(sums(w.learner, speaking, "n"), 0);
	assert_int_equal(check_findings(f), 0);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	in_tx(f, teach_fn, NULL);
	drafting = query_int(f, "SELECT id FROM competency WHERE code = 'functional.noting-and-drafting'");
	speaking = query_int(f, "SELECT id FROM competency WHERE code = 'behavioural.communication'");
	area = query_int(f, "SELECT id FROM competency WHERE code = 'behavioural'");
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
		cmocka_unit_test(completing_a_course_gives_a_level_in_the_same_transaction),
		cmocka_unit_test(own_judgement_alone_gives_no_level),
		cmocka_unit_test(the_supervisor_assesses_and_the_person_reads_it), /* after the one before */
		cmocka_unit_test(only_who_supervises_assesses_and_nobody_himself),
		cmocka_unit_test(what_assessors_and_proctored_tests_found_is_entered_by_who_may),
		cmocka_unit_test(what_is_beyond_the_scale_is_refused),
		cmocka_unit_test(rebuild_gives_the_same_figures_to_the_bit),
		cmocka_unit_test(a_question_that_names_what_no_framework_has_is_told_of),
		cmocka_unit_test(two_accounts_of_one_person_have_one_level),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
