/* Whether two lists of questions are the same but for their lines; for the tests and the fuzz targets. */
#ifndef TEXT_QUESTION_EQUAL_H
#define TEXT_QUESTION_EQUAL_H
#include "text/question.h"

static inline bool question_option_equal(const struct question_option *a, const struct question_option *b)
{
	return str_eq(a->text, b->text) && a->format == b->format && a->weight == b->weight && str_eq(a->feedback, b->feedback) && str_eq(a->match, b->match) &&
	       str_eq(a->area, b->area);
}
static inline bool question_number_equal(const struct question_number *a, const struct question_number *b)
{
	return a->value == b->value && a->tolerance == b->tolerance && a->weight == b->weight && str_eq(a->feedback, b->feedback);
}
static inline bool question_picture_equal(const struct question_picture *a, const struct question_picture *b)
{
	return !a->type == !b->type && (!a->type || (strcmp(a->type, b->type) == 0 && str_eq(a->name, b->name) && str_eq(a->bytes, b->bytes) &&
						     str_eq(a->alt, b->alt) && a->width == b->width && a->height == b->height));
}
static inline bool question_criterion_equal(const struct question_criterion *a, const struct question_criterion *b)
{
	return str_eq(a->name, b->name) && a->points == b->points && str_eq(a->about, b->about);
}
static inline bool question_equal(const struct question *a, const struct question *b)
{
	bool same = a->kind == b->kind && a->format == b->format && str_eq(a->name, b->name) && str_eq(a->category, b->category) && str_eq(a->lang, b->lang) &&
		    str_eq(a->text, b->text) && str_eq(a->general_feedback, b->general_feedback) && str_eq(a->bloom, b->bloom) &&
		    str_eq(a->source, b->source) && question_picture_equal(&a->picture, &b->picture) && a->marks == b->marks && a->partial == b->partial &&
		    a->words == b->words && str_eq(a->sample, b->sample) && a->n_options == b->n_options && a->n_numbers == b->n_numbers &&
		    a->n_parts == b->n_parts && a->n_rubric == b->n_rubric && a->n_translations == b->n_translations;
	for (size_t i = 0; same && i < a->n_options; i++)
		same = question_option_equal(&a->options[i], &b->options[i]);
	for (size_t i = 0; same && i < a->n_numbers; i++)
		same = question_number_equal(&a->numbers[i], &b->numbers[i]);
	for (size_t i = 0; same && i < a->n_rubric; i++)
		same = question_criterion_equal(&a->rubric[i], &b->rubric[i]);
	for (size_t i = 0; same && i < a->n_parts; i++)
		same = question_equal(&a->parts[i], &b->parts[i]);
	for (size_t i = 0; same && i < a->n_translations; i++)
		same = question_equal(&a->translations[i], &b->translations[i]);
	return same;
}
static inline bool questions_equal(const struct questions *a, const struct questions *b)
{
	bool same = a->n == b->n;
	for (size_t i = 0; same && i < a->n; i++)
		same = question_equal(&a->v[i], &b->v[i]);
	return same;
}
#endif
