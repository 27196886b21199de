/* What is said to listeners; see live_say.h. */
#include "feature/live/live_say.h"
#include "base/json.h"
#include "feature/live/live.h"

enum err live_count(struct ctx *cx, int64_t poll_id, int64_t *votes, int64_t *ret_voters)
{
	struct live_ballots_row *r;
	size_t n;
	*ret_voters = 0;
	memset(votes, 0, LIVE_OPTIONS_MAX * sizeof *votes);
	TRY(live_sql_ballots(cx, poll_id, &r, &n));
	for (size_t i = 0; i < n; i++) {
		*ret_voters += r[i].n;
		for (int k = 0; k < LIVE_OPTIONS_MAX; k++)
			votes[k] += r[i].chosen >> k & 1 ? r[i].n : 0;
	}
	return OK;
}

enum err live_counts_json(struct ctx *cx, int64_t poll_id, struct str *ret)
{
	int64_t votes[LIVE_OPTIONS_MAX], voters;
	struct buf b;
	struct json_out j = { .b = &b };
	TRY(live_count(cx, poll_id, votes, &voters));
	buf_init(&b, cx->arena, 1000);
	jw_open(&j, '{');
	jw_key(&j, "id");
	jw_id(&j, poll_id);
	jw_key(&j, "voters");
	jw_int(&j, voters);
	jw_key(&j, "votes");
	jw_open(&j, '[');
	for (int k = 0; k < LIVE_OPTIONS_MAX; k++)
		jw_int(&j, votes[k]);
	jw_close(&j, ']');
	jw_close(&j, '}');
	*ret = buf_get(&b);
	return OK;
}

enum err live_poll_json(struct ctx *cx, const struct live_poll_row *p, struct str *ret)
{
	struct live_options_row *o;
	size_t n;
	struct buf b;
	struct json_out j = { .b = &b };
	TRY(live_sql_options(cx, p->id, &o, &n));
	buf_init(&b, cx->arena, 64000);
	jw_open(&j, '{');
	jw_key(&j, "id");
	jw_id(&j, p->id);
	jw_key(&j, "words");
	jw_str(&j, p->words);
	jw_key(&j, "many");
	jw_bool(&j, p->many);
	jw_key(&j, "state");
	jw_str(&j, p->state);
	jw_key(&j, "shown");
	jw_bool(&j, p->shown);
	jw_key(&j, "options");
	jw_open(&j, '[');
	for (size_t i = 0; i < n; i++)
		jw_str(&j, o[i].words);
	jw_close(&j, ']');
	jw_close(&j, '}');
	*ret = buf_get(&b);
	return OK;
}
