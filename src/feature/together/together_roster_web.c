/* People whom the host of a group session may tick: found, looked at, let in, taken back. */
#include "base/utf8.h"
#include "feature/person/person.h"
#include "feature/together/together_view.h"
#include "together_look_html.h"
#include "together_roster_html.h"
#include "web/action.h"
#include "web/lang.h"
#include "web/request.h"

enum { ROSTER_SHOWN = 50, AFTER_MAX = 300, QUERY_MAX = 100, ID_DIGITS = 20 };

static const struct field pick_out[] = {
	FIELD(together_pick, id, F_ID),
	FIELD(together_pick, name, F_TEXT, .personal = true),
	FIELD(together_pick, employee_no, F_TEXT, .personal = true),
	FIELD(together_pick, there, F_BOOL),
	FIELD(together_pick, comes, F_BOOL),
	FIELD(together_pick, enrols, F_BOOL),
	FIELD(together_pick, leaves, F_BOOL),
	FIELD(together_pick, why, F_TEXT),
	FIELD_END,
};

/* ── who could be ticked ── */

struct roster_in {
	int64_t together_id;
	struct str q, after;
};
static const struct field roster_in[] = {
	FIELD(roster_in, together_id, F_ID, .must = true),
	FIELD(roster_in, q, F_TEXT, .label = N_("Name begins with"), .personal = true, .max = QUERY_MAX),
	FIELD(roster_in, after, F_TEXT, .personal = true, .max = AFTER_MAX),
	FIELD_END,
};

static enum err read_roster(struct ctx *cx, const struct together_session_row *s, struct str start, struct str after, int64_t most,
			    struct together_roster_row **ret, size_t *ret_n)
{
	struct str key;
	int64_t id;
	TRY(together_place(cx, after, &id, &key));
	return together_sql_roster(cx, s->id, cx->now, s->org_id, s->host_id, person_today(cx), !start.n, start, utf8_beyond(cx->arena, start), key, id, most,
				   ret, ret_n);
}

static struct str roster_next(struct ctx *cx, const struct roster_in *in, struct str after)
{
	return str_fmt(cx->arena, "/together/%lld/roster?q=%s&after=%s", (long long)in->together_id, url_encoded(cx, in->q.n ? in->q : S("")).p,
		       url_encoded(cx, after).p);
}

static enum err roster_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct roster_in *in = input;
	struct together_roster_page *v = ARENA_NEW(cx->arena, struct together_roster_page);
	struct together_session_row s;
	struct together_roster_row *r;
	size_t n;
	(void)state;
	TRY(together_hosted(cx, in->together_id, &s));
	TRY(read_roster(cx, &s, utf8_fold(cx->arena, in->q.n ? str_trim(in->q) : S("")), in->after, ROSTER_SHOWN + 1, &r, &n));
	v->of = together_item(cx, &s);
	v->q = in->q;
	v->searched = in->q.n > 0;
	v->n_rows = n > ROSTER_SHOWN ? ROSTER_SHOWN : n;
	v->rows = ARENA_ARRAY(cx->arena, struct together_pick, v->n_rows + 1);
	for (size_t i = 0; i < v->n_rows; i++)
		v->rows[i] = (struct together_pick){ .id = r[i].id,
						     .name = r[i].name,
						     .employee_no = r[i].employee_no,
						     .designation = cx->lang == LANG_HI ? r[i].designation_hi : r[i].designation_en,
						     .there = r[i].there_id != NONE };
	if (n > ROSTER_SHOWN) {
		a->next = str_fmt(cx->arena, "%lld-%.*s", (long long)r[ROSTER_SHOWN - 1].id, STR_ARG(r[ROSTER_SHOWN - 1].sort_key));
		v->next = roster_next(cx, in, a->next);
	}
	ANSWER_ROWS(a, v->rows, v->n_rows);
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("Tick people of the office"));
	return OK;
}

/* ── the look before, and doing it ── */

struct tick_in {
	int64_t together_id;
	struct strs person;
	bool all;
};
static const struct field look_in[] = { FIELD(tick_in, together_id, F_ID, .must = true), FIELD(tick_in, person, F_TEXTS, .max = ID_DIGITS),
					FIELD(tick_in, all, F_BOOL), FIELD_END };
static const struct field tick_in[] = { FIELD(tick_in, together_id, F_ID, .must = true), FIELD(tick_in, person, F_TEXTS, .max = ID_DIGITS), FIELD_END };

/* Whom a form names, each once. */
static enum err people_of(struct ctx *cx, const struct strs *v, int64_t **ret, size_t *ret_n)
{
	*ret = ARENA_ARRAY(cx->arena, int64_t, v->n + 1);
	*ret_n = 0;
	for (size_t i = 0; i < v->n && *ret_n <= TOGETHER_PEOPLE; i++) {
		int64_t id;
		bool known = false;
		if (!str_int(v->v[i], &id))
			return fail(cx, ERR_INVALID, "person", N_("is no person of this list"));
		for (size_t k = 0; k < *ret_n; k++)
			known |= (*ret)[k] == id;
		if (!known)
			(*ret)[(*ret_n)++] = id;
	}
	return OK;
}

static enum err everybody(struct ctx *cx, const struct together_session_row *s, int64_t **ret, size_t *ret_n)
{
	struct together_roster_row *r;
	TRY(read_roster(cx, s, S(""), STR_NONE, TOGETHER_PEOPLE, &r, ret_n));
	*ret = ARENA_ARRAY(cx->arena, int64_t, *ret_n + 1);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = r[i].id;
	return OK;
}

static enum err look_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct tick_in *in = input;
	struct together_look_page *v = ARENA_NEW(cx->arena, struct together_look_page);
	struct together_session_row s;
	int64_t *people;
	(void)state;
	TRY(together_hosted(cx, in->together_id, &s));
	TRY(in->all ? everybody(cx, &s, &people, &v->n_rows) : people_of(cx, &in->person, &people, &v->n_rows));
	v->of = together_item(cx, &s);
	v->rows = ARENA_ARRAY(cx->arena, struct together_pick, v->n_rows + 1);
	for (size_t i = 0; i < v->n_rows; i++) {
		struct together_guest g;
		TRY(together_judge(cx, &s, people[i], v->n_come, &g));
		bool comes = g.fate == TOGETHER_COMES, ours = g.fate != TOGETHER_NOBODY && g.fate != TOGETHER_ELSEWHERE;
		v->rows[i] = (struct together_pick){ .id = people[i],
						     .name = ours ? g.of.name : str_of(tr(cx->lang, N_("Somebody of another office"))),
						     .comes = comes,
						     .there = g.fate == TOGETHER_IS_HERE,
						     .enrols = comes && g.enrols,
						     .leaves = comes && g.leaves,
						     .why = comes ? S("") : str_of(tr(cx->lang, together_why(g.fate, false))) };
		v->n_come += comes;
	}
	ANSWER_ROWS(a, v->rows, v->n_rows);
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("Before you let them in"));
	return OK;
}

struct tick_out {
	int64_t act_id;
};
static const struct field tick_out[] = { FIELD(tick_out, act_id, F_ID), FIELD_END };

static enum err tick_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct tick_in *in = input;
	struct tick_out *row = ARENA_NEW(cx->arena, struct tick_out);
	struct together_session_row s;
	int64_t *people;
	size_t n;
	(void)state;
	TRY(together_hosted(cx, in->together_id, &s));
	TRY(people_of(cx, &in->person, &people, &n));
	TRY(together_tick(cx, &s, people, n, &row->act_id));
	ANSWER_ROW(a, row);
	return OK;
}

struct untick_in {
	int64_t together_id, act_id;
};
static const struct field untick_in[] = { FIELD(untick_in, together_id, F_ID, .must = true), FIELD(untick_in, act_id, F_ID, .must = true), FIELD_END };

static enum err untick_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct untick_in *in = input;
	struct together_session_row s;
	(void)state;
	(void)a;
	TRY(together_hosted(cx, in->together_id, &s));
	return together_untick(cx, &s, in->act_id);
}

#define ONE "/together/{together_id}"
const struct action together_roster_actions[] = {
	{ .name = "together_roster.show",
	  .method = GET,
	  .page = ONE "/roster",
	  .api = "/api/v1" ONE "/roster",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = roster_in,
	  .in_size = sizeof(struct roster_in),
	  .out = pick_out,
	  .out_list = true,
	  .run = roster_run,
	  .html = together_roster_view,
	  .summary = "People of the host's office, and those whom the host supervises, to be ticked." },
	{ .name = "together_roster.look",
	  .method = GET,
	  .page = ONE "/ticks",
	  .api = "/api/v1" ONE "/ticks",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = look_in,
	  .in_size = sizeof(struct tick_in),
	  .out = pick_out,
	  .out_list = true,
	  .run = look_run,
	  .html = together_look_view,
	  .summary = "What ticking these people would do: who comes in, who is enrolled by it, who cannot and why. Changes nothing." },
	{ .name = "together_roster.tick",
	  .method = POST,
	  .page = ONE "/ticks",
	  .api = "/api/v1" ONE "/ticks",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = tick_in,
	  .in_size = sizeof(struct tick_in),
	  .out = tick_out,
	  .run = tick_run,
	  .form = "together_roster.look",
	  .then = ONE,
	  .notice = N_("They are in, and were told."),
	  .summary = "Lets people into a group session, as one act that can be taken back." },
	{ .name = "together_roster.untick",
	  .method = POST,
	  .page = ONE "/ticks/{act_id}/undo",
	  .api = "/api/v1" ONE "/ticks/{act_id}/undo",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = untick_in,
	  .in_size = sizeof(struct untick_in),
	  .run = untick_run,
	  .form = "together.show",
	  .then = ONE,
	  .notice = N_("It is taken back."),
	  .summary = "Takes an act of ticking back, with what was credited for it." },
	ACTION_END,
};
