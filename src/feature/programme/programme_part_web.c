/* Parts of programmes in the browser and over the API. */
#include "feature/competency/competency.h"
#include "feature/org/org.h"
#include "feature/programme/programme.h"
#include "feature/programme/programme_page.h"
#include "feature/programme/programme_words.h"
#include "part_form_html.h"
#include "web/action.h"
#include "web/lang.h"

struct part_in {
	int64_t org_id, programme_id, part_id;
	struct str kind;
};
static const struct field new_in[] = {
	FIELD(part_in, org_id, F_ID, .must = true),
	FIELD(part_in, programme_id, F_ID, .must = true),
	FIELD(part_in, kind, F_CHOICE, .choices = programme_kinds),
	FIELD_END,
};
static const struct field one_in[] = {
	FIELD(part_in, org_id, F_ID, .must = true),
	FIELD(part_in, programme_id, F_ID, .must = true),
	FIELD(part_in, part_id, F_ID, .must = true),
	FIELD_END,
};

/* ── lists and forms ── */

struct list_in {
	int64_t org_id, programme_id;
};
static const struct field list_in[] = { FIELD(list_in, org_id, F_ID, .must = true), FIELD(list_in, programme_id, F_ID, .must = true), FIELD_END };
struct part_line {
	int64_t id, course_id, exam_id, day, minutes, ended_at;
	struct str kind, phase, title, time, words;
	bool must;
};
static const struct field line_out[] = {
	FIELD(part_line, id, F_ID),
	FIELD(part_line, kind, F_TEXT),
	FIELD(part_line, phase, F_TEXT),
	FIELD(part_line, must, F_BOOL),
	FIELD(part_line, title, F_TEXT),
	FIELD(part_line, words, F_LONG),
	FIELD(part_line, course_id, F_ID),
	FIELD(part_line, exam_id, F_ID),
	FIELD(part_line, day, F_INT),
	FIELD(part_line, time, F_TEXT),
	FIELD(part_line, minutes, F_INT),
	FIELD(part_line, ended_at, F_TIME),
	FIELD_END,
};

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct programme_parts_row *t;
	struct programme_one_row p;
	size_t n;
	(void)state;
	TRY(programme_find(cx, in->org_id, in->programme_id, &p));
	TRY(programme_sql_parts(cx, p.id, &t, &n));
	struct part_line *v = ARENA_ARRAY(cx->arena, struct part_line, n + 1);
	for (size_t i = 0; i < n; i++)
		v[i] = (struct part_line){ t[i].id,
					   t[i].course_id,
					   t[i].exam_id,
					   t[i].day,
					   t[i].minutes,
					   t[i].ended_at,
					   t[i].kind,
					   t[i].phase,
					   said_in(cx, t[i].title, t[i].title_hi),
					   programme_clock(cx, t[i].start_minute),
					   t[i].words,
					   t[i].must };
	ANSWER_ROWS(a, v, n);
	return OK;
}

static void put_kind(struct ctx *cx, struct part_form_page *v, struct str kind)
{
	v->kind = kind;
	v->kind_name = programme_word(cx, programme_kinds, kind);
	v->of_course = str_is(kind, "course");
	v->of_exam = str_is(kind, "exam");
	v->is_session = str_is(kind, "session");
	v->is_survey = str_is(kind, "survey");
	v->is_assignment = str_is(kind, "assignment");
}

static enum err new_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct part_in *in = input;
	struct part_form_page *v = ARENA_NEW(cx->arena, struct part_form_page);
	struct programme_one_row p;
	(void)state;
	TRY(programme_find(cx, in->org_id, in->programme_id, &p));
	*v = (struct part_form_page){
		.org_id = p.org_id, .programme_id = p.id, .org = org_name(cx, p.org_en, p.org_hi), .programme = p.title, .must = true, .is_new = true
	};
	put_kind(cx, v, in->kind.n ? in->kind : S("session"));
	v->phase = v->of_course ? S("before") : v->is_survey || v->of_exam ? S("after") : S("during");
	v->day = S("1");
	v->time = S("10:00");
	v->minutes = S("90");
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->kind_name;
	return OK;
}

static struct str number(struct ctx *cx, int64_t v)
{
	return v == NONE ? S("") : str_fmt(cx->arena, "%lld", (long long)v);
}

static enum err edit_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct part_in *in = input;
	struct part_form_page *v = ARENA_NEW(cx->arena, struct part_form_page);
	struct programme_parts_row *t, *own = NULL;
	struct programme_codes_row codes;
	struct programme_one_row p;
	bool found = false;
	size_t n;
	(void)state;
	TRY(programme_find(cx, in->org_id, in->programme_id, &p));
	TRY(programme_sql_parts(cx, p.id, &t, &n));
	for (size_t i = 0; i < n; i++)
		own = t[i].id == in->part_id && t[i].ended_at == NONE ? &t[i] : own;
	if (!own)
		return fail(cx, ERR_NOT_FOUND, "part_id", N_("There is no such part."));
	TRY(programme_sql_codes(cx, own->id, &codes, &found));
	*v = (struct part_form_page){ .org_id = p.org_id,
				      .programme_id = p.id,
				      .id = own->id,
				      .org = org_name(cx, p.org_en, p.org_hi),
				      .programme = p.title,
				      .phase = own->phase,
				      .title = own->title,
				      .title_hi = own->title_hi,
				      .words = own->words,
				      .called = codes.course_code.n ? codes.course_code : codes.exam_code,
				      .day = number(cx, own->day),
				      .time = programme_clock(cx, own->start_minute),
				      .minutes = number(cx, own->minutes),
				      .must = own->must };
	put_kind(cx, v, own->kind);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = own->title;
	return OK;
}

/* ── what is done ── */

#define PART_FIELDS                                                                                                                                            \
	FIELD(programme_part_put, org_id, F_ID, .must = true), FIELD(programme_part_put, programme_id, F_ID, .must = true),                                    \
		FIELD(programme_part_put, called, F_TEXT, .label = N_("Code"),                                                                                 \
		      .hint = N_("Of the course that is offered, or of the examination of this organisation or one above it."), .max = 200),                   \
		FIELD(programme_part_put, title, F_TEXT, .label = N_("Title"), .hint = N_("Of a course or an examination its own, when it is left empty."),    \
		      .max = PROGRAMME_TITLE_MAX),                                                                                                             \
		FIELD(programme_part_put, title_hi, F_TEXT, .label = N_("Title in Hindi"), .max = PROGRAMME_TITLE_MAX),                                        \
		FIELD(programme_part_put, phase, F_CHOICE, .label = N_("When"), .must = true, .choices = programme_phases),                                    \
		FIELD(programme_part_put, words, F_LONG, .label = N_("What is asked"), .max = PROGRAMME_WORDS_MAX),                                            \
		FIELD(programme_part_put, day, F_INT, .label = N_("Day of the batch"), .hint = N_("1 is the first."), .min = 1, .max = PROGRAMME_DAYS_MAX),    \
		FIELD(programme_part_put, time, F_TEXT, .label = N_("Begins at"), .hint = N_("For example: 10:30."), .max = 5),                                \
		FIELD(programme_part_put, minutes, F_INT, .label = N_("Minutes"), .min = 5, .max = 720),                                                       \
		FIELD(programme_part_put, must, F_BOOL, .label = N_("It must be done"))
static const struct field add_in[] = { PART_FIELDS, FIELD(programme_part_put, kind, F_CHOICE, .label = N_("Kind"), .must = true, .choices = programme_kinds),
				       FIELD_END };
static const struct field change_in[] = { PART_FIELDS, FIELD(programme_part_put, part_id, F_ID, .must = true), FIELD_END };
struct made {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made, id, F_ID), FIELD_END };

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct made *row = ARENA_NEW(cx->arena, struct made);
	(void)state;
	TRY(programme_part_add(cx, input, &row->id));
	ANSWER_ROW(a, row);
	return OK;
}

static enum err change_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	(void)a;
	return programme_part_change(cx, input);
}

static enum err up_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct part_in *in = input;
	(void)state;
	(void)a;
	return programme_part_move(cx, in->org_id, in->programme_id, in->part_id, true);
}

static enum err down_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct part_in *in = input;
	(void)state;
	(void)a;
	return programme_part_move(cx, in->org_id, in->programme_id, in->part_id, false);
}

static enum err end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct part_in *in = input;
	(void)state;
	(void)a;
	return programme_part_end(cx, in->org_id, in->programme_id, in->part_id);
}

#define PROGRAMME "/orgs/{org_id}/programmes/{programme_id}"
#define ALL PROGRAMME "/parts"
#define ONE ALL "/{part_id}"
#define MANAGE .may = MAY_PROGRAMME_MANAGE, .scope = SCOPE_ORG
#define ON_ONE .in = one_in, .in_size = sizeof(struct part_in)
const struct action programme_part_actions[] = {
	{ .name = "programme_part.list",
	  .method = GET,
	  .api = "/api/v1" ALL,
	  MANAGE,
	  .in = list_in,
	  .in_size = sizeof(struct list_in),
	  .out = line_out,
	  .out_list = true,
	  .run = list_run,
	  .summary = "The parts of a programme in their order, with those that were ended." },
	{ .name = "programme_part.new",
	  .method = GET,
	  .page = ALL "/new",
	  MANAGE,
	  .in = new_in,
	  .in_size = sizeof(struct part_in),
	  .run = new_run,
	  .html = part_form_view,
	  .summary = "The form for a new part of a kind." },
	{ .name = "programme_part.add",
	  .method = POST,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGE,
	  .in = add_in,
	  .in_size = sizeof(struct programme_part_put),
	  .out = made_out,
	  .run = add_run,
	  .form = "programme_part.new",
	  .then = PROGRAMME,
	  .notice = N_("The part is added."),
	  .summary = "Adds a part at the end of the order." },
	{ .name = "programme_part.edit",
	  .method = GET,
	  .page = ONE,
	  MANAGE,
	  ON_ONE,
	  .run = edit_run,
	  .html = part_form_view,
	  .summary = "The form for a part." },
	{ .name = "programme_part.change",
	  .method = POST,
	  .page = ONE "/change",
	  .api = "/api/v1" ONE,
	  MANAGE,
	  .in = change_in,
	  .in_size = sizeof(struct programme_part_put),
	  .run = change_run,
	  .form = "programme_part.edit",
	  .then = PROGRAMME,
	  .notice = N_("The part is changed."),
	  .summary = "Changes a part; its kind stays, and of a live programme its course or examination." },
	{ .name = "programme_part.up",
	  .method = POST,
	  .page = ONE "/up",
	  .api = "/api/v1" ONE "/up",
	  MANAGE,
	  ON_ONE,
	  .run = up_run,
	  .form = "programme_part.edit",
	  .then = PROGRAMME,
	  .summary = "Moves a part one place towards the front." },
	{ .name = "programme_part.down",
	  .method = POST,
	  .page = ONE "/down",
	  .api = "/api/v1" ONE "/down",
	  MANAGE,
	  ON_ONE,
	  .run = down_run,
	  .form = "programme_part.edit",
	  .then = PROGRAMME,
	  .summary = "Moves a part one place back." },
	{ .name = "programme_part.end",
	  .method = POST,
	  .page = ONE "/end",
	  .api = "/api/v1" ONE "/end",
	  MANAGE,
	  ON_ONE,
	  .run = end_run,
	  .form = "programme_part.edit",
	  .then = PROGRAMME,
	  .notice = N_("The part is asked of nobody any more."),
	  .summary = "Ends a part: of a draft it goes, of a live programme it is asked no more." },
	ACTION_END,
};
