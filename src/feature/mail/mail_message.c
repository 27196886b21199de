/* Letters as text; see mail_message.h. */
#include "feature/mail/mail_message.h"
#include "base/utf8.h"
#include "web/lang.h"

#include <sodium.h>

enum { MESSAGE_MAX = 4 * MAIL_BODY_MAX, LINE_MAX_PLAIN = 900, BASE64_LINE = 57 };

/* ── addresses ── */

/* The part of RFC 5321's addresses that is in use: no quotations, no comments, ASCII. */
static bool is_address(struct str s)
{
	ptrdiff_t at = str_index(s, '@');
	if (at <= 0 || at > 64 || s.n > MAIL_ADDRESS_MAX || (size_t)at + 1 == s.n || s.p[0] == '-')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		const char *also = (ptrdiff_t)i < at ? ".!#$%&'*+/=?^_`{|}~-" : ".-";
		if ((ptrdiff_t)i != at && !letter && !strchr(also, c))
			return false;
	}
	return true;
}

static bool is_number(struct str s)
{
	if (s.n < 8 || s.n > 16 || s.p[0] != '+')
		return false;
	for (size_t i = 1; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

bool mail_address_good(enum mail_channel channel, struct str to)
{
	return channel == MAIL_SHORT ? is_number(to) : is_address(to);
}

bool mail_from_parse(struct ctx *cx, struct str setting, struct mail_from *ret)
{
	struct str s = str_trim(setting);
	ptrdiff_t open = str_index(s, '<');
	*ret = (struct mail_from){ .name = S(""), .address = s };
	if (open >= 0) {
		if (s.p[s.n - 1] != '>')
			return false;
		ret->name = str_dup(cx->arena, str_trim(str_sub(s, 0, (size_t)open)));
		ret->address = str_sub(s, (size_t)open + 1, s.n - 1);
	}
	ret->address = str_dup(cx->arena, ret->address);
	return is_address(ret->address);
}

/* ── texts ── */

static struct str filled(struct ctx *cx, const struct mail *in, const char *english)
{
	return english ? msg_fill(cx, tr(in->lang, english), in->n_args, in->args) : STR_NONE;
}

static void put_html(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		switch (s.p[i]) {
		case '&': buf_lit(b, "&amp;"); break;
		case '<': buf_lit(b, "&lt;"); break;
		case '>': buf_lit(b, "&gt;"); break;
		case '"': buf_lit(b, "&quot;"); break;
		case '\'': buf_lit(b, "&#39;"); break;
		case '\n': buf_lit(b, "<br>\n"); break;
		default: buf_char(b, s.p[i]);
		}
}

static void put_paragraph(struct buf *b, struct str s)
{
	if (!s.n)
		return;
	buf_lit(b, "<p>");
	put_html(b, s);
	buf_lit(b, "</p>\n");
}

static struct str greeting(struct ctx *cx, const struct mail *in)
{
	struct msg_arg name = { "name", in->name };
	return in->name.n ? msg_fill(cx, tr(in->lang, N_("Dear {name},")), 1, &name) : str_of(tr(in->lang, N_("Good day,")));
}

static struct str closing(struct ctx *cx, const struct mail *in)
{
	struct msg_arg site = { "site", cx->app->base_url };
	return msg_fill(cx, tr(in->lang, N_("Karmayogi, {site}. This letter was written by a program; answers to it are not read.")), 1, &site);
}

struct mail_text mail_texts(struct ctx *cx, const struct mail *in)
{
	struct str before = filled(cx, in, in->before), after = filled(cx, in, in->after);
	struct buf plain, html;
	buf_init(&plain, cx->arena, MAIL_BODY_MAX / 4);
	buf_fmt(&plain, "%.*s\n\n%.*s\n", STR_ARG(greeting(cx, in)), STR_ARG(before));
	if (in->link_text)
		buf_fmt(&plain, "\n%s:\n%.*s\n", tr(in->lang, in->link_text), STR_ARG(in->link));
	if (after.n)
		buf_fmt(&plain, "\n%.*s\n", STR_ARG(after));
	buf_fmt(&plain, "\n-- \n%.*s\n", STR_ARG(closing(cx, in)));
	buf_init(&html, cx->arena, MAIL_BODY_MAX / 2);
	buf_fmt(&html, "<!doctype html>\n<html lang=\"%s\">\n<head><meta charset=\"utf-8\"><title>", in->lang == LANG_HI ? "hi" : "en");
	put_html(&html, filled(cx, in, in->subject));
	buf_lit(&html, "</title></head>\n<body style=\"font-family:sans-serif;font-size:16px;line-height:1.5;color:#15233b;max-width:36em\">\n");
	put_paragraph(&html, greeting(cx, in));
	put_paragraph(&html, before);
	if (in->link_text) {
		buf_lit(&html, "<p><a href=\"");
		put_html(&html, in->link);
		buf_lit(&html, "\" style=\"display:inline-block;padding:12px 20px;background:#17704f;color:#ffffff;border-radius:6px;text-decoration:none\">");
		put_html(&html, str_of(tr(in->lang, in->link_text)));
		buf_lit(&html, "</a></p>\n");
	}
	put_paragraph(&html, after);
	buf_lit(&html, "<p style=\"font-size:13px;color:#4a5872\">");
	put_html(&html, closing(cx, in));
	buf_lit(&html, "</p>\n</body>\n</html>\n");
	BUG_IF(plain.full || html.full);
	return (struct mail_text){ buf_get(&plain), buf_get(&html) };
}

struct str mail_short_text(struct ctx *cx, const struct mail *in)
{
	struct str text = filled(cx, in, in->before);
	return in->link_text ? str_fmt(cx->arena, "%.*s %.*s", STR_ARG(text), STR_ARG(in->link)) : text;
}

/* ── headers ── */

static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || (unsigned char)s.p[i] > '~')
			return false;
	/* What looks like an encoded word would be decoded. */
	return str_find(s, S("=?")) < 0;
}

/* Encoded words (RFC 2047, section 2): whole characters, at most 75 bytes each with what surrounds them. */
static void put_encoded(struct buf *b, struct str s)
{
	enum { BYTES = 45 };
	bool first = true;
	while (s.n) {
		char clean[BYTES], out[sodium_base64_ENCODED_LEN(BYTES, sodium_base64_VARIANT_ORIGINAL)];
		size_t n = s.n < BYTES ? s.n : BYTES;
		while (n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
			n--;
		for (size_t i = 0; i < n; i++)
			clean[i] = (unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f ? ' ' : s.p[i];
		sodium_bin2base64(out, sizeof out, (const unsigned char *)clean, n, sodium_base64_VARIANT_ORIGINAL);
		buf_fmt(b, "%s=?UTF-8?B?%s?=", first ? "" : "\r\n ", out);
		first = false;
		s = str_sub(s, n, s.n);
	}
}

void mail_put_words(struct buf *b, struct str s)
{
	if (is_plain(s) && s.n <= 200)
		buf_str(b, s);
	else
		put_encoded(b, s);
}

/* A name before an address; what is not plain letters is quoted or encoded. */
static void put_name(struct buf *b, struct str name)
{
	bool quote = false;
	for (size_t i = 0; i < name.n; i++)
		quote = quote || strchr("()<>[]:;@\\,.\"", name.p[i]);
	if (!is_plain(name) || name.n > 60) {
		put_encoded(b, name);
		return;
	}
	if (quote)
		buf_char(b, '"');
	for (size_t i = 0; i < name.n; i++) {
		if (name.p[i] == '"' || name.p[i] == '\\')
			buf_char(b, '\\');
		buf_char(b, name.p[i]);
	}
	if (quote)
		buf_char(b, '"');
}

static void put_mailbox(struct buf *b, const char *header, struct str name, struct str address)
{
	buf_fmt(b, "%s: ", header);
	if (name.n) {
		put_name(b, name);
		buf_lit(b, "\r\n ");
	}
	buf_fmt(b, "<%.*s>\r\n", STR_ARG(address));
}

/* "Mon, 23 Nov 2026 17:04:30 +0530" */
static void put_date(struct buf *b, int64_t ms)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct civil c = clock_civil(S("Asia/Kolkata"), ms);
	buf_fmt(b, "Date: %s, %d %s %04d %02d:%02d:%02d +0530\r\n", days[c.weekday], c.day, months[c.month - 1], c.year, c.hour, c.minute, c.second);
}

/* ── parts ── */

static bool fits_plain(struct str s)
{
	size_t line = 0;
	for (size_t i = 0; i < s.n; i++) {
		line = s.p[i] == '\n' ? 0 : line + 1;
		if ((unsigned char)s.p[i] > '~' || ((unsigned char)s.p[i] < ' ' && s.p[i] != '\n') || line > LINE_MAX_PLAIN)
			return false;
	}
	return true;
}

static void put_part(struct buf *b, const char *type, struct str s)
{
	bool plain = fits_plain(s);
	buf_fmt(b, "Content-Type: %s; charset=%s\r\nContent-Transfer-Encoding: %s\r\n\r\n", type, plain ? "us-ascii" : "utf-8", plain ? "7bit" : "base64");
	if (plain) {
		for (size_t i = 0; i < s.n; i++) {
			if (s.p[i] == '\n')
				buf_char(b, '\r');
			buf_char(b, s.p[i]);
		}
		return;
	}
	for (size_t i = 0; i < s.n; i += BASE64_LINE) {
		char out[sodium_base64_ENCODED_LEN(BASE64_LINE, sodium_base64_VARIANT_ORIGINAL)];
		size_t n = s.n - i < BASE64_LINE ? s.n - i : BASE64_LINE;
		sodium_bin2base64(out, sizeof out, (const unsigned char *)s.p + i, n, sodium_base64_VARIANT_ORIGINAL);
		buf_fmt(b, "%s\r\n", out);
	}
}

struct str mail_message(struct ctx *cx, const struct mail_letter *l)
{
	struct buf b;
	ptrdiff_t at = str_index(l->from.address, '@');
	struct str host = str_sub(l->from.address, (size_t)at + 1, l->from.address.n);
	const char *boundary = str_fmt(cx->arena, "=_%016llx", (unsigned long long)l->id).p; /* "=_" stands in no base64 and no sentence of ours */
	buf_init(&b, cx->arena, MESSAGE_MAX);
	put_date(&b, l->created_at);
	put_mailbox(&b, "From", l->from.name, l->from.address);
	put_mailbox(&b, "To", l->name, l->to);
	buf_lit(&b, "Subject: ");
	mail_put_words(&b, l->subject);
	buf_fmt(&b, "\r\nMessage-ID: <%lld.karmayogi@%.*s>\r\n", (long long)l->id, STR_ARG(host));
	buf_fmt(&b, "MIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\nContent-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n", boundary);
	buf_fmt(&b, "--%s\r\n", boundary);
	put_part(&b, "text/plain", l->text.plain);
	buf_fmt(&b, "\r\n--%s\r\n", boundary);
	put_part(&b, "text/html", l->text.html);
	buf_fmt(&b, "\r\n--%s--\r\n", boundary);
	BUG_IF(b.full);
	return buf_get(&b);
}

/* ── how a letter is kept ── */

struct str mail_channel_name(enum mail_channel c)
{
	return c == MAIL_SHORT ? S("sms") : S("mail");
}

struct str mail_purpose(struct ctx *cx, int64_t id)
{
	return str_fmt(cx->arena, "mail:%lld", (long long)id);
}
