/* Presence at a streamed event, by the rule that counts films (feature/progress): what wall time pays for, no faster than time.
 *
 * The time line of an event begins when it really began. The live page says every half minute from when to when it has played without a break ([from, to) in ms
 * of that line). The server joins it to the set that is kept of the person and event (`spans`) and takes what is new of it, as far as
 *   - it lies between the real beginning and end. What is later than now (beyond a second and a half of drift) is refused, and so is a report that comes more
 *     than EVENT_GRACE after the end;
 *   - it lies within the last EVENT_REACH before now: who was silent for longer was not seen;
 *   - the person's wall time since the page was opened pays for it, once: the mark is that of feature/progress, so two devices, two events, or an event
 *     beside a film, are paid once.
 * A report that comes twice, late or in another order changes nothing. Less than EVENT_NOTED of news is left for the next report, which says it again: so many
 * tabs and nervous pages cost no writes. A report costs the database one statement when there is nothing new and six when there is.
 *
 * Without scripts a button says "I am here". It means: since the page was opened or the button pressed, at most EVENT_REACH back. So who presses it every ten
 * minutes has all of his time. */
#ifndef FEATURE_EVENT_PRESENCE_H
#define FEATURE_EVENT_PRESENCE_H
#include "feature/event/event.h"
#include "feature/progress/interval.h"

#define EVENT_REACH (10 * MINUTE)
#define EVENT_GRACE MINUTE
#define EVENT_NOTED (20 * SECOND)

struct event_report_in {
	int64_t event_id;
	struct str session;	/* token of progress_open for the event */
	int64_t from_ms, to_ms; /* NONE both: the button, see above */
};
struct event_standing {
	int64_t noted_ms, needed_ms, length_ms;
	int64_t at_ms; /* where the event is now on its time line; NONE: not begun */
	bool over, done;
};
/* The actor was there. ERR_INVALID "session", "to_ms" (the future, nothing, backwards); ERR_CONFLICT: not registered, not streamed, not begun, over. */
_must_check_ enum err event_report(struct ctx *cx, const struct event_report_in *in, struct event_standing *ret);
/* How it stands with who was there for so long. */
void event_standing(const struct ctx *cx, const struct event_one_row *e, int64_t noted_ms, bool done, struct event_standing *ret);
/* What of [from, to) counts at `at` on the time line of an event that is `length` long so far (of one that has ended: was): pure, for the tests. Refused:
 * false. */
bool event_within(int64_t at, int64_t length, int64_t from, int64_t to, struct interval *ret);

/* Presence is what somebody else says it is ('csv', 'api'): in place of what was noted before; ms NONE: there was none. Time learnt, done and evidence follow,
 * also downwards. The event has ended. */
_must_check_ enum err event_presence_set(struct ctx *cx, const struct event_one_row *e, int64_t person_id, struct str way, int64_t ms);
/* Somebody has done the event if he was there long enough. */
_must_check_ enum err event_consider(struct ctx *cx, const struct event_one_row *e, int64_t person_id, int64_t ms, int64_t done_at);
#endif
