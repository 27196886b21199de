/* Webhooks of an organisation in the browser and over the API. */
#include "feature/org/org.h"
#include "feature/webhook/webhook.h"
#include "feature/webhook/webhook_page.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"
#include "webhook_html.h"
#include "webhook_secret_html.h"
#include "webhooks_html.h"

enum { DELIVERIES = 50 };

static struct str said(const struct ctx *cx, const char *english)
{
	return str_of(tr(cx->lang, english));
}

static struct str kind_text(const struct ctx *cx, struct str name)
{
	for (size_t i = 0; i < FACT_KINDS; i++)
		if (str_is(name, webhook_kinds[i].name))
			return said(cx, webhook_kinds[i].text);
	return str_is(name, WEBHOOK_TRIAL) ? said(cx, N_("A trial")) : name;
}

/* ── the kinds to choose from ── */

static struct webhook_tick *ticks_of(struct ctx *cx, const struct webhook_kinds_row *chosen, size_t n_chosen)
{
	struct webhook_tick *v = ARENA_ARRAY(cx->arena, struct webhook_tick, FACT_KINDS);
	for (size_t i = 0; i < FACT_KINDS; i++) {
		v[i] = (struct webhook_tick){ str_fmt(cx->arena, "kinds.%s", webhook_kinds[i].name), said(cx, webhook_kinds[i].text), false };
		for (size_t k = 0; k < n_chosen; k++)
			v[i].on = v[i].on || str_is(chosen[k].kind, webhook_kinds[i].name);
	}
	return v;
}

static void ticks(struct html_out *o, const struct webhook_tick *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		html_pick(o, v[i].name, v[i].text, v[i].on);
}

void html_webhooks_ticks(struct html_out *o, const struct webhooks_page *v)
{
	ticks(o, v->ticks, v->n_ticks);
}

void html_webhook_own_ticks(struct html_out *o, const struct webhook_page *v)
{
	ticks(o, v->ticks, v->n_ticks);
}

/* ── the list ── */

struct org_in {
	int64_t org_id;
};
static const struct field org_in[] = { FIELD(org_in, org_id, F_ID, .must = true), FIELD_END };
static const struct field item_out[] = {
	FIELD(webhook_item, id, F_ID),	      FIELD(webhook_item, address, F_TEXT), FIELD(webhook_item, kinds, F_TEXT),
	FIELD(webhook_item, state, F_TEXT),   FIELD(webhook_item, why, F_TEXT),	    FIELD(webhook_item, failing_since, F_TIME),
	FIELD(webhook_item, paused_at, F_TIME), FIELD(webhook_item, made_at, F_TIME), FIELD_END,
};

static struct str state_of(int64_t paused_at, int64_t failing_since)
{
	return paused_at != NONE ? S("paused") : failing_since != NONE ? S("failing") : S("good");
}

static void add_kind(struct buf *b, struct str kind)
{
	if (b->n)
		buf_lit(b, ", ");
	buf_str(b, kind);
}

static enum err put_webhooks(struct ctx *cx, struct webhooks_page *v)
{
	struct webhook_kinds_of_org_row *kinds;
	struct webhook_of_org_row *r;
	size_t n_kinds;
	TRY(webhook_sql_of_org(cx, v->id, &r, &v->n_webhooks));
	TRY(webhook_sql_kinds_of_org(cx, v->id, &kinds, &n_kinds));
	v->webhooks = ARENA_ARRAY(cx->arena, struct webhook_item, v->n_webhooks);
	for (size_t i = 0; i < v->n_webhooks; i++) {
		struct buf b;
		buf_init(&b, cx->arena, 2000);
		for (size_t k = 0; k < n_kinds; k++)
			if (kinds[k].webhook_id == r[i].id)
				add_kind(&b, kinds[k].kind);
		v->webhooks[i] = (struct webhook_item){ .id = r[i].id, .org_id = v->id, .made_at = r[i].made_at, .failing_since = r[i].failing_since,
							.paused_at = r[i].paused_at, .address = r[i].address, .kinds = buf_get(&b),
							.state = state_of(r[i].paused_at, r[i].failing_since), .why = r[i].paused_why };
	}
	return OK;
}

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct webhooks_page *v = ARENA_NEW(cx->arena, struct webhooks_page);
	(void)state;
	v->id = in->org_id;
	v->ticks = ticks_of(cx, NULL, 0);
	v->n_ticks = FACT_KINDS;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_webhooks(cx, v));
	ANSWER_ROWS(a, v->webhooks, v->n_webhooks);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Webhooks"));
	return OK;
}

/* ── one ── */

struct page_in {
	int64_t org_id, webhook_id, before, since;
};
static const struct field page_in[] = { FIELD(page_in, org_id, F_ID, .must = true), FIELD(page_in, webhook_id, F_ID, .must = true), FIELD(page_in, before, F_ID),
					FIELD(page_in, since, F_DATE, .label = N_("Since")), FIELD_END };
static const struct field delivery_out[] = {
	FIELD(webhook_delivery_item, event_id, F_ID), FIELD(webhook_delivery_item, kind, F_TEXT),     FIELD(webhook_delivery_item, made_at, F_TIME),
	FIELD(webhook_delivery_item, state, F_TEXT),  FIELD(webhook_delivery_item, tries, F_INT),     FIELD(webhook_delivery_item, due_at, F_TIME),
	FIELD(webhook_delivery_item, tried_at, F_TIME), FIELD(webhook_delivery_item, took, F_INT),    FIELD(webhook_delivery_item, status, F_INT),
	FIELD(webhook_delivery_item, words, F_TEXT),  FIELD_END,
};

static enum err put_deliveries(struct ctx *cx, const struct page_in *in, struct webhook_page *v, struct answer *a)
{
	struct webhook_deliveries_row *r;
	size_t n;
	TRY(webhook_sql_deliveries(cx, in->webhook_id, in->before, DELIVERIES + 1, &r, &n));
	v->n_deliveries = n > DELIVERIES ? DELIVERIES : n;
	v->deliveries = ARENA_ARRAY(cx->arena, struct webhook_delivery_item, v->n_deliveries);
	for (size_t i = 0; i < v->n_deliveries; i++)
		v->deliveries[i] = (struct webhook_delivery_item){ .event_id = r[i].event_id, .webhook_id = in->webhook_id, .org_id = in->org_id, .made_at = r[i].made_at,
								   .tries = r[i].tries, .due_at = r[i].due_at, .tried_at = r[i].tried_at, .took = r[i].took,
								   .status = r[i].status, .kind = r[i].kind, .text = kind_text(cx, r[i].kind), .state = r[i].state,
								   .words = r[i].words, .waiting = str_is(r[i].state, "waiting"),
								   .failed = str_is(r[i].state, "failed") };
	if (n > DELIVERIES) {
		a->next = str_fmt(cx->arena, "%lld", (long long)v->deliveries[DELIVERIES - 1].event_id);
		v->next = str_fmt(cx->arena, "/orgs/%lld/webhooks/%lld?before=%.*s", (long long)in->org_id, (long long)in->webhook_id, STR_ARG(a->next));
	}
	return OK;
}

static enum err put_webhook(struct ctx *cx, const struct page_in *in, struct webhook_page *v)
{
	struct webhook_kinds_row *kinds;
	struct webhook_one_row w;
	size_t n;
	TRY(webhook_one(cx, in->org_id, in->webhook_id, &w));
	TRY(webhook_sql_kinds(cx, w.id, &kinds, &n));
	v->org_id = in->org_id;
	v->ticks = ticks_of(cx, kinds, n);
	v->n_ticks = FACT_KINDS;
	v->webhook = (struct webhook_item){ .id = w.id, .org_id = in->org_id, .made_at = w.made_at, .failing_since = w.failing_since, .paused_at = w.paused_at,
					    .address = w.address, .state = state_of(w.paused_at, w.failing_since), .why = w.paused_why };
	v->paused = w.paused_at != NONE;
	v->failing = !v->paused && w.failing_since != NONE;
	v->gone = str_is(w.paused_why, "gone");
	v->gave_up = str_is(w.paused_why, "failing");
	return org_called(cx, in->org_id, &v->org);
}

static enum err page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct page_in *in = input;
	struct webhook_page *v = ARENA_NEW(cx->arena, struct webhook_page);
	(void)state;
	TRY(put_webhook(cx, in, v));
	TRY(put_deliveries(cx, in, v, a));
	v->since_day = in->since;
	v->counted = in->since != NONE;
	if (v->counted)
		TRY(webhook_replay(cx, in->org_id, in->webhook_id, in->since, true, &v->replay_n));
	ANSWER_ROWS(a, v->deliveries, v->n_deliveries);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("A webhook"));
	return OK;
}

/* ── changes ── */

struct made {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made, id, F_ID), FIELD_END };

#define ADDRESS_FIELDS                                                                                                                            \
	FIELD(webhook_add, org_id, F_ID, .must = true),                                                                                           \
		FIELD(webhook_add, address, F_TEXT, .label = N_("Address"), .hint = N_("Begins with https://. Events are sent there by POST, signed."), \
		      .must = true, .max = WEBHOOK_ADDRESS_MAX),                                                                                  \
		FIELD(webhook_add, kinds, F_TEXTS, .label = N_("What it is told of"), .max = 40)

static const struct field add_in[] = {
	ADDRESS_FIELDS,
	FIELD(webhook_add, secret, F_SECRET, .label = N_("Secret"), .hint = N_("Leave it empty: one is made and shown once. Programs give their own: whsec_ and Base64."),
	      .max = WEBHOOK_SECRET_MAX, .autocomplete = "off"),
	FIELD_END,
};
static const struct field change_in[] = { ADDRESS_FIELDS, FIELD(webhook_add, webhook_id, F_ID, .must = true), FIELD_END };

static enum err show_secret(struct ctx *cx, int64_t org_id, int64_t id, struct str secret, bool is_new, struct answer *a)
{
	struct webhook_secret_page *v = ARENA_NEW(cx->arena, struct webhook_secret_page);
	struct webhook_one_row w;
	TRY(webhook_one(cx, org_id, id, &w));
	*v = (struct webhook_secret_page){ .id = id, .org_id = org_id, .address = w.address, .secret = secret, .is_new = is_new };
	TRY(org_called(cx, org_id, &v->org));
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("The secret of a webhook"));
	return OK;
}

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct webhook_add *in = input;
	struct made *row = ARENA_NEW(cx->arena, struct made);
	struct str secret;
	(void)state;
	TRY(webhook_add(cx, in, &row->id, &secret));
	ANSWER_ROW(a, row);
	return show_secret(cx, in->org_id, row->id, secret, true, a);
}

static enum err change_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	(void)a;
	return webhook_change(cx, input);
}

struct one_in {
	int64_t org_id, webhook_id, event_id, since;
	bool dry_run;
};
static const struct field one_in[] = { FIELD(one_in, org_id, F_ID, .must = true), FIELD(one_in, webhook_id, F_ID, .must = true), FIELD_END };
static const struct field event_in[] = { FIELD(one_in, org_id, F_ID, .must = true), FIELD(one_in, webhook_id, F_ID, .must = true),
					 FIELD(one_in, event_id, F_ID, .must = true), FIELD_END };
static const struct field replay_in[] = { FIELD(one_in, org_id, F_ID, .must = true), FIELD(one_in, webhook_id, F_ID, .must = true),
					  FIELD(one_in, since, F_DATE, .label = N_("Since"), .must = true),
					  FIELD(one_in, dry_run, F_BOOL, .label = N_("Only count")), FIELD_END };

static enum err pause_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return webhook_pause(cx, in->org_id, in->webhook_id, true);
}

static enum err resume_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return webhook_pause(cx, in->org_id, in->webhook_id, false);
}

static enum err turn_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct str secret;
	(void)state;
	TRY(webhook_turn(cx, in->org_id, in->webhook_id, &secret));
	return show_secret(cx, in->org_id, in->webhook_id, secret, false, a);
}

static enum err end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return webhook_end(cx, in->org_id, in->webhook_id);
}

static enum err try_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct made *row = ARENA_NEW(cx->arena, struct made);
	(void)state;
	ANSWER_ROW(a, row);
	return webhook_try(cx, in->org_id, in->webhook_id, &row->id);
}

static enum err again_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return webhook_again(cx, in->org_id, in->webhook_id, in->event_id);
}

struct counted {
	int64_t n;
};
static const struct field counted_out[] = { FIELD(counted, n, F_INT), FIELD_END };

static enum err replay_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct counted *row = ARENA_NEW(cx->arena, struct counted);
	(void)state;
	ANSWER_ROW(a, row);
	return webhook_replay(cx, in->org_id, in->webhook_id, in->since, in->dry_run, &row->n);
}

#define WEBHOOKS "/orgs/{org_id}/webhooks"
#define WEBHOOK WEBHOOKS "/{webhook_id}"

const struct action webhook_actions[] = {
	{ .name = "webhook.list", .method = GET, .page = WEBHOOKS, .api = "/api/v1" WEBHOOKS, .may = MAY_WEBHOOK_MANAGE, .scope = SCOPE_ORG, .in = org_in,
	  .in_size = sizeof(struct org_in), .out = item_out, .out_list = true, .run = list_run, .html = webhooks_view,
	  .summary = "The webhooks of an organisation: where they lead, what they are told of, how they stand." },
	{ .name = "webhook.add", .method = POST, .page = WEBHOOKS, .api = "/api/v1" WEBHOOKS, .may = MAY_WEBHOOK_MANAGE, .scope = SCOPE_ORG, .in = add_in,
	  .in_size = sizeof(struct webhook_add), .out = made_out, .run = add_run, .html = webhook_secret_view, .form = "webhook.list",
	  .summary = "Adds a webhook. A program gives the secret; the API never gives one back." },
	{ .name = "webhook.page", .method = GET, .page = WEBHOOK, .api = "/api/v1" WEBHOOK "/deliveries", .may = MAY_WEBHOOK_MANAGE, .scope = SCOPE_ORG, .in = page_in,
	  .in_size = sizeof(struct page_in), .out = delivery_out, .out_list = true, .run = page_run, .html = webhook_view,
	  .summary = "What a webhook was told, when, and what it answered; kept for 30 days." },
	{ .name = "webhook.change", .method = POST, .page = WEBHOOK, .api = "/api/v1" WEBHOOK, .may = MAY_WEBHOOK_MANAGE, .scope = SCOPE_ORG, .in = change_in,
	  .in_size = sizeof(struct webhook_add), .run = change_run, .form = "webhook.page", .then = WEBHOOK, .notice = N_("The webhook is changed."),
	  .summary = "Another address, or other events." },
	{ .name = "webhook.pause", .method = POST, .page = WEBHOOK "/pause", .api = "/api/v1" WEBHOOK "/pause", .may = MAY_WEBHOOK_MANAGE, .scope = SCOPE_ORG,
	  .in = one_in, .in_size = sizeof(struct one_in), .run = pause_run, .then = WEBHOOK, .notice = N_("The webhook is paused; events are kept for it."),
	  .summary = "Tells it nothing for now; events are kept." },
	{ .name = "webhook.resume", .method = POST, .page = WEBHOOK "/resume", .api = "/api/v1" WEBHOOK "/resume", .may = MAY_WEBHOOK_MANAGE, .scope = SCOPE_ORG,
	  .in = one_in, .in_size = sizeof(struct one_in), .run = resume_run, .then = WEBHOOK, .notice = N_("The webhook goes on; what was kept is on its way."),
	  .summary = "Goes on, with all that was kept." },
	{ .name = "webhook.turn", .method = POST, .page = WEBHOOK "/secret", .may = MAY_WEBHOOK_MANAGE, .scope = SCOPE_ORG, .in = one_in,
	  .in_size = sizeof(struct one_in), .in_person = true, .run = turn_run, .html = webhook_secret_view,
	  .summary = "Makes a new secret, shown once; for a day the old one signs, too." },
	{ .name = "webhook.end", .method = POST, .page = WEBHOOK "/end", .api = "/api/v1" WEBHOOK "/end", .may = MAY_WEBHOOK_MANAGE, .scope = SCOPE_ORG, .in = one_in,
	  .in_size = sizeof(struct one_in), .run = end_run, .then = WEBHOOKS, .notice = N_("The webhook has ended; it is told nothing more."),
	  .summary = "Ends a webhook." },
	{ .name = "webhook.try", .method = POST, .page = WEBHOOK "/trial", .api = "/api/v1" WEBHOOK "/trial", .may = MAY_WEBHOOK_MANAGE, .scope = SCOPE_ORG,
	  .in = one_in, .in_size = sizeof(struct one_in), .out = made_out, .run = try_run, .then = WEBHOOK, .notice = N_("The trial is on its way; reload the page to see how it went."),
	  .summary = "Sends an event that means nothing, to try the way." },
	{ .name = "webhook.again", .method = POST, .page = WEBHOOK "/deliveries/{event_id}/again", .api = "/api/v1" WEBHOOK "/deliveries/{event_id}/again",
	  .may = MAY_WEBHOOK_MANAGE, .scope = SCOPE_ORG, .in = event_in, .in_size = sizeof(struct one_in), .run = again_run, .then = WEBHOOK,
	  .notice = N_("The event is on its way again."), .summary = "Tells one event again." },
	{ .name = "webhook.replay", .method = POST, .page = WEBHOOK "/replay", .api = "/api/v1" WEBHOOK "/replay", .may = MAY_WEBHOOK_MANAGE, .scope = SCOPE_ORG,
	  .in = replay_in, .in_size = sizeof(struct one_in), .out = counted_out, .run = replay_run, .form = "webhook.page", .then = WEBHOOK,
	  .notice = N_("These events are on their way again."), .summary = "Tells everything since a day again, or only counts it (dry_run)." },
	ACTION_END,
};
