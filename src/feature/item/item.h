/* The item bank of an organisation: questions with one identity in all their languages and versions, what they test, who wrote and who accepted them.
 *
 * What is asked and what is right are kept apart, as JSON of feature/quiz/quiz_store.h; every kind of text/question.h can be kept. A version is never changed:
 * whoever changes an item writes a new one, and forms keep the versions they were made of. A version is live, so that forms may be made of it, once two
 * people other than its author have accepted it; a later version that waits for its reviewers leaves the live one in force. Questions of a case are items of
 * their own (case_id) that are reviewed and retired with it.
 *
 *   draft → review → live → retired        (a change of a live one: a new version in review, live_version stays)
 *
 * Marks of an item are a part (0 to 1) of its points. For statistics and calibration the part is a category, 0 … steps: item_category(). Right-or-wrong
 * kinds have one step; those with partial credit as many as they have parts that earn something, at most ITEM_STEPS_MAX. */
#ifndef FEATURE_ITEM_H
#define FEATURE_ITEM_H
#include "db/db.h"
#include "item_sql.h"

enum { ITEM_STEPS_MAX = 4, ITEM_CODE_MAX = 80, ITEM_REVIEWERS = 2 };

/* The greatest category whose share of the mark is reached; a hair below counts as reached. */
int item_category(double part, int64_t steps);
#endif
