/* Who may sit an examination; see exam.h. */
#include "feature/exam/exam.h"
#include "feature/person/person.h"

static const char *const sentences[EXAM_WHY_COUNT_] = {
	[EXAM_DRAFT] = N_("There is no such examination."),
	[EXAM_CLOSED] = N_("This examination is closed."),
	[EXAM_NOT_YET] = N_("This examination has not begun yet."),
	[EXAM_OVER] = N_("The time of this examination is over."),
	[EXAM_NOT_POSTED] = N_("This examination is for people of another organisation."),
	[EXAM_NOT_ENROLLED] = N_("This is the test of a course in which you are not enrolled."),
	[EXAM_NO_SEAT] = N_("This examination is held in a room, and you have no seat in one."),
	[EXAM_REFUSED] = N_("The invigilator could not see who you are, so you cannot sit this examination. Please speak with him."),
	[EXAM_ROOM_SHUT] = N_("Your room is not open. The invigilator opens it."),
	[EXAM_NOT_CHECKED] = N_("Please show the invigilator a document that says who you are; then you can begin."),
	[EXAM_COURSES_FIRST] = N_("Some courses come first, and not enough of them are completed yet."),
	[EXAM_NONE_LEFT] = N_("You have used all attempts."),
	[EXAM_NO_FORM] = N_("This examination has no form to give out just now. Please tell those who hold it."),
};

const char *exam_why_says(enum exam_why why)
{
	return sentences[why];
}

int64_t exam_needs_asked(int64_t n, int64_t share)
{
	return (n * share + 99) / 100;
}

/* Whose it is: by posting or by enrolment. */
static enum err is_theirs(struct ctx *cx, const struct exam_one_row *e, int64_t person_id, enum exam_why *ret)
{
	struct exam_posted_row posting;
	struct exam_enrolled_row enrolment;
	bool found = false;
	if (str_is(e->kind, "public"))
		return OK;
	if (str_is(e->kind, "course") || str_is(e->kind, "pre") || str_is(e->kind, "post")) {
		TRY(exam_sql_enrolled(cx, person_id, e->course_id, &enrolment, &found));
		*ret = found ? EXAM_MAY : EXAM_NOT_ENROLLED;
		return OK;
	}
	TRY(exam_sql_posted(cx, e->org_id, person_id, person_today(cx), &posting, &found));
	*ret = found ? EXAM_MAY : EXAM_NOT_POSTED;
	return OK;
}

/* A seat, where there is one, is asked by its room; a proctored examination is not sat without. */
static enum exam_why by_seat(const struct exam_stand *s)
{
	if (!s->seated)
		return str_is(s->exam.kind, "proctored") ? EXAM_NO_SEAT : EXAM_MAY;
	if (s->seat.refused_why.n)
		return EXAM_REFUSED;
	if (s->seat.opened_at == NONE || s->seat.closed_at != NONE)
		return EXAM_ROOM_SHUT;
	return s->seat.checked_at == NONE ? EXAM_NOT_CHECKED : EXAM_MAY;
}

static enum exam_why by_time(const struct ctx *cx, const struct exam_one_row *e)
{
	if (str_is(e->state, "closed"))
		return EXAM_CLOSED;
	return cx->now < e->opens_at ? EXAM_NOT_YET : cx->now >= e->closes_at ? EXAM_OVER : EXAM_MAY;
}

static enum err find_standing(struct ctx *cx, int64_t taker_id, struct exam_stand *s)
{
	struct exam_taken_row taken;
	struct exam_needs_done_row needs;
	TRY(exam_sql_taken(cx, taker_id, s->exam.id, &taken));
	s->taken = taken.n;
	s->left = taken.n < s->exam.attempts ? s->exam.attempts - taken.n : 0;
	s->open_id = taken.open_id;
	s->last_id = taken.last_id;
	TRY(exam_sql_needs_done(cx, taker_id, s->exam.id, &needs));
	s->n_needs = needs.n;
	s->n_done = needs.done;
	s->n_asked = exam_needs_asked(needs.n, s->exam.need_share);
	return exam_sql_seat(cx, s->exam.id, taker_id, &s->seat, &s->seated);
}

/* The first reason there is. */
static enum exam_why judge(const struct ctx *cx, const struct exam_stand *s, enum exam_why theirs, int64_t live_forms)
{
	const enum exam_why reasons[] = {
		by_time(cx, &s->exam),
		theirs,
		s->n_done < s->n_asked ? EXAM_COURSES_FIRST : EXAM_MAY,
		s->left ? EXAM_MAY : EXAM_NONE_LEFT,
		by_seat(s),
		live_forms ? EXAM_MAY : EXAM_NO_FORM,
	};
	if (s->open_id != NONE)
		return EXAM_GOES_ON;
	if (str_is(s->exam.state, "draft"))
		return EXAM_DRAFT;
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (reasons[i] != EXAM_MAY)
			return reasons[i];
	return EXAM_MAY;
}

enum err exam_of(struct ctx *cx, int64_t exam_id, int64_t taker_id, struct exam_stand *ret)
{
	struct exam_stand s = { .open_id = NONE, .last_id = NONE };
	struct exam_form_numbers_row forms;
	enum exam_why theirs = EXAM_MAY;
	bool found = false;
	TRY(exam_sql_one(cx, exam_id, &s.exam, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "exam_id", N_("There is no such examination."));
	TRY(find_standing(cx, taker_id, &s));
	TRY(is_theirs(cx, &s.exam, taker_id, &theirs));
	TRY(exam_sql_form_numbers(cx, exam_id, &forms));
	s.why = judge(cx, &s, theirs, forms.live);
	s.n_items = forms.items;
	s.pools = forms.pools;
	s.may = s.why == EXAM_MAY || s.why == EXAM_GOES_ON;
	s.known = s.taken || (!str_is(s.exam.state, "draft") && theirs == EXAM_MAY) || s.seated;
	*ret = s;
	return OK;
}
