/* Marking: pure functions from a key and what was given to a share of the question's one mark.
 *
 * What was given is a list of texts, whatever the kind:
 *   single, truefalse   ["b"]          the id of the option; ids of true/false are "true" and "false"
 *   multiple            ["a","c"]      ids
 *   numeric, short      ["48"]         what was typed
 *   matching            ["1=b","2=a"]  id of the left side, "=", id of the right side
 *   ordering            ["c","a","b"]  ids, the first first; ids that were not placed are not there
 *   hotspot, judgement  ["b"]          the id of the area, of the option
 *   long                ["…"]          what was written; people mark it
 *   case                               nothing: its questions are marked, each by itself
 *
 * Ordering: Kendall's tau between the right order and the given one (M. G. Kendall, A New Measure of Rank Correlation, Biometrika 30 (1938), 81-93),
 * max(0, (C - D) / (n (n - 1) / 2)) with C pairs in their right order and D in the wrong one; a pair of which one was not placed is neither.
 * All or nothing (`whole`; multiple, matching, ordering): a part below 1 is 0.
 *
 * The rules of the others are Moodle's, since GIFT files are written for them (docs.moodle.org/en: GIFT format; Multiple Choice, Short-Answer,
 * Numerical, Matching question type), with two kindnesses: no question takes marks away from another (the floor is 0), and
 * of several accepted answers that fit the one worth most counts, not the first. */
#ifndef FEATURE_QUIZ_MARK_H
#define FEATURE_QUIZ_MARK_H
#include "base/arena.h"
#include "base/field.h"
#include "text/question.h"

/* weight: per cent. Choices: id of the option; short answer: the accepted text, and of a translation its language. */
struct key_option {
	struct str id, feedback;
	double weight;
	struct str lang;
};
struct key_pair {
	struct str left, right;
};
struct quiz_key {
	enum question_kind kind;
	struct key_option *options;
	size_t n_options;
	struct question_number *numbers;
	size_t n_numbers;
	struct key_pair *pairs;
	size_t n_pairs;
	struct strs order;  /* of ordering: ids */
	bool whole;         /* all or nothing */
	struct question_criterion *rubric; /* of a long answer */
	size_t n_rubric;
	struct str sample;  /* a long answer that would earn all marks */
	struct str general; /* feedback whatever was given */
};
struct quiz_mark {
	double part;         /* 0 to 1 */
	struct str feedback; /* of the accepted text or number that counted */
};
/* False: a long answer, which people mark, and a case, which has no mark of its own; their part is 0 here. */
static inline bool quiz_machine_marks(enum question_kind kind)
{
	return kind != Q_LONG && kind != Q_CASE;
}
struct quiz_mark quiz_mark(struct arena *a, const struct quiz_key *k, const struct strs *given);
/* An answer that earns the whole mark; of a long answer and a case: none. */
struct strs quiz_right(struct arena *a, const struct quiz_key *k);

/* A number as people type it: "48", "-2.5", "1,00,000", "100,000", "1 00 000", "2,5", "४८". A comma followed by three digits
 * groups (as in India); any other single comma is a decimal comma. No exponents, no units. */
bool quiz_number(struct arena *a, struct str typed, double *ret);
/* Case, composition and white space folded: what short answers are compared by. */
struct str quiz_fold(struct arena *a, struct str typed);
/* Whether folded text fits a folded pattern: "*" stands for any text, "\*" for an asterisk. */
bool quiz_pattern_fits(struct str pattern, struct str text);
#endif
