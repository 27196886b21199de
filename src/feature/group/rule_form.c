/* A rule as a form; see rule_form.h. */
#include "feature/group/rule_form.h"
#include "base/clock.h"
#include "feature/person/person.h"
#include "group_sql.h"

enum { PICKS = 8 };

/* ── reading what was typed ── */

static bool small_number(struct str s, int64_t below, size_t *ret)
{
	int64_t n;
	if (!str_int(s, &n) || n < 0 || n >= below)
		return false;
	*ret = (size_t)n;
	return true;
}

static bool kind_named(struct str name, enum condition_kind *ret)
{
	for (int k = 0; k < CONDITION_KINDS; k++)
		if (str_is(name, condition_names[k])) {
			*ret = (enum condition_kind)k;
			return true;
		}
	return false;
}

static void put(struct form_condition *c, struct str what, struct str value)
{
	size_t pick;
	if (str_is(what, "value"))
		c->value = value;
	else if (str_is(what, "from"))
		c->from = value;
	else if (str_is(what, "to"))
		c->to = value;
	else if (str_is(what, "below"))
		c->below = value.n > 0;
	else if (str_starts(what, S("pick")) && small_number(str_sub(what, 4, what.n), PICKS, &pick) && value.n)
		c->picked |= 1u << pick;
}

/* "1.0.value=CSS" into its places. */
static bool take_apart(struct str part, size_t *ret_block, size_t *ret_condition, struct str *ret_what, struct str *ret_value)
{
	struct str name, word;
	ptrdiff_t at = str_index(part, '=');
	if (at < 0)
		return false;
	name = str_sub(part, 0, (size_t)at);
	*ret_value = str_sub(part, (size_t)at + 1, part.n);
	return str_cut(&name, '.', &word) && small_number(word, RULE_BLOCKS_MAX, ret_block) && str_cut(&name, '.', &word) &&
	       small_number(word, RULE_CONDITIONS_MAX, ret_condition) && str_cut(&name, '.', ret_what) && !name.n;
}

void form_rule_read(struct ctx *cx, const struct strs *parts, struct form_rule *ret)
{
	struct {
		struct form_condition c;
		bool is;
	} at[RULE_BLOCKS_MAX][RULE_CONDITIONS_MAX] = { 0 };
	bool block_is[RULE_BLOCKS_MAX] = { false };
	size_t b, c;
	struct str what, value;
	*ret = (struct form_rule){ 0 };
	for (size_t i = 0; i < parts->n; i++) {
		/* A block without conditions is named by "B.0.block". */
		if (!take_apart(parts->v[i], &b, &c, &what, &value))
			continue;
		if (str_is(what, "block"))
			block_is[b] = true;
		else if (str_is(what, "is"))
			at[b][c].is = kind_named(value, &at[b][c].c.kind);
		else
			put(&at[b][c].c, what, value);
	}
	for (b = 0; b < RULE_BLOCKS_MAX; b++) {
		struct form_block block = { 0 };
		for (c = 0; c < RULE_CONDITIONS_MAX; c++)
			if (at[b][c].is)
				*ARENA_PUSH(cx->arena, block.v, block.n) = at[b][c].c;
		if (block.n || block_is[b])
			ret->v[ret->n++] = block;
	}
}

/* ── keeping ── */

static void line(struct buf *b, size_t block, size_t condition, const char *what, struct str value)
{
	if (value.n)
		buf_fmt(b, "%zu.%zu.%s=%.*s\n", block, condition, what, STR_ARG(value));
}

struct str form_rule_text(struct ctx *cx, const struct form_rule *f)
{
	struct buf b;
	buf_init(&b, cx->arena, 1 << 20);
	for (size_t i = 0; i < f->n; i++) {
		line(&b, i, 0, "block", S("1"));
		for (size_t k = 0; k < f->v[i].n; k++) {
			const struct form_condition *c = &f->v[i].v[k];
			line(&b, i, k, "is", str_of(condition_names[c->kind]));
			line(&b, i, k, "value", c->value);
			line(&b, i, k, "from", c->from);
			line(&b, i, k, "to", c->to);
			line(&b, i, k, "below", c->below ? S("1") : S(""));
			for (unsigned p = 0; p < PICKS; p++)
				if (c->picked & 1u << p)
					buf_fmt(&b, "%zu.%zu.pick%u=1\n", i, k, p);
		}
	}
	return buf_get(&b);
}

void form_rule_of_text(struct ctx *cx, struct str text, struct form_rule *ret)
{
	struct strs parts = { 0 };
	struct str one;
	while (str_cut(&text, '\n', &one))
		*ARENA_PUSH(cx->arena, parts.v, parts.n) = one;
	form_rule_read(cx, &parts, ret);
}

/* ── from a rule ── */

static struct str joined(struct ctx *cx, const struct condition *c, const struct rule_names *names)
{
	struct buf b;
	buf_init(&b, cx->arena, 1 << 20);
	for (size_t i = 0; i < c->n_ids + c->n_values; i++) {
		if (i)
			buf_lit(&b, "; ");
		buf_str(&b, i < c->n_ids ? rule_name_of(names, c->ids[i])->code : c->values[i - c->n_ids]);
	}
	return buf_get(&b);
}

static struct str number(struct ctx *cx, int64_t n)
{
	return n == NONE ? STR_NONE : str_fmt(cx->arena, "%lld", (long long)n);
}

static struct form_condition form_of(struct ctx *cx, const struct condition *c, const struct rule_names *names)
{
	struct form_condition f = { .kind = c->kind, .below = c->below, .picked = c->groups | c->roles };
	struct civil d;
	switch (c->kind) {
	case IS_LEVEL:
		f.from = number(cx, c->from);
		f.to = number(cx, c->to);
		return f;
	case IS_JOINED:
		d = clock_date(c->day);
		f.value = str_fmt(cx->arena, "%04d-%02d-%02d", d.year, d.month, d.day);
		return f;
	case IS_POST: f.value = number(cx, c->months); return f;
	case IS_FIELD:
		f.from = rule_name_of(names, c->ids[0])->code;
		f.value = joined(cx, &(struct condition){ .values = c->values, .n_values = c->n_values }, names);
		return f;
	case IS_ORG:
	case IS_DESIGNATION:
	case IS_GROUP:
	case IS_SERVICE:
	case IS_ROLE:
	case IS_PEOPLE:
	case IS_COMPLETED:
	case IS_NOT_COMPLETED: f.value = joined(cx, c, names); return f;
	case CONDITION_KINDS: break;
	}
	BUG("condition");
}

void form_rule_of(struct ctx *cx, const struct rule *r, const struct rule_names *names, struct form_rule *ret)
{
	*ret = (struct form_rule){ .n = r->n };
	for (size_t i = 0; i < r->n; i++) {
		ret->v[i] = (struct form_block){ ARENA_ARRAY(cx->arena, struct form_condition, r->any[i].n), r->any[i].n };
		for (size_t k = 0; k < r->any[i].n; k++)
			ret->v[i].v[k] = form_of(cx, &r->any[i].all[k], names);
	}
}

/* ── what it means ── */

struct meaning {
	struct ctx *cx;
	int64_t org_id;
	size_t block, condition; /* from 0 */
};

static enum err wrong(const struct meaning *m, const char *text, struct str called)
{
	struct arena *a = m->cx->arena;
	struct msg_arg args[] = { { "name", called }, { "block", str_fmt(a, "%zu", m->block + 1) }, { "n", str_fmt(a, "%zu", m->condition + 1) } };
	return fail_msg(m->cx, ERR_INVALID, str_fmt(a, "part.%zu.%zu", m->block, m->condition), text, 3, args);
}

static enum err find_org(const struct meaning *m, struct str called, int64_t *ret)
{
	struct group_org_called_row *rows;
	size_t n;
	TRY(group_sql_org_called(m->cx, m->org_id, called, &rows, &n));
	if (!n)
		return wrong(m, N_("Block {block}, condition {n}: “{name}” is no organisation of yours, by code or name"), called);
	*ret = rows[0].id;
	return OK;
}

static enum err find_designation(const struct meaning *m, struct str called, int64_t *ret)
{
	struct person_designation_called_row *rows;
	size_t n;
	TRY(person_sql_designation_called(m->cx, called, &rows, &n));
	if (!n)
		return wrong(m, N_("Block {block}, condition {n}: “{name}” is no designation, by code or name"), called);
	*ret = rows[0].id;
	return OK;
}

static enum err find_course(const struct meaning *m, struct str called, int64_t *ret)
{
	struct group_course_called_row *rows;
	size_t n;
	TRY(group_sql_course_called(m->cx, called, &rows, &n));
	if (!n)
		return wrong(m, N_("Block {block}, condition {n}: “{name}” is no course, by code or title"), called);
	*ret = rows[0].id;
	return OK;
}

static enum err find_person(const struct meaning *m, struct str called, int64_t *ret)
{
	struct group_person_called_row row;
	bool found = false;
	TRY(group_sql_person_called(m->cx, person_today(m->cx), m->org_id, called, person_email(m->cx, called), &row, &found));
	if (!found)
		return wrong(m, N_("Block {block}, condition {n}: “{name}” is nobody posted here today, by employee number or e-mail"), called);
	*ret = row.id;
	return OK;
}

static enum err find(const struct meaning *m, enum condition_kind kind, struct str called, int64_t *ret)
{
	return kind == IS_ORG		? find_org(m, called, ret)
	       : kind == IS_DESIGNATION ? find_designation(m, called, ret)
	       : kind == IS_PEOPLE	? find_person(m, called, ret)
					: find_course(m, called, ret);
}

/* Titles of courses may hold a semicolon; there is one course a condition. */
static enum err mean_ids(const struct meaning *m, const struct form_condition *f, struct condition *c)
{
	struct str rest = f->value, one;
	bool single = f->kind == IS_COMPLETED || f->kind == IS_NOT_COMPLETED;
	while (single ? rest.n > 0 : str_cut(&rest, ';', &one)) {
		if (single) {
			one = rest;
			rest = STR_NONE;
		}
		one = str_trim(one);
		if (!one.n)
			continue;
		if (c->n_ids == RULE_VALUES_MAX)
			return wrong(m, N_("Block {block}, condition {n}: more than 500 values; make several groups"), one);
		int64_t *id = ARENA_PUSH(m->cx->arena, c->ids, c->n_ids);
		TRY(find(m, f->kind, one, id));
	}
	return c->n_ids ? OK : wrong(m, N_("Block {block}, condition {n}: nothing is chosen"), STR_NONE);
}

static enum err mean_values(const struct meaning *m, const struct form_condition *f, struct condition *c)
{
	struct str rest = f->value, one;
	while (str_cut(&rest, ';', &one))
		if (str_trim(one).n)
			*ARENA_PUSH(m->cx->arena, c->values, c->n_values) = str_trim(one);
	return c->n_values ? OK : wrong(m, N_("Block {block}, condition {n}: nothing is chosen"), STR_NONE);
}

/* .from: the field by its name. */
static enum err mean_field(const struct meaning *m, const struct form_condition *f, struct condition *c)
{
	struct group_field_called_row row;
	bool found = false;
	TRY(group_sql_field_called(m->cx, m->org_id, str_trim(f->from).n ? str_trim(f->from) : S(""), &row, &found));
	if (!found)
		return wrong(m, N_("Block {block}, condition {n}: “{name}” is no field of the profile here"), f->from);
	*ARENA_PUSH(m->cx->arena, c->ids, c->n_ids) = row.id;
	return mean_values(m, f, c);
}

static enum err mean_number(const struct meaning *m, struct str typed, int64_t least, int64_t most, const char *sentence, int64_t *ret)
{
	struct str s = str_trim(typed);
	*ret = NONE;
	if (!s.n)
		return OK;
	return str_int(s, ret) && *ret >= least && *ret <= most ? OK : wrong(m, sentence, s);
}

static enum err mean_level(const struct meaning *m, const struct form_condition *f, struct condition *c)
{
	TRY(mean_number(m, f->from, 1, RULE_LEVEL_MAX, N_("Block {block}, condition {n}: pay levels are whole numbers from 1 to 18"), &c->from));
	TRY(mean_number(m, f->to, 1, RULE_LEVEL_MAX, N_("Block {block}, condition {n}: pay levels are whole numbers from 1 to 18"), &c->to));
	if (c->from == NONE && c->to == NONE)
		return wrong(m, N_("Block {block}, condition {n}: a pay level is needed, from, to or both"), STR_NONE);
	return c->from != NONE && c->to != NONE && c->from > c->to
		   ? wrong(m, N_("Block {block}, condition {n}: the first pay level is above the last"), STR_NONE)
		   : OK;
}

static enum err mean(const struct meaning *m, const struct form_condition *f, struct condition *c)
{
	*c = (struct condition){ .kind = f->kind, .below = f->kind == IS_ORG && f->below, .from = NONE, .to = NONE, .day = NONE };
	switch (f->kind) {
	case IS_ORG:
	case IS_DESIGNATION:
	case IS_PEOPLE:
	case IS_COMPLETED:
	case IS_NOT_COMPLETED: return mean_ids(m, f, c);
	case IS_SERVICE: return mean_values(m, f, c);
	case IS_FIELD: return mean_field(m, f, c);
	case IS_GROUP: c->groups = f->picked & 7; return c->groups ? OK : wrong(m, N_("Block {block}, condition {n}: nothing is chosen"), STR_NONE);
	case IS_ROLE: c->roles = f->picked & 31; return c->roles ? OK : wrong(m, N_("Block {block}, condition {n}: nothing is chosen"), STR_NONE);
	case IS_LEVEL: return mean_level(m, f, c);
	case IS_JOINED: return clock_parse_date(str_trim(f->value), &c->day) ? OK : wrong(m, N_("Block {block}, condition {n}: a date is needed"), STR_NONE);
	case IS_POST:
		TRY(mean_number(m, f->value, 1, RULE_MONTHS_MAX, N_("Block {block}, condition {n}: months are a whole number from 1 to 600"), &c->months));
		return c->months != NONE ? OK : wrong(m, N_("Block {block}, condition {n}: months are a whole number from 1 to 600"), STR_NONE);
	case CONDITION_KINDS: break;
	}
	BUG("condition");
}

enum err form_rule_mean(struct ctx *cx, int64_t org_id, const struct form_rule *f, struct rule *ret)
{
	enum err first = OK;
	*ret = (struct rule){ ARENA_ARRAY(cx->arena, struct rule_block, f->n), f->n };
	for (size_t i = 0; i < f->n; i++) {
		ret->any[i] = (struct rule_block){ ARENA_ARRAY(cx->arena, struct condition, f->v[i].n), f->v[i].n };
		for (size_t k = 0; k < f->v[i].n; k++) {
			struct meaning m = { cx, org_id, i, k };
			enum err e = mean(&m, &f->v[i].v[k], &ret->any[i].all[k]);
			if (e != OK && e != ERR_INVALID)
				return e;
			first = first ? first : e;
		}
	}
	return first ? first : rule_limits(cx, ret);
}

/* ── buttons ── */

static bool numbers_behind(struct str act, struct str word, size_t *a, size_t *b)
{
	struct str one;
	if (!str_starts(act, word))
		return false;
	act = str_sub(act, word.n, act.n);
	return str_cut(&act, '.', &one) && small_number(one, RULE_BLOCKS_MAX, a) &&
	       (!b || (str_cut(&act, '.', &one) && small_number(one, RULE_CONDITIONS_MAX, b)));
}

static void add_condition(struct ctx *cx, struct form_block *block, size_t b, const struct strs *kinds)
{
	enum condition_kind kind = IS_ORG;
	/* "0=group": what is chosen beside the button of block 0. */
	for (size_t i = 0; i < kinds->n; i++) {
		struct str rest = kinds->v[i], number;
		size_t at;
		if (str_cut(&rest, '=', &number) && small_number(number, RULE_BLOCKS_MAX, &at) && at == b)
			(void)kind_named(rest, &kind);
	}
	if (block->n < RULE_CONDITIONS_MAX)
		*ARENA_PUSH(cx->arena, block->v, block->n) = (struct form_condition){ .kind = kind, .below = kind == IS_ORG };
}

static void remove_condition(struct form_block *block, size_t c)
{
	memmove(block->v + c, block->v + c + 1, (block->n - c - 1) * sizeof *block->v);
	block->n--;
}

static void drop_block(struct form_rule *f, size_t b)
{
	memmove(f->v + b, f->v + b + 1, (f->n - b - 1) * sizeof *f->v);
	f->n--;
}

void form_rule_act(struct ctx *cx, struct form_rule *f, struct str act, const struct strs *kinds)
{
	size_t b, c;
	if (str_is(act, "block") && f->n < RULE_BLOCKS_MAX)
		f->v[f->n++] = (struct form_block){ 0 };
	else if (numbers_behind(act, S("add."), &b, NULL) && b < f->n)
		add_condition(cx, &f->v[b], b, kinds);
	else if (numbers_behind(act, S("remove."), &b, &c) && b < f->n && c < f->v[b].n)
		remove_condition(&f->v[b], c);
	else if (numbers_behind(act, S("drop."), &b, NULL) && b < f->n)
		drop_block(f, b);
}
