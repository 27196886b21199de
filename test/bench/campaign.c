/* campaign: measures a learning week of many people, on a data folder that holds the demonstration.
 *
 *   campaign DATA N    N people in 200 offices below one ministry, all of whom have learnt in the week: counting them; the board of the ministry and of an
 * office; an extension for all; how old a figure is when a thousand learn at once; and what keeping hours by thing adds to a report of progress
 *
 * A line a figure. */
#include "app/features.h"
#include "base/clock.h"
#include "feature/campaign/campaign.h"
#include "feature/campaign/campaign_board.h"
#include "feature/course/course.h"
#include "feature/credential/credential.h"
#include "feature/enrolment/enrolment.h"
#include "feature/learned/learned.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "feature/progress/progress.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

enum { DEPARTMENTS = 20, OFFICES = 200, PER_TX = 1000, READS = 300, AT_ONCE = 1000, REPORTS = 20000, GROUP = 128 };

struct measure {
	struct ctx *cx;
	struct db_pool *pool;
	int64_t ministry, department[DEPARTMENTS], office[OFFICES], designation, campaign, course, lesson, lesson_ms, from, to, n, round, age_ms;
	int64_t *person;
	bool with, open; /* open: public boards */
};

static void must(struct ctx *cx, enum err e, const char *what)
{
	if (e == OK)
		return;
	fprintf(stderr, "%s: %s %s %s\n", what, err_slug(e), cx->n_failures ? cx->failures[0].text : "", cx->trouble);
	exit(1);
}

static void change(struct measure *m, db_fn *fn, const char *what)
{
	arena_reset(m->cx->arena);
	m->cx->now = clock_now();
	must(m->cx, db_write(m->cx, m->pool, fn, m), what);
}

static double since(int64_t begun)
{
	return (double)(clock_monotonic() - begun) / 1e9;
}

/* ── the world ── */

static enum err add_org(struct ctx *cx, const char *kind, const char *code, int64_t parent, int64_t *ret)
{
	struct org_add o = { str_of(code), str_of(kind), str_of(code), str_of(code), str_of(code), parent };
	return org_add(cx, &o, ret);
}

static enum err make_places(struct ctx *cx, void *arg)
{
	struct measure *m = arg;
	TRY(add_org(cx, "ministry", "week", NONE, &m->ministry));
	for (int i = 0; i < DEPARTMENTS; i++)
		TRY(add_org(cx, "department", str_fmt(cx->arena, "week-d%d", i).p, m->ministry, &m->department[i]));
	for (int i = 0; i < OFFICES; i++)
		TRY(add_org(cx, "office", str_fmt(cx->arena, "week-o%d", i).p, m->department[i % DEPARTMENTS], &m->office[i]));
	m->designation = new_id(cx);
	return person_sql_add_designation(cx, m->designation, S("week"), S("Week"), S("सप्ताह"), S("CSS"), S("B"), 8, 1, NULL);
}

static enum err make_people(struct ctx *cx, void *arg)
{
	struct measure *m = arg;
	cx->bulk = true;
	for (int64_t n = m->from; n < m->to; n++) {
		struct arena_mark mark = arena_mark(cx->arena);
		struct person_add in = { .name = str_fmt(cx->arena, "Person %lld", (long long)n), .lang = S("en") };
		struct person_post post = {
			.org_id = m->office[n % OFFICES], .designation_id = m->designation, .supervisor_id = NONE, .from_day = person_today(cx) - 300
		};
		TRY(person_add(cx, &in, &post.person_id));
		TRY(person_post(cx, &post));
		m->person[n] = post.person_id;
		for (int k = 0; k < 3; k++)
			TRY(learned_add(cx, &(struct learnt){ post.person_id, "event", k + 1, NONE, (20 + n % 60) * MINUTE, cx->now - k * DAY - n % 8 * HOUR, NONE }));
		arena_back(cx->arena, mark);
	}
	return OK;
}

static enum err make_campaign(struct ctx *cx, void *arg)
{
	struct measure *m = arg;
	int64_t today = person_today(cx);
	struct campaign_add in = { .org_id = m->ministry,
				   .name_en = S("Week"),
				   .from_day = today - 3,
				   .last_day = today + 3,
				   .target_minutes = CAMPAIGN_TARGET,
				   .counts = S("listed"),
				   .events = S("all") };
	cx->actor = (struct actor){ .person_id = m->person[0], .zone = S("Asia/Kolkata") };
	return campaign_add(cx, &in, &m->campaign);
}

static enum err count_all(struct ctx *cx, void *arg)
{
	(void)arg;
	return campaign_rebuild(cx);
}

/* ── what is measured ── */

static enum err read_boards(struct ctx *cx, void *arg)
{
	struct measure *m = arg;
	struct board b;
	TRY(board_of(cx, m->campaign, m->to, m->open, NONE, &b));
	m->age_ms = b.age_ms;
	return OK;
}

static void boards(struct measure *m, int64_t org_id, const char *what)
{
	m->to = org_id;
	int64_t begun = clock_monotonic();
	for (int i = 0; i < READS; i++) {
		arena_reset(m->cx->arena);
		m->cx->now = clock_now();
		must(m->cx, db_read(m->cx, read_boards, m), what);
	}
	printf("%s: %.3f ms\n", what, since(begun) * 1000 / READS);
}

/* One of each: what the slowest of all takes. */
static void every_board(struct measure *m)
{
	double worst = 0;
	for (int i = 0; i < 1 + DEPARTMENTS + OFFICES; i++) {
		m->to = i == 0 ? m->ministry : i <= DEPARTMENTS ? m->department[i - 1] : m->office[i - 1 - DEPARTMENTS];
		arena_reset(m->cx->arena);
		m->cx->now = clock_now();
		int64_t begun = clock_monotonic();
		must(m->cx, db_read(m->cx, read_boards, m), "boards");
		double took = since(begun);
		worst = took > worst ? took : worst;
	}
	printf("slowest board of any organisation: %.3f ms\n", worst * 1000);
}

static enum err extend(struct ctx *cx, void *arg)
{
	struct measure *m = arg;
	int64_t today = person_today(cx);
	return campaign_dates(cx, &(struct campaign_dates){ m->campaign, m->ministry, today - 3, today + 9, S("measured") });
}

static enum err all_learn(struct ctx *cx, void *arg)
{
	struct measure *m = arg;
	for (int64_t i = 0; i < AT_ONCE && i < m->n; i++)
		TRY(learned_add(cx, &(struct learnt){ m->person[i], "event", 9, NONE, MINUTE, cx->now, NONE }));
	return OK;
}

static enum err follow(struct ctx *cx, void *arg)
{
	struct job *j = arg;
	j->wait_until = 0;
	return campaign_jobs[0].step(cx, j);
}

/* Steps of the follower until it waits. */
static void freshness(struct measure *m, const char *what, db_fn *before)
{
	struct job j = { .wait_until = 0 };
	int steps = 0;
	if (before)
		change(m, before, what);
	int64_t begun = clock_monotonic();
	while (!j.wait_until) {
		arena_reset(m->cx->arena);
		m->cx->now = clock_now();
		must(m->cx, campaign_jobs[0].act(m->cx, &j), what);
		must(m->cx, db_write(m->cx, m->pool, follow, &j), what);
		steps++;
	}
	printf("%s: %.3f s in %d steps\n", what, since(begun), steps);
}

/* ── reports of progress ── */

static enum err find_lesson(struct ctx *cx, void *arg)
{
	struct measure *m = arg;
	struct course_outline_row *r;
	struct course_of_code_row course;
	bool found = false;
	size_t n;
	TRY(course_sql_of_code(cx, S("file-security"), &course, &found));
	BUG_IF(!found);
	m->course = course.id;
	TRY(course_sql_outline(cx, m->person[0], m->course, &r, &n));
	for (size_t i = 0; i < n && !m->lesson; i++)
		if (!str_is(r[i].kind, "quiz")) {
			m->lesson = r[i].id;
			m->lesson_ms = r[i].ms;
		}
	for (int64_t i = 0; i < m->n && i < REPORTS; i++)
		TRY(enrolment_add(cx, m->person[i], m->course));
	return OK;
}

/* A group of reports, each of another person, as they come every few seconds; with: the row of `learned` is written once more. */
static enum err report(struct ctx *cx, void *arg)
{
	struct measure *m = arg;
	int64_t begun = cx->now + m->round * 20 * SECOND;
	for (int64_t i = m->from; i < m->to; i++) {
		struct arena_mark mark = arena_mark(cx->arena);
		struct standing s;
		cx->actor = (struct actor){ .person_id = m->person[i], .zone = S("Asia/Kolkata") };
		cx->now = begun;
		struct report in = { .resource_id = m->lesson,
				     .session = progress_open(cx, m->lesson),
				     .seq = m->round,
				     .intervals = str_fmt(cx->arena, "[[%lld,%lld]]", (long long)m->round * 1000, (long long)m->round * 1000 + 900) };
		cx->now = begun + 10 * SECOND;
		TRY(progress_report(cx, &in, &s));
		if (m->with)
			TRY(learned_sql_add(cx, m->person[i], 1, 1, S("resource"), m->lesson, m->course, 900, cx->now, NONE, NULL));
		arena_back(cx->arena, mark);
	}
	return OK;
}

static double reports(struct measure *m, int64_t from, int64_t to, bool with)
{
	int64_t begun = clock_monotonic();
	m->with = with;
	for (m->from = from; m->from < to; m->from = m->to) {
		m->to = m->from + GROUP < to ? m->from + GROUP : to;
		change(m, report, "reports");
	}
	return since(begun);
}

/* Reports as they are, and with the row of `learned` written once more: what it costs is the difference. In turns, so that the machine's other work meets both;
 * the first round, in which rows come to be, does not count. */
static void heartbeat(struct measure *m)
{
	enum { PIECES = 10, ROUNDS = 6 };
	double is = 0, more = 0;
	int64_t n = m->n < REPORTS ? m->n : REPORTS, piece = n / (2 * PIECES);
	change(m, find_lesson, "lesson");
	reports(m, 0, n, true);
	for (m->round = 1; m->round < ROUNDS; m->round++)
		for (int i = 0; i < PIECES; i++) {
			is += reports(m, 2 * i * piece, (2 * i + 1) * piece, false);
			more += reports(m, (2 * i + 1) * piece, (2 * i + 2) * piece, true);
		}
	printf("what is written of a report with hours by thing, beside one without: %.3f\n", is / (2 * is - more));
}

int main(int argc, char **argv)
{
	struct app app = { .base_url = S("http://127.0.0.1"), .ids = id_source_new(3), .person_changed = features_person_changed };
	struct ctx cx = { .arena = arena_new(), .app = &app, .actor = { .zone = S("Asia/Kolkata") } };
	struct str message = STR_NONE;
	int64_t n = 0;
	if (argc != 3 || !str_int(str_of(argv[2]), &n) || n < AT_ONCE) {
		fprintf(stderr, "campaign DATA N (at least %d)\n", (int)AT_ONCE);
		return 2;
	}
	struct measure m = { .cx = &cx, .n = n, .person = calloc((size_t)n, sizeof *m.person) };
	if (sodium_init() < 0 || !m.person)
		return 1;
	app.data_dir = str_of(argv[1]);
	must(&cx, credential_keys(&cx, &app, &message), "keys");
	must(&cx, db_pool_open(&cx, str_fmt(cx.arena, "sqlite:%s/karmayogi.db", argv[1]).p, &m.pool, &message), "database");
	must(&cx, db_connect(m.pool, &cx.db), "connection");
	change(&m, make_places, "places");
	for (m.from = 0; m.from < n; m.from = m.to) {
		m.to = m.from + PER_TX < n ? m.from + PER_TX : n;
		change(&m, make_people, "people");
	}
	cx.bulk = false;
	change(&m, make_campaign, "campaign");
	freshness(&m, "what was learnt before, followed", NULL);
	int64_t begun = clock_monotonic();
	change(&m, count_all, "counting");
	printf("all people counted anew: %.1f s\n", since(begun));
	boards(&m, m.ministry, "board of the ministry");
	boards(&m, m.office[7], "board of an office");
	m.open = true;
	boards(&m, m.office[7], "public board of an office");
	m.open = false;
	every_board(&m);
	begun = clock_monotonic();
	change(&m, extend, "extension");
	printf("extension for all: %.2f ms\n", since(begun) * 1000);
	freshness(&m, "a thousand people learn at once, until the board has it", all_learn);
	boards(&m, m.ministry, "the same board afterwards");
	printf("how old it says it is: %.3f s\n", (double)m.age_ms / 1000);
	heartbeat(&m);
	db_close(cx.db);
	db_pool_close(m.pool);
	free(m.person);
	arena_free(cx.arena);
	return 0;
}
