/* Views of the pages of a course and of its resources. */
#ifndef FEATURE_COURSE_PAGE_H
#define FEATURE_COURSE_PAGE_H
#include "feature/search/search_page.h"
#include "web/html.h"

struct outline_item {
	int64_t id, number, ms, bytes, pages;
	struct str kind, title, way;
	bool done, now, optional, begun;
	struct str address;
};
struct outline_module {
	struct str title, lang; /* of the course */
	int64_t first, done, total;
	struct outline_item *items;
	size_t n_items;
};
struct version {
	int64_t id;
	struct str title, lang;
};
struct course_page {
	int64_t id, ms, bytes, percent, left_ms, enrolled, completed, stars_tenths, ratings, my_stars, completed_at, due_day, skipped_at, skip_exam_id; /* skipped_at: since when a test makes it needless; skip_exam_id: a test by which it may be shown; NONE */
	struct str title, summary, lang, provider, licence, sources, state, resume, resume_title, serial, due_reason;
	struct card card;          /* for its kind */
	struct html body;
	bool is_open, is_active, is_ended, is_completed, is_live, late, is_skipped, can_skip;
	struct outline_module *modules;
	size_t n_modules;
	struct version *versions;
	size_t n_versions;
	struct taught {
		int64_t id, level;
		struct str name, level_name;
	} *teaches;
	size_t n_teaches;
	struct course_test {
		int64_t id, minutes;
		struct str title;
		bool before, after; /* the course; neither: in it */
	} *tests;
	size_t n_tests;
	struct str *topics;
	size_t n_topics;
	struct rating_item {
		int64_t stars, at;
		struct str words;
	} *words;
	size_t n_words;
};
struct cue {
	int64_t from_s, from_ms;
	struct str text;
};
struct heading {
	struct str id, text;
};
struct resource_page {
	int64_t id, course_id, number, total, length_s, from_s, covered_ms, needed_ms, ms, bytes, pages, covered_percent, position_ms, n_seen;
	struct str kind, title, course, lang, media, media_type, captions, session, seen, missing_text, next, next_title, way, check_title, report; /* report: address to which the player reports */
	struct str group_host, group_checked; /* of a group in which it was seen, see in_group_web.h */
	int64_t check_id, missing_from_s;
	struct html body;
	bool is_video, is_audio, is_pdf, is_lesson, complete, course_complete, review_open, has_check;
	bool in_room;     /* on a shared device: nobody chooses the speed */
	bool check_open;  /* covered, but too much of it in groups: an individual check is open */
	int64_t grouped_ms; /* seen in groups alone */
	struct bar {
		int64_t x, width;
	} *bars;
	size_t n_bars;
	struct cue *cues;
	size_t n_cues;
	struct heading *headings;
	size_t n_headings;
	struct outline_module *modules;
	size_t n_modules;
	int64_t course_percent;
};
#endif
