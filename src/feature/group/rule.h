/* The language of rules: who belongs to a group.
 *
 * A rule is a list of blocks; who fits any of them is in. A block is a list of conditions; all of them must fit. As JSON:
 *
 *   {"any": [{"all": [{"is": "group", "values": ["B"]}, {"is": "org", "ids": ["71"], "below": true}]}, …]}
 *
 *   {"is": "org", "ids": ["ID", …], "below": true}       posted in one of these organisations today; below: or anywhere below it
 *   {"is": "designation", "ids": ["ID", …]}              one of these designations
 *   {"is": "group", "values": ["A", "B", "C"]}           one of these groups
 *   {"is": "service", "values": ["CSS", …]}              one of these services or cadres, as the posting says it
 *   {"is": "field", "field": "ID", "values": ["…", …]}   the profile says one of these in this field (feature/profile), verified or not
 *   {"is": "level", "from": 6, "to": 9}                  pay level, both ends included; one of them may be absent
 *   {"is": "role", "values": ["mdo_admin", …]}           holds one of these roles anywhere
 *   {"is": "people", "ids": ["ID", …]}                   one of these people; an empty list: nobody, for a group that is filled later
 *   {"is": "joined", "since": "2024-01-31"}              first posting of all on that day or later
 *   {"is": "post", "months": 12}                         in the present post (same organisation and designation, without a gap) so many months
 *   {"is": "completed", "course": "ID"}                  has completed the course
 *   {"is": "not_completed", "course": "ID"}              has not
 *
 * Ids are strings or whole numbers; they are written as strings. Limits: RULE_… below; RULE_IDS_MAX counts all ids of a rule but those of people,
 * of whom there may be as many as RULE_BYTES_MAX holds (some 2,800). Nothing else may stand in a rule. A rule only ever
 * speaks of people who are posted today in the organisation of its group or below it; that is not part of its text. */
#ifndef FEATURE_GROUP_RULE_H
#define FEATURE_GROUP_RULE_H
#include "base/ctx.h"
#include "base/field.h"

enum {
	RULE_BLOCKS_MAX = 20,
	RULE_CONDITIONS_MAX = 20,
	RULE_VALUES_MAX = 500,
	RULE_IDS_MAX = 1000,
	RULE_MONTHS_MAX = 600,
	RULE_LEVEL_MAX = 18,
	RULE_BYTES_MAX = 60000
};

enum condition_kind {
	IS_ORG,
	IS_DESIGNATION,
	IS_GROUP,
	IS_SERVICE,
	IS_FIELD,
	IS_LEVEL,
	IS_ROLE,
	IS_PEOPLE,
	IS_JOINED,
	IS_POST,
	IS_COMPLETED,
	IS_NOT_COMPLETED,
	CONDITION_KINDS
};
/* "org" … "not_completed". */
extern const char *const condition_names[CONDITION_KINDS];
/* Roles that a rule may ask for, as in the table role_grant, ended by NULL; a bit of struct condition.roles each. */
extern const struct choice rule_roles[];

struct condition {
	enum condition_kind kind;
	bool below;   /* org */
	bool ordered; /* people: the ids ascend, so that one is found quickly */
	int64_t *ids; /* org, designation, people; completed and not_completed: the course; field: it */
	size_t n_ids;
	struct str *values; /* service, field */
	size_t n_values;
	unsigned groups; /* bit 0: A, 1: B, 2: C */
	unsigned roles;
	int64_t from, to; /* level; NONE: open */
	int64_t day;	  /* joined */
	int64_t months;	  /* post */
};
struct rule_block {
	struct condition *all;
	size_t n;
};
struct rule {
	struct rule_block *any;
	size_t n;
};

/* Reads the JSON; ERR_INVALID with sentences for the field "rule" that name block and condition. In the arena of cx. */
_must_check_ enum err rule_parse(struct ctx *cx, struct str json, struct rule *ret);
/* The limits of a rule that was built otherwise; the same sentences. */
_must_check_ enum err rule_limits(struct ctx *cx, const struct rule *r);
/* The JSON of a rule, always the same for the same rule. */
struct str rule_json(struct ctx *cx, const struct rule *r);

/* Puts ids into ascending order, each once; how many are left. */
size_t ids_in_order(int64_t *v, size_t n);
/* Whether ascending ids hold one. */
bool ids_hold(const int64_t *v, size_t n, int64_t id);

/* A block that names people and asks nothing else of them. */
static inline bool rule_block_names(const struct rule_block *b)
{
	return b->n == 1 && b->all[0].kind == IS_PEOPLE;
}
/* Whether a rule consists of such blocks alone; then the people it names, ascending, each once. In the arena. */
bool rule_named(struct arena *a, const struct rule *r, int64_t **ret, size_t *ret_n);
/* The rule that names these people, ascending, in blocks of RULE_VALUES_MAX; ids must live as long as the rule. In the arena. */
struct rule rule_naming(struct arena *a, int64_t *ids, size_t n);

/* ── who fits ── */

/* A person as a rule sees him. */
struct subject {
	int64_t person_id, org_id, designation_id, level;
	int64_t joined_day, post_day; /* first day of all, and in the present post; only looked at if the rules need them */
	const int64_t *above;	      /* the organisation and all above it */
	size_t n_above;
	unsigned group; /* bit as in struct condition */
	unsigned roles;
	size_t service; /* place in rule_set.services; SIZE_MAX: none of them */
};
/* Several rules to be tried on the same people, and what they need to know. */
struct rule_of_set {
	int64_t id, org_id; /* the group and its organisation */
	bool nobody;	    /* a group that has ended */
	struct rule rule;
};
struct rule_set {
	struct rule_of_set *v; /* by id */
	size_t n;
	int64_t today; /* day number */
	struct str *services;
	size_t n_services;
	int64_t *courses; /* asked about, ascending */
	size_t n_courses;
	struct rule_answer {
		int64_t field_id;
		struct str value;
	} *answers; /* of profiles, asked about */
	size_t n_answers;
	bool needs_days, needs_roles;
};
/* Adds a rule, with ascending ids; the rule and its texts must live as long as the set. */
void rule_set_add(struct arena *a, struct rule_set *s, int64_t id, int64_t org_id, bool nobody, const struct rule *r);
/* Which of the services this is, or SIZE_MAX. */
size_t rule_set_service(const struct rule_set *s, struct str service);
/* Has the person completed the n-th course of the set, or said the n-th answer? */
enum rule_fact { RULE_COMPLETED, RULE_ANSWERED };
typedef bool rule_known_fn(const void *arg, enum rule_fact what, size_t n, int64_t person_id);
/* Whether the rule n of the set takes the subject in. */
bool rule_fits(const struct rule_set *s, size_t n, const struct subject *who, rule_known_fn *known, const void *arg);
/* Organisations in or below which everybody stands whom the rule of a group of org_id can take in; fewer people to look at. In the arena. */
void rule_roots(struct arena *a, const struct rule *r, int64_t org_id, int64_t **ret, size_t *ret_n);
/* The last first day that makes `months` months until today: 31 May less three months is 28 or 29 February. */
int64_t rule_months_before(int64_t today, int64_t months);
#endif
