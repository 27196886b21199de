/* Programmes in the browser and over the API, for who lays them down: the list, one with its rules, coordinators and competencies. */
#include "feature/competency/competency.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "feature/programme/batch.h"
#include "feature/programme/programme_page.h"
#include "feature/programme/programme_words.h"
#include "programme_form_html.h"
#include "programme_html.h"
#include "programmes_html.h"
#include "web/action.h"
#include "web/lang.h"

enum { PROGRAMMES_PAGE = 50, BATCHES_PAGE = 20, TEACHES_TEXT_MAX = 4000 };

/* ── all ── */

struct list_in {
	int64_t org_id, before;
};
static const struct field list_in[] = { FIELD(list_in, org_id, F_ID, .must = true), FIELD(list_in, before, F_ID), FIELD_END };
static const struct field item_out[] = {
	FIELD(programme_item, id, F_ID),
	FIELD(programme_item, code, F_TEXT),
	FIELD(programme_item, title, F_TEXT),
	FIELD(programme_item, state, F_TEXT),
	FIELD(programme_item, minutes, F_INT),
	FIELD(programme_item, n_batches, F_INT),
	FIELD_END,
};

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct programmes_page *v = ARENA_NEW(cx->arena, struct programmes_page);
	struct programme_of_org_row *r;
	size_t n;
	(void)state;
	v->org_id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(programme_sql_of_org(cx, in->org_id, in->before, PROGRAMMES_PAGE + 1, &r, &n));
	v->n_programmes = n > PROGRAMMES_PAGE ? PROGRAMMES_PAGE : n;
	v->programmes = ARENA_ARRAY(cx->arena, struct programme_item, v->n_programmes + 1);
	for (size_t i = 0; i < v->n_programmes; i++)
		v->programmes[i] = (struct programme_item){ .id = r[i].id,
							    .org_id = in->org_id,
							    .minutes = r[i].minutes,
							    .n_batches = r[i].n_batches,
							    .code = r[i].code,
							    .title = said_in(cx, r[i].title, r[i].title_hi),
							    .state = r[i].state,
							    .state_name = programme_word(cx, programme_states, r[i].state),
							    .live = str_is(r[i].state, "live") };
	if (n > PROGRAMMES_PAGE) {
		a->next = str_fmt(cx->arena, "%lld", (long long)r[PROGRAMMES_PAGE - 1].id);
		v->next = str_fmt(cx->arena, "/orgs/%lld/programmes?before=%s", (long long)in->org_id, a->next.p);
	}
	ANSWER_ROWS(a, v->programmes, v->n_programmes);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Programmes"));
	return OK;
}

/* ── one ── */

struct one_in {
	int64_t org_id, programme_id, before;
};
static const struct field one_in[] = { FIELD(one_in, org_id, F_ID, .must = true), FIELD(one_in, programme_id, F_ID, .must = true), FIELD_END };
static const struct field show_in[] = { FIELD(one_in, org_id, F_ID, .must = true), FIELD(one_in, programme_id, F_ID, .must = true), FIELD(one_in, before, F_ID),
					FIELD_END };
static const struct field show_out[] = {
	FIELD(programme_page, id, F_ID),
	FIELD(programme_page, org_id, F_ID),
	FIELD(programme_page, code, F_TEXT),
	FIELD(programme_page, title, F_TEXT),
	FIELD(programme_page, about, F_TEXT),
	FIELD(programme_page, audience, F_TEXT),
	FIELD(programme_page, state, F_TEXT),
	FIELD(programme_page, minutes, F_INT),
	FIELD(programme_page, institute_id, F_ID),
	FIELD(programme_page, approval, F_TEXT),
	FIELD(programme_page, may_ask, F_BOOL),
	FIELD(programme_page, least_sessions, F_INT),
	FIELD(programme_page, least_others, F_INT),
	FIELD(programme_page, teaches, F_TEXT),
	FIELD(programme_page, n_completed, F_INT),
	FIELD_END,
};

static enum err put_parts(struct ctx *cx, struct programme_page *v)
{
	struct programme_parts_row *t;
	size_t last = 0, n_now = 0;
	TRY(programme_sql_parts(cx, v->id, &t, &v->n_parts));
	v->parts = ARENA_ARRAY(cx->arena, struct programme_part_item, v->n_parts + 1);
	for (size_t i = 0; i < v->n_parts; i++) {
		bool ended = t[i].ended_at != NONE;
		v->parts[i] = (struct programme_part_item){ .id = t[i].id,
							    .org_id = v->org_id,
							    .programme_id = v->id,
							    .course_id = t[i].course_id,
							    .exam_id = t[i].exam_id,
							    .day = t[i].day,
							    .minutes = t[i].minutes,
							    .kind = t[i].kind,
							    .kind_name = programme_word(cx, programme_kinds, t[i].kind),
							    .phase = t[i].phase,
							    .phase_name = programme_word(cx, programme_phases, t[i].phase),
							    .title = said_in(cx, t[i].title, t[i].title_hi),
							    .clock = programme_clock(cx, t[i].start_minute),
							    .must = t[i].must,
							    .ended = ended,
							    .may_change = !ended && !v->is_retired,
							    .first = !n_now };
		n_now += !ended;
		last = ended ? last : i;
	}
	if (n_now)
		v->parts[last].last = true;
	return OK;
}

static enum err put_people(struct ctx *cx, struct programme_page *v)
{
	struct programme_coordinators_row *c;
	struct programme_competencies_row *t;
	struct buf b;
	TRY(programme_sql_coordinators(cx, v->id, &c, &v->n_coordinators));
	v->coordinators = ARENA_ARRAY(cx->arena, struct programme_coordinator_item, v->n_coordinators + 1);
	for (size_t i = 0; i < v->n_coordinators; i++)
		v->coordinators[i] = (struct programme_coordinator_item){ c[i].person_id, v->org_id, v->id, c[i].name, !v->is_retired };
	TRY(programme_sql_competencies(cx, person_today(cx), v->id, &t, &v->n_competencies));
	v->competencies = ARENA_ARRAY(cx->arena, struct programme_competency_item, v->n_competencies + 1);
	buf_init(&b, cx->arena, TEACHES_TEXT_MAX);
	for (size_t i = 0; i < v->n_competencies; i++) {
		v->competencies[i] = (struct programme_competency_item){ t[i].competency_id, t[i].level, said_in(cx, t[i].name_en, t[i].name_hi), t[i].code };
		buf_fmt(&b, "%s%.*s:%.*s@%lld", i ? ", " : "", STR_ARG(t[i].framework), STR_ARG(t[i].code), (long long)t[i].level);
	}
	v->teaches = buf_get(&b);
	return OK;
}

static enum err put_batches(struct ctx *cx, int64_t before, struct programme_page *v)
{
	struct batch_of_programme_row *b;
	size_t n;
	TRY(batch_sql_of_programme(cx, v->id, before, BATCHES_PAGE + 1, &b, &n));
	v->n_batches = n > BATCHES_PAGE ? BATCHES_PAGE : n;
	v->batches = ARENA_ARRAY(cx->arena, struct programme_batch_item, v->n_batches + 1);
	for (size_t i = 0; i < v->n_batches; i++)
		v->batches[i] = (struct programme_batch_item){ .id = b[i].id,
							       .seats = b[i].seats,
							       .admitted = b[i].admitted,
							       .starts_at = b[i].starts_at,
							       .ends_at = b[i].ends_at,
							       .name = b[i].name,
							       .state = b[i].state,
							       .state_name = programme_word(cx, batch_states, b[i].state),
							       .place = b[i].place.n ? b[i].place : b[i].institute_place,
							       .open = str_is(b[i].state, "open") };
	if (n > BATCHES_PAGE)
		v->next =
			str_fmt(cx->arena, "/orgs/%lld/programmes/%lld?before=%lld", (long long)v->org_id, (long long)v->id, (long long)b[BATCHES_PAGE - 1].id);
	return OK;
}

static void put_facts(struct ctx *cx, struct programme_page *v, const struct programme_one_row *p)
{
	*v = (struct programme_page){ .id = p->id,
				      .org_id = p->org_id,
				      .minutes = p->minutes,
				      .least_sessions = p->least_sessions,
				      .least_others = p->least_others,
				      .institute_id = p->institute_id,
				      .org = org_name(cx, p->org_en, p->org_hi),
				      .code = p->code,
				      .title = said_in(cx, p->title, p->title_hi),
				      .about = p->about,
				      .audience = p->audience,
				      .state = p->state,
				      .state_name = programme_word(cx, programme_states, p->state),
				      .approval = p->approval,
				      .approval_name = programme_word(cx, programme_approvals, p->approval),
				      .institute = p->institute_en.n ? org_name(cx, p->institute_en, p->institute_hi) : S(""),
				      .may_ask = p->may_ask,
				      .is_draft = str_is(p->state, "draft"),
				      .is_live = str_is(p->state, "live"),
				      .is_retired = str_is(p->state, "retired") };
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct programme_page *v = ARENA_NEW(cx->arena, struct programme_page);
	struct programme_n_completed_row done;
	struct programme_one_row p;
	(void)state;
	TRY(programme_find(cx, in->org_id, in->programme_id, &p));
	put_facts(cx, v, &p);
	TRY(put_parts(cx, v));
	TRY(put_people(cx, v));
	TRY(put_batches(cx, in->before, v));
	TRY(programme_sql_n_completed(cx, p.id, &done));
	v->n_completed = done.n;
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->title;
	return OK;
}

/* ── a new one, changing ── */

#define PUT_FIELDS                                                                                                                                             \
	FIELD(programme_put, org_id, F_ID, .must = true), FIELD(programme_put, title, F_TEXT, .label = N_("Title"), .must = true, .max = PROGRAMME_TITLE_MAX), \
		FIELD(programme_put, title_hi, F_TEXT, .label = N_("Title in Hindi"), .max = PROGRAMME_TITLE_MAX),                                             \
		FIELD(programme_put, code, F_TEXT, .label = N_("Code"),                                                                                        \
		      .hint = N_("Small letters, digits and hyphens; one of your own in this organisation."), .must = true, .max = PROGRAMME_CODE_MAX),        \
		FIELD(programme_put, about, F_LONG, .label = N_("What it is about"), .max = PROGRAMME_WORDS_MAX),                                              \
		FIELD(programme_put, audience, F_TEXT, .label = N_("For whom it is"), .max = 300),                                                             \
		FIELD(programme_put, institute_id, F_ID, .label = N_("Institute")),                                                                            \
		FIELD(programme_put, minutes, F_INT, .label = N_("Length in minutes"), .hint = N_("All of it; a day in a room is about 360."), .must = true,   \
		      .min = 1, .max = PROGRAMME_MINUTES_MAX),                                                                                                 \
		FIELD(programme_put, approval, F_CHOICE, .label = N_("Who says yes to somebody who wants to come"), .must = true,                              \
		      .choices = programme_approvals),                                                                                                         \
		FIELD(programme_put, may_ask, F_BOOL, .label = N_("People may ask themselves")),                                                               \
		FIELD(programme_put, least_sessions, F_INT, .label = N_("Sessions that must be attended, in per cent"),                                        \
		      .hint = N_("75 when it is left empty. Sessions that are cancelled do not count."), .min = 0, .max = 100),                                \
		FIELD(programme_put, least_others, F_INT, .label = N_("Of the other parts at least so many"),                                                  \
		      .hint = N_("Of those that need not all be done, without sessions; none when it is left empty."), .min = 0, .max = PROGRAMME_PARTS_MAX)
static const struct field add_in[] = { PUT_FIELDS, FIELD_END };
static const struct field change_in[] = { PUT_FIELDS, FIELD(programme_put, programme_id, F_ID, .must = true), FIELD_END };
struct made {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made, id, F_ID), FIELD_END };

static enum err put_institutes(struct ctx *cx, int64_t chosen, struct programme_form_page *v)
{
	struct programme_institutes_row *r;
	struct str now = chosen == NONE ? S("") : str_fmt(cx->arena, "%lld", (long long)chosen);
	TRY(programme_sql_institutes(cx, v->org_id, &r, &v->n_institutes));
	v->institutes = ARENA_ARRAY(cx->arena, struct programme_choice, v->n_institutes + 1);
	for (size_t i = 0; i < v->n_institutes; i++)
		v->institutes[i] = (struct programme_choice){ str_fmt(cx->arena, "%lld", (long long)r[i].id), org_name(cx, r[i].name_en, r[i].name_hi), now };
	return OK;
}

static enum err new_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct programme_form_page *v = ARENA_NEW(cx->arena, struct programme_form_page);
	(void)state;
	*v = (struct programme_form_page){
		.org_id = in->org_id, .is_new = true, .may_ask = true, .approval = S("mdo_coordinator"), .least_sessions = S("75"), .least_others = S("0")
	};
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_institutes(cx, NONE, v));
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("A new programme"));
	return OK;
}

static struct str number(struct ctx *cx, int64_t v)
{
	return str_fmt(cx->arena, "%lld", (long long)v);
}

static enum err edit_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct programme_form_page *v = ARENA_NEW(cx->arena, struct programme_form_page);
	struct programme_one_row p;
	(void)state;
	TRY(programme_find(cx, in->org_id, in->programme_id, &p));
	*v = (struct programme_form_page){ .org_id = p.org_id,
					   .id = p.id,
					   .org = org_name(cx, p.org_en, p.org_hi),
					   .code = p.code,
					   .title = p.title,
					   .title_hi = p.title_hi,
					   .about = p.about,
					   .audience = p.audience,
					   .minutes = number(cx, p.minutes),
					   .approval = p.approval,
					   .least_sessions = number(cx, p.least_sessions),
					   .least_others = number(cx, p.least_others),
					   .may_ask = p.may_ask,
					   .code_stays = !str_is(p.state, "draft") };
	TRY(put_institutes(cx, p.institute_id, v));
	a->view = v;
	a->nav = NAV_ORG;
	a->title = p.title;
	return OK;
}

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct programme_put *in = input;
	struct made *row = ARENA_NEW(cx->arena, struct made);
	(void)state;
	TRY(programme_add(cx, in, &row->id));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/orgs/%lld/programmes/%lld", (long long)in->org_id, (long long)row->id);
	return OK;
}

static enum err change_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	(void)a;
	return programme_change(cx, input);
}

static enum err open_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return programme_open(cx, in->org_id, in->programme_id);
}

static enum err retire_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return programme_retire(cx, in->org_id, in->programme_id);
}

/* ── coordinators, competencies ── */

struct who_in {
	int64_t org_id, programme_id, person_id;
	struct str person, competencies;
};
static const struct field coordinator_in[] = {
	FIELD(who_in, org_id, F_ID, .must = true),
	FIELD(who_in, programme_id, F_ID, .must = true),
	FIELD(who_in, person, F_TEXT, .label = N_("Who"), .hint = N_("Employee number, e-mail address or mobile number."), .must = true, .personal = true),
	FIELD_END,
};
static const struct field drop_in[] = { FIELD(who_in, org_id, F_ID, .must = true), FIELD(who_in, programme_id, F_ID, .must = true),
					FIELD(who_in, person_id, F_ID, .must = true), FIELD_END };
static const struct field teaches_in[] = {
	FIELD(who_in, org_id, F_ID, .must = true),
	FIELD(who_in, programme_id, F_ID, .must = true),
	FIELD(who_in, competencies, F_LONG, .label = N_("What it teaches"),
	      .hint = N_("Codes with the level that is reached, with commas between: kcm:functional.noting-and-drafting@2"), .max = TEACHES_TEXT_MAX),
	FIELD_END,
};

static enum err coordinator_add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct who_in *in = input;
	(void)state;
	(void)a;
	return programme_coordinator_add(cx, in->org_id, in->programme_id, in->person);
}

static enum err coordinator_drop_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct who_in *in = input;
	(void)state;
	(void)a;
	return programme_coordinator_drop(cx, in->org_id, in->programme_id, in->person_id);
}

static enum err teaches_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct who_in *in = input;
	(void)state;
	(void)a;
	return programme_teaches(cx, in->org_id, in->programme_id, in->competencies);
}

#define ALL "/orgs/{org_id}/programmes"
#define ONE ALL "/{programme_id}"
#define MANAGE .may = MAY_PROGRAMME_MANAGE, .scope = SCOPE_ORG
const struct action programme_actions[] = {
	{ .name = "programme.list",
	  .method = GET,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGE,
	  .in = list_in,
	  .in_size = sizeof(struct list_in),
	  .out = item_out,
	  .out_list = true,
	  .run = list_run,
	  .html = programmes_view,
	  .summary = "Programmes of an organisation." },
	{ .name = "programme.new",
	  .method = GET,
	  .page = ALL "/new",
	  MANAGE,
	  .in = list_in,
	  .in_size = sizeof(struct list_in),
	  .run = new_run,
	  .html = programme_form_view,
	  .summary = "The form for a new programme." },
	{ .name = "programme.add",
	  .method = POST,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGE,
	  .in = add_in,
	  .in_size = sizeof(struct programme_put),
	  .out = made_out,
	  .run = add_run,
	  .form = "programme.new",
	  .then = ALL,
	  .notice = N_("The draft is made. Add its parts and who coordinates it."),
	  .summary = "Makes the draft of a programme." },
	{ .name = "programme.show",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  MANAGE,
	  .in = show_in,
	  .in_size = sizeof(struct one_in),
	  .out = show_out,
	  .run = show_run,
	  .html = programme_view,
	  .summary = "A programme with its parts, coordinators, competencies and batches." },
	{ .name = "programme.edit",
	  .method = GET,
	  .page = ONE "/change",
	  MANAGE,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .run = edit_run,
	  .html = programme_form_view,
	  .summary = "The form for words and rules of a programme." },
	{ .name = "programme.change",
	  .method = POST,
	  .page = ONE "/change",
	  .api = "/api/v1" ONE "/change",
	  MANAGE,
	  .in = change_in,
	  .in_size = sizeof(struct programme_put),
	  .run = change_run,
	  .form = "programme.edit",
	  .then = ONE,
	  .notice = N_("Words and rules are changed."),
	  .summary = "Changes words and rules of a programme; who has completed it has completed it." },
	{ .name = "programme.open",
	  .method = POST,
	  .page = ONE "/open",
	  .api = "/api/v1" ONE "/open",
	  MANAGE,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .run = open_run,
	  .form = "programme.show",
	  .then = ONE,
	  .notice = N_("The programme is live."),
	  .summary = "Makes a draft live, so that it can be held in batches." },
	{ .name = "programme.retire",
	  .method = POST,
	  .page = ONE "/retire",
	  .api = "/api/v1" ONE "/retire",
	  MANAGE,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .run = retire_run,
	  .form = "programme.show",
	  .then = ONE,
	  .notice = N_("The programme is retired."),
	  .summary = "Retires a programme: no new batches." },
	{ .name = "programme.coordinator_add",
	  .method = POST,
	  .page = ONE "/coordinators",
	  .api = "/api/v1" ONE "/coordinators",
	  MANAGE,
	  .in = coordinator_in,
	  .in_size = sizeof(struct who_in),
	  .run = coordinator_add_run,
	  .form = "programme.show",
	  .then = ONE,
	  .notice = N_("This person coordinates the programme."),
	  .summary = "Somebody coordinates a programme, one to five people." },
	{ .name = "programme.coordinator_drop",
	  .method = POST,
	  .page = ONE "/coordinators/{person_id}/remove",
	  .api = "/api/v1" ONE "/coordinators/{person_id}/remove",
	  MANAGE,
	  .in = drop_in,
	  .in_size = sizeof(struct who_in),
	  .run = coordinator_drop_run,
	  .form = "programme.show",
	  .then = ONE,
	  .notice = N_("This person does not coordinate the programme any more."),
	  .summary = "Somebody coordinates a programme no more." },
	{ .name = "programme.teaches",
	  .method = POST,
	  .page = ONE "/competencies",
	  .api = "/api/v1" ONE "/competencies",
	  MANAGE,
	  .in = teaches_in,
	  .in_size = sizeof(struct who_in),
	  .run = teaches_run,
	  .form = "programme.show",
	  .then = ONE,
	  .notice = N_("What the programme teaches is changed."),
	  .summary = "Says what a programme teaches, in place of what it taught before." },
	ACTION_END,
};
