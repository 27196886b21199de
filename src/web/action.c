/* The table of actions of the process: checked once at the start; see action.h. */
#include "web/action.h"

#include <stdio.h>
#include <stdlib.h>

struct action_table {
	const struct action **v;
	size_t n;
	char fault[300];
};

static const struct field *field_named(const struct field *f, struct str name)
{
	for (; f && f->name; f++)
		if (str_is(name, f->name))
			return f;
	return NULL;
}

/* The first {place} of an address that is no field of the input, or absent. */
static struct str unknown_place(const struct field *fields, const char *address)
{
	struct str rest = str_of(address), part;
	while (address && str_cut(&rest, '/', &part))
		if (part.n > 2 && part.p[0] == '{' && !field_named(fields, str_sub(part, 1, part.n - 1)))
			return part;
	return STR_NONE;
}

const char *method_name(enum method m)
{
	static const char *const names[METHOD_COUNT_] = { "GET", "POST", "PUT", "PATCH", "DELETE" };
	return m < METHOD_COUNT_ ? names[m] : "-";
}

static bool same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static const char *fault_of(const struct action_table *t, const struct action *a)
{
	if (!a->run || !a->summary)
		return "has no run function or no summary";
	if (a->may == MAY_NOTHING_)
		return "names no permission";
	if (!a->page && !a->api)
		return "has no address";
	if (a->method != GET && a->method != POST && a->page)
		return "has a page, but no browser sends such a method";
	if (a->only_reads && (a->method != POST || a->api || a->outside))
		return "only reads, but is not a POST of a page alone";
	if (a->manners && (!a->api || !str_starts(str_of(a->api), str_of(a->manners->prefix))))
		return "does not stand below the prefix of its manners";
	const struct field *whole = a->whole ? field_named(a->in, str_of(a->whole)) : NULL;
	if (a->whole && (!whole || whole->kind != F_JSON))
		return "names no JSON field for its body";
	if (a->in && !a->in_size)
		return "does not say how large its input is";
	if (unknown_place(a->in, a->page).p || unknown_place(a->in, a->api).p)
		return "has a place in its address that is no field of its input";
	if (a->form && !action_named(t, a->form))
		return "names a form that does not exist";
	for (size_t i = 0; i < t->n; i++) {
		const struct action *b = t->v[i];
		if (b != a && (same(a->name, b->name) || (a->method == b->method && (same(a->page, b->page) || same(a->api, b->api)))))
			return "shares its name or address with another";
	}
	return NULL;
}

struct action_table *action_table_new(const struct action *const *features, struct str *ret_fault)
{
	struct action_table *t = calloc(1, sizeof *t);
	BUG_IF(!t);
	for (size_t i = 0; features[i]; i++)
		for (const struct action *a = features[i]; a->name; a++) {
			t->v = realloc(t->v, (t->n + 1) * sizeof *t->v);
			BUG_IF(!t->v);
			t->v[t->n++] = a;
		}
	*ret_fault = STR_NONE;
	for (size_t i = 0; i < t->n; i++) {
		const char *why = fault_of(t, t->v[i]);
		if (why) {
			snprintf(t->fault, sizeof t->fault, "action %s %s", t->v[i]->name, why);
			*ret_fault = str_of(t->fault);
			break;
		}
	}
	return t;
}

void action_table_free(struct action_table *t)
{
	if (!t)
		return;
	free(t->v);
	free(t);
}

size_t action_count(const struct action_table *t)
{
	return t->n;
}

const struct action *action_at(const struct action_table *t, size_t i)
{
	return t->v[i];
}

const struct action *action_named(const struct action_table *t, const char *name)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->v[i]->name, name) == 0)
			return t->v[i];
	return NULL;
}

struct str action_address(struct ctx *cx, const char *pattern, const struct field *fields, const void *in)
{
	struct buf b;
	buf_init(&b, cx->arena, 2048);
	for (const char *p = pattern; *p; p++) {
		const char *end = *p == '{' ? strchr(p, '}') : NULL;
		if (!end) {
			buf_char(&b, *p);
			continue;
		}
		const struct field *f = field_named(fields, (struct str){ p + 1, (size_t)(end - p - 1) });
		BUG_IF(!f);
		const void *at = (const char *)in + f->offset;
		if (f->kind == F_ID || f->kind == F_INT)
			buf_int(&b, *(const int64_t *)at);
		else
			buf_str(&b, *(const struct str *)at);
		p = end;
	}
	return buf_get(&b);
}
