/* What the actions of people (attempt_web.c) and of guests (guest_web.c) have in common: one paper, under two kinds of address. */
#ifndef FEATURE_ATTEMPT_PAPER_WEB_H
#define FEATURE_ATTEMPT_PAPER_WEB_H
#include "feature/attempt/view.h"
#include "feature/quiz/quiz_store.h"
#include "web/action.h"

/* A message, in letters; and a field of a form, which a long answer fills. */
enum { PAPER_BODY_MAX = 512 * 1024, PAPER_MESSAGE_MAX = 200 * 1000, PAPER_KEYED_MAX = 21000 };
struct paper_place {
	struct exam_taker taker;
	int64_t attempt_id;
	struct str base, api; /* addresses, without a final slash */
};
extern const struct choice paper_laters[];
extern const struct field paper_opened_out[], paper_saved_out[], paper_noted_out[];

/* The page and the row. typed: of a form that was refused; NULL. */
_must_check_ enum err paper_show(struct ctx *cx, const struct paper_place *p, const struct strs *typed, struct answer *a);
/* It was opened: where it is, until when. */
_must_check_ enum err paper_opened(struct ctx *cx, const struct paper_place *p, struct answer *a);
_must_check_ enum err paper_row(struct ctx *cx, const struct paper_place *p, struct answer *a);
/* A message of answers, of events. */
_must_check_ enum err paper_save(struct ctx *cx, const struct paper_place *p, struct str json, struct answer *a);
_must_check_ enum err paper_note(struct ctx *cx, const struct paper_place *p, struct str json, struct answer *a);
/* What a form carries is saved, then the paper handed in unless `later` (paper_laters; skip: of an
 * adaptive one, the open question without an answer). What does not fit is told and stops the handing in; the rest is saved all the same. */
_must_check_ enum err paper_submit(struct ctx *cx, const struct paper_place *p, const struct strs *texts, struct str later, struct answer *a);
_must_check_ enum err paper_picture(struct ctx *cx, const struct paper_place *p, int64_t n, struct answer *a);
#endif
