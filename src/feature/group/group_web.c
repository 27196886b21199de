/* Groups in the browser and over the API: lists, members of any day, courses for a whole group. Writing rules: group_draft_web.c. */
#include "assign_html.h"
#include "base/clock.h"
#include "feature/group/group_assign.h"
#include "feature/group/group_page.h"
#include "feature/group/rule_words.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "group_html.h"
#include "groups_html.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

enum { GROUPS_PAGE = 30, MEMBERS_PAGE = 50, MEMBERS_API = 500, ASSIGNS_SHOWN = 20 };

static struct str words_of(const struct ctx *cx, struct str en, struct str hi)
{
	return cx->lang == LANG_HI ? hi : en;
}

/* A group of the organisation of the path, and of no other. */
static enum err find(struct ctx *cx, int64_t org_id, int64_t group_id, struct group_one_row *ret)
{
	bool found = false;
	TRY(group_sql_one(cx, group_id, ret, &found));
	return found && ret->org_id == org_id ? OK : fail(cx, ERR_NOT_FOUND, "group_id", N_("There is no such group in this organisation."));
}

static enum err percent_of(struct ctx *cx, int64_t job_id, int64_t *ret, bool *ret_cancelled)
{
	struct job_standing job;
	bool found = false;
	*ret = 0;
	*ret_cancelled = false;
	if (job_id == NONE)
		return OK;
	TRY(job_standing(cx, job_id, &job, &found));
	if (found && job.total > 0)
		*ret = job.done >= job.total ? 100 : job.done * 100 / job.total;
	*ret_cancelled = found && job.cancel;
	return OK;
}

/* ── the groups of an organisation ── */

struct list_in {
	int64_t org_id, before;
};
static const struct field list_in[] = { FIELD(list_in, org_id, F_ID, .must = true), FIELD(list_in, before, F_ID), FIELD_END };
static const struct field item_out[] = {
	FIELD(group_item, id, F_ID),	    FIELD(group_item, name, F_TEXT),	   FIELD(group_item, words, F_TEXT),	  FIELD(group_item, members, F_INT),
	FIELD(group_item, settled, F_BOOL), FIELD(group_item, created_at, F_TIME), FIELD(group_item, changed_at, F_TIME), FIELD_END,
};

static enum err put_drafts(struct ctx *cx, struct groups_page *v)
{
	struct group_drafts_of_row *rows;
	TRY(group_sql_drafts_of(cx, v->org_id, cx->actor.person_id, &rows, &v->n_drafts));
	v->drafts = ARENA_ARRAY(cx->arena, struct draft_item, v->n_drafts);
	for (size_t i = 0; i < v->n_drafts; i++)
		v->drafts[i] = (struct draft_item){ rows[i].id, v->org_id, rows[i].changed_at, rows[i].name };
	return OK;
}

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct groups_page *v = ARENA_NEW(cx->arena, struct groups_page);
	struct group_of_org_row *rows;
	size_t n;
	(void)state;
	v->org_id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(group_sql_of_org(cx, in->org_id, in->before, GROUPS_PAGE + 1, &rows, &n));
	v->n_groups = n > GROUPS_PAGE ? GROUPS_PAGE : n;
	v->groups = ARENA_ARRAY(cx->arena, struct group_item, v->n_groups);
	for (size_t i = 0; i < v->n_groups; i++)
		v->groups[i] = (struct group_item){ rows[i].id,
						    in->org_id,
						    rows[i].members,
						    rows[i].created_at,
						    rows[i].changed_at,
						    rows[i].name,
						    words_of(cx, rows[i].words_en, rows[i].words_hi),
						    rows[i].settled == rows[i].revision };
	if (n > GROUPS_PAGE) {
		a->next = str_fmt(cx->arena, "%lld", (long long)rows[GROUPS_PAGE - 1].id);
		v->next = str_fmt(cx->arena, "/orgs/%lld/groups?before=%s", (long long)in->org_id, a->next.p);
	}
	TRY(put_drafts(cx, v));
	ANSWER_ROWS(a, v->groups, v->n_groups);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Groups"));
	return OK;
}

/* ── making and changing over the API ── */

struct write_in {
	int64_t org_id, group_id;
	struct str name, rule;
};
#define RULE_HINT N_("{\"any\": [{\"all\": [conditions]}]}; doc/groups.md names every condition.")
static const struct field add_in[] = {
	FIELD(write_in, org_id, F_ID, .must = true),
	FIELD(write_in, name, F_TEXT, .label = N_("Name"), .must = true, .max = GROUP_NAME_MAX),
	FIELD(write_in, rule, F_JSON, .label = N_("Rule"), .hint = RULE_HINT, .must = true, .max = RULE_BYTES_MAX),
	FIELD_END,
};
static const struct field change_in[] = {
	FIELD(write_in, org_id, F_ID, .must = true),
	FIELD(write_in, group_id, F_ID, .must = true),
	FIELD(write_in, name, F_TEXT, .label = N_("Name"), .must = true, .max = GROUP_NAME_MAX),
	FIELD(write_in, rule, F_JSON, .label = N_("Rule"), .hint = RULE_HINT, .must = true, .max = RULE_BYTES_MAX),
	FIELD_END,
};
struct added {
	int64_t id;
};
static const struct field added_out[] = { FIELD(added, id, F_ID), FIELD_END };

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct write_in *in = input;
	struct group_add add = { in->org_id, in->name, in->rule };
	struct added *row = ARENA_NEW(cx->arena, struct added);
	(void)state;
	TRY(group_add(cx, &add, &row->id));
	ANSWER_ROW(a, row);
	return OK;
}

static enum err change_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct write_in *in = input;
	struct group_one_row g;
	(void)state;
	TRY(find(cx, in->org_id, in->group_id, &g));
	a->before = str_dup(cx->arena, g.rule);
	return group_change(cx, in->group_id, in->name, in->rule);
}

struct preview_in {
	int64_t org_id, group_id;
	struct str rule;
};
static const struct field preview_in[] = {
	FIELD(preview_in, org_id, F_ID, .must = true),
	FIELD(preview_in, group_id, F_ID, .label = N_("Group to compare with")),
	FIELD(preview_in, rule, F_JSON, .label = N_("Rule"), .hint = RULE_HINT, .must = true, .max = RULE_BYTES_MAX),
	FIELD_END,
};
struct previewed {
	struct str words;
	int64_t fit, enter, leave;
};
static const struct field previewed_out[] = { FIELD(previewed, words, F_TEXT), FIELD(previewed, fit, F_INT), FIELD(previewed, enter, F_INT),
					      FIELD(previewed, leave, F_INT), FIELD_END };

/* On a reading connection: over a million people it takes seconds. */
static enum err preview_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct preview_in *in = input;
	struct previewed *row = ARENA_NEW(cx->arena, struct previewed);
	struct group_preview p;
	struct group_one_row g;
	struct rule_names names;
	struct rule r;
	TRY(rule_parse(cx, in->rule, &r));
	TRY(rule_names_of(cx, in->org_id, &r, NULL, &names));
	if (in->group_id != NONE)
		TRY(find(cx, in->org_id, in->group_id, &g));
	TRY(group_preview(cx, in->org_id, in->group_id, &r, &p));
	*row = (struct previewed){ rule_words(cx, cx->lang, &r, &names), p.n_fit, p.n_enter, p.n_leave };
	*ret_state = row;
	return OK;
}

static enum err preview_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct previewed *row = state;
	(void)cx;
	(void)input;
	ANSWER_ROW(a, row);
	return OK;
}

/* ── one group ── */

struct one_in {
	int64_t org_id, group_id, after, on;
};
static const struct field one_in[] = {
	FIELD(one_in, org_id, F_ID, .must = true),
	FIELD(one_in, group_id, F_ID, .must = true),
	FIELD(one_in, after, F_ID),
	FIELD(one_in, on, F_DATE, .label = N_("On another day")),
	FIELD_END,
};
static const struct field end_in[] = { FIELD(one_in, org_id, F_ID, .must = true), FIELD(one_in, group_id, F_ID, .must = true), FIELD_END };
static const struct field one_out[] = {
	FIELD(group_page, id, F_ID),	       FIELD(group_page, name, F_TEXT),
	FIELD(group_page, words, F_TEXT),      FIELD(group_page, rule, F_JSON),
	FIELD(group_page, members, F_INT),     FIELD(group_page, settled, F_BOOL),
	FIELD(group_page, ended, F_BOOL),      FIELD(group_page, created_at, F_TIME),
	FIELD(group_page, changed_at, F_TIME), FIELD_END,
};
static const struct field member_out[] = {
	FIELD(group_person, person_id, F_ID),
	FIELD(group_person, name, F_TEXT, .personal = true),
	FIELD(group_person, employee_no, F_TEXT, .personal = true),
	FIELD(group_person, designation, F_TEXT),
	FIELD(group_person, org, F_TEXT),
	FIELD(group_person, since_at, F_TIME),
	FIELD(group_person, until_at, F_TIME),
	FIELD_END,
};

/* The end of a day; of today, or no day: this moment. */
static int64_t moment_of(const struct ctx *cx, int64_t day)
{
	return day == NONE || day >= person_today(cx) ? cx->now + 1 : clock_day_start(S("Asia/Kolkata"), day + 1);
}

static enum err members_at(struct ctx *cx, const struct one_in *in, int64_t most, struct group_person **ret, size_t *ret_n, struct str *ret_next)
{
	struct group_members_at_row *rows;
	size_t n;
	TRY(group_sql_members_at(cx, in->group_id, in->after == NONE ? 0 : in->after, moment_of(cx, in->on), most + 1, &rows, &n));
	*ret_n = n > (size_t)most ? (size_t)most : n;
	*ret = ARENA_ARRAY(cx->arena, struct group_person, *ret_n);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = (struct group_person){ rows[i].person_id,
						   rows[i].since_at,
						   rows[i].until_at,
						   rows[i].name,
						   rows[i].employee_no,
						   org_name(cx, rows[i].designation_en, rows[i].designation_hi),
						   org_name(cx, rows[i].org_en, rows[i].org_hi) };
	*ret_next = n > *ret_n ? str_fmt(cx->arena, "%lld", (long long)rows[*ret_n - 1].person_id) : STR_NONE;
	return OK;
}

static enum err put_assigns(struct ctx *cx, struct group_page *v)
{
	struct group_assigns_of_row *rows;
	TRY(group_sql_assigns_of(cx, v->id, NONE, ASSIGNS_SHOWN, &rows, &v->n_assigns));
	v->assigns = ARENA_ARRAY(cx->arena, struct assign_item, v->n_assigns);
	for (size_t i = 0; i < v->n_assigns; i++)
		v->assigns[i] = (struct assign_item){ rows[i].id,	  v->org_id,	      v->id,	     rows[i].course_id, rows[i].due_day,
						      rows[i].n_assigned, rows[i].created_at, rows[i].title, rows[i].lang,	rows[i].state };
	return OK;
}

static enum err put_courses(struct ctx *cx, struct group_page *v)
{
	struct group_courses_row *rows;
	struct group_courses *c = ARENA_NEW(cx->arena, struct group_courses);
	TRY(group_sql_courses(cx, &rows, &c->n));
	v->courses = c;
	c->v = ARENA_ARRAY(cx->arena, struct group_course, c->n);
	for (size_t i = 0; i < c->n; i++)
		c->v[i] = (struct group_course){ rows[i].id, rows[i].title, rows[i].lang };
	return OK;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct group_page *v = ARENA_NEW(cx->arena, struct group_page);
	struct group_one_row g;
	struct str next;
	bool cancelled;
	(void)state;
	TRY(find(cx, in->org_id, in->group_id, &g));
	*v = (struct group_page){ .id = g.id,
				  .org_id = g.org_id,
				  .members = g.members,
				  .created_at = g.created_at,
				  .changed_at = g.changed_at,
				  .name = g.name,
				  .rule = g.rule,
				  .words = words_of(cx, g.words_en, g.words_hi),
				  .maker = g.maker,
				  .settled = g.settled == g.revision,
				  .ended = g.ended_at != NONE,
				  .day = in->on == NONE ? person_today(cx) : in->on };
	v->past = v->day < person_today(cx);
	TRY(org_called(cx, g.org_id, &v->org));
	TRY(percent_of(cx, g.job_id, &v->percent, &cancelled));
	TRY(members_at(cx, in, MEMBERS_PAGE, &v->persons, &v->n_persons, &next));
	if (next.n)
		v->next = str_fmt(cx->arena, "/orgs/%lld/groups/%lld?after=%s%s%s", (long long)g.org_id, (long long)g.id, next.p, v->past ? "&on=" : "",
				  v->past ? fmt_isoday(cx, v->day).p : "");
	TRY(put_assigns(cx, v));
	TRY(put_courses(cx, v));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = g.name;
	return OK;
}

void html_group_course_options(struct html_out *o, const struct group_courses *c)
{
	struct str chosen = form_old(o, "course_id", S(""));
	for (size_t i = 0; i < c->n; i++) {
		struct str value = str_fmt(o->cx->arena, "%lld", (long long)c->v[i].id);
		buf_fmt(&o->b, "<option value=\"%s\" lang=\"", value.p);
		html_attr(o, c->v[i].lang);
		buf_fmt(&o->b, "\"%s>", str_eq(value, chosen) ? " selected" : "");
		html_text(o, c->v[i].title);
		buf_lit(&o->b, "</option>");
	}
}

static enum err members_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct group_one_row g;
	struct group_person *rows;
	size_t n;
	(void)state;
	TRY(find(cx, in->org_id, in->group_id, &g));
	TRY(members_at(cx, in, MEMBERS_API, &rows, &n, &a->next));
	ANSWER_ROWS(a, rows, n);
	return OK;
}

static enum err end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct group_one_row g;
	(void)state;
	(void)a;
	TRY(find(cx, in->org_id, in->group_id, &g));
	return group_end(cx, in->group_id);
}

/* ── the groups of a person ── */

struct person_in {
	int64_t person_id, on;
};
static const struct field person_in[] = { FIELD(person_in, person_id, F_ID, .must = true), FIELD(person_in, on, F_DATE, .label = N_("On another day")),
					  FIELD_END };
static const struct field of_person_out[] = {
	FIELD(group_of_person_row, id, F_ID),	      FIELD(group_of_person_row, org_id, F_ID),	    FIELD(group_of_person_row, name, F_TEXT),
	FIELD(group_of_person_row, since_at, F_TIME), FIELD(group_of_person_row, until_at, F_TIME), FIELD_END,
};

static enum err of_person_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct person_in *in = input;
	struct group_of_person_row *rows;
	size_t n;
	(void)state;
	TRY(group_sql_of_person(cx, in->person_id, moment_of(cx, in->on), &rows, &n));
	ANSWER_ROWS(a, rows, n);
	return OK;
}

/* ── a course for a group ── */

struct assign_in {
	int64_t org_id, group_id, course_id, due_day;
	struct str reason;
};
static const struct field assign_in[] = {
	FIELD(assign_in, org_id, F_ID, .must = true),
	FIELD(assign_in, group_id, F_ID, .must = true),
	FIELD(assign_in, course_id, F_ID, .label = N_("Course"), .must = true),
	FIELD(assign_in, due_day, F_DATE, .label = N_("Complete by"), .must = true),
	FIELD(assign_in, reason, F_TEXT, .label = N_("Reason"), .hint = N_("Everybody reads it beside the course."), .must = true, .max = 300),
	FIELD_END,
};

static enum err assign_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct assign_in *in = input;
	struct added *row = ARENA_NEW(cx->arena, struct added);
	struct group_one_row g;
	(void)state;
	TRY(find(cx, in->org_id, in->group_id, &g));
	TRY(group_assign_add(cx, &(struct group_assign){ in->group_id, in->course_id, in->due_day, in->reason }, &row->id));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/orgs/%lld/groups/%lld/assignments/%lld", (long long)in->org_id, (long long)in->group_id, (long long)row->id);
	return OK;
}

struct assigned_in {
	int64_t org_id, group_id, assignment_id;
};
static const struct field assigned_in[] = {
	FIELD(assigned_in, org_id, F_ID, .must = true),
	FIELD(assigned_in, group_id, F_ID, .must = true),
	FIELD(assigned_in, assignment_id, F_ID, .must = true),
	FIELD_END,
};
static const struct field assign_out[] = {
	FIELD(assign_page, id, F_ID),		FIELD(assign_page, state, F_TEXT),
	FIELD(assign_page, course_id, F_ID),	FIELD(assign_page, due_day, F_DATE),
	FIELD(assign_page, reason, F_TEXT),	FIELD(assign_page, n_people, F_INT),
	FIELD(assign_page, n_completed, F_INT), FIELD(assign_page, n_asked, F_INT),
	FIELD(assign_page, n_new, F_INT),	FIELD(assign_page, n_assigned, F_INT),
	FIELD(assign_page, n_withdrawn, F_INT), FIELD(assign_page, percent, F_INT),
	FIELD(assign_page, created_at, F_TIME), FIELD_END,
};

static enum err find_assign(struct ctx *cx, const struct assigned_in *in, struct group_assign_one_row *ret)
{
	bool found = false;
	TRY(group_sql_assign_one(cx, in->assignment_id, ret, &found));
	return found && ret->org_id == in->org_id && ret->group_id == in->group_id
		   ? OK
		   : fail(cx, ERR_NOT_FOUND, "assignment_id", N_("There is no such assignment to this group."));
}

static enum err assigned_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct assigned_in *in = input;
	struct assign_page *v = ARENA_NEW(cx->arena, struct assign_page);
	struct group_assign_one_row r;
	(void)state;
	TRY(find_assign(cx, in, &r));
	*v = (struct assign_page){
		.id = r.id,
		.org_id = r.org_id,
		.group_id = r.group_id,
		.course_id = r.course_id,
		.due_day = r.due_day,
		.n_people = r.n_people,
		.n_completed = r.n_completed,
		.n_asked = r.n_asked,
		.n_new = r.n_people - r.n_completed - r.n_asked,
		.n_assigned = r.n_assigned,
		.n_withdrawn = r.n_withdrawn,
		.created_at = r.created_at,
		.group = r.name,
		.title = r.title,
		.lang = r.lang,
		.reason = r.reason,
		.asker = r.asker,
		.state = r.state,
		.is_counting = str_is(r.state, "counting"),
		.is_counted = str_is(r.state, "counted"),
		.is_assigning = str_is(r.state, "assigning"),
		.is_assigned = str_is(r.state, "assigned"),
		.is_undoing = str_is(r.state, "undoing"),
		.is_undone = str_is(r.state, "undone"),
		.is_stopped = str_is(r.state, "stopped"),
	};
	v->works = v->is_counting || v->is_assigning || v->is_undoing;
	v->may_undo = v->is_assigned && cx->now - r.assigned_at <= UNASSIGN_FOR;
	v->until = v->is_assigned ? r.assigned_at + UNASSIGN_FOR : NONE;
	TRY(org_called(cx, r.org_id, &v->org));
	if (v->works)
		TRY(percent_of(cx, r.job_id, &v->percent, &v->cancelled));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = r.title;
	return OK;
}

static enum err act_on(struct ctx *cx, const struct assigned_in *in, enum err (*verb)(struct ctx *cx, int64_t id))
{
	struct group_assign_one_row r;
	TRY(find_assign(cx, in, &r));
	return verb(cx, in->assignment_id);
}

static enum err begin_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	(void)a;
	return act_on(cx, input, group_assign_begin);
}

static enum err stop_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	(void)a;
	return act_on(cx, input, group_assign_stop);
}

static enum err undo_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	(void)a;
	return act_on(cx, input, group_assign_undo);
}

#define LIST "/orgs/{org_id}/groups"
#define ONE LIST "/{group_id}"
#define ASSIGN ONE "/assignments/{assignment_id}"
#define GROUPS(in_) .may = MAY_GROUP_MANAGE, .scope = SCOPE_ORG, .in = in_
const struct action group_actions[] = {
	{ .name = "group.list",
	  .method = GET,
	  .page = LIST,
	  .api = "/api/v1" LIST,
	  GROUPS(list_in),
	  .in_size = sizeof(struct list_in),
	  .out = item_out,
	  .out_list = true,
	  .run = list_run,
	  .html = groups_view,
	  .summary = "The groups of an organisation." },
	{ .name = "group.add",
	  .method = POST,
	  .api = "/api/v1" LIST,
	  GROUPS(add_in),
	  .in_size = sizeof(struct write_in),
	  .out = added_out,
	  .run = add_run,
	  .summary = "Makes a group of the people whom a rule describes." },
	{ .name = "group.preview",
	  .method = POST,
	  .api = "/api/v1/orgs/{org_id}/group-preview",
	  GROUPS(preview_in),
	  .in_size = sizeof(struct preview_in),
	  .out = previewed_out,
	  .prepare = preview_prepare,
	  .run = preview_run,
	  .quiet = true,
	  .summary = "Whom a rule would take in, and who would enter or leave a group; changes nothing." },
	{ .name = "group.show",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  GROUPS(one_in),
	  .in_size = sizeof(struct one_in),
	  .out = one_out,
	  .run = show_run,
	  .html = group_view,
	  .summary = "A group: its rule and its members, of today or another day." },
	{ .name = "group.change",
	  .method = POST,
	  .api = "/api/v1" ONE,
	  GROUPS(change_in),
	  .in_size = sizeof(struct write_in),
	  .run = change_run,
	  .summary = "Gives a group another name and rule; its members follow." },
	{ .name = "group.members",
	  .method = GET,
	  .api = "/api/v1" ONE "/members",
	  GROUPS(one_in),
	  .in_size = sizeof(struct one_in),
	  .out = member_out,
	  .out_list = true,
	  .run = members_run,
	  .summary = "The members of a group, of today or another day, page by page (after)." },
	{ .name = "group.end",
	  .method = POST,
	  .page = ONE "/end",
	  .api = "/api/v1" ONE "/end",
	  GROUPS(end_in),
	  .in_size = sizeof(struct one_in),
	  .run = end_run,
	  .form = "group.show",
	  .then = LIST,
	  .notice = N_("The group has ended; its past stays on record."),
	  .summary = "Ends a group; its past stays on record." },
	{ .name = "group.of_person",
	  .method = GET,
	  .api = "/api/v1/people/{person_id}/groups",
	  .may = MAY_GROUP_MANAGE,
	  .scope = SCOPE_PERSON,
	  .in = person_in,
	  .in_size = sizeof(struct person_in),
	  .out = of_person_out,
	  .out_list = true,
	  .run = of_person_run,
	  .summary = "The groups a person is in, or was in on a day." },
	{ .name = "group.assign",
	  .method = POST,
	  .page = ONE "/assignments",
	  .api = "/api/v1" ONE "/assignments",
	  GROUPS(assign_in),
	  .in_size = sizeof(struct assign_in),
	  .out = added_out,
	  .run = assign_run,
	  .form = "group.show",
	  .then = ONE,
	  .summary = "Counts whom assigning a course to a group would reach; assigns nothing yet." },
	{ .name = "group.assigned",
	  .method = GET,
	  .page = ASSIGN,
	  .api = "/api/v1" ASSIGN,
	  GROUPS(assigned_in),
	  .in_size = sizeof(struct assigned_in),
	  .out = assign_out,
	  .run = assigned_run,
	  .html = assign_view,
	  .summary = "A course for a group: whom it reaches and how far it is." },
	{ .name = "group.assign_begin",
	  .method = POST,
	  .page = ASSIGN "/begin",
	  .api = "/api/v1" ASSIGN "/begin",
	  GROUPS(assigned_in),
	  .in_size = sizeof(struct assigned_in),
	  .run = begin_run,
	  .form = "group.assigned",
	  .then = ASSIGN,
	  .summary = "Assigns the counted course to everybody in the group." },
	{ .name = "group.assign_stop",
	  .method = POST,
	  .page = ASSIGN "/stop",
	  .api = "/api/v1" ASSIGN "/stop",
	  GROUPS(assigned_in),
	  .in_size = sizeof(struct assigned_in),
	  .run = stop_run,
	  .form = "group.assigned",
	  .then = ASSIGN,
	  .summary = "Drops what is only counted, or stops assigning and takes back what was assigned." },
	{ .name = "group.assign_undo",
	  .method = POST,
	  .page = ASSIGN "/undo",
	  .api = "/api/v1" ASSIGN "/undo",
	  GROUPS(assigned_in),
	  .in_size = sizeof(struct assigned_in),
	  .run = undo_run,
	  .form = "group.assigned",
	  .then = ASSIGN,
	  .summary = "Takes back what was assigned to a group." },
	ACTION_END,
};
