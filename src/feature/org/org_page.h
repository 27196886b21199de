/* Views of the pages of organisations. */
#ifndef FEATURE_ORG_PAGE_H
#define FEATURE_ORG_PAGE_H
#include "base/field.h"

struct org_item {
	int64_t id, people;
	struct str name, kind;
};
struct org_person {
	int64_t id, completed, active;
	struct str name, designation, org;
	bool has_password;
};
struct org_page {
	int64_t id, people, completed, completed_month, learning_ms, learning_ms_month;
	struct str name, kind;
	struct org_item *above, *children;
	size_t n_above, n_children;
	bool may_sso, may_move;
	struct org_person *persons;
	size_t n_persons;
	struct str previous, next; /* addresses; absent: none */
};
struct orgs_page {
	bool may_operate;
	struct org_item *tops;
	size_t n_tops;
};
#endif
