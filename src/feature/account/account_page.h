/* Views of the account pages. */
#ifndef FEATURE_ACCOUNT_PAGE_H
#define FEATURE_ACCOUNT_PAGE_H
#include "base/str.h"

struct provider_item {
	struct str code, name, to;
};
struct sign_in_page {
	struct str to;
	struct provider_item *providers;
	size_t n_providers;
};
struct identity_item {
	int64_t id, linked_at, used_at;
	struct str provider, email;
};
struct session_item {
	int64_t id, created_at, seen_at;
	struct str device, address;
	bool here;
};
struct passkey_item {
	int64_t id, created_at, used_at;
	struct str device;
};
struct posting_item {
	int64_t from_day, until_day;
	struct str designation, org;
};
struct account_page {
	int64_t id;
	struct str name, email, mobile, employee_no, designation, org, supervisor;
	struct session_item *sessions;
	size_t n_sessions;
	struct posting_item *postings;
	size_t n_postings;
	int64_t email_proved_at, mobile_proved_at; /* NONE: not proved */
	struct passkey_item *passkeys;
	size_t n_passkeys;
	struct identity_item *identities;
	size_t n_identities;
	int64_t recovery_left;
	bool may_code, by_code, factor;
};
struct reset_page {
	bool sent;
};
struct set_password_page {
	struct str token, name, login;
	bool good, invite;
};
struct code_page {
	struct str login, to;
};
struct contact_page {
	struct str kind, contact;
	bool email;
};
struct second_page {
	struct str to;
	bool waits; /* the first factor was shown a moment ago */
};
struct factor_page {
	bool begun, on, required, refused;
	int64_t on_at, left;
	struct str secret, uri, path; /* the code to be photographed, as squares of an SVG path */
	int64_t size;		      /* squares a side, with the quiet zone */
};
struct recovery_code_item {
	struct str code;
};
struct recovery_page {
	struct recovery_code_item *codes;
	size_t n_codes;
	bool first;
};
struct invitations_page {
	int64_t org_id, n, done;
	struct str org;
	bool works;
};
struct person_account_page {
	int64_t id, org_id, invited_at;
	struct str name, email, mobile;
	bool has_password, active, reachable, factor, self, may_support;
};
#endif
