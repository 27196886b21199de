/* Views of registration. */
#ifndef FEATURE_REGISTRATION_PAGE_H
#define FEATURE_REGISTRATION_PAGE_H
#include "web/html.h"

struct register_choice {
	int64_t id;
	struct str name;
};
struct register_page {
	struct str code, org; /* of a link; absent: by the domain of the address */
	bool by_link, over;   /* over: the link is of no use any more */
	bool with_mobile;
	struct register_choice *designations;
	size_t n_designations;
};
struct register_codes_page {
	struct str handle;
	bool with_mobile;
};
struct register_waits_page {
	bool unused;
};
struct way_item {
	int64_t id, org_id, most, until_day, used;
	struct str domain, link, qr;
	int64_t qr_size;
	bool by_link, below, at_once;
};
struct registration_item {
	int64_t id, proved_at;
	struct str name, email, mobile, employee_no, designation, org, way;
};
struct registration_batch_item {
	int64_t id, org_id, n, decided_at;
	struct str outcome, words, decider;
	bool yes, undone;
};
struct registration_page {
	int64_t id;
	struct str org, next;
	struct way_item *ways;
	size_t n_ways;
	struct registration_item *waiting;
	size_t n_waiting;
	struct registration_batch_item *batches;
	size_t n_batches;
};
struct registration_preview_page {
	int64_t id, n, n_known, n_gone;
	struct str org, words;
	struct registration_item *chosen;
	size_t n_chosen;
	bool yes;
};
void html_register_designations(struct html_out *o, const struct register_page *v);
/* The hidden field by which the server knows what is to be proved. */
void html_register_handle(struct html_out *o, const struct register_codes_page *v);
#endif
