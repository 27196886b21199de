/* Work allocation orders: an office says which officer does which activities (feature/post), for how many hours a week, and from which day on.
 *
 *   draft       number, subject, first day; officers: people posted in the office or holding a post of it on that day; allotments: an activity
 *               of a role of the office or one above it, with its minutes a week. An activity stands with an officer once; several officers may
 *               share it
 *   published   nothing of it changes any more; its document is kept byte for byte (order.h), and an address tells everybody whether it is in
 *               force. Who has more than LOAD_OVER percent of a working week (load.h) needs a reason
 *   in force    from its first day on, at once or by the job allocation.due. The order that was in force ends with the day before: its duties end,
 *               those of the new one begin (post.h), what is asked of everybody concerned is settled (gap.h), and who is named in it is told
 *               (feature/notice)
 *   withdrawn   before its first day. Later another order is needed
 *
 * At most one order of an office is in force on a day, and orders begin on different days. Nothing of the past is changed. Copies with signature and stamp are
 * kept beside an order: PDF files in DATA/allocation, named by their SHA-256; the newest counts, all stay. */
#ifndef FEATURE_ALLOCATION_H
#define FEATURE_ALLOCATION_H
#include "allocation_sql.h"
#include "feature/allocation/load.h"
#include "job/job.h"

enum { ALLOCATION_OFFICERS_MAX = 200, ALLOTMENTS_MAX = 1000, ALLOCATION_AHEAD_DAYS = 366 };
enum { ALLOCATION_NUMBER_MAX = 120, ALLOCATION_SUBJECT_MAX = 300, ALLOCATION_REASON_MAX = 1000 };
enum { COPIES_MAX = 20, COPY_BYTES_MAX = 10 << 20 };

/* All verbs in a writing transaction. An order that is not of the office: ERR_NOT_FOUND; a change of what is no draft any more: ERR_CONFLICT. */

/* ── drafts ── */

enum allocation_begin {
	BEGIN_EMPTY, /* nothing is allotted */
	BEGIN_FORCE, /* as the order in force, as far as people still work here and activities are still done */
	BEGIN_POSTS, /* each officer has the activities of the posts that he holds here, the week shared out evenly among them */
};
struct allocation_head {
	struct str number, subject;
	int64_t from_day;
};
/* everybody: all who work in the office on the first day are named (of more than ALLOCATION_OFFICERS_MAX: ERR_TOO_LARGE). ERR_INVALID "number", "subject",
 * "from_day" (before today, or too far ahead); ERR_CONFLICT "begin": no order is in force. */
_must_check_ enum err allocation_add(struct ctx *cx, int64_t org_id, const struct allocation_head *in, enum allocation_begin begin, bool everybody,
				     int64_t *ret_id);
_must_check_ enum err allocation_change(struct ctx *cx, int64_t org_id, int64_t id, const struct allocation_head *in);
/* A draft goes without a trace. */
_must_check_ enum err allocation_discard(struct ctx *cx, int64_t org_id, int64_t id);

/* ERR_INVALID "person": does not work here on the first day. Named already: OK. */
_must_check_ enum err allocation_name_officer(struct ctx *cx, int64_t org_id, int64_t id, int64_t person_id);
_must_check_ enum err allocation_name_everybody(struct ctx *cx, int64_t org_id, int64_t id);
/* With all that is allotted to him. */
_must_check_ enum err allocation_drop_officer(struct ctx *cx, int64_t org_id, int64_t id, int64_t person_id);

/* Allots an activity, or says its minutes anew. ERR_INVALID "minutes", "activity_id" (not done on the first day, or of a role of another office). */
_must_check_ enum err allocation_allot(struct ctx *cx, int64_t org_id, int64_t id, int64_t person_id, int64_t activity_id, int64_t minutes);
_must_check_ enum err allocation_take_away(struct ctx *cx, int64_t org_id, int64_t id, int64_t person_id, int64_t activity_id);
/* From one officer to another, with its minutes. ERR_CONFLICT "to_id": that one has it already. */
_must_check_ enum err allocation_move(struct ctx *cx, int64_t org_id, int64_t id, int64_t person_id, int64_t activity_id, int64_t to_id);

/* ── orders ── */

/* ERR_INVALID "reason": somebody is over-loaded and no reason is given. ERR_CONFLICT with a sentence: nothing is allotted; somebody does not work here on the
 * first day; an activity has ended; the number or the first day is another order's; the first day has passed. From today on it is in force at once. */
_must_check_ enum err allocation_publish(struct ctx *cx, int64_t org_id, int64_t id, struct str reason);
/* ERR_CONFLICT: it is in force, or has been. */
_must_check_ enum err allocation_withdraw(struct ctx *cx, int64_t org_id, int64_t id);
/* The person was posted, moved, left: duties by an order of an office where he works no more end today. Stands in struct app with others as .person_changed,
 * behind post_person_changed. */
_must_check_ enum err allocation_person_changed(struct ctx *cx, int64_t person_id);

/* ── copies with signature ── */

struct allocation_copy {
	struct str name; /* SHA-256, in hexadecimal */
	int64_t bytes;
};
/* Looks whether a file is a whole PDF of at most COPY_BYTES_MAX and puts it into the folder. ERR_INVALID "file". Outside writing transactions; a copy that is
 * there already is the same. */
_must_check_ enum err allocation_store_copy(struct ctx *cx, struct str path, struct allocation_copy *ret);
/* Keeps it with the order. ERR_CONFLICT: the order is not published, or has COPIES_MAX copies. */
_must_check_ enum err allocation_keep_copy(struct ctx *cx, int64_t org_id, int64_t id, const struct allocation_copy *in, int64_t *ret_id);
/* Where a copy lies. In the arena. */
struct str allocation_copy_path(struct ctx *cx, struct str name);

extern const struct job_kind allocation_jobs[]; /* ended by name NULL */
#endif
