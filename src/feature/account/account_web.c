/* Signing in and out, the language, one's own account. */
#include "feature/account/account_let_in.h"
#include "feature/account/account_page.h"
#include "feature/account/device.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "base/clock.h"
#include "web/action.h"
#include "web/lang.h"
#include "web/request.h"
#include "web/session.h"
#include "account_html.h"
#include "sign_in_html.h"

/* ── signing in ── */

struct sign_in {
	struct str login, password, to;
};
static const struct field sign_in_in[] = {
	FIELD(sign_in, login, F_TEXT, .label = N_("E-mail or mobile number"), .must = true, .personal = true, .max = 254, .autocomplete = "username"),
	FIELD(sign_in, password, F_SECRET, .label = N_("Password"), .must = true, .max = 200),
	FIELD(sign_in, to, F_TEXT, .max = 2000),
	FIELD_END,
};

struct str account_own_address(struct str to)
{
	bool good = to.n && to.p[0] == '/' && !(to.n > 1 && (to.p[1] == '/' || to.p[1] == '\\'));
	for (size_t i = 0; i < to.n; i++)
		good = good && (unsigned char)to.p[i] > ' ' && to.p[i] != '\\';
	return good ? to : S("/");
}

static enum err providers_of(struct ctx *cx, struct sign_in_page *v)
{
	struct account_providers_row *rows;
	TRY(account_sql_providers(cx, &rows, &v->n_providers));
	v->providers = ARENA_ARRAY(cx->arena, struct provider_item, v->n_providers);
	for (size_t i = 0; i < v->n_providers; i++)
		v->providers[i] = (struct provider_item){ rows[i].code, rows[i].name, v->to };
	return OK;
}

static enum err sign_in_page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct sign_in *in = input;
	(void)state;
	if (cx->actor.person_id) {
		a->then = account_own_address(in->to);
		return OK;
	}
	struct sign_in_page *v = ARENA_NEW(cx->arena, struct sign_in_page);
	v->to = account_own_address(in->to);
	TRY(providers_of(cx, v));
	a->view = v;
	a->passkey = true;
	ANSWER_TITLE(cx, a, N_("Sign in"));
	return OK;
}

/* The page itself asks for nothing. */
static const struct field sign_in_page_in[] = { FIELD(sign_in, to, F_TEXT, .max = 2000), FIELD_END };

struct entered {
	bool second_factor;
};
struct sign_in_state {
	bool good;
	struct person_of_login_row person;
};

/* Checking a password is slow on purpose, so it is done before the transaction; an unknown login takes as long as a known one. */
static enum err sign_in_check(struct ctx *cx, const void *input, void **ret_state)
{
	const struct sign_in *in = input;
	struct sign_in_state *s = ARENA_NEW(cx->arena, struct sign_in_state);
	struct str login = person_login(cx, in->login);
	bool found = false;
	TRY(session_may_try(cx, login.n ? login : in->login));
	TRY(person_of_login(cx, login, &s->person, &found));
	static const char nobody[] = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
	bool fits = person_password_fits(found && s->person.password.n ? s->person.password : str_of(nobody), in->password);
	s->good = fits && found && str_is(s->person.state, "active");
	*ret_state = s;
	return OK;
}

static const struct field entered_out[] = { FIELD(entered, second_factor, F_BOOL), FIELD_END };

enum err account_let_in(struct ctx *cx, int64_t person_id, struct str to, struct answer *a)
{
	struct entered *row = ARENA_NEW(cx->arena, struct entered);
	struct str there = account_own_address(to);
	cx->actor.person_id = person_id;
	TRY(account_enter(cx, person_id, &row->second_factor, &a->set_session));
	a->then = row->second_factor ? str_fmt(cx->arena, "/sign-in/second?to=%s", url_encoded(cx, there).p) : there;
	ANSWER_ROW(a, row);
	return OK;
}

static enum err sign_in_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct sign_in *in = input;
	const struct sign_in_state *s = state;
	if (!s->good) {
		/* The count must stay although the request fails: so this is not an error of the transaction. */
		struct str login = person_login(cx, in->login);
		TRY(session_count_try(cx, login.n ? login : in->login));
		(void)!fail(cx, ERR_INVALID, "login", N_("This e-mail or mobile number and this password do not belong together."));
		a->refused = ERR_INVALID;
		return OK;
	}
	return account_let_in(cx, s->person.id, in->to, a);
}

/* ── signing out ── */

static enum err sign_out_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)input;
	(void)state;
	a->end_session = true;
	if (cx->app->session_leaves)
		TRY(cx->app->session_leaves(cx, cx->actor.session_id, &a->then));
	return session_end(cx, cx->actor.session_id, actor_hand(&cx->actor), NULL);
}

static enum err everywhere_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)input;
	(void)state;
	a->end_session = true;
	return session_end_all(cx, cx->actor.person_id);
}

struct end_session {
	int64_t session_id;
};
static const struct field end_session_in[] = { FIELD(end_session, session_id, F_ID, .must = true), FIELD_END };

static enum err end_session_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct end_session *in = input;
	bool ended;
	(void)state;
	(void)a;
	TRY(session_end(cx, in->session_id, cx->actor.person_id, &ended));
	return ended ? OK : fail(cx, ERR_NOT_FOUND, "session_id", N_("There is no such sign-in of yours; it may have ended by itself."));
}

/* ── language ── */

struct language {
	struct str lang, to;
};
static const struct choice languages[] = { { "en", "English" }, { "hi", "हिन्दी" }, { NULL, NULL } };
static const struct field language_in[] = {
	FIELD(language, lang, F_CHOICE, .must = true, .choices = languages),
	FIELD(language, to, F_TEXT, .max = 2000),
	FIELD_END,
};

/* For one who is not signed in, the cookie; the person's own choice is kept by the form below the same address. */
static enum err language_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct language *in = input;
	(void)state;
	a->set_lang = lang_of(in->lang);
	a->set_lang_now = true;
	a->then = account_own_address(in->to);
	(void)cx;
	return OK;
}

/* ── my account ── */

static enum err sessions_of(struct ctx *cx, struct account_page *v)
{
	struct session_of_person_row *rows;
	TRY(session_sql_of_person(cx, cx->actor.person_id, cx->now, &rows, &v->n_sessions));
	v->sessions = ARENA_ARRAY(cx->arena, struct session_item, v->n_sessions);
	for (size_t i = 0; i < v->n_sessions; i++)
		v->sessions[i] = (struct session_item){ rows[i].id,	 rows[i].created_at,
							rows[i].seen_at, account_device(cx, rows[i].agent),
							rows[i].address, rows[i].id == cx->actor.session_id };
	return OK;
}

static enum err passkeys_of(struct ctx *cx, struct account_page *v)
{
	struct account_passkeys_row *rows;
	TRY(account_sql_passkeys(cx, cx->actor.person_id, &rows, &v->n_passkeys));
	v->passkeys = ARENA_ARRAY(cx->arena, struct passkey_item, v->n_passkeys);
	for (size_t i = 0; i < v->n_passkeys; i++)
		v->passkeys[i] = (struct passkey_item){ rows[i].id, rows[i].created_at, rows[i].used_at, rows[i].device };
	return OK;
}

static enum err identities_of(struct ctx *cx, struct account_page *v)
{
	struct account_identities_row *rows;
	TRY(account_sql_identities(cx, cx->actor.person_id, &rows, &v->n_identities));
	v->identities = ARENA_ARRAY(cx->arena, struct identity_item, v->n_identities);
	for (size_t i = 0; i < v->n_identities; i++)
		v->identities[i] = (struct identity_item){ rows[i].id, rows[i].linked_at, rows[i].used_at, rows[i].name, rows[i].email };
	return OK;
}

static enum err postings_of(struct ctx *cx, struct account_page *v)
{
	struct person_postings_row *rows;
	TRY(person_sql_postings(cx, cx->actor.person_id, &rows, &v->n_postings));
	v->postings = ARENA_ARRAY(cx->arena, struct posting_item, v->n_postings);
	for (size_t i = 0; i < v->n_postings; i++)
		v->postings[i] = (struct posting_item){ rows[i].from_day, rows[i].until_day, org_name(cx, rows[i].designation_en, rows[i].designation_hi),
							org_name(cx, rows[i].org_en, rows[i].org_hi) };
	return OK;
}

static const struct field account_out[] = {
	FIELD(account_page, id, F_ID),		      FIELD(account_page, name, F_TEXT, .personal = true),
	FIELD(account_page, email, F_TEXT, .personal = true), FIELD(account_page, mobile, F_TEXT, .personal = true),
	FIELD(account_page, employee_no, F_TEXT),     FIELD(account_page, designation, F_TEXT),
	FIELD(account_page, org, F_TEXT),	      FIELD(account_page, supervisor, F_TEXT, .personal = true),
	FIELD_END,
};
/* How the person comes in, besides the password. */
static enum err put_ways(struct ctx *cx, struct account_page *v)
{
	struct account_contacts_row k;
	struct factor f;
	bool found = false;
	TRY(account_sql_contacts(cx, cx->actor.person_id, &k, &found));
	TRY(factor_of(cx, cx->actor.person_id, &f));
	v->email_proved_at = found ? k.email_proved_at : NONE;
	v->mobile_proved_at = found ? k.mobile_proved_at : NONE;
	v->by_code = found && k.by_code;
	v->may_code = v->email_proved_at != NONE || v->mobile_proved_at != NONE;
	v->factor = f.on;
	v->recovery_left = f.left;
	return OK;
}

static enum err account_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct account_page *v = ARENA_NEW(cx->arena, struct account_page);
	struct person_one_row p;
	bool found = false;
	(void)input;
	(void)state;
	TRY(person_sql_one(cx, person_today(cx), cx->actor.person_id, &p, &found));
	v->id = cx->actor.person_id;
	v->name = p.name;
	v->email = p.email;
	v->mobile = p.mobile;
	v->employee_no = p.employee_no;
	v->designation = org_name(cx, p.designation_en, p.designation_hi);
	v->org = org_name(cx, p.org_en, p.org_hi);
	v->supervisor = p.supervisor;
	TRY(put_ways(cx, v));
	TRY(passkeys_of(cx, v));
	TRY(identities_of(cx, v));
	TRY(sessions_of(cx, v));
	TRY(postings_of(cx, v));
	a->view = v;
	ANSWER_ROW(a, v);
	a->nav = NAV_ACCOUNT;
	a->passkey = true;
	ANSWER_TITLE(cx, a, N_("My account"));
	return OK;
}

/* ── password ── */

struct password {
	struct str old_password, new_password;
};
static const struct field password_in[] = {
	FIELD(password, old_password, F_SECRET, .label = N_("Present password"), .must = true, .max = 200),
	FIELD(password, new_password, F_SECRET, .label = N_("New password"), .hint = N_("At least 10 characters; a sentence is good."), .must = true, .min = 10,
	      .max = 200, .autocomplete = "new-password"),
	FIELD_END,
};

struct password_state {
	bool good;
	struct str hash;
};

static enum err password_check(struct ctx *cx, const void *input, void **ret_state)
{
	const struct password *in = input;
	struct password_state *s = ARENA_NEW(cx->arena, struct password_state);
	struct person_password_row p;
	struct str account = str_fmt(cx->arena, "person:%lld", (long long)cx->actor.person_id);
	TRY(session_may_try(cx, account));
	TRY(person_sql_password(cx, cx->actor.person_id, &p));
	s->good = person_password_fits(p.password, in->old_password);
	if (s->good)
		s->hash = person_hash(cx, in->new_password);
	*ret_state = s;
	return OK;
}

static enum err password_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct password_state *s = state;
	(void)input;
	if (!s->good) {
		TRY(session_count_try(cx, str_fmt(cx->arena, "person:%lld", (long long)cx->actor.person_id)));
		(void)!fail(cx, ERR_INVALID, "old_password", N_("is not your present password"));
		a->refused = ERR_INVALID;
		return OK;
	}
	TRY(person_sql_set_password(cx, s->hash, cx->actor.person_id, NULL));
	/* Whoever changes it because somebody else knows it wants that one out. */
	TRY(session_end_others(cx));
	return account_tell(cx, cx->actor.person_id, N_("your password for Karmayogi was changed."));
}

const struct action account_actions[] = {
	{ .name = "account.sign_in_page", .method = GET, .page = "/sign-in", .may = MAY_ANYONE, .in = sign_in_page_in, .in_size = sizeof(struct sign_in),
	  .run = sign_in_page_run, .html = sign_in_view, .summary = "The page to sign in." },
	{ .name = "account.sign_in", .method = POST, .page = "/sign-in", .api = "/api/v1/session", .may = MAY_ANYONE, .in = sign_in_in,
	  .in_size = sizeof(struct sign_in), .prepare = sign_in_check, .costly = true, .run = sign_in_run, .form = "account.sign_in_page", .then = "/",
	  .out = entered_out, .summary = "Signs in with e-mail or mobile number and password; says whether a second factor is still to come." },
	{ .name = "account.sign_out", .method = POST, .page = "/sign-out", .api = "/api/v1/session/end", .may = MAY_LEARN, .in_person = true, .while_acting = true, .before_factor = true,
	  .run = sign_out_run, .then = "/sign-in", .notice = N_("You are signed out."), .summary = "Ends this session." },
	{ .name = "account.sign_out_everywhere", .method = POST, .page = "/me/sessions/end", .may = MAY_LEARN, .in_person = true, .run = everywhere_run, .then = "/sign-in",
	  .notice = N_("You are signed out on all devices."), .summary = "Ends all sessions of the person." },
	{ .name = "account.end_session", .method = POST, .page = "/me/sessions/{session_id}/end", .may = MAY_LEARN, .in_person = true, .in = end_session_in,
	  .in_size = sizeof(struct end_session), .run = end_session_run, .then = "/me", .notice = N_("That device is signed out."),
	  .summary = "Ends one other session of the person." },
	{ .name = "account.language", .method = GET, .page = "/language/{lang}", .may = MAY_ANYONE, .in = language_in, .in_size = sizeof(struct language),
	  .run = language_run, .summary = "Changes the language and goes back to the page." },
	{ .name = "account.show", .method = GET, .page = "/me", .api = "/api/v1/me", .may = MAY_LEARN, .own = true, .out = account_out, .run = account_run, .html = account_view,
	  .summary = "One's own account: what is recorded, sessions, password." },
	{ .name = "account.password", .method = POST, .page = "/me/password", .may = MAY_LEARN, .in_person = true, .in = password_in, .in_size = sizeof(struct password),
	  .prepare = password_check, .costly = true, .run = password_run, .form = "account.show", .then = "/me", .notice = N_("The password is changed, and you are signed out on all other devices."),
	  .summary = "Changes one's own password; all other sessions of the person end." },
	ACTION_END,
};
