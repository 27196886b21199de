/* The roster of a session: a page that is ticked, with or without a line. */
#include "base/json.h"
#include "feature/attendance/attendance_view.h"
#include "feature/attendance/roster.h"
#include "roster_html.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

enum { FATE_BYTES = 400, TICKS_MAX = ROSTER_PEOPLE_MAX };

struct one_in {
	int64_t batch_session_id;
};
static const struct field one_in[] = { FIELD(one_in, batch_session_id, F_ID, .must = true), FIELD_END };
static const struct field person_out[] = {
	FIELD(attendance_item, person_id, F_ID),
	FIELD(attendance_item, name, F_TEXT, .personal = true),
	FIELD(attendance_item, employee_no, F_TEXT, .personal = true),
	FIELD(attendance_item, state, F_TEXT),
	FIELD_END,
};

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct roster_page *v = ARENA_NEW(cx->arena, struct roster_page);
	struct attendance_session_row s;
	(void)state;
	TRY(attendance_keeper(cx, in->batch_session_id, &s));
	TRY(view_people(cx, &s, &v->rows, &v->n_rows));
	v->of = view_class(cx, &s);
	v->n_admitted = (int64_t)v->n_rows;
	for (size_t i = 0; i < v->n_rows; i++)
		v->of.n_there += v->rows[i].there;
	v->in_time = s.cancelled_at == NONE && cx->now >= s.starts_at - ATTENDANCE_BEFORE && cx->now < s.ends_at + ATTENDANCE_AFTER;
	ANSWER_ROWS(a, v->rows, v->n_rows);
	a->view = v;
	a->attendance = true;
	ANSWER_TITLE(cx, a, N_("Roster"));
	return OK;
}

/* ── what a device has kept ── */

struct put_in {
	int64_t batch_session_id;
	struct str device, entries;
};
static const struct field put_in[] = {
	FIELD(put_in, batch_session_id, F_ID, .must = true),
	FIELD(put_in, device, F_TEXT, .must = true, .max = ATTENDANCE_DEVICE_MAX),
	FIELD(put_in, entries, F_JSON, .must = true, .max = ROSTER_BYTES_MAX),
	FIELD_END,
};
struct put_out {
	int64_t now;
	struct str entries;
};
static const struct field put_out[] = { FIELD(put_out, now, F_TIME), FIELD(put_out, entries, F_JSON), FIELD_END };

static struct str fates_json(struct ctx *cx, const struct roster_entry *v, const enum roster_fate *fates, size_t n)
{
	struct buf b;
	struct json_out j = { &b, false };
	buf_init(&b, cx->arena, (n + 1) * FATE_BYTES);
	jw_open(&j, '[');
	for (size_t i = 0; i < n; i++) {
		const char *text = roster_fate_text(fates[i]);
		jw_open(&j, '{');
		jw_key(&j, "seq");
		jw_int(&j, v[i].seq);
		jw_key(&j, "person_id");
		jw_id(&j, v[i].person_id);
		jw_key(&j, "state");
		jw_str(&j, str_of(roster_fate_name(fates[i])));
		jw_key(&j, "why");
		jw_str(&j, *text ? str_of(tr(cx->lang, text)) : STR_NONE);
		jw_close(&j, '}');
	}
	jw_close(&j, ']');
	return buf_get(&b);
}

static enum err put_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct put_in *in = input;
	struct put_out *row = ARENA_NEW(cx->arena, struct put_out);
	enum roster_fate *fates = ARENA_ARRAY(cx->arena, enum roster_fate, ROSTER_MOST);
	struct attendance_session_row s;
	struct roster_entry *v;
	size_t n;
	(void)state;
	TRY(attendance_keeper(cx, in->batch_session_id, &s));
	TRY(roster_read(cx, in->entries, &v, &n));
	TRY(roster_take(cx, &s, in->device, v, n, fates));
	*row = (struct put_out){ cx->now, fates_json(cx, v, fates, n) };
	ANSWER_ROW(a, row);
	return OK;
}

/* ── the form, without scripts ── */

struct save_in {
	int64_t batch_session_id;
	struct strs was, there; /* who was shown as there; who is ticked now */
};
static const struct field save_in[] = { FIELD(save_in, batch_session_id, F_ID, .must = true), FIELD(save_in, was, F_TEXTS, .max = 30),
					FIELD(save_in, there, F_TEXTS, .max = 30), FIELD_END };

static int by_person(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? -1 : x > y;
}

/* "4711=1": who; sorted. */
static size_t people_of(struct ctx *cx, const struct strs *v, int64_t **ret)
{
	size_t n = 0;
	*ret = ARENA_ARRAY(cx->arena, int64_t, v->n + 1);
	for (size_t i = 0; i < v->n; i++)
		n += str_int(str_before(v->v[i], '='), &(*ret)[n]);
	qsort(*ret, n, sizeof **ret, by_person);
	return n;
}

static enum err save_one(struct ctx *cx, const struct attendance_session_row *s, int64_t person_id, bool there)
{
	struct attendance_one_row is;
	enum attendance_outcome outcome;
	bool found = false, admitted = false;
	TRY(attendance_sql_one(cx, s->id, person_id, &is, &found));
	if (there == (found && is.there))
		return OK;
	if (actor_is(&cx->actor, person_id))
		return fail(cx, ERR_CONFLICT, "", roster_fate_text(ROSTER_OWN));
	if (found && str_is(is.way, "corrected"))
		return OK;
	TRY(attendance_admitted(cx, s, person_id, &admitted));
	if (!admitted)
		return OK;
	int64_t said_at = found && is.said_at >= cx->now ? is.said_at + 1 : cx->now; /* a device may be fast by ROSTER_SKEW */
	return attendance_put(cx, s, person_id,
			      &(struct attendance_mark){ there, "roster", NONE, cx->now, said_at, actor_hand(&cx->actor), NONE, S(""), S("") }, &outcome);
}

struct people {
	int64_t *v;
	size_t n;
};

/* What the page was opened with and nobody touched says nothing: meanwhile people scan, and other devices tick. */
static enum err save_new(struct ctx *cx, const struct attendance_session_row *s, const struct people *of, const struct people *but, bool there)
{
	for (size_t i = 0; i < of->n && i < TICKS_MAX; i++)
		if (!but->n || !bsearch(&of->v[i], but->v, but->n, sizeof *but->v, by_person))
			TRY(save_one(cx, s, of->v[i], there));
	return OK;
}

static enum err save_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct save_in *in = input;
	struct attendance_session_row s;
	struct people was, there;
	(void)state;
	(void)a;
	TRY(attendance_keeper(cx, in->batch_session_id, &s));
	if (s.cancelled_at != NONE || cx->now < s.starts_at - ATTENDANCE_BEFORE || cx->now >= s.ends_at + ATTENDANCE_AFTER)
		return fail(cx, ERR_CONFLICT, "",
			    N_("The roster is ticked from an hour before the session to an hour after it. At other times, correct by hand."));
	was.n = people_of(cx, &in->was, &was.v);
	there.n = people_of(cx, &in->there, &there.v);
	TRY(save_new(cx, &s, &there, &was, true));
	return save_new(cx, &s, &was, &there, false);
}

#define ROSTER "/batch-sessions/{batch_session_id}/roster"
const struct action roster_actions[] = {
	{ .name = "roster.show",
	  .method = GET,
	  .page = ROSTER,
	  .api = "/api/v1" ROSTER,
	  .may = MAY_LEARN,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .out = person_out,
	  .out_list = true,
	  .run = show_run,
	  .html = roster_view,
	  .summary = "Everybody of a session, to be ticked; for its coordinators." },
	{ .name = "roster.save",
	  .method = POST,
	  .page = ROSTER,
	  .may = MAY_LEARN,
	  .in = save_in,
	  .in_size = sizeof(struct save_in),
	  .max_body = 1 << 20,
	  .run = save_run,
	  .form = "roster.show",
	  .then = ROSTER,
	  .notice = N_("The ticks are saved."),
	  .summary = "Notes who was ticked, or not any more, since the form of the roster was shown." },
	{ .name = "roster.put",
	  .method = PUT,
	  .api = "/api/v1" ROSTER,
	  .may = MAY_LEARN,
	  .max_body = 2 * ROSTER_BYTES_MAX,
	  .quiet = true, /* its record is attendance_entry */
	  .in = put_in,
	  .in_size = sizeof(struct put_in),
	  .out = put_out,
	  .run = put_run,
	  .summary = "Takes ticks that a device has kept, each known by device and number: sent twice, they count once." },
	ACTION_END,
};
