/* What somebody need not take: the own page, that of another, and withdrawing. */
#include "feature/exemption/exemption.h"
#include "feature/exemption/exemption_page.h"
#include "feature/person/person.h"
#include "exemption_html.h"
#include "web/access.h"
#include "web/action.h"
#include "web/lang.h"

struct exemption_out {
	int64_t exemption_id, course_id, attempt_id, minutes, sure, at, withdrawn_at;
	struct str title, exam, why;
};
static const struct field exemption_out[] = {
	FIELD(exemption_out, exemption_id, F_ID),
	FIELD(exemption_out, course_id, F_ID),
	FIELD(exemption_out, title, F_TEXT),
	FIELD(exemption_out, exam, F_TEXT),
	FIELD(exemption_out, attempt_id, F_ID),
	FIELD(exemption_out, minutes, F_INT),
	FIELD(exemption_out, sure, F_INT),
	FIELD(exemption_out, at, F_TIME),
	FIELD(exemption_out, withdrawn_at, F_TIME),
	FIELD(exemption_out, why, F_TEXT),
	FIELD_END,
};
struct person_in {
	int64_t person_id;
};
static const struct field person_in[] = { FIELD(person_in, person_id, F_ID, .must = true), FIELD_END };
struct withdraw_in {
	int64_t person_id, exemption_id;
	struct str why;
};
static const struct field withdraw_in[] = {
	FIELD(withdraw_in, person_id, F_ID, .must = true),
	FIELD(withdraw_in, exemption_id, F_ID, .must = true),
	FIELD(withdraw_in, why, F_TEXT, .label = N_("Why is the course needed after all?"), .must = true, .max = EXEMPTION_WHY_MAX),
	FIELD_END,
};

static enum err put_items(struct ctx *cx, struct exemption_page *v, bool may, struct answer *a)
{
	struct exemption_list_row *r;
	size_t n;
	TRY(exemption_sql_list(cx, v->person_id, &r, &n));
	struct exemption_out *out = ARENA_ARRAY(cx->arena, struct exemption_out, n);
	v->items = ARENA_ARRAY(cx->arena, struct exemption_item, n);
	v->n_items = n;
	for (size_t i = 0; i < n; i++) {
		bool held = r[i].withdrawn_at == NONE;
		v->items[i] = (struct exemption_item){ r[i].id,	  r[i].course_id, r[i].minutes, r[i].sure,	     r[i].at, r[i].withdrawn_at, r[i].title,
						       r[i].lang, r[i].exam,	  r[i].why,	r[i].withdrawn_name, held,    held && may };
		out[i] = (struct exemption_out){ r[i].id, r[i].course_id,    r[i].attempt_id, r[i].minutes, r[i].sure,
						 r[i].at, r[i].withdrawn_at, r[i].title,      r[i].exam,    r[i].why };
		v->minutes += held ? r[i].minutes : 0;
	}
	ANSWER_ROWS(a, out, n);
	return OK;
}

static enum err put_tests(struct ctx *cx, struct exemption_page *v)
{
	struct exemption_tests_row *r;
	TRY(exemption_sql_tests(cx, v->person_id, cx->now, person_today(cx), &r, &v->n_tests));
	v->tests = ARENA_ARRAY(cx->arena, struct exemption_test, v->n_tests);
	for (size_t i = 0; i < v->n_tests; i++)
		v->tests[i] = (struct exemption_test){ r[i].id, r[i].minutes, r[i].most, r[i].course_id, r[i].ms, r[i].title, r[i].course, r[i].lang };
	return OK;
}

static enum err mine_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct exemption_page *v = ARENA_NEW(cx->arena, struct exemption_page);
	(void)input;
	(void)state;
	v->person_id = cx->actor.person_id;
	v->mine = true;
	TRY(put_items(cx, v, false, a));
	TRY(put_tests(cx, v));
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("Prove it and skip"));
	return OK;
}

static enum err person_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct person_in *in = input;
	struct exemption_page *v = ARENA_NEW(cx->arena, struct exemption_page);
	struct exemption_person_row person;
	bool found = false, may = false;
	(void)state;
	TRY(exemption_sql_person(cx, in->person_id, &person, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "person_id", N_("There is no such person."));
	TRY(access_may(cx, MAY_ASSIGN, SCOPE_PERSON, in->person_id, &may));
	v->person_id = in->person_id;
	v->name = person.name;
	TRY(put_items(cx, v, may, a));
	a->view = v;
	ANSWER_TITLE(cx, a, N_("Shown by test"));
	return OK;
}

static enum err withdraw_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct withdraw_in *in = input;
	(void)state;
	(void)a;
	return exemption_withdraw(cx, in->person_id, in->exemption_id, in->why);
}

#define PEOPLE "/people/{person_id}/exemptions"
const struct action exemption_actions[] = {
	{ .name = "exemption.mine",
	  .method = GET,
	  .page = "/me/exemptions",
	  .api = "/api/v1/me/exemptions",
	  .may = MAY_LEARN,
	  .own = true,
	  .out = exemption_out,
	  .out_list = true,
	  .run = mine_run,
	  .html = exemption_view,
	  .summary = "Courses that one need not take, since a test has shown what they teach; and tests that can show it." },
	{ .name = "exemption.person",
	  .method = GET,
	  .page = PEOPLE,
	  .api = "/api/v1" PEOPLE,
	  .may = MAY_PERSON_SEE,
	  .scope = SCOPE_PERSON,
	  .in = person_in,
	  .in_size = sizeof(struct person_in),
	  .out = exemption_out,
	  .out_list = true,
	  .run = person_run,
	  .html = exemption_view,
	  .summary = "Courses that a person need not take, since a test has shown what they teach." },
	{ .name = "exemption.withdraw",
	  .method = POST,
	  .page = PEOPLE "/{exemption_id}/withdraw",
	  .api = "/api/v1" PEOPLE "/{exemption_id}/withdraw",
	  .may = MAY_ASSIGN,
	  .scope = SCOPE_PERSON,
	  .in = withdraw_in,
	  .in_size = sizeof(struct withdraw_in),
	  .run = withdraw_run,
	  .form = "exemption.person",
	  .then = PEOPLE,
	  .notice = N_("The exemption is withdrawn: the course is needed."),
	  .summary = "Withdraws an exemption, with a reason." },
	ACTION_END,
};
