/* Views of the shortlist for a post, and of one person beside it. */
#ifndef FEATURE_PLACEMENT_CANDIDATES_PAGE_H
#define FEATURE_PLACEMENT_CANDIDATES_PAGE_H
#include "web/html.h"

struct post_head {
	int64_t org_id, office_id, post_id, sanctioned, vacant, least_pay_level, least_years;
	struct str org, title, office, designation, place, service, reason; /* org: of the address; office: of the post, where its own page is */
	bool critical;							    /* for a reason */
};
struct candidate_item {
	int64_t org_id, post_id, person_id, n_missing, n_closed_by_none, ms, thousandths;
	struct str name, designation, org, fit, missing; /* missing: names of competencies */
};
struct need_item {
	int64_t competency_id, level;
	struct str name;
};
struct candidates_page {
	struct post_head post;
	struct need_item *needs;
	size_t n_needs;
	struct candidate_item *candidates;
	size_t n_candidates;
	size_t n_looked, n_eligible, n_not_years, n_not_tenure;
	bool cut, may_fairness;
};
struct rule_item {
	struct str words;
	bool met;
};
struct part_item {
	int64_t competency_id, level, percent, course_id, ms;
	struct str name, held, course;
	bool missing, known;
};
struct candidate_page {
	struct post_head post;
	struct candidate_item item;
	bool eligible, holds_it;
	struct rule_item *rules;
	size_t n_rules;
	struct part_item *parts;
	size_t n_parts;
};
#endif
