/* Views of the pages of groups. */
#ifndef FEATURE_GROUP_PAGE_H
#define FEATURE_GROUP_PAGE_H
#include "web/html.h"

struct group_item {
	int64_t id, org_id, members, created_at, changed_at;
	struct str name, words;
	bool settled;
};
struct draft_item {
	int64_t id, org_id, changed_at;
	struct str name;
};
struct groups_page {
	int64_t org_id;
	struct str org;
	struct group_item *groups;
	size_t n_groups;
	struct draft_item *drafts;
	size_t n_drafts;
	struct str next;
};

struct group_person {
	int64_t person_id, since_at, until_at;
	struct str name, employee_no, designation, org;
};
struct assign_item {
	int64_t id, org_id, group_id, course_id, due_day, n_assigned, created_at;
	struct str title, lang, state;
};
/* Courses to choose from. */
struct group_course {
	int64_t id;
	struct str title, lang;
};
struct group_courses {
	struct group_course *v;
	size_t n;
};
struct group_page {
	int64_t id, org_id, members, created_at, changed_at, percent, day;
	struct str org, name, words, maker;
	struct str rule; /* JSON */
	bool settled, ended;
	bool past; /* of another day than today */
	struct group_person *persons;
	size_t n_persons;
	struct assign_item *assigns;
	size_t n_assigns;
	const struct group_courses *courses;
	struct str next;
};
/* The options of a choice of courses; after a refused form what was chosen there. */
void html_group_course_options(struct html_out *o, const struct group_courses *c);

struct assign_page {
	int64_t id, org_id, group_id, course_id, due_day, n_people, n_completed, n_asked, n_new, n_assigned, n_withdrawn, created_at, percent, until;
	struct str org, group, title, lang, reason, asker, state;
	bool works, is_counting, is_counted, is_assigning, is_assigned, is_undoing, is_undone, is_stopped, may_undo, cancelled;
};

/* ── the builder ── */

struct pick_row {
	struct str field, label; /* "part.0.1.pick2" */
	bool on;
};
struct condition_row {
	struct str field; /* "part.0.1" */
	struct str is, title, hint, value, from, to, list, error;
	bool first, below, is_org, is_picks, is_level, is_day, is_months, is_field, is_text;
	struct str remove; /* the act of the button */
	struct pick_row *picks;
	size_t n_picks;
};
struct block_row {
	int64_t number;
	bool later;			   /* not the first */
	struct str field, add, drop, kind; /* "part.0.0.block", "add.0", "drop.0", "kind.0" */
	struct condition_row *conditions;
	size_t n_conditions;
};
struct name_option {
	struct str value, label;
};
struct name_list {
	struct str id;
	struct name_option *options;
	size_t n_options;
};
struct sentence {
	struct str text;
};
struct sample_people {
	struct group_person *people;
	size_t n_people;
	int64_t more;
};
struct draft_page {
	int64_t id, org_id, group_id;
	struct str org, name, name_error, group;
	bool changes; /* a group that is there already */
	struct block_row *blocks;
	size_t n_blocks;
	struct name_option *kinds;
	size_t n_kinds;
	struct name_list *lists;
	size_t n_lists;
	/* what it would do */
	bool previewed, good;
	struct str words;
	int64_t n_fit, n_enter, n_leave;
	struct sample_people fit, enter, leave;
	struct sentence *faults;
	size_t n_faults;
};
#endif
