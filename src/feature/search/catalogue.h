/* The live courses in memory: what every search and every list of courses needs of each of them, read once and kept by the process for as long
 * as it is so.
 *
 * A number in the database (search_state.generation) grows with every change, in its transaction; a reader asks for it in its own picture of the data and takes
 * what is kept only if it is of that number. So what is answered is always what the database says, on every server that shares it.
 * With the courses are kept the postings of words that were asked for, up to CATALOGUE_KEEP_MAX bytes; then all is let go and begun anew. */
#ifndef FEATURE_SEARCH_CATALOGUE_H
#define FEATURE_SEARCH_CATALOGUE_H
#include "base/ctx.h"

#include <stdint.h>

/* CATALOGUE_MAX: the oldest so many live courses. */
enum { CATALOGUE_MAX = 100000, CATALOGUE_KEEP_MAX = 96 << 20 };

struct hit {
	uint32_t at; /* place of the course in the catalogue */
	float score;
};
/* Courses in the order of their places, each once. */
struct list {
	const struct hit *v;
	size_t n;
};

/* Names that courses share, in the order of bytes. */
struct names {
	struct str *v;
	size_t n;
};
struct catalogue_course {
	int64_t id, ms, bytes, n_resources;
	struct str title;
	uint32_t rank; /* by title, then id */
	uint32_t lang, provider; /* places in the names */
	const uint32_t *topics;
	size_t n_topics;
};
struct catalogue {
	struct catalogue_course *v; /* by id */
	size_t n;
	uint32_t *by_title; /* places in v in the order of ranks */
	struct names langs, providers, topics;
	struct catalogue_keeping *keeping; /* who holds it, and what is kept of the index; see below */
};

/* Where a process keeps its catalogue; made once (struct app), thread-safe. */
struct catalogue_place;
struct catalogue_place *catalogue_place_new(void);
/* NULL is allowed. Nobody holds it any more. */
void catalogue_place_free(struct catalogue_place *p);

/* The catalogue as the transaction of cx sees it; release it, also after a failure of what comes after. A process without a place for it reads
 * it each time. Its texts live as long as it is held. */
_must_check_ enum err catalogue_hold(struct ctx *cx, struct catalogue **ret);
void catalogue_release(struct ctx *cx, struct catalogue *c);

/* For going through ids in their order: moves *at, a place, on to that of a course. False: it is not live. */
static inline bool catalogue_find(const struct catalogue *c, size_t *at, int64_t course_id)
{
	while (*at < c->n && c->v[*at].id < course_id)
		++*at;
	return *at < c->n && c->v[*at].id == course_id;
}

/* Puts the best `first` of n in order before all others, whose order stays open: by score, then by title. */
void catalogue_order(const struct catalogue *c, struct hit *v, size_t n, size_t first);

/* The postings kept under a key; they live as long as the catalogue is held. Thread-safe. */
bool catalogue_kept(struct catalogue *c, struct str key, struct list *ret);
/* Copies key and list. */
void catalogue_keep(struct catalogue *c, struct str key, struct list list);
#endif
