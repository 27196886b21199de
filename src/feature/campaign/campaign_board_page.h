/* Views of boards of campaigns. */
#ifndef FEATURE_CAMPAIGN_BOARD_PAGE_H
#define FEATURE_CAMPAIGN_BOARD_PAGE_H
#include "web/html.h"

struct board_row {
	int64_t org_id, rank, ms, published_ms, head_ms, people, n, n_reached, n_pledged;
	struct str name, href, hours, reached, pledged, head, place; /* place: of the ranking, or a dash */
};
struct board_move_line {
	struct str name;
	int64_t day;
	bool here; /* moved to right below; else away from there */
};
struct board_page {
	int64_t id, org_id, from_day, last_day, day, age, n, n_reached, n_pledged, ms, published_ms, people; /* age: seconds; NONE: nothing is counted yet */
	struct str name, org, href, up, up_name, published; /* href: this page; up: the organisation above, or absent */
	struct str lang, hours, part, reached, pledged;
	struct html days, by_hour;
	bool open, small, may_manage; /* open: the public board */
	struct board_row *rows;
	size_t n_rows, least;
	struct board_move_line *moves;
	size_t n_moves;
};
#endif
