/* The evidence of an institute on paper; see pillars_pdf.h. */
#include "feature/institute/pillars_pdf.h"
#include "feature/org/org.h"
#include "web/html.h"
#include "web/lang.h"
#include "web/paper.h"

#define WIDTH (PAPER_W - 2.0 * PAPER_MARGIN)
#define SMALL "Mukta, Noto Sans 8"
#define PLAIN "Mukta, Noto Sans 9.5"
#define STRONG "Mukta, Noto Sans Bold 11"

static struct str word(struct paper *p, const char *english)
{
	return str_of(tr(p->cx->lang, english));
}

/* What is so high stands on one page, unless it is higher than a page. */
static void space(struct paper *p, double height)
{
	if (p->y + height <= PAPER_H - PAPER_FOOT)
		return;
	paper_foot(p, word(p, N_("What the institute itself brings as evidence; accreditation is decided by assessors.")));
	paper_turn(p);
	paper_grey(p, 0);
}

static void line(struct paper *p, const char *font, struct str s, double after)
{
	paper_font(p, font);
	space(p, paper_height(p, s, WIDTH));
	p->y += paper_put(p, s, PAPER_MARGIN, p->y, WIDTH) + after;
}

/* A long text by its lines, so that it may go on on the next page. */
static void lines(struct paper *p, const char *font, struct str s, double after)
{
	struct str rest = s, one;
	while (str_cut(&rest, '\n', &one))
		if (str_trim(one).n)
			line(p, font, str_trim(one), 0);
	p->y += after;
}

static void piece(struct paper *p, const struct institute_evidence_row *e)
{
	struct ctx *cx = p->cx;
	const struct msg_arg by[] = { { "date", fmt_date(cx, e->at) }, { "name", e->by_name.n ? e->by_name : S("–") } };
	const struct msg_arg document[] = { { "name", e->file_name }, { "size", fmt_megabytes(cx, e->bytes) } };
	space(p, 40);
	if (e->words.n)
		lines(p, PLAIN, e->words, 1);
	if (e->link.n)
		line(p, SMALL, e->link, 1);
	if (e->bytes)
		line(p, SMALL, msg_text(cx, N_("Document: {name}, {size}"), 2, document), 1);
	paper_grey(p, 0.35);
	line(p, SMALL, msg_text(cx, N_("{date}, {name}"), 2, by), 7);
	paper_grey(p, 0);
}

static void pillar(struct paper *p, int64_t n, const struct pillar_state *s, const struct institute_evidence_row *e, size_t n_rows)
{
	struct ctx *cx = p->cx;
	const struct msg_arg heading[] = { { "n", fmt_number(cx, n) }, { "name", word(p, pillar_name(n)) } };
	const struct msg_arg newest = { "date", fmt_date(cx, s->newest_at) };
	space(p, 70);
	paper_rule(p, 0.5, 0.8);
	p->y += 6;
	line(p, STRONG, msg_text(cx, N_("{n}. {name}"), 2, heading), 3);
	if (!s->n)
		line(p, PLAIN, word(p, N_("Nothing yet.")), 8);
	else if (s->old)
		line(p, SMALL, msg_text(cx, N_("The newest is of {date} and asks for a look."), 1, &newest), 4);
	for (size_t i = 0; i < n_rows; i++)
		if (e[i].pillar == n && e[i].ended_at == NONE)
			piece(p, &e[i]);
}

enum err pillars_report(struct ctx *cx, int64_t org_id, struct str *ret_pdf)
{
	struct institute_of_org_row r;
	struct institute_evidence_row *e;
	struct pillar_state states[PILLARS];
	struct paper p;
	size_t n, covered;
	TRY(institute_of(cx, org_id, &r));
	TRY(institute_sql_evidence(cx, r.id, &e, &n));
	TRY(pillar_states(cx, r.id, states, &covered));
	struct str name = org_name(cx, r.name_en, r.name_hi);
	const struct msg_arg covers[] = { { "n", fmt_number(cx, covered) }, { "date", fmt_date(cx, cx->now) } };
	paper_begin(&p, cx, str_of(tr(cx->lang, N_("Evidence for the national standards"))), name, NULL);
	paper_grey(&p, 0.35);
	line(&p, "Mukta, Noto Sans Bold 9", word(&p, N_("Karmayogi")), 14);
	paper_grey(&p, 0);
	line(&p, "Mukta, Noto Sans Bold 18", name, 2);
	line(&p, PLAIN, r.place, 8);
	line(&p, STRONG, word(&p, N_("Evidence for the national standards of civil service training institutions (NSCSTI)")), 3);
	line(&p, PLAIN, msg_text(cx, N_("Evidence for {n} of 8 pillars, as of {date}."), 2, covers), 12);
	for (int64_t i = 1; i <= PILLARS; i++)
		pillar(&p, i, &states[i - 1], e, n);
	paper_foot(&p, word(&p, N_("What the institute itself brings as evidence; accreditation is decided by assessors.")));
	return paper_end(&p, ret_pdf);
}
