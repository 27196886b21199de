/* Career paths: steps from one designation to another, laid down by an organisation for itself and all below it.
 *
 *   ladder    upwards; steps never close a circle, neither within the organisation nor together with those above and below it
 *   lattice   sideways or across, in any direction
 *
 * What a step asks is what the posts of that designation ask; an officer sees for each how far away it is (post_fit.h). A step moves nobody. */
#ifndef FEATURE_PLACEMENT_CAREER_H
#define FEATURE_PLACEMENT_CAREER_H
#include "career_sql.h"
#include "db/db.h"

enum { CAREER_STEPS_MAX = 500, CAREER_YEARS_MAX = 40 };

/* ── circles; pure ── */

struct career_edge {
	int64_t from, to;
};
/* Whether one more edge would close a circle; then ret_path are the nodes of the shortest one: from, to, …, from. In the arena. */
bool career_circle(struct arena *a, const struct career_edge *edges, size_t n, struct career_edge more, int64_t **ret_path, size_t *ret_n);

/* ── steps; in a writing transaction ── */

struct career_set {
	int64_t org_id;
	struct str from, to; /* designations by code or name */
	bool ladder;
	int64_t least_years; /* in service */
};
/* A step; one between the same designations changes. ERR_INVALID: "from", "to" (not known, or the same twice); ERR_CONFLICT "to" with the circle by name;
 * ERR_TOO_LARGE: more than CAREER_STEPS_MAX. */
_must_check_ enum err career_set(struct ctx *cx, const struct career_set *in);
/* ERR_NOT_FOUND. */
_must_check_ enum err career_end(struct ctx *cx, int64_t org_id, int64_t from_id, int64_t to_id);
#endif
