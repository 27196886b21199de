/* View of "My learning". */
#ifndef FEATURE_RECORD_PAGE_H
#define FEATURE_RECORD_PAGE_H
#include "feature/enrolment/due.h"

struct record_item {
	int64_t course_id, ms, bytes, percent, enrolled_at, ended_at, completed_at, stars;
	struct str title, lang, provider, kind, state, serial;
	struct due due;
};
struct record_programme_item {
	int64_t completed_at;
	struct str title, provider, serial;
};
struct record_tab {
	struct str label, address;
	int64_t n;
	bool here;
};
struct record_kind {
	struct str value, label;
	bool here;
};
struct record_page {
	bool mine;                 /* else somebody else's: read only */
	int64_t person_id;
	struct str name, base;     /* base: address without the query */
	int64_t active, completed, certificates, learned_ms, shown_ms; /* shown_ms: of courses that a test showed to be needless */
	struct record_tab *tabs;
	size_t n_tabs;
	struct record_kind *kinds;
	size_t n_kinds;
	struct str state;          /* chosen; absent: all */
	struct record_item *items;
	size_t n_items;
	struct record_programme_item *programmes; /* completed; on the first page */
	size_t n_programmes;
	bool filtered;
	struct str previous, next; /* addresses; absent: none */
};
#endif
