/* Who may be at a place, telling, what was missed; see live.h. */
#include "feature/live/live.h"
#include "base/json.h"
#include "feature/org/org.h"
#include "web/access.h"

/* ── who may ── */

static const struct live_kind *kind_named(const struct ctx *cx, struct str kind)
{
	for (const struct live_kind *k = cx->app->live_kinds; k && k->kind; k++)
		if (str_is(kind, k->kind))
			return k;
	return NULL;
}

enum err live_role(struct ctx *cx, struct str kind, int64_t thing_id, enum live_role *ret)
{
	const struct live_kind *k = kind_named(cx, kind);
	*ret = LIVE_NONE;
	if (k)
		TRY(k->may(cx, thing_id, cx->actor.person_id, ret));
	return *ret == LIVE_NONE ? fail(cx, ERR_NOT_FOUND, "", N_("There is no such place, or it is not open to you.")) : OK;
}

enum err live_about(struct ctx *cx, struct str kind, int64_t thing_id, struct str *ret_title, struct str *ret_path)
{
	const struct live_kind *k = kind_named(cx, kind);
	*ret_title = *ret_path = STR_NONE;
	return k && k->about ? k->about(cx, thing_id, ret_title, ret_path) : OK;
}

enum err live_session_may(struct ctx *cx, int64_t thing_id, int64_t person_id, enum live_role *ret)
{
	struct live_session_row s;
	bool found = false, manages = false;
	*ret = LIVE_NONE;
	TRY(live_sql_session(cx, person_id, thing_id, &s, &found));
	if (!found)
		return OK;
	if (person_id == cx->actor.person_id)
		TRY(access_may(cx, MAY_PROGRAMME_MANAGE, SCOPE_ORG, s.org_id, &manages));
	*ret = manages || s.coordinates ? LIVE_MODERATOR : s.admitted ? LIVE_GUEST : LIVE_NONE;
	return OK;
}

enum err live_session_about(struct ctx *cx, int64_t thing_id, struct str *ret_title, struct str *ret_path)
{
	struct live_session_row s;
	bool found = false;
	*ret_path = STR_NONE;
	TRY(live_sql_session(cx, cx->actor.person_id, thing_id, &s, &found));
	if (found)
		*ret_title = org_name(cx, s.title, s.title_hi);
	return OK;
}

/* ── telling ── */

static enum err tell(struct ctx *cx, struct str kind, int64_t thing_id, const char *what, bool moderators, struct str json)
{
	return live_sql_tell(cx, new_id(cx), kind, thing_id, str_of(what), moderators, json, NULL);
}

enum err live_tell(struct ctx *cx, struct str kind, int64_t thing_id, const char *what, struct str json)
{
	return tell(cx, kind, thing_id, what, false, json);
}

enum err live_tell_moderators(struct ctx *cx, struct str kind, int64_t thing_id, const char *what, struct str json)
{
	return tell(cx, kind, thing_id, what, true, json);
}

enum err live_judge_again(struct ctx *cx, int64_t person_id)
{
	return tell(cx, S("person"), person_id, "again", false, S("{}"));
}

enum err live_person_changed(struct ctx *cx, int64_t person_id)
{
	return live_judge_again(cx, person_id);
}

enum err live_sessions_ended(struct ctx *cx, int64_t person_id, int64_t session_id)
{
	(void)session_id;
	return live_judge_again(cx, person_id);
}

struct str live_topic(struct ctx *cx, struct str kind, int64_t thing_id)
{
	return str_fmt(cx->arena, "%.*s:%lld", STR_ARG(kind), (long long)thing_id);
}

/* ── listening ── */

enum err live_missed(struct ctx *cx, struct str kind, int64_t thing_id, int64_t after, struct live_missed *ret)
{
	struct live_newest_row newest = { 0 };
	struct live_oldest_row oldest = { 0 };
	bool found = false;
	*ret = (struct live_missed){ 0 };
	TRY(live_sql_newest(cx, &newest, &found));
	ret->newest = found ? newest.id : 0;
	if (!after)
		return OK;
	TRY(live_sql_oldest(cx, &oldest, &found));
	TRY(live_sql_missed(cx, kind, thing_id, after, &ret->rows, &ret->n));
	/* Kept an hour, or more than anybody follows: the page is to be loaded anew. */
	ret->lost = ret->n > LIVE_MISSED_MAX || (found && after < oldest.id && new_id(cx) - after > (LIVE_KEPT << 22));
	if (ret->lost)
		ret->n = 0;
	return OK;
}

/* ── sweeping ── */

static enum err sweep(struct ctx *cx, struct job *j)
{
	j->ended = true;
	TRY(live_sql_forget_messages(cx, new_id(cx) - (LIVE_KEPT << 22), NULL));
	int64_t before = cx->now - (cx->app->live_days ? cx->app->live_days : LIVE_CHAT_DAYS) * DAY;
	TRY(live_sql_forget_reports(cx, before, NULL));
	return live_sql_forget_chat(cx, before, NULL);
}

const struct job_kind live_jobs[] = {
	{ .name = "live.sweep", .title = N_("Old messages and chats of live events are deleted"), .step = sweep, .every = 10 * MINUTE },
	{ .name = NULL },
};
