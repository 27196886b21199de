/* The live stream of an event, for who holds it, in the browser and over the API. */
#include "feature/stream/stream.h"
#include "feature/org/org.h"
#include "feature/stream/stream_page.h"
#include "stream_html.h"
#include "stream_sql.h"
#include "web/action.h"
#include "web/lang.h"

struct stream_in {
	int64_t org_id, event_id;
	struct str way;
};
static const struct choice ways[] = { { "rtmp", N_("RTMP: every encoder can; not encrypted") },
				      { "srt", N_("SRT: encrypted, and better on bad lines") },
				      { NULL, NULL } };
static const struct field one_in[] = { FIELD(stream_in, org_id, F_ID, .must = true), FIELD(stream_in, event_id, F_ID, .must = true), FIELD_END };
static const struct field begin_in[] = {
	FIELD(stream_in, org_id, F_ID, .must = true),
	FIELD(stream_in, event_id, F_ID, .must = true),
	FIELD(stream_in, way, F_CHOICE, .label = N_("How the encoder sends"), .must = true, .choices = ways),
	FIELD_END,
};

static enum err find_event(struct ctx *cx, const struct stream_in *in, struct stream_event_row *ret)
{
	bool found = false;
	TRY(stream_sql_event(cx, in->event_id, ret, &found));
	return found && ret->org_id == in->org_id ? OK : fail(cx, ERR_NOT_FOUND, "event_id", N_("This organisation has no such event."));
}

static enum err find_stream(struct ctx *cx, const struct stream_in *in, struct stream *ret)
{
	struct stream_event_row e;
	bool found = false;
	TRY(find_event(cx, in, &e));
	TRY(stream_of(cx, in->event_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "event_id", N_("This event has no stream yet."));
}

/* ── how it stands ── */

static const struct field page_out[] = {
	FIELD(stream_page, id, F_ID),
	FIELD(stream_page, way, F_TEXT),
	FIELD(stream_page, state, F_TEXT),
	FIELD(stream_page, in_hand, F_BOOL),
	FIELD(stream_page, server, F_TEXT),
	FIELD(stream_page, key, F_TEXT),
	FIELD(stream_page, trouble, F_TEXT),
	FIELD(stream_page, first_at, F_TIME),
	FIELD(stream_page, last_at, F_TIME),
	FIELD(stream_page, ended_at, F_TIME),
	FIELD(stream_page, bytes, F_INT),
	FIELD(stream_page, kilobits, F_INT),
	FIELD(stream_page, width, F_INT),
	FIELD(stream_page, height, F_INT),
	FIELD(stream_page, takes, F_INT),
	FIELD(stream_page, recorded, F_BOOL),
	FIELD(stream_page, recording_ms, F_INT),
	FIELD(stream_page, recording_bytes, F_INT),
	FIELD_END,
};

static const char *recording_name(enum stream_recording r)
{
	switch (r) {
	case RECORDING_MAKING: return N_("The recording is being put together. That takes about a minute for each hour.");
	case RECORDING_READY: return N_("The recording is ready.");
	case RECORDING_FAILED: return N_("The recording could not be put together. What was sent is still on the server; ask whoever runs it.");
	default: return N_("Nothing was sent, or the recording was taken away.");
	}
}

static enum err put_stream(struct ctx *cx, const struct stream *s, struct stream_page *v)
{
	static const char *const states[] = { [STREAM_WAITING] = "waiting", [STREAM_LIVE] = "live", [STREAM_ENDED] = "ended" };
	static const char *const names[] = { [STREAM_WAITING] = N_("waits for the encoder"), [STREAM_LIVE] = N_("live"), [STREAM_ENDED] = N_("ended") };
	v->id = s->id;
	v->begun = true;
	v->way = s->way;
	v->srt = str_is(s->way, "srt");
	v->state = str_of(states[s->state]);
	v->state_name = str_of(tr(cx->lang, names[s->state]));
	v->waiting = s->state == STREAM_WAITING;
	v->live = s->state == STREAM_LIVE;
	v->ended = s->ended;
	v->in_hand = s->in_hand;
	v->trouble = s->trouble;
	v->first_at = s->first_at;
	v->last_at = s->last_at;
	v->ended_at = s->ended_at;
	v->bytes = s->bytes;
	v->kilobits = s->bits / 1000;
	v->width = s->width;
	v->height = s->height;
	v->takes = s->takes;
	v->making = s->recording == RECORDING_MAKING;
	v->recording_name = s->ended ? str_of(tr(cx->lang, recording_name(s->recording))) : S("");
	v->recording_ms = s->recording_ms;
	v->player = (struct stream_player){ s->playlist, s->sound, v->event };
	if (s->ended)
		return OK;
	struct stream_encoder e = { 0 };
	/* A key that cannot be read is no trouble of the page: a new one can be made on it. */
	enum err err = stream_encoder(cx, s->id, &e);
	if (err != OK && err != ERR_CONFLICT)
		return err;
	v->server = e.server;
	v->key = e.key;
	cx->n_failures = 0;
	return OK;
}

/* Of the newest stream, or of one before of which more came. */
static void put_recording(struct ctx *cx, const struct stream *film, struct stream_page *v)
{
	v->recording_ms = film->recording_ms;
	v->recording_bytes = film->recording_bytes;
	if (!v->making)
		v->recording_name = str_of(tr(cx->lang, recording_name(RECORDING_READY)));
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct stream_in *in = input;
	struct stream_page *v = ARENA_NEW(cx->arena, struct stream_page);
	struct stream_event_row e;
	struct stream s, film;
	bool found = false;
	(void)state;
	TRY(find_event(cx, in, &e));
	*v = (struct stream_page){ .org_id = in->org_id,
				   .event_id = in->event_id,
				   .id = NONE,
				   .event = org_name(cx, e.title, e.title_hi),
				   .first_at = NONE,
				   .last_at = NONE,
				   .ended_at = NONE,
				   .state = S("none"),
				   .way = S(""),
				   .server = S(""),
				   .key = S(""),
				   .trouble = S("") };
	TRY(stream_of(cx, in->event_id, &s, &found));
	if (found)
		TRY(put_stream(cx, &s, v));
	TRY(stream_recorded(cx, in->event_id, &film, &v->recorded));
	if (v->recorded)
		put_recording(cx, &film, v);
	const char *off = stream_off(cx);
	v->off = off ? str_of(tr(cx->lang, off)) : STR_NONE;
	v->may_begin = !off && (!found || s.ended) && !str_is(e.state, "cancelled") && !str_is(e.state, "ended");
	a->view = v;
	ANSWER_ROW(a, v);
	ANSWER_TITLE(cx, a, N_("Live stream"));
	a->nav = NAV_ORG;
	return OK;
}

/* ── acts ── */

static enum err begin_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct stream_in *in = input;
	struct stream_event_row e;
	struct stream_page *row = ARENA_NEW(cx->arena, struct stream_page);
	(void)state;
	TRY(find_event(cx, in, &e));
	TRY(stream_begin(cx, in->event_id, in->way, &row->id));
	ANSWER_ROW(a, row);
	return OK;
}

static enum err key_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct stream s;
	(void)state;
	(void)a;
	TRY(find_stream(cx, input, &s));
	return stream_new_key(cx, s.id);
}

static enum err end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct stream s;
	(void)state;
	(void)a;
	TRY(find_stream(cx, input, &s));
	return stream_end(cx, s.id);
}

static enum err recording_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct stream_in *in = input;
	struct stream_event_row e;
	struct stream s;
	bool found = false;
	(void)state;
	TRY(find_event(cx, in, &e));
	TRY(stream_recorded(cx, in->event_id, &s, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "", N_("There is no recording, or it is not ready yet."));
	a->file = stream_recording(cx, &s);
	a->type = "video/mp4";
	a->filename = str_fmt(cx->arena, "event-%lld.mp4", (long long)s.event_id);
	return OK;
}

static const struct field begun_out[] = { FIELD(stream_page, id, F_ID), FIELD_END };

#define PLACE "/orgs/{org_id}/events/{event_id}/stream"
#define MANAGE .may = MAY_EVENT_MANAGE, .scope = SCOPE_ORG
const struct action stream_actions[] = {
	{ .name = "stream.show",
	  .method = GET,
	  .page = PLACE,
	  .api = "/api/v1" PLACE,
	  MANAGE,
	  .in = one_in,
	  .in_size = sizeof(struct stream_in),
	  .out = page_out,
	  .run = show_run,
	  .html = stream_view,
	  .summary = "How the live stream of an event stands, with what its encoder must know." },
	{ .name = "stream.begin",
	  .method = POST,
	  .page = PLACE,
	  .api = "/api/v1" PLACE,
	  MANAGE,
	  .in = begin_in,
	  .in_size = sizeof(struct stream_in),
	  .out = begun_out,
	  .run = begin_run,
	  .form = "stream.show",
	  .then = PLACE,
	  .notice = N_("The stream waits for its encoder."),
	  .summary = "Begins the live stream of an event: makes the key for its encoder." },
	{ .name = "stream.new_key",
	  .method = POST,
	  .page = PLACE "/key",
	  .api = "/api/v1" PLACE "/key",
	  MANAGE,
	  .in = one_in,
	  .in_size = sizeof(struct stream_in),
	  .run = key_run,
	  .form = "stream.show",
	  .then = PLACE,
	  .notice = N_("There is a new key. The old one opens nothing any more."),
	  .summary = "Makes another key for the encoder of an event; who sends with the old one is broken off." },
	{ .name = "stream.end",
	  .method = POST,
	  .page = PLACE "/end",
	  .api = "/api/v1" PLACE "/end",
	  MANAGE,
	  .in = one_in,
	  .in_size = sizeof(struct stream_in),
	  .run = end_run,
	  .form = "stream.show",
	  .then = PLACE,
	  .notice = N_("The stream has ended. Its recording is being put together."),
	  .summary = "Ends the live stream of an event." },
	{ .name = "stream.recording",
	  .method = GET,
	  .page = PLACE "/recording",
	  MANAGE,
	  .in = one_in,
	  .in_size = sizeof(struct stream_in),
	  .run = recording_run,
	  .summary = "The newest recording of an event's streams that is ready, as MP4." },
	ACTION_END,
};
