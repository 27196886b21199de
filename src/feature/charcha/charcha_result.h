/* What came of a charcha, for the organiser: groups with conclusions and commitments, found by words, department and competency; figures; as CSV and PDF. */
#ifndef FEATURE_CHARCHA_RESULT_H
#define FEATURE_CHARCHA_RESULT_H
#include "feature/charcha/charcha.h"

enum { CHARCHA_GROUPS_ON_PAGE = 20 };
struct charcha_result {
	struct charcha_one_row charcha;
	struct charcha_result_figures_row figures;
	struct charcha_result_groups_row *groups; /* found */
	size_t n_groups;
	int64_t next;					    /* the group behind which the next page begins; NONE: there is none */
	struct charcha_result_commitments_row *commitments; /* of the groups found, by group */
	size_t n_commitments;
};
struct charcha_sought {
	int64_t org_id, charcha_id, after_n, department_id, competency_id; /* NONE: from the beginning; any */
	struct str words;						   /* in conclusions, commitments, or how they went; empty: any */
	size_t most;							   /* groups */
};
/* Reads. ERR_NOT_FOUND. */
_must_check_ enum err charcha_result(struct ctx *cx, const struct charcha_sought *in, struct charcha_result *ret);
/* The whole of it as a document of pages to print; names are those of owners. */
_must_check_ enum err charcha_report(struct ctx *cx, const struct charcha_result *r, struct str *ret_pdf);
#endif
