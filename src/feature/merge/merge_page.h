/* Views of the pages about double accounts. */
#ifndef FEATURE_MERGE_PAGE_H
#define FEATURE_MERGE_PAGE_H
#include "web/html.h"

struct duplicate_item {
	int64_t org_id, a_id, b_id, likeness;
	struct str a_name, a_number, a_org, b_name, b_number, b_org, agrees;
	bool a_left, b_left;
};
struct merge_item {
	int64_t id, org_id, merged_at;
	struct str kept, closed, merger;
	bool undone;
};
struct duplicates_page {
	int64_t id, looked_at;
	struct str org, next;
	struct duplicate_item *pairs;
	size_t n_pairs;
	struct merge_item *merges;
	size_t n_merges;
	bool working;
};
struct account_side {
	int64_t id, created_at, from_day, until_day, seen_at;
	int64_t courses, completed, certificates, attempts, learned_ms;
	struct str name, employee_no, email, mobile, designation, org;
	bool left;
};
struct merge_page {
	int64_t id, kept_id, closed_id, both_courses, both_completed;
	struct str org, why_not; /* absent: it may be done */
	struct account_side sides[2]; /* kept, closed */
	size_t n_sides;
	bool names_differ; /* by their sound */
	struct str number_goes, email_goes, mobile_goes; /* from the closed account to the kept one; absent: nothing does */
};
/* What a pair has in common, in words: "name office" -> "name, office". */
void html_agrees(struct html_out *o, struct str agrees);
#endif
