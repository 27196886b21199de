/* What the pages and the API show of an attempt, whoever takes it. Texts of items go out of here and nowhere else: of an open paper to the device that has it,
 * of a closed one by the rules of review. */
#ifndef FEATURE_ATTEMPT_VIEW_H
#define FEATURE_ATTEMPT_VIEW_H
#include "feature/attempt/attempt.h"
#include "feature/attempt/attempt_page.h"

struct field;
/* As forms send it: "answer.N" = x comes as "N=x", "answer.N.LEFT" as "N.LEFT=x" (matching: LEFT=RIGHT; ordering: STEP=place). */
struct form_answer {
	int64_t n;
	struct strs given;
};
struct form_answers {
	struct form_answer *v;
	size_t n;
};
struct exam_form;
_must_check_ enum err view_form_answers(struct ctx *cx, const struct exam_form *form, const struct strs *texts, struct form_answers *ret);

/* typed: what stands in a form that was refused; NULL: nothing. base, api: addresses of the paper. */
_must_check_ enum err view_paper(struct ctx *cx, struct exam_taker t, int64_t attempt_id, const struct strs *typed, struct str base, struct str api,
				 struct paper_page *ret);
/* The questions in the order of the attempt with what was given, or typed (NULL: nothing); without what is right. ret: form->n of them. */
_must_check_ enum err view_questions(struct ctx *cx, const struct attempt_one_row *a, const struct exam_form *form, const struct attempt_answers_row *answers,
				     size_t n_answers, const struct form_answers *typed, struct paper_question **ret);
/* The own paper with what is right, into v->answers. Ask attempt_may_review first. */
_must_check_ enum err view_review(struct ctx *cx, const struct attempt_one_row *a, struct paper_page *v);
/* The number of a question on the paper of an attempt. */
int64_t view_place(struct ctx *cx, const struct exam_form *form, int64_t seed, int64_t n);

/* The same for programs. */
struct attempt_out {
	int64_t attempt_id, exam_id, n, opened_at, ends_at, grace_s, left_ms, elapsed_ms, first_seq, submitted_at, percent;
	struct str state, title, lang, secret, questions, competencies;
	double marks, max_marks;
	bool passed, here, over, adaptive, instead; /* instead: a fixed form of an adaptive examination that has too few calibrated questions */
};
extern const struct field attempt_out[];
/* v: what view_paper gave. */
_must_check_ enum err view_row(struct ctx *cx, struct exam_taker t, int64_t attempt_id, const struct paper_page *v, struct attempt_out *ret);

/* What a message of answers holds: [{"n":3,"seq":1017,"elapsed_ms":90250,"spent_ms":12000,"given":["a"],"seal":"…"}], and of events:
 * [{"seq":4,"kind":"left","elapsed_ms":90250,"ms":3000}]. ERR_INVALID with a sentence. */
_must_check_ enum err view_read_answers(struct ctx *cx, struct str json, struct attempt_give **ret, size_t *ret_n);
_must_check_ enum err view_read_events(struct ctx *cx, struct str json, struct attempt_event **ret, size_t *ret_n);
/* What a message of answers is answered: one for each, what holds now. */
_must_check_ enum err view_kept(struct ctx *cx, const struct attempt_one_row *a, const struct attempt_kept *v, size_t n, struct str *ret);
#endif
