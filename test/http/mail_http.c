/* Letters against a real mail server and a real gateway on loopback: taken, refused, put off, hung up on, away for a day. */
#include "http_test.h"
#include "feature/mail/mail.h"
#include "feature/secret/secret.h"
#include "peer.h"

#include <dirent.h>

static struct fixture *f;
static struct peer *server, *gateway;
static char smtp_url[80], sms_url[120];

struct letter {
	struct mail in;
	bool is_new;
	enum err undo;
};

static enum err add(struct ctx *cx, void *arg)
{
	struct letter *l = arg;
	TRY(mail_add(cx, &l->in, &l->is_new));
	return l->undo;
}

static struct mail a_mail(const char *fact)
{
	static const struct msg_arg args[] = { { "course", { "Filing", 6 } } };
	return (struct mail){ .fact = str_of(fact),
			      .person_id = NONE,
			      .to = S("asha@example.gov.in"),
			      .name = S("Asha Kumari"),
			      .lang = LANG_EN,
			      .subject = "About {course}",
			      .before = "Something happened with {course}.",
			      .link_text = "Look at it",
			      .link = S("http://127.0.0.1/x?a=1&b=2"),
			      .args = args,
			      .n_args = 1 };
}

static bool write_mail(const char *fact)
{
	struct letter l = { .in = a_mail(fact) };
	in_tx(f, add, &l);
	return l.is_new;
}

static int64_t in_state(const char *state)
{
	return query_int(f, "SELECT count(*) FROM mail WHERE state = '%s'", state);
}

static void words_of(const char *fact, char *ret, size_t n)
{
	query_text(f, ret, n, "SELECT words FROM mail WHERE fact = '%s'", fact);
}

static void a_letter_reaches_the_server_once(void **state)
{
	char text[8000];
	(void)state;
	size_t before = peer_taken(server);
	assert_true(write_mail("one"));
	work_now(f);
	assert_int_equal(peer_taken(server), before + 1);
	peer_last(server, text, sizeof text);
	assert_non_null(strstr(text, "RCPT TO:<asha@example.gov.in>"));
	assert_non_null(strstr(text, "From: Karmayogi\n <no-reply@example.gov.in>\n"));
	assert_non_null(strstr(text, "To: Asha Kumari\n <asha@example.gov.in>\n"));
	assert_non_null(strstr(text, "Subject: About Filing\n"));
	assert_non_null(strstr(text, "Auto-Submitted: auto-generated\n"));
	assert_non_null(strstr(text, "Something happened with Filing."));
	assert_non_null(strstr(text, "href=\"http://127.0.0.1/x?a=1&amp;b=2\""));
	assert_false(write_mail("one"));
	work_now(f);
	assert_int_equal(peer_taken(server), before + 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM mail WHERE state = 'sent' AND body = ''"), 1);
}

static enum err add_and_fail(struct ctx *cx, void *arg)
{
	(void)!add(cx, arg);
	return ERR_CONFLICT;
}

static void a_fact_that_did_not_happen_writes_no_letter(void **state)
{
	struct letter l = { .in = a_mail("undone") };
	(void)state;
	assert_int_equal(db_write(&f->cx, f->pool, add_and_fail, &l), ERR_CONFLICT);
	assert_int_equal(query_int(f, "SELECT count(*) FROM mail WHERE fact = 'undone'"), 0);
}

static void an_address_that_is_none_is_refused_at_once(void **state)
{
	static const char *const bad[] = { "",	       "x",	  "@x.in",	   "a@",     "a b@x.in", "a@x.in\r\nBcc: b@x.in",
					   "a<b@x.in", "-a@x.in", "a@x.in,b@x.in", "अ@x.in", "a@b@c.in" };
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct letter l = { .in = a_mail("bad") };
		l.in.to = str_of(bad[i]);
		assert_int_equal(db_write(&f->cx, f->pool, add, &l), ERR_INVALID);
		f->cx.n_failures = 0;
	}
}

static void the_text_is_not_readable_in_the_database(void **state)
{
	char body[4000];
	(void)state;
	assert_true(write_mail("sealed"));
	query_text(f, body, sizeof body, "SELECT body FROM mail WHERE fact = 'sealed'");
	assert_true(strlen(body) > 100);
	assert_null(strstr(body, "Filing"));
	work_now(f);
}

static void who_is_refused_for_good_is_not_tried_again_until_asked(void **state)
{
	static const enum peer_mood moods[] = { PEER_RCPT_NEVER, PEER_TEXT_NEVER };
	static const char *const words[] = { "550 5.1.1 no such mailbox", "554 5.7.1 no such words here" };
	char text[400];
	int64_t n;
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		const char *fact = i ? "text never" : "rcpt never";
		peer_mood(server, moods[i]);
		write_mail(fact);
		work_now(f);
		assert_int_equal(query_int(f, "SELECT count(*) FROM mail WHERE fact = '%s' AND state = 'refused'", fact), 1);
		words_of(fact, text, sizeof text);
		assert_string_equal(text, words[i]);
	}
	size_t calls = peer_calls(server);
	f->app.fixed_now += DAY;
	work_now(f);
	assert_int_equal(peer_calls(server), calls);
	peer_mood(server, PEER_GOOD);
	in_tx(f, (db_fn *)mail_again, &n);
	assert_int_equal(n, 2);
	work_now(f);
	assert_int_equal(in_state("refused"), 0);
}

static void a_letter_wanted_later_waits_alone(void **state)
{
	static const enum peer_mood moods[] = { PEER_RCPT_LATER, PEER_TEXT_LATER };
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		const char *fact = i ? "text later" : "rcpt later", *other = i ? "other 2" : "other 1";
		peer_mood(server, moods[i]);
		write_mail(fact);
		work_now(f);
		assert_int_equal(query_int(f, "SELECT tries FROM mail WHERE fact = '%s' AND state = 'waiting'", fact), 1);
		peer_mood(server, PEER_GOOD);
		write_mail(other);
		work_now(f);
		assert_int_equal(query_int(f, "SELECT count(*) FROM mail WHERE fact = '%s' AND state = 'sent'", other), 1);
		assert_int_equal(query_int(f, "SELECT count(*) FROM mail WHERE fact = '%s' AND state = 'waiting'", fact), 1);
		f->app.fixed_now += 2 * MINUTE;
		write_mail(i ? "other 4" : "other 3");
		work_now(f);
		assert_int_equal(query_int(f, "SELECT count(*) FROM mail WHERE fact = '%s' AND state = 'sent'", fact), 1);
	}
}

static void after_five_days_of_later_it_counts_as_refused(void **state)
{
	(void)state;
	peer_mood(server, PEER_RCPT_LATER);
	write_mail("never now");
	for (int i = 0; i < 200 && in_state("waiting"); i++) {
		work_now(f);
		f->app.fixed_now += HOUR;
		write_mail("never now");
		in_tx(f, (db_fn *)mail_again, &(int64_t){ 0 });
	}
	assert_int_equal(query_int(f, "SELECT count(*) FROM mail WHERE fact = 'never now'"), 1);
	peer_mood(server, PEER_GOOD);
	f->app.fixed_now += 2 * HOUR;
	in_tx(f, (db_fn *)mail_again, &(int64_t){ 0 });
	work_now(f);
	assert_int_equal(in_state("waiting") + in_state("refused"), 0);
}

/* Lets a day pass in steps of a minute, working at each. */
static void a_day_passes(void)
{
	for (int64_t t = 0; t < DAY; t += 20 * MINUTE) {
		f->app.fixed_now += 20 * MINUTE;
		work_now(f);
	}
}

static void a_server_that_is_away_for_a_day_loses_nothing(void **state)
{
	static const enum peer_mood moods[] = { PEER_BUSY, PEER_SENDER, PEER_DROPS };
	char fact[40];
	(void)state;
	for (size_t i = 0; i < sizeof moods / sizeof *moods; i++) {
		size_t before = peer_taken(server), calls = peer_calls(server);
		peer_mood(server, moods[i]);
		for (int k = 0; k < 5; k++) {
			snprintf(fact, sizeof fact, "day %zu %d", i, k);
			write_mail(fact);
			work_now(f);
		}
		/* The one failure keeps the others from knocking, too. */
		assert_int_equal(peer_calls(server), calls + 1);
		a_day_passes();
		assert_int_equal(in_state("waiting"), 5);
		assert_int_equal(peer_taken(server), before);
		peer_mood(server, PEER_GOOD);
		f->app.fixed_now += 10 * MINUTE;
		work_now(f);
		assert_int_equal(in_state("waiting"), 0);
		assert_int_equal(peer_taken(server), before + 5);
	}
}

static void no_server_at_all_is_the_same(void **state)
{
	(void)state;
	size_t before = peer_taken(server);
	f->app.smtp_url = S("smtp://127.0.0.1:1");
	write_mail("nobody there");
	work_now(f);
	assert_int_equal(in_state("waiting"), 1);
	f->app.smtp_url = str_of(smtp_url);
	f->app.fixed_now += 10 * MINUTE;
	work_now(f);
	assert_int_equal(in_state("waiting"), 0);
	assert_int_equal(peer_taken(server), before + 1);
}

static void a_server_that_says_nothing_is_left_after_the_time_limit(void **state)
{
	(void)state;
	peer_mood(server, PEER_SILENT);
	f->app.smtp_timeout = 1;
	write_mail("silence");
	int64_t begun = clock_monotonic();
	work_now(f);
	assert_true(clock_monotonic() - begun < INT64_C(8000000000));
	assert_int_equal(in_state("waiting"), 1);
	peer_mood(server, PEER_GOOD);
	f->app.fixed_now += 10 * MINUTE;
	work_now(f);
	assert_int_equal(in_state("waiting"), 0);
}

static void what_is_urgent_goes_first_and_what_is_late_not_at_all(void **state)
{
	char text[8000];
	struct letter urgent = { .in = a_mail("urgent") }, late = { .in = a_mail("late") };
	(void)state;
	peer_mood(server, PEER_BUSY);
	urgent.in.urgent = true;
	urgent.in.subject = "Urgent";
	late.in.expires_at = f->app.fixed_now + MINUTE;
	in_tx(f, add, &late);
	write_mail("plain");
	in_tx(f, add, &urgent);
	work_now(f);
	peer_mood(server, PEER_GOOD);
	f->app.fixed_now += 10 * MINUTE;
	size_t before = peer_taken(server);
	work_now(f);
	assert_int_equal(peer_taken(server), before + 2);
	peer_last(server, text, sizeof text);
	assert_null(strstr(text, "Subject: Urgent"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM mail WHERE fact = 'late' AND state = 'late' AND body = ''"), 1);
}

static void a_hindi_letter_is_hindi_and_its_headers_are_ascii(void **state)
{
	char text[20000];
	struct letter l = { .in = a_mail("hindi") };
	(void)state;
	l.in.lang = LANG_HI;
	l.in.name = S("सुनीता देवी");
	l.in.subject = "Sign in";
	in_tx(f, add, &l);
	work_now(f);
	peer_last(server, text, sizeof text);
	assert_non_null(strstr(text, "To: =?UTF-8?B?"));
	assert_non_null(strstr(text, "Subject: =?UTF-8?B?"));
	for (const char *p = text; *p; p++)
		assert_true((unsigned char)*p < 128);
}

static void short_messages_go_through_the_gateway(void **state)
{
	char line[2000];
	struct letter l = { .in = a_mail("sms 1") };
	(void)state;
	l.in.channel = MAIL_SHORT;
	l.in.to = S("+919876543210");
	l.in.link_text = NULL;
	in_tx(f, add, &l);
	peer_mood(gateway, PEER_BUSY);
	work_now(f);
	assert_int_equal(in_state("waiting"), 1);
	assert_true(write_mail("not held up"));
	work_now(f);
	assert_int_equal(in_state("waiting"), 1);
	peer_mood(gateway, PEER_GOOD);
	f->app.fixed_now += 10 * MINUTE;
	work_now(f);
	assert_int_equal(in_state("waiting"), 0);
	peer_last(gateway, line, sizeof line);
	assert_non_null(strstr(line, "to=%2B919876543210&text=Something%20happened%20with%20Filing."));
	peer_mood(gateway, PEER_RCPT_NEVER);
	l.in.fact = S("sms 2");
	in_tx(f, add, &l);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM mail WHERE fact = 'sms 2' AND state = 'refused' AND words = '400 words'"), 1);
}

static void without_a_server_letters_become_files(void **state)
{
	char path[200], line[300] = "";
	int64_t id;
	(void)state;
	f->app.smtp_url = STR_NONE;
	write_mail("file");
	work_now(f);
	id = query_int(f, "SELECT id FROM mail WHERE fact = 'file' AND state = 'sent'");
	snprintf(path, sizeof path, "%s/mail/%lld.eml", f->dir, (long long)id);
	FILE *in = fopen(path, "r");
	assert_non_null(in);
	assert_non_null(fgets(line, sizeof line, in));
	assert_true(strncmp(line, "Date: ", 6) == 0);
	fclose(in);
	f->app.smtp_url = str_of(smtp_url);
}

static void with_another_key_nothing_is_sent_and_nothing_lost(void **state)
{
	unsigned char key[32];
	(void)state;
	memcpy(key, f->app.secret_key, sizeof key);
	size_t before = peer_taken(server);
	write_mail("other key");
	f->app.secret_key[0] ^= 1;
	work_now(f);
	assert_int_equal(peer_taken(server), before);
	memcpy(f->app.secret_key, key, sizeof key);
	in_tx(f, (db_fn *)mail_again, &(int64_t){ 0 });
	peer_mood(gateway, PEER_GOOD);
	work_now(f);
	assert_int_equal(peer_taken(server), before + 1);
	assert_int_equal(in_state("waiting") + in_state("refused"), 0);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_data();
	server = peer_smtp();
	gateway = peer_http();
	snprintf(smtp_url, sizeof smtp_url, "smtp://127.0.0.1:%u", peer_port(server));
	snprintf(sms_url, sizeof sms_url, "http://127.0.0.1:%u/send?to={to}&text={text}", peer_port(gateway));
	f->app.smtp_url = str_of(smtp_url);
	f->app.sms_url = str_of(sms_url);
	f->app.smtp_timeout = 10;
	return 0;
}

static int end(void **state)
{
	(void)state;
	fixture_end(f);
	peer_end(server);
	peer_end(gateway);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_letter_reaches_the_server_once),
		cmocka_unit_test(a_fact_that_did_not_happen_writes_no_letter),
		cmocka_unit_test(an_address_that_is_none_is_refused_at_once),
		cmocka_unit_test(the_text_is_not_readable_in_the_database),
		cmocka_unit_test(who_is_refused_for_good_is_not_tried_again_until_asked),
		cmocka_unit_test(a_letter_wanted_later_waits_alone),
		cmocka_unit_test(after_five_days_of_later_it_counts_as_refused),
		cmocka_unit_test(a_server_that_is_away_for_a_day_loses_nothing),
		cmocka_unit_test(no_server_at_all_is_the_same),
		cmocka_unit_test(a_server_that_says_nothing_is_left_after_the_time_limit),
		cmocka_unit_test(what_is_urgent_goes_first_and_what_is_late_not_at_all),
		cmocka_unit_test(a_hindi_letter_is_hindi_and_its_headers_are_ascii),
		cmocka_unit_test(short_messages_go_through_the_gateway),
		cmocka_unit_test(without_a_server_letters_become_files),
		cmocka_unit_test(with_another_key_nothing_is_sent_and_nothing_lost),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
