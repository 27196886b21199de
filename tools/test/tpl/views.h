/* Views of the templates in this folder. */
#ifndef TEST_VIEWS_H
#define TEST_VIEWS_H
#include "web/html.h"

struct owner {
	struct str name;
	int64_t id;
};
struct row {
	struct str title, link;
	int64_t ms;
	struct owner *owner;
	int64_t *marks;
	size_t n_marks;
	bool open;
};
struct view {
	struct str title, next, empty;
	struct html body;
	int64_t count, none;
	int kind;
	struct owner who;
	struct row *rows;
	size_t n_rows;
	struct str *words;
	size_t n_words;
};
enum { KIND_COURSE = 3 };
#endif
