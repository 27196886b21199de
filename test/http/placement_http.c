/* Who fits a post: what counts and what never does, who may see it, and that it is as quick as a page must be. */
#include "feature/post/post.h"
#include "feature/profile/profile.h"
#include "feature/proficiency/proficiency.h"
#include "http_test.h"

static struct fixture *f;
static struct world w;
static int64_t drafting, speaking, role, desk, senior;

static int64_t today(void)
{
	return clock_day_in_india(f->app.fixed_now);
}

/* ── what is put there ── */

static enum err post_fn(struct ctx *cx, void *arg)
{
	int64_t id;
	return post_set(cx, arg, &id);
}

static int64_t a_post_asking(int64_t org_id, const char *code, int64_t least_pay_level, int64_t least_years, int64_t tenure_months)
{
	struct post_set in = { .org_id = org_id,
			       .code = str_of(code),
			       .title_en = str_of(code),
			       .title_hi = S(""),
			       .place = S("New Delhi"),
			       .designation_id = a_designation(f, "so"),
			       .sanctioned = 1,
			       .service = S(""),
			       .least_pay_level = least_pay_level,
			       .least_years = least_years,
			       .tenure_months = tenure_months,
			       .from_day = clock_day_of(2026, 1, 1),
			       .roles = &role,
			       .n_roles = 1 };
	in_tx(f, post_fn, &in);
	return query_int(f, "SELECT id FROM post WHERE org_id = %lld AND code = '%s'", (long long)org_id, code);
}

static enum err under_secretary_fn(struct ctx *cx, void *arg)
{
	(void)arg;
	return person_sql_add_designation(cx, new_id(cx), S("us"), S("Under Secretary"), S("अवर सचिव"), S("CSS"), S("A"), 11, 20, NULL);
}

/* A post of another designation. */
static void a_post_of(int64_t org_id, const char *code, const char *designation)
{
	struct post_set in = { .org_id = org_id,
			       .code = str_of(code),
			       .title_en = str_of(code),
			       .title_hi = S(""),
			       .place = S("New Delhi"),
			       .designation_id = a_designation(f, designation),
			       .sanctioned = 1,
			       .service = S(""),
			       .from_day = clock_day_of(2026, 1, 1),
			       .roles = &role,
			       .n_roles = 1 };
	in_tx(f, post_fn, &in);
}

static const char *list_of(int64_t org_id, int64_t post_id)
{
	return base_of("/api/v1/orgs/%lld/posts/%lld/candidates", (long long)org_id, (long long)post_id);
}

/* Whether one name stands before another in the last answer. */
static bool in_order(struct client *c, const char *first, const char *second)
{
	const char *body = buf_get(&c->body).p, *a = strstr(body, first), *b = strstr(body, second);
	return a && b && a < b;
}

/* ── the shortlist ── */

static void who_holds_what_is_asked_comes_first_and_the_rest_follows_by_what_is_missing(void **state)
{
	struct client *c = client_as(f, w.admin);
	(void)state;
	a_test_result(f, w.learner, drafting, 2800);
	a_test_result(f, w.colleague, drafting, 1200);
	assert_int_equal(get(c, "%s", list_of(w.ministry, desk)), 200);
	assert_true(in_order(c, "Asha Verma", "Bala Iyer"));
	assert_int_equal(get(c, "/orgs/%lld/posts/%lld/candidates", (long long)w.ministry, (long long)desk), 200);
	assert_true(body_has(c, "Noting &amp; Drafting") && body_has(c, "ready") && body_has(c, "1 place vacant"));
	assert_true(body_has(c, base_of("/orgs/%lld/posts/%lld\"", (long long)w.office, (long long)desk))); /* its own page is that of its office */
	assert_true(body_has(c, "Gender, category, region, religion and age are not read for this list"));
	client_free(c);
}

static void the_same_facts_give_the_same_list(void **state)
{
	struct client *c = client_as(f, w.admin);
	char first[20000];
	(void)state;
	assert_int_equal(get(c, "%s", list_of(w.ministry, desk)), 200);
	snprintf(first, sizeof first, "%s", buf_get(&c->body).p);
	assert_int_equal(get(c, "%s", list_of(w.ministry, desk)), 200);
	assert_string_equal(first, buf_get(&c->body).p);
	client_free(c);
}

static void why_somebody_stands_there_is_said_in_every_part(void **state)
{
	struct client *c = client_as(f, w.admin);
	(void)state;
	assert_int_equal(get(c, "/orgs/%lld/posts/%lld/candidates/%lld", (long long)w.ministry, (long long)senior, (long long)w.learner), 200);
	assert_true(body_has(c, "Not eligible") && body_has(c, "Pay level 14 or above is asked; the person has 8."));
	assert_true(body_has(c, "whole years that the person has: 0.") && body_has(c, "Noting &amp; Drafting"));
	assert_int_equal(get(c, "/orgs/%lld/posts/%lld/candidates/%lld", (long long)w.ministry, (long long)desk, (long long)w.learner), 200);
	assert_true(body_has(c, "Eligible") && body_has(c, "People of any service may come"));
	client_free(c);
}

static void rules_keep_off_the_list_who_does_not_meet_them(void **state)
{
	struct client *c = client_as(f, w.admin);
	int64_t kept = a_post_asking(w.office, "kept", 0, 0, 24), asks_years = a_post_asking(w.office, "years", 0, 5, 0);
	int64_t stays = a_person(f, "stays", "Stays Where She Is", w.office, 0);
	(void)state;
	a_holding(f, kept, stays, today() - 40);
	a_test_result(f, stays, drafting, 2900);
	assert_int_equal(get(c, "%s", list_of(w.ministry, desk)), 200);
	assert_false(body_has(c, "Stays Where She Is"));
	assert_int_equal(get(c, "/orgs/%lld/posts/%lld/candidates", (long long)w.ministry, (long long)desk), 200);
	assert_true(body_has(c, "1 must stay longer"));
	assert_int_equal(get(c, "/orgs/%lld/posts/%lld/candidates/%lld", (long long)w.ministry, (long long)desk, (long long)stays), 200);
	assert_true(body_has(c, "Months that the post now held must be kept: 24; whole months so far: 1."));
	assert_int_equal(get(c, "/orgs/%lld/posts/%lld/candidates", (long long)w.ministry, (long long)asks_years), 200);
	assert_true(body_has(c, "Nobody comes into question") && body_has(c, "too few years in service"));
	assert_int_equal(get(c, "%s", list_of(w.ministry, senior)), 200);
	assert_true(body_has(c, "\"items\":[]"));
	client_free(c);
}

static void own_judgement_moves_nobody_up_the_list(void **state)
{
	struct client *c = client_as(f, w.admin), *self = client_as(f, w.boss);
	(void)state;
	assert_int_equal(get(self, "/me/competencies/%lld", (long long)drafting), 200);
	assert_int_equal(post(self, base_of("/me/competencies/%lld", (long long)drafting), "level=3&note=x"), 303);
	assert_int_equal(get(c, "%s", list_of(w.ministry, desk)), 200);
	assert_true(in_order(c, "Asha Verma", "Meera Nair"));
	assert_int_equal(get(c, "/orgs/%lld/posts/%lld/candidates/%lld", (long long)w.ministry, (long long)desk, (long long)w.boss), 200);
	assert_true(body_has(c, "not known"));
	client_free(c);
	client_free(self);
}

static void only_who_may_place_people_there_sees_it_and_only_people_from_there(void **state)
{
	struct client *other = client_as(f, w.other_admin), *learner = client_as(f, w.learner), *c = client_as(f, w.admin);
	(void)state;
	assert_int_equal(get(other, "%s", list_of(w.ministry, desk)), 403);
	assert_int_equal(get(learner, "%s", list_of(w.ministry, desk)), 403);
	assert_int_equal(get(other, "%s", list_of(w.other_ministry, desk)), 404);
	assert_int_equal(get(c, "/orgs/%lld/posts/%lld/candidates/%lld", (long long)w.ministry, (long long)desk, (long long)w.other_learner), 404);
	assert_int_equal(get(c, "%s", list_of(w.ministry, desk)), 200);
	assert_false(body_has(c, "Chitra Das"));
	client_free(other);
	client_free(learner);
	client_free(c);
}

/* ── fairness ── */

struct said_arg {
	int64_t field_id;
	int n;
	int64_t *people;
};

static enum err gender_fn(struct ctx *cx, void *arg)
{
	struct said_arg *a = arg;
	struct profile_field_add in = {
		.org_id = w.ministry, .name_en = S("Gender"), .kind = S("choice"), .choices = S("woman\nman\nother"), .said_by = S("office")
	};
	cx->actor.person_id = w.admin;
	TRY(profile_field_add(cx, &in, &a->field_id));
	for (int i = 0; i < a->n; i++) {
		struct str v = str_fmt(cx->arena, "%lld=%s", (long long)a->field_id, i % 2 ? "woman" : i < 4 ? "other" : "man");
		TRY(profile_say(cx, a->people[i], &(struct strs){ &v, 1 }, true));
	}
	return OK;
}

static void fairness_is_shown_apart_and_changes_no_figure(void **state)
{
	enum { N = 30 };
	struct client *c = client_as(f, w.admin), *other = client_as(f, w.other_admin);
	int64_t people[N];
	char before[20000];
	(void)state;
	assert_int_equal(get(c, "/orgs/%lld/posts/%lld/fairness", (long long)w.ministry, (long long)desk), 200);
	assert_true(body_has(c, "No such data is kept"));
	for (int i = 0; i < N; i++) {
		char login[40];
		snprintf(login, sizeof login, "asked-%d", i);
		people[i] = a_person(f, login, login, w.office, 0);
		if (i % 2 == 0)
			a_test_result(f, people[i], drafting, 2900);
	}
	assert_int_equal(get(c, "%s", list_of(w.ministry, desk)), 200);
	snprintf(before, sizeof before, "%s", buf_get(&c->body).p);
	in_tx(f, gender_fn, &(struct said_arg){ 0, N, people });
	assert_int_equal(get(c, "%s", list_of(w.ministry, desk)), 200);
	assert_string_equal(before, buf_get(&c->body).p);
	assert_int_equal(get(c, "/orgs/%lld/posts/%lld/fairness", (long long)w.ministry, (long long)desk), 200);
	assert_true(body_has(c, "not shown: too few people") && body_has(c, "woman") && body_has(c, "29 CFR 1607.4"));
	assert_int_equal(get(other, "/orgs/%lld/posts/%lld/fairness", (long long)w.ministry, (long long)desk), 403);
	/* Two people said something else: nobody learns how many. */
	assert_int_equal(get(c, "/api/v1/orgs/%lld/posts/%lld/fairness", (long long)w.ministry, (long long)desk), 200);
	assert_true(body_has(c, "\"value\":\"other\",\"hidden\":true,\"n_pool\":null"));
	client_free(c);
	client_free(other);
}

/* ── successions ── */

static enum err leave_fn(struct ctx *cx, void *arg)
{
	int64_t holding = *(int64_t *)arg;
	return holding_end(cx, query_int(f, "SELECT post_id FROM holding WHERE id = %lld", (long long)holding), holding, today() + 60);
}

static void a_post_that_is_left_within_a_year_shows_who_could_follow(void **state)
{
	struct client *c = client_as(f, w.admin);
	int64_t leaving = a_post_asking(w.office, "leaving", 0, 0, 0), stays = a_post_asking(w.office, "staying", 0, 0, 0);
	int64_t first = a_holding(f, leaving, a_person(f, "leaver", "Leaves In Spring", w.office, 0), today() - 100);
	(void)state;
	a_holding(f, stays, a_person(f, "stayer", "Stays On", w.office, 0), today() - 100);
	assert_int_equal(get(c, "/orgs/%lld/succession", (long long)w.ministry), 200);
	assert_true(body_has(c, "No post is left within a year"));
	in_tx(f, leave_fn, &first);
	assert_int_equal(get(c, "/orgs/%lld/succession?hours=100", (long long)w.ministry), 200);
	assert_true(body_has(c, "leaving") && body_has(c, "1 holder leaves") && body_has(c, "Asha Verma") && !body_has(c, "staying"));
	assert_false(body_has(c, "Leaves In Spring")); /* nobody follows himself */
	assert_int_equal(get(c, "/orgs/%lld/posts/%lld/candidates", (long long)w.ministry, (long long)stays), 200);
	assert_int_equal(post(c, base_of("/orgs/%lld/posts/%lld/critical", (long long)w.ministry, (long long)stays), "reason=The+only+one+who+can"), 303);
	assert_int_equal(get(c, "/orgs/%lld/succession", (long long)w.ministry), 200);
	assert_true(body_has(c, "staying") && body_has(c, "The only one who can"));
	assert_int_equal(post(c, base_of("/orgs/%lld/posts/%lld/critical/end", (long long)w.ministry, (long long)stays), ""), 303);
	assert_int_equal(get(c, "/orgs/%lld/succession", (long long)w.ministry), 200);
	assert_false(body_has(c, "staying"));
	client_free(c);
}

/* ── careers ── */

static void an_officer_sees_what_the_next_post_asks_and_how_far_away_it_is(void **state)
{
	struct client *c = client_as(f, w.admin), *me = client_as(f, w.colleague);
	(void)state;
	assert_int_equal(get(me, "/me/career"), 200);
	assert_true(body_has(me, "No step is laid down from here"));
	assert_int_equal(get(c, "/orgs/%lld/career", (long long)w.ministry), 200);
	assert_int_equal(post(c, base_of("/orgs/%lld/career", (long long)w.ministry), "from=so&to=us&kind=ladder&least_years=3"), 303);
	assert_int_equal(get(me, "/me/career"), 200);
	assert_true(body_has(me, "a step up") && body_has(me, "after 3 years in service") && body_has(me, "you have 0") && body_has(me, "under-secretary"));
	assert_true(body_has(me, "Noting &amp; Drafting") && body_has(me, "1 place vacant"));
	client_free(c);
	client_free(me);
}

static void steps_upwards_that_close_a_circle_are_refused_by_name(void **state)
{
	struct client *c = client_as(f, w.admin), *above = client_as(f, w.operator);
	(void)state;
	assert_int_equal(get(c, "/orgs/%lld/career", (long long)w.ministry), 200);
	assert_int_equal(post(c, base_of("/orgs/%lld/career", (long long)w.ministry), "from=us&to=so&kind=ladder"), 409);
	assert_true(body_has(c, "would close a circle of steps upwards: Under Secretary → Section Officer → Under Secretary"));
	/* Nor together with what stands below. */
	assert_int_equal(get(above, "/orgs/%lld/career", (long long)w.root), 200);
	assert_int_equal(post(above, base_of("/orgs/%lld/career", (long long)w.root), "from=us&to=so&kind=ladder"), 409);
	/* Sideways one may go back. */
	assert_int_equal(post(c, base_of("/orgs/%lld/career", (long long)w.ministry), "from=us&to=so&kind=lattice"), 303);
	assert_int_equal(post(c, base_of("/orgs/%lld/career", (long long)w.ministry), "from=us&to=nobody&kind=ladder"), 422);
	assert_int_equal(post(c, base_of("/orgs/%lld/career", (long long)w.ministry), "from=us&to=us&kind=ladder"), 422);
	client_free(c);
	client_free(above);
}

/* ── many people ── */

enum { MANY = 10000 };

static enum err many_fn(struct ctx *cx, void *arg)
{
	int64_t org = *(int64_t *)arg, so = a_designation(f, "so"), id;
	cx->bulk = true;
	for (int i = 0; i < MANY; i++) {
		struct person_add in = { .name = str_fmt(cx->arena, "Officer %d", i),
					 .email = str_fmt(cx->arena, "officer-%d@example.gov.in", i),
					 .lang = S("en") };
		TRY(person_add(cx, &in, &id));
		TRY(person_post(cx, &(struct person_post){ id, org, so, NONE, clock_day_of(2026, 1, 1) }));
		for (int k = 0; k < 2; k++)
			TRY(test_result(cx, id, k ? speaking : drafting, i * 37 % 3000));
	}
	return OK;
}

static void ten_thousand_people_are_ranked_within_a_second(void **state)
{
	int64_t org, begun;
	struct client *c = client_as(f, w.operator);
	(void)state;
	if (!fixture_sqlite(f)) {
		client_free(c);
		return; /* the same arithmetic; making so many people takes a minute there */
	}
	org = an_org(f, "many", "Office of Many", w.root);
	in_tx(f, many_fn, &org);
	int64_t at = a_post_asking(org, "many", 0, 0, 0);
	assert_int_equal(get(c, "%s", list_of(org, at)), 200);
	begun = clock_monotonic();
	assert_int_equal(get(c, "%s", list_of(org, at)), 200);
	int64_t ms = (clock_monotonic() - begun) / 1000000;
	print_message("%d people ranked in %lld ms, with sanitizers\n", MANY, (long long)ms);
	assert_true(ms < 3000); /* a second, were it not for the sanitizers and a machine that others use */
	client_free(c);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	drafting = competency_named(f, "functional.noting-and-drafting");
	speaking = competency_named(f, "behavioural.communication");
	role = a_work_role(f, w.root, "drafting", "Put up files", drafting, 2);
	desk = a_post_asking(w.office, "drafter", 0, 0, 0);
	in_tx(f, under_secretary_fn, NULL);
	a_post_of(w.office, "under-secretary", "us");
	senior = a_post_asking(w.office, "senior", 14, 20, 0);
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
		cmocka_unit_test(who_holds_what_is_asked_comes_first_and_the_rest_follows_by_what_is_missing),
		cmocka_unit_test(the_same_facts_give_the_same_list),
		cmocka_unit_test(why_somebody_stands_there_is_said_in_every_part),
		cmocka_unit_test(rules_keep_off_the_list_who_does_not_meet_them),
		cmocka_unit_test(own_judgement_moves_nobody_up_the_list),
		cmocka_unit_test(only_who_may_place_people_there_sees_it_and_only_people_from_there),
		cmocka_unit_test(a_post_that_is_left_within_a_year_shows_who_could_follow),
		cmocka_unit_test(fairness_is_shown_apart_and_changes_no_figure),
		cmocka_unit_test(an_officer_sees_what_the_next_post_asks_and_how_far_away_it_is),
		cmocka_unit_test(steps_upwards_that_close_a_circle_are_refused_by_name),
		cmocka_unit_test(ten_thousand_people_are_ranked_within_a_second),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
