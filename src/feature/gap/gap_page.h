/* Views of the pages of gaps. */
#ifndef FEATURE_GAP_PAGE_H
#define FEATURE_GAP_PAGE_H
#include "feature/gap/scale.h"

struct gap_item {
	int64_t competency_id, required;
	struct str code, area, name, state, activity, path; /* state: met open unknown; path: what the level rests on */
	struct str held, probability;			    /* "1.4 ± 0.3", "38%" */
	double mean, chance;
	bool known, met;
	struct scale scale;
};
struct gaps_page {
	int64_t person_id, n_open, n_unknown, n_met;
	struct str name;
	bool own;
	struct gap_item *gaps; /* those that are not met first */
	size_t n_gaps;
	struct gap_item *met;
	size_t n_mets;
};

/* ── an organisation ── */

struct gap_unit {
	int64_t id; /* an organisation or designation; of a service none */
	struct str name, full, href;
};
struct gap_cell {
	struct str href, share, heat; /* share "58%", "–"; heat "h0" … "h5", empty: nothing is asked */
};
struct gap_row {
	int64_t competency_id;
	struct str name, href;
	struct gap_cell all, *cells;
	size_t n_cells;
};
struct gap_tab {
	struct str name, href;
	bool chosen;
};
struct gap_map_page {
	int64_t org_id, n, n_met, n_unknown;
	struct str org, met, unknown; /* shares of all that is asked */
	struct gap_tab tabs[3], areas[4];
	size_t n_tabs, n_areas;
	struct gap_unit *units;
	size_t n_units;
	struct gap_row *rows;
	size_t n_rows;
	struct str previous, next;
};
/* A cell as the API gives it. */
struct gap_figure {
	int64_t unit_id, competency_id, n, n_met, n_unknown;
	struct str unit, code;
};

/* ── one competency in an organisation ── */

struct gap_person {
	int64_t person_id, required;
	struct str name, org, designation, held, probability, href;
	bool known;
	struct scale scale;
};
struct gap_people_page {
	int64_t org_id, competency_id;
	struct str org, competency, show;
	struct gap_tab tabs[2];
	size_t n_tabs;
	struct gap_person *people;
	size_t n_people;
	struct str next;
};
void html_gap_scale(struct html_out *o, const struct gap_item *v);
void html_gap_person_scale(struct html_out *o, const struct gap_person *v);
#endif
