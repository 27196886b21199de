/* Views of the pages of establishment files and of people without a post. */
#ifndef FEATURE_ESTABLISHMENT_PAGE_H
#define FEATURE_ESTABLISHMENT_PAGE_H
#include "base/str.h"

struct establishment_item {
	int64_t id, org_id, n_rows, n_errors, n_new, n_changed, n_gone, made_at, applied_at;
	struct str file_name, state, by_name;
};
struct establishments_page {
	int64_t org_id;
	struct str org, next;
	struct establishment_item *files;
	size_t n_files;
};
struct establishment_figure_view {
	int64_t n_new, n_changed, n_gone, n_same;
	struct str kind, name;
};
struct establishment_error_view {
	int64_t line;
	struct str sentence;
};
struct establishment_change_view {
	int64_t line;
	struct str kind, kind_name, change, change_name, what, columns;
};
struct establishment_page {
	int64_t id, org_id, n_rows, n_errors, n_new, n_changed, n_gone, n_same, made_at, applied_at, undone_at, until;
	struct str org, file_name, state, why, previous, next;
	bool works, is_looked, is_refused, is_applied, is_undone, nothing, may_undo;
	struct establishment_figure_view *figures;
	size_t n_figures;
	struct establishment_error_view *mistakes;
	size_t n_mistakes;
	struct establishment_change_view *changes;
	size_t n_changes;
};
struct suggestion {
	int64_t org_id, post_id, free;
	struct str title;
};
struct without_post {
	int64_t id, org_id, from_day;
	struct str name, org, designation, suggested; /* suggested: titles, for the API */
	struct suggestion *suggestions;
	size_t n_suggestions;
};
struct without_page {
	int64_t org_id;
	struct str org, previous, next;
	struct without_post *people;
	size_t n_people;
};
#endif
