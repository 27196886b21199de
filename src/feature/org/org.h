/* Organisations: one tree of ministries, departments, offices and sections, and of the states.
 *
 * "Below" includes the organisation itself everywhere. */
#ifndef FEATURE_ORG_H
#define FEATURE_ORG_H
#include "db/db.h"
#include "org_sql.h"

struct org_add {
	struct str code;     /* a-z, 0-9, hyphen; unique */
	struct str kind;     /* union states state ministry department office section */
	struct str name_en, name_hi, short_name;
	int64_t parent_id;   /* NONE: a root */
};
/* Adds an organisation below its parent. ERR_CONFLICT: the code is taken, or there is no such parent. In a writing transaction. */
_must_check_ enum err org_add(struct ctx *cx, const struct org_add *in, int64_t *ret_id);
/* Puts an organisation, with all below it, below another one. Whoever counts by the tree follows (struct app, org_moves): counters of completions and of gaps go
 * along at once, groups by a job; in campaigns of learning what was learnt up to the end of the day stays where it stood. ERR_CONFLICT "called": it stands there
 * already, the other one is below it, or it is the top of a tree. In a writing transaction; costs as many rows as there are organisations below it, whatever the
 * number of people. */
_must_check_ enum err org_move(struct ctx *cx, int64_t org_id, int64_t parent_id);
/* The organisation of a code; ERR_NOT_FOUND with a sentence. */
_must_check_ enum err org_of_code(struct ctx *cx, struct str code, int64_t *ret_id);
/* The organisation with all above it, nearest first (the first is itself). */
_must_check_ enum err org_above(struct ctx *cx, int64_t org_id, struct org_above_row **ret, size_t *ret_n);
/* The name, in the language of cx, of the organisation of an id; ERR_NOT_FOUND. */
_must_check_ enum err org_called(struct ctx *cx, int64_t org_id, struct str *ret);
/* The name in the language of cx. */
struct str org_name(const struct ctx *cx, struct str name_en, struct str name_hi);
#endif
