/* Who is registered for an event, who was there; lists of attendance from rooms of somebody else's. */
#include "base/utf8.h"
#include "event_people_html.h"
#include "event_report_html.h"
#include "feature/event/event_report.h"
#include "feature/event/event_view.h"
#include "feature/org/org.h"
#include "text/csv.h"
#include "web/action.h"
#include "web/lang.h"
#include "web/request.h"

#include <stdio.h>

enum { PEOPLE_PAGE = 50, CSV_AT_ONCE = 2000, CSV_MAX = 64 << 20 };

struct people_in {
	int64_t org_id, event_id, report_id, minutes;
	struct str q, after, digest, person, file, file_name;
};
#define THE_EVENT FIELD(people_in, org_id, F_ID, .must = true), FIELD(people_in, event_id, F_ID, .must = true)
static const struct field one_in[] = { THE_EVENT, FIELD_END };

/* ── people ── */

static const struct field people_fields[] = { THE_EVENT, FIELD(people_in, q, F_TEXT, .personal = true, .max = 100), FIELD(people_in, after, F_TEXT, .max = 300),
					      FIELD_END };
static const struct field person_out[] = {
	FIELD(event_person_line, id, F_ID),
	FIELD(event_person_line, name, F_TEXT, .personal = true),
	FIELD(event_person_line, registered_at, F_TIME),
	FIELD(event_person_line, withdrawn, F_BOOL),
	FIELD(event_person_line, way, F_TEXT),
	FIELD(event_person_line, ms, F_INT),
	FIELD(event_person_line, done_at, F_TIME),
	FIELD_END,
};

static struct event_person_line line_of(const struct event_people_row *r)
{
	return (struct event_person_line){ .id = r->id,
					   .registered_at = r->registered_at,
					   .ms = r->ms == NONE ? 0 : r->ms,
					   .done_at = r->done_at,
					   .name = r->name,
					   .email = r->email,
					   .employee_no = r->employee_no,
					   .way = r->way,
					   .withdrawn = r->withdrawn_at != NONE,
					   .there = r->ms != NONE && r->ms > 0 };
}

static enum err put_people(struct ctx *cx, const struct people_in *in, struct event_people_page *v, struct answer *a)
{
	struct event_people_row *r;
	struct str key = S(""), rest = in->after, id = STR_NONE, start = utf8_fold(cx->arena, in->q.n ? str_trim(in->q) : S(""));
	int64_t after_id = 0;
	size_t n;
	if (in->after.n && (!str_cut(&rest, '-', &id) || !str_int(id, &after_id)))
		return fail(cx, ERR_INVALID, "after", N_("is no place in this list"));
	if (in->after.n)
		key = rest;
	TRY(event_sql_people(cx, in->event_id, !start.n, start, utf8_beyond(cx->arena, start), key, after_id, PEOPLE_PAGE + 1, &r, &n));
	v->n_people = n > PEOPLE_PAGE ? PEOPLE_PAGE : n;
	v->people = ARENA_ARRAY(cx->arena, struct event_person_line, v->n_people + 1);
	for (size_t i = 0; i < v->n_people; i++)
		v->people[i] = line_of(&r[i]);
	if (n > PEOPLE_PAGE)
		a->next = str_fmt(cx->arena, "%lld-%.*s", (long long)r[PEOPLE_PAGE - 1].id, STR_ARG(r[PEOPLE_PAGE - 1].sort_key));
	return OK;
}

static enum err put_lists(struct ctx *cx, struct event_people_page *v)
{
	struct event_reports_row *r;
	TRY(event_sql_reports(cx, v->id, &r, &v->n_lists));
	v->lists = ARENA_ARRAY(cx->arena, struct event_list_item, v->n_lists + 1);
	for (size_t i = 0; i < v->n_lists; i++)
		v->lists[i] = (struct event_list_item){
			r[i].id, v->org_id, v->id, r[i].n_faults, r[i].made_at, r[i].name, r[i].state, str_is(r[i].state, "done"), str_is(r[i].state, "undone")
		};
	return OK;
}

static enum err people_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct people_in *in = input;
	struct event_people_page *v = ARENA_NEW(cx->arena, struct event_people_page);
	struct event_counts_row n;
	struct event_one_row e;
	(void)state;
	TRY(event_of(cx, in->org_id, in->event_id, &e));
	TRY(event_sql_counts(cx, e.id, &n));
	*v = (struct event_people_page){ .id = e.id,
					 .org_id = e.org_id,
					 .n_registered = e.n_registered,
					 .n_there = n.n_there,
					 .n_done = n.n_done,
					 .length_ms = event_length(&e),
					 .org = org_name(cx, e.org_en, e.org_hi),
					 .title = event_title(cx, &e),
					 .q = in->q.n ? in->q : S(""),
					 .streamed = str_is(e.held, "stream"),
					 .reports = str_is(e.held, "link") && str_is(e.state, "ended") };
	TRY(put_people(cx, in, v, a));
	TRY(put_lists(cx, v));
	if (a->next.n)
		v->next = str_fmt(cx->arena, "/orgs/%lld/events/%lld/people?q=%.*s&after=%.*s", (long long)e.org_id, (long long)e.id,
				  STR_ARG(url_encoded(cx, v->q)), STR_ARG(url_encoded(cx, a->next)));
	ANSWER_ROWS(a, v->people, v->n_people);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->title;
	return OK;
}

static void csv_line(struct ctx *cx, struct buf *b, const struct event_person_line *l)
{
	csv_put(b, l->name);
	csv_put(b, l->employee_no);
	csv_put(b, l->email);
	csv_put(b, l->registered_at == NONE ? S("") : clock_rfc3339(cx->arena, l->registered_at));
	csv_put(b, l->withdrawn ? S("yes") : S(""));
	csv_put(b, str_fmt(cx->arena, "%lld", (long long)(l->ms / MINUTE)));
	csv_put(b, l->way);
	csv_put(b, l->done_at == NONE ? S("") : S("yes"));
	csv_end_row(b);
}

static enum err csv_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	static const char *const names[] = { "name", "employee_no", "email", "registered", "withdrawn", "minutes", "way", "attended" };
	const struct people_in *in = input;
	struct event_one_row e;
	struct event_people_row *r;
	struct str key = S("");
	int64_t id = 0;
	size_t n = CSV_AT_ONCE;
	struct buf b;
	(void)state;
	TRY(event_of(cx, in->org_id, in->event_id, &e));
	buf_init(&b, cx->arena, CSV_MAX);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		csv_put(&b, str_of(names[i]));
	csv_end_row(&b);
	while (n == CSV_AT_ONCE && !b.full) {
		TRY(event_sql_people(cx, in->event_id, true, S(""), S(""), key, id, CSV_AT_ONCE, &r, &n));
		for (size_t i = 0; i < n; i++) {
			const struct event_person_line l = line_of(&r[i]);
			csv_line(cx, &b, &l);
			key = r[i].sort_key;
			id = r[i].id;
		}
	}
	if (b.full)
		return fail(cx, ERR_TOO_LARGE, "", N_("There are too many people for one file."));
	a->type = "text/csv; charset=utf-8";
	a->bytes = buf_get(&b);
	a->filename = str_fmt(cx->arena, "event-%lld.csv", (long long)e.id);
	return OK;
}

/* ── lists of attendance ── */

static const struct field add_in[] = {
	THE_EVENT,
	FIELD(people_in, file, F_TEXT, .label = N_("The list"),
	      .hint = N_("CSV with a first row of names: person (employee number, e-mail address or mobile number), and minutes, or joined and left."),
	      .must = true, .max = 4000),
	FIELD(people_in, file_name, F_TEXT, .max = 200),
	FIELD_END,
};
struct made {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made, id, F_ID), FIELD_END };

static enum err add_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct people_in *in = input;
	struct str *text = ARENA_NEW(cx->arena, struct str);
	FILE *f = fopen(str_c(cx->arena, in->file), "rb");
	struct buf b;
	if (!f)
		return ERR_UNAVAILABLE;
	buf_init(&b, cx->arena, EVENT_LIST_BYTES_MAX);
	bool whole = buf_read(&b, f);
	fclose(f);
	if (b.full)
		return fail(cx, ERR_INVALID, "file", N_("is larger than 1 MB"));
	*text = buf_get(&b);
	*ret_state = text;
	return whole ? OK : ERR_UNAVAILABLE;
}

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct people_in *in = input;
	const struct str *text = state;
	struct made *row = ARENA_NEW(cx->arena, struct made);
	TRY(event_list_look(cx, &(struct event_list){ in->org_id, in->event_id, in->file_name.n ? in->file_name : S("attendance.csv"), *text }, &row->id));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/orgs/%lld/events/%lld/attendance/%lld", (long long)in->org_id, (long long)in->event_id, (long long)row->id);
	return OK;
}

static const struct field list_in[] = { THE_EVENT, FIELD(people_in, report_id, F_ID, .must = true), FIELD_END };
static const struct field apply_in[] = { THE_EVENT, FIELD(people_in, report_id, F_ID, .must = true), FIELD(people_in, digest, F_TEXT, .must = true, .max = 64),
					 FIELD_END };
static const struct field list_out[] = { FIELD(event_report_page, id, F_ID),
					 FIELD(event_report_page, name, F_TEXT),
					 FIELD(event_report_page, digest, F_TEXT),
					 FIELD(event_report_page, n_changes, F_INT),
					 FIELD(event_report_page, done, F_BOOL),
					 FIELD(event_report_page, undone, F_BOOL),
					 FIELD_END };

static void put_look(struct ctx *cx, const struct event_list_look *l, struct event_report_page *v)
{
	v->n_lines = l->n_lines;
	v->lines = ARENA_ARRAY(cx->arena, struct event_report_line, l->n_lines + 1);
	for (size_t i = 0; i < l->n_lines; i++)
		v->lines[i] = (struct event_report_line){ l->lines[i].person_id, l->lines[i].ms,      l->lines[i].was_ms,
							  l->lines[i].name,	 l->lines[i].changes, l->lines[i].was_ms != NONE };
	v->n_faults = l->n_faults;
	v->faults = ARENA_ARRAY(cx->arena, struct event_report_fault, l->n_faults + 1);
	for (size_t i = 0; i < l->n_faults; i++)
		v->faults[i] = (struct event_report_fault){ l->faults[i].line, l->faults[i].sentence };
}

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct people_in *in = input;
	struct event_report_page *v = ARENA_NEW(cx->arena, struct event_report_page);
	struct event_list_look l;
	struct event_one_row e;
	(void)state;
	TRY(event_of(cx, in->org_id, in->event_id, &e));
	TRY(event_list_show(cx, in->org_id, in->event_id, in->report_id, &l));
	*v = (struct event_report_page){ .id = l.list.id,
					 .org_id = in->org_id,
					 .event_id = e.id,
					 .n_changes = (int64_t)l.n_changes,
					 .org = org_name(cx, e.org_en, e.org_hi),
					 .title = event_title(cx, &e),
					 .name = l.list.name,
					 .digest = l.digest,
					 .looked = str_is(l.list.state, "looked"),
					 .done = str_is(l.list.state, "done"),
					 .undone = str_is(l.list.state, "undone") };
	v->may_apply = v->looked && l.n_changes;
	put_look(cx, &l, v);
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->name;
	return OK;
}

static enum err apply_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct people_in *in = input;
	(void)state;
	(void)a;
	return event_list_apply(cx, in->org_id, in->event_id, in->report_id, in->digest);
}

static enum err undo_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct people_in *in = input;
	(void)state;
	(void)a;
	return event_list_undo(cx, in->org_id, in->event_id, in->report_id);
}

static const struct field entry_in[] = {
	THE_EVENT,
	FIELD(people_in, person, F_TEXT, .must = true, .personal = true, .max = 200),
	FIELD(people_in, minutes, F_INT, .must = true, .min = 0, .max = EVENT_HOURS_MAX * 60),
	FIELD_END,
};

static enum err entry_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct people_in *in = input;
	(void)state;
	(void)a;
	return event_report_one(cx, in->org_id, in->event_id, in->person, in->minutes);
}

#define PEOPLE "/orgs/{org_id}/events/{event_id}/people"
#define LISTS "/orgs/{org_id}/events/{event_id}/attendance"
#define LIST LISTS "/{report_id}"
#define MANAGE .may = MAY_EVENT_MANAGE, .scope = SCOPE_ORG
#define IN .in_size = sizeof(struct people_in)
const struct action event_people_actions[] = {
	{ .name = "event.people",
	  .method = GET,
	  .page = PEOPLE,
	  .api = "/api/v1" PEOPLE,
	  MANAGE,
	  .in = people_fields,
	  IN,
	  .out = person_out,
	  .out_list = true,
	  .run = people_run,
	  .html = event_people_view,
	  .summary = "Who is registered for an event and who was there, by name." },
	{ .name = "event.people_csv",
	  .method = GET,
	  .page = "/orgs/{org_id}/events/{event_id}/people.csv",
	  .api = "/api/v1/orgs/{org_id}/events/{event_id}/people.csv",
	  MANAGE,
	  .in = one_in,
	  IN,
	  .run = csv_run,
	  .summary = "All people of an event as CSV." },
	{ .name = "event.list_look",
	  .method = POST,
	  .page = LISTS,
	  .api = "/api/v1" LISTS,
	  MANAGE,
	  .in = add_in,
	  IN,
	  .out = made_out,
	  .prepare = add_prepare,
	  .run = add_run,
	  .form = "event.people",
	  .then = PEOPLE,
	  .upload = true,
	  .max_body = EVENT_LIST_BYTES_MAX + (64 << 10),
	  .summary = "Brings a list of who was in an online room (CSV); nothing is changed yet." },
	{ .name = "event.list_show",
	  .method = GET,
	  .page = LIST,
	  .api = "/api/v1" LIST,
	  MANAGE,
	  .in = list_in,
	  IN,
	  .out = list_out,
	  .run = list_run,
	  .html = event_report_view,
	  .summary = "A list of attendance: what it changes and what is wrong with it." },
	{ .name = "event.list_apply",
	  .method = POST,
	  .page = LIST "/apply",
	  .api = "/api/v1" LIST "/apply",
	  MANAGE,
	  .in = apply_in,
	  IN,
	  .run = apply_run,
	  .form = "event.list_show",
	  .then = LIST,
	  .notice = N_("The list is carried out."),
	  .summary = "Carries out a list of attendance, as it was shown." },
	{ .name = "event.list_undo",
	  .method = POST,
	  .page = LIST "/undo",
	  .api = "/api/v1" LIST "/undo",
	  MANAGE,
	  .in = list_in,
	  IN,
	  .run = undo_run,
	  .form = "event.list_show",
	  .then = LIST,
	  .notice = N_("The list is taken back."),
	  .summary = "Takes back a list of attendance, whole." },
	{ .name = "event.entry",
	  .method = POST,
	  .api = "/api/v1/orgs/{org_id}/events/{event_id}/attendance-entries",
	  MANAGE,
	  .in = entry_in,
	  IN,
	  .run = entry_run,
	  .summary = "How many minutes somebody was in an online room; the same again changes nothing." },
	ACTION_END,
};
