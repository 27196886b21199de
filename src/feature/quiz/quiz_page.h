/* Views of a question (templates quiz_question, quiz_answer; also of examinations and of the item bank) and of the quiz page: an open attempt to fill in, or
 * where one stands and how the last attempt went. */
#ifndef FEATURE_QUIZ_PAGE_H
#define FEATURE_QUIZ_PAGE_H
#include "feature/quiz/quiz_show.h"

/* A place that a step can be given. */
struct quiz_place_item {
	int64_t n;
	bool mine;
};
/* An area of a picture, in a drawing that is 1000 wide: a circle, a rectangle, or a polygon of points. */
struct quiz_area_item {
	struct str shape, points;
	int64_t x, y, r, width, height;
	int64_t label_x, label_y;
};
/* An option, a step or an area, or a right side to match. */
struct quiz_option_item {
	struct str id, text, feedback;
	bool mine, right;
	int64_t n;                       /* as it stands in the list, from 1 */
	int64_t place;                   /* of a step: that it was given; 0: none */
	struct quiz_place_item *places;
	size_t n_places;
	struct quiz_area_item area;
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
	struct str marks;       /* that it is worth; empty: 1 mark */
	struct str picture, alt; /* the address of its picture, set by the caller; empty: none */
	int64_t width, height;  /* of the picture, pixels */
	int64_t drawing_height; /* of areas: the drawing is 1000 wide */
	int64_t words;          /* of a long answer: at most so many; 0: not said */
	int64_t written;        /* words so far */
	struct quiz_option_item *options;
	size_t n_options;
	struct quiz_left_item *lefts;
	size_t n_lefts;
	struct str typed;
	bool can_check;         /* a button to mark it at once */
	bool revealed, answered, right, part; /* neither right nor part: wrong */
	int64_t percent;        /* of the mark */
	struct str best, feedback, general;
	bool unmarked;          /* of a long answer whose marks are not there yet */
};
/* given: what stands in the form, which may be newer than what is kept in q. Set by the caller: total, lang, can_check, marks, picture. In the arena. */
struct quiz_question_item quiz_question_item(struct ctx *cx, const struct quiz_shown *q, const struct strs *given);

/* What an option says: its text, or "True" and "False" in the language of cx. */
struct str quiz_option_text(struct ctx *cx, enum question_kind kind, const struct quiz_choice *c);

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
