/* Views of the catalogue. */
#ifndef FEATURE_SEARCH_PAGE_H
#define FEATURE_SEARCH_PAGE_H
#include "base/field.h"

struct card {
	int64_t id, ms, bytes, percent, stars_tenths, ratings;
	struct str title, summary, lang, provider;
	struct str kind;          /* common role ministry self */
	struct str state;         /* of the enrolment; absent: none */
};
struct facet {
	struct str value, label, lang; /* lang: of a language, whose name stands in itself; else absent */
	int64_t n;
	bool chosen;
};
struct facet_group {
	struct str name, legend; /* of the input; for people */
	struct facet *values;
	size_t n_values;
	int64_t n_chosen, more; /* more: values that are not shown */
};
struct catalogue_page {
	struct str corrected; /* what was looked for instead; absent: what was typed */
	struct str query;
	struct facet_group *groups;
	size_t n_groups;
	int64_t n_chosen, total;
	struct card *cards;
	size_t n_cards;
	struct str previous, next; /* addresses; absent: none */
};
#endif
