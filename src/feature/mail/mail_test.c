/* Letters as text: nothing in a name or subject can begin a header, and what is not ASCII is encoded by the book. */
#include "feature/mail/mail_message.h"
#include "feature/secret/secret.h"

#include <sodium.h>

static struct app app;
static struct ctx cx;

static struct mail_letter a_letter(const char *name, const char *subject)
{
	return (struct mail_letter){ .id = 0x1234,
				     .created_at = INT64_C(1795451670000),
				     .from = { S("Karmayogi"), S("no-reply@example.gov.in") },
				     .to = S("a@b.in"),
				     .name = str_of(name),
				     .subject = str_of(subject),
				     .text = { S("Plain\n"), S("<p>Plain</p>\n") } };
}

/* Headers only; each line is a header or continues one. */
static void assert_headers(struct str message, size_t n)
{
	static const char *const known[] = { "Date: ", "From: ", "To: ", "Subject: ", "Message-ID: ", "MIME-Version: ", "Auto-Submitted: ", "Content-Type: " };
	struct str rest = message, line;
	size_t at = 0;
	while (str_cut(&rest, '\n', &line) && line.n > 1) {
		assert_true(line.p[line.n - 1] == '\r');
		assert_true(line.n <= 300);
		for (size_t i = 0; i + 1 < line.n; i++)
			assert_true((unsigned char)line.p[i] >= ' ' && (unsigned char)line.p[i] < 127);
		if (line.p[0] == ' ')
			continue;
		assert_true(at < sizeof known / sizeof *known && str_starts(line, str_of(known[at])));
		at++;
	}
	assert_int_equal(at, n);
}

static void the_date_is_that_of_the_letter(void **state)
{
	struct mail_letter l = a_letter("Asha", "Hello");
	struct str m = mail_message(&cx, &l);
	(void)state;
	assert_true(str_starts(
	    m, S("Date: Mon, 23 Nov 2026 22:04:30 +0530\r\nFrom: Karmayogi\r\n <no-reply@example.gov.in>\r\nTo: Asha\r\n <a@b.in>\r\nSubject: Hello\r\n"
		 "Message-ID: <4660.karmayogi@example.gov.in>\r\n")));
}

static void nothing_begins_another_header(void **state)
{
	static const char *const bad[] = {
		"x\r\nBcc: c@d.in", "x\nBcc: c@d.in", "x\r\n\r\nbody", "a\tb", "\x7f", "=?UTF-8?B?QmNj?=", "a <x@y.in>, \"b\\\"", ""
	};
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct mail_letter l = a_letter(bad[i], bad[i]);
		assert_headers(mail_message(&cx, &l), 8);
	}
}

static void long_subjects_are_cut_between_characters(void **state)
{
	struct buf b;
	const char *long_one = "सूचना का अधिकार अधिनियम के अंतर्गत आवेदन का उत्तर देना और उसकी समय सीमा का पालन करना";
	struct str rest, word;
	char back[600] = "";
	(void)state;
	buf_init(&b, cx.arena, 4000);
	mail_put_words(&b, str_of(long_one));
	rest = buf_get(&b);
	while (str_cut(&rest, '\n', &word)) {
		unsigned char piece[60];
		size_t n;
		word = str_trim(word);
		assert_true(word.n <= 75 && str_starts(word, S("=?UTF-8?B?")) && str_ends(word, S("?=")));
		assert_int_equal(sodium_base642bin(piece, sizeof piece, word.p + 10, word.n - 12, NULL, &n, NULL, sodium_base64_VARIANT_ORIGINAL), 0);
		assert_true(((unsigned char)piece[0] & 0xc0) != 0x80);
		strncat(back, (char *)piece, n);
	}
	assert_string_equal(back, long_one);
}

static void what_is_no_ascii_goes_as_base64(void **state)
{
	struct mail_letter l = a_letter("Asha", "Hello");
	(void)state;
	l.text.plain = S("नमस्ते\n");
	struct str m = mail_message(&cx, &l);
	assert_true(str_find(m, S("text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n4KSo4KSu4KS44KWN4KSk4KWHCg==\r\n")) > 0);
	assert_true(str_find(m, S("text/html; charset=us-ascii\r\nContent-Transfer-Encoding: 7bit\r\n\r\n<p>Plain</p>\r\n")) > 0);
}

static void values_are_escaped_in_the_html(void **state)
{
	struct msg_arg arg = { "x", S("<script>\"&'") };
	struct mail in = { .lang = LANG_EN,
			   .name = S("<b>"),
			   .subject = "S",
			   .before = "Say {x}",
			   .link_text = "Go",
			   .link = S("https://a/?b=\"&c"),
			   .args = &arg,
			   .n_args = 1 };
	struct mail_text t = mail_texts(&cx, &in);
	(void)state;
	assert_true(str_find(t.html, S("Dear &lt;b&gt;,")) > 0);
	assert_true(str_find(t.html, S("Say &lt;script&gt;&quot;&amp;&#39;")) > 0);
	assert_true(str_find(t.html, S("href=\"https://a/?b=&quot;&amp;c\"")) > 0);
	assert_true(str_find(t.plain, S("Say <script>\"&'\n\nGo:\nhttps://a/?b=\"&c\n")) > 0);
}

static void a_sender_is_a_name_and_an_address(void **state)
{
	struct mail_from from;
	(void)state;
	assert_true(mail_from_parse(&cx, S(" Mission Karmayogi <a@b.in>"), &from));
	assert_true(str_is(from.name, "Mission Karmayogi") && str_is(from.address, "a@b.in"));
	assert_true(mail_from_parse(&cx, S("a@b.in"), &from));
	assert_true(str_is(from.name, "") && str_is(from.address, "a@b.in"));
	assert_false(mail_from_parse(&cx, S("a@b.in>"), &from));
	assert_false(mail_from_parse(&cx, S("x <a@b.in> y"), &from));
	assert_false(mail_from_parse(&cx, S(""), &from));
}

static void what_is_sealed_opens_for_its_purpose_only(void **state)
{
	struct str sealed = secret_seal(&cx, S("one"), S("words")), plain;
	char *altered = arena_alloc(cx.arena, sealed.n + 1);
	(void)state;
	assert_true(secret_open(&cx, S("one"), sealed, &plain) && str_is(plain, "words"));
	assert_false(secret_open(&cx, S("two"), sealed, &plain));
	for (size_t i = 0; i < sealed.n; i++) {
		memcpy(altered, sealed.p, sealed.n);
		altered[i] = altered[i] == '0' ? '1' : '0';
		assert_false(secret_open(&cx, S("one"), (struct str){ altered, sealed.n }, &plain));
	}
	assert_false(secret_open(&cx, S("one"), S(""), &plain));
	assert_false(secret_open(&cx, S("one"), S("abc"), &plain));
	assert_false(str_eq(secret_seal(&cx, S("one"), S("words")), sealed));
	assert_true(secret_same(secret_hash(&cx, "a", S("x")), secret_hash(&cx, "a", S("x"))));
	assert_false(secret_same(secret_hash(&cx, "a", S("x")), secret_hash(&cx, "b", S("x"))));
	assert_false(secret_same(STR_NONE, STR_NONE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_date_is_that_of_the_letter),
		cmocka_unit_test(nothing_begins_another_header),
		cmocka_unit_test(long_subjects_are_cut_between_characters),
		cmocka_unit_test(what_is_no_ascii_goes_as_base64),
		cmocka_unit_test(values_are_escaped_in_the_html),
		cmocka_unit_test(a_sender_is_a_name_and_an_address),
		cmocka_unit_test(what_is_sealed_opens_for_its_purpose_only),
	};
	if (sodium_init() < 0)
		return 1;
	app.base_url = S("https://learn.example.gov.in");
	cx = (struct ctx){ .arena = arena_new(), .app = &app };
	int code = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(cx.arena);
	return code;
}
