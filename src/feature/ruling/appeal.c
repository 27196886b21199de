/* Appeals; see ruling.h. */
#include "feature/attempt/attempt.h"
#include "feature/attempt/view.h"
#include "feature/exam/form.h"
#include "feature/notice/notice.h"
#include "feature/ruling/ruling.h"

int64_t appeal_until(const struct ctx *cx, const struct ruling_sat_row *r)
{
	int64_t days = cx->app && cx->app->appeal_days ? cx->app->appeal_days : APPEAL_DAYS;
	int64_t from = r->last_mark != NONE && r->last_mark > r->submitted_at ? r->last_mark : r->submitted_at;
	return from + days * DAY;
}

/* Of a number on the paper the place in the form. */
static enum err find_place(struct ctx *cx, const struct ruling_sat_row *r, int64_t question, int64_t *ret)
{
	const struct exam_form *form;
	*ret = 0;
	if (question == NONE)
		return OK;
	TRY(exam_form_load(cx, r->form_id, r->lang, &form));
	for (size_t i = 0; i < form->n; i++)
		if (view_place(cx, form, r->seed, form->v[i].n) == question)
			*ret = form->v[i].n;
	return *ret ? OK : fail(cx, ERR_INVALID, "question", N_("Your paper has no question of this number."));
}

/* One about the same thing at a time. */
static enum err look_for_room(struct ctx *cx, int64_t attempt_id, int64_t n)
{
	struct ruling_appeals_of_row *v;
	size_t n_all;
	TRY(ruling_sql_appeals_of(cx, cx->actor.person_id, attempt_id, &v, &n_all));
	for (size_t i = 0; i < n_all; i++)
		if (v[i].n == n && str_is(v[i].state, "open"))
			return fail(cx, ERR_CONFLICT, "question", N_("You have asked about this already; it has not been answered yet."));
	return n_all < APPEALS_MAX ? OK : fail(cx, ERR_CONFLICT, "", N_("You have asked about this paper 20 times; no more can be taken."));
}

enum err appeal_add(struct ctx *cx, const struct appeal_add *in, int64_t *ret_id)
{
	struct ruling_sat_row r;
	bool found = false;
	int64_t n;
	TRY(ruling_sql_sat(cx, cx->actor.person_id, in->attempt_id, &r, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "attempt_id", N_("You have no such paper."));
	if (!str_is(r.state, "marked"))
		return fail(cx, ERR_CONFLICT, "", N_("This paper has no result yet."));
	if (cx->now > appeal_until(cx, &r))
		return fail(cx, ERR_CONFLICT, "", N_("The time in which you could appeal is over."));
	if (!str_trim(in->words).n)
		return fail(cx, ERR_INVALID, "words", N_("Say what you think is wrong."));
	TRY(find_place(cx, &r, in->question, &n));
	TRY(look_for_room(cx, r.id, n));
	*ret_id = new_id(cx);
	return ruling_sql_add_appeal(cx, *ret_id, r.exam_id, cx->actor.person_id, r.id, n, in->kind, in->words, cx->now, NULL);
}

static enum err tell_taker(struct ctx *cx, const struct ruling_appeal_row *q, struct str title, bool upheld)
{
	const struct msg_arg args[] = { { "exam", title } };
	return notice_tell(cx, &(struct notice){ .kind = NOTICE_exam,
						 .person_id = q->taker_id,
						 .fact = str_fmt(cx->arena, "appeal:%lld", (long long)q->id),
						 .text = upheld ? N_("“{exam}”: what you asked about was upheld.")
								: N_("“{exam}”: what you asked about was not upheld. The reason stands on the page."),
						 .subject = N_("Your appeal is answered"),
						 .args = args,
						 .n_args = 1,
						 .thing_id = NONE,
						 .path = str_fmt(cx->arena, "/exam-attempts/%lld/appeals", (long long)q->attempt_id) });
}

enum err appeal_answer(struct ctx *cx, const struct appeal_answer *in)
{
	struct ruling_appeal_row q;
	struct ruling_one_row r;
	struct ruling_title_row exam;
	bool found = false;
	int64_t changed = 0;
	TRY(ruling_sql_appeal(cx, in->appeal_id, in->exam_id, &q, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "appeal_id", N_("There is no such appeal here."));
	if (actor_is(&cx->actor, q.taker_id))
		return fail(cx, ERR_FORBIDDEN, "", N_("This is your own appeal; somebody else must answer it."));
	if (!str_trim(in->answer).n)
		return fail(cx, ERR_INVALID, "answer", N_("Give the reason: the taker reads it."));
	if (in->ruling_id != NONE && ruling_find(cx, in->exam_id, in->ruling_id, &r) != OK)
		return ERR_INVALID;
	TRY(ruling_sql_answer_appeal(cx, in->upheld ? S("upheld") : S("dismissed"), in->answer, in->ruling_id, actor_hand(&cx->actor), cx->now, q.id,
				     &changed));
	if (changed != 1)
		return fail(cx, ERR_CONFLICT, "", N_("This was answered already."));
	TRY(ruling_sql_title(cx, in->exam_id, &exam));
	return tell_taker(cx, &q, exam.title, in->upheld);
}
