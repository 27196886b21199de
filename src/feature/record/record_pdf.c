/* The transcript on paper: A4, black on white, text by Pango so that every script is shaped right. */
#include "base/clock.h"
#include "feature/record/record.h"
#include "web/html.h"
#include "web/lang.h"
#include "web/paper.h"

#include <stdlib.h>

enum { GAP = 10, N_COLUMNS = 4 };
static const double column_x[N_COLUMNS + 1] = { PAPER_MARGIN, 256, 350, 416, PAPER_W - PAPER_MARGIN };

static struct str word(struct paper *p, const char *english)
{
	return str_of(tr(p->cx->lang, english));
}

/* ── a page ── */

static void foot(struct paper *p)
{
	struct ctx *cx = p->cx;
	const struct msg_arg address = { "address", str_fmt(cx->arena, "%.*s/verify", STR_ARG(cx->app->base_url)) };
	paper_foot(p, msg_text(cx, N_("Anybody can check the certificates by their numbers at {address}"), 1, &address));
}

static void headings(struct paper *p)
{
	static const char *const names[N_COLUMNS] = { N_("Course"), N_("State"), N_("Verified"), N_("Certificate") };
	double height = 0;
	paper_font(p, "Mukta, Noto Sans Bold 9");
	for (int i = 0; i < N_COLUMNS; i++) {
		double h = paper_put(p, word(p, names[i]), column_x[i], p->y, column_x[i + 1] - column_x[i] - GAP);
		height = h > height ? h : height;
	}
	p->y += height + 3;
	paper_rule(p, 1, 0.8);
	p->y += 5;
}

static void next_page(struct paper *p)
{
	foot(p);
	paper_turn(p);
	headings(p);
}

/* ── what stands on it ── */

static void head(struct paper *p, const struct record *r)
{
	struct ctx *cx = p->cx;
	double width = PAPER_W - 2 * PAPER_MARGIN;
	const struct msg_arg day = { "date", fmt_date(cx, cx->now) };
	paper_font(p, "Mukta, Noto Sans Bold 9");
	paper_grey(p, 0.35);
	p->y += paper_put(p, word(p, N_("Karmayogi")), PAPER_MARGIN, p->y, width) + 2;
	paper_grey(p, 0);
	paper_font(p, "Mukta, Noto Sans Bold 19");
	p->y += paper_put(p, word(p, N_("Record of learning")), PAPER_MARGIN, p->y, width) + 8;
	paper_font(p, "Mukta, Noto Sans Bold 13");
	p->y += paper_put(p, r->name, PAPER_MARGIN, p->y, width) + 1;
	paper_font(p, "Mukta, Noto Sans 10");
	if (r->designation.n) {
		struct str post = r->org.n ? str_fmt(cx->arena, "%.*s · %.*s", STR_ARG(r->designation), STR_ARG(r->org)) : r->designation;
		p->y += paper_put(p, post, PAPER_MARGIN, p->y, width);
	}
	p->y += paper_put(p, msg_text(cx, N_("As at {date}"), 1, &day), PAPER_MARGIN, p->y, width) + 14;
}

static void sums(struct paper *p, const struct record *r)
{
	struct ctx *cx = p->cx;
	const struct {
		struct str figure;
		const char *name;
	} all[] = {
		{ fmt_number(cx, r->sums.completed), N_("Courses completed") },
		{ fmt_minutes(cx, r->sums.learned_ms), N_("Verified learning") },
		{ fmt_number(cx, r->sums.certificates), N_("Certificates") },
	};
	double step = (PAPER_W - 2 * PAPER_MARGIN) / 3.0, height = 0;
	for (int i = 0; i < 3; i++) {
		double x = PAPER_MARGIN + i * step;
		paper_font(p, "Mukta, Noto Sans Bold 14");
		double h = paper_put(p, all[i].figure, x, p->y, step - GAP);
		paper_font(p, "Mukta, Noto Sans 9");
		paper_grey(p, 0.35);
		h += paper_put(p, word(p, all[i].name), x, p->y + h, step - GAP);
		paper_grey(p, 0);
		height = h > height ? h : height;
	}
	p->y += height + 16;
}

static struct str state_of(struct ctx *cx, const struct record_since_row *r)
{
	if (str_is(r->state, "completed"))
		return fmt_date(cx, r->completed_at);
	if (str_is(r->state, "ended"))
		return str_of(tr(cx->lang, N_("Ended")));
	const struct msg_arg arg = { "percent", fmt_percent(cx, record_percent(r->state, r->resources_done, r->needed)) };
	return msg_text(cx, N_("In progress, {percent}"), 1, &arg);
}

/* Cells are measured before they are drawn: a course never lies on two pages. */
static void row(struct paper *p, const struct record_since_row *r)
{
	struct ctx *cx = p->cx;
	const struct str cells[N_COLUMNS] = { r->title, state_of(cx, r), r->verified_ms == NONE ? S("–") : fmt_minutes(cx, r->verified_ms),
					      r->serial.n ? r->serial : S("–") };
	double height = 0, by;
	paper_font(p, "Mukta, Noto Sans 9.5");
	for (int i = 0; i < N_COLUMNS; i++) {
		double h = paper_height(p, cells[i], column_x[i + 1] - column_x[i] - GAP);
		height = h > height ? h : height;
	}
	paper_font(p, "Mukta, Noto Sans 8");
	by = paper_height(p, r->provider, column_x[1] - column_x[0] - GAP);
	if (p->y + height + by + 8 > PAPER_H - PAPER_FOOT)
		next_page(p);
	paper_font(p, "Mukta, Noto Sans 9.5");
	double title = 0;
	for (int i = 0; i < N_COLUMNS; i++) {
		double h = paper_put(p, cells[i], column_x[i], p->y, column_x[i + 1] - column_x[i] - GAP);
		title = i == 0 ? h : title;
	}
	paper_font(p, "Mukta, Noto Sans 8");
	paper_grey(p, 0.35);
	paper_put(p, r->provider, column_x[0], p->y + title, column_x[1] - column_x[0] - GAP);
	p->y += (title + by > height ? title + by : height) + 4;
	paper_rule(p, 0.5, 0.2);
	p->y += 4;
}

/* ── order: what is completed, by its day; then what is under way; then what was ended ── */

static int rank(struct str state)
{
	return str_is(state, "completed") ? 0 : str_is(state, "active") ? 1 : 2;
}

static int in_order(const void *a, const void *b)
{
	const struct record_since_row *x = a, *y = b;
	int64_t s = rank(x->state) - rank(y->state);
	int64_t t = x->completed_at != NONE && y->completed_at != NONE ? x->completed_at - y->completed_at : x->enrolled_at - y->enrolled_at;
	int64_t d = s ? s : t ? t : x->course_id - y->course_id;
	return (d > 0) - (d < 0);
}

static void body(struct paper *p, const struct record *r)
{
	size_t n = r->n_rows + r->n_programmes;
	struct record_since_row *rows = ARENA_ARRAY(p->cx->arena, struct record_since_row, n + 1);
	for (size_t i = 0; i < r->n_rows; i++)
		rows[i] = r->rows[i];
	for (size_t i = 0; i < r->n_programmes; i++) {
		const struct msg_arg title = { "title", r->programmes[i].title };
		rows[r->n_rows + i] = record_programme(&r->programmes[i]);
		rows[r->n_rows + i].title = msg_text(p->cx, N_("Programme: {title}"), 1, &title);
	}
	qsort(rows, n, sizeof *rows, in_order);
	headings(p);
	for (size_t i = 0; i < n; i++)
		row(p, &rows[i]);
	if (!n) {
		paper_font(p, "Mukta, Noto Sans 10");
		paper_put(p, word(p, N_("No course yet")), PAPER_MARGIN, p->y, PAPER_W - 2 * PAPER_MARGIN);
	}
	foot(p);
}

enum err record_pdf(struct ctx *cx, const struct record *r, struct str *ret)
{
	struct paper p;
	paper_begin(&p, cx, str_of(tr(cx->lang, N_("Record of learning"))), r->name, NULL);
	head(&p, r);
	sums(&p, r);
	body(&p, r);
	return paper_end(&p, ret);
}
