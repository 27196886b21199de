/* How well a person fits a post: which rules of the post are met, how probably each competency that it asks is held at the level asked, what is missing, and
 * how many hours of courses lie between. Pure.
 *
 * What enters: service, pay level, days of service and of the present holding, and the two sums of evidence in each competency (psychometrics/estimate.h).
 * What does not: gender, category, region, age, name. No function here takes them, so no figure can follow from them (feature/placement/fairness.h counts
 * afterwards, and apart).
 *
 * Fit. The mean of the probabilities, 0 to 1000 thousandths. It is the expected share of what the post asks that the person meets: expectations add
 * whether or not competencies go together, so the sum over many officers is the expected number of requirements met, which is what a placement should
 * make greatest. A product (or geometric mean) would need competencies to be independent of each other, which they are not, and one unknown
 * competency would outweigh everything known. Rounded to thousandths, so that sums are compared exactly. A post that asks nothing: 1000 for everybody.
 *
 * A competency is missing when its level is reached with a probability below MET. Without evidence beside own judgement the level is what is assumed of
 * anybody. */
#ifndef FEATURE_PLACEMENT_POST_FIT_H
#define FEATURE_PLACEMENT_POST_FIT_H
#include "base/field.h"
#include "psychometrics/estimate.h"

/* One competency that a post asks. course_id: the shortest live course that teaches up to that level or beyond, NONE: there is none. */
struct fit_need {
	int64_t competency_id, level, n_levels;
	int64_t course_id, ms; /* ms: length of the course */
};
struct fit_post {
	struct str service;		      /* empty: any */
	int64_t least_pay_level, least_years; /* 0: any */
	const struct fit_need *needs;
	size_t n_needs;
};
/* Sums of evidence that counts (0 where there is nothing but own judgement). */
struct fit_sums {
	int64_t competency_id, weight, weighted;
};
struct fit_person {
	struct str service;
	int64_t pay_level;
	int64_t first_day;	     /* of the first posting */
	int64_t held_since;	     /* first day of the post held substantively; NONE: none is held */
	int64_t held_tenure_months;  /* how long its holder is left there at least */
	const struct fit_sums *sums; /* ascending by competency */
	size_t n_sums;
};

/* FIT_TENURE: who holds a post substantively has been there as long as that post's holder is left there. */
enum fit_rule { FIT_SERVICE, FIT_PAY_LEVEL, FIT_YEARS, FIT_TENURE, FIT_RULES };
struct fit_rules {
	bool met[FIT_RULES], eligible; /* eligible: all are met */
	int64_t years, months;	       /* in service, and in the present holding, whole ones up to the day */
};
struct fit_rules fit_rules(const struct fit_post *post, const struct fit_person *person, int64_t day);

struct fit_part {
	double probability;
	struct estimate held;
	bool known, missing;
	double gap; /* levels between what is asked and the mean; 0 when it is not missing */
};
struct fit_part fit_part(const struct fit_need *need, const struct fit_person *person, int64_t day);

struct fit {
	int64_t thousandths;
	size_t n_missing, n_closed_by_none; /* missing, and of them without a course that leads there */
	int64_t ms;			    /* of the courses for all that is missing, each course once; the shortest plan may be shorter (feature/plan) */
};
/* parts (may be NULL): room for n_needs. */
struct fit post_fit_of(const struct fit_post *post, const struct fit_person *person, int64_t day, struct fit_part *parts);
/* The same of probabilities that are known already, by need. */
struct fit fit_of_probabilities(const struct fit_post *post, const double *probability);

/* Whole months from a day up to another by the calendar (31 January to 28 February: 0; a later "from": 0). */
int64_t fit_months(int64_t from_day, int64_t day);
#endif
