/* The Learning Week: whose hours count, where and until when; pledges, notes, targets; and boards that follow and name nobody. */
#include "http_test.h"
#include "feature/campaign/campaign.h"
#include "feature/campaign/campaign_board.h"
#include "feature/completion/completion.h"
#include "feature/credential/credential_pdf.h"
#include "feature/enrolment/enrolment.h"
#include "web/base64.h"
#include "week.h"

static struct fixture *f;
static struct world w;
static int64_t today, week;

/* ── builders ── */

static enum err credit_fn(struct ctx *cx, void *arg)
{
	const int64_t *two = arg;
	struct completion done;
	TRY(enrolment_add(cx, two[0], w.course));
	return completion_credit(cx, two[0], two[1], "review", &done);
}

static enum err post_fn(struct ctx *cx, void *arg)
{
	return person_post(cx, arg);
}

/* ── rules ── */

static void hours_count_partly_and_no_more_than_the_published_length(void **state)
{
	int64_t length = query_int(f, "SELECT ms FROM resource WHERE id = %lld", (long long)w.film), person = a_person(f, "capped", "capped", w.office, w.boss);
	(void)state;
	learn(f, person, "resource", w.film, w.course, 3 * MINUTE, noon(today));
	assert_int_equal(mine(f, week, person, "ms"), 3 * MINUTE);
	learn(f, person, "resource", w.film, w.course, length, noon(today) + HOUR);
	assert_int_equal(mine(f, week, person, "ms"), length);
	learn(f, person, "resource", w.lesson, w.course, MINUTE, noon(today - 1)); /* before the first day */
	assert_int_equal(mine(f, week, person, "ms"), length);
	assert_int_equal(mine(f, week, person, "published_ms"), 0);
}

static void the_count_of_other_platforms_stands_beside_it(void **state)
{
	int64_t person = a_person(f, "finisher", "finisher", w.office, w.boss),
		length = query_int(f, "SELECT ms FROM course WHERE id = %lld", (long long)w.course);
	(void)state;
	for (int64_t at = 0; (at = query_int(f, "SELECT COALESCE(min(id), 0) FROM resource WHERE course_id = %lld AND ended_at IS NULL AND id > %lld",
					     (long long)w.course, (long long)at));) {
		query_end();
		in_tx(f, credit_fn, (int64_t[]){ person, at });
	}
	assert_int_equal(mine(f, week, person, "ms"), 0);
	assert_int_equal(mine(f, week, person, "published_ms"), length);
	follow(f);
	assert_true(figure(f, week, w.office, "published_ms") >= length);
}

static void a_pledge_is_counted_once_and_a_note_is_nobody_elses(void **state)
{
	struct client *c = client_as(f, w.learner), *admin = client_as(f, w.admin);
	(void)state;
	int64_t before = figure(f, week, w.root, "n_pledged");
	assert_int_equal(get(c, "/campaigns/%lld", (long long)week), 200);
	assert_true(body_has(c, "Vikasa") && body_has(c, "Only you see this"));
	assert_int_equal(post(c, base_of("/campaigns/%lld/pledge", (long long)week), ""), 303);
	assert_int_equal(post(c, base_of("/campaigns/%lld/pledge", (long long)week), ""), 409);
	follow(f);
	assert_int_equal(figure(f, week, w.root, "n_pledged"), before + 1);
	assert_int_equal(figure(f, week, w.other_ministry, "n_pledged"), 0);
	assert_int_equal(post(c, base_of("/campaigns/%lld/reflection", (long long)week), "words=my+secret+thought"), 303);
	assert_int_equal(get(c, "/campaigns/%lld", (long long)week), 200);
	assert_true(body_has(c, "my secret thought"));
	assert_int_equal(get(admin, "/orgs/%lld/campaigns/%lld/dates", (long long)w.ministry, (long long)week), 200);
	assert_false(body_has(admin, "my secret thought"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit WHERE action = 'campaign.reflect'"), 0);
	client_free(c);
	client_free(admin);
}

static void a_target_that_was_reached_stays_though_dates_are_shortened(void **state)
{
	int64_t person = a_person(f, "reacher", "reacher", w.office, w.boss), other = a_person(f, "halfway", "halfway", w.office, w.boss);
	struct client *c = client_as(f, person), *admin = client_as(f, w.operator);
	(void)state;
	learn(f, person, "resource", w.film, w.course, 10 * MINUTE, noon(today));
	learn(f, other, "resource", w.film, w.course, 10 * MINUTE, noon(today));
	assert_int_equal(get(c, "/campaigns/%lld/certificate", (long long)week), 409);
	assert_int_equal(get(c, "/campaigns/%lld/badge.svg", (long long)week), 409);
	learn(f, person, "resource", w.film, w.course, 5 * MINUTE, noon(today) + HOUR);
	learn(f, person, "resource", w.lesson, w.course, 15 * MINUTE, noon(today) + HOUR);
	follow(f);
	int64_t ms = mine(f, week, person, "ms"), target = 30 * MINUTE;
	if (ms < target)
		learn(f, person, "event", 77, NONE, target - ms, noon(today) + 2 * HOUR);
	query_end();
	follow(f);
	assert_true(mine(f, week, person, "ms") >= target);
	int64_t at_target = figure(f, week, w.office, "n_reached");
	assert_true(at_target >= 1);
	assert_int_equal(get(c, "/campaigns/%lld/certificate", (long long)week), 200);
	assert_memory_equal(buf_get(&c->body).p, "%PDF", 4);
	assert_int_equal(get(c, "/campaigns/%lld/badge.svg", (long long)week), 200);
	assert_true(body_has(c, "<svg") && body_has(c, "30 min"));
	assert_int_equal(get(c, "/api/v1/notices"), 200); /* told once */
	assert_true(body_has(c, "You have reached the target of"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld", (long long)person), 1);
	query_end();
	/* The office begins a day later: what would be, and what is then. */
	assert_int_equal(
		get(admin, "/orgs/%lld/campaigns/%lld/dates?from_day=%s&last_day=%s", (long long)w.office, (long long)week, iso(today + 1), iso(today + 6)),
		200);
	assert_true(body_has(admin, "reached, stays") && body_has(admin, "halfway"));
	assert_int_equal(set_dates(f, week, w.admin, w.office, today + 1, today + 6), 200);
	follow(f);
	assert_int_equal(mine(f, week, person, "ms"), 0);
	assert_int_equal(mine(f, week, other, "ms"), 0);
	assert_int_equal(figure(f, week, w.office, "n_reached"), at_target);
	assert_int_equal(get(c, "/campaigns/%lld/certificate", (long long)week), 200);
	assert_int_equal(set_dates(f, week, w.admin, w.office, today, today + 8), 200);
	follow(f);
	assert_int_equal(mine(f, week, other, "ms"), 10 * MINUTE);
	assert_int_equal(figure(f, week, w.office, "n_reached"), at_target);
	client_free(c);
	client_free(admin);
}

static void an_extension_is_for_its_organisation_and_all_below_and_is_kept_with_its_reason(void **state)
{
	int64_t here = a_person(f, "late", "late", w.office, w.boss), there = a_person(f, "elsewhere", "elsewhere", w.other_office, w.other_boss);
	struct client *c = client_as(f, w.operator);
	(void)state;
	/* The office has dates of its own, so those of its ministry are not for it; the other ministry keeps the nation's. */
	f->app.fixed_now = noon(today + 8);
	learn(f, here, "resource", w.film, w.course, 2 * MINUTE, noon(today + 8));
	learn(f, there, "resource", w.film, w.course, 2 * MINUTE, noon(today + 8));
	follow(f);
	assert_int_equal(mine(f, week, here, "ms"), 2 * MINUTE);
	assert_int_equal(mine(f, week, there, "ms"), 0);
	assert_int_equal(set_dates(f, week, w.other_admin, w.other_ministry, today, today + 9), 200); /* after the last day, for a day that is past */
	follow(f);
	assert_int_equal(mine(f, week, there, "ms"), 2 * MINUTE);
	assert_int_equal(figure(f, week, w.other_ministry, "ms"), 2 * MINUTE);
	assert_int_equal(set_dates(f, week, w.other_admin, w.other_ministry, today, today + 9), 409);
	assert_int_equal(set_dates(f, week, w.other_admin, w.ministry, today, today + 9), 403);
	assert_int_equal(set_dates(f, week, w.other_admin, w.other_ministry, today + 9, today + 8), 422);
	assert_int_equal(get(c, "/orgs/%lld/campaigns/%lld/dates", (long long)w.root, (long long)week), 200);
	assert_true(body_has(c, "the office was closed"));
	client_free(c);
}

/* The signed text that a certificate carries; a PDF writer breaks it into lines. */
static struct str signed_text(struct client *c)
{
	struct str file = buf_get(&c->body), document;
	ptrdiff_t at = str_find(file, S(CREDENTIAL_MARK));
	struct buf letters;
	NEED(at >= 0, "nothing is carried");
	buf_init(&letters, f->cx.arena, file.n);
	for (size_t i = (size_t)at + strlen(CREDENTIAL_MARK); i < file.n && file.p[i] != '.'; i++)
		if (!strchr("\\\r\n", file.p[i]))
			buf_char(&letters, file.p[i]);
	NEED(base64url_read(f->cx.arena, buf_get(&letters), &document), "not in letters");
	return document;
}

static void the_certificate_and_the_lists_bear_the_dates_of_ones_own_organisation(void **state)
{
	int64_t person = a_person(f, "last-day", "last-day", w.other_office, w.other_boss);
	struct client *c = client_as(f, person), *admin = client_as(f, w.other_admin);
	char dates[100], item[100];
	(void)state;
	snprintf(dates, sizeof dates, "\"from\":\"%s\",\"last\":\"%s\"", iso(today), iso(today + 9)); /* the nation's ended two days before */
	snprintf(item, sizeof item, "\"from_day\":\"%s\",\"last_day\":\"%s\"", iso(today), iso(today + 9));
	assert_int_equal(get(c, "/api/v1/campaigns"), 200);
	assert_true(body_has(c, item));
	assert_int_equal(get(c, "/campaigns"), 200);
	assert_true(body_has(c, "tag now") && !body_has(c, "past"));
	assert_int_equal(get(admin, "/api/v1/orgs/%lld/campaigns", (long long)w.other_ministry), 200);
	assert_true(body_has(admin, item));
	learn(f, person, "event", 77, NONE, 31 * MINUTE, noon(today + 8));
	follow(f);
	assert_int_equal(get(c, "/campaigns/%lld/certificate", (long long)week), 200);
	struct str text = signed_text(c);
	assert_true(str_find(text, str_of(dates)) >= 0);
	client_free(c);
	client_free(admin);
}

static void learning_counts_where_one_was_posted_on_the_day(void **state)
{
	int64_t mover = a_person(f, "mover", "mover", w.office, w.boss);
	(void)state;
	int64_t office = figure(f, week, w.office, "ms"), ministry = figure(f, week, w.ministry, "ms"), root = figure(f, week, w.root, "n"),
		other = figure(f, week, w.other_office, "ms");
	query_end();
	learn(f, mover, "resource", w.film, w.course, 4 * MINUTE, noon(today + 5));
	in_tx(f, post_fn, &(struct person_post){ mover, w.other_office, query_int(f, "SELECT min(id) FROM designation"), w.other_boss, today + 6 });
	query_end();
	learn(f, mover, "resource", w.film, w.course, 3 * MINUTE, noon(today + 6));
	follow(f);
	assert_int_equal(figure(f, week, w.office, "ms"), office + 4 * MINUTE);
	assert_int_equal(figure(f, week, w.ministry, "ms"), ministry + 4 * MINUTE);
	assert_int_equal(figure(f, week, w.other_office, "ms"), other + 3 * MINUTE);
	assert_int_equal(figure(f, week, w.root, "n"), root + 1); /* one person, in two offices */
	assert_int_equal(mine(f, week, mover, "ms"), 7 * MINUTE);
}

static void what_a_transaction_brings_late_is_counted_within_two_minutes(void **state)
{
	int64_t first = a_person(f, "prompt", "prompt", w.office, w.boss), tardy = a_person(f, "tardy", "tardy", w.office, w.boss);
	(void)state;
	learn(f, first, "resource", w.film, w.course, 2 * MINUTE, f->app.fixed_now);
	follow(f);
	int64_t ms = figure(f, week, w.office, "ms");
	learn_late(f, tardy, w.film, w.course, 1 * MINUTE, 10 * SECOND);
	learn_late(f, first, w.lesson, w.course, 1 * MINUTE, 20 * SECOND);
	for (int i = 0; i < 2; i++) {
		pass(f, MINUTE);
		follow(f);
	}
	assert_int_equal(figure(f, week, w.office, "ms"), ms + 2 * MINUTE);
}

static enum err step_fn(struct ctx *cx, void *arg)
{
	return campaign_jobs[0].step(cx, arg);
}

static void nobody_is_counted_by_what_was_read_before_the_dates_changed(void **state)
{
	int64_t was = f->app.fixed_now, day = today + 60, person = a_person(f, "between", "between", w.other_office, w.other_boss);
	(void)state;
	f->app.fixed_now = noon(day);
	int64_t own = a_campaign(f, w.other_admin, w.other_ministry, "A week of our own", day, day + 5, "\"counts\":\"listed\",\"events\":\"all\"", 200);
	struct client *c = client_as(f, w.other_admin);
	assert_int_equal(post_json(c, base_of("/api/v1/orgs/%lld/campaigns/%lld/courses", (long long)w.other_ministry, (long long)own),
				   base_of("{\"called\":\"%lld\"}", (long long)w.course)),
			 200);
	client_free(c);
	follow(f);
	learn(f, person, "resource", w.film, w.course, 2 * MINUTE, noon(day - 1));
	learn(f, person, "resource", w.lesson, w.course, MINUTE, noon(day));
	struct job j = { .kind = S("campaign.follow") };
	f->cx.now = f->app.fixed_now;
	assert_string_equal(campaign_jobs[0].name, "campaign.follow");
	assert_int_equal(campaign_jobs[0].act(&f->cx, &j), OK);
	assert_int_equal(set_dates(f, own, w.other_admin, w.other_ministry, day - 1, day + 5), 200);
	follow(f);
	assert_int_equal(figure(f, own, w.other_office, "ms"), 3 * MINUTE);
	query_end();
	in_tx(f, step_fn, &j);
	assert_int_equal(figure(f, own, w.other_office, "ms"), 3 * MINUTE);
	query_end();
	f->app.fixed_now = was;
}

static void two_accounts_are_one_person_in_the_figures_too(void **state)
{
	int64_t a = a_person(f, "twin", "twin", w.office, w.boss), b = a_person(f, "twin2", "twin", w.office, w.boss);
	struct client *admin = client_as(f, w.admin);
	(void)state;
	learn(f, a, "resource", w.film, w.course, 2 * MINUTE, noon(today + 5));
	learn(f, b, "resource", w.lesson, w.course, 1 * MINUTE, noon(today + 5));
	follow(f);
	int64_t n = figure(f, week, w.office, "n"), ms = figure(f, week, w.office, "ms");
	assert_int_equal(post_json(admin, base_of("/api/v1/orgs/%lld/duplicates/%lld/%lld/join", (long long)w.ministry, (long long)a, (long long)b), "{}"),
			 200);
	int64_t id = json_number(admin, "id");
	follow(f);
	assert_int_equal(figure(f, week, w.office, "n"), n - 1);
	assert_int_equal(figure(f, week, w.office, "ms"), ms);
	assert_int_equal(post_json(admin, base_of("/api/v1/orgs/%lld/merges/%lld/undo", (long long)w.ministry, (long long)id), "{}"), 200);
	follow(f);
	assert_int_equal(figure(f, week, w.office, "n"), n);
	assert_int_equal(figure(f, week, w.office, "ms"), ms);
	client_free(admin);
}

/* The kept account had not been used at all. */
static void what_an_account_pledged_and_reached_is_the_persons_when_it_is_joined(void **state)
{
	int64_t unused = a_person(f, "unused", "double", w.office, w.boss), used = a_person(f, "used", "double", w.office, w.boss);
	struct client *admin = client_as(f, w.admin), *c = client_as(f, used), *kept;
	static const char *const counts[] = { "n", "n_reached", "n_pledged" };
	static const char reached[] = "SELECT COALESCE(max(reached_at), 0) FROM campaign_person WHERE campaign_id = %lld AND person_id = %lld";
	int64_t before[3];
	(void)state;
	learn(f, used, "event", 77, NONE, 31 * MINUTE, noon(today + 5));
	follow(f);
	pass(f, HOUR);
	assert_int_equal(post(c, base_of("/campaigns/%lld/pledge", (long long)week), ""), 303); /* and is not counted yet */
	query_end();
	int64_t at = query_int(f, reached, (long long)week, (long long)used);
	query_end();
	assert_true(at > 0);
	assert_int_equal(
		post_json(admin, base_of("/api/v1/orgs/%lld/duplicates/%lld/%lld/join", (long long)w.ministry, (long long)unused, (long long)used), "{}"), 200);
	int64_t id = json_number(admin, "id");
	query_end();
	assert_int_equal(check_findings(f), 0);
	for (size_t i = 0; i < 3; i++)
		before[i] = figure(f, week, w.office, counts[i]);
	for (int round = 0; round < 2; round++) {
		assert_int_equal(query_int(f, reached, (long long)week, (long long)unused), at);
		query_end();
		kept = client_as(f, unused);
		assert_int_equal(get(kept, "/campaigns/%lld/certificate", (long long)week), 200);
		assert_int_equal(post(kept, base_of("/campaigns/%lld/pledge", (long long)week), ""), 409);
		client_free(kept);
		follow(f);
		for (size_t i = 0; i < 3; i++)
			assert_int_equal(figure(f, week, w.office, counts[i]), before[i]);
		assert_int_equal(check_findings(f), 0);
	}
	assert_int_equal(post_json(admin, base_of("/api/v1/orgs/%lld/merges/%lld/undo", (long long)w.ministry, (long long)id), "{}"), 200);
	query_end();
	assert_int_equal(check_findings(f), 0);
	follow(f);
	assert_int_equal(query_int(f, reached, (long long)week, (long long)unused), 0);
	assert_int_equal(query_int(f, reached, (long long)week, (long long)used), at);
	query_end();
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(figure(f, week, w.office, counts[i]), before[i]);
	kept = client_as(f, unused);
	assert_int_equal(get(kept, "/campaigns/%lld/certificate", (long long)week), 409);
	client_free(kept);
	assert_int_equal(check_findings(f), 0);
	client_free(admin);
	client_free(c);
}

/* A new office of so many, each of whom learns for a while today. */
static int64_t an_office(const char *code, int64_t parent, int n, int64_t ms)
{
	int64_t org = an_org(f, code, code, parent);
	for (int i = 0; i < n; i++) {
		char login[40];
		snprintf(login, sizeof login, "%s%d", code, i);
		int64_t person = a_person(f, login, login, org, w.other_boss);
		if (ms)
			learn(f, person, "resource", w.film, w.course, ms, f->app.fixed_now);
	}
	query_end();
	return org;
}

static void boards_rank_by_head_and_say_nothing_of_few(void **state)
{
	struct client *nobody = client_new(f), *c = client_as(f, w.other_admin);
	int64_t slow, fast;
	(void)state;
	slow = an_office("slow-office", w.other_ministry, 20, 2 * MINUTE);
	fast = an_office("fast-office", w.other_ministry, 12, 4 * MINUTE);
	an_office("tiny-office", w.other_ministry, 3, 5 * MINUTE);
	an_office("few-office", w.other_ministry, 9, 5 * MINUTE);
	an_office("calm-office", w.other_ministry, 14, MINUTE);
	follow(f);
	schedule_work(f);
	pass(f, 2 * HOUR);
	work_now(f);
	/* Who manages sees all, ranked where there are enough to rank. */
	assert_int_equal(get(c, "/api/v1/orgs/%lld/campaigns/%lld/below", (long long)w.other_ministry, (long long)week), 200);
	const char *text = buf_get(&c->body).p, *first = strstr(text, "fast-office"), *second = strstr(text, "slow-office"), *few = strstr(text, "tiny-office");
	assert_true(first && second && few && first < second && second < few);
	assert_non_null(strstr(text, "\"rank\":1"));
	assert_int_equal(get(c, "/orgs/%lld/campaigns/%lld", (long long)w.other_ministry, (long long)week), 200);
	assert_true(body_has(c, "<svg") && body_has(c, "tiny-office") && body_has(c, "fast-office"));
	assert_int_equal(get(c, "/orgs/%lld/campaigns/%lld", (long long)w.ministry, (long long)week), 403);
	/* Everybody sees neither the few nor those by whom they could be found as the difference. */
	query_end();
	assert_int_equal(get(nobody, "/campaigns/%lld/board?org_id=%lld", (long long)week, (long long)w.other_ministry), 200);
	assert_true(body_has(nobody, "slow-office") && body_has(nobody, "fast-office"));
	assert_false(body_has(nobody, "tiny-office"));
	assert_int_equal(get(nobody, "/campaigns/%lld/board?org_id=%lld", (long long)week, (long long)slow), 200);
	assert_false(body_has(nobody, "nothing is said"));
	assert_int_equal(
		get(nobody, "/campaigns/%lld/board?org_id=%lld", (long long)week, (long long)query_int(f, "SELECT id FROM org WHERE code = 'tiny-office'")),
		200);
	assert_true(body_has(nobody, "nothing is said"));
	assert_int_equal(get(nobody, "/campaigns/%lld/screen", (long long)week), 200);
	assert_true(body_has(nobody, "data-anew=\"5000\""));
	assert_int_equal(get(nobody, "/orgs/%lld/campaigns/%lld", (long long)fast, (long long)week), 303);
	client_free(nobody);
	client_free(c);
	query_end();
}

static void a_board_leaves_as_csv_workbook_and_report(void **state)
{
	struct client *c = client_as(f, w.other_admin);
	(void)state;
	assert_int_equal(get(c, "/orgs/%lld/campaigns/%lld/figures.csv", (long long)w.other_ministry, (long long)week), 200);
	assert_true(body_has(c, "\"fast-office\",\"12\",\"12\",\"0\",\"0\",\"0.80\",\"0.00\",\"0.07\",\"1\""));
	assert_int_equal(get(c, "/orgs/%lld/campaigns/%lld/figures.xlsx", (long long)w.other_ministry, (long long)week), 200);
	assert_memory_equal(buf_get(&c->body).p, "PK", 2);
	assert_true(c->body.n > 1000);
	assert_int_equal(get(c, "/orgs/%lld/campaigns/%lld/report", (long long)w.other_ministry, (long long)week), 200);
	assert_memory_equal(buf_get(&c->body).p, "%PDF", 4);
	client_free(c);
}

static void a_board_is_never_older_than_five_seconds(void **state)
{
	struct board b;
	int64_t person = a_person(f, "fresh", "fresh", w.other_office, w.other_boss);
	(void)state;
	follow(f);
	for (int i = 0; i < 5; i++) {
		int64_t before = figure(f, week, w.other_office, "ms");
		learn(f, person, "resource", w.film, w.course, SECOND, f->app.fixed_now);
		pass(f, 2 * SECOND);
		work_now(f);
		assert_int_equal(figure(f, week, w.other_office, "ms"), before + SECOND);
		query_end();
		assert_int_equal(board_of(&f->cx, week, w.other_office, false, NONE, &b), OK);
		assert_true(b.age_ms >= 0 && b.age_ms <= 5 * SECOND);
	}
}

static void themes_of_the_days_are_written_by_who_holds_it(void **state)
{
	struct client *c = client_as(f, w.operator), *other = client_as(f, w.admin);
	char path[160];
	int64_t n = query_int(f, "SELECT count(*) FROM campaign_theme WHERE campaign_id = %lld", (long long)week);
	char form[300];
	(void)state;
	query_end();
	assert_int_equal(n, 4); /* the Sankalps */
	int64_t org = query_int(f, "SELECT org_id FROM campaign WHERE id = %lld", (long long)week);
	query_end();
	snprintf(path, sizeof path, "/orgs/%lld/campaigns/%lld/themes", (long long)org, (long long)week);
	assert_int_equal(get(c, "%s", path), 200);
	snprintf(form, sizeof form, "n=5&name_en=Files&words_en=Which+file+waits+longest%%3F");
	assert_int_equal(post(c, path, form), 303);
	assert_int_equal(post(c, path, "n=7&name_en=Files&words_en=x"), 404); /* no gap */
	assert_int_equal(post(c, path, "n=1&name_en=&words_en=x"), 422);
	assert_int_equal(query_int(f, "SELECT count(*) FROM campaign_theme WHERE campaign_id = %lld AND n = 4 AND name_hi = 'Files'", (long long)week), 1);
	query_end();
	snprintf(path, sizeof path, "/orgs/%lld/campaigns/%lld/themes/remove", (long long)org, (long long)week);
	assert_int_equal(post(c, path, "n=1"), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM campaign_theme WHERE campaign_id = %lld AND n = 3 AND name_en = 'Files'", (long long)week), 1);
	query_end();
	snprintf(path, sizeof path, "/orgs/%lld/campaigns/%lld/themes", (long long)w.office, (long long)week);
	assert_int_equal(get(other, "%s", path), 403);
	client_free(c);
	client_free(other);
}

static void campaigns_of_one_organisation_do_not_overlap(void **state)
{
	(void)state;
	(void)a_campaign(f, w.operator, w.root, "A second week", today + 7, today + 12, "\"counts\":\"competency\",\"events\":\"linked\"", 409);
	(void)a_campaign(f, w.operator, w.root, "Backwards", today + 40, today + 30, "\"counts\":\"competency\",\"events\":\"linked\"", 422);
	(void)a_campaign(f, w.operator, w.root, "Past", today - 40, today - 30, "\"counts\":\"competency\",\"events\":\"linked\"", 422);
	(void)a_campaign(f, w.operator, w.root, "For ever", today + 40, today + 400, "\"counts\":\"competency\",\"events\":\"linked\"", 422);
	int64_t own =
		a_campaign(f, w.operator, w.other_ministry, "A week of our own", today + 5, today + 12, "\"counts\":\"competency\",\"events\":\"linked\"", 200);
	assert_true(own > 0);
}

static void who_is_posted_where_is_known_as_soon_as_a_campaign_is_announced(void **state)
{
	(void)state;
	int64_t org = an_office("late-ministry", w.root, 11, 0);
	query_end();
	(void)a_campaign(f, w.operator, org, "Late week", today + 10, today + 12, "\"counts\":\"listed\",\"events\":\"all\"", 200);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT n FROM campaign_people WHERE org_id = %lld", (long long)org), 11);
	query_end();
}

static enum err rebuild_fn(struct ctx *cx, void *arg)
{
	(void)arg;
	return campaign_rebuild(cx);
}

static void figures_made_anew_are_the_same(void **state)
{
	char before[400], after[400];
	static const char sums[] = "SELECT count(*) || ' ' || sum(n) || ' ' || sum(n_reached) || ' ' || sum(n_pledged) || ' ' || sum(ms) || ' ' || "
				   "sum(published_ms) FROM campaign_figure "
				   "WHERE n <> 0 OR n_reached <> 0 OR n_pledged <> 0 OR ms <> 0 OR published_ms <> 0";
	(void)state;
	follow(f);
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
	f->app.fixed_now = noon(today) + 4 * HOUR;
	f->cx.now = f->app.fixed_now;
	schedule_work(f);
	struct client *c = client_as(f, w.operator);
	week = a_campaign(f, w.operator, w.root, "National Learning Week", today, today + 7, "\"counts\":\"listed\",\"events\":\"all\"", 200);
	NEED(post_json(c, base_of("/api/v1/orgs/%lld/campaigns/%lld/courses", (long long)w.root, (long long)week),
		       base_of("{\"called\":\"%lld\"}", (long long)w.course)) == 200,
	     "not listed: %s", buf_get(&c->body).p);
	client_free(c);
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
		cmocka_unit_test(hours_count_partly_and_no_more_than_the_published_length),
		cmocka_unit_test(the_count_of_other_platforms_stands_beside_it),
		cmocka_unit_test(a_pledge_is_counted_once_and_a_note_is_nobody_elses),
		cmocka_unit_test(a_target_that_was_reached_stays_though_dates_are_shortened),
		cmocka_unit_test(an_extension_is_for_its_organisation_and_all_below_and_is_kept_with_its_reason),
		cmocka_unit_test(the_certificate_and_the_lists_bear_the_dates_of_ones_own_organisation),
		cmocka_unit_test(learning_counts_where_one_was_posted_on_the_day),
		cmocka_unit_test(what_a_transaction_brings_late_is_counted_within_two_minutes),
		cmocka_unit_test(two_accounts_are_one_person_in_the_figures_too),
		cmocka_unit_test(what_an_account_pledged_and_reached_is_the_persons_when_it_is_joined),
		cmocka_unit_test(boards_rank_by_head_and_say_nothing_of_few),
		cmocka_unit_test(a_board_leaves_as_csv_workbook_and_report),
		cmocka_unit_test(a_board_is_never_older_than_five_seconds),
		cmocka_unit_test(themes_of_the_days_are_written_by_who_holds_it),
		cmocka_unit_test(campaigns_of_one_organisation_do_not_overlap),
		cmocka_unit_test(who_is_posted_where_is_known_as_soon_as_a_campaign_is_announced),
		cmocka_unit_test(nobody_is_counted_by_what_was_read_before_the_dates_changed),
		cmocka_unit_test(figures_made_anew_are_the_same),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
