/* Languages: English sentences in the code, translations from the .po files compiled into constant tables (tools/langgen.c).
 *
 * What has no translation stays English. No locale of the system is used; the language is in cx->lang. */
#ifndef WEB_LANG_H
#define WEB_LANG_H
#include "base/ctx.h"

/* Marks a pair for xgettext and passes it on: trn(lang, ngettext_("{n} course", "{n} courses"), n). */
#define ngettext_(one, many) (one), (many)
/* A text whose meaning needs its surroundings: tr_in(lang, pgettext_("month", "May")). */
#define pgettext_(context, english) (context "\004" english), (english)

/* The translation, or the English text itself. */
const char *tr(enum lang l, const char *english);
const char *trn(enum lang l, const char *one, const char *many, int64_t n);
const char *tr_in(enum lang l, const char *key, const char *english);
/* Fills {name} places; a place without a value stays as it is, and so do other braces. In the arena. */
struct str msg_fill(struct ctx *cx, const char *text, size_t n, const struct msg_arg *args);
/* Translates, then fills. */
struct str msg_text(struct ctx *cx, const char *english, size_t n, const struct msg_arg *args);

/* The next {name} place of *rest: small letters, digits and '_'. Moves *rest behind it; before: what stood in front. */
static inline bool lang_place(struct str *rest, struct str *ret_before, struct str *ret_name)
{
	for (size_t i = 0; i < rest->n; i++) {
		size_t k = i + 1;
		if (rest->p[i] != '{')
			continue;
		while (k < rest->n && ((rest->p[k] >= 'a' && rest->p[k] <= 'z') || rest->p[k] == '_' || (rest->p[k] >= '0' && rest->p[k] <= '9')))
			k++;
		if (k == i + 1 || k == rest->n || rest->p[k] != '}')
			continue;
		*ret_before = (struct str){ rest->p, i };
		*ret_name = (struct str){ rest->p + i + 1, k - i - 1 };
		*rest = (struct str){ rest->p + k + 1, rest->n - k - 1 };
		return true;
	}
	return false;
}

/* Made by langgen: per language an open hash over the English text (with context: "context\004text"). */
struct lang_entry {
	const char *english;
	const char *const *text; /* as many plural forms as the language has; a plain text repeats */
};
struct lang_table {
	const struct lang_entry *v;
	size_t n;
	size_t (*plural)(int64_t n); /* below the number of forms for every n >= 0 */
	const uint16_t *slot; /* open hash: index + 1 of the entry, 0 empty */
	size_t n_slots;       /* a power of two */
};
extern const struct lang_table lang_tables[LANG_COUNT_];
/* The hash that langgen and tr share (FNV-1a, 32 bits). */
static inline uint32_t lang_hash(const char *s)
{
	uint32_t h = 2166136261u;
	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 16777619u;
	return h;
}
#endif
