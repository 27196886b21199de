/* View of what somebody need not take. */
#ifndef FEATURE_EXEMPTION_PAGE_H
#define FEATURE_EXEMPTION_PAGE_H
#include "base/str.h"

struct exemption_item {
	int64_t id, course_id, minutes, sure, at, withdrawn_at;
	struct str title, lang, exam, why, withdrawn_name;
	bool held, may_withdraw;
};
struct exemption_test {
	int64_t id, minutes, most, course_id, ms;
	struct str title, course, lang;
};
struct exemption_page {
	int64_t person_id, minutes; /* of the courses that need not be taken */
	bool mine;
	struct str name;
	struct exemption_item *items;
	size_t n_items;
	struct exemption_test *tests; /* that one may take for what one's work asks */
	size_t n_tests;
};
#endif
