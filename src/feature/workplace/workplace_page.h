/* Views of the pages of workplace assessment. */
#ifndef FEATURE_WORKPLACE_PAGE_H
#define FEATURE_WORKPLACE_PAGE_H
#include "web/html.h"

struct round_item {
	int64_t id, org_id, opens_day, closes_day, n_people, n_forms;
	struct str name, state, state_name;
};
struct rounds_page {
	int64_t org_id;
	struct str org;
	struct round_item *rounds;
	size_t n_rounds;
};
struct round_person {
	int64_t id, n_peers, n_subordinates;
	struct str name;
};
struct round_page {
	int64_t id, org_id, opens_day, closes_day, most, seed, percent, n_people, n_nothing, n_forms, n_alone, n_headless, n_made, n_complete, n_raters,
		n_corrected;
	struct str org, name, state, state_name, designation;
	bool works, is_planned, is_open, is_closed, is_undone, may_undo, also_held; /* also_held: there is room for what the person has levels in */
	struct str *asked;							    /* names of what everybody is asked about */
	size_t n_asked;
	struct round_person *alone;
	size_t n_shown;
};

struct form_item {
	int64_t id, closes_day;
	struct str name, kind, kind_name, designation, round;
	bool complete, begun, own;
};
struct assessments_page {
	struct form_item *forms;
	size_t n_forms;
	int64_t n_left;
};
struct answer_choice {
	struct str value, name, about;
	bool chosen;
};
struct question_view {
	int64_t id, n_levels, level; /* level: what was said so far; NONE: nothing, or that one cannot say */
	bool said;
	struct str name, about, field; /* field: of the form */
	struct answer_choice *choices;
	size_t n_choices;
};
struct assessment_page {
	struct form_item form;
	bool is_open;
	struct question_view *questions;
	size_t n_questions;
};
void html_answer_choices(struct html_out *o, const struct question_view *q);

/* What a round says of a person in a competency; means to a tenth, absent where there is none. */
struct result_line {
	int64_t competency_id, n_peers, n_subordinates, n_colleagues;
	struct str name, held, self, supervisor, supervisor_said, peers, subordinates, colleagues, why;
	bool dropped;
};
struct result_round {
	int64_t id, closed_at;
	struct str name;
	struct result_line *lines;
	size_t n_lines;
};
struct result_item { /* of the API */
	int64_t round_id, competency_id, n;
	struct str round, code, kind;
	double mean, said;
};
struct results_page {
	int64_t person_id;
	struct str name;
	bool own;
	struct result_round *rounds;
	size_t n_rounds;
};

struct figure_line {
	int64_t n_forms, n_complete, percent, n_raters, n_corrected, percent_corrected, n_people, stricter_2, stricter_1, middle, milder_1, milder_2;
	double said, counted;
	struct str part, code, name, said_mean, counted_mean;
	bool small; /* too few: nothing is told */
};
struct fairness_page {
	int64_t id, org_id, n_raters, n_corrected, percent;
	struct str org, name, sd_rater, sd_cell, sd_error;
	bool is_closed;
	struct figure_line *kinds, *groups;
	size_t n_kinds, n_groups;
};
#endif
