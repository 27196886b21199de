/* Requests for batches; see admission.h. */
#include "feature/admission/admission_in.h"
#include "base/clock.h"
#include "feature/org/org.h"
#include "feature/live/live.h"
#include "feature/person/person.h"
#include "web/access.h"
#include "web/lang.h"

enum err admission_admitted(struct ctx *cx, int64_t batch_id, int64_t person_id, bool *ret)
{
	struct admission_mine_row a;
	bool found = false;
	TRY(admission_sql_mine(cx, batch_id, person_id, &a, &found));
	*ret = found && str_is(a.state, "admitted");
	return OK;
}

/* ── batches ── */

static enum err no_batch(struct ctx *cx)
{
	return fail(cx, ERR_NOT_FOUND, "batch_id", N_("There is no such batch."));
}

enum err admission_batch(struct ctx *cx, int64_t batch_id, struct admission_batch_row *ret)
{
	bool found = false;
	TRY(admission_sql_batch(cx, batch_id, ret, &found));
	return found ? OK : no_batch(cx);
}

struct str admission_called(const struct ctx *cx, struct str title, struct str title_hi, struct str batch)
{
	struct str s = org_name(cx, title, title_hi);
	return batch.n ? str_fmt(cx->arena, "%.*s, %.*s", STR_ARG(s), STR_ARG(batch)) : s;
}

enum err admission_coordinates(struct ctx *cx, const struct admission_batch_row *b, bool *ret)
{
	struct admission_coordinator_row row;
	*ret = false;
	if (cx->actor.acting != ACTING_SUPPORT)
		TRY(admission_sql_coordinator(cx, b->programme_id, cx->actor.person_id, &row, ret));
	return *ret ? OK : access_may(cx, MAY_PROGRAMME_MANAGE, SCOPE_ORG, b->org_id, ret);
}

enum err admission_batch_of_coordinator(struct ctx *cx, int64_t batch_id, struct admission_batch_row *ret)
{
	bool may;
	TRY(admission_batch(cx, batch_id, ret));
	TRY(admission_coordinates(cx, ret, &may));
	return may ? OK : no_batch(cx);
}

enum admission_side admission_due(struct str approval, int64_t step)
{
	static const struct {
		const char *approval;
		enum admission_side sides[2];
	} routes[] = {
		{ "mdo", { SIDE_OFFICE } },
		{ "coordinator", { SIDE_COORDINATOR } },
		{ "mdo_coordinator", { SIDE_OFFICE, SIDE_COORDINATOR } },
		{ "coordinator_mdo", { SIDE_COORDINATOR, SIDE_OFFICE } },
	};
	for (size_t i = 0; i < sizeof routes / sizeof *routes; i++)
		if (str_is(approval, routes[i].approval))
			return step >= 0 && step < 2 ? routes[i].sides[step] : SIDE_NOBODY;
	return SIDE_NOBODY;
}

struct str admission_when(const struct ctx *cx, int64_t at)
{
	struct civil c = clock_civil(S("Asia/Kolkata"), at);
	return str_fmt(cx->arena, "%02d-%02d-%04d, %02d:%02d", c.day, c.month, c.year, c.hour, c.minute);
}

/* ── who can come ── */

struct str admission_no_text(struct ctx *cx, const struct admission_no *no)
{
	return msg_text(cx, no->text, no->n_args, &no->arg);
}

static enum err refuse(struct ctx *cx, const struct admission_no *no)
{
	return fail_msg(cx, ERR_CONFLICT, S(""), no->text, no->n_args, &no->arg);
}

struct admission_no admission_not_open(struct ctx *cx, const struct admission_batch_row *b)
{
	if (!str_is(b->state, "open"))
		return (struct admission_no){ .text = N_("This batch takes no requests: it is not open.") };
	if (cx->now >= b->ask_until)
		return (struct admission_no){ .text = N_("It is too late: requests were taken until {until}."),
					      .arg = { "until", admission_when(cx, b->ask_until) },
					      .n_args = 1 };
	return (struct admission_no){ 0 };
}

static bool in_hand(struct str state)
{
	return str_is(state, "asked") || str_is(state, "waiting") || str_is(state, "admitted");
}

enum err admission_can_come(struct ctx *cx, const struct admission_batch_row *b, int64_t person_id, int64_t within, struct admission_comer *ret,
			    struct admission_no *ret_no)
{
	struct admission_posted_row p;
	struct admission_clash_row clash;
	bool found = false;
	*ret = (struct admission_comer){ .person_id = person_id, .was = { .id = NONE } };
	*ret_no = (struct admission_no){ 0 };
	TRY(admission_sql_posted(cx, within, person_today(cx), person_id, &p, &found));
	if (!found || p.org_id == NONE) {
		ret_no->text = N_("is not posted anywhere today");
		return OK;
	}
	ret->org_id = p.org_id;
	ret->service = p.service;
	if (!p.within) {
		ret_no->text = N_("is not posted in this organisation or below it today");
		return OK;
	}
	found = false;
	TRY(admission_sql_mine(cx, b->id, person_id, &ret->was, &found));
	if (!found)
		ret->was.id = NONE;
	if (found && in_hand(ret->was.state)) {
		ret_no->text = N_("has asked for this batch or was nominated already");
		return OK;
	}
	TRY(admission_sql_clash(cx, b->id, person_id, &clash, &found));
	if (found)
		*ret_no = (struct admission_no){ .text = N_("has sessions at the same time in “{other}”"),
						 .arg = { "other", admission_called(cx, clash.title, clash.title_hi, clash.batch) },
						 .n_args = 1 };
	return OK;
}

enum err admission_room(struct ctx *cx, const struct admission_batch_row *b, int64_t *ret)
{
	struct admission_counts_row n;
	TRY(admission_sql_counts(cx, b->id, &n));
	*ret = b->seats + b->waiting - n.n_asked - n.n_waiting - n.n_admitted;
	return OK;
}

static enum err full(struct ctx *cx, const struct admission_batch_row *b)
{
	const struct msg_arg args[] = { { "seats", str_fmt(cx->arena, "%lld", (long long)b->seats) },
					{ "waiting", str_fmt(cx->arena, "%lld", (long long)b->waiting) } };
	return fail_msg(cx, ERR_CONFLICT, S(""), N_("All {seats} seats and all {waiting} places to wait have been asked for."), 2, args);
}

/* ── writing ── */

enum err admission_note(struct ctx *cx, int64_t admission_id, struct str was, const char *became, struct str words, int64_t by_id)
{
	return admission_sql_add_step(cx, new_id(cx), admission_id, was, str_of(became), words.n ? words : S(""), by_id, cx->now, NULL);
}

enum err admission_enter(struct ctx *cx, const struct admission_batch_row *b, const struct admission_comer *c, enum admission_side side, bool bed,
			 struct str words, int64_t *ret_id)
{
	bool nominated = side != SIDE_NOBODY;
	int64_t step = nominated && admission_due(b->approval, 0) == side ? 1 : 0;
	const char *state = admission_due(b->approval, step) == SIDE_NOBODY ? "waiting" : "asked";
	int64_t by = actor_hand(&cx->actor);
	*ret_id = c->was.id == NONE ? new_id(cx) : c->was.id;
	TRY(admission_sql_put(cx, *ret_id, b->id, c->person_id, str_of(state), nominated ? S("nominated") : S("asked"), step, c->org_id, c->service, bed,
			      cx->now, by, NULL));
	return admission_note(cx, *ret_id, c->was.id == NONE ? S("") : c->was.state, state, words, by);
}

enum err admission_out(struct ctx *cx, int64_t id, struct str was, const char *became, struct str words, int64_t by_id)
{
	int64_t changed = 0;
	TRY(admission_sql_leave(cx, str_of(became), cx->now, id, &changed));
	if (!changed)
		return fail(cx, ERR_CONFLICT, "", N_("This request has ended already."));
	return admission_note(cx, id, was, became, words, by_id);
}

/* ── asking ── */

/* What is said to the person himself. */
static const char *to_oneself(const char *text)
{
	static const char *const both[][2] = {
		{ N_("is not posted anywhere today"), N_("You are not posted anywhere today; ask your office.") },
		{ N_("has asked for this batch or was nominated already"), N_("You have asked for this batch or were nominated already.") },
		{ N_("has sessions at the same time in “{other}”"),
		  N_("You have sessions at the same time in “{other}”. Withdraw there first, or choose another batch.") },
	};
	for (size_t i = 0; i < sizeof both / sizeof *both; i++)
		if (!strcmp(text, both[i][0]))
			return both[i][1];
	return text;
}

static enum err may_ask(struct ctx *cx, const struct admission_batch_row *b, struct admission_comer *c)
{
	struct admission_no no = admission_not_open(cx, b);
	int64_t room;
	if (no.text)
		return refuse(cx, &no);
	if (b->invite_only || !b->may_ask)
		return fail(cx, ERR_CONFLICT, "", N_("People come to this batch by nomination only. Ask your office to nominate you."));
	TRY(admission_can_come(cx, b, cx->actor.person_id, NONE, c, &no));
	if (no.text) {
		no.text = to_oneself(no.text);
		return refuse(cx, &no);
	}
	TRY(admission_room(cx, b, &room));
	return room > 0 ? OK : full(cx, b);
}

enum err admission_may_ask(struct ctx *cx, int64_t batch_id)
{
	struct admission_batch_row b;
	struct admission_comer c;
	TRY(admission_batch(cx, batch_id, &b));
	return may_ask(cx, &b, &c);
}

enum err admission_ask(struct ctx *cx, int64_t batch_id, bool bed)
{
	struct admission_batch_row b;
	struct admission_comer c;
	int64_t id;
	TRY(admission_batch(cx, batch_id, &b));
	TRY(may_ask(cx, &b, &c));
	TRY(admission_enter(cx, &b, &c, SIDE_NOBODY, bed && b.hostel_id != NONE, S(""), &id));
	return admission_settle(cx, batch_id);
}

/* ── nominating ── */

static enum err note_no(struct ctx *cx, int64_t person_id, struct admission_no *no)
{
	struct admission_posted_row p;
	bool found = false;
	TRY(admission_sql_posted(cx, NONE, person_today(cx), person_id, &p, &found));
	const struct msg_arg args[] = { { "name", found ? p.name : str_of(tr(cx->lang, N_("Somebody who has left"))) }, { "why", admission_no_text(cx, no) } };
	(void)fail_msg(cx, ERR_INVALID, S("people"), N_("{name} {why}"), 2, args);
	return OK;
}

static bool named_before(const int64_t *people, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (people[i] == people[n])
			return true;
	return false;
}

static enum err judge_all(struct ctx *cx, const struct admission_batch_row *b, const struct admission_nominate *in, struct admission_comer *comers)
{
	struct admission_no no;
	bool good = true;
	for (size_t i = 0; i < in->n; i++) {
		TRY(admission_can_come(cx, b, in->people[i], in->org_id, &comers[i], &no));
		if (!no.text && named_before(in->people, i))
			no.text = N_("is named twice");
		if (!no.text && actor_is(&cx->actor, in->people[i]))
			no.text = ADMISSION_SELF;
		if (!no.text)
			continue;
		good = false;
		TRY(note_no(cx, in->people[i], &no));
	}
	return good ? OK : ERR_INVALID;
}

enum err admission_nominate(struct ctx *cx, const struct admission_nominate *in)
{
	struct admission_batch_row b;
	struct admission_no no;
	int64_t room, id;
	enum admission_side side = in->org_id == NONE ? SIDE_COORDINATOR : SIDE_OFFICE;
	if (!in->n || in->n > ADMISSION_MANY_MAX)
		return fail(cx, ERR_INVALID, "people", N_("must be 1 to 200 people"));
	TRY(side == SIDE_COORDINATOR ? admission_batch_of_coordinator(cx, in->batch_id, &b) : admission_batch(cx, in->batch_id, &b));
	no = admission_not_open(cx, &b);
	if (no.text)
		return refuse(cx, &no);
	struct admission_comer *comers = ARENA_ARRAY(cx->arena, struct admission_comer, in->n);
	TRY(judge_all(cx, &b, in, comers));
	TRY(admission_room(cx, &b, &room));
	if (room < (int64_t)in->n)
		return full(cx, &b);
	for (size_t i = 0; i < in->n; i++) {
		TRY(admission_enter(cx, &b, &comers[i], side, b.hostel_id != NONE, S(""), &id));
		TRY(admission_tell(cx, &b, id, comers[i].person_id, N_("You were nominated for “{programme}”."), S("")));
	}
	return admission_settle(cx, in->batch_id);
}

/* ── deciding ── */

/* A no of the own request is a way of withdrawing; a yes is the say of somebody else. */
static enum err of_another(struct ctx *cx, int64_t person_id)
{
	return actor_is(&cx->actor, person_id)
		       ? fail(cx, ERR_CONFLICT, "", N_("Nobody decides about the own request. Ask another coordinator, or your office."))
		       : OK;
}

static enum err say_no(struct ctx *cx, const struct admission_batch_row *b, const struct admission_one_row *a, struct str words)
{
	if (!words.n)
		return fail(cx, ERR_INVALID, "words", N_("is needed: the person will want to know why"));
	TRY(admission_out(cx, a->id, a->state, "refused", words, actor_hand(&cx->actor)));
	return admission_tell(cx, b, a->id, a->person_id, N_("Your request for “{programme}” was refused: {words}"), words);
}

/* A nomination holds the yes of its side, so that the yes of the other is the last. */
static int64_t step_after(const struct admission_batch_row *b, const struct admission_one_row *a)
{
	bool two = str_is(b->approval, "mdo_coordinator") || str_is(b->approval, "coordinator_mdo");
	return two && str_is(a->how, "nominated") ? 2 : a->step + 1;
}

enum err admission_decide(struct ctx *cx, const struct admission_one_row *a, enum admission_side side, bool yes, struct str words)
{
	struct admission_batch_row b;
	int64_t changed = 0, step;
	words = words.p ? str_trim(words) : S("");
	TRY(admission_batch(cx, a->batch_id, &b));
	if (!str_is(a->state, "asked") || admission_due(b.approval, a->step) != side)
		return fail_msg(cx, ERR_CONFLICT, S(""), N_("{name}: no decision is asked of you here any more, or not yet."), 1,
				(struct msg_arg[]){ { "name", a->name } });
	if (!yes)
		return say_no(cx, &b, a, words);
	TRY(of_another(cx, a->person_id));
	if (!str_is(b.state, "open") || cx->now >= b.starts_at)
		return fail(cx, ERR_CONFLICT, "", N_("The batch has begun or is not open: nobody is approved any more."));
	if (!str_is(a->person_state, "active"))
		return fail_msg(cx, ERR_CONFLICT, S(""), N_("{name} has left the service."), 1, (struct msg_arg[]){ { "name", a->name } });
	step = step_after(&b, a);
	const char *state = admission_due(b.approval, step) == SIDE_NOBODY ? "waiting" : "asked";
	TRY(admission_sql_approve(cx, step, str_of(state), cx->now, a->id, &changed));
	return admission_note(cx, a->id, S("asked"), state, words, actor_hand(&cx->actor));
}

/* ── going back on it ── */

enum err admission_withdraw(struct ctx *cx, int64_t batch_id)
{
	struct admission_batch_row b;
	struct admission_mine_row a;
	bool found = false;
	TRY(admission_batch(cx, batch_id, &b));
	TRY(admission_sql_mine(cx, batch_id, cx->actor.person_id, &a, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "", N_("You have not asked for this batch."));
	if (cx->now >= b.ends_at)
		return fail(cx, ERR_CONFLICT, "", N_("The batch is over."));
	TRY(admission_out(cx, a.id, a.state, "withdrawn", S(""), actor_hand(&cx->actor)));
	TRY(live_judge_again(cx, cx->actor.person_id));
	return admission_settle(cx, batch_id);
}

static enum err need_words(struct ctx *cx, struct str *words)
{
	*words = words->p ? str_trim(*words) : S("");
	return words->n ? OK : fail(cx, ERR_INVALID, "words", N_("is needed: the person will want to know why"));
}

enum err admission_remove(struct ctx *cx, const struct admission_one_row *a, struct str words)
{
	struct admission_batch_row b;
	TRY(need_words(cx, &words));
	TRY(admission_batch(cx, a->batch_id, &b));
	TRY(admission_out(cx, a->id, a->state, "removed", words, actor_hand(&cx->actor)));
	TRY(live_judge_again(cx, a->person_id));
	TRY(admission_tell(cx, &b, a->id, a->person_id, N_("You were taken out of “{programme}”: {words}"), words));
	return admission_settle(cx, a->batch_id);
}

enum err admission_first(struct ctx *cx, const struct admission_one_row *a, struct str words)
{
	struct admission_batch_row b;
	struct admission_first_wait_row first;
	bool found = false;
	TRY(need_words(cx, &words));
	TRY(of_another(cx, a->person_id));
	TRY(admission_batch(cx, a->batch_id, &b));
	if (!str_is(a->state, "waiting") || cx->now >= b.starts_at)
		return fail(cx, ERR_CONFLICT, "", N_("Only who waits can be put first, before the batch begins."));
	TRY(admission_sql_first_wait(cx, a->batch_id, &first, &found));
	if (found && first.id == a->id)
		return fail(cx, ERR_CONFLICT, "", N_("This person is the first of those who wait."));
	TRY(admission_sql_put_first(cx, first.asked_at - 1, cx->now, a->id, NULL));
	TRY(admission_note(cx, a->id, S("waiting"), "waiting", words, actor_hand(&cx->actor)));
	return admission_settle(cx, a->batch_id);
}

/* ── what follows from elsewhere ── */

static enum err give_back_all(struct ctx *cx, int64_t person_id)
{
	struct admission_held_row *r;
	size_t n;
	TRY(admission_sql_held(cx, person_id, cx->now, &r, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(admission_out(cx, r[i].id, r[i].state, "removed", S(N_("has left the service")), NONE));
		TRY(admission_settle(cx, r[i].batch_id));
	}
	return OK;
}

/* Accounts that were joined and separated again get back what they had; a seat that somebody else has by now is no more among it. */
static enum err wait_again(struct ctx *cx, int64_t person_id)
{
	struct admission_put_back_row *r;
	size_t n;
	TRY(admission_sql_put_back(cx, person_id, &r, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(admission_sql_wait_again(cx, cx->now, r[i].id, NULL));
		TRY(admission_note(cx, r[i].id, S("admitted"), "waiting",
				   S(N_("Two accounts were separated again; the seat was given to somebody else meanwhile.")), NONE));
	}
	return OK;
}

enum err admission_person_changed(struct ctx *cx, int64_t person_id)
{
	struct admission_has_left_row left;
	bool found = false;
	TRY(admission_sql_has_left(cx, person_id, &left, &found));
	return found ? give_back_all(cx, person_id) : wait_again(cx, person_id);
}

enum err admission_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	return admission_sql_move_person(cx, kept_id, closed_id, NULL);
}
