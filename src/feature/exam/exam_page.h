/* Views of the pages of examinations. */
#ifndef FEATURE_EXAM_PAGE_H
#define FEATURE_EXAM_PAGE_H
#include "feature/exam/exam_build.h"
#include "web/html.h"

/* ── for those who lay down ── */

struct exam_item {
	int64_t id, org_id, opens_at, closes_at, n_forms, n_attempts;
	struct str code, title, kind, kind_name, mode, state, state_name;
};
struct exams_page {
	int64_t org_id;
	struct str org, next; /* next: address of the next page */
	struct exam_item *exams;
	size_t n_exams;
};
struct exam_kind_item {
	int64_t org_id;
	struct str value, name, about;
};
/* What stands in the form of the settings; texts, as they are typed. */
struct exam_fields {
	struct str kind, kind_name, kind_about, code, title, about, mode, langs, minutes, grace_s, attempts, pass, feedback, opens_day, opens_time, closes_day,
		closes_time, year, need_share, course, quiz, least, most, target_se;
	bool of_course, credits, yearly, shares, adaptive, decide;
};
struct exam_form_page {
	int64_t org_id, id;
	struct str org, title;
	bool is_draft;
	struct exam_kind_item *kinds; /* to choose from, when none is chosen yet */
	size_t n_kinds;
	struct exam_fields fields;
};
struct exam_part_item {
	int64_t org_id, exam_id, n, competency_id, level, items, has, allows; /* level 0: any */
	struct str name, code, bloom, bloom_name;
	bool ended, is_short, may_change;
};
struct exam_bank_item {
	struct str name, code; /* code: as it is typed, with its framework if that is not kcm */
	int64_t level, n;
};
struct exam_need_item {
	int64_t org_id, exam_id, course_id, completed_at;
	struct str code, title, lang;
	bool done, may_change;
};
struct exam_check_item {
	struct str text, state_name;
	bool bad, warns;
};
struct exam_page {
	int64_t id, org_id, minutes, grace_s, attempts, pass, opens_at, closes_at, year, need_share, course_id, resource_id, least, most, n_forms, n_asked,
		n_items, n_begun, n_open, n_marked, opened_at, closed_at;
	double target_se;
	struct str org, code, title, about, kind, kind_name, kind_about, mode, state, state_name, feedback, feedback_name, langs, lang_names, course,
		course_lang;
	bool is_draft, is_open, is_closed, is_public, adaptive, decide, may_open, shares;
	struct exam_part_item *parts;
	size_t n_parts;
	struct exam_need_item *needs;
	size_t n_needs;
	struct exam_check_item *checks;
	size_t n_checks;
	struct exam_bank_item *bank;
	size_t n_bank;
	struct str address; /* of a public one */
};

/* A row of the table of forms beside each other: a figure of each form. */
struct exam_figure {
	struct str text;
};
struct exam_figures {
	struct str name;
	struct exam_figure *v;
	size_t n_v;
};
struct exam_form_item {
	int64_t id, org_id, exam_id, n, items, taken, ended_at;
	double points, expected;
	bool pool, live, may_end;
};
struct exam_forms_page {
	int64_t org_id, exam_id, n_live, n_calibrated, per_form, forms, common, seed;
	struct str org, exam, state, digest, state_text, deviation, bound, balanced;
	bool is_closed, is_open, has_parts, adaptive, found, uneven, looked; /* looked: these forms are not kept yet */
	struct exam_form_item *items;
	size_t n_items;
	struct exam_figures *rows;
	size_t n_rows;
	struct exam_part_item *cells; /* that are short */
	size_t n_cells;
	struct html chart;
};
struct exam_form_line {
	int64_t n, item_id, org_id, version, part;
	double points;
	struct str code, kind, kind_name, status, text, points_text;
	bool retired, may_see;
};
struct exam_one_form_page {
	int64_t org_id, exam_id, id, n, items;
	struct str org, exam, points;
	bool texts; /* the one who looks may see texts */
	struct exam_form_line *lines;
	size_t n_lines;
};

/* ── for those who sit ── */

struct sit_item {
	int64_t id, minutes, opens_at, closes_at, left, year;
	struct str title, kind, kind_name, course, course_lang;
	bool open_now, begun, none_left;
};
struct sat_item {
	int64_t attempt_id, exam_id, n, submitted_at;
	struct str title, kind_name, marks;
	bool passed, marked;
};
struct sit_page {
	struct sit_item *now, *later, *practice;
	size_t n_now, n_later, n_practice;
	struct sat_item *done;
	size_t n_done;
};
struct exam_lang_choice {
	struct str tag;
	bool chosen;
};
struct exam_start_page {
	int64_t id, minutes, grace_s, attempts, left, pass, opens_at, closes_at, year, open_id, n_needs, n_done, n_asked, need_share, course_id, extra_minutes,
		least, most, n_items;
	struct str title, about, kind, kind_name, kind_about, org, course, course_lang, feedback_text, why, why_text, room, place, seat;
	bool may, goes_on, seated, adaptive, records, is_public;
	struct exam_lang_choice *langs;
	size_t n_langs;
	struct exam_need_item *needs;
	struct sat_item *sat;
	size_t n_sat;
};
#endif
