/* Views of work allocation orders: the list, an order, an officer of it, an activity of it, an allotment, two orders beside each other, the public page. */
#ifndef FEATURE_ALLOCATION_PAGE_H
#define FEATURE_ALLOCATION_PAGE_H
#include "web/html.h"

struct allocation_item {
	int64_t id, org_id, from_day, until_day, last_day, officers;
	struct str number, subject, state;
	bool signed_copy;
};
struct allocations_page {
	int64_t org_id;
	struct str org, next;
	struct allocation_item *items;
	size_t n_items;
};
/* An activity with somebody; in lists of an officer, and alone. */
struct allotment_item {
	int64_t org_id, order_id, person_id, activity_id, minutes, had_by;
	struct str person, activity, role, hours, fit, fit_words; /* hours: "7.5"; fit: a code of load.h */
	bool met, unknown, open, of_posts;
};
struct officer_item {
	int64_t id, org_id, order_id, minutes, percent;
	struct str name, designation, posts, hours, load; /* load: "less", "right", "more" */
	bool more, less, stranger, draft;
	struct allotment_item *work;
	size_t n_work;
};
struct missing_item {
	int64_t org_id, order_id, activity_id, taker_id;
	struct str activity, role, taker, taker_load;
	bool draft;
};
struct twice_item {
	int64_t n;
	struct str activity, role;
};
struct copy_item {
	int64_t id, org_id, order_id, bytes, kept_at;
	struct str keeper;
	bool newest;
};
struct allocation_page {
	int64_t id, org_id, from_day, until_day, published_at, withdrawn_at, before_id;
	int64_t n_allotted, n_more, n_less, n_missing_all, week_hours, over, under;
	struct str org, number, subject, state, reason, code, hash, publisher, from_text;
	bool is_draft, waits, is_force, is_replaced, is_withdrawn, printed;
	struct officer_item *officers;
	size_t n_officers;
	struct missing_item *missing;
	size_t n_missing;
	struct twice_item *twice;
	size_t n_twice;
	struct copy_item *copies;
	size_t n_copies;
};
struct allocation_officer_page {
	int64_t org_id, order_id;
	struct str number, name;
	struct officer_item officer;
	struct allotment_item *choices; /* all that can be allotted */
	size_t n_choices;
};
struct taker_item {
	int64_t person_id, org_id, order_id, activity_id, minutes, percent;
	struct str name, hours, fit, fit_words;
	bool met, unknown, open, has_it;
};
struct allocation_activity_page {
	int64_t org_id, order_id;
	struct str number, activity, role;
	struct taker_item *takers; /* the fittest first, of those the least loaded */
	size_t n_takers;
};
struct need_item {
	int64_t competency_id;
	struct str name, level, fit, fit_words;
	bool met, unknown, open;
};
struct allotment_page {
	int64_t org_id, order_id, person_id, activity_id;
	struct str number, person, activity, role, hours; /* hours: of now, or a proposal */
	bool allotted, draft;
	struct need_item *needs;
	size_t n_needs;
	struct taker_item *others; /* to whom it can be moved */
	size_t n_others;
};
struct difference_item {
	struct str kind, activity, role, was, is, hours_was, hours_is;
	int64_t was_id, is_id, activity_id;
	bool given, taken, moved, hours;
};
struct other_order {
	int64_t id, org_id, order_id, from_day;
	struct str number;
};
struct difference_page {
	int64_t org_id, id, with_id, with_day;
	struct str number, with_number;
	bool compared;
	struct difference_item *items;
	size_t n_items;
	struct other_order *others;
	size_t n_others;
};
struct allocation_verify_page {
	struct str number, org, state, hash;
	int64_t from_day, until_day, last_day, published_at, withdrawn_at;
	bool waits, is_force, is_replaced, is_withdrawn;
};
#endif
