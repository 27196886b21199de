/* What to learn: the courses that close somebody's gaps at least cost, or close most within a limit of time.
 *
 * A competency has a level that is held and one that is required, in the same unit (a scale of levels, points of a test: any). A course brings a
 * competency up to a level; it does not add to what others bring. It may need other courses before it, or a level of a competency: held
 * already, or brought by courses before it. Courses already done take no part and count as done for those that need them.
 *
 *	limit < 0     all gaps are closed, as far as courses go, at the least cost
 *	limit >= 0    first the greatest worth within so many minutes, then the least cost. A unit by which a gap is closed is worth its
 *	              competency's priority; units above what is required are worth nothing. Worth is counted in millionths.
 *
 * The cost of a course is its minutes and its penalty, by which a caller says what else he would rather avoid (quality, language); only minutes
 * count against the limit. All costs are whole numbers, so plans are compared exactly.
 *
 * Method: set covering with optional rows, by branch and bound. The bound is Lagrange's (Held & Karp, "The traveling-salesman problem and
 * minimum spanning trees: part II", Mathematical Programming 1 (1971) 6-25; for covering Beasley, "An algorithm for set covering problem", European
 * J. of Operational Research 31 (1987) 85-93): each row, the limit and the worth to reach have a multiplier that follows the subgradient. Courses that another
 * makes needless are left out before, courses that cannot belong to a better plan on the way. Work is counted in nodes, never in time: the
 * same problem gives the same plan everywhere. 40 gaps and 500 courses take milliseconds; at the ceilings it may be ten seconds. */
#ifndef SOLVE_COVER_H
#define SOLVE_COVER_H
#include "base/ctx.h"

enum {
	COVER_COMPETENCIES_MAX = 1000,
	COVER_COURSES_MAX = 5000,
	COVER_LINKS_MAX = 50000, /* raises and needs together */
	COVER_NODES = 20000,	 /* nodes of a search, unless the problem says otherwise ... */
	COVER_ROWS_LINKS = 5000, /* ... or its rows hold more courses than this together: then fewer in proportion */
};
#define COVER_MINUTES_MAX INT64_C(1000000) /* minutes or penalty of a course */
#define COVER_WORTH_MAX 1e6		   /* of all gaps together */

struct cover_competency {
	double held, required; /* required > held: a gap */
	double priority;       /* worth of a unit; > 0; only with a limit */
};
struct cover_raise {
	uint32_t competency;
	double level;
};
enum cover_need_kind { NEED_COURSE, NEED_LEVEL };
struct cover_need {
	enum cover_need_kind kind;
	uint32_t which; /* a course, or a competency */
	double level;	/* NEED_LEVEL: at least */
};
struct cover_course {
	int64_t minutes, penalty; /* 0 to COVER_MINUTES_MAX */
	const struct cover_raise *raises;
	const struct cover_need *needs; /* all of them */
	uint32_t n_raises, n_needs;
	bool done;
};
struct cover_problem {
	const struct cover_competency *competencies;
	const struct cover_course *courses;
	uint32_t n_competencies, n_courses;
	int64_t limit;	    /* minutes; < 0: none */
	uint32_t nodes_max; /* 0: COVER_NODES; how many nodes each search may look at; there are up to three */
};
struct cover_plan {
	uint32_t *courses; /* in an order in which all needs are met */
	size_t n_courses;
	int64_t minutes, cost;
	double worth;	    /* with a limit: of what is closed */
	bool proved;	    /* there is no better plan */
	int64_t cost_bound; /* no plan of this worth costs less; proved: the cost */
	double worth_bound; /* with a limit: no plan is worth more; proved: the worth */
	double *reached;    /* by competency: held, or brought by the plan */
	double *reachable;  /* by competency: held, or the highest that courses bring whose needs can be met; below required: no course closes this gap */
	uint32_t nodes;	    /* looked at */
};

/* In the arena of cx. ERR_INVALID: a number out of range, a level that is not finite; the field is "courses[3]" or "competencies[3]". ERR_TOO_LARGE: more than
 * the ceilings. */
_must_check_ enum err cover_solve(struct ctx *cx, const struct cover_problem *p, struct cover_plan *ret);
#endif
