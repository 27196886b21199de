/* Verified progress: credit comes from what was really played or read, by the server's reckoning.
 *
 * The player reports intervals of the resource's own time line; the server keeps one merged set a learner and
 * resource. Repetition, reordering and loss of reports change nothing but the time of arrival: a set joined twice is the same set.
 *
 * The rule of time. A learner's wall time is credited at most SPEED_MOST times over, whatever the number of tabs, devices
 * and resources. One mark a learner, spent_until, says up to when wall time is used up (the generic cell rate
 * algorithm of ITU-T I.371 with the roles of time and credit exchanged). A report that arrives at `now`, from a page
 * opened at `opened`, may add at most SPEED_MOST * (now - max(spent_until, opened)) ms; what it adds moves the mark
 * by a SPEED_MOST-th. So n minutes of content need at least n / SPEED_MOST minutes between opening the page
 * and the last report, by any sequence of reports, true or forged. What goes beyond is not taken and can be reported again later.
 *
 * When the page was opened is said by a token that the server made (progress_open), bound to person and resource.
 *
 * A resource is credited when NEEDED_PERCENT of its length are covered; gaps up to GRAIN_MS are the player's grain.
 *
 * What somebody saw in a group session (feature/together) covers, too, and is kept apart: the same minute alone and in a group is learnt once. Whoever covers
 * enough only with more than the other 100 - NEEDED_PERCENT from groups alone is not credited by that: he was in the room, and an individual check says the rest. */
#ifndef FEATURE_PROGRESS_H
#define FEATURE_PROGRESS_H
#include "db/db.h"
#include "feature/progress/interval.h"
#include "progress_sql.h"

enum { SPEED_MOST = 2, NEEDED_PERCENT = 95, GRAIN_MS = 1500 };

/* A token for one view of the page of a resource, or of another thing with time of its own (an event): letters, digits, '-'. */
struct str progress_open(struct ctx *cx, int64_t thing_id);
/* When the view of such a token was opened. ERR_INVALID "session": it is none of the actor and this thing. */
_must_check_ enum err progress_opened(struct ctx *cx, int64_t thing_id, struct str session, int64_t *ret_opened);
/* The rule of time, for all that counts time: how much of `wanted` (normal; its beginning first) a person's wall time since `opened` pays for, at most `speed`
 * times over (1 to SPEED_MOST). *ret_spent_until: where the mark stands then, which the caller hands to learned_add() in the same writing transaction, also
 * when nothing of it is newly learnt; NONE: nothing was paid. */
_must_check_ enum err progress_pay(struct ctx *cx, int64_t person_id, int64_t opened, int64_t speed, const struct intervals *wanted, struct intervals *ret,
				   int64_t *ret_spent_until);

/* How much of a length (ms) is covered by what somebody saw alone and in groups, both normal. Pure. */
struct coverage {
	struct intervals all;           /* both, the player's grain closed */
	int64_t covered_ms, grouped_ms; /* grouped_ms: of it in groups alone */
	bool complete, check;           /* enough; or it would be, but for too much in groups alone */
};
struct coverage progress_coverage(struct arena *a, const struct intervals *own, const struct intervals *grouped, int64_t length);

struct report {
	int64_t resource_id;
	struct str session;    /* token of progress_open */
	int64_t seq;           /* counts the reports of one view from 0 */
	int64_t position;    /* where the learner is, seconds */
	struct str intervals;  /* JSON [[from,to],…] in ms */
};
struct standing {
	int64_t covered_ms, needed_ms, length_ms;
	bool complete, course_complete;
	int64_t course_id;
	struct str intervals, missing; /* JSON; missing: what is still open of the whole length, empty when complete */
	struct str next;               /* address of the next resource, absent at the end; set by the page */
	int64_t grouped_ms;            /* of covered_ms: seen in groups alone */
	bool check;                    /* covered, but too much of it in groups alone: an individual check is open */
};
/* Takes a report. ERR_INVALID: intervals or token do not read; ERR_CONFLICT: not enrolled; ERR_GONE: the resource was
 * taken out of the course; ERR_NOT_FOUND. In a writing transaction. */
_must_check_ enum err progress_report(struct ctx *cx, const struct report *in, struct standing *ret);
/* How it stands, for the page; nothing yet: zeros. ret_position in ms. */
_must_check_ enum err progress_standing(struct ctx *cx, int64_t person_id, int64_t resource_id, int64_t length_ms, struct standing *ret, int64_t *ret_position);
int64_t progress_needed(int64_t length_ms);

/* Asks the provider to look at a count that seems wrong. One open request a learner and resource (ERR_CONFLICT). */
_must_check_ enum err progress_ask_review(struct ctx *cx, int64_t resource_id, struct str words);
/* The answer of the provider; granting credits the resource. ERR_CONFLICT when answered before. */
_must_check_ enum err progress_answer_review(struct ctx *cx, int64_t course_id, int64_t request_id, bool grant, struct str answer);
/* What the account closed_id has played and read is kept_id's from now on: both are one person (feature/merge). In a writing transaction. */
_must_check_ enum err progress_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);
#endif
