/* New messages, counted votes, how many listen, for who listens; see live_source_web.h. */
#include "feature/live/live_source_web.h"
#include "base/json.h"
#include "feature/live/live.h"
#include "feature/live/live_say.h"

/* ── rows ── */

static enum err give_row(struct ctx *cx, void *arg, const void *row)
{
	const struct live_heard_row *r = row;
	if (str_is(r->kind, "person"))
		listen_again(arg, r->id, r->thing_id);
	else
		listen_give(
			arg,
			&(struct listen_message){
				.id = r->id, .topic = live_topic(cx, r->kind, r->thing_id), .what = r->what, .data = r->data, .moderators = r->moderators });
	return OK;
}

/* ── states ── */

static enum err give_count(struct ctx *cx, void *arg, const void *row)
{
	const struct live_counts_row *r = row;
	listen_give(arg, &(struct listen_message){ .id = NONE,
						   .topic = live_topic(cx, r->kind, r->thing_id),
						   .key = S("here"),
						   .what = S("here"),
						   .data = str_fmt(cx->arena, "{\"n\":%lld}", (long long)r->n) });
	return OK;
}

static enum err give_polls(struct ctx *cx, struct listen *l, int64_t after)
{
	struct live_touched_polls_row *r;
	size_t n;
	TRY(live_sql_touched_polls(cx, after, &r, &n));
	for (size_t i = 0; i < n; i++) {
		struct listen_message m = { .id = NONE,
					    .topic = live_topic(cx, r[i].kind, r[i].thing_id),
					    .key = str_fmt(cx->arena, "poll %lld", (long long)r[i].id),
					    .what = S("counts"),
					    .moderators = !r[i].shown };
		if (!listen_heard(l, m.topic))
			continue;
		TRY(live_counts_json(cx, r[i].id, &m.data));
		listen_give(l, &m);
	}
	return OK;
}

static enum err give_questions(struct ctx *cx, struct listen *l, int64_t after)
{
	struct live_touched_questions_row *r;
	size_t n;
	TRY(live_sql_touched_questions(cx, after, &r, &n));
	for (size_t i = 0; i < n; i++) {
		struct live_question_votes_row votes;
		struct listen_message m = { .id = NONE, .topic = live_topic(cx, r[i].kind, r[i].thing_id), .what = S("votes") };
		if (!listen_heard(l, m.topic))
			continue;
		TRY(live_sql_question_votes(cx, r[i].id, &votes));
		m.key = str_fmt(cx->arena, "question %lld", (long long)r[i].id);
		m.data = str_fmt(cx->arena, "{\"id\":\"%lld\",\"votes\":%lld}", (long long)r[i].id, (long long)votes.votes);
		listen_give(l, &m);
	}
	return OK;
}

static enum err look(struct ctx *cx, struct listen *l, int64_t after, bool states)
{
	int64_t now = new_id(cx);
	TRY(live_sql_heard(cx, after, give_row, l));
	if (!states)
		return OK;
	TRY(live_sql_counts(cx, listen_before(now, LIVE_COUNT_LIFE), give_count, l));
	TRY(give_polls(cx, l, listen_before(now, LISTEN_WINDOW)));
	return give_questions(cx, l, listen_before(now, LISTEN_WINDOW));
}

static enum err count(struct ctx *cx, int64_t process_id, const struct listen_count *c, size_t n)
{
	int64_t now = new_id(cx), thing_id;
	for (size_t i = 0; i < n; i++) {
		struct str rest = c[i].topic, kind = STR_NONE;
		str_cut(&rest, ':', &kind);
		if (str_int(rest, &thing_id))
			TRY(live_sql_count_here(cx, process_id, kind, thing_id, c[i].n, now, NULL));
	}
	return live_sql_forget_counts(cx, process_id, now, listen_before(now, MINUTE), NULL);
}

const struct listen_source live_source = { .look = look, .count = count };
