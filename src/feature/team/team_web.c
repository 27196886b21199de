/* A supervisor's team, and one person of it: what is asked, reminding, withdrawing. */
#include "base/clock.h"
#include "feature/enrolment/enrolment.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "feature/team/team_page.h"
#include "member_html.h"
#include "team_html.h"
#include "team_sql.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

enum { PAGE_PEOPLE = 50, COURSES_MOST = 300, DONE_SHOWN = 20 };

/* First moment of the year in the actor's zone. */
static int64_t year_start(const struct ctx *cx)
{
	struct str zone = cx->actor.zone;
	return clock_day_start(zone, clock_day_of(clock_civil(zone, cx->now).year, 1, 1));
}

/* ── the team ── */

struct team_in {
	int64_t page;
};
static const struct field team_in[] = { FIELD(team_in, page, F_INT, .label = N_("Page"), .min = 1, .max = 1000), FIELD_END };

static enum err make_sums(struct ctx *cx, struct team_page *v)
{
	struct team_sums_row s;
	TRY(team_sql_sums(cx, cx->actor.person_id, person_today(cx), year_start(cx), &s));
	v->people = s.people;
	v->late = s.late;
	v->overdue = s.overdue;
	v->n_due = s.due;
	v->completed = s.completed;
	return OK;
}

static struct member_row member_of(const struct ctx *cx, const struct team_members_row *r)
{
	return (struct member_row){
		.id = r->id,
		.n_due = r->due,
		.overdue = r->overdue,
		.active = r->active,
		.completed = r->completed,
		.last_at = r->last_at,
		.name = r->name,
		.designation = org_name(cx, r->designation_en, r->designation_hi),
		.next = due_of(r->next_day, person_today(cx)),
	};
}

static struct str page_address(struct ctx *cx, int64_t page)
{
	return page > 1 ? str_fmt(cx->arena, "/team?page=%lld", (long long)page) : S("/team");
}

/* One row more than is shown tells whether there is a next page. */
static enum err make_members(struct ctx *cx, int64_t page, struct team_page *v)
{
	struct team_members_row *r;
	size_t n;
	TRY(team_sql_members(cx, person_today(cx), year_start(cx), cx->actor.person_id, PAGE_PEOPLE + 1, (page - 1) * PAGE_PEOPLE, &r, &n));
	v->n_members = n > PAGE_PEOPLE ? PAGE_PEOPLE : n;
	v->members = ARENA_ARRAY(cx->arena, struct member_row, v->n_members);
	for (size_t i = 0; i < v->n_members; i++)
		v->members[i] = member_of(cx, &r[i]);
	v->previous = page > 1 ? page_address(cx, page - 1) : STR_NONE;
	v->next = n > PAGE_PEOPLE ? page_address(cx, page + 1) : STR_NONE;
	return OK;
}

static const struct field team_out[] = {
	FIELD(member_row, id, F_ID),	 FIELD(member_row, name, F_TEXT, .personal = true), FIELD(member_row, designation, F_TEXT), FIELD(member_row, n_due, F_INT),
	FIELD(member_row, overdue, F_INT), FIELD(member_row, active, F_INT),		    FIELD(member_row, completed, F_INT),    FIELD(member_row, last_at, F_TIME),
	FIELD_END,
};

static enum err team_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct team_in *in = input;
	struct team_page *v = ARENA_NEW(cx->arena, struct team_page);
	(void)state;
	TRY(make_sums(cx, v));
	int64_t page = in->page == NONE ? 1 : in->page;
	TRY(make_members(cx, page, v));
	ANSWER_ROWS(a, v->members, v->n_members);
	if (v->next.p)
		a->next = str_fmt(cx->arena, "%lld", (long long)page + 1);
	a->view = v;
	a->nav = NAV_TEAM;
	ANSWER_TITLE(cx, a, N_("My team"));
	return OK;
}

/* ── one person ── */

struct member_in {
	int64_t person_id;
};
static const struct field member_in[] = { FIELD(member_in, person_id, F_ID, .must = true), FIELD_END };

static int64_t percent_of(int64_t done, int64_t needed)
{
	return needed <= 0 ? 0 : done >= needed ? 100 : done * 100 / needed;
}

static struct member_course course_of(const struct ctx *cx, const struct team_courses_row *r)
{
	bool assigned = r->assignment_id != NONE;
	return (struct member_course){
		.course_id = r->course_id,
		.ms = r->ms,
		.bytes = r->bytes,
		.percent = percent_of(r->resources_done, r->needed),
		.completed_at = r->completed_at,
		.last_at = r->last_at,
		.title = r->title,
		.lang = r->lang,
		.kind = r->kind,
		.state = r->state,
		.reason = r->reason,
		.assigned_by = r->assigned_by,
		.serial = r->serial,
		.due = due_of(r->due_day, person_today(cx)),
		.assigned = assigned,
		.active = str_is(r->state, "active"),
		.begun = r->last_resource_id != NONE || r->resources_done > 0,
	};
}

/* Completed ones only as many as one looks at; the record has all. */
static enum err make_courses(struct ctx *cx, struct member_page *v)
{
	struct team_courses_row *r;
	struct pick_list *remindable = ARENA_NEW(cx->arena, struct pick_list);
	size_t n;
	TRY(team_sql_courses(cx, v->id, COURSES_MOST, &r, &n));
	for (size_t i = 0; i < n; i++) {
		if (str_is(r[i].state, "completed")) {
			if (v->n_done < DONE_SHOWN)
				*ARENA_PUSH(cx->arena, v->done, v->n_done) = course_of(cx, &r[i]);
			continue;
		}
		*ARENA_PUSH(cx->arena, v->open, v->n_open) = course_of(cx, &r[i]);
		if (str_is(r[i].state, "active"))
			*ARENA_PUSH(cx->arena, remindable->v, remindable->n) = (struct pick){ r[i].course_id, r[i].title, r[i].lang };
	}
	v->remindable = remindable;
	return OK;
}

static enum err make_assignable(struct ctx *cx, struct member_page *v)
{
	struct team_assignable_row *r;
	struct pick_list *list = ARENA_NEW(cx->arena, struct pick_list);
	v->assignable = list;
	if (!v->may_assign)
		return OK;
	TRY(team_sql_assignable(cx, v->id, &r, &list->n));
	list->v = ARENA_ARRAY(cx->arena, struct pick, list->n);
	for (size_t i = 0; i < list->n; i++)
		list->v[i] = (struct pick){ r[i].id, r[i].title, r[i].lang };
	return OK;
}

static const struct field member_out[] = {
	FIELD(member_page, id, F_ID),	FIELD(member_page, name, F_TEXT, .personal = true),	  FIELD(member_page, designation, F_TEXT),
	FIELD(member_page, org, F_TEXT), FIELD(member_page, supervisor, F_TEXT, .personal = true), FIELD(member_page, from_day, F_DATE),
	FIELD_END,
};

static enum err member_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct member_in *in = input;
	struct member_page *v = ARENA_NEW(cx->arena, struct member_page);
	struct person_one_row p;
	bool found = false;
	(void)state;
	TRY(person_sql_one(cx, person_today(cx), in->person_id, &p, &found));
	if (!found)
		return ERR_NOT_FOUND;
	v->id = in->person_id;
	v->name = p.name;
	v->designation = org_name(cx, p.designation_en, p.designation_hi);
	v->org = org_name(cx, p.org_en, p.org_hi);
	v->supervisor = p.supervisor;
	v->from_day = p.from_day;
	v->in_team = p.supervisor_id == cx->actor.person_id;
	TRY(access_may(cx, MAY_ASSIGN, SCOPE_PERSON, v->id, &v->may_assign));
	TRY(make_courses(cx, v));
	TRY(make_assignable(cx, v));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = v->in_team ? NAV_TEAM : v->id == cx->actor.person_id ? NAV_RECORD : NAV_ORG;
	a->title = p.name;
	return OK;
}

/* ── choosing a course ── */

static void pick_error(struct html_out *o, const char *id, struct str error)
{
	buf_fmt(&o->b, "<p class=\"error\" id=\"%s-error\"><span class=\"hide\">", id);
	html_text(o, str_of(tr(o->cx->lang, N_("Error:"))));
	buf_lit(&o->b, "</span> ");
	html_text(o, error);
	buf_lit(&o->b, "</p>");
}

static void pick_options(struct html_out *o, const struct pick_list *list, struct str chosen)
{
	for (size_t i = 0; i < list->n; i++) {
		struct str value = str_fmt(o->cx->arena, "%lld", (long long)list->v[i].id);
		buf_fmt(&o->b, "<option value=\"%s\" lang=\"", value.p);
		html_attr(o, list->v[i].lang);
		buf_fmt(&o->b, "\"%s>", str_eq(value, chosen) ? " selected" : "");
		html_text(o, list->v[i].title);
		buf_lit(&o->b, "</option>");
	}
}

void html_course_pick(struct html_out *o, const char *id, const char *field, const struct pick_list *list)
{
	struct str error = form_error(o, field);
	buf_fmt(&o->b, "<div class=\"field%s\"><label for=\"%s\">", error.p ? " bad" : "", id);
	html_text(o, str_of(tr(o->cx->lang, N_("Course"))));
	buf_lit(&o->b, "</label>");
	if (error.p)
		pick_error(o, id, error);
	buf_fmt(&o->b, "<select id=\"%s\" name=\"%s\" required", id, field);
	if (error.p)
		buf_fmt(&o->b, " aria-invalid=\"true\" aria-describedby=\"%s-error\"", id);
	buf_lit(&o->b, "><option value=\"\">");
	html_text(o, str_of(tr(o->cx->lang, N_("Choose"))));
	buf_lit(&o->b, "</option>");
	pick_options(o, list, form_old(o, field, S("")));
	buf_lit(&o->b, "</select></div>");
}

/* ── what a supervisor does ── */

struct assign_in {
	int64_t person_id, course_id, due_day;
	struct str reason;
};
static const struct field assign_in[] = {
	FIELD(assign_in, person_id, F_ID, .must = true),
	FIELD(assign_in, course_id, F_ID, .label = N_("Course"), .must = true),
	FIELD(assign_in, due_day, F_DATE, .label = N_("Complete by"), .must = true),
	FIELD(assign_in, reason, F_TEXT, .label = N_("Reason"), .hint = N_("The person reads it beside the course."), .must = true, .max = 300),
	FIELD_END,
};

static enum err assign_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct assign_in *in = input;
	(void)state;
	(void)a;
	return enrolment_assign(cx, &(struct assign){ in->person_id, in->course_id, in->due_day, in->reason });
}

struct nudge_in {
	int64_t person_id, course_id;
	struct str note;
};
/* The course carries no label: buttons in the list send it without a field that an error could lead to. */
static const struct field nudge_in[] = {
	FIELD(nudge_in, person_id, F_ID, .must = true),
	FIELD(nudge_in, course_id, F_ID, .must = true),
	FIELD(nudge_in, note, F_TEXT, .label = N_("Note"), .hint = N_("A sentence that helps; it stands beside the reminder."), .max = 300),
	FIELD_END,
};

static enum err nudge_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct nudge_in *in = input;
	(void)state;
	(void)a;
	return enrolment_nudge(cx, in->person_id, in->course_id, in->note.p ? in->note : S(""));
}

struct withdraw_in {
	int64_t person_id, course_id;
};
static const struct field withdraw_in[] = {
	FIELD(withdraw_in, person_id, F_ID, .must = true),
	FIELD(withdraw_in, course_id, F_ID, .must = true),
	FIELD_END,
};

static enum err withdraw_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct withdraw_in *in = input;
	(void)state;
	(void)a;
	return enrolment_withdraw(cx, in->person_id, in->course_id);
}

const struct action team_actions[] = {
	{ .name = "team.show", .method = GET, .page = "/team", .api = "/api/v1/team", .may = MAY_TEAM, .out = team_out, .out_list = true, .in = team_in, .in_size = sizeof(struct team_in), .run = team_run, .html = team_view,
	  .summary = "The people one supervises by the postings of today." },
	{ .name = "team.member", .method = GET, .page = "/people/{person_id}", .api = "/api/v1/people/{person_id}", .out = member_out, .may = MAY_PERSON_SEE, .scope = SCOPE_PERSON, .in = member_in,
	  .in_size = sizeof(struct member_in), .run = member_run, .html = member_view, .summary = "A person's courses, with what is asked and by when." },
	{ .name = "team.assign", .method = POST, .page = "/people/{person_id}/assignments", .api = "/api/v1/people/{person_id}/assignments", .may = MAY_ASSIGN,
	  .scope = SCOPE_PERSON, .in = assign_in, .in_size = sizeof(struct assign_in), .run = assign_run, .form = "team.member", .then = "/people/{person_id}",
	  .notice = N_("The course is assigned."), .summary = "Assigns a course to a person with a day and a reason; again: changes both." },
	{ .name = "team.nudge", .method = POST, .page = "/people/{person_id}/nudges", .api = "/api/v1/people/{person_id}/nudges", .may = MAY_ASSIGN,
	  .scope = SCOPE_PERSON, .in = nudge_in, .in_size = sizeof(struct nudge_in), .run = nudge_run, .form = "team.member", .then = "/people/{person_id}",
	  .notice = N_("The reminder is sent."), .summary = "Reminds a person of a course, at most once a day." },
	{ .name = "team.withdraw", .method = POST, .page = "/people/{person_id}/assignments/{course_id}/withdraw",
	  .api = "/api/v1/people/{person_id}/assignments/{course_id}/withdraw", .may = MAY_ASSIGN, .scope = SCOPE_PERSON,
	  .in = withdraw_in, .in_size = sizeof(struct withdraw_in), .run = withdraw_run, .form = "team.member", .then = "/people/{person_id}",
	  .notice = N_("The assignment is withdrawn; what was done is kept."), .summary = "Withdraws an open assignment." },
	ACTION_END,
};
