/* Views of movements: of one person, of an organisation. */
#ifndef FEATURE_MOVEMENT_PAGE_H
#define FEATURE_MOVEMENT_PAGE_H
#include "base/field.h"

struct movement_item {
	int64_t id, person_id, org_id, top_id, from_day, until_day, asked_at, decided_at;
	struct str person, kind, org, designation, was_org, was_designation, order_no, reason, state, words, asker, decider, judge;
	bool waits, leaves, may_withdraw, may_undo;
};
struct charge_item {
	int64_t from_day, until_day;
	struct str org, designation;
};
struct person_movements_page {
	int64_t id;
	struct str name;
	struct movement_item *items;
	size_t n_items;
	struct charge_item *charges;
	size_t n_charges;
	struct str next;
	bool may_ask, self;
};
struct org_movements_page {
	int64_t id;
	struct str org;
	struct movement_item *waiting, *decided;
	size_t n_waiting, n_decided;
	struct str next;
	bool older; /* a later page of what waits */
};
#endif
