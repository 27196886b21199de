/* Charchas for the organiser: laying one down, announcing it, who is registered, closing. */
#include "charcha_edit_html.h"
#include "charcha_manage_html.h"
#include "charcha_new_html.h"
#include "charcha_people_html.h"
#include "feature/charcha/charcha.h"
#include "feature/charcha/charcha_words.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "org_charchas_html.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

enum { ON_PAGE = 20, PEOPLE_ON_PAGE = 100 };

struct org_in {
	int64_t org_id, charcha_id, before, after;
};
#define ONE_FIELDS FIELD(org_in, org_id, F_ID, .must = true), FIELD(org_in, charcha_id, F_ID, .must = true)
static const struct field one_in[] = { ONE_FIELDS, FIELD_END };
static const struct field org_in[] = { FIELD(org_in, org_id, F_ID, .must = true), FIELD_END };

struct made_charcha {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made_charcha, id, F_ID), FIELD_END };

/* ── the list ── */

static const struct field list_in[] = { FIELD(org_in, org_id, F_ID, .must = true), FIELD(org_in, before, F_ID), FIELD_END };
static const struct field item_out[] = {
	FIELD(charcha_item, id, F_ID),
	FIELD(charcha_item, theme, F_TEXT),
	FIELD(charcha_item, state, F_TEXT),
	FIELD(charcha_item, held_at, F_TIME),
	FIELD(charcha_item, minutes, F_INT),
	FIELD(charcha_item, people, F_INT),
	FIELD_END,
};

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct charchas_page *v = ARENA_NEW(cx->arena, struct charchas_page);
	struct charcha_of_org_row *r;
	size_t n;
	(void)state;
	v->org_id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(charcha_sql_of_org(cx, in->org_id, in->before, ON_PAGE + 1, &r, &n));
	v->n_mine = n > ON_PAGE ? ON_PAGE : n;
	v->mine = ARENA_ARRAY(cx->arena, struct charcha_item, v->n_mine);
	for (size_t i = 0; i < v->n_mine; i++)
		v->mine[i] = (struct charcha_item){ .id = r[i].id,
						    .org_id = in->org_id,
						    .held_at = r[i].held_at,
						    .minutes = r[i].minutes,
						    .people = r[i].n_members,
						    .theme = charcha_theme(cx, r[i].theme, r[i].theme_hi),
						    .state = r[i].state,
						    .state_name = charcha_state_name(cx, r[i].state) };
	if (n > ON_PAGE)
		v->next = str_fmt(cx->arena, "%lld", (long long)r[ON_PAGE - 1].id);
	a->next = v->next;
	ANSWER_ROWS(a, v->mine, v->n_mine);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Samuhik Charchas"));
	return OK;
}

/* ── laying one down ── */

/* As struct charcha_rules, each time also as a day and a time of day in the zone of who types. */
struct rules_in {
	int64_t org_id, charcha_id, event_id, least_done, held_at, held_day, until_at, until_day, minutes, size;
	struct str theme, theme_hi, about, course, held_clock, until_clock, place, link, prompts, prompts_hi, competencies;
	bool only_there;
};
#define RULES                                                                                                                                                  \
	FIELD(rules_in, org_id, F_ID, .must = true), FIELD(rules_in, theme, F_TEXT, .label = N_("Theme"), .must = true, .max = CHARCHA_THEME_MAX),             \
		FIELD(rules_in, theme_hi, F_TEXT, .label = N_("Theme in Hindi"), .max = CHARCHA_THEME_MAX),                                                    \
		FIELD(rules_in, about, F_LONG, .label = N_("About it"), .max = CHARCHA_WORDS_MAX),                                                             \
		FIELD(rules_in, event_id, F_ID, .label = N_("Webinar that it is taken from")),                                                                 \
		FIELD(rules_in, course, F_TEXT, .label = N_("Course that it is taken from"), .hint = N_("Its code or number.")),                               \
		FIELD(rules_in, only_there, F_BOOL, .label = N_("Only for those who were at the webinar, or have learnt enough of the course")),               \
		FIELD(rules_in, least_done, F_INT, .label = N_("Enough of the course"), .hint = N_("Per cent of its parts; 100 when it is left empty."),       \
		      .min = 1, .max = 100),                                                                                                                   \
		FIELD(rules_in, prompts, F_LONG, .label = N_("Questions to think about"), .hint = N_("One a line, ten at most."), .must = true,                \
		      .max = CHARCHA_TEXT_MAX),                                                                                                                \
		FIELD(rules_in, prompts_hi, F_LONG, .label = N_("The same questions in Hindi"), .hint = N_("One a line, in the same order."),                  \
		      .max = CHARCHA_TEXT_MAX),                                                                                                                \
		FIELD(rules_in, competencies, F_TEXT, .label = N_("Competencies"),                                                                             \
		      .hint = N_("Codes with levels, as kcm:functional.noting-and-drafting@2, with commas between."), .max = 1000),                            \
		FIELD(rules_in, held_day, F_DATE, .label = N_("Held on")),                                                                                     \
		FIELD(rules_in, held_clock, F_TEXT, .label = N_("Begins at"), .hint = N_("Such as 10:00, in your own time zone."), .max = 5),                  \
		FIELD(rules_in, held_at, F_TIME),                                                                                                              \
		FIELD(rules_in, minutes, F_INT, .label = N_("Minutes"), .hint = N_("Of the time box, 15 to 480."), .must = true, .min = 15, .max = 480),       \
		FIELD(rules_in, until_day, F_DATE, .label = N_("Registration until")), FIELD(rules_in, until_clock, F_TEXT, .label = N_("At"), .max = 5),      \
		FIELD(rules_in, until_at, F_TIME), FIELD(rules_in, place, F_TEXT, .label = N_("Room"), .max = 200),                                            \
		FIELD(rules_in, link, F_TEXT, .label = N_("Address of the video room"), .max = 500),                                                           \
		FIELD(rules_in, size, F_INT, .label = N_("People of a group at most"), .hint = N_("5 to 12."), .must = true, .min = DRAW_SIZE_LEAST,           \
		      .max = DRAW_SIZE_MOST)
static const struct field add_in[] = { RULES, FIELD_END };
static const struct field change_in[] = { FIELD(rules_in, charcha_id, F_ID, .must = true), RULES, FIELD_END };

/* "9:05" → ms of a day. */
static bool read_clock(struct str s, int64_t *ret_ms)
{
	struct str rest = str_trim(s), hours;
	int64_t h, m;
	bool good = str_cut(&rest, ':', &hours) && str_int(hours, &h) && rest.n == 2 && str_int(rest, &m) && h >= 0 && h < 24 && m >= 0 && m < 60;
	if (good)
		*ret_ms = h * HOUR + m * MINUTE;
	return good;
}

static enum err read_time(struct ctx *cx, const char *field, int64_t at, int64_t day, struct str clock, int64_t *ret)
{
	int64_t ms = 0;
	*ret = at;
	if (at != NONE)
		return OK;
	if (day == NONE)
		return fail(cx, ERR_INVALID, field, N_("must be given"));
	if (clock.n && !read_clock(clock, &ms))
		return fail(cx, ERR_INVALID, field, N_("must be a time of day such as 10:00"));
	*ret = clock_day_start(cx->actor.zone, day) + ms;
	return OK;
}

static enum err read_rules(struct ctx *cx, const struct rules_in *in, struct charcha_rules *ret)
{
	struct charcha_course_called_row k;
	int64_t id = NONE;
	bool found = false;
	*ret = (struct charcha_rules){ .org_id = in->org_id,
				       .theme = in->theme,
				       .theme_hi = in->theme_hi,
				       .about = in->about.p ? in->about : S(""),
				       .event_id = in->event_id,
				       .course_id = NONE,
				       .only_there = in->only_there,
				       .least_done = in->least_done == NONE ? 100 : in->least_done,
				       .minutes = in->minutes,
				       .place = in->place.p ? in->place : S(""),
				       .link = in->link.p ? in->link : S(""),
				       .size = in->size,
				       .prompts = in->prompts,
				       .prompts_hi = in->prompts_hi.p ? in->prompts_hi : S(""),
				       .competencies = in->competencies.p ? in->competencies : S("") };
	TRY(read_time(cx, "held_day", in->held_at, in->held_day, in->held_clock, &ret->held_at));
	TRY(read_time(cx, "until_day", in->until_at, in->until_day, in->until_clock, &ret->register_until));
	if (!in->course.n)
		return OK;
	(void)str_int(in->course, &id);
	TRY(charcha_sql_course_called(cx, in->course, id, &k, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "course", N_("There is no live course of this code or number."));
	ret->course_id = k.id;
	return OK;
}

/* Sentences of the rules stand at the fields in which people type. */
static enum err at_fields(struct ctx *cx, enum err e)
{
	for (size_t i = 0; i < cx->n_failures; i++) {
		if (str_is(cx->failures[i].field, "held_at"))
			cx->failures[i].field = S("held_day");
		if (str_is(cx->failures[i].field, "register_until"))
			cx->failures[i].field = S("until_day");
	}
	return e;
}

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct rules_in *in = input;
	struct made_charcha *row = ARENA_NEW(cx->arena, struct made_charcha);
	struct charcha_rules r;
	(void)state;
	TRY(read_rules(cx, in, &r));
	TRY(at_fields(cx, charcha_add(cx, &r, &row->id)));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/orgs/%lld/charchas/%lld", (long long)in->org_id, (long long)row->id);
	return OK;
}

static enum err change_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct rules_in *in = input;
	struct charcha_rules r;
	(void)state;
	(void)a;
	TRY(read_rules(cx, in, &r));
	return at_fields(cx, charcha_change(cx, in->charcha_id, &r));
}

static enum err put_events(struct ctx *cx, struct charcha_form_page *v)
{
	struct charcha_events_row *r;
	TRY(charcha_sql_events(cx, v->org_id, &r, &v->n_events));
	v->events = ARENA_ARRAY(cx->arena, struct charcha_option, v->n_events);
	for (size_t i = 0; i < v->n_events; i++)
		v->events[i] = (struct charcha_option){ r[i].id, org_name(cx, r[i].title, r[i].title_hi) };
	return OK;
}

void html_charcha_events(struct html_out *o, const struct charcha_form_page *v)
{
	struct str chosen = form_old(o, "event_id", v->event);
	html_option(o, S(""), chosen, str_of(tr(o->cx->lang, N_("none"))));
	for (size_t i = 0; i < v->n_events; i++)
		html_option(o, str_fmt(o->cx->arena, "%lld", (long long)v->events[i].id), chosen, v->events[i].name);
}

static enum err new_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct charcha_form_page *v = ARENA_NEW(cx->arena, struct charcha_form_page);
	(void)state;
	*v = (struct charcha_form_page){
		.org_id = in->org_id, .minutes = S("60"), .size = S("8"), .held_clock = S("15:00"), .until_clock = S("12:00"), .event = S("")
	};
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_events(cx, v));
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("New charcha"));
	return OK;
}

static struct str clock_text(struct ctx *cx, int64_t at)
{
	struct civil c = clock_civil(cx->actor.zone, at);
	return str_fmt(cx->arena, "%02d:%02d", c.hour, c.minute);
}

static struct str number(struct ctx *cx, int64_t v)
{
	return v == NONE ? S("") : str_fmt(cx->arena, "%lld", (long long)v);
}

static enum err put_texts(struct ctx *cx, struct charcha_form_page *v)
{
	struct charcha_prompts_row *p;
	struct charcha_competencies_row *k;
	struct buf en, hi, skills;
	size_t n;
	buf_init(&en, cx->arena, 1 << 16);
	buf_init(&hi, cx->arena, 1 << 16);
	buf_init(&skills, cx->arena, 1 << 12);
	TRY(charcha_sql_prompts(cx, v->id, &p, &n));
	for (size_t i = 0; i < n; i++) {
		buf_str(&en, p[i].words);
		buf_char(&en, '\n');
		buf_str(&hi, p[i].words_hi);
		buf_char(&hi, '\n');
	}
	TRY(charcha_sql_competencies(cx, person_today(cx), v->id, &k, &n));
	for (size_t i = 0; i < n; i++)
		buf_fmt(&skills, "%s%.*s:%.*s@%lld", i ? ", " : "", STR_ARG(k[i].framework), STR_ARG(k[i].code), (long long)k[i].level);
	v->prompts = str_trim(buf_get(&en));
	v->prompts_hi = str_trim(buf_get(&hi));
	v->competencies = buf_get(&skills);
	return OK;
}

static enum err edit_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct charcha_form_page *v = ARENA_NEW(cx->arena, struct charcha_form_page);
	struct charcha_one_row c;
	(void)state;
	TRY(charcha_of(cx, in->org_id, in->charcha_id, &c));
	*v = (struct charcha_form_page){ .org_id = in->org_id,
					 .id = c.id,
					 .org = org_name(cx, c.org_en, c.org_hi),
					 .theme = c.theme,
					 .theme_hi = c.theme_hi,
					 .about = c.about,
					 .course = c.course_code,
					 .held_day = fmt_isoday(cx, clock_day(cx->actor.zone, c.held_at)),
					 .held_clock = clock_text(cx, c.held_at),
					 .until_day = fmt_isoday(cx, clock_day(cx->actor.zone, c.register_until)),
					 .until_clock = clock_text(cx, c.register_until),
					 .minutes = number(cx, c.minutes),
					 .place = c.place,
					 .link = c.link,
					 .size = number(cx, c.size),
					 .least_done = number(cx, c.least_done),
					 .event = number(cx, c.event_id),
					 .only_there = c.only_there };
	TRY(put_texts(cx, v));
	TRY(put_events(cx, v));
	a->view = v;
	a->nav = NAV_ORG;
	a->title = charcha_theme(cx, c.theme, c.theme_hi);
	return OK;
}

/* ── managing one ── */

static enum err put_draws(struct ctx *cx, struct charcha_manage_page *v)
{
	struct charcha_draws_row *r;
	TRY(charcha_sql_draws(cx, v->id, &r, &v->n_draws));
	v->draws = ARENA_ARRAY(cx->arena, struct charcha_draw_line, v->n_draws);
	for (size_t i = 0; i < v->n_draws; i++)
		v->draws[i] = (struct charcha_draw_line){ .org_id = v->org_id,
							  .charcha_id = v->id,
							  .id = r[i].id,
							  .n = r[i].n,
							  .seed = r[i].seed,
							  .people = r[i].n_people,
							  .groups = r[i].n_groups,
							  .single = r[i].n_single,
							  .departments = r[i].n_departments,
							  .percent = charcha_unevenness(r[i].reached, r[i].chance),
							  .at = r[i].at,
							  .state = r[i].state,
							  .state_name = charcha_draw_state(cx, r[i].state),
							  .reason = r[i].reason,
							  .by = r[i].by_name.p ? r[i].by_name : S("") };
	v->drawn_before = v->n_draws > 0;
	return OK;
}

static enum err put_groups(struct ctx *cx, struct charcha_manage_page *v)
{
	struct charcha_groups_row *r;
	TRY(charcha_sql_groups(cx, v->id, &r, &v->n_lines));
	v->lines = ARENA_ARRAY(cx->arena, struct charcha_group_line, v->n_lines);
	for (size_t i = 0; i < v->n_lines; i++) {
		v->lines[i] = charcha_group_line(v->org_id, v->id, &r[i]);
		v->n_groups += r[i].joined_into_id == NONE;
	}
	return OK;
}

static struct str list_state(const struct ctx *cx, struct str state)
{
	return str_of(tr(cx->lang, str_is(state, "looked") ? N_("looked at") : str_is(state, "done") ? N_("carried out") : N_("taken back")));
}

static enum err put_lists(struct ctx *cx, struct charcha_manage_page *v)
{
	struct charcha_lists_row *r;
	TRY(charcha_sql_lists(cx, v->id, &r, &v->n_lists));
	v->lists = ARENA_ARRAY(cx->arena, struct charcha_list_line, v->n_lists);
	for (size_t i = 0; i < v->n_lists; i++)
		v->lists[i] = (struct charcha_list_line){ v->org_id,   v->id,	    r[i].id,
							  r[i].n_rows, r[i].n_good, r[i].n_faults,
							  r[i].at,     r[i].name,   list_state(cx, r[i].state) };
	return OK;
}

static const struct field manage_out[] = {
	FIELD(charcha_manage_page, id, F_ID),	     FIELD(charcha_manage_page, org_id, F_ID),
	FIELD(charcha_manage_page, theme, F_TEXT),   FIELD(charcha_manage_page, state, F_TEXT),
	FIELD(charcha_manage_page, held_at, F_TIME), FIELD(charcha_manage_page, ends_at, F_TIME),
	FIELD(charcha_manage_page, people, F_INT),   FIELD(charcha_manage_page, departments, F_INT),
	FIELD(charcha_manage_page, n_groups, F_INT), FIELD_END,
};

static enum err manage_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct charcha_manage_page *v = ARENA_NEW(cx->arena, struct charcha_manage_page);
	struct charcha_one_row c;
	struct charcha_whole_figures_row w;
	(void)state;
	TRY(charcha_of(cx, in->org_id, in->charcha_id, &c));
	TRY(charcha_sql_whole_figures(cx, c.id, &w));
	bool drawn = str_is(c.state, "drawn") || str_is(c.state, "held") || str_is(c.state, "closed");
	*v = (struct charcha_manage_page){ .org_id = in->org_id,
					   .id = c.id,
					   .held_at = c.held_at,
					   .ends_at = charcha_ends(&c),
					   .register_until = c.register_until,
					   .minutes = c.minutes,
					   .size = c.size,
					   .people = w.people,
					   .departments = w.departments,
					   .org = org_name(cx, c.org_en, c.org_hi),
					   .theme = charcha_theme(cx, c.theme, c.theme_hi),
					   .state = c.state,
					   .state_name = charcha_state_name(cx, c.state),
					   .place = c.place,
					   .link = c.link,
					   .draft = str_is(c.state, "draft"),
					   .open = str_is(c.state, "open"),
					   .drawn = drawn,
					   .may_close = drawn && !str_is(c.state, "closed") && cx->now >= charcha_ends(&c),
					   .may_change = !drawn,
					   .has_result = drawn };
	TRY(put_draws(cx, v));
	TRY(put_groups(cx, v));
	TRY(put_lists(cx, v));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->theme;
	return OK;
}

static enum err open_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	(void)state;
	(void)a;
	return charcha_open(cx, in->org_id, in->charcha_id);
}

static enum err close_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	(void)state;
	(void)a;
	return charcha_close(cx, in->org_id, in->charcha_id);
}

/* ── who is registered ── */

static const struct field people_in[] = { ONE_FIELDS, FIELD(org_in, after, F_ID), FIELD_END };
static const struct field person_out[] = {
	FIELD(charcha_person_line, id, F_ID),	    FIELD(charcha_person_line, name, F_TEXT, .personal = true),
	FIELD(charcha_person_line, office, F_TEXT), FIELD(charcha_person_line, level, F_INT),
	FIELD(charcha_person_line, named, F_BOOL),  FIELD(charcha_person_line, late, F_BOOL),
	FIELD(charcha_person_line, group_n, F_INT), FIELD_END,
};

static enum err people_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct charcha_people_page *v = ARENA_NEW(cx->arena, struct charcha_people_page);
	struct charcha_people_row *r;
	struct charcha_one_row c;
	size_t n;
	(void)state;
	TRY(charcha_of(cx, in->org_id, in->charcha_id, &c));
	TRY(charcha_sql_people(cx, c.id, in->after, PEOPLE_ON_PAGE + 1, &r, &n));
	*v = (struct charcha_people_page){ .org_id = in->org_id,
					   .id = c.id,
					   .org = org_name(cx, c.org_en, c.org_hi),
					   .theme = charcha_theme(cx, c.theme, c.theme_hi),
					   .n_people = n > PEOPLE_ON_PAGE ? PEOPLE_ON_PAGE : n };
	v->people = ARENA_ARRAY(cx->arena, struct charcha_person_line, v->n_people);
	for (size_t i = 0; i < v->n_people; i++)
		v->people[i] = (struct charcha_person_line){
			r[i].person_id, r[i].group_n, r[i].pay_level, r[i].at, r[i].name, org_name(cx, r[i].org_en, r[i].org_hi), str_is(r[i].way, "named"),
			r[i].late
		};
	if (n > PEOPLE_ON_PAGE)
		v->next = number(cx, r[PEOPLE_ON_PAGE - 1].person_id);
	a->next = v->next;
	ANSWER_ROWS(a, v->people, v->n_people);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->theme;
	return OK;
}

#define ALL "/orgs/{org_id}/charchas"
#define ONE ALL "/{charcha_id}"
#define IN .in_size = sizeof(struct org_in)
#define RULES_IN .in_size = sizeof(struct rules_in)
#define MANAGES .may = MAY_CHARCHA_MANAGE, .scope = SCOPE_ORG
const struct action charcha_org_actions[] = {
	{ .name = "charcha_org.list",
	  .method = GET,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGES,
	  .in = list_in,
	  IN,
	  .out = item_out,
	  .out_list = true,
	  .run = list_run,
	  .html = org_charchas_view,
	  .summary = "Charchas of an organisation." },
	{ .name = "charcha_org.new",
	  .method = GET,
	  .page = ALL "/new",
	  MANAGES,
	  .in = org_in,
	  IN,
	  .run = new_run,
	  .html = charcha_new_view,
	  .summary = "The form of a new charcha." },
	{ .name = "charcha_org.add",
	  .method = POST,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGES,
	  .in = add_in,
	  RULES_IN,
	  .out = made_out,
	  .run = add_run,
	  .form = "charcha_org.new",
	  .then = ALL,
	  .notice = N_("The draft is kept. Look at it and announce it."),
	  .summary = "Lays down a charcha, as a draft." },
	{ .name = "charcha_org.show",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  MANAGES,
	  .in = one_in,
	  IN,
	  .out = manage_out,
	  .run = manage_run,
	  .html = charcha_manage_view,
	  .summary = "A charcha for who manages it: figures, draws, groups." },
	{ .name = "charcha_org.edit",
	  .method = GET,
	  .page = ONE "/edit",
	  MANAGES,
	  .in = one_in,
	  IN,
	  .run = edit_run,
	  .html = charcha_edit_view,
	  .summary = "The form of a charcha that is changed." },
	{ .name = "charcha_org.change",
	  .method = POST,
	  .page = ONE "/edit",
	  .api = "/api/v1" ONE,
	  MANAGES,
	  .in = change_in,
	  RULES_IN,
	  .run = change_run,
	  .form = "charcha_org.edit",
	  .then = ONE,
	  .notice = N_("Saved."),
	  .summary = "Says anew what a charcha is, before groups are drawn." },
	{ .name = "charcha_org.open",
	  .method = POST,
	  .page = ONE "/open",
	  .api = "/api/v1" ONE "/open",
	  MANAGES,
	  .in = one_in,
	  IN,
	  .run = open_run,
	  .form = "charcha_org.show",
	  .then = ONE,
	  .notice = N_("It is announced; people can register."),
	  .summary = "Announces a charcha." },
	{ .name = "charcha_org.close",
	  .method = POST,
	  .page = ONE "/close",
	  .api = "/api/v1" ONE "/close",
	  MANAGES,
	  .in = one_in,
	  IN,
	  .run = close_run,
	  .form = "charcha_org.show",
	  .then = ONE,
	  .notice = N_("The charcha is closed."),
	  .summary = "Closes a charcha with all minutes that are open." },
	{ .name = "charcha_org.people",
	  .method = GET,
	  .page = ONE "/people",
	  .api = "/api/v1" ONE "/people",
	  MANAGES,
	  .in = people_in,
	  IN,
	  .out = person_out,
	  .out_list = true,
	  .run = people_run,
	  .html = charcha_people_view,
	  .summary = "Who is registered for a charcha." },
	ACTION_END,
};
