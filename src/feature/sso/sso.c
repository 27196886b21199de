/* Providers, who comes through them, and what is kept with their sessions; see sso.h. */
#include "feature/sso/sso.h"
#include "feature/account/account.h"
#include "feature/person/person.h"
#include "feature/secret/secret.h"
#include "web/hash.h"
#include "web/request.h"

#define LEAVE_LIFE (10 * MINUTE)

/* ── what was typed ── */

static bool is_word(struct str s, const char *more)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c && strchr(more, c))))
			return false;
	}
	return s.n > 0;
}

static bool is_domain(struct str s)
{
	return is_word(s, ".-") && s.n <= 253 && str_index(s, '.') > 0 && s.p[0] != '-' && s.p[s.n - 1] != '.' && str_find(s, S("..")) < 0;
}

/* Small letters, one space between. False: one of them is no domain, or there are none or too many. */
static bool clean_domains(struct ctx *cx, struct str typed, struct str *ret)
{
	char *spaced = (char *)(uintptr_t)str_lower(cx->arena, str_dup(cx->arena, typed)).p;
	struct buf b;
	size_t n = 0;
	for (size_t i = 0; i < typed.n; i++)
		if (spaced[i] == ',' || spaced[i] == ';' || spaced[i] == '@')
			spaced[i] = ' ';
	struct str rest = { spaced, typed.n }, word;
	buf_init(&b, cx->arena, 8192);
	while (str_cut(&rest, ' ', &word)) {
		if (!word.n)
			continue;
		if (!is_domain(word))
			return false;
		if (n++)
			buf_char(&b, ' ');
		buf_str(&b, word);
	}
	*ret = buf_get(&b);
	return n > 0 && n <= SSO_DOMAINS_MAX && !b.full;
}

static bool is_printable(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < ' ' || s.p[i] > '~')
			return false;
	return true;
}

bool sso_code_good(struct str code)
{
	return is_word(code, "-") && code.n >= 2 && code.n <= 32;
}

enum err sso_clean(struct ctx *cx, struct sso_add *in)
{
	enum err e = OK;
	in->name = str_trim(in->name);
	in->issuer = str_trim(in->issuer);
	in->client_id = str_trim(in->client_id);
	in->scopes = str_trim(in->scopes);
	in->mfa_acr = in->mfa_acr.p ? str_trim(in->mfa_acr) : S("");
	if (in->saml)
		in->issuer = in->client_id = in->client_secret = in->scopes = S("");
	if (!in->name.n)
		e = fail(cx, ERR_INVALID, "name", N_("must be filled in"));
	if (!sso_code_good(in->code))
		e = fail(cx, ERR_INVALID, "code", N_("must be 2 to 32 small letters, figures and hyphens"));
	if (!in->saml && !issuer_good(cx, in->issuer))
		e = fail(cx, ERR_INVALID, "issuer", N_("must be an address that begins with https://, without question mark"));
	if (!in->saml && (!in->client_id.n || !is_printable(in->client_id)))
		e = fail(cx, ERR_INVALID, "client_id", N_("must be the name that the provider gave to this installation"));
	if (!is_printable(in->client_secret))
		e = fail(cx, ERR_INVALID, "client_secret", N_("may hold plain ASCII only"));
	if (!in->saml && !in->scopes.n)
		in->scopes = S("openid email");
	if (!in->saml &&
	    (!is_printable(in->scopes) || (!str_is(in->scopes, "openid") && !str_starts(in->scopes, S("openid ")) && str_find(in->scopes, S(" openid")) < 0)))
		e = fail(cx, ERR_INVALID, "scopes", N_("must hold the word openid"));
	if (!is_printable(in->mfa_acr))
		e = fail(cx, ERR_INVALID, "mfa_acr", N_("may hold plain ASCII only"));
	if (!clean_domains(cx, in->domains, &in->domains))
		e = fail(cx, ERR_INVALID, "domains", N_("must be one to twenty domains of e-mail addresses, such as example.gov.in"));
	return e;
}

/* ── providers ── */

static struct str secret_purpose(struct ctx *cx, int64_t provider_id)
{
	return str_fmt(cx->arena, "sso.client:%lld", (long long)provider_id);
}

enum err sso_add(struct ctx *cx, const struct sso_add *in, const struct documents *d, int64_t *ret_id)
{
	int64_t changed = 0;
	struct str rest = in->domains, domain;
	*ret_id = new_id(cx);
	struct str secret = in->client_secret.n ? secret_seal(cx, secret_purpose(cx, *ret_id), in->client_secret) : STR_NONE;
	TRY(sso_sql_add_provider(cx, *ret_id, in->code, in->name, in->org_id, in->saml ? d->issuer : in->issuer, in->client_id, secret, in->scopes, in->mfa_acr,
				 d->metadata, d->keys, cx->now, cx->actor.person_id ? cx->actor.person_id : NONE, in->saml ? S("saml") : S("oidc"),
				 d->read_from, &changed));
	if (!changed)
		return fail(cx, ERR_CONFLICT, "code", N_("is taken by another provider"));
	while (str_cut(&rest, ' ', &domain)) {
		TRY(sso_sql_add_domain(cx, domain, *ret_id, &changed));
		if (!changed)
			return fail_msg(cx, ERR_CONFLICT, S("domains"), N_("{domain} belongs to another provider"), 1,
					(struct msg_arg[]){ { "domain", domain } });
	}
	return OK;
}

enum err sso_end(struct ctx *cx, int64_t org_id, int64_t provider_id)
{
	int64_t changed = 0;
	TRY(sso_sql_end_provider(cx, cx->now, provider_id, org_id, &changed));
	if (!changed)
		return fail(cx, ERR_NOT_FOUND, "provider_id", N_("There is no such provider in force in this organisation."));
	return sso_sql_drop_domains(cx, provider_id, NULL);
}

struct str sso_return_address(struct ctx *cx, struct str code)
{
	return str_fmt(cx->arena, "%.*s/sso/back/%.*s", STR_ARG(cx->app->base_url), STR_ARG(code));
}

struct str sso_saml_address(struct ctx *cx, struct str code)
{
	return str_fmt(cx->arena, "%.*s/sso/saml/%.*s", STR_ARG(cx->app->base_url), STR_ARG(code));
}

struct str sso_saml_entity(struct ctx *cx, struct str code)
{
	return str_fmt(cx->arena, "%.*s/metadata", STR_ARG(sso_saml_address(cx, code)));
}

/* ── who it is ── */

/* A provider speaks for its organisation's people only, and gives nobody a role over others. */
static enum err check_reach(struct ctx *cx, const struct sso_provider_row *p, int64_t person_id)
{
	struct sso_posted_below_row row;
	struct sso_wider_row role;
	bool found = false;
	TRY(sso_sql_posted_below(cx, person_id, p->org_id, person_today(cx), &row, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "",
			    N_("You are not posted today in the organisation that this provider speaks for. Sign in another way, or ask your administrator to "
			       "enter your posting."));
	TRY(sso_sql_wider(cx, person_id, p->org_id, &role, &found));
	return found ? fail(cx, ERR_INVALID, "",
			    N_("You hold a role outside the organisation that this provider speaks for, so its word is not enough. Sign in another way."))
		     : OK;
}

/* The address as our people have it, if the provider vouches for it and speaks for its domain. */
static enum err vouched_email(struct ctx *cx, const struct sso_provider_row *p, const struct claims *c, struct str *ret)
{
	struct sso_domain_of_row row;
	bool found = false;
	*ret = c->email.n ? person_email(cx, c->email) : STR_NONE;
	if (!ret->n || !c->email_verified)
		return fail(cx, ERR_INVALID, "",
			    N_("Your provider did not say that your e-mail address is verified. Have it verified there, or sign in another way."));
	ptrdiff_t at = str_index(*ret, '@');
	TRY(sso_sql_domain_of(cx, str_sub(*ret, (size_t)at + 1, ret->n), p->id, &row, &found));
	return found ? OK
		     : fail_msg(cx, ERR_INVALID, S(""), N_("This provider does not speak for the address {email}. Sign in another way."), 1,
				(struct msg_arg[]){ { "email", *ret } });
}

static enum err link_first_time(struct ctx *cx, const struct sso_provider_row *p, const struct claims *c, int64_t *ret_person_id)
{
	struct sso_person_of_email_row person;
	struct sso_identity_of_row other;
	struct str email;
	bool found = false;
	TRY(vouched_email(cx, p, c, &email));
	TRY(sso_sql_person_of_email(cx, email, &person, &found));
	if (!found)
		return fail_msg(cx, ERR_INVALID, S(""),
				N_("Nobody here has the address {email}. Ask the administrator of your organisation to enter it with your name."), 1,
				(struct msg_arg[]){ { "email", email } });
	TRY(check_reach(cx, p, person.id));
	TRY(sso_sql_identity_of(cx, p->id, person.id, &other, &found));
	if (found)
		return fail(cx, ERR_INVALID, "",
			    N_("This address belongs to a person who is linked to another account of this provider. If both are yours, sign in another way and "
			       "take the old link away under “My account”."));
	TRY(sso_sql_link(cx, new_id(cx), p->id, c->subject, person.id, email, cx->now, NULL));
	*ret_person_id = person.id;
	return account_tell(cx, person.id, N_("your account was linked to the sign-in of your organisation; by it one signs in to Karmayogi as you."));
}

enum err sso_person(struct ctx *cx, const struct sso_provider_row *p, const struct claims *c, int64_t *ret_person_id)
{
	struct sso_identity_row row;
	bool found = false;
	TRY(sso_sql_identity(cx, p->id, c->subject, &row, &found));
	if (!found)
		return link_first_time(cx, p, c, ret_person_id);
	if (!str_is(row.state, "active"))
		return fail(cx, ERR_INVALID, "", N_("You have left the service here and cannot sign in any more."));
	TRY(check_reach(cx, p, row.person_id));
	*ret_person_id = row.person_id;
	return sso_sql_used(cx, cx->now, row.id, NULL);
}

/* ── sessions ── */

static struct str token_purpose(struct ctx *cx, int64_t provider_id)
{
	return str_fmt(cx->arena, "sso.id_token:%lld", (long long)provider_id);
}

enum err sso_enter(struct ctx *cx, const struct sso_provider_row *p, const struct exchange_result *x, int64_t person_id, bool *ret_half, struct str *ret_cookie)
{
	struct sso_session_of_row row;
	*ret_half = false;
	if (x->claims.strong)
		TRY(session_open(cx, person_id, cx->agent, ret_cookie));
	else
		TRY(account_enter(cx, person_id, ret_half, ret_cookie));
	TRY(sso_sql_session_of(cx, hash_of_secret(cx, *ret_cookie, "session"), &row));
	return sso_sql_keep_session(cx, row.id, p->id, secret_seal(cx, token_purpose(cx, p->id), x->id_token), x->claims.strong, row.expires_at, NULL);
}

enum err sso_session_follows(struct ctx *cx, int64_t half_id, struct str cookie)
{
	struct sso_session_of_row row;
	TRY(sso_sql_session_of(cx, hash_of_secret(cx, cookie, "session"), &row));
	return sso_sql_follow(cx, row.id, row.expires_at, half_id, NULL);
}

/* Which session it was is sealed into the address: the session itself is over by then. */
enum err sso_session_leaves(struct ctx *cx, int64_t session_id, struct str *ret_then)
{
	struct sso_session_row row;
	struct metadata m;
	bool found = false;
	TRY(sso_sql_session(cx, session_id, &row, &found));
	if (!found || (str_is(row.protocol, "oidc") && (metadata_read(cx, row.issuer, row.metadata, &m) || !m.end_session.n)))
		return OK;
	struct str plain = str_fmt(cx->arena, "%lld %lld", (long long)session_id, (long long)(cx->now + LEAVE_LIFE));
	*ret_then = str_fmt(cx->arena, "/sso/left?from=%s", secret_seal(cx, S("sso.leave"), plain).p);
	return OK;
}

static bool read_leave(struct ctx *cx, struct str from, int64_t *ret_session_id)
{
	struct str plain, id;
	int64_t until;
	return secret_open(cx, S("sso.leave"), from, &plain) && str_cut(&plain, ' ', &id) && str_int(id, ret_session_id) && str_int(plain, &until) &&
	       until > cx->now;
}

/* RP-Initiated Logout 1.0, section 2. */
enum err sso_leave_address(struct ctx *cx, struct str from, struct str *ret_name, struct str *ret_url)
{
	struct sso_session_row row;
	struct metadata m;
	struct str token;
	int64_t session_id;
	bool found = false;
	*ret_url = STR_NONE;
	if (!read_leave(cx, from, &session_id))
		return OK;
	TRY(sso_sql_session(cx, session_id, &row, &found));
	if (found)
		*ret_name = row.name;
	if (!found || str_is(row.protocol, "saml") || metadata_read(cx, row.issuer, row.metadata, &m) || !m.end_session.n ||
	    !secret_open(cx, token_purpose(cx, row.provider_id), row.id_token, &token))
		return OK;
	*ret_url = str_fmt(cx->arena, "%.*s%sid_token_hint=%s&client_id=%s&post_logout_redirect_uri=%s", STR_ARG(m.end_session),
			   str_index(m.end_session, '?') < 0 ? "?" : "&", url_encoded(cx, token).p, url_encoded(cx, row.client_id).p,
			   url_encoded(cx, str_fmt(cx->arena, "%.*s/sign-in", STR_ARG(cx->app->base_url))).p);
	return OK;
}

/* ── one's own links ── */

enum err sso_unlink(struct ctx *cx, int64_t person_id, int64_t identity_id)
{
	struct sso_ways_row ways;
	int64_t changed = 0;
	TRY(sso_sql_unlink(cx, identity_id, person_id, &changed));
	if (!changed)
		return fail(cx, ERR_NOT_FOUND, "identity_id", N_("There is no such link of yours."));
	TRY(sso_sql_ways(cx, person_id, identity_id, &ways));
	if (!ways.n)
		return fail(cx, ERR_CONFLICT, "identity_id", N_("This is your only way to sign in. Set a password or add a passkey first."));
	return account_tell(cx, person_id, N_("the link of your account to the sign-in of your organisation was taken away."));
}
