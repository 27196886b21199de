/* Batches in the browser and over the API, for who manages programmes: making, changing, opening, cancelling. */
#include "batch_form_html.h"
#include "feature/org/org.h"
#include "feature/programme/batch.h"
#include "feature/programme/batch_page.h"
#include "feature/programme/programme_words.h"
#include "web/action.h"
#include "web/lang.h"

#include <math.h>

struct list_in {
	int64_t org_id, programme_id, before;
};
static const struct field list_in[] = { FIELD(list_in, org_id, F_ID, .must = true), FIELD(list_in, programme_id, F_ID, .must = true),
					FIELD(list_in, before, F_ID), FIELD_END };
static const struct field new_in[] = { FIELD(list_in, org_id, F_ID, .must = true), FIELD(list_in, programme_id, F_ID, .must = true), FIELD_END };

/* ── the list over the API ── */

enum { BATCHES_PAGE = 50 };
static const struct field item_out[] = {
	FIELD(batch_of_programme_row, id, F_ID),	  FIELD(batch_of_programme_row, n, F_INT),
	FIELD(batch_of_programme_row, name, F_TEXT),	  FIELD(batch_of_programme_row, state, F_TEXT),
	FIELD(batch_of_programme_row, seats, F_INT),	  FIELD(batch_of_programme_row, admitted, F_INT),
	FIELD(batch_of_programme_row, ask_until, F_TIME), FIELD(batch_of_programme_row, starts_at, F_TIME),
	FIELD(batch_of_programme_row, ends_at, F_TIME),	  FIELD_END,
};

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct batch_of_programme_row *b;
	struct programme_one_row p;
	size_t n;
	(void)state;
	TRY(programme_find(cx, in->org_id, in->programme_id, &p));
	TRY(batch_sql_of_programme(cx, p.id, in->before, BATCHES_PAGE + 1, &b, &n));
	if (n > BATCHES_PAGE)
		a->next = str_fmt(cx->arena, "%lld", (long long)b[BATCHES_PAGE - 1].id);
	ANSWER_ROWS(a, b, n > BATCHES_PAGE ? BATCHES_PAGE : n);
	return OK;
}

/* ── forms ── */

static struct str number(struct ctx *cx, int64_t v)
{
	return str_fmt(cx->arena, "%lld", (long long)v);
}

static enum err put_choices(struct ctx *cx, int64_t institute_id, int64_t chosen, int64_t hostel_id, struct batch_form_page *v)
{
	struct programme_institutes_row *r;
	struct batch_hostels_row *h;
	struct str now = chosen == NONE ? S("") : number(cx, chosen), bed = hostel_id == NONE ? S("") : number(cx, hostel_id);
	TRY(programme_sql_institutes(cx, v->org_id, &r, &v->n_institutes));
	v->institutes = ARENA_ARRAY(cx->arena, struct programme_choice, v->n_institutes + 1);
	for (size_t i = 0; i < v->n_institutes; i++)
		v->institutes[i] = (struct programme_choice){ number(cx, r[i].id), org_name(cx, r[i].name_en, r[i].name_hi), now };
	TRY(batch_sql_hostels(cx, institute_id, &h, &v->n_hostels));
	v->hostels = ARENA_ARRAY(cx->arena, struct programme_choice, v->n_hostels + 1);
	for (size_t i = 0; i < v->n_hostels; i++)
		v->hostels[i] = (struct programme_choice){ number(cx, h[i].id), h[i].name, bed };
	return OK;
}

static enum err new_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct batch_form_page *v = ARENA_NEW(cx->arena, struct batch_form_page);
	struct programme_one_row p;
	(void)state;
	TRY(programme_find(cx, in->org_id, in->programme_id, &p));
	*v = (struct batch_form_page){ .org_id = p.org_id,
				       .programme_id = p.id,
				       .org = org_name(cx, p.org_en, p.org_hi),
				       .programme = p.title,
				       .seats = S("30"),
				       .waiting = S("10"),
				       .is_new = true };
	TRY(put_choices(cx, p.institute_id, NONE, NONE, v));
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("A new batch"));
	return OK;
}

struct one_in {
	int64_t org_id, programme_id, batch_id;
	struct str why;
};
static const struct field one_in[] = {
	FIELD(one_in, org_id, F_ID, .must = true),
	FIELD(one_in, programme_id, F_ID, .must = true),
	FIELD(one_in, batch_id, F_ID, .must = true),
	FIELD_END,
};
static const struct field cancel_in[] = {
	FIELD(one_in, org_id, F_ID, .must = true),
	FIELD(one_in, programme_id, F_ID, .must = true),
	FIELD(one_in, batch_id, F_ID, .must = true),
	FIELD(one_in, why, F_LONG, .label = N_("Why it is not held"), .hint = N_("Everybody who is admitted reads it."), .must = true, .max = BATCH_WORDS_MAX),
	FIELD_END,
};

static struct str degrees(struct ctx *cx, double v)
{
	return isnan(v) ? S("") : str_fmt(cx->arena, "%.6f", v);
}

static enum err edit_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct batch_form_page *v = ARENA_NEW(cx->arena, struct batch_form_page);
	struct batch_one_row b;
	(void)state;
	TRY(batch_of(cx, in->org_id, in->programme_id, in->batch_id, &b));
	*v = (struct batch_form_page){ .org_id = b.org_id,
				       .programme_id = b.programme_id,
				       .id = b.id,
				       .org = org_name(cx, b.org_en, b.org_hi),
				       .programme = b.title,
				       .name = b.name,
				       .seats = number(cx, b.seats),
				       .waiting = number(cx, b.waiting),
				       .from_day = programme_isoday(cx, b.from_day),
				       .last_day = programme_isoday(cx, b.last_day),
				       .ask_day = programme_day_of(cx, b.ask_until - 1),
				       .place = b.place,
				       .latitude = degrees(cx, b.latitude),
				       .longitude = degrees(cx, b.longitude),
				       .fee_rupees = number(cx, b.fee_paise / 100),
				       .is_open = str_is(b.state, "open"),
				       .invite_only = b.invite_only };
	TRY(put_choices(cx, b.institute_id, b.institute_id, b.hostel_id, v));
	a->view = v;
	a->nav = NAV_ORG;
	a->title = b.name;
	return OK;
}

/* ── what is done ── */

#define PUT_FIELDS                                                                                                                                             \
	FIELD(batch_put, org_id, F_ID, .must = true), FIELD(batch_put, programme_id, F_ID, .must = true),                                                      \
		FIELD(batch_put, name, F_TEXT, .label = N_("Name"), .hint = N_("“Batch 3”; so it is called when it is left empty."), .max = BATCH_NAME_MAX),   \
		FIELD(batch_put, from_day, F_DATE, .label = N_("First day"), .must = true),                                                                    \
		FIELD(batch_put, last_day, F_DATE, .label = N_("Last day"), .hint = N_("That of the last session, when it is left empty.")),                   \
		FIELD(batch_put, ask_day, F_DATE, .label = N_("Last day to ask"), .hint = N_("The day before it begins, when it is left empty.")),             \
		FIELD(batch_put, seats, F_INT, .label = N_("Seats"), .must = true, .min = 1, .max = BATCH_SEATS_MAX),                                          \
		FIELD(batch_put, waiting, F_INT, .label = N_("So many more may wait"), .min = 0, .max = BATCH_SEATS_MAX),                                      \
		FIELD(batch_put, invite_only, F_BOOL, .label = N_("By nomination alone")), FIELD(batch_put, institute_id, F_ID, .label = N_("Institute")),     \
		FIELD(batch_put, place, F_TEXT, .label = N_("Place"), .hint = N_("That of the institute, when it is left empty."), .max = BATCH_PLACE_MAX),    \
		FIELD(batch_put, latitude, F_REAL, .label = N_("Latitude"), .hint = N_("In degrees, such as 28.545; for the map.")),                           \
		FIELD(batch_put, longitude, F_REAL, .label = N_("Longitude"), .hint = N_("In degrees, such as 77.181.")),                                      \
		FIELD(batch_put, hostel_id, F_ID, .label = N_("Hostel")),                                                                                      \
		FIELD(batch_put, fee_rupees, F_INT, .label = N_("Fee in rupees"), .hint = N_("Nothing, when it is left empty."), .min = 0, .max = 10000000)
static const struct field add_in[] = { PUT_FIELDS, FIELD_END };
static const struct field change_in[] = { PUT_FIELDS, FIELD(batch_put, batch_id, F_ID, .must = true), FIELD_END };
struct made {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made, id, F_ID), FIELD_END };

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct made *row = ARENA_NEW(cx->arena, struct made);
	(void)state;
	TRY(batch_add(cx, input, &row->id));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/batches/%lld/run", (long long)row->id);
	return OK;
}

static enum err change_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	(void)a;
	return batch_change(cx, input);
}

static enum err open_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct batch_one_row b;
	(void)state;
	(void)a;
	TRY(batch_of(cx, in->org_id, in->programme_id, in->batch_id, &b));
	return batch_open(cx, &b);
}

static enum err cancel_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct batch_one_row b;
	(void)state;
	(void)a;
	TRY(batch_of(cx, in->org_id, in->programme_id, in->batch_id, &b));
	return batch_cancel(cx, &b, in->why);
}

#define ALL "/orgs/{org_id}/programmes/{programme_id}/batches"
#define ONE ALL "/{batch_id}"
#define MANAGE .may = MAY_PROGRAMME_MANAGE, .scope = SCOPE_ORG
const struct action batch_actions[] = {
	{ .name = "batch.list",
	  .method = GET,
	  .api = "/api/v1" ALL,
	  MANAGE,
	  .in = list_in,
	  .in_size = sizeof(struct list_in),
	  .out = item_out,
	  .out_list = true,
	  .run = list_run,
	  .summary = "Batches of a programme, the newest first." },
	{ .name = "batch.new",
	  .method = GET,
	  .page = ALL "/new",
	  MANAGE,
	  .in = new_in,
	  .in_size = sizeof(struct list_in),
	  .run = new_run,
	  .html = batch_form_view,
	  .summary = "The form for a new batch." },
	{ .name = "batch.add",
	  .method = POST,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGE,
	  .in = add_in,
	  .in_size = sizeof(struct batch_put),
	  .out = made_out,
	  .run = add_run,
	  .form = "batch.new",
	  .then = "/orgs/{org_id}/programmes/{programme_id}",
	  .notice = N_("The batch is made. Look at its sessions, then open it."),
	  .summary = "Makes the draft of a batch with a session of each session part." },
	{ .name = "batch.edit",
	  .method = GET,
	  .page = ONE,
	  MANAGE,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .run = edit_run,
	  .html = batch_form_view,
	  .summary = "The form for days, seats and place of a batch." },
	{ .name = "batch.change",
	  .method = POST,
	  .page = ONE "/change",
	  .api = "/api/v1" ONE,
	  MANAGE,
	  .in = change_in,
	  .in_size = sizeof(struct batch_put),
	  .run = change_run,
	  .form = "batch.edit",
	  .then = "/batches/{batch_id}/run",
	  .notice = N_("The batch is changed."),
	  .summary = "Changes a batch; the first day of an open one stays." },
	{ .name = "batch.open",
	  .method = POST,
	  .page = ONE "/open",
	  .api = "/api/v1" ONE "/open",
	  MANAGE,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .run = open_run,
	  .form = "batch.edit",
	  .then = "/batches/{batch_id}/run",
	  .notice = N_("The batch is open."),
	  .summary = "Opens a draft: people ask and are nominated." },
	{ .name = "batch.cancel",
	  .method = POST,
	  .page = ONE "/cancel",
	  .api = "/api/v1" ONE "/cancel",
	  MANAGE,
	  .in = cancel_in,
	  .in_size = sizeof(struct one_in),
	  .run = cancel_run,
	  .form = "batch.edit",
	  .then = "/batches/{batch_id}/run",
	  .notice = N_("The batch is cancelled; who was to come is being told."),
	  .summary = "Cancels a batch; everybody who is admitted is told why." },
	ACTION_END,
};
