/* What the pages of admissions have in common. */
#ifndef FEATURE_ADMISSION_SHOW_H
#define FEATURE_ADMISSION_SHOW_H
#include "feature/admission/admission.h"
#include "feature/admission/admission_page.h"

extern const struct choice admission_outcomes[];

_must_check_ enum err admission_head(struct ctx *cx, const struct admission_batch_row *b, struct admission_head *ret);
_must_check_ enum err admission_steps(struct ctx *cx, int64_t admission_id, struct admission_step_line **ret, size_t *ret_n);
/* Ids out of ticks ("12=x") or plain ones; ERR_INVALID "ids": none, more than ADMISSION_MANY_MAX, something else. */
_must_check_ enum err admission_ids(struct ctx *cx, const struct strs *ticks, const char *field, int64_t **ret, size_t *ret_n);
/* People out of ticks and out of lines of employee numbers, e-mail addresses or mobile numbers, into in->people. ERR_INVALID "people". */
_must_check_ enum err admission_people(struct ctx *cx, const struct strs *ticks, struct str lines, struct admission_nominate *in);
/* Decides about some at once, all or none. org_id: the office, whose they must be; NONE: the coordinator of the batch batch_id. */
struct admission_many {
	int64_t org_id, batch_id;
	struct strs ids;
	struct str outcome, words;
};
_must_check_ enum err admission_decide_many(struct ctx *cx, const struct admission_many *in);
/* A state for people. due: who is asked next, where that is known. */
struct str admission_state_name(const struct ctx *cx, struct str state, enum admission_side due);
#endif
