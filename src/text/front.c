/* Front matter parser; see front.h. */
#include "text/front.h"

enum { VALUES_MAX = 100, LIST_MAX = 100 };

struct reader {
	struct findings *f;
	struct str file, source;
	size_t at; /* of the next line */
	int line;  /* of the line taken last */
};

static bool next_line(struct reader *r, struct str *ret)
{
	if (r->at >= r->source.n)
		return false;
	struct str rest = str_sub(r->source, r->at, r->source.n);
	ptrdiff_t end = str_index(rest, '\n');
	size_t n = end < 0 ? rest.n : (size_t)end;
	r->at += n + (end >= 0);
	r->line++;
	*ret = str_sub(rest, 0, n && rest.p[n - 1] == '\r' ? n - 1 : n);
	return true;
}

static bool is_fence(struct str line)
{
	return line.n >= 3 && line.p[0] == '-' && str_is(str_trim(line), "---");
}

static const struct front_key *key_named(const struct front_key *keys, struct str name)
{
	for (; keys->name; keys++)
		if (str_is(name, keys->name))
			return keys;
	return NULL;
}

static const struct front_value *value_named(const struct front *front, struct str key)
{
	for (size_t i = 0; i < front->n; i++)
		if (str_eq(front->v[i].key, key))
			return &front->v[i];
	return NULL;
}

static bool has_control(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return true;
	return false;
}

static void take_value(struct reader *r, const struct front_key *keys, struct str line, struct front *front)
{
	ptrdiff_t colon = str_index(line, ':');
	if (colon < 0) {
		finding_add_what(r->f, r->file, r->line, N_("Expected “key: value” and found “{what}”"), line);
		return;
	}
	struct str key = str_trim(str_sub(line, 0, (size_t)colon));
	struct str value = str_trim(str_sub(line, (size_t)colon + 1, line.n));
	if (!key_named(keys, key))
		finding_add_what(r->f, r->file, r->line, N_("There is no key “{what}” here"), key);
	else if (value_named(front, key))
		finding_add_what(r->f, r->file, r->line, N_("The key “{what}” stands here twice"), key);
	else if (!value.n)
		finding_add_what(r->f, r->file, r->line, N_("The key “{what}” has no value"), key);
	else if (has_control(value))
		finding_add_what(r->f, r->file, r->line, N_("The value of “{what}” holds a control character"), key);
	/* An unknown key is kept out, so the list is never longer than the table (and the look-ups stay cheap). */
	if (key_named(keys, key) && !value_named(front, key) && front->n < VALUES_MAX)
		*ARENA_PUSH(r->f->arena, front->v, front->n) = (struct front_value){ key, value, r->line };
}

static void note_missing(struct reader *r, const struct front_key *keys, const struct front *front)
{
	for (; keys->name; keys++)
		if (keys->must && !value_named(front, str_of(keys->name)))
			finding_add_what(r->f, r->file, 1, N_("The key “{what}” is missing"), str_of(keys->name));
}

static void set_body(const struct reader *r, size_t offset, int line, struct front *ret)
{
	ret->body_offset = offset;
	ret->body_line = line;
	ret->body = str_sub(r->source, offset, r->source.n);
}

bool front_parse(struct findings *f, struct str file, struct str source, const struct front_key *keys, struct front *ret)
{
	*ret = (struct front){ .body = S(""), .body_line = 1 };
	size_t before = f->n;
	if (!finding_check_source(f, file, source))
		return false;
	struct reader r = { .f = f, .file = file, .source = source };
	if (str_starts(source, S("\xef\xbb\xbf"))) /* a byte order mark, as some editors write */
		r.at = 3;
	set_body(&r, r.at, 1, ret);
	struct str line;
	if (!next_line(&r, &line) || !is_fence(line)) {
		finding_add(f, file, 1, N_("The file must start with a line “---” and its keys"), 0, NULL);
		return false;
	}
	bool closed = false;
	while (!closed && next_line(&r, &line)) {
		closed = is_fence(line);
		if (!closed && str_trim(line).n)
			take_value(&r, keys, line, ret);
	}
	if (!closed)
		finding_add(f, file, 1, N_("The keys are not closed by a second line “---”"), 0, NULL);
	set_body(&r, r.at, r.line + 1, ret);
	note_missing(&r, keys, ret);
	return f->n == before;
}

struct str front_get(const struct front *front, const char *key)
{
	const struct front_value *v = value_named(front, str_of(key));
	return v ? v->value : STR_NONE;
}

int front_line_of(const struct front *front, const char *key)
{
	const struct front_value *v = value_named(front, str_of(key));
	return v ? v->line : 1;
}

struct strs front_list(struct arena *a, struct str value)
{
	struct strs list = { 0 };
	struct str part;
	while (list.n < LIST_MAX && str_cut(&value, ',', &part))
		if (str_trim(part).n)
			*ARENA_PUSH(a, list.v, list.n) = str_trim(part);
	return list;
}
