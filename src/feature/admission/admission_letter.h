/* Letters: of a nomination, of a seat. In the language of cx. */
#ifndef FEATURE_ADMISSION_LETTER_H
#define FEATURE_ADMISSION_LETTER_H
#include "feature/admission/admission.h"

/* One letter: says that somebody is nominated or has a seat, with sessions, rooms, hostel and joining instructions. The bytes in the arena. ERR_CONFLICT:
 * neither, or the batch is cancelled. */
_must_check_ enum err admission_letter(struct ctx *cx, int64_t batch_id, int64_t admission_id, struct str *ret);
/* Those of everybody who has a seat, in the order of asking, at most ADMISSION_LETTERS_MAX. ERR_CONFLICT: nobody has one, too many, or the
 * batch is cancelled. */
enum { ADMISSION_LETTERS_MAX = 1000 };
_must_check_ enum err admission_letters(struct ctx *cx, int64_t batch_id, struct str *ret);
#endif
