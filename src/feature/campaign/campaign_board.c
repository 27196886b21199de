/* Boards of a campaign; see campaign_board.h. */
#include "feature/campaign/campaign_board.h"
#include "base/clock.h"
#include "feature/org/org.h"
#include "feature/person/person.h"

#include <stdlib.h>

static int64_t said(bool open, int64_t n)
{
	return open && n > 0 && n < CAMPAIGN_LEAST ? NONE : n;
}

static struct board_line line_of(bool open, int64_t org_id, struct str name, const struct campaign_figure_row *f)
{
	return (struct board_line){ .org_id = org_id,
				    .n = f->n,
				    .n_reached = said(open, f->n_reached),
				    .n_pledged = said(open, f->n_pledged),
				    .ms = f->ms,
				    .published_ms = f->published_ms,
				    .n_people = f->n_people,
				    .head_ms = f->n_people >= CAMPAIGN_LEAST ? f->ms / f->n_people : NONE,
				    .rank = NONE,
				    .name = name };
}

/* ── those right below ── */

static int by_n(const void *a, const void *b)
{
	const struct board_line *x = a, *y = b;
	if (x->n != y->n)
		return x->n < y->n ? -1 : 1;
	return (x->org_id > y->org_id) - (x->org_id < y->org_id);
}

static int by_head(const void *a, const void *b)
{
	const struct board_line *x = a, *y = b;
	if (x->head_ms != y->head_ms)
		return (x->head_ms < y->head_ms) - (x->head_ms > y->head_ms);
	return str_cmp(x->name, y->name);
}

/* Leaves out the small ones, and one more where only one is. */
static void leave_out(struct board *b)
{
	size_t small = 0;
	if (b->n_lines)
		qsort(b->lines, b->n_lines, sizeof *b->lines, by_n);
	size_t none = 0;
	while (none < b->n_lines && b->lines[none].n == 0)
		none++;
	while (none + small < b->n_lines && b->lines[none + small].n < CAMPAIGN_LEAST)
		small++;
	size_t out = none + small + (small == 1 && none + small < b->n_lines);
	b->lines += out;
	b->n_lines -= out;
}

static void rank(struct board *b)
{
	if (b->n_lines)
		qsort(b->lines, b->n_lines, sizeof *b->lines, by_head); /* NONE is the smallest number */
	for (size_t i = 0; i < b->n_lines && b->lines[i].head_ms != NONE; i++)
		b->lines[i].rank = i && b->lines[i].head_ms == b->lines[i - 1].head_ms ? b->lines[i - 1].rank : (int64_t)i + 1;
}

static enum err put_lines(struct ctx *cx, int64_t org_id, bool open, struct board *b)
{
	struct campaign_children_row *r;
	TRY(campaign_sql_children(cx, b->campaign.id, org_id, &r, &b->n_lines));
	b->lines = ARENA_ARRAY(cx->arena, struct board_line, b->n_lines);
	for (size_t i = 0; i < b->n_lines; i++) {
		const struct campaign_figure_row f = { r[i].n, r[i].n_reached, r[i].n_pledged, r[i].ms, r[i].published_ms, r[i].n_people };
		b->lines[i] = line_of(open, r[i].id, org_name(cx, r[i].name_en, r[i].name_hi), &f);
	}
	if (open)
		leave_out(b);
	rank(b);
	return OK;
}

static enum err put_moves(struct ctx *cx, int64_t org_id, struct board *b)
{
	struct campaign_moved_row *r;
	TRY(campaign_sql_moved(cx, org_id, b->campaign.from_day, b->campaign.last_day, &r, &b->n_moves));
	b->moves = ARENA_ARRAY(cx->arena, struct board_move, b->n_moves);
	for (size_t i = 0; i < b->n_moves; i++)
		b->moves[i] = (struct board_move){ org_name(cx, r[i].name_en, r[i].name_hi), r[i].until_day, r[i].here != 0 };
	return OK;
}

/* ── by time ── */

/* Times of few people are not said, and one more where only one is not. */
static void blur(struct board_time *v, size_t n)
{
	size_t small = 0;
	struct board_time *least = NULL;
	for (size_t i = 0; i < n; i++) {
		bool few = v[i].n > 0 && v[i].n < CAMPAIGN_LEAST;
		small += few;
		if (few)
			v[i].n = v[i].ms = 0;
		else if (v[i].n && (!least || v[i].n < least->n))
			least = &v[i];
	}
	if (small == 1 && least)
		least->n = least->ms = 0;
}

static enum err put_days(struct ctx *cx, int64_t org_id, bool open, int64_t day, struct board *b)
{
	struct campaign_hours_row *r;
	size_t n;
	TRY(campaign_sql_hours(cx, b->campaign.id, org_id, 0, &r, &n));
	b->day = day;
	b->days = ARENA_ARRAY(cx->arena, struct board_time, n);
	b->n_days = n;
	for (size_t i = 0; i < n; i++)
		b->days[i] = (struct board_time){ r[i].day, r[i].n, r[i].ms };
	if (open)
		blur(b->days, n);
	for (size_t i = 0; i < n; i++)
		if (day == NONE && b->days[i].n && b->days[i].at <= person_today(cx))
			b->day = b->days[i].at;
	for (size_t i = 0; i < CAMPAIGN_HOURS; i++)
		b->hours[i].at = (int64_t)i;
	if (b->day == NONE)
		return OK;
	TRY(campaign_sql_hours(cx, b->campaign.id, org_id, b->day, &r, &n));
	for (size_t i = 0; i < n; i++)
		if (r[i].hour >= 0 && r[i].hour < CAMPAIGN_HOURS)
			b->hours[r[i].hour] = (struct board_time){ r[i].hour, r[i].n, r[i].ms };
	if (open)
		blur(b->hours, CAMPAIGN_HOURS);
	return OK;
}

enum err board_of(struct ctx *cx, int64_t campaign_id, int64_t org_id, bool open, int64_t day, struct board *ret)
{
	struct campaign_figure_row f = { 0 };
	struct campaign_mark_row m;
	bool found = false;
	*ret = (struct board){ .day = NONE, .age_ms = NONE };
	TRY(campaign_for(cx, campaign_id, org_id, &ret->campaign));
	TRY(campaign_sql_mark(cx, &m, &found));
	if (found)
		ret->age_ms = cx->now > m.through_at ? cx->now - m.through_at : 0;
	TRY(campaign_sql_figure(cx, campaign_id, org_id, &f, &found));
	ret->whole = line_of(open, org_id, org_name(cx, ret->campaign.org_en, ret->campaign.org_hi), &f);
	ret->small = open && f.n < CAMPAIGN_LEAST;
	if (ret->small)
		return OK;
	TRY(put_lines(cx, org_id, open, ret));
	TRY(put_moves(cx, org_id, ret));
	return put_days(cx, org_id, open, day, ret);
}
