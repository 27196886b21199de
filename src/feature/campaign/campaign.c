/* Campaigns: making them, their dates, what counts; pledges and notes; see campaign.h. */
#include "feature/campaign/campaign.h"
#include "base/clock.h"
#include "feature/campaign/campaign_count.h"
#include "feature/campaign/campaign_thing.h"
#include "feature/campaign/sankalp.h"
#include "feature/learned/learned.h"
#include "feature/org/org.h"
#include "feature/person/person.h"

#include <stdlib.h>

/* ── campaigns ── */

enum err campaign_one(struct ctx *cx, int64_t campaign_id, struct campaign_one_row *ret)
{
	bool found = false;
	TRY(campaign_sql_one(cx, campaign_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "campaign_id", N_("There is no such campaign."));
}

enum err campaign_for(struct ctx *cx, int64_t campaign_id, int64_t org_id, struct campaign_for_org_row *ret)
{
	bool found = false;
	TRY(campaign_sql_for_org(cx, org_id, campaign_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "campaign_id", N_("There is no such campaign."));
}

enum err campaign_own(struct ctx *cx, int64_t campaign_id, int64_t org_id, struct campaign_for_org_row *ret)
{
	TRY(campaign_for(cx, campaign_id, org_id, ret));
	return ret->org_id == org_id ? OK : fail(cx, ERR_FORBIDDEN, "", N_("This is decided by the organisation to which the campaign belongs."));
}

static enum err days_possible(struct ctx *cx, int64_t from_day, int64_t last_day)
{
	if (last_day < from_day)
		return fail(cx, ERR_INVALID, "last_day", N_("must not be before the first day"));
	if (last_day - from_day >= CAMPAIGN_DAYS_MAX)
		return fail(cx, ERR_INVALID, "last_day", N_("must be within three months of the first day"));
	return OK;
}

/* Of one organisation at a time there is one campaign; that of another organisation above or below may run beside it. */
static enum err no_other(struct ctx *cx, int64_t own_id, int64_t org_id, int64_t from_day, int64_t last_day)
{
	struct campaign_overlapping_row other;
	bool found = false;
	TRY(campaign_sql_overlapping(cx, org_id, own_id, last_day, from_day, &other, &found));
	if (!found)
		return OK;
	const struct msg_arg arg = { "name", org_name(cx, other.name_en, other.name_hi) };
	return fail_msg(cx, ERR_CONFLICT, S("from_day"), N_("“{name}” of the same organisation has some of these days."), 1, &arg);
}

static enum err put_dates(struct ctx *cx, const struct campaign_dates *in)
{
	TRY(campaign_sql_window_past(cx, in->campaign_id, in->org_id, NULL));
	return campaign_sql_window_add(cx, new_id(cx), in->campaign_id, in->org_id, in->from_day, in->last_day, in->reason, actor_hand(&cx->actor), cx->now,
				       NULL);
}

enum err campaign_add(struct ctx *cx, const struct campaign_add *in, int64_t *ret_id)
{
	int64_t id = new_id(cx), today = person_today(cx);
	struct campaign_kinds kinds = { in->events, in->programmes, in->charchas };
	TRY(days_possible(cx, in->from_day, in->last_day));
	if (in->last_day < today)
		return fail(cx, ERR_INVALID, "last_day", N_("must not be past"));
	TRY(no_other(cx, id, in->org_id, in->from_day, in->last_day));
	TRY(campaign_kinds_check(cx, str_is(in->counts, "competency"), NULL, &kinds));
	TRY(campaign_sql_add(cx, id, in->org_id, in->name_en, in->name_hi.n ? in->name_hi : in->name_en, in->target_minutes, in->counts, kinds.events,
			     kinds.programmes, kinds.charchas, actor_hand(&cx->actor), cx->now, NULL));
	for (size_t i = 0; i < SANKALPS; i++)
		TRY(campaign_sql_add_theme(cx, id, (int64_t)i, str_of(sankalps[i].name_en), str_of(sankalps[i].name_hi), str_of(sankalps[i].words_en),
					   str_of(sankalps[i].words_hi), NULL));
	TRY(put_dates(cx, &(struct campaign_dates){ id, in->org_id, in->from_day, in->last_day, S("") }));
	*ret_id = id;
	TRY(campaign_people_soon(cx));
	return in->from_day <= today ? campaign_recount_soon(cx, id) : OK;
}

/* ── dates ── */

static enum err check_dates(struct ctx *cx, const struct campaign_dates *in, struct campaign_one_row *ret, struct campaign_for_org_row *ret_there)
{
	TRY(campaign_for(cx, in->campaign_id, in->org_id, ret_there));
	TRY(campaign_one(cx, in->campaign_id, ret));
	TRY(days_possible(cx, in->from_day, in->last_day));
	return in->org_id == ret->org_id ? no_other(cx, ret->id, in->org_id, in->from_day, in->last_day) : OK;
}

/* Whether days up to today are within one of two windows and not the other. */
static bool past_differs(const struct campaign_for_org_row *a, const struct campaign_dates *b, int64_t today)
{
	int64_t a_last = a->last_day < today ? a->last_day : today, b_last = b->last_day < today ? b->last_day : today;
	bool a_any = a->from_day <= a_last, b_any = b->from_day <= b_last;
	return a_any != b_any || (a_any && (a->from_day != b->from_day || a_last != b_last));
}

enum err campaign_dates(struct ctx *cx, const struct campaign_dates *in)
{
	struct campaign_one_row c;
	struct campaign_for_org_row was;
	TRY(check_dates(cx, in, &c, &was));
	if (!in->reason.n)
		return fail(cx, ERR_INVALID, "reason", N_("must be given"));
	if (was.from_day == in->from_day && was.last_day == in->last_day)
		return fail(cx, ERR_CONFLICT, "last_day", N_("These are the dates already."));
	TRY(put_dates(cx, in));
	return past_differs(&was, in, person_today(cx)) ? campaign_recount_soon(cx, in->campaign_id) : OK;
}

struct trying {
	const struct campaign_dates *in;
	struct campaign_rule rule; /* with the new dates */
	struct lineages *lineages;
	struct campaign_trial *trial;
	struct arena *keep;
};

static enum err try_person(struct ctx *cx, void *arg, const void *row)
{
	struct trying *t = arg;
	const struct campaign_in_org_row *p = row;
	struct campaign_part *parts;
	int64_t then = 0, here = 0;
	size_t n;
	campaign_parts_read(cx, p->parts, &parts, &n);
	for (size_t i = 0; i < n; i++) {
		struct lineage above;
		TRY(lineage_of(cx, t->lineages, parts[i].org_id, parts[i].day, &above));
		const struct campaign_windows_row *w = campaign_window_of(&t->rule, &above);
		bool its = w && w->org_id == t->in->org_id;
		here += its ? parts[i].ms : 0;
		then += its && (parts[i].day < w->from_day || parts[i].day > w->last_day) ? 0 : parts[i].ms;
	}
	t->trial->n_people += here > 0;
	if (then >= p->ms)
		return OK;
	t->trial->n_fall++;
	t->trial->n_keep += p->reached_at != NONE && then < t->rule.target_ms;
	if (t->trial->n_falls < CAMPAIGN_FALLS_MAX)
		t->trial->falls[t->trial->n_falls++] = (struct campaign_fall){ p->person_id, p->ms, then, str_dup(t->keep, p->name), p->reached_at != NONE };
	return OK;
}

static int window_by_org(const void *a, const void *b)
{
	const struct campaign_windows_row *x = a, *y = b;
	return (x->org_id > y->org_id) - (x->org_id < y->org_id);
}

/* The windows with these dates among them. */
static void with_dates(struct ctx *cx, struct campaign_rule *r, const struct campaign_dates *in)
{
	struct campaign_windows_row *v = ARENA_ARRAY(cx->arena, struct campaign_windows_row, r->n_windows + 1);
	size_t n = 0;
	for (size_t i = 0; i < r->n_windows; i++)
		if (r->windows[i].org_id != in->org_id)
			v[n++] = r->windows[i];
	v[n++] = (struct campaign_windows_row){ in->org_id, in->from_day, in->last_day };
	qsort(v, n, sizeof *v, window_by_org);
	r->windows = v;
	r->n_windows = n;
}

enum err campaign_try(struct ctx *cx, const struct campaign_dates *in, struct campaign_trial *ret)
{
	struct campaign_one_row c;
	struct campaign_for_org_row was;
	struct arena *own = arena_new(); /* that of cx goes back after every row */
	struct trying t = { .in = in, .lineages = lineages_new(own), .trial = ret, .keep = cx->arena };
	*ret = (struct campaign_trial){ .falls = ARENA_ARRAY(cx->arena, struct campaign_fall, CAMPAIGN_FALLS_MAX) };
	t.keep = own;
	enum err e = check_dates(cx, in, &c, &was);
	if (e == OK)
		e = campaign_rule_of(cx, in->campaign_id, &t.rule);
	if (e == OK) {
		with_dates(cx, &t.rule, in);
		e = campaign_sql_in_org(cx, in->campaign_id, in->org_id, try_person, &t);
	}
	for (size_t i = 0; i < ret->n_falls; i++)
		ret->falls[i].name = str_dup(cx->arena, ret->falls[i].name);
	arena_free(own);
	return e;
}

/* ── a person ── */

struct sharing {
	struct ctx *cx;
	int64_t day;
	struct campaign_share *v;
	size_t n;
	struct {
		int64_t course_id, ms;
	} * courses;
	size_t n_courses;
};

static void of_course(void *arg, int64_t course_id, int64_t ms)
{
	struct sharing *s = arg;
	for (size_t i = 0; i < s->n_courses; i++)
		if (s->courses[i].course_id == course_id) {
			s->courses[i].ms += ms;
			return;
		}
	__typeof__(s->courses) c = ARENA_PUSH(s->cx->arena, s->courses, s->n_courses);
	c->course_id = course_id;
	c->ms = ms;
}

static void to_competency(struct sharing *s, struct str code, struct str name, int64_t ms)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->v[i].code, code)) {
			s->v[i].ms += ms;
			return;
		}
	*ARENA_PUSH(s->cx->arena, s->v, s->n) = (struct campaign_share){ code, name, ms };
}

/* Evenly; what does not divide goes to the first. */
static void share_out(struct sharing *s, const struct campaign_competencies_learned_row *k, size_t n_all)
{
	for (size_t i = 0; i < s->n_courses; i++) {
		size_t first = 0, n = 0;
		while (first < n_all && k[first].course_id != s->courses[i].course_id)
			first++;
		while (first + n < n_all && k[first + n].course_id == s->courses[i].course_id)
			n++;
		int64_t ms = s->courses[i].ms, each = n ? ms / (int64_t)n : 0;
		for (size_t c = first; c < first + n; c++)
			to_competency(s, k[c].code, k[c].name_en.p ? org_name(s->cx, k[c].name_en, k[c].name_hi) : k[c].code,
				      each + (c > first ? 0 : ms - each * (int64_t)n));
		if (!n)
			to_competency(s, S(""), STR_NONE, ms);
	}
}

static int most_first(const void *a, const void *b)
{
	const struct campaign_share *x = a, *y = b;
	return x->ms != y->ms ? (x->ms < y->ms) - (x->ms > y->ms) : str_cmp(x->code, y->code);
}

enum err campaign_count_of(struct ctx *cx, int64_t campaign_id, int64_t person_id, struct campaign_count *ret)
{
	struct campaign_rule r;
	struct campaign_facts f;
	struct lineage above;
	struct lineages *l = lineages_new(cx->arena);
	struct sharing s = { .cx = cx, .day = person_today(cx) };
	TRY(campaign_rule_of(cx, campaign_id, &r));
	TRY(campaign_facts_of(cx, person_id, r.from_day < s.day ? r.from_day : s.day, r.last_day > s.day ? r.last_day : s.day, &f));
	TRY(campaign_tell(cx, &r, l, &f, of_course, &s, ret));
	struct campaign_competencies_learned_row *k = NULL;
	size_t n = 0;
	if (s.n_courses)
		TRY(campaign_sql_competencies_learned(cx, s.day, person_id, r.from_day, r.last_day, &k, &n));
	share_out(&s, k, n);
	ret->campaign = r.campaign;
	if (s.n)
		qsort(s.v, s.n, sizeof *s.v, most_first);
	ret->shares = s.v;
	ret->n_shares = s.n;
	int64_t org = campaign_posted(&f, s.day);
	if (org == NONE)
		return OK;
	TRY(lineage_of(cx, l, org, s.day, &above));
	const struct campaign_windows_row *w = campaign_window_of(&r, &above);
	if (w) {
		ret->org_id = org;
		ret->from_day = w->from_day;
		ret->last_day = w->last_day;
	}
	return OK;
}

static enum err mine(struct ctx *cx, int64_t campaign_id, struct campaign_count *ret)
{
	TRY(campaign_count_of(cx, campaign_id, cx->actor.person_id, ret));
	return ret->org_id != NONE ? OK : fail(cx, ERR_NOT_FOUND, "campaign_id", N_("There is no such campaign for you: it belongs to another organisation."));
}

enum err campaign_pledge(struct ctx *cx, int64_t campaign_id)
{
	struct campaign_person_row p = { .pledged_at = NONE, .pledged_org_id = NONE, .reached_at = NONE, .reached_org_id = NONE, .parts = S("") };
	struct campaign_count c;
	bool found = false;
	TRY(mine(cx, campaign_id, &c));
	if (person_today(cx) > c.last_day)
		return fail(cx, ERR_CONFLICT, "", N_("The last day is past."));
	TRY(campaign_sql_person(cx, campaign_id, cx->actor.person_id, &p, &found));
	if (p.pledged_at != NONE)
		return fail(cx, ERR_CONFLICT, "", N_("You have pledged already."));
	TRY(campaign_sql_put_person(cx, campaign_id, cx->actor.person_id, cx->now, NONE, p.ms, p.published_ms, p.reached_at, p.reached_org_id, p.parts, NULL));
	return learned_tell(cx, cx->actor.person_id);
}

enum err campaign_reflect(struct ctx *cx, int64_t campaign_id, struct str words)
{
	struct campaign_count c;
	int64_t day = person_today(cx);
	TRY(mine(cx, campaign_id, &c));
	if (day < c.from_day || day > c.last_day)
		return fail(cx, ERR_CONFLICT, "words", N_("Today is not one of the days of the campaign."));
	if (!words.n)
		return campaign_sql_drop_reflection(cx, campaign_id, cx->actor.person_id, day, NULL);
	return campaign_sql_put_reflection(cx, campaign_id, cx->actor.person_id, day, words, cx->now, NULL);
}

enum err campaign_person_changed(struct ctx *cx, int64_t person_id)
{
	struct campaign_any_live_row r;
	bool found = false;
	TRY(campaign_sql_any_live(cx, person_today(cx) - CAMPAIGN_LATE_DAYS, &r, &found));
	return found ? learned_tell(cx, person_id) : OK;
}

/* Nothing that is counted changes: the day of the move still belongs to where the organisation stood in the morning, and the next one has not begun. */
enum err campaign_org_moves(struct ctx *cx, int64_t org_id, int sign)
{
	return sign < 0 ? campaign_sql_keep_above(cx, clock_day_in_india(cx->now) + 1, org_id, NULL) : campaign_people_soon(cx);
}

enum err campaign_merge_begins(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	const int64_t both[] = { kept_id, closed_id };
	struct campaign_rule *rules;
	struct campaign_facts_of_row *r;
	size_t n_rules, n;
	TRY(campaign_rules_live(cx, &rules, &n_rules));
	TRY(campaign_settle(cx, rules, n_rules, both, 2, false));
	TRY(campaign_sql_facts_of(cx, closed_id, &r, &n));
	for (size_t i = 0; i < n; i++)
		TRY(campaign_sql_person_add(cx, r[i].campaign_id, kept_id, NULL));
	return OK;
}

static void move_fact(int64_t *at, int64_t *org_id, int64_t *to_at, int64_t *to_org_id)
{
	if (*to_at != NONE)
		return;
	*to_at = *at;
	*to_org_id = *org_id;
	*at = *org_id = NONE;
}

/* What is counted of a fact goes along with it, so figures stay as they are. */
static enum err move_facts(struct ctx *cx, int64_t kept_id, int64_t closed_id, struct campaign_facts_of_row *c)
{
	struct campaign_person_row k;
	bool found = false;
	TRY(campaign_sql_person(cx, c->campaign_id, kept_id, &k, &found));
	BUG_IF(!found);
	move_fact(&c->pledged_at, &c->pledged_org_id, &k.pledged_at, &k.pledged_org_id);
	move_fact(&c->reached_at, &c->reached_org_id, &k.reached_at, &k.reached_org_id);
	TRY(campaign_sql_put_person(cx, c->campaign_id, kept_id, k.pledged_at, k.pledged_org_id, k.ms, k.published_ms, k.reached_at, k.reached_org_id, k.parts,
				    NULL));
	return campaign_sql_put_person(cx, c->campaign_id, closed_id, c->pledged_at, c->pledged_org_id, c->ms, c->published_ms, c->reached_at,
				       c->reached_org_id, c->parts, NULL);
}

enum err campaign_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	struct campaign_facts_of_row *r;
	size_t n;
	TRY(campaign_sql_facts_of(cx, closed_id, &r, &n));
	for (size_t i = 0; i < n; i++)
		TRY(move_facts(cx, kept_id, closed_id, &r[i]));
	TRY(campaign_sql_move_reflections(cx, kept_id, closed_id, NULL));
	TRY(campaign_sql_drop_reflections(cx, closed_id, NULL));
	TRY(campaign_sql_revise(cx, cx->now, NULL));
	TRY(learned_tell(cx, kept_id));
	return learned_tell(cx, closed_id);
}

/* ── anew, and whether it is right ── */

enum err campaign_rebuild(struct ctx *cx)
{
	enum { AT_ONCE = 2000 };
	struct campaign_rule *rules;
	struct campaign_people_after_row *r;
	size_t n_rules, n = AT_ONCE;
	int64_t after = 0;
	TRY(campaign_rules_all(cx, &rules, &n_rules));
	TRY(campaign_sql_drop_figures(cx, NULL));
	TRY(campaign_sql_forget_parts(cx, NULL));
	while (n == AT_ONCE && n_rules) {
		struct arena_mark mark = arena_mark(cx->arena);
		TRY(campaign_sql_people_after(cx, after, AT_ONCE, &r, &n));
		int64_t *people = ARENA_ARRAY(cx->arena, int64_t, n);
		for (size_t i = 0; i < n; i++)
			people[i] = r[i].id;
		TRY(campaign_settle(cx, rules, n_rules, people, n, true));
		after = n ? people[n - 1] : after;
		arena_back(cx->arena, mark);
	}
	return OK;
}

struct checking {
	struct campaign_work *work;
	struct campaign_rule *rules;
	size_t n_rules;
};

static enum err weigh_person(struct ctx *cx, void *arg, const void *row)
{
	struct checking *c = arg;
	const struct campaign_all_people_row *p = row;
	struct campaign_standing s = {
		.reached_at = p->reached_at, .reached_org_id = p->reached_org_id, .pledged_at = p->pledged_at, .pledged_org_id = p->pledged_org_id
	};
	int64_t top = NONE;
	for (size_t i = 0; i < c->n_rules; i++)
		if (c->rules[i].id == p->campaign_id)
			top = c->rules[i].org_id;
	campaign_parts_read(cx, p->parts, &s.parts, &s.n_parts);
	return campaign_weigh(cx, c->work, p->campaign_id, top, &s, 1);
}

static enum err weigh_figure(struct ctx *cx, void *arg, const void *row)
{
	struct checking *c = arg;
	(void)cx;
	campaign_weigh_figure(c->work, row, -1);
	return OK;
}

enum err campaign_check(struct ctx *cx, campaign_wrong_fn *wrong, void *arg)
{
	struct checking c = { .work = campaign_work_new() };
	enum err e = campaign_rules_all(cx, &c.rules, &c.n_rules);
	if (e == OK)
		e = campaign_sql_all_people(cx, weigh_person, &c);
	if (e == OK)
		e = campaign_sql_all_figures(cx, weigh_figure, &c);
	if (e == OK)
		campaign_left(c.work, wrong, arg);
	campaign_work_free(c.work);
	return e;
}
