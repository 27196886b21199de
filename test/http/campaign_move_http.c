/* A learning week in which things change: an organisation is moved under another ministry, somebody is transferred, a ministry holds a campaign of its own
 * within the nation's. What was learnt stays where it was learnt, what is learnt counts where one stands. */
#include "feature/campaign/campaign.h"
#include "feature/completion/completion.h"
#include "feature/enrolment/enrolment.h"
#include "feature/group/group.h"
#include "week.h"

#define EVERYBODY "{\"any\":[{\"all\":[{\"is\":\"level\",\"from\":1,\"to\":18}]}]}"

static struct fixture *f;
static struct world w;
static int64_t today, week, section, officer;

static int64_t ms_of(int64_t org)
{
	return figure(f, week, org, "ms");
}

static long move(int64_t person, int64_t org, const char *called)
{
	struct client *c = client_as(f, person);
	long status = post_json(c, base_of("/api/v1/orgs/%lld/move", (long long)org), base_of("{\"called\":\"%s\"}", called));
	client_free(c);
	query_end();
	return status;
}

static void on_day(int64_t day)
{
	f->app.fixed_now = noon(day);
	f->cx.now = f->app.fixed_now;
}

static void attend(int64_t person, int64_t minutes, int64_t day)
{
	learn(f, person, "event", 77, NONE, minutes * MINUTE, noon(day));
}

static bool board_says(int64_t org, const char *text)
{
	struct client *c = client_as(f, w.operator);
	assert_int_equal(get(c, "/orgs/%lld/campaigns/%lld", (long long)org, (long long)week), 200);
	bool has = body_has(c, text);
	client_free(c);
	query_end();
	return has;
}

static int64_t completed(int64_t org)
{
	int64_t n = query_int(f, "SELECT COALESCE(sum(n), 0) FROM tally WHERE subject_id = %lld AND what = 'completed' AND period = 0", (long long)org);
	query_end();
	return n;
}

static enum err complete(struct ctx *cx, void *arg)
{
	const int64_t *two = arg;
	struct completion done;
	TRY(enrolment_add(cx, two[0], w.course));
	return completion_credit(cx, two[0], two[1], "review", &done);
}

static void complete_the_course(int64_t person)
{
	for (int64_t at = 0; (at = query_int(f, "SELECT COALESCE(min(id), 0) FROM resource WHERE course_id = %lld AND ended_at IS NULL AND id > %lld",
					     (long long)w.course, (long long)at));) {
		query_end();
		in_tx(f, complete, (int64_t[]){ person, at });
	}
	query_end();
}

/* ── an organisation is moved ── */

static void who_moves_an_organisation_answers_for_both_places(void **state)
{
	(void)state;
	assert_int_equal(move(w.admin, section, "nowhere"), 404);
	assert_int_equal(move(w.admin, section, "second"), 403);
	assert_int_equal(move(w.other_admin, section, "second"), 403);
	assert_int_equal(move(w.operator, section, "first"), 409);	/* it stands there */
	assert_int_equal(move(w.operator, w.ministry, "section"), 409); /* below itself */
	assert_int_equal(move(w.operator, w.root, "first"), 409);	/* the top */
	assert_int_equal(check_findings(f), 0);
}

static void what_was_learnt_before_a_move_stays_above_and_the_rest_goes_along(void **state)
{
	struct client *c = client_as(f, officer);
	(void)state;
	int64_t before = ms_of(w.ministry), other = ms_of(w.other_ministry), root = ms_of(w.root), people = figure(f, week, w.root, "n"),
		done = completed(w.ministry), other_done = completed(w.other_ministry);
	assert_int_equal(post(c, base_of("/campaigns/%lld/pledge", (long long)week), ""), 303);
	attend(officer, 4, today);
	complete_the_course(officer);
	follow(f);
	assert_int_equal(completed(w.ministry), done + 1);
	on_day(today + 1);
	assert_int_equal(move(w.operator, section, "second"), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit WHERE action = 'org.move' AND before LIKE '%%parent_id%%'"), 1);
	query_end();
	/* Of the day itself, and what comes late of an earlier one. */
	attend(officer, 3, today + 1);
	attend(officer, 1, today);
	follow(f);
	assert_int_equal(ms_of(w.ministry), before + 8 * MINUTE);
	assert_int_equal(ms_of(w.other_ministry), other);
	assert_int_equal(check_findings(f), 0);
	on_day(today + 2);
	attend(officer, 5, today + 2);
	follow(f);
	assert_int_equal(ms_of(w.ministry), before + 8 * MINUTE);
	assert_int_equal(ms_of(w.other_ministry), other + 5 * MINUTE);
	assert_int_equal(ms_of(section), 13 * MINUTE);
	assert_int_equal(ms_of(w.root), root + 13 * MINUTE);
	assert_int_equal(figure(f, week, w.root, "n"), people + 1); /* one person, below two ministries */
	assert_int_equal(mine(f, week, officer, "ms"), 13 * MINUTE);
	assert_int_equal(figure(f, week, w.ministry, "n_pledged"), 1); /* where it was pledged */
	assert_int_equal(figure(f, week, w.other_ministry, "n_pledged"), 0);
	/* Both boards say so. */
	assert_true(board_says(w.ministry, "stands elsewhere since"));
	assert_true(board_says(w.other_ministry, "stands here since"));
	assert_false(board_says(w.root, "stands elsewhere since"));
	/* Completions, which ask where somebody is below now, go along. */
	assert_int_equal(completed(w.ministry), done);
	assert_int_equal(completed(w.other_ministry), other_done + 1);
	assert_int_equal(check_findings(f), 0);
	client_free(c);
}

static enum err count_row(struct ctx *cx, void *arg, const void *row)
{
	size_t *n = arg;
	(void)cx;
	(void)row;
	++*n;
	return OK;
}

/* How many people are read to try dates of an organisation. */
static size_t n_read(int64_t org)
{
	size_t n = 0;
	assert_int_equal(campaign_sql_in_org(&f->cx, week, org, count_row, &n), OK);
	query_end();
	return n;
}

static struct campaign_trial tried(int64_t org, int64_t from_day, int64_t last_day)
{
	struct campaign_trial t;
	assert_int_equal(campaign_try(&f->cx, &(struct campaign_dates){ week, org, from_day, last_day, S("") }, &t), OK);
	query_end();
	return t;
}

static void new_dates_are_tried_on_those_alone_who_are_or_were_there(void **state)
{
	int64_t stranger = a_person(f, "stranger", "stranger", w.other_office, w.other_boss);
	(void)state;
	query_end();
	attend(stranger, 3, today + 2);
	follow(f);
	struct campaign_trial t = tried(w.ministry, today + 2, today + 7); /* without the days on which the section was there */
	assert_int_equal(t.n_people, 1);
	assert_int_equal(t.n_fall, 1);
	assert_int_equal(t.falls[0].person_id, officer);
	assert_int_equal(t.falls[0].ms, 13 * MINUTE);
	assert_int_equal(t.falls[0].ms_then, 5 * MINUTE);
	t = tried(w.other_ministry, today + 3, today + 7);
	assert_int_equal(t.n_people, 2);
	assert_int_equal(t.n_fall, 2);
	assert_int_equal(n_read(w.ministry), 1);
	assert_int_equal(n_read(w.other_office), 1);
	assert_int_equal(n_read(w.other_ministry), 2);
	assert_int_equal(n_read(w.office), 0);
	assert_int_equal(n_read(w.root), 2);
}

struct making {
	int64_t org_id, id;
	const char *rule;
};

static enum err group_fn(struct ctx *cx, void *arg)
{
	struct making *m = arg;
	return group_add(cx, &(struct group_add){ m->org_id, S("All here"), str_of(m->rule) }, &m->id);
}

static void gaps_and_groups_go_along(void **state)
{
	int64_t unit = an_org(f, "gap-unit", "Unit with a gap", w.ministry), person = a_person(f, "asked", "asked", unit, w.boss);
	struct making here = { w.ministry, 0, EVERYBODY }, there = { w.other_ministry, 0, EVERYBODY };
	(void)state;
	a_framework(f, "framework/kcm.csv", w.root);
	int64_t role = a_work_role(f, w.root, "files", "Put up files", competency_named(f, "functional.noting-and-drafting"), 2);
	a_holding(f, a_post(f, unit, "hand", 1, role), person, today);
	in_tx(f, group_fn, &here);
	in_tx(f, group_fn, &there);
	follow(f);
	static const char gaps[] = "SELECT COALESCE(sum(n), 0) FROM gap_tally WHERE org_id = %lld AND designation_id = 0",
			  members[] = "SELECT count(*) FROM group_member WHERE group_id = %lld AND person_id = %lld AND until_at IS NULL";
	assert_int_equal(query_int(f, gaps, (long long)w.ministry), 1);
	assert_int_equal(query_int(f, members, (long long)here.id, (long long)person), 1);
	query_end();
	assert_int_equal(move(w.operator, unit, "second"), 200);
	assert_int_equal(query_int(f, gaps, (long long)w.ministry), 0);
	assert_int_equal(query_int(f, gaps, (long long)w.other_ministry), 1);
	assert_int_equal(query_int(f, gaps, (long long)w.root), 1);
	query_end();
	follow(f);
	assert_int_equal(query_int(f, members, (long long)here.id, (long long)person), 0);
	assert_int_equal(query_int(f, members, (long long)there.id, (long long)person), 1);
	query_end();
	assert_int_equal(check_findings(f), 0);
}

static void dates_of_the_new_ministry_hold_from_the_next_day_on(void **state)
{
	int64_t stays = a_person(f, "stays", "stays", w.office, w.boss);
	(void)state;
	assert_int_equal(set_dates(f, week, w.operator, w.other_ministry, today, today + 9), 200);
	on_day(today + 8);
	int64_t before = ms_of(w.ministry), other = ms_of(w.other_ministry), hers = mine(f, week, officer, "ms");
	attend(officer, 2, today + 8);
	attend(stays, 2, today + 8);
	follow(f);
	assert_int_equal(mine(f, week, officer, "ms"), hers + 2 * MINUTE);
	assert_int_equal(mine(f, week, stays, "ms"), 0);
	assert_int_equal(ms_of(w.other_ministry), other + 2 * MINUTE);
	assert_int_equal(ms_of(w.ministry), before);
	/* Shortened there: days at the old place are not the new ministry's. */
	assert_int_equal(set_dates(f, week, w.operator, w.other_ministry, today + 7, today + 9), 200);
	follow(f);
	assert_int_equal(mine(f, week, officer, "ms"), 10 * MINUTE);
	assert_int_equal(ms_of(w.ministry), before);
	assert_int_equal(ms_of(w.other_ministry), 2 * MINUTE);
	assert_int_equal(set_dates(f, week, w.operator, w.other_ministry, today, today + 9), 200);
	follow(f);
	assert_int_equal(ms_of(w.other_ministry), other + 2 * MINUTE);
	assert_int_equal(check_findings(f), 0);
}

static void a_target_reached_at_the_old_place_stays_there(void **state)
{
	int64_t unit = an_org(f, "unit", "Unit", w.ministry), person = a_person(f, "quick", "quick", unit, w.boss);
	(void)state;
	query_end();
	int64_t at_target = figure(f, week, w.ministry, "n_reached"), other = figure(f, week, w.other_ministry, "n_reached");
	attend(person, 31, today + 7);
	follow(f);
	assert_int_equal(figure(f, week, w.ministry, "n_reached"), at_target + 1);
	assert_int_equal(move(w.operator, unit, "second"), 200);
	on_day(today + 9);
	attend(person, 1, today + 9);
	assert_int_equal(set_dates(f, week, w.operator, w.ministry, today + 8, today + 9), 200); /* and the days in which it was reached are taken away */
	follow(f);
	assert_int_equal(mine(f, week, person, "ms"), MINUTE);
	assert_int_equal(figure(f, week, w.ministry, "n_reached"), at_target + 1);
	assert_int_equal(figure(f, week, w.other_ministry, "n_reached"), other);
	assert_int_equal(figure(f, week, unit, "n_reached"), 1);
	assert_int_equal(set_dates(f, week, w.operator, w.ministry, today, today + 7), 200);
	follow(f);
	assert_int_equal(mine(f, week, person, "ms"), 32 * MINUTE);
	assert_int_equal(check_findings(f), 0);
}

static void moved_there_and_back_in_one_day_is_not_moved_and_twice_in_two_days_is(void **state)
{
	int64_t top = an_org(f, "wing", "Wing", w.other_ministry), unit = an_org(f, "cell", "Cell", top),
		person = a_person(f, "nomad", "nomad", unit, w.other_boss);
	(void)state;
	query_end();
	assert_int_equal(set_dates(f, week, w.operator, w.ministry, today, today + 14), 200);
	assert_int_equal(set_dates(f, week, w.operator, w.other_ministry, today, today + 14), 200);
	follow(f);
	int64_t here = ms_of(w.other_ministry), there = ms_of(w.ministry);
	attend(person, 1, today + 9);
	follow(f);
	assert_int_equal(move(w.operator, top, "first"), 200);
	assert_int_equal(move(w.operator, top, "second"), 200);
	on_day(today + 10);
	attend(person, 2, today + 10);
	follow(f);
	assert_int_equal(ms_of(w.other_ministry), here + 3 * MINUTE);
	assert_int_equal(move(w.operator, top, "first"), 200);
	on_day(today + 11);
	attend(person, 4, today + 11);
	follow(f);
	assert_int_equal(move(w.operator, unit, "second"), 200); /* one of those below goes its own way */
	on_day(today + 12);
	attend(person, 8, today + 12);
	follow(f);
	assert_int_equal(ms_of(w.other_ministry), here + 11 * MINUTE);
	assert_int_equal(ms_of(w.ministry), there + 4 * MINUTE);
	assert_int_equal(ms_of(top), 7 * MINUTE);
	assert_int_equal(ms_of(unit), 15 * MINUTE);
	assert_int_equal(check_findings(f), 0);
}

static void a_ministrys_own_campaign_keeps_the_days_on_which_one_was_there(void **state)
{
	int64_t unit = an_org(f, "desk", "Desk", w.ministry), person = a_person(f, "clerk", "clerk", unit, w.boss),
		extended = an_org(f, "counter", "Counter", w.ministry), other = a_person(f, "clerk2", "clerk2", extended, w.boss),
		own = a_campaign(f, w.admin, w.ministry, "Week of the ministry", today + 12, today + 18, "\"counts\":\"listed\",\"events\":\"all\"", 200);
	(void)state;
	assert_int_equal(set_dates(f, own, w.admin, extended, today + 12, today + 19), 200); /* dates of its own do not take it along */
	attend(person, 6, today + 12);
	attend(other, 5, today + 12);
	follow(f);
	assert_int_equal(figure(f, own, w.ministry, "ms"), 11 * MINUTE);
	assert_int_equal(mine(f, own, person, "ms"), 6 * MINUTE);
	assert_int_equal(mine(f, week, person, "ms"), 6 * MINUTE); /* the nation's beside it: both count */
	assert_int_equal(move(w.operator, unit, "second"), 200);
	assert_int_equal(move(w.operator, extended, "second"), 200);
	on_day(today + 13);
	attend(person, 7, today + 13);
	attend(other, 9, today + 13);
	follow(f);
	assert_int_equal(mine(f, own, person, "ms"), 6 * MINUTE);
	assert_int_equal(mine(f, own, other, "ms"), 5 * MINUTE);
	assert_int_equal(figure(f, own, w.ministry, "ms"), 11 * MINUTE);
	assert_int_equal(figure(f, own, extended, "ms"), 5 * MINUTE);
	assert_int_equal(figure(f, own, w.other_ministry, "ms"), 0);
	assert_int_equal(mine(f, week, person, "ms"), 13 * MINUTE);
	(void)a_campaign(f, w.admin, w.ministry, "Once more", today + 18, today + 20, "\"counts\":\"listed\"", 409);
	assert_int_equal(check_findings(f), 0);
}

/* ── a person is transferred ── */

static enum err post_fn(struct ctx *cx, void *arg)
{
	return person_post(cx, arg);
}

static void who_is_transferred_has_the_dates_of_the_day_s_place(void **state)
{
	int64_t person = a_person(f, "goer", "goer", w.office, w.boss), designation = query_int(f, "SELECT min(id) FROM designation");
	(void)state;
	query_end();
	assert_int_equal(set_dates(f, week, w.operator, w.office, today, today + 13), 200);
	attend(person, 1, today + 13);
	in_tx(f, post_fn, &(struct person_post){ person, w.other_office, designation, w.other_boss, today + 14 });
	on_day(today + 14);
	attend(person, 2, today + 14);
	follow(f);
	assert_int_equal(mine(f, week, person, "ms"), 3 * MINUTE);
	/* Days at the old place go by the old place's dates, though they come late. */
	assert_int_equal(set_dates(f, week, w.operator, w.office, today, today + 12), 200);
	follow(f);
	assert_int_equal(mine(f, week, person, "ms"), 2 * MINUTE);
	assert_int_equal(check_findings(f), 0);
}

static enum err rebuild_fn(struct ctx *cx, void *arg)
{
	(void)arg;
	return campaign_rebuild(cx);
}

static void figures_made_anew_know_where_organisations_stood(void **state)
{
	static const char sums[] = "SELECT count(*) || ' ' || sum(n) || ' ' || sum(n_reached) || ' ' || sum(n_pledged) || ' ' || sum(ms) || ' ' || "
				   "sum(published_ms) FROM campaign_figure WHERE n <> 0 OR n_reached <> 0 OR n_pledged <> 0 OR ms <> 0 OR published_ms <> 0";
	char before[400], after[400];
	(void)state;
	query_text(f, before, sizeof before, sums);
	query_end();
	in_tx(f, rebuild_fn, NULL);
	query_text(f, after, sizeof after, sums);
	query_end();
	assert_string_equal(before, after);
	assert_int_equal(check_findings(f), 0);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	today = clock_day_in_india(f->app.fixed_now) + 1;
	on_day(today);
	section = an_org(f, "section", "Section of files", w.ministry);
	officer = a_person(f, "officer", "officer", section, w.boss);
	schedule_work(f);
	query_end();
	week = a_campaign(f, w.operator, w.root, "National Learning Week", today, today + 7, "\"counts\":\"listed\",\"events\":\"all\"", 200);
	return 0;
}

static int end(void **state)
{
	(void)state;
	follow(f);
	assert_int_equal(check_findings(f), 0);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_moves_an_organisation_answers_for_both_places),
		cmocka_unit_test(what_was_learnt_before_a_move_stays_above_and_the_rest_goes_along),
		cmocka_unit_test(new_dates_are_tried_on_those_alone_who_are_or_were_there),
		cmocka_unit_test(gaps_and_groups_go_along),
		cmocka_unit_test(dates_of_the_new_ministry_hold_from_the_next_day_on),
		cmocka_unit_test(a_target_reached_at_the_old_place_stays_there),
		cmocka_unit_test(moved_there_and_back_in_one_day_is_not_moved_and_twice_in_two_days_is),
		cmocka_unit_test(a_ministrys_own_campaign_keeps_the_days_on_which_one_was_there),
		cmocka_unit_test(who_is_transferred_has_the_dates_of_the_day_s_place),
		cmocka_unit_test(figures_made_anew_know_where_organisations_stood),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
