/* Posts: what work there is, what it asks, and who does it.
 *
 *   post       a place in an office: designation (grade), location, sanctioned strength, and what somebody must bring for it
 *   role       what posts consist of; a template that any number of posts have ("establishment hand")
 *   activity   a part of a role ("put up files"); it needs competencies, each at a level of its framework
 *   holding    somebody holds a post: substantively, in additional charge, or officiating; from a day up to, not including, until_day
 *   duty       an activity that an order allotted to somebody beside those of the posts held
 *
 * Rules. Substantive holders of a post are at most as many as it is sanctioned for, on every day; a person holds at most one post substantively on a
 * day, and no post twice at once. Who holds a post substantively is posted there (person.h) in the office of the post; when the posting moves elsewhere or
 * ends, all his holdings there end with it by themselves (post_person_changed). Vacant is what is sanctioned less the substantive holders of that day, so
 * vacancies, additional charge and officiating are facts with days, and the past is never changed.
 *
 * A role ends, is renamed, gets or loses activities; what posts ask follows at once, and so do gaps (gap.h). */
#ifndef FEATURE_POST_H
#define FEATURE_POST_H
#include "job/job.h"
#include "post_sql.h"

enum { POST_NAME_MAX = 200, POST_CODE_MAX = 60, POST_ROLES_MAX = 20, ROLE_ACTIVITIES_MAX = 60, ACTIVITY_NEEDS_MAX = 20, ORDER_NO_MAX = 120 };

/* ── what work consists of; all in a writing transaction ── */

struct work_role_set {
	int64_t org_id;
	struct str code; /* letters, figures, full stop, hyphen, underscore; within the organisation */
	struct str name_en, name_hi; /* name_hi may be empty: as name_en */
};
/* A role of this code: as said; one that had ended is in use again. ERR_INVALID "code", "name_en", "name_hi". */
_must_check_ enum err work_role_set(struct ctx *cx, const struct work_role_set *in, int64_t *ret_id);
/* Not in use any more from today. ERR_NOT_FOUND. */
_must_check_ enum err work_role_end(struct ctx *cx, int64_t org_id, int64_t role_id);

struct activity_need {
	int64_t competency_id, level;
};
struct activity_set {
	int64_t role_id;
	struct str code, name_en, name_hi;
	const struct activity_need *needs; /* in place of those it had; NULL: they stay */
	size_t n_needs;
};
/* An activity of this code within the role: as said. ERR_INVALID: "code", "name_en", "level" (outside the scale of the framework), "competency_id" (none that is in force
 * and measured, or twice); ERR_TOO_LARGE: more than the ceilings. */
_must_check_ enum err activity_set(struct ctx *cx, const struct activity_set *in, int64_t *ret_id);
/* Not done any more from today. ERR_NOT_FOUND. */
_must_check_ enum err activity_end(struct ctx *cx, int64_t role_id, int64_t activity_id);

/* ── posts ── */

struct post_set {
	int64_t org_id;
	struct str code; /* within the office */
	struct str title_en, title_hi, place;
	int64_t designation_id, sanctioned;
	struct str service; /* empty: any */
	int64_t least_pay_level, least_years, tenure_months; /* 0: none */
	int64_t from_day;   /* of a new one */
	const int64_t *roles; /* in place of those it had; NULL: they stay */
	size_t n_roles;
};
/* A post of this code in the office: as said. ERR_INVALID with the field; roles must be of the office or one above it; "sanctioned": fewer than hold it today. */
_must_check_ enum err post_set(struct ctx *cx, const struct post_set *in, int64_t *ret_id);
/* Abolished from a day on. ERR_CONFLICT: somebody holds it on that day or later; ERR_INVALID "until_day". */
_must_check_ enum err post_end(struct ctx *cx, int64_t org_id, int64_t post_id, int64_t until_day);

/* ── who holds them ── */

enum holding_kind { HOLDING_SUBSTANTIVE, HOLDING_ADDITIONAL, HOLDING_OFFICIATING, HOLDING_KINDS };
struct holding_words {
	const char *code, *words; /* as kept; N_() */
};
extern const struct holding_words holding_kinds[HOLDING_KINDS];
/* HOLDING_KINDS: there is none of this code. */
enum holding_kind holding_kind_of(struct str code);

struct holding_begin {
	int64_t post_id, person_id;
	enum holding_kind kind;
	int64_t from_day, until_day; /* NONE: without an end */
	struct str order_no; /* may be empty */
};
/* ERR_NOT_FOUND: no such post or person. ERR_INVALID: "from_day", "until_day" (outside the post's days). ERR_CONFLICT with a sentence that names who and until when: all
 * sanctioned places are taken on some day of it; the person holds another post substantively then; or this one already; substantively without being posted in
 * the office on its first day (or today, when that is still to come). In a writing transaction, as all that follow. */
_must_check_ enum err holding_begin(struct ctx *cx, const struct holding_begin *in, int64_t *ret_id);
/* From a day on not any more; a day not after its first one takes it away altogether. ERR_NOT_FOUND; ERR_CONFLICT: it has ended before. */
_must_check_ enum err holding_end(struct ctx *cx, int64_t post_id, int64_t holding_id, int64_t until_day);
/* The person was posted, moved, left: holdings that this ends, end. Stands in struct app with others as .person_changed. */
_must_check_ enum err post_person_changed(struct ctx *cx, int64_t person_id);
/* Many people were moved at once (.bulk): all who follow changes of people are told of those whose holdings or duties this ends, by a job that begins at once; gaps
 * follow. */
_must_check_ enum err post_sweep_soon(struct ctx *cx);
extern const struct job_kind post_jobs[]; /* ended by name NULL */

/* ── what an order allots (feature/allocation) ── */

/* Adds an activity to somebody's work from a day on. ERR_CONFLICT: the activity is not done any more. */
_must_check_ enum err duty_begin(struct ctx *cx, int64_t source_id, int64_t person_id, int64_t activity_id, int64_t from_day);
/* All duties of an order end on a day (those that had not begun yet go). */
_must_check_ enum err duty_end_all(struct ctx *cx, int64_t source_id, int64_t until_day);
/* The same of one person. */
_must_check_ enum err duty_end_of(struct ctx *cx, int64_t source_id, int64_t person_id, int64_t until_day);

/* ── merging (feature/merge) ── */

/* What the closed account held is the kept one's, as far as the rules above allow it; what is against them ends today with the closed account. */
_must_check_ enum err post_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);

/* "a.b-c_1": 1 to POST_CODE_MAX of letters, figures, full stop, hyphen, underscore. */
bool work_code_good(struct str code);
#endif
