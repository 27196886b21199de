/* Lists of a session; see attendance_list.h. */
#include "feature/attendance/attendance_list.h"
#include "base/json.h"
#include "base/utf8.h"
#include "feature/person/person.h"
#include "text/csv.h"
#include "web/lang.h"

#include <jansson.h>
#include <stdlib.h>

enum { PLAN_BYTES_MAX = 4 << 20 };
enum fault { GOOD, NO_PERSON, NOT_ADMITTED, TWICE, NO_WORD, IS_THERE, IS_CORRECTED, IS_OWN, FAULTS }; /* numbers are kept with lists */
static const char *const fault_texts[FAULTS] = {
	[GOOD] = "",
	[NO_PERSON] = N_("person: is nobody here (employee number, e-mail or mobile number)"),
	[NOT_ADMITTED] = N_("person: is not admitted to this batch"),
	[TWICE] = N_("person: stands in the list before"),
	[NO_WORD] = N_("there: must be yes or no"),
	[IS_THERE] = N_("there: is noted as there; correct that by hand, with a reason"),
	[IS_CORRECTED] = N_("there: was corrected to “not there”; correct that by hand, with a reason"),
	[IS_OWN] = N_("person: nobody notes the own attendance; ask another coordinator"),
};

struct row {
	int64_t line, person_id;
	bool there;
	enum fault fault;
	const struct attendance_called_row *is;
};

struct people {
	struct attendance_called_row *v; /* by person */
	size_t n;
};

static int by_person(const void *a, const void *b)
{
	int64_t x = ((const struct attendance_called_row *)a)->person_id, y = ((const struct attendance_called_row *)b)->person_id;
	return x < y ? -1 : x > y;
}

static enum err read_people(struct ctx *cx, const struct attendance_session_row *s, struct people *ret)
{
	TRY(attendance_sql_called(cx, s->id, s->batch_id, &ret->v, &ret->n));
	if (ret->n)
		qsort(ret->v, ret->n, sizeof *ret->v, by_person);
	return OK;
}

static const struct attendance_called_row *one_of(const struct people *p, int64_t person_id)
{
	const struct attendance_called_row key = { .person_id = person_id };
	return p->n ? bsearch(&key, p->v, p->n, sizeof key, by_person) : NULL;
}

/* Somebody of whom nothing is known has no way. */
static bool is_known(const struct attendance_called_row *is)
{
	return is->way.n > 0;
}

/* ── looking ── */

static enum fault judged(const struct ctx *cx, const struct row *r)
{
	if (!r->there)
		return r->is->there ? IS_THERE : GOOD;
	if (!r->is->there && actor_is(&cx->actor, r->person_id))
		return IS_OWN;
	return !r->is->there && str_is(r->is->way, "corrected") ? IS_CORRECTED : GOOD;
}

static enum err read_row(struct ctx *cx, const struct people *all, struct str called, struct str there, struct row *r)
{
	struct person_called_row p;
	bool found = false, yes = str_is(there, "yes"), no = str_is(there, "no");
	TRY(person_called(cx, called, &p, &found));
	r->fault = !called.n || !found ? NO_PERSON : !yes && !no ? NO_WORD : GOOD;
	if (r->fault)
		return OK;
	r->person_id = p.id;
	r->there = yes;
	r->is = one_of(all, p.id);
	r->fault = r->is ? judged(cx, r) : NOT_ADMITTED;
	return OK;
}

static int by_who(const void *a, const void *b)
{
	const struct row *x = *(struct row *const *)a, *y = *(struct row *const *)b;
	if (x->person_id != y->person_id)
		return x->person_id < y->person_id ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

static void find_twice(struct ctx *cx, struct row *rows, size_t n)
{
	struct row **v = ARENA_ARRAY(cx->arena, struct row *, n);
	for (size_t i = 0; i < n; i++)
		v[i] = &rows[i];
	qsort(v, n, sizeof(struct row *), by_who);
	for (size_t i = 1; i < n; i++)
		if (v[i]->person_id && v[i]->person_id == v[i - 1]->person_id)
			v[i]->fault = TWICE;
}

static enum err keep(struct ctx *cx, const struct attendance_session_row *s, struct str name, const struct row *rows, size_t n, int64_t *ret_id)
{
	struct buf plan, faults;
	struct json_out p = { &plan, false }, f = { &faults, false };
	int64_t n_new = 0, n_faults = 0;
	buf_init(&plan, cx->arena, PLAN_BYTES_MAX);
	buf_init(&faults, cx->arena, PLAN_BYTES_MAX);
	jw_open(&p, '[');
	jw_open(&f, '[');
	for (size_t i = 0; i < n; i++) {
		bool is_new = !rows[i].fault && rows[i].there && !rows[i].is->there;
		n_new += is_new;
		n_faults += rows[i].fault != GOOD;
		if (is_new) {
			jw_open(&p, '[');
			jw_int(&p, rows[i].person_id);
			jw_str(&p, rows[i].is->name);
			jw_close(&p, ']');
		} else if (rows[i].fault && n_faults <= ATTENDANCE_FAULTS_MAX) {
			jw_open(&f, '[');
			jw_int(&f, rows[i].line);
			jw_int(&f, rows[i].fault);
			jw_close(&f, ']');
		}
	}
	jw_close(&p, ']');
	jw_close(&f, ']');
	if (plan.full)
		return fail(cx, ERR_INVALID, "file", N_("is too large"));
	*ret_id = new_id(cx);
	return attendance_sql_add_list(cx, *ret_id, s->id, name, (int64_t)n, n_new, (int64_t)n - n_new - n_faults, n_faults, buf_get(&plan), buf_get(&faults),
				       actor_hand(&cx->actor), cx->now, NULL);
}

static enum err in_time(struct ctx *cx, const struct attendance_session_row *s)
{
	if (s->cancelled_at != NONE || cx->now < s->starts_at)
		return fail(cx, ERR_CONFLICT, "", N_("A list is taken from the beginning of the session on."));
	if (cx->now >= attendance_last(s))
		return fail(cx, ERR_CONFLICT, "", N_("A list is taken up to the seventh day after the batch ends. That day has passed."));
	return OK;
}

static enum err begin_list(struct ctx *cx, struct str text, struct csv *ret)
{
	bool person = false, there = false;
	if (text.n > ATTENDANCE_BYTES_MAX || !utf8_valid(text))
		return fail(cx, ERR_INVALID, "file", N_("must be CSV in UTF-8, at most 512 KB"));
	if (csv_begin(cx->arena, text, ret))
		for (size_t i = 0; i < ret->head.n; i++) {
			person |= str_is(ret->head.v[i], "person");
			there |= str_is(ret->head.v[i], "there");
		}
	return person && there ? OK : fail(cx, ERR_INVALID, "file", N_("must begin with a row of names: person, there"));
}

enum err attendance_list_look(struct ctx *cx, const struct attendance_session_row *s, struct str name, struct str text, int64_t *ret_id)
{
	struct people all;
	struct csv c;
	struct strs fields;
	struct row *rows = ARENA_ARRAY(cx->arena, struct row, ATTENDANCE_ROWS_MAX);
	size_t n = 0;
	TRY(in_time(cx, s));
	TRY(begin_list(cx, text, &c));
	TRY(read_people(cx, s, &all));
	for (int line = c.line; csv_next(cx->arena, &c, &fields); line = c.line) {
		struct str called = str_trim(csv_get(&c, &fields, "person")), there = str_lower(cx->arena, str_trim(csv_get(&c, &fields, "there")));
		if (!called.n && !there.n)
			continue;
		if (n == ATTENDANCE_ROWS_MAX)
			return fail(cx, ERR_INVALID, "file", N_("has more than 5,000 rows"));
		rows[n] = (struct row){ .line = line };
		TRY(read_row(cx, &all, called, there, &rows[n]));
		n++;
	}
	if (c.rest.n)
		return fail_msg(cx, ERR_INVALID, S("file"), N_("cannot be read from line {line} on: a quote is not closed, or a row is too long"), 1,
				(struct msg_arg[]){ { "line", str_fmt(cx->arena, "%d", c.line) } });
	if (!n)
		return fail(cx, ERR_INVALID, "file", N_("has no rows"));
	find_twice(cx, rows, n);
	return keep(cx, s, name, rows, n, ret_id);
}

/* ── carrying out, taking back ── */

enum err attendance_list_find(struct ctx *cx, const struct attendance_session_row *s, int64_t id, struct attendance_list_row *ret)
{
	bool found = false;
	TRY(attendance_sql_list(cx, id, ret, &found));
	return found && ret->session_id == s->id ? OK : fail(cx, ERR_NOT_FOUND, "list_id", N_("There is no such list."));
}

static size_t people_of(struct ctx *cx, struct str text, int64_t **ret)
{
	json_t *root = json_loadb(text.p, text.n, 0, NULL), *o;
	size_t n = json_array_size(root), i;
	*ret = ARENA_ARRAY(cx->arena, int64_t, n + 1);
	json_array_foreach(root, i, o)(*ret)[i] = json_integer_value(json_array_get(o, 0));
	json_decref(root);
	return n;
}

enum err attendance_list_apply(struct ctx *cx, const struct attendance_session_row *s, int64_t id)
{
	struct attendance_list_row l;
	struct people all;
	struct buf undo;
	struct json_out j = { &undo, false };
	enum attendance_outcome outcome;
	int64_t *who;
	TRY(attendance_list_find(cx, s, id, &l));
	TRY(in_time(cx, s));
	if (!str_is(l.state, "looked"))
		return fail(cx, ERR_CONFLICT, "", N_("This list was carried out already."));
	if (l.n_faults)
		return fail(cx, ERR_CONFLICT, "", N_("Rows of this list are wrong. Correct them and bring the list again."));
	TRY(read_people(cx, s, &all));
	size_t n = people_of(cx, l.plan, &who);
	buf_init(&undo, cx->arena, PLAN_BYTES_MAX);
	jw_open(&j, '[');
	for (size_t i = 0; i < n; i++) {
		const struct attendance_called_row *is = one_of(&all, who[i]);
		if (!is || is->there || str_is(is->way, "corrected"))
			return fail(cx, ERR_CONFLICT, "",
				    N_("Something has changed since this list was looked at. Nothing was changed; bring the list again."));
		if (actor_is(&cx->actor, who[i])) /* brought by somebody else */
			return fail(cx, ERR_CONFLICT, "", N_("You stand in this list, and nobody notes the own attendance. Ask another coordinator."));
		TRY(attendance_put(cx, s, who[i], &(struct attendance_mark){ true, "csv", NONE, cx->now, cx->now, actor_hand(&cx->actor), NONE, S(""), S("") },
				   &outcome));
		jw_open(&j, '[');
		jw_int(&j, who[i]);
		jw_bool(&j, is_known(is));
		jw_int(&j, is->said_at);
		jw_close(&j, ']');
	}
	jw_close(&j, ']');
	return attendance_sql_list_done(cx, buf_get(&undo), cx->now, id, NULL);
}

/* Somebody was not noted before, or as not there: so he is again. */
static enum err undo_one(struct ctx *cx, const struct attendance_session_row *s, int64_t done_at, int64_t person_id, bool known, int64_t said_at)
{
	struct attendance_one_row is;
	bool found = false;
	TRY(attendance_sql_one(cx, s->id, person_id, &is, &found));
	if (!found || !is.there || !str_is(is.way, "csv") || is.said_at != done_at)
		return fail(cx, ERR_CONFLICT, "", N_("Something that this list noted was changed since. Nothing was changed."));
	TRY(attendance_sql_put(cx, s->id, person_id, false, S("csv"), 0, cx->now, cx->now, actor_hand(&cx->actor), NONE, known ? said_at : cx->now, S(""),
			       NULL));
	TRY(attendance_sql_add_change(cx, new_id(cx), s->id, person_id, false, S("csv"), 0, S(""), cx->now, cx->now, actor_hand(&cx->actor), NULL));
	TRY(attendance_settle(cx, s, person_id));
	return known ? OK : attendance_sql_remove(cx, s->id, person_id, NULL);
}

static enum err undo_all(struct ctx *cx, const struct attendance_session_row *s, const json_t *root, int64_t done_at)
{
	const json_t *o;
	size_t i;
	json_array_foreach(root, i, o) TRY(undo_one(cx, s, done_at, json_integer_value(json_array_get(o, 0)), json_is_true(json_array_get(o, 1)),
						    json_integer_value(json_array_get(o, 2))));
	return OK;
}

enum err attendance_list_undo(struct ctx *cx, const struct attendance_session_row *s, int64_t id)
{
	struct attendance_list_row l;
	TRY(attendance_list_find(cx, s, id, &l));
	if (!str_is(l.state, "done"))
		return fail(cx, ERR_CONFLICT, "", N_("This list is not carried out."));
	if (cx->now >= attendance_last(s))
		return fail(cx, ERR_CONFLICT, "", N_("A list is taken back up to the seventh day after the batch ends. That day has passed."));
	json_t *root = json_loadb(l.undo.p, l.undo.n, 0, NULL);
	enum err e = undo_all(cx, s, root, l.done_at);
	json_decref(root);
	TRY(e);
	return attendance_sql_list_undone(cx, cx->now, id, NULL);
}

/* ── showing ── */

size_t attendance_list_faults(struct ctx *cx, struct str faults, struct attendance_fault **ret)
{
	json_t *root = json_loadb(faults.p, faults.n, 0, NULL), *o;
	size_t n = json_array_size(root), i;
	*ret = ARENA_ARRAY(cx->arena, struct attendance_fault, n + 1);
	json_array_foreach(root, i, o)
	{
		int64_t code = json_integer_value(json_array_get(o, 1));
		const char *text = code > GOOD && code < FAULTS ? fault_texts[code] : fault_texts[NO_PERSON];
		(*ret)[i] = (struct attendance_fault){ json_integer_value(json_array_get(o, 0)), str_of(tr(cx->lang, text)) };
	}
	json_decref(root);
	return n;
}

size_t attendance_list_names(struct ctx *cx, struct str plan, struct str **ret)
{
	json_t *root = json_loadb(plan.p, plan.n, 0, NULL), *o;
	size_t n = json_array_size(root), i;
	*ret = ARENA_ARRAY(cx->arena, struct str, n + 1);
	json_array_foreach(root, i, o)(*ret)[i] = str_dup(cx->arena, str_of(json_string_value(json_array_get(o, 1))));
	json_decref(root);
	return n;
}
