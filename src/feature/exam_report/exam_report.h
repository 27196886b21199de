/* What an examination says, for people: to who took it, and to the office.
 *
 * To the person: of each competency the level that this paper alone would make one believe, with its uncertainty (psychometrics/estimate.h: what is assumed of
 * anybody, and one piece of evidence of the kind that the examination is); where he was strong and weak; courses that teach what is weakest; of a pre- and
 * post-test the gain with its error. By parts of few questions little can be said, and that is said.
 *
 * The error of a share p of the marks of k questions is that of binomial chance, sqrt(p (1 - p) / (k - 1)) (Lord 1955, "Estimating test reliability",
 * Educational and Psychological Measurement 15); of a gain the root of both squared. It needs nobody else's paper.
 *
 * To the office: only groups (groups.h). A person counts once, with the best paper; people count where they are posted today. Whose account is no person
 * (guests) counts in the whole and by language and form. */
#ifndef FEATURE_EXAM_REPORT_H
#define FEATURE_EXAM_REPORT_H
#include "db/db.h"
#include "exam_report_sql.h"
#include "feature/exam_report/groups.h"
#include "feature/ruling/sitting.h"
#include "psychometrics/estimate.h"
#include "ruling_sql.h"

enum {
	REPORT_FEW = 5,		/* questions; of fewer in a competency little can be said: the error of a share is then 22 per cent and more */
	REPORT_UNITS_MAX = 400, /* groups of one kind; further ones count in the whole alone */
	REPORT_FORMS_MAX = 4,	/* whose reliability is told: those with most papers */
};
/* Of "we are sure of at least level 2 in 9 of 10 cases". */
#define REPORT_SURE 0.9

/* ── to the person ── */

struct report_course {
	int64_t course_id, level, ms;
	struct str title, lang;
};
struct report_competency {
	int64_t competency_id, items, n_levels, sure; /* sure: the highest level reached with REPORT_SURE; 0: none */
	int64_t percent;
	double share;
	struct str name, said; /* said: a sentence; empty: nothing can be said of a level */
	bool known, few, strong, weak;
	struct estimate level;
	struct report_course *courses; /* of the weakest: what teaches it */
	size_t n_courses;
};
struct report_gain {
	bool known, more;		   /* more: beyond twice its error */
	double before, after, gain, error; /* per cent of the marks */
	int64_t before_at, after_at;
	struct str before_title;
};
struct person_report {
	struct exam_report_paper_row paper;
	bool silent, waits; /* the rules tell nothing; long answers are still to be marked */
	int64_t percent;
	struct report_competency *competencies; /* the weakest first */
	size_t n_competencies;
	struct report_gain gain;
};
/* Of an own paper that is handed in. ERR_NOT_FOUND; ERR_CONFLICT: still open. Reads. */
_must_check_ enum err report_of_paper(struct ctx *cx, int64_t taker_id, int64_t attempt_id, struct person_report *ret);
/* In per cent: of a share of the marks of k questions. */
double report_error(double share, int64_t k);
/* "Between Working and Proficient: we are sure of at least level 2 in 9 of 10 cases." */
struct str report_level_said(struct ctx *cx, const struct report_competency *c, const struct str *names);
/* The gain in a sentence. */
struct str report_gain_said(struct ctx *cx, const struct report_gain *g);
/* A PDF. */
_must_check_ enum err report_pdf(struct ctx *cx, const struct person_report *r, struct str *ret);

/* ── to the office ── */

enum report_by { BY_OFFICE, BY_DESIGNATION, BY_SERVICE, BY_LANGUAGE, BY_FORM, REPORT_BYS };
struct report_unit {
	int64_t id;    /* office (0: the organisation itself), designation, form; of the others 0 */
	char code[40]; /* service, language */
	struct str name;
	struct scores scores;
	bool hidden; /* too small, or it would tell of one that is */
};
struct office_report {
	struct scores all;
	bool few; /* of the whole: nothing is shown */
	struct report_unit *by[REPORT_BYS];
	size_t n_by[REPORT_BYS];
	double chance; /* that forms differ so much by chance; 1: nothing to tell it by */
};
_must_check_ enum err report_of_exam(struct ctx *cx, int64_t org_id, int64_t exam_id, struct office_report *ret);
#endif
