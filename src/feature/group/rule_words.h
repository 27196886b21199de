/* What a rule names, and the rule as a sentence for people. */
#ifndef FEATURE_GROUP_RULE_WORDS_H
#define FEATURE_GROUP_RULE_WORDS_H
#include "db/db.h"
#include "feature/group/rule.h"

struct rule_name {
	int64_t id;
	struct str code, en, hi; /* code: what a form takes for it */
};
struct rule_names {
	struct rule_name *v;
	size_t n;
};
/* Looks up everything a rule of an organisation names. ERR_INVALID ("rule") with a sentence when something does not exist, or lies outside the
 * organisation: organisations not below it, people who are posted there neither today nor by their last posting. was: the rule that stands, or
 * NULL: whom it names already is named on, wherever he is now, and looked up only where the sentence of the rule shows him. In the arena. */
_must_check_ enum err rule_names_of(struct ctx *cx, int64_t org_id, const struct rule *r, const struct rule *was, struct rule_names *ret);
/* "Group B, in Ministry of X and everything below it; or named: Asha Verma." In the arena. */
struct str rule_words(struct ctx *cx, enum lang lang, const struct rule *r, const struct rule_names *names);
/* The name of an id; an id that was not looked up is "?". */
const struct rule_name *rule_name_of(const struct rule_names *names, int64_t id);
#endif
