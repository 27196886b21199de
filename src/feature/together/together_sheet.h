/* Printed sheets of a group session: one a person, with a number, questions by lot and options in an order of its own; filled in by hand, keyed in by the host.
 *
 * On a sheet each option has a letter. What is keyed in is the letters ("B"; of several right ones "A C" or "AC"), or what was written. A sheet is keyed in
 * once, up to the end of the TOGETHER_SHEET_DAYS-th day after the session; before it is marked the host sees how it was read, and not what is right. A sheet
 * keyed in by the host shows no more than a host who keys it in, so this way stands in the record with his name. */
#ifndef FEATURE_TOGETHER_SHEET_H
#define FEATURE_TOGETHER_SHEET_H
#include "feature/together/together_check.h"

enum { TOGETHER_SHEET_DAYS = 7, TOGETHER_TYPED_MAX = GIVEN_TEXT_MAX };

bool together_sheets_in_time(const struct ctx *cx, const struct together_session_row *s);
/* Makes a sheet for everybody who was in, has the resource not credited and no sheet yet. ERR_CONFLICT: no questions that can stand on paper, too late, nobody
 * needs one. In a writing transaction. */
_must_check_ enum err together_sheets_make(struct ctx *cx, const struct together_session_row *s, int64_t *ret_n);
/* A sheet of this session. ERR_NOT_FOUND. Reads. */
_must_check_ enum err together_sheet_find(struct ctx *cx, const struct together_session_row *s, int64_t check_id, struct together_check_row *ret);

/* "A" of the first option. Pure, as what follows. */
struct str together_letter(struct arena *a, size_t i);
/* What was keyed in for a question, as an answer; a sentence (N_, with a place {n}) about what is wrong, or NULL. Nothing keyed in: no answer. */
const char *together_sheet_read(struct arena *a, const struct quiz_shown *q, struct str typed, struct strs *ret);
/* Lines "2=A C" for the questions of a sheet. ERR_INVALID "answer" with sentences. */
_must_check_ enum err together_sheet_answers(struct ctx *cx, const struct quiz_shown *q, size_t n, const struct strs *lines, struct quiz_answers *ret);
#endif
