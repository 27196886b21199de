/* Views of the account pages. */
#ifndef FEATURE_ACCOUNT_PAGE_H
#define FEATURE_ACCOUNT_PAGE_H
#include "base/str.h"

struct sign_in_page {
	struct str to;
};
struct session_item {
	int64_t id, created_at, seen_at;
	struct str agent, address;
	bool here;
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
};
#endif
