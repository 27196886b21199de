/* Registrations of an organisation: the ways in, who waits, deciding and taking back. */
#include "feature/account/qr_path.h"
#include "feature/org/org.h"
#include "feature/registration/registration.h"
#include "feature/registration/registration_page.h"
#include "registration_html.h"
#include "registration_preview_html.h"
#include "web/action.h"
#include "web/lang.h"

enum { WAITING = 50 };

/* ── the page ── */

struct page_in {
	int64_t org_id, after;
};
static const struct field page_in[] = { FIELD(page_in, org_id, F_ID, .must = true), FIELD(page_in, after, F_ID), FIELD_END };
static const struct field item_out[] = {
	FIELD(registration_item, id, F_ID),	      FIELD(registration_item, name, F_TEXT, .personal = true),	  FIELD(registration_item, email, F_TEXT, .personal = true),
	FIELD(registration_item, mobile, F_TEXT, .personal = true), FIELD(registration_item, employee_no, F_TEXT, .personal = true),
	FIELD(registration_item, designation, F_TEXT), FIELD(registration_item, org, F_TEXT), FIELD(registration_item, way, F_TEXT),
	FIELD(registration_item, proved_at, F_TIME),  FIELD_END,
};

static enum err put_ways(struct ctx *cx, struct registration_page *v)
{
	struct registration_ways_row *r;
	TRY(registration_sql_ways(cx, v->id, &r, &v->n_ways));
	v->ways = ARENA_ARRAY(cx->arena, struct way_item, v->n_ways);
	for (size_t i = 0; i < v->n_ways; i++) {
		struct way_item *w = &v->ways[i];
		*w = (struct way_item){ .id = r[i].id, .org_id = v->id, .most = r[i].most, .until_day = r[i].until_day, .used = r[i].used,
					.domain = r[i].domain, .by_link = r[i].code.p, .below = r[i].below, .at_once = r[i].at_once };
		if (!w->by_link)
			continue;
		w->link = str_fmt(cx->arena, "%.*s/register/by/%.*s", STR_ARG(cx->app->base_url), STR_ARG(r[i].code));
		w->qr = qr_path(cx, w->link, &w->qr_size);
	}
	return OK;
}

static enum err put_waiting(struct ctx *cx, const struct page_in *in, struct registration_page *v, struct answer *a)
{
	struct registration_waiting_row *r;
	size_t n;
	TRY(registration_sql_waiting(cx, in->org_id, in->after == NONE ? 0 : in->after, WAITING + 1, &r, &n));
	v->n_waiting = n > WAITING ? WAITING : n;
	v->waiting = ARENA_ARRAY(cx->arena, struct registration_item, v->n_waiting);
	for (size_t i = 0; i < v->n_waiting; i++)
		v->waiting[i] = (struct registration_item){ .id = r[i].id, .proved_at = r[i].proved_at, .name = r[i].name, .email = r[i].email, .mobile = r[i].mobile,
							    .employee_no = r[i].employee_no, .designation = org_name(cx, r[i].designation_en, r[i].designation_hi),
							    .org = org_name(cx, r[i].org_en, r[i].org_hi), .way = r[i].domain.n ? r[i].domain : r[i].kind };
	if (n > WAITING) {
		a->next = str_fmt(cx->arena, "%lld", (long long)v->waiting[WAITING - 1].id);
		v->next = str_fmt(cx->arena, "/orgs/%lld/registration?after=%.*s", (long long)in->org_id, STR_ARG(a->next));
	}
	return OK;
}

static enum err put_batches(struct ctx *cx, struct registration_page *v)
{
	struct registration_batches_row *r;
	TRY(registration_sql_batches(cx, v->id, cx->now - REGISTRATION_UNDO, &r, &v->n_batches));
	v->batches = ARENA_ARRAY(cx->arena, struct registration_batch_item, v->n_batches);
	for (size_t i = 0; i < v->n_batches; i++)
		v->batches[i] = (struct registration_batch_item){ .id = r[i].id, .org_id = v->id, .n = r[i].n, .decided_at = r[i].decided_at, .outcome = r[i].outcome,
								  .words = r[i].words, .decider = r[i].decider, .yes = str_is(r[i].outcome, "yes"),
								  .undone = r[i].undone_at != NONE };
	return OK;
}

static enum err page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct page_in *in = input;
	struct registration_page *v = ARENA_NEW(cx->arena, struct registration_page);
	(void)state;
	v->id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_ways(cx, v));
	TRY(put_waiting(cx, in, v, a));
	TRY(put_batches(cx, v));
	ANSWER_ROWS(a, v->waiting, v->n_waiting);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Registrations"));
	return OK;
}

/* ── ways ── */

static const struct field domain_in[] = {
	FIELD(way_add, org_id, F_ID, .must = true),
	FIELD(way_add, domain, F_TEXT, .label = N_("E-mail domain"), .hint = N_("What stands behind the @ of official addresses: dopt.gov.in."), .must = true, .max = 200),
	FIELD(way_add, below, F_BOOL, .label = N_("Also all domains below it")),
	FIELD(way_add, at_once, F_BOOL, .label = N_("Let in at once, without a yes")),
	FIELD_END,
};
static const struct field link_in[] = {
	FIELD(way_add, org_id, F_ID, .must = true),
	FIELD(way_add, until_day, F_DATE, .label = N_("Last day"), .must = true),
	FIELD(way_add, most, F_INT, .label = N_("People at most"), .min = 1, .max = REGISTRATION_PEOPLE_MAX),
	FIELD(way_add, at_once, F_BOOL, .label = N_("Let in at once, without a yes")),
	FIELD_END,
};
struct made {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made, id, F_ID), FIELD_END };

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct made *row = ARENA_NEW(cx->arena, struct made);
	(void)state;
	ANSWER_ROW(a, row);
	return way_add(cx, input, &row->id);
}

struct end_in {
	int64_t org_id, way_id, batch_id;
};
static const struct field end_in[] = { FIELD(end_in, org_id, F_ID, .must = true), FIELD(end_in, way_id, F_ID, .must = true), FIELD_END };
static const struct field undo_in[] = { FIELD(end_in, org_id, F_ID, .must = true), FIELD(end_in, batch_id, F_ID, .must = true), FIELD_END };

static enum err end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct end_in *in = input;
	(void)state;
	(void)a;
	return way_end(cx, in->org_id, in->way_id);
}

/* ── deciding ── */

static const struct choice outcomes[] = { { "yes", N_("Let in") }, { "no", N_("Refuse") }, { NULL, NULL } };
#define DECIDE_FIELDS                                                                                                             \
	FIELD(registration_decide, org_id, F_ID, .must = true),                                                                   \
		FIELD(registration_decide, outcome, F_CHOICE, .label = N_("Decision"), .must = true, .choices = outcomes),        \
		FIELD(registration_decide, words, F_LONG, .label = N_("Reason"), .hint = N_("Told to who is refused."), .max = 500), \
		FIELD(registration_decide, ids, F_TEXTS, .label = N_("Who"), .max = 30)
static const struct field preview_in[] = { DECIDE_FIELDS, FIELD_END };
static const struct field decide_in[] = { DECIDE_FIELDS, FIELD(registration_decide, dry_run, F_BOOL, .label = N_("Only count")), FIELD_END };
static const struct field decided_out[] = {
	FIELD(registration_decided, batch_id, F_ID), FIELD(registration_decided, n, F_INT), FIELD(registration_decided, n_known, F_INT),
	FIELD(registration_decided, n_gone, F_INT),  FIELD_END,
};

static enum err decide_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct registration_decided *row = ARENA_NEW(cx->arena, struct registration_decided);
	(void)state;
	ANSWER_ROW(a, row);
	return registration_decide(cx, input, row);
}

static enum err put_chosen(struct ctx *cx, const struct registration_decide *in, struct registration_preview_page *v)
{
	v->chosen = ARENA_ARRAY(cx->arena, struct registration_item, in->ids.n);
	for (size_t i = 0; i < in->ids.n; i++) {
		struct registration_waiting_one_row r;
		bool found = false;
		int64_t id;
		if (!str_int(str_before(in->ids.v[i], '='), &id))
			continue;
		TRY(registration_sql_waiting_one(cx, id, in->org_id, &r, &found));
		if (found)
			v->chosen[v->n_chosen++] = (struct registration_item){ .id = r.id, .name = r.name, .email = r.email };
	}
	return OK;
}

/* What a decision would do: by POST like the decision, since names of people do not belong into addresses. */
static enum err preview_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct registration_decide *in = input;
	struct registration_preview_page *v = ARENA_NEW(cx->arena, struct registration_preview_page);
	struct registration_decide dry = *in;
	struct registration_decided d;
	(void)state;
	dry.dry_run = true;
	TRY(registration_decide(cx, &dry, &d));
	v->id = in->org_id;
	v->n = d.n;
	v->n_known = d.n_known;
	v->n_gone = d.n_gone;
	v->yes = str_is(in->outcome, "yes");
	v->words = in->words;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_chosen(cx, in, v));
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Before it counts"));
	return OK;
}

static enum err undo_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct end_in *in = input;
	(void)state;
	(void)a;
	return registration_undo(cx, in->org_id, in->batch_id);
}

#define PAGE "/orgs/{org_id}/registration"

const struct action registration_actions[] = {
	{ .name = "registration.page", .method = GET, .page = PAGE, .api = "/api/v1" PAGE, .may = MAY_REGISTRATION_MANAGE, .scope = SCOPE_ORG, .in = page_in,
	  .in_size = sizeof(struct page_in), .out = item_out, .out_list = true, .run = page_run, .html = registration_view,
	  .summary = "Who has registered and waits for a yes, in an organisation and below it." },
	{ .name = "registration.add_domain", .method = POST, .page = PAGE "/domains", .api = "/api/v1" PAGE "/domains", .may = MAY_REGISTRATION_MANAGE, .scope = SCOPE_ORG,
	  .in = domain_in, .in_size = sizeof(struct way_add), .out = made_out, .run = add_run, .form = "registration.page", .then = PAGE,
	  .notice = N_("People with such an address can register from now on."), .summary = "Lets people with addresses of a domain register." },
	{ .name = "registration.add_link", .method = POST, .page = PAGE "/links", .api = "/api/v1" PAGE "/links", .may = MAY_REGISTRATION_MANAGE, .scope = SCOPE_ORG, .in = link_in,
	  .in_size = sizeof(struct way_add), .out = made_out, .run = add_run, .form = "registration.page", .then = PAGE,
	  .notice = N_("The link is made; it can be sent, or printed and photographed."), .summary = "Makes a link by which people register." },
	{ .name = "registration.end_way", .method = POST, .page = PAGE "/ways/{way_id}/end", .api = "/api/v1" PAGE "/ways/{way_id}/end", .may = MAY_REGISTRATION_MANAGE,
	  .scope = SCOPE_ORG, .in = end_in, .in_size = sizeof(struct end_in), .run = end_run, .then = PAGE, .notice = N_("Nobody comes in by it any more; who waits, waits on."),
	  .summary = "Ends a way in." },
	{ .name = "registration.preview", .method = POST, .page = PAGE "/preview", .may = MAY_REGISTRATION_MANAGE, .scope = SCOPE_ORG, .in = preview_in,
	  .in_size = sizeof(struct registration_decide), .run = preview_run, .html = registration_preview_view, .form = "registration.page", .quiet = true,
	  .summary = "What a decision would do; changes nothing." },
	{ .name = "registration.decide", .method = POST, .page = PAGE "/decide", .api = "/api/v1" PAGE "/decide", .may = MAY_REGISTRATION_MANAGE, .scope = SCOPE_ORG,
	  .in = decide_in, .in_size = sizeof(struct registration_decide), .out = decided_out, .run = decide_run, .form = "registration.page", .then = PAGE,
	  .notice = N_("Decided; each is told by letter. It can be taken back for 30 days."), .summary = "Lets in or refuses some who wait; dry_run only counts." },
	{ .name = "registration.undo", .method = POST, .page = PAGE "/batches/{batch_id}/undo", .api = "/api/v1" PAGE "/batches/{batch_id}/undo",
	  .may = MAY_REGISTRATION_MANAGE, .scope = SCOPE_ORG, .in = undo_in, .in_size = sizeof(struct end_in), .run = undo_run, .then = PAGE,
	  .notice = N_("Taken back: who was let in has left, who was refused waits again."), .summary = "Takes a decision back, for 30 days." },
	ACTION_END,
};
