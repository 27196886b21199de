/* Examinations: what is asked (the blueprint), out of which forms, of whom, when, and by which rules.
 *
 * Kinds
 *   practice        no consequences; any number of attempts up to the rule
 *   course          the test of a course: a pass credits the quiz resource it names (resource_id)
 *   pre, post       of a course, before and after: the gain is reported, a pass of `post` credits as above
 *   standalone      of an organisation's people, by itself
 *   comprehensive   the yearly one that the appraisal report asks for: of a year, after need_share per cent of the courses listed
 *   proctored       only in a room with an invigilator (feature/room): its result is evidence of the kind proctored-test
 *   public          by a link, without an account
 *   skip            a short adaptive test by which a course becomes needless (feature/exemption)
 * Except for public ones, who may sit is who is posted in the organisation or below today; of a course's kinds who is enrolled in it (not for skip); of a
 * proctored one who has a seat.
 *
 * Forms are made of live items of the organisation's bank and of those above it, by the blueprint, as parallel as can be
 * (psychometrics/assembly.h). A form is never changed: an examination that is open may be given more forms, and one may be taken out for later
 * attempts. So what a form holds may be kept in memory for ever by its id.
 *
 * A draft can be changed; to open it needs a form (an adaptive one: a pool) and a blueprint. An open one can be changed in what does not touch those
 * who have begun: times to later, more attempts, title. Closing ends nobody's attempt: the clock does. */
#ifndef FEATURE_EXAM_H
#define FEATURE_EXAM_H
#include "db/db.h"
#include "exam_sql.h"

enum {
	EXAM_PARTS_MAX = 60,
	EXAM_ITEMS_MAX = 200, /* of a form */
	EXAM_POOL_MAX = 5000,
	EXAM_FORMS_MAX = 20,
	EXAM_CURVE_POINTS = 13, /* theta -3, -2.5 … 3: where the information of a form is kept */
};
#endif
