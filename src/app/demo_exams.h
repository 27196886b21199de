/* Examinations of the demonstration. */
#ifndef APP_DEMO_EXAMS_H
#define APP_DEMO_EXAMS_H
#include "base/ctx.h"

/* Out of the item bank of an organisation: one of the organisation's people, the yearly one with courses first, one to practise, a public one, and a pair
 * before and after a course. In a writing transaction, after the bank and the courses. */
_must_check_ enum err demo_exams(struct ctx *cx, int64_t org_id, const int64_t *courses, size_t n_courses);
#endif
