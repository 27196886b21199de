/* Asking for a new password, choosing one by a link, and invitations by administrators. */
#include "feature/account/account_let_in.h"
#include "feature/account/account_page.h"
#include "feature/mail/mail.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "invitations_html.h"
#include "person_account_html.h"
#include "reset_html.h"
#include "set_password_html.h"
#include "web/lang.h"
#include "web/session.h"

/* ── asking for a new password ── */

struct reset_in {
	struct str login;
};
static const struct field reset_in[] = {
	FIELD(reset_in, login, F_TEXT, .label = N_("E-mail or mobile number"), .must = true, .personal = true, .max = 254, .autocomplete = "username"),
	FIELD_END,
};

static enum err reset_view_run(struct ctx *cx, struct answer *a, bool sent)
{
	struct reset_page *v = ARENA_NEW(cx->arena, struct reset_page);
	v->sent = sent;
	a->view = v;
	ANSWER_TITLE(cx, a, N_("A new password"));
	return OK;
}

static enum err reset_page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)input;
	(void)state;
	return reset_view_run(cx, a, false);
}

static enum err reset_sent_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)input;
	(void)state;
	return reset_view_run(cx, a, true);
}

static enum err reset_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct reset_in *in = input;
	(void)state;
	(void)a;
	return link_ask_reset(cx, in->login);
}

/* ── choosing one ── */

struct choose_in {
	struct str token, new_password;
};
static const struct field token_in[] = { FIELD(choose_in, token, F_SECRET, .max = 200), FIELD_END };
static const struct field choose_in[] = {
	FIELD(choose_in, token, F_SECRET, .must = true, .max = 200),
	FIELD(choose_in, new_password, F_SECRET, .label = N_("New password"), .hint = N_("At least 10 characters; a sentence is good."), .must = true,
	      .min = 10, .max = 200, .autocomplete = "new-password"),
	FIELD_END,
};

static enum err choose_page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct choose_in *in = input;
	struct set_password_page *v = ARENA_NEW(cx->arena, struct set_password_page);
	struct account_link_row l;
	(void)state;
	TRY(link_find(cx, in->token, &l, &v->good));
	if (v->good) {
		v->token = in->token;
		v->name = l.name;
		v->login = l.login;
		v->invite = str_is(l.kind, "invite");
	}
	a->view = v;
	ANSWER_TITLE(cx, a, N_("Choose a password"));
	return OK;
}

struct choose_state {
	struct str hash;
};

/* Hashing is slow on purpose: only for a link that is good. */
static enum err choose_check(struct ctx *cx, const void *input, void **ret_state)
{
	const struct choose_in *in = input;
	struct choose_state *s = ARENA_NEW(cx->arena, struct choose_state);
	struct account_link_row l;
	bool found = false;
	TRY(link_find(cx, in->token, &l, &found));
	if (found)
		s->hash = person_hash(cx, in->new_password);
	*ret_state = s;
	return OK;
}

static enum err choose_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct choose_in *in = input;
	const struct choose_state *s = state;
	int64_t person_id = 0;
	/* A link that was found bad before the transaction stays so: there is no hash for it. */
	TRY(link_set_password(cx, s->hash.n ? in->token : S(""), s->hash, &person_id));
	cx->actor.person_id = person_id;
	a->end_session = true;
	return OK;
}

/* ── how a person signs in, for the administrator ── */

struct person_in {
	int64_t person_id;
};
static const struct field person_in[] = { FIELD(person_in, person_id, F_ID, .must = true), FIELD_END };
static const struct field person_out[] = {
	FIELD(person_account_page, id, F_ID),	    FIELD(person_account_page, has_password, F_BOOL), FIELD(person_account_page, invited_at, F_TIME),
	FIELD(person_account_page, factor, F_BOOL), FIELD(person_account_page, active, F_BOOL),	      FIELD_END,
};

static enum err person_page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct person_in *in = input;
	struct person_account_page *v = ARENA_NEW(cx->arena, struct person_account_page);
	struct account_receiver_row r;
	struct person_posting_on_row post;
	struct factor f;
	bool found = false, posted = false;
	(void)state;
	TRY(account_sql_receiver(cx, in->person_id, &r, &found));
	if (!found)
		return ERR_NOT_FOUND;
	TRY(person_posting(cx, in->person_id, person_today(cx), &post, &posted));
	TRY(factor_of(cx, in->person_id, &f));
	*v = (struct person_account_page){ .id = r.id,
					   .org_id = posted ? post.org_id : NONE,
					   .invited_at = r.invited_at,
					   .name = r.name,
					   .email = r.email,
					   .mobile = r.mobile,
					   .has_password = r.has_password,
					   .active = str_is(r.state, "active"),
					   .factor = f.on,
					   .self = actor_is(&cx->actor, r.id) };
	v->reachable = mail_address_good(r.email.n ? MAIL_LETTER : MAIL_SHORT, r.email.n ? r.email : r.mobile);
	if (v->active && !v->self)
		TRY(access_may(cx, MAY_SUPPORT, SCOPE_PERSON, r.id, &v->may_support));
	a->view = v;
	a->nav = NAV_ORG;
	a->title = r.name;
	ANSWER_ROW(a, v);
	return OK;
}

static enum err invite_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct person_in *in = input;
	(void)state;
	(void)a;
	return link_invite(cx, in->person_id);
}

/* Everything that was signed in ends with it: who lost the telephone may have lost more. */
static enum err factor_end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct person_in *in = input;
	(void)state;
	(void)a;
	if (actor_is(&cx->actor, in->person_id))
		return fail(cx, ERR_CONFLICT, "", N_("Your own second factor is changed under “My account”."));
	TRY(factor_end(cx, in->person_id));
	TRY(account_tell(cx, in->person_id, N_("an administrator has taken away your second factor for Karmayogi.")));
	return session_end_all(cx, in->person_id);
}

/* ── inviting an organisation ── */

struct org_in {
	int64_t org_id;
};
static const struct field org_in[] = { FIELD(org_in, org_id, F_ID, .must = true), FIELD_END };
static const struct field invitations_out[] = { FIELD(invitations_page, n, F_INT), FIELD(invitations_page, works, F_BOOL), FIELD(invitations_page, done, F_INT),
						FIELD_END };

static enum err invitations_page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct invitations_page *v = ARENA_NEW(cx->arena, struct invitations_page);
	struct account_uninvited_count_row count;
	struct account_inviting_row job;
	(void)state;
	TRY(org_called(cx, in->org_id, &v->org));
	v->org_id = in->org_id;
	TRY(account_sql_uninvited_count(cx, in->org_id, person_today(cx), cx->now, &count));
	TRY(account_sql_inviting(cx, str_fmt(cx->arena, "%lld", (long long)in->org_id), &job, &v->works));
	v->n = count.n;
	v->done = v->works ? job.done : 0;
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Invitations"));
	ANSWER_ROW(a, v);
	return OK;
}

static enum err invite_all_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	(void)state;
	(void)a;
	return link_invite_all(cx, in->org_id);
}

const struct action login_link_actions[] = {
	{ .name = "login_link.reset_page",
	  .method = GET,
	  .page = "/reset",
	  .may = MAY_ANYONE,
	  .run = reset_page_run,
	  .html = reset_view,
	  .summary = "The page to ask for a new password." },
	{ .name = "login_link.reset",
	  .method = POST,
	  .page = "/reset",
	  .api = "/api/v1/password-reset",
	  .may = MAY_ANYONE,
	  .in = reset_in,
	  .in_size = sizeof(struct reset_in),
	  .run = reset_run,
	  .form = "login_link.reset_page",
	  .then = "/reset/sent",
	  .summary = "Sends a link for a new password, if there is such an address; does not say whether there is." },
	{ .name = "login_link.reset_sent",
	  .method = GET,
	  .page = "/reset/sent",
	  .may = MAY_ANYONE,
	  .run = reset_sent_run,
	  .html = reset_view,
	  .summary = "What happens after a new password was asked for." },
	{ .name = "login_link.choose_page",
	  .method = GET,
	  .page = "/set-password",
	  .may = MAY_ANYONE,
	  .in = token_in,
	  .in_size = sizeof(struct choose_in),
	  .run = choose_page_run,
	  .html = set_password_view,
	  .summary = "The page behind a link: choose a password." },
	{ .name = "login_link.choose",
	  .method = POST,
	  .page = "/set-password",
	  .api = "/api/v1/password",
	  .may = MAY_ANYONE,
	  .in = choose_in,
	  .in_size = sizeof(struct choose_in),
	  .prepare = choose_check,
	  .costly = true,
	  .run = choose_run,
	  .form = "login_link.choose_page",
	  .then = "/sign-in",
	  .notice = N_("Your password is set. Sign in with it."),
	  .summary = "Sets the password by the token of a link; all sessions of the person end." },
	{ .name = "login_link.person",
	  .method = GET,
	  .page = "/people/{person_id}/account",
	  .api = "/api/v1/people/{person_id}/account",
	  .may = MAY_PEOPLE_MANAGE,
	  .scope = SCOPE_PERSON,
	  .in = person_in,
	  .in_size = sizeof(struct person_in),
	  .out = person_out,
	  .run = person_page_run,
	  .html = person_account_view,
	  .summary = "How a person signs in: password, invitation, second factor." },
	{ .name = "login_link.invite",
	  .method = POST,
	  .page = "/people/{person_id}/invite",
	  .api = "/api/v1/people/{person_id}/invite",
	  .may = MAY_PEOPLE_MANAGE,
	  .scope = SCOPE_PERSON,
	  .in = person_in,
	  .in_size = sizeof(struct person_in),
	  .run = invite_run,
	  .form = "login_link.person",
	  .then = "/people/{person_id}/account",
	  .notice = N_("The invitation is on its way."),
	  .summary = "Invites a person who has no password yet." },
	{ .name = "login_link.factor_end",
	  .method = POST,
	  .page = "/people/{person_id}/second-factor/end",
	  .api = "/api/v1/people/{person_id}/second-factor/end",
	  .may = MAY_PEOPLE_MANAGE,
	  .in_person = true,
	  .scope = SCOPE_PERSON,
	  .in = person_in,
	  .in_size = sizeof(struct person_in),
	  .run = factor_end_run,
	  .form = "login_link.person",
	  .then = "/people/{person_id}/account",
	  .notice = N_("The second factor is taken away; the person is signed out everywhere."),
	  .summary = "Takes away the second factor of a person who has lost it, and ends all sessions." },
	{ .name = "login_link.invitations",
	  .method = GET,
	  .page = "/orgs/{org_id}/invitations",
	  .api = "/api/v1/orgs/{org_id}/invitations",
	  .may = MAY_PEOPLE_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = org_in,
	  .in_size = sizeof(struct org_in),
	  .out = invitations_out,
	  .run = invitations_page_run,
	  .html = invitations_view,
	  .summary = "How many people of an organisation cannot sign in and are not invited." },
	{ .name = "login_link.invite_all",
	  .method = POST,
	  .page = "/orgs/{org_id}/invitations",
	  .api = "/api/v1/orgs/{org_id}/invitations",
	  .may = MAY_PEOPLE_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = org_in,
	  .in_size = sizeof(struct org_in),
	  .run = invite_all_run,
	  .form = "login_link.invitations",
	  .then = "/orgs/{org_id}/invitations",
	  .notice = N_("The invitations are being written."),
	  .summary = "Invites all of them." },
	ACTION_END,
};
