/* Attendance as organisers report it; see event_report.h. */
#include "feature/event/event_report.h"
#include "base/json.h"
#include "feature/event/event_presence.h"
#include "feature/person/person.h"
#include "text/csv.h"
#include "web/lang.h"

#include <jansson.h>
#include <sodium.h>

enum fault { GOOD, NOBODY, NO_TIME, BACKWARDS };
static const char *const fault_texts[] = {
	[NOBODY] = N_("Nobody of this event has this employee number, e-mail address or mobile number."),
	[NO_TIME] = N_("There are no minutes here, and no times of joining and leaving that can be read."),
	[BACKWARDS] = N_("Leaving is before joining."),
};

/* A person of the list so far. */
struct there {
	int64_t person_id, minutes;
	struct intervals spans; /* in ms of the event */
};
struct reading {
	struct event_one_row event;
	struct there *people;
	size_t n;
	struct buf faults;
	struct json_out out;
	int64_t n_faults;
};

static enum err the_event(struct ctx *cx, int64_t org_id, int64_t event_id, struct event_one_row *ret)
{
	TRY(event_of(cx, org_id, event_id, ret));
	if (!str_is(ret->held, "link"))
		return fail(cx, ERR_CONFLICT, "", N_("Who is at an event that is shown here is noted here."));
	if (!str_is(ret->state, "ended"))
		return fail(cx, ERR_CONFLICT, "", N_("Attendance is reported of an event that has ended."));
	return OK;
}

/* ── a row ── */

static void note_fault(struct reading *r, int64_t line, enum fault f)
{
	if (r->n_faults++ >= EVENT_LIST_FAULTS_MAX)
		return;
	jw_open(&r->out, '[');
	jw_int(&r->out, line);
	jw_int(&r->out, f);
	jw_close(&r->out, ']');
}

/* "10:05", "10:05:30" of the day on which the event began in India, or a whole time. */
static bool read_time(const struct event_one_row *e, struct str s, int64_t *ret)
{
	static const int64_t most[] = { 23, 59, 59 }, unit[] = { HOUR, MINUTE, SECOND };
	struct str part = STR_NONE;
	int64_t v, sum = 0;
	size_t n = 0;
	if (clock_parse_rfc3339(s, ret))
		return true;
	while (n < 3 && str_cut(&s, ':', &part)) {
		if (part.n > 2 || !str_int(part, &v) || v < 0 || v > most[n])
			return false;
		sum += v * unit[n++];
	}
	*ret = clock_day_start(S("Asia/Kolkata"), clock_day_in_india(event_from(e))) + sum;
	return n >= 2 && !s.n;
}

static enum fault read_span(struct ctx *cx, const struct event_one_row *e, struct str joined, struct str left, struct there *t)
{
	int64_t from, to;
	if (!read_time(e, joined, &from) || !read_time(e, left, &to))
		return NO_TIME;
	if (to < from)
		return BACKWARDS;
	struct interval one = { from - event_from(e), to - event_from(e) };
	struct intervals more = { &one, 1 }, within = intervals_normal(cx->arena, &more, event_length(e));
	t->spans = intervals_union(cx->arena, &t->spans, &within);
	return GOOD;
}

static enum err whose(struct ctx *cx, const struct event_one_row *e, struct str called, int64_t *ret_id)
{
	struct person_called_row p;
	struct event_concerned_row c;
	bool found = false;
	*ret_id = NONE;
	if (called.n)
		TRY(person_called(cx, called, &p, &found));
	if (found)
		TRY(event_sql_concerned(cx, p.id, e->id, e->org_id, clock_day_in_india(e->starts_at), &c, &found));
	*ret_id = found ? p.id : NONE;
	return OK;
}

static struct there *person_in(struct ctx *cx, struct reading *r, int64_t person_id)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->people[i].person_id == person_id)
			return &r->people[i];
	struct there *t = ARENA_PUSH(cx->arena, r->people, r->n);
	t->person_id = person_id;
	return t;
}

static struct str filled(const struct csv *c, const struct strs *row, const char *const *names)
{
	struct str v = S("");
	for (; *names && !v.n; names++)
		v = str_trim(csv_get(c, row, *names));
	return v;
}

static enum err read_row(struct ctx *cx, struct reading *r, const struct csv *c, const struct strs *row, int64_t line)
{
	static const char *const person[] = { "person", "email", "employee_no", NULL }, *const minutes[] = { "minutes", NULL },
				 *const joined[] = { "joined", NULL }, *const left[] = { "left", NULL };
	struct str typed = filled(c, row, minutes);
	int64_t id, n = 0;
	TRY(whose(cx, &r->event, filled(c, row, person), &id));
	if (id == NONE) {
		note_fault(r, line, NOBODY);
		return OK;
	}
	struct there *t = person_in(cx, r, id);
	enum fault f = typed.n ? (str_int(typed, &n) && n >= 0 && n <= EVENT_HOURS_MAX * 60 ? GOOD : NO_TIME)
			       : read_span(cx, &r->event, filled(c, row, joined), filled(c, row, left), t);
	t->minutes += f == GOOD ? n : 0;
	if (f != GOOD)
		note_fault(r, line, f);
	return OK;
}

static enum err read_list(struct ctx *cx, struct reading *r, struct str text)
{
	struct csv c;
	struct strs row;
	size_t n = 0;
	int64_t line;
	if (!csv_begin(cx->arena, text, &c))
		return fail(cx, ERR_INVALID, "file", N_("is no CSV file with a first row of names"));
	while (line = c.line, csv_next(cx->arena, &c, &row)) {
		if (n++ == EVENT_LIST_ROWS_MAX)
			return fail(cx, ERR_INVALID, "file", N_("has more than five thousand rows"));
		TRY(read_row(cx, r, &c, &row, line));
	}
	if (c.rest.n)
		return fail_msg(cx, ERR_INVALID, S("file"), N_("cannot be read from line {line} on"), 1,
				(struct msg_arg[]){ { "line", str_fmt(cx->arena, "%d", c.line) } });
	return n ? OK : fail(cx, ERR_INVALID, "file", N_("has no rows"));
}

enum err event_list_look(struct ctx *cx, const struct event_list *in, int64_t *ret_id)
{
	struct reading r = { .out = { .b = &r.faults } };
	TRY(the_event(cx, in->org_id, in->event_id, &r.event));
	buf_init(&r.faults, cx->arena, EVENT_LIST_FAULTS_MAX * 40);
	jw_open(&r.out, '[');
	TRY(read_list(cx, &r, in->text));
	jw_close(&r.out, ']');
	*ret_id = new_id(cx);
	TRY(event_sql_report_add(cx, *ret_id, in->event_id, in->name, r.n_faults, buf_get(&r.faults), actor_hand(&cx->actor), cx->now, NULL));
	for (size_t i = 0; i < r.n; i++) {
		int64_t ms = r.people[i].minutes * MINUTE + intervals_length(&r.people[i].spans), most = event_length(&r.event);
		TRY(event_sql_report_row(cx, *ret_id, r.people[i].person_id, ms < most ? ms : most, NULL));
	}
	return OK;
}

/* ── showing, carrying out, taking back ── */

static void put_faults(struct ctx *cx, struct event_list_look *ret)
{
	json_t *root = json_loadb(ret->list.faults.p, ret->list.faults.n, 0, NULL), *o;
	size_t i;
	ret->n_faults = json_array_size(root);
	ret->faults = ARENA_ARRAY(cx->arena, struct event_list_fault, ret->n_faults + 1);
	json_array_foreach(root, i, o)
	{
		int64_t code = json_integer_value(json_array_get(o, 1));
		ret->faults[i] = (struct event_list_fault){ json_integer_value(json_array_get(o, 0)),
							    str_of(tr(cx->lang, fault_texts[code > GOOD && code <= BACKWARDS ? code : NOBODY])) };
	}
	json_decref(root);
}

static struct str digest_of(struct ctx *cx, const struct event_list_look *l)
{
	crypto_generichash_state s;
	unsigned char h[16];
	crypto_generichash_init(&s, NULL, 0, sizeof h);
	for (size_t i = 0; i < l->n_lines; i++) {
		const int64_t v[] = { l->list.id, l->lines[i].person_id, l->lines[i].ms, l->lines[i].was_ms };
		crypto_generichash_update(&s, (const unsigned char *)v, sizeof v);
	}
	crypto_generichash_final(&s, h, sizeof h);
	return str_hex(cx->arena, h, sizeof h);
}

enum err event_list_show(struct ctx *cx, int64_t org_id, int64_t event_id, int64_t report_id, struct event_list_look *ret)
{
	struct event_one_row e;
	struct event_report_rows_row *r;
	bool found = false;
	*ret = (struct event_list_look){ 0 };
	TRY(event_of(cx, org_id, event_id, &e));
	TRY(event_sql_report_one(cx, report_id, &ret->list, &found));
	if (!found || ret->list.event_id != event_id)
		return fail(cx, ERR_NOT_FOUND, "report_id", N_("There is no such list."));
	TRY(event_sql_report_rows(cx, event_id, report_id, &r, &ret->n_lines));
	ret->lines = ARENA_ARRAY(cx->arena, struct event_list_line, ret->n_lines + 1);
	for (size_t i = 0; i < ret->n_lines; i++) {
		int64_t was = str_is(ret->list.state, "looked") ? r[i].now_ms : r[i].was_ms;
		ret->lines[i] = (struct event_list_line){ r[i].person_id, r[i].ms, was, r[i].name, was != r[i].ms };
		ret->n_changes += was != r[i].ms;
	}
	put_faults(cx, ret);
	ret->digest = digest_of(cx, ret);
	return OK;
}

enum err event_list_apply(struct ctx *cx, int64_t org_id, int64_t event_id, int64_t report_id, struct str digest)
{
	struct event_list_look l;
	struct event_one_row e;
	struct event_presence_row p;
	bool found;
	TRY(the_event(cx, org_id, event_id, &e));
	TRY(event_list_show(cx, org_id, event_id, report_id, &l));
	if (!str_is(l.list.state, "looked"))
		return fail(cx, ERR_CONFLICT, "", N_("This list was carried out already."));
	if (!str_eq(digest, l.digest))
		return fail(cx, ERR_CONFLICT, "digest", N_("What is noted has changed since this list was shown. Nothing was changed; look at it again."));
	for (size_t i = 0; i < l.n_lines; i++) {
		TRY(event_sql_presence(cx, event_id, l.lines[i].person_id, &p, &found));
		TRY(event_sql_report_was(cx, found ? p.ms : NONE, found ? p.way : STR_NONE, report_id, l.lines[i].person_id, NULL));
		TRY(event_presence_set(cx, &e, l.lines[i].person_id, S("csv"), l.lines[i].ms));
	}
	return event_sql_report_state(cx, S("done"), cx->now, report_id, NULL);
}

enum err event_list_undo(struct ctx *cx, int64_t org_id, int64_t event_id, int64_t report_id)
{
	struct event_list_look l;
	struct event_one_row e;
	struct event_report_rows_row *r;
	size_t n;
	TRY(the_event(cx, org_id, event_id, &e));
	TRY(event_list_show(cx, org_id, event_id, report_id, &l));
	if (!str_is(l.list.state, "done"))
		return fail(cx, ERR_CONFLICT, "", N_("This list is not carried out."));
	TRY(event_sql_report_rows(cx, event_id, report_id, &r, &n));
	for (size_t i = 0; i < n; i++)
		if (r[i].now_ms != r[i].ms || !str_is(r[i].now_way, "csv"))
			return fail_msg(cx, ERR_CONFLICT, S(""), N_("{name} was noted otherwise since. Nothing was changed."), 1,
					(struct msg_arg[]){ { "name", r[i].name } });
	for (size_t i = 0; i < n; i++)
		TRY(event_presence_set(cx, &e, r[i].person_id, r[i].was_way, r[i].was_ms));
	return event_sql_report_state(cx, S("undone"), l.list.done_at, report_id, NULL);
}

/* ── over the API ── */

enum err event_report_one(struct ctx *cx, int64_t org_id, int64_t event_id, struct str person, int64_t minutes)
{
	struct event_one_row e;
	struct event_presence_row p;
	int64_t id, ms;
	bool found = false;
	TRY(the_event(cx, org_id, event_id, &e));
	TRY(whose(cx, &e, person, &id));
	if (id == NONE)
		return fail(cx, ERR_NOT_FOUND, "person", fault_texts[NOBODY]);
	ms = minutes * MINUTE < event_length(&e) ? minutes * MINUTE : event_length(&e);
	TRY(event_sql_presence(cx, event_id, id, &p, &found));
	return found && p.ms == ms && str_is(p.way, "api") ? OK : event_presence_set(cx, &e, id, S("api"), ms);
}
