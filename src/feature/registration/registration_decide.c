/* A yes or a no to some who wait, and taking it back; see registration.h. */
#include "feature/mail/mail.h"
#include "feature/notice/notice.h"
#include "feature/person/person.h"
#include "feature/registration/registration_in.h"

enum err registration_tell_keepers(struct ctx *cx, int64_t org_id, int64_t n)
{
	const struct msg_arg arg = { "n", str_fmt(cx->arena, "%lld", (long long)n) };
	struct registration_keepers_row *rows;
	size_t count;
	TRY(registration_sql_keepers(cx, org_id, &rows, &count));
	for (size_t i = 0; i < count && rows[i].distance == rows[0].distance; i++) {
		struct notice notice = { .kind = NOTICE_registration, .person_id = rows[i].person_id,
					 .fact = str_fmt(cx->arena, "registration.waiting:%lld:%lld", (long long)org_id, (long long)person_today(cx)),
					 .text = N_("People who have registered themselves wait for a yes: {n}."), .args = &arg, .n_args = 1,
					 .path = str_fmt(cx->arena, "/orgs/%lld/registration", (long long)org_id) };
		TRY(notice_tell(cx, &notice));
	}
	return OK;
}

/* ── deciding ── */

struct deciding {
	const struct registration_decide *in;
	struct registration_decided *ret;
};

static enum err tell_in(struct ctx *cx, int64_t person_id, int64_t id)
{
	struct mail m = { .fact = str_fmt(cx->arena, "registration.in:%lld", (long long)id), .person_id = person_id, .subject = N_("Your account at Karmayogi"),
			  .before = N_("your registration is approved. You sign in with a code that is sent to you, or choose a password."), .link_text = N_("Sign in"),
			  .link = str_fmt(cx->arena, "%.*s/sign-in/code", STR_ARG(cx->app->base_url)) };
	return mail_person(cx, &m, false);
}

static enum err say_yes(struct ctx *cx, const struct deciding *d, int64_t id)
{
	bool known = false;
	int64_t person;
	TRY(registration_let_in(cx, id, d->ret->batch_id, &known, &person));
	if (known)
		d->ret->n_known++;
	else
		d->ret->n++;
	return known ? OK : tell_in(cx, person, id);
}

static enum err say_no(struct ctx *cx, const struct deciding *d, const struct registration_waiting_one_row *r)
{
	const struct msg_arg arg = { "words", str_trim(d->in->words) };
	struct mail m = { .fact = str_fmt(cx->arena, "registration.refused:%lld:%lld", (long long)r->id, (long long)d->ret->batch_id), .person_id = NONE, .to = r->email,
			  .name = r->name, .lang = lang_of(r->lang), .subject = N_("Your registration at Karmayogi"),
			  .before = N_("your registration was refused: {words}"), .args = &arg, .n_args = 1 };
	d->ret->n++;
	TRY(registration_sql_refuse(cx, d->ret->batch_id, cx->now, r->id, NULL));
	return mail_add(cx, &m, NULL);
}

static enum err decide_one(struct ctx *cx, const struct deciding *d, int64_t id)
{
	struct registration_waiting_one_row r;
	struct registration_known_row known;
	bool found = false, yes = str_is(d->in->outcome, "yes");
	TRY(registration_sql_waiting_one(cx, id, d->in->org_id, &r, &found));
	if (!found) {
		d->ret->n_gone++;
		return OK;
	}
	if (!d->in->dry_run)
		return yes ? say_yes(cx, d, id) : say_no(cx, d, &r);
	found = false;
	if (yes)
		TRY(registration_sql_known(cx, r.email, r.mobile, r.employee_no, &known, &found));
	d->ret->n_known += found;
	d->ret->n += !found;
	return OK;
}

enum err registration_decide(struct ctx *cx, const struct registration_decide *in, struct registration_decided *ret)
{
	struct deciding d = { in, ret };
	*ret = (struct registration_decided){ .batch_id = NONE };
	if (!in->ids.n || in->ids.n > REGISTRATION_DECIDE_MAX)
		return fail(cx, ERR_INVALID, "ids", N_("must be 1 to 100 people"));
	if (str_is(in->outcome, "no") && !str_trim(in->words).n)
		return fail(cx, ERR_INVALID, "words", N_("is needed: the person will want to know why"));
	if (!in->dry_run) {
		ret->batch_id = new_id(cx);
		TRY(registration_sql_add_batch(cx, ret->batch_id, in->org_id, in->outcome, in->words.n ? str_trim(in->words) : S(""), actor_hand(&cx->actor), cx->now, NULL));
	}
	for (size_t i = 0; i < in->ids.n; i++) {
		int64_t id;
		if (!str_int(str_before(in->ids.v[i], '='), &id))
			return fail(cx, ERR_INVALID, "ids", N_("holds something that is no id"));
		TRY(decide_one(cx, &d, id));
	}
	return in->dry_run ? OK : registration_sql_set_batch(cx, ret->n, ret->batch_id, NULL);
}

/* ── taking back ── */

static enum err undo_one(struct ctx *cx, const struct registration_of_batch_row *r)
{
	struct person_one_row p;
	int64_t ended;
	bool found = false;
	if (str_is(r->state, "refused"))
		return registration_sql_take_back(cx, S("waiting"), r->id, NULL);
	if (r->person_id != NONE)
		TRY(person_sql_one(cx, person_today(cx), r->person_id, &p, &found));
	if (found && str_is(p.state, "active"))
		TRY(person_leave(cx, r->person_id, person_today(cx) - 1, &ended));
	return registration_sql_take_back(cx, S("taken_back"), r->id, NULL);
}

enum err registration_undo(struct ctx *cx, int64_t org_id, int64_t batch_id)
{
	struct registration_of_batch_row *rows;
	int64_t changed = 0;
	size_t n;
	TRY(registration_sql_undo_batch(cx, cx->now, batch_id, org_id, cx->now - REGISTRATION_UNDO, &changed));
	if (!changed)
		return fail(cx, ERR_CONFLICT, "", N_("This decision has been taken back already, is older than 30 days, or is none of this organisation."));
	TRY(registration_sql_of_batch(cx, batch_id, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(undo_one(cx, &rows[i]));
	return OK;
}
