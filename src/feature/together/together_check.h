/* The individual check after a group session: who covers enough of a resource, but too much of it in groups alone, answers TOGETHER_QUESTIONS questions by lot
 * out of the quiz that proves the resource (front matter `credits`; all, when it has fewer), and passes by that quiz's own rule. Passed, the resource is
 * credited with way "check".
 *
 *   phone    by himself, on his own device
 *   number   on the shared device, after his personal number (six digits, kept as a keyed hash; TOGETHER_TRIES tries an hour)
 *   tick     on the shared device, the host says that it is him
 *   sheet    on a printed sheet with a number (together_sheet.h), keyed in by the host
 *
 * The way is kept with the check and shown wherever the resource is. TOGETHER_CHECKS checks a person and resource; then the quiz itself, or watching it alone,
 * is left. Where no quiz proves a resource, there is nothing to check by: only time is credited, and the pages say so. */
#ifndef FEATURE_TOGETHER_CHECK_H
#define FEATURE_TOGETHER_CHECK_H
#include "feature/quiz/quiz_answers.h"
#include "feature/quiz/quiz_show.h"
#include "feature/together/together.h"

enum { TOGETHER_QUESTIONS = 3, TOGETHER_CHECKS = 3, TOGETHER_NUMBER_DIGITS = 6 };
#define TOGETHER_AFTER HOUR /* so long after a session the shared device still asks */

/* How somebody stands with a resource. */
struct together_standing {
	struct together_check_state_row of;
	int64_t percent;			  /* of the resource, seen alone and in groups */
	int64_t pass, left;			  /* to pass; checks left */
	struct str quiz;			  /* title of the quiz that proves it */
	bool credited, enrolled, covered, proved; /* covered: a check is due or was; proved: some quiz has questions for it */
	size_t pool, paper_pool;		  /* questions, and those that can stand on paper */
};
/* ERR_NOT_FOUND: no such resource. Reads. */
_must_check_ enum err together_standing(struct ctx *cx, int64_t person_id, int64_t resource_id, struct together_standing *ret);
/* Why no check can begin now (N_()); NULL: it can. */
const char *together_no_check(const struct together_standing *s);

/* Somebody has covered a resource in groups, and a check of his own is open now: he is told. In a writing transaction, as all that change. */
_must_check_ enum err together_check_opens(struct ctx *cx, const struct together_session_row *s, int64_t person_id);
/* Begins a check, or takes up the one that is open; way: "phone", "number", "tick". together_id: the session on whose device it is, or of which it is.
 * ERR_CONFLICT with a sentence. */
_must_check_ enum err together_check_begin(struct ctx *cx, int64_t together_id, int64_t resource_id, int64_t person_id, const char *way, int64_t *ret_id);
/* Draws the questions of a new check; paper: only such as can stand on a sheet (quiz_id has some). n: number of the sheet, 0: none. */
_must_check_ enum err together_check_draw(struct ctx *cx, int64_t together_id, const struct together_standing *s, int64_t person_id, const char *way, int64_t n,
					  int64_t *ret_id);
/* ERR_NOT_FOUND: there is none. Reads. */
_must_check_ enum err together_check_find(struct ctx *cx, int64_t id, struct together_check_row *ret);
/* Its questions, options in an order of its own. Reads. */
_must_check_ enum err together_check_questions(struct ctx *cx, int64_t id, struct quiz_shown **ret, size_t *ret_n);
/* Hands it in, marks it, and credits the resource when it is passed. ERR_INVALID "answer"; ERR_CONFLICT: handed in before, not enrolled, not enough seen. */
_must_check_ enum err together_check_hand_in(struct ctx *cx, const struct together_check_row *k, const struct quiz_answers *given, bool *ret_passed);

/* Sets the actor's personal number. ERR_INVALID "number": not six digits, or too easy. */
_must_check_ enum err together_number_set(struct ctx *cx, struct str number);
/* Whether it is somebody's number. A wrong one, or none set, is a failure that keeps its count (*ret_refused). ERR_TOO_MANY. */
_must_check_ enum err together_number_fits(struct ctx *cx, int64_t person_id, struct str number, enum err *ret_refused);

/* What the account closed_id did in groups is kept_id's from now on (feature/merge). After progress and learned. In a writing transaction. */
_must_check_ enum err together_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);
#endif
