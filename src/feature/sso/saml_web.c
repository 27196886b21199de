/* Signing in through a provider that speaks SAML: its answer, in, and what it must know of us. */
#include "feature/sso/saml_xml.h"
#include "feature/sso/sso_let_in.h"
#include "feature/sso/sso_page.h"
#include "saml_back_html.h"
#include "web/lang.h"
#include "web/session.h"

#include <stdio.h>

enum { ANSWER_MAX = 340 * 1024 }; /* SAML_XML_MAX in base64 */

static enum err provider_of(struct ctx *cx, struct str code, struct sso_provider_row *ret)
{
	bool found = false;
	TRY(sso_sql_provider(cx, code, ret, &found));
	return found && str_is(ret->protocol, "saml") ? OK : sso_no_provider(cx);
}

/* ── what the provider must know of us ── */

struct metadata_in {
	struct str provider;
};
static const struct field metadata_in[] = { FIELD(metadata_in, provider, F_TEXT, .must = true, .max = 32), FIELD_END };

/* Of any good code: a provider reads it before it can be named here. */
static enum err metadata_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct metadata_in *in = input;
	struct saml_asked q = { .ours = sso_saml_entity(cx, in->provider), .answer_to = sso_saml_address(cx, in->provider) };
	(void)state;
	if (!sso_code_good(in->provider))
		return sso_no_provider(cx);
	a->type = "application/samlmetadata+xml";
	a->bytes = saml_own_metadata(cx->arena, &q);
	return OK;
}

/* ── back ── */

struct saml_in {
	struct str provider;
	/* so called by SAML Bindings, 3.5.4 */
	struct str RelayState, SAMLResponse;
};
static const struct field back_in[] = {
	FIELD(saml_in, provider, F_TEXT, .must = true, .max = 32),
	FIELD(saml_in, RelayState, F_SECRET, .max = 200),
	FIELD(saml_in, SAMLResponse, F_SECRET, .max = ANSWER_MAX),
	FIELD_END,
};

static enum err back_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct saml_in *in = input;
	struct saml_back_page *v = ARENA_NEW(cx->arena, struct saml_back_page);
	struct sso_provider_row p;
	(void)state;
	TRY(provider_of(cx, in->provider, &p));
	*v = (struct saml_back_page){ .provider = p.code, .name = p.name, .state = in->RelayState, .answer = in->RelayState.n ? in->SAMLResponse : S("") };
	a->view = v;
	ANSWER_TITLE(cx, a, N_("Sign in"));
	return OK;
}

/* ── in ── */

static const struct field enter_in[] = {
	FIELD(saml_in, provider, F_TEXT, .must = true, .max = 32),
	FIELD(saml_in, RelayState, F_SECRET, .must = true, .max = 200),
	FIELD(saml_in, SAMLResponse, F_SECRET, .must = true, .max = ANSWER_MAX),
	FIELD_END,
};

struct entering {
	struct sso_provider_row provider;
	struct flow flow;
	struct exchange_result result;
};

static const char *judge(struct ctx *cx, const struct entering *s, struct str answer, struct claims *ret)
{
	struct saml_asked q = flow_saml_asked(cx, s->provider.code, &s->flow);
	struct saml_metadata m;
	struct str xml;
	const char *fault = saml_metadata_kept(cx, s->provider.metadata, &m);
	if (fault)
		return fault;
	return saml_base64(cx->arena, answer, &xml) ? saml_answer(cx->arena, xml, &m, &q, s->provider.mfa_acr, ret) : "the answer is not base64";
}

static enum err enter_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct saml_in *in = input;
	struct entering *s = ARENA_NEW(cx->arena, struct entering);
	*ret_state = s;
	TRY(session_may_try(cx, in->RelayState));
	TRY(provider_of(cx, in->provider, &s->provider));
	TRY(flow_of(cx, &s->provider, in->RelayState, &s->flow));
	s->result = (struct exchange_result){ .id_token = S("") };
	s->result.fault = judge(cx, s, in->SAMLResponse, &s->result.claims);
	if (s->result.fault)
		fprintf(stderr, "sso=%.*s %s\n", STR_ARG(s->provider.code), s->result.fault);
	return OK;
}

static enum err enter_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct entering *s = state;
	(void)input;
	TRY(flow_use(cx, &s->flow));
	a->set_sign_in = S("");
	return sso_let_in(cx, &s->provider, &s->flow, &s->result, a);
}

const struct action saml_actions[] = {
	{ .name = "saml.metadata",
	  .method = GET,
	  .page = "/sso/saml/{provider}/metadata",
	  .may = MAY_ANYONE,
	  .in = metadata_in,
	  .in_size = sizeof(struct metadata_in),
	  .run = metadata_run,
	  .summary = "What a SAML provider must know of this installation." },
	{ .name = "saml.back",
	  .method = POST,
	  .page = "/sso/saml/{provider}",
	  .may = MAY_ANYONE,
	  .in = back_in,
	  .in_size = sizeof(struct saml_in),
	  .run = back_run,
	  .html = saml_back_view,
	  .only_reads = true,
	  .max_body = 3 * ANSWER_MAX,
	  .summary = "The answer of a SAML provider, on its way into a form of our own." },
	{ .name = "saml.enter",
	  .method = POST,
	  .page = "/sso/saml/{provider}/enter",
	  .may = MAY_ANYONE,
	  .in = enter_in,
	  .in_size = sizeof(struct saml_in),
	  .prepare = enter_prepare,
	  .run = enter_run,
	  .form = "account.sign_in_page",
	  .then = "/",
	  .max_body = 3 * ANSWER_MAX,
	  .summary = "Completes a sign-in at a SAML provider." },
	ACTION_END,
};
