/* The list of a faculty, for who manages an institute. */
#include "feature/competency/competency.h"
#include "feature/institute/faculty.h"
#include "feature/institute/institute_views.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "faculty_html.h"
#include "faculty_one_html.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

struct faculty_in {
	int64_t org_id, faculty_id;
	struct str person, name, kind, subjects, langs, about, after;
	struct strs competencies;
};
struct made {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made, id, F_ID), FIELD_END };
static const struct field faculty_out[] = {
	FIELD(faculty_item, id, F_ID),	       FIELD(faculty_item, name, F_TEXT),  FIELD(faculty_item, kind, F_TEXT),
	FIELD(faculty_item, subjects, F_TEXT), FIELD(faculty_item, langs, F_TEXT), FIELD(faculty_item, about, F_LONG),
	FIELD(faculty_item, teaches, F_TEXT),  FIELD(faculty_item, left, F_BOOL),  FIELD_END,
};

/* Boxes to tick: all competencies that are in force; taught: ids of those that are ticked. */
static enum err put_ticks(struct ctx *cx, struct faculty_page *v, const struct institute_taught_by_row *taught, size_t n_taught)
{
	struct institute_competencies_row *r;
	TRY(institute_sql_competencies(cx, person_today(cx), &r, &v->n_ticks));
	v->ticks = ARENA_ARRAY(cx->arena, struct competency_tick, v->n_ticks + 1);
	for (size_t i = 0; i < v->n_ticks; i++) {
		v->ticks[i] =
			(struct competency_tick){ str_fmt(cx->arena, "competencies.%lld", (long long)r[i].id), said_in(cx, r[i].name_en, r[i].name_hi), false };
		for (size_t k = 0; k < n_taught; k++)
			v->ticks[i].on = v->ticks[i].on || taught[k].competency_id == r[i].id;
	}
	return OK;
}

static const struct field list_in[] = { FIELD(faculty_in, org_id, F_ID, .must = true), FIELD(faculty_in, after, F_TEXT, .max = 24), FIELD_END };

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct faculty_in *in = input;
	struct faculty_page *v = ARENA_NEW(cx->arena, struct faculty_page);
	struct institute_of_org_row r;
	(void)state;
	TRY(institute_of(cx, in->org_id, &r));
	*v = (struct faculty_page){ .org_id = in->org_id, .id = NONE, .institute_id = r.id, .org = org_name(cx, r.name_en, r.name_hi) };
	TRY(view_faculty(cx, &(struct view_faculty_ask){ r.id, in->org_id, NONE, true, in->after }, &v->items, &v->n_items, &a->next));
	if (a->next.n)
		v->next = str_fmt(cx->arena, "/orgs/%lld/institute/faculty?after=%s", (long long)in->org_id, a->next.p);
	TRY(put_ticks(cx, v, NULL, 0));
	ANSWER_ROWS(a, v->items, v->n_items);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Faculty"));
	return OK;
}

#define FACULTY_FIELDS                                                                                                                                         \
	FIELD(faculty_in, person, F_TEXT, .label = N_("One of our people"), .hint = N_("Employee number, e-mail or mobile number"), .personal = true,          \
	      .max = 200),                                                                                                                                     \
		FIELD(faculty_in, name, F_TEXT, .label = N_("Name of somebody from outside"), .personal = true, .max = INSTITUTE_NAME_MAX),                    \
		FIELD(faculty_in, kind, F_CHOICE, .label = N_("Kind"), .choices = faculty_kinds, .must = true),                                                \
		FIELD(faculty_in, subjects, F_TEXT, .label = N_("Subjects"), .max = FACULTY_SUBJECTS_MAX),                                                     \
		FIELD(faculty_in, langs, F_TEXT, .label = N_("Languages"), .hint = N_("Tags, such as en, hi, ta"), .must = true, .max = 60),                   \
		FIELD(faculty_in, about, F_LONG, .label = N_("About this person"), .max = FACULTY_ABOUT_MAX),                                                  \
		FIELD(faculty_in, competencies, F_TEXTS, .label = N_("Teaches"), .max = 100), FIELD_END
static const struct field add_in[] = { FIELD(faculty_in, org_id, F_ID, .must = true), FACULTY_FIELDS };
static const struct field change_in[] = { FIELD(faculty_in, org_id, F_ID, .must = true), FIELD(faculty_in, faculty_id, F_ID, .must = true), FACULTY_FIELDS };
static const struct field one_in[] = { FIELD(faculty_in, org_id, F_ID, .must = true), FIELD(faculty_in, faculty_id, F_ID, .must = true), FIELD_END };

/* Ids as the API sends them, or "ID=x" of boxes. */
static enum err read_put(struct ctx *cx, const struct faculty_in *in, struct faculty_put *ret)
{
	int64_t *ids = ARENA_ARRAY(cx->arena, int64_t, in->competencies.n + 1);
	for (size_t i = 0; i < in->competencies.n; i++)
		if (!str_int(str_before(in->competencies.v[i], '='), &ids[i]))
			return fail(cx, ERR_INVALID, "competencies", N_("has one that is not there"));
	*ret = (struct faculty_put){ .org_id = in->org_id,
				     .faculty_id = in->faculty_id,
				     .person = in->person,
				     .name = in->name,
				     .kind = in->kind,
				     .subjects = in->subjects,
				     .about = in->about,
				     .langs = in->langs,
				     .competencies = ids,
				     .n_competencies = in->competencies.n };
	return OK;
}

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct faculty_put put;
	struct made *row = ARENA_NEW(cx->arena, struct made);
	(void)state;
	TRY(read_put(cx, input, &put));
	TRY(faculty_add(cx, &put, &row->id));
	ANSWER_ROW(a, row);
	return OK;
}

static struct str called(const struct institute_faculty_one_row *f)
{
	if (f->person_id == NONE)
		return S("");
	return f->employee_no.n ? f->employee_no : f->email.n ? f->email : f->mobile;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct faculty_in *in = input;
	struct faculty_page *v = ARENA_NEW(cx->arena, struct faculty_page);
	struct institute_faculty_one_row f;
	struct institute_taught_by_row *taught;
	size_t n_taught;
	(void)state;
	TRY(faculty_find(cx, in->org_id, in->faculty_id, &f));
	*v = (struct faculty_page){ .org_id = in->org_id, .id = f.id, .institute_id = f.institute_id, .person = called(&f) };
	TRY(org_called(cx, in->org_id, &v->org));
	v->one = (struct faculty_item){ .id = f.id,
					.org_id = f.org_id,
					.name = f.name,
					.kind = f.kind,
					.kind_name = institute_choice(cx, faculty_kinds, f.kind),
					.subjects = f.subjects,
					.langs = f.langs,
					.about = f.about,
					.left = f.left_at != NONE };
	TRY(institute_sql_taught_by(cx, f.id, &taught, &n_taught));
	TRY(put_ticks(cx, v, taught, n_taught));
	ANSWER_ROW(a, &v->one);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = f.name;
	return OK;
}

static enum err change_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct faculty_put put;
	(void)state;
	(void)a;
	TRY(read_put(cx, input, &put));
	return faculty_change(cx, &put);
}

static enum err leave_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct faculty_in *in = input;
	(void)state;
	(void)a;
	return faculty_leave(cx, in->org_id, in->faculty_id, true);
}

static enum err return_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct faculty_in *in = input;
	(void)state;
	(void)a;
	return faculty_leave(cx, in->org_id, in->faculty_id, false);
}

#define ALL "/orgs/{org_id}/institute/faculty"
#define ONE ALL "/{faculty_id}"
#define IN .in_size = sizeof(struct faculty_in)
#define MANAGE .may = MAY_INSTITUTE_MANAGE, .scope = SCOPE_ORG
const struct action faculty_actions[] = {
	{ .name = "faculty.list",
	  .method = GET,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGE,
	  .in = list_in,
	  IN,
	  .out = faculty_out,
	  .out_list = true,
	  .run = list_run,
	  .html = faculty_view,
	  .summary = "Who teaches at an institute, and who has left." },
	{ .name = "faculty.add",
	  .method = POST,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGE,
	  .in = add_in,
	  IN,
	  .out = made_out,
	  .run = add_run,
	  .form = "faculty.list",
	  .then = ALL,
	  .notice = N_("Put on the list."),
	  .summary = "Puts one of our people, or somebody from outside, on the list of a faculty. competencies: ids." },
	{ .name = "faculty.show",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  MANAGE,
	  .in = one_in,
	  IN,
	  .out = faculty_out,
	  .run = show_run,
	  .html = faculty_one_view,
	  .summary = "One member of a faculty." },
	{ .name = "faculty.change",
	  .method = POST,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  MANAGE,
	  .in = change_in,
	  IN,
	  .run = change_run,
	  .form = "faculty.show",
	  .then = ALL,
	  .notice = N_("Kept."),
	  .summary = "Says anew all that is said of a member of a faculty." },
	{ .name = "faculty.leave",
	  .method = POST,
	  .page = ONE "/leave",
	  .api = "/api/v1" ONE "/leave",
	  MANAGE,
	  .in = one_in,
	  IN,
	  .run = leave_run,
	  .form = "faculty.show",
	  .then = ALL,
	  .notice = N_("Off the list; it can be taken back."),
	  .summary = "Somebody teaches at an institute no more." },
	{ .name = "faculty.return",
	  .method = POST,
	  .page = ONE "/return",
	  .api = "/api/v1" ONE "/return",
	  MANAGE,
	  .in = one_in,
	  IN,
	  .run = return_run,
	  .form = "faculty.show",
	  .then = ONE,
	  .notice = N_("On the list again."),
	  .summary = "Somebody teaches at an institute again." },
	ACTION_END,
};
