/* Views of the pages of sign-in providers. */
#ifndef FEATURE_SSO_PAGE_H
#define FEATURE_SSO_PAGE_H
#include "base/str.h"

struct sso_item {
	int64_t id, org_id, read_at, created_at;
	struct str code, name, issuer, client_id, scopes, mfa_acr, domains, trouble, answer_to, protocol, entity;
	bool saml;
};
struct sso_providers_page {
	int64_t org_id;
	struct str org, answer_to, saml_answer_to, entity;
	struct sso_item *providers;
	size_t n_providers;
};
struct sso_back_page {
	struct str provider, name, state, code, iss, error;
	bool good;
};
struct saml_back_page {
	struct str provider, name, state, answer;
};
struct sso_find_page {
	struct str email, to, domain, provider, name;
};
struct sso_left_page {
	struct str name, url;
};
#endif
