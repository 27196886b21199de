/* Questions, polls and chat of a place as CSV, for who moderates there. */
#include "feature/live/live_say.h"
#include "feature/live/live_talk.h"
#include "text/csv.h"
#include "web/action.h"

enum { SHEET_MAX = 32 << 20 }; /* LIVE_CHAT_MAX messages of LIVE_WORDS_MAX characters of any script, with names */

struct export_in {
	struct str kind, what;
	int64_t thing_id;
};
static const struct choice sheets[] = { { "questions", N_("Questions") }, { "polls", N_("Polls") }, { "chat", N_("Chat") }, { NULL, NULL } };
static const struct field export_in[] = {
	FIELD(export_in, kind, F_TEXT, .must = true, .max = 20),
	FIELD(export_in, thing_id, F_ID, .must = true),
	FIELD(export_in, what, F_CHOICE, .label = N_("What"), .must = true, .choices = sheets),
	FIELD_END,
};

static void put_id(struct ctx *cx, struct buf *b, int64_t id)
{
	csv_put(b, id == NONE ? S("") : str_fmt(cx->arena, "%lld", (long long)id));
}

static enum err put_question(struct ctx *cx, void *arg, const void *row)
{
	const struct live_all_questions_row *r = row;
	put_id(cx, arg, r->id);
	csv_put(arg, clock_rfc3339(cx->arena, r->at));
	csv_put(arg, r->name);
	csv_put(arg, r->words);
	csv_put(arg, r->state);
	put_id(cx, arg, r->votes);
	csv_put(arg, r->pinned ? S("yes") : S("no"));
	put_id(cx, arg, r->merged_id);
	csv_end_row(arg);
	return OK;
}

static enum err put_chat(struct ctx *cx, void *arg, const void *row)
{
	const struct live_all_chat_row *r = row;
	csv_put(arg, clock_rfc3339(cx->arena, r->at));
	csv_put(arg, r->name);
	csv_put(arg, r->words);
	csv_put(arg, r->state);
	put_id(cx, arg, r->reports);
	csv_end_row(arg);
	return OK;
}

/* A line an option, with the figures of now for a poll that is open. */
static enum err put_polls(struct ctx *cx, const struct live_at *at, struct buf *b)
{
	struct live_polls_row *p;
	size_t n, n_options;
	TRY(live_sql_polls(cx, cx->actor.person_id, at->kind, at->thing_id, &p, &n));
	for (size_t i = 0; i < n; i++) {
		struct live_options_row *o;
		int64_t votes[LIVE_OPTIONS_MAX], voters;
		TRY(live_sql_options(cx, p[i].id, &o, &n_options));
		TRY(live_count(cx, p[i].id, votes, &voters));
		for (size_t k = 0; k < n_options; k++) {
			csv_put(b, p[i].words);
			csv_put(b, p[i].state);
			put_id(cx, b, str_is(p[i].state, "closed") ? p[i].voters : voters);
			csv_put(b, o[k].words);
			put_id(cx, b, str_is(p[i].state, "closed") ? o[k].votes : votes[o[k].n]);
			csv_end_row(b);
		}
	}
	return OK;
}

static enum err put_sheet(struct ctx *cx, const struct live_at *at, struct str what, struct buf *b)
{
	buf_lit(b, "\xEF\xBB\xBF");
	if (str_is(what, "questions")) {
		buf_lit(b, "id,at,asked_by,question,state,votes,pinned,merged_into\r\n");
		return live_sql_all_questions(cx, at->kind, at->thing_id, put_question, b);
	}
	if (str_is(what, "polls")) {
		buf_lit(b, "poll,state,voters,option,votes\r\n");
		return put_polls(cx, at, b);
	}
	buf_lit(b, "at,name,message,state,reports\r\n");
	return live_sql_all_chat(cx, at->kind, at->thing_id, put_chat, b);
}

static enum err export_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct export_in *in = input;
	struct live_at at = { .kind = in->kind, .thing_id = in->thing_id };
	struct buf b;
	(void)state;
	TRY(live_role(cx, in->kind, in->thing_id, &at.role));
	TRY(live_lead(cx, &at));
	/* The arena of the request goes back after each row that is read. */
	struct arena *own = arena_new();
	buf_init(&b, own, SHEET_MAX);
	enum err e = put_sheet(cx, &at, in->what, &b);
	a->bytes = str_dup(cx->arena, buf_get(&b));
	arena_free(own);
	TRY(e);
	if (b.full)
		return ERR_TOO_LARGE;
	a->type = "text/csv; charset=utf-8";
	a->filename = str_fmt(cx->arena, "%.*s.csv", STR_ARG(in->what));
	return OK;
}

const struct action live_export_actions[] = {
	{ .name = "live_export.sheet",
	  .method = GET,
	  .page = "/live/{kind}/{thing_id}/export/{what}",
	  .may = MAY_LEARN,
	  .in = export_in,
	  .in_size = sizeof(struct export_in),
	  .run = export_run,
	  .summary = "Questions, polls or chat of a place as CSV, for its moderators." },
	ACTION_END,
};
