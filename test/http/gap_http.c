/* Gaps: what work asks, what is held, the figures of offices, and that all of it follows each change at once or on its day. */
#include "http_test.h"
#include "feature/competency/competency.h"
#include "feature/gap/gap.h"
#include "feature/post/post.h"
#include "feature/proficiency/proficiency.h"

static struct fixture *f;
static struct world w;
static int64_t drafting, speaking, role, post_id, today;

static int64_t figure(int64_t org, const char *column, int64_t competency)
{
	return query_int(f, "SELECT COALESCE(sum(%s), 0) FROM gap_tally WHERE org_id = %lld AND designation_id = 0 AND competency_id = %lld", column, (long long)org,
			 (long long)competency);
}

static int64_t state_of(int64_t person, int64_t competency)
{
	return query_int(f, "SELECT state + 10 FROM requirement WHERE person_id = %lld AND competency_id = %lld", (long long)person, (long long)competency) - 10;
}

static enum err add_fn(struct ctx *cx, void *arg)
{
	int64_t id;
	return evidence_add(cx, arg, &id);
}

static void assessed(int64_t person, int64_t competency, enum evidence_kind kind, int64_t level)
{
	struct evidence_add in = { person, competency, kind, 1000 * level, kind == EVIDENCE_self ? person : w.boss, NONE, S("") };
	in_tx(f, add_fn, &in);
}

static void a_post_asks_and_every_office_above_counts_it(void **state)
{
	struct client *c = client_as(f, w.learner);
	(void)state;
	assert_int_equal(get(c, "/me/gaps"), 200);
	assert_true(body_has(c, "Nothing is asked yet"));
	a_holding(f, post_id, w.learner, today - 10);
	assert_int_equal(get(c, "/me/gaps"), 200);
	assert_true(body_has(c, "Noting &amp; Drafting") && body_has(c, "Required by “put up files”") && body_has(c, "not known yet · required 2"));
	for (int i = 0; i < 3; i++) {
		int64_t org = (int64_t[]){ w.office, w.ministry, w.root }[i];
		assert_true(figure(org, "n", drafting) == 1 && figure(org, "n_met", drafting) == 0 && figure(org, "n_unknown", drafting) == 1);
	}
	assert_int_equal(figure(w.other_ministry, "n", drafting), 0);
	client_free(c);
}

static void evidence_meets_it_at_once_but_own_judgement_never(void **state)
{
	struct client *c = client_as(f, w.learner);
	(void)state;
	assessed(w.learner, drafting, EVIDENCE_self, 3);
	assert_int_equal(state_of(w.learner, drafting), GAP_UNKNOWN);
	assessed(w.learner, drafting, EVIDENCE_supervisor, 1);
	assert_int_equal(state_of(w.learner, drafting), GAP_OPEN);
	assert_true(figure(w.root, "n_unknown", drafting) == 0 && figure(w.root, "n_met", drafting) == 0);
	assessed(w.learner, drafting, EVIDENCE_proctored_test, 3);
	assert_int_equal(state_of(w.learner, drafting), GAP_MET);
	assert_int_equal(figure(w.root, "n_met", drafting), 1);
	assert_int_equal(get(c, "/api/v1/me/gaps"), 200);
	assert_true(body_has(c, "\"state\":\"met\"") && json_number(c, "required") == 2);
	assert_int_equal(check_findings(f), 0);
	client_free(c);
}

static enum err ask_more_fn(struct ctx *cx, void *arg)
{
	const struct activity_need needs[] = { { drafting, 3 }, { speaking, 2 } };
	int64_t id;
	(void)arg;
	return activity_set(cx, &(struct activity_set){ role, S("files"), S("put up files"), S("मिसिल प्रस्तुत करना"), needs, 2 }, &id);
}

static void a_role_that_asks_more_asks_it_of_all_its_holders(void **state)
{
	struct client *c = client_as(f, w.learner);
	(void)state;
	in_tx(f, ask_more_fn, NULL);
	assert_int_equal(query_int(f, "SELECT level FROM requirement WHERE person_id = %lld AND competency_id = %lld", (long long)w.learner, (long long)drafting), 3);
	assert_int_equal(state_of(w.learner, speaking), GAP_UNKNOWN);
	assert_int_equal(figure(w.ministry, "n", speaking), 1);
	c->header[0] = "Accept-Language: hi";
	assert_int_equal(get(c, "/me/gaps"), 200);
	assert_int_equal(check_findings(f), 0);
	client_free(c);
}

static enum err retire_fn(struct ctx *cx, void *arg)
{
	int64_t activity = query_int(f, "SELECT id FROM activity WHERE role_id = %lld AND code = 'files'", (long long)role);
	(void)arg;
	return activity_end(cx, role, activity);
}

static void an_activity_that_ends_asks_nothing_more(void **state)
{
	(void)state;
	in_tx(f, retire_fn, NULL);
	assert_int_equal(query_int(f, "SELECT count(*) FROM requirement WHERE competency_id = %lld", (long long)speaking), 0);
	assert_int_equal(query_int(f, "SELECT level FROM requirement WHERE person_id = %lld AND competency_id = %lld", (long long)w.learner, (long long)drafting), 2);
	assert_int_equal(figure(w.root, "n", speaking), 0);
	assert_int_equal(check_findings(f), 0);
}

static void a_role_of_many_is_settled_by_a_job_that_survives_more_changes(void **state)
{
	int64_t many = a_work_role(f, w.root, "many", "answer citizens", speaking, 1), post = a_post(f, w.other_office, "many", 200, many);
	char login[40];
	(void)state;
	for (int i = 0; i < GAP_AT_ONCE + 60; i++) {
		snprintf(login, sizeof login, "many%d", i);
		a_holding(f, post, a_person(f, login, login, w.other_office, 0), today - 1);
	}
	role = many;
	in_tx(f, ask_more_fn, NULL);
	assert_int_equal(query_int(f, "SELECT count(*) FROM gap_change"), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM requirement WHERE competency_id = %lld AND level = 3", (long long)drafting), 0);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM requirement WHERE competency_id = %lld AND level = 3", (long long)drafting), GAP_AT_ONCE + 60);
	assert_int_equal(query_int(f, "SELECT count(*) FROM gap_change"), 0);
	assert_int_equal(figure(w.other_ministry, "n", drafting), GAP_AT_ONCE + 60);
	assert_int_equal(check_findings(f), 0);
}

static void what_time_alone_changes_is_settled_on_its_day(void **state)
{
	int64_t who = a_person(f, "later", "Later", w.office, 0), now = f->app.fixed_now;
	(void)state;
	a_holding(f, post_id, who, today + 3);
	assert_int_equal(query_int(f, "SELECT count(*) FROM requirement WHERE person_id = %lld", (long long)who), 0);
	assessed(who, drafting, EVIDENCE_supervisor, 3);
	schedule_work(f);
	work_now(f);
	f->app.fixed_now = now + 4 * DAY;
	schedule_work(f);
	work_now(f);
	assert_int_equal(state_of(who, drafting), GAP_MET);
	int64_t turns = query_int(f, "SELECT turns_day FROM requirement WHERE person_id = %lld", (long long)who);
	assert_true(turns > today);
	/* Evidence that nobody renews says less each day, until it says too little. */
	f->app.fixed_now = now + (turns - today - 1) * DAY;
	schedule_work(f);
	work_now(f);
	assert_int_equal(state_of(who, drafting), GAP_MET);
	f->app.fixed_now = now + (turns - today) * DAY;
	schedule_work(f);
	work_now(f);
	assert_int_equal(state_of(who, drafting), GAP_OPEN);
	assert_int_equal(check_findings(f), 0);
	f->app.fixed_now = now;
}

static void the_map_leads_from_the_ministry_to_the_person(void **state)
{
	struct client *c = client_as(f, w.admin);
	char path[100];
	(void)state;
	assert_int_equal(get(c, "/orgs/%lld/gaps", (long long)w.ministry), 200);
	assert_true(body_has(c, "Noting &amp; Drafting") && body_has(c, base_of("/orgs/%lld/gaps/%lld", (long long)w.office, (long long)drafting)));
	assert_int_equal(get(c, "/orgs/%lld/gaps?by=designation", (long long)w.ministry), 200);
	assert_int_equal(get(c, "/orgs/%lld/gaps?by=service&area=functional", (long long)w.ministry), 200);
	assert_int_equal(get(c, "/orgs/%lld/gaps?by=nonsense", (long long)w.ministry), 422);
	assert_int_equal(get(c, "/orgs/%lld/gaps?area=behavioural", (long long)w.ministry), 200);
	assert_false(body_has(c, "Noting &amp; Drafting"));
	assert_int_equal(get(c, "/orgs/%lld/gaps/%lld?show=met", (long long)w.office, (long long)drafting), 200);
	snprintf(path, sizeof path, "/people/%lld/gaps", (long long)w.learner);
	assert_true(body_has(c, "Asha Verma") && body_has(c, path));
	assert_int_equal(get(c, "%s", path), 200);
	/* Not beyond one's own subtree. */
	assert_int_equal(get(c, "/orgs/%lld/gaps", (long long)w.other_ministry), 403);
	assert_int_equal(get(c, "/orgs/%lld/gaps/%lld", (long long)w.root, (long long)drafting), 403);
	assert_int_equal(get(c, "/people/%lld/gaps", (long long)w.other_learner), 403);
	client_free(c);
}

static void the_list_of_people_goes_on_where_it_ended(void **state)
{
	struct client *c = client_as(f, w.operator);
	int64_t all = query_int(f, "SELECT count(*) FROM requirement WHERE competency_id = %lld AND state <> 2", (long long)drafting), seen = 0;
	char next[300];
	(void)state;
	snprintf(next, sizeof next, "/api/v1/orgs/%lld/gaps/%lld", (long long)w.root, (long long)drafting);
	while (*next) {
		const char *at, *key = "\"person_id\"";
		assert_int_equal(get(c, "%s", next), 200);
		for (at = buf_get(&c->body).p; (at = strstr(at, key)); at++)
			seen++;
		at = strstr(buf_get(&c->body).p, "\"next\":\"");
		*next = '\0';
		if (at)
			snprintf(next, sizeof next, "/api/v1/orgs/%lld/gaps/%lld?after=%lld", (long long)w.root, (long long)drafting, strtoll(at + 8, NULL, 10));
	}
	assert_true(all > 50);
	assert_int_equal(seen, all);
	client_free(c);
}

static enum err undo_fn(struct ctx *cx, void *arg)
{
	(void)arg;
	return framework_undo(cx, w.root, query_int(f, "SELECT max(id) FROM framework_import"));
}

static void a_framework_that_is_taken_back_asks_nothing_more(void **state)
{
	(void)state;
	in_tx(f, undo_fn, NULL);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM requirement"), 0);
	assert_int_equal(figure(w.root, "n", drafting), 0);
	/* The activities that need what is no more in force are told of: two needs of two roles. */
	assert_int_equal(check_findings(f), query_int(f, "SELECT count(*) FROM activity_competency w JOIN activity a ON a.id = w.activity_id WHERE a.until_day IS NULL"));
}

static enum err rebuild_fn(struct ctx *cx, void *arg)
{
	(void)arg;
	return gap_rebuild(cx);
}

static void check_finds_what_is_wrong_and_rebuild_mends_it(void **state)
{
	(void)state;
	tamper(f, "UPDATE requirement SET state = 2 WHERE person_id = %lld AND competency_id = %lld",
	       (long long)query_int(f, "SELECT min(person_id) FROM requirement WHERE competency_id = %lld AND state = 0", (long long)speaking), (long long)speaking);
	/* The person, and the figures of the office and the two above it, with and without the designation. */
	assert_int_equal(check_findings(f), 7);
	in_tx(f, rebuild_fn, NULL);
	assert_int_equal(check_findings(f), 0);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	drafting = competency_named(f, "functional.noting-and-drafting");
	speaking = competency_named(f, "behavioural.communication");
	role = a_work_role(f, w.root, "establishment", "put up files", drafting, 2);
	post_id = a_post(f, w.office, "hand", 3, role);
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
	/* Each goes on from the one before. */
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_post_asks_and_every_office_above_counts_it),
		cmocka_unit_test(evidence_meets_it_at_once_but_own_judgement_never),
		cmocka_unit_test(a_role_that_asks_more_asks_it_of_all_its_holders),
		cmocka_unit_test(an_activity_that_ends_asks_nothing_more),
		cmocka_unit_test(a_role_of_many_is_settled_by_a_job_that_survives_more_changes),
		cmocka_unit_test(the_map_leads_from_the_ministry_to_the_person),
		cmocka_unit_test(the_list_of_people_goes_on_where_it_ended),
		cmocka_unit_test(check_finds_what_is_wrong_and_rebuild_mends_it),
		cmocka_unit_test(what_time_alone_changes_is_settled_on_its_day),
		cmocka_unit_test(a_framework_that_is_taken_back_asks_nothing_more),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
