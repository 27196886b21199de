/* Views of institutes: the register, one institute, what happens where, what is free; and what those who manage an institute see. */
#ifndef FEATURE_INSTITUTE_PAGE_H
#define FEATURE_INSTITUTE_PAGE_H
#include "web/html.h"

/* A choice of a filter. */
struct institute_pick {
	struct str value, text, chosen;
};

struct institute_item {
	int64_t id, n_rooms, seats, beds, n_faculty;
	struct str name, kind, kind_name, place;
};
struct institutes_page {
	struct str place, kind, competency, next;
	struct institute_pick *kinds, *competencies;
	size_t n_kinds, n_competencies;
	struct institute_item *items;
	size_t n_items;
};

struct institute_room_item {
	int64_t id, org_id, institute_id, seats;
	struct str name, kind, kind_name, access, institute, place;
	bool closed;
};
struct institute_hostel_item {
	int64_t id, org_id, beds;
	struct str name, for_whom, for_whom_name;
	bool closed;
};
struct faculty_item {
	int64_t id, org_id;
	struct str name, kind, kind_name, subjects, langs, about, teaches;
	bool guest, left;
};
struct calendar_item {
	int64_t id, thing_id, from_at, until_at, room_id, institute_id, org_id; /* room_id NONE: no room */
	struct str kind, kind_name, words, time, room, institute;
	bool other; /* booked by hand */
};
struct calendar_day {
	int64_t day;
	struct str weekday;
	struct calendar_item *items;
	size_t n_items;
};
struct institute_page {
	int64_t id, org_id, n_covered;
	struct str name, kind, kind_name, about, place, map, more; /* more: the faculty from the next one on */
	bool may_manage;
	struct institute_room_item *rooms;
	struct institute_hostel_item *hostels;
	struct faculty_item *faculty;
	struct calendar_day *days;
	size_t n_rooms, n_hostels, n_faculty, n_days;
};

struct calendar_page {
	int64_t institute_id, first_day, last_day, n_items;
	struct str institute, day, previous, next, more, week, month; /* addresses, but for institute and day */
	bool by_month;
	struct institute_pick *institutes;
	size_t n_institutes;
	struct calendar_day *days;
	size_t n_days;
};
struct free_page {
	struct str seats, from_day, from_time, until_day, until_time, next, problem;
	bool asked;
	struct institute_room_item *rooms;
	size_t n_rooms;
};

/* ── managing ── */

struct institute_manage_page {
	int64_t id, org_id;
	struct str org, kind, about, place, latitude, longitude;
	bool registered;
	int64_t n_rooms, n_hostels, n_faculty, n_covered;
};
struct institute_rooms_page {
	int64_t org_id, institute_id;
	struct str org;
	struct institute_room_item *rooms;
	size_t n_rooms;
	struct institute_hostel_item *hostels;
	size_t n_hostels;
};
struct institute_room_page {
	struct str org, seats;
	struct institute_room_item room;
	struct calendar_day *days;
	size_t n_days;
};
struct institute_hostel_page {
	struct str org, beds;
	struct institute_hostel_item hostel;
};
struct institute_bookings_page {
	int64_t org_id, institute_id;
	struct str org, next;
	struct institute_pick *rooms;
	size_t n_rooms;
	struct calendar_day *days;
	size_t n_days;
};
struct institute_booking_page {
	int64_t org_id, id;
	struct str org, room_id, words, from_time, until_time, from_day, until_day;
	struct institute_pick *rooms;
	size_t n_rooms;
};
struct competency_tick {
	struct str field, label;
	bool on;
};
struct faculty_page {
	int64_t org_id, id, institute_id; /* id NONE: the list */
	struct str org, next;
	struct faculty_item one;
	struct str person;
	struct competency_tick *ticks;
	size_t n_ticks;
	struct faculty_item *items;
	size_t n_items;
};
struct evidence_item {
	int64_t id, org_id, at, ended_at, bytes;
	struct str words, link, file_name, by_name;
	bool ended;
};
struct pillar_item {
	int64_t n, n_in_force, newest_at;
	struct str name;
	bool covered, old;
	struct evidence_item *pieces;
	size_t n_pieces;
};
struct pillars_page {
	int64_t org_id, n_covered;
	struct str org;
	struct pillar_item *pillars;
	size_t n_pillars;
};
#endif
