/* Notices: one for a fact, seen by its person alone, by letter as chosen, quiet at night, once in the letter of the day. */
#include "feature/group/group.h"
#include "feature/group/group_assign.h"
#include "feature/notice/notice.h"
#include "http_test.h"

#include <stdio.h>
#include <string.h>

static struct fixture *f;
static struct world w;

static enum err tell_in_tx(struct ctx *cx, void *arg)
{
	return notice_tell(cx, arg);
}

static void tell(enum notice_kind kind, int64_t person, const char *fact)
{
	const struct msg_arg arg = { "course", S("Opening a register") };
	struct notice n = { .kind = kind, .person_id = person, .fact = str_of(fact), .text = N_("You have completed “{course}”. Your certificate is ready."), .args = &arg, .n_args = 1,
			    .path = S("/me/learning") };
	in_tx(f, tell_in_tx, &n);
}

static int64_t letters(const char *fact)
{
	return query_int(f, "SELECT count(*) FROM mail WHERE fact = '%s'", fact);
}

/* The next moment at which it is so late in India. */
static void go_to(int hour)
{
	int64_t day = clock_day(S("Asia/Kolkata"), f->app.fixed_now), at = clock_day_start(S("Asia/Kolkata"), day) + hour * HOUR;
	f->app.fixed_now = at > f->app.fixed_now ? at : at + DAY;
	f->cx.now = f->app.fixed_now;
}

static void pass_time(int64_t ms)
{
	f->app.fixed_now += ms;
	f->cx.now = f->app.fixed_now;
}

static void work(void)
{
	pass_time(HOUR);
	work_now(f);
}

static void choose(int64_t person, const char *form, long status)
{
	struct client *c = client_as(f, person);
	assert_int_equal(get(c, "/me/notices"), 200);
	assert_int_equal(post(c, "/me/notices", form), status);
	client_free(c);
}

static void a_fact_is_told_once_and_to_its_person_alone(void **state)
{
	char path[100];
	struct client *c = client_as(f, w.learner), *other = client_as(f, w.colleague);
	(void)state;
	tell(NOTICE_certificate, w.learner, "test:once");
	tell(NOTICE_certificate, w.learner, "test:once");
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE fact = 'test:once'"), 1);
	int64_t id = query_int(f, "SELECT id FROM notice WHERE fact = 'test:once'");
	assert_int_equal(get(c, "/"), 200);
	assert_true(body_has(c, "class=\"badge\""));
	assert_int_equal(get(c, "/notices"), 200);
	assert_true(body_has(c, "You have completed “Opening a register”."));
	assert_int_equal(get(other, "/notices"), 200);
	assert_false(body_has(other, "Opening a register"));
	snprintf(path, sizeof path, "/notices/%lld/open", (long long)id);
	assert_int_equal(post(other, path, ""), 404);
	assert_int_equal(post(c, path, ""), 303);
	assert_string_equal(answer_header(c, "Location"), "/me/learning");
	assert_int_equal(get(c, "/notices"), 200);
	assert_false(body_has(c, "class=\"badge\"") || body_has(c, "class=\"unread\""));
	client_free(c);
	client_free(other);
}

static void the_text_is_in_the_language_of_the_reader(void **state)
{
	struct client *c = client_as(f, w.learner);
	(void)state;
	assert_int_equal(get(c, "/language/hi?to=/notices"), 303);
	assert_int_equal(get(c, "/notices"), 200);
	assert_true(body_has(c, "Opening a register") && !body_has(c, "You have completed"));
	assert_int_equal(get(c, "/language/en?to=/notices"), 303);
	client_free(c);
}

static void what_is_assigned_is_told_and_what_is_withdrawn_is_told_no_more(void **state)
{
	char path[100], form[200];
	struct civil due = clock_date(person_today(&f->cx) + 10);
	struct client *boss = client_as(f, w.boss), *c = client_as(f, w.learner);
	(void)state;
	snprintf(path, sizeof path, "/people/%lld/assignments", (long long)w.learner);
	snprintf(form, sizeof form, "course_id=%lld&due_day=%04d-%02d-%02d&reason=needed", (long long)w.course, due.year, due.month, due.day);
	assert_int_equal(post(boss, path, form), 303);
	assert_int_equal(get(c, "/api/v1/notices"), 200);
	snprintf(form, sizeof form, "is assigned to you, due on %02d-%02d-%d", due.day, due.month, due.year);
	assert_true(body_has(c, form));
	snprintf(path, sizeof path, "/people/%lld/assignments/%lld/withdraw", (long long)w.learner, (long long)w.course);
	assert_int_equal(post(boss, path, ""), 303);
	assert_int_equal(get(c, "/notices"), 200);
	assert_false(body_has(c, "is assigned to you") || body_has(c, "class=\"badge\""));
	client_free(c);
	client_free(boss);
}

static enum err make_group(struct ctx *cx, void *arg)
{
	struct group_assign *in = arg;
	struct str rule = str_fmt(cx->arena, "{\"any\":[{\"all\":[{\"is\":\"people\",\"ids\":[\"%lld\",\"%lld\"]}]}]}", (long long)w.learner, (long long)w.colleague);
	return group_add(cx, &(struct group_add){ w.ministry, S("Two who are asked"), rule }, &in->group_id);
}

static int64_t asked;

static enum err ask_group(struct ctx *cx, void *arg)
{
	cx->actor.person_id = w.admin;
	return group_assign_add(cx, arg, &asked);
}

static enum err begin_asking(struct ctx *cx, void *arg)
{
	(void)arg;
	return group_assign_begin(cx, asked);
}

static void a_course_asked_of_many_is_told_to_each(void **state)
{
	struct group_assign in = { NONE, w.hindi, person_today(&f->cx) + 5, S("all") };
	(void)state;
	in_tx(f, make_group, &in);
	work_now(f);
	in_tx(f, ask_group, &in);
	work_now(f);
	in_tx(f, begin_asking, NULL);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE kind = 'assigned' AND thing_id = %lld", (long long)asked), 2);
}

static void a_letter_goes_as_it_was_chosen(void **state)
{
	(void)state;
	go_to(12);
	tell(NOTICE_reminder, w.learner, "test:at-once");
	assert_int_equal(letters("test:at-once"), 1);
	choose(w.learner, "mail.reminder=no&quiet_from=21%3A00&quiet_until=08%3A00", 303);
	tell(NOTICE_reminder, w.learner, "test:no-letter");
	assert_int_equal(letters("test:no-letter"), 0);
	choose(w.learner, "mail.certificate=now&quiet_from=21%3A00&quiet_until=08%3A00", 303);
	tell(NOTICE_certificate, w.learner, "test:chosen");
	assert_int_equal(letters("test:chosen"), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE fact IN ('test:at-once', 'test:no-letter', 'test:chosen')"), 3);
	choose(w.learner, "mail.role=no&quiet_from=21%3A00&quiet_until=08%3A00", 422);
	choose(w.learner, "mail.nothing=no&quiet_from=21%3A00&quiet_until=08%3A00", 422);
	choose(w.learner, "mail.reminder=now&quiet_from=25%3A00&quiet_until=08%3A00", 422);
	tell(NOTICE_reminder, w.learner, "test:still-no-letter");
	assert_int_equal(letters("test:still-no-letter"), 0);
}

static void at_night_letters_wait_but_what_concerns_safety_does_not(void **state)
{
	(void)state;
	go_to(23);
	tell(NOTICE_reminder, w.colleague, "test:night");
	tell(NOTICE_role, w.colleague, "test:role");
	int64_t morning = clock_day_start(S("Asia/Kolkata"), clock_day(S("Asia/Kolkata"), f->cx.now) + 1) + 8 * HOUR;
	assert_true(query_int(f, "SELECT next_at FROM mail WHERE fact = 'test:night'") == morning);
	assert_true(query_int(f, "SELECT next_at FROM mail WHERE fact = 'test:role'") <= f->cx.now);
	choose(w.colleague, "quiet_from=00%3A00&quiet_until=00%3A00", 303);
	tell(NOTICE_reminder, w.colleague, "test:never-quiet");
	assert_true(query_int(f, "SELECT next_at FROM mail WHERE fact = 'test:never-quiet'") <= f->cx.now);
}

static void quiet_hours_end_by_the_clock_of_the_person(void **state)
{
	int64_t day = clock_day_start(S("Asia/Kolkata"), 20000), night = 21 * 60, morning = 8 * 60;
	(void)state;
	assert_true(notice_quiet_end(S("Asia/Kolkata"), day + 22 * HOUR + 5 * SECOND + 7, night, morning) == day + 32 * HOUR);
	assert_true(notice_quiet_end(S("Asia/Kolkata"), day + 7 * HOUR + 59 * MINUTE, night, morning) == day + 8 * HOUR);
	assert_true(notice_quiet_end(S("Asia/Kolkata"), day + 8 * HOUR, night, morning) == day + 8 * HOUR);
	assert_true(notice_quiet_end(S("Asia/Kolkata"), day + 13 * HOUR, 13 * 60, 14 * 60) == day + 14 * HOUR);
	assert_true(notice_quiet_end(S("Asia/Kolkata"), day + 13 * HOUR, 600, 600) == day + 13 * HOUR);
	/* The same moment is noon in New York. */
	assert_true(notice_quiet_end(S("America/New_York"), day + 22 * HOUR, night, morning) == day + 22 * HOUR);
}

static int64_t digests(int64_t person)
{
	return query_int(f, "SELECT count(*) FROM mail WHERE fact LIKE 'notice.digest:%lld:%%'", (long long)person);
}

static void the_letter_of_the_day_comes_once_with_what_was_not_read(void **state)
{
	struct client *c = client_as(f, w.other_learner);
	char path[100];
	(void)state;
	go_to(18);
	choose(w.other_learner, "mail.reminder=digest&quiet_from=21%3A00&quiet_until=08%3A00", 303);
	tell(NOTICE_reminder, w.other_learner, "test:read-before");
	snprintf(path, sizeof path, "/notices/%lld/open", (long long)query_int(f, "SELECT id FROM notice WHERE fact = 'test:read-before'"));
	assert_int_equal(get(c, "/notices"), 200);
	assert_int_equal(post(c, path, ""), 303);
	work();
	assert_int_equal(digests(w.other_learner), 0); /* nothing is left to tell */
	go_to(22);
	tell(NOTICE_reminder, w.other_learner, "test:in-the-evening");
	work();
	assert_int_equal(digests(w.other_learner), 0); /* it is night */
	go_to(8);
	work();
	assert_int_equal(digests(w.other_learner), 1);
	tell(NOTICE_reminder, w.other_learner, "test:later-that-day");
	work();
	assert_int_equal(digests(w.other_learner), 1);
	go_to(8);
	work();
	assert_int_equal(digests(w.other_learner), 2);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE digest = 'wait' AND read_at IS NULL AND person_id = %lld", (long long)w.other_learner), 0);
	client_free(c);
}

static enum err without_address(struct ctx *cx, void *arg)
{
	struct person_add in = { .name = S("Nobody Reachable"), .lang = S("en") };
	return person_add(cx, &in, arg);
}

static void who_has_no_address_is_told_in_the_app(void **state)
{
	int64_t person;
	(void)state;
	in_tx(f, without_address, &person);
	tell(NOTICE_role, person, "test:no-address");
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE fact = 'test:no-address'"), 1);
	assert_int_equal(letters("test:no-address"), 0);
}

static void all_are_read_at_once_and_the_list_has_pages(void **state)
{
	char fact[40], form[60];
	struct client *c = client_as(f, w.boss);
	(void)state;
	for (int i = 0; i < 35; i++) {
		snprintf(fact, sizeof fact, "test:many:%d", i);
		tell(NOTICE_certificate, w.boss, fact);
	}
	assert_int_equal(get(c, "/notices"), 200);
	assert_true(body_has(c, "/notices?before="));
	int64_t newest = query_int(f, "SELECT max(id) FROM notice WHERE person_id = %lld", (long long)w.boss);
	snprintf(form, sizeof form, "upto_id=%lld", (long long)newest);
	assert_int_equal(post(c, "/notices/read", form), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld AND read_at IS NULL", (long long)w.boss), 0);
	client_free(c);
}

static void notices_go_when_they_are_old(void **state)
{
	static const char of_boss[] = "SELECT count(*) FROM notice WHERE person_id = %lld";
	(void)state;
	tell(NOTICE_certificate, w.boss, "test:old");
	pass_time(NOTICE_KEPT - DAY);
	tell(NOTICE_certificate, w.boss, "test:young");
	pass_time(DAY);
	work();
	assert_int_equal(query_int(f, of_boss, (long long)w.boss), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE fact = 'test:young'"), 1);
	pass_time(NOTICE_KEPT);
	work();
	assert_int_equal(query_int(f, of_boss, (long long)w.boss), 0);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	schedule_work(f);
	go_to(12);
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
		cmocka_unit_test(a_fact_is_told_once_and_to_its_person_alone),
		cmocka_unit_test(the_text_is_in_the_language_of_the_reader),
		cmocka_unit_test(what_is_assigned_is_told_and_what_is_withdrawn_is_told_no_more),
		cmocka_unit_test(a_course_asked_of_many_is_told_to_each),
		cmocka_unit_test(a_letter_goes_as_it_was_chosen),
		cmocka_unit_test(at_night_letters_wait_but_what_concerns_safety_does_not),
		cmocka_unit_test(quiet_hours_end_by_the_clock_of_the_person),
		cmocka_unit_test(the_letter_of_the_day_comes_once_with_what_was_not_read),
		cmocka_unit_test(who_has_no_address_is_told_in_the_app),
		cmocka_unit_test(all_are_read_at_once_and_the_list_has_pages),
		cmocka_unit_test(notices_go_when_they_are_old),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
