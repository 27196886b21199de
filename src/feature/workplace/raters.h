/* Who is asked about whom in a round: drawn by rule out of a list of people and a seed, so that anybody who has both draws the same. Pure.
 *
 *   self         everybody who is assessed
 *   supervisor   his supervisor
 *   subordinate  up to WORKPLACE_SUBORDINATES of the people whose supervisor he is
 *   peer         up to WORKPLACE_PEERS of those who have the same supervisor; with fewer than WORKPLACE_GROUP of them filled up by people of the same
 * organisation and group (A, B, C) who are neither his supervisor nor his subordinates
 *
 * Nobody gets more than WORKPLACE_FORMS forms, his own included. Forms go out in this order, each kind to people by lot.
 *
 * Peers are drawn in rings: the people of a team stand in a circle by lot, and each is assessed by the next ones who have room. So everybody in a team is asked
 * about equally many others, and all of a team hang together through people they both rate (a cyclic block design: John & Williams 1995, Cyclic and Computer
 * Generated Designs, ch. 3), which is what the strictness of raters is estimated by. Lot: SplitMix64 (Steele, Lea & Flood 2014) over seed and person. */
#ifndef FEATURE_RATERS_H
#define FEATURE_RATERS_H
#include "base/arena.h"
#include "base/field.h"
#include "psychometrics/estimate.h"

enum { WORKPLACE_FORMS = 10, WORKPLACE_PEERS = 6, WORKPLACE_SUBORDINATES = 6, WORKPLACE_LOOKED = 200 };
/* Peers or subordinates of whom fewer answered are not shown as a group, nor do they count as one. */
enum { WORKPLACE_GROUP = EVIDENCE_GROUP };

enum rater_kind { RATER_self, RATER_supervisor, RATER_subordinate, RATER_peer, RATER_KINDS };
/* "self", "supervisor", "subordinate", "peer". */
extern const char *const rater_kinds[RATER_KINDS];

struct roll {
	int64_t person_id, org_id;
	int64_t supervisor_id; /* NONE; perhaps somebody who is not on the list */
	char group;	       /* A B C */
	bool assessed;	       /* else only a rater */
};
struct drawn {
	int64_t rater_id;
	enum rater_kind kind;
};
struct draw_of {
	struct drawn v[2 + WORKPLACE_PEERS + WORKPLACE_SUBORDINATES];
	size_t n, n_of[RATER_KINDS];
};
/* Of each on the list, in its order; the list is by person_id, each once. At most WORKPLACE_LOOKED people of a ring are looked at for one who has room. In the
 * arena. */
struct draw_of *raters_draw(struct arena *a, int64_t seed, const struct roll *people, size_t n);
#endif
