/* Whether two lists of questions are the same but for their lines; for the tests and the fuzz target. */
#ifndef TEXT_GIFT_EQUAL_H
#define TEXT_GIFT_EQUAL_H
#include "text/gift.h"

static inline bool gift_option_equal(const struct question_option *a, const struct question_option *b)
{
	return str_eq(a->text, b->text) && a->format == b->format && a->weight == b->weight &&
	       str_eq(a->feedback, b->feedback) && str_eq(a->match, b->match);
}
static inline bool gift_number_equal(const struct question_number *a, const struct question_number *b)
{
	return a->value == b->value && a->tolerance == b->tolerance && a->weight == b->weight && str_eq(a->feedback, b->feedback);
}
static inline bool gift_question_equal(const struct question *a, const struct question *b)
{
	bool same = a->kind == b->kind && a->format == b->format && str_eq(a->name, b->name) && str_eq(a->category, b->category) &&
		    str_eq(a->text, b->text) && str_eq(a->general_feedback, b->general_feedback) &&
		    a->n_options == b->n_options && a->n_numbers == b->n_numbers;
	for (size_t i = 0; same && i < a->n_options; i++)
		same = gift_option_equal(&a->options[i], &b->options[i]);
	for (size_t i = 0; same && i < a->n_numbers; i++)
		same = gift_number_equal(&a->numbers[i], &b->numbers[i]);
	return same;
}
static inline bool gift_equal(const struct questions *a, const struct questions *b)
{
	bool same = a->n == b->n;
	for (size_t i = 0; same && i < a->n; i++)
		same = gift_question_equal(&a->v[i], &b->v[i]);
	return same;
}
#endif
