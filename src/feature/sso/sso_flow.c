/* A sign-in on its way to the provider and back; see sso.h. */
#include "feature/secret/secret.h"
#include "feature/sso/fetch.h"
#include "feature/sso/sso.h"
#include "web/base64.h"
#include "web/request.h"

#include <jansson.h>
#include <sodium.h>

/* ── the cookie ── */

static struct str flow_seal(struct ctx *cx, const struct flow *f)
{
	struct str plain = str_fmt(cx->arena, "%lld\n%lld\n%.*s\n%.*s\n%.*s\n%.*s", (long long)f->provider_id, (long long)f->expires_at, STR_ARG(f->state),
				   STR_ARG(f->nonce), STR_ARG(f->verifier), STR_ARG(f->to));
	return secret_seal(cx, S("sso.flow"), plain);
}

static bool flow_open(struct ctx *cx, struct str sealed, struct flow *ret)
{
	struct str rest, id, until;
	return secret_open(cx, S("sso.flow"), sealed, &rest) && str_cut(&rest, '\n', &id) && str_int(id, &ret->provider_id) && str_cut(&rest, '\n', &until) &&
	       str_int(until, &ret->expires_at) && str_cut(&rest, '\n', &ret->state) && str_cut(&rest, '\n', &ret->nonce) &&
	       str_cut(&rest, '\n', &ret->verifier) && str_cut(&rest, '\n', &ret->to);
}

/* ── there ── */

/* RFC 7636, 4.2. */
static struct str challenge_of(struct ctx *cx, struct str verifier)
{
	unsigned char h[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(h, (const unsigned char *)verifier.p, verifier.n);
	return base64url(cx->arena, h, sizeof h);
}

static struct flow new_flow(struct ctx *cx, const struct sso_provider_row *p, struct str to)
{
	return (struct flow){ .provider_id = p->id,
			      .expires_at = cx->now + FLOW_LIFE,
			      .state = random_hex(cx, 32),
			      .nonce = random_hex(cx, 32),
			      .verifier = random_hex(cx, 32),
			      .to = to.n && to.n <= SSO_TO_MAX ? to : S("/") };
}

void flow_begin(struct ctx *cx, const struct sso_provider_row *p, const struct metadata *m, struct str to, struct str *ret_url, struct str *ret_cookie)
{
	struct flow f = new_flow(cx, p, to);
	*ret_cookie = flow_seal(cx, &f);
	*ret_url = str_fmt(
		cx->arena, "%.*s%sresponse_type=code&client_id=%s&redirect_uri=%s&scope=%s&state=%s&nonce=%s&code_challenge=%s&code_challenge_method=S256",
		STR_ARG(m->authorization), str_index(m->authorization, '?') < 0 ? "?" : "&", url_encoded(cx, p->client_id).p,
		url_encoded(cx, sso_return_address(cx, p->code)).p, url_encoded(cx, p->scopes).p, f.state.p, f.nonce.p, challenge_of(cx, f.verifier).p);
}

struct saml_asked flow_saml_asked(struct ctx *cx, struct str code, const struct flow *flow)
{
	return (struct saml_asked){ .ours = sso_saml_entity(cx, code),
				    .answer_to = sso_saml_address(cx, code),
				    .id = str_fmt(cx->arena, "_%.*s", STR_ARG(flow->nonce)),
				    .now = cx->now };
}

void flow_begin_saml(struct ctx *cx, const struct sso_provider_row *p, const struct saml_metadata *m, struct str to, struct str *ret_url,
		     struct str *ret_cookie)
{
	struct flow f = new_flow(cx, p, to);
	struct saml_asked q = flow_saml_asked(cx, p->code, &f);
	*ret_cookie = flow_seal(cx, &f);
	*ret_url = saml_question(cx, m, &q, f.state);
}

/* ── back ── */

static enum err begin_anew(struct ctx *cx)
{
	return fail(cx, ERR_INVALID, "",
		    N_("This sign-in was not begun in this browser, took longer than ten minutes, or another one was begun since. Nothing happened; please "
		       "begin anew."));
}

static enum err answered(struct ctx *cx)
{
	return fail(cx, ERR_GONE, "", N_("This sign-in was answered before. Please begin anew."));
}

static struct str state_hash(struct ctx *cx, struct str state)
{
	return secret_hash(cx, "sso.state", state);
}

enum err flow_of(struct ctx *cx, const struct sso_provider_row *p, struct str state, struct flow *ret)
{
	struct sso_state_row used;
	bool found = false;
	if (!flow_open(cx, cx->sign_in, ret) || ret->expires_at <= cx->now || !secret_same(ret->state, state) || ret->provider_id != p->id)
		return begin_anew(cx);
	TRY(sso_sql_state(cx, state_hash(cx, state), &used, &found));
	return found ? answered(cx) : OK;
}

enum err flow_check(struct ctx *cx, const struct sso_provider_row *p, const struct metadata *m, const struct sso_answer *in, struct flow *ret)
{
	TRY(flow_of(cx, p, in->state, ret));
	if (in->iss.n ? !str_eq(in->iss, p->issuer) : m->names_itself)
		return fail(cx, ERR_INVALID, "",
			    N_("The answer comes from another provider than the one that was asked. Nobody was signed in; please begin anew."));
	if (in->error.n || !in->code.n)
		return fail(cx, ERR_INVALID, "",
			    N_("Your provider did not sign you in, or you broke it off there. Please begin anew, or sign in another way."));
	return OK;
}

enum err flow_use(struct ctx *cx, const struct flow *flow)
{
	int64_t changed = 0;
	TRY(sso_sql_use_state(cx, state_hash(cx, flow->state), flow->expires_at, &changed));
	return changed ? OK : answered(cx);
}

/* ── code → tokens → claims ── */

struct tokens {
	struct str id_token, access_token;
};

static const char *ask_tokens(struct ctx *cx, const struct sso_provider_row *p, const struct metadata *m, const struct flow *flow, struct str code,
			      struct str *ret_json)
{
	struct str secret = STR_NONE, client = url_encoded(cx, p->client_id);
	if (p->client_secret.n && !secret_open(cx, str_fmt(cx->arena, "sso.client:%lld", (long long)p->id), p->client_secret, &secret))
		return "the client secret does not open with the key of this installation (keys/secrets.key)";
	struct fetch f = { .url = m->token };
	bool in_form = !secret.n || m->secret_in_form;
	if (!in_form) {
		f.user = client;
		f.password = url_encoded(cx, secret);
	}
	f.form = str_fmt(cx->arena, "grant_type=authorization_code&code=%s&redirect_uri=%s&code_verifier=%.*s%s%s%s%s", url_encoded(cx, code).p,
			 url_encoded(cx, sso_return_address(cx, p->code)).p, STR_ARG(flow->verifier), in_form ? "&client_id=" : "", in_form ? client.p : "",
			 in_form && secret.n ? "&client_secret=" : "", in_form && secret.n ? url_encoded(cx, secret).p : "");
	const char *fault = fetch(cx, &f, ret_json);
	return fault ? str_fmt(cx->arena, "tokens: %s", fault).p : NULL;
}

static struct str text(struct ctx *cx, const json_t *o, const char *name)
{
	const json_t *v = json_object_get(o, name);
	return json_is_string(v) ? str_dup(cx->arena, (struct str){ json_string_value(v), json_string_length(v) }) : STR_NONE;
}

static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] > '~')
			return false;
	return s.n > 0;
}

static const char *read_tokens(struct ctx *cx, struct str json, struct tokens *ret)
{
	json_t *o = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, NULL);
	ret->id_token = text(cx, o, "id_token");
	ret->access_token = text(cx, o, "access_token");
	struct str type = text(cx, o, "token_type");
	json_decref(o);
	if (!is_plain(ret->id_token))
		return "tokens: no ID token";
	if (ret->access_token.p && (!is_plain(ret->access_token) || !str_eq(str_lower(cx->arena, type), S("bearer"))))
		return "tokens: the access token is no bearer token";
	return NULL;
}

static enum jwt_fault verify_with(struct ctx *cx, struct str token, struct str keys, struct jwt *ret)
{
	json_t *set = json_loadb(keys.p, keys.n, JSON_REJECT_DUPLICATES, NULL);
	enum jwt_fault fault = jwt_verify(cx->arena, token, set, ret);
	json_decref(set);
	return fault;
}

/* A token signed with a key that is not known yet lets the keys be read anew, once in a while. */
static const char *verify(struct ctx *cx, const struct sso_provider_row *p, const struct metadata *m, struct str token, struct exchange_result *x,
			  struct jwt *ret)
{
	static const char *const words[] = { [JWT_GOOD] = NULL,
					     [JWT_FORM] = "the ID token is no signed token",
					     [JWT_ALGORITHM] = "the ID token is signed with an algorithm that is not taken",
					     [JWT_NO_KEY] = "the ID token is signed with a key that is not the provider's",
					     [JWT_SIGNATURE] = "the signature of the ID token does not hold" };
	enum jwt_fault fault = verify_with(cx, token, p->keys, ret);
	if (fault == JWT_NO_KEY && cx->now - p->keys_tried_at >= KEYS_AGAIN) {
		struct str keys;
		x->keys_tried = true;
		if (!keys_fetch(cx, m->jwks, &keys)) {
			x->keys = keys;
			fault = verify_with(cx, token, keys, ret);
		}
	}
	return words[fault];
}

/* The e-mail claims may stand in the userinfo alone. Only who comes for the first time needs them, so it is no fault when they cannot be had. */
static const char *complete(struct ctx *cx, const struct metadata *m, const struct tokens *t, struct exchange_result *x)
{
	struct str json;
	if (x->claims.email_said || !m->userinfo.n || !t->access_token.n)
		return NULL;
	const char *fault = fetch(cx, &(struct fetch){ .url = m->userinfo, .bearer = t->access_token }, &json);
	return fault ? NULL : claims_userinfo(cx->arena, json, &x->claims);
}

void sso_exchange(struct ctx *cx, const struct sso_provider_row *p, const struct metadata *m, const struct flow *flow, struct str code,
		  struct exchange_result *ret)
{
	struct tokens t;
	struct str json;
	struct jwt token;
	*ret = (struct exchange_result){ 0 };
	ret->fault = ask_tokens(cx, p, m, flow, code, &json);
	ret->away = ret->fault != NULL;
	if (!ret->fault)
		ret->fault = read_tokens(cx, json, &t);
	if (!ret->fault)
		ret->fault = verify(cx, p, m, t.id_token, ret, &token);
	if (!ret->fault)
		ret->fault = claims_check(cx->arena, &token,
					  &(struct claims_wanted){ .issuer = p->issuer,
								   .client_id = p->client_id,
								   .nonce = flow->nonce,
								   .now = cx->now,
								   .access_token = t.access_token,
								   .mfa_acr = p->mfa_acr },
					  &ret->claims);
	if (!ret->fault)
		ret->fault = complete(cx, m, &t, ret);
	if (!ret->fault)
		ret->id_token = t.id_token;
}
