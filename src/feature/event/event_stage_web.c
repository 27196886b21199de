/* What becomes of an event afterwards: captions and recording. */
#include "feature/event/event_recording.h"
#include "feature/stream/stream.h"
#include "web/action.h"

struct stage_in {
	int64_t org_id, event_id;
	struct str file, file_name, length;
};
#define THE_EVENT FIELD(stage_in, org_id, F_ID, .must = true), FIELD(stage_in, event_id, F_ID, .must = true)

/* ── captions ── */

static const struct field captions_in[] = {
	THE_EVENT,
	FIELD(stage_in, file, F_TEXT, .label = N_("Captions"), .hint = N_("WebVTT (.vtt), up to 1 MB"), .must = true, .max = 4000),
	FIELD(stage_in, file_name, F_TEXT, .max = 200),
	FIELD_END,
};

static enum err captions_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct stage_in *in = input;
	struct event_one_row e;
	*ret_state = NULL;
	TRY(event_of(cx, in->org_id, in->event_id, &e));
	return event_captions_keep(cx, &e, in->file);
}

/* The file is kept by now; what is left is the audit trail. */
static enum err captions_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct stage_in *in = input;
	struct event_one_row e;
	(void)state;
	(void)a;
	return event_of(cx, in->org_id, in->event_id, &e);
}

/* ── a film ── */

static const struct field recording_in[] = {
	THE_EVENT,
	FIELD(stage_in, file, F_TEXT, .label = N_("Film"), .hint = N_("MP4, up to 300 MB"), .must = true, .max = 4000),
	FIELD(stage_in, file_name, F_TEXT, .max = 200),
	FIELD(stage_in, length, F_TEXT, .label = N_("Length"), .hint = N_("Such as 58:30 or 1:02:30, as players show it"), .must = true, .max = 8),
	FIELD_END,
};

/* "58:30", "1:02:30" → seconds. */
static bool read_length(struct str s, int64_t *ret)
{
	struct str part = STR_NONE;
	int64_t v, n = 0;
	*ret = 0;
	for (s = str_trim(s); str_cut(&s, ':', &part); n++) {
		if (n == 3 || part.n > 2 || !str_int(part, &v) || v < 0 || (n && (v > 59 || part.n != 2)))
			return false;
		*ret = *ret * 60 + v;
	}
	return n >= 2 && *ret > 0 && *ret <= EVENT_FILM_SECONDS_MAX;
}

static enum err recording_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct stage_in *in = input;
	struct event_one_row e;
	struct parcel *p;
	int64_t seconds;
	if (!read_length(in->length, &seconds))
		return fail(cx, ERR_INVALID, "length", N_("must be a length such as 58:30 or 1:02:30, of at most six hours"));
	TRY(event_of(cx, in->org_id, in->event_id, &e));
	TRY(event_recording_read(cx, &e, in->file, seconds, &p));
	*ret_state = p;
	return OK;
}

static enum err recording_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct stage_in *in = input;
	struct event_one_row e;
	(void)a;
	TRY(event_of(cx, in->org_id, in->event_id, &e));
	return event_recording_write(cx, &e, state);
}

/* ── the recording of the stream ── */

static const struct field one_in[] = { THE_EVENT, FIELD_END };

struct streamed {
	struct parcel *course;
	int64_t stream_id;
};

static enum err stream_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct stage_in *in = input;
	struct streamed *film = ARENA_NEW(cx->arena, struct streamed);
	struct event_one_row e;
	struct stream s;
	bool found = false;
	TRY(event_of(cx, in->org_id, in->event_id, &e));
	TRY(stream_recorded(cx, e.id, &s, &found));
	if (!found)
		return fail(cx, ERR_CONFLICT, "", N_("There is no recording of the stream, or it is not ready yet."));
	film->stream_id = s.id;
	TRY(event_recording_read(cx, &e, stream_recording(cx, &s), (s.recording_ms + SECOND - 1) / SECOND, &film->course));
	*ret_state = film;
	return OK;
}

/* What has become a course is kept there; the file of the stream goes. */
static enum err stream_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct streamed *film = state;
	TRY(recording_run(cx, input, film->course, a));
	return stream_forget_recording(cx, film->stream_id);
}

#define ONE "/orgs/{org_id}/events/{event_id}"
#define MANAGE .may = MAY_EVENT_MANAGE, .scope = SCOPE_ORG
#define IN .in_size = sizeof(struct stage_in)
const struct action event_stage_actions[] = {
	{ .name = "event.captions",
	  .method = POST,
	  .page = ONE "/captions",
	  .api = "/api/v1" ONE "/captions",
	  MANAGE,
	  .in = captions_in,
	  IN,
	  .prepare = captions_prepare,
	  .run = captions_run,
	  .form = "event.desk",
	  .then = ONE,
	  .notice = N_("The captions are kept until the film comes."),
	  .upload = true,
	  .max_body = EVENT_CAPTIONS_BYTES_MAX + (64 << 10),
	  .summary = "Brings the captions of an event's recording (WebVTT)." },
	{ .name = "event.recording",
	  .method = POST,
	  .page = ONE "/recording",
	  .api = "/api/v1" ONE "/recording",
	  MANAGE,
	  .in = recording_in,
	  IN,
	  .prepare = recording_prepare,
	  .run = recording_run,
	  .form = "event.desk",
	  .then = ONE,
	  .notice = N_("The recording is a course now, and the event shows it."),
	  .upload = true,
	  .max_body = EVENT_FILM_BYTES_MAX + (64 << 10),
	  .summary = "Brings the recording of an event (MP4); it becomes a course of one film." },
	{ .name = "event.stream_recording",
	  .method = POST,
	  .page = ONE "/stream-recording",
	  .api = "/api/v1" ONE "/stream-recording",
	  MANAGE,
	  .in = one_in,
	  IN,
	  .prepare = stream_prepare,
	  .run = stream_run,
	  .form = "event.desk",
	  .then = ONE,
	  .notice = N_("The recording is a course now, and the event shows it."),
	  .summary = "Makes a course of one film of what was recorded of an event's stream." },
	ACTION_END,
};
