/* Views of batches for those who run them. */
#ifndef FEATURE_BATCH_PAGE_H
#define FEATURE_BATCH_PAGE_H
#include "feature/programme/programme_page.h"

struct batch_form_page {
	int64_t org_id, programme_id, id; /* id 0: a new one */
	struct str org, programme, name, seats, waiting, from_day, last_day, ask_day, place, latitude, longitude, fee_rupees;
	bool is_new, is_open, invite_only;
	struct programme_choice *institutes, *hostels;
	size_t n_institutes, n_hostels;
};
struct session_item {
	int64_t id, batch_id, part_id, starts_at, ends_at, room_id;
	struct str title, place, room, time;
	bool cancelled, may_change, link; /* link: place is an address */
};
struct faculty_item {
	int64_t id, batch_id;
	struct str name, subjects;
	bool may_change;
};
struct material_item {
	int64_t id, batch_id, at;
	struct str title, link, file_name;
	bool may_change;
};
struct survey_item {
	int64_t id, batch_id, answered;
	struct str title;
};
struct batch_run_page {
	int64_t id, programme_id, org_id, seats, waiting, admitted, starts_at, ends_at, ask_until, fee_paise, n_waiting_work;
	struct str org, programme, name, state, state_name, place, institute, why, geo, map;
	bool is_draft, is_open, over, manages, changing, invite_only, may_end;
	struct session_item *sessions;
	size_t n_sessions;
	struct faculty_item *faculty;
	size_t n_faculty;
	struct programme_choice *directory;
	size_t n_directory;
	struct material_item *materials;
	size_t n_materials;
	struct survey_item *surveys;
	size_t n_surveys;
};
struct session_form_page {
	int64_t batch_id, id, starts_at;
	struct str programme, name, title, title_hi, day, from, until, place, first_day, last_day;
	bool is_new;
	struct programme_choice *rooms, *parts;
	size_t n_rooms, n_parts;
};
struct material_form_page {
	int64_t batch_id;
	struct str programme, name;
};
struct run_item {
	int64_t id, starts_at, ends_at, seats, admitted;
	struct str programme, name, state, state_name;
	bool open;
};
struct run_list_page {
	struct run_item *batches;
	size_t n_batches;
};

/* ── how far people are ── */

struct far_item {
	int64_t person_id, batch_id, musts, musts_done, sessions_asked, n_attended, n_sessions, others_asked, others_done, completed_at;
	struct str name, org;
	bool completed;
};
struct people_page {
	int64_t batch_id, admitted, n_completed;
	struct str programme, name, next;
	struct far_item *people;
	size_t n_people;
};
struct work_item {
	int64_t id, batch_id, person_id, at;
	struct str name, title, state, state_name, file_name;
	bool waits;
};
struct works_page {
	int64_t batch_id, n_waiting;
	struct str programme, name, next;
	struct work_item *works;
	size_t n_works;
};
struct work_page {
	int64_t id, batch_id, person_id, at, judged_at;
	struct str programme, batch, name, title, asked, words, file_name, state, state_name, said, judge;
	bool may_judge, newest;
};
struct survey_words {
	struct str text;
};
struct survey_line {
	struct str text;
	bool in_words;
	int64_t n, c1, c2, c3, c4, c5;
	struct str mean;
	struct survey_words *words;
	size_t n_words;
};
struct survey_page {
	int64_t batch_id, part_id, n_people, n_shown;
	struct str programme, name, title;
	bool shown;
	struct survey_line *lines;
	size_t n_lines;
};
#endif
