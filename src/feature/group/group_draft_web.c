/* Writing a rule in the browser. What is typed is kept as a draft with every button, so that nothing is lost, with or without scripts. */
#include "draft_html.h"
#include "feature/group/group.h"
#include "feature/group/group_page.h"
#include "feature/group/rule_form.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

enum { NAME_TYPED_MAX = 1000, PART_MAX = 20000 };

static enum err find_draft(struct ctx *cx, int64_t org_id, int64_t draft_id, struct group_draft_row *ret)
{
	bool found = false;
	TRY(group_sql_draft(cx, draft_id, ret, &found));
	bool own = found && ret->org_id == org_id && ret->made_by == cx->actor.person_id;
	return own ? OK : fail(cx, ERR_NOT_FOUND, "draft_id", N_("There is no such draft of yours; it may have been saved or thrown away."));
}

static struct str draft_address(struct ctx *cx, int64_t org_id, int64_t draft_id, const char *more)
{
	return str_fmt(cx->arena, "/orgs/%lld/group-drafts/%lld%s", (long long)org_id, (long long)draft_id, more);
}

/* ── beginning ── */

struct add_in {
	int64_t org_id, group_id;
};
static const struct field add_in[] = { FIELD(add_in, org_id, F_ID, .must = true), FIELD(add_in, group_id, F_ID), FIELD_END };

static enum err form_of_group(struct ctx *cx, const struct add_in *in, struct str *ret_name, struct form_rule *ret)
{
	struct group_one_row g;
	struct rule_names names;
	struct rule r;
	bool found = false;
	TRY(group_sql_one(cx, in->group_id, &g, &found));
	if (!found || g.org_id != in->org_id || g.ended_at != NONE)
		return fail(cx, ERR_NOT_FOUND, "group_id", N_("There is no such group, or it has ended."));
	*ret_name = g.name;
	TRY(rule_parse(cx, g.rule, &r));
	/* What the rule names may have moved away; then its place in the form is "?", and saving asks for it. */
	enum err e = rule_names_of(cx, in->org_id, &r, NULL, &names);
	cx->n_failures = 0;
	if (e != OK && e != ERR_INVALID)
		return e;
	form_rule_of(cx, &r, &names, ret);
	return OK;
}

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct add_in *in = input;
	struct form_rule f = { .n = 1 };
	struct str name = S("");
	int64_t id = new_id(cx);
	(void)state;
	if (in->group_id != NONE)
		TRY(form_of_group(cx, in, &name, &f));
	TRY(group_sql_draft_add(cx, id, in->org_id, in->group_id, cx->actor.person_id, name, form_rule_text(cx, &f), cx->now, NULL));
	a->then = draft_address(cx, in->org_id, id, "");
	return OK;
}

/* ── the form ── */

static const struct {
	const char *title, *hint, *list;
} kinds[CONDITION_KINDS] = {
	[IS_ORG] = { N_("Organisation"), N_("Codes or names, divided by ;"), "list-orgs" },
	[IS_DESIGNATION] = { N_("Designation"), N_("Codes or names, divided by ;"), "list-designations" },
	[IS_GROUP] = { N_("Group A, B or C"), NULL, NULL },
	[IS_SERVICE] = { N_("Service or cadre"), N_("As it stands in the posting; several divided by ;"), "list-services" },
	[IS_FIELD] = { N_("Field of the profile"), N_("What it says; several divided by ;"), NULL },
	[IS_LEVEL] = { N_("Pay level"), NULL, NULL },
	[IS_ROLE] = { N_("Role"), NULL, NULL },
	[IS_PEOPLE] = { N_("Named people"), N_("Employee numbers or e-mail addresses, divided by ;"), NULL },
	[IS_JOINED] = { N_("Joined on or after a day"), N_("First posting on or after"), NULL },
	[IS_POST] = { N_("Time in the present post"), N_("Months, at least"), NULL },
	[IS_COMPLETED] = { N_("Has completed a course"), N_("Code or title of the course"), "list-courses" },
	[IS_NOT_COMPLETED] = { N_("Has not completed a course"), N_("Code or title of the course"), "list-courses" },
};

struct show_in {
	int64_t org_id, draft_id, preview;
};
static const struct field show_in[] = {
	FIELD(show_in, org_id, F_ID, .must = true),
	FIELD(show_in, draft_id, F_ID, .must = true),
	FIELD(show_in, preview, F_INT, .min = 0, .max = 1),
	FIELD_END,
};

static struct str said(struct ctx *cx, const char *text)
{
	return text ? str_of(tr(cx->lang, text)) : STR_NONE;
}

static void put_picks(struct ctx *cx, const struct form_condition *c, struct condition_row *row)
{
	for (unsigned i = 0; c->kind == IS_GROUP ? i < 3 : rule_roles[i].value != NULL; i++)
		*ARENA_PUSH(cx->arena, row->picks, row->n_picks) = (struct pick_row){
			str_fmt(cx->arena, "%s.pick%u", row->field.p, i),
			c->kind == IS_GROUP ? str_fmt(cx->arena, "%c", "ABC"[i]) : said(cx, rule_roles[i].label),
			c->picked >> i & 1,
		};
}

static struct str error_of(struct ctx *cx, struct str field)
{
	for (size_t i = 0; i < cx->n_failures; i++)
		if (str_eq(cx->failures[i].field, field))
			return msg_text(cx, cx->failures[i].text, cx->failures[i].n_args, cx->failures[i].args);
	return STR_NONE;
}

static struct condition_row row_of(struct ctx *cx, const struct form_condition *c, size_t block, size_t n)
{
	enum condition_kind k = c->kind;
	struct condition_row row = {
		.field = str_fmt(cx->arena, "part.%zu.%zu", block, n),
		.is = str_of(condition_names[k]),
		.title = said(cx, kinds[k].title),
		.hint = said(cx, kinds[k].hint),
		.value = c->value,
		.from = c->from,
		.to = c->to,
		.list = str_of(kinds[k].list),
		.first = n == 0,
		.below = c->below,
		.is_org = k == IS_ORG,
		.is_picks = k == IS_GROUP || k == IS_ROLE,
		.is_level = k == IS_LEVEL,
		.is_day = k == IS_JOINED,
		.is_months = k == IS_POST,
		.is_field = k == IS_FIELD,
		.remove = str_fmt(cx->arena, "remove.%zu.%zu", block, n),
	};
	row.is_text = !row.is_picks && !row.is_level && !row.is_day && !row.is_months;
	row.error = error_of(cx, row.field);
	if (row.is_picks)
		put_picks(cx, c, &row);
	return row;
}

static void put_blocks(struct ctx *cx, const struct form_rule *f, struct draft_page *v)
{
	v->n_blocks = f->n;
	v->blocks = ARENA_ARRAY(cx->arena, struct block_row, f->n);
	for (size_t b = 0; b < f->n; b++) {
		struct block_row *row = &v->blocks[b];
		*row = (struct block_row){ .number = (int64_t)b + 1,
					   .later = b > 0,
					   .field = str_fmt(cx->arena, "part.%zu.0.block", b),
					   .add = str_fmt(cx->arena, "add.%zu", b),
					   .drop = str_fmt(cx->arena, "drop.%zu", b),
					   .kind = str_fmt(cx->arena, "kind.%zu", b),
					   .n_conditions = f->v[b].n,
					   .conditions = ARENA_ARRAY(cx->arena, struct condition_row, f->v[b].n) };
		for (size_t c = 0; c < f->v[b].n; c++)
			row->conditions[c] = row_of(cx, &f->v[b].v[c], b, c);
	}
	v->n_kinds = CONDITION_KINDS;
	v->kinds = ARENA_ARRAY(cx->arena, struct name_option, v->n_kinds);
	for (size_t k = 0; k < v->n_kinds; k++)
		v->kinds[k] = (struct name_option){ str_of(condition_names[k]), said(cx, kinds[k].title) };
}

/* ── what can be chosen ── */

static bool asks(const struct form_rule *f, enum condition_kind kind)
{
	for (size_t b = 0; b < f->n; b++)
		for (size_t c = 0; c < f->v[b].n; c++)
			if (f->v[b].v[c].kind == kind)
				return true;
	return false;
}

static void option(struct ctx *cx, struct name_list *l, struct str value, struct str label)
{
	*ARENA_PUSH(cx->arena, l->options, l->n_options) = (struct name_option){ value, label };
}

static enum err put_orgs(struct ctx *cx, int64_t org_id, struct name_list *l)
{
	struct group_orgs_below_row *rows;
	size_t n;
	TRY(group_sql_orgs_below(cx, org_id, &rows, &n));
	for (size_t i = 0; i < n; i++)
		option(cx, l, rows[i].code, org_name(cx, rows[i].name_en, rows[i].name_hi));
	return OK;
}

static enum err put_designations(struct ctx *cx, struct name_list *designations, struct name_list *services)
{
	struct group_designations_row *rows;
	size_t n;
	TRY(group_sql_designations(cx, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;
		option(cx, designations, rows[i].code, org_name(cx, rows[i].name_en, rows[i].name_hi));
		while (k < services->n_options && !str_eq(services->options[k].value, rows[i].service))
			k++;
		if (k == services->n_options)
			option(cx, services, rows[i].service, rows[i].service);
	}
	return OK;
}

static enum err put_courses(struct ctx *cx, struct name_list *l)
{
	struct group_courses_row *rows;
	size_t n;
	TRY(group_sql_courses(cx, &rows, &n));
	for (size_t i = 0; i < n; i++)
		option(cx, l, rows[i].code, rows[i].title);
	return OK;
}

static enum err put_fields(struct ctx *cx, int64_t org_id, struct name_list *l)
{
	struct group_fields_row *rows;
	size_t n;
	TRY(group_sql_fields(cx, org_id, &rows, &n));
	for (size_t i = 0; i < n; i++)
		option(cx, l, org_name(cx, rows[i].name_en, rows[i].name_hi), S(""));
	return OK;
}

/* Only the lists that a condition of the form uses. */
static enum err put_lists(struct ctx *cx, const struct form_rule *f, struct draft_page *v)
{
	v->n_lists = 5;
	v->lists = ARENA_ARRAY(cx->arena, struct name_list, v->n_lists);
	v->lists[0].id = S("list-orgs");
	v->lists[1].id = S("list-designations");
	v->lists[2].id = S("list-services");
	v->lists[3].id = S("list-courses");
	v->lists[4].id = S("list-fields");
	if (asks(f, IS_ORG))
		TRY(put_orgs(cx, v->org_id, &v->lists[0]));
	if (asks(f, IS_DESIGNATION) || asks(f, IS_SERVICE))
		TRY(put_designations(cx, &v->lists[1], &v->lists[2]));
	if (asks(f, IS_FIELD))
		TRY(put_fields(cx, v->org_id, &v->lists[4]));
	return asks(f, IS_COMPLETED) || asks(f, IS_NOT_COMPLETED) ? put_courses(cx, &v->lists[3]) : OK;
}

/* ── whom it would take in ── */

static enum err put_sample(struct ctx *cx, const int64_t *p, int64_t n, struct sample_people *ret)
{
	struct group_people_named_row *rows;
	if (!n)
		return OK;
	TRY(group_sql_people_named(cx, person_today(cx), p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], &rows, &ret->n_people));
	ret->people = ARENA_ARRAY(cx->arena, struct group_person, ret->n_people);
	for (size_t i = 0; i < ret->n_people; i++)
		ret->people[i] = (struct group_person){ .person_id = rows[i].id,
							.name = rows[i].name,
							.designation = org_name(cx, rows[i].designation_en, rows[i].designation_hi),
							.org = org_name(cx, rows[i].org_en, rows[i].org_hi) };
	ret->more = n - (int64_t)ret->n_people;
	return OK;
}

static enum err try_rule(struct ctx *cx, const struct rule *r, struct draft_page *v)
{
	struct group_preview p;
	struct rule_names names;
	TRY(rule_names_of(cx, v->org_id, r, NULL, &names));
	v->words = rule_words(cx, cx->lang, r, &names);
	TRY(group_preview(cx, v->org_id, v->changes ? v->group_id : NONE, r, &p));
	v->good = true;
	v->n_fit = p.n_fit;
	v->n_enter = p.n_enter;
	v->n_leave = p.n_leave;
	TRY(put_sample(cx, p.fit, p.n_fit, &v->fit));
	if (!v->changes)
		return OK;
	TRY(put_sample(cx, p.enter, p.n_enter, &v->enter));
	return put_sample(cx, p.leave, p.n_leave, &v->leave);
}

static enum err put_preview(struct ctx *cx, const struct form_rule *f, struct draft_page *v)
{
	size_t before = cx->n_failures;
	struct rule r;
	v->previewed = true;
	enum err e = form_rule_mean(cx, v->org_id, f, &r);
	if (e == OK)
		e = try_rule(cx, &r, v);
	if (e != ERR_INVALID)
		return e;
	for (size_t i = before; i < cx->n_failures; i++)
		*ARENA_PUSH(cx->arena, v->faults, v->n_faults) =
		    (struct sentence){ msg_text(cx, cx->failures[i].text, cx->failures[i].n_args, cx->failures[i].args) };
	return OK;
}

static enum err put_group(struct ctx *cx, struct draft_page *v)
{
	struct group_one_row g;
	bool found = false;
	TRY(group_sql_one(cx, v->group_id, &g, &found));
	v->changes = found;
	v->group = found ? g.name : STR_NONE;
	return OK;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct show_in *in = input;
	struct draft_page *v = ARENA_NEW(cx->arena, struct draft_page);
	struct group_draft_row d;
	struct org_one_row o;
	struct form_rule f;
	bool found = false;
	(void)state;
	TRY(find_draft(cx, in->org_id, in->draft_id, &d));
	TRY(org_sql_one(cx, in->org_id, &o, &found));
	*v = (struct draft_page){ .id = d.id, .org_id = d.org_id, .group_id = d.group_id, .name = d.name, .org = org_name(cx, o.name_en, o.name_hi) };
	if (d.group_id != NONE)
		TRY(put_group(cx, v));
	form_rule_of_text(cx, d.parts, &f);
	v->name_error = error_of(cx, S("name"));
	size_t before = cx->n_failures;
	if (in->preview == 1)
		TRY(put_preview(cx, &f, v));
	put_blocks(cx, &f, v);
	/* What the preview found is said in its own place; it is no failure of looking. */
	cx->n_failures = before;
	TRY(put_lists(cx, &f, v));
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Rule of a group"));
	return OK;
}

/* ── what the buttons do ── */

struct keep_in {
	int64_t org_id, draft_id;
	struct str name, act;
	struct strs part, kind;
};
static const struct field keep_in[] = {
	FIELD(keep_in, org_id, F_ID, .must = true),
	FIELD(keep_in, draft_id, F_ID, .must = true),
	FIELD(keep_in, name, F_TEXT, .label = N_("Name of the group"), .hint = N_("What colleagues call these people, such as “New section officers”."),
	      .max = NAME_TYPED_MAX),
	FIELD(keep_in, act, F_TEXT, .max = 40),
	FIELD(keep_in, part, F_TEXTS, .max = PART_MAX),
	FIELD(keep_in, kind, F_TEXTS, .max = 40),
	FIELD_END,
};

static enum err keep(struct ctx *cx, const struct keep_in *in, struct group_draft_row *d, struct form_rule *f)
{
	TRY(find_draft(cx, in->org_id, in->draft_id, d));
	form_rule_read(cx, &in->part, f);
	form_rule_act(cx, f, in->act, &in->kind);
	return group_sql_draft_keep(cx, in->name.p ? in->name : S(""), form_rule_text(cx, f), cx->now, d->id, NULL);
}

/* Makes or changes the group; what is wrong is said on the form, and what was typed is kept. */
static enum err save(struct ctx *cx, const struct group_draft_row *d, struct str name, const struct form_rule *f, struct answer *a)
{
	struct rule r;
	int64_t id = d->group_id;
	enum err e = form_rule_mean(cx, d->org_id, f, &r);
	if (e == OK && !str_trim(name).n)
		e = fail(cx, ERR_INVALID, "name", N_("A group needs a name."));
	if (e == OK && id == NONE)
		e = group_add(cx, &(struct group_add){ d->org_id, name, rule_json(cx, &r) }, &id);
	else if (e == OK)
		e = group_change(cx, id, name, rule_json(cx, &r));
	if (e == ERR_INVALID) {
		a->refused = e;
		return OK;
	}
	TRY(e);
	a->then = str_fmt(cx->arena, "/orgs/%lld/groups/%lld", (long long)d->org_id, (long long)id);
	return group_sql_draft_remove(cx, d->id, NULL);
}

static enum err keep_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct keep_in *in = input;
	struct group_draft_row d;
	struct form_rule f;
	(void)state;
	TRY(keep(cx, in, &d, &f));
	bool later = str_is(in->act, "later");
	a->then = later ? str_fmt(cx->arena, "/orgs/%lld/groups", (long long)in->org_id)
			: draft_address(cx, in->org_id, d.id, str_is(in->act, "preview") ? "?preview=1" : "");
	return OK;
}

static enum err save_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct keep_in *in = input;
	struct group_draft_row d;
	struct form_rule f;
	(void)state;
	TRY(keep(cx, in, &d, &f));
	return save(cx, &d, in->name, &f, a);
}

struct drop_in {
	int64_t org_id, draft_id;
};
static const struct field drop_in[] = { FIELD(drop_in, org_id, F_ID, .must = true), FIELD(drop_in, draft_id, F_ID, .must = true), FIELD_END };

static enum err drop_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct drop_in *in = input;
	struct group_draft_row d;
	(void)state;
	(void)a;
	TRY(find_draft(cx, in->org_id, in->draft_id, &d));
	return group_sql_draft_remove(cx, d.id, NULL);
}

#define ONE "/orgs/{org_id}/group-drafts/{draft_id}"
#define DRAFTS(in_) .may = MAY_GROUP_MANAGE, .scope = SCOPE_ORG, .in = in_
const struct action group_draft_actions[] = {
	{ .name = "group_draft.add",
	  .method = POST,
	  .page = "/orgs/{org_id}/group-drafts",
	  DRAFTS(add_in),
	  .in_size = sizeof(struct add_in),
	  .run = add_run,
	  .form = "group.list",
	  .then = "/orgs/{org_id}/groups",
	  .quiet = true,
	  .summary = "Begins to write a rule, new or of a group." },
	{ .name = "group_draft.show",
	  .method = GET,
	  .page = ONE,
	  DRAFTS(show_in),
	  .in_size = sizeof(struct show_in),
	  .run = show_run,
	  .html = draft_view,
	  .summary = "A rule being written, with whom it would take in (preview)." },
	{ .name = "group_draft.keep",
	  .method = POST,
	  .page = ONE,
	  DRAFTS(keep_in),
	  .in_size = sizeof(struct keep_in),
	  .run = keep_run,
	  .form = "group_draft.show",
	  .then = ONE,
	  .max_body = 1 << 20,
	  .quiet = true,
	  .summary = "Keeps what was typed, and does what the button says: another condition or block, preview." },
	{ .name = "group_draft.save",
	  .method = POST,
	  .page = ONE "/save",
	  DRAFTS(keep_in),
	  .in_size = sizeof(struct keep_in),
	  .run = save_run,
	  .form = "group_draft.show",
	  .then = ONE,
	  .max_body = 1 << 20,
	  .notice = N_("The group is saved."),
	  .summary = "Makes or changes the group; what is wrong is said on the form." },
	{ .name = "group_draft.drop",
	  .method = POST,
	  .page = ONE "/drop",
	  DRAFTS(drop_in),
	  .in_size = sizeof(struct drop_in),
	  .run = drop_run,
	  .form = "group_draft.show",
	  .then = "/orgs/{org_id}/groups",
	  .quiet = true,
	  .summary = "Throws a draft away." },
	ACTION_END,
};
