/* Views of the quiz page: an open attempt to fill in, or where one stands and how the last attempt went. */
#ifndef FEATURE_QUIZ_PAGE_H
#define FEATURE_QUIZ_PAGE_H
#include "text/gift.h"

/* An option, or a right side to match. */
struct quiz_option_item {
	struct str id, text, feedback;
	bool mine, right;
};
/* A left side to match. */
struct quiz_left_item {
	struct str id, text, chosen, best;
	bool right;
	struct quiz_option_item *options;
	size_t n_options;
};
struct quiz_question_item {
	int64_t id, n, total;
	enum question_kind kind;
	struct str lang, text;
	struct quiz_option_item *options;
	size_t n_options;
	struct quiz_left_item *lefts;
	size_t n_lefts;
	struct str typed;
	bool can_check;         /* a button to mark it at once */
	bool revealed, answered, right, part; /* neither right nor part: wrong */
	int64_t percent;        /* of the mark */
	struct str best, feedback, general;
};
struct quiz_form_page {
	int64_t attempt_id, resource_id;
	int64_t total, done;
	struct quiz_question_item *questions;
	size_t n_questions;
};
struct quiz_result_page {
	int64_t attempt, attempts, left, submitted_at;
	struct str marks, max;
	int64_t percent, pass, course_id;
	bool passed, course_complete, silent; /* silent: the rules give no feedback */
	struct quiz_question_item *questions;
	size_t n_questions;
};
struct quiz_start_page {
	int64_t resource_id, course_id;
	int64_t drawn, pass, attempts, left, best_percent;
	struct str feedback, best, best_max, credits, lang;
	bool tried, passed, enrolled, ended;
};
struct quiz_page {
	struct str title, course, lang;
	int64_t course_id, n, n_resources;
	int64_t attempt, attempts, total, pass; /* of the open attempt */
	struct quiz_form_page *form;     /* an open attempt; else NULL, and: */
	struct quiz_result_page *result; /* NULL: never handed in */
	struct quiz_start_page *start;
};
#endif
