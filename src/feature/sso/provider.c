/* A provider's documents; see provider.h. */
#include "feature/sso/provider.h"
#include "base/utf8.h"
#include "feature/sso/fetch.h"
#include "feature/sso/saml.h"

#include <jansson.h>

bool issuer_good(const struct ctx *cx, struct str issuer)
{
	return fetch_allowed(cx, issuer) && str_index(issuer, '?') < 0;
}

static struct str text(struct ctx *cx, const json_t *o, const char *name)
{
	const json_t *v = json_object_get(o, name);
	return json_is_string(v) ? str_dup(cx->arena, (struct str){ json_string_value(v), json_string_length(v) }) : STR_NONE;
}

static bool lists(const json_t *o, const char *name, const char *word)
{
	const json_t *list = json_object_get(o, name);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *v = json_string_value(json_array_get(list, i));
		if (v && strcmp(v, word) == 0)
			return true;
	}
	return false;
}

static const char *read_object(struct ctx *cx, struct str issuer, const json_t *o, struct metadata *ret)
{
	static const char methods[] = "token_endpoint_auth_methods_supported";
	const struct str addresses[] = { ret->authorization = text(cx, o, "authorization_endpoint"), ret->token = text(cx, o, "token_endpoint"),
					 ret->jwks = text(cx, o, "jwks_uri"), ret->userinfo = text(cx, o, "userinfo_endpoint"),
					 ret->end_session = text(cx, o, "end_session_endpoint") };
	/* An issuer that says it is another one would stand in for it (RFC 8414, 3.3). */
	if (!str_eq(text(cx, o, "issuer"), issuer))
		return "its discovery document names another issuer";
	for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
		if (i < 3 ? !fetch_allowed(cx, addresses[i]) : addresses[i].p && !fetch_allowed(cx, addresses[i]))
			return "its discovery document lacks an address or names one that is not https";
	if (json_object_get(o, "code_challenge_methods_supported") && !lists(o, "code_challenge_methods_supported", "S256"))
		return "it does not know PKCE with S256";
	ret->names_itself = json_is_true(json_object_get(o, "authorization_response_iss_parameter_supported"));
	ret->secret_in_form = lists(o, methods, "client_secret_post") && !lists(o, methods, "client_secret_basic");
	return NULL;
}

const char *metadata_read(struct ctx *cx, struct str issuer, struct str json, struct metadata *ret)
{
	json_t *o = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, NULL);
	*ret = (struct metadata){ 0 };
	const char *fault = json_is_object(o) ? read_object(cx, issuer, o, ret) : "its discovery document is no JSON object";
	json_decref(o);
	return fault;
}

bool keys_good(struct str json)
{
	json_t *o = utf8_valid(json) ? json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, NULL) : NULL;
	bool good = json_array_size(json_object_get(o, "keys")) > 0;
	json_decref(o);
	return good;
}

const char *keys_fetch(struct ctx *cx, struct str jwks, struct str *ret_keys)
{
	const char *fault = fetch(cx, &(struct fetch){ .url = jwks }, ret_keys);
	if (fault)
		return str_fmt(cx->arena, "keys: %s", fault).p;
	return keys_good(*ret_keys) ? NULL : "keys: the answer is no set of keys";
}

const char *documents_fetch(struct ctx *cx, struct str issuer, struct documents *ret)
{
	struct metadata m;
	bool slash = issuer.n && issuer.p[issuer.n - 1] == '/';
	struct str base = str_sub(issuer, 0, issuer.n - slash);
	struct str url = str_fmt(cx->arena, "%.*s/.well-known/openid-configuration", STR_ARG(base));
	const char *fault = fetch(cx, &(struct fetch){ .url = url }, &ret->metadata);
	if (!fault && !utf8_valid(ret->metadata))
		fault = "the answer is not UTF-8";
	if (!fault)
		fault = metadata_read(cx, issuer, ret->metadata, &m);
	if (fault)
		return str_fmt(cx->arena, "discovery: %s", fault).p;
	return keys_fetch(cx, m.jwks, &ret->keys);
}

/* ── SAML ── */

const char *saml_metadata_kept(struct ctx *cx, struct str xml, struct saml_metadata *ret)
{
	const char *fault = saml_metadata_read(cx->arena, xml, ret);
	if (fault)
		return fault;
	return fetch_allowed(cx, ret->sign_in) ? NULL : "its metadata names an address that is not https";
}

const char *saml_documents(struct ctx *cx, struct str typed, struct documents *ret)
{
	struct saml_metadata m;
	const char *fault = NULL;
	bool address = !str_starts(typed, S("<"));
	*ret = (struct documents){ .metadata = typed, .keys = S(""), .read_from = address ? typed : STR_NONE };
	if (address)
		fault = fetch(cx, &(struct fetch){ .url = typed, .xml = true }, &ret->metadata);
	if (!fault)
		fault = saml_metadata_kept(cx, ret->metadata, &m);
	if (!fault && cx->now >= m.valid_until)
		fault = "they have expired (validUntil)";
	if (fault)
		return str_fmt(cx->arena, "metadata: %s", fault).p;
	ret->issuer = m.entity_id;
	return NULL;
}
