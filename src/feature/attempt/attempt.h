/* Attempts at examinations: one attempt is one paper, whatever happens to the device.
 *
 * Opening counts. It takes a form that this taker has not had yet (then the one had longest ago), the least used first; the seed of the attempt gives
 * the order of its items (a case and its questions stay together, in their order) and of their options. Opening again shows the same paper with what was
 * saved. Items leave here only in an open attempt or, where the rules say so, after it; keys never, except by the feedback `review` after everybody's
 * time is over.
 *
 * The clock is the server's: ends_at = opened_at + minutes + what a seat has been given beforehand + what the invigilator gives back. A closing examination
 * does not cut an attempt short. Until ends_at + grace_s a paper is taken as in time: the grace is for the line, and is stated on the page. Then the attempt is
 * closed by the clock with what was saved (a job; and at the first look).
 *
 * Answers are saved one by one, as they are given; the same again changes nothing. A device numbers what it sends (seq) and the greatest number holds, so doubled and
 * reordered messages do no harm. While the line is down they wait on the device, each sealed: HMAC-SHA-256 under the attempt's secret over
 * "attempt|n|seq|elapsed_ms|given", elapsed_ms by a clock that only runs forward and that began with the answer of the server to the opening. A sealed answer
 * that comes after the end, but says it was given before it, is taken until LATE_HOURS later, marked late, and shown to whoever looks at signals
 * (feature/integrity); its time is cut to what is possible: not before the opening, not after its arrival. A forged seal is refused and noted.
 *
 * Two devices: the one that opened last has the attempt; the other is told so in a sentence and may take it back by opening it again. What it had sealed before it
 * lost the attempt still counts, by seq and time.
 *
 * Handing in is idempotent: again, it shows the same result. It marks what machines mark; with long answers the attempt waits for its markers
 * (feature/marking) as `submitted`, else it is `marked`, and in the same transaction its result is kept, evidence added and the course credited.
 *
 * What the result says of a competency: exam_result.value is the highest level asked of which the pass share of the marks was earned, all lower levels that
 * were asked too; one below the lowest asked when there is none (in thousandths of a level). Parts of the blueprint without a level say nothing. Kinds proctored and
 * comprehensive held in a room are evidence `proctored-test`, all others of people with an account but practice and pre are `course-test`. */
#ifndef FEATURE_ATTEMPT_H
#define FEATURE_ATTEMPT_H
#include "attempt_sql.h"
#include "db/db.h"

enum { LATE_HOURS = 48, EVENTS_MAX = 300 };

/* A taker is a person, or a guest of a public assessment; actions find out which. */
struct taker {
	int64_t id;
	bool guest;
};
/* Gives time back or on top: ends_at moves by so much, also of an attempt the clock has closed and whose paper the room opens again (reopen). ERR_NOT_FOUND: no such attempt;
 * ERR_CONFLICT: handed in by its taker. In a writing transaction; the caller writes down why. */
_must_check_ enum err attempt_extend(struct ctx *cx, int64_t taker_id, int64_t attempt_id, int64_t ms);
/* All answers of a submitted or marked attempt are marked anew by the keys and rulings of now (feature/ruling; long answers: by the marks given), and what follows from
 * it (marks, pass, results, evidence, credit) is set. Nothing that was credited is taken away; evidence follows. In a writing transaction. */
_must_check_ enum err attempt_settle(struct ctx *cx, int64_t taker_id, int64_t attempt_id);
#endif
