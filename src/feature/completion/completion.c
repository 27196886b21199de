/* Credits and completion; see completion.h. */
#include "feature/completion/completion.h"
#include "feature/credential/credential.h"
#include "feature/enrolment/enrolment.h"
#include "feature/tally/tally.h"

static enum err complete(struct ctx *cx, int64_t person_id, int64_t course_id)
{
	bool newly = false;
	TRY(enrolment_complete(cx, person_id, course_id, &newly));
	if (!newly)
		return OK;
	TRY(tally_add(cx, course_id, "completed", person_id, cx->now, 1));
	TRY(tally_add_above(cx, "completed", person_id, cx->now, 1));
	TRY(credential_issue(cx, person_id, course_id, cx->now));
	return person_tell(cx, person_id, course_id);
}

enum err completion_credit(struct ctx *cx, int64_t person_id, int64_t resource_id, const char *way, struct completion *ret)
{
	struct completion_resource_row r;
	struct completion_open_row open;
	int64_t changed = 0;
	TRY(completion_sql_resource(cx, resource_id, &r));
	TRY(completion_sql_credit(cx, person_id, resource_id, r.course_id, str_of(way), cx->now, &changed));
	if (changed) {
		if (r.credits_id == NONE)
			TRY(enrolment_count_done(cx, person_id, r.course_id));
		TRY(tally_add_above(cx, "learning_ms", person_id, cx->now, r.ms));
	}
	TRY(completion_sql_open(cx, r.course_id, person_id, &open));
	if (open.n == 0)
		TRY(complete(cx, person_id, r.course_id));
	*ret = (struct completion){ changed > 0, open.n == 0 };
	return OK;
}

enum err completion_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	TRY(completion_sql_merge_credits(cx, kept_id, closed_id, NULL));
	return completion_sql_drop_credits(cx, closed_id, NULL);
}

enum err completion_settle(struct ctx *cx, int64_t person_id)
{
	struct enrolment_under_way_row *r;
	size_t n;
	TRY(enrolment_sql_under_way(cx, person_id, &r, &n));
	for (size_t i = 0; i < n; i++) {
		struct completion_open_row open;
		struct completion_any_row any;
		bool learnt = false;
		TRY(completion_sql_any(cx, person_id, r[i].course_id, &any, &learnt));
		if (!learnt)
			continue;
		TRY(completion_sql_open(cx, r[i].course_id, person_id, &open));
		if (open.n == 0)
			TRY(complete(cx, person_id, r[i].course_id));
	}
	return OK;
}
