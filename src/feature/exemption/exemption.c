/* Courses that a test shows to be needless; see exemption.h. */
#include "feature/exemption/exemption.h"
#include "base/clock.h"
#include "feature/adaptive/adaptive.h"

#include <math.h>

/* How surely some test says that the level of a competency is at least this. */
static enum err surest(struct ctx *cx, int64_t person_id, int64_t competency_id, int64_t level, double *ret)
{
	struct exemption_shown_row *shown;
	size_t n;
	*ret = 0;
	TRY(exemption_sql_shown(cx, person_id, competency_id, &shown, &n));
	for (size_t i = 0; i < n; i++) {
		const struct adaptive_pool *pool;
		struct exam_one_row e;
		bool found = false;
		TRY(exam_sql_one(cx, shown[i].exam_id, &e, &found));
		TRY(adaptive_pool(cx, &e, shown[i].form_id, &pool));
		*ret = fmax(*ret, adaptive_sure(pool, competency_id, level, shown[i].theta, shown[i].se));
	}
	return OK;
}

/* The least over what the course teaches; 0: it teaches nothing that is known. */
static enum err surely_needless(struct ctx *cx, int64_t person_id, int64_t course_id, double *ret)
{
	struct exemption_taught_row *taught;
	double sure, least = 1;
	size_t n;
	*ret = 0;
	TRY(exemption_sql_taught(cx, course_id, &taught, &n));
	for (size_t i = 0; i < n; i++) {
		if (taught[i].competency_id == NONE)
			return OK;
		TRY(surest(cx, person_id, taught[i].competency_id, taught[i].level, &sure));
		least = fmin(least, sure);
		if (least < EXEMPTION_SURE)
			return OK;
	}
	*ret = n ? least : 0;
	return OK;
}

static enum err withdraw_unshown(struct ctx *cx, int64_t person_id, int64_t attempt_id)
{
	struct exemption_of_attempt_row *held;
	double sure;
	size_t n;
	TRY(exemption_sql_of_attempt(cx, person_id, attempt_id, &held, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(surely_needless(cx, person_id, held[i].course_id, &sure));
		if (sure < EXEMPTION_SURE)
			TRY(exemption_sql_withdraw(cx, cx->now, NONE, STR_NONE, held[i].id, person_id, NULL));
	}
	return OK;
}

enum err exemption_consider(struct ctx *cx, int64_t person_id, int64_t attempt_id)
{
	struct exemption_attempt_row attempt;
	struct exemption_courses_row *courses;
	bool found = false;
	double sure;
	size_t n;
	TRY(exemption_sql_attempt(cx, person_id, attempt_id, &attempt, &found));
	if (!found)
		return OK;
	TRY(withdraw_unshown(cx, person_id, attempt_id));
	TRY(exemption_sql_courses(cx, attempt.exam_id, person_id, attempt_id, &courses, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(surely_needless(cx, person_id, courses[i].id, &sure));
		if (sure >= EXEMPTION_SURE)
			TRY(exemption_sql_add(cx, new_id(cx), person_id, courses[i].id, attempt_id, (courses[i].ms + MINUTE - 1) / MINUTE,
					      (int64_t)floor(100 * sure), cx->now, NULL));
	}
	return OK;
}

enum err exemption_withdraw(struct ctx *cx, int64_t person_id, int64_t exemption_id, struct str why)
{
	int64_t changed = 0;
	if (!str_trim(why).n)
		return fail(cx, ERR_INVALID, "why", N_("is needed"));
	TRY(exemption_sql_withdraw(cx, cx->now, actor_hand(&cx->actor), str_trim(why), exemption_id, person_id, &changed));
	return changed ? OK : fail(cx, ERR_NOT_FOUND, "exemption_id", N_("There is no such exemption in force."));
}

enum err exemption_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	TRY(exemption_sql_merge_doubles(cx, cx->now, closed_id, kept_id, NULL));
	return exemption_sql_merge(cx, kept_id, closed_id, NULL);
}
