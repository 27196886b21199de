/* Drafts of work allocation orders; see allocation.h. Publishing and what follows: enforce.c. */
#include "feature/allocation/allocation.h"
#include "feature/allocation/order.h"
#include "feature/person/person.h"

#include <stdlib.h>

/* ── heads ── */

static enum err head_fits(struct ctx *cx, const struct allocation_head *in)
{
	int64_t today = person_today(cx);
	if (!str_trim(in->number).n || in->number.n > ALLOCATION_NUMBER_MAX * 4)
		return fail(cx, ERR_INVALID, "number", N_("is needed, with at most 120 letters"));
	if (!str_trim(in->subject).n || in->subject.n > ALLOCATION_SUBJECT_MAX * 4)
		return fail(cx, ERR_INVALID, "subject", N_("is needed, with at most 300 letters"));
	if (in->from_day < today || in->from_day > today + ALLOCATION_AHEAD_DAYS)
		return fail(cx, ERR_INVALID, "from_day", N_("must be today or within a year from today: what has passed is not allotted anew"));
	return OK;
}

/* A draft of the office. */
static enum err draft(struct ctx *cx, int64_t org_id, int64_t id, struct allocation_one_row *ret)
{
	TRY(order_head(cx, org_id, id, ret));
	return str_is(ret->state, "draft") ? OK : fail(cx, ERR_CONFLICT, "", N_("This order is published and stands as it is. Begin a new one from it."));
}

enum err allocation_change(struct ctx *cx, int64_t org_id, int64_t id, const struct allocation_head *in)
{
	struct allocation_one_row a;
	TRY(draft(cx, org_id, id, &a));
	TRY(head_fits(cx, in));
	return allocation_sql_change(cx, str_trim(in->number), str_trim(in->subject), in->from_day, id, NULL);
}

enum err allocation_discard(struct ctx *cx, int64_t org_id, int64_t id)
{
	struct allocation_one_row a;
	TRY(draft(cx, org_id, id, &a));
	TRY(allocation_sql_discard_allotments(cx, id, NULL));
	TRY(allocation_sql_discard_officers(cx, id, NULL));
	return allocation_sql_discard(cx, id, NULL);
}

/* ── officers ── */

static enum err name_one(struct ctx *cx, const struct allocation_one_row *a, int64_t person_id)
{
	struct allocation_officer_count_row count;
	struct allocation_belongs_row who;
	bool found = false;
	TRY(allocation_sql_belongs(cx, person_id, a->org_id, a->from_day, &who, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "person",
			    N_("does not work here on the first day of the order: neither posted in this office nor holding a post of it"));
	TRY(allocation_sql_officer_count(cx, a->id, &count));
	if (count.n >= ALLOCATION_OFFICERS_MAX)
		return fail(cx, ERR_TOO_LARGE, "person", N_("An order names at most 200 officers. Make one for each section of the office."));
	return allocation_sql_add_officer(cx, a->id, person_id, NULL);
}

enum err allocation_name_officer(struct ctx *cx, int64_t org_id, int64_t id, int64_t person_id)
{
	struct allocation_one_row a;
	TRY(draft(cx, org_id, id, &a));
	return name_one(cx, &a, person_id);
}

static enum err name_all(struct ctx *cx, int64_t org_id, int64_t id, int64_t day)
{
	struct allocation_everybody_row *r;
	struct allocation_officer_count_row count;
	size_t n;
	TRY(allocation_sql_everybody(cx, org_id, day, ALLOCATION_OFFICERS_MAX + 1, &r, &n));
	for (size_t i = 0; i < n; i++)
		TRY(allocation_sql_add_officer(cx, id, r[i].id, NULL));
	TRY(allocation_sql_officer_count(cx, id, &count));
	return count.n <= ALLOCATION_OFFICERS_MAX
		       ? OK
		       : fail(cx, ERR_TOO_LARGE, "everybody",
			      N_("More than 200 people work in this office. Name those that the order is about, or make one for each section."));
}

enum err allocation_name_everybody(struct ctx *cx, int64_t org_id, int64_t id)
{
	struct allocation_one_row a;
	TRY(draft(cx, org_id, id, &a));
	return name_all(cx, org_id, id, a.from_day);
}

enum err allocation_drop_officer(struct ctx *cx, int64_t org_id, int64_t id, int64_t person_id)
{
	struct allocation_one_row a;
	int64_t changed = 0;
	TRY(draft(cx, org_id, id, &a));
	TRY(allocation_sql_drop_allotments(cx, id, person_id, NULL));
	TRY(allocation_sql_drop_officer(cx, id, person_id, &changed));
	return changed ? OK : fail(cx, ERR_NOT_FOUND, "person_id", N_("This order does not name this officer."));
}

/* ── beginning ── */

/* Those of the order in force who still work here, and what they have. */
static enum err begin_from_force(struct ctx *cx, int64_t org_id, int64_t id, int64_t day)
{
	struct allocation_in_force_row force;
	struct allocation_officers_of_row *r;
	struct allocation_belongs_row who;
	bool found = false;
	size_t n;
	TRY(allocation_sql_in_force(cx, org_id, &force, &found));
	if (!found)
		return fail(cx, ERR_CONFLICT, "begin", N_("No order of this office is in force. Begin from the posts, or with nothing."));
	TRY(allocation_sql_officers_of(cx, force.id, &r, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(allocation_sql_belongs(cx, r[i].person_id, org_id, day, &who, &found));
		if (found)
			TRY(allocation_sql_add_officer(cx, id, r[i].person_id, NULL));
	}
	return allocation_sql_copy_allotments(cx, force.id, id, day, NULL);
}

static enum err too_much(struct ctx *cx)
{
	return fail(cx, ERR_TOO_LARGE, "activity_id", N_("An order allots at most 1,000 activities. Make one for each section of the office."));
}

static enum err begin_from_posts(struct ctx *cx, int64_t org_id, int64_t id, int64_t day)
{
	struct allocation_by_posts_row *r;
	size_t n;
	TRY(allocation_sql_by_posts(cx, id, org_id, day, &r, &n));
	if (n > ALLOTMENTS_MAX)
		return too_much(cx);
	for (size_t i = 0, k; i < n; i = k) {
		for (k = i; k < n && r[k].person_id == r[i].person_id;)
			k++;
		for (size_t at = i; at < k; at++)
			TRY(allocation_sql_allot(cx, id, r[at].person_id, r[at].activity_id, load_share(k - i), NULL));
	}
	return OK;
}

enum err allocation_add(struct ctx *cx, int64_t org_id, const struct allocation_head *in, enum allocation_begin begin, bool everybody, int64_t *ret_id)
{
	int64_t id = new_id(cx);
	TRY(head_fits(cx, in));
	TRY(allocation_sql_add(cx, id, org_id, random_hex(cx, 10), str_trim(in->number), str_trim(in->subject), in->from_day,
			       cx->actor.person_id ? cx->actor.person_id : NONE, cx->now, NULL));
	if (everybody)
		TRY(name_all(cx, org_id, id, in->from_day));
	if (begin == BEGIN_FORCE)
		TRY(begin_from_force(cx, org_id, id, in->from_day));
	if (begin == BEGIN_POSTS)
		TRY(begin_from_posts(cx, org_id, id, in->from_day));
	*ret_id = id;
	return OK;
}

/* ── allotments ── */

/* An officer whom the draft names, with the minutes of the activity (NONE: not allotted). */
static enum err officer_of(struct ctx *cx, int64_t id, int64_t person_id, int64_t activity_id, const char *field, struct allocation_allotment_of_row *ret)
{
	bool found = false;
	TRY(allocation_sql_allotment_of(cx, activity_id, id, person_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, field, N_("This order does not name this officer."));
}

static enum err not_allotted(struct ctx *cx)
{
	return fail(cx, ERR_CONFLICT, "activity_id", N_("This activity is not allotted to this officer."));
}

enum err allocation_allot(struct ctx *cx, int64_t org_id, int64_t id, int64_t person_id, int64_t activity_id, int64_t minutes)
{
	struct allocation_one_row a;
	struct allocation_allotment_of_row has;
	struct allocation_activity_row activity;
	struct allocation_allotment_count_row count;
	bool found = false;
	TRY(draft(cx, org_id, id, &a));
	TRY(officer_of(cx, id, person_id, activity_id, "person_id", &has));
	if (minutes < ALLOT_LEAST || minutes > ALLOT_MOST)
		return fail(cx, ERR_INVALID, "hours", N_("must lie between half an hour and 60 hours a week"));
	TRY(allocation_sql_activity(cx, org_id, activity_id, a.from_day, &activity, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "activity_id",
			    N_("is no activity of a role of this office or one above it that is done on the first day of the order"));
	TRY(allocation_sql_allotment_count(cx, id, &count));
	if (has.minutes == NONE && count.n >= ALLOTMENTS_MAX)
		return too_much(cx);
	return allocation_sql_allot(cx, id, person_id, activity_id, minutes, NULL);
}

enum err allocation_take_away(struct ctx *cx, int64_t org_id, int64_t id, int64_t person_id, int64_t activity_id)
{
	struct allocation_one_row a;
	int64_t changed = 0;
	TRY(draft(cx, org_id, id, &a));
	TRY(allocation_sql_take_away(cx, id, person_id, activity_id, &changed));
	return changed ? OK : not_allotted(cx);
}

enum err allocation_move(struct ctx *cx, int64_t org_id, int64_t id, int64_t person_id, int64_t activity_id, int64_t to_id)
{
	struct allocation_one_row a;
	struct allocation_allotment_of_row has, other;
	TRY(draft(cx, org_id, id, &a));
	TRY(officer_of(cx, id, person_id, activity_id, "person_id", &has));
	TRY(officer_of(cx, id, to_id, activity_id, "to_id", &other));
	if (has.minutes == NONE)
		return not_allotted(cx);
	if (other.minutes != NONE)
		return fail(cx, ERR_CONFLICT, "to_id", N_("This officer has the activity already. Change the hours there, and take it away here."));
	TRY(allocation_sql_take_away(cx, id, person_id, activity_id, NULL));
	return allocation_sql_allot(cx, id, to_id, activity_id, has.minutes, NULL);
}
