/* An event as a place where people talk; see feature/live/live.h. */
#include "feature/event/event_place.h"

enum err event_place_may(struct ctx *cx, int64_t event_id, int64_t person_id, enum live_role *ret)
{
	struct event_registration_row r;
	struct event_one_row e;
	bool found = false, leads = false;
	*ret = LIVE_NONE;
	TRY(event_sql_one(cx, event_id, &e, &found));
	if (!found || str_is(e.state, "draft") || str_is(e.state, "cancelled"))
		return OK;
	TRY(event_leads(cx, &e, person_id, &leads));
	if (!leads)
		TRY(event_sql_registration(cx, event_id, person_id, &r, &found));
	bool over = e.closed_at != NONE && cx->now > e.closed_at + EVENT_TALK;
	*ret = leads ? LIVE_MODERATOR : !found || r.withdrawn_at != NONE ? LIVE_NONE : over ? LIVE_READER : LIVE_GUEST;
	return OK;
}

enum err event_place_about(struct ctx *cx, int64_t event_id, struct str *ret_title, struct str *ret_path)
{
	struct event_one_row e;
	bool found = false;
	TRY(event_sql_one(cx, event_id, &e, &found));
	if (!found)
		return ERR_NOT_FOUND;
	*ret_title = event_title(cx, &e);
	*ret_path = str_fmt(cx->arena, "/events/%lld/live", (long long)event_id);
	return OK;
}
