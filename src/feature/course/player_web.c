/* The player's part of a page; see player_web.h. */
#include "feature/course/player_web.h"
#include "base/clock.h"
#include "feature/progress/progress.h"
#include "web/lang.h"

#include <jansson.h>

static void put_cues(struct ctx *cx, struct resource_page *v, struct str json)
{
	json_t *list = json_loadb(json.p, json.n, 0, NULL), *cue;
	size_t i;
	json_array_foreach(list, i, cue)
	{
		int64_t from = json_integer_value(json_array_get(cue, 0));
		struct str text = str_dup(cx->arena, str_of(json_string_value(json_array_get(cue, 2))));
		*ARENA_PUSH(cx->arena, v->cues, v->n_cues) = (struct cue){ from / SECOND, from, text };
	}
	json_decref(list);
}

/* "0-130000,160000-222000", as the player reads it, and the bars of the strip. */
static void put_seen(struct ctx *cx, struct resource_page *v, struct str json)
{
	struct intervals s = { 0 };
	struct buf b;
	BUG_IF(!intervals_parse(cx->arena, json, SIZE_MAX, &s));
	buf_init(&b, cx->arena, 1 << 16);
	for (size_t i = 0; i < s.n; i++) {
		buf_fmt(&b, "%s%lld-%lld", i ? "," : "", (long long)s.v[i].from, (long long)s.v[i].to);
		*ARENA_PUSH(cx->arena, v->bars, v->n_bars) = (struct bar){ s.v[i].from / SECOND, (s.v[i].to - s.v[i].from + SECOND - 1) / SECOND };
	}
	v->seen = buf_get(&b);
}

/* "0:00 to 2:10 and 2:40 to the end": at most three stretches, the rest is seen on the strip. */
static void put_missing(struct ctx *cx, struct resource_page *v, struct str json)
{
	struct intervals s = { 0 };
	struct buf b;
	BUG_IF(!intervals_parse(cx->arena, json, SIZE_MAX, &s));
	buf_init(&b, cx->arena, 4096);
	for (size_t i = 0; i < s.n && i < 3; i++) {
		const struct msg_arg args[] = { { "from", fmt_clock(cx, s.v[i].from) }, { "to", fmt_clock(cx, s.v[i].to) } };
		bool to_end = s.v[i].to >= v->ms;
		if (i)
			buf_str(&b, str_of(i + 1 == s.n || i == 2 ? tr(cx->lang, N_(" and ")) : ", "));
		buf_str(&b, msg_text(cx, to_end ? N_("{from} to the end") : N_("{from} to {to}"), 2, args));
	}
	const struct msg_arg list = { "list", buf_get(&b) };
	v->missing_text = msg_text(cx, v->is_lesson ? N_("Read {list}") : N_("Watch or hear {list}"), 1, &list);
	v->missing_from_s = s.n ? s.v[0].from / SECOND : 0;
	v->position_ms = s.n ? s.v[0].from : 0;
}

static void put_resource(struct resource_page *v, const struct course_resource_row *r)
{
	v->id = r->id;
	v->course_id = r->course_id;
	v->kind = r->kind;
	v->title = r->title;
	v->course = r->course;
	v->lang = r->lang;
	v->ms = r->ms;
	v->bytes = r->bytes;
	v->pages = r->pages;
	v->length_s = (r->ms + SECOND - 1) / SECOND;
	v->media = r->media;
	v->captions = r->captions;
	v->body = (struct html){ r->body.p, r->body.n };
	v->is_video = str_is(r->kind, "video");
	v->is_audio = str_is(r->kind, "audio");
	v->is_pdf = str_is(r->kind, "pdf");
	v->is_lesson = str_is(r->kind, "lesson");
	v->media_type = str_ends(r->media, S(".webm"))	? S("video/webm")
			: str_ends(r->media, S(".mp4")) ? S("video/mp4")
			: str_ends(r->media, S(".ogg")) ? S("audio/ogg")
							: S("audio/mpeg");
}

static enum err put_standing(struct ctx *cx, struct resource_page *v, int64_t at)
{
	struct standing s;
	int64_t position;
	TRY(progress_standing(cx, cx->actor.person_id, v->id, v->ms, &s, &position));
	v->covered_ms = s.covered_ms;
	v->needed_ms = s.needed_ms;
	v->complete = s.complete;
	v->check_open = s.check;
	v->grouped_ms = s.grouped_ms;
	v->covered_percent = s.needed_ms ? (s.covered_ms >= s.needed_ms ? 100 : s.covered_ms * 100 / s.needed_ms) : 100;
	v->from_s = at != NONE ? at : position / SECOND >= v->length_s ? 0 : position / SECOND;
	put_seen(cx, v, s.intervals);
	put_missing(cx, v, s.missing);
	return OK;
}

enum err player_put(struct ctx *cx, const struct course_resource_row *r, int64_t at, struct resource_page *v)
{
	put_resource(v, r);
	TRY(put_standing(cx, v, at));
	put_cues(cx, v, r->cues);
	v->session = progress_open(cx, r->id);
	return OK;
}
