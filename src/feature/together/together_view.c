/* What several pages of group sessions show alike; see together_view.h. */
#include "feature/together/together_view.h"
#include "feature/progress/in_group_web.h"
#include "web/lang.h"

enum { PEOPLE_SHOWN = 100 };

struct together_item together_item(const struct ctx *cx, const struct together_session_row *s)
{
	return (struct together_item){ .id = s->id,
				       .resource_id = s->resource_id,
				       .course_id = s->course_id,
				       .opened_at = s->opened_at,
				       .ends_at = s->ends_at,
				       .title = s->title,
				       .course = s->course,
				       .lang = s->lang,
				       .host = s->host,
				       .open = together_is_open(cx, s),
				       .mine = cx->actor.person_id == s->host_id };
}

struct str together_way(struct ctx *cx, struct str way)
{
	return str_of(tr(cx->lang, str_is(way, "qr") ? N_("code scanned") : str_is(way, "pin") ? N_("number typed") : N_("ticked by the host")));
}

enum err together_place(struct ctx *cx, struct str after, int64_t *ret_id, struct str *ret_key)
{
	struct str rest = after, id = STR_NONE;
	*ret_id = 0;
	*ret_key = S("");
	if (!after.n)
		return OK;
	if (!str_cut(&rest, '-', &id) || !str_int(id, ret_id))
		return fail(cx, ERR_INVALID, "after", N_("is no place in this list"));
	*ret_key = rest;
	return OK;
}

/* proved: whether there is anything to check by. */
static enum err person(struct ctx *cx, const struct together_session_row *s, const struct together_people_row *r, bool proved, struct together_person *ret)
{
	struct intervals own, grouped;
	TRY(together_intervals(cx, r->own, &own));
	TRY(together_intervals(cx, r->grouped, &grouped));
	struct coverage c = progress_coverage(cx->arena, &own, &grouped, s->ms);
	struct together_standing one = { .credited = r->credit_way.n > 0,
					 .enrolled = r->enrolment.n && !str_is(r->enrolment, "ended"),
					 .covered = c.check || c.complete,
					 .proved = proved,
					 .left = TOGETHER_CHECKS - r->used };
	const char *why = together_no_check(&one);
	*ret = (struct together_person){ .person_id = r->person_id,
					 .together_id = s->id,
					 .joined_at = r->joined_at,
					 .left_at = r->left_at,
					 .ms = r->ms,
					 .percent = s->ms ? c.covered_ms * 100 / s->ms : 0,
					 .name = r->name,
					 .employee_no = r->employee_no,
					 .way = r->way,
					 .way_name = together_way(cx, r->way),
					 .by_name = r->by_name,
					 .checked = in_group_checked(cx, r->check_way, r->check_by),
					 .why = why ? str_of(tr(cx->lang, why)) : S(""),
					 .there = r->left_at > cx->now,
					 .enrolled = r->enrolled,
					 .credited = one.credited,
					 .check_open = !why,
					 .open = together_is_open(cx, s) };
	return OK;
}

enum err together_people(struct ctx *cx, const struct together_session_row *s, struct str after, struct together_person **ret, size_t *ret_n,
			 struct str *ret_next)
{
	struct together_people_row *r;
	struct together_standing host;
	struct str key;
	int64_t id;
	size_t n;
	TRY(together_standing(cx, s->host_id, s->resource_id, &host));
	TRY(together_place(cx, after, &id, &key));
	TRY(together_sql_people(cx, s->id, key, id, PEOPLE_SHOWN + 1, &r, &n));
	*ret_next =
		n > PEOPLE_SHOWN ? str_fmt(cx->arena, "%lld-%.*s", (long long)r[PEOPLE_SHOWN - 1].person_id, STR_ARG(r[PEOPLE_SHOWN - 1].sort_key)) : STR_NONE;
	*ret_n = n > PEOPLE_SHOWN ? PEOPLE_SHOWN : n;
	*ret = ARENA_ARRAY(cx->arena, struct together_person, *ret_n + 1);
	for (size_t i = 0; i < *ret_n; i++)
		TRY(person(cx, s, &r[i], host.proved, &(*ret)[i]));
	return OK;
}

struct together_check_page together_check_page(struct ctx *cx, const struct together_standing *s)
{
	const char *why = together_no_check(s);
	return (struct together_check_page){ .resource_id = s->of.id,
					     .course_id = s->of.course_id,
					     .quiz_id = s->of.quiz_id,
					     .title = s->of.title,
					     .course = s->of.course,
					     .lang = s->of.lang,
					     .quiz = s->quiz,
					     .percent = s->percent,
					     .pass = s->pass,
					     .left = s->left,
					     .why = why ? str_of(tr(cx->lang, why)) : S(""),
					     .may = !why,
					     .credited = s->credited,
					     .proved = s->proved };
}

enum err together_put_questions(struct ctx *cx, int64_t check_id, const struct quiz_answers *typed, struct together_check_page *v)
{
	struct quiz_shown *shown;
	TRY(together_check_questions(cx, check_id, &shown, &v->n_questions));
	v->check_id = check_id;
	v->asking = true;
	v->questions = ARENA_ARRAY(cx->arena, struct quiz_question_item, v->n_questions + 1);
	for (size_t i = 0; i < v->n_questions; i++) {
		const struct strs *given = &shown[i].given;
		for (size_t k = 0; k < typed->n; k++)
			if (typed->v[k].question_id == shown[i].question_id)
				given = &typed->v[k].given;
		v->questions[i] = quiz_question_item(cx, &shown[i], given);
		v->questions[i].total = (int64_t)v->n_questions;
		v->questions[i].lang = v->lang;
	}
	return OK;
}
