/* One-time links; see account.h. */
#include "feature/account/account.h"
#include "feature/account/account_letter.h"
#include "feature/mail/mail.h"
#include "feature/person/person.h"
#include "feature/secret/secret.h"
#include "session_sql.h"
#include "web/session.h"

enum err account_asked(struct ctx *cx, struct str login)
{
	TRY(session_limit(cx, "asked", login, ASKED_LOGIN, HOUR));
	return session_limit(cx, "asked from", session_network(cx), ASKED_NETWORK, HOUR);
}

enum err account_queue(struct ctx *cx, const char *kind, struct str typed)
{
	struct str login = person_login(cx, typed);
	if (!login.n)
		login = str_trim(typed);
	TRY(account_asked(cx, login));
	return job_add(cx, &(struct job_add){ .kind = kind, .input = secret_seal(cx, S("login"), login), .asked_by = NONE }, NULL);
}

enum err link_ask_reset(struct ctx *cx, struct str login)
{
	return account_queue(cx, "account.reset", login);
}

/* ── sending ── */

static void letter_texts(struct mail *m, bool invite)
{
	if (m->channel == MAIL_SHORT) {
		m->before = invite ? N_("You can learn with Karmayogi now. Choose your password:") : N_("Choose a new password for Karmayogi:");
	} else if (invite) {
		m->subject = N_("Your account at Karmayogi");
		m->before = N_(
		    "you have been entered in Karmayogi, where civil servants learn and are certified. Choose a password to begin; you sign in with {login}.");
		m->after = N_("The link is good for 72 hours and for one use. Whoever has it can choose your password, so do not pass it on.");
	} else {
		m->subject = N_("A new password for Karmayogi");
		m->before = N_("somebody, probably you, has asked for a new password for {login}.");
		m->after = N_("The link is good for one hour and for one use. If it was not you, nothing needs to be done: your password stays as it is.");
	}
	m->link_text = N_("Choose a password");
}

enum err link_send(struct ctx *cx, const struct letter_to *to, bool invite)
{
	struct str token = random_hex(cx, TOKEN_DIGITS / 2);
	int64_t id = new_id(cx), until = cx->now + (invite ? INVITE_LIFE : RESET_LIFE);
	struct msg_arg args[] = { { "login", to->login } };
	struct mail m = { .fact = str_fmt(cx->arena, "account.link:%lld", (long long)id),
			  .channel = to->login.p[0] == '+' ? MAIL_SHORT : MAIL_LETTER,
			  .person_id = to->person_id,
			  .to = to->login,
			  .name = to->name,
			  .lang = to->lang,
			  .urgent = !invite,
			  .expires_at = until,
			  .link = str_fmt(cx->arena, "%.*s/set-password?token=%s", STR_ARG(cx->app->base_url), token.p),
			  .args = args,
			  .n_args = 1 };
	letter_texts(&m, invite);
	TRY(account_sql_add_link(cx, id, secret_hash(cx, "link", token), to->person_id, to->login, invite ? S("invite") : S("reset"),
				 cx->actor.person_id ? cx->actor.person_id : NONE, cx->now, until, NULL));
	return mail_add(cx, &m, NULL);
}

static enum err receiver(struct ctx *cx, int64_t person_id, struct account_receiver_row *ret)
{
	bool found = false;
	TRY(account_sql_receiver(cx, person_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "", N_("There is no such person."));
}

enum err link_invite(struct ctx *cx, int64_t person_id)
{
	struct account_receiver_row r;
	TRY(receiver(cx, person_id, &r));
	struct letter_to to = { r.id, r.name, r.email.n ? r.email : r.mobile, lang_of(r.lang) };
	if (!str_is(r.state, "active"))
		return fail(cx, ERR_CONFLICT, "", N_("This person has left and cannot be invited."));
	if (r.has_password)
		return fail(cx, ERR_CONFLICT, "", N_("This person has a password already, and can ask for a new one on the page where one signs in."));
	if (!mail_address_good(r.email.n ? MAIL_LETTER : MAIL_SHORT, to.login))
		return fail(cx, ERR_CONFLICT, "", N_("No e-mail address or mobile number that can be written to is recorded for this person."));
	if (r.invited_at != NONE && cx->now - r.invited_at < INVITE_AGAIN)
		return fail(cx, ERR_CONFLICT, "", N_("An invitation went to this person less than ten minutes ago. Let it arrive before you send another."));
	return link_send(cx, &to, true);
}

enum err link_invite_all(struct ctx *cx, int64_t org_id)
{
	struct str org = str_fmt(cx->arena, "%lld", (long long)org_id);
	return job_add(
	    cx, &(struct job_add){ .kind = "account.invite", .once = org, .input = org, .asked_by = cx->actor.person_id ? cx->actor.person_id : NONE }, NULL);
}

/* ── changes ── */

enum err account_tell(struct ctx *cx, int64_t person_id, const char *what)
{
	struct mail m = { .fact = str_fmt(cx->arena, "account.told:%lld", (long long)new_id(cx)),
			  .person_id = person_id,
			  .urgent = true,
			  .subject = N_("A change to your account at Karmayogi"),
			  .before = what,
			  .after = N_("If this was you, or was done at your wish, nothing needs to be done. Otherwise choose a new password at once, and tell "
				      "the administrator of your organisation."),
			  .link_text = N_("Choose a new password"),
			  .link = str_fmt(cx->arena, "%.*s/reset", STR_ARG(cx->app->base_url)) };
	return mail_person(cx, &m, true);
}

/* ── using ── */

enum err link_find(struct ctx *cx, struct str token, struct account_link_row *ret, bool *ret_found)
{
	*ret_found = false;
	if (token.n != TOKEN_DIGITS)
		return OK;
	return account_sql_link(cx, secret_hash(cx, "link", token), cx->now, ret, ret_found);
}

enum err link_set_password(struct ctx *cx, struct str token, struct str hash, int64_t *ret_person_id)
{
	struct account_link_row l;
	bool found = false;
	int64_t changed = 0;
	TRY(link_find(cx, token, &l, &found));
	if (found)
		TRY(account_sql_use_link(cx, cx->now, l.id, &changed));
	if (!changed)
		return fail(cx, ERR_GONE, "", N_("This link has been used or has run out. Nothing was changed; ask for a new one."));
	TRY(account_sql_use_links(cx, cx->now, l.person_id, NULL));
	TRY(account_sql_prove(cx, l.person_id, l.login, cx->now, NULL));
	TRY(person_sql_set_password(cx, hash, l.person_id, NULL));
	TRY(session_end_all(cx, l.person_id));
	TRY(session_forget_tries(cx, l.login));
	TRY(account_tell(cx, l.person_id, N_("your password for Karmayogi was set by a link that was sent to you.")));
	*ret_person_id = l.person_id;
	return OK;
}
