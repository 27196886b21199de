/* Rounds of placement: made, proposed, decided; see round.h. */
#include "feature/placement/round.h"
#include "base/clock.h"
#include "feature/person/person.h"

const struct job_kind round_jobs[] = {
	{ .name = "placement.tell", .title = N_("Telling officers that they may say what they prefer"), .step = round_tell_step },
	{ .name = "placement.score", .title = N_("Finding who comes into question in a round of placement"), .act = round_score_act, .step = round_score_step },
	{ .name = "placement.order", .title = N_("Carrying out the orders of a round of placement"), .step = round_order_step },
	{ .name = NULL },
};

static struct str said(struct str s)
{
	return s.n ? str_trim(s) : S("");
}

enum err round_note(struct ctx *cx, int64_t round_id, const char *kind, int64_t person_id, int64_t post_id, struct str words)
{
	return round_sql_event(cx, new_id(cx), round_id, str_of(kind), person_id, post_id, NONE, NONE, cx->actor.person_id ? actor_hand(&cx->actor) : NONE,
			       cx->now, said(words), NULL);
}

enum err round_find(struct ctx *cx, int64_t org_id, int64_t round_id, struct round_one_row *ret)
{
	bool found = false;
	TRY(round_sql_one(cx, round_id, org_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "round_id", N_("There is no such round here."));
}

/* ── a new one ── */

static enum err office_of(struct ctx *cx, int64_t org_id, struct str called, const char *field, int64_t *ret)
{
	struct round_org_called_row r;
	bool found = false;
	*ret = org_id;
	if (!said(called).n)
		return OK;
	TRY(round_sql_org_called(cx, org_id, said(called), &r, &found));
	if (!found)
		return fail(cx, ERR_INVALID, field, N_("must be an office of the organisation, by its code or full name"));
	*ret = r.id;
	return OK;
}

static enum err group_there(struct ctx *cx, int64_t org_id, int64_t group_id)
{
	struct round_groups_row *r;
	size_t n;
	TRY(round_sql_groups(cx, org_id, &r, &n));
	for (size_t i = 0; i < n; i++)
		if (r[i].id == group_id)
			return OK;
	return fail(cx, ERR_INVALID, "group_id", N_("must be a group of this organisation"));
}

/* What a round begins with cannot be more than is ever solved. */
static enum err sizes_fit(struct ctx *cx, int64_t round_id, bool by_group)
{
	struct round_sizes_row size;
	TRY(round_sql_sizes(cx, round_id, &size));
	if (!size.places)
		return fail(cx, ERR_INVALID, "posts_office", N_("has no vacant place on that day"));
	if (!size.officers)
		return fail(cx, ERR_INVALID, by_group ? "group_id" : "officers_office", N_("has nobody who is posted here today"));
	if (size.places > ROUND_PLACES_MAX || size.officers > ROUND_OFFICERS_MAX)
		return fail(cx, ERR_TOO_LARGE, "posts_office", N_("A round has at most 10,000 places and 10,000 officers. Choose smaller offices."));
	return OK;
}

enum err round_add(struct ctx *cx, const struct round_add *in, int64_t *ret_id)
{
	int64_t posts, officers, id = new_id(cx), today = person_today(cx);
	bool by_group = in->group_id != NONE;
	if (in->from_day < today || in->from_day > today + ROUND_AHEAD_DAYS)
		return fail(cx, ERR_INVALID, "from_day", N_("must lie between today and a year from now"));
	TRY(office_of(cx, in->org_id, in->posts_office, "posts_office", &posts));
	TRY(office_of(cx, in->org_id, in->officers_office, "officers_office", &officers));
	if (by_group)
		TRY(group_there(cx, in->org_id, in->group_id));
	TRY(round_sql_add(cx, id, in->org_id, said(in->name), in->from_day, in->bonus, in->fill, cx->actor.person_id, cx->now, NULL));
	TRY(round_sql_add_posts(cx, id, in->from_day, posts, NULL));
	if (by_group)
		TRY(round_sql_add_members(cx, id, today, in->org_id, in->group_id, NULL));
	else
		TRY(round_sql_add_officers(cx, id, today, officers, NULL));
	*ret_id = id;
	TRY(sizes_fit(cx, id, by_group));
	return job_add(cx, &(struct job_add){ .kind = "placement.tell", .input = str_fmt(cx->arena, "%lld", (long long)id), .asked_by = cx->actor.person_id },
		       NULL);
}

enum err round_leave_out(struct ctx *cx, int64_t org_id, int64_t round_id, int64_t post_id, int64_t person_id)
{
	struct round_one_row r;
	struct round_sizes_row size;
	int64_t changed = 0;
	bool is_post = post_id != NONE;
	TRY(round_find(cx, org_id, round_id, &r));
	if (!str_is(r.state, "open"))
		return fail(cx, ERR_CONFLICT, "", N_("The round is not where this can be done. Look at it again."));
	TRY(round_sql_leave_out_wishes(cx, round_id, post_id, is_post ? NONE : person_id, NULL));
	if (is_post)
		TRY(round_sql_leave_out_post(cx, round_id, post_id, &changed));
	else
		TRY(round_sql_leave_out_officer(cx, round_id, person_id, &changed));
	if (!changed)
		return fail(cx, ERR_NOT_FOUND, is_post ? "post_id" : "person_id", N_("The round has no such post or officer."));
	TRY(round_sql_sizes(cx, round_id, &size));
	return size.places && size.officers ? OK : fail(cx, ERR_INVALID, is_post ? "post_id" : "person_id", N_("is the last one; withdraw the round instead"));
}

/* ── what officers prefer ── */

static enum err prefer_one(struct ctx *cx, int64_t round_id, const int64_t *posts, size_t i)
{
	struct round_has_post_row r;
	const char *field = str_fmt(cx->arena, "p%zu", i + 1).p;
	bool found = false;
	TRY(round_sql_has_post(cx, round_id, posts[i], &r, &found));
	if (!found)
		return fail(cx, ERR_INVALID, field, N_("is no post of this round"));
	for (size_t k = 0; k < i; k++)
		if (posts[k] == posts[i])
			return fail(cx, ERR_INVALID, field, N_("is chosen already"));
	return round_sql_put_preference(cx, round_id, cx->actor.person_id, posts[i], (int64_t)i + 1, NULL);
}

enum err round_prefer(struct ctx *cx, int64_t round_id, const int64_t *posts, size_t n)
{
	struct round_is_open_for_row r;
	bool found = false;
	BUG_IF(n > ROUND_PREFERENCES);
	TRY(round_sql_is_open_for(cx, round_id, cx->actor.person_id, &r, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "round_id", N_("There is no such round that is open for you."));
	TRY(round_sql_clear_preferences(cx, round_id, cx->actor.person_id, NULL));
	for (size_t i = 0; i < n; i++)
		TRY(prefer_one(cx, round_id, posts, i));
	return OK;
}

/* ── going on ── */

static enum err go_on(struct ctx *cx, int64_t round_id, const char *from, const char *to)
{
	int64_t changed = 0;
	TRY(round_sql_set_state(cx, str_of(to), round_id, str_of(from), &changed));
	return changed ? OK : fail(cx, ERR_CONFLICT, "", N_("The round is not where this can be done. Look at it again."));
}

enum err round_score(struct ctx *cx, int64_t org_id, int64_t round_id)
{
	struct round_one_row r;
	int64_t job;
	TRY(round_find(cx, org_id, round_id, &r));
	if (!str_is(r.state, "open") && !str_is(r.state, "scored") && !str_is(r.state, "solved"))
		return fail(cx, ERR_CONFLICT, "", N_("The round is not where this can be done. Look at it again."));
	TRY(go_on(cx, round_id, str_c(cx->arena, r.state), "scoring"));
	struct str input = str_fmt(cx->arena, "%lld", (long long)round_id);
	TRY(job_add(cx, &(struct job_add){ .kind = "placement.score", .once = input, .input = input, .asked_by = cx->actor.person_id }, &job));
	return round_sql_set_job(cx, job, round_id, NULL);
}

enum err round_propose(struct ctx *cx, int64_t org_id, int64_t round_id)
{
	struct round_one_row r;
	TRY(round_find(cx, org_id, round_id, &r));
	TRY(go_on(cx, round_id, "solved", "proposed"));
	TRY(round_sql_set_proposed(cx, actor_hand(&cx->actor), round_id, NULL));
	return round_note(cx, round_id, "proposed", NONE, NONE, S(""));
}

/* Two pairs of eyes, neither of them of somebody who gains by it. */
static enum err may_decide(struct ctx *cx, const struct round_one_row *r)
{
	const int64_t who[] = { cx->actor.person_id, actor_hand(&cx->actor) };
	if (actor_is(&cx->actor, r->proposed_by))
		return fail(cx, ERR_FORBIDDEN, "", N_("Who proposed a placement does not approve it. Somebody else decides."));
	for (size_t i = 0; i < 2; i++) {
		struct round_placed_there_row p;
		bool placed = false;
		TRY(round_sql_placed_there(cx, r->id, who[i], &p, &placed));
		if (placed)
			return fail(cx, ERR_FORBIDDEN, "", N_("Nobody decides about the own placement. Somebody else does."));
	}
	return OK;
}

static enum err order(struct ctx *cx, const struct round_one_row *r, struct str order_no)
{
	int64_t job, starts = clock_day_start(S("Asia/Kolkata"), r->from_day);
	struct str input = str_fmt(cx->arena, "%lld", (long long)r->id);
	TRY(round_sql_set_order_no(cx, said(order_no), r->id, NULL));
	TRY(job_add(
		cx,
		&(struct job_add){
			.kind = "placement.order", .once = input, .input = input, .asked_by = cx->actor.person_id, .run_at = starts > cx->now ? starts : 0 },
		&job));
	return round_sql_set_job(cx, job, r->id, NULL);
}

enum err round_decide(struct ctx *cx, int64_t org_id, int64_t round_id, bool approve, struct str order_no, struct str words)
{
	struct round_one_row r;
	TRY(round_find(cx, org_id, round_id, &r));
	if (!str_is(r.state, "proposed"))
		return fail(cx, ERR_CONFLICT, "", N_("The round is not where this can be done. Look at it again."));
	TRY(may_decide(cx, &r));
	if (!approve && !said(words).n)
		return fail(cx, ERR_INVALID, "words", N_("is needed: who proposed it will want to know why"));
	TRY(go_on(cx, round_id, "proposed", approve ? "approved" : "solved"));
	TRY(round_note(cx, round_id, approve ? "approved" : "returned", NONE, NONE, words));
	return approve ? order(cx, &r, order_no) : OK;
}

enum err round_hold(struct ctx *cx, int64_t org_id, int64_t round_id, int64_t person_id, struct str reason)
{
	struct round_one_row r;
	int64_t changed = 0;
	bool held = said(reason).n > 0;
	TRY(round_find(cx, org_id, round_id, &r));
	if (!str_is(r.state, "solved") && !str_is(r.state, "proposed") && !str_is(r.state, "approved"))
		return fail(cx, ERR_CONFLICT, "", N_("The round is not where this can be done. Look at it again."));
	TRY(round_sql_hold(cx, held ? S("held") : S(""), said(reason), round_id, person_id, &changed));
	if (!changed)
		return fail(cx, ERR_NOT_FOUND, "person_id", N_("The round places no such officer, or the order is out already."));
	return round_note(cx, round_id, held ? "held" : "released", person_id, NONE, reason);
}

enum err round_withdraw(struct ctx *cx, int64_t org_id, int64_t round_id)
{
	struct round_one_row r;
	TRY(round_find(cx, org_id, round_id, &r));
	if (str_is(r.state, "ordered") || str_is(r.state, "withdrawn"))
		return fail(cx, ERR_CONFLICT, "", N_("The round is not where this can be done. Look at it again."));
	if (str_is(r.state, "approved") && r.from_day <= person_today(cx))
		return fail(cx, ERR_CONFLICT, "", N_("The orders are being carried out; it is too late to withdraw them."));
	TRY(go_on(cx, round_id, str_c(cx->arena, r.state), "withdrawn"));
	return round_note(cx, round_id, "withdrawn", NONE, NONE, S(""));
}
