/* Runs of calibration: begun, accepted, undone; see calibration.h. */
#include "feature/calibration/calibration.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

const struct job_kind calibration_jobs[] = {
	{ .name = "calibration.run", .title = N_("Calibrating an item bank"), .act = calibration_run_act, .step = calibration_run_step },
	{ .name = NULL },
};

struct str calibration_list(struct arena *a, const double *v, size_t n)
{
	json_t *list = json_array();
	for (size_t k = 0; k < n; k++)
		json_array_append_new(list, json_real(v[k]));
	char *text = json_dumps(list, JSON_COMPACT | JSON_REAL_PRECISION(17));
	struct str ret = str_dup(a, str_of(text));
	free(text);
	json_decref(list);
	return ret;
}

bool calibration_item(int64_t categories, double a, struct str b, struct irt_item *ret)
{
	json_t *list = b.n ? json_loadb(b.p, b.n, 0, NULL) : NULL;
	bool good = isfinite(a) && categories >= 2 && categories <= CATEGORIES_MAX && json_array_size(list) + 1 == (size_t)categories;
	*ret = (struct irt_item){ .model = IRT_GRM, .categories = (int)categories, .a = a };
	for (size_t k = 0; good && k + 1 < (size_t)categories; k++)
		ret->b[k] = json_number_value(json_array_get(list, k));
	json_decref(list);
	return good;
}

enum err calibration_find(struct ctx *cx, int64_t org_id, int64_t run_id, struct calibration_one_row *ret)
{
	bool found = false;
	TRY(calibration_sql_one(cx, run_id, org_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "run_id", N_("There is no such calibration."));
}

enum err calibration_begin(struct ctx *cx, int64_t org_id, int64_t *ret_id)
{
	struct calibration_pending_row pending;
	struct calibration_newest_paper_row newest;
	int64_t id = new_id(cx), job_id, by = cx->actor.person_id ? actor_hand(&cx->actor) : NONE;
	bool found = false;
	TRY(calibration_sql_pending(cx, org_id, &pending, &found));
	if (found)
		return fail(cx, ERR_CONFLICT, "",
			    str_is(pending.state, "working") ? N_("A calibration of this bank is at work already.")
							     : N_("A calibration of this bank waits to be accepted or withdrawn first."));
	TRY(calibration_sql_newest_paper(cx, &newest));
	TRY(job_add(cx, &(struct job_add){ .kind = "calibration.run", .input = str_fmt(cx->arena, "%lld", (long long)id), .asked_by = by }, &job_id));
	TRY(calibration_sql_add(cx, id, org_id, job_id, newest.id, by, cx->now, NULL));
	*ret_id = id;
	return OK;
}

static enum err decided(struct ctx *cx)
{
	return fail(cx, ERR_CONFLICT, "", N_("This calibration does not wait to be decided about."));
}

enum err calibration_accept(struct ctx *cx, int64_t org_id, int64_t run_id)
{
	struct calibration_one_row r;
	int64_t changed = 0;
	TRY(calibration_find(cx, org_id, run_id, &r));
	TRY(calibration_sql_accept(cx, actor_hand(&cx->actor), cx->now, run_id, &changed));
	if (!changed)
		return decided(cx);
	TRY(calibration_sql_leave_force(cx, run_id, NULL));
	return calibration_sql_enter_force(cx, run_id, NULL);
}

enum err calibration_withdraw(struct ctx *cx, int64_t org_id, int64_t run_id)
{
	struct calibration_one_row r;
	int64_t changed = 0;
	TRY(calibration_find(cx, org_id, run_id, &r));
	if (!str_is(r.state, "working") && !str_is(r.state, "ready"))
		return decided(cx);
	TRY(calibration_sql_set_state(cx, S("withdrawn"), S(""), run_id, r.state, &changed));
	return changed ? OK : decided(cx);
}

enum err calibration_undo(struct ctx *cx, int64_t org_id, int64_t run_id)
{
	struct calibration_one_row r;
	int64_t changed = 0;
	TRY(calibration_find(cx, org_id, run_id, &r));
	TRY(calibration_sql_undo(cx, actor_hand(&cx->actor), cx->now, run_id, &changed));
	if (!changed)
		return fail(cx, ERR_CONFLICT, "", N_("Only a calibration that is in force can be undone."));
	TRY(calibration_sql_end_force(cx, run_id, NULL));
	return calibration_sql_return_force(cx, run_id, NULL);
}
