/* Who is in a client's reach, one or in lists; see scim.h. Groups: scim_group.c. */
#include "feature/scim/scim.h"

/* ── one ── */

enum err scim_within(struct ctx *cx, const struct scim_client *c, int64_t org_id, bool *ret)
{
	struct scim_above_row *above;
	size_t n;
	*ret = false;
	if (org_id == NONE)
		return OK;
	TRY(scim_sql_above(cx, org_id, &above, &n));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < c->n_tops; k++)
			*ret = *ret || above[i].above_id == c->tops[k];
	return OK;
}

enum err scim_nobody(struct ctx *cx)
{
	return fail(cx, ERR_NOT_FOUND, "", N_("There is nobody and nothing of this id within your reach."));
}

enum err scim_find(struct ctx *cx, const struct scim_client *c, struct str id, struct scim_found_row *ret)
{
	struct scim_found_row *rows;
	int64_t number;
	size_t n;
	bool here;
	if (!str_int(id, &number) || number <= 0)
		return scim_nobody(cx);
	TRY(scim_sql_found(cx, c->person_id, number, STR_NONE, STR_NONE, STR_NONE, &rows, &n));
	if (n != 1 || rows[0].deleted_at != NONE)
		return scim_nobody(cx);
	TRY(scim_within(cx, c, rows[0].org_id, &here));
	if (!here)
		return scim_nobody(cx);
	*ret = rows[0];
	return OK;
}

/* ── lists ── */

struct listing {
	const struct scim_client *c;
	const struct scim_list *in;
	const struct scim_filter *filter; /* NULL: everybody */
	struct scim_page page;
};

/* Takes a resource into the list when it fits and stands on the page. */
static void consider(struct ctx *cx, struct listing *l, json_t *resource)
{
	if ((!l->filter || scim_filter_fits(cx->arena, l->filter, resource)) && scim_page_takes(&l->page)) {
		scim_leave(&scim_user, resource, l->in->attributes, l->in->excluded);
		json_array_append(l->page.resources, resource);
	}
	json_decref(resource);
}

/* Rows of the three statements have the same columns. */
#define FOUND(r)                                                                                                                                               \
	{                                                                                                                                                      \
		.id = (r)->id, .employee_no = (r)->employee_no, .name = (r)->name, .email = (r)->email, .mobile = (r)->mobile, .lang = (r)->lang,              \
		.state = (r)->state, .created_at = (r)->created_at, .org_id = (r)->org_id, .org_code = (r)->org_code,                                          \
		.designation_code = (r)->designation_code, .designation = (r)->designation, .supervisor_id = (r)->supervisor_id,                               \
		.supervisor = (r)->supervisor, .external_id = (r)->external_id, .deleted_at = (r)->deleted_at,                                                 \
	}

static enum err consider_below(struct ctx *cx, void *arg, const void *row)
{
	struct listing *l = arg;
	const struct scim_found_row p = FOUND((const struct scim_below_row *)row);
	consider(cx, l, scim_user_of(cx, l->c->base, &p));
	return OK;
}

static enum err consider_among(struct ctx *cx, void *arg, const void *row)
{
	struct listing *l = arg;
	const struct scim_found_row p = FOUND((const struct scim_among_row *)row);
	consider(cx, l, scim_user_of(cx, l->c->base, &p));
	return OK;
}

/* ── by a key ── */

struct key {
	int64_t id;
	struct str email, employee_no, external_id;
};

static bool key_of(struct ctx *cx, const struct scim_filter *f, struct key *k);

static bool key_of_comparison(struct ctx *cx, const struct scim_filter *f, struct key *k)
{
	const char *name = f->path.attribute->name;
	if (f->op == SCIM_HAS && strcmp(name, "emails") == 0)
		return key_of(cx, f->a, k);
	if (f->op != SCIM_EQ || f->value != SCIM_TEXT)
		return false;
	*k = (struct key){ .id = NONE };
	if (strcmp(name, "id") == 0)
		return str_int(f->said, &k->id) || true;
	if (strcmp(name, "externalId") == 0) {
		k->external_id = k->employee_no = f->said;
		return true;
	}
	if (strcmp(name, "employeeNumber") == 0) {
		k->employee_no = f->said;
		return true;
	}
	if (strcmp(name, "userName") == 0) {
		/* Of who has no address it is the number or the id; these are found letter by letter. */
		k->email = str_lower(cx->arena, f->said);
		k->employee_no = f->said;
		(void)!str_int(f->said, &k->id);
		return true;
	}
	/* `value` stands alone within emails[…]. */
	k->email = str_lower(cx->arena, f->said);
	return (strcmp(name, "emails") == 0 && (!f->path.sub || strcmp(f->path.sub->name, "value") == 0)) || (!f->path.schema && strcmp(name, "value") == 0);
}

/* A key that whoever fits must have: so that one is found without going through all. */
static bool key_of(struct ctx *cx, const struct scim_filter *f, struct key *k)
{
	if (f->op == SCIM_AND)
		return key_of(cx, f->a, k) || key_of(cx, f->b, k);
	return f->op < SCIM_AND || f->op == SCIM_HAS ? key_of_comparison(cx, f, k) : false;
}

static enum err list_by_key(struct ctx *cx, struct listing *l, const struct key *k)
{
	struct scim_found_row *rows;
	size_t n;
	bool here;
	TRY(scim_sql_found(cx, l->c->person_id, k->id, k->email, k->employee_no, k->external_id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(scim_within(cx, l->c, rows[i].org_id, &here));
		if (here && rows[i].deleted_at == NONE)
			consider(cx, l, scim_user_of(cx, l->c->base, &rows[i]));
	}
	return OK;
}

static enum err list_by_filter(struct ctx *cx, struct listing *l)
{
	struct key k;
	if (key_of(cx, l->filter, &k))
		return list_by_key(cx, l, &k);
	int64_t all = 0;
	for (size_t i = 0; i < l->c->n_tops; i++) {
		struct scim_count_below_row count;
		TRY(scim_sql_count_below(cx, l->c->tops[i], l->c->person_id, &count));
		all += count.n;
		if (all > SCIM_SCAN_MAX)
			return fail(cx, ERR_INVALID, "tooMany",
				    N_("This filter would go through more than 20,000 people. Ask by userName, externalId, id or employeeNumber."));
		TRY(scim_sql_below(cx, l->c->tops[i], l->c->person_id, SCIM_SCAN_MAX, 0, consider_below, l));
	}
	return OK;
}

/* Everybody: the data counts and goes to the page. */
static enum err list_all(struct ctx *cx, struct listing *l, int64_t *ret_total)
{
	int64_t total = 0;
	for (size_t i = 0; i < l->c->n_tops; i++) {
		struct scim_count_below_row count;
		TRY(scim_sql_count_below(cx, l->c->tops[i], l->c->person_id, &count));
		int64_t skip = l->page.start - 1 > total ? l->page.start - 1 - total : 0, room = scim_page_room(&l->page);
		l->page.fits = total + (skip < count.n ? skip : count.n);
		bool some = room > 0 && skip < count.n, few = count.n <= SCIM_SCAN_MAX;
		if (some && few)
			TRY(scim_sql_below(cx, l->c->tops[i], l->c->person_id, room, skip, consider_below, l));
		else if (some)
			TRY(scim_sql_among(cx, l->c->tops[i], l->c->person_id, room, skip, consider_among, l));
		total += count.n;
	}
	*ret_total = total;
	return OK;
}

enum err scim_list_users(struct ctx *cx, const struct scim_client *c, const struct scim_list *in, json_t **ret)
{
	struct listing l = { .c = c, .in = in, .page = scim_page_of(in) };
	json_auto_t *resources = l.page.resources;
	int64_t total;
	(void)resources;
	if (in->filter.n) {
		TRY(scim_filter_parse(cx, &scim_user, in->filter, &l.filter));
		TRY(list_by_filter(cx, &l));
		total = l.page.fits;
	} else {
		TRY(list_all(cx, &l, &total));
	}
	*ret = scim_page_message(&l.page, total);
	return OK;
}
