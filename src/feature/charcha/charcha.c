/* Charchas: making them, who comes, what is taken along; see charcha.h. */
#include "feature/charcha/charcha.h"
#include "feature/competency/competency.h"
#include "feature/org/org.h"
#include "feature/person/person.h"

/* ── looking one up ── */

enum err charcha_one(struct ctx *cx, int64_t charcha_id, struct charcha_one_row *ret)
{
	bool found = false;
	TRY(charcha_sql_one(cx, charcha_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "charcha_id", N_("There is no such charcha."));
}

enum err charcha_of(struct ctx *cx, int64_t org_id, int64_t charcha_id, struct charcha_one_row *ret)
{
	TRY(charcha_one(cx, charcha_id, ret));
	return ret->org_id == org_id ? OK : fail(cx, ERR_NOT_FOUND, "charcha_id", N_("There is no such charcha."));
}

struct str charcha_theme(const struct ctx *cx, struct str theme, struct str theme_hi)
{
	return org_name(cx, theme, theme_hi);
}

int64_t charcha_ends(const struct charcha_one_row *c)
{
	return c->held_at + c->minutes * MINUTE;
}

/* ── making one ── */

static enum err check_rules(struct ctx *cx, const struct charcha_rules *in)
{
	struct charcha_event_one_row e;
	bool found = false;
	if (in->register_until > in->held_at)
		return fail(cx, ERR_INVALID, "register_until", N_("must not be after the charcha begins"));
	if (in->held_at <= cx->now)
		return fail(cx, ERR_INVALID, "held_at", N_("must not be past"));
	if (in->link.n && !str_starts(in->link, S("https://")) && !str_starts(in->link, S("http://")))
		return fail(cx, ERR_INVALID, "link", N_("must begin with https://"));
	if (in->event_id != NONE) {
		TRY(charcha_sql_event_one(cx, in->event_id, &e, &found));
		if (!found || str_is(e.state, "draft") || str_is(e.state, "cancelled"))
			return fail(cx, ERR_INVALID, "event_id", N_("is no webinar that is or was held"));
	}
	if (in->only_there && in->event_id == NONE && in->course_id == NONE)
		return fail(cx, ERR_INVALID, "only_there", N_("needs a webinar or a course"));
	return OK;
}

static bool next_line(struct str *rest, struct str *ret)
{
	while (str_cut(rest, '\n', ret)) {
		*ret = str_trim(*ret);
		if (ret->n)
			return true;
	}
	*ret = S("");
	return false;
}

static enum err put_prompts(struct ctx *cx, int64_t id, const struct charcha_rules *in)
{
	struct str en = in->prompts, hi = in->prompts_hi, words, words_hi;
	TRY(charcha_sql_prompts_drop(cx, id, NULL));
	for (int64_t n = 1; next_line(&en, &words); n++) {
		if (n > CHARCHA_PROMPTS_MAX)
			return fail(cx, ERR_INVALID, "prompts", N_("are more than ten; fewer are thought about better"));
		(void)next_line(&hi, &words_hi);
		TRY(charcha_sql_prompt_add(cx, id, n, words, words_hi, NULL));
	}
	return next_line(&hi, &words_hi) ? fail(cx, ERR_INVALID, "prompts_hi", N_("are more than there are in English")) : OK;
}

static enum err put_competencies(struct ctx *cx, int64_t id, struct str text)
{
	struct teaches *t;
	struct str wrong;
	size_t n;
	TRY(charcha_sql_competencies_drop(cx, id, NULL));
	if (!str_trim(text).n)
		return OK;
	if (!teaches_read(cx->arena, text, &t, &n, &wrong))
		return fail(cx, ERR_INVALID, "competencies",
			    N_("must be codes with levels, as kcm:functional.noting-and-drafting@2, one behind the other with commas"));
	for (size_t i = 0; i < n; i++) {
		struct charcha_competency_called_row c;
		bool found = false;
		TRY(charcha_sql_competency_called(cx, t[i].framework, t[i].code, person_today(cx), &c, &found));
		if (!found || t[i].level > c.n_levels) {
			const struct msg_arg arg = { "code", t[i].code };
			return fail_msg(cx, ERR_INVALID, S("competencies"), N_("“{code}” is no competency in force that is measured, or has no such level"), 1,
					&arg);
		}
		TRY(charcha_sql_competency_add(cx, id, c.id, t[i].level, NULL));
	}
	return OK;
}

enum err charcha_add(struct ctx *cx, const struct charcha_rules *in, int64_t *ret_id)
{
	int64_t id = new_id(cx);
	TRY(check_rules(cx, in));
	TRY(charcha_sql_add(cx, id, in->org_id, in->theme, in->theme_hi.n ? in->theme_hi : in->theme, in->about, in->event_id, in->course_id, in->only_there,
			    in->least_done, in->register_until, in->held_at, in->minutes, in->place, in->link, in->size, actor_hand(&cx->actor), cx->now,
			    cx->now, NULL));
	TRY(put_prompts(cx, id, in));
	TRY(put_competencies(cx, id, in->competencies));
	*ret_id = id;
	return OK;
}

enum err charcha_change(struct ctx *cx, int64_t charcha_id, const struct charcha_rules *in)
{
	struct charcha_one_row c;
	int64_t changed = 0;
	TRY(charcha_of(cx, in->org_id, charcha_id, &c));
	TRY(check_rules(cx, in));
	TRY(charcha_sql_change(cx, in->theme, in->theme_hi.n ? in->theme_hi : in->theme, in->about, in->event_id, in->course_id, in->only_there, in->least_done,
			       in->register_until, in->held_at, in->minutes, in->place, in->link, in->size, cx->now, charcha_id, &changed));
	if (!changed)
		return fail(cx, ERR_CONFLICT, "", N_("Groups are drawn; this can no longer be changed."));
	TRY(put_prompts(cx, charcha_id, in));
	return put_competencies(cx, charcha_id, in->competencies);
}

enum err charcha_open(struct ctx *cx, int64_t org_id, int64_t charcha_id)
{
	struct charcha_one_row c;
	struct charcha_prompts_row *p;
	size_t n;
	TRY(charcha_of(cx, org_id, charcha_id, &c));
	if (!str_is(c.state, "draft"))
		return fail(cx, ERR_CONFLICT, "", N_("It is announced already."));
	if (c.register_until <= cx->now)
		return fail(cx, ERR_CONFLICT, "", N_("Its dates are past. Set others first."));
	TRY(charcha_sql_prompts(cx, charcha_id, &p, &n));
	if (!n)
		return fail(cx, ERR_CONFLICT, "", N_("It has no question to think about. Write one first."));
	return charcha_sql_set_state(cx, S("open"), cx->now, NONE, charcha_id, S("draft"), NULL);
}

enum err charcha_close(struct ctx *cx, int64_t org_id, int64_t charcha_id)
{
	struct charcha_one_row c;
	TRY(charcha_of(cx, org_id, charcha_id, &c));
	if (str_is(c.state, "closed"))
		return fail(cx, ERR_CONFLICT, "", N_("This charcha is closed already."));
	if ((!str_is(c.state, "drawn") && !str_is(c.state, "held")) || cx->now < charcha_ends(&c))
		return fail(cx, ERR_CONFLICT, "", N_("A charcha is closed when its time is over."));
	TRY(charcha_sql_set_state(cx, S("closed"), cx->now, cx->now, charcha_id, c.state, NULL));
	struct str id = str_fmt(cx->arena, "%lld", (long long)charcha_id);
	return job_add(cx, &(struct job_add){ .kind = "charcha.close", .once = id, .input = id, .asked_by = actor_hand(&cx->actor) }, NULL);
}

enum err charcha_synthesis(struct ctx *cx, int64_t org_id, int64_t charcha_id, struct str words, bool publish)
{
	struct charcha_one_row c;
	struct str id = str_fmt(cx->arena, "%lld", (long long)charcha_id);
	TRY(charcha_of(cx, org_id, charcha_id, &c));
	if (!str_is(c.state, "held") && !str_is(c.state, "closed"))
		return fail(cx, ERR_CONFLICT, "", N_("There is nothing to sum up yet."));
	if (publish && !str_trim(words).n)
		return fail(cx, ERR_INVALID, "words", N_("must be given"));
	TRY(charcha_sql_set_synthesis(cx, words, publish && c.synthesis_at == NONE ? cx->now : c.synthesis_at, cx->now, charcha_id, NULL));
	if (!publish || c.synthesis_at != NONE)
		return OK;
	return job_add(cx, &(struct job_add){ .kind = "charcha.synthesis", .once = id, .input = id, .asked_by = actor_hand(&cx->actor) }, NULL);
}

/* ── who comes ── */

const char *const charcha_may_texts[] = {
	[CHARCHA_MAY] = N_("can come"),
	[CHARCHA_ELSEWHERE] = N_("This charcha is for people of another organisation."),
	[CHARCHA_NOT_THERE] = N_("This charcha is for those who were at the webinar, or have learnt enough of the course."),
	[CHARCHA_NOT_OPEN] = N_("One cannot register for this charcha."),
	[CHARCHA_LATE] = N_("The time to register is over."),
	[CHARCHA_FULL] = N_("There is no more room."),
	[CHARCHA_IN] = N_("is registered already"),
};

static enum err was_there(struct ctx *cx, const struct charcha_one_row *c, int64_t person_id, bool *ret)
{
	struct charcha_was_there_row e;
	struct charcha_done_of_course_row k;
	bool found = false;
	*ret = !c->only_there;
	if (!*ret && c->event_id != NONE)
		TRY(charcha_sql_was_there(cx, c->event_id, person_id, &e, ret));
	if (*ret || c->course_id == NONE)
		return OK;
	TRY(charcha_sql_done_of_course(cx, person_id, c->course_id, &k, &found));
	*ret = found && (str_is(k.state, "completed") || (k.parts && k.resources_done * 100 >= k.parts * c->least_done));
	return OK;
}

/* Whether one can come now at all. */
static enum charcha_may by_time(const struct ctx *cx, const struct charcha_one_row *c, bool named)
{
	bool drawn = str_is(c->state, "drawn");
	if (!str_is(c->state, "open") && !drawn)
		return CHARCHA_NOT_OPEN;
	if (cx->now >= (named || drawn ? c->held_at : c->register_until))
		return CHARCHA_LATE;
	return CHARCHA_MAY;
}

enum err charcha_may(struct ctx *cx, const struct charcha_one_row *c, int64_t person_id, bool named, enum charcha_may *ret,
		     struct charcha_standing_row *ret_standing)
{
	struct charcha_member_row m;
	bool found = false, there = false;
	TRY(charcha_sql_member(cx, c->id, person_id, &m, &found));
	if (found && m.withdrawn_at == NONE) {
		*ret = CHARCHA_IN;
		return OK;
	}
	TRY(charcha_sql_standing(cx, c->org_id, person_id, person_today(cx), ret_standing, &found));
	*ret = found && ret_standing->below ? by_time(cx, c, named) : CHARCHA_ELSEWHERE;
	if (*ret != CHARCHA_MAY)
		return OK;
	TRY(was_there(cx, c, person_id, &there));
	*ret = there ? CHARCHA_MAY : CHARCHA_NOT_THERE;
	return OK;
}

enum err charcha_room(struct ctx *cx, int64_t charcha_id, int64_t more)
{
	struct charcha_coming_behind_row r;
	bool full = false;
	TRY(charcha_sql_coming_behind(cx, charcha_id, CHARCHA_PEOPLE_MAX - more, &r, &full));
	return full ? fail(cx, ERR_CONFLICT, "", charcha_may_texts[CHARCHA_FULL]) : OK;
}

enum err charcha_put(struct ctx *cx, int64_t charcha_id, int64_t person_id, bool named)
{
	struct charcha_one_row c;
	struct charcha_standing_row s;
	enum charcha_may may;
	int64_t group_id = NONE;
	TRY(charcha_one(cx, charcha_id, &c));
	TRY(charcha_may(cx, &c, person_id, named, &may, &s));
	if (may == CHARCHA_IN)
		return fail(cx, ERR_CONFLICT, "", N_("You are registered already."));
	if (may != CHARCHA_MAY)
		return fail(cx, ERR_CONFLICT, "", charcha_may_texts[may]);
	bool late = str_is(c.state, "drawn");
	if (late)
		TRY(charcha_best_group(cx, charcha_id, &s, &group_id));
	if (late && group_id == NONE)
		return fail(cx, ERR_CONFLICT, "", charcha_may_texts[CHARCHA_FULL]);
	return charcha_sql_put_member(cx, charcha_id, person_id, group_id, named ? S("named") : S("own"), s.org_id, s.department_id, s.place_id, s.pay_level,
				      late, cx->now, actor_hand(&cx->actor), NULL);
}

enum err charcha_register(struct ctx *cx, int64_t charcha_id, int64_t person_id, bool named)
{
	TRY(charcha_room(cx, charcha_id, 1));
	return charcha_put(cx, charcha_id, person_id, named);
}

enum err charcha_withdraw(struct ctx *cx, int64_t charcha_id, int64_t person_id)
{
	struct charcha_one_row c;
	int64_t changed = 0;
	TRY(charcha_one(cx, charcha_id, &c));
	if (cx->now >= c.held_at)
		return fail(cx, ERR_CONFLICT, "", N_("The charcha has begun."));
	TRY(charcha_sql_withdraw(cx, cx->now, charcha_id, person_id, &changed));
	return changed ? live_judge_again(cx, person_id) : fail(cx, ERR_CONFLICT, "", N_("You are not registered."));
}

enum err charcha_reflect(struct ctx *cx, int64_t charcha_id, struct str words, bool shared)
{
	struct charcha_member_row m;
	bool found = false;
	TRY(charcha_sql_member(cx, charcha_id, cx->actor.person_id, &m, &found));
	if (!found || m.withdrawn_at != NONE)
		return fail(cx, ERR_NOT_FOUND, "charcha_id", N_("You are not registered."));
	if (!str_trim(words).n)
		return charcha_sql_drop_reflection(cx, charcha_id, cx->actor.person_id, NULL);
	return charcha_sql_put_reflection(cx, charcha_id, cx->actor.person_id, words, shared, cx->now, NULL);
}

enum err charcha_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	TRY(charcha_sql_drop_withdrawn(cx, kept_id, closed_id, NULL));
	TRY(charcha_sql_move_members(cx, kept_id, closed_id, NULL));
	TRY(charcha_sql_drop_members(cx, closed_id, NULL));
	TRY(charcha_sql_move_reflections(cx, kept_id, closed_id, NULL));
	TRY(charcha_sql_drop_reflections(cx, closed_id, NULL));
	return charcha_sql_move_commitments(cx, kept_id, closed_id, NULL);
}
