/* groups: measures groups over many people, on a data folder that holds the demonstration.
 *
 *   groups DATA N     adds N people to 1,000 offices below one ministry, and 100 rules; then times a preview, the first fill of one
 *                     group of everybody, a sweep over all rules with and without differences, one person's change, the dry run and the
 *                     assignment of a course to everybody, and taking it back. A line a figure. */
#include "app/features.h"
#include "base/clock.h"
#include "feature/credential/credential.h"
#include "feature/group/group_assign.h"
#include "feature/org/org.h"
#include "feature/person/person.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

enum { OFFICES = 1000, RULES = 100, PER_TX = 2000, DESIGNATIONS = 3 };

struct measure {
	struct ctx *cx;
	struct db_pool *pool;
	int64_t ministry, office[OFFICES], designation[DESIGNATIONS], admin, course, from, to, group, other, assign;
	int64_t person, given_at;
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

static enum err make_places(struct ctx *cx, void *arg)
{
	struct measure *m = arg;
	static const struct {
		const char *code, *service, *group;
		int64_t level;
	} posts[DESIGNATIONS] = { { "measure-so", "CSS", "B", 8 }, { "measure-us", "CSS", "A", 11 }, { "measure-as", "CSCS", "C", 6 } };
	struct org_add o = { .code = S("measure"),
			     .kind = S("ministry"),
			     .name_en = S("Ministry of Measures"),
			     .name_hi = S("माप मंत्रालय"),
			     .short_name = S("M"),
			     .parent_id = NONE };
	TRY(org_add(cx, &o, &m->ministry));
	for (int i = 0; i < OFFICES; i++) {
		o = (struct org_add){ .code = str_fmt(cx->arena, "measure-%d", i),
				      .kind = S("office"),
				      .name_en = str_fmt(cx->arena, "Office %d", i),
				      .name_hi = S("कार्यालय"),
				      .short_name = S("O"),
				      .parent_id = m->ministry };
		TRY(org_add(cx, &o, &m->office[i]));
	}
	for (int i = 0; i < DESIGNATIONS; i++) {
		m->designation[i] = new_id(cx);
		TRY(person_sql_add_designation(cx, m->designation[i], str_of(posts[i].code), str_of(posts[i].code), str_of(posts[i].code),
					       str_of(posts[i].service), str_of(posts[i].group), posts[i].level, i, NULL));
	}
	struct group_courses_row *courses;
	size_t n;
	TRY(group_sql_courses(cx, &courses, &n));
	m->course = courses[0].id;
	return person_add(cx, &(struct person_add){ .name = S("Administrator of measures"), .lang = S("en") }, &m->admin);
}

static enum err make_people(struct ctx *cx, void *arg)
{
	struct measure *m = arg;
	cx->bulk = true;
	for (int64_t n = m->from; n < m->to; n++) {
		struct arena_mark mark = arena_mark(cx->arena);
		struct person_add in = { .name = str_fmt(cx->arena, "Person %lld", (long long)n),
					 .employee_no = str_fmt(cx->arena, "M%lld", (long long)n),
					 .lang = S("en") };
		struct person_post post = { .org_id = m->office[n % OFFICES],
					    .designation_id = m->designation[n % DESIGNATIONS],
					    .supervisor_id = NONE,
					    .from_day = person_today(cx) - 100 - n % 3000 };
		TRY(person_add(cx, &in, &post.person_id));
		TRY(person_post(cx, &post));
		m->person = post.person_id;
		arena_back(cx->arena, mark);
	}
	cx->bulk = false;
	return OK;
}

static struct str rule_number(struct ctx *cx, const struct measure *m, int n)
{
	switch (n % 4) {
	case 0:
		return str_fmt(cx->arena, "{\"any\":[{\"all\":[{\"is\":\"org\",\"ids\":[\"%lld\"],\"below\":true},{\"is\":\"group\",\"values\":[\"B\"]}]}]}",
			       (long long)m->office[n]);
	case 1:
		return str_fmt(cx->arena, "{\"any\":[{\"all\":[{\"is\":\"designation\",\"ids\":[\"%lld\"]},{\"is\":\"org\",\"ids\":[\"%lld\"]}]}]}",
			       (long long)m->designation[n % 3], (long long)m->office[n]);
	case 2:
		return str_fmt(cx->arena, "{\"any\":[{\"all\":[{\"is\":\"post\",\"months\":%d},{\"is\":\"org\",\"ids\":[\"%lld\"]}]}]}", 3 + n,
			       (long long)m->office[n]);
	default:
		return str_fmt(
		    cx->arena,
		    "{\"any\":[{\"all\":[{\"is\":\"level\",\"from\":9},{\"is\":\"org\",\"ids\":[\"%lld\"]},{\"is\":\"not_completed\",\"course\":\"%lld\"}]}]}",
		    (long long)m->office[n], (long long)m->course);
	}
}

static enum err make_rules(struct ctx *cx, void *arg)
{
	struct measure *m = arg;
	for (int i = 0; i < RULES - 1; i++)
		TRY(group_add(cx, &(struct group_add){ m->ministry, S("Measured"), rule_number(cx, m, i) }, &m->other));
	return OK;
}

static enum err make_group(struct ctx *cx, void *arg)
{
	struct measure *m = arg;
	struct str rule = str_fmt(cx->arena, "{\"any\":[{\"all\":[{\"is\":\"org\",\"ids\":[\"%lld\"],\"below\":true}]}]}", (long long)m->ministry);
	return group_add(cx, &(struct group_add){ m->ministry, S("Everybody"), rule }, &m->group);
}

static enum err preview(struct ctx *cx, void *arg)
{
	const struct measure *m = arg;
	struct group_preview p;
	struct rule r;
	TRY(rule_parse(cx,
		       str_fmt(cx->arena, "{\"any\":[{\"all\":[{\"is\":\"org\",\"ids\":[\"%lld\"],\"below\":true},{\"is\":\"level\",\"from\":1}]}]}",
			       (long long)m->ministry),
		       &r));
	TRY(group_preview(cx, m->ministry, m->group ? m->group : NONE, &r, &p));
	printf("  (%lld fit, %lld would enter, %lld would leave)\n", (long long)p.n_fit, (long long)p.n_enter, (long long)p.n_leave);
	return OK;
}

static enum err sweep(struct ctx *cx, void *arg)
{
	(void)arg;
	return group_sweep_soon(cx);
}

static enum err move_one(struct ctx *cx, void *arg)
{
	const struct measure *m = arg;
	return person_post(cx, &(struct person_post){ m->person, m->office[7], m->designation[1], NONE, person_today(cx) });
}

static enum err ask(struct ctx *cx, void *arg)
{
	struct measure *m = arg;
	cx->actor.person_id = m->admin;
	enum err e = group_assign_add(cx, &(struct group_assign){ m->group, m->course, person_today(cx) + 90, S("for the measure") }, &m->assign);
	cx->actor.person_id = 0;
	return e;
}

static enum err give(struct ctx *cx, void *arg)
{
	struct measure *m = arg;
	m->given_at = cx->now;
	return group_assign_begin(cx, m->assign);
}

static enum err back(struct ctx *cx, void *arg)
{
	return group_assign_undo(cx, ((struct measure *)arg)->assign);
}

static enum err tell(struct ctx *cx, void *arg)
{
	struct group_assign_one_row a;
	bool found;
	TRY(group_sql_assign_one(cx, ((struct measure *)arg)->assign, &a, &found));
	printf("  (%.*s: %lld people, %lld assigned, %lld withdrawn)\n", STR_ARG(a.state), (long long)a.n_people, (long long)a.n_assigned,
	       (long long)a.n_withdrawn);
	return OK;
}

/* When the course stood with everybody: people are told of it afterwards, by a work of its own. */
static enum err tell_assigned(struct ctx *cx, void *arg)
{
	const struct measure *m = arg;
	struct group_assign_one_row a;
	bool found;
	TRY(group_sql_assign_one(cx, m->assign, &a, &found));
	printf("%-60s %7.1f s\n", "a course is assigned to everybody", (double)(a.assigned_at - m->given_at) / 1e3);
	return OK;
}

/* Does what is due; how long it took. */
static void work(struct measure *m, const char *what)
{
	struct job_options o = { .kinds = feature_jobs, .pool = m->pool, .app = m->cx->app };
	struct ctx cx = { .arena = arena_new(), .app = m->cx->app, .db = m->cx->db };
	int64_t begun = clock_monotonic();
	unsigned n;
	must(&cx, job_run_due(&cx, &o, &n), what);
	printf("%-60s %7.1f s\n", what, since(begun));
	fflush(stdout);
	arena_free(cx.arena);
}

static void look(struct measure *m, db_fn *fn)
{
	arena_reset(m->cx->arena);
	must(m->cx, db_read(m->cx, fn, m), "look");
}

static void read_timed(struct measure *m, db_fn *fn, const char *what)
{
	arena_reset(m->cx->arena);
	m->cx->now = clock_now();
	int64_t begun = clock_monotonic();
	must(m->cx, db_read(m->cx, fn, m), what);
	printf("%-60s %7.1f s\n", what, since(begun));
}

static void measure(struct measure *m, int64_t n)
{
	int64_t begun;
	change(m, make_places, "places");
	for (m->from = 0; m->from < n; m->from = m->to) {
		m->to = m->from + PER_TX < n ? m->from + PER_TX : n;
		change(m, make_people, "people");
	}
	read_timed(m, preview, "preview of a rule that takes in everybody");
	change(m, make_group, "group");
	work(m, "first fill of a group of everybody");
	read_timed(m, preview, "preview compared with everybody");
	begun = clock_monotonic();
	change(m, make_rules, "rules");
	printf("%-60s %7.1f s\n", "99 more rules, each of an office of a thousand people", since(begun));
	work(m, "what is left to do after 99 more rules");
	change(m, sweep, "sweep");
	work(m, "pass over 100 rules, nothing differs");
	begun = clock_monotonic();
	change(m, move_one, "move");
	printf("%-60s %7.1f ms\n", "one person is posted elsewhere, with 100 rules", since(begun) * 1000);
	change(m, ask, "ask");
	work(m, "dry run: a course for everybody");
	look(m, tell);
	change(m, give, "give");
	work(m, "a course is assigned to everybody and everybody is told");
	look(m, tell_assigned);
	look(m, tell);
	change(m, back, "back");
	work(m, "it is taken back");
	look(m, tell);
}

int main(int argc, char **argv)
{
	struct app app = { .person_changed = features_person_changed };
	struct ctx cx = { .arena = arena_new(), .app = &app, .now = clock_now(), .address = S("127.0.0.1") };
	struct measure m = { .cx = &cx };
	struct str message = STR_NONE;
	if (argc != 3)
		return 2;
	BUG_IF(sodium_init() < 0);
	app.ids = id_source_new(1);
	app.data_dir = str_of(argv[1]);
	if (credential_keys(&cx, &app, &message) != OK || db_pool_open(&cx, str_fmt(cx.arena, "sqlite:%s/karmayogi.db", argv[1]).p, &m.pool, &message) != OK) {
		fprintf(stderr, "%s\n", message.p);
		return 1;
	}
	struct arena *kept = cx.arena;
	cx.arena = arena_new();
	must(&cx, db_connect(m.pool, &cx.db), "database");
	measure(&m, strtol(argv[2], NULL, 10));
	db_close(cx.db);
	db_pool_close(m.pool);
	arena_free(cx.arena);
	arena_free(kept);
	return 0;
}
