/* People named for a charcha in a list: looked at, carried out, taken back; see charcha.h. */
#include "base/json.h"
#include "base/utf8.h"
#include "feature/charcha/charcha.h"
#include "feature/person/person.h"
#include "text/csv.h"

#include <jansson.h>
#include <stdlib.h>

enum { PLAN_MAX = 1 << 20, NOBODY = 100, TWICE = 101 };

static const char *fault_text(int64_t code)
{
	if (code == NOBODY)
		return N_("There is nobody of this number or address.");
	if (code == TWICE)
		return N_("stands in this list twice");
	return code > CHARCHA_MAY && code <= CHARCHA_IN ? charcha_may_texts[code] : charcha_may_texts[CHARCHA_NOT_OPEN];
}

struct looking {
	struct charcha_one_row charcha;
	int64_t *people, n_rows, n_faults;
	size_t n;
	struct buf plan, faults;
	struct json_out to_plan, to_faults;
};

static void put_fault(struct looking *l, int64_t line, int64_t code)
{
	jw_open(&l->to_faults, '[');
	jw_int(&l->to_faults, line);
	jw_int(&l->to_faults, code);
	jw_close(&l->to_faults, ']');
	l->n_faults++;
}

static enum err look_at_row(struct ctx *cx, struct looking *l, int64_t line, struct str called)
{
	struct person_called_row p;
	struct charcha_standing_row s;
	enum charcha_may may;
	bool found = false;
	l->n_rows++;
	TRY(person_called(cx, called, &p, &found));
	if (!found) {
		put_fault(l, line, NOBODY);
		return OK;
	}
	TRY(charcha_may(cx, &l->charcha, p.id, true, &may, &s));
	if (may != CHARCHA_MAY) {
		put_fault(l, line, (int64_t)may);
		return OK;
	}
	l->people[l->n++] = p.id;
	jw_int(&l->to_plan, p.id);
	return OK;
}

static int by_id(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

static bool has_twice(struct looking *l)
{
	if (l->n)
		qsort(l->people, l->n, sizeof *l->people, by_id);
	for (size_t i = 1; i < l->n; i++)
		if (l->people[i] == l->people[i - 1])
			return true;
	return false;
}

static bool begin_list(struct ctx *cx, struct str text, struct csv *ret)
{
	if (!utf8_valid(text) || !csv_begin(cx->arena, text, ret))
		return false;
	for (size_t i = 0; i < ret->head.n; i++)
		if (str_is(ret->head.v[i], "person"))
			return true;
	return false;
}

static enum err read_rows(struct ctx *cx, struct looking *l, struct csv *c)
{
	struct strs fields;
	for (int line = c->line; csv_next(cx->arena, c, &fields); line = c->line) {
		struct str called = str_trim(csv_get(c, &fields, "person"));
		if (!called.n)
			continue;
		if (l->n_rows == CHARCHA_LIST_ROWS)
			return fail(cx, ERR_INVALID, "file", N_("has more than 5,000 rows; split it"));
		TRY(look_at_row(cx, l, line, called));
	}
	if (c->rest.n) {
		const struct msg_arg arg = { "line", str_fmt(cx->arena, "%d", c->line) };
		return fail_msg(cx, ERR_INVALID, S("file"), N_("cannot be read from line {line} on: a quote is not closed, or a row is too long"), 1, &arg);
	}
	return l->n_rows ? OK : fail(cx, ERR_INVALID, "file", N_("has no rows"));
}

enum err charcha_list_look(struct ctx *cx, int64_t org_id, int64_t charcha_id, struct str name, struct str text, int64_t *ret_id)
{
	struct looking l = { .people = ARENA_ARRAY(cx->arena, int64_t, CHARCHA_LIST_ROWS) };
	struct csv c;
	TRY(charcha_of(cx, org_id, charcha_id, &l.charcha));
	if (text.n > CHARCHA_LIST_BYTES || !begin_list(cx, text, &c))
		return fail(cx, ERR_INVALID, "file", N_("must be CSV in UTF-8 with a column person, at most 512 KB"));
	buf_init(&l.plan, cx->arena, PLAN_MAX);
	buf_init(&l.faults, cx->arena, PLAN_MAX);
	l.to_plan = (struct json_out){ &l.plan, false };
	l.to_faults = (struct json_out){ &l.faults, false };
	jw_open(&l.to_plan, '[');
	jw_open(&l.to_faults, '[');
	TRY(read_rows(cx, &l, &c));
	if (has_twice(&l))
		put_fault(&l, 1, TWICE);
	jw_close(&l.to_plan, ']');
	jw_close(&l.to_faults, ']');
	*ret_id = new_id(cx);
	return charcha_sql_list_add(cx, *ret_id, charcha_id, name, l.n_rows, (int64_t)l.n, l.n_faults, buf_get(&l.plan), buf_get(&l.faults),
				    actor_hand(&cx->actor), cx->now, NULL);
}

enum err charcha_list_of(struct ctx *cx, int64_t charcha_id, int64_t list_id, struct charcha_list_one_row *ret)
{
	bool found = false;
	TRY(charcha_sql_list_one(cx, list_id, ret, &found));
	return found && ret->charcha_id == charcha_id ? OK : fail(cx, ERR_NOT_FOUND, "list_id", N_("There is no such list."));
}

static size_t ids_of(struct ctx *cx, struct str text, int64_t **ret)
{
	json_t *root = json_loadb(text.p, text.n, 0, NULL), *o;
	size_t n = json_array_size(root), i;
	*ret = ARENA_ARRAY(cx->arena, int64_t, n + 1);
	json_array_foreach(root, i, o)(*ret)[i] = json_integer_value(o);
	json_decref(root);
	return n;
}

enum err charcha_list_apply(struct ctx *cx, int64_t org_id, int64_t charcha_id, int64_t list_id)
{
	struct charcha_one_row c;
	struct charcha_list_one_row l;
	int64_t *people;
	TRY(charcha_of(cx, org_id, charcha_id, &c));
	TRY(charcha_list_of(cx, charcha_id, list_id, &l));
	if (!str_is(l.state, "looked"))
		return fail(cx, ERR_CONFLICT, "", N_("This list was carried out already."));
	if (l.n_faults)
		return fail(cx, ERR_CONFLICT, "", N_("Rows of this list are wrong. Correct them and bring the list again."));
	size_t n = ids_of(cx, l.plan, &people);
	if (n > CHARCHA_LATE_MAX && str_is(c.state, "drawn"))
		return fail(cx, ERR_CONFLICT, "", N_("Groups are drawn: so late at most a hundred people come by a list. Bring shorter ones."));
	TRY(charcha_room(cx, charcha_id, (int64_t)n));
	for (size_t i = 0; i < n; i++)
		TRY(charcha_put(cx, charcha_id, people[i], true));
	return charcha_sql_list_done(cx, l.plan, cx->now, list_id, NULL);
}

enum err charcha_list_undo(struct ctx *cx, int64_t org_id, int64_t charcha_id, int64_t list_id)
{
	struct charcha_one_row c;
	struct charcha_list_one_row l;
	int64_t *people;
	TRY(charcha_of(cx, org_id, charcha_id, &c));
	TRY(charcha_list_of(cx, charcha_id, list_id, &l));
	if (!str_is(l.state, "done"))
		return fail(cx, ERR_CONFLICT, "", N_("This list is not carried out."));
	if (cx->now >= c.held_at)
		return fail(cx, ERR_CONFLICT, "", N_("The charcha has begun."));
	size_t n = ids_of(cx, l.undo, &people);
	for (size_t i = 0; i < n; i++) {
		int64_t changed = 0;
		TRY(charcha_sql_withdraw(cx, cx->now, charcha_id, people[i], &changed)); /* who has withdrawn himself has done so already */
		if (changed && str_is(c.state, "drawn"))				 /* else there are no groups yet in which to listen */
			TRY(live_judge_again(cx, people[i]));
	}
	return charcha_sql_list_undone(cx, cx->now, list_id, NULL);
}

size_t charcha_list_faults(struct ctx *cx, struct str faults, struct charcha_fault **ret)
{
	json_t *root = json_loadb(faults.p, faults.n, 0, NULL), *o;
	size_t n = json_array_size(root), i;
	*ret = ARENA_ARRAY(cx->arena, struct charcha_fault, n + 1);
	json_array_foreach(root, i, o)(*ret)[i] =
		(struct charcha_fault){ json_integer_value(json_array_get(o, 0)), str_of(fault_text(json_integer_value(json_array_get(o, 1)))) };
	json_decref(root);
	return n;
}
