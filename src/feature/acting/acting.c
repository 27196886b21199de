/* Who acts for whom; see acting.h. */
#include "feature/acting/acting.h"
#include "feature/notice/notice.h"
#include "feature/person/person.h"
#include "web/audit.h"
#include "web/session.h"

static enum err tell(struct ctx *cx, int64_t person_id, const char *subject, const char *words, struct str name)
{
	const struct msg_arg arg = { "name", name };
	struct notice n = { .kind = NOTICE_acting,
			    .fact = str_fmt(cx->arena, "acting:%lld", (long long)new_id(cx)),
			    .person_id = person_id,
			    .subject = subject,
			    .text = words,
			    .link_text = N_("See who acts for whom"),
			    .path = S("/me/acting"),
			    .args = &arg,
			    .n_args = 1,
			    .or_short = true };
	return notice_tell(cx, &n);
}

enum err acting_may_delegate(struct ctx *cx, bool *ret)
{
	unsigned roles = 0;
	TRY(access_roles(cx, &roles));
	*ret = cx->actor.custom || (roles & ~(unsigned)(R_LEARNER | R_SELF));
	return OK;
}

static enum err days_fit(struct ctx *cx, const struct acting_delegate *in)
{
	int64_t today = clock_day(cx->actor.zone, cx->now);
	if (in->from_day < today || in->from_day > today + ACTING_DAYS_MAX)
		return fail(cx, ERR_INVALID, "from_day", N_("must be today or one of the next 90 days"));
	if (in->until_day < in->from_day || in->until_day >= in->from_day + ACTING_DAYS_MAX)
		return fail(cx, ERR_INVALID, "until_day", N_("must not be before the first day, nor more than 90 days in all"));
	return OK;
}

static enum err colleague_of(struct ctx *cx, struct str typed, int64_t *ret)
{
	struct person_called_row r;
	struct person_posting_on_row post;
	bool found = false, posted = false;
	TRY(person_called(cx, typed, &r, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "person", N_("is nobody we know; give the employee number, e-mail or mobile number"));
	if (r.id == cx->actor.person_id)
		return fail(cx, ERR_INVALID, "person", N_("cannot be yourself"));
	TRY(person_posting(cx, r.id, person_today(cx), &post, &posted));
	*ret = r.id;
	return posted ? OK : fail(cx, ERR_INVALID, "person", N_("is posted nowhere today"));
}

enum err acting_delegate(struct ctx *cx, const struct acting_delegate *in, int64_t *ret_id)
{
	struct acting_open_row open;
	int64_t by;
	bool may;
	TRY(acting_may_delegate(cx, &may));
	if (!may)
		return fail(cx, ERR_CONFLICT, "", N_("You hold no role and supervise nobody, so there is nothing that somebody could do for you."));
	TRY(days_fit(cx, in));
	TRY(colleague_of(cx, in->person, &by));
	TRY(acting_sql_open(cx, by, cx->actor.person_id, cx->now, &open));
	if (open.n_same)
		return fail(cx, ERR_CONFLICT, "person", N_("is asked already; end that first"));
	if (open.n >= ACTING_OPEN_MAX)
		return fail(cx, ERR_CONFLICT, "person", N_("would be the sixth; end one of the others first"));
	*ret_id = new_id(cx);
	TRY(acting_sql_add(cx, *ret_id, S("delegation"), cx->actor.person_id, by, in->reason.p ? in->reason : S(""),
			   clock_day_start(cx->actor.zone, in->from_day), clock_day_start(cx->actor.zone, in->until_day + 1), cx->now, NULL));
	return tell(cx, by, N_("You are asked to act for a colleague"),
		    N_("{name} asks you to act for them for some time. Under “Acting for others” you see from when until when, and begin with it; what you do "
		       "there is recorded with both names."),
		    cx->actor.name);
}

enum err acting_end(struct ctx *cx, int64_t id)
{
	struct acting_one_row row;
	int64_t changed = 0, me = cx->actor.person_id;
	bool found = false;
	TRY(acting_sql_end(cx, cx->now, me, id, &changed));
	if (!changed)
		return fail(cx, ERR_NOT_FOUND, "acting_id", N_("There is nothing of this kind to end; it may be over already."));
	TRY(acting_sql_one(cx, id, &row, &found));
	return tell(cx, row.person_id == me ? row.by_id : row.person_id, N_("Acting for somebody has ended"),
		    N_("{name} has ended that one of you acts for the other."), cx->actor.name);
}

enum err acting_begin(struct ctx *cx, int64_t id)
{
	struct acting_one_row row;
	bool found = false;
	TRY(acting_sql_one(cx, id, &row, &found));
	if (!found || row.by_id != cx->actor.person_id || !str_is(row.kind, "delegation"))
		return fail(cx, ERR_NOT_FOUND, "acting_id", N_("Nobody has asked you for this."));
	if (row.ended_at != NONE || row.from_at > cx->now || row.until_at <= cx->now)
		return fail(cx, ERR_CONFLICT, "acting_id", N_("This is not in force now: it is over, or has yet to begin."));
	return session_act(cx, id);
}

enum err acting_support(struct ctx *cx, int64_t person_id, struct str reason)
{
	struct acting_person_row p;
	int64_t id = new_id(cx);
	bool found = false;
	TRY(acting_sql_person(cx, person_id, &p, &found));
	if (!found)
		return ERR_NOT_FOUND;
	if (person_id == cx->actor.person_id || !str_is(p.state, "active"))
		return fail(cx, ERR_CONFLICT, "", N_("This is for people who are in service, and not for yourself."));
	TRY(acting_sql_add(cx, id, S("support"), person_id, cx->actor.person_id, reason, cx->now, cx->now + ACTING_SUPPORT_LIFE, cx->now, NULL));
	TRY(audit_view(cx, person_id, "acting.support"));
	TRY(tell(cx, person_id, N_("Somebody looked at your pages to help"),
		 N_("{name}, who runs this installation, looks at what you see, to help. Nothing can be changed that way. The reason stands under “Acting for "
		    "others”."),
		 cx->actor.name));
	return session_act(cx, id);
}

enum err acting_stop(struct ctx *cx)
{
	if (cx->actor.acting == ACTING_SUPPORT)
		TRY(acting_sql_end(cx, cx->now, cx->actor.by_id, cx->actor.acting_id, NULL));
	return session_act(cx, NONE);
}
