/* What is done for an account in the background: looking who a reset or code is for, invitations of a whole office, forgetting. */
#include "feature/account/account.h"
#include "feature/account/account_letter.h"
#include "feature/mail/mail.h"
#include "feature/person/person.h"
#include "feature/secret/secret.h"
#include "web/session.h"

enum { INVITES_A_STEP = 50 };
#define LINKS_KEPT (90 * DAY)
#define CODES_KEPT DAY

static enum err asker(struct ctx *cx, struct job *j, struct letter_to *ret, struct account_receiver_of_login_row *ret_row, bool *ret_found)
{
	struct str login;
	*ret_found = false;
	j->ended = true;
	if (!secret_open(cx, S("login"), j->input, &login) || !mail_address_good(login.n && login.p[0] == '+' ? MAIL_SHORT : MAIL_LETTER, login))
		return OK;
	TRY(account_sql_receiver_of_login(cx, login, ret_row, ret_found));
	if (*ret_found)
		*ret = (struct letter_to){ ret_row->id, ret_row->name, login, lang_of(ret_row->lang) };
	return OK;
}

static enum err reset_step(struct ctx *cx, struct job *j)
{
	struct letter_to to;
	struct account_receiver_of_login_row r;
	bool found;
	TRY(asker(cx, j, &to, &r, &found));
	return found ? link_send(cx, &to, false) : OK;
}

static enum err code_step(struct ctx *cx, struct job *j)
{
	struct letter_to to;
	struct account_receiver_of_login_row r;
	bool found;
	TRY(asker(cx, j, &to, &r, &found));
	return found && r.proved && r.by_code ? code_send(cx, &to, "sign_in") : OK;
}

/* Goes on behind the last person that was looked at; who cannot be written to is passed over. */
static enum err invite_step(struct ctx *cx, struct job *j)
{
	struct account_uninvited_row *rows;
	size_t n;
	int64_t org = 0, after = 0;
	if (!str_int(j->input, &org) || (j->at.n && !str_int(j->at, &after)))
		return ERR_INTERNAL;
	cx->actor.person_id = j->asked_by == NONE ? 0 : j->asked_by;
	TRY(account_sql_uninvited(cx, org, person_today(cx), after, cx->now, INVITES_A_STEP, &rows, &n));
	for (size_t i = 0; i < n && !j->cancel; i++) {
		struct account_receiver_row r;
		bool found = false;
		TRY(account_sql_receiver(cx, rows[i].id, &r, &found));
		struct letter_to to = { r.id, r.name, r.email.n ? r.email : r.mobile, lang_of(r.lang) };
		if (mail_address_good(r.email.n ? MAIL_LETTER : MAIL_SHORT, to.login)) {
			TRY(link_send(cx, &to, true));
			j->done++;
		}
		after = rows[i].id;
	}
	j->at = str_fmt(cx->arena, "%lld", (long long)after);
	j->ended = n < INVITES_A_STEP || j->cancel;
	cx->actor.person_id = 0;
	return OK;
}

static enum err sweep_step(struct ctx *cx, struct job *j)
{
	j->ended = true;
	TRY(account_sql_sweep_links(cx, cx->now - LINKS_KEPT, NULL));
	TRY(account_sql_sweep_codes(cx, cx->now - CODES_KEPT, NULL));
	TRY(account_sql_sweep_challenges(cx, cx->now, NULL));
	return session_sweep(cx);
}

const struct job_kind account_jobs[] = {
	{ .name = "account.reset", .title = N_("Sending a link for a new password"), .step = reset_step },
	{ .name = "account.code", .title = N_("Sending a code to sign in"), .step = code_step },
	{ .name = "account.invite", .title = N_("Inviting the people of an organisation"), .step = invite_step },
	{ .name = "account.sweep", .title = N_("Forgetting links and codes that have run out"), .step = sweep_step, .every = HOUR },
	{ 0 },
};
