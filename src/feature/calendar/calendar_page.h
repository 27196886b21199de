/* Views of a person's calendar and of the address of an institute's. */
#ifndef FEATURE_CALENDAR_PAGE_H
#define FEATURE_CALENDAR_PAGE_H
#include "web/html.h"

struct agenda_line {
	int64_t thing_id, starts_at, ends_at, day;
	struct str kind, kind_name, title, part, place, path, time, meeting, file; /* file: address of it alone as a calendar file */
	bool cancelled;
};
struct agenda_day {
	int64_t day;
	struct str weekday;
	bool today;
	struct agenda_line *lines;
	size_t n_lines;
};
struct calendar_page {
	int64_t since, qr_size, from_day;
	struct str address, qr, later; /* later: address of the weeks that follow */
	bool has_address;
	struct agenda_day *days;
	size_t n_days;
};
struct calendar_place_page {
	int64_t org_id, since, qr_size;
	struct str org, address, qr;
	bool has_address;
};
#endif
