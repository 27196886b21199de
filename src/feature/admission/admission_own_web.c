/* A person's own requests in the browser and over the API. */
#include "admission_own_html.h"
#include "feature/admission/admission_in.h"
#include "feature/admission/admission_letter.h"
#include "feature/admission/admission_show.h"
#include "feature/org/org.h"
#include "my_requests_html.h"
#include "web/action.h"
#include "web/lang.h"

struct own_in {
	int64_t batch_id, before;
	bool bed;
};
static const struct field batch_in[] = { FIELD(own_in, batch_id, F_ID, .must = true), FIELD_END };

/* ── one request ── */

static const struct field own_out[] = {
	FIELD(admission_own_page, id, F_ID),	   FIELD(admission_own_page, state, F_TEXT),
	FIELD(admission_own_page, place_n, F_INT), FIELD(admission_own_page, asked_at, F_TIME),
	FIELD(admission_own_page, bed, F_BOOL),	   FIELD(admission_own_page, bed_given, F_BOOL),
	FIELD(admission_own_page, no, F_TEXT),	   FIELD(admission_own_page, cancelled, F_BOOL),
	FIELD(admission_own_page, why, F_TEXT),	   FIELD_END,
};

static enum err put_kept(struct ctx *cx, struct admission_own_page *v)
{
	struct admission_quotas_that_fit_row *r;
	TRY(admission_sql_quotas_that_fit(cx, v->id, cx->now, &r, &v->n_kept));
	v->kept = ARENA_ARRAY(cx->arena, struct admission_kept_line, v->n_kept + 1);
	for (size_t i = 0; i < v->n_kept; i++)
		v->kept[i] = (struct admission_kept_line){ r[i].seats, r[i].n_taken,
							   str_is(r[i].kind, "service") ? r[i].service : org_name(cx, r[i].org_en, r[i].org_hi) };
	return OK;
}

static enum err put_request(struct ctx *cx, const struct admission_batch_row *b, const struct admission_mine_row *a, struct admission_own_page *v)
{
	struct admission_place_row place;
	v->id = a->id;
	v->state = a->state;
	v->state_name = admission_state_name(cx, a->state, admission_due(b->approval, a->step));
	v->asked_at = a->asked_at;
	v->bed = a->bed;
	v->bed_given = a->bed_given;
	TRY(admission_steps(cx, a->id, &v->steps, &v->n_steps));
	if (v->cancelled)
		return OK;
	v->asked = str_is(a->state, "asked");
	v->waits = str_is(a->state, "waiting");
	v->admitted = str_is(a->state, "admitted");
	v->may_withdraw = (v->asked || v->waits || v->admitted) && cx->now < b->ends_at;
	if (!v->waits)
		return OK;
	TRY(admission_sql_place(cx, b->id, a->asked_at, a->id, &place));
	v->place_n = place.n;
	return put_kept(cx, v);
}

static enum err put_may_ask(struct ctx *cx, const struct admission_batch_row *b, struct admission_own_page *v)
{
	struct admission_no no = admission_not_open(cx, b);
	int64_t room;
	if (!no.text && (b->invite_only || !b->may_ask))
		no.text = N_("People come to this batch by nomination only. Ask your office to nominate you.");
	TRY(admission_room(cx, b, &room));
	if (!no.text && room <= 0)
		no.text = N_("All seats and all places to wait have been asked for.");
	v->may_ask = !no.text;
	if (no.text)
		v->no = admission_no_text(cx, &no);
	return OK;
}

/* Who is no coordinator sees a draft as if it were not there. */
static enum err own_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct own_in *in = input;
	struct admission_own_page *v = ARENA_NEW(cx->arena, struct admission_own_page);
	struct admission_batch_row b;
	struct admission_mine_row mine;
	bool found = false;
	(void)state;
	TRY(admission_batch(cx, in->batch_id, &b));
	TRY(admission_sql_mine(cx, in->batch_id, cx->actor.person_id, &mine, &found));
	if (!found && str_is(b.state, "draft"))
		return fail(cx, ERR_NOT_FOUND, "batch_id", N_("There is no such batch."));
	*v = (struct admission_own_page){ .id = NONE, .asked_at = NONE, .place_n = NONE, .why = b.cancelled_why, .cancelled = str_is(b.state, "cancelled") };
	TRY(admission_head(cx, &b, &v->batch));
	if (found)
		TRY(put_request(cx, &b, &mine, v));
	if (!v->may_withdraw && !v->cancelled)
		TRY(put_may_ask(cx, &b, v));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_LEARN;
	a->title = v->batch.name;
	return OK;
}

static const struct field ask_in[] = {
	FIELD(own_in, batch_id, F_ID, .must = true),
	FIELD(own_in, bed, F_BOOL, .label = N_("I need a bed in the hostel")),
	FIELD_END,
};

static enum err ask_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct own_in *in = input;
	*ret_state = NULL;
	return admission_may_ask(cx, in->batch_id);
}

static enum err ask_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct own_in *in = input;
	(void)state;
	(void)a;
	return admission_ask(cx, in->batch_id, in->bed);
}

static enum err withdraw_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct own_in *in = input;
	(void)state;
	(void)a;
	return admission_withdraw(cx, in->batch_id);
}

static enum err letter_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct own_in *in = input;
	struct admission_mine_row mine;
	bool found = false;
	(void)state;
	TRY(admission_sql_mine(cx, in->batch_id, cx->actor.person_id, &mine, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "batch_id", N_("You have not asked for this batch."));
	a->type = "application/pdf";
	a->filename = str_fmt(cx->arena, "letter-%lld.pdf", (long long)mine.id);
	return admission_letter(cx, in->batch_id, mine.id, &a->bytes);
}

/* ── all of them ── */

static const struct field mine_in[] = { FIELD(own_in, before, F_ID), FIELD_END };
static const struct field item_out[] = {
	FIELD(admission_item, id, F_ID),	FIELD(admission_item, batch_id, F_ID),	  FIELD(admission_item, batch, F_TEXT),
	FIELD(admission_item, state, F_TEXT),	FIELD(admission_item, asked_at, F_TIME),  FIELD(admission_item, starts_at, F_TIME),
	FIELD(admission_item, ends_at, F_TIME), FIELD(admission_item, bed_given, F_BOOL), FIELD_END,
};

static enum err mine_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct own_in *in = input;
	struct my_requests_page *v = ARENA_NEW(cx->arena, struct my_requests_page);
	struct admission_of_person_row *r;
	size_t n;
	(void)state;
	TRY(admission_sql_of_person(cx, cx->actor.person_id, in->before == NONE ? INT64_MAX : in->before, ADMISSION_PAGE + 1, &r, &n));
	v->n_items = n > ADMISSION_PAGE ? ADMISSION_PAGE : n;
	v->items = ARENA_ARRAY(cx->arena, struct admission_item, v->n_items + 1);
	for (size_t i = 0; i < v->n_items; i++)
		v->items[i] = (struct admission_item){ .id = r[i].id,
						       .batch_id = r[i].batch_id,
						       .asked_at = r[i].asked_at,
						       .starts_at = r[i].starts_at,
						       .ends_at = r[i].ends_at,
						       .place = r[i].place,
						       .state = r[i].state,
						       .bed_given = r[i].bed_given,
						       .admitted = str_is(r[i].state, "admitted") && !str_is(r[i].batch_state, "cancelled"),
						       .cancelled = str_is(r[i].batch_state, "cancelled"),
						       .batch = admission_called(cx, r[i].title, r[i].title_hi, r[i].batch),
						       .state_name = admission_state_name(cx, r[i].state, admission_due(r[i].approval, r[i].step)) };
	if (n > ADMISSION_PAGE) {
		a->next = str_fmt(cx->arena, "%lld", (long long)r[ADMISSION_PAGE - 1].id);
		v->next = str_fmt(cx->arena, "/me/requests?before=%.*s", STR_ARG(a->next));
	}
	ANSWER_ROWS(a, v->items, v->n_items);
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("My requests for programmes"));
	return OK;
}

#define REQUEST "/batches/{batch_id}/request"
#define OWN .may = MAY_LEARN, .scope = SCOPE_NONE, .own = true, .in_size = sizeof(struct own_in)
const struct action admission_own_actions[] = {
	{ .name = "admission.mine",
	  .method = GET,
	  .page = "/me/requests",
	  .api = "/api/v1/me/requests",
	  OWN,
	  .in = mine_in,
	  .out = item_out,
	  .out_list = true,
	  .run = mine_run,
	  .html = my_requests_view,
	  .summary = "What the person has asked for, the newest first." },
	{ .name = "admission.own",
	  .method = GET,
	  .page = REQUEST,
	  .api = "/api/v1" REQUEST,
	  OWN,
	  .in = batch_in,
	  .out = own_out,
	  .run = own_run,
	  .html = admission_own_view,
	  .summary = "The person's request for a batch: its state, the place in the order and why." },
	{ .name = "admission.ask",
	  .method = POST,
	  .page = REQUEST,
	  .api = "/api/v1" REQUEST,
	  OWN,
	  .in = ask_in,
	  .prepare = ask_prepare,
	  .run = ask_run,
	  .form = "admission.own",
	  .then = REQUEST,
	  .notice = N_("You have asked. Below it says what happens next."),
	  .summary = "Asks for a seat in a batch." },
	{ .name = "admission.withdraw",
	  .method = POST,
	  .page = REQUEST "/withdraw",
	  .api = "/api/v1" REQUEST "/withdraw",
	  OWN,
	  .in = batch_in,
	  .run = withdraw_run,
	  .form = "admission.own",
	  .then = REQUEST,
	  .notice = N_("You have withdrawn."),
	  .summary = "Goes back on a request or gives the seat back." },
	{ .name = "admission.own_letter",
	  .method = GET,
	  .page = "/batches/{batch_id}/letter",
	  OWN,
	  .in = batch_in,
	  .run = letter_run,
	  .summary = "The letter of nomination or of the seat, as PDF." },
	ACTION_END,
};
