/* Seen in a group; see in_group_web.h. */
#include "feature/progress/in_group_web.h"
#include "web/lang.h"

struct str in_group_checked(struct ctx *cx, struct str way, struct str by)
{
	const struct msg_arg name = { "name", by };
	if (!way.n)
		return S("");
	if (str_is(way, "tick"))
		return msg_text(cx, N_("on the shared device, ticked by {name}"), 1, &name);
	if (str_is(way, "sheet"))
		return msg_text(cx, N_("on a printed sheet, keyed in by {name}"), 1, &name);
	return str_of(tr(cx->lang, str_is(way, "number") ? N_("on the shared device, by the personal number") : N_("on the own phone")));
}

enum err in_group(struct ctx *cx, int64_t person_id, int64_t resource_id, struct in_group *ret)
{
	struct progress_group_of_row r;
	bool found = false;
	TRY(progress_sql_group_of(cx, person_id, resource_id, &r, &found));
	*ret = found ? (struct in_group){ r.host, in_group_checked(cx, r.check_way, r.check_by) } : (struct in_group){ 0 };
	return OK;
}
