/* View of the operator's page. */
#ifndef FEATURE_OPERATION_PAGE_H
#define FEATURE_OPERATION_PAGE_H
#include "base/field.h"

struct health_item {
	struct str what, title, sentence, advice, level; /* level: ok warning fault */
};
struct job_item {
	int64_t id, done, total, tries, at;
	struct str kind, state, result;
	bool failed, waits;
};
struct action_item {
	struct str name;
	int64_t n, failed, mean_ms, p95_ms;
};
struct list_item {
	int64_t id, org_id, n_rows, n_refused, created_at;
	struct str org, file_name, state;
};
struct operation_page {
	struct health_item *health;
	size_t n_health;
	struct job_item *jobs;
	size_t n_jobs;
	struct action_item *actions;
	size_t n_actions;
	struct list_item *lists;
	size_t n_lists;
};
#endif
