/* Views of the pages of levels. */
#ifndef FEATURE_PROFICIENCY_PAGE_H
#define FEATURE_PROFICIENCY_PAGE_H
#include "web/html.h"

struct level_item {
	int64_t competency_id, n_levels, n, last_at;
	struct str name, code, area, path; /* path: of its own page */
	struct str held;		   /* "1.4 ± 0.3"; "not known yet" */
	double mean, sd;
	bool known, ended;
};
struct levels_page {
	int64_t person_id;
	struct str name;
	bool own;
	struct level_item *levels;
	size_t n_levels;
};
struct piece {
	int64_t id, at, withdrawn_at, source_id;
	int64_t n; /* of a group: how many said it; id is then that of the round. 1: a single piece */
	double level;
	struct str kind, kind_name, value, rater, course, note;
	bool counts, group;
};
struct what_if {
	struct str kind_name, value, held;
};
struct level_page {
	int64_t person_id, competency_id;
	struct str name, competency;
	bool own, may_say, may_enter, only_self;
	struct level_item level;
	struct piece *pieces;
	size_t n_pieces;
	struct what_if *ifs;
	size_t n_ifs;
	struct level_name {
		int64_t level;
		struct str name, about;
	} * names;
	size_t n_names;
};
/* The scale with the level on it. */
void html_level_scale(struct html_out *o, const struct level_item *v);
void html_level_scale_of(struct html_out *o, const struct level_page *v);
#endif
