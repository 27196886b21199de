/* Views of the pages of the audit trail. */
#ifndef FEATURE_TRAIL_PAGE_H
#define FEATURE_TRAIL_PAGE_H
#include "base/field.h"

struct trail_row {
	int64_t id, at, who_id, whom_id, seal_n;
	struct str who, token, whom, subject, action, input, before, address, acted_for;
	bool is_person;
};
struct trail_page {
	int64_t org_id;
	struct str org, next, csv;
	struct trail_row *rows;
	size_t n_rows;
};
struct view_row {
	int64_t day, n, last_at, viewer_id;
	struct str viewer, designation, action;
};
struct views_page {
	struct view_row *views;
	size_t n_views;
	struct str next;
};
#endif
