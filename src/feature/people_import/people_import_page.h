/* Views of the pages of staff lists. */
#ifndef FEATURE_PEOPLE_IMPORT_PAGE_H
#define FEATURE_PEOPLE_IMPORT_PAGE_H
#include "web/html.h"

struct import_item {
	int64_t id, org_id, n_rows, n_new, n_changed, n_moved, n_left, n_refused, created_at;
	struct str file_name, state;
};
struct imports_page {
	int64_t org_id;
	struct str org;
	struct import_item *imports;
	size_t n_imports;
	struct str next;
};
struct column_option {
	int64_t at;
	struct str name;
	bool selected;
};
struct column_choice {
	struct str id, name, label, error;
	bool must;
	struct column_option *options;
	size_t n_options;
};
/* The options of one choice; after a refused form what was chosen there. */
void html_column_options(struct html_out *o, const struct column_choice *c);
struct cell {
	struct str text;
};
struct cells {
	struct cell *cells;
	size_t n_cells;
};
struct sample {
	struct cells head;
	struct cells *rows;
	size_t n_rows;
};
struct import_page {
	int64_t id, org_id, n_rows, n_new, n_changed, n_moved, n_left, n_unchanged, n_refused, n_late, n_applied, percent, line, created_at, until;
	struct str org, file_name, state, sentence;
	struct str lang, page_lang; /* of the files of the check, and of the page */
	bool complete;
	bool is_new, works, is_checked, is_applied, is_undone, is_stopped, is_unreadable, may_undo, cancelled, many_left;
	struct column_choice *columns;
	size_t n_columns;
	struct sample changes, refused;
};
#endif
