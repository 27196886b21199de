/* What the parts of admission share. */
#ifndef FEATURE_ADMISSION_IN_H
#define FEATURE_ADMISSION_IN_H
#include "feature/admission/admission.h"

/* A nomination holds a yes, and nobody says that about himself. */
#define ADMISSION_SELF N_("cannot be nominated by the own hand; somebody else has to")

/* Why somebody cannot come; text NULL: nothing is in the way. */
struct admission_no {
	const char *text; /* N_() English */
	struct msg_arg arg;
	size_t n_args;
};
struct admission_comer {
	int64_t person_id, org_id; /* org_id: where posted today */
	struct str service;
	struct admission_mine_row was; /* an earlier request of the same batch; id NONE: none */
};
/* Whether somebody can come to a batch that takes requests: posted, has not asked, no clash. within: must be posted there or below (NONE: anywhere).
 * Whether there is room is asked by admission_room. */
_must_check_ enum err admission_can_come(struct ctx *cx, const struct admission_batch_row *b, int64_t person_id, int64_t within, struct admission_comer *ret,
					 struct admission_no *ret_no);
/* What is in the way of everybody: not open, too late. */
struct admission_no admission_not_open(struct ctx *cx, const struct admission_batch_row *b);
/* How many more may ask. */
_must_check_ enum err admission_room(struct ctx *cx, const struct admission_batch_row *b, int64_t *ret);
/* Writes the request. side: who nominates; SIDE_NOBODY: the person asks. Without seats being given. ret_id: of the admission. */
_must_check_ enum err admission_enter(struct ctx *cx, const struct admission_batch_row *b, const struct admission_comer *c, enum admission_side side, bool bed,
				      struct str words, int64_t *ret_id);
_must_check_ enum err admission_note(struct ctx *cx, int64_t admission_id, struct str was, const char *became, struct str words, int64_t by_id);
/* Out of asked, waiting or admitted into another state; the seat is free afterwards, but nobody has it yet. */
_must_check_ enum err admission_out(struct ctx *cx, int64_t id, struct str was, const char *became, struct str words, int64_t by_id);
/* Tells a person once for a step. what: N_() with {programme} and {words}. */
_must_check_ enum err admission_tell(struct ctx *cx, const struct admission_batch_row *b, int64_t admission_id, int64_t person_id, const char *what,
				     struct str words);
/* "23-11-2026, 10:30" in India, as it stands on the letter of everybody. */
struct str admission_when(const struct ctx *cx, int64_t at);
/* The sentence of a no, in the language of cx. */
struct str admission_no_text(struct ctx *cx, const struct admission_no *no);
/* A step of the job that tells who is asked for a yes (admission_jobs). */
_must_check_ enum err admission_due_step(struct ctx *cx, struct job *j);
#endif
