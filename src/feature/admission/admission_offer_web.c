/* Kept and offered seats in the browser and over the API. */
#include "admission_offers_html.h"
#include "admission_seats_html.h"
#include "feature/admission/admission_offer.h"
#include "feature/admission/admission_show.h"
#include "feature/org/org.h"
#include "web/action.h"
#include "web/lang.h"

struct seats_in {
	int64_t batch_id, org_id, offer_id, quota_id, before;
};
static const struct field batch_in[] = { FIELD(seats_in, batch_id, F_ID, .must = true), FIELD_END };

/* ── of a batch ── */

static const struct field quota_out[] = {
	FIELD(admission_quota_item, id, F_ID),	     FIELD(admission_quota_item, kind, F_TEXT),
	FIELD(admission_quota_item, name, F_TEXT),   FIELD(admission_quota_item, seats, F_INT),
	FIELD(admission_quota_item, n_taken, F_INT), FIELD(admission_quota_item, until_at, F_TIME),
	FIELD(admission_quota_item, over, F_BOOL),   FIELD_END,
};

static enum err put_quotas(struct ctx *cx, const struct admission_batch_row *b, struct admission_quotas_page *v)
{
	struct admission_quotas_row *r;
	TRY(admission_sql_quotas(cx, b->id, &r, &v->n_quotas));
	v->quotas = ARENA_ARRAY(cx->arena, struct admission_quota_item, v->n_quotas + 1);
	for (size_t i = 0; i < v->n_quotas; i++) {
		bool over = r[i].until_at <= cx->now;
		v->quotas[i] = (struct admission_quota_item){ r[i].id,
							      b->id,
							      r[i].seats,
							      r[i].n_taken,
							      r[i].until_at,
							      r[i].kind,
							      str_is(r[i].kind, "service") ? r[i].service : org_name(cx, r[i].org_en, r[i].org_hi),
							      over,
							      !over && !str_is(r[i].kind, "offer") };
	}
	return OK;
}

static enum err put_offers(struct ctx *cx, const struct admission_batch_row *b, struct admission_quotas_page *v)
{
	struct admission_offers_row *r;
	TRY(admission_sql_offers(cx, b->id, &r, &v->n_offers));
	v->offers = ARENA_ARRAY(cx->arena, struct admission_offer_item, v->n_offers + 1);
	for (size_t i = 0; i < v->n_offers; i++)
		v->offers[i] = (struct admission_offer_item){ .id = r[i].id,
							      .batch_id = b->id,
							      .seats = r[i].seats,
							      .answer_until = r[i].answer_until,
							      .at = r[i].at,
							      .to = org_name(cx, r[i].org_en, r[i].org_hi),
							      .words = r[i].words,
							      .state = r[i].state,
							      .state_name = admission_offer_state(cx, r[i].state, r[i].answer_until),
							      .open = str_is(r[i].state, "offered") && r[i].answer_until > cx->now };
	return OK;
}

static enum err seats_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct seats_in *in = input;
	struct admission_quotas_page *v = ARENA_NEW(cx->arena, struct admission_quotas_page);
	struct admission_batch_row b;
	(void)state;
	TRY(admission_batch_of_coordinator(cx, in->batch_id, &b));
	TRY(admission_head(cx, &b, &v->batch));
	TRY(admission_free(cx, &b, &v->n_free));
	TRY(put_quotas(cx, &b, v));
	TRY(put_offers(cx, &b, v));
	ANSWER_ROWS(a, v->quotas, v->n_quotas);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Kept and offered seats"));
	return OK;
}

static const struct choice kinds[] = { { "service", N_("a service") }, { "org", N_("an organisation with all below it") }, { NULL, NULL } };
static const struct field quota_in[] = {
	FIELD(admission_quota_add, batch_id, F_ID, .must = true),
	FIELD(admission_quota_add, kind, F_CHOICE, .label = N_("For whom"), .must = true, .choices = kinds),
	FIELD(admission_quota_add, service, F_TEXT, .label = N_("Service"), .max = 100),
	FIELD(admission_quota_add, org, F_TEXT, .label = N_("Code of the organisation"), .max = 100),
	FIELD(admission_quota_add, seats, F_INT, .label = N_("Seats"), .must = true, .min = 1, .max = 5000),
	FIELD(admission_quota_add, until_day, F_DATE, .label = N_("Kept until"), .must = true),
	FIELD_END,
};

static enum err quota_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	(void)a;
	return admission_quota_add(cx, input);
}

static const struct field end_in[] = { FIELD(seats_in, batch_id, F_ID, .must = true), FIELD(seats_in, quota_id, F_ID, .must = true), FIELD_END };

static enum err end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct seats_in *in = input;
	(void)state;
	(void)a;
	return admission_quota_end(cx, in->batch_id, in->quota_id);
}

static const struct field offer_in[] = {
	FIELD(admission_offer_add, batch_id, F_ID, .must = true),
	FIELD(admission_offer_add, to, F_TEXT, .label = N_("Code of the organisation"), .must = true, .max = 100),
	FIELD(admission_offer_add, seats, F_INT, .label = N_("Seats"), .must = true, .min = 1, .max = 5000),
	FIELD(admission_offer_add, answer_day, F_DATE, .label = N_("Answer until"), .must = true),
	FIELD(admission_offer_add, words, F_LONG, .label = N_("Words to them"), .max = ADMISSION_WORDS_MAX),
	FIELD_END,
};

static enum err offer_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	(void)a;
	return admission_offer_add(cx, input);
}

static const struct field back_in[] = { FIELD(seats_in, batch_id, F_ID, .must = true), FIELD(seats_in, offer_id, F_ID, .must = true), FIELD_END };

static enum err back_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct seats_in *in = input;
	(void)state;
	(void)a;
	return admission_offer_take_back(cx, in->batch_id, in->offer_id);
}

/* ── offered to an organisation ── */

static const struct field to_in[] = { FIELD(seats_in, org_id, F_ID, .must = true), FIELD(seats_in, before, F_ID), FIELD_END };
static const struct field offer_out[] = {
	FIELD(admission_offer_item, id, F_ID),	   FIELD(admission_offer_item, batch_id, F_ID),	      FIELD(admission_offer_item, batch, F_TEXT),
	FIELD(admission_offer_item, from, F_TEXT), FIELD(admission_offer_item, seats, F_INT),	      FIELD(admission_offer_item, state, F_TEXT),
	FIELD(admission_offer_item, open, F_BOOL), FIELD(admission_offer_item, answer_until, F_TIME), FIELD_END,
};

static enum err to_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct seats_in *in = input;
	struct admission_offers_page *v = ARENA_NEW(cx->arena, struct admission_offers_page);
	struct admission_offers_to_row *r;
	size_t n;
	(void)state;
	v->org_id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(admission_sql_offers_to(cx, in->org_id, in->before == NONE ? INT64_MAX : in->before, ADMISSION_PAGE + 1, &r, &n));
	v->n_items = n > ADMISSION_PAGE ? ADMISSION_PAGE : n;
	v->items = ARENA_ARRAY(cx->arena, struct admission_offer_item, v->n_items + 1);
	for (size_t i = 0; i < v->n_items; i++)
		v->items[i] = (struct admission_offer_item){ .id = r[i].id,
							     .batch_id = r[i].batch_id,
							     .org_id = in->org_id,
							     .seats = r[i].seats,
							     .answer_until = r[i].answer_until,
							     .starts_at = r[i].starts_at,
							     .at = r[i].at,
							     .batch = admission_called(cx, r[i].title, r[i].title_hi, r[i].batch),
							     .from = org_name(cx, r[i].org_en, r[i].org_hi),
							     .words = r[i].words,
							     .state = r[i].state,
							     .state_name = admission_offer_state(cx, r[i].state, r[i].answer_until),
							     .open = str_is(r[i].state, "offered") && r[i].answer_until > cx->now };
	if (n > ADMISSION_PAGE) {
		a->next = str_fmt(cx->arena, "%lld", (long long)r[ADMISSION_PAGE - 1].id);
		v->next = str_fmt(cx->arena, "/orgs/%lld/seat-offers?before=%.*s", (long long)in->org_id, STR_ARG(a->next));
	}
	ANSWER_ROWS(a, v->items, v->n_items);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Seats offered to us"));
	return OK;
}

static const struct field answer_in[] = { FIELD(seats_in, org_id, F_ID, .must = true), FIELD(seats_in, offer_id, F_ID, .must = true), FIELD_END };

static enum err accept_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct seats_in *in = input;
	(void)state;
	(void)a;
	return admission_offer_answer(cx, in->org_id, in->offer_id, true);
}

static enum err decline_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct seats_in *in = input;
	(void)state;
	(void)a;
	return admission_offer_answer(cx, in->org_id, in->offer_id, false);
}

#define SEATS "/batches/{batch_id}/seats"
#define OFFERS "/orgs/{org_id}/seat-offers"
#define OF .may = MAY_LEARN, .scope = SCOPE_NONE
#define OFFICE .may = MAY_NOMINATE, .scope = SCOPE_ORG, .in_size = sizeof(struct seats_in)
const struct action admission_offer_actions[] = {
	{ .name = "admission_offer.seats",
	  .method = GET,
	  .page = SEATS,
	  .api = "/api/v1" SEATS,
	  OF,
	  .in = batch_in,
	  .in_size = sizeof(struct seats_in),
	  .out = quota_out,
	  .out_list = true,
	  .run = seats_run,
	  .html = admission_seats_view,
	  .summary = "For whom seats of a batch are kept, and to whom some are offered." },
	{ .name = "admission_offer.keep",
	  .method = POST,
	  .page = SEATS "/quotas",
	  .api = "/api/v1" SEATS "/quotas",
	  OF,
	  .in = quota_in,
	  .in_size = sizeof(struct admission_quota_add),
	  .run = quota_run,
	  .form = "admission_offer.seats",
	  .then = SEATS,
	  .notice = N_("The seats are kept."),
	  .summary = "Keeps seats for a service or an organisation." },
	{ .name = "admission_offer.end",
	  .method = POST,
	  .page = SEATS "/quotas/{quota_id}/end",
	  .api = "/api/v1" SEATS "/quotas/{quota_id}/end",
	  OF,
	  .in = end_in,
	  .in_size = sizeof(struct seats_in),
	  .run = end_run,
	  .form = "admission_offer.seats",
	  .then = SEATS,
	  .notice = N_("The seats are everybody's now."),
	  .summary = "Keeps seats no more." },
	{ .name = "admission_offer.add",
	  .method = POST,
	  .page = SEATS "/offers",
	  .api = "/api/v1" SEATS "/offers",
	  OF,
	  .in = offer_in,
	  .in_size = sizeof(struct admission_offer_add),
	  .run = offer_run,
	  .form = "admission_offer.seats",
	  .then = SEATS,
	  .notice = N_("The seats are offered, and its administrators are told."),
	  .summary = "Offers seats of a batch to another organisation." },
	{ .name = "admission_offer.take_back",
	  .method = POST,
	  .page = SEATS "/offers/{offer_id}/take-back",
	  .api = "/api/v1" SEATS "/offers/{offer_id}/take-back",
	  OF,
	  .in = back_in,
	  .in_size = sizeof(struct seats_in),
	  .run = back_run,
	  .form = "admission_offer.seats",
	  .then = SEATS,
	  .notice = N_("The offer is taken back."),
	  .summary = "Takes back an offer that is not answered." },
	{ .name = "admission_offer.list",
	  .method = GET,
	  .page = OFFERS,
	  .api = "/api/v1" OFFERS,
	  OFFICE,
	  .in = to_in,
	  .out = offer_out,
	  .out_list = true,
	  .run = to_run,
	  .html = admission_offers_view,
	  .summary = "Seats that other organisations offer to this one." },
	{ .name = "admission_offer.accept",
	  .method = POST,
	  .page = OFFERS "/{offer_id}/accept",
	  .api = "/api/v1" OFFERS "/{offer_id}/accept",
	  OFFICE,
	  .in = answer_in,
	  .run = accept_run,
	  .form = "admission_offer.list",
	  .then = OFFERS,
	  .notice = N_("The seats are kept for your people. Nominate them."),
	  .summary = "Accepts offered seats: they are kept for the organisation's people." },
	{ .name = "admission_offer.decline",
	  .method = POST,
	  .page = OFFERS "/{offer_id}/decline",
	  .api = "/api/v1" OFFERS "/{offer_id}/decline",
	  OFFICE,
	  .in = answer_in,
	  .run = decline_run,
	  .form = "admission_offer.list",
	  .then = OFFERS,
	  .notice = N_("The offer is declined."),
	  .summary = "Declines offered seats." },
	ACTION_END,
};
