/* One letter to the outside: SMTP or HTTP by libcurl, or a file; see mail_send.h. */
#include "feature/mail/mail_send.h"
#include "base/utf8.h"
#include "feature/secret/secret.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CONNECT_SECONDS = 10, BEAT_EVERY = 5 };

/* ── words of others, for the operator ── */

static struct str clean_words(struct ctx *cx, struct str s)
{
	struct str t = str_trim(s);
	char *out;
	if (!utf8_valid(t))
		return S("(words that cannot be read)");
	if (t.n > MAIL_WORDS_MAX)
		t.n = MAIL_WORDS_MAX;
	while (t.n && !utf8_valid(t))
		t.n--;
	out = arena_alloc(cx->arena, t.n + 1);
	for (size_t i = 0; i < t.n; i++)
		out[i] = (unsigned char)t.p[i] < ' ' ? ' ' : t.p[i];
	return (struct str){ out, t.n };
}

/* ── files, where no server is named ── */

/* Whole under its name or not at all. */
static bool write_file(const char *folder, const char *path, const char *part, struct str s)
{
	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		return false;
	int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	bool good = write(fd, s.p, s.n) == (ssize_t)s.n && fsync(fd) == 0;
	good = close(fd) == 0 && good && rename(part, path) == 0;
	if (!good)
		unlink(part);
	return good;
}

static void to_file(struct ctx *cx, struct mail_sending *s, struct str text, const char *ending)
{
	const char *folder = str_fmt(cx->arena, "%.*s/mail", STR_ARG(cx->app->data_dir)).p;
	const char *path = str_fmt(cx->arena, "%s/%lld.%s", folder, (long long)s->row->id, ending).p;
	if (write_file(folder, path, str_fmt(cx->arena, "%s.part", path).p, text)) {
		s->outcome = MAIL_SENT;
		fprintf(stderr, "mail=%lld file=%s\n", (long long)s->row->id, path);
	} else {
		s->outcome = MAIL_AWAY;
		s->words = str_fmt(cx->arena, "%s: %s", path, strerror(errno));
	}
}

/* ── what both kinds of server need ── */

struct line {
	struct ctx *cx;
	struct mail_sending *s;
	struct str text; /* still to be read by curl */
	struct buf said; /* the line with which the server refused */
	struct buf body; /* of a gateway's answer */
	char error[CURL_ERROR_SIZE];
	int64_t beat_at; /* monotonic ns */
};

static size_t give(char *p, size_t size, size_t n, void *arg)
{
	struct line *l = arg;
	size_t most = size * n, take = l->text.n < most ? l->text.n : most;
	memcpy(p, l->text.p, take);
	l->text = str_sub(l->text, take, l->text.n);
	return take;
}

static size_t hear(char *p, size_t size, size_t n, void *arg)
{
	struct line *l = arg;
	/* Only a refusal is of interest, and the "good bye" after it is none. */
	if (n && (p[0] == '4' || p[0] == '5')) {
		buf_init(&l->said, l->cx->arena, 600);
		buf_add(&l->said, p, size * n < 500 ? size * n : 500);
	}
	return size * n;
}

static size_t hear_body(char *p, size_t size, size_t n, void *arg)
{
	struct line *l = arg;
	if (l->body.n < 300)
		buf_add(&l->body, p, size * n < 300 ? size * n : 300);
	return size * n;
}

/* A slow server must not cost us the lease: another worker would send the same letter. */
static int beat(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	struct line *l = arg;
	(void)a;
	(void)b;
	(void)c;
	(void)d;
	if (!l->s->job || clock_monotonic() < l->beat_at)
		return 0;
	l->beat_at = clock_monotonic() + BEAT_EVERY * INT64_C(1000000000);
	return job_beat(l->cx, l->s->job) == ERR_GONE;
}

static CURL *prepare(struct ctx *cx, struct line *l)
{
	CURL *c = curl_easy_init();
	long seconds = (long)(cx->app->smtp_timeout ? cx->app->smtp_timeout : 60);
	if (!c)
		return NULL;
	l->beat_at = clock_monotonic() + BEAT_EVERY * INT64_C(1000000000);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, seconds < CONNECT_SECONDS ? seconds : (long)CONNECT_SECONDS);
	curl_easy_setopt(c, CURLOPT_TIMEOUT, seconds);
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, l->error);
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, hear);
	curl_easy_setopt(c, CURLOPT_HEADERDATA, l);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, hear_body);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, l);
	curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, beat);
	curl_easy_setopt(c, CURLOPT_XFERINFODATA, l);
	return c;
}

/* ── SMTP ── */

/* Whether the password would go in the clear over a net. */
static bool is_loopback(struct str url)
{
	ptrdiff_t at = str_find(url, S("://"));
	struct str host = str_sub(url, at < 0 ? 0 : (size_t)at + 3, url.n);
	return str_starts(host, S("127.")) || str_starts(host, S("localhost")) || str_starts(host, S("[::1]"));
}

static void smtp_options(struct ctx *cx, CURL *c, struct line *l, const char *from)
{
	const struct app *a = cx->app;
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(c, CURLOPT_URL, str_c(cx->arena, a->smtp_url));
	curl_easy_setopt(c, CURLOPT_USE_SSL, (long)(a->smtp_user.n && !is_loopback(a->smtp_url) ? CURLUSESSL_ALL : CURLUSESSL_TRY));
	if (a->smtp_user.n) {
		curl_easy_setopt(c, CURLOPT_USERNAME, str_c(cx->arena, a->smtp_user));
		curl_easy_setopt(c, CURLOPT_PASSWORD, str_c(cx->arena, a->smtp_password));
	}
	curl_easy_setopt(c, CURLOPT_MAIL_FROM, from);
	curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(c, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(c, CURLOPT_READDATA, l);
}

/* A refusal is final only where it is about this letter: its recipient, or its text. 421 is "I am going away" wherever it is said. */
static enum mail_outcome smtp_outcome(CURLcode r, long code, const char *error)
{
	bool letter = strncmp(error, "RCPT failed", 11) == 0 || r == CURLE_WEIRD_SERVER_REPLY || r == CURLE_RECV_ERROR;
	if (r == CURLE_OK)
		return MAIL_SENT;
	if (!letter || code == 421 || code < 400)
		return MAIL_AWAY;
	return code < 500 ? MAIL_LATER : MAIL_REFUSED;
}

static void by_smtp(struct ctx *cx, struct mail_sending *s, const struct mail_letter *letter)
{
	struct line l = { .cx = cx, .s = s, .text = mail_message(cx, letter) };
	struct curl_slist *to = NULL;
	long code = 0;
	CURL *c = prepare(cx, &l);
	if (c)
		to = curl_slist_append(NULL, str_fmt(cx->arena, "<%.*s>", STR_ARG(s->row->recipient)).p);
	if (!c || !to) {
		curl_easy_cleanup(c);
		return;
	}
	buf_init(&l.said, cx->arena, 600);
	buf_init(&l.body, cx->arena, 700);
	smtp_options(cx, c, &l, str_fmt(cx->arena, "<%.*s>", STR_ARG(letter->from.address)).p);
	curl_easy_setopt(c, CURLOPT_MAIL_RCPT, to);
	CURLcode r = curl_easy_perform(c);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &code);
	s->outcome = smtp_outcome(r, code, l.error);
	if (s->outcome != MAIL_SENT) {
		struct str said = str_trim(buf_get(&l.said));
		s->words = clean_words(cx, code >= 400 && said.n ? said : str_of(l.error[0] ? l.error : curl_easy_strerror(r)));
	}
	curl_slist_free_all(to);
	curl_easy_cleanup(c);
}

/* ── HTTP gateway of short messages ── */

/* The address of the gateway with {to} and {text} filled in, percent-encoded. */
static struct str gateway_url(struct ctx *cx, CURL *c, struct str to, struct str text)
{
	struct str rest = cx->app->sms_url;
	struct buf b;
	buf_init(&b, cx->arena, 8192);
	while (rest.n) {
		bool is_to = str_starts(rest, S("{to}")), is_text = str_starts(rest, S("{text}"));
		struct str value = is_to ? to : text;
		if (!is_to && !is_text) {
			buf_char(&b, rest.p[0]);
			rest = str_sub(rest, 1, rest.n);
			continue;
		}
		char *safe = curl_easy_escape(c, value.p, (int)value.n);
		buf_str(&b, str_of(safe ? safe : ""));
		curl_free(safe);
		rest = str_sub(rest, is_to ? 4 : 6, rest.n);
	}
	return buf_get(&b);
}

static enum mail_outcome http_outcome(CURLcode r, long code)
{
	if (r == CURLE_OK && code >= 200 && code < 300)
		return MAIL_SENT;
	if (r == CURLE_OK && (code == 400 || code == 422))
		return MAIL_REFUSED;
	return MAIL_AWAY;
}

static void by_http(struct ctx *cx, struct mail_sending *s, struct str text)
{
	struct line l = { .cx = cx, .s = s };
	long code = 0;
	CURL *c = prepare(cx, &l);
	if (!c)
		return;
	buf_init(&l.said, cx->arena, 600);
	buf_init(&l.body, cx->arena, 700);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_URL, gateway_url(cx, c, s->row->recipient, text).p);
	CURLcode r = curl_easy_perform(c);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &code);
	s->outcome = http_outcome(r, code);
	if (s->outcome != MAIL_SENT)
		s->words = r == CURLE_OK ? str_fmt(cx->arena, "%ld %.*s", code, STR_ARG(clean_words(cx, buf_get(&l.body))))
					 : clean_words(cx, str_of(l.error[0] ? l.error : curl_easy_strerror(r)));
	curl_easy_cleanup(c);
}

/* ── one letter ── */

static bool letter_of(struct ctx *cx, const struct mail_due_row *r, struct str body, struct mail_letter *ret)
{
	ptrdiff_t at = str_index(body, MAIL_DIVIDER);
	if (at < 0)
		return false;
	*ret = (struct mail_letter){ .id = r->id,
				     .created_at = r->created_at,
				     .to = r->recipient,
				     .name = r->recipient_name,
				     .subject = r->subject,
				     .text = { str_sub(body, 0, (size_t)at), str_sub(body, (size_t)at + 1, body.n) } };
	return mail_from_parse(cx, cx->app->mail_from, &ret->from);
}

void mail_send(struct ctx *cx, struct mail_sending *s)
{
	const struct mail_due_row *r = s->row;
	struct mail_letter letter;
	struct str body;
	s->outcome = MAIL_AWAY;
	s->words = STR_NONE;
	if (r->expires_at != NONE && r->expires_at <= cx->now) {
		s->outcome = MAIL_LATE;
	} else if (!secret_open(cx, mail_purpose(cx, r->id), r->body, &body)) {
		s->outcome = MAIL_SPOILED;
		s->words = S("The text does not open with the key of this installation (keys/secrets.key).");
	} else if (str_is(r->channel, "sms")) {
		if (cx->app->sms_url.n)
			by_http(cx, s, body);
		else
			to_file(cx, s, str_fmt(cx->arena, "To: %.*s\n\n%.*s\n", STR_ARG(r->recipient), STR_ARG(body)), "txt");
	} else if (!letter_of(cx, r, body, &letter)) {
		s->words = S("The setting mail_from names no e-mail address.");
	} else if (cx->app->smtp_url.n) {
		by_smtp(cx, s, &letter);
	} else {
		to_file(cx, s, mail_message(cx, &letter), "eml");
	}
}
