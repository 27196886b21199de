/* Acting for others, in the browser. */
#include "acting_html.h"
#include "feature/acting/acting.h"
#include "feature/acting/acting_page.h"
#include "support_html.h"
#include "web/action.h"
#include "web/lang.h"

enum { PAGE_ROWS = 50 };

/* ── who acts for whom ── */

struct page_in {
	int64_t before;
};
static const struct field page_in[] = { FIELD(page_in, before, F_ID), FIELD_END };
static const struct field item_out[] = {
	FIELD(acting_item, id, F_ID),
	FIELD(acting_item, kind, F_TEXT),
	FIELD(acting_item, person_id, F_ID),
	FIELD(acting_item, whom, F_TEXT, .personal = true),
	FIELD(acting_item, by_id, F_ID),
	FIELD(acting_item, who, F_TEXT, .personal = true),
	FIELD(acting_item, reason, F_TEXT),
	FIELD(acting_item, from_at, F_TIME),
	FIELD(acting_item, until_at, F_TIME),
	FIELD(acting_item, ended_at, F_TIME),
	FIELD(acting_item, in_force, F_BOOL),
	FIELD_END,
};

static struct acting_item item_of(const struct ctx *cx, const struct acting_of_person_row *r)
{
	bool over = r->ended_at != NONE || r->until_at <= cx->now;
	return (struct acting_item){ .id = r->id,
				     .person_id = r->person_id,
				     .by_id = r->by_id,
				     .from_at = r->from_at,
				     .until_at = r->until_at,
				     .ended_at = r->ended_at,
				     .kind = r->kind,
				     .who = r->who,
				     .whom = r->whom,
				     .reason = r->reason,
				     .by_me = r->by_id == cx->actor.person_id,
				     .in_force = !over && r->from_at <= cx->now,
				     .to_come = !over && r->from_at > cx->now,
				     .support = str_is(r->kind, "support") };
}

static enum err page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct page_in *in = input;
	struct acting_page *v = ARENA_NEW(cx->arena, struct acting_page);
	struct acting_of_person_row *rows;
	size_t found;
	(void)state;
	TRY(acting_may_delegate(cx, &v->may_delegate));
	TRY(acting_sql_of_person(cx, cx->actor.person_id, in->before, PAGE_ROWS + 1, &rows, &found));
	size_t n = found > PAGE_ROWS ? PAGE_ROWS : found;
	struct acting_item *items = ARENA_ARRAY(cx->arena, struct acting_item, n);
	v->open = ARENA_ARRAY(cx->arena, struct acting_item, n);
	v->over = ARENA_ARRAY(cx->arena, struct acting_item, n);
	for (size_t i = 0; i < n; i++) {
		items[i] = item_of(cx, &rows[i]);
		if (items[i].in_force || items[i].to_come)
			v->open[v->n_open++] = items[i];
		else
			v->over[v->n_over++] = items[i];
	}
	if (found > n) {
		a->next = str_fmt(cx->arena, "%lld", (long long)items[n - 1].id);
		v->next = str_fmt(cx->arena, "/me/acting?before=%.*s", STR_ARG(a->next));
	}
	ANSWER_ROWS(a, items, n);
	a->view = v;
	a->nav = NAV_ACCOUNT;
	ANSWER_TITLE(cx, a, N_("Acting for others"));
	return OK;
}

static const struct field delegate_in[] = {
	FIELD(acting_delegate, person, F_TEXT, .label = N_("Who is to act for you"), .hint = N_("Employee number, e-mail or mobile number."), .must = true,
	      .personal = true, .max = 254),
	FIELD(acting_delegate, from_day, F_DATE, .label = N_("First day"), .must = true),
	FIELD(acting_delegate, until_day, F_DATE, .label = N_("Last day"), .must = true),
	FIELD(acting_delegate, reason, F_TEXT, .label = N_("Reason"), .hint = N_("For example: earned leave."), .max = 200),
	FIELD_END,
};
struct made {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made, id, F_ID), FIELD_END };

static enum err delegate_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct made *row = ARENA_NEW(cx->arena, struct made);
	(void)state;
	ANSWER_ROW(a, row);
	return acting_delegate(cx, input, &row->id);
}

struct one_in {
	int64_t acting_id;
};
static const struct field one_in[] = { FIELD(one_in, acting_id, F_ID, .must = true), FIELD_END };

static enum err begin_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return acting_begin(cx, in->acting_id);
}

static enum err end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return acting_end(cx, in->acting_id);
}

static enum err stop_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)input;
	(void)state;
	if (cx->actor.acting == ACTING_SUPPORT)
		a->then = str_fmt(cx->arena, "/people/%lld/account", (long long)cx->actor.person_id);
	return acting_stop(cx);
}

/* ── support ── */

struct support_in {
	int64_t person_id;
	struct str reason;
};
static const struct field person_in[] = { FIELD(support_in, person_id, F_ID, .must = true), FIELD_END };
static const struct field support_in[] = {
	FIELD(support_in, person_id, F_ID, .must = true),
	FIELD(support_in, reason, F_TEXT, .label = N_("Reason"), .hint = N_("The person reads it: “you wrote that the course does not go on”."), .must = true,
	      .max = 200),
	FIELD_END,
};

static enum err support_page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct support_in *in = input;
	struct support_page *v = ARENA_NEW(cx->arena, struct support_page);
	struct acting_person_row p;
	bool found = false;
	(void)state;
	TRY(acting_sql_person(cx, in->person_id, &p, &found));
	if (!found)
		return ERR_NOT_FOUND;
	v->id = p.id;
	v->name = p.name;
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("See what this person sees"));
	return OK;
}

static enum err support_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct support_in *in = input;
	(void)state;
	(void)a;
	return acting_support(cx, in->person_id, in->reason);
}

const struct action acting_actions[] = {
	{ .name = "acting.page",
	  .method = GET,
	  .page = "/me/acting",
	  .api = "/api/v1/me/acting",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = page_in,
	  .in_size = sizeof(struct page_in),
	  .out = item_out,
	  .out_list = true,
	  .run = page_run,
	  .html = acting_view,
	  .summary = "Who acts for one, for whom one acts, and who looked to help." },
	{ .name = "acting.delegate",
	  .method = POST,
	  .page = "/me/acting",
	  .api = "/api/v1/me/acting",
	  .may = MAY_LEARN,
	  .in_person = true,
	  .in = delegate_in,
	  .in_size = sizeof(struct acting_delegate),
	  .out = made_out,
	  .run = delegate_run,
	  .form = "acting.page",
	  .then = "/me/acting",
	  .notice = N_("Your colleague is asked by letter, and may act for you in that time."),
	  .summary = "Asks a colleague to act for one, until a day." },
	{ .name = "acting.begin",
	  .method = POST,
	  .page = "/me/acting/{acting_id}/begin",
	  .may = MAY_LEARN,
	  .in_person = true,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .run = begin_run,
	  .then = "/",
	  .summary = "This session begins to act for who asked for it." },
	{ .name = "acting.end",
	  .method = POST,
	  .page = "/me/acting/{acting_id}/end",
	  .api = "/api/v1/me/acting/{acting_id}/end",
	  .may = MAY_LEARN,
	  .in_person = true,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .run = end_run,
	  .then = "/me/acting",
	  .notice = N_("That is over; the other one is told."),
	  .summary = "Ends before its time that somebody acts for somebody; both may." },
	{ .name = "acting.stop",
	  .method = POST,
	  .page = "/acting/stop",
	  .may = MAY_LEARN,
	  .in_person = true,
	  .while_acting = true,
	  .run = stop_run,
	  .then = "/me/acting",
	  .summary = "This session is its own person again." },
	{ .name = "acting.support_page",
	  .method = GET,
	  .page = "/people/{person_id}/support",
	  .may = MAY_SUPPORT,
	  .scope = SCOPE_PERSON,
	  .in = person_in,
	  .in_size = sizeof(struct support_in),
	  .run = support_page_run,
	  .html = support_view,
	  .summary = "The page that asks why one wants to see what a person sees." },
	{ .name = "acting.support",
	  .method = POST,
	  .page = "/people/{person_id}/support",
	  .may = MAY_SUPPORT,
	  .scope = SCOPE_PERSON,
	  .in_person = true,
	  .in = support_in,
	  .in_size = sizeof(struct support_in),
	  .run = support_run,
	  .form = "acting.support_page",
	  .then = "/",
	  .summary = "This session sees what a person sees, for half an hour, and changes nothing; the person is told." },
	ACTION_END,
};
