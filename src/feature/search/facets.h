/* Facets of a list of courses: what somebody chose, and how many courses each other choice would leave.
 *
 * Within a facet the values chosen add up, between facets all must hold. A facet counts what its own choice leaves out of account, so that its other
 * values stay reachable. */
#ifndef FEATURE_SEARCH_FACETS_H
#define FEATURE_SEARCH_FACETS_H
#include "base/field.h"
#include "feature/search/catalogue.h"
#include "feature/search/search_page.h"

/* kind: common role ministry self, as recommended to the person; length: under 30, 60, 120 minutes, or more. */
enum facet_of { BY_KIND, BY_LENGTH, BY_LANG, BY_PROVIDER, BY_TOPIC, FACETS };
/* How many values of a facet are shown, the commonest; those chosen always are. */
enum { FACET_VALUES = 8 };

/* In the order in which they are shown. Of several the last but KIND_SELF counts; KIND_SELF: nobody recommended it. */
enum course_kind { KIND_COMMON, KIND_ROLE, KIND_MINISTRY, KIND_SELF, KINDS };
extern const char *const course_kinds[KINDS];

/* Keeps in v those courses that pass all facets; counts into ret[FACETS]. kinds: of every course of the catalogue, by its place. chosen[FACETS]:
 * values as typed; those that nothing has find nothing. */
size_t facets_choose(struct ctx *cx, const struct catalogue *c, const enum course_kind *kinds, const struct strs *const chosen[FACETS], struct hit *v, size_t n,
		     struct facet_group ret[FACETS]);
#endif
