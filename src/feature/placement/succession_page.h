/* Views of successions and of fairness. */
#ifndef FEATURE_PLACEMENT_SUCCESSION_PAGE_H
#define FEATURE_PLACEMENT_SUCCESSION_PAGE_H
#include "feature/placement/candidates_page.h"

struct succession_item {
	int64_t org_id, post_id, leaves_day, n_leaving, vacant, n_ready, n_soon;
	struct str title, office, reason;
	bool critical;
	struct candidate_item *best;
	size_t n_best;
};
struct succession_page {
	int64_t org_id, hours;
	struct str org, next;
	struct succession_item *items;
	size_t n_items;
	bool cut;
};
struct fairness_item {
	struct str field, value, share, ratio;
	int64_t n_pool, n_listed;
	bool hidden, below, silent;
};
struct fairness_field {
	struct str name;
	struct fairness_item *groups;
	size_t n_groups;
};
struct fairness_page {
	struct post_head post;
	struct fairness_field *fields;
	size_t n_fields;
};
#endif
