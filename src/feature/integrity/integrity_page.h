/* Views of the pages of signals. */
#ifndef FEATURE_INTEGRITY_PAGE_H
#define FEATURE_INTEGRITY_PAGE_H
#include "web/html.h"

struct signal_view {
	int64_t id, org_id, exam_id, taker_id, of_n, at, found_at;
	double value, threshold, chance, expected;
	struct str kind, kind_name, says, name, other_name, seat, other_seat, room, exam, found, found_name, note, found_by, threshold_text, chance_text,
		expected_text;
	bool decided, pair, matter_of_chance;
};
struct look_line {
	int64_t tested, found;
	double expected;
	struct str kind, kind_name, expected_text;
};
struct signals_page {
	int64_t org_id, exam_id, looked_at, n_attempts;
	struct str org, exam, by_name, next;
	bool looked, running;
	struct look_line *kinds;
	size_t n_kinds;
	struct signal_view *signals;
	size_t n_signals;
};
struct signal_page {
	struct signal_view signal;
	struct str org;
	bool own; /* about who is reading: somebody else decides */
};
struct own_signals_page {
	struct signal_view *signals;
	size_t n_signals;
};
#endif
