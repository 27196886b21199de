/* Jobs as rows; see job.h. */
#include "job/job.h"
#include "job_sql.h"

enum err job_add(struct ctx *cx, const struct job_add *in, int64_t *ret_id)
{
	int64_t id = new_id(cx), changed = 0;
	if (in->input.n > JOB_TEXT_MAX)
		return ERR_TOO_LARGE;
	/* Without a text of its own each job is the only one of its id. */
	struct str once = in->once.n ? in->once : str_fmt(cx->arena, "%lld", (long long)id);
	TRY(job_sql_add(cx, id, str_of(in->kind), once, in->asked_by, in->input.p ? in->input : S(""), in->run_at ? in->run_at : cx->now, cx->now, &changed));
	if (!changed) {
		struct job_open_of_row row;
		bool found = false;
		TRY(job_sql_open_of(cx, str_of(in->kind), once, &row, &found));
		if (!found)
			return ERR_BUSY; /* it ended between the two statements; the transaction is repeated */
		id = row.id;
	}
	if (ret_id)
		*ret_id = id;
	return OK;
}

enum err job_standing(struct ctx *cx, int64_t id, struct job_standing *ret, bool *ret_found)
{
	struct job_standing_row r;
	TRY(job_sql_standing(cx, id, &r, ret_found));
	if (*ret_found)
		*ret = (struct job_standing){
			.id = r.id, .asked_by = r.asked_by, .done = r.done, .total = r.total, .created_at = r.created_at, .started_at = r.started_at,
			.ended_at = r.ended_at, .kind = r.kind, .state = r.state, .input = r.input, .result = r.result, .cancel = r.cancel,
		};
	return OK;
}

enum err job_cancel(struct ctx *cx, int64_t id)
{
	int64_t changed = 0;
	TRY(job_sql_cancel(cx, cx->now, id, &changed));
	return changed ? OK : fail(cx, ERR_CONFLICT, "", N_("This work has ended already."));
}

enum err job_retry(struct ctx *cx, int64_t id)
{
	int64_t changed = 0;
	TRY(job_sql_retry(cx, cx->now, id, &changed));
	return changed ? OK : fail(cx, ERR_CONFLICT, "", N_("This work has not failed, or the same is waiting already."));
}

int64_t job_wait(const int64_t *waits, int64_t n, int64_t fails)
{
	int64_t ms = waits[(fails < n ? fails : n) - 1];
	uint32_t r;
	random_bytes(&r, sizeof r);
	return ms - ms / 10 + (int64_t)(r % 1000) * (ms / 5) / 1000;
}
