/* Who comes to a batch of a programme: asking, nomination, approval, seats, the waiting list, beds.
 *
 *   asked ──yes of all who are asked──> waiting ──a seat (places.h)──> admitted
 *     └ refused                           └──────── withdrawn, removed ────┘
 *
 * The setting of the programme says who says yes, in which order: nobody, the office (NOMINATE over the organisation where the person was posted when it was
 * asked), a coordinator of the programme (or PROGRAMME_MANAGE over the organisation of the batch), or both. A nomination is the yes of who nominates. Where the
 * person goes afterwards changes nothing of that. Nobody says yes to the own request, nominates himself or puts himself first, in whosever name he acts.
 *
 * So many may ask as there are seats and places to wait; admitted are never more than seats: seats are given in the transaction of the change, which is
 * serializable. Nobody asks or is nominated after batch.ask_until. From the start of the batch on nobody is approved and nobody moves up; one may still be
 * refused, withdraw, be removed. Somebody who has asked, waits or is admitted elsewhere at overlapping sessions is refused. Who leaves the service is removed.
 *
 * Who is asked for a yes is told by notice that requests wait: the coordinators, or who may nominate in the nearest office, at or above that of the request,
 * where somebody may. Gathered, between 9 and 20 o'clock in India, once on a day for a batch and office at most; again on another day when more have come, and
 * once each when in two days no requests are taken any more and when the batch begins. What is settled by then is not counted.
 *
 * Beds of the batch's hostel that are for anybody are given with the seat, in the order of asking, while there are any on these days; those for women or men by
 * a coordinator, since nothing here says who is what. A bed goes back with the seat. Where a batch is put on days on which there are fewer beds than are given,
 * those of it who asked last give theirs back and are told. Every change is a row of admission_step. All verbs in a writing transaction. */
#ifndef FEATURE_ADMISSION_H
#define FEATURE_ADMISSION_H
#include "admission_sql.h"
#include "base/field.h"
#include "db/db.h"
#include "job/job.h"

enum { ADMISSION_MANY_MAX = 200, ADMISSION_WORDS_MAX = 500, ADMISSION_PAGE = 50 };
/* Who is asked next. */
enum admission_side { SIDE_NOBODY, SIDE_OFFICE, SIDE_COORDINATOR };

/* Whether somebody has a seat in a batch. */
_must_check_ enum err admission_admitted(struct ctx *cx, int64_t batch_id, int64_t person_id, bool *ret);

/* ERR_NOT_FOUND with a sentence. */
_must_check_ enum err admission_batch(struct ctx *cx, int64_t batch_id, struct admission_batch_row *ret);
/* "Noting and drafting, batch 2": in the language of cx. */
struct str admission_called(const struct ctx *cx, struct str title, struct str title_hi, struct str batch);
/* Whether the actor coordinates a batch. */
_must_check_ enum err admission_coordinates(struct ctx *cx, const struct admission_batch_row *b, bool *ret);
/* The batch, for who coordinates it; to anybody else there is none: ERR_NOT_FOUND. */
_must_check_ enum err admission_batch_of_coordinator(struct ctx *cx, int64_t batch_id, struct admission_batch_row *ret);
/* Who is to say yes next, after so many have. */
enum admission_side admission_due(struct str approval, int64_t step);

/* ── verbs ── */

/* The actor asks for himself; bed: wants one. ERR_CONFLICT with a sentence: not open, only by nomination, too late, asked already, full, a clash, not posted
 * anywhere. */
_must_check_ enum err admission_ask(struct ctx *cx, int64_t batch_id, bool bed);
/* The same without asking: so that a thousand who come too late do not wait for each other's transactions. Reads only. */
_must_check_ enum err admission_may_ask(struct ctx *cx, int64_t batch_id);
struct admission_nominate {
	int64_t batch_id, org_id; /* org_id: the office that nominates people posted in it or below; NONE: a coordinator, who must be one */
	const int64_t *people;
	size_t n;
};
/* All of them or none: ERR_INVALID "people" with a sentence for each who cannot come, ERR_CONFLICT as above. The seats are given afterwards, in the order of
 * the list. */
_must_check_ enum err admission_nominate(struct ctx *cx, const struct admission_nominate *in);
/* Says yes or no to somebody who has asked; side: of whom it comes, already looked at. words: why; a no needs them (ERR_INVALID "words"). ERR_CONFLICT: not
 * this one's turn, too late for a yes, a yes to the own. Seats are given by admission_settle, once, afterwards. */
_must_check_ enum err admission_decide(struct ctx *cx, const struct admission_one_row *a, enum admission_side side, bool yes, struct str words);
/* The actor goes back on it, up to the end of the batch. ERR_NOT_FOUND, ERR_CONFLICT. */
_must_check_ enum err admission_withdraw(struct ctx *cx, int64_t batch_id);
/* A coordinator takes somebody out who asks, waits or is admitted. words: why, needed. */
_must_check_ enum err admission_remove(struct ctx *cx, const struct admission_one_row *a, struct str words);
/* A coordinator puts somebody who waits in front of all others. words: why, needed. */
_must_check_ enum err admission_first(struct ctx *cx, const struct admission_one_row *a, struct str words);
/* A coordinator gives somebody who is admitted a bed, or takes it. ERR_CONFLICT: none is left. */
_must_check_ enum err admission_bed(struct ctx *cx, const struct admission_one_row *a, bool give);
/* Gives the seats that there are to who waits, and beds, and tells them. Nothing happens when there is nothing to give. */
_must_check_ enum err admission_settle(struct ctx *cx, int64_t batch_id);

/* ── what follows from elsewhere ── */

/* Who has left the service gives the seats back; whose account was separated from another one waits where the seat is somebody else's by now. */
_must_check_ enum err admission_person_changed(struct ctx *cx, int64_t person_id);
/* Many people were changed at once (.bulk): the same for all who have left, by a job. In a writing transaction. */
_must_check_ enum err admission_sweep_soon(struct ctx *cx);
/* What was asked with the account closed_id was asked by kept_id, where that one has not asked the same. In a writing transaction (feature/merge). */
_must_check_ enum err admission_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);
extern const struct job_kind admission_jobs[]; /* ended by name NULL */
#endif
