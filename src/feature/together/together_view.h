/* What several pages of group sessions show alike. */
#ifndef FEATURE_TOGETHER_VIEW_H
#define FEATURE_TOGETHER_VIEW_H
#include "feature/together/together_check.h"
#include "feature/together/together_page.h"

struct together_item together_item(const struct ctx *cx, const struct together_session_row *s);
/* "qr" for people. */
struct str together_way(struct ctx *cx, struct str way);
/* People of a session in the order of names, from a place in it on ("ID-KEY"; absent: the beginning); *ret_next: the next place, or absent. ERR_INVALID
 * "after". */
_must_check_ enum err together_people(struct ctx *cx, const struct together_session_row *s, struct str after, struct together_person **ret, size_t *ret_n,
				      struct str *ret_next);
/* What a page of a check says of how somebody stands, without questions. */
struct together_check_page together_check_page(struct ctx *cx, const struct together_standing *s);
/* The questions of a check for the template quiz_question, with what was typed so far. */
_must_check_ enum err together_put_questions(struct ctx *cx, int64_t check_id, const struct quiz_answers *typed, struct together_check_page *v);
/* A place of a list: "4711-asha" comes apart. */
_must_check_ enum err together_place(struct ctx *cx, struct str after, int64_t *ret_id, struct str *ret_key);
#endif
