/* Polls; see live_talk.h. */
#include "base/json.h"
#include "feature/live/live_say.h"
#include "feature/live/live_talk.h"

static enum err poll_of(struct ctx *cx, const struct live_at *at, int64_t id, struct live_poll_row *ret)
{
	bool found = false;
	TRY(live_sql_poll(cx, id, at->kind, at->thing_id, ret, &found));
	return found && (at->role == LIVE_MODERATOR || !str_is(ret->state, "draft")) ? OK
										     : fail(cx, ERR_NOT_FOUND, "poll_id", N_("There is no such poll here."));
}

static enum err tell_poll(struct ctx *cx, const struct live_at *at, int64_t id)
{
	struct live_poll_row p;
	struct str json, counts;
	TRY(poll_of(cx, at, id, &p));
	TRY(live_poll_json(cx, &p, &json));
	if (str_is(p.state, "draft"))
		return live_tell_moderators(cx, at->kind, at->thing_id, "poll", json);
	TRY(live_tell(cx, at->kind, at->thing_id, "poll", json));
	TRY(live_counts_json(cx, id, &counts));
	return p.shown ? live_tell(cx, at->kind, at->thing_id, "counts", counts) : live_tell_moderators(cx, at->kind, at->thing_id, "counts", counts);
}

static enum err add_options(struct ctx *cx, int64_t poll_id, struct str lines, int64_t *ret_n)
{
	struct str line;
	*ret_n = 0;
	while (str_cut(&lines, '\n', &line)) {
		line = str_trim(line);
		if (!line.n)
			continue;
		if (*ret_n == LIVE_OPTIONS_MAX || line.n > LIVE_WORDS_MAX)
			return fail(cx, ERR_INVALID, "options", N_("A poll has at most ten options, each a short line."));
		TRY(live_sql_add_option(cx, poll_id, (*ret_n)++, line, NULL));
	}
	return *ret_n >= 2 ? OK : fail(cx, ERR_INVALID, "options", N_("A poll has two options at least, each on a line of its own."));
}

enum err live_poll_add(struct ctx *cx, const struct live_at *at, struct str words, struct str options, bool many, int64_t *ret_id)
{
	struct live_polls_of_row n;
	int64_t n_options;
	TRY(live_lead(cx, at));
	TRY(live_sql_polls_of(cx, at->kind, at->thing_id, &n));
	if (n.n >= LIVE_POLLS_MAX)
		return fail(cx, ERR_TOO_MANY, "asked", N_("There are fifty polls here already."));
	*ret_id = new_id(cx);
	TRY(live_sql_add_poll(cx, *ret_id, at->kind, at->thing_id, words, many, cx->actor.person_id, cx->now, NULL));
	TRY(add_options(cx, *ret_id, options, &n_options));
	return tell_poll(cx, at, *ret_id);
}

static enum err close_poll(struct ctx *cx, int64_t id)
{
	int64_t votes[LIVE_OPTIONS_MAX], voters;
	TRY(live_count(cx, id, votes, &voters));
	TRY(live_sql_close_poll(cx, cx->now, voters, id, NULL));
	for (int64_t n = 0; n < LIVE_OPTIONS_MAX; n++)
		TRY(live_sql_keep_votes(cx, votes[n], id, n, NULL));
	return OK;
}

static enum err drop(struct ctx *cx, const struct live_at *at, const struct live_poll_row *p)
{
	if (!str_is(p->state, "draft"))
		return fail(cx, ERR_CONFLICT, "", N_("A poll that was open is kept with its result."));
	TRY(live_sql_drop_options(cx, p->id, NULL));
	TRY(live_sql_drop_poll(cx, p->id, NULL));
	return live_tell_moderators(cx, at->kind, at->thing_id, "gone", str_fmt(cx->arena, "{\"id\":\"%lld\"}", (long long)p->id));
}

enum err live_poll_act(struct ctx *cx, const struct live_at *at, int64_t poll_id, struct str act)
{
	struct live_poll_row p;
	TRY(live_lead(cx, at));
	TRY(poll_of(cx, at, poll_id, &p));
	if (str_is(act, "drop"))
		return drop(cx, at, &p);
	if (str_is(act, "close") && !str_is(p.state, "open"))
		return fail(cx, ERR_CONFLICT, "", N_("This poll is not open."));
	if (str_is(act, "open"))
		TRY(live_sql_open_poll(cx, cx->now, poll_id, NULL));
	else if (str_is(act, "close"))
		TRY(close_poll(cx, poll_id));
	else
		TRY(live_sql_show_poll(cx, str_is(act, "show"), poll_id, NULL));
	return tell_poll(cx, at, poll_id);
}

enum err live_choose(struct ctx *cx, const struct live_at *at, int64_t poll_id, const struct strs *choices)
{
	struct live_poll_row p;
	struct live_options_row *o;
	size_t n;
	int64_t chosen = 0, k;
	TRY(live_take_part(cx, at));
	TRY(poll_of(cx, at, poll_id, &p));
	if (!str_is(p.state, "open"))
		return fail(cx, ERR_CONFLICT, "choice", N_("This poll is closed. What you chose before still counts."));
	TRY(live_sql_options(cx, poll_id, &o, &n));
	for (size_t i = 0; i < choices->n; i++) {
		if (!str_int(choices->v[i], &k) || k < 0 || k >= (int64_t)n)
			return fail(cx, ERR_INVALID, "choice", N_("is no option of this poll"));
		chosen |= INT64_C(1) << k;
	}
	if (!chosen)
		return fail(cx, ERR_INVALID, "choice", N_("is needed"));
	if (!p.many && (chosen & (chosen - 1)))
		return fail(cx, ERR_INVALID, "choice", N_("can be one option only"));
	return live_sql_put_ballot(cx, poll_id, cx->actor.person_id, chosen, new_id(cx), NULL);
}
