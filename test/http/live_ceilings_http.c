/* Live talk, how much of it: what one may say and what a place holds, and that chat goes after its days. */
#include "http_test.h"
#include "feature/live/live.h"

static struct fixture *f;
static struct world w;
static struct client *guest, *other, *lead;

static void pass(int64_t ms)
{
	query_end();
	f->app.fixed_now += ms;
	f->cx.now = f->app.fixed_now;
}

static void sign_out(void)
{
	client_free(guest);
	client_free(other);
	client_free(lead);
}

static void sign_in(void)
{
	guest = client_as(f, w.learner);
	other = client_as(f, w.colleague);
	lead = client_as(f, w.admin);
}

/* An event that is on, for which two are registered. */
static int64_t a_place(void)
{
	int64_t id = new_id(&f->cx), now = f->cx.now;
	char sql[1600];
	snprintf(
		sql, sizeof sql,
		"INSERT INTO event (id, org_id, title, title_hi, about, about_hi, lang, state, held, link, for_all, starts_at, ends_at, n_registered, made_at, "
		"changed_at, cancelled_why) VALUES (%lld, %lld, 'Talk', '', '', '', 'en', 'open', 'stream', '', %s, %lld, %lld, 2, %lld, %lld, '');"
		"INSERT INTO event_registration (event_id, person_id, at) VALUES (%lld, %lld, %lld), (%lld, %lld, %lld)",
		(long long)id, (long long)w.office, fixture_sqlite(f) ? "1" : "TRUE", (long long)now, (long long)now + HOUR, (long long)now, (long long)now,
		(long long)id, (long long)w.learner, (long long)now, (long long)id, (long long)w.colleague, (long long)now);
	tamper_all(f, sql);
	query_end();
	return id;
}

static const char *at(int64_t place, const char *what)
{
	return base_of("/api/v1/live/event/%lld%s", (long long)place, what);
}

static void with_chat(int64_t place)
{
	NEED(post_json(lead, at(place, "/settings"), "{\"questions\":true,\"named\":false,\"chat\":\"open\",\"slow\":0}") == 200, "settings: %ld %s",
	     lead->status, buf_get(&lead->body).p);
}

static long says(struct client *c, int64_t place, const char *words)
{
	return post_json(c, at(place, "/chat"), base_of("{\"message\":\"%s\"}", words));
}

static long asks(struct client *c, int64_t place)
{
	return post_json(c, at(place, "/questions"), "{\"words\":\"Until when?\"}");
}

static int64_t count(const char *table, int64_t place)
{
	int64_t n = query_int(f, "SELECT COUNT(*) FROM %s WHERE kind = 'event' AND thing_id = %lld", table, (long long)place);
	query_end();
	return n;
}

/* As the jobs of a running server do, every ten minutes. */
static void sweep(void)
{
	query_end();
	schedule_work(f);
	while (work_now(f))
		continue;
	query_end();
}

/* ── what goes ── */

/* days: of the setting live_days; 0: the usual. */
static void assert_chat_goes_after(int64_t days, int64_t really)
{
	pass(2 * MINUTE);
	int64_t place = a_place();
	f->app.live_days = days;
	with_chat(place);
	assert_int_equal(asks(guest, place), 200);
	assert_int_equal(says(guest, place, "Old words"), 200);
	assert_int_equal(post_json(other, at(place, base_of("/chat/%lld/act", (long long)json_number(guest, "id"))), "{\"act\":\"report\"}"), 200);
	pass(really * DAY - 5 * MINUTE);
	/* So long no session lasts. */
	sign_out();
	sign_in();
	assert_int_equal(says(guest, place, "New words"), 200);
	sweep();
	assert_int_equal(count("live_chat", place), 2);
	pass(15 * MINUTE);
	sweep();
	assert_int_equal(count("live_chat", place), 1);
	assert_int_equal(query_int(f, "SELECT COUNT(*) FROM live_chat WHERE words = 'Old words'"), 0);
	assert_int_equal(query_int(f, "SELECT COUNT(*) FROM live_report"), 0);
	query_end();
	/* Questions belong to the event. */
	assert_int_equal(count("live_question", place), 1);
	f->app.live_days = 0;
}

static void chat_is_deleted_after_its_days_with_what_was_reported_and_questions_stay(void **state)
{
	(void)state;
	assert_chat_goes_after(30, 30);
	assert_chat_goes_after(0, LIVE_CHAT_DAYS);
}

/* ── how much ── */

static void one_asks_so_many_questions_and_a_place_holds_so_many(void **state)
{
	int64_t place = a_place();
	(void)state;
	for (int i = 0; i < LIVE_QUESTIONS_EACH; i++)
		assert_int_equal(asks(guest, place), 200);
	assert_int_equal(asks(guest, place), 429);
	assert_true(body_has(guest, "So many questions were asked"));
	assert_int_equal(asks(other, place), 200);
	/* Of many others. */
	for (int64_t n = count("live_question", place); n < LIVE_QUESTIONS_MAX - 1; n++)
		tamper(f,
		       "INSERT INTO live_question (id, kind, thing_id, person_id, words, state, pinned, at) SELECT %lld, kind, thing_id, %lld, words, state, "
		       "pinned, at "
		       "FROM live_question WHERE id = (SELECT min(id) FROM live_question WHERE thing_id = %lld)",
		       (long long)new_id(&f->cx), (long long)w.boss, (long long)place);
	query_end();
	assert_int_equal(asks(other, place), 200);
	assert_int_equal(asks(other, place), 429);
	assert_int_equal(count("live_question", place), LIVE_QUESTIONS_MAX);
	assert_int_equal(get(guest, "/events/%lld/live", (long long)place), 200);
}

static void a_place_holds_so_many_polls(void **state)
{
	int64_t place = a_place();
	(void)state;
	for (int i = 0; i < LIVE_POLLS_MAX; i++)
		assert_int_equal(post_json(lead, at(place, "/polls"), "{\"asked\":\"Which?\",\"options\":\"One\\nTwo\"}"), 200);
	assert_int_equal(post_json(lead, at(place, "/polls"), "{\"asked\":\"Which?\",\"options\":\"One\\nTwo\"}"), 429);
	assert_int_equal(count("live_poll", place), LIVE_POLLS_MAX);
}

static void one_says_so_much_in_a_minute_and_a_page_shows_the_newest(void **state)
{
	int64_t place = a_place(), elsewhere = a_place();
	(void)state;
	pass(2 * MINUTE);
	with_chat(place);
	with_chat(elsewhere);
	for (int i = 0; i < LIVE_CHAT_A_MINUTE; i++)
		assert_int_equal(says(guest, place, base_of("Message %d.", i)), 200);
	assert_int_equal(says(guest, place, "More"), 429);
	/* Nor anywhere else. */
	assert_int_equal(says(guest, elsewhere, "More"), 429);
	assert_int_equal(says(other, place, "Somebody else may."), 200);
	for (int minute = 0; minute < 3; minute++) {
		pass(2 * MINUTE);
		for (int i = 0; i < LIVE_CHAT_A_MINUTE; i++)
			assert_int_equal(says(guest, place, base_of("Minute %d.%d.", minute, i)), 200);
	}
	assert_int_equal(get(other, "/events/%lld/live", (long long)place), 200);
	assert_true(body_has(other, "Minute 2.19.") && body_has(other, "Minute 0.10.") && !body_has(other, "Minute 0.9."));
	assert_false(body_has(other, "Message 0."));
	assert_int_equal(count("live_chat", place), 4 * LIVE_CHAT_A_MINUTE + 1);
}

static void a_place_holds_so_much_chat_and_says_so_where_it_was_written(void **state)
{
	int64_t place = a_place();
	char sql[900];
	(void)state;
	pass(2 * MINUTE);
	assert_int_equal(says(guest, place, "Nobody listens"), 409);
	assert_true(body_has(guest, "\"field\":\"message\""));
	with_chat(place);
	assert_int_equal(says(guest, place, "The first"), 200);
	snprintf(sql, sizeof sql,
		 "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) INSERT INTO live_chat (id, kind, thing_id, person_id, words, "
		 "state, "
		 "reports, at) SELECT i, 'event', %lld, %lld, 'Of many others', 'shown', 0, %lld FROM n",
		 LIVE_CHAT_MAX - 2, (long long)place, (long long)w.boss, (long long)f->cx.now);
	tamper_all(f, sql);
	query_end();
	assert_int_equal(says(guest, place, "The last"), 200);
	assert_int_equal(says(other, place, "One more"), 429);
	assert_true(body_has(other, "This chat is full") && body_has(other, "\"field\":\"message\""));
	assert_int_equal(count("live_chat", place), LIVE_CHAT_MAX);
	assert_int_equal(get(lead, "/live/event/%lld/export/chat", (long long)place), 200);
	assert_true(body_has(lead, "The last"));
	snprintf(sql, sizeof sql, "DELETE FROM live_chat WHERE thing_id = %lld", (long long)place);
	tamper_all(f, sql);
}

static void a_message_is_reported_once_however_often_somebody_says_so(void **state)
{
	int64_t place = a_place();
	(void)state;
	pass(2 * MINUTE);
	with_chat(place);
	assert_int_equal(says(guest, place, "Buy this"), 200);
	int64_t id = json_number(guest, "id"), before = count("live_message", place);
	for (int i = 0; i < 5; i++)
		assert_int_equal(post_json(other, at(place, base_of("/chat/%lld/act", (long long)id)), "{\"act\":\"report\"}"), 200);
	assert_int_equal(count("live_message", place), before + 1);
	assert_int_equal(count("live_chat", place), 1);
}

static void a_day_after_the_end_guests_read_and_write_no_more(void **state)
{
	int64_t place = a_place();
	(void)state;
	pass(2 * MINUTE);
	with_chat(place);
	assert_int_equal(asks(guest, place), 200);
	int64_t question = json_number(guest, "id");
	assert_int_equal(says(guest, place, "Good evening"), 200);
	int64_t message = json_number(guest, "id");
	assert_int_equal(post_json(lead, at(place, "/polls"), "{\"asked\":\"Which?\",\"options\":\"One\\nTwo\"}"), 200);
	int64_t poll = json_number(lead, "id");
	assert_int_equal(post_json(lead, at(place, base_of("/polls/%lld/act", (long long)poll)), "{\"act\":\"open\"}"), 200);
	tamper(f, "UPDATE event SET state = 'ended', closed_at = %lld WHERE id = %lld", (long long)f->cx.now, (long long)place);
	pass(DAY - MINUTE);
	sign_out();
	sign_in();
	assert_int_equal(says(other, place, "Thank you"), 200);
	pass(2 * MINUTE);
	assert_int_equal(says(other, place, "And another thing"), 409);
	assert_int_equal(asks(other, place), 409);
	assert_int_equal(post_json(other, at(place, base_of("/questions/%lld/vote", (long long)question)), "{\"yes\":true}"), 409);
	assert_int_equal(post_json(other, at(place, base_of("/polls/%lld/vote", (long long)poll)), "{\"choice\":[\"1\"]}"), 409);
	assert_int_equal(post_json(other, at(place, base_of("/chat/%lld/act", (long long)message)), "{\"act\":\"report\"}"), 409);
	assert_int_equal(get(other, "/live/event/%lld", (long long)place), 200);
	assert_true(body_has(other, "Good evening") && body_has(other, "Until when?"));
	assert_true(body_has(other, "aria-pressed=\"false\" disabled"));
	assert_false(body_has(other, "name=\"message\"") || body_has(other, "name=\"words\""));
	assert_int_equal(says(lead, place, "It is all written down"), 200);
}

/* The film, one's time, questions, polls and chat: loaded once and then listened to, by as many as come at the same minute. */
static void the_page_of_a_full_place_takes_no_more_statements_than_others(void **state)
{
	int64_t place = a_place();
	(void)state;
	with_chat(place);
	assert_int_equal(says(guest, place, "Good afternoon."), 200);
	assert_int_equal(asks(guest, place), 200);
	assert_int_equal(post_json(lead, at(place, "/polls"), "{\"asked\":\"Which?\",\"options\":\"One\\nTwo\"}"), 200);
	int64_t poll = json_number(lead, "id");
	assert_int_equal(post_json(lead, at(place, base_of("/polls/%lld/act", (long long)poll)), "{\"act\":\"show\"}"), 200);
	assert_int_equal(post_json(lead, at(place, base_of("/polls/%lld/act", (long long)poll)), "{\"act\":\"open\"}"), 200);
	assert_int_equal(post_json(guest, at(place, base_of("/polls/%lld/vote", (long long)poll)), "{\"choice\":[\"1\"]}"), 200);
	tamper(f, "UPDATE event SET began_at = %lld, for_all = %s WHERE id = %lld", (long long)f->cx.now, fixture_sqlite(f) ? "0" : "FALSE", (long long)place);
	query_end();
	assert_int_equal(get(guest, "/events/%lld/live", (long long)place), 200);
	assert_true(body_has(guest, "Good afternoon.") && body_has(guest, "Until when?") && body_has(guest, "1 · 100%"));
	print_message("a guest: %u statements\n", guest->statements);
	assert_true(guest->statements <= 12);
	assert_int_equal(get(lead, "/events/%lld/live", (long long)place), 200);
	print_message("a moderator: %u statements\n", lead->statements);
	assert_true(lead->statements <= 12);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	f->app.fixed_now = f->cx.now;
	sign_in();
	return 0;
}

static int end(void **state)
{
	(void)state;
	sign_out();
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_page_of_a_full_place_takes_no_more_statements_than_others),
		cmocka_unit_test(one_asks_so_many_questions_and_a_place_holds_so_many),
		cmocka_unit_test(a_place_holds_so_many_polls),
		cmocka_unit_test(one_says_so_much_in_a_minute_and_a_page_shows_the_newest),
		cmocka_unit_test(a_place_holds_so_much_chat_and_says_so_where_it_was_written),
		cmocka_unit_test(a_message_is_reported_once_however_often_somebody_says_so),
		cmocka_unit_test(a_day_after_the_end_guests_read_and_write_no_more),
		cmocka_unit_test(chat_is_deleted_after_its_days_with_what_was_reported_and_questions_stay),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
