/* Views of campaigns: a person's own, and what those who manage them see. */
#ifndef FEATURE_CAMPAIGN_PAGE_H
#define FEATURE_CAMPAIGN_PAGE_H
#include "web/html.h"

struct campaign_item {
	int64_t id, org_id, from_day, last_day, target_minutes;
	struct str name, org, path, board;
	bool now, over, mine; /* mine: it may be managed where it is listed */
};
struct campaigns_page {
	int64_t org_id; /* of a list to manage */
	struct str org;
	bool may_add;
	struct campaign_item *items;
	size_t n_items;
};

struct campaign_thing {
	int64_t resource_id, course_id, left_ms;
	struct str title, course, lang;
};
struct campaign_share_line {
	int64_t ms, percent;
	struct str name;
};
struct campaign_note {
	int64_t day;
	struct str words;
};
struct campaign_mine_page {
	int64_t id, from_day, last_day, target_ms, ms, left_ms, published_ms, percent, pledged_at, reached_at, today, today_ms, plan_ms;
	struct str name, org, theme, theme_words, words; /* words: the note of today */
	bool open, over, pledged, reached, may_pledge;
	struct campaign_thing *things;
	size_t n_things;
	struct campaign_share_line *shares;
	size_t n_shares;
	struct campaign_note *notes;
	size_t n_notes;
};

struct campaign_dates_line {
	int64_t id, from_day, last_day, set_at;
	struct str org, reason, setter;
	bool newest;
};
struct campaign_fall_line {
	int64_t person_id, ms, ms_then;
	struct str name;
	bool reached;
};
struct campaign_course_line {
	int64_t campaign_id, org_id, id, ms;
	struct str title, lang;
};
struct campaign_dates_page {
	int64_t id, org_id, from_day, last_day, n_people, n_fall, n_keep;
	struct str name, org, from, last; /* from, last: as typed, for the dry run */
	bool tried, listed, whole;	  /* whole: the campaign's own organisation */
	struct campaign_dates_line *lines;
	size_t n_lines;
	struct campaign_fall_line *falls;
	size_t n_falls;
	struct campaign_course_line *courses;
	size_t n_courses;
};

struct campaign_theme_line {
	int64_t id, org_id, n; /* id: of the campaign; n: counted from 1 */
	struct str name_en, name_hi, words_en, words_hi;
};
struct campaign_themes_page {
	int64_t id, org_id, next;
	struct str name, org;
	bool full;
	struct campaign_theme_line *themes;
	size_t n_themes;
};
#endif
