/* Running a batch in the browser and over the API: its sessions, who teaches, what is handed out, its end. For coordinators and for who manages programmes. */
#include "batch_run_html.h"
#include "batch_runs_html.h"
#include "feature/competency/competency.h"
#include "feature/org/org.h"
#include "feature/programme/batch_may.h"
#include "feature/programme/batch_page.h"
#include "feature/programme/programme_words.h"
#include "feature/programme/work.h"
#include "material_form_html.h"
#include "session_form_html.h"
#include "web/action.h"
#include "web/lang.h"

#include <math.h>
#include <stdio.h>

enum err batch_run_by(struct ctx *cx, int64_t batch_id, struct batch_one_row *ret)
{
	bool may = false;
	TRY(batch_find(cx, batch_id, ret));
	TRY(programme_runs(cx, ret->programme_id, ret->org_id, &may));
	return may ? OK : fail(cx, ERR_NOT_FOUND, "", N_("This batch is run by its coordinators and by who manages the programme."));
}

/* ── the batches one runs ── */

static const struct field run_out[] = {
	FIELD(run_item, id, F_ID),	FIELD(run_item, programme, F_TEXT), FIELD(run_item, name, F_TEXT),
	FIELD(run_item, state, F_TEXT), FIELD(run_item, starts_at, F_TIME), FIELD(run_item, ends_at, F_TIME),
	FIELD(run_item, seats, F_INT),	FIELD(run_item, admitted, F_INT),   FIELD_END,
};

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct run_list_page *v = ARENA_NEW(cx->arena, struct run_list_page);
	struct batch_run_by_row *b;
	(void)input;
	(void)state;
	TRY(batch_sql_run_by(cx, cx->actor.person_id, &b, &v->n_batches));
	v->batches = ARENA_ARRAY(cx->arena, struct run_item, v->n_batches + 1);
	for (size_t i = 0; i < v->n_batches; i++)
		v->batches[i] = (struct run_item){ .id = b[i].id,
						   .starts_at = b[i].starts_at,
						   .ends_at = b[i].ends_at,
						   .seats = b[i].seats,
						   .admitted = b[i].admitted,
						   .programme = said_in(cx, b[i].title, b[i].title_hi),
						   .name = b[i].name,
						   .state = b[i].state,
						   .state_name = programme_word(cx, batch_states, b[i].state),
						   .open = str_is(b[i].state, "open") };
	ANSWER_ROWS(a, v->batches, v->n_batches);
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("Batches you run"));
	return OK;
}

/* ── one ── */

struct one_in {
	int64_t batch_id;
};
static const struct field one_in[] = { FIELD(one_in, batch_id, F_ID, .must = true), FIELD_END };
static const struct field show_out[] = {
	FIELD(batch_run_page, id, F_ID),	 FIELD(batch_run_page, programme_id, F_ID),
	FIELD(batch_run_page, org_id, F_ID),	 FIELD(batch_run_page, programme, F_TEXT),
	FIELD(batch_run_page, name, F_TEXT),	 FIELD(batch_run_page, state, F_TEXT),
	FIELD(batch_run_page, seats, F_INT),	 FIELD(batch_run_page, waiting, F_INT),
	FIELD(batch_run_page, admitted, F_INT),	 FIELD(batch_run_page, starts_at, F_TIME),
	FIELD(batch_run_page, ends_at, F_TIME),	 FIELD(batch_run_page, ask_until, F_TIME),
	FIELD(batch_run_page, fee_paise, F_INT), FIELD(batch_run_page, place, F_TEXT),
	FIELD(batch_run_page, why, F_TEXT),	 FIELD_END,
};

static struct session_item session_of(struct ctx *cx, const struct batch_run_page *v, const struct batch_sessions_row *s)
{
	bool cancelled = s->cancelled_at != NONE;
	return (struct session_item){ .id = s->id,
				      .batch_id = v->id,
				      .part_id = s->part_id,
				      .starts_at = s->starts_at,
				      .ends_at = s->ends_at,
				      .room_id = s->room_id,
				      .title = said_in(cx, s->title, s->title_hi),
				      .place = s->place,
				      .room = s->room.p ? s->room : S(""),
				      .time = str_fmt(cx->arena, "%s–%s", programme_clock_of(cx, s->starts_at).p, programme_clock_of(cx, s->ends_at).p),
				      .cancelled = cancelled,
				      .may_change = v->changing && !cancelled && s->ends_at > cx->now,
				      .link = material_link_good(s->place) };
}

static enum err put_lists(struct ctx *cx, struct batch_run_page *v, int64_t institute_id)
{
	struct batch_sessions_row *s;
	struct batch_faculty_row *f;
	struct batch_directory_row *d;
	struct batch_materials_row *m;
	struct work_surveys_row *y;
	TRY(batch_sql_sessions(cx, v->id, &s, &v->n_sessions));
	v->sessions = ARENA_ARRAY(cx->arena, struct session_item, v->n_sessions + 1);
	for (size_t i = 0; i < v->n_sessions; i++)
		v->sessions[i] = session_of(cx, v, &s[i]);
	TRY(batch_sql_faculty(cx, v->id, &f, &v->n_faculty));
	v->faculty = ARENA_ARRAY(cx->arena, struct faculty_item, v->n_faculty + 1);
	for (size_t i = 0; i < v->n_faculty; i++)
		v->faculty[i] = (struct faculty_item){ f[i].id, v->id, f[i].name, f[i].subjects, !v->over };
	TRY(batch_sql_directory(cx, institute_id, &d, &v->n_directory));
	v->n_directory = v->over ? 0 : v->n_directory;
	v->directory = ARENA_ARRAY(cx->arena, struct programme_choice, v->n_directory + 1);
	for (size_t i = 0; i < v->n_directory; i++)
		v->directory[i] = (struct programme_choice){ str_fmt(cx->arena, "%lld", (long long)d[i].id), d[i].name, S("") };
	TRY(batch_sql_materials(cx, v->id, &m, &v->n_materials));
	v->materials = ARENA_ARRAY(cx->arena, struct material_item, v->n_materials + 1);
	for (size_t i = 0; i < v->n_materials; i++)
		v->materials[i] = (struct material_item){ m[i].id, v->id, m[i].at, m[i].title, m[i].link, m[i].file_name, !v->over };
	TRY(work_sql_surveys(cx, v->id, &y, &v->n_surveys));
	v->surveys = ARENA_ARRAY(cx->arena, struct survey_item, v->n_surveys + 1);
	for (size_t i = 0; i < v->n_surveys; i++)
		v->surveys[i] = (struct survey_item){ y[i].id, v->id, y[i].answered, said_in(cx, y[i].title, y[i].title_hi) };
	return OK;
}

static void put_facts(struct ctx *cx, struct batch_run_page *v, const struct batch_one_row *b)
{
	double latitude = isnan(b->latitude) ? b->institute_latitude : b->latitude, longitude = isnan(b->latitude) ? b->institute_longitude : b->longitude;
	bool draft = str_is(b->state, "draft"), open = str_is(b->state, "open");
	*v = (struct batch_run_page){ .id = b->id,
				      .programme_id = b->programme_id,
				      .org_id = b->org_id,
				      .seats = b->seats,
				      .waiting = b->waiting,
				      .admitted = b->admitted,
				      .starts_at = b->starts_at,
				      .ends_at = b->ends_at,
				      .ask_until = b->ask_until,
				      .fee_paise = b->fee_paise,
				      .org = org_name(cx, b->org_en, b->org_hi),
				      .programme = said_in(cx, b->title, b->title_hi),
				      .name = b->name,
				      .state = b->state,
				      .state_name = programme_word(cx, batch_states, b->state),
				      .place = b->place.n ? b->place : b->institute_place,
				      .institute = b->institute_en.n ? org_name(cx, b->institute_en, b->institute_hi) : S(""),
				      .why = b->cancelled_why,
				      .geo = programme_geo(cx, latitude, longitude),
				      .map = programme_map(cx, latitude, longitude),
				      .is_draft = draft,
				      .is_open = open,
				      .over = !draft && !open,
				      .changing = draft || open,
				      .invite_only = b->invite_only,
				      .may_end = open && b->ends_at <= cx->now };
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct batch_run_page *v = ARENA_NEW(cx->arena, struct batch_run_page);
	struct work_numbers_row work;
	struct batch_one_row b;
	(void)state;
	TRY(batch_run_by(cx, in->batch_id, &b));
	put_facts(cx, v, &b);
	TRY(access_may(cx, MAY_PROGRAMME_MANAGE, SCOPE_ORG, b.org_id, &v->manages));
	TRY(put_lists(cx, v, b.institute_id));
	TRY(work_sql_numbers(cx, b.id, &work));
	v->n_waiting_work = work.waiting;
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = v->manages ? NAV_ORG : NAV_LEARN;
	a->title = str_fmt(cx->arena, "%.*s: %.*s", STR_ARG(v->programme), STR_ARG(v->name));
	return OK;
}

/* ── sessions ── */

struct session_line {
	int64_t id, part_id, starts_at, ends_at, room_id, cancelled_at;
	struct str title, place;
};
static const struct field session_out[] = {
	FIELD(session_line, id, F_ID),		FIELD(session_line, part_id, F_ID),	   FIELD(session_line, title, F_TEXT),
	FIELD(session_line, starts_at, F_TIME), FIELD(session_line, ends_at, F_TIME),	   FIELD(session_line, room_id, F_ID),
	FIELD(session_line, place, F_TEXT),	FIELD(session_line, cancelled_at, F_TIME), FIELD_END,
};

static enum err sessions_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct batch_sessions_row *s;
	struct batch_one_row b;
	size_t n;
	(void)state;
	TRY(batch_run_by(cx, in->batch_id, &b));
	TRY(batch_sql_sessions(cx, b.id, &s, &n));
	struct session_line *v = ARENA_ARRAY(cx->arena, struct session_line, n + 1);
	for (size_t i = 0; i < n; i++)
		v[i] = (struct session_line){
			s[i].id, s[i].part_id, s[i].starts_at, s[i].ends_at, s[i].room_id, s[i].cancelled_at, said_in(cx, s[i].title, s[i].title_hi), s[i].place
		};
	ANSWER_ROWS(a, v, n);
	return OK;
}

static enum err put_session_form(struct ctx *cx, const struct batch_one_row *b, int64_t room_id, struct session_form_page *v)
{
	struct batch_rooms_row *r;
	struct batch_session_parts_row *t;
	struct str room = room_id == NONE ? S("") : str_fmt(cx->arena, "%lld", (long long)room_id);
	v->batch_id = b->id;
	v->programme = said_in(cx, b->title, b->title_hi);
	v->name = b->name;
	v->first_day = fmt_day(cx, b->from_day);
	v->last_day = fmt_day(cx, b->last_day);
	TRY(batch_sql_rooms(cx, b->institute_id, &r, &v->n_rooms));
	v->rooms = ARENA_ARRAY(cx->arena, struct programme_choice, v->n_rooms + 1);
	for (size_t i = 0; i < v->n_rooms; i++)
		v->rooms[i] = (struct programme_choice){ str_fmt(cx->arena, "%lld", (long long)r[i].id), r[i].name, room };
	TRY(batch_sql_session_parts(cx, b->programme_id, &t, &v->n_parts));
	v->parts = ARENA_ARRAY(cx->arena, struct programme_choice, v->n_parts + 1);
	for (size_t i = 0; i < v->n_parts; i++)
		v->parts[i] = (struct programme_choice){ str_fmt(cx->arena, "%lld", (long long)t[i].id), said_in(cx, t[i].title, t[i].title_hi), S("") };
	return OK;
}

static enum err session_new_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct session_form_page *v = ARENA_NEW(cx->arena, struct session_form_page);
	struct batch_one_row b;
	(void)state;
	TRY(batch_run_by(cx, in->batch_id, &b));
	*v = (struct session_form_page){ .is_new = true, .day = programme_isoday(cx, b.from_day), .from = S("10:00"), .until = S("11:30") };
	TRY(put_session_form(cx, &b, NONE, v));
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("A new session"));
	return OK;
}

struct session_in {
	int64_t batch_id, session_id;
};
static const struct field session_in[] = { FIELD(session_in, batch_id, F_ID, .must = true), FIELD(session_in, session_id, F_ID, .must = true), FIELD_END };

static enum err session_edit_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct session_in *in = input;
	struct session_form_page *v = ARENA_NEW(cx->arena, struct session_form_page);
	struct batch_session_row s;
	struct batch_one_row b;
	bool found = false;
	(void)state;
	TRY(batch_run_by(cx, in->batch_id, &b));
	TRY(batch_sql_session(cx, in->session_id, b.id, &s, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "session_id", N_("There is no such session."));
	*v = (struct session_form_page){ .id = s.id,
					 .title = s.title,
					 .title_hi = s.title_hi,
					 .day = programme_day_of(cx, s.starts_at),
					 .from = programme_clock_of(cx, s.starts_at),
					 .until = programme_clock_of(cx, s.ends_at),
					 .place = s.place };
	TRY(put_session_form(cx, &b, s.room_id, v));
	a->view = v;
	a->nav = NAV_LEARN;
	a->title = s.title;
	return OK;
}

#define SESSION_FIELDS                                                                                                                                         \
	FIELD(session_put, batch_id, F_ID, .must = true),                                                                                                      \
		FIELD(session_put, title, F_TEXT, .label = N_("Title"), .hint = N_("That of the part, when it is left empty."), .max = PROGRAMME_TITLE_MAX),   \
		FIELD(session_put, title_hi, F_TEXT, .label = N_("Title in Hindi"), .max = PROGRAMME_TITLE_MAX),                                               \
		FIELD(session_put, day, F_DATE, .label = N_("Day"), .must = true),                                                                             \
		FIELD(session_put, from, F_TEXT, .label = N_("Begins at"), .hint = N_("For example: 10:30."), .must = true, .max = 5),                         \
		FIELD(session_put, until, F_TEXT, .label = N_("Ends at"), .must = true, .max = 5), FIELD(session_put, room_id, F_ID, .label = N_("Room")),     \
		FIELD(session_put, place, F_TEXT, .label = N_("Another place"), .hint = N_("Words, or the address of a meeting online."),                      \
		      .max = BATCH_PLACE_MAX)
static const struct field session_add_in[] = { SESSION_FIELDS, FIELD(session_put, part_id, F_ID, .label = N_("Another date of")), FIELD_END };
static const struct field session_change_in[] = { SESSION_FIELDS, FIELD(session_put, session_id, F_ID, .must = true), FIELD_END };
struct made {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made, id, F_ID), FIELD_END };

static enum err session_add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct session_put *in = input;
	struct made *row = ARENA_NEW(cx->arena, struct made);
	struct batch_one_row b;
	(void)state;
	TRY(batch_run_by(cx, in->batch_id, &b));
	TRY(session_add(cx, in, &row->id));
	ANSWER_ROW(a, row);
	return OK;
}

static enum err session_change_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct session_put *in = input;
	struct batch_one_row b;
	(void)state;
	(void)a;
	TRY(batch_run_by(cx, in->batch_id, &b));
	return session_change(cx, in);
}

static enum err session_cancel_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct session_in *in = input;
	struct batch_one_row b;
	(void)state;
	(void)a;
	TRY(batch_run_by(cx, in->batch_id, &b));
	return session_cancel(cx, in->batch_id, in->session_id);
}

/* ── who teaches ── */

struct faculty_in {
	int64_t batch_id, faculty_id;
};
static const struct field faculty_in[] = { FIELD(faculty_in, batch_id, F_ID, .must = true),
					   FIELD(faculty_in, faculty_id, F_ID, .label = N_("Of the directory of the institute"), .must = true), FIELD_END };

static enum err faculty_add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct faculty_in *in = input;
	struct batch_one_row b;
	(void)state;
	(void)a;
	TRY(batch_run_by(cx, in->batch_id, &b));
	return batch_faculty_add(cx, b.id, in->faculty_id);
}

static enum err faculty_drop_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct faculty_in *in = input;
	struct batch_one_row b;
	(void)state;
	(void)a;
	TRY(batch_run_by(cx, in->batch_id, &b));
	return batch_faculty_drop(cx, b.id, in->faculty_id);
}

/* ── what is handed out ── */

struct material_in {
	int64_t batch_id, material_id;
	struct str title, link, file, file_name;
};
static const struct field material_in[] = { FIELD(material_in, batch_id, F_ID, .must = true), FIELD(material_in, material_id, F_ID, .must = true), FIELD_END };
static const struct field material_add_in[] = {
	FIELD(material_in, batch_id, F_ID, .must = true),
	FIELD(material_in, title, F_TEXT, .label = N_("Title"), .must = true, .max = PROGRAMME_TITLE_MAX),
	FIELD(material_in, link, F_TEXT, .label = N_("Address"), .hint = N_("Begins with https://"), .max = 500),
	FIELD(material_in, file, F_TEXT, .label = N_("File"), .hint = N_("PDF, picture, text or office document, at most 5 MB."), .max = 4000),
	FIELD(material_in, file_name, F_TEXT, .max = 250),
	FIELD_END,
};

static enum err material_new_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct material_form_page *v = ARENA_NEW(cx->arena, struct material_form_page);
	struct batch_one_row b;
	(void)state;
	TRY(batch_run_by(cx, in->batch_id, &b));
	*v = (struct material_form_page){ b.id, said_in(cx, b.title, b.title_hi), b.name };
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("Hand something out"));
	return OK;
}

/* The bytes of a file that was sent; absent: none. */
static enum err material_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct material_in *in = input;
	struct str *bytes = ARENA_NEW(cx->arena, struct str);
	*bytes = STR_NONE;
	*ret_state = bytes;
	return in->file.n ? work_file(cx, in->file, bytes) : OK;
}

static enum err material_add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct material_in *in = input;
	const struct str *bytes = state;
	struct made *row = ARENA_NEW(cx->arena, struct made);
	struct batch_one_row b;
	TRY(batch_run_by(cx, in->batch_id, &b));
	TRY(material_add(cx, &(struct material_put){ b.id, in->title, in->link, in->file_name, *bytes }, &row->id));
	ANSWER_ROW(a, row);
	return OK;
}

static enum err material_drop_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct material_in *in = input;
	struct batch_one_row b;
	(void)state;
	(void)a;
	TRY(batch_run_by(cx, in->batch_id, &b));
	return material_drop(cx, b.id, in->material_id);
}

static enum err end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct batch_one_row b;
	(void)state;
	(void)a;
	TRY(batch_run_by(cx, in->batch_id, &b));
	return batch_end(cx, &b);
}

#define ONE "/batches/{batch_id}"
#define RUN ONE "/run"
#define IN_ONE .may = MAY_LEARN, .in = one_in, .in_size = sizeof(struct one_in)
const struct action batch_run_actions[] = {
	{ .name = "batch_run.list",
	  .method = GET,
	  .page = "/me/batches",
	  .api = "/api/v1/me/batches",
	  .may = MAY_LEARN,
	  .out = run_out,
	  .out_list = true,
	  .run = list_run,
	  .html = batch_runs_view,
	  .summary = "Batches of programmes that the person coordinates." },
	{ .name = "batch_run.show",
	  .method = GET,
	  .page = RUN,
	  .api = "/api/v1" RUN,
	  IN_ONE,
	  .out = show_out,
	  .run = show_run,
	  .html = batch_run_view,
	  .summary = "A batch for who runs it: its sessions, who teaches, what is handed out." },
	{ .name = "batch_run.sessions",
	  .method = GET,
	  .api = "/api/v1" ONE "/sessions",
	  IN_ONE,
	  .out = session_out,
	  .out_list = true,
	  .run = sessions_run,
	  .summary = "The sessions of a batch by time, with those that are cancelled." },
	{ .name = "batch_run.session_new",
	  .method = GET,
	  .page = ONE "/sessions/new",
	  IN_ONE,
	  .run = session_new_run,
	  .html = session_form_view,
	  .summary = "The form for a new session." },
	{ .name = "batch_run.session_add",
	  .method = POST,
	  .page = ONE "/sessions",
	  .api = "/api/v1" ONE "/sessions",
	  .may = MAY_LEARN,
	  .in = session_add_in,
	  .in_size = sizeof(struct session_put),
	  .out = made_out,
	  .run = session_add_run,
	  .form = "batch_run.session_new",
	  .then = RUN,
	  .notice = N_("The session is added."),
	  .summary = "Adds a session to a batch, in a room of the institute or elsewhere." },
	{ .name = "batch_run.session_edit",
	  .method = GET,
	  .page = ONE "/sessions/{session_id}",
	  .may = MAY_LEARN,
	  .in = session_in,
	  .in_size = sizeof(struct session_in),
	  .run = session_edit_run,
	  .html = session_form_view,
	  .summary = "The form for a session." },
	{ .name = "batch_run.session_change",
	  .method = POST,
	  .page = ONE "/sessions/{session_id}/change",
	  .api = "/api/v1" ONE "/sessions/{session_id}",
	  .may = MAY_LEARN,
	  .in = session_change_in,
	  .in_size = sizeof(struct session_put),
	  .run = session_change_run,
	  .form = "batch_run.session_edit",
	  .then = RUN,
	  .notice = N_("The session is changed."),
	  .summary = "Moves a session to another time or room; who is admitted is told." },
	{ .name = "batch_run.session_cancel",
	  .method = POST,
	  .page = ONE "/sessions/{session_id}/cancel",
	  .api = "/api/v1" ONE "/sessions/{session_id}/cancel",
	  .may = MAY_LEARN,
	  .in = session_in,
	  .in_size = sizeof(struct session_in),
	  .run = session_cancel_run,
	  .form = "batch_run.session_edit",
	  .then = RUN,
	  .notice = N_("The session is cancelled."),
	  .summary = "Cancels a session to which nobody came; fewer are asked then." },
	{ .name = "batch_run.faculty_add",
	  .method = POST,
	  .page = ONE "/faculty",
	  .api = "/api/v1" ONE "/faculty",
	  .may = MAY_LEARN,
	  .in = faculty_in,
	  .in_size = sizeof(struct faculty_in),
	  .run = faculty_add_run,
	  .form = "batch_run.show",
	  .then = RUN,
	  .notice = N_("Added to who teaches."),
	  .summary = "Somebody of a directory of faculty teaches a batch." },
	{ .name = "batch_run.faculty_drop",
	  .method = POST,
	  .page = ONE "/faculty/{faculty_id}/remove",
	  .api = "/api/v1" ONE "/faculty/{faculty_id}/remove",
	  .may = MAY_LEARN,
	  .in = faculty_in,
	  .in_size = sizeof(struct faculty_in),
	  .run = faculty_drop_run,
	  .form = "batch_run.show",
	  .then = RUN,
	  .notice = N_("Taken from who teaches."),
	  .summary = "Somebody does not teach a batch." },
	{ .name = "batch_run.material_new",
	  .method = GET,
	  .page = ONE "/materials/new",
	  IN_ONE,
	  .run = material_new_run,
	  .html = material_form_view,
	  .summary = "The form for something that is handed out." },
	{ .name = "batch_run.material_add",
	  .method = POST,
	  .page = ONE "/materials",
	  .api = "/api/v1" ONE "/materials",
	  .may = MAY_LEARN,
	  .in = material_add_in,
	  .in_size = sizeof(struct material_in),
	  .out = made_out,
	  .prepare = material_prepare,
	  .run = material_add_run,
	  .form = "batch_run.material_new",
	  .then = RUN,
	  .notice = N_("It is handed out."),
	  .max_body = BATCH_FILE_MAX + (64 << 10),
	  .upload = true,
	  .summary = "Hands out a file or an address to who is admitted to a batch." },
	{ .name = "batch_run.material_drop",
	  .method = POST,
	  .page = ONE "/materials/{material_id}/remove",
	  .api = "/api/v1" ONE "/materials/{material_id}/remove",
	  .may = MAY_LEARN,
	  .in = material_in,
	  .in_size = sizeof(struct material_in),
	  .run = material_drop_run,
	  .form = "batch_run.show",
	  .then = RUN,
	  .notice = N_("It is taken back."),
	  .summary = "Takes back what was handed out." },
	{ .name = "batch_run.end",
	  .method = POST,
	  .page = ONE "/end",
	  .api = "/api/v1" ONE "/end",
	  IN_ONE,
	  .run = end_run,
	  .form = "batch_run.show",
	  .then = RUN,
	  .notice = N_("The batch is closed."),
	  .summary = "Closes a batch when its last session is over." },
	ACTION_END,
};
