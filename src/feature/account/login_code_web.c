/* Signing in with a code that is sent, and proving that an address or number is one's own. */
#include "code_ask_html.h"
#include "code_enter_html.h"
#include "contact_html.h"
#include "feature/account/account_let_in.h"
#include "feature/account/account_page.h"
#include "feature/person/person.h"
#include "web/lang.h"
#include "web/session.h"

/* ── asking for a code to sign in ── */

struct ask_in {
	struct str login, to;
};
static const struct field ask_page_in[] = { FIELD(ask_in, to, F_TEXT, .max = 2000), FIELD_END };
static const struct field ask_in[] = {
	FIELD(ask_in, login, F_TEXT, .label = N_("E-mail or mobile number"), .must = true, .personal = true, .max = 254, .autocomplete = "username"),
	FIELD(ask_in, to, F_TEXT, .max = 2000),
	FIELD_END,
};

static void put_code_page(struct ctx *cx, struct answer *a, struct str login, struct str to)
{
	struct code_page *v = ARENA_NEW(cx->arena, struct code_page);
	v->login = login;
	v->to = account_own_address(to);
	a->view = v;
	ANSWER_TITLE(cx, a, N_("Sign in with a code"));
}

static enum err ask_page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct ask_in *in = input;
	(void)state;
	put_code_page(cx, a, STR_NONE, in->to);
	return OK;
}

static enum err ask_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct ask_in *in = input;
	(void)state;
	put_code_page(cx, a, in->login, in->to);
	return code_ask_sign_in(cx, in->login);
}

/* ── signing in with it ── */

struct enter_in {
	struct str login, code, to;
};
static const struct field enter_page_in[] = {
	FIELD(enter_in, login, F_TEXT, .personal = true, .max = 254),
	FIELD(enter_in, to, F_TEXT, .max = 2000),
	FIELD_END,
};
static const struct field enter_in[] = {
	FIELD(enter_in, login, F_TEXT, .label = N_("E-mail or mobile number"), .must = true, .personal = true, .max = 254, .autocomplete = "username"),
	FIELD(enter_in, code, F_SECRET, .label = N_("Code of six digits"), .must = true, .max = 20, .autocomplete = "one-time-code"),
	FIELD(enter_in, to, F_TEXT, .max = 2000),
	FIELD_END,
};

static enum err enter_page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct enter_in *in = input;
	(void)state;
	put_code_page(cx, a, in->login, in->to);
	return OK;
}

/* Too many wrong tries are counted by what was typed, known or not. */
static enum err enter_check(struct ctx *cx, const void *input, void **ret_state)
{
	const struct enter_in *in = input;
	struct str *login = ARENA_NEW(cx->arena, struct str);
	*login = person_login(cx, in->login);
	if (!login->n)
		*login = in->login;
	*ret_state = login;
	return session_may_try(cx, *login);
}

static enum err enter_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct enter_in *in = input;
	const struct str *login = state;
	struct account_receiver_of_login_row r;
	bool found = false, good = false;
	TRY(account_sql_receiver_of_login(cx, *login, &r, &found));
	TRY(code_try(cx, found && r.by_code ? r.id : NONE, "sign_in", *login, in->code, &good));
	if (good)
		return account_let_in(cx, r.id, in->to, a);
	TRY(session_count_try(cx, *login));
	(void)!fail(cx, ERR_INVALID, "code", N_("does not fit or has run out; after five wrong tries a new one is needed"));
	a->refused = ERR_INVALID;
	return OK;
}

/* ── whether one may ── */

struct choice_in {
	bool on;
};
static const struct field choice_in[] = { FIELD(choice_in, on, F_BOOL), FIELD_END };

static enum err choice_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct choice_in *in = input;
	struct account_contacts_row k;
	bool found = false;
	(void)state;
	(void)a;
	if (!in->on)
		return account_sql_leave_code(cx, cx->actor.person_id, NULL);
	TRY(account_sql_contacts(cx, cx->actor.person_id, &k, &found));
	if (!found || (k.email_proved_at == NONE && k.mobile_proved_at == NONE))
		return fail(cx, ERR_CONFLICT, "", N_("First prove that your e-mail address or mobile number is yours."));
	return account_sql_choose_code(cx, cx->actor.person_id, cx->now, NULL);
}

/* ── proving an address or number ── */

struct contact_in {
	struct str kind, code;
};
static const struct choice kinds[] = { { "email", N_("E-mail") }, { "mobile", N_("Mobile") }, { NULL, NULL } };
static const struct field kind_in[] = { FIELD(contact_in, kind, F_CHOICE, .must = true, .choices = kinds), FIELD_END };
static const struct field contact_in[] = {
	FIELD(contact_in, kind, F_CHOICE, .must = true, .choices = kinds),
	FIELD(contact_in, code, F_SECRET, .label = N_("Code of six digits"), .must = true, .max = 20, .autocomplete = "one-time-code"),
	FIELD_END,
};

static enum err own_contact(struct ctx *cx, struct str kind, struct str *ret)
{
	struct account_contacts_row k;
	bool found = false;
	TRY(account_sql_contacts(cx, cx->actor.person_id, &k, &found));
	*ret = str_is(kind, "email") ? k.email : k.mobile;
	return found && ret->n
		   ? OK
		   : fail(cx, ERR_CONFLICT, "", N_("Nothing of this kind is recorded for you. The administrator of your organisation can enter it."));
}

static enum err contact_page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct contact_in *in = input;
	struct contact_page *v = ARENA_NEW(cx->arena, struct contact_page);
	struct account_contacts_row k;
	bool found = false;
	(void)state;
	TRY(account_sql_contacts(cx, cx->actor.person_id, &k, &found));
	v->kind = in->kind;
	v->email = str_is(in->kind, "email");
	v->contact = v->email ? k.email : k.mobile;
	a->view = v;
	a->nav = NAV_ACCOUNT;
	a->title = str_of(tr(cx->lang, v->email ? N_("Prove your e-mail address") : N_("Prove your mobile number")));
	return OK;
}

static enum err contact_ask_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct contact_in *in = input;
	struct str contact;
	(void)state;
	(void)a;
	TRY(own_contact(cx, in->kind, &contact));
	return code_ask_contact(cx, contact);
}

static enum err contact_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct contact_in *in = input;
	struct str contact;
	bool good = false;
	(void)state;
	TRY(own_contact(cx, in->kind, &contact));
	TRY(code_try(cx, cx->actor.person_id, "contact", contact, in->code, &good));
	if (good)
		return account_sql_prove(cx, cx->actor.person_id, contact, cx->now, NULL);
	(void)!fail(cx, ERR_INVALID, "code", N_("does not fit or has run out; after five wrong tries a new one is needed"));
	a->refused = ERR_INVALID;
	return OK;
}

const struct action login_code_actions[] = {
	{ .name = "login_code.ask_page",
	  .method = GET,
	  .page = "/sign-in/code",
	  .may = MAY_ANYONE,
	  .in = ask_page_in,
	  .in_size = sizeof(struct ask_in),
	  .run = ask_page_run,
	  .html = code_ask_view,
	  .summary = "The page to ask for a code to sign in." },
	{ .name = "login_code.ask",
	  .method = POST,
	  .page = "/sign-in/code",
	  .api = "/api/v1/session/code",
	  .may = MAY_ANYONE,
	  .in = ask_in,
	  .in_size = sizeof(struct ask_in),
	  .run = ask_run,
	  .html = code_enter_view,
	  .form = "login_code.ask_page",
	  .summary = "Sends a code to sign in to who has chosen that; does not say whether there is such an address." },
	{ .name = "login_code.enter_page",
	  .method = GET,
	  .page = "/sign-in/code/enter",
	  .may = MAY_ANYONE,
	  .in = enter_page_in,
	  .in_size = sizeof(struct enter_in),
	  .run = enter_page_run,
	  .html = code_enter_view,
	  .summary = "The page to enter the code that was sent." },
	{ .name = "login_code.enter",
	  .method = POST,
	  .page = "/sign-in/code/enter",
	  .api = "/api/v1/session/code/enter",
	  .may = MAY_ANYONE,
	  .in = enter_in,
	  .in_size = sizeof(struct enter_in),
	  .prepare = enter_check,
	  .run = enter_run,
	  .form = "login_code.enter_page",
	  .then = "/",
	  .summary = "Signs in with a code that was sent." },
	{ .name = "login_code.choose",
	  .method = POST,
	  .page = "/me/sign-in-by-code",
	  .api = "/api/v1/me/sign-in-by-code",
	  .may = MAY_LEARN,
	  .in_person = true,
	  .in = choice_in,
	  .in_size = sizeof(struct choice_in),
	  .run = choice_run,
	  .form = "account.show",
	  .then = "/me",
	  .notice = N_("The way you sign in is changed."),
	  .summary = "Allows or forbids signing in with a code instead of the password." },
	{ .name = "login_code.contact",
	  .method = GET,
	  .page = "/me/contacts/{kind}",
	  .may = MAY_LEARN,
	  .own = true,
	  .in_person = true,
	  .in = kind_in,
	  .in_size = sizeof(struct contact_in),
	  .run = contact_page_run,
	  .html = contact_view,
	  .summary = "The page to prove that one's e-mail address or mobile number is one's own." },
	{ .name = "login_code.contact_ask",
	  .method = POST,
	  .page = "/me/contacts/{kind}/code",
	  .api = "/api/v1/me/contacts/{kind}/code",
	  .may = MAY_LEARN,
	  .in_person = true,
	  .in = kind_in,
	  .in_size = sizeof(struct contact_in),
	  .run = contact_ask_run,
	  .form = "login_code.contact",
	  .then = "/me/contacts/{kind}",
	  .notice = N_("The code is on its way; it is good for ten minutes."),
	  .summary = "Sends a code to one's own e-mail address or mobile number." },
	{ .name = "login_code.contact_prove",
	  .method = POST,
	  .page = "/me/contacts/{kind}",
	  .api = "/api/v1/me/contacts/{kind}",
	  .may = MAY_LEARN,
	  .in_person = true,
	  .in = contact_in,
	  .in_size = sizeof(struct contact_in),
	  .run = contact_run,
	  .form = "login_code.contact",
	  .then = "/me",
	  .notice = N_("It is proved that this is yours."),
	  .summary = "Proves with the code that the address or number is one's own." },
	ACTION_END,
};
