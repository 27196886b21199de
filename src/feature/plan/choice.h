/* Which courses to choose for somebody's gaps: minutes, language and quality weighed, and the gaps covered (solve/cover.h). Pure: no database.
 *
 * What a course brings. A course "up to level L" is taken at its author's word here: it brings what is held to L at most, and adds nothing to what other
 * courses bring. That is what learning it aims at, not what will be known of it: a completed course is one piece of evidence (a certificate, see
 * evidence.def), which moves the estimate of the level, but mostly not all the way to L. So beside the choice stands the estimate that the
 * certificates of all its courses would give today (`after`), and where that does not reach the level asked, a test or the supervisor's word will
 * have to show it. Both are said to the learner.
 *
 * What somebody learned in a course that he has completed is not taught again: up to its level courses bring nothing, unless a test or somebody's word after it
 * says that the level is not there, or half a life of knowledge (estimate.h) has passed. Where that is all that was asked, what is missing is
 * evidence and not another course.
 *
 * Cost of a course: the minutes that are left of it, and a penalty, by which one course is taken before another of nearly the same length:
 *
 *	language   CHOICE_LANGUAGE_PERCENT of its minutes when it is in another language than the person's: studying a text in a second language took
 *	           about a fifth longer for the same result (Dirix, Vander Beken, De Bruyne, Brysbaert & Duyck 2019, Reading Research Quarterly,
 *	           doi 10.1002/rrq.277)
 *	quality    CHOICE_STAR_PERCENT of its minutes for each star below CHOICE_STARS that its Bayesian mean is, (n0 m0 + sum of stars) / (n0 + n)
 *	           with n0 = CHOICE_RATINGS and m0 = CHOICE_STARS
 *
 * So a course nobody has rated is a good one until people say otherwise, and a single bad word weighs little. Ten ratings: one rating strays by about
 * one star, the mean of ten by a third of it. A quarter: a course worse by a star is taken when it is shorter by a quarter. Both are choices.
 *
 * Only minutes count against the limit. Courses that were asked of the person with a day come first and count as chosen: what they bring is
 * brought, and their minutes are taken from the limit.
 *
 * What is best: the most levels closed within the limit, then the least cost. A level of a framework of n levels is worth 3 / n, so that a whole scale
 * counts alike in all. Courses need no others before them: course files cannot say so. */
#ifndef FEATURE_PLAN_CHOICE_H
#define FEATURE_PLAN_CHOICE_H
#include "base/ctx.h"
#include "psychometrics/estimate.h"

enum {
	CHOICE_LANGUAGE_PERCENT = 20,
	CHOICE_STAR_PERCENT = 25,
	CHOICE_RATINGS = 10,
	CHOICE_STARS = 4,
	CHOICE_NODES = 4000, /* of each search: some milliseconds, since a page waits for it */
	CHOICE_GAPS_MAX = 1000,
	CHOICE_COURSES_MAX = 5000,
};

struct choice_gap {
	int64_t level, n_levels;  /* asked; of the framework */
	double held;		  /* levels; of nothing known, what is assumed of anybody */
	double learned;		  /* up to which level completed courses have taught it; 0: none has */
	int64_t weight, weighted; /* sums of the evidence so far */
	bool known;		  /* some of it is beside own judgement, which counts only then (gap.h) */
};
struct choice_brings {
	size_t gap; /* place in the gaps */
	int64_t level;
};
struct choice_course {
	int64_t minutes; /* what is left of it */
	int64_t stars, ratings;
	bool asked, other_language;
	struct choice_brings *brings;
	size_t n_brings;
};

/* What a chosen course does for a gap, after those before it. */
struct choice_raise {
	size_t gap;
	double from; /* levels held, or brought by those before it */
	int64_t to;  /* at most what is asked */
	bool closes;
};
struct choice_pick {
	size_t course; /* place in the courses */
	struct choice_raise *raises;
	size_t n_raises;
};
enum choice_open { OPEN_NOT, OPEN_UNSHOWN, OPEN_UNTAUGHT, OPEN_TOO_LOW, OPEN_NO_TIME };
struct choice_end {
	double reached, reachable; /* held, learned, or brought by the choice; or by all courses together */
	enum choice_open open;	   /* why it stays open: learned and not shown; no course brings more; none so far; none within the limit */
	struct estimate after;	   /* with the certificates of the choice */
	bool taught;		   /* a course of the choice brings something */
	bool shown;		   /* there would be evidence enough for the level asked */
};
struct chosen {
	struct choice_pick *picks; /* asked ones first, in the order given; then by the gap they serve */
	size_t n_picks, n_asked;
	int64_t minutes, asked_minutes, cost; /* of all; of those asked; minutes and penalties of all */
	double worth, worth_bound;	      /* levels closed beyond what those asked close; no choice within the limit closes more */
	int64_t cost_bound;		      /* no choice that closes as much costs less (of all) */
	bool proved;
	struct choice_end *ends; /* by gap */
};

/* Whole minutes of what is left of a course; at least one, since what is all covered still has to be shown. */
int64_t choice_minutes(int64_t ms);
/* Minutes added to the cost of a course for language and quality. */
int64_t choice_penalty(const struct choice_course *c);
/* limit: minutes, >= 0. day: for which estimates are made. In the arena of cx. ERR_TOO_LARGE: more than the ceilings. */
_must_check_ enum err choice_make(struct ctx *cx, const struct choice_gap *gaps, size_t n_gaps, const struct choice_course *courses, size_t n_courses,
				  int64_t limit, int64_t day, struct chosen *ret);
#endif
