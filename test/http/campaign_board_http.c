/* The public board of a Learning Week: what it says of many does not tell of few, not even as a difference of two figures. */
#include "feature/campaign/campaign_board.h"
#include "week.h"

static struct fixture *f;
static struct world w;
static int64_t today, week, nation;

/* ── builders ── */

static int64_t person_of(int64_t org)
{
	static int n;
	char login[20];
	snprintf(login, sizeof login, "p%d", ++n);
	int64_t id = a_person(f, login, login, org, w.boss);
	query_end();
	return id;
}

static void attend(int64_t person, int64_t minutes, int64_t day)
{
	learn(f, person, "event", 77, NONE, minutes * MINUTE, noon(day));
}

/* So many more people of an organisation, each with so many minutes on the first day. */
static void learners(int64_t org, int n, int64_t minutes)
{
	for (int i = 0; i < n; i++)
		attend(person_of(org), minutes, today);
}

static int64_t below(int64_t parent, const char *code, int n, int64_t minutes)
{
	int64_t org = an_org(f, code, code, parent);
	query_end();
	learners(org, n, minutes);
	return org;
}

static int64_t org(const char *code)
{
	int64_t id = query_int(f, "SELECT id FROM org WHERE code = '%s'", code);
	query_end();
	return id;
}

static void pledges(int64_t org_id, int n)
{
	for (int i = 0; i < n; i++) {
		struct client *c = client_as(f, person_of(org_id));
		assert_int_equal(post(c, base_of("/campaigns/%lld/pledge", (long long)week), ""), 303);
		client_free(c);
	}
}

/* The board as everybody sees it. */
static struct board seen(int64_t org_id, int64_t day)
{
	struct board b;
	query_end();
	assert_int_equal(board_of(&f->cx, week, org_id, true, day, &b), OK);
	return b;
}

static const struct board_line *line_on(const struct board *b, const char *code)
{
	for (size_t i = 0; i < b->n_lines; i++)
		if (str_is(b->lines[i].name, code))
			return &b->lines[i];
	return NULL;
}

static int64_t ms_on(const struct board *b, int64_t day)
{
	int64_t ms = 0;
	for (size_t i = 0; i < b->n_days; i++)
		ms += b->days[i].at == day ? b->days[i].ms : 0;
	return ms;
}

static int64_t ms_by_hour(const struct board *b)
{
	int64_t ms = 0;
	for (size_t i = 0; i < CAMPAIGN_HOURS; i++)
		ms += b->hours[i].ms;
	return ms;
}

/* ── rules ── */

/* Of the nation, one officer of a third ministry is alone: the second is left out with him, so that he is not the difference. */
static void who_is_left_out_above_is_not_found_by_the_address_either(void **state)
{
	struct client *nobody = client_new(f);
	(void)state;
	struct board b = seen(nation, NONE);
	assert_non_null(line_on(&b, "first-ministry"));
	assert_null(line_on(&b, "second-ministry"));
	assert_null(line_on(&b, "third-ministry"));
	static const char *const hidden[] = { "second-ministry", "second-section", "third-ministry" };
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(get(nobody, "/api/v1/campaigns/%lld/board?org_id=%lld", (long long)week, (long long)org(hidden[i])), 200);
		assert_true(body_has(nobody, "\"small\":true") && body_has(nobody, "\"people\":0,\"n\":0") && body_has(nobody, "\"ms\":0"));
		assert_int_equal(get(nobody, "/campaigns/%lld/board?org_id=%lld", (long long)week, (long long)org(hidden[i])), 200);
		assert_true(body_has(nobody, "others could be found from their figures"));
		assert_false(body_has(nobody, "people take part"));
	}
	assert_int_equal(get(nobody, "/api/v1/campaigns/%lld/board?org_id=%lld", (long long)week, (long long)org("first-ministry")), 200);
	assert_true(body_has(nobody, "\"small\":false"));
	client_free(nobody);
	/* Who manages sees it as ever. */
	assert_int_equal(board_of(&f->cx, week, org("second-ministry"), false, NONE, &b), OK);
	assert_false(b.small);
	assert_int_equal(b.whole.n, 13);
	query_end();
}

static void what_is_left_of_the_whole_is_of_ten_people_or_of_none(void **state)
{
	(void)state;
	struct board b = seen(org("first-ministry"), NONE); /* two people are of the ministry itself */
	assert_non_null(line_on(&b, "first-wing"));
	assert_null(line_on(&b, "second-wing"));
	b = seen(org("fourth-ministry"), NONE); /* one and two people are of two small offices */
	assert_non_null(line_on(&b, "large-office"));
	assert_null(line_on(&b, "middle-office"));
	assert_null(line_on(&b, "small-office"));
	b = seen(org("fifth-ministry"), NONE); /* nobody is left */
	assert_non_null(line_on(&b, "north"));
	assert_non_null(line_on(&b, "south"));
	/* A minute of one of them, when he was still of the ministry itself. */
	tamper(f, "UPDATE campaign_figure SET ms = ms + 60000 WHERE campaign_id = %lld AND org_id = %lld AND day = 0", (long long)week,
	       (long long)org("fifth-ministry"));
	b = seen(org("fifth-ministry"), NONE);
	assert_null(line_on(&b, "south"));
	tamper(f, "UPDATE campaign_figure SET ms = ms - 60000 WHERE campaign_id = %lld AND org_id = %lld AND day = 0", (long long)week,
	       (long long)org("fifth-ministry"));
}

/* Of the fifth ministry three in the south have reached the target; of its twelve pledges all are of the north, and three more are of the fourth ministry. */
static void a_count_of_few_is_not_the_difference_of_two_that_are_said(void **state)
{
	(void)state;
	struct board b = seen(org("fifth-ministry"), NONE);
	assert_int_equal(b.whole.n_reached, 15);
	assert_int_equal(line_on(&b, "south")->n_reached, NONE);
	assert_int_equal(line_on(&b, "north")->n_reached, NONE);
	b = seen(nation, NONE);
	assert_int_equal(b.whole.n_pledged, 15);
	assert_int_equal(line_on(&b, "fifth-ministry")->n_reached, 15); /* the others have none */
	assert_int_equal(line_on(&b, "first-ministry")->n_reached, 0);
	assert_int_equal(line_on(&b, "fourth-ministry")->n_pledged, NONE);
	assert_int_equal(line_on(&b, "fifth-ministry")->n_pledged, NONE);
	b = seen(org("fifth-ministry"), NONE);
	assert_int_equal(b.whole.n_pledged, NONE);
	assert_int_equal(line_on(&b, "north")->n_pledged, NONE);
	assert_int_equal(line_on(&b, "south")->n_pledged, NONE);
}

static void a_day_of_few_is_not_the_difference_of_the_whole_and_the_other_days(void **state)
{
	int64_t ministry = org("sixth-ministry"), one = person_of(ministry);
	(void)state;
	struct board b = seen(ministry, NONE);
	assert_int_equal(ms_on(&b, today), 14 * 4 * MINUTE);
	assert_int_equal(ms_on(&b, today + 1), 12 * 3 * MINUTE);
	attend(one, 5, today + 2);
	follow(f);
	b = seen(ministry, today + 1);
	assert_int_equal(ms_on(&b, today), 14 * 4 * MINUTE);
	assert_int_equal(ms_on(&b, today + 1), 0);
	assert_int_equal(ms_on(&b, today + 2), 0);
	assert_int_equal(ms_by_hour(&b), 0); /* nor are the hours of a day that is not said */
	b = seen(ministry, today);
	assert_int_equal(ms_by_hour(&b), 14 * 4 * MINUTE);
	/* Two small days are both that one person's. */
	attend(one, 5, today + 3);
	follow(f);
	b = seen(ministry, NONE);
	assert_int_equal(ms_on(&b, today), 14 * 4 * MINUTE);
	assert_int_equal(ms_on(&b, today + 1), 0);
}

/* ── */

static int begin(void **state)
{
	int64_t at, both[14];
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	today = clock_day_in_india(f->app.fixed_now) + 1;
	f->app.fixed_now = noon(today) + 4 * HOUR;
	f->cx.now = f->app.fixed_now;
	schedule_work(f);
	nation = an_org(f, "nation", "nation", w.root);
	query_end();
	week = a_campaign(f, w.operator, nation, "National Learning Week", today, today + 7, "\"counts\":\"listed\",\"events\":\"all\"", 200);
	at = below(nation, "first-ministry", 2, 4);
	below(at, "first-wing", 12, 4);
	below(at, "second-wing", 11, 4);
	at = below(nation, "second-ministry", 0, 0);
	below(at, "second-section", 13, 4);
	below(nation, "third-ministry", 1, 4);
	at = below(nation, "fourth-ministry", 0, 0);
	below(at, "large-office", 20, 4);
	pledges(below(at, "middle-office", 14, 4), 3);
	below(at, "small-office", 1, 4);
	below(at, "tiny-office", 2, 4);
	at = below(nation, "fifth-ministry", 0, 0);
	pledges(below(at, "north", 12, 31), 12);
	at = below(at, "south", 3, 31);
	learners(at, 8, 4);
	at = below(nation, "sixth-ministry", 0, 0);
	for (int i = 0; i < 14; i++)
		attend(both[i] = person_of(at), 4, today);
	for (int i = 0; i < 12; i++)
		attend(both[i], 3, today + 1);
	follow(f);
	return 0;
}

static int end(void **state)
{
	(void)state;
	assert_int_equal(check_findings(f), 0);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_is_left_out_above_is_not_found_by_the_address_either),
		cmocka_unit_test(what_is_left_of_the_whole_is_of_ten_people_or_of_none),
		cmocka_unit_test(a_count_of_few_is_not_the_difference_of_two_that_are_said),
		cmocka_unit_test(a_day_of_few_is_not_the_difference_of_the_whole_and_the_other_days),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
