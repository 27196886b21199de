/* Published work allocation orders in the browser and over the API: publishing, what an order changes, the printed order, signed copies, the public page. */
#include "allocation_differences_html.h"
#include "allocation_verify_html.h"
#include "feature/allocation/allocation.h"
#include "feature/allocation/allocation_page.h"
#include "feature/allocation/allocation_pdf.h"
#include "feature/allocation/difference.h"
#include "feature/allocation/order.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "web/action.h"
#include "web/lang.h"

#include <unistd.h>

struct one_in {
	int64_t org_id, allocation_id;
};
static const struct field one_in[] = { FIELD(one_in, org_id, F_ID, .must = true), FIELD(one_in, allocation_id, F_ID, .must = true), FIELD_END };
struct made {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made, id, F_ID), FIELD_END };

/* ── publishing ── */

struct publish_in {
	int64_t org_id, allocation_id;
	struct str reason;
};
static const struct field publish_in[] = {
	FIELD(publish_in, org_id, F_ID, .must = true),
	FIELD(publish_in, allocation_id, F_ID, .must = true),
	FIELD(publish_in, reason, F_LONG, .label = N_("Why somebody has more than a working week"),
	      .hint = N_("Only needed when somebody is over-loaded. It is printed on the order."), .max = ALLOCATION_REASON_MAX),
	FIELD_END,
};

static enum err publish_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct publish_in *in = input;
	(void)state;
	(void)a;
	return allocation_publish(cx, in->org_id, in->allocation_id, in->reason.p ? in->reason : S(""));
}

static enum err withdraw_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return allocation_withdraw(cx, in->org_id, in->allocation_id);
}

/* ── what it changes ── */

struct differences_in {
	int64_t org_id, allocation_id, with_id;
};
static const struct field differences_in[] = {
	FIELD(differences_in, org_id, F_ID, .must = true),
	FIELD(differences_in, allocation_id, F_ID, .must = true),
	FIELD(differences_in, with_id, F_ID),
	FIELD_END,
};
static const struct field difference_out[] = {
	FIELD(difference_item, kind, F_TEXT),
	FIELD(difference_item, activity_id, F_ID),
	FIELD(difference_item, activity, F_TEXT),
	FIELD(difference_item, role, F_TEXT),
	FIELD(difference_item, was_id, F_ID),
	FIELD(difference_item, was, F_TEXT, .personal = true),
	FIELD(difference_item, hours_was, F_TEXT),
	FIELD(difference_item, is_id, F_ID),
	FIELD(difference_item, is, F_TEXT, .personal = true),
	FIELD(difference_item, hours_is, F_TEXT),
	FIELD_END,
};
static const char *const kinds[] = { [DIFFERENCE_GIVEN] = "given", [DIFFERENCE_TAKEN] = "taken", [DIFFERENCE_MOVED] = "moved", [DIFFERENCE_HOURS] = "hours" };

/* A row that has the name of the activity or the person. */
static const struct allocation_of_both_row *row_of(const struct allocation_of_both_row *r, size_t n, int64_t activity_id, int64_t person_id)
{
	for (size_t i = 0; i < n; i++)
		if ((activity_id == NONE || r[i].activity_id == activity_id) && (person_id == NONE || r[i].person_id == person_id))
			return &r[i];
	return NULL;
}

static struct difference_item item_of(struct ctx *cx, const struct difference *d, const struct allocation_of_both_row *r, size_t n)
{
	const struct allocation_of_both_row *activity = row_of(r, n, d->activity_id, NONE), *was = d->was_id == NONE ? NULL : row_of(r, n, NONE, d->was_id),
					    *is = d->is_id == NONE ? NULL : row_of(r, n, NONE, d->is_id);
	return (struct difference_item){ .kind = str_of(kinds[d->kind]),
					 .activity = org_name(cx, activity->name_en, activity->name_hi),
					 .role = org_name(cx, activity->role_en, activity->role_hi),
					 .was = was ? was->name : S(""),
					 .is = is ? is->name : S(""),
					 .hours_was = was ? load_hours(cx->arena, d->minutes_was) : S(""),
					 .hours_is = is ? load_hours(cx->arena, d->minutes_is) : S(""),
					 .was_id = d->was_id,
					 .is_id = d->is_id,
					 .activity_id = d->activity_id,
					 .given = d->kind == DIFFERENCE_GIVEN,
					 .taken = d->kind == DIFFERENCE_TAKEN,
					 .moved = d->kind == DIFFERENCE_MOVED,
					 .hours = d->kind == DIFFERENCE_HOURS };
}

static enum err put_differences(struct ctx *cx, struct difference_page *v)
{
	struct allocation_of_both_row *r;
	struct difference *d;
	size_t n, n_was = 0, n_is = 0;
	TRY(allocation_sql_of_both(cx, v->id, v->with_id, &r, &n));
	struct allotted *was = ARENA_ARRAY(cx->arena, struct allotted, n + 1), *is = ARENA_ARRAY(cx->arena, struct allotted, n + 1);
	for (size_t i = 0; i < n; i++) {
		const struct allotted one = { r[i].activity_id, r[i].person_id, r[i].minutes };
		if (r[i].allocation_id == v->id)
			is[n_is++] = one;
		else
			was[n_was++] = one;
	}
	v->n_items = differences(cx->arena, was, n_was, is, n_is, &d);
	v->items = ARENA_ARRAY(cx->arena, struct difference_item, v->n_items + 1);
	for (size_t i = 0; i < v->n_items; i++)
		v->items[i] = item_of(cx, &d[i], r, n);
	return OK;
}

static enum err differences_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct differences_in *in = input;
	struct difference_page *v = ARENA_NEW(cx->arena, struct difference_page);
	struct allocation_published_row *r;
	struct allocation_one_row h;
	size_t n;
	(void)state;
	TRY(order_head(cx, in->org_id, in->allocation_id, &h));
	TRY(allocation_sql_published(cx, in->org_id, &r, &n));
	*v = (struct difference_page){ .org_id = in->org_id, .id = h.id, .with_id = in->with_id == NONE ? h.before_id : in->with_id, .number = h.number };
	v->others = ARENA_ARRAY(cx->arena, struct other_order, n + 1);
	for (size_t i = 0; i < n; i++) {
		if (r[i].id == v->with_id) {
			v->compared = true;
			v->with_number = r[i].number;
			v->with_day = r[i].from_day;
		} else if (r[i].id != h.id) {
			v->others[v->n_others++] = (struct other_order){ r[i].id, in->org_id, h.id, r[i].from_day, r[i].number };
		}
	}
	if (in->with_id != NONE && !v->compared)
		return fail(cx, ERR_NOT_FOUND, "with_id", N_("There is no such published order of this office."));
	if (v->compared)
		TRY(put_differences(cx, v));
	ANSWER_ROWS(a, v->items, v->n_items);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("What it changes"));
	return OK;
}

/* ── on paper ── */

static struct str verify_url(struct ctx *cx, struct str code)
{
	return str_fmt(cx->arena, "%.*s/allocations/verify/%.*s", STR_ARG(cx->app->base_url), STR_ARG(code));
}

static enum err print_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct allocation_one_row h;
	(void)state;
	TRY(order_head(cx, in->org_id, in->allocation_id, &h));
	if (!h.document.p)
		return fail(cx, ERR_NOT_FOUND, "", N_("A draft is not printed. Publish the order first."));
	a->type = "application/pdf";
	a->filename = str_fmt(cx->arena, "order-%lld.pdf", (long long)h.id);
	enum err e = allocation_pdf(cx, h.document, order_hash(cx, h.document), verify_url(cx, h.code), h.published_at, &a->bytes);
	return e == OK ? OK : fail(cx, e, "", N_("The order could not be drawn. It is kept; please try again."));
}

/* ── signed copies ── */

struct sign_in {
	int64_t org_id, allocation_id;
	struct str file, file_name;
};
static const struct field sign_in[] = {
	FIELD(sign_in, org_id, F_ID, .must = true),
	FIELD(sign_in, allocation_id, F_ID, .must = true),
	FIELD(sign_in, file, F_TEXT, .label = N_("Signed order"), .hint = N_("A PDF of at most 10 MB. Earlier copies stay."), .must = true, .max = 4000),
	FIELD(sign_in, file_name, F_TEXT, .max = 250),
	FIELD_END,
};

/* Only for an order that takes copies, so that no file lies there for nothing. */
static enum err sign_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct sign_in *in = input;
	struct allocation_one_row h;
	struct allocation_copy *copy = ARENA_NEW(cx->arena, struct allocation_copy);
	*ret_state = copy;
	TRY(order_head(cx, in->org_id, in->allocation_id, &h));
	if (!h.document.p || str_is(h.state, "withdrawn"))
		return OK;
	return allocation_store_copy(cx, in->file, copy);
}

static enum err sign_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct sign_in *in = input;
	struct made *row = ARENA_NEW(cx->arena, struct made);
	ANSWER_ROW(a, row);
	return allocation_keep_copy(cx, in->org_id, in->allocation_id, state, &row->id);
}

struct copy_in {
	int64_t org_id, allocation_id, copy_id;
};
static const struct field copy_in[] = {
	FIELD(copy_in, org_id, F_ID, .must = true),
	FIELD(copy_in, allocation_id, F_ID, .must = true),
	FIELD(copy_in, copy_id, F_ID, .must = true),
	FIELD_END,
};

static enum err copy_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct copy_in *in = input;
	struct allocation_copy_row c;
	bool found = false;
	(void)state;
	TRY(allocation_sql_copy(cx, in->copy_id, in->allocation_id, in->org_id, &c, &found));
	struct str path = found ? allocation_copy_path(cx, c.file) : STR_NONE;
	if (!found || access(path.p, R_OK) != 0)
		return fail(cx, ERR_NOT_FOUND, "copy_id", N_("There is no such copy of this order."));
	a->type = "application/pdf";
	a->file = path;
	a->filename = str_fmt(cx->arena, "signed-%lld.pdf", (long long)in->copy_id);
	return OK;
}

/* ── the public page ── */

struct verify_in {
	struct str code;
};
static const struct field verify_in[] = { FIELD(verify_in, code, F_TEXT, .label = N_("Code of the order"), .must = true, .max = 40), FIELD_END };
static const struct field verify_out[] = {
	FIELD(allocation_verify_page, number, F_TEXT),
	FIELD(allocation_verify_page, org, F_TEXT),
	FIELD(allocation_verify_page, state, F_TEXT),
	FIELD(allocation_verify_page, from_day, F_DATE),
	FIELD(allocation_verify_page, until_day, F_DATE),
	FIELD(allocation_verify_page, published_at, F_TIME),
	FIELD(allocation_verify_page, withdrawn_at, F_TIME),
	FIELD(allocation_verify_page, hash, F_TEXT),
	FIELD_END,
};

static enum err verify_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct verify_in *in = input;
	struct allocation_verify_page *v = ARENA_NEW(cx->arena, struct allocation_verify_page);
	struct allocation_of_code_row r;
	bool found = false;
	(void)state;
	TRY(allocation_sql_of_code(cx, in->code, &r, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "code",
			    N_("There is no published order with this code. The paper is not genuine, or the address was not copied whole."));
	*v = (struct allocation_verify_page){ .number = r.number,
					      .org = org_name(cx, r.org_en, r.org_hi),
					      .state = r.state,
					      .hash = order_hash(cx, r.document),
					      .from_day = r.from_day,
					      .until_day = r.until_day,
					      .last_day = r.until_day == NONE ? NONE : r.until_day - 1,
					      .published_at = r.published_at,
					      .withdrawn_at = r.withdrawn_at,
					      .waits = str_is(r.state, "published"),
					      .is_force = str_is(r.state, "force"),
					      .is_replaced = str_is(r.state, "replaced"),
					      .is_withdrawn = str_is(r.state, "withdrawn") };
	ANSWER_ROW(a, v);
	a->view = v;
	ANSWER_TITLE(cx, a, N_("Work allocation order"));
	return OK;
}

#define ONE "/orgs/{org_id}/allocations/{allocation_id}"
const struct action allocation_order_actions[] = {
	{ .name = "allocation.publish", .method = POST, .page = ONE "/publish", .api = "/api/v1" ONE "/publish", .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG, .in = publish_in,
	  .in_size = sizeof(struct publish_in), .run = publish_run, .form = "allocation.show", .then = ONE, .notice = N_("The order is published."),
	  .summary = "Publishes an order; from its first day it replaces the one in force." },
	{ .name = "allocation.withdraw", .method = POST, .page = ONE "/withdraw", .api = "/api/v1" ONE "/withdraw", .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG, .in = one_in,
	  .in_size = sizeof(struct one_in), .run = withdraw_run, .form = "allocation.show", .then = ONE, .notice = N_("The order is withdrawn."),
	  .summary = "Withdraws a published order before its first day." },
	{ .name = "allocation.differences", .method = GET, .page = ONE "/differences", .api = "/api/v1" ONE "/differences", .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG,
	  .in = differences_in, .in_size = sizeof(struct differences_in), .out = difference_out, .out_list = true, .run = differences_run, .html = allocation_differences_view,
	  .summary = "What an order changes against the one before it, or another." },
	{ .name = "allocation.print", .method = GET, .page = ONE "/order.pdf", .api = "/api/v1" ONE "/order.pdf", .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG, .in = one_in,
	  .in_size = sizeof(struct one_in), .run = print_run, .summary = "A published order as PDF." },
	{ .name = "allocation.sign", .method = POST, .page = ONE "/copies", .api = "/api/v1" ONE "/copies", .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG, .in = sign_in,
	  .in_size = sizeof(struct sign_in), .out = made_out, .prepare = sign_prepare, .run = sign_run, .form = "allocation.show", .then = ONE,
	  .notice = N_("The copy is kept."), .upload = true, .max_body = COPY_BYTES_MAX + 64 * 1024, .summary = "Keeps a signed copy of an order (PDF)." },
	{ .name = "allocation.copy", .method = GET, .page = ONE "/copies/{copy_id}", .api = "/api/v1" ONE "/copies/{copy_id}", .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG,
	  .in = copy_in, .in_size = sizeof(struct copy_in), .run = copy_run, .summary = "A signed copy of an order." },
	{ .name = "allocation.verify", .method = GET, .page = "/allocations/verify/{code}", .api = "/api/v1/allocations/{code}", .may = MAY_ANYONE, .in = verify_in,
	  .in_size = sizeof(struct verify_in), .out = verify_out, .run = verify_run, .html = allocation_verify_view,
	  .summary = "The public page of an order: whether it is in force. It names nobody." },
	ACTION_END,
};
