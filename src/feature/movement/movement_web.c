/* Movements in the browser and over the API: of a person, and those that wait in an organisation. */
#include "base/json.h"
#include "feature/movement/movement.h"
#include "feature/movement/movement_page.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "movement_decide_html.h"
#include "org_movements_html.h"
#include "person_movements_html.h"
#include "web/action.h"
#include "web/lang.h"

enum { MOVEMENTS_PAGE = 30, DECIDED_SHOWN = 20 };

static const struct choice kinds[] = {
	{ "transfer", N_("Transfer") }, { "deputation", N_("Deputation") }, { "charge", N_("Additional charge") }, { "join", N_("Joining") },
	{ "leave", N_("Leaving") },	{ "return", N_("Return") },	    { NULL, NULL },
};
static const struct choice answers[] = { { "approve", N_("Approve") }, { "refuse", N_("Refuse") }, { NULL, NULL } };

static const struct field item_out[] = {
	FIELD(movement_item, id, F_ID),		   FIELD(movement_item, person_id, F_ID),
	FIELD(movement_item, org_id, F_ID),	   FIELD(movement_item, from_day, F_DATE),
	FIELD(movement_item, until_day, F_DATE),   FIELD(movement_item, asked_at, F_TIME),
	FIELD(movement_item, decided_at, F_TIME),  FIELD(movement_item, person, F_TEXT, .personal = true),
	FIELD(movement_item, kind, F_TEXT),	   FIELD(movement_item, org, F_TEXT),
	FIELD(movement_item, designation, F_TEXT), FIELD(movement_item, order_no, F_TEXT),
	FIELD(movement_item, reason, F_TEXT),	   FIELD(movement_item, state, F_TEXT),
	FIELD(movement_item, words, F_TEXT),	   FIELD(movement_item, asker, F_TEXT, .personal = true),
	FIELD(movement_item, judge, F_TEXT),	   FIELD_END,
};
struct made {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made, id, F_ID), FIELD_END };

/* Why something failed is a sentence of ours, kept in English; what people wrote stays as it is. */
static struct str words_of(struct ctx *cx, struct str state, struct str words)
{
	return str_is(state, "failed") ? str_of(tr(cx->lang, str_c(cx->arena, words))) : words;
}

static struct str next_page(struct ctx *cx, struct answer *a, const char *path, int64_t id, int64_t last)
{
	a->next = str_fmt(cx->arena, "%lld", (long long)last);
	return str_fmt(cx->arena, path, (long long)id, a->next.p);
}

/* For the audit trail: how the movement and the posting stood. */
static enum err put_before(struct ctx *cx, const struct movement_one_row *m, struct answer *a)
{
	struct person_posting_on_row p;
	struct json_out j;
	struct buf b;
	bool posted = false;
	TRY(person_posting(cx, m->person_id, person_today(cx), &p, &posted));
	buf_init(&b, cx->arena, 400);
	j = (struct json_out){ .b = &b };
	jw_open(&j, '{');
	jw_key(&j, "state");
	jw_str(&j, m->state);
	jw_key(&j, "org_id");
	jw_id(&j, posted ? p.org_id : NONE);
	jw_key(&j, "designation_id");
	jw_id(&j, posted ? p.designation_id : NONE);
	jw_key(&j, "supervisor_id");
	jw_id(&j, posted ? p.supervisor_id : NONE);
	jw_close(&j, '}');
	a->before = buf_get(&b);
	return OK;
}

/* ── of a person ── */

struct person_in {
	int64_t person_id, before;
};
static const struct field person_in[] = { FIELD(person_in, person_id, F_ID, .must = true), FIELD(person_in, before, F_ID), FIELD_END };

static enum err put_charges(struct ctx *cx, struct person_movements_page *v)
{
	struct movement_charges_row *r;
	TRY(movement_sql_charges(cx, v->id, person_today(cx), &r, &v->n_charges));
	v->charges = ARENA_ARRAY(cx->arena, struct charge_item, v->n_charges);
	for (size_t i = 0; i < v->n_charges; i++)
		v->charges[i] = (struct charge_item){ r[i].from_day, r[i].until_day, org_name(cx, r[i].org_en, r[i].org_hi),
						      org_name(cx, r[i].designation_en, r[i].designation_hi) };
	return OK;
}

static struct movement_item item_of_person(struct ctx *cx, int64_t person_id, struct str name, const struct movement_of_person_row *r)
{
	bool asked = str_is(r->state, "asked");
	return (struct movement_item){ .id = r->id, .person_id = person_id, .person = name, .org_id = r->org_id, .from_day = r->from_day, .until_day = r->until_day,
				       .asked_at = r->asked_at, .decided_at = r->decided_at, .kind = r->kind, .org = org_name(cx, r->org_en, r->org_hi),
				       .designation = org_name(cx, r->designation_en, r->designation_hi), .order_no = r->order_no, .reason = r->reason,
				       .state = r->state, .words = words_of(cx, r->state, r->words), .asker = r->asker, .decider = r->decider,
				       .judge = org_name(cx, r->judge_en, r->judge_hi), .waits = asked, .leaves = str_is(r->kind, "leave") };
}

static enum err put_person_items(struct ctx *cx, const struct person_in *in, struct person_movements_page *v, struct answer *a)
{
	struct movement_of_person_row *r;
	size_t n;
	TRY(movement_sql_of_person(cx, in->person_id, in->before, MOVEMENTS_PAGE + 1, &r, &n));
	v->n_items = n > MOVEMENTS_PAGE ? MOVEMENTS_PAGE : n;
	v->items = ARENA_ARRAY(cx->arena, struct movement_item, v->n_items);
	for (size_t i = 0; i < v->n_items; i++) {
		v->items[i] = item_of_person(cx, in->person_id, v->name, &r[i]);
		v->items[i].may_withdraw = v->may_ask && (v->items[i].waits || str_is(r[i].state, "approved"));
	}
	if (n > MOVEMENTS_PAGE)
		v->next = next_page(cx, a, "/people/%lld/movements?before=%s", in->person_id, r[MOVEMENTS_PAGE - 1].id);
	return OK;
}

static enum err person_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct person_in *in = input;
	struct person_movements_page *v = ARENA_NEW(cx->arena, struct person_movements_page);
	struct movement_person_state_row p;
	bool found = false;
	(void)state;
	TRY(movement_sql_person_state(cx, in->person_id, &p, &found));
	if (!found)
		return ERR_NOT_FOUND;
	v->id = in->person_id;
	v->name = p.name;
	v->self = in->person_id == cx->actor.person_id;
	TRY(access_may(cx, MAY_MOVEMENT_ASK, SCOPE_PERSON, in->person_id, &v->may_ask));
	TRY(put_charges(cx, v));
	TRY(put_person_items(cx, in, v, a));
	ANSWER_ROWS(a, v->items, v->n_items);
	a->view = v;
	a->nav = v->self ? NAV_ACCOUNT : NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Changes of posting"));
	return OK;
}

struct ask_in {
	int64_t person_id, from_day, until_day;
	struct str kind, office, designation, order_no, reason;
};
static const struct field ask_in[] = {
	FIELD(ask_in, person_id, F_ID, .must = true),
	FIELD(ask_in, kind, F_CHOICE, .label = N_("What changes"), .must = true, .choices = kinds),
	FIELD(ask_in, office, F_TEXT, .label = N_("Office one comes to"), .hint = N_("Its code or its full name; empty when leaving."), .max = 200),
	FIELD(ask_in, designation, F_TEXT, .label = N_("Designation there"), .hint = N_("Its code or its full name; empty when leaving."), .max = 200),
	FIELD(ask_in, from_day, F_DATE, .label = N_("First day (when leaving: last day)"), .must = true),
	FIELD(ask_in, until_day, F_DATE, .label = N_("Expected end"), .hint = N_("Only for a deputation or an additional charge.")),
	FIELD(ask_in, order_no, F_TEXT, .label = N_("Number and date of the order"), .max = 200),
	FIELD(ask_in, reason, F_LONG, .label = N_("Reason"), .max = 1000),
	FIELD_END,
};

static enum err ask_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct ask_in *in = input;
	struct made *row = ARENA_NEW(cx->arena, struct made);
	(void)state;
	ANSWER_ROW(a, row);
	return movement_ask(cx, &(struct movement_ask){ in->person_id, in->kind, in->office, in->designation, in->from_day, in->until_day, in->order_no, in->reason },
			    &row->id);
}

struct own_in {
	int64_t person_id, movement_id;
};
static const struct field own_in[] = { FIELD(own_in, person_id, F_ID, .must = true), FIELD(own_in, movement_id, F_ID, .must = true), FIELD_END };

static enum err withdraw_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct own_in *in = input;
	struct movement_one_row m;
	bool found = false;
	(void)state;
	TRY(movement_sql_one(cx, in->movement_id, &m, &found));
	if (!found || m.person_id != in->person_id)
		return fail(cx, ERR_NOT_FOUND, "movement_id", N_("There is no such movement."));
	TRY(put_before(cx, &m, a));
	return movement_withdraw(cx, in->movement_id);
}

/* ── of an organisation ── */

struct org_in {
	int64_t org_id, before;
};
static const struct field org_in[] = { FIELD(org_in, org_id, F_ID, .must = true), FIELD(org_in, before, F_ID), FIELD_END };

static enum err items_of_org(struct ctx *cx, const struct org_in *in, bool waiting, int64_t most, struct movement_item **ret, size_t *ret_n)
{
	struct movement_of_org_row *r;
	TRY(movement_sql_of_org(cx, person_today(cx), in->org_id, waiting ? S("asked") : S("done"), waiting ? S("asked") : S("approved"), waiting ? S("asked") : S("failed"),
				waiting ? in->before : NONE, most, &r, ret_n));
	*ret = ARENA_ARRAY(cx->arena, struct movement_item, *ret_n);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = (struct movement_item){ .id = r[i].id, .person_id = r[i].person_id, .person = r[i].person, .org_id = r[i].org_id, .top_id = in->org_id,
						    .from_day = r[i].from_day, .until_day = r[i].until_day, .asked_at = r[i].asked_at, .decided_at = r[i].decided_at,
						    .kind = r[i].kind, .org = org_name(cx, r[i].org_en, r[i].org_hi),
						    .designation = org_name(cx, r[i].designation_en, r[i].designation_hi),
						    .was_org = org_name(cx, r[i].was_en, r[i].was_hi),
						    .was_designation = org_name(cx, r[i].was_designation_en, r[i].was_designation_hi),
						    .order_no = r[i].order_no, .reason = r[i].reason, .state = r[i].state, .words = words_of(cx, r[i].state, r[i].words),
						    .asker = r[i].asker, .decider = r[i].decider, .judge = org_name(cx, r[i].judge_en, r[i].judge_hi), .waits = waiting,
						    .leaves = str_is(r[i].kind, "leave"),
						    .may_undo = !actor_is(&cx->actor, r[i].person_id) && movement_undoable(cx, r[i].state, r[i].done_at) };
	return OK;
}

static enum err org_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct org_movements_page *v = ARENA_NEW(cx->arena, struct org_movements_page);
	size_t n;
	(void)state;
	TRY(org_called(cx, in->org_id, &v->org));
	v->id = in->org_id;
	v->older = in->before != NONE;
	TRY(items_of_org(cx, in, true, MOVEMENTS_PAGE + 1, &v->waiting, &n));
	v->n_waiting = n > MOVEMENTS_PAGE ? MOVEMENTS_PAGE : n;
	if (n > MOVEMENTS_PAGE)
		v->next = next_page(cx, a, "/orgs/%lld/movements?before=%s", in->org_id, v->waiting[MOVEMENTS_PAGE - 1].id);
	if (!v->older)
		TRY(items_of_org(cx, in, false, DECIDED_SHOWN, &v->decided, &v->n_decided));
	ANSWER_ROWS(a, v->waiting, v->n_waiting);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Movements"));
	return OK;
}

struct bring_in {
	int64_t org_id, from_day;
	struct str person, kind, office, designation, order_no, reason;
};
static const struct choice bring_kinds[] = { { "join", N_("Joining") }, { "return", N_("Return") }, { NULL, NULL } };
static const struct field bring_in[] = {
	FIELD(bring_in, org_id, F_ID, .must = true),
	FIELD(bring_in, person, F_TEXT, .label = N_("Person"), .hint = N_("Employee number, e-mail or mobile number."), .must = true, .personal = true, .max = 254),
	FIELD(bring_in, kind, F_CHOICE, .label = N_("What changes"), .must = true, .choices = bring_kinds),
	FIELD(bring_in, office, F_TEXT, .label = N_("Office one comes to"), .hint = N_("Its code or its full name."), .must = true, .max = 200),
	FIELD(bring_in, designation, F_TEXT, .label = N_("Designation there"), .hint = N_("Its code or its full name."), .must = true, .max = 200),
	FIELD(bring_in, from_day, F_DATE, .label = N_("First day"), .must = true),
	FIELD(bring_in, order_no, F_TEXT, .label = N_("Number and date of the order"), .max = 200),
	FIELD(bring_in, reason, F_LONG, .label = N_("Reason"), .max = 1000),
	FIELD_END,
};

static enum err bring_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct bring_in *in = input;
	struct made *row = ARENA_NEW(cx->arena, struct made);
	struct movement_ask ask = { NONE, in->kind, in->office, in->designation, in->from_day, NONE, in->order_no, in->reason };
	(void)state;
	ANSWER_ROW(a, row);
	return movement_bring(cx, in->org_id, in->person, &ask, &row->id);
}

struct decide_in {
	int64_t org_id, movement_id;
	struct str answer, words, supervisor;
};
static const struct field look_in[] = { FIELD(decide_in, org_id, F_ID, .must = true), FIELD(decide_in, movement_id, F_ID, .must = true), FIELD_END };
static const struct field decide_in[] = {
	FIELD(decide_in, org_id, F_ID, .must = true),
	FIELD(decide_in, movement_id, F_ID, .must = true),
	FIELD(decide_in, answer, F_CHOICE, .label = N_("Decision"), .must = true, .choices = answers),
	FIELD(decide_in, supervisor, F_TEXT, .label = N_("Supervisor there"), .hint = N_("Employee number, e-mail or mobile number; may be entered later."), .max = 254),
	FIELD(decide_in, words, F_LONG, .label = N_("Words to the person"), .hint = N_("Needed when you refuse."), .max = 1000),
	FIELD_END,
};

/* A movement to the organisation of the path or below it, and no other. */
static enum err within(struct ctx *cx, const struct decide_in *in, struct movement_one_row *ret)
{
	struct movement_distance_row d;
	bool found = false, below = false;
	TRY(movement_sql_one(cx, in->movement_id, ret, &found));
	if (found)
		TRY(movement_sql_distance(cx, ret->org_id, in->org_id, &d, &below));
	return below ? OK : fail(cx, ERR_NOT_FOUND, "movement_id", N_("There is no such movement here."));
}

static enum err look_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct decide_in *in = input;
	struct movement_one_row m;
	struct movement_item *items;
	size_t n;
	(void)state;
	TRY(within(cx, in, &m));
	bool waits = str_is(m.state, "asked");
	/* The row as it stands in its list: the one before the next higher id. */
	TRY(items_of_org(cx, &(struct org_in){ in->org_id, waits ? in->movement_id + 1 : NONE }, waits, waits ? 1 : DECIDED_SHOWN, &items, &n));
	for (size_t i = 0; i < n; i++) {
		if (items[i].id != in->movement_id)
			continue;
		ANSWER_ROW(a, &items[i]);
		a->view = &items[i];
		a->title = items[i].person;
		a->nav = NAV_ORG;
		return OK;
	}
	return fail(cx, ERR_NOT_FOUND, "movement_id", N_("This was decided a while ago; it stands on the page of the person."));
}

static enum err decide_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct decide_in *in = input;
	struct movement_one_row m;
	(void)state;
	TRY(within(cx, in, &m));
	TRY(put_before(cx, &m, a));
	return movement_decide(cx, &(struct movement_decide){ in->movement_id, str_is(in->answer, "approve"), in->words, in->supervisor });
}

static enum err undo_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct decide_in *in = input;
	struct movement_one_row m;
	(void)state;
	TRY(within(cx, in, &m));
	TRY(put_before(cx, &m, a));
	return movement_undo(cx, in->movement_id);
}

const struct action movement_actions[] = {
	{ .name = "movement.person", .method = GET, .page = "/people/{person_id}/movements", .api = "/api/v1/people/{person_id}/movements", .may = MAY_MOVEMENT_SEE,
	  .scope = SCOPE_PERSON, .in = person_in, .in_size = sizeof(struct person_in), .out = item_out, .out_list = true, .run = person_run,
	  .html = person_movements_view, .summary = "How a person's posting changes: what was asked, who decided, why." },
	{ .name = "movement.ask", .method = POST, .page = "/people/{person_id}/movements", .api = "/api/v1/people/{person_id}/movements", .may = MAY_MOVEMENT_ASK,
	  .scope = SCOPE_PERSON, .in = ask_in, .in_size = sizeof(struct ask_in), .out = made_out, .run = ask_run, .form = "movement.person",
	  .then = "/people/{person_id}/movements", .notice = N_("It is asked. Those who decide are told."), .summary = "Asks for a change of a person's posting." },
	{ .name = "movement.withdraw", .method = POST, .page = "/people/{person_id}/movements/{movement_id}/withdraw",
	  .api = "/api/v1/people/{person_id}/movements/{movement_id}/withdraw", .may = MAY_MOVEMENT_ASK, .scope = SCOPE_PERSON, .in = own_in,
	  .in_size = sizeof(struct own_in), .run = withdraw_run, .then = "/people/{person_id}/movements", .notice = N_("It is withdrawn."),
	  .summary = "Withdraws what was asked, before its day." },
	{ .name = "movement.org", .method = GET, .page = "/orgs/{org_id}/movements", .api = "/api/v1/orgs/{org_id}/movements", .may = MAY_PEOPLE_MANAGE, .scope = SCOPE_ORG,
	  .in = org_in, .in_size = sizeof(struct org_in), .out = item_out, .out_list = true, .run = org_run, .html = org_movements_view,
	  .summary = "Movements to an organisation and below it that wait for a decision." },
	{ .name = "movement.bring", .method = POST, .page = "/orgs/{org_id}/movements", .api = "/api/v1/orgs/{org_id}/movements", .may = MAY_PEOPLE_MANAGE,
	  .scope = SCOPE_ORG, .in = bring_in, .in_size = sizeof(struct bring_in), .out = made_out, .run = bring_run, .form = "movement.org",
	  .then = "/orgs/{org_id}/movements", .notice = N_("It is asked. Those who decide are told."),
	  .summary = "Asks for somebody who holds no posting to join or to return." },
	{ .name = "movement.look", .method = GET, .page = "/orgs/{org_id}/movements/{movement_id}", .api = "/api/v1/orgs/{org_id}/movements/{movement_id}",
	  .may = MAY_PEOPLE_MANAGE, .scope = SCOPE_ORG, .in = look_in, .in_size = sizeof(struct decide_in), .out = item_out, .run = look_run,
	  .html = movement_decide_view, .summary = "A movement, to decide about." },
	{ .name = "movement.decide", .method = POST, .page = "/orgs/{org_id}/movements/{movement_id}", .api = "/api/v1/orgs/{org_id}/movements/{movement_id}",
	  .may = MAY_PEOPLE_MANAGE, .scope = SCOPE_ORG, .in = decide_in, .in_size = sizeof(struct decide_in), .run = decide_run, .form = "movement.look",
	  .then = "/orgs/{org_id}/movements", .notice = N_("It is decided; the person is told."), .summary = "Approves or refuses a movement." },
	{ .name = "movement.undo", .method = POST, .page = "/orgs/{org_id}/movements/{movement_id}/undo", .api = "/api/v1/orgs/{org_id}/movements/{movement_id}/undo",
	  .may = MAY_PEOPLE_MANAGE, .scope = SCOPE_ORG, .in = look_in, .in_size = sizeof(struct decide_in), .run = undo_run, .then = "/orgs/{org_id}/movements",
	  .notice = N_("It is taken back; the posting before it holds again."), .summary = "Takes back what was carried out, within 30 days." },
	ACTION_END,
};
