/* Who holds which post, and when: what the days allow, what a posting ends, and that nothing of the past moves. */
#include "http_test.h"
#include "feature/merge/merge.h"
#include "feature/post/post.h"

static struct fixture *f;
static struct world w;
static int64_t drafting, role, today;

struct attempt {
	struct holding_begin in;
	int64_t id;
	enum err e;
	char sentence[300];
};

/* Tries; a refusal changes nothing, which the transaction of the floor sees to. */
static enum err try_fn(struct ctx *cx, void *arg)
{
	struct attempt *a = arg;
	a->e = holding_begin(cx, &a->in, &a->id);
	snprintf(a->sentence, sizeof a->sentence, "%s", cx->n_failures ? cx->failures[0].text : "");
	return a->e;
}

static enum err hold(int64_t post, int64_t person, enum holding_kind kind, int64_t from, int64_t until, struct attempt *ret)
{
	*ret = (struct attempt){ .in = { post, person, kind, from, until, S("Order 7") } };
	f->cx.n_failures = 0;
	f->cx.now = f->app.fixed_now;
	enum err e = db_write(&f->cx, f->pool, try_fn, ret);
	assert_int_equal(e, ret->e);
	return e;
}

static void a_post_of_one_place_has_one_substantive_holder_on_a_day(void **state)
{
	int64_t post = a_post(f, w.office, "single", 1, role);
	struct attempt a;
	(void)state;
	assert_int_equal(hold(post, w.learner, HOLDING_SUBSTANTIVE, today - 30, today + 30, &a), OK);
	assert_int_equal(hold(post, w.colleague, HOLDING_SUBSTANTIVE, today, NONE, &a), ERR_CONFLICT);
	assert_non_null(strstr(a.sentence, "Every sanctioned place"));
	/* The day on which the other ends is free; others may look after it meanwhile. */
	assert_int_equal(hold(post, w.colleague, HOLDING_SUBSTANTIVE, today + 30, NONE, &a), OK);
	assert_int_equal(hold(post, w.boss, HOLDING_ADDITIONAL, today, today + 10, &a), OK);
	assert_int_equal(query_int(f, "SELECT count(*) FROM holding WHERE post_id = %lld AND kind = 'substantive'", (long long)post), 2);
}

static void a_post_of_two_places_fills_each_day_by_itself(void **state)
{
	int64_t post = a_post(f, w.other_office, "double", 2, role), third = a_person(f, "third", "Third", w.other_office, 0), fourth = a_person(f, "fourth", "Fourth", w.other_office, 0);
	struct attempt a;
	(void)state;
	assert_int_equal(hold(post, w.other_learner, HOLDING_SUBSTANTIVE, today - 20, today, &a), OK);
	assert_int_equal(hold(post, third, HOLDING_SUBSTANTIVE, today - 10, today + 10, &a), OK);
	assert_int_equal(hold(post, fourth, HOLDING_SUBSTANTIVE, today - 5, NONE, &a), ERR_CONFLICT);
	assert_int_equal(hold(post, fourth, HOLDING_SUBSTANTIVE, today, NONE, &a), OK);
}

static void nobody_holds_two_posts_substantively_nor_one_twice(void **state)
{
	int64_t first = a_post(f, w.office, "first", 5, role), second = a_post(f, w.office, "second", 5, role), who = a_person(f, "two-posts", "Two Posts", w.office, 0);
	struct attempt a;
	(void)state;
	assert_int_equal(hold(first, who, HOLDING_SUBSTANTIVE, today - 30, NONE, &a), OK);
	assert_int_equal(hold(second, who, HOLDING_SUBSTANTIVE, today, NONE, &a), ERR_CONFLICT);
	assert_non_null(strstr(a.sentence, "another post substantively"));
	assert_int_equal(hold(first, who, HOLDING_OFFICIATING, today, NONE, &a), ERR_CONFLICT);
	assert_int_equal(hold(second, who, HOLDING_ADDITIONAL, today, today + 90, &a), OK);
}

static void days_outside_the_post_and_people_of_elsewhere_are_refused(void **state)
{
	int64_t post = a_post(f, w.office, "edges", 5, role), who = a_person(f, "edges", "Edges", w.office, 0);
	struct attempt a;
	(void)state;
	assert_int_equal(hold(post, who, HOLDING_SUBSTANTIVE, clock_day_of(2025, 12, 31), NONE, &a), ERR_INVALID);
	assert_int_equal(hold(post, who, HOLDING_SUBSTANTIVE, today, today, &a), ERR_INVALID);
	assert_int_equal(hold(post, w.other_learner, HOLDING_SUBSTANTIVE, today, NONE, &a), ERR_CONFLICT);
	assert_int_equal(hold(post, w.other_learner, HOLDING_ADDITIONAL, today, NONE, &a), OK);
	assert_int_equal(hold(post, 4711, HOLDING_ADDITIONAL, today, NONE, &a), ERR_NOT_FOUND);
	assert_int_equal(hold(4711, who, HOLDING_ADDITIONAL, today, NONE, &a), ERR_NOT_FOUND);
}

static enum err move_fn(struct ctx *cx, void *arg)
{
	struct person_post to = { .person_id = *(int64_t *)arg, .org_id = w.other_office, .designation_id = a_designation(f, "so"), .supervisor_id = NONE, .from_day = today };
	return person_post(cx, &to);
}

static void a_transfer_ends_the_substantive_holding_and_leaves_the_past(void **state)
{
	int64_t post = a_post(f, w.office, "moved", 1, role), who = a_person(f, "moved", "Moved", w.office, 0), holding = a_holding(f, post, who, today - 100);
	(void)state;
	assert_int_equal(query_int(f, "SELECT count(*) FROM requirement WHERE person_id = %lld AND org_id = %lld", (long long)who, (long long)w.office), 1);
	in_tx(f, move_fn, &who);
	assert_int_equal(query_int(f, "SELECT until_day FROM holding WHERE id = %lld", (long long)holding), today);
	assert_int_equal(query_int(f, "SELECT from_day FROM holding WHERE id = %lld", (long long)holding), today - 100);
	assert_int_equal(query_int(f, "SELECT count(*) FROM requirement WHERE person_id = %lld", (long long)who), 0);
	assert_int_equal(check_findings(f), 0);
}

static enum err bulk_move_fn(struct ctx *cx, void *arg)
{
	cx->bulk = true;
	enum err e = move_fn(cx, arg);
	cx->bulk = false;
	TRY(e);
	return post_sweep_soon(cx);
}

static void many_transfers_at_once_end_them_by_a_job(void **state)
{
	int64_t post = a_post(f, w.office, "bulk", 1, role), who = a_person(f, "bulk", "Bulk", w.office, 0), holding = a_holding(f, post, who, today - 100);
	(void)state;
	in_tx(f, bulk_move_fn, &who);
	assert_int_equal(query_int(f, "SELECT count(*) FROM holding WHERE id = %lld AND until_day IS NULL", (long long)holding), 1);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT until_day FROM holding WHERE id = %lld", (long long)holding), today);
	assert_int_equal(check_findings(f), 0);
}

static enum err end_fn(struct ctx *cx, void *arg)
{
	const int64_t *a = arg;
	return holding_end(cx, a[0], a[1], a[2]);
}

static void a_holding_that_had_not_begun_is_taken_away(void **state)
{
	int64_t post = a_post(f, w.office, "never", 1, role), who = a_person(f, "never", "Never", w.office, 0), holding = a_holding(f, post, who, today + 20);
	(void)state;
	in_tx(f, end_fn, (int64_t[]){ post, holding, today });
	assert_int_equal(query_int(f, "SELECT count(*) FROM holding WHERE id = %lld", (long long)holding), 0);
}

static enum err join_fn(struct ctx *cx, void *arg)
{
	int64_t *a = arg;
	cx->actor.person_id = w.operator;
	return merge_join(cx, &(struct merge_join){ w.ministry, a[0], a[1] }, &a[2]);
}

static enum err undo_fn(struct ctx *cx, void *arg)
{
	const int64_t *a = arg;
	cx->actor.person_id = w.operator;
	return merge_undo(cx, w.ministry, a[2]);
}

static void two_accounts_of_one_person_hold_one_post(void **state)
{
	int64_t post = a_post(f, w.office, "twice", 2, role), kept = a_person(f, "kept", "Kept One", w.office, 0), closed = a_person(f, "closed", "Kept One", w.office, 0);
	int64_t first = a_holding(f, post, kept, today - 50), second = a_holding(f, post, closed, today - 20), joined[3] = { kept, closed, 0 };
	(void)state;
	in_tx(f, join_fn, joined);
	assert_int_equal(query_int(f, "SELECT count(*) FROM holding WHERE person_id = %lld AND until_day IS NULL", (long long)kept), 1);
	assert_int_equal(query_int(f, "SELECT until_day FROM holding WHERE id = %lld", (long long)second), today);
	assert_int_equal(check_findings(f), 0);
	in_tx(f, undo_fn, joined);
	assert_int_equal(query_int(f, "SELECT count(*) FROM holding WHERE until_day IS NULL AND id IN (%lld, %lld)", (long long)first, (long long)second), 2);
	assert_int_equal(check_findings(f), 0);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	drafting = competency_named(f, "functional.noting-and-drafting");
	role = a_work_role(f, w.root, "establishment", "put up files", drafting, 2);
	today = clock_day_in_india(f->app.fixed_now);
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
		cmocka_unit_test(a_post_of_one_place_has_one_substantive_holder_on_a_day),
		cmocka_unit_test(a_post_of_two_places_fills_each_day_by_itself),
		cmocka_unit_test(nobody_holds_two_posts_substantively_nor_one_twice),
		cmocka_unit_test(days_outside_the_post_and_people_of_elsewhere_are_refused),
		cmocka_unit_test(a_transfer_ends_the_substantive_holding_and_leaves_the_past),
		cmocka_unit_test(many_transfers_at_once_end_them_by_a_job),
		cmocka_unit_test(a_holding_that_had_not_begun_is_taken_away),
		cmocka_unit_test(two_accounts_of_one_person_hold_one_post),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
