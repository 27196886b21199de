/* Places, questions, chat; see live_talk.h. Polls are in live_poll.c. */
#include "feature/live/live_talk.h"
#include "base/json.h"
#include "feature/live/live_say.h"

enum err live_lead(struct ctx *cx, const struct live_at *at)
{
	return at->role == LIVE_MODERATOR ? OK : fail(cx, ERR_FORBIDDEN, "", N_("Only who moderates here may do this."));
}

enum err live_take_part(struct ctx *cx, const struct live_at *at)
{
	return at->role != LIVE_READER ? OK : fail(cx, ERR_CONFLICT, "", N_("This is over. What was said here can still be read, but no more is written."));
}

enum err live_place(struct ctx *cx, const struct live_at *at, struct live_place_row *ret)
{
	bool found = false;
	TRY(live_sql_place(cx, at->kind, at->thing_id, ret, &found));
	if (!found)
		*ret = (struct live_place_row){ .questions = true, .chat = S("off") };
	return OK;
}

enum err live_place_set(struct ctx *cx, const struct live_at *at, const struct live_place_row *p)
{
	TRY(live_lead(cx, at));
	TRY(live_sql_put_place(cx, at->kind, at->thing_id, p->questions, p->named, p->chat, p->slow == NONE ? 0 : p->slow, NULL));
	return live_tell(cx, at->kind, at->thing_id, "anew", S("{}"));
}

/* field: where the words stand. */
static enum err not_muted(struct ctx *cx, const struct live_at *at, struct str field)
{
	struct live_mute_row m;
	bool found = false;
	TRY(live_sql_mute(cx, at->kind, at->thing_id, cx->actor.person_id, &m, &found));
	if (found && m.until_at > cx->now)
		return fail_msg(cx, ERR_CONFLICT, field, N_("A moderator has muted you here for {n} more minutes."), 1,
				(struct msg_arg[]){ { "n", str_fmt(cx->arena, "%lld", (long long)((m.until_at - cx->now + MINUTE - 1) / MINUTE)) } });
	return OK;
}

/* ── questions ── */

static enum err question_of(struct ctx *cx, const struct live_at *at, int64_t id, struct live_question_row *ret)
{
	bool found = false;
	TRY(live_sql_question(cx, id, at->kind, at->thing_id, ret, &found));
	bool seen = found && (at->role == LIVE_MODERATOR || str_is(ret->state, "open") || str_is(ret->state, "answered"));
	return seen ? OK : fail(cx, ERR_NOT_FOUND, "question_id", N_("There is no such question here."));
}

static struct str question_json(struct ctx *cx, const struct live_question_row *q, bool named)
{
	struct buf b;
	struct json_out j = { .b = &b };
	buf_init(&b, cx->arena, 8000);
	bool seen = str_is(q->state, "open") || str_is(q->state, "answered");
	jw_open(&j, '{');
	jw_key(&j, "id");
	jw_id(&j, q->id);
	jw_key(&j, "state");
	jw_str(&j, q->state);
	if (seen || named) {
		jw_key(&j, "words");
		jw_str(&j, q->words);
		jw_key(&j, "name");
		jw_str(&j, named ? q->name : STR_NONE);
	}
	jw_key(&j, "pinned");
	jw_bool(&j, q->pinned);
	jw_key(&j, "votes");
	jw_int(&j, q->votes);
	jw_close(&j, '}');
	return buf_get(&b);
}

/* All hear it; moderators once more with the name, if it is for them alone. */
static enum err tell_question(struct ctx *cx, const struct live_at *at, int64_t id)
{
	struct live_place_row p;
	struct live_question_row q;
	bool found = false;
	TRY(live_place(cx, at, &p));
	TRY(live_sql_question(cx, id, at->kind, at->thing_id, &q, &found));
	if (!found)
		return OK;
	bool hidden = str_is(q.state, "hidden");
	TRY(live_tell(cx, at->kind, at->thing_id, "question", question_json(cx, &q, p.named && !hidden)));
	return p.named && !hidden ? OK : live_tell_moderators(cx, at->kind, at->thing_id, "question", question_json(cx, &q, true));
}

enum err live_ask(struct ctx *cx, const struct live_at *at, struct str words, int64_t *ret_id)
{
	struct live_place_row p;
	struct live_questions_of_row n;
	TRY(live_take_part(cx, at));
	TRY(live_place(cx, at, &p));
	if (!p.questions)
		return fail(cx, ERR_CONFLICT, "words", N_("No questions are taken here at the moment."));
	TRY(not_muted(cx, at, S("words")));
	TRY(live_sql_questions_of(cx, cx->actor.person_id, at->kind, at->thing_id, &n));
	if (n.mine >= LIVE_QUESTIONS_EACH || n.n >= LIVE_QUESTIONS_MAX)
		return fail(cx, ERR_TOO_MANY, "words", N_("So many questions were asked that no more are taken. Vote for those that are there."));
	*ret_id = new_id(cx);
	TRY(live_sql_add_question(cx, *ret_id, at->kind, at->thing_id, cx->actor.person_id, words, cx->now, NULL));
	return tell_question(cx, at, *ret_id);
}

enum err live_vote(struct ctx *cx, const struct live_at *at, int64_t question_id, bool yes)
{
	struct live_question_row q;
	TRY(live_take_part(cx, at));
	TRY(question_of(cx, at, question_id, &q));
	if (!str_is(q.state, "open"))
		return fail(cx, ERR_CONFLICT, "", N_("This question is answered; votes are not counted any more."));
	return live_sql_put_vote(cx, question_id, cx->actor.person_id, yes, new_id(cx), NULL);
}

static enum err merge_into(struct ctx *cx, const struct live_at *at, const struct live_question_row *q, int64_t into_id)
{
	struct live_question_row into;
	if (into_id == q->id)
		return fail(cx, ERR_CONFLICT, "into_id", N_("A question cannot be merged with itself."));
	TRY(question_of(cx, at, into_id, &into));
	if (str_is(into.state, "merged"))
		return fail(cx, ERR_CONFLICT, "into_id", N_("That question was merged with another already."));
	TRY(live_sql_merge_votes(cx, into_id, new_id(cx), q->id, NULL));
	TRY(live_sql_set_question(cx, S("merged"), false, into_id, q->id, NULL));
	TRY(tell_question(cx, at, q->id));
	return tell_question(cx, at, into_id);
}

enum err live_question_act(struct ctx *cx, const struct live_at *at, int64_t question_id, struct str act, int64_t into_id)
{
	struct live_question_row q;
	TRY(live_lead(cx, at));
	TRY(question_of(cx, at, question_id, &q));
	if (str_is(q.state, "merged"))
		return fail(cx, ERR_CONFLICT, "", N_("That question was merged with another already."));
	if (str_is(act, "merge"))
		return merge_into(cx, at, &q, into_id);
	struct str state = str_is(act, "answer")			  ? S("answered")
			   : str_is(act, "hide")			  ? S("hidden")
			   : str_is(act, "reopen") || str_is(act, "show") ? S("open")
									  : q.state;
	bool pinned = str_is(act, "pin") || (q.pinned && !str_is(act, "unpin") && str_is(state, "open"));
	TRY(live_sql_set_question(cx, state, pinned, NONE, question_id, NULL));
	return tell_question(cx, at, question_id);
}

/* ── chat ── */

static struct str chat_json(struct ctx *cx, const struct live_chat_row *c, bool words)
{
	struct buf b;
	struct json_out j = { .b = &b };
	buf_init(&b, cx->arena, 8000);
	jw_open(&j, '{');
	jw_key(&j, "id");
	jw_id(&j, c->id);
	jw_key(&j, "state");
	jw_str(&j, c->state);
	if (words) {
		jw_key(&j, "words");
		jw_str(&j, c->words);
		jw_key(&j, "name");
		jw_str(&j, c->name);
		jw_key(&j, "at");
		jw_time(&j, c->at);
		jw_key(&j, "reports");
		jw_int(&j, c->reports);
	}
	jw_close(&j, '}');
	return buf_get(&b);
}

/* Hidden or waiting, others hear no word of it. */
static enum err tell_chat(struct ctx *cx, const struct live_at *at, int64_t id)
{
	struct live_chat_row c;
	bool found = false;
	TRY(live_sql_chat(cx, id, at->kind, at->thing_id, &c, &found));
	if (!found)
		return OK;
	if (str_is(c.state, "shown"))
		return live_tell(cx, at->kind, at->thing_id, "chat", chat_json(cx, &c, true));
	if (str_is(c.state, "hidden"))
		TRY(live_tell(cx, at->kind, at->thing_id, "chat", chat_json(cx, &c, false)));
	return live_tell_moderators(cx, at->kind, at->thing_id, "chat", chat_json(cx, &c, true));
}

static enum err not_too_fast(struct ctx *cx, const struct live_at *at, int64_t slow)
{
	struct live_last_chat_row last;
	struct live_chat_of_late_row late;
	bool found = false;
	TRY(live_sql_last_chat(cx, cx->actor.person_id, at->kind, at->thing_id, &last, &found));
	if (found && at->role != LIVE_MODERATOR && last.at + slow * SECOND > cx->now)
		return fail_msg(cx, ERR_TOO_MANY, S("message"),
				N_("One message in {n} seconds is taken here. Please wait a little; what you typed is still there."), 1,
				(struct msg_arg[]){ { "n", str_fmt(cx->arena, "%lld", (long long)slow) } });
	TRY(live_sql_chat_of_late(cx, cx->actor.person_id, cx->now - MINUTE, &late));
	return late.n < LIVE_CHAT_A_MINUTE ? OK : fail(cx, ERR_TOO_MANY, "message", N_("That is too much in a minute. Please wait a little."));
}

enum err live_say(struct ctx *cx, const struct live_at *at, struct str words, int64_t *ret_id)
{
	struct live_place_row p;
	struct live_chat_full_row last;
	bool full = false;
	TRY(live_take_part(cx, at));
	TRY(live_place(cx, at, &p));
	if (str_is(p.chat, "off"))
		return fail(cx, ERR_CONFLICT, "message", N_("There is no chat here at the moment."));
	TRY(not_muted(cx, at, S("message")));
	TRY(not_too_fast(cx, at, p.slow));
	TRY(live_sql_chat_full(cx, at->kind, at->thing_id, LIVE_CHAT_MAX - 1, &last, &full));
	if (full)
		return fail(cx, ERR_TOO_MANY, "message", N_("This chat is full: ten thousand messages were written in it."));
	*ret_id = new_id(cx);
	bool waits = str_is(p.chat, "approved") && at->role != LIVE_MODERATOR;
	TRY(live_sql_add_chat(cx, *ret_id, at->kind, at->thing_id, cx->actor.person_id, words, waits ? S("waiting") : S("shown"), cx->now, NULL));
	return tell_chat(cx, at, *ret_id);
}

static enum err report(struct ctx *cx, const struct live_at *at, const struct live_chat_row *c)
{
	int64_t added = 0;
	TRY(live_take_part(cx, at));
	if (!str_is(c->state, "shown"))
		return fail(cx, ERR_NOT_FOUND, "chat_id", N_("There is no such message here."));
	TRY(live_sql_add_report(cx, c->id, cx->actor.person_id, cx->now, &added));
	if (!added)
		return OK;
	TRY(live_sql_count_reports(cx, c->id, NULL));
	struct live_chat_row now;
	bool found = false;
	TRY(live_sql_chat(cx, c->id, at->kind, at->thing_id, &now, &found));
	return found ? live_tell_moderators(cx, at->kind, at->thing_id, "chat", chat_json(cx, &now, true)) : OK;
}

enum err live_chat_act(struct ctx *cx, const struct live_at *at, int64_t chat_id, struct str act, int64_t minutes)
{
	struct live_chat_row c;
	bool found = false;
	TRY(live_sql_chat(cx, chat_id, at->kind, at->thing_id, &c, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "chat_id", N_("There is no such message here."));
	if (str_is(act, "report"))
		return report(cx, at, &c);
	TRY(live_lead(cx, at));
	if (str_is(act, "mute"))
		TRY(live_sql_put_mute(cx, at->kind, at->thing_id, c.person_id, cx->now + (minutes == NONE ? 10 : minutes) * MINUTE, cx->actor.person_id, NULL));
	TRY(live_sql_set_chat(cx, str_is(act, "show") ? S("shown") : S("hidden"), chat_id, NULL));
	return tell_chat(cx, at, chat_id);
}

/* ── two accounts of one person ── */

enum err live_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	TRY(live_sql_move_questions(cx, kept_id, closed_id, NULL));
	TRY(live_sql_move_chat(cx, kept_id, closed_id, NULL));
	TRY(live_sql_move_votes(cx, kept_id, closed_id, NULL));
	TRY(live_sql_drop_votes(cx, closed_id, NULL));
	TRY(live_sql_move_ballots(cx, kept_id, closed_id, NULL));
	TRY(live_sql_drop_ballots(cx, closed_id, NULL));
	TRY(live_sql_move_reports(cx, kept_id, closed_id, NULL));
	return live_sql_move_mutes(cx, kept_id, closed_id, NULL);
}
