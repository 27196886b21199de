/* Examinations for those who sit them: what there is for me, and the page from which an attempt is begun. */
#include "exam_start_html.h"
#include "feature/competency/competency.h"
#include "feature/exam/exam.h"
#include "feature/exam/exam_page.h"
#include "feature/exam/exam_words.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "my_exams_html.h"
#include "web/action.h"
#include "web/lang.h"

#include <math.h>

/* ── all of mine ── */

static const struct field sit_out[] = {
	FIELD(sit_item, id, F_ID),	 FIELD(sit_item, title, F_TEXT),    FIELD(sit_item, kind, F_TEXT),
	FIELD(sit_item, minutes, F_INT), FIELD(sit_item, opens_at, F_TIME), FIELD(sit_item, closes_at, F_TIME),
	FIELD(sit_item, left, F_INT),	 FIELD(sit_item, open_now, F_BOOL), FIELD_END,
};

static struct sit_item sit_of(struct ctx *cx, const struct exam_mine_row *r)
{
	return (struct sit_item){ .id = r->id,
				  .minutes = r->minutes,
				  .opens_at = r->opens_at,
				  .closes_at = r->closes_at,
				  .left = r->taken < r->attempts ? r->attempts - r->taken : 0,
				  .year = r->year,
				  .title = r->title,
				  .kind = r->kind,
				  .kind_name = exam_called(cx, exam_kinds, r->kind),
				  .course = r->course,
				  .course_lang = r->course_lang,
				  .open_now = r->open_now > 0,
				  .begun = r->opens_at <= cx->now,
				  .none_left = r->taken >= r->attempts && !r->open_now };
}

/* "17 of 20", or what stands for it. */
static struct str marks_of(struct ctx *cx, struct str feedback, struct str state, double marks, double max)
{
	struct msg_arg args[] = { { "marks", str_fmt(cx->arena, "%.4g", marks) }, { "max", str_fmt(cx->arena, "%.4g", max) } };
	if (str_is(state, "submitted"))
		return str_of(tr(cx->lang, N_("being marked")));
	return str_is(feedback, "none") || isnan(marks) ? STR_NONE : msg_text(cx, N_("{marks} of {max}"), 2, args);
}

static enum err mine_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct sit_page *v = ARENA_NEW(cx->arena, struct sit_page);
	struct exam_mine_row *r;
	struct exam_done_row *d;
	struct sit_item *all;
	size_t n;
	(void)input;
	(void)state;
	TRY(exam_sql_mine(cx, cx->actor.person_id, cx->now, person_today(cx), &r, &n));
	all = ARENA_ARRAY(cx->arena, struct sit_item, n);
	for (size_t i = 0; i < n; i++) {
		all[i] = sit_of(cx, &r[i]);
		if (str_is(r[i].kind, "practice"))
			*ARENA_PUSH(cx->arena, v->practice, v->n_practice) = all[i];
		else if (all[i].begun)
			*ARENA_PUSH(cx->arena, v->now, v->n_now) = all[i];
		else
			*ARENA_PUSH(cx->arena, v->later, v->n_later) = all[i];
	}
	TRY(exam_sql_done(cx, cx->actor.person_id, &d, &v->n_done));
	v->done = ARENA_ARRAY(cx->arena, struct sat_item, v->n_done);
	for (size_t i = 0; i < v->n_done; i++)
		v->done[i] = (struct sat_item){ .attempt_id = d[i].id,
						.exam_id = d[i].exam_id,
						.n = d[i].n,
						.submitted_at = d[i].submitted_at,
						.title = d[i].title,
						.kind_name = exam_called(cx, exam_kinds, d[i].kind),
						.marks = marks_of(cx, d[i].feedback, d[i].state, d[i].marks, d[i].max_marks),
						.passed = d[i].passed,
						.marked = str_is(d[i].state, "marked"),
						.silent = str_is(d[i].feedback, "none") };
	ANSWER_ROWS(a, all, n);
	a->view = v;
	a->nav = NAV_RECORD;
	ANSWER_TITLE(cx, a, N_("Examinations"));
	return OK;
}

/* ── before the beginning ── */

struct start_in {
	int64_t exam_id;
};
static const struct field start_in[] = { FIELD(start_in, exam_id, F_ID, .must = true), FIELD_END };
static const struct field start_out[] = {
	FIELD(exam_start_page, id, F_ID),
	FIELD(exam_start_page, title, F_TEXT),
	FIELD(exam_start_page, about, F_TEXT),
	FIELD(exam_start_page, kind, F_TEXT),
	FIELD(exam_start_page, minutes, F_INT),
	FIELD(exam_start_page, grace_s, F_INT),
	FIELD(exam_start_page, attempts, F_INT),
	FIELD(exam_start_page, left, F_INT),
	FIELD(exam_start_page, pass, F_INT),
	FIELD(exam_start_page, opens_at, F_TIME),
	FIELD(exam_start_page, closes_at, F_TIME),
	FIELD(exam_start_page, n_items, F_INT),
	FIELD(exam_start_page, extra_minutes, F_INT),
	FIELD(exam_start_page, n_needs, F_INT),
	FIELD(exam_start_page, n_done, F_INT),
	FIELD(exam_start_page, n_asked, F_INT),
	FIELD(exam_start_page, may, F_BOOL),
	FIELD(exam_start_page, why, F_TEXT),
	FIELD(exam_start_page, open_id, F_ID),
	FIELD_END,
};

static const char *const why_codes[EXAM_WHY_COUNT_] = {
	[EXAM_MAY] = "may",
	[EXAM_GOES_ON] = "goes-on",
	[EXAM_DRAFT] = "draft",
	[EXAM_CLOSED] = "closed",
	[EXAM_NOT_YET] = "not-yet",
	[EXAM_OVER] = "over",
	[EXAM_NOT_POSTED] = "not-posted",
	[EXAM_NOT_ENROLLED] = "not-enrolled",
	[EXAM_NO_SEAT] = "no-seat",
	[EXAM_REFUSED] = "refused",
	[EXAM_ROOM_SHUT] = "room-shut",
	[EXAM_NOT_CHECKED] = "not-checked",
	[EXAM_COURSES_FIRST] = "courses-first",
	[EXAM_NONE_LEFT] = "none-left",
	[EXAM_NO_FORM] = "no-form",
};

static const struct choice feedback_texts[] = {
	{ "none", N_("You learn whether you have passed, nothing more.") },
	{ "marks", N_("You learn your marks, by competency. What was right is not shown, so that the questions can be used again.") },
	{ "review", N_("You learn your marks, and once everybody's time is over you see every question with what was right.") },
	{ NULL, NULL },
};

static void put_rules(struct ctx *cx, struct exam_start_page *v, const struct exam_stand *s)
{
	const struct exam_one_row *e = &s->exam;
	*v = (struct exam_start_page){ .id = e->id,
				       .minutes = e->minutes,
				       .grace_s = e->grace_s,
				       .attempts = e->attempts,
				       .left = s->left,
				       .pass = e->pass,
				       .opens_at = e->opens_at,
				       .closes_at = e->closes_at,
				       .year = e->year,
				       .open_id = s->open_id,
				       .n_done = s->n_done,
				       .n_asked = s->n_asked,
				       .need_share = e->need_share,
				       .course_id = e->course_id,
				       .least = e->least,
				       .most = e->most,
				       .title = e->title,
				       .about = e->about,
				       .kind = e->kind,
				       .kind_name = exam_called(cx, exam_kinds, e->kind),
				       .kind_about = exam_kind_about(cx, e->kind),
				       .course = e->course,
				       .course_lang = e->course_lang,
				       .feedback_text = exam_called(cx, feedback_texts, e->feedback),
				       .why = str_of(why_codes[s->why]),
				       .may = s->may,
				       .goes_on = s->why == EXAM_GOES_ON,
				       .records = !str_is(e->kind, "practice") };
	if (exam_why_says(s->why))
		v->why_text = str_of(tr(cx->lang, exam_why_says(s->why)));
	if (s->seated) {
		v->seated = true;
		v->room = s->seat.name;
		v->place = s->seat.place;
		v->seat = s->seat.seat;
		v->extra_minutes = s->seat.extra_minutes;
	}
}

static void put_langs(struct ctx *cx, struct exam_start_page *v, struct str langs)
{
	struct str *tags;
	bool mine = false;
	v->n_langs = exam_langs(cx, langs, &tags);
	v->langs = ARENA_ARRAY(cx->arena, struct exam_lang_choice, v->n_langs);
	for (size_t i = 0; i < v->n_langs; i++) {
		v->langs[i].tag = tags[i];
		v->langs[i].chosen = !mine && str_is(tags[i], cx->lang == LANG_HI ? "hi" : "en");
		mine = mine || v->langs[i].chosen;
	}
	if (!mine && v->n_langs)
		v->langs[0].chosen = true;
}

static enum err put_needs(struct ctx *cx, struct exam_start_page *v)
{
	struct exam_needs_of_row *r;
	size_t n;
	TRY(exam_sql_needs_of(cx, cx->actor.person_id, v->id, &r, &n));
	v->needs = ARENA_ARRAY(cx->arena, struct exam_need_item, n);
	v->n_needs = (int64_t)n;
	for (size_t i = 0; i < n; i++)
		v->needs[i] = (struct exam_need_item){ .course_id = r[i].course_id,
						       .completed_at = r[i].completed_at,
						       .title = r[i].title,
						       .lang = r[i].lang,
						       .done = r[i].completed_at != NONE };
	return OK;
}

static enum err put_sat(struct ctx *cx, struct exam_start_page *v, struct str feedback)
{
	struct exam_attempts_row *r;
	size_t n;
	TRY(exam_sql_attempts(cx, cx->actor.person_id, v->id, &r, &n));
	for (size_t i = 0; i < n; i++)
		if (!str_is(r[i].state, "open"))
			*ARENA_PUSH(cx->arena, v->sat, v->n_sat) = (struct sat_item){ .attempt_id = r[i].id,
										      .n = r[i].n,
										      .submitted_at = r[i].submitted_at,
										      .marks = marks_of(cx, feedback, r[i].state, r[i].marks, r[i].max_marks),
										      .passed = r[i].passed,
										      .marked = str_is(r[i].state, "marked") };
	return OK;
}

static enum err start_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct start_in *in = input;
	struct exam_start_page *v = ARENA_NEW(cx->arena, struct exam_start_page);
	struct exam_stand s;
	(void)state;
	TRY(exam_of(cx, in->exam_id, cx->actor.person_id, &s));
	if (!s.known)
		return fail(cx, ERR_NOT_FOUND, "exam_id", N_("There is no such examination."));
	put_rules(cx, v, &s);
	v->is_public = str_is(s.exam.kind, "public");
	TRY(org_called(cx, s.exam.org_id, &v->org));
	put_langs(cx, v, s.exam.langs);
	TRY(put_needs(cx, v));
	TRY(put_sat(cx, v, s.exam.feedback));
	v->n_items = s.n_items;
	v->adaptive = s.pools && str_is(s.exam.mode, "adaptive");
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_RECORD;
	a->title = s.exam.title;
	return OK;
}

const struct action exam_sit_actions[] = {
	{ .name = "exam.mine",
	  .method = GET,
	  .page = "/exams",
	  .api = "/api/v1/exams",
	  .may = MAY_LEARN,
	  .out = sit_out,
	  .out_list = true,
	  .run = mine_run,
	  .html = my_exams_view,
	  .summary = "The examinations that one may sit, now or later, and those that are done." },
	{ .name = "exam.start",
	  .method = GET,
	  .page = "/exams/{exam_id}",
	  .api = "/api/v1/exams/{exam_id}",
	  .may = MAY_LEARN,
	  .in = start_in,
	  .in_size = sizeof(struct start_in),
	  .out = start_out,
	  .run = start_run,
	  .html = exam_start_view,
	  .summary = "An examination before one begins: its rules, what is recorded, what comes first, and whether one may sit it." },
	ACTION_END,
};
