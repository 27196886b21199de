/* Views of Karma Points. */
#ifndef FEATURE_KARMA_PAGE_H
#define FEATURE_KARMA_PAGE_H
#include "base/str.h"

/* Why something gave what it gave. */
struct karma_part {
	int64_t points, months;
	struct str name;
	bool month, late; /* nothing, since the month has paid enough; less, since it was late */
};
/* All that one thing gave at one moment. */
struct karma_item {
	int64_t thing_id, points, at;
	struct str title, lang, code, why, href;
	struct karma_part *parts;
	size_t n_parts;
};
struct karma_week {
	int64_t monday, ms;
	bool clap, now;
};
struct karma_mine_page {
	int64_t points, lately, streak, longest, clap_minutes;
	struct karma_item *items;
	size_t n_items;
	struct karma_week *weeks; /* this one first */
	size_t n_weeks;
	struct str next;
};
struct karma_row {
	int64_t rank, person_id, ms;
	struct str name;
	bool me;
};
struct karma_board_page {
	int64_t week, last_day;
	struct str org, other; /* other: address of the board of the other week */
	bool on, hidden, last; /* on a board; does not want to be seen; the board of last week */
	struct karma_row *rows;
	size_t n_rows;
	int64_t least;
};
struct karma_rule_row {
	int64_t points, monthly_most, less_a_month, least_share, from_day, set_at;
	struct str code, name, reason, setter;
};
struct karma_rules_page {
	struct karma_rule_row *rules; /* of today */
	size_t n_rules;
	struct karma_rule_row *changes; /* that operators made, the newest first */
	size_t n_changes;
	bool may_manage;
};
#endif
