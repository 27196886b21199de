/* Views of the pages of marking. */
#ifndef FEATURE_MARKING_PAGE_H
#define FEATURE_MARKING_PAGE_H
#include "web/html.h"

struct marking_exam {
	int64_t id, org_id, n, n_final;
	struct str title, state;
};
struct marking_exams_page {
	int64_t org_id;
	struct str org;
	struct marking_exam *exams;
	size_t n_exams;
};
struct marking_marker {
	int64_t person_id, n;
	struct str name, apart; /* "12%", or empty */
};
struct marking_queue_page {
	int64_t org_id, exam_id, n, n_first, n_second, n_thirds, n_third_marked, n_held, n_final, n_papers, apart, n_pairs, n_third, percent;
	struct str org, title;
	bool holds, known, overview; /* known: of the agreement; overview: for who manages the examination, with the markers */
	double single, low, high, mean_apart;
	struct str single_said, low_said, high_said, both_said, mean_apart_said;
	struct marking_marker *markers;
	size_t n_markers;
};

struct marking_criterion {
	struct str name, about, field, most;
};
struct marking_other { /* what a marker before has said; for the third alone */
	int64_t turn;
	struct str points, marks, note;
};
struct marking_answer_page {
	int64_t org_id, exam_id, until, turn;
	struct str org, title, answer, lang, case_text, asked, given;
	double points;
	struct str points_said;
	bool holds, third;
	struct marking_criterion *criteria;
	size_t n_criteria;
	struct marking_other *others;
	size_t n_others;
};
void html_marking_points(struct html_out *o, const struct marking_criterion *c);
#endif
