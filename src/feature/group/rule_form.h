/* A rule as a form: every condition as the texts that were typed, right or not, so that nothing typed is ever lost.
 *
 * Fields of the form are named part.BLOCK.CONDITION.WHAT, both counting from 0; WHAT is "is" (the kind), "value", "from", "to", "below" or
 * "pick0" … "pick7". Kept as lines "BLOCK.CONDITION.WHAT=text". value: codes or names of organisations, designations, people (employee number
 * or e-mail), services, courses, several divided by ";"; a date; a number of months.
 * from of a field of the profile: its name. pick: groups A, B, C or roles, in order. */
#ifndef FEATURE_GROUP_RULE_FORM_H
#define FEATURE_GROUP_RULE_FORM_H
#include "feature/group/rule_words.h"

struct form_condition {
	enum condition_kind kind;
	struct str value, from, to;
	bool below;
	unsigned picked;
};
struct form_block {
	struct form_condition *v;
	size_t n;
};
struct form_rule {
	struct form_block v[RULE_BLOCKS_MAX];
	size_t n;
};
/* What came from the form; unknown parts are left out. */
void form_rule_read(struct ctx *cx, const struct strs *parts, struct form_rule *ret);
/* For keeping, and back. */
struct str form_rule_text(struct ctx *cx, const struct form_rule *f);
void form_rule_of_text(struct ctx *cx, struct str text, struct form_rule *ret);
/* A rule that is kept, for changing it. */
void form_rule_of(struct ctx *cx, const struct rule *r, const struct rule_names *names, struct form_rule *ret);
/* The rule that the form means in an organisation. ERR_INVALID with a sentence for each field "part.BLOCK.CONDITION" that is not right,
 * or for "rule". Looks names up: a statement or two each. */
_must_check_ enum err form_rule_mean(struct ctx *cx, int64_t org_id, const struct form_rule *f, struct rule *ret);

/* What the buttons do: "add.BLOCK" a condition of a kind, "block", "remove.BLOCK.CONDITION", "drop.BLOCK"; kinds: "0=group", the kind
 * chosen beside the button of block 0. Any other act does nothing. */
void form_rule_act(struct ctx *cx, struct form_rule *f, struct str act, const struct strs *kinds);
#endif
