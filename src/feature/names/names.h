/* Names of people and organisations, found by their beginnings and by how they sound in any script.
 *
 * A name has a key for each of its words: what it sounds like (feature/search/word.h: "Sanjay", "Sanjai" and "संजय" have one key), or, for words that have no
 * sound there (numbers, other scripts), the word in small letters. Whoever writes a name tells it here in the same transaction; names are not
 * kept here. */
#ifndef FEATURE_NAMES_H
#define FEATURE_NAMES_H
#include "db/db.h"
#include "names_sql.h"

enum { NAME_WORDS_MAX = 12, NAMES_ASKED_MAX = 4 };

/* A thing that is new: its name, or names in several languages. kind: "person" or "org". */
_must_check_ enum err names_add(struct ctx *cx, const char *kind, int64_t id, const struct str *names, size_t n);
/* A thing whose name is another now. */
_must_check_ enum err names_change(struct ctx *cx, const char *kind, int64_t id, const struct str *names, size_t n);

/* What somebody typed to find a name: ranges of keys, from low up to high, that all must be met; the most telling first, absent ones last. */
struct names_asked {
	struct str low[NAMES_ASKED_MAX], high[NAMES_ASKED_MAX];
	size_t n;
};
struct names_asked names_asked(struct arena *a, struct str typed);
/* How well a name answers: 3 all words are words of it, 2 beginnings of such, 1 they sound alike, 0 not at all. */
int names_fit(struct arena *a, struct str typed, struct str name);
/* The longest words of a name by their keys, in an order that does not depend on how they are written: equal for names that sound alike. */
struct str names_sound(struct arena *a, struct str name);
/* How many names a range holds, up to `most`. */
_must_check_ enum err names_count(struct ctx *cx, const char *kind, struct str low, struct str high, int64_t most, int64_t *ret);

/* How many people and organisations no key leads to though their name has one. */
_must_check_ enum err names_missing(struct ctx *cx, int64_t *ret);
/* Makes the keys of what has none: people and organisations from before there were any. In a writing transaction. */
_must_check_ enum err names_rebuild(struct ctx *cx);
#endif
