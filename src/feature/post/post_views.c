/* What several pages of posts and roles show; see post_views.h. */
#include "feature/post/post_views.h"
#include "feature/person/person.h"
#include "feature/post/post.h"
#include "web/lang.h"

void activities_of(struct ctx *cx, const struct work_line *v, size_t n, struct activity_view **ret, size_t *ret_n)
{
	*ret = NULL;
	*ret_n = 0;
	for (size_t i = 0; i < n; i++) {
		struct activity_view *a = *ret_n ? &(*ret)[*ret_n - 1] : NULL;
		if (!a || a->id != v[i].id) {
			a = ARENA_PUSH(cx->arena, *ret, *ret_n);
			*a = (struct activity_view){ .id = v[i].id, .role_id = v[i].role_id, .code = v[i].code, .name = v[i].name };
		}
		if (v[i].competency_id == NONE)
			continue;
		*ARENA_PUSH(cx->arena, a->needs, a->n_needs) = (struct need_view){ v[i].competency_id, v[i].level, v[i].competency, v[i].level_name };
		a->needed =
			str_fmt(cx->arena, "%.*s%s%.*s (%lld)", STR_ARG(a->needed), a->needed.n ? ", " : "", STR_ARG(v[i].competency), (long long)v[i].level);
	}
}

void holding_sort(struct ctx *cx, struct holding_view h, struct holding_lists *to)
{
	int64_t today = person_today(cx);
	h.to_come = h.from_day > today;
	h.before = h.until_day != NONE && h.until_day <= today;
	h.now = !h.to_come && !h.before;
	h.kind_name = holding_kind_name(cx, h.kind);
	if (h.now)
		*ARENA_PUSH(cx->arena, to->now, to->n_now) = h;
	else if (h.to_come)
		*ARENA_PUSH(cx->arena, to->to_come, to->n_to_come) = h;
	else
		*ARENA_PUSH(cx->arena, to->before, to->n_before) = h;
}

struct str holding_kind_name(struct ctx *cx, struct str code)
{
	enum holding_kind k = holding_kind_of(code);
	return k == HOLDING_KINDS ? code : str_of(tr(cx->lang, holding_kinds[k].words));
}
