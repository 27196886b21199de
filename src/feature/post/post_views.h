/* What several pages of posts and roles show. Within feature/post. */
#ifndef FEATURE_POST_VIEWS_H
#define FEATURE_POST_VIEWS_H
#include "base/ctx.h"
#include "feature/post/post_page.h"
#include "post_page_sql.h"

/* One line of what activities need; competency_id NONE: the activity needs nothing. */
struct work_line {
	int64_t role_id, id, competency_id, level;
	struct str code, name, competency, level_name;
};
/* The lines of any of the statements work_of_…, in the language of cx. */
#define WORK_LINES(cx, rows, n, ret)                                                                                                                           \
	do {                                                                                                                                                   \
		(ret) = ARENA_ARRAY((cx)->arena, struct work_line, (n) + 1);                                                                                   \
		for (size_t i_ = 0; i_ < (n); i_++)                                                                                                            \
			(ret)[i_] = (struct work_line){ (rows)[i_].role_id,                                                                                    \
							(rows)[i_].id,                                                                                         \
							(rows)[i_].competency_id,                                                                              \
							(rows)[i_].level,                                                                                      \
							(rows)[i_].code,                                                                                       \
							org_name((cx), (rows)[i_].name_en, (rows)[i_].name_hi),                                                \
							org_name((cx), (rows)[i_].competency_en, (rows)[i_].competency_hi),                                    \
							org_name((cx), (rows)[i_].level_en, (rows)[i_].level_hi) };                                            \
	} while (0)
/* Activities with what they need, of lines in their order. */
void activities_of(struct ctx *cx, const struct work_line *v, size_t n, struct activity_view **ret, size_t *ret_n);

/* Sorts a holding into those of today, to come, and before. */
struct holding_lists {
	struct holding_view *now, *to_come, *before;
	size_t n_now, n_to_come, n_before;
};
void holding_sort(struct ctx *cx, struct holding_view h, struct holding_lists *to);
/* "additional charge" for "additional". */
struct str holding_kind_name(struct ctx *cx, struct str code);
#endif
