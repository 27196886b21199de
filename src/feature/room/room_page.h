/* Views of the pages of rooms, seats and seat lists. */
#ifndef FEATURE_ROOM_PAGE_H
#define FEATURE_ROOM_PAGE_H
#include "web/looked.h"

struct room_item {
	int64_t id, org_id, exam_id, begins_at, opened_at, closed_at, invigilator_id, n_seats;
	struct str name, place, invigilator, state, state_name, exam; /* state: laid, open, closed; exam: of the list of an invigilator */
};
struct seating_item {
	int64_t id, org_id, exam_id, n_rows, n_new, n_moved, n_faults, at;
	struct str name, state, state_name, by_name;
};
struct rooms_page {
	int64_t org_id, exam_id, n_seats, n_forms;
	struct str org, exam;
	bool closed, many_forms; /* closed: the examination */
	struct room_item *rooms;
	size_t n_rooms;
	struct seating_item *lists;
	size_t n_lists;
};

struct seat_item {
	int64_t person_id, org_id, exam_id, room_id, extra_minutes;
	struct str name, employee_no, designation, section, seat, extra_order;
};
struct room_page {
	struct room_item room;
	struct str org, exam, day, time, called; /* as the form has them */
	bool open, closed;
	struct seat_item *seats;
	size_t n_seats;
};

struct seating_line {
	int64_t minutes;
	struct str name, room, seat, order, was;
};
struct seating_page {
	struct seating_item list;
	int64_t n_same;
	struct str org, exam;
	struct looked looked;
	struct seating_line *seats;
	size_t n_seats;
};

/* ── in the room ── */

struct hall_seat {
	int64_t room_id, person_id, extra_minutes, checked_at, ends_at, n_items, n_answered, last_at;
	struct str name, employee_no, seat, refused_why, document_name, paper, paper_name, answered, sign; /* paper: none, open, done */
	bool checked, refused, begun, silent, open;
};
struct hall_line {
	int64_t id, at, minutes;
	struct str kind, kind_name, words, about, by_name;
};
struct hall_page {
	struct room_item room;
	bool laid, open, closed, early, manages, may_give, may_note;
	int64_t n_checked, n_begun, n_done, n_silent, opens_from;
	struct hall_seat *seats;
	size_t n_seats;
	struct hall_line *lines;
	size_t n_lines;
};
struct hall_seat_page {
	struct room_item room;
	struct hall_seat seat;
	bool open, closed, may_refuse, may_give;
	struct hall_line *lines;
	size_t n_lines;
};
struct my_rooms_page {
	struct room_item *rooms;
	size_t n_rooms;
};
#endif
