/* Views of the pages of posts, roles and one's own work. */
#ifndef FEATURE_POST_PAGE_H
#define FEATURE_POST_PAGE_H
#include "base/str.h"

struct need_view {
	int64_t competency_id, level;
	struct str name, level_name;
};
struct activity_view {
	int64_t id, role_id, org_id;
	struct str code, name, needed; /* needed: "kcm:code@2, …", for the API and the form */
	struct need_view *needs;
	size_t n_needs;
};
struct role_view {
	int64_t id, org_id, n_posts, here_id; /* here_id: of the page */
	struct str code, name, org;
	bool ours, ended;
	struct activity_view *activities;
	size_t n_activities;
};
struct holding_view {
	int64_t id, post_id, org_id, person_id, from_day, until_day;
	struct str kind, kind_name, name, order_no, post, place, org;
	bool now, to_come, before;
};
struct post_item {
	int64_t id, org_id, sanctioned, held, vacant, others;
	struct str code, title, org, designation, place;
};
struct posts_page {
	int64_t org_id, total, sanctioned, held, vacant, additional, officiating;
	struct str org, previous, next;
	bool only_vacant;
	struct post_item *posts;
	size_t n_posts;
};
struct role_pick {
	struct str field, label; /* "roles.CODE" */
	bool on;
};
/* The form for a new post, or for a change of one (id). */
struct post_form {
	int64_t org_id, id;
	struct str org, title, code, title_en, title_hi, designation, sanctioned, place, service, least_pay_level, least_years, tenure_months;
	struct role_pick *roles;
	size_t n_roles;
	bool may_end;
};
struct post_page {
	int64_t id, org_id, sanctioned, held, vacant, least_pay_level, least_years, tenure_months, from_day, until_day, designation_id;
	struct str org, code, title, title_en, title_hi, designation, place, service;
	bool ended;
	struct role_view *roles;
	size_t n_roles;
	struct holding_view *now, *to_come, *before;
	size_t n_now, n_to_come, n_before;
};
struct work_roles_page {
	int64_t org_id;
	struct str org;
	struct role_view *roles;
	size_t n_roles;
};
struct work_role_page {
	int64_t org_id, id, owner_id;
	struct str org, code, name, name_en, name_hi, owner;
	bool ours, ended;
	struct activity_view *activities;
	size_t n_activities;
	struct str edit_code, edit_en, edit_hi, edit_needs; /* of the activity that is being changed; else empty */
};
struct duty_view {
	int64_t from_day, until_day;
	struct str name;
};
struct my_work_page {
	struct holding_view *now, *to_come, *before;
	size_t n_now, n_to_come, n_before;
	struct activity_view *activities;
	size_t n_activities;
	struct duty_view *duties;
	size_t n_duties;
};
#endif
