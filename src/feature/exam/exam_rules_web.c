/* The settings of an examination: a new one, and changing one. */
#include "base/clock.h"
#include "exam_change_html.h"
#include "exam_new_html.h"
#include "feature/exam/exam.h"
#include "feature/exam/exam_page.h"
#include "feature/exam/exam_words.h"
#include "feature/org/org.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

#include <math.h>

/* ── what is typed ── */

/* As struct exam_rules, with courses and quizzes by their codes, and each time also as a day and a time of day in the zone of who types. */
struct rules_in {
	int64_t org_id, exam_id;
	struct str kind, code, title, about, mode, langs, feedback, course, quiz, opens_time, closes_time;
	int64_t minutes, grace_s, attempts, pass, opens_at, opens_day, closes_at, closes_day, year, need_share, least, most;
	double target_se;
	bool decide;
};
#define RULES_FIELDS                                                                                                                                           \
	FIELD(rules_in, org_id, F_ID, .must = true), FIELD(rules_in, kind, F_CHOICE, .label = N_("Kind"), .choices = exam_kinds, .must = true),                \
		FIELD(rules_in, title, F_TEXT, .label = N_("Title"), .must = true, .max = EXAM_TITLE_MAX),                                                     \
		FIELD(rules_in, code, F_TEXT, .label = N_("Code"), .hint = N_("Small letters, digits and hyphens; one of your own in this organisation."),     \
		      .must = true, .max = EXAM_CODE_MAX),                                                                                                     \
		FIELD(rules_in, about, F_LONG, .label = N_("What takers read about it"), .max = 4000),                                                         \
		FIELD(rules_in, course, F_TEXT, .label = N_("Course"), .hint = N_("Its code, as in the name of its folder.")),                                 \
		FIELD(rules_in, quiz, F_TEXT, .label = N_("Quiz that a pass credits"), .hint = N_("Its code in the course, as in 03-exemptions/quiz.")),       \
		FIELD(rules_in, opens_day, F_DATE, .label = N_("Opens on")),                                                                                   \
		FIELD(rules_in, opens_time, F_TEXT, .label = N_("Opens at"), .hint = N_("Such as 10:00, in your own time zone."), .max = 5),                   \
		FIELD(rules_in, opens_at, F_TIME), FIELD(rules_in, closes_day, F_DATE, .label = N_("Closes on")),                                              \
		FIELD(rules_in, closes_time, F_TEXT, .label = N_("Closes at"),                                                                                 \
		      .hint = N_("Until then an attempt can be begun; whoever has begun keeps the whole time."), .max = 5),                                    \
		FIELD(rules_in, closes_at, F_TIME),                                                                                                            \
		FIELD(rules_in, minutes, F_INT, .label = N_("Minutes"), .hint = N_("Of an attempt, 1 to 480."), .must = true, .min = 1, .max = 480),           \
		FIELD(rules_in, grace_s, F_INT, .label = N_("Grace, in seconds"),                                                                              \
		      .hint = N_("How long after the end of its time a paper is still taken, for slow lines; 60 when it is left empty."), .min = 0,            \
		      .max = 600),                                                                                                                             \
		FIELD(rules_in, attempts, F_INT, .label = N_("Attempts"), .hint = N_("That each person has, 1 to 20."), .min = 1, .max = 20),                  \
		FIELD(rules_in, pass, F_INT, .label = N_("Passed from"), .hint = N_("Per cent of the marks; 60 when it is left empty."), .min = 1,             \
		      .max = 100),                                                                                                                             \
		FIELD(rules_in, langs, F_TEXT, .label = N_("Languages"), .hint = N_("With commas between, such as en,hi. The first is offered first."),        \
		      .max = 200),                                                                                                                             \
		FIELD(rules_in, feedback, F_CHOICE, .label = N_("What takers learn afterwards"), .choices = exam_feedbacks),                                   \
		FIELD(rules_in, year, F_INT, .label = N_("Reporting year"), .hint = N_("The year in which it begins: 2026 for 2026-27."), .min = 2000,         \
		      .max = 2200),                                                                                                                            \
		FIELD(rules_in, need_share, F_INT, .label = N_("Courses that come first"),                                                                     \
		      .hint = N_("Per cent of the listed courses that must be completed; 0: none."), .min = 0, .max = 100),                                    \
		FIELD(rules_in, mode, F_CHOICE, .label = N_("How questions are given"), .choices = exam_modes),                                                \
		FIELD(rules_in, least, F_INT, .label = N_("Adaptive: at least so many questions"), .min = 1, .max = EXAM_ITEMS_MAX),                           \
		FIELD(rules_in, most, F_INT, .label = N_("Adaptive: at most so many questions"), .min = 1, .max = EXAM_ITEMS_MAX),                             \
		FIELD(rules_in, target_se, F_REAL, .label = N_("Adaptive: stops at this standard error"), .hint = N_("0.1 to 1; 0.3 when it is left empty.")), \
		FIELD(rules_in, decide, F_BOOL, .label = N_("Adaptive: also stops once it is clear whether it is passed"))
static const struct field add_in[] = { RULES_FIELDS, FIELD_END };
static const struct field change_in[] = { FIELD(rules_in, exam_id, F_ID, .must = true), RULES_FIELDS, FIELD_END };

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
	if (at != NONE || day == NONE)
		return OK;
	if (clock.n && !read_clock(clock, &ms))
		return fail(cx, ERR_INVALID, field, N_("must be a time of day such as 10:00"));
	*ret = clock_day_start(cx->actor.zone, day) + ms;
	return OK;
}

static enum err read_course(struct ctx *cx, const struct rules_in *in, struct exam_rules *r)
{
	struct exam_course_called_row course;
	struct exam_quiz_called_row quiz;
	bool found = false;
	if (in->course.n) {
		TRY(exam_sql_course_called(cx, in->course, &course, &found));
		if (!found)
			return fail(cx, ERR_INVALID, "course", N_("is no course that is offered"));
		r->course_id = course.id;
	}
	if (!in->quiz.n)
		return OK;
	TRY(exam_sql_quiz_called(cx, r->course_id, in->quiz, &quiz, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "quiz", N_("is no quiz of this course"));
	r->resource_id = quiz.id;
	return OK;
}

static enum err read_rules(struct ctx *cx, const struct rules_in *in, struct exam_rules *ret)
{
	struct exam_rules r = { .org_id = in->org_id,
				.exam_id = in->exam_id,
				.code = in->code,
				.title = in->title,
				.about = in->about,
				.kind = in->kind,
				.mode = in->mode,
				.langs = in->langs,
				.minutes = in->minutes,
				.grace_s = in->grace_s,
				.attempts = in->attempts,
				.pass = in->pass,
				.feedback = in->feedback,
				.year = in->year,
				.need_share = in->need_share,
				.course_id = NONE,
				.resource_id = NONE,
				.least = in->least,
				.most = in->most,
				.target_se = in->target_se,
				.decide = in->decide };
	TRY(read_time(cx, "opens_time", in->opens_at, in->opens_day, in->opens_time, &r.opens_at));
	TRY(read_time(cx, "closes_time", in->closes_at, in->closes_day, in->closes_time, &r.closes_at));
	TRY(read_course(cx, in, &r));
	*ret = r;
	return OK;
}

/* A sentence about a field that a page shows by another name stands at that one. */
static void name_fields(struct ctx *cx)
{
	static const char *const names[][2] = {
		{ "opens_at", "opens_day" }, { "closes_at", "closes_day" }, { "course_id", "course" }, { "resource_id", "quiz" }
	};
	for (size_t i = 0; i < cx->n_failures; i++)
		for (size_t k = 0; k < sizeof names / sizeof *names; k++)
			if (str_is(cx->failures[i].field, names[k][0]))
				cx->failures[i].field = str_of(names[k][1]);
}

/* ── a new one ── */

struct new_in {
	int64_t org_id;
	struct str kind;
};
static const struct field new_in[] = { FIELD(new_in, org_id, F_ID, .must = true), FIELD(new_in, kind, F_CHOICE, .choices = exam_kinds), FIELD_END };

static struct exam_fields fields_of_kind(struct ctx *cx, struct str kind)
{
	bool of_course = str_is(kind, "course") || str_is(kind, "pre") || str_is(kind, "post") || str_is(kind, "skip");
	return (struct exam_fields){ .kind = kind,
				     .kind_name = exam_called(cx, exam_kinds, kind),
				     .kind_about = exam_kind_about(cx, kind),
				     .of_course = of_course,
				     .credits = of_course && !str_is(kind, "pre"),
				     .yearly = str_is(kind, "comprehensive"),
				     .shares = str_is(kind, "comprehensive") || str_is(kind, "standalone") || str_is(kind, "proctored") };
}

static enum err new_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct new_in *in = input;
	struct exam_form_page *v = ARENA_NEW(cx->arena, struct exam_form_page);
	(void)state;
	v->org_id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	for (const struct choice *k = exam_kinds; !in->kind.n && k->value; k++)
		*ARENA_PUSH(cx->arena, v->kinds, v->n_kinds) =
			(struct exam_kind_item){ in->org_id, str_of(k->value), str_of(tr(cx->lang, k->label)), exam_kind_about(cx, str_of(k->value)) };
	if (in->kind.n) {
		v->fields = fields_of_kind(cx, in->kind);
		v->fields.feedback = str_is(in->kind, "practice") ? S("review") : S("marks");
		v->fields.langs = S("en,hi");
		v->fields.mode = S("forms");
		v->fields.opens_time = S("10:00");
		v->fields.closes_time = S("18:00");
	}
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("A new examination"));
	return OK;
}

struct added {
	int64_t id;
};
static const struct field added_out[] = { FIELD(added, id, F_ID), FIELD_END };

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct rules_in *in = input;
	struct added *row = ARENA_NEW(cx->arena, struct added);
	struct exam_rules r;
	(void)state;
	TRY(read_rules(cx, in, &r));
	enum err e = exam_add(cx, &r, &row->id);
	name_fields(cx);
	TRY(e);
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/orgs/%lld/exams/%lld", (long long)in->org_id, (long long)row->id);
	return OK;
}

/* ── changing ── */

struct one_in {
	int64_t org_id, exam_id;
};
static const struct field one_in[] = { FIELD(one_in, org_id, F_ID, .must = true), FIELD(one_in, exam_id, F_ID, .must = true), FIELD_END };

static struct str whole(struct ctx *cx, int64_t v)
{
	return v == NONE ? S("") : fmt_plain(cx, v);
}

static void put_time(struct ctx *cx, int64_t at, struct str *ret_day, struct str *ret_clock)
{
	struct civil c = clock_civil(cx->actor.zone, at);
	*ret_day = str_fmt(cx->arena, "%04d-%02d-%02d", c.year, c.month, c.day);
	*ret_clock = str_fmt(cx->arena, "%02d:%02d", c.hour, c.minute);
}

static enum err edit_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct exam_form_page *v = ARENA_NEW(cx->arena, struct exam_form_page);
	struct exam_course_codes_row codes;
	struct exam_one_row e;
	(void)state;
	TRY(exam_find(cx, in->org_id, in->exam_id, &e));
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(exam_sql_course_codes(cx, e.course_id, e.resource_id, &codes));
	v->org_id = e.org_id;
	v->id = e.id;
	v->title = e.title;
	v->is_draft = str_is(e.state, "draft");
	v->fields = fields_of_kind(cx, e.kind);
	struct exam_fields *f = &v->fields;
	f->code = e.code;
	f->title = e.title;
	f->about = e.about;
	f->mode = e.mode;
	f->langs = e.langs;
	f->feedback = e.feedback;
	f->course = codes.course;
	f->quiz = codes.resource;
	f->minutes = whole(cx, e.minutes);
	f->grace_s = whole(cx, e.grace_s);
	f->attempts = whole(cx, e.attempts);
	f->pass = whole(cx, e.pass);
	f->year = whole(cx, e.year);
	f->need_share = whole(cx, e.need_share);
	f->least = whole(cx, e.least);
	f->most = whole(cx, e.most);
	f->target_se = str_fmt(cx->arena, "%g", e.target_se);
	f->decide = e.decide;
	put_time(cx, e.opens_at, &f->opens_day, &f->opens_time);
	put_time(cx, e.closes_at, &f->closes_day, &f->closes_time);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = e.title;
	return OK;
}

static enum err change_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct rules_in *in = input;
	struct exam_rules r;
	(void)state;
	(void)a;
	TRY(read_rules(cx, in, &r));
	enum err e = exam_change(cx, &r);
	name_fields(cx);
	return e;
}

#define ALL "/orgs/{org_id}/exams"
#define ONE ALL "/{exam_id}"
const struct action exam_rules_actions[] = {
	{ .name = "exam.new",
	  .method = GET,
	  .page = ALL "/new",
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = new_in,
	  .in_size = sizeof(struct new_in),
	  .run = new_run,
	  .html = exam_new_view,
	  .summary = "The form for a new examination of a kind." },
	{ .name = "exam.add",
	  .method = POST,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = add_in,
	  .in_size = sizeof(struct rules_in),
	  .out = added_out,
	  .run = add_run,
	  .form = "exam.new",
	  .then = ALL,
	  .summary = "Makes the draft of an examination." },
	{ .name = "exam.edit",
	  .method = GET,
	  .page = ONE "/change",
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .run = edit_run,
	  .html = exam_change_view,
	  .summary = "The form for the settings of an examination." },
	{ .name = "exam.change",
	  .method = POST,
	  .page = ONE "/change",
	  .api = "/api/v1" ONE "/change",
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = change_in,
	  .in_size = sizeof(struct rules_in),
	  .run = change_run,
	  .form = "exam.edit",
	  .then = ONE,
	  .notice = N_("The settings are changed."),
	  .summary = "Changes an examination: everything of a draft; of an open one title, about, a later end, more attempts." },
	ACTION_END,
};
