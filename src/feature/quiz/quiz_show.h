/* A question as somebody sees it who answers it: options in the order of a seed, what was given so far, and, once that cannot change any more, what is right.
 * Courses, examinations and previews of the item bank show questions by this and by the templates quiz_question and quiz_answer. */
#ifndef FEATURE_QUIZ_SHOW_H
#define FEATURE_QUIZ_SHOW_H
#include "feature/quiz/quiz_store.h"

/* An option or a left side. right, wrong and feedback only when revealed. */
struct quiz_choice {
	struct str id, text, area;
	bool mine;                   /* chosen */
	bool right;
	struct str feedback;         /* of a chosen option */
	struct str chosen, best;     /* left side: id of the right side that was chosen, text of the one that fits */
	struct str chosen_text;
	int64_t place, right_place;  /* ordering: from 1; 0: none, not revealed */
};
struct quiz_shown {
	int64_t question_id, n;      /* the caller's */
	enum question_kind kind;
	struct str text, alt;        /* alt: of the picture */
	int64_t width, height, words;
	struct quiz_choice *options; /* in the order of the seed; ordering: those that were placed first; revealed: as is right */
	size_t n_options;
	struct quiz_choice *lefts;
	size_t n_lefts;
	struct strs given;
	bool revealed;               /* final, and the rules show what is right: the rest is filled */
	double part;                 /* 0 to 1 */
	struct str feedback, general;
	struct str best;             /* a right answer, of numeric, short and long */
};
/* given: as kept, or as a form sent it. The same seed gives the same order; options of true or false keep theirs. */
void quiz_show(struct arena *a, const struct quiz_asked *q, const struct strs *given, uint64_t seed, struct quiz_shown *ret);
/* Marks what was given and shows what is right. */
void quiz_reveal(struct arena *a, const struct quiz_key *k, struct quiz_shown *s);
/* The place of an option in an answer to an ordering, from 1; 0: it has none. */
int64_t quiz_place(const struct strs *given, struct str id);
#endif
