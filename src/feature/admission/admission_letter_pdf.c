/* Letters on paper; see admission_letter.h. */
#include "feature/admission/admission_letter.h"
#include "base/clock.h"
#include "feature/admission/admission_in.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "web/html.h"
#include "web/lang.h"
#include "web/paper.h"

#define FONT "Mukta, Noto Sans, Noto Sans Devanagari"
#define WIDTH (PAPER_W - 2.0 * PAPER_MARGIN)
enum { WHEN_W = 150, ROOM_W = 120, COLUMN_GAP = 8 };

struct letters {
	struct paper p;
	struct ctx *cx;
	struct admission_letter_batch_row b;
	struct admission_letter_sessions_row *sessions;
	size_t n_sessions;
	struct str title, foot;
	size_t n; /* written so far */
};

static struct str said(const struct letters *l, const char *english)
{
	return str_of(tr(l->cx->lang, english));
}

static void turn_if(struct letters *l, double need)
{
	if (l->p.y + need <= PAPER_H - PAPER_FOOT)
		return;
	paper_foot(&l->p, l->foot);
	paper_turn(&l->p);
}

static void put(struct letters *l, const char *font, struct str s, double after)
{
	if (!s.n)
		return;
	paper_font(&l->p, font);
	turn_if(l, paper_height(&l->p, s, WIDTH));
	l->p.y += paper_put(&l->p, s, PAPER_MARGIN, l->p.y, WIDTH) + after;
}

/* ── the parts ── */

static void put_sender(struct letters *l)
{
	put(l, FONT " Bold 13", org_name(l->cx, l->b.org_en, l->b.org_hi), 2);
	if (l->b.institute_en.n)
		put(l, FONT " 10", org_name(l->cx, l->b.institute_en, l->b.institute_hi), 2);
	paper_rule(&l->p, 0.8, 0.6);
	l->p.y += 8;
	const struct msg_arg args[] = { { "number", str_fmt(l->cx->arena, "%.*s/%lld", STR_ARG(l->b.code), (long long)l->b.id) },
					{ "date", fmt_date(l->cx, l->cx->now) } };
	put(l, FONT " 9", msg_text(l->cx, N_("No. {number}, {date}"), 2, args), 16);
}

static void put_person(struct letters *l, const struct admission_letter_row *r)
{
	put(l, FONT " Bold 11", r->name, 1);
	put(l, FONT " 10", org_name(l->cx, r->designation_en, r->designation_hi), 1);
	put(l, FONT " 10", org_name(l->cx, r->org_en, r->org_hi), 1);
	put(l, FONT " 10", r->employee_no, 0);
	l->p.y += 14;
}

static void put_what(struct letters *l, const struct admission_letter_row *r)
{
	bool seat = str_is(r->state, "admitted");
	struct str name = admission_called(l->cx, l->b.title, l->b.title_hi, l->b.name);
	const struct msg_arg args[] = { { "programme", name }, { "first", fmt_date(l->cx, l->b.starts_at) }, { "last", fmt_date(l->cx, l->b.ends_at) } };
	const struct msg_arg subject = { "programme", name };
	put(l, FONT " Bold 11", msg_text(l->cx, seat ? N_("Your seat in “{programme}”") : N_("Your nomination for “{programme}”"), 1, &subject), 8);
	put(l, FONT " 10.5",
	    msg_text(l->cx,
		     seat ? N_("We are glad to confirm your seat in “{programme}”, from {first} to {last}.")
			  : N_("You are nominated for “{programme}”, from {first} to {last}. A seat is confirmed by another letter; please do not travel "
			       "before."),
		     3, args),
	    10);
}

static void put_fact(struct letters *l, const char *name, struct str value)
{
	const struct msg_arg args[] = { { "name", said(l, name) }, { "value", value } };
	if (value.n)
		put(l, FONT " 10.5", msg_text(l->cx, N_("{name}: {value}"), 2, args), 2);
}

static void put_facts(struct letters *l, const struct admission_letter_row *r)
{
	struct str place = l->b.place.n ? l->b.place : l->b.institute_place;
	put_fact(l, N_("Venue"), place);
	put_fact(l, N_("Reporting"), fmt_datetime(l->cx, l->b.starts_at));
	if (l->b.hostel.n)
		put_fact(l, N_("Hostel"), r->bed_given ? l->b.hostel : said(l, N_("no bed is given to you so far")));
	if (l->b.fee_paise > 0)
		put_fact(l, N_("Fee"), str_fmt(l->cx->arena, "₹ %lld.%02lld", (long long)(l->b.fee_paise / 100), (long long)(l->b.fee_paise % 100)));
	l->p.y += 8;
}

static void put_session(struct letters *l, const struct admission_letter_sessions_row *s)
{
	struct paper *p = &l->p;
	double x = PAPER_MARGIN + WHEN_W, w = WIDTH - WHEN_W - ROOM_W;
	struct str title = org_name(l->cx, s->title, s->title_hi);
	paper_font(p, FONT " 9.5");
	double h = paper_height(p, title, w - COLUMN_GAP);
	turn_if(l, h + 3);
	paper_put(p, fmt_datetime(l->cx, s->starts_at), PAPER_MARGIN, p->y, WHEN_W - COLUMN_GAP);
	paper_put(p, title, x, p->y, w - COLUMN_GAP);
	if (s->room.n)
		paper_put(p, s->room, x + w, p->y, ROOM_W);
	p->y += h + 3;
}

static void put_instructions(struct letters *l)
{
	static const char *const lines[] = {
		N_("Please bring a document that shows who you are, and this letter."),
		N_("Ask your office to relieve you for these days."),
		N_("If you cannot come, withdraw at once, so that the next person on the waiting list gets your seat."),
	};
	put(l, FONT " Bold 10.5", said(l, N_("Joining instructions")), 3);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		put(l, FONT " 10", str_fmt(l->cx->arena, "%zu. %s", i + 1, tr(l->cx->lang, lines[i])), 2);
	turn_if(l, 70);
	l->p.y += 40;
	put(l, FONT " 10", said(l, N_("For the coordinator of the programme")), 1);
	put(l, FONT " 10", org_name(l->cx, l->b.org_en, l->b.org_hi), 0);
}

static void put_letter(struct letters *l, const struct admission_letter_row *r)
{
	if (l->n++) {
		paper_foot(&l->p, l->foot);
		paper_turn(&l->p);
	}
	put_sender(l);
	put_person(l, r);
	put_what(l, r);
	put_facts(l, r);
	if (l->n_sessions) {
		put(l, FONT " Bold 10.5", said(l, N_("Sessions")), 3);
		for (size_t i = 0; i < l->n_sessions; i++)
			put_session(l, &l->sessions[i]);
		l->p.y += 8;
	}
	put_instructions(l);
}

/* ── one and all ── */

static enum err write_all(struct ctx *cx, int64_t batch_id, const struct admission_letter_row *r, size_t n, struct str *ret)
{
	struct letters l = { .cx = cx };
	bool found = false;
	TRY(admission_sql_letter_batch(cx, batch_id, &l.b, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "batch_id", N_("There is no such batch."));
	if (str_is(l.b.state, "cancelled"))
		return fail(cx, ERR_CONFLICT, "", N_("This batch will not be held; there are no letters for it."));
	TRY(admission_sql_letter_sessions(cx, batch_id, &l.sessions, &l.n_sessions));
	l.title = admission_called(cx, l.b.title, l.b.title_hi, l.b.name);
	l.foot = l.title;
	paper_begin(&l.p, cx, l.title, n == 1 ? r->name : org_name(cx, l.b.org_en, l.b.org_hi), NULL);
	for (size_t i = 0; i < n; i++)
		put_letter(&l, &r[i]);
	paper_foot(&l.p, l.foot);
	return paper_end(&l.p, ret);
}

enum err admission_letter(struct ctx *cx, int64_t batch_id, int64_t admission_id, struct str *ret)
{
	struct admission_letter_row *r;
	size_t n;
	TRY(admission_sql_letter(cx, person_today(cx), batch_id, admission_id, 1, &r, &n));
	if (!n)
		return fail(cx, ERR_NOT_FOUND, "admission_id", N_("There is no such request here."));
	bool nominated = str_is(r->how, "nominated") && (str_is(r->state, "asked") || str_is(r->state, "waiting"));
	if (!str_is(r->state, "admitted") && !nominated)
		return fail(cx, ERR_CONFLICT, "", N_("There is a letter for who is nominated or has a seat."));
	return write_all(cx, batch_id, r, n, ret);
}

enum err admission_letters(struct ctx *cx, int64_t batch_id, struct str *ret)
{
	struct admission_letter_row *r;
	size_t n;
	TRY(admission_sql_letter(cx, person_today(cx), batch_id, NONE, ADMISSION_LETTERS_MAX + 1, &r, &n));
	if (!n)
		return fail(cx, ERR_CONFLICT, "", N_("Nobody has a seat yet."));
	if (n > ADMISSION_LETTERS_MAX)
		return fail(cx, ERR_CONFLICT, "", N_("More than 1,000 people have a seat; print letters one by one."));
	return write_all(cx, batch_id, r, n, ret);
}
