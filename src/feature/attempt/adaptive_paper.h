/* Attempts at adaptive examinations (feature/adaptive): one question at a time, each answer final.
 *
 * An attempt takes the pool that was made last, when it is ready; else a fixed form, and the page says so. The question that is open has a row in exam_answer
 * with given_at and seq 0; an answer gives it its seq, and the next question comes in the same transaction, or the paper is closed by the "rules". So opening
 * again shows the same question, and an answer that is sent twice is held as it first came. A question may be left without an answer: that counts as wrong.
 *
 * Marks of such a result are per cent of what somebody with its theta is expected to earn on the whole pool (max_marks 100). With fewer than the
 * examination's `least` answers, because the clock or the taker ended it, it is not passed and says nothing of levels, and its marks are less by
 * the share of answers that is missing. */
#ifndef FEATURE_ATTEMPT_ADAPTIVE_PAPER_H
#define FEATURE_ATTEMPT_ADAPTIVE_PAPER_H
#include "feature/adaptive/adaptive.h"
#include "feature/attempt/attempt.h"

#define ADAPTIVE_MARKS 100.0

/* The pool that a new attempt takes; false: none is ready. */
_must_check_ enum err adaptive_paper_pool(struct ctx *cx, const struct exam_one_row *e, int64_t *ret_form, bool *ret_found);
/* Gives the next question of an open adaptive attempt, unless one is open, or closes it. In a writing transaction. */
_must_check_ enum err adaptive_paper_go_on(struct ctx *cx, const struct attempt_one_row *a);
/* What is said of an answer that is not to the open question; open: nothing. */
_must_check_ enum err adaptive_paper_judge(struct ctx *cx, const struct attempt_one_row *a, const struct attempt_give *g, struct attempt_kept *k,
					   bool *ret_open);
/* How an attempt stands by these answers, with the pool it is of. */
_must_check_ enum err adaptive_paper_stand(struct ctx *cx, const struct attempt_one_row *a, const struct adaptive_given *v, size_t n,
					   const struct adaptive_pool **ret_pool, struct adaptive_stand *ret);
#endif
