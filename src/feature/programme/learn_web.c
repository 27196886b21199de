/* Programmes for learners: what is to come, a programme, one's own batches. */
#include "catalogue_programmes_html.h"
#include "feature/competency/competency.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "feature/programme/batch.h"
#include "feature/programme/learn_page.h"
#include "feature/programme/programme_words.h"
#include "learn_programme_html.h"
#include "my_programmes_html.h"
#include "programme_learn_sql.h"
#include "web/action.h"
#include "web/lang.h"

enum { COMING_PAGE = 30, MINE_PAGE = 30, MONTHS = 12, SEARCHED_PLACE_MAX = 300 };

/* ── what is to come ── */

struct coming_in {
	int64_t competency_id;
	struct str place, month, after;
};
static const struct field coming_in[] = {
	FIELD(coming_in, competency_id, F_ID),
	FIELD(coming_in, place, F_TEXT, .max = SEARCHED_PLACE_MAX),
	FIELD(coming_in, month, F_TEXT, .max = 7),
	FIELD(coming_in, after, F_TEXT, .max = 50),
	FIELD_END,
};
static const struct field coming_out[] = {
	FIELD(coming_item, id, F_ID),
	FIELD(coming_item, programme_id, F_ID),
	FIELD(coming_item, title, F_TEXT),
	FIELD(coming_item, name, F_TEXT),
	FIELD(coming_item, place, F_TEXT),
	FIELD(coming_item, org, F_TEXT),
	FIELD(coming_item, starts_at, F_TIME),
	FIELD(coming_item, ends_at, F_TIME),
	FIELD(coming_item, ask_until, F_TIME),
	FIELD(coming_item, seats, F_INT),
	FIELD(coming_item, left, F_INT),
	FIELD(coming_item, mine, F_TEXT),
	FIELD_END,
};

static struct str stands(struct ctx *cx, struct str mine)
{
	static const struct choice names[] = {
		{ "asked", N_("asked for") }, { "waiting", N_("on the waiting list") }, { "admitted", N_("admitted") }, { NULL, NULL }
	};
	for (const struct choice *c = names; c->value; c++)
		if (str_is(mine, c->value))
			return str_of(tr(cx->lang, c->label));
	return S("");
}

static void put_stand(struct ctx *cx, struct coming_item *i, struct str mine)
{
	i->mine = mine.p ? mine : S("");
	i->mine_name = stands(cx, i->mine);
	i->admitted = str_is(i->mine, "admitted");
	i->asked = !i->admitted && i->mine_name.n;
	i->full = i->left <= 0;
}

/* "2026-12" → its first moment and that of the next month. */
static enum err month_of(struct ctx *cx, struct str month, int64_t *ret_from, int64_t *ret_until)
{
	struct civil c;
	int64_t first;
	*ret_from = 0;
	*ret_until = cx->now + 1000 * DAY;
	if (!month.n)
		return OK;
	if (!clock_parse_date(str_fmt(cx->arena, "%.*s-01", STR_ARG(month)), &first))
		return fail(cx, ERR_INVALID, "month", N_("must be a month such as 2026-12"));
	c = clock_date(first);
	*ret_from = clock_day_start(PROGRAMME_ZONE, first);
	*ret_until = clock_day_start(PROGRAMME_ZONE, clock_day_of(c.month == 12 ? c.year + 1 : c.year, c.month == 12 ? 1 : c.month + 1, 1));
	return OK;
}

static enum err cursor_of(struct ctx *cx, struct str after, int64_t *ret_at, int64_t *ret_id)
{
	struct str rest = after, at = STR_NONE;
	*ret_at = *ret_id = NONE;
	if (!after.n || (str_cut(&rest, '-', &at) && str_int(at, ret_at) && str_int(rest, ret_id)))
		return OK;
	return fail(cx, ERR_INVALID, "after", N_("is no place in this list"));
}

static void put_months(struct ctx *cx, struct str chosen, struct catalogue_page *v)
{
	struct civil c = clock_civil(PROGRAMME_ZONE, cx->now);
	v->months = ARENA_ARRAY(cx->arena, struct programme_choice, MONTHS);
	v->n_months = MONTHS;
	for (size_t i = 0; i < MONTHS; i++) {
		int months = c.month - 1 + (int)i;
		struct str value = str_fmt(cx->arena, "%04d-%02d", c.year + months / 12, months % 12 + 1);
		v->months[i] = (struct programme_choice){ value, value, chosen.p ? chosen : S("") };
	}
}

static enum err put_filters(struct ctx *cx, const struct coming_in *in, struct catalogue_page *v)
{
	struct programme_learn_taught_row *t;
	struct programme_learn_places_row *p;
	struct str competency = in->competency_id == NONE ? S("") : str_fmt(cx->arena, "%lld", (long long)in->competency_id);
	TRY(programme_learn_sql_taught(cx, person_today(cx), cx->now, &t, &v->n_competencies));
	v->competencies = ARENA_ARRAY(cx->arena, struct programme_choice, v->n_competencies + 1);
	for (size_t i = 0; i < v->n_competencies; i++)
		v->competencies[i] =
			(struct programme_choice){ str_fmt(cx->arena, "%lld", (long long)t[i].id), said_in(cx, t[i].name_en, t[i].name_hi), competency };
	size_t n;
	TRY(programme_learn_sql_places(cx, cx->now, &p, &n));
	v->places = ARENA_ARRAY(cx->arena, struct programme_choice, n + 1);
	for (size_t i = 0; i < n; i++)
		if (p[i].place.n)
			v->places[v->n_places++] = (struct programme_choice){ p[i].place, p[i].place, in->place.n ? in->place : S("") };
	put_months(cx, in->month, v);
	v->filtered = in->competency_id != NONE || in->place.n || in->month.n;
	return OK;
}

static struct str url_part(struct ctx *cx, struct str s)
{
	static const char digits[] = "0123456789ABCDEF";
	struct buf b;
	buf_init(&b, cx->arena, 3 * 4 * SEARCHED_PLACE_MAX);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
			buf_char(&b, s.p[i]);
			continue;
		}
		buf_char(&b, '%');
		buf_char(&b, digits[c >> 4]);
		buf_char(&b, digits[c & 15]);
	}
	return buf_get(&b);
}

static struct str next_address(struct ctx *cx, const struct coming_in *in, struct str after)
{
	struct buf b;
	buf_init(&b, cx->arena, 1 << 13);
	buf_fmt(&b, "/programmes?after=%.*s", STR_ARG(after));
	if (in->competency_id != NONE)
		buf_fmt(&b, "&competency_id=%lld", (long long)in->competency_id);
	if (in->place.n)
		buf_fmt(&b, "&place=%.*s", STR_ARG(url_part(cx, in->place)));
	if (in->month.n)
		buf_fmt(&b, "&month=%.*s", STR_ARG(url_part(cx, in->month)));
	return buf_get(&b);
}

static enum err coming_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct coming_in *in = input;
	struct catalogue_page *v = ARENA_NEW(cx->arena, struct catalogue_page);
	struct programme_learn_coming_row *r;
	int64_t from_at, until_at, after_at, after_id;
	size_t n;
	(void)state;
	TRY(month_of(cx, in->month, &from_at, &until_at));
	TRY(cursor_of(cx, in->after, &after_at, &after_id));
	TRY(programme_learn_sql_coming(cx, cx->actor.person_id, cx->now, from_at, until_at, in->competency_id, in->place.n ? in->place : STR_NONE, after_at,
				       after_id, COMING_PAGE + 1, &r, &n));
	v->n_batches = n > COMING_PAGE ? COMING_PAGE : n;
	v->batches = ARENA_ARRAY(cx->arena, struct coming_item, v->n_batches + 1);
	for (size_t i = 0; i < v->n_batches; i++) {
		v->batches[i] = (struct coming_item){ .id = r[i].id,
						      .programme_id = r[i].programme_id,
						      .starts_at = r[i].starts_at,
						      .ends_at = r[i].ends_at,
						      .ask_until = r[i].ask_until,
						      .seats = r[i].seats,
						      .left = r[i].seats - r[i].admitted,
						      .title = said_in(cx, r[i].title, r[i].title_hi),
						      .name = r[i].name,
						      .place = r[i].where_at,
						      .org = org_name(cx, r[i].org_en, r[i].org_hi),
						      .invite_only = r[i].invite_only || !r[i].may_ask };
		put_stand(cx, &v->batches[i], r[i].mine);
	}
	if (n > COMING_PAGE) {
		a->next = str_fmt(cx->arena, "%lld-%lld", (long long)r[COMING_PAGE - 1].starts_at, (long long)r[COMING_PAGE - 1].id);
		v->next = next_address(cx, in, a->next);
	}
	TRY(put_filters(cx, in, v));
	ANSWER_ROWS(a, v->batches, v->n_batches);
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("Programmes"));
	return OK;
}

/* ── a programme ── */

struct one_in {
	int64_t programme_id;
};
static const struct field one_in[] = { FIELD(one_in, programme_id, F_ID, .must = true), FIELD_END };
static const struct field one_out[] = {
	FIELD(learn_programme_page, id, F_ID),		FIELD(learn_programme_page, title, F_TEXT),
	FIELD(learn_programme_page, about, F_LONG),	FIELD(learn_programme_page, audience, F_TEXT),
	FIELD(learn_programme_page, org, F_TEXT),	FIELD(learn_programme_page, minutes, F_INT),
	FIELD(learn_programme_page, completed, F_BOOL), FIELD(learn_programme_page, completed_at, F_TIME),
	FIELD(learn_programme_page, serial, F_TEXT),	FIELD_END,
};

static enum err put_outline(struct ctx *cx, struct learn_programme_page *v)
{
	struct programme_parts_row *t;
	size_t n;
	TRY(programme_sql_parts(cx, v->id, &t, &n));
	for (const struct choice *phase = programme_headings; phase->value; phase++) {
		struct outline_phase *o = &v->phases[v->n_phases];
		*o = (struct outline_phase){ .name = str_of(tr(cx->lang, phase->label)), .parts = ARENA_ARRAY(cx->arena, struct outline_item, n + 1) };
		for (size_t i = 0; i < n; i++)
			if (t[i].ended_at == NONE && str_is(t[i].phase, phase->value))
				o->parts[o->n_parts++] = (struct outline_item){ said_in(cx, t[i].title, t[i].title_hi),
										programme_word(cx, programme_kinds, t[i].kind), t[i].must };
		v->n_phases += o->n_parts > 0;
	}
	return OK;
}

static enum err put_batches(struct ctx *cx, const struct programme_one_row *p, struct learn_programme_page *v)
{
	struct programme_learn_batches_row *b;
	TRY(programme_learn_sql_batches(cx, cx->actor.person_id, v->id, cx->now, &b, &v->n_batches));
	v->batches = ARENA_ARRAY(cx->arena, struct coming_item, v->n_batches + 1);
	for (size_t i = 0; i < v->n_batches; i++) {
		v->batches[i] = (struct coming_item){ .id = b[i].id,
						      .programme_id = v->id,
						      .starts_at = b[i].starts_at,
						      .ends_at = b[i].ends_at,
						      .ask_until = b[i].ask_until,
						      .seats = b[i].seats,
						      .left = b[i].seats - b[i].admitted,
						      .fee_rupees = b[i].fee_paise / 100,
						      .name = b[i].name,
						      .place = b[i].where_at,
						      .may_ask = p->may_ask && !b[i].invite_only && b[i].ask_until > cx->now };
		put_stand(cx, &v->batches[i], b[i].mine);
	}
	return OK;
}

static enum err put_teaches(struct ctx *cx, struct learn_programme_page *v)
{
	struct programme_competencies_row *t;
	TRY(programme_sql_competencies(cx, person_today(cx), v->id, &t, &v->n_competencies));
	v->competencies = ARENA_ARRAY(cx->arena, struct programme_competency_item, v->n_competencies + 1);
	for (size_t i = 0; i < v->n_competencies; i++)
		v->competencies[i] = (struct programme_competency_item){ t[i].competency_id, t[i].level, said_in(cx, t[i].name_en, t[i].name_hi), t[i].code };
	return OK;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct learn_programme_page *v = ARENA_NEW(cx->arena, struct learn_programme_page);
	struct programme_completed_row done;
	struct programme_one_row p;
	bool found = false;
	(void)state;
	TRY(programme_sql_one(cx, in->programme_id, &p, &found));
	if (!found || str_is(p.state, "draft"))
		return fail(cx, ERR_NOT_FOUND, "programme_id", N_("There is no such programme."));
	*v = (struct learn_programme_page){ .id = p.id,
					    .minutes = p.minutes,
					    .least_sessions = p.least_sessions,
					    .title = said_in(cx, p.title, p.title_hi),
					    .about = p.about,
					    .audience = p.audience,
					    .org = org_name(cx, p.org_en, p.org_hi),
					    .approval_name = programme_word(cx, programme_approvals, p.approval),
					    .completed_at = NONE,
					    .retired = str_is(p.state, "retired") };
	TRY(programme_sql_completed(cx, p.id, cx->actor.person_id, &done, &v->completed));
	if (v->completed) {
		v->completed_at = done.at;
		v->serial = done.serial;
	}
	TRY(put_outline(cx, v));
	TRY(put_batches(cx, &p, v));
	TRY(put_teaches(cx, v));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_LEARN;
	a->title = v->title;
	return OK;
}

/* ── one's own ── */

struct mine_in {
	struct str after;
};
static const struct field mine_in[] = { FIELD(mine_in, after, F_TEXT, .max = 50), FIELD_END };
static const struct field mine_out[] = {
	FIELD(mine_item, id, F_ID),
	FIELD(mine_item, title, F_TEXT),
	FIELD(mine_item, name, F_TEXT),
	FIELD(mine_item, state, F_TEXT),
	FIELD(mine_item, starts_at, F_TIME),
	FIELD(mine_item, ends_at, F_TIME),
	FIELD(mine_item, place, F_TEXT),
	FIELD(mine_item, completed, F_BOOL),
	FIELD(mine_item, completed_at, F_TIME),
	FIELD(mine_item, serial, F_TEXT),
	FIELD_END,
};

static enum err mine_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct mine_in *in = input;
	struct mine_page *v = ARENA_NEW(cx->arena, struct mine_page);
	struct programme_learn_mine_row *b;
	struct batch_run_by_row *runs;
	int64_t before_at, before_id;
	size_t n, n_runs;
	(void)state;
	TRY(cursor_of(cx, in->after, &before_at, &before_id));
	TRY(programme_learn_sql_mine(cx, cx->actor.person_id, before_at, before_id, MINE_PAGE + 1, &b, &n));
	TRY(batch_sql_run_by(cx, cx->actor.person_id, &runs, &n_runs));
	v->runs = n_runs > 0;
	v->n_batches = n > MINE_PAGE ? MINE_PAGE : n;
	v->batches = ARENA_ARRAY(cx->arena, struct mine_item, v->n_batches + 1);
	for (size_t i = 0; i < v->n_batches; i++)
		v->batches[i] = (struct mine_item){ .id = b[i].id,
						    .starts_at = b[i].starts_at,
						    .ends_at = b[i].ends_at,
						    .completed_at = b[i].completed_at,
						    .title = said_in(cx, b[i].title, b[i].title_hi),
						    .name = b[i].name,
						    .place = b[i].where_at,
						    .state = b[i].state,
						    .state_name = programme_word(cx, batch_states, b[i].state),
						    .serial = b[i].serial.p ? b[i].serial : S(""),
						    .completed = b[i].completed_at != NONE,
						    .open = str_is(b[i].state, "open") };
	if (n > MINE_PAGE) {
		a->next = str_fmt(cx->arena, "%lld-%lld", (long long)b[MINE_PAGE - 1].starts_at, (long long)b[MINE_PAGE - 1].id);
		v->next = str_fmt(cx->arena, "/me/programmes?after=%s", a->next.p);
	}
	ANSWER_ROWS(a, v->batches, v->n_batches);
	a->view = v;
	a->nav = NAV_RECORD;
	ANSWER_TITLE(cx, a, N_("My programmes"));
	return OK;
}

const struct action programme_learn_actions[] = {
	{ .name = "programme_learn.coming",
	  .method = GET,
	  .page = "/programmes",
	  .api = "/api/v1/programmes",
	  .may = MAY_LEARN,
	  .in = coming_in,
	  .in_size = sizeof(struct coming_in),
	  .out = coming_out,
	  .out_list = true,
	  .run = coming_run,
	  .html = catalogue_programmes_view,
	  .summary = "Batches of programmes that are to come, by competency, place and month." },
	{ .name = "programme_learn.show",
	  .method = GET,
	  .page = "/programmes/{programme_id}",
	  .api = "/api/v1/programmes/{programme_id}",
	  .may = MAY_LEARN,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .out = one_out,
	  .run = show_run,
	  .html = learn_programme_view,
	  .summary = "A programme with its parts and the batches that are to come." },
	{ .name = "programme_learn.mine",
	  .method = GET,
	  .page = "/me/programmes",
	  .api = "/api/v1/me/programmes",
	  .may = MAY_LEARN,
	  .in = mine_in,
	  .in_size = sizeof(struct mine_in),
	  .out = mine_out,
	  .out_list = true,
	  .run = mine_run,
	  .html = my_programmes_view,
	  .summary = "Batches to which the person is admitted, and programmes completed." },
	ACTION_END,
};
