/* Views of what the one box finds. */
#ifndef FEATURE_FIND_PAGE_H
#define FEATURE_FIND_PAGE_H
#include "base/field.h"

struct find_row {
	struct str kind;    /* course lesson person org help */
	int64_t id;         /* NONE: help */
	struct str title;
	struct str where;   /* the course, the office, what stands above; may be absent */
	struct str text;    /* the passage, the answer; may be absent */
	struct str lang;    /* of title and text; absent: that of the page */
	struct str address; /* of ours, with the place in the page */
	int64_t second;     /* of a film; NONE: no film */
	struct str anchor, first; /* of a lesson's text: the heading above the passage, how it begins */
};
struct find_group {
	struct str kind, title;
	struct find_row *rows;
	size_t n_rows;
	struct str all; /* address of all of them; absent: these are all */
	struct str all_text;
};
struct find_page {
	struct str query, corrected;
	struct find_group *groups; /* those in which something was found */
	size_t n_groups;
	struct str previous, next;
	bool empty, alone; /* nothing asked yet; one kind only */
};
struct help_page {
	struct find_row *rows;
	size_t n_rows;
};
#endif
