/* Movements: who asks, who decides, when it takes effect, what is told, how it is taken back. */
#include "http_test.h"

#include <stdio.h>
#include <string.h>

static struct fixture *f;
static struct world w;

static int64_t today(void)
{
	return clock_day_in_india(f->app.fixed_now);
}

static const char *day_text(int64_t day)
{
	time_t t = (time_t)day * 86400;
	struct tm tm;
	char b[20];
	gmtime_r(&t, &tm);
	strftime(b, sizeof b, "%Y-%m-%d", &tm);
	return str_fmt(f->cx.arena, "%s", b).p;
}

/* To the same time of a later day, with work that comes again and again queued two hours before: at no hour of the real day is it a day more. */
static void pass_days(int64_t n)
{
	f->app.fixed_now += n * DAY - 2 * HOUR;
	f->cx.now = f->app.fixed_now;
	schedule_work(f);
	f->app.fixed_now += 2 * HOUR;
	f->cx.now = f->app.fixed_now;
	work_now(f);
}

/* Somebody new in the office of the first ministry. */
static int64_t somebody(void)
{
	static int n;
	char login[40], name[40];
	snprintf(login, sizeof login, "mover%d", ++n);
	snprintf(name, sizeof name, "Mover Number %d", n);
	return a_person(f, login, name, w.office, w.boss);
}

static long ask(int64_t as, int64_t person, const char *kind, const char *office, int64_t from, int64_t until, int64_t *ret_id)
{
	struct client *c = client_as(f, as);
	char body[600], ends[60] = "";
	if (until)
		snprintf(ends, sizeof ends, ",\"until_day\":\"%s\"", day_text(until));
	snprintf(body, sizeof body, "{\"kind\":\"%s\",\"office\":\"%s\",\"designation\":\"%s\",\"from_day\":\"%s\"%s,\"order_no\":\"12/2026\",\"reason\":\"family\"}", kind, office,
		 strcmp(kind, "leave") == 0 ? "" : "officer", day_text(from), ends);
	long status = post_json(c, base_of("/api/v1/people/%lld/movements", (long long)person), body);
	*ret_id = status == 200 ? json_number(c, "id") : 0;
	client_free(c);
	return status;
}

static long decide(int64_t as, int64_t org, int64_t id, const char *body)
{
	struct client *c = client_as(f, as);
	long status = post_json(c, base_of("/api/v1/orgs/%lld/movements/%lld", (long long)org, (long long)id), body);
	client_free(c);
	return status;
}

/* Somebody without a posting, from tomorrow on. */
static int64_t bring(int64_t as, int64_t org, int64_t who, const char *kind, const char *office, long wanted)
{
	struct client *c = client_as(f, as);
	char body[500], email[80];
	query_text(f, email, sizeof email, "SELECT email FROM person WHERE id = %lld", (long long)who);
	snprintf(body, sizeof body, "{\"person\":\"%s\",\"kind\":\"%s\",\"office\":\"%s\",\"designation\":\"officer\",\"from_day\":\"%s\"}", email, kind, office, day_text(today() + 1));
	assert_int_equal(post_json(c, base_of("/api/v1/orgs/%lld/movements", (long long)org), body), wanted);
	int64_t id = wanted == 200 ? json_number(c, "id") : 0;
	client_free(c);
	return id;
}

#define APPROVE "{\"answer\":\"approve\"}"

static int64_t posted_at(int64_t person)
{
	return query_int(f, "SELECT org_id FROM posting WHERE person_id = %lld AND from_day <= %lld AND (until_day IS NULL OR until_day > %lld)", (long long)person,
			 (long long)today(), (long long)today());
}

static int64_t letters(const char *fact, int64_t id, int64_t to)
{
	return query_int(f, "SELECT count(*) FROM mail WHERE fact LIKE '%s:%lld%%' AND person_id = %lld", fact, (long long)id, (long long)to);
}

static void state_is(int64_t id, const char *wanted)
{
	char state[40];
	query_text(f, state, sizeof state, "SELECT state FROM movement WHERE id = %lld", (long long)id);
	assert_string_equal(state, wanted);
}

static void a_transfer_is_decided_where_one_comes_to(void **state)
{
	int64_t who = somebody(), id;
	(void)state;
	assert_int_equal(ask(who, who, "transfer", "second-office", today(), 0, &id), 200);
	assert_int_equal(letters("movement.asked", id, w.other_admin), 1);
	assert_int_equal(letters("movement.asked", id, w.admin), 0);
	assert_int_equal(decide(w.admin, w.other_ministry, id, APPROVE), 403);
	assert_int_equal(decide(w.admin, w.ministry, id, APPROVE), 404);
	struct client *c = client_as(f, w.other_admin);
	get(c, "/orgs/%lld/movements", (long long)w.other_ministry);
	assert_true(body_has(c, "Mover Number") && body_has(c, "Office of Firsts") && body_has(c, "Office of Seconds"));
	assert_int_equal(get(c, "/orgs/%lld/movements/%lld", (long long)w.other_ministry, (long long)id), 200);
	client_free(c);
	assert_int_equal(posted_at(who), w.office);
	assert_int_equal(decide(w.other_admin, w.other_ministry, id, "{\"answer\":\"approve\",\"supervisor\":\"other-boss@example.gov.in\"}"), 200);
	assert_int_equal(posted_at(who), w.other_office);
	assert_int_equal(query_int(f, "SELECT supervisor_id FROM posting WHERE person_id = %lld AND until_day IS NULL", (long long)who), w.other_boss);
	assert_int_equal(letters("movement.decided", id, who), 1);
	/* Who asks later what was there before finds it. */
	char before[400];
	query_text(f, before, sizeof before, "SELECT before FROM audit WHERE action = 'movement.decide' AND before LIKE '%%\"state\":\"asked\"%%' AND before LIKE '%%%lld%%'",
		   (long long)w.office);
	assert_true(before[0]);
	assert_int_equal(decide(w.other_admin, w.other_ministry, id, APPROVE), 409);
	assert_int_equal(check_findings(f), 0);
}

static void hr_asks_for_its_people_and_no_others(void **state)
{
	int64_t who = somebody(), id, none;
	(void)state;
	assert_int_equal(ask(w.other_admin, who, "transfer", "second-office", today(), 0, &none), 403);
	assert_int_equal(ask(w.boss, who, "transfer", "second-office", today(), 0, &none), 403);
	assert_int_equal(ask(w.admin, who, "transfer", "Office of Seconds", today(), 0, &id), 200);
	assert_int_equal(decide(w.other_admin, w.other_office, id, "{\"answer\":\"refuse\"}"), 422);
	assert_int_equal(decide(w.other_admin, w.other_office, id, "{\"answer\":\"refuse\",\"words\":\"No post is free.\"}"), 200);
	assert_int_equal(letters("movement.decided", id, who), 1);
	assert_int_equal(letters("movement.decided", id, w.admin), 1);
	struct client *c = client_as(f, who);
	get(c, "/people/%lld/movements", (long long)who);
	assert_true(body_has(c, "No post is free."));
	client_free(c);
	assert_int_equal(posted_at(who), w.office);
}

static void nobody_decides_about_the_own_posting(void **state)
{
	int64_t who = somebody(), id;
	(void)state;
	a_role(f, who, "mdo_admin", w.office);
	assert_int_equal(ask(who, who, "transfer", "filing", today(), 0, &id), 200);
	assert_int_equal(decide(who, w.office, id, APPROVE), 404); /* not below the office */
	a_role(f, who, "mdo_admin", w.ministry);
	assert_int_equal(decide(who, w.ministry, id, APPROVE), 403);
	assert_int_equal(decide(w.admin, w.ministry, id, APPROVE), 200);
	assert_int_equal(posted_at(who), w.institute);
	struct client *c = client_as(f, who);
	assert_int_equal(post_json(c, base_of("/api/v1/orgs/%lld/movements/%lld/undo", (long long)w.ministry, (long long)id), "{}"), 403);
	client_free(c);
}

static void what_is_approved_ahead_takes_effect_on_its_day(void **state)
{
	int64_t who = somebody(), id;
	(void)state;
	assert_int_equal(ask(who, who, "deputation", "second-office", today() + 10, today() + 400, &id), 200);
	assert_int_equal(decide(w.other_admin, w.other_ministry, id, APPROVE), 200);
	state_is(id, "approved");
	pass_days(9);
	assert_int_equal(posted_at(who), w.office);
	pass_days(1);
	state_is(id, "done");
	assert_int_equal(posted_at(who), w.other_office);
}

static void what_was_overtaken_fails_with_its_reason(void **state)
{
	int64_t who = somebody(), late, soon;
	(void)state;
	assert_int_equal(ask(who, who, "transfer", "second-office", today() + 5, 0, &late), 200);
	assert_int_equal(decide(w.other_admin, w.other_ministry, late, APPROVE), 200);
	assert_int_equal(ask(who, who, "leave", "", today() - 1, 0, &soon), 200);
	assert_int_equal(decide(w.admin, w.ministry, soon, APPROVE), 200);
	state_is(soon, "done");
	pass_days(6);
	state_is(late, "failed");
	assert_int_equal(query_int(f, "SELECT count(*) FROM movement WHERE id = %lld AND words LIKE '%%left meanwhile%%'", (long long)late), 1);
}

static enum err leave_now(struct ctx *cx, void *arg)
{
	int64_t posting;
	return person_leave(cx, *(int64_t *)arg, person_today(cx) - 1, &posting);
}

static void leaving_takes_effect_after_the_last_day_and_a_return_brings_back(void **state)
{
	int64_t who = somebody(), id, back;
	(void)state;
	assert_int_equal(ask(w.admin, who, "leave", "", today(), 0, &id), 200);
	assert_int_equal(decide(w.admin, w.ministry, id, APPROVE), 200);
	state_is(id, "approved");
	assert_int_equal(posted_at(who), w.office);
	pass_days(1);
	state_is(id, "done");
	assert_int_equal(posted_at(who), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM person WHERE id = %lld AND state = 'left'", (long long)who), 1);
	struct client *c = client_as(f, w.admin);
	assert_int_equal(post_json(c, base_of("/api/v1/orgs/%lld/movements/%lld/undo", (long long)w.ministry, (long long)id), "{}"), 200);
	client_free(c);
	assert_int_equal(posted_at(who), w.office);
	state_is(id, "undone");
	assert_int_equal(ask(w.admin, who, "leave", "", today() - 1, 0, &id), 200);
	assert_int_equal(decide(w.admin, w.ministry, id, APPROVE), 200);
	back = bring(w.admin, w.ministry, who, "return", "first-office", 200);
	assert_int_equal(decide(w.admin, w.ministry, back, APPROVE), 200);
	pass_days(1);
	assert_int_equal(posted_at(who), w.office);
	assert_int_equal(query_int(f, "SELECT count(*) FROM posting WHERE person_id = %lld", (long long)who), 2);
	assert_int_equal(check_findings(f), 0);
}

static void nobody_is_drawn_away_from_another_office(void **state)
{
	int64_t who = somebody();
	(void)state;
	bring(w.other_admin, w.other_ministry, who, "return", "second-office", 422);
	bring(w.other_admin, w.other_ministry, who, "transfer", "second-office", 422);
	in_tx(f, leave_now, &who);
	bring(w.other_admin, w.other_ministry, who, "return", "first-office", 422);
	bring(w.other_admin, w.other_ministry, who, "join", "second-office", 409);
	bring(w.other_admin, w.other_ministry, who, "return", "second-office", 200);
}

static void an_additional_charge_leaves_the_own_posting(void **state)
{
	int64_t who = somebody(), id;
	(void)state;
	assert_int_equal(ask(w.admin, who, "charge", "filing", today(), today() + 30, &id), 200);
	assert_int_equal(decide(w.admin, w.ministry, id, APPROVE), 200);
	assert_int_equal(posted_at(who), w.office);
	struct client *c = client_as(f, who);
	get(c, "/people/%lld/movements", (long long)who);
	assert_true(body_has(c, "Additional charge today") && body_has(c, "Institute of Filing"));
	client_free(c);
}

static void what_nobody_decides_goes_to_the_next_above(void **state)
{
	int64_t who = somebody(), above = a_person(f, "secretary", "The Secretary", w.root, 0), id;
	(void)state;
	a_role(f, above, "mdo_admin", w.root);
	assert_int_equal(ask(who, who, "transfer", "second-office", today() + 60, 0, &id), 200);
	assert_int_equal(query_int(f, "SELECT judge_id FROM movement WHERE id = %lld", (long long)id), w.other_ministry);
	pass_days(6);
	assert_int_equal(query_int(f, "SELECT judge_id FROM movement WHERE id = %lld", (long long)id), w.other_ministry);
	pass_days(2);
	assert_int_equal(query_int(f, "SELECT judge_id FROM movement WHERE id = %lld", (long long)id), w.root);
	assert_int_equal(letters("movement.asked", id, above), 1);
	pass_days(8);
	assert_int_equal(query_int(f, "SELECT judge_id FROM movement WHERE id = %lld", (long long)id), w.root);
	assert_int_equal(query_int(f, "SELECT count(*) FROM movement WHERE id = %lld AND escalate_at IS NULL", (long long)id), 1);
	assert_int_equal(decide(above, w.root, id, APPROVE), 200);
}

static void a_transfer_can_be_taken_back_for_a_month(void **state)
{
	int64_t who = somebody(), id;
	(void)state;
	assert_int_equal(ask(w.admin, who, "transfer", "second-office", today(), 0, &id), 200);
	assert_int_equal(decide(w.other_admin, w.other_ministry, id, APPROVE), 200);
	const char *undo = base_of("/api/v1/orgs/%lld/movements/%lld/undo", (long long)w.other_ministry, (long long)id);
	struct client *c = client_as(f, w.other_admin);
	assert_int_equal(post_json(c, undo, "{}"), 200);
	assert_int_equal(posted_at(who), w.office);
	assert_int_equal(post_json(c, undo, "{}"), 409);
	client_free(c);
	assert_int_equal(ask(w.admin, who, "transfer", "second-office", today() + 1, 0, &id), 200);
	assert_int_equal(decide(w.other_admin, w.other_ministry, id, APPROVE), 200);
	pass_days(32);
	pass_days(1);
	c = client_as(f, w.other_admin);
	pass_days(31);
	client_free(c);
	c = client_as(f, w.other_admin);
	assert_int_equal(post_json(c, base_of("/api/v1/orgs/%lld/movements/%lld/undo", (long long)w.other_ministry, (long long)id), "{}"), 409);
	assert_true(body_has(c, "30 days"));
	client_free(c);
}

static void one_of_a_kind_waits_and_can_be_withdrawn(void **state)
{
	int64_t who = somebody(), id, again;
	(void)state;
	assert_int_equal(ask(who, who, "transfer", "second-office", today(), 0, &id), 200);
	assert_int_equal(ask(who, who, "transfer", "filing", today(), 0, &again), 409);
	struct client *c = client_as(f, who), *other = client_as(f, w.learner);
	const char *path = base_of("/api/v1/people/%lld/movements/%lld/withdraw", (long long)who, (long long)id);
	assert_int_equal(post_json(other, path, "{}"), 403);
	assert_int_equal(post_json(other, base_of("/api/v1/people/%lld/movements/%lld/withdraw", (long long)w.learner, (long long)id), "{}"), 404);
	assert_int_equal(post_json(c, path, "{}"), 200);
	assert_int_equal(post_json(c, path, "{}"), 409);
	client_free(c);
	client_free(other);
	assert_int_equal(decide(w.other_admin, w.other_ministry, id, APPROVE), 409);
	assert_int_equal(ask(who, who, "transfer", "filing", today(), 0, &again), 200);
}

static void what_does_not_fit_is_refused_by_field(void **state)
{
	int64_t who = somebody(), id;
	struct client *c = client_as(f, who);
	const char *path = base_of("/api/v1/people/%lld/movements", (long long)who);
	(void)state;
	assert_int_equal(ask(who, who, "transfer", "no-such-office", today(), 0, &id), 422);
	assert_int_equal(ask(who, who, "transfer", "second-office", today() - 400, 0, &id), 422);
	assert_int_equal(ask(who, who, "transfer", "second-office", today() + 400, 0, &id), 422);
	assert_int_equal(ask(who, who, "transfer", "second-office", today(), today() + 5, &id), 422);
	assert_int_equal(ask(who, who, "deputation", "second-office", today(), 0, &id), 422);
	assert_int_equal(ask(who, who, "charge", "second-office", today(), today() - 1, &id), 422);
	assert_int_equal(ask(who, who, "join", "second-office", today(), 0, &id), 409);
	assert_int_equal(post_json(c, path, "{\"kind\":\"promotion\",\"from_day\":\"2026-12-01\"}"), 422);
	assert_int_equal(post(c, base_of("/people/%lld/movements", (long long)who), "kind=transfer&office=nowhere&designation=x&from_day=2026-12-01&reason=my+own+words"), 422);
	assert_true(body_has(c, "my own words") && body_has(c, "nowhere"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM movement WHERE person_id = %lld", (long long)who), 0);
	client_free(c);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	a_designation(f, "officer");
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
		cmocka_unit_test(a_transfer_is_decided_where_one_comes_to),
		cmocka_unit_test(hr_asks_for_its_people_and_no_others),
		cmocka_unit_test(nobody_decides_about_the_own_posting),
		cmocka_unit_test(what_is_approved_ahead_takes_effect_on_its_day),
		cmocka_unit_test(what_was_overtaken_fails_with_its_reason),
		cmocka_unit_test(leaving_takes_effect_after_the_last_day_and_a_return_brings_back),
		cmocka_unit_test(nobody_is_drawn_away_from_another_office),
		cmocka_unit_test(an_additional_charge_leaves_the_own_posting),
		cmocka_unit_test(what_nobody_decides_goes_to_the_next_above),
		cmocka_unit_test(a_transfer_can_be_taken_back_for_a_month),
		cmocka_unit_test(one_of_a_kind_waits_and_can_be_withdrawn),
		cmocka_unit_test(what_does_not_fit_is_refused_by_field),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
