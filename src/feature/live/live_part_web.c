/* The part of a page in which people talk; see live_part_web.h. */
#include "feature/live/live_part_web.h"

/* ── questions ── */

static struct live_question_item question_item(const struct live_part *v, const struct live_questions_row *r, bool named)
{
	return (struct live_question_item){ .id = r->id,
					    .votes = r->votes,
					    .at = v->at,
					    .back = v->back,
					    .words = r->words,
					    .name = named || v->moderates ? r->name : STR_NONE,
					    .answered = str_is(r->state, "answered"),
					    .hidden = str_is(r->state, "hidden"),
					    .pinned = r->pinned,
					    .mine = r->mine,
					    .moderates = v->moderates,
					    .takes = v->writes && !str_is(r->state, "answered") };
}

static enum err put_questions(struct ctx *cx, const struct live_at *at, bool named, struct live_part *v)
{
	struct live_questions_row *r;
	TRY(live_sql_questions(cx, cx->actor.person_id, at->kind, at->thing_id, v->moderates, &r, &v->n_questions));
	v->questions = ARENA_ARRAY(cx->arena, struct live_question_item, v->n_questions + 1);
	for (size_t i = 0; i < v->n_questions; i++)
		v->questions[i] = question_item(v, &r[i], named);
	return OK;
}

/* ── polls ── */

struct poll_reading {
	struct live_options_here_row *options, *ballots; /* one behind the other */
	size_t n_options, n_ballots;
};

static enum err read_options(struct ctx *cx, const struct live_at *at, struct poll_reading *k)
{
	size_t n;
	TRY(live_sql_options_here(cx, at->kind, at->thing_id, &k->options, &n));
	while (k->n_options < n && !k->options[k->n_options].chosen)
		k->n_options++;
	k->ballots = k->options + k->n_options;
	k->n_ballots = n - k->n_options;
	return OK;
}

static int64_t votes_of(const struct poll_reading *k, int64_t poll_id, int64_t n)
{
	int64_t votes = 0;
	for (size_t i = 0; i < k->n_ballots; i++)
		if (k->ballots[i].poll_id == poll_id && (k->ballots[i].n >> n & 1))
			votes += k->ballots[i].votes;
	return votes;
}

static void put_options(struct ctx *cx, const struct poll_reading *k, struct live_poll_item *p, int64_t chosen)
{
	for (size_t i = 0; p->open && p->seen && i < k->n_ballots; i++)
		p->voters += k->ballots[i].poll_id == p->id ? k->ballots[i].votes : 0;
	for (size_t i = 0; i < k->n_options; i++) {
		const struct live_options_here_row *o = &k->options[i];
		if (o->poll_id != p->id)
			continue;
		int64_t n = !p->seen ? 0 : p->open ? votes_of(k, p->id, o->n) : o->votes;
		*ARENA_PUSH(cx->arena, p->options, p->n_options) =
			(struct live_option_item){ .n = o->n,
						   .words = o->words,
						   .many = p->many,
						   .chosen = p->voted && (chosen >> o->n & 1),
						   .open = p->takes,
						   .seen = p->seen,
						   .votes = n,
						   .percent = p->voters ? (100 * n + p->voters / 2) / p->voters : 0 };
	}
}

static enum err put_polls(struct ctx *cx, const struct live_at *at, struct live_part *v)
{
	struct live_polls_row *r;
	struct poll_reading k = { 0 };
	size_t n;
	TRY(live_sql_polls(cx, cx->actor.person_id, at->kind, at->thing_id, &r, &n));
	if (n)
		TRY(read_options(cx, at, &k));
	v->polls = ARENA_ARRAY(cx->arena, struct live_poll_item, n + 1);
	for (size_t i = 0; i < n; i++) {
		if (str_is(r[i].state, "draft") && !v->moderates)
			continue;
		struct live_poll_item *p = &v->polls[v->n_polls++];
		*p = (struct live_poll_item){ .id = r[i].id,
					      .voters = r[i].voters,
					      .at = v->at,
					      .back = v->back,
					      .words = r[i].words,
					      .many = r[i].many,
					      .draft = str_is(r[i].state, "draft"),
					      .open = str_is(r[i].state, "open"),
					      .closed = str_is(r[i].state, "closed"),
					      .shown = r[i].shown,
					      .seen = (r[i].shown || v->moderates) && !str_is(r[i].state, "draft"),
					      .voted = r[i].chosen != NONE,
					      .moderates = v->moderates,
					      .takes = v->writes && str_is(r[i].state, "open") };
		put_options(cx, &k, p, r[i].chosen);
	}
	return OK;
}

/* ── chat ── */

static enum err put_chat(struct ctx *cx, const struct live_at *at, struct live_part *v)
{
	struct live_chats_row *r;
	size_t n;
	if (!v->chats)
		return OK;
	TRY(live_sql_chats(cx, at->kind, at->thing_id, v->moderates, &r, &n));
	/* One writes below the last: the oldest on top. */
	for (size_t i = n; i-- > 0;)
		*ARENA_PUSH(cx->arena, v->chat, v->n_chat) =
			(struct live_chat_item){ .id = r[i].id,
						 .at_time = r[i].at,
						 .reports = v->moderates ? r[i].reports : 0,
						 .at = v->at,
						 .back = v->back,
						 .words = r[i].words,
						 .name = r[i].name,
						 .waiting = str_is(r[i].state, "waiting"),
						 .hidden = str_is(r[i].state, "hidden"),
						 .moderates = v->moderates,
						 .may_report = !v->moderates && v->writes && r[i].person_id != cx->actor.person_id };
	return OK;
}

/* ── all of it ── */

enum err live_part_at(struct ctx *cx, const struct live_at *at, struct str back, struct live_part *v)
{
	struct live_place_now_row p;
	*v = (struct live_part){ .at = str_fmt(cx->arena, "/live/%.*s/%lld", STR_ARG(at->kind), (long long)at->thing_id),
				 .back = back,
				 .moderates = at->role == LIVE_MODERATOR };
	TRY(live_sql_place_now(cx, at->kind, at->thing_id, new_id(cx) - (LIVE_COUNT_LIFE << 22), &p));
	v->writes = at->role != LIVE_READER;
	v->asks = p.questions && v->writes;
	v->named = p.named;
	v->chat_rule = p.chat;
	v->slow = p.slow;
	v->chats = !str_is(p.chat, "off");
	v->approved = str_is(p.chat, "approved");
	v->after = new_id(cx);
	v->here = p.here;
	v->blank_question = (struct live_question_item){ .at = v->at, .back = back, .moderates = v->moderates, .takes = v->writes };
	v->blank_poll = (struct live_poll_item){ .at = v->at, .back = back, .moderates = v->moderates };
	v->blank_chat = (struct live_chat_item){ .at = v->at, .back = back, .moderates = v->moderates, .may_report = !v->moderates, .at_time = cx->now };
	TRY(put_polls(cx, at, v));
	TRY(put_questions(cx, at, p.named, v));
	return put_chat(cx, at, v);
}
