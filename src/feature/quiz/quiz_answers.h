/* What a form with questions (template quiz_question) sends.
 *
 * Fields are named "answer.QUESTION" or, to match, "answer.QUESTION.LEFT"; in a field of kind F_TEXTS they come as "QUESTION=x" and "QUESTION.LEFT=x".
 * An empty one says that the question was there and nothing was chosen. */
#ifndef FEATURE_QUIZ_ANSWERS_H
#define FEATURE_QUIZ_ANSWERS_H
#include "base/ctx.h"
#include "base/field.h"

struct quiz_answered {
	int64_t question_id;
	struct strs given;
};
struct quiz_answers {
	struct quiz_answered *v;
	size_t n;
};
/* ERR_INVALID "answer": one is not QUESTION=ANSWER. In the arena. */
_must_check_ enum err quiz_answers(struct ctx *cx, const struct strs *texts, struct quiz_answers *ret);
#endif
