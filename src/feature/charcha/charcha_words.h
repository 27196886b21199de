/* Words and lines that the pages of charchas share. */
#ifndef FEATURE_CHARCHA_WORDS_H
#define FEATURE_CHARCHA_WORDS_H
#include "feature/charcha/charcha.h"
#include "feature/charcha/charcha_page.h"

struct str charcha_state_name(const struct ctx *cx, struct str state);
struct str charcha_promise_name(const struct ctx *cx, struct str state);
struct str charcha_draw_state(const struct ctx *cx, struct str state);
/* Per cent of what chance gives. */
int64_t charcha_unevenness(int64_t reached, int64_t chance);
struct charcha_group_line charcha_group_line(int64_t org_id, int64_t charcha_id, const struct charcha_groups_row *r);
/* Questions and competencies, in the language of cx. */
_must_check_ enum err charcha_lines(struct ctx *cx, int64_t charcha_id, struct charcha_line **ret, size_t *ret_n);
_must_check_ enum err charcha_skills(struct ctx *cx, int64_t charcha_id, struct charcha_skill **ret, size_t *ret_n);
/* Whether the actor manages charchas of an organisation. */
_must_check_ enum err charcha_manages(struct ctx *cx, int64_t org_id, bool *ret);
#endif
