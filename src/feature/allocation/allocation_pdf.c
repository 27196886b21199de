/* The order on paper; see allocation_pdf.h. */
#include "feature/allocation/allocation_pdf.h"
#include "base/clock.h"
#include "feature/allocation/load.h"
#include "web/html.h"
#include "web/lang.h"
#include "web/paper.h"

#include <cairo-pdf.h>
#include <jansson.h>

#define FONT "Mukta, Noto Sans, Noto Sans Devanagari"
/* Columns: number, officer, activity, hours. */
enum {
	LEFT = PAPER_MARGIN,
	OFFICER = LEFT + 26,
	ACTIVITY = OFFICER + 168,
	HOURS = PAPER_W - PAPER_MARGIN - 52,
	RIGHT = PAPER_W - PAPER_MARGIN,
	GAP = 6,
	QR = 84
};

struct sheet {
	struct paper p;
	struct ctx *cx;
	struct str foot;
};

static struct str text_of(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));
	return str_of(s ? s : "");
}

/* The text in the language of the reader, where the document has it. */
static struct str named(const struct sheet *s, const json_t *o, const char *en, const char *hi)
{
	struct str other = text_of(o, hi);
	return s->cx->lang == LANG_HI && other.n ? other : text_of(o, en);
}

static struct str said(const struct sheet *s, const char *english)
{
	return str_of(tr(s->cx->lang, english));
}

/* ── pages ── */

static void columns(struct sheet *s)
{
	struct paper *p = &s->p;
	paper_font(p, FONT " Bold 8.5");
	paper_grey(p, 0.25);
	paper_put(p, said(s, N_("No.")), LEFT, p->y, 24);
	paper_put(p, said(s, N_("Officer")), OFFICER, p->y, ACTIVITY - OFFICER - GAP);
	paper_put(p, said(s, N_("Activity")), ACTIVITY, p->y, HOURS - ACTIVITY - GAP);
	p->y += paper_put(p, said(s, N_("Hours a week")), HOURS, p->y, RIGHT - HOURS) + 3;
	paper_rule(p, 0.8, 0.6);
	p->y += 4;
}

static void turn(struct sheet *s)
{
	paper_foot(&s->p, s->foot);
	paper_turn(&s->p);
	columns(s);
}

/* The next page when so much does not fit on this one. */
static bool room(struct sheet *s, double height)
{
	if (s->p.y + height <= PAPER_H - PAPER_FOOT)
		return true;
	turn(s);
	return false;
}

/* ── an officer ── */

static struct str posts_of(struct sheet *s, const json_t *officer)
{
	struct buf b;
	size_t i;
	json_t *post;
	buf_init(&b, s->cx->arena, 8000);
	buf_str(&b, named(s, officer, "designation_en", "designation_hi"));
	json_array_foreach(json_object_get(officer, "posts"), i, post)
	{
		if (b.n)
			buf_lit(&b, "\n");
		buf_str(&b, named(s, post, "en", "hi"));
	}
	return buf_get(&b);
}

/* Name and posts in the second column; how high they are. */
static double put_person(struct sheet *s, const json_t *officer, int64_t number, bool again)
{
	struct paper *p = &s->p;
	double width = ACTIVITY - OFFICER - GAP, y = p->y;
	const struct msg_arg name = { "name", text_of(officer, "name") };
	paper_font(p, FONT " 9");
	paper_put(p, fmt_number(s->cx, number), LEFT, y, 24);
	paper_font(p, FONT " Bold 9");
	y += paper_put(p, again ? msg_text(s->cx, N_("{name} (continued)"), 1, &name) : name.value, OFFICER, y, width);
	if (!again) {
		paper_font(p, FONT " 8");
		paper_grey(p, 0.3);
		y += paper_put(p, posts_of(s, officer), OFFICER, y, width);
		paper_grey(p, 0);
	}
	return y - p->y;
}

static double person_height(struct sheet *s, const json_t *officer)
{
	double width = ACTIVITY - OFFICER - GAP;
	paper_font(&s->p, FONT " Bold 9");
	double name = paper_height(&s->p, text_of(officer, "name"), width);
	paper_font(&s->p, FONT " 8");
	return name + paper_height(&s->p, posts_of(s, officer), width);
}

static double activity_height(struct sheet *s, const json_t *work)
{
	double width = HOURS - ACTIVITY - GAP;
	paper_font(&s->p, FONT " 9");
	double name = paper_height(&s->p, named(s, work, "en", "hi"), width);
	paper_font(&s->p, FONT " 7.5");
	return name + paper_height(&s->p, named(s, work, "role_en", "role_hi"), width) + 3;
}

static void put_activity(struct sheet *s, const json_t *work)
{
	struct paper *p = &s->p;
	double width = HOURS - ACTIVITY - GAP, y = p->y;
	paper_font(p, FONT " 9");
	paper_put(p, load_hours(s->cx->arena, json_integer_value(json_object_get(work, "minutes"))), HOURS, y, RIGHT - HOURS);
	y += paper_put(p, named(s, work, "en", "hi"), ACTIVITY, y, width);
	paper_font(p, FONT " 7.5");
	paper_grey(p, 0.35);
	y += paper_put(p, named(s, work, "role_en", "role_hi"), ACTIVITY, y, width) + 3;
	paper_grey(p, 0);
	p->y = y;
}

static void put_sum(struct sheet *s, const json_t *officer)
{
	struct paper *p = &s->p;
	int64_t minutes = json_integer_value(json_object_get(officer, "minutes"));
	const struct msg_arg args[] = { { "hours", load_hours(s->cx->arena, minutes) }, { "percent", fmt_percent(s->cx, load_percent(minutes)) } };
	paper_font(p, FONT " Bold 8.5");
	p->y += paper_put(p, msg_text(s->cx, N_("Together {hours} hours, {percent} of a working week"), 2, args), ACTIVITY, p->y, RIGHT - ACTIVITY) + 2;
}

static void put_officer(struct sheet *s, const json_t *officer, int64_t number)
{
	struct paper *p = &s->p;
	json_t *work = json_object_get(officer, "work"), *one;
	size_t i;
	double person = person_height(s, officer), first = json_array_size(work) ? activity_height(s, json_array_get(work, 0)) : 0;
	room(s, person > first ? person : first);
	double below = p->y + put_person(s, officer, number, false);
	int page = p->page;
	json_array_foreach(work, i, one)
	{
		if (!room(s, activity_height(s, one)))
			put_person(s, officer, number, true);
		put_activity(s, one);
	}
	if (!room(s, 16))
		put_person(s, officer, number, true);
	put_sum(s, officer);
	if (p->page == page && p->y < below)
		p->y = below;
	p->y += 3;
	paper_rule(p, 0.4, 0.35);
	p->y += 4;
}

/* ── the first page's head ── */

static void put_line(struct sheet *s, const char *font, struct str text, double width, double after)
{
	if (!text.n)
		return;
	paper_font(&s->p, font);
	s->p.y += paper_put(&s->p, text, LEFT, s->p.y, width) + after;
}

static void put_head(struct sheet *s, const json_t *d, struct str hash, struct str verify_url, int64_t published_at)
{
	struct paper *p = &s->p;
	double width = RIGHT - LEFT - QR - 20, top = p->y;
	int64_t day = 0;
	struct msg_arg number = { "number", text_of(d, "number") }, reason = { "reason", text_of(d, "reason") }, address = { "address", verify_url },
		       sum = { "hash", hash };
	if (!clock_parse_date(text_of(d, "from"), &day))
		day = NONE;
	const struct msg_arg days[] = { { "day", fmt_day(s->cx, day) }, { "published", fmt_date(s->cx, published_at) } };
	paper_qr(p->cr, RIGHT - QR, top, QR, verify_url);
	put_line(s, FONT " Bold 11", named(s, d, "office_en", "office_hi"), width, 2);
	put_line(s, FONT " Bold 17", said(s, N_("Work allocation order")), width, 2);
	put_line(s, FONT " Bold 11", msg_text(s->cx, N_("Number {number}"), 1, &number), width, 2);
	put_line(s, FONT " 11", text_of(d, "subject"), width, 2);
	put_line(s, FONT " 9", msg_text(s->cx, N_("In force from {day}; published on {published}"), 2, days), width, 2);
	if (p->y < top + QR + 8)
		p->y = top + QR + 8;
	put_line(s, FONT " 8", msg_text(s->cx, N_("Whether it is in force says {address}"), 1, &address), RIGHT - LEFT, 1);
	put_line(s, FONT " 8", msg_text(s->cx, N_("SHA-256 of its text: {hash}"), 1, &sum), RIGHT - LEFT, 3);
	if (reason.value.n)
		put_line(s, FONT " 9", msg_text(s->cx, N_("Why somebody has more than a working week: {reason}"), 1, &reason), RIGHT - LEFT, 4);
	p->y += 4;
}

/* Where it is signed by hand. */
static void put_place_to_sign(struct sheet *s)
{
	struct paper *p = &s->p;
	room(s, 76);
	p->y += 56;
	cairo_set_line_width(p->cr, 0.6);
	cairo_move_to(p->cr, RIGHT - 200, p->y);
	cairo_line_to(p->cr, RIGHT, p->y);
	cairo_stroke(p->cr);
	paper_font(p, FONT " 8");
	paper_put(p, said(s, N_("Signature, name, date and stamp")), RIGHT - 200, p->y + 3, 200);
}

enum err allocation_pdf(struct ctx *cx, struct str document, struct str hash, struct str verify_url, int64_t published_at, struct str *ret)
{
	json_t *d = json_loadb(document.p, document.n, 0, NULL), *officer;
	struct sheet s = { .cx = cx };
	size_t i;
	if (!d)
		return ERR_INTERNAL;
	const struct msg_arg foot[] = { { "number", str_dup(cx->arena, text_of(d, "number")) }, { "hash", str_sub(hash, 0, 16) } };
	s.foot = msg_text(cx, N_("Order {number} · {hash}…"), 2, foot);
	paper_begin(&s.p, cx, foot[0].value, named(&s, d, "office_en", "office_hi"), hash.p);
	cairo_pdf_surface_set_metadata(s.p.surface, CAIRO_PDF_METADATA_CREATE_DATE, str_sub(clock_rfc3339(cx->arena, published_at), 0, 19).p);
	put_head(&s, d, hash, verify_url, published_at);
	columns(&s);
	json_array_foreach(json_object_get(d, "officers"), i, officer) put_officer(&s, officer, (int64_t)i + 1);
	put_place_to_sign(&s);
	paper_foot(&s.p, s.foot);
	json_decref(d);
	return paper_end(&s.p, ret);
}
