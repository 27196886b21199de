/* One box for everything: courses, lessons (with the passage), people, organisations, answers to questions about the house itself.
 *
 * People and organisations are found only within scope: below organisations on which somebody holds ORG_SEE (sixteen at most count), and whom somebody supervises.
 * Names are found by their beginnings and by their sound in any script (feature/names); people by employee number, e-mail address or mobile
 * number as it stands, too. */
#ifndef FEATURE_FIND_H
#define FEATURE_FIND_H
#include "db/db.h"
#include "feature/find/find_page.h"
#include "feature/search/search.h"
#include "find_sql.h"

enum { FIND_TOPS_MAX = 16, FIND_COURSES = 12, FIND_LESSONS = 12 };
/* Which way through the index is taken: keys that so few names have are looked through; else scopes that so few are in. */
enum { FIND_FEW_KEYS = 5000, FIND_FEW_PEOPLE = 50000 };

/* A page of what was found; next: there are more. */
struct find_rows {
	struct find_row *v;
	size_t n;
	bool next;
};
/* Lessons of the given courses (FIND_COURSES at most, best first) that meet all places of the query themselves; those in which it says most first. */
_must_check_ enum err find_lessons(struct ctx *cx, const struct search_found *found, const int64_t *courses, size_t n, struct find_rows *ret);
/* tops: organisations of the actor's scope. page: from 1 on. */
_must_check_ enum err find_people(struct ctx *cx, struct str typed, const int64_t *tops, size_t n_tops, int64_t page, size_t most, struct find_rows *ret);
_must_check_ enum err find_orgs(struct ctx *cx, struct str typed, const int64_t *tops, size_t n_tops, int64_t page, size_t most, struct find_rows *ret);
/* Answers of help.def, in the language of cx; all of them without a query. */
void find_help(struct ctx *cx, struct str typed, size_t most, struct find_rows *ret);
#endif
