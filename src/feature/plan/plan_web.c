/* Plans of learning in the browser and over the API: what is proposed, the plan somebody makes of it, and the supervisor's word. */
#include "feature/competency/competency.h"
#include "feature/person/person.h"
#include "feature/plan/plan.h"
#include "feature/plan/plan_page.h"
#include "learning_plan_html.h"
#include "plan_html.h"
#include "web/action.h"
#include "web/lang.h"

#define MS INT64_C(60000)

struct plan_in {
	int64_t person_id, plan_id, course_id, post_id, hours, months, due_day, n_sent;
	struct str course, answer, words;
};

/* ── what is proposed ── */

#define HOURS FIELD(plan_in, hours, F_INT, .label = N_("Hours a month"), .min = 1, .max = PLAN_HOURS_MAX)
#define MONTHS FIELD(plan_in, months, F_INT, .label = N_("For so many months"), .min = 1, .max = PLAN_MONTHS_MAX)
static const struct field mine_in[] = { HOURS, MONTHS, FIELD(plan_in, post_id, F_ID), FIELD_END };
static const struct field pick_out[] = {
	FIELD(plan_pick_line, course_id, F_ID), FIELD(plan_pick_line, title, F_TEXT),  FIELD(plan_pick_line, lang, F_TEXT),
	FIELD(plan_pick_line, minutes, F_INT),	FIELD(plan_pick_line, penalty, F_INT), FIELD(plan_pick_line, asked, F_BOOL),
	FIELD(plan_pick_line, due_day, F_DATE), FIELD(plan_pick_line, reason, F_TEXT), FIELD_END,
};

static void put_gaps(struct ctx *cx, const struct plan_proposal *p, struct plan_page *v)
{
	v->n_gaps = p->n_gaps;
	v->n_met = p->n_met;
	v->gaps = ARENA_ARRAY(cx->arena, struct plan_gap_line, p->n_gaps);
	for (size_t i = 0; i < p->n_gaps; i++) {
		const struct gap *g = &p->gaps[i];
		const struct choice_end *e = &p->choice.ends[i];
		v->gaps[i] = (struct plan_gap_line){ .competency_id = g->competency_id,
						     .level = g->level,
						     .name = g->name,
						     .held = g->known ? level_said(cx, g->held) : str_of(tr(cx->lang, N_("not known yet"))),
						     .reached = e->taught ? str_fmt(cx->arena, "%.0f", e->reached) : S("–"),
						     .after = e->taught ? level_said(cx, e->after) : S("–"),
						     .remark = plan_open(cx, p, i),
						     .open = e->open != OPEN_NOT };
		v->n_open += v->gaps[i].open;
	}
}

static struct plan_pick_line pick_of(struct ctx *cx, const struct plan_proposal *p, const struct choice_pick *k)
{
	const struct plan_course *c = &p->courses[k->course];
	struct plan_pick_line l = { .course_id = c->course_id,
				    .minutes = c->minutes,
				    .penalty = c->penalty,
				    .ms = c->minutes * MS,
				    .due_day = c->due_day,
				    .due = due_of(c->due_day, p->day),
				    .stars_tenths = c->stars_tenths,
				    .ratings = c->ratings,
				    .title = c->title,
				    .lang = c->lang,
				    .reason = plan_why(cx, p, k),
				    .asked = c->asked,
				    .active = str_is(c->state, "active"),
				    .other_language = c->other_language };
	struct choice_pick none = { .course = k->course };
	if (c->asked)
		*ARENA_PUSH(cx->arena, l.reasons, l.n_reasons) = plan_why(cx, p, &none);
	for (size_t i = 0; i < k->n_raises; i++)
		*ARENA_PUSH(cx->arena, l.reasons, l.n_reasons) = plan_reason(cx, p, &k->raises[i]);
	return l;
}

static void put_picks(struct ctx *cx, const struct plan_proposal *p, struct plan_page *v)
{
	v->n_picks = p->choice.n_picks;
	v->picks = ARENA_ARRAY(cx->arena, struct plan_pick_line, v->n_picks);
	for (size_t i = 0; i < v->n_picks; i++) {
		v->picks[i] = pick_of(cx, p, &p->choice.picks[i]);
		v->picks[i].addable = v->may_add;
	}
	v->limit_ms = p->limit * MS;
	v->all_ms = p->choice.minutes * MS;
	v->over = p->choice.asked_minutes > p->limit;
	v->proof = plan_proof(cx, p);
}

/* By the widest gap of the own work: people in the same designation who are asked for it, too. */
static enum err put_like(struct ctx *cx, const struct plan_proposal *p, struct plan_page *v)
{
	struct plan_like_me_row *r;
	if (!p->n_gaps || p->designation_id == NONE || p->post_id != NONE)
		return OK;
	TRY(plan_sql_like_me(cx, p->designation_id, p->gaps[0].competency_id, p->person_id, PLAN_LEAST_PEOPLE, &r, &v->n_like));
	v->like_what = p->gaps[0].name;
	v->like = ARENA_ARRAY(cx->arena, struct plan_like_line, v->n_like);
	for (size_t i = 0; i < v->n_like; i++)
		v->like[i] = (struct plan_like_line){ r[i].course_id, r[i].ms, r[i].people, r[i].title, r[i].lang, v->may_add };
	return OK;
}

static struct str typed(struct ctx *cx, int64_t v)
{
	return v == NONE ? S("") : str_fmt(cx->arena, "%lld", (long long)v);
}

static enum err mine_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct plan_in *in = input;
	struct plan_page *v = ARENA_NEW(cx->arena, struct plan_page);
	struct plan_proposal p;
	struct plan_open_row open;
	(void)state;
	TRY(plan_propose(cx, &(struct plan_ask){ cx->actor.person_id, in->hours, in->months, NONE, in->post_id }, &p));
	TRY(plan_sql_open(cx, cx->actor.person_id, &open, &v->open));
	v->may_add = v->open && !str_is(open.state, "sent");
	v->hours = typed(cx, in->hours);
	v->months = typed(cx, in->months);
	v->post_id = in->post_id;
	v->post = p.post;
	v->office = p.office;
	put_gaps(cx, &p, v);
	put_picks(cx, &p, v);
	TRY(put_like(cx, &p, v));
	ANSWER_ROWS(a, v->picks, v->n_picks);
	a->view = v;
	a->nav = NAV_RECORD;
	ANSWER_TITLE(cx, a, N_("Plan of learning"));
	return OK;
}

struct made_plan {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made_plan, id, F_ID), FIELD_END };

static enum err accept_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct plan_in *in = input;
	struct plan_draft *d = ARENA_NEW(cx->arena, struct plan_draft);
	*ret_state = d;
	return plan_draft_of(cx, &(struct plan_ask){ cx->actor.person_id, in->hours, in->months, NONE, in->post_id }, d);
}

static enum err accept_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct made_plan *row = ARENA_NEW(cx->arena, struct made_plan);
	(void)input;
	ANSWER_ROW(a, row);
	return plan_accept(cx, cx->actor.person_id, state, &row->id);
}

/* ── the individual plan ── */

static const struct field item_out[] = {
	FIELD(plan_item_line, plan_id, F_ID),
	FIELD(plan_item_line, n_sent, F_INT),
	FIELD(plan_item_line, plan_state, F_TEXT),
	FIELD(plan_item_line, course_id, F_ID),
	FIELD(plan_item_line, title, F_TEXT),
	FIELD(plan_item_line, lang, F_TEXT),
	FIELD(plan_item_line, due_day, F_DATE),
	FIELD(plan_item_line, minutes, F_INT),
	FIELD(plan_item_line, state, F_TEXT),
	FIELD(plan_item_line, percent, F_INT),
	FIELD(plan_item_line, completed_at, F_TIME),
	FIELD(plan_item_line, reason, F_TEXT),
	FIELD_END,
};

static int64_t percent_of(int64_t done, int64_t needed)
{
	return needed <= 0 ? 0 : done >= needed ? 100 : done * 100 / needed;
}

static struct plan_item_line item_of(const struct ctx *cx, const struct learning_plan_page *v, const struct plan_courses_row *r)
{
	bool done = str_is(r->state, "completed"), live = str_is(r->course_state, "live"), active = str_is(r->state, "active");
	return (struct plan_item_line){ .plan_id = v->id,
					.n_sent = v->n_sent,
					.plan_state = v->state,
					.course_id = r->course_id,
					.minutes = r->minutes,
					.ms = r->minutes * MS,
					.due_day = r->due_day,
					.due = due_of(r->due_day, person_today(cx)),
					.percent = done ? 100 : percent_of(r->resources_done == NONE ? 0 : r->resources_done, r->needed),
					.completed_at = r->completed_at,
					.title = r->title,
					.lang = r->lang,
					.reason = said_in(cx, r->reason_en, r->reason_hi),
					.state = r->state.p ? r->state : S(""),
					.done = done,
					.active = active,
					.begun = r->last_resource_id != NONE || r->resources_done > 0,
					.gone = !live && !active && !done,
					.asked = r->asked_day != NONE };
}

static enum err put_items(struct ctx *cx, struct learning_plan_page *v)
{
	struct plan_courses_row *r;
	size_t n_free = 0;
	TRY(plan_sql_courses(cx, v->id, &r, &v->n_items));
	v->items = ARENA_ARRAY(cx->arena, struct plan_item_line, v->n_items);
	for (size_t i = 0; i < v->n_items; i++) {
		struct plan_item_line *l = &v->items[i];
		*l = item_of(cx, v, &r[i]);
		v->ms += l->ms;
		v->done_ms += l->done ? l->ms : 0;
		v->n_done += l->done;
		n_free += !l->done && !l->active && !l->gone;
	}
	v->may_enrol = v->own && n_free > 0 && (v->changing || v->sent || v->agreed);
	v->may_send = v->changing && v->n_items > 0;
	return OK;
}

static struct str version_path(struct ctx *cx, const struct learning_plan_page *v, int64_t plan_id)
{
	return v->own ? str_fmt(cx->arena, "/me/plan/versions/%lld", (long long)plan_id)
		      : str_fmt(cx->arena, "/people/%lld/plan/versions/%lld", (long long)v->person_id, (long long)plan_id);
}

static enum err put_versions(struct ctx *cx, struct learning_plan_page *v)
{
	struct plan_versions_row *r;
	bool open = false;
	TRY(plan_sql_versions(cx, v->person_id, !v->own, &r, &v->n_versions));
	v->versions = ARENA_ARRAY(cx->arena, struct plan_version_line, v->n_versions);
	for (size_t i = 0; i < v->n_versions; i++) {
		v->versions[i] = (struct plan_version_line){
			r[i].id, r[i].n, r[i].from_day, r[i].until_day, r[i].decided_at, r[i].state, version_path(cx, v, r[i].id), r[i].id == v->id
		};
		open = open || str_is(r[i].state, "draft") || str_is(r[i].state, "sent") || str_is(r[i].state, "returned");
	}
	v->may_revise = v->own && v->agreed && !open;
	return OK;
}

static void put_facts(const struct ctx *cx, const struct plan_one_row *p, struct learning_plan_page *v)
{
	v->id = p->id;
	v->n = p->n;
	v->n_sent = p->n_sent;
	v->limit_ms = p->minutes * MS;
	v->from_day = p->from_day;
	v->until_day = p->until_day;
	v->over = p->until_day <= person_today(cx);
	v->sent_at = p->sent_at;
	v->decided_at = p->decided_at;
	v->state = p->state;
	v->judge = p->judge;
	v->decider = p->decider;
	v->words = p->words;
	v->sent = str_is(p->state, "sent");
	v->agreed = str_is(p->state, "agreed");
	v->changing = v->own && (str_is(p->state, "draft") || str_is(p->state, "returned"));
}

/* plan_id NONE: the one that is being made, else the one agreed; there may be none. */
static enum err show(struct ctx *cx, int64_t person_id, int64_t plan_id, bool own, struct answer *a)
{
	struct learning_plan_page *v = ARENA_NEW(cx->arena, struct learning_plan_page);
	struct plan_one_row p;
	struct plan_person_row person;
	bool found = false;
	v->person_id = person_id;
	v->own = own;
	TRY(plan_sql_person(cx, person_today(cx), person_id, &person, &found));
	v->name = found ? person.name : S("");
	TRY(plan_sql_one(cx, person_id, plan_id, !own, &p, &v->found));
	if (!v->found && plan_id != NONE)
		return fail(cx, ERR_NOT_FOUND, "plan_id", N_("There is no such plan."));
	if (v->found) {
		put_facts(cx, &p, v);
		TRY(put_items(cx, v));
	}
	TRY(put_versions(cx, v));
	if (!own && v->sent)
		TRY(access_may(cx, MAY_ASSESS, SCOPE_PERSON, person_id, &v->may_decide));
	ANSWER_ROWS(a, v->items, v->n_items);
	a->view = v;
	a->nav = own ? NAV_RECORD : NAV_TEAM;
	ANSWER_TITLE(cx, a, N_("Individual plan"));
	return OK;
}

static const struct field of_in[] = { FIELD(plan_in, person_id, F_ID, .must = true), FIELD_END };
static const struct field version_in[] = { FIELD(plan_in, plan_id, F_ID, .must = true), FIELD_END };
static const struct field of_version_in[] = { FIELD(plan_in, person_id, F_ID, .must = true), FIELD(plan_in, plan_id, F_ID, .must = true), FIELD_END };

static enum err individual_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)input;
	(void)state;
	return show(cx, cx->actor.person_id, NONE, true, a);
}

static enum err version_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct plan_in *in = input;
	(void)state;
	return show(cx, cx->actor.person_id, in->plan_id, true, a);
}

static enum err of_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct plan_in *in = input;
	(void)state;
	return show(cx, in->person_id, NONE, false, a);
}

static enum err of_version_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct plan_in *in = input;
	(void)state;
	return show(cx, in->person_id, in->plan_id, false, a);
}

/* ── changing it ── */

#define COURSE FIELD(plan_in, course_id, F_ID, .must = true)
static const struct field put_in[] = {
	FIELD(plan_in, course, F_TEXT, .label = N_("Course"), .hint = N_("Its code or its full title."), .must = true, .max = 300),
	FIELD(plan_in, due_day, F_DATE, .label = N_("By"), .hint = N_("Empty: the last day of the plan.")),
	FIELD_END,
};
static const struct field day_in[] = { COURSE, FIELD(plan_in, due_day, F_DATE, .label = N_("By"), .must = true), FIELD_END };
static const struct field remove_in[] = { COURSE, FIELD_END };

static enum err put_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct plan_in *in = input;
	int64_t id;
	(void)state;
	(void)a;
	return plan_course_set(cx, &(struct plan_course_set){ cx->actor.person_id, str_int(in->course, &id) ? id : NONE, in->course, in->due_day });
}

static enum err set_day_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct plan_in *in = input;
	(void)state;
	(void)a;
	return plan_course_set(cx, &(struct plan_course_set){ cx->actor.person_id, in->course_id, STR_NONE, in->due_day });
}

static enum err remove_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct plan_in *in = input;
	(void)state;
	(void)a;
	return plan_course_remove(cx, cx->actor.person_id, in->course_id);
}

static enum err send_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)input;
	(void)state;
	(void)a;
	return plan_send(cx, cx->actor.person_id);
}

static enum err take_back_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)input;
	(void)state;
	(void)a;
	return plan_take_back(cx, cx->actor.person_id);
}

static enum err drop_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)input;
	(void)state;
	(void)a;
	return plan_drop(cx, cx->actor.person_id);
}

static enum err revise_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct made_plan *row = ARENA_NEW(cx->arena, struct made_plan);
	(void)input;
	(void)state;
	ANSWER_ROW(a, row);
	return plan_revise(cx, cx->actor.person_id, &row->id);
}

struct enrolled {
	int64_t n;
};
static const struct field enrolled_out[] = { FIELD(enrolled, n, F_INT), FIELD_END };

static enum err enrol_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct enrolled *row = ARENA_NEW(cx->arena, struct enrolled);
	(void)input;
	(void)state;
	ANSWER_ROW(a, row);
	return plan_enrol(cx, cx->actor.person_id, &row->n);
}

/* ── the supervisor's word ── */

static const struct choice answers[] = { { "agree", N_("I agree") }, { "return", N_("Send it back") }, { NULL, NULL } };
static const struct field decide_in[] = {
	FIELD(plan_in, person_id, F_ID, .must = true),
	FIELD(plan_in, plan_id, F_ID, .must = true),
	FIELD(plan_in, n_sent, F_INT, .label = N_("How often it was sent"), .must = true, .min = 1, .max = 1000000),
	FIELD(plan_in, answer, F_CHOICE, .label = N_("Decision"), .must = true, .choices = answers),
	FIELD(plan_in, words, F_LONG, .label = N_("What should change"), .hint = N_("Needed to send it back; the person reads it."), .personal = true,
	      .max = PLAN_WORDS_MAX),
	FIELD_END,
};

static enum err decide_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct plan_in *in = input;
	(void)state;
	(void)a;
	return plan_decide(cx, &(struct plan_decide){ in->person_id, in->plan_id, in->n_sent, str_is(in->answer, "agree"), in->words });
}

#define OWN "/me/plan"
#define OF "/people/{person_id}/plan"
#define INDIVIDUAL "/me/plan/individual"
const struct action plan_actions[] = {
	{ .name = "plan.mine",
	  .method = GET,
	  .page = OWN,
	  .api = "/api/v1" OWN,
	  .may = MAY_LEARN,
	  .in = mine_in,
	  .in_size = sizeof(struct plan_in),
	  .out = pick_out,
	  .out_list = true,
	  .run = mine_run,
	  .html = plan_view,
	  .summary = "The courses that close most of one's gaps in the fewest hours, each with its reason; or of what a post asks." },
	{ .name = "plan.accept",
	  .method = POST,
	  .page = OWN,
	  .api = "/api/v1" OWN,
	  .may = MAY_LEARN,
	  .own = true,
	  .in = mine_in,
	  .in_size = sizeof(struct plan_in),
	  .out = made_out,
	  .prepare = accept_prepare,
	  .run = accept_run,
	  .form = "plan.mine",
	  .then = INDIVIDUAL,
	  .notice = N_("This is your plan. Change what you like, then send it to your supervisor."),
	  .summary = "Makes an individual plan of what is proposed." },
	{ .name = "plan.individual",
	  .method = GET,
	  .page = INDIVIDUAL,
	  .api = "/api/v1" INDIVIDUAL,
	  .may = MAY_LEARN,
	  .out = item_out,
	  .out_list = true,
	  .run = individual_run,
	  .html = learning_plan_view,
	  .summary = "One's individual plan: the one being made, else the one agreed, with how far each course is." },
	{ .name = "plan.version",
	  .method = GET,
	  .page = OWN "/versions/{plan_id}",
	  .api = "/api/v1" OWN "/versions/{plan_id}",
	  .may = MAY_LEARN,
	  .in = version_in,
	  .in_size = sizeof(struct plan_in),
	  .out = item_out,
	  .out_list = true,
	  .run = version_run,
	  .html = learning_plan_view,
	  .summary = "A version of one's individual plan." },
	{ .name = "plan.put",
	  .method = POST,
	  .page = OWN "/courses",
	  .api = "/api/v1" OWN "/courses",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = put_in,
	  .in_size = sizeof(struct plan_in),
	  .run = put_run,
	  .form = "plan.individual",
	  .then = INDIVIDUAL,
	  .notice = N_("The course is in your plan."),
	  .summary = "Adds a course to the plan that is being made." },
	{ .name = "plan.set_day",
	  .method = POST,
	  .page = OWN "/courses/{course_id}",
	  .api = "/api/v1" OWN "/courses/{course_id}",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = day_in,
	  .in_size = sizeof(struct plan_in),
	  .run = set_day_run,
	  .form = "plan.individual",
	  .then = INDIVIDUAL,
	  .notice = N_("The day is set."),
	  .summary = "Sets the day of a course of the plan that is being made." },
	{ .name = "plan.remove",
	  .method = POST,
	  .page = OWN "/courses/{course_id}/remove",
	  .api = "/api/v1" OWN "/courses/{course_id}/remove",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = remove_in,
	  .in_size = sizeof(struct plan_in),
	  .run = remove_run,
	  .form = "plan.individual",
	  .then = INDIVIDUAL,
	  .notice = N_("The course is not in your plan any more."),
	  .summary = "Takes a course out of the plan that is being made." },
	{ .name = "plan.send",
	  .method = POST,
	  .page = OWN "/send",
	  .api = "/api/v1" OWN "/send",
	  .may = MAY_LEARN,
	  .own = true,
	  .run = send_run,
	  .form = "plan.individual",
	  .then = INDIVIDUAL,
	  .notice = N_("Your supervisor has been told."),
	  .summary = "Sends the plan that is being made to one's supervisor." },
	{ .name = "plan.take_back",
	  .method = POST,
	  .page = OWN "/take-back",
	  .api = "/api/v1" OWN "/take-back",
	  .may = MAY_LEARN,
	  .own = true,
	  .run = take_back_run,
	  .form = "plan.individual",
	  .then = INDIVIDUAL,
	  .notice = N_("The plan is yours to change again."),
	  .summary = "Takes back a plan that was sent and is not decided." },
	{ .name = "plan.drop",
	  .method = POST,
	  .page = OWN "/drop",
	  .api = "/api/v1" OWN "/drop",
	  .may = MAY_LEARN,
	  .own = true,
	  .run = drop_run,
	  .form = "plan.individual",
	  .then = INDIVIDUAL,
	  .notice = N_("The plan is dropped."),
	  .summary = "Drops the plan that is being made." },
	{ .name = "plan.revise",
	  .method = POST,
	  .page = OWN "/versions",
	  .api = "/api/v1" OWN "/versions",
	  .may = MAY_LEARN,
	  .own = true,
	  .out = made_out,
	  .run = revise_run,
	  .form = "plan.individual",
	  .then = INDIVIDUAL,
	  .notice = N_("A new version is begun. The agreed plan holds until this one is agreed."),
	  .summary = "Begins a new version of the agreed plan." },
	{ .name = "plan.enrol",
	  .method = POST,
	  .page = OWN "/enrolments",
	  .api = "/api/v1" OWN "/enrolments",
	  .may = MAY_LEARN,
	  .own = true,
	  .out = enrolled_out,
	  .run = enrol_run,
	  .form = "plan.individual",
	  .then = INDIVIDUAL,
	  .notice = N_("You are enrolled in all that is left of the plan."),
	  .summary = "Enrols one in all courses that are left of the plan." },
	{ .name = "plan.of",
	  .method = GET,
	  .page = OF,
	  .api = "/api/v1" OF,
	  .may = MAY_PERSON_SEE,
	  .scope = SCOPE_PERSON,
	  .in = of_in,
	  .in_size = sizeof(struct plan_in),
	  .out = item_out,
	  .out_list = true,
	  .run = of_run,
	  .html = learning_plan_view,
	  .summary = "A person's individual plan, once it was sent: the one before the supervisor, else the one agreed." },
	{ .name = "plan.of_version",
	  .method = GET,
	  .page = OF "/versions/{plan_id}",
	  .api = "/api/v1" OF "/versions/{plan_id}",
	  .may = MAY_PERSON_SEE,
	  .scope = SCOPE_PERSON,
	  .in = of_version_in,
	  .in_size = sizeof(struct plan_in),
	  .out = item_out,
	  .out_list = true,
	  .run = of_version_run,
	  .html = learning_plan_view,
	  .summary = "A version of a person's individual plan that was sent." },
	{ .name = "plan.decide",
	  .method = POST,
	  .page = OF,
	  .api = "/api/v1" OF,
	  .may = MAY_ASSESS,
	  .scope = SCOPE_PERSON,
	  .in = decide_in,
	  .in_size = sizeof(struct plan_in),
	  .run = decide_run,
	  .form = "plan.of",
	  .then = OF,
	  .notice = N_("Your word is noted; the person is told."),
	  .summary = "Agrees to a person's plan as the supervisor, or sends it back with words." },
	ACTION_END,
};
