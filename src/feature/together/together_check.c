/* The individual check; see together_check.h. */
#include "feature/together/together_check.h"
#include "feature/notice/notice.h"

enum err together_check_opens(struct ctx *cx, const struct together_session_row *s, int64_t person_id)
{
	const struct msg_arg args[] = { { "title", s->title } };
	return notice_tell(cx, &(struct notice){ .kind = NOTICE_together,
						 .person_id = person_id,
						 .fact = str_fmt(cx->arena, "together.check:%lld:%lld", (long long)s->resource_id, (long long)person_id),
						 .text = N_("You saw “{title}” in a group. A short check of your own is open: passed, it credits this part."),
						 .args = args,
						 .n_args = 1,
						 .path = str_fmt(cx->arena, "/resources/%lld/check", (long long)s->resource_id),
						 .thing_id = NONE });
}
