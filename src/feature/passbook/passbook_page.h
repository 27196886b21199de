/* Views of the passbook that leaves the platform. */
#ifndef FEATURE_PASSBOOK_PAGE_H
#define FEATURE_PASSBOOK_PAGE_H
#include "feature/proficiency/proficiency_page.h"

struct share_item {
	int64_t id, until_day, made_at, ended_at, n_looks, last_at;
	struct str for_whom, state, state_name, link; /* link: absent when it shows nothing, or cannot be told any more */
	bool open, with_evidence;
};
struct passbook_page {
	struct share_item *shares;
	size_t n_shares;
};
struct look_item {
	int64_t id, at, viewer_id;
	struct str viewer, network, browser; /* viewer: absent: nobody signed in */
};
struct passbook_share_page {
	struct share_item share;
	struct str qr; /* of the link */
	int64_t qr_size;
	struct look_item *looks;
	size_t n_looks;
};
struct passbook_door_page {
	struct str code, name, for_whom;
	int64_t until_day;
	bool signed_in;
};
struct shared_level {
	struct level_item item;
	struct str reached, rests_on;
};
struct shared_course {
	struct str serial, title, provider;
	int64_t completed_at;
};
struct passbook_shared_page {
	struct str name, post, org, for_whom;
	int64_t until_day, made_at;
	bool with_evidence;
	struct shared_level *levels;
	size_t n_levels;
	struct shared_course *courses, *programmes;
	size_t n_courses, n_programmes;
};
/* The scale with the level on it. */
void html_shared_scale(struct html_out *o, const struct shared_level *v);
#endif
