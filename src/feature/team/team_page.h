/* Views of the team's pages. */
#ifndef FEATURE_TEAM_PAGE_H
#define FEATURE_TEAM_PAGE_H
#include "feature/enrolment/due.h"
#include "web/html.h"

struct member_row {
	int64_t id, n_due, overdue, active, completed, last_at;
	struct str name, designation;
	struct due next;        /* the first day that is asked */
};
struct team_page {
	int64_t people, late, overdue, n_due, completed;
	struct member_row *members;
	size_t n_members;
	struct str previous, next;
};

struct member_course {
	int64_t course_id, ms, bytes, percent, completed_at, last_at;
	struct str title, lang, kind, state, reason, assigned_by, serial;
	struct due due;
	bool assigned, active, begun;
};
/* Courses to choose from. */
struct pick {
	int64_t id;
	struct str title, lang;
};
struct pick_list {
	struct pick *v;
	size_t n;
};
struct member_page {
	int64_t id, from_day;
	struct str name, designation, org, supervisor;
	bool in_team, may_assign;
	struct member_course *open, *done;
	size_t n_open, n_done;
	const struct pick_list *assignable, *remindable;
};
/* A choice of courses as a field of the form being written: label, error, select. With what was chosen before if the form was refused. */
void html_course_pick(struct html_out *o, const char *id, const char *field, const struct pick_list *list);
#endif
