/* Views of the organisations' pages. */
#ifndef FEATURE_ORG_PAGE_H
#define FEATURE_ORG_PAGE_H
#include "base/field.h"

struct org_figures {
	int64_t completed, completed_month, learned_ms, learned_ms_month;
};
struct org_item {
	int64_t id, people;     /* people: with all below */
	struct str name, kind;
	struct org_figures figures; /* of the list of tops only */
};
struct orgs_page {
	struct org_item *orgs;
	size_t n_orgs;
};
struct org_crumb {
	int64_t id;
	struct str name;
	bool open;              /* the actor may go there */
};
struct org_person {
	int64_t id, from_day;
	struct str name, designation, supervisor;
};
struct org_page {
	int64_t id, here, below;
	struct str name, kind;
	struct org_crumb *above;   /* topmost first, without itself */
	size_t n_above;
	struct org_figures figures;
	struct org_item *children;
	size_t n_children;
	bool more_children;
	struct org_person *people;
	size_t n_people;
	struct str first, next; /* addresses; absent: none */
};
#endif
