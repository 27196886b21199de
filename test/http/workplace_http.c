/* Workplace assessment: who said what is told to nobody, above all; the draw can be made again, nothing comes at night, what nobody answered is taken back, and
 * work that was cut off goes on. */
#include "http_test.h"
#include "feature/merge/merge.h"
#include "feature/proficiency/proficiency.h"
#include "feature/workplace/workplace.h"
#include "text/csv.h"

#include <math.h>
#include <signal.h>
#include <string.h>

enum { TEAM = 14, PEOPLE = TEAM + 1 };
#define CODES "behavioural.communication%2C+functional.noting-and-drafting%2C+behavioural.collaboration"

static struct fixture *f;
static struct world w;
static int64_t house, head, admin, team[TEAM], communication, drafting, collaboration;

/* ── days ── */

static int64_t today(void)
{
	return clock_day_in_india(f->app.fixed_now);
}

/* The next moment at which it is so late in India, some days on. */
static void go_to(int days, int hour)
{
	int64_t at = clock_day_start(S("Asia/Kolkata"), today() + days) + hour * HOUR;
	f->app.fixed_now = at > f->app.fixed_now ? at : at + DAY;
	f->cx.now = f->app.fixed_now;
}

static const char *date(int64_t day)
{
	struct civil c = clock_date(day);
	return base_of("%04d-%02d-%02d", c.year, c.month, c.day);
}

/* ── rounds ── */

static const char *of_round(int64_t org, int64_t round, const char *what)
{
	return base_of("/orgs/%lld/workplace-rounds/%lld%s", (long long)org, (long long)round, what);
}

/* Planned and looked at; its id. */
static int64_t plan(int64_t org, const char *name, int64_t opens, int64_t closes, const char *more)
{
	struct client *c = client_as(f, admin);
	char form[600];
	snprintf(form, sizeof form, "name=%s&opens_day=%s&closes_day=%s&%s", name, date(opens), date(closes), more);
	assert_int_equal(get(c, "/orgs/%lld/workplace-rounds", (long long)org), 200);
	assert_int_equal(post(c, base_of("/orgs/%lld/workplace-rounds", (long long)org), form), 303);
	client_free(c);
	work_now(f);
	return query_int(f, "SELECT max(id) FROM workplace_round");
}

static void begin_round(int64_t org, int64_t round)
{
	struct client *c = client_as(f, admin);
	assert_int_equal(get(c, "%s", of_round(org, round, "")), 200);
	assert_int_equal(post(c, of_round(org, round, "/begin"), ""), 303);
	client_free(c);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM workplace_round WHERE id = %lld AND state = 'open'", (long long)round), 1);
}

static int64_t form_of(int64_t round, int64_t rater, int64_t ratee)
{
	return query_int(f, "SELECT id FROM workplace_form WHERE round_id = %lld AND rater_id = %lld AND ratee_id = %lld", (long long)round, (long long)rater,
			 (long long)ratee);
}

static long say(int64_t rater, int64_t form, const char *answers)
{
	struct client *c = client_as(f, rater);
	const char *path = base_of("/me/workplace-assessments/%lld", (long long)form);
	get(c, "%s", path);
	long status = post(c, path, answers);
	client_free(c);
	return status;
}

static const char *all_three(int a, int b, int c)
{
	return base_of("say.%lld=%d&say.%lld=%d&say.%lld=%d", (long long)communication, a, (long long)drafting, b, (long long)collaboration, c);
}

/* Team member i as others see him, and how mild rater k is: every third is milder by a level. */
static int level_of_member(int i)
{
	return i % 3;
}

static int said_by(int k, int i)
{
	int v = level_of_member(i) + (k % 3 == 0);
	return v > 3 ? 3 : v;
}

static void everybody_answers(int64_t round)
{
	for (int k = 0; k < TEAM; k++)
		for (int i = 0; i < TEAM; i++) {
			int64_t form = form_of(round, team[k], team[i]);
			if (form && k != i)
				assert_int_equal(say(team[k], form, all_three(said_by(k, i), said_by(k, i), said_by(k, i))), 303);
			else if (form)
				assert_int_equal(say(team[k], form, all_three(3, 3, 3)), 303);
		}
	for (int i = 0; i < TEAM; i++)
		if (form_of(round, head, team[i]))
			assert_int_equal(say(head, form_of(round, head, team[i]), all_three(level_of_member(i), level_of_member(i), level_of_member(i))), 303);
}

/* What comes every hour comes. */
static void an_hour_passes(void)
{
	f->app.fixed_now += HOUR;
	f->cx.now = f->app.fixed_now;
	work_now(f);
}

/* ── planning ── */

static int64_t first;

static void planning_asks_nobody_and_says_what_it_means(void **state)
{
	struct client *c = client_as(f, admin);
	(void)state;
	go_to(1, 12);
	first = plan(house, "First", today(), today() + 20, "most=3&competencies=" CODES);
	assert_int_equal(query_int(f, "SELECT count(*) FROM workplace_form"), 0);
	assert_int_equal(get(c, "/api/v1%s", of_round(house, first, "")), 200);
	assert_int_equal(json_number(c, "n_people"), PEOPLE);
	int64_t forms = json_number(c, "n_forms");
	assert_int_equal(json_number(c, "n_alone"), 0);
	assert_int_equal(get(c, "%s", of_round(house, first, "")), 200);
	assert_true(body_has(c, "Nobody has been asked yet") && body_has(c, "Number of the lot"));
	begin_round(house, first);
	assert_int_equal(query_int(f, "SELECT count(*) FROM workplace_form WHERE round_id = %lld", (long long)first), forms);
	client_free(c);
}

static void a_round_that_cannot_be_is_refused_by_name(void **state)
{
	struct client *c = client_as(f, admin);
	char path[100];
	snprintf(path, sizeof path, "/api/v1/orgs/%lld/workplace-rounds", (long long)house);
	uint64_t before = database_hash(f, true);
	(void)state;
	assert_int_equal(post_json(c, path, base_of("{\"name\":\"x\",\"opens_day\":\"%s\",\"closes_day\":\"%s\"}", date(today() - 1), date(today()))), 422);
	assert_true(body_has(c, "opens_day"));
	assert_int_equal(post_json(c, path, base_of("{\"name\":\"x\",\"opens_day\":\"%s\",\"closes_day\":\"%s\"}", date(today()), date(today() + 90))), 422);
	assert_true(body_has(c, "closes_day"));
	assert_int_equal(post_json(c, path,
				   base_of("{\"name\":\"x\",\"opens_day\":\"%s\",\"closes_day\":\"%s\",\"competencies\":\"behavioural\"}", date(today()),
					   date(today()))),
			 422);
	assert_true(body_has(c, "“behavioural” is no competency"));
	assert_int_equal(
		post_json(c, path,
			  base_of("{\"name\":\"x\",\"opens_day\":\"%s\",\"closes_day\":\"%s\",\"designation\":\"king\"}", date(today()), date(today()))),
		422);
	assert_true(body_has(c, "designation"));
	assert_true(database_hash(f, true) == before);
	client_free(c);
}

/* The auditor has the list and the number of the lot, and draws by himself. */
static void the_draw_can_be_made_again(void **state)
{
	struct roll people[40];
	size_t n = (size_t)query_int(f, "SELECT count(*) FROM workplace_person WHERE round_id = %lld", (long long)first);
	(void)state;
	assert_true(n == PEOPLE);
	for (size_t i = 0; i < n; i++) {
		people[i].person_id =
			query_int(f, "SELECT person_id FROM workplace_person WHERE round_id = %lld ORDER BY person_id LIMIT 1 OFFSET %zu", (long long)first, i);
		people[i].org_id = house;
		people[i].supervisor_id = query_int(f, "SELECT COALESCE(supervisor_id, 0) FROM workplace_person WHERE round_id = %lld AND person_id = %lld",
						    (long long)first, (long long)people[i].person_id);
		people[i].supervisor_id = people[i].supervisor_id ? people[i].supervisor_id : NONE;
		people[i].group = 'B';
		people[i].assessed = true;
	}
	struct draw_of *o = raters_draw(f->cx.arena, query_int(f, "SELECT seed FROM workplace_round WHERE id = %lld", (long long)first), people, n);
	int64_t forms = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < o[i].n; k++) {
			forms++;
			assert_int_equal(
				query_int(f,
					  "SELECT count(*) FROM workplace_form WHERE round_id = %lld AND ratee_id = %lld AND rater_id = %lld AND kind = '%s'",
					  (long long)first, (long long)people[i].person_id, (long long)o[i].v[k].rater_id, rater_kinds[o[i].v[k].kind]),
				1);
		}
	assert_int_equal(query_int(f, "SELECT count(*) FROM workplace_form WHERE round_id = %lld", (long long)first), forms);
	assert_true(query_int(f, "SELECT max(n) FROM (SELECT count(*) AS n FROM workplace_form WHERE round_id = %lld GROUP BY rater_id) AS x",
			      (long long)first) <= WORKPLACE_FORMS);
}

/* ── telling ── */

static void who_is_asked_is_told_once_and_nobody_at_night(void **state)
{
	(void)state;
	go_to(0, 21);
	an_hour_passes();
	int64_t raters = query_int(f, "SELECT count(DISTINCT rater_id) FROM workplace_form WHERE round_id = %lld", (long long)first);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE kind = 'workplace'"), raters);
	assert_int_equal(query_int(f, "SELECT count(*) FROM mail WHERE fact LIKE 'workplace:%%'"), raters);
	int64_t morning = clock_day_start(S("Asia/Kolkata"), today() + 1) + 8 * HOUR;
	assert_int_equal(query_int(f, "SELECT count(*) FROM mail WHERE fact LIKE 'workplace:%%' AND next_at < %lld", (long long)morning), 0);
	for (int i = 0; i < 3; i++)
		an_hour_passes();
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE kind = 'workplace'"), raters);
}

/* ── answering ── */

static void a_form_is_kept_as_it_is_answered_and_can_be_changed(void **state)
{
	struct client *c = client_as(f, team[0]);
	char path[100];
	(void)state;
	go_to(0, 12);
	int64_t other = query_int(f, "SELECT ratee_id FROM workplace_form WHERE round_id = %lld AND rater_id = %lld AND kind = 'peer' ORDER BY id LIMIT 1",
				  (long long)first, (long long)team[0]),
		form = form_of(first, team[0], other);
	snprintf(path, sizeof path, "/me/workplace-assessments/%lld", (long long)form);
	assert_int_equal(get(c, "/me/workplace-assessments"), 200);
	assert_true(body_has(c, path) && body_has(c, "forms wait for you"));
	assert_int_equal(get(c, "%s", path), 200);
	assert_true(body_has(c, "I cannot say") && body_has(c, "nobody is told what you say"));
	/* One answer now, the others later; the same twice is the same. */
	const char *one = base_of("say.%lld=2", (long long)communication);
	assert_int_equal(post(c, path, one), 303);
	assert_int_equal(post(c, path, one), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM workplace_answer WHERE form_id = %lld AND value = 2000", (long long)form), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM workplace_form WHERE id = %lld AND complete", (long long)form), 0);
	assert_int_equal(post(c, path, base_of("say.%lld=none&say.%lld=1", (long long)drafting, (long long)collaboration)), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM workplace_form WHERE id = %lld AND complete", (long long)form), 1);
	assert_int_equal(post(c, path, base_of("say.%lld=1", (long long)communication)), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM workplace_answer WHERE form_id = %lld", (long long)form), 3);
	assert_int_equal(query_int(f, "SELECT count(*) FROM workplace_answer WHERE form_id = %lld AND value = 1000", (long long)form), 2);
	assert_int_equal(query_int(f, "SELECT count(*) FROM workplace_answer WHERE form_id = %lld AND value IS NULL", (long long)form), 1);
	client_free(c);
}

static void nobody_answers_anothers_form_nor_what_is_not_asked(void **state)
{
	int64_t form = query_int(f, "SELECT min(id) FROM workplace_form WHERE round_id = %lld AND rater_id = %lld AND kind = 'peer'", (long long)first,
				 (long long)team[0]);
	uint64_t before = database_hash(f, true);
	struct client *c = client_as(f, team[1]);
	(void)state;
	assert_int_equal(get(c, "/me/workplace-assessments/%lld", (long long)form), 404);
	assert_int_equal(say(team[1], form, all_three(1, 1, 1)), 404);
	assert_int_equal(say(head, form, all_three(1, 1, 1)), 404);
	assert_int_equal(say(team[0], form, base_of("say.%lld=4", (long long)communication)), 422);
	assert_int_equal(say(team[0], form, base_of("say.%lld=-1", (long long)communication)), 422);
	assert_int_equal(say(team[0], form, base_of("say.%lld=two", (long long)communication)), 422);
	assert_int_equal(say(team[0], form, "say.4711=1"), 422);
	assert_int_equal(say(team[0], form, "say=1"), 422);
	assert_true(database_hash(f, true) == before);
	client_free(c);
}

static void what_was_answered_is_not_taken_back(void **state)
{
	struct client *c = client_as(f, admin);
	(void)state;
	assert_int_equal(get(c, "%s", of_round(house, first, "")), 200);
	assert_false(body_has(c, "Was it a mistake?"));
	assert_int_equal(post(c, of_round(house, first, "/undo"), ""), 409);
	client_free(c);
}

/* Neither totals nor levels before all is closed: what came in between could be told from them. */
static void nothing_is_shown_before_the_round_is_closed(void **state)
{
	struct client *c = client_as(f, team[1]), *boss = client_as(f, head);
	(void)state;
	everybody_answers(first);
	assert_int_equal(query_int(f, "SELECT count(*) FROM evidence"), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM workplace_result"), 0);
	assert_int_equal(get(c, "/me/workplace-results"), 200);
	assert_true(body_has(c, "No round has been closed yet."));
	assert_int_equal(get(boss, "/people/%lld/workplace-results", (long long)team[1]), 200);
	assert_true(body_has(boss, "No round has been closed yet."));
	client_free(c);
	client_free(boss);
}

/* What was said would stand in the audit trail with the name of who said it. */
static void the_audit_trail_does_not_tell_who_said_what(void **state)
{
	(void)state;
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit WHERE action LIKE 'workplace_form%%'"), 0);
	assert_true(query_int(f, "SELECT count(*) FROM audit WHERE action = 'workplace.begin'") > 0);
}

static void a_reminder_goes_to_who_has_forms_left_alone(void **state)
{
	(void)state;
	int64_t left = query_int(f, "SELECT count(DISTINCT rater_id) FROM workplace_form WHERE round_id = %lld AND complete = FALSE", (long long)first), before;
	before = query_int(f, "SELECT count(*) FROM notice WHERE kind = 'workplace'");
	go_to(14, 12);
	an_hour_passes();
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE kind = 'workplace'"), before + left);
	go_to(5, 12);
	an_hour_passes();
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE kind = 'workplace'"), before + 2 * left);
}

/* ── closing ── */

static void the_day_after_the_last_all_of_it_counts(void **state)
{
	(void)state;
	go_to(2, 12);
	an_hour_passes();
	assert_int_equal(query_int(f, "SELECT count(*) FROM workplace_round WHERE id = %lld AND state = 'closed'", (long long)first), 1);
	int64_t form = form_of(first, team[0], team[0]);
	assert_int_equal(say(team[0], form, all_three(1, 1, 1)), 409);
	assert_true(query_int(f, "SELECT count(*) FROM evidence WHERE round_id = %lld", (long long)first) > 100);
	/* Those planted as milder come out milder, and what they said counts for less. */
	int64_t mild = 0, others = 0;
	for (int k = 0; k < TEAM; k++)
		*(k % 3 ? &others : &mild) +=
			query_int(f, "SELECT strictness FROM workplace_rater WHERE round_id = %lld AND rater_id = %lld", (long long)first, (long long)team[k]);
	print_message("# strictness: mild raters %lld, others %lld thousandths on the mean\n", (long long)mild / 5, (long long)others / 9);
	assert_true(mild / 5 < -200 && others / 9 > 0);
	assert_true(query_int(f, "SELECT count(*) FROM evidence WHERE round_id = %lld AND value <> said", (long long)first) > 50);
	assert_int_equal(check_findings(f), 0);
}

static void peers_and_team_have_no_names_in_evidence(void **state)
{
	(void)state;
	assert_int_equal(query_int(f, "SELECT count(*) FROM evidence WHERE kind IN ('peer', 'subordinate') AND (rater_id IS NOT NULL OR note <> '')"), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM evidence WHERE kind IN ('self', 'supervisor') AND rater_id IS NULL AND round_id IS NOT NULL"), 0);
}

static void the_person_sees_means_of_groups_and_nothing_else(void **state)
{
	struct client *c = client_as(f, team[1]);
	(void)state;
	int64_t n = query_int(f, "SELECT count(*) FROM evidence WHERE person_id = %lld AND competency_id = %lld AND kind = 'peer'", (long long)team[1],
			      (long long)communication);
	assert_true(n >= WORKPLACE_GROUP);
	assert_int_equal(get(c, "/api/v1/me/competencies/%lld", (long long)communication), 200);
	/* One line for all peers; of raters only the supervisor and oneself. */
	const char *body = buf_get(&c->body).p, *peer = strstr(body, "\"kind\":\"peer\"");
	assert_non_null(peer);
	assert_null(strstr(peer + 1, "\"kind\":\"peer\""));
	for (int k = 0; k < TEAM; k++)
		if (k != 1) {
			char id[30];
			snprintf(id, sizeof id, "Member %d\"", k);
			assert_null(strstr(body, id));
		}
	int64_t sum = query_int(f, "SELECT sum(value) FROM evidence WHERE person_id = %lld AND competency_id = %lld AND kind = 'peer'", (long long)team[1],
				(long long)communication);
	char mean[40];
	snprintf(mean, sizeof mean, "\"level\":%.2g", round((double)sum / (double)n / 100) / 10);
	assert_non_null(strstr(peer, mean));
	assert_int_equal(get(c, "/me/competencies/%lld", (long long)communication), 200);
	assert_true(body_has(c, base_of("mean of %lld answers", (long long)n)));
	assert_int_equal(get(c, "/me/workplace-results"), 200);
	assert_true(body_has(c, "First") && body_has(c, base_of("%lld answers", (long long)n)));
	assert_int_equal(get(c, "/api/v1/me/workplace-results"), 200);
	assert_false(body_has(c, "Member"));
	client_free(c);
}

static void who_may_not_see_the_person_sees_no_results(void **state)
{
	struct client *boss = client_as(f, head), *peer = client_as(f, team[2]), *other = client_as(f, w.other_boss);
	(void)state;
	assert_int_equal(get(boss, "/people/%lld/workplace-results", (long long)team[1]), 200);
	assert_true(body_has(boss, "First"));
	assert_int_equal(get(peer, "/people/%lld/workplace-results", (long long)team[1]), 403);
	assert_int_equal(get(other, "/people/%lld/workplace-results", (long long)team[1]), 403);
	assert_int_equal(get(peer, "%s", of_round(house, first, "/fairness")), 403);
	assert_int_equal(get(peer, "%s", of_round(house, first, "")), 403);
	client_free(boss);
	client_free(peer);
	client_free(other);
}

static void fairness_leaves_out_small_groups(void **state)
{
	struct client *c = client_as(f, admin);
	(void)state;
	assert_int_equal(get(c, "%s", of_round(house, first, "/fairness")), 200);
	assert_true(body_has(c, "Colleagues") && body_has(c, "too few to be shown"));
	assert_int_equal(get(c, "/api/v1%s", of_round(house, first, "/fairness")), 200);
	/* One supervisor, one team: neither is told of, nor could it be from the rest. */
	assert_int_equal(get(c, "%s", of_round(house, first, "/fairness/csv")), 200);
	struct csv csv;
	struct strs cells;
	int lines = 0, shown = 0;
	assert_true(csv_begin(f->cx.arena, buf_get(&c->body), &csv));
	while (csv_next(f->cx.arena, &csv, &cells)) {
		lines++;
		bool few = str_is(csv_get(&csv, &cells, "too_few"), "yes");
		shown += !few;
		if (few)
			assert_int_equal(csv_get(&csv, &cells, "mean_said").n, 0);
		if (str_is(csv_get(&csv, &cells, "code"), "supervisor"))
			assert_true(few);
	}
	assert_int_equal(lines, 6);
	assert_int_equal(shown, 2); /* colleagues, and group B */
	client_free(c);
}

static enum err rebuild_fn(struct ctx *cx, void *arg)
{
	(void)arg;
	return proficiency_rebuild(cx);
}

static void levels_made_anew_are_the_same_to_the_bit(void **state)
{
	uint64_t before = database_hash(f, true);
	(void)state;
	in_tx(f, rebuild_fn, NULL);
	assert_true(database_hash(f, true) == before);
	assert_int_equal(check_findings(f), 0);
}

static int64_t joined;

static enum err join_fn(struct ctx *cx, void *arg)
{
	cx->actor.person_id = w.operator;
	return merge_join(cx, arg, &joined);
}

static enum err undo_fn(struct ctx *cx, void *arg)
{
	cx->actor.person_id = w.operator;
	(void)arg;
	return merge_undo(cx, w.root, joined);
}

static void results_follow_who_has_two_accounts(void **state)
{
	int64_t kept = a_person(f, "second-account", "Member 2", w.office, 0);
	struct merge_join in = { w.root, kept, team[2] };
	struct client *c;
	(void)state;
	in_tx(f, join_fn, &in);
	c = client_as(f, kept);
	assert_int_equal(get(c, "/me/workplace-results"), 200);
	assert_true(body_has(c, "First"));
	assert_int_equal(check_findings(f), 0);
	in_tx(f, undo_fn, NULL);
	assert_int_equal(get(c, "/me/workplace-results"), 200);
	assert_false(body_has(c, "First"));
	assert_int_equal(check_findings(f), 0);
	client_free(c);
}

/* ── small groups ── */

/* A round in a house of its own, of which only some answer: `peers` colleagues and `below` members of the team say 1 of the middle one. */
static int64_t middle;

static int64_t small_house(const char *code, int peers, int below)
{
	char login[60];
	int64_t org = an_org(f, code, code, w.root), chief, one;
	a_role(f, admin, "mdo_admin", org);
	snprintf(login, sizeof login, "%s-chief", code);
	chief = a_person(f, login, "Chief", org, 0);
	snprintf(login, sizeof login, "%s-middle", code);
	middle = a_person(f, login, "Middle", org, chief);
	for (int i = 0; i < peers + below; i++) {
		snprintf(login, sizeof login, "%s-%d", code, i);
		one = a_person(f, login, login, org, i < peers ? chief : middle);
		(void)one;
	}
	return org;
}

static void answer_about_middle(int64_t round)
{
	for (int64_t form = 0; (form = query_int(f, "SELECT COALESCE(min(id), 0) FROM workplace_form WHERE round_id = %lld AND ratee_id = %lld AND id > %lld",
						 (long long)round, (long long)middle, (long long)form));) {
		int64_t rater = query_int(f, "SELECT rater_id FROM workplace_form WHERE id = %lld", (long long)form);
		assert_int_equal(say(rater, form, base_of("say.%lld=1", (long long)communication)), 303);
	}
}

static int64_t results(int64_t round, const char *kind)
{
	return query_int(f, "SELECT COALESCE(max(n), -1) FROM workplace_result WHERE round_id = %lld AND person_id = %lld AND kind = '%s'", (long long)round,
			 (long long)middle, kind);
}

static int64_t small_round(const char *code, int peers, int below)
{
	go_to(1, 12);
	int64_t org = small_house(code, peers, below), round = plan(org, code, today(), today(), "most=1&competencies=behavioural.communication");
	begin_round(org, round);
	answer_about_middle(round);
	go_to(1, 12);
	an_hour_passes();
	assert_int_equal(query_int(f, "SELECT count(*) FROM workplace_round WHERE id = %lld AND state = 'closed'", (long long)round), 1);
	return round;
}

static void two_small_groups_count_together_as_colleagues(void **state)
{
	struct client *c;
	int64_t round = small_round("together", 2, 2);
	(void)state;
	assert_int_equal(results(round, "colleague"), 4);
	assert_int_equal(results(round, "peer"), -1);
	assert_int_equal(results(round, "subordinate"), -1);
	/* All with one weight, so that a part cannot be told from level and mean. */
	assert_int_equal(
		query_int(f, "SELECT count(*) FROM evidence WHERE round_id = %lld AND kind = 'peer' AND person_id = %lld", (long long)round, (long long)middle),
		4);
	assert_int_equal(query_int(f, "SELECT count(*) FROM evidence WHERE round_id = %lld AND kind = 'subordinate'", (long long)round), 0);
	c = client_as(f, middle);
	assert_int_equal(get(c, "/me/workplace-results"), 200);
	assert_true(body_has(c, "so that both count together"));
	client_free(c);
}

/* A large group is not shown beside the whole that holds it and a small one. */
static void a_large_group_does_not_betray_a_small_one(void **state)
{
	int64_t round = small_round("betrayal", 5, 1);
	(void)state;
	assert_int_equal(results(round, "colleague"), 6);
	assert_int_equal(results(round, "peer"), -1);
	assert_int_equal(results(round, "subordinate"), -1);
}

static void three_colleagues_are_too_few_and_the_page_says_so(void **state)
{
	struct client *c;
	int64_t round = small_round("few", 2, 1);
	(void)state;
	assert_int_equal(results(round, "dropped"), 0);
	assert_int_equal(results(round, "colleague"), -1);
	assert_int_equal(results(round, "supervisor"), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM evidence WHERE round_id = %lld AND person_id = %lld AND kind NOT IN ('self', 'supervisor')",
				   (long long)round, (long long)middle),
			 0);
	c = client_as(f, middle);
	assert_int_equal(get(c, "/me/workplace-results"), 200);
	assert_true(body_has(c, "Fewer than 4 colleagues and members of the team answered"));
	assert_int_equal(get(c, "/api/v1/me/competencies/%lld", (long long)communication), 200);
	assert_false(body_has(c, "\"peer\"") || body_has(c, "\"subordinate\""));
	client_free(c);
}

/* ── rounds behind rounds ── */

static void the_last_round_counts_in_place_of_the_one_before(void **state)
{
	int64_t second;
	(void)state;
	go_to(1, 12);
	second = plan(house, "Second", today(), today() + 2, "most=3&competencies=" CODES);
	begin_round(house, second);
	everybody_answers(second);
	go_to(3, 12);
	an_hour_passes();
	int64_t counts = query_int(
		f,
		"SELECT count(*) FROM evidence WHERE person_id = %lld AND competency_id = %lld AND kind = 'peer' AND withdrawn_at IS NULL AND round_id = %lld",
		(long long)team[1], (long long)communication, (long long)second);
	assert_true(counts >= WORKPLACE_GROUP);
	assert_int_equal(query_int(f, "SELECT count(*) FROM evidence WHERE person_id = %lld AND kind = 'peer' AND withdrawn_at IS NULL AND round_id = %lld",
				   (long long)team[1], (long long)first),
			 0);
	assert_int_equal(
		query_int(f, "SELECT count(*) FROM evidence WHERE person_id = %lld AND competency_id = %lld AND kind = 'supervisor' AND withdrawn_at IS NULL",
			  (long long)team[1], (long long)communication),
		form_of(second, head, team[1]) || form_of(first, head, team[1]) ? 1 : 0);
	assert_int_equal(check_findings(f), 0);
}

/* ── taking back, going on ── */

static void what_nobody_has_answered_is_taken_back_whole(void **state)
{
	struct client *c = client_as(f, admin);
	(void)state;
	go_to(1, 12);
	int64_t round = plan(house, "Third", today(), today() + 2, "competencies=" CODES);
	begin_round(house, round);
	assert_int_equal(get(c, "%s", of_round(house, round, "")), 200);
	assert_true(body_has(c, "Was it a mistake?"));
	assert_int_equal(post(c, of_round(house, round, "/undo"), ""), 303);
	int64_t form = query_int(f, "SELECT min(id) FROM workplace_form WHERE round_id = %lld AND rater_id = %lld", (long long)round, (long long)team[0]);
	assert_int_equal(say(team[0], form, all_three(1, 1, 1)), 409);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM workplace_round WHERE id = %lld AND state = 'undone'", (long long)round), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM workplace_form WHERE round_id = %lld", (long long)round), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM workplace_person WHERE round_id = %lld", (long long)round), 0);
	assert_int_equal(post(c, of_round(house, round, "/begin"), ""), 409);
	assert_int_equal(get(c, "%s", of_round(house, round, "")), 200);
	assert_true(body_has(c, "taken back before anybody had answered"));
	/* Of another organisation it is not there. */
	assert_int_equal(get(c, "%s", of_round(w.ministry, round, "")), 403);
	client_free(c);
}

/* Works with the n-th statement of every transaction failing, whatever comes of it; then with none. */
static void work_badly(unsigned n)
{
	struct job_options o = { .kinds = feature_jobs, .pool = f->pool, .app = &f->app };
	struct ctx cx = { .arena = arena_new(), .app = &f->app, .db = f->cx.db };
	unsigned ran;
	f->app.fail_at = n;
	bool whole = job_run_due(&cx, &o, &ran) == OK;
	f->app.fail_at = 0;
	f->app.fixed_now += whole ? 2 * SECOND : JOB_LEASE + SECOND;
	arena_free(cx.arena);
}

/* Statements all along each step fail: the step is undone, tried again, and nothing is there twice or missing. */
static void work_that_is_cut_off_anywhere_goes_on(void **state)
{
	(void)state;
	go_to(1, 12);
	int64_t round = plan(house, "Cut", today(), today(), "most=3&competencies=" CODES), evidence;
	struct client *c = client_as(f, admin);
	assert_int_equal(get(c, "%s", of_round(house, round, "")), 200);
	assert_int_equal(post(c, of_round(house, round, "/begin"), ""), 303);
	client_free(c);
	int64_t forms = query_int(f, "SELECT n_forms FROM workplace_round WHERE id = %lld", (long long)round);
	unsigned at;
	for (at = 1; query_int(f, "SELECT count(*) FROM workplace_round WHERE id = %lld AND state = 'making'", (long long)round) && at < 400;
	     at += at < 8 ? 1 : 37)
		work_badly(at);
	print_message("# forms came with statement %u failing\n", at);
	assert_true(at > 8);
	an_hour_passes();
	assert_int_equal(query_int(f, "SELECT count(*) FROM workplace_form WHERE round_id = %lld", (long long)round), forms);
	everybody_answers(round);
	go_to(1, 12);
	f->app.fixed_now += HOUR;
	for (at = 1; at < 500; at += at < 8 ? 1 : 31)
		work_badly(at);
	an_hour_passes();
	an_hour_passes();
	assert_int_equal(query_int(f, "SELECT count(*) FROM workplace_round WHERE id = %lld AND state = 'closed'", (long long)round), 1);
	evidence = query_int(f, "SELECT count(*) FROM evidence WHERE round_id = %lld", (long long)round);
	assert_int_equal(query_int(f, "SELECT sum(n) FROM workplace_result WHERE round_id = %lld", (long long)round), evidence);
	assert_int_equal(query_int(f, "SELECT count(*) FROM workplace_rater WHERE round_id = %lld", (long long)round), TEAM + 1);
	assert_int_equal(check_findings(f), 0);
}

/* The program itself, killed again and again while it makes the forms of a thousand people. */
static void a_killed_server_goes_on_where_it_was(void **state)
{
	struct program p;
	char message[400];
	int kills = 0;
	(void)state;
	go_to(1, 12);
	int64_t org = an_org(f, "large", "Large House", w.root);
	a_role(f, admin, "mdo_admin", org);
	int64_t chief = a_person(f, "large-chief", "Chief", org, 0), leader = 0;
	for (int i = 0; i < 600; i++) {
		char login[40];
		snprintf(login, sizeof login, "large-%d", i);
		int64_t id = a_person(f, login, login, org, i % 10 ? leader : chief);
		leader = i % 10 ? leader : id;
	}
	f->app.fixed_now = clock_now();
	f->cx.now = f->app.fixed_now;
	int64_t round = plan(org, "Large", today() + 1, today() + 5, "most=1&competencies=behavioural.communication"),
		forms = query_int(f, "SELECT n_forms FROM workplace_round WHERE id = %lld", (long long)round);
	struct client *c = client_as(f, admin);
	assert_int_equal(get(c, "%s", of_round(org, round, "")), 200);
	assert_int_equal(post(c, of_round(org, round, "/begin"), ""), 303);
	client_free(c);
	for (int i = 0; i < 60 && query_int(f, "SELECT count(*) FROM workplace_round WHERE id = %lld AND state = 'making'", (long long)round); i++) {
		assert_true(program_serve(f, &p, message, sizeof message));
		const struct timespec t = { i < 8 ? 0 : 25, 30000000L * (i + 1) };
		nanosleep(&t, NULL);
		program_kill(&p, SIGKILL);
		kills++;
	}
	print_message("# killed %d times, %lld forms\n", kills, (long long)forms);
	assert_int_equal(query_int(f, "SELECT count(*) FROM workplace_round WHERE id = %lld AND state = 'open'", (long long)round), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM workplace_form WHERE round_id = %lld", (long long)round), forms);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	schedule_work(f);
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	communication = query_int(f, "SELECT id FROM competency WHERE code = 'behavioural.communication'");
	drafting = query_int(f, "SELECT id FROM competency WHERE code = 'functional.noting-and-drafting'");
	collaboration = query_int(f, "SELECT id FROM competency WHERE code = 'behavioural.collaboration'");
	house = an_org(f, "house", "House of Work", w.root);
	head = a_person(f, "head", "Head", house, 0);
	admin = a_person(f, "house-admin", "House Admin", w.root, 0);
	a_role(f, admin, "mdo_admin", house);
	for (int i = 0; i < TEAM; i++) {
		char login[40], name[40];
		snprintf(login, sizeof login, "member-%d", i);
		snprintf(name, sizeof name, "Member %d", i);
		team[i] = a_person(f, login, name, house, head);
	}
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
	/* In this order: the first round goes through all of it. */
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(planning_asks_nobody_and_says_what_it_means),
		cmocka_unit_test(a_round_that_cannot_be_is_refused_by_name),
		cmocka_unit_test(the_draw_can_be_made_again),
		cmocka_unit_test(who_is_asked_is_told_once_and_nobody_at_night),
		cmocka_unit_test(a_form_is_kept_as_it_is_answered_and_can_be_changed),
		cmocka_unit_test(nobody_answers_anothers_form_nor_what_is_not_asked),
		cmocka_unit_test(what_was_answered_is_not_taken_back),
		cmocka_unit_test(nothing_is_shown_before_the_round_is_closed),
		cmocka_unit_test(the_audit_trail_does_not_tell_who_said_what),
		cmocka_unit_test(a_reminder_goes_to_who_has_forms_left_alone),
		cmocka_unit_test(the_day_after_the_last_all_of_it_counts),
		cmocka_unit_test(peers_and_team_have_no_names_in_evidence),
		cmocka_unit_test(the_person_sees_means_of_groups_and_nothing_else),
		cmocka_unit_test(who_may_not_see_the_person_sees_no_results),
		cmocka_unit_test(fairness_leaves_out_small_groups),
		cmocka_unit_test(levels_made_anew_are_the_same_to_the_bit),
		cmocka_unit_test(results_follow_who_has_two_accounts),
		cmocka_unit_test(two_small_groups_count_together_as_colleagues),
		cmocka_unit_test(a_large_group_does_not_betray_a_small_one),
		cmocka_unit_test(three_colleagues_are_too_few_and_the_page_says_so),
		cmocka_unit_test(the_last_round_counts_in_place_of_the_one_before),
		cmocka_unit_test(what_nobody_has_answered_is_taken_back_whole),
		cmocka_unit_test(work_that_is_cut_off_anywhere_goes_on),
		cmocka_unit_test(a_killed_server_goes_on_where_it_was),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
