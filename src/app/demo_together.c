/* A group session of the demonstration; see demo_together.h. Made by the functions that people use, with the clock moved. */
#include "app/demo_together.h"
#include "course_sql.h"
#include "feature/enrolment/enrolment.h"
#include "feature/quiz/quiz.h"
#include "feature/together/together_sheet.h"

static void act_as(struct ctx *cx, int64_t person_id)
{
	cx->actor = (struct actor){ .person_id = person_id, .name = S(""), .zone = S("Asia/Kolkata") };
}

/* The first part that a quiz proves. */
static enum err find_part(struct ctx *cx, int64_t host_id, int64_t course_id, int64_t *ret)
{
	struct course_outline_row *r;
	size_t n;
	TRY(course_sql_outline(cx, host_id, course_id, &r, &n));
	*ret = NONE;
	for (size_t i = 0; i < n && *ret == NONE; i++)
		*ret = r[i].credits_id;
	return OK;
}

static enum err answer_right(struct ctx *cx, int64_t check_id)
{
	struct together_check_row k;
	struct quiz_shown *q;
	struct quiz_answers all = { 0 };
	size_t n;
	bool passed;
	TRY(together_check_find(cx, check_id, &k));
	TRY(together_check_questions(cx, check_id, &q, &n));
	for (size_t i = 0; i < n; i++) {
		struct quiz_answered *one = ARENA_PUSH(cx->arena, all.v, all.n);
		struct str right;
		one->question_id = q[i].question_id;
		TRY(quiz_right_answer(cx, q[i].question_id, &right));
		if (!quiz_read_given(cx->arena, right, &one->given))
			return ERR_INTERNAL;
	}
	return together_check_hand_in(cx, &k, &all, &passed);
}

/* The first answers on the own phone, the second on the shared device, the third on a sheet; the others have yet to. */
static enum err check_some(struct ctx *cx, const struct together_session_row *s, const int64_t *people, size_t n)
{
	static const char *const ways[] = { "phone", "tick", "sheet" };
	for (size_t i = 0; i < n && i < sizeof ways / sizeof *ways; i++) {
		struct together_standing one;
		int64_t id;
		TRY(together_standing(cx, people[i], s->resource_id, &one));
		if (together_no_check(&one))
			continue;
		act_as(cx, i ? s->host_id : people[i]);
		if (i < 2)
			TRY(together_check_begin(cx, s->id, s->resource_id, people[i], ways[i], &id));
		else
			TRY(together_check_draw(cx, s->id, &one, people[i], ways[i], 1, &id));
		TRY(answer_right(cx, id));
	}
	return OK;
}

static enum err come(struct ctx *cx, const struct together_session_row *s, const int64_t *people, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct together_guest g;
		TRY(together_judge(cx, s, people[i], 0, &g));
		act_as(cx, people[i]);
		if (g.fate == TOGETHER_COMES)
			TRY(together_come(cx, s, people[i], i % 2 ? "pin" : "qr", NONE, &g));
	}
	return OK;
}

enum err demo_together(struct ctx *cx, int64_t host_id, int64_t course_id, const int64_t *people, size_t n, int64_t at)
{
	struct together_session_row s;
	int64_t part, id, n_paid;
	TRY(find_part(cx, host_id, course_id, &part));
	if (part == NONE)
		return OK;
	cx->now = at;
	act_as(cx, host_id);
	TRY(enrolment_add(cx, host_id, course_id));
	TRY(together_open(cx, part, &id));
	TRY(together_find(cx, id, &s));
	struct report all = { part, progress_open(cx, part), 0, 0, str_fmt(cx->arena, "[[0,%lld]]", (long long)s.ms) };
	TRY(come(cx, &s, people, n));
	cx->now += s.ms + SECOND;
	act_as(cx, host_id);
	TRY(together_report(cx, &s, &all, &n_paid));
	TRY(check_some(cx, &s, people, n));
	act_as(cx, host_id);
	cx->now += 10 * MINUTE;
	return together_end(cx, &s);
}
