/* Group sessions of one person: those that one hosted or was in, the personal number; and, for supervisors, how hosts check. */
#include "feature/person/person.h"
#include "feature/progress/in_group_web.h"
#include "feature/together/together_view.h"
#include "together_hosts_html.h"
#include "together_mine_html.h"
#include "together_pin_html.h"
#include "web/action.h"
#include "web/lang.h"

enum { ROWS = 30, AFTER_MAX = 300, NUMBER_MOST = 20 };

/* ── sessions ── */

struct mine_in {
	int64_t person_id, before_id; /* person_id: of together_own.person only */
};
static const struct field mine_in[] = { FIELD(mine_in, before_id, F_ID), FIELD_END };
static const struct field person_in[] = { FIELD(mine_in, person_id, F_ID, .must = true), FIELD(mine_in, before_id, F_ID), FIELD_END };
static const struct field mine_out[] = {
	FIELD(together_item, id, F_ID),
	FIELD(together_item, resource_id, F_ID),
	FIELD(together_item, course_id, F_ID),
	FIELD(together_item, title, F_TEXT),
	FIELD(together_item, course, F_TEXT),
	FIELD(together_item, host, F_TEXT, .personal = true),
	FIELD(together_item, opened_at, F_TIME),
	FIELD(together_item, ends_at, F_TIME),
	FIELD(together_item, open, F_BOOL),
	FIELD(together_item, mine, F_BOOL),
	FIELD(together_item, ms, F_INT),
	FIELD(together_item, checked, F_TEXT),
	FIELD_END,
};

static enum err put_sessions(struct ctx *cx, int64_t person_id, int64_t before_id, struct str base, struct together_mine_page *v, struct answer *a)
{
	struct together_mine_row *r;
	size_t n;
	TRY(together_sql_mine(cx, person_id, before_id == NONE ? INT64_MAX : before_id, ROWS + 1, &r, &n));
	v->n_rows = n > ROWS ? ROWS : n;
	v->rows = ARENA_ARRAY(cx->arena, struct together_item, v->n_rows + 1);
	for (size_t i = 0; i < v->n_rows; i++)
		v->rows[i] = (struct together_item){ .id = r[i].id,
						     .resource_id = r[i].resource_id,
						     .course_id = r[i].course_id,
						     .opened_at = r[i].opened_at,
						     .ends_at = r[i].ends_at,
						     .title = r[i].title,
						     .course = r[i].course,
						     .lang = r[i].lang,
						     .host = r[i].host,
						     .ms = r[i].ms == NONE ? 0 : r[i].ms,
						     .open = cx->now < r[i].ends_at,
						     .mine = r[i].host_id == person_id,
						     .checked = in_group_checked(cx, r[i].check_way, r[i].check_by) };
	if (n > ROWS) {
		a->next = str_fmt(cx->arena, "%lld", (long long)r[ROWS - 1].id);
		v->next = str_fmt(cx->arena, "%.*s?before_id=%.*s", STR_ARG(base), STR_ARG(a->next));
	}
	ANSWER_ROWS(a, v->rows, v->n_rows);
	a->view = v;
	return OK;
}

static enum err mine_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct mine_in *in = input;
	struct together_mine_page *v = ARENA_NEW(cx->arena, struct together_mine_page);
	(void)state;
	v->own = true;
	a->nav = NAV_RECORD;
	ANSWER_TITLE(cx, a, N_("Group sessions"));
	return put_sessions(cx, cx->actor.person_id, in->before_id, S("/together"), v, a);
}

static enum err person_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct mine_in *in = input;
	struct together_mine_page *v = ARENA_NEW(cx->arena, struct together_mine_page);
	struct person_one_row p;
	bool found = false;
	(void)state;
	TRY(person_sql_one(cx, person_today(cx), in->person_id, &p, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "person_id", N_("There is no such person."));
	v->person_id = p.id;
	v->name = p.name;
	a->nav = NAV_TEAM;
	ANSWER_TITLE(cx, a, N_("Group sessions"));
	return put_sessions(cx, p.id, in->before_id, str_fmt(cx->arena, "/people/%lld/together", (long long)p.id), v, a);
}

/* ── the personal number ── */

struct number_in {
	struct str number;
};
static const struct field number_in[] = {
	FIELD(number_in, number, F_SECRET, .label = N_("Personal number"), .hint = N_("Six digits, not all alike and not in a row."), .must = true,
	      .max = NUMBER_MOST),
	FIELD_END,
};

static enum err number_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct together_number_page *v = ARENA_NEW(cx->arena, struct together_number_page);
	struct together_number_row row;
	bool found = false;
	(void)input;
	(void)state;
	TRY(together_sql_number(cx, cx->actor.person_id, &row, &found));
	v->made_at = found ? row.made_at : NONE;
	a->view = v;
	a->nav = NAV_ACCOUNT;
	ANSWER_TITLE(cx, a, N_("Personal number"));
	return OK;
}

static enum err set_number_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct number_in *in = input;
	(void)state;
	(void)a;
	return together_number_set(cx, in->number);
}

/* ── how hosts check ── */

struct hosts_in {
	struct str after;
};
static const struct field hosts_in[] = { FIELD(hosts_in, after, F_TEXT, .personal = true, .max = AFTER_MAX), FIELD_END };
static const struct field host_out[] = {
	FIELD(together_host_item, id, F_ID),
	FIELD(together_host_item, name, F_TEXT, .personal = true),
	FIELD(together_host_item, n_sessions, F_INT),
	FIELD(together_host_item, n_people, F_INT),
	FIELD(together_host_item, n_phone, F_INT),
	FIELD(together_host_item, n_number, F_INT),
	FIELD(together_host_item, n_tick, F_INT),
	FIELD(together_host_item, n_sheet, F_INT),
	FIELD_END,
};

static enum err hosts_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct hosts_in *in = input;
	struct together_hosts_page *v = ARENA_NEW(cx->arena, struct together_hosts_page);
	struct together_hosts_of_row *r;
	struct str key;
	int64_t id;
	size_t n;
	(void)state;
	TRY(together_place(cx, in->after, &id, &key));
	TRY(together_sql_hosts_of(cx, cx->actor.person_id, person_today(cx), key, id, ROWS + 1, &r, &n));
	v->n_rows = n > ROWS ? ROWS : n;
	v->rows = ARENA_ARRAY(cx->arena, struct together_host_item, v->n_rows + 1);
	for (size_t i = 0; i < v->n_rows; i++)
		v->rows[i] = (struct together_host_item){ r[i].id,	 r[i].n_sessions, r[i].n_people, r[i].n_phone,
							  r[i].n_number, r[i].n_tick,	  r[i].n_sheet,	 r[i].name };
	if (n > ROWS) {
		a->next = str_fmt(cx->arena, "%lld-%.*s", (long long)r[ROWS - 1].id, STR_ARG(r[ROWS - 1].sort_key));
		v->next = str_fmt(cx->arena, "/team/together?after=%.*s", STR_ARG(a->next));
	}
	ANSWER_ROWS(a, v->rows, v->n_rows);
	a->view = v;
	a->nav = NAV_TEAM;
	ANSWER_TITLE(cx, a, N_("Hosts of group sessions"));
	return OK;
}

const struct action together_own_actions[] = {
	{ .name = "together_own.list",
	  .method = GET,
	  .page = "/together",
	  .api = "/api/v1/me/together",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = mine_in,
	  .in_size = sizeof(struct mine_in),
	  .out = mine_out,
	  .out_list = true,
	  .run = mine_run,
	  .html = together_mine_view,
	  .summary = "Group sessions that one hosted or was in, the newest first." },
	{ .name = "together_own.person",
	  .method = GET,
	  .page = "/people/{person_id}/together",
	  .api = "/api/v1/people/{person_id}/together",
	  .may = MAY_PERSON_SEE,
	  .scope = SCOPE_PERSON,
	  .in = person_in,
	  .in_size = sizeof(struct mine_in),
	  .out = mine_out,
	  .out_list = true,
	  .run = person_run,
	  .html = together_mine_view,
	  .summary = "Group sessions that somebody hosted or was in, with how the person was checked." },
	{ .name = "together_own.number",
	  .method = GET,
	  .page = "/me/personal-number",
	  .may = MAY_LEARN,
	  .own = true,
	  .run = number_run,
	  .html = together_pin_view,
	  .summary = "The page where one sets one's personal number for shared devices." },
	{ .name = "together_own.set_number",
	  .method = POST,
	  .page = "/me/personal-number",
	  .may = MAY_LEARN,
	  .own = true,
	  .in_person = true,
	  .in = number_in,
	  .in_size = sizeof(struct number_in),
	  .run = set_number_run,
	  .form = "together_own.number",
	  .then = "/me/personal-number",
	  .notice = N_("Your personal number is set."),
	  .summary = "Sets one's personal number, by which one answers a check on a shared device." },
	{ .name = "together_own.hosts",
	  .method = GET,
	  .page = "/team/together",
	  .api = "/api/v1/team/together",
	  .may = MAY_TEAM,
	  .in = hosts_in,
	  .in_size = sizeof(struct hosts_in),
	  .out = host_out,
	  .out_list = true,
	  .run = hosts_run,
	  .html = together_hosts_view,
	  .summary = "Of the people one supervises those who host group sessions, with how many checks each ticked or keyed in." },
	ACTION_END,
};
