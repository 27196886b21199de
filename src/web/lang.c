/* Translations; see lang.h. */
#include "web/lang.h"

static const struct lang_entry *entry_of(enum lang l, const char *english)
{
	const struct lang_table *t = &lang_tables[l];
	if (!t->n_slots)
		return NULL;
	for (size_t i = lang_hash(english) & (t->n_slots - 1);; i = (i + 1) & (t->n_slots - 1)) {
		if (!t->slot[i])
			return NULL;
		const struct lang_entry *e = &t->v[t->slot[i] - 1];
		if (strcmp(e->english, english) == 0)
			return e;
	}
}

const char *tr_in(enum lang l, const char *key, const char *english)
{
	const struct lang_entry *e = entry_of(l, key);
	return e ? e->text[0] : english;
}

const char *tr(enum lang l, const char *english)
{
	return tr_in(l, english, english);
}

const char *trn(enum lang l, const char *one, const char *many, int64_t n)
{
	const struct lang_entry *e = entry_of(l, one);
	if (!e)
		return n == 1 ? one : many;
	/* Rules are made for counts; the smallest number has no positive twin. */
	return e->text[lang_tables[l].plural(n == INT64_MIN ? 0 : n < 0 ? -n : n)];
}

struct str msg_fill(struct ctx *cx, const char *text, size_t n, const struct msg_arg *args)
{
	struct str rest = str_of(text), before, name;
	struct buf b;
	if (!n)
		return rest;
	buf_init(&b, cx->arena, 1 << 16);
	while (lang_place(&rest, &before, &name)) {
		size_t i = 0;
		while (i < n && !str_is(name, args[i].name))
			i++;
		buf_str(&b, before);
		buf_str(&b, i < n ? args[i].value : (struct str){ name.p - 1, name.n + 2 });
	}
	buf_str(&b, rest);
	return buf_get(&b);
}

struct str msg_text(struct ctx *cx, const char *english, size_t n, const struct msg_arg *args)
{
	return msg_fill(cx, tr(cx->lang, english), n, args);
}
