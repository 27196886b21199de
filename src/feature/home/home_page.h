/* View of the home page. */
#ifndef FEATURE_HOME_PAGE_H
#define FEATURE_HOME_PAGE_H
#include "feature/enrolment/due.h"

struct must_item {
	int64_t course_id, ms, bytes, percent;
	struct str title, lang, kind, reason, assigned_by;
	bool begun;
	struct due due;
};
struct resume_item {
	int64_t course_id, resource_id, number, needed, position_ms, resource_ms, percent, left_ms, bytes;
	struct str title, lang, resource;
	bool timed;             /* the position is a place in a film or a recording */
	bool begun;
};
struct next_item {
	int64_t course_id, ms, bytes;
	struct str title, lang, kind, reason;
	bool active;
};
struct reminder_item {
	int64_t id, course_id, sent_at;
	struct str title, lang, sent_by, note;
};
struct answer_item {
	int64_t resource_id, answered_at;
	struct str title, course, lang, answer;
	bool credited;
};
/* One bar of the picture: x to the middle of its letters. */
struct day_bar {
	int64_t x, y, height, middle;
	struct str letters, fill;
};
struct home_page {
	struct str greeting, designation, org;
	struct must_item *must;
	size_t n_must;
	bool has_resume;
	struct resume_item resume;
	struct next_item *next;
	size_t n_next;
	struct reminder_item *reminders;
	size_t n_reminders;
	struct answer_item *answers;
	size_t n_answers;
	struct day_bar bars[7];
	size_t n_bars;
	struct str bars_text;   /* the same in words */
	int64_t week_ms, completed, learned_ms, certificates;
};
#endif
