/* What counts in a campaign: which courses, where they are listed; which events, programmes and charchas.
 *
 * Each of the three kinds counts not at all ("none"), wholly ("all"), where it names a competency ("linked"), or where it is on the list ("listed"). A
 * programme counts by its sessions; its online courses are courses like all others. A campaign by competency takes nothing that names none: there "all" is
 * refused, and of the list only that counts which names one. (Campaigns that were announced before it could be said which things count may still have "all"
 * there.)
 *
 * Whatever changes here, people are counted anew by the job; a target that was reached stays. In a writing transaction all that change. */
#ifndef FEATURE_CAMPAIGN_THING_H
#define FEATURE_CAMPAIGN_THING_H
#include "feature/campaign/campaign.h"

enum { CAMPAIGN_COURSES_MAX = 1000, CAMPAIGN_THINGS_MAX = 1000, CAMPAIGN_FOUND_MAX = 20 };

/* called: code or id. ERR_NOT_FOUND; ERR_CONFLICT: the campaign counts by competency, or CAMPAIGN_COURSES_MAX. */
_must_check_ enum err campaign_course_add(struct ctx *cx, int64_t campaign_id, struct str called);
_must_check_ enum err campaign_course_remove(struct ctx *cx, int64_t campaign_id, int64_t course_id);

struct campaign_kinds {
	struct str events, programmes, charchas; /* "none", "all", "linked", "listed"; absent: "none" */
};
/* Makes "none" of what is absent. ERR_INVALID with the field: "all" in a campaign by competency, unless it is so already (was; NULL: there was nothing). */
_must_check_ enum err campaign_kinds_check(struct ctx *cx, bool by_competency, const struct campaign_kinds *was, struct campaign_kinds *kinds);
_must_check_ enum err campaign_kinds_set(struct ctx *cx, int64_t campaign_id, const struct campaign_kinds *in);

/* Events, charchas (no drafts) and live programmes to which people of the campaign's organisation may come, by id, by code of a programme or by words of a
 * title; at most CAMPAIGN_FOUND_MAX, the latest first. */
_must_check_ enum err campaign_things_find(struct ctx *cx, int64_t campaign_id, struct str words, struct campaign_things_called_row **ret, size_t *ret_n);
/* called: id, code of a programme, or the whole title in one of its languages. ERR_NOT_FOUND; ERR_CONFLICT "called": several are called so; its kind does not
 * count by the list; it names no competency where that is asked; CAMPAIGN_THINGS_MAX. On the list already: OK. */
_must_check_ enum err campaign_thing_add(struct ctx *cx, int64_t campaign_id, struct str called);
/* ERR_NOT_FOUND: it is not on the list. */
_must_check_ enum err campaign_thing_remove(struct ctx *cx, int64_t campaign_id, int64_t thing_id);
#endif
