/* Examinations of the demonstration; see demo_exams.h. */
#include "app/demo_exams.h"
#include "base/clock.h"
#include "feature/exam/exam_build.h"
#include "feature/person/person.h"

#include <math.h>

enum { NEEDS_MOST = 6 };

/* Long answers, which people mark, and a case stand at level 3; so tests whose result is there at once ask the levels below. */
struct plan {
	const char *code, *title, *about, *kind;
	int64_t minutes, attempts, forms, cells, per_cell; /* at most so many items of a cell in a form */
	int64_t from_level, to_level, from_days, for_days;
};
static const struct plan plans[] = {
	{ "noting-and-rti", "Office procedure and the right to information",
	  "What everybody in the department should know who puts up files and answers requests.", "standalone", 30, 2, 2, 3, 4, 1, 2, -5, 40 },
	{ "a-request", "A request comes in: the case and the draft", "Judging a case and writing an answer. People mark what you write.", "standalone", 60, 1,
	  1, 4, 6, 3, 3, -5, 40 },
	{ "yearly-2026", "Comprehensive assessment 2026-27", "The yearly assessment that the appraisal asks for.", "comprehensive", 45, 2, 2, 5, 3, 1, 2, -10,
	  90 },
	{ "try-yourself", "Try yourself", "A practice test. Come as often as you like.", "practice", 15, 20, 1, 2, 4, 1, 2, -60, 360 },
	{ "rti-for-all", "Do you know your right to information?", "A short test for everybody who asks or answers.", "public", 10, 1, 1, 1, 5, 1, 2, -20,
	  200 },
	{ "before-the-course", "Before the course: what do you know already?", "", "pre", 10, 1, 1, 1, 4, 1, 2, -90, 360 },
	{ "after-the-course", "After the course: what have you gained?", "", "post", 10, 2, 1, 1, 4, 1, 2, -90, 360 },
};

/* An hour of a day, from today. */
static int64_t at(const struct ctx *cx, int64_t days, int64_t hour)
{
	return clock_day_start(S("Asia/Kolkata"), person_today(cx) + days) + hour * HOUR;
}

static bool is_of_course(const struct plan *p)
{
	return str_is(str_of(p->kind), "pre") || str_is(str_of(p->kind), "post");
}

static enum err lay_down(struct ctx *cx, int64_t org_id, const struct plan *p, int64_t course_id, int64_t *ret_id)
{
	bool yearly = str_is(str_of(p->kind), "comprehensive");
	struct exam_rules r = { .org_id = org_id,
				.code = str_of(p->code),
				.title = str_of(p->title),
				.about = str_of(p->about),
				.kind = str_of(p->kind),
				.minutes = p->minutes,
				.grace_s = NONE,
				.attempts = p->attempts,
				.pass = NONE,
				.opens_at = at(cx, p->from_days, 10),
				.closes_at = at(cx, p->for_days, 18),
				.year = yearly ? 2026 : NONE,
				.need_share = NONE,
				.course_id = course_id,
				.resource_id = NONE,
				.least = NONE,
				.most = NONE,
				.target_se = (double)NAN };
	return exam_add(cx, &r, ret_id);
}

/* As many of each cell as all forms together can have. */
static enum err ask(struct ctx *cx, int64_t org_id, int64_t exam_id, const struct plan *p)
{
	struct exam_bank_row *bank;
	size_t n;
	int64_t cells = 0;
	TRY(exam_sql_bank(cx, org_id, person_today(cx), &bank, &n));
	for (size_t i = 0; i < n && cells < p->cells; i++) {
		int64_t most = bank[i].n / p->forms, items = most < p->per_cell ? most : p->per_cell;
		struct exam_part part = {
			.org_id = org_id, .exam_id = exam_id, .competency_id = bank[i].competency_id, .level = bank[i].level, .items = items
		};
		if (bank[i].level < p->from_level || bank[i].level > p->to_level || !items)
			continue;
		TRY(exam_part_put(cx, &part));
		cells++;
	}
	return OK;
}

/* Where cases and enemies do not allow so many different forms, one. */
static enum err make_forms(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t forms)
{
	struct exam_build in = { org_id, exam_id, forms, NONE, 2026 };
	struct exam_built b;
	TRY(exam_build(cx, &in, &b));
	if (b.state != ASSEMBLY_FOUND) {
		in.forms = 1;
		TRY(exam_build(cx, &in, &b));
	}
	return exam_build_keep(cx, &in, &b);
}

enum err demo_exams(struct ctx *cx, int64_t org_id, const int64_t *courses, size_t n_courses)
{
	for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
		const struct plan *p = &plans[i];
		int64_t id;
		TRY(lay_down(cx, org_id, p, is_of_course(p) && n_courses ? courses[0] : NONE, &id));
		TRY(ask(cx, org_id, id, p));
		for (size_t k = 0; str_is(str_of(p->kind), "comprehensive") && k < n_courses && k < NEEDS_MOST; k++)
			TRY(exam_need_put(cx, org_id, id, courses[k]));
		TRY(make_forms(cx, org_id, id, p->forms));
		TRY(exam_open(cx, org_id, id));
	}
	return OK;
}
