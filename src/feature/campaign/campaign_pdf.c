/* The certificate and the report of a campaign; see campaign_pdf.h. */
#include "feature/campaign/campaign_pdf.h"
#include "base/clock.h"
#include "base/json.h"
#include "feature/credential/credential.h"
#include "feature/credential/credential_pdf.h"
#include "feature/org/org.h"
#include "web/html.h"
#include "web/lang.h"
#include "web/paper.h"

#define WIDTH (PAPER_W - 2.0 * PAPER_MARGIN)

static struct str document_of(struct ctx *cx, const struct campaign_one_row *c, const struct campaign_holder_row *h)
{
	struct buf b;
	struct json_out j;
	buf_init(&b, cx->arena, 1 << 16);
	j = (struct json_out){ .b = &b };
	jw_open(&j, '{');
	jw_key(&j, "kind");
	jw_str(&j, S("karmayogi-campaign"));
	jw_key(&j, "name");
	jw_str(&j, h->name);
	jw_key(&j, "campaign");
	jw_str(&j, c->name_en);
	jw_key(&j, "organisation");
	jw_str(&j, c->org_en);
	jw_key(&j, "from");
	jw_str(&j, fmt_isoday(cx, c->from_day));
	jw_key(&j, "last");
	jw_str(&j, fmt_isoday(cx, c->last_day));
	jw_key(&j, "target_minutes");
	jw_int(&j, c->target_minutes);
	jw_key(&j, "reached");
	jw_time(&j, h->reached_at);
	jw_key(&j, "issued");
	jw_time(&j, cx->now);
	jw_key(&j, "issuer");
	jw_str(&j, cx->app->base_url);
	jw_key(&j, "key");
	jw_str(&j, str_hex(cx->arena, cx->app->sign_pk, sizeof cx->app->sign_pk));
	jw_close(&j, '}');
	return buf_get(&b);
}

static struct str word(struct paper *p, const char *english)
{
	return str_of(tr(p->cx->lang, english));
}

static void line(struct paper *p, const char *font, struct str s, double below)
{
	paper_font(p, font);
	p->y += paper_put(p, s, PAPER_MARGIN, p->y, WIDTH) + below;
}

/* The dates that hold where the target was reached; the campaign's own, where that stands elsewhere by now. */
static enum err put_dates(struct ctx *cx, int64_t org_id, struct campaign_one_row *c)
{
	struct campaign_for_org_row there;
	bool found = false;
	if (org_id != NONE)
		TRY(campaign_sql_for_org(cx, org_id, c->id, &there, &found));
	if (found) {
		c->from_day = there.from_day;
		c->last_day = there.last_day;
	}
	return OK;
}

enum err campaign_certificate(struct ctx *cx, int64_t campaign_id, int64_t person_id, struct str *ret_pdf)
{
	struct campaign_one_row c;
	struct campaign_holder_row h;
	struct paper p;
	bool found = false;
	TRY(campaign_one(cx, campaign_id, &c));
	TRY(campaign_sql_holder(cx, campaign_id, person_id, &h, &found));
	if (!found || h.reached_at == NONE)
		return fail(cx, ERR_CONFLICT, "", N_("The target is not reached yet."));
	TRY(put_dates(cx, h.reached_org_id, &c));
	struct str document = document_of(cx, &c, &h);
	const struct msg_arg target = { "target", fmt_minutes(cx, c.target_minutes * MINUTE) };
	const struct msg_arg days[] = { { "first", fmt_day(cx, c.from_day) }, { "last", fmt_day(cx, c.last_day) } };
	const struct msg_arg date = { "date", fmt_date(cx, h.reached_at) };
	paper_begin(&p, cx, str_of(tr(cx->lang, N_("Certificate of learning"))), h.name, credential_carried(cx, document, credential_sign(cx, document)).p);
	paper_grey(&p, 0.35);
	line(&p, "Mukta, Noto Sans Bold 9", word(&p, N_("Karmayogi")), 60);
	paper_grey(&p, 0);
	line(&p, "Mukta, Noto Sans Bold 24", word(&p, N_("Certificate of learning")), 24);
	line(&p, "Mukta, Noto Sans Bold 18", h.name, 14);
	line(&p, "Mukta, Noto Sans 12", msg_text(cx, N_("has reached the target of {target} of verified learning in"), 1, &target), 10);
	line(&p, "Mukta, Noto Sans Bold 15", org_name(cx, c.name_en, c.name_hi), 4);
	line(&p, "Mukta, Noto Sans 11", org_name(cx, c.org_en, c.org_hi), 2);
	line(&p, "Mukta, Noto Sans 11", msg_text(cx, N_("{first} to {last}"), 2, days), 20);
	line(&p, "Mukta, Noto Sans 11", msg_text(cx, N_("Reached on {date}."), 1, &date), 0);
	paper_foot(&p, word(&p, N_("Signed: “karmayogi verify” tells whether this file was changed.")));
	return paper_end(&p, ret_pdf);
}

/* ── the report ── */

enum { CHART_H = 120, LABEL_H = 12, NAME_W = 210, COLUMN_W = 57, COLUMNS = 5 };
#define SMALL "Mukta, Noto Sans 8"
#define PLAIN "Mukta, Noto Sans 9.5"

static struct str hours(struct ctx *cx, int64_t ms)
{
	return str_fmt(cx->arena, "%.1f", (double)ms / (double)HOUR);
}

static void report_foot(struct paper *p)
{
	paper_foot(p, word(p, N_("Verified time, of each part no more than its published length; counted where people were posted on the day.")));
}

/* What is so high stands on one page. */
static void room(struct paper *p, double height)
{
	if (p->y + height <= PAPER_H - PAPER_FOOT)
		return;
	report_foot(p);
	paper_turn(p);
	paper_grey(p, 0);
}

static struct str time_name(struct ctx *cx, const struct board_time *t, bool days)
{
	struct civil c = clock_date(t->at);
	return days ? str_fmt(cx->arena, "%d.%d.", c.day, c.month) : str_fmt(cx->arena, "%lld", (long long)t->at);
}

/* Bars over their names, the highest with its figure. */
static void bars(struct paper *p, const char *heading, const struct board_time *v, size_t n, bool days)
{
	int64_t most = 1;
	double unit = WIDTH / (double)(n ? n : 1);
	for (size_t i = 0; i < n; i++)
		most = v[i].ms > most ? v[i].ms : most;
	room(p, CHART_H + 60);
	line(p, "Mukta, Noto Sans Bold 11", word(p, heading), 14);
	double foot = p->y + CHART_H;
	for (size_t i = 0; i < n; i++) {
		double height = (double)v[i].ms / (double)most * CHART_H, x = PAPER_MARGIN + (double)i * unit;
		paper_grey(p, 0.45);
		cairo_rectangle(p->cr, x + unit * 0.1, foot - height, unit * 0.8, height);
		cairo_fill(p->cr);
		paper_grey(p, 0);
		paper_font(p, "Mukta, Noto Sans 7");
		paper_put(p, time_name(p->cx, &v[i], days), x + unit * 0.1, foot + 2, unit);
		if (v[i].ms == most)
			paper_put(p, hours(p->cx, v[i].ms), x + unit * 0.1, foot - height - LABEL_H, unit + 20);
	}
	p->y = foot;
	paper_rule(p, 0.5, 0.8);
	p->y += LABEL_H + 14;
}

static void columns(struct paper *p, struct str name, const struct str v[COLUMNS])
{
	double height = paper_height(p, name, NAME_W);
	for (size_t i = 0; i < COLUMNS; i++) {
		double own = paper_height(p, v[i], COLUMN_W - 4);
		height = own > height ? own : height;
	}
	room(p, height + 6);
	paper_put(p, name, PAPER_MARGIN, p->y, NAME_W);
	for (size_t i = 0; i < COLUMNS; i++)
		paper_put(p, v[i], PAPER_MARGIN + NAME_W + 4 + (double)i * COLUMN_W, p->y, COLUMN_W - 4);
	p->y += height + 3;
	paper_rule(p, 0.5, 0.2);
	p->y += 4;
}

static struct str count(struct ctx *cx, int64_t n)
{
	return n == NONE ? S("–") : fmt_number(cx, n);
}

static void below(struct paper *p, const struct board *b)
{
	struct ctx *cx = p->cx;
	room(p, 80);
	line(p, "Mukta, Noto Sans Bold 11", word(p, N_("Right below")), 4);
	paper_font(p, "Mukta, Noto Sans Bold 8");
	columns(p, word(p, N_("Organisation")),
		(struct str[]){ word(p, N_("Place")), word(p, N_("Take part")), word(p, N_("Hours")), word(p, N_("A head")), word(p, N_("At the target")) });
	for (size_t i = 0; i < b->n_lines; i++) {
		const struct board_line *l = &b->lines[i];
		paper_font(p, SMALL);
		columns(p, l->name,
			(struct str[]){ count(cx, l->rank), count(cx, l->n), hours(cx, l->ms), l->head_ms == NONE ? S("–") : fmt_minutes(cx, l->head_ms),
					count(cx, l->n_reached) });
	}
	paper_font(p, SMALL);
	const struct msg_arg least = { "n", fmt_number(cx, (int64_t)CAMPAIGN_LEAST) };
	room(p, 30);
	p->y += paper_put(p,
			  msg_text(cx,
				   N_("Ranked by verified time a head of all posted there; groups of fewer than {n} are not ranked. A dash: too few to say."),
				   1, &least),
			  PAPER_MARGIN, p->y, WIDTH);
}

static void fact(struct paper *p, const char *english, struct str value)
{
	paper_font(p, PLAIN);
	paper_put(p, word(p, english), PAPER_MARGIN, p->y, 300);
	p->y += paper_put(p, value, PAPER_MARGIN + 310, p->y, WIDTH - 310) + 2;
}

enum err campaign_report(struct ctx *cx, const struct board *b, struct str *ret_pdf)
{
	struct paper p;
	const struct msg_arg days[] = { { "first", fmt_day(cx, b->campaign.from_day) }, { "last", fmt_day(cx, b->campaign.last_day) } };
	const struct msg_arg at = { "date", fmt_datetime(cx, b->age_ms == NONE ? cx->now : cx->now - b->age_ms) };
	struct str name = org_name(cx, b->campaign.name_en, b->campaign.name_hi);
	paper_begin(&p, cx, name, b->whole.name, NULL);
	paper_grey(&p, 0);
	line(&p, "Mukta, Noto Sans Bold 9", word(&p, N_("Karmayogi")), 2);
	line(&p, "Mukta, Noto Sans Bold 19", name, 4);
	line(&p, "Mukta, Noto Sans Bold 13", b->whole.name, 2);
	line(&p, "Mukta, Noto Sans 10", msg_text(cx, N_("{first} to {last}"), 2, days), 1);
	line(&p, "Mukta, Noto Sans 10", msg_text(cx, N_("As at {date}"), 1, &at), 14);
	fact(&p, N_("People posted"), count(cx, b->whole.n_people));
	fact(&p, N_("People who take part"), count(cx, b->whole.n));
	fact(&p, N_("People at the target"), count(cx, b->whole.n_reached));
	fact(&p, N_("Pledges"), count(cx, b->whole.n_pledged));
	fact(&p, N_("Verified hours"), hours(cx, b->whole.ms));
	fact(&p, N_("Published hours of completed courses"), hours(cx, b->whole.published_ms));
	p.y += 14;
	bars(&p, N_("Hours of verified learning by day"), b->days, b->n_days, true);
	if (b->day != NONE)
		bars(&p, N_("Hours of verified learning by hour of the last day"), b->hours, CAMPAIGN_HOURS, false);
	if (b->n_lines)
		below(&p, b);
	report_foot(&p);
	return paper_end(&p, ret_pdf);
}
