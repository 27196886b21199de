/* Work roles with their activities, and one's own work, in the browser and over the API. */
#include "feature/competency/competency.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "feature/post/post.h"
#include "feature/post/post_views.h"
#include "my_work_html.h"
#include "web/action.h"
#include "web/lang.h"
#include "work_role_html.h"
#include "work_roles_html.h"

/* ── the roles to use in an organisation ── */

struct org_in {
	int64_t org_id;
};
static const struct field org_in[] = { FIELD(org_in, org_id, F_ID, .must = true), FIELD_END };
static const struct field role_out[] = {
	FIELD(role_view, id, F_ID),
	FIELD(role_view, code, F_TEXT),
	FIELD(role_view, name, F_TEXT),
	FIELD(role_view, org_id, F_ID),
	FIELD(role_view, org, F_TEXT),
	FIELD(role_view, n_posts, F_INT),
	FIELD_END,
};

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct work_roles_page *v = ARENA_NEW(cx->arena, struct work_roles_page);
	struct post_page_roles_for_row *r;
	(void)state;
	v->org_id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(post_page_sql_roles_for(cx, in->org_id, &r, &v->n_roles));
	v->roles = ARENA_ARRAY(cx->arena, struct role_view, v->n_roles);
	for (size_t i = 0; i < v->n_roles; i++)
		v->roles[i] = (struct role_view){ .id = r[i].id,
						  .org_id = r[i].org_id,
						  .n_posts = r[i].n_posts,
						  .here_id = in->org_id,
						  .code = r[i].code,
						  .name = org_name(cx, r[i].name_en, r[i].name_hi),
						  .org = org_name(cx, r[i].org_en, r[i].org_hi),
						  .ours = r[i].distance == 0 };
	ANSWER_ROWS(a, v->roles, v->n_roles);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Work roles"));
	return OK;
}

struct set_in {
	int64_t org_id, role_id;
	struct str code, name_en, name_hi;
};
#define NAMES                                                                                                                                                  \
	FIELD(set_in, name_en, F_TEXT, .label = N_("Name"), .must = true, .max = POST_NAME_MAX),                                                               \
		FIELD(set_in, name_hi, F_TEXT, .label = N_("Name in Hindi"), .max = POST_NAME_MAX)
static const struct field add_in[] = {
	FIELD(set_in, org_id, F_ID, .must = true),
	FIELD(set_in, code, F_TEXT, .label = N_("Code"), .hint = N_("Letters, figures, full stop and hyphen; unique in the organisation."), .must = true,
	      .max = POST_CODE_MAX),
	NAMES,
	FIELD_END,
};
static const struct field change_in[] = { FIELD(set_in, org_id, F_ID, .must = true), FIELD(set_in, role_id, F_ID, .must = true), NAMES, FIELD_END };
struct added {
	int64_t id;
};
static const struct field added_out[] = { FIELD(added, id, F_ID), FIELD_END };

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct set_in *in = input;
	struct added *row = ARENA_NEW(cx->arena, struct added);
	struct post_role_of_code_row there;
	bool found = false;
	(void)state;
	TRY(post_sql_role_of_code(cx, in->org_id, in->code, &there, &found));
	if (found)
		return fail(cx, ERR_CONFLICT, "code", N_("is the code of another role of this organisation"));
	TRY(work_role_set(cx, &(struct work_role_set){ in->org_id, in->code, in->name_en, in->name_hi }, &row->id));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/orgs/%lld/work-roles/%lld", (long long)in->org_id, (long long)row->id);
	return OK;
}

/* ── one role ── */

struct one_in {
	int64_t org_id, role_id, activity_id;
};
static const struct field one_in[] = { FIELD(one_in, org_id, F_ID, .must = true), FIELD(one_in, role_id, F_ID, .must = true), FIELD(one_in, activity_id, F_ID),
				       FIELD_END };
static const struct field one_out[] = {
	FIELD(work_role_page, id, F_ID),
	FIELD(work_role_page, code, F_TEXT),
	FIELD(work_role_page, name, F_TEXT),
	FIELD(work_role_page, owner_id, F_ID),
	FIELD(work_role_page, owner, F_TEXT),
	FIELD(work_role_page, ended, F_BOOL),
	FIELD_END,
};
static const struct field activity_out[] = {
	FIELD(activity_view, id, F_ID), FIELD(activity_view, code, F_TEXT), FIELD(activity_view, name, F_TEXT), FIELD(activity_view, needed, F_TEXT), FIELD_END,
};

static enum err find(struct ctx *cx, int64_t org_id, int64_t role_id, struct post_page_role_of_row *ret)
{
	bool found = false;
	TRY(post_page_sql_role_of(cx, org_id, role_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "role_id", N_("There is no such role here or above."));
}

/* To be changed: of the organisation itself. */
static enum err find_ours(struct ctx *cx, int64_t org_id, int64_t role_id, struct post_page_role_of_row *ret)
{
	TRY(find(cx, org_id, role_id, ret));
	return ret->org_id == org_id ? OK : fail(cx, ERR_CONFLICT, "", N_("This role belongs to an organisation above and is changed there."));
}

/* As courses write it: "kcm:code@2, …". */
static enum err written_needs(struct ctx *cx, int64_t activity_id, struct str *ret)
{
	struct post_page_needs_of_row *r;
	struct buf b;
	size_t n;
	TRY(post_page_sql_needs_of(cx, activity_id, &r, &n));
	buf_init(&b, cx->arena, 1 << 16);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%.*s:%.*s@%lld", i ? ", " : "", STR_ARG(r[i].framework), STR_ARG(r[i].code), (long long)r[i].level);
	*ret = buf_get(&b);
	return OK;
}

static enum err put_edited(struct ctx *cx, struct work_role_page *v, int64_t activity_id)
{
	struct post_page_activity_of_row r;
	bool found = false;
	if (activity_id == NONE || !v->ours)
		return OK;
	TRY(post_page_sql_activity_of(cx, activity_id, v->id, &r, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "activity_id", N_("There is no such activity."));
	v->edit_code = r.code;
	v->edit_en = r.name_en;
	v->edit_hi = r.name_hi;
	return written_needs(cx, activity_id, &v->edit_needs);
}

static enum err activities(struct ctx *cx, int64_t role_id, struct activity_view **ret, size_t *ret_n)
{
	struct post_page_work_of_role_row *w;
	struct work_line *lines;
	size_t n;
	TRY(post_page_sql_work_of_role(cx, person_today(cx), role_id, &w, &n));
	WORK_LINES(cx, w, n, lines);
	activities_of(cx, lines, n, ret, ret_n);
	return OK;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct work_role_page *v = ARENA_NEW(cx->arena, struct work_role_page);
	struct post_page_role_of_row r;
	(void)state;
	TRY(find(cx, in->org_id, in->role_id, &r));
	*v = (struct work_role_page){ .org_id = in->org_id,
				      .id = r.id,
				      .owner_id = r.org_id,
				      .code = r.code,
				      .name = org_name(cx, r.name_en, r.name_hi),
				      .name_en = r.name_en,
				      .name_hi = r.name_hi,
				      .owner = org_name(cx, r.org_en, r.org_hi),
				      .ours = r.org_id == in->org_id,
				      .ended = r.until_day != NONE && r.until_day <= person_today(cx) };
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(activities(cx, r.id, &v->activities, &v->n_activities));
	for (size_t i = 0; i < v->n_activities; i++)
		v->activities[i].org_id = in->org_id;
	TRY(put_edited(cx, v, in->activity_id));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->name;
	return OK;
}

static enum err activities_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct post_page_role_of_row r;
	struct activity_view *v;
	size_t n;
	(void)state;
	TRY(find(cx, in->org_id, in->role_id, &r));
	TRY(activities(cx, r.id, &v, &n));
	ANSWER_ROWS(a, v, n);
	return OK;
}

static enum err change_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct set_in *in = input;
	struct post_page_role_of_row r;
	int64_t id;
	(void)state;
	(void)a;
	TRY(find_ours(cx, in->org_id, in->role_id, &r));
	return work_role_set(cx, &(struct work_role_set){ in->org_id, r.code, in->name_en, in->name_hi }, &id);
}

static enum err end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct post_page_role_of_row r;
	(void)state;
	(void)a;
	TRY(find_ours(cx, in->org_id, in->role_id, &r));
	return work_role_end(cx, in->org_id, in->role_id);
}

struct activity_in {
	int64_t org_id, role_id;
	struct str activity, does_en, does_hi, needs;
};
static const struct field activity_in[] = {
	FIELD(activity_in, org_id, F_ID, .must = true),
	FIELD(activity_in, role_id, F_ID, .must = true),
	FIELD(activity_in, activity, F_TEXT, .label = N_("Code of the activity"), .hint = N_("One that is there already is changed."), .must = true,
	      .max = POST_CODE_MAX),
	FIELD(activity_in, does_en, F_TEXT, .label = N_("What is done"), .must = true, .max = POST_NAME_MAX),
	FIELD(activity_in, does_hi, F_TEXT, .label = N_("What is done, in Hindi"), .max = POST_NAME_MAX),
	FIELD(activity_in, needs, F_LONG, .label = N_("Competencies it needs"),
	      .hint = N_("As courses name them, with the level: kcm:behavioural.communication@2, …"), .max = 4000),
	FIELD_END,
};

static enum err needs_of(struct ctx *cx, struct str text, struct activity_need **ret, size_t *ret_n)
{
	struct teaches *t;
	struct str wrong;
	if (!teaches_read(cx->arena, text, &t, ret_n, &wrong))
		return fail_msg(cx, ERR_INVALID, S("needs"), N_("cannot be read at “{what}”; it must be such as kcm:behavioural.communication@2"), 1,
				(struct msg_arg[]){ { "what", wrong } });
	*ret = ARENA_ARRAY(cx->arena, struct activity_need, *ret_n + 1);
	for (size_t i = 0; i < *ret_n; i++) {
		struct post_page_competency_called_row c;
		bool found = false;
		TRY(post_page_sql_competency_called(cx, t[i].framework, t[i].code, &c, &found));
		if (!found)
			return fail_msg(cx, ERR_INVALID, S("needs"), N_("names “{what}”, which no framework here has"), 1,
					(struct msg_arg[]){ { "what", t[i].code } });
		(*ret)[i] = (struct activity_need){ c.id, t[i].level };
	}
	return OK;
}

/* Failures of activity_set are of its own fields; the form has other names for them. */
static void rename_failures(struct ctx *cx, size_t from)
{
	static const char *const names[][2] = {
		{ "code", "activity" }, { "name_en", "does_en" }, { "name_hi", "does_hi" }, { "level", "needs" }, { "competency_id", "needs" }
	};
	for (size_t i = from; i < cx->n_failures; i++)
		for (size_t k = 0; k < sizeof names / sizeof *names; k++)
			if (str_is(cx->failures[i].field, names[k][0])) {
				cx->failures[i].field = str_of(names[k][1]);
				break;
			}
}

static enum err activity_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct activity_in *in = input;
	struct added *row = ARENA_NEW(cx->arena, struct added);
	struct post_page_role_of_row r;
	struct activity_set s = { .role_id = in->role_id, .code = in->activity, .name_en = in->does_en, .name_hi = in->does_hi };
	struct activity_need *needs;
	size_t before = cx->n_failures;
	(void)state;
	TRY(find_ours(cx, in->org_id, in->role_id, &r));
	TRY(needs_of(cx, in->needs, &needs, &s.n_needs));
	s.needs = needs;
	ANSWER_ROW(a, row);
	enum err e = activity_set(cx, &s, &row->id);
	rename_failures(cx, before);
	return e;
}

struct end_activity_in {
	int64_t org_id, role_id, activity_id;
};
static const struct field end_activity_in[] = {
	FIELD(end_activity_in, org_id, F_ID, .must = true),
	FIELD(end_activity_in, role_id, F_ID, .must = true),
	FIELD(end_activity_in, activity_id, F_ID, .must = true),
	FIELD_END,
};

static enum err end_activity_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct end_activity_in *in = input;
	struct post_page_role_of_row r;
	(void)state;
	(void)a;
	TRY(find_ours(cx, in->org_id, in->role_id, &r));
	return activity_end(cx, in->role_id, in->activity_id);
}

/* ── one's own work ── */

static const struct field held_out[] = {
	FIELD(holding_view, id, F_ID),		FIELD(holding_view, post_id, F_ID),    FIELD(holding_view, name, F_TEXT),
	FIELD(holding_view, org, F_TEXT),	FIELD(holding_view, kind, F_TEXT),     FIELD(holding_view, from_day, F_DATE),
	FIELD(holding_view, until_day, F_DATE), FIELD(holding_view, order_no, F_TEXT), FIELD_END,
};

static enum err held(struct ctx *cx, struct holding_view **ret, size_t *ret_n)
{
	struct post_page_held_by_row *r;
	TRY(post_page_sql_held_by(cx, cx->actor.person_id, &r, ret_n));
	*ret = ARENA_ARRAY(cx->arena, struct holding_view, *ret_n);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = (struct holding_view){ .id = r[i].id,
						   .post_id = r[i].post_id,
						   .from_day = r[i].from_day,
						   .until_day = r[i].until_day,
						   .kind = r[i].kind,
						   .name = org_name(cx, r[i].title_en, r[i].title_hi),
						   .order_no = r[i].order_no,
						   .place = r[i].place,
						   .org = org_name(cx, r[i].org_en, r[i].org_hi) };
	return OK;
}

static enum err mine(struct ctx *cx, struct activity_view **ret, size_t *ret_n)
{
	struct post_page_work_of_person_row *w;
	struct work_line *lines;
	size_t n;
	TRY(post_page_sql_work_of_person(cx, person_today(cx), cx->actor.person_id, &w, &n));
	WORK_LINES(cx, w, n, lines);
	activities_of(cx, lines, n, ret, ret_n);
	return OK;
}

static enum err put_duties(struct ctx *cx, struct my_work_page *v)
{
	struct post_page_duties_of_row *d;
	TRY(post_page_sql_duties_of(cx, cx->actor.person_id, person_today(cx), &d, &v->n_duties));
	v->duties = ARENA_ARRAY(cx->arena, struct duty_view, v->n_duties);
	for (size_t i = 0; i < v->n_duties; i++)
		v->duties[i] = (struct duty_view){ d[i].from_day, d[i].until_day, org_name(cx, d[i].name_en, d[i].name_hi) };
	return OK;
}

static enum err mine_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct my_work_page *v = ARENA_NEW(cx->arena, struct my_work_page);
	struct holding_lists l = { 0 };
	struct holding_view *h;
	size_t n;
	(void)input;
	(void)state;
	TRY(held(cx, &h, &n));
	for (size_t i = 0; i < n; i++)
		holding_sort(cx, h[i], &l);
	*v = (struct my_work_page){ l.now, l.to_come, l.before, l.n_now, l.n_to_come, l.n_before, NULL, 0, NULL, 0 };
	TRY(mine(cx, &v->activities, &v->n_activities));
	TRY(put_duties(cx, v));
	ANSWER_ROWS(a, v->activities, v->n_activities);
	a->view = v;
	a->nav = NAV_RECORD;
	ANSWER_TITLE(cx, a, N_("My work"));
	return OK;
}

static enum err my_posts_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct holding_view *h;
	size_t n;
	(void)input;
	(void)state;
	TRY(held(cx, &h, &n));
	ANSWER_ROWS(a, h, n);
	return OK;
}

#define ALL "/orgs/{org_id}/work-roles"
#define ONE ALL "/{role_id}"
#define MANAGED .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG
#define IN(table, type) .in = table, .in_size = sizeof(struct type)
const struct action work_role_actions[] = {
	{ .name = "work_role.list",
	  .method = GET,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGED,
	  IN(org_in, org_in),
	  .out = role_out,
	  .out_list = true,
	  .run = list_run,
	  .html = work_roles_view,
	  .summary = "The work roles of an organisation and of those above it." },
	{ .name = "work_role.add",
	  .method = POST,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGED,
	  IN(add_in, set_in),
	  .out = added_out,
	  .run = add_run,
	  .form = "work_role.list",
	  .then = ALL,
	  .summary = "Makes a work role." },
	{ .name = "work_role.show",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  MANAGED,
	  IN(one_in, one_in),
	  .out = one_out,
	  .run = show_run,
	  .html = work_role_view,
	  .summary = "A work role." },
	{ .name = "work_role.activities",
	  .method = GET,
	  .api = "/api/v1" ONE "/activities",
	  MANAGED,
	  IN(one_in, one_in),
	  .out = activity_out,
	  .out_list = true,
	  .run = activities_run,
	  .summary = "The activities of a work role, with what they need." },
	{ .name = "work_role.change",
	  .method = POST,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  MANAGED,
	  IN(change_in, set_in),
	  .run = change_run,
	  .form = "work_role.show",
	  .then = ONE,
	  .notice = N_("The role is as you said."),
	  .summary = "Calls a work role otherwise; one that had ended is in use again." },
	{ .name = "work_role.end",
	  .method = POST,
	  .page = ONE "/end",
	  .api = "/api/v1" ONE "/end",
	  MANAGED,
	  IN(one_in, one_in),
	  .run = end_run,
	  .form = "work_role.show",
	  .then = ALL,
	  .notice = N_("The role is not in use any more."),
	  .summary = "Takes a work role out of use." },
	{ .name = "work_role.set_activity",
	  .method = POST,
	  .page = ONE "/activities",
	  .api = "/api/v1" ONE "/activities",
	  MANAGED,
	  IN(activity_in, activity_in),
	  .out = added_out,
	  .run = activity_run,
	  .form = "work_role.show",
	  .then = ONE,
	  .notice = N_("The activity is as you said."),
	  .summary = "Makes an activity of a work role, or changes the one of this code, with the competencies it needs." },
	{ .name = "work_role.end_activity",
	  .method = POST,
	  .page = ONE "/activities/{activity_id}/end",
	  .api = "/api/v1" ONE "/activities/{activity_id}/end",
	  MANAGED,
	  IN(end_activity_in, end_activity_in),
	  .run = end_activity_run,
	  .form = "work_role.show",
	  .then = ONE,
	  .notice = N_("The activity is not done any more."),
	  .summary = "Ends an activity of a work role." },
	{ .name = "work.mine",
	  .method = GET,
	  .page = "/me/work",
	  .api = "/api/v1/me/work",
	  .may = MAY_LEARN,
	  .out = activity_out,
	  .out_list = true,
	  .run = mine_run,
	  .html = my_work_view,
	  .summary = "One's own activities by posts and orders, with what they need." },
	{ .name = "work.my_posts",
	  .method = GET,
	  .api = "/api/v1/me/posts",
	  .may = MAY_LEARN,
	  .out = held_out,
	  .out_list = true,
	  .run = my_posts_run,
	  .summary = "The posts that one holds, held or will hold." },
	ACTION_END,
};
