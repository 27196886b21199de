/* Tests of the rules of the item bank, on the back end that TEST_DATABASE names (an own SQLite file when it is absent; another database is only added to). */
#include "app/features.h"
#include "base/clock.h"
#include "feature/item/item.h"
#include "feature/org/org.h"
#include "feature/person/person.h"

#include <sodium.h>
#include <stdlib.h>
#include <unistd.h>

/* ── arithmetic ── */

static void test_a_part_is_a_category(void **state)
{
	(void)state;
	assert_int_equal(item_category(0, 1), 0);
	assert_int_equal(item_category(0.99, 1), 0);
	assert_int_equal(item_category(1, 1), 1);
	assert_int_equal(item_category(2. / 3, 3), 2);
	assert_int_equal(item_category(1. - 1. / 3 - 1. / 3, 3), 1); /* a hair below a third */
	assert_int_equal(item_category(0.74, 4), 2);
	assert_int_equal(item_category(1.2, 4), 4);
	assert_int_equal(item_category(-1, 4), 0);
}

static struct question choice(enum question_kind kind, size_t n, struct question_option *options, bool partial)
{
	return (struct question){ .kind = kind, .text = S("Which?"), .lang = S("en"), .options = options, .n_options = n, .partial = partial };
}

static void test_steps_are_the_parts_that_earn_something(void **state)
{
	struct question_option two[] = { { .text = S("a"), .weight = 50 }, { .text = S("b"), .weight = 50 }, { .text = S("c"), .weight = -50 } };
	struct question_option one[] = { { .text = S("a"), .weight = 100 }, { .text = S("b") } };
	struct question_option judged[] = { { .text = S("a"), .weight = 100 }, { .text = S("b"), .weight = 60 }, { .text = S("c"), .weight = 60 }, { .text = S("d") } };
	struct question_option six[] = { { .text = S("a"), .weight = 100 }, { .text = S("b"), .weight = 100 }, { .text = S("c"), .weight = 100 },
					 { .text = S("d"), .weight = 100 }, { .text = S("e"), .weight = 100 }, { .text = S("f"), .weight = 100 } };
	(void)state;
	struct question q = choice(Q_SINGLE, 2, one, false);
	assert_int_equal(item_steps(&q), 1);
	q = choice(Q_MULTIPLE, 3, two, true);
	assert_int_equal(item_steps(&q), 2);
	q = choice(Q_MULTIPLE, 3, two, false);
	assert_int_equal(item_steps(&q), 1);
	q = choice(Q_JUDGEMENT, 4, judged, false);
	assert_int_equal(item_steps(&q), 2);
	q = choice(Q_ORDERING, 6, six, true);
	assert_int_equal(item_steps(&q), ITEM_STEPS_MAX);
	q = choice(Q_ORDERING, 6, six, false);
	assert_int_equal(item_steps(&q), 1);
}

/* ── a world ── */

struct world {
	struct arena *arena;
	struct app app;
	struct db_pool *pool;
	struct ctx cx;
	char folder[64];
	int64_t org, asha, ravi, meena, kiran;
};
static struct world w;

static enum err writing(db_fn *fn, void *arg)
{
	w.cx.n_failures = 0;
	return db_write(&w.cx, w.pool, fn, arg);
}

static enum err add_people(struct ctx *cx, void *arg)
{
	(void)arg;
	struct org_add o = { .code = str_fmt(cx->arena, "dept-%s", random_hex(cx, 6).p), .kind = S("department"), .name_en = S("Department"), .name_hi = S(""),
			     .short_name = S("D"), .parent_id = NONE };
	TRY(org_add(cx, &o, &w.org));
	int64_t *people[] = { &w.asha, &w.ravi, &w.meena, &w.kiran };
	for (size_t i = 0; i < 4; i++) {
		struct person_add p = { .name = S("Asha Kumari"), .email = str_fmt(cx->arena, "%s@gov.in", random_hex(cx, 8).p), .lang = S("en") };
		TRY(person_add(cx, &p, people[i]));
	}
	return OK;
}

static void as(int64_t person_id)
{
	w.cx.actor = (struct actor){ .person_id = person_id, .name = S("Asha"), .zone = S("Asia/Kolkata") };
}

static enum err add_fn(struct ctx *cx, void *arg)
{
	struct item_add *in = ((void **)arg)[0];
	return item_add(cx, in, ((void **)arg)[1]);
}
static enum err send_fn(struct ctx *cx, void *arg)
{
	return item_send(cx, w.org, *(int64_t *)arg);
}
static enum err change_fn(struct ctx *cx, void *arg)
{
	int64_t version;
	return item_change(cx, arg, &version);
}
static enum err review_fn(struct ctx *cx, void *arg)
{
	bool live;
	return item_review(cx, arg, &live);
}
static enum err classify_fn(struct ctx *cx, void *arg)
{
	struct item_tests t = { NONE, 0, S("apply"), S("Rule 3") };
	return item_classify(cx, w.org, *(int64_t *)arg, &t, false);
}

static struct question days(const char *right)
{
	struct question_option *o = ARENA_ARRAY(w.arena, struct question_option, 2);
	o[0] = (struct question_option){ .text = str_of(right), .weight = 100 };
	o[1] = (struct question_option){ .text = S("never") };
	return choice(Q_SINGLE, 2, o, false);
}

static int64_t added(const struct question *q)
{
	int64_t id = 0;
	struct item_add in = { .org_id = w.org, .q = q, .tests = { .competency_id = NONE }, .case_id = NONE };
	assert_int_equal(writing(add_fn, (void *[]){ &in, &id }), OK);
	return id;
}

static struct item_one_row one(int64_t id)
{
	struct item_one_row r;
	assert_int_equal(item_one(&w.cx, w.org, id, &r), OK);
	return r;
}

static struct item_standing standing(int64_t id)
{
	struct item_one_row r = one(id);
	struct item_standing s;
	assert_int_equal(item_standing(&w.cx, &r, &s), OK);
	return s;
}

static enum err says(int64_t person, int64_t id, bool accepted)
{
	as(person);
	struct item_review in = { w.org, id, standing(id).seen, accepted, accepted ? S("") : S("The rule was amended.") };
	return writing(review_fn, &in);
}

static int64_t live_item(void)
{
	struct question q = days("30");
	as(w.asha);
	int64_t id = added(&q);
	assert_int_equal(writing(send_fn, &id), OK);
	assert_int_equal(says(w.ravi, id, true), OK);
	assert_int_equal(says(w.meena, id, true), OK);
	assert_true(str_is(one(id).status, "live"));
	return id;
}

/* ── promises ── */

static void test_live_only_after_two_others_have_accepted(void **state)
{
	struct question q = days("30");
	(void)state;
	as(w.asha);
	int64_t id = added(&q);
	assert_int_equal(says(w.ravi, id, true), ERR_CONFLICT); /* a draft waits for nobody */
	assert_int_equal(writing(send_fn, &id), OK);
	assert_int_equal(says(w.asha, id, true), ERR_FORBIDDEN);
	assert_int_equal(says(w.ravi, id, true), OK);
	assert_int_equal(says(w.ravi, id, true), ERR_CONFLICT);
	assert_true(str_is(one(id).status, "review") && one(id).live_version == 0);
	assert_int_equal(says(w.meena, id, true), OK);
	assert_true(str_is(one(id).status, "live") && one(id).live_version == 1);
	assert_int_equal(says(w.kiran, id, true), ERR_CONFLICT);
}

static void test_a_change_asked_for_needs_a_new_version(void **state)
{
	struct question q = days("30");
	(void)state;
	as(w.asha);
	int64_t id = added(&q);
	assert_int_equal(writing(send_fn, &id), OK);
	struct item_review silent = { w.org, id, S("1"), false, S(" ") };
	as(w.ravi);
	assert_int_equal(writing(review_fn, &silent), ERR_INVALID);
	assert_int_equal(says(w.ravi, id, false), OK);
	assert_true(str_is(one(id).status, "draft"));
	assert_int_equal(writing(send_fn, &id), ERR_CONFLICT);
	as(w.asha);
	struct item_change again = { w.org, id, 1, &q, S("It stays: the amendment is of another rule.") };
	assert_int_equal(writing(change_fn, &again), OK);
	assert_int_equal(one(id).version, 2);
	assert_int_equal(writing(send_fn, &id), OK);
	assert_int_equal(says(w.ravi, id, true), OK); /* of the new version nothing was said */
}

static void test_a_newer_version_waits_while_the_live_one_stays(void **state)
{
	struct question q = days("45"), was;
	(void)state;
	int64_t id = live_item();
	as(w.ravi);
	struct item_change in = { w.org, id, 1, &q, S("The time limit was extended.") };
	assert_int_equal(writing(change_fn, &in), OK);
	assert_int_equal(writing(change_fn, &in), ERR_CONFLICT); /* it was a change of version 1 */
	assert_true(str_is(one(id).status, "live") && one(id).live_version == 1 && one(id).version == 2);
	assert_int_equal(says(w.ravi, id, true), ERR_FORBIDDEN); /* now he wrote it */
	assert_int_equal(says(w.asha, id, true), ERR_FORBIDDEN); /* and she the item */
	assert_int_equal(says(w.meena, id, true), OK);
	assert_int_equal(says(w.kiran, id, true), OK);
	assert_int_equal(one(id).live_version, 2);
	struct item_one_row row = one(id);
	assert_int_equal(item_question(&w.cx, &row, 1, &was, NULL), OK);
	assert_true(str_is(was.options[0].text, "30")); /* version 1 is what it was */
}

static void test_who_looked_at_another_version_has_accepted_nothing(void **state)
{
	struct question q = days("30"), newer = days("31");
	(void)state;
	as(w.asha);
	int64_t id = added(&q);
	assert_int_equal(writing(send_fn, &id), OK);
	struct item_review in = { w.org, id, standing(id).seen, true, S("") };
	struct item_change change = { w.org, id, 1, &newer, S("") };
	assert_int_equal(writing(change_fn, &change), OK);
	assert_int_equal(writing(send_fn, &id), OK);
	as(w.ravi);
	assert_int_equal(writing(review_fn, &in), ERR_CONFLICT);
}

static void test_nothing_changed_is_no_version(void **state)
{
	struct question q = days("30");
	(void)state;
	int64_t id = live_item();
	struct item_change in = { w.org, id, 1, &q, S("") };
	assert_int_equal(writing(change_fn, &in), OK);
	assert_int_equal(one(id).version, 1);
}

static void test_what_a_live_item_tests_is_the_keepers(void **state)
{
	struct question q = days("30");
	(void)state;
	as(w.asha);
	int64_t draft = added(&q), live = live_item();
	assert_int_equal(writing(classify_fn, &draft), OK);
	assert_true(str_is(one(draft).bloom, "apply"));
	assert_int_equal(writing(classify_fn, &live), ERR_FORBIDDEN);
}

static void test_a_case_is_reviewed_with_its_questions(void **state)
{
	struct question parts[2] = { days("30"), days("48") }, changed = days("47");
	struct question q = { .kind = Q_CASE, .text = S("An applicant writes …"), .lang = S("en"), .parts = parts, .n_parts = 2 };
	struct item_parts_row *p;
	size_t n;
	(void)state;
	as(w.asha);
	int64_t id = added(&q);
	assert_int_equal(item_sql_parts(&w.cx, id, &p, &n), OK);
	assert_int_equal(n, 2);
	assert_int_equal(writing(send_fn, &p[0].id), ERR_CONFLICT);
	assert_int_equal(writing(send_fn, &id), OK);
	assert_true(str_is(standing(id).seen, "1 1 1"));
	assert_int_equal(says(w.ravi, p[0].id, true), ERR_CONFLICT);
	assert_int_equal(says(w.ravi, id, true), OK);
	/* One question is changed: its reviewers begin anew, for the rest one is still needed. */
	as(w.asha);
	struct item_change change = { w.org, p[1].id, 1, &changed, S("") };
	assert_int_equal(writing(change_fn, &change), OK);
	assert_int_equal(writing(send_fn, &id), OK);
	assert_int_equal(says(w.meena, id, true), OK);
	assert_true(str_is(one(id).status, "live") && str_is(one(p[0].id).status, "live") && str_is(one(p[1].id).status, "review"));
	assert_int_equal(says(w.meena, id, true), ERR_CONFLICT);
	assert_int_equal(says(w.ravi, id, true), OK);
	assert_int_equal(one(p[1].id).live_version, 2);
}

static enum err retire_fn(struct ctx *cx, void *arg)
{
	return item_retire(cx, w.org, *(int64_t *)arg, S("The rule is repealed."));
}
static enum err return_fn(struct ctx *cx, void *arg)
{
	return item_return(cx, w.org, *(int64_t *)arg);
}

static void test_retired_and_back_as_it_was(void **state)
{
	struct question q = days("30");
	(void)state;
	int64_t id = live_item();
	assert_int_equal(writing(return_fn, &id), ERR_CONFLICT);
	assert_int_equal(writing(retire_fn, &id), OK);
	assert_int_equal(writing(retire_fn, &id), ERR_CONFLICT);
	struct item_change in = { w.org, id, 1, &q, S("") };
	assert_int_equal(writing(change_fn, &in), ERR_CONFLICT);
	assert_int_equal(writing(return_fn, &id), OK);
	assert_true(str_is(one(id).status, "live") && one(id).retired_at == NONE);
}

static int set_up(void **state)
{
	const char *url = getenv("TEST_DATABASE");
	struct str message = S("");
	unsigned applied;
	(void)state;
	if (sodium_init() < 0)
		return 1;
	w.arena = arena_new();
	w.app.ids = id_source_new(9);
	w.app.base_url = S("http://localhost");
	w.cx = (struct ctx){ .arena = w.arena, .app = &w.app, .now = clock_now() };
	(void)snprintf(w.folder, sizeof w.folder, "/tmp/bank_test.XXXXXX");
	if (!mkdtemp(w.folder))
		return 1;
	if (!url || !*url)
		url = str_fmt(w.arena, "sqlite:%s/test.db", w.folder).p;
	if (db_pool_open(&w.cx, url, &w.pool, &message) || db_migrate(&w.cx, w.pool, migrations, &applied, &message) || db_connect(w.pool, &w.cx.db)) {
		print_error("%.*s\n", STR_ARG(message));
		return 1;
	}
	return writing(add_people, NULL) != OK;
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
		cmocka_unit_test(test_a_part_is_a_category),
		cmocka_unit_test(test_steps_are_the_parts_that_earn_something),
		cmocka_unit_test(test_live_only_after_two_others_have_accepted),
		cmocka_unit_test(test_a_change_asked_for_needs_a_new_version),
		cmocka_unit_test(test_a_newer_version_waits_while_the_live_one_stays),
		cmocka_unit_test(test_who_looked_at_another_version_has_accepted_nothing),
		cmocka_unit_test(test_nothing_changed_is_no_version),
		cmocka_unit_test(test_what_a_live_item_tests_is_the_keepers),
		cmocka_unit_test(test_a_case_is_reviewed_with_its_questions),
		cmocka_unit_test(test_retired_and_back_as_it_was),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
