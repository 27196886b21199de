/* Views of the pages of attendance. */
#ifndef FEATURE_ATTENDANCE_PAGE_H
#define FEATURE_ATTENDANCE_PAGE_H
#include "web/looked.h"

/* A session, as every page names it. */
struct class_item {
	int64_t id, starts_at, ends_at, n_there;
	struct str title, programme, batch, room, place;
	bool open; /* its door */
};
struct classes_page {
	struct class_item *rows;
	size_t n_rows;
};

struct attendance_item {
	int64_t person_id, class_id, minutes, at, metres;
	struct str name, employee_no, way, way_name, by_name, state; /* state: there, absent, unknown */
	int64_t n_device;					     /* so many were noted by the same device */
	bool there, known, own;
};
struct shared_device {
	int64_t n;
	struct str names;
	bool sure; /* by the number that the browser keeps; else browser and network look the same */
};
struct list_item {
	int64_t id, class_id, n_rows, n_new, n_same, n_faults, at;
	struct str name, state, state_name;
};
struct attendance_page {
	struct class_item of;
	int64_t n_admitted, near_m, opened_at, correct_until;
	struct str opened_by, number, next;
	bool open, early, late, may_open, may_list, may_near, may_correct;
	struct attendance_item *rows;
	size_t n_rows;
	struct shared_device *devices;
	size_t n_devices;
	struct list_item *lists;
	size_t n_lists;
};
struct attendance_screen {
	struct class_item of;
	int64_t n_admitted, size;
	struct str path, address, number, lang;
	bool open;
};
struct attendance_list_page {
	struct class_item of;
	struct list_item list;
	struct looked looked;
	struct str *names;
	size_t n_names;
};

struct attendance_change_item {
	int64_t minutes, at, kept_at;
	struct str way_name, by_name, words;
	bool there;
};
struct attendance_one_page {
	struct class_item of;
	struct attendance_item is;
	int64_t correct_until, length;
	bool may_correct, mine, now; /* now: the door is open for the one who reads */
	struct attendance_change_item *changes;
	size_t n_changes;
};

struct roster_page {
	struct class_item of;
	int64_t n_admitted;
	bool in_time;
	struct attendance_item *rows;
	size_t n_rows;
};

/* The page to which the code leads. */
struct attend_page {
	struct class_item of;
	int64_t near_m, at;
	struct str ticket, sign_in, why, way_name;
	bool signed_in, admitted, there, open, asks_near, refused_before;
};
struct my_class {
	struct class_item of;
	int64_t minutes, at, metres;
	struct str way, way_name, by_name, state;
	bool there, known, now;
};
struct my_classes_page {
	struct my_class *rows;
	size_t n_rows;
	struct str next;
};
#endif
