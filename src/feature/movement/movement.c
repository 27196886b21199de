/* Movements; see movement.h. */
#include "feature/movement/movement.h"
#include "base/fact.h"
#include "feature/notice/notice.h"
#include "feature/person/person.h"

/* What was not said is an empty text. */
static struct str said(struct str s)
{
	return s.n ? str_trim(s) : S("");
}

/* ── asking ── */

static enum err only_one(struct ctx *cx, size_t n, int64_t id, const char *field, int64_t *ret)
{
	if (n == 0)
		return fail(cx, ERR_INVALID, field, N_("is not known; give the code, or the name exactly as it is written here"));
	if (n > 1 && !id)
		return fail(cx, ERR_INVALID, field, N_("is the name of several; give the code"));
	*ret = id;
	return OK;
}

static enum err office_of(struct ctx *cx, struct str called, int64_t *ret)
{
	struct movement_org_called_row *r;
	size_t n;
	TRY(movement_sql_org_called(cx, said(called), &r, &n));
	return only_one(cx, n, n == 1 ? r[0].id : 0, "office", ret);
}

static enum err designation_of(struct ctx *cx, struct str called, int64_t *ret)
{
	struct person_designation_called_row *r;
	size_t n;
	TRY(person_sql_designation_called(cx, said(called), &r, &n));
	return only_one(cx, n, n == 1 ? r[0].id : 0, "designation", ret);
}

/* What the person is now decides what can be asked. */
static enum err state_fits(struct ctx *cx, const struct movement_ask *in, const struct movement_person_state_row *p)
{
	bool gone = str_is(p->state, "left"), posted = p->from_day != NONE, joins = str_is(in->kind, "join"), returns = str_is(in->kind, "return");
	if (p->merged_into_id != NONE)
		return fail(cx, ERR_CONFLICT, "kind", N_("This account was joined with another of the same person; ask for it there."));
	if (gone && !returns)
		return fail(cx, ERR_CONFLICT, "kind", N_("This person has left; only a return can be asked for."));
	if (joins && posted)
		return fail(cx, ERR_CONFLICT, "kind", N_("This person is posted already; ask for a transfer."));
	if (!joins && !returns && !posted)
		return fail(cx, ERR_CONFLICT, "kind", N_("This person has no posting; ask for joining."));
	if (posted && !str_is(in->kind, "charge") && !str_is(in->kind, "leave") && in->from_day <= p->from_day)
		return fail(cx, ERR_INVALID, "from_day", N_("must be after the first day of the present posting"));
	return OK;
}

static enum err days_fit(struct ctx *cx, const struct movement_ask *in)
{
	int64_t today = person_today(cx);
	bool ends = str_is(in->kind, "deputation") || str_is(in->kind, "charge");
	if (in->from_day < today - MOVEMENT_BACK_DAYS || in->from_day > today + MOVEMENT_AHEAD_DAYS)
		return fail(cx, ERR_INVALID, "from_day", N_("must lie within a year of today"));
	if (str_is(in->kind, "deputation") && in->until_day == NONE)
		return fail(cx, ERR_INVALID, "until_day", N_("is needed for a deputation"));
	if (!ends && in->until_day != NONE)
		return fail(cx, ERR_INVALID, "until_day", N_("is only for a deputation or an additional charge"));
	if (in->until_day != NONE && in->until_day <= in->from_day)
		return fail(cx, ERR_INVALID, "until_day", N_("must be after the first day"));
	return OK;
}

static enum err judge_of(struct ctx *cx, int64_t org_id, int64_t least, int64_t person_id, int64_t *ret)
{
	struct movement_judge_row r;
	bool found = false;
	TRY(movement_sql_judge(cx, org_id, least, person_id, &r, &found));
	*ret = found ? r.above_id : NONE;
	return OK;
}

enum err movement_ask(struct ctx *cx, const struct movement_ask *in, int64_t *ret_id)
{
	struct movement_person_state_row p;
	struct movement_open_of_row open;
	int64_t org = NONE, designation = NONE, judge = NONE, id = new_id(cx);
	bool found = false, waits = false, leaves = str_is(in->kind, "leave");
	TRY(movement_sql_person_state(cx, in->person_id, &p, &found));
	if (!found)
		return ERR_NOT_FOUND;
	TRY(days_fit(cx, in));
	TRY(state_fits(cx, in, &p));
	TRY(movement_sql_open_of(cx, in->person_id, in->kind, &open, &waits));
	if (waits)
		return fail(cx, ERR_CONFLICT, "kind", N_("One of this kind waits for its decision already. Withdraw it before you ask anew."));
	org = p.org_id;
	if (!leaves) {
		TRY(office_of(cx, in->office, &org));
		TRY(designation_of(cx, in->designation, &designation));
	}
	TRY(judge_of(cx, org, 0, in->person_id, &judge));
	TRY(movement_sql_add(cx, id, in->person_id, in->kind, org, designation, in->from_day, in->until_day, said(in->order_no), said(in->reason),
			     cx->actor.person_id, cx->now, judge, judge == NONE ? NONE : cx->now + MOVEMENT_PATIENCE, NULL));
	*ret_id = id;
	return judge == NONE ? OK : movement_tell_judges(cx, id, in->person_id, judge, 0);
}

enum err movement_bring(struct ctx *cx, int64_t org_id, struct str person, struct movement_ask *in, int64_t *ret_id)
{
	struct movement_unposted_called_row r;
	struct movement_distance_row d;
	struct str login = person_login(cx, person);
	int64_t office = NONE;
	bool found = false, below = false;
	if (!str_is(in->kind, "join") && !str_is(in->kind, "return"))
		return fail(cx, ERR_INVALID, "kind", N_("is for the person or the own office to ask; here one joins or returns"));
	TRY(movement_sql_unposted_called(cx, said(person), login.n ? login : S(""), &r, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "person", N_("is nobody without a posting; who is posted elsewhere asks for a transfer"));
	TRY(office_of(cx, in->office, &office));
	TRY(movement_sql_distance(cx, office, org_id, &d, &below));
	if (!below)
		return fail(cx, ERR_INVALID, "office", N_("must be your organisation or below it"));
	in->person_id = r.id;
	return movement_ask(cx, in, ret_id);
}

/* ── telling ── */

enum err movement_tell_judges(struct ctx *cx, int64_t id, int64_t person_id, int64_t judge_id, int64_t round)
{
	struct movement_admins_row *r;
	struct movement_person_state_row who;
	bool found = false;
	size_t n;
	TRY(movement_sql_person_state(cx, person_id, &who, &found));
	TRY(movement_sql_admins(cx, judge_id, person_id, &r, &n));
	const struct msg_arg arg = { "name", who.name };
	for (size_t i = 0; i < n; i++) {
		struct notice notice = { .kind = NOTICE_movement,
					 .fact = str_fmt(cx->arena, "movement.asked:%lld:%lld:%lld", (long long)id, (long long)round, (long long)r[i].id),
					 .person_id = r[i].id,
					 .subject = N_("A posting waits for your decision"),
					 .text = N_("A change in the posting of {name} waits for your decision."),
					 .link_text = N_("Decide"),
					 .path = str_fmt(cx->arena, "/orgs/%lld/movements", (long long)judge_id),
					 .args = &arg,
					 .n_args = 1 };
		TRY(notice_tell(cx, &notice));
	}
	return OK;
}

static enum err tell_decision(struct ctx *cx, const struct movement_one_row *m, bool approve)
{
	const struct msg_arg more[] = { { "movement_id", fact_id(cx, m->id) }, { "kind", m->kind }, { "outcome", approve ? S("approved") : S("refused") } };
	TRY(fact_tell(cx, &(struct fact){ FACT_movement_decided, m->person_id, m->org_id, NONE, more, sizeof more / sizeof *more }));
	int64_t to[] = { m->person_id, m->asked_by };
	const struct msg_arg arg = { "name", m->person };
	for (size_t i = 0; i < (to[0] == to[1] ? 1U : 2U); i++) {
		struct notice notice = { .kind = NOTICE_movement,
					 .fact = str_fmt(cx->arena, "movement.decided:%lld:%lld", (long long)m->id, (long long)to[i]),
					 .person_id = to[i],
					 .subject = N_("Decided: a change of posting"),
					 .text = approve ? N_("The change in the posting of {name} is approved.")
							 : N_("The change in the posting of {name} is refused; the reason stands there."),
					 .path = str_fmt(cx->arena, "/people/%lld/movements", (long long)m->person_id),
					 .args = &arg,
					 .n_args = 1 };
		TRY(notice_tell(cx, &notice));
	}
	return OK;
}

/* ── deciding ── */

static enum err find(struct ctx *cx, int64_t id, struct movement_one_row *ret)
{
	bool found = false;
	TRY(movement_sql_one(cx, id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "movement_id", N_("There is no such movement."));
}

static enum err not_own(struct ctx *cx, const struct movement_one_row *m)
{
	return !actor_is(&cx->actor, m->person_id) ? OK : fail(cx, ERR_FORBIDDEN, "", N_("Nobody decides about the own posting. Others are asked."));
}

static enum err supervisor_of(struct ctx *cx, const struct movement_one_row *m, struct str called, int64_t *ret)
{
	struct person_called_row r;
	bool found = false;
	*ret = NONE;
	if (!str_trim(called).n)
		return OK;
	TRY(person_called(cx, called, &r, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "supervisor", N_("is nobody we know; give the employee number, e-mail or mobile number"));
	if (r.id == m->person_id)
		return fail(cx, ERR_INVALID, "supervisor", N_("cannot be the person itself"));
	*ret = r.id;
	return OK;
}

enum err movement_decide(struct ctx *cx, const struct movement_decide *in)
{
	struct movement_one_row m;
	int64_t supervisor = NONE, changed = 0;
	TRY(find(cx, in->id, &m));
	TRY(not_own(cx, &m));
	if (!in->approve && !said(in->words).n)
		return fail(cx, ERR_INVALID, "words", N_("is needed: the person will want to know why"));
	TRY(supervisor_of(cx, &m, in->approve ? in->supervisor : S(""), &supervisor));
	TRY(movement_sql_decide(cx, in->approve ? S("approved") : S("refused"), cx->actor.person_id, cx->now, said(in->words), supervisor, in->id, &changed));
	if (!changed)
		return fail(cx, ERR_CONFLICT, "", N_("This has been decided or withdrawn already."));
	TRY(tell_decision(cx, &m, in->approve));
	int64_t today = person_today(cx);
	bool due = m.from_day < today || (m.from_day == today && !str_is(m.kind, "leave"));
	return in->approve && due ? movement_carry_out(cx, in->id) : OK;
}

enum err movement_withdraw(struct ctx *cx, int64_t id)
{
	int64_t changed = 0;
	TRY(movement_sql_withdraw(cx, cx->actor.person_id, cx->now, id, &changed));
	return changed ? OK : fail(cx, ERR_CONFLICT, "", N_("It is too late to withdraw this. Who decided can take it back."));
}

/* ── carrying out ── */

static enum err post(struct ctx *cx, const struct movement_one_row *m, int64_t *ret_posting)
{
	struct person_open_posting_row open;
	bool found = false;
	if (str_is(m->person_state, "left"))
		TRY(person_return(cx, m->person_id));
	TRY(person_post(cx, &(struct person_post){ m->person_id, m->org_id, m->designation_id, m->supervisor_id, m->from_day }));
	TRY(person_sql_open_posting(cx, m->person_id, &open, &found));
	*ret_posting = found ? open.id : NONE;
	return OK;
}

/* What has become of the person since the decision; a sentence when the movement does not fit any more. */
static enum err still_fits(struct ctx *cx, const struct movement_one_row *m, const char **ret_why)
{
	struct movement_person_state_row p;
	bool found = false, leaves = str_is(m->kind, "leave"), returns = str_is(m->kind, "return");
	TRY(movement_sql_person_state(cx, m->person_id, &p, &found));
	bool gone = str_is(p.state, "left");
	*ret_why = NULL;
	if (p.merged_into_id != NONE)
		*ret_why = N_("The account has been joined with another meanwhile.");
	else if (leaves ? gone : gone && !returns)
		*ret_why = N_("The person has left meanwhile.");
	else if (!leaves && !str_is(m->kind, "charge") && p.from_day != NONE && p.from_day >= m->from_day)
		*ret_why = N_("The person has been posted anew meanwhile, from this day or later.");
	return OK;
}

enum err movement_carry_out(struct ctx *cx, int64_t id)
{
	struct movement_one_row m;
	const char *why;
	int64_t posting = NONE;
	TRY(find(cx, id, &m));
	TRY(still_fits(cx, &m, &why));
	if (why)
		return movement_sql_failed(cx, str_of(why), id, NULL);
	if (str_is(m.kind, "leave"))
		TRY(person_leave(cx, m.person_id, m.from_day, &posting));
	else if (str_is(m.kind, "charge"))
		TRY(movement_sql_charge_add(cx, new_id(cx), id, m.person_id, m.org_id, m.designation_id, m.from_day, m.until_day, NULL));
	else
		TRY(post(cx, &m, &posting));
	return movement_sql_done(cx, posting, cx->now, id, NULL);
}

bool movement_undoable(const struct ctx *cx, struct str state, int64_t done_at)
{
	return str_is(state, "done") && done_at != NONE && cx->now - done_at < MOVEMENT_UNDO;
}

/* Who had left before a return has left again. */
static enum err unpost(struct ctx *cx, const struct movement_one_row *m)
{
	struct person_open_posting_row open;
	int64_t posting;
	bool found = false;
	TRY(person_unpost(cx, m->posting_id));
	TRY(person_sql_open_posting(cx, m->person_id, &open, &found));
	return str_is(m->kind, "return") && !found ? person_leave(cx, m->person_id, person_today(cx), &posting) : OK;
}

enum err movement_undo(struct ctx *cx, int64_t id)
{
	struct movement_one_row m;
	TRY(find(cx, id, &m));
	TRY(not_own(cx, &m));
	if (!movement_undoable(cx, m.state, m.done_at))
		return fail(cx, ERR_CONFLICT, "", N_("This was not carried out, or more than 30 days ago. Enter a new movement instead."));
	if (str_is(m.kind, "charge")) {
		TRY(movement_sql_charge_remove(cx, id, NULL));
	} else if (str_is(m.kind, "leave")) {
		TRY(person_return(cx, m.person_id));
		if (m.posting_id != NONE)
			TRY(person_reopen(cx, m.posting_id));
	} else {
		TRY(unpost(cx, &m));
	}
	return movement_sql_undone(cx, id, NULL);
}
