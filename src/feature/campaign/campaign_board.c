/* Boards of a campaign; see campaign_board.h. */
#include "feature/campaign/campaign_board.h"
#include "base/clock.h"
#include "feature/org/org.h"
#include "feature/person/person.h"

#include <stdlib.h>

/* A number of people, or a difference of two, that is of too few to be said. */
static bool few(int64_t n)
{
	return n != 0 && n > -CAMPAIGN_LEAST && n < CAMPAIGN_LEAST;
}

static struct board_line line_of(int64_t org_id, struct str name, const struct campaign_figure_row *f)
{
	return (struct board_line){ .org_id = org_id,
				    .n = f->n,
				    .n_reached = f->n_reached,
				    .n_pledged = f->n_pledged,
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

/* The two counts of a line. */
enum { COUNTS = 2 };
static int64_t *count_of(struct board_line *l, int which)
{
	return which ? &l->n_pledged : &l->n_reached;
}

/* A count is said of all those right below or of none: where one is of few, or what is left of the whole, it could be found as the difference. */
static void hide_counts(struct board *b)
{
	for (int which = 0; which < COUNTS; which++) {
		int64_t rest = *count_of(&b->whole, which);
		bool hide = rest == NONE;
		for (size_t i = 0; i < b->n_lines && !hide; i++) {
			int64_t n = *count_of(&b->lines[i], which);
			hide = few(n);
			rest -= n;
		}
		hide = hide || few(rest);
		for (size_t i = 0; i < b->n_lines && hide; i++)
			*count_of(&b->lines[i], which) = NONE;
	}
}

/* Takes a line away from what is left of the whole (sign 1), or gives it back (-1). */
static void take(struct board_line *rest, const struct board_line *l, int64_t sign)
{
	rest->n -= sign * l->n;
	rest->ms -= sign * l->ms;
	rest->published_ms -= sign * l->published_ms;
}

/* Leaves out the small ones, and of the others the smallest until what is left of the whole is itself of enough people, or nothing. Somebody who was in two of
 * them makes the difference smaller than the number of people left, never larger. */
static void leave_out(struct board *b)
{
	struct board_line rest = b->whole;
	size_t out = 0;
	if (b->n_lines)
		qsort(b->lines, b->n_lines, sizeof *b->lines, by_n);
	for (size_t i = 0; i < b->n_lines; i++)
		take(&rest, &b->lines[i], 1);
	for (; out < b->n_lines; out++) {
		bool nothing = rest.n <= 0 && rest.ms == 0 && rest.published_ms == 0;
		if (b->lines[out].n >= CAMPAIGN_LEAST && (nothing || rest.n >= CAMPAIGN_LEAST))
			break;
		take(&rest, &b->lines[out], -1);
	}
	b->lines += out;
	b->n_lines -= out;
	hide_counts(b);
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
		b->lines[i] = line_of(r[i].id, org_name(cx, r[i].name_en, r[i].name_hi), &f);
	}
	if (open)
		leave_out(b);
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

/* Times of few people are not said, nor then the least of the others: the few are the difference between the whole and what is said. */
static void blur(struct board_time *v, size_t n)
{
	bool any = false;
	struct board_time *least = NULL;
	for (size_t i = 0; i < n; i++) {
		any = any || few(v[i].n);
		if (few(v[i].n))
			v[i].n = v[i].ms = 0;
		else if (v[i].n && (!least || v[i].n < least->n))
			least = &v[i];
	}
	if (any && least)
		least->n = least->ms = 0;
}

static enum err put_hours(struct ctx *cx, int64_t org_id, bool open, struct board *b)
{
	struct campaign_hours_row *r;
	size_t n;
	TRY(campaign_sql_hours(cx, b->campaign.id, org_id, b->day, &r, &n));
	for (size_t i = 0; i < n; i++)
		if (r[i].hour >= 0 && r[i].hour < CAMPAIGN_HOURS)
			b->hours[r[i].hour] = (struct board_time){ r[i].hour, r[i].n, r[i].ms };
	if (open)
		blur(b->hours, CAMPAIGN_HOURS);
	return OK;
}

static enum err put_days(struct ctx *cx, int64_t org_id, bool open, int64_t day, struct board *b)
{
	struct campaign_hours_row *r;
	bool said = false;
	TRY(campaign_sql_hours(cx, b->campaign.id, org_id, 0, &r, &b->n_days));
	b->day = day;
	b->days = ARENA_ARRAY(cx->arena, struct board_time, b->n_days);
	for (size_t i = 0; i < b->n_days; i++)
		b->days[i] = (struct board_time){ r[i].day, r[i].n, r[i].ms };
	if (open)
		blur(b->days, b->n_days);
	for (size_t i = 0; i < b->n_days; i++)
		if (day == NONE && b->days[i].n && b->days[i].at <= person_today(cx))
			b->day = b->days[i].at;
	for (size_t i = 0; i < b->n_days; i++)
		said = said || (b->days[i].at == b->day && b->days[i].n);
	for (size_t i = 0; i < CAMPAIGN_HOURS; i++)
		b->hours[i].at = (int64_t)i;
	return said ? put_hours(cx, org_id, open, b) : OK;
}

/* ── the whole ── */

static enum err put_whole(struct ctx *cx, int64_t org_id, struct str name, struct board *b)
{
	struct campaign_figure_row f = { 0 };
	bool found;
	TRY(campaign_sql_figure(cx, b->campaign.id, org_id, &f, &found));
	b->whole = line_of(org_id, name, &f);
	return OK;
}

/* Goes down the public boards from that of the campaign's own organisation: who is left out on one of them is small, and so is all below; a count that is not
 * said there is not said here. */
static enum err see_from_above(struct ctx *cx, int64_t org_id, struct board *b)
{
	struct board up = { .campaign = b->campaign };
	struct org_above_row *above;
	size_t n, at = 0;
	TRY(org_above(cx, org_id, &above, &n));
	while (at + 1 < n && above[at].id != b->campaign.org_id)
		at++;
	TRY(put_whole(cx, above[at].id, b->whole.name, &up));
	for (int which = 0; which < COUNTS; which++)
		if (few(*count_of(&up.whole, which)))
			*count_of(&up.whole, which) = NONE;
	while (at > 0 && !b->small) {
		const struct board_line *its = NULL;
		TRY(put_lines(cx, above[at--].id, true, &up));
		for (size_t i = 0; i < up.n_lines; i++)
			if (up.lines[i].org_id == above[at].id)
				its = &up.lines[i];
		b->small = !its;
		up.whole = its ? *its : b->whole;
	}
	b->whole.n_reached = up.whole.n_reached;
	b->whole.n_pledged = up.whole.n_pledged;
	return OK;
}

enum err board_of(struct ctx *cx, int64_t campaign_id, int64_t org_id, bool open, int64_t day, struct board *ret)
{
	struct campaign_through_row m;
	bool found = false;
	*ret = (struct board){ .day = NONE, .age_ms = NONE };
	TRY(campaign_for(cx, campaign_id, org_id, &ret->campaign));
	TRY(campaign_sql_through(cx, &m, &found));
	if (found)
		ret->age_ms = cx->now > m.through_at ? cx->now - m.through_at : 0;
	TRY(put_whole(cx, org_id, org_name(cx, ret->campaign.org_en, ret->campaign.org_hi), ret));
	ret->small = open && ret->whole.n < CAMPAIGN_LEAST;
	if (open)
		TRY(see_from_above(cx, org_id, ret));
	if (ret->small)
		return OK;
	TRY(put_lines(cx, org_id, open, ret));
	rank(ret);
	TRY(put_moves(cx, org_id, ret));
	return put_days(cx, org_id, open, day, ret);
}
