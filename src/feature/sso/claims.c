/* Judging the claims of an ID token; see claims.h. */
#include "feature/sso/claims.h"

#include <jansson.h>
#include <sodium.h>

static struct str text(const json_t *o, const char *name)
{
	const json_t *v = json_object_get(o, name);
	return json_is_string(v) ? (struct str){ json_string_value(v), json_string_length(v) } : STR_NONE;
}

static bool same(struct str a, struct str b)
{
	return a.n == b.n && a.n && sodium_memcmp(a.p, b.p, a.n) == 0;
}

static bool has(const json_t *list, struct str word)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *v = json_array_get(list, i);
		if (json_is_string(v) && str_eq((struct str){ json_string_value(v), json_string_length(v) }, word))
			return true;
	}
	return false;
}

/* For us, and when it is for others too, said to have been asked for by us. */
static const char *audience(const json_t *o, struct str client_id)
{
	const json_t *aud = json_object_get(o, "aud");
	bool azp = json_object_get(o, "azp") != NULL;
	if (!(json_is_string(aud) ? str_eq(text(o, "aud"), client_id) : has(aud, client_id)))
		return "aud does not name us";
	if (json_array_size(aud) > 1 && !azp)
		return "aud names others too and azp nobody";
	return azp && !str_eq(text(o, "azp"), client_id) ? "azp names another client" : NULL;
}

/* Seconds as a number, with or without a fraction; far beyond any date: not. */
static bool seconds(const json_t *o, const char *name, double *ret)
{
	const json_t *v = json_object_get(o, name);
	*ret = json_number_value(v);
	return json_is_number(v) && *ret > 0 && *ret < 1e11;
}

static const char *times(const json_t *o, int64_t now_ms)
{
	double now = (double)now_ms / 1000, exp, iat, nbf;
	if (!seconds(o, "exp", &exp) || !seconds(o, "iat", &iat))
		return "exp or iat is missing";
	if (exp <= now - CLAIMS_SKEW_S)
		return "expired";
	if (iat > now + CLAIMS_SKEW_S)
		return "issued in the future";
	if (iat < now - CLAIMS_AGE_S - CLAIMS_SKEW_S)
		return "issued too long ago";
	if (json_object_get(o, "nbf") && (!seconds(o, "nbf", &nbf) || nbf > now + CLAIMS_SKEW_S))
		return "not in force yet";
	return NULL;
}

static const char *subject(const json_t *o, struct str *ret)
{
	*ret = text(o, "sub");
	if (!ret->n || ret->n > CLAIMS_SUBJECT_MAX)
		return "sub is missing or too long";
	for (size_t i = 0; i < ret->n; i++)
		if (ret->p[i] < ' ' || ret->p[i] > '~')
			return "sub is not ASCII";
	return NULL;
}

static bool is_strong(const json_t *o, struct str mfa_acr)
{
	struct str acr = text(o, "acr"), rest = mfa_acr, word;
	while (acr.n && str_cut(&rest, ' ', &word))
		if (str_eq(word, acr))
			return true;
	return has(json_object_get(o, "amr"), S("mfa"));
}

static void put_email(struct arena *a, const json_t *o, struct claims *c)
{
	struct str email = text(o, "email");
	c->email = email.p ? str_dup(a, email) : STR_NONE;
	c->email_verified = json_is_true(json_object_get(o, "email_verified"));
	c->email_said = email.n && json_object_get(o, "email_verified");
}

static const char *judge(struct arena *a, const json_t *o, const struct jwt *token, const struct claims_wanted *w, struct claims *ret)
{
	const char *fault;
	struct str sub;
	if (!json_is_object(o))
		return "the claims are no JSON object";
	if (token->typ.p && !str_eq(str_lower(a, token->typ), S("jwt")))
		return "a token of another type";
	if (!str_eq(text(o, "iss"), w->issuer))
		return "iss is another issuer";
	if ((fault = audience(o, w->client_id)) || (fault = times(o, w->now)) || (fault = subject(o, &sub)))
		return fault;
	if (!same(text(o, "nonce"), w->nonce))
		return "nonce is not that of this sign-in";
	if (json_object_get(o, "at_hash") && (!w->access_token.p || !same(text(o, "at_hash"), jwt_half_hash(a, token->alg, w->access_token))))
		return "at_hash does not fit the access token";
	ret->subject = str_dup(a, sub);
	ret->strong = is_strong(o, w->mfa_acr);
	put_email(a, o, ret);
	return NULL;
}

const char *claims_check(struct arena *a, const struct jwt *token, const struct claims_wanted *w, struct claims *ret)
{
	json_t *o = json_loadb(token->payload.p, token->payload.n, JSON_REJECT_DUPLICATES, NULL);
	*ret = (struct claims){ 0 };
	const char *fault = judge(a, o, token, w, ret);
	json_decref(o);
	return fault;
}

const char *claims_userinfo(struct arena *a, struct str json, struct claims *c)
{
	json_t *o = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, NULL);
	const char *fault = NULL;
	if (!json_is_object(o))
		fault = "userinfo is no JSON object";
	else if (!str_eq(text(o, "sub"), c->subject))
		fault = "userinfo is about another subject";
	else
		put_email(a, o, c);
	json_decref(o);
	return fault;
}
