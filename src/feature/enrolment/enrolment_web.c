/* Enrolling, ending, rating: the learner's own acts. Assignments and reminders stand in feature/team. */
#include "feature/enrolment/enrolment.h"
#include "web/action.h"

struct course_ref {
	int64_t course_id;
};
static const struct field course_ref_in[] = { FIELD(course_ref, course_id, F_ID, .must = true), FIELD_END };

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct course_ref *in = input;
	struct enrolment_one_row *row = ARENA_NEW(cx->arena, struct enrolment_one_row);
	(void)state;
	TRY(enrolment_add(cx, cx->actor.person_id, in->course_id));
	TRY(enrolment_need(cx, cx->actor.person_id, in->course_id, row));
	ANSWER_ROW(a, row);
	return OK;
}

static enum err end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct course_ref *in = input;
	(void)state;
	(void)a;
	return enrolment_end(cx, cx->actor.person_id, in->course_id);
}

struct rate {
	int64_t course_id, stars;
	struct str words;
};
static const struct field rate_in[] = {
	FIELD(rate, course_id, F_ID, .must = true),
	FIELD(rate, stars, F_INT, .label = N_("Stars"), .must = true, .min = 1, .max = 5),
	FIELD(rate, words, F_LONG, .label = N_("In your words"), .hint = N_("Shown on the course page without your name."), .max = 1000),
	FIELD_END,
};

static enum err rate_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct rate *in = input;
	(void)state;
	(void)a;
	return enrolment_rate(cx, cx->actor.person_id, in->course_id, in->stars, in->words);
}

const struct action enrolment_actions[] = {
	{ .name = "enrolment.add", .method = POST, .page = "/courses/{course_id}/enrolment", .api = "/api/v1/courses/{course_id}/enrolment", .may = MAY_LEARN,
	  .in = course_ref_in, .in_size = sizeof(struct course_ref), .out = enrolment_one_fields, .run = add_run, .then = "/courses/{course_id}",
	  .notice = N_("You are enrolled. You can begin at once."), .summary = "Enrols the person on a course; enrolled already is fine." },
	{ .name = "enrolment.end", .method = POST, .page = "/courses/{course_id}/end-enrolment", .api = "/api/v1/courses/{course_id}/end-enrolment", .may = MAY_LEARN,
	  .in = course_ref_in, .in_size = sizeof(struct course_ref), .run = end_run, .form = "course.show", .then = "/courses/{course_id}",
	  .notice = N_("The enrolment is ended. Your progress is kept."), .summary = "Ends an enrolment; progress is kept." },
	{ .name = "enrolment.rate", .method = POST, .page = "/courses/{course_id}/rating", .api = "/api/v1/courses/{course_id}/rating", .may = MAY_LEARN, .in = rate_in,
	  .in_size = sizeof(struct rate), .run = rate_run, .form = "course.show", .then = "/courses/{course_id}", .notice = N_("Thank you; your rating counts."),
	  .summary = "Rates a course that the person has completed." },
	ACTION_END,
};
