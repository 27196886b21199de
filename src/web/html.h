/* What compiled templates are made of: escaping by place, and the forms that figures and times take for people.
 * The syntax of templates stands in tools/tplgen.c; HTML_… are what the generated code chooses by.
 *
 * struct html is text that is HTML already; only the Markdown renderer and the frame make it. A struct str is always escaped.
 * fmt_… give a text in the arena, html_… write it (escaped). Figures are grouped the Indian way (1,49,00,000);
 * dates stand in the person's zone; digits are Latin in both languages. NONE gives an empty text. */
#ifndef WEB_HTML_H
#define WEB_HTML_H
#include "base/ctx.h"
#include "base/field.h"

struct html {
	const char *p;
	size_t n;
};
struct exchange;
struct action;
struct html_out {
	struct buf b;
	struct ctx *cx;
	const struct exchange *exchange; /* the request, for web/form.h */
	const struct action *form;       /* the action whose form is being written */
};
typedef void html_view_fn(struct html_out *o, const void *v);

void html_begin(struct html_out *o, struct ctx *cx, size_t max);
void html_text(struct html_out *o, struct str s);
void html_attr(struct html_out *o, struct str s);
/* A whole address: relative, http, https, mailto, tel; anything else becomes "#". */
void html_url(struct html_out *o, struct str s);
/* A piece of an address: percent-encoded except for the letters that addresses have. */
void html_url_part(struct html_out *o, struct str s);
/* What a helper wrote from byte `from` on begins an address: kept if html_url would keep it, else "#". */
void html_url_check(struct html_out *o, size_t from);
static inline void html_raw(struct html_out *o, struct html h)
{
	buf_add(&o->b, h.p, h.n);
}
static inline void html_int(struct html_out *o, int64_t v)
{
	if (v != NONE)
		buf_int(&o->b, v);
}
/* Whole numbers of the other types become int64_t; texts, fractions and pointers do not compile. */
#define HTML_INT(x) ((int64_t)_Generic((x), int64_t: (x), int: (x), size_t: (x), unsigned: (x)))
static inline void html_int_of_int(struct html_out *o, int v)
{
	buf_int(&o->b, v);
}
static inline void html_int_of_size(struct html_out *o, size_t v)
{
	buf_int(&o->b, (int64_t)v);
}
static inline void html_int_of_unsigned(struct html_out *o, unsigned v)
{
	buf_int(&o->b, (int64_t)v);
}

#define HTML_PUT_NUMBERS_                                                                                       \
	int64_t: html_int, int: html_int_of_int, size_t: html_int_of_size, unsigned: html_int_of_unsigned
#define HTML_PUT_TEXT(o, x) _Generic((x), struct str: html_text, struct html: html_raw, HTML_PUT_NUMBERS_)(o, x)
#define HTML_PUT_ATTR(o, x) _Generic((x), struct str: html_attr, HTML_PUT_NUMBERS_)(o, x)
#define HTML_PUT_URL(o, x) _Generic((x), struct str: html_url, HTML_PUT_NUMBERS_)(o, x)
#define HTML_PUT_URL_PART(o, x) _Generic((x), struct str: html_url_part, HTML_PUT_NUMBERS_)(o, x)

static inline bool html_true_str(struct str s)
{
	return s.n > 0;
}
static inline bool html_true_html(struct html s)
{
	return s.n > 0;
}
static inline bool html_true_int(int64_t v)
{
	return v != 0 && v != NONE;
}
static inline bool html_true_size(size_t n)
{
	return n > 0;
}
static inline bool html_true_pointer(const void *p)
{
	return p != NULL;
}
#define HTML_TRUE(x)                                                                                                   \
	_Generic((x), struct str: html_true_str, struct html: html_true_html, bool: html_true_int, int64_t: html_true_int, \
		 int: html_true_int, size_t: html_true_size, unsigned: html_true_int, default: html_true_pointer)(x)

static inline struct str html_value_str(struct ctx *cx, struct str s)
{
	(void)cx;
	return s;
}
static inline struct str html_value_int(struct ctx *cx, int v);
static inline struct str html_value_size(struct ctx *cx, size_t v);
/* Values in translated texts: texts as they are, figures grouped. */
#define HTML_VALUE(cx, x)                                                                                              \
	_Generic((x), struct str: html_value_str, int64_t: fmt_number, int: html_value_int, size_t: html_value_size, \
		 unsigned: html_value_size)(cx, x)

struct str fmt_number(struct ctx *cx, int64_t v);      /* 1,49,00,000 */
struct str fmt_plain(struct ctx *cx, int64_t v);       /* 14900000 */
struct str fmt_date(struct ctx *cx, int64_t ms);       /* 23 Nov 2026 */
struct str fmt_day(struct ctx *cx, int64_t day);       /* the same from a day number */
struct str fmt_datetime(struct ctx *cx, int64_t ms);   /* 23 Nov 2026, 14:05 */
struct str fmt_isodate(struct ctx *cx, int64_t ms);    /* 2026-11-23, for <time datetime> */
struct str fmt_isoday(struct ctx *cx, int64_t day);
struct str fmt_clock(struct ctx *cx, int64_t ms);      /* 3:42, 1:02:07 */
struct str fmt_minutes(struct ctx *cx, int64_t ms);    /* 21 min, 1 h 20 min; begun minutes count */
struct str fmt_megabytes(struct ctx *cx, int64_t bytes); /* 14 MB, 0.4 MB, under 0.1 MB */
struct str fmt_percent(struct ctx *cx, int64_t v);     /* 58% */
struct str fmt_stars(struct ctx *cx, int64_t tenths);  /* 46 -> 4.6 */
struct str fmt_language(struct ctx *cx, struct str tag); /* en -> English, hi -> हिन्दी */

void html_number(struct html_out *o, int64_t v);
void html_plain(struct html_out *o, int64_t v);
/* An id in decimal, as in addresses. */
static inline void html_id(struct html_out *o, int64_t id)
{
	html_int(o, id);
}
void html_date(struct html_out *o, int64_t ms);
void html_day(struct html_out *o, int64_t day);
void html_datetime(struct html_out *o, int64_t ms);
void html_isodate(struct html_out *o, int64_t ms);
void html_isoday(struct html_out *o, int64_t day);
void html_clock(struct html_out *o, int64_t ms);
void html_minutes(struct html_out *o, int64_t ms);
void html_megabytes(struct html_out *o, int64_t bytes);
void html_percent(struct html_out *o, int64_t v);
void html_stars(struct html_out *o, int64_t tenths);
void html_language(struct html_out *o, struct str tag);
/* 1 + id mod 6: the picture of a course (client/README.md, section 7). */
void html_picture(struct html_out *o, int64_t id);

static inline struct str html_value_int(struct ctx *cx, int v)
{
	return fmt_number(cx, v);
}
static inline struct str html_value_size(struct ctx *cx, size_t v)
{
	return fmt_number(cx, (int64_t)v);
}
/* Counts (n_rows) are size_t; these take every whole number. */
#define fmt_number(cx, v) fmt_number((cx), HTML_INT(v))
#define fmt_plain(cx, v) fmt_plain((cx), HTML_INT(v))
#define fmt_percent(cx, v) fmt_percent((cx), HTML_INT(v))
#define html_number(o, v) html_number((o), HTML_INT(v))
#define html_plain(o, v) html_plain((o), HTML_INT(v))
#define html_percent(o, v) html_percent((o), HTML_INT(v))
#endif
