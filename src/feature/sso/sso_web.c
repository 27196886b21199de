/* The page of an organisation's sign-in providers. */
#include "feature/org/org.h"
#include "feature/sso/sso.h"
#include "feature/sso/sso_page.h"
#include "feature/sso/saml_xml.h"
#include "sso_providers_html.h"
#include "sso_saml_html.h"
#include "web/action.h"
#include "web/lang.h"

struct org_in {
	int64_t org_id;
};
static const struct field org_in[] = { FIELD(org_in, org_id, F_ID, .must = true), FIELD_END };
static const struct field item_out[] = {
	FIELD(sso_item, id, F_ID),	   FIELD(sso_item, code, F_TEXT),
	FIELD(sso_item, protocol, F_TEXT), FIELD(sso_item, name, F_TEXT),
	FIELD(sso_item, issuer, F_TEXT),   FIELD(sso_item, client_id, F_TEXT),
	FIELD(sso_item, scopes, F_TEXT),   FIELD(sso_item, mfa_acr, F_TEXT),
	FIELD(sso_item, domains, F_TEXT),  FIELD(sso_item, answer_to, F_TEXT),
	FIELD(sso_item, read_at, F_TIME),  FIELD(sso_item, created_at, F_TIME),
	FIELD(sso_item, trouble, F_TEXT),  FIELD_END,
};

/* ── the list ── */

static void put_domains(struct ctx *cx, struct sso_item *item, const struct sso_domains_of_org_row *rows, size_t n)
{
	struct buf b;
	buf_init(&b, cx->arena, 16384);
	for (size_t i = 0; i < n; i++)
		if (rows[i].provider_id == item->id) {
			if (b.n)
				buf_lit(&b, ", ");
			buf_str(&b, rows[i].domain);
		}
	item->domains = buf_get(&b);
}

static enum err providers_of(struct ctx *cx, struct sso_providers_page *v)
{
	struct sso_of_org_row *rows;
	struct sso_domains_of_org_row *domains;
	size_t n_domains;
	TRY(sso_sql_of_org(cx, v->org_id, &rows, &v->n_providers));
	TRY(sso_sql_domains_of_org(cx, v->org_id, &domains, &n_domains));
	v->providers = ARENA_ARRAY(cx->arena, struct sso_item, v->n_providers);
	for (size_t i = 0; i < v->n_providers; i++) {
		v->providers[i] = (struct sso_item){ .id = rows[i].id,
						     .org_id = v->org_id,
						     .read_at = rows[i].read_at,
						     .created_at = rows[i].created_at,
						     .code = rows[i].code,
						     .name = rows[i].name,
						     .issuer = rows[i].issuer,
						     .client_id = rows[i].client_id,
						     .scopes = rows[i].scopes,
						     .mfa_acr = rows[i].mfa_acr,
						     .trouble = rows[i].trouble,
						     .protocol = rows[i].protocol,
						     .saml = str_is(rows[i].protocol, "saml") };
		v->providers[i].answer_to = v->providers[i].saml ? sso_saml_address(cx, rows[i].code) : sso_return_address(cx, rows[i].code);
		v->providers[i].entity = v->providers[i].saml ? sso_saml_entity(cx, rows[i].code) : STR_NONE;
		put_domains(cx, &v->providers[i], domains, n_domains);
	}
	return OK;
}

static enum err begin_page(struct ctx *cx, int64_t org_id, struct sso_providers_page *v)
{
	struct sso_org_name_row org;
	bool found = false;
	v->org_id = org_id;
	TRY(sso_sql_org_name(cx, org_id, &org, &found));
	v->org = found ? org_name(cx, org.name_en, org.name_hi) : S("");
	v->answer_to = sso_return_address(cx, S("…"));
	v->saml_answer_to = sso_saml_address(cx, S("…"));
	v->entity = sso_saml_entity(cx, S("…"));
	return OK;
}

static enum err page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct sso_providers_page *v = ARENA_NEW(cx->arena, struct sso_providers_page);
	(void)state;
	TRY(begin_page(cx, in->org_id, v));
	TRY(providers_of(cx, v));
	ANSWER_ROWS(a, v->providers, v->n_providers);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Sign-in providers"));
	return OK;
}

/* ── adding ── */

static const struct field add_in[] = {
	FIELD(sso_add, org_id, F_ID, .must = true),
	FIELD(sso_add, name, F_TEXT, .label = N_("Name"), .hint = N_("As people know it: “Parichay”."), .must = true, .max = 60),
	FIELD(sso_add, code, F_TEXT, .label = N_("Short name in addresses"),
	      .hint = N_("Small letters, figures, hyphens. The provider is told to answer to the address below."), .must = true, .max = 32),
	FIELD(sso_add, issuer, F_TEXT, .label = N_("Issuer"),
	      .hint = N_("The address under which the provider publishes what it is, as it stands in its documents."), .must = true, .max = 500),
	FIELD(sso_add, client_id, F_TEXT, .label = N_("Client ID"), .hint = N_("What the provider calls this installation."), .must = true, .max = 255),
	FIELD(sso_add, client_secret, F_SECRET, .label = N_("Client secret"), .hint = N_("Kept sealed and never shown again."), .max = SSO_SECRET_MAX,
	      .autocomplete = "off"),
	FIELD(sso_add, domains, F_TEXT, .label = N_("E-mail domains"), .hint = N_("For whose addresses it speaks, with commas between: example.gov.in."),
	      .must = true, .max = 2000),
	FIELD(sso_add, scopes, F_TEXT, .label = N_("Scopes"), .hint = N_("“openid email” when left empty."), .max = 200),
	FIELD(sso_add, mfa_acr, F_TEXT, .label = N_("Levels that count as two factors"),
	      .hint = N_("Values of acr, with spaces between. “mfa” in amr always counts."), .max = 500),
	FIELD_END,
};

struct adding {
	struct sso_add in;
	struct documents documents;
};

static enum err add_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	struct adding *s = ARENA_NEW(cx->arena, struct adding);
	s->in = *(const struct sso_add *)input;
	*ret_state = s;
	return sso_clean(cx, &s->in);
}

static enum err add_outside(struct ctx *cx, const void *input, void *state)
{
	struct adding *s = state;
	const char *fault = documents_fetch(cx, s->in.issuer, &s->documents);
	(void)input;
	return fault ? fail_msg(cx, ERR_INVALID, S("issuer"), N_("could not be read there ({fault})"), 1, (struct msg_arg[]){ { "fault", str_of(fault) } })
		     : OK;
}

static enum err added(struct ctx *cx, const struct adding *s, struct answer *a)
{
	struct sso_item *row = ARENA_NEW(cx->arena, struct sso_item);
	*row = (struct sso_item){ .code = s->in.code,
				  .name = s->in.name,
				  .issuer = s->in.saml ? s->documents.issuer : s->in.issuer,
				  .client_id = s->in.client_id,
				  .scopes = s->in.scopes,
				  .mfa_acr = s->in.mfa_acr,
				  .domains = s->in.domains,
				  .protocol = s->in.saml ? S("saml") : S("oidc"),
				  .answer_to = s->in.saml ? sso_saml_address(cx, s->in.code) : sso_return_address(cx, s->in.code),
				  .read_at = cx->now,
				  .created_at = cx->now };
	TRY(sso_add(cx, &s->in, &s->documents, &row->id));
	ANSWER_ROW(a, row);
	return OK;
}

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)input;
	return added(cx, state, a);
}

/* ── adding one that speaks SAML ── */

struct add_saml_in {
	int64_t org_id;
	struct str name, code, metadata, domains, mfa_acr;
};
static const struct field add_saml_in[] = {
	FIELD(add_saml_in, org_id, F_ID, .must = true),
	FIELD(add_saml_in, name, F_TEXT, .label = N_("Name"), .hint = N_("As people know it: “Parichay”."), .must = true, .max = 60),
	FIELD(add_saml_in, code, F_TEXT, .label = N_("Short name in addresses"),
	      .hint = N_("Small letters, figures, hyphens. It stands in the addresses above."), .must = true, .max = 32),
	FIELD(add_saml_in, metadata, F_LONG, .label = N_("Metadata of the provider"),
	      .hint = N_("Their address (https://…), which is then read every hour, or the XML itself."), .must = true, .max = SAML_XML_MAX),
	FIELD(add_saml_in, domains, F_TEXT, .label = N_("E-mail domains"), .hint = N_("For whose addresses it speaks, with commas between: example.gov.in."),
	      .must = true, .max = 2000),
	FIELD(add_saml_in, mfa_acr, F_TEXT, .label = N_("Levels that count as two factors"),
	      .hint = N_("Values of AuthnContextClassRef, with spaces between. The names that REFEDS and Microsoft use always count."), .max = 500),
	FIELD_END,
};

static enum err saml_page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct sso_providers_page *v = ARENA_NEW(cx->arena, struct sso_providers_page);
	(void)state;
	TRY(begin_page(cx, in->org_id, v));
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("A provider with SAML"));
	return OK;
}

static enum err add_saml_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct add_saml_in *in = input;
	struct adding *s = ARENA_NEW(cx->arena, struct adding);
	s->in = (struct sso_add){ .org_id = in->org_id, .code = in->code, .name = in->name, .domains = in->domains, .mfa_acr = in->mfa_acr, .saml = true };
	*ret_state = s;
	return sso_clean(cx, &s->in);
}

static enum err add_saml_outside(struct ctx *cx, const void *input, void *state)
{
	const struct add_saml_in *in = input;
	struct adding *s = state;
	const char *fault = saml_documents(cx, str_trim(in->metadata), &s->documents);
	return fault ? fail_msg(cx, ERR_INVALID, S("metadata"), N_("cannot be used ({fault})"), 1, (struct msg_arg[]){ { "fault", str_of(fault) } }) : OK;
}

/* ── ending ── */

struct end_in {
	int64_t org_id, provider_id;
};
static const struct field end_in[] = { FIELD(end_in, org_id, F_ID, .must = true), FIELD(end_in, provider_id, F_ID, .must = true), FIELD_END };

static enum err end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct end_in *in = input;
	(void)state;
	(void)a;
	return sso_end(cx, in->org_id, in->provider_id);
}

const struct action sso_actions[] = {
	{ .name = "sso.page",
	  .method = GET,
	  .page = "/orgs/{org_id}/providers",
	  .api = "/api/v1/orgs/{org_id}/providers",
	  .may = MAY_SSO_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = org_in,
	  .in_size = sizeof(struct org_in),
	  .out = item_out,
	  .out_list = true,
	  .run = page_run,
	  .html = sso_providers_view,
	  .summary = "The providers through which an organisation's people sign in." },
	{ .name = "sso.add",
	  .method = POST,
	  .page = "/orgs/{org_id}/providers",
	  .api = "/api/v1/orgs/{org_id}/providers",
	  .may = MAY_SSO_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = add_in,
	  .in_size = sizeof(struct sso_add),
	  .out = item_out,
	  .in_person = true,
	  .prepare = add_prepare,
	  .outside = add_outside,
	  .run = add_run,
	  .form = "sso.page",
	  .then = "/orgs/{org_id}/providers",
	  .notice = N_("The provider is added; people find it on the page where one signs in."),
	  .summary = "Names a provider (OpenID Connect); its documents are read at once." },
	{ .name = "sso.saml_page",
	  .method = GET,
	  .page = "/orgs/{org_id}/providers/saml",
	  .may = MAY_SSO_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = org_in,
	  .in_size = sizeof(struct org_in),
	  .run = saml_page_run,
	  .html = sso_saml_view,
	  .summary = "The form for a provider that speaks SAML." },
	{ .name = "sso.add_saml",
	  .method = POST,
	  .page = "/orgs/{org_id}/providers/saml",
	  .api = "/api/v1/orgs/{org_id}/providers/saml",
	  .may = MAY_SSO_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = add_saml_in,
	  .in_size = sizeof(struct add_saml_in),
	  .out = item_out,
	  .in_person = true,
	  .prepare = add_saml_prepare,
	  .outside = add_saml_outside,
	  .run = add_run,
	  .form = "sso.saml_page",
	  .then = "/orgs/{org_id}/providers",
	  .notice = N_("The provider is added; people find it on the page where one signs in."),
	  .max_body = 4 * SAML_XML_MAX,
	  .summary = "Names a provider (SAML 2.0); its metadata are read at once." },
	{ .name = "sso.end",
	  .method = POST,
	  .page = "/orgs/{org_id}/providers/{provider_id}/end",
	  .api = "/api/v1/orgs/{org_id}/providers/{provider_id}/end",
	  .may = MAY_SSO_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = end_in,
	  .in_size = sizeof(struct end_in),
	  .in_person = true,
	  .run = end_run,
	  .then = "/orgs/{org_id}/providers",
	  .notice = N_("Nobody signs in through that provider any more."),
	  .summary = "Ends a provider; sessions that are open stay." },
	ACTION_END,
};
