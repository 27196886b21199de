/* Views of the pages of admissions. */
#ifndef FEATURE_ADMISSION_PAGE_H
#define FEATURE_ADMISSION_PAGE_H
#include "web/looked.h"

/* The head of every page of a batch. */
struct admission_head {
	int64_t id, seats, waiting, ask_until, starts_at, ends_at, n_asked, n_waiting, n_admitted;
	struct str name, org, place; /* name: of programme and batch */
	bool hostel;
};
struct admission_step_line {
	int64_t at;
	struct str became, words, by_name; /* became: for people; by_name absent: by itself */
};

/* ── a person's own ── */

struct admission_kept_line {
	int64_t seats, n_taken;
	struct str name; /* for whom */
};
struct admission_own_page {
	struct admission_head batch;
	int64_t id, place_n, asked_at;	  /* id: of the admission; place_n: among those who wait */
	struct str state, state_name, no; /* state absent: has not asked; no: why asking is not possible now */
	struct str why;			  /* of a batch that is cancelled */
	bool asked, waits, admitted, may_ask, may_withdraw, bed, bed_given, cancelled;
	struct admission_kept_line *kept;
	size_t n_kept;
	struct admission_step_line *steps;
	size_t n_steps;
};
struct admission_item {
	int64_t id, batch_id, person_id, asked_at, starts_at, ends_at;
	struct str name, called, org, designation, service, batch, place, state, state_name, how_name;
	struct str tick;						/* field of a form: "ids.4711" */
	bool bed, bed_given, has_left, waits, admitted, cancelled, due; /* cancelled: the batch; due: the reader is asked for a yes */
};
struct my_requests_page {
	struct admission_item *items;
	size_t n_items;
	struct str next;
};

/* ── the office ── */

struct admission_office_page {
	int64_t org_id, after; /* after: where this page begins; 0: at the beginning */
	struct str org, next;
	struct admission_item *items;
	size_t n_items;
};
struct admission_open_item {
	int64_t id, org_id, seats, n_active, ask_until, starts_at, ends_at;
	struct str name, org, place;
};
struct admission_open_page {
	int64_t org_id;
	struct str org, next;
	struct admission_open_item *items;
	size_t n_items;
};
struct admission_nominee {
	int64_t id;
	struct str name, employee_no, org, designation, state_name, tick; /* state_name absent: can be nominated; tick: "ids.4711" */
};
struct admission_nominate_page {
	struct admission_head batch;
	int64_t org_id;
	struct str org, q;
	bool searched;
	struct admission_nominee *people;
	size_t n_people;
	struct admission_list_item *lists;
	size_t n_lists;
};

/* ── the coordinator ── */

struct admission_tab {
	struct str state, name;
	int64_t n;
	bool now;
};
struct admission_batch_page {
	struct admission_head batch;
	struct str state, state_name, next;
	int64_t after_at, after;		/* where this page begins; 0: at the beginning */
	bool asked, waits, admitted, may_first; /* which list it is */
	struct admission_tab *tabs;
	size_t n_tabs;
	struct admission_item *items;
	size_t n_items;
	struct admission_list_item *lists;
	size_t n_lists;
	int64_t n_clashes;
};
struct admission_one_page {
	struct admission_head batch;
	struct admission_item item;
	struct str gender; /* as a field of the profile says it; absent: nothing is said */
	bool open, may_first, may_bed, may_print;
	struct admission_step_line *steps;
	size_t n_steps;
};
struct admission_clash_line {
	int64_t id, batch_id, our_start, their_start;
	struct str name, ours, other, theirs;
};
struct admission_clashes_page {
	struct admission_head batch;
	int64_t n; /* of all */
	struct str next;
	struct admission_clash_line *lines;
	size_t n_lines;
};

/* ── lists ── */

struct admission_list_item {
	int64_t id, batch_id, org_id, n_rows, n_good, n_faults, at;
	struct str name, kind, kind_name, state, state_name, by_name;
};
struct admission_list_line {
	int64_t line;
	struct str name, what, words;
};
struct admission_list_page {
	struct admission_head batch;
	struct admission_list_item list;
	struct str back; /* where the reader came from */
	struct looked looked;
	int64_t n_stayed; /* taken back: so many had changed since and stay as they are */
	struct admission_list_line *lines;
	size_t n_lines;
};

/* ── quotas and offers ── */

struct admission_quota_item {
	int64_t id, batch_id, seats, n_taken, until_at;
	struct str kind, name;
	bool over, may_end;
};
struct admission_offer_item {
	int64_t id, batch_id, org_id, seats, answer_until, starts_at, at;
	struct str batch, from, to, words, state, state_name;
	bool open;
};
struct admission_quotas_page {
	struct admission_head batch;
	int64_t n_free;
	struct admission_quota_item *quotas;
	size_t n_quotas;
	struct admission_offer_item *offers;
	size_t n_offers;
};
struct admission_offers_page {
	int64_t org_id;
	struct str org, next;
	struct admission_offer_item *items;
	size_t n_items;
};
#endif
