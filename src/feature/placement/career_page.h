/* Views of career paths: what an organisation laid down, and where one's own may lead. */
#ifndef FEATURE_PLACEMENT_CAREER_PAGE_H
#define FEATURE_PLACEMENT_CAREER_PAGE_H
#include "feature/placement/candidates_page.h"

struct step_item {
	int64_t org_id, from_id, to_id, least_years;
	struct str from, to, kind, org;
	bool ladder, own; /* own: of the organisation of the page */
};
struct career_steps_page {
	int64_t org_id;
	struct str org;
	struct step_item *steps;
	size_t n_steps;
};
struct career_post {
	int64_t post_id, designation_id, vacant, n_missing, ms, n_closed_by_none, thousandths;
	struct str title, office, place, fit, designation, kind;
	bool eligible;
	struct rule_item *rules; /* those that are not met */
	size_t n_rules;
	struct part_item *parts;
	size_t n_parts;
};
struct career_next {
	int64_t designation_id, least_years, years;
	struct str designation, org;
	bool ladder, years_met;
	struct career_post *posts;
	size_t n_posts;
};
struct career_page {
	struct str designation;
	bool posted;
	struct career_next *nexts;
	size_t n_nexts;
};
#endif
