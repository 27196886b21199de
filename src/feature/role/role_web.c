/* Roles in an organisation: who holds which, giving, ending, composing. */
#include "base/json.h"
#include "feature/group/rule.h"
#include "feature/org/org.h"
#include "feature/role/role.h"
#include "feature/role/role_page.h"
#include "roles_html.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

enum { HOLDERS = 50, WORDS_MAX = 4000 };

static struct str said(const struct ctx *cx, const char *english)
{
	return str_of(tr(cx->lang, english));
}

/* ── the page ── */

struct page_in {
	int64_t org_id, before;
};
static const struct field page_in[] = { FIELD(page_in, org_id, F_ID, .must = true), FIELD(page_in, before, F_ID), FIELD_END };
static const struct field holder_out[] = {
	FIELD(role_holder, id, F_ID),
	FIELD(role_holder, person_id, F_ID),
	FIELD(role_holder, person, F_TEXT, .personal = true),
	FIELD(role_holder, role, F_TEXT),
	FIELD(role_holder, custom, F_BOOL),
	FIELD(role_holder, org_id, F_ID),
	FIELD(role_holder, org, F_TEXT),
	FIELD(role_holder, giver, F_TEXT, .personal = true),
	FIELD(role_holder, granted_at, F_TIME),
	FIELD_END,
};

static enum err put_holders(struct ctx *cx, const struct page_in *in, const bool *held, struct roles_page *v, struct answer *a)
{
	struct role_holders_row *r;
	size_t n;
	TRY(role_sql_holders(cx, in->org_id, in->before, HOLDERS + 1, &r, &n));
	v->n_holders = n > HOLDERS ? HOLDERS : n;
	v->holders = ARENA_ARRAY(cx->arena, struct role_holder, v->n_holders);
	for (size_t i = 0; i < v->n_holders; i++)
		v->holders[i] = (struct role_holder){ .id = r[i].id,
						      .person_id = r[i].person_id,
						      .org_id = r[i].org_id,
						      .top_id = in->org_id,
						      .granted_at = r[i].granted_at,
						      .person = r[i].person,
						      .role = r[i].custom ? r[i].role : said(cx, role_label(r[i].role)),
						      .org = org_name(cx, r[i].org_en, r[i].org_hi),
						      .giver = r[i].giver,
						      .custom = r[i].custom,
						      .may_end = r[i].custom || role_may_give_named(held, r[i].role) };
	if (n > HOLDERS) {
		a->next = str_fmt(cx->arena, "%lld", (long long)v->holders[HOLDERS - 1].id);
		v->next = str_fmt(cx->arena, "/orgs/%lld/roles?before=%.*s", (long long)in->org_id, STR_ARG(a->next));
	}
	return OK;
}

static void put_named(struct ctx *cx, const bool *held, struct roles_page *v)
{
	v->named = ARENA_ARRAY(cx->arena, struct role_item, 8);
	for (size_t i = 0; rule_roles[i].value; i++) {
		struct str name = str_of(rule_roles[i].value);
		if (role_may_give_named(held, name))
			v->named[v->n_named++] = (struct role_item){ .name = said(cx, rule_roles[i].label), .value = name };
	}
}

/* What a composed role allows, in words; and whether all of it may be given. */
static void put_words(struct ctx *cx, const bool *held, const struct role_permissions_for_org_row *r, size_t n, struct role_item *item)
{
	struct buf b;
	buf_init(&b, cx->arena, WORDS_MAX);
	item->may_give = true;
	for (size_t i = 0; i < n; i++) {
		if (r[i].role_id != item->id)
			continue;
		enum permission p = permission_of(r[i].permission);
		item->may_give = item->may_give && role_may_give(held, p);
		if (p == MAY_NOTHING_)
			continue;
		if (b.n)
			buf_lit(&b, "; ");
		buf_str(&b, said(cx, permission_text(p)));
	}
	item->words = buf_get(&b);
}

static enum err put_composed(struct ctx *cx, const bool *held, struct roles_page *v)
{
	struct role_for_org_row *r;
	struct role_permissions_for_org_row *p;
	size_t n_p;
	TRY(role_sql_for_org(cx, v->id, &r, &v->n_composed));
	TRY(role_sql_permissions_for_org(cx, v->id, &p, &n_p));
	v->composed = ARENA_ARRAY(cx->arena, struct role_item, v->n_composed);
	for (size_t i = 0; i < v->n_composed; i++) {
		v->composed[i] = (struct role_item){ .id = r[i].id,
						     .org_id = r[i].org_id,
						     .name = r[i].name,
						     .org = org_name(cx, r[i].org_en, r[i].org_hi),
						     .value = str_fmt(cx->arena, "%lld", (long long)r[i].id),
						     .own = r[i].org_id == v->id };
		put_words(cx, held, p, n_p, &v->composed[i]);
	}
	return OK;
}

static void put_ticks(struct ctx *cx, const bool *held, struct roles_page *v)
{
	v->ticks = ARENA_ARRAY(cx->arena, struct role_tick, MAY_COUNT_);
	for (int i = MAY_NOTHING_ + 1; i < MAY_COUNT_; i++) {
		enum permission p = (enum permission)i;
		if (role_may_give(held, p))
			v->ticks[v->n_ticks++] =
				(struct role_tick){ str_fmt(cx->arena, "permissions.%s", permission_code(p)), said(cx, permission_text(p)) };
	}
}

static enum err page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct page_in *in = input;
	struct roles_page *v = ARENA_NEW(cx->arena, struct roles_page);
	bool held[MAY_COUNT_];
	(void)state;
	v->id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(access_held(cx, in->org_id, held));
	TRY(put_holders(cx, in, held, v, a));
	put_named(cx, held, v);
	TRY(put_composed(cx, held, v));
	put_ticks(cx, held, v);
	ANSWER_ROWS(a, v->holders, v->n_holders);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Roles"));
	return OK;
}

void html_role_options(struct html_out *o, const struct roles_page *v)
{
	struct str chosen = form_old(o, "role", S(""));
	for (size_t i = 0; i < v->n_named; i++)
		html_option(o, v->named[i].value, chosen, v->named[i].name);
	for (size_t i = 0; i < v->n_composed; i++)
		if (v->composed[i].may_give)
			html_option(o, v->composed[i].value, chosen, v->composed[i].name);
}

void html_role_ticks(struct html_out *o, const struct roles_page *v)
{
	for (size_t i = 0; i < v->n_ticks; i++)
		html_pick(o, v->ticks[i].name, v->ticks[i].text, false);
}

/* ── changes ── */

static const struct field give_in[] = {
	FIELD(role_give, org_id, F_ID, .must = true),
	FIELD(role_give, person, F_TEXT, .label = N_("Person"), .hint = N_("Employee number, e-mail or mobile number."), .must = true, .personal = true, .max = 254),
	FIELD(role_give, role, F_TEXT, .label = N_("Role"), .must = true, .max = 40),
	FIELD_END,
};

static enum err give_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	(void)a;
	return role_give(cx, input);
}

struct take_in {
	int64_t org_id, grant_id;
};
static const struct field take_in[] = { FIELD(take_in, org_id, F_ID, .must = true), FIELD(take_in, grant_id, F_ID, .must = true), FIELD_END };

static enum err take_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct take_in *in = input;
	struct role_held was;
	struct json_out j;
	struct buf b;
	(void)state;
	TRY(role_take(cx, in->org_id, in->grant_id, &was));
	buf_init(&b, cx->arena, 600);
	j = (struct json_out){ .b = &b };
	jw_open(&j, '{');
	jw_key(&j, "person_id");
	jw_id(&j, was.person_id);
	jw_key(&j, "org_id");
	jw_id(&j, was.org_id);
	jw_key(&j, "role");
	jw_str(&j, was.role);
	jw_close(&j, '}');
	a->before = buf_get(&b);
	return OK;
}

static const struct field compose_in[] = {
	FIELD(role_compose, org_id, F_ID, .must = true),
	FIELD(role_compose, name, F_TEXT, .label = N_("Name"), .hint = N_("For example: training coordinator."), .must = true, .max = ROLE_NAME_MAX),
	FIELD(role_compose, permissions, F_TEXTS, .label = N_("What it allows"), .max = 60),
	FIELD_END,
};
struct made {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made, id, F_ID), FIELD_END };

static enum err compose_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct made *row = ARENA_NEW(cx->arena, struct made);
	(void)state;
	ANSWER_ROW(a, row);
	return role_compose(cx, input, &row->id);
}

struct dissolve_in {
	int64_t org_id, role_id;
};
static const struct field dissolve_in[] = { FIELD(dissolve_in, org_id, F_ID, .must = true), FIELD(dissolve_in, role_id, F_ID, .must = true), FIELD_END };

static enum err dissolve_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct dissolve_in *in = input;
	(void)state;
	(void)a;
	return role_dissolve(cx, in->org_id, in->role_id);
}

const struct action role_actions[] = {
	{ .name = "role.page",
	  .method = GET,
	  .page = "/orgs/{org_id}/roles",
	  .api = "/api/v1/orgs/{org_id}/roles",
	  .may = MAY_ROLE_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = page_in,
	  .in_size = sizeof(struct page_in),
	  .out = holder_out,
	  .out_list = true,
	  .run = page_run,
	  .html = roles_view,
	  .summary = "Who holds which role in an organisation and below it." },
	{ .name = "role.give",
	  .method = POST,
	  .page = "/orgs/{org_id}/roles",
	  .api = "/api/v1/orgs/{org_id}/roles",
	  .may = MAY_ROLE_MANAGE,
	  .scope = SCOPE_ORG,
	  .in_person = true,
	  .in = give_in,
	  .in_size = sizeof(struct role_give),
	  .run = give_run,
	  .form = "role.page",
	  .then = "/orgs/{org_id}/roles",
	  .notice = N_("The role is given; the person is told by letter."),
	  .summary = "Gives a person a role on an organisation; it holds there and below." },
	{ .name = "role.take",
	  .method = POST,
	  .page = "/orgs/{org_id}/roles/{grant_id}/end",
	  .api = "/api/v1/orgs/{org_id}/roles/{grant_id}/end",
	  .may = MAY_ROLE_MANAGE,
	  .scope = SCOPE_ORG,
	  .in_person = true,
	  .in = take_in,
	  .in_size = sizeof(struct take_in),
	  .run = take_run,
	  .then = "/orgs/{org_id}/roles",
	  .notice = N_("The role has ended; the person is told by letter."),
	  .summary = "Ends a role that somebody holds." },
	{ .name = "role.compose",
	  .method = POST,
	  .page = "/orgs/{org_id}/composed-roles",
	  .api = "/api/v1/orgs/{org_id}/composed-roles",
	  .may = MAY_ROLE_MANAGE,
	  .scope = SCOPE_ORG,
	  .in_person = true,
	  .in = compose_in,
	  .in_size = sizeof(struct role_compose),
	  .out = made_out,
	  .run = compose_run,
	  .form = "role.page",
	  .then = "/orgs/{org_id}/roles",
	  .notice = N_("The role is composed; it can be given here and below."),
	  .summary = "Composes a role out of permissions that one holds." },
	{ .name = "role.dissolve",
	  .method = POST,
	  .page = "/orgs/{org_id}/composed-roles/{role_id}/end",
	  .api = "/api/v1/orgs/{org_id}/composed-roles/{role_id}/end",
	  .may = MAY_ROLE_MANAGE,
	  .scope = SCOPE_ORG,
	  .in_person = true,
	  .in = dissolve_in,
	  .in_size = sizeof(struct dissolve_in),
	  .run = dissolve_run,
	  .then = "/orgs/{org_id}/roles",
	  .notice = N_("The role is gone; nobody holds it any more."),
	  .summary = "Ends a composed role; nobody holds it any more." },
	ACTION_END,
};
