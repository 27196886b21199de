/* The passbook on paper; see passbook.h. */
#include "base/clock.h"
#include "feature/credential/credential.h"
#include "feature/credential/credential_pdf.h"
#include "feature/passbook/passbook.h"
#include "web/html.h"
#include "web/lang.h"
#include "web/paper.h"

#define WIDTH (PAPER_W - 2.0 * PAPER_MARGIN)
/* Columns of competencies: name, scale, level. Of courses: title, day, certificate. */
enum { NAME_W = 200, SCALE_X = PAPER_MARGIN + 214, SCALE_W = 150, SCALE_H = 10, LEVEL_X = SCALE_X + SCALE_W + 14, LEVEL_W = PAPER_W - PAPER_MARGIN - LEVEL_X };
enum { TITLE_W = 290, DAY_X = PAPER_MARGIN + 302, DAY_W = 80, SERIAL_X = DAY_X + DAY_W + 10, SERIAL_W = PAPER_W - PAPER_MARGIN - SERIAL_X };
enum { QR = 84, QR_GAP = 16 };
#define PLAIN "Mukta, Noto Sans 9.5"
#define SMALL "Mukta, Noto Sans 8"
#define STRONG "Mukta, Noto Sans Bold 9"

struct str passbook_rests_on(struct ctx *cx, const struct passbook_evidence_row *v, size_t n)
{
	struct buf b;
	buf_init(&b, cx->arena, 1 << 14);
	for (size_t i = 0; i < n; i++) {
		const struct msg_arg args[] = { { "kind", str_of(tr(cx->lang, evidence_kinds[evidence_kind_of(v[i].kind)].words)) },
						{ "n", fmt_number(cx, v[i].n) },
						{ "first", fmt_date(cx, v[i].first_at) },
						{ "last", fmt_date(cx, v[i].last_at) } };
		bool one = str_eq(args[2].value, args[3].value);
		buf_str(&b, b.n ? S(" · ") : S(""));
		buf_str(&b, msg_text(cx, one ? N_("{kind}: {n}, {last}") : N_("{kind}: {n}, {first} to {last}"), 4, args));
	}
	return buf_get(&b);
}

struct str passbook_reached(struct ctx *cx, const struct passbook_level *l)
{
	const struct msg_arg args[] = { { "level", fmt_number(cx, l->reached) }, { "name", l->reached_name } };
	if (l->reached == NONE)
		return str_of(tr(cx->lang, N_("not known yet")));
	return l->reached ? msg_text(cx, N_("Level {level}: {name}"), 2, args) : str_of(tr(cx->lang, N_("no level reached yet")));
}

static struct str word(struct paper *p, const char *english)
{
	return str_of(tr(p->cx->lang, english));
}

static double larger(double a, double b)
{
	return a > b ? a : b;
}

/* ── pages ── */

static void foot(struct paper *p)
{
	paper_foot(p, word(p, N_("Signed: “karmayogi verify” tells whether this file was changed.")));
}

/* What is so high stands on one page. */
static void room(struct paper *p, double height)
{
	if (p->y + height <= PAPER_H - PAPER_FOOT)
		return;
	foot(p);
	paper_turn(p);
	paper_grey(p, 0);
}

/* ── head ── */

static double code(struct paper *p, struct str link, int64_t until_day)
{
	const struct msg_arg day = { "day", fmt_day(p->cx, until_day) };
	double x = PAPER_W - PAPER_MARGIN - QR;
	paper_grey(p, 0);
	paper_qr(p->cr, x, PAPER_MARGIN, QR, link);
	paper_font(p, SMALL);
	return PAPER_MARGIN + QR + 4 + paper_put(p, msg_text(p->cx, N_("Opens until {day}"), 1, &day), x, PAPER_MARGIN + QR + 4, QR);
}

static void head(struct paper *p, const struct passbook *b, struct str link, int64_t until_day)
{
	struct ctx *cx = p->cx;
	const struct msg_arg day = { "date", fmt_date(cx, b->made_at) };
	double width = link.n ? WIDTH - QR - QR_GAP : WIDTH, code_end = link.n ? code(p, link, until_day) : 0;
	paper_font(p, STRONG);
	paper_grey(p, 0.35);
	p->y += paper_put(p, word(p, N_("Karmayogi")), PAPER_MARGIN, p->y, width) + 2;
	paper_grey(p, 0);
	paper_font(p, "Mukta, Noto Sans Bold 19");
	p->y += paper_put(p, word(p, N_("Competency passbook")), PAPER_MARGIN, p->y, width) + 8;
	paper_font(p, "Mukta, Noto Sans Bold 13");
	p->y += paper_put(p, b->name, PAPER_MARGIN, p->y, width) + 1;
	paper_font(p, "Mukta, Noto Sans 10");
	if (b->post.n)
		p->y += paper_put(p, b->org.n ? str_fmt(cx->arena, "%.*s · %.*s", STR_ARG(b->post), STR_ARG(b->org)) : b->post, PAPER_MARGIN, p->y, width);
	p->y += paper_put(p, msg_text(cx, N_("As at {date}"), 1, &day), PAPER_MARGIN, p->y, width) + 6;
	paper_font(p, SMALL);
	paper_grey(p, 0.35);
	p->y += paper_put(p, word(p, N_("Each level is an estimate by evidence. The band is where it lies, four times in five; it widens as evidence ages.")),
			  PAPER_MARGIN, p->y, width);
	paper_grey(p, 0);
	p->y = larger(p->y, code_end) + 12;
}

/* ── competencies ── */

static void box(struct paper *p, double grey, double x, double y, double width, double height)
{
	paper_grey(p, grey);
	cairo_rectangle(p->cr, x, y, width, height);
	cairo_fill(p->cr);
}

/* The picture of client/README.md, section 6, in grey. */
static void scale(struct paper *p, const struct level *l, double y)
{
	double unit = SCALE_W / (double)l->n_levels;
	struct estimate_band band = estimate_band(l->now, l->n_levels);
	for (int64_t i = 0; i < l->n_levels; i++)
		box(p, 0.88, SCALE_X + (double)i * unit, y, unit - 1, SCALE_H);
	if (l->known) {
		box(p, 0.55, SCALE_X + band.from * unit, y + 2.5, (band.to - band.from) * unit, SCALE_H - 5);
		box(p, 0, SCALE_X + l->now.mean * unit - 0.75, y - 1, 1.5, SCALE_H + 2);
	}
	paper_grey(p, 0);
}

static void one_level(struct paper *p, const struct passbook_level *l)
{
	struct str rests_on = passbook_rests_on(p->cx, l->evidence, l->n_evidence), said = passbook_reached(p->cx, l);
	struct str held = l->level.known ? level_said(p->cx, l->level.now) : STR_NONE;
	paper_font(p, PLAIN);
	double name = paper_height(p, l->name, NAME_W), figure = held.n ? paper_height(p, held, LEVEL_W) : 0;
	paper_font(p, SMALL);
	double under = rests_on.n ? paper_height(p, rests_on, NAME_W + 14 + SCALE_W) : 0, level = figure + paper_height(p, said, LEVEL_W);
	double height = larger(larger(name, SCALE_H + 4) + under, level);
	room(p, height + 10);
	paper_font(p, PLAIN);
	paper_put(p, l->name, PAPER_MARGIN, p->y, NAME_W);
	if (held.n)
		paper_put(p, held, LEVEL_X, p->y, LEVEL_W);
	scale(p, &l->level, p->y + 3);
	paper_font(p, SMALL);
	paper_put(p, said, LEVEL_X, p->y + figure, LEVEL_W);
	paper_grey(p, 0.35);
	if (rests_on.n)
		paper_put(p, rests_on, PAPER_MARGIN, p->y + larger(name, SCALE_H + 4), NAME_W + 14 + SCALE_W);
	p->y += height + 4;
	paper_rule(p, 0.5, 0.2);
	p->y += 5;
}

static void heading(struct paper *p, const char *english)
{
	room(p, 60);
	paper_font(p, "Mukta, Noto Sans Bold 11");
	p->y += paper_put(p, word(p, english), PAPER_MARGIN, p->y, WIDTH) + 3;
	paper_rule(p, 1, 0.8);
	p->y += 6;
}

static void levels(struct paper *p, const struct passbook *b)
{
	heading(p, N_("Levels"));
	for (size_t i = 0; i < b->n_levels; i++)
		one_level(p, &b->levels[i]);
	if (!b->n_levels) {
		paper_font(p, PLAIN);
		p->y += paper_put(p, word(p, N_("Nothing is known yet.")), PAPER_MARGIN, p->y, WIDTH);
	}
	p->y += 10;
}

/* ── courses and programmes ── */

static void one_course(struct paper *p, const struct passbook_courses_row *c)
{
	paper_font(p, PLAIN);
	double title = paper_height(p, c->title, TITLE_W);
	paper_font(p, SMALL);
	double by = paper_height(p, c->provider, TITLE_W);
	room(p, title + by + 10);
	paper_font(p, PLAIN);
	paper_put(p, c->title, PAPER_MARGIN, p->y, TITLE_W);
	paper_put(p, fmt_date(p->cx, c->completed_at), DAY_X, p->y, DAY_W);
	paper_put(p, c->serial, SERIAL_X, p->y, SERIAL_W);
	paper_font(p, SMALL);
	paper_grey(p, 0.35);
	paper_put(p, c->provider, PAPER_MARGIN, p->y + title, TITLE_W);
	p->y += title + by + 4;
	paper_rule(p, 0.5, 0.2);
	p->y += 5;
}

static void of_kind(struct paper *p, const struct passbook *b, bool programmes)
{
	bool any = !programmes;
	if (any)
		heading(p, N_("Completed courses"));
	for (size_t i = 0; i < b->n_courses; i++) {
		if (b->courses[i].programme != programmes)
			continue;
		if (!any)
			heading(p, N_("Completed programmes"));
		any = true;
		one_course(p, &b->courses[i]);
	}
}

static void courses(struct paper *p, const struct passbook *b)
{
	const struct msg_arg address = { "address", str_fmt(p->cx->arena, "%.*s/verify", STR_ARG(p->cx->app->base_url)) };
	of_kind(p, b, false);
	of_kind(p, b, true);
	paper_font(p, SMALL);
	struct str how = b->n_courses ? msg_text(p->cx, N_("Anybody can check the certificates by their numbers at {address}"), 1, &address)
				      : word(p, N_("No course yet"));
	room(p, 30);
	p->y += paper_put(p, how, PAPER_MARGIN, p->y, WIDTH) + 10;
}

static void left_out(struct paper *p)
{
	struct str s = word(p, N_("Notes and names of those who assessed are not part of the passbook."));
	paper_font(p, SMALL);
	room(p, paper_height(p, s, WIDTH));
	paper_grey(p, 0.35);
	paper_put(p, s, PAPER_MARGIN, p->y, WIDTH);
}

enum err passbook_pdf(struct ctx *cx, const struct passbook *b, struct str link, int64_t until_day, struct str *ret)
{
	struct paper p;
	struct str document;
	TRY(passbook_document(cx, b, &document));
	paper_begin(&p, cx, str_of(tr(cx->lang, N_("Competency passbook"))), b->name, credential_carried(cx, document, credential_sign(cx, document)).p);
	head(&p, b, link, until_day);
	levels(&p, b);
	if (b->with_evidence)
		courses(&p, b);
	left_out(&p);
	foot(&p);
	return paper_end(&p, ret);
}
