/* Views of the provider's page. */
#ifndef FEATURE_PROGRESS_PAGE_H
#define FEATURE_PROGRESS_PAGE_H
#include "base/str.h"

struct request_item {
	int64_t id, course_id, asked_at, covered_ms, ms;
	struct str words, course, resource, person;
};
struct provider_page {
	struct request_item *requests;
	size_t n_requests;
};
#endif
