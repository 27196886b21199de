/* Reading the JSON of a rule; see rule.h. */
#include "base/clock.h"
#include "feature/group/rule.h"

#include <jansson.h>

/* Where a fault is: both count from 1; 0: the rule as a whole. */
struct place {
	struct ctx *cx;
	size_t block, condition;
};

static enum err fault(const struct place *p, const char *text)
{
	struct ctx *cx = p->cx;
	struct msg_arg args[] = { { "block", str_fmt(cx->arena, "%zu", p->block) }, { "n", str_fmt(cx->arena, "%zu", p->condition) } };
	return fail_msg(cx, ERR_INVALID, S("rule"), text, 2, args);
}

/* ── limits ── */

static enum err limits_of(const struct place *p, const struct condition *c, size_t *ids)
{
	*ids += c->kind == IS_PEOPLE ? 0 : c->n_ids;
	if (c->n_ids > RULE_VALUES_MAX || c->n_values > RULE_VALUES_MAX)
		return fault(p, N_("Block {block}, condition {n}: more than 500 values; make several groups"));
	if (*ids > RULE_IDS_MAX)
		return fault(p, N_("A rule may name at most 1,000 organisations, designations and courses."));
	bool empty = !c->n_ids && !c->n_values && !c->groups && !c->roles;
	switch (c->kind) {
	case IS_LEVEL:
		if (c->from == NONE && c->to == NONE)
			return fault(p, N_("Block {block}, condition {n}: a pay level is needed, from, to or both"));
		if ((c->from != NONE && (c->from < 1 || c->from > RULE_LEVEL_MAX)) || (c->to != NONE && (c->to < 1 || c->to > RULE_LEVEL_MAX)))
			return fault(p, N_("Block {block}, condition {n}: pay levels are 1 to 18"));
		return c->from != NONE && c->to != NONE && c->from > c->to ? fault(p, N_("Block {block}, condition {n}: the first pay level is above the last"))
									   : OK;
	case IS_JOINED: return c->day == NONE ? fault(p, N_("Block {block}, condition {n}: a date is needed")) : OK;
	case IS_POST: return c->months < 1 || c->months > RULE_MONTHS_MAX ? fault(p, N_("Block {block}, condition {n}: months are 1 to 600")) : OK;
	case IS_ORG:
	case IS_DESIGNATION:
	case IS_GROUP:
	case IS_SERVICE:
	case IS_ROLE:
	case IS_COMPLETED:
	case IS_NOT_COMPLETED:
		return empty ? fault(p, N_("Block {block}, condition {n}: nothing is chosen")) : OK;
	case IS_FIELD: return c->n_values ? OK : fault(p, N_("Block {block}, condition {n}: nothing is chosen"));
	case IS_PEOPLE: return OK;
	case CONDITION_KINDS: break;
	}
	BUG("condition");
}

enum err rule_limits(struct ctx *cx, const struct rule *r)
{
	struct place p = { .cx = cx };
	size_t ids = 0;
	if (!r->n)
		return fault(&p, N_("A rule needs at least one block with a condition; else nobody is in the group."));
	if (r->n > RULE_BLOCKS_MAX)
		return fault(&p, N_("A rule may have at most 20 blocks."));
	for (p.block = 1; p.block <= r->n; p.block++) {
		const struct rule_block *b = &r->any[p.block - 1];
		if (!b->n)
			return fault(&p, N_("Block {block} has no condition."));
		if (b->n > RULE_CONDITIONS_MAX)
			return fault(&p, N_("Block {block} has more than 20 conditions."));
		for (p.condition = 1; p.condition <= b->n; p.condition++)
			TRY(limits_of(&p, &b->all[p.condition - 1], &ids));
	}
	return OK;
}

/* ── reading ── */

static bool read_id(const json_t *v, int64_t *ret)
{
	if (json_is_integer(v))
		*ret = json_integer_value(v);
	else if (!json_is_string(v) || !str_int((struct str){ json_string_value(v), json_string_length(v) }, ret))
		return false;
	return *ret > 0;
}

static enum err read_ids(const struct place *p, const json_t *list, struct condition *c)
{
	const json_t *v;
	size_t i;
	if (!json_is_array(list))
		return fault(p, N_("Block {block}, condition {n}: “ids” must be a list of ids"));
	if (json_array_size(list) > RULE_VALUES_MAX)
		return fault(p, N_("Block {block}, condition {n}: more than 500 values; make several groups"));
	c->ids = ARENA_ARRAY(p->cx->arena, int64_t, json_array_size(list));
	json_array_foreach(list, i, v) if (!read_id(v, &c->ids[c->n_ids++])) return fault(p, N_("Block {block}, condition {n}: “ids” must be a list of ids"));
	c->ordered = true;
	for (i = 1; i < c->n_ids; i++)
		c->ordered = c->ordered && c->ids[i - 1] < c->ids[i];
	return OK;
}

/* One text of "values"; false: not one that this kind knows. */
static bool read_value(const struct place *p, struct condition *c, struct str s)
{
	if (c->kind == IS_GROUP) {
		ptrdiff_t at = s.n == 1 ? str_index(S("ABC"), s.p[0]) : -1;
		c->groups |= at < 0 ? 0 : 1u << at;
		return at >= 0;
	}
	if (c->kind == IS_SERVICE || c->kind == IS_FIELD) {
		if (!s.n || s.n > (c->kind == IS_FIELD ? 800 : 200))
			return false;
		*ARENA_PUSH(p->cx->arena, c->values, c->n_values) = str_dup(p->cx->arena, s);
		return true;
	}
	for (unsigned i = 0; rule_roles[i].value; i++)
		if (str_is(s, rule_roles[i].value)) {
			c->roles |= 1u << i;
			return true;
		}
	return false;
}

static enum err read_values(const struct place *p, const json_t *list, struct condition *c)
{
	const json_t *v;
	size_t i;
	if (!json_is_array(list) || json_array_size(list) > RULE_VALUES_MAX)
		return fault(p, N_("Block {block}, condition {n}: “values” must be a list of at most 500 texts"));
	json_array_foreach(
	    list, i,
	    v) if (!json_is_string(v) ||
		   !read_value(p, c,
			       str_trim((struct str){
				   json_string_value(v),
				   json_string_length(v) }))) return fault(p, c->kind == IS_GROUP ? N_("Block {block}, condition {n}: groups are A, B and C")
									      : c->kind == IS_ROLE
										  ? N_("Block {block}, condition {n}: this is not a role")
									      : c->kind == IS_FIELD
										  ? N_("Block {block}, condition {n}: what the profile says is a text of 1 to 800 bytes")
										  : N_("Block {block}, condition {n}: a service is a text of 1 to 200 bytes"));
	return OK;
}

static enum err read_number(const struct place *p, const json_t *v, int64_t *ret)
{
	if (!v)
		return OK;
	if (!json_is_integer(v))
		return fault(p, N_("Block {block}, condition {n}: must be a whole number"));
	/* NONE stands for "absent" and is no number here. */
	*ret = json_integer_value(v) == NONE ? 0 : json_integer_value(v);
	return OK;
}

static enum err read_day(const struct place *p, const json_t *v, struct condition *c)
{
	struct str s = { json_string_value(v), v && json_is_string(v) ? json_string_length(v) : 0 };
	if (s.n && !clock_parse_date(s, &c->day))
		return fault(p, N_("Block {block}, condition {n}: a date is written 2024-01-31"));
	return OK;
}

static enum err read_field(const struct place *p, const json_t *v, struct condition *c)
{
	c->ids = ARENA_NEW(p->cx->arena, int64_t);
	c->n_ids = 1;
	return read_id(v, c->ids) ? OK : fault(p, N_("Block {block}, condition {n}: “field” must be the id of a field"));
}

static enum err read_course(const struct place *p, const json_t *v, struct condition *c)
{
	c->ids = ARENA_NEW(p->cx->arena, int64_t);
	c->n_ids = 1;
	return read_id(v, c->ids) ? OK : fault(p, N_("Block {block}, condition {n}: “course” must be the id of a course"));
}

/* The members that each kind has beside "is". */
static const char *const members[CONDITION_KINDS][2] = {
	[IS_ORG] = { "ids", "below" }, [IS_DESIGNATION] = { "ids" },  [IS_GROUP] = { "values" },	 [IS_SERVICE] = { "values" },
	[IS_FIELD] = { "field", "values" },
	[IS_LEVEL] = { "from", "to" }, [IS_ROLE] = { "values" },      [IS_PEOPLE] = { "ids" },		 [IS_JOINED] = { "since" },
	[IS_POST] = { "months" },      [IS_COMPLETED] = { "course" }, [IS_NOT_COMPLETED] = { "course" },
};

static bool only_members(enum condition_kind k, json_t *o)
{
	const char *key;
	json_t *v;
	json_object_foreach(o, key, v)
	{
		bool known = strcmp(key, "is") == 0;
		for (int i = 0; i < 2; i++)
			known = known || (members[k][i] && strcmp(key, members[k][i]) == 0);
		if (!known)
			return false;
	}
	return true;
}

static enum err read_rest(const struct place *p, const json_t *o, struct condition *c)
{
	const json_t *below = json_object_get(o, "below");
	switch (c->kind) {
	case IS_ORG:
	case IS_DESIGNATION:
	case IS_PEOPLE:
		if (below && !json_is_boolean(below))
			return fault(p, N_("Block {block}, condition {n}: “below” must be true or false"));
		c->below = json_is_true(below);
		return read_ids(p, json_object_get(o, "ids"), c);
	case IS_FIELD: TRY(read_field(p, json_object_get(o, "field"), c)); return read_values(p, json_object_get(o, "values"), c);
	case IS_GROUP:
	case IS_SERVICE:
	case IS_ROLE: return read_values(p, json_object_get(o, "values"), c);
	case IS_LEVEL: TRY(read_number(p, json_object_get(o, "from"), &c->from)); return read_number(p, json_object_get(o, "to"), &c->to);
	case IS_JOINED: return read_day(p, json_object_get(o, "since"), c);
	case IS_POST: return read_number(p, json_object_get(o, "months"), &c->months);
	case IS_COMPLETED:
	case IS_NOT_COMPLETED: return read_course(p, json_object_get(o, "course"), c);
	case CONDITION_KINDS: break;
	}
	BUG("condition");
}

static enum err read_condition(const struct place *p, json_t *o, struct condition *c)
{
	const char *is = json_string_value(json_object_get(o, "is"));
	*c = (struct condition){ .from = NONE, .to = NONE, .day = NONE };
	while (is && c->kind < CONDITION_KINDS && strcmp(is, condition_names[c->kind]) != 0)
		c->kind++;
	if (!is || c->kind == CONDITION_KINDS)
		return fault(p, N_("Block {block}, condition {n}: “is” must name a kind of condition"));
	if (!only_members(c->kind, o))
		return fault(p, N_("Block {block}, condition {n}: holds something that this kind of condition does not have"));
	return read_rest(p, o, c);
}

static enum err read_block(struct place *p, json_t *o, struct rule_block *b)
{
	json_t *all = json_object_get(o, "all"), *v;
	size_t i;
	p->condition = 0;
	if (!json_is_array(all) || json_object_size(o) != 1)
		return fault(p, N_("Block {block} must be an object with “all”, a list of conditions."));
	if (json_array_size(all) > RULE_CONDITIONS_MAX)
		return fault(p, N_("Block {block} has more than 20 conditions."));
	b->all = ARENA_ARRAY(p->cx->arena, struct condition, json_array_size(all));
	json_array_foreach(all, i, v)
	{
		p->condition = i + 1;
		TRY(read_condition(p, v, &b->all[b->n++]));
	}
	return OK;
}

static enum err read_rule(struct ctx *cx, json_t *root, struct rule *ret)
{
	struct place p = { .cx = cx };
	json_t *any = json_object_get(root, "any"), *v;
	size_t i;
	if (!json_is_array(any) || json_object_size(root) != 1)
		return fault(&p, N_("must be an object with “any”, a list of blocks"));
	if (json_array_size(any) > RULE_BLOCKS_MAX)
		return fault(&p, N_("A rule may have at most 20 blocks."));
	ret->any = ARENA_ARRAY(cx->arena, struct rule_block, json_array_size(any));
	json_array_foreach(any, i, v)
	{
		p.block = i + 1;
		TRY(read_block(&p, v, &ret->any[ret->n++]));
	}
	return rule_limits(cx, ret);
}

enum err rule_parse(struct ctx *cx, struct str json, struct rule *ret)
{
	struct place p = { .cx = cx };
	json_error_t why;
	*ret = (struct rule){ 0 };
	json_t *root = json.n <= RULE_BYTES_MAX ? json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, &why) : NULL;
	if (!root)
		return fault(&p, N_("must be JSON of at most 60,000 bytes"));
	enum err e = read_rule(cx, root, ret);
	json_decref(root);
	return e;
}
