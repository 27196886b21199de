/* The passage of a lesson in which words stand: a paragraph with the heading above it, or the second of a film. Pure. */
#ifndef FEATURE_FIND_PASSAGE_H
#define FEATURE_FIND_PASSAGE_H
#include "base/arena.h"
#include "base/field.h"
#include "feature/search/search.h"

enum { PASSAGE_LETTERS = 180 };

struct passage {
	struct str text;   /* at most PASSAGE_LETTERS letters around the first word; absent: none was found */
	struct str first;  /* how the passage begins, a few words as they stand there; for a link to this text */
	struct str anchor; /* id of the heading above it; absent: none */
	int64_t second;    /* of the film; NONE: a text */
};
/* The block (paragraph, item, cell) of a lesson's HTML (text/markdown.h) that meets most places of the query; the first of equals. */
struct passage passage_in_html(struct arena *a, struct str html, const struct search_found *found);
/* The same for what is spoken: cues as resource.cues holds them, [[from ms, to ms, "text"], …]. */
struct passage passage_in_cues(struct arena *a, struct str cues, const struct search_found *found);
#endif
