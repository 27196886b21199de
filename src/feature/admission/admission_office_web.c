/* What an office does for its people: decides about requests and nominates. */
#include "admission_nominate_html.h"
#include "admission_office_html.h"
#include "admission_open_html.h"
#include "feature/admission/admission_list.h"
#include "feature/admission/admission_show.h"
#include "feature/names/names.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "web/action.h"
#include "web/lang.h"

struct office_in {
	int64_t org_id, batch_id, after, after_at;
	struct str q, people, words, outcome;
	struct strs ids;
};
#define IN .in_size = sizeof(struct office_in)

/* ── requests that wait for the office ── */

static const struct field list_in[] = { FIELD(office_in, org_id, F_ID, .must = true), FIELD(office_in, after, F_ID), FIELD_END };
static const struct field item_out[] = {
	FIELD(admission_item, id, F_ID),
	FIELD(admission_item, batch_id, F_ID),
	FIELD(admission_item, person_id, F_ID),
	FIELD(admission_item, name, F_TEXT, .personal = true),
	FIELD(admission_item, org, F_TEXT),
	FIELD(admission_item, batch, F_TEXT),
	FIELD(admission_item, asked_at, F_TIME),
	FIELD(admission_item, starts_at, F_TIME),
	FIELD_END,
};

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct office_in *in = input;
	struct admission_office_page *v = ARENA_NEW(cx->arena, struct admission_office_page);
	struct admission_for_office_row *r;
	size_t n;
	(void)state;
	v->org_id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	v->after = in->after == NONE ? 0 : in->after;
	TRY(admission_sql_for_office(cx, in->org_id, v->after, ADMISSION_PAGE + 1, &r, &n));
	v->n_items = n > ADMISSION_PAGE ? ADMISSION_PAGE : n;
	v->items = ARENA_ARRAY(cx->arena, struct admission_item, v->n_items + 1);
	for (size_t i = 0; i < v->n_items; i++)
		v->items[i] = (struct admission_item){ .id = r[i].id,
						       .batch_id = r[i].batch_id,
						       .person_id = r[i].person_id,
						       .asked_at = r[i].asked_at,
						       .starts_at = r[i].starts_at,
						       .ends_at = r[i].ends_at,
						       .tick = str_fmt(cx->arena, "ids.%lld", (long long)r[i].id),
						       .name = r[i].name,
						       .called = r[i].called,
						       .org = org_name(cx, r[i].org_en, r[i].org_hi),
						       .batch = admission_called(cx, r[i].title, r[i].title_hi, r[i].batch) };
	if (n > ADMISSION_PAGE) {
		a->next = str_fmt(cx->arena, "%lld", (long long)r[ADMISSION_PAGE - 1].id);
		v->next = str_fmt(cx->arena, "/orgs/%lld/requests?after=%.*s", (long long)in->org_id, STR_ARG(a->next));
	}
	ANSWER_ROWS(a, v->items, v->n_items);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Requests for programmes"));
	return OK;
}

static const struct field decide_in[] = {
	FIELD(office_in, org_id, F_ID, .must = true),
	FIELD(office_in, ids, F_TEXTS, .label = N_("Who"), .max = 30),
	FIELD(office_in, outcome, F_CHOICE, .label = N_("Decision"), .must = true, .choices = admission_outcomes),
	FIELD(office_in, words, F_LONG, .label = N_("Reason"), .hint = N_("Told to who is refused."), .max = ADMISSION_WORDS_MAX),
	FIELD_END,
};

static enum err decide_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct office_in *in = input;
	(void)state;
	(void)a;
	return admission_decide_many(cx, &(struct admission_many){ in->org_id, NONE, in->ids, in->outcome, in->words });
}

/* ── batches to nominate for ── */

static const struct field open_in[] = {
	FIELD(office_in, org_id, F_ID, .must = true),
	FIELD(office_in, after_at, F_INT),
	FIELD(office_in, after, F_ID),
	FIELD_END,
};
static const struct field open_out[] = {
	FIELD(admission_open_item, id, F_ID),	       FIELD(admission_open_item, name, F_TEXT),
	FIELD(admission_open_item, org, F_TEXT),       FIELD(admission_open_item, place, F_TEXT),
	FIELD(admission_open_item, seats, F_INT),      FIELD(admission_open_item, n_active, F_INT),
	FIELD(admission_open_item, ask_until, F_TIME), FIELD(admission_open_item, starts_at, F_TIME),
	FIELD(admission_open_item, ends_at, F_TIME),   FIELD_END,
};

static enum err open_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct office_in *in = input;
	struct admission_open_page *v = ARENA_NEW(cx->arena, struct admission_open_page);
	struct admission_open_batches_row *r;
	size_t n;
	(void)state;
	v->org_id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(admission_sql_open_batches(cx, cx->now, in->after_at == NONE ? 0 : in->after_at, in->after == NONE ? 0 : in->after, ADMISSION_PAGE + 1, &r, &n));
	v->n_items = n > ADMISSION_PAGE ? ADMISSION_PAGE : n;
	v->items = ARENA_ARRAY(cx->arena, struct admission_open_item, v->n_items + 1);
	for (size_t i = 0; i < v->n_items; i++)
		v->items[i] = (struct admission_open_item){ .id = r[i].id,
							    .org_id = in->org_id,
							    .seats = r[i].seats,
							    .n_active = r[i].n_active,
							    .ask_until = r[i].ask_until,
							    .starts_at = r[i].starts_at,
							    .ends_at = r[i].ends_at,
							    .place = r[i].place,
							    .org = org_name(cx, r[i].org_en, r[i].org_hi),
							    .name = admission_called(cx, r[i].title, r[i].title_hi, r[i].name) };
	if (n > ADMISSION_PAGE) {
		const struct admission_open_batches_row *last = &r[ADMISSION_PAGE - 1];
		a->next = str_fmt(cx->arena, "%lld", (long long)last->id);
		v->next = str_fmt(cx->arena, "/orgs/%lld/open-batches?after_at=%lld&after=%lld", (long long)in->org_id, (long long)last->starts_at,
				  (long long)last->id);
	}
	ANSWER_ROWS(a, v->items, v->n_items);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Batches that take nominations"));
	return OK;
}

/* ── nominating ── */

static const struct field search_in[] = {
	FIELD(office_in, org_id, F_ID, .must = true),
	FIELD(office_in, batch_id, F_ID, .must = true),
	FIELD(office_in, q, F_TEXT, .label = N_("Name"), .max = 100),
	FIELD_END,
};
static const struct field nominee_out[] = {
	FIELD(admission_nominee, id, F_ID),
	FIELD(admission_nominee, name, F_TEXT, .personal = true),
	FIELD(admission_nominee, employee_no, F_TEXT),
	FIELD(admission_nominee, org, F_TEXT),
	FIELD(admission_nominee, designation, F_TEXT),
	FIELD(admission_nominee, state_name, F_TEXT),
	FIELD_END,
};

static bool taken(struct str state)
{
	return str_is(state, "asked") || str_is(state, "waiting") || str_is(state, "admitted");
}

/* A name of several words has a key for each, and a person is found once. */
static enum err put_people(struct ctx *cx, struct admission_nominate_page *v)
{
	const struct names_asked k = names_asked(cx->arena, v->q);
	struct admission_search_row *r;
	size_t n;
	if (!k.n)
		return OK;
	TRY(admission_sql_search(cx, v->batch.id, person_today(cx), v->org_id, k.low[0], k.high[0], k.low[1], k.high[1], &r, &n));
	v->people = ARENA_ARRAY(cx->arena, struct admission_nominee, n + 1);
	for (size_t i = 0; i < n; i++) {
		size_t had = 0;
		while (had < v->n_people && v->people[had].id != r[i].id)
			had++;
		if (had < v->n_people)
			continue;
		v->people[v->n_people++] = (struct admission_nominee){ r[i].id,
								       r[i].name,
								       r[i].employee_no,
								       org_name(cx, r[i].org_en, r[i].org_hi),
								       org_name(cx, r[i].designation_en, r[i].designation_hi),
								       taken(r[i].state) ? admission_state_name(cx, r[i].state, SIDE_NOBODY) : STR_NONE,
								       str_fmt(cx->arena, "ids.%lld", (long long)r[i].id) };
	}
	return OK;
}

static enum err search_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct office_in *in = input;
	struct admission_nominate_page *v = ARENA_NEW(cx->arena, struct admission_nominate_page);
	struct admission_batch_row b;
	(void)state;
	TRY(admission_batch(cx, in->batch_id, &b));
	if (str_is(b.state, "draft"))
		return fail(cx, ERR_NOT_FOUND, "batch_id", N_("There is no such batch."));
	TRY(admission_head(cx, &b, &v->batch));
	TRY(org_called(cx, in->org_id, &v->org));
	v->org_id = in->org_id;
	v->q = in->q.p ? str_trim(in->q) : S("");
	v->searched = v->q.n > 0;
	TRY(put_people(cx, v));
	TRY(admission_lists_of(cx, b.id, in->org_id, &v->lists, &v->n_lists));
	ANSWER_ROWS(a, v->people, v->n_people);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Nominate"));
	return OK;
}

static const struct field nominate_in[] = {
	FIELD(office_in, org_id, F_ID, .must = true),
	FIELD(office_in, batch_id, F_ID, .must = true),
	FIELD(office_in, ids, F_TEXTS, .label = N_("People"), .max = 30),
	FIELD(office_in, people, F_LONG, .label = N_("Others"), .hint = N_("Employee number, e-mail address or mobile number, one a line."), .personal = true,
	      .max = 20000),
	FIELD_END,
};

static enum err nominate_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct office_in *in = input;
	struct admission_nominate n = { .batch_id = in->batch_id, .org_id = in->org_id };
	(void)state;
	TRY(admission_people(cx, &in->ids, in->people, &n));
	TRY(admission_nominate(cx, &n));
	a->then = str_fmt(cx->arena, "/orgs/%lld/batches/%lld/nominate", (long long)in->org_id, (long long)in->batch_id);
	return OK;
}

#define OFFICE .may = MAY_NOMINATE, .scope = SCOPE_ORG, IN
#define NOMINATE "/orgs/{org_id}/batches/{batch_id}/nominate"
const struct action admission_office_actions[] = {
	{ .name = "admission.office",
	  .method = GET,
	  .page = "/orgs/{org_id}/requests",
	  .api = "/api/v1/orgs/{org_id}/requests",
	  OFFICE,
	  .in = list_in,
	  .out = item_out,
	  .out_list = true,
	  .run = list_run,
	  .html = admission_office_view,
	  .summary = "Requests of the organisation's people that wait for its yes, the oldest first." },
	{ .name = "admission.office_decide",
	  .method = POST,
	  .page = "/orgs/{org_id}/requests/decide",
	  .api = "/api/v1/orgs/{org_id}/requests/decide",
	  OFFICE,
	  .in = decide_in,
	  .run = decide_run,
	  .form = "admission.office",
	  .then = "/orgs/{org_id}/requests",
	  .notice = N_("It is decided, and people are told."),
	  .summary = "Says yes or no to some of the requests, at most 200." },
	{ .name = "admission.open",
	  .method = GET,
	  .page = "/orgs/{org_id}/open-batches",
	  .api = "/api/v1/orgs/{org_id}/open-batches",
	  OFFICE,
	  .in = open_in,
	  .out = open_out,
	  .out_list = true,
	  .run = open_run,
	  .html = admission_open_view,
	  .summary = "Batches of all organisations that take nominations." },
	{ .name = "admission.search",
	  .method = GET,
	  .page = NOMINATE,
	  .api = "/api/v1" NOMINATE,
	  OFFICE,
	  .in = search_in,
	  .out = nominee_out,
	  .out_list = true,
	  .run = search_run,
	  .html = admission_nominate_view,
	  .summary = "People of the organisation by name, to nominate them." },
	{ .name = "admission.nominate",
	  .method = POST,
	  .page = NOMINATE,
	  .api = "/api/v1" NOMINATE,
	  OFFICE,
	  .in = nominate_in,
	  .run = nominate_run,
	  .form = "admission.search",
	  .then = NOMINATE,
	  .notice = N_("They are nominated, and are told."),
	  .summary = "Nominates people of the organisation for a batch, at most 200, all or none." },
	ACTION_END,
};
