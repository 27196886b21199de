/* Views of the reports of an examination. */
#ifndef FEATURE_EXAM_REPORT_PAGE_H
#define FEATURE_EXAM_REPORT_PAGE_H
#include "feature/gap/scale.h"

/* ── to the person ── */

struct report_course_line {
	int64_t course_id, level, ms;
	struct str title, lang;
};
struct report_line {
	int64_t competency_id, items, percent;
	struct str name, said, percent_said;
	bool known, few, strong, weak;
	struct scale scale;
	struct report_course_line *courses;
	size_t n_courses;
};
struct attempt_report_page {
	int64_t attempt_id, exam_id, submitted_at, percent, pass;
	struct str title, course, marks, max, gain, before_title;
	bool silent, waits, passed, has_gain, teaches, own;
	struct str before, after;
	struct report_line *lines;
	size_t n_lines;
};
struct report_item { /* of the API */
	int64_t competency_id, items, percent, sure;
	struct str name, said;
	double level, sd;
	bool few;
};
void html_report_scale(struct html_out *o, const struct report_line *l);

/* ── to the office ── */

struct report_row {
	struct str by, name, mean, mean_span, pass, pass_span;
	int64_t n;
	bool hidden;
	double mean_percent, mean_low, mean_high, pass_share, pass_low, pass_high;
};
struct report_table {
	struct str id, caption, head;
	struct report_row *rows;
	size_t n_rows;
	bool left_out;
};
struct report_form_line {
	int64_t n, papers;
	struct str alpha, span, sem;
	bool known;
};
struct exam_report_page {
	int64_t org_id, exam_id, n, n_open, n_waiting, n_people, n_posted;
	struct str org, title, picture, mean, mean_span, pass, pass_span, share_sat, forms_said;
	bool few, may_see_people, comprehensive;
	struct report_table *tables;
	size_t n_tables;
	struct report_form_line *forms;
	size_t n_forms;
};
void html_report_picture(struct html_out *o, const struct exam_report_page *v);

struct report_person {
	int64_t person_id, sat_at, passed_at;
	struct str name, employee_no, office, state, state_name;
	bool registered, sat, passed;
};
struct report_tab {
	struct str name, href;
	bool chosen;
};
struct exam_people_page {
	int64_t org_id, exam_id;
	struct str org, title, next, csv;
	struct report_tab tabs[3];
	size_t n_tabs;
	struct report_person *people;
	size_t n_people;
};
#endif
