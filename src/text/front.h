/* Front matter: the `key: value` lines between two lines `---` at the head of a course file.
 *
 * The caller says which keys there may be; unknown, repeated and missing ones are findings.
 * What a value means (a number, a choice, a file) is the caller's to check, with front_line_of() for the place. */
#ifndef TEXT_FRONT_H
#define TEXT_FRONT_H
#include "base/field.h"
#include "text/finding.h"

struct front_key {
	const char *name; /* NULL ends the table */
	bool must;
};
struct front_value {
	struct str key, value; /* views of the source, trimmed */
	int line;
};
struct front {
	struct front_value *v;
	size_t n;
	struct str body;    /* the source behind the front matter; without it: the whole source */
	size_t body_offset; /* bytes before the body */
	int body_line;      /* line on which the body starts */
};

/* Fills *ret as far as the text goes; true: no finding was added. The values point into the source. */
bool front_parse(struct findings *f, struct str file, struct str source, const struct front_key *keys, struct front *ret);
/* STR_NONE when the key is absent. */
struct str front_get(const struct front *front, const char *key);
/* Line of the key; of the front matter's head when it is absent. */
int front_line_of(const struct front *front, const char *key);
/* "a, b, c" without empty parts; at most 100. */
struct strs front_list(struct arena *a, struct str value);
#endif
