/* Charchas for those who take part: which there are, one of them, registering, what one took upon oneself. */
#include "charcha_html.h"
#include "charcha_say_html.h"
#include "charchas_html.h"
#include "feature/charcha/charcha.h"
#include "feature/charcha/charcha_words.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "web/action.h"
#include "web/lang.h"

enum { MINE_ON_PAGE = 20 };

struct charcha_in {
	int64_t charcha_id, commitment_id, before;
	struct str words, state;
	bool shared;
};
static const struct field id_in[] = { FIELD(charcha_in, charcha_id, F_ID, .must = true), FIELD_END };

/* ── which there are ── */

static const struct field list_in[] = { FIELD(charcha_in, before, F_ID), FIELD_END };
static const struct field item_out[] = {
	FIELD(charcha_item, id, F_ID),	      FIELD(charcha_item, theme, F_TEXT),
	FIELD(charcha_item, org, F_TEXT),     FIELD(charcha_item, state, F_TEXT),
	FIELD(charcha_item, held_at, F_TIME), FIELD(charcha_item, minutes, F_INT),
	FIELD(charcha_item, mine, F_BOOL),    FIELD(charcha_item, group_id, F_ID),
	FIELD(charcha_item, group_n, F_INT),  FIELD_END,
};

static enum err put_open(struct ctx *cx, struct charchas_page *v)
{
	struct person_posting_on_row at;
	struct charcha_for_org_row *r;
	bool posted = false;
	TRY(person_posting(cx, cx->actor.person_id, person_today(cx), &at, &posted));
	if (!posted)
		return OK;
	TRY(charcha_sql_for_org(cx, at.org_id, cx->now, &r, &v->n_open));
	v->open = ARENA_ARRAY(cx->arena, struct charcha_item, v->n_open);
	for (size_t i = 0; i < v->n_open; i++)
		v->open[i] = (struct charcha_item){ .id = r[i].id,
						    .held_at = r[i].held_at,
						    .minutes = r[i].minutes,
						    .group_id = NONE,
						    .group_n = NONE,
						    .theme = charcha_theme(cx, r[i].theme, r[i].theme_hi),
						    .org = org_name(cx, r[i].org_en, r[i].org_hi),
						    .state = r[i].state,
						    .state_name = charcha_state_name(cx, r[i].state) };
	return OK;
}

static enum err put_mine(struct ctx *cx, int64_t before, struct charchas_page *v)
{
	struct charcha_of_person_row *r;
	size_t n;
	TRY(charcha_sql_of_person(cx, cx->actor.person_id, before, MINE_ON_PAGE + 1, &r, &n));
	v->n_mine = n > MINE_ON_PAGE ? MINE_ON_PAGE : n;
	v->mine = ARENA_ARRAY(cx->arena, struct charcha_item, v->n_mine);
	for (size_t i = 0; i < v->n_mine; i++)
		v->mine[i] = (struct charcha_item){ .id = r[i].id,
						    .held_at = r[i].held_at,
						    .minutes = r[i].minutes,
						    .group_id = r[i].group_id,
						    .group_n = r[i].group_n,
						    .theme = charcha_theme(cx, r[i].theme, r[i].theme_hi),
						    .org = org_name(cx, r[i].org_en, r[i].org_hi),
						    .state = r[i].state,
						    .state_name = charcha_state_name(cx, r[i].state),
						    .mine = true };
	if (n > MINE_ON_PAGE)
		v->next = str_fmt(cx->arena, "%lld", (long long)r[MINE_ON_PAGE - 1].id);
	return OK;
}

static bool may_say(struct str state)
{
	return str_is(state, "open") || str_is(state, "under_way");
}

static enum err put_promises(struct ctx *cx, struct charchas_page *v)
{
	struct charcha_commitments_of_row *r;
	TRY(charcha_sql_commitments_of(cx, cx->actor.person_id, &r, &v->n_promises));
	v->promises = ARENA_ARRAY(cx->arena, struct charcha_promise, v->n_promises);
	for (size_t i = 0; i < v->n_promises; i++)
		v->promises[i] = (struct charcha_promise){ .id = r[i].id,
							   .charcha_id = r[i].charcha_id,
							   .due_day = r[i].due_day,
							   .said_at = r[i].said_at,
							   .words = r[i].words,
							   .theme = charcha_theme(cx, r[i].theme, r[i].theme_hi),
							   .state = r[i].state,
							   .said = r[i].said,
							   .state_name = charcha_promise_name(cx, r[i].state),
							   .may_say = may_say(r[i].state) };
	return OK;
}

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct charcha_in *in = input;
	struct charchas_page *v = ARENA_NEW(cx->arena, struct charchas_page);
	(void)state;
	TRY(put_open(cx, v));
	TRY(put_mine(cx, in->before, v));
	TRY(put_promises(cx, v));
	struct charcha_item *all = ARENA_ARRAY(cx->arena, struct charcha_item, v->n_open + v->n_mine);
	size_t n = 0;
	for (size_t i = 0; i < v->n_mine; i++)
		all[n++] = v->mine[i];
	for (size_t i = 0; i < v->n_open; i++) {
		bool twice = false;
		for (size_t k = 0; k < v->n_mine; k++)
			twice = twice || v->mine[k].id == v->open[i].id;
		if (!twice)
			all[n++] = v->open[i];
	}
	ANSWER_ROWS(a, all, n);
	a->next = v->next;
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("Samuhik Charchas"));
	return OK;
}

/* ── one ── */

static const struct field show_out[] = {
	FIELD(charcha_show_page, id, F_ID),
	FIELD(charcha_show_page, org_id, F_ID),
	FIELD(charcha_show_page, theme, F_TEXT),
	FIELD(charcha_show_page, about, F_TEXT),
	FIELD(charcha_show_page, state, F_TEXT),
	FIELD(charcha_show_page, held_at, F_TIME),
	FIELD(charcha_show_page, ends_at, F_TIME),
	FIELD(charcha_show_page, register_until, F_TIME),
	FIELD(charcha_show_page, registered, F_BOOL),
	FIELD(charcha_show_page, may_register, F_BOOL),
	FIELD(charcha_show_page, group_id, F_ID),
	FIELD(charcha_show_page, event_id, F_ID),
	FIELD(charcha_show_page, course_id, F_ID),
	FIELD(charcha_show_page, synthesis, F_TEXT),
	FIELD_END,
};

static enum err put_group(struct ctx *cx, const struct charcha_one_row *c, const struct charcha_member_row *m, struct charcha_show_page *v)
{
	struct charcha_group_figures_row g;
	struct charcha_whole_figures_row w;
	struct charcha_group_drawn_row d = { .seed = NONE };
	bool found = false;
	TRY(charcha_sql_group_drawn(cx, m->group_id, &d, &found));
	TRY(charcha_sql_group_figures(cx, m->group_id, &g));
	TRY(charcha_sql_whole_figures(cx, c->id, &w));
	v->seed = d.seed;
	v->group = (struct charcha_mix){ d.n, g.people, g.departments, g.places, g.least_level, g.most_level };
	v->whole = (struct charcha_mix){ 0, w.people, w.departments, w.places, w.least_level, w.most_level };
	return OK;
}

static enum err put_standing(struct ctx *cx, const struct charcha_one_row *c, struct charcha_show_page *v)
{
	struct charcha_member_row m;
	struct charcha_standing_row s;
	struct charcha_reflection_row own;
	enum charcha_may may;
	bool found = false, written = false;
	TRY(charcha_sql_member(cx, c->id, cx->actor.person_id, &m, &found));
	v->registered = found && m.withdrawn_at == NONE;
	v->reflection = S("");
	if (!v->registered) {
		TRY(charcha_manages(cx, c->org_id, &v->may_manage));
		if (str_is(c->state, "draft") && !v->may_manage)
			return fail(cx, ERR_NOT_FOUND, "charcha_id", N_("There is no such charcha."));
		TRY(charcha_may(cx, c, cx->actor.person_id, false, &may, &s));
		v->may_register = may == CHARCHA_MAY;
		v->why_not = str_of(tr(cx->lang, charcha_may_texts[may]));
		return may == CHARCHA_ELSEWHERE && !v->may_manage ? fail(cx, ERR_NOT_FOUND, "charcha_id", N_("There is no such charcha for you.")) : OK;
	}
	v->may_withdraw = cx->now < c->held_at;
	v->group_id = m.group_id;
	v->late = m.late;
	TRY(charcha_sql_reflection(cx, c->id, cx->actor.person_id, &own, &written));
	if (written) {
		v->reflection = own.words;
		v->shared = own.shared;
	}
	return m.group_id == NONE ? OK : put_group(cx, c, &m, v);
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct charcha_in *in = input;
	struct charcha_show_page *v = ARENA_NEW(cx->arena, struct charcha_show_page);
	struct charcha_one_row c;
	(void)state;
	TRY(charcha_one(cx, in->charcha_id, &c));
	*v = (struct charcha_show_page){ .id = c.id,
					 .org_id = c.org_id,
					 .event_id = c.event_id,
					 .course_id = c.course_id,
					 .held_at = c.held_at,
					 .ends_at = charcha_ends(&c),
					 .register_until = c.register_until,
					 .minutes = c.minutes,
					 .group_id = NONE,
					 .theme = charcha_theme(cx, c.theme, c.theme_hi),
					 .org = org_name(cx, c.org_en, c.org_hi),
					 .about = c.about,
					 .event = c.event.p ? org_name(cx, c.event, c.event_hi) : S(""),
					 .course = c.course,
					 .course_lang = c.course_lang,
					 .place = c.place,
					 .link = c.link,
					 .state = c.state,
					 .state_name = charcha_state_name(cx, c.state),
					 .only_there = c.only_there };
	TRY(put_standing(cx, &c, v));
	if (c.synthesis_at != NONE && (v->registered || v->may_manage)) {
		v->synthesis = c.synthesis;
		v->synthesis_at = c.synthesis_at;
	}
	TRY(charcha_lines(cx, c.id, &v->prompts, &v->n_prompts));
	TRY(charcha_skills(cx, c.id, &v->skills, &v->n_skills));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_LEARN;
	a->title = v->theme;
	return OK;
}

static enum err register_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct charcha_in *in = input;
	(void)state;
	(void)a;
	return charcha_register(cx, in->charcha_id, cx->actor.person_id, false);
}

static enum err withdraw_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct charcha_in *in = input;
	(void)state;
	(void)a;
	return charcha_withdraw(cx, in->charcha_id, cx->actor.person_id);
}

static const struct field reflect_in[] = {
	FIELD(charcha_in, charcha_id, F_ID, .must = true),
	FIELD(charcha_in, words, F_LONG, .label = N_("My words"), .personal = true, .max = CHARCHA_WORDS_MAX),
	FIELD(charcha_in, shared, F_BOOL, .label = N_("My group and the organiser may read it")),
	FIELD_END,
};

static enum err reflect_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct charcha_in *in = input;
	(void)state;
	(void)a;
	return charcha_reflect(cx, in->charcha_id, in->words, in->shared);
}

/* ── how it went ── */

static const struct choice says[] = {
	{ "done", N_("It is done") }, { "under_way", N_("It is under way") }, { "not", N_("It will not be done") }, { NULL, NULL }
};
static const struct field commitment_in[] = { FIELD(charcha_in, commitment_id, F_ID, .must = true), FIELD_END };
static const struct field say_in[] = {
	FIELD(charcha_in, commitment_id, F_ID, .must = true),
	FIELD(charcha_in, state, F_CHOICE, .label = N_("How did it go?"), .must = true, .choices = says),
	FIELD(charcha_in, words, F_LONG, .label = N_("In a few words"), .max = CHARCHA_WORDS_MAX),
	FIELD_END,
};
static const struct field commitment_out[] = {
	FIELD(charcha_say_page, id, F_ID),	  FIELD(charcha_say_page, charcha_id, F_ID),
	FIELD(charcha_say_page, theme, F_TEXT),	  FIELD(charcha_say_page, words, F_TEXT),
	FIELD(charcha_say_page, due_day, F_DATE), FIELD(charcha_say_page, said, F_TEXT),
	FIELD(charcha_say_page, said_at, F_TIME), FIELD_END,
};

static enum err commitment_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct charcha_in *in = input;
	struct charcha_say_page *v = ARENA_NEW(cx->arena, struct charcha_say_page);
	struct charcha_commitment_one_row k;
	bool found = false;
	(void)state;
	TRY(charcha_sql_commitment_one(cx, in->commitment_id, &k, &found));
	if (!found || k.owner_id != cx->actor.person_id)
		return fail(cx, ERR_NOT_FOUND, "commitment_id", N_("There is no such commitment."));
	*v = (struct charcha_say_page){ .id = k.id,
					.charcha_id = k.charcha_id,
					.due_day = k.due_day,
					.said_at = k.said_at,
					.words = k.words,
					.theme = charcha_theme(cx, k.theme, k.theme_hi),
					.state_name = charcha_promise_name(cx, k.state),
					.said = k.said,
					.may_say = k.ask_at != NONE && may_say(k.state) };
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("How it went"));
	return OK;
}

static enum err say_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct charcha_in *in = input;
	(void)state;
	(void)a;
	return charcha_say(cx, in->commitment_id, in->state, in->words);
}

#define ONE "/charchas/{charcha_id}"
#define IN .in_size = sizeof(struct charcha_in)
#define LEARNS .may = MAY_LEARN, .scope = SCOPE_NONE
const struct action charcha_actions[] = {
	{ .name = "charcha.list",
	  .method = GET,
	  .page = "/charchas",
	  .api = "/api/v1/charchas",
	  LEARNS,
	  .in = list_in,
	  IN,
	  .out = item_out,
	  .out_list = true,
	  .run = list_run,
	  .html = charchas_view,
	  .summary = "Charchas to come to, and those in which one takes or took part." },
	{ .name = "charcha.show",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  LEARNS,
	  .in = id_in,
	  IN,
	  .out = show_out,
	  .run = show_run,
	  .html = charcha_view,
	  .summary = "A charcha, and how one stands to it." },
	{ .name = "charcha.register",
	  .method = POST,
	  .page = ONE "/register",
	  .api = "/api/v1" ONE "/register",
	  LEARNS,
	  .in = id_in,
	  IN,
	  .run = register_run,
	  .form = "charcha.show",
	  .then = ONE,
	  .notice = N_("You are registered."),
	  .own = true,
	  .summary = "Registers oneself for a charcha." },
	{ .name = "charcha.withdraw",
	  .method = POST,
	  .page = ONE "/withdraw",
	  .api = "/api/v1" ONE "/withdraw",
	  LEARNS,
	  .in = id_in,
	  IN,
	  .run = withdraw_run,
	  .form = "charcha.show",
	  .then = ONE,
	  .notice = N_("You are no longer registered."),
	  .own = true,
	  .summary = "Withdraws from a charcha." },
	{ .name = "charcha.reflect",
	  .method = POST,
	  .page = ONE "/reflection",
	  .api = "/api/v1" ONE "/reflection",
	  LEARNS,
	  .in = reflect_in,
	  IN,
	  .run = reflect_run,
	  .form = "charcha.show",
	  .then = ONE,
	  .notice = N_("Kept."),
	  .own = true,
	  .quiet = true,
	  .summary = "Keeps what one takes along from a charcha." },
	{ .name = "charcha.commitment",
	  .method = GET,
	  .page = "/charcha-commitments/{commitment_id}",
	  .api = "/api/v1/charcha-commitments/{commitment_id}",
	  LEARNS,
	  .in = commitment_in,
	  IN,
	  .out = commitment_out,
	  .run = commitment_run,
	  .html = charcha_say_view,
	  .summary = "Something one took upon oneself in a charcha." },
	{ .name = "charcha.say",
	  .method = POST,
	  .page = "/charcha-commitments/{commitment_id}",
	  .api = "/api/v1/charcha-commitments/{commitment_id}",
	  LEARNS,
	  .in = say_in,
	  IN,
	  .run = say_run,
	  .form = "charcha.commitment",
	  .then = "/charchas",
	  .notice = N_("Thank you; it is kept."),
	  .own = true,
	  .summary = "Says how something went that one took upon oneself." },
	ACTION_END,
};
