/* Talk at a place, in the browser and over the API: the page, the screen, listening, asking, voting, chatting, leading. */
#include "feature/live/live_part_web.h"
#include "live_place_html.h"
#include "live_screen_html.h"
#include "web/action.h"
#include "web/lang.h"
#include "web/listen.h"

struct live_in {
	struct str kind, back, words, message, asked, options, act, chat;
	int64_t thing_id, after, question_id, into_id, poll_id, chat_id, minutes, slow;
	bool yes, many, questions, named;
	struct strs choice;
};
#define PLACE FIELD(live_in, kind, F_TEXT, .must = true, .max = 20), FIELD(live_in, thing_id, F_ID, .must = true)
#define BACK FIELD(live_in, back, F_TEXT, .label = N_("Page to go back to"), .max = 200)
static const struct field place_in[] = { PLACE, FIELD_END };
static const struct field stream_in[] = { PLACE, FIELD(live_in, after, F_ID), FIELD_END };

/* ── who, and where to go afterwards ── */

static enum err place_of(struct ctx *cx, const struct live_in *in, struct live_at *ret)
{
	*ret = (struct live_at){ .kind = in->kind, .thing_id = in->thing_id };
	return live_role(cx, in->kind, in->thing_id, &ret->role);
}

static struct str page_of(struct ctx *cx, const struct live_in *in)
{
	return str_fmt(cx->arena, "/live/%.*s/%lld", STR_ARG(in->kind), (long long)in->thing_id);
}

/* Only to a page of ours: "//" would lead elsewhere. */
static void go_back(struct ctx *cx, const struct live_in *in, struct answer *a)
{
	bool ours = in->back.n > 1 && in->back.p[0] == '/' && in->back.p[1] != '/' && str_index(in->back, '\\') < 0;
	a->then = ours ? in->back : page_of(cx, in);
}

/* ── pages ── */

static enum err about(struct ctx *cx, const struct live_in *in, struct str *ret_title, struct str *ret_path)
{
	TRY(live_about(cx, in->kind, in->thing_id, ret_title, ret_path));
	if (!ret_title->n)
		*ret_title = str_of(tr(cx->lang, N_("Questions and polls")));
	return OK;
}

static const struct field question_out[] = {
	FIELD(live_question_item, id, F_ID),	     FIELD(live_question_item, words, F_TEXT),	FIELD(live_question_item, name, F_TEXT, .personal = true),
	FIELD(live_question_item, votes, F_INT),     FIELD(live_question_item, mine, F_BOOL),	FIELD(live_question_item, pinned, F_BOOL),
	FIELD(live_question_item, answered, F_BOOL), FIELD(live_question_item, hidden, F_BOOL), FIELD_END,
};

static enum err place_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct live_in *in = input;
	struct live_place_page *v = ARENA_NEW(cx->arena, struct live_place_page);
	struct live_at at;
	(void)state;
	TRY(place_of(cx, in, &at));
	TRY(live_part_at(cx, &at, page_of(cx, in), &v->part));
	TRY(about(cx, in, &v->title, &v->path));
	v->slow = str_fmt(cx->arena, "%lld", (long long)v->part.slow);
	ANSWER_ROWS(a, v->part.questions, v->part.n_questions);
	a->view = v;
	a->title = v->title;
	a->live = true;
	return OK;
}

enum { TOP = 5 };

static enum err screen_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct live_in *in = input;
	struct live_screen_page *v = ARENA_NEW(cx->arena, struct live_screen_page);
	struct live_at at;
	struct str path;
	(void)state;
	TRY(place_of(cx, in, &at));
	/* In the hall all read it: what guests may see, and nothing else. */
	at.role = LIVE_GUEST;
	TRY(live_part_at(cx, &at, page_of(cx, in), &v->part));
	TRY(about(cx, in, &v->title, &path));
	v->lang = cx->lang == LANG_HI ? S("hi") : S("en");
	for (size_t i = 0; i < v->part.n_polls && !v->poll; i++)
		if (v->part.polls[i].seen)
			v->poll = &v->part.polls[i];
	v->top = ARENA_ARRAY(cx->arena, struct live_question_item, TOP);
	for (size_t i = 0; i < v->part.n_questions && v->n_top < TOP; i++)
		if (!v->part.questions[i].answered)
			v->top[v->n_top++] = v->part.questions[i];
	a->view = v;
	a->title = v->title;
	return OK;
}

/* ── listening ── */

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
	struct live_at at;
	struct live_missed missed;
	struct listen_to *to = ARENA_NEW(cx->arena, struct listen_to);
	struct buf b;
	(void)state;
	TRY(place_of(cx, in, &at));
	TRY(live_missed(cx, in->kind, in->thing_id, begin_after(cx, in), &missed));
	add_missed(cx, &b, &missed, at.role == LIVE_MODERATOR);
	*to = (struct listen_to){
		.topic = live_topic(cx, in->kind, in->thing_id), .person_id = cx->actor.person_id, .last = missed.newest, .moderator = at.role == LIVE_MODERATOR
	};
	a->listen = to;
	a->type = "text/event-stream; charset=utf-8";
	a->bytes = buf_get(&b);
	return OK;
}

/* ── questions ── */

struct made_thing {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made_thing, id, F_ID), FIELD_END };
static const struct field ask_in[] = {
	PLACE,
	BACK,
	FIELD(live_in, words, F_TEXT, .label = N_("Your question"), .must = true, .max = LIVE_WORDS_MAX),
	FIELD_END,
};
static const struct field vote_in[] = { PLACE, BACK, FIELD(live_in, question_id, F_ID, .must = true), FIELD(live_in, yes, F_BOOL, .label = N_("Vote")),
					FIELD_END };
static const struct choice question_acts[] = {
	{ "answer", N_("Answered") }, { "reopen", N_("Open again") }, { "hide", N_("Hide") }, { "show", N_("Show") },
	{ "pin", N_("Pin") },	      { "unpin", N_("Unpin") },	      { NULL, NULL },
};
static const struct field question_act_in[] = {
	PLACE,
	BACK,
	FIELD(live_in, question_id, F_ID, .must = true),
	FIELD(live_in, act, F_CHOICE, .label = N_("What to do"), .must = true, .choices = question_acts),
	FIELD_END,
};
static const struct field merge_in[] = {
	PLACE,
	BACK,
	FIELD(live_in, question_id, F_ID, .label = N_("This question goes"), .must = true),
	FIELD(live_in, into_id, F_ID, .label = N_("and its votes go to"), .must = true),
	FIELD_END,
};

static enum err ask_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct live_in *in = input;
	struct made_thing *row = ARENA_NEW(cx->arena, struct made_thing);
	struct live_at at;
	(void)state;
	TRY(place_of(cx, in, &at));
	TRY(live_ask(cx, &at, in->words, &row->id));
	ANSWER_ROW(a, row);
	go_back(cx, in, a);
	return OK;
}

static enum err vote_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct live_in *in = input;
	struct live_at at;
	(void)state;
	TRY(place_of(cx, in, &at));
	go_back(cx, in, a);
	return live_vote(cx, &at, in->question_id, in->yes);
}

static enum err question_act_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct live_in *in = input;
	struct live_at at;
	(void)state;
	TRY(place_of(cx, in, &at));
	go_back(cx, in, a);
	return live_question_act(cx, &at, in->question_id, in->act, NONE);
}

static enum err merge_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct live_in *in = input;
	struct live_at at;
	(void)state;
	TRY(place_of(cx, in, &at));
	go_back(cx, in, a);
	return live_question_act(cx, &at, in->question_id, S("merge"), in->into_id);
}

/* ── polls ── */

static const struct field poll_add_in[] = {
	PLACE,
	BACK,
	FIELD(live_in, asked, F_TEXT, .label = N_("What is asked"), .must = true, .max = LIVE_WORDS_MAX),
	FIELD(live_in, options, F_LONG, .label = N_("Options"), .hint = N_("A line each, two to ten."), .must = true, .max = 5000),
	FIELD(live_in, many, F_BOOL, .label = N_("Several may be chosen")),
	FIELD_END,
};
static const struct choice poll_acts[] = {
	{ "open", N_("Open") },
	{ "close", N_("Close") },
	{ "show", N_("Show the result") },
	{ "unshow", N_("Do not show it") },
	{ "drop", N_("Delete the draft") },
	{ NULL, NULL },
};
static const struct field poll_act_in[] = {
	PLACE,
	BACK,
	FIELD(live_in, poll_id, F_ID, .must = true),
	FIELD(live_in, act, F_CHOICE, .label = N_("What to do"), .must = true, .choices = poll_acts),
	FIELD_END,
};
static const struct field choose_in[] = { PLACE, BACK, FIELD(live_in, poll_id, F_ID, .must = true), FIELD(live_in, choice, F_TEXTS, .label = N_("Options")),
					  FIELD_END };

static enum err poll_add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct live_in *in = input;
	struct made_thing *row = ARENA_NEW(cx->arena, struct made_thing);
	struct live_at at;
	(void)state;
	TRY(place_of(cx, in, &at));
	TRY(live_poll_add(cx, &at, in->asked, in->options, in->many, &row->id));
	ANSWER_ROW(a, row);
	go_back(cx, in, a);
	return OK;
}

static enum err poll_act_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct live_in *in = input;
	struct live_at at;
	(void)state;
	TRY(place_of(cx, in, &at));
	go_back(cx, in, a);
	return live_poll_act(cx, &at, in->poll_id, in->act);
}

static enum err choose_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct live_in *in = input;
	struct live_at at;
	(void)state;
	TRY(place_of(cx, in, &at));
	go_back(cx, in, a);
	return live_choose(cx, &at, in->poll_id, &in->choice);
}

/* ── chat and rules ── */

static const struct field say_in[] = {
	PLACE,
	BACK,
	FIELD(live_in, message, F_TEXT, .label = N_("Your message"), .must = true, .max = LIVE_WORDS_MAX),
	FIELD_END,
};
static const struct choice chat_acts[] = { { "show", N_("Show") }, { "hide", N_("Hide") }, { "mute", N_("Mute") }, { "report", N_("Report") }, { NULL, NULL } };
static const struct field chat_act_in[] = {
	PLACE,
	BACK,
	FIELD(live_in, chat_id, F_ID, .must = true),
	FIELD(live_in, act, F_CHOICE, .label = N_("What to do"), .must = true, .choices = chat_acts),
	FIELD(live_in, minutes, F_INT, .label = N_("Minutes"), .min = 1, .max = 10080),
	FIELD_END,
};
static const struct choice chat_rules[] = { { "off", N_("off") }, { "approved", N_("after approval") }, { "open", N_("open") }, { NULL, NULL } };
static const struct field settings_in[] = {
	PLACE,
	BACK,
	FIELD(live_in, questions, F_BOOL, .label = N_("Questions are taken")),
	FIELD(live_in, named, F_BOOL, .label = N_("All see who asks (else moderators alone)")),
	FIELD(live_in, chat, F_CHOICE, .label = N_("Chat"), .must = true, .choices = chat_rules),
	FIELD(live_in, slow, F_INT, .label = N_("Seconds between two messages of one person"), .min = 0, .max = 600),
	FIELD_END,
};

static enum err say_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct live_in *in = input;
	struct made_thing *row = ARENA_NEW(cx->arena, struct made_thing);
	struct live_at at;
	(void)state;
	TRY(place_of(cx, in, &at));
	TRY(live_say(cx, &at, in->message, &row->id));
	ANSWER_ROW(a, row);
	go_back(cx, in, a);
	return OK;
}

static enum err chat_act_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct live_in *in = input;
	struct live_at at;
	(void)state;
	TRY(place_of(cx, in, &at));
	go_back(cx, in, a);
	return live_chat_act(cx, &at, in->chat_id, in->act, in->minutes);
}

static enum err settings_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct live_in *in = input;
	struct live_at at;
	(void)state;
	TRY(place_of(cx, in, &at));
	go_back(cx, in, a);
	return live_place_set(cx, &at, &(struct live_place_row){ .questions = in->questions, .named = in->named, .chat = in->chat, .slow = in->slow });
}

#define AT "/live/{kind}/{thing_id}"
#define BOTH(path) .page = AT path, .api = "/api/v1" AT path
#define IN(fields) .may = MAY_LEARN, .in = fields, .in_size = sizeof(struct live_in)
#define CHANGES .method = POST, .form = "live.place"
const struct action live_actions[] = {
	{ .name = "live.place",
	  .method = GET,
	  BOTH(""),
	  IN(place_in),
	  .out = question_out,
	  .out_list = true,
	  .run = place_run,
	  .html = live_place_view,
	  .summary = "Questions at a place (an event, a session, a charcha), the most wanted first." },
	{ .name = "live.screen",
	  .method = GET,
	  .page = AT "/screen",
	  IN(place_in),
	  .run = screen_run,
	  .html = live_screen_view,
	  .bare = true,
	  .summary = "Poll and questions, large, for the hall." },
	{ .name = "live.stream",
	  .method = GET,
	  .page = AT "/stream",
	  IN(stream_in),
	  .run = stream_run,
	  .summary = "What happens at a place, as server-sent events." },
	{ .name = "live.ask", CHANGES, BOTH("/questions"), IN(ask_in), .out = made_out, .run = ask_run, .summary = "Asks a question." },
	{ .name = "live.vote",
	  CHANGES,
	  BOTH("/questions/{question_id}/vote"),
	  IN(vote_in),
	  .run = vote_run,
	  .quiet = true,
	  .summary = "Votes for a question, or takes the vote back." },
	{ .name = "live.question_act",
	  CHANGES,
	  BOTH("/questions/{question_id}/act"),
	  IN(question_act_in),
	  .run = question_act_run,
	  .summary = "Answers, hides or pins a question, as a moderator." },
	{ .name = "live.merge", CHANGES, BOTH("/merge"), IN(merge_in), .run = merge_run, .summary = "Merges a question with another, which gets its votes." },
	{ .name = "live.poll_add", CHANGES, BOTH("/polls"), IN(poll_add_in), .out = made_out, .run = poll_add_run, .summary = "Prepares a poll." },
	{ .name = "live.poll_act", CHANGES, BOTH("/polls/{poll_id}/act"), IN(poll_act_in), .run = poll_act_run, .summary = "Opens, closes or shows a poll." },
	{ .name = "live.choose",
	  CHANGES,
	  BOTH("/polls/{poll_id}/vote"),
	  IN(choose_in),
	  .run = choose_run,
	  .quiet = true,
	  .summary = "Votes in a poll, also instead of the vote before." },
	{ .name = "live.say", CHANGES, BOTH("/chat"), IN(say_in), .out = made_out, .run = say_run, .summary = "Says something in the chat." },
	{ .name = "live.chat_act",
	  CHANGES,
	  BOTH("/chat/{chat_id}/act"),
	  IN(chat_act_in),
	  .run = chat_act_run,
	  .summary = "Shows, hides or reports a chat message, or mutes who wrote it." },
	{ .name = "live.settings", CHANGES, BOTH("/settings"), IN(settings_in), .run = settings_run, .summary = "Lays down what may be said at a place." },
	ACTION_END,
};
