/* Boards of a campaign, read from its figures: of an organisation, of those right below it, by day and by hour.
 *
 * Small groups. On a public board, and in every ranking, nothing is said of fewer than CAMPAIGN_LEAST people: such an organisation, day or hour is left out. Of
 * those right below the smallest go with them until what is left of the whole is of enough people itself, or nothing (as in feature/exam_report/groups.h); of
 * days and hours, where any is left out, the least of the others. Who is left out on a board has no public board, nor has anybody below. The count of those who
 * reached the target, and that of those who pledged, is said of all right below or of none: of none where it is small (1 to CAMPAIGN_LEAST - 1) for one of them
 * or for what is left of the whole, or is not said of the whole. Days and hours of two boards are not held against each other: what is left of a whole is of
 * enough people over all days, on one day perhaps of fewer. */
#ifndef FEATURE_CAMPAIGN_BOARD_H
#define FEATURE_CAMPAIGN_BOARD_H
#include "feature/campaign/campaign.h"
#include "feature/org/org.h"

enum { CAMPAIGN_LEAST = 10, CAMPAIGN_HOURS = 24 };

struct board_line {
	int64_t org_id, n, n_reached, n_pledged, ms, published_ms, n_people; /* NONE: not said */
	int64_t head_ms;						     /* of those posted there; NONE: not said */
	int64_t rank;							     /* by head_ms, equal ones alike; NONE: not ranked */
	struct str name;
};
struct board_time {
	int64_t at, n, ms; /* day number, or hour */
};
/* An organisation that was moved away from right below, or to there, within the days of the campaign; what is learnt counts elsewhere, or here, from that day
 * on. */
struct board_move {
	struct str name;
	int64_t day;
	bool here;
};
struct board {
	struct campaign_for_org_row campaign; /* as it is for the organisation */
	struct org_above_row *above; /* of the organisation: itself and all above it, nearest first */
	size_t n_above;
	struct board_line whole;
	bool small;		  /* nothing can be said of the whole, for itself or since a board above leaves it out */
	struct board_line *lines; /* ranked ones first, then by name */
	size_t n_lines;
	struct board_move *moves; /* by day */
	size_t n_moves;
	struct board_time *days;
	size_t n_days;
	struct board_time hours[CAMPAIGN_HOURS]; /* of one day */
	int64_t day;				 /* which; NONE: there is none yet. Of a day that is not said no hour is */
	int64_t age_ms;				 /* how old the figures are; NONE: nothing has been counted yet */
};
/* open: the public board. day: of the hours, NONE: today, or the last one there is. ERR_NOT_FOUND: no such campaign for that organisation. Reads counters only,
 * so it costs the same for any number of people; the public board also reads those above. */
_must_check_ enum err board_of(struct ctx *cx, int64_t campaign_id, int64_t org_id, bool open, int64_t day, struct board *ret);
#endif
