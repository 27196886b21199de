/* Groups within a client's reach, one or in lists; see scim_group.h. */
#include "feature/scim/scim_group.h"

/* ── one ── */

enum err scim_find_group(struct ctx *cx, const struct scim_client *c, struct str id, struct scim_group_row *ret)
{
	int64_t number;
	bool found = false;
	if (!str_int(id, &number) || number <= 0)
		return scim_nobody(cx);
	TRY(scim_sql_group(cx, c->person_id, number, ret, &found));
	if (found)
		TRY(scim_within(cx, c, ret->org_id, &found));
	return found ? OK : scim_nobody(cx);
}

json_t *scim_group_of(struct ctx *cx, const struct scim_client *c, const struct scim_group_row *g)
{
	json_t *v = json_object(), *schemas = json_array();
	json_array_append_new(schemas, json_string(SCIM_GROUP));
	json_object_set_new(v, "schemas", schemas);
	scim_put_id(cx, v, "id", g->id);
	scim_put(v, "externalId", g->external_id);
	scim_put(v, "displayName", g->name);
	scim_put_meta(cx, v, c->base, &scim_group, g->id, g->created_at, str_fmt(cx->arena, " %lld %lld", (long long)g->revision, (long long)g->members));
	return v;
}

bool scim_shows_members(struct str attributes, struct str excluded)
{
	struct scim_path p;
	struct str one;
	bool shows = !attributes.n;
	while (str_cut(&attributes, ',', &one))
		if (scim_path_of(&scim_group, str_trim(one), &p) && strcmp(p.attribute->name, "members") == 0)
			shows = true;
	while (str_cut(&excluded, ',', &one))
		if (scim_path_of(&scim_group, str_trim(one), &p) && strcmp(p.attribute->name, "members") == 0 && !p.sub)
			shows = false;
	return shows;
}

struct listed {
	const struct scim_client *c;
	json_t *members;
};

static enum err member_row(struct ctx *cx, void *arg, const void *row)
{
	const struct scim_members_row *r = row;
	const struct listed *l = arg;
	struct arena_mark mark = arena_mark(cx->arena);
	json_t *one = json_object();
	scim_put_id(cx, one, "value", r->person_id);
	scim_put(one, "$ref", str_fmt(cx->arena, "%.*s/Users/%lld", STR_ARG(l->c->base), (long long)r->person_id));
	scim_put(one, "type", S("User"));
	scim_put(one, "display", r->name);
	json_array_append_new(l->members, one);
	arena_back(cx->arena, mark);
	return OK;
}

enum err scim_put_members(struct ctx *cx, const struct scim_client *c, int64_t org_id, json_t *group)
{
	json_auto_t *members = json_array();
	struct listed l = { c, members };
	int64_t id;
	BUG_IF(!str_int(scim_text(json_object_get(group, "id")), &id));
	TRY(scim_sql_members(cx, id, org_id, c->person_id, SCIM_MEMBERS_MAX + 1, member_row, &l));
	if (json_array_size(members) > SCIM_MEMBERS_MAX)
		return OK;
	struct str text = scim_json(cx, members), tag = scim_tag(cx, str_fmt(cx->arena, "%.*s%.*s", STR_ARG(scim_version(group)), STR_ARG(text)));
	if (json_array_size(members))
		json_object_set(group, "members", members);
	scim_put(json_object_get(group, "meta"), "version", tag);
	return OK;
}

/* ── filters that ask for members ── */

/* A person whom a filter asks for, and the groups he is in. */
struct asked {
	int64_t person_id;
	struct scim_groups_of_row *groups;
	size_t n;
};
struct asking {
	struct ctx *cx;
	const struct scim_client *c;
	struct asked v[SCIM_ASKED_MAX];
	size_t n;
};

static enum err ask(struct asking *k, struct str id)
{
	struct ctx *cx = k->cx;
	struct asked *a = &k->v[k->n];
	struct scim_found_row person;
	size_t before = cx->n_failures;
	if (k->n == SCIM_ASKED_MAX)
		return fail(cx, ERR_INVALID, "tooMany", N_("A filter asks for at most 20 members."));
	enum err e = scim_find(cx, k->c, id, &person);
	if (e == ERR_NOT_FOUND) {
		cx->n_failures = before;
		return OK;
	}
	TRY(e);
	a->person_id = person.id;
	k->n++;
	return scim_sql_groups_of(cx, person.id, &a->groups, &a->n);
}

/* within: in the brackets of members[…]. */
static enum err ask_all(struct asking *k, const struct scim_filter *f, bool within)
{
	if (f->op == SCIM_NOT)
		return ask_all(k, f->a, within);
	if (f->op == SCIM_AND || f->op == SCIM_OR) {
		TRY(ask_all(k, f->a, within));
		return ask_all(k, f->b, within);
	}
	bool members = within || strcmp(f->path.attribute->name, "members") == 0;
	if (members && f->op == SCIM_HAS)
		return ask_all(k, f->a, true);
	if (!members)
		return OK;
	const struct scim_attribute *of = within ? f->path.attribute : f->path.sub;
	bool by_value = !of || strcmp(of->name, "value") == 0;
	if (!by_value || (f->op != SCIM_EQ && f->op != SCIM_NE) || f->value != SCIM_TEXT)
		return fail(k->cx, ERR_INVALID, "invalidFilter", N_("Members can only be asked for by id: members.value eq \"id\"."));
	return ask(k, f->said);
}

static bool is_in(const struct asked *a, int64_t group_id)
{
	size_t from = 0, to = a->n;
	while (from < to) {
		size_t mid = from + (to - from) / 2;
		if (a->groups[mid].group_id < group_id)
			from = mid + 1;
		else
			to = mid;
	}
	return from < a->n && a->groups[from].group_id == group_id;
}

/* For the trial the group has those of its members who are asked for. */
static bool fits(struct asking *k, const struct scim_filter *f, int64_t group_id, json_t *group)
{
	struct ctx *cx = k->cx;
	json_t *some = json_array();
	for (size_t i = 0; i < k->n; i++)
		if (is_in(&k->v[i], group_id)) {
			json_t *one = json_object();
			scim_put_id(cx, one, "value", k->v[i].person_id);
			json_array_append_new(some, one);
		}
	json_object_set_new(group, "members", some);
	bool fit = scim_filter_fits(cx->arena, f, group);
	json_object_del(group, "members");
	return fit;
}

/* ── lists ── */

struct listing {
	const struct scim_client *c;
	const struct scim_list *in;
	const struct scim_filter *filter; /* NULL: every group */
	struct asking *asking;
	struct scim_page page;
	size_t members; /* on the page so far */
	bool shows;
};

static enum err take(struct ctx *cx, struct listing *l, const struct scim_group_row *g, json_t *group)
{
	if (l->shows)
		TRY(scim_put_members(cx, l->c, g->org_id, group));
	l->members += json_array_size(json_object_get(group, "members"));
	scim_leave(&scim_group, group, l->in->attributes, l->in->excluded);
	json_array_append(l->page.resources, group);
	if (l->members >= SCIM_MEMBERS_PAGE)
		l->page.count = (int64_t)json_array_size(l->page.resources);
	return OK;
}

static enum err consider(struct ctx *cx, struct listing *l, const struct scim_group_row *g)
{
	json_auto_t *group = scim_group_of(cx, l->c, g);
	if (l->filter && !fits(l->asking, l->filter, g->id, group))
		return OK;
	return scim_page_takes(&l->page) ? take(cx, l, g, group) : OK;
}

static enum err go_through(struct ctx *cx, struct listing *l)
{
	for (size_t i = 0; i < l->c->n_tops; i++) {
		struct scim_groups_below_row *rows;
		size_t n;
		TRY(scim_sql_groups_below(cx, l->c->person_id, l->c->tops[i], &rows, &n));
		for (size_t k = 0; k < n; k++) {
			const struct scim_groups_below_row *r = &rows[k];
			const struct scim_group_row g = { r->id, r->org_id, r->name, r->revision, r->created_at, r->external_id, r->members };
			TRY(consider(cx, l, &g));
		}
	}
	return OK;
}

enum err scim_list_groups(struct ctx *cx, const struct scim_client *c, const struct scim_list *in, json_t **ret)
{
	struct asking asking = { .cx = cx, .c = c };
	struct listing l = { .c = c, .in = in, .asking = &asking, .page = scim_page_of(in), .shows = scim_shows_members(in->attributes, in->excluded) };
	json_auto_t *resources = l.page.resources;
	(void)resources;
	if (in->filter.n) {
		TRY(scim_filter_parse(cx, &scim_group, in->filter, &l.filter));
		TRY(ask_all(&asking, l.filter, false));
	}
	TRY(go_through(cx, &l));
	*ret = scim_page_message(&l.page, l.page.fits);
	return OK;
}
