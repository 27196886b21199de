/* Posts, what they ask and who holds them; see post.h. */
#include "feature/post/post.h"
#include "feature/gap/gap.h"
#include "feature/person/person.h"
#include "web/lang.h"

const struct holding_words holding_kinds[HOLDING_KINDS] = {
	[HOLDING_SUBSTANTIVE] = { "substantive", N_("substantive") },
	[HOLDING_ADDITIONAL] = { "additional", N_("additional charge") },
	[HOLDING_OFFICIATING] = { "officiating", N_("officiating") },
};

enum holding_kind holding_kind_of(struct str code)
{
	int k = 0;
	while (k < HOLDING_KINDS && !str_is(code, holding_kinds[k].code))
		k++;
	return (enum holding_kind)k;
}

bool work_code_good(struct str code)
{
	for (size_t i = 0; i < code.n; i++) {
		char c = code.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (i && (c == '.' || c == '-' || c == '_'))))
			return false;
	}
	return code.n > 0 && code.n <= POST_CODE_MAX;
}

/* Not later than any day that is kept; in place of "without an end". */
#define FOR_EVER 99999999
static int64_t end_of(int64_t until_day)
{
	return until_day == NONE ? FOR_EVER : until_day;
}

static struct str said(struct str s)
{
	return s.n ? str_trim(s) : S("");
}

static enum err code_and_name(struct ctx *cx, struct str code, struct str name_en, const char *name_field, struct str name_hi, const char *hi_field)
{
	size_t before = cx->n_failures;
	if (!work_code_good(code))
		(void)fail(cx, ERR_INVALID, "code", N_("must be letters, figures, full stops and hyphens, at most 60"));
	if (!said(name_en).n || name_en.n > POST_NAME_MAX * 4)
		(void)fail(cx, ERR_INVALID, name_field, N_("is needed, at most 200 letters"));
	if (name_hi.n > POST_NAME_MAX * 4)
		(void)fail(cx, ERR_INVALID, hi_field, N_("must have at most 200 letters"));
	return cx->n_failures > before ? ERR_INVALID : OK;
}

/* ── roles and activities ── */

enum err work_role_set(struct ctx *cx, const struct work_role_set *in, int64_t *ret_id)
{
	struct post_role_of_code_row r;
	bool found = false;
	TRY(code_and_name(cx, in->code, in->name_en, "name_en", in->name_hi, "name_hi"));
	TRY(post_sql_role_of_code(cx, in->org_id, in->code, &r, &found));
	*ret_id = found ? r.id : new_id(cx);
	if (!found)
		return post_sql_role_add(cx, *ret_id, in->org_id, in->code, said(in->name_en), said(in->name_hi), cx->now, NULL);
	TRY(post_sql_role_change(cx, said(in->name_en), said(in->name_hi), *ret_id, NULL));
	return gap_role_changed(cx, *ret_id);
}

enum err work_role_end(struct ctx *cx, int64_t org_id, int64_t role_id)
{
	int64_t n = 0;
	TRY(post_sql_role_end(cx, person_today(cx), role_id, org_id, &n));
	return n ? gap_role_changed(cx, role_id) : fail(cx, ERR_NOT_FOUND, "role_id", N_("There is no such role in use."));
}

static enum err check_need(struct ctx *cx, const struct activity_need *need)
{
	struct post_measured_row c;
	bool found = false;
	TRY(post_sql_measured(cx, need->competency_id, person_today(cx), &c, &found));
	if (!found || (!str_is(c.kind, "theme") && !str_is(c.kind, "sub-theme")))
		return fail(cx, ERR_INVALID, "competency_id", N_("is not a competency in force that levels are measured in"));
	if (need->level < 1 || need->level > c.n_levels)
		return fail_msg(cx, ERR_INVALID, S("level"), N_("must lie between 1 and {max}"), 1,
				(struct msg_arg[]){ { "max", str_fmt(cx->arena, "%lld", (long long)c.n_levels) } });
	return OK;
}

static enum err put_needs(struct ctx *cx, int64_t activity_id, const struct activity_need *v, size_t n)
{
	TRY(post_sql_need_clear(cx, activity_id, NULL));
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < i; k++)
			if (v[k].competency_id == v[i].competency_id)
				return fail(cx, ERR_INVALID, "competency_id", N_("is there twice"));
		TRY(check_need(cx, &v[i]));
		TRY(post_sql_need_add(cx, activity_id, v[i].competency_id, v[i].level, NULL));
	}
	return OK;
}

enum err activity_set(struct ctx *cx, const struct activity_set *in, int64_t *ret_id)
{
	struct post_activity_of_code_row r;
	struct post_activity_count_row have;
	bool found = false;
	TRY(code_and_name(cx, in->code, in->name_en, "name_en", in->name_hi, "name_hi"));
	if (in->n_needs > ACTIVITY_NEEDS_MAX)
		return fail(cx, ERR_TOO_LARGE, "competency_id", N_("An activity needs at most 20 competencies."));
	TRY(post_sql_activity_of_code(cx, in->role_id, in->code, &r, &found));
	*ret_id = found ? r.id : new_id(cx);
	TRY(post_sql_activity_count(cx, in->role_id, &have));
	if (have.n >= ROLE_ACTIVITIES_MAX && !(found && r.until_day == NONE))
		return fail(cx, ERR_TOO_LARGE, "code", N_("A role has at most 60 activities."));
	if (found) {
		TRY(post_sql_activity_change(cx, said(in->name_en), said(in->name_hi), *ret_id, NULL));
	} else {
		TRY(post_sql_activity_add(cx, *ret_id, in->role_id, in->code, said(in->name_en), said(in->name_hi), NULL));
	}
	if (in->needs)
		TRY(put_needs(cx, *ret_id, in->needs, in->n_needs));
	return gap_role_changed(cx, in->role_id);
}

enum err activity_end(struct ctx *cx, int64_t role_id, int64_t activity_id)
{
	int64_t n = 0;
	TRY(post_sql_activity_end(cx, person_today(cx), activity_id, role_id, &n));
	return n ? gap_role_changed(cx, role_id) : fail(cx, ERR_NOT_FOUND, "activity_id", N_("There is no such activity."));
}

/* ── posts ── */

static enum err check_post(struct ctx *cx, const struct post_set *in)
{
	struct post_designation_there_row d;
	size_t before = cx->n_failures;
	bool found = false;
	enum err e = code_and_name(cx, in->code, in->title_en, "title_en", in->title_hi, "title_hi");
	if (e != OK && e != ERR_INVALID)
		return e;
	TRY(post_sql_designation_there(cx, in->designation_id, &d, &found));
	if (!found)
		(void)fail(cx, ERR_INVALID, "designation", N_("is not known"));
	if (in->sanctioned < 1 || in->sanctioned > 100000)
		(void)fail(cx, ERR_INVALID, "sanctioned", N_("must lie between 1 and 100,000"));
	if (in->least_pay_level < 0 || in->least_pay_level > 20)
		(void)fail(cx, ERR_INVALID, "least_pay_level", N_("must lie between 0 and 20"));
	if (in->least_years < 0 || in->least_years > 60)
		(void)fail(cx, ERR_INVALID, "least_years", N_("must lie between 0 and 60"));
	if (in->tenure_months < 0 || in->tenure_months > 120)
		(void)fail(cx, ERR_INVALID, "tenure_months", N_("must lie between 0 and 120"));
	if (in->place.n > POST_NAME_MAX * 4 || in->service.n > POST_NAME_MAX)
		(void)fail(cx, ERR_INVALID, "place", N_("must have at most 200 letters"));
	return cx->n_failures > before ? ERR_INVALID : OK;
}

static int by_day(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* The most substantive holders of any day in a time that all rows touch, and who of them begins last; rows come by their first day. */
static size_t most_at_once(struct ctx *cx, const struct post_substantive_row *v, size_t n, size_t *ret_last)
{
	int64_t *ends = ARENA_ARRAY(cx->arena, int64_t, n);
	size_t most = 0, ended = 0;
	for (size_t i = 0; i < n; i++)
		ends[i] = end_of(v[i].until_day);
	if (n)
		qsort(ends, n, sizeof *ends, by_day);
	for (size_t i = 0; i < n; i++) {
		while (ends[ended] <= v[i].from_day)
			ended++;
		if (i + 1 - ended > most) {
			most = i + 1 - ended;
			*ret_last = i;
		}
	}
	return most;
}

static enum err strength_fits(struct ctx *cx, int64_t post_id, int64_t sanctioned)
{
	struct post_substantive_row *v;
	size_t n, who;
	TRY(post_sql_substantive(cx, post_id, FOR_EVER, person_today(cx), &v, &n));
	if (n > (size_t)sanctioned && most_at_once(cx, v, n, &who) > (size_t)sanctioned)
		return fail(cx, ERR_INVALID, "sanctioned", N_("is fewer than hold the post; end their holdings first"));
	return OK;
}

static enum err put_roles(struct ctx *cx, int64_t org_id, int64_t post_id, const int64_t *roles, size_t n)
{
	struct post_role_may_row r;
	bool found = false;
	if (n > POST_ROLES_MAX)
		return fail(cx, ERR_TOO_LARGE, "roles", N_("A post has at most 20 roles."));
	TRY(post_sql_role_clear(cx, post_id, NULL));
	for (size_t i = 0; i < n; i++) {
		TRY(post_sql_role_may(cx, org_id, roles[i], &r, &found));
		if (!found)
			return fail(cx, ERR_INVALID, "roles", N_("names a role that is not in use here or above"));
		TRY(post_sql_role_put(cx, post_id, roles[i], NULL));
	}
	return OK;
}

enum err post_set(struct ctx *cx, const struct post_set *in, int64_t *ret_id)
{
	struct post_of_code_row r;
	bool found = false;
	TRY(check_post(cx, in));
	TRY(post_sql_of_code(cx, in->org_id, in->code, &r, &found));
	*ret_id = found ? r.id : new_id(cx);
	if (found) {
		TRY(strength_fits(cx, *ret_id, in->sanctioned));
		TRY(post_sql_change(cx, said(in->title_en), said(in->title_hi), in->designation_id, said(in->place), in->sanctioned, said(in->service), in->least_pay_level,
				    in->least_years, in->tenure_months, *ret_id, NULL));
	} else {
		TRY(post_sql_add(cx, *ret_id, in->org_id, in->code, said(in->title_en), said(in->title_hi), in->designation_id, said(in->place), in->sanctioned,
				 said(in->service), in->least_pay_level, in->least_years, in->tenure_months, in->from_day, cx->now, NULL));
	}
	if (!in->roles)
		return OK;
	TRY(put_roles(cx, in->org_id, *ret_id, in->roles, in->n_roles));
	return gap_post_changed(cx, *ret_id);
}

enum err post_end(struct ctx *cx, int64_t org_id, int64_t post_id, int64_t until_day)
{
	struct post_one_row p;
	struct post_held_from_row h;
	bool found = false, held = false;
	TRY(post_sql_one(cx, post_id, &p, &found));
	if (!found || p.org_id != org_id)
		return fail(cx, ERR_NOT_FOUND, "post_id", N_("There is no such post here."));
	if (until_day <= p.from_day)
		return fail(cx, ERR_INVALID, "until_day", N_("must be after the first day of the post"));
	TRY(post_sql_held_from(cx, post_id, until_day, &h, &held));
	if (held)
		return fail(cx, ERR_CONFLICT, "until_day", N_("Somebody holds this post on that day or later. End the holding first."));
	return post_sql_end(cx, until_day, post_id, org_id, NULL);
}

/* ── holdings ── */

static enum err taken(struct ctx *cx, const char *sentence, struct str name, int64_t until_day)
{
	struct civil d = clock_date(until_day == NONE ? 0 : until_day);
	struct str until = until_day == NONE ? str_of(tr(cx->lang, N_("without an end"))) : str_fmt(cx->arena, "%04d-%02d-%02d", d.year, d.month, d.day);
	return fail_msg(cx, ERR_CONFLICT, S("person"), sentence, 2, (struct msg_arg[]){ { "name", name }, { "until", until } });
}

static enum err days_fit(struct ctx *cx, const struct post_one_row *p, const struct holding_begin *in)
{
	if (in->from_day == NONE || in->from_day < p->from_day)
		return fail(cx, ERR_INVALID, "from_day", N_("must not be before the first day of the post"));
	if (in->until_day != NONE && in->until_day <= in->from_day)
		return fail(cx, ERR_INVALID, "until_day", N_("must be after the first day"));
	if (end_of(in->until_day) > end_of(p->until_day))
		return fail(cx, ERR_INVALID, "until_day", N_("is after the end of the post, which is abolished by then"));
	return OK;
}

/* A place is free on every day of it. */
static enum err place_free(struct ctx *cx, const struct post_one_row *p, const struct holding_begin *in)
{
	struct post_substantive_row *v;
	size_t n, who = 0;
	TRY(post_sql_substantive(cx, in->post_id, end_of(in->until_day), in->from_day, &v, &n));
	if (n < (size_t)p->sanctioned || most_at_once(cx, v, n, &who) < (size_t)p->sanctioned)
		return OK;
	return taken(cx, N_("Every sanctioned place of this post is taken on some of these days, the last by {name} ({until})."), v[who].name, v[who].until_day);
}

static enum err person_free(struct ctx *cx, const struct holding_begin *in)
{
	struct post_of_person_row *v;
	size_t n;
	TRY(post_sql_of_person(cx, in->person_id, end_of(in->until_day), in->from_day, &v, &n));
	for (size_t i = 0; i < n; i++) {
		struct str title = cx->lang == LANG_HI && v[i].title_hi.n ? v[i].title_hi : v[i].title_en;
		if (v[i].post_id == in->post_id)
			return taken(cx, N_("This person holds this post on some of these days already: {name} ({until})."), title, v[i].until_day);
		if (in->kind == HOLDING_SUBSTANTIVE && str_is(v[i].kind, "substantive"))
			return taken(cx, N_("This person holds another post substantively on some of these days: {name} ({until})."), title, v[i].until_day);
	}
	return OK;
}

static enum err posted_there(struct ctx *cx, const struct post_one_row *p, const struct holding_begin *in)
{
	struct post_posted_in_row r;
	int64_t today = person_today(cx);
	bool found = false;
	TRY(post_sql_posted_in(cx, in->person_id, p->org_id, in->from_day < today ? in->from_day : today, &r, &found));
	if (!found)
		return fail(cx, ERR_CONFLICT, "person", N_("Who holds a post substantively is posted in its office. Move the person there first, or give an additional charge."));
	return OK;
}

enum err holding_begin(struct ctx *cx, const struct holding_begin *in, int64_t *ret_id)
{
	struct post_one_row p;
	struct post_person_row who;
	bool found = false, there = false;
	TRY(post_sql_one(cx, in->post_id, &p, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "post_id", N_("There is no such post."));
	TRY(post_sql_person(cx, in->person_id, &who, &there));
	if (!there || !str_is(who.state, "active"))
		return fail(cx, ERR_NOT_FOUND, "person", N_("There is no such person here, or the person has left."));
	if (in->order_no.n > ORDER_NO_MAX * 4)
		return fail(cx, ERR_INVALID, "order_no", N_("must have at most 120 letters"));
	TRY(days_fit(cx, &p, in));
	if (in->kind == HOLDING_SUBSTANTIVE) {
		TRY(posted_there(cx, &p, in));
		TRY(place_free(cx, &p, in));
	}
	TRY(person_free(cx, in));
	*ret_id = new_id(cx);
	TRY(post_sql_hold(cx, *ret_id, in->post_id, in->person_id, str_of(holding_kinds[in->kind].code), in->from_day, in->until_day, said(in->order_no), cx->now, NULL));
	return cx->bulk ? OK : gap_settle(cx, in->person_id);
}

static enum err end_one(struct ctx *cx, int64_t id, int64_t from_day, int64_t until_day)
{
	return until_day <= from_day ? post_sql_take_away(cx, id, NULL) : post_sql_leave(cx, until_day, id, NULL);
}

enum err holding_end(struct ctx *cx, int64_t post_id, int64_t holding_id, int64_t until_day)
{
	struct post_holding_row h;
	bool found = false;
	TRY(post_sql_holding(cx, holding_id, post_id, &h, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "holding_id", N_("There is no such holding of this post."));
	if (h.until_day != NONE && h.until_day <= until_day)
		return fail(cx, ERR_CONFLICT, "until_day", N_("This holding ends before that day already."));
	TRY(end_one(cx, holding_id, h.from_day, until_day));
	return cx->bulk ? OK : gap_settle(cx, h.person_id);
}

enum err post_person_changed(struct ctx *cx, int64_t person_id)
{
	struct post_outside_row *v;
	int64_t today = person_today(cx);
	size_t n;
	TRY(post_sql_outside(cx, person_id, today, &v, &n));
	for (size_t i = 0; i < n; i++) {
		int64_t left = v[i].left_day != NONE && v[i].left_day <= today ? v[i].left_day : today;
		TRY(end_one(cx, v[i].id, v[i].from_day, left));
	}
	return gap_settle(cx, person_id);
}

/* Where to go on: the person. */
static enum err sweep_step(struct ctx *cx, struct job *j)
{
	enum { PEOPLE_A_STEP = 5000 };
	struct post_upto_row upto;
	struct post_outside_among_row *v;
	int64_t after = 0;
	size_t n;
	if (j->at.n && !str_int(j->at, &after))
		return ERR_INTERNAL;
	TRY(post_sql_upto(cx, after, PEOPLE_A_STEP, &upto));
	j->ended = upto.person_id == NONE;
	j->at = j->ended ? STR_NONE : str_fmt(cx->arena, "%lld", (long long)upto.person_id);
	if (j->ended)
		return gap_sweep_soon(cx);
	TRY(post_sql_outside_among(cx, after, upto.person_id, person_today(cx), &v, &n));
	for (size_t i = 0; i < n; i++)
		TRY(person_tell(cx, v[i].person_id, NONE));
	return OK;
}

enum err post_sweep_soon(struct ctx *cx)
{
	return job_add(cx, &(struct job_add){ .kind = "post.sweep", .asked_by = NONE }, NULL);
}

const struct job_kind post_jobs[] = {
	{ .name = "post.sweep", .title = N_("Ending holdings of people who were moved"), .step = sweep_step },
	{ .name = NULL },
};

/* ── duties ── */

enum err duty_begin(struct ctx *cx, int64_t source_id, int64_t person_id, int64_t activity_id, int64_t from_day)
{
	struct post_activity_row a;
	bool found = false;
	TRY(post_sql_activity(cx, activity_id, person_today(cx), &a, &found));
	if (!found)
		return fail(cx, ERR_CONFLICT, "activity_id", N_("This activity is not done any more."));
	TRY(post_sql_duty_add(cx, new_id(cx), person_id, activity_id, source_id, from_day, NULL));
	return cx->bulk ? OK : gap_settle(cx, person_id);
}

enum err duty_end_all(struct ctx *cx, int64_t source_id, int64_t until_day)
{
	struct post_duty_people_row *p;
	size_t n;
	TRY(post_sql_duty_people(cx, source_id, &p, &n));
	TRY(post_sql_duty_never(cx, source_id, until_day, NULL));
	TRY(post_sql_duty_end(cx, until_day, source_id, NULL));
	for (size_t i = 0; i < n && !cx->bulk; i++)
		TRY(gap_settle(cx, p[i].person_id));
	return OK;
}

enum err duty_end_of(struct ctx *cx, int64_t source_id, int64_t person_id, int64_t until_day)
{
	TRY(post_sql_duty_never_of(cx, source_id, person_id, until_day, NULL));
	TRY(post_sql_duty_end_of(cx, until_day, source_id, person_id, NULL));
	return cx->bulk ? OK : gap_settle(cx, person_id);
}

/* ── merging ── */

enum err post_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	struct post_open_of_row *closed, *kept;
	int64_t today = person_today(cx);
	bool holds = false;
	size_t n_closed, n_kept;
	TRY(post_sql_open_of(cx, closed_id, today, &closed, &n_closed));
	TRY(post_sql_open_of(cx, kept_id, today, &kept, &n_kept));
	for (size_t k = 0; k < n_kept; k++)
		holds |= str_is(kept[k].kind, "substantive");
	for (size_t i = 0; i < n_closed; i++) {
		bool against = holds && str_is(closed[i].kind, "substantive");
		for (size_t k = 0; k < n_kept; k++)
			against |= kept[k].post_id == closed[i].post_id;
		if (against)
			TRY(end_one(cx, closed[i].id, closed[i].from_day, today));
	}
	TRY(post_sql_move(cx, kept_id, closed_id, NULL));
	TRY(post_sql_duty_move(cx, kept_id, closed_id, NULL));
	TRY(post_person_changed(cx, kept_id));
	return gap_settle(cx, closed_id);
}
