/* The table of actions of the process: checked once at the start; see action.h. */
#include "web/action.h"

#include <stdio.h>
#include <stdlib.h>

enum { BUCKETS = 1024, MANNERS_MAX = 8 };

/* Actions by what the first word and the number of parts of their address hash to. */
struct near {
	uint16_t *v;
	size_t n;
};
struct action_table {
	const struct action **v;
	size_t n;
	struct near *pages, *apis; /* BUCKETS each */
	const struct manners *manners[MANNERS_MAX];
	size_t n_manners;
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

/* ── which may be meant by an address ── */

/* Of "/courses/{course_id}" the word is "courses"; of "/api/v1/courses/{course_id}" and "/scim/v2/Users" the third. */
static size_t bucket_of(bool api, struct str path, struct str *ret_word)
{
	struct str part;
	size_t n_parts = 0;
	*ret_word = S("");
	for (; str_cut(&path, '/', &part); n_parts++)
		if (n_parts == (api ? 3 : 1))
			*ret_word = part;
	uint32_t h = 2166136261U ^ (uint32_t)n_parts; /* FNV-1a, draft-eastlake-fnv */
	for (size_t i = 0; i < ret_word->n; i++)
		h = (h ^ (unsigned char)ret_word->p[i]) * 16777619U;
	return h % BUCKETS;
}

static bool place_near(struct near *buckets, bool api, const char *address, size_t index)
{
	struct str word;
	struct near *b = &buckets[bucket_of(api, str_of(address), &word)];
	b->v = realloc(b->v, (b->n + 1) * sizeof *b->v);
	BUG_IF(!b->v || index > UINT16_MAX);
	b->v[b->n++] = (uint16_t)index;
	return !str_starts(word, S("{"));
}

static void note_manners(struct action_table *t, const struct manners *m)
{
	for (size_t i = 0; i < t->n_manners; i++)
		if (t->manners[i] == m)
			return;
	BUG_IF(t->n_manners == MANNERS_MAX);
	t->manners[t->n_manners++] = m;
}

/* NULL, or what is wrong. */
static const char *index_one(struct action_table *t, size_t i)
{
	const struct action *a = t->v[i];
	if (a->manners)
		note_manners(t, a->manners);
	bool words = (!a->page || place_near(t->pages, false, a->page, i)) && (!a->api || place_near(t->apis, true, a->api, i));
	return words ? NULL : "has a place where the first word of its address should be";
}

const uint16_t *action_near(const struct action_table *t, bool api, struct str path, size_t *ret_n)
{
	struct str word;
	const struct near *b = &(api ? t->apis : t->pages)[bucket_of(api, path, &word)];
	*ret_n = b->n;
	return b->v;
}

const struct manners *action_manners(const struct action_table *t, struct str path)
{
	for (size_t i = 0; i < t->n_manners; i++)
		if (str_starts(path, str_of(t->manners[i]->prefix)))
			return t->manners[i];
	return NULL;
}

struct action_table *action_table_new(const struct action *const *features, struct str *ret_fault)
{
	struct action_table *t = calloc(1, sizeof *t);
	BUG_IF(!t);
	t->pages = calloc(BUCKETS, sizeof *t->pages);
	t->apis = calloc(BUCKETS, sizeof *t->apis);
	BUG_IF(!t->pages || !t->apis);
	for (size_t i = 0; features[i]; i++)
		for (const struct action *a = features[i]; a->name; a++) {
			t->v = realloc(t->v, (t->n + 1) * sizeof *t->v);
			BUG_IF(!t->v);
			t->v[t->n++] = a;
		}
	*ret_fault = STR_NONE;
	for (size_t i = 0; i < t->n; i++) {
		const char *why = index_one(t, i);
		if (!why)
			why = fault_of(t, t->v[i]);
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
	for (size_t i = 0; i < BUCKETS; i++) {
		free(t->pages[i].v);
		free(t->apis[i].v);
	}
	free(t->pages);
	free(t->apis);
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
