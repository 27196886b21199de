/* When a programme is completed: the rule by itself. Pure.
 *
 * All parts that must be done are done; of the sessions of the batch that are not cancelled at least least_sessions per cent were attended, counted up to whole
 * sessions; and of the parts that need not all be done least_others are. A session that need not be attended counts by its share alone, not among the others.
 * What cannot be done any more is not asked: a part that was ended or whose session was cancelled, and more of the others than there are; who did it before
 * keeps it. A rule that asks for nothing is never met. So ending a part, cancelling a session to which nobody came and asking for less brings everybody
 * nearer, and nobody further away. */
#ifndef FEATURE_PROGRAMME_RULE_H
#define FEATURE_PROGRAMME_RULE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rule_part {
	bool must, session, done;
	bool left_out; /* nobody can do it any more */
};
struct rule_in {
	const struct rule_part *parts;
	size_t n_parts;
	int64_t n_sessions, n_attended; /* not cancelled, of the batch; of those, attended */
	int64_t least_sessions;		/* per cent */
	int64_t least_others;
};
struct rule_verdict {
	int64_t musts, musts_done;
	int64_t sessions_asked; /* whole sessions */
	int64_t others, others_done, others_asked;
	bool met;
};
struct rule_verdict programme_rule(const struct rule_in *in);
#endif
