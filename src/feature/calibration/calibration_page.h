/* Views of calibrations, and of the card of an item. */
#ifndef FEATURE_CALIBRATION_PAGE_H
#define FEATURE_CALIBRATION_PAGE_H
#include "web/html.h"

struct run_line {
	int64_t id, org_id, people, asked_at;
	struct str state, why;
};
struct runs_page {
	int64_t org_id;
	struct str org, next;
	struct run_line *runs;
	size_t n_runs;
};
struct group_line {
	struct str grouped, value, role;
	int64_t people;
};
struct run_row {
	int64_t org_id, item_id, version, answered, mean;
	struct str code, a, b, was, flags, why; /* was: slope and difficulties that are in force; empty: none */
	bool calibrated, later;			/* later: not the first version */
};
struct run_page {
	int64_t org_id, id, people, n_common, asked_at, accepted_at, undone_at, n_new, n_known, n_flagged, n_left, percent;
	struct str org, state, why, asker, accepter, undoer, reliability, distance, shown, next;
	bool works, ready, accepted, failed, linked, all, flagged, left;
	struct group_line *groups;
	size_t n_groups;
	struct run_row *rows;
	size_t n_rows;
};

struct card_flag {
	struct str name, means, todo;
};
struct card_choice {
	struct str text;
	bool right;
};
struct card_dif {
	struct str grouped, focal, reference, delta, ets, p, sids, size, why;
	int64_t n_focal, n_reference;
};
struct card_run {
	int64_t org_id, run_id, version, answered, asked_at;
	struct str a, b, state, why;
	bool in_force;
};
struct card_page {
	int64_t org_id, item_id, version, answered, mean, seen, run_id, asked_at;
	struct str org, code, kind, asked, lang, rest, a, b, fit, pair, pair_q3, why;
	int64_t pair_id;
	bool known, calibrated, in_force; /* known: a run has said something of it */
	struct card_choice *choices;	  /* options, in the order of their ids */
	size_t n_choices;
	struct card_flag *flags;
	size_t n_flags;
	struct card_dif *difs;
	size_t n_difs;
	struct card_run *runs;
	size_t n_runs;
	struct html curve, information, options, exposure;
};

struct seen_line {
	int64_t org_id, exam_id, at, version;
	struct str name, exam;
	bool guest;
};
struct seen_page {
	int64_t org_id, item_id, total;
	struct str org, code, next;
	struct seen_line *rows;
	size_t n_rows;
};
#endif
