/* Boards of campaigns: for who manages, for everybody, for a hall, and as files. */
#include "base/clock.h"
#include "campaign_board_html.h"
#include "campaign_screen_html.h"
#include "feature/campaign/campaign_board.h"
#include "feature/campaign/campaign_board_page.h"
#include "feature/campaign/campaign_pdf.h"
#include "feature/org/org.h"
#include "text/chart.h"
#include "text/csv.h"
#include "text/xlsx.h"
#include "web/action.h"
#include "web/lang.h"

enum { SCREEN_ROWS = 10, FILE_MAX = 4 << 20, CHART_MAX = 1 << 18 };
#define MS_OF_HOUR 3600000.0

struct board_in {
	int64_t campaign_id, org_id, day;
};

/* ── figures in words ── */

static struct str hours_said(struct ctx *cx, int64_t ms)
{
	return ms < 10 * HOUR ? str_fmt(cx->arena, "%.1f", (double)ms / MS_OF_HOUR) : fmt_number(cx, ms / HOUR);
}

static struct str count_said(struct ctx *cx, int64_t n)
{
	return n == NONE ? S("–") : fmt_number(cx, n);
}

static struct board_row row_of(struct ctx *cx, const struct board_line *l, struct str href)
{
	return (struct board_row){ .org_id = l->org_id,
				   .rank = l->rank,
				   .ms = l->ms,
				   .published_ms = l->published_ms,
				   .head_ms = l->head_ms,
				   .people = l->n_people,
				   .n = l->n,
				   .n_reached = l->n_reached,
				   .n_pledged = l->n_pledged,
				   .name = l->name,
				   .href = href,
				   .hours = hours_said(cx, l->ms),
				   .reached = count_said(cx, l->n_reached),
				   .pledged = count_said(cx, l->n_pledged),
				   .head = l->head_ms == NONE ? S("–") : fmt_minutes(cx, l->head_ms),
				   .place = count_said(cx, l->rank) };
}

/* ── pictures ── */

static struct html chart_of(struct ctx *cx, const char *id, const char *title, const char *x_label, const struct board_time *v, size_t n,
			    const struct str *names)
{
	double *y = ARENA_ARRAY(cx->arena, double, n);
	struct buf b, said;
	buf_init(&b, cx->arena, CHART_MAX);
	buf_init(&said, cx->arena, CHART_MAX);
	for (size_t i = 0; i < n; i++) {
		y[i] = (double)v[i].ms / MS_OF_HOUR;
		if (v[i].ms)
			buf_fmt(&said, "%s%.*s: %.1f", said.n ? "; " : "", STR_ARG(names[i]), y[i]);
	}
	const struct chart_series series = { .kind = CHART_BARS, .y = y, .n = n };
	chart_svg(&b, &(struct chart){ .id = id,
				       .title = str_of(tr(cx->lang, title)),
				       .description = buf_get(&said),
				       .x_label = str_of(tr(cx->lang, x_label)),
				       .y_label = str_of(tr(cx->lang, N_("hours"))),
				       .series = &series,
				       .n_series = 1,
				       .names = names,
				       .n_names = n,
				       .from_zero = true });
	struct str s = buf_get(&b);
	return (struct html){ s.p, s.n };
}

static void put_charts(struct ctx *cx, const struct board *b, struct board_page *v)
{
	struct str *days = ARENA_ARRAY(cx->arena, struct str, b->n_days), hours[CAMPAIGN_HOURS];
	for (size_t i = 0; i < b->n_days; i++)
		days[i] = str_fmt(cx->arena, "%d.%d.", clock_date(b->days[i].at).day, clock_date(b->days[i].at).month);
	for (size_t i = 0; i < CAMPAIGN_HOURS; i++)
		hours[i] = str_fmt(cx->arena, "%zu", i);
	v->days = chart_of(cx, "days", N_("Hours of verified learning by day"), N_("day"), b->days, b->n_days, days);
	v->by_hour = chart_of(cx, "hours", N_("Hours of verified learning by hour of the day"), N_("hour of the day"), b->hours, CAMPAIGN_HOURS, hours);
}

/* ── pages ── */

static struct str page_of(struct ctx *cx, const struct board *b, int64_t org_id, bool open)
{
	long long id = (long long)b->campaign.id;
	return open ? str_fmt(cx->arena, "/campaigns/%lld/board?org_id=%lld", id, (long long)org_id)
		    : str_fmt(cx->arena, "/orgs/%lld/campaigns/%lld", (long long)org_id, id);
}

/* The organisation above, as far as the campaign is for it and (unless open) one may look there. */
static enum err put_up(struct ctx *cx, const struct board *b, struct board_page *v)
{
	bool may = v->open;
	if (v->org_id == b->campaign.org_id || b->n_above < 2)
		return OK;
	const struct org_above_row *up = &b->above[1];
	if (!may)
		TRY(access_may(cx, MAY_CAMPAIGN_MANAGE, SCOPE_ORG, up->id, &may));
	if (may) {
		v->up = page_of(cx, b, up->id, v->open);
		v->up_name = org_name(cx, up->name_en, up->name_hi);
	}
	return OK;
}

static enum err put_board(struct ctx *cx, const struct board *b, bool open, struct board_page *v)
{
	const struct board_line *w = &b->whole;
	*v = (struct board_page){ .id = b->campaign.id,
				  .org_id = w->org_id,
				  .from_day = b->campaign.from_day,
				  .last_day = b->campaign.last_day,
				  .day = b->day,
				  .age = b->age_ms == NONE ? NONE : (b->age_ms + SECOND - 1) / SECOND,
				  .name = org_name(cx, b->campaign.name_en, b->campaign.name_hi),
				  .org = w->name,
				  .href = page_of(cx, b, w->org_id, open),
				  .open = open,
				  .small = b->small,
				  .may_manage = !open,
				  .least = CAMPAIGN_LEAST,
				  .lang = cx->lang == LANG_HI ? S("hi") : S("en") };
	TRY(put_up(cx, b, v));
	if (b->small)
		return OK;
	v->n = w->n;
	v->n_reached = w->n_reached;
	v->n_pledged = w->n_pledged;
	v->ms = w->ms;
	v->published_ms = w->published_ms;
	v->people = w->n_people;
	v->part = count_said(cx, w->n);
	v->hours = hours_said(cx, w->ms);
	v->published = hours_said(cx, w->published_ms);
	v->reached = count_said(cx, w->n_reached);
	v->pledged = count_said(cx, w->n_pledged);
	v->n_rows = b->n_lines;
	v->rows = ARENA_ARRAY(cx->arena, struct board_row, b->n_lines);
	for (size_t i = 0; i < b->n_lines; i++)
		v->rows[i] = row_of(cx, &b->lines[i], page_of(cx, b, b->lines[i].org_id, open));
	v->n_moves = b->n_moves;
	v->moves = ARENA_ARRAY(cx->arena, struct board_move_line, b->n_moves);
	for (size_t i = 0; i < b->n_moves; i++)
		v->moves[i] = (struct board_move_line){ b->moves[i].name, b->moves[i].day, b->moves[i].here };
	put_charts(cx, b, v);
	return OK;
}

static const struct field board_out[] = {
	FIELD(board_page, id, F_ID),	FIELD(board_page, org_id, F_ID),	FIELD(board_page, name, F_TEXT),
	FIELD(board_page, org, F_TEXT), FIELD(board_page, from_day, F_DATE),	FIELD(board_page, last_day, F_DATE),
	FIELD(board_page, age, F_INT),	FIELD(board_page, small, F_BOOL),	FIELD(board_page, people, F_INT),
	FIELD(board_page, n, F_INT),	FIELD(board_page, n_reached, F_INT),	FIELD(board_page, n_pledged, F_INT),
	FIELD(board_page, ms, F_INT),	FIELD(board_page, published_ms, F_INT), FIELD_END,
};
static const struct field below_out[] = {
	FIELD(board_row, org_id, F_ID),
	FIELD(board_row, name, F_TEXT),
	FIELD(board_row, rank, F_INT),
	FIELD(board_row, head_ms, F_INT),
	FIELD(board_row, people, F_INT),
	FIELD(board_row, n, F_INT),
	FIELD(board_row, n_reached, F_INT),
	FIELD(board_row, n_pledged, F_INT),
	FIELD(board_row, ms, F_INT),
	FIELD(board_row, published_ms, F_INT),
	FIELD_END,
};

static enum err show(struct ctx *cx, const struct board_in *in, bool open, struct answer *a, struct board_page **ret)
{
	struct board *b = ARENA_NEW(cx->arena, struct board);
	struct board_page *v = ARENA_NEW(cx->arena, struct board_page);
	struct campaign_one_row c;
	int64_t org_id = in->org_id;
	if (org_id == NONE) {
		TRY(campaign_one(cx, in->campaign_id, &c));
		org_id = c.org_id;
	}
	TRY(board_of(cx, in->campaign_id, org_id, open, in->day, b));
	TRY(put_board(cx, b, open, v));
	a->view = v;
	a->nav = open ? NAV_NONE : NAV_ORG;
	a->title = v->name;
	ANSWER_ROW(a, v);
	*ret = v;
	return OK;
}

static enum err org_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct board_page *v;
	(void)state;
	return show(cx, input, false, a, &v);
}

static enum err below_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct board_page *v;
	(void)state;
	TRY(show(cx, input, false, a, &v));
	ANSWER_ROWS(a, v->rows, v->n_rows);
	return OK;
}

static enum err open_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct board_page *v;
	(void)state;
	return show(cx, input, true, a, &v);
}

static enum err screen_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct board_page *v;
	(void)state;
	TRY(show(cx, input, true, a, &v));
	v->n_rows = v->n_rows > SCREEN_ROWS ? SCREEN_ROWS : v->n_rows;
	return OK;
}

/* ── files ── */

static const char *const heads[] = { N_("Organisation"),
				     N_("People"),
				     N_("Take part"),
				     N_("At the target"),
				     N_("Pledges"),
				     N_("Verified hours"),
				     N_("Published hours of completed courses"),
				     N_("Verified hours a head"),
				     N_("Place") };
enum { HEADS = sizeof heads / sizeof *heads };

static double in_hours(int64_t ms)
{
	return (double)ms / MS_OF_HOUR;
}

static struct str with_two(struct ctx *cx, double v)
{
	return str_fmt(cx->arena, "%.2f", v);
}

static void csv_line(struct ctx *cx, struct buf *b, const struct board_line *l)
{
	const int64_t counts[] = { l->n_people, l->n, l->n_reached, l->n_pledged };
	csv_put(b, l->name);
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		csv_put(b, fmt_plain(cx, counts[i]));
	csv_put(b, with_two(cx, in_hours(l->ms)));
	csv_put(b, with_two(cx, in_hours(l->published_ms)));
	csv_put(b, l->head_ms == NONE ? S("") : with_two(cx, in_hours(l->head_ms)));
	csv_put(b, l->rank == NONE ? S("") : fmt_plain(cx, l->rank));
	csv_end_row(b);
}

static enum err csv_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct board_in *in = input;
	struct board b;
	struct buf out;
	(void)state;
	TRY(board_of(cx, in->campaign_id, in->org_id, false, NONE, &b));
	buf_init(&out, cx->arena, FILE_MAX);
	for (size_t i = 0; i < HEADS; i++)
		csv_put(&out, str_of(tr(cx->lang, heads[i])));
	csv_end_row(&out);
	csv_line(cx, &out, &b.whole);
	for (size_t i = 0; i < b.n_lines; i++)
		csv_line(cx, &out, &b.lines[i]);
	a->type = "text/csv; charset=utf-8";
	a->filename = str_fmt(cx->arena, "campaign-%lld.csv", (long long)in->campaign_id);
	a->bytes = buf_get(&out);
	return OK;
}

static void sheet_line(struct xlsx *x, const struct board_line *l)
{
	xlsx_text(x, l->name);
	xlsx_int(x, l->n_people);
	xlsx_int(x, l->n);
	xlsx_int(x, l->n_reached);
	xlsx_int(x, l->n_pledged);
	xlsx_real(x, in_hours(l->ms));
	xlsx_real(x, in_hours(l->published_ms));
	if (l->head_ms != NONE) {
		xlsx_real(x, in_hours(l->head_ms));
		xlsx_int(x, l->rank);
	}
	xlsx_end_row(x);
}

static void sheet_heads(struct ctx *cx, struct xlsx *x, const char *const *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		xlsx_text(x, str_of(tr(cx->lang, v[i])));
	xlsx_end_row(x);
}

static enum err xlsx_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	static const char *const day_heads[] = { N_("Day"), N_("Take part"), N_("Verified hours") };
	const struct board_in *in = input;
	struct board b;
	struct xlsx x;
	(void)state;
	TRY(board_of(cx, in->campaign_id, in->org_id, false, NONE, &b));
	xlsx_begin(&x, cx->arena, FILE_MAX);
	xlsx_sheet(&x, str_of(tr(cx->lang, N_("Organisations"))));
	sheet_heads(cx, &x, heads, HEADS);
	sheet_line(&x, &b.whole);
	for (size_t i = 0; i < b.n_lines; i++)
		sheet_line(&x, &b.lines[i]);
	xlsx_sheet(&x, str_of(tr(cx->lang, N_("Days"))));
	sheet_heads(cx, &x, day_heads, sizeof day_heads / sizeof *day_heads);
	for (size_t i = 0; i < b.n_days; i++) {
		xlsx_text(&x, fmt_isoday(cx, b.days[i].at));
		xlsx_int(&x, b.days[i].n);
		xlsx_real(&x, in_hours(b.days[i].ms));
		xlsx_end_row(&x);
	}
	a->type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
	a->filename = str_fmt(cx->arena, "campaign-%lld.xlsx", (long long)in->campaign_id);
	return xlsx_end(&x, &a->bytes) ? OK : fail(cx, ERR_TOO_LARGE, "", N_("This is more than a file may hold."));
}

static enum err report_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct board_in *in = input;
	struct board b;
	(void)state;
	TRY(board_of(cx, in->campaign_id, in->org_id, false, NONE, &b));
	a->type = "application/pdf";
	a->filename = str_fmt(cx->arena, "campaign-%lld-report.pdf", (long long)in->campaign_id);
	return campaign_report(cx, &b, &a->bytes);
}

static const struct field org_board_in[] = { FIELD(board_in, org_id, F_ID, .must = true), FIELD(board_in, campaign_id, F_ID, .must = true),
					     FIELD(board_in, day, F_DATE), FIELD_END };
static const struct field file_in[] = { FIELD(board_in, org_id, F_ID, .must = true), FIELD(board_in, campaign_id, F_ID, .must = true), FIELD_END };
static const struct field open_in[] = { FIELD(board_in, campaign_id, F_ID, .must = true), FIELD(board_in, org_id, F_ID), FIELD(board_in, day, F_DATE),
					FIELD_END };

#define BOARD "/orgs/{org_id}/campaigns/{campaign_id}"
#define IN .in_size = sizeof(struct board_in)
#define MANAGES .may = MAY_CAMPAIGN_MANAGE, .scope = SCOPE_ORG
const struct action campaign_board_actions[] = {
	{ .name = "campaign.board",
	  .method = GET,
	  .page = BOARD,
	  .api = "/api/v1" BOARD,
	  MANAGES,
	  .in = org_board_in,
	  IN,
	  .out = board_out,
	  .run = org_run,
	  .html = campaign_board_view,
	  .summary = "The board of an organisation in a campaign." },
	{ .name = "campaign.below",
	  .method = GET,
	  .api = "/api/v1" BOARD "/below",
	  MANAGES,
	  .in = file_in,
	  IN,
	  .out = below_out,
	  .out_list = true,
	  .run = below_run,
	  .summary = "Those right below an organisation in a campaign, ranked by hours a head." },
	{ .name = "campaign.csv",
	  .method = GET,
	  .page = BOARD "/figures.csv",
	  .api = "/api/v1" BOARD "/figures.csv",
	  MANAGES,
	  .in = file_in,
	  IN,
	  .run = csv_run,
	  .summary = "The figures of an organisation and those right below in a campaign, as CSV." },
	{ .name = "campaign.xlsx",
	  .method = GET,
	  .page = BOARD "/figures.xlsx",
	  .api = "/api/v1" BOARD "/figures.xlsx",
	  MANAGES,
	  .in = file_in,
	  IN,
	  .run = xlsx_run,
	  .summary = "The same as a workbook." },
	{ .name = "campaign.report",
	  .method = GET,
	  .page = BOARD "/report",
	  .api = "/api/v1" BOARD "/report",
	  MANAGES,
	  .in = file_in,
	  IN,
	  .run = report_run,
	  .summary = "The report of an organisation in a campaign, as a PDF with charts." },
	{ .name = "campaign.open",
	  .method = GET,
	  .page = "/campaigns/{campaign_id}/board",
	  .api = "/api/v1/campaigns/{campaign_id}/board",
	  .may = MAY_ANYONE,
	  .in = open_in,
	  IN,
	  .out = board_out,
	  .run = open_run,
	  .html = campaign_board_view,
	  .summary = "The public board of a campaign; nothing is said of fewer than ten people." },
	{ .name = "campaign.screen",
	  .method = GET,
	  .page = "/campaigns/{campaign_id}/screen",
	  .may = MAY_ANYONE,
	  .in = open_in,
	  IN,
	  .run = screen_run,
	  .html = campaign_screen_view,
	  .bare = true,
	  .summary = "The public board for a hall: large, and anew every five seconds." },
	ACTION_END,
};
