/* Views of the pages of group sessions. */
#ifndef FEATURE_TOGETHER_PAGE_H
#define FEATURE_TOGETHER_PAGE_H
#include "feature/course/course_page.h"

/* A session, as every page names it. */
struct together_item {
	int64_t id, resource_id, course_id, opened_at, ends_at, n_there, n_people, ms;
	struct str title, course, lang, host;
	bool open, mine; /* mine: who reads is the host */
	struct str checked;
};
struct together_person {
	int64_t person_id, together_id, joined_at, left_at, ms, percent;
	struct str name, employee_no, way, way_name, by_name, checked; /* checked: "passed on the own phone"; empty: not yet */
	bool there, enrolled, credited, check_open, open;
};
struct together_act_item {
	int64_t id, together_id, n, at, stayed;
	bool undone;
};
struct together_page {
	struct together_item of;
	struct str number, next;
	struct together_person *people;
	size_t n_people;
	struct together_act_item *acts;
	size_t n_acts;
	bool no_check; /* no quiz proves this resource */
};
struct together_screen_page {
	struct together_item of;
	struct resource_page player;
	struct str path, address, number;
	int64_t size;
	struct together_person *people;
	size_t n_people;
};

/* Whom one may tick, and the look before. */
struct together_pick {
	int64_t id;
	struct str name, employee_no, designation, why;
	bool there, comes, enrols, leaves;
};
struct together_roster_page {
	struct together_item of;
	struct str q, next;
	struct together_pick *rows;
	size_t n_rows;
	bool searched;
};
struct together_look_page {
	struct together_item of;
	struct together_pick *rows;
	size_t n_rows;
	int64_t n_come;
};

/* The page to which the code leads. */
struct together_join_page {
	struct together_item of;
	struct str ticket, sign_in, why, cannot;
	bool signed_in, there, enrols, enrolled, leaves;
	int64_t joined_at;
};
struct together_number_page {
	bool unused;
};
struct together_mine_page {
	struct together_item *rows;
	size_t n_rows;
	struct str next;
};
#endif
