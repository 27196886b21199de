/* Attendance of a session for who coordinates it: the door, the screen of the room, who was there, corrections, what is printed. */
#include "attendance_classes_html.h"
#include "attendance_html.h"
#include "attendance_one_html.h"
#include "attendance_screen_html.h"
#include "feature/account/qr_path.h"
#include "feature/attendance/attendance_code.h"
#include "feature/attendance/attendance_pdf.h"
#include "feature/attendance/attendance_view.h"
#include "feature/attendance/roster.h"
#include "text/csv.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"
#include "web/request.h"

enum { ROWS = 100, NAMES_BYTES_MAX = 4000 };
#define SHOWN_BEFORE (8 * DAY)
#define SHOWN_AFTER (2 * DAY)

/* ── the sessions of a coordinator ── */

static const struct field class_out[] = {
	FIELD(class_item, id, F_ID),	      FIELD(class_item, title, F_TEXT),
	FIELD(class_item, programme, F_TEXT), FIELD(class_item, batch, F_TEXT),
	FIELD(class_item, room, F_TEXT),      FIELD(class_item, starts_at, F_TIME),
	FIELD(class_item, ends_at, F_TIME),   FIELD(class_item, open, F_BOOL),
	FIELD(class_item, n_there, F_INT),    FIELD_END,
};

static enum err classes_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct classes_page *v = ARENA_NEW(cx->arena, struct classes_page);
	struct attendance_coordinated_row *r;
	(void)input;
	(void)state;
	TRY(attendance_sql_coordinated(cx, cx->now - SHOWN_BEFORE, cx->now + SHOWN_AFTER, cx->actor.person_id, &r, &v->n_rows));
	v->rows = ARENA_ARRAY(cx->arena, struct class_item, v->n_rows + 1);
	for (size_t i = 0; i < v->n_rows; i++)
		v->rows[i] = (struct class_item){ .id = r[i].id,
						  .starts_at = r[i].starts_at,
						  .ends_at = r[i].ends_at,
						  .n_there = r[i].n_there,
						  .title = attendance_title(cx, r[i].n, r[i].title, r[i].title_hi),
						  .programme = cx->lang == LANG_HI && r[i].programme_hi.n ? r[i].programme_hi : r[i].programme,
						  .batch = r[i].batch,
						  .room = r[i].room,
						  .open = r[i].opened_at != NONE && r[i].closed_at == NONE && cx->now < r[i].ends_at + ATTENDANCE_AFTER };
	ANSWER_ROWS(a, v->rows, v->n_rows);
	a->view = v;
	ANSWER_TITLE(cx, a, N_("Sessions you coordinate"));
	return OK;
}

/* ── one session ── */

struct show_in {
	int64_t batch_session_id;
	struct str after;
};
static const struct field show_in[] = { FIELD(show_in, batch_session_id, F_ID, .must = true), FIELD(show_in, after, F_TEXT), FIELD_END };
static const struct field person_out[] = {
	FIELD(attendance_item, person_id, F_ID),
	FIELD(attendance_item, name, F_TEXT, .personal = true),
	FIELD(attendance_item, employee_no, F_TEXT, .personal = true),
	FIELD(attendance_item, state, F_TEXT),
	FIELD(attendance_item, way, F_TEXT),
	FIELD(attendance_item, minutes, F_INT),
	FIELD(attendance_item, at, F_TIME),
	FIELD(attendance_item, by_name, F_TEXT, .personal = true),
	FIELD(attendance_item, metres, F_INT),
	FIELD(attendance_item, n_device, F_INT),
	FIELD_END,
};

/* "ID KEY" of the last one shown. */
static void read_after(struct str after, struct str *ret_key, int64_t *ret_id)
{
	struct str rest = after, id = S("");
	*ret_key = S("");
	*ret_id = 0;
	if (str_cut(&rest, ' ', &id) && str_int(id, ret_id))
		*ret_key = rest.p ? rest : S("");
}

static enum err put_people(struct ctx *cx, const struct attendance_session_row *s, struct str after, struct attendance_page *v, struct answer *a)
{
	struct attendance_people_row *r;
	struct str key;
	int64_t id;
	size_t n;
	read_after(after, &key, &id);
	TRY(attendance_sql_people(cx, s->id, s->batch_id, key, id, ROWS + 1, &r, &n));
	v->n_rows = n > ROWS ? ROWS : n;
	v->rows = ARENA_ARRAY(cx->arena, struct attendance_item, v->n_rows + 1);
	for (size_t i = 0; i < v->n_rows; i++)
		v->rows[i] = view_person(cx, s->id, &r[i]);
	if (n <= ROWS)
		return OK;
	a->next = str_fmt(cx->arena, "%lld %.*s", (long long)r[ROWS - 1].person_id, STR_ARG(r[ROWS - 1].sort_key));
	v->next = str_fmt(cx->arena, "/batch-sessions/%lld/attendance?after=%s", (long long)s->id, url_encoded(cx, a->next).p);
	return OK;
}

static enum err put_devices(struct ctx *cx, const struct attendance_session_row *s, struct attendance_page *v)
{
	struct attendance_shared_row *r;
	struct buf names;
	size_t n;
	TRY(attendance_sql_shared(cx, s->id, &r, &n));
	v->devices = ARENA_ARRAY(cx->arena, struct shared_device, n + 1);
	for (size_t i = 0; i < n; i++) {
		bool another = !i || !str_eq(r[i].device, r[i - 1].device);
		if (another)
			buf_init(&names, cx->arena, NAMES_BYTES_MAX);
		else
			buf_lit(&names, ", ");
		buf_str(&names, r[i].name);
		struct shared_device *d = &v->devices[another ? v->n_devices++ : v->n_devices - 1];
		*d = (struct shared_device){ d->n + 1, buf_get(&names), str_starts(r[i].device, S("d:")) };
	}
	return OK;
}

static enum err put_lists(struct ctx *cx, const struct attendance_session_row *s, struct attendance_page *v)
{
	struct attendance_lists_row *r;
	TRY(attendance_sql_lists(cx, s->id, &r, &v->n_lists));
	v->lists = ARENA_ARRAY(cx->arena, struct list_item, v->n_lists + 1);
	for (size_t i = 0; i < v->n_lists; i++)
		v->lists[i] = (struct list_item){ .id = r[i].id, .class_id = s->id, .name = r[i].name, .state_name = view_list_state(cx, r[i].state) };
	return OK;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct show_in *in = input;
	struct attendance_page *v = ARENA_NEW(cx->arena, struct attendance_page);
	struct attendance_session_row s;
	struct attendance_counts_row counts;
	struct attendance_door d;
	(void)state;
	TRY(attendance_keeper(cx, in->batch_session_id, &s));
	TRY(attendance_sql_counts(cx, s.id, s.batch_id, &counts));
	TRY(attendance_door(cx, &s, &d));
	v->of = view_class(cx, &s);
	v->of.n_there = counts.n_there;
	v->n_admitted = counts.n_admitted;
	v->open = d.open;
	v->near_m = d.near_m;
	v->opened_at = d.opened_at;
	v->opened_by = d.opened_by;
	v->number = d.open ? code_number(cx->arena, d.key, s.id) : S("");
	v->early = cx->now < s.starts_at - ATTENDANCE_BEFORE;
	v->late = cx->now >= s.ends_at + ATTENDANCE_AFTER;
	v->may_open = !v->early && !v->late && s.cancelled_at == NONE;
	v->may_near = s.latitude == s.latitude; /* not NaN */
	v->correct_until = attendance_last(&s);
	v->may_correct = cx->now >= s.starts_at && cx->now < v->correct_until;
	v->may_list = v->may_correct && s.cancelled_at == NONE;
	TRY(put_people(cx, &s, in->after, v, a));
	TRY(put_devices(cx, &s, v));
	TRY(put_lists(cx, &s, v));
	ANSWER_ROWS(a, v->rows, v->n_rows);
	a->view = v;
	a->title = v->of.title;
	return OK;
}

/* ── the door ── */

struct open_in {
	int64_t batch_session_id, near_m;
};
static const struct field open_in[] = {
	FIELD(open_in, batch_session_id, F_ID, .must = true),
	FIELD(open_in, near_m, F_INT, .label = N_("Only phones within so many metres"),
	      .hint = N_("Leave it empty not to ask. Phones are often a hundred metres wrong within buildings; 300 is a good beginning."),
	      .min = ATTENDANCE_NEAR_MIN, .max = ATTENDANCE_NEAR_MAX),
	FIELD_END,
};
struct door_out {
	bool open;
	struct str number, token;
	int64_t near_m, token_until;
};
static const struct field door_out[] = { FIELD(door_out, open, F_BOOL),	       FIELD(door_out, number, F_TEXT), FIELD(door_out, token, F_TEXT),
					 FIELD(door_out, token_until, F_TIME), FIELD(door_out, near_m, F_INT),	FIELD_END };

static enum err open_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct open_in *in = input;
	struct attendance_session_row s;
	(void)state;
	(void)a;
	TRY(attendance_keeper(cx, in->batch_session_id, &s));
	return attendance_open(cx, &s, in->near_m);
}

struct one_in {
	int64_t batch_session_id;
};
static const struct field one_in[] = { FIELD(one_in, batch_session_id, F_ID, .must = true), FIELD_END };

static enum err close_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct attendance_session_row s;
	(void)state;
	(void)a;
	TRY(attendance_keeper(cx, in->batch_session_id, &s));
	return attendance_close(cx, &s);
}

static enum err screen_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct attendance_screen *v = ARENA_NEW(cx->arena, struct attendance_screen);
	struct door_out *row = ARENA_NEW(cx->arena, struct door_out);
	struct attendance_session_row s;
	struct attendance_counts_row counts;
	struct attendance_door d;
	(void)state;
	TRY(attendance_keeper(cx, in->batch_session_id, &s));
	TRY(attendance_sql_counts(cx, s.id, s.batch_id, &counts));
	TRY(attendance_door(cx, &s, &d));
	v->of = view_class(cx, &s);
	v->of.n_there = counts.n_there;
	v->n_admitted = counts.n_admitted;
	v->open = d.open;
	v->lang = cx->lang == LANG_HI ? S("hi") : S("en");
	*row = (struct door_out){ .open = d.open, .near_m = d.near_m, .token_until = NONE };
	if (d.open) {
		row->number = code_number(cx->arena, d.key, s.id);
		row->token = code_token(cx->arena, d.key, s.id, cx->now);
		row->token_until = (cx->now / CODE_STEP_MS + 2) * CODE_STEP_MS;
		struct str path = str_fmt(cx->arena, "/attend/%lld", (long long)s.id);
		v->number = row->number;
		v->address = str_fmt(cx->arena, "%.*s%s", STR_ARG(public_host(cx)), path.p);
		v->path = qr_path(cx, str_fmt(cx->arena, "%.*s%s?token=%s", STR_ARG(cx->app->base_url), path.p, row->token.p), &v->size);
	}
	ANSWER_ROW(a, row);
	a->view = v;
	a->title = v->of.title;
	return OK;
}

/* ── one person ── */

struct person_in {
	int64_t batch_session_id, person_id;
};
static const struct field person_in[] = { FIELD(person_in, batch_session_id, F_ID, .must = true), FIELD(person_in, person_id, F_ID, .must = true), FIELD_END };

static enum err one_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct person_in *in = input;
	struct attendance_one_page *v = ARENA_NEW(cx->arena, struct attendance_one_page);
	struct attendance_session_row s;
	struct attendance_person_row p;
	bool admitted = false, found = false;
	(void)state;
	TRY(attendance_keeper(cx, in->batch_session_id, &s));
	TRY(attendance_admitted(cx, &s, in->person_id, &admitted));
	if (admitted)
		TRY(attendance_sql_person(cx, in->person_id, &p, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "person_id", N_("This person is not admitted to the batch."));
	TRY(view_one(cx, &s, in->person_id, v));
	v->is.name = p.name;
	v->may_correct = cx->now >= s.starts_at && cx->now < v->correct_until && !actor_is(&cx->actor, in->person_id);
	ANSWER_ROW(a, &v->is);
	a->view = v;
	a->title = p.name;
	return OK;
}

struct correct_in {
	int64_t batch_session_id, person_id, minutes;
	struct str there, reason;
};
static const struct choice there_choices[] = { { "yes", N_("was there") }, { "no", N_("was not there") }, { NULL, NULL } };
static const struct field correct_in[] = {
	FIELD(correct_in, batch_session_id, F_ID, .must = true),
	FIELD(correct_in, person_id, F_ID, .must = true),
	FIELD(correct_in, there, F_CHOICE, .label = N_("What is right"), .must = true, .choices = there_choices),
	FIELD(correct_in, minutes, F_INT, .label = N_("Minutes"), .hint = N_("Empty: the whole session."), .min = 1, .max = 100000),
	FIELD(correct_in, reason, F_TEXT, .label = N_("Reason"), .hint = N_("The person reads it."), .must = true, .max = ATTENDANCE_WORDS_MAX),
	FIELD_END,
};

static enum err correct_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct correct_in *in = input;
	struct attendance_session_row s;
	(void)state;
	(void)a;
	TRY(attendance_keeper(cx, in->batch_session_id, &s));
	return attendance_correct(cx, &s, &(struct attendance_correction){ in->person_id, in->minutes, str_is(in->there, "yes"), in->reason });
}

/* ── on paper, as a list ── */

static enum err sheet_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct one_in *in = input;
	struct attendance_session_row s;
	struct roster_page v = { 0 };
	struct str *pdf = ARENA_NEW(cx->arena, struct str);
	TRY(attendance_keeper(cx, in->batch_session_id, &s));
	v.of = view_class(cx, &s);
	TRY(view_people(cx, &s, &v.rows, &v.n_rows));
	*ret_state = pdf;
	return attendance_pdf(cx, &v, pdf);
}

static enum err sheet_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct str *pdf = state;
	(void)cx;
	(void)input;
	a->type = "application/pdf";
	a->bytes = *pdf;
	a->filename = S("attendance-sheet.pdf");
	return OK;
}

static enum err csv_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct attendance_session_row s;
	struct attendance_called_row *r;
	struct buf b;
	size_t n;
	(void)state;
	TRY(attendance_keeper(cx, in->batch_session_id, &s));
	TRY(attendance_sql_called(cx, s.id, s.batch_id, &r, &n));
	buf_init(&b, cx->arena, 4 << 20);
	buf_lit(&b, "\xEF\xBB\xBF"
		    "person,there,name,way,minutes,at\r\n");
	for (size_t i = 0; i < n; i++) {
		csv_put(&b, r[i].called);
		csv_put(&b, !r[i].way.n ? S("") : r[i].there ? S("yes") : S("no"));
		csv_put(&b, r[i].name);
		csv_put(&b, r[i].way);
		csv_put(&b, r[i].there ? str_fmt(cx->arena, "%lld", (long long)r[i].minutes) : S(""));
		csv_put(&b, r[i].way.n ? clock_rfc3339(cx->arena, r[i].at) : S(""));
		csv_end_row(&b);
	}
	a->type = "text/csv; charset=utf-8";
	a->bytes = buf_get(&b);
	a->filename = S("attendance.csv");
	return OK;
}

#define ONE "/batch-sessions/{batch_session_id}"
#define CLASS .may = MAY_LEARN, .in = one_in, .in_size = sizeof(struct one_in)
const struct action attendance_actions[] = {
	{ .name = "attendance.classes",
	  .method = GET,
	  .page = "/attendance",
	  .api = "/api/v1/me/batch-sessions",
	  .may = MAY_LEARN,
	  .out = class_out,
	  .out_list = true,
	  .run = classes_run,
	  .html = attendance_classes_view,
	  .summary = "Sessions of programmes that one coordinates, of these days." },
	{ .name = "attendance.show",
	  .method = GET,
	  .page = ONE "/attendance",
	  .api = "/api/v1" ONE "/attendance",
	  .may = MAY_LEARN,
	  .in = show_in,
	  .in_size = sizeof(struct show_in),
	  .out = person_out,
	  .out_list = true,
	  .run = show_run,
	  .html = attendance_view,
	  .summary = "Who is admitted to the batch of a session, and who was there; for its coordinators." },
	{ .name = "attendance.open",
	  .method = POST,
	  .page = ONE "/door",
	  .api = "/api/v1" ONE "/door",
	  .may = MAY_LEARN,
	  .in = open_in,
	  .in_size = sizeof(struct open_in),
	  .run = open_run,
	  .form = "attendance.show",
	  .then = ONE "/attendance",
	  .notice = N_("The door is open."),
	  .summary = "Opens the door of a session, from an hour before it to an hour after it." },
	{ .name = "attendance.close",
	  .method = POST,
	  .page = ONE "/door/close",
	  .api = "/api/v1" ONE "/door/close",
	  CLASS,
	  .run = close_run,
	  .form = "attendance.show",
	  .then = ONE "/attendance",
	  .notice = N_("The door is shut."),
	  .summary = "Shuts the door of a session." },
	{ .name = "attendance.screen",
	  .method = GET,
	  .page = ONE "/screen",
	  .api = "/api/v1" ONE "/door",
	  CLASS,
	  .out = door_out,
	  .run = screen_run,
	  .html = attendance_screen_view,
	  .bare = true,
	  .summary = "The code of the room's screen, which changes every 20 seconds, and the number to type." },
	{ .name = "attendance.one",
	  .method = GET,
	  .page = ONE "/attendance/{person_id}",
	  .api = "/api/v1" ONE "/attendance/{person_id}",
	  .may = MAY_LEARN,
	  .in = person_in,
	  .in_size = sizeof(struct person_in),
	  .out = person_out,
	  .run = one_run,
	  .html = attendance_one_view,
	  .summary = "What is known of somebody at a session, and how it came about." },
	{ .name = "attendance.correct",
	  .method = POST,
	  .page = ONE "/attendance/{person_id}",
	  .api = "/api/v1" ONE "/attendance/{person_id}",
	  .may = MAY_LEARN,
	  .in = correct_in,
	  .in_size = sizeof(struct correct_in),
	  .run = correct_run,
	  .form = "attendance.one",
	  .then = ONE "/attendance/{person_id}",
	  .notice = N_("It is corrected, and the person is told."),
	  .summary = "Corrects with a reason whether somebody was at a session, up to the seventh day after the batch." },
	{ .name = "attendance.sheet",
	  .method = GET,
	  .page = ONE "/attendance-sheet",
	  CLASS,
	  .prepare = sheet_prepare,
	  .run = sheet_run,
	  .summary = "The sheet of a session as PDF, with names and boxes." },
	{ .name = "attendance.csv",
	  .method = GET,
	  .page = ONE "/attendance-csv",
	  .api = "/api/v1" ONE "/attendance-csv",
	  CLASS,
	  .run = csv_run,
	  .summary = "Everybody admitted and whether there, as CSV that can be brought back." },
	ACTION_END,
};
