/* Views of roles in an organisation. */
#ifndef FEATURE_ROLE_PAGE_H
#define FEATURE_ROLE_PAGE_H
#include "web/html.h"

struct role_holder {
	int64_t id, person_id, org_id, top_id, granted_at;
	struct str person, role, org, giver;
	bool custom, may_end;
};
struct role_item {
	int64_t id, org_id;
	struct str name, org, words; /* words: what it allows, as a sentence part */
	struct str value;	     /* in the form of giving */
	bool own, may_give;
};
struct role_tick {
	struct str name, text; /* "permissions.ORG_SEE" */
};
struct roles_page {
	int64_t id;
	struct str org, next;
	struct role_holder *holders;
	size_t n_holders;
	struct role_item *named, *composed;
	size_t n_named, n_composed;
	struct role_tick *ticks;
	size_t n_ticks;
};
/* The roles that may be given, and what a new one may hold; as they were chosen when the form was refused. */
void html_role_options(struct html_out *o, const struct roles_page *v);
void html_role_ticks(struct html_out *o, const struct roles_page *v);
#endif
