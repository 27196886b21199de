/* Laying down programmes: words and rules, coordinators, competencies; see programme.h. */
#include "feature/programme/programme.h"
#include "base/utf8.h"
#include "feature/competency/competency.h"
#include "feature/person/person.h"
#include "web/access.h"

/* ── words and rules ── */

static bool code_good(struct str s)
{
	bool good = s.n && s.n <= PROGRAMME_CODE_MAX && s.p[0] != '-' && s.p[s.n - 1] != '-';
	for (size_t i = 0; good && i < s.n; i++)
		good = (s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-';
	return good;
}

static struct str words_of(struct str s)
{
	return s.p ? str_trim(s) : S("");
}

static bool approval_good(struct str s)
{
	return str_is(s, "none") || str_is(s, "mdo") || str_is(s, "coordinator") || str_is(s, "mdo_coordinator") || str_is(s, "coordinator_mdo");
}

static enum err between(struct ctx *cx, const char *field, int64_t value, int64_t least, int64_t most)
{
	const struct msg_arg args[] = { { "least", str_fmt(cx->arena, "%lld", (long long)least) }, { "most", str_fmt(cx->arena, "%lld", (long long)most) } };
	return value >= least && value <= most ? OK : fail_msg(cx, ERR_INVALID, str_of(field), N_("must be from {least} to {most}"), 2, args);
}

static enum err settle(struct ctx *cx, const struct programme_put *in, struct programme_put *ret)
{
	struct programme_institute_there_row institute;
	bool found = true;
	*ret = *in;
	ret->code = words_of(in->code);
	ret->title = words_of(in->title);
	ret->title_hi = words_of(in->title_hi).n ? words_of(in->title_hi) : ret->title;
	ret->about = words_of(in->about);
	ret->audience = words_of(in->audience);
	ret->least_sessions = in->least_sessions == NONE ? 75 : in->least_sessions;
	ret->least_others = in->least_others == NONE ? 0 : in->least_others;
	if (!code_good(ret->code))
		return fail(cx, ERR_INVALID, "code", N_("must be small letters, digits and hyphens"));
	if (!ret->title.n || utf8_length(ret->title) > PROGRAMME_TITLE_MAX)
		return fail(cx, ERR_INVALID, "title", N_("is needed"));
	if (!approval_good(ret->approval))
		return fail(cx, ERR_INVALID, "approval", N_("is none of the ways of approval"));
	TRY(between(cx, "minutes", ret->minutes, 1, PROGRAMME_MINUTES_MAX));
	TRY(between(cx, "least_sessions", ret->least_sessions, 0, 100));
	TRY(between(cx, "least_others", ret->least_others, 0, PROGRAMME_PARTS_MAX));
	if (in->institute_id != NONE)
		TRY(programme_sql_institute_there(cx, in->institute_id, &institute, &found));
	return found ? OK : fail(cx, ERR_INVALID, "institute_id", N_("is no institute of the register"));
}

static enum err code_free(struct ctx *cx, int64_t org_id, int64_t own_id, struct str code)
{
	struct programme_code_taken_row other;
	bool found = false;
	TRY(programme_sql_code_taken(cx, org_id, code, &other, &found));
	return found && other.id != own_id ? fail(cx, ERR_CONFLICT, "code", N_("Another programme of this organisation has this code.")) : OK;
}

enum err programme_add(struct ctx *cx, const struct programme_put *in, int64_t *ret_id)
{
	struct programme_put p;
	int64_t id = new_id(cx);
	TRY(settle(cx, in, &p));
	TRY(code_free(cx, p.org_id, NONE, p.code));
	*ret_id = id;
	return programme_sql_add(cx, id, p.org_id, p.institute_id, p.code, p.title, p.title_hi, p.about, p.audience, p.minutes, p.approval, p.may_ask,
				 p.least_sessions, p.least_others, actor_hand(&cx->actor), cx->now, NULL);
}

enum err programme_find(struct ctx *cx, int64_t org_id, int64_t programme_id, struct programme_one_row *ret)
{
	bool found = false;
	TRY(programme_sql_one(cx, programme_id, ret, &found));
	return found && ret->org_id == org_id ? OK : fail(cx, ERR_NOT_FOUND, "programme_id", N_("There is no such programme."));
}

/* One that may still be changed. */
static enum err changing(struct ctx *cx, int64_t org_id, int64_t programme_id, struct programme_one_row *ret)
{
	TRY(programme_find(cx, org_id, programme_id, ret));
	return str_is(ret->state, "retired") ? fail(cx, ERR_CONFLICT, "", N_("This programme is retired; it does not change any more.")) : OK;
}

/* Who has asked goes the way that held then. */
static enum err approval_settled(struct ctx *cx, int64_t programme_id)
{
	struct programme_asked_row a;
	bool found = false;
	TRY(programme_sql_asked(cx, programme_id, &a, &found));
	return found ? fail(cx, ERR_CONFLICT, "approval", N_("stays while somebody waits for a yes in an open batch: have these requests decided first")) : OK;
}

enum err programme_change(struct ctx *cx, const struct programme_put *in)
{
	struct programme_one_row now;
	struct programme_put p;
	TRY(changing(cx, in->org_id, in->programme_id, &now));
	TRY(settle(cx, in, &p));
	if (!str_eq(p.code, now.code) && !str_is(now.state, "draft"))
		return fail(cx, ERR_CONFLICT, "code", N_("The code of a live programme stays as it is."));
	TRY(code_free(cx, p.org_id, now.id, p.code));
	if (!str_eq(p.approval, now.approval))
		TRY(approval_settled(cx, now.id));
	TRY(programme_sql_change(cx, p.institute_id, p.code, p.title, p.title_hi, p.about, p.audience, p.minutes, p.approval, p.may_ask, p.least_sessions,
				 p.least_others, cx->now, now.id, NULL));
	bool easier = p.least_sessions < now.least_sessions || p.least_others < now.least_others;
	return easier && str_is(now.state, "live") ? programme_recheck_all(cx, now.id) : OK;
}

/* ── opening, retiring ── */

static enum err parts_good(struct ctx *cx, const struct programme_one_row *p, size_t *ret_n_faults)
{
	struct programme_parts_row *t;
	size_t n;
	bool sessions = false, musts = false, others = false;
	TRY(programme_sql_parts(cx, p->id, &t, &n));
	for (size_t i = 0; i < n; i++) {
		bool session = str_is(t[i].kind, "session");
		sessions |= session;
		musts |= t[i].must;
		others |= !t[i].must && !session;
		if (str_is(t[i].kind, "course") && !str_is(t[i].course_state, "live")) {
			++*ret_n_faults;
			(void)fail_msg(cx, ERR_CONFLICT, STR_NONE, N_("The course “{title}” is not there any more."), 1,
				       (struct msg_arg[]){ { "title", t[i].title } });
		}
		if (str_is(t[i].kind, "exam") && str_is(t[i].exam_state, "closed")) {
			++*ret_n_faults;
			(void)fail_msg(cx, ERR_CONFLICT, STR_NONE, N_("The examination “{title}” is closed."), 1,
				       (struct msg_arg[]){ { "title", t[i].title } });
		}
	}
	if (!musts && !(sessions && p->least_sessions) && !(others && p->least_others)) {
		++*ret_n_faults;
		(void)fail(cx, ERR_CONFLICT, "", N_("The rule of completion asks for nothing: say what must be done."));
	}
	return OK;
}

enum err programme_open(struct ctx *cx, int64_t org_id, int64_t programme_id)
{
	struct programme_coordinators_row *c;
	struct programme_one_row p;
	size_t n, n_faults = 0;
	TRY(programme_find(cx, org_id, programme_id, &p));
	if (!str_is(p.state, "draft"))
		return fail(cx, ERR_CONFLICT, "", N_("This programme is no draft."));
	TRY(programme_sql_coordinators(cx, p.id, &c, &n));
	if (!n) {
		n_faults++;
		(void)fail(cx, ERR_CONFLICT, "", N_("Nobody coordinates this programme: name one to five people."));
	}
	TRY(parts_good(cx, &p, &n_faults));
	return n_faults ? ERR_CONFLICT : programme_sql_set_state(cx, S("live"), cx->now, p.id, NULL);
}

enum err programme_retire(struct ctx *cx, int64_t org_id, int64_t programme_id)
{
	struct programme_one_row p;
	TRY(programme_find(cx, org_id, programme_id, &p));
	if (!str_is(p.state, "live"))
		return fail(cx, ERR_CONFLICT, "", N_("Only a live programme is retired."));
	return programme_sql_set_state(cx, S("retired"), cx->now, p.id, NULL);
}

/* ── coordinators ── */

enum err programme_coordinator_add(struct ctx *cx, int64_t org_id, int64_t programme_id, struct str person)
{
	struct programme_coordinators_row *c;
	struct person_called_row who;
	struct programme_one_row p;
	bool found = false;
	size_t n;
	TRY(changing(cx, org_id, programme_id, &p));
	TRY(person_called(cx, words_of(person), &who, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "person", N_("is nobody here: employee number, e-mail or mobile number"));
	TRY(programme_sql_coordinators(cx, p.id, &c, &n));
	for (size_t i = 0; i < n; i++)
		if (c[i].person_id == who.id)
			return OK;
	if (n >= PROGRAMME_COORDINATORS_MAX)
		return fail(cx, ERR_CONFLICT, "person", N_("A programme has at most five coordinators."));
	return programme_sql_add_coordinator(cx, p.id, who.id, NULL);
}

enum err programme_coordinator_drop(struct ctx *cx, int64_t org_id, int64_t programme_id, int64_t person_id)
{
	struct programme_coordinators_row *c;
	struct programme_one_row p;
	size_t n;
	int64_t dropped = 0;
	TRY(changing(cx, org_id, programme_id, &p));
	TRY(programme_sql_coordinators(cx, p.id, &c, &n));
	if (n == 1 && c[0].person_id == person_id && str_is(p.state, "live"))
		return fail(cx, ERR_CONFLICT, "", N_("A live programme needs a coordinator. Name another one first."));
	TRY(programme_sql_drop_coordinator(cx, p.id, person_id, &dropped));
	return dropped ? OK : fail(cx, ERR_NOT_FOUND, "", N_("This person does not coordinate the programme."));
}

enum err programme_runs(struct ctx *cx, int64_t programme_id, int64_t org_id, bool *ret)
{
	struct programme_coordinates_row c;
	*ret = false;
	if (cx->actor.acting != ACTING_SUPPORT)
		TRY(programme_sql_coordinates(cx, programme_id, cx->actor.person_id, &c, ret));
	return *ret ? OK : access_may(cx, MAY_PROGRAMME_MANAGE, SCOPE_ORG, org_id, ret);
}

/* ── what it teaches ── */

static enum err teach(struct ctx *cx, int64_t programme_id, const struct teaches *t)
{
	struct programme_competency_called_row c;
	bool found = false;
	TRY(programme_sql_competency_called(cx, t->framework, t->code, person_today(cx), &c, &found));
	if (!found || t->level > c.n_levels || t->level > 5) {
		const struct msg_arg arg = { "code", str_fmt(cx->arena, "%.*s:%.*s", STR_ARG(t->framework), STR_ARG(t->code)) };
		return fail_msg(cx, ERR_INVALID, S("competencies"), N_("“{code}” is no competency in force, or has no such level"), 1, &arg);
	}
	return programme_sql_add_competency(cx, programme_id, c.id, t->level, NULL);
}

enum err programme_teaches(struct ctx *cx, int64_t org_id, int64_t programme_id, struct str competencies)
{
	struct programme_one_row p;
	struct teaches *t = NULL;
	struct str wrong = STR_NONE;
	size_t n = 0;
	TRY(changing(cx, org_id, programme_id, &p));
	if (words_of(competencies).n && !teaches_read(cx->arena, words_of(competencies), &t, &n, &wrong))
		return fail_msg(cx, ERR_INVALID, S("competencies"), N_("“{part}” cannot be read: write framework:code@level, with commas between"), 1,
				(struct msg_arg[]){ { "part", wrong } });
	if (n > PROGRAMME_COMPETENCIES_MAX)
		return fail(cx, ERR_INVALID, "competencies", N_("must be at most 20"));
	TRY(programme_sql_forget_competencies(cx, p.id, NULL));
	for (size_t i = 0; i < n; i++)
		TRY(teach(cx, p.id, &t[i]));
	return programme_sql_touch(cx, cx->now, p.id, NULL);
}
