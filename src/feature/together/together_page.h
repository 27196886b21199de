/* Views of the pages of group sessions. */
#ifndef FEATURE_TOGETHER_PAGE_H
#define FEATURE_TOGETHER_PAGE_H
#include "feature/course/course_page.h"
#include "feature/quiz/quiz_page.h"

/* A session, as every page names it. */
struct together_item {
	int64_t id, resource_id, course_id, opened_at, ends_at, n_there, n_people, ms;
	struct str title, course, lang, host;
	bool open, mine; /* mine: who reads is the host */
	struct str checked;
};
struct together_person {
	int64_t person_id, together_id, joined_at, left_at, ms, percent;
	struct str name, employee_no, way, way_name, by_name, checked; /* checked: "on the own phone"; empty: not yet */
	struct str why;						       /* no check can begin; empty: it can */
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
	int64_t made_at; /* of the personal number; NONE: it is not set */
};

/* A check: on the own phone (together_id 0), or on the shared device. */
struct together_check_page {
	int64_t resource_id, course_id, quiz_id, check_id, together_id, percent, pass, left, last_percent;
	struct str title, course, lang, quiz, name, why, host, checked;
	bool asking, may, credited, tried, passed, proved;
	struct quiz_question_item *questions;
	size_t n_questions;
};
/* Whose turn it is on the shared device. */
struct together_turns_page {
	struct together_item of;
	struct together_person *rows;
	size_t n_rows;
	bool in_time;
	struct str next;
};

struct together_sheet_item {
	int64_t id, together_id, n, percent;
	struct str name, employee_no;
	bool done, passed;
};
struct together_sheets_page {
	struct together_item of;
	struct together_sheet_item *rows;
	size_t n_rows;
	bool proved, in_time, some_open;
	struct str next;
};
/* Keying in one sheet: a line a question; with what was typed, as it was read. */
struct together_key_line {
	int64_t n;
	struct str text, typed, read, lang;
	bool letters, several;
};
struct together_key_page {
	struct together_item of;
	struct together_sheet_item sheet;
	struct together_key_line *lines;
	size_t n_lines;
	bool looked;
};
struct together_host_item {
	int64_t id, n_sessions, n_people, n_phone, n_number, n_tick, n_sheet;
	struct str name;
};
struct together_hosts_page {
	struct together_host_item *rows;
	size_t n_rows;
	struct str next;
};
struct together_mine_page {
	bool own; /* else somebody else's */
	int64_t person_id;
	struct str name;
	struct together_item *rows;
	size_t n_rows;
	struct str next;
};
#endif
