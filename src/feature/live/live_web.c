/* Talk at a place, in the browser: listening. */
#include "feature/live/live.h"
#include "web/action.h"
#include "web/listen.h"

struct live_in {
	struct str kind;
	int64_t thing_id, after;
};
static const struct field stream_in[] = {
	FIELD(live_in, kind, F_TEXT, .must = true, .max = 20),
	FIELD(live_in, thing_id, F_ID, .must = true),
	FIELD(live_in, after, F_ID),
	FIELD_END,
};

static void add_missed(struct ctx *cx, struct buf *b, const struct live_missed *m, bool moderator)
{
	buf_init(b, cx->arena, 1 << 20);
	if (m->lost)
		listen_encode(b, &(struct listen_message){ .id = m->newest, .what = S("anew"), .data = S("{}") });
	for (size_t i = 0; i < m->n; i++)
		if (moderator || !m->rows[i].moderators)
			listen_encode(b, &(struct listen_message){ .id = m->rows[i].id, .what = m->rows[i].what, .data = m->rows[i].data });
}

/* Where to begin: what the browser says it heard last, else what its page knew; a little earlier, since rows come in another order than their ids. */
static int64_t begin_after(const struct ctx *cx, const struct live_in *in)
{
	int64_t after = 0;
	if (!cx->last_event_id.n || !str_int(cx->last_event_id, &after) || after <= 0)
		after = in->after != NONE && in->after > 0 ? in->after : 0;
	return listen_before(after, LISTEN_WINDOW);
}

static enum err stream_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct live_in *in = input;
	enum live_role role;
	struct live_missed missed;
	struct listen_to *to = ARENA_NEW(cx->arena, struct listen_to);
	struct buf b;
	(void)state;
	TRY(live_role(cx, in->kind, in->thing_id, &role));
	TRY(live_missed(cx, in->kind, in->thing_id, begin_after(cx, in), &missed));
	add_missed(cx, &b, &missed, role == LIVE_MODERATOR);
	*to = (struct listen_to){
		.topic = live_topic(cx, in->kind, in->thing_id), .person_id = cx->actor.person_id, .last = missed.newest, .moderator = role == LIVE_MODERATOR
	};
	a->listen = to;
	a->type = "text/event-stream; charset=utf-8";
	a->bytes = buf_get(&b);
	return OK;
}

const struct action live_actions[] = {
	{ .name = "live.stream",
	  .method = GET,
	  .page = "/live/{kind}/{thing_id}/stream",
	  .may = MAY_LEARN,
	  .in = stream_in,
	  .in_size = sizeof(struct live_in),
	  .run = stream_run,
	  .summary = "What happens at a place, as server-sent events" },
	ACTION_END,
};
