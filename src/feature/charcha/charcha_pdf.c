/* The report of a charcha as pages to print; see charcha_result.h. */
#include "feature/charcha/charcha_result.h"
#include "feature/charcha/charcha_words.h"
#include "feature/org/org.h"
#include "web/lang.h"
#include "web/paper.h"

#define WIDTH (PAPER_W - 2.0 * PAPER_MARGIN)
#define HEADING "Mukta, Noto Sans Bold 11"
#define PLAIN "Mukta, Noto Sans 9.5"

static struct str word(struct paper *p, const char *english)
{
	return str_of(tr(p->cx->lang, english));
}

static void foot(struct paper *p)
{
	paper_foot(p, word(p, N_("Names are those of people who took something upon themselves; all else is said by groups.")));
}

/* A text that may be longer than what is left of the page goes on the next one. */
static void line(struct paper *p, const char *font, struct str s, double below)
{
	paper_font(p, font);
	if (p->y + paper_height(p, s, WIDTH) > PAPER_H - PAPER_FOOT && p->y > 2 * PAPER_MARGIN) {
		foot(p);
		paper_turn(p);
		paper_grey(p, 0);
		paper_font(p, font);
	}
	p->y += paper_put(p, s, PAPER_MARGIN, p->y, WIDTH) + below;
}

static void fact(struct paper *p, const char *english, int64_t n)
{
	paper_font(p, PLAIN);
	paper_put(p, word(p, english), PAPER_MARGIN, p->y, 300);
	p->y += paper_put(p, fmt_number(p->cx, n), PAPER_MARGIN + 310, p->y, WIDTH - 310) + 2;
}

static void paragraphs(struct paper *p, struct str text)
{
	struct str rest = text, one;
	while (str_cut(&rest, '\n', &one))
		if (str_trim(one).n)
			line(p, PLAIN, str_trim(one), 3);
}

static void group(struct paper *p, const struct charcha_result *r, const struct charcha_result_groups_row *g)
{
	struct ctx *cx = p->cx;
	const struct msg_arg head[] = { { "n", fmt_number(cx, g->n) },
					{ "people", fmt_number(cx, g->people) },
					{ "departments", fmt_number(cx, g->departments) } };
	line(p, HEADING, msg_text(cx, N_("Group {n}: {people} people of {departments} departments"), 3, head), 3);
	paragraphs(p, g->conclusions);
	for (size_t i = 0; i < r->n_commitments; i++) {
		const struct charcha_result_commitments_row *k = &r->commitments[i];
		if (k->group_id != g->id)
			continue;
		const struct str state = charcha_promise_name(cx, k->state), day = fmt_day(cx, k->due_day);
		line(p, PLAIN, str_fmt(cx->arena, "• %.*s – %.*s, %.*s, %.*s", STR_ARG(k->words), STR_ARG(k->owner), STR_ARG(day), STR_ARG(state)), 2);
	}
	p->y += 10;
}

enum err charcha_report(struct ctx *cx, const struct charcha_result *r, struct str *ret_pdf)
{
	const struct charcha_result_figures_row *f = &r->figures;
	struct str theme = charcha_theme(cx, r->charcha.theme, r->charcha.theme_hi), org = org_name(cx, r->charcha.org_en, r->charcha.org_hi);
	struct paper p;
	paper_begin(&p, cx, theme, org, NULL);
	paper_grey(&p, 0);
	line(&p, "Mukta, Noto Sans Bold 9", word(&p, N_("Karmayogi")), 2);
	line(&p, "Mukta, Noto Sans Bold 19", theme, 4);
	line(&p, "Mukta, Noto Sans Bold 13", org, 2);
	line(&p, "Mukta, Noto Sans 10", fmt_datetime(cx, r->charcha.held_at), 14);
	fact(&p, N_("People in groups"), f->people);
	fact(&p, N_("Verified there"), f->there);
	fact(&p, N_("Departments"), f->departments);
	fact(&p, N_("Groups"), f->n_groups);
	fact(&p, N_("Minutes closed"), f->n_closed);
	fact(&p, N_("Commitments"), f->commitments);
	fact(&p, N_("Commitments thirty days old"), f->asked);
	fact(&p, N_("of these answered"), f->answered);
	fact(&p, N_("Commitments done"), f->done);
	p.y += 14;
	if (r->charcha.synthesis.n) {
		line(&p, HEADING, word(&p, N_("Synthesis")), 3);
		paragraphs(&p, r->charcha.synthesis);
		p.y += 12;
	}
	for (size_t i = 0; i < r->n_groups; i++)
		group(&p, r, &r->groups[i]);
	foot(&p);
	return paper_end(&p, ret_pdf);
}
