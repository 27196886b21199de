/* Double accounts: joined, everything of both is had once; taken back, each has exactly its own again, and nothing learnt since is lost. */
#include "http_test.h"
#include "feature/completion/completion.h"
#include "feature/enrolment/enrolment.h"
#include "feature/learned/learned.h"
#include "feature/merge/merge.h"
#include "feature/merge/merge_rows.h"
#include "feature/progress/progress.h"
#include "feature/quiz/quiz.h"

#include <stdio.h>
#include <string.h>

static struct fixture *f;
static struct world w;

static void pass(int64_t ms)
{
	f->app.fixed_now += ms;
	f->cx.now = f->app.fixed_now;
}

/* ── what two accounts have learnt ── */

struct watched {
	int64_t person_id, resource_id;
	const char *way, *intervals;
	int64_t covered;
};

static enum err learn(struct ctx *cx, void *arg)
{
	const struct watched *l = arg;
	struct completion done;
	int64_t course = query_int(f, "SELECT course_id FROM resource WHERE id = %lld", (long long)l->resource_id);
	TRY(enrolment_add(cx, l->person_id, course));
	TRY(enrolment_touch(cx, l->person_id, course, l->resource_id));
	if (l->intervals)
		TRY(progress_sql_put(cx, l->person_id, l->resource_id, str_of(l->intervals), l->covered, 0, cx->now, cx->now, NULL));
	return l->way ? completion_credit(cx, l->person_id, l->resource_id, l->way, &done) : OK;
}

static void credit(int64_t person, int64_t resource)
{
	in_tx(f, learn, &(struct watched){ person, resource, "review", NULL, 0 });
	query_end();
}

static void watch(int64_t person, const char *intervals, int64_t covered)
{
	in_tx(f, learn, &(struct watched){ person, w.film, NULL, intervals, covered });
	query_end();
}

static int64_t only_lesson(int64_t course)
{
	return query_int(f, "SELECT min(id) FROM resource WHERE course_id = %lld", (long long)course);
}

static void credit_whole(int64_t person, int64_t course)
{
	for (int64_t after = 0; (after = query_int(f, "SELECT COALESCE(min(id), 0) FROM resource WHERE course_id = %lld AND ended_at IS NULL AND id > %lld", (long long)course, (long long)after));)
		credit(person, after);
}

/* ── acting ── */

static long join_as(int64_t admin, int64_t org, int64_t kept, int64_t closed, int64_t *ret_id)
{
	struct client *c = client_as(f, admin);
	long status = post_json(c, base_of("/api/v1/orgs/%lld/duplicates/%lld/%lld/join", (long long)org, (long long)kept, (long long)closed), "{}");
	if (status == 200)
		*ret_id = json_number(c, "id");
	client_free(c);
	return status;
}

static long undo_as(int64_t admin, int64_t org, int64_t id)
{
	struct client *c = client_as(f, admin);
	long status = post_json(c, base_of("/api/v1/orgs/%lld/merges/%lld/undo", (long long)org, (long long)id), "{}");
	client_free(c);
	return status;
}

static int64_t joined(int64_t kept, int64_t closed)
{
	int64_t id = 0;
	assert_int_equal(join_as(w.admin, w.ministry, kept, closed, &id), 200);
	return id;
}

static void pair(const char *login, int64_t *ret_kept, int64_t *ret_closed)
{
	char second[60];
	snprintf(second, sizeof second, "%s2", login);
	*ret_kept = a_person(f, login, login, w.office, w.boss);
	*ret_closed = a_person(f, second, login, w.office, w.boss);
	query_end();
}

static int64_t count_of(const char *table, const char *where, int64_t person)
{
	return query_int(f, "SELECT count(*) FROM %s WHERE person_id = %lld AND %s", table, (long long)person, where);
}

static long record_status(int64_t person)
{
	struct client *c = client_as(f, person);
	long status = get(c, "/api/v1/me");
	client_free(c);
	return status;
}

/* ── rules ── */

static void what_both_accounts_have_is_had_once(void **state)
{
	int64_t kept, closed;
	char intervals[60];
	(void)state;
	pair("once", &kept, &closed);
	credit(closed, only_lesson(w.hindi)); /* completed first there … */
	pass(DAY);
	credit(kept, only_lesson(w.hindi)); /* … and again here */
	credit(closed, w.lesson);
	watch(closed, "[[0,60000]]", 60000);
	watch(kept, "[[30000,90000]]", 60000);
	int64_t first = query_int(f, "SELECT id FROM credential WHERE person_id = %lld", (long long)closed);
	int64_t enrolled = query_int(f, "SELECT COALESCE(sum(n), 0) FROM tally WHERE subject_id = %lld AND what = 'completed' AND period = 0", (long long)w.ministry);
	joined(kept, closed);
	assert_int_equal(count_of("enrolment", "state = 'completed'", kept), 1);
	assert_int_equal(count_of("enrolment", "TRUE", closed), 0);
	assert_int_equal(count_of("credential", "replaced_by_id IS NULL", kept), 1);
	assert_int_equal(query_int(f, "SELECT id FROM credential WHERE person_id = %lld AND replaced_by_id IS NULL", (long long)kept), first);
	assert_int_equal(count_of("credential", "replaced_by_id IS NOT NULL", kept), 1);
	query_text(f, intervals, sizeof intervals, "SELECT intervals FROM progress WHERE person_id = %lld AND resource_id = %lld", (long long)kept, (long long)w.film);
	assert_string_equal(intervals, "[[0,90000]]");
	assert_int_equal(count_of("credit", "TRUE", closed), 0);
	/* One person completed one course: the organisation counts one less than before. */
	assert_int_equal(query_int(f, "SELECT COALESCE(sum(n), 0) FROM tally WHERE subject_id = %lld AND what = 'completed' AND period = 0", (long long)w.ministry), enrolled - 1);
	query_end();
	assert_int_equal(check_findings(f), 0);
}

struct spent {
	int64_t person_id, thing_id, ms, at, spent_until;
};

static enum err spend(struct ctx *cx, void *arg)
{
	const struct spent *s = arg;
	return learned_add(cx, &(struct learnt){ .person_id = s->person_id,
						 .kind = "resource",
						 .thing_id = s->thing_id,
						 .course_id = w.course,
						 .ms = s->ms,
						 .at = s->at,
						 .spent_until = s->spent_until });
}

static int64_t learned_of(int64_t person)
{
	return query_int(f, "SELECT COALESCE(sum(ms), 0) FROM learned WHERE person_id = %lld", (long long)person);
}

static void time_learnt_in_both_accounts_adds_up_and_comes_apart_again(void **state)
{
	int64_t kept, closed;
	(void)state;
	pair("spender", &kept, &closed);
	in_tx(f, spend, &(struct spent){ kept, w.film, 10 * MINUTE, f->app.fixed_now, NONE });
	in_tx(f, spend, &(struct spent){ closed, w.film, 5 * MINUTE, f->app.fixed_now, NONE });
	in_tx(f, spend, &(struct spent){ closed, w.lesson, 4 * MINUTE, f->app.fixed_now - DAY, NONE });
	query_end();
	int64_t id = joined(kept, closed);
	assert_int_equal(learned_of(kept), 19 * MINUTE);
	assert_int_equal(learned_of(closed), 0);
	query_end();
	assert_int_equal(check_findings(f), 0);
	assert_int_equal(undo_as(w.admin, w.ministry, id), 200);
	assert_int_equal(learned_of(kept), 10 * MINUTE);
	assert_int_equal(learned_of(closed), 9 * MINUTE);
	query_end();
	assert_int_equal(check_findings(f), 0);
}

/* A column that came with a later version stands in the rows, not in what was kept of them. */
static void accounts_joined_before_an_upgrade_come_apart_after_it(void **state)
{
	static const char column[] = ",\"spent_until\":null";
	int64_t kept, closed;
	(void)state;
	pair("older", &kept, &closed);
	in_tx(f, spend, &(struct spent){ kept, w.film, 10 * MINUTE, f->app.fixed_now, NONE });
	in_tx(f, spend, &(struct spent){ closed, w.lesson, 4 * MINUTE, f->app.fixed_now, NONE });
	query_end();
	int64_t id = joined(kept, closed);
	int64_t with = query_int(f, "SELECT count(*) FROM merge_row WHERE merge_id = %lld AND name = 'learned' AND (was LIKE '%%%s%%' OR became LIKE '%%%s%%')", (long long)id,
				 column, column);
	assert_int_equal(with, 2); /* the closed account's row went, the kept account's came */
	for (int64_t i = 0, n = -1; i < with; i++) {
		n = query_int(f, "SELECT min(n) FROM merge_row WHERE merge_id = %lld AND name = 'learned' AND n > %lld", (long long)id, (long long)n);
		tamper(f, "UPDATE merge_row SET was = replace(was, '%s', ''), became = replace(became, '%s', '') WHERE merge_id = %lld AND n = %lld", column, column, (long long)id,
		       (long long)n);
	}
	assert_int_equal(undo_as(w.admin, w.ministry, id), 200);
	assert_int_equal(learned_of(kept), 10 * MINUTE);
	assert_int_equal(learned_of(closed), 4 * MINUTE);
}

static void no_day_holds_more_than_one_person_can_learn_in_it(void **state)
{
	int64_t kept, closed, noon = clock_day_start(S("Asia/Kolkata"), clock_day_in_india(f->app.fixed_now) - 2) + 12 * HOUR;
	(void)state;
	pair("sleepless", &kept, &closed);
	in_tx(f, spend, &(struct spent){ kept, w.film, 30 * HOUR, noon, NONE });
	in_tx(f, spend, &(struct spent){ closed, w.lesson, 30 * HOUR, noon + HOUR, NONE });
	in_tx(f, spend, &(struct spent){ closed, w.lesson, MINUTE, noon - DAY, NONE });
	query_end();
	int64_t id = joined(kept, closed);
	assert_int_equal(learned_of(kept), 48 * HOUR + MINUTE);
	assert_int_equal(query_int(f, "SELECT sum(ms) FROM learned WHERE person_id = %lld AND thing_id = %lld", (long long)kept, (long long)w.film), 30 * HOUR);
	query_end();
	assert_int_equal(check_findings(f), 0);
	assert_int_equal(undo_as(w.admin, w.ministry, id), 200);
	assert_int_equal(learned_of(kept), 30 * HOUR);
	assert_int_equal(learned_of(closed), 30 * HOUR + MINUTE);
}

static enum err clock_of(struct ctx *cx, void *arg)
{
	struct spent *s = arg;
	return learned_clock(cx, s->person_id, s->at, &s->ms);
}

static void wall_time_that_either_account_has_used_is_used(void **state)
{
	int64_t kept, closed, now = f->app.fixed_now;
	(void)state;
	pair("twofold", &kept, &closed);
	in_tx(f, spend, &(struct spent){ kept, w.film, MINUTE, now - HOUR, now - HOUR });
	in_tx(f, spend, &(struct spent){ closed, w.lesson, MINUTE, now - 2 * MINUTE, now - 2 * MINUTE });
	query_end();
	joined(kept, closed);
	struct spent from_the_eve = { .person_id = kept, .at = now - DAY }, of_now = { .person_id = kept, .at = now - MINUTE };
	in_tx(f, clock_of, &from_the_eve);
	assert_int_equal(from_the_eve.ms, now - 2 * MINUTE);
	in_tx(f, clock_of, &of_now);
	assert_int_equal(of_now.ms, NONE);
	query_end();
}

static void a_course_complete_only_with_both_is_completed_and_open_again_when_separated(void **state)
{
	int64_t kept, closed;
	(void)state;
	pair("halves", &kept, &closed);
	credit(kept, w.lesson);
	credit(kept, w.film);
	credit_whole(closed, w.course);
	assert_int_equal(count_of("credential", "TRUE", closed), 1);
	query_end();
	pair("half", &kept, &closed);
	int64_t n = query_int(f, "SELECT count(*) FROM resource WHERE course_id = %lld AND ended_at IS NULL AND credits_id IS NULL", (long long)w.course), i = 0;
	for (int64_t at = 0; i < n; i++) {
		at = query_int(f, "SELECT min(id) FROM resource WHERE course_id = %lld AND ended_at IS NULL AND credits_id IS NULL AND id > %lld", (long long)w.course, (long long)at);
		credit(i % 2 ? kept : closed, at);
	}
	assert_int_equal(count_of("credential", "TRUE", kept) + count_of("credential", "TRUE", closed), 0);
	query_end();
	int64_t id = joined(kept, closed);
	assert_int_equal(count_of("credential", "TRUE", kept), 1);
	assert_int_equal(count_of("enrolment", "state = 'completed'", kept), 1);
	query_end();
	assert_int_equal(check_findings(f), 0);
	assert_int_equal(undo_as(w.admin, w.ministry, id), 200);
	assert_int_equal(count_of("credential", "TRUE", kept), 0);
	assert_int_equal(count_of("enrolment", "state = 'active'", kept), 1);
	assert_int_equal(count_of("enrolment", "state = 'active'", closed), 1);
	query_end();
	assert_int_equal(check_findings(f), 0);
}

static enum err fill(struct ctx *cx, void *arg)
{
	const int64_t *two = arg;
	struct str said;
	(void)said;
	for (int i = 0; i < 2; i++) {
		TRY(enrolment_assign(cx, &(struct assign){ two[i], w.course, person_today(cx) + 10, S("because") }));
		cx->actor.person_id = two[i];
		TRY(progress_ask_review(cx, w.lesson, S("I read it")));
		int64_t attempt;
		struct quiz_result result;
		TRY(quiz_start(cx, w.quiz, &attempt));
		TRY(quiz_submit(cx, attempt, &result));
		TRY(quiz_start(cx, w.quiz, &attempt));
		cx->actor.person_id = w.boss;
	}
	cx->actor.person_id = 0;
	return OK;
}

static void separated_each_has_exactly_its_own_again(void **state)
{
	int64_t kept, closed, helper;
	struct merge_rows was, is;
	(void)state;
	pair("exact", &kept, &closed);
	helper = a_person(f, "helper", "Helper", w.office, closed);
	int64_t two[] = { kept, closed };
	f->cx.actor.person_id = w.boss;
	in_tx(f, fill, two);
	f->cx.actor.person_id = 0;
	credit(closed, only_lesson(w.hindi));
	credit(kept, only_lesson(w.hindi));
	watch(closed, "[[0,60000]]", 60000);
	watch(kept, "[[30000,90000]]", 60000);
	tamper(f, "UPDATE person SET mobile = NULL WHERE id = %lld", (long long)kept);
	tamper(f, "UPDATE person SET mobile = '+919812345678', employee_no = 'E-77' WHERE id = %lld", (long long)closed);
	query_end();
	pass(2 * DAY);
	assert_int_equal(merge_rows_read(&f->cx, kept, closed, &was), OK);
	int64_t id = joined(kept, closed);
	char mobile[40];
	query_text(f, mobile, sizeof mobile, "SELECT mobile FROM person WHERE id = %lld", (long long)kept);
	assert_string_equal(mobile, "+919812345678");
	assert_int_equal(query_int(f, "SELECT supervisor_id FROM posting WHERE person_id = %lld AND until_day IS NULL", (long long)helper), kept);
	assert_int_equal(count_of("attempt", "TRUE", kept), 3); /* two handed in, one of the two open ones goes on */
	assert_int_equal(count_of("assignment", "withdrawn_at IS NULL", kept), 1);
	assert_int_equal(count_of("review_request", "state = 'open'", kept), 1);
	query_end();
	assert_int_equal(check_findings(f), 0);
	assert_int_equal(undo_as(w.admin, w.ministry, id), 200);
	assert_int_equal(merge_rows_read(&f->cx, kept, closed, &is), OK);
	assert_int_equal(was.n, is.n);
	for (size_t i = 0; i < was.n; i++)
		assert_string_equal(was.v[i].all.p, is.v[i].all.p);
	merge_rows_free(&was);
	merge_rows_free(&is);
	assert_int_equal(query_int(f, "SELECT supervisor_id FROM posting WHERE person_id = %lld AND until_day IS NULL", (long long)helper), closed);
	query_end();
	assert_int_equal(check_findings(f), 0);
	assert_int_equal(undo_as(w.admin, w.ministry, id), 409);
}

static void what_was_learnt_since_stays_with_the_account_that_was_kept(void **state)
{
	int64_t kept, closed;
	(void)state;
	pair("since", &kept, &closed);
	credit(closed, w.lesson);
	watch(closed, "[[0,60000]]", 60000);
	int64_t id = joined(kept, closed);
	pass(DAY);
	credit(kept, w.film);
	watch(kept, "[[0,90000]]", 90000);
	assert_int_equal(undo_as(w.admin, w.ministry, id), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM credit WHERE person_id = %lld AND resource_id = %lld", (long long)kept, (long long)w.film), 1);
	assert_int_equal(query_int(f, "SELECT covered_ms FROM progress WHERE person_id = %lld AND resource_id = %lld", (long long)kept, (long long)w.film), 90000);
	assert_int_equal(query_int(f, "SELECT count(*) FROM credit WHERE person_id = %lld AND resource_id = %lld", (long long)closed, (long long)w.lesson), 1);
	assert_int_equal(query_int(f, "SELECT covered_ms FROM progress WHERE person_id = %lld AND resource_id = %lld", (long long)closed, (long long)w.film), 60000);
	assert_int_equal(query_int(f, "SELECT count(*) FROM credit WHERE person_id = %lld AND resource_id = %lld", (long long)kept, (long long)w.lesson), 0);
	query_end();
	assert_int_equal(check_findings(f), 0);
}

static void bring(const char *csv)
{
	struct client *c = client_as(f, w.admin);
	const char *path = base_of("/api/v1/orgs/%lld/imports", (long long)w.ministry);
	char token[120];
	snprintf(token, sizeof token, "X-CSRF-Token: %s", c->csrf);
	c->header[0] = token;
	assert_int_equal(send_raw(c, "POST", path, "text/csv", csv, strlen(csv)), 200);
	int64_t list = json_number(c, "id");
	assert_int_equal(post_json(c, base_of("%s/%lld/check", path, (long long)list), "{\"employee_no\":0,\"name\":1,\"organisation\":2,\"designation\":3}"), 200);
	work_now(f);
	client_free(c);
}

static void the_closed_account_neither_signs_in_nor_comes_back(void **state)
{
	int64_t kept, closed;
	(void)state;
	pair("gone", &kept, &closed);
	tamper(f, "UPDATE person SET employee_no = 'G-1' WHERE id = %lld", (long long)kept);
	tamper(f, "UPDATE person SET employee_no = 'G-2' WHERE id = %lld", (long long)closed);
	query_end();
	assert_int_equal(record_status(closed), 200);
	pass(2 * DAY);
	joined(kept, closed);
	assert_int_equal(record_status(closed), 401);
	assert_int_equal(record_status(kept), 200);
	bring("Employee No,Name,Office,Designation\nG-2,gone,first-office,so\nG-1,gone,first-office,so\n");
	assert_int_equal(query_int(f, "SELECT n_refused FROM people_import ORDER BY id DESC LIMIT 1"), 1);
	assert_int_equal(query_int(f, "SELECT n_unchanged FROM people_import ORDER BY id DESC LIMIT 1"), 1);
	query_end();
	struct client *c = client_as(f, w.admin);
	char day[20], body[200];
	query_text(f, day, sizeof day, "SELECT from_day FROM posting WHERE person_id = %lld", (long long)kept);
	(void)day;
	struct civil today = clock_civil(S("Asia/Kolkata"), f->app.fixed_now);
	snprintf(body, sizeof body, "{\"person\":\"G-2\",\"kind\":\"return\",\"office\":\"first-office\",\"designation\":\"so\",\"from_day\":\"%04d-%02d-%02d\"}", today.year, today.month, today.day);
	long status = post_json(c, base_of("/api/v1/orgs/%lld/movements", (long long)w.ministry), body);
	assert_true(status == 409 || status == 422);
	client_free(c);
	assert_int_equal(query_int(f, "SELECT count(*) FROM person WHERE id = %lld AND state = 'left' AND merged_into_id = %lld", (long long)closed, (long long)kept), 1);
	query_end();
}

static void who_may_not_join_joins_nothing(void **state)
{
	int64_t kept, closed, third, id = 0, elsewhere = a_person(f, "elsewhere1", "Elsewhere", w.other_office, 0);
	(void)state;
	pair("never", &kept, &closed);
	third = a_person(f, "third1", "Third", w.office, w.boss);
	assert_int_equal(join_as(w.other_admin, w.ministry, kept, closed, &id), 403);
	assert_int_equal(join_as(w.boss, w.ministry, kept, closed, &id), 403);
	assert_int_equal(join_as(w.other_admin, w.other_ministry, kept, closed, &id), 404);
	assert_int_equal(join_as(w.admin, w.ministry, kept, elsewhere, &id), 404);
	assert_int_equal(join_as(w.admin, w.ministry, kept, kept, &id), 409);
	assert_int_equal(join_as(w.admin, w.ministry, kept, w.reviewer, &id), 409);       /* holds a role */
	a_role(f, closed, "mdo_admin", w.ministry);
	assert_int_equal(join_as(closed, w.ministry, kept, closed, &id), 403);	     /* the own account */
	assert_int_equal(join_as(w.operator, w.ministry, kept, closed, &id), 409);
	tamper(f, "UPDATE role_grant SET ended_at = granted_at WHERE person_id = %lld", (long long)closed);
	query_end();
	id = joined(kept, closed);
	assert_int_equal(join_as(w.admin, w.ministry, third, closed, &id), 409);
	int64_t second = joined(third, kept);
	assert_int_equal(undo_as(w.admin, w.ministry, id), 409); /* the later one first */
	assert_int_equal(undo_as(w.other_admin, w.other_ministry, second), 404);
	assert_int_equal(undo_as(w.admin, w.ministry, second), 200);
	pass(MERGE_UNDO + HOUR);
	assert_int_equal(undo_as(w.admin, w.ministry, id), 409);
	assert_int_equal(check_findings(f), 0);
}

static void accounts_that_sound_alike_in_one_office_are_found_and_two_people_stay_two(void **state)
{
	int64_t one = a_person(f, "sanjay", "Sanjay Deshmukh", w.office, w.boss), same = a_person(f, "sd2", "संजय देशमुख", w.office, w.boss);
	int64_t namesake = a_person(f, "sanjay.o", "Sanjay Deshmukh", w.other_office, 0);
	struct client *c = client_as(f, w.admin);
	char path[120];
	(void)state;
	query_end();
	snprintf(path, sizeof path, "/api/v1/orgs/%lld/duplicates", (long long)w.ministry);
	assert_int_equal(post_json(c, base_of("%s/look", path), "{}"), 200);
	assert_int_equal(post_json(c, base_of("%s/look", path), "{}"), 200);
	work_now(f);
	assert_int_equal(get(c, "%s", path), 200);
	int64_t low = one < same ? one : same, high = one < same ? same : one;
	assert_int_equal(query_int(f, "SELECT count(*) FROM duplicate WHERE a_id = %lld AND b_id = %lld", (long long)low, (long long)high), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM duplicate WHERE a_id = %lld OR b_id = %lld", (long long)namesake, (long long)namesake), 0);
	assert_true(body_has(c, "Sanjay Deshmukh") && body_has(c, "name office"));
	assert_int_equal(get(c, "/orgs/%lld/duplicates", (long long)w.ministry), 200);
	assert_true(body_has(c, "same name") && body_has(c, "संजय देशमुख"));
	assert_int_equal(get(c, "/orgs/%lld/duplicates/%lld/%lld", (long long)w.ministry, (long long)low, (long long)high), 200);
	assert_true(body_has(c, "would be kept") && body_has(c, "would be closed") && body_has(c, "Join them"));
	assert_int_equal(post_json(c, base_of("%s/%lld/%lld/dismiss", path, (long long)high, (long long)low), "{}"), 200);
	assert_int_equal(post_json(c, base_of("%s/%lld/%lld/dismiss", path, (long long)low, (long long)high), "{}"), 404);
	assert_int_equal(post_json(c, base_of("%s/look", path), "{}"), 200);
	work_now(f);
	assert_int_equal(get(c, "%s", path), 200);
	assert_false(body_has(c, "Sanjay Deshmukh"));
	client_free(c);
	query_end();
}

static void two_accounts_are_found_by_what_is_known_of_them_and_what_was_typed_stays(void **state)
{
	int64_t kept, closed;
	struct client *c = client_as(f, w.admin);
	char path[120];
	(void)state;
	pair("typed", &kept, &closed);
	snprintf(path, sizeof path, "/orgs/%lld/duplicates", (long long)w.ministry);
	assert_int_equal(get(c, "%s", path), 200);
	assert_int_equal(post(c, base_of("%s/find", path), "kept=typed%40example.gov.in&closed=nobody%40example.gov.in"), 422);
	assert_true(body_has(c, "Account to be closed: is nobody") && !body_has(c, "Account to be kept: is nobody"));
	assert_true(body_has(c, "typed@example.gov.in") && body_has(c, "is nobody who is posted here or below"));
	assert_int_equal(post(c, base_of("%s/find", path), "kept=typed%40example.gov.in&closed=typed2%40example.gov.in"), 303);
	const char *to = answer_header(c, "Location");
	assert_true(to && strstr(to, base_of("/duplicates/%lld/%lld", (long long)kept, (long long)closed)));
	/* From the page, as a person does it. */
	assert_int_equal(get(c, "%s/%lld/%lld", path, (long long)kept, (long long)closed), 200);
	assert_int_equal(post(c, base_of("%s/%lld/%lld/join", path, (long long)kept, (long long)closed), ""), 303);
	assert_int_equal(get(c, "%s", path), 200);
	assert_true(body_has(c, "It can be taken back for 30 days") && body_has(c, "Take it back"));
	assert_int_equal(get(c, "%s/%lld/%lld", path, (long long)kept, (long long)closed), 200);
	assert_true(body_has(c, "joined with another already") && !body_has(c, "Join them</button>"));
	client_free(c);
	query_end();
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
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
		cmocka_unit_test(what_both_accounts_have_is_had_once),
		cmocka_unit_test(time_learnt_in_both_accounts_adds_up_and_comes_apart_again),
		cmocka_unit_test(accounts_joined_before_an_upgrade_come_apart_after_it),
		cmocka_unit_test(no_day_holds_more_than_one_person_can_learn_in_it),
		cmocka_unit_test(wall_time_that_either_account_has_used_is_used),
		cmocka_unit_test(a_course_complete_only_with_both_is_completed_and_open_again_when_separated),
		cmocka_unit_test(separated_each_has_exactly_its_own_again),
		cmocka_unit_test(what_was_learnt_since_stays_with_the_account_that_was_kept),
		cmocka_unit_test(the_closed_account_neither_signs_in_nor_comes_back),
		cmocka_unit_test(who_may_not_join_joins_nothing),
		cmocka_unit_test(accounts_that_sound_alike_in_one_office_are_found_and_two_people_stay_two),
		cmocka_unit_test(two_accounts_are_found_by_what_is_known_of_them_and_what_was_typed_stays),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
