/* Groups by rule: members follow people, jobs survive a stop, assignments reach everybody and can be taken back, and nobody sees another office's. */
#include "http_test.h"
#include "feature/check/check.h"
#include "feature/completion/completion.h"
#include "feature/enrolment/enrolment.h"
#include "feature/group/group_assign.h"
#include "web/access.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static struct fixture *f;
static struct world w;
static int64_t director; /* a designation of Group A, level 13 */

#define ONE(condition) "{\"any\":[{\"all\":[" condition "]}]}"

static const char *rulef(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static const char *rulef(const char *fmt, ...)
{
	static char text[4][2000];
	static int next;
	char *t = text[next++ % 4];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(t, sizeof text[0], fmt, ap);
	va_end(ap);
	return t;
}

/* ── acting inside ── */

struct making {
	int64_t org_id, id;
	const char *rule;
};
static enum err make_in(struct ctx *cx, void *arg)
{
	struct making *m = arg;
	struct group_add in = { m->org_id, S("A group"), str_of(m->rule) };
	return group_add(cx, &in, &m->id);
}

static int64_t a_group(int64_t org_id, const char *rule)
{
	struct making m = { .org_id = org_id, .rule = rule };
	in_tx(f, make_in, &m);
	return m.id;
}

static enum err change_in(struct ctx *cx, void *arg)
{
	const struct making *m = arg;
	return group_change(cx, m->id, S("Another name"), str_of(m->rule));
}

static enum err end_in(struct ctx *cx, void *arg)
{
	const struct making *m = arg;
	return group_end(cx, m->id);
}

static int64_t members(int64_t group)
{
	return query_int(f, "SELECT count(*) FROM group_member WHERE group_id = %lld AND until_at IS NULL", (long long)group);
}

static bool is_in(int64_t group, int64_t person)
{
	return query_int(f, "SELECT count(*) FROM group_member WHERE group_id = %lld AND person_id = %lld AND until_at IS NULL", (long long)group,
			 (long long)person) == 1;
}

static int64_t stints(int64_t group, int64_t person)
{
	return query_int(f, "SELECT count(*) FROM group_member WHERE group_id = %lld AND person_id = %lld", (long long)group, (long long)person);
}

static enum err post_in(struct ctx *cx, void *arg)
{
	return person_post(cx, arg);
}

static void move(int64_t person, int64_t org, int64_t designation, int64_t from_day)
{
	struct person_post p = { person, org, designation, NONE, from_day };
	in_tx(f, post_in, &p);
}

static enum err leave_in(struct ctx *cx, void *arg)
{
	int64_t posting;
	return person_leave(cx, *(const int64_t *)arg, person_today(cx) - 1, &posting);
}

static enum err return_in(struct ctx *cx, void *arg)
{
	return person_return(cx, *(const int64_t *)arg);
}

static void later(int64_t ms)
{
	f->app.fixed_now += ms;
	f->cx.now = f->app.fixed_now;
}

static int64_t today(void)
{
	return clock_day(S("Asia/Kolkata"), f->app.fixed_now);
}

static enum err designation_in(struct ctx *cx, void *arg)
{
	(void)arg;
	director = new_id(cx);
	return person_sql_add_designation(cx, director, S("director"), S("Director"), S("निदेशक"), S("IAS"), S("A"), 13, 20, NULL);
}

static enum err grant_in(struct ctx *cx, void *arg)
{
	const int64_t *person = arg;
	return access_grant(cx, *person, S("author"), w.institute, 0);
}

static enum err end_role_in(struct ctx *cx, void *arg)
{
	const int64_t *person = arg;
	return access_end(cx, *person, S("author"), w.institute);
}

static enum err complete_in(struct ctx *cx, void *arg)
{
	const int64_t *lesson = arg;
	struct completion done;
	TRY(enrolment_add(cx, w.learner, w.hindi));
	return completion_credit(cx, w.learner, *lesson, "review", &done);
}

static enum err sweep_in(struct ctx *cx, void *arg)
{
	(void)arg;
	return group_sweep_soon(cx);
}

static enum err rebuild_in(struct ctx *cx, void *arg)
{
	(void)arg;
	return check_rebuild(cx);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_data();
	a_world(f, &w);
	in_tx(f, designation_in, NULL);
	return 0;
}

static int end(void **state)
{
	(void)state;
	assert_int_equal(check_findings(f), 0);
	fixture_end(f);
	return 0;
}

/* ── members follow ── */

static void a_group_has_its_members_at_once_and_only_below_its_organisation(void **state)
{
	(void)state;
	int64_t all = a_group(w.ministry, rulef(ONE("{\"is\":\"org\",\"ids\":[\"%lld\"],\"below\":true}"), (long long)w.ministry));
	int64_t office = a_group(w.ministry, rulef(ONE("{\"is\":\"org\",\"ids\":[\"%lld\"]}"), (long long)w.office));
	int64_t level = a_group(w.ministry, ONE("{\"is\":\"level\",\"from\":1}"));
	int64_t here = query_int(f, "SELECT count(*) FROM posting o JOIN org_above u ON u.org_id = o.org_id WHERE u.above_id = %lld AND o.until_day IS NULL",
				 (long long)w.ministry);
	assert_true(here > 5);
	assert_int_equal(members(all), here);
	assert_int_equal(members(level), here);
	assert_true(is_in(office, w.learner) && !is_in(office, w.author));
	assert_false(is_in(level, w.other_learner));
	/* A rule cannot name what lies outside. */
	struct making m = { .org_id = w.office, .rule = rulef(ONE("{\"is\":\"org\",\"ids\":[\"%lld\"],\"below\":true}"), (long long)w.ministry) };
	assert_int_equal(db_write(&f->cx, f->pool, make_in, &m), ERR_INVALID);
	m.rule = rulef(ONE("{\"is\":\"people\",\"ids\":[\"%lld\"]}"), (long long)w.other_learner);
	assert_int_equal(db_write(&f->cx, f->pool, make_in, &m), ERR_INVALID);
}

static void a_changed_rule_changes_the_members_and_an_ended_group_has_none(void **state)
{
	(void)state;
	int64_t group = a_group(w.ministry, rulef(ONE("{\"is\":\"org\",\"ids\":[\"%lld\"]}"), (long long)w.office));
	int64_t before = members(group);
	later(HOUR);
	in_tx(
	    f, change_in,
	    &(struct making){ .id = group, .rule = rulef(ONE("{\"is\":\"people\",\"ids\":[\"%lld\",\"%lld\"]}"), (long long)w.learner, (long long)w.author) });
	assert_int_equal(members(group), 2);
	assert_int_equal(stints(group, w.learner), 1);
	/* What it was an hour ago can still be said. */
	assert_int_equal(query_int(f, "SELECT count(*) FROM group_member WHERE group_id = %lld AND since_at < %lld AND (until_at IS NULL OR until_at >= %lld)",
				   (long long)group, (long long)f->app.fixed_now - 1000, (long long)f->app.fixed_now - 1000),
			 before);
	later(HOUR);
	in_tx(f, end_in, &(struct making){ .id = group });
	assert_int_equal(members(group), 0);
	f->cx.n_failures = 0;
	assert_int_equal(db_write(&f->cx, f->pool, end_in, &(struct making){ .id = group }), ERR_CONFLICT);
}

static void a_change_of_a_person_changes_the_groups_in_the_same_transaction(void **state)
{
	(void)state;
	int64_t office = a_group(w.ministry, rulef(ONE("{\"is\":\"org\",\"ids\":[\"%lld\"],\"below\":true}"), (long long)w.office));
	int64_t group_a = a_group(w.ministry, ONE("{\"is\":\"group\",\"values\":[\"A\"]}"));
	int64_t who = a_person(f, "mover", "Dinesh Rao", w.office, 0);
	assert_true(is_in(office, who) && !is_in(group_a, who));
	later(HOUR);
	move(who, w.institute, director, today());
	assert_true(!is_in(office, who) && is_in(group_a, who));
	later(DAY);
	move(who, w.other_office, director, today());
	assert_false(is_in(group_a, who));
	in_tx(f, leave_in, &w.colleague);
	assert_false(is_in(office, w.colleague));
	later(DAY);
	in_tx(f, return_in, &w.colleague);
	move(w.colleague, w.office, a_designation(f, "so"), today());
	assert_true(is_in(office, w.colleague));
	/* The past stays. */
	assert_int_equal(stints(office, w.colleague), 2);
	assert_int_equal(stints(office, who), 1);
	assert_int_equal(check_findings(f), 0);
}

static void entering_and_leaving_in_one_moment_leaves_no_trace(void **state)
{
	(void)state;
	int64_t office = a_group(w.ministry, rulef(ONE("{\"is\":\"org\",\"ids\":[\"%lld\"]}"), (long long)w.office));
	int64_t who = a_person(f, "brief", "Farida Khan", w.office, 0);
	assert_int_equal(stints(office, who), 1);
	in_tx(f, leave_in, &who);
	assert_int_equal(stints(office, who), 0);
	later(DAY);
	in_tx(f, return_in, &who);
	move(who, w.office, director, today());
	later(DAY);
	in_tx(f, leave_in, &who);
	in_tx(f, return_in, &who);
	move(who, w.office, director, today());
	assert_int_equal(stints(office, who), 1);
	assert_true(is_in(office, who));
}

static void roles_and_completions_are_followed(void **state)
{
	(void)state;
	int64_t lesson = query_int(f, "SELECT id FROM resource WHERE course_id = %lld", (long long)w.hindi);
	int64_t authors = a_group(w.ministry, ONE("{\"is\":\"role\",\"values\":[\"author\"]}"));
	int64_t done = a_group(w.ministry, rulef(ONE("{\"is\":\"completed\",\"course\":\"%lld\"}"), (long long)w.hindi));
	int64_t open = a_group(w.office, rulef(ONE("{\"is\":\"not_completed\",\"course\":\"%lld\"}"), (long long)w.hindi));
	assert_true(is_in(authors, w.author) && !is_in(authors, w.learner));
	assert_true(!is_in(done, w.learner) && is_in(open, w.learner));
	later(HOUR);
	in_tx(f, grant_in, &w.learner);
	assert_true(is_in(authors, w.learner));
	later(HOUR);
	in_tx(f, end_role_in, &w.learner);
	assert_false(is_in(authors, w.learner));
	in_tx(f, complete_in, &lesson);
	assert_true(is_in(done, w.learner) && !is_in(open, w.learner));
}

static void what_passes_with_the_days_is_found_by_the_work_in_steps(void **state)
{
	(void)state;
	int64_t who = a_person(f, "settler", "Esha Pal", w.office, 0);
	int64_t settled = a_group(w.office, rulef(ONE("{\"is\":\"post\",\"months\":6},{\"is\":\"people\",\"ids\":[\"%lld\"]}"), (long long)who));
	assert_true(is_in(settled, who));
	later(DAY);
	move(who, w.office, director, today());
	assert_false(is_in(settled, who));
	/* Another supervisor is no other post. */
	later(100 * DAY);
	move(who, w.office, director, today());
	in_tx(f, sweep_in, NULL);
	work_now(f);
	later(100 * DAY);
	assert_false(is_in(settled, who));
	/* The days alone are no mistake of anybody. */
	assert_int_equal(check_findings(f), 0);
	in_tx(f, sweep_in, NULL);
	in_tx(f, sweep_in, NULL);
	assert_int_equal(work_now(f), 1);
	assert_true(is_in(settled, who));
}

static void membership_behind_the_programs_back_is_found_and_mended(void **state)
{
	(void)state;
	int64_t office = a_group(w.ministry, rulef(ONE("{\"is\":\"org\",\"ids\":[\"%lld\"]}"), (long long)w.office));
	int64_t before = members(office);
	assert_int_equal(check_findings(f), 0);
	tamper(f, "DELETE FROM group_member WHERE group_id = %lld AND person_id = %lld", (long long)office, (long long)w.learner);
	assert_int_equal(check_findings(f), 2); /* the person and the counter */
	tamper(f, "INSERT INTO group_member (group_id, person_id, since_at) VALUES (%lld, %lld, 1)", (long long)office, (long long)w.other_learner);
	assert_int_equal(check_findings(f), 2);
	later(HOUR);
	in_tx(f, rebuild_in, NULL);
	assert_int_equal(check_findings(f), 0);
	assert_int_equal(members(office), before);
}

/* ── many people ── */

struct crowd {
	int64_t org_id, designation_id, from, to;
};
static enum err crowd_in(struct ctx *cx, void *arg)
{
	const struct crowd *c = arg;
	cx->bulk = true;
	for (int64_t n = c->from; n < c->to; n++) {
		struct arena_mark mark = arena_mark(cx->arena);
		struct person_add in = { .name = str_fmt(cx->arena, "Crowd %lld", (long long)n),
					 .employee_no = str_fmt(cx->arena, "C%lld", (long long)n),
					 .lang = S("en") };
		struct person_post post = {
			.org_id = c->org_id, .designation_id = n % 3 ? c->designation_id : director, .supervisor_id = NONE, .from_day = clock_day_of(2026, 1, 1)
		};
		TRY(person_add(cx, &in, &post.person_id));
		TRY(person_post(cx, &post));
		arena_back(cx->arena, mark);
	}
	cx->bulk = false;
	return OK;
}

static int64_t crowd_org; /* of 3000 people */

static void a_rule_over_many_is_brought_about_by_a_job(void **state)
{
	(void)state;
	crowd_org = an_org(f, "crowd", "Crowded office", w.ministry);
	for (int64_t n = 0; n < 3000; n += 500)
		in_tx(f, crowd_in, &(struct crowd){ crowd_org, a_designation(f, "so"), n, n + 500 });
	in_tx(f, sweep_in, NULL);
	work_now(f);
	int64_t group = a_group(crowd_org, ONE("{\"is\":\"group\",\"values\":[\"A\"]}"));
	assert_int_equal(members(group), 0);
	assert_int_equal(query_int(f, "SELECT settled FROM people_group WHERE id = %lld", (long long)group), 0);
	assert_true(work_now(f) >= 1);
	assert_int_equal(members(group), 1000);
	assert_int_equal(query_int(f, "SELECT sum(n) FROM group_count WHERE group_id = %lld", (long long)group), 1000);
	assert_int_equal(query_int(f, "SELECT settled FROM people_group WHERE id = %lld", (long long)group), 1);
	/* A rule changed twice before the work begins is one piece of work, and the last rule holds. */
	later(HOUR);
	in_tx(f, change_in, &(struct making){ .id = group, .rule = ONE("{\"is\":\"group\",\"values\":[\"C\"]}") });
	in_tx(f, change_in, &(struct making){ .id = group, .rule = ONE("{\"is\":\"group\",\"values\":[\"B\"]}") });
	assert_int_equal(work_now(f), 1);
	assert_int_equal(members(group), 2000);
	assert_int_equal(query_int(f, "SELECT settled - revision FROM people_group WHERE id = %lld", (long long)group), 0);
	assert_int_equal(check_findings(f), 0);
}

/* In a process of its own, which is killed after so many microseconds. */
static void work_killed_after(unsigned us)
{
	pid_t pid = fork();
	NEED(pid >= 0, "fork");
	if (pid == 0) {
		struct ctx cx = { .arena = arena_new(), .app = &f->app, .now = f->app.fixed_now };
		struct db_pool *pool;
		struct str message;
		unsigned n;
		if (db_pool_open(&cx, f->url, &pool, &message) != OK || db_connect(pool, &cx.db) != OK)
			_exit(1);
		struct job_options o = { .kinds = feature_jobs, .pool = pool, .app = &f->app };
		_exit(job_run_due(&cx, &o, &n) != OK);
	}
	usleep(us);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	later(JOB_LEASE + SECOND);
}

static void killed_at_any_moment_the_work_goes_on(void **state)
{
	(void)state;
	int64_t group = a_group(crowd_org, ONE("{\"is\":\"level\",\"from\":1}"));
	for (unsigned i = 0; i < 12; i++)
		work_killed_after(3000 + 9000 * i);
	work_now(f);
	assert_int_equal(members(group), 3000);
	assert_int_equal(query_int(f, "SELECT count(*) FROM job WHERE kind = 'group.fill' AND state = 'failed'"), 0);
	later(HOUR);
	in_tx(f, change_in, &(struct making){ .id = group, .rule = ONE("{\"is\":\"group\",\"values\":[\"A\"]}") });
	for (unsigned i = 0; i < 6; i++)
		work_killed_after(3000 + 9000 * i);
	work_now(f);
	assert_int_equal(members(group), 1000);
	assert_int_equal(check_findings(f), 0);
}

/* Several workers, several jobs over the same people, and people changing meanwhile. */
static void several_at_once_agree(void **state)
{
	struct job_options o = { .kinds = feature_jobs, .pool = f->pool, .app = &f->app, .threads = 3 };
	struct job_runner *r = NULL;
	(void)state;
	int64_t group[3];
	int64_t moved[20];
	for (int i = 0; i < 3; i++)
		group[i] = a_group(crowd_org, ONE("{\"is\":\"level\",\"from\":13}"));
	for (int i = 0; i < 20; i++)
		moved[i] = query_int(f,
				     "SELECT p.id FROM person p JOIN posting o ON o.person_id = p.id WHERE o.org_id = %lld AND o.designation_id = %lld AND "
				     "o.until_day IS NULL ORDER BY p.id LIMIT 1 OFFSET %d",
				     (long long)crowd_org, (long long)director, i * 40);
	later(DAY);
	in_tx(f, sweep_in, NULL);
	f->cx.now = f->app.fixed_now;
	assert_int_equal(job_start(&f->cx, &o, &r), OK);
	for (int i = 0; i < 20; i++)
		move(moved[i], w.office, director, today());
	for (int i = 0;
	     i < 600 && query_int(f, "SELECT count(*) FROM job WHERE kind LIKE 'group.%%' AND once <> 'schedule' AND state IN ('queued', 'running')"); i++)
		usleep(100000);
	job_stop(r);
	for (int i = 0; i < 3; i++)
		assert_int_equal(members(group[i]), 980);
	assert_int_equal(check_findings(f), 0);
}

/* ── a course for a group ── */

struct asking {
	struct group_assign in;
	int64_t id;
};
static enum err ask_in(struct ctx *cx, void *arg)
{
	struct asking *a = arg;
	cx->actor.person_id = w.admin;
	enum err e = group_assign_add(cx, &a->in, &a->id);
	cx->actor.person_id = 0;
	return e;
}

static enum err give_in(struct ctx *cx, void *arg)
{
	return group_assign_begin(cx, ((struct asking *)arg)->id);
}

static enum err back_in(struct ctx *cx, void *arg)
{
	return group_assign_undo(cx, ((struct asking *)arg)->id);
}

static enum err stop_in(struct ctx *cx, void *arg)
{
	return group_assign_stop(cx, ((struct asking *)arg)->id);
}

static void assert_state(const struct asking *a, const char *state)
{
	char now[40];
	query_text(f, now, sizeof now, "SELECT state FROM group_assign WHERE id = %lld", (long long)a->id);
	assert_string_equal(now, state);
}

static int64_t figure(const struct asking *a, const char *column)
{
	return query_int(f, "SELECT %s FROM group_assign WHERE id = %lld", column, (long long)a->id);
}

static enum err own_assignment_in(struct ctx *cx, void *arg)
{
	struct assign in = { w.colleague, w.hindi, today() + 3, S("from the supervisor") };
	(void)arg;
	cx->actor.person_id = w.boss;
	enum err e = enrolment_assign(cx, &in);
	cx->actor.person_id = 0;
	return e;
}

static void a_course_is_counted_given_and_taken_back(void **state)
{
	(void)state;
	int64_t group = a_group(w.office, ONE("{\"is\":\"level\",\"from\":1}"));
	int64_t people = members(group);
	struct asking a = { .in = { group, w.hindi, today() + 30, S("because of the year") } };
	assert_true(people > 4);
	in_tx(f, own_assignment_in, NULL);
	in_tx(f, ask_in, &a);
	/* Counted at once: the learner has completed it, the colleague is asked already. */
	assert_state(&a, "counted");
	assert_int_equal(figure(&a, "n_people"), people);
	assert_int_equal(figure(&a, "n_completed"), 1);
	assert_int_equal(figure(&a, "n_asked"), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM assignment WHERE id = %lld", (long long)a.id), 0);
	in_tx(f, give_in, &a);
	work_now(f);
	assert_state(&a, "assigned");
	assert_int_equal(figure(&a, "n_assigned"), people - 2);
	assert_int_equal(query_int(f, "SELECT count(*) FROM assignment WHERE id = %lld AND due_day = %lld AND assigned_by = %lld", (long long)a.id,
				   (long long)today() + 30, (long long)w.admin),
			 people - 2);
	assert_int_equal(query_int(f, "SELECT count(*) FROM enrolment WHERE course_id = %lld AND person_id = %lld AND kind = 'role' AND state = 'active'",
				   (long long)w.hindi, (long long)w.boss),
			 1);
	/* Again reaches nobody. */
	struct asking again = a;
	in_tx(f, ask_in, &again);
	assert_int_equal(figure(&again, "n_asked"), people - 1);
	in_tx(f, stop_in, &again);
	assert_state(&again, "stopped");
	f->cx.n_failures = 0;
	assert_int_equal(db_write(&f->cx, f->pool, give_in, &again), ERR_CONFLICT);
	/* The boss begins to learn and keeps the enrolment; the supervisor's own assignment is not touched. */
	tamper(f, "UPDATE enrolment SET last_resource_id = (SELECT id FROM resource WHERE course_id = %lld) WHERE course_id = %lld AND person_id = %lld",
	       (long long)w.hindi, (long long)w.hindi, (long long)w.boss);
	later(HOUR);
	in_tx(f, back_in, &a);
	work_now(f);
	assert_state(&a, "undone");
	assert_int_equal(figure(&a, "n_withdrawn"), people - 2);
	assert_int_equal(query_int(f, "SELECT count(*) FROM assignment WHERE id = %lld AND withdrawn_at IS NULL", (long long)a.id), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM assignment WHERE person_id = %lld AND withdrawn_at IS NULL", (long long)w.colleague), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM enrolment WHERE course_id = %lld AND person_id = %lld AND state = 'active'", (long long)w.hindi,
				   (long long)w.boss),
			 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM enrolment WHERE course_id = %lld AND state = 'ended'", (long long)w.hindi), people - 3);
	assert_int_equal(check_findings(f), 0);
}

static void killed_at_any_moment_everybody_is_asked_once(void **state)
{
	(void)state;
	int64_t group = a_group(crowd_org, ONE("{\"is\":\"level\",\"from\":1}"));
	work_now(f);
	int64_t people = members(group);
	struct asking a = { .in = { group, w.course, today() + 30, S("everybody") } };
	assert_true(people > 2500);
	in_tx(f, ask_in, &a);
	assert_state(&a, "counting");
	work_now(f);
	assert_state(&a, "counted");
	in_tx(f, give_in, &a);
	for (unsigned i = 0; i < 10; i++)
		work_killed_after(2000 + 12000 * i);
	work_now(f);
	assert_state(&a, "assigned");
	assert_int_equal(figure(&a, "n_assigned"), people);
	assert_int_equal(query_int(f, "SELECT count(*) FROM assignment WHERE id = %lld", (long long)a.id), people);
	assert_int_equal(check_findings(f), 0);
	/* Stopped half-way: all of it is taken back. */
	in_tx(f, back_in, &a);
	for (unsigned i = 0; i < 6; i++)
		work_killed_after(2000 + 12000 * i);
	work_now(f);
	assert_state(&a, "undone");
	assert_int_equal(figure(&a, "n_withdrawn"), people);
	in_tx(f, ask_in, &a);
	work_now(f);
	in_tx(f, give_in, &a);
	in_tx(f, stop_in, &a);
	work_now(f);
	assert_state(&a, "undone");
	assert_int_equal(query_int(f, "SELECT count(*) FROM assignment WHERE id = %lld AND withdrawn_at IS NULL", (long long)a.id), 0);
	assert_int_equal(check_findings(f), 0);
}

/* ── over HTTP ── */

static void the_api_makes_shows_pages_and_previews(void **state)
{
	(void)state;
	fixture_serve(f);
	struct client *c = client_as(f, w.admin);
	const char *path = base_of("/api/v1/orgs/%lld/groups", (long long)w.ministry);
	char body[400], one[200];
	snprintf(body, sizeof body,
		 "{\"name\":\"Crowd\",\"rule\":{\"any\":[{\"all\":[{\"is\":\"org\",\"ids\":[%lld]},{\"is\":\"group\",\"values\":[\"A\"]}]}]}}",
		 (long long)crowd_org);
	assert_int_equal(post_json(c, path, body), 200);
	int64_t group = json_number(c, "id");
	work_now(f);
	snprintf(one, sizeof one, "%s/%lld", path, (long long)group);
	assert_int_equal(get(c, "%s", one), 200);
	assert_int_equal(json_number(c, "members"), members(group));
	assert_true(body_has(c, "Group A"));
	/* Page by page, each person once. */
	int64_t seen = 0, after = 0;
	do {
		assert_int_equal(after ? get(c, "%s/members?after=%lld", one, (long long)after) : get(c, "%s/members", one), 200);
		for (const char *p = buf_get(&c->body).p; (p = strstr(p, "\"person_id\"")); p++)
			seen++;
		after = body_has(c, "\"next\":null") ? 0 : json_number(c, "next");
	} while (after);
	assert_int_equal(seen, members(group));
	/* Before it was made nobody was in it. */
	assert_int_equal(get(c, "%s/members?on=2026-02-01", one), 200);
	assert_true(body_has(c, "\"items\":[]"));
	snprintf(body, sizeof body,
		 "{\"group_id\":\"%lld\",\"rule\":{\"any\":[{\"all\":[{\"is\":\"org\",\"ids\":[%lld]},{\"is\":\"group\",\"values\":[\"B\"]}]}]}}",
		 (long long)group, (long long)crowd_org);
	uint64_t before = database_hash(f, true);
	assert_int_equal(post_json(c, base_of("/api/v1/orgs/%lld/group-preview", (long long)w.ministry), body), 200);
	assert_int_equal(json_number(c, "leave"), members(group));
	assert_int_equal(json_number(c, "enter"), 2000);
	assert_true(database_hash(f, true) == before);
	assert_int_equal(post_json(c, one, "{\"name\":\"Crowd\",\"rule\":{\"any\":[{\"all\":[{\"is\":\"height\"}]}]}}"), 422);
	assert_true(body_has(c, "\"field\":\"rule\""));
	assert_int_equal(get(c, "/api/v1/people/%lld/groups", (long long)w.learner), 200);
	client_free(c);
}

static void an_administrator_of_another_office_sees_and_does_nothing(void **state)
{
	(void)state;
	int64_t group = a_group(w.ministry, ONE("{\"is\":\"level\",\"from\":1}"));
	work_now(f);
	struct client *c = client_as(f, w.other_admin);
	uint64_t before = database_hash(f, true);
	assert_int_equal(get(c, "/api/v1/orgs/%lld/groups", (long long)w.ministry), 403);
	assert_int_equal(get(c, "/api/v1/orgs/%lld/groups/%lld/members", (long long)w.ministry, (long long)group), 403);
	assert_int_equal(post_json(c, base_of("/api/v1/orgs/%lld/groups", (long long)w.ministry),
				   "{\"name\":\"x\",\"rule\":{\"any\":[{\"all\":[{\"is\":\"level\",\"from\":1}]}]}}"),
			 403);
	/* Under his own organisation the group is not to be found, nor the people of the other one. */
	const char *mine = base_of("/api/v1/orgs/%lld/groups/%lld", (long long)w.other_ministry, (long long)group);
	char body[300];
	assert_int_equal(get(c, "%s", mine), 404);
	assert_int_equal(get(c, "%s/members", mine), 404);
	assert_int_equal(post_json(c, mine, "{\"name\":\"x\",\"rule\":{\"any\":[{\"all\":[{\"is\":\"level\",\"from\":1}]}]}}"), 404);
	assert_int_equal(post_json(c, base_of("%s/end", mine), "{}"), 404);
	snprintf(body, sizeof body, "{\"course_id\":\"%lld\",\"due_day\":\"2030-01-31\",\"reason\":\"x\"}", (long long)w.course);
	assert_int_equal(post_json(c, base_of("%s/assignments", mine), body), 404);
	snprintf(body, sizeof body, "{\"rule\":{\"any\":[{\"all\":[{\"is\":\"people\",\"ids\":[%lld]}]}]}}", (long long)w.learner);
	assert_int_equal(post_json(c, base_of("/api/v1/orgs/%lld/group-preview", (long long)w.other_ministry), body), 422);
	snprintf(body, sizeof body, "{\"group_id\":%lld,\"rule\":{\"any\":[{\"all\":[{\"is\":\"level\",\"from\":1}]}]}}", (long long)group);
	assert_int_equal(post_json(c, base_of("/api/v1/orgs/%lld/group-preview", (long long)w.other_ministry), body), 404);
	assert_true(database_hash(f, true) == before);
	client_free(c);
}

/* The form, without a script: what is typed stays whatever is wrong with it. */
static void a_rule_is_written_button_by_button_and_nothing_typed_is_lost(void **state)
{
	(void)state;
	struct client *c = client_as(f, w.admin);
	char draft[200], save[220];
	assert_int_equal(post(c, base_of("/orgs/%lld/group-drafts", (long long)w.ministry), ""), 303);
	snprintf(draft, sizeof draft, "%s", answer_header(c, "Location"));
	snprintf(save, sizeof save, "%s/save", draft);
	assert_int_equal(post(c, draft, "name=Half&part.0.0.block=1&kind.0=people&act=add.0"), 303);
	get(c, "%s", draft);
	assert_true(body_has(c, "part.0.0.value") && body_has(c, "value=\"Half\""));
	/* A name that nobody bears: said at its place, and kept. */
	assert_int_equal(
	    post(c, save, "name=Half&part.0.0.block=1&part.0.0.is=people&part.0.0.value=nobody%40example.gov.in&part.0.1.is=level&part.0.1.from=99"), 422);
	assert_true(body_has(c, "nobody@example.gov.in") && body_has(c, "value=\"99\"") && body_has(c, "is nobody posted here today") &&
		    body_has(c, "from 1 to 18"));
	get(c, "%s", draft);
	assert_true(body_has(c, "nobody@example.gov.in") && body_has(c, "value=\"99\""));
	/* People of another office count as nobody. */
	assert_int_equal(post(c, draft, "name=&part.0.0.is=people&part.0.0.value=other-learner%40example.gov.in&act=preview"), 303);
	get(c, "%s", answer_header(c, "Location"));
	assert_true(body_has(c, "is nobody posted here today"));
	/* Another block, a condition away, a block away. */
	post(c, draft, "part.0.0.is=people&part.0.0.value=learner%40example.gov.in&part.0.1.is=post&part.0.1.value=1&act=block");
	get(c, "%s", draft);
	assert_true(body_has(c, "part.1.0.block") && body_has(c, "part.0.1.value"));
	post(c, draft, "part.0.0.is=people&part.0.0.value=learner%40example.gov.in&part.0.1.is=post&part.0.1.value=1&part.1.0.block=1&act=remove.0.1");
	get(c, "%s", draft);
	assert_true(!body_has(c, "part.0.1.value") && body_has(c, "part.1.0.block"));
	post(c, draft, "part.0.0.is=people&part.0.0.value=learner%40example.gov.in&part.1.0.block=1&act=drop.1");
	assert_int_equal(post(c, draft, "part.0.0.is=people&part.0.0.value=learner%40example.gov.in&act=preview"), 303);
	get(c, "%s", answer_header(c, "Location"));
	assert_true(body_has(c, "Asha Verma") && body_has(c, "1 person today"));
	assert_int_equal(post(c, save, "name=&part.0.0.is=people&part.0.0.value=learner%40example.gov.in"), 422);
	assert_true(body_has(c, "A group needs a name"));
	assert_int_equal(post(c, save, "name=Only+Asha&part.0.0.is=people&part.0.0.value=learner%40example.gov.in"), 303);
	assert_int_equal(get(c, "%s", answer_header(c, "Location")), 200);
	assert_true(body_has(c, "Only Asha") && body_has(c, "Asha Verma"));
	assert_int_equal(get(c, "%s", draft), 404);
	work_now(f);
	/* Changing it begins with what it is, and shows who would enter and leave. */
	int64_t group = query_int(f, "SELECT max(id) FROM people_group");
	char form[100];
	snprintf(form, sizeof form, "group_id=%lld", (long long)group);
	assert_int_equal(post(c, base_of("/orgs/%lld/group-drafts", (long long)w.ministry), form), 303);
	snprintf(draft, sizeof draft, "%s", answer_header(c, "Location"));
	get(c, "%s", draft);
	assert_true(body_has(c, "learner@example.gov.in"));
	post(c, draft, "name=Only+Asha&part.0.0.is=people&part.0.0.value=boss%40example.gov.in&act=preview");
	get(c, "%s", answer_header(c, "Location"));
	assert_true(body_has(c, "1 would enter") && body_has(c, "1 would leave") && body_has(c, "Meera Nair"));
	/* Nobody else opens a draft. */
	struct client *o = client_as(f, w.operator);
	assert_int_equal(get(o, "%s", draft), 404);
	client_free(o);
	assert_int_equal(post(c, base_of("%s/drop", draft), ""), 303);
	assert_int_equal(get(c, "%s", draft), 404);
	client_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_group_has_its_members_at_once_and_only_below_its_organisation),
		cmocka_unit_test(a_changed_rule_changes_the_members_and_an_ended_group_has_none),
		cmocka_unit_test(a_change_of_a_person_changes_the_groups_in_the_same_transaction),
		cmocka_unit_test(entering_and_leaving_in_one_moment_leaves_no_trace),
		cmocka_unit_test(roles_and_completions_are_followed),
		cmocka_unit_test(what_passes_with_the_days_is_found_by_the_work_in_steps),
		cmocka_unit_test(membership_behind_the_programs_back_is_found_and_mended),
		cmocka_unit_test(a_rule_over_many_is_brought_about_by_a_job),
		cmocka_unit_test(killed_at_any_moment_the_work_goes_on),
		cmocka_unit_test(several_at_once_agree),
		cmocka_unit_test(a_course_is_counted_given_and_taken_back),
		cmocka_unit_test(killed_at_any_moment_everybody_is_asked_once),
		cmocka_unit_test(the_api_makes_shows_pages_and_previews),
		cmocka_unit_test(an_administrator_of_another_office_sees_and_does_nothing),
		cmocka_unit_test(a_rule_is_written_button_by_button_and_nothing_typed_is_lost),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
