/* Which part of a report of the shared device belongs to whom: by the wall time in which it was played, and who was there then. Pure.
 *
 * A report says what was played of the resource, not when. So it is laid into the wall time of the session that no report has used yet, the latest first: what
 * is reported every ten seconds lies where it was played, a pause stays empty, and what comes late, when the network is back, fills the gap before it, at
 * single speed. Of what was laid somebody gets what lies between his coming and his going; so nobody gets more than the time that he was there, and a late
 * comer nothing of what lies before. */
#ifndef FEATURE_TOGETHER_PART_H
#define FEATURE_TOGETHER_PART_H
#include "feature/progress/interval.h"

/* What of `said` (ms of the resource; normal) fits into the free wall time, its beginning first, and the wall time that it takes (ms since the session began;
 * normal). used: wall time that earlier reports have used; from, until: between which the page that reports was open. */
struct laid {
	struct intervals content, wall;
};
struct laid together_lay(struct arena *a, const struct intervals *said, const struct intervals *used, int64_t from, int64_t until);
/* What of it belongs to somebody who was there from `joined` up to `left` (ms since the session began). */
struct intervals together_part(struct arena *a, const struct laid *l, int64_t joined, int64_t left);
#endif
