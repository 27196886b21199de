/* A rule as a sentence; see rule_words.h. */
#include "feature/group/rule_words.h"
#include "base/clock.h"
#include "group_sql.h"
#include "web/lang.h"

enum { NAMED_MOST = 5, WORDS_MAX = 20000 };

/* ── what a rule names ── */

static enum err find_name(struct ctx *cx, int64_t org_id, enum condition_kind kind, int64_t id, struct rule_name *ret, bool *ret_found)
{
	struct group_org_below_row o;
	struct group_designation_one_row d;
	struct group_course_one_row c;
	struct group_person_below_row p;
	struct group_field_one_row field;
	switch (kind) {
	case IS_ORG:
		TRY(group_sql_org_below(cx, org_id, id, &o, ret_found));
		*ret = (struct rule_name){ id, o.code, o.name_en, o.name_hi };
		return OK;
	case IS_DESIGNATION:
		TRY(group_sql_designation_one(cx, id, &d, ret_found));
		*ret = (struct rule_name){ id, d.code, d.name_en, d.name_hi };
		return OK;
	case IS_PEOPLE:
		TRY(group_sql_person_below(cx, clock_day(S("Asia/Kolkata"), cx->now), org_id, id, &p, ret_found));
		*ret = (struct rule_name){ id, p.employee_no.n ? p.employee_no : p.email, p.name, p.name };
		return OK;
	case IS_COMPLETED:
	case IS_NOT_COMPLETED:
		TRY(group_sql_course_one(cx, id, &c, ret_found));
		*ret = (struct rule_name){ id, c.code, c.title, c.title };
		return OK;
	case IS_FIELD:
		TRY(group_sql_field_one(cx, org_id, id, &field, ret_found));
		*ret = (struct rule_name){ id, field.name_en, field.name_en, field.name_hi };
		return OK;
	case IS_GROUP:
	case IS_SERVICE:
	case IS_LEVEL:
	case IS_ROLE:
	case IS_JOINED:
	case IS_POST:
	case CONDITION_KINDS: break;
	}
	BUG("this kind names nothing");
}

static enum err not_found(struct ctx *cx, enum condition_kind kind, size_t block, size_t n)
{
	struct msg_arg args[] = { { "block", str_fmt(cx->arena, "%zu", block) }, { "n", str_fmt(cx->arena, "%zu", n) } };
	const char *text = kind == IS_ORG	    ? N_("Block {block}, condition {n}: an organisation that is not yours or not below it")
			   : kind == IS_DESIGNATION ? N_("Block {block}, condition {n}: there is no such designation")
			   : kind == IS_FIELD	    ? N_("Block {block}, condition {n}: there is no such field of the profile here")
			   : kind == IS_PEOPLE	    ? N_("Block {block}, condition {n}: a person who is not posted in this organisation today")
						    : N_("Block {block}, condition {n}: there is no such course");
	return fail_msg(cx, ERR_INVALID, S("rule"), text, 2, args);
}

/* Whom a rule names, ascending. */
struct named {
	int64_t *v;
	size_t n;
};

static struct named named_in(struct arena *a, const struct rule *r)
{
	struct named p = { 0 };
	for (size_t i = 0; r && i < r->n; i++)
		for (size_t k = 0; k < r->any[i].n; k++)
			for (size_t m = 0; r->any[i].all[k].kind == IS_PEOPLE && m < r->any[i].all[k].n_ids; m++)
				*ARENA_PUSH(a, p.v, p.n) = r->any[i].all[k].ids[m];
	p.n = ids_in_order(p.v, p.n);
	return p;
}

/* Somebody who is named already: only the name, for the sentence. */
static enum err find_named(struct ctx *cx, int64_t id, struct rule_name *ret)
{
	struct group_person_name_row p;
	bool found = false;
	TRY(group_sql_person_name(cx, id, &p, &found));
	*ret = (struct rule_name){ id, STR_NONE, found ? p.name : S("?"), found ? p.name : S("?") };
	return OK;
}

static enum err find_all(struct ctx *cx, int64_t org_id, const struct condition *c, const struct named *was, struct rule_names *ret, bool *ret_found)
{
	*ret_found = true;
	for (size_t m = 0; *ret_found && m < c->n_ids; m++) {
		struct rule_name name;
		bool already = c->kind == IS_PEOPLE && ids_hold(was->v, was->n, c->ids[m]);
		if (already && m >= NAMED_MOST)
			continue;
		TRY(already ? find_named(cx, c->ids[m], &name) : find_name(cx, org_id, c->kind, c->ids[m], &name, ret_found));
		if (*ret_found)
			*ARENA_PUSH(cx->arena, ret->v, ret->n) = name;
	}
	return OK;
}

enum err rule_names_of(struct ctx *cx, int64_t org_id, const struct rule *r, const struct rule *was, struct rule_names *ret)
{
	struct named named = named_in(cx->arena, was);
	bool found;
	*ret = (struct rule_names){ 0 };
	for (size_t i = 0; i < r->n; i++)
		for (size_t k = 0; k < r->any[i].n; k++) {
			TRY(find_all(cx, org_id, &r->any[i].all[k], &named, ret, &found));
			if (!found)
				return not_found(cx, r->any[i].all[k].kind, i + 1, k + 1);
		}
	return OK;
}

const struct rule_name *rule_name_of(const struct rule_names *names, int64_t id)
{
	static const struct rule_name unknown = { 0, { "?", 1 }, { "?", 1 }, { "?", 1 } };
	for (size_t i = 0; i < names->n; i++)
		if (names->v[i].id == id)
			return &names->v[i];
	return &unknown;
}

/* ── the sentence ── */

struct saying {
	struct ctx *cx;
	enum lang lang;
	const struct rule_names *names;
};

static struct str with(const struct saying *s, const char *english, size_t n, const struct msg_arg *args)
{
	return msg_fill(s->cx, tr(s->lang, english), n, args);
}

static struct str number(const struct saying *s, int64_t n)
{
	return str_fmt(s->cx->arena, "%lld", (long long)n);
}

/* "A, B or C". */
static struct str listed(const struct saying *s, const struct str *v, size_t n)
{
	struct buf b;
	buf_init(&b, s->cx->arena, WORDS_MAX);
	for (size_t i = 0; i < n; i++) {
		if (i && i + 1 < n)
			buf_lit(&b, ", ");
		else if (i)
			buf_fmt(&b, " %s ", tr(s->lang, N_("or")));
		buf_str(&b, v[i]);
	}
	return buf_get(&b);
}

static struct str names_listed(const struct saying *s, const struct condition *c)
{
	struct str v[NAMED_MOST + 1];
	size_t shown = c->n_ids > NAMED_MOST ? NAMED_MOST : c->n_ids, n = 0;
	/* Only of people there may be none. */
	if (!c->n_ids)
		return str_of(tr(s->lang, N_("nobody yet")));
	for (; n < shown; n++) {
		const struct rule_name *name = rule_name_of(s->names, c->ids[n]);
		v[n] = s->lang == LANG_HI && name->hi.n ? name->hi : name->en;
	}
	if (c->n_ids > shown)
		v[n++] = msg_fill(s->cx, trn(s->lang, ngettext_("{n} more", "{n} more"), (int64_t)(c->n_ids - shown)), 1,
				  (struct msg_arg[]){ { "n", number(s, (int64_t)(c->n_ids - shown)) } });
	return listed(s, v, n);
}

static struct str bits_listed(const struct saying *s, const struct condition *c)
{
	struct str v[8];
	size_t n = 0;
	for (unsigned i = 0; i < 3; i++)
		if (c->groups & 1u << i)
			v[n++] = (struct str){ &"ABC"[i], 1 };
	for (unsigned i = 0; rule_roles[i].value; i++)
		if (c->roles & 1u << i)
			v[n++] = str_of(tr(s->lang, rule_roles[i].label));
	return listed(s, v, n);
}

static struct str day_said(const struct saying *s, int64_t day)
{
	static const char *const months[] = { N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
					      N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec") };
	struct civil d = clock_date(day);
	return str_fmt(s->cx->arena, "%d %s %d", d.day, tr(s->lang, months[d.month - 1]), d.year);
}

static struct str level_said(const struct saying *s, const struct condition *c)
{
	struct msg_arg args[] = { { "from", number(s, c->from) }, { "to", number(s, c->to) } };
	if (c->from == NONE)
		return with(s, N_("pay level {to} or below"), 2, args);
	if (c->to == NONE)
		return with(s, N_("pay level {from} or above"), 2, args);
	return c->from == c->to ? with(s, N_("pay level {from}"), 2, args) : with(s, N_("pay level {from} to {to}"), 2, args);
}

static struct str field_said(const struct saying *s, const struct condition *c)
{
	const struct rule_name *name = rule_name_of(s->names, c->ids[0]);
	struct msg_arg args[] = { { "field", s->lang == LANG_HI && name->hi.n ? name->hi : name->en }, { "names", listed(s, c->values, c->n_values) } };
	return with(s, N_("“{field}” is {names}"), 2, args);
}

static struct str said(const struct saying *s, const struct condition *c)
{
	struct msg_arg names = { "names", STR_NONE };
	switch (c->kind) {
	case IS_ORG: names.value = names_listed(s, c); return with(s, c->below ? N_("in {names} and everything below") : N_("in {names} itself"), 1, &names);
	case IS_DESIGNATION: names.value = names_listed(s, c); return with(s, N_("designation {names}"), 1, &names);
	case IS_GROUP: names.value = bits_listed(s, c); return with(s, N_("Group {names}"), 1, &names);
	case IS_SERVICE: names.value = listed(s, c->values, c->n_values); return with(s, N_("service {names}"), 1, &names);
	case IS_FIELD: return field_said(s, c);
	case IS_LEVEL: return level_said(s, c);
	case IS_ROLE: names.value = bits_listed(s, c); return with(s, N_("holding the role {names}"), 1, &names);
	case IS_PEOPLE: names.value = names_listed(s, c); return with(s, N_("named: {names}"), 1, &names);
	case IS_JOINED: names.value = day_said(s, c->day); return with(s, N_("joined on {names} or later"), 1, &names);
	case IS_POST:
		names.value = number(s, c->months);
		return msg_fill(
		    s->cx,
		    trn(s->lang, ngettext_("in the present post for {names} month or longer", "in the present post for {names} months or longer"), c->months),
		    1, &names);
	case IS_COMPLETED: names.value = names_listed(s, c); return with(s, N_("has completed “{names}”"), 1, &names);
	case IS_NOT_COMPLETED: names.value = names_listed(s, c); return with(s, N_("has not completed “{names}”"), 1, &names);
	case CONDITION_KINDS: break;
	}
	BUG("condition");
}

/* Blocks behind one another that only name people are one list: a long one takes several. Leaves *i at the last of them. */
static struct condition names_together(const struct saying *s, const struct rule *r, size_t *i)
{
	struct condition all = { .kind = IS_PEOPLE };
	size_t from = *i;
	while (*i + 1 < r->n && rule_block_names(&r->any[*i + 1]))
		++*i;
	if (*i == from)
		return r->any[from].all[0];
	for (size_t b = from; b <= *i; b++)
		for (size_t m = 0; m < r->any[b].all[0].n_ids; m++)
			*ARENA_PUSH(s->cx->arena, all.ids, all.n_ids) = r->any[b].all[0].ids[m];
	return all;
}

/* Each is said before it is added: both grow in the same arena. */
static void say(const struct saying *s, struct buf *b, const struct condition *c, bool first)
{
	struct str one = said(s, c);
	if (!first)
		buf_lit(b, ", ");
	buf_str(b, one);
}

struct str rule_words(struct ctx *cx, enum lang lang, const struct rule *r, const struct rule_names *names)
{
	struct saying s = { cx, lang, names };
	struct buf b;
	buf_init(&b, cx->arena, WORDS_MAX);
	for (size_t i = 0; i < r->n; i++) {
		if (i)
			buf_fmt(&b, "; %s ", tr(lang, N_("or")));
		if (rule_block_names(&r->any[i])) {
			const struct condition all = names_together(&s, r, &i);
			say(&s, &b, &all, true);
			continue;
		}
		for (size_t k = 0; k < r->any[i].n; k++)
			say(&s, &b, &r->any[i].all[k], k == 0);
	}
	struct str words = buf_get(&b);
	char *first = (char *)(uintptr_t)words.p;
	if (words.n && *first >= 'a' && *first <= 'z')
		*first = (char)(*first - 'a' + 'A');
	return words;
}
