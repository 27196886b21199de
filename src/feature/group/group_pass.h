/* Trying rules on people: one person, a range of them, or everybody below an organisation, against the members that are kept.
 *
 * All groups are tried in one pass: facts are read a range at a time by index (postings, roles, completions asked about), rules run in
 * memory. Memory of its own, about 80 bytes a person of a range; below organisations 8 to 16 bytes a person who fits. */
#ifndef FEATURE_GROUP_PASS_H
#define FEATURE_GROUP_PASS_H
#include "db/db.h"
#include "feature/group/rule.h"
#include "group_sql.h"

struct pass;
/* day: the day of which postings count. The set begins empty. Nothing fails. */
struct pass *pass_new(int64_t day);
void pass_free(struct pass *p);
/* Adds a group, with ascending ids; rule as JSON, as it is kept. nobody: it takes nobody in any more. */
_must_check_ enum err pass_add(struct ctx *cx, struct pass *p, int64_t group_id, int64_t org_id, struct str rule, bool nobody);
/* The same from a rule in memory that lives as long as the pass. */
void pass_add_rule(struct pass *p, int64_t group_id, int64_t org_id, const struct rule *r);
size_t pass_groups(const struct pass *p);

struct change {
	int64_t group_id, person_id;
	bool enters;
};
struct changes {
	struct change *v;
	size_t n;
};
/* What must change for the people behind `after` up to and including `upto` so that members and rules agree; in the memory of the pass,
 * until its next use. only: the one group of the pass, or NONE when it holds every group that has members. */
_must_check_ enum err pass_range(struct ctx *cx, struct pass *p, int64_t after, int64_t upto, int64_t only, struct changes *ret);

struct people {
	int64_t *v; /* ascending */
	size_t n;
};
/* For the only group of the pass: who fits, who would enter, who would leave. group_id NONE: a rule that is no group yet. */
_must_check_ enum err pass_below(struct ctx *cx, struct pass *p, int64_t group_id, struct people *ret_fit, struct people *ret_enter, struct people *ret_leave);

/* Writes changes, with the counters. In a writing transaction. */
_must_check_ enum err pass_write(struct ctx *cx, const struct changes *c);
#endif
