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

/* What counts, a sentence each. */
struct campaign_said {
	struct str courses, events, programmes, charchas;
};
/* Something to do today: the next open part of a course (next), or a meeting at a time. */
struct campaign_thing {
	int64_t course_id, left_ms, starts_at; /* starts_at NONE: whenever one likes */
	struct str path, title, next, lang;
};
/* A meeting that counts and is to come. */
struct campaign_coming {
	int64_t starts_at, left_ms; /* left_ms: how long it lasts, or still lasts */
	struct str kind, path, title, part;
	bool came, ask; /* registered or admitted; may be asked for */
};
struct campaign_course_line {
	int64_t campaign_id, org_id, id, ms;
	struct str title, lang;
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
	struct campaign_said said;
	bool open, over, pledged, reached, may_pledge;
	struct campaign_thing *things;
	size_t n_things;
	struct campaign_coming *coming; /* the next first */
	size_t n_coming;
	struct campaign_course_line *courses; /* that are listed and not begun */
	size_t n_courses;
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
struct campaign_dates_page {
	int64_t id, org_id, from_day, last_day, n_people, n_fall, n_keep;
	struct str name, org, from, last; /* from, last: as typed, for the dry run */
	bool tried, whole;		  /* whole: the campaign's own organisation */
	struct campaign_dates_line *lines;
	size_t n_lines;
	struct campaign_fall_line *falls;
	size_t n_falls;
};

/* Something on the list, or found to be put there. */
struct campaign_thing_line {
	int64_t campaign_id, org_id, thing_id, at; /* org_id: where the list is looked at; at NONE: no time of its own */
	struct str kind, kind_name, title, org, path;
	bool counts, listed; /* counts: its kind counts by the list, and it names a competency where that is asked */
};
struct campaign_counts_page {
	int64_t id, org_id;
	struct str name, org, events, programmes, charchas, words, next; /* words: what was looked for; next: address of the next page */
	struct campaign_said said;
	bool whole, by_competency, courses_listed, any_listed, looked; /* whole: the campaign's own organisation */
	struct campaign_course_line *courses;
	size_t n_courses;
	struct campaign_thing_line *things;
	size_t n_things;
	struct campaign_thing_line *found;
	size_t n_found;
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
